//! Persons mentioned by name: whose name it is, and what the mention tells of its bearer.

use super::*;

/// Countries whose people bear the name of their family before their own, ISO 3166-1 alpha-2.
const FAMILY_FIRST: [&str; 7] = ["CN", "TW", "HK", "KR", "KP", "VN", "KH"];

/// A name as a mention has it, and what tells whose it is.
struct Name<'m, 'a> {
    m: &'m Mention,
    words: &'m [Cow<'a, str>],
    /// The one known holder of the office who bears this surname.
    known: Option<u32>,
}

impl<'a> Resolver<'a> {
    pub(super) fn named(&mut self, mentions: &mut [Mention], i: usize) {
        let m = &mentions[i];
        let Some((first, last)) = m.name else { return };
        let words = self.words_of(first, last);
        if words.is_empty() {
            return;
        }
        let entity = match self.named_before(m, &words) {
            Some(e) => e,
            None => self.create(m, i),
        };
        self.enrich(entity, m, i, words);
        mentions[i].entity = entity;
    }

    /// The person of the article whose name this is.
    fn named_before(&self, m: &Mention, words: &[Cow<'a, str>]) -> Option<usize> {
        let case = self.lexicon.spec.grammar.has_case;
        let single = words.len() == 1;
        let mut candidates = self.candidates(words);
        if single && case {
            // "President Obama": the one of that office, or known to hold one, before a relative of that name.
            let title = m.title.map(|(a, b, _)| self.fold_title(a, b));
            let office = title.as_deref().map(last_word);
            candidates.sort_by_key(|&e| std::cmp::Reverse(self.standing(e, office)));
        }
        // "إردوغان" behind "واستقبل شي إردوغان": a surname alone is his who acts, before another's who does not.
        if single && !case {
            candidates.sort_by_key(|&e| !self.entities[e].actor);
        }
        // An office and a surname that one known holder bears are his, whoever else is called so.
        let titled = single && case && m.title.is_some();
        let known = if titled { self.known_holder(m, &words[0]) } else { None };
        let name = Name { m, words, known };
        let found = candidates.into_iter().find(|&e| self.bears(e, &name));
        // "نتنياهو" of "نتانياهو": one known bearer of a surname is he who is named already, however that is spelt.
        let spelt = || {
            let one = single && !case;
            one.then(|| self.known_holder(m, &words[0])).flatten().and_then(|person| self.known_person(person))
        };
        found.or_else(spelt)
    }

    /// Whether a name is that of an actor.
    fn bears(&self, e: usize, name: &Name<'_, 'a>) -> bool {
        let entity = &self.entities[e];
        let Name { m, words, known } = *name;
        let case = self.lexicon.spec.grammar.has_case;
        if known.is_some() && entity.person != known && (entity.words.len() > 1 || entity.person.is_some()) {
            return false;
        }
        if entity.kind != ActorKind::Person || entity.words.is_empty() || self.is_relative(entity, name) {
            return false;
        }
        if self.lexicon.spec.grammar.adjective_first && self.differs_in_gender(entity, m) {
            return false;
        }
        // A part of a fuller name of the article is its bearer's, whoever else is known by that part alone.
        let part = words.len() < entity.words.len() && !case && entity.words.ends_with(words);
        if let (Some(a), Some(b)) = (entity.person, m.person) {
            return a == b || part;
        }
        if let (Some(a), Some(b)) = (entity.country, m.country) {
            if a != b {
                return false;
            }
        }
        let all_in = |a: &[Cow<str>], b: &[Cow<str>]| a.iter().all(|w| b.iter().any(|v| v == w || self.alike(v, w)));
        if !all_in(words, &entity.words) && !all_in(&entity.words, words) {
            return false;
        }
        let Some(tail) = words.last() else { return false };
        let single = words.len() == 1;
        let same_tail = entity.words.last().is_some_and(|w| w == tail || self.alike(w, tail));
        // A first name alone is that of a king, or of one who bears the same title.
        let first_only = single && !same_tail && !case && entity.words.len() > 1;
        let family_first =
            || entity.country.is_some_and(|c| self.names_family_first(c)) && entity.words.first() == Some(tail);
        (same_tail || single || entity.words.contains(tail))
            && (!first_only || family_first() || self.may_go_by_first_name(entity, m))
    }

    /// "شي جينبينغ" is "شي": where the family's name comes first.
    pub(super) fn names_family_first(&self, country: u16) -> bool {
        FAMILY_FIRST.contains(&self.lexicon.countries[usize::from(country)].iso.as_str())
    }

    /// The bearer of an office was named by it and the surname; a relative bears another first name.
    fn is_relative(&self, entity: &Entity<'a>, name: &Name<'_, 'a>) -> bool {
        if name.words.len() == 1 || entity.words.len() != 1 || name.m.person.is_some() || !self.holds_his_title(entity)
        {
            return false;
        }
        let Some(person) = entity.person else { return false };
        let known = self.lexicon.fold(&self.lexicon.people[person as usize].name);
        known.split(' ').next().is_some_and(|first| !like(first, &name.words[0]))
    }

    /// "Mrs. Vale" is not President Tom Vale: by what the article tells of him or by the given name that the lexicon knows.
    fn differs_in_gender(&self, entity: &Entity<'a>, m: &Mention) -> bool {
        let gender = self.gender(m);
        let given = || {
            let name = self.lexicon.fold(&self.lexicon.people[entity.person? as usize].name);
            self.lexicon.genders.get(name.split(' ').next()?).copied()
        };
        let own = || if entity.gender == 0 { given().unwrap_or(0) } else { entity.gender };
        gender != 0 && {
            let own = own();
            own != 0 && gender & own == 0
        }
    }

    fn may_go_by_first_name(&self, entity: &Entity<'a>, m: &Mention) -> bool {
        let Some((first, last, title)) = m.title else { return true };
        if !matches!(self.lexicon.titles[title as usize].class, TitleClass::Official | TitleClass::Military) {
            return true;
        }
        let title = self.fold_title(first, last);
        let head = first_word(&title);
        entity.titles.iter().any(|t| first_word(&t.text) == head)
    }

    /// The actor of the article who is this person of the lexicon.
    pub(super) fn known_person(&self, person: u32) -> Option<usize> {
        self.reachable().find(|&e| self.entities[e].person == Some(person))
    }

    /// The one person of the lexicon whom an office and a surname mean at the article's date.
    fn known_holder(&self, m: &Mention, surname: &str) -> Option<u32> {
        self.surnames.holder(surname, self.office(m), self.date, self.lexicon)
    }

    /// The office that a mention's title names; empty when it names none.
    pub(super) fn office(&self, m: &Mention) -> &'a str {
        m.title.map_or("", |(_, _, title)| self.lexicon.titles[title as usize].office.as_str())
    }

    /// Whether an actor is known to hold, or to have held, the office that his title names.
    fn holds_his_title(&self, entity: &Entity<'a>) -> bool {
        let Some((_, title)) = &entity.title else { return false };
        let office = &self.lexicon.titles[*title as usize].office;
        let terms = entity.person.and_then(|person| self.lexicon.terms.get(&self.lexicon.people[person as usize].id));
        terms.is_some_and(|terms| terms.iter().any(|term| term.office == *office))
    }

    /// How likely a bare surname means this bearer: by title, then by known office.
    pub(super) fn standing(&self, e: usize, office: Option<&str>) -> u8 {
        let entity = &self.entities[e];
        let titled = office.is_some_and(|o| entity.titles.iter().any(|t| last_word(&t.text) == o));
        let known = entity.person.is_some_and(|p| self.lexicon.terms.contains_key(&self.lexicon.people[p as usize].id));
        u8::from(titled) * 2 + u8::from(known)
    }

    /// Whose name it could be, the last seen first.
    fn candidates(&self, words: &[Cow<'a, str>]) -> Vec<usize> {
        let mut found: Vec<usize> = words.iter().flat_map(|word| self.names.bearers(word)).collect();
        // Its last word with or without the article, where nobody is called as it stands.
        if found.is_empty() || words.len() == 1 {
            let article = self.lexicon.spec.clitics.article.as_str();
            found.extend(words.last().into_iter().flat_map(|word| self.names.called_otherwise(word, article).0));
        }
        if found.is_empty() && words.len() == 1 {
            // A misspelt repeat: one long word, one or two letters off.
            found = self.reachable().filter(|&e| self.entities[e].words.iter().any(|w| like(w, &words[0]))).collect();
        }
        found.sort_unstable_by_key(|&e| std::cmp::Reverse(self.entities[e].last_seen));
        found.dedup();
        found
    }

    /// Gives a person what a mention by name says of him.
    pub(super) fn enrich(&mut self, e: usize, m: &Mention, i: usize, words: Vec<Cow<'a, str>>) {
        let person = self.person_meant(e, m, &words);
        let gender = self.gender(m);
        let entity = &mut self.entities[e];
        if entity.gender == 0 {
            entity.gender = gender;
        }
        entity.person = person;
        if let Some(country) = m.country {
            entity.country.get_or_insert(country);
        }
        entity.actor |= m.actor;
        entity.non_actor |= m.non_actor;
        entity.fullest = i;
        if words.len() > self.entities[e].words.len() {
            self.name_fully(e, m, words);
        } else if let Some((first, last)) = self.quieter(e, m).filter(|_| words == self.entities[e].words) {
            self.entities[e].call(first, last);
        }
        self.entitle(e, m);
        if let Some(person) = person {
            self.recognise(e, person);
        }
    }

    /// Who of the lexicon an actor is, by this mention. A known person of whom only a part of the name stands here is not
    /// believed against a fuller name of the article.
    fn person_meant(&self, e: usize, m: &Mention, words: &[Cow<'a, str>]) -> Option<u32> {
        let entity = &self.entities[e];
        let fuller = entity.words.len() > words.len();
        let person = if fuller { entity.person } else { m.person.or(entity.person) };
        if person.is_some() || words.len() != 1 || entity.words.len() > 1 {
            return person;
        }
        let found = self.known_holder(m, &words[0])?;
        let Some(country) = m.country else { return Some(found) };
        let term = self.date.and_then(|d| term_at(self.lexicon, found, d));
        let term = term.or_else(|| any_term(self.lexicon, found, None));
        term.is_none_or(|t| self.lexicon.countries[country as usize].iso == t.country).then_some(found)
    }

    /// "DONALD Vale" in the opening words of a text in capitals: the same name written as names are.
    fn quieter(&self, e: usize, m: &Mention) -> Option<(usize, usize)> {
        let shouted = |(first, last): (usize, usize)| {
            (first..=last).any(|p| self.doc.tokens.all[p].capitals && self.doc.norm(p).len() > 3)
        };
        let called = self.entities[e].called.filter(|&name| shouted(name));
        called.and(m.name).filter(|&name| !shouted(name))
    }

    /// Gives an actor a name of more words.
    fn name_fully(&mut self, e: usize, m: &Mention, words: Vec<Cow<'a, str>>) {
        let article = self.lexicon.spec.clitics.article.as_str();
        let entity = &mut self.entities[e];
        for word in &words {
            if entity.words.is_empty() || self.names.bearers(word).all(|bearer| bearer != e) {
                self.names.add(word, e, article);
            }
        }
        let tail = words.last().map_or_else(Glance::default, |word| Glance::at(word));
        self.tails[e] = tail;
        self.lengths.add(&tail);
        entity.words = words;
        if let Some((first, last)) = m.name {
            entity.call(first, last);
        }
    }

    /// Gives an actor the titles of a mention.
    fn entitle(&mut self, e: usize, m: &Mention) {
        if let Some((first, last, index)) = m.title {
            let text = self.text(first, last);
            let phrase = self.fold_title(first, last);
            let entity = &mut self.entities[e];
            if entity.title.as_ref().is_none_or(|(old, _)| old.len() < text.len()) {
                entity.title = Some((Cow::Borrowed(text), index));
            }
            entity.add_title(Title::new(phrase));
        }
        for &(first, last) in &m.also {
            let phrase = self.fold_title(first, last);
            self.entities[e].add_title(Title::new(phrase));
        }
    }

    /// Gives an actor what the lexicon knows of him.
    fn recognise(&mut self, e: usize, person: u32) {
        let entity = &mut self.entities[e];
        let Some(terms) = self.lexicon.terms.get(&self.lexicon.people[person as usize].id) else { return };
        entity.actor = true;
        if entity.country.is_some() || terms.is_empty() {
            return;
        }
        let office = entity.title.as_ref().map(|(_, title)| self.lexicon.titles[*title as usize].office.as_str());
        let term = self.date.and_then(|d| term_at(self.lexicon, person, d));
        if let Some(term) = term.or_else(|| any_term(self.lexicon, person, office)) {
            entity.country = self.lexicon.country_index.get(&term.country).copied();
        }
    }

    /// What a mention's words say of its bearer's gender: its title's, then the given name's.
    pub(super) fn gender(&self, m: &Mention) -> u8 {
        let name = m.name.unwrap_or((usize::MAX, 0));
        let of = |p: usize| self.lexicon.genders.get(self.doc.norm(p)).copied();
        let title = (m.first..=m.last)
            .filter(|&p| p < name.0 || p > name.1)
            // "Ann Vale, Mr. Hale's spokesperson": what stands before a possessive is its owner's.
            .filter(|&p| {
                let end = if p < name.0 { name.0.min(m.last) } else { m.last };
                !self.lexicon.spec.grammar.adjective_first || !(p..end).any(|q| self.doc.tokens.all[q].possessive)
            })
            .filter(|&p| self.doc.flags(p) & (flag::GIVEN | flag::SURNAME) == 0)
            // Only the first article is that of the bearer: "l'envoyé de la France".
            .filter(|&p| p == m.first || self.doc.flags(p) & flag::DETERMINER == 0)
            .find_map(of);
        title.or_else(|| (name.0 < name.1).then(|| of(name.0)).flatten()).unwrap_or(0)
    }
}

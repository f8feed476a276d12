//! Persons mentioned by name: whose name it is, and what the mention tells of its bearer.

use super::*;

impl<'a> Resolver<'a> {
    pub(super) fn named(&mut self, mentions: &mut [Mention], i: usize) {
        let m = &mentions[i];
        let Some((first, last)) = m.name else { return };
        let words = self.words_of(first, last);
        let Some(tail) = words.last().cloned() else { return };
        let single = words.len() == 1;
        let mut candidates = self.candidates(&words);
        if single && self.lexicon.spec.grammar.has_case {
            // "President Obama": the one of that office, or known to hold one, before a relative of that name.
            let office = m.title.and_then(|(a, b, _)| self.fold_title(a, b).split(' ').next_back().map(str::to_owned));
            candidates.sort_by_key(|&e| std::cmp::Reverse(self.standing(e, office.as_deref())));
        }
        // An office and a surname that one known holder bears are his, whoever else is called so.
        let known = if single && m.title.is_some() && self.lexicon.spec.grammar.has_case {
            self.surnames.holder(&words[0], self.office(m), self.date, self.lexicon)
        } else {
            None
        };
        let found = candidates.into_iter().find(|&e| {
            let entity = &self.entities[e];
            if known.is_some() && entity.person != known && (entity.words.len() > 1 || entity.person.is_some()) {
                return false;
            }
            if entity.kind != ActorKind::Person || entity.words.is_empty() {
                return false;
            }
            // The bearer of the office was named by it and the surname; a relative bears another first name.
            if !single && entity.words.len() == 1 && m.person.is_none() && self.holds_his_title(entity) {
                let first = entity.person.map(|person| self.lexicon.fold(&self.lexicon.people[person as usize].name));
                if first.is_some_and(|name| name.split(' ').next().is_some_and(|first| !like(first, &words[0]))) {
                    return false;
                }
            }
            // A part of a fuller name of the article is its bearer's, whoever else is known by that part alone.
            let part = words.len() < entity.words.len()
                && !self.lexicon.spec.grammar.has_case
                && entity.words.ends_with(&words);
            if let (Some(a), Some(b)) = (entity.person, m.person) {
                return a == b || part;
            }
            let all_in = |a: &[String], b: &[String]| a.iter().all(|w| b.iter().any(|v| v == w || self.alike(v, w)));
            let subset = all_in(&words, &entity.words) || all_in(&entity.words, &words);
            let same_tail = entity.words.last().is_some_and(|w| *w == tail || self.alike(w, &tail));
            let tail_known = entity.words.contains(&tail);
            let countries_agree = match (entity.country, m.country) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            // A first name alone is that of a king, or of one who bears the same title.
            let first_only = single && !same_tail && !self.lexicon.spec.grammar.has_case && entity.words.len() > 1;
            let same_title = || {
                let royal = m.title.is_none_or(|(_, _, t)| {
                    !matches!(self.lexicon.titles[t as usize].class, TitleClass::Official | TitleClass::Military)
                });
                let head = m.title.map(|(a, b, _)| self.fold_title(a, b));
                let head = head.as_deref().and_then(|t| t.split(' ').next());
                royal || entity.titles.iter().any(|t| t.split(' ').next() == head)
            };
            subset && (same_tail || tail_known || single) && countries_agree && (!first_only || same_title())
        });
        // "نتنياهو" of "نتانياهو": one known bearer of a surname is he who is named already, however that is spelt.
        let spelt = || {
            let one = single && !self.lexicon.spec.grammar.has_case;
            let holder = one.then(|| self.surnames.holder(&words[0], self.office(m), self.date, self.lexicon))?;
            holder.and_then(|person| self.known_person(person))
        };
        let entity = match found.or_else(spelt) {
            Some(e) => e,
            None => self.create(m, i, words.clone()),
        };
        self.enrich(entity, m, i, words);
        mentions[i].entity = entity;
    }

    /// The actor of the article who is this person of the lexicon.
    pub(super) fn known_person(&self, person: u32) -> Option<usize> {
        self.reachable().find(|&e| self.entities[e].person == Some(person))
    }

    /// The office that a mention's title names; empty when it names none.
    pub(super) fn office(&self, m: &Mention) -> &'a str {
        m.title.map_or("", |(_, _, title)| self.lexicon.titles[title as usize].office.as_str())
    }

    /// Whether an actor is known to hold, or to have held, the office that his title names.
    pub(super) fn holds_his_title(&self, entity: &Entity) -> bool {
        let Some((_, title)) = &entity.title else { return false };
        let office = &self.lexicon.titles[*title as usize].office;
        let terms = entity.person.and_then(|person| self.lexicon.terms.get(&self.lexicon.people[person as usize].id));
        terms.is_some_and(|terms| terms.iter().any(|term| term.office == *office))
    }

    /// How likely a bare surname means this bearer: by title, then by known office.
    pub(super) fn standing(&self, e: usize, office: Option<&str>) -> u8 {
        let entity = &self.entities[e];
        let titled = office.is_some_and(|o| entity.titles.iter().any(|t| t.split(' ').next_back() == Some(o)));
        let known = entity.person.is_some_and(|p| self.lexicon.terms.contains_key(&self.lexicon.people[p as usize].id));
        u8::from(titled) * 2 + u8::from(known)
    }

    /// The persons one of whose names' words is `word` but for the article: surnames are written with and without it
    /// ("القطان", "قطان").
    pub(super) fn called_otherwise(&self, word: &str) -> Option<(&Vec<usize>, Cow<'_, str>)> {
        let rest = bared(word, &self.lexicon.spec.clitics.article).and_then(|rest| self.by_word.get_key_value(rest));
        if let Some((rest, found)) = rest {
            return Some((found, Cow::Borrowed(rest.as_str())));
        }
        if !self.bare.may_hold(word) {
            return None;
        }
        let full = format!("{}{word}", self.lexicon.spec.clitics.article);
        self.by_word.get(&full).map(|found| (found, Cow::Owned(full)))
    }

    pub(super) fn candidates(&self, words: &[String]) -> Vec<usize> {
        let mut found: Vec<usize> = words.iter().filter_map(|w| self.by_word.get(w)).flatten().copied().collect();
        // Its last word with or without the article, where nobody is called as it stands.
        if found.is_empty() || words.len() == 1 {
            found.extend(words.last().and_then(|w| self.called_otherwise(w)).into_iter().flat_map(|(list, _)| list));
        }
        if found.is_empty() && words.len() == 1 {
            // A misspelt repeat: one long word, one or two letters off.
            found = self.reachable().filter(|&e| self.entities[e].words.iter().any(|w| like(w, &words[0]))).collect();
        }
        found.sort_unstable_by_key(|&e| std::cmp::Reverse(self.entities[e].last_seen));
        found.dedup();
        found
    }

    pub(super) fn enrich(&mut self, e: usize, m: &Mention, i: usize, words: Vec<String>) {
        let title_text = m
            .title
            .map(|(first, last, index)| (self.text(first, last).to_owned(), self.fold_title(first, last), index));
        let name = m.name.map(|(first, last)| self.clean(first, last));
        let also: Vec<String> = m.also.iter().map(|&(first, last)| self.fold_title(first, last)).collect();
        // A known person of whom only a part of the name stands here is not believed against a fuller name of the article.
        let fuller = self.entities[e].words.len() > words.len();
        let mut person = if fuller { self.entities[e].person } else { m.person.or(self.entities[e].person) };
        if person.is_none() && words.len() == 1 {
            if let Some(found) = self.surnames.holder(&words[0], self.office(m), self.date, self.lexicon) {
                let term = self
                    .date
                    .and_then(|d| term_at(self.lexicon, found, d))
                    .or_else(|| any_term(self.lexicon, found, None));
                let agrees = match (m.country, term) {
                    (Some(c), Some(t)) => self.lexicon.countries[c as usize].iso == t.country,
                    _ => true,
                };
                if agrees && self.entities[e].words.len() <= 1 {
                    person = Some(found);
                }
            }
        }
        let gender = self.gender(m);
        let entity = &mut self.entities[e];
        if entity.gender == 0 {
            entity.gender = gender;
        }
        if words.len() > entity.words.len() {
            for word in &words {
                self.held.add(word);
                if let Some(rest) = bared(word, &self.lexicon.spec.clitics.article) {
                    self.bare.add(rest);
                }
                let list = self.by_word.entry(word.clone()).or_default();
                if !list.contains(&e) {
                    list.push(e);
                }
            }
            self.tails[e] = words.last().map_or(('\0', 0), |word| begin_and_length(word));
            self.initials |= initial(self.tails[e].0);
            entity.words = words;
            if let Some(name) = name {
                entity.rename(name);
            }
        }
        entity.person = person;
        if let Some(country) = m.country {
            entity.country.get_or_insert(country);
        }
        if let Some((text, folded, index)) = title_text {
            let longer = entity.title.as_ref().is_none_or(|(old, _)| old.len() < text.len());
            if longer {
                entity.title = Some((text, index));
            }
            if !entity.titles.contains(&folded) {
                entity.titles.push(folded);
            }
        }
        for title in also {
            if !entity.titles.contains(&title) {
                entity.titles.push(title);
            }
        }
        entity.actor |= m.actor;
        entity.non_actor |= m.non_actor;
        if let Some(person) = entity.person {
            if self.lexicon.terms.contains_key(&self.lexicon.people[person as usize].id) {
                entity.actor = true;
            }
            let office = entity.title.as_ref().map(|(_, title)| self.lexicon.titles[*title as usize].office.as_str());
            let term = self
                .date
                .and_then(|d| term_at(self.lexicon, person, d))
                .or_else(|| any_term(self.lexicon, person, office));
            if let Some(term) = term {
                if entity.country.is_none() {
                    entity.country = self.lexicon.country_index.get(&term.country).copied();
                }
            }
        }
        entity.fullest = i;
    }

    /// What a mention's words say of its bearer's gender: its title's, then the given name's.
    pub(super) fn gender(&self, m: &Mention) -> u8 {
        let name = m.name.unwrap_or((usize::MAX, 0));
        let of = |p: usize| self.lexicon.genders.get(self.doc.norm(p)).copied();
        let title = (m.first..=m.last)
            .filter(|&p| p < name.0 || p > name.1)
            .filter(|&p| self.doc.flags(p) & (flag::GIVEN | flag::SURNAME) == 0)
            // Only the first article is that of the bearer: "l'envoyé de la France".
            .filter(|&p| p == m.first || self.doc.flags(p) & flag::DETERMINER == 0)
            .find_map(of);
        title.or_else(|| (name.0 < name.1).then(|| of(name.0)).flatten()).unwrap_or(0)
    }
}

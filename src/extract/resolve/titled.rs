//! Persons mentioned by an office alone, or by another word for somebody named before.

use super::*;

/// A title's phrase, folded: titles that are one begin or end alike, which numbers of those two words tell at once.
#[derive(Clone, Debug)]
pub(super) struct Title<'a> {
    pub(super) text: Cow<'a, str>,
    first: u64,
    last: u64,
}

impl<'a> Title<'a> {
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        let (first, last) = (ends(first_word(&text)), ends(last_word(&text)));
        Self { text, first, last }
    }
}

impl PartialEq for Title<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first && self.text == other.text
    }
}

/// An office that stands alone, and what matters of the phrase for it.
struct Alone<'m, 'a> {
    m: &'m Mention,
    /// Its place among the mentions.
    i: usize,
    title: Title<'a>,
    /// How many words its phrase has, and how many that are no nationality: "الوزير الألماني" has one.
    words: usize,
    plain: usize,
    /// "A spokesman" is somebody new.
    indefinite: bool,
}

impl<'a> Resolver<'a> {
    /// "الوزير", "وزير الخارجية الألماني", "المسؤول": the last person whose title fits; else an unnamed office-holder.
    pub(super) fn titled(&mut self, m: &Mention, i: usize) -> usize {
        let trade = m.first == m.last && m.non_actor && m.definite && !self.lexicon.spec.grammar.has_case;
        // "المعلم": a trade alone that is the surname of somebody named in the article.
        if let Some(e) = trade.then(|| self.bearer(&self.stem(m.first), true)).flatten() {
            return e;
        }
        let (first, last) = m.title.map_or((m.first, m.last), |(a, b, _)| (a, b.max(m.last)));
        let name = self.shared_name(m);
        let phrase = match &name {
            Some(name) => Cow::Owned(self.bare_phrase(name)),
            None => self.fold_title(first, last),
        };
        let words = 1 + phrase.bytes().filter(|&byte| byte == b' ').count();
        let plain = words - usize::from(m.country.is_some() && words > 1);
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let indefinite = adjective_first && !m.definite && self.doc.flags(m.first) & flag::DETERMINER != 0;
        let office = Alone { m, i, title: Title::new(phrase), words, plain, indefinite };
        let found = self.titled_alike(&office).or_else(|| self.meant_by_epithet(&office));
        if let Some(e) = found.or_else(|| self.known_by_office(&office)) {
            return e;
        }
        self.office_holder(office, name, (first, last))
    }

    /// A phrase, folded, each word bare of its article.
    fn bare_phrase(&self, phrase: &str) -> String {
        let article = self.lexicon.spec.clitics.article.as_str();
        let folded = crate::text::fold::fold(phrase);
        let mut out = String::with_capacity(folded.len());
        for (number, word) in folded.split(' ').enumerate() {
            if number > 0 {
                out.push(' ');
            }
            out.push_str(word.strip_prefix(article).filter(|rest| rest.len() >= ENOUGH).unwrap_or(word));
        }
        out
    }

    /// The person whose title fits: the nearest before, failing that the nearest after.
    fn titled_alike(&self, office: &Alone<'_, 'a>) -> Option<usize> {
        let &Alone { m, i, words, indefinite, .. } = office;
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let definite = m.definite || words > 1 || m.country.is_some();
        if !definite && !adjective_first || indefinite {
            return None;
        }
        let e = self.reachable().filter(|&e| self.title_fits(&self.entities[e], office)).min_by_key(|&e| {
            // An office of several words as it stands before one that goes on in a nationality.
            let exact =
                adjective_first || words < 2 || m.country.is_some() || self.entities[e].titles.contains(&office.title);
            let seen = self.entities[e].last_seen;
            let own = &self.entities[e].titles;
            let lesser = adjective_first && own.iter().all(|t| self.is_lesser(&t.text, &office.title.text));
            (lesser || !exact, if seen < i { i - seen } else { 1_000_000 + seen.min(1_000_000) })
        })?;
        // An office told in many words is its holder's before he is named as well.
        let near = self.entities[e].last_seen < i
            || words > 3 && !adjective_first
            || self.entities[e].titles.contains(&office.title)
            || m.first < self.doc.body;
        near.then_some(e)
    }

    /// Whether an actor has a title that could be this one.
    fn title_fits(&self, entity: &Entity<'a>, office: &Alone<'_, 'a>) -> bool {
        if entity.kind != ActorKind::Person || entity.titles.is_empty() {
            return false;
        }
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let countries = match (entity.country, office.m.country) {
            (Some(a), Some(b)) => a == b,
            (None, Some(_)) => {
                let begins = |t: &Title<'_>| t.text.starts_with(&*office.title.text);
                office.words <= 2 || !adjective_first && entity.titles.iter().any(begins)
            }
            _ => true,
        };
        countries && entity.titles.iter().any(|title| self.is_title(title, office))
    }

    /// Whether a title is the same as an office that stands alone, or a longer form of it.
    fn is_title(&self, title: &Title<'a>, office: &Alone<'_, 'a>) -> bool {
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let phrase = &*office.title.text;
        // Whatever else they share, titles that are one begin or end alike.
        if title.first == office.title.first && first_word(&title.text) == first_word(phrase) {
            let rest = title.text.strip_prefix(phrase);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && !self.is_designate(rest)) {
                return true;
            }
            if !adjective_first {
                return office.plain <= 1 || self.is_shorter(title, office);
            }
        }
        // "The minister" is the end of "the Iraqi minister", but what stands before an Arabic title is another office:
        // "نائب الوزير".
        adjective_first
            && title.last == office.title.last
            && last_word(&title.text) == last_word(phrase)
            && (office.plain <= 1 || title.text.strip_suffix(phrase).is_some_and(|rest| rest.ends_with(' ')))
    }

    /// "The president" is not the president-elect: what says that an office is not held yet.
    fn is_designate(&self, rest: &str) -> bool {
        let words = self.lexicon.spec.words.get("designates");
        words.is_some_and(|list| list.iter().any(|word| word == rest.trim_start()))
    }

    /// "The president" is rather the president than a vice president or a former one: whether a title is that of a phrase
    /// with such a word before it.
    fn is_lesser(&self, title: &str, phrase: &str) -> bool {
        let Some(list) = self.lexicon.spec.words.get("lesser") else { return false };
        title
            .strip_suffix(phrase)
            .and_then(|rest| rest.trim_end().rsplit(' ').next())
            .is_some_and(|before| list.iter().any(|word| word == before))
    }

    /// Whether an office is one of many words told in fewer.
    fn is_shorter(&self, title: &Title<'a>, office: &Alone<'_, 'a>) -> bool {
        let phrase = &*office.title.text;
        // "المبعوث الخاص" after "مبعوث الأمم المتحدة الخاص إلى سوريا".
        let said = |word: &str| title.text.split(' ').any(|own| own == word);
        if office.m.definite && office.words <= 3 && phrase.split(' ').all(said) {
            return true;
        }
        // "المبعوث الأممي إلى اليمن" after "مبعوث الأمين العام إلى اليمن".
        office.words > 2
            && matches!(self.office(office.m), "AMBASSADOR" | "ENVOY")
            && last_word(&title.text) == last_word(phrase)
    }

    /// "المسؤول العراقي", "الدبلوماسي": another word for somebody of that country who was just named.
    fn meant_by_epithet(&self, office: &Alone<'_, 'a>) -> Option<usize> {
        let &Alone { m, i, words, .. } = office;
        let headline = m.first < self.doc.body && m.country.is_some();
        let definite = m.definite && i > 0;
        if words > 3 || !headline && !definite {
            return None;
        }
        let epithets = self.lexicon.spec.words.get("epithets")?;
        let head = first_word(&office.title.text);
        if !epithets.iter().any(|word| word == head) {
            return None;
        }
        let named = |e: &Entity<'a>| e.kind == ActorKind::Person && e.actor && e.words.len() > 1;
        // A headline has such a word without article for the one whom the article names first.
        if headline {
            let first = |e: &Entity<'a>| named(e) && !e.titles.is_empty() && e.country == m.country;
            if let Some(e) = self.reachable().find(|&e| first(&self.entities[e])) {
                return Some(e);
            }
        }
        if !definite || m.country.is_none() && words > 1 {
            return None;
        }
        let near = |e: &Entity<'a>| {
            named(e)
                && e.last_seen < i
                && i - e.last_seen <= EPITHET_REACH
                && (m.country.is_none() || e.country == m.country)
        };
        self.reachable().filter(|&e| near(&self.entities[e])).max_by_key(|&e| self.entities[e].last_seen)
    }

    /// The one who held the office by what the lexicon knows, looked for once a phrase: later mentions find what the first
    /// one did.
    fn known_by_office(&mut self, office: &Alone<'_, 'a>) -> Option<usize> {
        if !self.lexicon.spec.grammar.has_case || office.indefinite {
            return None;
        }
        let hash = vocabulary::hash(&office.title.text);
        if self.by_key.contains_key(&Key::Title(hash)) {
            return None;
        }
        let key = Key::Holder(hash, office.m.country);
        if let Some(&e) = self.by_key.get(&key) {
            return Some(e as usize);
        }
        let e = self.holder(office.m)?;
        self.by_key.insert(key, e as u32);
        Some(e)
    }

    /// An unnamed office-holder.
    fn office_holder(&mut self, office: Alone<'_, 'a>, name: Option<String>, tokens: (usize, usize)) -> usize {
        let Alone { m, i, title, plain, .. } = office;
        let e = self.keyed(m, i, Key::Title(vocabulary::hash(&title.text)));
        let gender = self.gender(m);
        let dual = m.shared.is_none() && self.is_dual(m);
        let text = self.text(tokens.0, tokens.1);
        let entity = &mut self.entities[e];
        entity.gender |= gender;
        entity.kind = ActorKind::Person;
        entity.short = plain <= 1 && m.country.is_some();
        entity.several |= dual;
        if let Some((_, _, index)) = m.title {
            let text = name.clone().map_or(Cow::Borrowed(text), Cow::Owned);
            entity.title.get_or_insert((text, index));
        }
        if let Some(name) = name {
            entity.rename(name);
        }
        entity.add_title(title);
        e
    }

    /// "وزيرا الخارجية": a title in the dual, before what it is of.
    fn is_dual(&self, m: &Mention) -> bool {
        let Some((first, _, title)) = m.title else { return false };
        let endings = &self.lexicon.spec.grammar.dual_endings;
        if endings.is_empty() || m.first == m.last {
            return false;
        }
        let one = self.lexicon.fold(first_word(&self.lexicon.titles[title as usize].title));
        let ending = self.bare(first).strip_prefix(&*one).filter(|rest| !rest.is_empty()).map(str::to_owned);
        ending.is_some_and(|ending| endings.iter().any(|dual| dual.starts_with(&ending)))
    }

    /// The one person named in the article who is known to have held the office that stands alone here: for languages
    /// that mark names by case.
    fn holder(&self, m: &Mention) -> Option<usize> {
        let title = &self.lexicon.titles[m.title?.2 as usize];
        let office = &title.office;
        if !EXCLUSIVE.contains(&office.as_str()) {
            return None;
        }
        // "Le chef de la diplomatie espagnole": another title for the office that the article has named.
        let same = |e: &Entity<'a>| {
            e.country.is_some()
                && e.country == m.country
                && e.words.len() > 1
                && e.title.as_ref().is_some_and(|(_, index)| self.lexicon.titles[*index as usize].office == *office)
        };
        let held = |e: &Entity<'a>| {
            let country = m.country.or(title.country).map(|c| self.lexicon.countries[c as usize].iso.as_str());
            e.person.is_some_and(|person| {
                self.lexicon.terms.get(&self.lexicon.people[person as usize].id).is_some_and(|terms| {
                    terms.iter().any(|t| {
                        t.office == *office
                            && country.is_none_or(|c| t.country == c)
                            && self.date.is_none_or(|d| t.from <= d && d <= t.to)
                    })
                })
            })
        };
        // "The king" is no president, though both are heads of their states.
        let royal = |index: u32| self.lexicon.titles[index as usize].class == TitleClass::Royal;
        let rank = |e: &Entity<'a>| {
            e.title.as_ref().is_none_or(|(_, index)| royal(*index) == (title.class == TitleClass::Royal))
        };
        let fits = |e: &Entity<'a>| (held(e) || same(e)) && rank(e);
        let mut fitting = self.reachable().filter(|&e| fits(&self.entities[e]));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

//! Countries, bodies and groups: by their number in the lexicon or by their phrase.

use super::*;

/// What an entity is found by that the lexicon numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Number {
    Country(Option<u16>),
    Place(u32),
    Organisation(u32),
}

/// What an entity is found by that only a phrase tells, by the kind of phrase: no word begins with a capital.
pub(super) fn key(kind: char, phrase: &str) -> String {
    let mut key = String::with_capacity(1 + phrase.len());
    key.push(kind);
    key.push_str(phrase);
    key
}

impl<'a> Resolver<'a> {
    /// An entity found by an exact key, made when new.
    pub(super) fn keyed(&mut self, m: &Mention, i: usize, key: String) -> usize {
        if let Some(&e) = self.by_phrase.get(&key) {
            return e;
        }
        let e = self.create(m, i, Vec::new());
        self.by_phrase.insert(key, e);
        self.adopt(e, m);
        e
    }

    /// "إدارة الرئيس فلان": a body whose phrase ends with a title is called with the name that the next mention holds.
    pub(super) fn called_after(&mut self, e: usize, m: &Mention, next: Option<&Mention>) {
        let Some(next) = next.filter(|n| n.first == m.last + 1 && n.title.is_none() && n.clitics == 0) else { return };
        let named = next.name.is_some() && next.kind == ActorKind::Person && !self.lexicon.spec.grammar.has_case;
        let titled = (m.first + 1..=m.last).any(|p| self.doc.longest(p, flag::TITLE).is_some());
        if named && titled && m.kind == ActorKind::Organization {
            let name = self.clean(m.first, next.last);
            self.entities[e].rename(name);
        }
    }

    /// An entity found by its number, made when new.
    pub(super) fn numbered(&mut self, m: &Mention, i: usize, number: Number) -> usize {
        if let Some(&e) = self.by_number.get(&number) {
            return e;
        }
        let e = self.create(m, i, Vec::new());
        self.by_number.insert(number, e);
        self.adopt(e, m);
        e
    }

    pub(super) fn organisation(&mut self, m: &Mention, i: usize) -> usize {
        if let Some(organisation) = m.organisation {
            return self.numbered(m, i, Number::Organisation(organisation));
        }
        let phrase = self.fold_title(m.first, m.last);
        // "التنظيم", "الحزب": the last body with that head.
        let article = self.lexicon.spec.clitics.article.as_str();
        if m.first == m.last {
            let found = self
                .reachable()
                .filter(|&e| self.entities[e].kind == ActorKind::Organization && self.entities[e].last_seen < i)
                .filter(|&e| {
                    let entity = &self.entities[e];
                    let folded = entity.folded.get_or_init(|| self.lexicon.fold(&entity.name));
                    folded.split(' ').next().is_some_and(|w| w.strip_prefix(article).unwrap_or(w) == phrase)
                        || folded.split(' ').next_back().is_some_and(|w| w == phrase)
                })
                .max_by_key(|&e| self.entities[e].last_seen);
            if let Some(e) = found {
                return e;
            }
        }
        self.keyed(m, i, key('B', &phrase))
    }

    pub(super) fn group(&mut self, m: &Mention, i: usize) -> usize {
        if let Some(name) = self.shared_name(m) {
            let e = self.keyed(m, i, key('G', &crate::text::fold::fold(&name)));
            self.entities[e].rename(name);
            return e;
        }
        let phrase = self.fold_title(m.first, m.last);
        // "الوفد", "المصادر الإيرانية": the last one with that head, of whom the further words were said as well. Several
        // persons are told of by such a noun however far back they were named.
        if m.definite && !m.both && !self.lexicon.spec.grammar.has_case {
            let persons =
                self.doc.matches_at(m.first).iter().any(|x| matches!(x.meaning, Meaning::Group { person: true, .. }));
            let mut words = phrase.split(' ');
            let head = words.next().unwrap_or_default();
            let found = self
                .reachable()
                .filter(|&e| {
                    let entity = &self.entities[e];
                    matches!(entity.kind, ActorKind::Group | ActorKind::Organization)
                        && entity.last_seen < i
                        && (persons || i - entity.last_seen <= EPITHET_REACH)
                        && (m.first == m.last || entity.country == m.country)
                        && entity.head.get_or_init(|| self.folded_head(&entity.name)) == head
                        && (m.first == m.last || self.says(&entity.name, words.clone()))
                })
                .max_by_key(|&e| self.entities[e].last_seen);
            if let Some(e) = found {
                return e;
            }
        }
        self.keyed(m, i, key('G', &phrase))
    }

    /// Whether a name that has no article holds all of `words`, which have none either.
    pub(super) fn says<'w>(&self, name: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
        let folded = crate::text::fold::fold(name);
        let article = self.lexicon.spec.clitics.article.as_str();
        !folded.starts_with(article) && words.all(|word| folded.split(' ').any(|own| own == word))
    }

    /// The first word of a name, folded and without its article.
    pub(super) fn folded_head(&self, name: &str) -> String {
        let folded = crate::text::fold::fold(name.split(' ').next().unwrap_or(""));
        let article = self.lexicon.spec.clitics.article.as_str();
        folded.strip_prefix(article).filter(|s| s.len() >= 4).map_or(folded.clone(), str::to_owned)
    }

    /// What one of several who share a noun is called: the noun for one, and the country.
    pub(super) fn shared_name(&self, m: &Mention) -> Option<String> {
        let (first, last) = m.shared?;
        let own = if m.first == first { last + 1 } else { m.first };
        let country = self.clean(own, m.last);
        if let Some((_, _, index)) = m.title {
            let title = &self.lexicon.titles[index as usize].title;
            let definite = own > 0
                && !title.contains(' ')
                && self.doc.has_article(own)
                && self.doc.flags(own) & (flag::DEMONYM | flag::COUNTRY) == flag::DEMONYM;
            let article = if definite { self.lexicon.spec.clitics.article.as_str() } else { "" };
            return Some(format!("{article}{title} {country}"));
        }
        let noun = self.clean(first, last);
        let one = self
            .lexicon
            .spec
            .grammar
            .dual_endings
            .iter()
            .filter(|_| self.doc.flags(first) & flag::BOTH_SIDES != 0)
            .find_map(|ending| noun.strip_suffix(ending.as_str()));
        Some(format!("{} {country}", one.unwrap_or(&noun)))
    }
}

//! Words that stand alone but are part of a name of the article, or the surname of a known leader.

use super::*;

impl<'a> Resolver<'a> {
    /// Makes mentions of words that stand alone but are part of a name of the article, or the surname of a known leader.
    pub(super) fn surname_mentions(&mut self, mentions: &mut Vec<Mention>) {
        let mut covered = vec![false; self.doc.len()];
        // "المعلم", "الخطيب": the word for a calling alone is the surname of whom the article calls so.
        for m in mentions.iter_mut() {
            if m.kind != ActorKind::Person || !m.non_actor || m.first != m.last || m.entity != usize::MAX {
                continue;
            }
            let stem = self.stem(m.first).into_owned();
            let article = self.lexicon.spec.clitics.article.as_str();
            if article.is_empty() || !stem.starts_with(article) {
                continue;
            }
            if let Some(e) = self.bearer(&stem, true) {
                m.entity = e;
                m.name = Some((m.first, m.last));
                m.title = None;
                m.non_actor = false;
                m.definite = true;
            }
        }
        for m in mentions.iter() {
            covered[m.first..=m.last].fill(true);
        }
        let case = self.lexicon.spec.grammar.has_case;
        let mut added = Vec::new();
        let mut i = 0;
        while i < self.doc.len() {
            let here = i;
            i += 1;
            if covered[here] || self.doc.kind(here) != Kind::Word {
                continue;
            }
            if case && !self.doc.tokens.all[here].capital {
                continue;
            }
            // "On 12 May": a month beside its day or year is nobody's name.
            let number = |p: usize| self.doc.kind(p) == Kind::Number;
            if case && self.doc.flags(here) & flag::MONTH != 0 && (number(here + 1) || here > 0 && number(here - 1)) {
                continue;
            }
            let flags = self.doc.flags(here);
            let common = flags & (flag::NOUN | flag::ADJECTIVE | flag::VERB | flag::PARTICLE) != 0 && !case;
            // An article that names nobody has no bearers, only surnames that the lexicon knows.
            if self.by_word.is_empty() && (common || flags & flag::SURNAME == 0) {
                continue;
            }
            let stem = self.stem(here);
            if stem.chars().nth(2).is_none() {
                continue;
            }
            // Several words of one name in a row: "بن سلمان", "دي ميستورا".
            let mut end = here;
            let mut entity = self.bearer(&stem, common);
            if entity.is_none() && flags & flag::NAME_PART != 0 && here + 1 < self.doc.len() && !covered[here + 1] {
                let next = self.doc.norm(here + 1).to_owned();
                entity = self.bearer(&next, false).filter(|&e| self.entities[e].words.iter().any(|w| *w == stem));
            }
            if entity.is_none()
                && !common
                && flags & flag::SURNAME != 0
                && flags & (flag::DEMONYM | flag::PLACE | flag::COUNTRY) == 0
            {
                let known = self.surnames.unique(&stem, self.date, self.lexicon);
                let named = known.filter(|_| !case).and_then(|person| self.known_person(person));
                if named.is_some() {
                    entity = named;
                } else if let Some(person) = known {
                    let mut m = Mention::new(here, ActorKind::Person);
                    m.definite = true;
                    m.person = Some(person);
                    m.name = Some((here, here));
                    m.clitics = self.doc.words[here].clitics();
                    m.actor = true;
                    let e = self.create(&m, usize::MAX, vec![stem.to_string()]);
                    self.enrich(e, &m, usize::MAX, vec![stem.to_string()]);
                    entity = Some(e);
                }
            }
            let Some(e) = entity else { continue };
            while end + 1 < self.doc.len() && !covered[end + 1] && self.doc.kind(end + 1) == Kind::Word {
                let next = self.doc.norm(end + 1);
                if self.entities[e].words.iter().any(|w| w == next) {
                    end += 1;
                } else {
                    break;
                }
            }
            let mut m = Mention::new(here, ActorKind::Person);
            m.definite = true;
            m.last = end;
            m.name = Some((here, end));
            m.entity = e;
            m.clitics = self.doc.words[here].clitics();
            if self.doc.words[here].count == 0
                && self.doc.words[here].shape & clitic::CONJUNCTION != 0
                && stem != self.doc.norm(here)
            {
                m.clitics |= clitic::CONJUNCTION;
            }
            added.push(m);
            i = end + 1;
        }
        if !added.is_empty() {
            mentions.extend(added);
            mentions.sort_by_key(|m| m.first);
            for (index, m) in mentions.iter().enumerate() {
                if m.entity != usize::MAX
                    && m.name.is_some_and(|(a, b)| b - a + 1 >= self.entities[m.entity].words.len())
                {
                    self.entities[m.entity].fullest = index;
                }
            }
        }
    }

    /// The person of the article one of whose name's words is `word`.
    pub(super) fn bearer(&self, word: &str, common: bool) -> Option<usize> {
        let usable = |e: usize, word: &str| {
            let entity = &self.entities[e];
            entity.kind == ActorKind::Person
                && (entity.words.len() >= 2 || self.lexicon.spec.grammar.has_case && entity.title.is_some())
                && (!common || entity.words.last().is_some_and(|w| w == word))
                && entity
                    .words
                    .iter()
                    .position(|w| w == word || like(w, word))
                    .is_some_and(|at| at > 0 || entity.words.len() <= 3)
        };
        let direct = || self.by_word.get(word).map(|found| (found, Cow::Borrowed(word)));
        let held = self.held.may_hold(word).then(direct).flatten();
        if let Some((list, word)) = held.or_else(|| if common { None } else { self.called_otherwise(word) }) {
            let word = word.as_ref();
            // The last word of a name counts before the first: a shared first name proves little.
            let mut bearers = list
                .iter()
                .rev()
                .copied()
                .filter(|&e| usable(e, word) && self.entities[e].words.last().is_some_and(|w| w == word));
            let last = if self.lexicon.spec.grammar.has_case {
                // The first of the most prominent: they come latest first.
                bearers.max_by_key(|&e| self.standing(e, None))
            } else {
                bearers.next()
            };
            let any = list.iter().rev().copied().find(|&e| {
                usable(e, word) && {
                    let first = self.entities[e].words.first().is_some_and(|w| w == word);
                    !first || !common && list.len() == 1
                }
            });
            if let Some(e) = last.or(any) {
                return Some(e);
            }
        }
        if common || word.chars().nth(4).is_none() {
            return None;
        }
        // The lexicon's word is right as it stands; only unknown words are taken for misspellings. Most words are far from
        // every name of the article, so that the lexicon need not be asked.
        let glance = begin_and_length(word);
        if self.initials & initial(glance.0) == 0 || !self.glance(glance) || self.lexicon.knows(word) {
            return None;
        }
        let last = |e: usize| self.entities[e].words.last();
        self.reachable()
            .filter(|&e| may_be_like(self.tails[e], glance))
            .find(|&e| last(e).is_some_and(|w| like(w, word)) && usable(e, word))
    }
}

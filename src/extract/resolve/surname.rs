//! Words that stand alone but are part of a name of the article, or the surname of a known leader.

use super::*;

impl<'a> Resolver<'a> {
    /// Makes mentions of words that stand alone but are part of a name of the article, or the surname of a known leader.
    pub(super) fn surname_mentions(&mut self, mentions: &mut Vec<Mention>) {
        self.callings(mentions);
        let mut covered = vec![false; self.doc.len()];
        for m in mentions.iter() {
            covered[m.first..=m.last].fill(true);
        }
        let mut added = Vec::new();
        let mut next = 0;
        while next < self.doc.len() {
            let here = next;
            next += 1;
            if covered[here] || self.doc.kind(here) != Kind::Word {
                continue;
            }
            let Some(m) = self.surname_at(here, &covered) else { continue };
            next = m.last + 1;
            added.push(m);
        }
        if added.is_empty() {
            return;
        }
        mentions.extend(added);
        mentions.sort_by_key(|m| m.first);
        for (index, m) in mentions.iter().enumerate() {
            let whole = |(a, b): (usize, usize)| b - a + 1 >= self.entities[m.entity].words.len();
            if m.entity != usize::MAX && m.name.is_some_and(whole) {
                self.entities[m.entity].fullest = index;
            }
        }
    }

    /// "المعلم", "الخطيب": the word for a calling alone is the surname of whom the article calls so.
    fn callings(&self, mentions: &mut [Mention]) {
        let article = self.lexicon.spec.clitics.article.as_str();
        if article.is_empty() {
            return;
        }
        for m in mentions {
            if m.kind != ActorKind::Person || !m.non_actor || m.first != m.last || m.entity != usize::MAX {
                continue;
            }
            let stem = self.stem(m.first);
            let bearer = if stem.starts_with(article) { self.bearer(&stem, true) } else { None };
            if let Some(e) = bearer {
                m.entity = e;
                m.name = Some((m.first, m.last));
                m.title = None;
                m.non_actor = false;
                m.definite = true;
            }
        }
    }

    /// The mention that a word makes, with those after it that are of the same name.
    fn surname_at(&mut self, here: usize, covered: &[bool]) -> Option<Mention> {
        let flags = self.doc.flags(here);
        let case = self.lexicon.spec.grammar.has_case;
        if case && (!self.doc.tokens.all[here].capital || self.is_dated(here)) {
            return None;
        }
        let common = flags & (flag::NOUN | flag::ADJECTIVE | flag::VERB | flag::PARTICLE) != 0 && !case;
        // An article that names nobody has no bearers, only surnames that the lexicon knows.
        if self.names.is_empty() && (common || flags & flag::SURNAME == 0) {
            return None;
        }
        if !self.may_be_named(here, flags, common) {
            return None;
        }
        let stem = self.stem(here);
        stem.chars().nth(2)?;
        let known = flags & flag::SURNAME != 0 && flags & (flag::DEMONYM | flag::PLACE | flag::COUNTRY) == 0;
        let found = self.bearer(&stem, common).or_else(|| self.bearer_of_several(here, &stem, covered));
        let e = match found {
            Some(e) => e,
            None if known && !common => self.leader(here, &stem)?,
            None => return None,
        };
        let mut m = Mention::new(here, ActorKind::Person);
        m.definite = true;
        m.last = self.name_end(e, here, covered);
        m.name = Some((here, m.last));
        m.entity = e;
        let word = &self.doc.words[here];
        m.clitics = word.clitics();
        if word.count == 0 && word.shape & clitic::CONJUNCTION != 0 && stem != self.doc.norm(here) {
            m.clitics |= clitic::CONJUNCTION;
        }
        Some(m)
    }

    /// Whether a word may be of a name: a few cheap questions that most words of an article are let go by.
    #[inline]
    fn may_be_named(&self, token: usize, flags: u64, common: bool) -> bool {
        let norm = self.doc.norm(token);
        if flags & flag::NAME_PART != 0 || !common && flags & flag::SURNAME != 0 || self.names.may_hold(norm) {
            return true;
        }
        // What the lexicon knows is no slip.
        let word = &self.doc.words[token];
        if common {
            false
        } else if word.clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 {
            self.doc.whole(token) == 0 && self.lengths.may_resemble(norm)
        } else {
            self.lengths.may_resemble(&self.stem(token))
        }
    }

    /// "On 12 May": a month beside its day or year is nobody's name.
    fn is_dated(&self, token: usize) -> bool {
        let number = |p: usize| self.doc.kind(p) == Kind::Number;
        self.doc.flags(token) & flag::MONTH != 0 && (number(token + 1) || token > 0 && number(token - 1))
    }

    /// Several words of one name in a row: "بن سلمان", "دي ميستورا".
    fn bearer_of_several(&self, here: usize, stem: &str, covered: &[bool]) -> Option<usize> {
        if self.doc.flags(here) & flag::NAME_PART == 0 || here + 1 >= self.doc.len() || covered[here + 1] {
            return None;
        }
        let bearer = self.bearer(self.doc.norm(here + 1), false);
        bearer.filter(|&e| self.entities[e].words.iter().any(|word| word == stem))
    }

    /// The one whom the lexicon knows by this surname: an actor of the article, or a new one.
    fn leader(&mut self, here: usize, stem: &Cow<'a, str>) -> Option<usize> {
        let person = self.surnames.unique(stem, self.date, self.lexicon)?;
        if !self.lexicon.spec.grammar.has_case {
            if let Some(e) = self.known_person(person) {
                return Some(e);
            }
        }
        let mut m = Mention::new(here, ActorKind::Person);
        m.definite = true;
        m.person = Some(person);
        m.name = Some((here, here));
        m.clitics = self.doc.words[here].clitics();
        m.actor = true;
        let e = self.create(&m, usize::MAX);
        self.enrich(e, &m, usize::MAX, vec![stem.clone()]);
        Some(e)
    }

    /// The last of the words from `here` on that are of an actor's name.
    fn name_end(&self, e: usize, here: usize, covered: &[bool]) -> usize {
        let words = &self.entities[e].words;
        let further = |p: &usize| {
            !covered[*p] && self.doc.kind(*p) == Kind::Word && words.iter().any(|word| word == self.doc.norm(*p))
        };
        (here + 1..self.doc.len()).take_while(further).last().unwrap_or(here)
    }

    /// The person of the article one of whose name's words is `word`.
    pub(super) fn bearer(&self, word: &str, common: bool) -> Option<usize> {
        let direct = self.names.bearers(word);
        let found = if direct.clone().next().is_some() || common {
            self.called(direct, word, common)
        } else {
            let (otherwise, word) = self.names.called_otherwise(word, &self.lexicon.spec.clitics.article);
            self.called(otherwise, &word, common)
        };
        found.or_else(|| if common { None } else { self.misspelt(word) })
    }

    /// Whom of those whose names have a word it means where it stands alone.
    fn called(&self, bearers: Bearers<'_>, word: &str, common: bool) -> Option<usize> {
        // The last word of a name counts before the first: a shared first name proves little.
        let mut last = bearers.clone().filter(|&e| {
            self.entities[e].words.last().is_some_and(|last| last == word) && self.goes_by(e, word, common)
        });
        let last = if self.lexicon.spec.grammar.has_case {
            // The first of the most prominent: they come latest first.
            last.max_by_key(|&e| self.standing(e, None))
        } else {
            last.next()
        };
        last.or_else(|| {
            let alone = !common && bearers.clone().nth(1).is_none();
            let first = |e: usize| self.entities[e].words.first().is_some_and(|first| first == word);
            bearers.clone().find(|&e| self.goes_by(e, word, common) && (alone || !first(e)))
        })
    }

    /// Whether a person may be meant by one word of his name.
    fn goes_by(&self, e: usize, word: &str, common: bool) -> bool {
        let entity = &self.entities[e];
        let words = &entity.words;
        entity.kind == ActorKind::Person
            && (words.len() >= 2 || self.lexicon.spec.grammar.has_case && entity.title.is_some())
            && (!common || words.last().is_some_and(|last| last == word))
            && (words.iter().position(|own| own == word || like(own, word)))
                .is_some_and(|at| at > 0 || words.len() <= 3)
    }

    /// The first person of the article whose name ends in nearly this word. The lexicon's word is right as it stands; only
    /// unknown words are taken for misspellings.
    fn misspelt(&self, word: &str) -> Option<usize> {
        if !self.lengths.may_resemble(word) || word.chars().nth(4).is_none() {
            return None;
        }
        let glance = Glance::at(word);
        let near = |e: &usize| {
            self.tails[*e].resembles(&glance)
                && self.entities[*e].words.last().is_some_and(|last| like(last, word))
                && self.goes_by(*e, word, false)
        };
        self.reachable().find(near).filter(|_| !self.lexicon.knows(word))
    }
}

//! What can stand between a title and the name that bears it: brackets, pronouns, occasions and regions.

use super::{Mention, Parser};
use crate::lexicon::{Meaning, clitic, flag, vocabulary};
use crate::text::Kind;

/// How many tokens brackets hold that are read over.
const BRACKETS: usize = 10;

impl Parser<'_> {
    /// Whether the word at `p` stands in a list of the language's own.
    pub(super) fn stands_in(&self, list: &str, p: usize) -> bool {
        self.doc.listed(list, p, self.lexicon)
    }

    /// Whether a form does.
    pub(super) fn listed(&self, list: &str, norm: &str) -> bool {
        self.lexicon.lists(list, vocabulary::hash(norm))
    }

    /// Whether the word at `p` stands in a list, alone or with a conjunction or preposition attached.
    pub(super) fn listed_with_clitic(&self, list: &str, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let clitics = &self.lexicon.spec.clitics;
        let mut attached = clitics.conjunctions.iter().chain(&clitics.prepositions);
        self.stands_in(list, p)
            || attached.any(|c| norm.strip_prefix(c.as_str()).is_some_and(|rest| self.listed(list, rest)))
    }

    /// Whether a name begins at `p` that needs no title to be known for one.
    pub(super) fn name_begins(&self, start: usize, p: usize) -> bool {
        let doc = self.doc;
        self.in_phrase(start, p)
            && (self.best(p, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0)
                || doc.flags(p) & (flag::GIVEN | flag::HONORIFIC) != 0
                    && doc.words[p].clitics() & !clitic::ARTICLE == 0
                    && doc.flags(p) & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::VERB | flag::PREPOSITION)
                        == 0)
    }

    /// Whether the phrase has a title and no name yet, and one begins at `p`.
    pub(super) fn named_by_title(&self, start: usize, p: usize, m: &Mention) -> bool {
        m.title.is_some() && m.name.is_none() && self.name_begins(start, p)
    }

    /// The token behind brackets at `p`, where the name that a title waits for comes next, or first a place.
    pub(super) fn past_brackets(&self, start: usize, p: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || doc.kind(p) != Kind::Open || m.title.is_none() || m.name.is_some() {
            return None;
        }
        let close = (p + 1..p + BRACKETS).find(|&q| doc.kind(q) == Kind::Close)?;
        let next = close + 1;
        if self.named_by_title(start, next, m) {
            return Some(next);
        }
        let place = self.best(next + 1, flag::PLACE | flag::COUNTRY)?;
        let at = self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(next));
        (at && self.named_by_title(start, place.last() + 1, m)).then_some(next)
    }

    /// "رئيس الوفد في المفاوضات فلان", "حاكم سابق لولاية كذا فلان": a noun behind a preposition, with what describes it,
    /// between a title and a known name; the token of that name.
    pub(super) fn before_name(&self, start: usize, object: usize, attached: bool, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || m.title.is_none() || m.name.is_some() {
            return None;
        }
        let flags = doc.flags(object);
        if flags & (flag::NOUN | flag::MEETING) == 0 || flags & (flag::GIVEN | flag::TITLE | flag::MEDIA) != 0 {
            return None;
        }
        let mut p = object + 1;
        if !doc.has_article(object) {
            if !attached {
                return None;
            }
            // Whose: a place, a country, a word with its article or one that no list holds.
            if let Some(x) = self.best(p, flag::PLACE | flag::COUNTRY | flag::ORG) {
                if let Meaning::Place { place } = x.meaning {
                    let iso = &self.lexicon.places[place as usize].iso;
                    m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
                }
                p = x.last() + 1;
            } else if self.in_phrase(start, p) && (doc.has_article(p) || doc.words[p].count == 0) {
                p += 1;
            } else {
                return None;
            }
        }
        while self.in_phrase(start, p) && doc.has_article(p) && doc.flags(p) & flag::ADJECTIVE != 0 {
            p += 1;
        }
        self.named_by_title(start, p, m).then_some(p)
    }

    /// "لجنة الاتحاد المعنية بالتحقيق في الحادث": what a body is charged with, behind the adjective at `p`.
    pub(super) fn charge(&self, start: usize, p: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        let article = self.lexicon.spec.clitics.article.as_str();
        let word = doc.norm(p).strip_prefix(article).filter(|_| !article.is_empty())?;
        if m.title.is_some() || !self.listed("charged", word) || !self.in_phrase(start, p + 1) {
            return None;
        }
        let definite = |q: usize| {
            self.in_phrase(start, q)
                && doc.has_article(q)
                && doc.words[q].clitics() & clitic::CONJUNCTION == 0
                && doc.flags(q)
                    & (flag::GIVEN | flag::TITLE | flag::RELATIVE | flag::SPEECH | flag::TIME_WORD | flag::WEEKDAY)
                    == 0
        };
        let first = p + 1;
        if doc.words[first].clitics() & clitic::PREPOSITION == 0 || doc.flags(first) & flag::NOUN == 0 {
            return None;
        }
        // The chain of nouns reaches a definite one: "بتنفيذ نتائج المؤتمر".
        let bare = |q: usize| {
            self.in_phrase(start, q)
                && doc.flags(q) & flag::NOUN != 0
                && doc.flags(q) & (flag::GIVEN | flag::VERB) == 0
                && !doc.has_article(q)
                && doc.words[q].clitics() == 0
        };
        let mut q = first + 1;
        while bare(q) && q < first + 4 {
            q += 1;
        }
        let further = self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(q)) && definite(q + 1);
        let closed = doc.has_article(first) || definite(q) || further;
        if !closed {
            return None;
        }
        while definite(q) && doc.words[q].clitics() & clitic::PREPOSITION == 0 {
            q += 1;
        }
        // A second preposition goes on with the charge: "بالتحقيق في الممارسات".
        if self.in_phrase(start, q) && self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(q)) && definite(q + 1)
        {
            let country = self.best(q + 1, flag::COUNTRY | flag::PLACE).is_some();
            q += 1;
            while definite(q) && doc.words[q].clitics() & clitic::PREPOSITION == 0 && !country {
                q += 1;
            }
            if country {
                q -= 1;
            }
        }
        Some(q)
    }
}

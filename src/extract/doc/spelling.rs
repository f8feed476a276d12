//! Names of known foreigners in spellings that no list holds: "فلادمير بوتن".

use super::{Doc, Match};
use crate::lexicon::transliteration::MAX_WORDS;
use crate::lexicon::{Lexicon, Meaning, clitic, flag};
use crate::text::Kind;

impl Doc {
    /// Adds the names that are known persons' in another spelling to what look-up found.
    pub(super) fn find_spellings(&mut self, lexicon: &Lexicon) {
        if !lexicon.has_spellings() {
            return;
        }
        let mut found: Vec<Match> = Vec::new();
        let mut i = 0;
        while i + 1 < self.tokens.all.len() {
            // Most words are no names, and stand in no pair of names.
            if !self.may_be_name(i + 1) {
                i += 2;
                continue;
            }
            // One of the first two words is in no list: else the name is seldom somebody's whom the lists know.
            let odd = |p: usize| self.looked[p].whole == 0 || self.flags(p) & !flag::STARTS == 0;
            let name = (odd(i) || odd(i + 1)) && self.may_be_name(i);
            match if name { self.spelt_at(i, lexicon) } else { None } {
                Some(one) => {
                    i = one.last() + 1;
                    found.push(one);
                }
                None => i += 1,
            }
        }
        self.insert(&found);
    }

    /// Whether a word could be one of a name: it means nothing, or is a name and tells nothing.
    fn may_be_name(&self, p: usize) -> bool {
        let names = flag::GIVEN | flag::SURNAME | flag::NAME_PART | flag::PERSON;
        let tells = flag::VERB | flag::LIGHT | flag::SPEECH | flag::MEETING | flag::VISIT | flag::PREPOSITION;
        let flags = self.flags(p);
        self.kind(p) == Kind::Word
            && flags & tells == 0
            && (self.looked[p].whole == 0 || flags & !flag::STARTS == 0 || flags & names != 0)
            && !self.has_article(p)
    }

    fn spelt_at(&mut self, first: usize, lexicon: &Lexicon) -> Option<Match> {
        if self.matches_at(first).iter().any(|m| m.len > 1 && m.flags & flag::PERSON != 0) {
            return None;
        }
        let field = self.tokens.all[first].field;
        let longest = (first..self.tokens.all.len().min(first + MAX_WORDS))
            .take_while(|&p| self.may_be_name(p) && self.tokens.all[p].field == field)
            .count();
        let mut scratch = std::mem::take(&mut self.scratch.form);
        let mut found = None;
        for len in (2..=longest).rev() {
            let norm = |p: usize| self.tokens.norm(p);
            let whole = (first..first + len).map(norm);
            let mut person = lexicon.spelt(whole, &mut scratch).map(|person| (person, 0));
            for conjunction in &lexicon.spec.clitics.conjunctions {
                if person.is_some() {
                    break;
                }
                let Some(rest) = norm(first).strip_prefix(conjunction.as_str()) else { continue };
                let joined = std::iter::once(rest).chain((first + 1..first + len).map(norm));
                person = lexicon.spelt(joined, &mut scratch).map(|person| (person, clitic::CONJUNCTION));
            }
            found = person.map(|(person, clitics)| Match {
                start: first as u32,
                len: len as _,
                meaning: Meaning::Person { person },
                flags: flag::PERSON,
                clitics,
            });
            if found.is_some() {
                break;
            }
        }
        self.scratch.form = scratch;
        found
    }

    /// Puts further phrases, in their order and longer than all others at their token, among those of look-up.
    fn insert(&mut self, found: &[Match]) {
        if found.is_empty() {
            return;
        }
        let mut all = Vec::with_capacity(self.matches.len() + found.len());
        let mut rest = found.iter().peekable();
        for token in 0..self.tokens.all.len() {
            let old = self.match_index[token] as usize..self.match_index[token + 1] as usize;
            self.match_index[token] = all.len() as u32;
            if let Some(one) = rest.next_if(|one| one.start as usize == token) {
                all.push(*one);
                self.begins[token] |= one.flags;
                self.flags[token] |= flag::STARTS;
            }
            all.extend_from_slice(&self.matches[old]);
        }
        self.match_index[self.tokens.all.len()] = all.len() as u32;
        self.matches = all;
    }
}

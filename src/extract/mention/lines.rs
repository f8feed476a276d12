//! What newspapers set around names: the party and state of a lawmaker, the state behind a town, marks of captions.

use super::{Mention, Parser, head_last::VERBAL};
use crate::event::ActorKind;
use crate::extract::doc::Match;
use crate::lexicon::{Form, Meaning, flag};
use crate::text::Kind;

/// How many words the name of a town that no list holds may have.
const TOWN: usize = 3;
/// How many tokens around a surname are searched for its bearer.
const NEIGHBOURHOOD: usize = 600;

impl Parser<'_> {
    /// A phrase that is no actor, whatever its capitals are: the mark of a caption, or a town with its state.
    pub(super) fn caption_or_town(&self, start: usize) -> Option<(Option<Mention>, usize)> {
        if !self.doc.tokens.all[start].capital {
            return None;
        }
        if let Some(length) = self.doc.phrase_at(start, "captions", self.lexicon) {
            return Some((None, start + length));
        }
        if let Some(outlet) = self.outlet_name(start) {
            let next = outlet.last + 1;
            return Some((Some(outlet), next));
        }
        self.town(start).map(|m| {
            let next = m.last + 1;
            (Some(m), next)
        })
    }

    /// Whether a sentence begins at `p` that no mark parts from the word before it: behind a heading or the credit of a
    /// picture.
    pub(super) fn parted(&self, p: usize) -> bool {
        let sentences = &self.doc.sentence_of;
        self.is_word(p - 1) && sentences.get(p) != sentences.get(p - 1)
    }

    /// "Another key ally, Foreign Minister Ann Vale, said": whether a person without a name is one whom the name behind the
    /// comma says, up to `after`. A definite one is another: "told the envoy, President Vale said".
    pub(super) fn introduces(&self, start: usize, m: &Mention, after: usize) -> bool {
        let doc = self.doc;
        let definite = self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(start));
        m.kind == ActorKind::Person
            && !m.plural
            && (self.is_determiner(start) || self.owned_by_pronoun(start, m.last))
            && !definite
            && matches!(doc.kind(after), Kind::Comma | Kind::Stop | Kind::Break)
    }

    /// "An adviser to the minister's campaign": the last token of the body behind the possessive at which a complement that
    /// begins with its preposition at `from` ends.
    pub(super) fn served(&self, from: usize, end: usize) -> Option<usize> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        // "Head of Vale's research division": behind "of" only a part of a body, unlike "the king of Peru's decision".
        if grammar.of.iter().any(|w| w == doc.norm(from)) && doc.tokens.all[end - 1].possessive {
            let plain = |q: usize| {
                let flags = doc.flags(q);
                self.in_phrase(end - 1, q)
                    && !doc.tokens.all[q].capital
                    && flags & (flag::NOUN | flag::ADJECTIVE) != 0
                    && flags & (super::head_last::FUNCTION | flag::TITLE | flag::GROUP | flag::ADVERB) == 0
            };
            let last = (end..end + 4).take_while(|&q| plain(q)).last()?;
            return self.stands_in("units", last).then_some(last);
        }
        let to = grammar.to.iter().any(|w| w == doc.norm(from));
        if !to || !doc.tokens.all[end - 1].possessive {
            return None;
        }
        let body = (end..end + 3)
            .take_while(|&q| {
                self.in_phrase(end - 1, q) && doc.flags(q) & (super::head_last::FUNCTION | VERBAL) == 0
                    || doc.flags(q) & flag::ORG_HEAD != 0
            })
            .find(|&q| doc.flags(q) & (flag::GROUP | flag::ORG_HEAD) != 0 && doc.flags(q) & flag::TITLE == 0)?;
        Some(body)
    }

    /// "Ann Vale, a Green and former envoy, said": whether an indefinite apposition at `p` goes on at `after` with another
    /// noun for the same person.
    pub(super) fn shares_apposition(&self, p: usize, after: usize) -> bool {
        let doc = self.doc;
        let definite = self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(p));
        let next = after + 1;
        self.is_determiner(p)
            && !definite
            && self.is_word(next)
            && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(after))
            && !doc.tokens.all[next].capital
            && !self.is_determiner(next)
            && doc.flags(next) & (flag::NOUN | flag::ADJECTIVE | flag::TITLE | flag::GROUP) != 0
    }

    /// "A spokesman for Vale": whether the surname at `p` is that of somebody whom the text around calls by a first name,
    /// honorific or title, and of no company.
    pub(super) fn somebody(&self, p: usize) -> bool {
        let doc = self.doc;
        let norm = doc.norm(p);
        let called = flag::GIVEN | flag::HONORIFIC | flag::TITLE;
        doc.flags(p) & (flag::SURNAME | flag::GIVEN) != 0
            && (p.saturating_sub(NEIGHBOURHOOD)..doc.len().min(p + NEIGHBOURHOOD)).any(|q| {
                q > 0 && q != p && doc.tokens.all[q].capital && doc.norm(q) == norm && doc.flags(q - 1) & called != 0
            })
    }

    /// A noun for those who work for somebody: "team".
    pub(super) fn retinue(&self, p: usize) -> bool {
        let owner = p
            .checked_sub(1)
            .filter(|&o| self.is_word(o) && self.doc.tokens.all[o].possessive && self.doc.tokens.all[o].capital);
        owner.is_some_and(|o| self.doc.flags(o) & (flag::SURNAME | flag::GIVEN) != 0 && self.somebody(o))
            && self.stands_in("retinues", p)
    }

    /// "USA Today", "the Washington Post": a name of several words that no country or place in it is meant by.
    fn outlet_name(&self, start: usize) -> Option<Mention> {
        let doc = self.doc;
        let name = start + usize::from(self.is_determiner(start) && self.is_word(start + 1));
        let x = [start, name].into_iter().filter_map(|p| doc.longest(p, flag::MEDIA)).max_by_key(|x| x.last())?;
        let longer = |p: usize| self.item(p).is_none_or(|item| item.last() < x.last());
        if x.len < 2
            || !doc.tokens.all[name].capital
            || !longer(start)
            || !longer(name)
            || doc.tokens.all[x.last()].possessive
        {
            return None;
        }
        let mut m = Mention::new(start, ActorKind::Organization);
        m.last = x.last();
        m.non_actor = true;
        m.definite = true;
        Some(m)
    }

    /// "Her campaign", "their delegation": whether a possessive pronoun stands before the phrase.
    pub(super) fn owned_by_pronoun(&self, start: usize, last: usize) -> bool {
        let thing = self.stands_in("owned_things", last);
        start > 0
            && !thing
            && self.is_word(start - 1)
            && self.doc.flags(start - 1) & flag::PRONOUN != 0
            && self.doc.flags(start - 1) & flag::OBLIQUE != 0
    }

    /// "In Sterling Heights, Michigan", "at Reno, Nevada": a town behind its preposition, with the region that says where
    /// it is.
    fn town(&self, start: usize) -> Option<Mention> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let before = start.checked_sub(1).filter(|&b| self.is_word(b))?;
        let led = grammar.at.iter().chain(&grammar.to).chain(&grammar.from).any(|w| w == doc.norm(before));
        if !led {
            return None;
        }
        let mut comma = start;
        while comma < start + TOWN && self.in_phrase(start, comma) && doc.tokens.all[comma].capital {
            let other =
                flag::TITLE | flag::ORG | flag::ORG_HEAD | flag::COUNTRY | flag::PERSON | flag::WEEKDAY | flag::MONTH;
            if doc.flags(comma) & other != 0 || doc.tokens.all[comma].possessive {
                return None;
            }
            comma += 1;
        }
        if comma == start || doc.kind(comma) != Kind::Comma || !self.in_phrase(start, comma + 1) {
            return None;
        }
        let region = self.item(comma + 1)?;
        let Meaning::Place { place } = region.meaning else { return None };
        let after = region.last() + 1;
        let goes_on = flag::PREPOSITION
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::MONTH
            | flag::ADVERB
            | flag::CONJUNCTION
            | flag::RELATIVE;
        let ends = !self.is_word(after)
            || doc.flags(after) & (goes_on | flag::AUXILIARY) != 0
            || !doc.tokens.all[after].capital
                && doc.flags(after) & (flag::TITLE | flag::GROUP | flag::NOUN | flag::ADJECTIVE) == 0;
        if !ends || doc.tokens.all[region.last()].possessive {
            return None;
        }
        let mut m = Mention::new(start, ActorKind::Country);
        // "Reno, Nev., that": the point of the abbreviation.
        let point =
            doc.kind(after) == Kind::Stop && !doc.tokens.all[after].spaced && doc.kind(after + 1) == Kind::Comma;
        m.last = region.last() + usize::from(point);
        m.place = Some(place);
        m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
        Some(m)
    }

    /// "Ann Vale (R-Texas)", "Tom Hale (D)", "Ann Vale, R-Ky.,": the mark of a party behind a name makes a lawmaker of it.
    pub(super) fn lawmaker(&self, m: &mut Mention) {
        let doc = self.doc;
        let Some(marks) = self.lexicon.spec.words.get("party_marks") else { return };
        let open = m.last + 1;
        let mark = open + 1;
        if m.name.is_none()
            || !matches!(doc.kind(open), Kind::Open | Kind::Comma)
            || !self.is_word(mark)
            || !doc.tokens.all[mark].capital
            || !marks.iter().any(|w| w == doc.norm(mark))
        {
            return;
        }
        let state = mark + 1;
        let stated = self.is_word(state) && doc.tokens.all[state].hyphen && doc.tokens.all[state].capital;
        if !(stated || doc.kind(open) == Kind::Open && doc.kind(state) == Kind::Close) {
            return;
        }
        m.actor = true;
        m.non_actor = false;
        let place = |x: &Match| match x.meaning {
            Meaning::Place { place } => Some(place),
            _ => None,
        };
        if let Some(place) = doc.matches_at(state).iter().find_map(place).filter(|_| stated && m.country.is_none()) {
            m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
        }
    }

    /// "The ministry demands the release", "the office reports that": behind a word that could be a plural noun, what only a
    /// verb has after it.
    pub(super) fn has_object(&self, p: usize) -> bool {
        let doc = self.doc;
        let next = p + 1;
        let present = doc
            .matches_at(p)
            .iter()
            .any(|x| x.len == 1 && matches!(x.meaning, Meaning::Trigger { form: Form::Present, .. }));
        let owner = || {
            (next..next + 3)
                .take_while(|&q| self.is_word(q) && doc.tokens.all[q].capital)
                .any(|q| doc.tokens.all[q].possessive)
        };
        present
            && !doc.tokens.all[p].capital
            && self.is_word(next)
            && (self.is_determiner(next) && doc.flags(next) & VERBAL == 0
                || doc.flags(next) & flag::OBLIQUE != 0
                || owner())
    }
}

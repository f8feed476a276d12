//! Clauses around a subject: relative clauses that say which one it is, and what stands between it and its verb.

use super::verb::Group;
use crate::event::{ActorKind, Modality, Role};
use crate::extract::doc::{Match, Sentence};
use crate::extract::frame::{Draft, Engine, Hit};
use crate::extract::time::{Expression, expressions};
use crate::lexicon::{Form, Marker, Meaning, Strength, Trigger, flag};
use crate::text::Kind;

/// How many sentences back a document may have been told of that is only called by its noun.
const DOCUMENT: usize = 6;
/// How many tokens the subject of a passive may have.
const SUBJECT: usize = 14;
/// How many tokens a relative clause without commas may have.
const RELATIVE: usize = 16;

impl Engine<'_, '_> {
    /// "Who in July called", "who on Monday said": whether only a date and adverbs stand in `first..verb`.
    pub(super) fn only_dates(&self, first: usize, verb: usize) -> bool {
        let doc = self.doc;
        let dates = flag::TIME_WORD | flag::WEEKDAY | flag::MONTH | flag::ADVERB;
        let plain = |p: usize| {
            self.at[p] == usize::MAX
                && (doc.kind(p) == Kind::Number || doc.flags(p) & (dates | flag::PREPOSITION | flag::DETERMINER) != 0)
        };
        (first..verb).all(plain) && (first == verb || (first..verb).any(|p| doc.flags(p) & dates != 0))
    }

    /// "The envoy who wished to stay unnamed said": the phrase that a relative clause without commas says more of, where
    /// `verb` is the clause's last word before the verb whose subject is looked for.
    pub(super) fn restricted(&self, sentence: Sentence, verb: usize, skipped_noun: bool) -> Option<usize> {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first || skipped_noun {
            return None;
        }
        // "An official briefed on the talks said".
        let past = self.lexicon.spec.grammar.past_endings.iter().any(|e| doc.norm(verb).ends_with(e.as_str()));
        let described = past && doc.flags(verb + 1) & flag::PREPOSITION != 0 && self.at[verb + 1] == usize::MAX;
        let before = verb.checked_sub(1).and_then(|p| self.ending(p)).filter(|_| described);
        if let Some(found) = before.filter(|&m| !self.mentions[m].pronoun && self.mentions[m].name.is_none()) {
            return (self.mentions[found].first >= sentence.first && self.mentions[found].place.is_none())
                .then_some(found);
        }
        let first = sentence.first.max(verb.saturating_sub(RELATIVE));
        let relative = (first..verb)
            .rev()
            .take_while(|&p| matches!(doc.kind(p), Kind::Word | Kind::Number))
            .find(|&p| self.at[p] == usize::MAX && doc.flags(p) & flag::RELATIVE != 0)?;
        let clause = |p: usize| self.finite(p) || doc.flags(p) & flag::AUXILIARY != 0;
        let other = |p: usize| {
            self.at[p] == usize::MAX
                && doc.flags(p) & (flag::THAT | flag::CONJUNCTION) != 0
                && doc.flags(p) & flag::PREPOSITION == 0
        };
        let whole = clause(relative + 1) && !(relative + 1..=verb).any(other);
        let found = relative.checked_sub(1).and_then(|p| self.ending(p)).filter(|_| whole)?;
        let m = &self.mentions[found];
        (m.first >= sentence.first && !m.modifier && m.place.is_none() && self.preposition(found).is_none())
            .then_some(found)
    }

    /// "The minister will announce the plan": a statement that is still to come, by a verb that means nothing else.
    pub(super) fn promised(&self, hit: Hit, trigger: &Trigger, group: &Group) -> bool {
        let doc = self.doc;
        let will = || (group.start..hit.first).any(|p| self.listed("planned_modals", p));
        trigger.strength == Strength::Strong
            && doc.quoted[hit.first] == 0
            && (if group.infinitive { self.expected(group).is_some() } else { group.modal && will() })
    }

    /// "Is expected to announce", "plans to condemn": where the words begin that put an infinitive into the future.
    pub(super) fn expected(&self, group: &Group) -> Option<usize> {
        let doc = self.doc;
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let planned = |x: &Match| {
            x.last() == group.start
                && x.len > 1
                && matches!(x.meaning, Meaning::Modality { modality: Modality::Planned, after: false })
        };
        (group.start.saturating_sub(3)..group.start)
            .find(|&p| adjective_first && self.at[p] == usize::MAX && doc.matches_at(p).iter().any(planned))
    }

    /// "March 3, 2015: Vale says": the date of an entry of a chronicle.
    pub(in crate::extract::frame) fn entry_date(&self, sentence: Sentence) -> Option<Expression> {
        let doc = self.doc;
        let first = sentence.first;
        if !self.lexicon.spec.grammar.adjective_first
            || doc.kind(first) == Kind::Word && doc.flags(first) & flag::MONTH == 0
        {
            return None;
        }
        let colon = (first + 1..sentence.last.min(first + 6)).find(|&p| doc.kind(p) == Kind::Colon)?;
        let mut found = Vec::new();
        expressions(doc, self.lexicon, first, colon - 1, &mut found);
        found.into_iter().find(|e| e.first == first && e.last + 1 == colon)
    }

    /// "At a rally in Reno", "during a speech in Miami": the noun before a place is an occasion on which one speaks.
    pub(in crate::extract::frame) fn on_stage(&self, noun: usize) -> bool {
        let doc = self.doc;
        let stage = self.lexicon.spec.grammar.adjective_first && self.listed("occasions", noun);
        stage
            && (noun.saturating_sub(5)..noun)
                .rev()
                .take_while(|&p| doc.kind(p) == Kind::Word)
                .any(|p| self.at[p] == usize::MAX && doc.flags(p) & flag::PREPOSITION != 0)
    }

    /// "Vale accused the party of fraud after it had said": the body that a clause joined behind it goes on with, where no
    /// other opens the sentence.
    pub(super) fn clause_before(&self, pronoun: usize, sentence: usize) -> Option<usize> {
        let doc = self.doc;
        let link = self.mentions[pronoun].first.checked_sub(1)?;
        let joined = self.at[link] == usize::MAX && doc.flags(link) & flag::SUBORDINATOR != 0;
        if !joined || !self.lexicon.spec.grammar.adjective_first {
            return None;
        }
        (0..pronoun).rev().take(8).take_while(|&i| doc.sentence_of[self.mentions[i].first] as usize == sentence).find(
            |&i| {
                let m = &self.mentions[i];
                m.kind == ActorKind::Organization && !m.modifier && !m.pronoun
            },
        )
    }

    /// "..., the envoy told NBC.": whether the sentence ends behind the outlet at `p`.
    pub(in crate::extract::frame) fn told_outlet(&self, p: usize) -> bool {
        let doc = self.doc;
        let ends = |x: &Match| matches!(doc.kind(x.last() + 1), Kind::Stop | Kind::Break | Kind::Comma);
        self.lexicon.spec.grammar.adjective_first && doc.longest(p, flag::MEDIA).is_some_and(ends)
    }

    /// "(The Daily) The raid was a mistake, he said": past the bracket that a sentence begins with.
    pub(in crate::extract::frame) fn past_credit(&self, first: usize, last: usize) -> usize {
        let doc = self.doc;
        let open = self.lexicon.spec.grammar.adjective_first && doc.kind(first) == Kind::Open;
        let close = (first..last.min(first + 10)).find(|&p| doc.kind(p) == Kind::Close).filter(|_| open);
        close.map_or(first, |close| close + 1)
    }

    /// "Vale -- noting that the talks ran long -- said": what a participle behind a dash reports ends with the next dash.
    pub(super) fn before_dash(&self, hit: Hit, end: usize) -> usize {
        let doc = self.doc;
        let dash = |p: usize| {
            doc.kind(p) == Kind::Dash && (doc.tokens.all[p].spaced || p > 0 && doc.kind(p - 1) == Kind::Dash)
        };
        let opened = self.lexicon.spec.grammar.adjective_first
            && hit.form == Form::Participle
            && hit.first > 0
            && dash(hit.first - 1);
        let close = (hit.last + 2..end).find(|&p| dash(p)).filter(|_| opened);
        close.map_or(end, |close| close - 1)
    }

    /// "While Vale denied the claim, her office said": what the clause of a subordinator that opens a sentence reports ends
    /// where the main clause begins.
    pub(super) fn before_main(&self, sentence: Sentence, hit: Hit, begin: usize, end: usize) -> usize {
        let doc = self.doc;
        let first = sentence.first;
        let opens = self.lexicon.spec.grammar.adjective_first
            && self.at[first] == usize::MAX
            && doc.flags(first) & flag::SUBORDINATOR != 0
            && doc.quoted[first] == doc.quoted[hit.first]
            && !self.listed("report_links", first);
        let comma = |p: usize| doc.kind(p) == Kind::Comma;
        if !opens || begin <= hit.last || (first..hit.first).any(comma) || doc.quoted[begin] != doc.quoted[first] {
            return end;
        }
        let main = |p: usize| {
            let owner = self.starting(p).is_some_and(|m| self.mentions[m].pronoun && doc.flags(p) & flag::OBLIQUE != 0);
            self.opens_clause(p + usize::from(owner), sentence)
        };
        (begin + 1..end).find(|&p| comma(p) && main(p + 1)).map_or(end, |p| p - 1)
    }

    /// "..., he said": whether a pronoun and its verb of saying stand behind what was said.
    pub(super) fn tails_report(&self, pronoun: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[pronoun];
        let behind = m.first > 0 && matches!(doc.kind(m.first - 1), Kind::Comma | Kind::Quote);
        let end = |p: usize| {
            !matches!(doc.kind(p), Kind::Word | Kind::Number | Kind::Colon) || doc.flags(p) & flag::THAT == 0
        };
        self.lexicon.spec.grammar.adjective_first && behind && self.is_speech_verb(m.last + 1) && end(m.last + 2)
    }

    /// "Said the talks were 'good' President Vale met": captions run together without a full stop; behind a mark that closes
    /// the words of a report, a capital that is the subject of another verb begins the next one.
    pub(in crate::extract::frame) fn runs_on(&self, p: usize, start: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        self.lexicon.spec.grammar.adjective_first
            && doc.kind(p - 1) == Kind::Quote
            && doc.tokens.all[p].capital
            && doc.closing(p - 1).is_some_and(|q| q.first >= start && !matches!(doc.kind(q.last), Kind::Comma))
            && self.opens_clause(p, sentence)
    }

    /// "On Radio Four's 'Evening Hour' that": the complementizer right behind marks that open at `p` and name a programme.
    pub(super) fn named_show(&self, p: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let q = self.opening(p).filter(|q| q.closed && q.last - q.first < 6)?;
        let that = q.last + 2;
        let number = doc.kind(q.first) == Kind::Number && q.last > q.first;
        let capitals = (number || doc.tokens.all[q.first].capital) && doc.tokens.all[q.last].capital;
        let clause = that < limit && doc.flags(that) & flag::THAT != 0 && self.at[that] == usize::MAX;
        (capitals && clause && self.lexicon.spec.grammar.adjective_first).then_some(that)
    }

    /// "That concern about the vote": whether the word for "that" at `p` stands before a noun and opens no clause.
    pub(super) fn points_at(&self, p: usize) -> bool {
        let doc = self.doc;
        let noun =
            doc.flags(p + 1) & (flag::NOUN | flag::SPEECH_NOUN | flag::MATTER) != 0 && self.at[p + 1] == usize::MAX;
        let ends = !matches!(doc.kind(p + 2), Kind::Word | Kind::Number)
            || doc.flags(p + 2) & flag::PREPOSITION != 0 && self.at[p + 2] == usize::MAX;
        let plural = self.lexicon.spec.grammar.plural_endings.iter().any(|e| doc.norm(p + 1).ends_with(e.as_str()));
        self.lexicon.spec.grammar.adjective_first && noun && ends && !plural
    }

    /// "We know that he has signed it," she said: what a third person does in the words of a speaker is no report of
    /// the text. A quotation of several paragraphs is a text of its own.
    pub(super) fn told_inside(&self, hit: Hit, subject: usize) -> bool {
        let doc = self.doc;
        // Marks that were paired wrongly hold "he said" as well.
        let slots = &self.lexicon.triggers[hit.trigger as usize].slots;
        let deed =
            slots.iter().any(|s| s.content && s.marker == Marker::Object) && doc.kind(hit.last + 1) == Kind::Word;
        let m = &self.mentions[subject];
        let Some(q) = (doc.quoted[hit.first] as usize).checked_sub(1).and_then(|q| doc.quotations.get(q)) else {
            return false;
        };
        self.lexicon.spec.grammar.adjective_first
            && deed
            && m.pronoun
            && m.first > q.open
            && !self.own_voice(m.first)
            && q.closed
            && !(q.first..q.last).any(|p| doc.kind(p) == Kind::Break)
    }

    /// "..., the envoy told the committee in a short note.": whether nothing that was said follows up to the end.
    pub(in crate::extract::frame) fn quiet(&self, from: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        let said = |p: usize| {
            matches!(doc.kind(p), Kind::Quote | Kind::Colon | Kind::Comma | Kind::Dash)
                || self.at[p] == usize::MAX
                    && (self.finite(p)
                        || doc.flags(p) & (flag::THAT | flag::INFINITIVE | flag::AUXILIARY | flag::RELATIVE) != 0)
                || self.starting(p).is_some_and(|m| self.mentions[m].pronoun)
        };
        let end = sentence.last - usize::from(doc.kind(sentence.last) == Kind::Stop);
        self.lexicon.spec.grammar.adjective_first
            && from <= end
            && end < from + 14
            && doc.kind(from) == Kind::Word
            && !(from..=end).any(said)
    }

    /// "Did not mention the letter, instead praising the crowd": an object ends where a participle behind a comma begins.
    pub(super) fn before_participle(&self, begin: usize, end: usize) -> usize {
        let doc = self.doc;
        let opens = |comma: usize| {
            let adverb = doc.flags(comma + 1) & flag::ADVERB != 0 && self.at[comma + 1] == usize::MAX;
            let p = comma + 1 + usize::from(adverb);
            doc.quoted[p] == doc.quoted[begin]
                && self.at[p] == usize::MAX
                && !doc.tokens.all[p].capital
                && self.is_participle(p)
        };
        let comma = (begin + 1..end).find(|&p| doc.kind(p) == Kind::Comma && opens(p));
        comma.filter(|_| self.lexicon.spec.grammar.adjective_first).map_or(end, |comma| comma - 1)
    }

    /// "The Sunday before the vote that": the complementizer behind a day that begins at `p`.
    pub(super) fn clause_behind_day(&self, p: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let day = p + usize::from(doc.flags(p) & flag::DETERMINER != 0 && self.at[p] == usize::MAX);
        if !self.lexicon.spec.grammar.adjective_first || doc.flags(day) & (flag::WEEKDAY | flag::TIME_WORD) == 0 {
            return None;
        }
        (day + 1..limit.min(day + 8))
            .take_while(|&q| {
                matches!(doc.kind(q), Kind::Word | Kind::Number) && (self.at[q] != usize::MAX || !self.finite(q))
            })
            .find(|&q| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX)
    }

    /// "... just days earlier "In that time, we worked," he wrote": whether the mark at `p` opens a quotation of its own
    /// that a report behind it tells, where the full stop before it was lost.
    pub(in crate::extract::frame) fn next_quotation(&self, p: usize) -> bool {
        let doc = self.doc;
        let Some(q) = doc.opening(p).filter(|_| self.lexicon.spec.grammar.adjective_first) else { return false };
        let alone = matches!(doc.kind(p - 1), Kind::Word | Kind::Number)
            && self.at.get(p - 1).is_none_or(|&m| {
                m != usize::MAX || doc.flags(p - 1) & (flag::SPEECH | flag::THAT | flag::SUBORDINATOR) == 0
            });
        let speaker = self.starting(q.last + 2);
        alone
            && q.closed
            && q.last - q.first >= 6
            && doc.tokens.all[q.first].capital
            && doc.kind(q.last) == Kind::Comma
            && speaker.is_some_and(|m| {
                let verb = self.past_apposed(self.mentions[m].last + 1);
                self.is_speech_verb(verb)
            })
    }

    /// ", head of the office, wrote": past an apposition between commas at `p`.
    fn past_apposed(&self, p: usize) -> usize {
        let comma = |q: usize| self.doc.kind(q) == Kind::Comma;
        if !comma(p) {
            return p;
        }
        (p + 1..p + 12).find(|&q| comma(q)).map_or(p, |q| q + 1)
    }

    /// "..., she said in a letter to the council": whom a document behind the verb goes to.
    pub(super) fn addressed_behind(&self, draft: &mut Draft, sentence: Sentence, from: usize) {
        let told = |d: &Draft, p: usize| d.content.iter().any(|&(a, b)| a <= p && p <= b);
        let found = (from..sentence.last.min(from + 8)).find_map(|p| {
            let length = self.doc.phrase_at(p, "addressing", self.lexicon).filter(|&l| l > 2 && !told(draft, p))?;
            self.starting(p + length).map(|m| self.owned_mention(m).unwrap_or(m))
        });
        let free = !draft.actors.iter().any(|a| a.role == Role::Target);
        let plain = |m: usize| {
            let m = &self.mentions[m];
            !m.pronoun && m.place.is_none() && !m.modifier && !m.non_actor && !self.doc.tokens.all[m.last].possessive
        };
        if let Some(target) = found.filter(|&m| free && plain(m) && self.eligible(m)) {
            self.push_actor(draft, Role::Target, target, None);
        }
    }

    /// "Said in a letter sent to the council that": past a participle that describes the document at `noun`, where a
    /// complementizer follows.
    pub(super) fn past_described(&self, noun: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let p = noun + 1;
        let described = self.lexicon.spec.grammar.adjective_first
            && doc.flags(noun) & flag::SETTING != 0
            && doc.kind(p) == Kind::Word
            && self.finite(p)
            && doc.flags(p) & flag::AUXILIARY == 0;
        let clause = |q: usize| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX;
        let plain = |q: usize| {
            matches!(doc.kind(q), Kind::Word | Kind::Number) && (self.at[q] != usize::MAX || !self.finite(q))
        };
        let that = (p + 1..limit.min(p + 12)).take_while(|&q| plain(q)).any(clause);
        (described && that).then_some(p)
    }

    /// "Her opponent, Tom Vale, said": whether a name between commas says who a noun is that no list of actors holds.
    pub(super) fn names_noun(&self, sentence: Sentence, mention: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[mention];
        let Some(noun) = m.first.checked_sub(2).filter(|&n| n > sentence.first && doc.kind(n + 1) == Kind::Comma)
        else {
            return false;
        };
        let owned = self.at[noun - 1] != usize::MAX && doc.flags(noun - 1) & flag::OBLIQUE != 0
            || doc.tokens.all[noun - 1].possessive
            || doc.flags(noun - 1) & (flag::DETERMINER | flag::ADJECTIVE) != 0;
        self.lexicon.spec.grammar.adjective_first
            && m.name.is_some()
            && m.kind == ActorKind::Person
            && self.at[noun] == usize::MAX
            && doc.kind(noun) == Kind::Word
            && doc.flags(noun) & flag::NOUN != 0
            && owned
            && noun <= sentence.first + 4
    }

    /// "Vale's letter to the council said": whose the document at `noun` is, where only its complement stands before the
    /// verb at `verb`.
    pub(super) fn owner_of_document(
        &self,
        sentence: Sentence,
        noun: usize,
        complement: usize,
        verb: usize,
    ) -> Option<usize> {
        let doc = self.doc;
        let to = self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(complement));
        let plain =
            (complement + 1..verb).all(|p| doc.kind(p) == Kind::Word && (self.at[p] != usize::MAX || !self.finite(p)));
        let owner = noun.checked_sub(1).filter(|&p| p >= sentence.first && doc.tokens.all[p].possessive)?;
        let found = self.ending(owner).filter(|_| to && plain && self.lexicon.spec.grammar.adjective_first)?;
        self.eligible(found).then_some(found)
    }

    /// "The letter said": who wrote it, where a report before told of one.
    pub(super) fn last_issuer(&self, noun: usize) -> Option<usize> {
        let here = self.doc.sentence_of[noun] as usize;
        let (issuer, _) = self.issuer.filter(|&(_, at)| at <= here && here - at <= DOCUMENT)?;
        (self.lexicon.spec.grammar.adjective_first && self.eligible(issuer)).then_some(issuer)
    }

    /// "Insisted, without evidence, that": the complementizer behind an adverbial between commas that opens at `comma`.
    pub(super) fn clause_behind_aside(&self, comma: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let next = comma + 1;
        let opens = doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && doc.flags(next) & (flag::PREPOSITION | flag::ADVERB) != 0
            && doc.flags(next) & (flag::THAT | flag::RELATIVE) == 0;
        let close = (next..limit.min(next + 10))
            .take_while(|&q| self.at[q] != usize::MAX || !self.finite(q))
            .find(|&q| doc.kind(q) == Kind::Comma)
            .filter(|_| opens && self.lexicon.spec.grammar.adjective_first)?;
        (doc.flags(close + 1) & flag::THAT != 0 && self.at[close + 1] == usize::MAX).then_some(close + 1)
    }

    /// "Would not say whether he backed the plan": a clause that leaves open whether its subject did so.
    pub(super) fn left_open(&self, subject: usize, verb: usize) -> bool {
        let link = self.mentions[subject].first.checked_sub(1).filter(|_| self.mentions[subject].first < verb);
        self.lexicon.spec.grammar.adjective_first
            && link.is_some_and(|p| self.at[p] == usize::MAX && self.listed("hypotheticals", p))
    }

    /// "On Friday, a day after the talks, Vale said": whether "after" only governs a noun, and opens no clause.
    pub(in crate::extract::frame) fn only_phrase(&self, p: usize, verb: usize) -> bool {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first
            || doc.flags(p) & flag::PREPOSITION == 0
            || doc.flags(p) & flag::THAT != 0
        {
            return false;
        }
        let comma = (p + 1..verb.min(p + 12)).find(|&q| doc.kind(q) == Kind::Comma);
        comma.is_some_and(|comma| {
            (p + 1..comma).all(|q| self.at[q] != usize::MAX || !self.finite(q) && doc.flags(q) & flag::AUXILIARY == 0)
        })
    }

    /// "Ann Vale, a Green who leads the council, said": the phrase with an apposition that a relative clause goes on with up
    /// to the comma.
    pub(super) fn related_apposition(&self, sentence: Sentence, comma: usize) -> Option<usize> {
        let doc = self.doc;
        let first = sentence.first.max(comma.saturating_sub(RELATIVE));
        let relative = (first..comma)
            .rev()
            .take_while(|&p| matches!(doc.kind(p), Kind::Word | Kind::Number))
            .find(|&p| self.at[p] == usize::MAX && doc.flags(p) & flag::RELATIVE != 0)?;
        let found = self.ending(relative.checked_sub(1)?)?;
        let m = &self.mentions[found];
        let apposed = m.place.is_none() && (m.first..m.last).any(|p| doc.kind(p) == Kind::Comma);
        (apposed && self.lexicon.spec.grammar.adjective_first).then_some(found)
    }

    /// "Vale said that Hale had sent a letter announcing": a participle without a comma inside what is said goes with those
    /// of whom it is said.
    pub(super) fn inside_words(&self, draft: &Draft, token: usize) -> bool {
        self.lexicon.spec.grammar.adjective_first
            && !self.after_comma(token)
            && draft.content.iter().any(|&(a, b)| a < token && token <= b)
    }

    /// "The director's decision was criticised by": the subject of a passive that is no actor is what was spoken of.
    pub(super) fn suffering_subject(&self, sentence: Sentence, verb: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first || verb <= sentence.first {
            return None;
        }
        let bound = |p: usize| {
            doc.kind(p) != Kind::Word && doc.kind(p) != Kind::Number
                || self.at[p] == usize::MAX
                    && doc.flags(p) & (flag::THAT | flag::RELATIVE | flag::SUBORDINATOR | flag::CONJUNCTION) != 0
        };
        let first = (sentence.first..verb).rev().take(SUBJECT).find(|&p| bound(p)).map_or(sentence.first, |p| p + 1);
        let noun =
            (first..verb).any(|p| self.at[p] == usize::MAX && doc.flags(p) & (flag::NOUN | flag::SPEECH_NOUN) != 0);
        let finite = |p: usize| self.finite(p) && doc.flags(p - 1) & flag::INFINITIVE == 0;
        let plain = !(first.max(1)..verb).any(finite) && doc.flags(first) & flag::PREPOSITION == 0;
        (first + 1 < verb && verb - first < SUBJECT && noun && plain).then_some((first, verb - 1))
    }

    /// "Vale congratulated Hale and invited him": the other person of the sentence before an object pronoun, who is the
    /// subject of no verb between them.
    pub(super) fn fellow(&self, pronoun: usize, sentence: Sentence, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let doc = self.doc;
        let at = self.mentions[pronoun].first;
        if !self.lexicon.spec.grammar.adjective_first || doc.quoted[at] != 0 {
            return None;
        }
        let own = self.last_subject(sentence, at, 1).map(|s| self.mentions[s].entity);
        let leading = self.leading(sentence).map(|s| self.mentions[s].entity);
        let joined = (sentence.first..at)
            .rev()
            .take(6)
            .any(|p| self.at[p] == usize::MAX && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(p)));
        (0..pronoun)
            .rev()
            .take_while(|&i| self.mentions[i].first >= sentence.first)
            .find(|&i| {
                let m = &self.mentions[i];
                fits(i)
                    && doc.quoted[m.first] == 0
                    && !doc.tokens.all[m.last].possessive
                    && own.is_none_or(|e| e != m.entity)
                    && leading.is_none_or(|e| e != m.entity)
                    && self.preposition(i).is_none()
            })
            .filter(|_| joined)
    }

    /// "The minister herself": a reflexive pronoun right behind a phrase only stresses it.
    pub(super) fn emphatic(&self, p: usize) -> bool {
        p > 0 && self.doc.kind(p) == Kind::Word && self.at[p] == usize::MAX && self.ending(p - 1).is_some()
    }

    /// "So, Mr President, thank you," she added: who is addressed or named inside a quotation opens no sentence of whoever
    /// tells what was said.
    pub(super) fn addressed_inside(&self, mention: usize, pronoun: usize) -> bool {
        let quoted = |p: usize| self.doc.quoted[p] != 0;
        self.lexicon.spec.grammar.adjective_first && quoted(self.mentions[mention].first) && !quoted(pronoun)
    }
}

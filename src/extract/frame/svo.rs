//! Clauses of languages that put the subject before its verb and mark names by case (English).
//!
//! A verb is first read with what belongs to it (auxiliaries, negation, "to"); then its subject is walked to from there,
//! past adverbials, relative clauses and appositions, through coordination to the verb before.

use super::{Actor, Draft, Engine, Hit, Mention};
use crate::event::{ActorKind, EventType, Modality, Role};
use crate::extract::doc::Sentence;
use crate::extract::rule::{Rule, Subject};
use crate::lexicon::{Form, Marker, Meaning, Perfect, Strength, Trigger, flag};
use crate::text::Kind;

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    /// The first token of the group.
    pub start: usize,
    pub be: bool,
    pub modal: bool,
    pub infinitive: bool,
    pub negated: bool,
    /// Any auxiliary: the verb is surely a verb.
    pub auxiliary: bool,
    /// A pronoun in it points back at the subject.
    pub reflexive: bool,
    /// A preposition makes an adverbial of the participle ("en ajoutant").
    pub gerund: bool,
    /// A pronoun inside it is its subject ("a-t-il ajouté").
    pub tied: Option<usize>,
}

const VERBAL: u64 = flag::VERB | flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT | flag::AUXILIARY;
/// How many steps of coordination and verbs a subject is looked for over.
const DEPTH: usize = 4;

impl Engine<'_, '_> {
    /// The verb group that ends with the verb at `verb`.
    pub(super) fn group(&self, sentence: Sentence, verb: usize) -> Group {
        let doc = self.doc;
        let mut group = Group { start: verb, infinitive: self.is_infinitive(verb), ..Group::default() };
        let forms = !self.lexicon.spec.grammar.infinitive_endings.is_empty();
        let mut p = verb;
        while p > sentence.first && verb - p < 8 {
            let before = p - 1;
            if doc.kind(before) != Kind::Word {
                break;
            }
            if self.at[before] != usize::MAX {
                // "A-t-il ajouté": hyphens tie the subject to the auxiliary before it.
                let tied = forms
                    && p == verb
                    && doc.tokens.all[before].hyphen
                    && before > sentence.first
                    && doc.flags(before - 1) & flag::AUXILIARY != 0;
                match self.ending(before).filter(|&m| tied && self.mentions[m].pronoun) {
                    Some(subject) => {
                        group.tied = Some(subject);
                        p = before;
                        continue;
                    }
                    None => break,
                }
            }
            let flags = doc.flags(before);
            if self.is_month(before) {
                break;
            }
            if flags & flag::PROCLITIC != 0 {
                // Letters of an article or preposition are a pronoun before an auxiliary: "l'a reçu".
                let other = flags & (flag::DETERMINER | flag::PREPOSITION) != 0;
                let gerund = p == verb && flags & flag::PREPOSITION != 0 && self.is_participle(verb);
                if !other || gerund || doc.flags(p) & flag::AUXILIARY != 0 {
                    group.reflexive |= flags & flag::REFLEXIVE != 0;
                    group.gerund |= gerund;
                    p = before;
                    continue;
                }
            }
            if forms && group.infinitive && self.is_infinitive_preposition(before) {
                p = before;
                break;
            }
            if forms && group.infinitive && flags & flag::MODAL != 0 {
                group.infinitive = false;
                group.modal = true;
                group.auxiliary = true;
                p = before;
                continue;
            }
            if flags & (flag::AUXILIARY | flag::ADVERB | flag::NEGATION | flag::INFINITIVE | flag::MODAL) == 0 {
                break;
            }
            if group.infinitive && flags & (flag::ADVERB | flag::NEGATION) == 0 {
                // What governs an infinitive is a verb of its own.
                break;
            }
            let firm =
                flags & (flag::BE | flag::MODAL) != 0 || flags & flag::AUXILIARY != 0 && flags & flag::ADVERB == 0;
            if flags & flag::BE != 0 && !group.auxiliary {
                group.be = true;
            }
            group.modal |= flags & flag::MODAL != 0;
            group.negated |= flags & flag::NEGATION != 0;
            group.infinitive |= flags & flag::INFINITIVE != 0;
            group.auxiliary |= firm;
            p = before;
        }
        group.start = p;
        group
    }

    /// An infinitive by its form, in languages that have one.
    pub(super) fn is_infinitive(&self, p: usize) -> bool {
        let endings = &self.lexicon.spec.grammar.infinitive_endings;
        if endings.is_empty() || self.doc.kind(p) != Kind::Word || self.doc.tokens.all[p].capital {
            return false;
        }
        let norm = self.doc.norm(p);
        let verbal = self.doc.flags(p) & VERBAL != 0 || self.doc.words[p].count == 0;
        verbal && endings.iter().any(|e| norm.len() > e.len() && norm.ends_with(e.as_str()))
    }

    fn is_infinitive_preposition(&self, p: usize) -> bool {
        self.lexicon.spec.grammar.infinitive_prepositions.iter().any(|w| w == self.doc.norm(p))
    }

    /// Whether an infinitive begins at `p`, with the word or preposition that marks it and what stands between.
    fn infinitive_at(&self, p: usize) -> bool {
        let doc = self.doc;
        if doc.flags(p) & flag::INFINITIVE != 0 || self.is_infinitive(p) {
            return true;
        }
        if !self.is_infinitive_preposition(p) {
            return false;
        }
        let verb = (p + 1..p + 6).find(|&q| doc.flags(q) & (flag::PROCLITIC | flag::NEGATION) == 0);
        verb.is_some_and(|q| self.is_infinitive(q) || doc.flags(q) & flag::INFINITIVE != 0)
    }

    pub(super) fn is_participle(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| {
            matches!(
                x.meaning,
                Meaning::Trigger { form: Form::Participle, .. } | Meaning::Light { form: Form::Participle, .. }
            )
        })
    }

    /// The verb is told as done to its subject.
    fn passive(&self, group: &Group, hit: Hit, trigger: &Trigger) -> bool {
        group.be && hit.form == Form::Past && trigger.perfect == Perfect::Ordinary && !group.reflexive
    }

    /// Whether the word is a verb at its place, for a trigger in a language with case.
    pub(super) fn case_form_fits(&self, hit: Hit, trigger: &Trigger, sentence: Sentence) -> bool {
        let doc = self.doc;
        if hit.form == Form::Noun {
            // "Meeting room", "bilateral relations": it only modifies the noun after it.
            let next = hit.last + 1;
            let noun = self.lexicon.spec.grammar.adjective_first
                && next <= sentence.last
                && doc.kind(next) == Kind::Word
                && self.at[next] == usize::MAX
                && doc.flags(next) & flag::NOUN != 0
                && doc.flags(next) & (VERBAL | flag::TIME_WORD | flag::PREPOSITION | flag::ADVERB) == 0;
            return !noun;
        }
        let group = self.group(sentence, hit.first);
        let before = group.start.checked_sub(1).filter(|&b| b >= sentence.first);
        let bare = group.start == hit.first;
        let word_before = before.filter(|&b| doc.kind(b) == Kind::Word);
        let flags_before = word_before.map_or(0, |b| doc.flags(b));
        let free = word_before.is_some_and(|b| self.at[b] == usize::MAX);
        let owned = word_before.is_some_and(|b| doc.tokens.all[b].possessive) || flags_before & flag::OBLIQUE != 0;
        let determined = free && flags_before & (flag::DETERMINER | flag::DEMONSTRATIVE) != 0;
        let adjective = free && flags_before & flag::ADJECTIVE != 0 && flags_before & (flag::NOUN | flag::ADVERB) == 0;
        let governed = free
            && flags_before & flag::PREPOSITION != 0
            && flags_before & (flag::SUBORDINATOR | flag::CONJUNCTION | flag::RELATIVE) == 0;
        if doc.tokens.all[hit.first].hyphen {
            return false;
        }
        // "Going to visit": the last word of the phrase opens an infinitive and no destination.
        if hit.last > hit.first && doc.flags(hit.last) & flag::INFINITIVE != 0 && self.base_verb(hit.last + 1) {
            return false;
        }
        let compound = self.lexicon.spec.grammar.compound_past;
        if compound && group.reflexive != (trigger.perfect == Perfect::Reflexive) {
            return false;
        }
        match hit.form {
            Form::Past => {
                // "Les propos tenus": without its auxiliary it only describes.
                if compound && (!group.auxiliary || trigger.perfect == Perfect::Be && !group.be) {
                    return false;
                }
                if bare && (owned || determined || adjective || governed) {
                    return false;
                }
                // "Proposed by": a participle that stands for a relative clause.
                if bare && self.is_by(hit.last + 1) {
                    return false;
                }
                true
            }
            Form::Present => {
                if bare && (owned || determined || adjective || governed) {
                    return false;
                }
                if trigger.kind == EventType::Statement && (group.infinitive || group.modal) {
                    return false;
                }
                true
            }
            Form::Participle => {
                if owned || determined || adjective {
                    return false;
                }
                if group.gerund {
                    return true;
                }
                let comma = before.is_none_or(|b| matches!(doc.kind(b), Kind::Comma | Kind::Quote | Kind::Dash));
                match trigger.kind {
                    EventType::Statement => {
                        group.be
                            || comma
                            || flags_before & (flag::CONJUNCTION | flag::SUBORDINATOR | flag::NOUN) != 0
                                && trigger.strength == Strength::Strong
                    }
                    _ => {
                        group.be
                            || comma
                            || flags_before & (flag::PREPOSITION | flag::CONJUNCTION | flag::SUBORDINATOR) != 0
                            || !free
                    }
                }
            }
            Form::Noun => true,
        }
    }

    /// A word in small letters that can stand behind the mark of an infinitive.
    fn base_verb(&self, p: usize) -> bool {
        let doc = self.doc;
        let third = &self.lexicon.spec.grammar.singular_present;
        doc.kind(p) == Kind::Word
            && self.at[p] == usize::MAX
            && !doc.tokens.all[p].capital
            && doc.flags(p) & VERBAL != 0
            && doc.flags(p) & (flag::PREPOSITION | flag::DETERMINER | flag::ADVERB) == 0
            && (third.is_empty() || !doc.norm(p).ends_with(third.as_str()))
            && !self.is_participle(p)
    }

    /// Whether a possessive before the noun at `noun` says whose it is.
    pub(super) fn owned_by_other(&self, sentence: Sentence, noun: usize) -> bool {
        let doc = self.doc;
        let mut p = noun;
        while p > sentence.first && noun - p < 5 {
            p -= 1;
            if doc.tokens.all[p].possessive {
                return true;
            }
            if doc.kind(p) != Kind::Word || doc.flags(p) & (flag::ADJECTIVE | flag::NOUN | flag::ADVERB) == 0 {
                return false;
            }
        }
        false
    }

    fn is_by(&self, p: usize) -> bool {
        self.doc.kind(p) == Kind::Word && self.lexicon.spec.grammar.by.iter().any(|w| w == self.doc.norm(p))
    }

    /// A lower-case word that is a finite verb as far as the word goes.
    pub(super) fn finite(&self, p: usize) -> bool {
        let doc = self.doc;
        if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX || doc.tokens.all[p].hyphen {
            return false;
        }
        let flags = doc.flags(p);
        if flags & VERBAL == 0 && doc.words[p].count == 0 && !doc.tokens.all[p].capital {
            // An unknown word that ends like a past.
            let norm = doc.norm(p);
            return self.lexicon.spec.grammar.past_endings.iter().any(|e| norm.ends_with(e.as_str()));
        }
        if flags & VERBAL == 0 || flags & (flag::PREPOSITION | flag::INFINITIVE) != 0 {
            return false;
        }
        let compound = self.lexicon.spec.grammar.compound_past;
        let participle = self.is_infinitive(p)
            || doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { form, .. } | Meaning::Light { form, .. } => {
                    form == Form::Participle || compound && form == Form::Past
                }
                _ => false,
            });
        let noun = flags & flag::NOUN != 0
            && p > 0
            && doc.kind(p - 1) == Kind::Word
            && (doc.flags(p - 1) & (flag::DETERMINER | flag::ADJECTIVE | flag::OBLIQUE | flag::PREPOSITION) != 0
                || doc.tokens.all[p - 1].possessive);
        !participle && !noun
    }

    /// The subject of the verb group that starts at `start`.
    pub(super) fn subject(&self, sentence: Sentence, start: usize, depth: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = start;
        let mut steps = 0;
        let mut skipped_noun = false;
        while p > sentence.first && steps < 48 {
            steps += 1;
            let before = p - 1;
            if let Some(index) = self.ending(before) {
                let m = &self.mentions[index];
                if doc.tokens.all[m.last].possessive || m.pronoun && doc.flags(m.first) & flag::OBLIQUE != 0 {
                    if p == start {
                        return None;
                    }
                    p = m.first;
                    continue;
                }
                let adjacent = p == start;
                // "At its headquarters": the possessive pronoun belongs to the phrase.
                let oblique = m.first.checked_sub(1).is_some_and(|g| {
                    g > sentence.first && doc.flags(g) & flag::OBLIQUE != 0 && doc.kind(g) == Kind::Word
                });
                let governor = m
                    .first
                    .checked_sub(if oblique { 2 } else { 1 })
                    .filter(|&g| g >= sentence.first && doc.kind(g) == Kind::Word && self.at[g] == usize::MAX);
                let governor_flags = governor.map_or(0, |g| doc.flags(g));
                if governor_flags & flag::PREPOSITION != 0 {
                    let clause = governor_flags & (flag::SUBORDINATOR | flag::RELATIVE | flag::THAT) != 0;
                    if clause && adjacent {
                        return (m.place.is_none() && !m.modifier).then_some(index);
                    }
                    // "A statement from the ministry said".
                    let paper = governor.and_then(|g| g.checked_sub(1)).is_some_and(|n| {
                        n >= sentence.first && self.at[n] == usize::MAX && doc.flags(n) & flag::SETTING != 0
                    });
                    let grammar = &self.lexicon.spec.grammar;
                    let of = governor.is_some_and(|g| {
                        grammar.from.iter().chain(&grammar.by).chain(&grammar.of).any(|w| w == doc.norm(g))
                    });
                    if adjacent && paper && of && !m.modifier {
                        return Some(index);
                    }
                    p = governor.unwrap_or(m.first - 1);
                    skipped_noun = false;
                    continue;
                }
                if m.place.is_some() || m.modifier || self.is_day(m.first) {
                    p = m.first;
                    skipped_noun |= m.modifier;
                    continue;
                }
                if skipped_noun {
                    return None;
                }
                // After a conjunction: the object of the verb before, if it has one, or the end of a list.
                if let Some(g) = governor {
                    if !adjacent && self.finite(g) && governor_flags & flag::AUXILIARY == 0 && depth > 0 {
                        let outer = self.group(sentence, g).start;
                        return self.subject(sentence, outer, depth - 1).or(Some(index));
                    }
                }
                return Some(index);
            }
            let flags = doc.flags(before);
            match doc.kind(before) {
                Kind::Word => {
                    if self.at[before] != usize::MAX {
                        p = self.mentions[self.at[before]].first;
                        continue;
                    }
                    if flags & flag::RELATIVE != 0 {
                        // "the minister, who said": the antecedent.
                        let mut q = before;
                        while q > sentence.first && matches!(doc.kind(q - 1), Kind::Comma | Kind::Dash) {
                            q -= 1;
                        }
                        return if p == start && q > sentence.first { self.ending(q - 1) } else { None };
                    }
                    if flags & flag::CONJUNCTION != 0 {
                        if p != start || depth == 0 {
                            return None;
                        }
                        return self
                            .last_subject(sentence, before, depth - 1)
                            .or_else(|| self.leading(sentence).filter(|&m| self.mentions[m].last < before));
                    }
                    if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0 {
                        return None;
                    }
                    if flags & flag::PREPOSITION != 0 {
                        // "After the networks announced": the noun is the subject, and no actor.
                        if skipped_noun && flags & flag::SUBORDINATOR != 0 {
                            return None;
                        }
                        skipped_noun = false;
                        p = before;
                        continue;
                    }
                    if flags & (flag::TIME_WORD | flag::WEEKDAY | flag::MONTH) != 0
                        || flags & flag::ADVERB != 0 && flags & flag::NOUN == 0
                    {
                        p = before;
                        continue;
                    }
                    // "A delegation led by the minister arrived": a participle and its agent describe the subject.
                    let described =
                        self.is_by(before + 1) && before > sentence.first && self.ending(before - 1).is_some();
                    if described && !skipped_noun {
                        p = before;
                        continue;
                    }
                    if self.finite(before) {
                        return None;
                    }
                    if p == start && flags & flag::SETTING != 0 {
                        if let Some(issuer) = self.issuer(sentence, before) {
                            return Some(issuer);
                        }
                    }
                    // A noun: an adverbial's, if a preposition follows.
                    if flags & (flag::DETERMINER | flag::ADJECTIVE) == 0 {
                        skipped_noun = true;
                    }
                    p = before;
                }
                Kind::Number => p = before,
                Kind::Comma | Kind::Dash => {
                    let Some(open) = self.parenthesis(sentence, before) else {
                        if let Some(index) = self.apposed_before(sentence, before) {
                            return Some(index);
                        }
                        return None;
                    };
                    p = open;
                    skipped_noun = false;
                }
                Kind::Close => {
                    let open = (sentence.first..before).rev().take(30).find(|&q| doc.kind(q) == Kind::Open)?;
                    p = open;
                }
                Kind::Quote => {
                    let closing = doc.quoted[before.saturating_sub(1)] != 0;
                    if closing && p == start {
                        return None;
                    }
                    p = before;
                }
                _ => return None,
            }
        }
        None
    }

    /// The phrase with an apposition inside that a comma closes: "Sayid Hussaini, spokesman for the police in Herat, said".
    fn apposed_before(&self, sentence: Sentence, comma: usize) -> Option<usize> {
        let mut p = comma;
        while p > sentence.first && comma - p < 14 {
            let before = p - 1;
            if let Some(index) = self.ending(before) {
                let m = &self.mentions[index];
                if (m.first..m.last).any(|q| self.doc.kind(q) == Kind::Comma) {
                    return Some(index);
                }
                p = m.first;
                continue;
            }
            if self.doc.kind(before) != Kind::Word || self.finite(before) {
                return None;
            }
            p = before;
        }
        None
    }

    /// Who issued the document at `noun`: its modifier ("a Foreign Ministry statement"), or whose it was when last named.
    pub(super) fn issuer(&self, sentence: Sentence, noun: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = noun;
        while p > sentence.first && noun - p < 5 {
            p -= 1;
            if let Some(index) = self.ending(p) {
                return self.eligible(index).then_some(index);
            }
            let flags = doc.flags(p);
            if doc.kind(p) != Kind::Word || flags & (flag::PREPOSITION | flag::CONJUNCTION | flag::INFINITIVE) != 0 {
                return None;
            }
            if flags & flag::DETERMINER != 0 {
                break;
            }
        }
        if !self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(p)) {
            return None;
        }
        let upto = self.mentions.partition_point(|m| m.first < p);
        (0..upto).rev().take(60).find(|&i| {
            let m = &self.mentions[i];
            m.modifier
                && self.eligible(i)
                && (m.last + 1..m.last + 4)
                    .take_while(|&q| doc.kind(q) == Kind::Word)
                    .any(|q| doc.flags(q) & flag::SETTING != 0)
        })
    }

    /// A month by its capital where small letters are another word: "in May" is no auxiliary.
    pub(super) fn is_month(&self, p: usize) -> bool {
        let doc = self.doc;
        self.lexicon.spec.grammar.has_case
            && doc.flags(p) & flag::MONTH != 0
            && doc.tokens.all[p].capital
            && p > 0
            && doc.kind(p - 1) != Kind::Break
            && doc.kind(p - 1) != Kind::Stop
    }

    fn is_day(&self, p: usize) -> bool {
        self.doc.flags(p) & (flag::WEEKDAY | flag::MONTH) != 0
    }

    /// The opening comma of what a comma at `close` closes: a relative clause, an apposition, an adverbial.
    fn parenthesis(&self, sentence: Sentence, close: usize) -> Option<usize> {
        let doc = self.doc;
        let mark = doc.kind(close);
        let mut q = close;
        let mut steps = 0;
        while q > sentence.first && steps < 40 {
            q -= 1;
            steps += 1;
            if doc.kind(q) != mark {
                continue;
            }
            let next = q + 1;
            let flags = doc.flags(next);
            let opens =
                flags & (flag::RELATIVE | flag::PREPOSITION | flag::DETERMINER | flag::ADVERB | flag::ATTRIBUTION) != 0
                    || doc.kind(next) == Kind::Number
                    || self.starting(next).is_some()
                    || doc
                        .matches_at(next)
                        .iter()
                        .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Participle | Form::Past, .. }))
                    || flags & (flag::NOUN | flag::ADJECTIVE | flag::VERB) != 0;
            let ends_mention = q > sentence.first && self.ending(q - 1).is_some();
            if opens && (ends_mention || flags & flag::RELATIVE != 0) {
                return Some(q);
            }
            if mark == Kind::Dash {
                return Some(q);
            }
        }
        None
    }

    /// The subject of the nearest verb before `token` that has one.
    pub(super) fn last_subject(&self, sentence: Sentence, token: usize, depth: usize) -> Option<usize> {
        let doc = self.doc;
        let mut tries = 0;
        let mut p = token;
        while p > sentence.first && tries < 6 && token - p < 120 {
            p -= 1;
            if doc.quoted[p] != doc.quoted[token] || !self.finite(p) {
                continue;
            }
            let start = self.group(sentence, p).start;
            tries += 1;
            if start < p {
                p = start;
            }
            if let Some(found) = self.subject(sentence, start, depth.min(1)) {
                // "The horror that the army brought": the subject of a relative clause goes no further.
                let first = self.mentions[found].first;
                let relative = first > sentence.first + 1
                    && self.at[first - 1] == usize::MAX
                    && doc.flags(first - 1) & flag::THAT != 0
                    && self.at[first - 2] == usize::MAX
                    && doc.kind(first - 2) == Kind::Word
                    && doc.flags(first - 2) & (VERBAL | flag::ADJECTIVE | flag::PREPOSITION | flag::CONJUNCTION) == 0;
                if !relative {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Whom a participle or an infinitive goes with: its sentence's speaker or subject, before it or after.
    pub(super) fn governing(&self, index: usize, sentence: Sentence, token: usize, speech: bool) -> Option<usize> {
        let doc = self.doc;
        let group = self.group(sentence, token);
        let personal = |m: usize| self.doc.flags(self.mentions[m].first) & flag::NEUTER == 0;
        if group.be {
            return self.subject(sentence, group.start, DEPTH);
        }
        if speech {
            let draft = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
                d.kind == EventType::Statement
                    && d.triggers[0].0 < token
                    && doc.quoted[d.triggers[0].0] == doc.quoted[token]
            });
            if let Some(actor) = draft.and_then(|d| d.actors.first()) {
                return Some(actor.mention);
            }
        }
        // "It was an honour to meet": nobody.
        if let Some(found) = self.last_subject(sentence, group.start, 2) {
            return Some(found).filter(|&m| personal(m));
        }
        if let Some(head) = self.leading(sentence).filter(|&m| self.mentions[m].last < token) {
            return Some(head);
        }
        // "Speaking in Geneva, the envoy said": the subject follows.
        let comma = (token..sentence.last.min(token + 60)).find(|&q| doc.kind(q) == Kind::Comma)?;
        self.starting(comma + 1)
    }

    /// Whom a pronoun means, by gender, number and nearness: the speaker of the reports before, unless another has opened a
    /// sentence since; within a sentence its own subject for "his"; else the nearest that no preposition governs.
    pub(super) fn antecedent(&self, mention: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let m = &self.mentions[mention];
        let flags = doc.flags(m.first);
        let meant = self.lexicon.genders.get(doc.norm(m.first)).copied().unwrap_or(0);
        let neuter = flags & flag::NEUTER != 0;
        // "We also call for": the state or body that has spoken so far, outside quotations.
        let voices = self.lexicon.spec.words.get("own_voice");
        if voices.is_some_and(|list| list.iter().any(|w| w == doc.norm(m.first))) {
            let (speaker, at) = self.speaker?;
            let here = doc.sentence_of[m.first] as usize;
            let body = matches!(self.mentions[speaker].kind, ActorKind::Country | ActorKind::Organization);
            let own = doc.quoted[m.first] == 0 && at < here && here - at <= 8;
            return (body && own).then_some(speaker);
        }
        let kind = |index: usize| {
            let c = &self.mentions[index];
            if c.pronoun || c.entity == usize::MAX || c.both {
                return false;
            }
            if neuter {
                return matches!(c.kind, ActorKind::Organization | ActorKind::Country)
                    && c.place.is_none()
                    && !c.modifier;
            }
            if m.plural {
                return c.plural && !c.modifier || c.kind == ActorKind::Group;
            }
            let gender = self.resolver.entities[c.entity].gender;
            let contrary = gender != 0 && meant != 0 && gender & meant == 0;
            c.kind == ActorKind::Person && !c.plural && !contrary
        };
        let fits = |index: usize| self.mentions[index].first < m.first && kind(index);
        let here = doc.sentence_of[m.first] as usize;
        let head = |s: usize| {
            self.leading(doc.sentences[s])
                .filter(|&l| fits(l) && doc.tokens.all[self.mentions[l].first].field == doc.tokens.all[m.first].field)
        };
        // "The minister said that in his talks": the sentence's own subject; "met him": another.
        let next = doc.flags(m.last + 1);
        let possessive = flags & flag::OBLIQUE != 0
            && doc.kind(m.last + 1) == Kind::Word
            && (self.starting(m.last + 1).is_some() || next & (flag::ADJECTIVE | flag::NOUN) != 0)
            && next & (flag::PREPOSITION | flag::TIME_WORD | flag::WEEKDAY) == 0;
        if possessive || neuter {
            if let Some(own) = head(here) {
                return Some(own);
            }
        }
        let object = flags & flag::OBLIQUE != 0 && !possessive;
        let subject = if object { self.leading(doc.sentences[here]).map(|l| self.mentions[l].entity) } else { None };
        let fits = |index: usize| fits(index) && subject.is_none_or(|e| self.mentions[index].entity != e);
        if let Some((speaker, at)) = self.speaker {
            let window = if neuter { 2 } else { 4 };
            // Another who opens the sentence before, or this one, takes the pronoun from the speaker.
            let taken = [here, here.saturating_sub(1)]
                .into_iter()
                .any(|s| s > at && head(s).is_some_and(|l| self.mentions[l].entity != self.mentions[speaker].entity));
            if fits(speaker) && here.saturating_sub(at) <= window && at <= here && !taken {
                return Some(speaker);
            }
        }
        let previous = here.checked_sub(1).and_then(head).filter(|&i| fits(i));
        if neuter || previous.is_some() {
            return previous;
        }
        let near = |i: usize| {
            sentence.paragraph.saturating_sub(doc.sentence(self.mentions[i].first).paragraph) <= 2
                && doc.tokens.all[self.mentions[i].first].field == doc.tokens.all[m.first].field
        };
        let free = |i: usize| fits(i) && self.preposition(i).is_none() && near(i);
        let before = (0..mention).rev().take(40);
        if let Some(found) = before.clone().find(|&i| free(i)).or_else(|| before.clone().find(|&i| fits(i) && near(i)))
        {
            return Some(found);
        }
        // A text that begins in the middle: the first whom it names.
        let first = m.first >= doc.body && !(0..mention).any(|i| self.mentions[i].first >= doc.body && kind(i));
        if first && !m.plural && self.at[m.first] == mention {
            return (mention + 1..self.mentions.len())
                .take(40)
                .find(|&i| kind(i) && self.mentions[i].name.is_some())
                .filter(|&i| self.eligible(i));
        }
        None
    }

    /// "Quoted the minister as saying", "was quoted as saying": whose words they are.
    fn quoted_as(&self, sentence: Sentence, participle: usize) -> Option<usize> {
        let doc = self.doc;
        let link = participle.checked_sub(1).filter(|&p| p > sentence.first && self.at[p] == usize::MAX)?;
        if doc.flags(link) & flag::SUBORDINATOR == 0 || doc.flags(link) & flag::PREPOSITION == 0 {
            return None;
        }
        let speech = |p: usize| doc.flags(p) & (flag::SPEECH | flag::ATTRIBUTION | flag::VERB) != 0;
        if let Some(index) = self.ending(link - 1) {
            let before = self.mentions[index].first.checked_sub(1)?;
            return (before >= sentence.first && speech(before)).then_some(index);
        }
        let group = self.group(sentence, link - 1);
        (group.be && speech(link - 1)).then(|| self.subject(sentence, group.start, DEPTH)).flatten()
    }

    /// The actor that the sentence opens with.
    pub(super) fn leading(&self, sentence: Sentence) -> Option<usize> {
        let mut p = sentence.first;
        while p < sentence.last
            && self.at[p] == usize::MAX
            && (matches!(self.doc.kind(p), Kind::Quote | Kind::Comma)
                || self.doc.flags(p) & (flag::ADVERB | flag::CONJUNCTION) != 0)
        {
            p += 1;
        }
        let index = self.starting(p)?;
        let m = &self.mentions[index];
        (!m.modifier && m.place.is_none() && !self.doc.tokens.all[m.last].possessive).then_some(index)
    }

    /// The subject of a meeting or visit verb, and what it was resolved from.
    pub(super) fn case_verb_subject(
        &self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        trigger: &Trigger,
    ) -> Option<(usize, Option<(usize, usize)>)> {
        let group = self.group(sentence, hit.first);
        if self.passive(&group, hit, trigger) {
            // A passive names its agent after "by"; without a frame for that it is another's event.
            let agent = trigger.slots.iter().any(
                |s| matches!(&s.marker, Marker::Preposition(w) if self.lexicon.spec.grammar.by.iter().any(|b| b == w)),
            );
            if !agent || !(hit.last + 1..=(hit.last + 10).min(sentence.last)).any(|p| self.is_by(p)) {
                return None;
            }
        }
        let implied = hit.form == Form::Participle || group.infinitive;
        let mention = if let Some((verb, carried)) = self.carried(sentence, hit) {
            let found = if carried.infinitive {
                self.governing(index, sentence, verb, false)
            } else {
                self.subject(sentence, carried.start, DEPTH)
            };
            let (mention, _) = self.usable_party(found?, sentence)?;
            return Some((mention, Some((hit.first, hit.first))));
        } else if let Some(asked) = self.asked(sentence, &group) {
            let (mention, from) = self.usable_party(asked, sentence)?;
            return Some((mention, from.or(Some((hit.first, hit.first)))));
        } else if implied {
            self.governing(index, sentence, hit.first, false)?
        } else if let Some(tied) = group.tied {
            tied
        } else {
            let found = self.subject(sentence, group.start, DEPTH)?;
            if !self.agrees(hit, &group, found) {
                return None;
            }
            found
        };
        let (mention, from) = self.usable_party(mention, sentence)?;
        let away = implied && !group.be;
        Some((mention, from.or(away.then_some((hit.first, hit.first)))))
    }

    /// "Invited his counterpart to visit": an infinitive behind the object of a verb that asks for it is the object's.
    pub(super) fn asked(&self, sentence: Sentence, group: &Group) -> Option<usize> {
        let doc = self.doc;
        if !group.infinitive || group.start <= sentence.first {
            return None;
        }
        let mut p = group.start - 1;
        p -= usize::from(doc.kind(p) == Kind::Comma && p > sentence.first);
        let object = self.ending(p)?;
        let m = &self.mentions[object];
        let mut verb = m.first.checked_sub(1).filter(|&v| v >= sentence.first)?;
        if verb > sentence.first && doc.flags(verb) & (flag::OBLIQUE | flag::DETERMINER) != 0 {
            verb -= 1;
        }
        let asks = |x: &super::Match| match x.meaning {
            Meaning::Trigger { trigger, form } => {
                let t = &self.lexicon.triggers[trigger as usize];
                form != Form::Noun
                    && t.kind == EventType::Statement
                    && t.slots.iter().any(|s| s.marker == Marker::Object && s.actor)
                    && t.slots.iter().any(|s| s.marker == Marker::Infinitive)
            }
            _ => false,
        };
        let first = verb.saturating_sub(1).max(sentence.first);
        let found = (first..=verb).any(|v| doc.matches_at(v).iter().any(|x| x.last() == verb && asks(x)));
        (found && m.place.is_none() && !doc.tokens.all[m.last].possessive).then_some(object)
    }

    /// "Will fly to Oslo and meet": the verb before, with its modal or mark of the infinitive, that a base form joined to
    /// it shares.
    pub(super) fn carried(&self, sentence: Sentence, hit: Hit) -> Option<(usize, Group)> {
        let doc = self.doc;
        let and = hit.first.checked_sub(1).filter(|&a| a > sentence.first)?;
        let joined =
            self.at[and] == usize::MAX && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(and));
        if !joined || hit.form != Form::Present || !self.base_verb(hit.first) {
            return None;
        }
        for p in (sentence.first..and).rev().take(20) {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote) {
                return None;
            }
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
                continue;
            }
            if self.base_verb(p) {
                let group = self.group(sentence, p);
                if group.modal || group.infinitive {
                    return Some((p, group));
                }
            }
            let flags = doc.flags(p);
            if flags & (flag::THAT | flag::RELATIVE) != 0
                || self.finite(p) && flags & (flag::NOUN | flag::AUXILIARY) == 0
            {
                return None;
            }
        }
        None
    }

    /// The object that begins at `from`: past "her" of "her counterpart"; a pronoun that is the object itself is resolved.
    pub(super) fn case_object(&self, sentence: Sentence, from: usize) -> Option<(usize, Option<(usize, usize)>)> {
        let doc = self.doc;
        let mut p = from;
        while p <= sentence.last && p < from + 6 {
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                if m.pronoun {
                    let next = doc.flags(p + 1);
                    let owns = doc.flags(p) & flag::OBLIQUE != 0
                        && doc.kind(p + 1) == Kind::Word
                        && (self.starting(p + 1).is_some() || next & (flag::ADJECTIVE | flag::NOUN) != 0)
                        && next & (flag::PREPOSITION | flag::TIME_WORD | flag::WEEKDAY) == 0;
                    if owns {
                        p = m.last + 1;
                        continue;
                    }
                    return self.usable(index, sentence);
                }
                return (m.place.is_none()).then_some((index, None));
            }
            let joint = doc.flags(p) & flag::CONJUNCTION != 0 && p > from;
            let unknown = doc.words[p].count == 0 && !doc.tokens.all[p].capital;
            let part = doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) != 0 || joint || unknown;
            if doc.kind(p) != Kind::Word || !part {
                return None;
            }
            p += 1;
        }
        None
    }

    /// The last token before the attributes of the noun at `noun`: "their first face-to-face meeting" leads to "their".
    pub(super) fn before_attributes(&self, sentence: Sentence, noun: usize) -> usize {
        let doc = self.doc;
        let mut p = noun - 1;
        while p > sentence.first && self.at[p] == usize::MAX && !doc.tokens.all[p].possessive && noun - p < 7 {
            let flags = doc.flags(p);
            let attribute = doc.kind(p) == Kind::Number
                || doc.kind(p) == Kind::Word
                    && (flags & (flag::ADJECTIVE | flag::NOUN | flag::TIME_WORD | flag::MONTH | flag::ADVERB) != 0
                        || doc.tokens.all[p].hyphen)
                    && flags & (flag::PREPOSITION | flag::CONJUNCTION | flag::DETERMINER | flag::OBLIQUE) == 0;
            if !attribute {
                break;
            }
            p -= 1;
        }
        p
    }

    /// The actors coordinated before `mention`, as actors of the draft.
    pub(super) fn push_coordinated(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        for other in self.coordinated_before(sentence, mention) {
            if self.eligible(other) {
                self.push_actor(draft, role, other, None);
            }
        }
    }

    /// Whether a date or a position begins at `p`, after a preposition that could also tell a matter.
    pub(super) fn when_or_where(&self, p: usize) -> bool {
        let doc = self.doc;
        let positions = self.lexicon.spec.words.get("positions");
        let mut q = p;
        while doc.kind(q) == Kind::Word && self.at[q] == usize::MAX && doc.flags(q) & flag::DETERMINER != 0 && q < p + 2
        {
            q += 1;
        }
        doc.kind(q) == Kind::Number
            && (doc.flags(q + 1) & (flag::NOUN | flag::ADJECTIVE) == 0 || doc.flags(q + 1) & flag::MONTH != 0)
            || doc.flags(q) & (flag::WEEKDAY | flag::MONTH | flag::TIME_WORD) != 0
            || positions.is_some_and(|list| list.iter().any(|w| w == doc.norm(q)))
    }

    /// Countries and bodies that stand right before a noun of meeting: "the US-China talks", "a NATO summit".
    pub(super) fn modifying_parties(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, multilateral: bool) {
        let doc = self.doc;
        let mut p = hit.first;
        let mut found: Vec<usize> = Vec::new();
        while p > sentence.first && hit.first - p < 8 {
            let before = p - 1;
            if let Some(index) = self.ending(before) {
                let m = &self.mentions[index];
                if doc.tokens.all[m.last].possessive || m.pronoun {
                    break;
                }
                found.push(index);
                p = m.first;
                // "US-China": the hyphen binds them.
                if doc.tokens.all[p].hyphen {
                    continue;
                }
                break;
            }
            let flags = doc.flags(before);
            let part = self.at[before] == usize::MAX
                && (doc.kind(before) == Kind::Number
                    || doc.kind(before) == Kind::Word
                        && (flags & (flag::NOUN | flag::ADJECTIVE | flag::MONTH | flag::MEETING) != 0
                            || doc.tokens.all[before].capital)
                        && flags
                            & (flag::PREPOSITION | flag::CONJUNCTION | flag::DETERMINER | VERBAL)
                            & !flag::MEETING
                            == 0);
            if !part {
                break;
            }
            p = before;
        }
        match found.as_slice() {
            [second, first] => {
                for index in [*first, *second] {
                    if self.eligible(index) {
                        self.push_actor(draft, Role::Party, index, None);
                    }
                }
            }
            [only] if multilateral && self.mentions[*only].organisation.is_some() => {
                self.push_actor(draft, Role::Party, *only, None);
            }
            _ => {}
        }
    }

    /// "Talks that will be held by the envoy", "a summit hosted by Qatar": who holds it.
    pub(super) fn holding_party(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let limit = sentence.last.min(hit.last + 16);
        let mut held = false;
        let mut p = hit.last + 1;
        while p <= limit {
            if matches!(doc.kind(p), Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Break | Kind::Quote) {
                return;
            }
            if let Some(index) = self.starting(p) {
                p = self.mentions[index].last + 1;
                continue;
            }
            if held && self.is_by(p) {
                if let Some(index) = self.starting(p + 1).filter(|&i| self.eligible(i)) {
                    self.push_actor(draft, Role::Party, index, None);
                    self.coordinate(draft, Role::Party, index, sentence);
                }
                return;
            }
            let past = doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Light { form, .. } => form == Form::Past,
                Meaning::Trigger { trigger, form } => {
                    form == Form::Past && self.lexicon.triggers[trigger as usize].kind == EventType::Meeting
                }
                _ => false,
            });
            if past && doc.kind(p) == Kind::Word {
                held = true;
            } else if self.finite(p) && doc.flags(p) & flag::AUXILIARY == 0 {
                return;
            }
            p += 1;
        }
    }

    /// "Flew to Geneva for talks with the minister": whose clause the talks stand in is the other party.
    pub(super) fn conferring_subject(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let mut p = hit.first;
        while p > sentence.first
            && self.at[p - 1] == usize::MAX
            && doc.flags(p - 1) & (flag::ADJECTIVE | flag::DETERMINER | flag::NOUN) != 0
            && doc.flags(p - 1) & flag::PREPOSITION == 0
        {
            p -= 1;
        }
        let adverbial = p > sentence.first
            && self.at[p - 1] == usize::MAX
            && doc.flags(p - 1) & flag::PREPOSITION != 0
            && (!self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p - 1))
                // "Lors d'une rencontre": the last word of a longer preposition.
                || p > sentence.first + 1 && doc.flags(p - 2) & flag::PREPOSITION != 0);
        if !adverbial || draft.actors[0].from.is_some() || self.mentions[draft.actors[0].mention].first < hit.first {
            return;
        }
        let Some(found) = self.last_subject(sentence, p, 1).or_else(|| self.following_subject(sentence, p, hit.last))
        else {
            return;
        };
        let Some((mention, _)) = self.usable(found, sentence) else { return };
        if draft.actors.iter().any(|a| a.mention == mention || a.entity == self.mentions[mention].entity) {
            return;
        }
        let kind = self.mentions[mention].kind;
        if matches!(kind, ActorKind::Person | ActorKind::Group) {
            let from = self.mentions[found].pronoun.then_some((self.mentions[found].first, self.mentions[found].last));
            self.push_actor(draft, Role::Party, mention, from);
        }
    }

    /// "After talks with the minister, the envoy said": the subject of the clause behind an adverbial that opens the
    /// sentence at `opening` and goes on past `last`.
    pub(super) fn following_subject(&self, sentence: Sentence, opening: usize, last: usize) -> Option<usize> {
        let doc = self.doc;
        if opening > sentence.first + 3 {
            return None;
        }
        let comma = (last + 1..=sentence.last.min(last + 40))
            .take_while(|&q| !matches!(doc.kind(q), Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Quote))
            .filter(|&q| doc.kind(q) == Kind::Comma)
            .find(|&q| self.opens_clause(q + 1, sentence))?;
        self.starting(comma + 1)
    }

    /// Whether the mention at `p` is the subject of a clause: a finite verb follows, past auxiliaries and an apposition.
    fn opens_clause(&self, p: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        let Some(m) = self.starting(p) else { return false };
        let mut q = self.mentions[m].last + 1;
        while q <= sentence.last
            && doc.kind(q) == Kind::Word
            && self.at[q] == usize::MAX
            && doc.flags(q) & (flag::AUXILIARY | flag::ADVERB) != 0
        {
            q += 1;
        }
        self.finite(q)
    }

    /// A verb that only may tell a journey needs a place that it goes to, and no country travels.
    pub(super) fn believable_visit(&self, draft: &Draft, trigger: &Trigger, hosting: bool) -> bool {
        let travels = |k: ActorKind| matches!(k, ActorKind::Person | ActorKind::Group);
        let visitors = draft.actors.iter().filter(|a| a.role == Role::Visitor);
        if hosting {
            return visitors.clone().all(|a| travels(self.mentions[a.mention].kind));
        }
        trigger.strength != Strength::Weak
            || draft.place.is_some()
            || draft.actors.iter().any(|a| a.role == Role::Host && self.mentions[a.mention].kind == ActorKind::Country)
    }

    /// The present agrees with its subject in number, where the language shows it.
    fn agrees(&self, hit: Hit, group: &Group, subject: usize) -> bool {
        let ending = &self.lexicon.spec.grammar.singular_present;
        if hit.form != Form::Present || group.auxiliary || ending.is_empty() {
            return true;
        }
        let m = &self.mentions[subject];
        // "To finish and address": a base form after a conjunction goes on with an infinitive.
        let joined = group.start > 0 && self.doc.flags(group.start - 1) & flag::CONJUNCTION != 0;
        let norm = self.doc.norm(hit.first);
        let base = &self.lexicon.triggers[hit.trigger as usize].lemma;
        let singular_verb = norm.ends_with(ending.as_str()) && base.split(' ').next().is_none_or(|lemma| lemma != norm);
        if joined && !singular_verb {
            return false;
        }
        let coordinated = m.first > 0
            && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(m.first - 1))
            && m.first > 1
            && self.ending(m.first - 2).is_some();
        let plural = m.plural || m.both || coordinated || m.kind == ActorKind::Group;
        let either = matches!(m.kind, ActorKind::Group | ActorKind::Organization) && !m.modifier;
        let headline = m.first < self.doc.body && m.kind != ActorKind::Organization;
        if singular_verb { !m.plural || either } else { plural || headline }
    }

    /// ", a annoncé son cabinet.": between comma and end the one behind the verb speaks.
    fn speaks_behind(&self, sentence: Sentence, hit: Hit, group: &Group, trigger: &Trigger) -> bool {
        let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        let quoting = trigger.slots.iter().any(|s| s.marker == Marker::Quote);
        if !self.lexicon.spec.grammar.inverts_reports
            || object
            || !quoting
            || group.tied.is_some()
            || group.start == sentence.first
            || !self.inverted(sentence, group.start)
        {
            return false;
        }
        let after = self.past_adverbials(hit.last + 1, sentence);
        self.starting(after).is_some_and(|m| {
            let next = self.mentions[m].last + 1;
            matches!(self.doc.kind(next), Kind::Comma | Kind::Stop | Kind::Break)
        })
    }

    /// The token after adverbials that may stand between a verb and its subject: "a déclaré mardi à la presse".
    fn past_adverbials(&self, from: usize, sentence: Sentence) -> usize {
        let doc = self.doc;
        let mut p = from;
        for _ in 0..6 {
            if p > sentence.last || self.starting(p).is_some() {
                return p;
            }
            let flags = doc.flags(p);
            let tie = doc.tokens.all[p].hyphen && flags & flag::AUXILIARY != 0;
            if tie
                || doc.kind(p) == Kind::Number
                || flags & (flag::WEEKDAY | flag::MONTH | flag::TIME_WORD | flag::ADVERB) != 0
            {
                p += 1;
            } else if doc.kind(p) == Kind::Word && flags & flag::PREPOSITION != 0 {
                p = self.adverbial_end(p, sentence.last) + 1;
            } else {
                return p;
            }
        }
        p
    }

    /// The actors coordinated before `mention`: "the United States and the European Union said".
    pub(super) fn coordinated_before(&self, sentence: Sentence, mention: usize) -> Vec<usize> {
        let doc = self.doc;
        let mut found = Vec::new();
        let mut at = self.mentions[mention].first;
        let mut joined = false;
        while at > sentence.first + 1 && found.len() < 16 {
            let mut q = at - 1;
            let and = doc.kind(q) == Kind::Word && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(q));
            let comma = doc.kind(q) == Kind::Comma;
            if !(and || comma && joined) {
                break;
            }
            joined = true;
            if and && q > sentence.first && doc.kind(q - 1) == Kind::Comma {
                q -= 1;
            }
            let Some(index) = q.checked_sub(1).and_then(|b| self.ending(b)) else { break };
            let m = &self.mentions[index];
            if m.first < sentence.first || m.pronoun || m.modifier || m.place.is_some() {
                break;
            }
            found.push(index);
            at = m.first;
        }
        // The first of them must itself stand as a subject.
        if let Some(g) = at.checked_sub(1).filter(|&g| g >= sentence.first && doc.kind(g) == Kind::Word) {
            if self.at[g] == usize::MAX
                && (doc.flags(g) & flag::PREPOSITION != 0 && doc.flags(g) & flag::SUBORDINATOR == 0
                    || self.finite(g) && doc.flags(g) & flag::SPEECH == 0)
            {
                return Vec::new();
            }
        }
        found.reverse();
        found
    }

    pub(super) fn case_statement(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        let doc = self.doc;
        let group = self.group(sentence, hit.first);
        let mut surface = None;
        let mut search = hit.last + 1;
        // "Expressed concern": the noun tells what was said. "Rejected the claims": the verb does.
        let decided = trigger.strength == Strength::Strong && trigger.act != crate::event::Act::State;
        if doc.flags(hit.first) & flag::LIGHT != 0 && !decided {
            let noun = (hit.last + 1..(hit.last + 6).min(sentence.last)).find(|&p| {
                doc.flags(p) & (flag::DETERMINER | flag::OBLIQUE | flag::ADVERB) == 0
                    && (doc.flags(p) & flag::ADJECTIVE == 0 || doc.flags(p) & flag::SPEECH_NOUN != 0)
            });
            if noun.is_some_and(|p| doc.flags(p) & flag::SPEECH_NOUN != 0) {
                return None;
            }
        }
        let speaker = match rule.subject {
            Subject::Before => {
                if self.speaks_behind(sentence, hit, &group, trigger) {
                    return None;
                }
                if self.passive(&group, hit, trigger) {
                    // "Was criticised by": the agent speaks, the subject is the target.
                    if !self.is_by(hit.last + 1) {
                        return None;
                    }
                    let agent = self.starting(hit.last + 2)?;
                    surface = self.subject(sentence, group.start, DEPTH);
                    search = self.mentions[agent].last + 1;
                    agent
                } else if let Some(tied) = group.tied {
                    tied
                } else {
                    let found = self.subject(sentence, group.start, DEPTH)?;
                    if !self.agrees(hit, &group, found) {
                        return None;
                    }
                    found
                }
            }
            Subject::After => {
                let quoting = trigger.slots.iter().any(|s| s.marker == Marker::Quote);
                let grammar = &self.lexicon.spec.grammar;
                if !quoting
                    || !self.inverted(sentence, group.start)
                    || group.start != hit.first && !grammar.inverts_reports
                    || grammar.compound_past && hit.form == Form::Past && !group.auxiliary
                {
                    return None;
                }
                let after =
                    if grammar.inverts_reports { self.past_adverbials(hit.last + 1, sentence) } else { hit.last + 1 };
                // A pronoun stands there only where a hyphen ties it to its verb: "dit-il".
                let found = self
                    .starting(after)
                    .filter(|&m| !self.mentions[m].pronoun || self.doc.tokens.all[self.mentions[m].first].hyphen)?;
                search = self.mentions[found].last + 1;
                found
            }
            Subject::Governor => match self.quoted_as(sentence, group.start) {
                Some(found) => found,
                None => self.governing(index, sentence, hit.first, true)?,
            },
            _ => return None,
        };
        let governed = rule.subject == Subject::Governor && !group.be;
        // "It was clear that": nobody said so.
        if doc.flags(hit.first) & flag::BE != 0 && doc.flags(self.mentions[speaker].first) & flag::NEUTER != 0 {
            return None;
        }
        let (speaker, mut from) = self.usable(speaker, sentence)?;
        if governed && from.is_none() {
            from = Some((hit.first, hit.first));
        }
        let mut draft = self.blank(EventType::Statement, number, hit, index, rule.confidence);
        draft.act = trigger.act;
        draft.cameo = trigger.cameo;
        if self.mentions[speaker].both {
            self.expand_both(&mut draft, Role::Speaker, speaker, hit.first);
            if draft.actors.is_empty() {
                return None;
            }
        } else if from.is_none() && rule.subject == Subject::Before {
            for other in self.coordinated_before(sentence, speaker) {
                if self.eligible(other) {
                    self.push_actor(&mut draft, Role::Speaker, other, None);
                }
            }
        }
        if !self.mentions[speaker].both && !draft.actors.iter().any(|a| a.entity == self.mentions[speaker].entity) {
            draft.actors.push(Actor {
                role: Role::Speaker,
                mention: speaker,
                entity: self.mentions[speaker].entity,
                from,
            });
        }
        if rule.subject == Subject::After {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
        }
        if let Some(target) = surface.filter(|&t| self.eligible(t)) {
            self.push_actor(&mut draft, Role::Target, target, None);
        }
        let clause = self.case_content(&mut draft, trigger, sentence, hit, search, rule.subject);
        let targeted = draft.actors.iter().any(|a| a.role == Role::Target);
        let needed = match trigger.strength {
            // "A statement condemning the strike": where the verb alone tells what is done in words, an object is enough.
            Strength::Strong => {
                let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content);
                rule.subject == Subject::Governor
                    && trigger.slots.iter().any(|s| s.marker == Marker::That)
                    && !(object && trigger.act != crate::event::Act::State && !draft.content.is_empty())
            }
            Strength::Weak => !targeted || rule.subject == Subject::Governor,
            Strength::Attitude => true,
        };
        if draft.content.is_empty() && !targeted || needed && !clause {
            return None;
        }
        if draft.content.is_empty() && trigger.strength != Strength::Strong {
            return None;
        }
        // "The coalition supports the army": a state of things, where the verb alone proves no words.
        let standing = hit.form == Form::Present && !group.auxiliary && hit.first >= doc.body;
        if standing && trigger.strength == Strength::Weak && !clause {
            return None;
        }
        // The subject stands behind its verb only where its words stand before.
        let inside = self.lexicon.spec.grammar.inverts_reports
            && group.start > sentence.first + 1
            && doc.kind(group.start - 1) == Kind::Comma;
        // The words before the report are its first part.
        if inside && rule.subject == Subject::After && draft.content.first().is_some_and(|c| c.0 > hit.first) {
            let begin = (sentence.first..group.start - 1).find(|&q| doc.kind(q) == Kind::Word);
            draft.content.extend(begin.map(|q| (q, self.trim(q, group.start - 2))));
        }
        if rule.subject == Subject::After && draft.content.first().is_none_or(|c| c.0 > hit.first) && !inside {
            return None;
        }
        // What two agree on is their meeting's content.
        let several = draft.actors.iter().filter(|a| a.role == Role::Speaker).count() > 1
            || self.mentions[speaker].both
            || draft.actors[0].from.is_some() && self.mentions[speaker].plural;
        if trigger.act == crate::event::Act::Agree && several {
            return None;
        }
        // An attitude told without the words that report it is no utterance.
        let begins = draft.content.first().map_or(0, |c| c.0);
        let introduced = begins > 0
            && (doc.flags(begins - 1) & flag::THAT != 0 || doc.kind(begins - 1) == Kind::Quote || begins < hit.first);
        if trigger.strength == Strength::Attitude && !introduced {
            return None;
        }
        if trigger.act == crate::event::Act::State && doc.flags(begins) & flag::INFINITIVE != 0 {
            return None;
        }
        if trigger.strength == Strength::Attitude {
            draft.confidence *= 0.75;
        }
        draft.modality = if group.negated {
            Modality::Negated
        } else if let Some(tense) = self.tense(hit) {
            tense
        } else if group.modal && hit.form == Form::Past && self.lexicon.spec.grammar.compound_past {
            // "Aurait déclaré": said to have said.
            self.cue_before(hit.first, sentence, 4).unwrap_or(Modality::Possible)
        } else if group.modal {
            Modality::Planned
        } else {
            Modality::Occurred
        };
        self.finish_statement(&mut draft, sentence, hit);
        Some(draft)
    }

    /// Whom it was said to and what. Returns whether it is a clause, an infinitive or a quotation.
    fn case_content(
        &mut self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        hit: Hit,
        search: usize,
        subject: Subject,
    ) -> bool {
        let doc = self.doc;
        let has = |marker: &Marker| trigger.slots.iter().any(|s| s.content && s.marker == *marker);
        let (that, quote, infinitive) = (has(&Marker::That), has(&Marker::Quote), has(&Marker::Infinitive));
        // "..., he said, adding that": a participle with words of its own does not take those before it.
        let own = subject == Subject::Governor && matches!(doc.kind(search), Kind::Word | Kind::Number | Kind::Quote);
        let quoted_before = if (that || quote) && !own { self.content_before(sentence, hit, draft) } else { None };
        if let Some((first, last)) =
            quoted_before.filter(|&(first, _)| doc.quoted[first] != 0 && doc.quoted[first] != doc.quoted[hit.first])
        {
            draft.content.push((first, last));
            let mut p = search;
            self.addressee(draft, trigger, sentence, &mut p);
            // "..., he said. "...": what goes on after.
            self.continue_quotation(draft, sentence, p);
            if draft.content.len() == 1 {
                self.resumed(draft, sentence, p);
            }
            self.collect_quotes(draft);
            return true;
        }
        let mut p = search;
        self.addressee(draft, trigger, sentence, &mut p);
        let limit = sentence.last;
        let mut clause = false;
        let mut begin = None;
        let mut adverbials = 0;
        // "As the minister announced in Rome, ..."
        const LINK: u64 = flag::SUBORDINATOR | flag::PREPOSITION;
        let as_clause = doc.flags(sentence.first) & LINK == LINK && self.at[sentence.first] == usize::MAX;
        // "Wrote on his page:" and the words in the next line.
        let colon =
            (search..=limit).rev().find(|&q| doc.kind(q) != Kind::Break).filter(|&q| doc.kind(q) == Kind::Colon);
        if let Some(colon) = colon.filter(|&c| {
            (that || quote)
                && (search..c)
                    .all(|q| doc.flags(q) & flag::THAT == 0 && !matches!(doc.kind(q), Kind::Quote | Kind::Colon))
        }) {
            p = colon;
        }
        while p <= limit {
            let flags = doc.flags(p);
            match doc.kind(p) {
                Kind::Colon => {
                    clause = true;
                    begin = Some(p + 1);
                    break;
                }
                Kind::Quote => {
                    // "Blamed 'some capitals' for the delay": what is between the marks is who, not what.
                    let quotation = self.opening(p).filter(|q| {
                        let next = q.last + 2;
                        let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                        object && q.closed && next <= limit && self.governs(trigger, next)
                    });
                    if let Some(quotation) = quotation {
                        p = quotation.last + 2;
                        continue;
                    }
                    if doc.quoted.get(p + 1).is_some_and(|&q| q != 0 && q != doc.quoted[hit.first]) {
                        clause = that || quote || infinitive;
                        begin = Some(p + 1);
                    }
                    break;
                }
                Kind::Comma => {
                    let next = p + 1;
                    if doc.kind(next) == Kind::Quote && next < limit {
                        p = next;
                        continue;
                    }
                    // "Urge the premier, Haider, to": the infinitive after an apposition.
                    if infinitive
                        && doc.flags(next) & flag::INFINITIVE != 0
                        && self.at[next] == usize::MAX
                        && p > search
                    {
                        p = next;
                        continue;
                    }
                    // ", in a speech in Cairo, that"
                    if doc.flags(next) & flag::THAT != 0 && self.at[next] == usize::MAX {
                        p = next;
                        continue;
                    }
                    // ", lors d'une rencontre avec le roi, que": what was said opens behind the adverbial.
                    let later = (next..limit.min(next + 24)).find(|&q| doc.kind(q) == Kind::Comma);
                    if self.lexicon.spec.grammar.marks_clauses {
                        if let Some(q) = later.filter(|&q| doc.flags(q + 1) & flag::THAT != 0) {
                            p = q + 1;
                            continue;
                        }
                    }
                    // "Le pont, a indiqué le ministre, sera rouvert".
                    let inside = subject == Subject::After && self.lexicon.spec.grammar.inverts_reports && p == search;
                    // "Instead, he noted, the talks go on": the report stands inside its own words.
                    let rest = (next..=limit).filter(|&q| doc.kind(q) == Kind::Word).count();
                    if (subject == Subject::Before && (p == hit.last + 1 || as_clause) || inside)
                        && (that || quote)
                        && rest >= 3
                        && doc.flags(next) & (flag::RELATIVE | flag::CONJUNCTION) == 0
                        && (next..=limit.min(next + 20)).any(|q| self.finite(q))
                    {
                        clause = true;
                        begin = Some(next);
                    }
                    break;
                }
                Kind::Word => {}
                Kind::Number if that => {
                    clause = true;
                    begin = Some(p);
                    break;
                }
                _ => break,
            }
            let free = self.at[p] == usize::MAX;
            if free && flags & flag::THAT != 0 {
                clause = true;
                begin = Some(p + 1);
                break;
            }
            // "Responded and fought": nothing was said.
            if free && flags & flag::CONJUNCTION != 0 {
                // "Urge all parties and their followers to": the rest of those who are addressed.
                let on = (p + 1..limit.min(p + 8))
                    .take_while(|&q| doc.kind(q) == Kind::Word)
                    .find(|&q| doc.flags(q) & flag::INFINITIVE != 0 && self.at[q] == usize::MAX);
                match on.filter(|_| infinitive && draft.actors.iter().any(|a| a.role == Role::Target)) {
                    Some(q) => {
                        p = q;
                        continue;
                    }
                    None => break,
                }
            }
            let negated = flags & flag::NEGATION != 0 && doc.flags(p + 1) & flag::INFINITIVE != 0;
            if free && (self.infinitive_at(p) || negated) && infinitive && self.starting(p + 1).is_none() {
                clause = true;
                begin = Some(p);
                break;
            }
            if free
                && (flags & flag::RELATIVE != 0 || flags & flag::SUBORDINATOR != 0 && flags & flag::PREPOSITION == 0)
            {
                clause = that || quote;
                begin = Some(p);
                break;
            }
            let slot = trigger.slots.iter().find(|s| matches!(&s.marker, Marker::Preposition(w) if w == doc.norm(p)));
            // "Promis des vivres": an article that is spelt like a preposition opens an object.
            let partitive = self.lexicon.spec.grammar.articled()
                && slot.is_none()
                && flags & flag::DETERMINER != 0
                && has(&Marker::Object);
            if free && flags & flag::PREPOSITION != 0 && !partitive {
                if let Some(slot) = slot {
                    if slot.actor && self.starting(p + 1).is_some() {
                        let target = self.starting(p + 1).unwrap_or_default();
                        let target = self.owned_mention(target).unwrap_or(target);
                        if self.mentions[target].pronoun {
                            // "Complained to him about": whom he means.
                            let m = &self.mentions[target];
                            let meant = self.addressed(target, draft, sentence).filter(|&r| self.eligible(r));
                            if let Some(resolved) = meant {
                                self.push_actor(draft, Role::Target, resolved, Some((m.first, m.last)));
                            }
                        } else if !self.mentions[target].non_actor && self.mentions[target].place.is_none() {
                            self.push_actor(draft, Role::Target, target, None);
                            self.coordinate(draft, Role::Target, target, sentence);
                        }
                        if !slot.content {
                            let last = self.mentions[target].last;
                            p = self.actors_end(draft, last, sentence).max(last) + 1;
                            continue;
                        }
                    }
                    if slot.content {
                        clause = that && quote;
                        begin = Some(p + 1);
                        break;
                    }
                }
                // An adverbial between the verb and what was said.
                let end = self.adverbial_end(p, limit);
                adverbials += 1;
                if adverbials > 4 {
                    break;
                }
                p = end + 1;
                continue;
            }
            let adverb = flags & (flag::TIME_WORD | flag::ADVERB) != 0 && flags & (flag::NOUN | flag::DETERMINER) == 0;
            if free && (adverb || flags & (flag::WEEKDAY | flag::MONTH) != 0) {
                p += 1;
                continue;
            }
            // An object or a clause without its complementizer.
            let object = has(&Marker::Object) || has(&Marker::Matter) || has(&Marker::Predicate);
            let words = (p..=limit).filter(|&q| doc.kind(q) == Kind::Word).count();
            // The clause has a verb of its own before any relative clause begins.
            let verb = (p + 1..=limit.min(p + 20))
                .take_while(|&q| {
                    !matches!(doc.kind(q), Kind::Semicolon | Kind::Colon)
                        && (doc.flags(q) & flag::RELATIVE == 0 || self.at[q] != usize::MAX)
                })
                .any(|q| self.finite(q));
            let bare = !object && words >= 3 && trigger.strength != Strength::Weak;
            // Some languages never leave the complementizer out.
            let omitted = that && !self.lexicon.spec.grammar.marks_clauses;
            if omitted && words >= 2 && (verb || bare) {
                clause = !object || verb;
                begin = Some(p);
            } else if object {
                if let Some(target) = self.starting(p).map(|t| self.owned_mention(t).unwrap_or(t)) {
                    let both = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                    if both && !self.mentions[target].non_actor && self.mentions[target].place.is_none() {
                        self.push_actor(draft, Role::Target, target, None);
                    }
                }
                begin = Some(p);
            }
            break;
        }
        if let Some(mut begin) = begin {
            if doc.kind(begin) == Kind::Quote {
                begin += 1;
            }
            if begin > limit || doc.kind(begin) == Kind::Break {
                // "The minister said:" and the words in the next paragraph.
                if let Some(found) = self.next_paragraphs(draft, sentence, limit) {
                    draft.content.push(found);
                }
            } else {
                let end = self.content_end(begin, sentence);
                let end = if clause { end } else { self.before_target(draft, trigger, sentence, begin, end) };
                if begin <= end {
                    draft.content.push((begin, end));
                }
            }
        }
        if let Some(&(first, last)) = draft.content.first().filter(|_| !clause && hit.form != Form::Noun) {
            let past = hit.form != Form::Present || hit.first < doc.body;
            clause = has(&Marker::Predicate) && self.predicative(first, last.min(limit), hit.first)
                || has(&Marker::Matter) && past && self.of_matter(first, last.min(limit));
        }
        if draft.content.is_empty() && subject != Subject::Governor {
            if let Some(before) = quoted_before {
                draft.content.push(before);
                draft.content.extend(self.taken_up(sentence, hit, search));
                clause = true;
            }
        }
        self.continue_quotation(draft, sentence, p);
        self.collect_quotes(draft);
        // Words in quotation marks prove the utterance where the verb does not.
        clause || !draft.quotes.is_empty() && quote
    }

    /// "The attack a reprisal", "the sentence 'dangerous'": an object and what it is called.
    fn predicative(&self, first: usize, last: usize, verb: usize) -> bool {
        let doc = self.doc;
        let noun = |q: usize| self.at[q] != usize::MAX || doc.flags(q) & flag::NOUN != 0;
        for q in first + 1..=last {
            if doc.quoted[q] != 0 && doc.quoted[q] != doc.quoted[verb] {
                return true;
            }
            if doc.kind(q) != Kind::Word {
                if doc.kind(q) == Kind::Quote {
                    continue;
                }
                return false;
            }
            let flags = doc.flags(q);
            if self.at[q] == usize::MAX && flags & (flag::THAT | flag::RELATIVE) != 0 {
                return false;
            }
            let indefinite = flags & flag::DETERMINER != 0
                && !self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(q));
            let day = doc.flags(q + 1) & (flag::TIME_WORD | flag::WEEKDAY) != 0;
            if indefinite && noun(q - 1) && doc.kind(q - 1) == Kind::Word && !day {
                return true;
            }
            let adjective = flags & flag::ADJECTIVE != 0 && flags & (flag::NOUN | flag::ADVERB | VERBAL) == 0;
            if adjective && noun(q - 1) && (q == last || doc.kind(q + 1) != Kind::Word || !noun(q + 1)) {
                return true;
            }
        }
        false
    }

    /// Whether the noun phrase at `first` is about a matter: a plan, a decision, what somebody said.
    fn of_matter(&self, first: usize, last: usize) -> bool {
        let doc = self.doc;
        for q in first..=last.min(first + 8) {
            if doc.kind(q) != Kind::Word {
                return false;
            }
            let flags = doc.flags(q);
            if flags & (flag::MATTER | flag::SPEECH_NOUN) != 0 && self.at[q] == usize::MAX {
                let next = doc.flags(q + 1) & flag::NOUN != 0
                    && doc.kind(q + 1) == Kind::Word
                    && doc.flags(q + 1) & flag::PREPOSITION == 0;
                if !next {
                    return true;
                }
            }
            if self.at[q] == usize::MAX && q > first && flags & (flag::PREPOSITION | flag::CONJUNCTION) != 0 {
                return false;
            }
        }
        false
    }

    /// The person told, warned, accused: the object where the frame has one; reporters and outlets are passed over.
    fn addressee(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, p: &mut usize) {
        let doc = self.doc;
        let only = |s: &&crate::lexicon::Slot| s.marker == Marker::Object && s.actor && !s.content;
        if trigger.slots.iter().find(only).is_none() || *p > sentence.last {
            return;
        }
        if let Some(x) = doc.longest(*p, flag::MEDIA) {
            *p = x.last() + 1;
            // "BBC Radio 4's Today programme"
            while *p <= sentence.last
                && (doc.kind(*p) == Kind::Number
                    || doc.kind(*p) == Kind::Word
                        && self.at[*p] == usize::MAX
                        && doc.flags(*p) & (flag::NOUN | flag::TIME_WORD) != 0)
            {
                *p += 1;
            }
            return;
        }
        // "Accusé mardi Israël": the day stands before the object.
        if self.lexicon.spec.grammar.articled() {
            let day = |q: usize| {
                doc.kind(q) == Kind::Number
                    || doc.flags(q) & (flag::WEEKDAY | flag::MONTH | flag::TIME_WORD | flag::ADVERB) != 0
            };
            let object = (*p..(*p + 6).min(sentence.last)).find(|&q| self.at[q] != usize::MAX || !day(q));
            if let Some(q) = object.filter(|&q| q > *p && self.starting(q).is_some()) {
                *p = q;
            }
        }
        if let Some(target) = self.starting(*p) {
            let m = &self.mentions[target];
            if doc.tokens.all[m.last].possessive || m.modifier {
                return;
            }
            // "Told his counterpart": the pronoun only says whose.
            if let Some(owned) = self.owned_mention(target) {
                *p = self.mentions[owned].first;
                return self.addressee(draft, trigger, sentence, p);
            }
            if m.pronoun {
                if let Some(resolved) = self.addressed(target, draft, sentence).filter(|&r| self.eligible(r)) {
                    self.push_actor(draft, Role::Target, resolved, Some((m.first, m.last)));
                }
                *p = m.last + 1;
                return;
            }
            if !m.non_actor && m.place.is_none() {
                self.push_actor(draft, Role::Target, target, None);
                self.coordinate(draft, Role::Target, target, sentence);
            }
            *p = self.actors_end(draft, m.last, sentence).max(m.last) + 1;
            return;
        }
        // A plain noun: "told reporters", "told the court".
        let mut q = *p;
        let mut noun = false;
        while q <= sentence.last && doc.kind(q) == Kind::Word && self.at[q] == usize::MAX && q - *p < 5 {
            let flags = doc.flags(q);
            let part = flags & (flag::NOUN | flag::ADJECTIVE | flag::DETERMINER | flag::GROUP) != 0
                && flags & (flag::THAT | flag::INFINITIVE) == 0;
            if !part {
                break;
            }
            noun |= flags & (flag::NOUN | flag::GROUP) != 0;
            q += 1;
        }
        // "Promised a new bridge": a thing that the verb could take as its matter is nobody who is told.
        let things = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content)
            && !(*p..q).any(|w| doc.flags(w) & flag::GROUP != 0);
        let clause = doc.flags(q) & (flag::THAT | flag::INFINITIVE) != 0;
        let next = clause
            || !things
                && (doc.flags(q) & flag::PREPOSITION != 0
                    || matches!(doc.kind(q), Kind::Comma | Kind::Stop | Kind::Quote | Kind::Colon));
        if noun && (next || self.starting(q).is_some()) {
            *p = q;
        }
    }

    /// "Proposed the plan to the king": the object ends where the preposition of the frame names whom it was said to.
    fn before_target(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        begin: usize,
        end: usize,
    ) -> usize {
        let doc = self.doc;
        if !trigger.slots.iter().any(|s| s.content && s.marker == Marker::Object) {
            return end;
        }
        let addresses = |q: usize| {
            let word = doc.norm(q);
            trigger
                .slots
                .iter()
                .any(|s| s.actor && !s.content && matches!(&s.marker, Marker::Preposition(w) if w == word))
                && self.lexicon.spec.grammar.to.iter().any(|w| w == word)
        };
        for q in begin + 1..end {
            if doc.kind(q) != Kind::Word || self.at[q] != usize::MAX || doc.quoted[q] != doc.quoted[begin] {
                continue;
            }
            let flags = doc.flags(q);
            if flags & (flag::RELATIVE | flag::THAT | flag::CONJUNCTION | flag::MEETING) != 0 || self.finite(q) {
                return end;
            }
            if flags & flag::PREPOSITION != 0 && addresses(q) {
                let Some(target) = self.starting(q + 1) else { continue };
                let target = self.owned_mention(target).unwrap_or(target);
                let m = &self.mentions[target];
                if self.eligible(target) && !m.pronoun && !m.modifier && m.place.is_none() {
                    self.push_actor(draft, Role::Target, target, None);
                    self.coordinate(draft, Role::Target, target, sentence);
                    return self.trim(begin, q - 1);
                }
            }
        }
        end
    }

    /// The mention that a possessive pronoun stands before: "his" of "his counterpart".
    fn owned_mention(&self, pronoun: usize) -> Option<usize> {
        let m = &self.mentions[pronoun];
        if !m.pronoun || self.doc.flags(m.first) & flag::OBLIQUE == 0 {
            return None;
        }
        let plain = |n: &Mention| {
            matches!(n.kind, ActorKind::Person | ActorKind::Group)
                && !n.pronoun
                && !n.modifier
                && !self.doc.tokens.all[n.last].possessive
        };
        self.starting(m.last + 1).filter(|&next| plain(&self.mentions[next]))
    }

    /// Whom an object pronoun means: never the speaker himself, so that somebody else of the sentence is looked for where
    /// the nearest is he.
    fn addressed(&self, pronoun: usize, draft: &Draft, sentence: Sentence) -> Option<usize> {
        let speaker = draft.actors.first()?.entity;
        let found = self.resolve_pronoun(pronoun, sentence).filter(|&r| self.mentions[r].entity != speaker);
        let m = &self.mentions[pronoun];
        found.or_else(|| {
            let meant = self.lexicon.genders.get(self.doc.norm(m.first)).copied().unwrap_or(0);
            (0..pronoun).rev().take_while(|&i| self.mentions[i].first >= sentence.first).find(|&i| {
                let c = &self.mentions[i];
                let contrary = c.entity != usize::MAX && {
                    let gender = self.resolver.entities[c.entity].gender;
                    gender != 0 && meant != 0 && gender & meant == 0
                };
                let one = c.kind == ActorKind::Person && !c.plural;
                c.entity != usize::MAX
                    && c.entity != speaker
                    && !c.pronoun
                    && !contrary
                    && (one || m.plural && c.plural)
            })
        })
    }

    /// The last token of the adverbial that the preposition at `p` opens.
    fn adverbial_end(&self, p: usize, limit: usize) -> usize {
        let doc = self.doc;
        let mut q = p + 1;
        while q <= limit && q - p < 12 {
            if let Some(x) = doc.longest(q, flag::MEDIA).filter(|_| self.lexicon.spec.grammar.articled()) {
                return x.last();
            }
            if let Some(index) = self.starting(q) {
                let m = &self.mentions[index];
                let owner = m.pronoun && doc.flags(m.first) & flag::OBLIQUE != 0;
                if doc.tokens.all[m.last].possessive || m.modifier || owner {
                    q = m.last + 1;
                    continue;
                }
                // "At the Manama Dialogue": capitals that go on belong to the name.
                let mut end = m.last;
                while end < limit
                    && doc.kind(end + 1) == Kind::Word
                    && doc.tokens.all[end + 1].capital
                    && self.at[end + 1] == usize::MAX
                    && doc.flags(end + 1) & (flag::WEEKDAY | flag::MONTH) == 0
                {
                    end += 1;
                }
                return end;
            }
            let flags = doc.flags(q);
            match doc.kind(q) {
                Kind::Number => q += 1,
                Kind::Word
                    if flags & (flag::DETERMINER | flag::ADJECTIVE | flag::DEMONSTRATIVE | flag::PRONOUN) != 0
                        && flags & flag::NOUN == 0 =>
                {
                    q += 1
                }
                Kind::Word if flags & (flag::WEEKDAY | flag::MONTH | flag::TIME_WORD) != 0 => {
                    let next = doc.flags(q + 1) & (flag::WEEKDAY | flag::MONTH | flag::TIME_WORD) != 0
                        || doc.kind(q + 1) == Kind::Number;
                    if !next {
                        return q;
                    }
                    q += 1;
                }
                Kind::Word if flags & (flag::THAT | flag::PREPOSITION | flag::INFINITIVE) != 0 => return q - 1,
                Kind::Word => {
                    let next = doc.flags(q + 1) & flag::NOUN != 0
                        && doc.kind(q + 1) == Kind::Word
                        && self.at[q + 1] == usize::MAX
                        && doc.flags(q + 1) & (flag::DETERMINER | VERBAL) == 0;
                    if !next {
                        return q;
                    }
                    q += 1;
                }
                _ => return q - 1,
            }
        }
        q.min(limit).max(p)
    }

    /// What follows "said:" at the end of a line: the quotation there, or, where no marks are set, the paragraphs up to
    /// one that speaks of the speaker again or is a heading.
    fn next_paragraphs(&self, draft: &Draft, sentence: Sentence, from: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let field = doc.tokens.all[sentence.first].field;
        let speaker = draft.actors.first()?.entity;
        let mut first = from + 1;
        while first < doc.len() && matches!(doc.kind(first), Kind::Break | Kind::Quote) {
            first += 1;
        }
        if first >= doc.len() || doc.tokens.all[first].field != field {
            return None;
        }
        if doc.quoted[first] != 0 {
            let q = &doc.quotations[doc.quoted[first] as usize - 1];
            return Some((q.first, q.last));
        }
        let mut end = first;
        let mut begin = first;
        for paragraph in 0..12 {
            let mut last = begin;
            while last + 1 < doc.len() && doc.kind(last + 1) != Kind::Break {
                last += 1;
            }
            let of_speaker = |m: &&crate::extract::mention::Mention| m.entity == speaker;
            let from = self.mentions.partition_point(|m| m.first < begin);
            let told = self.mentions[from..].iter().take_while(|m| m.first <= last).find(of_speaker).is_some();
            let heading = !matches!(doc.kind(last), Kind::Stop | Kind::Close | Kind::Semicolon | Kind::Comma);
            if paragraph > 0 && (told || heading || doc.kind(begin) == Kind::Quote) {
                break;
            }
            end = last;
            begin = last + 1;
            while begin < doc.len() && doc.kind(begin) == Kind::Break {
                begin += 1;
            }
            if begin >= doc.len() || doc.tokens.all[begin].field != field {
                break;
            }
        }
        Some((first, self.trim(first, end)))
    }

    /// Whether a new report begins at `p`: after a comma or conjunction, with or without a subject of its own, or as an
    /// attribution.
    pub(super) fn case_starts_report(&self, p: usize) -> bool {
        let doc = self.doc;
        if doc.kind(p) != Kind::Word {
            return false;
        }
        let free = |q: usize| doc.kind(q) == Kind::Word && self.at[q] == usize::MAX;
        let comma = self.after_comma(p);
        if free(p) {
            if let Some(x) = doc.longest(p, flag::ATTRIBUTION) {
                let next = x.last() + 1;
                return (x.len > 1 || comma)
                    && (next..next + 4).any(|q| {
                        self.starting(q).is_some()
                            || doc.flags(q) & flag::SETTING != 0
                            || doc.longest(q, flag::MEDIA).is_some()
                    });
            }
        }
        let compound = self.lexicon.spec.grammar.compound_past;
        // "En ajoutant que".
        let gerund = flag::PREPOSITION | flag::PROCLITIC;
        if compound && doc.flags(p) & gerund == gerund && self.is_participle(p + 1) {
            return doc.matches_at(p + 1).iter().any(|x| self.is_report(x.meaning));
        }
        let joins = flag::CONJUNCTION | flag::RELATIVE;
        let conjunction = free(p) && doc.flags(p) & joins != 0
            || free(p) && comma && doc.flags(p) & flag::SUBORDINATOR != 0 && doc.flags(p) & flag::PREPOSITION == 0;
        if !comma && (!conjunction || doc.flags(p) & flag::RELATIVE != 0) {
            return false;
        }
        let mut q = if conjunction { p + 1 } else { p };
        // "But yesterday, he": an adverbial before the subject.
        if conjunction && free(q) && doc.flags(q) & (flag::TIME_WORD | flag::ADVERB | flag::WEEKDAY) != 0 {
            let comma = usize::from(doc.kind(q + 1) == Kind::Comma);
            if self.starting(q + 1 + comma).is_some() {
                q += 1 + comma;
            }
        }
        let mut subject = false;
        if let Some(index) = self.starting(q) {
            let m = &self.mentions[index];
            if m.modifier && doc.flags(m.last + 1) & flag::SETTING == 0 || doc.tokens.all[m.last].possessive {
                return false;
            }
            subject = true;
            q = m.last + 1;
        }
        // "The statement said"
        let mut r = q;
        while r < q + 4 && free(r) && doc.flags(r) & (flag::DETERMINER | flag::ADJECTIVE | flag::NOUN) != 0 {
            if doc.flags(r) & flag::SETTING != 0 {
                subject = true;
                q = r + 1;
                break;
            }
            r += 1;
        }
        let mut be = false;
        let mut steps = 0;
        let begin = q;
        // "A-t-il ajouté": the pronoun stands inside.
        let tied = |q: usize| {
            compound
                && q > begin
                && doc.tokens.all[q].hyphen
                && self.starting(q).is_some_and(|m| self.mentions[m].pronoun)
        };
        while steps < 4
            && (free(q)
                && doc.flags(q) & (flag::AUXILIARY | flag::ADVERB | flag::PROCLITIC) != 0
                && doc.flags(q) & flag::SPEECH == 0
                || tied(q))
        {
            be |= doc.flags(q) & flag::BE != 0;
            if doc.flags(q) & flag::MODAL != 0 {
                return false;
            }
            q += 1;
            steps += 1;
        }
        if !free(q) || doc.tokens.all[q].hyphen {
            return false;
        }
        doc.matches_at(q).iter().any(|x| {
            let Meaning::Trigger { trigger, form } = x.meaning else { return false };
            let t = &self.lexicon.triggers[trigger as usize];
            if t.kind != EventType::Statement || t.strength == Strength::Attitude {
                return false;
            }
            // A verb that reports only with its preposition does so where that stands near.
            let only = |s: &crate::lexicon::Slot| !s.content || matches!(s.marker, Marker::Preposition(_));
            if t.slots.iter().any(|s| s.content) && t.slots.iter().all(only) {
                let near = x.last() + 1..x.last() + 6;
                if !near.into_iter().any(|p| doc.kind(p) == Kind::Word && self.governs(t, p)) {
                    return false;
                }
            }
            let strong = t.strength == Strength::Strong;
            let be = be && t.perfect == Perfect::Ordinary;
            let next = x.last() + 1;
            if compound && form == Form::Past && q == begin {
                return false;
            }
            // ", souligne le ministre": the present reports where its subject stands behind it.
            let behind = doc.tokens.all.get(next).is_some_and(|t| t.hyphen) || self.starting(next).is_some();
            if compound && form == Form::Present && comma && !conjunction && !subject && behind {
                return strong && !self.is_infinitive(q);
            }
            let that = doc.flags(next) & flag::THAT != 0 && doc.kind(next) == Kind::Word;
            match form {
                Form::Noun => false,
                Form::Participle => !subject && (comma && q == p || be && conjunction && strong),
                _ if subject => {
                    let tail =
                        matches!(doc.kind(next), Kind::Stop | Kind::Break | Kind::Comma | Kind::Quote | Kind::Colon);
                    comma && (if conjunction { strong || that || !be } else { tail || that })
                }
                Form::Past => (strong || conjunction && comma || that) && !be,
                Form::Present => strong && !be && (p < doc.body && comma || conjunction),
            }
        })
    }

    fn is_report(&self, meaning: Meaning) -> bool {
        let Meaning::Trigger { trigger, .. } = meaning else { return false };
        let t = &self.lexicon.triggers[trigger as usize];
        t.kind == EventType::Statement && t.strength != Strength::Attitude
    }

    /// "..., the minister said on Monday, and the road will follow": a clause joined behind the report goes on with its words.
    fn taken_up(&self, sentence: Sentence, hit: Hit, search: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let comma = (search.max(hit.last + 1)..sentence.last.min(search + 12)).find(|&q| doc.kind(q) == Kind::Comma)?;
        let first = comma + 2;
        let joined = self.at[comma + 1] == usize::MAX && doc.flags(comma + 1) & flag::CONJUNCTION != 0;
        if !joined || first > sentence.last || self.case_starts_report(comma + 1) {
            return None;
        }
        // A subject of its own: without one the speaker does something else.
        let subject = self.starting(first).is_some_and(|m| !self.mentions[m].pronoun)
            && self.opens_clause(first, sentence)
            || doc.flags(first) & flag::DETERMINER != 0
                && (first + 1..=sentence.last.min(first + 8))
                    .any(|q| doc.flags(q) & flag::MODAL != 0 || self.finite(q));
        let last = self.content_end(first, sentence);
        (subject && last > first + 1).then_some((first, last))
    }

    /// `"...," he said. "..."`: a quotation that opens right after the report.
    fn resumed(&self, draft: &mut Draft, sentence: Sentence, p: usize) {
        let doc = self.doc;
        let mut q = p;
        while q <= sentence.last && q < p + 14 {
            if doc.kind(q) == Kind::Quote && doc.quoted.get(q + 1).is_some_and(|&n| n != 0) {
                let inner = &doc.quotations[doc.quoted[q + 1] as usize - 1];
                if inner.open == q && matches!(doc.kind(q - 1), Kind::Comma | Kind::Stop) {
                    draft.content.push((inner.first, inner.last));
                }
                return;
            }
            q += 1;
        }
    }
}

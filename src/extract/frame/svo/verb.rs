//! The verb group: a verb with its auxiliaries, negation and "to", and whether a word is a verb at its place at all.

use super::VERBAL;
use crate::event::{ActorKind, EventType};
use crate::extract::doc::Sentence;
use crate::extract::frame::{Engine, Hit};
use crate::lexicon::{Form, Meaning, Perfect, Strength, Trigger, flag};
use crate::text::Kind;

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Default)]
pub(in crate::extract::frame) struct Group {
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

impl Engine<'_, '_> {
    /// The verb group that ends with the verb at `verb`.
    pub(in crate::extract::frame) fn group(&self, sentence: Sentence, verb: usize) -> Group {
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
            // "Are to hold talks": what is to be done is told of the subject of "be".
            let planned = self.lexicon.spec.grammar.adjective_first
                && flags & flag::BE != 0
                && flags & flag::MODAL == 0
                && doc.flags(p) & flag::INFINITIVE != 0;
            if planned {
                group.infinitive = false;
                group.modal = true;
                group.auxiliary = true;
                p = before;
                continue;
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
    pub(in crate::extract::frame) fn is_infinitive(&self, p: usize) -> bool {
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
    pub(super) fn infinitive_at(&self, p: usize) -> bool {
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
    pub(super) fn passive(&self, group: &Group, hit: Hit, trigger: &Trigger) -> bool {
        group.be && hit.form == Form::Past && trigger.perfect == Perfect::Ordinary && !group.reflexive
    }

    /// Whether the verb of a trigger is told as done to its subject: "was received by".
    pub(in crate::extract::frame) fn told_as_done(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> bool {
        self.passive(&self.group(sentence, hit.first), hit, trigger)
    }

    /// Whether the word is a verb at its place, for a trigger in a language with case.
    pub(in crate::extract::frame) fn case_form_fits(&self, hit: Hit, trigger: &Trigger, sentence: Sentence) -> bool {
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
        let emphatic = self.lexicon.spec.grammar.adjective_first && word_before.is_some_and(|b| self.emphatic(b));
        let owned =
            word_before.is_some_and(|b| doc.tokens.all[b].possessive) || flags_before & flag::OBLIQUE != 0 && !emphatic;
        let determined = free && flags_before & (flag::DETERMINER | flag::DEMONSTRATIVE) != 0;
        let adjective = free && flags_before & flag::ADJECTIVE != 0 && flags_before & (flag::NOUN | flag::ADVERB) == 0;
        let governed = free
            && flags_before & flag::PREPOSITION != 0
            && flags_before & (flag::SUBORDINATOR | flag::CONJUNCTION | flag::RELATIVE) == 0;
        if doc.tokens.all[hit.first].hyphen {
            return false;
        }
        // "Going to visit": the last word of the phrase opens an infinitive and no destination.
        let next = hit.last + 1;
        let unknown = self.lexicon.spec.grammar.adjective_first
            && doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && doc.words[next].count == 0
            && !doc.tokens.all[next].capital;
        if hit.last > hit.first && doc.flags(hit.last) & flag::INFINITIVE != 0 && (self.base_verb(next) || unknown) {
            return false;
        }
        let compound = self.lexicon.spec.grammar.compound_past;
        if compound && group.reflexive != (trigger.perfect == Perfect::Reflexive) {
            return false;
        }
        // "Are deeply encouraged by": an adjective tells an attitude behind "be" alone.
        if !compound && trigger.perfect == Perfect::Be && !group.be {
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
                // "The ministry's claims were denied": a plural noun with a verb of its own.
                let subject = self.lexicon.spec.grammar.adjective_first
                    && bare
                    && doc.flags(hit.first) & flag::NOUN != 0
                    && doc.flags(next) & flag::BE != 0
                    && self.at[next] == usize::MAX;
                // "There are reports": behind "be" stands no present.
                let be = self.lexicon.spec.grammar.adjective_first && group.be && !group.modal && !group.infinitive;
                if subject || be && doc.flags(hit.first) & flag::NOUN != 0 {
                    return false;
                }
                let planned = self.promised(hit, trigger, &group);
                if trigger.kind == EventType::Statement && (group.infinitive || group.modal) && !planned {
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

    pub(super) fn is_by(&self, p: usize) -> bool {
        self.doc.kind(p) == Kind::Word && self.lexicon.spec.grammar.by.iter().any(|w| w == self.doc.norm(p))
    }

    /// A lower-case word that is a finite verb as far as the word goes.
    pub(in crate::extract::frame) fn finite(&self, p: usize) -> bool {
        let doc = self.doc;
        if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX || doc.tokens.all[p].hyphen {
            return false;
        }
        let flags = doc.flags(p);
        let known = match self.lexicon.spec.grammar.adjective_first {
            // A word may be known for the longer phrases that it stands in alone.
            true => doc.matches_at(p).iter().any(|x| x.len == 1),
            false => doc.words[p].count != 0,
        };
        if flags & VERBAL == 0 && !known && !doc.tokens.all[p].capital {
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

    /// A month by its capital where small letters are another word: "in May" is no auxiliary.
    pub(in crate::extract::frame) fn is_month(&self, p: usize) -> bool {
        let doc = self.doc;
        self.lexicon.spec.grammar.has_case
            && doc.flags(p) & flag::MONTH != 0
            && doc.tokens.all[p].capital
            && p > 0
            && doc.kind(p - 1) != Kind::Break
            && doc.kind(p - 1) != Kind::Stop
    }

    /// "Will fly to Oslo and meet": the verb before, with its modal or mark of the infinitive, that a base form joined to
    /// it shares.
    pub(in crate::extract::frame) fn carried(&self, sentence: Sentence, hit: Hit) -> Option<(usize, Group)> {
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

    /// The present agrees with its subject in number, where the language shows it.
    pub(super) fn agrees(&self, hit: Hit, group: &Group, subject: usize) -> bool {
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
        // "I welcome": the base form goes with the speaker himself.
        if m.first == m.last && self.own_voice(m.first) {
            return !singular_verb;
        }
        let plural = m.plural || m.both || coordinated || m.kind == ActorKind::Group;
        let either = matches!(m.kind, ActorKind::Group | ActorKind::Organization) && !m.modifier;
        let headline = m.first < self.doc.body && m.kind != ActorKind::Organization;
        if singular_verb { !m.plural || either } else { plural || headline }
    }
}

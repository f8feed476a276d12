//! Why a trigger made no event: asked only by `safir explain`, answered at the place where the rules gave up.

use super::*;
use crate::event::Span;

/// What was tried, for people.
#[derive(Default)]
pub struct Trace {
    /// Drafts, in the order in which they were made.
    pub made: Vec<Made>,
    /// Triggers that made nothing.
    pub missed: Vec<Miss>,
}

/// A draft: the trigger's place, and what was found.
pub struct Made {
    pub span: Span,
    pub kind: EventType,
    pub rule: String,
    /// Role and words of each.
    pub actors: Vec<String>,
}

/// A trigger that made nothing, and the reason.
pub struct Miss {
    pub span: Span,
    pub reason: String,
    first: usize,
    last: usize,
    /// How far the rules came: of several readings of a word the one that came furthest says why.
    rank: u8,
}

impl Engine<'_, '_> {
    /// Keeps what a draft was made of.
    pub(super) fn made(&mut self, draft: &Draft) {
        if self.trace.is_none() {
            return;
        }
        let actors = draft
            .actors
            .iter()
            .map(|actor| {
                let m = &self.mentions[actor.mention];
                format!("{:?} \"{}\"", actor.role, self.words(m.first, m.last))
            })
            .collect();
        let (first, last) = draft.triggers[0];
        let made = Made {
            span: self.doc.span(first, last),
            kind: draft.kind,
            rule: self.rules[draft.rule].id.clone(),
            actors,
        };
        if let Some(trace) = self.trace.as_mut() {
            trace.made.push(made);
        }
    }

    /// Keeps why the words `first..=last` made nothing, unless a reading that came further is kept already.
    pub(super) fn miss(&mut self, first: usize, last: usize, reason: impl FnOnce(&Self) -> (u8, String)) {
        if self.trace.is_none() {
            return;
        }
        let (rank, reason) = reason(self);
        let span = self.doc.span(first, last);
        let Some(trace) = self.trace.as_mut() else { return };
        match trace.missed.iter_mut().find(|miss| miss.first == first) {
            Some(known) if known.rank >= rank => {}
            Some(known) => *known = Miss { span, reason, first, last, rank },
            None => trace.missed.push(Miss { span, reason, first, last, rank }),
        }
    }

    /// At the end of an article: triggers that were told elsewhere are no misses, and those that no rule was asked about
    /// get their reason.
    pub(super) fn settle(&mut self) {
        let Some(mut trace) = self.trace.take() else { return };
        let told =
            |p: usize| self.drafts.iter().find_map(|d| d.triggers.iter().find(|&&(a, b)| a <= p && p <= b).copied());
        trace.missed.retain(|miss| told(miss.first).is_none());
        for p in 0..self.doc.len() {
            let Some(x) = self.trigger_words(p) else { continue };
            let known = trace.missed.iter().any(|miss| miss.first <= p && p <= miss.last);
            if known || told(p).is_some() {
                continue;
            }
            let reason = match self.mention_at(p) {
                Some(m) => format!("belongs to \"{}\", which names somebody or something", self.words(m.first, m.last)),
                None => "stands inside a longer expression that was read as a whole".to_owned(),
            };
            let (first, last) = (p, x.max(p));
            trace.missed.push(Miss { span: self.doc.span(first, last), reason, first, last, rank: 0 });
        }
        *self.trace = Some(trace);
    }

    /// The last of the words from `p` on that could trigger an event.
    fn trigger_words(&self, p: usize) -> Option<usize> {
        self.doc
            .matches_at(p)
            .iter()
            .find(|x| matches!(x.meaning, Meaning::Trigger { .. } | Meaning::SpeechNoun { .. }))
            .map(Match::last)
    }

    /// Why the form in which a trigger stands tells no event.
    pub(super) fn why_form(&self, hit: Hit, trigger: &Trigger) -> (u8, String) {
        let doc = self.doc;
        let form = form_name(hit.form);
        let before = hit.first.checked_sub(1).filter(|&p| doc.kind(p) == Kind::Word);
        let flags_before = before.map_or(0, |p| doc.flags(p));
        let quoted = |p: Option<usize>| p.map_or(String::new(), |p| format!(" \"{}\"", self.words(p, p)));
        let reason = if hit.clitics & clitic::ARTICLE != 0 {
            format!("as a {form} it would stand without the article")
        } else if hit.clitics & clitic::PREPOSITION != 0 {
            format!("a preposition is attached to it, and a {form} takes none")
        } else if hit.clitics & clitic::FUTURE != 0 {
            "the mark of the future is attached to it, and a noun takes none".to_owned()
        } else if matches!(hit.form, Form::Past | Form::Present) && flags_before & flag::PREPOSITION != 0 {
            format!("after the preposition{} a noun stands, no {form}", quoted(before))
        } else if matches!(hit.form, Form::Past | Form::Present) && flags_before & flag::RELATIVE != 0 {
            format!("in a relative clause after{} it describes somebody and reports nothing", quoted(before))
        } else if trigger.kind == EventType::Statement && doc.quoted[hit.first] != 0 {
            "it stands inside a quotation: what the speaker says himself is no report of others".to_owned()
        } else if doc.flags(hit.first) & (flag::PREPOSITION | flag::ADVERB | flag::CONJUNCTION) != 0 {
            "it is read as a preposition, adverb or conjunction here".to_owned()
        } else if doc.flags(hit.first) & flag::ADJECTIVE != 0 {
            "it is read as an adjective here".to_owned()
        } else {
            match hit.form {
                Form::Participle => "the participle goes with a noun and not with the sentence's verb".to_owned(),
                Form::Noun => "as a noun it does not tell an event here".to_owned(),
                _ => format!("it is no {form} of a sentence of its own here: nothing marks it as the verb"),
            }
        };
        (0, reason)
    }

    /// Why no rule found all that it asks for.
    pub(super) fn why_parts(&self, index: usize, sentence: Sentence, hit: Hit) -> (u8, String) {
        let trigger = &self.lexicon.triggers[hit.trigger as usize];
        let kind = kind_name(trigger.kind);
        let mut tried = self.rules.iter().filter(|r| r.event == trigger.kind && r.forms.contains(&hit.form)).peekable();
        if tried.peek().is_none() {
            return (0, format!("no rule makes a {kind} of a {}", form_name(hit.form)));
        }
        if hit.form == Form::Noun {
            return self.why_noun(sentence, hit, trigger.kind, trigger.strength);
        }
        let role = match trigger.kind {
            EventType::Statement => "speaker",
            EventType::Meeting => "party",
            EventType::Visit => "visitor",
        };
        let mut refused = None;
        let mut dropped = false;
        for rule in tried {
            let found = match rule.subject {
                Subject::After if !self.lexicon.spec.grammar.has_case => self.subject_after(sentence, hit.last),
                Subject::Before => self.subject_before(sentence, hit.first),
                Subject::Governor => self.governor(index, sentence, hit.first),
                Subject::Dropped => {
                    dropped = true;
                    None
                }
                _ => None,
            };
            let Some(found) = found else { continue };
            match self.refusal(found, sentence) {
                None => return (3, self.missing(hit, (trigger.kind, trigger.strength), role, found)),
                Some(why) => refused = refused.or(Some((found, why))),
            }
        }
        if let Some((m, why)) = refused {
            let words = self.words(self.mentions[m].first, self.mentions[m].last);
            return (2, format!("no actor as its subject: \"{words}\" {why}"));
        }
        if dropped && !self.blocked_subject(sentence, hit.last) {
            if let Some(m) = self.dropped(index, sentence, hit.first) {
                return (3, self.missing(hit, (trigger.kind, trigger.strength), role, m));
            }
        }
        let nearest = self.nearest(sentence, hit).map_or_else(
            || "no actor is named in its sentence".to_owned(),
            |m| {
                let why = self.refusal(m, sentence).unwrap_or_else(|| match self.preposition(m) {
                    Some(word) => format!("stands behind the preposition \"{word}\""),
                    None if self.mentions[m].first > hit.last => "is separated from it by other words".to_owned(),
                    None => "is the subject of another clause".to_owned(),
                });
                let words = self.words(self.mentions[m].first, self.mentions[m].last);
                format!("the nearest candidate, \"{words}\", {why}")
            },
        );
        (1, format!("no actor as its subject: {nearest}"))
    }

    pub(super) fn why_noun(&self, sentence: Sentence, hit: Hit, kind: EventType, strength: Strength) -> (u8, String) {
        let light = self.light_before(sentence, hit.first, kind);
        if let Some((first, last, ..)) = light {
            let verb = self.words(first, last);
            let subject = self.subject_after(sentence, last).or_else(|| self.subject_before(sentence, first));
            return match subject.map(|m| (m, self.refusal(m, sentence))) {
                Some((m, Some(why))) => {
                    let words = self.words(self.mentions[m].first, self.mentions[m].last);
                    (2, format!("\"{verb}\" carries it, but \"{words}\" {why}"))
                }
                Some((m, None)) => (3, self.missing(hit, (kind, strength), "subject", m)),
                None => (1, format!("\"{verb}\" carries it, but no actor is its subject")),
            };
        }
        let reason = match kind {
            EventType::Statement => "the noun alone reports nothing: no verb that carries it stands before it",
            EventType::Meeting => {
                "the noun names no two parties: none own it, stand after \"between\" or \"with\", or hold it"
            }
            EventType::Visit => "the noun names no visitor with a destination, and no verb that carries it",
        };
        (1, reason.to_owned())
    }

    /// What is missing where there is a subject.
    fn missing(&self, hit: Hit, (kind, strength): (EventType, Strength), role: &str, subject: usize) -> String {
        let words = self.words(self.mentions[subject].first, self.mentions[subject].last);
        let missing = match (kind, strength) {
            (EventType::Statement, Strength::Strong) => "nothing follows that was said",
            (EventType::Statement, _) => {
                "the word is weak and needs a clause, colon or quotation of what was said, which is missing"
            }
            (EventType::Meeting, _) => "a second party is missing",
            (EventType::Visit, _) => "a destination is missing: no host, country or place that is one",
        };
        let future = hit.clitics & clitic::FUTURE != 0 && kind == EventType::Statement;
        if future && strength != Strength::Strong {
            return "a weak word in the future announces and does not report".to_owned();
        }
        format!("\"{words}\" would be its {role}, but {missing}")
    }

    /// The mention of the sentence that stands nearest.
    fn nearest(&self, sentence: Sentence, hit: Hit) -> Option<usize> {
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        (from..self.mentions.len())
            .take_while(|&i| self.mentions[i].first <= sentence.last)
            .min_by_key(|&i| self.mentions[i].first.abs_diff(hit.first))
    }

    /// Why a mention cannot act, if it cannot.
    fn refusal(&self, mention: usize, sentence: Sentence) -> Option<String> {
        let m = &self.mentions[mention];
        if m.pronoun {
            return match self.resolve_pronoun(mention, sentence) {
                None => Some("is a pronoun, and nobody before it fits".to_owned()),
                Some(resolved) if self.eligible(resolved) => None,
                Some(resolved) => {
                    let words = self.words(self.mentions[resolved].first, self.mentions[resolved].last);
                    let why = self.refusal(resolved, sentence).unwrap_or_default();
                    Some(format!("stands for \"{words}\", which {why}"))
                }
            };
        }
        if self.eligible(mention) || m.both {
            return None;
        }
        let non_actor = m.non_actor || m.entity != usize::MAX && self.resolver.entities[m.entity].non_actor;
        Some(if m.place.is_some() {
            "is only a place".to_owned()
        } else if non_actor {
            "is no diplomatic actor by title or kind".to_owned()
        } else {
            match m.kind {
                ActorKind::Person => {
                    "is a person of whom no title, office or list says that it acts in diplomacy".to_owned()
                }
                ActorKind::Group => "is a group that does not act in diplomacy by itself".to_owned(),
                ActorKind::Organization => "is a body that does not act in diplomacy".to_owned(),
                ActorKind::Country => "only names where something is".to_owned(),
            }
        })
    }
}

fn kind_name(kind: EventType) -> &'static str {
    match kind {
        EventType::Meeting => "meeting",
        EventType::Visit => "visit",
        EventType::Statement => "statement",
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Past => "past verb",
        Form::Present => "present verb",
        Form::Participle => "participle",
        Form::Noun => "noun",
    }
}

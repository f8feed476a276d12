//! Statements: the verb of saying, who speaks and through whom, and where the next report begins.

use super::verb::Group;
use super::{DEPTH, VERBAL};
use crate::event::{EventType, Modality, Role};
use crate::extract::doc::Sentence;
use crate::extract::frame::{Actor, Draft, Engine, Hit};
use crate::extract::rule::{Rule, Subject};
use crate::lexicon::{Form, Marker, Meaning, Perfect, Strength, Trigger, flag};
use crate::text::Kind;

impl Engine<'_, '_> {
    /// Who issued the document at `noun`: its modifier ("a Foreign Ministry statement"), or whose it was when last named.
    pub(in crate::extract::frame) fn issuer(&self, sentence: Sentence, noun: usize) -> Option<usize> {
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
        let modified = (0..upto).rev().take(60).find(|&i| {
            let m = &self.mentions[i];
            m.modifier
                && self.eligible(i)
                && (m.last + 1..m.last + 4)
                    .take_while(|&q| doc.kind(q) == Kind::Word)
                    .any(|q| doc.flags(q) & flag::SETTING != 0)
        });
        // "Said in a statement. ... The statement added": whose report named it.
        let word = doc.norm(noun);
        let here = doc.sentence_of[noun] as usize;
        let named = |d: &&Draft| {
            let s = doc.sentences[d.sentence];
            d.kind == EventType::Statement
                && (d.triggers[0].0..=s.last.min(d.triggers[0].0 + 8))
                    .any(|q| q < noun && self.at[q] == usize::MAX && doc.norm(q) == word)
        };
        if modified.is_none() && self.lexicon.spec.grammar.adjective_first {
            let near = self.drafts.iter().rev().take(6).take_while(|d| here.saturating_sub(d.sentence) <= 3);
            let report = near.filter(|d| d.sentence < here).find(named);
            if let Some(actor) = report.and_then(|d| d.actors.first()).filter(|a| self.eligible(a.mention)) {
                return Some(actor.mention);
            }
        }
        modified.or_else(|| self.last_issuer(noun))
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
    pub(in crate::extract::frame) fn past_adverbials(&self, from: usize, sentence: Sentence) -> usize {
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

    pub(in crate::extract::frame) fn case_statement(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        let doc = self.doc;
        let mut group = self.group(sentence, hit.first);
        // "Is expected to announce": the subject stands before the words that tell what is still to come.
        if let Some(cue) = self.expected(&group).filter(|_| group.infinitive && hit.form == Form::Present) {
            let start = self.group(sentence, cue).start;
            group = Group { start, infinitive: false, modal: true, auxiliary: true, ..group };
        }
        let mut surface = None;
        let mut search = hit.last + 1;
        // "Expressed concern": the noun tells what was said. "Rejected the claims": the verb does.
        let decided = trigger.strength == Strength::Strong && trigger.act != crate::event::Act::State;
        let light = doc.matches_at(hit.first).iter().any(|x| match x.meaning {
            Meaning::Light { light, .. } => {
                let kind = self.lexicon.lights[light as usize].kind;
                kind == Some(EventType::Statement) || kind.is_none() && !self.lexicon.spec.grammar.adjective_first
            }
            _ => false,
        });
        if light && !decided {
            // "Reiterated UK support", said by a British minister: the noun is the speaker's own.
            let country = |m: usize| {
                let m = &self.mentions[m];
                m.country.or_else(|| self.resolver.entities.get(m.entity).and_then(|e| e.country))
            };
            let own =
                self.lexicon.spec.grammar.adjective_first.then(|| self.starting(hit.last + 1)).flatten().filter(|&m| {
                    let speaker = self.subject(sentence, group.start, DEPTH);
                    self.mentions[m].modifier
                        && country(m).is_some()
                        && speaker.and_then(|s| self.usable(s, sentence)).and_then(|s| country(s.0)) == country(m)
                });
            let begin = own.map_or(hit.last, |m| self.mentions[m].last) + 1;
            let noun = (begin..(begin + 5).min(sentence.last)).find(|&p| {
                doc.flags(p) & (flag::DETERMINER | flag::OBLIQUE | flag::ADVERB) == 0
                    && (doc.flags(p) & flag::ADJECTIVE == 0 || doc.flags(p) & flag::SPEECH_NOUN != 0)
            });
            if noun.is_some_and(|p| doc.flags(p) & flag::SPEECH_NOUN != 0) {
                return None;
            }
        }
        if trigger.strength == Strength::Weak && trigger.act == crate::event::Act::State && self.carries_event(hit) {
            return None;
        }
        if rule.subject == Subject::Before && self.receives(hit) {
            return None;
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
                    // "Was encouraged by Iran's decision": the decision did it.
                    let owner = |&m: &usize| self.doc.tokens.all[self.mentions[m].last].possessive;
                    let agent = self.starting(hit.last + 2).filter(|m| !owner(m))?;
                    surface = self.subject(sentence, group.start, DEPTH);
                    search = self.mentions[agent].last + 1;
                    agent
                } else {
                    let found = self.own_subject(sentence, hit, &group)?;
                    self.joined_speaker(index, hit.first, group.start, found).unwrap_or(found)
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
                    .map(|m| if grammar.adjective_first { self.owned_mention(m).unwrap_or(m) } else { m })
                    .filter(|&m| !self.mentions[m].pronoun || self.doc.tokens.all[self.mentions[m].first].hyphen)?;
                search = self.mentions[found].last + 1;
                found
            }
            Subject::Governor => match self.quoted_as(sentence, group.start) {
                Some(found) => found,
                // "Commenting on the raid, the envoy said": one report, told by its verb.
                None if trigger.act == crate::event::Act::State && self.opens_report(sentence, hit) => return None,
                None => self.governing(index, sentence, hit.first, true)?,
            },
            _ => return None,
        };
        if self.told_inside(hit, speaker) || self.left_open(speaker, hit.first) {
            return None;
        }
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
        let told_as_done = rule.subject == Subject::Before && self.passive(&group, hit, trigger);
        if told_as_done && self.lexicon.spec.grammar.adjective_first && from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
        }
        let clause = self.case_content(&mut draft, trigger, sentence, hit, search, rule.subject);
        if draft.content.is_empty() && rule.subject == Subject::Before {
            draft.content.extend(self.relative_matter(index, trigger, speaker));
        }
        if draft.content.is_empty() && told_as_done && surface.is_none() {
            draft.content.extend(self.done_to(sentence, &group, trigger));
        }
        if draft.content.is_empty() && trigger.strength == Strength::Strong && self.passive(&group, hit, trigger) {
            draft.content.extend(self.suffering_subject(sentence, group.start));
        }
        let targeted = draft.actors.iter().any(|a| a.role == Role::Target);
        let needed = match trigger.strength {
            // "A statement condemning the strike": where the verb alone tells what is done in words, an object is enough.
            Strength::Strong => {
                // "Cut ties, accusing it of theft": so is what the verb's preposition takes.
                let english = self.lexicon.spec.grammar.adjective_first;
                let object = trigger.slots.iter().any(|s| {
                    s.content && (s.marker == Marker::Object || english && matches!(s.marker, Marker::Preposition(_)))
                });
                rule.subject == Subject::Governor
                    && trigger.slots.iter().any(|s| s.marker == Marker::That)
                    && !(object && trigger.act != crate::event::Act::State && !draft.content.is_empty())
            }
            Strength::Weak if self.adjectival(trigger) => false,
            // "Did not mention the letter".
            Strength::Weak if group.negated && trigger.slots.iter().any(|s| s.topic) => false,
            Strength::Weak => !targeted || rule.subject == Subject::Governor,
            Strength::Attitude => true,
        };
        let silent = trigger.slots.iter().any(|s| s.silent);
        if (draft.content.is_empty() && !targeted || needed && !clause) && !silent {
            return None;
        }
        if draft.content.is_empty() && trigger.strength != Strength::Strong {
            return None;
        }
        // "Are encouraged by": of a feeling without a clause only a text that is a statement itself tells as said.
        if self.adjectival(trigger) && !self.declares(speaker) {
            return None;
        }
        // "The coalition supports the army": a state of things, where the verb alone proves no words.
        let standing =
            !self.adjectival(trigger) && hit.form == Form::Present && !group.auxiliary && hit.first >= doc.body;
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
        draft.modality = if group.negated || silent {
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
        let begins = draft.content.iter().map(|c| c.0).min().unwrap_or(0);
        let told = begins > 0
            && (begins < hit.first
                || doc.flags(begins - 1) & flag::THAT != 0
                || matches!(doc.kind(begins - 1), Kind::Quote | Kind::Colon));
        if !told && trigger.slots.iter().any(|s| s.topic) {
            "topic".clone_into(&mut draft.manner);
        }
        self.performed(&mut draft, sentence);
        if rule.subject == Subject::Before {
            self.addressing(&mut draft, sentence, hit.first);
        }
        self.addressed_behind(&mut draft, sentence, search);
        self.addressed_in(&mut draft, sentence, search);
        self.finish_statement(&mut draft, sentence, hit);
        Some(draft)
    }

    /// "The truce was welcomed by Chad": the subject of a verb that is told as done to it, where it is a thing.
    fn done_to(&self, sentence: Sentence, group: &Group, trigger: &Trigger) -> Option<(usize, usize)> {
        let doc = self.doc;
        let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content);
        if !object || !self.lexicon.spec.grammar.adjective_first || trigger.strength != Strength::Strong {
            return None;
        }
        let goes_on = |p: usize| {
            let flags = doc.flags(p);
            matches!(doc.kind(p), Kind::Word | Kind::Number)
                && (self.at[p] != usize::MAX
                    || !self.finite(p)
                        && flags & (flag::THAT | flag::RELATIVE | flag::CONJUNCTION | flag::PRONOUN) == 0)
        };
        let mut first = group.start;
        while first > sentence.first && group.start - first < 16 && goes_on(first - 1) {
            first -= 1;
        }
        let phrase = first < group.start && doc.flags(first) & (flag::DETERMINER | flag::DEMONSTRATIVE) != 0;
        phrase.then(|| (first, group.start - 1))
    }

    /// "Welcomed the king to Oslo": whether a verb that also tells of a reception has a person as its object, and not what
    /// the person did ("welcomed the king's decision", "welcomed him as a friend").
    fn receives(&self, hit: Hit) -> bool {
        let doc = self.doc;
        let hosts = doc.matches_at(hit.first).iter().any(|x| match x.meaning {
            Meaning::Trigger { trigger, .. } => {
                let t = &self.lexicon.triggers[trigger as usize];
                t.kind == EventType::Visit && t.manner == "host"
            }
            _ => false,
        });
        if !hosts || !self.lexicon.spec.grammar.adjective_first {
            return false;
        }
        let object = self.starting(hit.last + 1).map(|m| self.owned_mention(m).unwrap_or(m));
        object.is_some_and(|m| {
            let m = &self.mentions[m];
            let next = m.last + 1;
            let placed = matches!(doc.kind(next), Kind::Word | Kind::Stop)
                && doc.flags(next) & (flag::SUBORDINATOR | flag::CONJUNCTION | flag::SPEECH) == 0
                && !self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(next));
            m.kind == crate::event::ActorKind::Person
                && !m.pronoun
                && !m.modifier
                && !doc.tokens.all[m.last].possessive
                && placed
        })
    }

    /// Whether a participle that opens its sentence only says on what occasion or of what the subject behind it speaks.
    fn opens_report(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first
            || !(sentence.first..hit.first).all(|p| doc.kind(p) == Kind::Quote)
        {
            return false;
        }
        let comma = (hit.last + 1..sentence.last.min(hit.last + 60)).filter(|&q| doc.kind(q) == Kind::Comma);
        comma.filter_map(|q| self.starting(q + 1)).any(|m| {
            let next = self.past_adverbials(self.mentions[m].last + 1, sentence);
            self.is_speech_verb(next) && self.at[next] == usize::MAX
        })
    }

    /// The last token of the adverbial that the preposition at `p` opens.
    pub(super) fn adverbial_end(&self, p: usize, limit: usize) -> usize {
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
                    // "In the small hours of Sunday".
                    let early = flags & flag::ADJECTIVE != 0
                        && self.lexicon.spec.grammar.adjective_first
                        && doc.flags(q + 1) & flag::NOUN != 0
                        && doc.flags(q + 1) & VERBAL == 0;
                    if !next && !early {
                        return q;
                    }
                    q += 1;
                }
                Kind::Word if flags & (flag::THAT | flag::PREPOSITION | flag::INFINITIVE) != 0 => return q - 1,
                Kind::Word => {
                    // "In a phone call": a noun of meeting goes on with the noun before it.
                    let described = flags & (flag::NOUN | flag::ADJECTIVE) != 0 || doc.words[q].count == 0;
                    let compound = described && doc.flags(q + 1) & (flag::MEETING | flag::SETTING) != 0;
                    // "At a press briefing", "in a video address": what could be a verb is the head of the phrase.
                    let head = self.lexicon.spec.grammar.adjective_first
                        && doc.flags(q + 1) & flag::PREPOSITION == 0
                        && doc.longest(q + 1, flag::SETTING | flag::MEETING).is_some();
                    let next = (doc.flags(q + 1) & flag::NOUN != 0 || compound || head)
                        && doc.kind(q + 1) == Kind::Word
                        && self.at[q + 1] == usize::MAX
                        && (compound || head || doc.flags(q + 1) & VERBAL == 0)
                        && (head || doc.flags(q + 1) & flag::DETERMINER == 0);
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

    /// Whether a new report begins at `p`: after a comma or conjunction, with or without a subject of its own, or as an
    /// attribution.
    pub(in crate::extract::frame) fn case_starts_report(&self, p: usize) -> bool {
        let doc = self.doc;
        if doc.kind(p) != Kind::Word {
            return false;
        }
        let free = |q: usize| doc.kind(q) == Kind::Word && self.at[q] == usize::MAX;
        // "... -- but he denied it".
        let dash = self.lexicon.spec.grammar.adjective_first
            && p > 0
            && doc.kind(p - 1) == Kind::Dash
            && doc.flags(p) & flag::CONJUNCTION != 0;
        let comma = self.after_comma(p) || dash;
        if free(p) {
            if let Some(x) = doc.longest(p, flag::ATTRIBUTION) {
                let next = x.last() + 1;
                // "..., according to two people in the room": behind a comma whoever it is ends the words.
                if x.len > 1 && comma && self.lexicon.spec.grammar.adjective_first {
                    return true;
                }
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
        // "..., Reuters reported": the outlet's own report ends the words of others.
        if comma && self.lexicon.spec.grammar.adjective_first {
            if let Some(x) = doc.longest(p, flag::MEDIA).filter(|_| self.at[p] == usize::MAX) {
                let verb = x.last() + 1;
                return self.is_speech_verb(verb)
                    && (verb + 1..verb + 6)
                        .take_while(|&q| doc.kind(q) != Kind::Word || doc.flags(q) & flag::THAT == 0)
                        .any(|q| matches!(doc.kind(q), Kind::Stop | Kind::Break));
            }
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
        // ", and furious senior ministers said": what describes the subject.
        while conjunction
            && comma
            && q < p + 4
            && self.lexicon.spec.grammar.adjective_first
            && free(q)
            && doc.flags(q) & flag::ADJECTIVE != 0
            && doc.flags(q) & (flag::SPEECH | flag::DETERMINER) == 0
            && (self.starting(q + 1).is_some() || doc.flags(q + 1) & flag::ADJECTIVE != 0)
        {
            q += 1;
        }
        // "But on Friday she": so may a day with its preposition.
        let on = self.lexicon.spec.grammar.adjective_first
            && conjunction
            && free(q)
            && doc.flags(q) & flag::PREPOSITION != 0
            && doc.flags(q + 1) & (flag::WEEKDAY | flag::MONTH) != 0;
        if on {
            q = (q + 2..q + 5).find(|&r| self.starting(r).is_some()).unwrap_or(q);
        }
        let mut subject = false;
        if let Some(index) = self.starting(q) {
            let owned = if self.lexicon.spec.grammar.adjective_first { self.owned_body(index) } else { None };
            let m = &self.mentions[owned.unwrap_or(index)];
            if m.modifier && doc.flags(m.last + 1) & flag::SETTING == 0 || doc.tokens.all[m.last].possessive {
                return false;
            }
            subject = true;
            q = m.last + 1;
            // "Her office said": a body that no list holds.
            let owner = m.pronoun && doc.flags(m.first) & flag::OBLIQUE != 0 && owned.is_none();
            if owner && self.lexicon.spec.grammar.adjective_first && free(q) && doc.flags(q) & flag::NOUN != 0 {
                q += 1;
            }
        }
        // "The statement said"
        let mut r = q;
        while r < q + 4 && free(r) && doc.flags(r) & (flag::DETERMINER | flag::ADJECTIVE | flag::NOUN) != 0 {
            if doc.flags(r) & flag::SETTING != 0 {
                subject = true;
                q = r + 1;
                // "A statement from the ministry said".
                let grammar = &self.lexicon.spec.grammar;
                let from = grammar.from.iter().chain(&grammar.by).chain(&grammar.of).any(|w| w == doc.norm(q));
                if let Some(m) = self.starting(q + 1).filter(|_| from && grammar.adjective_first) {
                    q = self.mentions[m].last + 1;
                }
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
        if conjunction && !subject && q == p + 1 && self.joins_light(q) {
            return true;
        }
        doc.matches_at(q).iter().any(|x| {
            let Meaning::Trigger { trigger, form } = x.meaning else { return false };
            let t = &self.lexicon.triggers[trigger as usize];
            if t.kind != EventType::Statement || t.strength == Strength::Attitude {
                return false;
            }
            // A verb that reports only with its preposition does so where that stands near.
            let only = |s: &crate::lexicon::Slot| !s.content || matches!(s.marker, Marker::Preposition(_));
            // "And thanked Norway": whom it is said to is enough.
            let thanks = self.lexicon.spec.grammar.adjective_first
                && t.strength == Strength::Strong
                && t.slots.iter().any(|s| s.marker == Marker::Object && s.actor)
                && self.starting(x.last() + 1).is_some_and(|m| !self.mentions[m].pronoun);
            if t.slots.iter().any(|s| s.content) && t.slots.iter().all(only) && !thanks {
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
                    // "..., the minister said in Oslo on Monday.", "..., she told the king on Monday."
                    let told = self.lexicon.spec.grammar.adjective_first
                        && t.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                    let heard = self.starting(next).filter(|_| told && strong).map(|m| self.mentions[m].last + 1);
                    let next = heard.unwrap_or(next);
                    let after = self.past_adverbials(next, doc.sentence(q));
                    let ends =
                        |p| matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Comma | Kind::Quote | Kind::Colon);
                    let quiet = strong && self.quiet(next, doc.sentence(q));
                    let tail = ends(next) || strong && after > next && ends(after) || quiet;
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
}

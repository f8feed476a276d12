//! Who takes part: the subject of a verb, whom a pronoun means, the object, and the parties of a meeting or visit.

use super::verb::Group;
use super::{DEPTH, VERBAL};
use crate::event::{ActorKind, EventType, Role};
use crate::extract::doc::{Match, Sentence};
use crate::extract::frame::{Draft, Engine, Hit, Mention};
use crate::lexicon::{Form, Marker, Meaning, Strength, Trigger, flag};
use crate::text::Kind;

impl Engine<'_, '_> {
    /// Whether a possessive before the noun at `noun` says whose it is.
    pub(in crate::extract::frame) fn owned_by_other(&self, sentence: Sentence, noun: usize) -> bool {
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

    /// The subject of the verb group that starts at `start`.
    pub(in crate::extract::frame) fn subject(&self, sentence: Sentence, start: usize, depth: usize) -> Option<usize> {
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
                // "Ministers from 12 countries gathered": the number belongs to the phrase.
                let counted = m.first.checked_sub(2).filter(|&g| {
                    self.lexicon.spec.grammar.adjective_first
                        && g > sentence.first
                        && doc.kind(g + 1) == Kind::Number
                        && self.at[g] == usize::MAX
                        && doc.flags(g) & flag::PREPOSITION != 0
                        && doc.flags(g) & flag::SUBORDINATOR == 0
                });
                if let Some(preposition) = counted.filter(|_| m.plural) {
                    p = preposition;
                    skipped_noun = false;
                    continue;
                }
                if governor_flags & flag::PREPOSITION != 0 {
                    let clause = governor_flags & (flag::SUBORDINATOR | flag::RELATIVE | flag::THAT) != 0;
                    // "After it had once more said": a pronoun that is no object is the clause's subject.
                    let nominative = m.pronoun && doc.flags(m.first) & flag::OBLIQUE == 0;
                    if clause && (adjacent || nominative) {
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
                        let own = self.only_dates(p, start) && q > sentence.first;
                        return own.then(|| self.ending(q - 1).or_else(|| self.issuer_before(sentence, q))).flatten();
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
                    // "Sources close to the premier said": an adjective that could be a verb.
                    let grammar = &self.lexicon.spec.grammar;
                    let adjective = grammar.adjective_first
                        && flags & flag::ADJECTIVE != 0
                        && grammar.to.iter().any(|w| w == doc.norm(before + 1));
                    if self.finite(before) && !adjective {
                        return self.restricted(sentence, before, skipped_noun);
                    }
                    // "The minister herself did not say".
                    if flags & flag::OBLIQUE != 0 && self.lexicon.spec.grammar.adjective_first && self.emphatic(before)
                    {
                        p = before;
                        continue;
                    }
                    if p != start && flags & flag::SETTING != 0 {
                        if let Some(owner) = self.owner_of_document(sentence, before, p, start) {
                            return Some(owner);
                        }
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
                        let found = self.apposed_before(sentence, before);
                        if let Some(index) = found.or_else(|| self.related_apposition(sentence, before)) {
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
                // ", R-Ky., said": the point of an abbreviation.
                Kind::Stop if !doc.tokens.all[before].spaced && doc.kind(p) == Kind::Comma => p = before,
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
                if m.place.is_none() && (m.first..m.last).any(|q| self.doc.kind(q) == Kind::Comma) {
                    return Some(index);
                }
                if m.last + 1 == comma && self.names_noun(sentence, index) {
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

    fn is_day(&self, p: usize) -> bool {
        self.doc.flags(p) & (flag::WEEKDAY | flag::MONTH) != 0
    }

    /// The opening comma of what a comma at `close` closes: a relative clause, an apposition, an adverbial.
    fn parenthesis(&self, sentence: Sentence, close: usize) -> Option<usize> {
        let doc = self.doc;
        let mark = doc.kind(close);
        // "--": two marks for one.
        let dash = |q: usize| q > sentence.first && mark == Kind::Dash && doc.kind(q - 1) == Kind::Dash;
        let mut q = close - usize::from(dash(close));
        let mut steps = 0;
        while q > sentence.first && steps < 40 {
            q -= 1;
            steps += 1;
            // "Campaigning in Ann Arbor, Michigan,": a comma inside a name.
            let named = self.lexicon.spec.grammar.adjective_first
                && self.at[q] != usize::MAX
                && self.mentions[self.at[q]].place.is_some();
            if doc.kind(q) != mark || named {
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
            // "In Potsdam, Germany,": a country alone says where a city is that no list holds.
            let country = self.lexicon.spec.grammar.adjective_first
                && self
                    .starting(next)
                    .is_some_and(|m| self.mentions[m].last + 1 == close && self.mentions[m].kind == ActorKind::Country);
            if opens && (ends_mention || country || flags & flag::RELATIVE != 0) {
                return Some(q);
            }
            if mark == Kind::Dash {
                return Some(q - usize::from(dash(q)));
            }
        }
        None
    }

    /// The subject of the nearest verb before `token` that has one.
    pub(in crate::extract::frame) fn last_subject(
        &self,
        sentence: Sentence,
        token: usize,
        depth: usize,
    ) -> Option<usize> {
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
        // "Said that Comey had sent a letter announcing": without a comma the participle belongs to the nearest clause.
        let joined = self.lexicon.spec.grammar.adjective_first
            && group.start > sentence.first
            && doc.kind(group.start - 1) == Kind::Word
            && doc.flags(group.start - 1) & flag::CONJUNCTION == 0;
        if speech && joined {
            let nearest = self.last_subject(sentence, group.start, 2).filter(|&m| personal(m));
            let behind = self
                .drafts
                .iter()
                .rev()
                .take_while(|d| d.sentence == index)
                .all(|d| nearest.is_some_and(|m| self.mentions[m].first > d.triggers[0].0));
            if let Some(nearest) = nearest.filter(|_| behind) {
                return Some(nearest);
            }
        }
        if speech {
            let draft = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
                d.kind == EventType::Statement
                    && d.triggers[0].0 < token
                    && doc.quoted[d.triggers[0].0] == doc.quoted[token]
                    && !self.inside_words(d, token)
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
    pub(in crate::extract::frame) fn antecedent(&self, mention: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let m = &self.mentions[mention];
        let flags = doc.flags(m.first);
        let meant = self.lexicon.genders.get(doc.norm(m.first)).copied().unwrap_or(0);
        let neuter = flags & flag::NEUTER != 0;
        if self.own_voice(m.first) {
            return self.own_speaker(m.first);
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
        // "She explained the plan," in somebody's words: she is somebody else than the speaker.
        let teller = (self.lexicon.spec.grammar.adjective_first && doc.quoted[m.first] != 0)
            .then(|| {
                let covers = |d: &&crate::extract::frame::Draft| {
                    d.kind == EventType::Statement && d.content.iter().any(|c| c.0 <= m.first && m.first <= c.1)
                };
                self.drafts.iter().rev().take(4).find(covers)?.actors.first().map(|a| a.entity)
            })
            .flatten();
        let kind = |index: usize| kind(index) && teller.is_none_or(|e| self.mentions[index].entity != e);
        let fits = |index: usize| self.mentions[index].first < m.first && kind(index);
        let here = doc.sentence_of[m.first] as usize;
        let head = |s: usize| {
            self.leading(doc.sentences[s])
                .filter(|&l| fits(l) && !self.addressed_inside(l, m.first))
                .filter(|&l| doc.tokens.all[self.mentions[l].first].field == doc.tokens.all[m.first].field)
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
        if let Some(ahead) = self.subject_ahead(mention, sentence).filter(|&i| possessive && !neuter && kind(i)) {
            return Some(ahead);
        }
        let object = flags & flag::OBLIQUE != 0 && !possessive;
        let subject = if object { self.leading(doc.sentences[here]).map(|l| self.mentions[l].entity) } else { None };
        let fits = |index: usize| fits(index) && subject.is_none_or(|e| self.mentions[index].entity != e);
        if let Some(found) = self.fellow(mention, doc.sentences[here], fits).filter(|_| object && !neuter && !m.plural)
        {
            return Some(found);
        }
        // "We offer condolences. It only shows": the voice of a text is no thing that it speaks of.
        let after_voice = neuter
            && here
                .checked_sub(1)
                .and_then(|s| self.leading(doc.sentences[s]))
                .is_some_and(|l| self.own_voice(self.mentions[l].first));
        if after_voice {
            return None;
        }
        if let Some((speaker, at)) = self.speaker {
            let window = if neuter { 2 } else { 4 };
            // Another who opens the sentence before, or this one, takes the pronoun from the speaker.
            // "The road is open, he said": who opens the words of a report that stands behind them is not its speaker.
            let behind = self.tails_report(mention);
            let taken = [here, here.saturating_sub(1)].into_iter().any(|s| {
                s > at
                    && !(behind && s == here)
                    && head(s).is_some_and(|l| self.mentions[l].entity != self.mentions[speaker].entity)
            });
            if fits(speaker) && here.saturating_sub(at) <= window && at <= here && !taken {
                return Some(speaker);
            }
        }
        let previous = here.checked_sub(1).and_then(head).filter(|&i| fits(i));
        if neuter || previous.is_some() {
            return previous.or_else(|| self.clause_before(mention, here).filter(|&i| fits(i)));
        }
        // "She will go on to Oman. She will also meet": who the sentence before told of by a pronoun.
        let pronoun = here.checked_sub(1).is_some_and(|s| {
            let l = self.leading(doc.sentences[s]);
            l.is_some_and(|l| self.mentions[l].pronoun && self.mentions[l].plural == m.plural)
        });
        let carried = self.topic.filter(|&(i, at)| pronoun && at + 1 == here && fits(i) && self.eligible(i));
        if let Some((carried, _)) = carried {
            return Some(carried);
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
        // "After his meeting with the envoy": a headline speaks of who speaks first below it.
        if m.first < doc.body && !m.plural && !neuter {
            let person = |i: usize| self.mentions[i].kind == ActorKind::Person && kind(i);
            return self.drafts.iter().filter_map(|d| d.actors.first()).map(|a| a.mention).find(|&i| person(i));
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

    /// "After his talks with the envoy, the minister left": the subject behind the adverbial that a sentence opens with.
    fn subject_ahead(&self, pronoun: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let first = sentence.first + usize::from(doc.kind(sentence.first) == Kind::Quote);
        let own = self.mentions[pronoun].first;
        if !self.lexicon.spec.grammar.adjective_first
            || doc.flags(first) & flag::PREPOSITION == 0
            || own > first + 2
            || own >= sentence.last
        {
            return None;
        }
        let comma = (own + 1..sentence.last.min(own + 24)).find(|&q| doc.kind(q) == Kind::Comma)?;
        let ahead = self.starting(comma + 1)?;
        let m = &self.mentions[ahead];
        let verb = m.last + 1;
        let acts = self.finite(verb) || doc.flags(verb) & (flag::AUXILIARY | flag::ADVERB) != 0;
        (acts && !m.modifier && !doc.tokens.all[m.last].possessive && m.place.is_none()).then_some(ahead)
    }

    /// "Quoted the minister as saying", "was quoted as saying": whose words they are.
    pub(super) fn quoted_as(&self, sentence: Sentence, participle: usize) -> Option<usize> {
        let doc = self.doc;
        let link = participle.checked_sub(1).filter(|&p| p > sentence.first && self.at[p] == usize::MAX)?;
        if doc.flags(link) & flag::SUBORDINATOR == 0 || doc.flags(link) & flag::PREPOSITION == 0 {
            return None;
        }
        let speech = |p: usize| doc.flags(p) & (flag::SPEECH | flag::ATTRIBUTION | flag::VERB) != 0;
        // "Was quoted by the Herald as saying": past the outlet that quotes him.
        let outlet = (link.saturating_sub(5).max(sentence.first)..link).find(|&q| {
            self.is_by(q) && (q + 1..q + 3).any(|r| doc.longest(r, flag::MEDIA).is_some_and(|x| x.last() + 1 == link))
        });
        let link = outlet.filter(|&q| self.lexicon.spec.grammar.adjective_first && q > sentence.first).unwrap_or(link);
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

    /// The subject of a finite verb: the one that its group is tied to, or the one before it with which it agrees.
    pub(super) fn own_subject(&self, sentence: Sentence, hit: Hit, group: &Group) -> Option<usize> {
        group
            .tied
            .or_else(|| self.subject(sentence, group.start, DEPTH).filter(|&found| self.agrees(hit, group, found)))
    }

    /// The subject of a meeting or visit verb, and what it was resolved from.
    pub(in crate::extract::frame) fn case_verb_subject(
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
        } else {
            self.own_subject(sentence, hit, &group)?
        };
        let (mention, from) = self.usable_party(mention, sentence)?;
        let away = implied && !group.be;
        Some((mention, from.or(away.then_some((hit.first, hit.first)))))
    }

    /// "Invited his counterpart to visit": an infinitive behind the object of a verb that asks for it is the object's.
    pub(in crate::extract::frame) fn asked(&self, sentence: Sentence, group: &Group) -> Option<usize> {
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
        let asks = |x: &Match| match x.meaning {
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

    /// The object that begins at `from`: past "her" of "her counterpart"; a pronoun that is the object itself is resolved.
    pub(in crate::extract::frame) fn case_object(
        &self,
        sentence: Sentence,
        from: usize,
    ) -> Option<(usize, Option<(usize, usize)>)> {
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
                // "His Chadian and Malian counterparts": the head comes behind both.
                let grammar = &self.lexicon.spec.grammar;
                let nation = m.first == m.last && doc.flags(p) & flag::DEMONYM != 0;
                let and = nation && grammar.and.iter().any(|w| w == doc.norm(m.last + 1));
                if and && grammar.adjective_first && self.starting(m.last + 2).is_some_and(|n| self.mentions[n].plural)
                {
                    p = m.last + 2;
                    continue;
                }
                // "Welcomes new Chad sanctions": a modifier's noun is the object.
                let owner = (doc.tokens.all[m.last].possessive || m.modifier) && grammar.adjective_first;
                return (m.place.is_none() && !owner).then_some((index, None));
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
    pub(in crate::extract::frame) fn before_attributes(&self, sentence: Sentence, noun: usize) -> usize {
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
    pub(in crate::extract::frame) fn push_coordinated(
        &self,
        draft: &mut Draft,
        role: Role,
        mention: usize,
        sentence: Sentence,
    ) {
        for other in self.coordinated_before(sentence, mention) {
            if self.eligible(other) {
                self.push_actor(draft, role, other, None);
            }
        }
    }

    /// Whether a date or a position begins at `p`, after a preposition that could also tell a matter.
    pub(in crate::extract::frame) fn when_or_where(&self, p: usize) -> bool {
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
    pub(in crate::extract::frame) fn modifying_parties(
        &self,
        draft: &mut Draft,
        sentence: Sentence,
        hit: Hit,
        multilateral: bool,
    ) {
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
    pub(in crate::extract::frame) fn holding_party(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
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
    pub(in crate::extract::frame) fn conferring_subject(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let mut p = hit.first;
        while p > sentence.first
            && doc.flags(hit.first) & flag::PREPOSITION == 0
            && self.at[p - 1] == usize::MAX
            && doc.flags(p - 1) & (flag::ADJECTIVE | flag::DETERMINER | flag::NOUN) != 0
            && doc.flags(p - 1) & flag::PREPOSITION == 0
        {
            p -= 1;
        }
        // "In touch with": the noun holds its preposition.
        let held = self.lexicon.spec.grammar.adjective_first && doc.flags(hit.first) & flag::PREPOSITION != 0;
        let adverbial = held
            || p > sentence.first
                && self.at[p - 1] == usize::MAX
                && doc.flags(p - 1) & flag::PREPOSITION != 0
                && !self.is_by(p - 1)
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
        // "Iran is in talks with": where the talks are told as a state that somebody is in, a country may be.
        let verb = if held { hit.first } else { p - 1 };
        let state =
            held || verb > sentence.first && doc.flags(verb - 1) & flag::BE != 0 && self.at[verb - 1] == usize::MAX;
        let body = self.lexicon.spec.grammar.adjective_first && (state || kind == ActorKind::Organization);
        if matches!(kind, ActorKind::Person | ActorKind::Group) || body {
            let from = self.mentions[found].pronoun.then_some((self.mentions[found].first, self.mentions[found].last));
            self.push_actor(draft, Role::Party, mention, from);
        }
    }

    /// "After talks with the minister, the envoy said": the subject of the clause behind an adverbial that opens the
    /// sentence at `opening` and goes on past `last`.
    pub(in crate::extract::frame) fn following_subject(
        &self,
        sentence: Sentence,
        opening: usize,
        last: usize,
    ) -> Option<usize> {
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
    pub(in crate::extract::frame) fn opens_clause(&self, p: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        let Some(m) = self.starting(p) else { return false };
        let mut q = self.mentions[m].last + 1;
        // "The ministers of Peru and Chile said".
        for _ in 0..4 {
            let and = self.lexicon.spec.grammar.adjective_first
                && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(q));
            match self.starting(q + 1).filter(|_| and) {
                Some(next) => q = self.mentions[next].last + 1,
                None => break,
            }
        }
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
    pub(in crate::extract::frame) fn believable_visit(&self, draft: &Draft, trigger: &Trigger, hosting: bool) -> bool {
        let travels = |k: ActorKind| matches!(k, ActorKind::Person | ActorKind::Group);
        let visitors = draft.actors.iter().filter(|a| a.role == Role::Visitor);
        if hosting {
            return visitors.clone().all(|a| travels(self.mentions[a.mention].kind));
        }
        trigger.strength != Strength::Weak
            || draft.place.is_some()
            || draft.actors.iter().any(|a| a.role == Role::Host && self.mentions[a.mention].kind == ActorKind::Country)
    }

    /// The actors coordinated before `mention`: "the United States and the European Union said".
    pub(super) fn coordinated_before(&self, sentence: Sentence, mention: usize) -> Vec<usize> {
        let doc = self.doc;
        let mut found = Vec::new();
        // "The president and his Chadian counterpart": the pronoun belongs to the one behind it.
        let past_owner = |at: usize| {
            let owner = at
                .checked_sub(1)
                .and_then(|b| self.ending(b))
                .is_some_and(|i| self.mentions[i].pronoun && doc.flags(self.mentions[i].first) & flag::OBLIQUE != 0);
            at - usize::from(owner && self.lexicon.spec.grammar.adjective_first && at > sentence.first + 1)
        };
        let mut at = past_owner(self.mentions[mention].first);
        let mut joined = false;
        while at > sentence.first + 1 && found.len() < 16 {
            let mut q = at - 1;
            let and = doc.kind(q) == Kind::Word && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(q));
            let comma = doc.kind(q) == Kind::Comma;
            // "Jordan's king, Chad's president meet": headlines save the conjunction.
            let headline = comma && q < doc.body && self.lexicon.spec.grammar.adjective_first && found.is_empty();
            if !(and || comma && joined || headline) {
                break;
            }
            joined = true;
            if and && q > sentence.first && doc.kind(q - 1) == Kind::Comma {
                q -= 1;
            }
            let Some(index) = q.checked_sub(1).and_then(|b| self.ending(b)) else { break };
            let m = &self.mentions[index];
            // "In Sofia, the ministers of Peru and Chile": what a preposition governs before the comma is no part of them.
            let apart = self.lexicon.spec.grammar.adjective_first && !and && self.preposition(index).is_some();
            if m.first < sentence.first || m.pronoun || m.modifier || m.place.is_some() || apart {
                break;
            }
            found.push(index);
            at = past_owner(m.first);
        }
        // The first of them must itself stand as a subject.
        if let Some(g) = at.checked_sub(1).filter(|&g| g >= sentence.first && doc.kind(g) == Kind::Word) {
            // "Senators like A and B say": those whom the speaker's group is told by.
            if self.at[g] == usize::MAX
                && !self.listed("instances", g)
                && (doc.flags(g) & flag::PREPOSITION != 0 && doc.flags(g) & flag::SUBORDINATOR == 0
                    || self.finite(g) && doc.flags(g) & flag::SPEECH == 0)
            {
                return Vec::new();
            }
        }
        found.reverse();
        found
    }

    /// "Its foreign ministry": the body or person that a possessive pronoun stands before.
    pub(super) fn owned_body(&self, pronoun: usize) -> Option<usize> {
        let m = &self.mentions[pronoun];
        if !m.pronoun || self.doc.flags(m.first) & flag::OBLIQUE == 0 {
            return None;
        }
        self.starting(m.last + 1).filter(|&next| {
            let n = &self.mentions[next];
            !n.pronoun && !n.modifier && n.place.is_none() && n.kind != ActorKind::Country
        })
    }

    /// The mention that a possessive pronoun stands before: "his" of "his counterpart".
    pub(in crate::extract::frame) fn owned_mention(&self, pronoun: usize) -> Option<usize> {
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
}

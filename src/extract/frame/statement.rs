//! Statements: who says something to or about whom, and through which outlet.

use super::*;

impl Engine<'_, '_> {
    pub(super) fn statement(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        if self.lexicon.spec.grammar.has_case {
            return self.case_statement(index, sentence, hit, number, rule, trigger);
        }
        if hit.clitics & clitic::FUTURE != 0 && trigger.strength != Strength::Strong {
            return None;
        }
        let case = self.lexicon.spec.grammar.has_case;
        let (speaker, from) = match rule.subject {
            Subject::After => {
                let after = self.subject_after(sentence, hit.last)?;
                if !case && self.is_object_by_gender(hit, after) {
                    return None;
                }
                if case && !self.inverted(sentence, hit.first) {
                    return None;
                }
                self.usable(after, sentence)?
            }
            Subject::Before => {
                let before = self.subject_before(sentence, hit.first)?;
                self.usable(before, sentence)?
            }
            Subject::Dropped => {
                let object = self.starting(hit.last + 1).is_some_and(|m| self.is_object_by_gender(hit, m));
                if !case && !object && self.blocked_subject(sentence, hit.last) {
                    return None;
                }
                let mention = self.dropped(index, sentence, hit.first)?;
                if !self.eligible(mention) || self.cue_before(hit.first, sentence, 2) == Some(Modality::Negated) {
                    return None;
                }
                (mention, Some((hit.first, hit.first)))
            }
            Subject::Governor => {
                let mention = self.governor(index, sentence, hit.first)?;
                if !self.eligible(mention) {
                    return None;
                }
                (mention, Some((hit.first, hit.first)))
            }
            _ => return None,
        };
        let after = if self.mentions[speaker].first > hit.last
            && from.is_none()
            && self.mentions[speaker].first <= sentence.last
        {
            self.mentions[speaker].last
        } else {
            hit.last
        };
        let subject_end = self.extent(after.max(hit.last), speaker, sentence);
        let mut draft = self.blank(EventType::Statement, number, hit, index, rule.confidence);
        draft.act = trigger.act;
        draft.cameo = trigger.cameo;
        if self.mentions[speaker].both {
            self.expand_both(&mut draft, Role::Speaker, speaker, hit.first);
        }
        if draft.actors.is_empty() {
            let entity = self.mentions[speaker].entity;
            draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity, from });
        }
        if from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
        }
        self.targets(&mut draft, trigger, sentence, hit.last, subject_end);
        let last_actor = draft
            .actors
            .iter()
            .map(|a| self.mentions[a.mention].last)
            .filter(|&l| l <= sentence.last && l > hit.last && l < subject_end + 30)
            .max();
        let clause = self.content(&mut draft, trigger, sentence, hit, subject_end.max(subject_end), last_actor);
        let needs_clause = rule.needs == Needs::Clause || trigger.strength != Strength::Strong;
        if draft.content.is_empty() || (needs_clause && !clause) {
            return None;
        }
        // "أصدر بيانا ... ذكر فيه": the verb gives the words of the statement just named.
        if rule.subject == Subject::Dropped && self.doc.flags(hit.last + 1) & flag::RESUMPTIVE != 0 {
            if let Some(named) = self
                .drafts
                .iter()
                .rposition(|d| d.sentence == index && d.kind == EventType::Statement && d.trigger == 0)
            {
                let mut whole = self.drafts.remove(named);
                let mut triggers = std::mem::take(&mut draft.triggers);
                triggers.extend(whole.triggers.iter().rev().copied());
                whole.triggers = triggers;
                whole.content = std::mem::take(&mut draft.content);
                whole.quotes = std::mem::take(&mut draft.quotes);
                return Some(whole);
            }
        }
        if trigger.strength == Strength::Attitude {
            draft.confidence *= 0.75;
        }
        draft.modality = self.statement_modality(hit, sentence);
        self.finish_statement(&mut draft, sentence, hit);
        Some(draft)
    }

    /// The end of the subject phrase: a delegation with its leader, coordinated names.
    pub(super) fn extent(&self, end: usize, _speaker: usize, sentence: Sentence) -> usize {
        let mut end = end;
        loop {
            let next = end + 1;
            if next > sentence.last {
                return end;
            }
            if let Some(index) = self.starting(next) {
                let m = &self.mentions[index];
                if m.clitics & clitic::CONJUNCTION != 0 {
                    end = m.last;
                    continue;
                }
            }
            return end;
        }
    }

    /// Whether a verb right at the end of a quotation or clause may have its subject after it ("...", said X).
    pub(super) fn inverted(&self, sentence: Sentence, start: usize) -> bool {
        let before = start.checked_sub(1);
        start == sentence.first
            || before.is_some_and(|b| matches!(self.doc.kind(b), Kind::Comma | Kind::Quote | Kind::Stop))
    }

    /// Whether a draft is told inside what a statement of its sentence says: its actors do not go on speaking.
    pub(super) fn reported(&self, draft: &Draft) -> bool {
        let trigger = draft.triggers[0].0;
        self.drafts.iter().rev().take_while(|d| d.sentence == draft.sentence).any(|d| {
            d.kind == EventType::Statement
                && d.triggers[0].0 < trigger
                && d.content.iter().any(|&(a, b)| a <= trigger && trigger <= b)
        })
    }

    /// The persons or bodies that a statement addresses or is about, by the frame of its verb.
    pub(super) fn targets(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        verb: usize,
        subject_end: usize,
    ) {
        for slot in trigger.slots.iter().filter(|s| s.actor) {
            match &slot.marker {
                Marker::Object => {
                    let p = subject_end + 1;
                    if let Some(index) = self.starting(p).filter(|_| p <= sentence.last) {
                        let m = &self.mentions[index];
                        if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                            && m.place.is_none()
                            && !m.non_actor
                        {
                            self.push_actor(draft, Role::Target, index, None);
                            self.coordinate(draft, Role::Target, index, sentence);
                        }
                    }
                }
                Marker::Preposition(word) => {
                    // The first mention with that preposition right after the subject.
                    let mut p = subject_end + 1;
                    let limit = (subject_end + 6).min(sentence.last);
                    while p <= limit {
                        if self.doc.kind(p) != Kind::Word || self.doc.flags(p) & flag::THAT != 0 {
                            break;
                        }
                        if let Some(index) = self.starting(p) {
                            let m = &self.mentions[index];
                            if self.preposition(index) == Some(word.as_str()) && !m.non_actor && m.place.is_none() {
                                self.push_actor(draft, Role::Target, index, None);
                                self.coordinate(draft, Role::Target, index, sentence);
                            }
                            break;
                        }
                        p += 1;
                    }
                }
                _ => {}
            }
        }
        let _ = verb;
    }

    pub(super) fn statement_modality(&self, hit: Hit, sentence: Sentence) -> Modality {
        if hit.clitics & clitic::FUTURE != 0 {
            return Modality::Planned;
        }
        let found = self.cue_before(hit.first, sentence, 3);
        match found {
            Some(Modality::Negated) => Modality::Negated,
            Some(Modality::Planned) if self.lexicon.spec.grammar.has_case => Modality::Planned,
            _ => Modality::Occurred,
        }
    }

    pub(super) fn finish_statement(&mut self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let first_content = draft.content.first().map_or(sentence.last + 1, |c| c.0);
        // Between the sentence's (or clause's) start and the content only.
        let before = self.clause_start(sentence, hit.first);
        let inside = |p: usize, draft: &Draft| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let end =
            if first_content > hit.first { first_content.saturating_sub(1).min(sentence.last) } else { sentence.last };
        self.times.clear();
        if before <= end {
            let mut found = Vec::new();
            expressions(self.doc, self.lexicon, before, end, &mut found);
            found.retain(|e| !inside(e.first, draft));
            draft.time = found.into_iter().min_by_key(|e| e.first.abs_diff(hit.first));
        }
        draft.place = self.place_between(before, end, draft);
        draft.via = self.outlet(sentence, hit, draft);
    }

    /// The outlet credited in the sentence, outside what was said.
    pub(super) fn outlet(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<(usize, usize)> {
        let doc = self.doc;
        let mut p = sentence.first;
        let in_content = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        while p <= sentence.last {
            if let Some(x) = doc.longest(p, flag::MEDIA) {
                let (first, last) = (p, x.last());
                // "صحيفة «الشرق الأوسط»": a noun for an outlet with its name, which may be one that no list holds.
                let head = x.flags & flag::NOUN != 0;
                let (last, named) = if head { self.outlet_name(last, sentence) } else { (last, true) };
                if named && !in_content(p) {
                    let mut q = p;
                    let mut credited = x.clitics & clitic::PREPOSITION != 0;
                    let mut steps = 0;
                    while !credited && q > sentence.first && steps < 5 {
                        q -= 1;
                        steps += 1;
                        let flags = doc.flags(q);
                        if doc.kind(q) == Kind::Word {
                            credited = flags & (flag::ATTRIBUTION | flag::SETTING) != 0
                                || flags & flag::PREPOSITION != 0
                                || doc.words[q].clitics() & clitic::PREPOSITION != 0
                                || doc
                                    .matches_at(q)
                                    .iter()
                                    .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. }));
                        } else if doc.kind(q) != Kind::Quote {
                            break;
                        }
                    }
                    if credited {
                        // The noun for the kind of outlet belongs to it: "موقع RT".
                        let mut first = first;
                        while first > sentence.first && doc.kind(first - 1) == Kind::Quote {
                            first -= 1;
                        }
                        let head = first > sentence.first
                            && doc.flags(first - 1) & flag::NOUN != 0
                            && doc.flags(first - 1) & (flag::SPEECH | flag::SETTING) == 0;
                        let begin = if head { first - 1 } else { p };
                        return Some((begin, last));
                    }
                }
                p = last + 1;
                continue;
            }
            p += 1;
        }
        let _ = hit;
        None
    }

    /// Where the name after a noun for outlets ends, and whether there is one.
    pub(super) fn outlet_name(&self, head: usize, sentence: Sentence) -> (usize, bool) {
        let doc = self.doc;
        let next = head + 1;
        if next > sentence.last {
            return (head, false);
        }
        if let Some(quotation) = doc.opening(next).filter(|q| q.last <= sentence.last) {
            return (quotation.last, quotation.last - quotation.first < 6);
        }
        if let Some(x) = doc.longest(next, flag::MEDIA | flag::ORG | flag::COUNTRY | flag::PLACE) {
            return (x.last(), true);
        }
        if doc.kind(next) != Kind::Word {
            return (head, false);
        }
        let latin = doc.norm(next).is_ascii();
        let definite =
            doc.has_article(next) && doc.words[next].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
        if !latin && !definite {
            return (head, false);
        }
        let adjective = definite && next < sentence.last && doc.flags(next + 1) & flag::DEMONYM != 0;
        (next + usize::from(adjective), true)
    }

    /// "أعرب عن قلقه", "expressed concern": a light verb and a noun of speech.
    pub(super) fn light_speech(&mut self, index: usize, sentence: Sentence, here: usize) -> Option<usize> {
        let doc = self.doc;
        let noun = doc.matches_at(here).iter().find_map(|x| match x.meaning {
            Meaning::SpeechNoun { act, cameo } => Some((act, cameo, x.last())),
            Meaning::Trigger { trigger, form: Form::Noun } => {
                let t = &self.lexicon.triggers[trigger as usize];
                (t.kind == EventType::Statement).then_some((t.act, t.cameo, x.last()))
            }
            _ => None,
        })?;
        // "A statement saying that": the participle reports what the noun only names.
        let reported = |p: usize| {
            doc.matches_at(p).iter().any(|x| matches!(x.meaning, Meaning::Trigger { trigger, form: Form::Participle } if self.lexicon.triggers[trigger as usize].kind == EventType::Statement))
        };
        if self.lexicon.spec.grammar.has_case && noun.2 < sentence.last && reported(noun.2 + 1) {
            return None;
        }
        // "Stressed the kingdom's commitment": the noun is another's, and what the verb reports.
        if self.lexicon.spec.grammar.has_case && self.owned_by_other(sentence, here) {
            return None;
        }
        let (light_first, light_last, light, form) = self.light_before(sentence, here, EventType::Statement)?;
        let light_entry = &self.lexicon.lights[light as usize];
        let preposition = light_entry.preposition.clone();
        if !preposition.is_empty() && !self.preceded_by(here, &preposition, light_last) {
            return None;
        }
        let rule_subject = Subject::Light;
        let number = self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == rule_subject)?;
        let (speaker, from) = self.light_subject(index, sentence, light_first, light_last, form, here)?;
        let rule = &self.rules[number];
        let hit = Hit {
            first: light_first,
            last: noun.2,
            trigger: 0,
            form: Form::Noun,
            clitics: doc.words[light_first].clitics(),
        };
        let mut draft = self.blank(EventType::Statement, number, hit, index, rule.confidence);
        draft.triggers = vec![(here, noun.2), (light_first, light_last)];
        draft.act = noun.0;
        draft.cameo = noun.1;
        if self.mentions[speaker].both {
            self.expand_both(&mut draft, Role::Speaker, speaker, hit.first);
        }
        if draft.actors.is_empty() {
            let entity = self.mentions[speaker].entity;
            draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity, from });
        }
        if from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
        }
        // What follows the noun: its preposition's object or a clause.
        let mut p = noun.2 + 1;
        while p <= sentence.last
            && (doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) != 0 && self.at[p] == usize::MAX
                || self.at[p] == speaker)
        {
            p += 1;
        }
        if p > sentence.last {
            return None;
        }
        let mut start = p;
        if doc.kind(p) == Kind::Word && doc.flags(p) & flag::PREPOSITION != 0 {
            start = p + 1;
        }
        if let Some(index) = self.starting(start) {
            let m = &self.mentions[index];
            if !m.non_actor && m.place.is_none() && draft.act != Act::State {
                self.push_actor(&mut draft, Role::Target, index, None);
                self.coordinate(&mut draft, Role::Target, index, sentence);
            }
        }
        if doc.flags(start) & flag::THAT != 0 || doc.kind(start) == Kind::Colon {
            start += 1;
        }
        if start > sentence.last || doc.kind(start) == Kind::Stop || doc.kind(start) == Kind::Break {
            return None;
        }
        // A statement "on" something with its text later: "أصدر بيانا ... قال فيه" is told by that verb.
        let end = self.content_end(start, sentence);
        if doc.kind(start) == Kind::Quote {
            start += 1;
        }
        if start > end {
            return None;
        }
        draft.content.push((start, end));
        self.continue_quotation(&mut draft, sentence, end);
        self.collect_quotes(&mut draft);
        draft.modality = self.statement_modality(Hit { first: light_first, ..hit }, sentence);
        self.finish_statement(&mut draft, sentence, Hit { first: light_first, ..hit });
        self.accept(draft);
        Some(noun.2)
    }

    /// "بحسب المتحدث", "according to the spokesman": a statement with its content beside it.
    pub(super) fn attribution(&mut self, index: usize, sentence: Sentence, here: usize) -> bool {
        let doc = self.doc;
        let Some(x) = doc.longest(here, flag::ATTRIBUTION).copied() else { return false };
        if doc.flags(here) & flag::CONJUNCTION != 0 && x.len == 1 {
            return false;
        }
        let Some(number) =
            self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == Subject::Attribution)
        else {
            return false;
        };
        let mut p = x.last() + 1;
        while p <= sentence.last
            && doc.kind(p) == Kind::Word
            && self.at[p] == usize::MAX
            && doc.flags(p) & flag::SETTING != 0
        {
            p += 1;
        }
        let mut found = self.starting(p).filter(|_| p <= sentence.last);
        if found.is_none() && self.lexicon.spec.grammar.has_case {
            found = (p..(p + 7).min(sentence.last))
                .take_while(|&q| doc.kind(q) == Kind::Word && doc.flags(q) & flag::PREPOSITION == 0)
                .find(|&q| doc.flags(q) & flag::SETTING != 0)
                .and_then(|q| self.issuer(sentence, q));
        }
        let Some(speaker) = found else { return false };
        let m = &self.mentions[speaker];
        let allowed = m.clitics & clitic::PREPOSITION == 0
            || self.preposition(speaker).is_some_and(|word| self.lexicon.spec.grammar.to.iter().any(|to| to == word));
        if !allowed || !self.eligible(speaker) || m.kind == ActorKind::Country && !self.lexicon.spec.grammar.has_case {
            return false;
        }
        let speaker_end = m.last;
        let case = self.lexicon.spec.grammar.has_case;
        let content = if here > sentence.first + 3 {
            let start = if case { self.report_start(sentence, here) } else { self.clause_start(sentence, here) };
            let end = self.trim(start, here - 1);
            (start, end)
        } else if doc.kind(speaker_end + 1) == Kind::Comma && speaker_end + 2 < sentence.last {
            let start = speaker_end + 2;
            (start, self.content_end(start, sentence))
        } else {
            return false;
        };
        if content.0 > content.1 || content.1 - content.0 < 3 {
            return false;
        }
        // The report is told already: the sentence's content belongs to its verb.
        if self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .filter(|d| !case || d.actors.first().is_none_or(|a| a.entity == self.mentions[speaker].entity))
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|c| c.0 <= content.1 && content.0 <= c.1))
        {
            return false;
        }
        let hit = Hit { first: here, last: x.last(), trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Statement, number, hit, index, self.rules[number].confidence);
        draft.cameo = 10;
        draft.actors.push(Actor {
            role: Role::Speaker,
            mention: speaker,
            entity: self.mentions[speaker].entity,
            from: None,
        });
        draft.content.push(content);
        self.collect_quotes(&mut draft);
        self.accept(draft);
        true
    }

    /// Where the words begin that an attribution at `here` credits: all of its sentence, past a dateline and what joins it
    /// to the one before.
    fn report_start(&self, sentence: Sentence, here: usize) -> usize {
        let doc = self.doc;
        let mut start = self.past_dateline(sentence);
        for p in start..here {
            if matches!(doc.kind(p), Kind::Semicolon) {
                start = p + 1;
            }
        }
        while start < here
            && (doc.kind(start) == Kind::Word
                && self.at[start] == usize::MAX
                && doc.flags(start) & flag::CONJUNCTION != 0
                || !matches!(doc.kind(start), Kind::Word | Kind::Number))
        {
            start += 1;
        }
        start
    }

    /// "كيري: ...": a headline that is a speaker, a colon and what was said.
    pub(super) fn headline(&mut self, index: usize, sentence: Sentence) {
        let doc = self.doc;
        let Some(number) =
            self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == Subject::Colon)
        else {
            return;
        };
        let Some(speaker) = self.starting(sentence.first) else { return };
        let m = &self.mentions[speaker];
        let mut p = m.last + 1;
        // "كيري لـ«الحياة»: ...": an outlet may stand between.
        let mut outlet = None;
        if doc.kind(p) == Kind::Word || doc.kind(p) == Kind::Quote {
            if let Some(colon) = (p..(p + 5).min(sentence.last)).find(|&q| doc.kind(q) == Kind::Colon) {
                if let Some(x) = (p..colon).find_map(|w| doc.longest(w, flag::MEDIA).copied()) {
                    outlet = Some((x.start as usize, x.last()));
                    p = colon;
                }
            }
        }
        if doc.kind(p) != Kind::Colon || p >= sentence.last || !self.eligible(speaker) {
            return;
        }
        let title = sentence.first < doc.body;
        if !title && doc.kind(p + 1) != Kind::Quote {
            return;
        }
        let last_of_field = sentence.last;
        let start = if doc.kind(p + 1) == Kind::Quote { p + 2 } else { p + 1 };
        let hit = Hit { first: m.first, last: p, trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Statement, number, hit, index, self.rules[number].confidence);
        draft.cameo = 10;
        draft.actors.push(Actor {
            role: Role::Speaker,
            mention: speaker,
            entity: self.mentions[speaker].entity,
            from: None,
        });
        let end = self.trim(start, last_of_field);
        if start > end {
            return;
        }
        draft.content.push((start, end));
        draft.via = outlet;
        self.collect_quotes(&mut draft);
        self.accept(draft);
    }

    // ---- meetings ----

    pub(super) fn is_speech_verb(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| match x.meaning {
            Meaning::Trigger { trigger, form } => {
                matches!(form, Form::Past | Form::Present)
                    && self.lexicon.triggers[trigger as usize].kind == EventType::Statement
            }
            _ => false,
        })
    }
}

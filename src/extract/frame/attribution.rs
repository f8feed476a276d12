//! Reports without a verb of their own: attributions ("according to"), headlines with a colon, and nouns of saying behind a
//! light verb.

use super::*;

impl Engine<'_, '_> {
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
        // "Raised concerns" may be told already by its verb.
        if self.lexicon.spec.grammar.has_case && self.used(index, light_first) {
            return None;
        }
        let light_entry = &self.lexicon.lights[light as usize];
        let preposition = light_entry.preposition.clone();
        if !preposition.is_empty() && !self.preceded_by(here, &preposition, light_last) {
            return None;
        }
        // "عن رفضها القاطع للاتفاق": another preposition than the verb's makes the noun another's object.
        if !self.lexicon.spec.grammar.has_case
            && doc.words[here].clitics() & clitic::PREPOSITION != 0
            && (preposition.is_empty() || !self.has_preposition(here, &preposition))
        {
            return None;
        }
        // "قدموا للسلام عليه وتهنئته": nor is one that goes on with another.
        if !self.lexicon.spec.grammar.has_case
            && (doc.has_conjunction(here) || self.in_genitive_of_purpose(here, &preposition))
        {
            return None;
        }
        let rule_subject = Subject::Light;
        let number = self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == rule_subject)?;
        let case = self.lexicon.spec.grammar.has_case;
        let past_nouns = if case { noun.2 + 1 } else { self.past_joined_nouns(sentence, noun.2 + 1) };
        if !case && self.told_by_own_verb(sentence, here, past_nouns) {
            return None;
        }
        let sender = (!case).then(|| self.sender(sentence, light_entry, past_nouns)).flatten();
        // "سلمته مذكرة احتجاج": who brings words that are nobody else's says them; but not who only gets or hands on some.
        let handed = light_entry.role == LightRole::Bearer && doc.has_article(here);
        if sender.is_none() && !case && (light_entry.role == LightRole::Receiver || handed) {
            return None;
        }
        let brought = sender.is_some();
        // "عبر البيان عن تعازي الدولة": the words of a document are those of who issued it.
        let document = if case || brought || form == Form::Participle {
            None
        } else {
            self.document_after(index, sentence, light_last).filter(|d| d.last < here)
        };
        let (speaker, from) = match (sender, &document) {
            (Some(sender), _) => self.usable(sender, sentence)?,
            (None, Some(document)) if self.eligible(document.issuer) => (document.issuer, document.from),
            (None, Some(_)) => return None,
            (None, None) => self.light_subject(index, sentence, light_first, light_last, form, here)?,
        };
        // "'We are sending a message,' X said": in direct speech the noun is carried by one of its own.
        let inside = doc.quoted[light_first];
        if self.lexicon.spec.grammar.adjective_first
            && inside != 0
            && (doc.quoted[self.mentions[speaker].first] != inside || form == Form::Participle)
        {
            return None;
        }
        // "أظهرت حرص الرئيس على": with an owner of its own the noun is not what an unnamed subject says.
        // But "معربا عن تقدير بلاده" is said for the owner.
        let for_owner = form == Form::Participle && !preposition.is_empty();
        let owned = self.starting(noun.2 + 1).is_some_and(|m| self.preposition(m).is_none()) && !for_owner;
        if from.is_some() && !self.lexicon.spec.grammar.has_case && owned && document.is_none() {
            return None;
        }
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
        // "قدم عرضا عن الأوضاع": what one offers is for somebody; what is about something only tells of it.
        let about = |p: usize| self.lexicon.spec.grammar.about.iter().any(|w| w == doc.norm(p));
        if !case && draft.act == Act::Promise && past_nouns < sentence.last && about(past_nouns) {
            draft.act = Act::State;
            draft.cameo = 10;
        }
        if self.mentions[speaker].both {
            self.expand_both(&mut draft, Role::Speaker, speaker, hit.first);
        }
        if draft.actors.is_empty() {
            let entity = self.mentions[speaker].entity;
            draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity, from });
        }
        if from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
            if self.lexicon.spec.grammar.has_case && self.mentions[speaker].last < light_first {
                self.push_coordinated(&mut draft, Role::Speaker, speaker, sentence);
            }
        }
        self.addressed_before(&mut draft, sentence, light_last, here);
        // What follows the noun: its preposition's object or a clause.
        let told_by = draft.actors.iter().map(|a| self.mentions[a.mention].last).max().unwrap_or(noun.2);
        let mut p = if brought { told_by.max(noun.2) + 1 } else { past_nouns };
        // "Sympathy and condolences to": two nouns with one object.
        let double = self.lexicon.spec.grammar.adjective_first
            && p + 1 < sentence.last
            && doc.flags(p) & flag::CONJUNCTION != 0
            && doc.flags(p + 1) & flag::SPEECH_NOUN != 0;
        if double {
            p += 2;
        }
        while p <= sentence.last
            && (doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) != 0
                && self.at[p] == usize::MAX
                && (case || doc.words[p].clitics() & clitic::PREPOSITION == 0)
                || self.at[p] == speaker)
        {
            p += 1;
        }
        if p > sentence.last {
            return None;
        }
        // "رسالة من الملك إلى الرئيس بشأن الحدود": a letter of which nothing but its sender is told says nothing.
        if brought {
            let (addressee, matter) = self.matter_of_letter(sentence, p);
            if let Some(addressee) = addressee {
                self.push_actor(&mut draft, Role::Target, addressee, None);
            }
            p = matter?;
        }
        let mut p = self.past_occasion(sentence, p);
        // "The following statement on Monday:".
        if self.lexicon.spec.grammar.adjective_first && self.opens_words(noun.2) {
            p = (p..=sentence.last).find(|&q| doc.kind(q) == Kind::Colon).unwrap_or(p);
        }
        let mut start = p;
        if doc.kind(p) == Kind::Word {
            if let Some(x) = doc.longest(p, flag::PREPOSITION) {
                start = x.last() + 1;
            }
        }
        // "A statement in which they condemned": the clause has a verb of its own.
        if self.lexicon.spec.grammar.has_case && doc.flags(start) & flag::RELATIVE != 0 {
            return None;
        }
        // "دعم الولايات المتحدة لمصر": the owner of the noun stands before its target.
        let mut addressed = start;
        if let Some(owner) = self.starting(start).filter(|_| start == p && !self.lexicon.spec.grammar.has_case) {
            let m = &self.mentions[owner];
            if m.clitics & clitic::PREPOSITION == 0 {
                addressed = m.last + 1;
                if doc.kind(addressed) == Kind::Word
                    && doc.flags(addressed) & flag::PREPOSITION != 0
                    && self.at[addressed] == usize::MAX
                {
                    addressed += 1;
                }
            }
        }
        let known = draft.actors.len();
        let told = draft.actors.iter().any(|a| a.role == Role::Target);
        if let Some(index) = self.starting(addressed).filter(|_| addressed <= sentence.last && !told) {
            let owned = if self.lexicon.spec.grammar.adjective_first { self.owned_mention(index) } else { None };
            let index = owned.unwrap_or(index);
            let m = &self.mentions[index];
            let owner = self.lexicon.spec.grammar.has_case && doc.tokens.all[m.last].possessive;
            if (!m.non_actor || self.comforts(&draft, index)) && m.place.is_none() && draft.act != Act::State && !owner
            {
                self.push_actor(&mut draft, Role::Target, index, None);
                self.coordinate(&mut draft, Role::Target, index, sentence);
            }
        } else if draft.act == Act::Support
            && !self.lexicon.spec.grammar.has_case
            && addressed <= sentence.last
            && !told
        {
            if let Some(owner) = self.owner_of_deed(sentence, addressed) {
                self.push_actor(&mut draft, Role::Target, owner, None);
                self.coordinate(&mut draft, Role::Target, owner, sentence);
            }
        }
        // "Sent a letter to the council saying that": whom a message is for is no part of it.
        if self.lexicon.spec.grammar.adjective_first && draft.act == Act::State && start > p {
            start = self.past_recipient(sentence, p, start)?;
        }
        // "Lodged a protest with the embassy over the patrol": behind whom it was addressed to stands what it was about.
        if self.lexicon.spec.grammar.adjective_first && self.lexicon.spec.grammar.has_case {
            let last =
                draft.actors.iter().filter(|a| a.role == Role::Target).map(|a| self.mentions[a.mention].last).max();
            let about = |q: usize| {
                doc.kind(q) == Kind::Word
                    && self.at[q] == usize::MAX
                    && self.lexicon.spec.grammar.about.iter().any(|w| w == doc.norm(q))
                    && !self.when_or_where(q + 1)
            };
            if let Some(preposition) = last.map(|l| l + 1).filter(|&q| q < sentence.last && about(q)) {
                start = preposition + 1;
            }
        }
        if doc.flags(start) & flag::THAT != 0 || doc.kind(start) == Kind::Colon {
            start += 1;
        }
        // "Issued the following statement:" and the words in the next paragraph.
        if self.lexicon.spec.grammar.adjective_first
            && doc.kind(start - 1) == Kind::Colon
            && (start > sentence.last || doc.kind(start) == Kind::Break)
        {
            let found = self.next_paragraphs(&draft, sentence, start - 1)?;
            draft.content.push(found);
            self.continue_quotation(&mut draft, sentence, found.1);
            self.collect_quotes(&mut draft);
            draft.modality = self.statement_modality(Hit { first: light_first, ..hit }, sentence);
            self.finish_statement(&mut draft, sentence, Hit { first: light_first, ..hit });
            self.accept(draft);
            return Some(noun.2);
        }
        if start > sentence.last || doc.kind(start) == Kind::Stop || doc.kind(start) == Kind::Break {
            return None;
        }
        // "ألقى خطابا، أمس في العاصمة": behind a comma nothing of it is told.
        if !case && doc.kind(start) == Kind::Comma {
            return None;
        }
        // A statement "on" something with its text later: "أصدر بيانا ... قال فيه" is told by that verb.
        let mut end = self.content_end(start, sentence);
        // What is no clause ends where the narrator's next one begins.
        if !self.lexicon.spec.grammar.has_case && doc.flags(start - 1) & flag::THAT == 0 {
            end = self.phrase_end(start, end);
        }
        if doc.kind(start) == Kind::Quote {
            start += 1;
        }
        if start > end {
            return None;
        }
        // "Reiterates its full support for Chad": the noun is a part of what was said, unless it names the speech itself or
        // a matter ("concern about the vote").
        let matter = self.lexicon.spec.grammar.adjective_first
            && doc.flags(noun.2) & flag::SETTING == 0
            && start > noun.2 + 1
            && doc.kind(start - 1) == Kind::Word
            && self.at[start - 1] == usize::MAX
            && doc.flags(start - 1) & flag::PREPOSITION != 0
            && !self.lexicon.spec.grammar.about.iter().any(|w| w == doc.norm(start - 1))
            && doc.flags(start) & (flag::THAT | flag::INFINITIVE) == 0;
        if matter {
            let opens = |q: &usize| {
                let flags = doc.flags(*q);
                self.at[*q] != usize::MAX
                    || flags & (flag::ADVERB | flag::PREPOSITION) == 0
                    || flags & flag::OBLIQUE != 0
            };
            start = (light_last + 1..here).find(opens).unwrap_or(here);
        }
        draft.content.push((start, end));
        if !self.lexicon.spec.grammar.has_case {
            self.content_behind(&mut draft, known);
        }
        self.noun_addressee(&mut draft, sentence, 1);
        self.continue_quotation(&mut draft, sentence, end);
        self.collect_quotes(&mut draft);
        draft.modality = self.statement_modality(Hit { first: light_first, ..hit }, sentence);
        self.finish_statement(&mut draft, sentence, Hit { first: light_first, ..hit });
        self.accept(draft);
        Some(noun.2)
    }

    /// "جددا الدعوة في مؤتمر صحافي بروما إلى الأطراف": where the object of a noun of saying begins behind the occasion on
    /// which it was said.
    fn past_occasion(&self, sentence: Sentence, p: usize) -> usize {
        let doc = self.doc;
        // "Expressed anger on Sunday at the raid": the day stands between the noun and its matter.
        if self.lexicon.spec.grammar.adjective_first {
            let on = usize::from(doc.flags(p) & flag::PREPOSITION != 0 && self.at[p] == usize::MAX);
            let day = |q: usize| {
                doc.flags(q) & flag::WEEKDAY != 0 && self.at[q] == usize::MAX && !doc.tokens.all[q].possessive
            };
            let matter = |q: usize| doc.kind(q) == Kind::Word && doc.flags(q) & flag::PREPOSITION != 0;
            return if day(p + on) && matter(p + on + 1) { p + on + 1 } else { p };
        }
        let occasion = !self.lexicon.spec.grammar.has_case
            && doc.flags(p) & flag::PREPOSITION != 0
            && self.at[p] == usize::MAX
            && p < sentence.last
            && (doc.longest(p + 1, flag::SETTING).is_some() || doc.flags(p + 1) & flag::MEETING != 0);
        if !occasion {
            return p;
        }
        (p + 2..=sentence.last.min(p + 14))
            .take_while(|&q| doc.kind(q) == Kind::Word && doc.flags(q) & flag::THAT == 0)
            .find(|&q| {
                self.at[q] == usize::MAX
                    && doc.flags(q) & flag::PREPOSITION != 0
                    && self.lexicon.spec.grammar.to.iter().any(|to| to == doc.norm(q))
            })
            .unwrap_or(p)
    }

    /// "A message to the king that", "a speech to parliament on trade": where behind the recipient, whom the preposition at `p`
    /// opens, the words or their matter begin; nothing where a participle reports them or they are not told.
    fn past_recipient(&self, sentence: Sentence, p: usize, start: usize) -> Option<usize> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        if !grammar.to.iter().any(|w| w == doc.norm(p)) || doc.flags(start) & flag::THAT != 0 {
            return Some(start);
        }
        let mut q = start;
        while q <= sentence.last && q < start + 12 {
            if let Some(index) = self.starting(q) {
                q = self.mentions[index].last + 1;
                continue;
            }
            let flags = doc.flags(q);
            let about = grammar.about.iter().any(|w| w == doc.norm(q)) && !self.when_or_where(q + 1);
            if flags & flag::THAT != 0 || doc.kind(q) == Kind::Colon || about {
                return Some(q + 1).filter(|&q| q < sentence.last);
            }
            let reports = doc.matches_at(q).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Participle } => {
                    self.lexicon.triggers[trigger as usize].kind == EventType::Statement
                }
                _ => false,
            });
            if reports || !matches!(doc.kind(q), Kind::Word | Kind::Number) {
                return None;
            }
            q += 1;
        }
        None
    }

    /// "A statement issued on Monday by the army", "a letter from the ministry": who is named behind the document at `noun`.
    fn issued_by(&self, sentence: Sentence, noun: usize) -> Option<usize> {
        let grammar = &self.lexicon.spec.grammar;
        let issues = |q: usize| grammar.by.iter().chain(&grammar.from).any(|w| w == self.doc.norm(q));
        (noun + 1..sentence.last.min(noun + 7))
            .take_while(|&q| matches!(self.doc.kind(q), Kind::Word | Kind::Number) && self.at[q] == usize::MAX)
            .find(|&q| issues(q))
            .and_then(|q| self.starting(q + 1))
            .filter(|&m| self.mentions[m].place.is_none() && !self.mentions[m].modifier)
    }

    /// "بحسب المتحدث", "according to the spokesman": a statement with its content beside it.
    pub(super) fn attribution(&mut self, index: usize, sentence: Sentence, here: usize) -> bool {
        let doc = self.doc;
        let case = self.lexicon.spec.grammar.has_case;
        let Some(x) = doc.longest(here, flag::ATTRIBUTION).copied() else { return false };
        if doc.flags(here) & flag::CONJUNCTION != 0 && x.len == 1 {
            return false;
        }
        // "وفقا للشروط": a phrase that is listed as no utterance.
        let listed = |m: &Match| matches!(m.meaning, Meaning::Null { kind: EventType::Statement }) && m.len > x.len;
        if doc.matches_at(here).iter().any(listed) {
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
            && (doc.flags(p) & flag::SETTING != 0
                || self.listed("findings", p)
                || !case && p == x.last() + 1 && self.finding_behind_preposition(p)
                || p > x.last() + 1 && !case && self.issued(p))
        {
            p += 1;
        }
        let mut found = self.starting(p).filter(|_| p <= sentence.last);
        // "وفقا لبيان أصدرته": the preposition of the phrase is attached to the noun.
        let first = x.last() + 1;
        let attached = !case
            && first <= sentence.last
            && self.at[first] == usize::MAX
            && doc.flags(first) & flag::SETTING != 0
            && self.lexicon.spec.grammar.to.iter().any(|w| self.has_preposition(first, w));
        let noun = if attached { self.document_at(index, sentence, first) } else { None };
        let noun = noun.or_else(|| (first..=p).find_map(|q| self.document(index, sentence, q)));
        let document = noun.as_ref().filter(|_| !self.lexicon.spec.grammar.has_case);
        if let Some(document) = document {
            found = Some(document.issuer);
        }
        if found.is_none() && self.lexicon.spec.grammar.has_case {
            found = (p..(p + 7).min(sentence.last))
                .take_while(|&q| doc.kind(q) == Kind::Word && doc.flags(q) & flag::PREPOSITION == 0)
                .find(|&q| doc.flags(q) & flag::SETTING != 0)
                .and_then(|q| self.issued_by(sentence, q).or_else(|| self.issuer(sentence, q)));
        }
        // "According to the Washington Post": an outlet, not the city in its name.
        let outlet = |q: usize| doc.longest(q, flag::MEDIA).map(|x| x.last());
        if case && found.is_some_and(|f| outlet(p).or(outlet(p + 1)).is_some_and(|last| last > self.mentions[f].last)) {
            return false;
        }
        let Some(speaker) = found else { return false };
        let m = &self.mentions[speaker];
        let allowed = document.is_some()
            || m.clitics & clitic::PREPOSITION == 0
            || self.preposition(speaker).is_some_and(|word| self.lexicon.spec.grammar.to.iter().any(|to| to == word));
        // "..., بحسب واشنطن.": a country only where its name ends the clause, as a government.
        let state = case
            || m.kind != ActorKind::Country
            || here > sentence.first + 3
                && m.clitics & clitic::PREPOSITION == 0
                && m.place.is_none()
                && !matches!(doc.kind(m.last + 1), Kind::Word | Kind::Number);
        if !allowed || !self.eligible(speaker) || !state {
            return false;
        }
        let mut speaker_end = document.map_or_else(|| self.extent(m.last, speaker, sentence), |d| d.last);
        while speaker_end < sentence.last
            && self.at[speaker_end + 1] == usize::MAX
            && doc.flags(speaker_end + 1) & flag::ADJECTIVE != 0
        {
            speaker_end += 1;
        }
        // "بحسب مقربين منه": whose they are.
        if !case && self.preposition_with_pronoun(speaker_end + 1) {
            speaker_end += 1;
        }
        let from = document.and_then(|d| d.from);
        let content = if here > sentence.first + 3 {
            let start =
                if case { self.report_start(sentence, here) } else { self.credited_start(index, sentence, here) };
            let end = self.trim(start, here - 1);
            (start, end)
        } else if doc.kind(speaker_end + 1) == Kind::Comma && speaker_end + 2 < sentence.last {
            let start = self.inside_marks(speaker_end + 2, sentence.last);
            (start, self.content_end(start, sentence))
        } else if doc.flags(speaker_end + 1) & flag::THAT != 0 && speaker_end + 2 < sentence.last {
            // "وبحسب مصادر فإن ...": the clause follows.
            let start = self.inside_marks(speaker_end + 2, sentence.last);
            (start, self.content_end(start, sentence))
        } else if !case && self.is_verb(speaker_end + 1) && speaker_end + 1 < sentence.last {
            // "وبحسب بيان للوزارة دمرت الطائرات": the clause follows without a word that opens it.
            (speaker_end + 1, self.content_end(speaker_end + 1, sentence))
        } else {
            return false;
        };
        if content.0 > content.1 || content.1 - content.0 < 3 {
            return false;
        }
        // "شدد السفير، وفقا لبيان السفارة، على": an aside in somebody's report, whose words follow it, credits nothing else.
        let aside = |d: &Draft| {
            d.kind == EventType::Statement
                && d.triggers[0].0 < here
                && d.content.first().is_some_and(|c| c.0 > speaker_end)
        };
        if !case && self.drafts.iter().rev().take_while(|d| d.sentence == index).any(aside) {
            return false;
        }
        // The report is told already: the sentence's content belongs to its verb.
        if self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .filter(|d| {
                let own = d.actors.first().is_none_or(|a| a.entity == self.mentions[speaker].entity);
                // "قال الوزير إن ...، بحسب الشرطة": who is credited at the end of somebody else's report vouches for its last clause.
                own || !case && (here <= d.triggers[0].0 || here < content.0 || d.triggers[0].0 >= content.0)
            })
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|c| c.0 <= content.1 && content.0 <= c.1))
        {
            return false;
        }
        let hit = Hit { first: here, last: x.last(), trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Statement, number, hit, index, self.rules[number].confidence);
        draft.cameo = 10;
        draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity: self.mentions[speaker].entity, from });
        draft.content.push(content);
        self.collect_quotes(&mut draft);
        self.accept(draft);
        true
    }

    /// "وفقا لتقديرات": a finding with the preposition of the phrase attached.
    fn finding_behind_preposition(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let mut to = self.lexicon.spec.grammar.to.iter().filter_map(|w| norm.strip_prefix(w.as_str()));
        to.any(|rest| self.lexicon.lists("findings", vocabulary::hash(rest)))
    }

    /// "وفق بيان صادر عن": what stands between a document and the one who issued it.
    fn issued(&self, p: usize) -> bool {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let about = grammar.about.iter().chain(&grammar.from).chain(&grammar.to).any(|w| w == doc.norm(p));
        self.listed("published", p) || about && self.listed("published", p - 1)
    }

    /// Where the words begin that an attribution at `here` credits: all of its sentence, past a dateline and what joins it
    /// to the one before.
    pub(super) fn report_start(&self, sentence: Sentence, here: usize) -> usize {
        let doc = self.doc;
        let first = self.past_dateline(sentence);
        // "...؛ بحسب المصدر": the mark right before the attribution only sets it off.
        let upto = here - usize::from(here > first && doc.kind(here - 1) == Kind::Semicolon);
        let mut start = (first..upto).rev().find(|&p| doc.kind(p) == Kind::Semicolon).map_or(first, |p| p + 1);
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
        // "Spain: 300 kilos of ...": a country before a count is where it happened.
        if m.kind == ActorKind::Country && m.title.is_none() && doc.kind(p + 1) == Kind::Number {
            return;
        }
        let title = sentence.first < doc.body;
        // "Chad: Deadly floods in the south": where it happened, when nothing behind the colon has a verb.
        if self.lexicon.spec.grammar.adjective_first
            && title
            && m.kind == ActorKind::Country
            && doc.kind(p + 1) != Kind::Quote
            && !(p + 1..=sentence.last).any(|q| {
                self.finite(q) && doc.flags(q) & (flag::NOUN | flag::ADJECTIVE) == 0
                    || doc.flags(q) & flag::AUXILIARY != 0
            })
        {
            return;
        }
        let case = self.lexicon.spec.grammar.has_case;
        // "SECRETARY SMITH: ...": the turn of a speaker in a transcript is his paragraph.
        let turn = self.lexicon.spec.grammar.has_case
            && m.name.is_some()
            && m.title.is_some()
            && sentence.first.checked_sub(1).is_some_and(|b| doc.kind(b) == Kind::Break)
            && (p + 1..doc.len().min(p + 40))
                .take_while(|&q| doc.kind(q) != Kind::Break)
                .filter(|&q| doc.kind(q) == Kind::Word)
                .count()
                >= 4;
        if !title && !turn && doc.kind(p + 1) != Kind::Quote {
            return;
        }
        // "The king: palace reopens": a headline's speaker is one who speaks below it.
        if self.lexicon.spec.grammar.has_case && title && doc.body < doc.len() && !self.speaks_below(speaker) {
            return;
        }
        let mut last_of_field = sentence.last;
        while turn && last_of_field + 1 < doc.len() && doc.kind(last_of_field) != Kind::Break {
            last_of_field += 1;
        }
        // «حماس» ترفض: marks that hold a word of the clause and not all of it stay with it.
        let word = self.opening(p + 1).is_some_and(|q| !case && q.closed && q.last + 2 < last_of_field);
        let start = if doc.kind(p + 1) == Kind::Quote && !word { p + 2 } else { p + 1 };
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
        if self.lexicon.spec.grammar.has_case {
            self.performed(&mut draft, sentence);
        } else if self.of_sport(&draft) {
            return;
        }
        self.accept(draft);
    }
}

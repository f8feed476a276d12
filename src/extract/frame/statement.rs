//! Statements: who says something to or about whom, and through which outlet.

use super::*;

/// A document as a speaker: the mention of its issuer, the tokens it stands for, and the end of its phrase.
pub(super) struct Document {
    pub issuer: usize,
    pub from: Option<(usize, usize)>,
    pub last: usize,
}

/// How far before its verb a day may stand that dates a report, where names have capitals.
const FAR: usize = 32;

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
        // "سيواصل جهوده": of what will be done a verb of going on says nothing.
        let goes_on = trigger.strength == Strength::Weak
            && hit.clitics & clitic::FUTURE != 0
            && !(informs(trigger) && rule.subject != Subject::Dropped);
        if self.tells_of_document(sentence, hit, trigger) || goes_on && !self.has_that_soon(hit.last + 1) {
            return None;
        }
        let credited = self.slot_speaker(sentence, hit, trigger);
        if credited.is_none() && trigger.slots.iter().any(|s| s.speaker) && rule.subject != Subject::After {
            return None;
        }
        let mut dropped = rule.subject == Subject::Dropped;
        let mut spoken = None;
        let author = self.author_of_named(sentence, hit);
        let (speaker, from) = match rule.subject {
            Subject::After => {
                if let Some(author) = author {
                    self.usable(author, sentence)?;
                    (author, Some((hit.first, hit.first)))
                } else if let Some((mention, last)) = credited {
                    spoken = Some(last);
                    self.usable(mention, sentence)?
                } else if trigger.slots.iter().any(|s| s.speaker) {
                    return None;
                } else if let Some(document) = self.document_after(index, sentence, hit.last) {
                    spoken = Some(document.last);
                    if !self.eligible(document.issuer) {
                        return None;
                    }
                    (document.issuer, document.from)
                } else if self.leads(sentence, hit) {
                    return None;
                } else {
                    // "أوضحت جميع المصادر": a quantity belongs to the group behind it.
                    let takes_object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                    let all = usize::from(!takes_object && self.is_quantity(hit.last + 1));
                    let after = self.subject_after(sentence, hit.last + all)?;
                    // "لكنه شكر المفاوضين": so is what follows in the oblique plural.
                    if self.is_object_by_gender(hit, after) || takes_object && self.is_object_by_form(hit, after) {
                        return None;
                    }
                    let before = self.dropped(index, sentence, hit.first);
                    let before = before.or_else(|| self.subject_before(sentence, hit.first));
                    // "وتحث روسيا على": where nobody before it fits the verb's form, what follows it is its subject.
                    if before.is_some() && self.lone_object(sentence, hit, trigger, after) {
                        dropped = true;
                        if !self.joined(sentence, hit) {
                            return None;
                        }
                        let mention = before?;
                        if !self.eligible(mention) || self.mentions[mention].entity == self.mentions[after].entity {
                            return None;
                        }
                        (mention, Some((hit.first, hit.first)))
                    } else {
                        self.usable(after, sentence)?
                    }
                }
            }
            // "بحسب ما ذكر الموقع": an attribution credits who follows its verb.
            Subject::Before if self.attribution_before(sentence, hit.first).is_some() => return None,
            Subject::Before => {
                // "أما الوزير فقال": who the clause is said to be about.
                if let Some(topic) = self.topic_of_clause(sentence, hit) {
                    self.usable(topic?, sentence)?
                } else if let Some(sender) = self.sender_before(sentence, hit.first, hit.last) {
                    self.usable(sender, sentence)?
                } else {
                    // A verb joined by "and" goes on with the subject of the verb before it.
                    if hit.clitics & clitic::CONJUNCTION != 0 && self.told_before(index, hit.first) {
                        return None;
                    }
                    let before = self.subject_before(sentence, hit.first)?;
                    self.usable(before, sentence)?
                }
            }
            Subject::Dropped => {
                let takes_object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                let object = self.starting(hit.last + 1).is_some_and(|m| {
                    self.is_object_by_gender(hit, m) || takes_object && self.is_object_by_form(hit, m)
                });
                if !object && self.blocked_subject(sentence, hit.last)
                    || self.describes(sentence, hit)
                    || self.relative_before(sentence, hit.first)
                    || self.topic_of_clause(sentence, hit).is_some()
                    || self.only_wished(sentence, hit)
                {
                    return None;
                }
                let mention = match self.subject_of_verb_joined(sentence, hit) {
                    _ if hit.clitics & clitic::PREPOSITION != 0 => self.who_went_on(index, hit)?,
                    Some(mention) => mention,
                    None => self.dropped(index, sentence, hit.first)?,
                };
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
            // "إعلان الحكومة أنها": a noun of saying with the one who says it.
            Subject::Owner => {
                let owner = self.noun_speaker(index, sentence, hit, trigger)?;
                if !self.eligible(owner.0) {
                    return None;
                }
                owner
            }
            _ => return None,
        };
        let after = match spoken {
            Some(last) => last,
            None if self.mentions[speaker].first > hit.last
                && from.is_none()
                && self.mentions[speaker].first <= sentence.last =>
            {
                self.mentions[speaker].last
            }
            None => hit.last,
        };
        let subject_end = if spoken.is_some() { after } else { self.extent(after.max(hit.last), speaker, sentence) };
        let mut draft = self.blank(EventType::Statement, number, hit, index, rule.confidence);
        draft.act = trigger.act;
        draft.cameo = trigger.cameo;
        if self.mentions[speaker].both {
            self.expand_both(&mut draft, Role::Speaker, speaker, hit.first);
        }
        // "وشددا على أن": a verb in the dual goes on with the two who were named together.
        if rule.subject == Subject::Dropped && self.verb_is_dual(hit.first) && !self.mentions[speaker].both {
            self.expand_both(&mut draft, Role::Speaker, speaker, hit.first);
            draft.actors.iter_mut().for_each(|a| a.from = from);
        }
        if draft.actors.is_empty() {
            let entity = self.mentions[speaker].entity;
            draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity, from });
        }
        if from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
            self.join_pronoun(&mut draft, Role::Speaker, speaker, sentence);
        }
        self.targets(&mut draft, trigger, sentence, hit, subject_end, index);
        // "انتقد الوزير إعلان واشنطن": whose deed it is stands inside what is said.
        let object = self.object_start(sentence, subject_end + 1);
        let deed = |m: &Mention| {
            m.first > object
                && m.first <= object + 3
                && self.owner_of_deed(sentence, object).is_some_and(|o| self.mentions[o].first == m.first)
        };
        let last_actor = draft
            .actors
            .iter()
            .filter(|a| a.from.is_none() && !(a.role == Role::Target && deed(&self.mentions[a.mention])))
            .map(|a| self.mentions[a.mention].last)
            .filter(|&l| l <= sentence.last && l > hit.last && l < subject_end + 30)
            .max();
        self.content_of_attribution(&mut draft, sentence, hit, subject_end);
        if let Some(object) = self
            .object_of_noun(sentence, trigger, subject_end + 1)
            .filter(|_| rule.subject == Subject::Owner && hit.clitics & clitic::SUFFIX == 0)
        {
            let end = self.content_end(object, sentence);
            draft.content.push((object, end.max(object)));
            self.collect_quotes(&mut draft);
            if let Some(target) = self.starting(object).filter(|&m| self.eligible(m) && trigger.act != Act::State) {
                self.push_actor(&mut draft, Role::Target, target, None);
                self.coordinate(&mut draft, Role::Target, target, sentence);
            }
        }
        let attributed = !draft.content.is_empty();
        let mut clause = attributed || self.content(&mut draft, trigger, sentence, hit, subject_end, last_actor);
        // "أكد الوزير وشدد على أن": two verbs, one clause.
        let next = last_actor.unwrap_or(subject_end).max(subject_end) + 1;
        if draft.content.is_empty() {
            if let Some((second, also)) = self.verb_joined_at(sentence, next) {
                draft.triggers.push((second.first, second.last));
                clause = self.content(&mut draft, also, sentence, second, second.last, None);
            }
        } else if hit.clitics & clitic::CONJUNCTION != 0 && hit.first > sentence.first {
            let before = hit.first - 1;
            if !self.used(index, before)
                && self.at[before] == usize::MAX
                && self.is_speech_verb(before)
                && self.is_past(before)
            {
                draft.triggers.push((before, before));
            }
        }
        // Without a subject of its own only a clause proves a report, or the verb's preposition right behind it.
        // A present verb that only its preposition follows tells what something does: "ويهدد بتكرار الأزمة".
        let tense = hit.form != Form::Present || hit.first < self.doc.body;
        let adjacent = || tense && draft.content.first().is_some_and(|c| c.0 <= hit.last + 4 && c.0 > hit.last);
        // "وقد اعتبر ذلك": so may a verb of which nobody is the subject.
        let own = hit.clitics & clitic::CONJUNCTION != 0;
        let pointing = draft.content.first().is_some_and(|c| self.doc.flags(c.0) & flag::DEMONSTRATIVE != 0);
        let adjacent = || adjacent() && (own || !pointing);
        // "أطلعه على النتائج": who is told of something that a preposition names is told it, whatever the word is alone.
        let plain = self.doc.flags(hit.first) & (flag::NOUN | flag::ADJECTIVE) == 0 && trigger.act == Act::State;
        let informed = plain && informs(trigger) && draft.actors.iter().any(|a| a.role == Role::Target);
        let proven = clause
            || informed
            || trigger.strength == Strength::Strong && (!dropped || adjacent() && self.joined(sentence, hit));
        if draft.content.is_empty() || !proven || rule.needs == Needs::Clause && !clause && !dropped {
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
                if whole.act == Act::State {
                    (whole.act, whole.cameo) = (draft.act, draft.cameo);
                }
                whole.content = std::mem::take(&mut draft.content);
                whole.quotes = std::mem::take(&mut draft.quotes);
                return Some(whole);
            }
        }
        if trigger.act == Act::State {
            self.do_what_noun_says(&mut draft, sentence, hit);
        }
        self.noun_addressee(&mut draft, sentence, 0);
        if trigger.strength == Strength::Attitude {
            draft.confidence *= 0.75;
        }
        draft.modality = self.statement_modality(hit, sentence);
        // "ضمان عدم تهديد طهران لجيرانها": a noun that is denied is nobody's statement.
        if rule.subject == Subject::Owner && draft.modality == Modality::Negated {
            return None;
        }
        // "رفض المتحدث التعليق على": who declines to say something does not say it.
        if draft.act == Act::Reject && self.declines_to_tell(&draft) {
            draft.act = Act::State;
            draft.cameo = 10;
            draft.modality = Modality::Negated;
        }
        self.finish_statement(&mut draft, sentence, hit);
        Some(draft)
    }

    /// Whether what is refused is to tell something: "رفض الكشف عن", "رفض أن يحدد".
    fn declines_to_tell(&self, draft: &Draft) -> bool {
        draft.content.first().is_some_and(|&(first, _)| self.listed("disclosures", first))
    }

    /// "تصريحات الوزير التي أكد فيها أن": whose words the sentence names, where the verb points back at them.
    fn author_of_named(&self, sentence: Sentence, hit: Hit) -> Option<usize> {
        let doc = self.doc;
        if hit.form != Form::Past
            || doc.flags(hit.last + 1) & flag::RESUMPTIVE == 0
            || doc.flags(hit.last + 2) & flag::THAT == 0
            || self.at[hit.last + 1] != usize::MAX
        {
            return None;
        }
        let near = sentence.first.max(hit.first.saturating_sub(REACH));
        let noun = (near..hit.first).rev().find(|&p| self.at[p] == usize::MAX && doc.flags(p) & flag::SETTING != 0)?;
        let owner = self.starting(noun + 1).filter(|_| !doc.has_article(noun))?;
        let m = &self.mentions[owner];
        let genitive = m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 && !m.pronoun;
        let described = (m.last + 1..hit.first).any(|p| {
            self.at[p] == usize::MAX && doc.flags(p) & flag::RELATIVE != 0 && doc.flags(p) & flag::PREPOSITION == 0
        });
        (genitive && described).then_some(owner)
    }

    /// "عاد الوزير ليؤكد أن": a verb of saying that says what somebody did next.
    pub(super) fn goes_on_to_report(&self, hit: Hit, trigger: &Trigger) -> bool {
        trigger.kind == EventType::Statement
            && trigger.strength == Strength::Strong
            && hit.form == Form::Present
            && self.has_dative(hit.first)
            && self.has_that_soon(hit.last + 1)
    }

    /// Who did what the verb before told, where that was a person.
    fn who_went_on(&self, index: usize, hit: Hit) -> Option<usize> {
        let before = self.drafts.last().filter(|d| d.sentence == index && d.triggers[0].0 < hit.first)?;
        let mention = before.actors.first()?.mention;
        let person = self.mentions[mention].kind == ActorKind::Person && self.gender_fits(hit.first, mention);
        person.then_some(mention)
    }

    /// "قال في بيان نشر على موقع الوزارة إن": a weak verb that only tells of a document what was done with it, while another
    /// verb of the sentence reports.
    fn tells_of_document(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> bool {
        let doc = self.doc;
        let Some(before) = hit.first.checked_sub(1).filter(|&b| b > sentence.first) else { return false };
        trigger.strength == Strength::Weak
            && hit.form == Form::Past
            && hit.clitics & clitic::CONJUNCTION == 0
            && doc.flags(before) & (flag::SETTING | flag::ADJECTIVE) != 0
            && !doc.has_article(before)
            && (before.saturating_sub(1).max(sentence.first)..=before).any(|p| doc.longest(p, flag::SETTING).is_some())
            && doc.flags(hit.last + 1) & flag::RESUMPTIVE == 0
            && (sentence.first..before).any(|p| self.at[p] == usize::MAX && self.is_speech_verb(p))
    }

    /// Whose words a noun of saying names, where what was said follows: its genitive, or the pronoun attached to it.
    fn noun_speaker(
        &self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        trigger: &Trigger,
    ) -> Option<(usize, Option<(usize, usize)>)> {
        let doc = self.doc;
        if hit.clitics & clitic::ARTICLE != 0 {
            return None;
        }
        let clause = |p: usize| p < sentence.last && doc.flags(p) & flag::THAT != 0 && self.at[p] == usize::MAX;
        // The owner of a verb that wants an object may be that object: "اتهام الوزير بالفساد", "إخبارهم بأن".
        let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        if hit.clitics & clitic::SUFFIX != 0 {
            let owner = self.owner_of_suffix(sentence, hit.first, index).filter(|_| !object)?;
            // "لتنصله من": behind the preposition of purpose it is why something is done.
            let reason = hit.clitics & clitic::PREPOSITION != 0 && self.has_dative(hit.first);
            let told = trigger.strength == Strength::Strong && !reason && self.governs(trigger, hit.last + 1);
            return (clause(hit.last + 1) || told).then_some((owner, Some((hit.first, hit.first))));
        }
        let owner = self.starting(hit.last + 1)?;
        let m = &self.mentions[owner];
        if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) != 0 || m.pronoun || m.place.is_some() {
            return None;
        }
        let next = self.extent(m.last, owner, sentence) + 1;
        let told =
            trigger.strength == Strength::Strong && !object && next <= sentence.last && self.governs(trigger, next);
        (clause(next) || told || self.object_of_noun(sentence, trigger, next).is_some()).then_some((owner, None))
    }

    /// Where the object of a noun of saying begins behind the one who says it: "إعلان واشنطن استئناف المحادثات", and with a
    /// preposition, which shows that the genitive is no object itself, "رفض الحكومة للخطة".
    fn object_of_noun(&self, sentence: Sentence, trigger: &Trigger, next: usize) -> Option<usize> {
        let doc = self.doc;
        if trigger.strength != Strength::Strong || next > sentence.last || doc.kind(next) != Kind::Word {
            return None;
        }
        let slot = trigger.slots.iter().find(|s| s.marker == Marker::Object)?;
        let attached = self.has_dative(next) && doc.words[next].clitics() & clitic::PREPOSITION != 0;
        let bare = !slot.actor
            && slot.content
            && self.at[next] == usize::MAX
            && doc.words[next].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::ARTICLE) == 0
            && doc.flags(next) & (flag::NOUN | flag::MATTER | flag::SPEECH_NOUN) != 0
            && doc.flags(next) & (flag::ADJECTIVE | flag::PREPOSITION | flag::ADVERB | flag::TIME_WORD | flag::VERB)
                == 0
            && (doc.flags(next) & flag::PARTICLE == 0 || doc.flags(next) & flag::MODALITY != 0);
        (bare || attached && doc.flags(next) & flag::PREPOSITION == 0).then_some(next)
    }

    /// The speaker whom a preposition of the verb's frame names, and where the phrase ends: "نقلت الوكالة عن الوزير قوله".
    fn slot_speaker(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> Option<(usize, usize)> {
        let slot = trigger.slots.iter().find(|s| s.speaker)?;
        let Marker::Preposition(word) = &slot.marker else { return None };
        let mut p = hit.last + 1;
        while p <= sentence.last && p < hit.last + REACH {
            if let Some(mention) = self.starting(p) {
                if self.preposition(mention) == Some(word.as_str()) {
                    return Some((mention, self.mentions[mention].last));
                }
                p = self.mentions[mention].last;
            } else if matches!(self.doc.kind(p), Kind::Stop | Kind::Break | Kind::Colon | Kind::Semicolon)
                || self.doc.flags(p) & flag::THAT != 0
            {
                return None;
            }
            p += 1;
        }
        None
    }

    /// The document right after a verb, which speaks for its issuer: "وأضاف البيان", "ذكر تقرير للأمم المتحدة".
    pub(super) fn document_after(&self, index: usize, sentence: Sentence, verb: usize) -> Option<Document> {
        let doc = self.doc;
        let mut p = verb + 1;
        while p <= sentence.last && doc.flags(p) & (flag::ADVERB | flag::TIME_WORD) != 0 && doc.kind(p) == Kind::Word {
            p += 1;
        }
        self.document(index, sentence, p)
    }

    /// The document that begins at `noun`, with the one who issued it.
    pub(super) fn document(&self, index: usize, sentence: Sentence, noun: usize) -> Option<Document> {
        let free = noun <= sentence.last
            && self.at[noun] == usize::MAX
            && self.doc.flags(noun) & flag::SETTING != 0
            && self.doc.words[noun].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0;
        if free { self.document_at(index, sentence, noun) } else { None }
    }

    /// The document that a noun at `noun` is, whatever is attached to it.
    pub(super) fn document_at(&self, index: usize, sentence: Sentence, noun: usize) -> Option<Document> {
        let doc = self.doc;
        let mut p = noun + 1;
        while p <= sentence.last && p < noun + 6 {
            if let Some(mention) = self.starting(p) {
                let genitive = p == noun + 1 && !doc.has_article(noun) && self.preposition(mention).is_none();
                let by = self.preposition(mention).is_some_and(|w| {
                    let grammar = &self.lexicon.spec.grammar;
                    grammar.to.iter().chain(&grammar.about).chain(&grammar.from).any(|o| o == w)
                });
                // "بيان أصدرته الوزارة": the pronoun of the verb is the document.
                let issued = doc.flags(p - 1) & flag::LIGHT != 0
                    && doc.words[p - 1].clitics() & clitic::SUFFIX != 0
                    && self.preposition(mention).is_none()
                    && self.eligible(mention);
                if genitive || issued || by && self.mentions[mention].place.is_none() {
                    return Some(Document { issuer: mention, from: None, last: self.mentions[mention].last });
                }
                break;
            }
            let flags = doc.flags(p);
            let clause = flags & (flag::THAT | flag::SUBORDINATOR) != 0
                || flags & flag::RELATIVE != 0 && (flags & flag::PREPOSITION == 0 || self.starting(p + 1).is_none());
            if doc.kind(p) != Kind::Word || clause {
                break;
            }
            let goes_on = flags & (flag::ADJECTIVE | flag::PREPOSITION | flag::LIGHT | flag::DEMONYM) != 0;
            if !goes_on {
                break;
            }
            p += 1;
        }
        if !doc.has_article(noun) {
            return None;
        }
        let near = |at: usize| at <= index && index - at <= 6;
        let (issuer, _) = self.issuer.filter(|i| near(i.1)).or(self.speaker.filter(|s| near(s.1)))?;
        // "البيان المشترك": which one.
        let which = |&p: &usize| {
            p <= sentence.last
                && self.at[p] == usize::MAX
                && doc.kind(p) == Kind::Word
                && doc.has_article(p)
                && doc.flags(p) & flag::ADJECTIVE != 0
                && doc.words[p].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
        };
        let last = if self.lexicon.spec.grammar.has_case {
            noun
        } else {
            (noun + 1..noun + 3).take_while(which).last().unwrap_or(noun)
        };
        Some(Document { issuer, from: Some((noun, last)), last })
    }

    /// Whether the only noun after a verb that cannot do without an object is that object: "كما حض المجتمع الدولي على".
    fn lone_object(&self, sentence: Sentence, hit: Hit, trigger: &Trigger, mention: usize) -> bool {
        if hit.clitics & clitic::SUFFIX != 0 || !trigger.slots.iter().any(|s| s.marker == Marker::Object && s.required)
        {
            return false;
        }
        let m = &self.mentions[mention];
        let next = self.extent(m.last, mention, sentence) + 1;
        if m.first != hit.last + 1 + usize::from(self.is_quantity(hit.last + 1)) {
            return false;
        }
        if next > sentence.last || self.doc.kind(next) != Kind::Word {
            return self.doc.kind(next) == Kind::Stop || next > sentence.last;
        }
        self.governs(trigger, next)
            || self.doc.flags(next) & (flag::THAT | flag::ADVERB) != 0
            || self.doc.flags(next) & flag::PREPOSITION == 0
                && self.doc.words[next].clitics() & clitic::SUFFIX != 0
                && { self.doc.flags(next) & flag::NOUN == 0 }
    }

    /// Whether a verb without a subject is joined to what was told before it: "ورحب", "كما دعا", "لكنه حذر".
    fn joined(&self, sentence: Sentence, hit: Hit) -> bool {
        if hit.clitics & clitic::CONJUNCTION != 0 || self.doc.flags(hit.last + 1) & flag::RESUMPTIVE != 0 {
            return true;
        }
        let Some(before) = hit.first.checked_sub(1).filter(|&b| b >= sentence.first) else { return false };
        let joins = flag::SUBORDINATOR | flag::CONJUNCTION | flag::ADVERB | flag::AUXILIARY | flag::ATTRIBUTION;
        self.doc.kind(before) == Kind::Word && self.doc.flags(before) & joins != 0
            || (before.saturating_sub(3)..=before)
                .any(|p| self.doc.longest(p, flag::ADVERB).is_some_and(|x| x.last() == before))
    }

    /// "أما الوزير، الذي عاد أمس، فقال إن": whom the words "as for" make the subject of the verb behind their answering "so".
    /// `Some(None)` where it is nobody known, and `None` where no such words open the clause.
    fn topic_of_clause(&self, sentence: Sentence, hit: Hit) -> Option<Option<usize>> {
        let doc = self.doc;
        let answer = self.lexicon.spec.grammar.answer.as_str();
        if answer.is_empty() || hit.clitics & clitic::CONJUNCTION == 0 || !doc.norm(hit.first).starts_with(answer) {
            return None;
        }
        let from = sentence.first.max(hit.first.saturating_sub(2 * REACH));
        let opener = (from..hit.first).rev().find(|&p| self.at[p] == usize::MAX && self.listed("as_for", p))?;
        let next = opener + 1 + usize::from(doc.kind(opener + 1) == Kind::Quote);
        // "أما في القاهرة فقال الوزير": the words are about a place or matter.
        let matter = doc.kind(next) != Kind::Word
            || doc.words[next].clitics() & clitic::PREPOSITION != 0
            || self.at[next] == usize::MAX
                && doc.flags(next) & (flag::PREPOSITION | flag::ADVERB | flag::TIME_WORD | flag::SUBORDINATOR) != 0;
        if matter || self.starting(hit.last + 1).is_some_and(|m| self.mentions[m].clitics & clitic::PREPOSITION == 0) {
            return None;
        }
        Some(self.starting(next))
    }

    /// "تلقى اتصالا من الوزير أكد خلاله أن": who sent or made what the pronoun behind the verb goes back to, named right
    /// before the verb behind "from".
    pub(super) fn sender_before(&self, sentence: Sentence, first: usize, last: usize) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case
            || doc.flags(last + 1) & flag::RESUMPTIVE == 0
            || doc.has_conjunction(first)
            || first <= sentence.first
        {
            return None;
        }
        let from = &self.lexicon.spec.grammar.from;
        let mut end = first - 1 - usize::from(doc.kind(first - 1) == Kind::Comma);
        // "من وزير الداخلية بمملكة البحرين أعرب خلاله": his country or body may stand between.
        for _ in 0..3 {
            let m = self.ending(end).filter(|&m| self.mentions[m].first > sentence.first)?;
            let before = self.preposition(m);
            if before.is_some_and(|w| from.iter().any(|f| f == w)) {
                return Some(m);
            }
            before?;
            let apart = self.mentions[m].clitics & clitic::PREPOSITION == 0;
            end = self.mentions[m].first - 1 - usize::from(apart);
        }
        None
    }

    /// "استقبله الوزير وأكد له": who stands between a verb that has its object and the verb joined to it is the subject of both.
    fn subject_of_verb_joined(&self, sentence: Sentence, hit: Hit) -> Option<usize> {
        let doc = self.doc;
        if hit.clitics & clitic::CONJUNCTION == 0 || hit.first <= sentence.first + 1 {
            return None;
        }
        let subject = self.ending(hit.first - 1)?;
        let m = &self.mentions[subject];
        let verb = m.first.checked_sub(1).filter(|&v| v >= sentence.first && self.at[v] == usize::MAX)?;
        let told = doc.words[verb].clitics() & clitic::SUFFIX != 0
            && doc.flags(verb) & (flag::VERB | flag::LIGHT | flag::SPEECH | flag::MEETING | flag::VISIT) != 0
            && doc.flags(verb) & flag::PREPOSITION == 0
            && (verb == sentence.first || doc.flags(verb - 1) & flag::PREPOSITION == 0);
        (told
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && !m.pronoun
            && m.place.is_none()
            && self.gender_fits(hit.first, subject))
        .then_some(subject)
    }

    /// "كان بوسعه أن يعلن": right behind the bare complementizer a present verb without a subject tells what might be said.
    fn only_wished(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        hit.form == Form::Present
            && hit.clitics & clitic::CONJUNCTION == 0
            && hit.first > sentence.first
            && self.at[hit.first - 1] == usize::MAX
            && self.lexicon.spec.grammar.wish.iter().any(|w| w == doc.norm(hit.first - 1))
    }

    /// Whether a statement of this sentence stands before `token`, so that a verb joined to it shares its speaker.
    fn told_before(&self, index: usize, token: usize) -> bool {
        self.drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .any(|d| d.kind == EventType::Statement && d.triggers[0].0 < token && !self.reported(d))
    }

    /// Whether a verb of saying reports the words of somebody who is named and is no actor: "وقال المحلل إن".
    pub(super) fn foreign_report(&self, sentence: Sentence, hit: Hit) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let trigger = &self.lexicon.triggers[hit.trigger as usize];
        if grammar.has_case
            || trigger.kind != EventType::Statement
            || !matches!(hit.form, Form::Past | Form::Present)
            || hit.form == Form::Present
                && (self.describes(sentence, hit)
                    || self.subject_after(sentence, hit.last).is_some_and(|m| self.eligible(m)))
            || !self.form_fits(hit, trigger, sentence)
            || hit.first > sentence.first && self.doc.flags(hit.first - 1) & flag::RELATIVE != 0
            || self.doc.quoted[hit.first] != 0
            || self.describes_noun(sentence, hit)
            || self.noun_rather(sentence, hit)
            || self.subject_behind(sentence, hit).is_some()
            || !self.blocked_subject(sentence, hit.last) && self.stranger_after(sentence, hit.last).is_none()
            || self.drafts.last().is_some_and(|d| {
                d.sentence == self.doc.sentence_of[hit.first] as usize && self.reported_at(d, hit.first)
            })
        {
            return false;
        }
        let opens = |p: usize| {
            matches!(self.doc.kind(p), Kind::Colon | Kind::Quote)
                || self.doc.flags(p) & flag::THAT != 0 && self.at[p] == usize::MAX
        };
        // A person who is named as no actor needs no clause to be heard: "وأشار المحلل إلى".
        let nobody = self.starting(hit.last + 1).is_some_and(|m| {
            self.mentions[m].kind == ActorKind::Person && self.mentions[m].non_actor && !self.eligible(m)
        }) || self.stranger_after(sentence, hit.last).is_some()
            || self.unlisted_name(hit.last + 1);
        nobody && trigger.strength == Strength::Strong
            || (nobody || hit.form == Form::Past)
                && trigger.slots.iter().any(|s| s.marker == Marker::That || s.marker == Marker::Quote)
                && (hit.last + 1..=sentence.last.min(hit.last + REACH)).any(opens)
    }

    /// "كلمة نقلها التلفزيون": a verb whose pronoun goes back to the noun right before it tells what was done with that.
    fn describes_noun(&self, sentence: Sentence, hit: Hit) -> bool {
        let Some(before) = hit.first.checked_sub(1).filter(|&b| b >= sentence.first) else { return false };
        hit.clitics & clitic::SUFFIX != 0
            && hit.clitics & clitic::CONJUNCTION == 0
            && self.doc.kind(before) == Kind::Word
            && (self.at[before] != usize::MAX || self.doc.flags(before) & (flag::NOUN | flag::SETTING) != 0)
    }

    /// "أكد فلان رفض حكومته": letters that could be a noun as well are one behind a word that opens no clause.
    fn noun_rather(&self, sentence: Sentence, hit: Hit) -> bool {
        let Some(before) = hit.first.checked_sub(1).filter(|&b| b >= sentence.first) else { return false };
        let opens = flag::ADVERB | flag::SUBORDINATOR | flag::CONJUNCTION | flag::AUXILIARY | flag::ATTRIBUTION;
        self.doc.flags(hit.first) & flag::NOUN != 0
            && hit.clitics & clitic::CONJUNCTION == 0
            && self.doc.kind(before) == Kind::Word
            && (self.at[before] != usize::MAX || self.doc.flags(before) & opens == 0)
    }

    /// "ويقول محمد القصير": a given name that is no mention, since what follows it could be another word.
    fn unlisted_name(&self, p: usize) -> bool {
        let doc = self.doc;
        self.at.get(p) == Some(&usize::MAX)
            && doc.kind(p) == Kind::Word
            && doc.flags(p) & flag::GIVEN != 0
            && doc.flags(p) & (flag::VERB | flag::PARTICLE | flag::PREPOSITION | flag::SPEECH_NOUN) == 0
            && doc.words[p].clitics() == 0
    }

    /// The named person behind a verb, and behind adverbials, who is no actor: "وتحدث في المهرجان فلان".
    fn stranger_after(&self, sentence: Sentence, verb: usize) -> Option<usize> {
        self.subject_after(sentence, verb).filter(|&m| {
            let mention = &self.mentions[m];
            mention.kind == ActorKind::Person && mention.name.is_some() && !mention.pronoun && !self.eligible(m)
        })
    }

    /// The actor right behind a past verb of saying that is its subject, whether or not the verb tells something.
    pub(super) fn subject_behind(&self, sentence: Sentence, hit: Hit) -> Option<usize> {
        let trigger = &self.lexicon.triggers[hit.trigger as usize];
        let subject = self.starting(hit.last + 1).filter(|_| hit.last < sentence.last)?;
        let m = &self.mentions[subject];
        let free = m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 && !m.pronoun && m.place.is_none();
        (free
            && hit.form == Form::Past
            && (m.kind == ActorKind::Person || self.is_past(hit.first))
            && self.eligible(subject)
            && !self.is_object_by_gender(hit, subject)
            && !self.lone_object(sentence, hit, trigger, subject))
        .then_some(subject)
    }

    /// Whether a token stands inside what a statement says.
    fn reported_at(&self, draft: &Draft, token: usize) -> bool {
        draft.kind == EventType::Statement && draft.content.iter().any(|&(a, b)| a <= token && token <= b)
    }

    /// A past verb of saying that "and" joins right at `p`.
    fn verb_joined_at(&self, sentence: Sentence, p: usize) -> Option<(Hit, &Trigger)> {
        if p > sentence.last || self.at[p] != usize::MAX || self.doc.quoted[p] != 0 {
            return None;
        }
        self.doc.matches_at(p).iter().find_map(|x| match x.meaning {
            Meaning::Trigger { trigger, form: Form::Past } if x.clitics & clitic::CONJUNCTION != 0 => {
                let also = &self.lexicon.triggers[trigger as usize];
                let hit = Hit { first: p, last: x.last(), trigger, form: Form::Past, clitics: x.clitics };
                (also.kind == EventType::Statement).then_some((hit, also))
            }
            _ => None,
        })
    }

    /// Whether a token is a past form of a trigger and of nothing that is no verb.
    pub(super) fn is_past(&self, p: usize) -> bool {
        self.doc.flags(p) & (flag::PREPOSITION | flag::NOUN | flag::ADVERB) == 0
            && self.doc.matches_at(p).iter().any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. }))
    }

    /// Whether a present verb only describes the noun before it: "أنباء تفيد بأن".
    fn describes(&self, sentence: Sentence, hit: Hit) -> bool {
        if hit.form != Form::Present
            || hit.first == sentence.first
            || hit.clitics & (clitic::CONJUNCTION | clitic::FUTURE) != 0
        {
            return false;
        }
        let before = hit.first - 1;
        let flags = self.doc.flags(before);
        self.doc.kind(before) == Kind::Word
            && self.at[before] == usize::MAX
            && flags & (flag::NOUN | flag::ADJECTIVE) != 0
            && flags & (flag::ADVERB | flag::CONJUNCTION | flag::AUXILIARY | flag::TIME_WORD | flag::PARTICLE) == 0
    }

    /// Whether a report of the body is the speaker's, or that of somebody who can speak for a body or country. A body
    /// without reports says nothing of its headline.
    pub(super) fn speaks_below(&self, speaker: usize) -> bool {
        let m = &self.mentions[speaker];
        let country = |entity: usize| self.resolver.entities[entity].country;
        let unnamed = m.name.is_none();
        let mut reports = self.drafts.iter().filter(|d| d.kind == EventType::Statement).peekable();
        reports.peek().is_none()
            || reports.filter_map(|d| d.actors.first()).any(|a| {
                a.entity == m.entity || unnamed && country(a.entity).is_some() && country(a.entity) == country(m.entity)
            })
    }

    /// Where the words begin that an attribution at `here` credits: its sentence, or what follows the last report in it.
    pub(super) fn credited_start(&self, index: usize, sentence: Sentence, here: usize) -> usize {
        let start = self.report_start(sentence, here);
        let told = self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|c| c.0 <= here && start <= c.1));
        if told { self.clause_start(sentence, here) } else { start }
    }

    /// Whether the actor right before a verb opens its clause and so is its subject: "وكان الوزير طلب من نظيره".
    fn leads(&self, sentence: Sentence, hit: Hit) -> bool {
        if hit.clitics & clitic::CONJUNCTION != 0 || hit.first <= sentence.first {
            return false;
        }
        let mut p = hit.first - 1;
        while p > sentence.first && self.at[p] == usize::MAX && self.doc.flags(p) & flag::AUXILIARY != 0 {
            p -= 1;
        }
        self.ending(p).is_some_and(|m| {
            let m = &self.mentions[m];
            m.place.is_none()
                && !m.pronoun
                && m.clitics & clitic::PREPOSITION == 0
                && self.preposition(self.at[p]).is_none()
                && self.heads_clause(sentence, self.clause_start(sentence, hit.first), m.first)
        })
    }

    /// The attribution right before `verb` that its clause completes: "حسب ما", "وفقما".
    pub(super) fn attribution_before(&self, sentence: Sentence, verb: usize) -> Option<usize> {
        (verb.saturating_sub(3).max(sentence.first)..verb)
            .find(|&p| self.doc.longest(p, flag::ATTRIBUTION).is_some_and(|x| x.last() + 1 == verb))
    }

    /// "...، حسبما أفاد مصدر": the verb of an attribution, whose clause stands before it.
    fn content_of_attribution(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, subject_end: usize) {
        // "وفقا لما ورد في": the letter is the verb's own there.
        let joined = hit.clitics & clitic::CONJUNCTION != 0;
        let Some(opener) = self.attribution_before(sentence, hit.first).filter(|_| !joined) else { return };
        if opener < sentence.first + 3 || self.has_that_soon(subject_end + 1) {
            return;
        }
        // "كما أيد الوزير القرار": a conjunction credits somebody only where the verb says nothing of its own.
        let conjunction = self.doc.flags(opener) & flag::CONJUNCTION != 0;
        if conjunction && opener + 1 == hit.first && !self.ends_clause(subject_end + 1, sentence) {
            return;
        }
        let start = self.credited_start(draft.sentence, sentence, opener);
        let end = self.trim(start, opener - 1);
        let told = self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == draft.sentence)
            .filter(|d| d.actors.first().map(|a| a.entity) == draft.actors.first().map(|a| a.entity))
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|c| c.0 <= end && start <= c.1));
        if !told && end >= start + 2 {
            draft.content.push((start, end));
            draft.triggers.push((opener, hit.first - 1));
            self.collect_quotes(draft);
        }
    }

    /// Whether a clause ends at `p`, or behind adverbials and dates that begin there.
    fn ends_clause(&self, p: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        let adverbial = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
        let mut p = p;
        while p <= sentence.last && doc.kind(p) == Kind::Word && doc.flags(p) & adverbial != 0 {
            p += 1;
        }
        p > sentence.last || !matches!(doc.kind(p), Kind::Word | Kind::Quote | Kind::Colon)
    }

    /// The end of the subject phrase: a delegation with its leader, coordinated names.
    pub(super) fn extent(&self, end: usize, _speaker: usize, sentence: Sentence) -> usize {
        let mut end = self.called_after(end).unwrap_or(end);
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
        self.times.clear();
        let case = self.lexicon.spec.grammar.has_case;
        // "وأكد", "، مشيرا": what stands before a verb that goes on belongs to the one it goes on from.
        let goes_on = !case && (hit.clitics & clitic::CONJUNCTION != 0 || hit.form == Form::Participle);
        let before = if goes_on { hit.first } else { self.clause_start(sentence, hit.first) };
        let said = self.said_elsewhere(draft, hit);
        let own =
            |p: usize| case || !said.iter().any(|&(a, b)| a <= p && p <= b) && !self.told_of_another(hit, p, before);
        let inside = |p: usize, draft: &Draft| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let end =
            if first_content > hit.first { first_content.saturating_sub(1).min(sentence.last) } else { sentence.last };
        if before <= end {
            let mut found = Vec::new();
            expressions(self.doc, self.lexicon, before, end, &mut found);
            found.retain(|e| !inside(e.first, draft) && own(e.first));
            // «قال "اليوم نعلن"»: a day inside the quotation is the speaker's own.
            let quoted = |p: usize| self.doc.quoted[p];
            let apart = |e: &Expression| quoted(e.first) != 0 && quoted(e.first) != quoted(hit.first);
            found.retain(|e| case || !apart(e) && !self.dates_another(e, hit));
            // "Who arrived on Friday, said", "said the envoy, who left on Friday": a relative clause keeps its day.
            if self.lexicon.spec.grammar.has_case {
                let doc = self.doc;
                // "After Tuesday's vote, the envoy said": the day is that of what it owns.
                found.retain(|e| !doc.tokens.all[e.last].possessive && e.last + FAR > hit.first);
                let relative = |q: usize| self.at[q] == usize::MAX && doc.flags(q) & flag::RELATIVE != 0;
                found.retain(|e| {
                    if e.first > hit.first {
                        return !(hit.last + 1..e.first).any(relative);
                    }
                    let told = (before..e.first).any(relative);
                    !told || !(e.last..hit.first).any(|q| doc.kind(q) == Kind::Comma)
                });
            }
            draft.time = found.into_iter().min_by_key(|e| e.first.abs_diff(hit.first));
        }
        if draft.time.is_none() {
            draft.time = self.entry_date(sentence);
        }
        draft.place = self.place_between(before, end, draft);
        // A place in what somebody is told of gives way to the next one.
        for _ in 0..3 {
            let Some(other) = draft.place.filter(|p| !own(p.first)) else { break };
            draft.place = if other.last < end { self.place_between(other.last + 1, end, draft) } else { None };
        }
        draft.place = draft.place.filter(|p| own(p.first) && (!case || p.last + FAR > hit.first));
        draft.via = self
            .outlet(sentence, hit, draft)
            .or_else(|| self.dateline_outlet(sentence))
            .or_else(|| self.outlet_of_report_before(draft));
    }

    /// "قال الوزير للوكالة إن ...، مشيرا إلى": what somebody goes on to say in his sentence was said to the same outlet.
    fn outlet_of_report_before(&self, draft: &Draft) -> Option<(usize, usize)> {
        let speaker = draft.actors.first().filter(|_| !self.lexicon.spec.grammar.has_case)?.entity;
        let mut before = self.drafts.iter().rev().take_while(|d| d.sentence == draft.sentence);
        before.find(|d| d.kind == EventType::Statement && d.actors.first().is_some_and(|a| a.entity == speaker))?.via
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

/// Whether a verb takes whom it tells as its object, and what it tells behind a preposition: to brief somebody on something.
fn informs(trigger: &Trigger) -> bool {
    let told = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor && !s.speaker);
    told && trigger.slots.iter().any(|s| s.content && !s.actor && matches!(s.marker, Marker::Preposition(_)))
}

//! Whom a statement is for or about: behind its preposition, or by the deed that it speaks of.

use super::*;

impl Engine<'_, '_> {
    /// The persons or bodies that a statement addresses or is about, by the frame of its verb.
    pub(super) fn targets(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        hit: Hit,
        subject_end: usize,
        index: usize,
    ) {
        self.audience(draft, sentence, subject_end);
        for slot in trigger.slots.iter().filter(|s| s.actor && !s.speaker) {
            match &slot.marker {
                // "وشكرتهم": the pronoun on the verb.
                Marker::Object if hit.clitics & clitic::SUFFIX != 0 => {
                    let speaker = draft.actors.first().map(|a| a.entity);
                    let target = self.owner_of_suffix(sentence, hit.first, index);
                    let target = target.filter(|&t| Some(self.mentions[t].entity) != speaker);
                    let finite = matches!(hit.form, Form::Past | Form::Present | Form::Participle);
                    let other = || self.other_before(sentence, hit.first, hit.first, speaker).filter(|_| finite);
                    if let Some(target) = target.or_else(other) {
                        self.push_actor(draft, Role::Target, target, Some((hit.first, hit.first)));
                    }
                }
                Marker::Object => {
                    let p = self.object_start(sentence, subject_end + 1);
                    let p = p + usize::from(self.is_quantity(p));
                    // "دعا الرئيس خلال الاتصال نظيره إلى": the object may stand behind adverbials, before its preposition.
                    let far = || {
                        self.object_at(sentence, p)
                            .filter(|&o| self.governs(trigger, self.mentions[o].last + 1) && p <= hit.last + REACH)
                            .or_else(|| {
                                // "انتقد الوزير إعلان واشنطن": whose deed is praised, accused or refused.
                                let deed =
                                    slot.content && matches!(draft.act, Act::Support | Act::Accuse | Act::Reject);
                                self.owner_of_deed(sentence, p).filter(|_| deed && p < sentence.last)
                            })
                    };
                    if let Some(index) = self.starting(p).filter(|_| p <= sentence.last).or_else(far) {
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
                    // The first mention with that preposition right after the subject, or behind its apposition and a day:
                    // "أعرب الرئيس، أمس، لنظيره".
                    let mut p = self.past_commas(sentence, subject_end + 1);
                    // "أعلن دعمه لقطر", "كشف عن جثث لمتمردين": what is attached to a noun behind belongs to that noun.
                    let attached = self.lexicon.spec.clitics.article_swallowed_by.contains(word);
                    let reach = if attached && !slot.content { 1 } else { 5 };
                    let limit = (p + reach).min(sentence.last);
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
                        if reach == 1 && self.doc.flags(p) & (flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY) == 0 {
                            break;
                        }
                        let deed = matches!(draft.act, Act::Support | Act::Accuse | Act::Reject);
                        // "رحب الوزير بمشاركة قطر"
                        let composed =
                            slot.content && deed && self.composed(p) && self.doc.norm(p).starts_with(word.as_str());
                        if let Some(owner) = self.starting(p + 1).filter(|_| composed) {
                            if self.eligible(owner) && self.mentions[owner].clitics & clitic::CONJUNCTION == 0 {
                                self.push_actor(draft, Role::Target, owner, None);
                                self.coordinate(draft, Role::Target, owner, sentence);
                            }
                            break;
                        }
                        // "رد على تصريحات الوزير"
                        let said = !slot.content && self.doc.flags(p + 1) & (flag::SPEECH_NOUN | flag::SETTING) != 0;
                        if (slot.content && deed || said) && self.has_preposition(p, word) {
                            let noun = p + usize::from(self.doc.norm(p) == word);
                            let speaker = draft.actors.first().map(|a| a.entity);
                            let whose = self.owner_of_deed(sentence, noun);
                            if let Some(owner) = whose.or_else(|| self.owner_of_own_deed(sentence, noun, hit, speaker))
                            {
                                self.push_actor(draft, Role::Target, owner, None);
                                self.coordinate(draft, Role::Target, owner, sentence);
                            }
                            break;
                        }
                        p += 1;
                    }
                }
                _ => {}
            }
        }
    }

    /// "أشاد بجهود الأردن": whose deed it is that is praised. The noun begins at `noun`; further ones may stand between.
    pub(super) fn owner_of_deed(&self, sentence: Sentence, noun: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = noun;
        while p < sentence.last && p < noun + 3 {
            let flags = doc.flags(p);
            let bare = doc.kind(p) == Kind::Word
                && self.at[p] == usize::MAX
                && flags & (flag::NOUN | flag::SPEECH_NOUN | flag::MATTER | flag::VISIT) != 0
                && flags & (flag::MEETING | flag::PREPOSITION | flag::ADJECTIVE | flag::THAT | flag::TIME_WORD) == 0
                && !doc.has_article(p)
                && doc.words[p].clitics() & (clitic::SUFFIX | clitic::CONJUNCTION) == 0;
            if !bare {
                return self.doer_of_deed(sentence, noun, p);
            }
            p += 1;
            if let Some(owner) = self.starting(p) {
                let m = &self.mentions[owner];
                // "بحس الزعامة", "بانضمام دول": a common noun for some is nobody in particular.
                let known =
                    m.name.is_some() || m.title.is_some() || m.country.is_some() || m.kind == ActorKind::Organization;
                let whose = known && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 && !m.pronoun;
                return Some(owner).filter(|&o| whose && m.place.is_none() && !m.non_actor && self.eligible(o));
            }
        }
        None
    }

    /// Past the commas that close an apposition or a day: "، أمس،".
    fn past_commas(&self, sentence: Sentence, from: usize) -> usize {
        let doc = self.doc;
        let adverbial = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY;
        let mut p = from;
        while p < sentence.last && p < from + 4 {
            let passes = doc.kind(p) == Kind::Comma || doc.kind(p) == Kind::Word && doc.flags(p) & adverbial != 0;
            if self.lexicon.spec.grammar.has_case || self.at[p] != usize::MAX || !passes {
                break;
            }
            p += 1;
        }
        // Days alone are passed by what reads on from here.
        if (from..p).any(|q| doc.kind(q) == Kind::Comma) { p } else { from }
    }

    /// Where an object may begin behind a subject: "اتهم المتحدث، فلان، الميليشيات" behind the comma that closes an
    /// apposition, "انتقد بشدة سياسة" behind an adverb.
    pub(super) fn object_start(&self, sentence: Sentence, from: usize) -> usize {
        let p = self.past_commas(sentence, from);
        let adverb = self.doc.longest(p, flag::ADVERB).filter(|_| self.at.get(p) == Some(&usize::MAX));
        adverb.filter(|_| !self.lexicon.spec.grammar.has_case).map_or(p, |x| x.last() + 1)
    }

    /// "أشاد بجهود قطر، مشيدا بموقفها": whom the pronoun of the deed stands for, other than the speaker.
    fn owner_of_own_deed(&self, sentence: Sentence, noun: usize, hit: Hit, speaker: Option<usize>) -> Option<usize> {
        let flags = self.doc.flags(noun);
        let deed = self.doc.kind(noun) == Kind::Word
            && self.at[noun] == usize::MAX
            && flags & (flag::NOUN | flag::SPEECH_NOUN | flag::MATTER | flag::VISIT) != 0
            && self.doc.words[noun].clitics() & clitic::SUFFIX != 0;
        if deed { self.other_before(sentence, noun, hit.first, speaker) } else { None }
    }

    /// Whom the pronoun at `token` stands for among those named before `before` in the sentence, where it is not the
    /// speaker himself.
    fn other_before(&self, sentence: Sentence, token: usize, before: usize, speaker: Option<usize>) -> Option<usize> {
        let bits = self.doc.words[token].clitics();
        if self.lexicon.spec.grammar.has_case || bits & clitic::SUFFIX == 0 {
            return None;
        }
        let several = bits & (clitic::DUAL | clitic::PLURAL) != 0;
        let upto = self.mentions.partition_point(|m| m.first < before);
        (0..upto).rev().take_while(|&i| self.mentions[i].first >= sentence.first).find(|&i| {
            let m = &self.mentions[i];
            let free = !m.pronoun && m.place.is_none() && m.entity != usize::MAX && Some(m.entity) != speaker;
            let number = if several {
                bits & clitic::DUAL == 0 && (m.plural || m.kind == ActorKind::Group)
            } else if bits & clitic::FEMININE != 0 {
                self.is_feminine(i) == Some(true) || m.kind == ActorKind::Organization && !m.plural
            } else {
                m.kind == ActorKind::Person && !m.plural && self.is_feminine(i) != Some(true)
            };
            free && number && self.eligible(i) && !self.only_tells(i)
        })
    }

    /// "أعرب عن شكره وتقديره للكويت", "جدد دعم بلاده للحكومة": whom the noun goes to that begins what is said. So many
    /// nouns of saying stand `before` it.
    pub(super) fn noun_addressee(&self, draft: &mut Draft, sentence: Sentence, before: usize) {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let told = draft.actors.iter().any(|a| a.role == Role::Target);
        let Some(&(first, last)) = draft.content.first() else { return };
        let known = draft.actors.len();
        if grammar.has_case || told || draft.act == Act::State {
            return;
        }
        let free = |p: usize| doc.kind(p) == Kind::Word && self.at[p] == usize::MAX;
        let mut p = first;
        let mut nouns = before;
        while p < last && free(p) {
            let flags = doc.flags(p);
            if flags & (flag::SPEECH_NOUN | flag::SPEECH) != 0 && flags & flag::NOUN != 0 {
                nouns += 1;
            } else if flags & (flag::ADJECTIVE | flag::ADVERB) == 0 && !self.own_country(p) {
                break;
            }
            p += 1;
        }
        // "تضامن إيطاليا مع لبنان": the owner.
        if let Some(owner) = self.starting(p).filter(|_| nouns > 0 && p == first + 1) {
            let m = &self.mentions[owner];
            if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 {
                p = m.last + 1;
            }
        }
        if nouns == 0 || p > last {
            return;
        }
        let to = |word: &str| grammar.to.iter().chain(&self.lexicon.spec.clitics.prepositions).any(|w| w == word);
        let mut q = p;
        if free(q) && grammar.to.iter().any(|w| w == doc.norm(q)) {
            q += 1;
        }
        if let Some(target) = self.starting(q) {
            if self.preposition(target).is_some_and(to) && self.eligible(target) {
                self.push_actor(draft, Role::Target, target, None);
                self.coordinate(draft, Role::Target, target, sentence);
                // "أعرب عن شكره للكويت على": the noun belongs to the verb by its preposition, and is not said itself.
                let carried = before > 0
                    || first > sentence.first && free(first - 1) && doc.flags(first - 1) & flag::PREPOSITION != 0;
                if carried {
                    self.content_behind(draft, known);
                }
            }
            return;
        }
        // "شكره لجهود قطر"
        if free(p) && doc.words[p].clitics() & clitic::PREPOSITION != 0 {
            if let Some(owner) = self.owner_of_deed(sentence, p) {
                self.push_actor(draft, Role::Target, owner, None);
                self.coordinate(draft, Role::Target, owner, sentence);
            }
        }
    }

    /// "شكره للكويت على دعمها": what the nouns are for stands behind those they go to, the actors from `known` on.
    pub(super) fn content_behind(&self, draft: &mut Draft, known: usize) {
        let doc = self.doc;
        let Some(&(first, last)) = draft.content.first() else { return };
        let found = &draft.actors[known.min(draft.actors.len())..];
        let Some(mut start) = found.iter().map(|a| self.mentions[a.mention].last + 1).max() else { return };
        let to = |m: usize| self.preposition(m).is_some_and(|w| self.lexicon.spec.grammar.to.iter().any(|to| to == w));
        if !found.first().is_some_and(|a| to(a.mention)) {
            return;
        }
        let whole = found.iter().any(|a| self.mentions[a.mention].first <= first);
        // "للرئيس فلان رئيس الجمهورية": what more he is.
        while let Some(m) = self.starting(start).map(|m| &self.mentions[m]) {
            if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) != 0 || start > last {
                break;
            }
            start = m.last + 1;
        }
        // "- حفظه الله -"
        if doc.kind(start) == Kind::Dash {
            let closing = (start + 1..=last.min(start + 6)).find(|&p| doc.kind(p) == Kind::Dash);
            start = closing.unwrap_or(start) + 1;
        }
        if doc.kind(start) == Kind::Comma {
            start += 1;
        }
        if start <= last && doc.kind(start) == Kind::Word {
            if let Some(x) = doc.longest(start, flag::PREPOSITION).filter(|_| self.at[start] == usize::MAX) {
                start = x.last() + 1;
            }
        }
        if start <= last {
            draft.content[0] = (start, last);
        } else if whole {
            draft.content.remove(0);
        }
    }

    /// "قدم الوزير لنظيره شرحا": whom a light verb has told something before its noun.
    pub(super) fn addressed_before(&self, draft: &mut Draft, sentence: Sentence, verb: usize, noun: usize) {
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case {
            return;
        }
        let target = (verb + 1..noun).filter_map(|p| self.starting(p)).find(|&m| {
            self.preposition(m).is_some_and(|w| grammar.to.iter().any(|to| to == w))
                && self.mentions[m].place.is_none()
                && self.eligible(m)
        });
        if let Some(target) = target {
            self.push_actor(draft, Role::Target, target, None);
            self.coordinate(draft, Role::Target, target, sentence);
        }
    }

    /// "بلاده", "حكومته": the speaker's own country or body, which is no mention.
    fn own_country(&self, p: usize) -> bool {
        self.doc.words[p].clitics() & clitic::SUFFIX != 0 && self.doc.flags(p) & (flag::HOME | flag::ORG_HEAD) != 0
    }

    /// "أشاد بالدور الكبير الذي تقوم به قطر": who does the deed that a relative clause tells of.
    fn doer_of_deed(&self, sentence: Sentence, noun: usize, from: usize) -> Option<usize> {
        let doc = self.doc;
        if from != noun || doc.kind(noun) != Kind::Word || self.at[noun] != usize::MAX || !doc.has_article(noun) {
            return None;
        }
        let free = |p: usize| doc.kind(p) == Kind::Word && self.at[p] == usize::MAX;
        // "البيان الصادر عن اللجنة": from whom it comes.
        let issued = noun + 1 < sentence.last && free(noun + 1) && doc.has_article(noun + 1) && free(noun + 2);
        if issued && self.listed("issued", noun + 1) {
            let grammar = &self.lexicon.spec.grammar;
            let source = doc.norm(noun + 2);
            if let Some(issuer) = self.starting(noun + 3).filter(|_| grammar.on_behalf_of.iter().any(|w| w == source)) {
                return Some(issuer).filter(|&i| self.mentions[i].place.is_none() && self.eligible(i));
            }
        }
        let relative = (noun + 1..=sentence.last.min(noun + 4))
            .take_while(|&p| free(p))
            .find(|&p| doc.flags(p) & flag::RELATIVE != 0)?;
        (noun + 1..relative).all(|p| doc.flags(p) & flag::ADJECTIVE != 0).then_some(())?;
        let owner = (relative + 1..=sentence.last.min(relative + 4)).find_map(|p| self.starting(p))?;
        let m = &self.mentions[owner];
        let between = relative + 1..m.first;
        let done = self.is_verb(relative + 1) || self.resumes(relative + 1);
        let verb = !between.is_empty() && between.clone().all(free) && done;
        (verb
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && self.preposition(owner).is_none()
            && !m.pronoun
            && m.place.is_none()
            && !m.non_actor
            && self.eligible(owner))
        .then_some(owner)
    }

    /// "الهجوم الذي شنه الحوثيون": a finite verb whose pronoun goes back to the noun.
    fn resumes(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| {
            x.clitics & clitic::SUFFIX != 0
                && matches!(
                    x.meaning,
                    Meaning::Trigger { form: Form::Past | Form::Present, .. }
                        | Meaning::Light { form: Form::Past | Form::Present, .. }
                )
        })
    }

    /// "قال الوزير أمام مجلس النواب إن": the body before which something is said, right behind the subject.
    fn audience(&self, draft: &mut Draft, sentence: Sentence, subject_end: usize) {
        let doc = self.doc;
        let words = &self.lexicon.spec.grammar.audience;
        let adverbial = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY;
        let mut p = subject_end + 1;
        if p < sentence.last && doc.kind(p) == Kind::Comma {
            p += 1;
        }
        while p < sentence.last && doc.kind(p) == Kind::Word && doc.flags(p) & adverbial != 0 {
            p += 1;
        }
        if p >= sentence.last || doc.kind(p) != Kind::Word || !words.iter().any(|w| w == doc.norm(p)) {
            return;
        }
        if let Some(heard) = self.starting(p + 1) {
            let m = &self.mentions[heard];
            let body = m.kind == ActorKind::Organization && m.place.is_none() && doc.flags(p + 1) & flag::MEDIA == 0;
            if body && self.eligible(heard) {
                self.push_actor(draft, Role::Target, heard, None);
                self.coordinate(draft, Role::Target, heard, sentence);
            }
        }
    }
}

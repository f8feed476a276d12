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
                    if let Some(target) = target.filter(|&t| Some(self.mentions[t].entity) != speaker) {
                        self.push_actor(draft, Role::Target, target, Some((hit.first, hit.first)));
                    }
                }
                Marker::Object => {
                    let p = subject_end + 1 + usize::from(self.is_quantity(subject_end + 1));
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
                        if slot.content && deed && self.has_preposition(p, word) {
                            let noun = p + usize::from(self.doc.norm(p) == word);
                            if let Some(owner) = self.owner_of_deed(sentence, noun) {
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

    /// "أشاد بالدور الكبير الذي تقوم به قطر": who does the deed that a relative clause tells of.
    fn doer_of_deed(&self, sentence: Sentence, noun: usize, from: usize) -> Option<usize> {
        let doc = self.doc;
        if from != noun || doc.kind(noun) != Kind::Word || self.at[noun] != usize::MAX || !doc.has_article(noun) {
            return None;
        }
        let free = |p: usize| doc.kind(p) == Kind::Word && self.at[p] == usize::MAX;
        let relative = (noun + 1..=sentence.last.min(noun + 4))
            .take_while(|&p| free(p))
            .find(|&p| doc.flags(p) & flag::RELATIVE != 0)?;
        (noun + 1..relative).all(|p| doc.flags(p) & flag::ADJECTIVE != 0).then_some(())?;
        let owner = (relative + 1..=sentence.last.min(relative + 4)).find_map(|p| self.starting(p))?;
        let m = &self.mentions[owner];
        let between = relative + 1..m.first;
        let verb = !between.is_empty() && between.clone().all(free) && self.is_verb(relative + 1);
        (verb
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && self.preposition(owner).is_none()
            && !m.pronoun
            && m.place.is_none()
            && !m.non_actor
            && self.eligible(owner))
        .then_some(owner)
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

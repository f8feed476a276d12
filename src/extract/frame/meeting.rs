//! Meetings: who confers with whom, and about what.

use super::*;

impl Engine<'_, '_> {
    pub(super) fn meeting(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        let mut draft = self.blank(EventType::Meeting, number, hit, index, rule.confidence);
        draft.mode = trigger.mode;
        draft.cameo = trigger.cameo;
        let mut modality = None;
        let mut search_from = hit.last + 1;
        let mut anchor = hit.first;
        let noun = hit.form == Form::Noun;
        match rule.subject {
            Subject::After | Subject::Before | Subject::Dropped => {
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                if self.mentions[first].both {
                    self.expand_both(&mut draft, Role::Party, first, hit.first);
                } else {
                    self.push_actor(&mut draft, Role::Party, first, from);
                }
                if from.is_none() {
                    self.coordinate(&mut draft, Role::Party, first, sentence);
                    let end = self.actors_end(&draft, hit.last, sentence);
                    search_from = end.max(hit.last) + 1;
                    // The object stands right after the subject, or after the verb where the subject stands before it.
                }
                let object_slot = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                if object_slot {
                    let alone = rule.subject == Subject::After && self.object_at(sentence, search_from).is_none();
                    if alone
                        && draft.actors.len() == 1
                        && self.suffix_of(hit).is_none()
                        && self
                            .dropped(index, sentence, hit.first)
                            .is_some_and(|m| self.eligible(m) && self.mentions[m].entity != draft.actors[0].entity)
                        && self.drafts.last().is_some_and(|d| d.sentence == index && !d.anaphoric)
                    {
                        return None;
                    }
                    let found = self.object_at(sentence, search_from);
                    if let Some(object) = found {
                        if self.eligible(object) || self.mentions[object].kind != ActorKind::Country {
                            self.push_actor(&mut draft, Role::Party, object, None);
                            self.coordinate(&mut draft, Role::Party, object, sentence);
                        }
                    } else if let Some(from) = self.suffix_of(hit) {
                        if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                            self.push_actor(&mut draft, Role::Party, owner, Some(from));
                        }
                    }
                }
            }
            Subject::Light => {
                if self.has_genitive(hit) {
                    return None;
                }
                let (light_first, light_last, light, form) =
                    self.light_before(sentence, hit.first, EventType::Meeting)?;
                let (first, from) = self.light_subject(index, sentence, light_first, light_last, form, hit.first)?;
                modality = self.lexicon.lights[light as usize].modality;
                anchor = light_first;
                draft.triggers = vec![(hit.first, hit.last)];
                if self.mentions[first].both {
                    self.expand_both(&mut draft, Role::Party, first, hit.first);
                } else {
                    self.push_actor(&mut draft, Role::Party, first, from);
                    if from.is_none() {
                        self.coordinate(&mut draft, Role::Party, first, sentence);
                    }
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence);
                }
                self.noun_owner(&mut draft, sentence, hit, index);
            }
            Subject::Owner => {
                self.noun_owner(&mut draft, sentence, hit, index);
            }
            _ => return None,
        }
        // Parties by the prepositions of the frame.
        for slot in trigger.slots.iter().filter(|s| s.actor) {
            if let Marker::Preposition(word) = &slot.marker {
                self.prepositional_parties(&mut draft, Role::Party, word, sentence, search_from.min(hit.last + 1));
            }
        }
        if noun && draft.actors.len() == 1 && self.lexicon.spec.grammar.has_case {
            self.conferring_subject(&mut draft, sentence, hit);
        }
        let parties = draft.actors.len();
        let definite = hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first);
        if noun && parties == 0 {
            if !definite {
                return None;
            }
            draft.anaphoric = true;
        }
        if parties == 1 {
            let only = &self.mentions[draft.actors[0].mention];
            let many = only.plural || only.kind == ActorKind::Organization || only.kind == ActorKind::Group;
            if noun && definite && !many {
                draft.anaphoric = true;
                draft.confidence *= 0.6;
            } else if !many || noun && trigger.strength == Strength::Weak {
                return None;
            } else {
                draft.confidence *= 0.55;
            }
        }
        if parties >= 2 && draft.actors.iter().filter(|a| self.acts(a)).count() == 0 {
            return None;
        }
        if trigger.strength == Strength::Weak && parties < 2 {
            return None;
        }
        if !draft.anaphoric && !draft.actors.iter().any(|a| self.eligible(a.mention)) {
            return None;
        }
        if parties > 2
            && draft.mode == MeetingMode::InPerson
            && draft.actors.iter().filter(|a| self.mentions[a.mention].kind != ActorKind::Person).count() > 2
        {
            draft.mode = MeetingMode::Multilateral;
        }
        self.meeting_content(&mut draft, trigger, sentence, hit);
        (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
        self.when_and_where(&mut draft, sentence, hit, anchor);
        Some(draft)
    }

    pub(super) fn meeting_content(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let limit = (hit.last + 60).min(sentence.last);
        let mut words: Vec<&str> = trigger
            .slots
            .iter()
            .filter(|s| s.content && !s.actor)
            .filter_map(|s| match &s.marker {
                Marker::Preposition(w) => Some(w.as_str()),
                _ => None,
            })
            .collect();
        words.retain(|w| !self.lexicon.spec.grammar.shared.iter().any(|shared| shared == w));
        let about = &self.lexicon.spec.grammar.about;
        let purpose = &self.lexicon.spec.grammar.purpose;
        let end_of_actors = self.actors_end(draft, hit.last, sentence);
        for p in hit.last + 1..=limit {
            if doc.kind(p) != Kind::Word {
                if matches!(doc.kind(p), Kind::Stop | Kind::Break) {
                    break;
                }
                continue;
            }
            if self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            let norm = doc.norm(p);
            if words.contains(&norm) || about.iter().any(|w| w == norm) || purpose.iter().any(|w| w == norm) {
                // "Discuter de la trêve": the preposition belongs to the verb.
                let of = self.lexicon.spec.grammar.compound_past
                    && self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p + 1));
                let start = p + 1 + usize::from(of);
                let end = self.content_end(start, sentence);
                if start <= end && start <= sentence.last {
                    draft.content.push((start, end));
                }
                return;
            }
        }
        // "بحث مع نظيره العلاقات": the object that follows the parties.
        if trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
            let start = end_of_actors + 1;
            if start <= sentence.last && doc.kind(start) == Kind::Word {
                let end = self.content_end(start, sentence);
                if start <= end {
                    draft.content.push((start, end));
                }
            }
        }
    }

    // ---- visits ----
}

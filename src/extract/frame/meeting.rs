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
        let greets = trigger.manner == "greet";
        if greets {
            draft.manner.clone_from(&trigger.manner);
        }
        draft.cameo = trigger.cameo;
        let mut modality = None;
        let mut held = false;
        let mut loose = None;
        let mut search_from = hit.last + 1;
        let mut anchor = hit.first;
        let noun = hit.form == Form::Noun;
        let case = self.lexicon.spec.grammar.has_case;
        match rule.subject {
            Subject::After | Subject::Before | Subject::Dropped => {
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                if self.mentions[first].both {
                    self.expand_both(&mut draft, Role::Party, first, hit.first);
                } else {
                    // "The king and the premier are due to meet": those who will are told before the infinitive.
                    let ahead = self.lexicon.spec.grammar.adjective_first && self.mentions[first].last < hit.first;
                    if case && (from.is_none() || ahead && from == Some((hit.first, hit.first))) {
                        self.push_coordinated(&mut draft, Role::Party, first, sentence);
                    }
                    self.push_actor(&mut draft, Role::Party, first, from);
                }
                if from.is_none() {
                    self.coordinate(&mut draft, Role::Party, first, sentence);
                    self.join_pronoun(&mut draft, Role::Party, first, sentence);
                    let end = self.actors_end(&draft, hit.last, sentence);
                    search_from = end.max(hit.last) + 1;
                    // The object stands right after the subject, or after the verb where the subject stands before it.
                } else if let Some((_, last)) = from.filter(|f| !case && f.0 > hit.last) {
                    search_from = last + 1;
                }
                // "وكان في استقباله": whoever has just arrived is met.
                if greets && trigger.slots.iter().all(|s| s.marker == Marker::Subject) {
                    let arrived =
                        self.drafts.iter().rev().take(6).find(|d| {
                            d.kind == EventType::Visit && !d.anaphoric && index.saturating_sub(d.sentence) <= 3
                        });
                    let visitors: Vec<usize> = arrived
                        .map(|d| d.actors.iter().filter(|a| a.role == Role::Visitor).map(|a| a.mention).collect())
                        .unwrap_or_default();
                    for visitor in visitors {
                        self.push_actor(&mut draft, Role::Party, visitor, Some((hit.last, hit.last)));
                    }
                }
                // "يبحث عن حل": a preposition that the frame gives no part to says that the verb means something else.
                let discusses = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content);
                let other = |s: &crate::lexicon::Slot| match &s.marker {
                    Marker::Preposition(word) => {
                        !(s.content || s.actor || s.place || s.origin)
                            && (self.has_preposition(search_from, word)
                                || self.has_preposition(hit.last + 1, word)
                                || !case && self.pronominal(hit.last + 1) && self.has_preposition(hit.last + 2, word))
                    }
                    _ => false,
                };
                if discusses && trigger.slots.iter().any(other) {
                    return None;
                }
                let object_slot = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                if object_slot {
                    let alone = rule.subject == Subject::After && self.object_at(sentence, search_from).is_none();
                    if alone
                        && (draft.actors.len() == 1 || !self.lexicon.spec.grammar.has_case)
                        && self.suffix_of(hit).is_none()
                        && self.dropped(index, sentence, hit.first).is_some_and(|m| {
                            self.eligible(m)
                                && draft.actors.first().is_some_and(|a| a.entity != self.mentions[m].entity)
                        })
                        && self.drafts.iter().rev().take_while(|d| d.sentence == index).any(|d| {
                            !d.anaphoric
                                && (draft.actors.len() == 1
                                    || d.kind == EventType::Meeting && d.triggers[0].0 < hit.first && !self.reported(d)
                                    || d.kind == EventType::Visit && self.where_else(hit))
                        })
                    {
                        return None;
                    }
                    let search = if case { search_from } else { self.past_apposition(first, search_from) };
                    let found = if case {
                        None
                    } else {
                        self.object_at(sentence, search).or_else(|| self.object_at(sentence, search_from))
                    };
                    if case {
                        // "A rencontré mardi à Tallinn le ministre": adverbials may stand before the object.
                        let apart = || {
                            // "Received in Oslo on Sunday the foreign minister of Chad".
                            let after = self.past_adverbials(hit.last + 1, sentence);
                            let verb = hit.first == hit.last && after > hit.last + 1;
                            if verb && self.lexicon.spec.grammar.adjective_first {
                                return self.case_object(sentence, after).filter(|&(o, _)| {
                                    let m = &self.mentions[o];
                                    m.first == after && m.kind == ActorKind::Person && !m.non_actor
                                });
                            }
                            let articled = self.lexicon.spec.grammar.articled();
                            let object = if articled { self.object_at(sentence, hit.last + 1) } else { None };
                            object.map(|o| (o, None))
                        };
                        if let Some((object, from)) = self.case_object(sentence, hit.last + 1).or_else(apart) {
                            // "Spoke to reporters": what proves a meeting only by its parties needs two who act.
                            let personal = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.personal);
                            let m = &self.mentions[object];
                            let nobody = trigger.strength == Strength::Weak && m.non_actor
                                || personal && !matches!(m.kind, ActorKind::Person | ActorKind::Group);
                            if !nobody && (self.eligible(object) || self.mentions[object].kind != ActorKind::Country) {
                                self.push_actor(&mut draft, Role::Party, object, from);
                                if from.is_none() {
                                    self.coordinate(&mut draft, Role::Party, object, sentence);
                                }
                            }
                        }
                    } else if let Some(object) = found {
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
                // A noun with a relative clause of its own is told by that.
                if self.has_genitive(hit) || self.relative_light(sentence, hit, EventType::Meeting).is_some() {
                    return None;
                }
                let (light_first, light_last, light, form) =
                    self.light_before(sentence, hit.first, EventType::Meeting)?;
                let attendee = self.attendee(sentence, light, light_last, hit).map(|m| (m, None));
                let (first, from) = attendee
                    .or_else(|| self.light_subject(index, sentence, light_first, light_last, form, hit.first))?;
                modality = self.lexicon.lights[light as usize].modality;
                modality = modality.or_else(|| self.said_between(light_last, hit.first, sentence));
                let entry = &self.lexicon.lights[light as usize];
                loose = Some(first).filter(|_| if case { entry.kind.is_none() } else { entry.modality.is_some() });
                anchor = light_first;
                if !case {
                    // "عقد مع نظيره اجتماعا": the other party may stand before the noun.
                    search_from = light_last + 1;
                }
                draft.triggers = vec![(hit.first, hit.last)];
                if self.mentions[first].both {
                    self.expand_both(&mut draft, Role::Party, first, hit.first);
                } else {
                    if from.is_none() && case {
                        self.push_coordinated(&mut draft, Role::Party, first, sentence);
                    }
                    self.push_actor(&mut draft, Role::Party, first, from);
                    if from.is_none() {
                        self.coordinate(&mut draft, Role::Party, first, sentence);
                        self.join_pronoun(&mut draft, Role::Party, first, sentence);
                    }
                    // "Joined the king for talks", "invited him to a meeting": the object of the verb.
                    if case {
                        if let Some((object, from)) = self
                            .case_object(sentence, light_last + 1)
                            .filter(|&(o, _)| self.mentions[o].first < hit.first && self.eligible(o))
                        {
                            self.push_actor(&mut draft, Role::Party, object, from);
                            if from.is_none() {
                                self.coordinate(&mut draft, Role::Party, object, sentence);
                            }
                        }
                    }
                }
                if modality.is_none() && self.now_reported(light_first, form, sentence) {
                    modality = Some(Modality::Ongoing);
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence).or(self.plain_light(form));
                }
                // "حضر اللقاء": who attended the meeting that is known.
                let known =
                    hit.clitics & clitic::ARTICLE != 0 || (hit.first..=hit.last).any(|p| self.doc.has_article(p));
                if self.lexicon.lights[light as usize].role == LightRole::Attend && known {
                    "attend".clone_into(&mut draft.manner);
                }
                // "تستضيف العاصمة محادثات": the host of the talks is where they are.
                let m = &self.mentions[first];
                if self.lexicon.lights[light as usize].role == LightRole::Place && m.kind == ActorKind::Country {
                    draft.place = Some(Where { first: m.first, last: m.last, country: m.country });
                }
                self.noun_owner(&mut draft, sentence, hit, index);
            }
            Subject::Owner => {
                self.noun_owner(&mut draft, sentence, hit, index);
                self.received(&mut draft, sentence, hit, trigger);
                // "بدأت في أديس أبابا المحادثات بين": when and where may stand between the verb and its noun.
                if let Some((verb, last, ..)) =
                    self.light_before(sentence, hit.first, EventType::Meeting).filter(|_| !case)
                {
                    let opens = verb == sentence.first || self.after_comma(verb) || self.doc.has_conjunction(verb);
                    let own = opens && self.relative_light(sentence, hit, EventType::Meeting).is_none();
                    let only_places = own
                        && (last + 1..hit.first)
                            .all(|p| self.mention_at(p).is_none_or(|m| m.kind == ActorKind::Country));
                    if only_places
                        && self.only_subject_between(last, hit.first)
                        && self.doc.words[verb].clitics() & clitic::SUFFIX == 0
                    {
                        anchor = verb;
                    }
                }
                modality = self.relative_parties(&mut draft, sentence, hit, index);
            }
            _ => return None,
        }
        // Parties by the prepositions of the frame.
        for slot in trigger.slots.iter().filter(|s| s.actor) {
            if let Marker::Preposition(word) = &slot.marker {
                // "ناقش التقارب بين الفصائل": between whom is what was discussed.
                let matter = !case && !noun && self.lexicon.spec.grammar.between.contains(word);
                if matter && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
                    continue;
                }
                // "اجتمع بالرئيس ووقع اتفاقا بين": who has met somebody is not between anybody.
                if matter && draft.actors.len() >= 2 {
                    continue;
                }
                // "By welcoming them and by": only a passive names its agent so.
                let agent = case && !noun && self.lexicon.spec.grammar.by.contains(word);
                if agent && (hit.form == Form::Participle || !self.told_as_done(sentence, hit, trigger)) {
                    continue;
                }
                let reach = if noun { self.noun_reach(hit, sentence) } else { sentence };
                self.prepositional_parties(&mut draft, Role::Party, word, reach, search_from.min(hit.last + 1));
            }
        }
        // "Called for talks between the two": who only speaks of talks that others hold is no party.
        if let Some(light) = loose {
            let own =
                draft.actors.iter().filter(|a| a.from.is_none() && self.mentions[a.mention].first > hit.last).count();
            let between = (hit.last + 1..sentence.last.min(hit.last + 5))
                .any(|p| self.lexicon.spec.grammar.between.iter().any(|w| w == self.doc.norm(p)));
            let plural = draft
                .actors
                .iter()
                .any(|a| self.mentions[a.mention].first > hit.last && self.mentions[a.mention].plural);
            if between && (own >= 2 || case && own == 1 && plural) && draft.actors[0].mention == light {
                draft.actors.remove(0);
            }
        }
        if !case && !draft.actors.is_empty() {
            self.attendees(&mut draft, sentence, hit);
        } else if !case && noun && self.known_event(hit) {
            // "خلال اللقاء بحضور الوزير": who was at the meeting that is known.
            self.attendees(&mut draft, sentence, hit);
            if !draft.actors.is_empty() {
                "attend".clone_into(&mut draft.manner);
                draft.anaphoric = true;
            }
        }
        if noun && !case && draft.actors.len() == 1 {
            self.holder(&mut draft, sentence, hit);
        }
        if noun && !self.lexicon.spec.grammar.has_case && draft.actors.len() < 2 {
            modality = modality.or(self.wishing_party(&mut draft, sentence, hit, index, trigger));
            self.meeting_partner(&mut draft, sentence, hit, index);
        }
        if noun && !case && !draft.actors.is_empty() {
            self.travelling_party(&mut draft, hit, index);
        }
        let opened = noun && !case && !draft.actors.is_empty() && self.opening_party(&mut draft, sentence, hit);
        if noun && case {
            if draft.actors.is_empty() {
                let multilateral = draft.mode == MeetingMode::Multilateral;
                self.modifying_parties(&mut draft, sentence, hit, multilateral);
            }
            let before = draft.actors.len();
            self.holding_party(&mut draft, sentence, hit);
            held = draft.actors.len() > before;
            // "Flew to Oslo for talks with the king and the premier".
            let with = self.lexicon.spec.grammar.adjective_first
                && draft.actors.iter().all(|a| {
                    a.from.is_none()
                        && self.mentions[a.mention].first > hit.last
                        && !self.preposition(a.mention).is_some_and(|w| {
                            let grammar = &self.lexicon.spec.grammar;
                            grammar.between.iter().chain(&grammar.of).any(|b| b == w)
                        })
                });
            if draft.actors.len() == 1 || !draft.actors.is_empty() && with {
                self.conferring_subject(&mut draft, sentence, hit);
            }
        }
        // "Met the king and discussed trade": the same meeting goes on.
        if case && !noun && draft.actors.len() == 1 && trigger.strength == Strength::Weak {
            let met = self.drafts.last().is_some_and(|d| {
                d.sentence == index
                    && d.kind == EventType::Meeting
                    && d.actors.iter().any(|a| a.entity == draft.actors[0].entity)
            });
            if met && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
                draft.anaphoric = true;
                self.meeting_content(&mut draft, trigger, sentence, hit);
                (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
                return Some(draft);
            }
        }
        // "وبحث معه الأزمة", "وبحثا الأزمة": the meeting told just before goes on.
        if !case && !noun && draft.actors.len() < 2 && rule.subject == Subject::Dropped {
            let discusses = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content);
            if discusses && self.goes_on_with_meeting(index, &draft, hit) {
                draft.anaphoric = true;
                if self.told_of_several(hit) {
                    draft.actors.clear();
                }
                self.meeting_content(&mut draft, trigger, sentence, hit);
                if draft.content.is_empty() {
                    return None;
                }
                (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
                draft.confidence *= 0.6;
                return Some(draft);
            }
        }
        // "تستقبل شركة الطلبات": a business confers with nobody of ours.
        if !case {
            let before = draft.actors.len();
            draft.actors.retain(|a| !self.listed("businesses", self.mentions[a.mention].first));
            if draft.actors.len() < before.min(2) {
                return None;
            }
        }
        let parties = draft.actors.len();
        let mut passive = false;
        let definite =
            hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first) || noun && self.known_by_day(hit);
        if noun && parties == 0 {
            // "بعد محادثات في موسكو" points back as "المحادثات" does.
            let governed = !self.lexicon.spec.grammar.has_case
                && trigger.strength == Strength::Strong
                && hit.first > sentence.first
                && self.doc.flags(hit.first - 1) & flag::PREPOSITION != 0
                && self.at[hit.first - 1] == usize::MAX;
            // "المشاريع التي أعلن عنها في قمة بغداد": another meeting than the one that speaks of it.
            let described = || {
                let light = self.light_before(sentence, hit.first, EventType::Meeting);
                light.is_some_and(|(verb, ..)| self.relative_before(sentence, verb))
            };
            // "جرى بحث العلاقات": what was discussed at the meeting told before.
            let discusses = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content);
            passive = discusses && self.passively_held(sentence, hit);
            if !definite && !passive && (!governed || described()) {
                return None;
            }
            draft.anaphoric = true;
        }
        // "المركز يستقبل الزوار": a body that only receives meets nobody named.
        let receives = |s: &crate::lexicon::Slot| s.marker == Marker::Object && s.actor;
        if !case && !noun && parties == 1 && trigger.slots.iter().any(receives) {
            let only = &self.mentions[draft.actors[0].mention];
            if only.kind == ActorKind::Organization && !only.plural {
                return None;
            }
        }
        if parties == 1 && draft.manner != "attend" {
            let only = &self.mentions[draft.actors[0].mention];
            // "محادثات تستضيفها قبرص": the host alone is named.
            let hosted = !case && only.kind == ActorKind::Country && draft.place.is_some_and(|p| p.first == only.first);
            let many = hosted || only.plural || only.kind == ActorKind::Organization || only.kind == ActorKind::Group;
            // "استعداد المؤسسة لاستقبال المتقدمين": who is received is none of ours.
            let between = &self.lexicon.spec.grammar.between;
            let mutual = |s: &crate::lexicon::Slot| matches!(&s.marker, Marker::Preposition(w) if between.contains(w));
            let receives = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor)
                && !trigger.slots.iter().any(mutual);
            if !case && noun && !definite && receives && only.kind == ActorKind::Organization && !only.plural {
                return None;
            }
            // "وتبادل وجهات النظر حول الأزمة": a body that only went on from the sentence before met nobody.
            if !case && rule.subject == Subject::Dropped && only.kind == ActorKind::Organization {
                return None;
            }
            let known = !many || !case && only.kind == ActorKind::Group && only.plural;
            if held {
                draft.confidence *= 0.6;
            } else if noun
                && (definite && known || !definite && !many && self.back_reference(&draft, sentence, hit, trigger))
            {
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
        // "Ministers from twelve states gathered in Oslo": officials who come together, told by a verb that takes no object.
        let gathered = case
            && !noun
            && parties == 1
            && draft.mode == MeetingMode::Multilateral
            && trigger.slots.iter().all(|s| s.marker == Marker::Subject || matches!(s.marker, Marker::Preposition(_)))
            && trigger.slots.iter().any(|s| s.marker == Marker::Subject)
            && {
                let only = &self.mentions[draft.actors[0].mention];
                let next = hit.last + 1;
                // "Assemble their staffs": with an object they bring others together.
                let alone = self.doc.kind(next) != Kind::Word
                    || self.at[next] == usize::MAX
                        && self.doc.flags(next) & (flag::PREPOSITION | flag::ADVERB | flag::WEEKDAY | flag::TIME_WORD)
                            != 0;
                alone && only.plural && only.title.is_some() && only.kind == ActorKind::Group
            };
        if trigger.strength == Strength::Weak && parties < 2 && !passive && !gathered {
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
        // "نتفاوض مع": what somebody says that he does is going on.
        let now = hit.form == Form::Present && hit.clitics & clitic::FUTURE == 0 && self.in_first_person(hit);
        if now && draft.modality == Modality::Planned && self.cue_before(hit.first, sentence, 6).is_none() {
            draft.modality = Modality::Ongoing;
        }
        // "بدأ نهاره بلقاء": what is going on is the day.
        if opened && draft.modality == Modality::Ongoing {
            draft.modality = Modality::Occurred;
        }
        self.carried_modality(&mut draft, hit, index);
        if case && noun && draft.modality == Modality::Occurred && self.lexicon.spec.grammar.adjective_first {
            let journey = self.journey(&draft, index, hit.first).map(|d| d.modality);
            draft.modality = journey.filter(|m| *m != Modality::Ongoing).unwrap_or(draft.modality);
        }
        self.when_and_where(&mut draft, sentence, hit, anchor);
        self.weigh_circumstances(&mut draft, sentence, hit, anchor);
        // "Arrived on Monday for talks": the day of a journey that is over is not that of what it was made for.
        if case && draft.modality == Modality::Planned {
            let first = draft.time.as_ref().map(|t| t.first);
            let over = |d: &Draft| {
                d.kind == EventType::Visit
                    && d.modality == Modality::Occurred
                    && d.time.as_ref().map(|t| t.first) == first
            };
            if first.is_some() && self.drafts.iter().rev().take_while(|d| d.sentence == index).any(over) {
                draft.time = None;
            }
        }
        Some(draft)
    }

    /// "حضر اللقاء الوزير والسفير", "حضر اللقاء من الجانب اليوناني الوزير": who attended, where the meeting stands between the
    /// verb and its subject.
    fn attendee(&self, sentence: Sentence, light: u32, light_last: usize, hit: Hit) -> Option<usize> {
        let case = self.lexicon.spec.grammar.has_case;
        // "ضم الاجتماع الوزير والسفير": so does a verb that says whom a meeting brings together.
        let attends = matches!(self.lexicon.lights[light as usize].role, LightRole::Attend | LightRole::Object);
        if case || !attends || light_last + 1 != hit.first {
            return None;
        }
        let after = (hit.last + 1..=(hit.last + 2).min(sentence.last)).find_map(|p| self.starting(p))?;
        let side = self.preposition(after).filter(|word| self.lexicon.spec.grammar.of.iter().any(|of| of == word));
        let first = match side {
            Some(_) => self.starting(self.mentions[after].last + 1)?,
            None => after,
        };
        let m = &self.mentions[first];
        let free = self.preposition(first).is_none() && m.clitics & clitic::CONJUNCTION == 0;
        (free && matches!(m.kind, ActorKind::Person | ActorKind::Group) && self.eligible(first)).then_some(first)
    }

    /// "استقبال الملك في قصره أمس الوزير": whom the owner of a noun of receiving meets is its object.
    fn received(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, trigger: &Trigger) {
        let bare = hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0 && !self.lexicon.spec.grammar.has_case;
        let takes =
            trigger.strength == Strength::Strong && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        let [owner] = draft.actors.as_slice() else { return };
        let m = &self.mentions[owner.mention];
        if !bare || !takes || m.first != hit.last + 1 || m.kind != ActorKind::Person || m.plural {
            return;
        }
        let from = self.past_apposition(owner.mention, m.last + 1);
        let object = self.object_at(sentence, from).filter(|&o| {
            let o = &self.mentions[o];
            matches!(o.kind, ActorKind::Person | ActorKind::Group) && !o.pronoun
        });
        if let Some(object) = object.filter(|&o| self.eligible(o)) {
            self.push_actor(draft, Role::Party, object, None);
            self.coordinate(draft, Role::Party, object, sentence);
        }
    }

    /// "قمة مع القادة استضافها الرئيس", "لقاء مع السفير عقده الوزير": who holds a meeting whose other party stands first.
    fn holder(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let verb = self.actors_end(draft, hit.last, sentence) + 1;
        if verb <= hit.last + 1 || verb > sentence.last || self.at[verb] != usize::MAX {
            return;
        }
        let holds = doc.matches_at(verb).iter().any(|x| match x.meaning {
            Meaning::Light { light, form: Form::Past | Form::Present } => {
                let entry = &self.lexicon.lights[light as usize];
                entry.kind != Some(EventType::Statement)
                    && matches!(
                        entry.role,
                        LightRole::Subject | LightRole::Place | LightRole::Bearer | LightRole::Receiver
                    )
                    && x.clitics & clitic::SUFFIX != 0
                    && x.clitics & clitic::CONJUNCTION == 0
            }
            _ => false,
        });
        let subject = self.subject_after(sentence, verb).filter(|&m| holds && self.eligible(m));
        if let Some(m) = subject.filter(|&m| self.mentions[m].first <= verb + 6) {
            let before = draft.actors.len();
            self.push_actor(draft, Role::Party, m, None);
            self.coordinate(draft, Role::Party, m, sentence);
            let added = draft.actors.len() - before;
            draft.actors.rotate_right(added);
        }
    }

    /// "سيزور طهران حيث يلتقي الرئيس": right behind its conjunction a verb with an object goes on with the traveller.
    fn where_else(&self, hit: Hit) -> bool {
        let doc = self.doc;
        hit.first > 0
            && !self.lexicon.spec.grammar.has_case
            && self.at[hit.first - 1] == usize::MAX
            && doc.flags(hit.first - 1) & flag::SUBORDINATOR != 0
            && doc.flags(hit.first - 1) & flag::PREPOSITION == 0
    }

    /// "برئاسة الوزير وبحضور الأمين العام": who led the meeting and who was there, as far as its clause goes.
    fn attendees(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let mut p = hit.last + 1;
        while p <= (hit.last + 60).min(sentence.last) {
            if let Some(m) = self.starting(p) {
                p = self.mentions[m].last + 1;
                continue;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote)
                || self.starts_report(p)
            {
                return;
            }
            let named = doc.matches_at(p).iter().find(|x| {
                x.flags & ATTENDED == ATTENDED || x.flags & flag::LED_BY != 0 || x.flags & COMPANION == COMPANION
            });
            if let Some(x) = named {
                let next = x.last() + 1;
                if let Some(m) = self.starting(next).filter(|&m| self.eligible(m)) {
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                }
                p = next;
                continue;
            }
            let flags = doc.flags(p);
            let joint =
                flags & (flag::THAT | flag::SUBORDINATOR | flag::RELATIVE) != 0 && flags & flag::PREPOSITION == 0;
            if joint || p > hit.last + 1 && self.tells(p) {
                return;
            }
            p += 1;
        }
    }

    /// "بدأ الوزير نهاره بلقاء الأمير والرئيس", "اختتم زيارته باجتماع مع": who opens or ends his day or journey with a
    /// meeting is at it.
    fn opening_party(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        let bare = hit.clitics & clitic::PREPOSITION != 0 && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0;
        let named = draft.actors.iter().all(|a| a.from.is_none() && self.mentions[a.mention].first > hit.last);
        if !bare || !named {
            return false;
        }
        let occasion = (sentence.first + 1..hit.first).rev().take(12).find(|&p| {
            self.at[p] == usize::MAX
                && doc.words[p].clitics() & clitic::SUFFIX != 0
                && doc.flags(p) & (flag::VERB | flag::PREPOSITION | flag::SPEECH) == 0
        });
        let Some(occasion) = occasion else { return false };
        // Letters that could be a noun as well: "بدأ".
        let form = |p: usize| {
            doc.matches_at(p).iter().find_map(|x| match x.meaning {
                Meaning::Light { form: form @ (Form::Past | Form::Present), .. }
                    if x.clitics & (clitic::ARTICLE | clitic::PREPOSITION | clitic::SUFFIX) == 0 =>
                {
                    Some(form)
                }
                _ => None,
            })
        };
        let verb = (sentence.first..occasion)
            .rev()
            .take(12)
            .find(|&p| self.at[p] == usize::MAX && (self.tells(p) || form(p).is_some()));
        let Some((verb, form)) = verb.and_then(|p| form(p).map(|form| (p, form))) else { return false };
        let subject = self.subject_after(sentence, verb).filter(|&m| {
            let m = &self.mentions[m];
            m.last < occasion && matches!(m.kind, ActorKind::Person | ActorKind::Group)
        });
        if let Some(subject) = subject.filter(|&m| self.eligible(m)) {
            let before = draft.actors.len();
            self.push_actor(draft, Role::Party, subject, None);
            if draft.actors.len() > before {
                draft.actors.rotate_right(1);
            }
            return form == Form::Past;
        }
        false
    }

    /// "توجه الوزير إلى العاصمة للقاء الأمير": who travels for a meeting is at it.
    fn travelling_party(&self, draft: &mut Draft, hit: Hit, index: usize) {
        let aimed = hit.clitics & clitic::PREPOSITION != 0
            && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0
            && self.has_dative(hit.first);
        let named = draft.actors.iter().all(|a| a.from.is_none() && self.mentions[a.mention].first > hit.last);
        if !aimed || !named {
            return;
        }
        let journey = self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .find(|d| d.kind == EventType::Visit && d.triggers[0].0 < hit.first);
        let visitor = journey.and_then(|d| d.actors.iter().find(|a| a.role == Role::Visitor)).map(|a| a.mention);
        if let Some(visitor) = visitor.filter(|&m| self.eligible(m)) {
            let before = draft.actors.len();
            self.push_actor(draft, Role::Party, visitor, Some((hit.first, hit.last)));
            if draft.actors.len() > before {
                draft.actors.rotate_right(1);
            }
        }
    }

    /// "وسيطلعهم على": a verb of informing in the future whose pronoun is whoever was named before; the token behind it.
    fn is_to_inform(&self, p: usize) -> Option<usize> {
        let both = clitic::FUTURE | clitic::SUFFIX;
        self.doc.matches_at(p).iter().find_map(|x| {
            let Meaning::Trigger { trigger, form: Form::Present } = x.meaning else { return None };
            let trigger = &self.lexicon.triggers[trigger as usize];
            let informs = trigger.kind == EventType::Statement
                && trigger.slots.iter().any(|s| s.marker == Marker::Object && !s.content)
                && trigger.slots.iter().any(|s| {
                    s.content && matches!(&s.marker, Marker::Preposition(w) if self.has_preposition(x.last() + 1, w))
                });
            (x.clitics & both == both && informs).then(|| x.last() + 1)
        })
    }

    /// "ناقش خلال لقاءاته الأزمة": a noun whose pronoun is its only party points back where it says what was discussed.
    fn back_reference(&self, draft: &Draft, sentence: Sentence, hit: Hit, trigger: &Trigger) -> bool {
        let owned = hit.clitics & clitic::SUFFIX != 0 && draft.actors.iter().all(|a| a.from.is_some());
        if self.lexicon.spec.grammar.has_case || !owned {
            return false;
        }
        let next = hit.last + 1;
        let party = |s: &crate::lexicon::Slot| match &s.marker {
            Marker::Preposition(word) => s.actor && self.has_preposition(next, word),
            _ => false,
        };
        let free = self.doc.flags(next) & (flag::PREPOSITION | flag::TIME_WORD | flag::ADVERB) != 0
            || self.doc.kind(next) != Kind::Word;
        // "مباحثاته في جدة ركزت على": or what follows says it.
        let told = (next..=(hit.last + 7).min(sentence.last))
            .take_while(|&p| !matches!(self.doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon))
            .any(|p| self.discussing(p).is_some());
        free && !trigger.slots.iter().any(party) && (told || self.discussed_before(sentence, hit).is_some())
    }

    /// "اجتماع أمس": a bare noun that the day behind it makes known.
    fn known_by_day(&self, hit: Hit) -> bool {
        let doc = self.doc;
        let next = hit.last + 1;
        let ending = self.lexicon.spec.grammar.accusative_ending.as_str();
        !self.lexicon.spec.grammar.has_case
            && hit.clitics & clitic::SUFFIX == 0
            && !doc.norm(hit.last).ends_with(ending)
            && doc.kind(next) == Kind::Word
            && doc.flags(next) & flag::TIME_WORD != 0
            && doc.flags(next) & (flag::PREPOSITION | flag::NOUN | flag::ADJECTIVE) == 0
            && doc.words[next].clitics() & clitic::PREPOSITION == 0
    }

    /// How far a noun with its article may find parties: up to the verb or noun that says something of it.
    fn noun_reach(&self, hit: Hit, sentence: Sentence) -> Sentence {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || hit.clitics & clitic::ARTICLE == 0 {
            return sentence;
        }
        let mut last = sentence.last;
        for p in hit.last + 1..=sentence.last {
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                continue;
            }
            let flags = doc.flags(p);
            let own = doc.flags(p - 1) & flag::RELATIVE != 0 && p <= hit.last + 2;
            let other = flags & (flag::MEETING | flag::VISIT | flag::NOUN | flag::SPEECH_NOUN) != 0
                // "التفاوض طوال أسابيع بين": how long it went on.
                && self.doc.flags(p + 1) & flag::TIME_WORD == 0
                && flags & (flag::ADJECTIVE | flag::ADVERB | flag::TIME_WORD | flag::VENUE | flag::SETTING) == 0
                && !doc.has_article(p);
            if !own && (self.tells(p) || other) {
                last = p - 1;
                break;
            }
        }
        Sentence { last, ..sentence }
    }

    /// The parties that the relative clause of a noun names: "a call that he made to …", "a meeting that gathered them".
    fn relative_parties(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) -> Option<Modality> {
        if draft.actors.len() >= 2 {
            return None;
        }
        // "المباحثات التي جرت بينهما"
        let pair = (hit.last + 1..=(hit.last + 6).min(sentence.last))
            .take_while(|&p| self.at[p] == usize::MAX && self.doc.kind(p) == Kind::Word)
            .find(|&p| self.is_between_two(p));
        if let Some(p) = pair {
            self.push_pair(draft, sentence, hit.first, (p, p));
            return None;
        }
        let (verb, last, light, form) = self.relative_light(sentence, hit, EventType::Meeting)?;
        let entry = &self.lexicon.lights[light as usize];
        let suffix = self.doc.words[verb].clitics() & clitic::SUFFIX != 0;
        let after = self.subject_after(sentence, last).filter(|&m| self.mentions[m].first <= last + 8);
        match entry.role {
            LightRole::Object => {
                if suffix {
                    if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                        self.push_actor(draft, Role::Party, owner, Some((verb, last)));
                    }
                }
                if let Some(m) = after.filter(|&m| self.eligible(m)) {
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                }
                for word in self.lexicon.spec.clitics.prepositions.iter().chain(&self.lexicon.spec.grammar.between) {
                    if draft.actors.len() < 2 {
                        self.prepositional_parties(draft, Role::Party, word, sentence, last + 1);
                    }
                }
            }
            LightRole::Place => {
                let m = after?;
                if self.mentions[m].kind == ActorKind::Country {
                    let at = &self.mentions[m];
                    draft.place = Some(Where { first: at.first, last: at.last, country: at.country });
                    self.push_actor(draft, Role::Party, m, None);
                }
            }
            LightRole::Event => {
                let m = after?;
                self.push_actor(draft, Role::Party, m, None);
                self.coordinate(draft, Role::Party, m, sentence);
            }
            LightRole::Subject | LightRole::Attend | LightRole::Bearer | LightRole::Receiver => {
                let (m, from) = match after.and_then(|m| self.usable(m, sentence)) {
                    Some(found) => found,
                    None => {
                        let owner = self.owner_of_suffix(sentence, hit.first, index);
                        let owner = owner.filter(|&m| self.gender_fits(verb, m));
                        (owner.or_else(|| self.nearest_fitting(sentence, hit, verb))?, Some((verb, last)))
                    }
                };
                self.push_actor(draft, Role::Party, m, from);
                if from.is_none() {
                    self.coordinate(draft, Role::Party, m, sentence);
                }
            }
        }
        if draft.actors.is_empty() {
            return None;
        }
        entry.modality.or_else(|| self.relative_modality(hit, verb, form, sentence))
    }

    /// "أشاد بالحكومة واللقاءات التي أجرتها": the nearest before a noun who could be the subject of its relative verb.
    fn nearest_fitting(&self, sentence: Sentence, hit: Hit, verb: usize) -> Option<usize> {
        let upto = self.mentions.partition_point(|m| m.first < hit.first);
        (0..upto)
            .rev()
            .take_while(|&i| self.mentions[i].first >= sentence.first)
            .find(|&i| self.eligible(i) && !self.mentions[i].pronoun && self.gender_fits(verb, i))
    }

    /// بينهما: "between" with a pronoun for two.
    fn is_between_two(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        self.lexicon.spec.grammar.between.iter().any(|w| {
            norm.strip_prefix(w.as_str())
                .is_some_and(|rest| self.lexicon.spec.clitics.suffixes.iter().any(|s| s.dual && s.form == rest))
        })
    }

    /// "خلال لقاء مع الوزير", "للاجتماع مع نظيره": who meets whoever is named after "with" is whom the sentence speaks of.
    fn meeting_partner(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) {
        let [only] = draft.actors.as_slice() else { return };
        let m = &self.mentions[only.mention];
        let with = only.from.is_none()
            && m.first > hit.last
            && self.preposition(only.mention).is_some()
            && m.first <= hit.last + 8;
        // "أطلع الرئيس في اتصال هاتفي نظيره على": behind an adjective without its article no owner stands.
        let object = only.from.is_none()
            && m.first == hit.last + 1
            && hit.last > hit.first
            && self.preposition(only.mention).is_none()
            && self.doc.flags(hit.last) & flag::ADJECTIVE != 0
            && !self.doc.has_article(hit.last);
        // "في ختام «حوار» مع الهند": marks may stand around the noun.
        let marked = hit.first > sentence.first + 1 && self.doc.kind(hit.first - 1) == Kind::Quote;
        let before = hit.first.checked_sub(1 + usize::from(marked)).filter(|&p| p >= sentence.first);
        let governed = hit.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) != 0
            || before.is_some_and(|p| {
                self.at[p] == usize::MAX
                    && (self.doc.flags(p) & (flag::PREPOSITION | flag::CONJUNCTION | flag::NOUN | flag::LIGHT) != 0
                        || p > sentence.first && self.doc.flags(p - 1) & flag::PREPOSITION != 0)
            });
        // "عن استمرار المشاورات بين الدولتين وحلفائهما": who speaks of a meeting between others is not at it.
        let others = self
            .preposition(only.mention)
            .is_some_and(|word| self.lexicon.spec.grammar.between.iter().any(|w| w == word));
        // "اجتماع في جنيف لوزراء الدول": nor who speaks of a meeting of others.
        let of_others = self
            .preposition(only.mention)
            .is_some_and(|word| self.lexicon.spec.clitics.article_swallowed_by.iter().any(|w| w == word));
        if !(with || object) || !governed || others || of_others {
            return;
        }
        let partner = self.traveller(sentence, hit, index, true).filter(|&p| {
            let p = &self.mentions[p];
            p.entity != m.entity
                && matches!(p.kind, ActorKind::Person | ActorKind::Group)
                && self.doc.sentence_of[p.first].abs_diff(self.doc.sentence_of[hit.first]) <= 1
        });
        if let Some(partner) = partner {
            let from = (hit.first, hit.last);
            let entity = self.mentions[partner].entity;
            self.push_actor(draft, Role::Party, partner, Some(from));
            // Whom the sentence speaks of comes first.
            if draft.actors.last().is_some_and(|a| a.entity == entity) {
                draft.actors.rotate_right(1);
            }
        }
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
        let mut end_of_actors = self.actors_end(draft, hit.last, sentence);
        if self.lexicon.spec.grammar.has_case {
            end_of_actors = end_of_actors.max(hit.last);
        }
        // "Discussed trade with the king": the object right behind its verb.
        let first = hit.last + 1;
        let noun = hit.form == Form::Noun;
        let case = self.lexicon.spec.grammar.has_case;
        // "على هامش القمة عقد لقاء بحثا فيه": what follows is told of the meeting on its sidelines.
        let sidelines = !case && noun && hit.first > sentence.first && self.listed("margins", hit.first - 1);
        let governed = hit.first > sentence.first && doc.flags(hit.first - 1) & flag::PREPOSITION != 0;
        if !case && !sidelines && noun && (governed || hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) != 0) {
            if let Some((matter, _)) = self.discussed_before(sentence, hit) {
                draft.content.push(matter);
                return;
            }
        }
        // "مفاوضات إنهاء الأزمة": a bare noun whose genitive is an aim.
        if !case && noun && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0 && self.at[first] == usize::MAX {
            let aim = |x: &Match| x.flags & AIM == AIM && x.clitics == 0;
            // "لقاء جمع الوزيرين": letters that are a verb as well tell who met.
            let verb = doc.flags(first) & flag::VERB != 0;
            let genitive = trigger.strength == Strength::Strong && !verb && doc.matches_at(first).iter().any(aim);
            if let Some(matter) = self.matter(first, sentence).filter(|_| genitive) {
                draft.content.push(self.before_parties(draft, matter));
                return;
            }
        }
        let object = self.lexicon.spec.grammar.has_case
            && hit.form != Form::Noun
            && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content)
            && first <= sentence.last
            && doc.kind(first) == Kind::Word
            && doc.flags(first) & (flag::PREPOSITION | flag::ADVERB | flag::WEEKDAY) == 0;
        if object {
            let end = self.object_end(draft, trigger, first, self.content_end(first, sentence));
            if first <= end {
                draft.content.push((first, end));
                return;
            }
        }
        // "طلب خلال اجتماعهما الموافقة على العملية لدعم": a noun of something else has aims of its own.
        let mut foreign = false;
        // "نظيره الذي يزور البلاد للمشاركة في الحفل": what a relative clause says of a party, up to its comma.
        let mut described = false;
        // "ناقشا خلال الاتصال أزمة الحدود بشأن": the object of the verb itself comes first.
        if !case && hit.form != Form::Noun && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
            self.object_matter(draft, sentence, hit);
            if !draft.content.is_empty() {
                return;
            }
        }
        for p in hit.last + 1..=limit {
            if doc.kind(p) != Kind::Word {
                described &= doc.kind(p) != Kind::Comma;
                if matches!(doc.kind(p), Kind::Stop | Kind::Break) {
                    break;
                }
                continue;
            }
            if self.at[p] != usize::MAX {
                continue;
            }
            foreign |= !case && hit.form == Form::Noun && self.another_noun(p);
            described |= !case
                && doc.flags(p) & flag::VISIT != 0
                && p > hit.last + 1
                && doc.flags(p - 1) & flag::RELATIVE != 0
                && doc.flags(p - 1) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
            if described {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            let own = !sidelines || doc.flags(p - 1) & flag::RELATIVE != 0 && self.at[p - 1] == usize::MAX;
            if let Some(matter) = self.discussed_at(p, sentence).filter(|_| own) {
                draft.content.push(matter);
                return;
            }
            if sidelines {
                continue;
            }
            // "سيلتقي نظراءه وسيطلعهم على الاتفاق": what he is to tell whom he meets.
            if let Some(start) = self.is_to_inform(p).filter(|_| !case && !noun) {
                draft.content.extend(self.matter_start(start, sentence).and_then(|s| self.matter(s, sentence)));
                return;
            }
            // "التقاه ليبحث الأزمة": before the verb of the aim is taken for one that tells something else.
            let told = self.aim_at(p).filter(|&start| start > p);
            if let Some(matter) = told.and_then(|_| self.aim_matter(p, sentence)) {
                draft.content.push(matter);
                return;
            }
            // "واجتمع به، ونشر الحزب بيانا": another verb tells something else.
            let apart = p > hit.last + 1 || hit.form == Form::Noun && governed;
            let other = !case && apart && doc.flags(p) & (flag::LIGHT | flag::MEETING | flag::VISIT) == 0;
            let flags = doc.flags(p);
            let that = flags & flag::THAT != 0 && flags & flag::PREPOSITION == 0;
            if other && (self.tells(p) || that) {
                break;
            }
            // "لطمأنة الحلفاء": but not "لإجراء محادثات", which only names the meeting.
            let aim = self.aim_at(p).filter(|&start| {
                !foreign && doc.flags(start + 1) & flag::MEETING == 0 && (start > p || self.own_about(p, hit))
            });
            if let Some(matter) = aim.and_then(|_| self.aim_matter(p, sentence)) {
                draft.content.push(matter);
                return;
            }
            // "على الأقل": a phrase of its own.
            if !case && doc.longest(p, flag::ADVERB).is_some_and(|x| x.len > 1) {
                continue;
            }
            let norm = doc.norm(p);
            // "Met on Tuesday", "on the sidelines": no matter.
            if self.lexicon.spec.grammar.has_case && self.when_or_where(p + 1) {
                continue;
            }
            // "A courtesy call on the president": a party and no matter.
            let party = case && self.starting(p + 1).is_some_and(|m| draft.actors.iter().any(|a| a.mention == m));
            let slot =
                || trigger.slots.iter().any(|s| s.actor && matches!(&s.marker, Marker::Preposition(w) if w == norm));
            if party && slot() {
                continue;
            }
            let about = words.contains(&norm) || about.iter().any(|w| w == norm);
            if about && self.own_about(p, hit) || purpose.iter().any(|w| w == norm) {
                // "Discuter de la trêve": the preposition belongs to the verb.
                let of = self.lexicon.spec.grammar.articled()
                    && self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p + 1));
                let start = p + 1 + usize::from(of);
                if !case {
                    draft.content.extend(self.matter(start, sentence));
                    return;
                }
                let end = self.before_date(start, self.content_end(start, sentence));
                if start <= end && start <= sentence.last {
                    draft.content.push((start, end));
                }
                return;
            }
        }
        // "Consulted the envoys to find out": what for, right behind the parties.
        let purpose = (end_of_actors + 1..limit.min(end_of_actors + 7))
            .take_while(|&q| doc.kind(q) == Kind::Word && !self.finite(q) && doc.flags(q) & flag::AUXILIARY == 0)
            .find(|&q| doc.flags(q) & flag::INFINITIVE != 0 && self.at[q] == usize::MAX && self.opens_purpose(q));
        if let Some(purpose) = purpose.filter(|_| self.lexicon.spec.grammar.adjective_first) {
            let end = self.content_end(purpose, sentence);
            draft.content.push((purpose, end));
            return;
        }
        let owned = hit.clitics & clitic::SUFFIX != 0;
        if !case && noun && !owned && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
            self.object_matter(draft, sentence, hit);
            return;
        }
        // "Discussed with him the ties": the object that follows the parties.
        if case && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
            let start = end_of_actors + 1;
            if start <= sentence.last && doc.kind(start) == Kind::Word {
                let end = self.content_end(start, sentence);
                if start <= end {
                    draft.content.push((start, end));
                }
            }
        }
    }

    /// "بحث مع نظيره العلاقات", "بحث الأزمة مع نظيره": the object of a verb of conferring, behind its parties or right
    /// behind the verb or its subject.
    fn object_matter(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let subject = draft.actors.first().map_or(hit.last, |a| match a.from {
            Some((_, last)) => last.max(hit.last),
            None => self.mentions[a.mention].last.max(hit.last),
        });
        let next = subject + 1;
        let start = (self.actors_end(draft, hit.last, sentence) + 1).max(next);
        let object = doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && !doc.has_conjunction(next)
            && self.matter_start(next, sentence) == Some(next)
            && doc.flags(next)
                & (flag::PREPOSITION | flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::RESUMPTIVE)
                == 0
            && doc.words[next].clitics() & clitic::PREPOSITION == 0;
        let matter = if object {
            self.matter(next, sentence)
        } else {
            // "واستعرض خلال اللقاء الأزمة": when and where may stand between.
            self.matter_start(start, sentence).and_then(|s| self.matter(s, sentence))
        };
        draft.content.extend(matter.map(|matter| self.before_parties(draft, matter)));
    }

    /// "Talks on the Amber Sea in Manila next week": where a matter ends before the day of the meeting, and before its city
    /// where that follows a name. A city behind a common noun is where the matter is: "the fighting in Aleppo".
    fn before_date(&self, first: usize, end: usize) -> usize {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first {
            return end;
        }
        let mut found = Vec::new();
        expressions(doc, self.lexicon, first, end, &mut found);
        let Some(date) = found.last().filter(|e| e.last == end && e.first > first) else { return end };
        let mut cut = date.first;
        let free = |q: usize| self.at[q] == usize::MAX && doc.flags(q) & flag::PREPOSITION != 0;
        if cut > first + 1 && free(cut - 1) {
            cut -= 1;
        }
        let city = self.ending(cut - 1).filter(|&m| {
            let m = &self.mentions[m];
            m.first > first + 1
                && (m.place.is_some() || m.form == Some(CountryForm::Capital))
                && free(m.first - 1)
                && self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(m.first - 1))
                && doc.tokens.all[m.first - 2].capital
        });
        if let Some(city) = city {
            cut = self.mentions[city].first - 1;
        }
        if cut > first { self.trim(first, cut - 1) } else { end }
    }

    /// Whether the mark of an infinitive at `p` opens one: no name, place, day or number follows it.
    fn opens_purpose(&self, p: usize) -> bool {
        let doc = self.doc;
        let next = p + 1;
        let other =
            flag::DETERMINER | flag::PREPOSITION | flag::OBLIQUE | flag::WEEKDAY | flag::MONTH | flag::TIME_WORD;
        doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && !doc.tokens.all[next].capital
            && doc.flags(next) & other == 0
            && (doc.flags(next) & (flag::VERB | flag::SPEECH | flag::LIGHT) != 0 || doc.words[next].count == 0)
    }

    /// Where the object of a meeting's verb ends: before its parties and before its day.
    fn object_end(&self, draft: &Draft, trigger: &Trigger, first: usize, end: usize) -> usize {
        let doc = self.doc;
        let party = |q: usize| {
            let word = doc.norm(q);
            let named = |p: usize| {
                self.starting(p).is_some_and(|m| draft.actors.iter().any(|a| a.mention == m))
                    || self.starting(p).is_some_and(|m| self.mentions[m].pronoun) && self.starting(p + 1).is_some()
            };
            trigger.slots.iter().any(|s| s.actor && matches!(&s.marker, Marker::Preposition(w) if w == word))
                && (named(q + 1) || named(q + 2))
        };
        let day = |q: usize| doc.flags(q + 1) & (flag::WEEKDAY | flag::MONTH) != 0 && self.when_or_where(q + 1);
        let cut = (first + 1..=end).find(|&q| {
            doc.kind(q) == Kind::Word
                && self.at[q] == usize::MAX
                && doc.flags(q) & flag::PREPOSITION != 0
                && (party(q) || day(q))
        });
        cut.map_or(end, |q| self.trim(first, q - 1))
    }

    // ---- visits ----
}

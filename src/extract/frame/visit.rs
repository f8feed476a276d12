//! Visits: who travels (`visit/traveller.rs`) to whom or where (`visit/destination.rs`), and to what end.

mod destination;
mod traveller;

use super::*;

impl Engine<'_, '_> {
    pub(super) fn visit(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        let mut draft = self.blank(EventType::Visit, number, hit, index, rule.confidence);
        draft.cameo = trigger.cameo;
        draft.manner.clone_from(&trigger.manner);
        let case = self.lexicon.spec.grammar.has_case;
        if self.private_journey(sentence, hit) {
            return None;
        }
        if !case && (self.goes_on_privately(index, trigger) || trigger.manner == "tour" && self.is_round(sentence, hit))
        {
            return None;
        }
        let hosting = trigger.manner == "host";
        // "القمة التي استضافها": what a pronoun stands for as the object of a host is seldom a guest.
        if hosting && !case && hit.clitics & clitic::SUFFIX != 0 && hit.form != Form::Noun {
            return None;
        }
        let sending = trigger.manner == "send";
        let mut modality = None;
        let noun = hit.form == Form::Noun;
        let mut search_from = hit.last + 1;
        let mut anchor = hit.first;
        // Told for sure although no host is named: whose visit it is, or that it has stops, is said in so many words.
        let mut concrete = false;
        let mut dest_from = hit.last + 1;
        match rule.subject {
            Subject::After | Subject::Before | Subject::Dropped => {
                // "جاء حديث الوزير": words or a meeting come, and not whose they are.
                let next = hit.last + 1;
                let thing = self.doc.flags(next) & (flag::SETTING | flag::MEETING | flag::VISIT | flag::SPEECH_NOUN)
                    != 0
                    && self.at.get(next) == Some(&usize::MAX)
                    && self.doc.flags(next) & (flag::PREPOSITION | flag::ADVERB | flag::TIME_WORD | flag::VERB) == 0
                    && self.doc.words[next].clitics() & clitic::PREPOSITION == 0;
                if thing && !case && rule.subject != Subject::Before {
                    return None;
                }
                // "الوزير الذي يجول في المنطقة، وفدا": a relative clause has its subject before it.
                if rule.subject == Subject::After && !case && self.told_by_antecedent(sentence, hit) {
                    return None;
                }
                // "المساعدات التي وصلت", "وصلت أمس أول طائرة": goods and planes travel, and nobody told before.
                let thing = rule.subject == Subject::Before && self.relative_before(sentence, hit.first)
                    || rule.subject == Subject::Dropped && self.thing_behind(sentence, hit, trigger);
                if !case && thing {
                    return None;
                }
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                // "سيعودان": two travel, and no single person told of before.
                let one = self.mentions[first].kind == ActorKind::Person && !self.mentions[first].both;
                if rule.subject == Subject::Dropped && !case && one && self.verb_is_dual(hit.first) {
                    return None;
                }
                // "المساعدات التي وصلت هي من": a pronoun behind the verb of a relative clause is another clause's.
                let other = rule.subject == Subject::After && from.is_some() && !case;
                if other && self.relative_before(sentence, hit.first) {
                    return None;
                }
                let role = if hosting { Role::Host } else { Role::Visitor };
                let (mut first, mut from) = (first, from);
                // Who only told of something, and has neither name nor office, is not who travels.
                if rule.subject == Subject::Dropped && !case && !self.known_to_act(first) {
                    return None;
                }
                if let Some(whom) = self.first_of_whom(sentence, hit.first).filter(|_| !case && !hosting) {
                    (first, from) = (whom, None);
                }
                let barred = self.private_people(first)
                    || self.is_homeland(first)
                    || self.starting(hit.last + 1).is_some_and(|m| self.private_people(m));
                let comes = trigger.strength == Strength::Weak
                    && (trigger.manner == "arrive" || rule.subject == Subject::After);
                if !case && !hosting && (barred || comes && self.comes_at_event(sentence, hit, first)) {
                    return None;
                }
                // "زار إقليم الشمال": a part of a country is where the journey went.
                if rule.subject == Subject::After && !case && self.is_region(first) {
                    return None;
                }
                if !hosting
                    && !sending
                    && matches!(self.mentions[first].kind, ActorKind::Country | ActorKind::Organization)
                {
                    // "وزار أنقرة بعد القمة الرئيس": the object first, then the subject.
                    let place = first;
                    if rule.subject != Subject::After || trigger.slots.iter().all(|s| s.marker != Marker::Object) {
                        return None;
                    }
                    let subject = self.object_at(sentence, self.mentions[place].last + 1)?;
                    if !matches!(self.mentions[subject].kind, ActorKind::Person | ActorKind::Group) {
                        return None;
                    }
                    // "الوزير غادر مصر بعد زيارة التقى فيها الرئيس": the subject of the next verb is that verb's own.
                    let other = |p: usize| self.at[p] == usize::MAX && self.tells(p);
                    if (self.mentions[place].last + 1..self.mentions[subject].first).any(other) {
                        return None;
                    }
                    (first, from) = self.usable_party(subject, sentence)?;
                    self.push_actor(&mut draft, role, first, from);
                    self.push_host(&mut draft, Role::Host, place, sentence);
                }
                // "غادر جدة أمس الوزير": a city may stand before the subject.
                let named = trigger.slots.iter().any(|s| s.marker == Marker::Object);
                let city = self.starting(hit.last + 1).filter(|&m| {
                    !case && named && rule.subject == Subject::After && self.mentions[m].place.is_some() && m != first
                });
                if let Some(city) = city.filter(|&m| self.preposition(m).is_none()) {
                    self.push_host(&mut draft, Role::Host, city, sentence);
                }
                if sending {
                    // Who sends stays at home; whom he sends is the visitor.
                    let after = self.mentions[first].last.max(hit.last) + 1;
                    let sent = self.object_at(sentence, after).filter(|&m| {
                        self.eligible(m) && matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
                    })?;
                    self.push_actor(&mut draft, role, sent, None);
                    self.coordinate(&mut draft, role, sent, sentence);
                    search_from = self.actors_end(&draft, hit.last, sentence) + 1;
                } else {
                    if let Some(lead) = self.led_along(first).filter(|_| !hosting && from.is_none()) {
                        self.push_actor(&mut draft, role, lead, None);
                    }
                    self.push_actor(&mut draft, role, first, from);
                    if from.is_none() {
                        if case {
                            self.push_coordinated(&mut draft, role, first, sentence);
                        }
                        self.coordinate(&mut draft, role, first, sentence);
                        if self.mentions[first].first > hit.last {
                            search_from = self.actors_end(&draft, hit.last, sentence) + 1;
                        }
                    } else if let Some((_, last)) = from.filter(|f| !case && f.0 > hit.last) {
                        search_from = last + 1;
                    }
                }
            }
            Subject::Governor => {
                let first = self.governor(index, sentence, hit.first)?;
                if !matches!(self.mentions[first].kind, ActorKind::Person | ActorKind::Group) {
                    return None;
                }
                self.push_actor(&mut draft, Role::Visitor, first, Some((hit.first, hit.last)));
            }
            Subject::Light => {
                // "مستعدون لكل شيء من أجل الوصول إلى": what everybody seeks.
                if !case
                    && hit.clitics & clitic::ARTICLE != 0
                    && matches!(trigger.manner.as_str(), "arrive" | "go")
                    && self.owned_elsewhere(hit)
                {
                    return None;
                }
                // "يبحث الزيارة المرتقبة للملك": whose visit it is stands behind it.
                if !case && self.belongs_to_person(sentence, hit).is_some() {
                    return None;
                }
                // A noun with a relative clause of its own is told by that.
                if self.has_genitive(hit) || self.relative_light(sentence, hit, EventType::Visit).is_some() {
                    return None;
                }
                let (light_first, light_last, light, form) =
                    self.light_before(sentence, hit.first, EventType::Visit)?;
                // "دعا نظيره إلى زيارة": the guest travels, and not who invites him.
                if !case && self.invited(hit.first, sentence).is_some() {
                    return None;
                }
                let (first, from) = self.light_subject(index, sentence, light_first, light_last, form, hit.first)?;
                if self.mentions[first].kind == ActorKind::Country || sending && !case {
                    return None;
                }
                modality = self.lexicon.lights[light as usize].modality;
                modality = modality.or_else(|| self.said_between(light_last, hit.first, sentence));
                anchor = light_first;
                self.push_actor(&mut draft, Role::Visitor, first, from);
                if from.is_none() {
                    self.coordinate(&mut draft, Role::Visitor, first, sentence);
                }
                // "قام بزيارة العراق": the country as genitive.
                let genitive = self.starting(hit.last + 1).filter(|&m| {
                    let m = &self.mentions[m];
                    m.kind == ActorKind::Country && m.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                });
                if let Some(country) = genitive.filter(|_| !case) {
                    self.push_host(&mut draft, Role::Host, country, sentence);
                }
                if modality.is_none()
                    && (self.now_doing(light_first, form, sentence) || self.now_reported(light_first, form, sentence))
                {
                    modality = Some(Modality::Ongoing);
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence).or(self.plain_light(form));
                }
            }
            Subject::Owner => {
                self.visit_owner(&mut draft, sentence, hit, index);
                if let Some(owner) =
                    self.belongs_to_person(sentence, hit).filter(|_| !case && self.visitors(&draft) == 0)
                {
                    self.push_actor(&mut draft, Role::Visitor, owner, None);
                    self.coordinate(&mut draft, Role::Visitor, owner, sentence);
                }
                // "زيارته التي سيقوم بها إلى نيروبي": where it goes may stand behind the verb of a relative clause.
                let relative = self.relative_light(sentence, hit, EventType::Visit);
                if let Some((_, last, ..)) = relative.filter(|_| trigger.manner == "visit") {
                    dest_from = last + 1 + usize::from(self.preposition_with_pronoun(last + 1));
                }
                if draft.actors.iter().all(|a| a.role != Role::Visitor) {
                    if let Some((verb, last, light, form)) = self.relative_light(sentence, hit, EventType::Visit) {
                        let after = self.subject_after(sentence, last).and_then(|m| self.usable(m, sentence));
                        let (first, from) = match after {
                            Some((m, from)) if self.mentions[m].first <= last + 6 => (m, from),
                            _ => (self.owner_of_suffix(sentence, hit.first, index)?, Some((verb, last))),
                        };
                        if matches!(self.mentions[first].kind, ActorKind::Person | ActorKind::Group) {
                            self.push_actor(&mut draft, Role::Visitor, first, from);
                            if from.is_none() {
                                self.coordinate(&mut draft, Role::Visitor, first, sentence);
                                concrete = true;
                                dest_from = self.actors_end(&draft, hit.last, sentence) + 1;
                            }
                            modality = self.lexicon.lights[light as usize].modality;
                            if modality.is_none() {
                                // "أول زيارة يقوم بها منذ": the first of its kind is told as made.
                                let ranked = hit.first > sentence.first && self.listed("rankings", hit.first - 1);
                                let told = self.relative_modality(hit, verb, form, sentence);
                                modality = told.filter(|&m| !(ranked && m == Modality::Ongoing));
                            }
                        }
                    }
                }
            }
            _ => return None,
        }
        let object_role = if hosting { Role::Visitor } else { Role::Host };
        for slot in &trigger.slots {
            // "استضاف الوزراء في أوسلو": where somebody hosts is no guest.
            if !(slot.actor || slot.place) || hosting && !case && !slot.actor {
                continue;
            }
            match &slot.marker {
                Marker::Object if !noun => {
                    // Whoever arrives or leaves does so at a place; only a visit is paid to persons.
                    let to_person = |m: &usize| {
                        !case
                            && matches!(trigger.manner.as_str(), "arrive" | "go" | "depart")
                            && self.mentions[*m].kind != ActorKind::Country
                    };
                    let mut object = self.destination(sentence, search_from, None);
                    // "زار الوزير، ولي العهد، الوحدات": a further title of the visitor is no host.
                    while let Some(title) = object.filter(|&m| !case && self.further_title(&draft, m)) {
                        object = self.destination(sentence, self.mentions[title].last + 1, None);
                    }
                    // "استضاف الوزير محادثات الجولة في أوسلو": talks are no guests, nor is a country.
                    let no_guest = |m: &usize| {
                        hosting
                            && !case
                            && (self.mentions[*m].kind == ActorKind::Country
                                || (hit.last + 1..self.mentions[*m].first)
                                    .any(|p| self.at[p] == usize::MAX && self.doc.flags(p) & flag::MEETING != 0))
                    };
                    if let Some(object) = object.filter(|m| !to_person(m) && !no_guest(m)) {
                        // "النفق الذي يصل فرنسا ببريطانيا": what joins two places travels to neither.
                        let joins = trigger.manner == "arrive"
                            && !case
                            && self.starting(self.mentions[object].last + 1).is_some_and(|m| {
                                let m = &self.mentions[m];
                                m.kind == ActorKind::Country && m.clitics & clitic::PREPOSITION != 0
                            });
                        if joins {
                            return None;
                        }
                        self.push_host(&mut draft, object_role, object, sentence);
                    }
                }
                Marker::Preposition(word) => {
                    if draft.actors.iter().any(|a| a.role == object_role) {
                        self.attached_visitor(&mut draft, sentence, hit, word);
                        continue;
                    }
                    let found = self.destination(sentence, dest_from, Some(word));
                    // "زيارته قضايا السلم في سوريا": where another noun is set is not where one travels.
                    let placed = slot.place && noun && !case;
                    let found = found.filter(|&m| !placed || self.right_behind(hit, self.mentions[m].first));
                    let to_person = |m: &usize| {
                        (!noun || trigger.manner == "arrive")
                            && !case
                            && self.mentions[*m].kind != ActorKind::Country
                            && self.lexicon.spec.clitics.article_swallowed_by.iter().any(|p| p == word)
                    };
                    if let Some(object) = found.filter(|m| !to_person(m)) {
                        let bound = self.lexicon.spec.clitics.prepositions.iter().any(|p| p == word);
                        // "زيارة لدولة إفريقية يقوم بها الوزير": a group is visited where a relative clause says by whom.
                        let visited = self.mentions[object].kind == ActorKind::Group
                            && self.relative_light(sentence, hit, EventType::Visit).is_some();
                        let person =
                            matches!(self.mentions[object].kind, ActorKind::Person | ActorKind::Group) && !visited;
                        let ranked = hit.first > sentence.first && self.listed("rankings", hit.first - 1);
                        if noun && !case && bound && person && ranked && self.visitors(&draft) > 0 {
                            // "في أول زيارة لمسؤول أسترالي": whose visit it is the first of.
                            continue;
                        }
                        if noun && !case && bound && person && self.visitors(&draft) == 0 {
                            // "الزيارة المفاجئة للرئيس": what is attached to a person is whose visit it is.
                            self.push_actor(&mut draft, Role::Visitor, object, None);
                            self.coordinate(&mut draft, Role::Visitor, object, sentence);
                            let next = self.mentions[object].last + 1;
                            if let Some(object) = self.destination(sentence, next, Some(word)) {
                                self.push_host(&mut draft, object_role, object, sentence);
                            }
                        } else {
                            self.push_host(&mut draft, object_role, object, sentence);
                        }
                    }
                }
                _ => {}
            }
        }
        if noun && !case && matches!(trigger.manner.as_str(), "tour" | "visit") {
            self.station_before(&mut draft, sentence, hit);
        }
        if noun && !case && !hosting {
            self.bare_destination(&mut draft, sentence, hit);
            // "قام الوزير بزيارة إلى الحدود": where one went is told, though it is no place of ours.
            let seen = matches!(trigger.manner.as_str(), "visit" | "tour") && hit.clitics & clitic::ARTICLE == 0;
            concrete |= seen && rule.subject == Subject::Light && self.names_where(hit, trigger);
        }
        if !hosting && !case {
            concrete |= self.stops(&mut draft, sentence, hit) && rule.subject == Subject::Light;
        }
        // A departure names where from.
        if trigger.manner == "depart" && !draft.actors.iter().any(|a| a.role == Role::Host) && draft.place.is_none() {
            let left = |m: &usize| case || self.mentions[*m].kind == ActorKind::Country || self.is_region(*m);
            if let Some(object) = self.destination(sentence, search_from, None).filter(left) {
                self.push_host(&mut draft, Role::Host, object, sentence);
            }
        }
        // "زيارة الرئيس للبلاد": the country that the sentence speaks of.
        if !draft.actors.iter().any(|a| a.role == Role::Host) && draft.place.is_none() {
            let home = (hit.last + 1..=(hit.last + 12).min(sentence.last))
                .find(|&p| self.doc.flags(p) & flag::HOME != 0 && self.at[p] == usize::MAX && self.doc.has_article(p));
            if let Some(token) = home {
                let visitor = draft.actors.first().and_then(|a| self.resolver.entities[a.entity].country);
                let country = (0..self.mentions.len()).rev().find(|&i| {
                    let m = &self.mentions[i];
                    m.first < token
                        && m.form == Some(CountryForm::Name)
                        && m.place.is_none()
                        && m.country != visitor
                        && m.first >= self.doc.body
                });
                if let Some(country) = country {
                    self.push_actor(&mut draft, Role::Host, country, Some((token, token)));
                }
            }
        }
        // "جاء الرئيس إلى السلطة": an office is no place.
        let power = |a: &Actor| a.role == Role::Host && self.listed("powers", self.mentions[a.mention].first);
        if !case && matches!(trigger.manner.as_str(), "arrive" | "return" | "go") && draft.actors.iter().any(power) {
            return None;
        }
        // "تفقد ألمانيا وجها معروفا": nobody inspects a whole country.
        let inspects = trigger.manner == "tour" && trigger.slots.iter().any(|s| s.marker == Marker::Object && !s.actor);
        let whole = self.starting(hit.last + 1).map(|m| &self.mentions[m]).is_some_and(|m| {
            m.form == Some(CountryForm::Name) && m.place.is_none() && m.clitics & clitic::PREPOSITION == 0
        });
        if !case && !noun && inspects && whole {
            return None;
        }
        let hosts = |draft: &Draft| draft.actors.iter().filter(|a| a.role == Role::Host).count();
        let toured = matches!(trigger.manner.as_str(), "visit" | "tour" | "go")
            && (!noun
                || self.listed("regions", hit.last + 1)
                || self.visitors(&draft) > 0 && hit.clitics & clitic::ARTICLE == 0);
        if !case && toured && draft.place.is_none() && hosts(&draft) == 0 {
            draft.place = self.region_visited(sentence, hit, &draft);
        }
        let definite = hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first);
        if noun && !case && !hosting && self.visitors(&draft) == 0 && (hosts(&draft) > 0 || draft.place.is_some()) {
            // "خلال زيارة لواشنطن", "ثم التوجه إلى بغداد": whoever the sentence speaks of.
            let before = hit.first.checked_sub(1).filter(|&p| p >= sentence.first);
            let governed = hit.clitics & clitic::PREPOSITION != 0
                || before.is_some_and(|p| {
                    let lists = ["stages", "intentions", "readiness"];
                    self.at[p] == usize::MAX && lists.iter().any(|list| self.listed(list, p))
                })
                || before.is_some_and(|p| {
                    self.doc.flags(p) & (flag::PREPOSITION | flag::CONJUNCTION | flag::MODALITY) != 0
                        && self.at[p] == usize::MAX
                });
            // "دعا نظيره إلى زيارة": whom somebody invites is to come.
            let invited = if governed && !definite { self.invited(hit.first, sentence) } else { None };
            if let Some(guest) = invited {
                self.push_actor(&mut draft, Role::Visitor, guest, Some((hit.first, hit.last)));
                draft.actors.rotate_right(1);
                self.drop_own_country(&mut draft);
                let accepted = self.invitation_accepted(index);
                modality = modality.or(Some(if accepted { Modality::Planned } else { Modality::Possible }));
            } else if let Some(sent) =
                self.ordered(sentence, hit.first).filter(|_| trigger.strength == Strength::Strong)
            {
                // "طلب من الوزير التوجه": who is sent travels.
                self.push_actor(&mut draft, Role::Visitor, sent, None);
                draft.actors.rotate_right(1);
                self.drop_own_country(&mut draft);
                modality = modality.or(Some(Modality::Planned));
            } else if trigger.manner == "send" {
                // "إيفاد عدد من الأطباء": whoever is sent is no actor.
                return None;
            } else if (governed || definite) && !self.owned_elsewhere(hit) {
                // A weak noun ("flights") and leaving as such ("the departure") need a journey or meeting to go on from.
                let loose = trigger.strength == Strength::Strong
                    && !(matches!(trigger.manner.as_str(), "go" | "depart") && definite)
                    || trigger.manner == "tour";
                let traveller = self.traveller(sentence, hit, index, loose).filter(|&m| {
                    self.eligible(m)
                        && matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
                        && self.doc.sentence_of[self.mentions[m].first] == self.doc.sentence_of[hit.first]
                });
                if let Some(traveller) = traveller {
                    let before = draft.actors.len();
                    self.push_actor(&mut draft, Role::Visitor, traveller, Some((hit.first, hit.last)));
                    if draft.actors.len() > before {
                        draft.actors.rotate_right(1);
                    }
                    self.drop_own_country(&mut draft);
                }
            }
        }
        if noun && case && !hosting && !definite && self.visitors(&draft) == 0 && hosts(&draft) > 0 {
            // "On a visit to Washington": whose clause it stands in.
            if let Some((traveller, from)) = self.on_journey(sentence, hit).filter(|&(m, _)| {
                self.eligible(m) && matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
            }) {
                self.push_actor(&mut draft, Role::Visitor, traveller, from.or(Some((hit.first, hit.last))));
                draft.actors.rotate_right(1);
                self.drop_own_country(&mut draft);
            }
        }
        // "محاولات للانتقال إلى": going as such, which nobody is said to do.
        let loose = trigger.strength == Strength::Weak
            && matches!(trigger.manner.as_str(), "go" | "depart")
            && draft.actors.iter().any(|a| a.role == Role::Visitor)
            && (hit.clitics & clitic::PREPOSITION != 0
                || draft.place.is_none()
                    && draft.actors.iter().all(|a| self.mentions[a.mention].kind != ActorKind::Country));
        if noun && !case && loose {
            return None;
        }
        let moves = matches!(trigger.manner.as_str(), "go" | "depart" | "arrive" | "return");
        if noun && !case && moves && self.owned_by_noun(hit, sentence) {
            return None;
        }
        let visitors = self.visitors(&draft);
        if noun && visitors == 0 {
            // "في زيارة رسمية" right after the journey was told points back at it.
            let told = self.drafts.last().is_some_and(|d| d.sentence == index && d.kind == EventType::Visit);
            if !definite && hosts(&draft) == 0 && (case || !told) {
                return None;
            }
            // "حظر على السفر": travelling as such points back at no journey.
            if !case && matches!(trigger.manner.as_str(), "go" | "depart" | "send") {
                return None;
            }
            draft.anaphoric = true;
        } else if noun && hosts(&draft) == 0 {
            draft.anaphoric = draft.place.is_none() && !concrete || trigger.manner == "depart" && self.at_home(&draft);
        } else if visitors == 0 {
            return None;
        } else if hosts(&draft) == 0 {
            let place =
                draft.place.or_else(|| self.place_between(hit.last + 1, (hit.last + 20).min(sentence.last), &draft));
            // It must name where it went; a return may go to "his country".
            let named = !case && (draft.place.is_some() || self.homeward(sentence, hit, trigger));
            let believable = if case { place.is_some() && trigger.strength != Strength::Weak } else { named };
            if !believable {
                return None;
            }
            draft.confidence *= 0.8;
        }
        if !draft.anaphoric
            && !draft.actors.iter().any(|a| {
                let guest = hosting && !(case && self.mentions[a.mention].non_actor);
                a.role == Role::Visitor && (guest || self.eligible(a.mention))
            })
        {
            return None;
        }
        if trigger.strength == Strength::Weak && draft.anaphoric && (case || trigger.manner != "tour") {
            return None;
        }
        if case && !self.believable_visit(&draft, trigger, hosting) {
            return None;
        }
        // Leaving one's own country begins the journey to wherever it goes.
        if !case && trigger.manner == "depart" && hosts(&draft) == 0 && self.at_home(&draft) {
            let heading = (hit.last + 1..=(hit.last + 24).min(sentence.last)).any(|p| self.heads_on(p));
            if heading {
                draft.place = None;
            }
        }
        if !case && !hosting {
            self.companions(&mut draft, sentence, hit);
        }
        self.invited_by(&mut draft, sentence, hit);
        self.visit_content(&mut draft, trigger, sentence, hit);
        (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
        // "يقوم بجولة قادته إلى مصر": a tour that has made stops is going on.
        let covered = |p: usize| self.at[p] == usize::MAX && self.listed("covered", p);
        let under_way = !case
            && noun
            && draft.modality == Modality::Planned
            && self.doc.words[anchor].clitics() & clitic::FUTURE == 0
            && (hit.last + 1..=(hit.last + 6).min(sentence.last)).any(covered);
        if under_way || noun && !draft.told && draft.modality == Modality::Occurred && self.on_tour(index, hit, trigger)
        {
            draft.modality = Modality::Ongoing;
        }
        self.carried_modality(&mut draft, hit, index);
        self.when_and_where(&mut draft, sentence, hit, anchor);
        self.weigh_circumstances(&mut draft, sentence, hit, anchor);
        if let Some(host) = draft.actors.iter().find(|a| a.role == Role::Host) {
            let m = &self.mentions[host.mention];
            // What stands elsewhere in the sentence may be where something else happened.
            let elsewhere = case && draft.place.as_ref().is_some_and(|p| p.first < hit.first || p.country != m.country);
            if m.kind == ActorKind::Country && (draft.place.is_none() || elsewhere) {
                draft.place = Some(Where { first: m.first, last: m.last, country: m.country });
            }
        }
        Some(draft)
    }

    /// A noun that goes on from a verb of its sentence shares its modality: "he will visit the shrine and then the move to …".
    pub(super) fn carried_modality(&self, draft: &mut Draft, hit: Hit, index: usize) {
        if draft.told || hit.form != Form::Noun {
            return;
        }
        if self.lexicon.spec.grammar.has_case {
            self.purpose_modality(draft, hit, index);
            return;
        }
        if draft.kind == EventType::Meeting {
            self.aim_modality(draft, hit, index);
        }
        let joined = self.doc.has_conjunction(hit.first)
            || hit.first > 0 && self.doc.flags(hit.first - 1) & flag::CONJUNCTION != 0;
        if !joined {
            return;
        }
        let same = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind != EventType::Statement
                && d.told
                && d.triggers[0].0 < hit.first
                && d.actors.iter().any(|a| draft.actors.iter().any(|b| b.entity == a.entity))
        });
        if let Some(same) = same {
            draft.modality = same.modality;
            draft.told = true;
        }
    }

    /// "سيتوجه إلى الرياض لمواصلة مشاوراته", "يتوجه للاجتماع مع": what a journey still to come is made for.
    fn aim_modality(&self, draft: &mut Draft, hit: Hit, index: usize) {
        let attached = hit.clitics & clitic::PREPOSITION != 0 && self.has_dative(hit.first);
        let aimed = attached || hit.first > 0 && self.aim_at(hit.first - 1).is_some();
        let journey = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind == EventType::Visit
                && d.triggers[0].0 < hit.first
                && d.actors.iter().any(|a| draft.actors.iter().any(|b| b.entity == a.entity))
        });
        if let Some(journey) = journey.filter(|d| aimed && d.told && d.modality != Modality::Occurred) {
            draft.modality = if journey.modality == Modality::Ongoing { Modality::Planned } else { journey.modality };
        }
    }

    /// "Will travel to Geneva for talks", "arrived for talks": what a journey is made for is no nearer than the journey.
    fn purpose_modality(&self, draft: &mut Draft, hit: Hit, index: usize) {
        let doc = self.doc;
        let sentence = doc.sentences[index];
        if hit.first <= sentence.first {
            return;
        }
        let p = self.before_attributes(sentence, hit.first);
        let article = self.at[p] == usize::MAX && doc.flags(p) & flag::DETERMINER != 0 && p > sentence.first;
        let p = p - usize::from(article);
        let purpose = self.at[p] == usize::MAX && self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(p));
        let journey = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind == EventType::Visit
                && d.triggers[0].0 < hit.first
                && d.actors.iter().any(|a| draft.actors.iter().any(|b| b.entity == a.entity))
        });
        let Some(journey) = journey.filter(|_| purpose) else { return };
        if journey.modality != Modality::Occurred {
            draft.modality = journey.modality;
        } else if journey.manner == "arrive" {
            draft.modality = Modality::Planned;
        }
    }

    /// What the verb of a noun's own relative clause says of it: "a visit that he is making".
    pub(super) fn relative_modality(&self, hit: Hit, verb: usize, form: Form, sentence: Sentence) -> Option<Modality> {
        if self.doc.words[verb].clitics() & clitic::FUTURE != 0 {
            return Some(Modality::Planned);
        }
        if let Some(cue) = self.cue_before(hit.first, sentence, 4).filter(|c| *c != Modality::Occurred) {
            return Some(cue);
        }
        match form {
            Form::Past => Some(Modality::Occurred),
            // "اجتماع يجمع الوزيرين": headlines tell in the present.
            _ if verb < self.doc.body && !self.lexicon.spec.grammar.has_case => None,
            _ => Some(Modality::Ongoing),
        }
    }

    pub(super) fn visit_content(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, hit: Hit) {
        let _ = trigger;
        let doc = self.doc;
        if let Some(matter) = self.journey_discussed(sentence, hit) {
            draft.content.push(matter);
            return;
        }
        for p in hit.last + 1..=(hit.last + 40).min(sentence.last) {
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            // "زار القاهرة وألقى كلمة لدعم ...": another verb has aims of its own.
            let case = self.lexicon.spec.grammar.has_case;
            if !case && self.tells(p) && (doc.has_conjunction(p) || self.after_comma(p)) {
                return;
            }
            let flags = doc.flags(p);
            let joint = flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0;
            if joint && !case {
                return;
            }
            if let Some(start) = self.framed_by(p, hit).filter(|_| !case) {
                draft.content.extend(self.journey_matter(start, sentence, hit));
                return;
            }
            if let Some(start) = self.journey_aim(p).filter(|&start| start > p || self.own_about(p, hit)) {
                if !case {
                    let start =
                        if self.aim_told(p).is_some() { self.matter_start(start, sentence) } else { Some(start) };
                    draft.content.extend(start.and_then(|start| self.journey_matter(start, sentence, hit)));
                    return;
                }
                let end = self.content_end(start, sentence);
                if start <= end && start <= sentence.last {
                    draft.content.push((start, end));
                }
                return;
            }
        }
    }

    /// "زار البلاد في إطار حملة دبلوماسية": what a journey is part of says what it is for, unless that is a journey or a
    /// meeting itself.
    fn framed_by(&self, p: usize, hit: Hit) -> Option<usize> {
        let doc = self.doc;
        let length = doc.phrase_at(p, "frames", self.lexicon)?;
        let next = p + length;
        // "ضمن سلسلة زيارات": nor one of several.
        let event = flag::VISIT | flag::MEETING;
        let series = self.at[next + 1] == usize::MAX && doc.flags(next + 1) & event != 0;
        let free = self.at[next] == usize::MAX
            && !series
            && doc.kind(next) == Kind::Word
            && doc.flags(next) & (flag::VISIT | flag::MEETING | flag::TIME_WORD | flag::RELATIVE | flag::PARTICLE) == 0
            && doc.words[next].clitics() & clitic::SUFFIX == 0;
        (free && self.own_about(p, hit)).then_some(next)
    }

    /// "الزيارة ستبحث الأزمة", "سيبحث خلال زيارته الأزمة": what a journey that is known already is for.
    fn journey_discussed(&self, sentence: Sentence, hit: Hit) -> Option<(usize, usize)> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || hit.form != Form::Noun {
            return None;
        }
        if hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) != 0 {
            let told = self.discussed_before(sentence, hit).filter(|&(_, (verb, _))| {
                doc.flags(verb) & flag::NOUN == 0 || doc.words[verb].clitics() & clitic::FUTURE != 0
            });
            if let Some((matter, _)) = told {
                return Some(matter);
            }
        }
        for p in hit.last + 1..=(hit.last + 24).min(sentence.last) {
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Quote | Kind::Semicolon | Kind::Colon) {
                    return None;
                }
                continue;
            }
            // "جولة شملت ثلاث دول": what it takes in are its stops.
            if self.discussing(p).is_some() && doc.flags(p) & flag::COVERS == 0 {
                return self.discussed_at(p, sentence);
            }
            let joint = doc.flags(p) & (flag::THAT | flag::SUBORDINATOR | flag::CONJUNCTION) != 0
                && doc.flags(p) & flag::PREPOSITION == 0;
            // "والشروع في محادثات تتعلق": what a meeting is about.
            let meeting = doc.flags(p) & flag::MEETING != 0;
            if meeting || joint || self.tells(p) || self.starts_report(p) {
                return None;
            }
        }
        None
    }
}

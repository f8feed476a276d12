//! Visits: who travels to whom or where, and to what end.

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
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                let role = if hosting { Role::Host } else { Role::Visitor };
                let (mut first, mut from) = (first, from);
                // Who only told of something, and has neither name nor office, is not who travels.
                if rule.subject == Subject::Dropped && !case && !self.known_to_act(first) {
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
                if self.mentions[first].kind == ActorKind::Country {
                    return None;
                }
                modality = self.lexicon.lights[light as usize].modality;
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
                if modality.is_none() && self.now_doing(light_first, form, sentence) {
                    modality = Some(Modality::Ongoing);
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence).or(self.plain_light(form));
                }
            }
            Subject::Owner => {
                self.visit_owner(&mut draft, sentence, hit, index);
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
                                modality = self.relative_modality(hit, verb, form, sentence);
                            }
                        }
                    }
                }
            }
            _ => return None,
        }
        let object_role = if hosting { Role::Visitor } else { Role::Host };
        for slot in &trigger.slots {
            if !(slot.actor || slot.place) {
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
                    if let Some(object) = self.destination(sentence, search_from, None).filter(|m| !to_person(m)) {
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
                        continue;
                    }
                    let found = self.destination(sentence, dest_from, Some(word));
                    let to_person = |m: &usize| {
                        !noun
                            && !case
                            && self.mentions[*m].kind != ActorKind::Country
                            && self.lexicon.spec.clitics.article_swallowed_by.iter().any(|p| p == word)
                    };
                    if let Some(object) = found.filter(|m| !to_person(m)) {
                        let bound = self.lexicon.spec.clitics.prepositions.iter().any(|p| p == word);
                        let person = matches!(self.mentions[object].kind, ActorKind::Person | ActorKind::Group);
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
        if !hosting && !case {
            concrete |= self.stops(&mut draft, sentence, hit) && rule.subject == Subject::Light;
        }
        // A departure names where from.
        if trigger.manner == "depart" && !draft.actors.iter().any(|a| a.role == Role::Host) && draft.place.is_none() {
            if let Some(object) = self.destination(sentence, search_from, None) {
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
        let hosts = |draft: &Draft| draft.actors.iter().filter(|a| a.role == Role::Host).count();
        let definite = hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first);
        if noun && !case && !hosting && self.visitors(&draft) == 0 && (hosts(&draft) > 0 || draft.place.is_some()) {
            // "خلال زيارة لواشنطن", "ثم التوجه إلى بغداد": whoever the sentence speaks of.
            let before = hit.first.checked_sub(1).filter(|&p| p >= sentence.first);
            let governed = hit.clitics & clitic::PREPOSITION != 0
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
                modality = modality.or(Some(Modality::Possible));
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
        if noun && !case && matches!(trigger.manner.as_str(), "go" | "depart") && self.owned_by_noun(hit, sentence) {
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
        self.carried_modality(&mut draft, hit, index);
        self.when_and_where(&mut draft, sentence, hit, anchor);
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

    /// "انطلاق الحملة", "مغادرة آلاف السكان": what goes is told by a noun that names no actor.
    fn owned_by_noun(&self, hit: Hit, sentence: Sentence) -> bool {
        let doc = self.doc;
        let next = hit.last + 1;
        let flags = doc.flags(next);
        let other = flag::ADJECTIVE
            | flag::DEMONYM
            | flag::ADVERB
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::PREPOSITION
            | flag::RELATIVE
            | flag::THAT
            | flag::SUBORDINATOR
            | flag::CONJUNCTION
            | flag::VENUE
            | flag::VERB;
        // "توجه الهيئة": where a body tends to.
        let body = self.starting(next).map(|m| &self.mentions[m]).is_some_and(|m| {
            m.kind == ActorKind::Organization && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
        });
        if body && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0 {
            return true;
        }
        hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0
            && next <= sentence.last
            && doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && flags & flag::NOUN != 0
            && flags & other == 0
            && doc.words[next].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
    }

    /// "محاولات الفارين للوصول", "تقوم بزيارة": who is to travel is told by the word before, or does so with a verb.
    fn owned_elsewhere(&self, hit: Hit) -> bool {
        let doc = self.doc;
        let Some(before) = hit.first.checked_sub(1) else { return false };
        // "من أجل الوصول إلى": what everybody seeks.
        let aim = before > 0 && self.at[before] == usize::MAX && {
            let phrase =
                |p: usize| self.doc.matches_at(p).iter().any(|x| x.flags & IN_ORDER == IN_ORDER && x.last() == before);
            phrase(before) || phrase(before - 1)
        };
        if aim && !self.lexicon.spec.grammar.has_case {
            return true;
        }
        if self.lexicon.spec.grammar.has_case
            || hit.clitics & clitic::PREPOSITION == 0
            || doc.kind(before) != Kind::Word
            || self.at[before] != usize::MAX
        {
            return false;
        }
        let flags = doc.flags(before);
        let to = self.lexicon.spec.grammar.to.iter().any(|w| self.has_preposition(hit.first, w));
        let going = matches!(
            self.lexicon.triggers[hit.trigger as usize].manner.as_str(),
            "arrive" | "go" | "depart" | "return"
        );
        if to && going {
            return true;
        }
        let circumstance =
            flag::TIME_WORD | flag::WEEKDAY | flag::MONTH | flag::ADVERB | flag::MEETING | flag::VISIT | flag::MODALITY;
        to && (flags & flag::NOUN != 0 || doc.words[before].clitics() & clitic::SUFFIX != 0)
            && flags & circumstance == 0
            || flags & flag::LIGHT != 0
                && doc.matches_at(before).iter().any(|x| match x.meaning {
                    Meaning::Light { light, form: Form::Past | Form::Present } => {
                        matches!(
                            self.lexicon.lights[light as usize].role,
                            LightRole::Subject | LightRole::Bearer | LightRole::Receiver
                        )
                    }
                    _ => false,
                })
    }

    /// Who goes on with a journey that names nobody: whoever travels or meets earlier in the sentence, else its subject.
    pub(super) fn traveller(&self, sentence: Sentence, hit: Hit, index: usize, loose: bool) -> Option<usize> {
        let earlier = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind != EventType::Statement && d.triggers[0].0 < hit.first && !d.anaphoric && !d.actors.is_empty()
        });
        let person = |&m: &usize| matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group);
        earlier
            .and_then(|d| d.actors.iter().find(|a| a.role != Role::Host).map(|a| a.mention))
            .filter(person)
            .or_else(|| if loose { self.owner_of_suffix(sentence, hit.first, index) } else { None })
    }

    /// Who makes the journey that an adverbial names: "X, on a visit to Washington, said", "during a visit to Kyiv, X said".
    fn on_journey(&self, sentence: Sentence, hit: Hit) -> Option<(usize, Option<(usize, usize)>)> {
        let doc = self.doc;
        let mut p = self.before_attributes(sentence, hit.first);
        let mut article = false;
        while p > sentence.first && self.at[p] == usize::MAX && doc.flags(p) & flag::DETERMINER != 0 {
            article = true;
            p -= 1;
        }
        let preposition =
            |q: usize| self.at[q] == usize::MAX && doc.kind(q) == Kind::Word && doc.flags(q) & flag::PREPOSITION != 0;
        let grammar = &self.lexicon.spec.grammar;
        let mut owners = grammar.of.iter().chain(&grammar.to).chain(&grammar.from).chain(&grammar.by);
        // "Ahead of": the last word of a longer preposition.
        let bound = owners.any(|w| w == doc.norm(p)) && !(p > sentence.first && preposition(p - 1));
        if !preposition(p) || bound || !article {
            return None;
        }
        if p > sentence.first && preposition(p - 1) {
            p -= 1;
        }
        let apposed = p > sentence.first + 1 && doc.kind(p - 1) == Kind::Comma;
        let found = (if apposed { self.ending(p - 2) } else { None })
            .or_else(|| self.last_subject(sentence, p, 1))
            .or_else(|| self.following_subject(sentence, p, hit.last))?;
        self.usable(found, sentence)
    }

    /// "في إجازة خاصة", "لتلقي العلاج": the clause says that somebody travels for himself.
    fn private_journey(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        let private = |p: usize| doc.matches_at(p).iter().any(|x| x.flags & PRIVATE == PRIVATE);
        (hit.last + 1..=(hit.last + 40).min(sentence.last))
            .take_while(|&p| !matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon))
            .take_while(|&p| p == hit.last + 1 || !(self.is_other_trigger(p) && self.at[p] == usize::MAX))
            .any(private)
    }

    /// Whom an invitation before the noun at `noun` invites: the last person named between, but for who sends it.
    fn invited(&self, noun: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let from = &self.lexicon.spec.grammar.from;
        let mut guest = None;
        for p in (sentence.first..noun).rev().take(40) {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                return None;
            }
            if let Some(m) = self.starting(p) {
                let person =
                    matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group | ActorKind::Organization);
                let sender = self.preposition(m).is_some_and(|w| from.iter().any(|f| f == w));
                if guest.is_none() && person && !sender && self.eligible(m) {
                    guest = Some(m);
                }
                continue;
            }
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                continue;
            }
            let invites = doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Light { light, form: Form::Past | Form::Present } => {
                    let entry = &self.lexicon.lights[light as usize];
                    entry.modality == Some(Modality::Possible)
                        && self.lexicon.spec.grammar.to.contains(&entry.preposition)
                        && doc.flags(p) & flag::SPEECH != 0
                }
                Meaning::SpeechNoun { act, .. } => act == Act::Request,
                _ => false,
            });
            if invites {
                // "تلقى دعوة": who receives one stands before it.
                return guest.or_else(|| {
                    let upto = self.mentions.partition_point(|m| m.first < p);
                    (0..upto).rev().take_while(|&i| self.mentions[i].first >= sentence.first).find(|&i| {
                        matches!(self.mentions[i].kind, ActorKind::Person | ActorKind::Group) && self.eligible(i)
                    })
                });
            }
            if self.tells(p) {
                return None;
            }
        }
        None
    }

    /// Whether a mention has a name or an office, or has not been speaking: a source only tells.
    fn known_to_act(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let spoke = || {
            self.drafts
                .iter()
                .rev()
                .take(32)
                .any(|d| d.kind == EventType::Statement && d.actors.first().is_some_and(|a| a.entity == m.entity))
        };
        m.name.is_some() || m.title.is_some() || !spoke()
    }

    fn visitors(&self, draft: &Draft) -> usize {
        draft.actors.iter().filter(|a| a.role == Role::Visitor).count()
    }

    /// "عاد إلى بلاده": a return that names the country by what it is to the visitor.
    fn homeward(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> bool {
        trigger.manner == "return"
            && (hit.last + 1..=(hit.last + 12).min(sentence.last))
                .any(|p| self.doc.flags(p) & flag::HOME != 0 && self.at[p] == usize::MAX)
    }

    /// A journey inside the visitor's own country.
    fn at_home(&self, draft: &Draft) -> bool {
        let country = draft.place.and_then(|p| p.country);
        country.is_some()
            && draft
                .actors
                .iter()
                .any(|a| a.role == Role::Visitor && self.resolver.entities[a.entity].country == country)
    }

    /// Nobody is the guest of his own country.
    fn drop_own_country(&self, draft: &mut Draft) {
        if self.lexicon.spec.grammar.has_case {
            return;
        }
        let own = |e: usize| self.resolver.entities[e].country;
        let visitors: Vec<Option<u16>> =
            draft.actors.iter().filter(|a| a.role == Role::Visitor).map(|a| own(a.entity)).collect();
        draft.actors.retain(|a| {
            a.role != Role::Host
                || self.mentions[a.mention].kind != ActorKind::Country
                || own(a.entity).is_none()
                || !visitors.contains(&own(a.entity))
        });
    }

    /// The stops of a tour: what follows "which includes". Returns whether the tour says that it has any.
    fn stops(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        let mut covers = None;
        for p in hit.last + 1..=(hit.last + 24).min(sentence.last) {
            if self.at[p] != usize::MAX {
                continue;
            }
            covers = doc.longest(p, flag::COVERS).map(Match::last);
            // Another journey's stops are its own.
            if covers.is_some() || doc.flags(p) & flag::VISIT != 0 {
                break;
            }
        }
        let Some(covers) = covers else { return false };
        let mut p = covers + 1;
        let mut steps = 0;
        while p <= sentence.last && steps < 4 {
            if let Some(m) = self.starting(p) {
                if self.mentions[m].kind == ActorKind::Country {
                    // "دول المنطقة تشمل": the stops say which they are.
                    draft.actors.retain(|a| a.role != Role::Host || self.mentions[a.mention].kind != ActorKind::Group);
                    self.push_host(draft, Role::Host, m, sentence);
                }
                return true;
            }
            if doc.kind(p) != Kind::Word || self.tells(p) {
                return true;
            }
            steps += 1;
            p += 1;
        }
        true
    }

    /// "محافظة عدن": a mention that names a part of a country by what it is.
    fn names_region(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.entity != usize::MAX && m.last > m.first && self.is_region(mention)
    }

    /// Whether a mention is headed by a word for a part of a country.
    fn is_region(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let heads = &self.lexicon.spec.grammar.place_heads;
        m.name.is_none()
            && heads.iter().any(|w| {
                let norm = self.doc.norm(m.first);
                norm == w.as_str() || m.clitics & clitic::PREPOSITION != 0 && norm.ends_with(w.as_str())
            })
    }

    /// "على رأس وفد", "يرافقه الوزير": who travels along.
    fn companions(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        for p in hit.last + 1..=(hit.last + 30).min(sentence.last) {
            if self.at[p] != usize::MAX {
                continue;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) || self.starts_report(p)
            {
                return;
            }
            if let Some(x) = doc.matches_at(p).iter().find(|x| x.flags & COMPANION == COMPANION) {
                let along = self.starting(x.last() + 1).filter(|&m| {
                    self.eligible(m) && matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
                });
                if let Some(m) = along {
                    self.push_actor(draft, Role::Visitor, m, None);
                    self.coordinate(draft, Role::Visitor, m, sentence);
                }
                return;
            }
            if p > hit.last + 1
                && doc.flags(p) & (flag::THAT | flag::SUBORDINATOR) != 0
                && doc.flags(p) & flag::PREPOSITION == 0
            {
                return;
            }
        }
    }

    /// "تلبية لدعوة من الملك": who invited is a host as well.
    fn invited_by(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        for p in hit.last + 1..=(hit.last + 60).min(sentence.last) {
            if self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            if let Some(x) = doc.longest(p, flag::INVITED) {
                if let Some(m) = self.starting(x.last() + 1).filter(|&m| self.eligible(m)) {
                    self.push_actor(draft, Role::Host, m, None);
                }
                return;
            }
        }
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
        let attached = hit.clitics & clitic::PREPOSITION != 0
            && self.lexicon.spec.clitics.article_swallowed_by.iter().any(|w| self.has_preposition(hit.first, w));
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

    pub(super) fn push_host(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        let m = &self.mentions[mention];
        let case = self.lexicon.spec.grammar.has_case;
        if m.place.is_some() && role == Role::Host {
            // A city that is no capital is where the visit went.
            if draft.place.is_none() {
                draft.place = Some(Where { first: m.first, last: m.last, country: m.country });
            }
            if case && !draft.actors.iter().any(|a| a.role == Role::Host) && m.country.is_some() {
                draft.actors.push(Actor { role, mention, entity: m.entity, from: None });
            }
            return;
        }
        // A school or a factory is seen, and hosts nobody.
        if self.lexicon.spec.grammar.articled() && m.kind == ActorKind::Group && m.non_actor && m.country.is_none() {
            return;
        }
        // A person hosts only if known: "arriving at a new president" is no visit.
        if m.kind == ActorKind::Person && m.name.is_none() && !m.definite && m.country.is_none() {
            return;
        }
        if !case && m.kind != ActorKind::Country && !self.eligible(mention) {
            return;
        }
        if !case && m.kind == ActorKind::Country && draft.place.is_none() {
            draft.place = Some(Where { first: m.first, last: m.last, country: m.country });
        }
        self.push_actor(draft, role, mention, None);
        self.coordinate(draft, role, mention, sentence);
        self.drop_own_country(draft);
    }

    /// متوجها: a participle that goes on to a destination of its own.
    fn heads_on(&self, p: usize) -> bool {
        !self.lexicon.spec.grammar.has_case
            && self.doc.norm(p).ends_with(self.lexicon.spec.grammar.accusative_ending.as_str())
            && self.doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Participle } => {
                    self.lexicon.triggers[trigger as usize].kind == EventType::Visit
                }
                _ => false,
            })
    }

    /// Where a journey goes: a mention at `from` without preposition (`None`) or after `word`.
    pub(super) fn destination(&self, sentence: Sentence, from: usize, word: Option<&str>) -> Option<usize> {
        let doc = self.doc;
        // "الوزير الذي يزور المنطقة، رئيس الحكومة": the comma closes the relative clause.
        let relative = !self.lexicon.spec.grammar.has_case
            && from >= 2
            && self.at[from - 2] == usize::MAX
            && doc.flags(from - 2) & flag::RELATIVE != 0
            && doc.flags(from - 2) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 22 {
            if relative && doc.kind(p) == Kind::Comma {
                return None;
            }
            steps += 1;
            if let Some(index) = self.starting(p) {
                let preposition = self.preposition(index);
                let m = &self.mentions[index];
                // "مغادرته مطار الملك خالد": the name of a building is no host.
                if m.kind == ActorKind::Person && self.says_which(index) {
                    p = m.last + 1;
                    continue;
                }
                match word {
                    None => {
                        // "Left for Tunis": the preposition is the verb's.
                        let verbs = self.lexicon.spec.grammar.adjective_first
                            && m.first == from
                            && doc.flags(from - 1) & flag::VISIT == 0
                            && from >= 2
                            && doc.flags(from - 2) & flag::VISIT != 0;
                        if (preposition.is_none() || verbs) && m.clitics & clitic::CONJUNCTION == 0 && !m.pronoun {
                            return Some(index);
                        }
                    }
                    Some(word) => {
                        // "توجه بعد زيارته إلى الأردن إلى مصر": where another journey of the sentence went.
                        let before = m.first.saturating_sub(if m.clitics & clitic::PREPOSITION != 0 { 1 } else { 2 });
                        let others = !self.lexicon.spec.grammar.has_case
                            && before >= from
                            && self.at[before] == usize::MAX
                            && doc.flags(before) & flag::VISIT != 0
                            && doc.words[before].clitics() & (clitic::SUFFIX | clitic::ARTICLE) != 0;
                        if preposition == Some(word) && !others {
                            return Some(index);
                        }
                    }
                }
                p = m.last + 1;
                continue;
            }
            match doc.kind(p) {
                Kind::Word => {
                    let flags = doc.flags(p);
                    if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
                        || self.is_verb(p)
                        || self.lexicon.spec.grammar.has_case && flags & (flag::MODAL | flag::BE) != 0
                    {
                        return None;
                    }
                    // "زيارته بعد زيارة مماثلة لوزير": another visit has its own host.
                    let other = doc.matches_at(p).iter().any(|x| match x.meaning {
                        Meaning::Trigger { trigger, form: Form::Noun } => {
                            let t = &self.lexicon.triggers[trigger as usize];
                            t.kind == EventType::Visit && t.strength == Strength::Strong
                        }
                        _ => false,
                    });
                    let nominal = from > 0 && self.at[from - 1] == usize::MAX && {
                        let form = |wanted: Form| {
                            let has = |x: &Match| matches!(x.meaning, Meaning::Trigger { form, .. } if form == wanted);
                            doc.matches_at(from - 1).iter().any(has)
                        };
                        let visit = doc.flags(from - 1) & flag::VISIT != 0;
                        visit && form(Form::Noun) && !form(Form::Past) && !form(Form::Present)
                    };
                    if other && nominal && word.is_some() && self.told_apart(p) && !self.lexicon.spec.grammar.has_case {
                        return None;
                    }
                    if word.is_none() && flags & (flag::PREPOSITION) != 0 && steps > 8 {
                        return None;
                    }
                }
                Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote => return None,
                _ => {}
            }
            p += 1;
        }
        None
    }

    /// "زيارة الرئيس إلى باريس", "زيارته لواشنطن", "زيارة العراق".
    pub(super) fn visit_owner(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) {
        let doc = self.doc;
        if let Some(from) = self.suffix_of(hit) {
            if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                if self.mentions[owner].kind != ActorKind::Country {
                    self.push_actor(draft, Role::Visitor, owner, Some(from));
                }
            }
        }
        if self.lexicon.spec.grammar.has_case && hit.first > sentence.first {
            let p = self.before_attributes(sentence, hit.first);
            if let Some(owner) = self.ending(p) {
                let m = &self.mentions[owner];
                if doc.tokens.all[m.last].possessive && self.eligible(owner) && m.kind != ActorKind::Country {
                    self.push_actor(draft, Role::Visitor, owner, None);
                } else if m.pronoun && doc.flags(p) & flag::OBLIQUE != 0 {
                    if let Some(resolved) = self.resolve_pronoun(owner, sentence) {
                        self.push_actor(draft, Role::Visitor, resolved, Some((m.first, m.last)));
                    }
                }
            }
        }
        let mut p = hit.last + 1;
        let mut steps = 0;
        while p <= sentence.last && steps < 5 {
            steps += 1;
            if let Some(m) = self.starting(p) {
                let mention = &self.mentions[m];
                let preposition = self.preposition(m);
                let of = self.lexicon.spec.grammar.has_case
                    && mention.kind != ActorKind::Country
                    && preposition.is_some_and(|w| self.lexicon.spec.grammar.of.iter().any(|o| o == w));
                let by = of || preposition.is_some_and(|w| self.lexicon.spec.grammar.by.iter().any(|b| b == w));
                if preposition.is_none() && mention.clitics & clitic::CONJUNCTION == 0 || by {
                    // "مغادرته القاهرة إلى بيروت": the country left is told of only where none is headed for.
                    let left = draft.manner == "depart" && !self.lexicon.spec.grammar.has_case;
                    if self.honorific(m).is_some() {
                        // "زيارة سموه": an honorific with its pronoun.
                        if let Some(owner) = self.resolve_pronoun(m, sentence) {
                            self.push_actor(draft, Role::Visitor, owner, Some((mention.first, mention.last)));
                        }
                    } else if mention.kind == ActorKind::Country && !by {
                        // "وصول إيران إلى القنبلة": a state that comes or goes travels nowhere, and is no one's host.
                        let comes = matches!(draft.manner.as_str(), "arrive" | "go")
                            && hit.clitics & clitic::SUFFIX == 0
                            && !self.lexicon.spec.grammar.has_case;
                        if left || comes {
                            break;
                        }
                        self.push_host(draft, Role::Host, m, sentence);
                    } else if !by && self.names_region(m) {
                        // "زيارة محافظة عدن"
                        self.push_host(draft, Role::Host, m, sentence);
                        draft.place = draft.place.or(Some(Where {
                            first: mention.first,
                            last: mention.last,
                            country: self.resolver.entities[mention.entity].country,
                        }));
                    } else if mention.kind != ActorKind::Organization || by {
                        self.push_actor(draft, Role::Visitor, m, None);
                        self.coordinate(draft, Role::Visitor, m, sentence);
                    } else if draft.manner != "go" || self.lexicon.spec.grammar.has_case {
                        // "توجه الوزارة": where a body tends to is no journey.
                        self.push_actor(draft, Role::Host, m, None);
                    }
                }
                break;
            }
            let preposition = self.lexicon.spec.grammar.has_case && steps == 1 && doc.flags(p) & flag::PREPOSITION != 0;
            if doc.kind(p) != Kind::Word || doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) == 0 && !preposition {
                break;
            }
            p += 1;
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
        let length = doc.phrase_at(p, self.lexicon.spec.words.get("frames")?)?;
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

    // ---- shared ----
}

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
        let hosting = trigger.manner == "host";
        let mut modality = None;
        let noun = hit.form == Form::Noun;
        let mut search_from = hit.last + 1;
        match rule.subject {
            Subject::After | Subject::Before | Subject::Dropped => {
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                let role = if hosting { Role::Host } else { Role::Visitor };
                let (mut first, mut from) = (first, from);
                if !hosting && matches!(self.mentions[first].kind, ActorKind::Country | ActorKind::Organization) {
                    // "وزار أنقرة بعد القمة الرئيس": the object first, then the subject.
                    let place = first;
                    if rule.subject != Subject::After || trigger.slots.iter().all(|s| s.marker != Marker::Object) {
                        return None;
                    }
                    let subject = self.object_at(sentence, self.mentions[place].last + 1)?;
                    if self.mentions[subject].kind != ActorKind::Person {
                        return None;
                    }
                    (first, from) = self.usable_party(subject, sentence)?;
                    self.push_host(&mut draft, Role::Host, place, sentence);
                }
                self.push_actor(&mut draft, role, first, from);
                if from.is_none() && self.mentions[first].first > hit.last {
                    self.coordinate(&mut draft, role, first, sentence);
                    search_from = self.actors_end(&draft, hit.last, sentence) + 1;
                } else if from.is_none() {
                    self.coordinate(&mut draft, role, first, sentence);
                }
            }
            Subject::Light => {
                if self.has_genitive(hit) {
                    return None;
                }
                let (light_first, light_last, light, form) =
                    self.light_before(sentence, hit.first, EventType::Visit)?;
                let (first, from) = self.light_subject(index, sentence, light_first, light_last, form, hit.first)?;
                if self.mentions[first].kind == ActorKind::Country {
                    return None;
                }
                modality = self.lexicon.lights[light as usize].modality;
                self.push_actor(&mut draft, Role::Visitor, first, from);
                // "قام بزيارة العراق": the country as genitive.
                let genitive = self.starting(hit.last + 1).filter(|&m| {
                    let m = &self.mentions[m];
                    m.kind == ActorKind::Country && m.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                });
                if let Some(country) = genitive.filter(|_| !self.lexicon.spec.grammar.has_case) {
                    self.push_host(&mut draft, Role::Host, country, sentence);
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence);
                }
            }
            Subject::Owner => {
                self.visit_owner(&mut draft, sentence, hit, index);
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
                    if let Some(object) = self.destination(sentence, search_from, None) {
                        self.push_host(&mut draft, object_role, object, sentence);
                    }
                }
                Marker::Preposition(word) => {
                    if draft.actors.iter().any(|a| a.role == object_role) {
                        continue;
                    }
                    if let Some(object) = self.destination(sentence, hit.last + 1, Some(word)) {
                        self.push_host(&mut draft, object_role, object, sentence);
                    }
                }
                _ => {}
            }
        }
        // A departure names where from.
        if trigger.manner == "depart" && !draft.actors.iter().any(|a| a.role == Role::Host) {
            if let Some(object) = self.destination(sentence, search_from, None) {
                self.push_host(&mut draft, Role::Host, object, sentence);
            }
        }
        // "زيارة الرئيس للبلاد": the country that the sentence speaks of.
        if !draft.actors.iter().any(|a| a.role == Role::Host) {
            let home = (hit.last + 1..=(hit.last + 12).min(sentence.last))
                .find(|&p| self.doc.flags(p) & flag::HOME != 0 && self.at[p] == usize::MAX && self.doc.has_article(p));
            if let Some(token) = home {
                let visitor = draft.actors.first().and_then(|a| self.resolver.entities[a.entity].country);
                let country = (0..self.mentions.len()).rev().find(|&i| {
                    let m = &self.mentions[i];
                    m.first < token
                        && m.form == Some(crate::lexicon::CountryForm::Name)
                        && m.place.is_none()
                        && m.country != visitor
                        && m.first >= self.doc.body
                });
                if let Some(country) = country {
                    self.push_actor(&mut draft, Role::Host, country, Some((token, token)));
                }
            }
        }
        let visitors = draft.actors.iter().filter(|a| a.role == Role::Visitor).count();
        let hosts = draft.actors.iter().filter(|a| a.role == Role::Host).count();
        let definite = hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first);
        if noun && visitors == 0 {
            if !definite && hosts == 0 {
                return None;
            }
            draft.anaphoric = true;
        } else if noun && hosts == 0 {
            draft.anaphoric = true;
        } else if visitors == 0 {
            return None;
        } else if hosts == 0 {
            let place = self.place_between(hit.last + 1, (hit.last + 20).min(sentence.last), &draft);
            if place.is_none() || trigger.strength == Strength::Weak {
                return None;
            }
            draft.confidence *= 0.8;
        }
        if !draft.anaphoric
            && !draft.actors.iter().any(|a| a.role == Role::Visitor && (hosting || self.eligible(a.mention)))
        {
            return None;
        }
        if trigger.strength == Strength::Weak && draft.anaphoric {
            return None;
        }
        if self.lexicon.spec.grammar.has_case && !self.believable_visit(&draft, trigger, hosting) {
            return None;
        }
        self.visit_content(&mut draft, trigger, sentence, hit);
        (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
        self.when_and_where(&mut draft, sentence, hit);
        if let Some(host) = draft.actors.iter().find(|a| a.role == Role::Host) {
            let m = &self.mentions[host.mention];
            if m.kind == ActorKind::Country && draft.place.is_none() {
                draft.place = Some((m.first, m.last, host.mention));
            }
        }
        Some(draft)
    }

    pub(super) fn push_host(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        let m = &self.mentions[mention];
        if m.place.is_some() && role == Role::Host {
            // A city that is no capital is where the visit went; its country hosts.
            if draft.place.is_none() {
                draft.place = Some((m.first, m.last, mention));
            }
            if !draft.actors.iter().any(|a| a.role == Role::Host) && m.country.is_some() {
                draft.actors.push(Actor { role, mention, entity: m.entity, from: None });
            }
            return;
        }
        // A person hosts only if known: "arriving at a new president" is no visit.
        if m.kind == ActorKind::Person && m.name.is_none() && !m.definite && m.country.is_none() {
            return;
        }
        self.push_actor(draft, role, mention, None);
        self.coordinate(draft, role, mention, sentence);
    }

    /// Where a journey goes: a mention at `from` without preposition (`None`) or after `word`.
    pub(super) fn destination(&self, sentence: Sentence, from: usize, word: Option<&str>) -> Option<usize> {
        let doc = self.doc;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 22 {
            steps += 1;
            if let Some(index) = self.starting(p) {
                let preposition = self.preposition(index);
                let m = &self.mentions[index];
                match word {
                    None => {
                        if preposition.is_none() && m.clitics & clitic::CONJUNCTION == 0 && !m.pronoun {
                            return Some(index);
                        }
                    }
                    Some(word) => {
                        if preposition == Some(word) {
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
            let mut p = hit.first - 1;
            while p > sentence.first
                && self.at[p] == usize::MAX
                && doc.flags(p) & (flag::ADJECTIVE | flag::TIME_WORD | flag::NOUN) != 0
            {
                p -= 1;
            }
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
                    if mention.kind == ActorKind::Country && !by {
                        self.push_host(draft, Role::Host, m, sentence);
                    } else if mention.kind != ActorKind::Organization || by {
                        self.push_actor(draft, Role::Visitor, m, None);
                        self.coordinate(draft, Role::Visitor, m, sentence);
                    } else {
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
        for p in hit.last + 1..=(hit.last + 40).min(sentence.last) {
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            if self.lexicon.spec.grammar.purpose.iter().any(|w| w == doc.norm(p)) {
                let start = p + 1;
                let end = self.content_end(start, sentence);
                if start <= end && start <= sentence.last {
                    draft.content.push((start, end));
                }
                return;
            }
        }
    }

    // ---- shared ----
}

//! Where a journey goes, who is host there, who goes along, and the stops of a tour.

use super::*;

impl Engine<'_, '_> {
    /// "عاد إلى بلاده": a return that names the country by what it is to the visitor.
    pub(super) fn homeward(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> bool {
        trigger.manner == "return"
            && (hit.last + 1..=(hit.last + 12).min(sentence.last))
                .any(|p| self.doc.flags(p) & flag::HOME != 0 && self.at[p] == usize::MAX)
    }

    /// A journey inside the visitor's own country.
    pub(super) fn at_home(&self, draft: &Draft) -> bool {
        let country = draft.place.and_then(|p| p.country);
        country.is_some()
            && draft
                .actors
                .iter()
                .any(|a| a.role == Role::Visitor && self.resolver.entities[a.entity].country == country)
    }

    /// Nobody is the guest of his own country.
    pub(super) fn drop_own_country(&self, draft: &mut Draft) {
        if self.lexicon.spec.grammar.has_case {
            return;
        }
        let own = |e: usize| self.resolver.entities[e].country;
        // Whoever leads the journey is known best.
        let lead = draft.actors.iter().filter(|a| a.role == Role::Visitor).find_map(|a| own(a.entity));
        draft.actors.retain(|a| {
            a.role != Role::Host
                || self.mentions[a.mention].kind != ActorKind::Country
                || own(a.entity).is_none()
                || lead != own(a.entity)
        });
    }

    /// The stops of a tour: what follows "which includes". Returns whether the tour says that it has any.
    pub(super) fn stops(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) -> bool {
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
    pub(super) fn names_region(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.entity != usize::MAX && m.last > m.first && self.is_region(mention)
    }

    /// Whether a mention is headed by a word for a part of a country.
    pub(in crate::extract::frame) fn is_region(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let heads = &self.lexicon.spec.grammar.place_heads;
        m.name.is_none()
            && heads.iter().any(|w| {
                let norm = self.doc.norm(m.first);
                norm == w.as_str() || m.clitics & clitic::PREPOSITION != 0 && norm.ends_with(w.as_str())
            })
    }

    /// "على رأس وفد", "يرافقه الوزير": who travels along.
    pub(super) fn companions(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
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
                // "يرافقه فيها عدد من المسؤولين"
                let next = x.last() + 1;
                let next = next + usize::from(next < sentence.last && self.preposition_with_pronoun(next));
                let along = self.starting(next).filter(|&m| {
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
    pub(super) fn invited_by(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        for p in hit.last + 1..=(hit.last + 60).min(sentence.last) {
            if self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            if let Some(x) = doc.longest(p, flag::INVITED) {
                // "بناء على دعوة رسمية وجهها إليه الرئيس": whoever sent it may stand behind a verb of its own.
                let passed = (x.last() + 1..=(x.last() + 4).min(sentence.last)).find(|&q| {
                    let own = self.at[q] == usize::MAX
                        && (doc.flags(q) & flag::ADJECTIVE != 0
                            || doc.words[q].clitics() & clitic::SUFFIX != 0
                            || self.preposition_with_pronoun(q)
                            || self.lexicon.spec.grammar.from.iter().any(|w| w == doc.norm(q)));
                    !own
                });
                let sender = passed.and_then(|q| self.starting(q));
                if let Some(m) = sender.filter(|&m| self.eligible(m)) {
                    self.push_actor(draft, Role::Host, m, None);
                }
                return;
            }
        }
    }

    /// "زيارة الوزير طهران": the country right behind the owner of a noun of visiting is its object.
    pub(in crate::extract::frame) fn bare_destination(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let bare = hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0;
        let [owner] = draft.actors.as_slice() else { return };
        let m = &self.mentions[owner.mention];
        let genitive = owner.role == Role::Visitor
            && owner.from.is_none()
            && m.first == hit.last + 1
            && m.kind == ActorKind::Person
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0;
        if !bare || !genitive || draft.place.is_some() {
            return;
        }
        let country = self.starting(m.last + 1).filter(|&c| {
            let c = &self.mentions[c];
            c.kind == ActorKind::Country && c.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
        });
        if let Some(country) = country {
            self.push_host(draft, Role::Host, country, sentence);
        }
    }

    /// "في جولة تشمل قطر", "ضمن جولة إقليمية": a tour that something else is told to be part of is going on.
    pub(in crate::extract::frame) fn on_tour(&self, index: usize, hit: Hit, trigger: &Trigger) -> bool {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let abroad = trigger.manner == "tour" && trigger.slots.iter().any(|s| s.actor);
        let before = hit.first.checked_sub(1).filter(|&p| self.at[p] == usize::MAX);
        let within = before.is_some_and(|p| {
            self.listed("stages", p)
                || grammar.at.iter().any(|w| w == doc.norm(p))
                || doc.phrase_at(p, "frames", self.lexicon).is_some()
        });
        // "غادر العاصمة في جولة": who leaves for a tour has begun it, and no more.
        let leaves = |p: usize| {
            doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, .. } => {
                    let t = &self.lexicon.triggers[trigger as usize];
                    t.kind == EventType::Visit && matches!(t.manner.as_str(), "depart" | "go")
                }
                _ => false,
            })
        };
        let begun = self.drafts.iter().rev().take_while(|d| d.sentence == index).any(|d| leaves(d.triggers[0].0));
        !grammar.has_case && abroad && within && !begun && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0
    }

    /// "بزيارة إلى الحدود", "بجولة في المخيمات": whether a place stands right behind a noun of visiting, of whatever kind.
    pub(in crate::extract::frame) fn names_where(&self, hit: Hit, trigger: &Trigger) -> bool {
        let doc = self.doc;
        let slots = || trigger.slots.iter().filter(|s| s.actor || s.place);
        let mut p = hit.last + 1;
        while p < doc.len() && p <= hit.last + 4 && self.at[p] == usize::MAX && doc.kind(p) == Kind::Word {
            let behind = slots().any(|s| match &s.marker {
                Marker::Preposition(word) => {
                    self.has_preposition(p, word) && (doc.norm(p) == word.as_str() || doc.has_article(p))
                }
                _ => false,
            });
            if behind {
                // The preposition may be written with its noun.
                let noun = if doc.flags(p) & flag::PREPOSITION != 0 { p + 1 } else { p };
                let other = flag::TIME_WORD | flag::WEEKDAY | flag::MONTH | flag::SETTING | flag::PREPOSITION;
                return noun < doc.len()
                    && self.at[noun] == usize::MAX
                    && doc.flags(noun) & (flag::NOUN | flag::VENUE) != 0
                    && doc.flags(noun) & other == 0;
            }
            if doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB | flag::TIME_WORD | flag::DEMONYM) == 0 {
                return false;
            }
            p += 1;
        }
        false
    }

    pub(in crate::extract::frame) fn push_host(
        &self,
        draft: &mut Draft,
        role: Role,
        mention: usize,
        sentence: Sentence,
    ) {
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
    pub(super) fn heads_on(&self, p: usize) -> bool {
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
    pub(in crate::extract::frame) fn destination(
        &self,
        sentence: Sentence,
        from: usize,
        word: Option<&str>,
    ) -> Option<usize> {
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
                            && doc.words[before].clitics() & (clitic::SUFFIX | clitic::ARTICLE | clitic::PREPOSITION)
                                != 0;
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
                    // "يزور المنطقة لطمأنة نظرائه": whom the aim of the journey concerns is not visited.
                    let aim = word.is_none()
                        && !self.lexicon.spec.grammar.has_case
                        && doc.words[p].clitics() & clitic::PREPOSITION != 0
                        && doc.matches_at(p).iter().any(|x| x.flags & AIM == AIM);
                    let along = word.is_none() && doc.matches_at(p).iter().any(|x| x.flags & COMPANION == COMPANION);
                    if aim
                        || along && !self.lexicon.spec.grammar.has_case
                        || flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
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
                    // "وصل إلى الدوحة بعد زيارة مصر": what another visit takes is no object of the verb.
                    if other && word.is_none() && self.told_apart(p) && !self.lexicon.spec.grammar.has_case {
                        return None;
                    }
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

    /// Where the journey of the noun `hit` goes, by the words right behind it.
    pub(super) fn goal_country(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> Option<u16> {
        let direct = self.starting(hit.last + 1).filter(|&m| self.mentions[m].clitics & clitic::CONJUNCTION == 0);
        let goal = direct.filter(|&m| self.preposition(m).is_none()).or_else(|| {
            trigger.slots.iter().find_map(|slot| match &slot.marker {
                Marker::Preposition(word) if slot.actor => self.destination(sentence, hit.last + 1, Some(word)),
                _ => None,
            })
        })?;
        let m = &self.mentions[goal];
        (m.kind == ActorKind::Country && m.first <= hit.last + 5).then_some(m.country).flatten()
    }

    /// "البلد الواقع في الشرق": a country by its noun, which is where one goes and never who goes.
    pub(super) fn is_homeland(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.kind == ActorKind::Group && self.doc.flags(m.first) & flag::HOME != 0
    }

    /// "زيارته للمنطقة", "يزور الوزير المنطقة": a region by its noun alone is where a journey went.
    pub(super) fn region_visited(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<Where> {
        let doc = self.doc;
        let found = (hit.last + 1..=(hit.last + 16).min(sentence.last))
            .take_while(|&p| {
                !matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Quote | Kind::Colon)
            })
            .take_while(|&p| {
                self.at[p] != usize::MAX || !self.tells(p) && doc.flags(p) & (flag::THAT | flag::RELATIVE) == 0
            })
            .find(|&p| self.at[p] == usize::MAX && self.listed("regions", p))?;
        let before = found - 1;
        let at = self.at[before];
        let visitor = at != usize::MAX && draft.actors.iter().any(|a| a.mention == at);
        let grammar = &self.lexicon.spec.grammar;
        let led = visitor
            || before == hit.last
            || doc.words[found].clitics() & clitic::PREPOSITION != 0
            || grammar.at.iter().chain(&grammar.to).any(|w| w == doc.norm(before));
        led.then_some(Where { first: found, last: found, country: None })
    }

    /// "تشكل مصر المحطة الأولى في جولته": the country that a tour is said to stop in.
    pub(super) fn station_before(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let station = (sentence.first..hit.first)
            .rev()
            .take(6)
            .take_while(|&p| !self.tells(p) && self.doc.kind(p) == Kind::Word)
            .find(|&p| self.at[p] == usize::MAX && self.listed("stations", p));
        let Some(station) = station else { return };
        let country = (sentence.first..station).rev().take(6).find_map(|p| self.ending(p));
        let country = country.filter(|&m| self.mentions[m].kind == ActorKind::Country);
        if let Some(country) = country {
            self.push_host(draft, Role::Host, country, sentence);
        }
    }

    /// "رحلاته الخارجية": the adjective that says abroad, and not the ministry of that name.
    pub(super) fn says_abroad(&self, mention: usize, hit: Hit) -> bool {
        let m = &self.mentions[mention];
        !self.lexicon.spec.grammar.has_case
            && m.first == m.last
            && m.first == hit.last + 1
            && hit.clitics & (clitic::SUFFIX | clitic::ARTICLE) != 0
            && self.doc.has_article(m.first)
    }

    /// "زيارة في إطارها قضايا": whether only words of the noun's own stand between it and `p`.
    pub(super) fn right_behind(&self, hit: Hit, p: usize) -> bool {
        let doc = self.doc;
        (hit.last + 1..p).all(|q| {
            self.at[q] != usize::MAX
                || doc.kind(q) != Kind::Word
                || doc.flags(q) & flag::NOUN == 0
                || doc.flags(q)
                    & (flag::ADJECTIVE
                        | flag::ADVERB
                        | flag::TIME_WORD
                        | flag::WEEKDAY
                        | flag::MONTH
                        | flag::PREPOSITION
                        | flag::SETTING
                        | flag::MEETING
                        | flag::VISIT)
                    != 0
                || doc.words[q].clitics() & clitic::PREPOSITION != 0
        })
    }

    /// "الأمير فلان، ولي العهد، وزير الدفاع": an office without a name behind a comma that follows its bearer.
    pub(super) fn further_title(&self, draft: &Draft, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let comma = m.first.checked_sub(1).filter(|&p| self.doc.kind(p) == Kind::Comma);
        let bearer = comma.and_then(|p| p.checked_sub(1)).and_then(|p| self.ending(p));
        m.kind == ActorKind::Person
            && m.name.is_none()
            && m.title.is_some()
            && bearer.is_some_and(|b| {
                self.mentions[b].kind == ActorKind::Person
                    && (draft.actors.iter().any(|a| a.role == Role::Visitor && a.mention == b)
                        || self.mentions[b].name.is_none())
            })
    }
}

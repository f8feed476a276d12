//! Light verbs: "hold talks", where the verb carries the time and the noun the event.

use super::*;

impl Engine<'_, '_> {
    /// The light verb that governs the noun at `noun`: tokens, table index, form.
    pub(super) fn light_before(
        &self,
        sentence: Sentence,
        noun: usize,
        kind: EventType,
    ) -> Option<(usize, usize, u32, Form)> {
        let doc = self.doc;
        let mut p = noun;
        let mut steps = 0;
        // "تعتزم الدول عقد جولة": what may be a noun as well gives way to the verb before it.
        let mut noun_like = None;
        while p > sentence.first && steps < REACH {
            p -= 1;
            steps += 1;
            if self.at[p] != usize::MAX {
                let first = self.mentions[self.at[p]].first;
                p = first.max(sentence.first);
                continue;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                return noun_like;
            }
            let flags = doc.flags(p);
            if flags & flag::THAT != 0 {
                return noun_like;
            }
            // "The renewed inquiry": an adjective governs nothing.
            let attributive = self.lexicon.spec.grammar.has_case
                && p > sentence.first
                && (doc.flags(p - 1) & (flag::DETERMINER | flag::OBLIQUE) != 0 || doc.tokens.all[p - 1].possessive);
            // "A démenti": before a participle the verb is the auxiliary of another.
            let helps = self.lexicon.spec.grammar.compound_past
                && flags & flag::AUXILIARY != 0
                && (p + 1..noun).find(|&q| doc.flags(q) & (flag::ADVERB | flag::NEGATION) == 0).is_some_and(|q| {
                    doc.flags(q) & flag::ADJECTIVE != 0
                        || doc.matches_at(q).iter().any(|x| {
                            matches!(
                                x.meaning,
                                Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. }
                            )
                        })
                });
            if flags & flag::LIGHT != 0 && !attributive && !helps {
                for x in doc.matches_at(p) {
                    if let Meaning::Light { light, form } = x.meaning {
                        let entry = &self.lexicon.lights[light as usize];
                        let preposition_fits =
                            entry.preposition.is_empty() || self.preceded_by(noun, &entry.preposition, x.last());
                        // Reports need a verb of reporting, and the noun right after it or its subject.
                        // "حرص الوزير على التأكيد": so does a verb of caring that its preposition leads to the noun.
                        let reports = entry.kind == Some(kind)
                            || entry.kind.is_none()
                                && entry.modality.is_none()
                                && !entry.preposition.is_empty()
                                && self.says_that(noun);
                        let near = kind != EventType::Statement || reports && self.only_subject_between(x.last(), noun);
                        // "يبحث الاجتماع الأزمة": a noun with its article right after the verb is what it is told of.
                        let told_of = !self.lexicon.spec.grammar.has_case
                            && kind != EventType::Statement
                            && entry.modality == Some(Modality::Possible)
                            && (noun == x.last() + 1 && doc.has_article(noun) || self.apart(noun, entry));
                        if entry.kind.is_none_or(|k| k == kind)
                            && near
                            && !told_of
                            && preposition_fits
                            && x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0
                            && (kind == EventType::Statement || x.clitics & clitic::SUFFIX == 0)
                            && x.last() < noun
                        {
                            let found = Some((p, x.last(), light, form));
                            let either = !self.lexicon.spec.grammar.has_case
                                && kind != EventType::Statement
                                && flags & flag::NOUN != 0
                                && x.clitics == 0
                                && form == Form::Past;
                            if !either {
                                return found;
                            }
                            noun_like = noun_like.or(found);
                        }
                    }
                }
            }
            // "عقد الوزير الذي يزور البلاد اجتماعا": the verb of a relative clause says who the subject is. A noun with its
            // article or behind a preposition stands inside that clause itself.
            let relative = !self.lexicon.spec.grammar.has_case
                && !doc.has_article(noun)
                && doc.flags(noun - 1) & flag::PREPOSITION == 0
                && p > sentence.first
                && self.at[p - 1] == usize::MAX
                && doc.flags(p - 1) & flag::RELATIVE != 0
                && doc.flags(p - 1) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
            if self.is_verb(p) && flags & flag::LIGHT == 0 && !relative {
                return noun_like;
            }
        }
        noun_like
    }

    /// Whether the noun at `noun` is that of a verb that reports a clause.
    fn says_that(&self, noun: usize) -> bool {
        self.doc.matches_at(noun).iter().any(|x| match x.meaning {
            Meaning::Trigger { trigger, form: Form::Noun } => {
                let trigger = &self.lexicon.triggers[trigger as usize];
                trigger.kind == EventType::Statement
                    && trigger.strength == Strength::Strong
                    && trigger.slots.iter().any(|s| s.marker == Marker::That)
            }
            _ => false,
        })
    }

    /// "توجه بالشكر إلى": a verb of motion that carries a noun of saying goes nowhere.
    pub(super) fn carries_speech(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        let carrier = doc.matches_at(hit.first).iter().find_map(|x| match x.meaning {
            Meaning::Light { light, .. } => Some(&self.lexicon.lights[light as usize])
                .filter(|l| l.kind == Some(EventType::Statement) && !l.preposition.is_empty()),
            _ => None,
        });
        carrier.is_some_and(|light| {
            let to = &self.lexicon.spec.grammar.to;
            (hit.last + 1..=sentence.last.min(hit.last + REACH))
                .take_while(|&p| {
                    matches!(doc.kind(p), Kind::Word | Kind::Comma) && !to.iter().any(|w| w == doc.norm(p))
                })
                .any(|p| {
                    self.at[p] == usize::MAX
                        && doc.flags(p) & flag::SPEECH_NOUN != 0
                        && self.has_preposition(p, &light.preposition)
                })
        })
    }

    /// "بحث خلال اللقاء": a noun after a preposition that its verb does not ask for is no object of the verb.
    fn apart(&self, noun: usize, entry: &crate::lexicon::Light) -> bool {
        noun > 0
            && entry.preposition.is_empty()
            && self.at[noun - 1] == usize::MAX
            && self.doc.flags(noun - 1) & flag::PREPOSITION != 0
            && !self.lexicon.spec.grammar.of.iter().any(|w| w == self.doc.norm(noun - 1))
    }

    /// Between a light verb and its noun stand only its subject, adverbials and a preposition.
    pub(super) fn only_subject_between(&self, verb: usize, noun: usize) -> bool {
        let mut p = verb + 1;
        let mut mentions = 0;
        let opens = self.lexicon.spec.grammar.adjective_first && self.opens_words(noun);
        while p < noun {
            if let Some(index) = self.starting(p) {
                mentions += 1;
                p = self.mentions[index].last + 1;
                continue;
            }
            let flags = self.doc.flags(p);
            if let Some(x) = self.doc.longest(p, flag::ADVERB) {
                p = x.last() + 1;
                continue;
            }
            // "Exprimé une vive inquiétude": where adjectives follow, an article begins the noun's own phrase.
            // "Issued the following statement:": what the noun names stands behind its colon.
            let article = flags & flag::DETERMINER != 0 && (!self.lexicon.spec.grammar.adjective_first || opens);
            // "وجه إليها الوزير انتقادات": a preposition with its pronoun.
            let pronoun = !self.lexicon.spec.grammar.has_case
                && flags & flag::PARTICLE != 0
                && self.lexicon.spec.clitics.suffixes.iter().any(|s| self.doc.norm(p).ends_with(s.form.as_str()))
                && flags & (flag::RELATIVE | flag::SUBORDINATOR | flag::NEGATION | flag::CONJUNCTION | flag::MODALITY)
                    == 0;
            let light = article
                || pronoun
                || flags
                    & (flag::PREPOSITION
                        | flag::ADVERB
                        | flag::TIME_WORD
                        | flag::WEEKDAY
                        | flag::OBLIQUE
                        | flag::ADJECTIVE
                        | flag::DEMONSTRATIVE
                        | flag::SETTING)
                    != 0
                || self.doc.kind(p) != Kind::Word
                || self.doc.words[p].clitics() & clitic::PREPOSITION != 0;
            // "بعث رسالة أكد فيها دعمه": the noun is told by the nearer verb.
            let told = !self.lexicon.spec.grammar.has_case && self.is_speech_verb(p);
            if !light || flags & flag::THAT != 0 || told {
                return false;
            }
            p += 1;
        }
        mentions <= 2
    }

    /// Whether a colon behind the noun at `noun` opens the words that it names: "the following statement on Monday:".
    pub(super) fn opens_words(&self, noun: usize) -> bool {
        let when = |q: usize| {
            let flags = self.doc.flags(q);
            self.doc.kind(q) == Kind::Number
                || flags & (flag::TIME_WORD | flag::WEEKDAY | flag::MONTH | flag::ADVERB | flag::PREPOSITION) != 0
        };
        let end = (noun + 1..self.doc.len().min(noun + 6)).find(|&q| !when(q));
        end.is_some_and(|q| self.doc.kind(q) == Kind::Colon)
    }

    pub(super) fn light_subject(
        &self,
        index: usize,
        sentence: Sentence,
        first: usize,
        last: usize,
        form: Form,
        noun: usize,
    ) -> Option<(usize, Option<(usize, usize)>)> {
        if self.doc.matches_at(first).iter().all(|x| match x.meaning {
            Meaning::Light { light, .. } => self.lexicon.lights[light as usize].role == LightRole::Event,
            _ => true,
        }) {
            return None;
        }
        if form == Form::Participle {
            // "Had been sending messages": a finite verb has a subject of its own.
            let group = self.group(sentence, first);
            if group.be && self.lexicon.spec.grammar.adjective_first {
                return self.usable(self.subject(sentence, group.start, 4)?, sentence);
            }
            let mention = self.governor(index, sentence, first)?;
            return self.eligible(mention).then_some((mention, Some((first, first))));
        }
        // "اتصالا من الرئيس جدد خلاله دعوته"
        if let Some(sender) = self.sender_before(sentence, first, last) {
            return self.usable(sender, sentence);
        }
        if self.lexicon.spec.grammar.subject_after_verb && !self.lexicon.spec.grammar.has_case {
            if let Some(after) = self.subject_after(sentence, last).filter(|&m| {
                // "أبلغ الحكومة رفضه": a body of the other gender right behind the verb is its object.
                let it = &self.mentions[m];
                let body = matches!(it.kind, ActorKind::Country | ActorKind::Organization) && it.first == last + 1;
                it.first < noun && (!body || self.gender_fits(first, m))
            }) {
                return self.usable(after, sentence);
            }
        }
        // A verb behind its own "and" has its subject after it or goes on with that of the verb before it.
        let joined = !self.lexicon.spec.grammar.has_case
            && self.doc.words[first].clitics() & clitic::CONJUNCTION != 0
            && self.drafts.last().is_some_and(|d| d.sentence == index && d.triggers[0].0 < first);
        if let Some(before) = self.subject_before(sentence, first).filter(|_| !joined) {
            // "We had a meeting with", in somebody's words.
            let event = self.lexicon.spec.grammar.adjective_first
                && self.doc.flags(noun) & (flag::MEETING | flag::VISIT) != 0
                && self.doc.flags(noun) & flag::SPEECH_NOUN == 0;
            if let Some(own) = event.then(|| self.own_party(before)).flatten() {
                return Some(own);
            }
            return self.usable(before, sentence);
        }
        // "التي أعلن عنها في قمة": the verb of a relative clause goes on with nobody.
        if !self.lexicon.spec.grammar.has_case && self.relative_before(sentence, first) {
            return None;
        }
        // "وأجرى محادثات": the noun itself stands where a subject would.
        let own = !self.lexicon.spec.grammar.has_case && (last + 1 == noun || self.follows_pronoun(sentence, first));
        if self.lexicon.spec.grammar.drops_subject && (own || !self.blocked_subject(sentence, last)) {
            let mention = self.dropped(index, sentence, first)?;
            return self.eligible(mention).then_some((mention, Some((first, first))));
        }
        None
    }

    /// The verb of a relative clause that only lends its subject to the noun before it: "a visit that he made", "a meeting
    /// that brought them together". Its pronoun stands for the noun.
    pub(super) fn relative_light(
        &self,
        sentence: Sentence,
        hit: Hit,
        kind: EventType,
    ) -> Option<(usize, usize, u32, Form)> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return None;
        }
        let mut p = hit.last + 1;
        let mut limit = hit.last + 6;
        // "محادثات الوزير التي شملت نظيره": behind the owner.
        let owner = self.starting(p).filter(|&m| {
            let m = &self.mentions[m];
            m.kind == ActorKind::Person && m.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
        });
        if let Some(owner) = owner.filter(|&m| doc.flags(self.mentions[m].last + 1) & flag::RELATIVE != 0) {
            p = self.mentions[owner].last + 1;
            limit = p + 4;
        }
        // "أول زيارة لدولة إفريقية يقوم بها الوزير": behind where the visit goes.
        let goal = self.starting(p).map(|m| &self.mentions[m]).filter(|m| {
            let state = matches!(m.kind, ActorKind::Country | ActorKind::Group);
            kind == EventType::Visit && state && m.clitics & clitic::PREPOSITION != 0
        });
        if let Some(goal) = goal {
            p = goal.last + 1;
            limit = p + 4;
        }
        // "محادثات السلام التي تحتضنها العاصمة": which talks.
        let which = p == hit.last + 1 && self.at.get(p) == Some(&usize::MAX) && doc.has_article(p);
        if which && doc.flags(p) & flag::NOUN != 0 && doc.flags(p + 1) & flag::RELATIVE != 0 {
            p += 1;
        }
        while p <= sentence.last && p <= limit {
            // "محادثات، تجمع الوزيرين": a comma may stand before the verb that says whom a meeting gathers.
            let gathers = |x: &Match| match x.meaning {
                Meaning::Light { light, form: Form::Past | Form::Present } => {
                    self.lexicon.lights[light as usize].role == LightRole::Object
                        && x.clitics & (clitic::CONJUNCTION | clitic::SUFFIX) == 0
                }
                _ => false,
            };
            let bare = hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0;
            if doc.kind(p) == Kind::Comma
                && bare
                && self.discussing(p + 1).is_none()
                && doc.matches_at(p + 1).iter().any(gathers)
            {
                p += 1;
                continue;
            }
            // "بالاجتماع، الذي جمع بين": and so may it before the relative pronoun of that verb.
            let told = doc.kind(p) == Kind::Comma
                && p < sentence.last
                && doc.flags(p + 1) & flag::RELATIVE != 0
                && doc.flags(p + 1) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0
                && doc.matches_at(p + 2).iter().any(gathers);
            if told {
                p += 1;
                continue;
            }
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                return None;
            }
            for x in doc.matches_at(p) {
                let Meaning::Light { light, form: form @ (Form::Past | Form::Present) } = x.meaning else { continue };
                let entry = &self.lexicon.lights[light as usize];
                if entry.kind.is_some_and(|k| k != kind) || x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) != 0 {
                    continue;
                }
                let gathers = entry.role == LightRole::Object;
                let resumed = x.clitics & clitic::SUFFIX != 0
                    || (x.last() + 1..=(x.last() + 14).min(sentence.last))
                        .take_while(|&q| !matches!(doc.kind(q), Kind::Stop | Kind::Break | Kind::Comma))
                        .any(|q| self.preposition_with_pronoun(q));
                if resumed || gathers {
                    return Some((p, x.last(), light, form));
                }
            }
            let flags = doc.flags(p);
            let passes = flags
                & (flag::ADJECTIVE
                    | flag::RELATIVE
                    | flag::DEMONYM
                    | flag::TIME_WORD
                    | flag::WEEKDAY
                    | flag::ADVERB
                    | flag::AUXILIARY
                    | flag::MODALITY)
                != 0
                && flags & (flag::THAT | flag::SUBORDINATOR) == 0;
            if !passes || doc.has_conjunction(p) && flags & flag::AUXILIARY == 0 {
                return None;
            }
            p += 1;
        }
        None
    }

    /// بها, فيه, معهم: a preposition that has taken a pronoun for its object.
    pub(super) fn preposition_with_pronoun(&self, p: usize) -> bool {
        self.at.get(p) == Some(&usize::MAX) && self.doc.words[p].marked(mark::WITH_PRONOUN)
    }
}

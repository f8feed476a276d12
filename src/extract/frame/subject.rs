//! Who does what a verb tells: behind it, before it, or in none of its words.

use super::*;

impl Engine<'_, '_> {
    /// A subject after the verb that ends at `from`.
    pub(super) fn subject_after(&self, sentence: Sentence, from: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = from + 1;
        let mut in_phrase = false;
        let mut object = false;
        let limit = (from + REACH).min(sentence.last);
        if let Some(titled) = self.titled_behind_name(p, limit) {
            return Some(titled);
        }
        while p <= limit {
            object |= self.takes_counterpart(p);
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                // "دعا خلال لقائه اليوم المبعوث": whom the pronoun's bearer met is no subject.
                if object
                    && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                    && m.kind != ActorKind::Country
                {
                    object = false;
                    in_phrase = false;
                    p = m.last + 1;
                    continue;
                }
                let coordinated = m.clitics & clitic::CONJUNCTION != 0;
                // "إلى مطار الرياض، الملك": the city only says which airport.
                let which = p > from + 1 && self.says_which(index);
                let has_preposition = m.clitics & clitic::PREPOSITION != 0 || which;
                if !has_preposition && !in_phrase && !coordinated && m.place.is_none() {
                    return Some(index);
                }
                in_phrase = false;
                p = m.last + 1;
                continue;
            }
            if let Some(next) = self.past_addressee(p, limit) {
                in_phrase = false;
                p = next;
                continue;
            }
            let flags = doc.flags(p);
            match doc.kind(p) {
                Kind::Word => {
                    if flags & (flag::THAT | flag::RELATIVE | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
                    {
                        return None;
                    }
                    // "يقوم بها الرئيس": a preposition with its pronoun is complete.
                    if !self.lexicon.spec.grammar.has_case && self.preposition_with_pronoun(p) {
                        in_phrase = false;
                        p += 1;
                        continue;
                    }
                    let attached = doc.words[p].clitics() & clitic::PREPOSITION != 0;
                    // "وسيسافر إلى نيويورك ليطلع المجلس": the subject behind a verb of the aim is that verb's own.
                    if self.is_verb_of_aim(p) {
                        return None;
                    }
                    if flags & flag::PREPOSITION != 0 || attached {
                        // Its object comes next, unless it is attached and so is the object itself: but "بحس الزعامة" goes
                        // on in its genitive.
                        let head = attached
                            && flags & flag::PREPOSITION == 0
                            && flags & flag::NOUN != 0
                            && flags
                                & (flag::SETTING
                                    | flag::ADVERB
                                    | flag::MEETING
                                    | flag::VISIT
                                    | flag::MEDIA
                                    | flag::TIME_WORD)
                                == 0
                            && !doc.has_article(p)
                            && doc.words[p].clitics() & clitic::SUFFIX == 0
                            && self
                                .starting(p + 1)
                                .is_some_and(|m| self.mentions[m].name.is_none() && self.mentions[m].title.is_none());
                        // "يغادر اليوم للقاء الملك": whom the noun of an aim names is no subject.
                        let meets = !self.lexicon.spec.grammar.has_case
                            && attached
                            && flags & flag::MEETING != 0
                            && flags & flag::VERB == 0
                            && doc.words[p].clitics() & (clitic::ARTICLE | clitic::SUFFIX) == 0
                            && self.has_dative(p)
                            && self.starting(p + 1).is_some();
                        in_phrase = !attached || head || meets;
                        p += 1;
                        continue;
                    }
                    if in_phrase
                        || flags
                            & (flag::ADVERB
                                | flag::TIME_WORD
                                | flag::WEEKDAY
                                | flag::MONTH
                                | flag::SETTING
                                | flag::ADJECTIVE
                                | flag::DEMONSTRATIVE)
                            != 0
                    {
                        // The object of a preposition may be several nouns: "خلال جلسة مجلس الوزراء".
                        let next_noun = doc.flags(p) & (flag::NOUN | flag::SETTING | flag::MEETING | flag::VISIT) != 0;
                        let genitive = doc.flags(p) & flag::MEETING != 0
                            && !doc.has_article(p)
                            && doc.words[p].clitics() & clitic::SUFFIX == 0
                            && self.starting(p + 1).is_some_and(|m| {
                                let m = &self.mentions[m];
                                m.kind == ActorKind::Organization && m.clitics & clitic::CONJUNCTION == 0
                            });
                        // "وسخر من انتقادات نواب": whose the object of the preposition is.
                        let circumstance = flag::SETTING
                            | flag::MEETING
                            | flag::VISIT
                            | flag::VENUE
                            | flag::MEDIA
                            | flag::TIME_WORD
                            | flag::WEEKDAY
                            | flag::MONTH
                            | flag::ADVERB
                            | flag::ADJECTIVE;
                        let owned = !self.lexicon.spec.grammar.has_case
                            && flags & (flag::NOUN | flag::SPEECH_NOUN) != 0
                            && flags & circumstance == 0
                            && !doc.has_article(p)
                            && doc.words[p].clitics() & clitic::SUFFIX == 0
                            && self
                                .starting(p + 1)
                                .is_some_and(|m| self.mentions[m].clitics & clitic::CONJUNCTION == 0);
                        in_phrase =
                            in_phrase && (genitive || owned || next_noun && doc.flags(p + 1) & flag::SETTING != 0);
                        p += 1;
                        continue;
                    }
                    // "قالت صحيفة كاتماندو بوست": the name of an outlet, though it could be a country.
                    let outlet = !self.lexicon.spec.grammar.has_case
                        && flags & flag::MEDIA != 0
                        && p == from + 1
                        && !doc.has_article(p)
                        && self.starting(p + 1).is_some_and(|m| {
                            let m = &self.mentions[m];
                            m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                                && matches!(m.kind, ActorKind::Country | ActorKind::Group)
                        });
                    if outlet {
                        return None;
                    }
                    if doc.flags(p) & flag::MEDIA != 0
                        || p > from + 1 && doc.flags(p - 1) & (flag::SETTING | flag::MEETING | flag::VISIT) != 0
                    {
                        p += 1;
                        continue;
                    }
                    if doc.longest(p, flag::ADVERB | flag::MEDIA).is_some() {
                        p = doc.longest(p, flag::ADVERB | flag::MEDIA).map_or(p, Match::last) + 1;
                        continue;
                    }
                    return None;
                }
                Kind::Number => {
                    p += 1;
                }
                Kind::Open => {
                    let mut q = p;
                    while q < limit && doc.kind(q) != Kind::Close {
                        q += 1;
                    }
                    p = q + 1;
                }
                Kind::Comma => {
                    // A comma may close an adverbial that stands between verb and subject.
                    if p == from + 1
                        || doc.flags(p - 1)
                            & (flag::NOUN | flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::ADJECTIVE)
                            == 0
                            && doc.kind(p - 1) != Kind::Number
                            && self.at[p - 1] == usize::MAX
                    {
                        return None;
                    }
                    p += 1;
                }
                Kind::Quote => {
                    let name = doc.longest(p + 1, flag::MEDIA | flag::ORG).is_some();
                    // "وأضاف «نحن نقرر»": a pronoun behind the mark is the speaker's own word.
                    let known = self.starting(p + 1).is_some_and(|m| !self.mentions[m].pronoun);
                    let outlet = p > from + 1 && doc.flags(p - 1) & flag::MEDIA != 0;
                    if !name && !known && !outlet {
                        return None;
                    }
                    p += 1;
                }
                Kind::Slash | Kind::Dash => p += 1,
                _ => return None,
            }
        }
        None
    }

    /// "أوضح لـ«...» الوزير", "كشف لـ (...) الوزير": past the outlet to which something is said, behind a preposition that its
    /// marks part from it, where the speaker comes next.
    fn past_addressee(&self, p: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let to = doc.kind(p) == Kind::Word
            && doc.norm(p).chars().nth(1).is_none()
            && self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(p));
        if self.lexicon.spec.grammar.has_case || !to {
            return None;
        }
        let mark = p + 1;
        let next = match doc.kind(mark) {
            Kind::Quote => doc.opening(mark).filter(|q| q.closed && q.last - q.first < 4)?.last + 2,
            Kind::Open => (mark + 1..limit.min(mark + 5)).find(|&q| doc.kind(q) == Kind::Close)? + 1,
            Kind::Word => doc.longest(mark, flag::MEDIA).map_or(mark, Match::last) + 1,
            _ => return None,
        };
        (next <= limit && self.starting(next).is_some()).then_some(next)
    }

    /// "هنأ فالح المطيري مدير الإدارة": the title behind a name that no list holds, right after the verb.
    fn titled_behind_name(&self, p: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let unknown = |q: usize| {
            q <= limit
                && doc.kind(q) == Kind::Word
                && self.at[q] == usize::MAX
                && (doc.words[q].count == 0 || doc.flags(q) & (flag::GIVEN | flag::SURNAME) != 0)
                && doc.flags(q) & (flag::PARTICLE | flag::VERB | flag::PREPOSITION) == 0
        };
        if self.lexicon.spec.grammar.has_case || !unknown(p) || doc.words[p].shape != 0 || doc.has_article(p) {
            return None;
        }
        let names = (p..=limit.min(p + 4)).take_while(|&q| unknown(q)).count();
        let titled = self.starting(p + names).filter(|_| (2..=4).contains(&names))?;
        let m = &self.mentions[titled];
        (m.title.is_some()
            && m.name.is_none()
            && !m.plural
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::ARTICLE) == 0)
            .then_some(titled)
    }

    /// لقائه, استقباله: a noun of meeting with its pronoun, whose verb takes the other party as its object.
    fn takes_counterpart(&self, p: usize) -> bool {
        !self.lexicon.spec.grammar.has_case
            && self.at[p] == usize::MAX
            && self.doc.flags(p) & flag::MEETING != 0
            && self.doc.words[p].clitics() & clitic::SUFFIX != 0
            && self.doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Noun } => {
                    let t = &self.lexicon.triggers[trigger as usize];
                    t.kind == EventType::Meeting
                        && t.strength == Strength::Strong
                        && t.slots.iter().any(|s| s.actor && s.marker == Marker::Object)
                }
                _ => false,
            })
    }

    /// Whether a word says how many of the group right behind it.
    pub(super) fn is_quantity(&self, p: usize) -> bool {
        self.starting(p + 1).is_some_and(|m| {
            let m = &self.mentions[m];
            (m.kind == ActorKind::Group || m.plural) && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
        }) && self.listed("quantities", p)
    }

    /// A subject before the verb at `verb`: the mention that ends there, or the one that heads the clause.
    pub(super) fn subject_before(&self, sentence: Sentence, verb: usize) -> Option<usize> {
        if self.lexicon.spec.grammar.has_case {
            return self.subject(sentence, self.group(sentence, verb).start, 4);
        }
        let doc = self.doc;
        let start = self.clause_start(sentence, verb);
        let mut p = verb;
        let mut steps = 0;
        // "صالح الذي يزور": the verb of a relative clause is told of what the clause belongs to.
        if let Some(relative) = verb.checked_sub(1).filter(|&r| r > sentence.first) {
            let pronoun = doc.flags(relative) & flag::RELATIVE != 0
                && doc.flags(relative) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0
                && self.at[relative] == usize::MAX;
            if pronoun {
                let comma = usize::from(doc.kind(relative - 1) == Kind::Comma);
                // "الوفد المرافق له، الذي": a preposition with its pronoun belongs to what stands before it.
                let antecedent = relative.checked_sub(1 + comma).and_then(|p| {
                    self.ending(p).or_else(|| {
                        p.checked_sub(1).filter(|_| self.preposition_with_pronoun(p)).and_then(|p| self.ending(p))
                    })
                });
                // "الحكومة التي اعتبرها": a feminine pronoun on the verb makes what the clause belongs to its object.
                let clitics = doc.words[verb].clitics();
                let own = clitics & clitic::FEMININE != 0 && clitics & (clitic::DUAL | clitic::PLURAL) == 0;
                let object = antecedent.is_some_and(|m| self.is_feminine(m) == Some(true));
                if own && object && self.is_speech_verb(verb) {
                    return None;
                }
                if let Some(m) = antecedent.filter(|&m| self.mentions[m].place.is_none()) {
                    return Some(m);
                }
            }
        }
        while p > start && steps < REACH {
            p -= 1;
            steps += 1;
            if let Some(index) = self.ending(p) {
                let m = &self.mentions[index];
                let here = m.first;
                let free = self.preposition(index).is_none() && m.place.is_none();
                if free && self.heads_clause(sentence, start, here) {
                    return Some(index);
                }
                p = here;
                continue;
            }
            match doc.kind(p) {
                Kind::Word if self.is_verb(p) => return None,
                Kind::Dash | Kind::Close | Kind::Open => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether a mention that starts at `here` heads the clause that starts at `start`.
    pub(super) fn heads_clause(&self, sentence: Sentence, start: usize, here: usize) -> bool {
        let doc = self.doc;
        let mut p = here;
        while p > start {
            let before = p - 1;
            let flags = doc.flags(before);
            match doc.kind(before) {
                Kind::Comma | Kind::Quote | Kind::Dash => return true,
                Kind::Word => {
                    if self.at[before] != usize::MAX {
                        return false;
                    }
                    if flags & flag::SUBORDINATOR != 0 && flags & flag::PREPOSITION == 0 {
                        return true;
                    }
                    if flags & (flag::ADVERB | flag::TIME_WORD | flag::AUXILIARY | flag::CONJUNCTION) != 0 {
                        p = before;
                        continue;
                    }
                    return false;
                }
                _ => return before <= sentence.first,
            }
        }
        true
    }

    /// The speaker that a verb without a subject goes on with.
    pub(super) fn dropped(&self, sentence_index: usize, sentence: Sentence, verb: usize) -> Option<usize> {
        // "إن الملك سيزور أنقرة ويلتقي الرئيس": a verb that goes on in a reported clause has the subject of the verb before it.
        // But the verb of a relative clause ("التي أعلن عنها في قمة") goes on with nothing, and a verb of saying from who
        // reports: "أعلن المكتب أن الملك سيزور أنقرة، ورأى أن الزيارة مهمة".
        if !self.lexicon.spec.grammar.has_case
            && !self.is_speech_verb(verb)
            && !self.follows_pronoun(sentence, verb)
            && !self.relative_before(sentence, verb)
        {
            let clause = self
                .drafts
                .iter()
                .rev()
                .take_while(|d| d.sentence == sentence_index)
                .filter(|d| d.kind == EventType::Statement)
                .flat_map(|d| &d.content)
                .filter(|&&(a, b)| a < verb && verb <= b)
                .map(|c| c.0)
                .max();
            let inside = clause.and_then(|from| {
                self.drafts.iter().rev().take_while(|d| d.sentence == sentence_index).find(|d| {
                    d.kind != EventType::Statement
                        && d.triggers[0].0 >= from
                        && d.triggers[0].0 < verb
                        && !d.anaphoric
                        && d.actors.first().is_some_and(|a| a.role != Role::Host && self.gender_fits(verb, a.mention))
                })
            });
            if let Some(draft) = inside {
                return Some(draft.actors[0].mention);
            }
        }
        // In the sentence itself the subject of an earlier verb.
        // What is told behind the words of somebody who is no actor is told by him.
        let told_by_other =
            |d: &Draft| d.kind != EventType::Statement && (sentence.first..d.triggers[0].0).contains(&self.foreign);
        let owned = |d: &Draft| d.kind == EventType::Statement && self.rules[d.rule].subject == Subject::Owner;
        let earlier = self.drafts.iter().rev().take_while(|d| d.sentence == sentence_index).find(|d| {
            d.triggers[0].0 < verb
                && !self.foreign_between(d.triggers[0].0, verb)
                && !told_by_other(d)
                && !owned(d)
                && !d.actors.is_empty()
                && !d.anaphoric
                && d.actors[0].role != Role::Host
                && !self.reported(d)
                && self.gender_fits(verb, d.actors[0].mention)
        });
        if let Some(draft) = earlier {
            return Some(draft.actors[0].mention);
        }
        // "وقاد الوزير حملة على القرار، وقال إن": who stands behind the verb that opens the sentence goes on in it.
        let lead = self.lead.filter(|&(m, at)| {
            at <= sentence_index
                && self.mentions[m].first < verb
                && !self.foreign_between(self.mentions[m].first, verb)
                && self.gender_fits(verb, m)
        });
        if let Some((m, _)) = lead.filter(|l| l.1 == sentence_index) {
            return Some(m);
        }
        let near = |at: usize| {
            sentence_index.saturating_sub(at) <= 3
                && sentence.paragraph.saturating_sub(self.doc.sentences[at].paragraph) <= 2
                && at <= sentence_index
        };
        let fits = |&(m, at): &(usize, usize)| near(at) && self.gender_fits(verb, m);
        let speaker = self.speaker.filter(fits);
        let foreign = self.foreign.min(self.doc.len() - 1);
        let topic = self.topic.filter(fits).filter(|&(m, at)| {
            // Nor is it the actor of what he told.
            self.doc.sentence_of[foreign] as usize != at || self.mentions[m].first < self.foreign
        });
        // Who leads the sentence before is nearer than who spoke before that.
        let led = lead.filter(|l| l.1 + 1 == sentence_index && speaker.is_none_or(|s| s.1 < l.1));
        if let Some((m, _)) = led {
            return Some(m);
        }
        match (speaker, topic) {
            (Some(s), Some(t)) if t.1 > s.1 + 1 => Some(t.0),
            (Some(s), _) => Some(s.0),
            (None, Some(t)) => Some(t.0),
            // The last who spoke is of the other gender: one who spoke before may go on.
            _ => self
                .drafts
                .iter()
                .rev()
                .take(12)
                .filter(|d| {
                    d.kind == EventType::Statement
                        && near(d.sentence)
                        && sentence_index.saturating_sub(d.sentence) <= 2
                        && d.triggers[0].0 < verb
                        && !self.foreign_between(d.triggers[0].0, verb)
                        && !self.reported(d)
                })
                .filter_map(|d| d.actors.first())
                .map(|a| a.mention)
                .find(|&m| self.gender_fits(verb, m)),
        }
    }

    /// The person right behind the verb that opens a sentence.
    pub(super) fn leading_actor(&self, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return None;
        }
        let mut verb = sentence.first;
        while verb < sentence.last
            && (doc.kind(verb) != Kind::Word || doc.flags(verb) & (flag::NEGATION | flag::AUXILIARY) != 0)
        {
            verb += 1;
        }
        // "وشن الوزير": a person behind it shows that it is no noun.
        let past = doc.matches_at(verb).iter().any(|x| {
            matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. })
                && x.len == 1
        });
        if verb >= sentence.last || self.at[verb] != usize::MAX || !self.is_verb(verb) && !past {
            return None;
        }
        let mention = self.starting(verb + 1)?;
        let m = &self.mentions[mention];
        let subject = m.kind == ActorKind::Person
            && !m.plural
            && !m.pronoun
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && (m.name.is_some() || m.title.is_some());
        (subject && self.eligible(mention)).then_some(mention)
    }

    /// Whether somebody who is no actor spoke after one token and before another.
    fn foreign_between(&self, before: usize, verb: usize) -> bool {
        before < self.foreign && self.foreign < verb
    }

    /// "أن قوارب اللاجئين تصل": a reported clause that opens with a noun has named the subject of its verb.
    pub(super) fn clause_names_subject(&self, sentence: Sentence, verb: usize) -> bool {
        let doc = self.doc;
        let start = self.clause_start(sentence, verb);
        if start <= sentence.first || start >= verb || doc.flags(start - 1) & flag::THAT == 0 {
            return false;
        }
        let head = doc.kind(start) == Kind::Word
            && self.at[start] == usize::MAX
            && doc.flags(start) & (flag::NOUN | flag::ADJECTIVE) != 0
            && doc.flags(start) & (flag::PREPOSITION | flag::ADVERB | flag::VERB | flag::TIME_WORD | flag::AUXILIARY)
                == 0
            && doc.words[start].clitics() & clitic::PREPOSITION == 0;
        head && !doc.has_conjunction(verb)
            && !self.follows_pronoun(sentence, start)
            && !(start..verb).any(|p| self.tells(p))
    }

    /// "المساعدات التي وصلت": the verb of a relative clause tells of what the clause belongs to.
    pub(super) fn relative_before(&self, sentence: Sentence, verb: usize) -> bool {
        let doc = self.doc;
        let mut p = verb;
        while p > sentence.first {
            p -= 1;
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                return false;
            }
            let flags = doc.flags(p);
            // "لمن": behind an attached preposition "من" is none itself.
            let plain = flags & (flag::PREPOSITION | flag::SUBORDINATOR) == 0
                || doc.words[p].clitics() & clitic::PREPOSITION != 0;
            if flags & flag::RELATIVE != 0 && plain {
                let comma = usize::from(p > 0 && doc.kind(p - 1) == Kind::Comma);
                let named = p.checked_sub(1 + comma).is_some_and(|q| {
                    let behind = q > sentence.first && self.preposition_with_pronoun(q);
                    self.at[q - usize::from(behind)] != usize::MAX
                });
                return !named && doc.words[verb].clitics() & clitic::SUFFIX == 0;
            }
            if flags & (flag::NEGATION | flag::AUXILIARY | flag::MODALITY) == 0 {
                return false;
            }
        }
        false
    }

    /// Whether the verb at `verb` has its subject in the pronoun of the word that opens its clause: "إنه", "بأنها".
    pub(super) fn follows_pronoun(&self, sentence: Sentence, verb: usize) -> bool {
        let doc = self.doc;
        let Some(mut p) = verb.checked_sub(1) else { return false };
        while p > sentence.first
            && self.at[p] == usize::MAX
            && doc.flags(p) & (flag::NEGATION | flag::AUXILIARY | flag::MODALITY) != 0
            && doc.flags(p) & (flag::THAT | flag::LIGHT | flag::NOUN) == 0
        {
            p -= 1;
        }
        if p < sentence.first || self.at[p] != usize::MAX || doc.flags(p) & flag::THAT == 0 {
            return false;
        }
        let norm = doc.norm(p);
        let mut scratch = String::new();
        self.lexicon.spec.clitics.suffixes.iter().any(|s| {
            norm.strip_suffix(s.form.as_str())
                .is_some_and(|rest| self.lexicon.look_up(rest, &mut scratch).flags & flag::THAT != 0)
        })
    }

    /// Arabic: a noun right after the verb that is no known actor is its subject, so that nothing was dropped.
    pub(super) fn blocked_subject(&self, sentence: Sentence, verb: usize) -> bool {
        let next = verb + 1;
        if next > sentence.last {
            return false;
        }
        match self.doc.kind(next) {
            Kind::Word => {
                if let Some(index) = self.starting(next) {
                    return self.mentions[index].clitics & clitic::PREPOSITION == 0 && !self.mentions[index].pronoun;
                }
                let flags = self.doc.flags(next);
                // "وأعرب جميع السكان عن": so does a group that a quantity stands before.
                if self.is_quantity(next) {
                    return true;
                }
                let free = flags
                    & (flag::THAT
                        | flag::PREPOSITION
                        | flag::ADVERB
                        | flag::PARTICLE
                        | flag::DEMONSTRATIVE
                        | flag::SPEECH
                        | flag::MATTER
                        | flag::TIME_WORD)
                    != 0
                    || self.doc.words[next].clitics() & clitic::PREPOSITION != 0
                    || self.doc.has_conjunction(next);
                !free
            }
            _ => false,
        }
    }

    pub(super) fn governor(&self, index: usize, sentence: Sentence, participle: usize) -> Option<usize> {
        let acting = |d: &Draft| {
            let mut of_it = d.actors.iter().filter(|a| a.role != Role::Host && a.role != Role::Target);
            let first = of_it.next()?.mention;
            // "أضاف بيان الوزارة ...، واصفا": the form is that of the document.
            let document = self.doc.flags(d.triggers[0].1 + 1) & flag::SETTING != 0;
            (document || of_it.next().is_some() || self.participle_agrees(participle, first)).then_some(first)
        };
        let before = || {
            let told = self.drafts.iter().rev().take_while(|d| d.sentence == index);
            let noun = |d: &Draft| d.kind == EventType::Statement && self.rules[d.rule].subject == Subject::Owner;
            let other =
                |d: &Draft| d.kind != EventType::Statement && (sentence.first..d.triggers[0].0).contains(&self.foreign);
            told.filter(move |d| d.triggers[0].0 < participle && !d.anaphoric && !noun(d) && !other(d))
        };
        // "ذكرت الوزارة أن الوزير أكد ...، مشددا": the form may leave only the one who speaks in what is reported.
        let earlier = before().filter(|d| !self.reported(d)).find_map(acting);
        let inner = || before().filter(|d| d.kind == EventType::Statement).find_map(acting);
        if let Some(mention) = earlier.or_else(inner) {
            return Some(mention);
        }
        // A report before it whose speaker is no actor: the participle goes on with him.
        let foreign = |p: usize| {
            self.at[p] == usize::MAX
                && !self.used(index, p)
                && self.doc.matches_at(p).iter().any(|x| match x.meaning {
                    Meaning::Trigger { trigger, form } => self
                        .foreign_report(sentence, Hit { first: p, last: x.last(), trigger, form, clitics: x.clitics }),
                    _ => false,
                })
        };
        if !self.lexicon.spec.grammar.has_case && (sentence.first..participle).any(foreign) {
            return None;
        }
        // No event before it: the actor that heads the sentence.
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let first = (from..self.mentions.len())
            .take_while(|&i| self.mentions[i].first < participle)
            .find(|&i| self.mentions[i].clitics & clitic::PREPOSITION == 0);
        // After a noun that no mention covers it is that noun's owner and no subject.
        let owned = |i: usize| {
            let before = self.mentions[i].first.wrapping_sub(1);
            !self.lexicon.spec.grammar.has_case
                && before > sentence.first
                && (sentence.first..before).any(|p| self.is_speech_verb(p))
                && self.doc.kind(before) == Kind::Word
                && self.at[before] == usize::MAX
                && self.doc.flags(before) & (flag::NOUN | flag::SPEECH_NOUN) != 0
                && self.doc.flags(before)
                    & (flag::VERB | flag::SPEECH | flag::MEETING | flag::VISIT | flag::ADVERB | flag::TIME_WORD)
                    == 0
        };
        let agrees = |i: usize| self.participle_agrees(participle, i);
        if let Some(first) = first.filter(|&i| !owned(i) && agrees(i)) {
            if self.eligible(first) && self.preposition(first).is_none() {
                return Some(first);
            }
            // "توقع الخبير فلان ارتفاع الأسعار، مشيرا إلى": it goes on with the person of its own sentence, who is no actor.
            let m = &self.mentions[first];
            if !self.lexicon.spec.grammar.has_case
                && m.kind == ActorKind::Person
                && m.name.is_some()
                && m.place.is_none()
                && !m.pronoun
                && self.preposition(first).is_none()
                && !self.eligible(first)
            {
                return None;
            }
        }
        if self.led_by_stranger(sentence) {
            return None;
        }
        self.dropped(index, sentence, participle).filter(|&i| agrees(i))
    }

    /// "المستشار المشرف العام على مركز الإغاثة الدكتور فلان": who is named with his honorific behind an office of several
    /// words holds it.
    pub(super) fn named_behind(&self, office: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let m = &self.mentions[office];
        if m.kind != ActorKind::Person || m.name.is_some() || m.plural || m.pronoun || m.title.is_none() {
            return None;
        }
        let mut p = m.last + 1;
        while p <= sentence.last.min(m.last + 8) {
            // "على صندوق التنمية": a body behind a preposition is what the office is for.
            if let Some(body) = self.starting(p) {
                let b = &self.mentions[body];
                let part =
                    matches!(b.kind, ActorKind::Organization | ActorKind::Group) && self.preposition(body).is_some();
                if !part {
                    break;
                }
                p = b.last + 1;
                continue;
            }
            let part = doc.kind(p) == Kind::Word
                && (doc.has_article(p)
                    || doc.words[p].clitics() & clitic::PREPOSITION != 0
                    || doc.flags(p) & (flag::PREPOSITION | flag::NOUN | flag::ORG_HEAD) != 0)
                && !self.is_verb(p)
                && doc.flags(p) & (flag::TIME_WORD | flag::WEEKDAY | flag::ADVERB | flag::MEETING | flag::VISIT) == 0;
            if !part {
                return None;
            }
            p += 1;
        }
        let behind = self.starting(p).filter(|_| p > m.last + 1)?;
        let n = &self.mentions[behind];
        let honoured = doc.flags(n.first) & flag::HONORIFIC != 0 && n.name.is_some_and(|name| name.0 > n.first);
        let bare = n.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0;
        (honoured && bare && n.title.is_none() && n.kind == ActorKind::Person && !n.plural).then_some(behind)
    }

    /// "عزت ليلى باحثة اجتماعية السبب إلى": the verb that opens a sentence has a name that no list holds as its subject.
    fn led_by_stranger(&self, sentence: Sentence) -> bool {
        let doc = self.doc;
        let verb = sentence.first;
        let next = verb + 1;
        if self.lexicon.spec.grammar.has_case || next >= sentence.last || self.at[verb] != usize::MAX {
            return false;
        }
        let past = doc
            .matches_at(verb)
            .iter()
            .any(|x| x.len == 1 && matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. }));
        let name = |p: usize| {
            doc.kind(p) == Kind::Word
                && !doc.has_article(p)
                && doc.words[p].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                && (doc.words[p].count == 0 && doc.words[p].shape == 0
                    || doc.flags(p) & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0)
        };
        (past || self.is_verb(verb))
            && self.starting(next).is_none_or(|m| !self.eligible(m) && self.mentions[m].kind == ActorKind::Person)
            && (name(next)
                || self.starting(next).is_some()
                || doc.kind(next) == Kind::Word
                    && !doc.has_article(next)
                    && doc.words[next].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::SUFFIX) == 0
                    && doc.flags(next) & (flag::PREPOSITION | flag::ADVERB | flag::THAT | flag::PARTICLE) == 0
                    && doc.flags(next + 1) & (flag::GIVEN | flag::SURNAME) != 0)
            && (name(next + 1) || doc.flags(next) & flag::NON_ACTOR != 0)
    }

    pub(super) fn verb_subject(
        &self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        subject: Subject,
        trigger: &Trigger,
    ) -> Option<(usize, Option<(usize, usize)>)> {
        if self.lexicon.spec.grammar.has_case {
            return match subject {
                Subject::Before => {
                    let trigger = &self.lexicon.triggers[hit.trigger as usize];
                    self.case_verb_subject(index, sentence, hit, trigger)
                }
                _ => None,
            };
        }
        if let Some(own) = self.speaks_of_himself(index, hit, subject) {
            return (subject == Subject::Dropped).then_some((own, Some((hit.first, hit.first))));
        }
        if self.in_first_person(hit) {
            return None;
        }
        match subject {
            Subject::After => {
                if self.lexicon.spec.grammar.has_case {
                    return None;
                }
                // "تحدث مع الوزير": what follows the preposition of the verb is its object.
                if hit.last > hit.first && self.doc.flags(hit.last) & flag::PREPOSITION != 0 {
                    return None;
                }
                let after = self.subject_after(sentence, hit.last)?;
                let takes_object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                if takes_object && self.is_object_by_form(hit, after) {
                    return None;
                }
                if takes_object && trigger.kind == EventType::Meeting && self.met_on_visit(index, sentence, hit, after)
                {
                    return None;
                }
                // "الوزير يلتقي السفير": who stands right before a verb that takes an object is its subject.
                let before = hit.first.checked_sub(1).filter(|&p| p >= sentence.first).and_then(|p| self.ending(p));
                let led = before.filter(|&m| {
                    takes_object
                        && hit.clitics & clitic::CONJUNCTION == 0
                        && matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
                        && self.usable_party(m, sentence).is_some()
                        && self.subject_before(sentence, hit.first) == Some(m)
                        && self.gender_fits(hit.first, m)
                        // "الوزير سيزور إيران، بعد نظيره": the country is where he goes, whoever is named later.
                        && (trigger.kind == EventType::Visit && self.mentions[after].kind == ActorKind::Country
                            || self.object_at(sentence, self.mentions[after].last + 1).is_none())
                });
                if led.is_some() {
                    return None;
                }
                // "وزار أنقرة بعد القمة الرئيس": a visit may name where it went before who went.
                if trigger.kind != EventType::Visit && self.is_object_by_gender(hit, after) {
                    return None;
                }
                let named = self.named_behind(after, sentence).filter(|&m| self.eligible(m));
                self.usable_party(named.unwrap_or(after), sentence)
            }
            Subject::Before => {
                let before = self.subject_before(sentence, hit.first)?;
                // "غادر مصر بعد زيارة التقى خلالها": the country that was left does not meet.
                let visited = self.drafts.iter().rev().take_while(|d| d.sentence == index).any(|d| {
                    d.kind == EventType::Visit
                        && (d.actors.iter().any(|a| a.role == Role::Host && a.mention == before)
                            || d.place.is_some_and(|p| p.first == self.mentions[before].first))
                });
                if visited {
                    return None;
                }
                self.usable_party(before, sentence)
            }
            Subject::Dropped => {
                // "حيث سيلتقي نظراءه": what stands after a verb that takes an object may be the object, where the sentence has
                // a subject already.
                let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor)
                    && self.drafts.iter().rev().take_while(|d| d.sentence == index).any(|d| !d.anaphoric);
                let other = self.starting(hit.last + 1).is_some_and(|m| self.is_object_by_gender(hit, m));
                if self.clause_names_subject(sentence, hit.first) || self.relative_before(sentence, hit.first) {
                    return None;
                }
                let by_form = self.starting(hit.last + 1).is_some_and(|m| self.is_object_by_form(hit, m));
                // "إنه بحث الوضع": the pronoun before the verb is its subject, so that what follows it is none.
                // "وبحثا الأزمة": a dual names no subject of its own.
                let confers = trigger.kind == EventType::Meeting
                    && trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content);
                let said = self.follows_pronoun(sentence, hit.first) || confers && self.told_of_several(hit);
                if self.blocked_subject(sentence, hit.last)
                    && hit.clitics & clitic::SUFFIX == 0
                    && !(object || other || by_form || said)
                {
                    // التقى الوزير: the noun after the verb is its subject; but an object alone leaves the subject dropped.
                    return None;
                }
                // "قال المتحدث إن المبعوث سيزور الرياض. وسيتوجه بعد ذلك إلى": who travels on is who was to travel.
                if let Some(visitor) = self.travels_on(index, hit, trigger) {
                    return Some((visitor, Some((hit.first, hit.first))));
                }
                let mention = self.dropped(index, sentence, hit.first)?;
                let acts = self.eligible(mention) && !self.only_tells(mention);
                acts.then_some((mention, Some((hit.first, hit.first))))
            }
            _ => None,
        }
    }
}

//! Who takes part: finding the subject, the object and the owner of a trigger, and taking them into a draft.

use super::*;

impl Engine<'_, '_> {
    pub(super) fn after_comma(&self, token: usize) -> bool {
        token > 0 && matches!(self.doc.kind(token - 1), Kind::Comma | Kind::Semicolon | Kind::Quote)
    }

    pub(super) fn mention_at(&self, token: usize) -> Option<&Mention> {
        let index = *self.at.get(token)?;
        self.mentions.get(index)
    }

    /// The mention that starts at `token`.
    pub(super) fn starting(&self, token: usize) -> Option<usize> {
        let index = *self.at.get(token)?;
        (index != usize::MAX && self.mentions[index].first == token).then_some(index)
    }

    pub(super) fn ending(&self, token: usize) -> Option<usize> {
        let index = *self.at.get(token)?;
        (index != usize::MAX && self.mentions[index].last == token).then_some(index)
    }

    /// The preposition before a mention: attached to it or the word before it.
    pub(super) fn preposition(&self, mention: usize) -> Option<&str> {
        let m = &self.mentions[mention];
        if m.clitics & clitic::PREPOSITION != 0 {
            let which = (m.clitics >> clitic::WHICH) as usize;
            return self.lexicon.spec.clitics.prepositions.get(which).map(String::as_str);
        }
        let mut p = m.first.checked_sub(1)?;
        while self.doc.kind(p) == Kind::Quote && p > 0 {
            p -= 1;
        }
        if self.doc.kind(p) == Kind::Word && self.doc.flags(p) & flag::PREPOSITION != 0 && self.at[p] == usize::MAX {
            let norm = self.doc.norm(p);
            // وفي is في.
            let joined = self.doc.words[p].clitics() & clitic::CONJUNCTION != 0;
            let bare = joined.then(|| self.lexicon.spec.clitics.after_conjunction(norm).last().map(|(_, rest)| rest));
            return Some(bare.flatten().unwrap_or(norm));
        }
        // Letters that could be another word as well: "وفي مصر".
        if self.doc.kind(p) == Kind::Word && self.at[p] == usize::MAX && !self.lexicon.spec.grammar.has_case {
            let grammar = &self.lexicon.spec.grammar;
            return self
                .lexicon
                .spec
                .clitics
                .after_conjunction(self.doc.norm(p))
                .filter(|(joined, _)| *joined)
                .map(|(_, rest)| rest)
                .find(|rest| grammar.at.iter().chain(&grammar.from).chain(&grammar.between).any(|w| w == rest));
        }
        None
    }

    /// Whether the entity of a mention may act in a diplomatic event.
    pub(super) fn eligible(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        if m.pronoun || self.is_desk(mention) {
            return false;
        }
        if m.entity == usize::MAX {
            return m.actor && !m.non_actor;
        }
        let entity = &self.resolver.entities[m.entity];
        if entity.place {
            return false;
        }
        let either = entity.actor || m.actor;
        either && (entity.actor || !entity.non_actor) && (m.actor || !m.non_actor)
    }

    /// "سياسي / الوزير يلتقي نظيره": the desk of an agency that a headline opens with.
    fn is_desk(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.first == 0 && m.name.is_none() && m.last < self.doc.body && self.doc.kind(m.last + 1) == Kind::Slash
    }

    /// Resolves a pronoun mention to the last fitting actor.
    pub(super) fn resolve_pronoun(&self, mention: usize, sentence: Sentence) -> Option<usize> {
        if self.lexicon.spec.grammar.has_case {
            return self.antecedent(mention, sentence);
        }
        let m = &self.mentions[mention];
        let plural = m.plural;
        let fits = |index: usize| {
            let c = &self.mentions[index];
            if c.pronoun || c.entity == usize::MAX || c.first >= m.first {
                return false;
            }
            let person = c.kind == ActorKind::Person && !c.plural;
            if plural { !person || c.plural } else { person }
        };
        let paragraph = sentence.paragraph;
        // "سموه", "معاليه": whoever was given the same honorific.
        let honorific = self.honorific(mention);
        if let Some(stem) = honorific {
            let article = self.lexicon.spec.clitics.article.as_str();
            let honoured = |i: usize| {
                let c = &self.mentions[i];
                (c.first..=c.last).any(|p| {
                    let word = self.doc.norm(p);
                    word.strip_prefix(article).unwrap_or(word).starts_with(stem)
                })
            };
            let found = (0..mention).rev().take(40).find(|&i| {
                fits(i)
                    && honoured(i)
                    && paragraph.saturating_sub(self.doc.sentence(self.mentions[i].first).paragraph) <= 4
            });
            if found.is_some() {
                return found;
            }
        }
        if let Some((speaker, at)) = self.speaker {
            let near = self.doc.sentence_of[m.first] as usize;
            if fits(speaker) && near.saturating_sub(at) <= 2 {
                // A nearer subject at the head of the sentence before takes the pronoun from the speaker.
                return Some(speaker);
            }
        }
        (0..mention)
            .rev()
            .take(40)
            .find(|&i| fits(i) && paragraph.saturating_sub(self.doc.sentence(self.mentions[i].first).paragraph) <= 2)
    }

    /// The stem of a pronoun that is an honorific with its ending: "سموه", "معاليه". A feminine ending may have changed its
    /// last letter.
    pub(super) fn honorific(&self, mention: usize) -> Option<&str> {
        let m = &self.mentions[mention];
        if !m.pronoun || self.lexicon.spec.grammar.has_case {
            return None;
        }
        let norm = self.doc.norm(m.first);
        let stem = self
            .lexicon
            .spec
            .clitics
            .suffixes
            .iter()
            .filter_map(|s| norm.strip_suffix(s.form.as_str()))
            .find(|stem| stem.chars().count() > 2)?;
        let short = stem.char_indices().next_back().filter(|_| stem.chars().count() > 3).map_or(stem.len(), |c| c.0);
        Some(&stem[..short])
    }

    pub(super) fn clause_start(&self, sentence: Sentence, token: usize) -> usize {
        let doc = self.doc;
        let mut p = token;
        while p > sentence.first {
            let before = p - 1;
            match doc.kind(before) {
                Kind::Semicolon | Kind::Colon | Kind::Stop | Kind::Break => return p,
                // "سياسي / الوزير يلتقي نظيره"
                Kind::Slash if before == 1 && p < doc.body && !self.lexicon.spec.grammar.has_case => return p,
                Kind::Word
                    if self.at[before] == usize::MAX && doc.flags(before) & (flag::THAT | flag::SUBORDINATOR) != 0 =>
                {
                    return p;
                }
                _ => {}
            }
            p = before;
        }
        p
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        let flags = self.doc.flags(token);
        flags & flag::VERB != 0
            && flags
                & (flag::NOUN | flag::ADJECTIVE | flag::GIVEN | flag::SURNAME | flag::AUXILIARY | flag::PREPOSITION)
                == 0
            && self.at[token] == usize::MAX
            && !self.doc.has_article(token)
    }

    /// A subject after the verb that ends at `from`.
    pub(super) fn subject_after(&self, sentence: Sentence, from: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = from + 1;
        let mut in_phrase = false;
        let mut object = false;
        let limit = (from + REACH).min(sentence.last);
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
                        in_phrase = !attached || head;
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
        let list = self.lexicon.spec.words.get("quantities");
        list.is_some_and(|list| list.iter().any(|w| w == self.doc.norm(p)))
            && self.starting(p + 1).is_some_and(|m| {
                let m = &self.mentions[m];
                (m.kind == ActorKind::Group || m.plural) && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            })
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
                let antecedent = relative.checked_sub(1 + comma).and_then(|p| self.ending(p));
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

    /// "واتهم أوغندا": a country or body right after a verb of the other gender is its object, and the subject is dropped.
    /// So is any actor right after a verb in the plural, which in front of its subject would be singular: "يطالبون الوزير".
    pub(super) fn is_object_by_gender(&self, hit: Hit, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.first == hit.last + 1
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && (matches!(m.kind, ActorKind::Country | ActorKind::Organization) && !self.gender_fits(hit.first, mention)
                || self.verb_is_plural(hit.first))
    }

    /// "حيث يلتقي مسؤولين": a plural in the oblique right after its verb is its object, and the subject is dropped.
    pub(super) fn is_object_by_form(&self, hit: Hit, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case || m.first != hit.last + 1 || m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) != 0 {
            return false;
        }
        let norm = self.doc.norm(m.first);
        let mut scratch = String::new();
        let stem = |ending: &str| norm.strip_suffix(ending).filter(|s| !s.is_empty() && !ending.is_empty());
        let mut known = |stem: &str| {
            let word = self.lexicon.look_up(stem, &mut scratch);
            word.flags & (flag::GROUP | flag::TITLE) != 0 && word.clitics() & !clitic::ARTICLE == 0
        };
        // "ودعت الحوثيين": some groups are known only by the form itself.
        let oblique = stem(&grammar.oblique_plural);
        oblique.is_some_and(&mut known)
            || oblique.is_some() && known(norm)
            || m.kind == ActorKind::Group && stem(&grammar.accusative_ending).is_some_and(&mut known)
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
                let named = p.checked_sub(1 + comma).is_some_and(|q| self.at[q] != usize::MAX);
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

    /// Whether a verb's gender and that of an actor do not contradict each other, as far as both show it.
    fn gender_fits(&self, verb: usize, mention: usize) -> bool {
        let m = &self.mentions[mention];
        if m.kind == ActorKind::Person
            && !m.plural
            && m.shared.is_none()
            && (m.name.is_some() || m.title.is_some())
            && self.verb_is_plural(verb)
        {
            return false;
        }
        // "ولفتوا": people speak, and no single country or body.
        if matches!(m.kind, ActorKind::Country | ActorKind::Organization)
            && !m.plural
            && m.shared.is_none()
            && self.verb_is_plural(verb)
        {
            return false;
        }
        let participle = self.doc.matches_at(verb).iter().any(|x| {
            matches!(x.meaning, Meaning::Trigger { form: Form::Participle, .. } if x.clitics & clitic::ARTICLE == 0)
        });
        if participle && self.chained(self.doc.norm(verb)) && !self.participle_agrees(verb, mention) {
            return false;
        }
        match (self.verb_is_feminine(verb), self.is_feminine(mention)) {
            (Some(verb), Some(actor)) => verb == actor,
            _ => true,
        }
    }

    /// Whether the form of a verb asks for more than two subjects.
    fn verb_is_plural(&self, verb: usize) -> bool {
        let norm = self.doc.norm(verb);
        self.lexicon.spec.grammar.plural_verbs.iter().any(|ending| norm.ends_with(ending.as_str()))
            && self.doc.matches_at(verb).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                    let lemma = self.lexicon.triggers[trigger as usize].lemma.as_str();
                    x.len == 1 && !self.lexicon.spec.grammar.plural_verbs.iter().any(|e| lemma.ends_with(e.as_str()))
                }
                Meaning::Light { form: Form::Present, .. } => x.len == 1,
                _ => false,
            })
    }

    /// Whether the form of a verb asks for two subjects.
    pub(super) fn verb_is_dual(&self, verb: usize) -> bool {
        let norm = self.doc.norm(verb);
        let endings = &self.lexicon.spec.grammar.dual_verbs;
        let dual = |word: &str| endings.iter().any(|ending| word.ends_with(ending.as_str()));
        dual(norm)
            && self.doc.matches_at(verb).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                    x.len == 1
                        && x.clitics & clitic::SUFFIX == 0
                        && self.doc.flags(verb) & (flag::NOUN | flag::ADJECTIVE | flag::ADVERB) == 0
                        && !dual(&self.lexicon.triggers[trigger as usize].lemma)
                        && !self.verb_is_plural(verb)
                }
                _ => false,
            })
    }

    /// The gender that the form of a verb asks of its subject; `None` where it shows none.
    fn verb_is_feminine(&self, verb: usize) -> Option<bool> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let x = doc.matches_at(verb).iter().find(|x| {
            matches!(
                x.meaning,
                Meaning::Trigger { form: Form::Past | Form::Present, .. }
                    | Meaning::Light { form: Form::Past | Form::Present, .. }
            )
        })?;
        let (Meaning::Trigger { form, .. } | Meaning::Light { form, .. }) = x.meaning else { return None };
        if grammar.feminine_past.is_empty() || x.clitics & clitic::SUFFIX != 0 {
            return None;
        }
        let norm = doc.norm(verb);
        if form == Form::Past {
            // A stem that ends like the feminine form says nothing; duals and plurals neither.
            let lemma = match x.meaning {
                Meaning::Trigger { trigger, .. } => self.lexicon.triggers[trigger as usize].lemma.as_str(),
                _ => "",
            };
            let stem = lemma.split(' ').next().is_some_and(|w| w.ends_with(grammar.feminine_past.as_str()));
            let other = grammar.chained_endings.iter().any(|e| norm.ends_with(e.as_str()));
            return if stem || x.len > 1 {
                None
            } else if norm.ends_with(grammar.feminine_past.as_str()) {
                Some(true)
            } else if other {
                None
            } else {
                Some(false)
            };
        }
        let mut rest = norm;
        let mut strip = |list: &[String]| {
            if let Some(r) = list.iter().find_map(|c| rest.strip_prefix(c.as_str())) {
                rest = r;
            }
        };
        if x.clitics & clitic::CONJUNCTION != 0 {
            strip(&self.lexicon.spec.clitics.conjunctions);
        }
        if x.clitics & clitic::FUTURE != 0 {
            strip(std::slice::from_ref(&self.lexicon.spec.clitics.future));
        }
        if rest.starts_with(grammar.feminine_present.as_str()) {
            Some(true)
        } else if rest.starts_with(grammar.masculine_present.as_str()) {
            Some(false)
        } else {
            None
        }
    }

    /// The gender of an actor, where a title or the head of a phrase shows it.
    fn is_feminine(&self, mention: usize) -> Option<bool> {
        let m = &self.mentions[mention];
        let ending = self.lexicon.spec.grammar.feminine_ending.as_str();
        if m.entity == usize::MAX || ending.is_empty() || m.plural || m.both {
            return None;
        }
        let entity = &self.resolver.entities[m.entity];
        match entity.kind {
            // Countries are feminine but for some, and so are cities; a seat of power has the gender of its own noun.
            ActorKind::Country => match (m.form?, m.country?) {
                (CountryForm::Name, country) => {
                    let iso = &self.lexicon.countries[country as usize].iso;
                    let masculine = self.lexicon.spec.grammar.masculine_countries.contains(iso);
                    (!masculine).then_some(true)
                }
                (CountryForm::Capital, _) => Some(true),
                (CountryForm::Seat, _) => None,
            },
            ActorKind::Person => {
                let (title, index) = entity.title.as_ref()?;
                let class = self.lexicon.titles[*index as usize].class;
                let head = crate::text::fold::fold(title.split(' ').next()?);
                let official = matches!(class, TitleClass::Official | TitleClass::Military);
                official.then(|| head.ends_with(ending))
            }
            ActorKind::Organization if entity.organisation.is_none() => {
                let head = crate::text::fold::fold(entity.name.split(' ').next()?);
                head.ends_with(ending).then_some(true)
            }
            _ => None,
        }
    }

    // ---- statements ----

    /// A mention as it can be used: a pronoun resolved, an ineligible one refused.
    pub(super) fn usable(&self, mention: usize, sentence: Sentence) -> Option<(usize, Option<(usize, usize)>)> {
        let m = &self.mentions[mention];
        if m.pronoun {
            let resolved = self.resolve_pronoun(mention, sentence)?;
            if !self.eligible(resolved) {
                return None;
            }
            return Some((resolved, Some((m.first, m.last))));
        }
        if !self.eligible(mention) {
            return None;
        }
        Some((mention, None))
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
        self.dropped(index, sentence, participle).filter(|&i| agrees(i))
    }

    /// Whether a participle's number and gender and those of an actor do not contradict each other, as far as both show them.
    fn participle_agrees(&self, participle: usize, mention: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case {
            return true;
        }
        let m = &self.mentions[mention];
        let norm = self.doc.norm(participle);
        let ends = |ending: &str| !ending.is_empty() && norm.ends_with(ending);
        let several = m.plural || m.both || m.shared.is_some();
        if ends(&grammar.oblique_plural) {
            return several || m.kind == ActorKind::Group;
        }
        // "مؤسسات المجتمع": several bodies are feminine.
        if m.plural && m.kind == ActorKind::Organization && ends(&grammar.accusative_ending) {
            return false;
        }
        match self.is_feminine(mention) {
            Some(true) => !ends(&grammar.accusative_ending),
            Some(false) => !ends(&grammar.feminine_ending),
            None => true,
        }
    }

    pub(super) fn coordinate(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        let mut end = self.mentions[mention].last;
        let mut commas: Vec<usize> = Vec::new();
        for _ in 0..24 {
            let mut next = end + 1;
            if next > sentence.last {
                break;
            }
            // برئاسة / led by: the leader is an actor of his own. But a person is led by nobody: "المتحدث بقيادة الجيش".
            let m = &self.mentions[mention];
            let led = m.kind != ActorKind::Person || m.plural || self.lexicon.spec.grammar.has_case;
            if led && self.doc.longest(next, flag::LED_BY).is_some() {
                let p = self.doc.longest(next, flag::LED_BY).map_or(next, Match::last) + 1;
                if let Some(index) = self.starting(p) {
                    self.push_actor(draft, role, index, None);
                    end = self.mentions[index].last;
                    continue;
                }
            }
            let mut joined = false;
            let mut by_comma = false;
            next = self.past_abbreviation(next, sentence);
            if matches!(self.doc.kind(next), Kind::Comma) {
                by_comma = true;
                next += 1;
            }
            // "As well as the foreign minister".
            if let Some(length) = self.joint(next).filter(|l| next + l <= sentence.last) {
                joined = true;
                next += length;
            }
            if next <= sentence.last
                && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(next))
                && self.lexicon.spec.grammar.has_case
            {
                joined = true;
                next += 1;
                next += usize::from(self.repeats_preposition(mention, next));
            }
            let Some(mut index) = self.starting(next) else { break };
            // "All parties and their followers": the pronoun only says whose.
            if joined && self.lexicon.spec.grammar.adjective_first {
                index = self.owned_mention(index).unwrap_or(index);
            }
            let m = &self.mentions[index];
            if m.clitics & clitic::PREPOSITION != 0 || m.pronoun {
                break;
            }
            joined |= m.clitics & clitic::CONJUNCTION != 0;
            if joined {
                for c in commas.drain(..) {
                    self.push_actor(draft, role, c, None);
                }
                self.push_actor(draft, role, index, None);
                end = m.last;
                continue;
            }
            if by_comma {
                commas.push(index);
                end = m.last;
                continue;
            }
            break;
        }
        self.named_apposition(draft, mention);
        // "The foreign ministers of Chad, Niger, Mali": what a plural heads is a list without its "and".
        let country = |i: usize| self.mentions[i].kind == ActorKind::Country && self.mentions[i].place.is_none();
        if commas.len() > 1
            && self.lexicon.spec.grammar.adjective_first
            && (self.mentions[mention].plural || country(mention))
            && commas.iter().all(|&c| country(c))
        {
            for c in commas {
                self.push_actor(draft, role, c, None);
            }
        }
    }

    /// How many words join an actor to those before: "as well as", "together with".
    fn joint(&self, p: usize) -> Option<usize> {
        let phrases = self.lexicon.spec.words.get("joint")?;
        let length = |phrase: &String| {
            let all = phrase.split(' ').enumerate().all(|(i, word)| self.doc.norm(p + i) == word);
            all.then(|| phrase.split(' ').count())
        };
        phrases.iter().find_map(length)
    }

    pub(super) fn push_actor(&self, draft: &mut Draft, role: Role, mention: usize, from: Option<(usize, usize)>) {
        let m = &self.mentions[mention];
        if m.entity == usize::MAX || m.pronoun {
            return;
        }
        let entity = &self.resolver.entities[m.entity];
        if role != Role::Host && (entity.place || m.place.is_some()) {
            return;
        }
        if !matches!(role, Role::Speaker | Role::Target) && self.only_tells(mention) {
            return;
        }
        if draft.actors.iter().any(|a| a.entity == m.entity) {
            return;
        }
        draft.actors.push(Actor { role, mention, entity: m.entity, from });
    }

    /// "مصادر مطلعة": who is known by nothing but what he tells, and neither meets nor travels.
    pub(super) fn only_tells(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let Some(list) = self.lexicon.spec.words.get("tellers").filter(|_| m.name.is_none()) else { return false };
        let clitics = &self.lexicon.spec.clitics;
        clitics.after_conjunction(self.doc.norm(m.first)).any(|(_, rest)| {
            let bare = rest.strip_prefix(clitics.article.as_str()).unwrap_or(rest);
            list.iter().any(|word| word == rest || word == bare)
        })
    }

    pub(super) fn preceded_by(&self, token: usize, preposition: &str, after: usize) -> bool {
        if self.has_preposition(token, preposition) && self.doc.norm(token) != preposition {
            return true;
        }
        let mut p = token;
        while p > after + 1 {
            p -= 1;
            if self.doc.norm(p) == preposition {
                return true;
            }
            if self.doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) == 0
                && self.doc.kind(p) == Kind::Word
                && token - p > 2
            {
                return false;
            }
        }
        false
    }

    /// "سفر الكاظمي": a noun with an owner of its own is not told by a verb that stands before it.
    pub(super) fn has_genitive(&self, hit: Hit) -> bool {
        if self.lexicon.spec.grammar.has_case || hit.clitics & clitic::ARTICLE != 0 {
            return false;
        }
        if hit.clitics & clitic::SUFFIX != 0 {
            return true;
        }
        self.starting(hit.last + 1).is_some_and(|m| {
            let m = &self.mentions[m];
            m.kind == ActorKind::Person && m.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 && !m.pronoun
        })
    }

    pub(super) fn acts(&self, actor: &Actor) -> bool {
        self.eligible(actor.mention)
    }

    pub(super) fn definite_before(&self, token: usize) -> bool {
        token > 0
            && (self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(token - 1))
                || self.doc.flags(token - 1) & flag::DEMONSTRATIVE != 0
                || token > 1
                    && self.doc.flags(token - 1) & flag::ADJECTIVE != 0
                    && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(token - 2)))
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
                // "الوزير يلتقي السفير": who stands right before a verb that takes an object is its subject.
                let before = hit.first.checked_sub(1).filter(|&p| p >= sentence.first).and_then(|p| self.ending(p));
                let led = before.filter(|&m| {
                    takes_object
                        && hit.clitics & clitic::CONJUNCTION == 0
                        && matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
                        && self.usable_party(m, sentence).is_some()
                        && self.subject_before(sentence, hit.first) == Some(m)
                        && self.gender_fits(hit.first, m)
                        && self.object_at(sentence, self.mentions[after].last + 1).is_none()
                });
                if led.is_some() {
                    return None;
                }
                // "وزار أنقرة بعد القمة الرئيس": a visit may name where it went before who went.
                if trigger.kind != EventType::Visit && self.is_object_by_gender(hit, after) {
                    return None;
                }
                self.usable_party(after, sentence)
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
                let mention = self.dropped(index, sentence, hit.first)?;
                let acts = self.eligible(mention) && !self.only_tells(mention);
                acts.then_some((mention, Some((hit.first, hit.first))))
            }
            _ => None,
        }
    }

    pub(super) fn usable_party(&self, mention: usize, sentence: Sentence) -> Option<(usize, Option<(usize, usize)>)> {
        let m = &self.mentions[mention];
        if m.pronoun {
            let told = self.lexicon.spec.grammar.adjective_first.then(|| self.own_party(mention)).flatten();
            return told.or_else(|| self.usable(mention, sentence));
        }
        (self.eligible(mention) && !self.only_tells(mention) || m.both).then_some((mention, None))
    }

    /// "The two sides": the two last parties.
    pub(super) fn expand_both(&self, draft: &mut Draft, role: Role, mention: usize, before: usize) {
        let last = self.drafts.iter().rev().take(64).find(|d| {
            d.actors.iter().filter(|a| a.role == Role::Party || a.role == Role::Speaker).count() >= 2
                && d.triggers[0].0 < before
        });
        if let Some(last) = last {
            let from = (self.mentions[mention].first, self.mentions[mention].last);
            for actor in last.actors.iter().take(2) {
                self.push_actor(draft, role, actor.mention, Some(from));
            }
        }
    }

    pub(super) fn actors_end(&self, draft: &Draft, floor: usize, sentence: Sentence) -> usize {
        draft
            .actors
            .iter()
            .filter(|a| a.from.is_none())
            .map(|a| self.mentions[a.mention].last)
            .filter(|&l| l <= sentence.last)
            .max()
            .unwrap_or(floor)
    }

    /// The object: a mention without preposition at `from`, past adverbials.
    pub(super) fn object_at(&self, sentence: Sentence, from: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 14 {
            steps += 1;
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                let own = p == from && self.lexicon.spec.grammar.has_case;
                if self.says_which(index) || p > from && self.honorific(index).is_some() {
                    p = m.last + 1;
                    continue;
                }
                if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                    && (own || self.preposition(index).is_none())
                {
                    // "القائد الأعلى للقوات بدولة الإمارات، الوزير": the genitive of a noun with its preposition.
                    if p > from && self.in_genitive(p) {
                        p = m.last + 1;
                        continue;
                    }
                    // "بعد قمة كامب ديفيد الرئيس": a place that a noun before it takes is passed.
                    let genitive = p > from && self.at[p - 1] == usize::MAX && doc.flags(p - 1) & flag::NOUN != 0;
                    if m.place.is_some() && genitive {
                        p = m.last + 1;
                        continue;
                    }
                    if m.place.is_some() {
                        return None;
                    }
                    return Some(index);
                }
                p = m.last + 1;
                continue;
            }
            let flags = doc.flags(p);
            // "يلتقي الوزير الذي يزور البلاد، رئيس الحكومة": the object stands behind the relative clause of the subject.
            let relative = flags & flag::RELATIVE != 0 && flags & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
            if relative && !self.lexicon.spec.grammar.has_case && self.at[p] == usize::MAX {
                p = self.behind_relative(sentence, p)?;
                continue;
            }
            match doc.kind(p) {
                Kind::Word => {
                    if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
                        || self.is_verb(p)
                    {
                        return None;
                    }
                    let skip = flags
                        & (flag::ADVERB
                            | flag::TIME_WORD
                            | flag::WEEKDAY
                            | flag::MONTH
                            | flag::PREPOSITION
                            | flag::NOUN
                            | flag::ADJECTIVE
                            | flag::PARTICLE
                            | flag::DEMONYM
                            | flag::MEETING
                            | flag::VISIT)
                        != 0
                        || doc.words[p].clitics() & clitic::PREPOSITION != 0
                        // "للقوات المسلحة": an attribute that no list holds.
                        || p > from && doc.has_article(p) && doc.kind(p - 1) == Kind::Word && doc.words[p].count == 0
                        // "في مقر إقامته": which building.
                        || p > from && doc.flags(p - 1) & (flag::PREPOSITION | flag::VENUE) != 0;
                    if !skip {
                        return None;
                    }
                }
                Kind::Number | Kind::Open | Kind::Close | Kind::Comma => {
                    if doc.kind(p) == Kind::Comma
                        && steps > 1
                        && doc.flags(p - 1) & (flag::TIME_WORD | flag::WEEKDAY | flag::ADVERB) == 0
                        && doc.kind(p - 1) != Kind::Close
                        && self.at[p - 1] == usize::MAX
                    {
                        return None;
                    }
                }
                _ => return None,
            }
            p += 1;
        }
        None
    }

    /// "بدولة الإمارات": right behind a noun that a preposition is written together with.
    fn in_genitive(&self, p: usize) -> bool {
        let doc = self.doc;
        let bits = doc.words[p - 1].clitics();
        // "خلال زيارة الدولة": which visit.
        let event = doc.flags(p - 1) & (flag::MEETING | flag::VISIT) != 0
            && doc.flags(p - 1) & (flag::VERB | flag::LIGHT) == 0
            && p > 1
            && doc.flags(p - 2) & flag::PREPOSITION != 0
            && bits & (clitic::ARTICLE | clitic::SUFFIX) == 0
            && self.at[p - 1] == usize::MAX;
        event && !self.lexicon.spec.grammar.has_case
            || !self.lexicon.spec.grammar.has_case
                && self.at[p - 1] == usize::MAX
                && doc.kind(p - 1) == Kind::Word
                && bits & clitic::PREPOSITION != 0
                && bits & (clitic::ARTICLE | clitic::SUFFIX) == 0
                && doc.flags(p - 1) & flag::NOUN != 0
                && doc.flags(p - 1) & (flag::TIME_WORD | flag::ADVERB) == 0
    }

    /// The mention behind the comma that closes the relative clause at `relative`.
    fn behind_relative(&self, sentence: Sentence, relative: usize) -> Option<usize> {
        let doc = self.doc;
        let end = sentence.last.min(relative + 20);
        let comma = (relative + 1..end)
            .take_while(|&q| {
                !matches!(doc.kind(q), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote)
            })
            .find(|&q| doc.kind(q) == Kind::Comma)?;
        let behind = self.starting(comma + 1)?;
        let m = &self.mentions[behind];
        let bare = m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 && m.kind != ActorKind::Country;
        (bare && !m.pronoun).then_some(comma + 1)
    }

    /// Past an office that stands right behind the named person it belongs to: "الرئيس فلان رئيس الجمهورية".
    pub(super) fn past_apposition(&self, subject: usize, from: usize) -> usize {
        let named = |m: &Mention| m.kind == ActorKind::Person && m.name.is_some() && !m.plural;
        let office = self.starting(from).map(|m| &self.mentions[m]).filter(|m| {
            m.kind == ActorKind::Person
                && m.name.is_none()
                && m.title.is_some()
                && !m.plural
                && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
        });
        match office {
            Some(office) if named(&self.mentions[subject]) && self.mentions[subject].last + 1 == from => {
                office.last + 1
            }
            _ => from,
        }
    }

    /// "الاتفاق النووي مع إيران": the preposition of a mention belongs to the common noun before it.
    fn modifies_noun(&self, mention: usize, from: usize) -> bool {
        let doc = self.doc;
        let first = self.mentions[mention].first;
        let attached = self.mentions[mention].clitics & clitic::PREPOSITION != 0;
        let Some(before) = first.checked_sub(if attached { 1 } else { 2 }).filter(|&p| p >= from) else { return false };
        let other = flag::MEETING
            | flag::VISIT
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::MONTH
            | flag::SETTING
            | flag::VENUE
            | flag::ADVERB
            | flag::VERB
            | flag::PREPOSITION;
        self.at[before] == usize::MAX
            && doc.kind(before) == Kind::Word
            && doc.flags(before) & (flag::NOUN | flag::ADJECTIVE) != 0
            && doc.flags(before) & other == 0
    }

    /// "مطار الملك خالد", "بمقر السفارة": what follows a building says which one it is, and does nothing itself.
    pub(super) fn says_which(&self, mention: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[mention];
        !self.lexicon.spec.grammar.has_case
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && m.first.checked_sub(1).is_some_and(|p| {
                self.at[p] == usize::MAX
                    && doc.flags(p) & flag::VENUE != 0
                    && doc.words[p].clitics() & (clitic::SUFFIX | clitic::ARTICLE) == 0
            })
    }

    pub(super) fn suffix_of(&self, hit: Hit) -> Option<(usize, usize)> {
        (hit.clitics & clitic::SUFFIX != 0).then_some((hit.first, hit.first))
    }

    /// Whom a pronoun attached to the word at `token` stands for.
    pub(super) fn owner_of_suffix(&self, sentence: Sentence, token: usize, index: usize) -> Option<usize> {
        let bits = self.doc.words[token].clitics();
        let fits = |i: usize| {
            let m = &self.mentions[i];
            if m.pronoun || m.place.is_some() || m.entity == usize::MAX || !self.eligible(i) || self.only_tells(i) {
                return false;
            }
            let single = m.kind == ActorKind::Person && !m.plural;
            if bits & (clitic::DUAL | clitic::PLURAL) != 0 {
                !single
            } else {
                m.kind != ActorKind::Country || bits & clitic::FEMININE != 0
            }
        };
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let within: Vec<usize> = (from..self.mentions.len()).take_while(|&i| self.mentions[i].last < token).collect();
        // In a reported clause or quotation its own persons come first.
        let clause = match self.doc.quoted[token] {
            0 => self
                .drafts
                .iter()
                .rev()
                .take_while(|d| d.sentence == index)
                .flat_map(|d| &d.content)
                .filter(|&&(a, b)| a <= token && token <= b)
                .map(|c| c.0)
                .max()
                .unwrap_or(sentence.first),
            quotation => self.doc.quotations[quotation as usize - 1].first,
        };
        if clause > sentence.first {
            let inner =
                within.iter().rev().copied().find(|&i| {
                    self.mentions[i].first >= clause && fits(i) && self.mentions[i].kind == ActorKind::Person
                });
            if inner.is_some() {
                return inner;
            }
        }
        // "لجنة المبادرة في اجتماعها": a body right before its own noun.
        if bits & (clitic::FEMININE | clitic::PLURAL) != 0 && bits & clitic::SUFFIX != 0 {
            let body = within.iter().rev().copied().find(|&i| {
                fits(i)
                    && matches!(self.mentions[i].kind, ActorKind::Organization | ActorKind::Group)
                    && self.mentions[i].last + 3 >= token
            });
            if body.is_some() {
                return body;
            }
        }
        // The subject of a verb of the sentence, then the nearest person before.
        let subject = self
            .drafts
            .iter()
            .rev()
            .find(|d| d.sentence == index && d.triggers[0].0 < token)
            .and_then(|d| d.actors.first().map(|a| a.mention));
        if let Some(subject) = subject.filter(|&s| fits(s) && self.mentions[s].kind == ActorKind::Person) {
            return Some(subject);
        }
        let person = within
            .iter()
            .rev()
            .copied()
            .find(|&i| fits(i) && self.mentions[i].kind == ActorKind::Person && self.preposition(i).is_none());
        let person = person
            .or_else(|| within.iter().rev().copied().find(|&i| fits(i) && self.mentions[i].kind == ActorKind::Person));
        if person.is_some() {
            return person;
        }
        // The sentence's speaker may follow: "خلال لقائه ... أكد الرئيس".
        let later = self
            .doc
            .matches_at(token)
            .first()
            .and_then(|_| {
                (token..=sentence.last).find(|&p| self.doc.flags(p) & flag::SPEECH != 0 && self.is_speech_verb(p))
            })
            .and_then(|verb| self.subject_after(sentence, verb))
            .filter(|&m| fits(m) && self.mentions[m].kind == ActorKind::Person);
        later
            .or_else(|| {
                self.topic
                    .filter(|&(_, at)| index.saturating_sub(at) <= 2 && at <= index)
                    .map(|t| t.0)
                    .filter(|&m| fits(m))
            })
            .or_else(|| {
                self.speaker
                    .filter(|&(_, at)| index.saturating_sub(at) <= 3 && at <= index)
                    .map(|s| s.0)
                    .filter(|&m| fits(m))
            })
            .or_else(|| within.iter().rev().copied().find(|&i| fits(i)))
    }

    /// "اجتماعهما", "بينهما": the two persons last named in the sentence, else the two last parties.
    pub(super) fn push_pair(&self, draft: &mut Draft, sentence: Sentence, before: usize, from: (usize, usize)) {
        let mut pair: Vec<usize> = Vec::new();
        let upto = self.mentions.partition_point(|m| m.first < before);
        for m in (0..upto).rev().take_while(|&m| self.mentions[m].first >= sentence.first) {
            let other = self.mentions[m].entity;
            if self.mentions[m].kind == ActorKind::Person
                && !self.mentions[m].plural
                && self.eligible(m)
                && pair.iter().all(|&p| self.mentions[p].entity != other)
            {
                pair.push(m);
            }
            if pair.len() == 2 {
                break;
            }
        }
        // "أخفقت روسيا والسعودية في محادثات بينهما": two states or bodies that stand together.
        if pair.is_empty() && !self.lexicon.spec.grammar.has_case {
            let joined = (0..upto).rev().take_while(|&m| self.mentions[m].first >= sentence.first).find(|&m| {
                let (b, a) = (&self.mentions[m], m.checked_sub(1).map(|a| &self.mentions[a]));
                b.clitics & clitic::CONJUNCTION != 0
                    && b.kind != ActorKind::Person
                    && self.eligible(m)
                    && a.is_some_and(|a| {
                        a.last + 1 == b.first && a.first >= sentence.first && a.kind == b.kind && self.eligible(m - 1)
                    })
            });
            if let Some(m) = joined {
                pair = vec![m, m - 1];
            }
        }
        if pair.len() < 2 {
            let last = self
                .drafts
                .iter()
                .rev()
                .take(16)
                .find(|d| d.kind == EventType::Meeting && d.actors.len() == 2 && d.triggers[0].0 < before);
            pair = last.map(|d| d.actors.iter().map(|a| a.mention).collect()).unwrap_or_default();
        }
        if pair.len() == 2 {
            for &m in pair.iter().rev() {
                self.push_actor(draft, Role::Party, m, Some(from));
            }
        }
    }

    /// The parties that a noun of meeting names itself: its pronoun, its genitive, "between".
    pub(super) fn noun_owner(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) {
        let doc = self.doc;
        if let Some(from) = self.suffix_of(hit) {
            if hit.clitics & clitic::DUAL != 0 {
                self.push_pair(draft, sentence, hit.first, from);
            } else if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                self.push_actor(draft, Role::Party, owner, Some(from));
            }
        }
        // "Trump's meeting", "their talks".
        if self.lexicon.spec.grammar.has_case && hit.first > sentence.first {
            let p = self.before_attributes(sentence, hit.first);
            if let Some(owner) = self.ending(p) {
                let m = &self.mentions[owner];
                if doc.tokens.all[m.last].possessive && self.eligible(owner) {
                    self.push_actor(draft, Role::Party, owner, None);
                } else if m.pronoun && doc.flags(p) & flag::OBLIQUE != 0 {
                    if let Some(resolved) = self.resolve_pronoun(owner, sentence) {
                        self.push_actor(draft, Role::Party, resolved, Some((m.first, m.last)));
                    } else if let Some(subject) = self
                        .following_subject(sentence, p.saturating_sub(1), hit.last)
                        .filter(|&s| self.lexicon.spec.grammar.adjective_first && self.eligible(s))
                    {
                        // "After their meeting in Sofia, the ministers of Peru and Chile said".
                        self.push_actor(draft, Role::Party, subject, None);
                        self.coordinate(draft, Role::Party, subject, sentence);
                    }
                }
            } else if doc.flags(p) & flag::OBLIQUE != 0 {
                if let Some(subject) = self.subject_before(sentence, p).filter(|&s| self.eligible(s)) {
                    self.push_actor(draft, Role::Party, subject, Some((p, p)));
                }
            }
        }
        let mut placed = false;
        let mut p = hit.last + 1;
        let mut steps = 0;
        // "لقائه، أمس في بيروت، مبعوث ...": the pronoun's counterpart is an object, before which adverbials may stand.
        let whose =
            !self.lexicon.spec.grammar.has_case && hit.clitics & clitic::SUFFIX != 0 && !draft.actors.is_empty();
        if whose {
            p = self.past_circumstances(sentence, p);
        }
        while p <= sentence.last && steps < 6 {
            steps += 1;
            if let Some(m) = self.starting(p) {
                let mention = &self.mentions[m];
                let preposition = self.preposition(m);
                let genitive = preposition.is_none() && mention.clitics & clitic::CONJUNCTION == 0 && !placed;
                let of = preposition.is_some_and(|w| self.lexicon.spec.grammar.of.iter().any(|o| o == w))
                    && self.lexicon.spec.grammar.has_case;
                let between = preposition.is_some_and(|w| self.lexicon.spec.grammar.between.iter().any(|o| o == w));
                let located = !self.lexicon.spec.grammar.has_case
                    && genitive
                    && (mention.place.is_some()
                        || mention.form == Some(CountryForm::Capital)
                            && self
                                .starting(mention.last + 1)
                                .is_none_or(|n| self.mentions[n].clitics & clitic::CONJUNCTION == 0))
                    && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0;
                if located {
                    // "قمة كامب ديفيد بين": the place names the meeting, the parties follow.
                    draft.place.get_or_insert(Where {
                        first: mention.first,
                        last: mention.last,
                        country: mention.country,
                    });
                    placed = true;
                    p = mention.last + 1;
                    continue;
                }
                let attached = !self.lexicon.spec.grammar.has_case
                    && mention.clitics & clitic::PREPOSITION != 0
                    && preposition
                        .is_some_and(|w| self.lexicon.spec.clitics.article_swallowed_by.iter().any(|a| a == w))
                    && mention.kind != ActorKind::Country
                    && self.eligible(m);
                if attached {
                    // "القمة الطارئة لقادة الدول": what the meeting belongs to.
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                    break;
                }
                if mention.both && (genitive || between) {
                    self.expand_both(draft, Role::Party, m, hit.first);
                } else if (genitive
                    && !self.lexicon.spec.grammar.has_case
                    && hit.clitics & clitic::ARTICLE == 0
                    && hit.clitics & clitic::SUFFIX == 0
                    || of
                    || between)
                    && mention.place.is_none()
                {
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                    // بين الرئيس ونظيره: "between" may be repeated.
                } else if genitive
                    && hit.clitics & clitic::SUFFIX != 0
                    && mention.place.is_none()
                    && (mention.kind == ActorKind::Person || whose && mention.kind == ActorKind::Group)
                {
                    // "لقائه الرئيس": the pronoun's counterpart as object.
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                }
                break;
            }
            let flags = doc.flags(p);
            if doc.kind(p) != Kind::Word {
                break;
            }
            let between = self.lexicon.spec.grammar.between.iter().any(|w| w == doc.norm(p))
                || self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p)) && self.lexicon.spec.grammar.has_case;
            if between
                || flags & (flag::ADJECTIVE | flag::ADVERB | flag::TIME_WORD | flag::DEMONYM | flag::MODALITY) != 0
            {
                p += 1;
                continue;
            }
            break;
        }
    }

    /// Past what may stand between a noun with its pronoun and the object: dates, places and what brackets hold. Stays at
    /// `from` where no object follows.
    fn past_circumstances(&self, sentence: Sentence, from: usize) -> usize {
        let doc = self.doc;
        let timed = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
        let mut p = from;
        while p <= sentence.last && p < from + 16 {
            if let Some(m) = self.starting(p) {
                let mention = &self.mentions[m];
                let at = self.preposition(m).is_some_and(|w| self.lexicon.spec.grammar.at.iter().any(|a| a == w));
                if at && mention.kind == ActorKind::Country {
                    p = mention.last + 1;
                    continue;
                }
                return if self.preposition(m).is_none() && mention.clitics & clitic::CONJUNCTION == 0 {
                    p
                } else {
                    from
                };
            }
            match doc.kind(p) {
                Kind::Comma | Kind::Number | Kind::Open | Kind::Close => p += 1,
                Kind::Word => {
                    if let Some(x) = doc.longest(p, timed) {
                        p = x.last() + 1;
                    } else if self.at[p] == usize::MAX
                        && (self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(p))
                            || doc.flags(p) & flag::VENUE != 0
                            || doc.flags(p) & flag::DEMONSTRATIVE != 0)
                    {
                        p += 1;
                    } else {
                        return from;
                    }
                }
                _ => return from,
            }
        }
        from
    }

    /// "مع كبار المسؤولين": a noun that only says how many or which stands between a preposition and a group.
    fn counted(&self, mention: usize, word: &str) -> bool {
        let doc = self.doc;
        let m = &self.mentions[mention];
        let Some(before) = m.first.checked_sub(1) else { return false };
        !self.lexicon.spec.grammar.has_case
            && (m.plural || m.kind == ActorKind::Group)
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && doc.kind(before) == Kind::Word
            && self.at[before] == usize::MAX
            && self.lexicon.spec.grammar.counts.iter().any(|w| doc.norm(before).ends_with(w.as_str()))
            && (self.has_preposition(before, word) || before > 0 && doc.norm(before - 1) == word)
    }

    /// Parties after "with" and the like, as far as the clause goes.
    pub(super) fn prepositional_parties(
        &self,
        draft: &mut Draft,
        role: Role,
        word: &str,
        sentence: Sentence,
        from: usize,
    ) {
        let doc = self.doc;
        let mut full = !self.lexicon.spec.grammar.has_case && draft.actors.len() >= 2;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 36 {
            steps += 1;
            if doc.kind(p) == Kind::Word && self.at[p] == usize::MAX {
                let flags = doc.flags(p);
                if flags & flag::THAT != 0 && flags & flag::PREPOSITION == 0 {
                    return;
                }
                if p > from && (self.starts_report(p) || self.is_other_trigger(p)) {
                    return;
                }
                // "استقبال الملك للوزير في ختام زيارته للمملكة", "اجتمع بالوزير ووقع اتفاقا بين": what comes later is told of
                // something else.
                let elsewhere =
                    flags & flag::VISIT != 0 && flags & flag::VERB == 0 || self.tells(p) && flags & flag::LIGHT == 0;
                if full && p > from && elsewhere {
                    return;
                }
                // "في حديث حول لقائه مع الرئيس": somebody's own meeting is another one, with its own parties.
                let own = flags & flag::MEETING != 0 && doc.words[p].clitics() & clitic::SUFFIX != 0;
                if own && p > from && !self.lexicon.spec.grammar.has_case {
                    return;
                }
                // "التقى نظيره لبحث الاتفاق مع إيران": where both parties are named, what follows belongs to the matter.
                let grammar = &self.lexicon.spec.grammar;
                if full && p > from && grammar.purpose.iter().chain(&grammar.about).any(|w| w == doc.norm(p)) {
                    return;
                }
                // "المحادثات هي الأمل لوقف القتال بين": what another noun is between is not met.
                if !self.lexicon.spec.grammar.has_case
                    && p > from
                    && self.lexicon.spec.grammar.between.iter().any(|w| w == word)
                    && (flags & flag::PRONOUN != 0
                        || flags & flag::NOUN != 0
                            && flags & (flag::TIME_WORD | flag::SETTING | flag::MEETING | flag::VISIT | flag::VENUE)
                                == 0
                            && self
                                .lexicon
                                .spec
                                .clitics
                                .article_swallowed_by
                                .iter()
                                .any(|w| self.has_preposition(p, w)))
                {
                    return;
                }
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                return;
            }
            if let Some(found) = self.starting(p) {
                // "With her counterpart": the pronoun only says whose.
                let owned = self.mentions[found].pronoun && doc.flags(p) & flag::OBLIQUE != 0;
                let m = self.starting(p + 1).filter(|_| owned).unwrap_or(found);
                // "A meeting at the request of Iraq": behind another preposition of is another noun's.
                let apart = self.lexicon.spec.grammar.has_case
                    && self.lexicon.spec.grammar.of.iter().any(|w| w == word)
                    && (from..p.saturating_sub(1))
                        .any(|q| self.at[q] == usize::MAX && doc.flags(q) & flag::PREPOSITION != 0);
                let governed = self.preposition(found) == Some(word) || self.counted(found, word);
                if governed && !apart && !(full && self.modifies_noun(found, from)) {
                    let mention = &self.mentions[m];
                    // "تدرس بجامعة": a body far from the word is where something is.
                    let m_far = !self.lexicon.spec.grammar.has_case && p > from + 2;
                    if mention.both {
                        self.expand_both(draft, role, m, from);
                    } else if mention.place.is_none() && !mention.non_actor {
                        // "ب" and "في" before a country mean the place.
                        let body = mention.kind == ActorKind::Organization && m_far;
                        let placelike = (mention.kind == ActorKind::Country || body)
                            && self.lexicon.spec.grammar.at.iter().any(|w| w == word);
                        if !placelike {
                            self.push_actor(draft, role, m, None);
                            self.coordinate(draft, role, m, sentence);
                            full = !self.lexicon.spec.grammar.has_case;
                        }
                    }
                }
                p = self.mentions[m].last + 1;
                continue;
            }
            p += 1;
        }
    }
}

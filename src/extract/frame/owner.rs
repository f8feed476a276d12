//! Who owns an event that a noun tells: by a pronoun at the noun, a genitive behind it, or prepositions.

use super::*;

impl Engine<'_, '_> {
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
                // "الهنود بعد وصوله": several people are no "he".
                let several = m.kind == ActorKind::Group
                    && m.plural
                    && bits & clitic::SUFFIX != 0
                    && !self.lexicon.spec.grammar.has_case;
                (m.kind != ActorKind::Country && !several) || bits & clitic::FEMININE != 0
            }
        };
        // "كلام المبعوث وجولته": what is joined to a noun has its owner.
        let joined = token.checked_sub(1).filter(|_| bits & clitic::CONJUNCTION != 0 && bits & clitic::SUFFIX != 0);
        let beside = joined.and_then(|p| self.ending(p)).filter(|&i| {
            fits(i)
                && self.mentions[i].kind == ActorKind::Person
                && !self.lexicon.spec.grammar.has_case
                && bits & (clitic::DUAL | clitic::PLURAL) == 0
                && self.is_feminine(i) != Some(bits & clitic::FEMININE == 0)
        });
        if beside.is_some_and(|i| self.follows_noun(i)) {
            return beside;
        }
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let within: Vec<usize> = (from..self.mentions.len()).take_while(|&i| self.mentions[i].last < token).collect();
        // "شكر الأمير على زيارته": what somebody is thanked for is his own.
        if let Some(thanked) = self.thanked_for(index, token).filter(|&t| fits(t)) {
            return Some(thanked);
        }
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
            .filter(|&m| fits(m) && self.mentions[m].kind == ActorKind::Person)
            // "وخلال زيارته إلى بغداد التقى الوزير": so may the subject of any verb, where the noun opens the sentence.
            .or_else(|| self.subject_behind_opening(sentence, token).filter(|&m| fits(m)));
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

    /// Whom a statement praises or blames right before its words, where `token` stands in these.
    fn thanked_for(&self, index: usize, token: usize) -> Option<usize> {
        let draft = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind == EventType::Statement && d.content.first().is_some_and(|&(a, b)| a <= token && token <= b)
        })?;
        let start = draft.content.first()?.0;
        let target = draft.actors.iter().rev().find(|a| a.role == Role::Target)?.mention;
        let m = &self.mentions[target];
        let right = m.last < start && start <= m.last + 3;
        (right && matches!(draft.act, Act::Support | Act::Accuse) && !self.lexicon.spec.grammar.has_case)
            .then_some(target)
    }

    /// "وخلال زيارته إلى بغداد التقى الوزير": the subject right behind the first finite verb after a noun that, with its
    /// preposition, opens the sentence.
    fn subject_behind_opening(&self, sentence: Sentence, noun: usize) -> Option<usize> {
        if self.lexicon.spec.grammar.has_case || noun > sentence.first + 2 {
            return None;
        }
        let verb = (noun + 1..=(noun + 16).min(sentence.last)).find(|&p| self.tells(p))?;
        let relative = self.doc.flags(verb - 1) & (flag::RELATIVE | flag::THAT) != 0;
        let m = self.starting(verb + 1).filter(|_| !relative)?;
        let mention = &self.mentions[m];
        let subject = mention.kind == ActorKind::Person
            && !mention.plural
            && mention.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0;
        subject.then_some(m)
    }

    /// "كلام المبعوث": whether a mention is the genitive of a common noun right before it.
    fn follows_noun(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && m.first.checked_sub(1).is_some_and(|p| {
                self.at[p] == usize::MAX
                    && self.doc.kind(p) == Kind::Word
                    && self.doc.flags(p) & (flag::NOUN | flag::MEETING | flag::VISIT | flag::SPEECH_NOUN) != 0
                    && self.doc.flags(p) & (flag::PREPOSITION | flag::VERB) == 0
                    && !self.doc.has_article(p)
            })
    }

    /// "اجتماعهما", "بينهما": the two persons last named in the sentence, else the two last parties.
    pub(super) fn push_pair(&self, draft: &mut Draft, sentence: Sentence, before: usize, from: (usize, usize)) {
        let mut pair: Vec<usize> = Vec::new();
        let upto = self.mentions.partition_point(|m| m.first < before);
        for m in (0..upto).rev().take_while(|&m| self.mentions[m].first >= sentence.first) {
            let other = self.mentions[m].entity;
            // "الرئيسان فلان وفلان": a dual before the first of two names.
            let single = !self.mentions[m].plural || self.mentions[m].name.is_some();
            if self.mentions[m].kind == ActorKind::Person
                && single
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
                    && doc.flags(mention.first) & flag::MEETING == 0
                    && !doc.matches_at(mention.first).iter().any(|x| x.flags & AIM == AIM)
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
                    && !self.known_event(hit)
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
            if let Some(next) = self.past_place(draft, sentence, p) {
                p = next;
                continue;
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

    /// "اجتماع في جنيف لوزراء الدول", "محادثات في القاهرة بين": past the place of a meeting to those whom it is of or between.
    fn past_place(&self, draft: &mut Draft, sentence: Sentence, p: usize) -> Option<usize> {
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case || !grammar.at.iter().any(|w| w == self.doc.norm(p)) {
            return None;
        }
        let place = self.starting(p + 1).map(|m| &self.mentions[m]).filter(|m| m.kind == ActorKind::Country)?;
        let next = place.last + 1;
        if next > sentence.last {
            return None;
        }
        let of = self.starting(next).is_some_and(|m| {
            let m = &self.mentions[m];
            m.clitics & clitic::PREPOSITION != 0 && m.kind != ActorKind::Country && self.has_dative(next)
        });
        let between = grammar.between.iter().any(|w| w == self.doc.norm(next));
        if !of && !between {
            return None;
        }
        draft.place.get_or_insert(Where { first: place.first, last: place.last, country: place.country });
        Some(next)
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

    /// "، الذي يزور البلاد،": past the comma that closes the relative clause at `p`, which one opened.
    fn past_relative(&self, p: usize) -> Option<usize> {
        let doc = self.doc;
        let relative = doc.flags(p) & flag::RELATIVE != 0
            && doc.flags(p) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0
            && p > 0
            && doc.kind(p - 1) == Kind::Comma;
        if !relative || self.lexicon.spec.grammar.has_case {
            return None;
        }
        let comma = (p + 1..doc.len().min(p + 20)).find(|&q| doc.kind(q) != Kind::Word)?;
        (doc.kind(comma) == Kind::Comma).then_some(comma + 1)
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
                // "التقى الوزير، الذي يزور البلاد، بالرئيس": what a relative clause between commas says of the subject.
                if let Some(behind) = self.past_relative(p).filter(|&q| !full && q <= sentence.last) {
                    p = behind;
                    continue;
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
                // "يلتقي نظيره، كما يعقد الأمير مباحثات مع": another verb of another clause.
                let joined =
                    doc.has_conjunction(p) || self.at[p - 1] == usize::MAX && doc.flags(p - 1) & flag::CONJUNCTION != 0;
                if p > from && joined && !self.lexicon.spec.grammar.has_case && self.tells(p) {
                    return;
                }
                // "في حديث حول لقائه مع الرئيس": somebody's own meeting is another one, with its own parties.
                let own = flags & flag::MEETING != 0 && doc.words[p].clitics() & clitic::SUFFIX != 0;
                if own && p > from && !self.lexicon.spec.grammar.has_case {
                    return;
                }
                // "تمهيدا للاجتماع المشترك بين": another meeting has its own parties.
                let other = flags & flag::MEETING != 0
                    && flags & flag::VERB == 0
                    && doc.has_article(p)
                    && doc.words[p].clitics() & clitic::PREPOSITION != 0;
                if other && p > from && !self.lexicon.spec.grammar.has_case {
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
                            && self.has_dative(p))
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
                // "إلى جانب التطورات": a phrase that adds to what was told.
                let adds = p > from
                    && !self.lexicon.spec.grammar.has_case
                    && doc.matches_at(p - 1).iter().any(|x| x.last() >= p && x.flags & ATTENDED == ATTENDED);
                let governed = (self.preposition(found) == Some(word) || self.counted(found, word)) && !adds;
                if governed && !apart && !(full && self.modifies_noun(found, from)) {
                    let mention = &self.mentions[m];
                    // "تدرس بجامعة": a body far from the word is where something is.
                    let m_far = !self.lexicon.spec.grammar.has_case && p > from + 2;
                    // "عقد فخامته اجتماعا مع سموه": an honorific stands for its bearer.
                    let borne = if self.honorific(m).is_some() { self.resolve_pronoun(m, sentence) } else { None };
                    if let Some(bearer) = borne.filter(|&b| self.eligible(b)) {
                        self.push_actor(draft, role, bearer, Some((mention.first, mention.last)));
                        full = true;
                    } else if mention.both {
                        // "مباحثات مع نظيره تخص الصيد بين البلدين": where both are named, that is the matter.
                        if !full {
                            self.expand_both(draft, role, m, from);
                        }
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

//! What was discussed at a meeting and what a journey was made for.

use super::*;

/// How far before a noun of meeting the verb may stand that says what was discussed at it.
const BEFORE: usize = 24;

impl Engine<'_, '_> {
    /// Where an aim begins at `p`: with its own noun ("لإجراء محادثات"), or behind a phrase ("بهدف", "من أجل").
    pub(super) fn aim_at(&self, p: usize) -> Option<usize> {
        if self.lexicon.spec.grammar.has_case || self.at[p] != usize::MAX {
            return None;
        }
        let clitics = &self.lexicon.spec.clitics;
        self.doc
            .matches_at(p)
            .iter()
            .find_map(|x| {
                if x.flags & IN_ORDER == IN_ORDER {
                    return Some(x.last() + 1);
                }
                let which = (x.clitics >> clitic::WHICH) as usize;
                let to = x.clitics & clitic::PREPOSITION != 0
                    && clitics.prepositions.get(which).is_some_and(|w| self.lexicon.spec.grammar.to.contains(w));
                (x.flags & AIM == AIM && to).then_some(p)
            })
            .or_else(|| self.aim_told(p))
    }

    /// "ليبحث الأزمة", "ليطلعه على الأزمة": an aim that is told by a verb of conferring or informing. What it is about
    /// stands behind the verb.
    pub(super) fn aim_told(&self, p: usize) -> Option<usize> {
        let clitics = &self.lexicon.spec.clitics;
        self.doc.matches_at(p).iter().find_map(|x| {
            let which = (x.clitics >> clitic::WHICH) as usize;
            let to = x.clitics & clitic::PREPOSITION != 0
                && clitics.prepositions.get(which).is_some_and(|w| self.lexicon.spec.grammar.to.contains(w));
            let Meaning::Trigger { trigger, form: Form::Present } = x.meaning else { return None };
            let t = &self.lexicon.triggers[trigger as usize];
            let content = t.slots.iter().any(|s| s.content);
            // "وليجتمع مع نظيره": what tells a meeting of its own is no aim.
            let object = t.slots.iter().any(|s| s.content && s.marker == Marker::Object);
            let informs = t.kind == EventType::Statement || t.kind == EventType::Meeting && object;
            (to && content && informs).then(|| x.last() + 1)
        })
    }

    /// What an aim that begins at `p` is for: behind a verb its object, past whom it informs.
    pub(super) fn aim_matter(&self, p: usize, sentence: Sentence) -> Option<(usize, usize)> {
        let start = self.aim_at(p)?;
        if self.aim_told(p).is_some() {
            return self.matter_start(start, sentence).and_then(|start| self.matter(start, sentence));
        }
        self.matter(start, sentence)
    }

    /// Where the aim of a journey begins at `p`; "لبحث" belongs to it.
    pub(super) fn journey_aim(&self, p: usize) -> Option<usize> {
        let grammar = &self.lexicon.spec.grammar;
        let doc = self.doc;
        self.aim_at(p).or_else(|| {
            let named = self.at[p] == usize::MAX && grammar.purpose.iter().any(|w| w == doc.norm(p));
            // A word that the preposition is written together with is part of the aim, "بهدف" is not.
            let own = |w: &String| w.chars().count() == 1 && doc.norm(p).starts_with(w.as_str());
            named.then(|| if !grammar.has_case && grammar.to.iter().any(own) { p } else { p + 1 })
        })
    }

    /// The phrase at `p` after which stands what was discussed: "تناولت", "ركزت".
    pub(super) fn discussing(&self, p: usize) -> Option<usize> {
        let free = !self.lexicon.spec.grammar.has_case && self.at[p] == usize::MAX;
        let said = |x: &&Match| free && x.flags & DISCUSSED == DISCUSSED;
        let found = self.doc.matches_at(p).iter().filter(said).max_by_key(|x| x.len)?;
        (found.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0).then(|| found.last())
    }

    /// What was discussed, where the words for it stand at `p` behind a noun or verb of meeting: "محادثات تناولت الملف",
    /// "خلال اللقاء بحث العلاقات".
    pub(super) fn discussed_at(&self, p: usize, sentence: Sentence) -> Option<(usize, usize)> {
        let last = self.discussing(p)?;
        // "وبحث الوزير الأزمة": a verb with a subject of its own is told by itself.
        let other = self.doc.flags(p) & flag::MEETING != 0
            && (self.doc.has_conjunction(p)
                || self.starting(last + 1).is_some_and(|m| self.mentions[m].clitics & clitic::PREPOSITION == 0));
        if other {
            return None;
        }
        let start = self.matter_start(last + 1, sentence)?;
        let person = |m: usize| matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group);
        if self.starting(start).is_some_and(person) || self.starting(last + 1).is_some_and(person) {
            return None;
        }
        self.matter(start, sentence)
    }

    /// What was discussed, from `start` on.
    pub(super) fn matter(&self, start: usize, sentence: Sentence) -> Option<(usize, usize)> {
        if start > sentence.last {
            return None;
        }
        let mut end = self.phrase_end(start, self.content_end(start, sentence));
        if !self.lexicon.spec.grammar.has_case {
            // In a quotation the speaker goes on to other things.
            end = end.min(sentence.last);
        }
        // "، إذ", "، بينما", "، وذلك خلال": another clause.
        let turned = (start + 1..=end).find(|&p| {
            let that = |q: usize| self.doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX;
            self.doc.kind(p) == Kind::Comma && p < end && (self.turns(p + 1) || self.ends_report(p + 1) || that(p + 1))
        });
        let end = turned.map_or(end, |comma| self.trim(start, comma - 1));
        let end = self.circumstance_in(start, end).map_or(end, |p| self.trim(start, p - 1));
        (start <= end).then_some((start, end))
    }

    /// Where a matter gives way to what the narrator adds: "بحث الأزمة قبل أن يغادر", "ملف التجارة، يمكن أن تعقد", "الحدود
    /// وتبادلا وجهات النظر".
    fn circumstance_in(&self, start: usize, end: usize) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return None;
        }
        let mut relative = false;
        (start + 1..=end).find(|&p| {
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX || doc.quoted[p] != doc.quoted[start] {
                return false;
            }
            relative |= doc.flags(p) & (flag::RELATIVE | flag::THAT) != 0 && doc.flags(p) & flag::PREPOSITION == 0;
            let ends = doc.phrase_at(p, "matter_ends", self.lexicon).is_some();
            // "، فضلا عن": a preposition of several words is no verb.
            let joins = flag::PREPOSITION | flag::CONJUNCTION | flag::ADVERB;
            let phrase = doc.longest(p, joins).is_some_and(|x| x.len > 1);
            let verb = !relative && self.after_comma(p) && !doc.has_conjunction(p) && !phrase;
            let modal = doc.flags(p) & (flag::MODAL | flag::MODALITY) != 0 && doc.flags(p) & flag::NOUN == 0;
            ends || verb
                && (self.is_verb(p) && self.discussing(p).is_none() || modal && doc.flags(p + 1) & flag::THAT != 0)
        })
    }

    /// What a journey is made for, from `start` on: in a relative clause ("الذي توجه إلى القاهرة لحضور الحفل، ...") up to
    /// the comma that closes it.
    pub(super) fn journey_matter(&self, start: usize, sentence: Sentence, hit: Hit) -> Option<(usize, usize)> {
        let (first, mut last) = self.matter(start, sentence)?;
        let doc = self.doc;
        let relative = hit.first > sentence.first
            && self.at[hit.first - 1] == usize::MAX
            && doc.flags(hit.first - 1) & flag::RELATIVE != 0
            && doc.flags(hit.first - 1) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
        if relative {
            let comma = (first + 1..=last).find(|&p| doc.kind(p) == Kind::Comma && !doc.has_conjunction(p + 1));
            last = comma.map_or(last, |comma| self.trim(first, comma - 1));
        }
        Some((first, last))
    }

    /// Past those who met, days, places and a preposition: where the matter itself begins.
    pub(super) fn matter_start(&self, from: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let timed = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
        let mut p = from;
        // Where an adjective of the noun just passed would stand.
        let mut described = usize::MAX;
        while p <= sentence.last && p < from + BEFORE {
            if let Some(m) = self.starting(p) {
                p = self.mentions[m].last + 1;
                continue;
            }
            match doc.kind(p) {
                Kind::Comma | Kind::Number | Kind::Open | Kind::Close | Kind::Slash => p += 1,
                Kind::Quote => return self.opening(p).map(|_| p),
                Kind::Word => {
                    let flags = doc.flags(p);
                    if let Some(x) = doc.longest(p, timed) {
                        p = x.last() + 1;
                        continue;
                    }
                    if flags & flag::RESUMPTIVE != 0 || self.pronominal(p) {
                        p += 1;
                        continue;
                    }
                    // "في زيارته، وهي الأولى، الأزمة": past an aside that a comma closes.
                    if flags & flag::PRONOUN != 0 && doc.has_conjunction(p) {
                        let end = sentence.last.min(p + BEFORE);
                        p = (p + 1..end).find(|&q| doc.kind(q) == Kind::Comma)? + 1;
                        continue;
                    }
                    if flags & (flag::THAT | flag::SUBORDINATOR | flag::NEGATION) != 0 && flags & flag::PREPOSITION == 0
                        || self.starts_report(p)
                    {
                        return None;
                    }
                    // "اللقاء الذي حضره الوزير، الأزمة", "جلسة ضمت الوفدين، الأزمة": past a relative clause that a comma closes.
                    let relative = flags & flag::RELATIVE != 0 && flags & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
                    if relative || flags & flag::LIGHT != 0 && self.tells(p) && !doc.has_conjunction(p) {
                        let end = sentence.last.min(p + BEFORE);
                        p = (p + 1..end).find(|&q| doc.kind(q) == Kind::Comma)? + 1;
                        continue;
                    }
                    let event = flags & (flag::MEETING | flag::VISIT | flag::VENUE) != 0;
                    if flags & flag::PREPOSITION != 0 {
                        let next = p + 1;
                        let circumstance = self.starting(next).is_some()
                            || doc.longest(next, timed).is_some()
                            || doc.flags(next) & (flag::MEETING | flag::VISIT | flag::VENUE) != 0;
                        if circumstance {
                            p = next;
                            continue;
                        }
                        let apart = grammar.between.iter().chain(&grammar.from).any(|w| w == doc.norm(p));
                        return (!apart && next <= sentence.last).then_some(next);
                    }
                    // An adjective agrees with its noun: "اللقاء الثنائي", "لقاء ثنائي", but not "بحث المستجدات".
                    let noun = doc.kind(p.saturating_sub(1)) == Kind::Word
                        && p > 0
                        && (doc.has_article(p - 1) || doc.words[p - 1].clitics() & clitic::SUFFIX != 0)
                            == doc.has_article(p);
                    let attribute = flags & (flag::ADJECTIVE | flag::DEMONYM) != 0
                        && noun
                        && self.at[p - 1] == usize::MAX
                        && (doc.has_article(p) || p == described);
                    let held = p > from && event && doc.flags(p - 1) & flag::PREPOSITION != 0;
                    if held {
                        let event = flag::MEETING | flag::VISIT | flag::VENUE;
                        p = doc.longest(p, event).map_or(p, |x| x.last()) + 1;
                        described = p;
                        continue;
                    }
                    if attribute {
                        p += 1;
                        described = p;
                        continue;
                    }
                    return Some(p);
                }
                _ => return None,
            }
        }
        None
    }

    /// What was discussed at a meeting whose noun follows the verb that says so: "تناول اللقاء الأزمة", "ناقش خلال
    /// اجتماعه في باريس الأزمة", "ناقش الأزمة خلال الاجتماع". With it the verb.
    pub(super) fn discussed_before(&self, sentence: Sentence, hit: Hit) -> Option<((usize, usize), (usize, usize))> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return None;
        }
        let mut verb = None;
        let mut p = hit.first;
        while p > sentence.first && hit.first - p < BEFORE {
            p -= 1;
            if self.at[p] != usize::MAX {
                p = self.mentions[self.at[p]].first.max(sentence.first);
                continue;
            }
            let flags = doc.flags(p);
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon)
                || flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
            {
                return None;
            }
            let confers = doc.matches_at(p).iter().find(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                    let t = &self.lexicon.triggers[trigger as usize];
                    t.kind == EventType::Meeting
                        && t.slots.iter().any(|s| s.marker == Marker::Object && s.content)
                        && x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0
                }
                _ => false,
            });
            if let Some(last) = self.discussing(p).or(confers.map(Match::last)) {
                verb = Some((p, last));
                break;
            }
            if self.tells(p) {
                return None;
            }
        }
        let (first, last) = verb?;
        let governed = hit.first > last + 1 && doc.flags(hit.first - 1) & flag::PREPOSITION != 0;
        if hit.first != last + 1 && !governed {
            return None;
        }
        let start = self.matter_start(last + 1, sentence)?;
        if start + 1 < hit.first && governed {
            // The matter stands between: up to its day and the preposition of the noun.
            let timed = flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
            let end =
                (start + 1..hit.first - 1).find(|&q| doc.longest(q, timed).is_some()).unwrap_or(hit.first - 1) - 1;
            return (start <= end).then(|| ((start, self.trim(start, end)), (first, last)));
        }
        let start = self.matter_start(hit.last + 1, sentence)?;
        Some((self.matter(start, sentence)?, (first, last)))
    }

    /// Whether a noun of conferring is told by a verb that says no more than that it took place: "جرى بحث العلاقات".
    pub(super) fn passively_held(&self, sentence: Sentence, hit: Hit) -> bool {
        !self.lexicon.spec.grammar.has_case
            && self.light_before(sentence, hit.first, EventType::Meeting).is_some_and(|(_, last, light, _)| {
                self.lexicon.lights[light as usize].role == LightRole::Event
                    && self.only_subject_between(last, hit.first)
            })
    }

    /// بحثا, ناقشوا: the form of a verb whose subjects are those of the meeting it goes on from.
    pub(super) fn told_of_several(&self, hit: Hit) -> bool {
        let dual = self.lexicon.spec.grammar.accusative_ending.as_str();
        hit.form == Form::Past && !dual.is_empty() && self.doc.norm(hit.first).ends_with(dual)
    }

    /// معه, بينهما: a preposition of any kind with its pronoun.
    pub(super) fn pronominal(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let prepositions = self.lexicon.spec.words.get("prepositions");
        self.lexicon.spec.clitics.suffixes.iter().any(|s| {
            let stem = norm.strip_suffix(s.form.as_str()).filter(|stem| stem.chars().count() > 1);
            stem.is_some_and(|stem| prepositions.is_some_and(|list| list.iter().any(|w| w == stem)))
        })
    }

    /// What was discussed "with" somebody named after it ends before him: "بحث الأزمة مع نظيره".
    pub(super) fn before_parties(&self, draft: &Draft, matter: (usize, usize)) -> (usize, usize) {
        let after = draft.actors.iter().filter(|a| a.from.is_none()).map(|a| &self.mentions[a.mention]);
        let with = after
            .filter(|m| m.first > matter.0 + 1 && m.first <= matter.1)
            .map(|m| if m.clitics & clitic::PREPOSITION != 0 { m.first } else { m.first - 1 })
            .min();
        match with {
            Some(with) if with > matter.0 => (matter.0, self.trim(matter.0, with - 1)),
            _ => matter,
        }
    }

    /// Whether a verb of conferring with one subject or none of its own goes on from a meeting told just before:
    /// "والتقى نظيره. وبحثا الأزمة".
    pub(super) fn goes_on_with_meeting(&self, index: usize, draft: &Draft, hit: Hit) -> bool {
        let both = self.told_of_several(hit);
        // "لبحث الحدود وبحث التجارة": what was to be discussed goes on, and no verb.
        let inside = self.drafts.iter().rev().take_while(|d| d.sentence == index).any(|d| {
            d.kind != EventType::Statement && d.content.iter().any(|&(a, b)| a <= hit.first && hit.first <= b)
        });
        !inside
            && self.drafts.iter().rev().take(12).any(|d| {
                d.kind == EventType::Meeting
                    && d.triggers[0].0 < hit.first
                    && index.saturating_sub(d.sentence) <= 3
                    && d.actors.len() >= 2
                    && (both || draft.actors.iter().all(|a| d.actors.iter().any(|b| b.entity == a.entity)))
            })
    }

    /// Whether a noun at `p` is neither when, where nor how a meeting was: the object of another verb.
    pub(super) fn another_noun(&self, p: usize) -> bool {
        let doc = self.doc;
        let flags = doc.flags(p);
        let own = flag::ADJECTIVE
            | flag::DEMONYM
            | flag::ADVERB
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::MONTH
            | flag::MEETING
            | flag::VISIT
            | flag::VENUE
            | flag::PREPOSITION
            | flag::LIGHT
            | flag::RELATIVE;
        flags & flag::NOUN != 0
            && flags & own == 0
            && doc.words[p].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && p > 0
            && doc.flags(p - 1) & flag::PREPOSITION == 0
            && doc.has_article(p)
    }

    /// Whether a matter that is said to be "about" something stands at `p`: not where the word belongs to another noun,
    /// "الاتفاق حول الحدود".
    pub(super) fn own_about(&self, p: usize, hit: Hit) -> bool {
        let doc = self.doc;
        let before = p - 1;
        if !self.lexicon.spec.grammar.has_case && self.disputed(p, hit) {
            return false;
        }
        self.lexicon.spec.grammar.has_case
            || before <= hit.last
            || self.at[before] != usize::MAX
            || doc.flags(before) & flag::NOUN == 0
            || doc.flags(before)
                & (flag::ADJECTIVE
                    | flag::DEMONYM
                    | flag::ADVERB
                    | flag::TIME_WORD
                    | flag::WEEKDAY
                    | flag::MONTH
                    | flag::MEETING
                    | flag::VISIT
                    | flag::VENUE
                    | flag::SETTING)
                != 0
    }

    /// "بعد توقيع اتفاق تاريخي حول الحدود", "توصل إلى اتفاق مع جارته بشأن الحدود": what another noun is about, past its
    /// adjectives and those it is with.
    fn disputed(&self, p: usize, hit: Hit) -> bool {
        let doc = self.doc;
        let mut q = p;
        while q > hit.last + 1 {
            q -= 1;
            if self.at[q] != usize::MAX {
                q = self.mentions[self.at[q]].first.max(hit.last + 1);
                continue;
            }
            if doc.kind(q) != Kind::Word || doc.flags(q) & (flag::MEETING | flag::VISIT) != 0 {
                return false;
            }
            if self.listed("disputes", q) {
                return true;
            }
            let through =
                flag::ADJECTIVE | flag::DEMONYM | flag::ADVERB | flag::PREPOSITION | flag::TIME_WORD | flag::WEEKDAY;
            if doc.flags(q) & through == 0 {
                return false;
            }
        }
        false
    }
}

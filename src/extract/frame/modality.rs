//! Whether an event happened, and when and where.

use super::*;

impl Engine<'_, '_> {
    /// The cue of modality nearest before `token`, within its clause.
    pub(super) fn cue_before(&self, token: usize, sentence: Sentence, reach: usize) -> Option<Modality> {
        let doc = self.doc;
        let past = !self.lexicon.spec.grammar.has_case
            && doc.matches_at(token).iter().any(|x| {
                matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. })
            });
        // "رفض العرض وأبلغ الحكومة": a past verb behind its own "and" begins a clause that nothing before it governs.
        if past && doc.words[token].clitics() & clitic::CONJUNCTION != 0 {
            return None;
        }
        let noun = doc.matches_at(token).iter().any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Noun, .. }));
        let mut p = token;
        let mut steps = 0;
        // "أهمية استئناف المفاوضات": what a noun says to go on or begin is only wished for where another word says so.
        let mut begun = None;
        while p > sentence.first && steps < reach {
            p -= 1;
            steps += 1;
            match doc.kind(p) {
                Kind::Comma | Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote => return begun,
                _ => {}
            }
            // قد before a past verb affirms it; only before a present one does it say "may".
            let affirms = doc.flags(p) & flag::AUXILIARY != 0 && past;
            let other = doc.flags(p) & flag::NEGATION != 0 && self.negates_other(p, token, noun);
            if self.is_month(p) {
                continue;
            }
            // "مساعي الوزير هي استكمال لقمة": what stands before the copula is another clause's.
            let copula = |p: usize| {
                doc.flags(p) & flag::PRONOUN != 0 && self.starting(p).is_none_or(|m| self.honorific(m).is_none())
            };
            if noun && !self.lexicon.spec.grammar.has_case && copula(p) {
                return begun;
            }
            if noun && !self.lexicon.spec.grammar.has_case && self.at[p] == usize::MAX {
                if self.listed("intentions", p) {
                    return Some(Modality::Planned);
                }
                if self.listed("readiness", p) {
                    return Some(Modality::Possible);
                }
            }
            for x in doc.matches_at(p) {
                if (affirms || other) && x.len == 1 {
                    continue;
                }
                if let Meaning::Modality { modality, after: false } = x.meaning {
                    if x.last() < token {
                        let noun = modality == Modality::Ongoing
                            && !self.lexicon.spec.grammar.has_case
                            && doc.flags(p) & flag::NOUN != 0
                            && !self.is_verb(p);
                        if noun && begun.is_none() {
                            begun = Some(modality);
                            continue;
                        }
                        return begun
                            .filter(|_| matches!(modality, Modality::Occurred | Modality::Ongoing))
                            .or(Some(modality));
                    }
                }
            }
            if doc.flags(p) & flag::NEGATION != 0 {
                return if other { begun } else { Some(Modality::Negated) };
            }
            if self.at[p] == usize::MAX && self.is_other_trigger(p) {
                return begun;
            }
        }
        begun
    }

    /// "لا يقفل اجتماع الباب": a negated verb of its own says nothing of the noun after it.
    fn negates_other(&self, p: usize, token: usize, noun: bool) -> bool {
        let doc = self.doc;
        !self.lexicon.spec.grammar.has_case
            && noun
            && p + 1 < token
            && self.at[p + 1] == usize::MAX
            && doc.flags(p + 1) & (flag::LIGHT | flag::AUXILIARY | flag::MODALITY | flag::NOUN) == 0
            && doc.words[p + 1].clitics() & clitic::ARTICLE == 0
            // "لا تشمل الجولة زيارة المدينة": what a journey does not take in does not happen.
            && doc.flags(p + 1) & flag::COVERS == 0
    }

    /// "عشية زيارة", "قبل اجتماع": what something is told to come before has not happened yet.
    fn on_the_eve(&self, noun: usize) -> bool {
        let Some(before) = noun.checked_sub(1) else { return false };
        let eve = &self.lexicon.spec.grammar.eve;
        !eve.is_empty()
            && self
                .lexicon
                .spec
                .clitics
                .after_conjunction(self.doc.norm(before))
                .any(|(_, rest)| eve.iter().any(|word| word == rest))
    }

    /// "قال قبيل مغادرته العاصمة", "سلمت القاهرة الطائرات قبل وصول الوزير": who was about to leave or come when something
    /// happened has done so by the time of writing.
    fn since_gone(&self, hit: Hit, sentence: Sentence) -> bool {
        let trigger = &self.lexicon.triggers[hit.trigger as usize];
        if trigger.kind != EventType::Visit
            || !matches!(trigger.manner.as_str(), "depart" | "arrive" | "go" | "return")
            || self.lies_ahead(hit.last + 1, (hit.last + 12).min(sentence.last))
        {
            return false;
        }
        self.told_in_past(hit, sentence)
    }

    /// Whether the verb that governs the clause of a noun is of the past.
    fn told_in_past(&self, hit: Hit, sentence: Sentence) -> bool {
        let doc = self.doc;
        let verb = (sentence.first..hit.first)
            .rev()
            .take(24)
            .take_while(|&p| !matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Quote))
            .find(|&p| {
                self.tells(p)
                    || self.is_was(doc.norm(p))
                    || doc.flags(p) & flag::SPEECH != 0 && self.at[p] == usize::MAX && self.is_speech_verb(p)
            });
        verb.is_some_and(|p| {
            self.is_was(doc.norm(p))
                || doc.words[p].clitics() & clitic::FUTURE == 0
                    && doc.matches_at(p).iter().any(|x| {
                        matches!(
                            x.meaning,
                            Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. }
                        )
                    })
        })
    }

    /// "قبل لقائه", "بعد انتهاء مباحثاته": what is told comes before or after this event.
    pub(super) fn told_apart(&self, noun: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let apart = |p: usize| {
            self.at[p] == usize::MAX
                && self
                    .lexicon
                    .spec
                    .clitics
                    .after_conjunction(self.doc.norm(p))
                    .any(|(_, rest)| grammar.eve.iter().chain(&grammar.aftermath).any(|word| word == rest))
        };
        !grammar.aftermath.is_empty() && (noun.saturating_sub(2)..noun).any(apart)
    }

    /// Where the word stands behind which a noun tells of something before or after it, right before the noun or its light
    /// noun: "بعد زيارته", "بعد قيامه بزيارة".
    fn apart_from(&self, hit: Hit) -> Option<usize> {
        let grammar = &self.lexicon.spec.grammar;
        if hit.form != Form::Noun || grammar.aftermath.is_empty() {
            return None;
        }
        (hit.first.saturating_sub(2)..hit.first).rev().find(|&p| {
            self.at[p] == usize::MAX
                && self
                    .lexicon
                    .spec
                    .clitics
                    .after_conjunction(self.doc.norm(p))
                    .any(|(_, rest)| grammar.aftermath.iter().any(|word| word == rest))
        })
    }

    /// "يوم 3 مايو الحالي": a word that says which month is meant says nothing of the event.
    fn dates(&self, p: usize) -> bool {
        let doc = self.doc;
        let timed = |q: usize| {
            doc.kind(q) == Kind::Number
                || doc.flags(q) & flag::MONTH != 0
                || doc.matches_at(q).iter().any(|x| match x.meaning {
                    Meaning::Time { time } => self.lexicon.times[time as usize].unit.is_some(),
                    _ => false,
                })
        };
        doc.flags(p) & flag::TIME_WORD != 0 && p > 0 && timed(p - 1)
    }

    /// What the form of the trigger says of its time, in languages where the future is a form.
    pub(super) fn tense(&self, hit: Hit) -> Option<Modality> {
        let same =
            |m: Meaning| matches!(m, Meaning::Trigger { trigger, form } if trigger == hit.trigger && form == hit.form);
        self.told_by_form(hit.first, same)
    }

    fn told_by_form(&self, token: usize, of: impl Fn(Meaning) -> bool) -> Option<Modality> {
        let found = self.doc.matches_at(token).iter().filter(|x| of(x.meaning)).fold(0, |all, x| all | x.flags);
        if found & flag::FUTURE_FORM != 0 {
            return Some(Modality::Planned);
        }
        (found & flag::CONDITIONAL != 0).then_some(Modality::Possible)
    }

    pub(super) fn verb_modality(&self, verb: usize, form: Form, sentence: Sentence) -> Option<Modality> {
        let told = self.told_by_form(verb, |m| matches!(m, Meaning::Light { form: f, .. } if f == form));
        if told.is_some() {
            return self.cue_before(verb, sentence, 6).filter(|&cue| cue == Modality::Negated).or(told);
        }
        let bits = self.doc.words[verb].clitics();
        if bits & clitic::FUTURE != 0 {
            return Some(Modality::Planned);
        }
        if let Some(cue) = self.cue_before(verb, sentence, 6) {
            return Some(cue);
        }
        if form == Form::Present && !self.lexicon.spec.grammar.has_case && verb >= self.doc.body {
            // "المسؤول، يقود مفاوضات": behind a comma the present says what somebody does.
            let does = self.after_comma(verb) && bits & clitic::CONJUNCTION == 0 && verb > sentence.first + 1;
            if does && self.ending(verb - 2).is_some() {
                return Some(Modality::Ongoing);
            }
            // "إنها كانت تجري محادثات": what was being done is over.
            if verb > sentence.first && self.at[verb - 1] == usize::MAX && self.is_was(self.doc.norm(verb - 1)) {
                return Some(Modality::Occurred);
            }
            // "يقوم منذ الأحد بجولة"
            let lasts = self.since_behind(sentence, verb);
            return Some(if lasts { Modality::Ongoing } else { Modality::Planned });
        }
        None
    }

    /// "الوزير الذي يقوم بزيارة": the present of a relative clause is going on, and no plan.
    pub(super) fn now_doing(&self, verb: usize, form: Form, sentence: Sentence) -> bool {
        let doc = self.doc;
        form == Form::Present
            && !self.lexicon.spec.grammar.has_case
            && doc.words[verb].clitics() & clitic::FUTURE == 0
            && verb > sentence.first
            && self.at[verb - 1] == usize::MAX
            && doc.flags(verb - 1) & flag::RELATIVE != 0
            && doc.flags(verb - 1) & (flag::SUBORDINATOR | flag::PREPOSITION) == 0
    }

    /// "قال إن الوفد يجري محادثات": what a reported clause tells in the present, its subject first, is going on.
    pub(super) fn now_reported(&self, verb: usize, form: Form, sentence: Sentence) -> bool {
        let doc = self.doc;
        if form != Form::Present
            || self.lexicon.spec.grammar.has_case
            || doc.words[verb].clitics() & (clitic::FUTURE | clitic::CONJUNCTION) != 0
        {
            return false;
        }
        let start = self.clause_start(sentence, verb);
        start > sentence.first
            && start < verb
            && doc.flags(start - 1) & flag::THAT != 0
            && self.starting(start).is_some()
            && !self.lies_ahead(verb + 1, (verb + 20).min(sentence.last))
            && !(start..verb).any(|p| self.tells(p) || self.at[p] == usize::MAX && doc.flags(p) & flag::MODALITY != 0)
    }

    /// "أعلن عزمه على زيارة", "أعلن تأجيل زيارته": a noun between a light verb and its noun says what the verb does not.
    pub(super) fn said_between(&self, light: usize, noun: usize, sentence: Sentence) -> Option<Modality> {
        let reach = noun.saturating_sub(light + 1).min(6);
        if self.lexicon.spec.grammar.has_case {
            return None;
        }
        self.cue_before(noun, sentence, reach)
            .filter(|m| matches!(m, Modality::Planned | Modality::Possible | Modality::Negated))
    }

    /// Whether a word among the tokens puts something into the future: tomorrow, next.
    fn lies_ahead(&self, first: usize, last: usize) -> bool {
        (first..=last).any(|p| {
            self.doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Time { time } => {
                    let word = &self.lexicon.times[time as usize];
                    word.day.is_some_and(|day| day > 0) || word.direction.as_deref() == Some("next")
                }
                _ => false,
            })
        })
    }

    /// A light verb without any other cue tells that it happened.
    pub(super) fn plain_light(&self, form: Form) -> Option<Modality> {
        (!self.lexicon.spec.grammar.has_case && matches!(form, Form::Past | Form::Present))
            .then_some(Modality::Occurred)
    }

    /// The modality of an event, and whether words say it.
    pub(super) fn modality_of(&self, hit: Hit, sentence: Sentence, light: Option<Modality>) -> (Modality, bool) {
        if hit.form == Form::Noun && self.on_the_eve(hit.first) {
            return (if self.since_gone(hit, sentence) { Modality::Occurred } else { Modality::Planned }, true);
        }
        if let Some(light) = light {
            return (light, true);
        }
        let doc = self.doc;
        if let Some(tense) = self.tense(hit) {
            let negated = self.cue_before(hit.first, sentence, 6) == Some(Modality::Negated);
            return (if negated { Modality::Negated } else { tense }, true);
        }
        if hit.clitics & clitic::FUTURE != 0 {
            // "من المتوقع أن": a future that is only expected stays planned.
            return match self.cue_before(hit.first, sentence, 6) {
                Some(Modality::Negated) => (Modality::Negated, true),
                _ => (Modality::Planned, true),
            };
        }
        let noun = hit.form == Form::Noun;
        // What follows: "لقاءه المقرر", "الزيارة التي ستجري".
        let case = self.lexicon.spec.grammar.has_case;
        // A name counts as one word, however long it is.
        let mut left = 8;
        for p in hit.last + 1..(hit.last + 24).min(sentence.last + 1) {
            if self.at[p] == usize::MAX || !case || self.starting(p).is_some() {
                left -= 1;
            }
            if left == 0 {
                break;
            }
            // A predicate has begun: what follows says nothing of the noun any more.
            if noun && doc.flags(p) & flag::NEGATION != 0 {
                break;
            }
            // "The summit, scheduled for May,": a cue right behind the comma is still the noun's.
            let cue =
                |q: usize| doc.matches_at(q).iter().any(|x| matches!(x.meaning, Meaning::Modality { after: true, .. }));
            if case && noun && doc.kind(p) == Kind::Comma && cue(p + 1) {
                continue;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Comma)
                || noun && !case && doc.kind(p) == Kind::Quote
                || case
                    && doc.flags(p) & flag::THAT != 0
                    && self.at[p] == usize::MAX
                    && doc.flags(p + 1) & (flag::AUXILIARY | flag::MODAL) == 0
            {
                break;
            }
            if noun && p <= hit.last + 3 && doc.words[p].clitics() & clitic::FUTURE != 0 && self.at[p] == usize::MAX {
                return (Modality::Planned, true);
            }
            for x in doc.matches_at(p) {
                if let Meaning::Modality { modality, after: true } = x.meaning {
                    if modality == Modality::Ongoing && self.dates(p) {
                        continue;
                    }
                    // "ألغى زيارته المقررة": what is called off is no plan any more.
                    let off = noun
                        && modality == Modality::Planned
                        && !case
                        && self.cue_before(hit.first, sentence, 12) == Some(Modality::Negated);
                    if noun || modality == Modality::Ongoing {
                        return (if off { Modality::Negated } else { modality }, true);
                    }
                }
            }
        }
        if noun && !case && self.set_in_future(hit, sentence) {
            return (Modality::Planned, true);
        }
        if let Some(cue) = self.cue_before(hit.first, sentence, 7) {
            return (cue, true);
        }
        // "Invited his counterpart to visit": what is asked for may happen.
        if case && self.asked(sentence, &self.group(sentence, hit.first)).is_some() {
            return (Modality::Possible, true);
        }
        // "Will fly to Oslo and meet": what the verb before says of itself.
        if let Some((verb, _)) = self.carried(sentence, hit).filter(|_| case) {
            if let Some(cue) = self.cue_before(verb, sentence, 7) {
                return (cue, true);
            }
        }
        // "À Téhéran pour rencontrer": what somebody came for is still to come.
        if self.is_infinitive(hit.first) {
            let start = self.group(sentence, hit.first).start;
            if start < hit.first && self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(start)) {
                return (Modality::Planned, true);
            }
        }
        // "Are consulting": what is told as going on.
        if hit.form == Form::Participle && self.progressive(sentence, hit.first) {
            return (Modality::Ongoing, true);
        }
        if noun && !self.lexicon.spec.grammar.has_case && self.requested(hit.first, sentence) {
            return (Modality::Possible, true);
        }
        // "Will fly to Cairo, meeting": a participle shares the time of its verb.
        if hit.form == Form::Participle && self.lexicon.spec.grammar.has_case && self.after_comma(hit.first) {
            let modal = (sentence.first..hit.first)
                .rev()
                .take(18)
                .take_while(|&p| !matches!(doc.kind(p), Kind::Stop | Kind::Semicolon | Kind::Quote))
                .find(|&p| self.at[p] == usize::MAX && doc.flags(p) & flag::MODAL != 0);
            if let Some(cue) = modal.and_then(|p| self.cue_before(p + 1, sentence, 1)) {
                return (cue, true);
            }
        }
        // "الوفد الذي يزور العاصمة": who is told of by his visit is on it.
        let trigger = &self.lexicon.triggers[hit.trigger as usize];
        let staying = trigger.kind == EventType::Visit && matches!(trigger.manner.as_str(), "visit" | "tour");
        if staying && hit.first >= doc.body && self.now_doing(hit.first, hit.form, sentence) {
            return (Modality::Ongoing, true);
        }
        let heads = hit.form == Form::Present && !case && hit.first >= doc.body && self.is_heading(sentence);
        if heads {
            return (Modality::Occurred, false);
        }
        if hit.form == Form::Present && !case && hit.first >= doc.body && !self.echoes_title(hit.first, sentence) {
            let was = (sentence.first..hit.first).rev().take(6).any(|p| self.is_was(doc.norm(p)));
            if !was {
                return (Modality::Planned, true);
            }
        }
        (
            Modality::Occurred,
            !noun
                && hit.first >= doc.body
                && !(hit.form == Form::Present && !case && self.echoes_title(hit.first, sentence)),
        )
    }

    /// A short line of the body without a full stop heads what follows it, in the tense of headlines.
    fn is_heading(&self, sentence: Sentence) -> bool {
        let doc = self.doc;
        let (first, last) = (sentence.first, sentence.last);
        first > doc.body
            && last < first + 9
            && last > first + 1
            && doc.kind(last) == Kind::Break
            && doc.kind(first - 1) == Kind::Break
            && (first..last).all(|p| matches!(doc.kind(p), Kind::Word | Kind::Quote))
            && last + 1 < doc.len()
            && !self.lies_ahead(first, last)
    }

    /// Whether the words around `token` are those of the headline, repeated under the text.
    fn echoes_title(&self, token: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        let (first, last) = (token.saturating_sub(2).max(sentence.first), (token + 3).min(sentence.last));
        let length = last - first;
        length >= 4
            && (0..doc.body.saturating_sub(length))
                .any(|i| (0..=length).all(|k| doc.norm(i + k) == doc.norm(first + k)))
    }

    /// "سيناقش الأزمة خلال اجتماعه بالوزير": what something still to come is to happen at is to come as well.
    fn set_in_future(&self, hit: Hit, sentence: Sentence) -> bool {
        let doc = self.doc;
        let Some(before) = hit.first.checked_sub(1).filter(|&p| p > sentence.first) else { return false };
        // "ستكون المحطة الأولى لزيارة الوزير"
        let station = hit.clitics & clitic::PREPOSITION != 0
            && (before.saturating_sub(1)..=before).any(|p| self.listed("stations", p));
        let governed = station || self.at[before] == usize::MAX && doc.flags(before) & flag::PREPOSITION != 0;
        if !governed || self.told_apart(hit.first) {
            return false;
        }
        for p in (sentence.first..before).rev().take(30) {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote) {
                return false;
            }
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
                continue;
            }
            let flags = doc.flags(p);
            let told = flag::VERB | flag::LIGHT | TRIGGERS | if station { flag::AUXILIARY } else { 0 };
            if doc.words[p].clitics() & clitic::FUTURE != 0 && flags & told != 0 {
                return true;
            }
            let conferring = doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Present } => {
                    self.lexicon.triggers[trigger as usize].kind == EventType::Meeting && p >= doc.body
                }
                // "يعقد اجتماع ثلاثي خلال زيارة الوزير"
                Meaning::Light { light, form: Form::Present } => {
                    let light = &self.lexicon.lights[light as usize];
                    let past = |x: &Match| {
                        matches!(
                            x.meaning,
                            Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. }
                        )
                    };
                    light.kind == Some(EventType::Meeting)
                        && light.modality.is_none()
                        && p >= doc.body
                        && !doc.matches_at(p).iter().any(past)
                }
                _ => false,
            });
            if conferring {
                return !(sentence.first..p).rev().take(4).any(|q| self.is_was(doc.norm(q)));
            }
            let joint =
                flags & (flag::THAT | flag::SUBORDINATOR | flag::RELATIVE) != 0 && flags & flag::PREPOSITION == 0;
            if joint || self.tells(p) {
                return false;
            }
        }
        false
    }

    /// Whether a participle stands behind a present form of "be": "are consulting", "have been consulting".
    fn progressive(&self, sentence: Sentence, verb: usize) -> bool {
        let was = &self.lexicon.spec.grammar.was;
        if was.is_empty() || !self.lexicon.spec.grammar.has_case {
            return false;
        }
        let group = self.group(sentence, verb);
        group.be
            && !group.modal
            && !group.negated
            && (group.start..verb).all(|p| !was.iter().any(|w| w == self.doc.norm(p)))
    }

    /// "طالب الرئيس بعقد لقاء": the meeting is what a request asks for.
    fn requested(&self, token: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        // "طلب الدعم في مباحثاته": what one asks for at a meeting is not the meeting.
        let at = &self.lexicon.spec.grammar.at;
        let set = token.checked_sub(1).filter(|&p| p > sentence.first && self.at[p] == usize::MAX).is_some_and(|p| {
            let occasion = self.listed("during", p) && doc.flags(p) & flag::PREPOSITION != 0;
            occasion || at.iter().any(|w| w == doc.norm(p))
        });
        if set {
            return false;
        }
        for p in (sentence.first..token).rev().take(20) {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Comma) {
                return false;
            }
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                continue;
            }
            if doc.flags(p) & (flag::THAT | flag::SUBORDINATOR) != 0 && doc.flags(p) & flag::PREPOSITION == 0 {
                return false;
            }
            if self.tells(p) {
                return doc.matches_at(p).iter().any(|x| match x.meaning {
                    Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                        let t = &self.lexicon.triggers[trigger as usize];
                        t.kind == EventType::Statement && t.act == Act::Request
                    }
                    _ => false,
                });
            }
        }
        false
    }

    /// "Was", also behind a conjunction.
    fn is_was(&self, form: &str) -> bool {
        let was = &self.lexicon.spec.grammar.was;
        !was.is_empty()
            && self.lexicon.spec.clitics.after_conjunction(form).any(|(_, rest)| was.iter().any(|word| word == rest))
    }

    /// Dates and places an event from its own clause; `anchor` is where its verb begins.
    pub(super) fn when_and_where(&mut self, draft: &mut Draft, sentence: Sentence, hit: Hit, anchor: usize) {
        let (before, end) = self.own_clause(sentence, hit, anchor, draft);
        let mut found = Vec::new();
        expressions(self.doc, self.lexicon, before, end, &mut found);
        let inside = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        // "تستمر حتى الجمعة" dates an end.
        let until = |p: usize| p > before && self.lexicon.spec.time.until.iter().any(|w| w == self.doc.norm(p - 1));
        found.retain(|e| !until(e.first));
        // "قرار عام 2007": a year that a noun takes dates the noun.
        found.retain(|e| {
            !matches!(e.kind, Reading::Year(_))
                || self.lexicon.spec.grammar.has_case
                || e.first
                    .checked_sub(1)
                    .is_some_and(|p| self.doc.flags(p) & flag::PREPOSITION != 0 || self.doc.kind(p) == Kind::Comma)
                || self.doc.words[e.first].clitics() & clitic::PREPOSITION != 0
        });
        // What was discussed has dates of its own; only a day of the week or one near the report may still be the event's.
        found.retain(|e| {
            !inside(e.first)
                || e.first < hit.last + 12 && !matches!(e.kind, Reading::Year(_))
                || matches!(e.kind, Reading::Weekday { .. } | Reading::Offset(_))
        });
        // What is said by another verb of the sentence has days and places of its own.
        let said = self.said_elsewhere(draft, hit);
        let elsewhere = |p: usize| said.iter().any(|&(a, b)| a <= p && p <= b);
        found.retain(|e| !elsewhere(e.first));
        found.retain(|e| {
            !self.dates_another(e, hit) && !self.since_of_noun(e, hit) && !self.dates_event_before(e, hit, draft)
        });
        // "يعود الأحد بعد قيامه بزيارة": the day of what comes after an event is not the event's.
        let apart = self.apart_from(hit).filter(|_| draft.kind == EventType::Visit);
        found.retain(|e| apart.is_none_or(|p| e.first > p));
        draft.time = found.into_iter().min_by_key(|e| self.distance(hit, anchor, e.first, draft));
        // A noun that no verb of its own carries is placed by what follows it only.
        let from = if hit.form == Form::Noun && anchor == hit.first && !self.lexicon.spec.grammar.has_case {
            hit.first
        } else {
            before
        };
        // Who telephones is in two places.
        if draft.kind == EventType::Meeting && draft.mode == MeetingMode::Call && !self.lexicon.spec.grammar.has_case {
            return;
        }
        let from = said.iter().filter(|s| s.1 < hit.first && s.1 >= from).map(|s| s.1 + 1).max().unwrap_or(from);
        if draft.place.is_none() {
            draft.place = self.place_between(from, end, draft);
        }
        if draft.place.is_none() {
            draft.place = self.venue_between(from, end, draft);
        }
        if draft.time.is_none() {
            draft.time = self.same_day(before, end);
        }
        if draft.via.is_none() && !self.lexicon.spec.grammar.has_case {
            draft.via = self.reporting_outlet(sentence, hit, draft).or_else(|| self.dateline_outlet(sentence));
        }
    }

    /// "بعد توقيع الاتفاق في الرابع عشر من يوليو": the date of something else that the event comes before or after.
    pub(super) fn dates_another(&self, e: &Expression, hit: Hit) -> bool {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case {
            return false;
        }
        // "وبعد الاتفاق الأسبوع الماضي، قال الوزير": what the clause before its comma comes after.
        if e.last < hit.first && (e.last + 1..hit.first).any(|p| doc.kind(p) == Kind::Comma) {
            let sentence = doc.sentence(e.first);
            let opened = (sentence.first..e.first).rev().take(14).take_while(|&p| doc.kind(p) == Kind::Word);
            let event = flag::MEETING | flag::VISIT | flag::TIME_WORD | flag::WEEKDAY | flag::SETTING;
            let after = opened.filter(|&p| self.at[p] == usize::MAX).any(|p| {
                let words = grammar.eve.iter().chain(&grammar.aftermath);
                let apart = self
                    .lexicon
                    .spec
                    .clitics
                    .after_conjunction(doc.norm(p))
                    .any(|(_, rest)| words.clone().any(|w| w == rest));
                apart && doc.flags(p + 1) & flag::NOUN != 0 && doc.flags(p + 1) & event == 0
            });
            return after;
        }
        if !matches!(e.kind, Reading::Date { .. }) || e.first <= hit.last + 3 {
            return false;
        }
        let whole = matches!(e.kind, Reading::Date { day: None, .. });
        (hit.last + 1..e.first - 2).rev().take_while(|&p| doc.kind(p) != Kind::Comma && !self.tells(p)).any(|p| {
            // "منذ تسلمه مهامه في فبراير"
            let since = self.listed("since", p);
            let apart = !whole && grammar.eve.iter().chain(&grammar.aftermath).any(|w| w == doc.norm(p));
            (apart || since)
                && self.at[p] == usize::MAX
                && doc.flags(p + 1) & flag::NOUN != 0
                && doc.flags(p + 1) & (flag::MEETING | flag::VISIT | flag::TIME_WORD) == 0
        })
    }

    /// "دعاه خلال لقائهما اليوم إلى زيارة": the day right behind the noun of an event that was told before.
    fn dates_event_before(&self, e: &Expression, hit: Hit, draft: &Draft) -> bool {
        let doc = self.doc;
        let Some(before) = e.first.checked_sub(1) else { return false };
        !self.lexicon.spec.grammar.has_case
            && draft.kind == EventType::Visit
            && hit.form == Form::Noun
            && e.last < hit.first
            && self.at[before] == usize::MAX
            && doc.flags(before) & flag::MEETING != 0
            && doc.words[before].clitics() & (clitic::SUFFIX | clitic::ARTICLE) != 0
            && self.told_at(before)
    }

    /// "خلال لقائه": whether the noun at `noun` only says when something else happened.
    fn told_at(&self, noun: usize) -> bool {
        noun.checked_sub(1).is_some_and(|p| self.at[p] == usize::MAX && self.listed("during", p))
    }

    /// "الحرب المستمرة منذ أربعة أشهر": since when something else lasts.
    fn since_of_noun(&self, e: &Expression, hit: Hit) -> bool {
        let doc = self.doc;
        let Some(before) = e.first.checked_sub(1) else { return false };
        // "المدينة (منذ مطلع العام)": behind "since" stands the day on which something began.
        let far = before > hit.last + 4 || e.last < hit.first && hit.form == Form::Noun;
        if !self.lexicon.spec.grammar.has_case && self.listed("since", before) && far {
            return true;
        }
        // "أول وزير يزور العاصمة منذ عقد", "أول زيارة منذ عقد"
        let ranked = hit.first > 0 && self.listed("rankings", hit.first - 1)
            || self.first_of_all(self.doc.sentence(hit.first), hit.first).is_some();
        if self.listed("since", e.first) && !self.lexicon.spec.grammar.has_case && ranked {
            return true;
        }
        !self.lexicon.spec.grammar.has_case
            && matches!(e.kind, Reading::Ago { .. })
            && self.listed("since", e.first)
            && before > hit.last
            && doc.kind(before) == Kind::Word
            && doc.norm(before).starts_with(self.lexicon.spec.clitics.article.as_str())
            && doc.flags(before) & flag::TIME_WORD == 0
    }

    /// "قال الوزير الذي وصل أمس", "قال بعد لقائه السفير في عمّان": whether a day or place at `p` is that of a relative clause
    /// or of another event that the words come after or before.
    pub(super) fn told_of_another(&self, hit: Hit, p: usize, before: usize) -> bool {
        let doc = self.doc;
        let from = if p > hit.last { hit.last + 1 } else { before };
        (from..p).rev().take_while(|&q| doc.kind(q) != Kind::Comma).any(|q| {
            let flags = doc.flags(q);
            let relative = flags & flag::RELATIVE != 0 && flags & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
            let event = flags & (flag::MEETING | flag::VISIT) != 0 && flags & flag::VERB == 0 && self.told_apart(q);
            self.at[q] == usize::MAX && (relative || event)
        })
    }

    /// What other reports of the sentence say, where this trigger is no part of it.
    pub(super) fn said_elsewhere(&self, draft: &Draft, hit: Hit) -> Vec<(usize, usize)> {
        if self.lexicon.spec.grammar.has_case {
            return Vec::new();
        }
        let reports = self.drafts.iter().rev().take_while(|d| d.sentence == draft.sentence);
        reports
            .filter(|d| d.kind == EventType::Statement)
            .flat_map(|d| &d.content)
            .copied()
            .filter(|&(a, b)| b < hit.first || a > hit.last)
            .collect()
    }

    /// "في نفس اليوم": the day that was told last before it.
    fn same_day(&self, first: usize, last: usize) -> Option<Expression> {
        let doc = self.doc;
        let day = (first..=last).find_map(|p| {
            doc.matches_at(p).iter().find_map(|x| match x.meaning {
                Meaning::Time { time } if self.lexicon.times[time as usize].day.is_some() => Some((p, x.last())),
                _ => None,
            })
        })?;
        if !crate::extract::time::same_day(doc, self.lexicon, day.0, day.1) {
            return None;
        }
        let told = self.drafts.iter().rev().filter_map(|d| d.time.as_ref()).filter(|t| t.first < day.0);
        let told = told.max_by_key(|t| t.first)?;
        let whole = usize::from(self.lexicon.spec.time.same.iter().any(|w| w == doc.norm(day.0 - 1)));
        Some(Expression { first: day.0 - whole, last: day.1, kind: told.kind.clone() })
    }

    /// "On 4 April and in Accra from 5 to 6 April 2016": where no day of publication tells the year of a date, another date
    /// of its sentence does, or the headline.
    pub(super) fn borrow_years(&mut self) {
        let doc = self.doc;
        let title = (0..doc.body)
            .filter(|&p| doc.kind(p) == Kind::Number)
            .find_map(|p| doc.norm(p).parse::<i16>().ok().filter(|year| (1900..2100).contains(year)));
        for index in 0..self.drafts.len() {
            let draft = &self.drafts[index];
            let bare = |kind: &Reading| matches!(kind, Reading::Date { year: None, direction: None, .. });
            if !draft.time.as_ref().is_some_and(|t| bare(&t.kind)) {
                continue;
            }
            let sentence = doc.sentences[draft.sentence];
            let mut found = Vec::new();
            expressions(doc, self.lexicon, sentence.first, sentence.last, &mut found);
            let told = found.iter().find_map(|e| match e.kind {
                Reading::Date { year, .. } => year,
                _ => None,
            });
            if let Some(Expression { kind: Reading::Date { year, .. }, .. }) = &mut self.drafts[index].time {
                *year = told.or(title);
            }
        }
    }

    /// How far from its trigger something stands: what another event stands before is likelier that one's.
    fn distance(&self, hit: Hit, anchor: usize, p: usize, draft: &Draft) -> usize {
        let (from, to, bias) = if p > hit.last {
            (hit.last + 1, p, 0)
        } else if p > anchor {
            return hit.first.abs_diff(p).min(p - anchor);
        } else {
            (p, anchor, 4)
        };
        let others = (from..to)
            .filter(|&q| {
                self.at[q] == usize::MAX
                    && self.doc.flags(q) & (flag::MEETING | flag::VISIT) != 0
                    && !draft.triggers.iter().any(|&(a, b)| a <= q && q <= b)
            })
            .count();
        to - from + bias + 15 * others
    }

    /// The tokens that can date or place the event: its clause, as far as no other verb tells something else.
    fn own_clause(&self, sentence: Sentence, hit: Hit, anchor: usize, draft: &Draft) -> (usize, usize) {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            let before = self.clause_start(sentence, hit.first);
            let end = (hit.last + 1..=sentence.last)
                .find(|&p| {
                    let begins = self.at[p] == usize::MAX
                        || self.lexicon.spec.grammar.adjective_first && self.starting(p).is_some();
                    begins && doc.quoted[p] == doc.quoted[hit.first] && self.starts_report(p)
                })
                .map_or(sentence.last, |p| p - 1);
            return (before, end);
        }
        let mut before = anchor;
        let mut comma = None;
        while before > sentence.first {
            let p = before - 1;
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                break;
            }
            if doc.kind(p) == Kind::Word && self.at[p] == usize::MAX {
                let flags = doc.flags(p);
                let joint =
                    flags & (flag::THAT | flag::SUBORDINATOR | flag::RELATIVE) != 0 && flags & flag::PREPOSITION == 0;
                if joint || self.tells(p) {
                    // "في الاجتماع الذي عقد الأسبوع الماضي، شرعت": a relative clause keeps its days to itself.
                    let elsewhere = hit.form == Form::Noun && (joint || self.in_relative(sentence, p));
                    before = comma.filter(|_| elsewhere).unwrap_or(before);
                    break;
                }
            }
            if doc.kind(p) == Kind::Comma {
                comma = Some(before);
            }
            before = p;
        }
        // A verb right after its noun is the noun's own: "a visit that he began", "a call he made".
        let noun = hit.form == Form::Noun;
        let mut own = noun;
        let mut p = hit.last + 1;
        while p <= sentence.last {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                break;
            }
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
                // Once an actor is named a relative clause says something of him.
                own &= self.at[p] == usize::MAX || draft.actors.iter().all(|a| self.mentions[a.mention].first != p);
                p += 1;
                continue;
            }
            if self.starts_report(p) {
                break;
            }
            let flags = doc.flags(p);
            if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0 {
                break;
            }
            if flags & flag::RELATIVE != 0 && flags & flag::PREPOSITION == 0 && !(own && p <= hit.last + 5) {
                // A relative clause about something else: the clause goes on behind its comma, if it has one.
                match (p..=sentence.last.min(p + 20)).find(|&q| doc.kind(q) == Kind::Comma) {
                    Some(comma) => {
                        p = comma + 1;
                        continue;
                    }
                    None => break,
                }
            }
            // "قمة مع القادة استضافها الرئيس في أثينا": a verb with its pronoun goes back to the noun.
            let resumed = noun
                && p <= hit.last + 16
                && flags & flag::LIGHT != 0
                && doc.words[p].clitics() & clitic::SUFFIX != 0
                && !doc.has_conjunction(p)
                && !self.after_comma(p);
            if self.tells(p) && !resumed {
                if own && p <= hit.last + 7 {
                    own = false;
                } else {
                    break;
                }
            }
            p += 1;
        }
        (before, p.min(sentence.last + 1) - 1)
    }

    /// Whether the verb at `verb` stands in a relative clause: behind its pronoun, with no comma between.
    fn in_relative(&self, sentence: Sentence, verb: usize) -> bool {
        let doc = self.doc;
        (sentence.first..verb).rev().take(14).take_while(|&p| doc.kind(p) == Kind::Word).any(|p| {
            self.at[p] == usize::MAX
                && doc.flags(p) & flag::RELATIVE != 0
                && doc.flags(p) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0
        })
    }

    /// A finite verb, of an event or of anything else.
    pub(super) fn tells(&self, p: usize) -> bool {
        let doc = self.doc;
        // "ظهر الخميس" is noon and nobody who appears.
        let time = doc.flags(p) & flag::TIME_WORD != 0 && doc.flags(p + 1) & (flag::WEEKDAY | flag::TIME_WORD) != 0;
        if self.at[p] != usize::MAX || doc.flags(p) & flag::AUXILIARY != 0 || time {
            return false;
        }
        self.is_verb(p)
            || self.is_other_trigger(p)
            || doc.flags(p) & (flag::NOUN | flag::PREPOSITION) == 0
                && doc.matches_at(p).iter().any(|x| {
                    matches!(x.meaning, Meaning::Light { form: Form::Past | Form::Present, .. })
                        && x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0
                })
    }

    /// A place after "in" and the like, outside the actors and the content.
    pub(super) fn place_between(&self, first: usize, last: usize, draft: &Draft) -> Option<Where> {
        let doc = self.doc;
        let inside = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let center = draft.triggers[0].0;
        let case = self.lexicon.spec.grammar.has_case;
        let mut best: Option<(usize, Where)> = None;
        let mut p = first;
        while p <= last && p < doc.len() {
            let Some(index) = self.starting(p) else {
                p += 1;
                continue;
            };
            let m = &self.mentions[index];
            p = m.last + 1;
            let city = m.place.is_some() || m.form == Some(CountryForm::Capital);
            let taken = draft
                .actors
                .iter()
                .any(|a| a.role != Role::Host && (a.mention == index || a.entity == m.entity && !city));
            // Nobody meets in the Middle East as a whole.
            let vast = !case && draft.kind == EventType::Meeting && m.place.is_some() && m.country.is_none();
            if m.kind != ActorKind::Country || inside(m.first) || taken || vast {
                continue;
            }
            let at = self.preposition(index).is_some_and(|w| self.lexicon.spec.grammar.at.iter().any(|a| a == w));
            if !at {
                continue;
            }
            if case && draft.kind == EventType::Statement && !self.stated_at(m.first, draft) {
                continue;
            }
            // "سفير مصر لدى الأردن"
            let posted = m.clitics & clitic::PREPOSITION == 0 && m.first > 0 && self.listed("accredited", m.first - 1);
            if !case && draft.kind == EventType::Statement && (posted || self.places_a_noun(index, first, draft)) {
                continue;
            }
            let mut distance = m.first.abs_diff(center);
            if !case {
                // "الأوضاع في سوريا": what stands before says whose place it is.
                let before = if m.clitics & clitic::PREPOSITION != 0 { m.first } else { m.first.saturating_sub(1) };
                if let Some(q) = before.checked_sub(1).filter(|&q| q >= first && doc.kind(q) == Kind::Word) {
                    let flags = doc.flags(q);
                    let common = self.at[q] == usize::MAX
                        && flags & flag::NOUN != 0
                        && flags & (flag::MEETING | flag::VISIT | flag::TIME_WORD | flag::WEEKDAY | flag::MONTH) == 0
                        && !self.is_venue(q);
                    if common && !city {
                        continue;
                    }
                    distance += if common { 6 } else { 0 };
                }
            }
            if best.is_none_or(|b| distance < b.0) {
                best = Some((distance, Where { first: m.first, last: m.last, country: m.country }));
            }
        }
        best.map(|b| b.1)
    }

    /// "المسؤولون في الولايات المتحدة", "وهو مركز بحثي في برلين": a place that says where a body or a thing is, and not where
    /// something was said.
    fn places_a_noun(&self, place: usize, first: usize, draft: &Draft) -> bool {
        let doc = self.doc;
        let m = &self.mentions[place];
        let before = if m.clitics & clitic::PREPOSITION != 0 { m.first } else { m.first.saturating_sub(1) };
        let Some(mut q) = before.checked_sub(1).filter(|&q| q >= first && doc.kind(q) == Kind::Word) else {
            return false;
        };
        if let Some(actor) = self.ending(q) {
            let a = &self.mentions[actor];
            // "أعلنت الدول في الدوحة أمس": with its day it is where they said it. Sources are where they tell.
            let next = m.last + 1;
            let timed = doc.flags(next) & (flag::TIME_WORD | flag::WEEKDAY) != 0 && self.at[next] == usize::MAX;
            let whole = m.form == Some(CountryForm::Name) && m.place.is_none();
            let speaks = draft.actors.iter().any(|x| x.role == Role::Speaker && x.mention == actor);
            // "من الشيخ فلان وزير الداخلية في الكويت": whom the words do not come from.
            if !speaks {
                return a.title.is_some()
                    && !a.non_actor
                    && a.kind == ActorKind::Person
                    && a.clitics & clitic::PREPOSITION == 0
                    && a.entity != usize::MAX
                    && self.resolver.entities[a.entity].country == m.country
                    && !draft.actors.iter().any(|x| x.mention == actor);
            }
            // "مدير الشرطة بمنطقة تبوك فلان": an attached preposition, or the name behind it, makes the place part of an office.
            let named = self.starting(next).is_some_and(|n| {
                let n = &self.mentions[n];
                n.kind == ActorKind::Person && n.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            });
            let office = a.kind == ActorKind::Person
                && !timed
                && !self.only_tells(actor)
                && (a.title.is_some() || a.name.is_none())
                && (named || m.clitics & clitic::PREPOSITION != 0 && (a.name.is_none() || self.is_region(place)));
            return office
                || (a.kind == ActorKind::Organization || a.kind == ActorKind::Group && whole)
                    && !timed
                    && !self.only_tells(actor);
        }
        let beside = flag::ADJECTIVE | flag::DEMONYM;
        let other = flag::NOUN | flag::VERB | flag::PREPOSITION | flag::ADVERB | flag::SETTING;
        while q > first
            && self.at[q] == usize::MAX
            && doc.kind(q) == Kind::Word
            && (doc.flags(q) & beside != 0 || doc.flags(q) & other == 0 && doc.words[q].clitics() == 0)
            && doc.flags(q) & (flag::TIME_WORD | flag::WEEKDAY) == 0
        {
            q -= 1;
        }
        let flags = doc.flags(q);
        let event = flag::SETTING
            | flag::MEETING
            | flag::VISIT
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::MONTH
            | flag::SPEECH_NOUN
            | flag::PREPOSITION
            | flag::ADVERB
            | flag::MEDIA;
        // "في مؤتمر صحفي في", "في مقر الرئاسة في": words of a setting, or of a building.
        let set = doc.matches_at(q).iter().any(|x| x.flags & event != 0) || q > first && self.is_venue(q - 1);
        self.at[q] == usize::MAX
            && flags & flag::NOUN != 0
            && flags & event == 0
            && !set
            && doc.words[q].clitics() & clitic::PREPOSITION == 0
            && flags & (flag::LIGHT | flag::VERB) == 0
            && !self.is_venue(q)
            && !draft.triggers.iter().any(|&(a, b)| a <= q && q <= b)
    }

    fn is_venue(&self, p: usize) -> bool {
        self.doc.flags(p) & flag::VENUE != 0
    }

    /// "في قصره", "بمطار العاصمة": a building by its kind, in the country of whoever receives there.
    fn venue_between(&self, first: usize, last: usize, draft: &Draft) -> Option<Where> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return None;
        }
        let inside = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let venue = (first..=last).find(|&p| {
            self.is_venue(p)
                && self.at[p] == usize::MAX
                && !inside(p)
                && self.lexicon.spec.grammar.at.iter().any(|w| {
                    self.has_preposition(p, w)
                        || p > first && self.has_preposition(p - 1, w) && doc.flags(p - 1) & flag::PREPOSITION != 0
                })
        })?;
        let mut end = venue;
        while end < last
            && doc.kind(end + 1) == Kind::Word
            && self.at[end + 1] == usize::MAX
            && doc.has_article(end + 1)
            && doc.flags(end + 1) & (flag::ADJECTIVE | flag::NOUN) != 0
            && doc.flags(end + 1) & (flag::TIME_WORD | flag::WEEKDAY) == 0
        {
            end += 1;
        }
        let host = draft.actors.iter().find(|a| a.role == Role::Host).or(draft.actors.first());
        let country = host.and_then(|a| self.resolver.entities[a.entity].country);
        Some(Where { first: venue, last: end, country })
    }

    /// Whether the place at `p` can be where something was said: not where a noun before it was, "the summit in Rome".
    fn stated_at(&self, p: usize, draft: &Draft) -> bool {
        let doc = self.doc;
        let Some(before) = p.checked_sub(2) else { return false };
        if self.at[before] != usize::MAX {
            return before > draft.triggers[0].1;
        }
        let flags = doc.flags(before);
        doc.kind(before) != Kind::Word
            || self.on_stage(before)
            || self.lexicon.spec.grammar.adjective_first && flags & flag::TIME_WORD != 0
            || flags & (flag::SETTING | flag::SPEECH) != 0
            || flags & flag::NOUN == 0
            || draft.triggers.iter().any(|&(a, b)| a <= before && before <= b)
    }
}

//! What a sentence says was discussed at a meeting told before it, without a noun for the meeting: "وتطرقا إلى الأزمة",
//! "كما جرى بحث الأزمة", "ناقشنا الأزمة", "واتفق الجانبان على الهدنة".

use super::*;

/// How many sentences before its matter a meeting may have been told.
const NEAR: usize = 6;
/// How many events back.
const BACK: usize = 16;

/// Who is said to have discussed the matter.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// The parties together: a dual or plural, "both sides", or a verb that names nobody.
    Parties,
    /// The speaker and who met him: the token of the verb.
    Us(usize),
}

impl Engine<'_, '_> {
    /// Adds the matter told at `here` to the meeting before it; returns where to go on.
    #[inline]
    pub(super) fn told_on(&mut self, index: usize, sentence: Sentence, here: usize) -> Option<usize> {
        // Most words tell nothing of the kind, and most that do stand near no meeting.
        let begins = self.doc.begins(here);
        let tells = begins & DISCUSSED == DISCUSSED
            || begins & (flag::MEETING | flag::LIGHT) != 0
            || self.doc.listed("agrees", here, self.lexicon);
        if tells && !self.lexicon.spec.grammar.has_case && self.at[here] == usize::MAX {
            self.tell_on(index, sentence, here)
        } else {
            None
        }
    }

    fn tell_on(&mut self, index: usize, sentence: Sentence, here: usize) -> Option<usize> {
        let near = |d: &Draft| d.kind == EventType::Meeting && d.sentence <= index && index - d.sentence <= NEAR;
        if !self.drafts.iter().rev().take(BACK).any(near) {
            return None;
        }
        let (last, by) = self
            .discussed_together(here)
            .or_else(|| self.held_discussion(sentence, here))
            .or_else(|| self.agreed_together(sentence, here))?;
        let denied = here > sentence.first && self.doc.flags(here - 1) & flag::NEGATION != 0;
        if denied {
            return None;
        }
        let speaker = match by {
            By::Us(verb) => {
                Some(self.speaker.filter(|s| index.saturating_sub(s.1) <= 2 && self.quoted_or_near(verb, s.1))?)
            }
            By::Parties => None,
        };
        let home = self.drafts.iter().rev().take(BACK).find(|d| {
            d.kind == EventType::Meeting
                && d.triggers[0].0 < here
                && d.sentence <= index
                && index - d.sentence <= NEAR
                && d.actors.len() >= 2
                && speaker.is_none_or(|(m, _)| d.actors.iter().any(|a| a.entity == self.mentions[m].entity))
        })?;
        let (trigger, cameo, mode, confidence) = (home.trigger, home.cameo, home.mode, home.confidence * 0.9);
        let start = self.matter_start(last + 1, sentence)?;
        let matter = self.matter(start, sentence)?;
        let rule = self.rules.iter().position(|r| r.event == EventType::Meeting && r.subject == Subject::Dropped)?;
        let hit = Hit { first: here, last, trigger, form: Form::Past, clitics: 0 };
        let mut draft = self.blank(EventType::Meeting, rule, hit, index, confidence);
        (draft.cameo, draft.mode, draft.told, draft.anaphoric) = (cameo, mode, false, true);
        draft.content.push(matter);
        if let Some((mention, _)) = speaker {
            self.push_actor(&mut draft, Role::Party, mention, Some((here, last)));
        }
        self.accept(draft);
        Some(last + 1)
    }

    /// "وتطرقا إلى", "تناول الجانبان", "ناقشنا": a verb of discussing whose subjects are several.
    fn discussed_together(&self, here: usize) -> Option<(usize, By)> {
        let doc = self.doc;
        let Some(last) = self.discussing(here) else { return self.conferred_together(here) };
        if doc.flags(here) & (flag::VERB | flag::SPEECH | flag::MEETING) == 0 {
            return None;
        }
        if self.of_ours(here) {
            return Some((last, By::Us(here)));
        }
        if doc.flags(here) & flag::MEETING != 0 {
            return self.conferred_together(here);
        }
        let grammar = &self.lexicon.spec.grammar;
        let norm = doc.norm(here);
        let several = here == last
            && doc.words[here].clitics() & clitic::SUFFIX == 0
            && grammar.dual_verbs.iter().chain(&grammar.plural_verbs).any(|ending| norm.ends_with(ending.as_str()));
        let both = self.starting(last + 1).is_some_and(|m| self.mentions[m].both);
        (several || both).then_some((last, By::Parties))
    }

    /// "سيتباحثان", "تشاورا": a verb of conferring that asks for two subjects, where none stand with it.
    fn conferred_together(&self, here: usize) -> Option<(usize, By)> {
        let found = self.doc.matches_at(here).iter().find(|x| match x.meaning {
            Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                let trigger = &self.lexicon.triggers[trigger as usize];
                trigger.kind == EventType::Meeting
                    && x.clitics & (clitic::ARTICLE | clitic::PREPOSITION | clitic::SUFFIX) == 0
                    && trigger.slots.iter().any(|s| s.content)
            }
            _ => false,
        })?;
        let alone = self.starting(found.last() + 1).is_none();
        (alone && self.verb_is_dual(here)).then_some((found.last(), By::Parties))
    }

    /// "ناقشنا": whether the verb ends in the pronoun of those who speak.
    fn of_ours(&self, p: usize) -> bool {
        let ours = self.lexicon.spec.words.get("own_possession");
        self.doc.words[p].clitics() & clitic::SUFFIX != 0
            && ours.is_some_and(|list| list.iter().any(|w| self.doc.norm(p).ends_with(w.as_str())))
    }

    /// Whether what stands at `p` is said by who spoke in the sentence `at`: in his quotation, or right in his sentence.
    fn quoted_or_near(&self, p: usize, at: usize) -> bool {
        self.doc.quoted[p] != 0 || self.doc.sentence_of[p] as usize == at
    }

    /// "جرى بحث", "تم خلال اللقاء التطرق إلى": a discussion that is told only as having taken place.
    fn held_discussion(&self, sentence: Sentence, here: usize) -> Option<(usize, By)> {
        let doc = self.doc;
        if doc.flags(here) & flag::LIGHT == 0 {
            return None;
        }
        let mut p = doc.matches_at(here).iter().find_map(|x| match x.meaning {
            Meaning::Light { light, form: Form::Past | Form::Present } => {
                let held = self.lexicon.lights[light as usize].role == LightRole::Event;
                let free = x.clitics & (clitic::ARTICLE | clitic::PREPOSITION | clitic::SUFFIX) == 0;
                (held && free).then(|| x.last() + 1)
            }
            _ => None,
        })?;
        // "تم الاتفاق خلال الاجتماع على": the noun is part of a phrase with its verb.
        if let Some(last) = self.discussing(here).filter(|&last| last > here) {
            return Some((last, By::Parties));
        }
        let timed = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
        while p <= (here + 8).min(sentence.last) {
            if self.at[p] != usize::MAX {
                return None;
            }
            if let Some(last) = self.discussing(p) {
                // "تمت مناقشته": what was discussed is the pronoun.
                let bare = doc.words[p].clitics() & clitic::SUFFIX == 0;
                let noun = bare && (doc.flags(p) & flag::VERB == 0 || doc.flags(p) & flag::NOUN != 0);
                return noun.then_some((last, By::Parties));
            }
            let flags = doc.flags(p);
            if let Some(x) = doc.longest(p, timed) {
                p = x.last() + 1;
                continue;
            }
            let meeting = flags & (flag::MEETING | flag::VENUE) != 0 && doc.flags(p - 1) & flag::PREPOSITION != 0;
            if meeting || flags & (flag::PREPOSITION | flag::RESUMPTIVE | flag::ADJECTIVE) != 0 {
                p += 1;
                continue;
            }
            return None;
        }
        None
    }

    /// "واتفق الجانبان على", "أن الرئيسين اتفقا على": what the parties agreed on at the meeting is its matter.
    fn agreed_together(&self, sentence: Sentence, here: usize) -> Option<(usize, By)> {
        if !self.listed("agrees", here) {
            return None;
        }
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let norm = doc.norm(here);
        let several =
            grammar.dual_verbs.iter().chain(&grammar.plural_verbs).any(|ending| norm.ends_with(ending.as_str()));
        let mut p = here + 1;
        if let Some(m) = self.starting(p) {
            // "اتفق وزيرا العدل": a dual.
            let subject = &self.mentions[m];
            let dual = subject.plural
                && !grammar.accusative_ending.is_empty()
                && doc.norm(subject.first).ends_with(grammar.accusative_ending.as_str());
            if !subject.both && !dual {
                return None;
            }
            p = self.mentions[m].last + 1;
        } else if !several {
            return None;
        }
        // "خلال اللقاء", "أيضا": when and where they agreed.
        let on = (p..=(p + 6).min(sentence.last))
            .find(|&q| self.at[q] == usize::MAX && self.listed("agreed_on", q) && !self.listed("margins", q + 1))?;
        let between = (p..on).all(|q| {
            self.at[q] == usize::MAX
                && doc.flags(q)
                    & (flag::PREPOSITION
                        | flag::ADVERB
                        | flag::MEETING
                        | flag::TIME_WORD
                        | flag::ADJECTIVE
                        | flag::RESUMPTIVE)
                    != 0
        });
        let that = doc.flags(on + 1) & flag::THAT != 0;
        between.then_some((on + usize::from(that), By::Parties))
    }
}

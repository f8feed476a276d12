//! Nouns of saying that a light verb carries, in languages without case: the nouns joined to them, whom they are for, and
//! whose words they are where somebody else only brings them.

use super::*;
use crate::lexicon::Light;

impl Engine<'_, '_> {
    /// Past the nouns that "and" joins to a noun of saying, which share what it is about: "شكره وتقديره للوزير على".
    pub(super) fn past_joined_nouns(&self, sentence: Sentence, from: usize) -> usize {
        let doc = self.doc;
        let mut p = from;
        loop {
            let mut q = p;
            // A conjunction written apart: "إدانته و استنكاره".
            let apart = self.at[q] == usize::MAX && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(q));
            q += usize::from(apart && q < sentence.last);
            // "أصدق التهاني القلبية وأطيب التمنيات": with their adjectives.
            while q < sentence.last && self.adjective_between(q) {
                q += 1;
            }
            let opens = q < sentence.last && doc.kind(q) == Kind::Word && self.at[q] == usize::MAX;
            if !opens || !apart && !(p..=q).any(|r| doc.has_conjunction(r)) || doc.flags(q) & flag::THAT != 0 {
                return p;
            }
            let noun = doc.matches_at(q).iter().find(|x| {
                x.clitics & clitic::PREPOSITION == 0
                    && match x.meaning {
                        Meaning::SpeechNoun { .. } => true,
                        Meaning::Trigger { trigger, form: Form::Noun } => {
                            self.lexicon.triggers[trigger as usize].kind == EventType::Statement
                        }
                        _ => false,
                    }
            });
            match noun {
                Some(x) => p = x.last() + 1,
                None => return p,
            }
        }
    }

    pub(super) fn adjective_between(&self, p: usize) -> bool {
        let flags = self.doc.flags(p);
        self.doc.kind(p) == Kind::Word
            && self.at[p] == usize::MAX
            && flags & flag::ADJECTIVE != 0
            && self.doc.words[p].clitics() & clitic::PREPOSITION == 0
            && flags & (flag::SPEECH_NOUN | flag::THAT | flag::PREPOSITION) == 0
    }

    /// "توجه لإتمام استعدادها": a noun that another with its preposition owns is no object of the verb.
    pub(super) fn in_genitive_of_purpose(&self, noun: usize, preposition: &str) -> bool {
        let doc = self.doc;
        let Some(before) = noun.checked_sub(1).filter(|&b| self.at[b] == usize::MAX && doc.kind(b) == Kind::Word)
        else {
            return false;
        };
        let other = flag::ADJECTIVE | flag::ADVERB | flag::SETTING | flag::PREPOSITION | flag::TIME_WORD;
        doc.words[before].clitics() & clitic::PREPOSITION != 0
            && doc.words[before].clitics() & (clitic::ARTICLE | clitic::SUFFIX) == 0
            && doc.flags(before) & flag::NOUN != 0
            && doc.flags(before) & other == 0
            && !doc.has_article(before)
            && (preposition.is_empty() || !self.has_preposition(before, preposition))
    }

    /// "نقل المبعوث رسالة من الأمين العام", "تلقى رسالة من نظيره": who sent the words that somebody brings or gets, behind
    /// the noun's phrase, which ends before `from`.
    pub(super) fn sender(&self, sentence: Sentence, light: &Light, from: usize) -> Option<usize> {
        if !matches!(light.role, LightRole::Bearer | LightRole::Receiver) {
            return None;
        }
        let doc = self.doc;
        let own = &self.lexicon.spec.grammar.from;
        let mut p = from;
        while p <= sentence.last && p < from + 14 {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Colon | Kind::Semicolon) {
                return None;
            }
            if let Some(mention) = self.starting(p) {
                let before = self.preposition(mention);
                if before.is_some_and(|w| own.iter().any(|f| f == w)) {
                    return Some(mention);
                }
                p = self.mentions[mention].last;
            } else if doc.flags(p) & (flag::THAT | flag::RELATIVE) != 0 && doc.flags(p) & flag::PREPOSITION == 0 {
                return None;
            }
            p += 1;
        }
        None
    }

    /// "أعلن ترحيبه بالقرار": a plain verb with the speaker's own welcome or protest does what the noun says, and so does one whose
    /// preposition names it, "أعرب عن أصدق التهاني".
    pub(super) fn do_what_noun_says(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let Some(&(start, _)) = draft.content.first() else { return };
        // What one only points to is no deed of words: "أشار إلى الاتفاق".
        let named = start > hit.last
            && self.at[start - 1] == usize::MAX
            && self.lexicon.spec.grammar.about.iter().any(|w| w == self.doc.norm(start - 1));
        // "عن أصدق التهاني": past the adjectives before it.
        let mut first = start;
        while named && first < sentence.last && self.adjective_between(first) {
            first += 1;
        }
        let Some((act, cameo)) = self.noun_of_saying(first, named) else { return };
        if act != Act::State {
            draft.act = act;
            draft.cameo = cameo;
        }
    }

    /// What a noun of saying with its owner's pronoun does, or one with its article where the verb's preposition names it.
    fn noun_of_saying(&self, noun: usize, named: bool) -> Option<(Act, u16)> {
        let own = |x: &Match| {
            x.clitics & clitic::PREPOSITION == 0
                && (x.clitics & clitic::SUFFIX != 0 || named && x.clitics & clitic::ARTICLE != 0)
        };
        self.doc.matches_at(noun).iter().filter(|x| own(x)).find_map(|x| match x.meaning {
            Meaning::SpeechNoun { act, cameo } => Some((act, cameo)),
            Meaning::Trigger { trigger, form: Form::Noun } => {
                let noun = &self.lexicon.triggers[trigger as usize];
                (noun.kind == EventType::Statement).then_some((noun.act, noun.cameo))
            }
            _ => None,
        })
    }

    /// To whom a letter goes whose sender ends before `p`, and where it begins what the letter says.
    pub(super) fn matter_of_letter(&self, sentence: Sentence, p: usize) -> (Option<usize>, Option<usize>) {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let free = |q: usize| q < sentence.last && doc.kind(q) == Kind::Word && self.at[q] == usize::MAX;
        let mut q = p + usize::from(doc.kind(p) == Kind::Comma);
        let apart = free(q) && grammar.to.iter().any(|w| w == doc.norm(q));
        let addressee = self
            .starting(q + usize::from(apart))
            .filter(|&m| self.preposition(m).is_some_and(|w| grammar.to.iter().any(|to| to == w)) && self.eligible(m));
        if let Some(m) = addressee {
            q = self.extent(self.mentions[m].last, m, sentence) + 1;
        }
        q += usize::from(doc.kind(q) == Kind::Comma);
        let opens = free(q)
            && (doc.flags(q) & (flag::THAT | flag::RELATIVE) != 0
                || self.is_verb(q)
                || self.listed("discusses", q)
                || grammar.about.iter().any(|w| w == doc.norm(q)));
        (addressee, opens.then_some(q + 1).filter(|&start| start <= sentence.last))
    }

    /// "ألقى كلمة هنأ فيها الحضور": words just named whose own verb says what they were.
    pub(super) fn told_by_own_verb(&self, sentence: Sentence, noun: usize, next: usize) -> bool {
        let doc = self.doc;
        let finite = |p: usize| {
            doc.matches_at(p).iter().any(|x| {
                x.clitics & (clitic::PREPOSITION | clitic::ARTICLE) == 0
                    && matches!(
                        x.meaning,
                        Meaning::Trigger { form: Form::Past | Form::Present, .. }
                            | Meaning::Light { form: Form::Past | Form::Present, .. }
                    )
            })
        };
        doc.flags(noun) & flag::SETTING != 0
            && !doc.has_article(noun)
            && next < sentence.last
            && (doc.flags(next) & flag::PREPOSITION == 0
                && finite(next)
                && (next + 1..sentence.last.min(next + 5)).any(|p| doc.flags(p) & flag::RESUMPTIVE != 0)
                // "ألقى كلمة باسم الأهالي رفع فيها التهاني"
                || (next..sentence.last.min(next + 8))
                    .take_while(|&p| doc.kind(p) == Kind::Word && doc.flags(p) & (flag::THAT | flag::RELATIVE) == 0)
                    .any(|p| {
                        self.at[p] == usize::MAX
                            && doc.flags(p) & flag::PREPOSITION == 0
                            && finite(p)
                            && doc.flags(p + 1) & flag::RESUMPTIVE != 0
                    }))
    }
}

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
        while p > sentence.first && steps < REACH {
            p -= 1;
            steps += 1;
            if self.at[p] != usize::MAX {
                let first = self.mentions[self.at[p]].first;
                p = first.max(sentence.first);
                continue;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                return None;
            }
            let flags = doc.flags(p);
            if flags & flag::THAT != 0 {
                return None;
            }
            // "The renewed inquiry": an adjective governs nothing.
            let attributive = self.lexicon.spec.grammar.has_case
                && p > sentence.first
                && (doc.flags(p - 1) & (flag::DETERMINER | flag::OBLIQUE) != 0 || doc.tokens.all[p - 1].possessive);
            if flags & flag::LIGHT != 0 && !attributive {
                for x in doc.matches_at(p) {
                    if let Meaning::Light { light, form } = x.meaning {
                        let entry = &self.lexicon.lights[light as usize];
                        let preposition_fits =
                            entry.preposition.is_empty() || self.preceded_by(noun, &entry.preposition, x.last());
                        // Reports need a verb of reporting, and the noun right after it or its subject.
                        let near = kind != EventType::Statement
                            || entry.kind == Some(kind) && self.only_subject_between(x.last(), noun);
                        if entry.kind.is_none_or(|k| k == kind)
                            && near
                            && preposition_fits
                            && x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0
                            && x.last() < noun
                        {
                            return Some((p, x.last(), light, form));
                        }
                    }
                }
            }
            if self.is_verb(p) && flags & flag::LIGHT == 0 {
                return None;
            }
        }
        None
    }

    /// Between a light verb and its noun stand only its subject, adverbials and a preposition.
    pub(super) fn only_subject_between(&self, verb: usize, noun: usize) -> bool {
        let mut p = verb + 1;
        let mut mentions = 0;
        while p < noun {
            if let Some(index) = self.starting(p) {
                mentions += 1;
                p = self.mentions[index].last + 1;
                continue;
            }
            let flags = self.doc.flags(p);
            // "Exprimé une vive inquiétude": where adjectives follow, an article begins the noun's own phrase.
            let article = flags & flag::DETERMINER != 0 && !self.lexicon.spec.grammar.adjective_first;
            let light = article
                || flags
                    & (flag::PREPOSITION
                        | flag::ADVERB
                        | flag::TIME_WORD
                        | flag::WEEKDAY
                        | flag::ADJECTIVE
                        | flag::SETTING)
                    != 0
                || self.doc.kind(p) != Kind::Word
                || self.doc.words[p].clitics() & clitic::PREPOSITION != 0;
            if !light || flags & flag::THAT != 0 {
                return false;
            }
            p += 1;
        }
        mentions <= 2
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
        if form == Form::Participle {
            let mention = self.governor(index, sentence, first)?;
            return self.eligible(mention).then_some((mention, Some((first, first))));
        }
        if self.lexicon.spec.grammar.subject_after_verb {
            if let Some(after) = self.subject_after(sentence, last).filter(|&m| self.mentions[m].first < noun) {
                return self.usable(after, sentence);
            }
        }
        if let Some(before) = self.subject_before(sentence, first) {
            return self.usable(before, sentence);
        }
        if self.lexicon.spec.grammar.drops_subject && !self.blocked_subject(sentence, last) {
            let mention = self.dropped(index, sentence, first)?;
            return self.eligible(mention).then_some((mention, Some((first, first))));
        }
        None
    }
}

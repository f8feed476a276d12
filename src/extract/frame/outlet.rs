//! Outlets that are credited without being named as such: by an interview, a broadcast or a dateline; and for whose words.

use super::*;
use crate::text::Quotation;

/// How many tokens a dateline has.
const DATELINE: usize = 14;

impl Engine<'_, '_> {
    /// The occasion before the marks at `mark` on which something was said, behind `from`: "في مقابلة خاصة مع «...»".
    fn occasion_before(&self, from: usize, mark: usize, meetings: bool) -> Option<usize> {
        let doc = self.doc;
        let kinds = if meetings { flag::SETTING | flag::MEETING } else { flag::SETTING };
        (mark.saturating_sub(8).max(from)..mark)
            .rev()
            .take_while(|&p| doc.kind(p) == Kind::Word)
            .find(|&p| doc.longest(p, flag::SETTING).is_some() || doc.flags(p) & kinds != 0)
    }

    /// Whether the word before the marks at `mark` leads from an occasion to them: "مع «...»", "أجرته معه «...»".
    fn leads_to(&self, mark: usize) -> bool {
        let doc = self.doc;
        let before = mark - 1;
        let grammar = &self.lexicon.spec.grammar;
        let to = grammar.to.iter().any(|w| w == doc.norm(before));
        let with = to || self.listed("interview_links", before);
        with || self.done_to_it(before)
    }

    /// A verb with the occasion as its object: "أجرته", "نشرتها".
    fn done_to_it(&self, p: usize) -> bool {
        let doc = self.doc;
        doc.words[p].clitics() & clitic::SUFFIX != 0
            && doc.flags(p) & (flag::VERB | flag::LIGHT | flag::SPEECH) != 0
            && doc.flags(p) & flag::PREPOSITION == 0
    }

    /// "في مقابلة مع «...»", "في حديث خص به «...»": the marks name whom a speaker talked with, and hold none of his words.
    pub(super) fn interviewed_by(&self, verb: usize, mark: usize, quotation: &Quotation) -> bool {
        quotation.closed
            && quotation.last - quotation.first < 5
            && self.occasion_before(verb + 1, mark, true).is_some_and(|occasion| occasion < mark && self.leads_to(mark))
    }

    /// The same where the occasion makes an outlet of them.
    pub(super) fn talked_with(&self, from: usize, mark: usize, quotation: &Quotation) -> bool {
        !self.lexicon.spec.grammar.has_case
            && quotation.closed
            && quotation.last - quotation.first < 4
            && mark > from
            && self.doc.longest(quotation.first, flag::ORG | flag::COUNTRY).is_none()
            && self.occasion_before(from, mark, false).is_some_and(|occasion| occasion < mark && self.leads_to(mark))
    }

    /// "كلمة نقلها التلفزيون": a noun for an outlet alone, where a verb says that it brought what was said.
    pub(super) fn broadcast_by(&self, sentence: Sentence, outlet: usize) -> bool {
        !self.lexicon.spec.grammar.has_case
            && outlet > sentence.first
            && self.doc.has_article(outlet)
            && self.done_to_it(outlet - 1)
    }

    /// Whether the outlet at `found` is credited for what this verb reports, where several of a sentence report: it stands
    /// behind its verb and before the next one's, or before the first.
    pub(super) fn credits_this(&self, sentence: Sentence, hit: Hit, draft: &Draft, found: (usize, usize)) -> bool {
        if self.lexicon.spec.grammar.has_case {
            return true;
        }
        let statement = |d: &&Draft| d.kind == EventType::Statement;
        let mut others = self.drafts.iter().rev().take_while(|d| d.sentence == draft.sentence).filter(statement);
        if found.0 < hit.first {
            return !others.any(|d| d.via == Some(found));
        }
        let inside = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        // The verb right before the outlet may be that of the outlet: "حسبما ذكرت وكالة".
        !(hit.last + 1..found.0.saturating_sub(2).min(sentence.last)).any(|p| {
            let other = !inside(p) && self.at[p] == usize::MAX && self.is_speech_verb(p);
            other && (self.starts_report(p) || self.starts_report(p - 1))
        })
    }

    /// "واس - عمّان: وصل": the agency of a dateline has all of the sentence that it opens.
    pub(super) fn dateline_outlet(&self, sentence: Sentence) -> Option<(usize, usize)> {
        let doc = self.doc;
        let opens = sentence.first == doc.body || doc.body < doc.len() && sentence.first == doc.body + 1;
        if self.lexicon.spec.grammar.has_case || !opens {
            return None;
        }
        let end =
            (sentence.first..sentence.last.min(sentence.first + DATELINE)).find(|&p| doc.kind(p) == Kind::Colon)?;
        let dash = (sentence.first + 1..end).any(|p| doc.kind(p) == Kind::Dash);
        let name = |p: &usize| {
            let x = doc.longest(*p, flag::MEDIA).filter(|x| x.flags & flag::NOUN == 0)?;
            let bounded = matches!(doc.kind(x.last() + 1), Kind::Dash | Kind::Colon);
            bounded.then_some((*p, x.last()))
        };
        (sentence.first..end).find_map(|p| name(&p)).filter(|_| dash)
    }
}

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

    /// Whether the verb right before `outlet` has what was said as its object: "تصريح نقلته الوكالة".
    pub(super) fn brought_by(&self, outlet: usize) -> bool {
        !self.lexicon.spec.grammar.has_case && outlet > 0 && self.done_to_it(outlet - 1)
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

    /// The outlet whose report tells of a meeting or visit: "ذكرت صحيفة ... أن الرئيس التقى", "..., بحسب وكالة ...".
    pub(super) fn reporting_outlet(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<(usize, usize)> {
        let doc = self.doc;
        let statement = |p: usize| {
            doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                    self.lexicon.triggers[trigger as usize].kind == EventType::Statement
                }
                _ => false,
            })
        };
        // "الاجتماع", "لقاؤه": what points back to an event that is told elsewhere has its outlet there.
        if draft.anaphoric || hit.form == Form::Noun && hit.clitics & clitic::ARTICLE != 0 {
            return None;
        }
        let (first, last) = self.outlet(sentence, hit, draft)?;
        // Where somebody says something in between, the outlet is credited for that.
        if (hit.last + 1..first).any(|p| self.is_speech_verb(p) && self.at[p] == usize::MAX) {
            return None;
        }
        let mut before = first.checked_sub(1).filter(|&b| b >= sentence.first)?;
        while before > sentence.first && doc.kind(before) == Kind::Quote {
            before -= 1;
        }
        let attributed = (before.saturating_sub(2).max(sentence.first)..=before)
            .any(|p| doc.longest(p, flag::ATTRIBUTION).is_some_and(|x| x.last() == before) && !doc.has_article(p));
        let clause = |p: usize| doc.flags(p) & flag::THAT != 0 && self.at[p] == usize::MAX;
        let reported = statement(before) && last < hit.first && (last + 1..hit.first.min(last + REACH)).any(clause);
        (attributed || reported).then_some((first, last))
    }

    /// The outlet credited in the sentence, outside what was said.
    pub(super) fn outlet(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<(usize, usize)> {
        let doc = self.doc;
        let mut p = sentence.first;
        let here = draft.sentence;
        let in_content = |p: usize| {
            let others = self.drafts.iter().rev().take_while(|d| d.sentence == here);
            let inside = |d: &Draft| d.content.iter().any(|&(a, b)| a <= p && p <= b);
            inside(draft) || others.filter(|d| d.kind == EventType::Statement).any(inside)
        };
        while p <= sentence.last {
            // "قال لـ«...»": a name between marks, to which something was said, is an outlet's.
            if let Some(quotation) = doc.opening(p).filter(|q| q.last <= sentence.last) {
                let before = p.checked_sub(1).filter(|&b| b > sentence.first && doc.kind(b) == Kind::Word);
                let to = before.is_some_and(|b| {
                    doc.norm(b).chars().count() == 1 && self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(b))
                });
                let own = to && p > hit.first && self.names_outlet(p, quotation)
                    || self.talked_with(sentence.first, p, quotation);
                if own && !in_content(p) {
                    let found = (quotation.first, quotation.last);
                    return Some(found).filter(|&f| self.credits_this(sentence, hit, draft, f));
                }
            }
            if let Some(x) = doc
                .longest(p, flag::MEDIA)
                .filter(|x| {
                    // "قناة السويس": a longer name that begins with the word for an outlet.
                    doc.longest(p, flag::PLACE | flag::ORG | flag::COUNTRY).is_none_or(|y| y.len <= x.len)
                })
                .filter(|_| {
                    // The agency of an organisation's name credits nobody.
                    self.mention_at(p).is_none_or(|m| m.organisation.is_none() && m.title.is_none())
                })
            {
                let (first, last) = (p, x.last());
                // "صحيفة «الشرق الأوسط»": a noun for an outlet with its name, which may be one that no list holds.
                let head = x.flags & flag::NOUN != 0;
                let (last, named) = if head { self.outlet_name(last, sentence) } else { (last, true) };
                if (named || self.broadcast_by(sentence, p)) && !in_content(p) {
                    let mut q = p;
                    let mut credited = x.clitics & clitic::PREPOSITION != 0;
                    let mut steps = 0;
                    while !credited && q > sentence.first && steps < 5 {
                        q -= 1;
                        steps += 1;
                        let flags = doc.flags(q);
                        // "لقاء مع رؤساء تحرير الصحف": people of an outlet are no outlet.
                        let people =
                            self.mention_at(q).is_some_and(|m| m.kind != ActorKind::Country && m.place.is_none());
                        if people && !self.lexicon.spec.grammar.has_case {
                            break;
                        }
                        if doc.kind(q) == Kind::Word {
                            credited = flags & (flag::ATTRIBUTION | flag::SETTING) != 0
                                || flags & flag::PREPOSITION != 0
                                || doc.words[q].clitics() & clitic::PREPOSITION != 0
                                || doc
                                    .matches_at(q)
                                    .iter()
                                    .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. }));
                        } else if doc.kind(q) != Kind::Quote {
                            break;
                        }
                    }
                    credited |= self.lexicon.spec.grammar.adjective_first
                        && self.is_speech_verb(last + 1)
                        && matches!(doc.kind(p.saturating_sub(1)), Kind::Comma | Kind::Quote);
                    if credited {
                        // The noun for the kind of outlet belongs to it: "موقع RT".
                        let mut first = first;
                        while first > sentence.first && doc.kind(first - 1) == Kind::Quote {
                            first -= 1;
                        }
                        let head = first > sentence.first
                            && (x.clitics & clitic::PREPOSITION == 0 || self.lexicon.spec.grammar.has_case)
                            && self.at[first - 1] == usize::MAX
                            && doc.flags(first - 1) & flag::NOUN != 0
                            && doc.flags(first - 1) & (flag::SPEECH | flag::SETTING) == 0;
                        let begin = if head { first - 1 } else { p };
                        return Some((begin, last)).filter(|&f| self.credits_this(sentence, hit, draft, f));
                    }
                }
                p = last + 1;
                continue;
            }
            p += 1;
        }
        let _ = hit;
        None
    }

    /// Where the name after a noun for outlets ends, and whether there is one.
    pub(super) fn outlet_name(&self, head: usize, sentence: Sentence) -> (usize, bool) {
        let doc = self.doc;
        let next = head + 1;
        if next > sentence.last {
            return (head, false);
        }
        if let Some(quotation) = doc.opening(next).filter(|q| q.last <= sentence.last) {
            return (quotation.last, quotation.last - quotation.first < 6);
        }
        if let Some(x) = doc.longest(next, flag::MEDIA | flag::ORG | flag::COUNTRY | flag::PLACE) {
            return (x.last(), true);
        }
        if doc.kind(next) != Kind::Word || doc.has_article(head) || doc.flags(next) & flag::PARTICLE != 0 {
            // "وكالة الأنباء الرسمية": behind a definite noun of several words any adjective tells which.
            let several = head > 0 && doc.longest(head - 1, flag::MEDIA).is_some_and(|x| x.last() == head);
            let which = flag::DEMONYM | if several { flag::ADJECTIVE } else { 0 };
            let national = doc.kind(next) == Kind::Word
                && doc.has_article(head)
                && doc.has_article(next)
                && doc.flags(next) & which != 0;
            return (if national { next } else { head }, national);
        }
        let latin = doc.norm(next).is_ascii();
        let definite =
            doc.has_article(next) && doc.words[next].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
        if !latin && !definite {
            return (head, false);
        }
        // "موقع الوزارة": whose it is, and no outlet's name.
        if definite && !latin && doc.flags(next) & flag::ORG_HEAD != 0 {
            return (head, false);
        }
        // "الوكالة الدولية": an adjective names none, unless it is a nation's.
        if doc.flags(next) & flag::ADJECTIVE != 0 && doc.flags(next) & flag::DEMONYM == 0 {
            return (head, false);
        }
        let adjective = definite && next < sentence.last && doc.flags(next + 1) & flag::DEMONYM != 0;
        (next + usize::from(adjective), true)
    }
}

//! What was said: the reported clause and the direct speech.

use super::*;
use crate::lexicon::ASIDE;

/// How many tokens the credit of a picture has at most, brackets included.
const CREDIT: usize = 14;

/// What the words between a verb and what was said have been, as far as one can tell without a parser.
#[derive(Clone, Copy)]
enum Phrase {
    /// Adverbials at most.
    None,
    /// A preposition whose noun has not come to its end.
    Preposition,
    /// A phrase that a definite noun has closed.
    Closed,
    /// Words that no object can follow.
    Other,
}

impl Engine<'_, '_> {
    /// Fills in what was said. Returns whether a clause, colon or quotation introduced it.
    ///
    /// Two things can begin it after the verb and its actors: a clause, colon or quotation, or a part of the verb's own
    /// frame (its object, the noun of its preposition). Whichever comes first wins: a quotation or clause inside what a
    /// preposition has begun belongs to that.
    pub(super) fn content(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        hit: Hit,
        subject_end: usize,
        last_actor: Option<usize>,
    ) -> bool {
        let anchor = last_actor.unwrap_or(subject_end).max(subject_end);
        let (begin, clause) = self.beginning(draft, trigger, sentence, hit, subject_end, anchor);
        let mut said = clause;
        if let Some(start) = begin.map(|b| self.inside_marks(b, sentence.last)) {
            let end = self.content_end(start, sentence);
            let end = if clause { end } else { self.phrase_end(start, end) };
            if start <= end && start <= sentence.last {
                draft.content.push((start, end));
                said |= self.resume(draft, sentence, end);
            }
        } else if let Some(quotation) = self.quoted_before(sentence, hit) {
            draft.content.push(quotation);
            said = true;
        }
        self.continue_quotation(draft, sentence, subject_end);
        self.collect_quotes(draft);
        said
    }

    /// Where a phrase ends that is no clause: another clause is none of its parts.
    pub(super) fn phrase_end(&self, start: usize, end: usize) -> usize {
        let doc = self.doc;
        let mut relative = false;
        for p in start + 1..=end {
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX || doc.quoted[p] != 0 {
                continue;
            }
            let flags = doc.flags(p);
            relative |= flags & (flag::RELATIVE | flag::THAT) != 0;
            // "غير أن", and "، واستمع" where no relative clause is open. What must be is no deed of the speaker's.
            let turns = self.turns(p) && doc.longest(p, flag::SUBORDINATOR).is_some_and(|x| x.len > 1);
            let joined = !relative && self.after_comma(p) && doc.has_conjunction(p);
            let verb = joined && self.is_verb(p) && flags & (flag::MODALITY | flag::SPEECH_NOUN) == 0;
            // "وكان الوضع متوترا": the narrator tells how things were, with or without a comma.
            if !relative && self.tells_how_it_was(p) {
                return self.trim(start, p - 1);
            }
            let turned = !relative && self.turns_to_time(p);
            let verb = verb || self.after_comma(p) && (turned || self.comments(p));
            if turns || verb {
                return self.trim(start, p - 1);
            }
        }
        end
    }

    /// Where what was said begins, and whether as a clause, after a colon or in quotation marks.
    fn beginning(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        hit: Hit,
        subject_end: usize,
        anchor: usize,
    ) -> (Option<usize>, bool) {
        let doc = self.doc;
        let limit = sentence.last;
        let takes = |marker: Marker| trigger.slots.iter().any(|s| s.content && s.marker == marker);
        let strong = trigger.strength == Strength::Strong;
        let that = takes(Marker::That) || takes(Marker::Infinitive) || strong && takes(Marker::Quote);
        let quote = strong || takes(Marker::Quote);
        // What is promised or asked for may be a noun behind the one who is promised or asked: "وعد الوزير دراسة الطلب".
        let asked =
            takes(Marker::Infinitive) && draft.actors.iter().any(|a| a.role == Role::Target && a.from.is_none());
        let object = takes(Marker::Object) || asked;
        let matter_only = !trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        let led = |q: usize| self.composed(q) && self.governs_unknown(trigger, q);
        let governs = |q: usize| {
            self.governs(trigger, q) || led(q) || q == anchor.max(hit.last) + 1 && self.governs_unknown(trigger, q)
        };
        // What the verb governs may be its target as well and so lie before the anchor: "أشاد ب".
        let first = (hit.last + 1..=anchor.min(limit)).find(|&q| q > subject_end && governs(q)).unwrap_or(anchor + 1);
        let mut p = first.max(hit.last + 1);
        let mut phrase = Phrase::None;
        let mut saying = false;
        let mut steps = 0;
        // What a weak verb says comes soon behind its subject.
        let reach = if self.lexicon.spec.grammar.has_case || strong { 40 } else { 20 };
        while p <= limit && steps < reach {
            steps += 1;
            let flags = doc.flags(p);
            match doc.kind(p) {
                Kind::Colon => return (Some(p + 1).filter(|_| p < limit && quote), true),
                Kind::Quote => {
                    if let Some(quotation) = self.opening(p) {
                        // "ومجموعة «5+1» بالاجتماع": a few words in marks in the middle of a phrase are a name.
                        let inner = !strong
                            && !matches!(phrase, Phrase::None)
                            && quotation.last - quotation.first < 3
                            && quotation.last + 2 < limit
                            && doc.kind(quotation.last + 2) == Kind::Word;
                        // "في مؤتمر شرح فيه «...»، أن": what an adverbial quotes comes before the verb's own clause.
                        let before = that
                            && matches!(phrase, Phrase::Other | Phrase::Preposition)
                            && quotation.last + 2 < limit
                            && self.late_clause(quotation.last + 2, limit).is_some();
                        // "قال عن «الخطة» إنها": what a preposition names before the clause.
                        let next = quotation.last + 2;
                        let named = that
                            && !matches!(phrase, Phrase::None)
                            && next <= limit
                            && (doc.flags(next) & flag::THAT != 0 && !self.joins(next)
                                || doc.flags(next) & flag::RELATIVE != 0 && self.reports_late(trigger, next));
                        let name = named
                            || self.names_outlet(p, quotation)
                            || self.interviewed_by(hit.last, p, quotation)
                            || that && self.names_speaker(p, hit.last, quotation, limit)
                            || self.called_in_marks(p, hit.last, quotation)
                            || self.named_in_phrase(p);
                        if !inner && !before && !name {
                            return (Some(p).filter(|_| quote), true);
                        }
                        p = quotation.last + 1;
                        phrase = Phrase::Closed;
                    }
                }
                Kind::Word => {
                    let free = self.at[p] == usize::MAX;
                    if free && flags & flag::THAT != 0 {
                        // "قبل أن يبدأ": the complementizer of a preposition that the verb does not govern.
                        // "أبان الوزير إلى أن": right behind the subject a preposition of direction or matter belongs to the verb.
                        let grammar = &self.lexicon.spec.grammar;
                        let directed = p == anchor.max(hit.last) + 2
                            && grammar.to.iter().chain(&grammar.about).any(|w| w == doc.norm(p - 1));
                        if !directed && self.after_preposition(p, hit.last) {
                            phrase = Phrase::Other;
                            p += 1;
                            continue;
                        }
                        if that || saying {
                            // "أنه ولافروف بحثا": the pronoun is one of those who are told of.
                            let joined = self.pronoun_joined(p + 1, doc.sentence(p));
                            return (Some(if joined { p } else { p + 1 }), true);
                        }
                        return (None, false);
                    }
                    // "علق ... قائلا": one report with two verbs.
                    if free && flags & flag::SAYING != 0 {
                        saying = true;
                        draft.triggers.push((p, p));
                        phrase = Phrase::Other;
                        p += 1;
                        continue;
                    }
                    // "وقال لا أحد يعلم": right behind the verb a negation opens the words themselves.
                    let bare = quote && strong && p == hit.last + 1 && takes(Marker::Quote);
                    if free && bare && flags & flag::NEGATION != 0 && !self.lexicon.spec.grammar.has_case {
                        return (Some(p), true);
                    }
                    // "قال الوزير نحن مطالبون", "وقال لقد ناقشنا": words of his own without marks.
                    let opens = quote && strong && p == anchor.max(hit.last) + 1 && takes(Marker::Quote);
                    if opens && !self.lexicon.spec.grammar.has_case && self.listed("openers", p) && p < limit {
                        return (Some(p), true);
                    }
                    // "في بيان بثته وكالة الأنباء": an outlet that brought the words is none of them.
                    if let Some(x) = doc.longest(p, flag::MEDIA).filter(|x| x.last() < limit && self.brought_by(p)) {
                        phrase = Phrase::None;
                        p = x.last() + 1;
                        continue;
                    }
                    if let Some(last) = self.credit_aside(trigger, p, limit, that).filter(|_| free) {
                        phrase = Phrase::None;
                        p = last + 1;
                        continue;
                    }
                    if free && p > hit.last + 1 && (self.starts_report(p) || self.turns(p)) {
                        return (None, false);
                    }
                    // "رحب الوزير بمشاركة قطر": what else is an adverbial begins what the verb's preposition takes.
                    let own = self.composed(p) && governs(p) && p == first;
                    let alone = flags & flag::PREPOSITION != 0;
                    let timed = flags & (flag::TIME_WORD | flag::WEEKDAY | flag::MONTH | flag::RESUMPTIVE) != 0;
                    // "أول أمس": an expression of time of several words, of which the first may be an adverb by itself.
                    let times = flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
                    let adverb = doc.longest(p, flag::ADVERB).filter(|_| !own);
                    let length = adverb.map_or(1, |x| x.len);
                    if let Some(x) = doc.longest(p, times).filter(|x| x.len > length) {
                        p = x.last() + 1;
                        phrase = Phrase::None;
                        continue;
                    }
                    if let Some(last) = self.manner(p).or(adverb.map(|x| x.last())) {
                        // "في بيان أمس وقوف الدولة": a day ends what a preposition began.
                        if timed && matches!(phrase, Phrase::Preposition) {
                            phrase = Phrase::None;
                        }
                        p = last + 1;
                        continue;
                    }
                    let bare_setting = flags & flag::SETTING != 0 && !doc.has_article(p);
                    // "أكد على هامش الاجتماع أن": where it was said, though the preposition is the verb's.
                    let aside = alone && !own && self.listed("positions", p + 1) || self.only_where(trigger, p, that);
                    if governs(p) && !aside && (alone || !bare_setting && flags & flag::ATTRIBUTION == 0 && !timed) {
                        let apart = alone && !own && doc.words[p].clitics() & clitic::SUFFIX == 0;
                        let noun = if apart { p + 1 } else { p };
                        let clause = noun > p && doc.flags(noun) & flag::THAT != 0 && that;
                        return (Some(noun).filter(|&n| n <= limit), clause);
                    }
                    let definite = doc.has_article(p) || doc.words[p].clitics() & clitic::SUFFIX != 0 || !free;
                    // "في مستهل محادثاته": a noun of time whose genitive goes on.
                    let opened = timed
                        && matches!(phrase, Phrase::Preposition)
                        && flags & flag::NOUN != 0
                        && flags & (flag::WEEKDAY | flag::MONTH) == 0
                        && !doc.has_article(p)
                        && doc.flags(p + 1) & (flag::MEETING | flag::VISIT | flag::SETTING) != 0;
                    if alone || opened {
                        phrase = Phrase::Preposition;
                    } else if free && self.preposition_with_pronoun(p) {
                        // "أكدت لنا أن", "أدان فيه الهجوم": a preposition with its pronoun is complete.
                        if !matches!(phrase, Phrase::None) {
                            phrase = Phrase::Closed;
                        }
                    } else if doc.words[p].clitics() & clitic::PREPOSITION != 0 {
                        phrase = if definite { Phrase::Closed } else { Phrase::Preposition };
                    } else if timed
                        || matches!(phrase, Phrase::None)
                            && flags & flag::ADJECTIVE != 0
                            && !definite
                            && doc.flags(p - 1) & flag::TIME_WORD != 0
                    {
                        // Behind a date, and behind the adjective of one ("منذ سنوات سابقة"), another phrase begins.
                        phrase = Phrase::None;
                    } else if matches!(phrase, Phrase::Preposition) {
                        if definite {
                            phrase = Phrase::Closed;
                        }
                    } else if object
                        && !matches!(phrase, Phrase::Other)
                        && !(matter_only && !free && self.mentions[self.at[p]].kind == ActorKind::Person)
                        && self.object_begins(p, matches!(phrase, Phrase::Closed), p == anchor + 1)
                    {
                        // "أكد ... في مؤتمر عقده مع نظيره، أن": the complementizer behind a comma is the verb's.
                        let late = self.late_clause(p, limit);
                        if let Some(comma) = late.filter(|_| that && takes(Marker::That)) {
                            return (Some(comma + 2), true);
                        }
                        return (Some(p), false);
                    } else if flags & (flag::ADJECTIVE | flag::DEMONYM) == 0 && free {
                        phrase = Phrase::Other;
                    }
                    if !free {
                        p = self.mentions[self.at[p]].last;
                    }
                }
                Kind::Open => {
                    let close = (p + 1..=limit.min(p + REACH)).find(|&q| doc.kind(q) == Kind::Close);
                    p = close.unwrap_or(p);
                }
                Kind::Comma => {
                    if let Some(comma) = self.parenthetical(trigger, p, limit).filter(|_| p > hit.last + 1) {
                        p = comma;
                        phrase = Phrase::None;
                    }
                }
                Kind::Number | Kind::Close | Kind::Dash | Kind::Slash => {}
                _ => return (None, false),
            }
            p += 1;
        }
        (None, false)
    }

    /// "شدد الوزير، وفقا لما نقلته الوكالة، على أن": where words end that credit somebody between a speaker and what he
    /// says. What the verb asks for follows them.
    fn credit_aside(&self, trigger: &Trigger, p: usize, limit: usize, that: bool) -> Option<usize> {
        let doc = self.doc;
        let credit = doc.longest(p, flag::ATTRIBUTION)?;
        // "كما": alone it joins another clause.
        if self.lexicon.spec.grammar.has_case || credit.len == 1 && doc.flags(p) & flag::CONJUNCTION != 0 {
            return None;
        }
        let opens = |q: usize| {
            self.at[q] == usize::MAX
                && (that && doc.flags(q) & flag::THAT != 0 && !self.joins(q)
                    || doc.flags(q) & flag::PREPOSITION != 0 && self.governs(trigger, q))
        };
        let enclosed = doc.kind(p - 1) == Kind::Comma;
        // "أكدت الوزارة وفقا لوكالة الأنباء وقوف الدولة": an outlet ends with its name.
        if let Some(outlet) = doc.longest(credit.last() + 1, flag::MEDIA).filter(|x| x.last() < limit) {
            return Some(outlet.last() + usize::from(doc.kind(outlet.last() + 1) == Kind::Comma));
        }
        (credit.last() + 1..limit.min(credit.last() + REACH))
            .take_while(|&q| !matches!(doc.kind(q), Kind::Stop | Kind::Break | Kind::Colon | Kind::Semicolon))
            .find(|&q| (doc.kind(q) == Kind::Comma || !enclosed) && opens(q + 1))
    }

    /// The comma from `from` on behind which a complementizer opens the clause of a verb that stands before.
    fn late_clause(&self, from: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        (from..limit).take_while(|&q| !self.starts_report(q)).find(|&q| {
            doc.kind(q) == Kind::Comma
                && doc.flags(q + 1) & flag::THAT != 0
                && !self.joins(q + 1)
                && doc.words[q + 1].clitics() & clitic::PREPOSITION == 0
        })
    }

    /// Whether the complementizer at `p` belongs to a preposition right before it, itself behind `verb`.
    fn after_preposition(&self, p: usize, verb: usize) -> bool {
        p > verb + 1
            && self.doc.kind(p - 1) == Kind::Word
            && self.at[p - 1] == usize::MAX
            && self.doc.flags(p - 1) & flag::PREPOSITION != 0
            && self.doc.flags(p - 1) & (flag::ATTRIBUTION | flag::SPEECH) == 0
            && self.doc.words[p - 1].clitics() & clitic::SUFFIX == 0
    }

    /// Whether the object of a verb can begin at `p`: a noun, and behind a closed phrase one that does not go on with it.
    fn object_begins(&self, p: usize, behind_phrase: bool, adjacent: bool) -> bool {
        let doc = self.doc;
        let flags = doc.flags(p);
        let bare = doc.words[p].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
        // "أي تدخل", "كل الاتهامات"
        if (self.listed("indefinites", p) || self.listed("quantities", p))
            && doc.flags(p + 1) & (flag::NOUN | flag::SPEECH_NOUN | flag::MATTER) != 0
            && !self.is_verb(p + 1)
        {
            return !behind_phrase;
        }
        // "ل «...»": a preposition that marks keep apart from its word.
        if !bare
            || self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(p))
            || flags & (flag::SUBORDINATOR | flag::RELATIVE | flag::CONJUNCTION | flag::NEGATION | flag::SAYING) != 0
        {
            // "نفى ما قاله المعهد": the relative that is the object itself.
            if bare && adjacent && flags & flag::MATTER != 0 && flags & flag::RELATIVE != 0 {
                return true;
            }
            // "استبعد أي اتفاق": the word for any, though it could join two clauses.
            return bare && !doc.has_article(p + 1) && self.listed("indefinites", p);
        }
        // "عقده": a verb with its object is none itself.
        let acts = flags & (flag::VERB | flag::LIGHT) != 0
            && flags & flag::MATTER == 0
            && doc.words[p].clitics() & clitic::SUFFIX != 0;
        if self.is_verb(p) || acts {
            return false;
        }
        let noun = flags
            & (flag::NOUN | flag::MEETING | flag::VISIT | flag::SPEECH_NOUN | flag::MATTER | flag::DEMONSTRATIVE)
            != 0
            || flags & flag::SPEECH != 0 && (doc.has_article(p) || doc.words[p].clitics() & clitic::SUFFIX != 0);
        if behind_phrase {
            return noun && !doc.has_article(p) && flags & flag::ADJECTIVE == 0;
        }
        // A word that is no known noun, right after the subject, goes on with its name.
        let named = |m: &Mention| m.name.is_some() || m.kind == ActorKind::Person;
        noun || !(adjacent && p > 0 && self.mention_at(p - 1).is_some_and(named))
    }

    /// A conjunction or subordinator after which another clause begins, so that the verb has got all its parts.
    pub(super) fn turns(&self, p: usize) -> bool {
        let single = self.doc.flags(p) & (flag::PREPOSITION | flag::ADVERB) == 0;
        // "فيما يتعلق ب": a preposition of several words.
        let longer = self.doc.longest(p, flag::PREPOSITION).map_or(0, |x| x.len);
        self.doc
            .longest(p, flag::SUBORDINATOR)
            .is_some_and(|x| x.flags & flag::RELATIVE == 0 && (single || x.len > 1) && x.len >= longer)
    }

    /// Whether the marks at `mark` hold the name of an outlet: "قال لـ«...»", "صحيفة «...»".
    pub(super) fn names_outlet(&self, mark: usize, quotation: &crate::text::Quotation) -> bool {
        let doc = self.doc;
        let length = quotation.last - quotation.first;
        if doc
            .longest(quotation.first, flag::MEDIA | flag::ORG)
            .is_some_and(|x| x.last() >= quotation.last || x.flags & flag::MEDIA != 0 && length < 5)
        {
            return true;
        }
        let Some(before) = mark.checked_sub(1).filter(|&b| doc.kind(b) == Kind::Word) else { return false };
        let to = self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(before));
        length < 4
            && (to && doc.norm(before).chars().count() == 1
                || doc.flags(before) & flag::MEDIA != 0
                || self.at[before] != usize::MAX && self.mentions[self.at[before]].organisation.is_none() && {
                    doc.flags(before) & flag::ORG_HEAD != 0
                })
    }

    /// The first token of what is said past the mark or complementizer that opens it.
    pub(super) fn inside_marks(&self, start: usize, limit: usize) -> usize {
        let doc = self.doc;
        let mut start = start;
        if doc.kind(start) == Kind::Quote {
            start += 1;
        }
        if start <= limit && doc.flags(start) & flag::THAT != 0 && self.at[start] == usize::MAX {
            start += 1;
        }
        if start <= limit && doc.kind(start) == Kind::Quote {
            start += 1;
        }
        start
    }

    /// "... بقوله: «...»": the words of a report that has told its matter already. Returns whether there were any.
    fn resume(&self, draft: &mut Draft, sentence: Sentence, end: usize) -> bool {
        let doc = self.doc;
        let mut p = end + 1;
        while p <= sentence.last && matches!(doc.kind(p), Kind::Comma | Kind::Quote) {
            p += 1;
        }
        if p >= sentence.last || doc.flags(p) & flag::SAYING == 0 || doc.quoted[p] != 0 {
            return false;
        }
        let next = p + 1;
        let opens = matches!(doc.kind(next), Kind::Colon | Kind::Quote) || doc.flags(next) & flag::THAT != 0;
        if !opens {
            return false;
        }
        draft.triggers.push((p, p));
        let start = if doc.kind(next) == Kind::Colon || doc.flags(next) & flag::THAT != 0 { next + 1 } else { next };
        let start = self.inside_marks(start, sentence.last);
        if start > sentence.last {
            return false;
        }
        let last = self.content_end(start, sentence);
        if start <= last {
            draft.content.push((start, last));
        }
        true
    }

    /// A quotation right before its verb: «...»، قال الوزير.
    fn quoted_before(&self, sentence: Sentence, hit: Hit) -> Option<(usize, usize)> {
        let mut p = hit.first.checked_sub(1)?;
        if self.doc.kind(p) == Kind::Comma && p > 0 {
            p -= 1;
        }
        if self.doc.kind(p) != Kind::Quote || hit.clitics & clitic::CONJUNCTION != 0 {
            return None;
        }
        let quotation = self.closing(p)?;
        let opens = quotation.open <= sentence.first || quotation.first == sentence.first + 1;
        (opens && quotation.last - quotation.first >= 2).then_some((quotation.first, quotation.last))
    }

    /// Whether the word at `p` stands behind the preposition that swallows the article ("to" and "for" in one: ل).
    pub(super) fn has_dative(&self, p: usize) -> bool {
        self.lexicon.spec.clitics.article_swallowed_by.iter().any(|word| self.has_preposition(p, word))
    }

    pub(super) fn has_preposition(&self, p: usize, word: &str) -> bool {
        if self.doc.kind(p) != Kind::Word {
            return false;
        }
        if self.doc.norm(p) == word {
            return true;
        }
        let bits = self.doc.words[p].clitics();
        if bits & clitic::PREPOSITION != 0 {
            let which = (bits >> clitic::WHICH) as usize;
            return self.lexicon.spec.clitics.prepositions.get(which).is_some_and(|w| w == word);
        }
        // An unknown word that begins with the letter of an attached preposition and the article.
        self.doc.words[p].count == 0 && self.lexicon.spec.clitics.prepositions.iter().any(|w| w == word) && {
            let norm = self.doc.norm(p);
            let article = &self.lexicon.spec.clitics.article;
            norm.strip_prefix(word).is_some_and(|rest| {
                rest.starts_with(article.as_str())
                    || self.lexicon.spec.clitics.article_swallowed_by.iter().any(|w| w == word)
                        && rest.starts_with(self.lexicon.spec.clitics.article_rest.as_str())
            })
        }
    }

    /// Whether a new report begins at `p`: a speech trigger that follows a comma, a conjunction or its own wording.
    pub(super) fn starts_report(&self, p: usize) -> bool {
        if self.lexicon.spec.grammar.has_case {
            return self.case_starts_report(p);
        }
        let doc = self.doc;
        if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX || doc.flags(p) & flag::SAYING != 0 {
            return false;
        }
        if doc.flags(p) & flag::PREPOSITION != 0
            && doc.flags(p) & flag::ATTRIBUTION == 0
            && doc.flags(p + 1) & flag::THAT == 0
            && !self.governs_next(p)
            && doc.longest(p, flag::ADVERB).is_none_or(|x| x.len < 2)
        {
            return false;
        }
        if self.told_earlier(p) {
            return true;
        }
        // Nearly all words are neither verbs nor what stands before one.
        let before = flag::ATTRIBUTION | flag::CONJUNCTION | flag::SUBORDINATOR | flag::ADVERB;
        if doc.begins(p) & (before | TRIGGERS | flag::LIGHT) == 0 {
            return false;
        }
        let mut trigger_at = p;
        let flags = doc.flags(p);
        // "غير أن المعارضة قالت": another clause, whose actor says something.
        if self.turns(p) {
            let next = doc.longest(p, flag::SUBORDINATOR).map_or(p, |x| x.last()) + 1;
            let other = self.starting(next).filter(|&m| self.eligible(m));
            if other.is_some_and(|m| self.is_speech_verb(self.mentions[m].last + 1)) {
                return true;
            }
        }
        let adverbial = doc.longest(p, flag::ADVERB).is_some_and(|x| x.len > 1);
        if adverbial
            || flags & (flag::ATTRIBUTION | flag::CONJUNCTION | flag::SUBORDINATOR | flag::ADVERB) != 0
                && flags & flag::SPEECH == 0
        {
            trigger_at = p + 1;
            // "من جهته أعلن": an adverbial of several words.
            if let Some(x) =
                doc.longest(p, flag::ATTRIBUTION | flag::ADVERB).filter(|_| !self.lexicon.spec.grammar.has_case)
            {
                trigger_at = x.last() + 1;
            }
        }
        // "رغم أنها قالت": a conjunction of several words.
        if let Some(x) = doc.longest(p, flag::SUBORDINATOR).filter(|x| x.len > 1 && self.turns(p)) {
            trigger_at = trigger_at.max(x.last() + 1);
        }
        let found = doc.matches_at(trigger_at).iter().find(|x| match x.meaning {
            Meaning::Trigger { trigger, form } => {
                let t = &self.lexicon.triggers[trigger as usize];
                // "ورأى أن": an attitude that has a clause of its own is another report.
                let reports = t.strength != Strength::Attitude || doc.flags(x.last() + 1) & flag::THAT != 0;
                t.kind == EventType::Statement && form != Form::Noun && reports
            }
            _ => false,
        });
        let Some(found) = found else {
            return flags & flag::ATTRIBUTION != 0 && flags & flag::CONJUNCTION == 0 && self.after_comma(p)
                || self.light_participle(p);
        };
        let Meaning::Trigger { trigger, form } = found.meaning else { return false };
        let t = &self.lexicon.triggers[trigger as usize];
        if found.clitics & (clitic::ARTICLE | clitic::PREPOSITION | clitic::FUTURE) != 0 {
            // "، مجددا الشكر": the participle, though it could be an adverb, with its noun.
            return self.light_participle(p);
        }
        let joined = found.clitics & clitic::CONJUNCTION != 0 || trigger_at != p || self.after_comma(p);
        // "... عن مقتله معتبرة أن": without a comma the complementizer tells that a participle goes on with the verb.
        let reports = |next: usize| {
            let clause = |q: usize| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX;
            clause(next) || self.governs(t, next) && doc.flags(next) & flag::PREPOSITION != 0 && clause(next + 1)
        };
        if !joined && form != Form::Participle {
            return false;
        }
        match form {
            Form::Participle => {
                let norm = doc.norm(trigger_at);
                self.after_comma(p) && self.chained(norm)
                    || self.accusative(norm) && t.strength == Strength::Strong
                    || self.chained(norm) && found.clitics == 0 && reports(found.last() + 1)
            }
            _ => {
                // A verb that is followed by its complementizer, a quotation or an actor.
                let next = found.last() + 1;
                let next_flags = doc.flags(next);
                next_flags & flag::THAT != 0
                    || matches!(doc.kind(next), Kind::Colon | Kind::Quote)
                    || self.starting(next).is_some_and(|m| {
                        let after = self.mentions[m].last + 1;
                        self.eligible(m)
                            && (t.strength == Strength::Strong
                                || matches!(doc.kind(after), Kind::Colon | Kind::Quote)
                                || self.has_that_soon(after))
                    })
                    || t.strength == Strength::Strong && form == Form::Past && self.governs(t, next)
                    || self.has_that_soon(next)
                    || t.strength == Strength::Strong
                        && form == Form::Past
                        && self.after_comma(p)
                        && (found.clitics & clitic::CONJUNCTION != 0 && self.reports_late(t, next)
                            || self.reports_object(t, p, trigger_at, next))
                    || t.strength == Strength::Strong
                        && form == Form::Past
                        && self.turns_with_pronoun(p, trigger_at)
                        && self.reports_late(t, next)
                    || form == Form::Past && self.credits(p, trigger_at, next)
            }
        }
    }

    /// "، مجددا دعوته": behind a comma a participle of a light verb that has a noun of saying as its object.
    fn light_participle(&self, p: usize) -> bool {
        let doc = self.doc;
        // "، معبرا عن امتنانه": some have the noun behind their preposition.
        let next = p + 1 + usize::from(doc.flags(p + 1) & flag::PREPOSITION != 0);
        self.after_comma(p)
            && self.chained(doc.norm(p))
            && doc.matches_at(p).iter().any(|x| {
                x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0
                    && match x.meaning {
                        Meaning::Light { light, form: Form::Participle } => {
                            let preposition = &self.lexicon.lights[light as usize].preposition;
                            next == p + 1 || !preposition.is_empty() && doc.norm(p + 1) == preposition
                        }
                        _ => false,
                    }
            })
            && doc.kind(next) == Kind::Word
            && doc.matches_at(next).iter().any(|x| match x.meaning {
                Meaning::SpeechNoun { .. } => true,
                Meaning::Trigger { trigger, form: Form::Noun } => {
                    self.lexicon.triggers[trigger as usize].kind == EventType::Statement
                }
                _ => false,
            })
    }

    /// "بقيادة", "بمشاركة", "بما": a listed word that is made of an attached preposition and what the preposition takes.
    pub(super) fn composed(&self, p: usize) -> bool {
        let doc = self.doc;
        let flags = doc.flags(p);
        let word = doc.norm(p);
        let relative =
            |rest: &str| self.lexicon.spec.words.get("relatives").is_some_and(|list| list.iter().any(|w| w == rest));
        let with_relative = flags & flag::RELATIVE != 0
            && self
                .lexicon
                .spec
                .clitics
                .prepositions
                .iter()
                .any(|w| word.strip_prefix(w.as_str()).is_some_and(relative));
        flags & flag::LED_BY != 0 || flags & ATTENDED == ATTENDED || with_relative
    }

    /// Whether a word that no list holds begins with a preposition of the trigger's frame, right where one is expected.
    fn governs_unknown(&self, trigger: &Trigger, p: usize) -> bool {
        let word = self.doc.norm(p);
        self.doc.kind(p) == Kind::Word
            && (self.doc.words[p].count == 0 && word.chars().count() > 3 || self.composed(p))
            && trigger.slots.iter().any(|s| match &s.marker {
                Marker::Preposition(preposition) => {
                    s.content
                        && self.lexicon.spec.clitics.prepositions.iter().any(|w| w == preposition)
                        && word.starts_with(preposition.as_str())
                }
                _ => false,
            })
    }

    /// Whether `p` begins what a preposition of the trigger's frame gives it to say.
    pub(super) fn governs(&self, trigger: &Trigger, p: usize) -> bool {
        trigger
            .slots
            .iter()
            .any(|s| matches!(&s.marker, Marker::Preposition(word) if s.content && self.has_preposition(p, word)))
    }

    pub(super) fn has_that_soon(&self, from: usize) -> bool {
        (from..(from + 8).min(self.doc.len()))
            .take_while(|&p| matches!(self.doc.kind(p), Kind::Word | Kind::Number | Kind::Quote))
            .any(|p| self.doc.flags(p) & flag::THAT != 0 && self.at[p] == usize::MAX)
    }

    /// Where reported content that begins at `start` ends.
    pub(super) fn content_end(&self, start: usize, sentence: Sentence) -> usize {
        let doc = self.doc;
        let mut p = start;
        let quoted = doc.quoted[start.min(doc.len() - 1)];
        // A quotation that opened the content ends it, unless the sentence goes on inside.
        if quoted != 0 {
            let q = &doc.quotations[quoted as usize - 1];
            if start <= q.first + 1 {
                let q = self.last_joined(q, sentence);
                if !self.goes_on_after(q, sentence) && !self.set_off(q, start, sentence) {
                    return self.trim(start, q.last);
                }
                p = q.last + 2;
            }
        }
        while p <= sentence.last {
            let level = if self.lexicon.spec.grammar.has_case { quoted } else { 0 };
            if p > start && quoted == 0 && doc.kind(p) == Kind::Quote && self.next_quotation(p) {
                return self.trim(start, p - 1);
            }
            if p > start && doc.quoted[p] == level && self.runs_on(p, start, sentence) {
                return self.trim(start, p - 1);
            }
            if p > start && doc.quoted[p] == level && (self.starts_report(p) || self.ends_report(p)) {
                return self.trim(start, p - 1);
            }
            p += 1;
        }
        let mut end = sentence.last;
        // "We send our condolences," he said: what begins in the middle of a quotation ends with it.
        if let Some(q) = quoted.checked_sub(1).map(|q| &doc.quotations[q as usize]) {
            if self.lexicon.spec.grammar.adjective_first && start > q.first + 1 && q.closed && q.last < end {
                return self.trim(start, q.last);
            }
        }
        // A quotation that opens inside may run past the sentence.
        if doc.quoted[end] != 0 && !(self.lexicon.spec.grammar.has_case && doc.quoted[end] == quoted) {
            let quotation = &doc.quotations[doc.quoted[end] as usize - 1];
            // One that nobody closed is only believed as far as its sentence goes where another report follows.
            let next = sentence.last + 1;
            let other = (next..doc.len().min(next + 3)).any(|p| self.starts_report(p));
            if quotation.closed || self.lexicon.spec.grammar.has_case || !other {
                end = quotation.last;
            }
        }
        self.trim(start, end)
    }

    /// "إنه «بعد التحقق»، لم يجد شيئا": a few words in marks between the complementizer and a comma, behind which the clause
    /// goes on.
    fn set_off(&self, quotation: &crate::text::Quotation, start: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        let next = quotation.last + 3;
        !self.lexicon.spec.grammar.has_case
            && quotation.closed
            && quotation.last - quotation.first < 3
            && start >= 2
            && doc.flags(start - 2) & flag::THAT != 0
            && doc.kind(quotation.last + 2) == Kind::Comma
            && next < sentence.last
            && doc.kind(next) == Kind::Word
            && !self.starts_report(next)
            && !self.ends_report(next)
    }

    /// Whether a clause that begins with a quotation goes on behind it: «...» words of the same clause.
    fn goes_on_after(&self, quotation: &crate::text::Quotation, sentence: Sentence) -> bool {
        let doc = self.doc;
        let next = quotation.last + 2;
        if self.lexicon.spec.grammar.has_case || !quotation.closed || next > sentence.last {
            return false;
        }
        let ended = matches!(doc.kind(quotation.last), Kind::Stop | Kind::Comma);
        doc.kind(next) == Kind::Word
            && !ended
            && !doc.has_conjunction(next)
            && doc.flags(next)
                & (flag::SPEECH | flag::ATTRIBUTION | flag::SAYING | flag::SUBORDINATOR | flag::CONJUNCTION)
                == 0
            && !self.starts_report(next)
            && !self.ends_report(next)
            && !self.is_verb(next)
    }

    /// Where the words of a report end though no other report begins: at its "saying", at "that was during".
    pub(super) fn ends_report(&self, p: usize) -> bool {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
            return false;
        }
        let flags = doc.flags(p);
        if flags & flag::SAYING != 0 {
            let next = p + 1;
            return matches!(doc.kind(next), Kind::Colon | Kind::Quote) || doc.flags(next) & flag::THAT != 0;
        }
        doc.begins(p) & ASIDE == ASIDE && doc.matches_at(p).iter().any(|x| x.flags & ASIDE == ASIDE)
    }

    pub(super) fn trim(&self, start: usize, end: usize) -> usize {
        let mut end = end.min(self.doc.len() - 1);
        // A mark that closes a quotation inside stays with it.
        let inner = |mark: usize| {
            self.lexicon.spec.grammar.has_case
                && self.closing(mark).is_some_and(|q| q.open > start || q.open == start && q.first < mark)
        };
        while end > start
            && !inner(end)
            && (matches!(
                self.doc.kind(end),
                Kind::Break
                    | Kind::Comma
                    | Kind::Stop
                    | Kind::Quote
                    | Kind::Semicolon
                    | Kind::Colon
                    | Kind::Dash
                    | Kind::Open
            ) || self.lexicon.spec.clitics.conjunctions.iter().any(|word| word == self.doc.norm(end)))
        {
            end -= 1;
        }
        end
    }

    /// English: what was said stands before "X said".
    pub(super) fn content_before(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<(usize, usize)> {
        let doc = self.doc;
        let speaker = &self.mentions[draft.actors.first()?.mention];
        let own = draft.actors[0].from.unwrap_or((speaker.first, speaker.last));
        let mut edge = if own.0 < hit.first && own.0 >= sentence.first { own.0 } else { hit.first };
        while edge > sentence.first
            && doc.kind(edge - 1) == Kind::Word
            && (doc.flags(edge - 1) & (flag::ADVERB | flag::AUXILIARY | flag::PROCLITIC) != 0
                || self.lexicon.spec.grammar.adjective_first && doc.flags(edge - 1) & flag::OBLIQUE != 0)
        {
            edge -= 1;
        }
        // "..., the statement said": a document speaks for its issuer, who is named elsewhere.
        if own.0 < sentence.first && edge > sentence.first && doc.flags(edge - 1) & flag::SETTING != 0 {
            while edge > sentence.first
                && doc.kind(edge - 1) == Kind::Word
                && doc.flags(edge - 1) & (flag::SETTING | flag::NOUN | flag::ADJECTIVE | flag::DETERMINER) != 0
            {
                edge -= 1;
            }
        }
        // "..., a statement from the army said": the document belongs to the speaker.
        let grammar = &self.lexicon.spec.grammar;
        let issued = grammar.adjective_first
            && edge > sentence.first + 2
            && grammar.from.iter().chain(&grammar.by).any(|w| w == doc.norm(edge - 1))
            && doc.flags(edge - 2) & flag::SETTING != 0;
        if issued {
            edge -= 2;
            while edge > sentence.first
                && doc.kind(edge - 1) == Kind::Word
                && doc.flags(edge - 1) & (flag::NOUN | flag::ADJECTIVE | flag::DETERMINER) != 0
            {
                edge -= 1;
            }
        }
        if edge == 0 {
            return None;
        }
        // "... by then." The agency said: "...": what follows the colon is what was said.
        let grammar = &self.lexicon.spec.grammar;
        if grammar.adjective_first && own.0 <= hit.first && doc.kind(hit.last + 1) == Kind::Colon {
            return None;
        }
        let before = edge - 1;
        let english = grammar.adjective_first && own.0 <= hit.first;
        let next = hit.last + 1;
        // "... by then." Hale added, "...": so is what a comma and a mark open behind a full stop.
        let full_before = self.closing(before).is_some_and(|q| doc.tokens.all[q.last].mark == '.');
        if english && full_before && doc.kind(next) == Kind::Comma && self.opening(next + 1).is_some() {
            return None;
        }
        // "Having promised to mend the 'old law', she says she is ready": a verb with a clause of its own.
        let told = !matches!(hit.form, Form::Noun)
            && self.lexicon.triggers[hit.trigger as usize].slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        let clause = doc.kind(next) == Kind::Word
            && (doc.flags(next) & flag::THAT != 0 && self.at[next] == usize::MAX
                || doc.flags(next) & flag::PRONOUN != 0 && doc.flags(next) & flag::OBLIQUE == 0);
        if english && !told && clause && doc.kind(before) == Kind::Comma {
            return None;
        }
        // A quotation that closes right before, in this sentence or the one before it. Without a comma or full stop at its
        // end it belongs to what stands before, unless the verb says nothing else.
        if doc.kind(before) == Kind::Quote {
            let said = own.0 > hit.first || !matches!(doc.kind(hit.last + 1), Kind::Word | Kind::Number | Kind::Quote);
            // A full stop inside the marks ends the sentence before.
            let full = |p: usize| self.lexicon.spec.grammar.adjective_first && doc.tokens.all[p].mark == '.';
            let apart = |q: &&crate::text::Quotation| {
                matches!(doc.kind(q.last), Kind::Comma | Kind::Stop | Kind::Dash) && !full(q.last)
            };
            // "They left." He added: "...": the words before went on from another report, and this one has its own.
            let own = matches!(doc.kind(hit.last + 1), Kind::Colon | Kind::Word);
            let told = |q: &&crate::text::Quotation| {
                self.lexicon.spec.grammar.adjective_first
                    && own
                    && self.drafts.iter().rev().take(3).any(|d| {
                        let whole = |c: &(usize, usize)| {
                            c.0 <= q.first && q.last <= c.1 && matches!(doc.kind(hit.last + 1), Kind::Colon)
                        };
                        let next = d.content.iter().skip(1).any(|c| c.0 == q.first);
                        d.kind == EventType::Statement && (next || d.content.first().is_some_and(whole))
                    })
            };
            if let Some(q) = self.closing(before).filter(|q| (said || apart(q)) && !told(q)) {
                if self.lexicon.spec.grammar.adjective_first && matches!(doc.kind(q.last), Kind::Comma) {
                    if let Some(start) = self.clause_to_quotation(sentence, q) {
                        return Some((start, q.last + 1));
                    }
                }
                return Some((q.first, self.trim_stops(q.first, q.last)));
            }
        }
        if doc.kind(before) == Kind::Comma && before > sentence.first {
            let inner = before - 1;
            if doc.kind(inner) == Kind::Quote {
                if let Some(q) = self.closing(inner) {
                    // "After the row over 'the wall', he says it is open": the words stand behind the verb.
                    let behind = self.opens_clause(hit.last + 1, sentence) && q.open > sentence.first + 3;
                    if behind && self.lexicon.spec.grammar.adjective_first && own.0 < hit.first {
                        return None;
                    }
                    // "The row grew out of 'some quarrel', he said": all of the clause, when it is no quotation alone.
                    let clause = self.clause_to_quotation(sentence, q);
                    return Some((clause.unwrap_or(q.first), q.last + usize::from(clause.is_some())));
                }
            }
            // "With that, the group continues to build": a verb with words of its own reports nothing before it.
            let next = hit.last + 1;
            let aside = own.0 > hit.first
                || doc.kind(next) != Kind::Word
                || doc.flags(next)
                    & (flag::PREPOSITION
                        | flag::ADVERB
                        | flag::TIME_WORD
                        | flag::WEEKDAY
                        | flag::MONTH
                        | flag::CONJUNCTION)
                    != 0
                    && doc.flags(next) & flag::INFINITIVE == 0
                || self.starting(next).is_some()
                || self.told_outlet(next)
                || self.quiet(next, sentence)
                || grammar.adjective_first
                    && doc.flags(next) & flag::ADJECTIVE != 0
                    && self.starting(next + 1).is_some_and(|m| self.mentions[m].plural)
                || doc.flags(next) & flag::NOUN != 0 && doc.flags(next) & flag::INFINITIVE == 0;
            if !aside {
                return None;
            }
            // A clause of its own: it has a verb, or at least some length, and does not open with a subordinator.
            let mut first = self.past_credit(self.past_dateline(sentence), inner);
            while first < inner && !matches!(doc.kind(first), Kind::Word | Kind::Number) {
                first += 1;
            }
            let words = (first..=inner).filter(|&p| doc.kind(p) == Kind::Word).count();
            let opener = if self.at[first] == usize::MAX { doc.flags(first) } else { 0 };
            let adverbial = opener & flag::SUBORDINATOR != 0
                || opener & (flag::PREPOSITION | flag::ADVERB) != 0 && !(first..=inner).any(|p| self.finite(p));
            let participial = doc
                .matches_at(first)
                .iter()
                .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Participle, .. }));
            if words >= 4
                && !adverbial
                && !participial
                && (first..=inner).any(|p| doc.flags(p) & (flag::VERB | flag::AUXILIARY) != 0)
            {
                return Some((first, inner));
            }
        }
        None
    }

    /// "The row grew out of 'some quarrel'": where the clause begins that a quotation ends, when it is no quotation alone.
    fn clause_to_quotation(&self, sentence: Sentence, q: &crate::text::Quotation) -> Option<usize> {
        let doc = self.doc;
        let start = self.past_dateline(sentence);
        let clause = q.open > start + 3
            && q.open < sentence.last
            && (start..q.open).all(|p| doc.quoted[p] == 0 && doc.flags(p) & flag::SPEECH == 0)
            && (start..q.open).any(|p| self.finite(p) || doc.flags(p) & flag::AUXILIARY != 0);
        clause.then_some(start)
    }

    /// Where a sentence begins past a dateline: "LONDON (Agency) - ...".
    pub(super) fn past_dateline(&self, sentence: Sentence) -> usize {
        let doc = self.doc;
        let open = self.past_photo_credit(sentence.first);
        if open > sentence.first && open < sentence.last {
            return open;
        }
        for p in sentence.first..sentence.last.min(sentence.first + 12) {
            match doc.kind(p) {
                Kind::Dash => {
                    let shouted = (sentence.first..p).any(|q| doc.tokens.all[q].capitals);
                    return if p > sentence.first && shouted { p + 1 } else { sentence.first };
                }
                Kind::Word if !doc.tokens.all[p].capital => return sentence.first,
                Kind::Word | Kind::Number | Kind::Comma | Kind::Open | Kind::Close | Kind::Slash => {}
                Kind::Stop if !doc.tokens.all[p].spaced => {}
                _ => return sentence.first,
            }
        }
        sentence.first
    }

    /// The quotation that the mark at `mark` closes.
    pub(super) fn closing(&self, mark: usize) -> Option<&crate::text::Quotation> {
        let inner = self.doc.quoted[mark.checked_sub(1)?] as usize;
        self.doc.quotations.get(inner.checked_sub(1)?).filter(|q| q.closed && q.last + 1 == mark)
    }

    /// The quotation that the mark at `mark` opens.
    pub(super) fn opening(&self, mark: usize) -> Option<&crate::text::Quotation> {
        let inner = *self.doc.quoted.get(mark + 1)? as usize;
        self.doc.quotations.get(inner.checked_sub(1)?).filter(|q| q.open == mark)
    }

    pub(super) fn trim_stops(&self, first: usize, last: usize) -> usize {
        let mut last = last;
        while last > first && matches!(self.doc.kind(last), Kind::Comma) {
            last -= 1;
        }
        last
    }

    /// A quotation that goes on after the report, with no reporting verb of its own, belongs to it.
    pub(super) fn continue_quotation(&self, draft: &mut Draft, sentence: Sentence, _subject_end: usize) {
        let doc = self.doc;
        // A report inside a quotation is the quoted speaker's own: what follows goes on with his words.
        if doc.quoted[draft.triggers[0].0] != 0 && self.lexicon.spec.grammar.has_case {
            return;
        }
        let Some(&(_, end)) = draft.content.last() else { return };
        if !draft.content.iter().any(|&(a, b)| doc.quoted[a] != 0 || doc.quoted[b] != 0) {
            return;
        }
        let reach = end.max(sentence.last);
        let mut p = reach + 1;
        // "The minister said:" and paragraphs in marks of their own: past the mark that closes the first.
        if self.lexicon.spec.grammar.adjective_first
            && p < doc.len()
            && end > sentence.last
            && self.closing(p).is_some()
        {
            p += 1;
        }
        for _ in 0..8 {
            while p < doc.len() && matches!(doc.kind(p), Kind::Break | Kind::Stop) {
                p += 1;
            }
            p = self.past_photo_credit(p);
            if p >= doc.len() || doc.kind(p) != Kind::Quote {
                return;
            }
            let Some(q) = self.opening(p) else { return };
            // It must be all that its sentence is.
            let after = q.last + 2;
            let ends = after >= doc.len()
                || matches!(doc.kind(after), Kind::Break | Kind::Stop | Kind::Quote)
                || !q.closed
                // "They must go." He spoke: the mark closes a whole sentence.
                || self.lexicon.spec.grammar.adjective_first
                    && doc.kind(q.last) == Kind::Stop
                    && doc.tokens.all.get(after).is_some_and(|t| t.capital)
                    && !self.speaks_next(after);
            if !ends || doc.tokens.all[q.first].field != doc.tokens.all[end].field {
                return;
            }
            draft.content.push((q.first, q.last));
            // A quotation that nobody closed may end at the mark that opens the next one.
            p = if q.closed { after } else { q.last + 1 };
            if p < doc.len() && doc.kind(p) == Kind::Stop {
                p += 1;
            }
        }
    }

    /// "(Photo: Jane Roe)": past the credit of a picture that stands in brackets at `p`.
    fn past_photo_credit(&self, p: usize) -> usize {
        if !self.lexicon.spec.grammar.adjective_first || self.doc.kind(p) != Kind::Open {
            return p;
        }
        let close = (p + 1..self.doc.len().min(p + CREDIT)).find(|&q| self.doc.kind(q) == Kind::Close);
        close.map_or(p, |q| q + 1)
    }

    /// Whether the clause that begins at `p` says who said the words before it: "X added."
    fn speaks_next(&self, p: usize) -> bool {
        let next = self.starting(p).map_or(p, |m| self.mentions[m].last + 1);
        (next..next + 3).take_while(|&q| self.doc.kind(q) == Kind::Word).any(|q| self.is_speech_verb(q))
            && (next..next + 4).any(|q| matches!(self.doc.kind(q), Kind::Stop | Kind::Break))
    }

    /// "A 'secure' server", "the so-called 'safe' list": one word in marks between an article and its noun is the writer's label.
    fn labels(&self, q: &crate::text::Quotation) -> bool {
        let doc = self.doc;
        let next = q.last + 2;
        self.lexicon.spec.grammar.adjective_first
            && q.closed
            && q.first == q.last
            && q.open > 0
            && doc.kind(q.open - 1) == Kind::Word
            && doc.flags(q.open - 1) & (flag::DETERMINER | flag::OBLIQUE | flag::ADJECTIVE) != 0
            && doc.kind(next) == Kind::Word
            && (doc.flags(next) & (flag::NOUN | flag::ADJECTIVE | flag::ORG_HEAD | flag::GROUP) != 0
                || doc.words[next].count == 0 && !doc.tokens.all[next].capital)
            && doc.flags(next) & (flag::PREPOSITION | flag::CONJUNCTION | flag::ADVERB) == 0
    }

    pub(super) fn collect_quotes(&self, draft: &mut Draft) {
        let doc = self.doc;
        for &(first, last) in &draft.content.clone() {
            let from = doc.quotations.partition_point(|q| q.last < first);
            for q in &doc.quotations[from..] {
                if q.first > last {
                    break;
                }
                if q.last < first || (q.open < first && q.first + 2 < first) {
                    continue;
                }
                // A name between marks is no speech, and neither is a figure.
                let wordless = !(q.first..=q.last).any(|p| doc.kind(p) == Kind::Word);
                let titled = q.last - q.first < 4
                    && q.open > 0
                    && (doc.flags(q.open - 1) & flag::ORG_HEAD != 0
                        || self.mention_at(q.open - 1).is_some_and(|m| m.kind == ActorKind::Organization));
                // "بنود «جنيف1»", "الـ«إيقاد»", "«المؤتمر الإعلامي» الذي عقد": what it is called.
                let next = q.last + 2;
                let called = !self.lexicon.spec.grammar.has_case
                    && q.open > first
                    && (q.first == q.last && self.resolver.text(q.first, q.last).contains(|c: char| c.is_numeric())
                        || self.named_in_phrase(q.open)
                        || q.closed
                            && q.last - q.first < 6
                            && doc.flags(q.first) & (flag::MEETING | flag::SETTING) != 0
                            && doc.flags(next) & flag::RELATIVE != 0);
                let name = wordless
                    || titled
                    || self.labels(q)
                    || called
                    || self.at[q.first] != usize::MAX && self.mentions[self.at[q.first]].last >= q.last
                    || doc.longest(q.first, flag::MEDIA | flag::ORG).is_some_and(|x| x.last() >= q.last);
                // The comma before the closing mark is the writer's.
                let end = if self.lexicon.spec.grammar.has_case { self.trim_stops(q.first, q.last) } else { q.last };
                if name || draft.quotes.contains(&(q.first, end)) {
                    continue;
                }
                draft.quotes.push((q.first, end));
            }
        }
    }
}

//! What bounds a reported clause: words that stand between a verb and what was said without being a part of it, and words
//! with which the narrator takes over again.

use super::*;
use crate::text::Quotation;

impl Engine<'_, '_> {
    /// The end of the name that a body is called with, right behind it: "إدارة الرئيس فلان".
    pub(super) fn called_after(&self, end: usize) -> Option<usize> {
        let body = self.mention_at(end).filter(|m| m.last == end && m.kind == ActorKind::Organization)?;
        let next = &self.mentions[self.starting(end + 1)?];
        let named = next.name.is_some() && next.title.is_none() && next.clitics == 0;
        let titled = || (body.first + 1..=body.last).any(|p| self.doc.longest(p, flag::TITLE).is_some());
        (named && !self.lexicon.spec.grammar.has_case && titled()).then_some(next.last)
    }

    /// "بشكل قاطع", "بصورة رسمية": a noun of manner with its adjective; its last token.
    pub(super) fn manner(&self, p: usize) -> Option<usize> {
        let doc = self.doc;
        let next = p + 1;
        (doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && !doc.has_article(next)
            && doc.words[next].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION | clitic::SUFFIX) == 0
            && doc.flags(next) & (flag::PREPOSITION | flag::THAT) == 0
            && self.listed("manners", p))
        .then_some(next)
    }

    /// Whether the word at `p` begins with a conjunction, also where it is listed whole: "وأن".
    pub(super) fn joins(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        self.doc.has_conjunction(p) || {
            let conjunctions = &self.lexicon.spec.clitics.conjunctions;
            conjunctions.iter().any(|c| norm.strip_prefix(c.as_str()).is_some_and(|rest| rest.chars().count() > 1))
                && self.doc.flags(p) & flag::THAT != 0
        }
    }

    /// The comma that ends an adverbial between commas at `comma`, behind which the verb's own parts come: "شدد الوزير، في
    /// تصريح إلى الصحافة، على أن".
    pub(super) fn parenthetical(&self, trigger: &Trigger, comma: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let next = comma + 1;
        let opens = doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && doc.flags(next) & flag::PREPOSITION != 0
            && doc.flags(next) & (flag::THAT | flag::SPEECH) == 0
            && !doc.has_conjunction(next)
            && !self.governs(trigger, next);
        if !opens {
            return None;
        }
        let end = (next + 1..=limit.min(next + 16))
            .take_while(|&q| {
                let mark = matches!(doc.kind(q), Kind::Colon | Kind::Quote | Kind::Stop | Kind::Break);
                let clause = self.at[q] == usize::MAX && doc.flags(q) & flag::THAT != 0;
                !mark && !clause
            })
            .find(|&q| doc.kind(q) == Kind::Comma)?;
        let after = end + 1;
        let own = self.governs(trigger, after)
            || doc.flags(after) & flag::THAT != 0 && !self.joins(after)
            || self
                .starting(after)
                .is_some_and(|m| self.mentions[m].clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0)
            || doc.flags(after) & (flag::MATTER | flag::SPEECH_NOUN) != 0 && !doc.has_conjunction(after);
        (own && after <= limit).then_some(end)
    }

    /// "قال «فلان الفلاني» نائب المتحدث إن": a few words in marks before the clause are the name of who speaks.
    pub(super) fn names_speaker(&self, mark: usize, verb: usize, quotation: &Quotation, limit: usize) -> bool {
        let doc = self.doc;
        let next = quotation.last + 2;
        mark == verb + 1
            && quotation.closed
            && quotation.last - quotation.first < 3
            && next < limit
            && doc.kind(next) == Kind::Word
            && (next..limit.min(next + REACH))
                .take_while(|&q| !matches!(doc.kind(q), Kind::Comma | Kind::Semicolon | Kind::Colon))
                .any(|q| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX && !self.joins(q))
    }

    /// "أفاد مصدر بالعاصمة أن": a place behind an attached preposition that the verb could govern, where the verb's own clause
    /// or another of its prepositions follows.
    pub(super) fn only_where(&self, trigger: &Trigger, p: usize, that: bool) -> bool {
        let place = self.starting(p).is_some_and(|m| {
            let m = &self.mentions[m];
            m.clitics & clitic::PREPOSITION != 0 && m.place.is_some()
        });
        if !place || self.doc.flags(p) & flag::PREPOSITION != 0 {
            return false;
        }
        let next = self.mention_at(p).map_or(p, |m| m.last) + 1;
        that && self.has_that_soon(next)
            || (next..self.doc.len().min(next + 6))
                .take_while(|&q| matches!(self.doc.kind(q), Kind::Word | Kind::Comma))
                .any(|q| self.governs(trigger, q))
    }

    /// "لكنه قال", "إلا أنها أضافت": a subordinator whose pronoun is the subject of the verb at `verb`.
    pub(super) fn turns_with_pronoun(&self, p: usize, verb: usize) -> bool {
        if verb <= p || !self.turns(p) || self.at[verb - 1] != usize::MAX {
            return false;
        }
        let norm = self.doc.norm(verb - 1);
        let mut scratch = String::new();
        self.lexicon.spec.clitics.suffixes.iter().any(|s| {
            norm.strip_suffix(s.form.as_str()).is_some_and(|stem| {
                stem.chars().count() > 2 && self.doc.flags(verb - 1) & flag::SUBORDINATOR != 0
                    || self.lexicon.look_up(stem, &mut scratch).flags & flag::THAT != 0
            })
        })
    }

    /// «قال "فلان": ...»: a word or two in marks between a verb and its colon are the name of who speaks.
    pub(super) fn called_in_marks(&self, mark: usize, verb: usize, quotation: &Quotation) -> bool {
        mark == verb + 1
            && !self.lexicon.spec.grammar.has_case
            && quotation.closed
            && quotation.last - quotation.first < 3
            && self.doc.kind(quotation.last + 2) == Kind::Colon
    }

    /// "وساطة الـ«...»": marks that only an article parts from their noun.
    pub(super) fn named_in_phrase(&self, mark: usize) -> bool {
        let clitics = &self.lexicon.spec.clitics;
        let norm = self.doc.norm(mark.saturating_sub(1));
        let attached = clitics.conjunctions.iter().chain(&clitics.prepositions);
        let bare = |rest: &str| rest == clitics.article || rest == clitics.article_rest;
        mark > 0
            && !clitics.article.is_empty()
            && (norm == clitics.article || attached.filter_map(|c| norm.strip_prefix(c.as_str())).any(bare))
    }

    /// Whether the verb at `p`, spelt like a preposition, has its own preposition behind it: "وعبر عن".
    pub(super) fn governs_next(&self, p: usize) -> bool {
        let doc = self.doc;
        doc.has_conjunction(p)
            && doc.flags(p + 1) & flag::PREPOSITION != 0
            && doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past } => {
                    let t = &self.lexicon.triggers[trigger as usize];
                    t.kind == EventType::Statement && t.strength == Strength::Strong && self.governs(t, p + 1)
                }
                _ => false,
            })
    }

    /// "وكان": a conjunction attached to the verb that makes others past.
    pub(super) fn tells_how_it_was(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let rest = self.lexicon.spec.clitics.conjunctions.iter().find_map(|c| norm.strip_prefix(c.as_str()));
        rest.is_some_and(|rest| self.lexicon.spec.grammar.was.iter().any(|w| w == rest))
    }

    /// "، وكان الوزير قد أعلن": behind a comma the narrator goes back to what somebody said before.
    pub(super) fn told_earlier(&self, p: usize) -> bool {
        let doc = self.doc;
        if !self.after_comma(p) || !self.tells_how_it_was(p) {
            return false;
        }
        let Some(subject) = self.starting(p + 1) else { return false };
        let mut verb = self.mentions[subject].last + 1;
        if doc.flags(verb) & flag::AUXILIARY != 0 {
            verb += 1;
        }
        self.eligible(subject) && self.at.get(verb) == Some(&usize::MAX) && self.is_speech_verb(verb)
    }

    /// Whether the parts of a verb come later, behind its subject, an occasion or a date: "، وقال الوزير في كلمة ألقاها أمس: «".
    pub(super) fn reports_late(&self, trigger: &Trigger, from: usize) -> bool {
        let doc = self.doc;
        let occasion = doc.flags(from) & flag::PREPOSITION != 0
            && self.at[from] == usize::MAX
            && (from + 1..from + 3).any(|p| doc.flags(p) & (flag::MEETING | flag::SETTING | flag::VISIT) != 0);
        let clause = trigger.slots.iter().any(|s| s.content && matches!(s.marker, Marker::That | Marker::Quote));
        for p in from..(from + REACH).min(doc.len()) {
            match doc.kind(p) {
                Kind::Colon => return clause,
                Kind::Word => {
                    if clause && self.at[p] == usize::MAX && doc.flags(p) & flag::THAT != 0 && !self.joins(p) {
                        return true;
                    }
                    if occasion && p > from && self.governs(trigger, p) {
                        return true;
                    }
                }
                Kind::Number | Kind::Quote | Kind::Comma | Kind::Open | Kind::Close | Kind::Slash => {}
                _ => return false,
            }
        }
        false
    }

    /// "، وأكد ضرورة العمل", "، كما رفض التدخل": the verb of saying at `verb` with its object right behind it. Only behind
    /// an introduction at `p` may the verb be spelt like a noun, or the object have its article: "، ورفض المحاولات" goes on
    /// with what was said, and in "وأعلن المكتب" the noun would be the subject.
    pub(super) fn reports_object(&self, trigger: &Trigger, p: usize, verb: usize, object: usize) -> bool {
        let doc = self.doc;
        let flags = doc.flags(object);
        let noun = flag::MATTER | flag::SPEECH_NOUN | flag::NOUN;
        let introduced = verb != p && (doc.flags(p) & flag::ATTRIBUTION == 0 || doc.flags(p) & flag::CONJUNCTION != 0);
        doc.kind(object) == Kind::Word
            && self.at[object] == usize::MAX
            && trigger.slots.iter().any(|s| s.content && s.marker == Marker::Object)
            && flags & noun != 0
            && flags
                & (flag::PREPOSITION
                    | flag::ADVERB
                    | flag::TIME_WORD
                    | flag::CONJUNCTION
                    | flag::SAYING
                    | flag::ORG_HEAD
                    | flag::GROUP
                    | flag::TITLE
                    | flag::SETTING
                    | flag::MEDIA)
                == 0
            && doc.words[object].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            && (introduced
                || verb == p && doc.has_conjunction(p) && doc.flags(p) & noun == 0 && !doc.has_article(object))
            && !self.is_verb(object)
    }

    /// Whether the word at `p` stands in a list of the language's own.
    pub(super) fn listed(&self, list: &str, p: usize) -> bool {
        self.doc.listed(list, p, self.lexicon)
    }

    /// "، بحسب ما ذكر الوزير": an attribution whose verb and speaker end the clause.
    pub(super) fn credits(&self, p: usize, verb: usize, next: usize) -> bool {
        let doc = self.doc;
        let attribution = doc.longest(p, flag::ATTRIBUTION).is_some_and(|x| x.last() + 1 == verb);
        // "، كما ذكرت صحيفة كذا": an outlet is credited whatever follows.
        if attribution && doc.longest(next, flag::MEDIA).is_some() && !self.lexicon.spec.grammar.has_case {
            return true;
        }
        attribution
            && doc.flags(p) & flag::CONJUNCTION == 0
            && self.starting(next).is_some_and(|m| {
                let after = self.mentions[m].last + 1;
                self.eligible(m) && !matches!(doc.kind(after), Kind::Word | Kind::Number)
            })
    }

    /// "، وبعد الهجوم": what comes before or after something else begins another sentence.
    pub(super) fn turns_to_time(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let grammar = &self.lexicon.spec.grammar;
        self.lexicon.spec.clitics.conjunctions.iter().any(|c| {
            norm.strip_prefix(c.as_str())
                .is_some_and(|rest| grammar.aftermath.iter().chain(&grammar.eve).any(|w| w == rest))
        })
    }

    /// "، الأمر الذي": the narrator says what it comes to.
    pub(super) fn comments(&self, p: usize) -> bool {
        let relative = |p: usize| self.doc.kind(p) == Kind::Word && self.doc.flags(p) & flag::RELATIVE != 0;
        relative(p + 1) && self.listed("comments", p)
    }

    /// The last of several quotations that a conjunction joins: «...»؛ ولكن «...», «...» و«...».
    pub(super) fn last_joined<'q>(&'q self, first: &'q Quotation, sentence: Sentence) -> &'q Quotation {
        let doc = self.doc;
        let mut quotation = first;
        if self.lexicon.spec.grammar.has_case {
            return first;
        }
        loop {
            let mut p = quotation.last + 2;
            if !quotation.closed || p + 1 > sentence.last {
                return quotation;
            }
            p += usize::from(matches!(doc.kind(p), Kind::Comma | Kind::Semicolon));
            let norm = doc.norm(p);
            let joined = doc.kind(p) == Kind::Word
                && (self.lexicon.spec.clitics.conjunctions.iter().any(|c| c == norm)
                    || doc.flags(p) & flag::CONJUNCTION != 0 && doc.flags(p) & (flag::SPEECH | flag::ATTRIBUTION) == 0);
            match self.opening(p + 1).filter(|q| joined && q.last <= sentence.last) {
                Some(next) => quotation = next,
                None => return quotation,
            }
        }
    }
}

//! What was said: the reported clause and the direct speech.

use super::*;

impl Engine<'_, '_> {
    /// Fills in what was said. Returns whether a clause, colon or quotation introduced it.
    pub(super) fn content(
        &mut self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        hit: Hit,
        subject_end: usize,
        last_actor: Option<usize>,
    ) -> bool {
        let doc = self.doc;
        let case = self.lexicon.spec.grammar.has_case;
        let mut p = hit.last + 1;
        let limit = sentence.last;
        // Before the verb: "..., X said".
        if self.lexicon.spec.grammar.content_before_verb {
            if let Some(found) = self.content_before(sentence, hit, draft) {
                draft.content.push(found);
                self.continue_quotation(draft, sentence, subject_end);
                self.collect_quotes(draft);
                return true;
            }
        }
        let mut that = None;
        let mut quote = None;
        let mut steps = 0;
        let anchor = last_actor.unwrap_or(subject_end).max(subject_end);
        while p <= limit {
            if p <= anchor {
                p = anchor + 1;
                continue;
            }
            steps += 1;
            if steps > 40 {
                break;
            }
            match doc.kind(p) {
                Kind::Colon => {
                    if p < limit {
                        quote = Some(p + 1);
                    }
                    break;
                }
                Kind::Quote if self.opening(p).is_some() => {
                    let outlet = doc.longest(p + 1, flag::MEDIA | flag::ORG).is_some();
                    if !outlet {
                        quote = Some(p);
                        break;
                    }
                    p = self.opening(p).map_or(p, |q| q.last + 1);
                }
                Kind::Word if self.at[p] == usize::MAX => {
                    let flags = doc.flags(p);
                    if flags & flag::THAT != 0 && doc.words[p].clitics() & clitic::PREPOSITION == 0
                        || self.is_prefixed_that(p)
                    {
                        that = Some(p);
                        break;
                    }
                    // "علق ... قائلا": one report with two verbs.
                    if flags & flag::SAYING != 0 && p > hit.last {
                        draft.triggers.push((p, p));
                        p += 1;
                        continue;
                    }
                    if p > hit.last + 1 && self.starts_report(p) {
                        break;
                    }
                }
                _ => {}
            }
            p += 1;
        }
        let mut clause = false;
        let start = match (that, quote) {
            (Some(t), _) => {
                clause = true;
                Some(t + 1)
            }
            (None, Some(q)) => {
                clause = true;
                Some(q)
            }
            _ => None,
        };
        if let Some(mut start) = start {
            // «أن ...»: a complementizer inside the quotation is left out of the content.
            if doc.kind(start) == Kind::Quote {
                start += 1;
            }
            if start <= limit && doc.flags(start) & flag::THAT != 0 && self.at[start] == usize::MAX {
                start += 1;
            }
            if start <= limit && doc.kind(start) == Kind::Quote {
                start += 1;
            }
            let end = self.content_end(start, sentence);
            if start <= end {
                draft.content.push((start, end));
            }
        } else {
            // By the frame: what follows one of the verb's prepositions, or the object.
            let mut begin = None;
            let first = anchor + 1;
            for slot in trigger.slots.iter().filter(|s| s.content) {
                match &slot.marker {
                    Marker::Preposition(word) => {
                        let from = hit.last + 1;
                        let found = (from..=limit.min(from + REACH))
                            .find(|&q| self.has_preposition(q, word) && (q > subject_end || q > hit.last));
                        if let Some(q) = found {
                            // The subject must not lie between it and the verb's other parts.
                            let attached = doc.flags(q) & flag::PREPOSITION == 0 || doc.norm(q) != word;
                            let candidate = if attached { q } else { q + 1 };
                            if candidate > subject_end {
                                begin = Some(begin.map_or(candidate, |b: usize| b.min(candidate)));
                            }
                        }
                    }
                    Marker::Object if !case || hit.form != Form::Participle => {
                        if first <= limit
                            && doc.kind(first) == Kind::Word
                            && doc.flags(first) & (flag::PREPOSITION | flag::SUBORDINATOR | flag::RELATIVE) == 0
                        {
                            begin = Some(begin.map_or(first, |b: usize| b.min(first)));
                        }
                    }
                    Marker::Infinitive if case => {
                        if first <= limit && doc.flags(first) & flag::INFINITIVE != 0 {
                            begin = Some(first);
                            clause = true;
                        }
                    }
                    Marker::That if case => {
                        // English leaves "that" out: a finite clause follows.
                        if first <= limit && self.bare_clause(first, limit) {
                            begin = Some(begin.map_or(first, |b: usize| b.min(first)));
                            clause = true;
                        }
                    }
                    _ => {}
                }
            }
            if let Some(begin) = begin {
                let end = self.content_end(begin, sentence);
                if begin <= end {
                    draft.content.push((begin, end));
                }
            }
        }
        self.continue_quotation(draft, sentence, subject_end);
        self.collect_quotes(draft);
        clause
    }

    pub(super) fn bare_clause(&self, first: usize, limit: usize) -> bool {
        let doc = self.doc;
        if !matches!(doc.kind(first), Kind::Word | Kind::Quote | Kind::Number) {
            return false;
        }
        let prepositional = doc.flags(first) & flag::PREPOSITION != 0 && self.at[first] == usize::MAX;
        let words = (first..=limit).filter(|&p| doc.kind(p) == Kind::Word).count();
        if prepositional {
            // "said on Monday the talks ...", "said in a statement that": what follows the adverbial.
            return words >= 8;
        }
        words >= 3
    }

    /// أنه، بأن: the complementizer with something attached.
    pub(super) fn is_prefixed_that(&self, p: usize) -> bool {
        self.doc.flags(p) & flag::THAT != 0 && self.doc.words[p].clitics() & clitic::PREPOSITION != 0
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
        {
            return false;
        }
        let mut trigger_at = p;
        let flags = doc.flags(p);
        if flags & (flag::ATTRIBUTION | flag::CONJUNCTION | flag::SUBORDINATOR | flag::ADVERB) != 0
            && flags & flag::SPEECH == 0
        {
            trigger_at = p + 1;
        }
        let found = doc.matches_at(trigger_at).iter().find(|x| match x.meaning {
            Meaning::Trigger { trigger, form } => {
                let t = &self.lexicon.triggers[trigger as usize];
                t.kind == EventType::Statement && form != Form::Noun && t.strength != Strength::Attitude
            }
            _ => false,
        });
        let Some(found) = found else {
            return flags & flag::ATTRIBUTION != 0 && flags & flag::CONJUNCTION == 0 && self.after_comma(p);
        };
        let Meaning::Trigger { trigger, form } = found.meaning else { return false };
        let t = &self.lexicon.triggers[trigger as usize];
        if found.clitics & (clitic::ARTICLE | clitic::PREPOSITION | clitic::FUTURE) != 0 {
            return false;
        }
        let joined = found.clitics & clitic::CONJUNCTION != 0 || trigger_at != p || self.after_comma(p);
        if !joined && form != Form::Participle {
            return false;
        }
        match form {
            Form::Participle => {
                let norm = doc.norm(trigger_at);
                self.after_comma(p) && self.chained(norm) || self.accusative(norm) && t.strength == Strength::Strong
            }
            _ => {
                // A verb that is followed by its complementizer, a quotation or an actor.
                let next = found.last() + 1;
                let next_flags = doc.flags(next);
                next_flags & flag::THAT != 0
                    || matches!(doc.kind(next), Kind::Colon | Kind::Quote)
                    || t.strength == Strength::Strong && self.starting(next).is_some_and(|m| self.eligible(m))
                    || self.has_that_soon(next)
            }
        }
    }

    pub(super) fn has_that_soon(&self, from: usize) -> bool {
        (from..(from + 8).min(self.doc.len()))
            .take_while(|&p| matches!(self.doc.kind(p), Kind::Word | Kind::Number))
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
                let last = q.last;
                return self.trim(start, last);
            }
        }
        while p <= sentence.last {
            let level = if self.lexicon.spec.grammar.has_case { quoted } else { 0 };
            if p > start && doc.quoted[p] == level && self.starts_report(p) {
                return self.trim(start, p - 1);
            }
            p += 1;
        }
        // A quotation that opens inside may run past the sentence.
        let mut end = sentence.last;
        if doc.quoted[end] != 0 && !(self.lexicon.spec.grammar.has_case && doc.quoted[end] == quoted) {
            end = doc.quotations[doc.quoted[end] as usize - 1].last;
        }
        self.trim(start, end)
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
            && doc.flags(edge - 1) & (flag::ADVERB | flag::AUXILIARY | flag::PROCLITIC) != 0
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
        if edge == 0 {
            return None;
        }
        let before = edge - 1;
        // A quotation that closes right before, in this sentence or the one before it. Without a comma or full stop at its
        // end it belongs to what stands before, unless the verb says nothing else.
        if doc.kind(before) == Kind::Quote {
            let said = own.0 > hit.first || !matches!(doc.kind(hit.last + 1), Kind::Word | Kind::Number | Kind::Quote);
            let apart = |q: &&crate::text::Quotation| matches!(doc.kind(q.last), Kind::Comma | Kind::Stop | Kind::Dash);
            if let Some(q) = self.closing(before).filter(|q| said || apart(q)) {
                return Some((q.first, self.trim_stops(q.first, q.last)));
            }
        }
        if doc.kind(before) == Kind::Comma && before > sentence.first {
            let inner = before - 1;
            if doc.kind(inner) == Kind::Quote {
                if let Some(q) = self.closing(inner) {
                    return Some((q.first, q.last));
                }
            }
            // A clause of its own: it has a verb, or at least some length, and does not open with a subordinator.
            let mut first = self.past_dateline(sentence);
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

    /// Where a sentence begins past a dateline: "LONDON (Agency) - ...".
    pub(super) fn past_dateline(&self, sentence: Sentence) -> usize {
        let doc = self.doc;
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
        for _ in 0..8 {
            while p < doc.len() && matches!(doc.kind(p), Kind::Break | Kind::Stop) {
                p += 1;
            }
            if p >= doc.len() || doc.kind(p) != Kind::Quote {
                return;
            }
            let Some(q) = self.opening(p) else { return };
            // It must be all that its sentence is.
            let after = q.last + 2;
            let ends =
                after >= doc.len() || matches!(doc.kind(after), Kind::Break | Kind::Stop | Kind::Quote) || !q.closed;
            if !ends || doc.tokens.all[q.first].field != doc.tokens.all[end].field {
                return;
            }
            draft.content.push((q.first, q.last));
            p = after;
            if p < doc.len() && doc.kind(p) == Kind::Stop {
                p += 1;
            }
        }
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
                // A name between marks is no speech.
                let name = self.at[q.first] != usize::MAX && self.mentions[self.at[q.first]].last >= q.last
                    || doc.longest(q.first, flag::MEDIA | flag::ORG).is_some_and(|x| x.last() >= q.last);
                if name || draft.quotes.contains(&(q.first, q.last)) {
                    continue;
                }
                draft.quotes.push((q.first, q.last));
            }
        }
    }
}

//! What a statement says and to whom: the clause, quotation, infinitive or object behind the verb of saying.

use super::VERBAL;
use crate::event::{Act, ActorKind, Role};
use crate::extract::doc::Sentence;
use crate::extract::frame::{Draft, Engine, Hit};
use crate::extract::rule::Subject;
use crate::lexicon::{Form, Marker, Strength, Trigger, flag};
use crate::text::Kind;

impl Engine<'_, '_> {
    /// Whom it was said to and what. Returns whether it is a clause, an infinitive or a quotation.
    pub(super) fn case_content(
        &mut self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        hit: Hit,
        search: usize,
        subject: Subject,
    ) -> bool {
        let doc = self.doc;
        let has = |marker: &Marker| trigger.slots.iter().any(|s| s.content && s.marker == *marker);
        let (that, quote, infinitive) = (has(&Marker::That), has(&Marker::Quote), has(&Marker::Infinitive));
        // "..., he said, adding that": a participle with words of its own does not take those before it.
        let own = subject == Subject::Governor && matches!(doc.kind(search), Kind::Word | Kind::Number | Kind::Quote);
        let quoted_before = if (that || quote) && !own { self.content_before(sentence, hit, draft) } else { None };
        if let Some((first, last)) =
            quoted_before.filter(|&(first, _)| doc.quoted[first] != 0 && doc.quoted[first] != doc.quoted[hit.first])
        {
            draft.content.push((first, last));
            let mut p = search;
            self.addressee(draft, trigger, sentence, &mut p);
            // "..., he said. "...": what goes on after.
            self.continue_quotation(draft, sentence, p);
            if draft.content.len() == 1 {
                self.resumed(draft, sentence, p);
            }
            self.collect_quotes(draft);
            return true;
        }
        let mut p = search;
        self.addressee(draft, trigger, sentence, &mut p);
        let limit = sentence.last;
        let mut clause = false;
        let mut begin = None;
        let mut adverbials = 0;
        // "As the minister announced in Rome, ..."
        const LINK: u64 = flag::SUBORDINATOR | flag::PREPOSITION;
        let as_clause = doc.flags(sentence.first) & LINK == LINK
            && self.at[sentence.first] == usize::MAX
            && (self.listed("report_links", sentence.first) || !self.lexicon.spec.words.contains_key("report_links"));
        // "Wrote on his page:" and the words in the next line.
        let colon =
            (search..=limit).rev().find(|&q| doc.kind(q) != Kind::Break).filter(|&q| doc.kind(q) == Kind::Colon);
        if let Some(colon) = colon.filter(|&c| {
            (that || quote)
                && (search..c)
                    .all(|q| doc.flags(q) & flag::THAT == 0 && !matches!(doc.kind(q), Kind::Quote | Kind::Colon))
        }) {
            p = colon;
        }
        if let Some(colon) = self.colon_behind(p, sentence).filter(|_| that || quote) {
            p = colon;
        }
        while p <= limit {
            let flags = doc.flags(p);
            match doc.kind(p) {
                Kind::Colon => {
                    clause = true;
                    begin = Some(p + 1);
                    break;
                }
                Kind::Quote => {
                    // "Blamed 'some capitals' for the delay": what is between the marks is who, not what.
                    let quotation = self.opening(p).filter(|q| {
                        let next = q.last + 2;
                        let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                        object && q.closed && next <= limit && self.governs(trigger, next)
                    });
                    if let Some(quotation) = quotation {
                        p = quotation.last + 2;
                        continue;
                    }
                    // "Said on Radio Four's 'Evening Hour' that": the marks name where it was said.
                    if let Some(last) = self.named_show(p, limit).filter(|_| {
                        let told = trigger.slots.iter().any(|s| s.actor && s.marker == Marker::Object);
                        that && (told || p > hit.last + 1)
                    }) {
                        p = last;
                        continue;
                    }
                    // "The mission 'strongly condemned' the raid": the marks hold the verb alone.
                    let around = self.closing(p).is_some_and(|q| {
                        q.first <= hit.first
                            && q.last == hit.last
                            && (q.first..hit.first).all(|w| doc.flags(w) & flag::ADVERB != 0)
                    });
                    if around && self.lexicon.spec.grammar.adjective_first {
                        p += 1;
                        continue;
                    }
                    if doc.quoted.get(p + 1).is_some_and(|&q| q != 0 && q != doc.quoted[hit.first]) {
                        clause = that || quote || infinitive;
                        begin = Some(p + 1);
                    }
                    break;
                }
                Kind::Comma => {
                    let next = p + 1;
                    if doc.kind(next) == Kind::Quote && next < limit {
                        p = next;
                        continue;
                    }
                    // "Urge the premier, Haider, to": the infinitive after an apposition.
                    if infinitive
                        && doc.flags(next) & flag::INFINITIVE != 0
                        && self.at[next] == usize::MAX
                        && p > search
                    {
                        p = next;
                        continue;
                    }
                    if let Some(mark) = self.clause_behind_aside(p, limit).filter(|_| that) {
                        p = mark;
                        continue;
                    }
                    // ", in a speech in Cairo, that"
                    if doc.flags(next) & flag::THAT != 0 && self.at[next] == usize::MAX {
                        p = next;
                        continue;
                    }
                    // ", lors d'une rencontre avec le roi, que": what was said opens behind the adverbial.
                    let later = (next..limit.min(next + 24)).find(|&q| doc.kind(q) == Kind::Comma);
                    if self.lexicon.spec.grammar.marks_clauses {
                        if let Some(q) = later.filter(|&q| doc.flags(q + 1) & flag::THAT != 0) {
                            p = q + 1;
                            continue;
                        }
                    }
                    // "Le pont, a indiqué le ministre, sera rouvert".
                    let inside = subject == Subject::After && self.lexicon.spec.grammar.inverts_reports && p == search;
                    // "Instead, he noted, the talks go on": the report stands inside its own words.
                    let rest = (next..=limit).filter(|&q| doc.kind(q) == Kind::Word).count();
                    // "..., 'safe and well,' he said, adding that": what stands before has been told already.
                    let told = quoted_before.is_some_and(|(_, last)| doc.kind(last) == Kind::Quote);
                    if (subject == Subject::Before && (p == hit.last + 1 || as_clause) && !told || inside)
                        && (that || quote && !self.lexicon.spec.grammar.adjective_first)
                        && rest >= 3
                        && doc.flags(next) & (flag::RELATIVE | flag::CONJUNCTION) == 0
                        && (next..=limit.min(next + 20)).any(|q| self.finite(q))
                    {
                        clause = true;
                        begin = Some(next);
                    }
                    break;
                }
                Kind::Word => {}
                Kind::Number if that => {
                    clause = true;
                    begin = Some(p);
                    break;
                }
                // "In Tampa, Fla., that": a point inside its sentence is that of an abbreviation.
                Kind::Stop
                    if p < limit && self.lexicon.spec.grammar.adjective_first && doc.kind(p + 1) == Kind::Comma =>
                {
                    p += 1;
                    continue;
                }
                _ => break,
            }
            let free = self.at[p] == usize::MAX;
            // "Echoed that concern": which one.
            let which = self.lexicon.spec.grammar.adjective_first
                && has(&Marker::Object)
                && self.at[p + 1] == usize::MAX
                && doc.flags(p + 1) & (flag::SPEECH_NOUN | flag::MATTER) != 0
                && (doc.kind(p + 2) != Kind::Word
                    || doc.flags(p + 2) & flag::PREPOSITION != 0 && doc.flags(p + 2) & flag::SUBORDINATOR == 0)
                && !(p + 2..limit)
                    .take_while(|&q| doc.kind(q) == Kind::Word && doc.flags(q) & flag::RELATIVE == 0)
                    .any(|q| self.finite(q));
            if free && flags & flag::THAT != 0 && which {
                begin = Some(p);
                break;
            }
            if free && flags & flag::THAT != 0 {
                // "Echoed that concern": no complementizer, but which concern.
                if p == hit.last + 1 && has(&Marker::Object) && self.points_at(p) {
                    begin = Some(p);
                    break;
                }
                // "Pushed the idea that": the clause is that of the noun, where the verb takes none.
                if !(that || quote) && p > hit.last + 1 && self.lexicon.spec.grammar.adjective_first {
                    break;
                }
                clause = true;
                begin = Some(p + 1);
                break;
            }
            // "Responded and fought": nothing was said.
            if free && flags & flag::CONJUNCTION != 0 {
                // "Urge all parties and their followers to": the rest of those who are addressed.
                let on = (p + 1..limit.min(p + 8))
                    .take_while(|&q| doc.kind(q) == Kind::Word)
                    .find(|&q| doc.flags(q) & flag::INFINITIVE != 0 && self.at[q] == usize::MAX);
                match on.filter(|_| infinitive && draft.actors.iter().any(|a| a.role == Role::Target)) {
                    Some(q) => {
                        p = q;
                        continue;
                    }
                    None => break,
                }
            }
            let negated = flags & flag::NEGATION != 0 && doc.flags(p + 1) & flag::INFINITIVE != 0;
            // "Pledged to open markets", where "pledged to farmers" names who is told.
            let bare = doc.flags(p + 1) & flag::ADJECTIVE != 0
                && doc.flags(p + 1) & flag::GROUP == 0
                && !doc.tokens.all[p + 1].capital
                && self.lexicon.spec.grammar.adjective_first;
            if free && (self.infinitive_at(p) || negated) && infinitive && (bare || self.starting(p + 1).is_none()) {
                clause = true;
                begin = Some(p);
                break;
            }
            if free
                && (flags & flag::RELATIVE != 0 || flags & flag::SUBORDINATOR != 0 && flags & flag::PREPOSITION == 0)
            {
                // "Spoke while his guests ate": without a clause of its own the verb reports none of the author's.
                if self.lexicon.spec.grammar.adjective_first
                    && !that
                    && flags & flag::RELATIVE == 0
                    && !self.listed("questions", p)
                {
                    break;
                }
                clause = that || quote;
                begin = Some(p);
                break;
            }
            // "Condemned in the strongest terms".
            let phrase =
                doc.longest(p, flag::ADVERB).filter(|x| x.len > 1 && self.lexicon.spec.grammar.adjective_first);
            if let Some(x) = phrase.filter(|_| free) {
                p = x.last() + 1;
                continue;
            }
            let slot = trigger.slots.iter().find(|s| matches!(&s.marker, Marker::Preposition(w) if w == doc.norm(p)));
            // "Promis des vivres": an article that is spelt like a preposition opens an object.
            let partitive = self.lexicon.spec.grammar.articled()
                && slot.is_none()
                && flags & flag::DETERMINER != 0
                && has(&Marker::Object);
            if free && flags & flag::PREPOSITION != 0 && !partitive {
                if let Some(slot) = slot {
                    if slot.actor && self.starting(p + 1).is_some() {
                        let target = self.starting(p + 1).unwrap_or_default();
                        let target = self.owned_mention(target).unwrap_or(target);
                        if self.mentions[target].pronoun {
                            // "Complained to him about": whom he means.
                            let m = &self.mentions[target];
                            let meant = self.addressed(target, draft, sentence).filter(|&r| self.eligible(r));
                            if let Some(resolved) = meant {
                                self.push_actor(draft, Role::Target, resolved, Some((m.first, m.last)));
                            }
                        } else if !self.mentions[target].non_actor && self.mentions[target].place.is_none() {
                            self.push_actor(draft, Role::Target, target, None);
                            self.coordinate(draft, Role::Target, target, sentence);
                        }
                        if !slot.content {
                            let last = self.mentions[target].last;
                            p = self.actors_end(draft, last, sentence).max(last) + 1;
                            continue;
                        }
                    }
                    let dated = self.lexicon.spec.grammar.adjective_first
                        && self.when_or_where(p + 1)
                        && !doc.tokens.all[p + 1].possessive;
                    if slot.content && !dated {
                        clause = that && quote;
                        begin = Some(p + 1);
                        break;
                    }
                }
                // "Responded after the army had left": a clause of its own, and none of what was said.
                let clause_of_time = flags & flag::SUBORDINATOR != 0
                    && self.lexicon.spec.grammar.adjective_first
                    && self.opens_clause(p + 1, sentence)
                    && !(p..=limit).any(|q| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX);
                if clause_of_time && !self.listed("report_links", p) {
                    break;
                }
                // An adverbial between the verb and what was said.
                let end = self.adverbial_end(p, limit);
                adverbials += 1;
                if adverbials > 4 {
                    break;
                }
                p = self.past_described(end, limit).unwrap_or(end) + 1;
                continue;
            }
            // "Says this shows": a demonstrative that no time follows is the subject of the clause.
            let this = self.lexicon.spec.grammar.adjective_first
                && flags & flag::DEMONSTRATIVE != 0
                && doc.longest(p, flag::TIME_WORD).is_none_or(|x| x.len == 1)
                && doc.flags(p + 1) & (flag::TIME_WORD | flag::WEEKDAY | flag::MONTH) == 0;
            let adverb =
                flags & (flag::TIME_WORD | flag::ADVERB) != 0 && flags & (flag::NOUN | flag::DETERMINER) == 0 && !this;
            // "Confirmed there had been losses": before "be" the adverb stands for the subject of the clause.
            let exists = self.lexicon.spec.grammar.adjective_first && that && {
                let next = doc.flags(p + 1);
                next & flag::BE != 0 || next & flag::AUXILIARY != 0 && doc.flags(p + 2) & flag::BE != 0
            };
            let adverb = adverb && !exists;
            // "Condemned today's attack": the day belongs to the object.
            let owner = doc.tokens.all[p].possessive;
            if let Some(q) = self.that_behind_time(p, limit).filter(|_| free && that && !owner) {
                p = q;
                continue;
            }
            if free && !owner && (adverb || flags & (flag::WEEKDAY | flag::MONTH) != 0) {
                p += 1;
                // "Saturday night".
                let part =
                    flags & flag::WEEKDAY != 0 && doc.flags(p) & flag::TIME_WORD != 0 && self.at[p] == usize::MAX;
                p += usize::from(part && self.lexicon.spec.grammar.adjective_first);
                continue;
            }
            // "Said in a statement released on Sunday that": what was done with the document.
            let document = self.lexicon.spec.grammar.adjective_first
                && p > search
                && doc.flags(p - 1) & flag::SETTING != 0
                && self.at[p - 1] == usize::MAX
                && doc.flags(p) & VERBAL != 0
                && doc.flags(p) & (flag::AUXILIARY | flag::MODAL) == 0;
            if document && free && (that || quote) {
                let complement = (p + 1..limit.min(p + 14))
                    .take_while(|&q| matches!(doc.kind(q), Kind::Word | Kind::Number))
                    .find(|&q| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX);
                p = complement.unwrap_or_else(|| self.past_adverbials(p + 1, sentence)).max(p + 1);
                continue;
            }
            // An object or a clause without its complementizer.
            let object = has(&Marker::Object) || has(&Marker::Matter) || has(&Marker::Predicate);
            let words = (p..=limit).filter(|&q| doc.kind(q) == Kind::Word).count();
            // The clause has a verb of its own before any relative clause begins.
            let verb = (p + 1..=limit.min(p + 20))
                .take_while(|&q| {
                    !matches!(doc.kind(q), Kind::Semicolon | Kind::Colon)
                        && (doc.kind(q) != Kind::Comma || trigger.strength != Strength::Weak)
                        && (doc.flags(q) & flag::RELATIVE == 0 || self.at[q] != usize::MAX)
                })
                .any(|q| self.finite(q));
            // "Told them the Sunday before the vote that": a day before the clause.
            if let Some(mark) = self.clause_behind_day(p, limit).filter(|_| that && !object) {
                p = mark;
                continue;
            }
            let told = quoted_before.is_some() && self.quiet(hit.last + 1, sentence);
            let bare = !object && words >= 3 && trigger.strength != Strength::Weak && !told;
            // Some languages never leave the complementizer out.
            let omitted = that && !self.lexicon.spec.grammar.marks_clauses;
            if omitted && words >= 2 && (verb || bare) {
                clause = !object || verb;
                begin = Some(p);
            } else if object {
                begin = Some(self.object_of_deed(draft, trigger, sentence, p).unwrap_or(p));
            } else if infinitive && self.lexicon.spec.grammar.adjective_first && trigger.act == Act::Request {
                // "Urge anyone with information to come forward": an object that is no known actor.
                let object = (p..limit.min(p + 10))
                    .take_while(|&q| doc.kind(q) == Kind::Word && (q == p || !self.finite(q)))
                    .find(|&q| self.at[q] == usize::MAX && doc.flags(q) & flag::INFINITIVE != 0);
                let verb = |q: usize| {
                    doc.kind(q) == Kind::Word
                        && self.at[q] == usize::MAX
                        && doc.flags(q) & (flag::DETERMINER | flag::PREPOSITION | flag::OBLIQUE) == 0
                };
                if let Some(mark) = object.filter(|&q| q > p && verb(q + 1)) {
                    clause = true;
                    begin = Some(mark);
                }
            }
            break;
        }
        if let Some(mut begin) = begin {
            // "Conceded that, in the end, the law stays".
            if doc.kind(begin) == Kind::Comma && begin < limit {
                begin += 1;
            }
            if doc.kind(begin) == Kind::Quote {
                begin += 1;
            }
            if begin > limit || doc.kind(begin) == Kind::Break || self.speaks_on(begin, trigger) {
                // "The minister said:" and the words in the next paragraph, or in this one without marks.
                let limit = if doc.kind(begin - 1) == Kind::Colon { begin - 1 } else { limit };
                if let Some(found) = self.next_paragraphs(draft, sentence, limit) {
                    draft.content.push(found);
                }
            } else {
                let end =
                    self.before_main(sentence, hit, begin, self.before_dash(hit, self.content_end(begin, sentence)));
                let end = if clause {
                    end
                } else {
                    let end = self.before_participle(begin, end);
                    self.before_target(draft, trigger, sentence, begin, end)
                };
                if self.lexicon.spec.grammar.adjective_first && draft.act == Act::Request {
                    // "Called for the army to withdraw": who is to do it.
                    let called = self.starting(begin).filter(|&m| {
                        let m = &self.mentions[m];
                        let next = m.last + 1;
                        !m.pronoun && m.place.is_none() && !m.modifier && doc.flags(next) & flag::INFINITIVE != 0
                    });
                    let free = !draft.actors.iter().any(|a| a.role == Role::Target);
                    if let Some(target) = called.filter(|&t| free && self.eligible(t)) {
                        self.push_actor(draft, Role::Target, target, None);
                    }
                }
                // "Condemned the raid on a post": what could be a verb of a clause may be a noun of the object.
                let deed =
                    has(&Marker::Object) && doc.flags(begin - 1) & flag::THAT == 0 && doc.kind(begin - 1) == Kind::Word;
                if (!clause || deed) && self.lexicon.spec.grammar.adjective_first {
                    let target = self
                        .stopped(draft, begin, end)
                        .or_else(|| self.supported(draft, begin, end))
                        .or_else(|| self.praised(draft, begin, end, trigger.strength == Strength::Strong));
                    if let Some(target) = target {
                        self.push_actor(draft, Role::Target, target, None);
                    }
                }
                if begin <= end {
                    draft.content.push((begin, end));
                }
            }
        }
        if let Some(&(first, last)) = draft.content.first().filter(|_| !clause && hit.form != Form::Noun) {
            let past = hit.form != Form::Present || hit.first < doc.body;
            clause = has(&Marker::Predicate) && self.predicative(first, last.min(limit), hit.first)
                || self.likens(trigger, first, last.min(limit))
                || has(&Marker::Matter) && past && self.of_matter(first, last.min(limit));
        }
        if draft.content.is_empty() && subject != Subject::Governor {
            if let Some(before) = quoted_before {
                draft.content.push(before);
                draft.content.extend(self.taken_up(sentence, hit, search));
                clause = true;
            }
        }
        self.continue_quotation(draft, sentence, p);
        self.collect_quotes(draft);
        // Words in quotation marks prove the utterance where the verb does not.
        clause || !draft.quotes.is_empty() && quote
    }

    /// "Described the vote as unfair": whether the verb says behind its object what that is called.
    fn likens(&self, trigger: &Trigger, first: usize, last: usize) -> bool {
        let doc = self.doc;
        let likened = |q: usize| {
            self.at[q] == usize::MAX
                && self.listed("likened", q)
                && trigger.slots.iter().any(|s| matches!(&s.marker, Marker::Preposition(w) if w == doc.norm(q)))
        };
        let called = |q: usize| {
            doc.flags(q) & (flag::ADJECTIVE | flag::DETERMINER | flag::MATTER | flag::NOUN) != 0
                || self.at[q] == usize::MAX && doc.words[q].count == 0
        };
        self.lexicon.spec.grammar.adjective_first
            && (first + 1..last)
                .take_while(|&q| doc.kind(q) == Kind::Word && doc.flags(q) & (flag::THAT | flag::RELATIVE) == 0)
                .any(|q| likened(q) && called(q + 1))
    }

    /// "The attack a reprisal", "the sentence 'dangerous'": an object and what it is called.
    fn predicative(&self, first: usize, last: usize, verb: usize) -> bool {
        let doc = self.doc;
        let noun = |q: usize| self.at[q] != usize::MAX || doc.flags(q) & flag::NOUN != 0;
        for q in first + 1..=last {
            if doc.quoted[q] != 0 && doc.quoted[q] != doc.quoted[verb] {
                return true;
            }
            if doc.kind(q) != Kind::Word {
                if doc.kind(q) == Kind::Quote {
                    continue;
                }
                return false;
            }
            let flags = doc.flags(q);
            if self.at[q] == usize::MAX && flags & (flag::THAT | flag::RELATIVE) != 0 {
                return false;
            }
            let indefinite = flags & flag::DETERMINER != 0
                && !self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(q));
            let day = doc.flags(q + 1) & (flag::TIME_WORD | flag::WEEKDAY) != 0;
            if indefinite && noun(q - 1) && doc.kind(q - 1) == Kind::Word && !day {
                return true;
            }
            let adjective = flags & flag::ADJECTIVE != 0 && flags & (flag::NOUN | flag::ADVERB | VERBAL) == 0;
            if adjective && noun(q - 1) && (q == last || doc.kind(q + 1) != Kind::Word || !noun(q + 1)) {
                return true;
            }
        }
        false
    }

    /// Whether the noun phrase at `first` is about a matter: a plan, a decision, what somebody said.
    fn of_matter(&self, first: usize, last: usize) -> bool {
        let doc = self.doc;
        for q in first..=last.min(first + 8) {
            if doc.kind(q) != Kind::Word {
                return false;
            }
            let flags = doc.flags(q);
            if flags & (flag::MATTER | flag::SPEECH_NOUN) != 0 && self.at[q] == usize::MAX {
                let next = doc.flags(q + 1) & flag::NOUN != 0
                    && doc.kind(q + 1) == Kind::Word
                    && doc.flags(q + 1) & flag::PREPOSITION == 0;
                if !next {
                    return true;
                }
            }
            if self.at[q] == usize::MAX && q > first && flags & (flag::PREPOSITION | flag::CONJUNCTION) != 0 {
                return false;
            }
        }
        false
    }

    /// The person told, warned, accused: the object where the frame has one; reporters and outlets are passed over.
    fn addressee(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, p: &mut usize) {
        let doc = self.doc;
        let only = |s: &&crate::lexicon::Slot| s.marker == Marker::Object && s.actor && !s.content;
        if trigger.slots.iter().find(only).is_none() || *p > sentence.last {
            return;
        }
        let article = self.lexicon.spec.grammar.adjective_first
            && self.at[*p] == usize::MAX
            && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(*p));
        if let Some(x) = doc.longest(*p, flag::MEDIA).or_else(|| doc.longest(*p + 1, flag::MEDIA).filter(|_| article)) {
            *p = x.last() + 1;
            // "BBC Radio 4's Today programme"
            let owner = *p - 1;
            while *p <= sentence.last
                && (doc.tokens.all[*p].capital
                    && doc.tokens.all[owner].possessive
                    && self.lexicon.spec.grammar.adjective_first
                    && doc.kind(*p) == Kind::Word
                    || doc.kind(*p) == Kind::Number
                    || doc.kind(*p) == Kind::Word
                        && self.at[*p] == usize::MAX
                        && (doc.flags(*p) & (flag::NOUN | flag::TIME_WORD) != 0
                            || doc.tokens.all[*p - 1].possessive && doc.tokens.all[*p].capital))
            {
                *p += 1;
            }
            return;
        }
        // "Accusé mardi Israël": the day stands before the object.
        if self.lexicon.spec.grammar.articled() {
            let day = |q: usize| {
                doc.kind(q) == Kind::Number
                    || doc.flags(q) & (flag::WEEKDAY | flag::MONTH | flag::TIME_WORD | flag::ADVERB) != 0
            };
            let object = (*p..(*p + 6).min(sentence.last)).find(|&q| self.at[q] != usize::MAX || !day(q));
            if let Some(q) = object.filter(|&q| q > *p && self.starting(q).is_some()) {
                *p = q;
            }
        }
        // "Told Swedish Radio that": an outlet that no list holds, by the complementizer behind its name.
        let named = self.lexicon.spec.grammar.adjective_first
            && trigger.slots.iter().any(|s| s.marker == Marker::That)
            && doc.tokens.all[*p].capital
            && self.starting(*p).is_none_or(|t| self.mentions[t].modifier);
        if named {
            let that = (*p + 1..(*p + 6).min(sentence.last))
                .take_while(|&q| doc.kind(q) == Kind::Word && (self.at[q] != usize::MAX || !self.finite(q)))
                .find(|&q| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX);
            if let Some(that) = that {
                *p = that;
                return;
            }
        }
        // "Call on more countries": a quantity before the ones addressed.
        let quantity = flag::ADJECTIVE | flag::ADVERB | flag::DETERMINER;
        if self.lexicon.spec.grammar.adjective_first
            && self.at[*p] == usize::MAX
            && doc.flags(*p) & quantity != 0
            && doc.flags(*p) & (flag::TIME_WORD | flag::PREPOSITION | flag::THAT) == 0
            && self.starting(*p + 1).is_some_and(|t| self.mentions[t].plural)
        {
            *p += 1;
        }
        if let Some(target) = self.starting(*p) {
            let m = &self.mentions[target];
            if doc.tokens.all[m.last].possessive || m.modifier {
                return;
            }
            // "Told his counterpart": the pronoun only says whose.
            if let Some(owned) = self.owned_mention(target) {
                *p = self.mentions[owned].first;
                return self.addressee(draft, trigger, sentence, p);
            }
            if m.pronoun {
                if let Some(resolved) = self.addressed(target, draft, sentence).filter(|&r| self.eligible(r)) {
                    self.push_actor(draft, Role::Target, resolved, Some((m.first, m.last)));
                }
                *p = m.last + 1;
                return;
            }
            if (!m.non_actor || self.honours_people(draft, target) || self.appealed_to(target)) && m.place.is_none() {
                self.push_actor(draft, Role::Target, target, None);
                self.coordinate(draft, Role::Target, target, sentence);
            }
            *p = self.actors_end(draft, m.last, sentence).max(m.last) + 1;
            return;
        }
        // A plain noun: "told reporters", "told the court".
        let mut q = *p;
        let mut noun = false;
        while q <= sentence.last && doc.kind(q) == Kind::Word && self.at[q] == usize::MAX && q - *p < 5 {
            let flags = doc.flags(q);
            let part = flags & (flag::NOUN | flag::ADJECTIVE | flag::DETERMINER | flag::GROUP) != 0
                && flags & (flag::THAT | flag::INFINITIVE) == 0;
            if !part {
                break;
            }
            noun |= flags & (flag::NOUN | flag::GROUP) != 0;
            q += 1;
        }
        // "Promised a new bridge": a thing that the verb could take as its matter is nobody who is told.
        let things = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content)
            && !(*p..q).any(|w| doc.flags(w) & flag::GROUP != 0);
        let clause = doc.flags(q) & (flag::THAT | flag::INFINITIVE) != 0;
        let next = clause
            || !things
                && (doc.flags(q) & flag::PREPOSITION != 0
                    || matches!(doc.kind(q), Kind::Comma | Kind::Stop | Kind::Quote | Kind::Colon));
        if noun && (next || self.starting(q).is_some()) {
            *p = q;
        }
    }

    /// "Proposed the plan to the king": the object ends where the preposition of the frame names whom it was said to.
    fn before_target(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        begin: usize,
        end: usize,
    ) -> usize {
        let doc = self.doc;
        let object = trigger.slots.iter().any(|s| s.content && s.marker == Marker::Object);
        if !object && !self.lexicon.spec.grammar.adjective_first {
            return end;
        }
        let addresses = |q: usize| {
            let word = doc.norm(q);
            trigger
                .slots
                .iter()
                .any(|s| s.actor && !s.content && matches!(&s.marker, Marker::Preposition(w) if w == word))
                && (self.lexicon.spec.grammar.adjective_first || self.lexicon.spec.grammar.to.iter().any(|w| w == word))
        };
        for q in begin + 1..end {
            if doc.kind(q) != Kind::Word || self.at[q] != usize::MAX || doc.quoted[q] != doc.quoted[begin] {
                continue;
            }
            let flags = doc.flags(q);
            if let Some(partner) = self.on_occasion(q, end) {
                let named = partner.filter(|&t| self.eligible(t) && !self.mentions[t].pronoun);
                let with = trigger.slots.iter().any(|s| s.actor && !s.content && s.marker != Marker::Object);
                if let Some(target) = named.filter(|_| with) {
                    self.push_actor(draft, Role::Target, target, None);
                    self.coordinate(draft, Role::Target, target, sentence);
                }
                return self.trim(begin, q - 1);
            }
            // "Of a detained journalist": a participle that describes a noun.
            let describes = doc.flags(q - 1) & (flag::DETERMINER | flag::ADJECTIVE | flag::OBLIQUE) != 0;
            if flags & (flag::RELATIVE | flag::THAT | flag::CONJUNCTION | flag::MEETING) != 0
                || self.finite(q) && !describes && flags & flag::NOUN == 0
            {
                return end;
            }
            if object && flags & flag::PREPOSITION != 0 && addresses(q) {
                let Some(target) = self.starting(q + 1) else { continue };
                let target = self.owned_mention(target).unwrap_or(target);
                let m = &self.mentions[target];
                if self.eligible(target) && !m.pronoun && !m.modifier && m.place.is_none() {
                    self.push_actor(draft, Role::Target, target, None);
                    self.coordinate(draft, Role::Target, target, sentence);
                    return self.trim(begin, q - 1);
                }
            }
        }
        end
    }

    /// "In a call with the envoy": whether an occasion on which something was said begins at `p`, and with whom it was.
    fn on_occasion(&self, p: usize, end: usize) -> Option<Option<usize>> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        if !grammar.adjective_first
            || doc.flags(p) & flag::PREPOSITION == 0
            || !grammar.at.iter().any(|w| w == doc.norm(p))
        {
            return None;
        }
        let definite = grammar.definite_article.iter().any(|a| a == doc.norm(p + 1));
        if definite || doc.flags(p + 1) & (flag::DETERMINER | flag::OBLIQUE) == 0 {
            return None;
        }
        let noun = (p + 2..=end.min(p + 6)).find(|&q| doc.flags(q) & (flag::MEETING | flag::SETTING) != 0)?;
        let plain = (p + 2..noun).all(|q| doc.flags(q) & (flag::ADJECTIVE | flag::NOUN | flag::ADVERB) != 0);
        let next = doc.flags(noun + 1) & flag::PREPOSITION != 0 && doc.kind(noun + 1) == Kind::Word;
        let setting = doc.flags(noun) & flag::SETTING != 0;
        let partner = || self.starting(noun + 2).map(|m| self.owned_mention(m).unwrap_or(m));
        (plain && (next || setting)).then(|| if next && !setting { partner() } else { None })
    }

    /// "An end to the regime's attacks": whom a request to stop is made to.
    pub(super) fn stopped(&self, draft: &Draft, first: usize, last: usize) -> Option<usize> {
        let doc = self.doc;
        let endings = self.lexicon.spec.words.get("endings")?;
        if draft.act != Act::Request || draft.actors.iter().any(|a| a.role == Role::Target) {
            return None;
        }
        let noun = (first..=last.min(first + 4)).find(|&q| endings.iter().any(|w| w == doc.norm(q)))?;
        let to = noun + 1;
        if !self.lexicon.spec.grammar.to.iter().chain(&self.lexicon.spec.grammar.of).any(|w| w == doc.norm(to)) {
            return None;
        }
        let target = self.starting(to + 1)?;
        let m = &self.mentions[target];
        let owns = doc.tokens.all[m.last].possessive || m.modifier;
        (owns && m.place.is_none() && !m.pronoun && self.eligible(target)).then_some(target)
    }

    /// Whom an object pronoun means: never the speaker himself, so that somebody else of the sentence is looked for where
    /// the nearest is he.
    fn addressed(&self, pronoun: usize, draft: &Draft, sentence: Sentence) -> Option<usize> {
        let speaker = draft.actors.first()?.entity;
        let found = self.resolve_pronoun(pronoun, sentence).filter(|&r| self.mentions[r].entity != speaker);
        let m = &self.mentions[pronoun];
        found.or_else(|| {
            let meant = self.lexicon.genders.get(self.doc.norm(m.first)).copied().unwrap_or(0);
            (0..pronoun).rev().take_while(|&i| self.mentions[i].first >= sentence.first).find(|&i| {
                let c = &self.mentions[i];
                let contrary = c.entity != usize::MAX && {
                    let gender = self.resolver.entities[c.entity].gender;
                    gender != 0 && meant != 0 && gender & meant == 0
                };
                let one = match self.doc.flags(m.first) & flag::NEUTER != 0 && self.lexicon.spec.grammar.adjective_first
                {
                    true => matches!(c.kind, ActorKind::Country | ActorKind::Organization) && !c.modifier,
                    false => c.kind == ActorKind::Person && !c.plural,
                };
                c.entity != usize::MAX
                    && c.entity != speaker
                    && !c.pronoun
                    && !contrary
                    && (one || m.plural && c.plural)
            })
        })
    }

    /// "Announced days before the vote that", "told the king on Sunday before the talks that": the complementizer behind an
    /// expression of time at `p` that goes on over a clause.
    fn that_behind_time(&self, p: usize, limit: usize) -> Option<usize> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let time = |q: usize| {
            doc.flags(q) & (flag::TIME_WORD | flag::WEEKDAY | flag::MONTH) != 0
                && doc.flags(q) & flag::DEMONSTRATIVE == 0
        };
        let article = grammar.definite_article.iter().any(|a| a == doc.norm(p));
        if !grammar.adjective_first || !(time(p) || article && time(p + 1)) {
            return None;
        }
        (p + 1..limit.min(p + 14))
            .take_while(|&q| matches!(doc.kind(q), Kind::Word | Kind::Number) && doc.quoted[q] == doc.quoted[p])
            .find(|&q| doc.flags(q) & flag::THAT != 0 && self.at[q] == usize::MAX)
    }

    /// "Said last night: '...'", "told the House of Commons:": the colon before a quotation, with adverbials before it.
    fn colon_behind(&self, p: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first {
            return None;
        }
        let stays = |q: &usize| {
            matches!(doc.kind(*q), Kind::Word | Kind::Number)
                && !(self.at[*q] == usize::MAX
                    && doc.flags(*q) & (flag::THAT | flag::RELATIVE | flag::SPEECH | flag::SAYING) != 0)
        };
        let end = (p..sentence.last.min(p + 10)).find(|q| !stays(q))?;
        (doc.kind(end) == Kind::Colon && doc.kind(end + 1) == Kind::Quote).then_some(end)
    }

    /// "The minister said: We have worked hard. We have agreed": whether the words behind the colon before `begin` are a
    /// text of his own, of several sentences without marks, in which he speaks of himself.
    fn speaks_on(&self, begin: usize, trigger: &Trigger) -> bool {
        let doc = self.doc;
        let quotes = trigger.slots.iter().any(|s| s.content && s.marker == Marker::Quote);
        if !quotes
            || !self.lexicon.spec.grammar.adjective_first
            || doc.kind(begin - 1) != Kind::Colon
            || doc.kind(begin) != Kind::Word
            || doc.quoted[begin] != 0
            || begin < doc.body
        {
            return false;
        }
        let next = doc.sentence(begin).last + 1;
        (next..doc.len())
            .take_while(|&p| doc.kind(p) != Kind::Break && doc.quoted[p] == 0)
            .any(|p| self.own_voice(p) || self.own_possession(p))
    }

    /// What follows "said:" at the end of a line: the quotation there, or, where no marks are set, the paragraphs up to
    /// one that speaks of the speaker again or is a heading.
    pub(in crate::extract::frame) fn next_paragraphs(
        &self,
        draft: &Draft,
        sentence: Sentence,
        from: usize,
    ) -> Option<(usize, usize)> {
        let doc = self.doc;
        let field = doc.tokens.all[sentence.first].field;
        let speaker = draft.actors.first()?.entity;
        let mut first = from + 1;
        while first < doc.len() && matches!(doc.kind(first), Kind::Break | Kind::Quote) {
            first += 1;
        }
        if first >= doc.len() || doc.tokens.all[first].field != field {
            return None;
        }
        if doc.quoted[first] != 0 {
            let q = &doc.quotations[doc.quoted[first] as usize - 1];
            return Some((q.first, q.last));
        }
        let mut end = first;
        let mut begin = first;
        for paragraph in 0..12 {
            let mut last = begin;
            while last + 1 < doc.len() && doc.kind(last + 1) != Kind::Break {
                last += 1;
            }
            let of_speaker = |m: &&crate::extract::mention::Mention| m.entity == speaker;
            let from = self.mentions.partition_point(|m| m.first < begin);
            let told = self.mentions[from..].iter().take_while(|m| m.first <= last).find(of_speaker).is_some();
            let heading = !matches!(doc.kind(last), Kind::Stop | Kind::Close | Kind::Semicolon | Kind::Comma);
            if paragraph > 0 && (told || heading || doc.kind(begin) == Kind::Quote) {
                break;
            }
            end = last;
            begin = last + 1;
            while begin < doc.len() && doc.kind(begin) == Kind::Break {
                begin += 1;
            }
            if begin >= doc.len() || doc.tokens.all[begin].field != field {
                break;
            }
        }
        Some((first, self.trim(first, end)))
    }

    /// "..., the minister said on Monday, and the road will follow": a clause joined behind the report goes on with its words.
    fn taken_up(&self, sentence: Sentence, hit: Hit, search: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let comma = (search.max(hit.last + 1)..sentence.last.min(search + 12)).find(|&q| doc.kind(q) == Kind::Comma)?;
        let first = comma + 2;
        let joined = self.at[comma + 1] == usize::MAX && doc.flags(comma + 1) & flag::CONJUNCTION != 0;
        if !joined || first > sentence.last || self.case_starts_report(comma + 1) {
            return None;
        }
        // A subject of its own: without one the speaker does something else.
        let subject = self.starting(first).is_some_and(|m| !self.mentions[m].pronoun)
            && self.opens_clause(first, sentence)
            || doc.flags(first) & flag::DETERMINER != 0
                && (first + 1..=sentence.last.min(first + 8))
                    .any(|q| doc.flags(q) & flag::MODAL != 0 || self.finite(q));
        let last = self.content_end(first, sentence);
        (subject && last > first + 1).then_some((first, last))
    }

    /// `"...," he said. "..."`: a quotation that opens right after the report.
    fn resumed(&self, draft: &mut Draft, sentence: Sentence, p: usize) {
        let doc = self.doc;
        let mut q = p;
        while q <= sentence.last && q < p + 14 {
            if doc.kind(q) == Kind::Quote && doc.quoted.get(q + 1).is_some_and(|&n| n != 0) {
                let inner = &doc.quotations[doc.quoted[q + 1] as usize - 1];
                if inner.open == q && matches!(doc.kind(q - 1), Kind::Comma | Kind::Stop) {
                    draft.content.push((inner.first, inner.last));
                }
                return;
            }
            q += 1;
        }
    }
}

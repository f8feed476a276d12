//! Who takes part: finding the subject, the object and the owner of a trigger, and taking them into a draft.

use super::*;

impl Engine<'_, '_> {
    pub(super) fn after_comma(&self, token: usize) -> bool {
        token > 0 && matches!(self.doc.kind(token - 1), Kind::Comma | Kind::Semicolon | Kind::Quote)
    }

    pub(super) fn mention_at(&self, token: usize) -> Option<&Mention> {
        let index = *self.at.get(token)?;
        self.mentions.get(index)
    }

    /// The mention that starts at `token`.
    pub(super) fn starting(&self, token: usize) -> Option<usize> {
        let index = *self.at.get(token)?;
        (index != usize::MAX && self.mentions[index].first == token).then_some(index)
    }

    pub(super) fn ending(&self, token: usize) -> Option<usize> {
        let index = *self.at.get(token)?;
        (index != usize::MAX && self.mentions[index].last == token).then_some(index)
    }

    /// The preposition before a mention: attached to it or the word before it.
    pub(super) fn preposition(&self, mention: usize) -> Option<&str> {
        let m = &self.mentions[mention];
        if m.clitics & clitic::PREPOSITION != 0 {
            let which = (m.clitics >> clitic::WHICH) as usize;
            return self.lexicon.spec.clitics.prepositions.get(which).map(String::as_str);
        }
        let mut p = m.first.checked_sub(1)?;
        while self.doc.kind(p) == Kind::Quote && p > 0 {
            p -= 1;
        }
        // "في كل من سوريا والعراق", "بكل من الوزيرين": the preposition stands before the quantity.
        if let Some(quantity) = self.each_of(p) {
            let bits = self.doc.words[quantity].clitics();
            if bits & clitic::PREPOSITION != 0 {
                let which = (bits >> clitic::WHICH) as usize;
                return self.lexicon.spec.clitics.prepositions.get(which).map(String::as_str);
            }
            p = quantity.checked_sub(1)?;
        }
        if self.doc.kind(p) == Kind::Word && self.doc.flags(p) & flag::PREPOSITION != 0 && self.at[p] == usize::MAX {
            // "إلى كل من القاهرة وعمان": the preposition before "each of".
            if let Some(outer) = self.before_each(p) {
                return outer;
            }
            let norm = self.doc.norm(p);
            // وفي is في.
            let joined = self.doc.words[p].clitics() & clitic::CONJUNCTION != 0;
            let bare = joined.then(|| self.lexicon.spec.clitics.after_conjunction(norm).last().map(|(_, rest)| rest));
            return Some(bare.flatten().unwrap_or(norm));
        }
        // Letters that could be another word as well: "وفي مصر".
        if self.doc.kind(p) == Kind::Word && self.at[p] == usize::MAX && !self.lexicon.spec.grammar.has_case {
            let grammar = &self.lexicon.spec.grammar;
            return self
                .lexicon
                .spec
                .clitics
                .after_conjunction(self.doc.norm(p))
                .filter(|(joined, _)| *joined)
                .map(|(_, rest)| rest)
                .find(|rest| grammar.at.iter().chain(&grammar.from).chain(&grammar.between).any(|w| w == rest));
        }
        None
    }

    /// "أوضح أنه ولافروف بحثا": the pronoun that a conjunction joins to a subject stands for the one who speaks.
    pub(super) fn join_pronoun(&self, draft: &mut Draft, role: Role, subject: usize, sentence: Sentence) {
        let first = self.mentions[subject].first;
        let joined = self.pronoun_joined(first, sentence);
        if let Some((speaker, _)) = self.speaker.filter(|s| joined && s.1 == draft.sentence) {
            self.push_actor(draft, role, speaker, Some((first - 1, first - 1)));
        }
    }

    /// Whether an actor at `p` is joined to the pronoun before him: "أنه ولافروف".
    pub(super) fn pronoun_joined(&self, p: usize, sentence: Sentence) -> bool {
        !self.lexicon.spec.grammar.has_case
            && p > sentence.first
            && self.starting(p).is_some_and(|m| self.mentions[m].clitics & clitic::CONJUNCTION != 0)
            && self.follows_pronoun(sentence, p)
    }

    /// "كل من": the quantity before the word for "of" at `p`.
    fn each_of(&self, p: usize) -> Option<usize> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let quantity = p.checked_sub(1)?;
        let of = !grammar.has_case && grammar.of.iter().any(|w| w == doc.norm(p));
        if !of || self.at[quantity] != usize::MAX {
            return None;
        }
        let prepositions = &self.lexicon.spec.clitics.prepositions;
        let attached = doc.words[quantity].clitics() & clitic::PREPOSITION != 0;
        let bare = |norm: &str| self.lexicon.lists("quantities", vocabulary::hash(norm));
        let norm = doc.norm(quantity);
        // "كلا من السفيرين": in the accusative it is the object.
        let object = norm.strip_suffix(grammar.accusative_ending.as_str()).is_some_and(bare);
        let known = bare(norm)
            || object
            || attached && prepositions.iter().any(|c| norm.strip_prefix(c.as_str()).is_some_and(bare));
        known.then_some(quantity)
    }

    /// Whether the entity of a mention may act in a diplomatic event.
    pub(super) fn eligible(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        if m.pronoun || self.is_desk(mention) {
            return false;
        }
        if m.entity == usize::MAX {
            return m.actor && !m.non_actor;
        }
        let entity = &self.resolver.entities[m.entity];
        if entity.place {
            return false;
        }
        let either = entity.actor || m.actor;
        either && (entity.actor || !entity.non_actor) && (m.actor || !m.non_actor)
    }

    /// "سياسي / الوزير يلتقي نظيره": the desk of an agency that a headline opens with.
    fn is_desk(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.first == 0 && m.name.is_none() && m.last < self.doc.body && self.doc.kind(m.last + 1) == Kind::Slash
    }

    /// Resolves a pronoun mention to the last fitting actor.
    pub(super) fn resolve_pronoun(&self, mention: usize, sentence: Sentence) -> Option<usize> {
        if self.lexicon.spec.grammar.has_case {
            return self.antecedent(mention, sentence);
        }
        let m = &self.mentions[mention];
        let plural = m.plural;
        let fits = |index: usize| {
            let c = &self.mentions[index];
            if c.pronoun || c.entity == usize::MAX || c.first >= m.first {
                return false;
            }
            let person = c.kind == ActorKind::Person && !c.plural;
            if plural { !person || c.plural } else { person }
        };
        let paragraph = sentence.paragraph;
        // "سموه", "معاليه": whoever was given the same honorific.
        let honorific = self.honorific(mention);
        if let Some(stem) = honorific {
            let article = self.lexicon.spec.clitics.article.as_str();
            let honoured = |i: usize| {
                let c = &self.mentions[i];
                (c.first..=c.last).any(|p| {
                    let word = self.doc.norm(p);
                    word.strip_prefix(article).unwrap_or(word).starts_with(stem)
                })
            };
            // Who speaks under this honorific goes on doing so, though another who bears it was named since.
            if let Some((speaker, at)) = self.speaker {
                let near = (self.doc.sentence_of[m.first] as usize).saturating_sub(at) <= 1;
                let entity = self.mentions[speaker].entity;
                let own = (0..mention).rev().take(60).any(|i| self.mentions[i].entity == entity && honoured(i));
                if near && fits(speaker) && own {
                    return Some(speaker);
                }
            }
            // "استقبل سمو الأمير سمو الشيخ. كما تلقى سموه": so does who acted in the sentence before, where the honorific is the
            // subject again.
            let here = self.doc.sentence_of[m.first] as usize;
            let acted = self.drafts.iter().rev().take_while(|d| d.sentence + 1 >= here).find(|d| {
                d.sentence + 1 == here && !d.anaphoric && matches!(d.kind, EventType::Meeting | EventType::Visit)
            });
            let actor = acted.and_then(|d| d.actors.first()).map(|a| a.mention).filter(|&a| {
                let entity = self.mentions[a].entity;
                let verb = m.first.checked_sub(1).is_some_and(|p| self.at[p] == usize::MAX && self.is_verb(p));
                verb && fits(a) && (0..mention).rev().take(60).any(|i| self.mentions[i].entity == entity && honoured(i))
            });
            if actor.is_some() {
                return actor;
            }
            let found = (0..mention).rev().take(40).find(|&i| {
                fits(i)
                    && honoured(i)
                    && paragraph.saturating_sub(self.doc.sentence(self.mentions[i].first).paragraph) <= 4
            });
            if found.is_some() {
                return found;
            }
        }
        if let Some((speaker, at)) = self.speaker {
            let near = self.doc.sentence_of[m.first] as usize;
            if fits(speaker) && near.saturating_sub(at) <= 2 {
                // A nearer subject at the head of the sentence before takes the pronoun from the speaker.
                return Some(speaker);
            }
        }
        (0..mention)
            .rev()
            .take(40)
            .find(|&i| fits(i) && paragraph.saturating_sub(self.doc.sentence(self.mentions[i].first).paragraph) <= 2)
    }

    /// The stem of a pronoun that is an honorific with its ending: "سموه", "معاليه". A feminine ending may have changed its
    /// last letter.
    pub(super) fn honorific(&self, mention: usize) -> Option<&str> {
        let m = &self.mentions[mention];
        if !m.pronoun || self.lexicon.spec.grammar.has_case {
            return None;
        }
        let norm = self.doc.norm(m.first);
        let stem = self
            .lexicon
            .spec
            .clitics
            .suffixes
            .iter()
            .filter_map(|s| norm.strip_suffix(s.form.as_str()))
            .find(|stem| stem.chars().count() > 2)?;
        let short = stem.char_indices().next_back().filter(|_| stem.chars().count() > 3).map_or(stem.len(), |c| c.0);
        Some(&stem[..short])
    }

    /// Where the words at `p` are "of" behind "each": the preposition before them, if any.
    fn before_each(&self, p: usize) -> Option<Option<&str>> {
        let grammar = &self.lexicon.spec.grammar;
        let of = !grammar.has_case && p > 0 && grammar.of.iter().any(|w| w == self.doc.norm(p));
        if !of || self.at[p - 1] != usize::MAX || !self.listed("each", p - 1) {
            return None;
        }
        let bits = self.doc.words[p - 1].clitics();
        if bits & clitic::PREPOSITION != 0 {
            let which = (bits >> clitic::WHICH) as usize;
            return Some(self.lexicon.spec.clitics.prepositions.get(which).map(String::as_str));
        }
        let before = p.checked_sub(2).filter(|&q| {
            self.at[q] == usize::MAX && self.doc.kind(q) == Kind::Word && self.doc.flags(q) & flag::PREPOSITION != 0
        });
        Some(before.map(|q| self.doc.norm(q)))
    }

    pub(super) fn clause_start(&self, sentence: Sentence, token: usize) -> usize {
        let doc = self.doc;
        let mut p = token;
        while p > sentence.first {
            let before = p - 1;
            match doc.kind(before) {
                Kind::Semicolon | Kind::Colon | Kind::Stop | Kind::Break => return p,
                // "سياسي / الوزير يلتقي نظيره"
                Kind::Slash if before == 1 && p < doc.body && !self.lexicon.spec.grammar.has_case => return p,
                Kind::Word
                    if self.at[before] == usize::MAX
                        && doc.flags(before) & (flag::THAT | flag::SUBORDINATOR) != 0
                        && !self.only_phrase(before, token) =>
                {
                    return p;
                }
                _ => {}
            }
            p = before;
        }
        p
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        let flags = self.doc.flags(token);
        flags & flag::VERB != 0
            && flags
                & (flag::NOUN | flag::ADJECTIVE | flag::GIVEN | flag::SURNAME | flag::AUXILIARY | flag::PREPOSITION)
                == 0
            && self.at[token] == usize::MAX
            && !self.doc.has_article(token)
    }

    // ---- statements ----

    /// A mention as it can be used: a pronoun resolved, an ineligible one refused.
    pub(super) fn usable(&self, mention: usize, sentence: Sentence) -> Option<(usize, Option<(usize, usize)>)> {
        let m = &self.mentions[mention];
        if m.pronoun {
            let resolved = self.resolve_pronoun(mention, sentence)?;
            if !self.eligible(resolved) {
                return None;
            }
            return Some((resolved, Some((m.first, m.last))));
        }
        if !self.eligible(mention) {
            return None;
        }
        Some((mention, None))
    }

    pub(super) fn coordinate(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        let mut end = self.mentions[mention].last;
        let mut commas: Vec<usize> = Vec::new();
        for _ in 0..24 {
            let mut next = end + 1;
            if next > sentence.last {
                break;
            }
            // برئاسة / led by: the leader is an actor of his own. But a person is led by nobody: "المتحدث بقيادة الجيش".
            let m = &self.mentions[mention];
            let led = m.kind != ActorKind::Person || m.plural || self.lexicon.spec.grammar.has_case;
            if led && self.doc.longest(next, flag::LED_BY).is_some() {
                let p = self.doc.longest(next, flag::LED_BY).map_or(next, Match::last) + 1;
                if let Some(index) = self.starting(p) {
                    self.push_actor(draft, role, index, None);
                    end = self.mentions[index].last;
                    continue;
                }
            }
            let mut joined = false;
            let mut by_comma = false;
            let mut closes = false;
            next = self.past_abbreviation(next, sentence);
            if matches!(self.doc.kind(next), Kind::Comma) {
                // "اتهم المتحدث، فلان، الميليشيات وحلفاءها": a comma that closes an apposition begins no list.
                let apposed = |p: usize| matches!(self.doc.kind(p), Kind::Comma);
                closes = !self.lexicon.spec.grammar.has_case && end == m.last && (m.first..end).any(apposed);
                by_comma = true;
                next += 1;
            }
            // "الحكومة و«الحركة»": the conjunction stands before the marks that hold a name.
            if let Some(index) = self.joined_in_marks(next, sentence) {
                self.push_actor(draft, role, index, None);
                end = self.mentions[index].last + 1;
                continue;
            }
            // "مباحثات الخطيب - بيرسون": a dash between two names.
            let dash = self.doc.kind(next) == Kind::Dash && !self.lexicon.spec.grammar.has_case;
            if let Some(index) = self.starting(next + 1).filter(|_| dash && role == Role::Party) {
                let (one, other) = (&self.mentions[mention], &self.mentions[index]);
                let bare = |m: &Mention| m.kind == ActorKind::Person && m.name.is_some() && m.title.is_none();
                if bare(one) && bare(other) && other.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 {
                    self.push_actor(draft, role, index, None);
                    end = other.last;
                    continue;
                }
            }
            // "As well as the foreign minister".
            if let Some(length) = self.joint(next).filter(|l| next + l <= sentence.last) {
                joined = true;
                next += length;
            }
            if next <= sentence.last
                && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(next))
                && self.lexicon.spec.grammar.has_case
            {
                joined = true;
                next += 1;
                next += usize::from(self.repeats_preposition(mention, next));
            }
            let Some(mut index) = self.starting(next) else { break };
            // "All parties and their followers": the pronoun only says whose.
            if joined && self.lexicon.spec.grammar.adjective_first {
                index = self.owned_mention(index).unwrap_or(index);
            }
            let m = &self.mentions[index];
            // "اعتزازه بالرئيس وبشعب مصر": whom a statement goes to is joined with the preposition said again.
            let again = role == Role::Target
                && m.clitics & clitic::CONJUNCTION != 0
                && self.preposition(index) == self.preposition(mention);
            if m.clitics & clitic::PREPOSITION != 0 && !again || m.pronoun {
                break;
            }
            joined |= m.clitics & clitic::CONJUNCTION != 0;
            if joined {
                for c in commas.drain(..) {
                    self.push_actor(draft, role, c, None);
                }
                self.push_actor(draft, role, index, None);
                end = m.last;
                continue;
            }
            if by_comma && !closes {
                commas.push(index);
                end = m.last;
                continue;
            }
            break;
        }
        self.named_apposition(draft, mention);
        // "The foreign ministers of Chad, Niger, Mali": what a plural heads is a list without its "and".
        let country = |i: usize| self.mentions[i].kind == ActorKind::Country && self.mentions[i].place.is_none();
        if commas.len() > 1
            && self.lexicon.spec.grammar.adjective_first
            && (self.mentions[mention].plural || country(mention))
            && commas.iter().all(|&c| country(c))
        {
            for c in commas {
                self.push_actor(draft, role, c, None);
            }
        }
    }

    /// Whom quotation marks behind a conjunction at `p` name, all by themselves.
    fn joined_in_marks(&self, p: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let and = !self.lexicon.spec.grammar.has_case
            && p + 2 <= sentence.last
            && self.at[p] == usize::MAX
            && self.lexicon.spec.clitics.conjunctions.iter().any(|w| w == doc.norm(p))
            && doc.kind(p + 1) == Kind::Quote;
        let m = self.starting(p + 2).filter(|_| and)?;
        (doc.kind(self.mentions[m].last + 1) == Kind::Quote && self.eligible(m)).then_some(m)
    }

    /// How many words join an actor to those before: "as well as", "together with".
    fn joint(&self, p: usize) -> Option<usize> {
        self.doc.phrase_at(p, "joint", self.lexicon)
    }

    pub(super) fn push_actor(&self, draft: &mut Draft, role: Role, mention: usize, from: Option<(usize, usize)>) {
        let m = &self.mentions[mention];
        if m.entity == usize::MAX || m.pronoun {
            return;
        }
        let entity = &self.resolver.entities[m.entity];
        if role != Role::Host && (entity.place || m.place.is_some()) {
            return;
        }
        if !matches!(role, Role::Speaker | Role::Target) && self.only_tells(mention) {
            return;
        }
        if draft.actors.iter().any(|a| a.entity == m.entity) {
            return;
        }
        draft.actors.push(Actor { role, mention, entity: m.entity, from });
    }

    /// "مصادر مطلعة": who is known by nothing but what he tells, and neither meets nor travels.
    pub(super) fn only_tells(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        if m.name.is_some() {
            return false;
        }
        let clitics = &self.lexicon.spec.clitics;
        let teller = |form: &str| self.lexicon.lists("tellers", vocabulary::hash(form));
        clitics.after_conjunction(self.doc.norm(m.first)).any(|(_, rest)| {
            let bare = rest.strip_prefix(clitics.article.as_str()).unwrap_or(rest);
            teller(rest) || bare.len() < rest.len() && teller(bare)
        })
    }

    pub(super) fn preceded_by(&self, token: usize, preposition: &str, after: usize) -> bool {
        if self.has_preposition(token, preposition) && self.doc.norm(token) != preposition {
            return true;
        }
        let mut p = token;
        while p > after + 1 {
            p -= 1;
            if self.doc.norm(p) == preposition {
                return true;
            }
            if self.doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) == 0
                && self.doc.kind(p) == Kind::Word
                && token - p > 2
            {
                return false;
            }
        }
        false
    }

    /// "سفر الكاظمي": a noun with an owner of its own is not told by a verb that stands before it.
    pub(super) fn has_genitive(&self, hit: Hit) -> bool {
        if self.lexicon.spec.grammar.has_case || self.known_event(hit) {
            return false;
        }
        if hit.clitics & clitic::SUFFIX != 0 {
            return true;
        }
        self.starting(hit.last + 1).is_some_and(|m| {
            let m = &self.mentions[m];
            m.kind == ActorKind::Person && m.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 && !m.pronoun
        })
    }

    /// "اللقاء", "جلسة المباحثات": whether a noun, or the genitive that is part of it, has the article.
    pub(super) fn known_event(&self, hit: Hit) -> bool {
        hit.clitics & clitic::ARTICLE != 0 || (hit.first + 1..=hit.last).any(|p| self.doc.has_article(p))
    }

    pub(super) fn acts(&self, actor: &Actor) -> bool {
        self.eligible(actor.mention)
    }

    pub(super) fn definite_before(&self, token: usize) -> bool {
        token > 0
            && (self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(token - 1))
                || self.doc.flags(token - 1) & flag::DEMONSTRATIVE != 0
                || token > 1
                    && self.doc.flags(token - 1) & flag::ADJECTIVE != 0
                    && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(token - 2)))
    }

    pub(super) fn usable_party(&self, mention: usize, sentence: Sentence) -> Option<(usize, Option<(usize, usize)>)> {
        let m = &self.mentions[mention];
        if m.pronoun {
            let told = self.lexicon.spec.grammar.adjective_first.then(|| self.own_party(mention)).flatten();
            return told.or_else(|| self.usable(mention, sentence));
        }
        (self.eligible(mention) && !self.only_tells(mention) || m.both).then_some((mention, None))
    }

    /// "The two sides": the two last parties.
    pub(super) fn expand_both(&self, draft: &mut Draft, role: Role, mention: usize, before: usize) {
        // "الوزيران" are two persons.
        let office = self.mentions[mention].title.is_some();
        let last = self.drafts.iter().rev().take(64).find(|d| {
            let mut both = d.actors.iter().filter(|a| a.role == Role::Party || a.role == Role::Speaker);
            let holds =
                |a: Option<&Actor>| a.is_some_and(|a| !office || self.mentions[a.mention].kind == ActorKind::Person);
            holds(both.next()) && holds(both.next()) && d.triggers[0].0 < before
        });
        let far = last.is_none_or(|d| self.doc.sentence_of[before].saturating_sub(d.sentence as u32) > 2);
        if let Some(pair) = self.named_pair(mention, before).filter(|_| far) {
            let from = (self.mentions[mention].first, self.mentions[mention].last);
            pair.iter().for_each(|&m| self.push_actor(draft, role, m, Some(from)));
            return;
        }
        if let Some(last) = last {
            let from = (self.mentions[mention].first, self.mentions[mention].last);
            for actor in last.actors.iter().take(2) {
                self.push_actor(draft, role, actor.mention, Some(from));
            }
        } else if office {
            // Two office-holders whom nobody named are known by their office.
            self.push_actor(draft, role, mention, None);
        }
    }

    /// "الوزيران": the two persons last named who hold the office that the dual names.
    fn named_pair(&self, mention: usize, before: usize) -> Option<[usize; 2]> {
        let doc = self.doc;
        let m = &self.mentions[mention];
        let form = doc.norm(m.first);
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case || m.first != m.last {
            return None;
        }
        let bare = form.strip_prefix(self.lexicon.spec.clitics.article.as_str())?;
        let office = grammar.dual_endings.iter().find_map(|ending| bare.strip_suffix(ending.as_str()))?;
        let upto = self.mentions.partition_point(|x| x.first < before.min(m.first));
        let from = doc.sentence_of[before].saturating_sub(2);
        let holds = |x: &Mention| {
            let mut words = (x.first..=x.last).map(|p| doc.norm(p));
            x.kind == ActorKind::Person && !x.plural && x.name.is_some() && words.any(|w| w.ends_with(office))
        };
        let mut pair: Vec<usize> = Vec::new();
        for i in (0..upto).rev().take_while(|&i| doc.sentence_of[self.mentions[i].first] >= from) {
            let x = &self.mentions[i];
            let counterpart = !pair.is_empty() || holds(x) || x.title.is_none() && x.name.is_some();
            let person = x.kind == ActorKind::Person && !x.plural && !x.pronoun && self.eligible(i) && x.name.is_some();
            if person && counterpart && pair.iter().all(|&p| self.mentions[p].entity != x.entity) {
                pair.push(i);
            }
            if pair.len() == 2 {
                break;
            }
        }
        let held = pair.iter().any(|&i| holds(&self.mentions[i]));
        (pair.len() == 2 && held).then(|| [pair[1], pair[0]])
    }

    pub(super) fn actors_end(&self, draft: &Draft, floor: usize, sentence: Sentence) -> usize {
        draft
            .actors
            .iter()
            .filter(|a| a.from.is_none())
            .map(|a| self.mentions[a.mention].last)
            .filter(|&l| l <= sentence.last)
            .max()
            .unwrap_or(floor)
    }

    /// The object: a mention without preposition at `from`, past adverbials.
    pub(super) fn object_at(&self, sentence: Sentence, from: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 14 {
            steps += 1;
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                let own = p == from && self.lexicon.spec.grammar.has_case;
                // "الرئيس فلان رئيس الجمهورية": an office behind the name of its holder.
                let apposed = || {
                    let before = from.checked_sub(1).and_then(|last| self.ending(last));
                    before.is_some_and(|before| m.name.is_none() && self.mentions[before].entity == m.entity)
                };
                if self.says_which(index) || p > from && self.honorific(index).is_some() || apposed() {
                    p = m.last + 1;
                    continue;
                }
                if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                    && (own || self.preposition(index).is_none())
                {
                    // "القائد الأعلى للقوات بدولة الإمارات، الوزير": the genitive of a noun with its preposition.
                    if p > from && self.in_genitive(p) {
                        p = m.last + 1;
                        continue;
                    }
                    // "بعد قمة كامب ديفيد الرئيس": a place that a noun before it takes is passed.
                    let genitive = p > from && self.at[p - 1] == usize::MAX && doc.flags(p - 1) & flag::NOUN != 0;
                    if m.place.is_some() && genitive {
                        p = m.last + 1;
                        continue;
                    }
                    if m.place.is_some() {
                        return None;
                    }
                    return Some(index);
                }
                p = m.last + 1;
                continue;
            }
            if p < sentence.last && self.at[p] == usize::MAX && self.each_of(p + 1).is_some() {
                p += 2;
                continue;
            }
            // "التقى، على هامش القمة، نظيره": a circumstance between commas.
            if let Some(next) = self.past_aside(p).filter(|_| p == from) {
                p = next;
                continue;
            }
            // "الملك، حفظه الله، في قصره الوزير": a blessing and the marks around it.
            if let Some(next) = self.past_blessing(p) {
                p = next;
                continue;
            }
            let flags = doc.flags(p);
            // "يلتقي الوزير الذي يزور البلاد، رئيس الحكومة": the object stands behind the relative clause of the subject.
            let relative = flags & flag::RELATIVE != 0 && flags & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
            if relative && !self.lexicon.spec.grammar.has_case && self.at[p] == usize::MAX {
                p = self.behind_relative(sentence, p)?;
                continue;
            }
            match doc.kind(p) {
                Kind::Word => {
                    // "وهي الحليف": another clause.
                    let clause = flags & flag::PRONOUN != 0 && doc.has_conjunction(p);
                    if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
                        || clause && !self.lexicon.spec.grammar.has_case
                        || self.is_verb(p)
                    {
                        return None;
                    }
                    let skip = flags
                        & (flag::ADVERB
                            | flag::TIME_WORD
                            | flag::WEEKDAY
                            | flag::MONTH
                            | flag::PREPOSITION
                            | flag::NOUN
                            | flag::ADJECTIVE
                            | flag::PARTICLE
                            | flag::DEMONYM
                            | flag::MEETING
                            | flag::VISIT)
                        != 0
                        || doc.words[p].clitics() & clitic::PREPOSITION != 0
                        // "للقوات المسلحة": an attribute that no list holds.
                        || p > from && doc.has_article(p) && doc.kind(p - 1) == Kind::Word && doc.words[p].count == 0
                        // "في مقر إقامته": which building.
                        || p > from && doc.flags(p - 1) & (flag::PREPOSITION | flag::VENUE) != 0;
                    if !skip {
                        return None;
                    }
                }
                Kind::Slash if !self.lexicon.spec.grammar.has_case => {}
                // "الرئيس (فلان) نظيره": what stands in brackets behind somebody says who he is.
                Kind::Open if !self.lexicon.spec.grammar.has_case && self.ending(p.saturating_sub(1)).is_some() => {
                    p = (p + 1..(p + 12).min(sentence.last)).find(|&q| doc.kind(q) == Kind::Close)?;
                }
                Kind::Number | Kind::Open | Kind::Close | Kind::Comma => {
                    if doc.kind(p) == Kind::Comma
                        && steps > 1
                        && doc.flags(p - 1) & (flag::TIME_WORD | flag::WEEKDAY | flag::ADVERB) == 0
                        && doc.kind(p - 1) != Kind::Close
                        && self.at[p - 1] == usize::MAX
                    {
                        return None;
                    }
                }
                _ => return None,
            }
            p += 1;
        }
        None
    }

    /// "، على هامش القمة،": past what a preposition tells between the comma at `p` and the next.
    fn past_aside(&self, p: usize) -> Option<usize> {
        let doc = self.doc;
        let opens = doc.kind(p) == Kind::Comma
            && p + 1 < doc.len()
            && self.at[p + 1] == usize::MAX
            && doc.flags(p + 1) & flag::PREPOSITION != 0;
        if self.lexicon.spec.grammar.has_case || !opens {
            return None;
        }
        let close = (p + 2..doc.len().min(p + 12)).find(|&q| doc.kind(q) != Kind::Word)?;
        let told = (p + 2..close).any(|q| self.at[q] == usize::MAX && self.tells(q));
        (doc.kind(close) == Kind::Comma && !told).then_some(close + 1)
    }

    /// "حفظه الله", "- رعاه الله -": past a phrase that is passed over as an adverb, and past the marks around it.
    pub(super) fn past_blessing(&self, p: usize) -> Option<usize> {
        let doc = self.doc;
        let marked = matches!(doc.kind(p), Kind::Comma | Kind::Dash | Kind::Open);
        let first = p + usize::from(marked);
        if self.lexicon.spec.grammar.has_case || first >= doc.len() {
            return None;
        }
        let x = doc.longest(first, flag::ADVERB).filter(|x| x.len > 1 && (marked || self.is_verb(first)))?;
        let next = x.last() + 1;
        let closed = marked && next < doc.len() && matches!(doc.kind(next), Kind::Comma | Kind::Dash | Kind::Close);
        Some(next + usize::from(closed))
    }

    /// "بدولة الإمارات": right behind a noun that a preposition is written together with.
    fn in_genitive(&self, p: usize) -> bool {
        let doc = self.doc;
        let bits = doc.words[p - 1].clitics();
        // "خلال زيارة الدولة": which visit.
        let event = doc.flags(p - 1) & (flag::MEETING | flag::VISIT) != 0
            && doc.flags(p - 1) & (flag::VERB | flag::LIGHT) == 0
            && p > 1
            && doc.flags(p - 2) & flag::PREPOSITION != 0
            && bits & (clitic::ARTICLE | clitic::SUFFIX) == 0
            && self.at[p - 1] == usize::MAX;
        event && !self.lexicon.spec.grammar.has_case
            || !self.lexicon.spec.grammar.has_case
                && self.at[p - 1] == usize::MAX
                && doc.kind(p - 1) == Kind::Word
                && bits & clitic::PREPOSITION != 0
                && bits & (clitic::ARTICLE | clitic::SUFFIX) == 0
                && doc.flags(p - 1) & flag::NOUN != 0
                && doc.flags(p - 1) & (flag::TIME_WORD | flag::ADVERB) == 0
    }

    /// The mention behind the comma that closes the relative clause at `relative`.
    fn behind_relative(&self, sentence: Sentence, relative: usize) -> Option<usize> {
        let doc = self.doc;
        let end = sentence.last.min(relative + 20);
        let comma = (relative + 1..end)
            .take_while(|&q| {
                !matches!(doc.kind(q), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote)
            })
            .find(|&q| doc.kind(q) == Kind::Comma)?;
        let behind = self.starting(comma + 1)?;
        let m = &self.mentions[behind];
        let bare = m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0 && m.kind != ActorKind::Country;
        (bare && !m.pronoun).then_some(comma + 1)
    }

    /// Past an office that stands right behind the named person it belongs to: "الرئيس فلان رئيس الجمهورية".
    pub(super) fn past_apposition(&self, subject: usize, from: usize) -> usize {
        let named = |m: &Mention| m.kind == ActorKind::Person && m.name.is_some() && !m.plural;
        let office = self.starting(from).map(|m| &self.mentions[m]).filter(|m| {
            m.kind == ActorKind::Person
                && m.name.is_none()
                && m.title.is_some()
                && !m.plural
                && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
        });
        match office {
            Some(office) if named(&self.mentions[subject]) && self.mentions[subject].last + 1 == from => {
                office.last + 1
            }
            _ => {
                let sentence = self.doc.sentences[self.doc.sentence_of[from.saturating_sub(1)] as usize];
                self.named_behind(subject, sentence).map_or(from, |m| self.mentions[m].last + 1)
            }
        }
    }

    /// "الاتفاق النووي مع إيران": the preposition of a mention belongs to the common noun before it.
    pub(super) fn modifies_noun(&self, mention: usize, from: usize) -> bool {
        let doc = self.doc;
        let first = self.mentions[mention].first;
        let attached = self.mentions[mention].clitics & clitic::PREPOSITION != 0;
        let Some(before) = first.checked_sub(if attached { 1 } else { 2 }).filter(|&p| p >= from) else { return false };
        let other = flag::MEETING
            | flag::VISIT
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::MONTH
            | flag::SETTING
            | flag::VENUE
            | flag::ADVERB
            | flag::VERB
            | flag::PREPOSITION;
        self.at[before] == usize::MAX
            && doc.kind(before) == Kind::Word
            && doc.flags(before) & (flag::NOUN | flag::ADJECTIVE) != 0
            && doc.flags(before) & other == 0
    }

    /// "مطار الملك خالد", "بمقر السفارة": what follows a building says which one it is, and does nothing itself.
    pub(super) fn says_which(&self, mention: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[mention];
        !self.lexicon.spec.grammar.has_case
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && m.first.checked_sub(1).is_some_and(|p| {
                self.at[p] == usize::MAX
                    && doc.flags(p) & flag::VENUE != 0
                    && doc.words[p].clitics() & (clitic::SUFFIX | clitic::ARTICLE) == 0
            })
    }
}

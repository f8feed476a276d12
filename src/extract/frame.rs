//! Triggers and their slots: every trigger of the article is tried against the rules and drafts at most one event.

mod svo;

use crate::article::Article;
use crate::event::{Act, ActorKind, EventType, MeetingMode, Modality, Role};
use crate::extract::doc::{Doc, Match, Sentence};
use crate::extract::language::Language;
use crate::extract::mention::{Mention, mentions};
use crate::extract::resolve::Resolver;
use crate::extract::rule::{Needs, Rule, Subject};
use crate::extract::time::{Expression, expressions};
use crate::lexicon::{Form, Lexicon, Marker, Meaning, Strength, Trigger, clitic, flag};
use crate::text::Kind;

/// An actor in a draft.
#[derive(Clone, Debug)]
pub struct Actor {
    pub role: Role,
    /// Index into the mentions.
    pub mention: usize,
    pub entity: usize,
    /// Tokens of the pronoun or short form it was resolved from; empty (`None`) for one that is named in place.
    pub from: Option<(usize, usize)>,
}

/// An event on its way.
#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: EventType,
    pub rule: usize,
    /// Tokens of the triggers, most telling first, each with its lemma's index.
    pub triggers: Vec<(usize, usize)>,
    pub trigger: u32,
    pub modality: Modality,
    /// Whether words say the modality; a bare noun leaves it open.
    pub told: bool,
    pub act: Act,
    pub mode: MeetingMode,
    pub cameo: u16,
    pub actors: Vec<Actor>,
    pub place: Option<(usize, usize, usize)>,
    pub time: Option<Expression>,
    pub content: Vec<(usize, usize)>,
    pub quotes: Vec<(usize, usize)>,
    pub via: Option<(usize, usize)>,
    pub sentence: usize,
    pub confidence: f64,
    /// A mention that names no parties of its own and only points back.
    pub anaphoric: bool,
    /// Further rules that had a part in it.
    pub helpers: Vec<&'static str>,
    pub manner: String,
}

/// What was tried, in lines for people.
#[derive(Default)]
pub struct Trace {
    pub lines: Vec<String>,
}

/// All that later stages need.
pub struct Drafts<'a> {
    pub drafts: Vec<Draft>,
    pub mentions: Vec<Mention>,
    pub resolver: Resolver<'a>,
}

/// How far a subject may stand from its verb.
const REACH: usize = 24;

/// Finds all drafts of an article.
pub fn drafts<'a>(doc: &'a Doc, language: &'a Language, article: &'a Article, trace: &mut Option<Trace>) -> Drafts<'a> {
    let lexicon = &language.lexicon;
    let date = article.published.as_ref().map(|p| {
        let d = p.date;
        d.year() as u32 * 10_000 + d.month() as u32 * 100 + d.day() as u32
    });
    let mut found = Vec::new();
    mentions(doc, lexicon, &mut found);
    let mut resolver = Resolver::new(doc, lexicon, &language.surnames, date, &article.title, &article.body);
    resolver.run(&mut found);
    let mut at = vec![usize::MAX; doc.len()];
    for (index, m) in found.iter().enumerate() {
        at[m.first..=m.last].fill(index);
    }
    let mut engine = Engine {
        doc,
        lexicon,
        rules: &language.rules,
        mentions: found,
        at,
        resolver,
        drafts: Vec::new(),
        speaker: None,
        topic: None,
        trace,
        times: Vec::new(),
    };
    engine.run();
    let Engine { drafts, mentions, resolver, .. } = engine;
    Drafts { drafts, mentions, resolver }
}

struct Engine<'a, 'b> {
    doc: &'a Doc,
    lexicon: &'a Lexicon,
    rules: &'a [Rule],
    mentions: Vec<Mention>,
    /// The mention that covers each token.
    at: Vec<usize>,
    resolver: Resolver<'a>,
    drafts: Vec<Draft>,
    /// The last speaker: mention, and sentence of the statement.
    speaker: Option<(usize, usize)>,
    /// The last principal actor of any event: mention and sentence.
    topic: Option<(usize, usize)>,
    trace: &'b mut Option<Trace>,
    times: Vec<Expression>,
}

#[derive(Clone, Copy)]
struct Hit {
    first: usize,
    last: usize,
    trigger: u32,
    form: Form,
    clitics: u16,
}

impl Engine<'_, '_> {
    fn run(&mut self) {
        let sentences = self.doc.sentences.clone();
        // The body first: a headline is understood from what it heads.
        let split = sentences.partition_point(|s| s.first < self.doc.body);
        for index in (split..sentences.len()).chain(0..split) {
            if index == 0 && split > 0 {
                self.speaker = None;
                self.topic = None;
            }
            self.sentence(index, sentences[index]);
        }
    }

    fn sentence(&mut self, index: usize, sentence: Sentence) {
        self.headline(index, sentence);
        let mut i = sentence.first;
        while i <= sentence.last {
            let here = i;
            i += 1;
            if self.doc.kind(here) != Kind::Word {
                continue;
            }
            let flags = self.doc.flags(here);
            if flags
                & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::SPEECH_NOUN | flag::ATTRIBUTION | flag::STARTS)
                == 0
            {
                continue;
            }
            if let Some(next) = self.trigger(index, sentence, here) {
                i = next;
            }
        }
    }

    fn note(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let text = line(self);
            if let Some(trace) = self.trace.as_mut() {
                trace.lines.push(text);
            }
        }
    }

    fn words(&self, first: usize, last: usize) -> String {
        self.resolver.text(first, last).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Tries the trigger at `here`; returns where to go on.
    fn trigger(&mut self, index: usize, sentence: Sentence, here: usize) -> Option<usize> {
        let doc = self.doc;
        if self.attribution(index, sentence, here) {
            return None;
        }
        if self.used(index, here) {
            return None;
        }
        // Inside a mention nothing triggers: "وزير الخارجية" of a name, "United Nations".
        if let Some(m) = self.mention_at(here) {
            if m.first != here && m.last >= here || m.name.is_some() || m.organisation.is_some() || m.title.is_some() {
                return None;
            }
        }
        let null = doc.matches_at(here).iter().find_map(|x| match x.meaning {
            Meaning::Null { kind } => Some((x.len, kind, x.last())),
            _ => None,
        });
        let hits: Vec<Hit> = {
            let all = doc.matches_at(here);
            let longest = all
                .iter()
                .filter(|x| matches!(x.meaning, Meaning::Trigger { .. } | Meaning::SpeechNoun { .. }))
                .map(|x| x.len)
                .max()?;
            all.iter()
                .filter(|x| x.len == longest)
                .filter_map(|x| match x.meaning {
                    Meaning::Trigger { trigger, form } => {
                        Some(Hit { first: here, last: x.last(), trigger, form, clitics: x.clitics })
                    }
                    _ => None,
                })
                .collect()
        };
        if let Some((len, kind, last)) = null {
            let covers = hits.iter().all(|h| (h.last - h.first) < len as usize);
            if covers && hits.iter().any(|h| self.lexicon.triggers[h.trigger as usize].kind == kind) {
                self.note(|e| format!("nothing: \"{}\" is a null phrase", e.words(here, last)));
                return Some(last + 1);
            }
        }
        // A speech noun behind a light verb decides the act even where it is a trigger as well.
        if let Some(end) = self.light_speech(index, sentence, here) {
            return Some(end + 1);
        }
        let mut best: Option<(Draft, Hit)> = None;
        for &hit in &hits {
            if let Some(draft) = self.try_rules(index, sentence, hit) {
                let better = best.as_ref().is_none_or(|(b, _)| draft.actors.len() > b.actors.len() && !draft.anaphoric);
                if better {
                    best = Some((draft, hit));
                }
            }
        }
        let (draft, hit) = best?;
        let end = hit.last;
        self.accept(draft);
        Some(end + 1)
    }

    /// Whether the word already tells an event of this sentence ("قائلا" after its verb).
    fn used(&self, index: usize, token: usize) -> bool {
        self.drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .any(|d| d.triggers.iter().any(|&(a, b)| a <= token && token <= b))
    }

    fn try_rules(&mut self, index: usize, sentence: Sentence, hit: Hit) -> Option<Draft> {
        let rules = self.rules;
        let trigger = &self.lexicon.triggers[hit.trigger as usize];
        if !self.form_fits(hit, trigger, sentence) {
            return None;
        }
        for (number, rule) in rules.iter().enumerate() {
            if rule.event != trigger.kind || !rule.forms.contains(&hit.form) {
                continue;
            }
            let draft = match trigger.kind {
                EventType::Statement => self.statement(index, sentence, hit, number, rule, trigger),
                EventType::Meeting => self.meeting(index, sentence, hit, number, rule, trigger),
                EventType::Visit => self.visit(index, sentence, hit, number, rule, trigger),
            };
            if draft.is_some() {
                return draft;
            }
        }
        self.note(|e| format!("nothing: \"{}\" found no rule with all its parts", e.words(hit.first, hit.last)));
        None
    }

    /// Letters that could be a verb or a noun: what stands before decides.
    fn form_fits(&self, hit: Hit, trigger: &Trigger, sentence: Sentence) -> bool {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return self.case_form_fits(hit, trigger, sentence);
        }
        let word = &doc.words[hit.first];
        let article = hit.clitics & clitic::ARTICLE != 0;
        match hit.form {
            Form::Past | Form::Present => {
                if article || hit.clitics & clitic::PREPOSITION != 0 {
                    return false;
                }
                // بين, دون, عبر: verbs only where a clause follows.
                if doc.flags(hit.first) & flag::PREPOSITION != 0 && hit.first == hit.last {
                    return doc.flags(hit.last + 1) & flag::THAT != 0;
                }
                // Inside a quotation the speaker's own verbs are no reports of others.
                if trigger.kind == EventType::Statement
                    && doc.quoted[hit.first] != 0
                    && !self.has_that_soon(hit.last + 1)
                {
                    return false;
                }
                // "which he said": only a clause or quotation of its own makes a report of a relative clause.
                if trigger.kind == EventType::Statement
                    && hit.first > 0
                    && !self.lexicon.spec.grammar.has_case
                    && doc.flags(hit.first - 1) & flag::RELATIVE != 0
                    && !self.has_that_soon(hit.last + 1)
                {
                    return false;
                }
                // After a preposition only nouns stand.
                if hit.first > 0 && !self.lexicon.spec.grammar.has_case && doc.kind(hit.first - 1) == Kind::Word {
                    let before = doc.flags(hit.first - 1);
                    if before & flag::PREPOSITION != 0 && before & (flag::RELATIVE | flag::SUBORDINATOR) == 0 {
                        return false;
                    }
                }
                true
            }
            Form::Participle => {
                if self.lexicon.spec.grammar.has_case {
                    return true;
                }
                // The chained participle stands in the indefinite accusative.
                !article
                    && hit.clitics & clitic::PREPOSITION == 0
                    && {
                        let norm = doc.norm(hit.first);
                        norm.ends_with('ا')
                            || norm.ends_with('ة')
                            || norm.ends_with("ين")
                            || self.after_comma(hit.first)
                    }
                    && !(hit.first > 0
                        && doc.flags(hit.first - 1) & (flag::NOUN | flag::TITLE) != 0
                        && doc.kind(hit.first - 1) == Kind::Word
                        && !self.after_comma(hit.first)
                        && !doc.norm(hit.first).ends_with('ا'))
            }
            Form::Noun => {
                let _ = word;
                hit.clitics & clitic::FUTURE == 0
            }
        }
    }

    fn after_comma(&self, token: usize) -> bool {
        token > 0 && matches!(self.doc.kind(token - 1), Kind::Comma | Kind::Semicolon | Kind::Quote)
    }

    fn mention_at(&self, token: usize) -> Option<&Mention> {
        let index = *self.at.get(token)?;
        self.mentions.get(index)
    }

    /// The mention that starts at `token`.
    fn starting(&self, token: usize) -> Option<usize> {
        let index = *self.at.get(token)?;
        (index != usize::MAX && self.mentions[index].first == token).then_some(index)
    }

    fn ending(&self, token: usize) -> Option<usize> {
        let index = *self.at.get(token)?;
        (index != usize::MAX && self.mentions[index].last == token).then_some(index)
    }

    /// The preposition before a mention: attached to it or the word before it.
    fn preposition(&self, mention: usize) -> Option<&str> {
        let m = &self.mentions[mention];
        if m.clitics & clitic::PREPOSITION != 0 {
            let which = (m.clitics >> clitic::WHICH) as usize;
            return self.lexicon.spec.clitics.prepositions.get(which).map(String::as_str);
        }
        let mut p = m.first.checked_sub(1)?;
        while self.doc.kind(p) == Kind::Quote && p > 0 {
            p -= 1;
        }
        if self.doc.kind(p) == Kind::Word && self.doc.flags(p) & flag::PREPOSITION != 0 && self.at[p] == usize::MAX {
            return Some(self.doc.norm(p));
        }
        None
    }

    /// Whether the entity of a mention may act in a diplomatic event.
    fn eligible(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        if m.pronoun {
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

    /// Resolves a pronoun mention to the last fitting actor.
    fn resolve_pronoun(&self, mention: usize, sentence: Sentence) -> Option<usize> {
        let m = &self.mentions[mention];
        let plural = m.plural;
        let case_language = self.lexicon.spec.grammar.has_case;
        let fits = |index: usize| {
            let c = &self.mentions[index];
            if c.pronoun || c.entity == usize::MAX || c.first >= m.first {
                return false;
            }
            let person = c.kind == ActorKind::Person && !c.plural;
            if self.doc.flags(m.first) & flag::NEUTER != 0 {
                return matches!(c.kind, ActorKind::Organization | ActorKind::Country)
                    && c.place.is_none()
                    && !c.modifier;
            }
            if plural && case_language {
                return c.plural && !c.modifier || c.kind == ActorKind::Group;
            }
            if plural { !person || c.plural } else { person }
        };
        if let Some((speaker, at)) = self.speaker {
            let near = self.doc.sentence_of[m.first] as usize;
            let case = self.lexicon.spec.grammar.has_case;
            let window = if case { 4 } else { 2 };
            // Another person who opens the sentence before, or this one, takes the pronoun from the speaker.
            let taken = case
                && [near, near.saturating_sub(1)].into_iter().any(|s| {
                    s > at
                        && self
                            .leading(self.doc.sentences[s])
                            .is_some_and(|l| fits(l) && self.mentions[l].entity != self.mentions[speaker].entity)
                });
            if fits(speaker) && near.saturating_sub(at) <= window && !taken {
                // A nearer subject at the head of the sentence before takes the pronoun from the speaker.
                return Some(speaker);
            }
        }
        let paragraph = sentence.paragraph;
        // Where case marks subjects by place, one that no preposition governs is likelier.
        let free = |i: usize| {
            fits(i)
                && self.preposition(i).is_none()
                && paragraph.saturating_sub(self.doc.sentence(self.mentions[i].first).paragraph) <= 2
        };
        if self.lexicon.spec.grammar.has_case {
            if let Some(found) = (0..mention).rev().take(40).find(|&i| free(i)) {
                return Some(found);
            }
        }
        (0..mention)
            .rev()
            .take(40)
            .find(|&i| fits(i) && paragraph.saturating_sub(self.doc.sentence(self.mentions[i].first).paragraph) <= 2)
    }

    fn clause_start(&self, sentence: Sentence, token: usize) -> usize {
        let doc = self.doc;
        let mut p = token;
        while p > sentence.first {
            let before = p - 1;
            match doc.kind(before) {
                Kind::Semicolon | Kind::Colon | Kind::Stop | Kind::Break => return p,
                Kind::Word
                    if self.at[before] == usize::MAX && doc.flags(before) & (flag::THAT | flag::SUBORDINATOR) != 0 =>
                {
                    return p;
                }
                _ => {}
            }
            p = before;
        }
        p
    }

    fn is_verb(&self, token: usize) -> bool {
        let flags = self.doc.flags(token);
        flags & flag::VERB != 0
            && flags
                & (flag::NOUN | flag::ADJECTIVE | flag::GIVEN | flag::SURNAME | flag::AUXILIARY | flag::PREPOSITION)
                == 0
            && self.at[token] == usize::MAX
            && !self.doc.has_article(token)
    }

    /// A subject after the verb that ends at `from`.
    fn subject_after(&self, sentence: Sentence, from: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = from + 1;
        let mut in_phrase = false;
        let limit = (from + REACH).min(sentence.last);
        while p <= limit {
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                let coordinated = m.clitics & clitic::CONJUNCTION != 0;
                let has_preposition = m.clitics & clitic::PREPOSITION != 0;
                if !has_preposition && !in_phrase && !coordinated && m.place.is_none() {
                    return Some(index);
                }
                in_phrase = false;
                p = m.last + 1;
                continue;
            }
            let flags = doc.flags(p);
            match doc.kind(p) {
                Kind::Word => {
                    if flags & (flag::THAT | flag::RELATIVE | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
                    {
                        return None;
                    }
                    let attached = doc.words[p].clitics() & clitic::PREPOSITION != 0;
                    if flags & flag::PREPOSITION != 0 || attached {
                        // Its object comes next, unless it is attached and so is the object itself.
                        in_phrase = !attached;
                        p += 1;
                        continue;
                    }
                    if in_phrase
                        || flags
                            & (flag::ADVERB
                                | flag::TIME_WORD
                                | flag::WEEKDAY
                                | flag::MONTH
                                | flag::SETTING
                                | flag::ADJECTIVE
                                | flag::DEMONSTRATIVE)
                            != 0
                    {
                        // The object of a preposition may be several nouns.
                        let next_noun = doc.flags(p) & (flag::NOUN | flag::SETTING | flag::MEETING | flag::VISIT) != 0;
                        in_phrase = in_phrase && next_noun && doc.flags(p + 1) & flag::SETTING != 0;
                        p += 1;
                        continue;
                    }
                    if doc.flags(p) & flag::MEDIA != 0
                        || p > from + 1 && doc.flags(p - 1) & (flag::SETTING | flag::MEETING | flag::VISIT) != 0
                    {
                        p += 1;
                        continue;
                    }
                    if doc.longest(p, flag::ADVERB | flag::MEDIA).is_some() {
                        p = doc.longest(p, flag::ADVERB | flag::MEDIA).map_or(p, Match::last) + 1;
                        continue;
                    }
                    return None;
                }
                Kind::Number => {
                    p += 1;
                }
                Kind::Open => {
                    let mut q = p;
                    while q < limit && doc.kind(q) != Kind::Close {
                        q += 1;
                    }
                    p = q + 1;
                }
                Kind::Comma => {
                    // A comma may close an adverbial that stands between verb and subject.
                    if p == from + 1
                        || doc.flags(p - 1)
                            & (flag::NOUN | flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY | flag::ADJECTIVE)
                            == 0
                            && doc.kind(p - 1) != Kind::Number
                            && self.at[p - 1] == usize::MAX
                    {
                        return None;
                    }
                    p += 1;
                }
                Kind::Quote => {
                    let name = doc.longest(p + 1, flag::MEDIA | flag::ORG).is_some();
                    if !name && self.starting(p + 1).is_none() && !(p > from + 1 && doc.flags(p - 1) & flag::MEDIA != 0)
                    {
                        return None;
                    }
                    p += 1;
                }
                Kind::Slash | Kind::Dash => p += 1,
                _ => return None,
            }
        }
        None
    }

    /// A subject before the verb at `verb`: the mention that ends there, or the one that heads the clause.
    fn subject_before(&self, sentence: Sentence, verb: usize) -> Option<usize> {
        if self.lexicon.spec.grammar.has_case {
            return self.subject(sentence, self.group(sentence, verb).start, 4);
        }
        let doc = self.doc;
        let start = self.clause_start(sentence, verb);
        let mut p = verb;
        let mut steps = 0;
        while p > start && steps < REACH {
            p -= 1;
            steps += 1;
            if let Some(index) = self.ending(p) {
                let m = &self.mentions[index];
                let here = m.first;
                let free = self.preposition(index).is_none() && m.place.is_none();
                if free && self.heads_clause(sentence, start, here) {
                    return Some(index);
                }
                p = here;
                continue;
            }
            match doc.kind(p) {
                Kind::Word if self.is_verb(p) => return None,
                Kind::Dash | Kind::Close | Kind::Open => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether a mention that starts at `here` heads the clause that starts at `start`.
    fn heads_clause(&self, sentence: Sentence, start: usize, here: usize) -> bool {
        let doc = self.doc;
        let mut p = here;
        while p > start {
            let before = p - 1;
            let flags = doc.flags(before);
            match doc.kind(before) {
                Kind::Comma | Kind::Quote | Kind::Dash => return true,
                Kind::Word => {
                    if self.at[before] != usize::MAX {
                        return false;
                    }
                    if flags
                        & (flag::ADVERB | flag::TIME_WORD | flag::AUXILIARY | flag::CONJUNCTION | flag::SUBORDINATOR)
                        != 0
                    {
                        p = before;
                        continue;
                    }
                    return false;
                }
                _ => return before <= sentence.first,
            }
        }
        true
    }

    /// The speaker that a verb without a subject goes on with.
    fn dropped(&self, sentence_index: usize, sentence: Sentence, verb: usize) -> Option<usize> {
        // In the sentence itself the subject of an earlier verb.
        let earlier = self.drafts.iter().rev().take_while(|d| d.sentence == sentence_index).find(|d| {
            d.triggers[0].0 < verb
                && !d.actors.is_empty()
                && !d.anaphoric
                && d.actors[0].role != Role::Host
                && !self.reported(d)
        });
        if let Some(draft) = earlier {
            return Some(draft.actors[0].mention);
        }
        let near = |at: usize| {
            sentence_index.saturating_sub(at) <= 3
                && sentence.paragraph.saturating_sub(self.doc.sentences[at].paragraph) <= 2
                && at <= sentence_index
        };
        let speaker = self.speaker.filter(|&(_, at)| near(at));
        let topic = self.topic.filter(|&(_, at)| near(at));
        match (speaker, topic) {
            (Some(s), Some(t)) if t.1 > s.1 + 1 => Some(t.0),
            (Some(s), _) => Some(s.0),
            (None, Some(t)) => Some(t.0),
            _ => None,
        }
    }

    // ---- statements ----

    fn statement(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        if self.lexicon.spec.grammar.has_case {
            return self.case_statement(index, sentence, hit, number, rule, trigger);
        }
        if hit.clitics & clitic::FUTURE != 0 && trigger.strength != Strength::Strong {
            return None;
        }
        let case = self.lexicon.spec.grammar.has_case;
        let (speaker, from) = match rule.subject {
            Subject::After => {
                let after = self.subject_after(sentence, hit.last)?;
                if case && !self.inverted(sentence, hit) {
                    return None;
                }
                self.usable(after, sentence)?
            }
            Subject::Before => {
                let before = self.subject_before(sentence, hit.first)?;
                self.usable(before, sentence)?
            }
            Subject::Dropped => {
                if !case && self.blocked_subject(sentence, hit.last) {
                    return None;
                }
                let mention = self.dropped(index, sentence, hit.first)?;
                if !self.eligible(mention) || self.cue_before(hit.first, sentence, 2) == Some(Modality::Negated) {
                    return None;
                }
                (mention, Some((hit.first, hit.first)))
            }
            Subject::Governor => {
                let mention = self.governor(index, sentence, hit.first)?;
                if !self.eligible(mention) {
                    return None;
                }
                (mention, Some((hit.first, hit.first)))
            }
            _ => return None,
        };
        let after = if self.mentions[speaker].first > hit.last
            && from.is_none()
            && self.mentions[speaker].first <= sentence.last
        {
            self.mentions[speaker].last
        } else {
            hit.last
        };
        let subject_end = self.extent(after.max(hit.last), speaker, sentence);
        let mut draft = self.blank(EventType::Statement, number, hit, index, rule.confidence);
        draft.act = trigger.act;
        draft.cameo = trigger.cameo;
        draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity: self.mentions[speaker].entity, from });
        if from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
        }
        self.targets(&mut draft, trigger, sentence, hit.last, subject_end);
        let last_actor = draft
            .actors
            .iter()
            .map(|a| self.mentions[a.mention].last)
            .filter(|&l| l <= sentence.last && l > hit.last && l < subject_end + 30)
            .max();
        let clause = self.content(&mut draft, trigger, sentence, hit, subject_end.max(subject_end), last_actor);
        let needs_clause = rule.needs == Needs::Clause || trigger.strength != Strength::Strong;
        if draft.content.is_empty() || (needs_clause && !clause) {
            return None;
        }
        // "أصدر بيانا ... ذكر فيه": the verb gives the words of the statement just named.
        if rule.subject == Subject::Dropped && self.doc.flags(hit.last + 1) & flag::RESUMPTIVE != 0 {
            if let Some(named) = self
                .drafts
                .iter()
                .rposition(|d| d.sentence == index && d.kind == EventType::Statement && d.trigger == 0)
            {
                let mut whole = self.drafts.remove(named);
                let mut triggers = std::mem::take(&mut draft.triggers);
                triggers.extend(whole.triggers.iter().rev().copied());
                whole.triggers = triggers;
                whole.content = std::mem::take(&mut draft.content);
                whole.quotes = std::mem::take(&mut draft.quotes);
                return Some(whole);
            }
        }
        if trigger.strength == Strength::Attitude {
            draft.confidence *= 0.75;
        }
        draft.modality = self.statement_modality(hit, sentence);
        self.finish_statement(&mut draft, sentence, hit);
        Some(draft)
    }

    /// A mention as it can be used: a pronoun resolved, an ineligible one refused.
    fn usable(&self, mention: usize, sentence: Sentence) -> Option<(usize, Option<(usize, usize)>)> {
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

    /// The end of the subject phrase: a delegation with its leader, coordinated names.
    fn extent(&self, end: usize, _speaker: usize, sentence: Sentence) -> usize {
        let mut end = end;
        loop {
            let next = end + 1;
            if next > sentence.last {
                return end;
            }
            if let Some(index) = self.starting(next) {
                let m = &self.mentions[index];
                if m.clitics & clitic::CONJUNCTION != 0 {
                    end = m.last;
                    continue;
                }
            }
            return end;
        }
    }

    /// Whether a verb right at the end of a quotation or clause may have its subject after it ("...", said X).
    fn inverted(&self, sentence: Sentence, hit: Hit) -> bool {
        let before = hit.first.checked_sub(1);
        hit.first == sentence.first
            || before.is_some_and(|b| matches!(self.doc.kind(b), Kind::Comma | Kind::Quote | Kind::Stop))
    }

    /// Arabic: a noun right after the verb that is no known actor is its subject, so that nothing was dropped.
    fn blocked_subject(&self, sentence: Sentence, verb: usize) -> bool {
        let next = verb + 1;
        if next > sentence.last {
            return false;
        }
        match self.doc.kind(next) {
            Kind::Word => {
                if let Some(index) = self.starting(next) {
                    return self.mentions[index].clitics & clitic::PREPOSITION == 0 && !self.mentions[index].pronoun;
                }
                let flags = self.doc.flags(next);
                let free = flags
                    & (flag::THAT
                        | flag::PREPOSITION
                        | flag::ADVERB
                        | flag::PARTICLE
                        | flag::DEMONSTRATIVE
                        | flag::SPEECH
                        | flag::TIME_WORD)
                    != 0
                    || self.doc.words[next].clitics() & clitic::PREPOSITION != 0
                    || self.doc.has_conjunction(next);
                !free
            }
            _ => false,
        }
    }

    fn governor(&self, index: usize, sentence: Sentence, participle: usize) -> Option<usize> {
        let earlier = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.triggers[0].0 < participle
                && !d.anaphoric
                && !self.reported(d)
                && d.actors.iter().any(|a| a.role != Role::Host && a.role != Role::Target)
        });
        if let Some(draft) = earlier {
            return draft.actors.iter().find(|a| a.role != Role::Host && a.role != Role::Target).map(|a| a.mention);
        }
        // No event before it: the actor that heads the sentence.
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let first = (from..self.mentions.len())
            .take_while(|&i| self.mentions[i].first < participle)
            .find(|&i| self.mentions[i].clitics & clitic::PREPOSITION == 0);
        if let Some(first) = first {
            if self.eligible(first) && self.preposition(first).is_none() {
                return Some(first);
            }
        }
        self.dropped(index, sentence, participle)
    }

    /// Whether a draft is told inside what a statement of its sentence says: its actors do not go on speaking.
    fn reported(&self, draft: &Draft) -> bool {
        let trigger = draft.triggers[0].0;
        self.drafts.iter().rev().take_while(|d| d.sentence == draft.sentence).any(|d| {
            d.kind == EventType::Statement
                && d.triggers[0].0 < trigger
                && d.content.iter().any(|&(a, b)| a <= trigger && trigger <= b)
        })
    }

    fn coordinate(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        let mut end = self.mentions[mention].last;
        let mut commas: Vec<usize> = Vec::new();
        for _ in 0..24 {
            let mut next = end + 1;
            if next > sentence.last {
                break;
            }
            // برئاسة / led by: the leader is an actor of his own.
            if self.doc.longest(next, flag::LED_BY).is_some() {
                let p = self.doc.longest(next, flag::LED_BY).map_or(next, Match::last) + 1;
                if let Some(index) = self.starting(p) {
                    self.push_actor(draft, role, index, None);
                    end = self.mentions[index].last;
                    continue;
                }
            }
            let mut joined = false;
            let mut by_comma = false;
            if matches!(self.doc.kind(next), Kind::Comma) {
                by_comma = true;
                next += 1;
            }
            if next <= sentence.last
                && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(next))
                && self.lexicon.spec.grammar.has_case
            {
                joined = true;
                next += 1;
            }
            let Some(index) = self.starting(next) else { break };
            let m = &self.mentions[index];
            if m.clitics & clitic::PREPOSITION != 0 || m.pronoun {
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
            if by_comma {
                commas.push(index);
                end = m.last;
                continue;
            }
            break;
        }
    }

    fn push_actor(&self, draft: &mut Draft, role: Role, mention: usize, from: Option<(usize, usize)>) {
        let m = &self.mentions[mention];
        if m.entity == usize::MAX || m.pronoun {
            return;
        }
        let entity = &self.resolver.entities[m.entity];
        if role != Role::Host && (entity.place || m.place.is_some()) {
            return;
        }
        if draft.actors.iter().any(|a| a.entity == m.entity) {
            return;
        }
        draft.actors.push(Actor { role, mention, entity: m.entity, from });
    }

    /// The persons or bodies that a statement addresses or is about, by the frame of its verb.
    fn targets(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, verb: usize, subject_end: usize) {
        for slot in trigger.slots.iter().filter(|s| s.actor) {
            match &slot.marker {
                Marker::Object => {
                    let p = subject_end + 1;
                    if let Some(index) = self.starting(p).filter(|_| p <= sentence.last) {
                        let m = &self.mentions[index];
                        if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                            && m.place.is_none()
                            && !m.non_actor
                        {
                            self.push_actor(draft, Role::Target, index, None);
                            self.coordinate(draft, Role::Target, index, sentence);
                        }
                    }
                }
                Marker::Preposition(word) => {
                    // The first mention with that preposition right after the subject.
                    let mut p = subject_end + 1;
                    let limit = (subject_end + 6).min(sentence.last);
                    while p <= limit {
                        if self.doc.kind(p) != Kind::Word || self.doc.flags(p) & flag::THAT != 0 {
                            break;
                        }
                        if let Some(index) = self.starting(p) {
                            let m = &self.mentions[index];
                            if self.preposition(index) == Some(word.as_str()) && !m.non_actor && m.place.is_none() {
                                self.push_actor(draft, Role::Target, index, None);
                                self.coordinate(draft, Role::Target, index, sentence);
                            }
                            break;
                        }
                        p += 1;
                    }
                }
                _ => {}
            }
        }
        let _ = verb;
    }

    /// Fills in what was said. Returns whether a clause, colon or quotation introduced it.
    fn content(
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
                        if first <= limit && doc.norm(first) == "to" {
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

    fn bare_clause(&self, first: usize, limit: usize) -> bool {
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
    fn is_prefixed_that(&self, p: usize) -> bool {
        self.doc.flags(p) & flag::THAT != 0 && self.doc.words[p].clitics() & clitic::PREPOSITION != 0
    }

    fn has_preposition(&self, p: usize, word: &str) -> bool {
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
    fn starts_report(&self, p: usize) -> bool {
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
        let conj_and =
            self.lexicon.spec.grammar.has_case && self.lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(p));
        if conj_and {
            trigger_at = p + 1;
            // ", and he blamed": the next report with its own subject.
            if let Some(subject) = self.starting(p + 1).filter(|_| self.after_comma(p)) {
                trigger_at = self.mentions[subject].last + 1;
            }
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
                self.after_comma(p)
                    && (self.lexicon.spec.grammar.has_case
                        || norm.ends_with('ا')
                        || norm.ends_with('ة')
                        || norm.ends_with("ين"))
                    || (norm.ends_with('ا') && t.strength == Strength::Strong)
            }
            _ => {
                if self.lexicon.spec.grammar.has_case {
                    let told = t.strength == Strength::Strong
                        || conj_and && self.after_comma(p)
                        || doc.flags(found.last() + 1) & flag::THAT != 0;
                    return form == Form::Past && (conj_and || self.after_comma(p)) && told;
                }
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

    fn has_that_soon(&self, from: usize) -> bool {
        (from..(from + 8).min(self.doc.len()))
            .take_while(|&p| matches!(self.doc.kind(p), Kind::Word | Kind::Number))
            .any(|p| self.doc.flags(p) & flag::THAT != 0 && self.at[p] == usize::MAX)
    }

    /// Where reported content that begins at `start` ends.
    fn content_end(&self, start: usize, sentence: Sentence) -> usize {
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
            if p > start && doc.quoted[p] == 0 && self.starts_report(p) {
                return self.trim(start, p - 1);
            }
            p += 1;
        }
        // A quotation that opens inside may run past the sentence.
        let mut end = sentence.last;
        if doc.quoted[end] != 0 {
            end = doc.quotations[doc.quoted[end] as usize - 1].last;
        }
        self.trim(start, end)
    }

    fn trim(&self, start: usize, end: usize) -> usize {
        let mut end = end.min(self.doc.len() - 1);
        while end > start
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
            ) || self.doc.norm(end) == "و")
        {
            end -= 1;
        }
        end
    }

    /// English: what was said stands before "X said".
    fn content_before(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<(usize, usize)> {
        let doc = self.doc;
        let speaker = &self.mentions[draft.actors.first()?.mention];
        let own = draft.actors[0].from.unwrap_or((speaker.first, speaker.last));
        let mut edge = if own.0 < hit.first && own.0 >= sentence.first { own.0 } else { hit.first };
        while edge > sentence.first
            && doc.kind(edge - 1) == Kind::Word
            && doc.flags(edge - 1) & (flag::ADVERB | flag::AUXILIARY) != 0
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
        // A quotation that closes right before, in this sentence or the one before it.
        if doc.kind(before) == Kind::Quote {
            if let Some(q) = self.closing(before) {
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
            let mut first = sentence.first;
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

    /// The quotation that the mark at `mark` closes.
    fn closing(&self, mark: usize) -> Option<&crate::text::Quotation> {
        let inner = self.doc.quoted[mark.checked_sub(1)?] as usize;
        self.doc.quotations.get(inner.checked_sub(1)?).filter(|q| q.closed && q.last + 1 == mark)
    }

    /// The quotation that the mark at `mark` opens.
    fn opening(&self, mark: usize) -> Option<&crate::text::Quotation> {
        let inner = *self.doc.quoted.get(mark + 1)? as usize;
        self.doc.quotations.get(inner.checked_sub(1)?).filter(|q| q.open == mark)
    }

    fn trim_stops(&self, first: usize, last: usize) -> usize {
        let mut last = last;
        while last > first && matches!(self.doc.kind(last), Kind::Comma) {
            last -= 1;
        }
        last
    }

    /// A quotation that goes on after the report, with no reporting verb of its own, belongs to it.
    fn continue_quotation(&self, draft: &mut Draft, sentence: Sentence, _subject_end: usize) {
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
        for _ in 0..4 {
            while p < doc.len() && doc.kind(p) == Kind::Break {
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

    fn collect_quotes(&self, draft: &mut Draft) {
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

    fn statement_modality(&self, hit: Hit, sentence: Sentence) -> Modality {
        if hit.clitics & clitic::FUTURE != 0 {
            return Modality::Planned;
        }
        let found = self.cue_before(hit.first, sentence, 3);
        match found {
            Some(Modality::Negated) => Modality::Negated,
            Some(Modality::Planned) if self.lexicon.spec.grammar.has_case => Modality::Planned,
            _ => Modality::Occurred,
        }
    }

    fn finish_statement(&mut self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let first_content = draft.content.first().map_or(sentence.last + 1, |c| c.0);
        // Between the sentence's (or clause's) start and the content only.
        let before = self.clause_start(sentence, hit.first);
        let inside = |p: usize, draft: &Draft| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let end =
            if first_content > hit.first { first_content.saturating_sub(1).min(sentence.last) } else { sentence.last };
        self.times.clear();
        if before <= end {
            let mut found = Vec::new();
            expressions(self.doc, self.lexicon, before, end, &mut found);
            found.retain(|e| !inside(e.first, draft));
            draft.time = found.into_iter().min_by_key(|e| e.first.abs_diff(hit.first));
        }
        draft.place = self.place_between(before, end, draft);
        draft.via = self.outlet(sentence, hit, draft);
    }

    /// The outlet credited in the sentence, outside what was said.
    fn outlet(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<(usize, usize)> {
        let doc = self.doc;
        let mut p = sentence.first;
        let in_content = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        while p <= sentence.last {
            if let Some(x) = doc.longest(p, flag::MEDIA) {
                let (first, last) = (p, x.last());
                // "صحيفة «الشرق الأوسط»": a noun for an outlet with its name, which may be one that no list holds.
                let head = x.flags & flag::NOUN != 0;
                let (last, named) = if head { self.outlet_name(last, sentence) } else { (last, true) };
                if named && !in_content(p) {
                    let mut q = p;
                    let mut credited = x.clitics & clitic::PREPOSITION != 0;
                    let mut steps = 0;
                    while !credited && q > sentence.first && steps < 5 {
                        q -= 1;
                        steps += 1;
                        let flags = doc.flags(q);
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
                    if credited {
                        // The noun for the kind of outlet belongs to it: "موقع RT".
                        let mut first = first;
                        while first > sentence.first && doc.kind(first - 1) == Kind::Quote {
                            first -= 1;
                        }
                        let head = first > sentence.first
                            && doc.flags(first - 1) & flag::NOUN != 0
                            && doc.flags(first - 1) & (flag::SPEECH | flag::SETTING) == 0;
                        let begin = if head { first - 1 } else { p };
                        return Some((begin, last));
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
    fn outlet_name(&self, head: usize, sentence: Sentence) -> (usize, bool) {
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
        if doc.kind(next) != Kind::Word {
            return (head, false);
        }
        let latin = doc.norm(next).is_ascii();
        let definite =
            doc.has_article(next) && doc.words[next].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
        if !latin && !definite {
            return (head, false);
        }
        let adjective = definite && next < sentence.last && doc.flags(next + 1) & flag::DEMONYM != 0;
        (next + usize::from(adjective), true)
    }

    /// "أعرب عن قلقه", "expressed concern": a light verb and a noun of speech.
    fn light_speech(&mut self, index: usize, sentence: Sentence, here: usize) -> Option<usize> {
        let doc = self.doc;
        let noun = doc.matches_at(here).iter().find_map(|x| match x.meaning {
            Meaning::SpeechNoun { act, cameo } => Some((act, cameo, x.last())),
            Meaning::Trigger { trigger, form: Form::Noun } => {
                let t = &self.lexicon.triggers[trigger as usize];
                (t.kind == EventType::Statement).then_some((t.act, t.cameo, x.last()))
            }
            _ => None,
        })?;
        // "A statement saying that": the participle reports what the noun only names.
        let reported = |p: usize| {
            doc.matches_at(p).iter().any(|x| matches!(x.meaning, Meaning::Trigger { trigger, form: Form::Participle } if self.lexicon.triggers[trigger as usize].kind == EventType::Statement))
        };
        if self.lexicon.spec.grammar.has_case && noun.2 < sentence.last && reported(noun.2 + 1) {
            return None;
        }
        let (light_first, light_last, light, form) = self.light_before(sentence, here, EventType::Statement)?;
        let light_entry = &self.lexicon.lights[light as usize];
        let preposition = light_entry.preposition.clone();
        if !preposition.is_empty() && !self.preceded_by(here, &preposition, light_last) {
            return None;
        }
        let rule_subject = Subject::Light;
        let number = self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == rule_subject)?;
        let (speaker, from) = self.light_subject(index, sentence, light_first, light_last, form, here)?;
        let rule = &self.rules[number];
        let hit = Hit {
            first: light_first,
            last: noun.2,
            trigger: 0,
            form: Form::Noun,
            clitics: doc.words[light_first].clitics(),
        };
        let mut draft = self.blank(EventType::Statement, number, hit, index, rule.confidence);
        draft.triggers = vec![(here, noun.2), (light_first, light_last)];
        draft.act = noun.0;
        draft.cameo = noun.1;
        draft.actors.push(Actor { role: Role::Speaker, mention: speaker, entity: self.mentions[speaker].entity, from });
        if from.is_none() {
            self.coordinate(&mut draft, Role::Speaker, speaker, sentence);
        }
        // What follows the noun: its preposition's object or a clause.
        let mut p = noun.2 + 1;
        while p <= sentence.last
            && (doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) != 0 && self.at[p] == usize::MAX
                || self.at[p] == speaker)
        {
            p += 1;
        }
        if p > sentence.last {
            return None;
        }
        let mut start = p;
        if doc.kind(p) == Kind::Word && doc.flags(p) & flag::PREPOSITION != 0 {
            start = p + 1;
        }
        if let Some(index) = self.starting(start) {
            let m = &self.mentions[index];
            if !m.non_actor && m.place.is_none() && draft.act != Act::State {
                self.push_actor(&mut draft, Role::Target, index, None);
                self.coordinate(&mut draft, Role::Target, index, sentence);
            }
        }
        if doc.flags(start) & flag::THAT != 0 || doc.kind(start) == Kind::Colon {
            start += 1;
        }
        if start > sentence.last || doc.kind(start) == Kind::Stop || doc.kind(start) == Kind::Break {
            return None;
        }
        // A statement "on" something with its text later: "أصدر بيانا ... قال فيه" is told by that verb.
        let end = self.content_end(start, sentence);
        if doc.kind(start) == Kind::Quote {
            start += 1;
        }
        if start > end {
            return None;
        }
        draft.content.push((start, end));
        self.continue_quotation(&mut draft, sentence, end);
        self.collect_quotes(&mut draft);
        draft.modality = self.statement_modality(Hit { first: light_first, ..hit }, sentence);
        self.finish_statement(&mut draft, sentence, Hit { first: light_first, ..hit });
        self.accept(draft);
        Some(noun.2)
    }

    fn preceded_by(&self, token: usize, preposition: &str, after: usize) -> bool {
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

    /// The light verb that governs the noun at `noun`: tokens, table index, form.
    fn light_before(&self, sentence: Sentence, noun: usize, kind: EventType) -> Option<(usize, usize, u32, Form)> {
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
    fn only_subject_between(&self, verb: usize, noun: usize) -> bool {
        let mut p = verb + 1;
        let mut mentions = 0;
        while p < noun {
            if let Some(index) = self.starting(p) {
                mentions += 1;
                p = self.mentions[index].last + 1;
                continue;
            }
            let flags = self.doc.flags(p);
            let light = flags
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

    fn light_subject(
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

    /// "بحسب المتحدث", "according to the spokesman": a statement with its content beside it.
    fn attribution(&mut self, index: usize, sentence: Sentence, here: usize) -> bool {
        let doc = self.doc;
        let Some(x) = doc.longest(here, flag::ATTRIBUTION).copied() else { return false };
        if doc.flags(here) & flag::CONJUNCTION != 0 && x.len == 1 {
            return false;
        }
        let Some(number) =
            self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == Subject::Attribution)
        else {
            return false;
        };
        let mut p = x.last() + 1;
        while p <= sentence.last
            && doc.kind(p) == Kind::Word
            && self.at[p] == usize::MAX
            && doc.flags(p) & flag::SETTING != 0
        {
            p += 1;
        }
        let mut found = self.starting(p).filter(|_| p <= sentence.last);
        if found.is_none() && self.lexicon.spec.grammar.has_case {
            found = (p..(p + 3).min(sentence.last))
                .find(|&q| doc.flags(q) & flag::SETTING != 0)
                .and_then(|q| self.issuer(sentence, q));
        }
        let Some(speaker) = found else { return false };
        let m = &self.mentions[speaker];
        let allowed = m.clitics & clitic::PREPOSITION == 0 || self.preposition(speaker) == Some("ل");
        if !allowed || !self.eligible(speaker) || m.kind == ActorKind::Country && !self.lexicon.spec.grammar.has_case {
            return false;
        }
        let speaker_end = m.last;
        let content = if here > sentence.first + 3 {
            let start = self.clause_start(sentence, here);
            let end = self.trim(start, here - 1);
            (start, end)
        } else if doc.kind(speaker_end + 1) == Kind::Comma && speaker_end + 2 < sentence.last {
            let start = speaker_end + 2;
            (start, self.content_end(start, sentence))
        } else {
            return false;
        };
        if content.0 > content.1 || content.1 - content.0 < 3 {
            return false;
        }
        // The report is told already: the sentence's content belongs to its verb.
        if self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|c| c.0 <= content.1 && content.0 <= c.1))
        {
            return false;
        }
        let hit = Hit { first: here, last: x.last(), trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Statement, number, hit, index, self.rules[number].confidence);
        draft.cameo = 10;
        draft.actors.push(Actor {
            role: Role::Speaker,
            mention: speaker,
            entity: self.mentions[speaker].entity,
            from: None,
        });
        draft.content.push(content);
        self.collect_quotes(&mut draft);
        self.accept(draft);
        true
    }

    /// "كيري: ...": a headline that is a speaker, a colon and what was said.
    fn headline(&mut self, index: usize, sentence: Sentence) {
        let doc = self.doc;
        let Some(number) =
            self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == Subject::Colon)
        else {
            return;
        };
        let Some(speaker) = self.starting(sentence.first) else { return };
        let m = &self.mentions[speaker];
        let mut p = m.last + 1;
        // "كيري لـ«الحياة»: ...": an outlet may stand between.
        let mut outlet = None;
        if doc.kind(p) == Kind::Word || doc.kind(p) == Kind::Quote {
            if let Some(colon) = (p..(p + 5).min(sentence.last)).find(|&q| doc.kind(q) == Kind::Colon) {
                if let Some(x) = (p..colon).find_map(|w| doc.longest(w, flag::MEDIA).copied()) {
                    outlet = Some((x.start as usize, x.last()));
                    p = colon;
                }
            }
        }
        if doc.kind(p) != Kind::Colon || p >= sentence.last || !self.eligible(speaker) {
            return;
        }
        let title = sentence.first < doc.body;
        if !title && doc.kind(p + 1) != Kind::Quote {
            return;
        }
        let last_of_field = sentence.last;
        let start = if doc.kind(p + 1) == Kind::Quote { p + 2 } else { p + 1 };
        let hit = Hit { first: m.first, last: p, trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Statement, number, hit, index, self.rules[number].confidence);
        draft.cameo = 10;
        draft.actors.push(Actor {
            role: Role::Speaker,
            mention: speaker,
            entity: self.mentions[speaker].entity,
            from: None,
        });
        let end = self.trim(start, last_of_field);
        if start > end {
            return;
        }
        draft.content.push((start, end));
        draft.via = outlet;
        self.collect_quotes(&mut draft);
        self.accept(draft);
    }

    // ---- meetings ----

    fn meeting(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        let mut draft = self.blank(EventType::Meeting, number, hit, index, rule.confidence);
        draft.mode = trigger.mode;
        draft.cameo = trigger.cameo;
        let mut modality = None;
        let mut search_from = hit.last + 1;
        let noun = hit.form == Form::Noun;
        match rule.subject {
            Subject::After | Subject::Before | Subject::Dropped => {
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                if self.mentions[first].both {
                    self.expand_both(&mut draft, Role::Party, first, hit.first);
                } else {
                    self.push_actor(&mut draft, Role::Party, first, from);
                }
                if from.is_none() {
                    self.coordinate(&mut draft, Role::Party, first, sentence);
                    let end = self.actors_end(&draft, hit.last, sentence);
                    search_from = end.max(hit.last) + 1;
                    // The object stands right after the subject, or after the verb where the subject stands before it.
                }
                let object_slot = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
                if object_slot {
                    let alone = rule.subject == Subject::After && self.object_at(sentence, search_from).is_none();
                    if alone
                        && draft.actors.len() == 1
                        && self.suffix_of(hit).is_none()
                        && self
                            .dropped(index, sentence, hit.first)
                            .is_some_and(|m| self.eligible(m) && self.mentions[m].entity != draft.actors[0].entity)
                        && self.drafts.last().is_some_and(|d| d.sentence == index && !d.anaphoric)
                    {
                        return None;
                    }
                    let found = self.object_at(sentence, search_from);
                    if let Some(object) = found {
                        if self.eligible(object) || self.mentions[object].kind != ActorKind::Country {
                            self.push_actor(&mut draft, Role::Party, object, None);
                            self.coordinate(&mut draft, Role::Party, object, sentence);
                        }
                    } else if let Some(from) = self.suffix_of(hit) {
                        if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                            self.push_actor(&mut draft, Role::Party, owner, Some(from));
                        }
                    }
                }
            }
            Subject::Light => {
                if self.has_genitive(hit) {
                    return None;
                }
                let (light_first, light_last, light, form) =
                    self.light_before(sentence, hit.first, EventType::Meeting)?;
                let (first, from) = self.light_subject(index, sentence, light_first, light_last, form, hit.first)?;
                modality = self.lexicon.lights[light as usize].modality;
                draft.triggers = vec![(hit.first, hit.last)];
                if self.mentions[first].both {
                    self.expand_both(&mut draft, Role::Party, first, hit.first);
                } else {
                    self.push_actor(&mut draft, Role::Party, first, from);
                    if from.is_none() {
                        self.coordinate(&mut draft, Role::Party, first, sentence);
                    }
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence);
                }
                self.noun_owner(&mut draft, sentence, hit, index);
            }
            Subject::Owner => {
                self.noun_owner(&mut draft, sentence, hit, index);
            }
            _ => return None,
        }
        // Parties by the prepositions of the frame.
        for slot in trigger.slots.iter().filter(|s| s.actor) {
            if let Marker::Preposition(word) = &slot.marker {
                self.prepositional_parties(&mut draft, Role::Party, word, sentence, search_from.min(hit.last + 1));
            }
        }
        if noun && draft.actors.len() == 1 && self.lexicon.spec.grammar.has_case {
            self.conferring_subject(&mut draft, sentence, hit);
        }
        let parties = draft.actors.len();
        let definite = hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first);
        if noun && parties == 0 {
            if !definite {
                return None;
            }
            draft.anaphoric = true;
        }
        if parties == 1 {
            let only = &self.mentions[draft.actors[0].mention];
            let many = only.plural || only.kind == ActorKind::Organization || only.kind == ActorKind::Group;
            if noun && definite && !many {
                draft.anaphoric = true;
                draft.confidence *= 0.6;
            } else if !many || noun && trigger.strength == Strength::Weak {
                return None;
            } else {
                draft.confidence *= 0.55;
            }
        }
        if parties >= 2 && draft.actors.iter().filter(|a| self.acts(a)).count() == 0 {
            return None;
        }
        if trigger.strength == Strength::Weak && parties < 2 {
            return None;
        }
        if !draft.anaphoric && !draft.actors.iter().any(|a| self.eligible(a.mention)) {
            return None;
        }
        if parties > 2
            && draft.mode == MeetingMode::InPerson
            && draft.actors.iter().filter(|a| self.mentions[a.mention].kind != ActorKind::Person).count() > 2
        {
            draft.mode = MeetingMode::Multilateral;
        }
        self.meeting_content(&mut draft, trigger, sentence, hit);
        (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
        self.when_and_where(&mut draft, sentence, hit);
        Some(draft)
    }

    /// "سفر الكاظمي": a noun with an owner of its own is not told by a verb that stands before it.
    fn has_genitive(&self, hit: Hit) -> bool {
        if self.lexicon.spec.grammar.has_case || hit.clitics & clitic::ARTICLE != 0 {
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

    fn acts(&self, actor: &Actor) -> bool {
        self.eligible(actor.mention)
    }

    fn definite_before(&self, token: usize) -> bool {
        token > 0
            && (self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(token - 1))
                || self.doc.flags(token - 1) & flag::DEMONSTRATIVE != 0
                || token > 1
                    && self.doc.flags(token - 1) & flag::ADJECTIVE != 0
                    && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(token - 2)))
    }

    fn verb_subject(
        &self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        subject: Subject,
        trigger: &Trigger,
    ) -> Option<(usize, Option<(usize, usize)>)> {
        if self.lexicon.spec.grammar.has_case {
            return match subject {
                Subject::Before => {
                    let trigger = &self.lexicon.triggers[hit.trigger as usize];
                    self.case_verb_subject(index, sentence, hit, trigger)
                }
                _ => None,
            };
        }
        match subject {
            Subject::After => {
                if self.lexicon.spec.grammar.has_case {
                    return None;
                }
                let after = self.subject_after(sentence, hit.last)?;
                self.usable_party(after, sentence)
            }
            Subject::Before => {
                let before = self.subject_before(sentence, hit.first)?;
                self.usable_party(before, sentence)
            }
            Subject::Dropped => {
                // "حيث سيلتقي نظراءه": what stands after a verb that takes an object may be the object, where the sentence has
                // a subject already.
                let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor)
                    && self.drafts.last().is_some_and(|d| d.sentence == index && !d.anaphoric);
                if self.blocked_subject(sentence, hit.last) && hit.clitics & clitic::SUFFIX == 0 && !object {
                    // التقى الوزير: the noun after the verb is its subject; but an object alone leaves the subject dropped.
                    return None;
                }
                let mention = self.dropped(index, sentence, hit.first)?;
                self.eligible(mention).then_some((mention, Some((hit.first, hit.first))))
            }
            _ => None,
        }
    }

    fn usable_party(&self, mention: usize, sentence: Sentence) -> Option<(usize, Option<(usize, usize)>)> {
        let m = &self.mentions[mention];
        if m.pronoun {
            return self.usable(mention, sentence);
        }
        (self.eligible(mention) || m.both).then_some((mention, None))
    }

    /// "The two sides": the two last parties.
    fn expand_both(&self, draft: &mut Draft, role: Role, mention: usize, before: usize) {
        let last = self.drafts.iter().rev().take(64).find(|d| {
            d.actors.iter().filter(|a| a.role == Role::Party || a.role == Role::Speaker).count() >= 2
                && d.triggers[0].0 < before
        });
        if let Some(last) = last {
            let from = (self.mentions[mention].first, self.mentions[mention].last);
            for actor in last.actors.iter().take(2) {
                self.push_actor(draft, role, actor.mention, Some(from));
            }
        }
    }

    fn actors_end(&self, draft: &Draft, floor: usize, sentence: Sentence) -> usize {
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
    fn object_at(&self, sentence: Sentence, from: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 14 {
            steps += 1;
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                let own = p == from && self.lexicon.spec.grammar.has_case;
                if m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                    && (own || self.preposition(index).is_none())
                {
                    if m.place.is_some() {
                        return None;
                    }
                    return Some(index);
                }
                p = m.last + 1;
                continue;
            }
            let flags = doc.flags(p);
            match doc.kind(p) {
                Kind::Word => {
                    if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
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
                        || p > from && doc.flags(p - 1) & flag::PREPOSITION != 0;
                    if !skip {
                        return None;
                    }
                }
                Kind::Number | Kind::Open | Kind::Close | Kind::Comma => {
                    if doc.kind(p) == Kind::Comma
                        && steps > 1
                        && doc.flags(p - 1) & (flag::TIME_WORD | flag::WEEKDAY | flag::ADVERB) == 0
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

    fn suffix_of(&self, hit: Hit) -> Option<(usize, usize)> {
        (hit.clitics & clitic::SUFFIX != 0).then_some((hit.first, hit.first))
    }

    /// Whom a pronoun attached to the word at `token` stands for.
    fn owner_of_suffix(&self, sentence: Sentence, token: usize, index: usize) -> Option<usize> {
        let bits = self.doc.words[token].clitics();
        let fits = |i: usize| {
            let m = &self.mentions[i];
            if m.pronoun || m.place.is_some() || m.entity == usize::MAX || !self.eligible(i) {
                return false;
            }
            let single = m.kind == ActorKind::Person && !m.plural;
            if bits & (clitic::DUAL | clitic::PLURAL) != 0 {
                !single || bits & clitic::DUAL == 0
            } else {
                m.kind != ActorKind::Country || bits & clitic::FEMININE != 0
            }
        };
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let within: Vec<usize> = (from..self.mentions.len()).take_while(|&i| self.mentions[i].last < token).collect();
        // In a reported clause or quotation its own persons come first.
        let clause = match self.doc.quoted[token] {
            0 => self
                .drafts
                .iter()
                .rev()
                .take_while(|d| d.sentence == index)
                .flat_map(|d| &d.content)
                .filter(|&&(a, b)| a <= token && token <= b)
                .map(|c| c.0)
                .max()
                .unwrap_or(sentence.first),
            quotation => self.doc.quotations[quotation as usize - 1].first,
        };
        if clause > sentence.first {
            let inner =
                within.iter().rev().copied().find(|&i| {
                    self.mentions[i].first >= clause && fits(i) && self.mentions[i].kind == ActorKind::Person
                });
            if inner.is_some() {
                return inner;
            }
        }
        // The subject of a verb of the sentence, then the nearest person before.
        let subject = self
            .drafts
            .iter()
            .rev()
            .find(|d| d.sentence == index && d.triggers[0].0 < token)
            .and_then(|d| d.actors.first().map(|a| a.mention));
        if let Some(subject) = subject.filter(|&s| fits(s) && self.mentions[s].kind == ActorKind::Person) {
            return Some(subject);
        }
        let person = within
            .iter()
            .rev()
            .copied()
            .find(|&i| fits(i) && self.mentions[i].kind == ActorKind::Person && self.preposition(i).is_none());
        let person = person
            .or_else(|| within.iter().rev().copied().find(|&i| fits(i) && self.mentions[i].kind == ActorKind::Person));
        if person.is_some() {
            return person;
        }
        // The sentence's speaker may follow: "خلال لقائه ... أكد الرئيس".
        let later = self
            .doc
            .matches_at(token)
            .first()
            .and_then(|_| {
                (token..=sentence.last).find(|&p| self.doc.flags(p) & flag::SPEECH != 0 && self.is_speech_verb(p))
            })
            .and_then(|verb| self.subject_after(sentence, verb))
            .filter(|&m| fits(m) && self.mentions[m].kind == ActorKind::Person);
        later
            .or_else(|| {
                self.topic
                    .filter(|&(_, at)| index.saturating_sub(at) <= 2 && at <= index)
                    .map(|t| t.0)
                    .filter(|&m| fits(m))
            })
            .or_else(|| {
                self.speaker
                    .filter(|&(_, at)| index.saturating_sub(at) <= 3 && at <= index)
                    .map(|s| s.0)
                    .filter(|&m| fits(m))
            })
            .or_else(|| within.iter().rev().copied().find(|&i| fits(i)))
    }

    fn is_speech_verb(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| match x.meaning {
            Meaning::Trigger { trigger, form } => {
                matches!(form, Form::Past | Form::Present)
                    && self.lexicon.triggers[trigger as usize].kind == EventType::Statement
            }
            _ => false,
        })
    }

    /// The parties that a noun of meeting names itself: its pronoun, its genitive, "between".
    fn noun_owner(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) {
        let doc = self.doc;
        if let Some(from) = self.suffix_of(hit) {
            if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                self.push_actor(draft, Role::Party, owner, Some(from));
            }
        }
        // "Trump's meeting", "their talks".
        if self.lexicon.spec.grammar.has_case && hit.first > sentence.first {
            let mut p = hit.first - 1;
            while p > sentence.first && self.at[p] == usize::MAX && doc.flags(p) & flag::ADJECTIVE != 0 {
                p -= 1;
            }
            if let Some(owner) = self.ending(p) {
                let m = &self.mentions[owner];
                if doc.tokens.all[m.last].possessive && self.eligible(owner) {
                    self.push_actor(draft, Role::Party, owner, None);
                } else if m.pronoun && doc.flags(p) & flag::OBLIQUE != 0 {
                    if let Some(resolved) = self.resolve_pronoun(owner, sentence) {
                        self.push_actor(draft, Role::Party, resolved, Some((m.first, m.last)));
                    }
                }
            } else if doc.flags(p) & flag::OBLIQUE != 0 {
                if let Some(subject) = self.subject_before(sentence, p).filter(|&s| self.eligible(s)) {
                    self.push_actor(draft, Role::Party, subject, Some((p, p)));
                }
            }
        }
        let mut p = hit.last + 1;
        let mut steps = 0;
        while p <= sentence.last && steps < 6 {
            steps += 1;
            if let Some(m) = self.starting(p) {
                let mention = &self.mentions[m];
                let preposition = self.preposition(m);
                let genitive = preposition.is_none() && mention.clitics & clitic::CONJUNCTION == 0;
                let of = preposition.is_some_and(|w| self.lexicon.spec.grammar.of.iter().any(|o| o == w))
                    && self.lexicon.spec.grammar.has_case;
                let between = preposition.is_some_and(|w| self.lexicon.spec.grammar.between.iter().any(|o| o == w));
                if mention.both && (genitive || between) {
                    self.expand_both(draft, Role::Party, m, hit.first);
                } else if (genitive
                    && !self.lexicon.spec.grammar.has_case
                    && hit.clitics & clitic::ARTICLE == 0
                    && hit.clitics & clitic::SUFFIX == 0
                    || of
                    || between)
                    && mention.place.is_none()
                {
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                    // بين الرئيس ونظيره: "between" may be repeated.
                } else if genitive
                    && hit.clitics & clitic::SUFFIX != 0
                    && mention.place.is_none()
                    && mention.kind == ActorKind::Person
                {
                    // "لقائه الرئيس": the pronoun's counterpart as object.
                    self.push_actor(draft, Role::Party, m, None);
                    self.coordinate(draft, Role::Party, m, sentence);
                }
                break;
            }
            let flags = doc.flags(p);
            if doc.kind(p) != Kind::Word {
                break;
            }
            let between = self.lexicon.spec.grammar.between.iter().any(|w| w == doc.norm(p))
                || self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p)) && self.lexicon.spec.grammar.has_case;
            if between
                || flags & (flag::ADJECTIVE | flag::ADVERB | flag::TIME_WORD | flag::DEMONYM | flag::MODALITY) != 0
            {
                p += 1;
                continue;
            }
            break;
        }
    }

    /// Parties after "with" and the like, as far as the clause goes.
    fn prepositional_parties(&self, draft: &mut Draft, role: Role, word: &str, sentence: Sentence, from: usize) {
        let doc = self.doc;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 36 {
            steps += 1;
            if doc.kind(p) == Kind::Word && self.at[p] == usize::MAX {
                let flags = doc.flags(p);
                if flags & flag::THAT != 0 && flags & flag::PREPOSITION == 0 {
                    return;
                }
                if p > from && (self.starts_report(p) || self.is_other_trigger(p)) {
                    return;
                }
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                return;
            }
            if let Some(m) = self.starting(p) {
                if self.preposition(m) == Some(word) {
                    let mention = &self.mentions[m];
                    if mention.both {
                        self.expand_both(draft, role, m, from);
                    } else if mention.place.is_none() && !mention.non_actor {
                        // "ب" and "في" before a country mean the place.
                        let placelike = mention.kind == ActorKind::Country
                            && self.lexicon.spec.grammar.at.iter().any(|w| w == word);
                        if !placelike {
                            self.push_actor(draft, role, m, None);
                            self.coordinate(draft, role, m, sentence);
                        }
                    }
                }
                p = self.mentions[m].last + 1;
                continue;
            }
            p += 1;
        }
    }

    /// A finite trigger of another event ends the reach of a frame.
    fn is_other_trigger(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| match x.meaning {
            Meaning::Trigger { form, .. } => {
                matches!(form, Form::Past | Form::Present)
                    && self.doc.flags(p) & flag::PREPOSITION == 0
                    && x.clitics & (clitic::ARTICLE | clitic::PREPOSITION) == 0
                    && self.doc.flags(p) & (flag::ADJECTIVE) == 0
                    && !self
                        .doc
                        .matches_at(p)
                        .iter()
                        .any(|y| matches!(y.meaning, Meaning::Trigger { form: Form::Noun, .. }))
            }
            _ => false,
        })
    }

    fn meeting_content(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, hit: Hit) {
        let doc = self.doc;
        let limit = (hit.last + 60).min(sentence.last);
        let mut words: Vec<&str> = trigger
            .slots
            .iter()
            .filter(|s| s.content && !s.actor)
            .filter_map(|s| match &s.marker {
                Marker::Preposition(w) => Some(w.as_str()),
                _ => None,
            })
            .collect();
        words.retain(|w| !matches!(*w, "ل" | "في" | "ب" | "in" | "to" | "for"));
        let about = &self.lexicon.spec.grammar.about;
        let purpose = &self.lexicon.spec.grammar.purpose;
        let end_of_actors = self.actors_end(draft, hit.last, sentence);
        for p in hit.last + 1..=limit {
            if doc.kind(p) != Kind::Word {
                if matches!(doc.kind(p), Kind::Stop | Kind::Break) {
                    break;
                }
                continue;
            }
            if self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            let norm = doc.norm(p);
            if words.contains(&norm) || about.iter().any(|w| w == norm) || purpose.iter().any(|w| w == norm) {
                let start = p + 1;
                let end = self.content_end(start, sentence);
                if start <= end && start <= sentence.last {
                    draft.content.push((start, end));
                }
                return;
            }
        }
        // "بحث مع نظيره العلاقات": the object that follows the parties.
        if trigger.slots.iter().any(|s| s.marker == Marker::Object && s.content) {
            let start = end_of_actors + 1;
            if start <= sentence.last && doc.kind(start) == Kind::Word {
                let end = self.content_end(start, sentence);
                if start <= end {
                    draft.content.push((start, end));
                }
            }
        }
    }

    // ---- visits ----

    fn visit(
        &mut self,
        index: usize,
        sentence: Sentence,
        hit: Hit,
        number: usize,
        rule: &Rule,
        trigger: &Trigger,
    ) -> Option<Draft> {
        let mut draft = self.blank(EventType::Visit, number, hit, index, rule.confidence);
        draft.cameo = trigger.cameo;
        draft.manner.clone_from(&trigger.manner);
        let hosting = trigger.manner == "host";
        let mut modality = None;
        let noun = hit.form == Form::Noun;
        let mut search_from = hit.last + 1;
        match rule.subject {
            Subject::After | Subject::Before | Subject::Dropped => {
                let (first, from) = self.verb_subject(index, sentence, hit, rule.subject, trigger)?;
                let role = if hosting { Role::Host } else { Role::Visitor };
                let (mut first, mut from) = (first, from);
                if !hosting && matches!(self.mentions[first].kind, ActorKind::Country | ActorKind::Organization) {
                    // "وزار أنقرة بعد القمة الرئيس": the object first, then the subject.
                    let place = first;
                    if rule.subject != Subject::After || trigger.slots.iter().all(|s| s.marker != Marker::Object) {
                        return None;
                    }
                    let subject = self.object_at(sentence, self.mentions[place].last + 1)?;
                    if self.mentions[subject].kind != ActorKind::Person {
                        return None;
                    }
                    (first, from) = self.usable_party(subject, sentence)?;
                    self.push_host(&mut draft, Role::Host, place, sentence);
                }
                self.push_actor(&mut draft, role, first, from);
                if from.is_none() && self.mentions[first].first > hit.last {
                    self.coordinate(&mut draft, role, first, sentence);
                    search_from = self.actors_end(&draft, hit.last, sentence) + 1;
                } else if from.is_none() {
                    self.coordinate(&mut draft, role, first, sentence);
                }
            }
            Subject::Light => {
                if self.has_genitive(hit) {
                    return None;
                }
                let (light_first, light_last, light, form) =
                    self.light_before(sentence, hit.first, EventType::Visit)?;
                let (first, from) = self.light_subject(index, sentence, light_first, light_last, form, hit.first)?;
                if self.mentions[first].kind == ActorKind::Country {
                    return None;
                }
                modality = self.lexicon.lights[light as usize].modality;
                self.push_actor(&mut draft, Role::Visitor, first, from);
                // "قام بزيارة العراق": the country as genitive.
                let genitive = self.starting(hit.last + 1).filter(|&m| {
                    let m = &self.mentions[m];
                    m.kind == ActorKind::Country && m.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                });
                if let Some(country) = genitive.filter(|_| !self.lexicon.spec.grammar.has_case) {
                    self.push_host(&mut draft, Role::Host, country, sentence);
                }
                if modality.is_none() {
                    modality = self.verb_modality(light_first, form, sentence);
                }
            }
            Subject::Owner => {
                self.visit_owner(&mut draft, sentence, hit, index);
            }
            _ => return None,
        }
        let object_role = if hosting { Role::Visitor } else { Role::Host };
        for slot in &trigger.slots {
            if !(slot.actor || slot.place) {
                continue;
            }
            match &slot.marker {
                Marker::Object if !noun => {
                    if let Some(object) = self.destination(sentence, search_from, None) {
                        self.push_host(&mut draft, object_role, object, sentence);
                    }
                }
                Marker::Preposition(word) => {
                    if draft.actors.iter().any(|a| a.role == object_role) {
                        continue;
                    }
                    if let Some(object) = self.destination(sentence, hit.last + 1, Some(word)) {
                        self.push_host(&mut draft, object_role, object, sentence);
                    }
                }
                _ => {}
            }
        }
        // A departure names where from.
        if trigger.manner == "depart" && !draft.actors.iter().any(|a| a.role == Role::Host) {
            if let Some(object) = self.destination(sentence, search_from, None) {
                self.push_host(&mut draft, Role::Host, object, sentence);
            }
        }
        // "زيارة الرئيس للبلاد": the country that the sentence speaks of.
        if !draft.actors.iter().any(|a| a.role == Role::Host) {
            let home = (hit.last + 1..=(hit.last + 12).min(sentence.last))
                .find(|&p| self.doc.flags(p) & flag::HOME != 0 && self.at[p] == usize::MAX && self.doc.has_article(p));
            if let Some(token) = home {
                let visitor = draft.actors.first().and_then(|a| self.resolver.entities[a.entity].country);
                let country = (0..self.mentions.len()).rev().find(|&i| {
                    let m = &self.mentions[i];
                    m.first < token
                        && m.form == Some(crate::lexicon::CountryForm::Name)
                        && m.place.is_none()
                        && m.country != visitor
                        && m.first >= self.doc.body
                });
                if let Some(country) = country {
                    self.push_actor(&mut draft, Role::Host, country, Some((token, token)));
                }
            }
        }
        let visitors = draft.actors.iter().filter(|a| a.role == Role::Visitor).count();
        let hosts = draft.actors.iter().filter(|a| a.role == Role::Host).count();
        let definite = hit.clitics & clitic::ARTICLE != 0 || self.definite_before(hit.first);
        if noun && visitors == 0 {
            if !definite && hosts == 0 {
                return None;
            }
            draft.anaphoric = true;
        } else if noun && hosts == 0 {
            draft.anaphoric = true;
        } else if visitors == 0 {
            return None;
        } else if hosts == 0 {
            let place = self.place_between(hit.last + 1, (hit.last + 20).min(sentence.last), &draft);
            if place.is_none() || trigger.strength == Strength::Weak {
                return None;
            }
            draft.confidence *= 0.8;
        }
        if !draft.anaphoric
            && !draft.actors.iter().any(|a| a.role == Role::Visitor && (hosting || self.eligible(a.mention)))
        {
            return None;
        }
        if trigger.strength == Strength::Weak && draft.anaphoric {
            return None;
        }
        if self.lexicon.spec.grammar.has_case && !self.believable_visit(&draft, trigger, hosting) {
            return None;
        }
        self.visit_content(&mut draft, trigger, sentence, hit);
        (draft.modality, draft.told) = self.modality_of(hit, sentence, modality);
        self.when_and_where(&mut draft, sentence, hit);
        if let Some(host) = draft.actors.iter().find(|a| a.role == Role::Host) {
            let m = &self.mentions[host.mention];
            if m.kind == ActorKind::Country && draft.place.is_none() {
                draft.place = Some((m.first, m.last, host.mention));
            }
        }
        Some(draft)
    }

    fn push_host(&self, draft: &mut Draft, role: Role, mention: usize, sentence: Sentence) {
        let m = &self.mentions[mention];
        if m.place.is_some() && role == Role::Host {
            // A city that is no capital is where the visit went; its country hosts.
            if draft.place.is_none() {
                draft.place = Some((m.first, m.last, mention));
            }
            if !draft.actors.iter().any(|a| a.role == Role::Host) && m.country.is_some() {
                draft.actors.push(Actor { role, mention, entity: m.entity, from: None });
            }
            return;
        }
        // A person hosts only if known: "arriving at a new president" is no visit.
        if m.kind == ActorKind::Person && m.name.is_none() && !m.definite && m.country.is_none() {
            return;
        }
        self.push_actor(draft, role, mention, None);
        self.coordinate(draft, role, mention, sentence);
    }

    /// Where a journey goes: a mention at `from` without preposition (`None`) or after `word`.
    fn destination(&self, sentence: Sentence, from: usize, word: Option<&str>) -> Option<usize> {
        let doc = self.doc;
        let mut p = from;
        let mut steps = 0;
        while p <= sentence.last && steps < 22 {
            steps += 1;
            if let Some(index) = self.starting(p) {
                let preposition = self.preposition(index);
                let m = &self.mentions[index];
                match word {
                    None => {
                        if preposition.is_none() && m.clitics & clitic::CONJUNCTION == 0 && !m.pronoun {
                            return Some(index);
                        }
                    }
                    Some(word) => {
                        if preposition == Some(word) {
                            return Some(index);
                        }
                    }
                }
                p = m.last + 1;
                continue;
            }
            match doc.kind(p) {
                Kind::Word => {
                    let flags = doc.flags(p);
                    if flags & (flag::THAT | flag::SUBORDINATOR) != 0 && flags & flag::PREPOSITION == 0
                        || self.is_verb(p)
                    {
                        return None;
                    }
                    if word.is_none() && flags & (flag::PREPOSITION) != 0 && steps > 8 {
                        return None;
                    }
                }
                Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote => return None,
                _ => {}
            }
            p += 1;
        }
        None
    }

    /// "زيارة الرئيس إلى باريس", "زيارته لواشنطن", "زيارة العراق".
    fn visit_owner(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) {
        let doc = self.doc;
        if let Some(from) = self.suffix_of(hit) {
            if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                if self.mentions[owner].kind != ActorKind::Country {
                    self.push_actor(draft, Role::Visitor, owner, Some(from));
                }
            }
        }
        if self.lexicon.spec.grammar.has_case && hit.first > sentence.first {
            let mut p = hit.first - 1;
            while p > sentence.first
                && self.at[p] == usize::MAX
                && doc.flags(p) & (flag::ADJECTIVE | flag::TIME_WORD | flag::NOUN) != 0
            {
                p -= 1;
            }
            if let Some(owner) = self.ending(p) {
                let m = &self.mentions[owner];
                if doc.tokens.all[m.last].possessive && self.eligible(owner) && m.kind != ActorKind::Country {
                    self.push_actor(draft, Role::Visitor, owner, None);
                } else if m.pronoun && doc.flags(p) & flag::OBLIQUE != 0 {
                    if let Some(resolved) = self.resolve_pronoun(owner, sentence) {
                        self.push_actor(draft, Role::Visitor, resolved, Some((m.first, m.last)));
                    }
                }
            }
        }
        let mut p = hit.last + 1;
        let mut steps = 0;
        while p <= sentence.last && steps < 5 {
            steps += 1;
            if let Some(m) = self.starting(p) {
                let mention = &self.mentions[m];
                let preposition = self.preposition(m);
                let of = self.lexicon.spec.grammar.has_case
                    && mention.kind != ActorKind::Country
                    && preposition.is_some_and(|w| self.lexicon.spec.grammar.of.iter().any(|o| o == w));
                let by = of || preposition.is_some_and(|w| self.lexicon.spec.grammar.by.iter().any(|b| b == w));
                if preposition.is_none() && mention.clitics & clitic::CONJUNCTION == 0 || by {
                    if mention.kind == ActorKind::Country && !by {
                        self.push_host(draft, Role::Host, m, sentence);
                    } else if mention.kind != ActorKind::Organization || by {
                        self.push_actor(draft, Role::Visitor, m, None);
                        self.coordinate(draft, Role::Visitor, m, sentence);
                    } else {
                        self.push_actor(draft, Role::Host, m, None);
                    }
                }
                break;
            }
            let preposition = self.lexicon.spec.grammar.has_case && steps == 1 && doc.flags(p) & flag::PREPOSITION != 0;
            if doc.kind(p) != Kind::Word || doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) == 0 && !preposition {
                break;
            }
            p += 1;
        }
    }

    fn visit_content(&self, draft: &mut Draft, trigger: &Trigger, sentence: Sentence, hit: Hit) {
        let _ = trigger;
        let doc = self.doc;
        for p in hit.last + 1..=(hit.last + 40).min(sentence.last) {
            if doc.kind(p) != Kind::Word || self.at[p] != usize::MAX {
                continue;
            }
            if self.starts_report(p) {
                return;
            }
            if self.lexicon.spec.grammar.purpose.iter().any(|w| w == doc.norm(p)) {
                let start = p + 1;
                let end = self.content_end(start, sentence);
                if start <= end && start <= sentence.last {
                    draft.content.push((start, end));
                }
                return;
            }
        }
    }

    // ---- shared ----

    fn blank(&self, kind: EventType, rule: usize, hit: Hit, sentence: usize, confidence: f64) -> Draft {
        Draft {
            kind,
            rule,
            triggers: vec![(hit.first, hit.last)],
            trigger: hit.trigger,
            modality: Modality::Occurred,
            told: true,
            act: Act::State,
            mode: MeetingMode::InPerson,
            cameo: 10,
            actors: Vec::new(),
            place: None,
            time: None,
            content: Vec::new(),
            quotes: Vec::new(),
            via: None,
            sentence,
            confidence,
            anaphoric: false,
            helpers: Vec::new(),
            manner: String::new(),
        }
    }

    fn accept(&mut self, draft: Draft) {
        let rule = self.rules[draft.rule].id.clone();
        self.note(|e| {
            let words = e.words(draft.triggers[0].0, draft.triggers[0].1);
            let actors: Vec<String> = draft
                .actors
                .iter()
                .map(|a| {
                    format!("{:?} \"{}\"", a.role, e.words(e.mentions[a.mention].first, e.mentions[a.mention].last))
                })
                .collect();
            let pointing = if draft.anaphoric { " (points back)" } else { "" };
            format!("{:?} by {rule}: \"{words}\"{pointing}; {}", draft.kind, actors.join(", "))
        });
        if let Some(first) = draft.actors.first() {
            if draft.kind == EventType::Statement {
                self.speaker = Some((first.mention, draft.sentence));
            }
            if !draft.anaphoric {
                self.topic = Some((first.mention, draft.sentence));
            }
        }
        self.drafts.push(draft);
    }

    /// The cue of modality nearest before `token`, within its clause.
    fn cue_before(&self, token: usize, sentence: Sentence, reach: usize) -> Option<Modality> {
        let doc = self.doc;
        let past = !self.lexicon.spec.grammar.has_case
            && doc.matches_at(token).iter().any(|x| {
                matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. })
            });
        let mut p = token;
        let mut steps = 0;
        while p > sentence.first && steps < reach {
            p -= 1;
            steps += 1;
            match doc.kind(p) {
                Kind::Comma | Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote => return None,
                _ => {}
            }
            // قد before a past verb affirms it; only before a present one does it say "may".
            let affirms = doc.flags(p) & flag::AUXILIARY != 0 && past;
            for x in doc.matches_at(p) {
                if affirms && x.len == 1 {
                    continue;
                }
                if let Meaning::Modality { modality, after: false } = x.meaning {
                    if x.last() < token {
                        return Some(modality);
                    }
                }
            }
            if doc.flags(p) & flag::NEGATION != 0 {
                return Some(Modality::Negated);
            }
            if self.at[p] == usize::MAX && self.is_other_trigger(p) {
                return None;
            }
        }
        None
    }

    fn verb_modality(&self, verb: usize, form: Form, sentence: Sentence) -> Option<Modality> {
        let bits = self.doc.words[verb].clitics();
        if bits & clitic::FUTURE != 0 {
            return Some(Modality::Planned);
        }
        if let Some(cue) = self.cue_before(verb, sentence, 6) {
            return Some(cue);
        }
        if form == Form::Present && !self.lexicon.spec.grammar.has_case && verb >= self.doc.body {
            return Some(Modality::Planned);
        }
        None
    }

    /// The modality of an event, and whether words say it.
    fn modality_of(&self, hit: Hit, sentence: Sentence, light: Option<Modality>) -> (Modality, bool) {
        if let Some(light) = light {
            return (light, true);
        }
        let doc = self.doc;
        if hit.clitics & clitic::FUTURE != 0 {
            // "من المتوقع أن": a future that is only expected stays planned.
            return match self.cue_before(hit.first, sentence, 6) {
                Some(Modality::Negated) => (Modality::Negated, true),
                _ => (Modality::Planned, true),
            };
        }
        let noun = hit.form == Form::Noun;
        // What follows: "لقاءه المقرر", "الزيارة التي ستجري".
        for p in hit.last + 1..(hit.last + 8).min(sentence.last + 1) {
            // A predicate has begun: what follows says nothing of the noun any more.
            if noun && doc.flags(p) & flag::NEGATION != 0 {
                break;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Comma) {
                break;
            }
            if noun && p <= hit.last + 3 && doc.words[p].clitics() & clitic::FUTURE != 0 && self.at[p] == usize::MAX {
                return (Modality::Planned, true);
            }
            for x in doc.matches_at(p) {
                if let Meaning::Modality { modality, after: true } = x.meaning {
                    if noun || modality == Modality::Ongoing {
                        return (modality, true);
                    }
                }
            }
        }
        if let Some(cue) = self.cue_before(hit.first, sentence, 7) {
            return (cue, true);
        }
        if hit.form == Form::Present && !self.lexicon.spec.grammar.has_case && hit.first >= doc.body {
            let was = (sentence.first..hit.first)
                .rev()
                .take(6)
                .any(|p| matches!(doc.norm(p), "كان" | "وكان" | "كانت" | "وكانت"));
            if !was {
                return (Modality::Planned, true);
            }
        }
        (Modality::Occurred, !noun && hit.first >= doc.body)
    }

    fn when_and_where(&mut self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let before = self.clause_start(sentence, hit.first);
        let mut end = sentence.last;
        for p in hit.last + 1..=sentence.last {
            if self.at[p] == usize::MAX && self.doc.quoted[p] == self.doc.quoted[hit.first] && self.starts_report(p) {
                end = p - 1;
                break;
            }
        }
        let mut found = Vec::new();
        expressions(self.doc, self.lexicon, before, end, &mut found);
        let content = draft.content.clone();
        let inside = |p: usize| content.iter().any(|&(a, b)| a <= p && p <= b);
        found.retain(|e| !inside(e.first) || e.first < hit.last + 12);
        draft.time = found.into_iter().min_by_key(|e| {
            let after = e.first > hit.last;
            e.first.abs_diff(hit.first) + if after { 0 } else { 4 }
        });
        if draft.place.is_none() {
            draft.place = self.place_between(before, end, draft);
        }
    }

    /// A place after "in" and the like, outside the actors and the content.
    fn place_between(&self, first: usize, last: usize, draft: &Draft) -> Option<(usize, usize, usize)> {
        let inside = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let center = draft.triggers[0].0;
        let mut best: Option<(usize, (usize, usize, usize))> = None;
        let mut p = first;
        while p <= last && p < self.doc.len() {
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                let located = m.kind == ActorKind::Country
                    && !inside(p)
                    && !draft.actors.iter().any(|a| a.entity == m.entity && a.role != Role::Host);
                if located {
                    if let Some(word) = self.preposition(index) {
                        if self.lexicon.spec.grammar.at.iter().any(|w| w == word) {
                            let distance = p.abs_diff(center);
                            if best.is_none_or(|b| distance < b.0) {
                                best = Some((distance, (m.first, m.last, index)));
                            }
                        }
                    }
                }
                p = m.last + 1;
                continue;
            }
            p += 1;
        }
        best.map(|b| b.1)
    }
}

//! Triggers and their slots: every trigger of the article is tried against the rules and drafts at most one event.

mod actors;
mod agreement;
mod attribution;
mod bounds;
mod circumstance;
mod content;
mod light;
mod matter;
mod meeting;
mod modality;
mod nominal;
mod outlet;
mod owner;
mod partner;
mod sport;
mod statement;
mod stay;
mod subject;
mod svo;
mod target;
mod told_on;
mod visit;
mod why;

use crate::article::Article;
use crate::event::{Act, ActorKind, EventType, MeetingMode, Modality, Role};
use crate::extract::doc::{Doc, Match, Sentence};
use crate::extract::language::Language;
use crate::extract::mention::{Mention, mentions};
use crate::extract::resolve::Resolver;
use crate::extract::rule::{Needs, Rule, Subject};
use crate::extract::time::{Expression, Reading, expressions};
use crate::lexicon::{
    AIM, ATTENDED, COMPANION, CountryForm, DISCUSSED, Form, IN_ORDER, Lexicon, LightRole, Marker, Meaning, PRIVATE,
    Strength, TRIGGERS, TitleClass, Trigger, clitic, flag, mark, vocabulary,
};
use crate::text::Kind;
pub use why::Trace;

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

/// Where an event took place: tokens, and the index of the country in the lexicon.
#[derive(Clone, Copy, Debug)]
pub struct Where {
    pub first: usize,
    pub last: usize,
    pub country: Option<u16>,
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
    pub place: Option<Where>,
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
    let mut resolver = Resolver::new(doc, lexicon, language.surnames(), date, &article.title, &article.body);
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
        foreign: usize::MAX,
        speaker: None,
        issuer: None,
        topic: None,
        author: None,
        undated: article.published.is_none(),
        lead: None,
        trace,
        times: Vec::new(),
        hits: Vec::new(),
        sport: Vec::new(),
        sporting: false,
        dense: false,
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
    /// Where somebody who is no actor spoke last: nobody named before goes on speaking after it.
    foreign: usize,
    speaker: Option<(usize, usize)>,
    /// Who issued the last document named: mention and sentence.
    issuer: Option<(usize, usize)>,
    /// The last principal actor of any event: mention and sentence.
    topic: Option<(usize, usize)>,
    /// The state or body that speaks in the first person: a mention.
    author: Option<usize>,
    /// The article does not say when it was published.
    undated: bool,
    /// Who stands right behind the verb that opens a sentence, whatever the verb tells: mention and sentence.
    lead: Option<(usize, usize)>,
    trace: &'b mut Option<Trace>,
    times: Vec<Expression>,
    /// What the trigger that is being tried may be, kept for its memory.
    hits: Vec<Hit>,
    /// How many words of sport each sentence holds, and whether the article is full of them.
    sport: Vec<u16>,
    sporting: bool,
    /// A short article is.
    dense: bool,
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
        self.count_sport();
        self.find_author();
        // The body first: a headline is understood from what it heads.
        let split = sentences.partition_point(|s| s.first < self.doc.body);
        for index in (split..sentences.len()).chain(0..split) {
            if index == 0 && split > 0 {
                self.speaker = None;
                self.issuer = None;
                self.topic = None;
                self.lead = None;
            }
            self.sentence(index, sentences[index]);
        }
        self.settle();
        if self.undated {
            self.borrow_years();
        }
    }

    fn sentence(&mut self, index: usize, sentence: Sentence) {
        self.headline(index, sentence);
        self.stay(index, sentence);
        if self.lexicon.spec.grammar.has_case {
            self.mark_pairs(index, sentence);
        }
        if let Some(mention) = self.leading_actor(sentence) {
            self.lead = Some((mention, index));
        }
        let mut i = sentence.first;
        while i <= sentence.last {
            let here = i;
            i += 1;
            if self.doc.kind(here) != Kind::Word {
                continue;
            }
            let flags = self.doc.flags(here);
            // What is a verb of meeting is tried as one first: it may have parties of its own.
            if flags & flag::MEETING == 0 {
                if let Some(next) = self.told_on(index, sentence, here) {
                    i = next;
                    continue;
                }
            }
            // Nearly all words begin none of these.
            if self.doc.begins(here) & (TRIGGERS | flag::ATTRIBUTION | flag::COVERS | flag::NULL) == 0 {
                continue;
            }
            if flags & (TRIGGERS | flag::ATTRIBUTION | flag::STARTS) == 0 {
                continue;
            }
            if let Some(next) = self.trigger(index, sentence, here) {
                i = next;
            } else if flags & flag::MEETING != 0 {
                i = self.told_on(index, sentence, here).unwrap_or(i);
            }
        }
        self.share_circumstances(index);
        self.share_place(index, sentence);
    }

    /// "كما يلتقي السفير", "سيجتمع أيضا مع أمير قطر": a further meeting of somebody who travels or meets, with no place of
    /// its own, is where the one before it was, or where his visit goes if its host is met.
    fn share_place(&mut self, index: usize, sentence: Sentence) {
        if self.lexicon.spec.grammar.has_case || self.doc.kind(sentence.first) != Kind::Word {
            return;
        }
        let also = flag::ATTRIBUTION | flag::CONJUNCTION;
        let furthermore = self.doc.flags(sentence.first) & also == also && self.at[sentence.first] == usize::MAX;
        let start = self.drafts.len() - self.drafts.iter().rev().take_while(|d| d.sentence == index).count();
        for m in start..self.drafts.len() {
            let meeting = &self.drafts[m];
            let open = meeting.kind == EventType::Meeting
                && meeting.mode != MeetingMode::Call
                && meeting.place.is_none()
                && !meeting.anaphoric;
            let Some(main) = meeting.actors.first().filter(|_| open).map(|a| a.entity) else { continue };
            let before = self.drafts[..start].iter().rev().take(6).find(|d| {
                d.kind != EventType::Statement
                    && d.place.is_some()
                    && d.manner != "depart"
                    && d.manner != "return"
                    && index.saturating_sub(d.sentence) <= 2
                    && d.modality == meeting.modality
                    && d.actors.iter().any(|a| a.entity == main && a.role != Role::Host)
            });
            let Some(before) = before else { continue };
            let country = before.place.and_then(|p| p.country);
            let hosted = before.kind == EventType::Visit
                && country.is_some()
                && meeting
                    .actors
                    .iter()
                    .any(|a| a.entity != main && self.resolver.entities[a.entity].country == country)
                && self.resolver.entities[main].country != country;
            if hosted || furthermore && m == start {
                self.drafts[m].place = before.place;
            }
        }
    }

    /// A meeting on a journey of its sentence takes place where the journey goes, and on its day: "he will travel to the
    /// capital on Monday, where he will meet …".
    fn share_circumstances(&mut self, index: usize) {
        let case = self.lexicon.spec.grammar.has_case;
        let start = self.drafts.len() - self.drafts.iter().rev().take_while(|d| d.sentence == index).count();
        for m in start..self.drafts.len() {
            if self.drafts[m].kind != EventType::Meeting || self.drafts[m].mode == MeetingMode::Call {
                continue;
            }
            for v in start..self.drafts.len() {
                let (meeting, visit) = (&self.drafts[m], &self.drafts[v]);
                let shared = visit.kind == EventType::Visit
                    && visit.manner != "return"
                    && visit
                        .actors
                        .iter()
                        .any(|a| a.role == Role::Visitor && meeting.actors.iter().any(|b| b.entity == a.entity));
                if !shared {
                    continue;
                }
                let after = meeting.triggers[0].0 > visit.triggers[0].0;
                // "التقى … لدى وصوله إلى": a journey told after the meeting is the one it is held on only as a noun.
                let noun = self.lexicon.triggers.get(visit.trigger as usize).is_some()
                    && self.rules[visit.rule].subject == Subject::Owner;
                // "سيزور عمّان بعد لقائه الرئيس": two events, one after the other.
                if !after && !noun || after && self.told_apart(meeting.triggers[0].0) {
                    continue;
                }
                // Where names end with a case, prepositions tell more: only a meeting right behind its journey is held there.
                if case && (!after || noun || meeting.modality != visit.modality || visit.manner == "depart") {
                    continue;
                }
                let place = meeting.place.or(visit.place);
                let time = meeting.time.clone().or_else(|| if after { visit.time.clone() } else { None });
                let visit_time = visit.time.clone().or_else(|| if after { None } else { meeting.time.clone() });
                self.drafts[m].place = place;
                self.drafts[m].time = time;
                self.drafts[v].time = visit_time;
            }
        }
    }

    fn words(&self, first: usize, last: usize) -> String {
        self.resolver.text(first, last).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Tries the trigger at `here`; returns where to go on.
    fn trigger(&mut self, index: usize, sentence: Sentence, here: usize) -> Option<usize> {
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        let next = self.try_trigger(index, sentence, here, &mut hits);
        self.hits = hits;
        next
    }

    fn try_trigger(&mut self, index: usize, sentence: Sentence, here: usize, hits: &mut Vec<Hit>) -> Option<usize> {
        let doc = self.doc;
        if self.attribution(index, sentence, here) {
            return None;
        }
        if self.used(index, here) {
            return None;
        }
        // "جولة يزور خلالها": the stops of a journey that has been told.
        let stops = doc.matches_at(here).iter().find(|x| x.len > 1 && x.flags & flag::COVERS != 0);
        if let Some(x) = stops {
            if self.drafts.iter().rev().take_while(|d| d.sentence == index).any(|d| d.kind == EventType::Visit) {
                return Some(x.last() + 1);
            }
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
        // "لم يعد": a null phrase that begins before its trigger.
        if let Some((_, kind, last)) = null.filter(|n| n.2 > here && doc.flags(here) & TRIGGERS == 0) {
            let inside = (here + 1..=last).any(|p| {
                doc.matches_at(p).iter().any(|x| match x.meaning {
                    Meaning::Trigger { trigger, .. } => {
                        self.lexicon.triggers[trigger as usize].kind == kind && x.last() <= last
                    }
                    Meaning::SpeechNoun { .. } => kind == EventType::Statement && x.last() <= last,
                    _ => false,
                })
            });
            if inside {
                self.miss(here, last, |_| (9, "is a phrase that only looks like an event (null phrase)".to_owned()));
                return Some(last + 1);
            }
        }
        {
            let all = doc.matches_at(here);
            // "Called on Tuesday for": a preposition that opens a date is none of the verb's.
            let dated = |x: &Match| {
                let next = x.last() + 1;
                self.lexicon.spec.grammar.has_case
                    && x.len > 1
                    && doc.flags(x.last()) & flag::PREPOSITION != 0
                    && doc.flags(next) & (flag::WEEKDAY | flag::MONTH) != 0
                    && self.at[next] == usize::MAX
            };
            // "At a meeting with": what is no verb at its place leaves the noun inside it.
            let noun = |x: &Match| match x.meaning {
                // "Held talks on Sunday with", "for fresh talks today with".
                Meaning::Trigger { form: Form::Present, .. } if x.len > 1 && here > sentence.first => {
                    let before = doc.flags(here - 1);
                    self.lexicon.spec.grammar.adjective_first
                        && self.at[here - 1] == usize::MAX
                        && all
                            .iter()
                            .any(|y| y.len == 1 && matches!(y.meaning, Meaning::Trigger { form: Form::Noun, .. }))
                        && before & flag::INFINITIVE == 0
                        && before
                            & (flag::LIGHT | flag::ADJECTIVE | flag::DETERMINER | flag::OBLIQUE | flag::PREPOSITION)
                            != 0
                }
                Meaning::Trigger { trigger, form: form @ Form::Participle } if x.len > 1 => {
                    let hit = Hit { first: here, last: x.last(), trigger, form, clitics: x.clitics };
                    let entry = &self.lexicon.triggers[trigger as usize];
                    self.lexicon.spec.grammar.has_case && !self.form_fits(hit, entry, sentence)
                }
                _ => false,
            };
            let fits =
                |x: &&Match| matches!(x.meaning, Meaning::Trigger { .. } | Meaning::SpeechNoun { .. }) && !dated(x);
            let longest = all
                .iter()
                .filter(|x| fits(x) && !noun(x))
                .map(|x| x.len)
                .max()
                .or_else(|| all.iter().filter(fits).map(|x| x.len).max())?;
            let told = all.iter().filter(|x| x.len == longest && !dated(x));
            hits.extend(told.filter_map(|x| match x.meaning {
                Meaning::Trigger { trigger, form } => {
                    Some(Hit { first: here, last: x.last(), trigger, form, clitics: x.clitics })
                }
                _ => None,
            }));
        }
        if let Some((len, kind, last)) = null {
            let covers = hits.iter().all(|h| (h.last - h.first) < len as usize);
            if covers && hits.iter().any(|h| self.lexicon.triggers[h.trigger as usize].kind == kind) {
                self.miss(here, last, |_| (9, "is a phrase that only looks like an event (null phrase)".to_owned()));
                return Some(last + 1);
            }
        }
        // A speech noun behind a light verb decides the act even where it is a trigger as well.
        if let Some(end) = self.light_speech(index, sentence, here) {
            return Some(end + 1);
        }
        if self.lexicon.spec.grammar.adjective_first && doc.flags(here) & flag::SPEECH_NOUN != 0 {
            if let Some(end) = self.goes_out(index, sentence, here) {
                return Some(end + 1);
            }
        }
        let mut best: Option<(Draft, Hit)> = None;
        for &hit in hits.iter() {
            if let Some(draft) = self.try_rules(index, sentence, hit) {
                let better = best.as_ref().is_none_or(|(b, _)| draft.actors.len() > b.actors.len() && !draft.anaphoric);
                if better {
                    best = Some((draft, hit));
                }
            }
        }
        if hits.is_empty() {
            let noun = Hit { first: here, last: here, trigger: 0, form: Form::Noun, clitics: 0 };
            self.miss(here, here, |e| e.why_noun(sentence, noun, EventType::Statement, Strength::Strong));
        }
        if best.is_none() {
            self.goes_on_speaking(index, sentence, hits);
        }
        if best.is_none() && hits.iter().any(|&h| self.foreign_report(sentence, h)) {
            // Somebody who is no actor speaks now: what follows goes on with him and with nobody named before.
            self.speaker = None;
            self.topic = None;
            self.foreign = here;
        }
        let (draft, hit) = best?;
        let end = hit.last;
        if self.of_sport(&draft) {
            self.miss(here, end, |_| {
                (9, "belongs to news of sport, and its parties hold no office of state".to_owned())
            });
            return Some(end + 1);
        }
        self.accept(draft);
        Some(end + 1)
    }

    /// "كرر الوزير التصدي للأزمة. ودعا إلى": the subject of a verb of saying that tells nothing by itself goes on speaking.
    fn goes_on_speaking(&mut self, index: usize, sentence: Sentence, hits: &[Hit]) {
        if self.lexicon.spec.grammar.has_case {
            return;
        }
        let own = hits.iter().find_map(|&hit| {
            let trigger = &self.lexicon.triggers[hit.trigger as usize];
            let tells = trigger.kind == EventType::Statement
                && self.doc.quoted[hit.first] == 0
                && self.form_fits(hit, trigger, sentence)
                && !self.in_report(index, hit.first);
            self.subject_behind(sentence, hit).filter(|_| tells)
        });
        if let Some(own) = own {
            self.speaker = Some((own, index));
            self.topic = Some((own, index));
        }
    }

    /// Whether a token stands inside what a statement of its sentence says.
    fn in_report(&self, index: usize, token: usize) -> bool {
        self.drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence == index)
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|&(a, b)| a <= token && token <= b))
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
            self.miss(hit.first, hit.last, |e| e.why_form(hit, trigger));
            return None;
        }
        for (number, rule) in rules.iter().enumerate() {
            if rule.event != trigger.kind || !rule.forms.contains(&hit.form) {
                continue;
            }
            let draft = match trigger.kind {
                EventType::Statement => self.statement(index, sentence, hit, number, rule, trigger),
                EventType::Meeting => self.meeting(index, sentence, hit, number, rule, trigger),
                EventType::Visit if self.carries_speech(sentence, hit) => None,
                EventType::Visit => self.visit(index, sentence, hit, number, rule, trigger),
            };
            if draft.is_some() {
                return draft;
            }
        }
        self.miss(hit.first, hit.last, |e| e.why_parts(index, sentence, hit));
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
                if article || hit.clitics & clitic::PREPOSITION != 0 && !self.goes_on_to_report(hit, trigger) {
                    return false;
                }
                // "في حال رفض المجلس الخطة": what is only supposed.
                if trigger.kind == EventType::Statement
                    && hit.form == Form::Past
                    && hit.first > sentence.first
                    && hit.clitics & clitic::CONJUNCTION == 0
                    && self.at[hit.first - 1] == usize::MAX
                    && self.listed("conditions", hit.first - 1)
                {
                    return false;
                }
                // بين, دون, عبر: verbs only where a clause follows.
                if doc.flags(hit.first) & flag::PREPOSITION != 0 && hit.first == hit.last {
                    let opens = hit.first == sentence.first && hit.clitics & clitic::CONJUNCTION != 0;
                    let subject = self.starting(hit.last + 1).map(|m| self.mentions[m].last + 1);
                    let clause = |p: usize| {
                        doc.flags(p) & flag::THAT != 0
                            || doc.kind(p) == Kind::Comma && doc.flags(p + 1) & flag::THAT != 0
                    };
                    return clause(hit.last + 1) || opens && subject.is_some_and(clause);
                }
                // Inside a quotation the speaker's own verbs are no reports of others.
                if trigger.kind == EventType::Statement
                    && doc.quoted[hit.first] != 0
                    && (trigger.strength == Strength::Attitude || !self.has_that_soon(hit.last + 1))
                {
                    return false;
                }
                // "برقية شكر": what could be a noun, right behind the bare noun for words that were sent or spoken, says of what
                // kind they are, unless a pronoun goes back to them: "بيان شكر فيه".
                if trigger.kind == EventType::Statement
                    && hit.form == Form::Past
                    && hit.clitics == 0
                    && doc.flags(hit.first) & (flag::NOUN | flag::SPEECH_NOUN) != 0
                    && hit.first > sentence.first
                    && doc.flags(hit.first - 1) & flag::SETTING != 0
                    && doc.words[hit.first - 1].clitics() & (clitic::ARTICLE | clitic::SUFFIX) == 0
                    && doc.flags(hit.last + 1) & (flag::RESUMPTIVE | flag::THAT) == 0
                {
                    return false;
                }
                // "which he said": only a clause or quotation of its own makes a report of a relative clause.
                if trigger.kind == EventType::Statement
                    && hit.first > 0
                    && !self.lexicon.spec.grammar.has_case
                    && doc.flags(hit.first - 1) & flag::RELATIVE != 0
                    && doc.flags(hit.first - 1) & flag::SUBORDINATOR == 0
                    && !self.has_that_soon(hit.last + 1)
                    && self.attribution_before(sentence, hit.first).is_none()
                    && !self.own_stance(hit.last + 1)
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
                // In direct speech a participle goes on with the speaker's own verbs.
                if trigger.kind == EventType::Statement
                    && doc.quoted[hit.first] != 0
                    && doc.flags(hit.last + 1) & flag::THAT == 0
                    && doc.flags(hit.last + 2) & flag::THAT == 0
                    && !matches!(doc.kind(hit.last + 1), Kind::Colon | Kind::Quote)
                {
                    return false;
                }
                // "أدى إلى مغادرة الآلاف": what is a noun as well is a participle only behind its comma.
                let noun = doc.matches_at(hit.first).iter().any(
                    |x| matches!(x.meaning, Meaning::Trigger { trigger, form: Form::Noun } if trigger == hit.trigger),
                );
                if noun && !self.accusative(doc.norm(hit.first)) && !self.after_comma(hit.first) {
                    return false;
                }
                // "اعتباره متهما": said of whom the pronoun before it means.
                let predicate = hit.first > sentence.first
                    && hit.clitics & clitic::CONJUNCTION == 0
                    && self.at[hit.first - 1] == usize::MAX
                    && doc.kind(hit.first - 1) == Kind::Word
                    && self.deems(hit.first - 1)
                    && doc.flags(hit.last + 1) & flag::THAT == 0
                    && doc.flags(hit.last + 2) & flag::THAT == 0;
                if trigger.kind == EventType::Statement && predicate {
                    return false;
                }
                // "أن واشنطن ملتزمة بدعم": right behind its subject a participle that need not be accusative is the predicate.
                if trigger.kind == EventType::Statement
                    && hit.first > sentence.first
                    && hit.clitics & clitic::CONJUNCTION == 0
                    && !self.accusative(doc.norm(hit.first))
                    && self.ending(hit.first - 1).is_some()
                    && doc.flags(hit.last + 1) & flag::THAT == 0
                    && doc.flags(hit.last + 2) & flag::THAT == 0
                {
                    return false;
                }
                // The chained participle stands in the indefinite accusative.
                !article
                    && hit.clitics & clitic::PREPOSITION == 0
                    && { self.chained(doc.norm(hit.first)) || self.after_comma(hit.first) }
                    && !(hit.first > 0
                        && (doc.flags(hit.first - 1) & (flag::NOUN | flag::TITLE) != 0
                            // "أصوات كثيرة منتقدة للقرار"
                            || trigger.kind == EventType::Statement
                                && doc.flags(hit.first - 1) & flag::ADJECTIVE != 0
                                && !doc.has_article(hit.first - 1)
                                && hit.clitics & clitic::CONJUNCTION == 0
                                && doc.flags(hit.last + 1) & flag::THAT == 0
                                && doc.flags(hit.last + 2) & flag::THAT == 0)
                        && doc.kind(hit.first - 1) == Kind::Word
                        && !self.after_comma(hit.first)
                        && !self.accusative(doc.norm(hit.first))
                        // "عن مقتل الطفل معتبرة أن": what is said of a definite noun would be definite itself.
                        && !(doc.has_article(hit.first - 1) && doc.flags(hit.last + 1) & flag::THAT != 0))
            }
            Form::Noun => {
                let _ = word;
                hit.clitics & clitic::FUTURE == 0
            }
        }
    }

    /// "اعتباره", "كونها": a word for taking somebody for something, with the pronoun for whom.
    fn deems(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let clitics = &self.lexicon.spec.clitics;
        let stem = |word: &str| {
            let mut stems = clitics.suffixes.iter().filter_map(|s| word.strip_suffix(s.form.as_str()));
            stems.any(|stem| self.lexicon.lists("deeming", vocabulary::hash(stem)))
        };
        clitics.after_conjunction(norm).any(|(_, rest)| stem(rest))
    }

    /// "الذين أعلنوا عزمهم على": the speaker's own wish, refusal or support behind a verb of saying.
    fn own_stance(&self, p: usize) -> bool {
        let suffix = |x: &Match| x.clitics & clitic::SUFFIX != 0 && x.clitics & clitic::PREPOSITION == 0;
        self.doc.matches_at(p).iter().any(|x| suffix(x) && matches!(x.meaning, Meaning::SpeechNoun { .. }))
    }

    /// Whether a participle of this form may go with the sentence's verb.
    fn chained(&self, form: &str) -> bool {
        self.lexicon.spec.grammar.chained_endings.iter().any(|ending| form.ends_with(ending.as_str()))
    }

    /// Whether a participle of this form can do nothing else.
    fn accusative(&self, form: &str) -> bool {
        let ending = self.lexicon.spec.grammar.accusative_ending.as_str();
        !ending.is_empty() && form.ends_with(ending)
    }

    /// A finite trigger of another event ends the reach of a frame.
    fn is_other_trigger(&self, p: usize) -> bool {
        let triggers = self.doc.begins(p) & TRIGGERS != 0;
        triggers
            && self.doc.matches_at(p).iter().any(|x| match x.meaning {
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
        self.made(&draft);
        if self.lexicon.spec.grammar.adjective_first {
            self.owners_country(&draft);
        }
        if let Some(first) = draft.actors.first() {
            // Who speaks inside what somebody else says does not go on speaking after it.
            // Nor does the owner of a noun: "انتقد الوزير إعلان واشنطن".
            let named = draft.kind == EventType::Statement && self.rules[draft.rule].subject == Subject::Owner;
            // "..., وفقا لإحصاءات الأمم المتحدة": nor does who is only credited behind what was told.
            let credited = draft.kind == EventType::Statement
                && self.rules[draft.rule].subject == Subject::Attribution
                && draft.content.first().is_some_and(|c| c.0 < draft.triggers[0].0);
            let reported = !self.lexicon.spec.grammar.has_case && (named || credited || self.reported(&draft));
            if draft.kind == EventType::Statement && !reported {
                self.speaker = Some((first.mention, draft.sentence));
                let sentence = self.doc.sentences[draft.sentence];
                let said = draft.content.first().map_or(sentence.last + 1, |c| c.0);
                let told = if said > draft.triggers[0].0 { said } else { sentence.last + 1 };
                if (sentence.first..told).any(|p| self.doc.flags(p) & flag::SETTING != 0) {
                    self.issuer = Some((first.mention, draft.sentence));
                }
            }
            if !draft.anaphoric && !named {
                self.topic = Some((first.mention, draft.sentence));
            }
        }
        self.drafts.push(draft);
    }
}

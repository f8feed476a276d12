//! Noun phrases of languages that put the head last (English): "Russia's foreign minister, Sergei Lavrov".
//!
//! A phrase is read as a run of nominal words; its last actor word is the head, and what stands before it says whose.

use super::{Mention, Parser};
use crate::event::ActorKind;
use crate::extract::doc::Match;
use crate::lexicon::{Form, Marker, Meaning, TitleClass, flag};
use crate::text::Kind;

/// What a run of nominal words has shown so far.
#[derive(Clone, Copy, Default)]
struct Run {
    /// The last actor word and what it is.
    head: Option<Head>,
    /// The first country named in it, as adjective or noun.
    country: Option<u16>,
    organisation: Option<u32>,
    /// The body or country that stands before the head, as a phrase of its own.
    modifier: Option<Match>,
    /// Tokens of the name.
    name: Option<(usize, usize)>,
    person: Option<u32>,
    title: Option<(usize, usize, u32)>,
    plural: bool,
    actor: bool,
    non_actor: bool,
    honorific: bool,
    both: bool,
    /// The last token read.
    last: usize,
    /// A plain noun ended the run: the head is no actor.
    other_noun: bool,
    /// The token after which its owner ends, if there is one.
    owner: Option<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Head {
    Title,
    Group(bool),
    Body,
    Modifier,
    Name,
}

/// What can stand inside a run as an adjective or noun of no category.
pub(super) const PLAIN: u64 = flag::ADJECTIVE | flag::NOUN;
pub(super) const VERBAL: u64 =
    flag::VERB | flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT | flag::AUXILIARY | flag::MODALITY;
pub(super) const FUNCTION: u64 = flag::PREPOSITION
    | flag::CONJUNCTION
    | flag::RELATIVE
    | flag::NEGATION
    | flag::PRONOUN
    | flag::SUBORDINATOR
    | flag::THAT
    | flag::AUXILIARY
    | flag::TIME_WORD
    | flag::WEEKDAY;

impl Parser<'_> {
    /// Reads the phrase that starts at `start`; also where to go on when there is none.
    pub(super) fn head_last(&self, start: usize) -> (Option<Mention>, usize) {
        if let Some(x) = self.best(start, flag::PRONOUN) {
            if let Meaning::Pronoun { plural } = x.meaning {
                let mut m = Mention::new(start, ActorKind::Person);
                m.pronoun = true;
                m.plural = plural;
                m.last = x.last();
                return (Some(m), x.last() + 1);
            }
        }
        if let Some(x) = self.best(start, flag::BOTH_SIDES) {
            return (Some(Mention::both(start, x.last())), x.last() + 1);
        }
        let Some(run) = self.run(start, start) else { return (None, start + 1) };
        let Some(mut m) = self.mention_of(start, &run) else { return (None, start + 1) };
        if m.kind == ActorKind::Person && !m.plural {
            self.apposed(start, &mut m);
        }
        let next = m.last + 1;
        (Some(m), next)
    }

    pub(super) fn is_determiner(&self, p: usize) -> bool {
        self.doc.flags(p) & flag::DETERMINER != 0
    }

    pub(super) fn sentence_start(&self, p: usize) -> bool {
        p == 0
            || self.doc.sentence_of.get(p) != self.doc.sentence_of.get(p - 1)
            || matches!(self.doc.kind(p - 1), Kind::Quote)
    }

    /// Whether the capital at `p` proves a name: not where every sentence or headline has one.
    pub(super) fn proper(&self, p: usize) -> bool {
        self.doc.tokens.all[p].capital
            && !(self.sentence_start(p)
                && self.doc.flags(p) & (PLAIN | VERBAL | FUNCTION | flag::ADVERB | flag::PARTICLE) != 0)
    }

    /// The longest phrase of a category that can be part of a run.
    pub(super) fn item(&self, p: usize) -> Option<Match> {
        const ITEMS: u64 = flag::PERSON
            | flag::TITLE
            | flag::HONORIFIC
            | flag::GROUP
            | flag::ORG
            | flag::COUNTRY
            | flag::DEMONYM
            | flag::PLACE;
        let mut best: Option<(usize, Match)> = None;
        for x in self.doc.matches_at(p) {
            if x.flags & ITEMS == 0 {
                continue;
            }
            // "A major boost", "the general election": an adjective, though it could be a rank.
            if x.len == 1
                && matches!(x.meaning, Meaning::Title { .. })
                && !self.doc.tokens.all[p].capital
                && self.doc.flags(p) & flag::ADJECTIVE != 0
                && self.is_word(p + 1)
                && self.doc.flags(p + 1) & (FUNCTION | flag::SPEECH | flag::ADVERB) == 0
                && !self.doc.tokens.all[p + 1].capital
            {
                continue;
            }
            // "A state visit": the first word of a longer phrase that tells an event.
            let longer = |y: &Match| {
                y.len > x.len && matches!(y.meaning, Meaning::Trigger { form: crate::lexicon::Form::Noun, .. })
            };
            if matches!(x.meaning, Meaning::Group { .. }) && self.doc.matches_at(p).iter().any(longer) {
                continue;
            }
            let rank = match x.meaning {
                Meaning::Person { .. } if x.len >= 2 => 9,
                Meaning::Title { .. } if x.flags & flag::HONORIFIC != 0 => 6,
                Meaning::Title { .. } => 7,
                Meaning::Group { .. } => 5,
                // "Foreign Office" is a body before it is any office.
                Meaning::Organisation { .. } if x.len >= 2 => 6,
                Meaning::Organisation { .. } => 4,
                Meaning::Country { .. } => 3,
                Meaning::Demonym { .. } => 2,
                Meaning::Place { .. } => 1,
                _ => continue,
            };
            let key = x.len as usize * 16 + rank;
            if best.is_none_or(|(k, _)| key > k) {
                best = Some((key, *x));
            }
        }
        best.map(|b| b.1)
    }

    /// A title, group, body or name ahead in the same run, so that the word at `p` modifies it.
    fn leads_to_head(&self, p: usize) -> bool {
        for q in p + 1..p + 5 {
            if !self.in_phrase(p, q) {
                return false;
            }
            let flags = self.doc.flags(q);
            if flags & (flag::TITLE | flag::GROUP | flag::ORG_HEAD | flag::HONORIFIC) != 0
                || self.best(q, flag::TITLE | flag::GROUP | flag::PERSON).is_some()
            {
                return true;
            }
            if flags & (PLAIN | flag::DEMONYM | flag::COUNTRY | flag::ORG) == 0 && !self.doc.tokens.all[q].hyphen
                || flags & FUNCTION != 0
            {
                return false;
            }
        }
        false
    }

    /// "After meeting Mr Vale": behind a subordinator a participle of a meeting, visit or report is a verb and no
    /// attribute, as it is in "with visiting President Vale".
    fn gerund(&self, p: usize) -> bool {
        const LINK: u64 = flag::SUBORDINATOR | flag::PREPOSITION;
        p > 0
            && self.doc.flags(p - 1) & LINK == LINK
            && !self.doc.tokens.all[p].capital
            && self
                .doc
                .matches_at(p)
                .iter()
                .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Participle, .. }))
    }

    fn run(&self, start: usize, from: usize) -> Option<Run> {
        let doc = self.doc;
        let mut run = Run { last: from, ..Run::default() };
        let mut p = from;
        while self.in_phrase(start, p) && self.is_determiner(p) && p - from < 3 {
            p += 1;
        }
        let begin = p;
        let mut title_first = None;
        // A name of no known body, country or person has been read over.
        let mut stranger = false;
        while self.in_phrase(start, p) {
            let token = &doc.tokens.all[p];
            if p > begin && token.spaced && !matches!(doc.kind(p - 1), Kind::Word | Kind::Stop) {
                break;
            }
            let flags = doc.flags(p);
            let item = self.item(p);
            // A verb that could be a noun ends a run that has its head.
            let finite = flags & VERBAL != 0 && !self.proper(p) && !token.hyphen;
            if let Some(x) = item {
                let last = x.last();
                let verbal = finite && x.len == 1 && flags & (flag::SPEECH | flag::MEETING | flag::VISIT) != 0;
                if verbal && run.head.is_some() && run.head != Some(Head::Modifier) {
                    break;
                }
                match x.meaning {
                    Meaning::Person { person } => {
                        run.person = Some(person);
                        run.name = Some((p, last));
                        run.head = Some(Head::Name);
                    }
                    Meaning::Title { title, plural } => {
                        let entry = &self.lexicon.titles[title as usize];
                        if entry.class == TitleClass::Honorific || x.flags & flag::HONORIFIC != 0 {
                            if run.head == Some(Head::Name) {
                                break;
                            }
                            run.honorific = true;
                            run.last = last;
                            p = self.past_point(last + 1);
                            continue;
                        }
                        if run.head == Some(Head::Name) && run.owner.is_none_or(|o| o + 1 != p) {
                            break;
                        }
                        if run.owner == Some(p.wrapping_sub(1)) {
                            run.name = None;
                            run.person = None;
                            run.title = None;
                        }
                        // "U.S. officials", "Hamas leader": the title itself says whose.
                        run.country = run.country.or_else(|| self.country_at(p, x.len));
                        let first = title_first.unwrap_or(begin);
                        run.title = Some((first, last, title));
                        run.plural = plural && !self.singular(p, x.len);
                        run.actor = entry.class != TitleClass::NonActor && !(run.non_actor && title_first.is_none());
                        run.non_actor = !run.actor;
                        // "The student association president": an office of a body that is no diplomatic actor.
                        let private = p.checked_sub(1).filter(|&b| b >= begin && self.is_word(b));
                        if private.is_some_and(|b| doc.flags(b) & flag::NON_ACTOR != 0) {
                            run.actor = false;
                            run.non_actor = true;
                        }
                        // "Lakeside Clinic spokeswoman": what stands before was no phrase of any actor.
                        let before = p.checked_sub(1).filter(|&b| p == start && self.is_word(b));
                        stranger |= before.is_some_and(|b| {
                            doc.tokens.all[b].capital
                                && !doc.tokens.all[b].possessive
                                && doc.flags(b) & (FUNCTION | VERBAL | flag::ADVERB) == 0
                        });
                        if self.speaks_for(title) && stranger && run.country.is_none() && run.modifier.is_none() {
                            run.actor = false;
                            run.non_actor = true;
                        }
                        title_first = Some(first);
                        run.head = Some(Head::Title);
                    }
                    Meaning::Group { actor, person, .. } => {
                        let body = flags & flag::ORG_HEAD != 0;
                        if run.head == Some(Head::Name) && run.owner.is_none_or(|o| o + 1 != p) {
                            break;
                        }
                        if run.owner == Some(p.wrapping_sub(1)) {
                            run.name = None;
                            run.person = None;
                            run.title = None;
                        }
                        run.head = Some(if body { Head::Body } else { Head::Group(person) });
                        run.actor = actor;
                        run.non_actor = !actor;
                        run.plural = !person || self.plural_form(last);
                        run.both |= x.flags & flag::BOTH_SIDES != 0;
                        if person && !run.plural {
                            run.title = None;
                        }
                    }
                    Meaning::Organisation { organisation } => {
                        if run.head == Some(Head::Name) {
                            break;
                        }
                        let iso = &self.lexicon.organisations[organisation as usize].country;
                        if run.country.is_none() {
                            run.country = self.lexicon.country_index.get(iso).copied();
                        }
                        run.organisation = Some(organisation);
                        run.modifier = Some(x);
                        run.head = Some(Head::Modifier);
                    }
                    Meaning::Country { country, .. } | Meaning::Demonym { country, .. } => {
                        if run.head == Some(Head::Name) && run.owner != Some(p.wrapping_sub(1)) {
                            break;
                        }
                        // "Jordan" of a name, "Chad Smith".
                        if flags & flag::GIVEN != 0 && x.len == 1 && self.name_follows(p) {
                            if let Some(end) = self.read_capitalised(p, true) {
                                run.name = Some((p, end));
                                run.head = Some(Head::Name);
                                run.last = end;
                                p = end + 1;
                                continue;
                            }
                        }
                        // "US-China talks": two of them, each a phrase of its own.
                        if token.hyphen
                            && run.head == Some(Head::Modifier)
                            && p > begin
                            && run.modifier.is_some_and(|m| m.last() + 1 == p)
                        {
                            run.other_noun = true;
                            break;
                        }
                        run.country.get_or_insert(country);
                        if run.head != Some(Head::Title) {
                            run.modifier = Some(x);
                            run.organisation = None;
                            run.head = Some(Head::Modifier);
                        }
                    }
                    Meaning::Place { place } => {
                        if run.head == Some(Head::Name) || run.head == Some(Head::Title) {
                            break;
                        }
                        if flags & (flag::GIVEN | flag::SURNAME) != 0 && x.len == 1 && self.name_follows(p) {
                            if let Some(end) = self.read_capitalised(p, true) {
                                run.name = Some((p, end));
                                run.head = Some(Head::Name);
                                run.last = end;
                                p = end + 1;
                                continue;
                            }
                        }
                        let iso = &self.lexicon.places[place as usize].iso;
                        if run.country.is_none() {
                            run.country = self.lexicon.country_index.get(iso).copied();
                        }
                        run.modifier = Some(x);
                        run.organisation = None;
                        run.head = Some(Head::Modifier);
                    }
                    _ => break,
                }
                run.last = last;
                p = last + 1;
                // "Lt. Gen. Smith": the point belongs to the rank.
                if matches!(x.meaning, Meaning::Title { .. })
                    && self
                        .lexicon
                        .spec
                        .words
                        .get("abbreviations")
                        .is_some_and(|list| list.iter().any(|w| w == doc.norm(last)))
                {
                    p = self.past_point(p);
                }
                // "In Turkey Minister Smith": a place at the head of its sentence, not whose minister he is.
                if matches!(x.meaning, Meaning::Country { .. })
                    && x.start as usize == begin
                    && begin == start
                    && !doc.matches_at(begin).iter().any(|y| matches!(y.meaning, Meaning::Demonym { .. }))
                    && start > 0
                    && self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(start - 1))
                    && self.sentence_start(start - 1)
                    && self.is_word(p)
                    && doc.tokens.all[p].capital
                    && self.best(p, flag::TITLE).is_some()
                {
                    return Some(run);
                }
                if doc.tokens.all[last].possessive {
                    // What is owned may be the actor: "Russia's foreign minister".
                    run.owner = Some(last);
                    if !(self.leads_to_head(last) && self.in_phrase(start, p)) {
                        return Some(run);
                    }
                    continue;
                }
                if matches!(run.head, Some(Head::Title | Head::Group(_) | Head::Body)) {
                    let end = self.complement(start, p, &mut run);
                    if end > p {
                        p = end;
                        run.last = end - 1;
                        if let (Some(Head::Title), Some((first, _, title))) = (run.head, run.title) {
                            run.title = Some((first, end - 1, title));
                        }
                        if doc.tokens.all[end - 1].possessive {
                            run.owner = Some(end - 1);
                            if self.leads_to_head(end - 1) {
                                continue;
                            }
                            return Some(run);
                        }
                    }
                }
                continue;
            }
            if flags & flag::ORG_HEAD != 0 && !(finite && run.head.is_some() && flags & flag::SPEECH != 0) {
                if run.head == Some(Head::Name) {
                    break;
                }
                run.head = Some(Head::Body);
                run.actor = true;
                run.plural = true;
                run.last = p;
                p += 1;
                if doc.tokens.all[p - 1].possessive {
                    run.owner = Some(p - 1);
                    if !self.leads_to_head(p - 1) {
                        return Some(run);
                    }
                    continue;
                }
                let end = self.complement(start, p, &mut run);
                if end > p {
                    run.last = end - 1;
                    p = end;
                }
                continue;
            }
            if token.capital && (self.proper(p) || flags & (flag::GIVEN | flag::SURNAME) != 0) {
                let titled = run.honorific || matches!(run.head, Some(Head::Title | Head::Group(true)));
                if run.head == Some(Head::Name) {
                    break;
                }
                // "Business Secretary": capitalised common words before a title say what the office is for.
                let office = !titled && flags & PLAIN != 0 && self.leads_to_head(p);
                if !office {
                    let given = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
                    let known = given || flags & (PLAIN | VERBAL | FUNCTION) == 0;
                    if let Some(end) = self.read_capitalised(p, titled).filter(|_| known) {
                        // "Irving Police Department": a name before a body is the body's.
                        let after = end + 1;
                        if self.in_phrase(start, after)
                            && !titled
                            && !doc.tokens.all[end].possessive
                            && doc.tokens.all[after].capital
                            && (doc.flags(after) & flag::ORG_HEAD != 0 || self.best(after, flag::TITLE).is_some())
                        {
                            p = after;
                            continue;
                        }
                        run.name = Some((p, end));
                        run.head = Some(Head::Name);
                        run.last = end;
                        p = end + 1;
                        if titled {
                            self.of_country(start, &mut run);
                            p = run.last + 1;
                        }
                        let end = run.last;
                        if doc.tokens.all[end].possessive {
                            run.owner = Some(end);
                            if self.leads_to_head(end) {
                                continue;
                            }
                            return Some(run);
                        }
                        continue;
                    }
                    if titled && known {
                        break;
                    }
                    // One unknown capital before a head: "Environment Canada spokesperson".
                    if self.leads_to_head(p) || flags & PLAIN != 0 && doc.flags(p + 1) & flag::ORG_HEAD != 0 {
                        stranger |= flags & (PLAIN | flag::ORG_HEAD | flag::GIVEN | flag::SURNAME) == 0;
                        p += 1;
                        continue;
                    }
                    break;
                }
                p += 1;
                continue;
            }
            if flags & FUNCTION != 0 && !token.hyphen || p == begin && self.gerund(p) {
                break;
            }
            let plain = flags & PLAIN != 0 || token.hyphen || flags & flag::SPEECH_NOUN != 0;
            if plain {
                let head = matches!(run.head, Some(Head::Title | Head::Group(_) | Head::Body | Head::Name));
                if head {
                    // A verb that could be a noun, or a noun that takes the head's place.
                    if flags & VERBAL == 0 && flags & flag::NOUN != 0 && run.head != Some(Head::Name) {
                        if self.leads_to_head(p) {
                            p += 1;
                            continue;
                        }
                        run.other_noun = run.head != Some(Head::Title) || run.title.is_some_and(|t| !self.proper(t.1));
                    }
                    break;
                }
                if finite && flags & (flag::SPEECH | flag::MEETING | flag::VISIT) != 0 && !self.leads_to_head(p) {
                    // "Peru calls on Chile": with its preposition the word is a verb.
                    let phrase = doc.matches_at(p).iter().any(|x| {
                        x.len > 1 && matches!(x.meaning, Meaning::Trigger { form: Form::Past | Form::Present, .. })
                    });
                    run.other_noun = flags & flag::NOUN != 0 && !phrase;
                    break;
                }
                if !self.leads_to_head(p) {
                    if run.head == Some(Head::Modifier) {
                        run.other_noun = flags & flag::NOUN != 0 || !finite;
                    }
                    break;
                }
                p += 1;
                continue;
            }
            break;
        }
        if run.head.is_none() { None } else { Some(run) }
    }

    /// The country of the nation, body or place that a longer phrase of `len` tokens at `p` begins with.
    fn country_at(&self, p: usize, len: u16) -> Option<u16> {
        self.doc.matches_at(p).iter().filter(|x| x.len < len).find_map(|x| match x.meaning {
            Meaning::Country { country, .. } | Meaning::Demonym { country, .. } => Some(country),
            Meaning::Organisation { organisation } => {
                self.lexicon.country_index.get(&self.lexicon.organisations[organisation as usize].country).copied()
            }
            Meaning::Place { place } => {
                self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied()
            }
            _ => None,
        })
    }

    /// "Mr." and "Gen." have a point of their own.
    pub(super) fn past_point(&self, p: usize) -> usize {
        let point = self.doc.kind(p) == Kind::Stop && !self.doc.tokens.all[p].spaced && self.is_word(p + 1);
        if point { p + 1 } else { p }
    }

    pub(super) fn name_follows(&self, p: usize) -> bool {
        self.is_word(p + 1)
            && self.doc.tokens.all[p + 1].capital
            && !self.doc.tokens.all[p].possessive
            && self.doc.flags(p + 1) & (flag::SURNAME | flag::GIVEN) != 0
            && self.doc.flags(p + 1) & (flag::TITLE | flag::ORG_HEAD | flag::GROUP) == 0
    }

    pub(super) fn singular(&self, p: usize, len: u16) -> bool {
        self.doc.matches_at(p).iter().any(|x| x.len == len && matches!(x.meaning, Meaning::Title { plural: false, .. }))
    }

    /// Whether the noun at the end of the phrase is written in the plural.
    pub(super) fn plural_form(&self, last: usize) -> bool {
        let norm = self.doc.norm(last);
        self.lexicon.spec.grammar.plural_endings.iter().any(|e| norm.ends_with(e.as_str()))
    }

    /// "of Iraq", "for Central Asia", "to the United Nations": what a head reads on to. Returns the token after.
    fn complement(&self, start: usize, from: usize, run: &mut Run) -> usize {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let mut p = from;
        for _ in 0..3 {
            if !self.in_phrase(start, p) {
                return p;
            }
            let norm = doc.norm(p);
            let of = grammar.of.iter().any(|w| w == norm);
            let from_word = grammar.from.iter().any(|w| w == norm);
            let to = grammar.to.iter().any(|w| w == norm);
            if !(of || from_word || to) || of && p == from && self.wants_of(start, p) {
                return p;
            }
            let titled = run.head == Some(Head::Title) || matches!(run.head, Some(Head::Group(true)));
            let mut q = p + 1;
            while self.in_phrase(start, q)
                && (self.is_determiner(q)
                    || doc.flags(q) & flag::ADJECTIVE != 0 && self.item(q).is_none() && self.leads_to_head(q))
            {
                q += 1;
            }
            if !self.in_phrase(start, q) {
                return p;
            }
            let mut end = None;
            if let Some(x) = self.item(q) {
                match x.meaning {
                    Meaning::Country { country, .. } | Meaning::Demonym { country, .. } => {
                        // "Spokesman for the Indonesian army".
                        let attributive = titled && self.leads_to_head(q);
                        if of || from_word || attributive {
                            run.country.get_or_insert(country);
                        } else if !titled || !self.is_sent(run) {
                            // "The visit of the president to Baghdad": only envoys are somebody to a country.
                            return p;
                        }
                        end = Some(x.last() + 1);
                    }
                    Meaning::Organisation { organisation } => {
                        let own = &self.lexicon.organisations[organisation as usize].country;
                        // "Summoned the ambassador to the ministry": one is sent to no ministry.
                        let sent = to && self.is_sent(run) && !own.is_empty() && own != "EU";
                        if !of && (!titled || sent) {
                            return p;
                        }
                        let iso = &self.lexicon.organisations[organisation as usize].country;
                        if run.country.is_none() {
                            run.country = self.lexicon.country_index.get(iso).copied();
                        }
                        end = Some(x.last() + 1);
                    }
                    Meaning::Place { place }
                        if of || from_word || titled && self.lexicon.places[place as usize].iso.is_empty() =>
                    {
                        end = Some(x.last() + 1);
                    }
                    Meaning::Group { actor, .. } if of => {
                        if matches!(run.head, Some(Head::Group(_))) {
                            run.actor |= actor;
                        }
                        end = Some(x.last() + 1);
                    }
                    Meaning::Title { title, .. } if of || titled => {
                        if matches!(run.head, Some(Head::Group(_))) {
                            run.actor |= self.lexicon.titles[title as usize].class != TitleClass::NonActor;
                        }
                        // "A spokesman for President Maria Lund": the name is the president's.
                        let next = x.last() + 1;
                        let speaks = run.title.is_some_and(|(_, _, own)| self.speaks_for(own));
                        let named = speaks && self.in_phrase(start, next) && self.proper(next);
                        let name = if named { self.read_capitalised(next, true) } else { None };
                        end = Some(name.unwrap_or(x.last()) + 1);
                    }
                    _ => {}
                }
                if let Some(e) = end.as_mut() {
                    // "of the Iraqi government", "for the US State Department".
                    while self.in_phrase(start, *e)
                        && !doc.tokens.all[*e - 1].possessive
                        && (doc.flags(*e) & (flag::ORG_HEAD | flag::GROUP) != 0
                            && doc.flags(*e) & (flag::SPEECH | flag::VISIT | flag::MEETING) == 0
                            || doc.flags(*e) & (flag::ADJECTIVE | flag::NOUN) != 0
                                && doc.flags(*e) & VERBAL == 0
                                && self.leads_to_head(*e)
                                && !self.name_follows(*e - 1)
                            || self.item(*e).is_some_and(|x| {
                                matches!(x.meaning, Meaning::Demonym { .. } | Meaning::Organisation { .. })
                            }))
                    {
                        *e = self.item(*e).map_or(*e + 1, |x| x.last() + 1);
                    }
                }
            }
            if end.is_none() && (of || titled && to) {
                let capital = self.proper(q);
                let flags = doc.flags(q);
                // "Followers to stay": an infinitive is no part of the phrase.
                let mark = !capital && doc.flags(p) & flag::INFINITIVE != 0;
                let bare = q == p + 1 && matches!(run.head, Some(Head::Group(_)));
                if mark && (flags & VERBAL != 0 || bare) {
                    return p;
                }
                let noun = flags & (flag::NOUN | flag::ORG_HEAD | flag::ADJECTIVE) != 0 && flags & FUNCTION == 0;
                let given = flags & flag::GIVEN != 0;
                if (capital && !given || noun && (of || titled)) && (titled || run.head == Some(Head::Body) || noun) {
                    let mut e = q + 1;
                    while self.in_phrase(start, e)
                        && !doc.tokens.all[e - 1].possessive
                        && doc.flags(e) & (FUNCTION | flag::GIVEN | flag::HONORIFIC) == 0
                        && (self.proper(e) && capital && doc.flags(e) & (PLAIN | flag::ORG_HEAD) != 0
                            || !doc.tokens.all[e].capital
                                && doc.flags(e) & (PLAIN | flag::ORG_HEAD) != 0
                                && doc.flags(e) & VERBAL == 0)
                    {
                        e += 1;
                    }
                    // "A spokesman for the airline": a company's.
                    if (q..e).any(|w| doc.flags(w) & flag::NON_ACTOR != 0) {
                        run.actor = false;
                        run.non_actor = true;
                    }
                    // "A spokeswoman for Acme": a company's, as far as anybody knows.
                    let speaks = run.title.is_some_and(|(_, _, title)| self.speaks_for(title));
                    let unknown = capital && !noun && (q..e).all(|w| doc.flags(w) & (PLAIN | flag::ORG_HEAD) == 0);
                    if speaks && unknown && !of && run.country.is_none() {
                        run.actor = false;
                        run.non_actor = true;
                    }
                    end = Some(e);
                }
            }
            match end {
                Some(e) => p = e,
                None => return p,
            }
            if doc.tokens.all[p - 1].possessive {
                return p;
            }
        }
        p
    }

    /// "Accused the police of torture": the verb before the phrase wants the preposition, and no name goes on.
    fn wants_of(&self, start: usize, of: usize) -> bool {
        let doc = self.doc;
        let Some(verb) = start.checked_sub(1) else { return false };
        let takes = |x: &Match| match x.meaning {
            Meaning::Trigger { trigger, form } => {
                let slots = &self.lexicon.triggers[trigger as usize].slots;
                form != crate::lexicon::Form::Noun
                    && slots.iter().any(|s| s.marker == Marker::Object && s.actor)
                    && slots
                        .iter()
                        .any(|s| s.content && matches!(&s.marker, Marker::Preposition(w) if w == doc.norm(of)))
            }
            _ => false,
        };
        doc.matches_at(verb).iter().any(|x| x.last() == verb && takes(x)) && !doc.tokens.all[of + 1].capital
    }

    /// "King Faris of Jordan", "President Lund of the Maldives": behind a title and name the country says whose.
    fn of_country(&self, start: usize, run: &mut Run) {
        let of = run.last + 1;
        let named = self.in_phrase(start, of)
            && run.country.is_none()
            && !self.doc.tokens.all[run.last].possessive
            && self.lexicon.spec.grammar.of.iter().any(|w| w == self.doc.norm(of));
        if !named {
            return;
        }
        let p = of + 1 + usize::from(self.is_determiner(of + 1));
        let Some(x) = self.in_phrase(start, p).then(|| self.item(p)).flatten() else { return };
        if let Meaning::Country { country, .. } = x.meaning {
            if !self.doc.tokens.all[x.last()].possessive {
                run.country = Some(country);
                run.last = x.last();
            }
        }
    }

    /// A title whose bearer speaks for somebody else.
    fn speaks_for(&self, title: u32) -> bool {
        self.lexicon.titles[title as usize].office == "SPOKESPERSON"
    }

    /// An office that is held towards a country: its ambassador, envoy.
    fn is_sent(&self, run: &Run) -> bool {
        run.title
            .is_some_and(|(_, _, t)| matches!(self.lexicon.titles[t as usize].office.as_str(), "AMBASSADOR" | "ENVOY"))
    }

    fn mention_of(&self, start: usize, run: &Run) -> Option<Mention> {
        let mut m = Mention::new(start, ActorKind::Person);
        m.last = run.last;
        m.country = run.country;
        m.actor = run.actor;
        m.non_actor = run.non_actor;
        m.plural = run.plural;
        m.both = run.both;
        let determined = self.doc.flags(start) & flag::DETERMINER != 0;
        m.definite = determined && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(start));
        match run.head? {
            Head::Name => {
                m.name = run.name;
                m.person = run.person;
                m.title = run.title;
                m.plural = false;
                // A country or body before a bare name modifies what the name is of, no person: but it says whose.
                Some(m)
            }
            Head::Title => {
                if run.other_noun {
                    return self.modifier(start, run);
                }
                m.title = run.title;
                if m.plural {
                    m.kind = ActorKind::Group;
                }
                let somebody = determined
                    || m.plural
                    || run.country.is_some()
                    || run.owner.is_some()
                    || run.modifier.is_some()
                    || run.title.is_some_and(|t| self.proper(t.0) || t.1 > t.0)
                    || start > 0 && self.doc.flags(start - 1) & flag::PRONOUN != 0
                    || start < self.doc.body
                    || self.sentence_start(start);
                somebody.then_some(m)
            }
            Head::Group(person) => {
                if run.other_noun {
                    return self.modifier(start, run);
                }
                m.kind = if person && !run.plural { ActorKind::Person } else { ActorKind::Group };
                let alone = !determined && run.country.is_none() && run.owner.is_none() && run.last == start;
                if alone && !self.plural_form(run.last) && (person || !self.doc.tokens.all[start].capital) {
                    return None;
                }
                Some(m)
            }
            Head::Body => {
                if run.other_noun {
                    // "A Defense Department news release": whose it is.
                    if !self.proper(run.last) || run.last == start {
                        return self.modifier(start, run);
                    }
                    m.modifier = true;
                }
                m.kind = ActorKind::Organization;
                // "The Tass news agency": an outlet reports and does not act.
                let outlet = |p: usize| self.doc.longest(p, flag::MEDIA).is_some();
                if (start..=run.last + 1).any(outlet) {
                    m.actor = false;
                    m.non_actor = true;
                }
                let known = run.modifier.is_some()
                    || determined
                    || run.owner.is_some()
                    || run.last > start
                    || self.doc.tokens.all[start].capital && !self.sentence_start(start);
                if !known {
                    return None;
                }
                m.plural = false;
                Some(m)
            }
            Head::Modifier => {
                // "Toyota UK": an unknown name before it is its head.
                let before = start.checked_sub(1).filter(|&b| self.is_word(b) && self.doc.tokens.all[b].capital);
                if before.is_some_and(|b| {
                    self.doc.words[b].count == 0 && self.doc.tokens.all[start].field == self.doc.tokens.all[b].field
                }) {
                    return None;
                }
                let mut m = self.modifier(start, run)?;
                m.modifier = run.other_noun;
                if !run.other_noun {
                    m.last = run.last;
                }
                Some(m)
            }
        }
    }

    /// The body or country of the run as a mention of its own.
    fn modifier(&self, start: usize, run: &Run) -> Option<Mention> {
        let x = run.modifier?;
        // "A Defense Department statement": the article is the statement's.
        let indefinite = self.is_determiner(start)
            && !self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(start));
        let mut m = Mention::new(if indefinite { x.start as usize } else { start }, ActorKind::Organization);
        m.last = x.last();
        m.country = run.country;
        m.actor = true;
        m.definite = true;
        m.modifier = true;
        match x.meaning {
            Meaning::Organisation { organisation } => {
                m.organisation = Some(organisation);
                let iso = &self.lexicon.organisations[organisation as usize].country;
                m.country = self.lexicon.country_index.get(iso).copied();
            }
            Meaning::Country { country, form } => {
                m.kind = ActorKind::Country;
                m.country = Some(country);
                m.form = Some(form);
            }
            Meaning::Demonym { country, people: true } => {
                m.kind = ActorKind::Group;
                m.country = Some(country);
                m.plural = true;
            }
            Meaning::Place { place } => {
                m.kind = ActorKind::Country;
                m.place = Some(place);
                m.actor = false;
                m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
            }
            _ => return None,
        }
        Some(m)
    }

    /// ", Russia's foreign minister," after a name, and ", Sergei Lavrov," after a title.
    fn apposed(&self, start: usize, m: &mut Mention) {
        let doc = self.doc;
        if doc.tokens.all[m.last].possessive {
            return;
        }
        let mut comma = m.last + 1;
        if doc.kind(comma) == Kind::Open {
            // "(Italian Episcopal Conference)"
            let close = (comma..(comma + 8).min(doc.len())).find(|&q| doc.kind(q) == Kind::Close);
            if let Some(close) = close.filter(|&c| doc.kind(c + 1) == Kind::Comma) {
                comma = close + 1;
            }
        }
        if doc.kind(comma) != Kind::Comma || !self.in_phrase(start, comma + 1) {
            return;
        }
        let mut p = comma + 1;
        // ", 45, ..."
        if doc.kind(p) == Kind::Number && doc.kind(p + 1) == Kind::Comma {
            p += 2;
        }
        if !self.in_phrase(start, p) {
            return;
        }
        let Some(run) = self.run(start, p) else { return };
        let after = run.last + 1;
        if run.plural || run.owner == Some(run.last) || run.other_noun {
            return;
        }
        // "With Jordan's king, the French president said": two of different countries are two.
        if m.country.zip(run.country).is_some_and(|(one, other)| one != other) {
            return;
        }
        let closed = matches!(doc.kind(after), Kind::Comma | Kind::Stop | Kind::Break | Kind::Dash | Kind::Close)
            || doc.flags(after) & (flag::RELATIVE | flag::PREPOSITION) != 0;
        let verb = doc.flags(after) & (VERBAL | flag::ADVERB) != 0;
        if m.name.is_some() {
            let title = match run.head {
                Some(Head::Title) => run.title,
                Some(Head::Group(true)) if run.name.is_none() => None,
                _ => return,
            };
            // "Gareth Smith, the envoy for Chad said": the second comma may be forgotten.
            let office = self.proper(p) && run.last > p;
            if run.name.is_some() || !(closed || verb && (self.is_determiner(p) || office)) {
                return;
            }
            m.actor |= run.actor;
            m.non_actor |= run.non_actor;
            if m.title.is_none() {
                m.title = title;
            }
            m.country = m.country.or(run.country);
            m.last = run.last;
            if m.country.is_none() {
                self.posted(start, m);
            }
        } else if run.head == Some(Head::Name) && run.title.is_none() && (closed || verb) {
            m.name = run.name;
            m.person = run.person;
            m.last = run.last;
        }
    }

    /// "..., spokesman for the police in northern Kenya": where an office is held says whose it is.
    fn posted(&self, start: usize, m: &mut Mention) {
        let mut p = m.last + 1;
        if !self.in_phrase(start, p) || !self.lexicon.spec.grammar.at.iter().any(|w| w == self.doc.norm(p)) {
            return;
        }
        p += 1;
        while self.in_phrase(start, p)
            && self.item(p).is_none()
            && self.doc.flags(p) & (flag::DETERMINER | flag::ADJECTIVE) != 0
        {
            p += 1;
        }
        let Some(x) = self.in_phrase(start, p).then(|| self.item(p)).flatten() else { return };
        let country = match x.meaning {
            Meaning::Country { country, .. } => Some(country),
            Meaning::Place { place } => {
                self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied()
            }
            _ => return,
        };
        m.country = country;
        m.last = x.last();
    }
}

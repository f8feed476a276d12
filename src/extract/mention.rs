//! Mentions of actors: noun phrases that name a person, a country, a body or a group.

mod articled;
mod head_last;

use crate::event::ActorKind;
use crate::extract::doc::{Doc, Match};
use crate::lexicon::{CountryForm, ENDS_NAME, Form, Lexicon, Meaning, TitleClass, clitic, flag};
use crate::text::Kind;

/// A noun phrase for an actor.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Tokens `first..=last`.
    pub first: usize,
    pub last: usize,
    pub kind: ActorKind,
    /// The name's tokens, for persons that have one.
    pub name: Option<(usize, usize)>,
    /// The title's tokens and its table index, for persons that have one.
    pub title: Option<(usize, usize, u32)>,
    pub person: Option<u32>,
    pub organisation: Option<u32>,
    /// Index into the lexicon's countries.
    pub country: Option<u16>,
    /// Index into the lexicon's places, where the mention can only be a place.
    pub place: Option<u32>,
    /// A capital or seat stands for the country.
    pub form: Option<CountryForm>,
    /// A title or noun says that it can act in diplomacy.
    pub actor: bool,
    /// A title or noun says that it cannot.
    pub non_actor: bool,
    pub plural: bool,
    /// Stands for two parties known from before.
    pub both: bool,
    /// Definite: names one that is known.
    pub definite: bool,
    pub pronoun: bool,
    /// Attached to its first token.
    pub clitics: u16,
    /// Modifies another noun ("EU talks"): an owner perhaps, but no subject.
    pub modifier: bool,
    /// Further titles' tokens, after the name.
    pub also: Vec<(usize, usize)>,
    /// One of several who share their noun ("رئيسا تركيا وألمانيا"): the noun's tokens, before the country of this one.
    pub shared: Option<(usize, usize)>,
    /// Set by resolution.
    pub entity: usize,
}

impl Mention {
    /// A phrase for two parties known from before: "the two sides".
    pub(super) fn both(first: usize, last: usize) -> Self {
        Self { both: true, plural: true, actor: true, last, ..Self::new(first, ActorKind::Group) }
    }

    /// A mention of one token, of which nothing is known yet but its kind.
    pub(super) fn new(first: usize, kind: ActorKind) -> Self {
        Self {
            first,
            last: first,
            kind,
            name: None,
            title: None,
            person: None,
            organisation: None,
            country: None,
            place: None,
            form: None,
            actor: false,
            non_actor: false,
            plural: false,
            both: false,
            definite: false,
            pronoun: false,
            clitics: 0,
            modifier: false,
            also: Vec::new(),
            shared: None,
            entity: usize::MAX,
        }
    }
}

const NP_START: u64 = flag::COUNTRY
    | flag::DEMONYM
    | flag::ORG
    | flag::PERSON
    | flag::TITLE
    | flag::HONORIFIC
    | flag::GROUP
    | flag::GIVEN
    | flag::SURNAME
    | flag::NAME_PART
    | flag::ORG_HEAD
    | flag::PRONOUN
    | flag::PLACE
    | flag::DETERMINER
    | flag::STARTS;

/// How many tokens a phrase can have: newspapers pile up titles, but not without end.
const MAX_PHRASE: usize = 48;
/// How many words a name can have.
const MAX_NAME: usize = 7;

/// Finds the mentions of the whole article, in order, none inside another.
pub fn mentions(doc: &Doc, lexicon: &Lexicon, out: &mut Vec<Mention>) {
    out.clear();
    let case = lexicon.spec.grammar.has_case;
    let mut i = 0;
    while i < doc.len() {
        if doc.kind(i) != Kind::Word || (doc.flags(i) & NP_START == 0 && !(case && doc.tokens.all[i].capital)) {
            i += 1;
            continue;
        }
        let parser = Parser { doc, lexicon };
        if !case && (parser.attributive(i) || parser.verbal(i)) {
            i += 1;
            continue;
        }
        if lexicon.spec.grammar.adjective_first {
            let (found, next) = parser.head_last(i);
            out.extend(found);
            i = next;
            continue;
        }
        if case {
            let (found, next) = parser.articled(i);
            out.extend(found);
            i = next;
            continue;
        }
        let found = parser.head_first(i);
        match found {
            Some(mention) => {
                let index = out.len();
                out.push(mention);
                parser.sharers(index, out);
                i = out[out.len() - 1].last + 1;
            }
            None => i += 1,
        }
    }
}

struct Parser<'a> {
    doc: &'a Doc,
    lexicon: &'a Lexicon,
}

impl Parser<'_> {
    fn is_word(&self, p: usize) -> bool {
        self.doc.kind(p) == Kind::Word
    }

    /// "طالب الرئيس ...": letters that could be a noun for people are a verb where a definite noun or a name follows.
    fn verbal(&self, p: usize) -> bool {
        let doc = self.doc;
        let flags = doc.flags(p);
        let next = p + 1;
        let verb = |m: &Match| {
            m.len == 1
                && matches!(
                    m.meaning,
                    Meaning::Trigger { form: crate::lexicon::Form::Past, .. }
                        | Meaning::Light { form: crate::lexicon::Form::Past, .. }
                )
        };
        flags & (flag::TITLE | flag::GROUP) != 0
            && flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT) != 0
            && !doc.has_article(p)
            && self.best(p, flag::TITLE | flag::GROUP | flag::ORG | flag::PERSON).is_none_or(|x| x.len == 1)
            && doc.matches_at(p).iter().any(verb)
            && self.is_word(next)
            && (doc.has_article(next)
                || doc.flags(next)
                    & (flag::TITLE | flag::COUNTRY | flag::PERSON | flag::ORG | flag::ORG_HEAD | flag::HONORIFIC)
                    != 0)
    }

    /// "السياسة الخارجية", "حقوق سياسية": an adjective of the noun before it, though it could be a title or a body.
    fn attributive(&self, p: usize) -> bool {
        let doc = self.doc;
        if p == 0 || !self.is_word(p - 1) || doc.tokens.all[p - 1].field != doc.tokens.all[p].field {
            return false;
        }
        let before = doc.flags(p - 1);
        let names = flag::COUNTRY | flag::PERSON | flag::GIVEN | flag::DEMONYM;
        doc.flags(p) & flag::ADJECTIVE != 0
            && doc.flags(p) & (flag::TITLE | flag::GROUP | flag::ORG_HEAD) != 0
            && doc.flags(p) & names == 0
            && before & flag::NOUN != 0
            && before & (flag::PREPOSITION | flag::SPEECH | flag::MEETING | flag::VISIT | flag::VERB | names) == 0
            && doc.has_article(p) == doc.has_article(p - 1)
            && doc.words[p].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            && self.best(p, flag::TITLE | flag::ORG | flag::PERSON).is_none_or(|x| x.len == 1)
    }

    fn in_phrase(&self, start: usize, p: usize) -> bool {
        p < self.doc.len()
            && p - start < MAX_PHRASE
            && self.is_word(p)
            && self.doc.tokens.all[p].field == self.doc.tokens.all[start].field
    }

    fn best(&self, p: usize, flags: u64) -> Option<Match> {
        self.doc.longest(p, flags).copied()
    }

    /// Languages that put the head before its complements and the name last (Arabic, French).
    fn head_first(&self, start: usize) -> Option<Mention> {
        let doc = self.doc;
        let mut m = Mention::new(start, ActorKind::Person);
        m.clitics = doc.words[start].clitics();
        let mut p = start;
        let mut honorific = false;
        let mut royal = false;
        let mut titled_class: Option<TitleClass> = None;
        // A determiner is part of the phrase in languages that write it apart.
        if self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(p)) && self.in_phrase(start, p + 1) {
            m.definite = true;
            p += 1;
        }
        loop {
            if !self.in_phrase(start, p) {
                break;
            }
            if p > start
                && doc.has_conjunction(p)
                && !doc.matches_at(p).iter().any(|x| x.clitics & clitic::CONJUNCTION == 0)
            {
                break;
            }
            let person =
                self.best(p, flag::PERSON).filter(|x| x.len >= 2 && (p == start || x.clitics & !clitic::ARTICLE == 0));
            let title = self.best(p, flag::TITLE).filter(|x| !self.rank_as_name(x)).filter(|x| {
                (p == start || x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0)
                    && x.clitics & clitic::SUFFIX == 0
                    && !self.circumstantial(p)
            });
            let org = self.best(p, flag::ORG).filter(|x| p == start || x.clitics & clitic::CONJUNCTION == 0);
            let country = self.best(p, flag::COUNTRY);
            let len = |x: &Option<Match>| x.map_or(0, |x| x.len);
            if let Some(x) = person {
                if len(&org) <= x.len && len(&title) <= x.len {
                    if let Meaning::Person { person } = x.meaning {
                        m.person = Some(person);
                    }
                    // "الملك سلمان", "العماد طلاس": the list of people may have a name with its title; the name begins after.
                    let titled = title.or_else(|| self.best(p, flag::HONORIFIC)).filter(|t| t.len < x.len);
                    let first = titled.map_or(p, |t| t.last() + 1);
                    if let Some(Meaning::Title { title, .. }) = titled.map(|t| t.meaning) {
                        m.title.get_or_insert((p, first - 1, title));
                        let class = self.lexicon.titles[title as usize].class;
                        m.actor |= !matches!(class, TitleClass::NonActor | TitleClass::Honorific);
                    }
                    m.name = Some((first, self.extend_name(first, x.last())));
                    p = m.name.map_or(p, |n| n.1) + 1;
                    m.kind = ActorKind::Person;
                    break;
                }
            }
            if let Some(x) = title {
                if x.len >= len(&org).max(len(&country)) {
                    let Meaning::Title { title, plural } = x.meaning else { break };
                    let class = self.lexicon.titles[title as usize].class;
                    if m.title.is_none() {
                        m.title = Some((p, x.last(), title));
                        m.definite |= x.clitics & clitic::ARTICLE != 0
                            || !self.lexicon.spec.grammar.has_case && doc.has_article(p);
                        titled_class = Some(class);
                        m.plural = plural && !self.single_reading(p);
                    }
                    royal |= class == TitleClass::Royal;
                    m.non_actor |= class == TitleClass::NonActor && m.title.is_some_and(|t| t.2 == title);
                    m.actor |= class != TitleClass::NonActor;
                    p = self.complements(start, x.last() + 1, &mut m);
                    if let Some((first, _, index)) = m.title {
                        m.title = Some((first, p - 1, index));
                    }
                    continue;
                }
            }
            if self.doc.flags(p) & flag::HONORIFIC != 0 || self.best(p, flag::HONORIFIC).is_some() {
                if let Some(x) = self.best(p, flag::HONORIFIC) {
                    let takes = p == start || x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0;
                    if takes && len(&org) <= x.len {
                        honorific = true;
                        p = x.last() + 1;
                        // "فخامة المصري فلان": a nationality, unless it is the surname.
                        let next = self.demonyms(start, p, &mut Mention::new(p, ActorKind::Person));
                        if next > p && self.doc.flags(next) & (flag::GIVEN | flag::PERSON | flag::TITLE) != 0 {
                            p = self.demonyms(start, p, &mut m);
                        }
                        // "د. حسين": the point of the abbreviation.
                        if doc.kind(p) == Kind::Stop && !doc.tokens.all[p].spaced && self.is_word(p + 1) {
                            p += 1;
                        }
                        continue;
                    }
                }
            }
            let empty = m.title.is_none() && !honorific;
            if empty
                && self
                    .best(p, flag::MEDIA)
                    .is_some_and(|x| x.len >= len(&org).max(len(&country)).max(1) && x.len >= len(&title))
            {
                return None;
            }
            if let Some(x) = org {
                if empty && x.len >= len(&country) {
                    let Meaning::Organisation { organisation } = x.meaning else { break };
                    let entry = &self.lexicon.organisations[organisation as usize];
                    m.kind = ActorKind::Organization;
                    m.organisation = Some(organisation);
                    m.country = self.lexicon.country_index.get(&entry.country).copied();
                    m.actor = true;
                    m.definite = true;
                    m.last = x.last();
                    m.last = self.demonyms(start, m.last + 1, &mut m) - 1;
                    return Some(m);
                }
            }
            if let Some(x) = country {
                if empty {
                    let Meaning::Country { country, form } = x.meaning else { break };
                    m.kind = ActorKind::Country;
                    m.country = Some(country);
                    m.form = Some(form);
                    m.actor = true;
                    m.definite = true;
                    m.last = x.last();
                    // "المملكة الأردنية": a country's name goes on in its adjective.
                    return Some(m);
                }
            }
            if empty {
                let group = self
                    .best(p, flag::GROUP)
                    .filter(|x| x.clitics & clitic::SUFFIX == 0 && !(p == start && self.circumstantial(p)));
                let one_word = group.is_none_or(|x| x.len == 1);
                if doc.flags(p) & flag::ORG_HEAD != 0 && doc.words[p].clitics() & clitic::SUFFIX == 0 && one_word {
                    if let Some(found) = self.body(start, p, m.clone()) {
                        return Some(found);
                    }
                }
                if let Some(x) = group {
                    return self.group(start, x, m);
                }
                if let Some(x) = self.best(p, flag::DEMONYM) {
                    return self.people(start, x, m);
                }
                if let Some(x) = self.best(p, flag::PRONOUN) {
                    if let Meaning::Pronoun { plural } = x.meaning {
                        m.pronoun = true;
                        m.plural = plural;
                        m.last = x.last();
                        return Some(m);
                    }
                }
                if let Some(x) = self.best(p, flag::PLACE).filter(|x| x.len > 1 || !self.name_goes_on(p)) {
                    if let Meaning::Place { place } = x.meaning {
                        m.kind = ActorKind::Country;
                        m.place = Some(place);
                        m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
                        m.last = x.last();
                        return Some(m);
                    }
                }
            }
            // "خاطب الرئيس الشعب": behind a head with its article a common noun is no name.
            let common = m.title.is_some_and(|(head, _, _)| head + 1 == p && doc.has_article(head))
                && doc.has_article(p)
                && self.common_noun(p)
                && doc.flags(p) & (flag::GIVEN | flag::SURNAME | flag::HONORIFIC) == 0;
            if let Some(end) = self.read_name(p, !empty || honorific).filter(|_| !common) {
                // "الديوان الملكي الهاشمي الدكتور فلان": a name cannot stand between a title and an honorific.
                if end == p && m.title.is_some() && doc.has_article(p) && self.in_phrase(start, p + 1) {
                    let next = doc.flags(p + 1);
                    let named = next & flag::HONORIFIC != 0 && next & (flag::GIVEN | flag::SURNAME) == 0
                        || self.best(p + 1, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0);
                    if named {
                        p += 1;
                        continue;
                    }
                }
                m.name = Some((p, end));
                p = end + 1;
            }
            break;
        }
        if m.title.is_none() && m.name.is_none() {
            return None;
        }
        if m.name.is_none() && !m.plural && !self.lexicon.spec.grammar.has_case {
            if let Some(whole) = self.offices(start, p, &m) {
                return Some(whole);
            }
        }
        // "المقرر" is a rapporteur only with something more to say so.
        if m.name.is_none() && p == start + 1 && doc.flags(start) & flag::MODALITY != 0 {
            return None;
        }
        if honorific && m.title.is_none() && m.name.is_none() {
            return None;
        }
        m.last = p - 1;
        if !self.lexicon.spec.grammar.has_case && m.country.is_none() {
            m.country = m.title.and_then(|(_, _, title)| self.lexicon.titles[title as usize].country);
        }
        if m.plural && m.name.is_none() {
            m.kind = ActorKind::Group;
        }
        // A title that follows a bare or royal name goes with it: "الأمير محمد ... ولي العهد".
        if m.name.is_some() && (m.title.is_none() || royal || titled_class == Some(TitleClass::Honorific)) {
            self.trailing_titles(start, &mut m);
        }
        self.apposition(start, &mut m);
        Some(m)
    }

    /// "عماد", "مشيرا": a rank that people are called by, or that is spelt like a verb, is a rank only with its article.
    fn rank_as_name(&self, x: &Match) -> bool {
        let Meaning::Title { title, .. } = x.meaning else { return false };
        let here = x.start as usize;
        let military = self.lexicon.titles[title as usize].class == TitleClass::Military;
        let flags = self.doc.flags(here);
        // "مساعد بن محمد", "الدكتور مساعد العيبان": what "son of" follows, or an honorific precedes, is a name.
        let son = self.doc.flags(here + 1) & flag::NAME_PART != 0 && self.doc.flags(here + 1) & flag::PREPOSITION == 0;
        let called = here > 0
            && self.doc.flags(here - 1) & flag::HONORIFIC != 0
            && self.doc.flags(here + 1) & (flag::ORG | flag::ORG_HEAD | flag::TITLE | flag::COUNTRY) == 0;
        !self.lexicon.spec.grammar.has_case
            && x.len == 1
            && x.clitics & clitic::ARTICLE == 0
            && (military && flags & (flag::GIVEN | flag::SPEECH) != 0 || flags & flag::GIVEN != 0 && (son || called))
    }

    /// "رئيسا تركيا وألمانيا", "الجانبان السعودي والأردني": what follows the conjunction shares the noun before the first
    /// country and is an actor of its own.
    fn sharers(&self, index: usize, out: &mut Vec<Mention>) {
        let m = &out[index];
        if self.lexicon.spec.grammar.has_case || m.name.is_some() || m.country.is_none() {
            return;
        }
        // The first country ends the phrase.
        let own = flag::COUNTRY | flag::DEMONYM;
        let Some(x) = (m.first + 1..=m.last).find_map(|p| self.best(p, own).filter(|x| x.last() == m.last)) else {
            return;
        };
        let (first, noun) = (m.first, x.start as usize - 1);
        let persons =
            matches!(self.best(first, flag::GROUP).map(|g| g.meaning), Some(Meaning::Group { person: true, .. }));
        // "رئيسا": longer than the title itself, and with a genitive it can only be the dual.
        let dual = m.title.is_some_and(|(head, _, index)| {
            let title = &self.lexicon.titles[index as usize].title;
            let word = self.lexicon.fold(title.split(' ').next().unwrap_or(""));
            let norm = self.doc.norm(head);
            m.plural || !norm.ends_with(&word) && norm.contains(&word)
        });
        if !m.both && !dual && (m.title.is_some() || !persons) {
            return;
        }
        let (kind, title, actor) = (m.kind, m.title.map(|t| t.2), m.actor);
        let mut found: Vec<Mention> = Vec::new();
        let mut p = m.last + 1;
        loop {
            let comma = self.doc.kind(p) == Kind::Comma;
            let q = p + usize::from(comma);
            if !self.in_phrase(first, q) {
                break;
            }
            let Some(y) = self.best(q, own).filter(|y| {
                let kinds = matches!(
                    (x.meaning, y.meaning),
                    (Meaning::Country { .. }, Meaning::Country { .. })
                        | (Meaning::Demonym { people: false, .. }, Meaning::Demonym { people: false, .. })
                );
                kinds && comma != (y.clitics & clitic::CONJUNCTION != 0) && y.clitics & clitic::PREPOSITION == 0
            }) else {
                break;
            };
            let (Meaning::Country { country, .. } | Meaning::Demonym { country, .. }) = y.meaning else { break };
            let mut one = Mention::new(q, kind);
            one.last = y.last();
            one.title = title.map(|t| (q, one.last, t));
            one.country = Some(country);
            one.actor = actor;
            one.definite = true;
            one.clitics = y.clitics | clitic::CONJUNCTION;
            one.shared = Some((first, noun));
            found.push(one);
            p = y.last() + 1;
        }
        // A list by commas needs its "and".
        if found.last().is_none_or(|y| self.doc.kind(y.first - 1) == Kind::Comma) {
            return;
        }
        let m = &mut out[index];
        m.shared = Some((first, noun));
        m.both = false;
        if title.is_some() {
            m.plural = false;
            m.kind = ActorKind::Person;
            found.iter_mut().for_each(|y| y.kind = ActorKind::Person);
        }
        out.append(&mut found);
    }

    /// "مشيرا إلى": a participle of saying in its accusative is no office, though a marshal is written alike.
    fn circumstantial(&self, p: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let (norm, ending) = (self.doc.norm(p), grammar.accusative_ending.as_str());
        // "، مضيفة أن": behind a comma the other endings go on with the verb as well.
        let chained = p > 0
            && self.doc.kind(p - 1) == Kind::Comma
            && grammar.chained_endings.iter().any(|e| norm.ends_with(e.as_str()));
        (!ending.is_empty() && norm.ends_with(ending) || chained)
            && self
                .doc
                .matches_at(p)
                .iter()
                .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Participle, .. }))
    }

    /// A word that could be inflected for two or many but is followed by a name of its own is one person.
    fn single_reading(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| matches!(x.meaning, Meaning::Title { plural: false, .. }))
    }

    fn name_goes_on(&self, p: usize) -> bool {
        self.doc.flags(p) & flag::GIVEN != 0
            && self.is_word(p + 1)
            && self.doc.flags(p + 1) & (flag::SURNAME | flag::GIVEN) != 0
    }

    /// Reads on after a head: nationality, adjectives, what the office or body is for. Returns the token after.
    fn complements(&self, start: usize, from: usize, m: &mut Mention) -> usize {
        let doc = self.doc;
        let mut p = from;
        let case = self.lexicon.spec.grammar.has_case;
        // Once the chain of nouns has reached a definite one it is closed: a further bare noun is not part of it.
        let mut closed = doc.has_article(from - 1);
        // "المتحدث باسم دي ميستورا فلان": a name that another one follows is of him for whom the other speaks.
        if !case && from > start && self.lexicon.spec.grammar.on_behalf_of.iter().any(|w| w == doc.norm(from - 1)) {
            let known = self.best(from, flag::PERSON).filter(|x| x.len >= 2).map(|x| x.last() + 1);
            let part = doc.flags(from) & flag::NAME_PART != 0;
            let next = known.unwrap_or(from + 1 + usize::from(part));
            let own = doc.words[from].clitics() == 0
                && doc.flags(from) & (flag::ORG | flag::ORG_HEAD | flag::TITLE | flag::NOUN | flag::COUNTRY) == 0;
            let named = self.in_phrase(start, next + 1)
                && doc.flags(next) & flag::GIVEN != 0
                && doc.words[next].clitics() == 0
                && doc.flags(next + 1) & (flag::SPEECH | flag::THAT | flag::PREPOSITION) == 0;
            if named && (known.is_some() || own) {
                p = next;
            }
        }
        loop {
            // "حركة «الجهاد الإسلامي»": a name between quotation marks.
            if let Some(quotation) = doc.opening(p).filter(|_| doc.kind(p) == Kind::Quote && p > start) {
                let short = quotation.closed && quotation.last - quotation.first < 5;
                let head = doc.flags(p - 1) & flag::ORG_HEAD != 0 && !doc.has_article(p - 1);
                let body = self.best(p + 1, flag::ORG).filter(|x| x.last() == quotation.last);
                if short && (head || body.is_some()) && self.doc.tokens.all[p].field == self.doc.tokens.all[start].field
                {
                    if let Some(Meaning::Organisation { organisation }) = body.map(|x| x.meaning) {
                        let iso = &self.lexicon.organisations[organisation as usize].country;
                        m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
                    }
                    p = quotation.last + 2;
                    closed = true;
                    continue;
                }
            }
            if !self.in_phrase(start, p) {
                break;
            }
            let flags = doc.flags(p);
            let conjunction = doc.has_conjunction(p);
            if p > from {
                closed |= doc.has_article(p - 1) || doc.flags(p - 1) & (flag::COUNTRY | flag::ORG) != 0;
            }
            if self.best(p, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics & clitic::PREPOSITION == 0) {
                break;
            }
            if flags & (flag::THAT | flag::RELATIVE | flag::SUBORDINATOR | flag::NEGATION) != 0
                && flags & flag::NOUN == 0
                && flags & flag::PREPOSITION == 0
            {
                break;
            }
            if let Some(x) = self.best(p, flag::DEMONYM).filter(|x| {
                // "إريتريا" is the country where no accusative can stand; "تركي بن سعد" is a name.
                let named =
                    flags & flag::COUNTRY != 0 || doc.flags(p + 1) & flag::NAME_PART != 0 && flags & flag::GIVEN != 0;
                x.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 && (case || doc.has_article(p) || !named)
            }) {
                if let Meaning::Demonym { country, people: false } = x.meaning {
                    m.country.get_or_insert(country);
                    p = x.last() + 1;
                    continue;
                }
            }
            let longest = doc.matches_at(p).first().map_or(0, |x| x.len);
            // "السلطات التركية تنظيم داعش": behind its adjective a phrase takes no further owner.
            let over = !case
                && p > from
                && (doc.flags(p - 1) & flag::DEMONYM != 0
                    || doc.flags(p - 1) & flag::ADJECTIVE != 0 && doc.has_article(p - 1) && !doc.has_article(p));
            if let Some(x) = self.best(p, flag::ORG).filter(|x| x.len == longest && !conjunction && !over) {
                if let Meaning::Organisation { organisation } = x.meaning {
                    let iso = &self.lexicon.organisations[organisation as usize].country;
                    if m.country.is_none() {
                        m.country = self.lexicon.country_index.get(iso).copied();
                    }
                    p = x.last() + 1;
                    continue;
                }
            }
            if let Some(x) = self
                .best(p, flag::COUNTRY)
                .filter(|x| x.len == longest && !conjunction && (case || x.clitics & clitic::PREPOSITION == 0))
            {
                // "زار الرئيس المصري السودان": a chain that is closed has no further genitive.
                let nationality = p > from && doc.flags(p - 1) & flag::DEMONYM != 0;
                // "العاصمة العمانية مسقط": but a capital may name what its country's adjective describes.
                let named = matches!(x.meaning, Meaning::Country { country, form: crate::lexicon::CountryForm::Capital }
                    if m.country == Some(country) && m.title.is_none());
                if !case && (closed || nationality) && !named && x.clitics & clitic::PREPOSITION == 0 {
                    break;
                }
                if let Meaning::Country { country, .. } = x.meaning {
                    // After its nationality, a country is where the envoy is sent, not whose he is.
                    m.country.get_or_insert(country);
                    p = x.last() + 1;
                    continue;
                }
            }
            if conjunction {
                // "وزير الصحة والسكان": a further noun with its article; a name or a new title ends the phrase.
                let goes_on = doc.has_article(p)
                    && (flags & flag::DEMONYM == 0 || doc.flags(p - 1) & flag::DEMONYM == 0)
                    && flags & (flag::NOUN | flag::ADJECTIVE | flag::DEMONYM) != 0
                    && flags & (flag::TITLE | flag::SPEECH | flag::COUNTRY) == 0
                    && (flags & flag::GROUP == 0 || flags & flag::NON_ACTOR != 0 && doc.flags(p - 1) & flag::NOUN != 0)
                    && m.title.is_some();
                if goes_on {
                    p += 1;
                    continue;
                }
                break;
            }
            if flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT) != 0
                && !doc.has_article(p)
                && flags & flag::ADJECTIVE == 0
            {
                let verb = doc.matches_at(p).iter().any(|x| {
                    matches!(x.meaning, Meaning::Trigger { form, .. } | Meaning::Light { form, .. } if form != crate::lexicon::Form::Noun)
                });
                if verb {
                    break;
                }
            }
            if let Some(x) =
                self.best(p, flag::TITLE).filter(|x| x.clitics & clitic::SUFFIX == 0 && !self.rank_as_name(x))
            {
                // "نائب وزير", "مستشار الرئيس": a title in a title; a name must still follow.
                if x.clitics & clitic::CONJUNCTION != 0 {
                    break;
                }
                // "صرح مسؤول للصحافيين": to whom he spoke.
                if !case && x.clitics & clitic::PREPOSITION != 0 && x.flags & flag::NON_ACTOR != 0 {
                    break;
                }
                if let Meaning::Title { title, .. } = x.meaning {
                    m.actor |= self.lexicon.titles[title as usize].class != TitleClass::NonActor;
                }
                p = x.last() + 1;
                continue;
            }
            if flags & flag::HONORIFIC != 0 || flags & flag::SAYING != 0 {
                break;
            }
            // "المتحدث الرسمي باسمها فلان": for whom, told by a pronoun.
            if !case && m.title.is_some() && self.on_whose_behalf(p) {
                p += 1;
                closed = true;
                continue;
            }
            // "الناطق الرسمي باسم الحكومة": the words for whom one speaks, though they could be a name.
            if self.on_behalf(start, p, m) {
                closed = false;
                p += 1;
                continue;
            }
            if flags & flag::PREPOSITION != 0 || doc.words[p].clitics() & clitic::PREPOSITION != 0 {
                if let Some(next) = self.prepositional(start, p, m) {
                    // "اللجنة السياسية لحزب العمل": behind the preposition another chain of nouns begins.
                    closed &= case;
                    p = next;
                    continue;
                }
                break;
            }
            if flags & flag::NON_ACTOR != 0 && flags & flag::NOUN != 0 {
                m.non_actor = true;
                m.actor = false;
            }
            if flags & flag::ORG_HEAD != 0 && (!closed || doc.has_article(p)) {
                // "كتلة سائرون": the body's own name, unknown, before the person's.
                let own = self.in_phrase(start, p + 2)
                    && !doc.has_article(p)
                    && doc.words[p + 1].count == 0
                    && doc.words[p + 1].shape == 0
                    && doc.flags(p + 2) & (flag::GIVEN | flag::PERSON) != 0;
                p += 1 + usize::from(own);
                continue;
            }
            let name_like = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
            // After a definite noun an adjective without article is said of it and no part of the phrase.
            if flags & flag::ADJECTIVE != 0 && (!name_like && (!closed || case) || doc.has_article(p)) {
                p += 1;
                continue;
            }
            if flags & (flag::WEEKDAY | flag::TIME_WORD | flag::ADVERB) != 0 {
                break;
            }
            if case && self.lexicon.spec.grammar.of.iter().any(|of| of == doc.norm(p)) && self.is_word(p + 1) {
                p += 1;
                continue;
            }
            let noun =
                flags & flag::NOUN != 0 && (!name_like || doc.has_article(p) && flags & flag::TOPIC != 0 && !case);
            if noun && (!closed || case) {
                p += 1;
                continue;
            }
            if !case
                && doc.has_article(p)
                && flags & (flag::GIVEN | flag::SURNAME | flag::VERB | flag::PARTICLE) == 0
                && p == from
                && !(closed && self.common_noun(p))
            {
                // An unknown definite noun right after its head says what the office is for; but behind a definite head
                // a known one is another part of the clause: "استنكر الوزراء العنف", "خاطب الرئيس الشعب".
                p += 1;
                continue;
            }
            break;
        }
        p
    }

    /// Whether a noun without its article stands at `p` and none with one closes its chain.
    fn indefinite_chain(&self, start: usize, p: usize) -> bool {
        let doc = self.doc;
        let bare = |p: usize| {
            self.in_phrase(start, p)
                && doc.flags(p) & flag::NOUN != 0
                && doc.flags(p) & (flag::GIVEN | flag::ORG_HEAD | flag::COUNTRY | flag::ORG) == 0
                && !doc.has_article(p)
        };
        bare(p) && !(self.in_phrase(start, p + 1) && doc.has_article(p + 1))
    }

    /// Whether `p` is a word for whom one speaks with a pronoun attached.
    fn on_whose_behalf(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        self.lexicon.spec.grammar.on_behalf_of.iter().any(|word| {
            norm.strip_prefix(word.as_str())
                .is_some_and(|rest| self.lexicon.spec.clitics.suffixes.iter().any(|suffix| suffix.form == rest))
        })
    }

    /// Whether `p` says for whom the holder of the title before it speaks, and a body, country or office follows.
    fn on_behalf(&self, start: usize, p: usize, m: &Mention) -> bool {
        let doc = self.doc;
        !self.lexicon.spec.grammar.has_case
            && doc.flags(p) & flag::PREPOSITION == 0
            && m.title.is_some_and(|(first, _, _)| first < p)
            && m.name.is_none()
            && self.lexicon.spec.grammar.on_behalf_of.iter().any(|w| w == doc.norm(p))
            && (self.in_phrase(start, p + 1)
                && doc.words[p + 1].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                && (doc.has_article(p + 1) && doc.flags(p + 1) & (flag::GIVEN | flag::SURNAME) == 0
                    || doc.flags(p + 1)
                        & (flag::ORG | flag::ORG_HEAD | flag::COUNTRY | flag::TITLE | flag::GROUP | flag::HONORIFIC)
                        != 0
                    || self.best(p + 1, flag::ORG | flag::COUNTRY | flag::TITLE).is_some())
                || doc.opening(p + 1).is_some_and(|q| q.closed && q.last - q.first < 5))
    }

    /// "للشؤون السياسية", "عن كتلة ...", "في الأمم المتحدة", "باسم ...": what may be read on to after a preposition.
    fn prepositional(&self, start: usize, p: usize, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        let attached = doc.words[p].clitics() & clitic::PREPOSITION != 0 && doc.flags(p) & flag::PREPOSITION == 0;
        let object = if attached { p } else { p + 1 };
        if !self.in_phrase(start, object) {
            return None;
        }
        let people = matches!(
            self.best(object, flag::GROUP | flag::TITLE).map(|x| x.meaning),
            Some(Meaning::Group { person: true, .. } | Meaning::Title { .. })
        );
        // "قال الوزير لإذاعة ...": to whom he spoke.
        let to = || {
            let which = (doc.words[p].clitics() >> clitic::WHICH) as usize;
            let word = self.lexicon.spec.clitics.prepositions.get(which);
            word.is_some_and(|word| self.lexicon.spec.grammar.to.contains(word))
        };
        if attached && doc.flags(object) & flag::MEDIA != 0 && to() {
            return None;
        }
        if doc.flags(object) & flag::NON_ACTOR != 0
            && doc.flags(object) & flag::NOUN != 0
            && m.name.is_none()
            && (!people || self.lexicon.spec.grammar.has_case)
        {
            m.non_actor = true;
            m.actor = false;
            return Some(object + 1);
        }
        let norm = doc.norm(p);
        let of = self.lexicon.spec.grammar.of.iter().any(|w| w == norm);
        let flags = doc.flags(object);
        // "عدد من المسؤولين": the group is what follows.
        // Who is definite already is not one of several: "حذر الأطراف من مواجهة".
        let several = self.lexicon.spec.grammar.has_case || !m.definite || flags & flag::NOUN == 0;
        if of && m.kind == ActorKind::Group && several {
            if flags
                & (flag::GROUP | flag::TITLE | flag::ORG | flag::ORG_HEAD | flag::DEMONYM | flag::COUNTRY | flag::NOUN)
                != 0
            {
                if let Some(x) = self.best(object, flag::GROUP) {
                    if let Meaning::Group { actor, .. } = x.meaning {
                        m.actor = actor;
                        m.non_actor = !actor;
                    }
                }
                m.actor |= flags & (flag::TITLE | flag::ORG | flag::ORG_HEAD) != 0;
                if let Some(Meaning::Organisation { organisation }) = self.best(object, flag::ORG).map(|x| x.meaning) {
                    let iso = &self.lexicon.organisations[organisation as usize].country;
                    m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
                }
                return Some(
                    object + self.best(object, flag::GROUP | flag::TITLE | flag::ORG).map_or(1, |x| x.len as usize),
                );
            }
            return None;
        }
        // "النائب الأول لرئيس الوزراء", "المبعوث الخاص للأمين العام": an office under another.
        let qualified = p >= 2
            && doc.has_article(p - 1)
            && doc.has_article(p - 2)
            && doc.flags(p - 1) & (flag::ADJECTIVE | flag::NOUN) != 0;
        if attached && m.title.is_some() && qualified {
            if let Some(x) = self.best(object, flag::TITLE) {
                return Some(x.last() + 1);
            }
        }
        // "السكرتيرة الصحفية لفلان": whose the office is.
        let described = m.title.is_some_and(|(head, _, _)| head + 1 < p && doc.has_article(head))
            && doc.has_article(p - 1)
            && doc.flags(p - 1) & (flag::ADJECTIVE | flag::TITLE) != 0;
        if attached && m.name.is_none() && described {
            if let Some(x) = self.best(object, flag::PERSON) {
                return Some(x.last() + 1);
            }
            if doc.words[object].attached().iter().all(|attached| attached & clitic::PREPOSITION != 0)
                && flags & (flag::GIVEN | flag::SURNAME) != 0
            {
                return Some(object + 1);
            }
        }
        // "رئيس الحكومة الإقليمية في العراق فلان": what stands between a title and its name belongs to the title.
        if !attached && m.title.is_some() && m.name.is_none() {
            if let Some(x) = self.best(object, flag::COUNTRY | flag::PLACE) {
                let next = x.last() + 1;
                let named = self.in_phrase(start, next)
                    && (self.best(next, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0)
                        || doc.words[next].count == 0
                            && doc.words[next].shape == 0
                            && doc.flags(next + 1) & (flag::GIVEN | flag::SURNAME) != 0
                        || doc.flags(next) & (flag::GIVEN | flag::HONORIFIC) != 0
                            && doc.words[next].clitics() & !clitic::ARTICLE == 0
                            && doc.flags(next)
                                & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::VERB | flag::PREPOSITION)
                                == 0);
                if named {
                    // Where an envoy is sent is not whose he is.
                    let posted = m.title.is_some_and(|(_, _, title)| {
                        matches!(self.lexicon.titles[title as usize].office.as_str(), "AMBASSADOR" | "ENVOY")
                    });
                    let at = self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(p));
                    if let (Meaning::Country { country, .. }, false, true) = (x.meaning, posted, at) {
                        m.country.get_or_insert(country);
                    }
                    return Some(next);
                }
            }
        }
        // "في مؤتمر صحافي", "عن تنظيم تظاهرة": letters of a body that tell where it was said or what is done.
        let own_body = self.best(object, flag::ORG | flag::COUNTRY).is_some();
        let occasion = !own_body
            && (doc.longest(object, flag::SETTING).is_some()
                || flags & (flag::MEETING | flag::VISIT) != 0 && !doc.has_article(object)
                || flags & flag::MATTER != 0 && !doc.has_article(object) && self.indefinite_chain(start, object + 1));
        let into_body = own_body || flags & (flag::ORG | flag::ORG_HEAD | flag::COUNTRY) != 0 && !occasion;
        // "في بغداد", "إلى سوريا" go with an office only where it is one that is held there or sent there: an ambassador, an
        // envoy. After other titles they say where the event took place.
        let country_only = self.best(object, flag::ORG).is_none()
            && flags & flag::ORG_HEAD == 0
            && self.best(object, flag::COUNTRY).is_some();
        let posted = m.title.is_some_and(|(_, _, title)| {
            matches!(self.lexicon.titles[title as usize].office.as_str(), "AMBASSADOR" | "ENVOY")
        });
        let adjective = doc.flags(p - 1) & flag::ADJECTIVE != 0;
        let grammar = &self.lexicon.spec.grammar;
        let one_of = |words: &[String]| words.iter().any(|word| word == norm);
        let case_language = self.lexicon.spec.grammar.has_case;
        let goes = match norm {
            _ if one_of(&grammar.posted_to) => country_only && posted && adjective,
            // "المسؤولون في دمشق" are of there; "الوفد في دمشق" only met there.
            _ if one_of(&grammar.held_at) => {
                let people = matches!(
                    self.best(start, flag::GROUP).map(|x| x.meaning),
                    Some(Meaning::Group { person: true, .. })
                );
                // "نظيره الأردني في عمان": who is said to be somebody's is met there.
                let described = p > start + 1 && doc.flags(p - 1) & flag::DEMONYM != 0 && doc.has_article(p - 1);
                let own = doc.words[start].clitics() & clitic::SUFFIX != 0 || described && !doc.has_article(start);
                !country_only
                    || posted
                    || m.kind == ActorKind::Group
                        && (case_language || !own && p - start <= 2 && (people || !m.definite))
            }
            _ if one_of(&grammar.part_of) => m.kind == ActorKind::Group || !country_only,
            _ if one_of(&grammar.on_behalf_of) => true,
            // "زيارة ولي العهد للأردن": a crown is of its own country.
            _ if country_only
                && m.title.is_some_and(|t| self.lexicon.titles[t.2 as usize].class == TitleClass::Royal) =>
            {
                false
            }
            _ => attached && (!country_only || m.name.is_none() && m.title.is_some_and(|t| t.1 + 1 >= p)),
        };
        if into_body && goes {
            if let Some(x) = self.best(object, flag::ORG | flag::COUNTRY) {
                match x.meaning {
                    // Where an ambassador is posted is not whose he is.
                    Meaning::Country { .. } if posted => {}
                    Meaning::Country { country, .. } => {
                        m.country.get_or_insert(country);
                    }
                    Meaning::Organisation { organisation } => {
                        let iso = &self.lexicon.organisations[organisation as usize].country;
                        if m.country.is_none() {
                            m.country = self.lexicon.country_index.get(iso).copied();
                        }
                    }
                    _ => {}
                }
                return Some(x.last() + 1);
            }
            // "عن كتلة سائرون": the body's own name, unless a person's begins.
            let next = object + 1;
            let own = self.in_phrase(start, next)
                && doc.flags(next) & (flag::GIVEN | flag::NAME_PART | flag::PARTICLE | flag::VERB | flag::DEMONYM) == 0
                && !doc.has_article(next)
                && doc.words[next].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
            return Some(object + 1 + usize::from(own));
        }
        // "لشؤون الشرق الأوسط": a chain that ends in a definite noun or a name.
        if attached && m.title.is_some() && flags & flag::AFFAIRS != 0 && self.in_phrase(start, object + 1) {
            if let Some(x) = self.best(object + 1, flag::PLACE | flag::ORG | flag::COUNTRY) {
                return Some(x.last() + 1);
            }
            let definite = |p: usize| self.in_phrase(start, p) && doc.has_article(p);
            return Some(object + if definite(object + 1) { 2 } else { 2 + usize::from(definite(object + 2)) });
        }
        // "للشؤون السياسية": ل with a definite common noun says what the office is for.
        if attached
            && m.title.is_some()
            && flags & flag::HOME == 0
            && flags & flag::NOUN != 0
            && (flags & (flag::GROUP | flag::TITLE) == 0 || self.lexicon.spec.grammar.has_case)
            && doc.words[object].clitics() & clitic::ARTICLE != 0
            && flags & (flag::SPEECH | flag::MEETING | flag::VISIT) == 0
        {
            return Some(object + 1);
        }
        None
    }

    fn demonyms(&self, start: usize, from: usize, m: &mut Mention) -> usize {
        let mut p = from;
        while self.in_phrase(start, p) {
            let Some(x) =
                self.best(p, flag::DEMONYM).filter(|x| x.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0)
            else {
                break;
            };
            let Meaning::Demonym { country, .. } = x.meaning else { break };
            m.country.get_or_insert(country);
            p = x.last() + 1;
        }
        p
    }

    fn group(&self, start: usize, x: Match, mut m: Mention) -> Option<Mention> {
        let Meaning::Group { actor, person, plural } = x.meaning else { return None };
        let grammar = &self.lexicon.spec.grammar;
        let form = self.doc.norm(start);
        let ends = |ending: &String| !ending.is_empty() && form.ends_with(ending.as_str());
        // "وزراء", "مسؤولون": several persons, where they are named by what they are.
        let several = person
            && !grammar.has_case
            && !self.names_one(start, x.last() + 1)
            && (plural || x.len == 1 && (grammar.plural_verbs.iter().any(ends) || ends(&grammar.oblique_plural)));
        m.kind = if person { ActorKind::Person } else { ActorKind::Group };
        m.actor = actor;
        m.non_actor = !actor;
        m.both = self.doc.flags(start) & flag::BOTH_SIDES != 0;
        m.plural = !person || several;
        m.definite = x.clitics & clitic::ARTICLE != 0;
        let was_person = person && !several;
        m.kind = ActorKind::Group;
        let p = self.complements(start, x.last() + 1, &mut m);
        if was_person {
            m.kind = ActorKind::Person;
        }
        m.last = p - 1;
        // "المسؤول الأمريكي جون سميث": the noun serves as a title.
        if was_person {
            if let Some(x) = self.best(p, flag::PERSON).filter(|x| x.len >= 2 && x.clitics == 0) {
                if let Meaning::Person { person } = x.meaning {
                    m.person = Some(person);
                }
                m.name = Some((p, self.extend_name(p, x.last())));
                m.last = m.name.map_or(p, |n| n.1);
                m.both = false;
            } else if let Some(end) = self.read_name(p, true) {
                // One unknown word after a common noun is more likely an adjective than a name.
                let known = (flag::GIVEN | flag::SURNAME | flag::NAME_PART) & self.doc.flags(p) != 0;
                // "استنكر الوزراء العنف المستمر": a known noun with its article is another part of the clause.
                let common = self.doc.has_article(p) && self.common_noun(p);
                if known || end > p && m.definite && !common {
                    m.name = Some((p, end));
                    m.last = end;
                    m.both = false;
                }
            }
        }
        Some(m)
    }

    /// "نظرائه العماني فلان والكويتي فلان": after several persons a nationality and a name tell the first of them.
    fn names_one(&self, start: usize, p: usize) -> bool {
        let demonym = self.best(p, flag::DEMONYM).filter(|x| {
            self.in_phrase(start, p)
                && self.doc.has_article(p)
                && x.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                && matches!(x.meaning, Meaning::Demonym { people: false, .. })
        });
        demonym.is_some_and(|x| {
            let next = x.last() + 1;
            self.best(next, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0)
                || self.doc.flags(next) & (flag::GIVEN | flag::SURNAME) != 0
                    && self.read_name(next, true).is_some_and(|end| end > next)
        })
    }

    /// "وزارة الخارجية العراقية": an organisation known by its head noun.
    fn body(&self, start: usize, head: usize, mut m: Mention) -> Option<Mention> {
        // "مؤتمر صحافي": an occasion and no body.
        if !self.lexicon.spec.grammar.has_case && self.best(head, flag::SETTING).is_some_and(|x| x.len > 1) {
            return None;
        }
        m.kind = ActorKind::Organization;
        m.definite = self.doc.has_article(head);
        let bare = head + 1;
        let p = self.complements(start, bare, &mut m);
        m.last = p - 1;
        // The head alone without article or complement is a common noun.
        if p == bare && !m.definite {
            return None;
        }
        m.definite = true;
        m.actor = true;
        m.kind = ActorKind::Organization;
        Some(m)
    }

    fn people(&self, start: usize, x: Match, mut m: Mention) -> Option<Mention> {
        let Meaning::Demonym { country, people } = x.meaning else { return None };
        let after_head = start > 0 && self.doc.flags(start - 1) & (flag::NOUN | flag::ADJECTIVE | flag::DEMONYM) != 0;
        if after_head && !people {
            return None;
        }
        m.kind = ActorKind::Group;
        m.country = Some(country);
        m.plural = true;
        // "إماراتية": one person of a nationality, or a company's short name, is no actor.
        m.actor = self.lexicon.spec.grammar.has_case
            || people
            || self
                .doc
                .matches_at(m.first)
                .iter()
                .any(|y| y.len == x.len && matches!(y.meaning, Meaning::Demonym { people: true, .. }));
        m.last = x.last();
        // "نظيريه الروسي فلان والسعودي فلان": a nationality that a name follows is one person's.
        let joined = x.clitics & clitic::CONJUNCTION != 0 && self.doc.has_article(start);
        if joined && !people && !self.lexicon.spec.grammar.has_case {
            let next = m.last + 1;
            let person = self.best(next, flag::PERSON).filter(|x| x.len >= 2 && x.clitics == 0);
            let end = person.map(|x| self.extend_name(next, x.last())).or_else(|| {
                let named = self.doc.flags(next) & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
                self.read_name(next, false).filter(|&end| named && end > next)
            });
            if let Some(end) = end {
                if let Some(Meaning::Person { person }) = person.map(|x| x.meaning) {
                    m.person = Some(person);
                }
                m.kind = ActorKind::Person;
                m.plural = false;
                m.name = Some((next, end));
                m.last = end;
            }
        }
        Some(m)
    }

    /// Whether a word is a known noun and not likely to be said of the noun before it.
    fn common_noun(&self, p: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let (norm, flags) = (self.doc.norm(p), self.doc.flags(p));
        // "المفاوضين النوويين": lists of nouns hold adjectives of relation as well.
        let inflected =
            grammar.chained_endings.iter().any(|e| norm.strip_suffix(e.as_str()).is_some_and(|n| self.relation(n)));
        flags & flag::NOUN != 0 && flags & flag::ADJECTIVE == 0 && !self.relation(norm) && !inflected
    }

    /// Whether a word of this form is an adjective of relation.
    fn relation(&self, form: &str) -> bool {
        let ending = self.lexicon.spec.grammar.relation_ending.as_str();
        !ending.is_empty() && form.ends_with(ending)
    }

    /// Reads a name from `p`; `titled` says that a title or honorific vouches for it. Returns its last token.
    fn read_name(&self, p: usize, titled: bool) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return self.read_capitalised(p, titled);
        }
        let mut end = None;
        let mut q = p;
        let mut known = 0;
        let mut after_part = false;
        while q < doc.len() && q - p < MAX_NAME && doc.tokens.all[q].field == doc.tokens.all[p].field {
            // "فرانك- فالتر": a hyphen that touches the word before it.
            if doc.kind(q) == Kind::Dash
                && q > p
                && end == Some(q - 1)
                && !doc.tokens.all[q].spaced
                && self.is_word(q + 1)
                && doc.flags(q + 1) & (flag::GIVEN | flag::SURNAME) != 0
                && doc.words[q + 1].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            {
                q += 1;
                continue;
            }
            if !self.is_word(q) {
                break;
            }
            let flags = doc.flags(q);
            // "لـ«...»": a preposition that the marks have parted from its noun.
            if self.lexicon.spec.clitics.prepositions.iter().any(|w| w == doc.norm(q)) {
                break;
            }
            let name = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
            // "يزور الوزير فلان واشنطن": a country or capital after a name is no part of it.
            if q > p && flags & flag::COUNTRY != 0 && (!name || known > 1) {
                break;
            }
            // A letter by itself is a conjunction or a preposition, and what ends in a pronoun is no name.
            if doc.norm(q).chars().nth(1).is_none() || !name && doc.words[q].clitics() & clitic::SUFFIX != 0 {
                break;
            }
            // After a title, what has a preposition attached says whose the office is; and nobody's name begins with a day.
            if q == p
                && (flags & flag::COUNTRY != 0 && flags & flag::GIVEN == 0
                    || titled
                        && name
                        && doc.words[q].attached().iter().all(|attached| attached & clitic::PREPOSITION != 0)
                    || !titled && flags & flag::WEEKDAY != 0)
            {
                break;
            }
            let plain = doc.matches_at(q).iter().any(|x| {
                x.len == 1
                    && x.flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0
                    && x.clitics & !(clitic::ARTICLE) == 0
            });
            if name && !plain && q > p {
                // "وأحمد", "لمحمد": a name with something attached is the next name.
                break;
            }
            if self.best(q, flag::ORG | flag::COUNTRY | flag::MEDIA).is_some_and(|x| x.len >= 2) && !after_part {
                break;
            }
            if name && q == p && !titled && flags & flag::GIVEN == 0 && flags & flag::NAME_PART == 0 {
                // A lone surname is left to resolution against the names of the article.
                return None;
            }
            // A verb that is spelt like a name is a verb, unless a title or another name vouches for it.
            if name
                && q == p
                && !titled
                && (flags & (flag::SPEECH | flag::MEETING | flag::VISIT) != 0
                    || flags & flag::VERB != 0 && doc.flags(q + 1) & (flag::GIVEN | flag::SURNAME) == 0)
            {
                return None;
            }
            // A title is a title even where somebody is called so.
            if name
                && q > p
                && !after_part
                && flags & (flag::TITLE | flag::GROUP | flag::ORG_HEAD) != 0
                && doc.has_article(q)
                // "الوزير مروان النجار": but after a given name of one with a title a trade is his surname.
                && !(titled && q == p + 1 && flags & flag::SURNAME != 0 && flags & flag::NON_ACTOR != 0)
            {
                break;
            }
            // "فلان الفلاني رئيس هيئة الاستثمار": after two names a title that goes on is one.
            if q > p + 1 && !after_part && self.title_goes_on(q) {
                break;
            }
            if name {
                let ends = flags & (ENDS_NAME & !flag::NOUN & !flag::ADJECTIVE) != 0;
                if ends
                    && !after_part
                    && q > p
                    && flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::PREPOSITION) != 0
                {
                    break;
                }
                after_part = flags & flag::NAME_PART != 0 && flags & (flag::GIVEN | flag::SURNAME) == 0;
                known += 1;
                if !after_part || q > p {
                    end = Some(q);
                }
                q += 1;
                continue;
            }
            let stops =
                flags & (ENDS_NAME | flag::COUNTRY | flag::WEEKDAY | flag::MONTH | flag::MEDIA | flag::HONORIFIC) != 0;
            // "امجد العقابي": after one given name a definite word of relation is the surname it lacks.
            let surname = known == 1
                && q == p + 1
                && doc.has_article(q)
                && self.relation(doc.norm(q))
                && flags
                    & (flag::TITLE
                        | flag::GROUP
                        | flag::SPEECH
                        | flag::WEEKDAY
                        | flag::TIME_WORD
                        | flag::PREPOSITION
                        | flag::RELATIVE
                        | flag::DEMONSTRATIVE
                        | flag::PARTICLE
                        | flag::CONJUNCTION
                        | flag::ORG_HEAD
                        | flag::MODALITY)
                    == 0;
            if stops && !after_part && !surname {
                break;
            }
            if surname && doc.words[q].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 {
                end = Some(q);
                q += 1;
                continue;
            }
            if flags & flag::DEMONYM != 0 && !after_part && !(doc.has_article(q) && q == p + 1 && known == 1) {
                break;
            }
            if flags & flag::PLACE != 0 && !after_part && q == p {
                break;
            }
            // An unknown word: believable after a title, after a given name or between known ones.
            if doc.words[q].shape & clitic::CONJUNCTION != 0 && !after_part && q > p && self.conjoins(q) {
                break;
            }
            let believable = titled || known > 0;
            if !believable || (q == p && doc.words[q].shape & clitic::ARTICLE != 0 && !titled) {
                break;
            }
            if q - p >= 4 && !after_part {
                break;
            }
            after_part = false;
            end = Some(q);
            q += 1;
        }
        let end = end?;
        // Without a title, one word is not enough to be a person.
        if !titled && (end == p || known == 0) {
            return None;
        }
        // Two or more words with only the first known may be a name and its verb; the verb lists end it, so believe it.
        Some(end)
    }

    /// Whether the title at `q` is one of several words, or goes on in a noun with its article or the name of a body.
    fn title_goes_on(&self, q: usize) -> bool {
        let Some(x) = self.best(q, flag::TITLE) else { return false };
        let next = x.last() + 1;
        x.clitics & clitic::ARTICLE == 0
            && (x.len > 1
                || self.is_word(next)
                    && (self.doc.has_article(next) && self.doc.flags(next) & (flag::GIVEN | flag::SURNAME) == 0
                        || self.doc.flags(next) & (flag::ORG_HEAD | flag::COUNTRY | flag::ORG) != 0))
    }

    /// An unknown word that begins with the letter of the conjunction: a conjunction if what is left is a known name.
    fn conjoins(&self, q: usize) -> bool {
        let norm = self.doc.norm(q);
        self.lexicon.spec.clitics.conjunctions.iter().any(|c| {
            norm.strip_prefix(c.as_str()).is_some_and(|rest| {
                self.lexicon.knows(rest) || rest.starts_with(self.lexicon.spec.clitics.article.as_str())
            })
        })
    }

    /// Names where case marks them: capitalised words, particles between them.
    fn read_capitalised(&self, p: usize, titled: bool) -> Option<usize> {
        let doc = self.doc;
        let mut q = p;
        let mut end = None;
        let mut words = 0;
        while q < doc.len() && self.is_word(q) && q - p < MAX_NAME && doc.tokens.all[q].field == doc.tokens.all[p].field
        {
            let token = &doc.tokens.all[q];
            let flags = doc.flags(q);
            if q > p && doc.tokens.all[q - 1].possessive {
                break;
            }
            if token.capital {
                // "EPA Donald Trump": a credit in capitals before a name that is not.
                let next_plain = self.doc.flags(q + 1) & flag::GIVEN != 0 && !doc.tokens.all[q + 1].capitals;
                if q == p && token.capitals && doc.norm(q).len() >= 3 && flags & flag::GIVEN == 0 && next_plain {
                    return None;
                }
                let shouting = token.capitals && doc.norm(q).len() > 4 && q > p && !doc.tokens.all[q - 1].capitals;
                if shouting && flags & (flag::GIVEN | flag::SURNAME) == 0 {
                    break;
                }
                let named = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
                let stops = flags
                    & (ENDS_NAME
                        | flag::COUNTRY
                        | flag::DEMONYM
                        | flag::ORG
                        | flag::MONTH
                        | flag::MEDIA
                        | flag::HONORIFIC)
                    & !(flag::NOUN
                        | flag::ADJECTIVE
                        | flag::SPEECH
                        | flag::MEETING
                        | flag::VISIT
                        | flag::VERB
                        | flag::GROUP
                        | flag::LIGHT
                        | flag::SPEECH_NOUN)
                    != 0;
                if stops && !named && !token.hyphen {
                    break;
                }
                if q == p && !named && !titled && flags & (ENDS_NAME | flag::PLACE) != 0 {
                    return None;
                }
                if !named && flags & (flag::NOUN | flag::VERB | flag::ADJECTIVE) != 0 && !titled && words == 0 {
                    return None;
                }
                words += 1;
                end = Some(q);
                q += 1;
                continue;
            }
            // "van der", "al": a lower-case particle between capitals.
            // Where the particle is an article or preposition too ("de"), only a given name before it and nothing else that
            // the next word could be make it one.
            let grammatical = flags & (flag::PREPOSITION | flag::DETERMINER) != 0
                && self.lexicon.spec.grammar.articled()
                && !(q == p + 1
                    && doc.flags(p) & flag::GIVEN != 0
                    && doc.tokens.all[p + 2..].first().is_some_and(|t| t.capital)
                    && doc.flags(q + 1) & (ENDS_NAME | flag::COUNTRY | flag::PLACE | flag::ORG | flag::DEMONYM) == 0);
            let particle = flags & flag::NAME_PART != 0 && q > p && self.next_capital(q + 1) && !grammatical;
            if particle {
                q += 1;
                continue;
            }
            break;
        }
        let end = end?;
        if !titled && words == 0 {
            return None;
        }
        // A single capitalised word without a title is left to resolution, unless it is a known given name with nothing else.
        if !titled && end == p {
            return None;
        }
        Some(end)
    }

    fn next_capital(&self, q: usize) -> bool {
        (q..q + 2).any(|i| i < self.doc.len() && self.is_word(i) && self.doc.tokens.all[i].capital)
    }

    /// A known person's name goes on: "بن عبدالعزيز آل سعود".
    fn extend_name(&self, first: usize, last: usize) -> usize {
        let doc = self.doc;
        let mut end = last;
        let mut q = last + 1;
        if self.lexicon.spec.grammar.has_case {
            return end;
        }
        while q < doc.len() && self.is_word(q) && q - first < MAX_NAME + 3 {
            let flags = doc.flags(q);
            let attached = doc.words[q].clitics() & !clitic::ARTICLE != 0;
            if flags & flag::NAME_PART != 0
                && !attached
                && flags & (flag::SPEECH | flag::PREPOSITION) == 0
                && self.is_word(q + 1)
            {
                end = q + 1;
                q += 2;
                continue;
            }
            // "يزور الوزير فلان واشنطن": a country or capital after a full name is no part of it.
            if flags & flag::SURNAME != 0 && !attached && flags & (ENDS_NAME | flag::COUNTRY) == 0 {
                end = q;
                q += 1;
                continue;
            }
            break;
        }
        end
    }

    fn trailing_titles(&self, start: usize, m: &mut Mention) {
        let mut p = m.last + 1;
        while self.in_phrase(start, p) {
            let Some(x) = self
                .best(p, flag::TITLE)
                .filter(|x| x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::SUFFIX) == 0)
            else {
                break;
            };
            let Meaning::Title { title, .. } = x.meaning else { break };
            let class = self.lexicon.titles[title as usize].class;
            let next = self.complements(start, x.last() + 1, m);
            // The title must end the phrase: a name after it belongs to another person.
            if self.read_name(next, true).is_some() && self.doc.flags(next) & (flag::GIVEN | flag::PERSON) != 0 {
                break;
            }
            m.actor |= class != TitleClass::NonActor;
            m.non_actor |= class == TitleClass::NonActor;
            if m.title.is_none() {
                m.title = Some((p, next - 1, title));
            } else {
                m.also.push((p, next - 1));
            }
            if !self.lexicon.spec.grammar.has_case {
                m.country = m.country.or(self.lexicon.titles[title as usize].country);
            }
            m.last = next - 1;
            p = next;
            // "فلان رئيس المجموعة ورئيس الجبهة": a further office after his name, unless it has a name of its own.
            if let Some(x) = self.further_title(start, p) {
                let next = self.complements(start, x.last() + 1, m);
                let named = self.best(next, flag::PERSON | flag::HONORIFIC).is_some()
                    || self.in_phrase(start, next)
                        && self.doc.flags(next) & (flag::GIVEN | flag::SURNAME) != 0
                        && self.read_name(next, true).is_some();
                if !named {
                    m.last = next - 1;
                    p = next;
                }
            }
        }
    }

    /// "عضو المكتب السياسي ومسؤول العلاقات فلان": two offices and one name are one person, unless the first office is one
    /// whose holder needs no name.
    fn offices(&self, start: usize, p: usize, m: &Mention) -> Option<Mention> {
        let (_, _, title) = m.title?;
        let known = ["HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "FOREIGN_MINISTER", "CROWN_PRINCE"];
        let office = &self.lexicon.titles[title as usize];
        if m.definite || known.contains(&office.office.as_str()) || office.class == TitleClass::Royal {
            return None;
        }
        // A conjunction written apart is a token of its own.
        let apart = self.is_word(p) && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(p));
        let q = p + usize::from(apart);
        if !apart {
            self.further_title(start, p)?;
        } else {
            self.best(q, flag::TITLE).filter(|x| x.clitics & clitic::ARTICLE == 0 && self.in_phrase(start, q))?;
        }
        let other = self.head_first(q)?;
        let agree = other.country.is_none() || m.country.is_none() || other.country == m.country;
        if other.name.is_none() || other.title.is_none() || !agree || other.last - start > MAX_PHRASE {
            return None;
        }
        let mut whole = other;
        whole.first = start;
        whole.clitics = m.clitics;
        whole.country = whole.country.or(m.country);
        whole.actor |= m.actor;
        whole.non_actor &= m.non_actor || !m.actor;
        whole.title = m.title;
        Some(whole)
    }

    /// A title with the conjunction attached, of one person and without article.
    fn further_title(&self, start: usize, p: usize) -> Option<Match> {
        if !self.in_phrase(start, p) {
            return None;
        }
        self.best(p, flag::TITLE).filter(|x| {
            x.clitics & clitic::CONJUNCTION != 0
                && x.clitics & (clitic::PREPOSITION | clitic::SUFFIX | clitic::ARTICLE) == 0
                && matches!(x.meaning, Meaning::Title { plural: false, .. })
                && (x.len > 1 || self.in_phrase(start, x.last() + 1))
        })
    }

    /// "ألكسندر براماتارسكي، وزير الحالات الطارئة" and "المتحدث باسم ...، أحمد ملا طلال".
    fn apposition(&self, start: usize, m: &mut Mention) {
        let doc = self.doc;
        let comma = m.last + 1;
        if doc.kind(comma) != Kind::Comma || !self.in_phrase(start, comma + 1) || m.kind != ActorKind::Person {
            return;
        }
        let p = comma + 1;
        if m.name.is_some() && m.title.is_none() {
            let determiner = self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(p)) as usize;
            // "فلان، وهو نائب في البرلمان،": the same told in a clause of its own.
            let spec = &self.lexicon.spec;
            let pronouns = spec.words.get("pronouns").map_or(&[][..], Vec::as_slice);
            let clause = !spec.grammar.has_case
                && spec
                    .clitics
                    .after_conjunction(doc.norm(p))
                    .any(|(joined, rest)| joined && pronouns.iter().any(|pronoun| pronoun == rest));
            let p = p + usize::from(clause);
            if !self.in_phrase(start, p) {
                return;
            }
            let Some(x) = self
                .best(p + determiner, flag::TITLE)
                .filter(|x| x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::SUFFIX) == 0)
            else {
                return;
            };
            let Meaning::Title { title, plural: false } = x.meaning else { return };
            let next = self.complements(start, x.last() + 1, m);
            if self.read_name(next, true).is_some_and(|_| self.doc.flags(next) & (flag::GIVEN | flag::PERSON) != 0) {
                return;
            }
            let class = self.lexicon.titles[title as usize].class;
            m.actor |= class != TitleClass::NonActor;
            m.non_actor |= class == TitleClass::NonActor;
            m.title = Some((p, next - 1, title));
            m.last = next - 1;
        } else if m.name.is_none() && m.title.is_some() && !m.plural {
            let name = self.best(p, flag::PERSON).filter(|x| x.clitics == 0).map(|x| (x.last(), Some(x.meaning)));
            let found = name.or_else(|| {
                let known = doc.flags(p) & (flag::GIVEN | flag::NAME_PART) != 0 && doc.words[p].clitics() == 0;
                self.read_name(p, true)
                    .filter(|&end| end > p && (known || doc.tokens.all[p].capital))
                    .map(|end| (end, None))
            });
            if let Some((end, meaning)) = found {
                if let Some(Meaning::Person { person }) = meaning {
                    m.person = Some(person);
                }
                m.name = Some((p, end));
                m.last = end;
            }
        }
    }
}

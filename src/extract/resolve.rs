//! Which mentions are one actor: names, surnames, titles, pronouns, short forms, misspelt repeats.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::event::{ActorKind, Office};
use crate::extract::doc::Doc;
use crate::extract::mention::Mention;
use crate::lexicon::{Lexicon, Meaning, TitleClass, clitic, flag, vocabulary};
use crate::text::Kind;

/// An actor of the article.
#[derive(Clone, Debug)]
pub struct Entity {
    pub kind: ActorKind,
    /// Canonical name, cut from the article.
    pub name: String,
    /// Folded words of the fullest name.
    pub words: Vec<String>,
    pub person: Option<u32>,
    pub organisation: Option<u32>,
    pub country: Option<u16>,
    /// Of the longest title seen: as written, table index.
    pub title: Option<(String, u32)>,
    /// Folded title phrases, for resolution by title.
    pub titles: Vec<String>,
    pub actor: bool,
    pub non_actor: bool,
    /// The fullest mention so far (index into the mentions).
    pub fullest: usize,
    pub last_seen: usize,
    /// A place rather than an actor.
    pub place: bool,
    /// Of no one country: an international body or office, a group of several states.
    pub world: bool,
    /// A man or a woman where a given name, a title or a form of address tells; else 0.
    pub gender: u8,
    /// The name folded, and its first word folded and without article: made when first asked for.
    folded: OnceCell<String>,
    head: OnceCell<String>,
}

impl Entity {
    fn rename(&mut self, name: String) {
        self.name = name;
        self.folded.take();
        self.head.take();
    }
}

/// People of the lexicon by the last word of their name, and by the office that one holds at a time.
pub struct Surnames {
    people: FxHashMap<String, Vec<u32>>,
    /// By country, in the order of the people.
    holders: FxHashMap<String, Vec<Holder>>,
}

/// A term of an office that one person holds at a time.
struct Holder {
    person: u32,
    /// Index into [`EXCLUSIVE`].
    office: usize,
    from: u32,
    to: u32,
}

impl Surnames {
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut holders: FxHashMap<String, Vec<Holder>> = FxHashMap::default();
        let mut table: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (index, person) in lexicon.people.iter().enumerate() {
            let folded = lexicon.fold(&person.name);
            // "Benigno Aquino III" is called Aquino.
            let counted = |word: &&str| !(word.len() > 1 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')));
            if let Some(last) = folded.split([' ', '-']).rev().find(counted) {
                let list = table.entry(last.to_owned()).or_default();
                list.push(index as u32);
            }
            for term in lexicon.terms.get(&person.id).into_iter().flatten() {
                let Some(office) = EXCLUSIVE.iter().position(|office| *office == term.office) else { continue };
                let holder = Holder { person: index as u32, office, from: term.from, to: term.to };
                match holders.get_mut(&term.country) {
                    Some(list) => list.push(holder),
                    None => drop(holders.insert(term.country.clone(), vec![holder])),
                }
            }
        }
        Self { people: table, holders }
    }

    /// The first person who held an office of a country at `date`, if it is one that one person holds at a time.
    fn in_office(&self, office: &str, country: &str, date: u32) -> Option<u32> {
        let mut holders = self.holders.get(country)?.iter();
        holders.find(|h| EXCLUSIVE[h.office] == office && h.from <= date && date <= h.to).map(|h| h.person)
    }

    /// The one person of that surname who held this office at `date`, or else before it: a president is called so to the
    /// end of his life. Without an office, and where it tells nothing, see [`Self::unique`].
    fn holder(&self, surname: &str, office: &str, date: Option<u32>, lexicon: &Lexicon) -> Option<u32> {
        let one = |wanted: &dyn Fn(&crate::lexicon::Term) -> bool| {
            let list = self.people.get(surname)?;
            let held = |person: &u32| {
                let terms = lexicon.terms.get(&lexicon.people[*person as usize].id);
                terms.is_some_and(|terms| terms.iter().any(|term| term.office == office && wanted(term)))
            };
            let mut holders = list.iter().copied().filter(held);
            holders.next().filter(|_| holders.next().is_none())
        };
        if office.is_empty() {
            return self.unique(surname, date, lexicon);
        }
        let Some(day) = date else { return self.unique(surname, date, lexicon) };
        one(&|term| term.from <= day && day <= term.to)
            .or_else(|| one(&|term| term.from <= day))
            .or_else(|| self.unique(surname, date, lexicon))
    }

    /// The one person of that surname who held an office at `date` (or the only one there is).
    fn unique(&self, surname: &str, date: Option<u32>, lexicon: &Lexicon) -> Option<u32> {
        let list = self.people.get(surname)?;
        let mut serving =
            list.iter().filter(|&&person| date.is_some_and(|date| term_at(lexicon, person, date).is_some()));
        if let Some(&first) = serving.next() {
            return if serving.next().is_none() { Some(first) } else { None };
        }
        let only = list.first().copied().filter(|_| list.len() == 1 && date.is_none())?;
        // Without a date only those whom everybody calls by the surname alone.
        let terms = lexicon.terms.get(&lexicon.people[only as usize].id);
        let known = |office: &str| EXCLUSIVE.contains(&office) || office == "SECRETARY_GENERAL";
        let famous = terms.is_some_and(|terms| terms.iter().any(|t| known(&t.office)));
        (famous || !lexicon.spec.grammar.has_case).then_some(only)
    }
}

/// The office a person held on `date` (`yyyymmdd`), with a year's grace on either side of no known term.
pub fn term_at(lexicon: &Lexicon, person: u32, date: u32) -> Option<&crate::lexicon::Term> {
    let id = &lexicon.people[person as usize].id;
    lexicon.terms.get(id)?.iter().find(|term| term.from <= date && date <= term.to)
}

/// A term of a person when the day is unknown: that of the office the article names, else the last one.
pub fn any_term<'l>(lexicon: &'l Lexicon, person: u32, office: Option<&str>) -> Option<&'l crate::lexicon::Term> {
    let terms = lexicon.terms.get(&lexicon.people[person as usize].id)?;
    let named = terms.iter().find(|t| office.is_some_and(|o| !o.is_empty() && t.office == o));
    if lexicon.spec.grammar.has_case { named.or_else(|| terms.iter().max_by_key(|t| t.from)) } else { terms.first() }
}

/// How many mentions back an actor may be of whom only a common noun speaks.
const EPITHET_REACH: usize = 30;

/// How often an article names a country before its officials without one are taken for that country's.
const HOME_VOTES: usize = 3;

/// How many entities from either end of the article are searched.
const REACH: usize = 96;

/// Resolves all mentions, body before title, and adds those that only a known name makes visible (surnames).
pub struct Resolver<'a> {
    pub doc: &'a Doc,
    pub lexicon: &'a Lexicon,
    pub surnames: &'a Surnames,
    /// Publication date as `yyyymmdd`.
    pub date: Option<u32>,
    pub title: &'a str,
    pub body: &'a str,
    pub entities: Vec<Entity>,
    /// Persons by the words of their names.
    by_word: FxHashMap<String, Vec<usize>>,
    /// Which words may be in `by_word`, and which may be there with an article before them.
    held: Filter,
    bare: Filter,
    /// Others by their phrase, see [`key`].
    by_phrase: FxHashMap<String, usize>,
    by_number: FxHashMap<Number, usize>,
    /// By entity the first letter and the length of its name's last word, for a glance at all of them.
    tails: Vec<(char, usize)>,
    /// The first letters among `tails`, a bit each, shared by several.
    initials: u64,
}

/// A bit for each of some words, shared by many: most words of an article are in no name, and this says so at once.
#[derive(Default)]
struct Filter([u64; 16]);

impl Filter {
    fn bit(word: &str) -> (usize, u64) {
        let hash = vocabulary::hash(word) >> 32;
        ((hash >> 6) as usize % 16, 1 << (hash % 64))
    }

    fn add(&mut self, word: &str) {
        let (at, bit) = Self::bit(word);
        self.0[at] |= bit;
    }

    fn may_hold(&self, word: &str) -> bool {
        let (at, bit) = Self::bit(word);
        self.0[at] & bit != 0
    }
}

/// What an entity is found by that the lexicon numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Number {
    Country(Option<u16>),
    Place(u32),
    Organisation(u32),
}

impl<'a> Resolver<'a> {
    pub fn new(
        doc: &'a Doc,
        lexicon: &'a Lexicon,
        surnames: &'a Surnames,
        date: Option<u32>,
        title: &'a str,
        body: &'a str,
    ) -> Self {
        Self {
            doc,
            lexicon,
            surnames,
            date,
            title,
            body,
            entities: Vec::with_capacity(32),
            by_word: FxHashMap::default(),
            held: Filter::default(),
            bare: Filter::default(),
            by_phrase: FxHashMap::default(),
            by_number: FxHashMap::default(),
            tails: Vec::new(),
            initials: 0,
        }
    }

    /// The text of tokens `first..=last`.
    pub fn text(&self, first: usize, last: usize) -> &'a str {
        let span = self.doc.span(first, last);
        let field = match span.field {
            crate::event::Field::Title => self.title,
            crate::event::Field::Body => self.body,
        };
        field.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    pub fn run(&mut self, mentions: &mut Vec<Mention>) {
        let body = self.doc.body;
        let split = mentions.partition_point(|m| m.first < body);
        // Named persons first, over the whole article, so that a surname in the headline finds its bearer.
        for i in (split..mentions.len()).chain(0..split) {
            if mentions[i].name.is_some() && mentions[i].kind == ActorKind::Person {
                self.named(mentions, i);
            }
        }
        self.surname_mentions(mentions);
        let split = mentions.partition_point(|m| m.first < body);
        for i in (split..mentions.len()).chain(0..split) {
            if mentions[i].entity == usize::MAX && !mentions[i].pronoun {
                self.unnamed(mentions, i);
            }
            let entity = mentions[i].entity;
            if entity != usize::MAX && i >= split {
                self.entities[entity].last_seen = i;
            }
        }
        self.settle_countries(mentions);
    }

    /// Whose the actors are whom the article gives no country: that of their title, where only one country has it; that
    /// of the place where an unnamed source is; else the country that the article is about, when it is clearly about one:
    /// newspapers leave out what their readers know. International bodies and offices have none.
    fn settle_countries(&mut self, mentions: &[Mention]) {
        let case = self.lexicon.spec.grammar.has_case;
        let mut votes: FxHashMap<u16, usize> = FxHashMap::default();
        let outsiders = self.lexicon.spec.words.get("outsiders");
        for m in mentions.iter().filter(|m| !m.pronoun && m.entity != usize::MAX) {
            let known = m.country.or(self.entities[m.entity].country.filter(|_| !case));
            if let Some(country) = known {
                *votes.entry(country).or_default() += if m.first < self.doc.body && case { 2 } else { 1 };
            }
            if m.country.is_some() && case {
                continue;
            }
            if self.entities[m.entity].world {
                continue;
            }
            let of_none = |organisation: u32| self.lexicon.organisations[organisation as usize].country.is_empty();
            self.entities[m.entity].world = (m.first..=m.last).any(|p| {
                let body = self.doc.longest(p, flag::ORG).filter(|x| x.last() <= m.last).map(|x| x.meaning);
                self.doc.flags(p) & flag::WORLD != 0
                    || outsiders.is_some_and(|list| list.iter().any(|w| w == self.doc.norm(p)))
                    || matches!(body, Some(Meaning::Organisation { organisation }) if of_none(organisation))
            });
        }
        let own = |e: &Entity| e.country.is_none() && e.organisation.is_none() && !e.place && !e.world;
        for entity in &mut self.entities {
            let implied = entity.title.as_ref().and_then(|(_, title)| self.lexicon.titles[*title as usize].country);
            // A title of one country alone is its own, also where its words could be of several ("foreign secretary"), when
            // the article speaks of that country.
            let national = case && entity.country.is_none() && entity.organisation.is_none() && !entity.place;
            if let Some(country) = implied.filter(|c| own(entity) || national && votes.contains_key(c)) {
                entity.country = Some(country);
                *votes.entry(country).or_default() += HOME_VOTES;
            }
        }
        // "وفد بقيادة وزير الخارجية الأميركي": those whom somebody leads are of his country.
        for m in mentions.iter().filter(|m| m.entity != usize::MAX && m.kind == ActorKind::Group) {
            let Some(led) = self.doc.longest(m.last + 1, flag::LED_BY).filter(|_| own(&self.entities[m.entity])) else {
                continue;
            };
            let leader = mentions.binary_search_by_key(&(led.last() + 1), |x| x.first).ok().map(|i| &mentions[i]);
            let known = |x: &Mention| x.country.or_else(|| self.entities.get(x.entity).and_then(|e| e.country));
            let country = leader.and_then(known);
            self.entities[m.entity].country = country;
        }
        if !case {
            for m in mentions.iter().filter(|m| m.entity != usize::MAX && m.name.is_none()) {
                let entity = &self.entities[m.entity];
                let next = m.last + 1;
                let inside = self.lexicon.spec.grammar.at.first().is_some_and(|at| self.doc.norm(next) == at);
                if own(entity) && entity.kind != ActorKind::Country && inside {
                    let found = mentions.binary_search_by_key(&(next + 1), |x| x.first).ok().map(|i| &mentions[i]);
                    if let Some(there) = found.filter(|x| x.kind == ActorKind::Country) {
                        self.entities[m.entity].country = there.country;
                    }
                }
            }
        }
        let all: usize = votes.values().sum();
        // A union of states is nobody's home.
        votes.retain(|&country, _| {
            !crate::lexicon::check::UNIONS.contains(&self.lexicon.countries[country as usize].iso.as_str())
        });
        let Some((&home, &count)) = votes.iter().max_by_key(|&(&country, &count)| (count, country)) else { return };
        // Where case marks names fewer of them are overlooked, so that a weaker majority proves less.
        let clear = if case { count >= HOME_VOTES && count * 5 >= all * 3 } else { count >= 2 && count * 5 >= all * 2 };
        if !clear {
            return;
        }
        // Of two that are named nearly as often the one that comes first is whose paper it is.
        let rival = |country: u16| votes.get(&country).is_some_and(|&n| !case && n * 10 >= count * 8);
        let home = mentions.iter().filter_map(|m| m.country).find(|&c| c == home || rival(c)).unwrap_or(home);
        for entity in &mut self.entities {
            let international = entity.person.is_some_and(|person| {
                let term = self.date.and_then(|date| term_at(self.lexicon, person, date));
                term.or_else(|| any_term(self.lexicon, person, None)).is_some_and(|term| term.country.is_empty())
            });
            let official = match entity.kind {
                ActorKind::Person if case => entity.title.as_ref().is_some_and(|(_, title)| {
                    matches!(self.lexicon.titles[*title as usize].class, TitleClass::Official | TitleClass::Military)
                }),
                ActorKind::Country => false,
                _ => entity.actor,
            };
            if official && own(entity) && (case || !international) {
                entity.country = Some(home);
            }
        }
    }

    fn words_of(&self, first: usize, last: usize) -> Vec<String> {
        (first..=last)
            .filter(|&i| self.doc.kind(i) == Kind::Word)
            .map(|i| self.stem(i).into_owned())
            .filter(|w| !w.is_empty())
            .collect()
    }

    /// A name's word without what is attached to the first one.
    #[inline]
    fn stem(&self, token: usize) -> Cow<'a, str> {
        let norm = self.doc.norm(token);
        let bits = self.doc.words[token].clitics();
        if bits & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 {
            return Cow::Borrowed(norm);
        }
        self.without_clitics(norm, bits)
    }

    fn without_clitics(&self, norm: &'a str, bits: u16) -> Cow<'a, str> {
        let mut rest = norm;
        if bits & clitic::CONJUNCTION != 0 {
            for c in &self.lexicon.spec.clitics.conjunctions {
                if let Some(stripped) = rest.strip_prefix(c.as_str()) {
                    rest = stripped;
                    break;
                }
            }
        }
        if bits & clitic::PREPOSITION != 0 {
            let which = (bits >> clitic::WHICH) as usize;
            if let Some(stripped) =
                self.lexicon.spec.clitics.prepositions.get(which).and_then(|p| rest.strip_prefix(p.as_str()))
            {
                // للعقابي: the article's alef was swallowed.
                if bits & clitic::ARTICLE != 0 && !stripped.starts_with(self.lexicon.spec.clitics.article.as_str()) {
                    return Cow::Owned(format!(
                        "{}{}",
                        self.lexicon.spec.clitics.article,
                        stripped.strip_prefix(self.lexicon.spec.clitics.article_rest.as_str()).unwrap_or(stripped)
                    ));
                }
                rest = stripped;
            }
        }
        Cow::Borrowed(rest)
    }

    fn named(&mut self, mentions: &mut [Mention], i: usize) {
        let m = &mentions[i];
        let Some((first, last)) = m.name else { return };
        let words = self.words_of(first, last);
        let Some(tail) = words.last().cloned() else { return };
        let single = words.len() == 1;
        let mut candidates = self.candidates(&words);
        if single && self.lexicon.spec.grammar.has_case {
            // "President Obama": the one of that office, or known to hold one, before a relative of that name.
            let office = m.title.and_then(|(a, b, _)| self.fold_title(a, b).split(' ').next_back().map(str::to_owned));
            candidates.sort_by_key(|&e| std::cmp::Reverse(self.standing(e, office.as_deref())));
        }
        // An office and a surname that one known holder bears are his, whoever else is called so.
        let known = if single && m.title.is_some() && self.lexicon.spec.grammar.has_case {
            self.surnames.holder(&words[0], self.office(m), self.date, self.lexicon)
        } else {
            None
        };
        let found = candidates.into_iter().find(|&e| {
            let entity = &self.entities[e];
            if known.is_some() && entity.person != known && (entity.words.len() > 1 || entity.person.is_some()) {
                return false;
            }
            if entity.kind != ActorKind::Person || entity.words.is_empty() {
                return false;
            }
            // The bearer of the office was named by it and the surname; a relative bears another first name.
            if !single && entity.words.len() == 1 && m.person.is_none() && self.holds_his_title(entity) {
                let first = entity.person.map(|person| self.lexicon.fold(&self.lexicon.people[person as usize].name));
                if first.is_some_and(|name| name.split(' ').next().is_some_and(|first| !like(first, &words[0]))) {
                    return false;
                }
            }
            // A part of a fuller name of the article is its bearer's, whoever else is known by that part alone.
            let part = words.len() < entity.words.len()
                && !self.lexicon.spec.grammar.has_case
                && entity.words.ends_with(&words);
            if let (Some(a), Some(b)) = (entity.person, m.person) {
                return a == b || part;
            }
            let all_in = |a: &[String], b: &[String]| a.iter().all(|w| b.iter().any(|v| v == w || self.alike(v, w)));
            let subset = all_in(&words, &entity.words) || all_in(&entity.words, &words);
            let same_tail = entity.words.last().is_some_and(|w| *w == tail || self.alike(w, &tail));
            let tail_known = entity.words.contains(&tail);
            let countries_agree = match (entity.country, m.country) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            // A first name alone is that of a king, or of one who bears the same title.
            let first_only = single && !same_tail && !self.lexicon.spec.grammar.has_case && entity.words.len() > 1;
            let same_title = || {
                let royal = m.title.is_none_or(|(_, _, t)| {
                    !matches!(self.lexicon.titles[t as usize].class, TitleClass::Official | TitleClass::Military)
                });
                let head = m.title.map(|(a, b, _)| self.fold_title(a, b));
                let head = head.as_deref().and_then(|t| t.split(' ').next());
                royal || entity.titles.iter().any(|t| t.split(' ').next() == head)
            };
            subset && (same_tail || tail_known || single) && countries_agree && (!first_only || same_title())
        });
        // "نتنياهو" of "نتانياهو": one known bearer of a surname is he who is named already, however that is spelt.
        let spelt = || {
            let one = single && !self.lexicon.spec.grammar.has_case;
            let holder = one.then(|| self.surnames.holder(&words[0], self.office(m), self.date, self.lexicon))?;
            holder.and_then(|person| self.known_person(person))
        };
        let entity = match found.or_else(spelt) {
            Some(e) => e,
            None => self.create(m, i, words.clone()),
        };
        self.enrich(entity, m, i, words);
        mentions[i].entity = entity;
    }

    /// The actor of the article who is this person of the lexicon.
    fn known_person(&self, person: u32) -> Option<usize> {
        self.reachable().find(|&e| self.entities[e].person == Some(person))
    }

    /// The office that a mention's title names; empty when it names none.
    fn office(&self, m: &Mention) -> &'a str {
        m.title.map_or("", |(_, _, title)| self.lexicon.titles[title as usize].office.as_str())
    }

    /// Whether an actor is known to hold, or to have held, the office that his title names.
    fn holds_his_title(&self, entity: &Entity) -> bool {
        let Some((_, title)) = &entity.title else { return false };
        let office = &self.lexicon.titles[*title as usize].office;
        let terms = entity.person.and_then(|person| self.lexicon.terms.get(&self.lexicon.people[person as usize].id));
        terms.is_some_and(|terms| terms.iter().any(|term| term.office == *office))
    }

    /// How likely a bare surname means this bearer: by title, then by known office.
    fn standing(&self, e: usize, office: Option<&str>) -> u8 {
        let entity = &self.entities[e];
        let titled = office.is_some_and(|o| entity.titles.iter().any(|t| t.split(' ').next_back() == Some(o)));
        let known = entity.person.is_some_and(|p| self.lexicon.terms.contains_key(&self.lexicon.people[p as usize].id));
        u8::from(titled) * 2 + u8::from(known)
    }

    /// The entities that a search looks through: all of an ordinary article; of an endless one the first, who are its
    /// main characters, and the last, who are near. The bound keeps the cost linear in the article's length.
    fn reachable(&self) -> impl Iterator<Item = usize> + use<> {
        let count = self.entities.len();
        (0..count.min(REACH)).chain(count.saturating_sub(REACH).max(REACH.min(count))..count)
    }

    /// Whether the name of one of those entities may end in a word that begins so and has so many bytes.
    fn glance(&self, word: (char, usize)) -> bool {
        let (first, rest) = self.tails.split_at(self.tails.len().min(REACH));
        let last = &rest[rest.len().saturating_sub(REACH)..];
        [first, last].iter().any(|tails| tails.iter().any(|&tail| may_be_like(tail, word)))
    }

    /// The persons one of whose names' words is `word` but for the article: surnames are written with and without it
    /// ("القطان", "قطان").
    fn called_otherwise(&self, word: &str) -> Option<(&Vec<usize>, Cow<'_, str>)> {
        let rest = bared(word, &self.lexicon.spec.clitics.article).and_then(|rest| self.by_word.get_key_value(rest));
        if let Some((rest, found)) = rest {
            return Some((found, Cow::Borrowed(rest.as_str())));
        }
        if !self.bare.may_hold(word) {
            return None;
        }
        let full = format!("{}{word}", self.lexicon.spec.clitics.article);
        self.by_word.get(&full).map(|found| (found, Cow::Owned(full)))
    }

    /// Whether two words of a name are one, slips and a surname's article apart.
    fn alike(&self, a: &str, b: &str) -> bool {
        let article = self.lexicon.spec.clitics.article.as_str();
        like(a, b) || bared(a, article) == Some(b) || bared(b, article) == Some(a)
    }

    fn candidates(&self, words: &[String]) -> Vec<usize> {
        let mut found: Vec<usize> = words.iter().filter_map(|w| self.by_word.get(w)).flatten().copied().collect();
        // Its last word with or without the article, where nobody is called as it stands.
        if found.is_empty() || words.len() == 1 {
            found.extend(words.last().and_then(|w| self.called_otherwise(w)).into_iter().flat_map(|(list, _)| list));
        }
        if found.is_empty() && words.len() == 1 {
            // A misspelt repeat: one long word, one or two letters off.
            found = self.reachable().filter(|&e| self.entities[e].words.iter().any(|w| like(w, &words[0]))).collect();
        }
        found.sort_unstable_by_key(|&e| std::cmp::Reverse(self.entities[e].last_seen));
        found.dedup();
        found
    }

    fn create(&mut self, m: &Mention, i: usize, words: Vec<String>) -> usize {
        let entity = Entity {
            kind: m.kind,
            name: String::new(),
            words: Vec::new(),
            person: None,
            organisation: m.organisation,
            country: None,
            title: None,
            titles: Vec::new(),
            actor: false,
            non_actor: false,
            fullest: i,
            last_seen: i,
            place: m.place.is_some(),
            world: false,
            gender: 0,
            folded: OnceCell::new(),
            head: OnceCell::new(),
        };
        self.entities.push(entity);
        self.tails.push(('\0', 0));
        let index = self.entities.len() - 1;
        for word in words {
            self.held.add(&word);
            if let Some(rest) = bared(&word, &self.lexicon.spec.clitics.article) {
                self.bare.add(rest);
            }
            self.by_word.entry(word).or_default().push(index);
        }
        index
    }

    /// A new entity for a mention that names nobody known.
    pub fn add(&mut self, m: &Mention, i: usize) -> usize {
        let e = self.create(m, i, Vec::new());
        self.adopt(e, m);
        e
    }

    fn enrich(&mut self, e: usize, m: &Mention, i: usize, words: Vec<String>) {
        let title_text = m
            .title
            .map(|(first, last, index)| (self.text(first, last).to_owned(), self.fold_title(first, last), index));
        let name = m.name.map(|(first, last)| self.clean(first, last));
        let also: Vec<String> = m.also.iter().map(|&(first, last)| self.fold_title(first, last)).collect();
        // A known person of whom only a part of the name stands here is not believed against a fuller name of the article.
        let fuller = self.entities[e].words.len() > words.len();
        let mut person = if fuller { self.entities[e].person } else { m.person.or(self.entities[e].person) };
        if person.is_none() && words.len() == 1 {
            if let Some(found) = self.surnames.holder(&words[0], self.office(m), self.date, self.lexicon) {
                let term = self
                    .date
                    .and_then(|d| term_at(self.lexicon, found, d))
                    .or_else(|| any_term(self.lexicon, found, None));
                let agrees = match (m.country, term) {
                    (Some(c), Some(t)) => self.lexicon.countries[c as usize].iso == t.country,
                    _ => true,
                };
                if agrees && self.entities[e].words.len() <= 1 {
                    person = Some(found);
                }
            }
        }
        let gender = self.gender(m);
        let entity = &mut self.entities[e];
        if entity.gender == 0 {
            entity.gender = gender;
        }
        if words.len() > entity.words.len() {
            for word in &words {
                self.held.add(word);
                if let Some(rest) = bared(word, &self.lexicon.spec.clitics.article) {
                    self.bare.add(rest);
                }
                let list = self.by_word.entry(word.clone()).or_default();
                if !list.contains(&e) {
                    list.push(e);
                }
            }
            self.tails[e] = words.last().map_or(('\0', 0), |word| begin_and_length(word));
            self.initials |= initial(self.tails[e].0);
            entity.words = words;
            if let Some(name) = name {
                entity.rename(name);
            }
        }
        entity.person = person;
        if let Some(country) = m.country {
            entity.country.get_or_insert(country);
        }
        if let Some((text, folded, index)) = title_text {
            let longer = entity.title.as_ref().is_none_or(|(old, _)| old.len() < text.len());
            if longer {
                entity.title = Some((text, index));
            }
            if !entity.titles.contains(&folded) {
                entity.titles.push(folded);
            }
        }
        for title in also {
            if !entity.titles.contains(&title) {
                entity.titles.push(title);
            }
        }
        entity.actor |= m.actor;
        entity.non_actor |= m.non_actor;
        if let Some(person) = entity.person {
            if self.lexicon.terms.contains_key(&self.lexicon.people[person as usize].id) {
                entity.actor = true;
            }
            let office = entity.title.as_ref().map(|(_, title)| self.lexicon.titles[*title as usize].office.as_str());
            let term = self
                .date
                .and_then(|d| term_at(self.lexicon, person, d))
                .or_else(|| any_term(self.lexicon, person, office));
            if let Some(term) = term {
                if entity.country.is_none() {
                    entity.country = self.lexicon.country_index.get(&term.country).copied();
                }
            }
        }
        entity.fullest = i;
    }

    /// What a mention's words say of its bearer's gender: its title's, then the given name's.
    fn gender(&self, m: &Mention) -> u8 {
        let name = m.name.unwrap_or((usize::MAX, 0));
        let of = |p: usize| self.lexicon.genders.get(self.doc.norm(p)).copied();
        let title = (m.first..=m.last)
            .filter(|&p| p < name.0 || p > name.1)
            .filter(|&p| self.doc.flags(p) & (flag::GIVEN | flag::SURNAME) == 0)
            // Only the first article is that of the bearer: "l'envoyé de la France".
            .filter(|&p| p == m.first || self.doc.flags(p) & flag::DETERMINER == 0)
            .find_map(of);
        title.or_else(|| (name.0 < name.1).then(|| of(name.0)).flatten()).unwrap_or(0)
    }

    fn fold_title(&self, first: usize, last: usize) -> String {
        let mut out = String::with_capacity(32);
        for i in first..=last {
            let norm = self.bare(i);
            if norm.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&norm);
        }
        out
    }

    /// The folded form without attached conjunction, preposition and article.
    fn bare(&self, token: usize) -> Cow<'a, str> {
        let stem = self.stem(token);
        let article = self.lexicon.spec.clitics.article.as_str();
        if article.is_empty() {
            if self.lexicon.spec.grammar.definite_article.iter().any(|article| *article == stem) {
                return Cow::Borrowed("");
            }
            return stem;
        }
        match stem {
            Cow::Borrowed(stem) => Cow::Borrowed(stem.strip_prefix(article).filter(|s| s.len() >= 4).unwrap_or(stem)),
            Cow::Owned(stem) => Cow::Owned(
                stem.strip_prefix(article).filter(|s| s.len() >= 4).map_or_else(|| stem.clone(), str::to_owned),
            ),
        }
    }

    /// The text of tokens with the clitics of the first one taken off.
    pub fn clean(&self, first: usize, last: usize) -> String {
        let mut first = first;
        while first < last && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(first)) {
            first += 1;
        }
        let text = self.text(first, last);
        let word = &self.doc.words[first];
        let bits = word.clitics();
        let token = &self.doc.tokens.all[first];
        let mut out = text;
        let raw = &text[..((token.end - token.start) as usize).min(text.len())];
        let mut cut = 0;
        if bits & clitic::CONJUNCTION != 0 {
            if let Some(c) = raw.chars().next() {
                cut += c.len_utf8();
            }
        }
        let mut swallowed = false;
        if bits & clitic::PREPOSITION != 0 {
            if let Some(c) = raw.get(cut..).and_then(|r| r.chars().next()) {
                cut += c.len_utf8();
            }
            let article = self.lexicon.spec.clitics.article.as_str();
            let rest = raw.get(cut..).unwrap_or("");
            swallowed = bits & clitic::ARTICLE != 0 && !self.lexicon.fold(rest).starts_with(article);
            if swallowed {
                if let Some(c) = rest.chars().next() {
                    cut += c.len_utf8();
                }
            }
        }
        out = out.get(cut..).unwrap_or(out);
        let unmarked = self.without_case(first, raw.get(cut..).unwrap_or(""), out);
        let mut name = match unmarked {
            Some(unmarked) if !swallowed => Cow::Owned(unmarked),
            _ if swallowed => Cow::Owned(format!("{}{out}", self.lexicon.spec.clitics.article)),
            _ => Cow::Borrowed(out),
        };
        if self.doc.tokens.all[last].possessive {
            if let Some(mark) = name.rfind(['\'', '\u{2019}']) {
                name = Cow::Owned(name[..mark].to_owned());
            }
        }
        if tidy(&name) {
            return name.into_owned();
        }
        // Marks and line ends inside a name are typography.
        let mut plain = String::with_capacity(name.len());
        for (number, word) in name.split_whitespace().enumerate() {
            if number > 0 {
                plain.push(' ');
            }
            word.split(['«', '»', '"', '“', '”']).for_each(|part| plain.push_str(part));
        }
        plain
    }

    /// "متحدثًا باسم" as "متحدث باسم": a common noun whose accusative is marked, without its ending. `raw` is its word in `text`.
    fn without_case(&self, token: usize, raw: &str, text: &str) -> Option<String> {
        let ending = self.lexicon.spec.grammar.accusative_ending.as_str();
        if ending.is_empty() || self.doc.flags(token) & (flag::GROUP | flag::TITLE) == 0 {
            return None;
        }
        let tail = raw.char_indices().rev().nth(1).map_or("", |(at, _)| &raw[at..]);
        let marked = self.lexicon.fold(tail) == ending;
        marked.then(|| {
            let stem = raw.len() - tail.len();
            format!("{}{}", &text[..stem], &text[raw.len()..])
        })
    }

    /// Makes mentions of words that stand alone but are part of a name of the article, or the surname of a known leader.
    fn surname_mentions(&mut self, mentions: &mut Vec<Mention>) {
        let mut covered = vec![false; self.doc.len()];
        // "المعلم", "الخطيب": the word for a calling alone is the surname of whom the article calls so.
        for m in mentions.iter_mut() {
            if m.kind != ActorKind::Person || !m.non_actor || m.first != m.last || m.entity != usize::MAX {
                continue;
            }
            let stem = self.stem(m.first).into_owned();
            let article = self.lexicon.spec.clitics.article.as_str();
            if article.is_empty() || !stem.starts_with(article) {
                continue;
            }
            if let Some(e) = self.bearer(&stem, true) {
                m.entity = e;
                m.name = Some((m.first, m.last));
                m.title = None;
                m.non_actor = false;
                m.definite = true;
            }
        }
        for m in mentions.iter() {
            covered[m.first..=m.last].fill(true);
        }
        let case = self.lexicon.spec.grammar.has_case;
        let mut added = Vec::new();
        let mut i = 0;
        while i < self.doc.len() {
            let here = i;
            i += 1;
            if covered[here] || self.doc.kind(here) != Kind::Word {
                continue;
            }
            if case && !self.doc.tokens.all[here].capital {
                continue;
            }
            // "On 12 May": a month beside its day or year is nobody's name.
            let number = |p: usize| self.doc.kind(p) == Kind::Number;
            if case && self.doc.flags(here) & flag::MONTH != 0 && (number(here + 1) || here > 0 && number(here - 1)) {
                continue;
            }
            let flags = self.doc.flags(here);
            let common = flags & (flag::NOUN | flag::ADJECTIVE | flag::VERB | flag::PARTICLE) != 0 && !case;
            // An article that names nobody has no bearers, only surnames that the lexicon knows.
            if self.by_word.is_empty() && (common || flags & flag::SURNAME == 0) {
                continue;
            }
            let stem = self.stem(here);
            if stem.chars().nth(2).is_none() {
                continue;
            }
            // Several words of one name in a row: "بن سلمان", "دي ميستورا".
            let mut end = here;
            let mut entity = self.bearer(&stem, common);
            if entity.is_none() && flags & flag::NAME_PART != 0 && here + 1 < self.doc.len() && !covered[here + 1] {
                let next = self.doc.norm(here + 1).to_owned();
                entity = self.bearer(&next, false).filter(|&e| self.entities[e].words.iter().any(|w| *w == stem));
            }
            if entity.is_none()
                && !common
                && flags & flag::SURNAME != 0
                && flags & (flag::DEMONYM | flag::PLACE | flag::COUNTRY) == 0
            {
                let known = self.surnames.unique(&stem, self.date, self.lexicon);
                let named = known.filter(|_| !case).and_then(|person| self.known_person(person));
                if named.is_some() {
                    entity = named;
                } else if let Some(person) = known {
                    let mut m = Mention::new(here, ActorKind::Person);
                    m.definite = true;
                    m.person = Some(person);
                    m.name = Some((here, here));
                    m.clitics = self.doc.words[here].clitics();
                    m.actor = true;
                    let e = self.create(&m, usize::MAX, vec![stem.to_string()]);
                    self.enrich(e, &m, usize::MAX, vec![stem.to_string()]);
                    entity = Some(e);
                }
            }
            let Some(e) = entity else { continue };
            while end + 1 < self.doc.len() && !covered[end + 1] && self.doc.kind(end + 1) == Kind::Word {
                let next = self.doc.norm(end + 1);
                if self.entities[e].words.iter().any(|w| w == next) {
                    end += 1;
                } else {
                    break;
                }
            }
            let mut m = Mention::new(here, ActorKind::Person);
            m.definite = true;
            m.last = end;
            m.name = Some((here, end));
            m.entity = e;
            m.clitics = self.doc.words[here].clitics();
            if self.doc.words[here].count == 0
                && self.doc.words[here].shape & clitic::CONJUNCTION != 0
                && stem != self.doc.norm(here)
            {
                m.clitics |= clitic::CONJUNCTION;
            }
            added.push(m);
            i = end + 1;
        }
        if !added.is_empty() {
            mentions.extend(added);
            mentions.sort_by_key(|m| m.first);
            for (index, m) in mentions.iter().enumerate() {
                if m.entity != usize::MAX
                    && m.name.is_some_and(|(a, b)| b - a + 1 >= self.entities[m.entity].words.len())
                {
                    self.entities[m.entity].fullest = index;
                }
            }
        }
    }

    /// The person of the article one of whose name's words is `word`.
    fn bearer(&self, word: &str, common: bool) -> Option<usize> {
        let usable = |e: usize, word: &str| {
            let entity = &self.entities[e];
            entity.kind == ActorKind::Person
                && (entity.words.len() >= 2 || self.lexicon.spec.grammar.has_case && entity.title.is_some())
                && (!common || entity.words.last().is_some_and(|w| w == word))
                && entity
                    .words
                    .iter()
                    .position(|w| w == word || like(w, word))
                    .is_some_and(|at| at > 0 || entity.words.len() <= 3)
        };
        let direct = || self.by_word.get(word).map(|found| (found, Cow::Borrowed(word)));
        let held = self.held.may_hold(word).then(direct).flatten();
        if let Some((list, word)) = held.or_else(|| if common { None } else { self.called_otherwise(word) }) {
            let word = word.as_ref();
            // The last word of a name counts before the first: a shared first name proves little.
            let mut bearers = list
                .iter()
                .rev()
                .copied()
                .filter(|&e| usable(e, word) && self.entities[e].words.last().is_some_and(|w| w == word));
            let last = if self.lexicon.spec.grammar.has_case {
                // The first of the most prominent: they come latest first.
                bearers.max_by_key(|&e| self.standing(e, None))
            } else {
                bearers.next()
            };
            let any = list.iter().rev().copied().find(|&e| {
                usable(e, word) && {
                    let first = self.entities[e].words.first().is_some_and(|w| w == word);
                    !first || !common && list.len() == 1
                }
            });
            if let Some(e) = last.or(any) {
                return Some(e);
            }
        }
        if common || word.chars().nth(4).is_none() {
            return None;
        }
        // The lexicon's word is right as it stands; only unknown words are taken for misspellings. Most words are far from
        // every name of the article, so that the lexicon need not be asked.
        let glance = begin_and_length(word);
        if self.initials & initial(glance.0) == 0 || !self.glance(glance) || self.lexicon.knows(word) {
            return None;
        }
        let last = |e: usize| self.entities[e].words.last();
        self.reachable()
            .filter(|&e| may_be_like(self.tails[e], glance))
            .find(|&e| last(e).is_some_and(|w| like(w, word)) && usable(e, word))
    }

    fn unnamed(&mut self, mentions: &mut [Mention], i: usize) {
        let m = &mentions[i];
        let entity = match m.kind {
            ActorKind::Country => self.numbered(m, i, m.place.map_or(Number::Country(m.country), Number::Place)),
            ActorKind::Organization => self.organisation(m, i),
            ActorKind::Group => self.group(m, i),
            ActorKind::Person => self.titled(m, i),
        };
        if self.entities[entity].country.is_none() {
            self.entities[entity].country = m.country;
        }
        if self.entities[entity].fullest == i {
            self.called_after(entity, m, mentions.get(i + 1));
        }
        // A trade that turned out to be a name says nothing against its bearer.
        if self.entities[entity].words.len() > 1 && mentions[i].first == mentions[i].last && mentions[i].non_actor {
            mentions[i].non_actor = self.entities[entity].non_actor;
        }
        mentions[i].entity = entity;
    }

    /// An entity found by an exact key, made when new.
    fn keyed(&mut self, m: &Mention, i: usize, key: String) -> usize {
        if let Some(&e) = self.by_phrase.get(&key) {
            return e;
        }
        let e = self.create(m, i, Vec::new());
        self.by_phrase.insert(key, e);
        self.adopt(e, m);
        e
    }

    /// "إدارة الرئيس فلان": a body whose phrase ends with a title is called with the name that the next mention holds.
    fn called_after(&mut self, e: usize, m: &Mention, next: Option<&Mention>) {
        let Some(next) = next.filter(|n| n.first == m.last + 1 && n.title.is_none() && n.clitics == 0) else { return };
        let named = next.name.is_some() && next.kind == ActorKind::Person && !self.lexicon.spec.grammar.has_case;
        let titled = (m.first + 1..=m.last).any(|p| self.doc.longest(p, flag::TITLE).is_some());
        if named && titled && m.kind == ActorKind::Organization {
            let name = self.clean(m.first, next.last);
            self.entities[e].rename(name);
        }
    }

    /// An entity found by its number, made when new.
    fn numbered(&mut self, m: &Mention, i: usize, number: Number) -> usize {
        if let Some(&e) = self.by_number.get(&number) {
            return e;
        }
        let e = self.create(m, i, Vec::new());
        self.by_number.insert(number, e);
        self.adopt(e, m);
        e
    }

    /// Gives a new entity what its first mention says of it.
    fn adopt(&mut self, e: usize, m: &Mention) {
        let name = self.clean(m.first, m.last);
        let entity = &mut self.entities[e];
        entity.rename(name);
        entity.country = m.country;
        entity.actor = m.actor;
        entity.non_actor = m.non_actor;
    }

    fn organisation(&mut self, m: &Mention, i: usize) -> usize {
        if let Some(organisation) = m.organisation {
            return self.numbered(m, i, Number::Organisation(organisation));
        }
        let phrase = self.fold_title(m.first, m.last);
        // "التنظيم", "الحزب": the last body with that head.
        let article = self.lexicon.spec.clitics.article.as_str();
        if m.first == m.last {
            let found = self
                .reachable()
                .filter(|&e| self.entities[e].kind == ActorKind::Organization && self.entities[e].last_seen < i)
                .filter(|&e| {
                    let entity = &self.entities[e];
                    let folded = entity.folded.get_or_init(|| self.lexicon.fold(&entity.name));
                    folded.split(' ').next().is_some_and(|w| w.strip_prefix(article).unwrap_or(w) == phrase)
                        || folded.split(' ').next_back().is_some_and(|w| w == phrase)
                })
                .max_by_key(|&e| self.entities[e].last_seen);
            if let Some(e) = found {
                return e;
            }
        }
        self.keyed(m, i, key('B', &phrase))
    }

    fn group(&mut self, m: &Mention, i: usize) -> usize {
        if let Some(name) = self.shared_name(m) {
            let e = self.keyed(m, i, key('G', &crate::text::fold::fold(&name)));
            self.entities[e].rename(name);
            return e;
        }
        let phrase = self.fold_title(m.first, m.last);
        // "الوفد", "المصادر الإيرانية": the last one with that head, of whom the further words were said as well. Several
        // persons are told of by such a noun however far back they were named.
        if m.definite && !m.both && !self.lexicon.spec.grammar.has_case {
            let persons =
                self.doc.matches_at(m.first).iter().any(|x| matches!(x.meaning, Meaning::Group { person: true, .. }));
            let mut words = phrase.split(' ');
            let head = words.next().unwrap_or_default();
            let found = self
                .reachable()
                .filter(|&e| {
                    let entity = &self.entities[e];
                    matches!(entity.kind, ActorKind::Group | ActorKind::Organization)
                        && entity.last_seen < i
                        && (persons || i - entity.last_seen <= EPITHET_REACH)
                        && (m.first == m.last || entity.country == m.country)
                        && entity.head.get_or_init(|| self.folded_head(&entity.name)) == head
                        && (m.first == m.last || self.says(&entity.name, words.clone()))
                })
                .max_by_key(|&e| self.entities[e].last_seen);
            if let Some(e) = found {
                return e;
            }
        }
        self.keyed(m, i, key('G', &phrase))
    }

    /// Whether a name that has no article holds all of `words`, which have none either.
    fn says<'w>(&self, name: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
        let folded = crate::text::fold::fold(name);
        let article = self.lexicon.spec.clitics.article.as_str();
        !folded.starts_with(article) && words.all(|word| folded.split(' ').any(|own| own == word))
    }

    /// The first word of a name, folded and without its article.
    fn folded_head(&self, name: &str) -> String {
        let folded = crate::text::fold::fold(name.split(' ').next().unwrap_or(""));
        let article = self.lexicon.spec.clitics.article.as_str();
        folded.strip_prefix(article).filter(|s| s.len() >= 4).map_or(folded.clone(), str::to_owned)
    }

    /// What one of several who share a noun is called: the noun for one, and the country.
    fn shared_name(&self, m: &Mention) -> Option<String> {
        let (first, last) = m.shared?;
        let own = if m.first == first { last + 1 } else { m.first };
        let country = self.clean(own, m.last);
        if let Some((_, _, index)) = m.title {
            let title = &self.lexicon.titles[index as usize].title;
            let definite = own > 0
                && !title.contains(' ')
                && self.doc.has_article(own)
                && self.doc.flags(own) & (flag::DEMONYM | flag::COUNTRY) == flag::DEMONYM;
            let article = if definite { self.lexicon.spec.clitics.article.as_str() } else { "" };
            return Some(format!("{article}{title} {country}"));
        }
        let noun = self.clean(first, last);
        let one = self
            .lexicon
            .spec
            .grammar
            .dual_endings
            .iter()
            .filter(|_| self.doc.flags(first) & flag::BOTH_SIDES != 0)
            .find_map(|ending| noun.strip_suffix(ending.as_str()));
        Some(format!("{} {country}", one.unwrap_or(&noun)))
    }

    /// "الوزير", "وزير الخارجية الألماني", "المسؤول": the last person whose title fits; else an unnamed office-holder.
    fn titled(&mut self, m: &Mention, i: usize) -> usize {
        let trade = m.first == m.last && m.non_actor && m.definite && !self.lexicon.spec.grammar.has_case;
        // "المعلم": a trade alone that is the surname of somebody named in the article.
        if let Some(e) = trade.then(|| self.bearer(&self.stem(m.first), true)).flatten() {
            return e;
        }
        let (first, last) = m.title.map_or((m.first, m.last), |(a, b, _)| (a, b.max(m.last)));
        let name = self.shared_name(m);
        let phrase = match &name {
            Some(name) => {
                let article = self.lexicon.spec.clitics.article.as_str();
                let bare = |w: &str| w.strip_prefix(article).filter(|s| s.len() >= 4).unwrap_or(w).to_owned();
                crate::text::fold::fold(name).split(' ').map(bare).collect::<Vec<_>>().join(" ")
            }
            None => self.fold_title(first, last),
        };
        let head = phrase.split(' ').next().unwrap_or("");
        let tail = phrase.split(' ').next_back().unwrap_or("");
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let words = phrase.split(' ').count();
        let definite = m.definite || words > 1 || m.country.is_some();
        // "A spokesman" is somebody new.
        let indefinite = adjective_first && !m.definite && self.doc.flags(m.first) & flag::DETERMINER != 0;
        if (definite || adjective_first) && !indefinite {
            let plain = title_words(&phrase, m, self.lexicon);
            let sent = matches!(self.office(m), "AMBASSADOR" | "ENVOY");
            let found = self
                .reachable()
                .filter(|&e| {
                    let entity = &self.entities[e];
                    if entity.kind != ActorKind::Person || entity.titles.is_empty() {
                        return false;
                    }
                    let countries = match (entity.country, m.country) {
                        (Some(a), Some(b)) => a == b,
                        (None, Some(_)) => {
                            words <= 2 || !adjective_first && entity.titles.iter().any(|t| t.starts_with(&phrase))
                        }
                        _ => true,
                    };
                    countries
                        && entity.titles.iter().any(|t| {
                            // Whatever else they share, titles that are one begin or end alike.
                            if !(t.starts_with(head) || adjective_first && t.ends_with(tail)) {
                                return false;
                            }
                            if *t == phrase
                                || t.strip_prefix(phrase.as_str()).is_some_and(|rest| rest.starts_with(' '))
                                // "The minister" is the end of "the Iraqi minister", but what stands before an Arabic title is another
                                // office: "نائب الوزير".
                                || adjective_first
                                    && t.strip_suffix(phrase.as_str()).is_some_and(|rest| rest.ends_with(' '))
                            {
                                return true;
                            }
                            if adjective_first {
                                t.split(' ').next_back() == Some(tail) && plain <= 1
                            } else {
                                // "المبعوث الخاص" after "مبعوث الأمم المتحدة الخاص إلى سوريا".
                                let short = m.definite && words <= 3 && {
                                    let of: Vec<&str> = t.split(' ').collect();
                                    phrase.split(' ').all(|w| of.contains(&w))
                                };
                                // "المبعوث الأممي إلى اليمن" after "مبعوث الأمين العام إلى اليمن".
                                let posted = words > 2 && sent && t.split(' ').next_back() == Some(tail);
                                t.split(' ').next() == Some(head) && (plain <= 1 || short || posted)
                            }
                        })
                })
                .min_by_key(|&e| {
                    // An office of several words as it stands before one that goes on in a nationality; then the nearest
                    // before; failing that the nearest after.
                    let exact = adjective_first
                        || words < 2
                        || m.country.is_some()
                        || self.entities[e].titles.contains(&phrase);
                    let seen = self.entities[e].last_seen;
                    (!exact, if seen < i { i - seen } else { 1_000_000 + seen.min(1_000_000) })
                });
            if let Some(e) = found {
                // An office told in many words is its holder's before he is named as well.
                let near = self.entities[e].last_seen < i
                    || words > 3 && !adjective_first
                    || self.entities[e].titles.contains(&phrase)
                    || m.first < self.doc.body;
                if near {
                    return e;
                }
            }
        }
        // "المسؤول العراقي", "الدبلوماسي": another word for somebody of that country who was just named.
        let epithet = self.lexicon.spec.words.get("epithets").is_some_and(|list| list.iter().any(|word| word == head));
        // A headline has such a word without article for the one whom the article names first.
        if epithet && m.first < self.doc.body && m.country.is_some() && words <= 3 {
            let named =
                |e: &Entity| e.kind == ActorKind::Person && e.actor && e.words.len() > 1 && !e.titles.is_empty();
            let found = self.reachable().find(|&e| named(&self.entities[e]) && self.entities[e].country == m.country);
            if let Some(e) = found {
                return e;
            }
        }
        if epithet && m.definite && words <= 3 && i > 0 {
            let found = self
                .reachable()
                .filter(|&e| {
                    let entity = &self.entities[e];
                    entity.kind == ActorKind::Person
                        && entity.actor
                        && entity.words.len() > 1
                        && entity.last_seen < i
                        && i - entity.last_seen <= EPITHET_REACH
                        && (m.country.is_none() || entity.country == m.country)
                })
                .max_by_key(|&e| self.entities[e].last_seen);
            if let Some(e) = found.filter(|_| m.country.is_some() || words == 1) {
                return e;
            }
        }
        // Looked for once a phrase: later ones find what the first one did.
        if self.lexicon.spec.grammar.has_case && !indefinite && !self.by_phrase.contains_key(&key('T', &phrase)) {
            let key = format!("H{phrase}{:?}", m.country);
            if let Some(&e) = self.by_phrase.get(&key) {
                return e;
            }
            if let Some(e) = self.holder(m) {
                self.by_phrase.insert(key, e);
                return e;
            }
        }
        let e = self.keyed(m, i, key('T', &phrase));
        if let Some(name) = &name {
            self.entities[e].rename(name.clone());
        }
        let title_text = name.unwrap_or_else(|| self.text(first, last).to_owned());
        let index = m.title.map(|t| t.2);
        let gender = self.gender(m);
        let entity = &mut self.entities[e];
        entity.gender |= gender;
        entity.kind = ActorKind::Person;
        if let Some(index) = index {
            entity.title.get_or_insert((title_text, index));
        }
        if !entity.titles.contains(&phrase) {
            entity.titles.push(phrase);
        }
        e
    }

    /// The one person named in the article who is known to have held the office that stands alone here: for languages
    /// that mark names by case.
    fn holder(&self, m: &Mention) -> Option<usize> {
        let title = &self.lexicon.titles[m.title?.2 as usize];
        let office = &title.office;
        if !EXCLUSIVE.contains(&office.as_str()) {
            return None;
        }
        // "Le chef de la diplomatie espagnole": another title for the office that the article has named.
        let same = |e: &Entity| {
            e.country.is_some()
                && e.country == m.country
                && e.words.len() > 1
                && e.title.as_ref().is_some_and(|(_, index)| self.lexicon.titles[*index as usize].office == *office)
        };
        let held = |e: &Entity| {
            let country = m.country.or(title.country).map(|c| self.lexicon.countries[c as usize].iso.as_str());
            e.person.is_some_and(|person| {
                self.lexicon.terms.get(&self.lexicon.people[person as usize].id).is_some_and(|terms| {
                    terms.iter().any(|t| {
                        t.office == *office
                            && country.is_none_or(|c| t.country == c)
                            && self.date.is_none_or(|d| t.from <= d && d <= t.to)
                    })
                })
            })
        };
        let mut fitting = self.reachable().filter(|&e| held(&self.entities[e]) || same(&self.entities[e]));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// English and Arabic names of an entity, its country's code and its office.
    pub fn describe(&self, e: usize) -> (Option<u32>, String, Option<Office>) {
        let entity = &self.entities[e];
        let mut country = entity.country.map(|c| self.lexicon.countries[c as usize].iso.clone()).unwrap_or_default();
        let mut office = entity.title.as_ref().map(|(text, index)| {
            let title = &self.lexicon.titles[*index as usize];
            let code = if title.class == TitleClass::Honorific { String::new() } else { title.office.clone() };
            Office { title: text.split_whitespace().collect::<Vec<_>>().join(" "), code }
        });
        let mut person = entity.person;
        if let (Some(p), Some(date)) = (person, self.date) {
            let term = term_at(self.lexicon, p, date);
            if let Some(term) = term {
                if office.is_none() {
                    office = Some(Office { title: String::new(), code: term.office.clone() });
                }
                if country.is_empty() {
                    country = term.country.clone();
                }
            }
        }
        // An office without a name, at a date: the lexicon knows who held it.
        if person.is_none() && entity.name.is_empty() | entity.words.is_empty() && entity.kind == ActorKind::Person {
            if let (Some(date), Some(office)) = (self.date, office.as_ref()) {
                if !office.code.is_empty() && !country.is_empty() {
                    person = self.surnames.in_office(&office.code, &country, date);
                }
            }
        }
        (person, country, office)
    }
}

/// A word without its article, where enough is left of it.
fn bared<'w>(word: &'w str, article: &str) -> Option<&'w str> {
    let rest = word.strip_prefix(article).filter(|_| !article.is_empty())?;
    rest.chars().nth(2).map(|_| rest)
}

/// What an entity is found by that only a phrase tells, by the kind of phrase: no word begins with a capital.
fn key(kind: char, phrase: &str) -> String {
    let mut key = String::with_capacity(1 + phrase.len());
    key.push(kind);
    key.push_str(phrase);
    key
}

/// Offices that one person holds at a time.
const EXCLUSIVE: &[&str] = &[
    "HEAD_OF_STATE",
    "HEAD_OF_GOVERNMENT",
    "FOREIGN_MINISTER",
    "DEFENCE_MINISTER",
    "INTERIOR_MINISTER",
    "CROWN_PRINCE",
];

/// Words of a title phrase that are not the nationality: "الوزير الألماني" has one.
fn title_words(phrase: &str, m: &Mention, _lexicon: &Lexicon) -> usize {
    phrase.split(' ').count() - usize::from(m.country.is_some() && phrase.contains(' '))
}

/// Whether two words are one but for a slip: a letter or two more, less or other in a long word.
pub fn like(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if !may_be_like(begin_and_length(a), begin_and_length(b)) {
        return false;
    }
    let (m, n) = (a.chars().count(), b.chars().count());
    if m < 5 || n < 5 || m.abs_diff(n) > 1 {
        return false;
    }
    let budget = if m.min(n) >= 7 { 2 } else { 1 };
    strsim::osa_distance(a, b) <= budget
}

/// Whether a name is written as names are: words with one space between them, and no marks.
fn tidy(name: &str) -> bool {
    // All other white space and quotation marks begin with one of these bytes.
    let doubtful = |byte: &u8| matches!(byte, 0..=0x1F | b'"' | 0xC2 | 0xE1..=0xE3);
    let bytes = name.as_bytes();
    !bytes.iter().any(doubtful)
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
}

/// The bit of a first letter in [`Resolver::initials`].
fn initial(letter: char) -> u64 {
    1 << (letter as u32 % 64)
}

/// The first letter of a word and its length in bytes.
fn begin_and_length(word: &str) -> (char, usize) {
    (word.chars().next().unwrap_or('\0'), word.len())
}

/// Whether two words begin alike and are of about one length: a glance that spares the counting of letters. Two slips
/// of which one adds a letter change a word by seven bytes at most.
fn may_be_like(a: (char, usize), b: (char, usize)) -> bool {
    a.0 == b.0 && a.1.abs_diff(b.1) <= 7
}

//! Which mentions are one actor: names, surnames, titles, pronouns, short forms, misspelt repeats.

mod alike;
mod body;
mod country;
mod index;
mod named;
mod office;
mod people;
mod phrase;
mod surname;
mod titled;

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::event::{ActorKind, Office};
use crate::extract::doc::Doc;
use crate::extract::mention::Mention;
use crate::lexicon::{Lexicon, Meaning, TitleClass, clitic, flag, vocabulary};
use crate::text::Kind;
use alike::{Filter, Glance, Lengths, bared, ending, ends, like};
use index::{Bearers, Key, Names};
pub use people::Surnames;
use people::{EXCLUSIVE, any_term, term_at};
use phrase::{ENOUGH, first_word, last_word};
use titled::Title;

/// An actor of the article.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    pub kind: ActorKind,
    /// Folded words of the fullest name.
    pub words: Vec<Cow<'a, str>>,
    pub person: Option<u32>,
    pub organisation: Option<u32>,
    pub country: Option<u16>,
    /// Of the longest title seen: as written, table index.
    pub title: Option<(Cow<'a, str>, u32)>,
    /// Folded title phrases, for resolution by title.
    titles: Vec<Title<'a>>,
    pub actor: bool,
    pub non_actor: bool,
    /// The fullest mention so far (index into the mentions).
    pub fullest: usize,
    pub last_seen: usize,
    /// A place rather than an actor.
    pub place: bool,
    /// Of no one country: an international body or office, a group of several states.
    pub world: bool,
    /// Of another country than the article's: somebody's counterpart.
    abroad: bool,
    /// No longer or not yet the holder of the office told.
    former: bool,
    /// More than one by the form of the title.
    several: bool,
    /// Told by an office of one word and a country: "الوزير الألماني".
    short: bool,
    /// The office of the one whose counterpart it is called.
    peer: Option<&'a str>,
    /// A man or a woman where a given name, a title or a form of address tells; else 0.
    pub gender: u8,
    /// The tokens that call it so, where its name is cut from the article.
    called: Option<(usize, usize)>,
    /// The canonical name, the name folded, and its first word folded and without article: made when first asked for, as
    /// few of an article's actors are.
    name: OnceCell<String>,
    folded: OnceCell<String>,
    head: OnceCell<Cow<'a, str>>,
}

impl<'a> Entity<'a> {
    /// Calls it as tokens of the article do.
    fn call(&mut self, first: usize, last: usize) {
        self.called = Some((first, last));
        self.forget();
    }

    /// Calls it by a name that stands nowhere in the article.
    fn rename(&mut self, name: String) {
        self.called = None;
        self.forget();
        self.name = OnceCell::from(name);
    }

    fn forget(&mut self) {
        self.name.take();
        self.folded.take();
        self.head.take();
    }

    fn add_title(&mut self, title: Title<'a>) {
        if !self.titles.contains(&title) {
            self.titles.push(title);
        }
    }
}

/// How many mentions back an actor may be of whom only a common noun speaks.
const EPITHET_REACH: usize = 30;

/// As many actors have room from the beginning: those of an ordinary article.
const ORDINARY: usize = 28;

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
    pub entities: Vec<Entity<'a>>,
    /// Persons by the words of their names.
    names: Names,
    /// Others by their number or phrase.
    by_key: FxHashMap<Key, u32>,
    /// By entity a glance at its name's last word, and one at all of them.
    tails: Vec<Glance>,
    lengths: Lengths,
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
            entities: Vec::with_capacity(ORDINARY),
            names: Names::default(),
            by_key: FxHashMap::with_capacity_and_hasher(ORDINARY, rustc_hash::FxBuildHasher),
            tails: Vec::with_capacity(ORDINARY),
            lengths: Lengths::default(),
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
        self.settle_peers(mentions);
        self.settle_countries(mentions);
        self.unite_offices(mentions);
    }

    /// The entities that a search looks through: all of an ordinary article; of an endless one the first, who are its
    /// main characters, and the last, who are near. The bound keeps the cost linear in the article's length.
    fn reachable(&self) -> impl Iterator<Item = usize> + use<> {
        let count = self.entities.len();
        (0..count.min(REACH)).chain(count.saturating_sub(REACH).max(REACH.min(count))..count)
    }

    fn create(&mut self, m: &Mention, i: usize) -> usize {
        self.entities.push(Entity {
            kind: m.kind,
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
            abroad: false,
            former: false,
            several: false,
            short: false,
            peer: None,
            gender: 0,
            called: None,
            name: OnceCell::new(),
            folded: OnceCell::new(),
            head: OnceCell::new(),
        });
        self.tails.push(Glance::default());
        self.entities.len() - 1
    }

    /// A new entity for a mention that names nobody known.
    pub fn add(&mut self, m: &Mention, i: usize) -> usize {
        let e = self.create(m, i);
        self.adopt(e, m);
        e
    }

    fn unnamed(&mut self, mentions: &mut [Mention], i: usize) {
        let m = &mentions[i];
        let entity = match m.kind {
            ActorKind::Country => self.keyed(m, i, m.place.map_or(Key::Country(m.country), Key::Place)),
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

    /// Gives a new entity what its first mention says of it.
    fn adopt(&mut self, e: usize, m: &Mention) {
        let entity = &mut self.entities[e];
        entity.call(m.first, m.last);
        entity.country = m.country;
        entity.actor = m.actor;
        entity.non_actor = m.non_actor;
    }

    /// The canonical name of an actor, cut from the article; empty where it has none.
    pub fn name_of<'e>(&self, entity: &'e Entity<'_>) -> &'e str {
        let name = || entity.called.map_or_else(String::new, |(first, last)| self.clean(first, last));
        entity.name.get_or_init(name)
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
        if person.is_none()
            && entity.kind == ActorKind::Person
            && (entity.words.is_empty() || self.name_of(entity).is_empty())
        {
            if let (Some(date), Some(office)) = (self.date, office.as_ref()) {
                if !office.code.is_empty() && !country.is_empty() {
                    person = self.surnames.in_office(&office.code, &country, date);
                }
            }
        }
        (person, country, office)
    }
}

//! What the actors of an article are found by: the words of a person's name, a number of the lexicon, a phrase.
//!
//! Words and phrases are known by their hashes, as in the table of known words.

use super::*;

/// Persons by the words of their names.
pub(super) struct Names {
    /// The last link of a word's chain, by its hash.
    last: FxHashMap<u64, u32>,
    links: Vec<Link>,
    /// Which words it may hold, and which with an article before them.
    held: Filter,
    bare: Filter,
    /// How its words end, which they do whatever stands before them.
    endings: Filter,
}

/// A person whose name has a word, and the link of the one before who bears it; the first one's is its own.
struct Link {
    entity: u32,
    before: u32,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            last: FxHashMap::with_capacity_and_hasher(2 * ORDINARY, rustc_hash::FxBuildHasher),
            links: Vec::with_capacity(2 * ORDINARY),
            held: Filter::default(),
            bare: Filter::default(),
            endings: Filter::default(),
        }
    }
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Adds a word of a person's name, however often it has it.
    pub(super) fn add(&mut self, word: &str, entity: usize, article: &str) {
        self.held.add(ends(word));
        self.endings.add(ending(word));
        if let Some(rest) = bared(word, article) {
            self.bare.add(ends(rest));
        }
        let link = self.links.len() as u32;
        let before = self.last.insert(vocabulary::hash(word), link).unwrap_or(link);
        self.links.push(Link { entity: entity as u32, before });
    }

    /// Those one of whose names' words is `word`, the latest first.
    #[inline]
    pub(super) fn bearers(&self, word: &str) -> Bearers<'_> {
        let held = self.held.may_hold(ends(word));
        let link = if held { self.last.get(&vocabulary::hash(word)).copied() } else { None };
        Bearers { links: &self.links, next: link }
    }

    /// Those who are called so but for the article, and the word as they write it: surnames are written with and without
    /// it ("القطان", "قطان").
    pub(super) fn called_otherwise<'w>(&self, word: &'w str, article: &str) -> (Bearers<'_>, Cow<'w, str>) {
        if let Some(rest) = bared(word, article) {
            let found = self.bearers(rest);
            if found.next.is_some() {
                return (found, Cow::Borrowed(rest));
            }
        }
        if self.bare.may_hold(ends(word)) {
            let full = format!("{article}{word}");
            return (self.bearers(&full), Cow::Owned(full));
        }
        (Bearers { links: &self.links, next: None }, Cow::Borrowed(word))
    }

    /// Whether a word may be one of somebody's name, whatever is attached to it.
    #[inline]
    pub(super) fn may_hold(&self, word: &str) -> bool {
        self.endings.may_hold(ending(word))
    }
}

/// The persons who share a word, the latest first.
#[derive(Clone)]
pub(super) struct Bearers<'n> {
    links: &'n [Link],
    next: Option<u32>,
}

impl Iterator for Bearers<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let at = self.next?;
        let link = &self.links[at as usize];
        self.next = (link.before != at).then_some(link.before);
        Some(link.entity as usize)
    }
}

/// What an entity is found by that the lexicon numbers, or that only a phrase tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Country(Option<u16>),
    Place(u32),
    Organisation(u32),
    /// By their hash.
    Body(u64),
    Group(u64),
    Title(u64),
    /// The holder of an office that stands alone, by its phrase and country.
    Holder(u64, Option<u16>),
}

impl Resolver<'_> {
    /// An entity found by an exact key, made when new.
    pub(super) fn keyed(&mut self, m: &Mention, i: usize, key: Key) -> usize {
        if let Some(&e) = self.by_key.get(&key) {
            return e as usize;
        }
        let e = self.add(m, i);
        self.by_key.insert(key, e as u32);
        e
    }
}

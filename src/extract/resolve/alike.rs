//! When two words of names are one: slips of the pen, a surname with and without its article; and cheap questions that
//! spare the comparison.

use super::*;

/// A bit for each of some words, shared by many: most words of an article are in no name, and this says so at once.
#[derive(Default)]
pub(super) struct Filter([u64; 16]);

impl Filter {
    pub(super) fn bit(word: &str) -> (usize, u64) {
        let hash = vocabulary::hash(word) >> 32;
        ((hash >> 6) as usize % 16, 1 << (hash % 64))
    }

    pub(super) fn add(&mut self, word: &str) {
        let (at, bit) = Self::bit(word);
        self.0[at] |= bit;
    }

    pub(super) fn may_hold(&self, word: &str) -> bool {
        let (at, bit) = Self::bit(word);
        self.0[at] & bit != 0
    }
}

/// A word without its article, where enough is left of it.
pub(super) fn bared<'w>(word: &'w str, article: &str) -> Option<&'w str> {
    let rest = word.strip_prefix(article).filter(|_| !article.is_empty())?;
    rest.chars().nth(2).map(|_| rest)
}

/// Whether two words are one but for a slip: a letter or two more, less or other in a long word.
pub(super) fn like(a: &str, b: &str) -> bool {
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

/// The bit of a first letter in [`Resolver::initials`].
pub(super) fn initial(letter: char) -> u64 {
    1 << (letter as u32 % 64)
}

/// The first letter of a word and its length in bytes.
pub(super) fn begin_and_length(word: &str) -> (char, usize) {
    (word.chars().next().unwrap_or('\0'), word.len())
}

/// Whether two words begin alike and are of about one length: a glance that spares the counting of letters. Two slips
/// of which one adds a letter change a word by seven bytes at most.
pub(super) fn may_be_like(a: (char, usize), b: (char, usize)) -> bool {
    a.0 == b.0 && a.1.abs_diff(b.1) <= 7
}

impl<'a> Resolver<'a> {
    /// Whether two words of a name are one, slips and a surname's article apart.
    pub(super) fn alike(&self, a: &str, b: &str) -> bool {
        let article = self.lexicon.spec.clitics.article.as_str();
        like(a, b) || bared(a, article) == Some(b) || bared(b, article) == Some(a)
    }

    /// Whether the name of one of those entities may end in a word that begins so and has so many bytes.
    pub(super) fn glance(&self, word: (char, usize)) -> bool {
        let (first, rest) = self.tails.split_at(self.tails.len().min(REACH));
        let last = &rest[rest.len().saturating_sub(REACH)..];
        [first, last].iter().any(|tails| tails.iter().any(|&tail| may_be_like(tail, word)))
    }
}

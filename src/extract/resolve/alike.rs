//! When two words of names are one: slips of the pen, a surname with and without its article; and cheap questions that
//! spare the comparison.

use super::*;

/// A bit for each of some words, shared by many: most words of an article are in no name, and this says so at once.
#[derive(Default)]
pub(super) struct Filter([u64; 16]);

impl Filter {
    /// Adds a word by its number.
    pub(super) fn add(&mut self, number: u64) {
        let (at, bit) = Self::bit(number);
        self.0[at] |= bit;
    }

    #[inline]
    pub(super) fn may_hold(&self, number: u64) -> bool {
        let (at, bit) = Self::bit(number);
        self.0[at] & bit != 0
    }

    #[inline]
    fn bit(number: u64) -> (usize, u64) {
        let mark = number >> 54;
        ((mark >> 6) as usize, 1 << (mark & 63))
    }
}

/// What brings all that numbers differ in up to their first bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number that a word's ends and its length tell at once: words may share it, though few do.
#[inline]
pub(super) fn ends(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (packed(bytes), 0),
    };
    (first ^ last.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(SPREAD)
}

/// A number that the last bytes of a word tell, however it begins.
#[inline]
pub(super) fn ending(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let last = bytes.last_chunk::<4>().map_or_else(|| packed(bytes), |last| u64::from(u32::from_le_bytes(*last)));
    last.wrapping_mul(SPREAD)
}

/// A few bytes as a number.
fn packed(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |few, &byte| few << 8 | u64::from(byte))
}

/// A word without its article, where enough is left of it.
pub(super) fn bared<'w>(word: &'w str, article: &str) -> Option<&'w str> {
    let rest = word.strip_prefix(article).filter(|_| !article.is_empty())?;
    rest.chars().nth(2).map(|_| rest)
}

/// What a glance at a word tells: two words whose glances differ much are not one.
#[derive(Clone, Copy, Default)]
pub(super) struct Glance {
    first: char,
    bytes: usize,
    /// A bit for each letter that it has, shared by several.
    letters: u64,
}

impl Glance {
    pub(super) fn at(word: &str) -> Self {
        let letters = word.chars().fold(0, |letters, letter| letters | bit_of(letter));
        Self { first: word.chars().next().unwrap_or('\0'), bytes: word.len(), letters }
    }

    /// Whether the words may be one: they begin alike, are of about one length, and of nearly the same letters. A slip
    /// changes two letters at most, and two slips of which one adds a letter change a word by seven bytes at most.
    #[inline]
    pub(super) fn resembles(&self, other: &Self) -> bool {
        self.first == other.first
            && self.bytes.abs_diff(other.bytes) <= 7
            && (self.letters ^ other.letters).count_ones() <= 2 * SLIPS as u32
    }
}

/// Which words may resemble one of some, told by their first letter and length alone.
pub(super) struct Lengths([u64; 64]);

impl Default for Lengths {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Lengths {
    pub(super) fn add(&mut self, word: &Glance) {
        let (shortest, longest) = (word.bytes.saturating_sub(7).min(63), (word.bytes + 7).min(63));
        // A bit for every length between the two.
        self.0[word.first as usize % 64] |= u64::MAX << shortest & u64::MAX >> (63 - longest);
    }

    /// Whether one of the words may resemble `word`.
    #[inline]
    pub(super) fn may_resemble(&self, word: &str) -> bool {
        let first = word.chars().next().unwrap_or('\0');
        self.0[first as usize % 64] >> word.len().min(63) & 1 != 0
    }
}

/// The bit of a letter, shared by several.
fn bit_of(letter: char) -> u64 {
    1 << (letter as u32 % 64)
}

/// How many slips a long word may hold.
const SLIPS: usize = 2;

/// Words of more letters than this are compared by the library, which keeps its work in memory of its own.
const LONG: usize = 24;

/// Whether two words are one but for a slip: a letter or two more, less or other in a long word.
pub(super) fn like(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // What is told without counting letters first.
    let far = a.len() < 5 || b.len() < 5 || a.chars().next() != b.chars().next() || a.len().abs_diff(b.len()) > 7;
    if far || !Glance::at(a).resembles(&Glance::at(b)) {
        return false;
    }
    let (m, n) = (a.chars().count(), b.chars().count());
    if m < 5 || n < 5 || m.abs_diff(n) > 1 {
        return false;
    }
    let budget = if m.min(n) >= 7 { SLIPS } else { 1 };
    if m.max(n) > LONG {
        return strsim::osa_distance(a, b) <= budget;
    }
    let (mut left, mut right) = (['\0'; LONG], ['\0'; LONG]);
    left.iter_mut().zip(a.chars()).for_each(|(place, letter)| *place = letter);
    right.iter_mut().zip(b.chars()).for_each(|(place, letter)| *place = letter);
    slips(&left[..m], &right[..n]) <= budget
}

/// How many letters are to be added, left out, exchanged or swapped with their neighbour to make one word of the other.
fn slips(a: &[char], b: &[char]) -> usize {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    // By how many letters of `b`, for the letters of `a` so far, for one fewer, and for two fewer.
    let mut row: [usize; LONG + 1] = std::array::from_fn(|j| j);
    let mut before = row;
    for i in 1..=a.len() {
        let earlier = std::mem::replace(&mut before, row);
        row[0] = i;
        for j in 1..=b.len() {
            let other = before[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = other.min(before[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(earlier[j - 2] + 1);
            }
        }
    }
    row[b.len()]
}

impl Resolver<'_> {
    /// Whether two words of a name are one, slips and a surname's article apart.
    pub(super) fn alike(&self, a: &str, b: &str) -> bool {
        let article = self.lexicon.spec.clitics.article.as_str();
        like(a, b) || bared(a, article) == Some(b) || bared(b, article) == Some(a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_as_the_library_counts_them() {
        let words =
            ["نتنياهو", "نتانياهو", "نيتانياهو", "zelensky", "zelenskiy", "zelesnky", "مادورو", "مدورو", "abcde"];
        for a in words {
            for b in words {
                let letters = |word: &str| word.chars().collect::<Vec<char>>();
                assert_eq!(slips(&letters(a), &letters(b)), strsim::osa_distance(a, b), "{a} and {b}");
            }
        }
    }

    #[test]
    fn what_is_like_passes_every_cheap_question() {
        let words =
            ["ظريف", "اردوغان", "اردوجان", "أوردوغان", "lavrov", "lavrow", "lukashenko", "lukashenka", "lukaschenko"];
        for a in words {
            for b in words {
                let mut lengths = Lengths::default();
                lengths.add(&Glance::at(a));
                let slow = a == b || {
                    let (m, n) = (a.chars().count(), b.chars().count());
                    let budget = if m.min(n) >= 7 { 2 } else { 1 };
                    let begin = a.chars().next() == b.chars().next();
                    begin && m >= 5 && n >= 5 && m.abs_diff(n) <= 1 && strsim::osa_distance(a, b) <= budget
                };
                assert_eq!(like(a, b), slow, "{a} and {b}");
                assert!(!slow || lengths.may_resemble(b), "{a} and {b}");
            }
        }
    }
}

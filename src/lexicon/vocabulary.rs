//! The table of known words: folded form to number.
//!
//! Only the 64-bit hash of a form is kept, so that a look-up touches one cache line and compares no strings. With a
//! million words the chance that some unknown word of a text meets one of them is below one in ten billion.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::WordId;
use super::packed::{self, Row, long, number};

/// An open-addressing table that grows by doubling.
#[derive(Default)]
pub struct Vocabulary {
    slots: Vec<(u64, WordId)>,
    used: usize,
    /// Three bits of one number per hash: most look-ups are of words that nobody listed, and this small table says so
    /// without touching the large one. Of a hundred of them it lets one or two pass.
    filter: Vec<u64>,
}

/// The hash of a folded form; never 0, which marks an empty slot.
#[inline]
pub fn hash(form: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    // The multiplication spreads what the low bits index by.
    (hasher.finish() ^ form.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1
}

impl Vocabulary {
    /// The number of `form`.
    pub fn get(&self, form: &str) -> Option<WordId> {
        self.find(hash(form))
    }

    /// Bytes that its tables take.
    pub fn memory(&self) -> usize {
        size_of_val(self.slots.as_slice()) + size_of_val(self.filter.as_slice())
    }

    fn find(&self, key: u64) -> Option<WordId> {
        if self.slots.is_empty() {
            return None;
        }
        let (place, bits) = self.filter_bits(key);
        if self.filter[place] & bits != bits {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = (key >> 32) as usize & mask;
        loop {
            let (held, id) = self.slots[at];
            if held == key {
                return Some(id);
            }
            if held == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// Keeps `id` for `form` unless the form has a number already; returns the number it has.
    pub fn insert(&mut self, form: &str, id: WordId) -> WordId {
        if self.used * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            *self = Self::with_slots((old.len() * 2).max(1 << 12));
            for (key, id) in old {
                if key != 0 {
                    self.put(key, id);
                }
            }
        }
        self.put(hash(form), id)
    }

    /// An empty table of so many slots, a power of two.
    fn with_slots(slots: usize) -> Self {
        // Four bits a slot, eight to sixteen a word.
        Self { slots: vec![(0, 0); slots], used: 0, filter: vec![0; slots / 16] }
    }

    fn filter_bits(&self, key: u64) -> (usize, u64) {
        let bit = |from: u32| 1 << (key >> from & 63);
        ((key >> 8) as usize & (self.filter.len() - 1), bit(46) | bit(52) | bit(58))
    }

    fn put(&mut self, key: u64, id: WordId) -> WordId {
        let mask = self.slots.len() - 1;
        let mut at = (key >> 32) as usize & mask;
        loop {
            let (held, other) = self.slots[at];
            if held == key {
                return other;
            }
            if held == 0 {
                let (place, bits) = self.filter_bits(key);
                self.filter[place] |= bits;
                self.slots[at] = (key, id);
                self.used += 1;
                return id;
            }
            at = (at + 1) & mask;
        }
    }
}

impl Row for (u64, WordId) {
    const BYTES: usize = 12;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes());
        out.extend_from_slice(&self.1.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Self {
        (long(bytes, 0), number(bytes, 8))
    }
}

/// Only the slots that are taken, in their order, so that they are read back into a new table from its first to its last.
impl Serialize for Vocabulary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let taken: Vec<(u64, WordId)> = self.slots.iter().copied().filter(|(key, _)| *key != 0).collect();
        packed::serialize(&taken, serializer)
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let taken: Vec<(u64, WordId)> = packed::deserialize(deserializer)?;
        let mut table = Self::with_slots((taken.len() * 2 + 1).next_power_of_two().max(1 << 12));
        for (key, id) in taken {
            table.put(key, id);
        }
        Ok(table)
    }
}

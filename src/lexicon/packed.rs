//! Tables of numbers in an image: rows of a fixed length, which are read several times as fast as numbers of any length.

use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// A row of such a table.
pub trait Row: Sized {
    const BYTES: usize;

    fn write(&self, out: &mut Vec<u8>);

    /// Reads [`Self::BYTES`] bytes.
    fn read(bytes: &[u8]) -> Self;
}

/// The number at `at`, four bytes; 0 beyond the end.
#[inline(always)]
pub fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

/// The number at `at`, eight bytes.
#[inline(always)]
pub fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from(number(bytes, at)) | u64::from(number(bytes, at + 4)) << 32
}

pub fn serialize<T: Row, S: Serializer>(rows: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(rows.len() * T::BYTES);
    for row in rows {
        row.write(&mut bytes);
    }
    serializer.serialize_bytes(&bytes)
}

pub fn deserialize<'de, T: Row, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Rows<T>(PhantomData<T>);

    impl<T: Row> Visitor<'_> for Rows<T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(formatter, "rows of {} bytes", T::BYTES)
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
            if !bytes.len().is_multiple_of(T::BYTES) {
                return Err(E::invalid_length(bytes.len(), &self));
            }
            Ok(bytes.chunks_exact(T::BYTES).map(T::read).collect())
        }
    }

    deserializer.deserialize_bytes(Rows(PhantomData))
}

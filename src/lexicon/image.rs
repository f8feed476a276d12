//! A lexicon as bytes: compiled while the program is built, and only read when it starts.

use serde::{Deserialize, Serialize};

use super::{Lexicon, vocabulary};

/// What stands before the lexicon: the hash of a word, by which words are kept. The machine that builds the program and
/// the one that runs it could hash differently.
const PROBE: &str = "safir";

#[derive(Serialize)]
struct Written<'a> {
    probe: u64,
    lexicon: &'a Lexicon,
}

#[derive(Deserialize)]
struct Read {
    probe: u64,
    lexicon: Lexicon,
}

/// The image of `lexicon`.
///
/// # Errors
/// Never for a lexicon that was compiled.
pub fn write(lexicon: &Lexicon) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(&Written { probe: vocabulary::hash(PROBE), lexicon })
}

/// The lexicon of an image; `None` if it is not one of this program and machine.
pub fn read(image: &[u8]) -> Option<Lexicon> {
    let Read { probe, mut lexicon } = postcard::from_bytes(image).ok()?;
    if probe != vocabulary::hash(PROBE) {
        return None;
    }
    lexicon.connect();
    Some(lexicon)
}

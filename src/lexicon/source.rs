//! Where language data comes from: layers of files, of which a later one extends and overrides the earlier ones.
//!
//! The lowest layer is embedded in the program; each dictionary of a user is one above it. Declarations and rule files
//! are replaced as a whole, tables row by row: a row takes away what lower layers say of its key, and a line of `-` and
//! a key takes it away and puts nothing in its place.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::load::LoadError;
use super::table::{self, Table};
use crate::text::fold::fold;

/// A file of language data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// What the file's layer is called: the folder that holds the folders of the languages.
    pub root: &'a str,
    /// The folder of its language, or [`table::WORLD`].
    pub language: &'a str,
    /// Its path inside that folder.
    pub path: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    /// The whole path, for people.
    pub fn shown(&self) -> String {
        format!("{}/{}/{}", self.root, self.language, self.path)
    }

    /// Whether anything reads a file of this name.
    pub fn is_read(&self) -> bool {
        match self.language {
            table::WORLD => self.path == "terms.tsv",
            _ => {
                self.path == "language.toml"
                    || self.path.strip_prefix("rules/").is_some_and(|name| name.ends_with(".toml"))
                    || self.path != "terms.tsv" && table::named(self.path).is_some()
            }
        }
    }
}

/// The files of all languages in one layer.
pub type Layer<'a> = Vec<Source<'a>>;

/// A user's files: a folder laid out like `lang/`, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// The folder, as the user named it.
    pub root: String,
    /// Language, path inside its folder, text; sorted.
    pub files: Vec<(String, String, String)>,
}

impl Dictionary {
    pub fn layer(&self) -> Layer<'_> {
        let source = |(language, path, text)| Source { root: &self.root, language, path, text };
        self.files
            .iter()
            .map(|(language, path, text)| source((language.as_str(), path.as_str(), text.as_str())))
            .collect()
    }
}

/// The file that stands for `path` of `language`: that of the highest layer which has it.
pub fn highest<'a>(layers: &[Layer<'a>], language: &str, path: &str) -> Option<Source<'a>> {
    layers.iter().rev().find_map(|layer| find(layer, language, path))
}

fn find<'a>(layer: &Layer<'a>, language: &str, path: &str) -> Option<Source<'a>> {
    layer.iter().find(|source| source.language == language && source.path == path).copied()
}

/// The rule files of a language, by name, each that of the highest layer which has it.
pub fn rules<'a>(layers: &[Layer<'a>], language: &str) -> Vec<Source<'a>> {
    let paths: BTreeSet<&str> = layers
        .iter()
        .flatten()
        .filter(|source| source.language == language && source.path.starts_with("rules/"))
        .map(|source| source.path)
        .collect();
    paths.into_iter().filter_map(|path| highest(layers, language, path)).collect()
}

/// The texts of one table, lowest layer first, each without what the layers above it replace or take away. Lines keep
/// their numbers.
///
/// # Errors
/// A line that takes away what is not there.
pub fn tables<'a>(
    layers: &[Layer<'a>],
    language: &str,
    path: &str,
    table: &Table,
) -> Result<Vec<(Source<'a>, Cow<'a, str>)>, LoadError> {
    let mut found: Vec<(Source<'a>, Cow<'a, str>)> = Vec::new();
    for source in layers.iter().filter_map(|layer| find(layer, language, path)) {
        if found.is_empty() && !source.text.lines().any(|line| removed(line).is_some()) {
            found.push((source, Cow::Borrowed(source.text)));
            continue;
        }
        let mut keys = BTreeSet::new();
        let mut removals = Vec::new();
        let mut text = String::with_capacity(source.text.len());
        let mut column = None;
        for (number, line) in source.text.lines().enumerate() {
            if let Some(key) = removed(line) {
                removals.push((number + 1, key));
                keys.insert(key_of(key));
                text.push_str("#\n");
                continue;
            }
            text.push_str(line);
            text.push('\n');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match column {
                None => column = Some(line.split('\t').position(|cell| cell == table.key)),
                Some(at) => {
                    let cell = at.and_then(|at| line.split('\t').nth(at)).unwrap_or_default();
                    keys.extend(values(cell).map(key_of));
                }
            }
        }
        let mut taken = BTreeSet::new();
        for (_, below) in &mut found {
            *below = Cow::Owned(without(below, table, &keys, &mut taken));
        }
        for (line, key) in removals {
            if !taken.contains(&key_of(key)) {
                let problem = format!("takes {key:?} away, which no {} has", table.name);
                return Err(LoadError { file: source.shown(), line, problem });
            }
        }
        found.push((source, Cow::Owned(text)));
    }
    Ok(found)
}

/// The key that a line takes away.
pub fn removed(line: &str) -> Option<&str> {
    line.strip_prefix('-').map(str::trim).filter(|key| !key.is_empty() && !key.contains('\t'))
}

/// The text of a table without `keys`; those that it had are added to `taken`.
fn without(text: &str, table: &Table, keys: &BTreeSet<Key>, taken: &mut BTreeSet<Key>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = None;
    for line in text.lines() {
        let mut kept = Cow::Borrowed(line);
        if !line.is_empty() && !line.starts_with('#') {
            match column {
                None => column = Some(line.split('\t').position(|cell| cell == table.key)),
                Some(None) => {}
                Some(Some(at)) => {
                    let cell = line.split('\t').nth(at).unwrap_or_default();
                    let left: Vec<&str> = values(cell)
                        .filter(|value| {
                            let key = key_of(value);
                            let goes = keys.contains(&key);
                            if goes {
                                taken.insert(key);
                            }
                            !goes
                        })
                        .collect();
                    if left.len() == values(cell).count() {
                        // Untouched.
                    } else if left.is_empty() {
                        kept = Cow::Borrowed("#");
                    } else {
                        let mut cells: Vec<&str> = line.split('\t').collect();
                        let joined = left.join("|");
                        cells[at] = &joined;
                        kept = Cow::Owned(cells.join("\t"));
                    }
                }
            }
        }
        out.push_str(&kept);
        out.push('\n');
    }
    out
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|value| !value.is_empty())
}

/// What two entries are the same by: the folded form, and whether it begins with a capital (1) or is in capitals (2),
/// because look-up tells those apart.
pub type Key = (String, u8);

/// The key of a value.
pub fn key_of(value: &str) -> Key {
    let mut letters = value.split_whitespace().next().unwrap_or("").chars().filter(|c| c.is_alphabetic());
    let case = match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { 2 } else { 1 }
        }
        _ => 0,
    };
    (fold(value), case)
}

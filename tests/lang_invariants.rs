//! What holds for the data under `lang/`, read from disk: a language is a folder, and nothing here names one.

#[path = "support/languages.rs"]
mod languages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use languages::{files, lang, languages, read, shown};
use safir::lexicon::check;
use safir::lexicon::source::Source;

/// A table: where it stands, its header, and its rows with their line numbers.
struct Table {
    path: PathBuf,
    header: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    fn read(path: PathBuf) -> Self {
        let text = read(&path);
        let cells = |line: &str| -> Vec<String> { line.split('\t').map(str::to_owned).collect() };
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let header = lines.next().map(|(_, line)| cells(line)).unwrap_or_default();
        let rows = lines.map(|(number, line)| (number + 1, cells(line))).collect();
        Self { path, header, rows }
    }

    fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|h| h == name);
        found.unwrap_or_else(|| panic!("{}: no column {name:?}", shown(&self.path)))
    }

    /// The column's cells with their line numbers.
    fn cells<'a>(&'a self, column: &str) -> impl Iterator<Item = (usize, &'a str)> {
        let index = self.column(column);
        self.rows.iter().map(move |(line, row)| (*line, row.get(index).map_or("", String::as_str)))
    }
}

/// The table of one language.
fn table(language: &str, name: &str) -> Table {
    Table::read(lang().join(language).join("lexicon").join(format!("{name}.tsv")))
}

fn none(faults: Vec<String>) {
    let some: Vec<_> = faults.iter().take(40).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), some.join("\n"));
}

/// The files that a language is made of, relative to its folder.
fn parts(language: &str) -> BTreeSet<String> {
    let folder = lang().join(language);
    files(&folder, &["toml", "tsv", "md"])
        .iter()
        .filter_map(|path| Some(path.strip_prefix(&folder).ok()?.display().to_string()))
        .collect()
}

#[test]
fn every_language_has_the_same_files() {
    let languages = languages();
    let first = parts(&languages[0]);
    for language in &languages[1..] {
        assert_eq!(first, parts(language), "lang/{} and lang/{language}", languages[0]);
    }
}

/// What is refused, and that it is refused, stands with the checks; here they look at every file. The same checks are
/// `safir lexicon check`.
#[test]
fn no_entry_is_doubled_unsorted_unknown_or_not_normalised() {
    let countries: Vec<(PathBuf, String)> = files(&lang(), &["tsv"])
        .into_iter()
        .filter(|path| path.ends_with("countries.tsv"))
        .map(|path| (path.clone(), read(&path)))
        .collect();
    let of = |text| Source { root: "lang", language: "", path: "lexicon/countries.tsv", text };
    let codes: BTreeSet<&str> = countries.iter().flat_map(|(_, text)| check::countries(&of(text))).collect();
    assert!(codes.len() > 200, "only {} countries", codes.len());
    let mut faults = Vec::new();
    let mut tables = 0;
    for path in files(&lang(), &["tsv", "toml"]) {
        let inside = path.strip_prefix(lang()).expect("below lang/").display().to_string();
        let (language, inside) = inside.split_once('/').expect("in the folder of a language");
        let text = read(&path);
        let source = Source { root: "lang", language, path: inside, text: &text };
        assert!(source.is_read(), "{}: nothing reads a file of this name", shown(&path));
        tables += usize::from(inside.ends_with(".tsv"));
        for fault in check::faults(&source, &codes) {
            faults.push(format!("{}:{}: {}", shown(&path), fault.line, fault.problem));
        }
        // Only dictionaries over ours take words away.
        for (number, _) in text.lines().enumerate().filter(|(_, line)| line.starts_with('-')) {
            faults.push(format!("{}:{}: takes away what nothing below it says", shown(&path), number + 1));
        }
    }
    assert!(tables > 10, "only {tables} tables under lang/");
    none(faults);
}

/// What stands in the code of a file besides comments and tests: every literal, with its line.
fn literals(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    for (number, line) in code.lines().enumerate() {
        let mut quote: Option<(char, String)> = None;
        let mut chars = line.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match &mut quote {
                None if line[at..].starts_with("//") => break,
                None if c == '"' => quote = Some(('"', String::new())),
                // A lifetime has no closing quotation mark.
                None if c == '\'' && line[at + 1..].chars().take(9).skip(1).any(|c| c == '\'') => {
                    quote = Some(('\'', String::new()));
                }
                None => {}
                Some((_, inner)) if c == '\\' => {
                    inner.push(c);
                    inner.extend(chars.next().map(|(_, c)| c));
                }
                Some((mark, inner)) if c == *mark => {
                    found.push((number + 1, line.to_owned(), std::mem::take(inner)));
                    quote = None;
                }
                Some((_, inner)) => inner.push(c),
            }
        }
    }
    found
}

/// Words are data: what an engine knows of a language it would know of one only.
#[test]
fn the_engine_names_no_word_of_any_language() {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    let mut seen = 0;
    for folder in ["extract", "lexicon"] {
        for path in files(&source.join(folder), &["rs"]) {
            for (line, code, literal) in literals(&read(&path)) {
                seen += 1;
                // Letters of no ASCII, and letters that a word of the text is compared with.
                let foreign = literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
                let compared = code.contains("norm(") && literal.chars().any(char::is_alphabetic);
                if foreign || compared {
                    faults.push(format!("{}:{line}: {literal:?} belongs into language.toml", shown(&path)));
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} literals were looked at");
    none(faults);
    let found = literals("if doc.norm(p) == \"كان\" { // \"no\"\n    x.ends_with('ا')\n");
    let found: Vec<&str> = found.iter().map(|(_, _, literal)| literal.as_str()).collect();
    assert_eq!(found, ["كان", "ا"], "what the test must see");
}

#[test]
fn topics_are_the_same_in_every_language() {
    let of = |language: &str| -> BTreeSet<String> {
        table(language, "topics").cells("topic").map(|(_, topic)| topic.to_owned()).collect()
    };
    let languages = languages();
    for language in &languages[1..] {
        assert_eq!(of(&languages[0]), of(language), "lang/{} and lang/{language}", languages[0]);
    }
}

#[test]
fn countries_are_the_same_in_every_language_and_have_iso_codes() {
    let of = |language: &str| -> BTreeSet<String> {
        // A union of states may stand beside them where a language has an adjective for its officials.
        let union = |iso: &str| safir::lexicon::check::UNIONS.contains(&iso);
        table(language, "countries").cells("iso").map(|(_, iso)| iso.to_owned()).filter(|iso| !union(iso)).collect()
    };
    let languages = languages();
    let first = of(&languages[0]);
    for iso in &first {
        assert!(iso.len() == 2 && iso.bytes().all(|b| b.is_ascii_uppercase()), "{iso:?} is no alpha-2 code");
    }
    for language in &languages[1..] {
        assert_eq!(first, of(language), "lang/{} and lang/{language}", languages[0]);
    }
}

#[test]
fn persons_are_the_same_in_every_language_and_in_the_terms_of_office() {
    let terms = Table::read(lang().join("world").join("terms.tsv"));
    let held: BTreeSet<String> = terms.cells("id").map(|(_, id)| id.to_owned()).collect();
    let mut faults = Vec::new();
    for language in languages() {
        let named: BTreeSet<String> = table(&language, "people").cells("id").map(|(_, id)| id.to_owned()).collect();
        faults.extend(held.difference(&named).map(|id| format!("{id} has a term of office and no name in {language}")));
        faults.extend(named.difference(&held).map(|id| format!("{id} has a name in {language} and no term of office")));
    }
    none(faults);
}

#[test]
fn organisations_are_the_same_in_every_language() {
    type Facts = BTreeMap<String, (String, String)>;
    let of = |language: &str| -> Facts {
        let table = table(language, "organisations");
        let (country, kind) = (table.column("country"), table.column("kind"));
        table.rows.iter().map(|(_, row)| (row[0].clone(), (row[country].clone(), row[kind].clone()))).collect()
    };
    let languages = languages();
    for language in &languages[1..] {
        assert_eq!(of(&languages[0]), of(language), "lang/{} and lang/{language}", languages[0]);
    }
}

//! What holds for the data under `lang/`, read from disk: a language is a folder, and nothing here names one.

#[path = "support/languages.rs"]
mod languages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use languages::{files, lang, languages, read, shown};
use safir::text::fold::fold;
use unicode_normalization::UnicodeNormalization;

/// A table: where it stands, its header, and its rows with their line numbers.
struct Table {
    path: PathBuf,
    text: String,
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
        Self { path, text, header, rows }
    }

    fn name(&self) -> &str {
        self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }

    fn at(&self, line: usize) -> String {
        format!("{}:{line}", shown(&self.path))
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

fn tables() -> Vec<Table> {
    let tables: Vec<Table> = files(&lang(), &["tsv"]).into_iter().map(Table::read).collect();
    assert!(tables.len() > 10, "only {} tables under lang/", tables.len());
    tables
}

/// The table of one language.
fn table(language: &str, name: &str) -> Table {
    Table::read(lang().join(language).join("lexicon").join(format!("{name}.tsv")))
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|value| !value.is_empty())
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

#[test]
fn every_row_has_all_columns_and_no_stray_space() {
    let mut faults = Vec::new();
    for table in tables() {
        if table.text.contains('\r') || !table.text.ends_with('\n') || table.text.contains("\n\n") {
            faults.push(format!("{}: line ends are not single LFs", shown(&table.path)));
        }
        for (line, row) in &table.rows {
            if row.len() != table.header.len() {
                faults.push(format!("{}: {} cells", table.at(*line), row.len()));
            }
            for value in row.iter().flat_map(|cell| cell.split('|')) {
                if value.trim() != value || value.contains("  ") {
                    faults.push(format!("{}: spaces in {value:?}", table.at(*line)));
                }
            }
            if row.iter().any(|cell| cell.contains("||") || cell.starts_with('|') || cell.ends_with('|')) {
                faults.push(format!("{}: an empty value in a list", table.at(*line)));
            }
        }
    }
    none(faults);
}

#[test]
fn tables_are_sorted_by_their_first_column_in_byte_order() {
    let mut faults = Vec::new();
    for table in tables() {
        for pair in table.rows.windows(2) {
            if pair[0].1[0] > pair[1].1[0] {
                faults.push(format!("{}: {:?} stands after {:?}", table.at(pair[1].0), pair[1].1[0], pair[0].1[0]));
            }
        }
    }
    none(faults);
}

/// Capitals at the start and in the whole of a word are told apart in look-up, so such twins are two entries.
fn key(value: &str) -> (String, u8) {
    let first: Vec<char> =
        value.split_whitespace().next().unwrap_or("").chars().filter(|c| c.is_alphabetic()).collect();
    let case = match first.first() {
        Some(c) if c.is_uppercase() && first.len() >= 2 && first.iter().all(|c| c.is_uppercase()) => 2,
        Some(c) if c.is_uppercase() => 1,
        _ => 0,
    };
    (fold(value), case)
}

#[test]
fn no_two_rows_of_a_table_are_the_same_after_folding() {
    let mut faults = Vec::new();
    for table in tables() {
        // A person has a row for each term of office.
        if table.name() == "terms" {
            continue;
        }
        let mut seen = BTreeMap::new();
        for (line, row) in &table.rows {
            for value in values(&row[0]) {
                // A word may be of two classes: its other columns then differ.
                let other = seen.insert((key(value), row[1..].to_vec()), *line);
                if let Some(other) = other {
                    faults.push(format!("{}: {value:?} stands in line {other} too", table.at(*line)));
                }
            }
        }
    }
    none(faults);
}

#[test]
fn no_list_in_a_cell_says_the_same_twice_after_folding() {
    let mut faults = Vec::new();
    for table in tables() {
        for (line, row) in &table.rows {
            for cell in row {
                let mut seen = BTreeSet::new();
                for value in values(cell) {
                    if !seen.insert(key(value)) {
                        faults.push(format!("{}: {value:?} is there twice", table.at(*line)));
                    }
                }
            }
        }
    }
    none(faults);
}

#[test]
fn tables_and_rules_hold_no_characters_that_only_look_alike() {
    let mut faults = Vec::new();
    for path in files(&lang(), &["tsv", "toml"]) {
        for (number, line) in read(&path).lines().enumerate() {
            let at = format!("{}:{}", shown(&path), number + 1);
            if !line.nfc().eq(line.chars()) {
                faults.push(format!("{at}: not in normalisation form C"));
            }
            for c in line.chars() {
                let what = match c {
                    '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06ED}' => {
                        "a vowel sign"
                    }
                    '\u{0640}' => "tatweel",
                    '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => "a presentation form",
                    '\u{200B}'..='\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => {
                        "an invisible control"
                    }
                    '\u{00A0}' | '\u{202F}' => "a no-break space",
                    'ی' | 'ک' | 'ہ' | 'ھ' => "a Persian or Urdu letter",
                    c if c.is_control() && c != '\t' => "a control character",
                    _ => continue,
                };
                faults.push(format!("{at}: {what}, U+{:04X}", c as u32));
            }
        }
    }
    none(faults);
}

const OFFICES: &[&str] = &[
    "",
    "ADVISER",
    "AGENCY_HEAD",
    "AMBASSADOR",
    "CENTRAL_BANK_GOVERNOR",
    "CHIEF_OF_STAFF",
    "COMMISSIONER",
    "CROWN_PRINCE",
    "DEFENCE_MINISTER",
    "DEPUTY_CROWN_PRINCE",
    "DEPUTY_HEAD_OF_GOVERNMENT",
    "DEPUTY_HEAD_OF_STATE",
    "DEPUTY_MINISTER",
    "ENVOY",
    "FINANCE_MINISTER",
    "FOREIGN_MINISTER",
    "GOVERNOR",
    "HEAD_OF_GOVERNMENT",
    "HEAD_OF_STATE",
    "INTELLIGENCE_CHIEF",
    "INTERIOR_MINISTER",
    "JUDGE",
    "LEGISLATOR",
    "MAYOR",
    "MILITARY_CHIEF",
    "MINISTER",
    "MOVEMENT_LEADER",
    "NATIONAL_SECURITY_ADVISER",
    "OFFICIAL",
    "OIL_MINISTER",
    "PARTY_LEADER",
    "RELIGIOUS_LEADER",
    "ROYAL",
    "SECRETARY_GENERAL",
    "SPEAKER_OF_PARLIAMENT",
    "SPOKESPERSON",
    "UNDERSECRETARY",
];
const ACTS: &[&str] = &["accuse", "agree", "promise", "reject", "request", "state", "support", "warn"];
const TYPES: &[&str] = &["meeting", "statement", "visit"];
const MODALITIES: &[&str] = &["negated", "occurred", "ongoing", "planned", "possible"];
const STRENGTHS: &[&str] = &["attitude", "strong", "weak"];

/// Table, column, and what may stand there.
const VOCABULARIES: &[(&str, &str, &[&str])] = &[
    ("titles", "office", OFFICES),
    ("titles", "class", &["honorific", "military", "nonactor", "official", "religious", "royal"]),
    ("terms", "office", OFFICES),
    ("groups", "kind", &["group", "person"]),
    ("groups", "actor", &["no", "yes"]),
    ("names", "kind", &["given", "part", "surname"]),
    ("common", "class", &["adj", "adv", "noun", "particle", "verb"]),
    ("speech", "act", ACTS),
    ("speech", "strength", STRENGTHS),
    ("speech_nouns", "act", ACTS),
    ("meeting", "mode", &["call", "in_person", "multilateral", "negotiation"]),
    ("meeting", "strength", STRENGTHS),
    ("visit", "kind", &["arrive", "depart", "go", "host", "return", "tour", "visit"]),
    ("visit", "strength", STRENGTHS),
    ("light_verbs", "noun_class", &["any", "meeting", "speech", "visit"]),
    ("light_verbs", "modality", &["", "negated", "occurred", "ongoing", "planned", "possible"]),
    ("modality", "modality", MODALITIES),
    ("modality", "scope", &["after", "before", "before|after"]),
    ("nulls", "type", TYPES),
    (
        "organisations",
        "kind",
        &["armed", "body", "igo", "military", "ministry", "movement", "ngo", "parliament", "party"],
    ),
    ("places", "kind", &["city", "region", "venue", "water"]),
];

#[test]
fn every_class_value_is_a_known_one() {
    let mut faults = Vec::new();
    let tables = tables();
    for (name, column, known) in VOCABULARIES {
        let mut seen = 0;
        for table in tables.iter().filter(|table| table.name() == *name) {
            for (line, value) in table.cells(column) {
                seen += 1;
                if !known.contains(&value) {
                    faults.push(format!("{}: {column} {value:?}", table.at(line)));
                }
            }
        }
        assert!(seen > 0, "no row of {name}.tsv was looked at");
    }
    none(faults);
}

#[test]
fn every_cameo_code_is_a_number_of_at_most_four_digits() {
    let mut faults = Vec::new();
    for table in tables().iter().filter(|table| table.header.iter().any(|h| h == "cameo")) {
        for (line, code) in table.cells("cameo") {
            if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
                faults.push(format!("{}: cameo {code:?}", table.at(line)));
            }
        }
    }
    none(faults);
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
        table(language, "countries").cells("iso").map(|(_, iso)| iso.to_owned()).collect()
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
fn every_country_code_is_that_of_a_country() {
    let mut known: BTreeSet<String> = BTreeSet::from(["EU".to_owned(), String::new()]);
    for language in languages() {
        known.extend(table(&language, "countries").cells("iso").map(|(_, iso)| iso.to_owned()));
    }
    let mut faults = Vec::new();
    for table in tables() {
        for column in ["iso", "country"] {
            if table.header.iter().any(|h| h == column) {
                for (line, code) in table.cells(column).filter(|(_, code)| !known.contains(*code)) {
                    faults.push(format!("{}: {column} {code:?}", table.at(line)));
                }
            }
        }
    }
    none(faults);
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

#[test]
fn terms_of_office_do_not_end_before_they_begin() {
    let terms = Table::read(lang().join("world").join("terms.tsv"));
    let (from, to) = (terms.column("from"), terms.column("to"));
    let mut faults = Vec::new();
    for (line, row) in &terms.rows {
        for date in [&row[from], &row[to]] {
            let shape = date.is_empty()
                || [4, 7, 10].contains(&date.len()) && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            if !shape {
                faults.push(format!("{}: date {date:?}", terms.at(*line)));
            }
        }
        let shared = row[from].len().min(row[to].len());
        if row[from].is_empty() || !row[to].is_empty() && row[from][..shared] > row[to][..shared] {
            faults.push(format!("{}: from {:?} to {:?}", terms.at(*line), row[from], row[to]));
        }
    }
    none(faults);
}

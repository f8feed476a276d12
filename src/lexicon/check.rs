//! What every table has to keep, ours and those of users: the loader takes more, but a table that is not sorted, says a
//! thing twice or holds a character that only looks like another is one that people will err in.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::source::{Source, key_of, removed};
use super::table;

/// A line that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub line: usize,
    pub problem: String,
}

/// Country codes that are no country's.
pub const UNIONS: &[&str] = &["", "EU"];

/// Every fault of a file, in the order of its lines. `countries` are the codes that may stand in it, beside those of
/// unions; with none of them codes are not looked at.
pub fn faults(source: &Source<'_>, countries: &BTreeSet<&str>) -> Vec<Fault> {
    let mut faults = Vec::new();
    characters(source.text, &mut faults);
    if source.path.ends_with(".tsv") {
        let mut checked = Checked { source, countries, faults };
        checked.table();
        faults = checked.faults;
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Only the faults that change what a row means: values and columns that nothing knows. The loader passes them over.
pub fn unknown(source: &Source<'_>, countries: &BTreeSet<&str>) -> Vec<Fault> {
    let Some(spec) = table::named(source.path) else { return Vec::new() };
    let mut checked = Checked { source, countries, faults: Vec::new() };
    if let Some((header, rows)) = checked.rows(spec) {
        checked.choices(spec, &header, &rows);
    }
    checked.faults
}

/// The country codes that a table of countries declares.
pub fn countries<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let mut rows = source.text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '-']));
    let at = rows.next().and_then(|header| header.split('\t').position(|cell| cell == "iso"));
    rows.filter_map(move |row| row.split('\t').nth(at?))
}

fn characters(text: &str, faults: &mut Vec<Fault>) {
    for (number, line) in text.lines().enumerate() {
        let line_number = number + 1;
        if !line.nfc().eq(line.chars()) {
            faults.push(Fault { line: line_number, problem: "not in Unicode normalisation form C".to_owned() });
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
                '\u{06CC}' | '\u{06A9}' | '\u{06C1}' | '\u{06BE}' => "a Persian or Urdu letter",
                c if c.is_control() && c != '\t' => "a control character",
                _ => continue,
            };
            faults.push(Fault { line: line_number, problem: format!("{what}, U+{:04X}", c as u32) });
        }
    }
}

/// A line's number and its cells.
type Row<'a> = (usize, Vec<&'a str>);

struct Checked<'a> {
    source: &'a Source<'a>,
    countries: &'a BTreeSet<&'a str>,
    faults: Vec<Fault>,
}

impl<'a> Checked<'a> {
    fn fault(&mut self, line: usize, problem: impl Into<String>) {
        self.faults.push(Fault { line, problem: problem.into() });
    }

    fn table(&mut self) {
        let text = self.source.text;
        if text.contains('\r') {
            self.fault(1, "lines end in CR LF, not in LF");
        }
        if !text.ends_with('\n') {
            self.fault(text.lines().count().max(1), "the last line does not end");
        }
        let Some(spec) = table::named(self.source.path) else {
            let known: Vec<&str> = table::TABLES.iter().map(|table| table.name).collect();
            return self.fault(1, format!("no table is called so; they are {}", known.join(", ")));
        };
        let Some((header, rows)) = self.rows(spec) else { return self.fault(1, "empty table") };
        self.spaces(&rows);
        self.order(&rows);
        self.doubles(spec, &header, &rows);
        self.choices(spec, &header, &rows);
    }

    /// The header, and the rows with their line numbers.
    fn rows(&mut self, spec: &table::Table) -> Option<(Vec<&'a str>, Vec<Row<'a>>)> {
        let mut header: Option<Vec<&str>> = None;
        let mut rows = Vec::new();
        for (number, line) in self.source.text.lines().enumerate() {
            let number = number + 1;
            if line.is_empty() {
                self.fault(number, "an empty line");
                continue;
            }
            if line.starts_with('#') || removed(line).is_some() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            match &header {
                None => {
                    for cell in cells.iter().filter(|cell| !spec.columns.contains(cell)) {
                        self.fault(number, format!("unknown column {cell:?}; known are {}", spec.columns.join(", ")));
                    }
                    header = Some(cells);
                }
                Some(header) if cells.len() == header.len() => rows.push((number, cells)),
                Some(header) => {
                    self.fault(number, format!("{} cells where the header has {}", cells.len(), header.len()));
                }
            }
        }
        Some((header?, rows))
    }

    fn spaces(&mut self, rows: &[Row<'_>]) {
        for (line, row) in rows {
            for cell in row {
                if cell.contains("||") || cell.starts_with('|') || cell.ends_with('|') {
                    self.fault(*line, format!("an empty value in {cell:?}"));
                }
                for value in cell.split('|').filter(|value| value.trim() != *value || value.contains("  ")) {
                    self.fault(*line, format!("spaces in {value:?}"));
                }
            }
        }
    }

    fn order(&mut self, rows: &[Row<'_>]) {
        for pair in rows.windows(2) {
            let (before, after) = (pair[0].1[0], pair[1].1[0]);
            if before > after {
                self.fault(pair[1].0, format!("{after:?} stands after {before:?}: rows are in byte order"));
            }
        }
    }

    fn doubles(&mut self, spec: &table::Table, header: &[&str], rows: &[Row<'_>]) {
        let mut seen = BTreeMap::new();
        for (line, row) in rows {
            for (name, cell) in header.iter().zip(row) {
                let mut here = BTreeSet::new();
                for value in cell.split('|').filter(|value| !value.is_empty()) {
                    if !here.insert(key_of(value)) {
                        self.fault(*line, format!("{value:?} is there twice"));
                    }
                    // A person has a row for each term of office, and a word may be of two classes: what stands beside
                    // it then differs.
                    if *name == spec.key {
                        let others: Vec<&str> =
                            header.iter().zip(row).filter(|(other, _)| *other != name).map(|(_, cell)| *cell).collect();
                        if let Some(other) = seen.insert((key_of(value), others), *line).filter(|other| other != line) {
                            self.fault(*line, format!("{value:?} stands in line {other} too"));
                        }
                    }
                }
            }
        }
    }

    fn choices(&mut self, spec: &table::Table, header: &[&str], rows: &[Row<'_>]) {
        for (line, row) in rows {
            for (name, &cell) in header.iter().zip(row) {
                if let Some((_, known)) = spec.choices.iter().find(|(column, _)| column == name) {
                    if !known.contains(&cell) {
                        let known: Vec<&str> = known.iter().copied().filter(|value| !value.is_empty()).collect();
                        self.fault(*line, format!("unknown {name} {cell:?}; known are {}", known.join(", ")));
                    }
                }
                match *name {
                    "cameo" if !(2..=4).contains(&cell.len()) || !cell.bytes().all(|b| b.is_ascii_digit()) => {
                        self.fault(*line, format!("cameo {cell:?} is no number of two to four digits"));
                    }
                    "iso" if spec.name == "countries" => {
                        if cell.len() != 2 || !cell.bytes().all(|b| b.is_ascii_uppercase()) {
                            self.fault(*line, format!("{cell:?} is no ISO 3166-1 alpha-2 code"));
                        }
                    }
                    "iso" | "country" => {
                        if !self.countries.is_empty() && !self.countries.contains(cell) && !UNIONS.contains(&cell) {
                            self.fault(*line, format!("{name} {cell:?} is the code of no country that is listed"));
                        }
                    }
                    "from" | "to" => {
                        let shape = [0, 4, 7, 10].contains(&cell.len())
                            && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                        if !shape {
                            self.fault(*line, format!("{cell:?} is no date such as 2024, 2024-08 or 2024-08-21"));
                        } else if *name == "from" && cell.is_empty() {
                            self.fault(*line, "a term has to say when it began");
                        }
                    }
                    _ => {}
                }
            }
            let cell = |name: &str| header.iter().position(|other| *other == name).map(|at| row[at]);
            if let (Some(from), Some(to)) = (cell("from"), cell("to")) {
                let shared = from.len().min(to.len());
                if from.is_char_boundary(shared) && to.is_char_boundary(shared) && from[..shared] > to[..shared] {
                    self.fault(*line, "the term ends before it begins");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(path: &str, text: &str) -> Vec<String> {
        let source = Source { root: "d", language: "xx", path, text };
        faults(&source, &BTreeSet::from(["NO"])).into_iter().map(|f| format!("{}: {}", f.line, f.problem)).collect()
    }

    #[test]
    fn a_sound_table_has_no_fault() {
        let text = "# outlets\nname\tcountry\nFjord Post|Fjordpost\tNO\nOslo Herald\tNO\n-Times\n";
        assert_eq!(problems("lexicon/media.tsv", text), Vec::<String>::new());
    }

    #[test]
    fn what_is_doubled_unsorted_unknown_or_not_normalised_is_refused_with_its_line() {
        for (path, rows, problem) in [
            ("lexicon/names.tsv", "name\tkind\nÅse\tgiven\nase\tgiven\nÅSE\tgiven\n", "stands after"),
            ("lexicon/names.tsv", "name\tkind\nAase\tgiven\nAase\tgiven\n", "3: \"Aase\" stands in line 2 too"),
            ("lexicon/names.tsv", "name\tkind\nB\tgiven\nA\tgiven\n", "3: \"A\" stands after \"B\""),
            ("lexicon/names.tsv", "name\tkind\nA\tgivn\n", "2: unknown kind \"givn\"; known are given, part, surname"),
            ("lexicon/names.tsv", "name\tsort\nA\tgiven\n", "1: unknown column \"sort\""),
            ("lexicon/names.tsv", "name\tkind\nA\u{301}\tgiven\n", "2: not in Unicode normalisation form C"),
            ("lexicon/names.tsv", "name\tkind\nA\u{200f}\tgiven\n", "2: an invisible control, U+200F"),
            ("lexicon/names.tsv", "name\tkind\nA \tgiven\n", "2: spaces in \"A \""),
            ("lexicon/names.tsv", "name\tkind\nA\n", "2: 1 cells where the header has 2"),
            ("lexicon/names.tsv", "name\tkind\nA\tgiven", "2: the last line does not end"),
            ("lexicon/nouns.tsv", "name\tkind\nA\tgiven\n", "1: no table is called so"),
            ("lexicon/places.tsv", "name\tiso\tkind\nBergen|bergen|Bergen\tNO\tcity\n", "2: \"Bergen\" is there twice"),
            ("lexicon/places.tsv", "name\tiso\tkind\nBergen\tNX\tcity\n", "2: iso \"NX\" is the code of no country"),
            ("lexicon/speech_nouns.tsv", "noun\tact\tcameo\nwoe\tstate\t1x\n", "2: cameo \"1x\""),
            ("terms.tsv", "id\toffice\tcountry\tfrom\tto\nx\tENVOY\tNO\t2024-05\t2023\n", "2: the term ends before"),
        ] {
            let found = problems(path, rows);
            assert!(found.iter().any(|line| line.contains(problem)), "{rows:?}: {found:?}");
        }
    }
}

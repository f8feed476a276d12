//! Compiles a language folder into a [`Lexicon`].

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::gender;
use super::source::{self, Layer};
use super::spec::{Inflection, Spec};
use super::table;
use super::{
    ASIDE, Country, CountryForm, Entry, Flags, Form, Head, Lexicon, Light, LightRole, Marker, Meaning, Organisation,
    Perfect, Person, PlaceEntry, Slot, Strength, Term, Title, TitleClass, Trigger, WordId, flag,
};
use crate::event::{Act, EventType, MeetingMode, Modality};
use crate::text::fold::{deep, deepens, fold_keeping};

/// A faulty line of language data.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct LoadError {
    pub file: String,
    pub line: usize,
    pub problem: String,
}

/// A table file, split into rows.
pub struct Table<'a> {
    pub file: String,
    pub header: Vec<&'a str>,
    pub rows: Vec<(usize, Vec<&'a str>)>,
}

impl<'a> Table<'a> {
    /// Splits `text` into header and rows.
    ///
    /// # Errors
    /// A row with another number of cells than the header.
    pub fn parse(file: &str, text: &'a str) -> Result<Self, LoadError> {
        let fault = |line: usize, problem: String| LoadError { file: file.to_owned(), line, problem };
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let (_, first) = lines.next().ok_or_else(|| fault(1, "empty table".to_owned()))?;
        let header: Vec<&str> = first.split('\t').collect();
        let mut rows = Vec::new();
        for (number, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != header.len() {
                return Err(fault(number + 1, format!("{} cells where the header has {}", cells.len(), header.len())));
            }
            rows.push((number + 1, cells));
        }
        Ok(Self { file: file.to_owned(), header, rows })
    }

    fn column(&self, name: &str) -> Result<usize, LoadError> {
        self.header.iter().position(|h| *h == name).ok_or_else(|| LoadError {
            file: self.file.clone(),
            line: 1,
            problem: format!("no column {name:?}"),
        })
    }

    /// A column that a table may leave out.
    fn optional(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| *h == name)
    }

    fn fault(&self, line: usize, problem: impl Into<String>) -> LoadError {
        LoadError { file: self.file.clone(), line, problem: problem.into() }
    }
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|v| !v.is_empty())
}

/// How much a table holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The table's name, `language.toml` for the function words.
    pub table: String,
    pub rows: usize,
    /// Words and phrases with all their inflected forms.
    pub forms: usize,
}

/// A row, or a key of the declaration, that gives a word or phrase its meaning.
#[derive(Clone, Debug)]
pub struct Origin {
    pub file: String,
    /// 0 where it stands in a declaration.
    pub line: usize,
    /// The form as it was made of the row.
    pub form: String,
    /// The numbers of its words.
    pub words: Vec<WordId>,
    pub meaning: Meaning,
    pub flags: Flags,
}

/// Reads the language `code` from its files in all layers, with the world's facts.
///
/// # Errors
/// The first faulty line, with its file.
pub fn load(layers: &[Layer<'_>], code: &str) -> Result<Lexicon, LoadError> {
    Ok(read(layers, code, None)?.finish())
}

/// Where the phrases come from that begin with one of `words`, numbers of the lexicon loaded from the same layers.
///
/// The lexicon itself does not keep it: it is read once more, and what is looked for is written down on the way.
///
/// # Errors
/// The first faulty line, with its file.
pub fn origins(layers: &[Layer<'_>], code: &str, words: &[WordId]) -> Result<Vec<Origin>, LoadError> {
    let watch = Watch { words: words.to_vec(), found: Vec::new() };
    Ok(read(layers, code, Some(watch))?.watch.map_or_else(Vec::new, |watch| watch.found))
}

fn read(layers: &[Layer<'_>], code: &str, watch: Option<Watch>) -> Result<Builder, LoadError> {
    let declaration = source::highest(layers, code, "language.toml").ok_or_else(|| LoadError {
        file: format!("{}/{code}/language.toml", layers.last().and_then(|l| l.first()).map_or("lang", |s| s.root)),
        line: 1,
        problem: "missing: the language is not built in and needs a declaration".to_owned(),
    })?;
    let mut spec: Spec = toml::from_str(declaration.text).map_err(|error: toml::de::Error| LoadError {
        file: declaration.shown(),
        line: error.span().map_or(1, |span| line_of(declaration.text, span.start)),
        problem: error.message().to_owned(),
    })?;
    if spec.code != code {
        let problem = format!("code is {:?}, and the folder is {code:?}", spec.code);
        return Err(LoadError { file: declaration.shown(), line: 1, problem });
    }
    fold_spec(&mut spec);
    let mut builder = Builder::new(spec);
    builder.watch = watch;
    builder.file = declaration.shown();
    builder.spec_words();
    builder.count("language.toml", 0);
    for spec in table::TABLES {
        let path = format!("lexicon/{}.tsv", spec.name);
        let mut rows = 0;
        for (source, text) in source::tables(layers, code, &path, spec)? {
            let table = Table::parse(&source.shown(), &text)?;
            builder.file.clone_from(&table.file);
            rows += table.rows.len();
            builder.table(spec.name, &table)?;
        }
        builder.count(spec.name, rows);
    }
    for (source, text) in source::tables(layers, table::WORLD, "terms.tsv", &table::TERMS)? {
        builder.terms(&Table::parse(&source.shown(), &text)?)?;
    }
    Ok(builder)
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn fold_spec(spec: &mut Spec) {
    let letters = spec.spelling.letters.clone();
    let fold = |text: &str| fold_keeping(text, &letters);
    let each = |list: &mut Vec<String>| list.iter_mut().for_each(|s| *s = fold(s));
    each(&mut spec.spelling.elided);
    let g = &mut spec.grammar;
    for list in [
        &mut g.of,
        &mut g.and,
        &mut g.between,
        &mut g.at,
        &mut g.to,
        &mut g.about,
        &mut g.from,
        &mut g.by,
        &mut g.purpose,
        &mut g.definite_article,
        &mut g.chained_endings,
        &mut g.was,
        &mut g.eve,
        &mut g.here,
        &mut g.shared,
        &mut g.posted_to,
        &mut g.held_at,
        &mut g.part_of,
        &mut g.on_behalf_of,
        &mut g.audience,
        &mut spec.time.ordinal_endings,
        &mut spec.time.eras,
        &mut spec.time.lunar_eras,
        &mut g.infinitive_prepositions,
        &mut g.no_accusative_after,
        &mut spec.time.until,
        &mut spec.clitics.conjunctions,
        &mut spec.clitics.prepositions,
        &mut spec.clitics.article_swallowed_by,
        &mut spec.clitics.with_article_only,
    ] {
        each(list);
    }
    for ending in [
        &mut g.feminine_ending,
        &mut g.feminine_past,
        &mut g.feminine_present,
        &mut g.masculine_present,
        &mut g.accusative_ending,
        &mut g.oblique_plural,
    ] {
        *ending = fold(ending);
    }
    g.dual_endings.iter_mut().for_each(|s| *s = fold(s));
    spec.words.values_mut().for_each(|list| *list = list.iter().flat_map(|entry| alternatives(entry)).collect());
    spec.words.values_mut().for_each(each);
    g.relation_ending = fold(&g.relation_ending);
    let c = &mut spec.clitics;
    c.article = fold(&c.article);
    c.article_rest = fold(&c.article_rest);
    c.future = fold(&c.future);
    for suffix in &mut c.suffixes {
        suffix.form = fold(&suffix.form);
    }
    for (a, b) in &mut c.suffix_repairs {
        *a = fold(a);
        *b = fold(b);
    }
}

/// What an entry of a word list stands for: "{without|not} saying {when|where}" for four phrases. Braces do not nest.
fn alternatives(entry: &str) -> Vec<String> {
    let Some((before, (within, after))) =
        entry.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return vec![entry.to_owned()];
    };
    let rest = alternatives(after);
    within.split('|').flat_map(|word| rest.iter().map(move |rest| format!("{before}{word}{rest}"))).collect()
}

struct Builder {
    lexicon: Lexicon,
    edges: FxHashMap<(u32, WordId), u32>,
    /// Every entry with its node, in the order of the files; put in the order of the nodes at the end.
    entries: Vec<(u32, Entry)>,
    nodes: u32,
    org_index: FxHashMap<String, u32>,
    scratch: String,
    /// The row that is being read.
    file: String,
    line: usize,
    /// Words and phrases added so far, and how many of them were there before the table that is being read.
    forms: usize,
    counted: usize,
    watch: Option<Watch>,
}

/// What [`origins`] looks for.
struct Watch {
    words: Vec<WordId>,
    found: Vec<Origin>,
}

impl Builder {
    fn new(spec: Spec) -> Self {
        let mut lexicon = Lexicon { spec, ..Lexicon::default() };
        lexicon.heads.push(Head::default());
        Self {
            lexicon,
            edges: FxHashMap::default(),
            entries: Vec::new(),
            nodes: 1,
            org_index: FxHashMap::default(),
            scratch: String::new(),
            file: String::new(),
            line: 0,
            forms: 0,
            counted: 0,
            watch: None,
        }
    }

    fn count(&mut self, table: &str, rows: usize) {
        let forms = self.forms - std::mem::replace(&mut self.counted, self.forms);
        self.lexicon.counts.push(Count { table: table.to_owned(), rows, forms });
    }

    fn word(&mut self, folded: &str) -> WordId {
        let next = self.lexicon.heads.len() as WordId;
        let id = self.lexicon.vocabulary.insert(folded, next);
        if id == next {
            self.lexicon.heads.push(Head::default());
            if deepens(folded) {
                self.scratch.clear();
                deep(folded, &mut self.scratch);
                self.lexicon.deep.insert(&self.scratch, id);
            }
        }
        id
    }

    /// Adds `phrase` (as written) with its meaning.
    fn phrase(&mut self, phrase: &str, meaning: Meaning, flags: Flags) {
        let has_case = self.lexicon.spec.grammar.has_case;
        // 1: begins with a capital; 2: all capitals, as acronyms are.
        let case = if has_case && phrase.starts_with(char::is_uppercase) {
            let first = phrase.split_whitespace().next().unwrap_or("");
            let mut letters = first.chars().filter(|c| c.is_alphabetic());
            let single = letters.clone().count() < 2;
            if !single && letters.all(char::is_uppercase) { 2 } else { 1 }
        } else {
            0
        };
        let folded = if phrase.contains(['\'', '’', '.']) {
            self.lexicon.fold(&phrase.replace("'s ", " ").replace("’s ", " ").replace('.', ""))
        } else {
            self.lexicon.fold(phrase)
        };
        let mut start = 0;
        let mut count = 0;
        let mut node = 0;
        let spelling = std::mem::take(&mut self.lexicon.spec.spelling);
        for part in spelling.words(&folded) {
            let word = self.word(part);
            let next = self.nodes;
            if count == 0 {
                start = word;
                let root = &mut self.lexicon.heads[word as usize].root;
                if *root == 0 {
                    *root = next;
                }
                node = *root;
            } else {
                node = *self.edges.entry((node, word)).or_insert(next);
            }
            if node == next {
                self.nodes += 1;
            }
            count += 1;
        }
        self.lexicon.spec.spelling = spelling;
        if count == 0 {
            return;
        }
        self.forms += 1;
        if self.watch.is_some() {
            self.notice(start, &folded, meaning, flags);
        }
        self.entries.push((node, Entry { meaning, flags, case }));
        if count == 1 {
            // A word that must stand in capitals says nothing about the same letters in lower case.
            let word_flags = if case > 0 { flags & NAME_FLAGS } else { flags };
            self.lexicon.heads[start as usize].flags |= word_flags | if case > 0 { flag::STARTS } else { 0 };
        } else {
            self.lexicon.heads[start as usize].flags |= flag::STARTS;
        }
    }

    /// Writes down where a phrase comes from, when it is one that is looked for.
    fn notice(&mut self, start: WordId, folded: &str, meaning: Meaning, flags: Flags) {
        let words =
            self.lexicon.spec.spelling.words(folded).filter_map(|part| self.lexicon.vocabulary.get(part)).collect();
        let (file, line) = (self.file.clone(), self.line);
        if let Some(watch) = self.watch.as_mut().filter(|watch| watch.words.contains(&start)) {
            watch.found.push(Origin { file, line, form: folded.to_owned(), words, meaning, flags });
        }
    }

    fn forms(&self, column: &str, base: &str) -> Vec<String> {
        match self.lexicon.spec.inflection.get(column) {
            Some(rules) => Inflection::forms(rules, base),
            None => vec![base.to_owned()],
        }
    }

    /// Inflects the first word of a phrase only: the head stands first, or, where adjectives come first, last.
    fn head_forms(&self, column: &str, phrase: &str) -> Vec<String> {
        if self.lexicon.spec.grammar.adjective_first {
            return match phrase.rsplit_once(' ') {
                Some((rest, head)) => self.forms(column, head).into_iter().map(|f| format!("{rest} {f}")).collect(),
                None => self.forms(column, phrase),
            };
        }
        match phrase.split_once(' ') {
            Some((head, rest)) => self.forms(column, head).into_iter().map(|f| format!("{f} {rest}")).collect(),
            None => self.forms(column, phrase),
        }
    }

    fn spec_words(&mut self) {
        let words = std::mem::take(&mut self.lexicon.spec.words);
        for (category, list) in &words {
            let flags = match category.as_str() {
                "that" => flag::THAT | flag::PARTICLE,
                "prepositions" => flag::PREPOSITION | flag::PARTICLE,
                "conjunctions" => flag::CONJUNCTION | flag::PARTICLE,
                "relatives" => flag::RELATIVE | flag::PARTICLE,
                "negations" => flag::NEGATION | flag::PARTICLE,
                "pronouns" | "plural_pronouns" => flag::PRONOUN | flag::PARTICLE,
                "subordinators" => flag::SUBORDINATOR | flag::PARTICLE,
                "attributions" => flag::ATTRIBUTION | flag::PARTICLE,
                "demonstratives" => flag::DEMONSTRATIVE | flag::PARTICLE,
                "both_sides" => flag::BOTH_SIDES | flag::GROUP,
                "auxiliaries" => flag::AUXILIARY | flag::VERB,
                "org_heads" => flag::ORG_HEAD | flag::NOUN,
                "led_by" => flag::LED_BY | flag::PARTICLE,
                "attended_by" => crate::lexicon::ATTENDED | flag::PARTICLE,
                "discusses" => crate::lexicon::DISCUSSED,
                "companions" => crate::lexicon::COMPANION | flag::PARTICLE,
                "aims" => crate::lexicon::AIM | flag::NOUN,
                "in_order" => crate::lexicon::IN_ORDER,
                "private_journeys" => crate::lexicon::PRIVATE,
                "determiners" => flag::DETERMINER | flag::PARTICLE,
                "be" => flag::BE | flag::AUXILIARY | flag::VERB,
                "modals" => flag::MODAL | flag::AUXILIARY | flag::VERB,
                "oblique_pronouns" => flag::OBLIQUE | flag::PARTICLE,
                "neuter_pronouns" => flag::NEUTER | flag::PARTICLE,
                "infinitive_marks" => flag::INFINITIVE | flag::PARTICLE,
                "settings" => flag::SETTING | flag::NOUN,
                "saying" => flag::SAYING | flag::PARTICLE,
                "asides" => ASIDE | flag::PARTICLE,
                "resumptives" => flag::RESUMPTIVE | flag::PARTICLE,
                "capital_words" => flag::NOUN,
                "venues" => flag::VENUE | flag::NOUN,
                "invitations" => flag::INVITED | flag::PARTICLE,
                "covers" => flag::COVERS | flag::PARTICLE,
                "home" => flag::HOME | flag::NOUN,
                "world" => flag::WORLD,
                "epithets" => flag::NOUN,
                "affairs" => flag::AFFAIRS | flag::NOUN,
                "private_heads" => flag::NON_ACTOR | flag::NOUN,
                "media_heads" => flag::MEDIA | flag::NOUN | flag::STARTS,
                "adverbs" => flag::ADVERB,
                "feminine" | "masculine" => {
                    let gender = if category == "feminine" { gender::FEMALE } else { gender::MALE };
                    self.lexicon.genders.extend(
                        list.iter().map(|word| (fold_keeping(word, &self.lexicon.spec.spelling.letters), gender)),
                    );
                    continue;
                }
                "positions" | "sport" => flag::NOUN,
                "own_voice" | "own_possession" | "captions" | "endings" | "joint" | "addressing" | "manners"
                | "comments" | "charged" | "group_numbers" | "interview_links" | "indefinites" | "disclosures"
                | "quantities" | "parts" => continue,
                "matters" => flag::MATTER | flag::NOUN,
                "outsiders" => flag::ADJECTIVE,
                "proclitics" => flag::PROCLITIC | flag::PARTICLE,
                "reflexives" => flag::REFLEXIVE | flag::PROCLITIC | flag::PARTICLE,
                _ => flag::PARTICLE,
            };
            for word in list {
                let meaning = match category.as_str() {
                    "both_sides" => Meaning::Group { actor: true, person: false, plural: false },
                    "pronouns" => Meaning::Pronoun { plural: false },
                    "plural_pronouns" => Meaning::Pronoun { plural: true },
                    "media_heads" => Meaning::Media,
                    "sport" => {
                        for form in self.head_forms("noun", word) {
                            self.phrase(&form, Meaning::Sport, flags);
                        }
                        continue;
                    }
                    _ => Meaning::Word,
                };
                self.phrase(word, meaning, flags);
                if category == "world" {
                    for form in self.forms("adjective", word).into_iter().skip(1) {
                        self.phrase(&form, meaning, flags);
                    }
                }
                // وكان is "and he was" before it is whatever else those letters may be (وكأن).
                if matches!(category.as_str(), "auxiliaries" | "negations") {
                    let conjunctions = self.lexicon.spec.clitics.conjunctions.clone();
                    for conjunction in conjunctions {
                        self.phrase(&format!("{conjunction}{word}"), meaning, flags);
                    }
                }
                // أنه, إنها: the complementizer with a pronoun is a complementizer, whatever lists hold those letters too.
                if category == "that" {
                    let suffixes: Vec<String> =
                        self.lexicon.spec.clitics.suffixes.iter().map(|s| s.form.clone()).collect();
                    for suffix in suffixes {
                        self.phrase(&format!("{word}{suffix}"), meaning, flags);
                    }
                }
            }
        }
        self.lexicon.spec.words = words;
        let time = std::mem::take(&mut self.lexicon.spec.time);
        for (i, names) in time.months.iter().enumerate() {
            for name in names {
                self.phrase(name, Meaning::Month(i as u8 + 1), flag::MONTH | flag::NOUN);
            }
        }
        // Most of these are names and common words as well: they are months only beside a day, a year or a direction.
        for (i, names) in time.lunar_months.iter().enumerate() {
            for name in names {
                self.phrase(name, Meaning::LunarMonth(i as u8 + 1), 0);
            }
        }
        for (i, names) in time.weekdays.iter().enumerate() {
            for name in names {
                self.phrase(name, Meaning::Weekday(i as u8 + 1), flag::WEEKDAY);
            }
        }
        for word in &time.words {
            let index = self.lexicon.times.len() as u16;
            // An ordinal is part of a date only beside a month; by itself it may be part of a king's name.
            // So is what makes a number inexact, which can be a preposition.
            let about = word.role.as_deref() == Some("about");
            let flags = if word.ordinal.is_some() || about { 0 } else { flag::TIME_WORD };
            for form in &word.forms {
                self.phrase(form, Meaning::Time { time: index }, flags);
            }
            self.lexicon.times.push(word.clone());
        }
        self.lexicon.spec.time = time;
    }

    fn country(&mut self, iso: &str) -> u16 {
        if let Some(&index) = self.lexicon.country_index.get(iso) {
            return index;
        }
        let index = self.lexicon.countries.len() as u16;
        self.lexicon.countries.push(Country { iso: iso.to_owned(), name: String::new() });
        self.lexicon.country_index.insert(iso.to_owned(), index);
        index
    }

    fn table(&mut self, name: &str, table: &Table) -> Result<(), LoadError> {
        match name {
            "countries" => self.countries(table),
            "places" => self.places(table),
            "organisations" => self.organisations(table),
            "media" => self.simple(table, "name", |_| (Meaning::Media, flag::MEDIA)),
            "people" => self.people(table),
            "titles" => self.titles(table),
            "groups" => self.groups(table),
            "names" => self.names(table),
            "common" => self.common(table),
            "speech" => self.triggers(table, EventType::Statement),
            "meeting" => self.triggers(table, EventType::Meeting),
            "visit" => self.triggers(table, EventType::Visit),
            "speech_nouns" => self.speech_nouns(table),
            "light_verbs" => self.light_verbs(table),
            "modality" => self.modality(table),
            "nulls" => self.nulls(table),
            "topics" => self.topics(table),
            _ => Ok(()),
        }
    }

    fn simple(
        &mut self,
        table: &Table,
        column: &str,
        meaning: impl Fn(&[&str]) -> (Meaning, Flags),
    ) -> Result<(), LoadError> {
        let at = table.column(column)?;
        for (line, row) in &table.rows {
            self.line = *line;
            let (meaning, flags) = meaning(row);
            for value in values(row[at]) {
                self.phrase(value, meaning, flags);
            }
        }
        Ok(())
    }

    fn countries(&mut self, table: &Table) -> Result<(), LoadError> {
        let [iso, names, demonyms, peoples, capital, metonyms] =
            ["iso", "names", "demonyms", "peoples", "capital", "metonyms"].map(|c| table.column(c));
        let (iso, names, demonyms, peoples, capital, metonyms) =
            (iso?, names?, demonyms?, peoples?, capital?, metonyms?);
        for (line, row) in &table.rows {
            self.line = *line;
            if row[iso].len() != 2 {
                return Err(table.fault(*line, format!("{:?} is no ISO 3166-1 alpha-2 code", row[iso])));
            }
            let country = self.country(row[iso]);
            if let Some(first) = values(row[names]).next() {
                self.lexicon.countries[country as usize].name = first.to_owned();
            }
            for name in values(row[names]) {
                self.phrase(name, Meaning::Country { country, form: CountryForm::Name }, flag::COUNTRY);
            }
            for name in values(row[capital]) {
                let meaning = Meaning::Country { country, form: CountryForm::Capital };
                self.phrase(name, meaning, flag::COUNTRY | flag::PLACE | flag::CAPITAL_CITY);
            }
            self.capitals(country, row[demonyms], row[capital]);
            for name in values(row[metonyms]) {
                self.phrase(name, Meaning::Country { country, form: CountryForm::Seat }, flag::COUNTRY);
            }
            for name in values(row[demonyms]) {
                for form in self.forms("demonym", name) {
                    self.phrase(&form, Meaning::Demonym { country, people: false }, flag::DEMONYM);
                }
                // A plural is a noun for the inhabitants as well.
                for form in self.forms("demonym_people", name).into_iter().skip(1) {
                    self.phrase(&form, Meaning::Demonym { country, people: true }, flag::DEMONYM);
                }
            }
            for name in values(row[peoples]) {
                self.phrase(name, Meaning::Demonym { country, people: true }, flag::DEMONYM);
            }
        }
        Ok(())
    }

    fn places(&mut self, table: &Table) -> Result<(), LoadError> {
        let (name, iso) = (table.column("name")?, table.column("iso")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let place = self.lexicon.places.len() as u32;
            let first = values(row[name]).next().unwrap_or_default();
            self.lexicon.places.push(PlaceEntry { name: first.to_owned(), iso: row[iso].to_owned() });
            for value in values(row[name]) {
                self.phrase(value, Meaning::Place { place }, flag::PLACE);
            }
        }
        Ok(())
    }

    fn organisations(&mut self, table: &Table) -> Result<(), LoadError> {
        let (id, names) = (table.column("id")?, table.column("names")?);
        let (country, kind) = (table.column("country")?, table.column("kind")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let organisation = self.lexicon.organisations.len() as u32;
            self.org_index.insert(row[id].to_owned(), organisation);
            // A union of states has bodies and officials as a country does.
            if !row[country].is_empty() {
                self.country(row[country]);
            }
            self.lexicon.organisations.push(Organisation {
                id: row[id].to_owned(),
                name: values(row[names]).next().unwrap_or_default().to_owned(),
                country: row[country].to_owned(),
                kind: row[kind].to_owned(),
            });
            for value in values(row[names]) {
                self.phrase(value, Meaning::Organisation { organisation }, flag::ORG);
            }
        }
        Ok(())
    }

    fn people(&mut self, table: &Table) -> Result<(), LoadError> {
        let (id, names) = (table.column("id")?, table.column("names")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let person = self.lexicon.people.len() as u32;
            let name = values(row[names]).next().unwrap_or_default().to_owned();
            self.lexicon.people.push(Person { id: row[id].to_owned(), name });
            for value in values(row[names]) {
                self.phrase(value, Meaning::Person { person }, flag::PERSON);
                // The words of known people's names are known names, so that unknown relatives read well too.
                let words: Vec<&str> = value.split_whitespace().collect();
                if words.len() >= 2 {
                    for (i, word) in words.iter().enumerate() {
                        let flags = if i == 0 { flag::GIVEN } else { flag::SURNAME };
                        // "رئيس", "الملك": a title that a known person is called by makes no name of it for others.
                        let id = self.lexicon.vocabulary.get(&self.lexicon.fold(word));
                        let title = !self.lexicon.spec.grammar.has_case
                            && id.is_some_and(|id| {
                                self.lexicon.heads[id as usize].flags & (flag::TITLE | flag::HONORIFIC) != 0
                            });
                        if word.chars().count() > 2 && !title {
                            self.name_word(word, flags);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn terms(&mut self, table: &Table) -> Result<(), LoadError> {
        let [id, office, country, from, to] = ["id", "office", "country", "from", "to"].map(|c| table.column(c));
        let (id, office, country, from, to) = (id?, office?, country?, from?, to?);
        for (line, row) in &table.rows {
            self.line = *line;
            let from = first_or_last(row[from], false)
                .ok_or_else(|| table.fault(*line, format!("bad date {:?}", row[from])))?;
            let to =
                first_or_last(row[to], true).ok_or_else(|| table.fault(*line, format!("bad date {:?}", row[to])))?;
            if from > to {
                return Err(table.fault(*line, "the term ends before it begins"));
            }
            self.lexicon.terms.entry(row[id].to_owned()).or_default().push(Term {
                office: row[office].to_owned(),
                country: row[country].to_owned(),
                from,
                to,
            });
        }
        Ok(())
    }

    fn titles(&mut self, table: &Table) -> Result<(), LoadError> {
        let (title, office, class) = (table.column("title")?, table.column("office")?, table.column("class")?);
        let country = table.optional("country");
        let article = self.lexicon.spec.clitics.article.clone();
        for (line, row) in &table.rows {
            self.line = *line;
            let class = match row[class] {
                "official" => TitleClass::Official,
                "military" => TitleClass::Military,
                "religious" => TitleClass::Religious,
                "royal" => TitleClass::Royal,
                "honorific" => TitleClass::Honorific,
                "nonactor" => TitleClass::NonActor,
                other => return Err(table.fault(*line, format!("unknown class {other:?}"))),
            };
            let index = self.lexicon.titles.len() as u32;
            let country = country.map(|c| row[c]).filter(|iso| !iso.is_empty()).map(|iso| self.country(iso));
            self.lexicon.titles.push(Title {
                title: row[title].to_owned(),
                office: row[office].to_owned(),
                class,
                country,
            });
            let flags = match class {
                TitleClass::Honorific => flag::HONORIFIC,
                TitleClass::NonActor => flag::TITLE | flag::NON_ACTOR,
                _ => flag::TITLE,
            };
            for value in values(row[title]) {
                self.phrase(value, Meaning::Title { title: index, plural: false }, flags);
                for form in self.head_forms("title", value).into_iter().skip(1) {
                    self.phrase(&form, Meaning::Title { title: index, plural: false }, flags);
                }
                for form in self.head_forms("title_plural", value).into_iter().skip(1) {
                    // بكين is Beijing and not several beys.
                    if self.names_country(&form) {
                        continue;
                    }
                    self.phrase(&form, Meaning::Title { title: index, plural: true }, flags);
                }
                // "أمين عام" is definite as "الأمين العام": every word takes the article.
                if !article.is_empty()
                    && value.contains(' ')
                    && !value.split(' ').any(|w| self.lexicon.fold(w).starts_with(&article))
                {
                    let definite: Vec<String> =
                        value.split(' ').map(|w| format!("{article}{}", self.lexicon.fold(w))).collect();
                    self.phrase(&definite.join(" "), Meaning::Title { title: index, plural: false }, flags);
                }
            }
        }
        Ok(())
    }

    /// "العاصمة التركية", "العاصمة أنقرة", "العاصمة التركية أنقرة": the capital by what it is.
    fn capitals(&mut self, country: u16, demonyms: &str, capitals: &str) {
        let Some(words) = self.lexicon.spec.words.get("capital_words").cloned() else { return };
        let article = self.lexicon.spec.clitics.article.clone();
        let meaning = Meaning::Country { country, form: CountryForm::Capital };
        let flags = flag::COUNTRY | flag::PLACE | flag::CAPITAL_CITY;
        for word in &words {
            // Every adjective agrees with the word, which is feminine: the second of its forms.
            let adjectives: Vec<String> =
                values(demonyms).filter_map(|name| self.forms("demonym", name).get(1).cloned()).collect();
            for adjective in &adjectives {
                self.phrase(&format!("{word} {article}{adjective}"), meaning, flags);
            }
            for capital in values(capitals) {
                self.phrase(&format!("{word} {capital}"), meaning, flags);
                for adjective in &adjectives {
                    self.phrase(&format!("{word} {article}{adjective} {capital}"), meaning, flags);
                }
            }
        }
    }

    /// Whether the word is a country or capital by itself.
    fn names_country(&self, form: &str) -> bool {
        self.lexicon
            .vocabulary
            .get(&self.lexicon.fold(form))
            .is_some_and(|id| self.lexicon.heads[id as usize].flags & flag::COUNTRY != 0)
    }

    fn groups(&mut self, table: &Table) -> Result<(), LoadError> {
        let (word, kind, actor) = (table.column("word")?, table.column("kind")?, table.column("actor")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let actor = row[actor] == "yes";
            let plural = row[kind] == "persons";
            let person = plural || row[kind] == "person";
            let flags = flag::GROUP | if actor { 0 } else { flag::NON_ACTOR };
            for value in values(row[word]) {
                self.phrase(value, Meaning::Group { actor, person, plural }, flags);
            }
        }
        Ok(())
    }

    fn names(&mut self, table: &Table) -> Result<(), LoadError> {
        let (name, kind) = (table.column("name")?, table.column("kind")?);
        let gender = table.optional("gender");
        for (line, row) in &table.rows {
            self.line = *line;
            let gender = match gender.map_or("", |g| row[g]) {
                "f" => gender::FEMALE,
                "m" => gender::MALE,
                "" => 0,
                other => return Err(table.fault(*line, format!("unknown gender {other:?}"))),
            };
            let flags = match row[kind] {
                "given" => flag::GIVEN,
                "surname" => flag::SURNAME,
                "part" => flag::NAME_PART,
                other => return Err(table.fault(*line, format!("unknown kind {other:?}"))),
            };
            for value in values(row[name]) {
                self.name_word(value, flags);
                if gender != 0 {
                    {
                        let folded = self.lexicon.fold(value);
                        self.lexicon.genders.insert(folded, gender);
                    }
                }
            }
        }
        Ok(())
    }

    /// A word of names, unless it is spelt like a word of the grammar: that reading is always likelier.
    fn name_word(&mut self, word: &str, flags: Flags) {
        let folded = self.lexicon.fold(word);
        let grammar = self.lexicon.vocabulary.get(&folded).is_some_and(|id| {
            self.lexicon.heads[id as usize].flags & (flag::PARTICLE | flag::ADVERB | flag::AUXILIARY) != 0
        });
        if !grammar || self.lexicon.spec.grammar.has_case {
            self.phrase(word, Meaning::Word, flags);
        }
    }

    fn common(&mut self, table: &Table) -> Result<(), LoadError> {
        let (word, class) = (table.column("word")?, table.column("class")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let (flags, column) = match row[class] {
                "noun" => (flag::NOUN, "noun"),
                "adj" => (flag::ADJECTIVE, "adjective"),
                "verb" => (flag::VERB, "verb"),
                "adv" => (flag::ADVERB, ""),
                "particle" => (flag::PARTICLE, ""),
                other => return Err(table.fault(*line, format!("unknown class {other:?}"))),
            };
            for value in values(row[word]) {
                if value.contains(' ') {
                    self.phrase(value, Meaning::Word, flags);
                    continue;
                }
                for form in self.forms(column, value) {
                    self.phrase(&form, Meaning::Word, flags);
                }
            }
        }
        Ok(())
    }

    fn triggers(&mut self, table: &Table, kind: EventType) -> Result<(), LoadError> {
        let [lemma, past, present, participle, nouns, frame, strength, cameo] =
            ["lemma", "past", "present", "participle", "nouns", "frame", "strength", "cameo"].map(|c| table.column(c));
        let (lemma, past, present, participle) = (lemma?, past?, present?, participle?);
        let (nouns, frame, strength, cameo) = (nouns?, frame?, strength?, cameo?);
        // Columns that only some languages have.
        let [perfect, future, conditional] = ["perfect", "future", "conditional"].map(|c| table.column(c).ok());
        let act_at = if kind == EventType::Statement { Some(table.column("act")?) } else { None };
        let manner_at = match kind {
            EventType::Meeting => Some(table.column("mode")?),
            EventType::Visit => Some(table.column("kind")?),
            EventType::Statement => None,
        };
        let flags = match kind {
            EventType::Statement => flag::SPEECH,
            EventType::Meeting => flag::MEETING,
            EventType::Visit => flag::VISIT,
        };
        for (line, row) in &table.rows {
            self.line = *line;
            let trigger = self.lexicon.triggers.len() as u32;
            let strength = match row[strength] {
                "strong" => Strength::Strong,
                "weak" => Strength::Weak,
                "attitude" => Strength::Attitude,
                other => return Err(table.fault(*line, format!("unknown strength {other:?}"))),
            };
            let manner = manner_at.map_or("", |at| row[at]);
            self.lexicon.triggers.push(Trigger {
                lemma: row[lemma].to_owned(),
                kind,
                act: match act_at {
                    Some(at) => act(row[at]).ok_or_else(|| table.fault(*line, format!("unknown act {:?}", row[at])))?,
                    None => Act::State,
                },
                mode: match manner {
                    "call" => MeetingMode::Call,
                    "multilateral" => MeetingMode::Multilateral,
                    "negotiation" => MeetingMode::Negotiation,
                    _ => MeetingMode::InPerson,
                },
                manner: manner.to_owned(),
                slots: slots(row[frame], &self.lexicon.spec.spelling.letters)
                    .map_err(|problem| table.fault(*line, problem))?,
                strength,
                cameo: row[cameo]
                    .parse()
                    .map_err(|_| table.fault(*line, format!("bad CAMEO code {:?}", row[cameo])))?,
                perfect: match perfect.map_or("", |at| row[at]) {
                    "" => Perfect::Ordinary,
                    "be" => Perfect::Be,
                    "reflexive" => Perfect::Reflexive,
                    other => return Err(table.fault(*line, format!("unknown perfect {other:?}"))),
                },
            });
            for (column, at, form) in [
                ("past", Some(past), Form::Past),
                ("present", Some(present), Form::Present),
                ("future", future, Form::Present),
                ("conditional", conditional, Form::Present),
                ("participle", Some(participle), Form::Participle),
                ("noun", Some(nouns), Form::Noun),
            ] {
                let tense = tense_flag(column);
                for value in at.into_iter().flat_map(|at| values(row[at])) {
                    let forms = if form == Form::Noun {
                        self.forms_first(column, value)
                    } else {
                        self.verb_forms(column, value)
                    };
                    for made in forms {
                        let extra = if form == Form::Noun { flag::NOUN } else { flag::VERB };
                        self.phrase(&made, Meaning::Trigger { trigger, form }, flags | extra | tense);
                    }
                }
            }
        }
        Ok(())
    }

    /// A verb inflects in its first word.
    fn verb_forms(&self, column: &str, phrase: &str) -> Vec<String> {
        match phrase.split_once(' ') {
            Some((head, rest)) => self.forms(column, head).into_iter().map(|f| format!("{f} {rest}")).collect(),
            None => self.forms(column, phrase),
        }
    }

    fn forms_first(&self, column: &str, phrase: &str) -> Vec<String> {
        if self.lexicon.spec.grammar.adjective_first {
            return self.head_forms(column, phrase);
        }
        let mut forms = self.verb_forms(column, phrase);
        // "جلسة محادثات" is definite as "جلسة المحادثات", "اتصال هاتفي" as "الاتصال الهاتفي".
        let article = &self.lexicon.spec.clitics.article;
        if !article.is_empty() && phrase.contains(' ') {
            let words: Vec<String> = phrase.split(' ').map(|w| self.lexicon.fold(w)).collect();
            if !words.iter().any(|w| w.starts_with(article.as_str())) {
                let all: Vec<String> = words.iter().map(|w| format!("{article}{w}")).collect();
                forms.push(all.join(" "));
                let last: Vec<String> = words
                    .iter()
                    .enumerate()
                    .map(|(i, w)| if i == 0 { w.clone() } else { format!("{article}{w}") })
                    .collect();
                forms.push(last.join(" "));
                // As an object a noun and its adjective both take the accusative: "اتصالا هاتفيا".
                let ending = &self.lexicon.spec.grammar.accusative_ending;
                let bare = &self.lexicon.spec.grammar.no_accusative_after;
                if !ending.is_empty() && words.len() == 2 {
                    let bears =
                        |w: &str| !bare.iter().any(|e| w.ends_with(e.as_str())) && !w.ends_with(ending.as_str());
                    let object: Vec<String> =
                        words.iter().map(|w| if bears(w) { format!("{w}{ending}") } else { w.clone() }).collect();
                    forms.push(object.join(" "));
                }
            }
        }
        forms
    }

    fn speech_nouns(&mut self, table: &Table) -> Result<(), LoadError> {
        let (noun, act_at, cameo) = (table.column("noun")?, table.column("act")?, table.column("cameo")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let act = act(row[act_at]).ok_or_else(|| table.fault(*line, format!("unknown act {:?}", row[act_at])))?;
            let cameo: u16 =
                row[cameo].parse().map_err(|_| table.fault(*line, format!("bad CAMEO code {:?}", row[cameo])))?;
            for value in values(row[noun]) {
                for form in self.forms("noun", value) {
                    self.phrase(&form, Meaning::SpeechNoun { act, cameo }, flag::SPEECH_NOUN | flag::NOUN);
                }
            }
        }
        Ok(())
    }

    fn light_verbs(&mut self, table: &Table) -> Result<(), LoadError> {
        let [past, present, participle, prep, class, modality_column] =
            ["past", "present", "participle", "prep", "noun_class", "modality"].map(|c| table.column(c));
        let (past, present, participle) = (past?, present?, participle?);
        let (prep, class, modality_at) = (prep?, class?, modality_column?);
        let [future, conditional] = ["future", "conditional"].map(|c| table.column(c).ok());
        let role_at = table.header.iter().position(|h| *h == "role");
        for (line, row) in &table.rows {
            self.line = *line;
            let light = self.lexicon.lights.len() as u32;
            self.lexicon.lights.push(Light {
                preposition: if row[prep] == "-" { String::new() } else { self.lexicon.fold(row[prep]) },
                kind: match row[class] {
                    "speech" => Some(EventType::Statement),
                    "meeting" => Some(EventType::Meeting),
                    "visit" => Some(EventType::Visit),
                    _ => None,
                },
                modality: match row[modality_at] {
                    "" => None,
                    name => Some(
                        modality_named(name).ok_or_else(|| table.fault(*line, format!("unknown modality {name:?}")))?,
                    ),
                },
                role: match role_at.map_or("", |at| row[at]) {
                    "" => LightRole::Subject,
                    "object" => LightRole::Object,
                    "place" => LightRole::Place,
                    "event" => LightRole::Event,
                    "attend" => LightRole::Attend,
                    other => return Err(table.fault(*line, format!("unknown role {other:?}"))),
                },
            });
            for (column, at, form) in [
                ("past", Some(past), Form::Past),
                ("present", Some(present), Form::Present),
                ("future", future, Form::Present),
                ("conditional", conditional, Form::Present),
                ("participle", Some(participle), Form::Participle),
            ] {
                let tense = tense_flag(column);
                for value in at.into_iter().flat_map(|at| values(row[at])) {
                    for made in self.verb_forms(column, value) {
                        self.phrase(&made, Meaning::Light { light, form }, flag::LIGHT | flag::VERB | tense);
                    }
                }
            }
        }
        Ok(())
    }

    fn modality(&mut self, table: &Table) -> Result<(), LoadError> {
        let (phrase, value, scope) = (table.column("phrase")?, table.column("modality")?, table.column("scope")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let modality = modality_named(row[value])
                .ok_or_else(|| table.fault(*line, format!("unknown modality {:?}", row[value])))?;
            for form in values(row[phrase]) {
                for scope in values(row[scope]) {
                    let meaning = Meaning::Modality { modality, after: scope == "after" };
                    self.phrase(form, meaning, flag::MODALITY | flag::PARTICLE);
                }
            }
        }
        Ok(())
    }

    fn nulls(&mut self, table: &Table) -> Result<(), LoadError> {
        let (phrase, kind) = (table.column("phrase")?, table.column("type")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let kind = match row[kind] {
                "meeting" => EventType::Meeting,
                "visit" => EventType::Visit,
                "statement" => EventType::Statement,
                other => return Err(table.fault(*line, format!("unknown type {other:?}"))),
            };
            for form in values(row[phrase]) {
                self.phrase(form, Meaning::Null { kind }, flag::NULL);
            }
        }
        Ok(())
    }

    fn topics(&mut self, table: &Table) -> Result<(), LoadError> {
        let (word, topic) = (table.column("word")?, table.column("topic")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let index = match self.lexicon.topics.iter().position(|t| t == row[topic]) {
                Some(index) => index,
                None => {
                    self.lexicon.topics.push(row[topic].to_owned());
                    self.lexicon.topics.len() - 1
                }
            };
            for form in values(row[word]) {
                let forms = if form.contains(' ') { vec![form.to_owned()] } else { self.forms("adjective", form) };
                for made in forms {
                    self.phrase(&made, Meaning::Topic { topic: index as u16 }, flag::TOPIC);
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Lexicon {
        // The sort is stable: within a node the order of the files stays.
        self.entries.sort_by_key(|(node, _)| *node);
        let mut sorted = self.entries.into_iter().peekable();
        let mut own: Vec<Entry> = Vec::new();
        // Most words mean no more than a thousand others do (a noun, a surname): nodes with the same entries share them.
        let mut lists: FxHashMap<Vec<Entry>, (u32, u32)> = FxHashMap::default();
        for node in 0..self.nodes {
            own.clear();
            while let Some((_, entry)) = sorted.next_if(|(owner, _)| *owner == node) {
                if !own.contains(&entry) {
                    own.push(entry);
                }
            }
            let (first, last) = lists.get(&own).copied().unwrap_or_else(|| {
                let first = self.lexicon.entries.len() as u32;
                self.lexicon.entries.extend_from_slice(&own);
                let range = (first, self.lexicon.entries.len() as u32);
                lists.insert(own.clone(), range);
                range
            });
            self.lexicon.nodes.push(super::Node { first, last, ..super::Node::default() });
        }
        let mut edges: Vec<_> = self.edges.into_iter().collect();
        edges.sort_unstable();
        for ((from, word), node) in edges {
            let here = self.lexicon.edges.len() as u32;
            let range = &mut self.lexicon.nodes[from as usize].edges;
            *range = (if range.1 == 0 { here } else { range.0 }, here + 1);
            self.lexicon.edges.push(super::Edge { word, node });
        }
        self.lexicon.connect();
        self.lexicon
    }
}

/// Categories that hold for a capitalised word by itself.
const NAME_FLAGS: Flags = flag::COUNTRY
    | flag::DEMONYM
    | flag::PLACE
    | flag::ORG
    | flag::MEDIA
    | flag::PERSON
    | flag::GIVEN
    | flag::SURNAME
    | flag::MONTH
    | flag::WEEKDAY
    | flag::TITLE
    | flag::HONORIFIC;

/// What a column of verb forms says of their tense, beyond the form itself.
fn tense_flag(column: &str) -> Flags {
    match column {
        "future" => flag::FUTURE_FORM,
        "conditional" => flag::CONDITIONAL,
        _ => 0,
    }
}

fn act(name: &str) -> Option<Act> {
    Some(match name {
        "state" => Act::State,
        "support" => Act::Support,
        "request" => Act::Request,
        "promise" => Act::Promise,
        "accuse" => Act::Accuse,
        "reject" => Act::Reject,
        "warn" => Act::Warn,
        "agree" => Act::Agree,
        _ => return None,
    })
}

fn modality_named(name: &str) -> Option<Modality> {
    Some(match name {
        "occurred" => Modality::Occurred,
        "ongoing" => Modality::Ongoing,
        "planned" => Modality::Planned,
        "possible" => Modality::Possible,
        "negated" => Modality::Negated,
        _ => return None,
    })
}

fn slots(frame: &str, letters: &str) -> Result<Vec<Slot>, String> {
    frame
        .split(';')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (marker, parts) = part.split_once('=').ok_or_else(|| format!("slot {part:?} has no ="))?;
            let mut slot = Slot {
                marker: marker_of(marker, letters),
                content: false,
                actor: false,
                speaker: false,
                required: false,
                place: false,
                origin: false,
                topic: false,
                personal: false,
                silent: false,
            };
            // "obj!=target": an object that the verb is never without.
            if let Some(bare) = marker.strip_suffix('!') {
                slot.marker = marker_of(bare, letters);
                slot.required = true;
            }
            for name in parts.split('+') {
                match name {
                    "content" | "purpose" => slot.content = true,
                    "party" | "target" | "host" | "visitor" | "sender" | "delegation" => slot.actor = true,
                    "speaker" => (slot.actor, slot.speaker) = (true, true),
                    "silent" => slot.silent = true,
                    "person" => (slot.actor, slot.personal) = (true, true),
                    "topic" => (slot.content, slot.topic) = (true, true),
                    "place" => slot.place = true,
                    "origin" => slot.origin = true,
                    "meeting" | "visit" | "event" | "tour" | "outlet" => {}
                    other => return Err(format!("unknown slot {other:?}")),
                }
            }
            Ok(slot)
        })
        .collect()
}

fn marker_of(marker: &str, letters: &str) -> Marker {
    match marker {
        "subj" => Marker::Subject,
        "obj" => Marker::Object,
        "that" => Marker::That,
        "inf" => Marker::Infinitive,
        "quote" => Marker::Quote,
        "pred" => Marker::Predicate,
        "matter" => Marker::Matter,
        preposition => Marker::Preposition(fold_keeping(preposition, letters)),
    }
}

/// A date of a term as `yyyymmdd`: the first day it can mean, or with `last` the last one. Empty is open.
fn first_or_last(text: &str, last: bool) -> Option<u32> {
    if text.is_empty() {
        return Some(if last { 99_991_231 } else { 0 });
    }
    let mut parts = text.split('-').map(str::parse::<u32>);
    let year = parts.next()?.ok()?;
    let month = parts.next().transpose().ok()?.unwrap_or(if last { 12 } else { 1 });
    let day = parts.next().transpose().ok()?.unwrap_or(if last { 31 } else { 1 });
    Some(year * 10_000 + month * 100 + day)
}

#[cfg(test)]
mod tests {
    use super::alternatives;

    #[test]
    fn braces_in_an_entry_stand_for_each_of_their_words() {
        let four = ["without saying when", "without saying where", "not saying when", "not saying where"];
        assert_eq!(alternatives("{without|not} saying {when|where}"), four);
        for plain in ["", "above all", "half {open", "half} open"] {
            assert_eq!(alternatives(plain), [plain]);
        }
    }
}

//! Compiles a language folder into a [`Lexicon`]: `actors.rs` reads the tables of who and where, `frames.rs` those of what
//! tells an event.

mod actors;
mod frames;

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
        &mut g.answer,
    ] {
        *ending = fold(ending);
    }
    g.dual_endings.iter_mut().chain(&mut g.wish).for_each(|s| *s = fold(s));
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
    /// Folded names of people with their numbers.
    names: Vec<(String, u32)>,
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
            names: Vec::new(),
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
                "positions" | "margins" | "sport" => flag::NOUN,
                "own_voice" | "own_possession" | "captions" | "endings" | "joint" | "addressing" | "manners"
                | "comments" | "charged" | "group_numbers" | "interview_links" | "indefinites" | "disclosures"
                | "issued" | "openers" | "quantities" | "parts" | "agrees" | "agreed_on" | "matter_ends"
                | "disputes" | "frames" | "named_after" | "institutions" | "as_for" | "national_heads"
                | "portfolios" | "no_nationality" | "deeming" | "conditions" | "findings" | "published"
                | "settlements" | "clubs" | "masculine_heads" | "counterparts" | "former" | "credits"
                | "hypotheticals" | "retinues" | "units" | "designates" | "lesser" | "owned_things"
                | "planned_modals" | "party_marks" | "report_links" | "occasions" | "rankings" | "during" | "since"
                | "accredited" | "businesses" | "covered" | "powers" | "stages" | "each" | "intentions"
                | "readiness" | "stations" | "regions" | "orders" | "round_numbers" | "acceptances"
                | "invitation_words" | "deeds" | "instances" | "journalists" | "likened" | "questions" | "unplaced"
                | "one_among" => {
                    continue;
                }
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

    fn finish(mut self) -> Lexicon {
        self.lexicon.gather_spellings(&self.names);
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

//! `safir lexicon`: what the word lists hold, and whether they are sound.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Subcommand;

use super::{ConfigFlags, Exit, LexiconFlag, UsageError};
use crate::config::Config;
use crate::dictionary;
use crate::extract::language::{codes, layers};
use crate::extract::{Extractor, LanguageError};
use crate::lexicon::load::{Origin, origins};
use crate::lexicon::source::{Dictionary, Layer, Source};
use crate::lexicon::{Form, Lexicon, Meaning, Reading, Term, WordId, check, clitic, flag, table};
use crate::render::{clean, isolate};

/// Check the word lists, count them, or look a word up
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir lexicon lookup Kerry                      who that is, and when in office
  safir lexicon lookup \u{648}\u{623}\u{643}\u{62f} --language ar        what a form is, taken apart
  safir lexicon stats --lexicon ours
  safir lexicon check ours                        every fault of a dictionary of your own

A dictionary is a folder laid out like lang/: see lang/README.md.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Subcommand)]
enum LexiconCommand {
    /// Test word lists: doubled, unsorted, unknown and not normalised entries are named with file and line
    Check {
        /// Dictionaries to test together with what is built in [default: what is built in]
        #[arg(value_name = "DIR")]
        folders: Vec<PathBuf>,
    },
    /// Count rows and forms by language and table, and the memory they take
    Stats {
        #[command(flatten)]
        lexicon: LexiconFlag,
        #[command(flatten)]
        config: ConfigFlags,
    },
    /// Show everything that a word or phrase can be, and where it says so
    Lookup {
        /// A word or phrase, as an article writes it
        #[arg(value_name = "WORD")]
        word: String,
        /// Only in this language, ISO 639-1 [default: all]
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
        #[command(flatten)]
        lexicon: LexiconFlag,
        #[command(flatten)]
        config: ConfigFlags,
    },
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match args.command {
        LexiconCommand::Check { folders } => {
            let dictionaries = folders.iter().map(|folder| dictionary::read(folder)).collect::<Result<Vec<_>, _>>()?;
            check_all(&dictionaries, &mut out)?
        }
        LexiconCommand::Stats { lexicon, config } => {
            stats(&Extractor::with(&dictionaries(&lexicon, &config)?)?, &mut out)?;
            Exit::Done
        }
        LexiconCommand::Lookup { word, language, lexicon, config } => {
            look_up(&word, language.as_deref(), &dictionaries(&lexicon, &config)?, &mut out)?;
            Exit::Done
        }
    };
    out.flush()?;
    Ok(exit)
}

fn dictionaries(lexicon: &LexiconFlag, config: &ConfigFlags) -> anyhow::Result<Vec<Dictionary>> {
    let config: Config = config.load_with(lexicon.setting().into_iter().collect())?.config;
    Ok(config.dictionaries()?)
}

/// Faults go to stderr with their file and line, the count to stdout.
fn check_all(dictionaries: &[Dictionary], out: &mut impl Write) -> anyhow::Result<Exit> {
    let layers = layers(dictionaries);
    let countries: BTreeSet<&str> = layers
        .iter()
        .flatten()
        .filter(|source| source.path == "lexicon/countries.tsv")
        .flat_map(|source| check::countries(source))
        .collect();
    // What is built in is looked at when nothing else is asked for.
    let checked = if dictionaries.is_empty() { &layers[..] } else { &layers[1..] };
    let (mut tables, mut rows) = (0, 0);
    let mut faults = Vec::new();
    for source in checked.iter().flatten() {
        if !source.is_read() {
            faults.push(format!("{}: nothing reads a file of this name", source.shown()));
            continue;
        }
        tables += usize::from(table::named(source.path).is_some());
        rows += source.text.lines().filter(|line| line.contains('\t')).count();
        let shown = source.shown();
        faults.extend(check::faults(source, &countries).iter().map(|f| format!("{shown}:{}: {}", f.line, f.problem)));
    }
    // The loader reads what the checks do not: frames, declarations, rules, and what is taken away.
    if let Err(LanguageError(fault)) = Extractor::with(dictionaries) {
        let place = fault.split(": ").next().unwrap_or_default();
        let known = faults.iter().any(|other| other.starts_with(place));
        if !known {
            faults.push(fault);
        }
    }
    for fault in &faults {
        writeln!(io::stderr(), "{}", clean(fault))?;
    }
    let found = match faults.len() {
        0 => "no fault".to_owned(),
        1 => "1 fault".to_owned(),
        more => format!("{more} faults"),
    };
    writeln!(out, "{tables} tables, {rows} rows: {found}")?;
    Ok(if faults.is_empty() { Exit::Done } else { Exit::BadInput })
}

fn stats(extractor: &Extractor, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{:<9} {:<14} {:>8} {:>8}", "language", "table", "rows", "forms")?;
    let mut memory = 0;
    for language in extractor.languages() {
        let lexicon = &language.lexicon;
        let code = &lexicon.spec.code;
        for count in &lexicon.counts {
            let rows = if count.table == "language.toml" { String::new() } else { count.rows.to_string() };
            writeln!(out, "{code:<9} {:<14} {rows:>8} {:>8}", count.table, count.forms)?;
        }
        let rows: usize = lexicon.counts.iter().map(|count| count.rows).sum();
        let forms: usize = lexicon.counts.iter().map(|count| count.forms).sum();
        writeln!(out, "{code:<9} {:<14} {rows:>8} {forms:>8}", "all")?;
        let terms: usize = lexicon.terms.values().map(Vec::len).sum();
        writeln!(
            out,
            "{code:<9} {} different words, {} people with {terms} terms of office, {} rules, {:.1} MB\n",
            lexicon.words(),
            lexicon.people.len(),
            language.rules.len(),
            lexicon.memory() as f64 / 1e6
        )?;
        memory += lexicon.memory();
    }
    writeln!(out, "{:.1} MB in memory, version {}", memory as f64 / 1e6, extractor.lexicon_version())?;
    Ok(())
}

fn look_up(
    text: &str,
    language: Option<&str>,
    dictionaries: &[Dictionary],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let extractor = Extractor::with(dictionaries)?;
    let layers = layers(dictionaries);
    if let Some(code) = language {
        let known = codes(&layers);
        if !known.contains(&code) {
            return Err(UsageError(format!("no language {code:?}; there are {}", known.join(", "))).into());
        }
    }
    if !text.contains(char::is_alphanumeric) {
        return Err(UsageError(format!("{text:?} holds no word")).into());
    }
    for language in extractor.languages().filter(|l| language.is_none_or(|code| l.lexicon.spec.code == code)) {
        let lexicon = &language.lexicon;
        let folded = lexicon.fold(text);
        let parts: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .flat_map(|part| lexicon.spec.spelling.words(part))
            .collect();
        let Some((&head, rest)) = parts.split_first() else { continue };
        let mut scratch = String::new();
        let word = lexicon.look_up(head, &mut scratch);
        let rest: Vec<WordId> = rest.iter().map(|part| lexicon.look_up(part, &mut scratch).whole).collect();
        let ids: Vec<WordId> = word.readings().iter().map(|reading| reading.word).collect();
        let found = origins(&layers, &lexicon.spec.code, &ids).map_err(|error| LanguageError(error.to_string()))?;
        let mut shown = Shown { lexicon, layers: &layers, out: &mut *out, any: false };
        for reading in word.readings() {
            let wanted: Vec<WordId> = std::iter::once(reading.word).chain(rest.iter().copied()).collect();
            shown.reading(reading, &wanted, &found)?;
        }
        if !shown.any {
            let code = &lexicon.spec.code;
            writeln!(out, "{code}  {}: in no list; read as a name or passed over", isolate(&clean(text)))?;
        }
    }
    Ok(())
}

struct Shown<'a, W> {
    lexicon: &'a Lexicon,
    layers: &'a [Layer<'a>],
    out: &'a mut W,
    any: bool,
}

impl<W: Write> Shown<'_, W> {
    fn reading(&mut self, reading: &Reading, wanted: &[WordId], found: &[Origin]) -> io::Result<()> {
        let begins = |origin: &&Origin| origin.words.starts_with(wanted);
        let (exact, longer): (Vec<&Origin>, Vec<&Origin>) =
            found.iter().filter(begins).partition(|origin| origin.words.len() == wanted.len());
        if exact.is_empty() && longer.is_empty() {
            return Ok(());
        }
        self.any = true;
        let code = &self.lexicon.spec.code;
        let form = exact.first().map_or_else(
            || longer[0].form.split_whitespace().take(wanted.len()).collect::<Vec<_>>().join(" "),
            |origin| origin.form.clone(),
        );
        writeln!(self.out, "{code}  {}{}", isolate(&clean(&form)), self.attached(reading.clitics))?;
        let mut seen = BTreeSet::new();
        for origin in exact {
            let line = (origin.file.clone(), origin.line, self.meaning(origin));
            if !seen.insert(line.clone()) {
                continue;
            }
            let place = if origin.line == 0 { line.0 } else { format!("{}:{}", line.0, line.1) };
            writeln!(self.out, "    {}  {place}", line.2)?;
            if let Some(row) = self.row(origin) {
                writeln!(self.out, "        {row}")?;
            }
            // A surname says whose it is as well.
            for term in self.person(origin).and_then(|id| self.lexicon.terms.get(id)).into_iter().flatten() {
                writeln!(self.out, "        {}", held(term))?;
            }
        }
        let forms: BTreeSet<&str> = longer.iter().map(|origin| origin.form.as_str()).collect();
        if !forms.is_empty() {
            let some: Vec<String> = forms.iter().take(5).map(|form| isolate(&clean(form))).collect();
            let more = if forms.len() > some.len() { ", …" } else { "" };
            writeln!(self.out, "    begins {} longer: {}{more}", forms.len(), some.join(", "))?;
        }
        Ok(())
    }

    /// What is written together with the word.
    fn attached(&self, clitics: u16) -> String {
        let spec = &self.lexicon.spec.clitics;
        let mut parts = Vec::new();
        if clitics & clitic::CONJUNCTION != 0 {
            parts.push(format!("behind a conjunction ({})", isolate(&spec.conjunctions.join(", "))));
        }
        if clitics & clitic::PREPOSITION != 0 {
            let which = spec.prepositions.get(usize::from(clitics >> clitic::WHICH));
            parts.push(format!("behind the preposition {}", isolate(which.map_or("", String::as_str))));
        }
        if clitics & clitic::FUTURE != 0 {
            parts.push(format!("in the future ({})", isolate(&spec.future)));
        }
        if clitics & clitic::ARTICLE != 0 {
            parts.push(format!("with the article {}", isolate(&spec.article)));
        }
        if clitics & clitic::SUFFIX != 0 {
            let kinds = [(clitic::DUAL, "dual "), (clitic::PLURAL, "plural "), (clitic::FEMININE, "feminine ")];
            let kind: String = kinds.iter().filter(|(bit, _)| clitics & bit != 0).map(|(_, kind)| *kind).collect();
            parts.push(format!("before a {kind}pronoun"));
        }
        if clitics & clitic::DEEP != 0 {
            parts.push("spelt loosely at its end".to_owned());
        }
        if parts.is_empty() { String::new() } else { format!("  {}", parts.join(", ")) }
    }

    fn meaning(&self, origin: &Origin) -> String {
        let lexicon = self.lexicon;
        match origin.meaning {
            Meaning::Country { country, form } => {
                format!("country {}, {}", lexicon.countries[country as usize].iso, lower(form))
            }
            Meaning::Demonym { country, people } => {
                let what = if people { "inhabitants" } else { "adjective" };
                format!("country {}, {what}", lexicon.countries[country as usize].iso)
            }
            Meaning::Place { place } => format!("place {}", lexicon.places[place as usize].iso),
            Meaning::Organisation { organisation } => {
                format!("organisation {}", lexicon.organisations[organisation as usize].id)
            }
            Meaning::Media => "outlet".to_owned(),
            Meaning::Person { person } => format!("person {}", lexicon.people[person as usize].id),
            Meaning::Title { title, plural } => {
                let title = &lexicon.titles[title as usize];
                let plural = if plural { ", plural" } else { "" };
                let office = if title.office.is_empty() { "of no office" } else { &title.office };
                format!("title, {}, {office}{plural}", lower(title.class))
            }
            Meaning::Group { actor, person, plural } => {
                let what = if plural {
                    "several persons"
                } else if person {
                    "persons"
                } else {
                    "body"
                };
                format!("{what} without a name{}", if actor { "" } else { ", no actor" })
            }
            Meaning::Word => format!("word: {}", categories(origin.flags)),
            Meaning::Trigger { trigger, form } => {
                let trigger = &lexicon.triggers[trigger as usize];
                format!("{} trigger, {}", lower(trigger.kind), form_name(form))
            }
            Meaning::Light { form, .. } => format!("light verb, {}", form_name(form)),
            Meaning::SpeechNoun { act, cameo } => format!("noun of speech, act {}, CAMEO {cameo:03}", lower(act)),
            Meaning::Modality { modality, after } => {
                let side = if after { "after" } else { "before" };
                format!("says {} {side} its trigger", lower(modality))
            }
            Meaning::Null { kind } => format!("no {} (null phrase)", lower(kind)),
            Meaning::Topic { topic } => format!("topic {}", lexicon.topics[topic as usize]),
            Meaning::Sport => "word of sport".to_owned(),
            Meaning::Month(number) => format!("month {number}"),
            Meaning::LunarMonth(number) => format!("month {number} of the Islamic calendar"),
            Meaning::Weekday(number) => format!("weekday {number}"),
            Meaning::Time { .. } => "word of time".to_owned(),
            Meaning::Pronoun { plural } => format!("pronoun{}", if plural { ", plural" } else { "" }),
        }
    }

    /// The id of the person whose name an entry is, or is part of.
    fn person(&self, origin: &Origin) -> Option<&'_ str> {
        if let Meaning::Person { person } = origin.meaning {
            return Some(&self.lexicon.people[person as usize].id);
        }
        origin.file.ends_with("/lexicon/people.tsv").then(|| self.cell(origin, "id")).flatten()
    }

    fn cell(&self, origin: &Origin, column: &str) -> Option<&'_ str> {
        self.cells(origin)?.find(|(name, _)| *name == column).map(|(_, cell)| cell)
    }

    fn cells(&self, origin: &Origin) -> Option<impl Iterator<Item = (&'_ str, &'_ str)>> {
        let source: &Source<'_> = self.layers.iter().flatten().find(|source| source.shown() == origin.file)?;
        let header = source.text.lines().find(|line| !line.is_empty() && !line.starts_with('#'))?;
        let row = source.text.lines().nth(origin.line.checked_sub(1)?)?;
        Some(header.split('\t').zip(row.split('\t')))
    }

    /// The row that a form was made of: every cell that holds something, under its column.
    fn row(&self, origin: &Origin) -> Option<String> {
        let cells: Vec<String> = self
            .cells(origin)?
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| format!("{column}: {}", isolate(&clean(cell))))
            .collect();
        Some(cells.join(" · "))
    }
}

fn held(term: &Term) -> String {
    let date = |number: u32| format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100);
    let from = if term.from == 0 { "the beginning".to_owned() } else { date(term.from) };
    let to = if term.to >= 99_991_231 { "now".to_owned() } else { date(term.to) };
    let of = if term.country.is_empty() { String::new() } else { format!(" of {}", term.country) };
    format!("{}{of}, {from} to {to}", term.office)
}

fn categories(flags: u64) -> String {
    let names: Vec<String> = flag::NAMES
        .iter()
        .filter(|(_, bit)| flags & bit != 0)
        .map(|(name, _)| name.to_ascii_lowercase().replace('_', " "))
        .collect();
    names.join(", ")
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Past => "past",
        Form::Present => "present",
        Form::Participle => "participle",
        Form::Noun => "noun",
    }
}

fn lower(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_ascii_lowercase()
}

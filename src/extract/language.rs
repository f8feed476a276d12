//! A language compiled: its lexicon, its rules, and the indexes made from them.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::LanguageError;
use super::resolve::Surnames;
use super::rule::{self, Rule};
use crate::article::Article;
use crate::lexicon::{Lexicon, load};

mod embedded_files {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// One language, ready to read articles.
pub struct Language {
    pub lexicon: Lexicon,
    pub rules: Vec<Rule>,
    pub surnames: Surnames,
    people: FxHashMap<String, u32>,
    organisations: FxHashMap<String, u32>,
}

/// What names are looked up by across languages.
pub enum Key<'a> {
    Country(&'a str),
    Organisation(&'a str),
    Person(&'a str),
}

/// Facts that belong to no language live in this folder.
const WORLD: &str = "world";

/// Compiles all embedded folders; also their version.
///
/// # Errors
/// The first fault, with its file and line.
pub fn embedded() -> Result<(Vec<Language>, String), LanguageError> {
    let files = embedded_files::EMBEDDED;
    let mut digest = Sha256::new();
    for (language, path, text) in files {
        for part in [language, path, text] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
    }
    let version = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let of = |code: &str| -> Vec<(&str, &str)> {
        files.iter().filter(|(language, ..)| *language == code).map(|(_, path, text)| (*path, *text)).collect()
    };
    let world = of(WORLD);
    let mut codes: Vec<&str> = files.iter().map(|(language, ..)| *language).filter(|code| *code != WORLD).collect();
    codes.dedup();
    // Compiling is most of the program's start: each language does it on a thread of its own.
    let compiled: Vec<Result<Language, LanguageError>> = std::thread::scope(|scope| {
        let running: Vec<_> = codes
            .iter()
            .map(|code| {
                let (of, world) = (&of, &world);
                scope.spawn(move || Language::compile(code, &of(code), world))
            })
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    Ok((compiled.into_iter().collect::<Result<_, _>>()?, version))
}

impl Language {
    /// Compiles one folder.
    ///
    /// # Errors
    /// The first fault, with its file and line.
    pub fn compile(code: &str, files: &[(&str, &str)], world: &[(&str, &str)]) -> Result<Self, LanguageError> {
        let lexicon = load::load(files, world).map_err(|error| LanguageError(format!("lang/{code}/{error}")))?;
        if lexicon.spec.code != code {
            return Err(LanguageError(format!("lang/{code}/language.toml: code is {:?}", lexicon.spec.code)));
        }
        let mut rules = Vec::new();
        for (path, text) in files {
            if path.starts_with("rules/") {
                rules.extend(rule::parse(text).map_err(|error| LanguageError(format!("lang/{code}/{path}: {error}")))?);
            }
        }
        let surnames = Surnames::new(&lexicon);
        let people = lexicon.people.iter().enumerate().map(|(i, p)| (p.id.clone(), i as u32)).collect();
        let organisations = lexicon.organisations.iter().enumerate().map(|(i, o)| (o.id.clone(), i as u32)).collect();
        Ok(Self { lexicon, rules, surnames, people, organisations })
    }

    pub(super) fn name_of(&self, key: &Key<'_>) -> Option<&str> {
        match key {
            Key::Country(iso) => {
                self.lexicon.country_index.get(*iso).map(|&c| self.lexicon.countries[c as usize].name.as_str())
            }
            Key::Organisation(id) => {
                self.organisations.get(*id).map(|&o| self.lexicon.organisations[o as usize].name.as_str())
            }
            Key::Person(id) => self.people.get(*id).map(|&p| self.lexicon.people[p as usize].name.as_str()),
        }
    }
}

/// The language of an article that does not say: ISO 639-1, or "und".
pub fn detect(article: &Article) -> &'static str {
    let sample: String =
        article.title.chars().take(200).chain(std::iter::once(' ')).chain(article.body.chars().take(1500)).collect();
    // Only languages that a news feed is likely to hold: with fewer to choose from a headline suffices.
    use whatlang::Lang;
    let detector = whatlang::Detector::with_allowlist(vec![
        Lang::Ara,
        Lang::Eng,
        Lang::Fra,
        Lang::Pes,
        Lang::Urd,
        Lang::Heb,
        Lang::Rus,
        Lang::Tur,
        Lang::Deu,
        Lang::Spa,
        Lang::Ita,
        Lang::Por,
        Lang::Cmn,
    ]);
    match detector.detect_lang(&sample) {
        Some(Lang::Ara) => "ar",
        Some(Lang::Eng) => "en",
        Some(Lang::Fra) => "fr",
        Some(Lang::Pes) => "fa",
        Some(Lang::Urd) => "ur",
        Some(Lang::Heb) => "he",
        Some(Lang::Rus) => "ru",
        Some(Lang::Tur) => "tr",
        Some(Lang::Deu) => "de",
        Some(Lang::Spa) => "es",
        Some(Lang::Ita) => "it",
        Some(Lang::Por) => "pt",
        Some(Lang::Cmn) => "zh",
        _ => "und",
    }
}

//! A language compiled: its lexicon, its rules, and the indexes made from them.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::LanguageError;
use super::finish::hexadecimal;
use super::resolve::Surnames;
use super::rule::{self, Rule};
use crate::article::Article;
use crate::lexicon::source::{self, Dictionary, Layer, Source};
use crate::lexicon::{Lexicon, check, image, load, table};

mod embedded_files {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// One language, ready to read articles.
pub struct Language {
    pub lexicon: Lexicon,
    pub rules: Vec<Rule>,
    /// Made when first asked for: a language that only lends its names needs none.
    surnames: OnceLock<Surnames>,
    people: FxHashMap<String, u32>,
    organisations: FxHashMap<String, u32>,
}

/// What names are looked up by across languages.
pub enum Key<'a> {
    Country(&'a str),
    Organisation(&'a str),
    Person(&'a str),
}

/// What the embedded files are called in errors.
const ROOT: &str = "lang";

/// The embedded files, and over them those of `dictionaries`.
pub fn layers(dictionaries: &[Dictionary]) -> Vec<Layer<'_>> {
    let embedded = embedded_files::EMBEDDED;
    let mut layers = vec![
        embedded
            .iter()
            .map(|&(language, path, text)| Source { root: ROOT, language, path, text })
            .collect::<Layer<'_>>(),
    ];
    layers.extend(dictionaries.iter().map(Dictionary::layer));
    layers
}

/// The languages of all layers: the embedded ones first, then new ones by their code.
pub fn codes<'a>(layers: &[Layer<'a>]) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for layer in layers {
        for source in layer {
            if source.language != table::WORLD && !codes.contains(&source.language) {
                codes.push(source.language);
            }
        }
    }
    codes
}

/// Compiles all languages of all layers; also their version.
///
/// # Errors
/// The first fault, with its file and line.
pub fn compile(layers: &[Layer<'_>]) -> Result<(Vec<Language>, String), LanguageError> {
    // That of what is embedded alone was made when the program was built.
    let version = if layers.len() > 1 { version(layers) } else { embedded_files::VERSION.to_owned() };
    // What is ours is checked by the tests, what is a user's here.
    if layers.len() > 1 {
        let of_countries = layers.iter().flatten().filter(|source| source.path == "lexicon/countries.tsv");
        let countries = of_countries.flat_map(check::countries).collect();
        for source in layers.iter().skip(1).flatten() {
            if !source.is_read() {
                return Err(LanguageError(format!("{}: nothing reads a file of this name", source.shown())));
            }
            if let Some(fault) = check::unknown(source, &countries).first() {
                return Err(LanguageError(format!("{}:{}: {}", source.shown(), fault.line, fault.problem)));
            }
        }
    }
    // Compiling is most of the program's start: each language does it on a thread of its own.
    let compiled: Vec<Result<Language, LanguageError>> = std::thread::scope(|scope| {
        let running: Vec<_> =
            codes(layers).into_iter().map(|code| scope.spawn(move || Language::compile(layers, code))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    Ok((compiled.into_iter().collect::<Result<_, _>>()?, version))
}

/// 16 lower-case hexadecimal digits over all language data.
fn version(layers: &[Layer<'_>]) -> String {
    let mut digest = Sha256::new();
    for (number, layer) in layers.iter().enumerate() {
        if number > 0 {
            digest.update(b"dictionary");
        }
        for source in layer {
            for part in [source.language, source.path, source.text] {
                digest.update((part.len() as u64).to_le_bytes());
                digest.update(part.as_bytes());
            }
        }
    }
    hexadecimal(&digest.finalize()[..8])
}

/// The lexicon that was compiled when the program was built; `None` where a dictionary has anything to say about it.
fn embedded(layers: &[Layer<'_>], code: &str) -> Option<Lexicon> {
    let mut added = layers.iter().skip(1).flatten();
    if added.any(|source| source.language == code || source.language == table::WORLD) {
        return None;
    }
    let (_, bytes) = embedded_files::IMAGES.iter().find(|(language, _)| *language == code)?;
    image::read(bytes)
}

impl Language {
    /// Compiles one language.
    ///
    /// # Errors
    /// The first fault, with its file and line.
    pub fn compile(layers: &[Layer<'_>], code: &str) -> Result<Self, LanguageError> {
        let lexicon = match embedded(layers, code) {
            Some(lexicon) => lexicon,
            None => load::load(layers, code).map_err(|error| LanguageError(error.to_string()))?,
        };
        let mut rules = Vec::new();
        for source in source::rules(layers, code) {
            let parsed =
                rule::parse(source.text).map_err(|error| LanguageError(format!("{}:{error}", source.shown())))?;
            rules.extend(parsed);
        }
        let people = lexicon.people.iter().enumerate().map(|(i, p)| (p.id.clone(), i as u32)).collect();
        let organisations = lexicon.organisations.iter().enumerate().map(|(i, o)| (o.id.clone(), i as u32)).collect();
        Ok(Self { lexicon, rules, surnames: OnceLock::new(), people, organisations })
    }

    pub(super) fn surnames(&self) -> &Surnames {
        self.surnames.get_or_init(|| Surnames::new(&self.lexicon))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicons_in_the_program_are_those_of_the_embedded_files() {
        let layers = layers(&[]);
        let codes = codes(&layers);
        assert_eq!(codes.len(), embedded_files::IMAGES.len(), "a language has a fault");
        assert_eq!(embedded_files::VERSION, version(&layers));
        for (code, bytes) in embedded_files::IMAGES {
            let compiled = load::load(&layers, code).unwrap();
            assert!(image::write(&compiled).unwrap() == *bytes, "{code}");
            let read = image::read(bytes).unwrap();
            assert_eq!(image::write(&read).unwrap().len(), bytes.len(), "{code}");
            assert_eq!((read.words(), &read.counts), (compiled.words(), &compiled.counts), "{code}");
        }
    }

    #[test]
    fn a_dictionary_is_heard_by_its_language_and_no_other_is_compiled_for_it() {
        let file = |language: &str, path: &str, text: &str| (language.to_owned(), path.to_owned(), text.to_owned());
        let row = "word\tkind\tactor\nlighthouse keepers\tgroup\tyes\n";
        let dictionaries = |files| vec![Dictionary { root: "ours".to_owned(), files }];
        let of_english = dictionaries(vec![file("en", "lexicon/groups.tsv", row)]);
        let found = layers(&of_english);
        assert!(embedded(&found, "en").is_none() && embedded(&found, "ar").is_some());
        assert!(Language::compile(&found, "en").unwrap().lexicon.knows("lighthouse"));
        let of_the_world = dictionaries(vec![file("world", "terms.tsv", "id\toffice\tcountry\tfrom\tto\n")]);
        assert!(embedded(&layers(&of_the_world), "ar").is_none());
    }
}

//! Extraction: a pure function from an article to its events.
//!
//! The stages, each a module that reads only what the ones before it made: [`doc`] (tokens and look-up), [`mention`]
//! (noun phrases), [`resolve`] (who they are), [`frame`] (triggers and their slots), [`merge`] (mentions of one event),
//! [`finish`] (the record).

pub mod doc;
pub mod finish;
pub mod frame;
pub mod language;
pub mod mention;
pub mod merge;
pub mod resolve;
pub mod rule;
pub mod time;

use std::cell::RefCell;

use crate::article::Article;
use crate::event::{Event, Field, Span};
use crate::lexicon::source::Dictionary;
use language::Language;

/// Compiled language data and rules. Immutable and shared by all workers.
pub struct Extractor {
    languages: Vec<Language>,
    version: String,
}

/// The events of one article, in their total order.
pub struct Extraction {
    pub events: Vec<Event>,
    /// The language the article was read in, ISO 639-1; as received when Safir does not know it.
    pub language: String,
    /// False when Safir has no folder for the article's language: it then has no events.
    pub language_supported: bool,
}

/// Language data is faulty.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LanguageError(pub String);

thread_local! {
    /// One working document a language: a change of language must not empty the cache of looked-up words.
    static DOCS: RefCell<Vec<doc::Doc>> = const { RefCell::new(Vec::new()) };
}

impl Extractor {
    /// Compiles the languages embedded in the program.
    ///
    /// # Errors
    /// Names the file and line of the first faulty entry.
    pub fn embedded() -> Result<Self, LanguageError> {
        Self::with(&[])
    }

    /// Compiles the embedded languages, extended and overridden by `dictionaries`, a later one over an earlier.
    ///
    /// # Errors
    /// Names the file and line of the first faulty entry.
    pub fn with(dictionaries: &[Dictionary]) -> Result<Self, LanguageError> {
        let (languages, version) = language::compile(&language::layers(dictionaries))?;
        Ok(Self { languages, version })
    }

    /// 16 lower-case hexadecimal digits over all language data.
    pub fn lexicon_version(&self) -> &str {
        &self.version
    }

    /// The languages that it reads, ISO 639-1.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.languages.iter()
    }

    /// Reads the events of `article`. Cannot fail, and gives the same events for the same article.
    pub fn extract(&self, article: &Article) -> Extraction {
        self.run(article, &mut None)
    }

    /// Which rule and which words made each event, and why every other trigger of the article made none: for people, a
    /// line each, in the order of the text. Places are bytes of the title or body.
    pub fn explain(&self, article: &Article) -> String {
        let mut trace = Some(frame::Trace::default());
        let extraction = self.run(article, &mut trace);
        let trace = trace.unwrap_or_default();
        let place = |span: &Span| {
            let field = if span.field == Field::Title { "title" } else { "body" };
            let words = span.of(article).split_whitespace().collect::<Vec<_>>().join(" ");
            format!("\"{words}\" ({field} {}-{})", span.start, span.end)
        };
        let mut lines: Vec<(Span, String)> = Vec::new();
        for made in &trace.made {
            let told = extraction.events.iter().position(|event| event.mentions.contains(&made.span));
            let told = told.map_or_else(
                || "no event: it only points back, and nothing told before fits it".to_owned(),
                |number| format!("event {}", number + 1),
            );
            let head = format!("{:?} by {}: {}", made.kind, made.rule, place(&made.span));
            let parts: Vec<String> =
                [head, made.actors.join(", "), told].into_iter().filter(|p| !p.is_empty()).collect();
            lines.push((made.span, parts.join("; ")));
        }
        for miss in &trace.missed {
            lines.push((miss.span, format!("no event: {}: {}", place(&miss.span), miss.reason)));
        }
        lines.sort();
        let mut out = String::new();
        for (_, line) in lines {
            out.push_str(&line);
            out.push('\n');
        }
        if !extraction.language_supported {
            out.push_str(&format!("no rules for language {:?}\n", extraction.language));
        } else if out.is_empty() {
            out.push_str("no word of the article can trigger an event\n");
        }
        out
    }

    fn run(&self, article: &Article, trace: &mut Option<frame::Trace>) -> Extraction {
        let code = if article.language.is_empty() {
            language::detect(article).to_owned()
        } else {
            article.language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase()
        };
        let Some(number) = self.languages.iter().position(|l| l.lexicon.spec.code == code) else {
            return Extraction { events: Vec::new(), language: code, language_supported: false };
        };
        let language = &self.languages[number];
        let events = DOCS.with_borrow_mut(|docs| {
            if docs.len() <= number {
                docs.resize_with(number + 1, doc::Doc::default);
            }
            let doc = &mut docs[number];
            doc.read(&article.title, &article.body, &language.lexicon);
            let drafts = frame::drafts(doc, language, article, trace);
            finish::events(drafts, doc, language, self, article)
        });
        Extraction { events, language: code, language_supported: true }
    }

    /// The name of `organisation` or `person` ids in the language `code`, for `name_en` and `name_ar`.
    pub(crate) fn name_in(&self, code: &str, key: &language::Key<'_>) -> &str {
        self.languages.iter().find(|l| l.lexicon.spec.code == code).and_then(|l| l.name_of(key)).unwrap_or("")
    }
}

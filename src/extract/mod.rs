//! Extraction: a pure function from an article to its events.

use crate::article::Article;
use crate::event::Event;

/// Compiled language data and rules. Immutable and shared by all workers.
pub struct Extractor {}

/// The events of one article, in their total order.
pub struct Extraction {
    pub events: Vec<Event>,
    /// The language the article was read in, ISO 639-1; as received when Safir does not know it.
    pub language: String,
    /// False when Safir has no folder for the article's language: it then has no events.
    pub language_supported: bool,
}

/// The embedded language data is faulty.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LanguageError(pub String);

impl Extractor {
    /// Compiles the languages embedded in the program.
    ///
    /// # Errors
    /// Names the file and line of the first faulty entry.
    pub fn embedded() -> Result<Self, LanguageError> {
        Ok(Self {})
    }

    /// 16 lower-case hexadecimal digits over all language data.
    pub fn lexicon_version(&self) -> &str {
        "0000000000000000"
    }

    /// Reads the events of `article`. Cannot fail, and gives the same events for the same article.
    pub fn extract(&self, article: &Article) -> Extraction {
        Extraction { events: Vec::new(), language: article.language.clone(), language_supported: true }
    }

    /// Tells, for people, which rule and which words made each event of `article`.
    pub fn explain(&self, article: &Article) -> String {
        format!("{}: {} events\n", article.id, self.extract(article).events.len())
    }
}

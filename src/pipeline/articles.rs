//! The processing of articles: decode, extract, encode.

use std::sync::Arc;
use std::time::Instant;

use metrics::Counter;

use super::record::{Destination, Header, InputRecord, OutputRecord, Partition};
use super::worker::{EVENT_TOO_LARGE, PANIC, Process, Rejection, TIMEOUT};
use crate::article::Article;
use crate::decode::{DecodeError, Decoder, Format};
use crate::extract::{Extraction, Extractor};
use crate::record::{self, Origin};
use crate::telemetry::Metrics;

/// What finds events in articles. [`Extractor`] does; a test may put something simpler in its place.
pub trait Extract: Send + Sync + 'static {
    /// The events of one article.
    fn extract(&self, article: &Article) -> Extraction;

    /// The version of the language data, for the records.
    fn lexicon_version(&self) -> &str;
}

impl Extract for Extractor {
    fn extract(&self, article: &Article) -> Extraction {
        Extractor::extract(self, article)
    }

    fn lexicon_version(&self) -> &str {
        Extractor::lexicon_version(self)
    }
}

/// From the bytes of an article to the records of its events.
pub struct ArticleProcessor<E = Extractor> {
    decoder: Decoder,
    extractor: Arc<E>,
    min_confidence: f64,
    metrics: Arc<Metrics>,
    decoded: Counter,
}

impl<E: Extract> ArticleProcessor<E> {
    /// Events with a confidence below `min_confidence` (0 to 1) are left out.
    pub fn new(decoder: Decoder, extractor: Arc<E>, min_confidence: f64, metrics: Arc<Metrics>) -> Self {
        for reason in DecodeError::REASONS.into_iter().chain([PANIC, TIMEOUT, EVENT_TOO_LARGE]) {
            metrics.declare_failure(reason);
        }
        metrics.set_lexicon_version(extractor.lexicon_version());
        let decoded = metrics.decoded(match decoder.format() {
            Format::Json => "json",
            Format::Protobuf => "protobuf",
        });
        Self { decoder, extractor, min_confidence, metrics, decoded }
    }
}

impl<E: Extract> Process for ArticleProcessor<E> {
    fn process(&self, partition: &Partition, record: &InputRecord) -> Result<Vec<OutputRecord>, Rejection> {
        let article = self
            .decoder
            .decode(record.value.as_deref().unwrap_or_default())
            .map_err(|error| Rejection { reason: error.reason(), message: error.to_string() })?;
        self.decoded.increment(1);
        let start = Instant::now();
        let extraction = self.extractor.extract(&article);
        self.metrics.extraction_seconds.record(start.elapsed());
        let language = &extraction.language;
        let counters = self.metrics.language(if extraction.language_supported { language } else { "other" });
        counters.extracted.increment(1);
        let origin = Origin {
            topic: &partition.topic,
            partition: partition.number,
            offset: record.offset,
            timestamp_ms: record.timestamp_ms.unwrap_or(0),
        };
        let mut outputs = Vec::with_capacity(extraction.events.len());
        for event in extraction.events.iter().filter(|event| event.confidence >= self.min_confidence) {
            counters.event(record::type_label(event.kind), record::modality_label(event.modality));
            let value = record::encode(event, &article, language, Some(&origin), self.extractor.lexicon_version());
            let headers = record::headers(event, language)
                .into_iter()
                .map(|(name, value)| Header::new(name, value.as_bytes().to_vec()))
                .collect();
            outputs.push(OutputRecord {
                destination: Destination::Events,
                key: Some(article.id.as_bytes().to_vec()),
                value: Some(value),
                headers,
            });
        }
        if outputs.is_empty() {
            counters.without_events.increment(1);
        }
        Ok(outputs)
    }
}

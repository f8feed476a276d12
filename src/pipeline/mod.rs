//! From source to sink: ordered, bounded, at least once.

mod record;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

pub use record::{Destination, Header, InputRecord, OutputRecord, Partition, Position};

use crate::telemetry::{Health, Metrics};

/// How the pipeline runs. [`Settings::default`] is what the service uses unless told otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Threads that decode and extract; 0 means one per core.
    pub workers: usize,
    /// Articles inside the process at a time, from the consumer to the last acknowledgement.
    pub max_in_flight_records: usize,
    /// Bytes of articles and of their events inside the process at a time. A single larger article is let through alone.
    pub max_in_flight_bytes: usize,
    /// How long shutdown may take to finish and commit what has been started.
    pub shutdown_timeout: Duration,
    /// Without progress for so long, though there is work, the pipeline reports itself stuck (not ready).
    pub stuck_after: Duration,
    pub metrics: Arc<Metrics>,
    pub health: Arc<Health>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            workers: 0,
            max_in_flight_records: 4096,
            max_in_flight_bytes: 32 * 1024 * 1024,
            shutdown_timeout: Duration::from_secs(25),
            stuck_after: Duration::from_secs(60),
            metrics: Arc::default(),
            health: Arc::default(),
        }
    }
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub articles: u64,
    pub events: u64,
    pub dead_letters: u64,
}

/// Why a run ended otherwise than by shutdown or the end of its input.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The consumer cannot go on.
    #[error("the source failed: {0}")]
    Source(String),
    /// A record could not be delivered; the offset of its article was not committed.
    #[error("a record made from {partition} at offset {offset} could not be delivered: {reason}")]
    Delivery { partition: Partition, offset: i64, reason: String },
    /// The producer cannot go on.
    #[error("the sink failed: {0}")]
    Sink(String),
    /// The deadline of a shutdown passed with articles unfinished; they will be read again.
    #[error(
        "shutdown deadline of {timeout:?} passed with {unfinished} started articles unfinished; they will be read again"
    )]
    ShutdownDeadline { timeout: Duration, unfinished: usize },
    /// A bug: a part of the pipeline ended early.
    #[error("internal error: {0}")]
    Internal(String),
}

/// Decides what becomes of one article: a pure function, run on the worker threads.
pub trait Process: Send + Sync + 'static {
    /// The records to send for `record`, or why it is rejected (it then becomes a dead letter).
    fn process(&self, record: &InputRecord, partition: &Partition) -> Result<Processed, Rejection>;
}

/// The outcome of one article.
#[derive(Debug, Default)]
pub struct Processed {
    /// In the order in which they are to be sent.
    pub outputs: Vec<OutputRecord>,
    pub counts: Counts,
}

/// What is counted of an article's outcome.
#[derive(Debug, Default)]
pub struct Counts {
    pub language: String,
    /// Of each event its type, and modality, in the spelling of the metric labels.
    pub events: Vec<(&'static str, &'static str)>,
    pub extraction: Duration,
}

/// Why an article cannot be processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// A class out of a bounded set, for metrics and for the dead letter's header.
    pub reason: &'static str,
    pub message: String,
}

/// Where articles come from. Lives on a thread of its own.
pub trait Source: Send + 'static {}

/// Where events go.
pub trait Sink: Send + 'static {}

/// Runs the pipeline until `shutdown` resolves, the source ends or something fails for good.
///
/// # Errors
/// See [`PipelineError`]. Whatever the error, the offset of an unfinished article is not committed.
pub async fn run<P: Process, S: Source, K: Sink>(
    settings: Settings,
    processor: Arc<P>,
    source: S,
    sink: K,
    shutdown: impl Future<Output = ()>,
) -> Result<Summary, PipelineError> {
    let _ = (settings, processor, source, sink, shutdown.await);
    todo!("signatures first")
}

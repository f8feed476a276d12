//! From source to sink: ordered, bounded, at least once or exactly once.
//!
//! - The committed offset of a partition is that of its first unfinished article. An article is finished when every
//!   record made from it, or its dead letter, is acknowledged by the broker.
//! - Within a partition, output records are sent in the order of the articles.
//! - What the process holds is bounded by [`Settings::max_in_flight_records`] and [`Settings::max_in_flight_bytes`];
//!   over the budget nothing is taken from the consumer, and partitions are paused if that lasts.
//! - Nothing that arrives late for an assignment that is over moves an offset.
//!
//! `docs/ARCHITECTURE.md` draws the whole.

mod articles;
mod coordinator;
mod dead_letter;
mod gate;
mod memory;
mod offsets;
mod port;
mod record;
mod sink;
mod transaction;
mod worker;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

pub use articles::{ArticleProcessor, Extract};
pub use dead_letter::{dead_letter, headers as dead_letter_headers};
pub use gate::Room;
pub use memory::{MemoryControl, MemorySink, MemorySource, MemoryTopic};
pub use offsets::{OffsetTracker, Sequence};
pub use port::{Epoch, Rewind, SourcePort, Stop, Unstarted};
pub use record::{Destination, Header, InputRecord, OutputRecord, Partition, Position};
pub use sink::{Ack, Acks, Commit, Conclusion, DeliveryError, SendError, Sink, Token};
pub use worker::{EVENT_TOO_LARGE, PANIC, Process, Rejection, TIMEOUT};

use self::coordinator::{Coordinator, Ends};
use self::gate::Gate;
use self::port::Mailbox;
use self::worker::{Pool, panic_text};
use crate::telemetry::{Health, Metrics};

/// How the pipeline runs. [`Settings::default`] is what the service uses unless told otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Threads that decode and extract; 0 means one per core.
    pub workers: usize,
    /// Articles inside the process at a time, from the consumer to the last acknowledgement.
    pub max_in_flight_records: usize,
    /// Bytes of articles and of their events inside the process at a time. A single larger article is let through.
    pub max_in_flight_bytes: usize,
    /// With a transactional sink: how long a transaction collects before it is committed.
    pub transaction_interval: Duration,
    /// How long a worker may be at one article. Longer, and the article becomes a dead letter and the worker is replaced;
    /// `None`: as long as it takes.
    pub article_timeout: Option<Duration>,
    /// How long shutdown may take to finish and commit what has been started.
    pub shutdown_timeout: Duration,
    /// Without progress for so long, though there is work, the pipeline reports itself stuck (not ready).
    pub stuck_after: Duration,
    /// Without progress for so long, though there is work, the run ends with an error; `None`: never.
    pub exit_after: Option<Duration>,
    pub metrics: Arc<Metrics>,
    pub health: Arc<Health>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            workers: 0,
            max_in_flight_records: 4096,
            max_in_flight_bytes: 32 * 1024 * 1024,
            transaction_interval: Duration::from_millis(100),
            article_timeout: Some(Duration::from_secs(60)),
            shutdown_timeout: Duration::from_secs(25),
            stuck_after: Duration::from_secs(60),
            exit_after: None,
            metrics: Arc::default(),
            health: Arc::default(),
        }
    }
}

/// What is promised about every article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Its events are written at least once.
    AtLeastOnce,
    /// Its events are written in the transaction that commits its offset: once, to those who read committed records.
    ExactlyOnce,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles finished: with events, without, or as dead letters.
    pub articles: u64,
    /// Events acknowledged.
    pub events: u64,
    /// Dead letters acknowledged.
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
        "the shutdown deadline of {timeout:?} passed with {unfinished} started articles unfinished; they will be read again"
    )]
    ShutdownDeadline { timeout: Duration, unfinished: usize },
    /// There was work and no progress for as long as [`Settings::exit_after`] allows.
    #[error("there was work but no progress for {0:?}; the articles in flight will be read again")]
    Stalled(Duration),
    /// A bug: a part of the pipeline ended early.
    #[error("internal error: {0}")]
    Internal(String),
}

/// Where articles come from.
pub trait Source: Send + 'static {
    /// Runs on a thread of its own until [`SourcePort::stop`] is set or the input ends. It announces assignments,
    /// pushes records while there is room, stores the positions that the port gives it, and drains every assignment
    /// before it gives it up, including those that it still has at the end.
    ///
    /// # Errors
    /// When it cannot go on. The pipeline then ends with [`PipelineError::Source`].
    fn run(self, port: SourcePort) -> Result<(), String>;
}

/// How long the sink may take to close.
const CLOSING_TIME: Duration = Duration::from_secs(10);

/// Runs the pipeline until `shutdown` resolves, the source ends or something fails for good.
///
/// # Errors
/// See [`PipelineError`]. Whatever the error, the offset of an unfinished article is not committed.
pub async fn run<P: Process, S: Source, K: Sink>(
    settings: Settings,
    processor: Arc<P>,
    source: S,
    mut sink: K,
    shutdown: impl Future<Output = ()>,
) -> Result<Summary, PipelineError> {
    let acks = Acks::default();
    sink.open(acks.clone()).map_err(PipelineError::Sink)?;
    let gate = Arc::new(Gate::new(settings.max_in_flight_records, settings.max_in_flight_bytes));
    let mailbox = Arc::new(Mailbox::default());
    let (pool, outcomes) = Pool::start(settings.workers, processor, settings.metrics.clone())
        .map_err(|error| PipelineError::Internal(format!("the workers do not start: {error}")))?;
    let (port, events) =
        SourcePort::new(gate.clone(), mailbox.clone(), settings.metrics.clone(), settings.health.clone());
    let (ended, source_end) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("safir-source".into())
        .spawn(move || {
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| source.run(port)));
            let _ = ended.send(result.unwrap_or_else(|panic| Err(format!("it panicked: {}", panic_text(&*panic)))));
        })
        .map_err(|error| PipelineError::Internal(format!("the source's thread does not start: {error}")))?;
    let ends = Ends { events, outcomes, acks, gate, mailbox, pool, sink: &mut sink };
    let result = Coordinator::run(&settings, ends, shutdown).await;
    // The coordinator ends when the source has let go of its port, which is the last thing that it does.
    let source_result = tokio::time::timeout(Duration::from_secs(1), source_end).await;
    // Closing may wait for the broker, and what is stuck may not come back.
    let closed = tokio::task::spawn_blocking(move || sink.close());
    if tokio::time::timeout(CLOSING_TIME, closed).await.is_err() {
        tracing::warn!("the sink could not be closed in time");
    }
    settings.health.set_ended();
    match (source_result, result) {
        // If the source failed, whatever else was left undone is a consequence.
        (Ok(Ok(Err(reason))), Ok(_) | Err(PipelineError::Internal(_))) => Err(PipelineError::Source(reason)),
        (_, result) => result,
    }
}

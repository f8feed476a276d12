//! The worker pool: decoding and extraction, which are pure, on threads of their own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::sync::mpsc;

use super::dead_letter::dead_letter;
use super::record::{InputRecord, OutputRecord, Partition};
use super::sink::Token;
use crate::telemetry::Metrics;

/// Decides what becomes of one article: a pure function, run on the worker threads.
pub trait Process: Send + Sync + 'static {
    /// The records to send for an article, in order, or why it is rejected: it then becomes a dead letter.
    ///
    /// # Errors
    /// A rejection is an outcome like any other. A panic is caught, and rejects the article too.
    fn process(&self, partition: &Partition, record: &InputRecord) -> Result<Vec<OutputRecord>, Rejection>;
}

impl<F> Process for F
where
    F: Fn(&Partition, &InputRecord) -> Result<Vec<OutputRecord>, Rejection> + Send + Sync + 'static,
{
    fn process(&self, partition: &Partition, record: &InputRecord) -> Result<Vec<OutputRecord>, Rejection> {
        self(partition, record)
    }
}

/// Why an article cannot be processed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// A class out of a bounded set, for the metrics and the dead letter's header.
    pub reason: &'static str,
    /// The error in words.
    pub message: String,
}

/// The class of an article whose processing panicked.
pub const PANIC: &str = "panic";
/// The class of an article one of whose events the broker refuses for its size.
pub const EVENT_TOO_LARGE: &str = "event_too_large";

/// An article on its way to a worker.
pub(crate) struct Task {
    pub token: Token,
    pub record: InputRecord,
}

/// An article back from a worker.
pub(crate) struct Outcome {
    pub token: Token,
    pub record: InputRecord,
    pub outputs: Vec<OutputRecord>,
    /// The class of the error when the only output is a dead letter.
    pub rejected: Option<&'static str>,
}

/// A tokio runtime of its own: extraction occupies its threads fully and must not delay anything else.
pub(crate) struct Pool<P> {
    runtime: Option<Runtime>,
    workers: usize,
    processor: Arc<P>,
    metrics: Arc<Metrics>,
    outcomes: mpsc::Sender<Vec<Outcome>>,
    outstanding: usize,
}

impl<P: Process> Pool<P> {
    /// Starts `workers` threads, one per core when 0.
    pub fn start(
        workers: usize,
        processor: Arc<P>,
        metrics: Arc<Metrics>,
    ) -> std::io::Result<(Self, mpsc::Receiver<Vec<Outcome>>)> {
        let workers = match workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            workers => workers,
        };
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(workers).thread_name("safir-worker").build()?;
        let (outcomes, receiver) = mpsc::channel(2 * workers);
        Ok((Self { runtime: Some(runtime), workers, processor, metrics, outcomes, outstanding: 0 }, receiver))
    }

    /// How many more batches may be submitted: two per worker, so that none waits for the coordinator between two.
    pub fn free(&self) -> usize {
        (2 * self.workers).saturating_sub(self.outstanding)
    }

    /// Has a batch of one partition processed; its outcomes come in the same order.
    pub fn submit(&mut self, partition: Partition, batch: Vec<Task>) {
        let Some(runtime) = &self.runtime else { return };
        self.outstanding += 1;
        let (processor, metrics, outcomes) = (self.processor.clone(), self.metrics.clone(), self.outcomes.clone());
        runtime.spawn(async move {
            let batch = batch.into_iter().map(|task| work(processor.as_ref(), &metrics, &partition, task)).collect();
            // Fails only when the pipeline has ended and nobody wants to know.
            let _ = outcomes.send(batch).await;
        });
    }

    /// To be told of every batch of outcomes.
    pub fn returned(&mut self) {
        self.outstanding -= 1;
    }
}

impl<P> Drop for Pool<P> {
    fn drop(&mut self) {
        // A runtime must not be dropped in async code, where its drop would wait; a batch in work ends by itself.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn work(processor: &impl Process, metrics: &Metrics, partition: &Partition, task: Task) -> Outcome {
    let Task { token, record } = task;
    // The processor is immutable, so a panic leaves nothing half-changed behind.
    let result = catch_unwind(AssertUnwindSafe(|| processor.process(partition, &record))).unwrap_or_else(|panic| {
        metrics.worker_panics.increment(1);
        let message = format!("processing panicked: {}", panic_text(panic.as_ref()));
        tracing::error!(%partition, offset = record.offset, "{message}");
        Err(Rejection { reason: PANIC, message })
    });
    match result {
        Ok(outputs) => Outcome { token, record, outputs, rejected: None },
        Err(rejection) => {
            metrics.failed(rejection.reason, 1);
            let letter = dead_letter(partition, &record, &rejection);
            Outcome { token, record, outputs: vec![letter], rejected: Some(rejection.reason) }
        }
    }
}

pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

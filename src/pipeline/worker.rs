//! The worker pool: decoding and extraction, which are pure, on threads of their own.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
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

/// The class of an article whose processing took too long.
pub const TIMEOUT: &str = "timeout";

/// How many workers may hang before the run ends. Each keeps its thread, its memory and maybe a core.
const MAX_HANGING: usize = 16;

/// An article on its way to a worker.
pub(crate) struct Task {
    pub token: Token,
    pub record: Arc<InputRecord>,
}

/// An article back from a worker.
pub(crate) struct Outcome {
    pub token: Token,
    pub record: Arc<InputRecord>,
    pub outputs: Vec<OutputRecord>,
    /// The class of the error when the only output is a dead letter.
    pub rejected: Option<&'static str>,
}

/// A batch in work, seen by its worker and by whoever looks whether it takes too long.
struct Work {
    partition: Partition,
    current: Option<(Token, Arc<InputRecord>, Instant)>,
    rest: VecDeque<Task>,
    done: Vec<Outcome>,
}

/// One worker's desk: `None` while it waits, and after its work was given to somebody else.
#[derive(Default)]
struct Desk(Mutex<Option<Work>>);

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Option<Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Batch = (Partition, VecDeque<Task>);

/// Threads of its own: extraction occupies them fully and must not delay anything else. A thread cannot be stopped from
/// outside: one that is stuck in an article loses its work to a new one, and ends when it comes back.
pub(crate) struct Pool<P> {
    workers: usize,
    shared: Arc<Shared<P>>,
    batches: Sender<Batch>,
    desks: Vec<Arc<Desk>>,
    /// Desks of workers that hang.
    hanging: Vec<std::sync::Weak<Desk>>,
    outstanding: usize,
}

struct Shared<P> {
    processor: Arc<P>,
    metrics: Arc<Metrics>,
    batches: Receiver<Batch>,
    outcomes: mpsc::Sender<Vec<Outcome>>,
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
        let (outcomes, receiver) = mpsc::channel(2 * workers);
        // As many batches as [`Pool::free`] lets in.
        let (batches, work) = unbounded();
        let shared = Arc::new(Shared { processor, metrics, batches: work, outcomes });
        let mut pool = Self { workers, shared, batches, desks: Vec::new(), hanging: Vec::new(), outstanding: 0 };
        for _ in 0..workers {
            pool.hire()?;
        }
        Ok((pool, receiver))
    }

    fn hire(&mut self) -> std::io::Result<()> {
        let desk = Arc::<Desk>::default();
        let (shared, own) = (self.shared.clone(), desk.clone());
        std::thread::Builder::new().name("safir-worker".into()).spawn(move || shared.run(&own))?;
        self.desks.push(desk);
        Ok(())
    }

    /// How many more batches may be submitted: two per worker, so that none waits for the coordinator between two.
    pub fn free(&self) -> usize {
        (2 * self.workers).saturating_sub(self.outstanding)
    }

    /// Has a batch of one partition processed; its outcomes come in the same order.
    pub fn submit(&mut self, partition: Partition, batch: Vec<Task>) {
        self.outstanding += 1;
        // Fails only without workers, which end with the pool alone.
        let _ = self.batches.send((partition, batch.into()));
    }

    /// To be told of every batch of outcomes.
    pub fn returned(&mut self) {
        self.outstanding -= 1;
    }

    /// Takes the work of those that have been at one article for longer than `limit` away from them. The article
    /// becomes a dead letter, the rest of its batch goes to somebody else, and a new worker takes the old one's place.
    ///
    /// # Errors
    /// When there are too many of them, or no new thread can be had.
    pub fn relieve(&mut self, limit: Duration) -> Result<Vec<Outcome>, String> {
        let mut outcomes = Vec::new();
        for at in 0..self.desks.len() {
            let work = {
                let mut work = self.desks[at].lock();
                let late = |work: &Work| work.current.as_ref().is_some_and(|(_, _, since)| since.elapsed() > limit);
                if !work.as_ref().is_some_and(late) {
                    continue;
                }
                work.take()
            };
            let Some(Work { partition, current: Some((token, record, _)), rest, done }) = work else { continue };
            let message = format!("processing took longer than {limit:?}");
            tracing::error!(%partition, offset = record.offset, "{message}");
            self.shared.metrics.failed(TIMEOUT, 1);
            let letter = dead_letter(&partition, &record, &Rejection { reason: TIMEOUT, message });
            outcomes.extend(done);
            outcomes.push(Outcome { token, record, outputs: vec![letter], rejected: Some(TIMEOUT) });
            if rest.is_empty() {
                self.outstanding -= 1;
            } else {
                let _ = self.batches.send((partition, rest));
            }
            let desk = self.desks.swap_remove(at);
            self.hanging.push(Arc::downgrade(&desk));
            self.hire().map_err(|error| format!("a worker that hangs cannot be replaced: {error}"))?;
            // The last one stands at this place now; it is looked at the next time.
            self.desks.swap(at, self.workers - 1);
        }
        self.hanging.retain(|desk| desk.strong_count() > 0);
        if self.hanging.len() > MAX_HANGING {
            return Err(format!("{} workers hang, each in an article that is a dead letter now", self.hanging.len()));
        }
        Ok(outcomes)
    }
}

impl<P: Process> Shared<P> {
    /// Ends when the pool does, and when its work was given to somebody else.
    fn run(&self, desk: &Desk) {
        while let Ok((partition, rest)) = self.batches.recv() {
            let done = Vec::with_capacity(rest.len());
            *desk.lock() = Some(Work { partition: partition.clone(), current: None, rest, done });
            loop {
                let task = {
                    let mut work = desk.lock();
                    let Some(work) = work.as_mut() else { return };
                    let Some(task) = work.rest.pop_front() else { break };
                    work.current = Some((task.token, task.record.clone(), Instant::now()));
                    task
                };
                let outcome = work(self.processor.as_ref(), &self.metrics, &partition, task);
                let mut work = desk.lock();
                let Some(work) = work.as_mut() else { return };
                work.current = None;
                work.done.push(outcome);
            }
            let Some(Work { done, .. }) = desk.lock().take() else { return };
            // Fails only when the pipeline has ended and nobody wants to know.
            if self.outcomes.blocking_send(done).is_err() {
                return;
            }
        }
    }
}

fn work(processor: &impl Process, metrics: &Metrics, partition: &Partition, task: Task) -> Outcome {
    let Task { token, record } = task;
    // The processor is immutable, so a panic leaves nothing half-changed behind.
    let result = catch_unwind(AssertUnwindSafe(|| processor.process(partition, &record))).unwrap_or_else(|panic| {
        metrics.worker_panics.increment(1);
        // A panic may quote the article, and the log may be read on a terminal.
        let message = crate::render::clean(&format!("processing panicked: {}", panic_text(panic.as_ref())));
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

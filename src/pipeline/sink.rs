//! What a sink has to be.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use super::offsets::Sequence;
use super::port::Epoch;
use super::record::{Destination, OutputRecord, Position};

/// Names the article that an output record was made from. An acknowledgement brings it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    pub(crate) epoch: Epoch,
    pub(crate) sequence: Sequence,
    pub(crate) destination: Destination,
    pub(crate) bytes: u32,
}

impl Token {
    pub(crate) fn new(epoch: Epoch, sequence: Sequence) -> Self {
        Self { epoch, sequence, destination: Destination::Events, bytes: 0 }
    }

    /// The token of one of the article's records.
    pub(crate) fn of(self, record: &OutputRecord) -> Self {
        let bytes = u32::try_from(record.bytes()).unwrap_or(u32::MAX);
        Self { destination: record.destination, bytes, ..self }
    }

    pub(crate) fn same_article(self, other: Token) -> bool {
        (self.epoch, self.sequence) == (other.epoch, other.sequence)
    }
}

/// Why a record was not taken.
#[derive(Debug)]
pub enum SendError {
    /// No room at the moment. Try again after an acknowledgement.
    Full(OutputRecord),
    /// The record exceeds a size limit; no retry will help it.
    TooLarge(OutputRecord, String),
    /// The open transaction cannot be committed any more and has to be given up.
    Broken(OutputRecord, String),
    /// The sink cannot go on.
    Failed(String),
}

/// Why a record that was taken did not arrive. The sink has done all retries that make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryError {
    /// The broker refuses a record of this size.
    TooLarge(String),
    /// The transaction in which it was sent cannot be committed any more; sending it again in another one may help.
    Transient { kind: &'static str, reason: String },
    /// Anything else. The class is out of a bounded set, for metrics.
    Permanent { kind: &'static str, reason: String },
}

/// A record's fate.
#[derive(Clone, Debug)]
pub struct Ack {
    pub token: Token,
    pub result: Result<(), DeliveryError>,
}

/// What a transactional sink says of its transactions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// The first transaction is open.
    Begun,
    /// Records and positions of the last one are durable, and the next one is open.
    Committed,
    /// Nothing of the last one counts, and the next one is open.
    Aborted { reason: String },
    /// The last one counts as a whole or not at all, which only the positions tell that are committed by now. The next
    /// one is open.
    Unknown { reason: String },
    /// The sink cannot go on.
    Failed { reason: String },
}

pub(crate) enum Report {
    Fate(Ack),
    Conclusion(Conclusion),
}

/// Where a sink reports, from any thread, without ever waiting. Holds at most one acknowledgement for each record that
/// the sink has taken, whose number the sink bounds, and one conclusion.
#[derive(Clone, Default)]
pub struct Acks(Arc<(Mutex<Vec<Report>>, Notify)>);

impl Acks {
    /// Reports the fate of a record.
    pub fn report(&self, ack: Ack) {
        self.push(Report::Fate(ack));
    }

    /// Reports what became of a transaction, after the fates of all its records.
    pub fn conclude(&self, conclusion: Conclusion) {
        self.push(Report::Conclusion(conclusion));
    }

    fn push(&self, report: Report) {
        let (acks, news) = &*self.0;
        let mut acks = acks.lock().unwrap_or_else(PoisonError::into_inner);
        acks.push(report);
        let first = acks.len() == 1;
        drop(acks);
        // Whoever takes the first one takes all that have come by then.
        if first {
            news.notify_one();
        }
    }

    /// Waits until there is at least one, and moves all into `into`, which must be empty.
    pub(crate) async fn receive(&self, into: &mut Vec<Report>) {
        let (acks, news) = &*self.0;
        loop {
            std::mem::swap(&mut *acks.lock().unwrap_or_else(PoisonError::into_inner), into);
            if !into.is_empty() {
                return;
            }
            news.notified().await;
        }
    }
}

/// Who makes positions durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commit {
    /// The source's own store, after the records they stand for: at least once.
    BySource,
    /// The sink, in one transaction with these records: exactly once.
    BySink,
}

/// Where events go.
pub trait Sink: Send + 'static {
    /// Called once, before anything else.
    ///
    /// # Errors
    /// When the sink cannot work; the pipeline then ends.
    fn open(&mut self, acks: Acks) -> Result<(), String>;

    /// Who makes positions durable; always the same answer. A sink that does so itself reports [`Conclusion::Begun`]
    /// when its first transaction is open.
    fn commits(&self) -> Commit {
        Commit::BySource
    }

    /// Takes a record, keeping the order of calls for records with the same key. Never waits. A transactional sink is
    /// given records only while a transaction is open.
    ///
    /// # Errors
    /// See [`SendError`]; nothing is taken then.
    fn send(&mut self, record: OutputRecord, token: Token) -> Result<(), SendError>;

    /// Ends the open transaction: what was sent in it and these positions become durable together, or neither does.
    /// Never waits; the [`Conclusion`] follows. Called when the fate of every record sent is known.
    fn commit(&mut self, positions: Vec<(Epoch, Position)>) {
        let _ = positions;
    }

    /// Gives the open transaction up, with all that was sent in it. Never waits; the [`Conclusion`] follows.
    fn abort(&mut self, reason: &str) {
        let _ = reason;
    }

    /// Called once at the end, on a thread that may wait. What is in no committed transaction must not be left to
    /// count.
    fn close(&mut self) {}
}

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
    /// The sink cannot go on.
    Failed(String),
}

/// Why a record that was taken did not arrive. The sink has done all retries that make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryError {
    /// The broker refuses a record of this size.
    TooLarge(String),
    /// Anything else. The class is out of a bounded set, for metrics.
    Permanent { kind: &'static str, reason: String },
}

/// A record's fate.
#[derive(Clone, Debug)]
pub struct Ack {
    pub token: Token,
    pub result: Result<(), DeliveryError>,
}

/// Where a sink reports acknowledgements, from any thread, without ever waiting. Holds at most one for each record
/// that the sink has taken, whose number the sink bounds.
#[derive(Clone, Default)]
pub struct Acks(Arc<(Mutex<Vec<Ack>>, Notify)>);

impl Acks {
    /// Reports the fate of a record.
    pub fn report(&self, ack: Ack) {
        let (acks, news) = &*self.0;
        let mut acks = acks.lock().unwrap_or_else(PoisonError::into_inner);
        acks.push(ack);
        let first = acks.len() == 1;
        drop(acks);
        // Whoever takes the first one takes all that have come by then.
        if first {
            news.notify_one();
        }
    }

    /// Waits until there is at least one, and moves all into `into`, which must be empty.
    pub(crate) async fn receive(&self, into: &mut Vec<Ack>) {
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
    /// The source's own store: at least once.
    BySource,
    /// The sink did, together with the records it was sent (a transaction): the source must not.
    BySink,
}

/// Where events go.
pub trait Sink: Send + 'static {
    /// Called once, before anything else.
    ///
    /// # Errors
    /// When the sink cannot work; the pipeline then ends.
    fn open(&mut self, acks: Acks) -> Result<(), String>;

    /// Takes a record, keeping the order of calls for records with the same key. Never waits.
    ///
    /// # Errors
    /// See [`SendError`]; nothing is taken then.
    fn send(&mut self, record: OutputRecord, token: Token) -> Result<(), SendError>;

    /// Offers new positions to the sink. This is the seam for exactly-once delivery: a transactional sink takes them
    /// into its transaction; any other leaves them to the source, which is the default.
    ///
    /// # Errors
    /// When the sink cannot go on.
    fn commit(&mut self, positions: &[Position]) -> Result<Commit, String> {
        let _ = positions;
        Ok(Commit::BySource)
    }

    /// Called once at the end, on a thread that may wait.
    fn close(&mut self) {}
}

//! Between the source's thread and the coordinator: the protocol that every source speaks.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tokio::sync::mpsc;

use super::gate::{Gate, Load, Room};
use super::record::{InputRecord, Partition, Position};
use crate::telemetry::{Beat, Health, Metrics};

/// The number of one assignment of one partition, never used twice in a process. Whatever arrives late for an
/// assignment that is over names an epoch that is gone, and so falls on the floor.
pub type Epoch = u64;

/// How many batches may wait between source and coordinator. The coordinator never waits for anything, so this only
/// has to cover the time it takes to handle a batch; the records in it are counted by the budget anyhow.
const EVENT_CAPACITY: usize = 16;

/// A batch is handed over when it has so many records or bytes, or when the source has no more at the moment.
const BATCH_RECORDS: usize = 64;
const BATCH_BYTES: usize = 256 * 1024;

/// What a drain does with records that no worker has begun to work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unstarted {
    /// Leaves them to the partition's next owner, to whom they are new: the drain is short and nothing is done twice.
    Leave,
    /// Works them off as well: the input ends here.
    Finish,
}

/// What a source tells the coordinator.
pub(crate) enum SourceEvent {
    Assigned(Vec<(Partition, Epoch)>),
    Records(Vec<(Epoch, InputRecord)>),
    Drain(DrainRequest),
    Lost(Vec<Epoch>),
}

pub(crate) struct DrainRequest {
    pub epochs: Vec<Epoch>,
    pub unstarted: Unstarted,
    /// `None`: as long as it takes.
    pub deadline: Option<Instant>,
    /// The positions to commit, once the epochs are over.
    pub reply: SyncSender<Vec<Position>>,
}

/// What the coordinator leaves for the source. Newer positions replace older ones, so it is bounded by the number of
/// partitions, and leaving something never waits.
#[derive(Default)]
struct Mail {
    positions: FxHashMap<Epoch, Position>,
    rewinds: FxHashMap<Epoch, Rewind>,
    stop: Option<Stop>,
}

/// From where a partition is to be read again whose transaction was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewind {
    /// What was committed before the transaction, or the first article of the assignment.
    pub position: Position,
    /// The transaction may have been committed after all: what is committed by now holds, where there is something.
    pub ask: bool,
}

/// The order to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When the drain has to be over.
    pub deadline: Instant,
}

#[derive(Default)]
pub(crate) struct Mailbox(Mutex<Mail>);

impl Mailbox {
    fn mail(&self) -> MutexGuard<'_, Mail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn leave_position(&self, epoch: Epoch, position: Position) {
        self.mail().positions.insert(epoch, position);
    }

    pub fn withdraw(&self, epoch: Epoch) {
        self.mail().positions.remove(&epoch);
    }

    /// Has a partition read again.
    pub fn rewind(&self, epoch: Epoch, rewind: Rewind) {
        self.mail().rewinds.insert(epoch, rewind);
    }

    /// The earliest deadline holds.
    pub fn stop(&self, deadline: Instant) {
        let mut mail = self.mail();
        let deadline = mail.stop.map_or(deadline, |stop| stop.deadline.min(deadline));
        mail.stop = Some(Stop { deadline });
    }
}

/// A source's side of the protocol.
pub struct SourcePort {
    events: mpsc::Sender<SourceEvent>,
    gate: Arc<Gate>,
    mailbox: Arc<Mailbox>,
    epochs: AtomicU64,
    batch: Mutex<Batch>,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
}

#[derive(Default)]
struct Batch {
    records: Vec<(Epoch, InputRecord)>,
    bytes: usize,
}

impl SourcePort {
    pub(crate) fn new(
        gate: Arc<Gate>,
        mailbox: Arc<Mailbox>,
        metrics: Arc<Metrics>,
        health: Arc<Health>,
    ) -> (Self, mpsc::Receiver<SourceEvent>) {
        let (events, receiver) = mpsc::channel(EVENT_CAPACITY);
        let batch = Mutex::default();
        (Self { events, gate, mailbox, epochs: AtomicU64::new(1), batch, metrics, health }, receiver)
    }

    /// Says that the source's thread is alive; to be called at least every few seconds.
    pub fn beat(&self) {
        self.health.beat(Beat::Source);
    }

    /// Announces partitions, before their first record.
    pub fn assigned(&self, partitions: Vec<Partition>) -> Vec<(Partition, Epoch)> {
        self.metrics.rebalances.assigned.increment(1);
        self.begin(partitions)
    }

    fn begin(&self, partitions: Vec<Partition>) -> Vec<(Partition, Epoch)> {
        let begun: Vec<(Partition, Epoch)> =
            partitions.into_iter().map(|partition| (partition, self.epochs.fetch_add(1, Ordering::Relaxed))).collect();
        for (_, epoch) in &begun {
            self.gate.open(*epoch);
        }
        self.send(SourceEvent::Assigned(begun.clone()));
        begun
    }

    /// The epochs that ended because a transaction was given up, each with where its partition is to be read again. The
    /// source moves there and announces it by [`SourcePort::rewound`]; those that it does not own
    /// any more it forgets.
    pub fn rewinds(&self) -> Vec<(Epoch, Rewind)> {
        let mut mail = self.mailbox.mail();
        if mail.rewinds.is_empty() { Vec::new() } else { mail.rewinds.drain().collect() }
    }

    /// Announces that a partition is read again: its records belong to the new epoch from now on.
    pub fn rewound(&self, partition: Partition) -> Option<Epoch> {
        self.begin(vec![partition]).pop().map(|(_, epoch)| epoch)
    }

    /// Takes a record over. Never refuses; afterwards ask [`SourcePort::room`] before taking another one.
    pub fn push(&self, epoch: Epoch, record: InputRecord) {
        let bytes = record.bytes();
        self.gate.enter(epoch, Load { records: 1, bytes });
        let mut batch = self.batch();
        batch.bytes += bytes;
        batch.records.push((epoch, record));
        let full = batch.records.len() >= BATCH_RECORDS || batch.bytes >= BATCH_BYTES;
        drop(batch);
        if full {
            self.flush();
        }
    }

    /// Hands over what has been pushed; to be called when the source has no more at the moment.
    pub fn flush(&self) {
        let batch = std::mem::take(&mut *self.batch());
        if batch.records.is_empty() {
            return;
        }
        self.metrics.consumed(batch.records.len(), batch.bytes);
        self.send(SourceEvent::Records(batch.records));
    }

    /// Whether another record of the partition may be taken.
    pub fn room(&self, epoch: Epoch) -> Room {
        self.gate.room(epoch)
    }

    /// Hands over what has been pushed and waits for room, at most for `patience`. A partition that then has none is to
    /// be paused until [`SourcePort::may_resume`].
    pub fn wait_for_room(&self, epoch: Epoch, patience: Duration) -> Room {
        self.flush();
        self.gate.wait(epoch, patience)
    }

    /// Whether a paused partition may be resumed.
    pub fn may_resume(&self, epoch: Epoch) -> bool {
        self.gate.below_low_mark(epoch)
    }

    /// The positions that moved since the last call, with the epochs they belong to.
    pub fn positions(&self) -> Vec<(Epoch, Position)> {
        let mut mail = self.mailbox.mail();
        if mail.positions.is_empty() { Vec::new() } else { mail.positions.drain().collect() }
    }

    /// Set once the source is to end: it then drains what it owns and returns.
    pub fn stop(&self) -> Option<Stop> {
        self.mailbox.mail().stop
    }

    /// Ends assignments in order: waits until what has been started is delivered, or until `deadline`, and gives the
    /// positions to commit. Nothing of these epochs moves a position afterwards.
    pub fn drain(&self, epochs: Vec<Epoch>, unstarted: Unstarted, deadline: Option<Instant>) -> Vec<Position> {
        self.flush();
        let (reply, answer) = sync_channel(1);
        if !self.send(SourceEvent::Drain(DrainRequest { epochs, unstarted, deadline, reply })) {
            return Vec::new();
        }
        loop {
            self.beat();
            match answer.recv_timeout(Duration::from_secs(1)) {
                Ok(positions) => return positions,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Vec::new(),
            }
        }
    }

    /// Ends assignments that the group takes back; see [`SourcePort::drain`].
    pub fn revoked(&self, epochs: Vec<Epoch>, deadline: Instant) -> Vec<Position> {
        self.metrics.rebalances.revoked.increment(1);
        self.drain(epochs, Unstarted::Leave, Some(deadline))
    }

    /// Ends assignments that somebody else may already own: nothing of them may be committed any more.
    pub fn lost(&self, epochs: Vec<Epoch>) {
        self.flush();
        self.metrics.rebalances.lost.increment(1);
        self.send(SourceEvent::Lost(epochs));
    }

    fn batch(&self) -> MutexGuard<'_, Batch> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// False when the pipeline has ended, which the source learns from [`SourcePort::stop`] too.
    fn send(&self, event: SourceEvent) -> bool {
        if self.events.blocking_send(event).is_ok() {
            return true;
        }
        self.mailbox.stop(Instant::now());
        false
    }
}

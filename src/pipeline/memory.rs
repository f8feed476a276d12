//! A topic and a sink in memory: full members, for tests, benchmarks and runs without a broker.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Source;
use super::gate::Room;
use super::port::{Epoch, Rewind, SourcePort, Unstarted};
use super::record::{InputRecord, OutputRecord, Partition, Position};
use super::sink::{Ack, Acks, Commit, Conclusion, DeliveryError, SendError, Sink, Token};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A topic in memory, with the offsets that its one consumer group has committed. Clones share it.
#[derive(Clone)]
pub struct MemoryTopic {
    name: Arc<str>,
    partitions: Arc<Mutex<BTreeMap<i32, Log>>>,
}

#[derive(Default)]
struct Log {
    records: Vec<InputRecord>,
    committed: Option<i64>,
}

impl MemoryTopic {
    /// An empty topic.
    pub fn new(name: &str, partitions: i32) -> Self {
        let partitions = (0..partitions).map(|number| (number, Log::default())).collect();
        Self { name: name.into(), partitions: Arc::new(Mutex::new(partitions)) }
    }

    /// Appends a record; `offset` is overwritten unless it leaves a gap (as compaction does).
    pub fn append(&self, partition: i32, mut record: InputRecord) -> i64 {
        let mut partitions = lock(&self.partitions);
        let log = partitions.entry(partition).or_default();
        let next = log.records.last().map_or(0, |last| last.offset + 1);
        record.offset = record.offset.max(next);
        let offset = record.offset;
        log.records.push(record);
        offset
    }

    /// The offset that the group has committed, if it has one.
    pub fn committed(&self, partition: i32) -> Option<i64> {
        lock(&self.partitions).get(&partition)?.committed
    }

    fn commit(&self, positions: &[Position]) {
        let mut partitions = lock(&self.partitions);
        for position in positions {
            if let Some(log) = partitions.get_mut(&position.partition.number) {
                log.committed = Some(position.offset);
            }
        }
    }

    fn read(&self, partition: i32, from: i64) -> Option<InputRecord> {
        let partitions = lock(&self.partitions);
        let records = &partitions.get(&partition)?.records;
        records.get(records.partition_point(|record| record.offset < from)).cloned()
    }
}

enum Order {
    Assign(Vec<i32>),
    Revoke(Vec<i32>, Duration, Sender<()>),
    Lose(Vec<i32>),
    Fail(String),
}

/// Changes a running [`MemorySource`] from outside, as a group coordinator does.
#[derive(Clone)]
pub struct MemoryControl(Sender<Order>);

impl MemoryControl {
    /// Assigns further partitions, which are read from their committed offsets.
    pub fn assign(&self, partitions: &[i32]) {
        let _ = self.0.send(Order::Assign(partitions.to_vec()));
    }

    /// Revokes partitions, giving so long for the drain. The receiver is told when they are given up.
    pub fn revoke(&self, partitions: &[i32], patience: Duration) -> Receiver<()> {
        let (done, over) = channel();
        let _ = self.0.send(Order::Revoke(partitions.to_vec(), patience, done));
        over
    }

    /// Takes partitions away without warning.
    pub fn lose(&self, partitions: &[i32]) {
        let _ = self.0.send(Order::Lose(partitions.to_vec()));
    }

    /// Makes the source fail.
    pub fn fail(&self, reason: &str) {
        let _ = self.0.send(Order::Fail(reason.to_owned()));
    }
}

/// Reads a [`MemoryTopic`], one record of each partition after another.
pub struct MemorySource {
    topic: MemoryTopic,
    first: Vec<i32>,
    stay: bool,
    patience: Duration,
    orders: Receiver<Order>,
}

struct Owned {
    partition: Partition,
    epoch: Epoch,
    next: i64,
    paused: bool,
}

impl MemorySource {
    /// Owns all partitions of the topic, and ends when it has read and finished all of them.
    pub fn new(topic: &MemoryTopic) -> Self {
        Self::controlled(topic).0
    }

    /// Stays at the end of the topic until it is stopped, and obeys the control.
    pub fn controlled(topic: &MemoryTopic) -> (Self, MemoryControl) {
        let (orders, receiver) = channel();
        let first = lock(&topic.partitions).keys().copied().collect();
        let patience = Duration::from_millis(20);
        let source = Self { topic: topic.clone(), first, stay: false, patience, orders: receiver };
        (source, MemoryControl(orders))
    }

    /// Begins with these partitions only.
    #[must_use]
    pub fn owning(mut self, partitions: &[i32]) -> Self {
        self.first = partitions.to_vec();
        self
    }

    /// Waits at the end of the topic until it is stopped.
    #[must_use]
    pub fn staying(mut self) -> Self {
        self.stay = true;
        self
    }

    fn assign(&self, port: &SourcePort, owned: &mut Vec<Owned>, partitions: &[i32]) {
        let named = partitions.iter().map(|number| Partition::new(self.topic.name.clone(), *number)).collect();
        for (partition, epoch) in port.assigned(named) {
            let next = self.topic.committed(partition.number).unwrap_or(0);
            owned.push(Owned { partition, epoch, next, paused: false });
        }
    }

    fn take(owned: &mut Vec<Owned>, partitions: &[i32]) -> Vec<Epoch> {
        owned.extract_if(.., |owned| partitions.contains(&owned.partition.number)).map(|owned| owned.epoch).collect()
    }

    /// Gives the epochs of those that are read again.
    fn rewind(&self, port: &SourcePort, owned: &mut [Owned]) -> Vec<Epoch> {
        let mut again = Vec::new();
        for (epoch, Rewind { position, ask }) in port.rewinds() {
            let Some(owned) = owned.iter_mut().find(|owned| owned.epoch == epoch) else { continue };
            let Some(epoch) = port.rewound(owned.partition.clone()) else { continue };
            let committed = self.topic.committed(owned.partition.number).filter(|_| ask);
            let next = committed.unwrap_or(position.offset);
            *owned = Owned { partition: owned.partition.clone(), epoch, next, paused: false };
            again.push(epoch);
        }
        again
    }

    /// False when there was nothing to read.
    fn read_round(&self, port: &SourcePort, owned: &mut [Owned]) -> bool {
        let mut read = false;
        for at in 0..owned.len() {
            let one = &mut owned[at];
            if one.paused && port.may_resume(one.epoch) {
                one.paused = false;
            }
            if one.paused {
                continue;
            }
            let Some(record) = self.topic.read(one.partition.number, one.next) else { continue };
            one.next = record.offset + 1;
            read = true;
            port.push(one.epoch, record);
            if port.room(one.epoch) != Room::Yes {
                match port.wait_for_room(one.epoch, self.patience) {
                    Room::Yes => {}
                    Room::PartitionFull => one.paused = true,
                    Room::Full => owned.iter_mut().for_each(|owned| owned.paused = true),
                }
            }
        }
        read
    }
}

impl Source for MemorySource {
    fn run(self, port: SourcePort) -> Result<(), String> {
        let mut owned = Vec::new();
        self.assign(&port, &mut owned, &self.first);
        let mut idle = Duration::ZERO;
        loop {
            port.beat();
            self.topic.commit(&port.positions().into_iter().map(|(_, position)| position).collect::<Vec<_>>());
            self.rewind(&port, &mut owned);
            if let Some(stop) = port.stop() {
                let epochs = owned.iter().map(|owned| owned.epoch).collect();
                self.topic.commit(&port.drain(epochs, Unstarted::Leave, Some(stop.deadline)));
                return Ok(());
            }
            match self.orders.recv_timeout(idle) {
                Ok(Order::Assign(partitions)) => self.assign(&port, &mut owned, &partitions),
                Ok(Order::Revoke(partitions, patience, done)) => {
                    let epochs = Self::take(&mut owned, &partitions);
                    self.topic.commit(&port.revoked(epochs, Instant::now() + patience));
                    let _ = done.send(());
                }
                Ok(Order::Lose(partitions)) => port.lost(Self::take(&mut owned, &partitions)),
                Ok(Order::Fail(reason)) => return Err(reason),
                Err(RecvTimeoutError::Timeout) => {}
                // Nobody can give orders any more.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(idle),
            }
            let read = self.read_round(&port, &mut owned);
            if !read {
                port.flush();
            }
            let at_end = owned.iter().all(|owned| self.topic.read(owned.partition.number, owned.next).is_none());
            if at_end && !self.stay {
                let epochs = owned.iter().map(|owned| owned.epoch).collect();
                self.topic.commit(&port.drain(epochs, Unstarted::Finish, None));
                // What a transaction that was given up has left is read again; all else is done.
                let again = self.rewind(&port, &mut owned);
                owned.retain(|owned| again.contains(&owned.epoch));
                if owned.is_empty() {
                    return Ok(());
                }
            }
            idle = if read { Duration::ZERO } else { Duration::from_millis(2) };
        }
    }
}

type Verdict = dyn Fn(&OutputRecord) -> Result<(), DeliveryError> + Send + Sync;

struct SinkState {
    records: Vec<OutputRecord>,
    held: Vec<(Token, OutputRecord)>,
    holding: bool,
    capacity: usize,
    max_bytes: usize,
    verdict: Arc<Verdict>,
    acks: Acks,
    transactions: Option<Transactions>,
}

/// What a transactional sink has beside the rest.
struct Transactions {
    topic: MemoryTopic,
    /// Delivered in the open transaction.
    uncommitted: Vec<OutputRecord>,
    answer: Arc<dyn Fn(usize) -> Conclusion + Send + Sync>,
    /// How many times a commit was asked for.
    asked: usize,
    holding: bool,
    held: Option<Vec<Position>>,
}

/// Collects records. Clones share them, so that a test keeps one and gives another to the pipeline.
#[derive(Clone)]
pub struct MemorySink(Arc<Mutex<SinkState>>);

impl Default for MemorySink {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(SinkState {
            records: Vec::new(),
            held: Vec::new(),
            holding: false,
            capacity: usize::MAX,
            max_bytes: usize::MAX,
            verdict: Arc::new(|_| Ok(())),
            acks: Acks::default(),
            transactions: None,
        })))
    }
}

impl MemorySink {
    /// A sink that commits the positions of `topic` together with its records. What [`MemorySink::records`] gives is
    /// what was committed.
    pub fn transactional(topic: &MemoryTopic) -> Self {
        let sink = Self::default();
        lock(&sink.0).transactions = Some(Transactions {
            topic: topic.clone(),
            uncommitted: Vec::new(),
            answer: Arc::new(|_| Conclusion::Committed),
            asked: 0,
            holding: false,
            held: None,
        });
        sink
    }

    /// Lets `answer` decide what becomes of the transactions, by their number counted from 1.
    #[must_use]
    pub fn concluded_by(self, answer: impl Fn(usize) -> Conclusion + Send + Sync + 'static) -> Self {
        if let Some(transactions) = &mut lock(&self.0).transactions {
            transactions.answer = Arc::new(answer);
        }
        self
    }

    /// From now on does not answer commits until [`MemorySink::release_commit`].
    pub fn hold_commits(&self) {
        if let Some(transactions) = &mut lock(&self.0).transactions {
            transactions.holding = true;
        }
    }

    /// Whether a commit waits for [`MemorySink::release_commit`].
    pub fn holds_commit(&self) -> bool {
        lock(&self.0).transactions.as_ref().is_some_and(|transactions| transactions.held.is_some())
    }

    /// Answers the commit that waits, and holds none any more.
    pub fn release_commit(&self) {
        let mut state = lock(&self.0);
        let held = state.transactions.as_mut().and_then(|transactions| {
            transactions.holding = false;
            transactions.held.take()
        });
        if let Some(positions) = held {
            state.conclude(&positions);
        }
    }

    /// The records that were acknowledged, in the order of acknowledgement, which without [`MemorySink::hold`] is the
    /// order of sending.
    pub fn records(&self) -> Vec<OutputRecord> {
        lock(&self.0).records.clone()
    }

    /// How many records were taken and not acknowledged.
    pub fn held(&self) -> usize {
        lock(&self.0).held.len()
    }

    /// From now on acknowledges nothing until [`MemorySink::release`].
    pub fn hold(&self) {
        lock(&self.0).holding = true;
    }

    /// Acknowledges what was held, in an order of the caller's, and holds nothing any more.
    pub fn release(&self, arrange: impl FnOnce(&mut Vec<(Token, OutputRecord)>)) {
        let mut state = lock(&self.0);
        state.holding = false;
        let mut held = std::mem::take(&mut state.held);
        arrange(&mut held);
        for (token, record) in held {
            state.settle(token, record);
        }
    }

    /// Refuses records as full while so many are held.
    #[must_use]
    pub fn with_capacity(self, records: usize) -> Self {
        lock(&self.0).capacity = records;
        self
    }

    /// Refuses records whose value is larger.
    #[must_use]
    pub fn with_max_bytes(self, bytes: usize) -> Self {
        lock(&self.0).max_bytes = bytes;
        self
    }

    /// Lets `verdict` decide about each delivery.
    #[must_use]
    pub fn judged_by(
        self,
        verdict: impl Fn(&OutputRecord) -> Result<(), DeliveryError> + Send + Sync + 'static,
    ) -> Self {
        lock(&self.0).verdict = Arc::new(verdict);
        self
    }
}

impl SinkState {
    fn settle(&mut self, token: Token, record: OutputRecord) {
        let result = (self.verdict)(&record);
        if result.is_ok() {
            match &mut self.transactions {
                Some(transactions) => transactions.uncommitted.push(record),
                None => self.records.push(record),
            }
        }
        self.acks.report(Ack { token, result });
    }

    fn conclude(&mut self, positions: &[Position]) {
        let Some(transactions) = &mut self.transactions else { return };
        let conclusion = (transactions.answer)(transactions.asked);
        let uncommitted = std::mem::take(&mut transactions.uncommitted);
        // Of two that nobody knows of, one was committed.
        let unknown = matches!(conclusion, Conclusion::Unknown { .. }) && transactions.asked.is_multiple_of(2);
        if conclusion == Conclusion::Committed || unknown {
            self.records.extend(uncommitted);
            transactions.topic.commit(positions);
        }
        self.acks.conclude(conclusion);
    }
}

impl Sink for MemorySink {
    fn open(&mut self, acks: Acks) -> Result<(), String> {
        let mut state = lock(&self.0);
        if state.transactions.is_some() {
            acks.conclude(Conclusion::Begun);
        }
        state.acks = acks;
        Ok(())
    }

    fn commits(&self) -> Commit {
        if lock(&self.0).transactions.is_some() { Commit::BySink } else { Commit::BySource }
    }

    fn send(&mut self, record: OutputRecord, token: Token) -> Result<(), SendError> {
        let mut state = lock(&self.0);
        let bytes = record.value.as_ref().map_or(0, Vec::len);
        if bytes > state.max_bytes {
            let reason = format!("{bytes} bytes are more than {}", state.max_bytes);
            return Err(SendError::TooLarge(record, reason));
        }
        if state.held.len() >= state.capacity {
            return Err(SendError::Full(record));
        }
        if state.holding {
            state.held.push((token, record));
        } else {
            state.settle(token, record);
        }
        Ok(())
    }

    fn commit(&mut self, positions: Vec<(Epoch, Position)>) {
        let mut state = lock(&self.0);
        let positions = positions.into_iter().map(|(_, position)| position).collect::<Vec<_>>();
        let Some(transactions) = &mut state.transactions else { return };
        transactions.asked += 1;
        if transactions.holding {
            transactions.held = Some(positions);
        } else {
            state.conclude(&positions);
        }
    }

    fn abort(&mut self, reason: &str) {
        let mut state = lock(&self.0);
        let unacknowledged = std::mem::take(&mut state.held);
        if let Some(transactions) = &mut state.transactions {
            transactions.uncommitted.clear();
        }
        for (token, _) in unacknowledged {
            let reason = "purged with its transaction".to_owned();
            state.acks.report(Ack { token, result: Err(DeliveryError::Permanent { kind: "other", reason }) });
        }
        state.acks.conclude(Conclusion::Aborted { reason: reason.to_owned() });
    }
}

//! A topic and a sink in memory: full members, for tests, benchmarks and runs without a broker.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Source;
use super::gate::Room;
use super::port::{Epoch, SourcePort, Unstarted};
use super::record::{InputRecord, OutputRecord, Partition, Position};
use super::sink::{Ack, Acks, DeliveryError, SendError, Sink, Token};

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
                let epochs = owned.drain(..).map(|owned| owned.epoch).collect();
                self.drain_to_the_end(&port, epochs);
                return Ok(());
            }
            idle = if read { Duration::ZERO } else { Duration::from_millis(2) };
        }
    }
}

impl MemorySource {
    fn drain_to_the_end(&self, port: &SourcePort, epochs: Vec<Epoch>) {
        self.topic.commit(&port.drain(epochs, Unstarted::Finish, None));
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
        })))
    }
}

impl MemorySink {
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
            self.records.push(record);
        }
        self.acks.report(Ack { token, result });
    }
}

impl Sink for MemorySink {
    fn open(&mut self, acks: Acks) -> Result<(), String> {
        lock(&self.0).acks = acks;
        Ok(())
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
}

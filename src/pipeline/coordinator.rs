//! The one place that knows where every article is. It never waits for the source, a worker or the sink: it reacts to
//! what they report, and so nothing can wait for itself in a circle.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustc_hash::{FxHashMap, FxHashSet};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep, sleep_until};

use super::dead_letter::dead_letter;
use super::gate::{Gate, Load};
use super::offsets::{OffsetTracker, Sequence};
use super::port::{DrainRequest, Epoch, Mailbox, Rewind, SourceEvent, Unstarted};
use super::record::{Destination, InputRecord, OutputRecord, Partition, Position};
use super::sink::{Ack, Acks, Commit, Conclusion, DeliveryError, Report, SendError, Sink, Token};
use super::transaction::{Awaited, Handed, Transaction};
use super::worker::{EVENT_TOO_LARGE, Outcome, Pool, Process, Rejection, Task};
use super::{PipelineError, Settings, Summary};
use crate::telemetry::Beat;

/// A batch is cut at so many records or bytes: large enough that handing it over costs little per record, small enough
/// that the workers share the load. It is of one partition, so that a slow article delays only those that have to wait
/// for it anyway.
const BATCH_RECORDS: usize = 32;
const BATCH_BYTES: usize = 128 * 1024;

/// How many messages of one kind are taken at a time.
const GULP: usize = 64;

/// How often gauges are set and the watchdog looks.
const TICK: Duration = Duration::from_millis(250);

/// When the sink is full and reports nothing, it is tried again after so long.
const SINK_RETRY: Duration = Duration::from_millis(10);

/// Beyond its deadline, a source gets so long to commit and close.
const CLOSING_TIME: Duration = Duration::from_secs(5);

/// An article from arrival until everything made from it is acknowledged.
struct Entry {
    /// What it counts against the budget: the article and its unacknowledged records.
    bytes: usize,
    timestamp_ms: Option<i64>,
    arrived: Instant,
    /// The article, back from the worker, for the case that it still becomes a dead letter.
    record: Option<Arc<InputRecord>>,
    /// `None` until the worker is done with it.
    unsent: Option<VecDeque<OutputRecord>>,
    /// Some of its records were sent.
    begun: bool,
    unacknowledged: usize,
    /// The class of the error, when a dead letter was made.
    rejected: Option<&'static str>,
}

/// One partition during one assignment.
struct Lane {
    partition: Partition,
    tracker: OffsetTracker<Entry>,
    /// Articles that wait for a worker. They are given out in order.
    waiting: VecDeque<Task>,
    /// The first article that has not been sent. Articles are sent in order.
    next_send: Sequence,
    /// The offset of the first article of this assignment.
    first: Option<i64>,
    /// The position that the last committed transaction had for it.
    committed: Option<i64>,
    /// How many of its articles lie before that position.
    counted: Sequence,
    /// Some of its records are in a transaction that is not committed.
    in_transaction: bool,
}

struct Drain {
    epochs: Vec<Epoch>,
    unstarted: Unstarted,
    deadline: Option<Instant>,
    reply: std::sync::mpsc::SyncSender<Vec<Position>>,
}

/// What a coordinator is connected to.
pub(super) struct Ends<P, K> {
    pub events: mpsc::Receiver<SourceEvent>,
    pub outcomes: mpsc::Receiver<Vec<Outcome>>,
    pub acks: Acks,
    pub gate: Arc<Gate>,
    pub mailbox: Arc<Mailbox>,
    pub pool: Pool<P>,
    pub sink: K,
}

pub(super) struct Coordinator<'a, P, K> {
    settings: &'a Settings,
    gate: Arc<Gate>,
    mailbox: Arc<Mailbox>,
    pool: Pool<P>,
    sink: &'a mut K,
    lanes: FxHashMap<Epoch, Lane>,
    /// Lanes with articles that wait for a worker, each once, in the order of their turns.
    turns: VecDeque<Epoch>,
    waiting: usize,
    /// Lanes whose next article may be sendable, and lanes whose position may have moved.
    sendable: FxHashSet<Epoch>,
    moved: FxHashSet<Epoch>,
    /// Dead letters of articles whose turn is over: one of their events turned out too large.
    late: VecDeque<(Token, OutputRecord)>,
    sink_full: bool,
    unacknowledged: usize,
    /// `None` when the source makes positions durable.
    transaction: Option<Transaction>,
    /// Partitions of transactions that were given up, until the source reads them again.
    rewinding: FxHashMap<Epoch, Partition>,
    drains: Vec<Drain>,
    stopping: Option<Instant>,
    last_arrival: Instant,
    stuck: bool,
    abandoned: usize,
    summary: Summary,
    failure: Option<PipelineError>,
}

impl<'a, P: Process, K: Sink> Coordinator<'a, P, K> {
    /// Runs until the source has closed its side.
    pub async fn run(
        settings: &'a Settings,
        ends: Ends<P, &'a mut K>,
        shutdown: impl Future<Output = ()>,
    ) -> Result<Summary, PipelineError> {
        let Ends { mut events, mut outcomes, acks, gate, mailbox, pool, sink } = ends;
        let transaction = match sink.commits() {
            Commit::BySource => None,
            Commit::BySink => Some(Transaction::new(settings.transaction_interval, Instant::now())),
        };
        let mut this = Self {
            settings,
            gate,
            mailbox,
            pool,
            sink,
            lanes: FxHashMap::default(),
            turns: VecDeque::new(),
            waiting: 0,
            sendable: FxHashSet::default(),
            moved: FxHashSet::default(),
            late: VecDeque::new(),
            sink_full: false,
            unacknowledged: 0,
            transaction,
            rewinding: FxHashMap::default(),
            drains: Vec::new(),
            stopping: None,
            last_arrival: Instant::now(),
            stuck: false,
            abandoned: 0,
            summary: Summary::default(),
            failure: None,
        };
        let mut shutdown = pin!(shutdown);
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut new_events, mut new_outcomes, mut new_acks) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let drain_deadline = this.drains.iter().filter_map(|drain| drain.deadline).min();
            let transaction_look = this.transaction.as_ref().and_then(Transaction::next_look);
            tokio::select! {
                () = &mut shutdown, if this.stopping.is_none() => {
                    tracing::info!(timeout = ?settings.shutdown_timeout, "shutting down: draining what has been started");
                    this.stop(settings.shutdown_timeout);
                }
                () = acks.receive(&mut new_acks) => {
                    for report in new_acks.drain(..) {
                        match report {
                            Report::Fate(ack) => this.acknowledged(ack),
                            Report::Conclusion(conclusion) => this.concluded(conclusion),
                        }
                    }
                }
                count = outcomes.recv_many(&mut new_outcomes, GULP) => {
                    debug_assert!(count > 0, "the pool holds a sender");
                    for outcome in new_outcomes.drain(..) {
                        this.pool.returned();
                        outcome.into_iter().for_each(|outcome| this.processed(outcome));
                    }
                }
                count = events.recv_many(&mut new_events, GULP) => {
                    if count == 0 {
                        break;
                    }
                    for event in new_events.drain(..) {
                        this.source_event(event);
                    }
                }
                () = sleep(SINK_RETRY), if this.sink_full => {}
                () = until(drain_deadline), if drain_deadline.is_some() => {}
                () = until(transaction_look), if transaction_look.is_some() && this.failure.is_none() => {}
                () = until(this.stopping.map(|deadline| deadline + CLOSING_TIME)), if this.stopping.is_some() => {
                    this.fail(PipelineError::Internal("the source did not close in time".into()));
                    break;
                }
                _ = ticks.tick() => {
                    this.relieve();
                    this.tick();
                }
            }
            this.dispatch();
            this.send();
            this.publish();
            this.settle_drains();
        }
        this.end()
    }

    fn end(mut self) -> Result<Summary, PipelineError> {
        let left: usize = self.lanes.values().map(|lane| lane.tracker.open()).sum();
        if left > 0 && self.failure.is_none() {
            self.fail(PipelineError::Internal(format!("the source ended with {left} articles unfinished")));
        }
        let partitions = self.lanes.values().map(|lane| &lane.partition).chain(self.rewinding.values());
        partitions.for_each(|partition| self.settings.metrics.partition_gone(partition));
        for epoch in self.lanes.keys().copied().collect::<Vec<_>>() {
            self.close_lane(epoch);
        }
        self.tick();
        match self.failure {
            Some(failure) => Err(failure),
            None if self.stopping.is_some() && self.abandoned > 0 => Err(PipelineError::ShutdownDeadline {
                timeout: self.settings.shutdown_timeout,
                unfinished: self.abandoned,
            }),
            None => Ok(self.summary),
        }
    }

    fn stop(&mut self, patience: Duration) {
        let deadline = Instant::now() + patience;
        self.stopping = Some(self.stopping.map_or(deadline, |earlier| earlier.min(deadline)));
        self.abandoned = 0;
        // Drains that were going on have no more time than the rest.
        for drain in &mut self.drains {
            drain.deadline = Some(drain.deadline.map_or(deadline, |earlier| earlier.min(deadline)));
        }
        self.mailbox.stop(deadline);
        self.gate.close_all();
        self.settings.health.set_draining();
    }

    /// The first failure counts. What is finished is committed, nothing more is sent.
    fn fail(&mut self, failure: PipelineError) {
        if self.failure.is_none() {
            tracing::error!(error = %failure, "the pipeline ends");
            self.failure = Some(failure);
            self.stop(Duration::ZERO);
        }
    }

    fn source_event(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Assigned(assigned) => {
                for (partition, epoch) in assigned {
                    tracing::info!(%partition, epoch, "partition assigned");
                    self.settings.metrics.partition_owned(&partition);
                    self.rewinding.retain(|_, other| *other != partition);
                    let tracker = OffsetTracker::default();
                    let lane = Lane {
                        partition,
                        tracker,
                        waiting: VecDeque::new(),
                        next_send: 0,
                        first: None,
                        committed: None,
                        counted: 0,
                        in_transaction: false,
                    };
                    self.lanes.insert(epoch, lane);
                }
                self.last_arrival = Instant::now();
            }
            SourceEvent::Records(records) => {
                let arrived = Instant::now();
                for (epoch, record) in records {
                    // A record of an assignment that is over belongs to the partition's next owner.
                    let Some(lane) = self.lanes.get_mut(&epoch) else { continue };
                    let entry = Entry {
                        bytes: record.bytes(),
                        timestamp_ms: record.timestamp_ms,
                        arrived,
                        record: None,
                        unsent: None,
                        begun: false,
                        unacknowledged: 0,
                        rejected: None,
                    };
                    if lane.first.is_none() {
                        // Where an assignment begins tells what the group had for it, when something was read twice.
                        tracing::info!(partition = %lane.partition, epoch, offset = record.offset, "reading begins");
                        lane.first = Some(record.offset);
                    }
                    let sequence = lane.tracker.admit(record.offset, entry);
                    if lane.waiting.is_empty() {
                        self.turns.push_back(epoch);
                    }
                    lane.waiting.push_back(Task { token: Token::new(epoch, sequence), record: Arc::new(record) });
                    self.waiting += 1;
                }
                self.last_arrival = arrived;
            }
            SourceEvent::Drain(request) => self.begin_drain(request),
            SourceEvent::Lost(epochs) => {
                for epoch in epochs {
                    if let Some(lane) = self.lanes.get(&epoch) {
                        tracing::warn!(partition = %lane.partition, epoch, unfinished = lane.tracker.open(),
                            "partition lost; its unfinished articles are left to its new owner");
                    }
                    self.give_up_lane(epoch);
                }
            }
        }
    }

    fn begin_drain(&mut self, request: DrainRequest) {
        let DrainRequest { epochs, unstarted, deadline, reply } = request;
        if unstarted == Unstarted::Leave {
            for epoch in &epochs {
                let Some(lane) = self.lanes.get_mut(epoch) else { continue };
                self.waiting -= lane.waiting.len();
                self.turns.retain(|turn| turn != epoch);
                if let Some(first) = std::mem::take(&mut lane.waiting).front() {
                    for entry in lane.tracker.discard_from(first.token.sequence) {
                        self.gate.leave(*epoch, Load { records: 1, bytes: entry.bytes });
                    }
                }
            }
        }
        self.drains.push(Drain { epochs, unstarted, deadline, reply });
    }

    /// Answers the drains that are over.
    fn settle_drains(&mut self) {
        if self.drains.is_empty() {
            return;
        }
        let now = Instant::now();
        for drain in std::mem::take(&mut self.drains) {
            let lanes = drain.epochs.iter().filter_map(|epoch| self.lanes.get(epoch));
            let open: usize = lanes.map(|lane| lane.tracker.open()).sum();
            let uncommitted = drain.epochs.iter().any(|epoch| self.is_uncommitted(*epoch));
            let late = drain.deadline.is_some_and(|deadline| now >= deadline);
            if (open > 0 || uncommitted) && !late && self.failure.is_none() {
                self.drains.push(drain);
                continue;
            }
            if open > 0 {
                tracing::warn!(
                    unfinished = open,
                    "articles were started and not finished in time; they are read again"
                );
                self.settings.metrics.abandoned_articles.increment(open as u64);
                self.abandoned += open;
            } else if uncommitted && self.failure.is_none() {
                tracing::warn!("the last transaction was not committed in time; its articles may be read again");
                self.abandoned += 1;
            }
            let mut positions = Vec::new();
            for epoch in drain.epochs {
                if let Some(lane) = self.lanes.get(&epoch) {
                    tracing::info!(partition = %lane.partition, epoch, position = lane.tracker.position(), "partition given up");
                    if let (Some(offset), None) = (lane.tracker.position(), &self.transaction) {
                        positions.push(Position { partition: lane.partition.clone(), offset });
                    }
                }
                self.give_up_lane(epoch);
            }
            // A source that no longer waits has ended.
            let _ = drain.reply.send(positions);
        }
    }

    /// Ends an assignment that is over. When records of it are in the open transaction, whose article may be unfinished
    /// and whose position is not to be committed any more, the transaction has to go.
    fn give_up_lane(&mut self, epoch: Epoch) {
        if let Some(partition) = self.rewinding.remove(&epoch) {
            self.settings.metrics.partition_gone(&partition);
        }
        let Some(lane) = self.lanes.get(&epoch) else { return };
        self.settings.metrics.partition_gone(&lane.partition);
        let poisoned = lane.in_transaction && self.transaction.as_ref().is_some_and(Transaction::takes_rest);
        if let Some(transaction) = &mut self.transaction {
            transaction.forget_oversized(&lane.partition, i64::MAX);
        }
        self.close_lane(epoch);
        if poisoned && self.failure.is_none() {
            self.abort("a partition left before its records were committed");
        }
    }

    /// Forgets an assignment: what is still under way for it has no effect from now on.
    fn close_lane(&mut self, epoch: Epoch) {
        if let Some(lane) = self.lanes.remove(&epoch) {
            self.waiting -= lane.waiting.len();
            self.turns.retain(|turn| *turn != epoch);
            self.late.retain(|(token, _)| token.epoch != epoch);
        }
        self.sendable.remove(&epoch);
        self.moved.remove(&epoch);
        self.mailbox.withdraw(epoch);
        self.gate.close(epoch);
    }

    /// Gives waiting articles to the workers.
    fn dispatch(&mut self) {
        if self.failure.is_some() {
            return;
        }
        while self.pool.free() > 0 {
            let Some(epoch) = self.turns.pop_front() else { return };
            let Some(lane) = self.lanes.get_mut(&epoch) else { continue };
            // Few articles are spread over the workers; many make full batches.
            let most = self.waiting.div_ceil(self.pool.free()).clamp(1, BATCH_RECORDS);
            let mut batch = Vec::with_capacity(most.min(lane.waiting.len()));
            let mut bytes = 0;
            while batch.len() < most && bytes < BATCH_BYTES {
                let Some(task) = lane.waiting.pop_front() else { break };
                bytes += task.record.bytes();
                batch.push(task);
            }
            self.waiting -= batch.len();
            if !lane.waiting.is_empty() {
                self.turns.push_back(epoch);
            }
            self.pool.submit(lane.partition.clone(), batch);
        }
    }

    /// Goes on without the workers that hang.
    fn relieve(&mut self) {
        let Some(limit) = self.settings.article_timeout else { return };
        match self.pool.relieve(limit) {
            Ok(outcomes) => outcomes.into_iter().for_each(|outcome| self.processed(outcome)),
            Err(reason) => self.fail(PipelineError::Internal(reason)),
        }
    }

    fn processed(&mut self, outcome: Outcome) {
        let Outcome { token, record, outputs, rejected } = outcome;
        let Some(lane) = self.lanes.get_mut(&token.epoch) else { return };
        let partition = &lane.partition;
        let Some((offset, entry)) = lane.tracker.get_mut(token.sequence) else { return };
        let refused = self.transaction.as_ref().and_then(|transaction| transaction.oversized(partition, offset));
        let (outputs, rejected) = match refused {
            Some(bytes) if rejected.is_none() => without_oversized(partition, &record, outputs, bytes),
            _ => (outputs, rejected),
        };
        if outputs.is_empty() {
            self.finish(token);
            return;
        }
        let bytes = outputs.iter().map(OutputRecord::bytes).sum();
        entry.bytes += bytes;
        entry.record = Some(record);
        entry.rejected = rejected;
        entry.unsent = Some(outputs.into());
        self.gate.enter(token.epoch, Load { records: 0, bytes });
        self.sendable.insert(token.epoch);
    }

    /// Everything of the article is done.
    fn finish(&mut self, token: Token) {
        let Some(lane) = self.lanes.get_mut(&token.epoch) else { return };
        let Some(entry) = lane.tracker.finish(token.sequence) else { return };
        self.gate.leave(token.epoch, Load { records: 1, bytes: entry.bytes });
        self.moved.insert(token.epoch);
        // It may have been the one that the next articles waited for.
        self.sendable.insert(token.epoch);
        let timestamp = entry.timestamp_ms.filter(|_| entry.unsent.is_some());
        match &mut self.transaction {
            None => {
                self.summary.articles += 1;
                if let Some(timestamp) = timestamp {
                    self.latency(timestamp);
                }
            }
            Some(transaction) => {
                transaction.pending.summary.articles += 1;
                transaction.pending.timestamps.extend(timestamp);
                transaction.progressed(Instant::now());
            }
        }
    }

    fn latency(&self, timestamp_ms: i64) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let then = Duration::from_millis(u64::try_from(timestamp_ms).unwrap_or(0));
        self.settings.metrics.end_to_end_latency_seconds.record(now.saturating_sub(then));
    }

    /// Sends what may be sent, in the order of each partition.
    fn send(&mut self) {
        self.sink_full = false;
        if self.transaction.as_ref().is_some_and(|transaction| !transaction.takes_rest()) {
            return;
        }
        while let Some((token, letter)) = self.late.pop_front() {
            if !self.send_one(token, letter) {
                return;
            }
        }
        let lanes = std::mem::take(&mut self.sendable);
        for epoch in &lanes {
            let over = self.transaction.as_ref().is_some_and(|transaction| !transaction.takes_rest());
            if self.sink_full || over || self.failure.is_some() {
                self.sendable.insert(*epoch);
            } else {
                self.send_lane(*epoch);
            }
        }
    }

    fn send_lane(&mut self, epoch: Epoch) {
        let takes_new = self.transaction.as_ref().is_none_or(|transaction| transaction.takes_new(Instant::now()));
        loop {
            let Some(lane) = self.lanes.get_mut(&epoch) else { return };
            lane.next_send = lane.next_send.max(lane.tracker.base());
            if lane.next_send >= lane.tracker.end() {
                return;
            }
            let token = Token::new(epoch, lane.next_send);
            // A finished article has nothing to send.
            if let Some((_, entry)) = lane.tracker.get_mut(lane.next_send) {
                let Some(unsent) = &mut entry.unsent else { return };
                if !takes_new && !entry.begun {
                    self.sendable.insert(epoch);
                    return;
                }
                if let Some(record) = unsent.pop_front() {
                    if self.send_one(token, record) {
                        continue;
                    }
                    return;
                }
            }
            lane.next_send += 1;
        }
    }

    /// False when nothing more can be sent at the moment; the record then keeps its place.
    fn send_one(&mut self, token: Token, record: OutputRecord) -> bool {
        let token = token.of(&record);
        match self.sink.send(record, token) {
            Ok(()) => {
                self.unacknowledged += 1;
                if let Some(lane) = self.lanes.get_mut(&token.epoch) {
                    lane.in_transaction = true;
                    if let Some((_, entry)) = lane.tracker.get_mut(token.sequence) {
                        entry.begun = true;
                        entry.unacknowledged += 1;
                    }
                }
                if let Some(transaction) = &mut self.transaction {
                    transaction.progressed(Instant::now());
                }
                true
            }
            Err(SendError::Full(record)) => {
                self.sink_full = true;
                self.put_back(token, record);
                false
            }
            Err(SendError::TooLarge(_, reason)) => {
                self.too_large(token, reason);
                self.failure.is_none()
            }
            Err(SendError::Broken(record, reason)) => {
                self.put_back(token, record);
                self.abort(&reason);
                false
            }
            Err(SendError::Failed(reason)) => {
                self.fail(PipelineError::Sink(reason));
                false
            }
        }
    }

    fn put_back(&mut self, token: Token, record: OutputRecord) {
        let Some(lane) = self.lanes.get_mut(&token.epoch) else { return };
        let in_turn = token.sequence >= lane.next_send;
        match lane.tracker.get_mut(token.sequence) {
            Some((_, Entry { unsent: Some(unsent), .. })) if in_turn => {
                unsent.push_front(record);
                self.sendable.insert(token.epoch);
            }
            _ => self.late.push_front((token, record)),
        }
    }

    fn entry(&mut self, token: Token) -> Option<(i64, &mut Entry)> {
        self.lanes.get_mut(&token.epoch)?.tracker.get_mut(token.sequence)
    }

    fn acknowledged(&mut self, ack: Ack) {
        let token = ack.token;
        self.unacknowledged = self.unacknowledged.saturating_sub(1);
        // An acknowledgement of an assignment that is over: the partition's next owner does the article again.
        let Some((_, entry)) = self.entry(token) else { return };
        entry.unacknowledged = entry.unacknowledged.saturating_sub(1);
        let rejected = entry.rejected;
        match ack.result {
            Ok(()) => self.count_delivered(token, rejected.unwrap_or("unknown")),
            Err(DeliveryError::TooLarge(reason)) => {
                // A refused record takes its whole transaction with it.
                if token.destination == Destination::Events && self.transaction.is_some() {
                    self.too_large_in_transaction(token, &reason);
                    return;
                }
                self.too_large(token, reason);
            }
            Err(DeliveryError::Transient { kind, reason }) => {
                self.settings.metrics.produce_error(kind, 1);
                if self.transaction.is_some() {
                    self.abort(&reason);
                } else {
                    self.undeliverable(token, reason);
                }
                return;
            }
            Err(DeliveryError::Permanent { kind, reason }) => {
                self.settings.metrics.produce_error(kind, 1);
                self.undeliverable(token, reason);
                return;
            }
        }
        let done = |(_, entry): (i64, &mut Entry)| {
            entry.unacknowledged == 0 && entry.unsent.as_ref().is_some_and(VecDeque::is_empty)
        };
        let pending_letter = self.late.iter().any(|(late, _)| late.same_article(token));
        if !pending_letter && self.entry(token).is_some_and(done) {
            self.finish(token);
        }
    }

    fn count_delivered(&mut self, token: Token, rejected: &'static str) {
        let metrics = &self.settings.metrics;
        let summary = match &mut self.transaction {
            None => {
                metrics.produced_bytes.increment(u64::from(token.bytes));
                &mut self.summary
            }
            Some(transaction) => {
                transaction.pending.produced_bytes += u64::from(token.bytes);
                &mut transaction.pending.summary
            }
        };
        match token.destination {
            Destination::Events => summary.events += 1,
            Destination::DeadLetters => summary.dead_letters += 1,
        }
        match (&mut self.transaction, token.destination) {
            (None, Destination::Events) => metrics.produced_events.increment(1),
            (None, Destination::DeadLetters) => {
                metrics.produced_dead_letters.increment(1);
                metrics.dead_letter(rejected, 1);
            }
            (Some(_), Destination::Events) => {}
            (Some(transaction), Destination::DeadLetters) => {
                *transaction.pending.dead_letters.entry(rejected).or_default() += 1;
            }
        }
    }

    /// The next time the article comes up, it becomes a dead letter beside its other events.
    fn too_large_in_transaction(&mut self, token: Token, reason: &str) {
        self.settings.metrics.produce_error("too_large", 1);
        let Some(lane) = self.lanes.get_mut(&token.epoch) else { return };
        let partition = lane.partition.clone();
        let Some((offset, _)) = lane.tracker.get_mut(token.sequence) else { return };
        if let Some(transaction) = &mut self.transaction {
            transaction.remember_oversized(&partition, offset, token.bytes);
        }
        self.abort(reason);
    }

    /// An event that the broker refuses for its size makes its article a dead letter, once; the article's other events
    /// are sent all the same. A dead letter that is refused is kept nowhere, so that the pipeline must end.
    fn too_large(&mut self, token: Token, reason: String) {
        self.settings.metrics.produce_error("too_large", 1);
        if token.destination == Destination::DeadLetters {
            self.undeliverable(token, format!("the dead letter is too large for its topic: {reason}"));
            return;
        }
        let Some(lane) = self.lanes.get_mut(&token.epoch) else { return };
        let partition = lane.partition.clone();
        let in_turn = token.sequence >= lane.next_send;
        let Some((_, entry)) = lane.tracker.get_mut(token.sequence) else { return };
        if entry.rejected.is_some() {
            return;
        }
        let Some(record) = &entry.record else { return };
        entry.rejected = Some(EVENT_TOO_LARGE);
        self.settings.metrics.failed(EVENT_TOO_LARGE, 1);
        let message = format!("an event of {} bytes is too large for its topic: {reason}", token.bytes);
        let letter = dead_letter(&partition, record, &Rejection { reason: EVENT_TOO_LARGE, message });
        match &mut entry.unsent {
            Some(unsent) if in_turn => unsent.push_back(letter),
            _ => self.late.push_back((token, letter)),
        }
        self.sendable.insert(token.epoch);
    }

    fn undeliverable(&mut self, token: Token, reason: String) {
        let Some(lane) = self.lanes.get_mut(&token.epoch) else { return };
        let partition = lane.partition.clone();
        let offset = lane.tracker.get_mut(token.sequence).map_or(-1, |(offset, _)| offset);
        self.fail(PipelineError::Delivery { partition, offset, reason });
    }

    /// Makes positions that moved durable.
    fn publish(&mut self) {
        if self.transaction.is_some() {
            self.close_transaction();
            return;
        }
        for (epoch, position) in self.moved_positions() {
            self.settings.metrics.partition_position(&position.partition, position.offset);
            self.mailbox.leave_position(epoch, position);
        }
    }

    fn moved_positions(&mut self) -> Vec<(Epoch, Position)> {
        if self.moved.is_empty() {
            return Vec::new();
        }
        let mut positions = Vec::with_capacity(self.moved.len());
        for epoch in self.moved.drain() {
            let Some(lane) = self.lanes.get(&epoch) else { continue };
            if let Some(offset) = lane.tracker.position() {
                positions.push((epoch, Position { partition: lane.partition.clone(), offset }));
            }
        }
        positions
    }

    /// Whether there is something of the assignment that the sink has not committed.
    fn is_uncommitted(&self, epoch: Epoch) -> bool {
        let (Some(transaction), Some(lane)) = (&self.transaction, self.lanes.get(&epoch)) else { return false };
        lane.in_transaction || transaction.commits(epoch) || self.has_news(epoch, lane)
    }

    /// Whether the position has moved since the last commit.
    fn has_news(&self, epoch: Epoch, lane: &Lane) -> bool {
        self.moved.contains(&epoch) && lane.tracker.position().is_some_and(|position| lane.committed != Some(position))
    }

    /// Ends the transaction when it is time: begins nothing new, waits for the fates of what was sent, and then hands
    /// the positions over. They are exact: whatever was sent belongs to articles that are finished.
    fn close_transaction(&mut self) {
        let waits = self.drains.iter().any(|drain| {
            let lanes = || drain.epochs.iter().filter_map(|epoch| Some((*epoch, self.lanes.get(epoch)?)));
            lanes().all(|(_, lane)| lane.tracker.open() == 0) && lanes().any(|(epoch, _)| self.is_uncommitted(epoch))
        });
        let Some(transaction) = &mut self.transaction else { return };
        if self.failure.is_some() || !transaction.closes(Instant::now(), waits) {
            return;
        }
        if self.unacknowledged > 0 || !self.late.is_empty() || self.lanes.values_mut().any(Lane::is_half_sent) {
            return;
        }
        let positions = self.moved_positions();
        let handed = |(epoch, position): &(Epoch, Position)| {
            let articles = self.lanes.get(epoch).map_or(0, |lane| lane.tracker.base() - lane.counted);
            Handed { epoch: *epoch, offset: position.offset, articles }
        };
        let awaited = positions.iter().map(handed).collect();
        if let Some(transaction) = &mut self.transaction {
            transaction.await_sink(Awaited::Commit(awaited), Instant::now());
        }
        self.sink.commit(positions);
    }

    /// Gives the open transaction up. Every partition that has records in it is read again from where it was committed.
    fn abort(&mut self, reason: &str) {
        let now = Instant::now();
        let Some(transaction) = &mut self.transaction else { return };
        if !transaction.takes_rest() || self.failure.is_some() {
            return;
        }
        tracing::warn!(reason, "a transaction is given up; its articles are read again");
        transaction.given_up(now);
        transaction.await_sink(Awaited::Abort, now);
        self.settings.metrics.transactions_aborted.increment(1);
        self.sink.abort(reason);
        self.rewind(false);
    }

    /// The sink has answered.
    fn concluded(&mut self, conclusion: Conclusion) {
        let now = Instant::now();
        if let Conclusion::Failed { reason } = conclusion {
            self.fail(PipelineError::Sink(reason));
            return;
        }
        let Some(transaction) = &mut self.transaction else { return };
        let asked_for = transaction.asked_for(now);
        let (awaited, age) = transaction.concluded(conclusion == Conclusion::Committed, now);
        let metrics = &self.settings.metrics;
        match (conclusion, awaited) {
            (Conclusion::Committed, Some(Awaited::Commit(positions))) => {
                metrics.transactions_committed.increment(1);
                metrics.transaction_commit_seconds.record(asked_for);
                if let Some(age) = age {
                    metrics.transaction_seconds.record(age);
                }
                self.committed(&positions);
            }
            (Conclusion::Aborted { reason }, Some(Awaited::Commit(positions))) => {
                tracing::warn!(reason, "a transaction was not committed; its articles are read again");
                metrics.transactions_aborted.increment(1);
                self.not_committed(&positions, now, false);
            }
            (Conclusion::Unknown { reason }, Some(Awaited::Commit(positions))) => {
                tracing::warn!(reason, "it is not known whether a transaction was committed; the group is asked");
                metrics.transactions_unknown.increment(1);
                self.not_committed(&positions, now, true);
            }
            _ => {}
        }
        if !self.moved.is_empty()
            && let Some(transaction) = &mut self.transaction
        {
            transaction.progressed(now);
        }
    }

    fn committed(&mut self, positions: &[Handed]) {
        let metrics = &self.settings.metrics;
        let Some(transaction) = &mut self.transaction else { return };
        let pending = std::mem::take(&mut transaction.pending);
        for Handed { epoch, offset, articles } in positions {
            self.summary.articles += articles;
            if let Some(lane) = self.lanes.get_mut(epoch) {
                lane.committed = Some(*offset);
                lane.counted += articles;
                lane.in_transaction = false;
                transaction.forget_oversized(&lane.partition, *offset);
                metrics.partition_position(&lane.partition, *offset);
            }
        }
        self.summary.events += pending.summary.events;
        self.summary.dead_letters += pending.summary.dead_letters;
        metrics.produced_events.increment(pending.summary.events);
        metrics.produced_dead_letters.increment(pending.summary.dead_letters);
        metrics.produced_bytes.increment(pending.produced_bytes);
        for (reason, count) in pending.dead_letters {
            metrics.dead_letter(reason, count);
        }
        for timestamp in pending.timestamps {
            self.latency(timestamp);
        }
    }

    /// Nothing of the transaction that was to commit these positions counts, as far as is known: see [`Self::rewind`].
    fn not_committed(&mut self, positions: &[Handed], now: Instant, ask: bool) {
        if let Some(transaction) = &mut self.transaction {
            transaction.given_up(now);
        }
        // What moved without sending anything is still true, and committing a position twice changes nothing.
        self.moved.extend(positions.iter().map(|handed| handed.epoch));
        self.rewind(ask);
    }

    /// Has every partition with records in the transaction that was given up read again, from where it was committed
    /// before or, where the source has to `ask`, from where it is committed now.
    fn rewind(&mut self, ask: bool) {
        let sent = |(epoch, lane): (&Epoch, &Lane)| lane.in_transaction.then_some(*epoch);
        for epoch in self.lanes.iter().filter_map(sent).collect::<Vec<_>>() {
            let Some(lane) = self.lanes.get(&epoch) else { continue };
            let partition = lane.partition.clone();
            let position =
                lane.committed.or(lane.first).map(|offset| Position { partition: partition.clone(), offset });
            self.close_lane(epoch);
            self.rewinding.insert(epoch, partition);
            // A partition that is being given up is read again by its next owner.
            let leaves = |drain: &Drain| drain.unstarted == Unstarted::Leave && drain.epochs.contains(&epoch);
            let leaving = self.drains.iter().any(leaves);
            if let (Some(position), false) = (position, leaving) {
                self.mailbox.rewind(epoch, Rewind { position, ask });
            }
        }
    }

    fn tick(&mut self) {
        let (metrics, health) = (&self.settings.metrics, &self.settings.health);
        health.beat(Beat::Coordinator);
        let load = self.gate.load();
        let admitted: usize = self.lanes.values().map(|lane| lane.tracker.open()).sum();
        let unsent: u64 = self
            .lanes
            .values()
            .map(|lane| lane.tracker.end().saturating_sub(lane.next_send.max(lane.tracker.base())))
            .sum();
        let oldest = self.lanes.values().filter_map(|lane| lane.tracker.first()).map(|entry| entry.arrived).min();
        metrics.in_flight_records.set(load.records as f64);
        metrics.in_flight_bytes.set(load.bytes as f64);
        metrics.queue_source.set(load.records.saturating_sub(admitted) as f64);
        metrics.queue_work.set(unsent as f64);
        metrics.queue_sink.set(self.unacknowledged as f64);
        metrics.oldest_in_flight_age_seconds.set(oldest.map_or(0.0, |oldest| oldest.elapsed().as_secs_f64()));
        metrics.assigned_partitions.set(self.lanes.len() as f64);
        metrics.upkeep();
        // Stuck is an article that does not get finished, or one that the broker has and that does not come.
        if metrics.unread() == 0 || load.records > 0 {
            self.last_arrival = Instant::now();
        }
        let uncommitted = self.transaction.as_ref().map(|transaction| transaction.stalled_for(Instant::now()));
        let idle = self
            .last_arrival
            .elapsed()
            .max(oldest.map_or(Duration::ZERO, |oldest| oldest.elapsed()))
            .max(uncommitted.unwrap_or_default());
        let stuck = idle > self.settings.stuck_after;
        if stuck && !self.stuck {
            tracing::error!(in_flight = load.records, since = ?idle, "there is work but no progress");
        }
        self.stuck = stuck;
        health.set_stuck(stuck);
        // A source that gives no sign of life brings nothing either.
        let silent = health.silence(Beat::Source).unwrap_or_default();
        let stalled = idle.max(silent);
        if self.settings.exit_after.is_some_and(|limit| stalled > limit) && self.stopping.is_none() {
            self.fail(PipelineError::Stalled(stalled));
        }
    }
}

impl Lane {
    /// Whether some, and not all, records of an article were sent.
    fn is_half_sent(&mut self) -> bool {
        self.tracker.get_mut(self.next_send).is_some_and(|(_, entry)| entry.begun)
    }
}

/// The outputs of an article of whose events one of so many bytes was refused: what is smaller, and a dead letter.
fn without_oversized(
    partition: &Partition,
    record: &InputRecord,
    outputs: Vec<OutputRecord>,
    refused: u32,
) -> (Vec<OutputRecord>, Option<&'static str>) {
    let refused = usize::try_from(refused).unwrap_or(usize::MAX);
    let largest = outputs.iter().map(OutputRecord::bytes).max().unwrap_or(0);
    let mut outputs: Vec<_> = outputs.into_iter().filter(|output| output.bytes() < refused).collect();
    let message = format!("an event of {largest} bytes is too large for its topic");
    outputs.push(dead_letter(partition, record, &Rejection { reason: EVENT_TOO_LARGE, message }));
    (outputs, Some(EVENT_TOO_LARGE))
}

async fn until(deadline: Option<Instant>) {
    if let Some(deadline) = deadline {
        sleep_until(deadline.into()).await;
    }
}

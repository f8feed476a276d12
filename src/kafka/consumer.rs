//! The input topic as a member of a consumer group.
//!
//! One thread creates, polls and closes the consumer. At least once, offsets are stored when articles are finished and
//! committed by librdkafka at its interval; synchronous commits happen only where an assignment ends, in a revocation
//! and at shutdown. Exactly once, the producer commits them, and asks the consumer's [`Membership`] for its place in
//! the group.

use std::ffi::CStr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::bindings;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{
    BaseConsumer, CommitMode, Consumer as _, ConsumerContext, ConsumerGroupMetadata, Rebalance, RebalanceProtocol,
};
use rdkafka::error::{KafkaError as NativeError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Message as _};
use rdkafka::statistics::Statistics;
use rdkafka::types::RDKafkaRespErr;
use rdkafka::{ClientConfig, Offset, TopicPartitionList};

use super::client::{Throttle, client_statistics, headers_of, log};
use super::{KafkaError, Settings};
use crate::pipeline::{Epoch, InputRecord, Partition, Position, Rewind, Room, Source, SourcePort, Unstarted};
use crate::telemetry::{Health, Metrics, Watermarks};

/// How long a poll may wait: the thread looks at its port at least so often.
const IDLE_POLL: Duration = Duration::from_millis(100);
/// While a partition is paused: it shall be resumed soon after there is room.
const PAUSED_POLL: Duration = Duration::from_millis(20);
/// How long the thread may wait for room without polling before it pauses partitions. Pausing throws librdkafka's
/// prefetched records away, so it is for stalls and not for the steady state of a process with a backlog, in which
/// room is always about to be given back. Far below any session timeout, and callbacks are late by no more.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often positions are handed to librdkafka, which commits them less often still.
const STORE_INTERVAL: Duration = Duration::from_millis(100);
/// While the group is between two generations it refuses commits, also those of partitions that the member keeps or only
/// now gives up. The last positions of an assignment are tried again for so long.
const COMMIT_PATIENCE: Duration = Duration::from_secs(3);
const COMMIT_RETRY: Duration = Duration::from_millis(100);
/// How many records are taken between two looks at the port.
const ROUND: usize = 256;

/// How long a partition that is read again may take to be moved back.
const SEEK_PATIENCE: Duration = Duration::from_secs(10);

/// How long the group may take to say where partitions begin: longer than the brokers need to give up
/// the transaction of an instance that was killed, shorter than a member may go without polling.
const BEGIN_PATIENCE: Duration = Duration::from_secs(120);
/// How long one question may take before the thread looks whether it shall end.
const BEGIN_SLICE: Duration = Duration::from_secs(1);
const BEGIN_REST: Duration = Duration::from_millis(100);

/// The input topic, read as a member of a consumer group.
pub struct KafkaSource {
    config: ClientConfig,
    topic: String,
    membership: Membership,
    drain_timeout: Duration,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
}

impl KafkaSource {
    /// Checks the settings; connects when the pipeline starts it.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(settings: &Settings, metrics: Arc<Metrics>, health: Arc<Health>) -> Result<Self, KafkaError> {
        let config = settings.consumer()?;
        config.create_native_config().map_err(|error| KafkaError::of("the consumer's settings", &error))?;
        let (topic, drain_timeout) = (settings.input_topic.clone(), settings.drain_timeout());
        Ok(Self { config, topic, membership: Membership::default(), drain_timeout, metrics, health })
    }

    /// What a transaction needs that commits this consumer's offsets.
    pub fn membership(&self) -> Membership {
        self.membership.clone()
    }
}

/// A consumer's place in its group, for the transactions that commit its offsets. Empty before the consumer is created
/// and after it is closed.
#[derive(Clone, Default)]
pub struct Membership(Arc<Mutex<Option<Arc<BaseConsumer<Context>>>>>);

impl Membership {
    fn set(&self, consumer: Option<Arc<BaseConsumer<Context>>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = consumer;
    }

    /// The member and the generation in which it owns all these partitions, under these very assignments. What the
    /// group decides afterwards makes the coordinator refuse a commit with it: a partition is given to somebody else
    /// only in a later generation. Asked for and compared under the lock under which partitions are given up.
    pub(super) fn owning(&self, positions: &[(Epoch, Position)]) -> Result<ConsumerGroupMetadata, String> {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let consumer = slot.as_ref().ok_or("the consumer is closed")?;
        let owned = consumer.context().owned();
        let missing = positions.iter().find(|(epoch, _)| !owned.iter().any(|owned| owned.epoch == *epoch));
        if let Some((_, position)) = missing {
            return Err(format!("{} is not owned any more", position.partition));
        }
        if consumer.assignment_lost() {
            return Err("the assignment is lost".into());
        }
        // A commit without a member or generation would be taken from anybody.
        let before = generation(consumer).ok_or("the consumer is no member of its group")?;
        let metadata = consumer.group_metadata().ok_or("the consumer is no member of its group")?;
        // rdkafka does not let one look into what it gives; generations never come back, so that what is the same
        // before and after was the same in between.
        if generation(consumer) != Some(before) {
            return Err("the group is just being formed anew".into());
        }
        Ok(metadata)
    }
}

/// The generation (or member epoch) and the member; `None` when the consumer is no member.
fn generation(consumer: &BaseConsumer<Context>) -> Option<(i32, String)> {
    // SAFETY: the consumer is alive, and what is given out is destroyed below.
    let metadata = unsafe { bindings::rd_kafka_consumer_group_metadata(consumer.client().native_ptr()) };
    if metadata.is_null() {
        return None;
    }
    // SAFETY: the member's name is a string that ends with zero, which lives as long as the metadata; it is copied.
    let (generation, member) = unsafe {
        let generation = bindings::rd_kafka_consumer_group_metadata_generation_id(metadata);
        let member = bindings::rd_kafka_consumer_group_metadata_member_id(metadata);
        let member = if member.is_null() { String::new() } else { CStr::from_ptr(member).to_string_lossy().into() };
        bindings::rd_kafka_consumer_group_metadata_destroy(metadata);
        (generation, member)
    };
    // 0 is what a member has that is about to join by the protocol of KIP-848.
    (generation > 0 && !member.is_empty()).then_some((generation, member))
}

impl Source for KafkaSource {
    fn run(self, port: SourcePort) -> Result<(), String> {
        let context = Context {
            port,
            owned: Mutex::default(),
            drain_timeout: self.drain_timeout,
            unsettled: OnceLock::new(),
            metrics: self.metrics,
            health: self.health,
            throttle: Throttle::default(),
        };
        let consumer: Arc<BaseConsumer<Context>> = self
            .config
            .create_with_context(context)
            .map(Arc::new)
            .map_err(|error| KafkaError::of("the consumer cannot be created", &error).to_string())?;
        self.membership.set(Some(consumer.clone()));
        // However this ends, the consumer is closed on this thread.
        let _closes = Closes(&self.membership);
        consumer
            .subscribe(&[&self.topic])
            .map_err(|error| KafkaError::of(format!("cannot subscribe to {}", self.topic), &error).to_string())?;
        let result = consume(&consumer);
        self.membership.set(None);
        // Leaving the group may call back, but owns nothing any more.
        drop(consumer);
        result
    }
}

struct Closes<'a>(&'a Membership);

impl Drop for Closes<'_> {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

fn consume(consumer: &BaseConsumer<Context>) -> Result<(), String> {
    let context: &Context = consumer.context();
    let port = &context.port;
    let mut stored = Instant::now();
    loop {
        port.beat();
        if let Some(stop) = port.stop() {
            // Owned to the end: the last transaction is only possible for an owner.
            let epochs = context.owned().iter().map(|owned| owned.epoch).collect();
            let positions = port.drain(epochs, Unstarted::Leave, Some(stop.deadline));
            context.owned().clear();
            context.commit(consumer, &positions);
            return Ok(());
        }
        if let Some(reason) = context.unsettled.get() {
            return Err(reason.clone());
        }
        context.rewind(consumer, port.rewinds())?;
        if stored.elapsed() >= STORE_INTERVAL {
            context.store(consumer, port.positions());
            stored = Instant::now();
        }
        let mut wait = if context.resume(consumer) { PAUSED_POLL } else { IDLE_POLL };
        for _ in 0..ROUND {
            let Some(event) = consumer.poll(wait) else {
                port.flush();
                break;
            };
            match event {
                Ok(message) => context.take(consumer, &message),
                Err(error) => context.judge(&error)?,
            }
            // Whatever has come by now is taken without waiting, and then handed over.
            wait = Duration::ZERO;
        }
    }
}

struct Owned {
    partition: Partition,
    epoch: Epoch,
    paused: bool,
    /// Where the group stood when it was assigned, if this was asked for.
    begins: Option<i64>,
}

pub struct Context {
    port: SourcePort,
    owned: Mutex<Vec<Owned>>,
    drain_timeout: Duration,
    /// Why it is not known where partitions begin that are owned: none of their records may be taken.
    unsettled: OnceLock<String>,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
    throttle: Throttle,
}

impl Context {
    fn owned(&self) -> MutexGuard<'_, Vec<Owned>> {
        self.owned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, consumer: &BaseConsumer<Self>, message: &BorrowedMessage<'_>) {
        if self.unsettled.get().is_some() {
            return;
        }
        let epoch = {
            let owned = self.owned();
            let owner = owned.iter().find(|owned| {
                owned.partition.number == message.partition() && *owned.partition.topic == *message.topic()
            });
            // Not owned any more: left to its new owner.
            let Some(owner) = owner else { return };
            owner.epoch
        };
        let record = InputRecord {
            offset: message.offset(),
            timestamp_ms: message.timestamp().to_millis(),
            key: message.key().map(<[u8]>::to_vec),
            value: message.payload().map(<[u8]>::to_vec),
            headers: headers_of(message),
        };
        self.port.push(epoch, record);
        if self.port.room(epoch) == Room::Yes {
            return;
        }
        let full = match self.port.wait_for_room(epoch, PATIENCE) {
            Room::Yes => return,
            Room::PartitionFull => Some(epoch),
            Room::Full => None,
        };
        self.pause(consumer, full);
    }

    /// Pauses one partition, or all when `only` is `None`.
    fn pause(&self, consumer: &BaseConsumer<Self>, only: Option<Epoch>) {
        let mut owned = self.owned();
        let concerned = || owned.iter().filter(|owned| !owned.paused && only.is_none_or(|epoch| owned.epoch == epoch));
        let list = list_of(concerned().map(|owned| &owned.partition));
        if list.count() == 0 {
            return;
        }
        if let Err(error) = consumer.pause(&list) {
            tracing::warn!(%error, "partitions cannot be paused");
            return;
        }
        for owned in owned.iter_mut().filter(|owned| only.is_none_or(|epoch| owned.epoch == epoch)) {
            if !owned.paused {
                tracing::debug!(partition = %owned.partition, "partition paused");
                owned.paused = true;
            }
        }
        self.metrics.paused_partitions.set(owned.iter().filter(|owned| owned.paused).count() as f64);
    }

    /// Resumes what may be resumed; true when something is still paused.
    fn resume(&self, consumer: &BaseConsumer<Self>) -> bool {
        let mut owned = self.owned();
        if !owned.iter().any(|owned| owned.paused) {
            return false;
        }
        let may: Vec<Epoch> = owned
            .iter()
            .filter(|owned| owned.paused && self.port.may_resume(owned.epoch))
            .map(|owned| owned.epoch)
            .collect();
        if !may.is_empty() {
            let list = list_of(owned.iter().filter(|owned| may.contains(&owned.epoch)).map(|owned| &owned.partition));
            match consumer.resume(&list) {
                Ok(()) => owned.iter_mut().filter(|owned| may.contains(&owned.epoch)).for_each(|owned| {
                    tracing::debug!(partition = %owned.partition, "partition resumed");
                    owned.paused = false;
                }),
                Err(error) => tracing::warn!(%error, "partitions cannot be resumed"),
            }
        }
        let paused = owned.iter().filter(|owned| owned.paused).count();
        self.metrics.paused_partitions.set(paused as f64);
        paused > 0
    }

    /// Asks the group where partitions begin, and waits while a transaction holds that open.
    ///
    /// librdkafka would ask by itself. But when other partitions come or go while it waits for the transaction, it takes
    /// the answer "not yet" for "there is no position" and follows `auto.offset.reset`, to the beginning or over what
    /// nobody has read. A partition that is assigned with a position is not asked for. At least once, only a group that
    /// has just changed over from transactions can meet this.
    fn settle(&self, consumer: &BaseConsumer<Self>, list: &mut TopicPartitionList) {
        if let Err(reason) = self.ask(consumer, list) {
            let _ = self.unsettled.set(reason);
        }
    }

    /// Writes into the list what the group has committed, once no transaction holds it open.
    fn ask(&self, consumer: &BaseConsumer<Self>, list: &mut TopicPartitionList) -> Result<(), String> {
        let start = Instant::now();
        loop {
            self.port.beat();
            let Err(trouble) = begins(consumer, list) else { return Ok(()) };
            let stopped = self.port.stop().is_some();
            if stopped || start.elapsed() >= BEGIN_PATIENCE {
                return Err(format!("the group does not say where its partitions begin: {trouble}"));
            }
            tracing::debug!(%trouble, "the group is asked again where its partitions begin");
            std::thread::sleep(BEGIN_REST);
        }
    }

    /// Moves partitions back, whose transaction was given up. What was fetched of them before is dropped.
    fn rewind(&self, consumer: &BaseConsumer<Self>, rewinds: Vec<(Epoch, Rewind)>) -> Result<(), String> {
        // Those that have been given up since are another's to read.
        let owned: Vec<(Epoch, Rewind)> = {
            let owned = self.owned();
            rewinds.into_iter().filter(|(epoch, _)| owned.iter().any(|owned| owned.epoch == *epoch)).collect()
        };
        if owned.is_empty() {
            return Ok(());
        }
        self.resume_owned(consumer, &owned)?;
        let (asked, known): (Vec<_>, Vec<_>) = owned.iter().map(|(_, rewind)| rewind).partition(|rewind| rewind.ask);
        let positions = |rewinds: Vec<&Rewind>| list_at(rewinds.into_iter().map(|rewind| rewind.position.clone()));
        let (mut asked, mut list) = (positions(asked), positions(known));
        if asked.count() > 0 {
            // What is not committed keeps the position from before.
            match self.ask(consumer, &mut asked) {
                Ok(()) => {}
                Err(_) if self.port.stop().is_some() => return Ok(()),
                Err(reason) => return Err(reason),
            }
        }
        for element in asked.elements() {
            list.add_partition_offset(element.topic(), element.partition(), element.offset())
                .map_err(|error| format!("{}-{}: {error}", element.topic(), element.partition()))?;
        }
        let sought = consumer
            .seek_partitions(list, SEEK_PATIENCE)
            .map_err(|error| format!("partitions cannot be read again: {error}"))?;
        for element in sought.elements() {
            if let Err(error) = element.error() {
                let partition = Partition::new(element.topic(), element.partition());
                return Err(format!("{partition} cannot be read again from {:?}: {error}", element.offset()));
            }
        }
        for (epoch, rewind) in owned {
            let Some(new) = self.port.rewound(rewind.position.partition) else { continue };
            if let Some(owned) = self.owned().iter_mut().find(|owned| owned.epoch == epoch) {
                owned.epoch = new;
            }
        }
        Ok(())
    }

    /// Resumes those that are paused: they would go on from where they were paused.
    fn resume_owned(&self, consumer: &BaseConsumer<Self>, which: &[(Epoch, Rewind)]) -> Result<(), String> {
        let mut owned = self.owned();
        let paused = |owned: &Owned| owned.paused && which.iter().any(|(epoch, _)| owned.epoch == *epoch);
        let list = list_of(owned.iter().filter(|owned| paused(owned)).map(|owned| &owned.partition));
        if list.count() > 0 {
            consumer.resume(&list).map_err(|error| format!("partitions cannot be resumed: {error}"))?;
            owned.iter_mut().filter(|owned| paused(owned)).for_each(|owned| owned.paused = false);
        }
        Ok(())
    }

    /// Hands positions to librdkafka, which commits them at its interval.
    fn store(&self, consumer: &BaseConsumer<Self>, positions: Vec<(Epoch, Position)>) {
        let owned = self.owned();
        let current = positions.into_iter().filter(|(epoch, _)| owned.iter().any(|owned| owned.epoch == *epoch));
        let list = list_at(current.map(|(_, position)| position));
        if list.count() == 0 {
            return;
        }
        if let Err(error) = consumer.store_offsets(&list) {
            tracing::warn!(%error, "positions cannot be stored; they are committed when the assignment ends");
        }
    }

    /// Commits the last positions of an assignment and waits for the broker's answer.
    fn commit(&self, consumer: &BaseConsumer<Self>, positions: &[Position]) {
        if positions.is_empty() {
            return;
        }
        let list = list_at(positions.iter().cloned());
        // Stored as well, because librdkafka commits what is stored once more when it gives the partitions up: an older
        // position would then overwrite this one.
        if let Err(error) = consumer.store_offsets(&list) {
            tracing::warn!(%error, "the last positions cannot be stored; some articles may be read again");
        }
        let start = Instant::now();
        let result = loop {
            let result = consumer.commit(&list, CommitMode::Sync);
            let between_generations =
                result.as_ref().err().and_then(NativeError::rdkafka_error_code).is_some_and(|code| {
                    matches!(code, RDKafkaErrorCode::IllegalGeneration | RDKafkaErrorCode::RebalanceInProgress)
                });
            if !between_generations || start.elapsed() >= COMMIT_PATIENCE || consumer.assignment_lost() {
                break result;
            }
            std::thread::sleep(COMMIT_RETRY);
        };
        match result {
            Ok(()) => self.metrics.commits_ok.increment(1),
            Err(error) => {
                self.metrics.commits_failed.increment(1);
                tracing::warn!(%error, "the last positions could not be committed; their articles are read again");
            }
        }
    }

    /// An error that cannot be got over ends the source; librdkafka deals with all others by itself.
    fn judge(&self, error: &NativeError) -> Result<(), String> {
        let Some(code) = error.rdkafka_error_code() else { return Ok(()) };
        let fatal = matches!(error, NativeError::MessageConsumptionFatal(_));
        if fatal || code == RDKafkaErrorCode::AutoOffsetReset {
            return Err(format!("the consumer cannot go on: {code}"));
        }
        if self.throttle.passes(code) {
            tracing::warn!(error = %code, "the consumer has trouble and tries on");
        }
        Ok(())
    }

    /// The epochs of those of these partitions that are owned, and which of them are paused.
    fn leaving(&self, list: &TopicPartitionList) -> (Vec<Epoch>, TopicPartitionList) {
        let elements = list.elements();
        let owned = self.owned();
        let leaving: Vec<&Owned> = owned
            .iter()
            .filter(|owned| {
                elements.iter().any(|element| {
                    element.partition() == owned.partition.number && element.topic() == &*owned.partition.topic
                })
            })
            .collect();
        let paused = list_of(leaving.iter().filter(|owned| owned.paused).map(|owned| &owned.partition));
        (leaving.into_iter().map(|owned| owned.epoch).collect(), paused)
    }

    fn give_up(&self, epochs: &[Epoch]) {
        self.owned().retain(|owned| !epochs.contains(&owned.epoch));
    }
}

/// Writes the committed positions into the list; what has none keeps none, and begins as `auto.offset.reset` says.
fn begins(consumer: &BaseConsumer<Context>, list: &mut TopicPartitionList) -> KafkaResult<()> {
    // It asks for stable positions, and again while there are none.
    let committed = consumer.committed_offsets(list.clone(), BEGIN_SLICE)?;
    let elements = committed.elements();
    elements.iter().try_for_each(|element| element.error())?;
    for element in elements.iter().filter(|element| matches!(element.offset(), Offset::Offset(_))) {
        list.set_partition_offset(element.topic(), element.partition(), element.offset())?;
    }
    Ok(())
}

fn list_of<'a>(partitions: impl Iterator<Item = &'a Partition>) -> TopicPartitionList {
    let mut list = TopicPartitionList::new();
    for partition in partitions {
        list.add_partition(&partition.topic, partition.number);
    }
    list
}

pub(super) fn list_at(positions: impl Iterator<Item = Position>) -> TopicPartitionList {
    let mut list = TopicPartitionList::new();
    for Position { partition, offset } in positions {
        if let Err(error) = list.add_partition_offset(&partition.topic, partition.number, Offset::Offset(offset)) {
            tracing::error!(%partition, offset, %error, "a position cannot be expressed");
        }
    }
    list
}

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        log(level, facility, line);
    }

    fn error(&self, error: NativeError, reason: &str) {
        if error.rdkafka_error_code().is_none_or(|code| self.throttle.passes(code)) {
            tracing::warn!(%error, reason, "the consumer has trouble and tries on");
        }
    }

    fn stats(&self, statistics: Statistics) {
        let known = |offset: i64| (offset >= 0).then_some(offset);
        let mut queued = 0;
        for (topic, statistics) in &statistics.topics {
            for (number, partition) in &statistics.partitions {
                queued += u64::try_from(partition.fetchq_cnt).unwrap_or(0);
                // librdkafka knows no committed offset that it has not asked for.
                let begins = self.owned().iter().find_map(|owned| {
                    let this = owned.partition.number == *number && *owned.partition.topic == **topic;
                    owned.begins.filter(|_| this)
                });
                let watermarks = Watermarks {
                    committed: known(partition.committed_offset).or(begins),
                    low: known(partition.lo_offset),
                    end: known(partition.ls_offset).or(known(partition.hi_offset)),
                    next_fetch: known(partition.next_offset),
                };
                self.metrics.partition_watermarks(&Partition::new(topic.as_str(), *number), watermarks);
            }
        }
        self.metrics.set_client("consumer", client_statistics(&statistics, queued));
    }
}

impl ConsumerContext for Context {
    /// As rdkafka does it, but that partitions may be given a position before they are assigned.
    fn rebalance(&self, consumer: &BaseConsumer<Self>, code: RDKafkaRespErr, list: &mut TopicPartitionList) {
        let assigns = code == RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
        if assigns {
            self.settle(consumer, list);
        }
        let rebalance = match code {
            RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS => Rebalance::Assign(list),
            RDKafkaRespErr::RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS => Rebalance::Revoke(list),
            other => Rebalance::Error(NativeError::Rebalance(other.into())),
        };
        self.pre_rebalance(consumer, &rebalance);
        let cooperative = matches!(consumer.rebalance_protocol(), RebalanceProtocol::Cooperative);
        let result = match (assigns, cooperative) {
            (true, true) => consumer.incremental_assign(list),
            (true, false) => consumer.assign(list),
            (false, true) => consumer.incremental_unassign(list),
            (false, false) => consumer.unassign(),
        };
        if let Err(error) = result {
            tracing::warn!(%error, "the assignment cannot be changed as the group wants it");
        }
    }

    fn pre_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        match rebalance {
            Rebalance::Assign(list) => {
                let partitions = list
                    .elements()
                    .iter()
                    .map(|element| Partition::new(element.topic(), element.partition()))
                    .collect();
                let begins = |partition: &Partition| match list
                    .find_partition(&partition.topic, partition.number)
                    .map(|element| element.offset())
                {
                    Some(Offset::Offset(offset)) => Some(offset),
                    _ => None,
                };
                let assigned = self.port.assigned(partitions);
                self.owned().extend(assigned.into_iter().map(|(partition, epoch)| {
                    let begins = begins(&partition);
                    Owned { partition, epoch, paused: false, begins }
                }));
                self.health.set_assigned(true);
            }
            Rebalance::Revoke(list) => {
                let (epochs, paused) = self.leaving(list);
                if epochs.is_empty() {
                    return;
                }
                if consumer.assignment_lost() {
                    self.give_up(&epochs);
                    self.health.set_assigned(false);
                    self.port.lost(epochs);
                    return;
                }
                // The pause would outlive the assignment.
                if paused.count() > 0
                    && let Err(error) = consumer.resume(&paused)
                {
                    tracing::warn!(%error, "partitions cannot be resumed before they are given up");
                }
                // Owned until the drain is over, so that its transaction can be committed.
                let positions = self.port.revoked(epochs.clone(), Instant::now() + self.drain_timeout);
                self.give_up(&epochs);
                self.commit(consumer, &positions);
            }
            Rebalance::Error(error) => tracing::warn!(%error, "a rebalance failed; the group tries again"),
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, _: &TopicPartitionList) {
        match result {
            Ok(()) => self.metrics.commits_ok.increment(1),
            // Nothing had moved since the last commit.
            Err(NativeError::ConsumerCommit(RDKafkaErrorCode::NoOffset)) => {}
            Err(error) => {
                self.metrics.commits_failed.increment(1);
                tracing::warn!(%error, "a commit failed; the next one covers it");
            }
        }
    }

    /// Statistics and logs are served at least so often while the poll waits.
    fn main_queue_min_poll_interval(&self) -> rdkafka::util::Timeout {
        IDLE_POLL.into()
    }
}

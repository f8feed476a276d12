//! Reading a topic without belonging to a group.

use std::time::{Duration, Instant};

use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer as _, ConsumerContext};
use rdkafka::error::{KafkaError as NativeError, RDKafkaErrorCode};
use rdkafka::message::Message as _;
use rdkafka::{Offset, TopicPartitionList};

use super::client::{Throttle, headers_of, log};
use super::{KafkaError, Settings};
use crate::pipeline::Header;

/// Where an [`EventReader`] begins in each partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The oldest record.
    Beginning,
    /// Only what is written from now on.
    End,
    /// So many records before the end.
    Last(u32),
}

/// A record as read from a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedRecord {
    pub partition: i32,
    pub offset: i64,
    /// Milliseconds since the Unix epoch; `None` when the broker gives none.
    pub timestamp_ms: Option<i64>,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<Header>,
}

/// Reads all partitions of a topic, without joining a group and without committing.
pub struct EventReader {
    consumer: BaseConsumer<Context>,
    topic: String,
    /// Partitions whose end was not reached yet.
    before_end: Vec<i32>,
    backlog: u64,
}

/// How long to wait before the brokers are asked again about a topic that is only just being created.
const RETRY: Duration = Duration::from_millis(200);

impl EventReader {
    /// Reads the output topic from `start`.
    ///
    /// # Errors
    /// When the brokers do not answer within `timeout` or the topic does not exist.
    pub fn new(settings: &Settings, start: Start, timeout: Duration) -> Result<Self, KafkaError> {
        Self::of_topic(settings, &settings.output_topic, start, timeout)
    }

    /// Reads any topic from `start`.
    ///
    /// # Errors
    /// As [`EventReader::new`].
    pub fn of_topic(settings: &Settings, topic: &str, start: Start, timeout: Duration) -> Result<Self, KafkaError> {
        let deadline = Instant::now() + timeout;
        let fail = |error: &NativeError| KafkaError::of(format!("topic {topic} at {}", settings.brokers), error);
        let consumer: BaseConsumer<Context> =
            settings.reader()?.create_with_context(Context::default()).map_err(|error| fail(&error))?;
        let partitions = loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let metadata = consumer.fetch_metadata(Some(topic), left).map_err(|error| fail(&error))?;
            let found = metadata.topics().iter().find(|found| found.name() == topic);
            let partitions: Vec<i32> = found
                .map(|found| found.partitions().iter().map(|partition| partition.id()).collect())
                .unwrap_or_default();
            if !partitions.is_empty() {
                break partitions;
            }
            if Instant::now() + RETRY >= deadline {
                return Err(fail(&NativeError::MetadataFetch(RDKafkaErrorCode::UnknownTopicOrPartition)));
            }
            std::thread::sleep(RETRY);
        };
        let mut list = TopicPartitionList::new();
        let mut backlog = 0;
        for number in &partitions {
            let left = deadline.saturating_duration_since(Instant::now()).max(RETRY);
            // Asked now, because an end that librdkafka looks up later would skip what is written in between.
            let (low, high) = consumer.fetch_watermarks(topic, *number, left).map_err(|error| fail(&error))?;
            let offset = match start {
                Start::Beginning => low,
                Start::End => high,
                Start::Last(records) => low.max(high - i64::from(records)),
            };
            backlog += u64::try_from(high - offset).unwrap_or(0);
            list.add_partition_offset(topic, *number, Offset::Offset(offset)).map_err(|error| fail(&error))?;
        }
        consumer.assign(&list).map_err(|error| fail(&error))?;
        Ok(Self { consumer, topic: topic.to_owned(), before_end: partitions, backlog })
    }

    /// The next record, or `None` when none arrives within `timeout`, and once, without waiting, when the end of every
    /// partition has been reached. Blocks the thread.
    ///
    /// # Errors
    /// When reading cannot go on. Trouble that librdkafka gets over by itself is only logged.
    pub fn next(&mut self, timeout: Duration) -> Result<Option<ReceivedRecord>, KafkaError> {
        let deadline = Instant::now() + timeout;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.consumer.poll(left) {
                None if left.is_zero() => return Ok(None),
                // Something else than a record was served; the deadline is what counts.
                None => {}
                Some(Ok(message)) => {
                    return Ok(Some(ReceivedRecord {
                        partition: message.partition(),
                        offset: message.offset(),
                        timestamp_ms: message.timestamp().to_millis(),
                        key: message.key().map(<[u8]>::to_vec),
                        value: message.payload().map(<[u8]>::to_vec),
                        headers: headers_of(&message),
                    }));
                }
                Some(Err(NativeError::PartitionEOF(number))) => {
                    let before = self.before_end.len();
                    self.before_end.retain(|other| *other != number);
                    if before > 0 && self.before_end.is_empty() {
                        return Ok(None);
                    }
                }
                Some(Err(error @ NativeError::MessageConsumptionFatal(_))) => {
                    return Err(KafkaError::of(format!("topic {}", self.topic), &error));
                }
                Some(Err(error)) => self.consumer.context().tell(&self.topic, &error),
            }
        }
    }

    /// How many offsets lay before the end when reading began.
    pub fn backlog(&self) -> u64 {
        self.backlog
    }

    /// Whether the end of every partition has been reached at least once.
    pub fn at_end(&self) -> bool {
        self.before_end.is_empty()
    }
}

#[derive(Default)]
struct Context(Throttle);

impl Context {
    fn tell(&self, topic: &str, error: &NativeError) {
        if error.rdkafka_error_code().is_none_or(|code| self.0.passes(code)) {
            tracing::warn!(%error, topic, "the reader has trouble and tries on");
        }
    }
}

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        log(level, facility, line);
    }

    fn stats(&self, _: rdkafka::Statistics) {}

    /// The end of a partition is reported here too, and is no error.
    fn error(&self, error: NativeError, reason: &str) {
        if !matches!(error, NativeError::PartitionEOF(_)) {
            tracing::debug!(%error, reason, "librdkafka reports an error");
        }
    }
}

impl ConsumerContext for Context {}

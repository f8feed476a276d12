//! The output and dead-letter topics behind one idempotent producer.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError as NativeError, RDKafkaErrorCode};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::statistics::Statistics;

use super::client::{Throttle, client_statistics, log, native_headers};
use super::{KafkaError, Settings};
use crate::pipeline::{Ack, Acks, DeliveryError, Destination, OutputRecord, SendError, Sink, Token};
use crate::telemetry::{Health, Metrics};

/// The output and dead-letter topics behind one idempotent producer, whose retries keep the order.
pub struct KafkaSink {
    producer: Option<ThreadedProducer<Context>>,
    config: ClientConfig,
    topics: Topics,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
}

impl KafkaSink {
    /// Checks the settings; connects when the pipeline starts it.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(settings: &Settings, metrics: Arc<Metrics>, health: Arc<Health>) -> Result<Self, KafkaError> {
        let config = settings.producer()?;
        config.create_native_config().map_err(|error| KafkaError::of("the producer's settings", &error))?;
        Ok(Self { producer: None, config, topics: Topics::of(settings), metrics, health })
    }
}

/// Where which records go.
pub(super) struct Topics {
    events: String,
    dead_letters: String,
}

impl Topics {
    pub fn of(settings: &Settings) -> Self {
        Self { events: settings.output_topic.clone(), dead_letters: settings.dead_letter_topic.clone() }
    }
}

impl Sink for KafkaSink {
    fn open(&mut self, acks: Acks) -> Result<(), String> {
        let context = Context {
            acks,
            metrics: self.metrics.clone(),
            health: self.health.clone(),
            throttle: Throttle::default(),
            fatal: OnceLock::new(),
            transactional: false,
        };
        let producer = self
            .config
            .create_with_context(context)
            .map_err(|error| KafkaError::of("the producer cannot be created", &error).to_string())?;
        self.producer = Some(producer);
        Ok(())
    }

    fn send(&mut self, record: OutputRecord, token: Token) -> Result<(), SendError> {
        let Some(producer) = &self.producer else {
            return Err(SendError::Failed("the producer is not open".into()));
        };
        send(producer, &self.topics, record, token)
    }

    fn close(&mut self) {
        // Everything that counts is acknowledged by now. What is not belongs to articles that are read again, and is
        // dropped rather than waited for.
        self.producer = None;
        self.health.set_producer_connected(false);
    }
}

/// Queues a record.
pub(super) fn send(
    producer: &ThreadedProducer<Context>,
    topics: &Topics,
    record: OutputRecord,
    token: Token,
) -> Result<(), SendError> {
    let topic = match record.destination {
        Destination::Events => &topics.events,
        Destination::DeadLetters => &topics.dead_letters,
    };
    let native = BaseRecord::<[u8], [u8], Box<Token>> {
        topic,
        partition: None,
        payload: record.value.as_deref(),
        key: record.key.as_deref(),
        timestamp: None,
        headers: native_headers(&record.headers),
        delivery_opaque: Box::new(token),
    };
    let Err((error, _)) = producer.send(native) else { return Ok(()) };
    let fatal = producer.client().fatal_error();
    match error.rdkafka_error_code() {
        Some(RDKafkaErrorCode::QueueFull) => Err(SendError::Full(record)),
        Some(RDKafkaErrorCode::MessageSizeTooLarge) => {
            let reason = format!("topic {topic}: {}", RDKafkaErrorCode::MessageSizeTooLarge);
            Err(SendError::TooLarge(record, reason))
        }
        // What cannot be sent in this transaction, or by this producer, can be by the next.
        code if producer.context().transactional && (code == Some(RDKafkaErrorCode::State) || fatal.is_some()) => {
            let reason = fatal.map_or_else(|| "the open transaction has failed".into(), |(_, reason)| reason);
            Err(SendError::Broken(record, reason))
        }
        _ => {
            let reason = match fatal {
                Some((code, reason)) => format!("{code}: {reason}"),
                None => KafkaError::of(format!("topic {topic}"), &error).to_string(),
            };
            Err(SendError::Failed(reason))
        }
    }
}

pub(super) struct Context {
    pub acks: Acks,
    pub metrics: Arc<Metrics>,
    pub health: Arc<Health>,
    pub throttle: Throttle,
    /// The first error after which an idempotent producer takes nothing any more.
    pub fatal: OnceLock<String>,
    /// Whether a record that was not delivered can be sent again in another transaction.
    pub transactional: bool,
}

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        log(level, facility, line);
    }

    fn error(&self, error: NativeError, reason: &str) {
        let code = error.rdkafka_error_code();
        match code {
            Some(RDKafkaErrorCode::AllBrokersDown) => self.health.set_producer_connected(false),
            Some(RDKafkaErrorCode::Fatal) => {
                let _ = self.fatal.set(reason.to_owned());
            }
            _ => {}
        }
        if code.is_none_or(|code| self.throttle.passes(code)) {
            tracing::warn!(%error, reason, "the producer has trouble and tries on");
        }
    }

    fn stats(&self, statistics: Statistics) {
        let client = client_statistics(&statistics, statistics.msg_cnt);
        self.health.set_producer_connected(client.brokers.values().any(|broker| broker.connected));
        self.metrics.set_client("producer", client);
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = Box<Token>;

    fn delivery(&self, result: &DeliveryResult<'_>, token: Box<Token>) {
        let result = match result {
            Ok(_) => Ok(()),
            Err((error, message)) => Err(self.delivery_error(error, rdkafka::Message::topic(message))),
        };
        self.acks.report(Ack { token: *token, result });
    }
}

impl Context {
    fn delivery_error(&self, error: &NativeError, topic: &str) -> DeliveryError {
        let code = error.rdkafka_error_code();
        let mut reason = KafkaError::of(format!("topic {topic}"), error).to_string();
        if let Some(fatal) = self.fatal.get() {
            reason = format!("{reason} ({fatal})");
        }
        match code {
            Some(RDKafkaErrorCode::MessageSizeTooLarge) => DeliveryError::TooLarge(reason),
            Some(RDKafkaErrorCode::MessageTimedOut) if self.transactional => {
                DeliveryError::Transient { kind: "timed_out", reason }
            }
            Some(RDKafkaErrorCode::MessageTimedOut) => DeliveryError::Permanent { kind: "timed_out", reason },
            // Whether another producer helps is for those to say who make it.
            _ if self.transactional && self.fatal.get().is_some() => DeliveryError::Transient { kind: "other", reason },
            // What belongs to a transaction that cannot be committed goes with it.
            Some(
                RDKafkaErrorCode::PurgeQueue
                | RDKafkaErrorCode::PurgeInflight
                | RDKafkaErrorCode::OutOfOrderSequenceNumber
                | RDKafkaErrorCode::UnknownProducerId
                | RDKafkaErrorCode::NotEnoughReplicas
                | RDKafkaErrorCode::NotEnoughReplicasAfterAppend
                | RDKafkaErrorCode::InvalidProducerEpoch
                | RDKafkaErrorCode::InvalidProducerIdMapping
                | RDKafkaErrorCode::InvalidTransactionalState
                | RDKafkaErrorCode::ConcurrentTransactions
                | RDKafkaErrorCode::Fenced
                | RDKafkaErrorCode::ProducerFenced
                | RDKafkaErrorCode::Fatal,
            ) if self.transactional => DeliveryError::Transient { kind: "other", reason },
            _ => DeliveryError::Permanent { kind: "other", reason },
        }
    }
}

/// How long [`super::ArticlePublisher`] rests when the queue is full.
pub(super) const FULL_REST: Duration = Duration::from_millis(10);

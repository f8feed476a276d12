//! Writing articles to the input topic.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError as NativeError, RDKafkaErrorCode};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};

use super::client::{log, native_headers};
use super::producer::FULL_REST;
use super::{KafkaError, Settings};
use crate::pipeline::Header;

/// Writes articles to the input topic.
pub struct ArticlePublisher {
    producer: ThreadedProducer<Context>,
    progress: Arc<Progress>,
    topic: String,
}

#[derive(Default)]
struct Progress {
    delivered: AtomicU64,
    failure: OnceLock<KafkaError>,
}

impl ArticlePublisher {
    /// Creates the producer, which connects in the background.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(settings: &Settings) -> Result<Self, KafkaError> {
        let progress = Arc::new(Progress::default());
        let producer = settings
            .producer()?
            .create_with_context(Context(progress.clone()))
            .map_err(|error| KafkaError::of("the producer cannot be created", &error))?;
        Ok(Self { producer, progress, topic: settings.input_topic.clone() })
    }

    /// Queues one article; waits while the queue is full, so not for async code.
    ///
    /// # Errors
    /// When the article, or one before it, cannot be delivered.
    pub fn publish(&self, key: Option<&[u8]>, value: &[u8]) -> Result<(), KafkaError> {
        self.publish_to(None, key, Some(value), &[])
    }

    /// As [`ArticlePublisher::publish`], with everything that a record can have: a partition of the caller's choice
    /// (`None`: chosen by the key), no value at all, headers.
    ///
    /// # Errors
    /// As [`ArticlePublisher::publish`].
    pub fn publish_to(
        &self,
        partition: Option<i32>,
        key: Option<&[u8]>,
        value: Option<&[u8]>,
        headers: &[Header],
    ) -> Result<(), KafkaError> {
        let headers = native_headers(headers);
        let mut record = BaseRecord::<[u8], [u8]> {
            topic: &self.topic,
            partition,
            payload: value,
            key,
            timestamp: None,
            headers,
            delivery_opaque: (),
        };
        loop {
            if let Some(failure) = self.progress.failure.get() {
                return Err(failure.clone());
            }
            match self.producer.send(record) {
                Ok(()) => return Ok(()),
                Err((NativeError::MessageProduction(RDKafkaErrorCode::QueueFull), back)) => {
                    record = back;
                    std::thread::sleep(FULL_REST);
                }
                Err((error, _)) => return Err(KafkaError::of(format!("topic {}", self.topic), &error)),
            }
        }
    }

    /// Articles acknowledged by the broker so far.
    pub fn delivered(&self) -> u64 {
        self.progress.delivered.load(Ordering::Relaxed)
    }

    /// Waits until every queued article is acknowledged, and says how many were.
    ///
    /// # Errors
    /// When one cannot be delivered, or not all are within `timeout`.
    pub fn flush(&self, timeout: Duration) -> Result<u64, KafkaError> {
        let flushed = self.producer.flush(timeout);
        if let Some(failure) = self.progress.failure.get() {
            return Err(failure.clone());
        }
        flushed.map_err(|error| {
            let waiting = self.producer.in_flight_count();
            KafkaError::of(format!("{waiting} articles are not acknowledged after {timeout:?}"), &error)
        })?;
        Ok(self.delivered())
    }
}

struct Context(Arc<Progress>);

impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        log(level, facility, line);
    }

    fn error(&self, error: NativeError, reason: &str) {
        tracing::warn!(%error, reason, "the producer has trouble and tries on");
    }

    fn stats(&self, _: rdkafka::Statistics) {}
}

impl ProducerContext for Context {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        match result {
            Ok(_) => {
                self.0.delivered.fetch_add(1, Ordering::Relaxed);
            }
            Err((error, message)) => {
                let topic = rdkafka::Message::topic(message);
                let _ =
                    self.0.failure.set(KafkaError::of(format!("topic {topic}: an article was not delivered"), error));
            }
        }
    }
}

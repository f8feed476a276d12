use std::sync::Arc;

use super::{KafkaError, Settings};
use crate::pipeline::Sink;
use crate::telemetry::{Health, Metrics};

/// The output and dead-letter topics behind one idempotent producer.
pub struct KafkaSink {}

impl KafkaSink {
    /// Creates the producer, which connects in the background.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(settings: &Settings, metrics: Arc<Metrics>, health: Arc<Health>) -> Result<Self, KafkaError> {
        let _ = (settings, metrics, health);
        todo!("signatures first")
    }
}

impl Sink for KafkaSink {}

use std::sync::Arc;

use super::{KafkaError, Settings};
use crate::pipeline::Source;
use crate::telemetry::{Health, Metrics};

/// The input topic as a member of a consumer group.
pub struct KafkaSource {}

impl KafkaSource {
    /// Checks the settings; connects when the pipeline starts it.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(settings: &Settings, metrics: Arc<Metrics>, health: Arc<Health>) -> Result<Self, KafkaError> {
        let _ = (settings, metrics, health);
        todo!("signatures first")
    }
}

impl Source for KafkaSource {}

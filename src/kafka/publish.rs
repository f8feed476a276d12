use std::time::Duration;

use super::{KafkaError, Settings};

/// Writes articles to the input topic.
pub struct ArticlePublisher {}

impl ArticlePublisher {
    /// Creates the producer, which connects in the background.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(settings: &Settings) -> Result<Self, KafkaError> {
        let _ = settings;
        todo!("signatures first")
    }

    /// Queues one article; waits while the queue is full.
    ///
    /// # Errors
    /// When the article, or one before it, cannot be delivered.
    pub fn publish(&self, key: Option<&[u8]>, value: &[u8]) -> Result<(), KafkaError> {
        let _ = (key, value);
        todo!("signatures first")
    }

    /// Articles acknowledged by the broker so far.
    pub fn delivered(&self) -> u64 {
        todo!("signatures first")
    }

    /// Waits until every queued article is acknowledged, and says how many were.
    ///
    /// # Errors
    /// When one cannot be delivered, or not all are within `timeout`.
    pub fn flush(&self, timeout: Duration) -> Result<u64, KafkaError> {
        let _ = timeout;
        todo!("signatures first")
    }
}

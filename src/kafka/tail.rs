use std::time::Duration;

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
#[derive(Clone, Debug)]
pub struct ReceivedRecord {
    pub partition: i32,
    pub offset: i64,
    pub timestamp_ms: Option<i64>,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<Header>,
}

/// Reads all partitions of a topic, without joining a group and without committing.
pub struct EventReader {}

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
        let _ = (settings, topic, start, timeout);
        todo!("signatures first")
    }

    /// The next record, or `None` when none arrives within `timeout`. Blocks the thread.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next(&mut self, timeout: Duration) -> Result<Option<ReceivedRecord>, KafkaError> {
        let _ = timeout;
        todo!("signatures first")
    }

    /// Whether every partition has been read to the end it had when the reader was made.
    pub fn at_end(&self) -> bool {
        todo!("signatures first")
    }
}

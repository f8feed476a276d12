//! The messages that travel through the pipeline.

use std::borrow::Cow;
use std::sync::Arc;

/// A Kafka header: a name and a value, which may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub name: Cow<'static, str>,
    pub value: Option<Cow<'static, [u8]>>,
}

impl Header {
    /// A header with a value.
    pub fn new(name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { name: name.into(), value: Some(value.into()) }
    }
}

/// A partition of an input topic.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partition {
    pub topic: Arc<str>,
    pub number: i32,
}

impl Partition {
    /// The partition `number` of `topic`.
    pub fn new(topic: impl Into<Arc<str>>, number: i32) -> Self {
        Self { topic: topic.into(), number }
    }
}

impl std::fmt::Display for Partition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}[{}]", self.topic, self.number)
    }
}

/// A partition together with the offset of the first record in it that is not finished: what a consumer group commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub partition: Partition,
    pub offset: i64,
}

/// A record of the input topic, exactly as received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputRecord {
    pub offset: i64,
    /// Milliseconds since the Unix epoch; `None` when the broker gives none.
    pub timestamp_ms: Option<i64>,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<Header>,
}

impl InputRecord {
    /// What the record counts against the budget, in bytes: key, value, headers and a fixed overhead.
    pub fn bytes(&self) -> usize {
        const OVERHEAD: usize = 256;
        let headers: usize =
            self.headers.iter().map(|h| h.name.len() + h.value.as_ref().map_or(0, |value| value.len())).sum();
        OVERHEAD + self.key.as_ref().map_or(0, Vec::len) + self.value.as_ref().map_or(0, Vec::len) + headers
    }
}

/// Which output topic a record goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    Events,
    DeadLetters,
}

/// A record for an output topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputRecord {
    pub destination: Destination,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<Header>,
}

impl OutputRecord {
    /// What the record counts against the budget, in bytes.
    pub fn bytes(&self) -> usize {
        const OVERHEAD: usize = 256;
        OVERHEAD + self.key.as_ref().map_or(0, Vec::len) + self.value.as_ref().map_or(0, Vec::len)
    }
}

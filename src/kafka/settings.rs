use std::collections::BTreeMap;
use std::time::Duration;

/// How to reach Kafka and which topics to use. The three property maps are handed to librdkafka as they are, the more
/// specific one last, and override Safir's own choices except those that its delivery guarantee rests on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `host:port`, comma-separated.
    pub brokers: String,
    pub group_id: String,
    pub client_id: String,
    pub input_topic: String,
    pub output_topic: String,
    pub dead_letter_topic: String,
    /// How often positions are committed in steady state.
    pub commit_interval: Duration,
    pub properties: BTreeMap<String, String>,
    pub consumer_properties: BTreeMap<String, String>,
    pub producer_properties: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            brokers: "localhost:9092".into(),
            group_id: "safir".into(),
            client_id: "safir".into(),
            input_topic: "news.articles".into(),
            output_topic: "diplomatic.events".into(),
            dead_letter_topic: "news.articles.dlq".into(),
            commit_interval: Duration::from_secs(5),
            properties: BTreeMap::new(),
            consumer_properties: BTreeMap::new(),
            producer_properties: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Checks the properties without connecting.
    ///
    /// # Errors
    /// Names the property that librdkafka does not know or whose value it refuses, or that Safir reserves.
    pub fn check(&self) -> Result<(), super::KafkaError> {
        todo!("signatures first")
    }
}

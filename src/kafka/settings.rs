//! How to reach Kafka, and the properties that librdkafka gets.

use std::collections::BTreeMap;
use std::hash::BuildHasher as _;
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::error::KafkaError as NativeError;

use super::KafkaError;
use crate::pipeline::Delivery;

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
    pub delivery: Delivery,
    /// How often positions are committed in steady state, at least once.
    pub commit_interval: Duration,
    /// Exactly once: the name of this instance's transactions, which no other running instance may have. `None`: made
    /// from the group and `group.instance.id`, or a number out of chance.
    pub transactional_id: Option<String>,
    /// For consumer and producer.
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
            delivery: Delivery::AtLeastOnce,
            commit_interval: Duration::from_secs(5),
            transactional_id: None,
            properties: BTreeMap::new(),
            consumer_properties: BTreeMap::new(),
            producer_properties: BTreeMap::new(),
        }
    }
}

/// Properties that have a setting of their own or that the guarantees rest on, each with what to do instead.
const RESERVED: &[(&str, &str)] = &[
    ("bootstrap.servers", "it is the setting kafka.brokers"),
    ("metadata.broker.list", "it is the setting kafka.brokers"),
    ("group.id", "it is the setting kafka.group_id"),
    ("client.id", "it is the setting kafka.client_id"),
    ("auto.commit.interval.ms", "it is the setting pipeline.commit_interval"),
    ("enable.auto.commit", "Safir commits what is finished and nothing else"),
    ("enable.auto.offset.store", "Safir commits what is finished and nothing else"),
    ("auto.commit.enable", "Safir commits what is finished and nothing else"),
    ("enable.idempotence", "the order and number of events rest on it"),
    ("acks", "an event counts as delivered when all in-sync replicas have it"),
    ("request.required.acks", "an event counts as delivered when all in-sync replicas have it"),
    ("transactional.id", "it is the setting kafka.transactional_id"),
];

/// The consumer prefetches little: what waits in librdkafka waits outside of Safir's budget. A short backoff when its
/// queue is full keeps the flow even (librdkafka's own default is a second).
const CONSUMER: &[(&str, &str)] = &[
    ("enable.auto.commit", "true"),
    ("enable.auto.offset.store", "false"),
    ("auto.offset.reset", "earliest"),
    ("queued.min.messages", "2000"),
    ("queued.max.messages.kbytes", "16384"),
    ("fetch.queue.backoff.ms", "10"),
    // A response is held until its last record is taken, and counts as it was sent: small articles that compress well
    // take twenty times as much when they are unpacked.
    ("fetch.message.max.bytes", "262144"),
    ("fetch.max.bytes", "4194304"),
];

/// The broker decides about size (`max.message.bytes` of the topic), not the client. It judges batches and refuses all
/// events of one together, so that a batch is kept well below any limit that a topic is likely to have: only an event
/// that is larger by itself, and so travels alone, is refused. The partitioner is the one of the Java clients, so that
/// other producers and joins agree about where a key goes.
const PRODUCER: &[(&str, &str)] = &[
    ("enable.idempotence", "true"),
    ("acks", "all"),
    // Events wait for others so long. Half of it costs the broker twice the requests; twice of it costs more latency than
    // the fewer requests are worth.
    ("linger.ms", "10"),
    ("compression.type", "lz4"),
    ("batch.size", "65536"),
    ("message.max.bytes", "16777216"),
    ("queue.buffering.max.messages", "20000"),
    ("queue.buffering.max.kbytes", "32768"),
    ("partitioner", "murmur2_random"),
];

/// A broker outage shorter than this ends no process. After a kill it is how long readers of committed events wait for
/// those behind the open transaction.
const TRANSACTION_TIMEOUT: &str = "30000";

const COMMON: &[(&str, &str)] = &[("socket.keepalive.enable", "true"), ("statistics.interval.ms", "2000")];

/// librdkafka's default, when no property says otherwise.
const SESSION_TIMEOUT: Duration = Duration::from_secs(45);

impl Settings {
    /// Checks the properties without connecting.
    ///
    /// # Errors
    /// Names the property that librdkafka does not know or whose value it refuses, or that Safir reserves.
    pub fn check(&self) -> Result<(), KafkaError> {
        for config in [self.consumer()?, self.producer()?, self.transactional_producer()?] {
            config.create_native_config().map_err(|error| KafkaError::of("the Kafka settings", &error))?;
        }
        Ok(())
    }

    pub(super) fn consumer(&self) -> Result<ClientConfig, KafkaError> {
        let mut config = self.base(CONSUMER, &self.consumer_properties)?;
        config.set("group.id", &self.group_id);
        config.set("auto.commit.interval.ms", self.commit_interval.as_millis().max(1).to_string());
        if self.delivery == Delivery::ExactlyOnce {
            // Offsets are committed by the producer, in its transactions; a partition's next owner must wait for those
            // that are being committed, which librdkafka does for readers of committed records alone.
            config.set("enable.auto.commit", "false");
            if config.get("isolation.level").is_some_and(|level| level != "read_committed") {
                let instead = "exactly_once delivery needs read_committed";
                return Err(KafkaError::new("the Kafka property isolation.level cannot be set", instead));
            }
        }
        // In the protocol of KIP-848 the broker assigns, and librdkafka refuses to be told how.
        if config.get("group.protocol") != Some("consumer") && config.get("partition.assignment.strategy").is_none() {
            config.set("partition.assignment.strategy", "cooperative-sticky");
        }
        Ok(config)
    }

    pub(super) fn producer(&self) -> Result<ClientConfig, KafkaError> {
        self.base(PRODUCER, &self.producer_properties)
    }

    /// The producer whose transactions hold events, dead letters and offsets.
    pub(super) fn transactional_producer(&self) -> Result<ClientConfig, KafkaError> {
        let mut config = self.producer()?;
        config.set("transactional.id", self.transactional_id());
        if config.get("transaction.timeout.ms").is_none() {
            config.set("transaction.timeout.ms", TRANSACTION_TIMEOUT);
        }
        Ok(config)
    }

    /// Whether no other process can have chosen the name of this instance's transactions.
    pub(super) fn has_transactional_id_of_its_own(&self) -> bool {
        self.transactional_id.is_none() && self.group_instance_id().is_none()
    }

    fn group_instance_id(&self) -> Option<&String> {
        self.consumer_properties.get("group.instance.id").or(self.properties.get("group.instance.id"))
    }

    /// With a name that stays, a restart ends what the last process left open at once. Two instances must never share
    /// one, so that without a name that the user made unique a new one is made up.
    fn transactional_id(&self) -> String {
        if let Some(id) = &self.transactional_id {
            return id.clone();
        }
        match self.group_instance_id() {
            Some(instance) => format!("{}-{instance}", self.group_id),
            None => {
                // Its keys are chosen at random.
                let chance = std::hash::RandomState::new().hash_one(std::process::id());
                format!("{}-{chance:016x}", self.group_id)
            }
        }
    }

    /// A consumer that belongs to no group.
    pub(super) fn reader(&self) -> Result<ClientConfig, KafkaError> {
        let mut config = self.consumer()?;
        // librdkafka wants a name although no group is joined and nothing is committed.
        config.set("group.id", format!("{}-reader", self.group_id));
        config.set("enable.auto.commit", "false").set("enable.partition.eof", "true");
        config.remove("group.instance.id");
        Ok(config)
    }

    /// How long a revoked partition may be drained: half of the session timeout, so that the group never takes the
    /// member for dead, and at most 20 seconds, for which all other members wait.
    pub(super) fn drain_timeout(&self) -> Duration {
        let property = |map: &BTreeMap<String, String>| map.get("session.timeout.ms")?.trim().parse().ok();
        let session = property(&self.consumer_properties)
            .or_else(|| property(&self.properties))
            .map_or(SESSION_TIMEOUT, Duration::from_millis);
        (session / 2).min(Duration::from_secs(20))
    }

    fn base(&self, own: &[(&str, &str)], specific: &BTreeMap<String, String>) -> Result<ClientConfig, KafkaError> {
        let mut config = ClientConfig::new();
        for (name, value) in COMMON.iter().chain(own) {
            config.set(*name, *value);
        }
        for (name, value) in self.properties.iter().chain(specific) {
            if let Some((_, instead)) = RESERVED.iter().find(|(reserved, _)| reserved == name) {
                return Err(KafkaError::new(format!("the Kafka property {name} cannot be set"), instead));
            }
            config.set(name, value);
        }
        config.set("bootstrap.servers", &self.brokers).set("client.id", &self.client_id);
        Ok(config)
    }
}

impl KafkaError {
    /// A librdkafka error, in words.
    pub(super) fn of(context: impl Into<String>, error: &NativeError) -> Self {
        let reason = match error {
            NativeError::ClientConfig(_, description, name, value) => {
                let secret = ["password", "secret", "token", "key", "jaas"].iter().any(|part| name.contains(part));
                let value = if secret { "(hidden)" } else { value };
                format!("property {name} = {value:?}: {description}")
            }
            NativeError::ClientCreation(reason) | NativeError::Subscription(reason) => reason.clone(),
            other => match other.rdkafka_error_code() {
                Some(code) => code.to_string(),
                None => other.to_string(),
            },
        };
        Self { context: context.into(), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Settings {
        let consumer_properties = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        Settings { consumer_properties, ..Settings::default() }
    }

    #[test]
    fn the_defaults_are_accepted_by_librdkafka() {
        Settings::default().check().expect("the defaults are valid");
    }

    #[test]
    fn an_unknown_property_is_named() {
        let error = with("fetch.wait.max.msec", "5").check().expect_err("there is no such property");
        assert!(error.to_string().contains("fetch.wait.max.msec"), "{error}");
    }

    #[test]
    fn a_refused_value_is_named_with_its_property_and_a_secret_one_is_not() {
        let error = with("fetch.wait.max.ms", "often").check().expect_err("no number");
        assert!(error.to_string().contains("fetch.wait.max.ms = \"often\""), "{error}");
        let error = with("ssl.key.password.wrong", "hunter2").check().expect_err("there is no such property");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn what_the_guarantees_rest_on_cannot_be_overridden() {
        for (name, _) in RESERVED {
            let error = with(name, "1").check().expect_err("reserved");
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn the_specific_map_wins_over_the_common_one_and_both_over_the_defaults() {
        let mut settings = with("queued.min.messages", "7");
        settings.properties.insert("queued.min.messages".into(), "9".into());
        settings.properties.insert("fetch.queue.backoff.ms".into(), "50".into());
        let config = settings.consumer().expect("valid");
        assert_eq!(config.get("queued.min.messages"), Some("7"));
        assert_eq!(config.get("fetch.queue.backoff.ms"), Some("50"));
    }

    #[test]
    fn exactly_once_reads_committed_records_and_commits_nothing_by_itself() {
        let mut settings = Settings { delivery: Delivery::ExactlyOnce, ..Settings::default() };
        settings.check().expect("valid");
        assert_eq!(settings.consumer().expect("valid").get("enable.auto.commit"), Some("false"));
        settings.properties.insert("isolation.level".into(), "read_uncommitted".into());
        assert!(settings.check().expect_err("refused").to_string().contains("isolation.level"));
    }

    #[test]
    fn transactions_are_named_by_the_setting_or_the_static_member_and_otherwise_differently_each_time() {
        let id = |settings: &Settings| {
            settings.transactional_producer().expect("valid").get("transactional.id").map(str::to_owned)
        };
        let chance = Settings::default();
        assert_ne!(id(&chance), id(&chance));
        assert!(id(&chance).is_some_and(|id| id.starts_with("safir-") && id.len() == 22));
        let member = with("group.instance.id", "pod-3");
        assert_eq!(id(&member).as_deref(), Some("safir-pod-3"));
        let named = Settings { transactional_id: Some("mine".into()), ..member };
        assert_eq!(id(&named).as_deref(), Some("mine"));
    }

    #[test]
    fn the_new_group_protocol_is_not_told_how_to_assign() {
        assert_eq!(
            with("group.protocol", "consumer").consumer().expect("valid").get("partition.assignment.strategy"),
            None
        );
    }

    #[test]
    fn the_drain_ends_before_the_session_does() {
        assert_eq!(Settings::default().drain_timeout(), Duration::from_secs(20));
        assert_eq!(with("session.timeout.ms", "6000").drain_timeout(), Duration::from_secs(3));
    }
}

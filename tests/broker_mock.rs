//! The Kafka ends against librdkafka's mock cluster, in this process: what needs a protocol but no real broker.
//! Rebalances between processes, transactions and large topics are tested with Apache Kafka (`tests/broker.rs`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};
use safir::kafka::{
    ArticlePublisher, EmbeddedBroker, EventReader, KafkaSink, KafkaSource, ReceivedRecord, Settings as KafkaSettings,
    Start, TransactionalKafkaSink,
};
use safir::pipeline::{
    Delivery, Destination, Header, InputRecord, OutputRecord, Partition, PipelineError, Rejection, Settings, Summary,
    run,
};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const PATIENCE: Duration = Duration::from_secs(60);

/// Gives each article back as one event; "bad" is rejected.
fn echo(_: &Partition, record: &InputRecord) -> Result<Vec<OutputRecord>, Rejection> {
    if record.value.as_deref() == Some(b"bad") {
        return Err(Rejection { reason: "bad", message: "it says so".into() });
    }
    if record.value.as_deref().is_some_and(|value| value.starts_with(b"slow")) {
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(vec![OutputRecord {
        destination: Destination::Events,
        key: record.key.clone(),
        value: record.value.clone(),
        headers: vec![Header::new("offset", record.offset.to_string().into_bytes())],
    }])
}

fn properties(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn kafka(broker: &EmbeddedBroker) -> KafkaSettings {
    KafkaSettings {
        brokers: broker.bootstrap_servers().to_owned(),
        input_topic: "in".into(),
        output_topic: "out".into(),
        dead_letter_topic: "dead".into(),
        commit_interval: Duration::from_millis(200),
        // The mock cluster lets a group that a member left wait for the session timeout before it goes on.
        consumer_properties: properties(&[("session.timeout.ms", "6000"), ("heartbeat.interval.ms", "500")]),
        properties: properties(&[("statistics.interval.ms", "100")]),
        ..KafkaSettings::default()
    }
}

struct Running {
    task: JoinHandle<Result<Summary, PipelineError>>,
    stop: oneshot::Sender<()>,
    settings: Settings,
}

impl Running {
    fn start(kafka: &KafkaSettings) -> Self {
        Self::with(kafka, Settings { workers: 2, ..Settings::default() })
    }

    fn with(kafka: &KafkaSettings, settings: Settings) -> Self {
        let (metrics, health) = (settings.metrics.clone(), settings.health.clone());
        let source = KafkaSource::new(kafka, metrics.clone(), health.clone()).expect("valid settings");
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        let task = match kafka.delivery {
            Delivery::AtLeastOnce => {
                let sink = KafkaSink::new(kafka, metrics, health).expect("valid settings");
                tokio::spawn(run(settings.clone(), Arc::new(echo), source, sink, stopped))
            }
            Delivery::ExactlyOnce => {
                let member = source.membership();
                let sink = TransactionalKafkaSink::new(kafka, member, metrics, health).expect("valid settings");
                tokio::spawn(run(settings.clone(), Arc::new(echo), source, sink, stopped))
            }
        };
        Self { task, stop, settings }
    }

    async fn stop(self) -> Result<Summary, PipelineError> {
        let _ = self.stop.send(());
        self.task.await.expect("no panic")
    }

    async fn shows(&self, series: &str) {
        let start = Instant::now();
        while !self.settings.metrics.render().contains(series) {
            let text = self.settings.metrics.render();
            assert!(start.elapsed() < PATIENCE, "not within a minute: {series}\n{text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "not within a minute: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn publish(kafka: &KafkaSettings, partition: i32, values: impl Iterator<Item = String>) {
    let publisher = ArticlePublisher::new(kafka).expect("valid settings");
    for value in values {
        publisher.publish_to(Some(partition), Some(b"key"), Some(value.as_bytes()), &[]).expect("the broker takes it");
    }
    publisher.flush(PATIENCE).expect("the broker takes all");
}

/// Everything that a topic holds.
fn read(kafka: &KafkaSettings, topic: &str) -> Vec<ReceivedRecord> {
    let mut reader = EventReader::of_topic(kafka, topic, Start::Beginning, PATIENCE).expect("the topic is there");
    let mut records = Vec::new();
    let deadline = Instant::now() + PATIENCE;
    while !reader.at_end() && Instant::now() < deadline {
        records.extend(reader.next(Duration::from_millis(200)).expect("the topic is readable"));
    }
    assert!(reader.at_end(), "the end of {topic} was not reached");
    records
}

fn text(record: &ReceivedRecord) -> &str {
    std::str::from_utf8(record.value.as_deref().unwrap_or_default()).unwrap_or("not utf-8")
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_go_through_in_order_are_committed_and_not_read_again_after_a_restart() {
    let broker = EmbeddedBroker::start(&[("in", 2), ("out", 1), ("dead", 1)]).expect("it starts");
    let kafka = kafka(&broker);
    publish(&kafka, 0, (0..500).map(|n| format!("a{n}")));
    publish(&kafka, 1, (0..500).map(|n| format!("b{n}")));
    let running = Running::start(&kafka);
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 1000"#).await;
    running.shows(r#"safir_first_unfinished_offset{topic="in",partition="0"} 500"#).await;
    running.shows(r#"safir_consumer_lag_records{topic="in",partition="1"} 0"#).await;
    running.shows(r#"safir_commits_total{result="ok"}"#).await;
    running.shows(r#"safir_kafka_broker_connected{client="producer""#).await;
    eventually("it is ready", || running.settings.health.unready().is_empty()).await;
    let summary = running.stop().await.expect("a shutdown is a success");
    assert_eq!(summary, Summary { articles: 1000, events: 1000, dead_letters: 0 });
    let events = read(&kafka, "out");
    for letter in ["a", "b"] {
        let found: Vec<&str> = events.iter().map(text).filter(|text| text.starts_with(letter)).collect();
        assert_eq!(found, (0..500).map(|n| format!("{letter}{n}")).collect::<Vec<_>>());
    }
    publish(&kafka, 0, std::iter::once("new".to_owned()));
    let running = Running::start(&kafka);
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 1"#).await;
    assert_eq!(running.stop().await.expect("a shutdown is a success").articles, 1);
    assert_eq!(read(&kafka, "out").len(), 1001);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_reaches_its_topic_with_bytes_key_and_headers_as_they_came() {
    let broker = EmbeddedBroker::start(&[("in", 1), ("out", 1), ("dead", 1)]).expect("it starts");
    let kafka = kafka(&broker);
    let headers = [Header::new("trace", vec![0, 0xff]), Header { name: "none".into(), value: None }];
    let publisher = ArticlePublisher::new(&kafka).expect("valid settings");
    publisher.publish_to(Some(0), Some(&[1, 0xfe]), Some(b"bad"), &headers).expect("queued");
    publisher.publish_to(Some(0), None, None, &[]).expect("queued");
    publisher.publish_to(Some(0), None, Some(b"good"), &[]).expect("queued");
    assert_eq!(publisher.flush(PATIENCE).expect("delivered"), 3);
    let running = Running::start(&kafka);
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 2"#).await;
    let summary = running.stop().await.expect("a shutdown is a success");
    assert_eq!(summary, Summary { articles: 3, events: 2, dead_letters: 1 });
    let letters = read(&kafka, "dead");
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].key.as_deref(), text(&letters[0])), (Some(&[1, 0xfe][..]), "bad"));
    assert_eq!(letters[0].headers[..2], headers);
    let header = |name: &str| letters[0].headers.iter().find(|header| header.name == name).cloned();
    for (name, value) in [("safir-dlq-reason", "bad"), ("safir-dlq-topic", "in"), ("safir-dlq-offset", "0")] {
        assert_eq!(header(name), Some(Header::new(name.to_owned(), value.as_bytes().to_vec())));
    }
    // A record without a value stays without one.
    assert_eq!(read(&kafka, "out")[0].value, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backlog_larger_than_the_budget_goes_through_with_pauses_and_nothing_is_lost_or_done_twice() {
    let broker = EmbeddedBroker::start(&[("in", 3), ("out", 1), ("dead", 1)]).expect("it starts");
    let kafka = kafka(&broker);
    for partition in 0..3 {
        publish(&kafka, partition, (0..400).map(move |n| format!("slow {partition}/{n}")));
    }
    let running = Running::with(&kafka, Settings { workers: 1, max_in_flight_records: 8, ..Settings::default() });
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 1200"#).await;
    let summary = running.stop().await.expect("a shutdown is a success");
    assert_eq!((summary.articles, summary.events), (1200, 1200));
    let mut found: Vec<String> = read(&kafka, "out").iter().map(|record| text(record).to_owned()).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 1200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shutdown_in_the_middle_commits_what_was_sent_and_the_next_run_does_the_rest_and_nothing_twice() {
    let broker = EmbeddedBroker::start(&[("in", 2), ("out", 1), ("dead", 1)]).expect("it starts");
    let kafka = kafka(&broker);
    for partition in 0..2 {
        publish(&kafka, partition, (0..1500).map(move |n| format!("slow {partition}/{n}")));
    }
    let first = Running::start(&kafka);
    eventually("it has begun", || {
        let text = first.settings.metrics.render();
        let line = text.lines().find(|line| line.starts_with(r#"safir_produced_records_total{topic_kind="events"}"#));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).is_some_and(|sent| sent > 300)
    })
    .await;
    let first = first.stop().await.expect("a shutdown is a success");
    assert!(first.articles < 3000, "it was stopped in the middle");
    let second = Running::start(&kafka);
    let rest = 3000 - first.articles;
    second.shows(&format!(r#"safir_produced_records_total{{topic_kind="events"}} {rest}"#)).await;
    second.stop().await.expect("a shutdown is a success");
    let mut found: Vec<String> = read(&kafka, "out").iter().map(|record| text(record).to_owned()).collect();
    assert_eq!(found.len(), 3000);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 3000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_fails_for_good_ends_the_run_with_the_offset_and_the_next_run_does_the_article_again() {
    let broker = EmbeddedBroker::start(&[("in", 1), ("out", 1), ("dead", 1)]).expect("it starts");
    let kafka = kafka(&broker);
    publish(&kafka, 0, (0..3).map(|n| format!("a{n}")));
    // A broker that is not there: the producer gives up after its own timeout.
    let mut unreachable = kafka.clone();
    unreachable.producer_properties.insert("message.timeout.ms".into(), "1500".into());
    let settings = Settings { workers: 1, ..Settings::default() };
    let source = KafkaSource::new(&kafka, settings.metrics.clone(), settings.health.clone()).expect("valid");
    unreachable.brokers = "127.0.0.1:1".into();
    let sink = KafkaSink::new(&unreachable, settings.metrics.clone(), settings.health.clone()).expect("valid");
    let error = run(settings, Arc::new(echo), source, sink, std::future::pending())
        .await
        .expect_err("nothing can be delivered");
    assert!(matches!(&error, PipelineError::Delivery { offset: 0, .. }), "{error}");
    let running = Running::start(&kafka);
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 3"#).await;
    running.stop().await.expect("a shutdown is a success");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_begins_where_it_is_told_and_knows_the_end() {
    let broker = EmbeddedBroker::start(&[("in", 1)]).expect("it starts");
    let kafka = kafka(&broker);
    publish(&kafka, 0, (0..10).map(|n| n.to_string()));
    let from = |start| EventReader::of_topic(&kafka, "in", start, PATIENCE).expect("the topic is there");
    let mut last = from(Start::Last(3));
    let mut end = from(Start::End);
    publish(&kafka, 0, std::iter::once("10".to_owned()));
    // The end may be reached, and be told, before the newest record is there.
    let next = |reader: &mut EventReader| {
        let first = reader.next(PATIENCE).expect("readable");
        first.or_else(|| reader.next(PATIENCE).expect("readable")).expect("there is one more")
    };
    for expected in ["7", "8", "9", "10"] {
        assert_eq!(text(&next(&mut last)), expected);
    }
    let record = next(&mut end);
    assert_eq!((text(&record), record.offset), ("10", 10));
    assert_eq!(end.next(Duration::from_millis(500)).expect("readable"), None);
    assert!(end.at_end());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_broker_the_service_is_alive_and_not_ready_and_still_stops_in_time() {
    let settings = KafkaSettings { brokers: "127.0.0.1:1".into(), ..KafkaSettings::default() };
    let running = Running::start(&settings);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(running.settings.health.dead().is_empty());
    assert_eq!(running.settings.health.unready().len(), 2);
    let start = Instant::now();
    running.stop().await.expect("nothing was left undone");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// A mock cluster whose answers can be made errors. It cannot change threads, so that it lives on one of its own and is
/// sent what to do.
struct Faulty {
    bootstrap: String,
    orders: std::sync::mpsc::Sender<Order>,
}

type Order = Box<dyn FnOnce(&MockCluster<'static, DefaultProducerContext>) + Send>;

impl Faulty {
    fn start() -> Self {
        let (orders, received) = std::sync::mpsc::channel::<Order>();
        let (started, start) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let cluster = MockCluster::new(1).expect("it starts");
            for topic in ["in", "out", "dead"] {
                cluster.create_topic(topic, 1, 1).expect("a new topic");
            }
            started.send(cluster.bootstrap_servers()).expect("somebody waits");
            received.into_iter().for_each(|order| order(&cluster));
        });
        Self { bootstrap: start.recv().expect("it starts"), orders }
    }

    fn settings(&self) -> KafkaSettings {
        let broker = EmbeddedBroker::start(&[]).expect("it starts");
        KafkaSettings { brokers: self.bootstrap.clone(), ..kafka(&broker) }
    }

    fn order(&self, order: impl FnOnce(&MockCluster<'static, DefaultProducerContext>) + Send + 'static) {
        self.orders.send(Box::new(order)).expect("the cluster lives");
    }

    fn produce_errors(&self, errors: &'static [RDKafkaRespErr]) {
        self.order(|cluster| cluster.request_errors(RDKafkaApiKey::Produce, errors));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn produce_errors_that_pass_are_got_over_in_order_with_nothing_lost_and_nothing_repeated() {
    use RDKafkaRespErr::*;
    let cluster = Faulty::start();
    let mut kafka = cluster.settings();
    // The mock cluster does not check sequence numbers: with more than one request in flight it keeps what comes behind a
    // refused one, which no broker does and from which librdkafka concludes that the refused one arrived too.
    kafka.producer_properties.insert("max.in.flight".into(), "1".into());
    publish(&kafka, 0, (0..1000).map(|n| if n % 100 == 50 { "bad".to_owned() } else { format!("slow {n}") }));
    // A cut connection is not among them: what is sent again after it the mock cluster keeps twice, other than a broker. The
    // connections that `tests/faults.rs` cuts are those of brokers.
    cluster.produce_errors(&[
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
        RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
        RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
        RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,
        RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
    ]);
    let running = Running::start(&kafka);
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 990"#).await;
    running.shows(r#"safir_produced_records_total{topic_kind="dead_letters"} 10"#).await;
    let summary = running.stop().await.expect("a shutdown is a success");
    assert_eq!(summary, Summary { articles: 1000, events: 990, dead_letters: 10 });
    let found: Vec<String> = read(&kafka, "out").iter().map(|record| text(record).to_owned()).collect();
    let sent: Vec<String> = (0..1000).filter(|n| n % 100 != 50).map(|n| format!("slow {n}")).collect();
    assert_eq!(found, sent);
    assert_eq!(read(&kafka, "dead").len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_answers_too_late_loses_nothing() {
    let cluster = Faulty::start();
    let mut kafka = cluster.settings();
    kafka.producer_properties.insert("socket.timeout.ms".into(), "1000".into());
    publish(&kafka, 0, (0..600).map(|n| format!("slow {n}")));
    let running = Running::start(&kafka);
    running.shows(r#"safir_first_unfinished_offset{topic="in",partition="0"}"#).await;
    cluster.order(|cluster| cluster.broker_round_trip_time(-1, Duration::from_millis(1500)).expect("a known broker"));
    tokio::time::sleep(Duration::from_secs(3)).await;
    cluster.order(|cluster| cluster.broker_round_trip_time(-1, Duration::ZERO).expect("a known broker"));
    running.shows(r#"safir_produced_records_total{topic_kind="events"} 600"#).await;
    assert_eq!(running.stop().await.expect("a shutdown is a success").articles, 600);
    // The mock cluster, other than a broker, keeps what an idempotent producer sends again.
    let found: std::collections::BTreeSet<String> =
        read(&kafka, "out").iter().map(|record| text(record).to_owned()).collect();
    assert_eq!(found, (0..600).map(|n| format!("slow {n}")).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_produce_error_that_stays_ends_the_run_and_the_next_one_does_the_article_again() {
    let cluster = Faulty::start();
    let kafka = cluster.settings();
    publish(&kafka, 0, (0..50).map(|n| format!("slow {n}")));
    cluster.produce_errors(&[RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED]);
    let running = Running::start(&kafka);
    let error = running.task.await.expect("no panic").expect_err("an event was refused");
    assert!(matches!(&error, PipelineError::Delivery { .. }), "{error}");
    let running = Running::start(&kafka);
    eventually("the next run writes what is missing", || {
        let found: std::collections::BTreeSet<String> =
            read(&kafka, "out").iter().map(|record| text(record).to_owned()).collect();
        found.len() == 50
    })
    .await;
    running.stop().await.expect("a shutdown is a success");
}

/// The mock cluster does not take back what a transaction leaves: this shows that the line goes on and what is missing in
/// the end, which is nothing. `tests/faults.rs` shows that nothing is repeated.
#[tokio::test(flavor = "multi_thread")]
async fn a_transactional_producer_that_cannot_go_on_is_replaced_and_the_line_goes_on() {
    for request in [RDKafkaApiKey::AddPartitionsToTxn, RDKafkaApiKey::AddOffsetsToTxn, RDKafkaApiKey::EndTxn] {
        let cluster = Faulty::start();
        let kafka = KafkaSettings { delivery: Delivery::ExactlyOnce, ..cluster.settings() };
        publish(&kafka, 0, (0..300).map(|n| format!("slow {n}")));
        let running = Running::with(
            &kafka,
            Settings { workers: 2, transaction_interval: Duration::from_millis(20), ..Settings::default() },
        );
        running.shows(r#"safir_transactions_total{result="committed"} 1"#).await;
        cluster.order(move |cluster| {
            cluster.request_errors(request, &[RDKafkaRespErr::RD_KAFKA_RESP_ERR_INVALID_TXN_STATE]);
        });
        running.shows("safir_producer_renewals_total 1").await;
        running.shows(r#"safir_first_unfinished_offset{topic="in",partition="0"} 300"#).await;
        running.stop().await.expect("a shutdown is a success");
        let found: std::collections::BTreeSet<String> =
            read(&kafka, "out").iter().map(|record| text(record).to_owned()).collect();
        assert_eq!(found.len(), 300, "{request:?}");
    }
}

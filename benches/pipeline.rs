//! The service end to end through a real broker, against what the machine allows.
//!
//! In one run over the same records: (a) a plain rdkafka consume-and-produce copy; (b) decoding and extraction in memory
//! on all cores; (c) `safir run` as a process of its own. Where all cores are busy the costs add, so that (c) can at
//! best reach 1 / (1/a + 1/b). The copy is made twice: once it writes each article again, once (a') in its place the
//! events that Safir makes of it, which are more bytes. Copies and service deliver in the same mode.
//!
//! Then articles arrive at half the rate that was reached, and the latency from article to event is read from the
//! service's own histogram.
//!
//! `SAFIR_BENCH_DELIVERY`: `at_least_once` (the default) or `exactly_once`. `SAFIR_BENCH_WORKERS`: how many, default one
//! per core. `SAFIR_BENCH_INSTANCES`: so many processes share the partitions (default 1). `SAFIR_BENCH_WAITING`: instead of all that, so many small articles wait, and the service's memory is
//! watched for a minute. `SAFIR_BENCH_STOPPED`: after ten seconds of it, the broker with the output topic stops to answer.
//!
//! `SAFIR_BENCH_ARTICLES`: a file of JSON lines in place of our own samples. `SAFIR_BENCH_MB`: how much of it is
//! published (repeated as often as needed; default 100). `SAFIR_BENCH_BROKERS`: a broker in place of one that is started
//! here. `SAFIR_BENCH_PARTITIONS`: default 6.

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::{ClientContext, DefaultClientContext};
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message as _;
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use safir::decode::Decoder;
use safir::extract::Extractor;
use safir::kafka::{ArticlePublisher, Settings};
use safir::record;
use support::kafka::Kafka;

const PATIENCE: Duration = Duration::from_secs(600);

fn main() {
    // Cargo hands on flags that are meant for other harnesses; `cargo test --benches` does not mean to wait for minutes.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let articles = articles();
    let partitions = number("SAFIR_BENCH_PARTITIONS", 6);
    let bytes: usize = articles.iter().map(Vec::len).sum();
    let wanted = number("SAFIR_BENCH_MB", 100) * 1_000_000;
    let rounds = wanted.div_ceil(bytes).max(1);
    let (count, megabytes) = (articles.len() * rounds, (bytes * rounds) as f64 / 1e6);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{count} articles, {megabytes:.1} MB of JSON, {partitions} partitions, {cores} cores");

    let stops = std::env::var_os("SAFIR_BENCH_STOPPED").is_some();
    let started = std::env::var("SAFIR_BENCH_BROKERS").err().map(|_| Kafka::start(if stops { 3 } else { 1 }));
    let brokers = std::env::var("SAFIR_BENCH_BROKERS")
        .unwrap_or_else(|_| started.as_ref().map(|kafka| kafka.bootstrap().to_owned()).unwrap_or_default());
    let run = support::kafka::unique("bench");
    let topic = |name: &str| format!("{run}-{name}");
    let settings = Settings {
        brokers,
        input_topic: topic("articles"),
        output_topic: topic("events"),
        dead_letter_topic: topic("dlq"),
        group_id: topic("group"),
        ..Settings::default()
    };
    let waiting = std::env::var_os("SAFIR_BENCH_WAITING").map(|_| number("SAFIR_BENCH_WAITING", 1_000_000));
    if let Some(waiting) = waiting {
        // What stops is neither where the articles are nor where the group is coordinated.
        let downstream =
            started.as_ref().filter(|_| stops).map(|kafka| (kafka, (coordinator(kafka, &settings) + 1) % 3));
        let home = downstream.map(|(_, stopping)| (stopping + 2) % 3);
        create_topics_on(&settings, &[&settings.input_topic, &settings.dead_letter_topic], partitions, home);
        create_topics_on(&settings, &[&settings.output_topic], partitions, downstream.map(|(_, stopping)| stopping));
        watch_memory(&settings, partitions, waiting, downstream);
        return;
    }
    create_topics(&settings, &[&settings.dead_letter_topic], 1);
    create_topics(&settings, &[&settings.input_topic], partitions);
    let delivery = std::env::var("SAFIR_BENCH_DELIVERY").unwrap_or_else(|_| "at_least_once".into());
    println!("delivery: {delivery}");
    let (copied, written) = (topic("copied"), topic("written"));
    create_topics(&settings, &[&settings.output_topic, &copied, &written], partitions);
    publish(&settings, &articles, rounds, partitions);

    let show = |name: &str, rate: f64| {
        println!("{name:<46} {rate:>9.0} articles/s {:>7.1} MB/s", rate * megabytes / count as f64);
    };
    let rate_of = |elapsed: Duration| count as f64 / elapsed.as_secs_f64();
    let plain = rate_of(copy(&settings, &copied, partitions, count, &delivery, None));
    show("(a) consume-and-produce copy", plain);
    let events = events_of(&articles);
    let written = rate_of(copy(&settings, &written, partitions, count, &delivery, Some(&events)));
    show("(a') the same, writing the events", written);
    let extraction = rate_of(extract(&articles, rounds, cores));
    show("(b) decoding and extraction in memory", extraction);
    let bound = |copy: f64| 1.0 / (1.0 / copy + 1.0 / extraction);
    show("    bound 1 / (1/a + 1/b)", bound(plain));
    show("    bound 1 / (1/a' + 1/b)", bound(written));
    let instances = number("SAFIR_BENCH_INSTANCES", 1);
    let services: Vec<Service> = (0..instances).map(|_| Service::start(&settings, &delivery)).collect();
    let outcome = work_off(&services, count);
    let rate = rate_of(outcome.elapsed);
    show("(c) safir run", rate);
    if instances > 1 {
        println!("    by instance: {:?} articles", outcome.shares);
    }
    println!(
        "    {:.0} % of the bound with a, {:.0} % with a'; peak memory {:.0} MB; {:.1} s of processor time in {:.1} s; \
         {} events, {} dead letters",
        100.0 * rate / bound(plain),
        100.0 * rate / bound(written),
        outcome.peak_bytes as f64 / 1e6,
        outcome.processor.as_secs_f64(),
        outcome.elapsed.as_secs_f64(),
        outcome.events,
        outcome.dead_letters,
    );
    latency(&settings, &services, &articles, partitions, rate / 2.0);
}

/// Publishes at a steady rate for half a minute and reads from the services' histograms how long events took.
fn latency(settings: &Settings, services: &[Service], articles: &[Vec<u8>], partitions: usize, rate: f64) {
    let buckets = || -> BTreeMap<String, f64> {
        let bucket = |(series, count): (String, f64)| {
            let bound = series.strip_prefix("safir_end_to_end_latency_seconds_bucket{le=\"")?.strip_suffix("\"}")?;
            Some((bound.to_owned(), count))
        };
        let mut counts = BTreeMap::new();
        for service in services {
            let metrics = scrape(service.port).expect("the service answers");
            for (bound, count) in metrics.into_iter().filter_map(bucket) {
                *counts.entry(bound).or_default() += count;
            }
        }
        counts
    };
    let publisher = ArticlePublisher::new(settings).expect("valid settings");
    let publish = |time: Duration| {
        let (start, mut sent) = (Instant::now(), 0);
        while start.elapsed() < time {
            while sent < (start.elapsed().as_secs_f64() * rate) as usize {
                let partition = i32::try_from(sent % partitions).expect("few partitions");
                publisher
                    .publish_to(Some(partition), None, Some(&articles[sent % articles.len()]), &[])
                    .expect("taken");
                sent += 1;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        sent
    };
    // Until everybody has found the pace.
    publish(Duration::from_secs(5));
    std::thread::sleep(Duration::from_secs(1));
    let before = buckets();
    let sent = publish(Duration::from_secs(30));
    publisher.flush(PATIENCE).expect("the broker takes all");
    std::thread::sleep(Duration::from_secs(2));
    let mut found: Vec<(f64, f64)> = buckets()
        .into_iter()
        .map(|(bound, count)| {
            let seconds = bound.parse().unwrap_or(f64::INFINITY);
            (seconds, count - before.get(&bound).copied().unwrap_or(0.0))
        })
        .collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    let total = found.last().map_or(0.0, |(_, count)| *count);
    println!("(d) article to event at {rate:.0} articles/s, {sent} articles:");
    for quantile in [0.5, 0.9, 0.99] {
        let bound =
            found.iter().find(|(_, count)| *count >= quantile * total).map_or(f64::INFINITY, |(bound, _)| *bound);
        println!("    {:.0} % within {:.0} ms", 100.0 * quantile, 1000.0 * bound);
    }
    for (bound, count) in found.iter().take(6) {
        println!("    {:.2} % within {:.0} ms", 100.0 * count / total, 1000.0 * bound);
    }
}

/// Which broker (counted from 0) coordinates the group: it does so once somebody has asked for it.
fn coordinator(kafka: &Kafka, settings: &Settings) -> usize {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &settings.brokers)
        .set("group.id", &settings.group_id)
        .create()
        .expect("a consumer");
    let mut list = TopicPartitionList::new();
    list.add_partition(&settings.input_topic, 0);
    // The answer does not matter, only that the topic of offsets exists from then on.
    let _ = consumer.committed_offsets(list, PATIENCE);
    kafka.coordinator(&settings.group_id)
}

/// Small articles wait in the input topic, many times more than fit into memory, and are worked off. `downstream`, if
/// any, stops to answer after ten seconds.
fn watch_memory(settings: &Settings, partitions: usize, waiting: usize, downstream: Option<(&Kafka, usize)>) {
    let article = |number: usize| {
        let body = "Chilean President Tomas Alvarado met Polish Foreign Minister Zofia Lipska in Lisbon on Monday.";
        format!("{{\"id\": \"{number}\", \"language\": \"en\", \"body\": \"{body}\"}}").into_bytes()
    };
    let publisher = ArticlePublisher::new(settings).expect("valid settings");
    for number in 0..waiting {
        let partition = i32::try_from(number % partitions).expect("few partitions");
        publisher.publish_to(Some(partition), None, Some(&article(number)), &[]).expect("the broker takes it");
    }
    publisher.flush(PATIENCE).expect("the broker takes all");
    let delivery = std::env::var("SAFIR_BENCH_DELIVERY").unwrap_or_else(|_| "at_least_once".into());
    let service = Service::start(settings, &delivery);
    println!("{delivery}: {waiting} small articles wait, {partitions} partitions");
    for second in (0..=60).step_by(5) {
        if let (10, Some((kafka, broker))) = (second, downstream) {
            println!("         the broker with the output topic stops to answer");
            kafka.freeze(broker);
        }
        let taken = scrape(service.port).map_or(0.0, |metrics| family(&metrics, "safir_articles_consumed_total"));
        let rss = memory(service.child.0.id(), "VmRSS:") as f64 / 1e6;
        println!("    {second:>3} s: {rss:>4.0} MB resident, {taken:.0} articles taken");
        std::thread::sleep(Duration::from_secs(5));
    }
    println!("    peak {:.0} MB", memory(service.child.0.id(), "VmHWM:") as f64 / 1e6);
    if let Some((kafka, broker)) = downstream {
        kafka.thaw(broker);
    }
}

/// What Safir writes for each article.
fn events_of(articles: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    let (extractor, decoder) = (Extractor::embedded().expect("valid language data"), Decoder::default());
    articles
        .iter()
        .map(|bytes| {
            let Ok(article) = decoder.decode(bytes) else { return Vec::new() };
            let extraction = extractor.extract(&article);
            let encode =
                |event| record::encode(event, &article, &extraction.language, None, extractor.lexicon_version());
            extraction.events.iter().map(encode).collect()
        })
        .collect()
}

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().map_or(default, |text| {
        text.parse().unwrap_or_else(|error| panic!("{variable}={text:?} is no number: {error}"))
    })
}

/// The records, each as it is published.
fn articles() -> Vec<Vec<u8>> {
    if let Ok(path) = std::env::var("SAFIR_BENCH_ARTICLES") {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        return text.lines().filter(|line| !line.is_empty()).map(|line| line.as_bytes().to_vec()).collect();
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<_> = ["ar", "en"]
        .iter()
        .flat_map(|language| std::fs::read_dir(samples.join(language)).expect("samples/ is there"))
        .map(|entry| entry.expect("samples/ is readable").path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a sample is readable")).collect()
}

fn create_topics(settings: &Settings, names: &[&str], partitions: usize) {
    create_topics_on(settings, names, partitions, None);
}

/// On one broker (counted from 0), or wherever the cluster puts them.
fn create_topics_on(settings: &Settings, names: &[&str], partitions: usize, broker: Option<usize>) {
    let client: AdminClient<DefaultClientContext> =
        ClientConfig::new().set("bootstrap.servers", &settings.brokers).create().expect("an admin client");
    let partitions = i32::try_from(partitions).expect("few partitions");
    let node = broker.map(|broker| [i32::try_from(broker + 1).expect("few brokers")]);
    let nodes: Option<Vec<&[i32]>> = node.as_ref().map(|node| (0..partitions).map(|_| &node[..]).collect());
    let replication = || nodes.as_ref().map_or(TopicReplication::Fixed(1), |nodes| TopicReplication::Variable(nodes));
    let topics: Vec<_> = names.iter().map(|name| NewTopic::new(name, partitions, replication())).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let results = runtime
        .block_on(client.create_topics(&topics, &AdminOptions::new().operation_timeout(Some(PATIENCE))))
        .expect("the broker answers");
    for result in results {
        result.expect("the topic is created");
    }
}

fn publish(settings: &Settings, articles: &[Vec<u8>], rounds: usize, partitions: usize) {
    let publisher = ArticlePublisher::new(settings).expect("valid settings");
    for (at, article) in (0..rounds).flat_map(|_| articles).enumerate() {
        let partition = i32::try_from(at % partitions).expect("few partitions");
        publisher.publish_to(Some(partition), None, Some(article), &[]).expect("the broker takes it");
    }
    publisher.flush(PATIENCE).expect("the broker takes all");
}

#[derive(Default)]
struct Delivered(AtomicU64);

impl ClientContext for Delivered {}

impl ProducerContext for Delivered {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        assert!(result.is_ok(), "a copy was not delivered");
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// How long a transaction collects: the service's default.
const TRANSACTION: Duration = Duration::from_millis(100);

/// One consumer, one producer, no group, nothing in between; the producer's settings are the service's. Writes each record
/// again, or in its place what `instead` has for its article.
fn copy(
    settings: &Settings,
    into: &str,
    partitions: usize,
    count: usize,
    delivery: &str,
    instead: Option<&[Vec<Vec<u8>>]>,
) -> Duration {
    let transactional = delivery == "exactly_once";
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &settings.brokers)
        .set("group.id", format!("{into}-copy"))
        .set("enable.auto.commit", "false")
        .set("fetch.queue.backoff.ms", "10")
        .create()
        .expect("a consumer");
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", &settings.brokers)
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .set("linger.ms", "10")
        .set("batch.size", "65536")
        .set("compression.type", "lz4");
    if transactional {
        config.set("transactional.id", format!("{into}-copy"));
    }
    let producer: ThreadedProducer<Delivered> = config.create_with_context(Delivered::default()).expect("a producer");
    let mut list = TopicPartitionList::new();
    for partition in 0..partitions {
        let partition = i32::try_from(partition).expect("few partitions");
        list.add_partition_offset(&settings.input_topic, partition, Offset::Beginning).expect("a valid offset");
    }
    consumer.assign(&list).expect("assignable");
    if transactional {
        producer.init_transactions(PATIENCE).expect("the broker knows transactions");
        producer.begin_transaction().expect("the first one");
    }
    let mut positions: BTreeMap<i32, i64> = BTreeMap::new();
    let commit = |positions: &BTreeMap<i32, i64>| {
        let mut list = TopicPartitionList::new();
        for (partition, next) in positions {
            list.add_partition_offset(&settings.input_topic, *partition, Offset::Offset(*next))
                .expect("a valid offset");
        }
        let member = consumer.group_metadata().expect("a group's name");
        producer.send_offsets_to_transaction(&list, &member, PATIENCE).expect("the broker takes the offsets");
        producer.commit_transaction(PATIENCE).expect("the broker commits");
    };
    let send = |mut record: BaseRecord<'_, [u8], [u8]>| {
        while let Err((error, back)) = producer.send(record) {
            let full = KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull);
            assert_eq!(error, full, "the broker takes it");
            record = back;
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    let mut start = None;
    let (mut taken, mut sent) = (0, 0);
    let mut begun = Instant::now();
    while taken < count {
        let Some(message) = consumer.poll(PATIENCE) else { continue };
        let message = message.expect("readable");
        start.get_or_insert_with(Instant::now);
        positions.insert(message.partition(), message.offset() + 1);
        let to = || BaseRecord::<[u8], [u8]>::to(into).partition(message.partition());
        match instead {
            None => {
                let mut record = to();
                record.payload = message.payload();
                record.key = message.key();
                send(record);
                sent += 1;
            }
            Some(events) => {
                let at = usize::try_from(message.offset()).unwrap_or(0) * partitions
                    + usize::try_from(message.partition()).unwrap_or(0);
                for event in &events[at % events.len()] {
                    send(to().payload(event).key(&event[..event.len().min(16)]));
                    sent += 1;
                }
            }
        }
        taken += 1;
        if transactional && begun.elapsed() >= TRANSACTION {
            commit(&positions);
            positions.clear();
            producer.begin_transaction().expect("the next one");
            begun = Instant::now();
        }
    }
    if transactional {
        commit(&positions);
    }
    producer.flush(PATIENCE).expect("the broker takes all");
    let elapsed = start.map(|start| start.elapsed()).unwrap_or_default();
    assert_eq!(producer.context().0.load(Ordering::Relaxed), sent as u64);
    elapsed
}

/// Bytes to events on every core, with nothing else going on.
fn extract(articles: &[Vec<u8>], rounds: usize, cores: usize) -> Duration {
    let (extractor, decoder) = (Extractor::embedded().expect("valid language data"), Decoder::default());
    let (next, events) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let total = articles.len() * rounds;
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= total {
                        break;
                    }
                    if let Ok(article) = decoder.decode(&articles[at % articles.len()]) {
                        events.fetch_add(extractor.extract(&article).events.len(), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let elapsed = start.elapsed();
    assert!(events.into_inner() > 0, "the articles tell events");
    elapsed
}

struct Outcome {
    elapsed: Duration,
    peak_bytes: u64,
    processor: Duration,
    events: u64,
    dead_letters: u64,
    /// Articles taken by each instance.
    shares: Vec<u64>,
}

/// A child that does not outlive a panic here.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `safir run`.
struct Service {
    child: Guard,
    port: u16,
}

impl Service {
    fn start(settings: &Settings, delivery: &str) -> Service {
        let port = support::free_port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_safir"));
        command
            .args(["run", "--log", "warn", "--brokers", &settings.brokers, "--group-id", &settings.group_id])
            .args(["--input-topic", &settings.input_topic, "--output-topic", &settings.output_topic])
            .args(["--dead-letter-topic", &settings.dead_letter_topic, "--listen", &format!("127.0.0.1:{port}")])
            .args(["--set", &format!("pipeline.delivery={delivery}")])
            .args(["--set", &format!("pipeline.workers={}", number("SAFIR_BENCH_WORKERS", 0))])
            .stdin(Stdio::null());
        Service { child: Guard(command.spawn().expect("the program starts")), port }
    }
}

/// From the first article consumed until every offset is finished, by the services' own metrics. Joining the group, which
/// takes three seconds of waiting, is not counted.
fn work_off(services: &[Service], count: usize) -> Outcome {
    let processor = || services.iter().map(|service| processor_time(service.child.0.id())).sum::<Duration>();
    let deadline = Instant::now() + PATIENCE;
    let mut started = None;
    let (elapsed, metrics) = loop {
        assert!(Instant::now() < deadline, "the service did not finish");
        std::thread::sleep(Duration::from_millis(5));
        let Some(metrics) = services.iter().map(|service| scrape(service.port)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let all = |name: &str| metrics.iter().map(|metrics| family(metrics, name)).sum::<f64>();
        if started.is_none() && all("safir_articles_consumed_total") > 0.0 {
            started = Some((Instant::now(), processor()));
        }
        if let Some((start, _)) = started
            && all("safir_first_unfinished_offset") >= count as f64
        {
            break (start.elapsed(), metrics);
        }
        if started.is_some() {
            // Each look costs the service a few hundred microseconds.
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let each = |name: &str| metrics.iter().map(|metrics| family(metrics, name) as u64).collect::<Vec<_>>();
    let before = started.map(|(_, before)| before).unwrap_or_default();
    Outcome {
        elapsed,
        peak_bytes: services.iter().map(|service| memory(service.child.0.id(), "VmHWM:")).max().unwrap_or_default(),
        processor: processor().saturating_sub(before),
        events: each("safir_events_total").iter().sum(),
        dead_letters: each("safir_dead_letters_total").iter().sum(),
        shares: each("safir_articles_consumed_total"),
    }
}

fn family(metrics: &BTreeMap<String, f64>, name: &str) -> f64 {
    metrics.iter().filter(|(series, _)| series.split('{').next() == Some(name)).map(|(_, value)| value).sum()
}

fn scrape(port: u16) -> Option<BTreeMap<String, f64>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: safir\r\nconnection: close\r\n\r\n").ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    let series = |line: &str| {
        let (name, value) = line.rsplit_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    Some(text.lines().filter(|line| line.starts_with("safir_")).filter_map(series).collect())
}

/// What the process has resident (`VmRSS:`), or the most that it has had (`VmHWM:`), from `/proc`.
fn memory(pid: u32, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) * 1024
}

/// User and system time, from `/proc`, in ticks of 10 ms.
fn processor_time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis(10 * (ticks(11) + ticks(12)))
}

//! A real Apache Kafka: brokers in KRaft mode, fetched by Maven, listening on free loopback ports, ended with the test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{Header, Headers as _, Message as _, OwnedHeaders};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use rdkafka::types::RDKafkaErrorCode;
use tempfile::TempDir;

use super::{cache, free_ports, lock, tools};

const KAFKA: &str = "4.1.0";
const SCALA: &str = "2.13";
/// The version of slf4j that this Kafka asks for; the binding must be the same.
const SLF4J: &str = "1.7.36";
const MAVEN_DEPENDENCY_PLUGIN: &str = "3.8.1";
/// 16 bytes in URL-safe base64, as `kafka-storage random-uuid` prints them.
const CLUSTER_ID: &str = "U2FmaXJUZXN0Q2x1c3Rlcg";
const START_LIMIT: Duration = Duration::from_secs(120);
/// How long a test waits for a broker's answer.
const CLIENT_LIMIT: Duration = Duration::from_secs(60);

/// A Kafka cluster of this test process alone. Its brokers end when it is dropped, and when the process ends in any
/// other way: a panic, an abort, a kill.
pub struct Kafka {
    nodes: Vec<Node>,
    bootstrap: String,
    _folder: TempDir,
}

struct Node {
    id: usize,
    config: PathBuf,
    data: PathBuf,
    log: PathBuf,
    libraries: PathBuf,
    running: Option<Running>,
}

/// A broker process and the shell that ends it when this process is gone: the shell reads from a pipe whose other end
/// only this process holds, so the kernel tells it of every kind of end.
struct Running {
    broker: Child,
    watchdog: Child,
}

impl Kafka {
    /// The one-broker cluster that all tests of a binary share. Tests keep apart by topic and group: see [`unique`].
    pub fn shared() -> &'static Kafka {
        static SHARED: LazyLock<Kafka> = LazyLock::new(|| Kafka::start(1));
        &SHARED
    }

    /// Starts a cluster of `brokers` brokers, each of them a controller too, and waits until all of them serve.
    ///
    /// # Panics
    /// When Java or Maven are missing and cannot be installed, or when the cluster does not come up.
    pub fn start(brokers: usize) -> Kafka {
        let libraries = libraries();
        let mut failure = String::new();
        // The ports are free when they are chosen and may be taken when the brokers bind them.
        for _ in 0..3 {
            match Kafka::try_start(brokers, &libraries) {
                Ok(kafka) => return kafka,
                Err(error) => failure = error,
            }
        }
        panic!("Kafka does not start: {failure}");
    }

    fn try_start(brokers: usize, libraries: &Path) -> Result<Kafka, String> {
        let folder = tempfile::Builder::new()
            .prefix("kafka-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .map_err(|error| format!("no folder for its data: {error}"))?;
        let ports = free_ports(2 * brokers);
        let (clients, controllers) = ports.split_at(brokers);
        let voters: Vec<_> =
            controllers.iter().enumerate().map(|(index, port)| format!("{}@127.0.0.1:{port}", index + 1)).collect();
        let mut nodes = Vec::new();
        for index in 0..brokers {
            let id = index + 1;
            let home = folder.path().join(id.to_string());
            let data = home.join("data");
            let config = home.join("server.properties");
            let properties = properties(id, clients[index], controllers[index], &voters.join(","), &data, brokers);
            fs::create_dir_all(&home)
                .and_then(|()| fs::write(&config, properties))
                .map_err(|error| format!("cannot write {}: {error}", config.display()))?;
            let log = home.join("broker.log");
            nodes.push(Node { id, config, data, log, libraries: libraries.to_owned(), running: None });
        }
        let formats: Vec<_> = nodes.iter().map(Node::format).collect();
        for format in formats {
            format?;
        }
        for node in &mut nodes {
            node.start()?;
        }
        let addresses: Vec<_> = clients.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        let mut kafka = Kafka { nodes, bootstrap: addresses.join(","), _folder: folder };
        kafka.wait_until_ready()?;
        Ok(kafka)
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let running = self.nodes.iter().filter(|node| node.running.is_some()).count();
        let client: BaseConsumer = quiet(&self.bootstrap).create().map_err(|error| error.to_string())?;
        let start = Instant::now();
        while start.elapsed() < START_LIMIT {
            for node in &mut self.nodes {
                node.check()?;
            }
            if let Ok(metadata) = client.fetch_metadata(None, Duration::from_secs(1))
                && metadata.brokers().len() == running
            {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("not ready within {START_LIMIT:?}; node 1 says:\n{}", self.nodes[0].last_words()))
    }

    /// `host:port`, comma separated: the value of `bootstrap.servers`.
    pub fn bootstrap(&self) -> &str {
        &self.bootstrap
    }

    /// Ends a broker (counted from 0) without a goodbye, as a power failure would. Its data stays for [`Self::revive`].
    pub fn kill(&mut self, broker: usize) {
        self.nodes[broker].running = None;
    }

    /// Starts a killed broker again on its old data and ports.
    pub fn revive(&mut self, broker: usize) {
        self.nodes[broker].start().and_then(|()| self.wait_until_ready()).expect("the broker comes back");
    }

    /// Creates a topic, replicated to every broker, and waits until all its partitions have a leader.
    pub fn create_topic(&self, name: &str, partitions: usize) {
        self.create_topic_with(name, partitions, &[]);
    }

    /// The same with topic settings such as `max.message.bytes`.
    pub fn create_topic_with(&self, name: &str, partitions: usize, settings: &[(&str, &str)]) {
        let admin: AdminClient<DefaultClientContext> = quiet(&self.bootstrap).create().expect("an admin client");
        let replication = TopicReplication::Fixed(i32::try_from(self.nodes.len()).expect("a few brokers"));
        let count = i32::try_from(partitions).expect("a few partitions");
        let topic = NewTopic { name, num_partitions: count, replication, config: settings.to_vec() };
        let options = AdminOptions::new().operation_timeout(Some(CLIENT_LIMIT)).request_timeout(Some(CLIENT_LIMIT));
        let results = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(admin.create_topics([&topic], &options))
            .expect("the cluster answers");
        for result in results {
            result.unwrap_or_else(|(name, error)| panic!("cannot create topic {name}: {error}"));
        }
        let client: BaseConsumer = quiet(&self.bootstrap).create().expect("a client");
        super::eventually(&format!("topic {name} has leaders"), CLIENT_LIMIT, || {
            let metadata = client.fetch_metadata(Some(name), Duration::from_secs(5)).ok()?;
            let topic = metadata.topics().first()?;
            (topic.partitions().len() == partitions && topic.partitions().iter().all(|one| one.leader() >= 0))
                .then_some(())
        });
    }

    /// Appends the records in order, and returns when the brokers have acknowledged every one.
    pub fn produce(&self, topic: &str, records: &[Sent]) {
        let mut config = quiet(&self.bootstrap);
        config.set("enable.idempotence", "true").set("linger.ms", "5").set("message.max.bytes", "20000000");
        let producer: ThreadedProducer<FailOnError> =
            config.create_with_context(FailOnError::default()).expect("a producer");
        for record in records {
            let mut next = BaseRecord::<[u8], [u8]>::to(topic);
            if let Some(key) = &record.key {
                next = next.key(key);
            }
            if let Some(value) = &record.value {
                next = next.payload(value);
            }
            if let Some(partition) = record.partition {
                next = next.partition(partition);
            }
            if let Some(timestamp) = record.timestamp_ms {
                next = next.timestamp(timestamp);
            }
            if !record.headers.is_empty() {
                let headers = record.headers.iter().fold(OwnedHeaders::new(), |headers, (key, value)| {
                    headers.insert(Header { key, value: value.as_deref() })
                });
                next = next.headers(headers);
            }
            loop {
                match producer.send(next) {
                    Ok(()) => break,
                    Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), back)) => {
                        next = back;
                        std::thread::sleep(Duration::from_millis(5));
                    }
                    Err((error, _)) => panic!("cannot produce to {topic}: {error}"),
                }
            }
        }
        producer.flush(CLIENT_LIMIT).expect("every record acknowledged");
        assert_eq!(producer.context().failed.load(Ordering::SeqCst), 0, "records to {topic} failed");
    }

    /// Reads a topic from its beginning, outside any group, until `enough` says so of all records read so far.
    ///
    /// # Panics
    /// With `what` when it does not within `limit`.
    pub fn read_until(
        &self,
        topic: &str,
        what: &str,
        limit: Duration,
        mut enough: impl FnMut(&[Received]) -> bool,
    ) -> Vec<Received> {
        let consumer = self.reader(topic);
        let mut records = Vec::new();
        let start = Instant::now();
        while !enough(&records) {
            assert!(start.elapsed() < limit, "not within {limit:?}: {what} ({} records in {topic})", records.len());
            match consumer.poll(Duration::from_millis(100)) {
                Some(Ok(message)) => records.push(Received::from(&message)),
                Some(Err(error)) => panic!("cannot read {topic}: {error}"),
                None => {}
            }
        }
        records
    }

    /// Everything that the topic holds at this moment.
    pub fn read_all(&self, topic: &str) -> Vec<Received> {
        let ends = self.ends(topic);
        self.read_until(topic, "all records up to the end", CLIENT_LIMIT, |records| {
            let mut next: BTreeMap<i32, i64> = BTreeMap::new();
            for record in records {
                next.insert(record.partition, record.offset + 1);
            }
            ends.iter().all(|(partition, end)| *end == 0 || next.get(partition).is_some_and(|next| next >= end))
        })
    }

    fn reader(&self, topic: &str) -> BaseConsumer {
        let mut config = quiet(&self.bootstrap);
        config.set("group.id", "reader").set("enable.auto.commit", "false").set("auto.offset.reset", "earliest");
        config.set("fetch.message.max.bytes", "20000000");
        let consumer: BaseConsumer = config.create().expect("a consumer");
        let mut list = TopicPartitionList::new();
        for partition in self.partitions(topic) {
            list.add_partition_offset(topic, partition, Offset::Beginning).expect("a valid partition");
        }
        consumer.assign(&list).expect("an assignment");
        consumer
    }

    fn partitions(&self, topic: &str) -> BTreeSet<i32> {
        let client: BaseConsumer = quiet(&self.bootstrap).create().expect("a client");
        let metadata = client.fetch_metadata(Some(topic), CLIENT_LIMIT).expect("metadata of the topic");
        metadata.topics().iter().flat_map(|topic| topic.partitions()).map(|partition| partition.id()).collect()
    }

    /// The offset after the last record of each partition.
    pub fn ends(&self, topic: &str) -> BTreeMap<i32, i64> {
        let client: BaseConsumer = quiet(&self.bootstrap).create().expect("a client");
        self.partitions(topic)
            .into_iter()
            .map(|partition| {
                let (_, end) = client.fetch_watermarks(topic, partition, CLIENT_LIMIT).expect("watermarks");
                (partition, end)
            })
            .collect()
    }

    /// What a group has committed in each partition; partitions without a commit are left out.
    pub fn committed(&self, group: &str, topic: &str) -> BTreeMap<i32, i64> {
        let mut config = quiet(&self.bootstrap);
        config.set("group.id", group);
        let client: BaseConsumer = config.create().expect("a client");
        let mut list = TopicPartitionList::new();
        for partition in self.partitions(topic) {
            list.add_partition(topic, partition);
        }
        let committed = super::eventually("the group's coordinator answers", CLIENT_LIMIT, || {
            client.committed_offsets(list.clone(), Duration::from_secs(10)).ok()
        });
        committed
            .elements()
            .iter()
            .filter_map(|element| match element.offset() {
                Offset::Offset(offset) => Some((element.partition(), offset)),
                _ => None,
            })
            .collect()
    }
}

impl Node {
    fn java(&self) -> Command {
        let mut command = Command::new("java");
        command.args(["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"]);
        command.args(["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"]);
        command.arg("-cp").arg(self.libraries.join("*"));
        command.stdin(Stdio::null());
        // Interrupting the tests from the keyboard must leave the ending to the watchdog, which also removes the data.
        command.process_group(0);
        command
    }

    fn format(&self) -> Result<(), String> {
        let output = self
            .java()
            .args(["kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER_ID, "--config"])
            .arg(&self.config)
            .output()
            .map_err(|error| format!("cannot run java: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Err(format!("cannot format its storage: {out}{err}"))
    }

    fn start(&mut self) -> Result<(), String> {
        let log = File::options().create(true).append(true).open(&self.log);
        let log = log.map_err(|error| format!("cannot write {}: {error}", self.log.display()))?;
        let copy = log.try_clone().map_err(|error| error.to_string())?;
        let mut command = self.java();
        command.arg("kafka.Kafka").arg(&self.config).stdout(log).stderr(copy);
        let mut broker = command.spawn().map_err(|error| format!("cannot run java: {error}"))?;
        let watchdog = Command::new("sh")
            .args(["-c", "if read -r _; then exit; fi; kill -9 \"$0\"; rm -rf \"$1\"; rmdir \"$(dirname \"$1\")\""])
            .arg(broker.id().to_string())
            .arg(self.config.parent().expect("the node's folder"))
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match watchdog {
            Ok(watchdog) => self.running = Some(Running { broker, watchdog }),
            Err(error) => {
                let _ = broker.kill();
                return Err(format!("cannot run sh: {error}"));
            }
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), String> {
        if let Some(running) = &mut self.running
            && let Ok(Some(status)) = running.broker.try_wait()
        {
            return Err(format!("node {} ended with {status} and said:\n{}", self.id, self.last_words()));
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.broker.kill();
        let _ = self.broker.wait();
        // The word tells the watchdog that there is nothing left to end, before the process id can go to another.
        if let Some(mut pipe) = self.watchdog.stdin.take() {
            let _ = pipe.write_all(b"done\n");
        }
        let _ = self.watchdog.wait();
    }
}

fn properties(id: usize, client: u16, controller: u16, voters: &str, data: &Path, brokers: usize) -> String {
    let replicas = brokers.min(3);
    let in_sync = replicas.div_ceil(2);
    let mut text = String::new();
    let mut set = |key: &str, value: &dyn std::fmt::Display| {
        writeln!(text, "{key}={value}").expect("writing to a string");
    };
    set("process.roles", &"broker,controller");
    set("node.id", &id);
    set("controller.quorum.voters", &voters);
    set("controller.listener.names", &"CONTROLLER");
    set("listeners", &format!("PLAINTEXT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller}"));
    set("listener.security.protocol.map", &"PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    set("inter.broker.listener.name", &"PLAINTEXT");
    set("log.dirs", &data.display());
    set("auto.create.topics.enable", &false);
    set("default.replication.factor", &replicas);
    set("min.insync.replicas", &in_sync);
    set("offsets.topic.replication.factor", &replicas);
    set("offsets.topic.num.partitions", &4);
    set("transaction.state.log.replication.factor", &replicas);
    set("transaction.state.log.min.isr", &in_sync);
    set("transaction.state.log.num.partitions", &4);
    set("share.coordinator.state.topic.replication.factor", &replicas);
    set("share.coordinator.state.topic.min.isr", &in_sync);
    // Groups form at once: the tests start and stop members all the time.
    set("group.initial.rebalance.delay.ms", &0);
    set("group.min.session.timeout.ms", &1000);
    set("num.network.threads", &2);
    set("num.io.threads", &2);
    set("log.cleaner.dedupe.buffer.size", &8_388_608);
    set("message.max.bytes", &20_000_000);
    text
}

/// The folder with Kafka's jars: in the cache, or fetched into it.
fn libraries() -> PathBuf {
    tools::java_and_maven();
    let _lock = lock("kafka");
    let folder = cache().join(format!("kafka_{SCALA}-{KAFKA}"));
    if folder.exists() {
        return folder;
    }
    let work = tempfile::tempdir_in(cache()).expect("a folder in the test cache");
    let pom = format!(
        r#"<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>safir.tests</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_{SCALA}</artifactId>
      <version>{KAFKA}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-simple</artifactId>
      <version>{SLF4J}</version>
    </dependency>
  </dependencies>
</project>
"#
    );
    fs::write(work.path().join("pom.xml"), pom).expect("writing into the test cache");
    let jars = work.path().join("jars");
    tools::run(
        Command::new("mvn")
            .args(["--quiet", "--batch-mode"])
            .arg(format!(
                "org.apache.maven.plugins:maven-dependency-plugin:{MAVEN_DEPENDENCY_PLUGIN}:copy-dependencies"
            ))
            .arg(format!("-DoutputDirectory={}", jars.display()))
            .current_dir(work.path()),
    );
    // The folder appears under its name only when it is complete, so an interrupted fetch leaves nothing half done.
    fs::rename(&jars, &folder).expect("moving the jars to their place in the test cache");
    folder
}

fn quiet(bootstrap: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", bootstrap).set_log_level(RDKafkaLogLevel::Emerg);
    config
}

/// A name that no other test of any process uses, for topics and groups.
pub fn unique(name: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A record to produce.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    pub partition: Option<i32>,
    pub timestamp_ms: Option<i64>,
}

impl Sent {
    pub fn new(key: &str, value: impl Into<Vec<u8>>) -> Sent {
        Sent { key: Some(key.into()), value: Some(value.into()), ..Sent::default() }
    }

    pub fn to(self, partition: i32) -> Sent {
        Sent { partition: Some(partition), ..self }
    }

    pub fn header(mut self, key: &str, value: &[u8]) -> Sent {
        self.headers.push((key.to_owned(), Some(value.to_owned())));
        self
    }
}

/// A record as it was read.
#[derive(Clone, Debug)]
pub struct Received {
    pub partition: i32,
    pub offset: i64,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    pub timestamp_ms: Option<i64>,
}

impl Received {
    fn from(message: &rdkafka::message::BorrowedMessage<'_>) -> Received {
        let headers = message.headers().map(|headers| {
            headers.iter().map(|header| (header.key.to_owned(), header.value.map(<[u8]>::to_vec))).collect()
        });
        Received {
            partition: message.partition(),
            offset: message.offset(),
            key: message.key().map(<[u8]>::to_vec),
            value: message.payload().map(<[u8]>::to_vec),
            headers: headers.unwrap_or_default(),
            timestamp_ms: message.timestamp().to_millis(),
        }
    }

    pub fn key(&self) -> &str {
        std::str::from_utf8(self.key.as_deref().expect("a key")).expect("a key in UTF-8")
    }

    pub fn value(&self) -> &[u8] {
        self.value.as_deref().expect("a value")
    }

    /// The value of the last header of that name, which is the one that counts in Kafka.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().rev().find(|(key, _)| key == name)?;
        value.as_deref().map(|value| std::str::from_utf8(value).expect("a header in UTF-8"))
    }
}

#[derive(Default)]
struct FailOnError {
    failed: AtomicUsize,
}

impl rdkafka::ClientContext for FailOnError {}

impl ProducerContext for FailOnError {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        if let Err((error, _)) = result {
            eprintln!("delivery failed: {error}");
            self.failed.fetch_add(1, Ordering::SeqCst);
        }
    }
}

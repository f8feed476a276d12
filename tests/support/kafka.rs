//! A real Apache Kafka: brokers in KRaft mode, fetched by Maven, listening on free loopback ports, ended with the test.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewPartitions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{Header, Headers as _, Message as _, OwnedHeaders};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use rdkafka::types::RDKafkaErrorCode;
use rustix::process::{Pid, Signal};
use tempfile::TempDir;

use super::proxy::Proxy;
use super::secure::Secured;
use super::{cache, eventually, free_ports, lock, tools};

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
    nodes: Mutex<Vec<Node>>,
    brokers: usize,
    bootstrap: String,
    /// One for each broker, when there are any: see [`Kafka::behind_proxies`].
    proxies: Vec<Proxy>,
    /// By the name of their group, or none. Tests ask all the time, and a new client costs more than the question.
    clients: Mutex<HashMap<String, Arc<BaseConsumer>>>,
    _folder: TempDir,
}

struct Node {
    id: usize,
    config: PathBuf,
    data: PathBuf,
    log: PathBuf,
    libraries: PathBuf,
    /// More arguments for formatting its storage.
    format: Vec<String>,
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
        Kafka::start_as(brokers, false, false).0
    }

    /// One broker with listeners that ask who one is, and with access rules on them, of which there are none.
    pub fn secured() -> (Kafka, Secured) {
        let (kafka, secured) = Kafka::start_as(1, false, true);
        (kafka, secured.expect("asked for"))
    }

    /// The same with a second listener for each broker, which is reached, and which the broker makes known, through a
    /// proxy alone: whoever begins at [`Kafka::proxied`] never talks to a broker directly.
    pub fn behind_proxies(brokers: usize) -> Kafka {
        Kafka::start_as(brokers, true, false).0
    }

    fn start_as(brokers: usize, proxied: bool, secured: bool) -> (Kafka, Option<Secured>) {
        let libraries = libraries();
        let mut failure = String::new();
        // The ports are free when they are chosen and may be taken when the brokers bind them.
        for _ in 0..3 {
            match Kafka::try_start(brokers, proxied, secured, &libraries) {
                Ok(kafka) => return kafka,
                Err(error) => failure = error,
            }
        }
        panic!("Kafka does not start: {failure}");
    }

    fn try_start(
        brokers: usize,
        proxied: bool,
        secured: bool,
        libraries: &Path,
    ) -> Result<(Kafka, Option<Secured>), String> {
        let folder = tempfile::Builder::new()
            .prefix("kafka-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .map_err(|error| format!("no folder for its data: {error}"))?;
        let secured = secured.then(|| Secured::new(folder.path()));
        let ports = free_ports(3 * brokers);
        let (clients, rest) = ports.split_at(brokers);
        let (controllers, behind) = rest.split_at(brokers);
        let proxies: Vec<_> = behind.iter().filter(|_| proxied).map(|port| Proxy::start(*port)).collect();
        let voters: Vec<_> =
            controllers.iter().enumerate().map(|(index, port)| format!("{}@127.0.0.1:{port}", index + 1)).collect();
        let mut nodes = Vec::new();
        for index in 0..brokers {
            let id = index + 1;
            let home = folder.path().join(id.to_string());
            let data = home.join("data");
            let config = home.join("server.properties");
            let proxy = proxies.get(index).map(|proxy| (behind[index], proxy.port()));
            let mut properties =
                properties(id, clients[index], controllers[index], proxy, &voters.join(","), &data, brokers);
            let mut format = Vec::new();
            if let Some(secured) = &secured {
                properties += &secured.properties(clients[index], controllers[index]);
                format.extend(Secured::format_arguments());
            }
            fs::create_dir_all(&home)
                .and_then(|()| fs::write(&config, properties))
                .map_err(|error| format!("cannot write {}: {error}", config.display()))?;
            let log = home.join("broker.log");
            nodes.push(Node { id, config, data, log, libraries: libraries.to_owned(), format, running: None });
        }
        let formats: Vec<_> = nodes.iter().map(Node::format).collect();
        for format in formats {
            format?;
        }
        for node in &mut nodes {
            node.start()?;
        }
        let addresses: Vec<_> = clients.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        let nodes = Mutex::new(nodes);
        let clients = Mutex::default();
        let kafka = Kafka { nodes, brokers, bootstrap: addresses.join(","), proxies, clients, _folder: folder };
        kafka.wait_until_ready()?;
        Ok((kafka, secured))
    }

    /// A client that belongs to no group and may ask about one.
    fn client(&self, group: &str) -> Arc<BaseConsumer> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let client = clients.entry(group.to_owned()).or_insert_with(|| {
            let mut config = quiet(&self.bootstrap);
            config.set("reconnect.backoff.max.ms", "500").set("socket.timeout.ms", "10000");
            if !group.is_empty() {
                config.set("group.id", group);
            }
            Arc::new(config.create().expect("a client"))
        });
        client.clone()
    }

    fn nodes(&self) -> MutexGuard<'_, Vec<Node>> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_until_ready(&self) -> Result<(), String> {
        let running = self.nodes().iter().filter(|node| node.running.is_some()).count();
        let client: BaseConsumer = quiet(&self.bootstrap).create().map_err(|error| error.to_string())?;
        let start = Instant::now();
        while start.elapsed() < START_LIMIT {
            for node in self.nodes().iter_mut() {
                node.check()?;
            }
            if let Ok(metadata) = client.fetch_metadata(None, Duration::from_secs(1))
                && metadata.brokers().len() == running
            {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("not ready within {START_LIMIT:?}; node 1 says:\n{}", self.nodes()[0].last_words()))
    }

    /// `host:port`, comma separated: the value of `bootstrap.servers`.
    pub fn bootstrap(&self) -> &str {
        &self.bootstrap
    }

    /// The same through the proxies, for the process under test.
    pub fn proxied(&self) -> String {
        let addresses: Vec<_> = self.proxies.iter().map(|proxy| format!("127.0.0.1:{}", proxy.port())).collect();
        assert!(!addresses.is_empty(), "this cluster has no proxies");
        addresses.join(",")
    }

    pub fn proxies(&self) -> &[Proxy] {
        &self.proxies
    }

    pub fn brokers(&self) -> usize {
        self.brokers
    }

    /// Ends a broker (counted from 0) without a goodbye, as a power failure would. Its data stays for [`Self::revive`].
    pub fn kill(&self, broker: usize) {
        self.nodes()[broker].running = None;
    }

    /// Ends a broker in order: it hands its partitions over first.
    pub fn stop(&self, broker: usize) {
        self.signal(broker, Signal::TERM);
        eventually("the broker ends", CLIENT_LIMIT, || {
            let ended = self.nodes()[broker].running.as_mut()?.broker.try_wait().expect("the process is ours");
            ended.map(drop)
        });
        self.nodes()[broker].running = None;
    }

    /// Starts a broker that was ended again on its old data and ports, and waits until it has caught up.
    pub fn revive(&self, broker: usize) {
        let started = self.nodes()[broker].start();
        started.and_then(|()| self.wait_until_ready()).expect("the broker comes back");
        self.wait_until_in_sync();
    }

    /// Takes all processor time from a broker: its connections stay open and nothing answers.
    pub fn freeze(&self, broker: usize) {
        self.signal(broker, Signal::STOP);
    }

    pub fn thaw(&self, broker: usize) {
        self.signal(broker, Signal::CONT);
    }

    fn signal(&self, broker: usize, signal: Signal) {
        let nodes = self.nodes();
        let running = nodes[broker].running.as_ref().expect("the broker runs");
        let pid = i32::try_from(running.broker.id()).ok().and_then(Pid::from_raw).expect("a process id");
        rustix::process::kill_process(pid, signal).expect("the process is there");
    }

    /// Waits until every replica of every partition is in sync.
    pub fn wait_until_in_sync(&self) {
        let client = self.client("");
        eventually("all replicas are in sync", START_LIMIT, || {
            let metadata = client.fetch_metadata(None, Duration::from_secs(5)).ok()?;
            let mut partitions = metadata.topics().iter().flat_map(|topic| topic.partitions());
            (metadata.brokers().len() == self.brokers
                && partitions.all(|one| one.leader() >= 0 && one.isr().len() == one.replicas().len()))
            .then_some(())
        });
    }

    /// The broker (counted from 0) that leads a partition.
    pub fn leader(&self, topic: &str, partition: i32) -> usize {
        let client = self.client("");
        eventually(&format!("{topic}[{partition}] has a leader"), CLIENT_LIMIT, || {
            let metadata = client.fetch_metadata(Some(topic), Duration::from_secs(5)).ok()?;
            let partitions = metadata.topics().first()?.partitions();
            let leader = partitions.iter().find(|one| one.id() == partition)?.leader();
            usize::try_from(leader - 1).ok()
        })
    }

    /// The broker that coordinates a consumer group: the leader of the partition of the offsets topic that the group's
    /// name falls on.
    pub fn coordinator(&self, group: &str) -> usize {
        let hash = group.encode_utf16().fold(0i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)));
        self.leader("__consumer_offsets", (hash & i32::MAX) % OFFSETS_PARTITIONS)
    }

    fn admin<T>(&self, what: &str, ask: impl AsyncFn(&AdminClient<DefaultClientContext>, &AdminOptions) -> T) -> T {
        let admin = quiet(&self.bootstrap).create().unwrap_or_else(|error| panic!("no client {what}: {error}"));
        let options = AdminOptions::new().operation_timeout(Some(CLIENT_LIMIT)).request_timeout(Some(CLIENT_LIMIT));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(ask(&admin, &options))
    }

    /// Gives a topic more partitions.
    pub fn add_partitions(&self, topic: &str, total: usize) {
        let results = self.admin("to add partitions", async |admin, options| {
            admin.create_partitions(&[NewPartitions::new(topic, total)], options).await
        });
        for result in results.expect("the cluster answers") {
            result.unwrap_or_else(|(name, error)| panic!("cannot add partitions to {name}: {error}"));
        }
    }

    /// Deletes the records of a partition before `offset`, as retention does.
    pub fn truncate(&self, topic: &str, partition: i32, offset: i64) {
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(topic, partition, Offset::Offset(offset)).expect("a valid offset");
        let result = self.admin("to delete records", async |admin, options| admin.delete_records(&list, options).await);
        for element in result.expect("the cluster answers").elements() {
            element.error().unwrap_or_else(|error| panic!("cannot truncate {topic}: {error}"));
        }
    }

    /// Creates a topic, replicated to every broker, and waits until all its partitions have a leader.
    pub fn create_topic(&self, name: &str, partitions: usize) {
        self.create_topic_with(name, partitions, &[]);
    }

    /// The same with topic settings such as `max.message.bytes`.
    pub fn create_topic_with(&self, name: &str, partitions: usize, settings: &[(&str, &str)]) {
        let replication = TopicReplication::Fixed(i32::try_from(self.brokers).expect("a few brokers"));
        let count = i32::try_from(partitions).expect("a few partitions");
        let topic = NewTopic { name, num_partitions: count, replication, config: settings.to_vec() };
        let results = self
            .admin("to create topics", async |admin, options| admin.create_topics([&topic], options).await)
            .expect("the cluster answers");
        for result in results {
            result.unwrap_or_else(|(name, error)| panic!("cannot create topic {name}: {error}"));
        }
        let client = self.client("");
        eventually(&format!("topic {name} has leaders"), CLIENT_LIMIT, || {
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
                Some(Err(KafkaError::PartitionEOF(_))) | None => {}
                Some(Err(error)) => panic!("cannot read {topic}: {error}"),
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

    /// Everything in the topic that counts for a reader of committed records, in the order of each partition. Waits until
    /// no transaction is open any more, because behind an open one nothing can be read.
    pub fn read_committed(&self, topic: &str) -> Vec<Received> {
        let end = |isolation: &str, partition: i32| {
            let client: BaseConsumer =
                quiet(&self.bootstrap).set("isolation.level", isolation).create().expect("a client");
            client.fetch_watermarks(topic, partition, Duration::from_secs(10)).ok().map(|(_, end)| end)
        };
        let partitions = self.partitions(topic);
        for partition in &partitions {
            eventually(&format!("every transaction in {topic}[{partition}] is over"), 2 * CLIENT_LIMIT, || {
                let (stable, high) = (end("read_committed", *partition)?, end("read_uncommitted", *partition)?);
                (stable == high).then_some(())
            });
        }
        let consumer = self.reader(topic);
        let (mut records, mut unfinished) = (Vec::new(), partitions);
        let start = Instant::now();
        while !unfinished.is_empty() {
            assert!(start.elapsed() < 2 * CLIENT_LIMIT, "{topic} cannot be read to its end");
            match consumer.poll(Duration::from_millis(100)) {
                Some(Ok(message)) => records.push(Received::from(&message)),
                Some(Err(KafkaError::PartitionEOF(partition))) => {
                    unfinished.remove(&partition);
                }
                Some(Err(_)) | None => {}
            }
        }
        records
    }

    fn reader(&self, topic: &str) -> BaseConsumer {
        let mut config = quiet(&self.bootstrap);
        config.set("group.id", "reader").set("enable.auto.commit", "false").set("auto.offset.reset", "earliest");
        config.set("fetch.message.max.bytes", "20000000").set("enable.partition.eof", "true");
        let consumer: BaseConsumer = config.create().expect("a consumer");
        let mut list = TopicPartitionList::new();
        for partition in self.partitions(topic) {
            list.add_partition_offset(topic, partition, Offset::Beginning).expect("a valid partition");
        }
        consumer.assign(&list).expect("an assignment");
        consumer
    }

    fn partitions(&self, topic: &str) -> BTreeSet<i32> {
        let client = self.client("");
        eventually("the cluster answers", CLIENT_LIMIT, || {
            let metadata = client.fetch_metadata(Some(topic), Duration::from_secs(10)).ok()?;
            let topics = metadata.topics().iter();
            Some(topics.flat_map(|topic| topic.partitions()).map(|partition| partition.id()).collect())
        })
    }

    /// The offset after the last record of each partition.
    pub fn ends(&self, topic: &str) -> BTreeMap<i32, i64> {
        let client = self.client("");
        self.partitions(topic)
            .into_iter()
            .map(|partition| {
                let end = eventually("the partition's leader answers", CLIENT_LIMIT, || {
                    client.fetch_watermarks(topic, partition, Duration::from_secs(5)).ok()
                });
                (partition, end.1)
            })
            .collect()
    }

    /// What a group has committed in each partition; partitions without a commit are left out.
    pub fn committed(&self, group: &str, topic: &str) -> BTreeMap<i32, i64> {
        let client = self.client(group);
        let mut list = TopicPartitionList::new();
        for partition in self.partitions(topic) {
            list.add_partition(topic, partition);
        }
        let committed = eventually("the group's coordinator answers", CLIENT_LIMIT, || {
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
        command.args(["-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"]);
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
            .args(&self.format)
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

/// Few, so that a broker starts quickly.
const OFFSETS_PARTITIONS: i32 = 4;

fn properties(
    id: usize,
    client: u16,
    controller: u16,
    proxy: Option<(u16, u16)>,
    voters: &str,
    data: &Path,
    brokers: usize,
) -> String {
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
    let listeners = format!("PLAINTEXT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller}");
    match proxy {
        None => set("listeners", &listeners),
        Some((behind, proxy)) => {
            set("listeners", &format!("{listeners},PROXIED://127.0.0.1:{behind}"));
            let advertised = format!("PLAINTEXT://127.0.0.1:{client},PROXIED://127.0.0.1:{proxy}");
            set("advertised.listeners", &advertised);
        }
    }
    let protocols = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT";
    set("listener.security.protocol.map", &protocols);
    set("inter.broker.listener.name", &"PLAINTEXT");
    set("log.dirs", &data.display());
    set("auto.create.topics.enable", &false);
    set("default.replication.factor", &replicas);
    set("min.insync.replicas", &in_sync);
    set("offsets.topic.replication.factor", &replicas);
    set("offsets.topic.num.partitions", &OFFSETS_PARTITIONS);
    set("transaction.state.log.replication.factor", &replicas);
    set("transaction.state.log.min.isr", &in_sync);
    set("transaction.state.log.num.partitions", &4);
    set("share.coordinator.state.topic.replication.factor", &replicas);
    set("share.coordinator.state.topic.min.isr", &in_sync);
    // Groups form at once: the tests start and stop members all the time.
    set("group.initial.rebalance.delay.ms", &0);
    set("group.min.session.timeout.ms", &1000);
    // In the protocol of KIP-848 the broker sets what members set for themselves in the classic one.
    set("group.consumer.min.session.timeout.ms", &1000);
    set("group.consumer.session.timeout.ms", &6000);
    set("group.consumer.min.heartbeat.interval.ms", &500);
    set("group.consumer.heartbeat.interval.ms", &500);
    // The death of a broker and the end of a transaction whose producer is gone are noticed within a test.
    set("broker.heartbeat.interval.ms", &500);
    set("broker.session.timeout.ms", &4000);
    set("transaction.abort.timed.out.transaction.cleanup.interval.ms", &1000);
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

//! `safir run` as its own process, as an operator has it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};
use tempfile::TempDir;

use super::kafka::{Kafka, unique};
use super::{eventually, free_port};

/// How long a test waits for the service to do something. Generous: the machine may be busy with other tests.
pub const LIMIT: Duration = Duration::from_secs(90);

/// Topics and a group of a test's own, and the settings of the instances that use them.
#[derive(Clone, Debug)]
pub struct Line {
    pub brokers: String,
    pub group: String,
    pub input: String,
    pub output: String,
    pub dead_letters: String,
    /// How long the group waits for a member that says nothing.
    pub session_timeout: Duration,
    /// Where to begin without a position: `auto.offset.reset`.
    pub reset: &'static str,
    /// More settings, as `key = value` in TOML, by section.
    pub settings: BTreeMap<&'static str, Vec<String>>,
    /// Variables for the instances.
    pub environment: BTreeMap<String, String>,
}

impl Line {
    /// Creates the three topics, input and output with as many partitions.
    pub fn new(kafka: &Kafka, name: &str, partitions: usize, output_partitions: usize) -> Line {
        let name = unique(name);
        let line = Line {
            brokers: kafka.bootstrap().to_owned(),
            group: format!("{name}-group"),
            input: format!("{name}-articles"),
            output: format!("{name}-events"),
            dead_letters: format!("{name}-dlq"),
            session_timeout: Duration::from_secs(6),
            reset: "earliest",
            settings: BTreeMap::new(),
            environment: BTreeMap::new(),
        };
        kafka.create_topic(&line.input, partitions);
        kafka.create_topic(&line.output, output_partitions);
        kafka.create_topic(&line.dead_letters, 1);
        line
    }

    pub fn set(mut self, section: &'static str, setting: &str) -> Line {
        self.settings.entry(section).or_default().push(setting.to_owned());
        self
    }

    /// Waits until the group has committed every record that the input topic holds now.
    pub fn wait_until_done(&self, kafka: &Kafka) {
        let ends = kafka.ends(&self.input);
        eventually("everything in the input topic is committed", LIMIT, || {
            let committed = kafka.committed(&self.group, &self.input);
            ends.iter().all(|(partition, end)| *end == 0 || committed.get(partition) == Some(end)).then_some(())
        });
    }

    fn toml(&self, listen: u16) -> String {
        let mut sections: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut add = |section, line: String| sections.entry(section).or_default().push(line);
        add("kafka", format!("brokers = {:?}\ngroup_id = {:?}", self.brokers, self.group));
        add("kafka.consumer", format!("\"auto.offset.reset\" = {:?}", self.reset));
        // Short, so that the death of an instance is noticed within a test. In the new protocol the broker sets it.
        let own = self.settings.get("kafka.consumer");
        if !own.is_some_and(|own| own.iter().any(|line| line.contains("group.protocol"))) {
            let session = format!("\"session.timeout.ms\" = \"{}\"", self.session_timeout.as_millis());
            add("kafka.consumer", format!("{session}\n\"heartbeat.interval.ms\" = \"500\""));
        }
        add("topics", format!("input = {:?}\noutput = {:?}", self.input, self.output));
        add("topics", format!("dead_letter = {:?}", self.dead_letters));
        add("pipeline", "workers = 2".to_owned());
        let own = self.settings.get("pipeline").is_some_and(|own| own.iter().any(|line| line.starts_with("commit_")));
        if !own {
            add("pipeline", "commit_interval = \"500ms\"".to_owned());
        }
        add("http", format!("listen = \"127.0.0.1:{listen}\""));
        add("log", "format = \"text\"".to_owned());
        for (section, settings) in &self.settings {
            settings.iter().for_each(|setting| add(section, setting.clone()));
        }
        sections.iter().map(|(section, lines)| format!("[{section}]\n{}\n\n", lines.join("\n"))).collect()
    }

    /// Starts an instance and returns at once.
    pub fn start(&self) -> Safir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let config = folder.path().join("safir.toml");
        fs::write(&config, self.toml(port)).expect("writing to a temporary folder");
        // For what happened before a failure: the folder outlives the test.
        let log = match std::env::var_os("SAFIR_STORM_LOGS") {
            Some(kept) => PathBuf::from(kept).join(format!("{}-{port}.log", self.group)),
            None => folder.path().join("log"),
        };
        let file = File::create(&log).expect("writing to a temporary folder");
        let child = program()
            .envs(&self.environment)
            .args(["run", "--config"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("a second handle"))
            .stderr(file)
            .spawn()
            .expect("the program starts");
        Safir { child, port, log, _folder: folder }
    }

    /// Starts an instance and waits until it is ready.
    pub fn start_ready(&self) -> Safir {
        let mut safir = self.start();
        safir.wait_until_ready();
        safir
    }
}

/// The program under test, free of what the environment of the tests sets.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_safir"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAFIR_") {
            command.env_remove(name);
        }
    }
    command
}

/// A running instance. Dropping it kills it.
pub struct Safir {
    child: Child,
    port: u16,
    log: PathBuf,
    _folder: TempDir,
}

impl Safir {
    pub fn wait_until_ready(&mut self) {
        let start = Instant::now();
        while self.get("/readyz").is_none_or(|(status, _)| status != 200) {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the instance ended with {status}:\n{}", self.log());
            }
            assert!(start.elapsed() < LIMIT, "not ready within {LIMIT:?}: {:?}\n{}", self.get("/readyz"), self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until it is past its start, from where on it obeys signals.
    pub fn wait_until_running(&mut self) {
        eventually("the instance runs", LIMIT, || {
            (self.ended().is_some() || self.log().contains("safir runs")).then_some(())
        });
    }

    /// Waits until so many events have been acknowledged, and not a moment longer than that takes to see.
    pub fn wait_for_events(&self, count: f64) {
        eventually("events are acknowledged", LIMIT, || {
            self.get("/metrics")?;
            let series = self.series("safir_produced_records_total");
            series.get("{topic_kind=\"events\"}").is_some_and(|events| *events >= count).then_some(())
        });
    }

    /// Status and body of a GET, or none when the port does not answer.
    pub fn get(&self, path: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: safir\r\nconnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        Some((status, body.to_owned()))
    }

    /// The series of a metric: labels as written, and value.
    pub fn series(&self, metric: &str) -> BTreeMap<String, f64> {
        let (_, text) = self.get("/metrics").unwrap_or_else(|| panic!("no metrics:\n{}", self.log()));
        text.lines()
            .filter_map(|line| {
                let rest = line.strip_prefix(metric)?;
                let (labels, value) = rest.rsplit_once(' ')?;
                (labels.is_empty() || labels.starts_with('{'))
                    .then(|| (labels.to_owned(), value.parse().expect("a number")))
            })
            .collect()
    }

    /// The sum over all series of a metric.
    pub fn metric(&self, metric: &str) -> f64 {
        self.series(metric).values().sum()
    }

    pub fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process id");
        rustix::process::kill_process(pid, signal).expect("the process is there");
    }

    /// The status with which it ended, or none while it runs.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("the process is ours")
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> ExitStatus {
        eventually("the instance ends", LIMIT, || self.child.try_wait().expect("the process is ours"))
    }

    /// SIGTERM, and the status with which it ends.
    pub fn terminate(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.wait()
    }

    /// The end without a chance to tidy up.
    pub fn kill(&mut self) {
        self.child.kill().expect("the process is ours");
        self.child.wait().expect("the process is ours");
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Safir {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<_> = log.lines().collect();
            eprintln!("the instance said last:\n{}", lines[lines.len().saturating_sub(40)..].join("\n"));
        }
    }
}

//! A pipeline under load to which something happens, and the account afterwards.

use std::sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use super::eventually;
use super::kafka::Kafka;
use super::ledger::{self, Account, Article, Feeder};
use super::proxy::Weather;
use super::service::{Line, Safir, program};

/// How long something may take that goes on in the presence of faults.
pub const LIMIT: Duration = Duration::from_secs(120);

/// The three brokers of all trials.
static CLUSTER: LazyLock<Kafka> = LazyLock::new(|| {
    let kafka = Kafka::behind_proxies(3);
    kafka.wait_until_in_sync();
    kafka
});

/// Trials that leave the brokers and the network alone run side by side, those that do not run alone.
static PEACE: RwLock<()> = RwLock::new(());

enum Hold {
    Shared { _guard: RwLockReadGuard<'static, ()> },
    Alone { _guard: RwLockWriteGuard<'static, ()> },
}

/// The promises that the program under test knows.
pub fn deliveries() -> &'static [&'static str] {
    static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let chosen = std::env::var("SAFIR_STORM_DELIVERY").ok();
        let known = |delivery: &&&str| {
            let setting = format!("pipeline.delivery={delivery}");
            let status = program().args(["config", "show", "--set", &setting]).output();
            chosen.as_deref().is_none_or(|chosen| chosen == **delivery) && status.is_ok_and(|out| out.status.success())
        };
        let list: Vec<_> = ["at_least_once", "exactly_once"].iter().filter(known).copied().collect();
        assert!(!list.is_empty(), "the program knows no mode of delivery like {chosen:?}");
        list
    });
    &KNOWN
}

/// One line under load in one mode of delivery.
pub struct Run {
    pub delivery: &'static str,
    pub line: Line,
    pub instances: Vec<Safir>,
    pub feeder: Option<Feeder>,
    /// How instances ended that were not told to.
    pub ended: Vec<String>,
    /// What instances said that are gone.
    pub logs: Vec<String>,
}

/// The same load in every mode of delivery, on the same brokers and with the same faults.
pub struct Trial {
    pub kafka: &'static Kafka,
    pub runs: Vec<Run>,
    start: Instant,
    _hold: Hold,
}

pub struct Plan {
    pub name: &'static str,
    pub instances: usize,
    pub partitions: usize,
    /// Articles a second, in each mode.
    pub rate: usize,
    /// How long the group waits for a member that says nothing; half of it is what a drain may take.
    pub session_timeout: Duration,
}

impl Plan {
    pub fn new(name: &'static str, instances: usize) -> Plan {
        Plan { name, instances, partitions: 4, rate: 80, session_timeout: Duration::from_secs(6) }
    }

    /// For a fault after which nobody has to be missed, and nothing may be repeated however busy the machine is.
    pub fn patient(name: &'static str, instances: usize) -> Plan {
        Plan { session_timeout: Duration::from_secs(40), ..Plan::new(name, instances) }
    }
}

/// A line of the cluster, reached through the proxies, with timeouts short enough for a test.
pub fn line(kafka: &Kafka, name: &str, delivery: &str, partitions: usize) -> Line {
    let mut line = Line::new(kafka, &format!("{name}-{delivery}").replace('_', "-"), partitions, 3);
    line.brokers = kafka.proxied();
    line.session_timeout = Duration::from_secs(6);
    let line = line
        .set("pipeline", &format!("delivery = {delivery:?}"))
        // Below the session's, so that a dead connection costs no session, and what is fetched at a time gets through a
        // narrow network within it.
        .set("kafka.properties", "\"socket.timeout.ms\" = 4000")
        .set("kafka.consumer", "\"message.max.bytes\" = 100000\n\"fetch.max.bytes\" = 200000")
        .set("kafka.properties", "\"reconnect.backoff.max.ms\" = 1000")
        .set("kafka.properties", "\"topic.metadata.refresh.interval.ms\" = 2000");
    let line = match std::env::var("SAFIR_STORM_DEBUG") {
        Ok(debug) => line.set("kafka.properties", &format!("\"debug\" = {debug:?}")).set("log", "filter = \"debug\""),
        Err(_) => line,
    };
    match delivery {
        // Behind the open transaction of an instance that is gone, committed readers wait for its timeout.
        "exactly_once" => line.set("kafka.producer", "\"transaction.timeout.ms\" = 10000"),
        _ => line,
    }
}

impl Trial {
    /// A trial that leaves brokers and network alone.
    pub fn beside_others(plan: &Plan) -> Trial {
        Trial::begin(plan, Hold::Shared { _guard: PEACE.read().unwrap_or_else(PoisonError::into_inner) })
    }

    /// A trial that has brokers and network for itself.
    pub fn alone(plan: &Plan) -> Trial {
        Trial::begin(plan, Hold::Alone { _guard: PEACE.write().unwrap_or_else(PoisonError::into_inner) })
    }

    /// The brokers, for a test that needs no load.
    pub fn cluster() -> &'static Kafka {
        &CLUSTER
    }

    /// Keeps brokers and network as they are while it lives.
    pub fn hold() -> impl Sized {
        PEACE.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(plan: &Plan, hold: Hold) -> Trial {
        let (kafka, start) = (&*CLUSTER, Instant::now());
        // A trial that failed may have left the network as it was.
        kafka.proxies().iter().for_each(|proxy| proxy.set(Weather::default()));
        let mut runs = Vec::new();
        for delivery in deliveries() {
            let mut line = line(kafka, plan.name, delivery, plan.partitions);
            line.session_timeout = plan.session_timeout;
            let instances = (0..plan.instances).map(|_| line.start()).collect();
            let feeder = Some(Feeder::start(kafka, &line.input, plan.partitions, plan.rate));
            runs.push(Run { delivery, line, instances, feeder, ended: Vec::new(), logs: Vec::new() });
        }
        let mut trial = Trial { kafka, runs, start, _hold: hold };
        for run in &mut trial.runs {
            run.instances.iter_mut().for_each(Safir::wait_until_running);
            run.flows(kafka, 30);
        }
        trial
    }

    /// Waits until every line has finished so many further articles.
    pub fn flows(&mut self, articles: i64) {
        self.runs.iter_mut().for_each(|run| run.flows(self.kafka, articles));
    }

    /// Ends the load, lets everything be finished, ends the instances in order, and takes the account of every line.
    pub fn finish(mut self) -> Vec<(&'static str, Account)> {
        let mut runs = std::mem::take(&mut self.runs);
        let mut fed = Vec::new();
        for run in &mut runs {
            fed.push(run.feeder.take().expect("fed").stop());
        }
        let finished = runs.into_iter().zip(fed).map(|(run, fed)| (run.delivery, run.finish(self.kafka, &fed)));
        let accounts: Vec<_> = finished.collect();
        for (delivery, account) in &accounts {
            println!("{} s, {delivery}: {account}", self.start.elapsed().as_secs());
        }
        accounts
    }

    /// [`Trial::finish`], and what the mode promises. How many articles each line repeated is handed back.
    pub fn holds(self) -> Vec<(&'static str, Account)> {
        let accounts = self.finish();
        for (delivery, account) in &accounts {
            match *delivery {
                "exactly_once" => account.assert_exactly_once(),
                _ => account.assert_at_least_once(),
            }
        }
        accounts
    }
}

impl Run {
    /// The sum of the positions that the group has committed.
    pub fn committed(&self, kafka: &Kafka) -> i64 {
        kafka.committed(&self.line.group, &self.line.input).values().sum()
    }

    /// Waits until so many further articles are finished and committed.
    pub fn flows(&mut self, kafka: &Kafka, articles: i64) {
        let target = self.committed(kafka) + articles;
        let start = Instant::now();
        while self.committed(kafka) < target {
            assert!(start.elapsed() < LIMIT, "{}: nothing flows for {LIMIT:?}", self.delivery);
            self.tend();
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Starts an instance again that ended by itself, as whatever supervises it would.
    pub fn tend(&mut self) {
        for instance in &mut self.instances {
            if let Some(status) = instance.ended() {
                let log = instance.log();
                let reason = log.lines().rev().find(|line| line.contains("rror")).unwrap_or_default().to_owned();
                self.ended.push(format!("{status}: {reason}"));
                self.logs.push(log);
                *instance = self.line.start();
            }
        }
    }

    /// Puts another instance in the place of one that has ended.
    pub fn replace(&mut self, instance: usize) {
        self.logs.push(self.instances[instance].log());
        self.instances[instance] = self.line.start();
    }

    fn finish(mut self, kafka: &Kafka, articles: &[Article]) -> Account {
        let ends = kafka.ends(&self.line.input);
        eventually(&format!("{}: everything is committed", self.delivery), LIMIT, || {
            self.tend();
            let committed = kafka.committed(&self.line.group, &self.line.input);
            ends.iter().all(|(partition, end)| *end == 0 || committed.get(partition) == Some(end)).then_some(())
        });
        for instance in &mut self.instances {
            instance.wait_until_running();
            let status = instance.terminate();
            assert!(status.success(), "{}: {status}\n{}", self.delivery, instance.log());
            self.logs.push(instance.log());
        }
        let mut articles = articles.to_vec();
        if usize::try_from(ends.values().sum::<i64>()) != Ok(articles.len()) {
            ledger::locate(&mut articles, &kafka.read_committed(&self.line.input));
        }
        let account = self.account(kafka, &articles);
        if !account.repeated.is_empty() {
            println!(
                "{}: repeated, by partition (first, last, count): {:?}",
                self.delivery,
                account.stretches(&articles)
            );
        }
        account
    }

    pub fn account(&self, kafka: &Kafka, articles: &[Article]) -> Account {
        let events = kafka.read_committed(&self.line.output);
        let dead_letters = kafka.read_committed(&self.line.dead_letters);
        Account::take(articles, &self.line.input, &events, &dead_letters)
    }
}

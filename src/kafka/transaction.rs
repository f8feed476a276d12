//! The output and dead-letter topics behind one transactional producer, which also commits the offsets of the input.
//!
//! What ends a transaction waits for brokers, so it happens on a thread of its own, which is told what to do by
//! commands and reports what became of it. The pipeline sends nothing until it has heard.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::error::{KafkaError as NativeError, RDKafkaErrorCode};
use rdkafka::producer::{Producer as _, PurgeConfig, ThreadedProducer};

use super::client::Throttle;
use super::consumer::{Membership, list_at};
use super::producer::{Context, Topics, send};
use super::{KafkaError, Settings};
use crate::pipeline::{Acks, Commit, Conclusion, Epoch, OutputRecord, Position, SendError, Sink, Token};
use crate::telemetry::{Health, Metrics};

/// How long one call to the brokers may take before the thread looks whether it shall end.
const SLICE: Duration = Duration::from_secs(1);
/// How long the offsets may take to get into the transaction. Longer, and the transaction is given up.
const OFFSETS_PATIENCE: Duration = Duration::from_secs(10);
/// How much longer than it was told the call may take before its producer is given up.
const OVERTIME: Duration = Duration::from_secs(2);
/// How many producers may follow one another without a committed transaction.
const RENEWALS: u32 = 10;
/// How long the thread rests before it calls again after an error that may pass.
const REST: Duration = Duration::from_millis(100);
const SHORT_REST: Duration = Duration::from_millis(10);
/// How long the records of a transaction that is given up may take to arrive, before it is.
const SETTLING_TIME: Duration = Duration::from_secs(2);
/// How long closing waits for the open transaction to be given up. What takes longer, the brokers give up themselves.
const CLOSING_TIME: Duration = Duration::from_secs(4);

enum Command {
    Commit(Vec<(Epoch, Position)>),
    Abort { reason: String },
}

type Producer = ThreadedProducer<Context>;

/// The output and dead-letter topics behind one transactional producer. A transaction holds events, dead letters and
/// the offsets of the articles they were made from.
pub struct TransactionalKafkaSink {
    config: ClientConfig,
    topics: Topics,
    membership: Membership,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
    /// Nobody but this process uses the transactional id.
    sole: bool,
    running: Option<Running>,
}

struct Running {
    commands: Sender<Command>,
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    /// Whether a transaction takes records.
    open: AtomicBool,
    closing: AtomicBool,
    /// Which one takes the records. `None` before the first one and after the last.
    producer: Mutex<Option<Arc<Producer>>>,
}

impl TransactionalKafkaSink {
    /// Checks the settings; connects when the pipeline starts it. The membership is that of the consumer whose offsets
    /// the transactions commit.
    ///
    /// # Errors
    /// Names the property that librdkafka refuses.
    pub fn new(
        settings: &Settings,
        membership: Membership,
        metrics: Arc<Metrics>,
        health: Arc<Health>,
    ) -> Result<Self, KafkaError> {
        let config = settings.transactional_producer()?;
        config.create_native_config().map_err(|error| KafkaError::of("the producer's settings", &error))?;
        let sole = settings.has_transactional_id_of_its_own();
        Ok(Self { config, topics: Topics::of(settings), membership, metrics, health, sole, running: None })
    }
}

impl Sink for TransactionalKafkaSink {
    fn open(&mut self, acks: Acks) -> Result<(), String> {
        let maker =
            Maker { config: self.config.clone(), acks, metrics: self.metrics.clone(), health: self.health.clone() };
        let producer = maker.make()?;
        let shared = Arc::<Shared>::default();
        *lock(&shared.producer) = Some(producer.clone());
        let (commands, orders) = channel();
        let worker = Worker {
            producer,
            maker,
            membership: self.membership.clone(),
            shared: shared.clone(),
            sole: self.sole,
            renewals: 0,
        };
        tracing::info!(transactional_id = self.config.get("transactional.id"), "events are delivered exactly once");
        let thread = std::thread::Builder::new()
            .name("safir-transact".into())
            .spawn(move || worker.run(&orders))
            .map_err(|error| format!("the thread for transactions does not start: {error}"))?;
        self.running = Some(Running { commands, shared, thread });
        Ok(())
    }

    fn commits(&self) -> Commit {
        Commit::BySink
    }

    fn send(&mut self, record: OutputRecord, token: Token) -> Result<(), SendError> {
        let Some(running) = &self.running else { return Err(SendError::Failed("the producer is not open".into())) };
        if !running.shared.open.load(Ordering::Acquire) {
            return Err(SendError::Full(record));
        }
        let producer = lock(&running.shared.producer);
        let Some(producer) = &*producer else { return Err(SendError::Full(record)) };
        send(producer, &self.topics, record, token)
    }

    fn commit(&mut self, positions: Vec<(Epoch, Position)>) {
        self.order(Command::Commit(positions));
    }

    fn abort(&mut self, reason: &str) {
        self.order(Command::Abort { reason: reason.to_owned() });
    }

    fn close(&mut self) {
        let Some(Running { commands, shared, thread }) = self.running.take() else { return };
        shared.closing.store(true, Ordering::Release);
        // The thread gives up what is open and ends.
        drop(commands);
        let deadline = Instant::now() + CLOSING_TIME;
        while !thread.is_finished() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
        if !thread.is_finished() {
            tracing::warn!("the open transaction could not be given up in time; the brokers will do so");
        }
        lock(&shared.producer).take();
        self.health.set_producer_connected(false);
    }
}

impl TransactionalKafkaSink {
    fn order(&mut self, command: Command) {
        if let Some(running) = &self.running {
            running.shared.open.store(false, Ordering::Release);
            // A thread that is gone has reported why.
            let _ = running.commands.send(command);
        }
    }
}

/// Why something cannot be done.
enum Trouble {
    /// The transaction has to be given up; the next one may succeed.
    Abort(String),
    /// The producer cannot go on; another one may.
    Renew(String),
    /// No producer can go on.
    Fatal(String),
    /// The pipeline has ended.
    Closing,
}

/// Makes producers, one after another.
struct Maker {
    config: ClientConfig,
    acks: Acks,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
}

impl Maker {
    fn make(&self) -> Result<Arc<Producer>, String> {
        let context = Context {
            acks: self.acks.clone(),
            metrics: self.metrics.clone(),
            health: self.health.clone(),
            throttle: Throttle::default(),
            fatal: OnceLock::new(),
            transactional: true,
        };
        self.config
            .create_with_context(context)
            .map(Arc::new)
            .map_err(|error| KafkaError::of("the producer cannot be created", &error).to_string())
    }
}

struct Worker {
    producer: Arc<Producer>,
    maker: Maker,
    membership: Membership,
    shared: Arc<Shared>,
    /// Nobody but this process uses the transactional id.
    sole: bool,
    /// How often the producer was replaced since the last transaction that was committed.
    renewals: u32,
}

impl Worker {
    fn run(mut self, commands: &Receiver<Command>) {
        let begun = self
            .insist(|| self.producer.init_transactions(SLICE))
            .and_then(|()| self.begin())
            .map(|()| Conclusion::Begun);
        let mut goes_on = self.report(begun);
        while goes_on {
            // Ends when the sink is closed.
            let Ok(command) = commands.recv() else { break };
            let concluded = self.carry_out(command);
            goes_on = self.report(concluded);
        }
        if self.producer.client().fatal_error().is_none() {
            // Otherwise those who read committed records would wait until the brokers give it up.
            let _ = self.producer.abort_transaction(CLOSING_TIME);
        }
    }

    /// False when the thread has nothing more to do.
    fn report(&self, concluded: Result<Conclusion, Trouble>) -> bool {
        let conclusion = match concluded {
            Ok(conclusion) => conclusion,
            Err(Trouble::Abort(reason) | Trouble::Renew(reason) | Trouble::Fatal(reason)) => {
                Conclusion::Failed { reason }
            }
            Err(Trouble::Closing) => return false,
        };
        let goes_on = !matches!(conclusion, Conclusion::Failed { .. });
        self.shared.open.store(goes_on, Ordering::Release);
        self.maker.acks.conclude(conclusion);
        goes_on
    }

    /// Ends the transaction and begins the next one.
    fn carry_out(&mut self, command: Command) -> Result<Conclusion, Trouble> {
        let conclusion = match command {
            Command::Abort { reason } => self.give_up(reason)?,
            Command::Commit(positions) => self.commit(&positions)?,
        };
        match self.begin() {
            Ok(()) => {}
            Err(Trouble::Renew(reason)) => {
                self.renew(&reason)?;
                self.begin()?;
            }
            Err(trouble) => return Err(trouble),
        }
        Ok(conclusion)
    }

    fn begin(&self) -> Result<(), Trouble> {
        self.producer.begin_transaction().map_err(|error| self.judge(&error))
    }

    fn commit(&mut self, positions: &[(Epoch, Position)]) -> Result<Conclusion, Trouble> {
        match self.add_offsets(positions) {
            Ok(()) => {}
            Err(Trouble::Abort(reason)) => return self.give_up(reason),
            Err(Trouble::Renew(reason)) => {
                self.renew(&reason)?;
                return Ok(Conclusion::Aborted { reason });
            }
            Err(trouble) => return Err(trouble),
        }
        match self.insist(|| self.producer.commit_transaction(SLICE)) {
            Ok(()) => {
                self.renewals = 0;
                Ok(Conclusion::Committed)
            }
            Err(Trouble::Abort(reason)) => self.give_up(reason),
            Err(Trouble::Renew(reason)) => {
                // The brokers may have done what was asked, and the answer may be what was lost. The next producer
                // waits until they have decided.
                self.renew(&reason)?;
                Ok(Conclusion::Unknown { reason })
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Puts the positions into the transaction.
    fn add_offsets(&self, positions: &[(Epoch, Position)]) -> Result<(), Trouble> {
        if positions.is_empty() {
            return Ok(());
        }
        let member = self.membership.owning(positions).map_err(Trouble::Abort)?;
        let list = list_at(positions.iter().map(|(_, position)| position.clone()));
        let producer = self.producer.clone();
        // Repeated by librdkafka while that may help.
        let call = move || producer.send_offsets_to_transaction(&list, &member, OFFSETS_PATIENCE);
        match within(OFFSETS_PATIENCE + OVERTIME, call) {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => Err(match self.judge(&error) {
                Trouble::Closing => Trouble::Abort(words(&error)),
                trouble => trouble,
            }),
            None => Err(Trouble::Renew("the offsets do not get into the transaction, and nothing says why".into())),
        }
    }

    fn give_up(&mut self, reason: String) -> Result<Conclusion, Trouble> {
        match self.abort() {
            Ok(()) => {}
            Err(Trouble::Abort(why) | Trouble::Renew(why)) => self.renew(&why)?,
            Err(trouble) => return Err(trouble),
        }
        Ok(Conclusion::Aborted { reason })
    }

    fn abort(&self) -> Result<(), Trouble> {
        // A transaction cannot be begun inside of another one: the answer tells what is wrong with that, if anything.
        // What will be wrong with the next one too ends the process.
        if let Err(error) = self.producer.begin_transaction()
            && let Some(trouble) = self.judge_fatal(&error)
        {
            return Err(trouble);
        }
        // A transaction whose partitions the brokers are only just being told of is unknown to them, and giving up what
        // they do not know is an error that ends the producer. What is acknowledged is known.
        let _ = self.producer.flush(SETTLING_TIME);
        self.insist(|| self.producer.abort_transaction(SLICE))
    }

    /// Goes on with another producer. The brokers give up what the old one has left open when the new one asks for its
    /// number, or finish what they were already committing.
    fn renew(&mut self, reason: &str) -> Result<(), Trouble> {
        if self.renewals >= RENEWALS {
            return Err(Trouble::Fatal(format!("{reason}; {RENEWALS} new producers did not help")));
        }
        self.renewals += 1;
        tracing::warn!(reason, "the transactional producer is replaced");
        self.maker.metrics.producer_renewals.increment(1);
        let new = self.maker.make().map_err(Trouble::Fatal)?;
        let old = std::mem::replace(&mut self.producer, new);
        *lock(&self.shared.producer) = Some(self.producer.clone());
        // What comes back of the old transaction must have come back before the next one begins to count.
        old.purge(PurgeConfig::default().queue().inflight());
        let start = Instant::now();
        while old.in_flight_count() > 0 {
            if start.elapsed() > OFFSETS_PATIENCE {
                return Err(Trouble::Fatal(format!("{reason}; and its producer keeps its records")));
            }
            std::thread::sleep(SHORT_REST);
        }
        discard(old);
        match self.insist(|| self.producer.init_transactions(SLICE)) {
            Err(Trouble::Abort(again) | Trouble::Renew(again)) => {
                Err(Trouble::Fatal(format!("{reason}; and then: {again}")))
            }
            result => result,
        }
    }

    /// Calls again until it succeeds or calling again cannot help. The calls go on where they were interrupted.
    fn insist(&self, call: impl Fn() -> Result<(), NativeError>) -> Result<(), Trouble> {
        loop {
            let Err(error) = call() else { return Ok(()) };
            match self.judge(&error) {
                Trouble::Closing => {}
                trouble => return Err(trouble),
            }
            if self.shared.closing.load(Ordering::Acquire) {
                return Err(Trouble::Closing);
            }
            tracing::debug!(error = words(&error), "the brokers are asked again");
            std::thread::sleep(REST);
        }
    }

    /// [`Trouble::Closing`] stands for an error that may pass.
    fn judge(&self, error: &NativeError) -> Trouble {
        if let Some(trouble) = self.judge_fatal(error) {
            return trouble;
        }
        match error {
            NativeError::Transaction(error) if error.txn_requires_abort() => Trouble::Abort(error.string()),
            NativeError::Transaction(error) if error.is_retriable() => Trouble::Closing,
            // The flush before a commit was interrupted.
            NativeError::Flush(_) => Trouble::Closing,
            error => Trouble::Renew(words(error)),
        }
    }

    /// What is wrong with the producer and not with its transaction, if anything.
    fn judge_fatal(&self, error: &NativeError) -> Option<Trouble> {
        let fatal = self.producer.client().fatal_error();
        let code = match (&fatal, error) {
            (Some((code, _)), _) => *code,
            (None, NativeError::Transaction(error)) => error.code(),
            (None, _) => return None,
        };
        let reason = fatal.as_ref().map_or_else(|| words(error), |(_, reason)| reason.clone());
        if is_hopeless(code) {
            return Some(Trouble::Fatal(reason));
        }
        if !self.sole && matches!(code, RDKafkaErrorCode::Fenced | RDKafkaErrorCode::ProducerFenced) {
            // Another producer would end the other process's, and that one this, without end.
            return Some(Trouble::Fatal(format!(
                "another process uses the same transactional id, or the transaction took too long: {reason}"
            )));
        }
        let is_fatal = fatal.is_some() || matches!(error, NativeError::Transaction(error) if error.is_fatal());
        is_fatal.then_some(Trouble::Renew(reason))
    }
}

/// The answer of a call that may take longer than it was told to. One that does goes on, and nobody hears its answer.
///
/// `rd_kafka_send_offsets_to_transaction` waits without end for a coordinator that the cluster has taken out of its
/// metadata (librdkafka issues 5456 and 5511), as it does with every broker that restarts.
fn within<T: Send + 'static>(patience: Duration, call: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (answer, heard) = channel();
    let thread = std::thread::Builder::new().name("safir-offsets".into());
    thread
        .spawn(move || {
            let _ = answer.send(call());
        })
        .ok()?;
    heard.recv_timeout(patience).ok()
}

/// Lets go of a producer, on a thread of its own because that may take as long as it likes.
fn discard(producer: Arc<Producer>) {
    // Without a thread it is let go of here.
    let _ = std::thread::Builder::new().name("safir-discard".into()).spawn(move || drop(producer));
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn words(error: &NativeError) -> String {
    match error {
        NativeError::Transaction(error) => error.string(),
        error => KafkaError::of("the transaction", error).reason,
    }
}

/// What another producer would meet as well.
fn is_hopeless(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::TopicAuthorizationFailed
            | RDKafkaErrorCode::GroupAuthorizationFailed
            | RDKafkaErrorCode::ClusterAuthorizationFailed
            | RDKafkaErrorCode::TransactionalIdAuthorizationFailed
            | RDKafkaErrorCode::InvalidTransactionTimeout
            | RDKafkaErrorCode::UnsupportedFeature
    )
}

//! The output and dead-letter topics behind one transactional producer, which also commits the offsets of the input.
//!
//! What ends a transaction waits for brokers, so it happens on a thread of its own, which is told what to do by
//! commands and reports what became of it. The pipeline sends nothing until it has heard.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::error::{KafkaError as NativeError, RDKafkaErrorCode};
use rdkafka::producer::{Producer as _, ThreadedProducer};

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
/// How long the thread rests before it calls again after an error that may pass.
const REST: Duration = Duration::from_millis(100);
/// How long the records of a transaction that is given up may take to arrive, before it is.
const SETTLING_TIME: Duration = Duration::from_secs(2);
/// How long closing waits for the open transaction to be given up. What takes longer, the brokers give up themselves.
const CLOSING_TIME: Duration = Duration::from_secs(4);

enum Command {
    Commit(Vec<(Epoch, Position)>),
    Abort { reason: String },
}

/// The output and dead-letter topics behind one transactional producer. A transaction holds events, dead letters and
/// the offsets of the articles they were made from.
pub struct TransactionalKafkaSink {
    config: ClientConfig,
    topics: Topics,
    membership: Membership,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
    running: Option<Running>,
}

struct Running {
    producer: Arc<ThreadedProducer<Context>>,
    commands: Sender<Command>,
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    /// Whether a transaction takes records.
    open: AtomicBool,
    closing: AtomicBool,
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
        Ok(Self { config, topics: Topics::of(settings), membership, metrics, health, running: None })
    }
}

impl Sink for TransactionalKafkaSink {
    fn open(&mut self, acks: Acks) -> Result<(), String> {
        let context = Context {
            acks: acks.clone(),
            metrics: self.metrics.clone(),
            health: self.health.clone(),
            throttle: Throttle::default(),
            fatal: OnceLock::new(),
            transactional: true,
        };
        let producer: ThreadedProducer<Context> = self
            .config
            .create_with_context(context)
            .map_err(|error| KafkaError::of("the producer cannot be created", &error).to_string())?;
        let producer = Arc::new(producer);
        let shared = Arc::<Shared>::default();
        let (commands, orders) = channel();
        let worker = Worker { producer: producer.clone(), membership: self.membership.clone(), shared: shared.clone() };
        tracing::info!(transactional_id = self.config.get("transactional.id"), "events are delivered exactly once");
        let thread = std::thread::Builder::new()
            .name("safir-transact".into())
            .spawn(move || worker.run(&orders, &acks))
            .map_err(|error| format!("the thread for transactions does not start: {error}"))?;
        self.running = Some(Running { producer, commands, shared, thread });
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
        send(&running.producer, &self.topics, record, token)
    }

    fn commit(&mut self, positions: Vec<(Epoch, Position)>) {
        self.order(Command::Commit(positions));
    }

    fn abort(&mut self, reason: &str) {
        self.order(Command::Abort { reason: reason.to_owned() });
    }

    fn close(&mut self) {
        let Some(Running { producer, commands, shared, thread }) = self.running.take() else { return };
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
        drop(producer);
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
    /// The producer cannot go on.
    Fatal(String),
    /// The pipeline has ended.
    Closing,
}

struct Worker {
    producer: Arc<ThreadedProducer<Context>>,
    membership: Membership,
    shared: Arc<Shared>,
}

impl Worker {
    fn run(&self, commands: &Receiver<Command>, acks: &Acks) {
        let begun = self
            .insist(|| self.producer.init_transactions(SLICE))
            .and_then(|()| self.begin())
            .map(|()| Conclusion::Begun);
        let mut goes_on = self.report(acks, begun);
        while goes_on {
            // Ends when the sink is closed.
            let Ok(command) = commands.recv() else { break };
            let concluded = match command {
                Command::Commit(positions) => self.commit(&positions),
                Command::Abort { reason } => self.give_up(reason),
            };
            goes_on = self.report(acks, concluded);
        }
        if self.producer.client().fatal_error().is_none() {
            // Otherwise those who read committed records would wait until the brokers give it up.
            let _ = self.producer.abort_transaction(CLOSING_TIME);
        }
    }

    /// False when the thread has nothing more to do.
    fn report(&self, acks: &Acks, concluded: Result<Conclusion, Trouble>) -> bool {
        let conclusion = match concluded {
            Ok(conclusion) => conclusion,
            Err(Trouble::Abort(reason) | Trouble::Fatal(reason)) => Conclusion::Failed { reason },
            Err(Trouble::Closing) => return false,
        };
        let goes_on = !matches!(conclusion, Conclusion::Failed { .. });
        self.shared.open.store(goes_on, Ordering::Release);
        acks.conclude(conclusion);
        goes_on
    }

    fn begin(&self) -> Result<(), Trouble> {
        self.producer.begin_transaction().map_err(|error| self.judge(&error))
    }

    fn commit(&self, positions: &[(Epoch, Position)]) -> Result<Conclusion, Trouble> {
        match self.try_commit(positions) {
            Ok(()) => self.begin().map(|()| Conclusion::Committed),
            Err(Trouble::Abort(reason)) => self.give_up(reason),
            Err(trouble) => Err(trouble),
        }
    }

    fn try_commit(&self, positions: &[(Epoch, Position)]) -> Result<(), Trouble> {
        if !positions.is_empty() {
            let member = self.membership.owning(positions).map_err(Trouble::Abort)?;
            let list = list_at(positions.iter().map(|(_, position)| position.clone()));
            // Repeated by librdkafka while that may help.
            self.producer.send_offsets_to_transaction(&list, &member, OFFSETS_PATIENCE).map_err(|error| match self
                .judge(&error)
            {
                Trouble::Closing => Trouble::Abort(words(&error)),
                trouble => trouble,
            })?;
        }
        self.insist(|| self.producer.commit_transaction(SLICE))
    }

    fn give_up(&self, reason: String) -> Result<Conclusion, Trouble> {
        // A transaction cannot be begun inside of another one: the answer tells what is wrong with that, if anything.
        // What will be wrong with the next one too ends the process.
        if let Err(error) = self.producer.begin_transaction()
            && is_hopeless(&error)
        {
            return Err(self.judge(&error));
        }
        // A transaction whose partitions the brokers are only just being told of is unknown to them, and giving up what
        // they do not know is an error that ends the producer. What is acknowledged is known.
        let _ = self.producer.flush(SETTLING_TIME);
        match self.insist(|| self.producer.abort_transaction(SLICE)) {
            Ok(()) => self.begin().map(|()| Conclusion::Aborted { reason }),
            Err(Trouble::Abort(again)) => Err(Trouble::Fatal(format!("a transaction cannot be given up: {again}"))),
            Err(trouble) => Err(trouble),
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
        if is_hopeless(error) || self.producer.client().fatal_error().is_some() {
            let reason = match self.producer.client().fatal_error() {
                Some((RDKafkaErrorCode::Fenced | RDKafkaErrorCode::ProducerFenced, reason)) => {
                    format!(
                        "another process uses the same transactional id, or the transaction took too long: {reason}"
                    )
                }
                Some((_, reason)) => reason,
                None => words(error),
            };
            return Trouble::Fatal(reason);
        }
        match error {
            NativeError::Transaction(error) if error.txn_requires_abort() => Trouble::Abort(error.string()),
            NativeError::Transaction(error) if error.is_retriable() => Trouble::Closing,
            // The flush before a commit was interrupted.
            NativeError::Flush(_) => Trouble::Closing,
            error => Trouble::Fatal(words(error)),
        }
    }
}

fn words(error: &NativeError) -> String {
    match error {
        NativeError::Transaction(error) => error.string(),
        error => KafkaError::of("the transaction", error).reason,
    }
}

/// What another transaction would meet as well.
fn is_hopeless(error: &NativeError) -> bool {
    let NativeError::Transaction(error) = error else { return false };
    error.is_fatal()
        || matches!(
            error.code(),
            RDKafkaErrorCode::TopicAuthorizationFailed
                | RDKafkaErrorCode::GroupAuthorizationFailed
                | RDKafkaErrorCode::ClusterAuthorizationFailed
                | RDKafkaErrorCode::TransactionalIdAuthorizationFailed
                | RDKafkaErrorCode::InvalidTransactionTimeout
                | RDKafkaErrorCode::UnsupportedFeature
        )
}

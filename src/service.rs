//! The service: the pipeline between two Kafka topics, its HTTP port and its signals.

use std::process;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use crate::config::Config;
use crate::kafka::{KafkaSink, KafkaSource, TransactionalKafkaSink};
use crate::pipeline::{self, ArticleProcessor, Delivery, Settings, Summary};
use crate::telemetry::{Health, Metrics, http};

/// Threads for the coordinator, the HTTP port and the signals, none of which computes. The workers have their own.
const SERVICE_THREADS: usize = 2;

/// Runs until SIGTERM or SIGINT, and then finishes and commits what has been started. A second signal ends the process
/// at once, with exit code 130 (SIGINT) or 143 (SIGTERM).
///
/// # Errors
/// When a setting is refused, the port cannot be bound, or the pipeline fails: then the cause is a
/// [`pipeline::PipelineError`].
pub fn run(config: &Config) -> anyhow::Result<Summary> {
    let (metrics, health) = (Arc::<Metrics>::default(), Arc::<Health>::default());
    let extractor = Arc::new(config.extractor()?);
    let lexicon_version = extractor.lexicon_version().to_owned();
    let processor = ArticleProcessor::new(config.decoder()?, extractor, config.extract.min_confidence, metrics.clone());
    let kafka = config.kafka();
    let source = KafkaSource::new(&kafka, metrics.clone(), health.clone())?;
    let sink = match kafka.delivery {
        Delivery::AtLeastOnce => Output::Plain(KafkaSink::new(&kafka, metrics.clone(), health.clone())?),
        Delivery::ExactlyOnce => {
            let membership = source.membership();
            Output::Transactional(TransactionalKafkaSink::new(&kafka, membership, metrics.clone(), health.clone())?)
        }
    };
    let settings = settings(config, metrics.clone(), health.clone());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(SERVICE_THREADS)
        .thread_name("safir-service")
        .enable_all()
        .build()
        .context("the runtime does not start")?;
    let result = runtime.block_on(async {
        // Before anything takes time: a signal during the start is one to be obeyed.
        let first_signal = watch_signals()?;
        let port = match config.http.listen {
            Some(listen) => Some(
                http::serve(listen, metrics, health, &lexicon_version)
                    .await
                    .with_context(|| format!("cannot listen on {listen} (http.listen)"))?,
            ),
            None => None,
        };
        tracing::info!(
            version = env!("CARGO_PKG_VERSION"),
            lexicon_version,
            brokers = kafka.brokers,
            group = kafka.group_id,
            input = kafka.input_topic,
            output = kafka.output_topic,
            dead_letters = kafka.dead_letter_topic,
            http = port.as_ref().map(|port| tracing::field::display(port.address())),
            "safir runs"
        );
        let shutdown = async {
            // The sender is only dropped with the runtime.
            let _ = first_signal.await;
        };
        let processor = Arc::new(processor);
        let summary = match sink {
            Output::Plain(sink) => pipeline::run(settings, processor, source, sink, shutdown).await?,
            Output::Transactional(sink) => pipeline::run(settings, processor, source, sink, shutdown).await?,
        };
        Ok(summary)
    });
    // What is still under way belongs to articles that will be read again.
    runtime.shutdown_background();
    if let Ok(summary) = &result {
        tracing::info!(
            articles = summary.articles,
            events = summary.events,
            dead_letters = summary.dead_letters,
            "safir has ended"
        );
    }
    result
}

enum Output {
    Plain(KafkaSink),
    Transactional(TransactionalKafkaSink),
}

/// The pipeline's part of the configuration.
pub fn settings(config: &Config, metrics: Arc<Metrics>, health: Arc<Health>) -> Settings {
    Settings {
        workers: config.pipeline.workers,
        max_in_flight_records: config.pipeline.max_in_flight_records,
        max_in_flight_bytes: config.pipeline.max_in_flight_bytes,
        article_timeout: (!config.pipeline.article_timeout.is_zero()).then_some(config.pipeline.article_timeout),
        transaction_interval: config.pipeline.transaction_interval,
        shutdown_timeout: config.pipeline.shutdown_timeout,
        stuck_after: config.pipeline.stuck_after,
        exit_after: (!config.pipeline.exit_after.is_zero()).then_some(config.pipeline.exit_after),
        metrics,
        health,
    }
}

/// The first signal resolves the receiver, the second ends the process.
fn watch_signals() -> anyhow::Result<oneshot::Receiver<()>> {
    let mut terminate = signal(SignalKind::terminate()).context("SIGTERM cannot be caught")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("SIGINT cannot be caught")?;
    let (first, received) = oneshot::channel();
    tokio::spawn(async move {
        next(&mut terminate, &mut interrupt).await;
        let _ = first.send(());
        let code = next(&mut terminate, &mut interrupt).await;
        tracing::warn!("a second signal: ending at once; what is unfinished will be read again");
        process::exit(code);
    });
    Ok(received)
}

/// The exit code that a shell gives for the signal that comes first.
async fn next(terminate: &mut Signal, interrupt: &mut Signal) -> i32 {
    tokio::select! {
        _ = terminate.recv() => 143,
        _ = interrupt.recv() => 130,
    }
}

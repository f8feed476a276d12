//! `safir run`: the service.

use super::{Exit, KafkaFlags, LexiconFlag};
use crate::config::Override;
use crate::service;
use crate::telemetry::log;

/// Run the service: articles in from Kafka, events out
///
/// Runs until SIGTERM or SIGINT; then it takes no new article, finishes and commits what it has begun, and exits with 0.
/// A second signal ends it at once.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir run --brokers kafka:9092
  safir run --config /etc/safir/safir.toml
  SAFIR_BROKERS=kafka:9092 SAFIR_LOG=debug safir run --workers 8

Every key of the configuration: docs/reference/configuration.md, or `safir config show --explained`.
While it runs: /metrics, /healthz, /readyz and /version on port 9464.")]
pub(super) struct Args {
    #[command(flatten)]
    kafka: KafkaFlags,
    /// The consumer group [env: SAFIR_GROUP_ID]
    #[arg(long, value_name = "GROUP")]
    group_id: Option<String>,
    /// Threads that decode and extract; 0 means one per core [env: SAFIR_WORKERS]
    #[arg(long, value_name = "N")]
    workers: Option<usize>,
    /// Address and port of metrics and probes, or "off" [env: SAFIR_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Level of the log, or levels by module [env: SAFIR_LOG]
    #[arg(long, value_name = "FILTER")]
    log: Option<String>,
    /// Shape of the log: auto, text or json [env: SAFIR_LOG_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    #[command(flatten)]
    lexicon: LexiconFlag,
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    let mut flags: Vec<_> = args.lexicon.setting().into_iter().collect();
    for (flag, path, value) in [
        ("--group-id", "kafka.group_id", args.group_id),
        ("--workers", "pipeline.workers", args.workers.map(|workers| workers.to_string())),
        ("--listen", "http.listen", args.listen),
        ("--log", "log.filter", args.log),
        ("--log-format", "log.format", args.log_format),
    ] {
        if let Some(value) = value {
            flags.push(Override { path: path.into(), value, flag: flag.into() });
        }
    }
    let config = args.kafka.load_with(flags)?.config;
    log::init(&config.log)?;
    service::run(&config)?;
    Ok(Exit::Done)
}

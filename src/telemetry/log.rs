//! Logs: on stderr, readable on a terminal and JSON elsewhere. Texts of articles are not logged above debug.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use crate::config::{Log, LogFormat};

/// Why logging could not be started.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("{filter:?} is no log filter: {reason}")]
    Filter { filter: String, reason: String },
    #[error("a logger is running already: {0}")]
    Running(#[from] TryInitError),
}

/// Starts logging for the whole process.
///
/// # Errors
/// When the filter is faulty, or when it was called before.
pub fn init(log: &Log) -> Result<(), LogError> {
    let filter = EnvFilter::try_new(&log.filter)
        .map_err(|error| LogError::Filter { filter: log.filter.clone(), reason: error.to_string() })?;
    let terminal = std::io::stderr().is_terminal();
    let json = match log.format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => !terminal,
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json {
        builder.json().flatten_event(true).with_current_span(false).with_span_list(false).finish().try_init()?;
    } else {
        // NO_COLOR is a convention of the command line (no-color.org): set and not empty means no colour.
        let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        builder.with_ansi(colour).with_target(false).finish().try_init()?;
    }
    Ok(())
}

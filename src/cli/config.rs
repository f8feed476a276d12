//! `safir config`: what is set, by whom, and whether it can work.

use std::io::Write as _;

use clap::Subcommand;

use super::{Exit, KafkaFlags};
use crate::config::ConfigError;

/// Check or show the configuration
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir config check --config safir.toml
  safir config show                          the result, with the place that set each value
  safir config show --explained > safir.toml a commented file to begin with

A TOML file, over it the environment (SAFIR_KAFKA__BROKERS sets kafka.brokers), over that the flags.
Every key: docs/reference/configuration.md.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Test the configuration without connecting; names every problem
    Check {
        #[command(flatten)]
        flags: Box<KafkaFlags>,
    },
    /// Print the whole configuration as TOML, secrets redacted
    Show {
        #[command(flatten)]
        flags: Box<KafkaFlags>,
        /// With the help of every key instead of the place that set it
        #[arg(long)]
        explained: bool,
    },
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout();
    match args.command {
        ConfigCommand::Check { flags } => {
            let loaded = flags.load()?;
            loaded.config.kafka().check().map_err(|error| ConfigError(vec![error.to_string()]))?;
            if !loaded.config.extract.lexicon.is_empty() {
                loaded.config.extractor()?;
            }
            match loaded.places.len() {
                0 => writeln!(out, "the configuration is good: all defaults")?,
                set => writeln!(out, "the configuration is good: {set} set, the rest at defaults")?,
            }
        }
        ConfigCommand::Show { flags, explained } => write!(out, "{}", flags.load()?.show(explained))?,
    }
    Ok(Exit::Done)
}

//! The command line: one file per command, and what they share.

mod completions;
mod config;
mod demo;
mod dlq;
mod explain;
mod extract;
mod input;
mod lexicon;
mod publish;
mod run;
mod tail;

use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{ConfigError, FILE_VARIABLE, Loaded, Override};
use crate::dictionary::DictionaryError;
use crate::extract::LanguageError;
use crate::pipeline::PipelineError;

const EXIT_CODES: &str = "\
Exit codes:
  0        done
  1        failed while running
  2        wrong usage or configuration
  3        some input was bad: it was named on stderr and the rest was done
  4        the shutdown deadline passed with work unfinished (it will be read again)
  130/143  ended at once by a second SIGINT/SIGTERM

Begin with `safir demo`. Then try your own articles: `safir extract articles.jsonl`.";

/// Safir reads news articles and extracts the diplomatic events that they tell: meetings, visits and statements, in
/// Arabic and English. As a service it reads articles from a Kafka topic and writes events to another.
#[derive(Parser)]
#[command(name = "safir", version, max_term_width = 110, after_help = EXIT_CODES, propagate_version = true)]
struct Cli {
    /// When to use colour. NO_COLOR is respected
    #[arg(long, global = true, value_enum, default_value_t = ColourChoice::Auto, value_name = "WHEN")]
    color: ColourChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::Args),
    Demo(demo::Args),
    Extract(extract::Args),
    Explain(explain::Args),
    Lexicon(lexicon::Args),
    Publish(publish::Args),
    Tail(tail::Args),
    Dlq(dlq::Args),
    Config(config::Args),
    Completions(completions::Args),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColourChoice {
    Auto,
    Always,
    Never,
}

impl ColourChoice {
    fn on(self, terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}

/// How to print events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// One event a line, in the proto3 JSON mapping of the record
    Json,
    /// For people
    Text,
}

impl OutputFormat {
    /// What is asked for; else text on a terminal and JSON elsewhere.
    fn or_by_terminal(format: Option<Self>) -> Self {
        format.unwrap_or(if std::io::stdout().is_terminal() { Self::Text } else { Self::Json })
    }
}

/// The flags of commands that need settings but no broker.
#[derive(Args, Clone, Debug)]
struct ConfigFlags {
    /// Configuration file, TOML [env: SAFIR_CONFIG]
    #[arg(long, short = 'c', value_name = "FILE")]
    config: Option<PathBuf>,
    /// Sets any key of the configuration: --set pipeline.workers=4
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    set: Vec<(String, String)>,
}

impl ConfigFlags {
    fn load_with(&self, mut flags: Vec<Override>) -> Result<Loaded, ConfigError> {
        let file = self
            .config
            .clone()
            .or_else(|| std::env::var_os(FILE_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from));
        for (path, value) in &self.set {
            flags.push(Override { path: path.clone(), value: value.clone(), flag: format!("--set {path}") });
        }
        // Variables that are no text cannot be settings.
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        crate::config::load(file.as_deref(), environment, &flags)
    }
}

/// The flag of commands that extract.
#[derive(Args, Clone, Debug, Default)]
struct LexiconFlag {
    /// A folder of words, actors and rules over what is built in, laid out like lang/. May be given more than once
    /// [env: SAFIR_LEXICON]
    #[arg(long, value_name = "DIR")]
    lexicon: Vec<PathBuf>,
}

impl LexiconFlag {
    /// As a setting; none where the flag was not given, so that file and environment stand.
    fn setting(&self) -> Option<Override> {
        let list: Vec<_> = self.lexicon.iter().map(|folder| folder.display().to_string()).collect();
        (!list.is_empty()).then(|| Override {
            path: "extract.lexicon".into(),
            value: list.join(","),
            flag: "--lexicon".into(),
        })
    }
}

/// The flags of commands that talk to Kafka.
#[derive(Args, Clone, Debug)]
struct KafkaFlags {
    #[command(flatten)]
    config: ConfigFlags,
    /// Brokers, host:port, comma-separated [env: SAFIR_BROKERS]
    #[arg(long, short, value_name = "HOST:PORT")]
    brokers: Option<String>,
    /// Topic of articles [env: SAFIR_INPUT_TOPIC]
    #[arg(long, value_name = "TOPIC")]
    input_topic: Option<String>,
    /// Topic of events [env: SAFIR_OUTPUT_TOPIC]
    #[arg(long, value_name = "TOPIC")]
    output_topic: Option<String>,
    /// Topic of records that are no articles [env: SAFIR_DEAD_LETTER_TOPIC]
    #[arg(long, value_name = "TOPIC")]
    dead_letter_topic: Option<String>,
    /// Any librdkafka property: -X security.protocol=SASL_SSL. Secrets belong into the environment
    #[arg(long = "property", short = 'X', value_name = "NAME=VALUE", value_parser = key_and_value)]
    properties: Vec<(String, String)>,
}

impl KafkaFlags {
    fn load(&self) -> Result<Loaded, ConfigError> {
        self.load_with(Vec::new())
    }

    /// `more` are flags of the command itself; `--set` beats all.
    fn load_with(&self, more: Vec<Override>) -> Result<Loaded, ConfigError> {
        let mut flags = more;
        for (flag, path, value) in [
            ("--brokers", "kafka.brokers", &self.brokers),
            ("--input-topic", "topics.input", &self.input_topic),
            ("--output-topic", "topics.output", &self.output_topic),
            ("--dead-letter-topic", "topics.dead_letter", &self.dead_letter_topic),
        ] {
            if let Some(value) = value {
                flags.push(Override { path: path.into(), value: value.clone(), flag: flag.into() });
            }
        }
        for (name, value) in &self.properties {
            let path = format!("kafka.properties.{name}");
            flags.push(Override { path, value: value.clone(), flag: format!("--property {name}") });
        }
        self.config.load_with(flags)
    }
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Done,
    /// Some input was bad and was named; the rest was done.
    BadInput,
}

/// The command was used wrongly: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UsageError(String);

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Run(args) => run::run(args),
        Command::Demo(args) => demo::run(args, cli.color),
        Command::Extract(args) => extract::run(args, cli.color),
        Command::Explain(args) => explain::run(args),
        Command::Lexicon(args) => lexicon::run(args),
        Command::Publish(args) => publish::run(args),
        Command::Tail(args) => tail::run(args, cli.color),
        Command::Dlq(args) => dlq::run(args),
        Command::Config(args) => config::run(args),
        Command::Completions(args) => completions::run(args),
    };
    match outcome {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::BadInput) => ExitCode::from(3),
        // Whoever reads our output has seen enough (`| head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Parts of it may come from a broker or a record.
            let text = crate::render::clean_lines(&format!("safir: {error:#}"));
            let _ = write!(std::io::stderr(), "{text}");
            ExitCode::from(code_of(&error))
        }
    }
}

fn code_of(error: &anyhow::Error) -> u8 {
    let usage = error.is::<UsageError>() || error.is::<ConfigError>();
    if usage || error.is::<DictionaryError>() || error.is::<LanguageError>() {
        return 2;
    }
    match error.downcast_ref::<PipelineError>() {
        Some(PipelineError::ShutdownDeadline { .. }) => 4,
        _ => 1,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The terminal's width in columns, for output to stdout.
fn width() -> usize {
    console::Term::stdout().size_checked().map_or(100, |(_, columns)| usize::from(columns))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_flag_has_help() {
        fn check(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {} has no help", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        let mut command = Cli::command();
        command.build();
        check(&command);
    }
}

//! Settings: a TOML file, over it the environment, over that the flags.
//!
//! [`KEYS`] declares every key once, with its help, how it is read and how it is shown; the file reader, the
//! environment reader, `safir config` and the reference in `docs/reference/configuration.md` all go by it. All problems
//! are collected and reported together, each with its place.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use crate::dictionary::{self, DictionaryError};
use crate::extract::Extractor;
use crate::lexicon::source::Dictionary;
use crate::pipeline::Delivery;
use crate::{decode, kafka};

/// Everything that can be set. [`Config::default`] runs against a broker on this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub kafka: Kafka,
    pub topics: Topics,
    pub input: Input,
    pub pipeline: Pipeline,
    pub http: Http,
    pub log: Log,
    pub extract: Extract,
}

/// How to reach Kafka.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kafka {
    /// `host:port`, comma-separated.
    pub brokers: String,
    pub group_id: String,
    pub client_id: String,
    /// `None`: made up.
    pub transactional_id: Option<String>,
    /// librdkafka properties for consumer and producer.
    pub properties: Properties,
    /// For the consumer only, over `properties`.
    pub consumer: Properties,
    /// For the producer only, over `properties`.
    pub producer: Properties,
}

/// Which topics to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topics {
    pub input: String,
    pub output: String,
    pub dead_letter: String,
}

/// How articles are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub format: decode::Format,
    /// Of a whole record.
    pub max_bytes: usize,
    pub fields: decode::Fields,
}

/// How the pipeline runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// 0 means one per core.
    pub workers: usize,
    pub max_in_flight_records: usize,
    pub max_in_flight_bytes: usize,
    pub article_timeout: Duration,
    pub delivery: Delivery,
    pub shutdown_timeout: Duration,
    pub commit_interval: Duration,
    pub transaction_interval: Duration,
    pub stuck_after: Duration,
    /// Zero: never.
    pub exit_after: Duration,
}

/// The port for probes and metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// `None`: no port.
    pub listen: Option<SocketAddr>,
}

/// How to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    pub format: LogFormat,
    /// Directives of tracing-subscriber's `EnvFilter`.
    pub filter: String,
}

/// The shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    Text,
    Json,
}

/// What is kept of the extraction.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// 0 to 1; events below it are not written.
    pub min_confidence: f64,
    /// Folders of language data over what is built in, a later one over an earlier.
    pub lexicon: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            kafka: Kafka {
                brokers: "localhost:9092".into(),
                group_id: "safir".into(),
                client_id: "safir".into(),
                transactional_id: None,
                properties: Properties::default(),
                consumer: Properties::default(),
                producer: Properties::default(),
            },
            topics: Topics {
                input: "news.articles".into(),
                output: "diplomatic.events".into(),
                dead_letter: "news.articles.dlq".into(),
            },
            input: Input {
                format: decode::Format::Json,
                max_bytes: decode::DEFAULT_MAX_BYTES,
                fields: decode::Fields::default(),
            },
            pipeline: Pipeline {
                workers: 0,
                max_in_flight_records: 4096,
                max_in_flight_bytes: 32 * 1024 * 1024,
                article_timeout: Duration::from_secs(60),
                delivery: Delivery::AtLeastOnce,
                shutdown_timeout: Duration::from_secs(25),
                commit_interval: Duration::from_secs(5),
                transaction_interval: Duration::from_millis(100),
                stuck_after: Duration::from_secs(60),
                exit_after: Duration::from_secs(600),
            },
            http: Http { listen: Some(SocketAddr::from(([0, 0, 0, 0], 9464))) },
            log: Log { format: LogFormat::Auto, filter: "info".into() },
            extract: Extract { min_confidence: 0.0, lexicon: Vec::new() },
        }
    }
}

impl Config {
    /// How to reach Kafka, for its clients.
    pub fn kafka(&self) -> kafka::Settings {
        kafka::Settings {
            brokers: self.kafka.brokers.clone(),
            group_id: self.kafka.group_id.clone(),
            client_id: self.kafka.client_id.clone(),
            input_topic: self.topics.input.clone(),
            output_topic: self.topics.output.clone(),
            dead_letter_topic: self.topics.dead_letter.clone(),
            delivery: self.pipeline.delivery,
            commit_interval: self.pipeline.commit_interval,
            transactional_id: self.kafka.transactional_id.clone(),
            properties: self.kafka.properties.0.clone(),
            consumer_properties: self.kafka.consumer.0.clone(),
            producer_properties: self.kafka.producer.0.clone(),
        }
    }

    /// The extractor with the dictionaries that `extract.lexicon` names.
    ///
    /// # Errors
    /// A folder that cannot be read, or the file and line of the first faulty entry.
    pub fn extractor(&self) -> anyhow::Result<Extractor> {
        Ok(Extractor::with(&self.dictionaries()?)?)
    }

    /// What `extract.lexicon` names, read.
    ///
    /// # Errors
    /// The first folder that cannot be read.
    pub fn dictionaries(&self) -> Result<Vec<Dictionary>, DictionaryError> {
        self.extract.lexicon.iter().map(|folder| dictionary::read(Path::new(folder))).collect()
    }

    /// The decoder that the `[input]` section asks for.
    ///
    /// # Errors
    /// Names a faulty JSON pointer; [`load`] has refused such already.
    pub fn decoder(&self) -> Result<decode::Decoder, decode::PointerError> {
        decode::Decoder::new(self.input.format, self.input.fields.clone(), self.input.max_bytes)
    }
}

/// librdkafka properties by name. Secrets are left out when it is printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Properties(pub BTreeMap<String, String>);

impl fmt::Debug for Properties {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| (name, if is_secret(name) { REDACTED } else { value }));
        formatter.debug_map().entries(shown).finish()
    }
}

const REDACTED: &str = "<redacted>";

/// Whether the value of a librdkafka property must not be shown.
pub fn is_secret(property: &str) -> bool {
    let name = property.to_ascii_lowercase();
    let holds = ["password", "passphrase", "secret", "credential", "token", "key.pem", "ssl_key", "oauthbearer.config"];
    holds.iter().any(|part| name.contains(part)) && !name.ends_with(".url") && !name.ends_with(".location")
}

/// A key of the configuration.
pub struct Key {
    /// Sections and name, joined by dots: "pipeline.workers".
    pub path: &'static str,
    /// A short environment variable beside the systematic one.
    pub alias: Option<&'static str>,
    /// A sentence or two for people.
    pub help: &'static str,
    set: fn(&mut Config, &Given<'_>) -> Result<(), String>,
    /// The value as TOML.
    show: fn(&Config) -> String,
}

impl Key {
    /// The systematic environment variable: "SAFIR_PIPELINE__WORKERS".
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.path.to_ascii_uppercase().replace('.', "__"))
    }

    /// The variable of a librdkafka property: "SAFIR_KAFKA__PROPERTIES__SASL_PASSWORD".
    fn variable_of(path: &str) -> String {
        let (section, property) = path.split_at(path.match_indices('.').nth(1).map_or(0, |(at, _)| at));
        let section = section.to_ascii_uppercase().replace('.', "__");
        format!("{PREFIX}{section}__{}", property.trim_start_matches('.').to_ascii_uppercase().replace('.', "_"))
    }
}

const PREFIX: &str = "SAFIR_";
/// Names the configuration file, like `--config`.
pub const FILE_VARIABLE: &str = "SAFIR_CONFIG";
/// What tests and benchmarks read: no settings.
const NO_SETTINGS: [&str; 2] = ["SAFIR_TEST_", "SAFIR_BENCH_"];

/// Sections whose keys are librdkafka's: path, which map, help.
type Pick = fn(&mut Config) -> &mut Properties;
const PROPERTY_SECTIONS: [(&str, Pick, &str); 3] = [
    (
        "kafka.properties",
        |config| &mut config.kafka.properties,
        "Any librdkafka property, for consumer and producer: \"security.protocol\" = \"SASL_SSL\".",
    ),
    ("kafka.consumer", |config| &mut config.kafka.consumer, "Any librdkafka property, for the consumer only."),
    ("kafka.producer", |config| &mut config.kafka.producer, "Any librdkafka property, for the producer only."),
];

/// Every key, in the order in which they are shown.
pub static KEYS: &[Key] = &[
    Key {
        path: "kafka.brokers",
        alias: Some("SAFIR_BROKERS"),
        help: "Brokers to begin with, as host:port, comma-separated.",
        set: |config, given| given.text().map(|text| config.kafka.brokers = text),
        show: |config| quote(&config.kafka.brokers),
    },
    Key {
        path: "kafka.group_id",
        alias: Some("SAFIR_GROUP_ID"),
        help: "The consumer group. Processes of one group share the partitions of the input topic.",
        set: |config, given| given.text().map(|text| config.kafka.group_id = text),
        show: |config| quote(&config.kafka.group_id),
    },
    Key {
        path: "kafka.client_id",
        alias: None,
        help: "The name under which this process appears in the brokers' logs and quotas.",
        set: |config, given| given.text().map(|text| config.kafka.client_id = text),
        show: |config| quote(&config.kafka.client_id),
    },
    Key {
        path: "kafka.transactional_id",
        alias: None,
        help: "Under exactly_once delivery: names the transactions of this instance. No two running instances may share \
               one. \"auto\" makes it from group_id and group.instance.id, or a number out of chance.",
        set: |config, given| given.text().map(|text| config.kafka.transactional_id = (text != "auto").then_some(text)),
        show: |config| quote(config.kafka.transactional_id.as_deref().unwrap_or("auto")),
    },
    Key {
        path: "topics.input",
        alias: Some("SAFIR_INPUT_TOPIC"),
        help: "Articles are read from here.",
        set: |config, given| given.topic().map(|text| config.topics.input = text),
        show: |config| quote(&config.topics.input),
    },
    Key {
        path: "topics.output",
        alias: Some("SAFIR_OUTPUT_TOPIC"),
        help: "Events are written here.",
        set: |config, given| given.topic().map(|text| config.topics.output = text),
        show: |config| quote(&config.topics.output),
    },
    Key {
        path: "topics.dead_letter",
        alias: Some("SAFIR_DEAD_LETTER_TOPIC"),
        help: "Records that are no articles are written here, as received, with the reason in their headers.",
        set: |config, given| given.topic().map(|text| config.topics.dead_letter = text),
        show: |config| quote(&config.topics.dead_letter),
    },
    Key {
        path: "input.format",
        alias: None,
        help: "How articles are written: \"json\" (one object a record) or \"protobuf\" (safir.v1.Article).",
        set: |config, given| {
            let formats = [("json", decode::Format::Json), ("protobuf", decode::Format::Protobuf)];
            given.one_of(&formats).map(|format| config.input.format = format)
        },
        show: |config| match config.input.format {
            decode::Format::Json => quote("json"),
            decode::Format::Protobuf => quote("protobuf"),
        },
    },
    Key {
        path: "input.max_bytes",
        alias: None,
        help: "The largest record that is read as an article; larger ones become dead letters. Extraction takes time \
               and memory in proportion.",
        set: |config, given| given.bytes(1024..=1 << 30).map(|bytes| config.input.max_bytes = bytes),
        show: |config| show_bytes(config.input.max_bytes),
    },
    Key {
        path: "input.fields.id",
        alias: None,
        help: "JSON pointers to the publisher's id, tried in order. Without one the id is a hash of the content.",
        set: |config, given| given.pointers().map(|list| config.input.fields.id = list),
        show: |config| show_list(&config.input.fields.id),
    },
    Key {
        path: "input.fields.title",
        alias: None,
        help: "JSON pointers to the headline.",
        set: |config, given| given.pointers().map(|list| config.input.fields.title = list),
        show: |config| show_list(&config.input.fields.title),
    },
    Key {
        path: "input.fields.body",
        alias: None,
        help: "JSON pointers to the text, the only field that an article must have.",
        set: |config, given| given.pointers().map(|list| config.input.fields.body = list),
        show: |config| show_list(&config.input.fields.body),
    },
    Key {
        path: "input.fields.language",
        alias: None,
        help: "JSON pointers to the language. Without one it is detected.",
        set: |config, given| given.pointers().map(|list| config.input.fields.language = list),
        show: |config| show_list(&config.input.fields.language),
    },
    Key {
        path: "input.fields.published_at",
        alias: None,
        help: "JSON pointers to the date of publication, in RFC 3339 or RFC 2822.",
        set: |config, given| given.pointers().map(|list| config.input.fields.published_at = list),
        show: |config| show_list(&config.input.fields.published_at),
    },
    Key {
        path: "input.fields.source",
        alias: None,
        help: "JSON pointers to the outlet's name.",
        set: |config, given| given.pointers().map(|list| config.input.fields.source = list),
        show: |config| show_list(&config.input.fields.source),
    },
    Key {
        path: "input.fields.url",
        alias: None,
        help: "JSON pointers to the article's address.",
        set: |config, given| given.pointers().map(|list| config.input.fields.url = list),
        show: |config| show_list(&config.input.fields.url),
    },
    Key {
        path: "pipeline.workers",
        alias: Some("SAFIR_WORKERS"),
        help: "Threads that decode and extract. 0 means one per core.",
        set: |config, given| given.whole_number(0..=1024).map(|number| config.pipeline.workers = number),
        show: |config| config.pipeline.workers.to_string(),
    },
    Key {
        path: "pipeline.max_in_flight_records",
        alias: None,
        help: "Articles inside the process at a time. At the bound, partitions are paused.",
        set: |config, given| {
            given.whole_number(1..=10_000_000).map(|number| config.pipeline.max_in_flight_records = number)
        },
        show: |config| config.pipeline.max_in_flight_records.to_string(),
    },
    Key {
        path: "pipeline.max_in_flight_bytes",
        alias: None,
        help: "Bytes of articles and of their events inside the process at a time. A single larger article is let \
               through alone.",
        set: |config, given| given.bytes(64 * 1024..=1 << 40).map(|bytes| config.pipeline.max_in_flight_bytes = bytes),
        show: |config| show_bytes(config.pipeline.max_in_flight_bytes),
    },
    Key {
        path: "pipeline.article_timeout",
        alias: None,
        help: "How long a worker may be at one article. Longer, and the article becomes a dead letter with the reason \
               \"timeout\". \"0s\": as long as it takes.",
        set: |config, given| given.duration(0..=86_400).map(|time| config.pipeline.article_timeout = time),
        show: |config| show_duration(config.pipeline.article_timeout),
    },
    Key {
        path: "pipeline.delivery",
        alias: None,
        help: "What is promised about every article: \"at_least_once\", or \"exactly_once\" to consumers that read \
               committed records.",
        set: |config, given| {
            let choices = [("at_least_once", Delivery::AtLeastOnce), ("exactly_once", Delivery::ExactlyOnce)];
            given.one_of(&choices).map(|value| config.pipeline.delivery = value)
        },
        show: |config| match config.pipeline.delivery {
            Delivery::AtLeastOnce => quote("at_least_once"),
            Delivery::ExactlyOnce => quote("exactly_once"),
        },
    },
    Key {
        path: "pipeline.shutdown_timeout",
        alias: None,
        help: "How long a shutdown may take to finish what was started and to commit it.",
        set: |config, given| given.duration(0..=3600).map(|time| config.pipeline.shutdown_timeout = time),
        show: |config| show_duration(config.pipeline.shutdown_timeout),
    },
    Key {
        path: "pipeline.commit_interval",
        alias: None,
        help: "Under at_least_once delivery: how often offsets are committed.",
        set: |config, given| given.duration(0..=3600).map(|time| config.pipeline.commit_interval = time),
        show: |config| show_duration(config.pipeline.commit_interval),
    },
    Key {
        path: "pipeline.transaction_interval",
        alias: None,
        help: "Under exactly_once delivery: how long a transaction collects before it is committed. Consumers see its \
               events so much later.",
        set: |config, given| given.duration(0..=600).map(|time| config.pipeline.transaction_interval = time),
        show: |config| show_duration(config.pipeline.transaction_interval),
    },
    Key {
        path: "pipeline.stuck_after",
        alias: None,
        help: "Without progress for so long, though there is work, the process reports itself not ready.",
        set: |config, given| given.duration(1..=86_400).map(|time| config.pipeline.stuck_after = time),
        show: |config| show_duration(config.pipeline.stuck_after),
    },
    Key {
        path: "pipeline.exit_after",
        alias: None,
        help: "Without progress for so long, though there is work, the process ends with exit code 1, so that it is \
               started again. \"0s\": never.",
        set: |config, given| given.duration(0..=86_400).map(|time| config.pipeline.exit_after = time),
        show: |config| show_duration(config.pipeline.exit_after),
    },
    Key {
        path: "http.listen",
        alias: Some("SAFIR_LISTEN"),
        help: "Address and port of /metrics, /healthz, /readyz and /version, or \"off\".",
        set: |config, given| given.listen().map(|listen| config.http.listen = listen),
        show: |config| config.http.listen.map_or_else(|| quote("off"), |listen| quote(&listen.to_string())),
    },
    Key {
        path: "log.format",
        alias: Some("SAFIR_LOG_FORMAT"),
        help: "\"text\", \"json\", or \"auto\": text on a terminal, JSON elsewhere.",
        set: |config, given| {
            let formats = [("auto", LogFormat::Auto), ("text", LogFormat::Text), ("json", LogFormat::Json)];
            given.one_of(&formats).map(|format| config.log.format = format)
        },
        show: |config| match config.log.format {
            LogFormat::Auto => quote("auto"),
            LogFormat::Text => quote("text"),
            LogFormat::Json => quote("json"),
        },
    },
    Key {
        path: "log.filter",
        alias: Some("SAFIR_LOG"),
        help: "A level (\"info\"), or levels by module (\"info,safir::pipeline=debug\").",
        set: |config, given| {
            let text = given.text()?;
            match tracing_subscriber::EnvFilter::try_new(&text) {
                Ok(_) => config.log.filter = text,
                Err(error) => return Err(format!("{text:?} is no log filter: {error}")),
            }
            Ok(())
        },
        show: |config| quote(&config.log.filter),
    },
    Key {
        path: "extract.min_confidence",
        alias: None,
        help: "Events with a lower confidence are not written. 0 to 1.",
        set: |config, given| given.fraction().map(|number| config.extract.min_confidence = number),
        show: |config| format!("{:?}", config.extract.min_confidence),
    },
    Key {
        path: "extract.lexicon",
        alias: Some("SAFIR_LEXICON"),
        help: "Folders of language data that extend and override what is built in, a later one over an earlier: laid \
               out like lang/, described in lang/README.md. As text: comma-separated.",
        set: |config, given| given.folders().map(|list| config.extract.lexicon = list),
        show: |config| show_list(&config.extract.lexicon),
    },
];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// File and line.
    File(String, usize),
    Variable(String),
    Flag(String),
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file, line) => write!(formatter, "{file}:{line}"),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
            Self::Flag(name) => write!(formatter, "flag {name}"),
        }
    }
}

/// A setting given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The key's path.
    pub path: String,
    pub value: String,
    /// As the user wrote it: "--brokers".
    pub flag: String,
}

/// A configuration, and for every key that is not at its default the place that set it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub config: Config,
    pub places: BTreeMap<String, Place>,
}

/// The configuration cannot be used. Holds every problem that was found, not only the first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// Reads the file if there is one, then the environment, then the flags.
///
/// # Errors
/// Names the file, line, variable or flag of every unknown key, with the most similar known one, and of every value
/// that is out of its range.
pub fn load(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
    flags: &[Override],
) -> Result<Loaded, ConfigError> {
    let mut loader = Loader::default();
    if let Some(path) = file {
        match std::fs::read_to_string(path) {
            Ok(text) => loader.file(&path.display().to_string(), &text),
            Err(error) => loader.problems.push(format!("{}: {error}", path.display())),
        }
    }
    loader.environment(environment);
    loader.flags(flags);
    loader.finish()
}

/// Reads a configuration from text, as a file of that name with no environment and no flags.
///
/// # Errors
/// As [`load`].
pub fn parse(name: &str, text: &str) -> Result<Loaded, ConfigError> {
    let mut loader = Loader::default();
    loader.file(name, text);
    loader.finish()
}

#[derive(Default)]
struct Loader {
    config: Config,
    places: BTreeMap<String, Place>,
    problems: Vec<String>,
}

impl Loader {
    fn file(&mut self, name: &str, text: &str) {
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                self.problems.push(format!("{name}:{line}: {}", error.message()));
                return;
            }
        };
        self.table(name, text, "", table.get_ref());
    }

    fn table(&mut self, name: &str, text: &str, path: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let path = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
            let place = Place::File(name.to_owned(), line_of(text, key.span().start));
            match value.get_ref() {
                // An unknown section is reported once, not once for each of its keys.
                DeValue::Table(_) if !is_section(&path) => self.unknown(&path, &place),
                DeValue::Table(inner) => self.table(name, text, &path, inner),
                other => self.set(&path, &Given::Toml(other), place),
            }
        }
    }

    fn environment(&mut self, environment: impl IntoIterator<Item = (String, String)>) {
        let mut variables: Vec<_> = environment
            .into_iter()
            // An empty variable is how container tools write an absent one.
            .filter(|(name, value)| name.starts_with(PREFIX) && !value.is_empty())
            .filter(|(name, _)| name != FILE_VARIABLE && !NO_SETTINGS.iter().any(|other| name.starts_with(other)))
            .filter(|(name, value)| !is_of_kubernetes(name, value))
            .collect();
        // Short names first, so that the systematic name wins where both are set.
        variables.sort_by_key(|(name, _)| (name.contains("__"), name.clone()));
        for (name, value) in variables {
            let place = Place::Variable(name.clone());
            match path_of_variable(&name) {
                Some(path) => self.set(&path, &Given::Text(&value), place),
                None => {
                    let known =
                        KEYS.iter().flat_map(|key| key.alias.map(str::to_owned).into_iter().chain([key.variable()]));
                    let hint = suggest(&name, known).map(|known| format!("; did you mean {known}?"));
                    self.problems.push(format!("{place} is unknown{}", hint.unwrap_or_default()));
                }
            }
        }
    }

    fn flags(&mut self, flags: &[Override]) {
        for flag in flags {
            // Everybody on the machine sees the command line.
            if property_of(&flag.path).is_some_and(|(_, property)| is_secret(property)) {
                let variable = Key::variable_of(&flag.path);
                self.problems
                    .push(format!("flag {}: a secret does not belong on the command line; set {variable}", flag.flag));
                continue;
            }
            self.set(&flag.path, &Given::Text(&flag.value), Place::Flag(flag.flag.clone()));
        }
    }

    fn set(&mut self, path: &str, given: &Given<'_>, place: Place) {
        let set = if let Some(key) = KEYS.iter().find(|key| key.path == path) {
            (key.set)(&mut self.config, given)
        } else if let Some((section, property)) = property_of(path) {
            given.property().map(|value| {
                let properties = (PROPERTY_SECTIONS[section].1)(&mut self.config);
                properties.0.insert(property.to_owned(), value);
            })
        } else if is_section(path) {
            Err("this is a section, not a key".to_owned())
        } else {
            return self.unknown(path, &place);
        };
        match set {
            Ok(()) => {
                self.places.insert(path.to_owned(), place);
            }
            Err(problem) => self.problems.push(format!("{place}: {path}: {problem}")),
        }
    }

    fn unknown(&mut self, path: &str, place: &Place) {
        let sections = SECTIONS.iter().map(|section| (*section).to_owned());
        let known = KEYS.iter().map(|key| key.path.to_owned()).chain(sections);
        let hint = suggest(path, known).map(|known| format!("; did you mean \"{known}\"?"));
        self.problems.push(format!("{place}: unknown key \"{path}\"{}", hint.unwrap_or_default()));
    }

    fn finish(mut self) -> Result<Loaded, ConfigError> {
        let topics = &self.config.topics;
        for (one, other, one_path, other_path) in [
            (&topics.input, &topics.output, "topics.input", "topics.output"),
            (&topics.input, &topics.dead_letter, "topics.input", "topics.dead_letter"),
            (&topics.output, &topics.dead_letter, "topics.output", "topics.dead_letter"),
        ] {
            if one == other {
                self.problems.push(format!("{one_path} and {other_path} are both \"{one}\"; they must differ"));
            }
        }
        if self.problems.is_empty() {
            Ok(Loaded { config: self.config, places: self.places })
        } else {
            Err(ConfigError(self.problems))
        }
    }
}

const SECTIONS: [&str; 11] = [
    "kafka",
    "kafka.properties",
    "kafka.consumer",
    "kafka.producer",
    "topics",
    "input",
    "input.fields",
    "pipeline",
    "http",
    "log",
    "extract",
];

fn is_section(path: &str) -> bool {
    // TOML reads an unquoted security.protocol = ".." as a table; it is meant as one name.
    SECTIONS.contains(&path) || property_of(path).is_some()
}

/// The section (an index of [`PROPERTY_SECTIONS`]) and the librdkafka property that a path names.
fn property_of(path: &str) -> Option<(usize, &str)> {
    PROPERTY_SECTIONS.iter().enumerate().find_map(|(at, (section, _, _))| {
        let property = path.strip_prefix(section)?.strip_prefix('.')?;
        (!property.is_empty()).then_some((at, property))
    })
}

fn path_of_variable(name: &str) -> Option<String> {
    if let Some(key) = KEYS.iter().find(|key| key.alias == Some(name) || key.variable() == name) {
        return Some(key.path.to_owned());
    }
    let path = name.strip_prefix(PREFIX)?.to_ascii_lowercase().replace("__", "\n");
    let (section, property) = path.rsplit_once('\n')?;
    let path = format!("{}.{}", section.replace('\n', "."), property.replace('_', "."));
    property_of(&path).map(|_| path.clone())
}

/// A Kubernetes Service named `safir` puts variables such as SAFIR_PORT=tcp://10.0.0.1:9464 and SAFIR_SERVICE_HOST into
/// every pod of its namespace. They are not ours.
fn is_of_kubernetes(name: &str, value: &str) -> bool {
    name.contains("_SERVICE_HOST")
        || name.contains("_SERVICE_PORT")
        || name.contains("_TCP")
        || name.contains("_UDP")
        || value.starts_with("tcp://")
        || value.starts_with("udp://")
}

/// The known name that is most like `name`, if any is like it: as a whole, or in its last part.
fn suggest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let last = |path: &str| path.rsplit(['.']).next().unwrap_or_default().to_owned();
    known
        .map(|candidate| {
            let whole = strsim::normalized_damerau_levenshtein(name, &candidate);
            let part = strsim::normalized_damerau_levenshtein(&last(name), &last(&candidate));
            (whole.max(part * 0.9), candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// A value as given: text from a variable or flag, or a value of a TOML file.
enum Given<'a> {
    Text(&'a str),
    Toml(&'a DeValue<'a>),
}

impl Given<'_> {
    fn expected(&self, what: &str) -> String {
        match self {
            Self::Text(text) => format!("expected {what}, found {text:?}"),
            Self::Toml(DeValue::String(text)) => format!("expected {what}, found {text:?}"),
            Self::Toml(other) => format!("expected {what}, found {}", kind_of(other)),
        }
    }

    fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()),
            Self::Toml(DeValue::String(text)) => Some(text.trim()),
            Self::Toml(_) => None,
        }
    }

    fn text(&self) -> Result<String, String> {
        match self.words() {
            Some("") => Err("must not be empty".to_owned()),
            Some(text) => Ok(text.to_owned()),
            None => Err(self.expected("text")),
        }
    }

    fn topic(&self) -> Result<String, String> {
        let text = self.text()?;
        let legal = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
        if text.len() > 249 || !text.chars().all(legal) || text == "." || text == ".." {
            return Err(format!("{text:?} is no topic name: letters, digits, '.', '_' and '-', at most 249"));
        }
        Ok(text)
    }

    fn integer(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.trim().replace('_', "").parse().ok(),
            Self::Toml(DeValue::Integer(integer)) => i64::from_str_radix(integer.as_str(), integer.radix()).ok(),
            Self::Toml(_) => None,
        }
    }

    fn whole_number(&self, range: RangeInclusive<usize>) -> Result<usize, String> {
        let what = format!("a whole number from {} to {}", range.start(), range.end());
        let number = self.integer().and_then(|number| usize::try_from(number).ok());
        number.filter(|number| range.contains(number)).ok_or_else(|| self.found(&what))
    }

    /// As [`Given::expected`], with the number where it is one.
    fn found(&self, what: &str) -> String {
        match self.integer() {
            Some(number) => format!("expected {what}, found {number}"),
            None => self.expected(what),
        }
    }

    fn fraction(&self) -> Result<f64, String> {
        let number = match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Toml(DeValue::Float(float)) => float.as_str().parse().ok(),
            Self::Toml(_) => self.integer().map(|number| number as f64),
        };
        number.filter(|number| (0.0..=1.0).contains(number)).ok_or_else(|| self.found("a number from 0 to 1"))
    }

    fn bytes(&self, range: RangeInclusive<usize>) -> Result<usize, String> {
        let number = match (self.integer(), self.words()) {
            (Some(number), _) => usize::try_from(number).ok(),
            (None, Some(text)) => parse_bytes(text),
            (None, None) => None,
        };
        number.filter(|number| range.contains(number)).ok_or_else(|| {
            let (least, most) = (show_bytes(*range.start()), show_bytes(*range.end()));
            self.found(&format!(
                "a size such as \"16MiB\", from {} to {}",
                least.trim_matches('"'),
                most.trim_matches('"')
            ))
        })
    }

    fn duration(&self, seconds: RangeInclusive<u64>) -> Result<Duration, String> {
        self.words()
            .and_then(|text| text.parse::<jiff::SignedDuration>().ok())
            .and_then(|duration| Duration::try_from(duration).ok())
            .filter(|duration| {
                *duration >= Duration::from_secs(*seconds.start()) && *duration <= Duration::from_secs(*seconds.end())
            })
            .ok_or_else(|| {
                let (least, most) = (seconds.start(), seconds.end());
                self.found(&format!("a time with its unit such as \"25s\" or \"500ms\", from {least}s to {most}s"))
            })
    }

    fn one_of<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, String> {
        let found = self.words().and_then(|text| choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)));
        found.map(|(_, value)| *value).ok_or_else(|| {
            let names: Vec<_> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            self.expected(&names.join(" or "))
        })
    }

    fn pointers(&self) -> Result<Vec<String>, String> {
        let list: Vec<String> = match self {
            Self::Text(text) => text.split(',').map(|part| part.trim().to_owned()).collect(),
            Self::Toml(DeValue::String(text)) => vec![text.trim().to_owned()],
            Self::Toml(DeValue::Array(array)) => array
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<_>>()
                .ok_or_else(|| "expected JSON pointers such as [\"/content\", \"/data/text\"]".to_owned())?,
            Self::Toml(_) => return Err(self.expected("a JSON pointer such as \"/content\" or a list of them")),
        };
        // The decoder is the judge of its own pointers.
        let fields = decode::Fields { body: list.clone(), ..decode::Fields::default() };
        decode::Decoder::new(decode::Format::Json, fields, 1).map_err(|error| error.to_string())?;
        Ok(list)
    }

    fn folders(&self) -> Result<Vec<String>, String> {
        let list: Option<Vec<String>> = match self {
            Self::Text(text) => Some(text.split(',').map(|part| part.trim().to_owned()).collect()),
            Self::Toml(DeValue::String(text)) => Some(vec![text.trim().to_owned()]),
            Self::Toml(DeValue::Array(array)) => {
                array.iter().map(|item| item.get_ref().as_str().map(|text| text.trim().to_owned())).collect()
            }
            Self::Toml(_) => None,
        };
        list.map(|list| list.into_iter().filter(|folder| !folder.is_empty()).collect())
            .ok_or_else(|| self.expected("a folder or a list of folders"))
    }

    fn listen(&self) -> Result<Option<SocketAddr>, String> {
        let parsed = match self.words() {
            Some("off") => return Ok(None),
            Some(text) if text.starts_with(':') => format!("0.0.0.0{text}").parse().ok(),
            Some(text) => text.replace("localhost:", "127.0.0.1:").parse().ok(),
            None => None,
        };
        let what = "an address and port such as \"0.0.0.0:9464\", or \"off\"";
        parsed.map(Some).ok_or_else(|| self.expected(what))
    }

    fn property(&self) -> Result<String, String> {
        match self {
            Self::Text(text) => Ok((*text).to_owned()),
            Self::Toml(DeValue::String(text)) => Ok(text.to_string()),
            Self::Toml(DeValue::Boolean(value)) => Ok(value.to_string()),
            Self::Toml(DeValue::Integer(_)) => {
                self.integer().map(|number| number.to_string()).ok_or_else(|| self.expected("a smaller number"))
            }
            Self::Toml(DeValue::Float(float)) => Ok(float.as_str().to_owned()),
            Self::Toml(_) => Err(self.expected("text, a number or a truth value")),
        }
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

const UNITS: [(&str, usize); 7] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1_000),
    ("B", 1),
];

fn parse_bytes(text: &str) -> Option<usize> {
    let (digits, factor) = UNITS.iter().find_map(|(unit, factor)| {
        let at = text.len().checked_sub(unit.len())?;
        let (digits, found) = (text.get(..at)?, text.get(at..)?);
        found.eq_ignore_ascii_case(unit).then_some((digits, *factor))
    })?;
    digits.trim().replace('_', "").parse::<usize>().ok()?.checked_mul(factor)
}

fn show_bytes(bytes: usize) -> String {
    match UNITS.iter().take(3).find(|(_, factor)| bytes.is_multiple_of(*factor)) {
        Some((unit, factor)) => quote(&format!("{}{unit}", bytes / factor)),
        None => bytes.to_string(),
    }
}

fn show_duration(duration: Duration) -> String {
    let millis = duration.as_millis();
    quote(&if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") })
}

fn show_list(list: &[String]) -> String {
    format!("[{}]", list.iter().map(|item| quote(item)).collect::<Vec<_>>().join(", "))
}

fn quote(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

impl Loaded {
    /// The whole configuration as TOML that [`parse`] reads back; secrets are redacted. Every line says in a comment
    /// what set it; with `explained` the help stands above each key.
    pub fn show(&self, explained: bool) -> String {
        let mut out = String::new();
        let mut section = "";
        for key in KEYS {
            let (here, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
            if here != section {
                if section == "kafka" {
                    self.show_properties(&mut out, explained);
                }
                let gap = if out.is_empty() { "" } else { "\n" };
                // Writing into a String cannot fail, here and below.
                let _ = writeln!(out, "{gap}[{here}]");
                section = here;
            }
            let value = (key.show)(&self.config);
            if explained {
                let _ = writeln!(out, "# {}", key.help);
                let _ = writeln!(out, "{name} = {value}");
            } else {
                let line = format!("{name} = {value}");
                let place = self.places.get(key.path).map_or_else(|| "default".to_owned(), Place::to_string);
                let _ = writeln!(out, "{line:<52} # {place}");
            }
        }
        out
    }

    fn show_properties(&self, out: &mut String, explained: bool) {
        let kafka = &self.config.kafka;
        let maps = [&kafka.properties, &kafka.consumer, &kafka.producer];
        for ((section, _, help), properties) in PROPERTY_SECTIONS.iter().zip(maps) {
            if properties.0.is_empty() && !explained {
                continue;
            }
            let _ = writeln!(out, "\n[{section}]");
            if explained {
                let _ = writeln!(out, "# {help}");
            }
            for (name, value) in &properties.0 {
                let value = if is_secret(name) { REDACTED } else { value };
                let line = format!("{} = {}", quote(name), quote(value));
                let place = self.places.get(&format!("{section}.{name}"));
                let _ = writeln!(out, "{line:<52} # {}", place.map_or_else(String::new, Place::to_string));
            }
        }
    }
}

/// The reference of all keys, `docs/reference/configuration.md`.
pub fn reference() -> String {
    let defaults = Config::default();
    let mut out = String::from(
        "# Configuration\n\n\
         Generated from the program's own table of keys; a test keeps it true.\n\n\
         A TOML file (`--config FILE` or `SAFIR_CONFIG`), over it the environment, over that the flags\n\
         (`--set pipeline.workers=4` sets any key). An unknown key, variable or value is an error that names its place.\n\
         `safir config check` tests a configuration, `safir config show` prints the result with the place that set each\n\
         value, `safir config show --explained` prints a commented file to begin with.\n\n\
         Sizes take a unit (`\"16MiB\"`), times too (`\"25s\"`, `\"500ms\"`). A variable that is set but empty counts as\n\
         not set.\n\n\
         | Key | Default | Environment | |\n| --- | --- | --- | --- |\n",
    );
    for key in KEYS {
        let alias = key.alias.map(|alias| format!("`{alias}`, ")).unwrap_or_default();
        let default = (key.show)(&defaults);
        let _ = writeln!(out, "| `{}` | `{default}` | {alias}`{}` | {} |", key.path, key.variable(), key.help);
    }
    out.push_str(
        "\n## librdkafka properties\n\n\
         Any property of [librdkafka](https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md) passes\n\
         through, except those that the delivery guarantee rests on, which are refused by name.\n\n\
         | Section | Environment | |\n| --- | --- | --- |\n",
    );
    for (section, _, help) in PROPERTY_SECTIONS {
        let prefix = section.to_ascii_uppercase().replace('.', "__");
        let _ = writeln!(out, "| `[{section}]` | `{PREFIX}{prefix}__SASL_USERNAME` sets `sasl.username` | {help} |");
    }
    out.push_str(
        "\nSecrets belong into the environment or a file that only Safir may read; on the command line they are refused. Values of properties whose names speak of passwords, secrets, tokens or\n\
         private keys are never shown or logged.\n",
    );
    out
}

//! `safir dlq`: looks at dead letters, and publishes them again.

use std::io::{self, IsTerminal, Write as _};
use std::time::Duration;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde_json::json;

use super::{Exit, KafkaFlags, OutputFormat};
use crate::kafka::{ArticlePublisher, EventReader, ReceivedRecord, Settings, Start};
use crate::pipeline::{Header, dead_letter_headers as headers};
use crate::render;

/// Look at dead letters, and publish them again
///
/// Reads without a consumer group and deletes nothing: nobody's offsets move.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(ListArgs),
    Replay(ReplayArgs),
}

/// Print dead letters: where they come from and why they were refused
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir dlq list --last 20
  safir dlq list --reason invalid_json,missing_body --value
  safir dlq list --format json | jq -r .reason | sort | uniq -c")]
struct ListArgs {
    #[command(flatten)]
    filter: FilterFlags,
    /// Begin so many dead letters before the end of each partition
    #[arg(long, value_name = "N")]
    last: Option<u32>,
    /// Stop after so many
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<u64>,
    /// Print the record as well; what is no text is shown as � and control characters as <U+001B>
    #[arg(long)]
    value: bool,
    /// How to print [default: text on a terminal, json elsewhere]
    #[arg(long, short, value_enum)]
    format: Option<OutputFormat>,
    #[command(flatten)]
    kafka: KafkaFlags,
}

/// Publish dead letters to the input topic again, as they were received
///
/// Key, value and headers are those of the article; the headers that tell why it was refused are left out, and
/// `safir-replayed` counts how many times it was published again. What is refused again becomes a new dead letter, which
/// is left alone by later replays unless --again is given. Dead letters stay in their topic: the summary says from when
/// on the next replay has to look.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir dlq replay --dry-run                              what would be published, by reason
  safir dlq replay --reason missing_body                  after input.fields.body was set right
  safir dlq replay --since 2026-11-24T08:00:00Z --limit 1000")]
struct ReplayArgs {
    #[command(flatten)]
    filter: FilterFlags,
    /// Publish at most so many
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<u64>,
    /// Publish nothing, only say what would be
    #[arg(long)]
    dry_run: bool,
    /// Publish also what was published again before and was refused again
    #[arg(long)]
    again: bool,
    /// No progress bar and no summary
    #[arg(long, short)]
    quiet: bool,
    /// How long to wait for the acknowledgement of the last record, in seconds
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
    #[command(flatten)]
    kafka: KafkaFlags,
}

#[derive(clap::Args)]
struct FilterFlags {
    /// Only letters with these reasons, comma-separated
    #[arg(long = "reason", value_delimiter = ',', value_name = "REASON")]
    reasons: Vec<String>,
    /// Only letters written at this time or later, RFC 3339
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
}

impl FilterFlags {
    fn accepts(&self, letter: &Letter<'_>) -> bool {
        let reason =
            self.reasons.is_empty() || self.reasons.iter().any(|reason| *reason == letter.text(headers::REASON));
        // The topic's own time, which a header cannot contradict.
        let time = self
            .since
            .is_none_or(|since| letter.0.timestamp_ms.is_none_or(|timestamp| timestamp >= since.as_millisecond()));
        reason && time
    }
}

/// Counts how many times a record was published again.
const REPLAYED: &str = "safir-replayed";
/// Begins the names of the headers that a dead letter has beside those of the article.
const ADDED: &str = "safir-dlq-";
/// How long to wait for the brokers to describe the topic.
const CONNECT: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(200);

/// A record of the dead letter topic. Anybody who can write to the input topic decides what stands in it.
struct Letter<'a>(&'a ReceivedRecord);

impl Letter<'_> {
    /// The last header of that name, as Kafka has it.
    fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.0.headers.iter().rev().find(|header| header.name == name)?.value.as_deref()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(self.bytes(name).unwrap_or_default()).into_owned()
    }

    fn replays(&self) -> u32 {
        self.text(REPLAYED).parse().unwrap_or(0)
    }

    /// The headers of the article, with one more replay counted.
    fn restored(&self) -> Vec<Header> {
        let own = |header: &&Header| !header.name.starts_with(ADDED) && header.name != REPLAYED;
        let count = Header::new(REPLAYED, self.replays().saturating_add(1).to_string().into_bytes());
        self.0.headers.iter().filter(own).cloned().chain([count]).collect()
    }

    fn line(&self, topic: &str, value: bool) -> String {
        let text = |name| render::clean(&self.text(name));
        let bytes = self.0.value.as_ref().map_or(0, Vec::len);
        let mut line = format!(
            "{topic}[{}]@{}  {}  {}[{}]@{}  {}  {bytes} bytes  {}\n",
            self.0.partition,
            self.0.offset,
            text(headers::REASON),
            text(headers::TOPIC),
            text(headers::PARTITION),
            text(headers::OFFSET),
            text(headers::TIME),
            text(headers::MESSAGE),
        );
        if value {
            line.push_str("  ");
            line.push_str(&render::clean(&String::from_utf8_lossy(self.0.value.as_deref().unwrap_or_default())));
            line.push('\n');
        }
        line
    }

    fn json(&self, value: bool) -> String {
        let lossy = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let mut object = json!({
            "partition": self.0.partition,
            "offset": self.0.offset,
            "reason": self.text(headers::REASON),
            "message": self.text(headers::MESSAGE),
            "sourceTopic": self.text(headers::TOPIC),
            "sourcePartition": self.text(headers::PARTITION),
            "sourceOffset": self.text(headers::OFFSET),
            "version": self.text(headers::VERSION),
            "time": self.text(headers::TIME),
            "replays": self.replays(),
            "key": lossy(&self.0.key),
            "bytes": self.0.value.as_ref().map(Vec::len),
        });
        if value {
            object["value"] = json!(lossy(&self.0.value));
        }
        escaped(&object.to_string()) + "\n"
    }
}

/// JSON leaves some control characters as they are; a terminal would obey them.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for char in json.chars() {
        let reorders = matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if char.is_control() || reorders {
            out.push_str(&format!("\\u{:04x}", u32::from(char)));
        } else {
            out.push(char);
        }
    }
    out
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    match args.command {
        Command::List(args) => list(&args),
        Command::Replay(args) => replay(&args),
    }
}

fn open(settings: &Settings, start: Start) -> anyhow::Result<EventReader> {
    Ok(EventReader::of_topic(settings, &settings.dead_letter_topic, start, CONNECT)?)
}

fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let settings = args.kafka.load()?.config.kafka();
    let format = OutputFormat::or_by_terminal(args.format);
    let mut reader = open(&settings, args.last.map_or(Start::Beginning, Start::Last))?;
    let mut printed = 0;
    while args.limit.is_none_or(|limit| printed < limit) {
        let Some(record) = reader.next(POLL)? else {
            if reader.at_end() {
                break;
            }
            continue;
        };
        let letter = Letter(&record);
        if !args.filter.accepts(&letter) {
            continue;
        }
        let text = match format {
            OutputFormat::Text => letter.line(&settings.dead_letter_topic, args.value),
            OutputFormat::Json => letter.json(args.value),
        };
        io::stdout().write_all(text.as_bytes())?;
        printed += 1;
    }
    Ok(Exit::Done)
}

fn replay(args: &ReplayArgs) -> anyhow::Result<Exit> {
    let settings = args.kafka.load()?.config.kafka();
    let began = Timestamp::now();
    let mut reader = open(&settings, Start::Beginning)?;
    let publisher = if args.dry_run { None } else { Some(ArticlePublisher::new(&settings)?) };
    let watched = !args.quiet && io::stderr().is_terminal();
    let bar = if watched { ProgressBar::new(reader.backlog()) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} read {eta} · {msg}")?);
    let mut chosen: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    let (mut total, mut left_out) = (0, 0);
    while args.limit.is_none_or(|limit| total < limit) {
        let Some(record) = reader.next(POLL)? else {
            if reader.at_end() {
                break;
            }
            continue;
        };
        bar.inc(1);
        let letter = Letter(&record);
        // What came to the topic after this began may be what this published.
        let new = record.timestamp_ms.is_some_and(|timestamp| timestamp > began.as_millisecond());
        if new || !args.filter.accepts(&letter) || (letter.replays() > 0 && !args.again) {
            left_out += 1;
            continue;
        }
        if let Some(publisher) = &publisher {
            publisher.publish_to(None, record.key.as_deref(), record.value.as_deref(), &letter.restored())?;
            bar.set_message(format!("{} acknowledged", publisher.delivered()));
        }
        *chosen.entry(letter.text(headers::REASON)).or_default() += 1;
        total += 1;
    }
    if let Some(publisher) = &publisher {
        publisher.flush(Duration::from_secs(args.timeout))?;
    }
    bar.finish_and_clear();
    if !args.quiet {
        let mut out = io::stderr();
        for (reason, count) in &chosen {
            writeln!(out, "{count:>10}  {}", render::clean(reason))?;
        }
        let (from, to) = (&settings.dead_letter_topic, &settings.input_topic);
        if args.dry_run {
            writeln!(out, "{total} records of {from} would be published to {to}, {left_out} left out")?;
        } else {
            writeln!(out, "{total} records of {from} published to {to}, {left_out} left out")?;
            writeln!(out, "they stay in {from}: look for later ones with --since {began}")?;
        }
    }
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(headers: Vec<Header>) -> ReceivedRecord {
        ReceivedRecord {
            partition: 0,
            offset: 3,
            timestamp_ms: Some(5),
            key: None,
            value: Some(vec![0x1b, b'[']),
            headers,
        }
    }

    #[test]
    fn what_was_received_is_restored_and_the_replay_is_counted() {
        let record = letter(vec![
            Header::new("trace", b"1".to_vec()),
            Header::new("safir-replayed", b"2".to_vec()),
            Header::new("safir-dlq-reason", b"panic".to_vec()),
        ]);
        let expected = [Header::new("trace", b"1".to_vec()), Header::new("safir-replayed", b"3".to_vec())];
        assert_eq!(Letter(&record).restored(), expected);
    }

    #[test]
    fn nothing_that_a_terminal_would_obey_is_printed() {
        let evil = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}";
        let record = letter(vec![Header::new("safir-dlq-reason", evil.as_bytes().to_vec())]);
        let letter = Letter(&record);
        for text in [letter.line("dlq", true), letter.json(true)] {
            let bad = text.trim_end().chars().find(|char| char.is_control() && *char != '\n' || *char == '\u{202e}');
            assert_eq!(bad, None, "{text:?}");
        }
        let json: serde_json::Value = serde_json::from_str(&letter.json(true)).expect("still JSON");
        assert_eq!(json["reason"], evil);
    }
}

//! `safir publish`: articles from files to the input topic.

use std::io::{self, IsTerminal, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::ProgressBar;

use super::extract::progress_bar;
use super::input::{self, Content, InputFormat, Record, Records};
use super::{Exit, KafkaFlags};
use crate::article::Article;
use crate::decode::{DecodeError, Decoder, Format};
use crate::kafka::ArticlePublisher;
use crate::record;

/// Publish articles from files to the input topic
///
/// The key of each record is the article's id, so that an article stays in its partition. An article that cannot be read
/// is named on stderr as `file:line: reason` and not published; the rest goes on and the exit code is 3.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir publish articles.jsonl --brokers localhost:9092
  safir publish news/                                     a directory of articles
  safir publish broken.jsonl --unchecked                  as it is, to see dead letters arise")]
pub(super) struct Args {
    /// Files, directories, or - for stdin
    #[arg(required = true, value_name = "FILE|-")]
    files: Vec<PathBuf>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    input: InputFormat,
    /// Publish also what cannot be read as an article, as it is and without a key
    #[arg(long)]
    unchecked: bool,
    /// No progress bar and no summary
    #[arg(long, short)]
    quiet: bool,
    /// How long to wait for the acknowledgement of the last article, in seconds
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
    #[command(flatten)]
    kafka: KafkaFlags,
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    let config = args.kafka.load()?.config;
    let settings = config.kafka();
    let sources = input::sources(&args.files, args.input)?;
    // Files hold JSON whatever the topic holds; the pointers of the configuration are for them.
    let decoder = Decoder::new(Format::Json, config.input.fields.clone(), config.input.max_bytes)?;
    let watched = !args.quiet && io::stderr().is_terminal();
    let bar = if watched { progress_bar(input::total_bytes(&sources)) } else { ProgressBar::hidden() };
    let publisher = ArticlePublisher::new(&settings)?;
    let mut bad = 0;
    for record in Records::new(sources, decoder.max_bytes()) {
        let record = record?;
        bar.inc(record.len() as u64);
        match value(&record, &decoder, config.input.format) {
            Ok((article, value)) => publisher.publish(Some(article.id.as_bytes()), &value)?,
            Err(error) => {
                match &record.content {
                    Content::Json(bytes) | Content::Text { bytes, .. } if args.unchecked => {
                        publisher.publish(None, bytes)?;
                        continue;
                    }
                    _ => {}
                }
                bad += 1;
                bar.suspend(|| writeln!(io::stderr(), "{}: {error}", record.place()))?;
            }
        }
        bar.set_message(format!("{} acknowledged", publisher.delivered()));
    }
    let delivered = publisher.flush(Duration::from_secs(args.timeout))?;
    bar.finish_and_clear();
    if !args.quiet {
        let topic = &settings.input_topic;
        writeln!(io::stderr(), "{delivered} records acknowledged by {topic}, {bad} bad articles left out")?;
    }
    Ok(if bad > 0 { Exit::BadInput } else { Exit::Done })
}

/// The article, and the value of its record in the format of the topic.
fn value(record: &Record, decoder: &Decoder, format: Format) -> Result<(Article, Vec<u8>), DecodeError> {
    let article = record.decode(decoder)?;
    let value = match (&record.content, format) {
        (_, Format::Protobuf) => record::encode_article(&article),
        // As received: the topic may have other readers, which want the fields that Safir does not know.
        (Content::Json(bytes), Format::Json) => bytes.trim_ascii().to_vec(),
        (_, Format::Json) => record::article_json(&article).into_bytes(),
    };
    Ok((article, value))
}

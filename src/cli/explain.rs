//! `safir explain`: which rule and which words made each event, and why other words made none.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use super::input::{self, InputFormat, Records};
use super::{ConfigFlags, Exit, LexiconFlag, UsageError};
use crate::article::Article;
use crate::decode::{self, Decoder};
use crate::extract::Extractor;
use crate::render::{clean, clean_lines, isolate};

/// Show which rule and which words made each event, and why the other words that could have made one did not
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir explain article.txt
  safir explain --text 'Foreign Minister Elina Valtonen of Finland arrived in Ottawa on Monday.' --date 2031-03-04
  sed -n 17p articles.jsonl | safir explain -")]
pub(super) struct Args {
    /// Files, directories, or - for stdin
    #[arg(value_name = "FILE|-", required_unless_present = "text", conflicts_with = "text")]
    files: Vec<PathBuf>,
    /// The body of an article, instead of files
    #[arg(long, short)]
    text: Option<String>,
    /// Its headline
    #[arg(long, requires = "text", default_value = "")]
    title: String,
    /// Its language [default: detected]
    #[arg(long, requires = "text", default_value = "")]
    language: String,
    /// Its date of publication, which relative dates are resolved against
    #[arg(long, requires = "text")]
    date: Option<String>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    input: InputFormat,
    #[command(flatten)]
    lexicon: LexiconFlag,
    #[command(flatten)]
    config: ConfigFlags,
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    let config = args.config.load_with(args.lexicon.setting().into_iter().collect())?.config;
    let decoder = config.decoder()?;
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(text) = &args.text {
        let article = given(text, &args)?;
        write!(out, "{}", clean_lines(&config.extractor()?.explain(&article)))?;
        out.flush()?;
        return Ok(Exit::Done);
    }
    let sources = input::sources(&args.files, args.input)?;
    let extractor = config.extractor()?;
    let exit = explain_all(Records::new(sources, decoder.max_bytes()), &decoder, &extractor, &mut out)?;
    out.flush()?;
    Ok(exit)
}

fn explain_all(
    records: Records,
    decoder: &Decoder,
    extractor: &Extractor,
    out: &mut impl io::Write,
) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    for (number, record) in records.enumerate() {
        let record = record?;
        match record.decode(decoder) {
            Ok(article) => {
                let gap = if number == 0 { "" } else { "\n" };
                let heading = [clean(&article.id), isolate(&clean(&article.title))].join(" ");
                writeln!(out, "{gap}# {}: {}", record.place(), heading.trim_end())?;
                write!(out, "{}", clean_lines(&extractor.explain(&article)))?;
            }
            Err(error) => {
                out.flush()?;
                writeln!(io::stderr(), "{}: {error}", record.place())?;
                exit = Exit::BadInput;
            }
        }
    }
    Ok(exit)
}

fn given(text: &str, args: &Args) -> Result<Article, UsageError> {
    if text.trim().is_empty() {
        return Err(UsageError("--text is empty".to_owned()));
    }
    let published = match &args.date {
        None => None,
        Some(date) => Some(decode::parse_date(date.trim()).ok_or_else(|| {
            UsageError(format!("--date is {date:?}, neither an RFC 3339 date or date-time nor an RFC 2822 date"))
        })?),
    };
    Ok(Article {
        id: decode::content_id(&args.title, text, ""),
        title: args.title.clone(),
        body: text.to_owned(),
        language: decode::language_code(&args.language),
        published,
        ..Article::default()
    })
}

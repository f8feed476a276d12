//! `safir extract`: events from files, without Kafka.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use crossbeam_channel::bounded;
use indicatif::{ProgressBar, ProgressStyle};

use super::input::{self, InputFormat, Record, Records};
use super::{ColourChoice, ConfigFlags, Exit, LexiconFlag, OutputFormat, width};
use crate::article::Article;
use crate::decode::Decoder;
use crate::extract::{Extraction, Extractor};
use crate::record;
use crate::render::{Heading, Renderer};

/// Extract events from files, without Kafka
///
/// Reads JSON lines, JSON documents, plain text and HTML files (one article each, its id is the file's name),
/// directories of these, or stdin (`-`). Writes events in the order of the input. An article that cannot be read is
/// named on stderr as `file:line: reason`; the rest goes on and the exit code is 3.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir extract articles.jsonl                      readable events on the terminal
  safir extract articles.jsonl > events.jsonl       one event a line, JSON (proto3 mapping)
  safir extract news/ --format json | jq .type      a directory of articles
  safir extract news/ --lexicon ours                with words and actors of your own
  curl -s $FEED | safir extract - --set input.fields.body=/data/text")]
pub(super) struct Args {
    /// Files, directories, or - for stdin
    #[arg(required = true, value_name = "FILE|-")]
    files: Vec<PathBuf>,
    /// How to print events [default: text on a terminal, json elsewhere]
    #[arg(long, short, value_enum)]
    format: Option<OutputFormat>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    input: InputFormat,
    /// Threads that extract; 0 means one per core
    #[arg(long, short, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// No progress bar and no summary
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    lexicon: LexiconFlag,
    #[command(flatten)]
    config: ConfigFlags,
}

/// Articles handed to a thread at a time: enough to make the hand-over cheap, few enough to keep all threads busy and to
/// leave the processor's cache to the language data.
const BATCH_RECORDS: usize = 16;
/// In bytes; bounds memory together with [`BATCHES_PER_THREAD`].
const BATCH_BYTES: usize = 64 * 1024;
/// Batches inside the program at a time, for each thread: being read, extracted, or waiting for an earlier one.
const BATCHES_PER_THREAD: usize = 4;

pub(super) fn run(args: Args, colour: ColourChoice) -> anyhow::Result<Exit> {
    let config = args.config.load_with(args.lexicon.setting().into_iter().collect())?.config;
    let decoder = config.decoder()?;
    let sources = input::sources(&args.files, args.input)?;
    let total = input::total_bytes(&sources);
    let format = OutputFormat::or_by_terminal(args.format);
    let extractor = config.extractor()?;
    let job = Job { decoder, extractor, format, min_confidence: config.extract.min_confidence };
    let threads = match args.threads {
        0 => thread::available_parallelism().map_or(1, |cores| cores.get()),
        threads => threads.min(1024),
    };

    // Stdout is a terminal: the events themselves show the progress, and a bar would be drawn through them.
    let watched = !args.quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
    let bar = if watched { progress_bar(total) } else { ProgressBar::hidden() };
    let started = Instant::now();
    let mut writer = Writer {
        out: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
        renderer: Renderer::new(colour.on(io::stdout().is_terminal()), width()),
        bar: bar.clone(),
        totals: Totals::default(),
    };
    let mut failure = None;
    let batches = Batches { records: Records::new(sources, job.decoder.max_bytes()), failure: &mut failure };
    in_order(batches, threads, |batch| job.work(batch), |done| writer.write(done))?;
    writer.out.flush()?;
    // The process is about to end, which gives the language data back faster than piece by piece.
    std::mem::forget(job);
    let totals = writer.totals;
    bar.finish_and_clear();
    if let Some(failure) = failure {
        return Err(failure);
    }
    if watched {
        let seconds = started.elapsed().as_secs_f64();
        let rate = totals.bytes as f64 / 1e6 / seconds.max(1e-9);
        let line = format!(
            "{} articles, {} events, {} bad, {seconds:.1} s, {rate:.1} MB/s",
            totals.articles, totals.events, totals.bad
        );
        writeln!(io::stderr(), "{line}")?;
    }
    Ok(if totals.bad > 0 { Exit::BadInput } else { Exit::Done })
}

/// A bar over the bytes to read; a counter when their number is unknown.
pub(super) fn progress_bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => {
            (ProgressBar::new(total), "{wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta} · {msg}")
        }
        None => (ProgressBar::new_spinner(), "{spinner} {bytes} {binary_bytes_per_sec} · {msg}"),
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What every thread shares.
struct Job {
    decoder: Decoder,
    extractor: Extractor,
    format: OutputFormat,
    min_confidence: f64,
}

/// The outcome of a batch.
#[derive(Default)]
struct Done {
    output: Output,
    /// Lines for stderr.
    problems: Vec<String>,
    totals: Totals,
}

enum Output {
    Json(Vec<u8>),
    /// Rendered where the order is known: the heading depends on the event before.
    Text(Vec<(Article, Extraction)>),
}

impl Default for Output {
    fn default() -> Self {
        Self::Json(Vec::new())
    }
}

#[derive(Clone, Copy, Default)]
struct Totals {
    articles: u64,
    events: u64,
    bad: u64,
    bytes: u64,
}

impl Job {
    fn work(&self, batch: Vec<Record>) -> Done {
        let mut done = Done::default();
        // Events often take twice the bytes of their articles.
        let bytes: usize = batch.iter().map(Record::len).sum();
        let mut lines = Vec::with_capacity(if self.format == OutputFormat::Json { 3 * bytes } else { 0 });
        let mut stories = Vec::new();
        for record in batch {
            done.totals.bytes += record.len() as u64;
            let article = match record.decode(&self.decoder) {
                Ok(article) => article,
                Err(error) => {
                    done.totals.bad += 1;
                    done.problems.push(format!("{}: {error}", record.place()));
                    continue;
                }
            };
            // A bug met by one article must not cost the others.
            let extraction = match catch_unwind(AssertUnwindSafe(|| self.extractor.extract(&article))) {
                Ok(extraction) => extraction,
                Err(_) => {
                    done.totals.bad += 1;
                    let id = crate::render::clean(&article.id);
                    done.problems.push(format!("{}: internal error while reading article {id}", record.place()));
                    continue;
                }
            };
            done.totals.articles += 1;
            let kept = |event: &&crate::event::Event| event.confidence >= self.min_confidence;
            done.totals.events += extraction.events.iter().filter(kept).count() as u64;
            match self.format {
                OutputFormat::Json => {
                    for event in extraction.events.iter().filter(kept) {
                        let version = self.extractor.lexicon_version();
                        record::write_json(event, &article, &extraction.language, None, version, &mut lines);
                        lines.push(b'\n');
                    }
                }
                OutputFormat::Text => {
                    let events = extraction.events.iter().filter(kept).cloned().collect();
                    stories.push((article, Extraction { events, ..extraction }));
                }
            }
        }
        done.output = match self.format {
            OutputFormat::Json => Output::Json(lines),
            OutputFormat::Text => Output::Text(stories),
        };
        done
    }
}

struct Writer<'a> {
    out: BufWriter<io::StdoutLock<'a>>,
    renderer: Renderer,
    bar: ProgressBar,
    totals: Totals,
}

impl Writer<'_> {
    fn write(&mut self, done: Done) -> io::Result<()> {
        match done.output {
            Output::Json(lines) => self.out.write_all(&lines)?,
            Output::Text(stories) => {
                for (article, extraction) in stories {
                    self.story(&article, &extraction)?;
                }
            }
        }
        if !done.problems.is_empty() {
            // What was written before the bad record comes before its message, also where both go to one terminal.
            self.out.flush()?;
            self.bar.suspend(|| done.problems.iter().try_for_each(|line| writeln!(io::stderr(), "{line}")))?;
        }
        let (all, more) = (&mut self.totals, done.totals);
        all.articles += more.articles;
        all.events += more.events;
        all.bad += more.bad;
        all.bytes += more.bytes;
        self.bar.set_position(all.bytes);
        self.bar.set_message(format!("{} articles, {} events", all.articles, all.events));
        Ok(())
    }

    fn story(&mut self, article: &Article, extraction: &Extraction) -> io::Result<()> {
        for event in &extraction.events {
            let record = record::build(event, article, &extraction.language, None, "");
            self.out.write_all(self.renderer.event(&record::read(&record)).as_bytes())?;
        }
        if extraction.events.is_empty() {
            let heading = Heading {
                id: &article.id,
                title: &article.title,
                source: &article.source,
                published_at: article.published.as_ref().map_or("", |published| &published.rfc3339),
                language: &extraction.language,
            };
            let note = if extraction.language_supported {
                "no events".to_owned()
            } else {
                format!(
                    "no events: Safir does not read the language \"{}\"",
                    crate::render::clean(&extraction.language)
                )
            };
            let text = self.renderer.heading(&heading) + &self.renderer.note(&note);
            self.out.write_all(text.as_bytes())?;
        }
        Ok(())
    }
}

/// Groups records; stops at a source that cannot be read and leaves the reason in `failure`.
struct Batches<'a> {
    records: Records,
    failure: &'a mut Option<anyhow::Error>,
}

impl Iterator for Batches<'_> {
    type Item = Vec<Record>;

    fn next(&mut self) -> Option<Vec<Record>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH_RECORDS && bytes < BATCH_BYTES {
            match self.records.next() {
                Some(Ok(record)) => {
                    bytes += record.len();
                    batch.push(record);
                }
                Some(Err(error)) => *self.failure = Some(error),
                None => break,
            }
        }
        (!batch.is_empty()).then_some(batch)
    }
}

/// Works on items in `threads` threads and consumes the results in the order of the items. At most
/// [`BATCHES_PER_THREAD`] items for each thread are alive at a time, whatever the speeds of reader, threads and
/// consumer. With one thread everything happens in the caller's.
fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut consume: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    if threads <= 1 {
        return items.map(work).try_for_each(consume);
    }
    let alive = threads * BATCHES_PER_THREAD;
    let (permit, permits) = bounded(alive);
    let (give, take) = bounded(alive);
    let (finish, finished) = bounded(alive);
    for _ in 0..alive {
        // There is room for exactly so many.
        let _ = permit.try_send(());
    }
    thread::scope(|scope| {
        // Owned here, so that it is dropped when the consumer fails: that is what ends the reader.
        let permit = permit;
        scope.spawn(move || {
            let mut items = items.enumerate();
            // Ends when there are no more items, or when the consumer failed and dropped its end.
            while permits.recv().is_ok() {
                let Some(item) = items.next() else { break };
                if give.send(item).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            let (take, finish, work) = (take.clone(), finish.clone(), &work);
            scope.spawn(move || {
                for (number, item) in take {
                    if finish.send((number, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop((take, finish));
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, result) in finished {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                consume(result)?;
                next += 1;
                // The reader may be gone already.
                let _ = permit.try_send(());
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_the_threads_do() {
        for threads in [1, 2, 7] {
            let mut found = Vec::new();
            let work = |number: u64| {
                thread::sleep(Duration::from_micros(number * 7919 % 300));
                number
            };
            in_order(0..200, threads, work, |number| {
                found.push(number);
                Ok(())
            })
            .unwrap();
            assert_eq!(found, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_items_are_alive_than_allowed_however_slow_the_consumer() {
        let alive = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let items = (0..300).inspect(|_| {
            let now = alive.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
        });
        in_order(
            items,
            3,
            |item| item,
            |_| {
                thread::sleep(Duration::from_micros(200));
                alive.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        )
        .unwrap();
        assert!(most.load(Ordering::SeqCst) <= 3 * BATCHES_PER_THREAD);
    }

    #[test]
    fn a_consumer_that_fails_ends_the_work() {
        for threads in [1, 4] {
            let outcome = in_order(
                0_u64..,
                threads,
                |item| item,
                |item| {
                    if item == 50 { Err(io::Error::from(io::ErrorKind::BrokenPipe)) } else { Ok(()) }
                },
            );
            assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        }
    }
}

//! How fast extraction is, on one core: MB/s and articles/s over Arabic and English articles of 10 KB, 100 KB and 1 MB,
//! made of our own samples repeated, and over the samples as they are.
//!
//! `SAFIR_BENCH_ARTICLES`: a file of JSON lines that is read too. A megabyte is 10^6 bytes of title and body.
//!
//! Criterion's figures are followed by a summary in processor time, which other work on the machine disturbs less: each
//! input against a baseline measured in the same run, in turns with it, which only splits the text at white space and
//! looks the words up in a table of all that occur. The ratio travels from machine to machine where the rate does
//! not; the last column is the rate at 1 MB over the rate at 10 KB, 1 where the cost is linear. Start-up, the compiling of
//! all language data on one thread after the other, stands below.

use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use rustc_hash::{FxHashMap, FxHasher};
use rustix::time::{ClockId, clock_gettime};
use safir::article::Article;
use safir::decode::Decoder;
use safir::extract::Extractor;
use safir::extract::doc::Doc;
use safir::text::Kind;

const SIZES: [(&str, usize); 3] = [("10KB", 10_000), ("100KB", 100_000), ("1MB", 1_000_000)];
/// How long each input of the summary is measured, in processor time.
const SUMMARY: Duration = Duration::from_secs(1);

/// Articles under a name.
struct Input {
    name: String,
    articles: Vec<Article>,
}

impl Input {
    fn bytes(&self) -> u64 {
        self.articles.iter().map(|article| (article.title.len() + article.body.len()) as u64).sum()
    }
}

fn main() {
    let test = std::env::args().any(|argument| argument == "--test" || argument == "--list");
    let extractor = Extractor::embedded().expect("the embedded languages are sound");
    let inputs = inputs();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("extract");
    for input in &inputs {
        group.throughput(Throughput::Bytes(input.bytes()));
        group.sample_size(if input.bytes() > 500_000 { 10 } else { 30 });
        group.bench_with_input(BenchmarkId::from_parameter(&input.name), input, |bencher, input| {
            bencher.iter(|| extract(&extractor, input));
        });
    }
    group.finish();
    criterion.final_summary();
    // Under `cargo test --benches` each is run once and nothing is measured.
    if !test {
        println!("{}", summary(&extractor, &inputs));
    }
}

fn extract(extractor: &Extractor, input: &Input) -> usize {
    input.articles.iter().map(|article| black_box(extractor.extract(article)).events.len()).sum()
}

/// Every word of the articles as it stands between white space, with a number.
fn words(input: &Input) -> FxHashMap<u64, u32> {
    let mut words = FxHashMap::default();
    for word in input.articles.iter().flat_map(|a| a.title.split_whitespace().chain(a.body.split_whitespace())) {
        let next = words.len() as u32;
        words.entry(hash(word)).or_insert(next);
    }
    words
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

/// What reading a text and looking its words up costs at the very least.
fn split_and_look_up(input: &Input, words: &FxHashMap<u64, u32>) -> u64 {
    let mut sum = 0u64;
    for article in &input.articles {
        for word in article.title.split_whitespace().chain(article.body.split_whitespace()) {
            sum = sum.wrapping_add(u64::from(words.get(&hash(word)).copied().unwrap_or_default()));
        }
    }
    sum
}

/// How many sentences with a word in them the articles have.
fn sentences(extractor: &Extractor, input: &Input) -> usize {
    let mut count = 0;
    for article in &input.articles {
        let code = extractor.extract(article).language;
        let Some(language) = extractor.languages().find(|l| l.lexicon.spec.code == code) else { continue };
        let mut doc = Doc::default();
        doc.read(&article.title, &article.body, &language.lexicon);
        count += doc.sentences.iter().filter(|s| (s.first..=s.last).any(|i| doc.kind(i) == Kind::Word)).count();
    }
    count
}

/// What this thread has used of a processor.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

fn summary(extractor: &Extractor, inputs: &[Input]) -> String {
    let mut out = format!(
        "{:<14} {:>9} {:>10} {:>12} {:>12} {:>9} {:>9} {:>8} {:>8}\n",
        "input", "articles", "MB", "articles/s", "sentences/s", "MB/s", "baseline", "ratio", "1MB/10KB"
    );
    let mut at_10_kb = 0.0;
    for input in inputs {
        let (mut own, mut base) = (Duration::ZERO, Duration::ZERO);
        let words = words(input);
        let sentences = sentences(extractor, input) as f64;
        let mut rounds = 0u32;
        while own < SUMMARY || rounds < 3 {
            let start = processor_time();
            black_box(extract(extractor, black_box(input)));
            own += processor_time().saturating_sub(start);
            rounds += 1;
            let start = processor_time();
            black_box(split_and_look_up(black_box(input), &words));
            base += processor_time().saturating_sub(start);
        }
        let mb = input.bytes() as f64 / 1e6;
        let rate = mb * f64::from(rounds) / own.as_secs_f64();
        let base_rate = mb * f64::from(rounds) / base.as_secs_f64();
        let articles = input.articles.len() as f64 * f64::from(rounds) / own.as_secs_f64();
        let sentences = sentences * f64::from(rounds) / own.as_secs_f64();
        let linear = if input.name.ends_with("/10KB") {
            at_10_kb = rate;
            String::new()
        } else if input.name.ends_with("/1MB") && at_10_kb > 0.0 {
            format!("{:.2}", rate / at_10_kb)
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "{:<14} {:>9} {mb:>10.3} {articles:>12.1} {sentences:>12.0} {rate:>9.1} {base_rate:>9.1} {:>8.4} {linear:>8}",
            input.name,
            input.articles.len(),
            rate / base_rate,
        );
    }
    let _ = writeln!(out, "start-up: {:.0} ms of processor time", start_up().as_secs_f64() * 1e3);
    out
}

/// The least of five: the first one reads the program's data from disk.
fn start_up() -> Duration {
    let of_process = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
    };
    let once = || {
        let start = of_process();
        black_box(Extractor::embedded().expect("the embedded languages are sound"));
        of_process().saturating_sub(start)
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}

fn inputs() -> Vec<Input> {
    let decoder = Decoder::default();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut inputs = Vec::new();
    for language in ["ar", "en"] {
        let mut files: Vec<_> = std::fs::read_dir(samples.join(language))
            .expect("samples/ is there")
            .map(|entry| entry.expect("samples/ is readable").path())
            .collect();
        files.sort();
        let articles: Vec<Article> = files
            .iter()
            .map(|file| {
                let bytes = std::fs::read(file).expect("a sample is readable");
                decoder.decode(&bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
            })
            .collect();
        for (size, bytes) in SIZES {
            let articles = vec![grown(&articles, bytes)];
            inputs.push(Input { name: format!("{language}/{size}"), articles });
        }
        inputs.push(Input { name: format!("{language}/samples"), articles });
    }
    if let Ok(path) = std::env::var("SAFIR_BENCH_ARTICLES") {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let articles: Vec<Article> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
            .map(|(number, line)| {
                decoder.decode(line.as_bytes()).unwrap_or_else(|error| panic!("{path}:{}: {error}", number + 1))
            })
            .collect();
        inputs.push(Input { name: "file".to_owned(), articles });
    }
    inputs
}

/// One article of about `bytes` bytes: the bodies of all, again and again, cut at a word.
fn grown(articles: &[Article], bytes: usize) -> Article {
    let mut body = String::with_capacity(bytes + 4096);
    for article in articles.iter().cycle() {
        if body.len() >= bytes {
            break;
        }
        body.push_str(&article.body);
        body.push_str("\n\n");
    }
    while body.len() > bytes {
        let Some(cut) = body.trim_end().rfind(char::is_whitespace) else { break };
        body.truncate(cut);
    }
    Article { body, ..articles[0].clone() }
}

//! Any bytes are an allowed input: the outcome is an article or a named error, never a panic, and in time.
//!
//! `a_long_run_of_bad_input_...` makes its inputs from a seed: a few thousand by default, a million with
//!
//! ```sh
//! SAFIR_BAD_INPUTS=1000000 cargo test --release --test bad_input a_long_run -- --nocapture
//! ```
//!
//! `SAFIR_BAD_SEED` begins elsewhere; an input that fails is named by its number, and is made from it alone.

#[path = "support/dice.rs"]
mod dice;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dice::{Dice, number};
use proptest::prelude::*;
use rustix::time::{ClockId, clock_gettime};
use safir::article::Article;
use safir::decode::{DecodeError, Decoder, Fields, Format, parse_date};
use safir::event::Span;
use safir::extract::{Extraction, Extractor};
use safir::lexicon::source::Dictionary;
use safir::record;
use safir::render::Renderer;

fn decoders() -> Vec<Decoder> {
    let deep = Fields { body: vec!["/a/0/b".into(), "/body".into()], ..Fields::default() };
    vec![
        Decoder::default(),
        Decoder::new(Format::Json, deep, 1 << 20).unwrap(),
        Decoder::new(Format::Protobuf, Fields::default(), 1 << 20).unwrap(),
    ]
}

/// Decodes, and takes what was an article all the way to its records and to the screen.
fn survive(extractor: &Extractor, bytes: &[u8]) {
    for decoder in decoders() {
        match decoder.decode(bytes) {
            Err(error) => {
                assert!(DecodeError::REASONS.contains(&error.reason()));
                let message = error.to_string();
                assert!(!message.is_empty() && message.len() < 1000, "{message}");
                assert!(!message.ends_with('.'), "{message}");
            }
            Ok(article) => {
                assert!(!article.id.is_empty() && !article.body.trim().is_empty());
                let extraction = extractor.extract(&article);
                spans_slice(&extraction, &article);
                for event in &extraction.events {
                    let version = extractor.lexicon_version();
                    let bytes = record::encode(event, &article, &extraction.language, None, version);
                    let read = record::decode_event(&bytes).unwrap();
                    let json = record::to_json(event, &article, &extraction.language, None, version);
                    assert_eq!(record::event_from_json(&json).unwrap(), read);
                    let shown = Renderer::new(false, 80).event(&record::read(&read));
                    assert!(shown.chars().all(|char| !char.is_control() || char == '\n'));
                }
            }
        }
    }
}

/// Every span of every event is a slice of the text as received: on borders of characters, and not empty.
fn spans_slice(extraction: &Extraction, article: &Article) {
    for event in &extraction.events {
        let mut spans: Vec<Span> = vec![event.sentence];
        spans.extend(event.participants.iter().map(|one| one.mention));
        spans.extend(event.participants.iter().filter_map(|one| one.resolved_from));
        spans.extend(event.place.iter().map(|place| place.mention));
        spans.extend(event.time.iter().map(|time| time.mention));
        spans.extend(event.content.iter().chain(&event.quotes).chain(&event.mentions).chain(&event.via));
        for span in spans {
            assert!(span.start < span.end && !span.of(article).is_empty(), "{span:?} is no slice");
        }
    }
}

/// JSON that looks like articles, with every kind of value in every place.
fn json_like() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[a-z\\u{0600}-\\u{06ff}\\u{200e}-\\u{202e}\\u{2066}-\\u{2069}<>&;\"« ]{0,60}".prop_map(Into::into),
        Just("2031-03-04".into()),
        Just("Tue, 04 Mar 2031 10:00:00 +0300".into()),
    ];
    let keys = prop_oneof![
        Just("id"),
        Just("guid"),
        Just("title"),
        Just("body"),
        Just("content"),
        Just("language"),
        Just("published_at"),
        Just("date"),
        Just("source"),
        Just("name"),
        Just("url"),
        Just("a"),
        Just("b"),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|pairs| {
                let map: serde_json::Map<_, _> =
                    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
                serde_json::Value::Object(map)
            }),
        ]
    })
}

fn cut_and_spoiled(bytes: &[u8], cut: usize, at: usize, with: u8) -> Vec<u8> {
    let mut bytes = bytes[..cut.min(bytes.len())].to_vec();
    if let Some(byte) = bytes.get_mut(at) {
        *byte = with;
    }
    bytes
}

#[test]
fn any_bytes_give_an_article_or_a_named_error() {
    let extractor = Extractor::embedded().unwrap();
    proptest!(ProptestConfig::with_cases(300), |(bytes in prop::collection::vec(any::<u8>(), 0..400))| {
        survive(&extractor, &bytes);
    });
}

#[test]
fn any_json_gives_an_article_or_a_named_error() {
    let extractor = Extractor::embedded().unwrap();
    proptest!(ProptestConfig::with_cases(300), |(json in json_like())| {
        survive(&extractor, json.to_string().as_bytes());
    });
}

#[test]
fn a_sample_cut_or_spoiled_anywhere_gives_an_article_or_a_named_error() {
    let extractor = Extractor::embedded().unwrap();
    let sample = include_bytes!("../samples/ar/gulf-of-aden-summit.json");
    let message = record::encode_article(&Decoder::default().decode(sample).unwrap());
    let size = sample.len();
    proptest!(ProptestConfig::with_cases(150), |(cut in 0..size + 1, at in 0..size, with: u8)| {
        survive(&extractor, &cut_and_spoiled(sample, cut, at, with));
        survive(&extractor, &cut_and_spoiled(&message, cut, at, with));
    });
}

#[test]
fn any_text_is_a_body_that_extraction_survives() {
    let extractor = Extractor::embedded().unwrap();
    let words = prop::sample::select(vec![
        "التقى",
        "وزير",
        "الخارجية",
        "العراقي",
        "قال",
        "«",
        "»",
        "\"",
        "إن",
        "زيارة",
        "&nbsp;",
        "<p>",
        "&#",
        "</",
        "،",
        ".",
        "\u{202e}",
        "\u{0}",
        "\u{feff}",
        "met",
        "President",
        "said",
        "that",
        "“",
        "”",
        "will",
        "not",
        "visit",
        "الـ",
        "و",
        "\n",
        "2031",
        "٢٠٣١",
        "🕊",
        "e\u{301}",
        "ﷺ",
    ]);
    proptest!(ProptestConfig::with_cases(300), |(words in prop::collection::vec(words, 1..60), apart: bool)| {
        let body = words.join(if apart { " " } else { "" });
        let json = serde_json::json!({ "body": body, "title": body }).to_string();
        survive(&extractor, json.as_bytes());
    });
}

#[test]
fn a_mark_that_joins_the_letter_before_it_is_survived_in_every_language() {
    let extractor = Extractor::embedded().unwrap();
    for language in extractor.languages().map(|language| language.lexicon.spec.code.clone()) {
        let json =
            serde_json::json!({ "body": "قالmete\u{301} met e\u{301}\u{301}", "language": language }).to_string();
        survive(&extractor, json.as_bytes());
    }
}

#[test]
fn any_text_is_a_date_or_none() {
    proptest!(|(text: String)| { let _ = parse_date(&text); });
    proptest!(|(text in "[0-9T:+Z. -]{0,30}")| {
        if let Some(published) = parse_date(&text) {
            // What is handed on is read back as the same.
            prop_assert_eq!(parse_date(&published.rfc3339), Some(published));
        }
    });
}

#[test]
fn a_body_of_10_mb_is_refused_by_default_and_read_when_allowed() {
    let body = "قال الوزير إن الأمر بخير. ".repeat(220_000);
    let json = serde_json::json!({ "id": "big", "body": body }).to_string();
    assert!(json.len() > 9_500_000);
    assert_eq!(Decoder::default().decode(json.as_bytes()).unwrap_err().reason(), "too_large");
    let decoder = Decoder::new(Format::Json, Fields::default(), 16 << 20).unwrap();
    assert_eq!(decoder.decode(json.as_bytes()).unwrap().body, body);
}

#[test]
fn any_bytes_on_the_output_topic_are_an_event_or_a_named_error() {
    proptest!(|(bytes in prop::collection::vec(any::<u8>(), 0..300))| {
        if let Ok(event) = record::decode_event(&bytes) {
            let _ = record::json_of(&event);
            let _ = Renderer::new(true, 80).event(&record::read(&event));
        }
    });
}

const CLITICS: &[&str] = &["و", "ف", "ب", "ك", "ل", "ال", "س", "لل", "وال", "بال"];
const STEMS: &[&str] = &["قال", "وزير", "الرئيس", "زيارة", "لقاء", "بغداد", "التقى", "الخارجية", "عمان", "هم"];
const MARKS: &[&str] =
    &["\u{64b}", "\u{64e}", "\u{651}", "\u{670}", "\u{301}", "\u{20dd}", "\u{200d}", "\u{202e}", "\u{2066}", "\u{640}"];
const QUOTES: &[&str] = &["«", "»", "“", "”", "\"", "'", "‘", "’", "(", ")", "„"];
const TRIGGERS: &[&str] = &[
    "التقى",
    "زار",
    "قال",
    "أعلن",
    "اجتمع",
    "استقبل",
    "met",
    "visited",
    "said",
    "told",
    "will visit",
    "talks with",
    "according to",
];
const NAMES: &[&str] = &[
    "الرئيس الفرنسي بول مارتان",
    "وزير الخارجية العراقي",
    "Chilean President Tomas Alvarado",
    "the Polish foreign minister",
    "Lisbon",
    "بغداد",
    "he",
    "هو",
];

/// A text that makes some stage work hard, of about so many bytes.
fn adversarial(kind: usize, size: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(size + 64);
    let trigger = dice.pick(TRIGGERS);
    while text.len() < size {
        match kind {
            // Clitics without end, before a stem that never comes or comes late.
            0 => {
                text.push_str(dice.pick(CLITICS));
                if dice.below(40) == 0 {
                    text.push_str(dice.pick(STEMS));
                    text.push(' ');
                }
            }
            // Quotations inside quotations that nobody closes.
            1 => {
                text.push_str(dice.pick(QUOTES));
                if dice.below(3) == 0 {
                    text.push_str(dice.pick(STEMS));
                    text.push(' ');
                }
            }
            // One sentence without an end.
            2 => {
                text.push_str(if dice.below(4) == 0 { dice.pick(TRIGGERS) } else { dice.pick(NAMES) });
                text.push_str(dice.pick(&[" ", "، ", " و", ", ", " and "]));
            }
            // The same trigger again and again.
            3 => {
                text.push_str(trigger);
                text.push(' ');
            }
            // Marks on marks.
            4 => {
                text.push_str(dice.pick(STEMS));
                for _ in 0..dice.below(200) {
                    text.push_str(dice.pick(MARKS));
                }
            }
            // Markup that does not close, references that are none.
            5 => {
                text.push_str(dice.pick(&["<", "<p", "</", "&", "&#", "&#x1F54A;", "&nbsp", ">", "=\"", "<!--", "x "]))
            }
            // One word.
            6 => text.push_str(dice.pick(&["ا", "ب", "a", "ة"])),
            // Names in a row: everybody may be anybody.
            7 => {
                text.push_str(dice.pick(NAMES));
                text.push_str(dice.pick(&[" ", ". ", "\n", " و"]));
            }
            // Many small sentences, each with an event to be merged with all others.
            _ => {
                text.push_str(dice.pick(NAMES));
                text.push(' ');
                text.push_str(dice.pick(TRIGGERS));
                text.push(' ');
                text.push_str(dice.pick(NAMES));
                text.push_str(". ");
            }
        }
    }
    text
}

const KINDS: usize = 9;

fn samples() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<_> = ["ar", "en"]
        .iter()
        .flat_map(|language| std::fs::read_dir(folder.join(language)).expect("samples/ is there"))
        .map(|entry| entry.expect("samples/ is readable").path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a sample is readable")).collect()
}

fn mutated(samples: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = samples[dice.below(samples.len())].clone();
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len());
        match dice.below(7) {
            0 => bytes[at] = dice.roll() as u8,
            1 => bytes.truncate(at),
            2 => {
                let other = &samples[dice.below(samples.len())];
                let from = dice.below(other.len());
                let piece = other[from..(from + dice.below(300)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => {
                bytes.drain(at..(at + dice.below(200)).min(bytes.len()));
            }
            4 => {
                let piece = bytes[at..(at + dice.below(400)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece.repeat(1 + dice.below(5)));
            }
            // Inside a text, so that the rest stays an article.
            5 => {
                let size = dice.below(400);
                let kind = dice.below(KINDS);
                let text = adversarial(kind, size, dice).replace(['"', '\\', '\n'], " ");
                let text = text.into_bytes();
                let at = (at..bytes.len()).find(|at| bytes[*at] == b' ').unwrap_or(at);
                bytes.splice(at..at, text);
            }
            _ => {
                let piece =
                    dice.pick(&["\u{0}", "\u{202e}", "&#0;", "\\u0000", "\\ud800", "}", "\"", "\u{feff}", "null"]);
                bytes.splice(at..at, piece.bytes());
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// The input of a number: the same for the same number.
fn input(samples: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut dice = Dice(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    match dice.below(10) {
        0..=4 => mutated(samples, &mut dice),
        5 | 6 => {
            let size = dice.below(2000);
            (0..size).map(|_| dice.roll() as u8).collect()
        }
        _ => {
            // Mostly short, now and then long.
            let size = if dice.below(200) == 0 { 200_000 } else { 20 + dice.below(3000) };
            let kind = dice.below(KINDS);
            let body = adversarial(kind, size, &mut dice);
            let language = dice.pick(&["ar", "en", "", "xx"]);
            serde_json::json!({ "body": body, "title": "", "language": language }).to_string().into_bytes()
        }
    }
}

#[test]
fn a_long_run_of_bad_input_neither_panics_nor_hangs() {
    let (count, seed) = (number("SAFIR_BAD_INPUTS").unwrap_or(2000), number("SAFIR_BAD_SEED").unwrap_or(1));
    let (extractor, samples) = (Extractor::embedded().unwrap(), samples());
    let (next, bytes, slowest) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let articles = AtomicUsize::new(0);
    let start = Instant::now();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let input = input(&samples, seed.wrapping_add(at));
                    let before = clock_gettime(ClockId::ThreadCPUTime);
                    let outcome =
                        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| survive(&extractor, &input)));
                    assert!(outcome.is_ok(), "input {} (SAFIR_BAD_SEED={})", at, seed.wrapping_add(at));
                    let after = clock_gettime(ClockId::ThreadCPUTime);
                    let took = Duration::try_from(after).unwrap() - Duration::try_from(before).unwrap();
                    // Three decoders, extraction, the record in two forms and the screen, in a build for tests.
                    let limit = Duration::from_millis(500) + Duration::from_micros(40) * input.len() as u32;
                    assert!(took < limit, "input {} took {took:?} for {} bytes", seed.wrapping_add(at), input.len());
                    bytes.fetch_add(input.len() as u64, Ordering::Relaxed);
                    slowest.fetch_max(took.as_micros() as u64, Ordering::Relaxed);
                    articles.fetch_add(usize::from(Decoder::default().decode(&input).is_ok()), Ordering::Relaxed);
                }
            });
        }
    });
    println!(
        "{count} inputs from seed {seed}, {:.1} MB, {} of them articles, in {:.0} s; the slowest took {:.0} ms",
        bytes.into_inner() as f64 / 1e6,
        articles.into_inner(),
        start.elapsed().as_secs_f64(),
        slowest.into_inner() as f64 / 1e3
    );
}

#[test]
fn time_grows_in_line_with_the_size_of_any_input() {
    const SMALL: usize = 16_000;
    const TIMES: usize = 8;
    let extractor = Extractor::embedded().unwrap();
    let took = |article: &Article| {
        // The fastest of three: the machine may be busy with something else.
        let once = || {
            let before = Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
            spans_slice(&extractor.extract(article), article);
            Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap() - before
        };
        (0..3).map(|_| once()).min().unwrap()
    };
    let mut wrong = Vec::new();
    for language in ["ar", "en"] {
        for kind in 0..KINDS {
            let article = |size| Article {
                id: "a".into(),
                language: language.into(),
                body: adversarial(kind, size, &mut Dice(kind as u64)),
                ..Article::default()
            };
            let (small, large) = (took(&article(SMALL)), took(&article(TIMES * SMALL)));
            let ratio = large.as_secs_f64() / small.as_secs_f64().max(0.0005);
            println!("{language} kind {kind}: {small:?} and {large:?}, {ratio:.1} times for {TIMES} times the size");
            // Caches cost something; a square would be 64.
            if ratio > 2.5 * TIMES as f64 {
                wrong.push((language, kind, ratio));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn megabytes_without_a_full_stop_are_read_in_time() {
    let extractor = Extractor::embedded().unwrap();
    for language in ["ar", "en"] {
        let body = adversarial(2, 3_000_000, &mut Dice(3));
        let article = Article { id: "a".into(), language: language.into(), body, ..Article::default() };
        let start = Instant::now();
        spans_slice(&extractor.extract(&article), &article);
        println!("{language}: 3 MB in {:?}", start.elapsed());
        assert!(start.elapsed() < Duration::from_secs(120), "{language}: {:?}", start.elapsed());
    }
}

#[test]
fn any_configuration_is_read_or_refused_with_a_reason() {
    let whole = safir::config::parse("safir.toml", "").expect("nothing is a configuration").show(true);
    for at in 0..number("SAFIR_BAD_INPUTS").unwrap_or(2000) / 4 {
        let mut dice = Dice(at);
        let bytes = mutated(&[whole.clone().into_bytes()], &mut dice);
        let text = String::from_utf8_lossy(&bytes);
        if let Err(error) = safir::config::parse("safir.toml", &text) {
            assert!(!error.to_string().is_empty());
        }
    }
    proptest!(|(text: String)| { let _ = safir::config::parse("safir.toml", &text); });
}

#[test]
fn any_dictionary_is_read_or_refused_with_a_reason() {
    let lang = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lang");
    let whole = safir::dictionary::read(&lang).expect("lang/ is a dictionary");
    // Each is compiled with both languages, which takes its time.
    let count = (number("SAFIR_BAD_INPUTS").unwrap_or(0) / 1000).clamp(10, 1000);
    let refused = AtomicUsize::new(0);
    for at in 0..count {
        let mut dice = Dice(at);
        let (language, path, text) = &whole.files[dice.below(whole.files.len())];
        let spoiled = String::from_utf8_lossy(&mutated(&[text.clone().into_bytes()], &mut dice)).into_owned();
        let files = vec![(language.clone(), path.clone(), spoiled)];
        match Extractor::with(&[Dictionary { root: "own".into(), files }]) {
            Err(error) => {
                assert!(!error.to_string().is_empty());
                refused.fetch_add(1, Ordering::Relaxed);
            }
            Ok(extractor) => survive(&extractor, b"{\"body\": \"The Polish foreign minister met him.\"}"),
        }
    }
    println!("{count} dictionaries, {} refused", refused.into_inner());
}

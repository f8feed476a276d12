//! Any bytes are an allowed input: the outcome is an article or a named error, never a panic.

use proptest::prelude::*;
use safir::decode::{DecodeError, Decoder, Fields, Format, parse_date};
use safir::extract::Extractor;
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

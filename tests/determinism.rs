//! Extraction gives the same bytes for the same article, always, and its spans always lie in the article.

#[path = "support/languages.rs"]
mod languages;

use std::collections::BTreeSet;
use std::thread;

use languages::{EXTRACTOR, samples};
use proptest::prelude::*;
use safir::article::Article;
use safir::event::{Event, Field, Span};
use safir::extract::Extractor;
use safir::record;

/// The records of an article, as they go out.
fn bytes(extractor: &Extractor, article: &Article) -> Vec<Vec<u8>> {
    let extraction = extractor.extract(article);
    let version = extractor.lexicon_version();
    let encode = |event| record::encode(event, article, &extraction.language, None, version);
    extraction.events.iter().map(encode).collect()
}

fn spans(event: &Event) -> Vec<Span> {
    let mut spans = vec![event.sentence];
    spans.extend(&event.mentions);
    spans.extend(&event.content);
    spans.extend(&event.quotes);
    spans.extend(event.via);
    spans.extend(event.place.as_ref().map(|place| place.mention));
    spans.extend(event.time.as_ref().map(|time| time.mention));
    for participant in &event.participants {
        spans.push(participant.mention);
        spans.extend(participant.resolved_from);
    }
    spans
}

fn check_spans(article: &Article) -> Result<(), String> {
    for event in EXTRACTOR.extract(article).events {
        for span in spans(&event) {
            let text = if span.field == Field::Title { &article.title } else { &article.body };
            match text.get(span.start as usize..span.end as usize) {
                Some(slice) if !slice.is_empty() => {}
                _ => return Err(format!("{span:?} of {:?} is no slice of {text:?}", event.rule_ids)),
            }
        }
        if event.mentions.is_empty() || event.participants.is_empty() || event.rule_ids.is_empty() {
            return Err(format!("an event without trigger, actor or rule: {event:?}"));
        }
        if !(event.confidence > 0.0 && event.confidence <= 1.0) {
            return Err(format!("confidence {} of {:?}", event.confidence, event.rule_ids));
        }
    }
    Ok(())
}

#[test]
fn the_same_article_gives_the_same_bytes_a_hundred_times() {
    for (name, article) in samples() {
        let first = bytes(&EXTRACTOR, &article);
        assert!(!first.is_empty(), "{name} tells events");
        for round in 1..100 {
            assert!(bytes(&EXTRACTOR, &article) == first, "{name}, round {round}");
        }
    }
}

#[test]
fn what_a_thread_read_before_leaves_no_trace_in_the_next_article() {
    let samples = samples();
    let alone: Vec<_> = samples.iter().map(|(_, article)| bytes(&EXTRACTOR, article)).collect();
    thread::scope(|scope| {
        for start in 0..4 {
            let (samples, alone) = (&samples, &alone);
            scope.spawn(move || {
                for step in 0..samples.len() * 3 {
                    // Each thread has an order of its own, so that a sample follows different ones.
                    let index = (start + step * (2 * start + 1)) % samples.len();
                    let (name, article) = &samples[index];
                    assert!(bytes(&EXTRACTOR, article) == alone[index], "{name}, thread {start}, step {step}");
                }
            });
        }
    });
}

#[test]
fn an_extractor_compiled_anew_gives_the_same_bytes() {
    let other = Extractor::embedded().expect("the embedded languages are sound");
    assert_eq!(other.lexicon_version(), EXTRACTOR.lexicon_version());
    for (name, article) in samples() {
        assert!(bytes(&other, &article) == bytes(&EXTRACTOR, &article), "{name}");
    }
}

#[test]
fn ids_are_unique_in_an_article_and_depend_on_the_article_and_the_words_alone() {
    for (name, article) in samples() {
        let ids = |article: &Article| -> Vec<String> {
            EXTRACTOR.extract(article).events.into_iter().map(|event| event.id).collect()
        };
        let own = ids(&article);
        assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len(), "{name}: ids are not unique");
        assert!(own.iter().all(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())), "{name}: {own:?}");
        let elsewhere =
            Article { source: "another".to_owned(), url: "https://other.example/".to_owned(), ..article.clone() };
        assert_eq!(ids(&elsewhere), own, "{name}: source and address are no part of an id");
        let other = ids(&Article { id: format!("{}-other", article.id), ..article.clone() });
        assert!(other.iter().all(|id| !own.contains(id)), "{name}: another article has other ids");
    }
}

#[test]
fn events_come_in_the_order_of_their_principal_mentions() {
    for (name, article) in samples() {
        let mentions: Vec<Span> = EXTRACTOR.extract(&article).events.iter().map(|event| event.mentions[0]).collect();
        assert!(mentions.is_sorted(), "{name}: {mentions:?}");
    }
}

#[test]
fn every_span_of_the_samples_is_a_slice_of_its_article() {
    for (name, article) in samples() {
        check_spans(&article).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

#[test]
fn markup_and_stray_marks_leave_no_empty_span() {
    for (language, body) in [
        ("ar", "<article><p><strong>جيبوتي</strong> وزارة ونفى الجانبين &ndash; أن "),
        ("ar", "<p>قال وزير الخارجية المصري سامح شكري: «»</p><p></p>"),
        ("en", "<p>Foreign Minister Elina Valtonen said &ldquo;&rdquo;</p><p>that </p>"),
    ] {
        let article = languages::article(language, "", body, "2024-05-15");
        check_spans(&article).unwrap_or_else(|fault| panic!("{fault}"));
    }
}

/// Pieces of the samples and of trouble, put together at random.
fn pieces() -> Vec<String> {
    let mut pieces: Vec<String> = samples()
        .iter()
        .flat_map(|(_, article)| article.body.split_inclusive([' ', '\n']).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let trouble = [
        "«",
        "»",
        "\"",
        "“",
        "”",
        "(",
        ")",
        ":",
        "،",
        ".",
        "…",
        "\n\n",
        "<p>",
        "</p>",
        "<",
        "&amp;",
        "&#x202e;",
        "&",
        "\u{202e}",
        "\u{2067}",
        "\u{0640}",
        "\u{064e}",
        "\u{0}",
        "\u{feff}",
        "\u{1f54a}",
        "e\u{301}",
        "ﷺ",
        "ـهُ",
        "ال",
        "و",
        "٢٠٢٤",
        "0",
        "-",
        "—",
        "'s ",
        "said ",
        "met ",
        "قال ",
        "التقى ",
        "لم ",
        "not ",
    ];
    for _ in 0..8 {
        pieces.extend(trouble.iter().map(|piece| (*piece).to_owned()));
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_words_is_read_without_panic_and_its_spans_are_slices(
        words in proptest::collection::vec(proptest::sample::select(pieces()), 0..120),
        cut in 0usize..120,
        language in proptest::sample::select(languages::languages()),
    ) {
        let cut = cut.min(words.len());
        let article = languages::article(&language, &words[..cut].concat(), &words[cut..].concat(), "2024-05-15");
        prop_assert_eq!(check_spans(&article), Ok(()));
        prop_assert_eq!(bytes(&EXTRACTOR, &article), bytes(&EXTRACTOR, &article));
    }

    #[test]
    fn any_string_is_read_without_panic_and_its_spans_are_slices(
        title in any::<String>(),
        body in any::<String>(),
        language in proptest::sample::select(languages::languages()),
    ) {
        let article = languages::article(&language, &title, &body, "");
        prop_assert_eq!(check_spans(&article), Ok(()));
    }
}

//! `safir explain` tells why an event was made, and why a word that could have made one did not.

#[path = "support/languages.rs"]
mod languages;

use languages::{EXTRACTOR, article};

fn explain(language: &str, title: &str, body: &str) -> String {
    EXTRACTOR.explain(&article(language, title, body, "2031-03-04"))
}

/// The line that names the trigger.
fn line(explained: &str, trigger: &str) -> String {
    let quoted = format!("\"{trigger}\" (");
    let found = explained.lines().find(|line| line.contains(&format!(": {quoted}")));
    found.unwrap_or_else(|| panic!("no line about {trigger:?}:\n{explained}")).to_owned()
}

#[test]
fn an_event_names_its_rule_its_words_their_place_and_its_number() {
    let text = "Portuguese Foreign Minister Duarte Meireles met Greek Foreign Minister Alexis Kanaris in Oslo.";
    assert_eq!(
        explain("en", "", text),
        "Meeting by en.meeting.subject-verb: \"met\" (body 44-47); Party \"Portuguese Foreign Minister Duarte \
         Meireles\", Party \"Greek Foreign Minister Alexis Kanaris\"; event 1\n"
    );
}

#[test]
fn every_trigger_without_an_event_has_one_reason() {
    for (language, text, trigger, reason) in [
        ("en", "Supply met demand in March.", "met demand", "null phrase"),
        ("en", "The pipe met the wall.", "met", "no actor is named in its sentence"),
        (
            "en",
            "Portuguese Foreign Minister Duarte Meireles met.",
            "met",
            "\"Portuguese Foreign Minister Duarte Meireles\" would be its party, but a second party is missing",
        ),
        ("en", "Portuguese Foreign Minister Duarte Meireles will visit soon.", "visit", "a destination is missing"),
        ("en", "Prices rose, analysts said.", "said", "\"analysts\" is no diplomatic actor by title or kind"),
        ("ar", "التقى السباك عند الباب.", "التقى", "no actor as its subject"),
        ("ar", "قال السباك إن الأنبوب مكسور.", "قال", "no actor as its subject"),
        ("ar", "جاءت المحادثات بعد أسبوع من قول الوزير.", "قول", "the noun alone reports nothing"),
    ] {
        let explained = explain(language, "", text);
        let line = line(&explained, trigger);
        assert!(line.starts_with("no event: ") && line.contains(reason), "{reason}\n{explained}");
    }
}

#[test]
fn a_draft_that_only_points_back_says_that_nothing_fits() {
    let explained = explain("en", "", "The visit ended on Monday.");
    assert!(line(&explained, "visit").ends_with("no event: it only points back, and nothing told before fits it"));
}

#[test]
fn no_trigger_is_explained_twice_and_places_are_slices_of_the_text() {
    for (name, sample) in languages::samples() {
        let explained = EXTRACTOR.explain(&sample);
        let mut seen = std::collections::BTreeSet::new();
        for line in explained.lines().filter(|line| line.starts_with("no event: ")) {
            let (words, rest) = line["no event: \"".len()..].split_once("\" (").expect("words and a place");
            let (field, rest) = rest.split_once(' ').expect("a field");
            let (range, reason) = rest.split_once("): ").expect("a reason");
            let (start, end) = range.split_once('-').expect("two offsets");
            let text = if field == "title" { &sample.title } else { &sample.body };
            let slice = &text[start.parse().unwrap()..end.parse().unwrap()];
            assert_eq!(slice.split_whitespace().collect::<Vec<_>>().join(" "), words, "{name}: {line}");
            assert!(reason.len() > 10, "{name}: {line}");
            assert!(seen.insert((field, start)), "{name}: twice: {line}");
        }
    }
}

#[test]
fn an_article_without_a_trigger_says_so() {
    assert_eq!(explain("en", "", "The sea was calm."), "no word of the article can trigger an event\n");
}

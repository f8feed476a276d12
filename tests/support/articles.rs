//! Articles of our own that tell an event each, and what Safir should make of them.

use std::collections::BTreeMap;

use safir::config::Config;
use safir::extract::Extractor;
use serde_json::json;

/// An English article with one meeting.
pub fn english(id: &str) -> Vec<u8> {
    article(
        id,
        "en",
        "Ministers meet in Vienna",
        "German Foreign Minister Anna Weber met French President Paul Martin in Vienna on Monday to discuss trade.",
    )
}

/// An Arabic article with one meeting.
pub fn arabic(id: &str) -> Vec<u8> {
    article(
        id,
        "ar",
        "لقاء في فيينا",
        "التقى وزير الخارجية الألماني توماس فيبر الرئيس الفرنسي بول مارتان في فيينا يوم الاثنين لبحث التجارة.",
    )
}

/// An article that is well formed and tells nothing diplomatic.
pub fn quiet(id: &str) -> Vec<u8> {
    article(id, "en", "Garden notes", "The roses are late this year and the apples are small.")
}

/// An English article as [`english`], made longer by paragraphs that tell nothing, so that it takes longer to read.
pub fn long(id: &str, paragraphs: usize) -> Vec<u8> {
    let rest =
        "\n\nThe roses are late this year and the apples are small. The wind was from the west.".repeat(paragraphs);
    let body = format!(
        "German Foreign Minister Anna Weber met French President Paul Martin in Vienna on Monday to discuss trade.{rest}"
    );
    article(id, "en", "Ministers meet in Vienna", &body)
}

fn article(id: &str, language: &str, title: &str, body: &str) -> Vec<u8> {
    let value = json!({
        "id": id,
        "language": language,
        "title": title,
        "body": body,
        "published_at": "2024-03-05T08:00:00Z",
        "source": "Safir tests",
        "url": format!("https://example.org/{id}"),
    });
    value.to_string().into_bytes()
}

/// The ids of the events that extraction by itself finds in an article, with their types, in order.
pub fn expected(value: &[u8]) -> Vec<(String, &'static str)> {
    thread_local! {
        static EXTRACTOR: Extractor = Extractor::embedded().expect("the embedded languages are sound");
    }
    let decoder = Config::default().decoder().expect("the default pointers are sound");
    let article = decoder.decode(value).expect("a sound article");
    EXTRACTOR.with(|extractor| {
        let events = extractor.extract(&article).events;
        events.iter().map(|event| (event.id.clone(), safir::record::type_label(event.kind))).collect()
    })
}

/// How many of the articles named have how many events among the given keys.
pub fn count<'a>(keys: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

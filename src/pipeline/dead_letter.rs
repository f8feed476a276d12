//! Dead letters: articles that cannot be processed, kept as they came, with the reason.

use jiff::Timestamp;

use super::record::{Destination, Header, InputRecord, OutputRecord, Partition};
use super::worker::Rejection;
use crate::render;

/// Names of the headers that Safir adds. The headers that the article came with stay before them.
pub mod headers {
    /// The class of the error.
    pub const REASON: &str = "safir-dlq-reason";
    /// The error in words.
    pub const MESSAGE: &str = "safir-dlq-message";
    /// Where the article was read.
    pub const TOPIC: &str = "safir-dlq-topic";
    pub const PARTITION: &str = "safir-dlq-partition";
    pub const OFFSET: &str = "safir-dlq-offset";
    /// Safir's version.
    pub const VERSION: &str = "safir-dlq-version";
    /// When the article was rejected, RFC 3339 in UTC.
    pub const TIME: &str = "safir-dlq-time";
}

/// The dead letter of an article: its key, value and headers untouched, and after them the headers that tell why. The
/// error may quote the article, so that it is made safe for a terminal: control characters are shown as `<U+001B>`.
pub fn dead_letter(partition: &Partition, record: &InputRecord, rejection: &Rejection) -> OutputRecord {
    let added = [
        (headers::REASON, rejection.reason.to_owned()),
        (headers::MESSAGE, render::clean(&rejection.message)),
        (headers::TOPIC, partition.topic.to_string()),
        (headers::PARTITION, partition.number.to_string()),
        (headers::OFFSET, record.offset.to_string()),
        (headers::VERSION, env!("CARGO_PKG_VERSION").to_owned()),
        (headers::TIME, Timestamp::now().to_string()),
    ];
    let added = added.into_iter().map(|(name, value)| Header::new(name, value.into_bytes()));
    OutputRecord {
        destination: Destination::DeadLetters,
        key: record.key.clone(),
        value: record.value.clone(),
        headers: record.headers.iter().cloned().chain(added).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_letter_keeps_bytes_key_and_headers_and_adds_where_and_why() {
        let record = InputRecord {
            offset: 17,
            timestamp_ms: Some(1),
            key: Some(vec![0xff, 0]),
            value: Some(b"{\"body\":".to_vec()),
            headers: vec![
                Header::new("trace", b"abc".to_vec()),
                Header { name: "empty".into(), value: None },
                Header::new("trace", b"again".to_vec()),
            ],
        };
        let rejection = Rejection { reason: "invalid_json", message: "invalid JSON: it ends early".into() };
        let letter = dead_letter(&Partition::new("news", 3), &record, &rejection);
        assert_eq!((&letter.key, &letter.value), (&record.key, &record.value));
        assert_eq!(letter.headers[..3], record.headers[..]);
        let added: Vec<(&str, &str)> = letter.headers[3..]
            .iter()
            .map(|header| {
                let value = header.value.as_deref().unwrap_or_default();
                (header.name.as_ref(), std::str::from_utf8(value).unwrap_or_default())
            })
            .collect();
        assert_eq!(
            added[..6],
            [
                ("safir-dlq-reason", "invalid_json"),
                ("safir-dlq-message", "invalid JSON: it ends early"),
                ("safir-dlq-topic", "news"),
                ("safir-dlq-partition", "3"),
                ("safir-dlq-offset", "17"),
                ("safir-dlq-version", env!("CARGO_PKG_VERSION")),
            ]
        );
        assert!(added[6].1.parse::<Timestamp>().is_ok());
    }

    #[test]
    fn an_error_that_quotes_the_article_carries_no_control_characters() {
        let rejection = Rejection { reason: "panic", message: "at \u{1b}]0;owned\u{7} \u{9b}2J".into() };
        let letter = dead_letter(&Partition::new("news", 0), &InputRecord::default(), &rejection);
        let message = letter.headers[1].value.as_deref().and_then(|value| std::str::from_utf8(value).ok());
        assert_eq!(message, Some("at <U+001B>]0;owned<U+0007> <U+009B>2J"));
    }

    #[test]
    fn a_record_without_value_stays_without_value() {
        let rejection = Rejection { reason: "empty", message: "the record is empty".into() };
        let letter = dead_letter(&Partition::new("news", 0), &InputRecord::default(), &rejection);
        assert_eq!((letter.key, letter.value), (None, None));
    }
}

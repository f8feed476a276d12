//! The article as extraction sees it. Decoding it from JSON or protobuf is [`crate::decode`]'s part.

use jiff::civil::Date;

/// A news article, texts untouched: every span of every event points into `title` or `body` as they stand here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Never empty: received, or derived from the content.
    pub id: String,
    pub title: String,
    pub body: String,
    /// ISO 639-1 code as received; empty means: detect it.
    pub language: String,
    pub published: Option<Published>,
    pub source: String,
    pub url: String,
}

/// When an article was published: the text to hand on, and the calendar date that relative dates resolve against.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// RFC 3339, a date or a date-time, in the offset as received.
    pub rfc3339: String,
    /// The date in that offset.
    pub date: Date,
}

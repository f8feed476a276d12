//! From the bytes of a record, a line or a file to an [`Article`].
//!
//! Any bytes are allowed: the result is an article or a [`DecodeError`] that names the culprit. JSON is read in one
//! pass straight into the fields: the configured JSON pointers are compiled into a tree that is walked along with the
//! document, so nothing is built for the parts of it that nobody asked for.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use sha2::{Digest, Sha256};

use crate::article::{Article, Published};
use crate::record::{self, ArticleFields};

/// The largest accepted id, in bytes: it becomes the key of every event's record.
pub const MAX_ID_BYTES: usize = 512;
/// The largest accepted article by default, in bytes.
pub const DEFAULT_MAX_BYTES: usize = 8 * 1024 * 1024;

/// How an article is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object.
    Json,
    /// A `safir.v1.Article` message.
    Protobuf,
}

/// Where the fields of an article stand in a JSON document: RFC 6901 JSON pointers, tried in order. The first that
/// leads to a usable value wins; null and blank values count as absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    pub id: Vec<String>,
    pub title: Vec<String>,
    pub body: Vec<String>,
    pub language: Vec<String>,
    pub published_at: Vec<String>,
    pub source: Vec<String>,
    pub url: Vec<String>,
}

impl Default for Fields {
    /// The names that news feeds commonly use.
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            id: list(&["/id", "/guid", "/article_id", "/articleId", "/uuid", "/_id", "/_id/$oid"]),
            title: list(&["/title", "/headline"]),
            body: list(&["/body", "/content", "/text", "/article_body", "/articleBody", "/full_text", "/maintext"]),
            language: list(&["/language", "/lang", "/inLanguage"]),
            published_at: list(&[
                "/published_at",
                "/publishedAt",
                "/published",
                "/pubDate",
                "/pub_date",
                "/datePublished",
                "/date_published",
                "/date_publish",
                "/date",
            ]),
            source: list(&["/source", "/source/name", "/publisher", "/publisher/name", "/outlet", "/feed"]),
            url: list(&["/url", "/link", "/canonical_url"]),
        }
    }
}

/// A configured JSON pointer is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer:?} is not a JSON pointer to a field: {problem}")]
pub struct PointerError {
    pub pointer: String,
    pub problem: String,
}

/// Why bytes are not an article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("the record is empty")]
    Empty,
    #[error("the record has {bytes} bytes, more than the {max} that are allowed")]
    TooLarge { bytes: usize, max: usize },
    #[error("invalid UTF-8 at byte {offset}")]
    InvalidUtf8 { offset: usize },
    #[error("invalid JSON: {0}")]
    InvalidJson(String),
    #[error("invalid JSON: \"{escape}\" at byte {offset} is half of a surrogate pair and stands for no character")]
    LoneSurrogate { escape: String, offset: usize },
    #[error("{0}")]
    InvalidProtobuf(record::ProtobufError),
    #[error("{place} is {found} where {expected} is expected")]
    WrongType { place: String, found: &'static str, expected: &'static str },
    #[error("no body: looked for text at {tried}")]
    MissingBody { tried: String },
    #[error("{place} is {value:?}, neither an RFC 3339 date or date-time nor an RFC 2822 date")]
    InvalidDate { place: String, value: String },
    #[error("the id has {bytes} bytes, more than the {MAX_ID_BYTES} that it may have")]
    IdTooLong { bytes: usize },
}

impl DecodeError {
    /// Every label that [`DecodeError::reason`] can give.
    pub const REASONS: [&'static str; 10] = [
        "empty",
        "too_large",
        "invalid_utf8",
        "invalid_json",
        "lone_surrogate",
        "invalid_protobuf",
        "wrong_type",
        "missing_body",
        "invalid_date",
        "id_too_long",
    ];

    /// The class of the error: one of a fixed set, fit for a metric label or a header.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::InvalidUtf8 { .. } => "invalid_utf8",
            Self::InvalidJson(_) => "invalid_json",
            Self::LoneSurrogate { .. } => "lone_surrogate",
            Self::InvalidProtobuf(_) => "invalid_protobuf",
            Self::WrongType { .. } => "wrong_type",
            Self::MissingBody { .. } => "missing_body",
            Self::InvalidDate { .. } => "invalid_date",
            Self::IdTooLong { .. } => "id_too_long",
        }
    }
}

/// `bytes` as text.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, DecodeError> {
    // The standard library checks letters outside ASCII one by one, and says where the fault is.
    simdutf8::basic::from_utf8(bytes)
        .or_else(|_| std::str::from_utf8(bytes))
        .map_err(|error| DecodeError::InvalidUtf8 { offset: error.valid_up_to() })
}

/// Turns bytes into articles. Immutable; share it between threads.
#[derive(Clone, Debug)]
pub struct Decoder {
    format: Format,
    max_bytes: usize,
    fields: Fields,
    tree: Node,
}

impl Default for Decoder {
    /// JSON with the common field names.
    fn default() -> Self {
        let fields = Fields::default();
        // The defaults are well-formed, which a test holds; were one not, it would only never match.
        let tree = Node::compile(&fields).unwrap_or_default();
        Self { format: Format::Json, max_bytes: DEFAULT_MAX_BYTES, fields, tree }
    }
}

impl Decoder {
    /// A decoder for one format. `fields` matters for JSON only; `max_bytes` bounds a whole record.
    ///
    /// # Errors
    /// Names the first pointer that is not a JSON pointer.
    pub fn new(format: Format, fields: Fields, max_bytes: usize) -> Result<Self, PointerError> {
        let tree = Node::compile(&fields)?;
        // Spans count bytes in 32 bits.
        Ok(Self { format, max_bytes: max_bytes.min(u32::MAX as usize), fields, tree })
    }

    /// The format that this decoder reads.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The largest record that this decoder reads, in bytes.
    pub fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// Reads one article.
    ///
    /// # Errors
    /// Says what is wrong, and where; never panics.
    pub fn decode(&self, bytes: &[u8]) -> Result<Article, DecodeError> {
        if bytes.is_empty() {
            return Err(DecodeError::Empty);
        }
        if bytes.len() > self.max_bytes {
            return Err(DecodeError::TooLarge { bytes: bytes.len(), max: self.max_bytes });
        }
        match self.format {
            Format::Json => self.decode_json(bytes),
            Format::Protobuf => decode_protobuf(bytes),
        }
    }

    fn decode_json(&self, bytes: &[u8]) -> Result<Article, DecodeError> {
        let text = text_of(bytes)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii().is_empty() {
            return Err(DecodeError::Empty);
        }
        let mut found = Found::default();
        let mut json = serde_json::Deserializer::from_str(text);
        Walk { node: &self.tree, found: &mut found, root: true }
            .deserialize(&mut json)
            .and_then(|()| json.end())
            .map_err(|error| match found.not_an_object {
                Some(found) => {
                    DecodeError::WrongType { place: "the document".to_owned(), found, expected: "a JSON object" }
                }
                None => lone_surrogate(text).unwrap_or_else(|| DecodeError::InvalidJson(describe(&error))),
            })?;
        let mut take = |slot: Slot| found.take(slot, &self.fields);
        let (id, _) = take(Slot::Id)?;
        let (title, _) = take(Slot::Title)?;
        let (body, _) = take(Slot::Body)?;
        let (language, _) = take(Slot::Language)?;
        let (published_at, published_rank) = take(Slot::PublishedAt)?;
        let (source, _) = take(Slot::Source)?;
        let (url, _) = take(Slot::Url)?;
        if body.is_empty() {
            return Err(DecodeError::MissingBody { tried: self.fields.body.join(", ") });
        }
        let date_place = || self.fields.published_at.get(published_rank).cloned().unwrap_or_default();
        finish(ArticleFields { id, title, body, language, published_at, source, url }, date_place)
    }
}

fn decode_protobuf(bytes: &[u8]) -> Result<Article, DecodeError> {
    let mut fields = record::decode_article(bytes).map_err(DecodeError::InvalidProtobuf)?;
    if fields.body.trim().is_empty() {
        return Err(DecodeError::MissingBody { tried: "body".to_owned() });
    }
    if fields.id.trim().is_empty() {
        fields.id.clear();
    }
    finish(fields, || "published_at".to_owned())
}

/// What both formats have in common: dates, languages and ids. `date_place` names the date's field in an error.
fn finish(fields: ArticleFields, date_place: impl FnOnce() -> String) -> Result<Article, DecodeError> {
    let ArticleFields { id, title, body, language, published_at, source, url } = fields;
    let published = match published_at.trim() {
        "" => None,
        text => Some(
            parse_date(text)
                .ok_or_else(|| DecodeError::InvalidDate { place: date_place(), value: shorten(text, 64) })?,
        ),
    };
    if id.len() > MAX_ID_BYTES {
        return Err(DecodeError::IdTooLong { bytes: id.len() });
    }
    let id = if id.is_empty() { content_id(&title, &body, &source) } else { id };
    Ok(Article { id, title, body, language: language_code(&language), published, source, url })
}

/// The id of an article whose publisher gave none: `sha256:` and the first 32 hexadecimal digits of a SHA-256 over
/// title, body and source, with a zero byte after each of the first two.
pub fn content_id(title: &str, body: &str, source: &str) -> String {
    use fmt::Write as _;
    let mut hash = Sha256::new();
    for part in [title, "\0", body, "\0", source] {
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let mut id = String::with_capacity(39);
    id.push_str("sha256:");
    for byte in digest.iter().take(16) {
        // Writing into a String cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The ISO 639-1 code in what feeds write: "ar", "AR", "ar-SA", "en_GB", "ara", "Arabic". Empty, so that the language
/// is detected, when it is none of these shapes.
pub fn language_code(text: &str) -> String {
    let text = text.trim().to_ascii_lowercase();
    let primary = text.split(['-', '_']).next().unwrap_or_default();
    match primary {
        "ara" | "arb" | "arabic" | "العربية" | "عربي" => "ar".to_owned(),
        "eng" | "english" => "en".to_owned(),
        code if (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase()) => code.to_owned(),
        _ => String::new(),
    }
}

/// Reads an RFC 3339 date or date-time, or an RFC 2822 date. A date-time without an offset, which RFC 3339 does not
/// know and feeds write all the same, is handed on as its date: its instant is unknown, its day is not.
pub fn parse_date(text: &str) -> Option<Published> {
    if let Ok(pieces) = Pieces::parse(text) {
        let date = four_digit_year(pieces.date())?;
        let rfc3339 = match (pieces.time(), pieces.offset()) {
            (Some(time), Some(offset)) => {
                let seconds = match offset {
                    PiecesOffset::Numeric(numeric) => Some(numeric.offset().seconds()),
                    _ => None,
                };
                format!("{}{}", date.to_datetime(time), offset_text(seconds))
            }
            _ => date.to_string(),
        };
        return Some(Published { rfc3339, date });
    }
    let parsed = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned_datetime(text).ok()?;
    let date = four_digit_year(parsed.date())?;
    let rfc3339 = format!("{}{}", parsed.datetime(), offset_text(Some(parsed.offset().seconds())));
    Some(Published { rfc3339, date })
}

fn four_digit_year(date: Date) -> Option<Date> {
    (date.year() >= 1).then_some(date)
}

/// "Z" for an unknown local offset, else "+03:00".
fn offset_text(seconds: Option<i32>) -> String {
    match seconds {
        None => "Z".to_owned(),
        Some(seconds) => {
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.unsigned_abs() / 60;
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

/// The message of a JSON error. In a record of one line the line says nothing, and beside the line of a file misleads.
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.strip_suffix(&format!(" at line 1 column {}", error.column())) {
        Some(message) => format!("{message} at byte {}", error.column()),
        None => message,
    }
}

fn shorten(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Finds the first `\uD800`-`\uDFFF` escape without its other half: serde_json only says that an escape ended early.
fn lone_surrogate(text: &str) -> Option<DecodeError> {
    let bytes = text.as_bytes();
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\\', bytes.get(from..)?).map(|found| from + found) {
        from = match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at + 12,
            Some(0xd800..=0xdfff) => {
                return Some(DecodeError::LoneSurrogate { escape: text[at..at + 6].to_owned(), offset: at });
            }
            Some(_) => at + 6,
            None => at + 2,
        };
    }
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Id,
    Title,
    Body,
    Language,
    PublishedAt,
    Source,
    Url,
}

const SLOTS: usize = 7;

impl Slot {
    fn pointers(self, fields: &Fields) -> &[String] {
        match self {
            Self::Id => &fields.id,
            Self::Title => &fields.title,
            Self::Body => &fields.body,
            Self::Language => &fields.language,
            Self::PublishedAt => &fields.published_at,
            Self::Source => &fields.source,
            Self::Url => &fields.url,
        }
    }
}

/// A step of the compiled pointers: which fields a value here fills, and which keys or indices lead on.
#[derive(Clone, Debug, Default)]
struct Node {
    /// Slot and rank of the pointer in the slot's list; the lowest rank wins.
    targets: Vec<(Slot, usize)>,
    /// Few enough that a linear search beats hashing.
    children: Vec<(String, Node)>,
}

impl Node {
    fn compile(fields: &Fields) -> Result<Self, PointerError> {
        let mut root = Self::default();
        let slots = [Slot::Id, Slot::Title, Slot::Body, Slot::Language, Slot::PublishedAt, Slot::Source, Slot::Url];
        for slot in slots {
            for (rank, pointer) in slot.pointers(fields).iter().enumerate() {
                let problem = |problem: String| PointerError { pointer: pointer.clone(), problem };
                let Some(rest) = pointer.strip_prefix('/') else {
                    return Err(problem(format!("it must begin with a slash, as in {:?}", format!("/{pointer}"))));
                };
                let mut node = &mut root;
                for token in rest.split('/') {
                    let key = unescape(token).ok_or_else(|| problem("~ must be followed by 0 or 1".to_owned()))?;
                    let at = match node.children.iter().position(|(name, _)| *name == key) {
                        Some(at) => at,
                        None => {
                            node.children.push((key, Self::default()));
                            node.children.len() - 1
                        }
                    };
                    node = &mut node.children[at].1;
                }
                node.targets.push((slot, rank));
            }
        }
        Ok(root)
    }

    fn child(&self, key: &str) -> Option<&Self> {
        self.children.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }
}

/// The key that a token of a JSON pointer names (RFC 6901: `~1` is a slash, `~0` a tilde).
fn unescape(token: &str) -> Option<String> {
    let mut key = String::with_capacity(token.len());
    let mut chars = token.chars();
    while let Some(char) = chars.next() {
        key.push(match char {
            '~' => match chars.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            other => other,
        });
    }
    Some(key)
}

/// What the walk found so far: for each field the best-ranked usable text and the best-ranked value of a wrong type.
#[derive(Default)]
struct Found {
    texts: [Option<(usize, String)>; SLOTS],
    wrong: [Option<(usize, &'static str)>; SLOTS],
    not_an_object: Option<&'static str>,
}

impl Found {
    fn text(&mut self, targets: &[(Slot, usize)], text: Cow<'_, str>) {
        // Blank is as good as absent.
        if text.trim().is_empty() {
            return;
        }
        let mut text = Some(text);
        for (at, &(slot, rank)) in targets.iter().enumerate() {
            let best = &mut self.texts[slot as usize];
            // An equal rank is the same key again: the last one counts, as in most JSON readers.
            if best.as_ref().is_none_or(|(other, _)| rank <= *other) {
                let last = at + 1 == targets.len();
                let value = if last { text.take() } else { text.clone() };
                *best = value.map(|text| (rank, text.into_owned()));
            }
        }
    }

    fn number(&mut self, targets: &[(Slot, usize)], digits: Option<String>) {
        for target in targets {
            match (target.0, &digits) {
                // Many feeds number their articles.
                (Slot::Id, Some(digits)) => self.text(&[*target], Cow::Borrowed(digits)),
                _ => self.wrong(&[*target], "a number"),
            }
        }
    }

    fn wrong(&mut self, targets: &[(Slot, usize)], found: &'static str) {
        for &(slot, rank) in targets {
            let best = &mut self.wrong[slot as usize];
            if best.is_none_or(|(other, _)| rank < other) {
                *best = Some((rank, found));
            }
        }
    }

    /// The text of a field and the rank of the pointer that led to it; empty when the document has none.
    fn take(&mut self, slot: Slot, fields: &Fields) -> Result<(String, usize), DecodeError> {
        match (self.texts[slot as usize].take(), self.wrong[slot as usize]) {
            (Some((rank, text)), _) => Ok((text, rank)),
            (None, Some((rank, found))) => Err(DecodeError::WrongType {
                place: slot.pointers(fields).get(rank).cloned().unwrap_or_default(),
                found,
                expected: if slot == Slot::Id { "text or a whole number" } else { "text" },
            }),
            (None, None) => Ok((String::new(), 0)),
        }
    }
}

/// Walks a JSON value along with a node of the pointer tree.
struct Walk<'a> {
    node: &'a Node,
    found: &'a mut Found,
    root: bool,
}

impl Walk<'_> {
    /// The document itself must be an object.
    fn refuse_root<E: serde::de::Error>(&mut self, what: &'static str) -> Result<(), E> {
        if self.root {
            self.found.not_an_object = Some(what);
            return Err(E::custom("not a JSON object"));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if !self.root {
            self.found.wrong(&self.node.targets, "an object");
        }
        while let Some(child) = map.next_key_seed(Key { node: self.node })? {
            match child {
                Some(node) => map.next_value_seed(Walk { node, found: self.found, root: false })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        self.refuse_root("an array")?;
        self.found.wrong(&self.node.targets, "an array");
        if self.node.children.is_empty() {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        static NOWHERE: Node = Node { targets: Vec::new(), children: Vec::new() };
        for index in 0_usize.. {
            let node = self.node.child(&index.to_string()).unwrap_or(&NOWHERE);
            if seq.next_element_seed(Walk { node, found: self.found, root: false })?.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<(), E> {
        self.refuse_root("text")?;
        self.found.text(&self.node.targets, Cow::Borrowed(text));
        Ok(())
    }

    fn visit_string<E: serde::de::Error>(mut self, text: String) -> Result<(), E> {
        self.refuse_root("text")?;
        self.found.text(&self.node.targets, Cow::Owned(text));
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(mut self, _: bool) -> Result<(), E> {
        self.refuse_root("a truth value")?;
        self.found.wrong(&self.node.targets, "a truth value");
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(mut self, number: u64) -> Result<(), E> {
        self.refuse_root("a number")?;
        self.found.number(&self.node.targets, Some(number.to_string()));
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(mut self, number: i64) -> Result<(), E> {
        self.refuse_root("a number")?;
        self.found.number(&self.node.targets, Some(number.to_string()));
        Ok(())
    }

    fn visit_f64<E: serde::de::Error>(mut self, _: f64) -> Result<(), E> {
        self.refuse_root("a number")?;
        self.found.number(&self.node.targets, None);
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(mut self) -> Result<(), E> {
        self.refuse_root("null")
    }
}

/// Reads a key as the child that it leads to, without keeping it.
struct Key<'a> {
    node: &'a Node,
}

impl<'de, 'a> DeserializeSeed<'de> for Key<'a> {
    type Value = Option<&'a Node>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Key<'a> {
    type Value = Option<&'a Node>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.node.child(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(json: &str) -> Result<Article, DecodeError> {
        Decoder::default().decode(json.as_bytes())
    }

    fn reason(bytes: &[u8]) -> (&'static str, String) {
        let error = Decoder::default().decode(bytes).expect_err("these bytes are no article");
        (error.reason(), error.to_string())
    }

    #[test]
    fn the_default_pointers_compile() {
        assert_eq!(Node::compile(&Fields::default()).unwrap().children.len(), 34);
    }

    #[test]
    fn a_full_article_is_read_as_it_stands() {
        let article = decode(
            r#"{"id":"x1","title":"عنوان","body":"نص &amp; بقية","language":"AR-sa","published_at":"2020-08-19T08:30:00+03:00",
                "source":"الميناء","url":"https://a.example/1","extra":[1,{"deep":null}]}"#,
        )
        .unwrap();
        assert_eq!(article.id, "x1");
        assert_eq!(article.body, "نص &amp; بقية");
        assert_eq!(article.language, "ar");
        let published = article.published.unwrap();
        assert_eq!(published.rfc3339, "2020-08-19T08:30:00+03:00");
        assert_eq!(published.date, jiff::civil::date(2020, 8, 19));
    }

    #[test]
    fn names_that_feeds_use_are_known_without_configuration() {
        let article = decode(
            r#"{"guid":77,"headline":"H","content":"text","lang":"en","pubDate":"Wed, 19 Aug 2020 23:30:00 -0500",
                "source":{"id":null,"name":"The Quay"},"link":"https://q.example"}"#,
        )
        .unwrap();
        assert_eq!((article.id.as_str(), article.title.as_str(), article.body.as_str()), ("77", "H", "text"));
        assert_eq!((article.source.as_str(), article.url.as_str()), ("The Quay", "https://q.example"));
        let published = article.published.unwrap();
        assert_eq!(published.rfc3339, "2020-08-19T23:30:00-05:00");
        assert_eq!(published.date, jiff::civil::date(2020, 8, 19), "the calendar date in the offset that is written");
    }

    #[test]
    fn pointers_reach_into_objects_and_arrays_and_the_first_usable_wins() {
        let fields = Fields {
            body: vec!["/story/paragraphs/1".into(), "/a~1b/~0c".into()],
            title: vec!["/missing".into(), "/story/title".into()],
            ..Fields::default()
        };
        let decoder = Decoder::new(Format::Json, fields, 1000).unwrap();
        let article = decoder
            .decode(br#"{"a/b":{"~c":"second"},"story":{"title":"T","paragraphs":["zero","first",{"x":2}]}}"#)
            .unwrap();
        assert_eq!((article.title.as_str(), article.body.as_str()), ("T", "first"));
        let article = decoder.decode(br#"{"a/b":{"~c":"second"},"story":{"paragraphs":["zero"]}}"#).unwrap();
        assert_eq!(article.body, "second");
    }

    #[test]
    fn a_faulty_pointer_is_named() {
        let fields = Fields { body: vec!["content".into()], ..Fields::default() };
        let error = Decoder::new(Format::Json, fields, 1000).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#""content" is not a JSON pointer to a field: it must begin with a slash, as in "/content""#
        );
        let fields = Fields { body: vec!["/a~2".into()], ..Fields::default() };
        assert!(Decoder::new(Format::Json, fields, 1000).unwrap_err().to_string().contains("~ must be followed"));
    }

    #[test]
    fn null_and_blank_fields_count_as_absent() {
        let article = decode(r#"{"id":null,"title":null,"body":"","content":"c","language":"","date":null}"#).unwrap();
        assert_eq!(article.body, "c");
        assert_eq!(article.title, "");
        assert!(article.id.starts_with("sha256:"));
        assert_eq!(article.published, None);
    }

    #[test]
    fn the_derived_id_depends_on_the_content_alone() {
        let one = decode(r#"{"title":"t","body":"b","url":"https://one.example"}"#).unwrap();
        let two = decode(r#"{"body":"b","title":"t"}"#).unwrap();
        let other = decode(r#"{"title":"tb","body":"b"}"#).unwrap();
        assert_eq!(one.id, two.id);
        assert_eq!(one.id.len(), "sha256:".len() + 32);
        assert_ne!(one.id, other.id);
        // Pinned: a replay on another machine or version must give the same id.
        assert_eq!(content_id("t", "b", ""), one.id);
        assert_eq!(one.id, "sha256:5ac9949949ec6008316f404bd658dec5");
    }

    #[test]
    fn every_kind_of_bad_input_has_its_own_reason() {
        let deep = format!("{{\"source\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let long_id = format!(r#"{{"id":"{}","body":"b"}}"#, "x".repeat(513));
        let cases: &[(&[u8], &str, &str)] = &[
            (b"", "empty", "the record is empty"),
            (b" \n\t ", "empty", "the record is empty"),
            (b"\xff{}", "invalid_utf8", "invalid UTF-8 at byte 0"),
            (b"{\"body\":\"ab\xd8\"}", "invalid_utf8", "invalid UTF-8 at byte 11"),
            (br#"{"body":"cut"#, "invalid_json", "EOF while parsing"),
            (br#"{"body":"b"} {"#, "invalid_json", "invalid JSON: trailing characters at byte 14"),
            (b"{\n\"body\": }", "invalid_json", "expected value at line 2 column 9"),
            (br#"{"body":"a\ud83d b"}"#, "lone_surrogate", r#""\ud83d" at byte 10"#),
            (br#"{"body":"a\udc00"}"#, "lone_surrogate", r#""\udc00" at byte 10"#),
            (b"{\"body\":\"a\x01b\"}", "invalid_json", "control character"),
            (br#"["body"]"#, "wrong_type", "the document is an array where a JSON object is expected"),
            (b"null", "wrong_type", "the document is null"),
            (b"12", "wrong_type", "the document is a number"),
            (br#""text""#, "wrong_type", "the document is text"),
            (br#"{"body":5}"#, "wrong_type", "/body is a number where text is expected"),
            (br#"{"body":{"html":"x"}}"#, "wrong_type", "/body is an object"),
            (br#"{"body":"b","title":["x"]}"#, "wrong_type", "/title is an array"),
            (br#"{"body":"b","id":true}"#, "wrong_type", "/id is a truth value where text or a whole number"),
            (br#"{"body":"b","date":1597800000}"#, "wrong_type", "/date is a number"),
            (br#"{"title":"t"}"#, "missing_body", "looked for text at /body, /content, /text"),
            (br#"{"body":null}"#, "missing_body", "no body"),
            (br#"{"body":"b","pubDate":"next week"}"#, "invalid_date", r#"/pubDate is "next week", neither"#),
            (br#"{"body":"b","date":"2020-13-45"}"#, "invalid_date", "/date"),
            (deep.as_bytes(), "wrong_type", "/source is an array"),
            (long_id.as_bytes(), "id_too_long", "513 bytes"),
        ];
        for (bytes, expected, words) in cases {
            let (found, message) = reason(bytes);
            assert_eq!(found, *expected, "{message}");
            assert!(message.contains(words), "{message} should contain {words}");
            assert!(DecodeError::REASONS.contains(&found));
        }
    }

    #[test]
    fn a_record_over_the_limit_is_refused_unread() {
        let body = "ب".repeat(5_000_000);
        let (found, message) = reason(format!(r#"{{"body":"{body}"}}"#).as_bytes());
        assert_eq!(found, "too_large");
        assert_eq!(message, "the record has 10000011 bytes, more than the 8388608 that are allowed");
    }

    #[test]
    fn a_surrogate_pair_and_an_escaped_backslash_are_no_lone_surrogate() {
        assert_eq!(decode(r#"{"body":"\ud83d\ude00 \\ud83d"}"#).unwrap().body, "😀 \\ud83d");
        assert_eq!(lone_surrogate(r#""\ud83d\ude00 \\ud83d""#), None);
    }

    #[test]
    fn deep_nesting_outside_the_fields_is_skipped() {
        let json = format!(r#"{{"raw":{}1{},"body":"b"}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(decode(&json).unwrap().body, "b");
    }

    #[test]
    fn control_and_bidi_characters_reach_the_article_untouched() {
        let article = decode("{\"body\":\"a\\u0000\\u001b[31m\u{202e}b\"}").unwrap();
        assert_eq!(article.body, "a\0\u{1b}[31m\u{202e}b");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_document() {
        assert_eq!(decode("\u{feff}{\"body\":\"b\"}").unwrap().body, "b");
    }

    #[test]
    fn of_a_repeated_key_the_last_counts() {
        assert_eq!(decode(r#"{"body":"one","body":"two","text":"three"}"#).unwrap().body, "two");
    }

    #[test]
    fn dates_are_handed_on_as_rfc_3339() {
        for (text, rfc3339, day) in [
            ("2020-08-19", "2020-08-19", 19),
            ("2020-08-19T08:30:00Z", "2020-08-19T08:30:00Z", 19),
            ("2020-08-19t08:30:00.25+00:00", "2020-08-19T08:30:00.25+00:00", 19),
            ("2020-08-19 23:30:00-03:30", "2020-08-19T23:30:00-03:30", 19),
            ("2020-08-19T08:30:00", "2020-08-19", 19),
            ("Wed, 19 Aug 2020 08:30:00 +0300", "2020-08-19T08:30:00+03:00", 19),
            ("19 Aug 2020 08:30 GMT", "2020-08-19T08:30:00+00:00", 19),
            ("Tue, 19 Aug 2020 08:30:00 EST", "2020-08-19T08:30:00-05:00", 19),
            ("  2020-08-01 ", "2020-08-01", 1),
        ] {
            let published = parse_date(text.trim()).unwrap_or_else(|| panic!("{text} is a date"));
            assert_eq!(published.rfc3339, rfc3339);
            assert_eq!(published.date, jiff::civil::date(2020, 8, day));
        }
        for text in ["", "yesterday", "2020-02-30", "19/08/2020", "-002020-01-01", "0000-01-01", "١٩ آب ٢٠٢٠"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn languages_are_folded_to_their_code_and_nonsense_means_detect() {
        for (text, code) in [
            ("ar", "ar"),
            ("AR", "ar"),
            ("ar-SA", "ar"),
            ("en_GB", "en"),
            ("ara", "ar"),
            ("Arabic", "ar"),
            ("English", "en"),
            ("fr", "fr"),
            ("klingon", ""),
            ("12", ""),
            ("", ""),
        ] {
            assert_eq!(language_code(text), code, "{text}");
        }
    }

    #[test]
    fn a_protobuf_article_is_read_and_bad_ones_are_refused() {
        let decoder = Decoder::new(Format::Protobuf, Fields::default(), 1000).unwrap();
        let article = Article { id: "p".into(), body: "b".into(), title: "t".into(), ..Article::default() };
        assert_eq!(decoder.decode(&record::encode_article(&article)).unwrap(), article);
        let nameless = Article { body: "b".into(), ..Article::default() };
        assert!(decoder.decode(&record::encode_article(&nameless)).unwrap().id.starts_with("sha256:"));
        for (bytes, reason) in [
            (&b""[..], "empty"),
            (b"\xff\xff\xff", "invalid_protobuf"),
            (b"\x1a\x02\xff\xfe", "invalid_protobuf"),
            (b"\x0a\x01x", "missing_body"),
        ] {
            assert_eq!(decoder.decode(bytes).unwrap_err().reason(), reason);
        }
    }

    #[test]
    fn what_publish_writes_the_decoder_reads_back() {
        let article = Article {
            id: "r".into(),
            title: "عنوان".into(),
            body: "نص\n\"مقتبس\"".into(),
            language: "ar".into(),
            published: parse_date("2031-03-04"),
            source: "s".into(),
            url: "https://u.example".into(),
        };
        assert_eq!(decode(&record::article_json(&article)).unwrap(), article);
    }
}

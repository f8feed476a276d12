//! The record: what crosses Kafka and what Safir prints as JSON.
//!
//! The only module that names the generated protobuf types; everything else speaks of [`crate::event`] and
//! [`crate::article`]. JSON is the proto3 mapping: lowerCamelCase names, enum values by name, 64-bit integers as
//! strings, default values left out.

use prost::Message as _;

use crate::article::Article;
use crate::event::{Act, ActorKind, Event, EventType, Field, Granularity, MeetingMode, Modality, Role, Span};

#[allow(clippy::all, clippy::pedantic, missing_docs)]
mod proto {
    include!(concat!(env!("OUT_DIR"), "/safir.v1.rs"));
    include!(concat!(env!("OUT_DIR"), "/safir.v1.serde.rs"));
}

pub use proto::DiplomaticEvent;

/// The full protobuf name of the output record, as written in the header `safir-schema`.
pub const SCHEMA: &str = "safir.v1.DiplomaticEvent";
/// The major version of the record, as written in the header `safir-schema-version`.
pub const SCHEMA_VERSION: &str = "1";
/// The media type of the output record, as written in the header `content-type`.
pub const CONTENT_TYPE: &str = "application/x-protobuf";
/// The program's version, written into every record.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where in Kafka an article was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    pub topic: &'a str,
    pub partition: i32,
    pub offset: i64,
    /// Milliseconds since the Unix epoch; 0 when the record has no timestamp.
    pub timestamp_ms: i64,
}

/// A received value is not the protobuf message that it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {schema} message: {detail}")]
pub struct ProtobufError {
    schema: &'static str,
    detail: String,
}

/// The record of one event, as the value of a Kafka record.
///
/// `language` is the one the article was read in; `origin` is absent when the article did not come from Kafka.
pub fn encode(
    event: &Event,
    article: &Article,
    language: &str,
    origin: Option<&Origin<'_>>,
    lexicon_version: &str,
) -> Vec<u8> {
    build(event, article, language, origin, lexicon_version).encode_to_vec()
}

/// The record of one event as proto3 JSON on one line, without a line end.
pub fn to_json(
    event: &Event,
    article: &Article,
    language: &str,
    origin: Option<&Origin<'_>>,
    lexicon_version: &str,
) -> String {
    json_of(&build(event, article, language, origin, lexicon_version))
}

/// Appends to `out` what [`to_json`] returns.
pub fn write_json(
    event: &Event,
    article: &Article,
    language: &str,
    origin: Option<&Origin<'_>>,
    lexicon_version: &str,
    out: &mut Vec<u8>,
) {
    let begin = out.len();
    // Fails for no record (see [`json_of`]); half a record would be worse than none.
    if serde_json::to_writer(&mut *out, &build(event, article, language, origin, lexicon_version)).is_err() {
        out.truncate(begin);
    }
}

/// A received record as proto3 JSON on one line, without a line end.
pub fn json_of(record: &DiplomaticEvent) -> String {
    // Serialising fails only on maps with keys that are no strings and on writers that fail; there are neither.
    serde_json::to_string(record).unwrap_or_default()
}

/// Reads the value of a record of the output topic.
///
/// # Errors
/// When the bytes are not a protobuf message of that shape. Fields and enum values that are unknown are no error.
pub fn decode_event(bytes: &[u8]) -> Result<DiplomaticEvent, ProtobufError> {
    DiplomaticEvent::decode(bytes).map_err(|error| ProtobufError { schema: SCHEMA, detail: error.to_string() })
}

/// A record as the value of a Kafka record.
pub fn encode_record(record: &DiplomaticEvent) -> Vec<u8> {
    record.encode_to_vec()
}

/// Reads an event from its proto3 JSON form.
///
/// # Errors
/// When the text is not that JSON; the message names line and column.
pub fn event_from_json(text: &str) -> Result<DiplomaticEvent, serde_json::Error> {
    serde_json::from_str(text)
}

/// The Kafka headers of an event's record: they let a consumer route without decoding the value.
pub fn headers<'a>(event: &'a Event, language: &'a str) -> [(&'static str, &'a str); 6] {
    [
        ("safir-event-type", type_label(event.kind)),
        ("safir-language", language),
        ("safir-schema", SCHEMA),
        ("safir-schema-version", SCHEMA_VERSION),
        ("content-type", CONTENT_TYPE),
        ("safir-event-id", &event.id),
    ]
}

/// MEETING, VISIT or STATEMENT: the enum value without its prefix, for headers, metric labels and filters.
pub fn type_label(kind: EventType) -> &'static str {
    match kind {
        EventType::Meeting => "MEETING",
        EventType::Visit => "VISIT",
        EventType::Statement => "STATEMENT",
    }
}

/// OCCURRED, ONGOING, PLANNED, POSSIBLE or NEGATED: the enum value without its prefix.
pub fn modality_label(modality: Modality) -> &'static str {
    match modality {
        Modality::Occurred => "OCCURRED",
        Modality::Ongoing => "ONGOING",
        Modality::Planned => "PLANNED",
        Modality::Possible => "POSSIBLE",
        Modality::Negated => "NEGATED",
    }
}

/// The fields of an article as received, not yet judged.
pub(crate) struct ArticleFields {
    pub id: String,
    pub title: String,
    pub body: String,
    pub language: String,
    pub published_at: String,
    pub source: String,
    pub url: String,
}

/// Reads the value of a record of the input topic when the input format is protobuf.
pub(crate) fn decode_article(bytes: &[u8]) -> Result<ArticleFields, ProtobufError> {
    let message = proto::Article::decode(bytes)
        .map_err(|error| ProtobufError { schema: "safir.v1.Article", detail: error.to_string() })?;
    Ok(ArticleFields {
        id: message.id,
        title: message.title,
        body: message.body,
        language: message.language,
        published_at: message.published_at,
        source: message.source,
        url: message.url,
    })
}

/// An article as the value of a record of the input topic when the input format is protobuf.
pub fn encode_article(article: &Article) -> Vec<u8> {
    article_message(article).encode_to_vec()
}

/// An article as the value of a record of the input topic when the input format is JSON. The names are those of the
/// .proto (`published_at`), which the decoder's defaults read back.
pub fn article_json(article: &Article) -> String {
    #[derive(serde::Serialize)]
    struct Json<'a> {
        id: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        title: &'a str,
        body: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        language: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        published_at: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        source: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        url: &'a str,
    }
    let json = Json {
        id: &article.id,
        title: &article.title,
        body: &article.body,
        language: &article.language,
        published_at: published(article),
        source: &article.source,
        url: &article.url,
    };
    serde_json::to_string(&json).unwrap_or_default()
}

fn published(article: &Article) -> &str {
    article.published.as_ref().map_or("", |published| &published.rfc3339)
}

fn article_message(article: &Article) -> proto::Article {
    proto::Article {
        id: article.id.clone(),
        title: article.title.clone(),
        body: article.body.clone(),
        language: article.language.clone(),
        published_at: published(article).to_owned(),
        source: article.source.clone(),
        url: article.url.clone(),
    }
}

/// The record of one event.
pub fn build(
    event: &Event,
    article: &Article,
    language: &str,
    origin: Option<&Origin<'_>>,
    lexicon_version: &str,
) -> DiplomaticEvent {
    let span = |span: &Span| span_message(span, article);
    let spans = |list: &[Span]| list.iter().map(span).collect();
    DiplomaticEvent {
        id: event.id.clone(),
        r#type: event_type(event.kind) as i32,
        modality: modality(event.modality) as i32,
        act: event.act.map_or(proto::StatementAct::Unspecified, act) as i32,
        meeting_mode: event.meeting_mode.map_or(proto::MeetingMode::Unspecified, meeting_mode) as i32,
        cameo_code: event.cameo_code.to_owned(),
        plover_type: event.plover_type.to_owned(),
        participants: event
            .participants
            .iter()
            .map(|participant| proto::Participant {
                role: role(participant.role) as i32,
                mention: Some(span(&participant.mention)),
                name: participant.name.clone(),
                name_en: participant.name_en.clone(),
                name_ar: participant.name_ar.clone(),
                kind: actor_kind(participant.kind) as i32,
                country: participant.country.clone(),
                office: participant
                    .office
                    .as_ref()
                    .map(|office| proto::Office { title: office.title.clone(), code: office.code.clone() }),
                resolved_from: participant.resolved_from.as_ref().map(span),
            })
            .collect(),
        place: event.place.as_ref().map(|place| proto::Place {
            mention: Some(span(&place.mention)),
            name: place.name.clone(),
            country: place.country.clone(),
            from_dateline: place.from_dateline,
        }),
        time: event.time.as_ref().map(|time| {
            let (start, end) =
                time.days.map_or_else(Default::default, |(first, last)| (first.to_string(), last.to_string()));
            proto::Time {
                mention: Some(span(&time.mention)),
                start,
                end,
                granularity: granularity(time.granularity) as i32,
                relative_to: time.relative_to.map(|date| date.to_string()).unwrap_or_default(),
            }
        }),
        content: spans(&event.content),
        quotes: spans(&event.quotes),
        via: event.via.as_ref().map(span),
        topics: event.topics.clone(),
        mentions: spans(&event.mentions),
        sentence: Some(span(&event.sentence)),
        confidence: event.confidence,
        cluster_key: event.cluster_key.clone(),
        article: Some(proto::ArticleRef {
            id: article.id.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            source: article.source.clone(),
            language: language.to_owned(),
            published_at: published(article).to_owned(),
            topic: origin.map_or_else(String::new, |origin| origin.topic.to_owned()),
            partition: origin.map_or(0, |origin| origin.partition),
            offset: origin.map_or(0, |origin| origin.offset),
            timestamp: origin.map_or(0, |origin| origin.timestamp_ms),
        }),
        extractor: Some(proto::Extractor {
            name: "safir".to_owned(),
            version: VERSION.to_owned(),
            lexicon_version: lexicon_version.to_owned(),
            rule_ids: event.rule_ids.clone(),
        }),
    }
}

fn span_message(span: &Span, article: &Article) -> proto::Span {
    let field = match span.field {
        Field::Title => proto::TextField::Title,
        Field::Body => proto::TextField::Body,
    };
    proto::Span { field: field as i32, start: span.start, end: span.end, text: span.of(article).to_owned() }
}

// Each pair of functions below is one enum both ways. Written out so that a new variant does not compile until both
// know it; `None` is a value that a newer Safir wrote.

fn event_type(kind: EventType) -> proto::EventType {
    match kind {
        EventType::Meeting => proto::EventType::Meeting,
        EventType::Visit => proto::EventType::Visit,
        EventType::Statement => proto::EventType::Statement,
    }
}

fn modality(modality: Modality) -> proto::Modality {
    match modality {
        Modality::Occurred => proto::Modality::Occurred,
        Modality::Ongoing => proto::Modality::Ongoing,
        Modality::Planned => proto::Modality::Planned,
        Modality::Possible => proto::Modality::Possible,
        Modality::Negated => proto::Modality::Negated,
    }
}

fn act(act: Act) -> proto::StatementAct {
    match act {
        Act::State => proto::StatementAct::State,
        Act::Support => proto::StatementAct::Support,
        Act::Request => proto::StatementAct::Request,
        Act::Promise => proto::StatementAct::Promise,
        Act::Accuse => proto::StatementAct::Accuse,
        Act::Reject => proto::StatementAct::Reject,
        Act::Warn => proto::StatementAct::Warn,
        Act::Agree => proto::StatementAct::Agree,
    }
}

fn meeting_mode(mode: MeetingMode) -> proto::MeetingMode {
    match mode {
        MeetingMode::InPerson => proto::MeetingMode::InPerson,
        MeetingMode::Call => proto::MeetingMode::Call,
        MeetingMode::Multilateral => proto::MeetingMode::Multilateral,
        MeetingMode::Negotiation => proto::MeetingMode::Negotiation,
    }
}

fn role(role: Role) -> proto::ParticipantRole {
    match role {
        Role::Party => proto::ParticipantRole::Party,
        Role::Visitor => proto::ParticipantRole::Visitor,
        Role::Host => proto::ParticipantRole::Host,
        Role::Speaker => proto::ParticipantRole::Speaker,
        Role::Target => proto::ParticipantRole::Target,
    }
}

fn actor_kind(kind: ActorKind) -> proto::ActorKind {
    match kind {
        ActorKind::Person => proto::ActorKind::Person,
        ActorKind::Country => proto::ActorKind::Country,
        ActorKind::Organization => proto::ActorKind::Organization,
        ActorKind::Group => proto::ActorKind::Group,
    }
}

fn granularity(granularity: Granularity) -> proto::TimeGranularity {
    match granularity {
        Granularity::Day => proto::TimeGranularity::Day,
        Granularity::Month => proto::TimeGranularity::Month,
        Granularity::Year => proto::TimeGranularity::Year,
        Granularity::Range => proto::TimeGranularity::Range,
    }
}

/// A record read back, for people: what [`crate::render`] prints and `safir tail` filters by. Enum values that this
/// version does not know are `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'a> {
    pub kind: Option<EventType>,
    pub modality: Option<Modality>,
    pub act: Option<Act>,
    pub meeting_mode: Option<MeetingMode>,
    pub participants: Vec<ReadParticipant<'a>>,
    /// Name and ISO 3166-1 alpha-2 code, either possibly empty.
    pub place: Option<(&'a str, &'a str)>,
    pub time: Option<ReadTime<'a>>,
    pub content: Vec<&'a str>,
    pub quotes: Vec<&'a str>,
    pub via: Option<&'a str>,
    pub topics: Vec<&'a str>,
    pub sentence: &'a str,
    /// The most telling trigger.
    pub trigger: &'a str,
    /// Of the most telling trigger, in bytes of the sentence; `None` when it lies outside of it.
    pub trigger_in_sentence: Option<(usize, usize)>,
    pub mentions: usize,
    pub confidence: f64,
    pub article_id: &'a str,
    pub title: &'a str,
    pub source: &'a str,
    pub url: &'a str,
    pub published_at: &'a str,
    pub language: &'a str,
}

/// An actor of a [`Reading`].
#[derive(Clone, Debug, PartialEq)]
pub struct ReadParticipant<'a> {
    pub role: Option<Role>,
    pub name: &'a str,
    pub name_en: &'a str,
    pub name_ar: &'a str,
    pub mention: &'a str,
    pub kind: Option<ActorKind>,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: &'a str,
    /// The title as written, or empty.
    pub office: &'a str,
    /// The words that were resolved to this actor; `Some("")` for a dropped subject.
    pub resolved_from: Option<&'a str>,
}

/// The time of a [`Reading`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadTime<'a> {
    pub words: &'a str,
    /// ISO 8601 dates, empty when unresolved.
    pub start: &'a str,
    pub end: &'a str,
}

/// Reads a record back for people.
pub fn read(record: &DiplomaticEvent) -> Reading<'_> {
    fn text(span: Option<&proto::Span>) -> &str {
        span.map_or("", |span| span.text.as_str())
    }
    fn texts(spans: &[proto::Span]) -> Vec<&str> {
        spans.iter().map(|span| span.text.as_str()).collect()
    }
    let sentence = record.sentence.as_ref();
    let first = record.mentions.first();
    let trigger_in_sentence = first.zip(sentence).and_then(|(trigger, sentence)| {
        let start = trigger.start.checked_sub(sentence.start)? as usize;
        let end = trigger.end.checked_sub(sentence.start)? as usize;
        let inside = trigger.field == sentence.field && sentence.text.get(start..end).is_some();
        inside.then_some((start, end))
    });
    let article = record.article.as_ref();
    let of_article =
        |pick: for<'r> fn(&'r proto::ArticleRef) -> &'r String| article.map_or("", |article| pick(article).as_str());
    Reading {
        kind: EVENT_TYPES.iter().copied().find(|value| event_type(*value) as i32 == record.r#type),
        modality: MODALITIES.iter().copied().find(|value| modality(*value) as i32 == record.modality),
        act: ACTS.iter().copied().find(|value| act(*value) as i32 == record.act),
        meeting_mode: MODES.iter().copied().find(|value| meeting_mode(*value) as i32 == record.meeting_mode),
        participants: record
            .participants
            .iter()
            .map(|participant| ReadParticipant {
                role: ROLES.iter().copied().find(|value| role(*value) as i32 == participant.role),
                name: &participant.name,
                name_en: &participant.name_en,
                name_ar: &participant.name_ar,
                mention: text(participant.mention.as_ref()),
                kind: KINDS.iter().copied().find(|value| actor_kind(*value) as i32 == participant.kind),
                country: &participant.country,
                office: participant.office.as_ref().map_or("", |office| &office.title),
                resolved_from: participant.resolved_from.as_ref().map(|span| span.text.as_str()),
            })
            .collect(),
        place: record.place.as_ref().map(|place| (place.name.as_str(), place.country.as_str())),
        time: record.time.as_ref().map(|time| ReadTime {
            words: text(time.mention.as_ref()),
            start: &time.start,
            end: &time.end,
        }),
        content: texts(&record.content),
        quotes: texts(&record.quotes),
        via: record.via.as_ref().map(|span| span.text.as_str()),
        topics: record.topics.iter().map(String::as_str).collect(),
        sentence: text(sentence),
        trigger: text(first),
        trigger_in_sentence,
        mentions: record.mentions.len(),
        confidence: record.confidence,
        article_id: of_article(|article| &article.id),
        title: of_article(|article| &article.title),
        source: of_article(|article| &article.source),
        url: of_article(|article| &article.url),
        published_at: of_article(|article| &article.published_at),
        language: of_article(|article| &article.language),
    }
}

const EVENT_TYPES: [EventType; 3] = [EventType::Meeting, EventType::Visit, EventType::Statement];
const MODALITIES: [Modality; 5] =
    [Modality::Occurred, Modality::Ongoing, Modality::Planned, Modality::Possible, Modality::Negated];
const ACTS: [Act; 8] =
    [Act::State, Act::Support, Act::Request, Act::Promise, Act::Accuse, Act::Reject, Act::Warn, Act::Agree];
const MODES: [MeetingMode; 4] =
    [MeetingMode::InPerson, MeetingMode::Call, MeetingMode::Multilateral, MeetingMode::Negotiation];
const ROLES: [Role; 5] = [Role::Party, Role::Visitor, Role::Host, Role::Speaker, Role::Target];
const KINDS: [ActorKind; 4] = [ActorKind::Person, ActorKind::Country, ActorKind::Organization, ActorKind::Group];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Published;
    use crate::event::{Office, Participant, Place, Time};

    fn span(article: &Article, text: &str) -> Span {
        let start = article.body.find(text).expect("the words are in the body");
        Span { field: Field::Body, start: start as u32, end: (start + text.len()) as u32 }
    }

    fn article() -> Article {
        Article {
            id: "a-1".into(),
            title: "لقاء في مسقط".into(),
            body: "التقى الوزير نظيره في مسقط أمس.\u{202e}\u{0007} \"نعمل معا\"، قال الوزير بحسب إذاعة الميناء".into(),
            language: "ar".into(),
            published: Some(Published {
                rfc3339: "2031-03-04T10:00:00+03:00".into(),
                date: jiff::civil::date(2031, 3, 4),
            }),
            source: "Harbour Radio".into(),
            url: "https://harbour.example/1".into(),
        }
    }

    fn event(article: &Article) -> Event {
        let day = jiff::civil::date(2031, 3, 3);
        Event {
            id: "0123456789abcdef0123456789abcdef".into(),
            kind: EventType::Meeting,
            modality: Modality::Occurred,
            act: None,
            meeting_mode: Some(MeetingMode::InPerson),
            cameo_code: "040",
            plover_type: "CONSULT",
            participants: vec![Participant {
                role: Role::Party,
                mention: span(article, "الوزير"),
                name: "الوزير".into(),
                name_en: String::new(),
                name_ar: String::new(),
                kind: ActorKind::Person,
                country: "OM".into(),
                office: Some(Office { title: "الوزير".into(), code: "MINISTER".into() }),
                resolved_from: None,
            }],
            place: Some(Place {
                mention: span(article, "في مسقط"),
                name: "مسقط".into(),
                country: "OM".into(),
                from_dateline: false,
            }),
            time: Some(Time {
                mention: span(article, "أمس"),
                days: Some((day, day)),
                granularity: Granularity::Day,
                relative_to: Some(jiff::civil::date(2031, 3, 4)),
            }),
            content: vec![],
            quotes: vec![span(article, "نعمل معا")],
            via: Some(span(article, "إذاعة الميناء")),
            topics: vec!["bilateral_relations".into()],
            mentions: vec![span(article, "التقى")],
            sentence: span(article, "التقى الوزير نظيره في مسقط أمس."),
            confidence: 0.9,
            cluster_key: "k".into(),
            rule_ids: vec!["ar.meeting.met".into()],
        }
    }

    #[test]
    fn protobuf_and_json_carry_the_same_record() {
        let article = article();
        let event = event(&article);
        let origin = Origin { topic: "news.articles", partition: 3, offset: 41, timestamp_ms: 1_930_000_000_000 };
        let decoded = decode_event(&encode(&event, &article, "ar", Some(&origin), "lex")).unwrap();
        let json = to_json(&event, &article, "ar", Some(&origin), "lex");
        assert_eq!(event_from_json(&json).unwrap(), decoded);
        assert!(!json.contains('\n'));
    }

    #[test]
    fn json_is_the_proto3_mapping_with_enum_names_and_long_integers_as_strings() {
        let article = article();
        let event = event(&article);
        let origin = Origin { topic: "news.articles", partition: 3, offset: 41, timestamp_ms: 1_930_000_000_000 };
        let json: serde_json::Value =
            serde_json::from_str(&to_json(&event, &article, "ar", Some(&origin), "lex")).unwrap();
        assert_eq!(json["type"], "EVENT_TYPE_MEETING");
        assert_eq!(json["meetingMode"], "MEETING_MODE_IN_PERSON");
        assert_eq!(json.get("act"), None, "unset enums are left out");
        assert_eq!(json["article"]["offset"], "41");
        assert_eq!(json["article"]["partition"], 3);
        assert_eq!(json["mentions"][0]["field"], "TEXT_FIELD_BODY");
        assert_eq!(json["time"]["start"], "2031-03-03");
        assert_eq!(json["extractor"]["lexiconVersion"], "lex");
    }

    #[test]
    fn every_span_text_is_the_slice_of_the_article_as_received() {
        let article = article();
        let event = event(&article);
        let json: serde_json::Value = serde_json::from_str(&to_json(&event, &article, "ar", None, "lex")).unwrap();
        for found in
            [&json["mentions"][0], &json["quotes"][0], &json["via"], &json["sentence"], &json["time"]["mention"]]
        {
            let start = found.get("start").map_or(0, |value| value.as_u64().unwrap()) as usize;
            let end = found["end"].as_u64().unwrap() as usize;
            assert_eq!(found["text"].as_str().unwrap(), &article.body[start..end]);
        }
    }

    #[test]
    fn an_article_that_did_not_come_from_kafka_has_no_topic() {
        let article = article();
        let record = build(&event(&article), &article, "ar", None, "lex");
        let reference = record.article.unwrap();
        assert_eq!((reference.topic.as_str(), reference.offset, reference.timestamp), ("", 0, 0));
        assert_eq!(reference.published_at, "2031-03-04T10:00:00+03:00");
    }

    #[test]
    fn a_record_is_read_back_for_people() {
        let article = article();
        let record = build(&event(&article), &article, "ar", None, "lex");
        let reading = read(&record);
        assert_eq!(reading.kind, Some(EventType::Meeting));
        assert_eq!(reading.act, None);
        assert_eq!(reading.place, Some(("مسقط", "OM")));
        assert_eq!(reading.time.unwrap().start, "2031-03-03");
        let (start, end) = reading.trigger_in_sentence.unwrap();
        assert_eq!(&reading.sentence[start..end], "التقى");
    }

    #[test]
    fn enum_values_of_a_newer_version_are_read_as_unknown() {
        let article = article();
        let mut record = build(&event(&article), &article, "ar", None, "lex");
        record.r#type = 77;
        record.participants[0].role = 99;
        let record = decode_event(&record.encode_to_vec()).unwrap();
        let reading = read(&record);
        assert_eq!(reading.kind, None);
        assert_eq!(reading.participants[0].role, None);
    }

    #[test]
    fn bytes_that_are_no_event_are_refused_by_name() {
        let error = decode_event(b"\xff\xff\xff\xff").unwrap_err();
        assert!(error.to_string().starts_with("not a safir.v1.DiplomaticEvent message: "), "{error}");
    }

    #[test]
    fn headers_let_a_consumer_route_without_decoding() {
        let article = article();
        let event = event(&article);
        assert_eq!(
            headers(&event, "ar"),
            [
                ("safir-event-type", "MEETING"),
                ("safir-language", "ar"),
                ("safir-schema", "safir.v1.DiplomaticEvent"),
                ("safir-schema-version", "1"),
                ("content-type", "application/x-protobuf"),
                ("safir-event-id", "0123456789abcdef0123456789abcdef"),
            ]
        );
    }
}

//! The domain's own event: what extraction produces and [`crate::record`] turns into protobuf.
//!
//! Field by field the meaning is that of `proto/safir/v1/event.proto`, which is the reference.

/// A field of an article that a [`Span`] points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Title,
    Body,
}

/// UTF-8 byte offsets into one field of the article as received; `end` is exclusive.
///
/// The text is not stored: [`Span::of`] slices it from the article, so it can never disagree with the offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub field: Field,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The slice of `article` that this span stands for; empty if it does not fit (spans made by extraction always do).
    pub fn of<'a>(&self, article: &'a crate::article::Article) -> &'a str {
        let text = match self.field {
            Field::Title => &article.title,
            Field::Body => &article.body,
        };
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.field == other.field && self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside `self`.
    pub fn contains(&self, other: &Span) -> bool {
        self.field == other.field && self.start <= other.start && other.end <= self.end
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum EventType {
    Meeting,
    Visit,
    Statement,
}

/// Whether it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Modality {
    Occurred,
    Ongoing,
    Planned,
    Possible,
    Negated,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Act {
    State,
    Support,
    Request,
    Promise,
    Accuse,
    Reject,
    Warn,
    Agree,
}

/// How the parties of a meeting conferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum MeetingMode {
    InPerson,
    Call,
    Multilateral,
    Negotiation,
}

/// The part an actor has in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Party,
    Visitor,
    Host,
    Speaker,
    Target,
}

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    Person,
    Country,
    Organization,
    Group,
}

/// An office as written, and its normalised code where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Office {
    pub title: String,
    pub code: String,
}

/// An actor in its role.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    pub role: Role,
    pub mention: Span,
    pub name: String,
    pub name_en: String,
    pub name_ar: String,
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    pub office: Option<Office>,
    pub resolved_from: Option<Span>,
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub mention: Span,
    pub name: String,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    pub from_dateline: bool,
}

/// How exact a [`Time`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Granularity {
    Day,
    Month,
    Year,
    Range,
}

/// When an event took place.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    pub mention: Span,
    /// First and last day, both inclusive; `None` when a relative expression had nothing to be resolved against.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
    pub granularity: Granularity,
    pub relative_to: Option<jiff::civil::Date>,
}

/// One diplomatic event of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: String,
    pub kind: EventType,
    pub modality: Modality,
    pub act: Option<Act>,
    pub meeting_mode: Option<MeetingMode>,
    pub cameo_code: &'static str,
    pub plover_type: &'static str,
    pub participants: Vec<Participant>,
    pub place: Option<Place>,
    pub time: Option<Time>,
    pub content: Vec<Span>,
    pub quotes: Vec<Span>,
    pub via: Option<Span>,
    pub topics: Vec<String>,
    pub mentions: Vec<Span>,
    pub sentence: Span,
    /// 0 to 1.
    pub confidence: f64,
    pub cluster_key: String,
    pub rule_ids: Vec<String>,
}

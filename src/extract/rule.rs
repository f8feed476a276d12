//! Rules as data: which trigger forms make an event, and where its subject is looked for.

use serde::Deserialize;

use crate::event::EventType;
use crate::lexicon::Form;

/// A rule file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

/// One rule. For each trigger the rules of its type are tried in order; the first whose subject is found makes the event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// "ar.statement.verb-subject".
    pub id: String,
    #[serde(deserialize_with = "event_type")]
    pub event: EventType,
    /// What it does, in a sentence.
    pub what: String,
    /// What it is known to get wrong.
    #[serde(default)]
    pub known: String,
    #[serde(deserialize_with = "forms")]
    pub forms: Vec<Form>,
    pub subject: Subject,
    /// Statements: what must be found of the content. Empty: anything, or for weak triggers a clause or quotation.
    #[serde(default)]
    pub needs: Needs,
    /// 0 to 1.
    pub confidence: f64,
    /// A text that it makes an event of.
    pub fires: String,
    /// A text that looks alike and tells no such event.
    pub silent: String,
}

/// Where the subject of a trigger is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Right after the verb, past adverbials.
    After,
    /// Before the verb, at the start of its clause.
    Before,
    /// Not said: the last speaker goes on.
    Dropped,
    /// A participle: the subject of the verb that governs it.
    Governor,
    /// The subject of a light verb that takes the trigger as its object.
    Light,
    /// A noun with its owner: a pronoun attached, a genitive, "between", "with".
    Owner,
    /// A headline: the speaker and a colon.
    Colon,
    /// "According to" the speaker.
    Attribution,
    /// A headline that only says where somebody is.
    Located,
}

/// What a statement must have besides its speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    /// Some content.
    #[default]
    Content,
    /// A clause introduced by "that", a colon or a quotation.
    Clause,
}

fn event_type<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<EventType, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "meeting" => Ok(EventType::Meeting),
        "visit" => Ok(EventType::Visit),
        "statement" => Ok(EventType::Statement),
        other => Err(serde::de::Error::custom(format!("unknown event {other:?}"))),
    }
}

fn forms<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Form>, D::Error> {
    Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|name| match name.as_str() {
            "past" => Ok(Form::Past),
            "present" => Ok(Form::Present),
            "participle" => Ok(Form::Participle),
            "noun" => Ok(Form::Noun),
            other => Err(serde::de::Error::custom(format!("unknown form {other:?}"))),
        })
        .collect()
}

/// Reads a rule file.
///
/// # Errors
/// The line at which it is faulty, and what is wrong.
pub fn parse(text: &str) -> Result<Vec<Rule>, String> {
    toml::from_str::<File>(text).map(|file| file.rule).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
        format!("{line}: {}", error.message())
    })
}

//! `safir tail`: decoded events from the output topic.

use std::io::{self, IsTerminal, Write as _};
use std::time::Duration;

use clap::ValueEnum;

use super::{ColourChoice, Exit, KafkaFlags, OutputFormat, width};
use crate::event::{EventType, Modality};
use crate::kafka::{EventReader, Start};
use crate::record::{self, Reading};
use crate::render::Renderer;

/// Print events from the output topic
///
/// Reads without a consumer group: nobody's offsets move.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir tail                                             what is written from now on
  safir tail --from-beginning --type meeting,visit       all meetings and visits
  safir tail --last 100 --country IQ --person 'Hussein'  by country and person
  safir tail --from-beginning --no-follow --format json | jq .participants")]
pub(super) struct Args {
    /// Begin with the oldest event
    #[arg(long, conflicts_with = "last")]
    from_beginning: bool,
    /// Begin so many events before the end of each partition
    #[arg(long, value_name = "N")]
    last: Option<u32>,
    /// Stop at the end instead of waiting for more
    #[arg(long)]
    no_follow: bool,
    /// Stop after so many events
    #[arg(long, short = 'n', value_name = "N")]
    count: Option<u64>,
    /// Only these types, comma-separated
    #[arg(long = "type", value_enum, value_delimiter = ',', value_name = "TYPE")]
    types: Vec<TypeName>,
    /// Only events that occurred, are planned, ...; comma-separated
    #[arg(long, value_enum, value_delimiter = ',')]
    modality: Vec<ModalityName>,
    /// Only events in which one of these countries takes part or is the place; ISO 3166-1 alpha-2, comma-separated
    #[arg(long = "country", value_delimiter = ',', value_name = "CODE")]
    countries: Vec<String>,
    /// Only events in which an actor's name (in English or Arabic) contains this; may be repeated
    #[arg(long = "person", value_name = "NAME")]
    persons: Vec<String>,
    /// How to print events [default: text on a terminal, json elsewhere]
    #[arg(long, short, value_enum)]
    format: Option<OutputFormat>,
    #[command(flatten)]
    kafka: KafkaFlags,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TypeName {
    Meeting,
    Visit,
    Statement,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModalityName {
    Occurred,
    Ongoing,
    Planned,
    Possible,
    Negated,
}

/// How long to wait for the brokers to describe the topic.
const CONNECT: Duration = Duration::from_secs(10);
/// How long one wait for an event lasts; between two the end of the topic is looked for.
const POLL: Duration = Duration::from_millis(200);

pub(super) fn run(args: Args, colour: ColourChoice) -> anyhow::Result<Exit> {
    let settings = args.kafka.load()?.config.kafka();
    let start = match (args.from_beginning, args.last) {
        (true, _) => Start::Beginning,
        (false, Some(count)) => Start::Last(count),
        (false, None) => Start::End,
    };
    let format = OutputFormat::or_by_terminal(args.format);
    let filter = Filter::new(&args);
    let mut renderer = Renderer::new(colour.on(io::stdout().is_terminal()), width());
    let mut reader = EventReader::new(&settings, start, CONNECT)?;
    let mut exit = Exit::Done;
    let mut printed = 0;
    while args.count.is_none_or(|count| printed < count) {
        let Some(received) = reader.next(POLL)? else {
            if args.no_follow && reader.at_end() {
                break;
            }
            continue;
        };
        let event = match record::decode_event(received.value.as_deref().unwrap_or_default()) {
            Ok(event) => event,
            Err(error) => {
                let (topic, partition, offset) = (&settings.output_topic, received.partition, received.offset);
                writeln!(io::stderr(), "{topic}[{partition}] at offset {offset}: {error}")?;
                exit = Exit::BadInput;
                continue;
            }
        };
        let reading = record::read(&event);
        if !filter.accepts(&reading) {
            continue;
        }
        let text = match format {
            OutputFormat::Json => record::json_of(&event) + "\n",
            OutputFormat::Text => renderer.event(&reading),
        };
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        printed += 1;
    }
    Ok(exit)
}

/// Which events to print. Different kinds of condition must all hold, of one kind one is enough.
struct Filter {
    types: Vec<EventType>,
    modalities: Vec<Modality>,
    countries: Vec<String>,
    persons: Vec<String>,
}

impl Filter {
    fn new(args: &Args) -> Self {
        Self {
            types: args
                .types
                .iter()
                .map(|name| match name {
                    TypeName::Meeting => EventType::Meeting,
                    TypeName::Visit => EventType::Visit,
                    TypeName::Statement => EventType::Statement,
                })
                .collect(),
            modalities: args
                .modality
                .iter()
                .map(|name| match name {
                    ModalityName::Occurred => Modality::Occurred,
                    ModalityName::Ongoing => Modality::Ongoing,
                    ModalityName::Planned => Modality::Planned,
                    ModalityName::Possible => Modality::Possible,
                    ModalityName::Negated => Modality::Negated,
                })
                .collect(),
            countries: args.countries.iter().map(|code| code.trim().to_ascii_uppercase()).collect(),
            persons: args.persons.iter().map(|name| fold(name)).collect(),
        }
    }

    fn accepts(&self, event: &Reading<'_>) -> bool {
        let one_of = |wanted: &[String], found: &dyn Fn(&String) -> bool| wanted.is_empty() || wanted.iter().any(found);
        let country = |code: &String| {
            event.participants.iter().any(|participant| participant.country == code)
                || event.place.is_some_and(|(_, country)| country == code)
        };
        let person = |name: &String| {
            event.participants.iter().any(|participant| {
                let names = [participant.name, participant.name_en, participant.name_ar, participant.mention];
                names.iter().any(|other| fold(other).contains(name.as_str()))
            })
        };
        (self.types.is_empty() || event.kind.is_some_and(|kind| self.types.contains(&kind)))
            && (self.modalities.is_empty() || event.modality.is_some_and(|value| self.modalities.contains(&value)))
            && one_of(&self.countries, &country)
            && one_of(&self.persons, &person)
    }
}

/// Folds what people write in several ways: case, Arabic diacritics and tatweel, the forms of alif, ya and ta marbuta.
fn fold(name: &str) -> String {
    name.trim()
        .chars()
        .filter(|char| !matches!(char, '\u{064b}'..='\u{0652}' | '\u{0670}' | '\u{0640}'))
        .flat_map(char::to_lowercase)
        .map(|char| match char {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::ReadParticipant;

    fn filter(types: &[EventType], countries: &[&str], persons: &[&str]) -> Filter {
        Filter {
            types: types.to_vec(),
            modalities: vec![],
            countries: countries.iter().map(|code| (*code).to_owned()).collect(),
            persons: persons.iter().map(|name| fold(name)).collect(),
        }
    }

    fn meeting() -> Reading<'static> {
        Reading {
            kind: Some(EventType::Meeting),
            modality: Some(Modality::Occurred),
            act: None,
            meeting_mode: None,
            participants: vec![ReadParticipant {
                role: None,
                name: "أُسامة الحدّاد",
                name_en: "Usama Haddad",
                name_ar: "",
                mention: "الوزير",
                kind: None,
                country: "TN",
                office: "",
                resolved_from: None,
            }],
            place: Some(("مسقط", "OM")),
            time: None,
            content: vec![],
            quotes: vec![],
            via: None,
            topics: vec![],
            sentence: "",
            trigger: "",
            trigger_in_sentence: None,
            mentions: 1,
            confidence: 1.0,
            article_id: "",
            title: "",
            source: "",
            url: "",
            published_at: "",
            language: "ar",
        }
    }

    #[test]
    fn conditions_of_different_kinds_must_all_hold_and_of_one_kind_one_is_enough() {
        let event = meeting();
        assert!(filter(&[], &[], &[]).accepts(&event));
        assert!(filter(&[EventType::Visit, EventType::Meeting], &[], &[]).accepts(&event));
        assert!(!filter(&[EventType::Visit], &[], &[]).accepts(&event));
        assert!(filter(&[], &["FR", "TN"], &[]).accepts(&event));
        assert!(filter(&[], &["OM"], &[]).accepts(&event), "the place counts");
        assert!(!filter(&[], &["FR"], &[]).accepts(&event));
        assert!(!filter(&[EventType::Meeting], &["FR"], &["Haddad"]).accepts(&event));
    }

    #[test]
    fn a_person_is_found_in_either_script_and_any_spelling() {
        let event = meeting();
        for name in ["haddad", "HADDAD", "اسامه", "أسامة", "الحداد"] {
            assert!(filter(&[], &[], &[name]).accepts(&event), "{name}");
        }
        assert!(!filter(&[], &[], &["سمير"]).accepts(&event));
    }
}

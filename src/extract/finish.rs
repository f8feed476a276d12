//! From drafts to events: names, dates, codes, identifiers, and the total order.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::language::{Key, Language};
use super::merge::merge;
use super::{Extractor, frame::Draft, frame::Drafts, time};
use crate::article::Article;
use crate::event::{Act, ActorKind, Event, EventType, Field, MeetingMode, Modality, Participant, Place, Role, Span};
use crate::extract::doc::Doc;
use crate::extract::mention::Mention;
use crate::extract::rule::Subject;
use crate::lexicon::spec::Confidence;
use crate::lexicon::{Meaning, flag};
use crate::text::Kind;

/// Merges the drafts and makes events of them, in the order of their principal mentions (title before body), then type.
pub fn events(
    mut all: Drafts<'_>,
    doc: &Doc,
    language: &Language,
    extractor: &Extractor,
    article: &Article,
) -> Vec<Event> {
    if all.drafts.is_empty() {
        return Vec::new();
    }
    merge(&mut all, doc.body);
    let drafts = std::mem::take(&mut all.drafts);
    // Only "today" and the like ask for the day of writing.
    let relative = |draft: &Draft| draft.time.as_ref().is_some_and(|e| matches!(e.kind, time::Reading::Offset(_)));
    let published = article.published.as_ref().filter(|_| drafts.iter().any(relative));
    let written = published.map(|p| time::written(doc, &language.lexicon, p.date));
    let mut events: Vec<Event> = drafts
        .into_iter()
        .filter(|draft| !draft.actors.is_empty())
        .map(|draft| event(draft, &all, doc, language, extractor, article, written))
        .collect();
    events.sort_by(|a, b| (a.mentions[0], a.kind, a.act, &a.id).cmp(&(b.mentions[0], b.kind, b.act, &b.id)));
    number_twins(&mut events);
    events
}

/// Two events of one type with one principal mention would share an id: the later ones get ids of their own.
fn number_twins(events: &mut [Event]) {
    for i in 1..events.len() {
        // Twins stand side by side in the order of events.
        let twins = events[..i]
            .iter()
            .rev()
            .take_while(|e| e.mentions[0] == events[i].mentions[0] && e.kind == events[i].kind)
            .count();
        if twins > 0 {
            events[i].id = hash(&[&events[i].id, &twins.to_string()]);
        }
    }
}

fn hash(parts: &[&str]) -> String {
    let mut bytes = Vec::with_capacity(256);
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    hexadecimal(&Sha256::digest(&bytes)[..16])
}

/// `bytes` in lower-case hexadecimal digits, two each.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    let mut out = String::with_capacity(2 * bytes.len());
    for &byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(byte));
    }
    out
}

/// A bare noun whose day is after the publication tells of what is still to come: "لقاء الوزيرين في 28 آب".
fn still_to_come(draft: &Draft, doc: &Doc, language: &Language, published: Option<Date>) -> bool {
    let noun = draft.kind != EventType::Statement
        && draft.modality == Modality::Occurred
        && !language.lexicon.spec.grammar.has_case
        && language.rules[draft.rule].subject == Subject::Owner;
    let Some((published, day)) = published.zip(draft.time.as_ref()).filter(|_| noun) else { return false };
    time::resolve(doc, day, Some(published), false).days.is_some_and(|(first, _)| first > published)
}

fn event(
    mut draft: Draft,
    all: &Drafts<'_>,
    doc: &Doc,
    language: &Language,
    extractor: &Extractor,
    article: &Article,
    written: Option<Date>,
) -> Event {
    let lexicon = &language.lexicon;
    let published = article.published.as_ref().map(|p| p.date);
    let mentions: Vec<Span> = draft.triggers.iter().map(|&(a, b)| doc.span(a, b)).collect();
    let participants: Vec<Participant> =
        draft.actors.iter().map(|actor| participant(actor, &draft, all, doc, language, extractor)).collect();
    let place = draft.place.map(|place| Place {
        mention: doc.span(place.first, place.last),
        name: all.resolver.clean(place.first, place.last),
        country: place.country.map(|c| lexicon.countries[c as usize].iso.clone()).unwrap_or_default(),
        from_dateline: false,
    });
    let place = place.or_else(|| {
        let told = draft.kind != EventType::Statement && says_here(&draft, doc, &lexicon.spec.grammar.here);
        let line = told.then(|| dateline(all, doc)).flatten()?;
        Some(Place {
            mention: doc.span(line.first, line.last),
            name: all.resolver.clean(line.first, line.last),
            country: line.country.map(|c| lexicon.countries[c as usize].iso.clone()).unwrap_or_default(),
            from_dateline: true,
        })
    });
    if still_to_come(&draft, doc, language, published) {
        draft.modality = Modality::Planned;
    }
    let future = matches!(draft.modality, Modality::Planned | Modality::Possible);
    let time = draft.time.as_ref().map(|e| {
        // "Today" is the day of writing, a date is the calendar's.
        let today = if matches!(e.kind, time::Reading::Offset(_)) { written } else { published };
        time::resolve(doc, e, today, future)
    });
    // A block element's edge is a token without text.
    let spans = |list: &[(usize, usize)]| -> Vec<Span> {
        list.iter().map(|&(a, b)| doc.span(a, b.max(a))).filter(|span| span.start < span.end).collect()
    };
    let mut content = spans(&draft.content);
    content.sort();
    content.dedup();
    let mut quotes = spans(&draft.quotes);
    quotes.sort();
    quotes.dedup();
    let sentence = doc.sentence(draft.triggers[0].0);
    let mut last = sentence.last;
    while last > sentence.first && doc.kind(last) == crate::text::Kind::Break {
        last -= 1;
    }
    let type_name = format!("{:?}", draft.kind).to_ascii_lowercase();
    let principal = mentions[0];
    let field = if principal.field == Field::Title { "title" } else { "body" };
    let id = hash(&[&article.id, &type_name, field, &principal.start.to_string(), &principal.end.to_string()]);
    let cameo_code = cameo(&draft);
    let confidence = confidence(&draft, &participants, &lexicon.spec.confidence);
    let mut event = Event {
        id,
        kind: draft.kind,
        modality: draft.modality,
        act: (draft.kind == EventType::Statement).then_some(draft.act),
        meeting_mode: (draft.kind == EventType::Meeting).then_some(draft.mode),
        cameo_code,
        plover_type: plover(draft.kind, draft.act),
        participants,
        place,
        time,
        topics: topics(&draft, doc, language),
        content,
        quotes,
        via: draft.via.map(|(a, b)| doc.span(a, with_closing_mark(doc, a, b))),
        mentions,
        sentence: doc.span(sentence.first, last),
        confidence,
        cluster_key: String::new(),
        rule_ids: std::iter::once(language.rules[draft.rule].id.clone())
            .chain(draft.helpers.iter().map(|h| (*h).to_owned()))
            .collect(),
    };
    event.cluster_key = cluster_key(&event, article);
    event
}

/// The last token of a phrase, or the quotation mark after it that closes the one inside.
fn with_closing_mark(doc: &Doc, first: usize, last: usize) -> usize {
    let marks = (first..=last).filter(|&p| doc.kind(p) == Kind::Quote).count();
    let open = marks % 2 == 1 && doc.kind(first) != Kind::Quote;
    if open && doc.kind(last + 1) == Kind::Quote { last + 1 } else { last }
}

/// Whether the author, not somebody quoted, says that the event was where he writes.
fn says_here(draft: &Draft, doc: &Doc, here: &[String]) -> bool {
    let sentence = doc.sentence(draft.triggers[0].0);
    !here.is_empty()
        && (sentence.first..=sentence.last).any(|p| {
            doc.kind(p) == Kind::Word
                && doc.quoted[p] == 0
                && here.iter().any(|word| word == doc.norm(p))
                && !draft.content.iter().any(|&(a, b)| a <= p && p <= b)
        })
}

/// The place that opens the body as an agency's line does: a date or an agency may follow, then a dash, a colon or the
/// end of the line.
fn dateline<'m>(all: &'m Drafts<'_>, doc: &Doc) -> Option<&'m Mention> {
    let first = (doc.body..doc.len()).take(4).find(|&p| doc.kind(p) == Kind::Word)?;
    let index = all.mentions.partition_point(|m| m.first < first);
    let opening = all.mentions.get(index).filter(|m| m.first == first && m.kind == ActorKind::Country)?;
    let mut inside = false;
    for p in (opening.last + 1..doc.len()).take(14) {
        match doc.kind(p) {
            Kind::Open => inside = true,
            Kind::Close => inside = false,
            Kind::Dash | Kind::Colon | Kind::Break => return Some(opening),
            Kind::Word if !inside && doc.flags(p) & (flag::MONTH | flag::WEEKDAY) == 0 => return None,
            _ => {}
        }
    }
    None
}

fn participant(
    actor: &super::frame::Actor,
    draft: &Draft,
    all: &Drafts<'_>,
    doc: &Doc,
    language: &Language,
    extractor: &Extractor,
) -> Participant {
    let lexicon = &language.lexicon;
    let (person, country, office) = all.resolver.describe(actor.entity);
    let entity = &all.resolver.entities[actor.entity];
    let mut mention = &all.mentions[actor.mention];
    // The fullest phrase for the actor in the sentences of the event.
    for &(trigger, _) in &draft.triggers {
        let sentence = doc.sentence(trigger);
        let from = all.mentions.partition_point(|m| m.first < sentence.first);
        for candidate in all.mentions[from..].iter().take_while(|m| m.first <= sentence.last) {
            if candidate.entity == actor.entity
                && entity.kind != ActorKind::Country
                && candidate.first >= sentence.first
                && candidate.last <= sentence.last
                && candidate.last - candidate.first > mention.last - mention.first
                && actor.from.is_none()
                && doc.sentence_of[mention.first] == doc.sentence_of[candidate.first]
            {
                mention = candidate;
            }
        }
    }
    let name = if entity.kind == ActorKind::Country {
        // A seat or capital that stands for its country keeps its own name.
        all.resolver.clean(mention.first, mention.last)
    } else {
        match all.resolver.name_of(entity) {
            "" => all.resolver.clean(mention.first, mention.last),
            name => name.to_owned(),
        }
    };
    let names = |code: &str| -> String {
        if let Some(person) = person {
            return extractor.name_in(code, &Key::Person(&lexicon.people[person as usize].id)).to_owned();
        }
        if let Some(organisation) = entity.organisation {
            return extractor
                .name_in(code, &Key::Organisation(&lexicon.organisations[organisation as usize].id))
                .to_owned();
        }
        if entity.kind == ActorKind::Country && !country.is_empty() {
            return extractor.name_in(code, &Key::Country(&country)).to_owned();
        }
        String::new()
    };
    Participant {
        role: actor.role,
        mention: doc.span(mention.first, mention.last),
        name_en: names("en"),
        name_ar: names("ar"),
        name,
        kind: entity.kind,
        country,
        office: office.filter(|o| !o.code.is_empty() || !o.title.is_empty()),
        resolved_from: actor.from.map(|(a, b)| doc.span(a, b)),
    }
}

fn topics(draft: &Draft, doc: &Doc, language: &Language) -> Vec<String> {
    // Topics with the number of words that tell of them: few of each event.
    let mut ranked: Vec<(usize, u16)> = Vec::new();
    let mut count = |first: usize, last: usize| {
        for i in first..=last.min(doc.len().saturating_sub(1)) {
            if doc.begins(i) & flag::TOPIC == 0 {
                continue;
            }
            for m in doc.matches_at(i) {
                if let Meaning::Topic { topic } = m.meaning {
                    match ranked.iter_mut().find(|(_, other)| *other == topic) {
                        Some((n, _)) => *n += usize::from(m.len),
                        None => ranked.push((usize::from(m.len), topic)),
                    }
                }
            }
        }
    };
    if draft.content.is_empty() {
        let sentence = doc.sentence(draft.triggers[0].0);
        count(sentence.first, sentence.last);
    } else {
        for &(a, b) in &draft.content {
            count(a, b);
        }
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut topics: Vec<String> =
        ranked.iter().take(3).map(|(_, topic)| language.lexicon.topics[*topic as usize].clone()).collect();
    topics.sort();
    topics
}

/// The CAMEO code: by type and mode for meetings and visits, by the speech verb for statements.
fn cameo(draft: &Draft) -> &'static str {
    match draft.kind {
        EventType::Meeting => match (draft.modality, draft.mode) {
            (Modality::Planned | Modality::Possible, MeetingMode::Negotiation) => "036",
            (Modality::Planned | Modality::Possible, _) => "036",
            (Modality::Negated, _) => "125",
            (_, MeetingMode::Call) => "041",
            (_, MeetingMode::Negotiation) => "046",
            (_, _) if draft.cameo == 43 => "040",
            (_, MeetingMode::Multilateral) => "040",
            _ => "040",
        },
        EventType::Visit => match (draft.modality, draft.manner.as_str()) {
            (Modality::Negated, _) => "125",
            (_, "host") => "043",
            _ => "042",
        },
        EventType::Statement => {
            let by_act = match draft.act {
                Act::State => "010",
                Act::Support => "051",
                Act::Request => "020",
                Act::Promise => "030",
                Act::Accuse => "111",
                Act::Reject => "120",
                Act::Warn => "130",
                Act::Agree => "080",
            };
            code(draft.cameo).unwrap_or(by_act)
        }
    }
}

/// CAMEO codes that speech verbs carry, as text.
fn code(number: u16) -> Option<&'static str> {
    const CODES: &[(u16, &str)] = &[
        (10, "010"),
        (11, "011"),
        (12, "012"),
        (13, "013"),
        (14, "014"),
        (15, "015"),
        (16, "016"),
        (17, "017"),
        (18, "018"),
        (19, "019"),
        (20, "020"),
        (21, "021"),
        (22, "022"),
        (23, "023"),
        (24, "024"),
        (25, "025"),
        (26, "026"),
        (27, "027"),
        (28, "028"),
        (30, "030"),
        (31, "031"),
        (32, "032"),
        (33, "033"),
        (34, "034"),
        (35, "035"),
        (36, "036"),
        (37, "037"),
        (38, "038"),
        (39, "039"),
        (50, "050"),
        (51, "051"),
        (52, "052"),
        (53, "053"),
        (54, "054"),
        (55, "055"),
        (56, "056"),
        (57, "057"),
        (60, "060"),
        (70, "070"),
        (80, "080"),
        (81, "081"),
        (82, "082"),
        (83, "083"),
        (84, "084"),
        (85, "085"),
        (86, "086"),
        (87, "087"),
        (90, "090"),
        (100, "100"),
        (101, "101"),
        (102, "102"),
        (103, "103"),
        (104, "104"),
        (105, "105"),
        (106, "106"),
        (107, "107"),
        (108, "108"),
        (110, "110"),
        (111, "111"),
        (112, "112"),
        (113, "113"),
        (114, "114"),
        (115, "115"),
        (116, "116"),
        (120, "120"),
        (121, "121"),
        (122, "122"),
        (123, "123"),
        (124, "124"),
        (125, "125"),
        (126, "126"),
        (127, "127"),
        (128, "128"),
        (129, "129"),
        (130, "130"),
        (131, "131"),
        (132, "132"),
        (133, "133"),
        (134, "134"),
        (135, "135"),
        (136, "136"),
        (137, "137"),
        (138, "138"),
        (139, "139"),
    ];
    CODES.iter().find(|(n, _)| *n == number).map(|(_, code)| *code)
}

/// The PLOVER type. PLOVER has none for neutral statements; they are named STATEMENT here.
fn plover(kind: EventType, act: Act) -> &'static str {
    match (kind, act) {
        (EventType::Meeting | EventType::Visit, _) => "CONSULT",
        (_, Act::State) => "STATEMENT",
        (_, Act::Support) => "SUPPORT",
        (_, Act::Request) => "REQUEST",
        (_, Act::Promise) => "COOPERATE",
        (_, Act::Accuse) => "ACCUSE",
        (_, Act::Reject) => "REJECT",
        (_, Act::Warn) => "THREATEN",
        (_, Act::Agree) => "AGREE",
    }
}

/// The share of events like this one that are right, as far as the language's curve knows.
fn confidence(draft: &Draft, participants: &[Participant], measured: &Confidence) -> f64 {
    let mut value = draft.confidence;
    if participants.iter().any(|p| p.resolved_from.is_some()) {
        value *= 0.93;
    }
    if participants.first().is_some_and(|p| p.country.is_empty()) {
        value *= 0.92;
    }
    if draft.triggers.len() > 1 {
        value = 1.0 - (1.0 - value) * 0.8;
    }
    (measured.calibrated(value.clamp(0.0, 1.0)).clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}

/// The same event in another paper gets the same key: type, the principal actors' countries (or names), and the day.
fn cluster_key(event: &Event, article: &Article) -> String {
    let mut actors: Vec<String> = event
        .participants
        .iter()
        .filter(|p| p.role != Role::Target)
        .map(|p| {
            if p.country.is_empty() {
                crate::text::fold::fold(if p.name_en.is_empty() { &p.name } else { &p.name_en })
            } else {
                p.country.clone()
            }
        })
        .collect();
    actors.sort();
    actors.dedup();
    if actors.is_empty() {
        return String::new();
    }
    let day = event
        .time
        .as_ref()
        .and_then(|t| t.days)
        .map(|(start, _)| start)
        .or(article.published.as_ref().map(|p| p.date))
        .map(|d| d.to_string())
        .unwrap_or_default();
    let kind = format!("{:?}", event.kind);
    let mut parts: Vec<&str> = vec![&kind, &day];
    if event.kind == EventType::Statement {
        // One speaker says many things a day: the act tells them apart.
        parts.push(match event.act {
            Some(act) => act_name(act),
            None => "",
        });
    }
    parts.extend(actors.iter().map(String::as_str));
    hash(&parts)
}

fn act_name(act: Act) -> &'static str {
    match act {
        Act::State => "state",
        Act::Support => "support",
        Act::Request => "request",
        Act::Promise => "promise",
        Act::Accuse => "accuse",
        Act::Reject => "reject",
        Act::Warn => "warn",
        Act::Agree => "agree",
    }
}

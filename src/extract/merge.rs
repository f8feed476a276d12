//! Mentions of one event in an article become one draft.

use crate::event::{Act, ActorKind, EventType, Modality, Role};
use crate::extract::frame::{Actor, Draft, Drafts};
use crate::extract::time::{Reading, Unit};
use crate::lexicon::Meaning;
use crate::lexicon::spec::Clitics;
use crate::text::Kind;

/// How many drafts back a report may share its content with another.
const NEAR: usize = 16;
/// How many drafts back a report may have been told word for word, and how many words at least have to be the same.
const REPEATED: usize = 64;
const SAME: usize = 6;
/// How many drafts back a meeting or visit may have been told before. Bounds the cost of an endless article.
const FAR: usize = 256;

/// The manner of a report that only names its matter.
const TOPIC: &str = "topic";

/// Merges the drafts of an article, in text order.
pub fn merge(all: &mut Drafts<'_>, body: usize) {
    let mut drafts = std::mem::take(&mut all.drafts);
    drafts.sort_by_key(|d| (d.triggers[0].0 < body, d.triggers[0].0, d.kind));
    let mut merged: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(index) = announcement(all, &merged, &draft, body) {
            let announced = std::mem::replace(&mut merged[index], draft);
            merged[index].triggers.extend(announced.triggers);
            continue;
        }
        let home = match draft.kind {
            EventType::Statement => statement_home(all, &merged, &draft, body),
            EventType::Meeting | EventType::Visit => event_home(all, &merged, &draft, body),
        };
        match home {
            Some(index) => absorb(all, &mut merged[index], draft),
            None if only_where(all, &merged, &draft, body) => {}
            None if draft.anaphoric && !stands_alone(all, &draft) => {}
            None => merged.push(draft),
        }
    }
    all.drafts = merged;
}

/// "The minister has commented on the vote. He said:": a lead that only names the matter is one with what follows it.
fn announcement(all: &Drafts<'_>, merged: &[Draft], draft: &Draft, body: usize) -> Option<usize> {
    if draft.kind != EventType::Statement || draft.manner == TOPIC || draft.triggers[0].0 < body {
        return None;
    }
    let lead = *all.resolver.doc.sentence_of.get(body)? as usize;
    // Only the sentences right behind it: what was told before is not searched for each report of a long article.
    if !(1..=3).contains(&draft.sentence.saturating_sub(lead)) {
        return None;
    }
    let speaker = draft.actors.first()?.entity;
    merged.iter().rposition(|m| {
        m.kind == EventType::Statement
            && m.manner == TOPIC
            && m.sentence == lead
            && m.actors.first().is_some_and(|a| a.entity == speaker)
    })
}

/// "القاهرة: إطلاق حملة للتشجير": a country before the colon of a headline that no report of the body bears out is where it
/// happened.
fn only_where(all: &Drafts<'_>, merged: &[Draft], draft: &Draft, body: usize) -> bool {
    let doc = all.resolver.doc;
    draft.kind == EventType::Statement
        && draft.triggers[0].0 < body
        && doc.kind(draft.triggers[0].1) == Kind::Colon
        && !all.resolver.lexicon.spec.grammar.has_case
        && merged.iter().any(|m| m.kind == EventType::Statement)
        && draft.actors.first().is_some_and(|a| all.resolver.entities[a.entity].kind == ActorKind::Country)
}

/// A draft that points back at nothing is kept only if it has its own parties.
fn stands_alone(all: &Drafts<'_>, draft: &Draft) -> bool {
    match draft.kind {
        EventType::Visit => {
            let visitor = draft.actors.iter().find(|a| a.role == Role::Visitor);
            visitor.is_some() && draft.actors.iter().any(|a| a.role == Role::Host)
                || visitor.is_some_and(|v| dated(all, draft, v))
        }
        // Who was present at a meeting that nobody told makes none.
        EventType::Meeting => draft.actors.len() >= 2 && draft.manner != "attend",
        EventType::Statement => true,
    }
}

/// "خلال زيارة الوزير يوم الخميس": a visit whose visitor is named in place, with its day right behind him.
fn dated(all: &Drafts<'_>, draft: &Draft, visitor: &Actor) -> bool {
    let m = &all.mentions[visitor.mention];
    let own = visitor.from.is_none()
        && m.kind == ActorKind::Person
        && m.first > draft.triggers[0].0
        && !all.resolver.lexicon.spec.grammar.has_case;
    own && draft.time.as_ref().is_some_and(|t| m.last < t.first && t.first <= m.last + 2)
}

/// Two reports share a record only when one is the headline of the other, or their contents are one.
fn statement_home(all: &Drafts<'_>, merged: &[Draft], draft: &Draft, body: usize) -> Option<usize> {
    let speaker = draft.actors.first()?.entity;
    let headline = draft.triggers[0].0 < body;
    // Where a report can stand inside another's words, only one that begins with the same words is the same.
    let case = all.resolver.lexicon.spec.grammar.has_case;
    let same_content = |other: &Draft| {
        repeats(all, other, draft)
            || other.modality == draft.modality
                && other
                    .content
                    .iter()
                    .any(|a| draft.content.iter().any(|b| a.0 <= b.1 && b.0 <= a.1 && (!case || a.0 == b.0)))
    };
    // A report shares its content with its neighbours only, or repeats one word for word below a picture; a headline may
    // head anything.
    let reach = if all.resolver.lexicon.spec.grammar.adjective_first { REPEATED } else { NEAR };
    let skip = if headline { 0 } else { merged.len().saturating_sub(reach) };
    let candidates: Vec<usize> = merged
        .iter()
        .enumerate()
        .skip(skip)
        .filter(|(_, m)| m.kind == EventType::Statement && m.actors.first().is_some_and(|a| a.entity == speaker))
        .filter(|(_, m)| headline || same_content(m))
        .map(|(index, _)| index)
        .collect();
    if !headline {
        return candidates.last().copied();
    }
    // "دمشق: ...": a headline names the country for its minister, or a surname that nothing else explains.
    let country = all.resolver.entities[speaker].country;
    let stands_for = |m: &Draft| {
        m.actors.first().is_some_and(|a| {
            let other = &all.resolver.entities[a.entity];
            let state = all.resolver.entities[speaker].kind == ActorKind::Country;
            country.is_none() || state && other.country == country
        })
    };
    let words = |d: &Draft| -> Vec<String> {
        d.content
            .iter()
            .flat_map(|&(a, b)| a..=b)
            .map(|i| stem(all.resolver.doc.norm(i), &all.resolver.lexicon.spec.clitics))
            .filter(|w| w.chars().count() > 2)
            .collect()
    };
    let title: Vec<String> = words(draft);
    // "مرفوض", "مرفوضا": a short word may be a longer one without its ending.
    let alike = |a: &str, b: &str| a == b || !case && (a.starts_with(b) || b.starts_with(a));
    let shared = |index: usize| {
        let other = words(&merged[index]);
        // "قتيل", "قتيلا": a short word may be a longer one without its ending.
        let same = |w: &str, o: &str| w == o || !case && w.len().min(o.len()) > 6 && alike(w, o);
        title.iter().filter(|w| other.iter().any(|o| same(w, o))).count()
    };
    let own = candidates.into_iter().max_by_key(|&index| {
        let same_act = usize::from(merged[index].act == draft.act);
        let same_trigger = usize::from(merged[index].trigger == draft.trigger);
        (shared(index) * 2 + same_act + same_trigger * 2, usize::MAX - index)
    });
    // A headline that shares no word with any report of its speaker tells something else that he said.
    let told = |&home: &usize| case || title.len() < 3 || shared(home) > 0;
    if let Some(home) = own.filter(told) {
        return Some(home);
    }
    let shared_words = |m: &Draft| {
        let other = words(m);
        title.iter().filter(|w| other.contains(w)).count()
    };
    let (index, shared) = merged
        .iter()
        .enumerate()
        .filter(|(_, m)| m.kind == EventType::Statement && stands_for(m))
        .map(|(index, m)| {
            let other = words(m);
            (index, title.iter().filter(|w| other.iter().any(|o| alike(o, w))).count())
        })
        .max_by_key(|&(index, shared)| (shared, usize::MAX - index))
        .unwrap_or_default();
    let same = (shared >= 3 && shared * 2 >= title.len()).then_some(index);
    same.or_else(|| holders_report(all, merged, draft, body, &shared_words))
}

/// "Defence minister welcomes talks": a headline calls by his office whom the lead names. `shared` tells how many words of
/// the headline a report has.
fn holders_report(
    all: &Drafts<'_>,
    merged: &[Draft],
    draft: &Draft,
    body: usize,
    shared: &dyn Fn(&Draft) -> usize,
) -> Option<usize> {
    let actor = draft.actors.first()?;
    let office = &all.resolver.entities[actor.entity];
    let case = all.resolver.lexicon.spec.grammar.has_case;
    if !case || office.kind != ActorKind::Person || !office.words.is_empty() {
        return None;
    }
    let lead = *all.resolver.doc.sentence_of.get(body)? as usize + 2;
    let holder = |m: &Draft| {
        let other = m.actors.first().map(|a| &all.resolver.entities[a.entity]);
        other.is_some_and(|o| {
            let country = office.country.is_none() || o.country == office.country;
            o.kind == ActorKind::Person && !o.words.is_empty() && country
        })
    };
    // "FCO minister: ...": the mark of a headline is a colon where no verb says what is done.
    let colon = draft.triggers[0].0 == all.mentions[actor.mention].first;
    let tells = |m: &Draft| {
        m.kind == EventType::Statement
            && m.sentence <= lead + usize::from(colon) * 2
            && (colon || m.trigger == draft.trigger)
            && holder(m)
    };
    let found = merged.iter().enumerate().filter(|(_, m)| tells(m));
    found.max_by_key(|&(index, m)| (shared(m), usize::MAX - index)).map(|(index, _)| index)
}

/// Whether a report has the words of another one: pages tell below a picture what the text tells as well.
fn repeats(all: &Drafts<'_>, one: &Draft, other: &Draft) -> bool {
    repeats_at(all, one, (&other.content, other.trigger))
}

fn repeats_at(all: &Drafts<'_>, one: &Draft, (content, trigger): (&[(usize, usize)], u32)) -> bool {
    let doc = all.resolver.doc;
    let (Some(a), Some(b)) = (one.content.first(), content.first()) else { return false };
    let length = (a.1 - a.0).min(b.1 - b.0) + 1;
    all.resolver.lexicon.spec.grammar.adjective_first
        && one.trigger == trigger
        && a.0 != b.0
        && length >= SAME
        && (0..length.min(2 * SAME)).all(|i| doc.norm(a.0 + i) == doc.norm(b.0 + i))
}

/// The first letters of a word stand for it where forms differ in their endings.
fn stem(word: &str, clitics: &Clitics) -> String {
    let bare = clitics
        .after_conjunction(word)
        .find_map(|(_, rest)| rest.strip_prefix(clitics.article.as_str()))
        .unwrap_or(word);
    bare.chars().take(5).collect()
}

fn event_home(all: &Drafts<'_>, merged: &[Draft], draft: &Draft, body: usize) -> Option<usize> {
    let headline = draft.triggers[0].0 < body;
    let reach = if headline { usize::MAX } else { FAR };
    let candidates = merged.iter().enumerate().rev().take(reach).filter(|(_, m)| m.kind == draft.kind);
    if draft.manner == "attend" {
        return candidates
            .filter(|(_, m)| m.manner.is_empty() && near(m, draft, 4) && m.actors.len() >= 2)
            .map(|(index, _)| index)
            .next();
    }
    let case = all.resolver.lexicon.spec.grammar.has_case;
    if headline && draft.kind == EventType::Meeting && !draft.anaphoric && !case {
        // A headline may call a party by less than the body does: the meeting that shares most with it, the first of them.
        return candidates
            .filter(|(_, m)| compatible(all, m, draft))
            .map(|(index, m)| {
                let smaller = m.actors.len().min(draft.actors.len());
                (akin(all, m, draft), shared(all, m, draft), std::cmp::Reverse(index), smaller)
            })
            .filter(|&(akin, _, index, smaller)| {
                // "حضر اللقاء الوزير والسفير": who else was at the meeting that only the headline tells.
                let attended = merged[index.0].manner == "attend" && merged[index.0].sentence <= draft.sentence + 6;
                let met = akin >= 2 || akin == smaller && smaller >= 1;
                met || akin == 1 && offices(all, &merged[index.0], draft) || attended
            })
            .max()
            .map(|(_, _, index, _)| index.0);
    }
    if headline && draft.kind == EventType::Visit && !draft.anaphoric && !case {
        // Of the journeys that the body tells, the one that shares its hosts, the first of them.
        let hosts = |m: &Draft| {
            let told = draft.actors.iter().filter(|a| a.role == Role::Host);
            told.filter(|a| m.actors.iter().any(|b| b.role == Role::Host && same_actor(all, a.entity, b.entity)))
                .count()
        };
        return candidates
            .filter(|(_, m)| compatible(all, m, draft) && same_visit(all, m, draft))
            .max_by_key(|(index, m)| (hosts(m), std::cmp::Reverse(*index)))
            .map(|(index, _)| index);
    }
    if draft.anaphoric {
        // The last one told before it, not far away, that its own parties do not contradict.
        let limit = if headline { usize::MAX } else { 6 };
        return candidates
            .filter(|(_, m)| headline || draft.sentence.saturating_sub(last_told(all, m, body)) <= limit)
            // Nothing is discussed with who only greets somebody on arrival.
            .filter(|(_, m)| draft.content.is_empty() || m.manner != "greet")
            .find(|(_, m)| {
                let known = draft.actors.iter().all(|a| {
                    m.actors
                        .iter()
                        .any(|b| same_actor(all, a.entity, b.entity) || same_country(all, a.entity, b.entity))
                });
                known && compatible(all, m, draft)
            })
            .map(|(index, _)| index);
    }
    candidates
        .filter(|(_, m)| compatible(all, m, draft))
        .find(|(_, m)| match draft.kind {
            // Being greeted on arrival is not the meeting that one came for.
            EventType::Meeting if m.manner != draft.manner && !headline => false,
            EventType::Meeting if draft.manner == "greet" => near(m, draft, 2) && shared(all, m, draft) >= 1,
            EventType::Meeting => {
                // "The two presidents met for the France-Spain summit": the countries are their presidents'.
                let stands = |few: &Draft, many: &Draft| {
                    few.actors.len() >= 2
                        && few.actors.iter().all(|a| {
                            (all.resolver.entities[a.entity].kind == ActorKind::Country || is_side(all, a))
                                && many.actors.iter().any(|b| same_country(all, b.entity, a.entity))
                        })
                };
                if (headline || near(m, draft, 6)) && (stands(draft, m) || stands(m, draft)) {
                    return true;
                }
                if !case && near(m, draft, 2) && (counterparts(all, m, draft) || counterparts(all, draft, m)) {
                    return true;
                }
                // A headline may call a party by less than the body does.
                let shared = if headline { akin(all, m, draft) } else { shared(all, m, draft) };
                let smaller = m.actors.len().min(draft.actors.len());
                shared >= 2 || shared == smaller && smaller >= 1 && (headline || near(m, draft, 4))
            }
            _ => same_visit(all, m, draft),
        })
        .map(|(index, _)| index)
}

/// "الجانبان السويدي والنرويجي": one of the sides that an adjective names.
fn is_side(all: &Drafts<'_>, actor: &Actor) -> bool {
    let m = &all.mentions[actor.mention];
    let side = |p: usize| {
        let found = all.resolver.doc.matches_at(p);
        found.iter().any(|x| matches!(x.meaning, Meaning::Group { person: false, .. }))
    };
    m.kind == ActorKind::Group && m.title.is_none() && m.country.is_some() && m.shared.is_some_and(|s| side(s.0))
}

/// "سيلتقي نظراءه في دول المجلس. وعلى هامش اللقاء مع وزراء المجلس": somebody's counterparts of the one are a group of
/// persons of the other.
fn counterparts(all: &Drafts<'_>, one: &Draft, other: &Draft) -> bool {
    let doc = all.resolver.doc;
    let group = |a: &Actor| {
        let m = &all.mentions[a.mention];
        m.plural
            && m.name.is_none()
            && doc
                .matches_at(m.first)
                .iter()
                .any(|x| matches!(x.meaning, Meaning::Group { person: true, .. } | Meaning::Title { .. }))
    };
    // A list may hold a noun with its pronoun.
    let suffixes = &all.resolver.lexicon.spec.clitics.suffixes;
    let owned = |a: &Actor| {
        let norm = doc.norm(all.mentions[a.mention].first);
        suffixes.iter().any(|s| norm.ends_with(s.form.as_str()))
    };
    let ([a, b], [c, d]) = (one.actors.as_slice(), other.actors.as_slice()) else { return false };
    // Officials of one country are no counterparts from several.
    let country = |a: &Actor| all.resolver.entities[a.entity].country;
    let abroad = country(d).is_none() || country(d) == country(b) && country(d) != country(a);
    a.entity == c.entity && group(b) && owned(b) && group(d) && !owned(d) && abroad
}

/// The sentence of the body that speaks of an event last.
fn last_told(all: &Drafts<'_>, draft: &Draft, body: usize) -> usize {
    let told = draft.triggers.iter().filter(|t| t.0 >= body).map(|t| all.resolver.doc.sentence_of[t.0] as usize);
    told.max().unwrap_or(draft.sentence)
}

fn near(a: &Draft, b: &Draft, sentences: usize) -> bool {
    a.sentence.abs_diff(b.sentence) <= sentences
}

fn shared(all: &Drafts<'_>, a: &Draft, b: &Draft) -> usize {
    a.actors.iter().filter(|x| b.actors.iter().any(|y| same_actor(all, x.entity, y.entity))).count()
}

/// Parties of the one that are, or may be, parties of the other.
fn akin(all: &Drafts<'_>, a: &Draft, b: &Draft) -> usize {
    b.actors
        .iter()
        .filter(|y| {
            a.actors.iter().any(|x| same_actor(all, x.entity, y.entity) || same_country(all, x.entity, y.entity))
        })
        .count()
}

fn same_actor(_all: &Drafts<'_>, a: usize, b: usize) -> bool {
    a == b
}

/// Two actors that may be one: an unnamed office-holder and a person of the same country.
fn same_country(all: &Drafts<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (&all.resolver.entities[a], &all.resolver.entities[b]);
    let unnamed =
        |e: &crate::extract::resolve::Entity| e.kind != ActorKind::Person || e.words.len() <= 1 && e.person.is_none();
    x.country.is_some() && x.country == y.country && (unnamed(x) || unnamed(y))
}

/// "الأمين العام يجتمع مع السفير": the parties of a headline that the body does not name so are offices without a name,
/// and as many persons of the body are left over for them.
fn offices(all: &Drafts<'_>, body: &Draft, headline: &Draft) -> bool {
    let entity = |a: &Actor| &all.resolver.entities[a.entity];
    let alone = |x: &Actor, other: &Draft| {
        !other.actors.iter().any(|y| same_actor(all, x.entity, y.entity) || same_country(all, x.entity, y.entity))
    };
    let mut left = headline.actors.iter().filter(|a| alone(a, body));
    let unnamed = |a: &Actor| {
        let e = entity(a);
        e.kind == ActorKind::Person && e.words.is_empty() && e.person.is_none() && e.title.is_some()
    };
    let one = left.next().is_some_and(unnamed) && left.next().is_none();
    let office = |e: &crate::extract::resolve::Entity| e.title.as_ref().map(|t| t.1);
    one && body.actors.iter().filter(|a| alone(a, headline)).any(|a| {
        let person = entity(a);
        person.kind == ActorKind::Person
            && (office(person).is_none() || headline.actors.iter().any(|h| office(entity(h)).is_some()))
    })
}

fn same_visit(all: &Drafts<'_>, a: &Draft, b: &Draft) -> bool {
    let of = |d: &Draft, role: Role| -> Vec<usize> {
        d.actors.iter().filter(|x| x.role == role).map(|x| x.entity).collect()
    };
    let country = |e: usize| all.resolver.entities[e].country;
    let (va, vb) = (of(a, Role::Visitor), of(b, Role::Visitor));
    let (ha, hb) = (of(a, Role::Host), of(b, Role::Host));
    // "سيعود إلى بلاده بعد زيارة": coming home is no part of the visit elsewhere.
    let home = |d: &Draft, hosts: &[usize]| d.manner == "return" && hosts.is_empty() && d.place.is_none();
    let leaves = a.manner == "depart" || b.manner == "depart";
    if !all.resolver.lexicon.spec.grammar.has_case && !leaves && home(a, &ha) != home(b, &hb) {
        return false;
    }
    // Delegations that go along are called alike; who leads them tells journeys apart.
    let led = |one: &[usize], other: &[usize]| {
        one.first().is_some_and(|x| other.iter().any(|y| x == y || same_country(all, *x, *y)))
    };
    let visitor = if all.resolver.lexicon.spec.grammar.has_case {
        va.iter().any(|x| vb.iter().any(|y| x == y || same_country(all, *x, *y)))
    } else {
        led(&va, &vb) || led(&vb, &va)
    };
    // Where no host is named the places tell journeys apart.
    let apart = (ha.is_empty() || hb.is_empty())
        && !a.anaphoric
        && !b.anaphoric
        && match (&a.place, &b.place) {
            (Some(x), Some(y)) => {
                let norm = |w: &crate::extract::frame::Where| all.resolver.doc.norm(w.last).to_owned();
                norm(x) != norm(y) && (x.country.is_none() || y.country.is_none() || x.country != y.country)
            }
            _ => false,
        };
    if apart {
        return false;
    }
    let host = ha.is_empty()
        || hb.is_empty()
        || ha.iter().any(|x| hb.iter().any(|y| x == y || country(*x).is_some() && country(*x) == country(*y)));
    visitor && host
}

/// Neither says that the other cannot be the same: modality and date.
fn compatible(_all: &Drafts<'_>, a: &Draft, b: &Draft) -> bool {
    let past = |m: Modality| matches!(m, Modality::Occurred | Modality::Ongoing);
    let modal = a.modality == b.modality
        || !a.told
        || !b.told
        || past(a.modality) && past(b.modality)
        || a.anaphoric
        || b.anaphoric
        || !past(a.modality) && !past(b.modality);
    let time = match (&a.time, &b.time) {
        (Some(x), Some(y)) => x.kind == y.kind || similar(&x.kind, &y.kind),
        _ => true,
    };
    modal && time
}

fn similar(a: &Reading, b: &Reading) -> bool {
    match (a, b) {
        (Reading::Offset(_), Reading::Weekday { .. }) | (Reading::Weekday { .. }, Reading::Offset(_)) => true,
        (Reading::Date { month, day, .. }, Reading::Date { month: m, day: d, .. }) => {
            month == m && (day == d || day.is_none() || d.is_none())
        }
        (Reading::Date { .. }, Reading::Offset(_) | Reading::Weekday { .. }) => true,
        (Reading::Offset(_) | Reading::Weekday { .. }, Reading::Date { .. }) => true,
        (a, b) => vague(a) && dated_to_day(b) || vague(b) && dated_to_day(a),
    }
}

/// A week or month that only a direction names.
fn vague(reading: &Reading) -> bool {
    matches!(reading, Reading::Unit { unit: Unit::Week | Unit::Month, .. })
}

fn dated_to_day(reading: &Reading) -> bool {
    matches!(reading, Reading::Date { day: Some(_), .. })
}

fn absorb(all: &Drafts<'_>, into: &mut Draft, draft: Draft) {
    let headline = draft.triggers[0].0 < all.resolver.doc.body;
    let carried = draft.triggers.len() > 1 && draft.triggers[1] == into.triggers[0];
    // A headline adds nobody to a meeting whose parties the body names.
    let told = into.kind == EventType::Meeting
        && draft.triggers[0].0 < all.resolver.doc.body
        && into.actors.len() >= draft.actors.len().max(2)
        && into.manner != "attend"
        && !all.resolver.lexicon.spec.grammar.has_case;
    // Who they are says more than whose counterparts.
    let named = into.kind == EventType::Meeting && counterparts(all, into, &draft);
    if named {
        into.actors[1] = draft.actors[1].clone();
    }
    let told = told || named || into.kind == EventType::Meeting && counterparts(all, &draft, into);
    for trigger in draft.triggers {
        if !into.triggers.contains(&trigger) {
            into.triggers.push(trigger);
        }
    }
    for actor in draft.actors {
        if told || into.actors.iter().any(|a| a.entity == actor.entity) {
            continue;
        }
        // "دمشق: ...": the headline's speaker stands for the one whose words they are.
        if into.kind == EventType::Statement && actor.role == Role::Speaker && !into.actors.is_empty() {
            continue;
        }
        // An unnamed office-holder gives way to the person.
        if let Some(held) =
            into.actors.iter().position(|a| a.role == actor.role && same_country(all, a.entity, actor.entity))
        {
            let entity = &all.resolver.entities[actor.entity];
            let old = &all.resolver.entities[into.actors[held].entity];
            let named = |e: &crate::extract::resolve::Entity| {
                e.kind == ActorKind::Person && !e.words.is_empty() && !all.resolver.name_of(e).is_empty()
            };
            let for_country = into.kind == EventType::Meeting
                && (entity.kind == ActorKind::Country
                    || old.kind == ActorKind::Country
                    || is_side(all, &actor)
                    || is_side(all, &into.actors[held]));
            if into.kind == EventType::Visit || entity.kind == old.kind || for_country {
                if named(entity) && !named(old) {
                    into.actors[held] = actor;
                }
                continue;
            }
        }
        into.actors.push(actor);
    }
    // Where a headline sums up in words of its own what the body tells in full, the body's words are the content.
    let sums_up = all.resolver.lexicon.spec.grammar.adjective_first
        && headline
        && into.kind == EventType::Statement
        && !into.content.is_empty();
    if sums_up {
        // Its content is left out.
    } else if into.kind == EventType::Statement && repeats_at(all, into, (&draft.content, draft.trigger)) {
        // Told once more in the same words, which add nothing.
    } else if into.kind == EventType::Statement {
        // "أعرب عن استنكاره": the noun that the verb carries decides what is done with words.
        if into.act == Act::State && draft.act != Act::State && carried {
            into.act = draft.act;
            into.cameo = draft.cameo;
        }
        let named = draft.manner == TOPIC && into.manner != TOPIC;
        for content in draft.content {
            let overlaps = into.content.iter().any(|c| c.0 <= content.1 && content.0 <= c.1);
            if !overlaps && !named {
                into.content.push(content);
            }
        }
        for quote in draft.quotes {
            if !into.quotes.contains(&quote) {
                into.quotes.push(quote);
            }
        }
    } else if !draft.content.is_empty() && into.content.len() < 6 {
        for content in draft.content {
            if !into.content.iter().any(|c| c.0 <= content.1 && content.0 <= c.1) {
                into.content.push(content);
            }
        }
    }
    into.place = into.place.or(draft.place);
    // "الأسبوع المقبل", and later "في 29 يوليو": the day says more than the week.
    let finer = matches!((&into.time, &draft.time), (Some(a), Some(b)) if vague(&a.kind) && dated_to_day(&b.kind));
    if into.time.is_none() || finer && into.kind != EventType::Statement {
        into.time = draft.time;
    }
    into.via = into.via.or(draft.via);
    // Words that say whether it happened outweigh a bare noun.
    if !into.told && draft.told {
        into.modality = draft.modality;
        into.told = true;
    }
    if into.modality != draft.modality && into.modality == Modality::Possible && draft.modality == Modality::Planned {
        into.modality = Modality::Planned;
    }
    into.confidence = into.confidence.max(draft.confidence);
    into.anaphoric &= draft.anaphoric;
}

//! What an expression of time says, before it is resolved.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::add;
use super::peek::Peek;
use super::{Direction, Expression, Part, Reading, Unit};
use crate::extract::doc::Doc;
use crate::lexicon::{Lexicon, Meaning, flag};
use crate::text::Kind;

/// Whether the word for a day at `first..=last` means one that was told before: "نفس اليوم", "اليوم نفسه".
pub fn same_day(doc: &Doc, lexicon: &Lexicon, first: usize, last: usize) -> bool {
    let time = &lexicon.spec.time;
    first > 0 && time.same.iter().any(|w| w == doc.norm(first - 1))
        || time.same_after.iter().any(|w| w == doc.norm(last + 1))
}

/// The day on which the author says he writes, where it is the day before the publication: "اليوم (الأحد)" on a Monday.
pub fn written(doc: &Doc, lexicon: &Lexicon, published: Date) -> Date {
    let before = add(published, (-1).days());
    let Some(before) = before.filter(|_| !lexicon.spec.grammar.has_case) else { return published };
    for i in doc.body..doc.len() {
        if doc.flags(i) & flag::TIME_WORD == 0 {
            continue;
        }
        if let Some(Reading::Weekday { weekday, offset: Some(0), .. }) =
            read(doc, lexicon, i, (i + 6).min(doc.len() - 1)).map(|e| e.kind)
        {
            let named = weekday as i8 == before.weekday().to_monday_one_offset();
            return if named { before } else { published };
        }
    }
    published
}

/// Reads an expression at `i`, and with a date the same day in another calendar that stands beside it.
pub(super) fn read(doc: &Doc, lexicon: &Lexicon, i: usize, last: usize) -> Option<Expression> {
    let mut found = read_one(doc, lexicon, i, last)?;
    let lunar = matches!(found.kind, Reading::Lunar { day: Some(_), .. });
    if !lunar && !matches!(found.kind, Reading::Date { day: Some(_), .. }) {
        return Some(found);
    }
    // "12 شوال 1436هـ الموافق 28 يوليو 2015م", "12 شوال 1436هـ (28 يوليو 2015م)"
    let peek = Peek { doc, lexicon, last };
    let next = found.last + 1;
    let mark = usize::from(matches!(doc.kind(next), Kind::Comma | Kind::Open | Kind::Slash | Kind::Dash));
    let word = peek.role(next + mark, "corresponding");
    if mark == 0 && word.is_none() {
        return Some(found);
    }
    let start = word.map_or(next + mark, |end| end + 1);
    if start > last {
        return Some(found);
    }
    if let Some(other) = read_one(doc, lexicon, start, last) {
        let partner = match other.kind {
            Reading::Date { day: Some(_), .. } => lunar,
            Reading::Lunar { day: Some(_), .. } => !lunar,
            _ => false,
        };
        if partner {
            let close =
                usize::from(mark == 1 && doc.kind(next) == Kind::Open && doc.kind(other.last + 1) == Kind::Close);
            found.last = other.last + close;
            if lunar {
                found.kind = other.kind;
            }
        }
    }
    Some(found)
}

fn read_one(doc: &Doc, lexicon: &Lexicon, i: usize, last: usize) -> Option<Expression> {
    let peek = Peek { doc, lexicon, last };
    let flags = doc.flags(i);
    let grammar = &lexicon.spec.grammar;
    let between = flags & flag::PREPOSITION != 0 && grammar.between.iter().any(|w| w == doc.norm(i));
    let from = between || flags & flag::PREPOSITION != 0 && grammar.from.iter().any(|w| w == doc.norm(i));
    let numbered = !lexicon.spec.time.ordinal_endings.is_empty() || !lexicon.spec.time.eras.is_empty();
    // Some words of time have none of its categories, since they are other words as well.
    let interesting = doc.kind(i) == Kind::Number
        || doc.begins(i) & (flag::MONTH | flag::WEEKDAY | flag::TIME_WORD) != 0
        || flags & flag::DEMONSTRATIVE != 0
        || from
        || doc.matches_at(i).iter().any(|m| matches!(m.meaning, Meaning::Time { .. } | Meaning::LunarMonth(_)))
        || numbered && doc.norm(i).as_bytes().first().is_some_and(u8::is_ascii_digit);
    if !interesting {
        return None;
    }
    if from {
        return range(&peek, i, between);
    }
    if let Some(found) = part(&peek, i) {
        return Some(found);
    }
    let make = |last: usize, kind: Reading| Some(Expression { first: i, last, kind });
    // 20 أغسطس، 20-22 أغسطس، 15 / 7 / 2004، الثالث من نيسان
    if let Some((day, end)) = peek.day(i) {
        let mut at = end + 1;
        let mut until = None;
        if doc.kind(at) == Kind::Dash {
            if let Some(second) = peek.number(at + 1).filter(|d| (1..=31).contains(d)) {
                if peek.month(at + 2).is_some() || peek.lunar(at + 2).is_some() {
                    until = Some(second as i8);
                    at += 2;
                }
            }
        }
        // "الثاني والثالث من أغسطس", "2 و3 أغسطس": two days of one month.
        if let Some((second, end)) = peek.joined_number(end + 1).filter(|&(second, _)| second > day) {
            let of = usize::from(lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(end + 1)));
            if peek.month(end + 1 + of).is_some() {
                until = Some(second);
                at = end + 1;
            }
        }
        // "4 من أغسطس", "4th of August"
        if lexicon.spec.time.ordinal_endings.iter().any(|ending| ending == doc.norm(at)) {
            at += 1;
        }
        let of = lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(at));
        if of && (peek.month(at + 1).is_some() || peek.lunar(at + 1).is_some()) {
            at += 1;
        }
        // "الخامس من شهر رمضان"
        let named = at + usize::from(of && peek.month(at).is_none() && peek.lunar(at).is_none());
        if let Some(((Unit::Month, None), unit)) = peek.unit(named).filter(|_| !doc.has_article(named)) {
            if peek.month(unit + 1).is_some() || peek.lunar(unit + 1).is_some() {
                at = unit + 1;
            }
        }
        if let Some((month, end)) = peek.month(at) {
            return Some(month_tail(&peek, i, end, Some(day), until, month));
        }
        if let Some((month, end)) = peek.lunar(at) {
            return Some(peek.lunar_tail(i, end, Some(day), until, month));
        }
        // "20 من الشهر المقبل"
        if lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(at)) {
            if let Some(((Unit::Month, None), unit)) = peek.single_unit(at + 1) {
                if let Some((direction, end)) = peek.direction(unit + 1) {
                    return make(end, Reading::DayOfMonth { day, direction });
                }
            }
        }
        if doc.kind(i) != Kind::Number {
            return None;
        }
        // "في 29 الحالي", "الأربعاء 17 الجاري": a day of the month that a direction alone names.
        let dated = i > 0 && doc.flags(i - 1) & (flag::PREPOSITION | flag::WEEKDAY | flag::TIME_WORD) != 0;
        if let Some((direction, end)) = peek.direction(end + 1).filter(|_| dated && !grammar.has_case) {
            return make(end, Reading::DayOfMonth { day, direction });
        }
        let slash = |k: Kind| matches!(k, Kind::Slash | Kind::Dash);
        if slash(doc.kind(i + 1)) {
            if let Some(second) = peek.number(i + 2).filter(|m| (1..=31).contains(m)) {
                let (day, month) = order(day, second as i8, lexicon.spec.grammar.day_first);
                if (1..=12).contains(&month) {
                    if slash(doc.kind(i + 3)) {
                        if let Some((kind, end)) = peek.numbered(day, month, i + 4) {
                            return make(end, kind);
                        }
                    }
                    let direction = peek.direction(i + 3);
                    let (direction, end) = direction.map_or((None, i + 2), |(d, end)| (Some(d), end));
                    // A bare pair of numbers is a date only where something says so.
                    let told =
                        direction.is_some() || (i > 0 && peek.unit(i - 1).is_some_and(|(u, _)| u.0 == Unit::Day));
                    if told {
                        return make(end, Reading::Date { day: Some(day), until: None, month, year: None, direction });
                    }
                }
            }
        }
    }
    // 2015/7/28, 1436/10/12هـ
    if doc.kind(i) == Kind::Number && doc.norm(i).len() == 4 && doc.kind(i + 1) == doc.kind(i + 3) {
        let slash = matches!(doc.kind(i + 1), Kind::Slash | Kind::Dash);
        let month = peek.number(i + 2).filter(|m| slash && (1..=12).contains(m));
        let day = |i: usize| {
            let eras = &lexicon.spec.time.lunar_eras;
            let bare = eras.iter().find_map(|era| doc.norm(i).strip_suffix(era.as_str()));
            let number = peek.number(i).or_else(|| bare.filter(|_| i <= last)?.parse().ok());
            number.filter(|d| (1..=31).contains(d))
        };
        if let Some((month, day)) = month.zip(day(i + 4)) {
            if let Some((kind, _)) = peek.numbered(day as i8, month as i8, i) {
                return make(i + 4, kind);
            }
        }
    }
    if let Some((month, end)) = peek.lunar(i) {
        // "رمضان الماضي", "شوال 1436هـ": without either it may be a name.
        let expression = peek.lunar_tail(i, end, None, None, month);
        return Some(expression).filter(|e| !matches!(e.kind, Reading::Lunar { year: None, direction: None, .. }));
    }
    if let Some((month, end)) = peek.month(i) {
        // August 20, 2015
        if lexicon.spec.grammar.has_case {
            if let Some(day) = peek.number(end + 1).filter(|d| (1..=31).contains(d)) {
                if doc.norm(end + 1).len() <= 2 {
                    let mut at = end + 1;
                    let mut until = None;
                    if doc.kind(at + 1) == Kind::Dash {
                        if let Some(second) = peek.number(at + 2).filter(|d| (1..=31).contains(d)) {
                            until = Some(second as i8);
                            at += 2;
                        }
                    }
                    return Some(month_tail(&peek, i, at, Some(day as i8), until, month));
                }
            }
        }
        let expression = month_tail(&peek, i, end, None, None, month);
        if let Reading::Date { year: None, direction: None, .. } = expression.kind {
            // A month with neither day, year nor direction dates something only after a preposition of time.
            let ambiguous = doc
                .matches_at(i)
                .iter()
                .any(|m| m.flags & (flag::GIVEN | flag::VERB | flag::NOUN) != 0 && m.flags & flag::MONTH == 0);
            let told = i > 0 && grammar.at.iter().any(|w| w == doc.norm(i - 1));
            if ambiguous && !told {
                return None;
            }
        }
        return Some(expression);
    }
    if let Some((weekday, mut end)) = peek.weekday(i) {
        let mut direction = None;
        let mut offset = None;
        if let Some((d, e)) = peek.direction(end + 1) {
            direction = Some(d);
            end = e;
        }
        if let Some((day, e)) = peek.word(end + 1, |w| w.day) {
            offset = Some(day);
            end = e;
        }
        // "يومي الثلاثاء والأربعاء"
        let two = i > 0 && peek.unit(i - 1).is_some_and(|(u, _)| u == (Unit::Day, Some(2)));
        if let Some((second, e)) = peek.weekday(end + 1).filter(|_| two && doc.has_conjunction(end + 1)) {
            let (direction, e) = peek.direction(e + 1).map_or((direction, e), |(d, e)| (Some(d), e));
            let day = |weekday: u8| Reading::Weekday { weekday, direction, offset: None };
            return make(e, Reading::Between(Box::new((day(weekday), day(second)))));
        }
        // "Tuesday evening"
        if let Some(e) = peek.role(end + 1, "daypart").filter(|_| lexicon.spec.grammar.has_case) {
            end = e;
        }
        // الاثنين 3 أغسطس, الاثنين (3 أغسطس): the date says it all.
        let mark = usize::from(matches!(doc.kind(end + 1), Kind::Comma | Kind::Open));
        let of = usize::from(mark == 0 && peek.role(end + 1, "corresponding").is_some());
        if let Some(date) = read(doc, lexicon, end + 1 + mark + of, last) {
            let (date_last, mut kind) = (date.last, date.kind);
            if let Reading::Lunar { weekday: told, .. } = &mut kind {
                *told = Some(weekday);
            }
            if matches!(kind, Reading::Date { .. } | Reading::Lunar { day: Some(_), .. }) {
                let close = usize::from(mark == 1 && doc.kind(date_last + 1) == Kind::Close);
                return Some(Expression { first: i, last: date_last + close, kind });
            }
        }
        return make(end, Reading::Weekday { weekday, direction, offset });
    }
    if let Some((direction, end)) = peek.direction(i) {
        // "last week", "next Monday": the direction first.
        if let Some(((unit, _), e)) = peek.single_unit(end + 1) {
            return make(e, Reading::Unit { unit, direction });
        }
        if let Some((weekday, e)) = peek.weekday(end + 1) {
            return make(e, Reading::Weekday { weekday, direction: Some(direction), offset: None });
        }
        if let Some((month, e)) = peek.month(end + 1) {
            return make(e, Reading::Date { day: None, until: None, month, year: None, direction: Some(direction) });
        }
        return None;
    }
    if let Some((day, end)) = peek.word(i, |w| w.day) {
        // "في نفس اليوم", "اليوم ذاته": the day that was told before.
        if same_day(doc, lexicon, i, end) {
            return None;
        }
        // "أمس السبت", "أمس (السبت)": the weekday confirms it.
        let open = usize::from(doc.kind(end + 1) == Kind::Open);
        if let Some((weekday, e)) = peek.weekday(end + 1 + open) {
            let e = peek.direction(e + 1).map_or(e, |(_, tail)| tail);
            let e = e + usize::from(open == 1 && doc.kind(e + 1) == Kind::Close);
            return make(e, Reading::Weekday { weekday, direction: None, offset: Some(day) });
        }
        // "اليوم وغدا"
        if let Some((second, e)) =
            peek.word(end + 1, |w| w.day).filter(|&(second, _)| second == day + 1 && doc.has_conjunction(end + 1))
        {
            return make(e, Reading::Between(Box::new((Reading::Offset(day), Reading::Offset(second)))));
        }
        return make(end, Reading::Offset(day));
    }
    // "Earlier this month", "later this week": the whole of it, as far as one can tell.
    if let Some(end) = peek.role(i, "within") {
        if let Some(inner) = read(doc, lexicon, end + 1, last) {
            if matches!(inner.kind, Reading::Unit { direction: Direction::This, .. }) {
                return Some(Expression { first: i, ..inner });
            }
        }
    }
    if let Some((role, end)) = peek.word(i, |w| w.role.clone()).filter(|(role, _)| role.starts_with("ago")) {
        if role == "ago" {
            // "قبل يومين", "قبل ثلاثة أيام", "قبل نحو أسبوعين"
            let end = peek.role(end + 1, "about").unwrap_or(end);
            let (number, at) = match peek.number(end + 1) {
                Some(number) => (Some(number), end + 2),
                None => match peek.word(end + 1, |w| w.number.filter(|_| w.unit.is_none())) {
                    Some((number, e)) => (Some(number), e + 1),
                    None => (None, end + 1),
                },
            };
            if let Some(((unit, own), e)) = peek.unit(at) {
                // "قبل أسبوع" is one week ago; "قبل عام 2008" and "قبل يوم من" count from something else.
                if number.is_none() && own.is_none() {
                    let next = doc.kind(e + 1);
                    let counted = next == Kind::Number
                        || next == Kind::Word
                            && (lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(e + 1))
                                || doc.norm(e + 1).starts_with(|c: char| c.is_ascii_digit())
                                || doc.flags(e + 1) & (flag::NOUN | flag::MONTH | flag::MEETING | flag::VISIT) != 0);
                    if counted || unit == Unit::Day || doc.has_article(at) || peek.single_unit(at).is_none() {
                        return None;
                    }
                }
                return make(e, Reading::Ago { unit, number: number.or(own).unwrap_or(1) });
            }
        }
        return None;
    }
    // "هذا الأسبوع"
    if flags & flag::DEMONSTRATIVE != 0 && flags & flag::TIME_WORD == 0 {
        let ((unit, _), end) = peek.single_unit(i + 1)?;
        // "This day" is no date where another is meant by it.
        if unit == Unit::Day {
            return None;
        }
        return make(end, Reading::Unit { unit, direction: Direction::This });
    }
    // "مساء الأحد": the part of the day goes with its day.
    if let Some(end) = peek.role(i, "daypart") {
        let inner = read(doc, lexicon, end + 1, last)?;
        let day =
            matches!(inner.kind, Reading::Weekday { .. } | Reading::Offset(_) | Reading::Date { day: Some(_), .. });
        return day.then_some(Expression { first: i, ..inner });
    }
    // "يوم الاثنين", "الشهر الماضي", "يومين ... ago"
    if let Some(((unit, own), end)) = peek.unit(i) {
        // "Over the weekend"
        if unit == Unit::Weekend {
            return make(end, Reading::Unit { unit, direction: Direction::This });
        }
        if unit == Unit::Day {
            if let Some(inner) = read(doc, lexicon, end + 1, last) {
                if !matches!(inner.kind, Reading::Unit { .. } | Reading::Year(_)) {
                    return Some(Expression { first: i, ..inner });
                }
            }
        }
        // "خلال الأيام المقبلة", "الأيام القليلة القادمة"
        let plural = unit == Unit::Day && peek.word(i, |w| w.plural.then_some(())).is_some() && doc.has_article(i);
        let few = usize::from(plural && end < last && doc.flags(end + 1) & flag::ADJECTIVE != 0);
        if let Some((Direction::Next, e)) = peek.direction(end + 1 + few).or(peek.direction(end + 1)).filter(|_| plural)
        {
            return make(e, Reading::Between(Box::new((Reading::Offset(1), Reading::Offset(7)))));
        }
        if let Some((direction, e)) = peek.direction(end + 1) {
            if own.is_none() && peek.single_unit(i).is_some() {
                return make(e, Reading::Unit { unit, direction });
            }
        }
        if unit == Unit::Month {
            if let Some((month, e)) = peek.month(end + 1) {
                return Some(month_tail(&peek, i, e, None, None, month));
            }
            if let Some((month, e)) = peek.lunar(end + 1) {
                return Some(peek.lunar_tail(i, e, None, None, month));
            }
        }
        // "الأسبوع الأول من أغسطس"
        if unit == Unit::Week && own.is_none() {
            if let Some((number, e)) = peek.word(end + 1, |w| w.ordinal).filter(|(n, _)| (1..=4).contains(n)) {
                let of = usize::from(lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(e + 1)));
                if let Some((month, e)) = peek.month(e + 1 + of) {
                    return Some(month_tail(&peek, i, e, Some(7 * number - 6), Some(7 * number), month));
                }
            }
        }
        if unit == Unit::Year {
            if let Some((year, e)) = peek.year(i) {
                return make(e, Reading::Year(year));
            }
        }
        if peek.word(end + 1, |w| w.role.clone()).is_some_and(|(role, _)| role == "ago_after") && own.is_some() {
            return make(end + 1, Reading::Ago { unit, number: own.unwrap_or(1) });
        }
        return None;
    }
    // "three days ago", "2 weeks ago"
    let number = peek.number(i).map(|n| (n, i)).or_else(|| peek.word(i, |w| w.number));
    if let Some((number, end)) = number {
        if let Some(((unit, _), e)) = peek.unit(end + 1) {
            if let Some((role, ago)) = peek.word(e + 1, |w| w.role.clone()) {
                if role == "ago_after" {
                    return make(ago, Reading::Ago { unit, number });
                }
            }
        }
        if peek.doc.kind(i) == Kind::Number && doc.norm(i).len() == 4 && (1900..2100).contains(&number) && i > 0 {
            let told = doc.flags(i - 1) & flag::PREPOSITION != 0 && doc.tokens.all[i].spaced;
            if told && lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(i - 1)) {
                return make(i, Reading::Year(number as i16));
            }
        }
    }
    if let Some((month, end)) = peek.word(i, |w| w.season) {
        if let Some((year, e)) = peek.year(end + 1) {
            return make(
                e,
                Reading::Date { day: None, until: None, month: month + 12, year: Some(year), direction: None },
            );
        }
        return make(end, Reading::Date { day: None, until: None, month: month + 12, year: None, direction: None });
    }
    None
}

/// "من 4 إلى 6 أغسطس", "from Monday to Thursday"; with `between`, "بين 4 و6 أغسطس".
fn range(peek: &Peek, i: usize, between: bool) -> Option<Expression> {
    let (doc, lexicon, last) = (peek.doc, peek.lexicon, peek.last);
    // Where the second bound begins behind the first, which ends at `end`; what joins them may be written together with it.
    let second = |end: usize| {
        let next = end + 1;
        if !between {
            return peek.is_until(next).then_some(next + 1);
        }
        if next > last {
            return None;
        }
        if lexicon.spec.grammar.and.iter().any(|w| w == doc.norm(next)) {
            return Some(next + 1);
        }
        doc.has_conjunction(next).then_some(next)
    };
    // The first bound may be a mere day of the second one's month.
    if let Some((day, end)) = peek.day(i + 1) {
        if let Some(from) = second(end).or_else(|| between.then_some(end + 1)) {
            let found = read(doc, lexicon, from, last).or_else(|| peek.joined_day(from).filter(|_| between));
            if let Some(found) = found {
                let kind = match found.kind {
                    Reading::Date { day: Some(until), until: None, month, year, direction } => {
                        Some(Reading::Date { day: Some(day), until: Some(until), month, year, direction })
                    }
                    Reading::Lunar { day: Some(until), until: None, month, year, direction, .. } => {
                        Some(Reading::Lunar {
                            day: Some(day),
                            until: Some(until),
                            month,
                            year,
                            direction,
                            weekday: None,
                        })
                    }
                    _ => None,
                };
                return kind.map(|kind| Expression { first: i, last: found.last, kind });
            }
            return None;
        }
    }
    let bound = |r: &Reading| {
        matches!(
            r,
            Reading::Weekday { .. }
                | Reading::Offset(_)
                | Reading::Date { day: Some(_), .. }
                | Reading::Lunar { day: Some(_), .. }
        )
    };
    let first = read(doc, lexicon, i + 1, last).filter(|e| bound(&e.kind))?;
    // "From 5-6 April": a range already.
    if !between && matches!(first.kind, Reading::Date { until: Some(_), .. }) {
        return Some(Expression { first: i, ..first });
    }
    // "From March 3 to 6": a day of the same month.
    let next = second(first.last)?;
    if let (Reading::Date { day: Some(day), until: None, month, year, direction }, Some((until, end))) =
        (&first.kind, peek.day(next).filter(|_| lexicon.spec.grammar.has_case))
    {
        if until > *day && peek.month(end + 1).is_none() && doc.kind(next) == Kind::Number {
            let (day, until) = (Some(*day), Some(until));
            let (end, year) = peek.year(end + 1).map_or((end, *year), |(year, e)| (e, Some(year)));
            let kind = Reading::Date { day, until, month: *month, year, direction: *direction };
            return Some(Expression { first: i, last: end, kind });
        }
    }
    let second = read(doc, lexicon, next, last).filter(|e| bound(&e.kind))?;
    Some(Expression { first: i, last: second.last, kind: Reading::Between(Box::new((first.kind, second.kind))) })
}

/// "منتصف الشهر الماضي", "نهاية أغسطس".
fn part(peek: &Peek, i: usize) -> Option<Expression> {
    let (part, end) = peek.word(i, |w| match w.role.as_deref() {
        Some("start") => Some(Part::Start),
        Some("middle") => Some(Part::Middle),
        Some("end") => Some(Part::End),
        _ => None,
    })?;
    // "The end of the year": with an article of its own it is the one that runs.
    let article = peek.lexicon.spec.grammar.definite_article.iter().any(|w| w == peek.doc.norm(end + 1));
    let running = peek.single_unit(end + 2).filter(|((_, own), _)| article && own.is_none());
    // A bare month dates something here, whatever else its letters could say.
    let next = end + 1;
    let inner = match (peek.month(next), peek.lunar(next), running) {
        (Some((month, e)), _, _) => month_tail(peek, next, e, None, None, month),
        (_, Some((month, e)), _) => peek.lunar_tail(next, e, None, None, month),
        (_, _, Some(((unit, _), e))) => {
            Expression { first: next, last: e, kind: Reading::Unit { unit, direction: Direction::This } }
        }
        _ => read(peek.doc, peek.lexicon, next, peek.last).or_else(|| peek.current(next))?,
    };
    let long = match inner.kind {
        Reading::Date { day, month, .. } => day.is_none() && month <= 12,
        Reading::Lunar { day, .. } => day.is_none(),
        Reading::OfYear { ref of, .. } => matches!(**of, Reading::Date { day: None, .. }),
        Reading::Unit { unit, .. } => !matches!(unit, Unit::Day | Unit::Weekend),
        Reading::Year(_) => true,
        _ => false,
    };
    long.then(|| Expression { first: i, last: inner.last, kind: Reading::Part { part, of: Box::new(inner.kind) } })
}

fn order(a: i8, b: i8, day_first: bool) -> (i8, i8) {
    if b > 12 || (!day_first && a <= 12) { (b, a) } else { (a, b) }
}

/// What may follow a month: its year, a direction.
pub(super) fn month_tail(
    peek: &Peek,
    first: usize,
    end: usize,
    day: Option<i8>,
    until: Option<i8>,
    month: i8,
) -> Expression {
    let mut last = end;
    let mut year = None;
    let mut direction = None;
    if let Some((y, e)) = peek.year(end + 1) {
        year = Some(y);
        last = e;
    }
    if let Some((d, e)) = peek.direction(end + 1) {
        direction = Some(d);
        last = e;
    }
    // "أغسطس من العام الماضي"
    if year.is_none() && direction.is_none() {
        let of = usize::from(peek.lexicon.spec.grammar.of.iter().any(|w| w == peek.doc.norm(end + 1)));
        if let Some(((Unit::Year, None), unit)) = peek.unit(end + 1 + of) {
            if let Some((direction, last)) = peek.direction(unit + 1) {
                let of = Box::new(Reading::Date { day, until, month, year, direction: None });
                return Expression { first, last, kind: Reading::OfYear { of, direction } };
            }
        }
    }
    Expression { first, last, kind: Reading::Date { day, until, month, year, direction } }
}

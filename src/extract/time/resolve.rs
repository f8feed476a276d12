//! Which days an expression of time means, seen from the day of publication.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{add, clamp, day_number, day_of, lunar_month_of, lunar_start, month_range};
use super::{Direction, Expression, Part, Reading, Unit};
use crate::event::{Granularity, Time};
use crate::extract::doc::Doc;

/// Turns an expression into dates. `future` says that the event is still to come.
pub fn resolve(doc: &Doc, expression: &Expression, published: Option<Date>, future: bool) -> Time {
    let mention = doc.span(expression.first, expression.last);
    let (days, granularity, relative) = days(&expression.kind, published, future);
    Time { mention, days, granularity, relative_to: if relative { published } else { None } }
}

type Days = Option<(Date, Date)>;

fn days(reading: &Reading, published: Option<Date>, future: bool) -> (Days, Granularity, bool) {
    let single = |date: Option<Date>| date.map(|d| (d, d));
    match reading {
        Reading::Date { day, until, month, year, direction } => {
            // A season is written as its first month plus twelve.
            if *month > 12 {
                let first = *month - 12;
                let year_of = year.or(published.map(|p| p.year()));
                let range = year_of.and_then(|y| {
                    let start = Date::new(y, first, 1).ok()?;
                    let end = add(start, 2.months())?.last_of_month();
                    Some((start, end))
                });
                return (range, Granularity::Range, year.is_none());
            }
            let guess = |published: Date| -> i16 {
                let base = published.year();
                let month_gap = i32::from(*month) - i32::from(published.month());
                match direction {
                    // A month far ahead that is told as past was last year's, whatever "this" it bears.
                    Some(Direction::This) if !future && month_gap > 1 => base - 1,
                    Some(Direction::Last) if month_gap > 0 => base - 1,
                    Some(Direction::Next) if month_gap < 0 => base + 1,
                    Some(_) => base,
                    None if future && month_gap < 0 => base + 1,
                    None if !future && month_gap > 1 => base - 1,
                    None => base,
                }
            };
            let resolved = year.or_else(|| published.map(guess));
            let relative = year.is_none();
            let Some(year) = resolved else {
                return (None, if day.is_some() { Granularity::Day } else { Granularity::Month }, true);
            };
            match (day, until) {
                (Some(day), Some(until)) => {
                    let range = clamp(year, *month, *day).zip(clamp(year, *month, *until));
                    (range, Granularity::Range, relative)
                }
                (Some(day), None) => (single(clamp(year, *month, *day)), Granularity::Day, relative),
                _ => (month_range(year, *month), Granularity::Month, relative),
            }
        }
        Reading::Lunar { day, until, month, year, direction, weekday } => {
            let granularity = if day.is_some() && until.is_none() { Granularity::Day } else { Granularity::Range };
            let month = i32::from(*month);
            let guess = |published: Date| {
                let (base, now) = lunar_month_of(day_number(published)?);
                Some(match direction {
                    Some(Direction::Last) if month >= now => base - 1,
                    Some(Direction::Next) if month <= now => base + 1,
                    None if future && month < now => base + 1,
                    None if !future && month > now => base - 1,
                    _ => base,
                })
            };
            let relative = year.is_none();
            let Some(year) = year.map(i32::from).or_else(|| published.and_then(guess)) else {
                return (None, granularity, true);
            };
            let first = lunar_start(year, month);
            let length = lunar_start(year + month / 12, month % 12 + 1) - first;
            let at = |day: i8| day_of(first + i32::from(day).min(length) - 1);
            let range = match (day, until) {
                (Some(day), Some(until)) => at(*day).zip(at(*until)).filter(|(a, b)| a <= b),
                (Some(day), None) => single(at(*day).map(|date| beside(date, *weekday))),
                _ => day_of(first).zip(day_of(first + length - 1)),
            };
            (range, granularity, relative)
        }
        Reading::OfYear { of, direction } => {
            let step = match direction {
                Direction::Last => -1,
                Direction::This => 0,
                Direction::Next => 1,
            };
            let mut dated = (**of).clone();
            if let (Reading::Date { year, .. }, Some(published)) = (&mut dated, published) {
                *year = Some(published.year() + step);
            }
            let (found, granularity, _) = days(&dated, published, future);
            (found.filter(|_| published.is_some()), granularity, true)
        }
        Reading::Year(year) => {
            let range = Date::new(*year, 1, 1).ok().zip(Date::new(*year, 12, 31).ok());
            (range, Granularity::Year, false)
        }
        Reading::Weekday { weekday, direction, offset } => {
            let Some(published) = published else { return (None, Granularity::Day, true) };
            let today = published.weekday().to_monday_one_offset();
            let back = (today - *weekday as i8).rem_euclid(7);
            let ahead = (*weekday as i8 - today).rem_euclid(7);
            if let Some(offset) = offset {
                // The text was written the day before it was published, or the day after: its weekday stands.
                let named = add(published, offset.days()).map(|d| d.weekday().to_monday_one_offset());
                let shift = match named {
                    Some(day) if day == *weekday as i8 => *offset,
                    _ if *offset <= 0 => -i32::from(back),
                    _ => i32::from(ahead),
                };
                return (single(add(published, shift.days())), Granularity::Day, true);
            }
            let shift = match direction {
                Some(Direction::Next) => i32::from(if ahead == 0 { 7 } else { ahead }),
                Some(Direction::Last) => -i32::from(if back == 0 { 7 } else { back }),
                _ if future => i32::from(ahead),
                _ => -i32::from(back),
            };
            (single(add(published, shift.days())), Granularity::Day, true)
        }
        Reading::Offset(offset) => (published.and_then(|p| single(add(p, offset.days()))), Granularity::Day, true),
        Reading::Unit { unit, direction } => {
            let step = match direction {
                Direction::Last => -1,
                Direction::This => 0,
                Direction::Next => 1,
            };
            let Some(published) = published else { return (None, Granularity::Range, true) };
            match unit {
                Unit::Day => (single(add(published, step.days())), Granularity::Day, true),
                Unit::Weekend => {
                    // One that is still to come is this week's; one that is over, the last before the day of the week.
                    let today = i32::from(published.weekday().to_monday_one_offset());
                    let over = *direction == Direction::This && !future && today < 6;
                    let start = add(published, ((if over { -1 } else { step }) * 7 + 6 - today).days());
                    (start.and_then(|s| add(s, 1.days()).map(|e| (s, e))), Granularity::Range, true)
                }
                Unit::Week => {
                    let monday = i32::from(published.weekday().to_monday_one_offset()) - 1;
                    let start = add(published, (step * 7 - monday).days());
                    (start.and_then(|s| add(s, 6.days()).map(|e| (s, e))), Granularity::Range, true)
                }
                Unit::Month => {
                    let shifted = add(published.first_of_month(), step.months());
                    (shifted.and_then(|d| month_range(d.year(), d.month())), Granularity::Month, true)
                }
                Unit::Year => {
                    let year = published.year() + step as i16;
                    (Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok()), Granularity::Year, true)
                }
            }
        }
        Reading::DayOfMonth { day, direction } => {
            let step = match direction {
                Direction::Last => -1,
                Direction::This => 0,
                Direction::Next => 1,
            };
            let month = published.and_then(|p| add(p.first_of_month(), step.months()));
            (single(month.and_then(|m| clamp(m.year(), m.month(), *day))), Granularity::Day, true)
        }
        Reading::Between(bounds) => {
            let (first, _, relative) = days(&bounds.0, published, future);
            let (second, _, also) = days(&bounds.1, published, future);
            let range = first.zip(second).map(|(a, b)| (a.0, b.1)).filter(|(a, b)| a <= b);
            // "On Tuesday and Wednesday", told on a Wednesday as still to come: both are next week's.
            let range = range.or_else(|| {
                let weekdays = matches!(*bounds.as_ref(), (Reading::Weekday { .. }, Reading::Weekday { .. }));
                let (a, b) = first.zip(second).filter(|_| weekdays)?;
                Some((a.0, add(b.1, 7.days())?)).filter(|_| future)
            });
            (range, Granularity::Range, relative || also)
        }
        Reading::Part { part, of } => {
            let (whole, _, relative) = days(of, published, future);
            (whole.and_then(|whole| part_of(*part, whole)), Granularity::Range, relative)
        }
        Reading::Ago { unit, number } => {
            let Some(published) = published else { return (None, Granularity::Day, true) };
            let number = (*number).clamp(0, 3000);
            match unit {
                Unit::Day => (single(add(published, (-number).days())), Granularity::Day, true),
                Unit::Week | Unit::Weekend => (single(add(published, (-7 * number).days())), Granularity::Day, true),
                Unit::Month => {
                    let then = add(published.first_of_month(), (-number).months());
                    (then.and_then(|d| month_range(d.year(), d.month())), Granularity::Month, true)
                }
                Unit::Year => {
                    let year = published.year() - number as i16;
                    (Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok()), Granularity::Year, true)
                }
            }
        }
    }
}

/// The day next to a computed one that is of the weekday told beside it, which knows better than the computation.
fn beside(date: Date, weekday: Option<u8>) -> Date {
    let Some(weekday) = weekday else { return date };
    let fits = |d: &Date| d.weekday().to_monday_one_offset() == weekday as i8;
    [0, -1, 1].into_iter().filter_map(|shift| add(date, shift.days())).find(fits).unwrap_or(date)
}

/// A third of a month or year; of a week its first two days, its middle, or the weekend.
fn part_of(part: Part, (first, last): (Date, Date)) -> Days {
    let length = first.until(last).ok()?.get_days() + 1;
    let (from, to) = match (part, length) {
        (Part::Start, 0..=7) => (0, 1),
        (Part::Middle, 0..=7) => (2, 4),
        (Part::End, 0..=7) => (5, 6),
        (Part::Start, 8..=31) => (0, 9),
        (Part::Middle, 8..=31) => (10, 19),
        (Part::End, 8..=31) => (20, length - 1),
        (Part::Start, _) => (0, length / 3 - 1),
        (Part::Middle, _) => (length / 3, length * 2 / 3 - 1),
        (Part::End, _) => (length * 2 / 3, length - 1),
    };
    add(first, from.days()).zip(add(first, to.days()))
}

//! Days, months and the Islamic calendar.

use jiff::Span as Duration;
use jiff::ToSpan;
use jiff::civil::Date;

/// Years of the Islamic calendar that news can be about: 1882 to 2076.
pub(super) const LUNAR_YEARS: std::ops::Range<i16> = 1300..1500;

/// The days before the first of the first year of the Islamic calendar, counted from 1 January 1970.
const LUNAR_EPOCH: i32 = -492_149;

/// The day on which a month of the Islamic calendar begins, counted from 1 January 1970. This is the tabular calendar, in
/// which eleven of thirty years have a day more: the calendar of a state, which follows the moon, can differ by a day.
pub(super) fn lunar_start(year: i32, month: i32) -> i32 {
    let months = 30 * (month - 1) - (month - 1) / 2;
    LUNAR_EPOCH + 354 * (year - 1) + (3 + 11 * year).div_euclid(30) + months
}

/// The year and month of the Islamic calendar in which a day lies, counted from 1 January 1970.
pub(super) fn lunar_month_of(day: i32) -> (i32, i32) {
    let year = (30 * (day - LUNAR_EPOCH) + 10_646).div_euclid(10_631);
    let month = (2..=12).rev().find(|&month| lunar_start(year, month) <= day).unwrap_or(1);
    (year, month)
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

pub(super) fn day_number(date: Date) -> Option<i32> {
    EPOCH.until(date).ok().map(|span| span.get_days())
}

pub(super) fn day_of(number: i32) -> Option<Date> {
    add(EPOCH, number.days())
}

pub(super) fn clamp(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, 1)
        .ok()
        .map(|first| first.with().day(day.min(first.days_in_month())).build().unwrap_or(first))
}

pub(super) fn month_range(year: i16, month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

pub(super) fn add(date: Date, span: Duration) -> Option<Date> {
    date.checked_add(span).ok()
}

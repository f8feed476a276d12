//! Expressions of time: what they say (`read.rs`, from the words that `peek.rs` looks at) and which days that is, seen from
//! the day of publication (`resolve.rs`, `calendar.rs`).

mod calendar;
mod peek;
mod read;
mod resolve;

use crate::extract::doc::Doc;
use crate::lexicon::Lexicon;
pub use read::{same_day, written};
pub use resolve::resolve;

/// A time expression: tokens `first..=last`.
#[derive(Clone, Debug)]
pub struct Expression {
    pub first: usize,
    pub last: usize,
    pub kind: Reading,
}

/// What an expression says, before it is resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A calendar date; the year or the day may be missing.
    Date {
        day: Option<i8>,
        until: Option<i8>,
        month: i8,
        year: Option<i16>,
        direction: Option<Direction>,
    },
    /// A date of the Islamic calendar; the year or the day may be missing. A weekday beside it corrects its day.
    Lunar {
        day: Option<i8>,
        until: Option<i8>,
        month: i8,
        year: Option<i16>,
        direction: Option<Direction>,
        weekday: Option<u8>,
    },
    /// A date in a year that a direction names: "in August of last year".
    OfYear {
        of: Box<Reading>,
        direction: Direction,
    },
    Year(i16),
    Weekday {
        weekday: u8,
        direction: Option<Direction>,
        offset: Option<i32>,
    },
    /// Days from publication.
    Offset(i32),
    /// A unit with a direction: "last month".
    Unit {
        unit: Unit,
        direction: Direction,
    },
    /// A number of units ago.
    Ago {
        unit: Unit,
        number: i32,
    },
    /// A day of a month that a direction names: "the 20th of next month".
    DayOfMonth {
        day: i8,
        direction: Direction,
    },
    /// The beginning, middle or end of something longer: "mid-July", "the end of next week".
    Part {
        part: Part,
        of: Box<Reading>,
    },
    /// From one day to another.
    Between(Box<(Reading, Reading)>),
}

/// Which part of a month, week or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Last,
    This,
    Next,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Year,
}

/// Finds the expressions of tokens `first..=last`, in order.
pub fn expressions(doc: &Doc, lexicon: &Lexicon, first: usize, last: usize, out: &mut Vec<Expression>) {
    let mut i = first;
    while i <= last {
        if let Some(found) = read::read(doc, lexicon, i, last) {
            i = found.last + 1;
            out.push(found);
        } else {
            i += 1;
        }
    }
}

//! Expressions of time, resolved against the publication date.

use jiff::civil::Date;
use jiff::{Span as Duration, ToSpan};

use crate::event::{Granularity, Time};
use crate::extract::doc::Doc;
use crate::lexicon::{Lexicon, Meaning, flag};
use crate::text::Kind;

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
        if let Some(found) = read(doc, lexicon, i, last) {
            i = found.last + 1;
            out.push(found);
        } else {
            i += 1;
        }
    }
}

struct Peek<'a> {
    doc: &'a Doc,
    lexicon: &'a Lexicon,
    last: usize,
}

impl Peek<'_> {
    fn number(&self, i: usize) -> Option<i32> {
        if i > self.last {
            return None;
        }
        match self.doc.kind(i) {
            Kind::Number => self.doc.norm(i).parse().ok(),
            // "1er mai"
            Kind::Word => {
                let ordinals = &self.lexicon.spec.time.ordinal_endings;
                let norm = self.doc.norm(i);
                let digits = ordinals.iter().find_map(|o| norm.strip_suffix(o.as_str()))?;
                digits.parse().ok()
            }
            _ => None,
        }
    }

    fn month(&self, i: usize) -> Option<(i8, usize)> {
        if i > self.last {
            return None;
        }
        let found = self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::Month(month) => Some((month as i8, m.last())),
            _ => None,
        })?;
        // "شباط / فبراير": both names of one month.
        if self.doc.kind(found.1 + 1) == Kind::Slash
            || self.doc.kind(found.1 + 1) == Kind::Dash
            || self.doc.kind(found.1 + 1) == Kind::Open
        {
            if let Some((again, end)) = self.doc.matches_at(found.1 + 2).iter().find_map(|m| match m.meaning {
                Meaning::Month(month) => Some((month as i8, m.last())),
                _ => None,
            }) {
                if again == found.0 {
                    let close = usize::from(self.doc.kind(end + 1) == Kind::Close);
                    return Some((again, end + close));
                }
            }
        }
        Some(found)
    }

    /// A month of the Islamic calendar.
    fn lunar(&self, i: usize) -> Option<(i8, usize)> {
        if i > self.last {
            return None;
        }
        self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::LunarMonth(month) => Some((month as i8, m.last())),
            _ => None,
        })
    }

    /// A year of four digits, written alone, with the letter of its era or before it. Returns whether the era was told.
    fn digits(&self, i: usize, eras: &[String]) -> Option<(i16, usize, bool)> {
        if i > self.last {
            return None;
        }
        let norm = self.doc.norm(i);
        let four = |digits: &str| {
            let all = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
            all.then(|| digits.parse::<i16>().ok()).flatten()
        };
        match self.doc.kind(i) {
            Kind::Number => {
                let year = four(norm)?;
                let told = i < self.last && eras.iter().any(|era| era == self.doc.norm(i + 1));
                Some((year, i + usize::from(told), told))
            }
            Kind::Word if norm.starts_with(|c: char| c.is_ascii_digit()) => {
                let digits = eras.iter().find_map(|era| norm.strip_suffix(era.as_str()))?;
                Some((four(digits)?, i, true))
            }
            _ => None,
        }
    }

    /// A year of the Islamic calendar.
    fn lunar_year(&self, i: usize) -> Option<(i16, usize)> {
        let at = match self.unit(i) {
            Some(((Unit::Year, _), end)) => end + 1,
            _ if self.doc.kind(i) == Kind::Comma => i + 1,
            _ => i,
        };
        let (year, end, _) = self.digits(at, &self.lexicon.spec.time.lunar_eras)?;
        LUNAR_YEARS.contains(&year).then_some((year, end))
    }

    /// A date in numbers whose year stands at `i`: of the Islamic calendar by its era or its century.
    fn numbered(&self, day: i8, month: i8, i: usize) -> Option<(Reading, usize)> {
        if let Some((year, end, _)) = self.digits(i, &self.lexicon.spec.time.eras) {
            if (1900..2100).contains(&year) {
                let kind = Reading::Date { day: Some(day), until: None, month, year: Some(year), direction: None };
                return Some((kind, end));
            }
        }
        if self.lexicon.spec.time.lunar_months.is_empty() || day > 30 {
            return None;
        }
        let (year, end) = self.lunar_year(i)?;
        let (day, year) = (Some(day), Some(year));
        Some((Reading::Lunar { day, until: None, month, year, direction: None, weekday: None }, end))
    }

    /// "مطلع الأسبوع": a week, month or year with its article and nothing else is the present one.
    fn current(&self, i: usize) -> Option<Expression> {
        let ((unit, number), end) = self.single_unit(i)?;
        let next = self.doc.kind(end + 1);
        let alone = next != Kind::Number
            && !(next == Kind::Word
                && end < self.last
                && (self.doc.flags(end + 1) & (flag::ADJECTIVE | flag::DEMONSTRATIVE | flag::RELATIVE) != 0
                    || self.doc.has_article(end + 1)
                    || self.word(end + 1, |w| w.ordinal).is_some()
                    || self.lexicon.spec.grammar.of.iter().any(|w| w == self.doc.norm(end + 1))));
        let here = number.is_none() && unit != Unit::Day && self.doc.has_article(i) && alone;
        let kind = Reading::Unit { unit, direction: Direction::This };
        here.then_some(Expression { first: i, last: end, kind })
    }

    /// "و5 أغسطس": a day that is written together with the conjunction before it.
    fn joined_day(&self, i: usize) -> Option<Expression> {
        if i > self.last || self.doc.kind(i) != Kind::Word {
            return None;
        }
        let norm = self.doc.norm(i);
        let conjunctions = &self.lexicon.spec.clitics.conjunctions;
        let digits = conjunctions.iter().find_map(|c| norm.strip_prefix(c.as_str()))?;
        let day = digits.parse::<i8>().ok().filter(|d| (1..=31).contains(d))?;
        let of = usize::from(self.lexicon.spec.grammar.of.iter().any(|w| w == self.doc.norm(i + 1)));
        if let Some((month, end)) = self.month(i + 1 + of) {
            return Some(month_tail(self, i, end, Some(day), None, month));
        }
        let (month, end) = self.lunar(i + 1 + of)?;
        Some(self.lunar_tail(i, end, Some(day), None, month))
    }

    /// A day of the month behind its conjunction: "والثالث", "و3".
    fn joined_number(&self, i: usize) -> Option<(i8, usize)> {
        if i > self.last || self.doc.kind(i) != Kind::Word {
            return None;
        }
        if self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(i)) {
            return self.day(i + 1);
        }
        let norm = self.doc.norm(i);
        let conjunctions = &self.lexicon.spec.clitics.conjunctions;
        let digits = conjunctions.iter().find_map(|c| norm.strip_prefix(c.as_str())?.parse::<i8>().ok());
        if let Some(day) = digits.filter(|d| (1..=31).contains(d)) {
            return Some((day, i));
        }
        self.day(i).filter(|_| self.doc.has_conjunction(i))
    }

    /// What may follow a month of the Islamic calendar: its year, a direction.
    fn lunar_tail(&self, first: usize, end: usize, day: Option<i8>, until: Option<i8>, month: i8) -> Expression {
        let (mut last, mut year, mut direction) = (end, None, None);
        if let Some((y, e)) = self.lunar_year(end + 1) {
            (year, last) = (Some(y), e);
        } else if let Some((d, e)) = self.direction(end + 1) {
            (direction, last) = (Some(d), e);
        }
        Expression { first, last, kind: Reading::Lunar { day, until, month, year, direction, weekday: None } }
    }

    fn weekday(&self, i: usize) -> Option<(u8, usize)> {
        self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::Weekday(day) => Some((day, m.last())),
            _ => None,
        })
    }

    fn word<T>(&self, i: usize, pick: impl Fn(&crate::lexicon::spec::TimeWord) -> Option<T>) -> Option<(T, usize)> {
        if i > self.last {
            return None;
        }
        self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::Time { time } => pick(&self.lexicon.times[time as usize]).map(|value| (value, m.last())),
            _ => None,
        })
    }

    fn direction(&self, i: usize) -> Option<(Direction, usize)> {
        self.word(i, |w| match w.direction.as_deref() {
            Some("last") => Some(Direction::Last),
            Some("next") => Some(Direction::Next),
            Some("this") => Some(Direction::This),
            _ => None,
        })
    }

    /// A unit that a direction can stand beside: of several, "the coming days", none is meant.
    fn single_unit(&self, i: usize) -> Option<((Unit, Option<i32>), usize)> {
        let plural = self.word(i, |w| w.plural.then_some(())).is_some();
        self.unit(i).filter(|_| !plural)
    }

    fn role(&self, i: usize, role: &str) -> Option<usize> {
        self.word(i, |w| (w.role.as_deref() == Some(role)).then_some(())).map(|(_, end)| end)
    }

    /// A day of the month: a number or an ordinal.
    fn day(&self, i: usize) -> Option<(i8, usize)> {
        let short = |i: usize| self.doc.kind(i) == Kind::Word || self.doc.norm(i).len() <= 2;
        if let Some(day) = self.number(i).filter(|d| (1..=31).contains(d) && short(i)) {
            return Some((day as i8, i));
        }
        self.word(i, |w| w.ordinal).filter(|(day, _)| (1..=31).contains(day))
    }

    fn is_until(&self, i: usize) -> bool {
        i <= self.last
            && self.doc.kind(i) == Kind::Word
            && self.lexicon.spec.time.until.iter().any(|w| w == self.doc.norm(i))
    }

    fn unit(&self, i: usize) -> Option<((Unit, Option<i32>), usize)> {
        self.word(i, |w| {
            let unit = match w.unit.as_deref()? {
                "day" => Unit::Day,
                "week" => Unit::Week,
                "weekend" => Unit::Weekend,
                "month" => Unit::Month,
                "year" => Unit::Year,
                _ => return None,
            };
            Some((unit, w.number))
        })
    }

    fn year(&self, i: usize) -> Option<(i16, usize)> {
        let mut at = i;
        // "عام 2008", "of 2008", a comma before the year.
        if let Some(((Unit::Year, _), end)) = self.unit(at) {
            at = end + 1;
        } else if self.doc.kind(at) == Kind::Comma {
            at += 1;
        } else if self.lexicon.spec.grammar.of.iter().any(|w| w == self.doc.norm(at)) {
            at += 1;
            if let Some(((Unit::Year, _), end)) = self.unit(at) {
                at = end + 1;
            }
        }
        let (year, end, _) = self.digits(at, &self.lexicon.spec.time.eras)?;
        (1900..2100).contains(&year).then_some((year, end))
    }
}

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
fn read(doc: &Doc, lexicon: &Lexicon, i: usize, last: usize) -> Option<Expression> {
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
            let told = grammar.has_case && i > 0 && grammar.at.iter().any(|w| w == doc.norm(i - 1));
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
fn month_tail(peek: &Peek, first: usize, end: usize, day: Option<i8>, until: Option<i8>, month: i8) -> Expression {
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

/// Years of the Islamic calendar that news can be about: 1882 to 2076.
const LUNAR_YEARS: std::ops::Range<i16> = 1300..1500;

/// The days before the first of the first year of the Islamic calendar, counted from 1 January 1970.
const LUNAR_EPOCH: i32 = -492_149;

/// The day on which a month of the Islamic calendar begins, counted from 1 January 1970. This is the tabular calendar, in
/// which eleven of thirty years have a day more: the calendar of a state, which follows the moon, can differ by a day.
fn lunar_start(year: i32, month: i32) -> i32 {
    let months = 30 * (month - 1) - (month - 1) / 2;
    LUNAR_EPOCH + 354 * (year - 1) + (3 + 11 * year).div_euclid(30) + months
}

/// The year and month of the Islamic calendar in which a day lies, counted from 1 January 1970.
fn lunar_month_of(day: i32) -> (i32, i32) {
    let year = (30 * (day - LUNAR_EPOCH) + 10_646).div_euclid(10_631);
    let month = (2..=12).rev().find(|&month| lunar_start(year, month) <= day).unwrap_or(1);
    (year, month)
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

fn day_number(date: Date) -> Option<i32> {
    EPOCH.until(date).ok().map(|span| span.get_days())
}

fn day_of(number: i32) -> Option<Date> {
    add(EPOCH, number.days())
}

fn clamp(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, 1)
        .ok()
        .map(|first| first.with().day(day.min(first.days_in_month())).build().unwrap_or(first))
}

fn month_range(year: i16, month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn add(date: Date, span: Duration) -> Option<Date> {
    date.checked_add(span).ok()
}

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

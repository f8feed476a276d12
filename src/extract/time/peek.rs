//! The words of an expression of time, one kind at a time.

use super::calendar::LUNAR_YEARS;
use super::read::month_tail;
use super::{Direction, Expression, Reading, Unit};
use crate::extract::doc::Doc;
use crate::lexicon::{Lexicon, Meaning, flag};
use crate::text::Kind;

pub(super) struct Peek<'a> {
    pub(super) doc: &'a Doc,
    pub(super) lexicon: &'a Lexicon,
    pub(super) last: usize,
}

impl Peek<'_> {
    pub(super) fn number(&self, i: usize) -> Option<i32> {
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

    pub(super) fn month(&self, i: usize) -> Option<(i8, usize)> {
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
    pub(super) fn lunar(&self, i: usize) -> Option<(i8, usize)> {
        if i > self.last {
            return None;
        }
        self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::LunarMonth(month) => Some((month as i8, m.last())),
            _ => None,
        })
    }

    /// A year of four digits, written alone, with the letter of its era or before it. Returns whether the era was told.
    pub(super) fn digits(&self, i: usize, eras: &[String]) -> Option<(i16, usize, bool)> {
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
    pub(super) fn lunar_year(&self, i: usize) -> Option<(i16, usize)> {
        let at = match self.unit(i) {
            Some(((Unit::Year, _), end)) => end + 1,
            _ if self.doc.kind(i) == Kind::Comma => i + 1,
            _ => i,
        };
        let (year, end, _) = self.digits(at, &self.lexicon.spec.time.lunar_eras)?;
        LUNAR_YEARS.contains(&year).then_some((year, end))
    }

    /// A date in numbers whose year stands at `i`: of the Islamic calendar by its era or its century.
    pub(super) fn numbered(&self, day: i8, month: i8, i: usize) -> Option<(Reading, usize)> {
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
    pub(super) fn current(&self, i: usize) -> Option<Expression> {
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
    pub(super) fn joined_day(&self, i: usize) -> Option<Expression> {
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
    pub(super) fn joined_number(&self, i: usize) -> Option<(i8, usize)> {
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
    pub(super) fn lunar_tail(
        &self,
        first: usize,
        end: usize,
        day: Option<i8>,
        until: Option<i8>,
        month: i8,
    ) -> Expression {
        let (mut last, mut year, mut direction) = (end, None, None);
        if let Some((y, e)) = self.lunar_year(end + 1) {
            (year, last) = (Some(y), e);
        } else if let Some((d, e)) = self.direction(end + 1) {
            (direction, last) = (Some(d), e);
        }
        Expression { first, last, kind: Reading::Lunar { day, until, month, year, direction, weekday: None } }
    }

    pub(super) fn weekday(&self, i: usize) -> Option<(u8, usize)> {
        self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::Weekday(day) => Some((day, m.last())),
            _ => None,
        })
    }

    pub(super) fn word<T>(
        &self,
        i: usize,
        pick: impl Fn(&crate::lexicon::spec::TimeWord) -> Option<T>,
    ) -> Option<(T, usize)> {
        if i > self.last {
            return None;
        }
        self.doc.matches_at(i).iter().find_map(|m| match m.meaning {
            Meaning::Time { time } => pick(&self.lexicon.times[time as usize]).map(|value| (value, m.last())),
            _ => None,
        })
    }

    pub(super) fn direction(&self, i: usize) -> Option<(Direction, usize)> {
        self.word(i, |w| match w.direction.as_deref() {
            Some("last") => Some(Direction::Last),
            Some("next") => Some(Direction::Next),
            Some("this") => Some(Direction::This),
            _ => None,
        })
    }

    /// A unit that a direction can stand beside: of several, "the coming days", none is meant.
    pub(super) fn single_unit(&self, i: usize) -> Option<((Unit, Option<i32>), usize)> {
        let plural = self.word(i, |w| w.plural.then_some(())).is_some();
        self.unit(i).filter(|_| !plural)
    }

    pub(super) fn role(&self, i: usize, role: &str) -> Option<usize> {
        self.word(i, |w| (w.role.as_deref() == Some(role)).then_some(())).map(|(_, end)| end)
    }

    /// A day of the month: a number or an ordinal.
    pub(super) fn day(&self, i: usize) -> Option<(i8, usize)> {
        let short = |i: usize| self.doc.kind(i) == Kind::Word || self.doc.norm(i).len() <= 2;
        if let Some(day) = self.number(i).filter(|d| (1..=31).contains(d) && short(i)) {
            return Some((day as i8, i));
        }
        self.word(i, |w| w.ordinal).filter(|(day, _)| (1..=31).contains(day))
    }

    pub(super) fn is_until(&self, i: usize) -> bool {
        i <= self.last
            && self.doc.kind(i) == Kind::Word
            && self.lexicon.spec.time.until.iter().any(|w| w == self.doc.norm(i))
    }

    pub(super) fn unit(&self, i: usize) -> Option<((Unit, Option<i32>), usize)> {
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

    pub(super) fn year(&self, i: usize) -> Option<(i16, usize)> {
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

//! Whom the lexicon knows: people by surname, and who held which office when.

use super::*;

/// People of the lexicon by the last word of their name, and by the office that one holds at a time.
pub struct Surnames {
    people: FxHashMap<String, Vec<u32>>,
    /// By country, in the order of the people.
    holders: FxHashMap<String, Vec<Holder>>,
}

/// A term of an office that one person holds at a time.
pub(super) struct Holder {
    person: u32,
    /// Index into [`EXCLUSIVE`].
    office: usize,
    from: u32,
    to: u32,
}

impl Surnames {
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut holders: FxHashMap<String, Vec<Holder>> = FxHashMap::default();
        let mut table: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (index, person) in lexicon.people.iter().enumerate() {
            let folded = lexicon.fold(&person.name);
            // "Benigno Aquino III" is called Aquino.
            let counted = |word: &&str| !(word.len() > 1 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')));
            if let Some(last) = folded.split([' ', '-']).rev().find(counted) {
                let list = table.entry(last.to_owned()).or_default();
                list.push(index as u32);
            }
            for term in lexicon.terms.get(&person.id).into_iter().flatten() {
                let Some(office) = EXCLUSIVE.iter().position(|office| *office == term.office) else { continue };
                let holder = Holder { person: index as u32, office, from: term.from, to: term.to };
                match holders.get_mut(&term.country) {
                    Some(list) => list.push(holder),
                    None => drop(holders.insert(term.country.clone(), vec![holder])),
                }
            }
        }
        Self { people: table, holders }
    }

    /// The first person who held an office of a country at `date`, if it is one that one person holds at a time.
    pub(super) fn in_office(&self, office: &str, country: &str, date: u32) -> Option<u32> {
        let mut holders = self.holders.get(country)?.iter();
        holders.find(|h| EXCLUSIVE[h.office] == office && h.from <= date && date <= h.to).map(|h| h.person)
    }

    /// The one person of that surname who held this office at `date`, or else before it: a president is called so to the
    /// end of his life. Without an office, and where it tells nothing, see [`Self::unique`].
    pub(super) fn holder(&self, surname: &str, office: &str, date: Option<u32>, lexicon: &Lexicon) -> Option<u32> {
        let one = |wanted: &dyn Fn(&crate::lexicon::Term) -> bool| {
            let list = self.people.get(surname)?;
            let held = |person: &u32| {
                let terms = lexicon.terms.get(&lexicon.people[*person as usize].id);
                terms.is_some_and(|terms| terms.iter().any(|term| term.office == office && wanted(term)))
            };
            let mut holders = list.iter().copied().filter(held);
            holders.next().filter(|_| holders.next().is_none())
        };
        if office.is_empty() {
            return self.unique(surname, date, lexicon);
        }
        let Some(day) = date else { return self.unique(surname, date, lexicon) };
        one(&|term| term.from <= day && day <= term.to)
            .or_else(|| one(&|term| term.from <= day))
            .or_else(|| self.unique(surname, date, lexicon))
    }

    /// The one person of that surname who held an office at `date` (or the only one there is).
    pub(super) fn unique(&self, surname: &str, date: Option<u32>, lexicon: &Lexicon) -> Option<u32> {
        let list = self.people.get(surname)?;
        let mut serving =
            list.iter().filter(|&&person| date.is_some_and(|date| term_at(lexicon, person, date).is_some()));
        if let Some(&first) = serving.next() {
            return if serving.next().is_none() { Some(first) } else { None };
        }
        let only = list.first().copied().filter(|_| list.len() == 1 && date.is_none())?;
        // Without a date only those whom everybody calls by the surname alone.
        let terms = lexicon.terms.get(&lexicon.people[only as usize].id);
        let known = |office: &str| EXCLUSIVE.contains(&office) || office == "SECRETARY_GENERAL";
        let famous = terms.is_some_and(|terms| terms.iter().any(|t| known(&t.office)));
        (famous || !lexicon.spec.grammar.has_case).then_some(only)
    }
}

/// The office a person held on `date` (`yyyymmdd`), with a year's grace on either side of no known term.
pub(super) fn term_at(lexicon: &Lexicon, person: u32, date: u32) -> Option<&crate::lexicon::Term> {
    let id = &lexicon.people[person as usize].id;
    lexicon.terms.get(id)?.iter().find(|term| term.from <= date && date <= term.to)
}

/// A term of a person when the day is unknown: that of the office the article names, else the last one.
pub(super) fn any_term<'l>(
    lexicon: &'l Lexicon,
    person: u32,
    office: Option<&str>,
) -> Option<&'l crate::lexicon::Term> {
    let terms = lexicon.terms.get(&lexicon.people[person as usize].id)?;
    let named = terms.iter().find(|t| office.is_some_and(|o| !o.is_empty() && t.office == o));
    if lexicon.spec.grammar.has_case { named.or_else(|| terms.iter().max_by_key(|t| t.from)) } else { terms.first() }
}

/// Offices that one person holds at a time.
pub(super) const EXCLUSIVE: &[&str] = &[
    "HEAD_OF_STATE",
    "HEAD_OF_GOVERNMENT",
    "FOREIGN_MINISTER",
    "DEFENCE_MINISTER",
    "INTERIOR_MINISTER",
    "CROWN_PRINCE",
];

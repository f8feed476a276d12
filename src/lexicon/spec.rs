//! `language.toml`: what data says about a language beyond its word lists.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::transliteration::Transliteration;
use super::{clitic, mark, vocabulary};
use crate::text::token::Spelling;

/// The declaration of a language. Everything left out has a neutral default.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spec {
    /// ISO 639-1.
    pub code: String,
    pub name: String,
    /// "rtl" or "ltr": only for people and renderers.
    pub direction: String,
    pub grammar: Grammar,
    pub spelling: Spelling,
    pub transliteration: Transliteration,
    pub clitics: Clitics,
    /// Word lists by function; the key names the category.
    pub words: std::collections::BTreeMap<String, Vec<String>>,
    /// What is added to base forms, by column.
    pub inflection: std::collections::BTreeMap<String, Vec<Inflection>>,
    pub time: Time,
    pub confidence: Confidence,
}

/// The key of a word in a list, from the list's name and the hash of the word: lists are asked too often to compare strings.
#[inline]
pub(super) fn listing(list: &str, word: u64) -> u64 {
    vocabulary::hash(list).rotate_left(32) ^ word
}

/// Added to the key of a word that only begins a phrase of the list.
pub(super) const PHRASE: u64 = 1;

impl Spec {
    /// Which words stand in which list of `[words]`, and which begin a phrase of one: see [`listing`].
    pub(super) fn listings(&self) -> FxHashSet<u64> {
        let mut listings = FxHashSet::default();
        for (list, words) in &self.words {
            for word in words {
                listings.insert(listing(list, vocabulary::hash(word)));
                if let Some((first, _)) = word.split_once(' ') {
                    listings.insert(listing(list, vocabulary::hash(first)).wrapping_add(PHRASE));
                }
            }
        }
        listings
    }

    /// Which forms bear which mark, by the hash of the form.
    pub(super) fn marks(&self) -> FxHashMap<u64, u8> {
        let mut marks = FxHashMap::default();
        let mut set = |form: &str, mark: u8| *marks.entry(vocabulary::hash(form)).or_default() |= mark;
        for word in self.words.values().flatten() {
            set(word, mark::LISTED);
            set(word.split(' ').next().unwrap_or(word), mark::LISTED);
        }
        let prepositions = self.clitics.prepositions.iter().chain(&self.grammar.at).chain(&self.grammar.of);
        for preposition in prepositions {
            for suffix in &self.clitics.suffixes {
                set(&format!("{preposition}{}", suffix.form), mark::WITH_PRONOUN);
            }
        }
        marks
    }
}

/// How sure the rules' own estimates turned out to be.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Confidence {
    /// Pairs of an estimate and the share of events with it that were right, both from 0 to 1 and rising; made by
    /// `tools/calibrate.py`. Empty: the estimate is the confidence.
    pub curve: Vec<(f64, f64)>,
}

impl Confidence {
    /// The share of events with this estimate that were right, between the points of the curve in a straight line.
    pub fn calibrated(&self, estimate: f64) -> f64 {
        let next = self.curve.partition_point(|&(from, _)| from <= estimate);
        match (next.checked_sub(1).map(|last| self.curve[last]), self.curve.get(next)) {
            (None, None) => estimate,
            (None, Some(&(_, share))) | (Some((_, share)), None) => share,
            (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * (estimate - x0) / (x1 - x0),
        }
    }
}

/// Word order and the like.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grammar {
    /// Capital letters mark names.
    pub has_case: bool,
    /// The subject may follow its verb.
    pub subject_after_verb: bool,
    /// Adjectives of nationality stand before the title ("US secretary of state").
    pub adjective_first: bool,
    /// A reported clause may stand before its verb ("..., he said").
    pub content_before_verb: bool,
    /// A verb with no subject of its own goes on with the last one.
    pub drops_subject: bool,
    /// Words of the definite article, where it is written apart.
    pub definite_article: Vec<String>,
    /// Day and month in dates like 4/7: true when the day stands first.
    pub day_first: bool,
    /// Genitive marks between a noun and its owner ("of").
    pub of: Vec<String>,
    /// Coordinators of names ("and").
    pub and: Vec<String>,
    /// "Between".
    pub between: Vec<String>,
    /// Prepositions of place.
    pub at: Vec<String>,
    /// Prepositions of direction.
    pub to: Vec<String>,
    /// "About": what a meeting is on.
    pub about: Vec<String>,
    /// "From": where something comes from.
    pub from: Vec<String>,
    /// What introduces the agent of a passive.
    pub by: Vec<String>,
    /// Says "in order to": content of meetings and visits.
    pub purpose: Vec<String>,
    /// How plural nouns end, where the lexicon does not say.
    pub plural_endings: Vec<String>,
    /// How the past of unknown verbs ends.
    pub past_endings: Vec<String>,
    /// How participles end that go with the sentence's verb ("saying", after what it says).
    pub chained_endings: Vec<String>,
    /// How feminine nouns and titles end.
    pub feminine_ending: String,
    /// How verbs end of which several are the subject.
    pub plural_verbs: Vec<String>,
    /// How verbs end of which two are the subject.
    pub dual_verbs: Vec<String>,
    /// Countries (ISO codes) that are masculine where the others are feminine.
    pub masculine_countries: Vec<String>,
    /// How a verb of the past ends with a feminine subject, and how one of the present begins with either.
    pub feminine_past: String,
    pub feminine_present: String,
    pub masculine_present: String,
    /// How verbs of the past end whose subject is who speaks, where no third person ends so.
    pub first_past: Vec<String>,
    /// How duals end: "الجانبين" is two of "الجانب".
    pub dual_endings: Vec<String>,
    /// The one of these endings that no other use has.
    pub accusative_ending: String,
    /// How a plural of persons ends that is no subject; empty where none shows it.
    #[serde(default)]
    pub oblique_plural: String,
    /// Endings that take no letter for the accusative.
    pub no_accusative_after: Vec<String>,
    /// How adjectives of relation end, which make surnames.
    pub relation_ending: String,
    /// "Was": makes a present verb after it past.
    pub was: Vec<String>,
    /// "Here": where the author writes, which his dateline names.
    pub here: Vec<String>,
    /// Right before the noun of an event: the event is still to come.
    pub eve: Vec<String>,
    /// Words before the noun of an event that say what is told comes after it: "after".
    pub aftermath: Vec<String>,
    /// Prepositions of a frame that too many other phrases share: what a meeting is about is not read after them.
    pub shared: Vec<String>,
    /// Between an office and the country it is sent to.
    pub posted_to: Vec<String>,
    /// Between an office or group and the place where it is.
    pub held_at: Vec<String>,
    /// Between a group and the body that it is part of.
    pub part_of: Vec<String>,
    /// Between a spokesman and what he speaks for.
    pub on_behalf_of: Vec<String>,
    /// Nouns before a name that make a place of it: "province", "city".
    pub place_heads: Vec<String>,
    /// Words before a group that say how many or which of it: "senior", "most".
    pub counts: Vec<String>,
    /// Prepositions between a speaker and the body that hears what is said: "before parliament".
    pub audience: Vec<String>,
    /// The conjunction that answers the words "as for": فَ in "أما الوزير فقال".
    pub answer: String,
    /// Complementizers before which a verb tells what might be done: "أن يعلن".
    pub wish: Vec<String>,
    /// How the present ends with a subject in the singular; empty where agreement says nothing.
    pub singular_present: String,
    /// The past is told by an auxiliary with a participle ("a dit"), which alone is no finite verb.
    pub compound_past: bool,
    /// A verb that reports may stand before its subject with its auxiliary, inside its words and behind them ("..., a dit
    /// le ministre, ...").
    pub inverts_reports: bool,
    /// A reported clause is always introduced by a word for it.
    pub marks_clauses: bool,
    /// How infinitives end, in languages where they are forms of their own; empty where a word marks them.
    pub infinitive_endings: Vec<String>,
    /// Prepositions that an infinitive may stand after.
    pub infinitive_prepositions: Vec<String>,
}

impl Grammar {
    /// Names are marked by case, and phrases begin with an article or their head.
    pub fn articled(&self) -> bool {
        self.has_case && !self.adjective_first
    }
}

/// What is written together with words.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clitics {
    pub conjunctions: Vec<String>,
    pub prepositions: Vec<String>,
    pub future: String,
    pub article: String,
    /// Prepositions that swallow the first letter of the article.
    pub article_swallowed_by: Vec<String>,
    /// Prepositions that are taken off only before the article: too many words begin with their letter.
    pub with_article_only: Vec<String>,
    /// What is left of the article then.
    pub article_rest: String,
    pub suffixes: Vec<Suffix>,
    /// Pairs: what a stem ends in before a suffix, and what it ends in alone.
    pub suffix_repairs: Vec<(String, String)>,
}

/// A pronoun written together with the word before it.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Suffix {
    pub form: String,
    pub dual: bool,
    pub plural: bool,
    pub feminine: bool,
}

impl Suffix {
    pub(super) fn bits(&self) -> u16 {
        (if self.dual { clitic::DUAL } else { 0 })
            | (if self.plural { clitic::PLURAL } else { 0 })
            | (if self.feminine { clitic::FEMININE } else { 0 })
    }
}

/// `form` without `prefix`. Nearly no word has it, and where one has the letter the second byte says so first: those of a
/// script that takes two bytes a letter share the first one.
#[inline]
pub(super) fn without_prefix<'a>(form: &'a str, prefix: &str) -> Option<&'a str> {
    let at = usize::from(prefix.len() > 1);
    if !prefix.is_empty() && form.as_bytes().get(at) != prefix.as_bytes().get(at) {
        return None;
    }
    form.strip_prefix(prefix)
}

/// `form` without `suffix`, likewise.
#[inline]
pub(super) fn without_suffix<'a>(form: &'a str, suffix: &str) -> Option<&'a str> {
    if !suffix.is_empty() && form.as_bytes().last() != suffix.as_bytes().last() {
        return None;
    }
    form.strip_suffix(suffix)
}

impl Clitics {
    pub fn is_empty(&self) -> bool {
        self.conjunctions.is_empty()
            && self.prepositions.is_empty()
            && self.suffixes.is_empty()
            && self.article.is_empty()
    }

    /// The form itself, and the form without its leading conjunction.
    pub(crate) fn after_conjunction<'a>(&self, form: &'a str) -> impl Iterator<Item = (bool, &'a str)> {
        let stripped = self.conjunctions.iter().find_map(|c| without_prefix(form, c)).filter(|rest| rest.len() >= 3);
        [Some((false, form)), stripped.map(|rest| (true, rest))].into_iter().flatten()
    }

    pub(crate) fn after_future<'a>(&self, form: &'a str) -> Option<&'a str> {
        if self.future.is_empty() {
            return None;
        }
        form.strip_prefix(self.future.as_str()).filter(|rest| rest.len() >= 4)
    }

    /// Clitics that the letters alone suggest, for words that the lexicon does not know.
    pub(super) fn shape(&self, form: &str) -> u16 {
        let mut bits = 0;
        let mut rest = form;
        if let Some(stripped) = self.conjunctions.iter().find_map(|c| without_prefix(form, c)) {
            if stripped.len() >= 5 {
                bits |= clitic::CONJUNCTION;
                rest = stripped;
            }
        }
        if !self.article.is_empty()
            && (form.starts_with(self.article.as_str()) || rest.starts_with(self.article.as_str()))
        {
            bits |= clitic::ARTICLE;
            if form.starts_with(self.article.as_str()) {
                bits &= !clitic::CONJUNCTION;
            }
        }
        bits
    }
}

/// How further forms are made from a base form: the first whose `ends` fits applies.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inflection {
    pub ends: String,
    /// Letters taken off the end.
    pub drop: usize,
    /// Endings put in their place.
    pub add: Vec<String>,
    /// Endings put in the place of the last letter of the base form.
    pub clip: Vec<String>,
    /// First letters that are swapped, on the base form and on every made form.
    pub swap: Option<Swap>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    pub from: String,
    pub to: Vec<String>,
}

impl Inflection {
    /// All forms of `base`, itself included, by the first of `rules` that fits.
    pub fn forms(rules: &[Self], base: &str) -> Vec<String> {
        let mut forms = vec![base.to_owned()];
        if let Some(rule) = rules.iter().find(|rule| base.ends_with(rule.ends.as_str())) {
            let mut stem = base.to_owned();
            for _ in 0..rule.drop {
                stem.pop();
            }
            forms.extend(rule.add.iter().map(|ending| format!("{stem}{ending}")));
            let mut short = base.to_owned();
            short.pop();
            forms.extend(rule.clip.iter().map(|ending| format!("{short}{ending}")));
            if let Some(swap) = &rule.swap {
                let swapped: Vec<String> = forms
                    .iter()
                    .filter_map(|form| form.strip_prefix(swap.from.as_str()))
                    .flat_map(|rest| swap.to.iter().map(move |to| format!("{to}{rest}")))
                    .collect();
                forms.extend(swapped);
            }
        }
        forms
    }
}

/// Words of time.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Time {
    /// Twelve rows of names.
    pub months: Vec<Vec<String>>,
    /// Twelve rows of names of the months of the Islamic calendar.
    pub lunar_months: Vec<Vec<String>>,
    /// What stands behind or at the end of a year of the common era ("2015م"), and of the Islamic one ("1436هـ").
    pub eras: Vec<String>,
    pub lunar_eras: Vec<String>,
    /// What is written after the number of a day ("4th").
    pub ordinal_endings: Vec<String>,
    /// Seven rows, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Before or behind the word for a day: the day that was told before ("the same day").
    pub same: Vec<String>,
    pub same_after: Vec<String>,
    /// What stands between the two ends of a range of days.
    pub until: Vec<String>,
    pub words: Vec<TimeWord>,
}

/// A word or phrase of time and what it means.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeWord {
    pub forms: Vec<String>,
    /// A day relative to publication.
    pub day: Option<i32>,
    /// "day", "week", "weekend", "month", "year": a unit that a direction or number can stand beside.
    pub unit: Option<String>,
    /// "last", "next" or "this": a direction.
    pub direction: Option<String>,
    /// "ago" (before its number) or "ago_after"; "within" (before a running unit); "start", "middle", "end" of something
    /// longer; "daypart"; "corresponding" between a weekday and its date, or the dates of two calendars; "about" before a
    /// number that is not exact.
    pub role: Option<String>,
    /// Several of the unit, so that a direction beside it dates nothing.
    pub plural: bool,
    /// A day of the month as an ordinal.
    pub ordinal: Option<i8>,
    /// A number word's value.
    pub number: Option<i32>,
    /// A season's first month.
    pub season: Option<i8>,
}

#[cfg(test)]
mod tests {
    use super::Confidence;

    #[test]
    fn an_estimate_between_two_points_of_the_curve_lies_between_their_shares() {
        let measured = Confidence { curve: vec![(0.0, 0.2), (0.5, 0.6), (1.0, 1.0)] };
        assert!((measured.calibrated(0.25) - 0.4).abs() < 1e-9);
        assert!((measured.calibrated(0.5) - 0.6).abs() < 1e-9);
        assert!((measured.calibrated(1.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn without_a_curve_the_estimate_is_the_confidence() {
        assert!((Confidence::default().calibrated(0.7) - 0.7).abs() < 1e-9);
    }
}

//! What can stand between a title and the name that bears it: brackets, pronouns, occasions and regions.

use super::{Mention, Parser};
use crate::event::ActorKind;
use crate::extract::doc::Match;
use crate::lexicon::{CountryForm, Meaning, TitleClass, clitic, flag, vocabulary};
use crate::text::Kind;

/// How many tokens brackets hold that are read over.
const BRACKETS: usize = 10;

impl Parser<'_> {
    /// Whether the word at `p` stands in a list of the language's own.
    pub(super) fn stands_in(&self, list: &str, p: usize) -> bool {
        self.doc.listed(list, p, self.lexicon)
    }

    /// Whether a form does.
    pub(super) fn listed(&self, list: &str, norm: &str) -> bool {
        self.lexicon.lists(list, vocabulary::hash(norm))
    }

    /// Whether the word at `p` stands in a list, alone or with a conjunction or preposition attached.
    pub(super) fn listed_with_clitic(&self, list: &str, p: usize) -> bool {
        let norm = self.doc.norm(p);
        let clitics = &self.lexicon.spec.clitics;
        let mut attached = clitics.conjunctions.iter().chain(&clitics.prepositions);
        self.stands_in(list, p)
            || attached.any(|c| norm.strip_prefix(c.as_str()).is_some_and(|rest| self.listed(list, rest)))
    }

    /// Whether a name begins at `p` that needs no title to be known for one.
    pub(super) fn name_begins(&self, start: usize, p: usize) -> bool {
        let doc = self.doc;
        self.in_phrase(start, p)
            && (self.best(p, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0)
                || doc.flags(p) & (flag::GIVEN | flag::HONORIFIC) != 0
                    && doc.words[p].clitics() & !clitic::ARTICLE == 0
                    && doc.flags(p) & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::VERB | flag::PREPOSITION)
                        == 0)
    }

    /// Whether the phrase has a title and no name yet, and one begins at `p`.
    pub(super) fn named_by_title(&self, start: usize, p: usize, m: &Mention) -> bool {
        m.title.is_some() && m.name.is_none() && self.name_begins(start, p)
    }

    /// The token behind brackets at `p`, where the name that a title waits for comes next, or first a place.
    pub(super) fn past_brackets(&self, start: usize, p: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || doc.kind(p) != Kind::Open || m.title.is_none() || m.name.is_some() {
            return None;
        }
        let close = (p + 1..p + BRACKETS).find(|&q| doc.kind(q) == Kind::Close)?;
        let next = close + 1;
        if self.named_by_title(start, next, m) {
            return Some(next);
        }
        let place = self.best(next + 1, flag::PLACE | flag::COUNTRY)?;
        let at = self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(next));
        (at && self.named_by_title(start, place.last() + 1, m)).then_some(next)
    }

    /// "رئيس الوفد في المفاوضات فلان", "حاكم سابق لولاية كذا فلان": a noun behind a preposition, with what describes it,
    /// between a title and a known name; the token of that name.
    pub(super) fn before_name(&self, start: usize, object: usize, attached: bool, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case || m.title.is_none() || m.name.is_some() {
            return None;
        }
        let flags = doc.flags(object);
        if flags & (flag::NOUN | flag::MEETING) == 0 || flags & (flag::GIVEN | flag::TITLE | flag::MEDIA) != 0 {
            return None;
        }
        let mut p = object + 1;
        // "إلى مفاوضات جنيف", "في محادثات السلام".
        let grammar = &self.lexicon.spec.grammar;
        let sent = flags & flag::MEETING != 0
            && grammar.posted_to.iter().chain(&grammar.held_at).any(|w| w == doc.norm(object - 1));
        if !doc.has_article(object) {
            if !attached && !sent {
                return None;
            }
            // Whose: a place, a country, a word with its article or one that no list holds.
            if let Some(x) = self.best(p, flag::PLACE | flag::COUNTRY | flag::ORG) {
                // Where one confers is not whose one is.
                if !sent {
                    self.of_place(&x, m);
                }
                p = x.last() + 1;
            } else if self.in_phrase(start, p) && (doc.has_article(p) || doc.words[p].count == 0) {
                p += 1;
            } else {
                return None;
            }
        }
        while self.in_phrase(start, p) && doc.has_article(p) && doc.flags(p) & flag::ADJECTIVE != 0 {
            p += 1;
        }
        self.named_by_title(start, p, m).then_some(p)
    }

    /// "الرئيس المنتخب حديثا فلان", "رئيس الوزراء المنتهية ولايته فلان": what is said of the holder of an office right before
    /// his name; the token of the name.
    pub(super) fn described_until_name(&self, start: usize, p: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        let other = flag::TITLE
            | flag::GROUP
            | flag::ORG
            | flag::ORG_HEAD
            | flag::COUNTRY
            | flag::PLACE
            | flag::DEMONYM
            | flag::WEEKDAY
            | flag::TIME_WORD
            | flag::PREPOSITION
            | flag::HONORIFIC
            | flag::GIVEN
            | flag::SURNAME
            | flag::NAME_PART
            | flag::MEDIA
            | flag::RELATIVE
            | flag::THAT;
        let plain = |q: usize| {
            self.in_phrase(start, q)
                && doc.flags(q) & other == 0
                && doc.words[q].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
        };
        if m.title.is_none() || m.name.is_some() || !doc.has_article(p) || !plain(p) || !self.in_phrase(start, p + 1) {
            return None;
        }
        if self.named_by_title(start, p + 1, m) {
            return Some(p + 1);
        }
        let second = p + 1;
        let his = doc.words[second].clitics() & clitic::SUFFIX != 0 && doc.flags(second) & flag::NOUN != 0;
        if !plain(second) && !his || doc.has_article(second) {
            return None;
        }
        let aside = his || doc.flags(second) & flag::ADVERB != 0;
        if aside && self.named_by_title(start, second + 1, m) {
            return Some(second + 1);
        }
        // "المسجون مدى الحياة فلان".
        let third = second + 1;
        let chain = doc.flags(second) & flag::NOUN != 0 && plain(third) && doc.has_article(third);
        (chain && self.named_by_title(start, third + 1, m)).then_some(third + 1)
    }

    /// "مدينة حلب": a noun that says what the place behind it is.
    pub(super) fn named_place(&self, p: usize) -> Option<Mention> {
        let grammar = &self.lexicon.spec.grammar;
        let next = p + 1;
        let noun = self.doc.flags(p) & flag::NOUN != 0;
        if grammar.has_case
            || !noun
            || !grammar.place_heads.iter().any(|w| w == self.doc.norm(p))
            || !self.in_phrase(p, next)
        {
            return None;
        }
        let x = self.best(next, flag::PLACE | flag::COUNTRY).filter(|x| x.clitics & !clitic::ARTICLE == 0)?;
        let mut m = Mention::new(p, ActorKind::Country);
        match x.meaning {
            Meaning::Place { place } => {
                m.place = Some(place);
                m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
            }
            Meaning::Country { country, form: form @ CountryForm::Capital } => {
                m.country = Some(country);
                m.form = Some(form);
            }
            _ => return None,
        }
        m.last = x.last();
        Some(m)
    }

    /// "قائد القوات الأميركية في العراق الجنرال فلان": where a commander serves, before the rank and name that he bears; the
    /// token of the rank.
    pub(super) fn serves_at(&self, start: usize, at: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        let military = |index: u32| self.lexicon.titles[index as usize].class == TitleClass::Military;
        let commands = m.title.is_some_and(|(_, _, title)| military(title)) && m.name.is_none();
        let held = self.lexicon.spec.grammar.held_at.iter().any(|w| w == doc.norm(at));
        if self.lexicon.spec.grammar.has_case || !commands || !held || !self.in_phrase(start, at + 1) {
            return None;
        }
        let place = self.best(at + 1, flag::COUNTRY | flag::PLACE)?;
        let rank = place.last() + 1;
        let x = self.best(rank, flag::TITLE).filter(|_| self.in_phrase(start, rank) && doc.has_article(rank))?;
        let Meaning::Title { title, .. } = x.meaning else { return None };
        (military(title) && self.name_begins(start, x.last() + 1)).then_some(rank)
    }

    /// Gives a phrase without a country that of the place in it.
    pub(super) fn of_place(&self, x: &Match, m: &mut Mention) {
        if let Meaning::Place { place } = x.meaning {
            let iso = &self.lexicon.places[place as usize].iso;
            m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
        }
    }

    /// "النائب عن ولاية كذا فلان": a place that a lawmaker stands for, with the noun that says what it is, before his name;
    /// the token of the name.
    pub(super) fn constituency(&self, start: usize, p: usize, m: &mut Mention) -> Option<usize> {
        let (doc, grammar) = (self.doc, &self.lexicon.spec.grammar);
        let standing = m.title.is_some_and(|(_, _, title)| {
            matches!(self.lexicon.titles[title as usize].office.as_str(), "LEGISLATOR" | "GOVERNOR" | "OFFICIAL")
        });
        let head = p + 1;
        if grammar.has_case
            || !standing
            || m.name.is_some()
            || !grammar.on_behalf_of.iter().any(|w| w == doc.norm(p))
            || !grammar.place_heads.iter().any(|w| w == doc.norm(head))
            || !self.in_phrase(start, head + 1)
        {
            return None;
        }
        let place = self.best(head + 1, flag::PLACE | flag::COUNTRY);
        let next = place.map_or(head + 1, |x| x.last()) + 1;
        if !self.named_by_title(start, next, m) {
            return None;
        }
        if let Some(x) = place {
            self.of_place(&x, m);
        }
        Some(next)
    }

    /// "مستشار كيري فلان الفلاني", "ناطق باسم نتنياهو": a surname right behind an office whose holder serves somebody is of
    /// him whom he serves; the token behind it.
    pub(super) fn principal(&self, start: usize, from: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        let (head, _, title) = m.title?;
        let serves = matches!(
            self.lexicon.titles[title as usize].office.as_str(),
            "ADVISER" | "SPOKESPERSON" | "CHIEF_OF_STAFF" | "ENVOY"
        );
        let behalf = self.lexicon.spec.grammar.on_behalf_of.iter().any(|w| w == doc.norm(from - 1));
        if !serves || m.name.is_some() || !self.in_phrase(start, from) || doc.words[from].clitics() != 0 {
            return None;
        }
        let flags = doc.flags(from);
        let known = self.best(from, flag::PERSON).filter(|x| x.len >= 2 && x.clitics == 0);
        let surname = flags & flag::SURNAME != 0
            && flags & (flag::NOUN | flag::TITLE | flag::ORG | flag::ORG_HEAD | flag::COUNTRY) == 0
            && (flags & flag::GIVEN == 0
                || doc.flags(from + 1) & flag::GIVEN != 0
                    && self.read_name(from + 1, true).is_some_and(|end| end > from + 1));
        if behalf {
            // For whom one speaks needs no name of the speaker.
            return known.map(|x| x.last() + 1).or(surname.then_some(from + 1));
        }
        if doc.has_article(head) || head + 1 != from || known.is_some() || !surname {
            return None;
        }
        let next = from + 1;
        // "ممثل السيستاني في كربلاء فلان".
        let place = self.best(next + 1, flag::PLACE | flag::COUNTRY).filter(|_| {
            self.in_phrase(start, next + 1) && self.lexicon.spec.grammar.held_at.iter().any(|w| w == doc.norm(next))
        });
        let named = self.named_by_title(start, next, m)
            || place.is_some_and(|x| self.named_by_title(start, x.last() + 1, m))
            || self.in_phrase(start, next)
                && doc.flags(next) & (flag::SURNAME | flag::NAME_PART) == 0
                && doc.words[next].count == 0
                && self.read_name(next, true).is_some_and(|end| end > next);
        named.then_some(next)
    }

    /// "فلان، وزير الدولة للشؤون الخارجية في الإمارات،": the country that an office between commas ends with is whose it is.
    pub(super) fn where_he_serves(&self, m: &mut Mention) {
        let at = m.last + 1;
        let inside = self.is_word(at) && self.lexicon.spec.grammar.held_at.iter().any(|w| w == self.doc.norm(at));
        if self.lexicon.spec.grammar.has_case || !inside {
            return;
        }
        let Some(x) = self.best(at + 1, flag::COUNTRY).filter(|x| x.clitics & !clitic::ARTICLE == 0) else { return };
        if let Meaning::Country { country, form: CountryForm::Name } = x.meaning {
            if self.doc.kind(x.last() + 1) == Kind::Comma {
                m.country.get_or_insert(country);
                m.last = x.last();
            }
        }
    }

    /// "رئيس الأركان الأميركي | رئيس الوزراء العراقي": behind the nationality of a group, or of an office, a title with
    /// another nationality begins another actor.
    pub(super) fn another_actor(&self, start: usize, p: usize, last: usize, m: &Mention) -> bool {
        let doc = self.doc;
        let national = doc.flags(p - 1) & (flag::DEMONYM | flag::COUNTRY) != 0;
        if p <= start {
            return false;
        }
        // "ولي العهد | السفير الروسي".
        if doc.has_article(p) {
            return doc.has_article(p - 1) && self.of_another_country(last, m);
        }
        let described = doc.flags(p - 1) & flag::ADJECTIVE != 0 && doc.has_article(p - 1);
        if m.kind == ActorKind::Group || m.plural {
            // "مصدر مصري مسؤول": an adjective of the group, though it could be an office.
            return (national || described) && (last > p || doc.flags(p) & flag::ADJECTIVE == 0);
        }
        if !national {
            return false;
        }
        self.of_another_country(last, m)
    }

    /// Whether the office that ends with `last` is said to be of another country than the holder of the phrase before it is.
    pub(super) fn of_another_country(&self, last: usize, m: &Mention) -> bool {
        let doc = self.doc;
        let union = |country: &u16| {
            crate::lexicon::check::UNIONS.contains(&self.lexicon.countries[*country as usize].iso.as_str())
        };
        let of_title = || m.title.and_then(|(_, _, title)| self.lexicon.titles[title as usize].country);
        let of_person = || {
            let terms = self.lexicon.terms.get(&self.lexicon.people[m.person? as usize].id)?;
            self.lexicon.country_index.get(&terms.first()?.country).copied()
        };
        let Some(own) = m.country.filter(|c| !union(c)).or_else(of_title).or_else(of_person) else { return false };
        let foreign = |q: usize| {
            let bare = |clitics: u16| clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
            self.best(q, flag::DEMONYM).filter(|x| doc.has_article(q) && bare(x.clitics)).is_some_and(|x| {
                match x.meaning {
                    Meaning::Demonym { country, .. } => country != own,
                    _ => false,
                }
            })
        };
        let country = self.best(last + 1, flag::COUNTRY).filter(|x| x.clitics == 0).is_some_and(|x| match x.meaning {
            Meaning::Country { country, .. } => country != own,
            _ => false,
        });
        // "ولي العهد السفير الروسي": the nationality is the next office's.
        let own_words = |q: usize| self.is_word(q) && doc.has_article(q) && doc.flags(q) & flag::TITLE == 0;
        country || (last + 1..last + 4).take_while(|&q| own_words(q)).any(foreign)
    }

    /// "لجنة الاتحاد المعنية بالتحقيق في الحادث": what a body is charged with, behind the adjective at `p`.
    pub(super) fn charge(&self, start: usize, p: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        let article = self.lexicon.spec.clitics.article.as_str();
        let word = doc.norm(p).strip_prefix(article).filter(|_| !article.is_empty())?;
        if m.title.is_some() || !self.listed("charged", word) || !self.in_phrase(start, p + 1) {
            return None;
        }
        let definite = |q: usize| {
            self.in_phrase(start, q)
                && doc.has_article(q)
                && doc.words[q].clitics() & clitic::CONJUNCTION == 0
                && doc.flags(q)
                    & (flag::GIVEN | flag::TITLE | flag::RELATIVE | flag::SPEECH | flag::TIME_WORD | flag::WEEKDAY)
                    == 0
        };
        let first = p + 1;
        if doc.words[first].clitics() & clitic::PREPOSITION == 0 || doc.flags(first) & flag::NOUN == 0 {
            return None;
        }
        // The chain of nouns reaches a definite one: "بتنفيذ نتائج المؤتمر".
        let bare = |q: usize| {
            self.in_phrase(start, q)
                && doc.flags(q) & flag::NOUN != 0
                && doc.flags(q) & (flag::GIVEN | flag::VERB) == 0
                && !doc.has_article(q)
                && doc.words[q].clitics() == 0
        };
        let mut q = first + 1;
        while bare(q) && q < first + 4 {
            q += 1;
        }
        let further = self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(q)) && definite(q + 1);
        let closed = doc.has_article(first) || definite(q) || further;
        if !closed {
            return None;
        }
        while definite(q) && doc.words[q].clitics() & clitic::PREPOSITION == 0 {
            q += 1;
        }
        // A second preposition goes on with the charge: "بالتحقيق في الممارسات".
        if self.in_phrase(start, q) && self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(q)) && definite(q + 1)
        {
            let country = self.best(q + 1, flag::COUNTRY | flag::PLACE).is_some();
            q += 1;
            while definite(q) && doc.words[q].clitics() & clitic::PREPOSITION == 0 && !country {
                q += 1;
            }
            if country {
                q -= 1;
            }
        }
        Some(q)
    }
}

//! Noun phrases of languages that begin with an article or their head, go on with adjectives and complements and put
//! the name last, marked by capitals (French): "le ministre iranien des Affaires étrangères Abbas Araghchi".

use super::head_last::{FUNCTION, PLAIN, VERBAL};
use super::{Mention, Parser};
use crate::event::ActorKind;
use crate::extract::doc::Match;
use crate::lexicon::{Meaning, TitleClass, flag};
use crate::text::Kind;

/// How many adjectives may stand between article and head.
const ADJECTIVES: usize = 2;
/// How many complements a head may have.
const COMPLEMENTS: usize = 8;

impl Parser<'_> {
    /// Reads the phrase that starts at `start`; also where to go on.
    pub(super) fn articled(&self, start: usize) -> (Option<Mention>, usize) {
        let found = self.articled_phrase(start).or_else(|| self.articled_pronoun(start));
        let next = found.as_ref().map_or(start, |m| m.last) + 1;
        (found, next)
    }

    fn articled_pronoun(&self, start: usize) -> Option<Mention> {
        let x = self.best(start, flag::PRONOUN)?;
        let Meaning::Pronoun { plural } = x.meaning else { return None };
        let mut m = Mention::new(start, ActorKind::Person);
        m.pronoun = true;
        m.plural = plural;
        m.last = x.last();
        Some(m)
    }

    fn is_of(&self, p: usize) -> bool {
        self.is_word(p) && self.lexicon.spec.grammar.of.iter().any(|w| w == self.doc.norm(p))
    }

    fn is_and(&self, p: usize) -> bool {
        self.is_word(p) && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(p))
    }

    /// Whether the phrase from `start` is named as one that is known: by an article or by whose it is.
    fn known(&self, start: usize) -> bool {
        self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(start))
            || self.doc.flags(start) & (flag::OBLIQUE | flag::DEMONSTRATIVE) != 0
    }

    /// The determiner says that there are several.
    fn several(&self, start: usize, head: usize) -> bool {
        let plural = self.lexicon.spec.words.get("plural_determiners");
        plural.is_some_and(|list| (start..head).any(|p| list.iter().any(|w| w == self.doc.norm(p))))
    }

    fn articled_phrase(&self, start: usize) -> Option<Mention> {
        let doc = self.doc;
        if let Some(x) = self.best(start, flag::BOTH_SIDES) {
            return Some(Mention::both(start, x.last()));
        }
        let mut p = start;
        while self.in_phrase(start, p) && self.is_determiner(p) && p - start < 3 && self.item(p).is_none() {
            p += 1;
        }
        let determined = p > start;
        if !determined && doc.flags(p) & flag::PRONOUN != 0 {
            return None;
        }
        let mut head = p;
        while head - p <= ADJECTIVES && self.in_phrase(start, head) && self.item(head).is_none() {
            let flags = doc.flags(head);
            if flags & flag::ORG_HEAD != 0
                || flags & flag::ADJECTIVE == 0
                || doc.tokens.all[head].capital && head > start
            {
                break;
            }
            head += 1;
        }
        let p = if self.in_phrase(start, head) && (determined || head == p) { head } else { p };
        if !self.in_phrase(start, p) {
            return None;
        }
        let mut m = Mention::new(start, ActorKind::Person);
        m.definite = determined && self.known(start);
        if let Some(x) = self.item(p) {
            return self.articled_item(start, p, x, determined, m);
        }
        if self.best(p, flag::MEDIA).is_some() {
            return None;
        }
        if doc.flags(p) & flag::ORG_HEAD != 0 {
            m.kind = ActorKind::Organization;
            m.actor = true;
            let end = self.articled_complements(start, p + 1, &mut m);
            let named = determined || end > p + 1 || doc.tokens.all[p].capital && !self.sentence_start(p);
            if !named {
                return None;
            }
            m.definite = true;
            m.last = end - 1;
            return Some(m);
        }
        if !determined && doc.tokens.all[p].capital && (self.proper(p) || doc.flags(p) & flag::GIVEN != 0) {
            let end = self.read_capitalised(p, false)?;
            m.name = Some((p, end));
            m.last = end;
            self.articled_apposition(start, &mut m);
            return Some(m);
        }
        None
    }

    fn articled_item(&self, start: usize, p: usize, x: Match, determined: bool, mut m: Mention) -> Option<Mention> {
        let doc = self.doc;
        let flags = doc.flags(p);
        match x.meaning {
            Meaning::Person { person } => {
                m.person = Some(person);
                m.name = Some((p, x.last()));
                m.last = x.last();
                self.articled_apposition(start, &mut m);
                Some(m)
            }
            Meaning::Title { .. } if x.flags & flag::HONORIFIC != 0 => {
                let next = self.past_point(x.last() + 1);
                let end = self.articled_name(start, next, &mut m);
                if m.name.is_some() {
                    m.last = end - 1;
                    self.articled_apposition(start, &mut m);
                    return Some(m);
                }
                // "M. le ministre": the title that follows says more.
                let title = next + usize::from(self.in_phrase(start, next) && self.is_determiner(next));
                let inner = self.item(title).filter(|x| x.flags & flag::TITLE != 0 && self.in_phrase(start, title))?;
                self.articled_item(start, title, inner, true, m)
            }
            Meaning::Title { title, plural } => {
                // "A envoyé": after an auxiliary it is the participle.
                if !determined && start > 0 && self.is_word(start - 1) && doc.flags(start - 1) & flag::AUXILIARY != 0 {
                    return None;
                }
                let class = self.lexicon.titles[title as usize].class;
                m.actor = class != TitleClass::NonActor;
                m.non_actor = !m.actor;
                m.title = Some((p, x.last(), title));
                let end = self.articled_complements(start, x.last() + 1, &mut m);
                let title = self.title_around_nationality(p, end).unwrap_or(title);
                m.title = Some((p, end - 1, title));
                m.last = end - 1;
                let after = self.articled_name(start, end, &mut m);
                m.last = after - 1;
                m.plural = m.name.is_none() && (plural && !self.singular(p, x.len) || self.several(start, p));
                if m.plural {
                    m.kind = ActorKind::Group;
                }
                let somebody = determined
                    || m.name.is_some()
                    || m.country.is_some()
                    || end > x.last() + 1
                    || self.sentence_start(start)
                    || start < doc.body;
                if !somebody {
                    return None;
                }
                if m.kind == ActorKind::Person {
                    self.articled_apposition(start, &mut m);
                }
                Some(m)
            }
            Meaning::Group { actor, person, .. } => {
                m.actor = actor;
                m.non_actor = !actor;
                m.kind = ActorKind::Group;
                let end = self.articled_complements(start, x.last() + 1, &mut m);
                m.last = end - 1;
                m.plural = !person || self.plural_form(x.last()) || self.several(start, p);
                if person && !m.plural {
                    m.kind = ActorKind::Person;
                    let after = self.articled_name(start, end, &mut m);
                    m.last = after - 1;
                    self.articled_apposition(start, &mut m);
                }
                if !person && flags & flag::ORG_HEAD != 0 {
                    m.kind = ActorKind::Organization;
                    m.plural = false;
                }
                let known = determined || m.country.is_some() || m.name.is_some() || end > x.last() + 1;
                (known || m.plural && self.plural_form(x.last()) && !doc.tokens.all[p].capital).then_some(m)
            }
            Meaning::Organisation { organisation } => {
                let iso = &self.lexicon.organisations[organisation as usize].country;
                m.kind = ActorKind::Organization;
                m.organisation = Some(organisation);
                m.country = self.lexicon.country_index.get(iso).copied();
                m.actor = true;
                m.definite = true;
                m.last = self.demonyms(start, x.last() + 1, &mut m) - 1;
                Some(m)
            }
            Meaning::Country { country, form } => {
                if let Some(named) = self.named_after_all(p, x, &m) {
                    return Some(named);
                }
                m.name_country(country, form, x.last());
                Some(m)
            }
            Meaning::Demonym { country, people } => {
                let people = people
                    || doc
                        .matches_at(p)
                        .iter()
                        .any(|y| y.len == x.len && matches!(y.meaning, Meaning::Demonym { people: true, .. }));
                if !people || !determined && !self.plural_form(p) {
                    return None;
                }
                m.country = Some(country);
                m.actor = true;
                m.last = x.last();
                // "L'Iranien Abbas Araghchi": one of them, with a name.
                let end = self.articled_name(start, x.last() + 1, &mut m);
                if m.name.is_some() {
                    m.last = end - 1;
                    return Some(m);
                }
                m.kind = ActorKind::Group;
                m.plural = true;
                Some(m)
            }
            Meaning::Place { place } => {
                if let Some(named) = self.named_after_all(p, x, &m) {
                    return Some(named);
                }
                m.kind = ActorKind::Country;
                m.place = Some(place);
                m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
                m.last = x.last();
                Some(m)
            }
            _ => None,
        }
    }

    /// "Jordan Bardella", "Florence Parly": a place's name that is a person's.
    fn named_after_all(&self, p: usize, x: Match, m: &Mention) -> Option<Mention> {
        if x.len > 1 || self.doc.flags(p) & (flag::GIVEN | flag::SURNAME) == 0 || !self.name_follows(p) {
            return None;
        }
        let end = self.read_capitalised(p, true)?;
        let mut m = m.clone();
        m.name = Some((p, end));
        m.last = end;
        self.articled_apposition(m.first, &mut m);
        Some(m)
    }

    /// The longest title of tokens `first..end` without the nationality that stands inside it: "ministre iranien des
    /// Affaires étrangères".
    fn title_around_nationality(&self, first: usize, end: usize) -> Option<u32> {
        let doc = self.doc;
        let mut node = None;
        let mut found = None;
        for i in first..end {
            if i > first && !doc.tokens.all[i].capital && self.best(i, flag::DEMONYM).is_some() {
                continue;
            }
            let word = doc.whole(i);
            let next = match node {
                None => self.lexicon.root(word),
                Some(node) => self.lexicon.step(node, word),
            };
            let Some(next) = next else { break };
            for entry in self.lexicon.entries(next) {
                if let Meaning::Title { title, .. } = entry.meaning {
                    found = Some(title);
                }
            }
            node = Some(next);
        }
        found
    }

    /// The name at `p`, if there is one; the token after it.
    fn articled_name(&self, start: usize, p: usize, m: &mut Mention) -> usize {
        if !self.in_phrase(start, p) {
            return p;
        }
        if let Some(x) = self.best(p, flag::PERSON).filter(|x| x.len >= 2) {
            if let Meaning::Person { person } = x.meaning {
                m.person = Some(person);
                m.name = Some((p, x.last()));
                return x.last() + 1;
            }
        }
        let token = &self.doc.tokens.all[p];
        let flags = self.doc.flags(p);
        let given = flags & (flag::GIVEN | flag::SURNAME) != 0;
        let other = flags & (flag::COUNTRY | flag::PLACE | flag::ORG | flag::DEMONYM | flag::MEDIA) != 0
            || flags & (flag::TITLE | flag::ORG_HEAD | flag::GROUP | flag::HONORIFIC) != 0;
        if !token.capital || !token.spaced || other && !given || flags & (flag::WEEKDAY | flag::MONTH) != 0 {
            return p;
        }
        match self.read_capitalised(p, true) {
            Some(end) => {
                m.name = Some((p, end));
                end + 1
            }
            None => p,
        }
    }

    /// Nationality, adjectives, "des Affaires étrangères", "de l'ONU pour la Syrie". Returns the token after.
    fn articled_complements(&self, start: usize, from: usize, m: &mut Mention) -> usize {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let mut p = from;
        for _ in 0..COMPLEMENTS {
            if !self.in_phrase(start, p) || self.best(p, flag::PERSON).is_some_and(|x| x.len >= 2) {
                return p;
            }
            let flags = doc.flags(p);
            let lower = !doc.tokens.all[p].capital;
            if let Some(x) = self.best(p, flag::DEMONYM) {
                if let Meaning::Demonym { country, .. } = x.meaning {
                    if lower {
                        m.country.get_or_insert(country);
                        p = x.last() + 1;
                        continue;
                    }
                }
            }
            if self.is_of(p) {
                match self.articled_owner(start, p, m) {
                    Some(end) => p = end,
                    None => return p,
                }
                continue;
            }
            let to = grammar.to.iter().any(|w| w == doc.norm(p));
            if to && m.title.is_some() {
                match self.articled_post(start, p, m) {
                    Some(end) => p = end,
                    None => return p,
                }
                continue;
            }
            let adjective = flags & flag::ADJECTIVE != 0
                && lower
                && flags & (flag::ADVERB | flag::PREPOSITION | flag::TIME_WORD | flag::NEGATION | flag::AUXILIARY) == 0
                && (flags & VERBAL == 0 || flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT) == 0);
            if adjective {
                p += 1;
                continue;
            }
            return p;
        }
        p
    }

    /// What stands after "de": whose office, body or group it is. `None` where that is an actor of its own.
    fn articled_owner(&self, start: usize, of: usize, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        let mut q = of + 1;
        while self.in_phrase(start, q) && self.is_determiner(q) && q - of < 3 && self.item(q).is_none() {
            q += 1;
        }
        if !self.in_phrase(start, q) {
            return None;
        }
        if let Some(x) = self.item(q) {
            let end = x.last() + 1;
            return match x.meaning {
                Meaning::Country { country, .. } => {
                    m.country.get_or_insert(country);
                    Some(end)
                }
                Meaning::Organisation { organisation } => {
                    let iso = &self.lexicon.organisations[organisation as usize].country;
                    if m.country.is_none() {
                        m.country = self.lexicon.country_index.get(iso).copied();
                    }
                    Some(end)
                }
                Meaning::Place { place } => {
                    let iso = &self.lexicon.places[place as usize].iso;
                    if m.country.is_none() {
                        m.country = self.lexicon.country_index.get(iso).copied();
                    }
                    Some(end)
                }
                Meaning::Demonym { country, people: true } => {
                    m.country.get_or_insert(country);
                    Some(end)
                }
                // "Le porte-parole du président Joe Biden": the president is named and stands for himself.
                Meaning::Title { title, .. } if x.flags & flag::HONORIFIC == 0 => {
                    let mut inner = Mention::new(q, ActorKind::Person);
                    inner.title = Some((q, x.last(), title));
                    let end = self.articled_complements(start, end, &mut inner);
                    let after = self.articled_name(start, end, &mut inner);
                    if after > end {
                        return None;
                    }
                    m.country = m.country.or(inner.country);
                    if m.kind == ActorKind::Group {
                        m.actor |= self.lexicon.titles[title as usize].class != TitleClass::NonActor;
                    }
                    Some(end)
                }
                Meaning::Group { actor, .. } => {
                    if m.kind == ActorKind::Group {
                        m.actor |= actor;
                    } else if !actor {
                        // "Le président de la société": what he heads is no actor, nor is he.
                        m.actor = false;
                        m.non_actor = true;
                    }
                    Some(end)
                }
                _ => None,
            };
        }
        let flags = doc.flags(q);
        if flags & flag::ORG_HEAD != 0 {
            return Some(q + 1);
        }
        if flags & flag::NON_ACTOR != 0 && flags & flag::NOUN != 0 {
            m.non_actor = true;
            m.actor = false;
            return Some(q + 1);
        }
        self.articled_matter(start, q)
    }

    /// "Affaires étrangères", "Économie et des Finances", "opposition": what an office is for, from `q`.
    fn articled_matter(&self, start: usize, q: usize) -> Option<usize> {
        let doc = self.doc;
        let flags = doc.flags(q);
        let capital = doc.tokens.all[q].capital;
        let noun = flags & flag::NOUN != 0 && flags & (FUNCTION | flag::MEETING | flag::VISIT | flag::SPEECH) == 0;
        if !(noun || capital && flags & (flag::GIVEN | flag::SURNAME | FUNCTION | flag::MEDIA) == 0) {
            return None;
        }
        let mut end = q + 1;
        loop {
            while self.in_phrase(start, end)
                && doc.flags(end) & PLAIN != 0
                && doc.flags(end) & (FUNCTION | flag::GIVEN | flag::DEMONYM | flag::SPEECH | flag::LIGHT) == 0
                && (doc.flags(end) & flag::ADJECTIVE != 0 || doc.tokens.all[end].capital)
            {
                end += 1;
            }
            // "Et des Finances", "et européennes".
            if !self.is_and(end) || !capital {
                return Some(end);
            }
            let mut next = end + 1;
            let owned = self.is_of(next) || self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(next));
            if owned {
                next += 1;
            }
            while self.in_phrase(start, next) && self.is_determiner(next) && next - end < 4 {
                next += 1;
            }
            let further = self.in_phrase(start, next)
                && (owned && doc.tokens.all[next].capital && doc.flags(next) & (flag::GIVEN | flag::TITLE) == 0
                    || !owned && next == end + 1 && doc.flags(next) & flag::ADJECTIVE != 0);
            if !further || next - start > super::MAX_PHRASE {
                return Some(end);
            }
            end = next + 1;
        }
    }

    /// "Délégué à l'Énergie", "ambassadeur au Liban", "envoyé spécial pour la Syrie", "auprès de l'Union européenne".
    fn articled_post(&self, start: usize, preposition: usize, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        let mut q = preposition + 1;
        if self.is_of(q) {
            q += 1;
        }
        while self.in_phrase(start, q) && self.is_determiner(q) && q - preposition < 4 && self.item(q).is_none() {
            q += 1;
        }
        if !self.in_phrase(start, q) {
            return None;
        }
        if let Some(x) = self.item(q) {
            return match x.meaning {
                Meaning::Organisation { .. } => Some(x.last() + 1),
                Meaning::Country { .. } | Meaning::Place { .. } if self.is_posted(m) => Some(x.last() + 1),
                _ => None,
            };
        }
        if doc.tokens.all[q].capital { self.articled_matter(start, q) } else { None }
    }

    /// An office that is held towards a country: its ambassador, envoy.
    fn is_posted(&self, m: &Mention) -> bool {
        m.title.is_some_and(|(_, _, title)| {
            matches!(self.lexicon.titles[title as usize].office.as_str(), "AMBASSADOR" | "ENVOY")
        })
    }

    /// ", ministre des Affaires étrangères," after a name, and ", Abbas Araghchi," after a title.
    fn articled_apposition(&self, start: usize, m: &mut Mention) {
        let doc = self.doc;
        let comma = m.last + 1;
        if doc.kind(comma) != Kind::Comma || !self.in_phrase(start, comma + 1) {
            return;
        }
        let mut p = comma + 1;
        let closes = |after: usize| {
            matches!(doc.kind(after), Kind::Comma | Kind::Stop | Kind::Break | Kind::Dash | Kind::Close)
                || doc.flags(after) & (flag::RELATIVE | flag::PREPOSITION) != 0
        };
        if m.name.is_some() {
            if m.title.is_some() {
                return;
            }
            while self.in_phrase(start, p)
                && (self.is_determiner(p) || doc.flags(p) & flag::ADJECTIVE != 0 && self.item(p).is_none())
                && p - comma < 4
            {
                p += 1;
            }
            let Some(x) = self.item(p).filter(|x| x.flags & flag::TITLE != 0) else { return };
            let Meaning::Title { title, plural: false } = x.meaning else { return };
            let mut titled = m.clone();
            titled.title = Some((p, x.last(), title));
            let end = self.articled_complements(start, x.last() + 1, &mut titled);
            let mut further = titled.clone();
            if !closes(end) || self.articled_name(start, end, &mut further) > end {
                return;
            }
            let title = self.title_around_nationality(p, end).unwrap_or(title);
            let class = self.lexicon.titles[title as usize].class;
            titled.title = Some((p, end - 1, title));
            titled.actor |= class != TitleClass::NonActor;
            titled.non_actor |= class == TitleClass::NonActor;
            titled.last = end - 1;
            *m = titled;
        } else if m.title.is_some() || m.kind == ActorKind::Person {
            let mut named = m.clone();
            let end = self.articled_name(start, p, &mut named);
            let verb = doc.flags(end) & (VERBAL | flag::ADVERB | flag::NEGATION | flag::PROCLITIC) != 0;
            let whole = named.name.is_some_and(|(a, b)| b > a);
            if whole && (closes(end) || verb) {
                named.last = end - 1;
                *m = named;
            }
        }
    }
}

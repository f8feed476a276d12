//! Whose the actors are whom the article gives no country.

use super::*;

/// How often an article names a country before its officials without one are taken for that country's.
const HOME_VOTES: usize = 3;

/// How often an article names each country.
#[derive(Default)]
struct Votes(Vec<(u16, usize)>);

impl Votes {
    fn add(&mut self, country: u16, count: usize) {
        match self.0.iter_mut().find(|(other, _)| *other == country) {
            Some((_, votes)) => *votes += count,
            None => self.0.push((country, count)),
        }
    }

    fn of(&self, country: u16) -> Option<usize> {
        self.0.iter().find(|(other, _)| *other == country).map(|&(_, votes)| votes)
    }
}

/// Whether an actor has no country and could have one.
fn is_homeless(e: &Entity<'_>) -> bool {
    e.country.is_none() && e.organisation.is_none() && !e.place && !e.world
}

impl<'a> Resolver<'a> {
    /// Whose the actors are whom the article gives no country: that of their title, where only one country has it; that
    /// of the place where an unnamed source is; else the country that the article is about, when it is clearly about one:
    /// newspapers leave out what their readers know. International bodies and offices have none.
    pub(super) fn settle_countries(&mut self, mentions: &[Mention]) {
        let mut votes = self.count_countries(mentions);
        self.settle_by_title(&mut votes);
        self.settle_by_leader(mentions);
        if !self.lexicon.spec.grammar.has_case {
            self.settle_by_place(mentions);
        }
        if let Some(home) = self.home(votes, mentions) {
            self.settle_at_home(home);
        }
    }

    /// How often the article names each country; marks the actors that are of no one country on the way.
    fn count_countries(&mut self, mentions: &[Mention]) -> Votes {
        let case = self.lexicon.spec.grammar.has_case;
        let list = |name: &str| self.lexicon.spec.words.get(name).map_or(&[][..], Vec::as_slice);
        let outsiders = [list("outsiders"), list("unplaced")];
        let mut votes = Votes::default();
        for m in mentions.iter().filter(|m| !m.pronoun && m.entity != usize::MAX) {
            let entity = &self.entities[m.entity];
            // "قرب مدينة جنين": where something happened is told of any country.
            let town = m.last > m.first
                && m.kind == ActorKind::Country
                && self.doc.flags(m.first) & flag::GROUP != 0
                && self.doc.longest(m.first, flag::PLACE).is_none()
                && self.lexicon.spec.grammar.place_heads.iter().any(|w| w == self.doc.norm(m.first));
            if let Some(country) = m.country.or(entity.country.filter(|_| !case)).filter(|_| !town) {
                votes.add(country, if m.first < self.doc.body && case { 2 } else { 1 });
            }
            if !(entity.world || m.country.is_some() && case) {
                self.entities[m.entity].world =
                    (m.first..=m.last).any(|p| self.is_of_no_country(p, m.last, &outsiders));
            }
        }
        votes
    }

    /// Whether a word of a phrase that ends with `last` says that an actor is of no one country.
    fn is_of_no_country(&self, p: usize, last: usize, outsiders: &[&[String]]) -> bool {
        let of_none = |organisation: u32| self.lexicon.organisations[organisation as usize].country.is_empty();
        let body = || self.doc.longest(p, flag::ORG).filter(|x| x.last() <= last).map(|x| x.meaning);
        self.doc.flags(p) & flag::WORLD != 0
            || outsiders.iter().any(|list| !list.is_empty() && list.iter().any(|w| w == self.doc.norm(p)))
            || matches!(body(), Some(Meaning::Organisation { organisation }) if of_none(organisation))
    }

    /// A title of one country alone is its own, also where its words could be of several ("foreign secretary"), when the
    /// article speaks of that country.
    fn settle_by_title(&mut self, votes: &mut Votes) {
        let case = self.lexicon.spec.grammar.has_case;
        for entity in &mut self.entities {
            let Some((_, title)) = &entity.title else { continue };
            let Some(country) = self.lexicon.titles[*title as usize].country else { continue };
            let national = case && entity.country.is_none() && entity.organisation.is_none() && !entity.place;
            if is_homeless(entity) || national && votes.of(country).is_some() {
                entity.country = Some(country);
                votes.add(country, HOME_VOTES);
            }
        }
    }

    /// "وفد بقيادة وزير الخارجية الأميركي": those whom somebody leads are of his country.
    fn settle_by_leader(&mut self, mentions: &[Mention]) {
        for m in mentions.iter().filter(|m| m.kind == ActorKind::Group && m.entity != usize::MAX) {
            let Some(led) = self.doc.longest(m.last + 1, flag::LED_BY) else { continue };
            if is_homeless(&self.entities[m.entity]) {
                let leader = beginning(mentions, led.last() + 1);
                let known = |x: &Mention| x.country.or_else(|| self.entities.get(x.entity).and_then(|e| e.country));
                self.entities[m.entity].country = leader.and_then(known);
            }
        }
    }

    /// "مصدر في البيت الأبيض": an unnamed source is of the country where it is.
    fn settle_by_place(&mut self, mentions: &[Mention]) {
        let Some(inside) = self.lexicon.spec.grammar.at.first() else { return };
        for m in mentions.iter().filter(|m| m.entity != usize::MAX && m.name.is_none()) {
            let entity = &self.entities[m.entity];
            let next = m.last + 1;
            if entity.kind == ActorKind::Country || !is_homeless(entity) || self.doc.norm(next) != inside {
                continue;
            }
            if let Some(there) = beginning(mentions, next + 1).filter(|x| x.kind == ActorKind::Country) {
                self.entities[m.entity].country = there.country;
            }
        }
    }

    /// The country that the article is clearly about.
    fn home(&self, mut votes: Votes, mentions: &[Mention]) -> Option<u16> {
        let case = self.lexicon.spec.grammar.has_case;
        let all: usize = votes.0.iter().map(|(_, votes)| votes).sum();
        // A union of states is nobody's home.
        votes.0.retain(|&(country, _)| {
            !crate::lexicon::check::UNIONS.contains(&self.lexicon.countries[country as usize].iso.as_str())
        });
        let &(home, count) = votes.0.iter().max_by_key(|&&(country, count)| (count, country))?;
        // Where case marks names fewer of them are overlooked, so that a weaker majority proves less.
        let clear = if case { count >= HOME_VOTES && count * 5 >= all * 3 } else { count >= 2 && count * 5 >= all * 2 };
        if !clear {
            return None;
        }
        // Of two that are named nearly as often the one that comes first is whose paper it is.
        let rival = |country: u16| !case && votes.of(country).is_some_and(|n| n * 10 >= count * 8);
        let first = mentions.iter().filter_map(|m| m.country).find(|&c| c == home || rival(c));
        Some(first.unwrap_or(home))
    }

    /// Gives the country that the article is about to its officials who have none.
    fn settle_at_home(&mut self, home: u16) {
        for e in 0..self.entities.len() {
            let entity = &self.entities[e];
            if is_homeless(entity) && !entity.abroad && self.is_official(entity) && !self.is_international(entity) {
                self.entities[e].country = Some(home);
            }
        }
    }

    fn is_official(&self, entity: &Entity<'a>) -> bool {
        match entity.kind {
            ActorKind::Person if self.lexicon.spec.grammar.has_case => {
                // Officers speak of wars in other countries than their own.
                entity
                    .title
                    .as_ref()
                    .is_some_and(|(_, title)| self.lexicon.titles[*title as usize].class == TitleClass::Official)
            }
            ActorKind::Country => false,
            _ => entity.actor,
        }
    }

    /// Whether a person is known to serve no country, for languages that have no case to mark names by.
    fn is_international(&self, entity: &Entity<'a>) -> bool {
        let Some(person) = entity.person.filter(|_| !self.lexicon.spec.grammar.has_case) else { return false };
        let term = self.date.and_then(|date| term_at(self.lexicon, person, date));
        term.or_else(|| any_term(self.lexicon, person, None)).is_some_and(|term| term.country.is_empty())
    }
}

/// The mention that begins with a token.
fn beginning(mentions: &[Mention], token: usize) -> Option<&Mention> {
    mentions.binary_search_by_key(&token, |m| m.first).ok().map(|i| &mentions[i])
}

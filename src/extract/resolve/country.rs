//! Whose the actors are whom the article gives no country.

use super::*;

/// How often an article names a country before its officials without one are taken for that country's.
pub(super) const HOME_VOTES: usize = 3;

impl<'a> Resolver<'a> {
    /// Whose the actors are whom the article gives no country: that of their title, where only one country has it; that
    /// of the place where an unnamed source is; else the country that the article is about, when it is clearly about one:
    /// newspapers leave out what their readers know. International bodies and offices have none.
    pub(super) fn settle_countries(&mut self, mentions: &[Mention]) {
        let case = self.lexicon.spec.grammar.has_case;
        let mut votes: FxHashMap<u16, usize> = FxHashMap::default();
        let outsiders = self.lexicon.spec.words.get("outsiders");
        for m in mentions.iter().filter(|m| !m.pronoun && m.entity != usize::MAX) {
            let known = m.country.or(self.entities[m.entity].country.filter(|_| !case));
            if let Some(country) = known {
                *votes.entry(country).or_default() += if m.first < self.doc.body && case { 2 } else { 1 };
            }
            if m.country.is_some() && case {
                continue;
            }
            if self.entities[m.entity].world {
                continue;
            }
            let of_none = |organisation: u32| self.lexicon.organisations[organisation as usize].country.is_empty();
            self.entities[m.entity].world = (m.first..=m.last).any(|p| {
                let body = self.doc.longest(p, flag::ORG).filter(|x| x.last() <= m.last).map(|x| x.meaning);
                self.doc.flags(p) & flag::WORLD != 0
                    || outsiders.is_some_and(|list| list.iter().any(|w| w == self.doc.norm(p)))
                    || matches!(body, Some(Meaning::Organisation { organisation }) if of_none(organisation))
            });
        }
        let own = |e: &Entity| e.country.is_none() && e.organisation.is_none() && !e.place && !e.world;
        for entity in &mut self.entities {
            let implied = entity.title.as_ref().and_then(|(_, title)| self.lexicon.titles[*title as usize].country);
            // A title of one country alone is its own, also where its words could be of several ("foreign secretary"), when
            // the article speaks of that country.
            let national = case && entity.country.is_none() && entity.organisation.is_none() && !entity.place;
            if let Some(country) = implied.filter(|c| own(entity) || national && votes.contains_key(c)) {
                entity.country = Some(country);
                *votes.entry(country).or_default() += HOME_VOTES;
            }
        }
        // "وفد بقيادة وزير الخارجية الأميركي": those whom somebody leads are of his country.
        for m in mentions.iter().filter(|m| m.entity != usize::MAX && m.kind == ActorKind::Group) {
            let Some(led) = self.doc.longest(m.last + 1, flag::LED_BY).filter(|_| own(&self.entities[m.entity])) else {
                continue;
            };
            let leader = mentions.binary_search_by_key(&(led.last() + 1), |x| x.first).ok().map(|i| &mentions[i]);
            let known = |x: &Mention| x.country.or_else(|| self.entities.get(x.entity).and_then(|e| e.country));
            let country = leader.and_then(known);
            self.entities[m.entity].country = country;
        }
        if !case {
            for m in mentions.iter().filter(|m| m.entity != usize::MAX && m.name.is_none()) {
                let entity = &self.entities[m.entity];
                let next = m.last + 1;
                let inside = self.lexicon.spec.grammar.at.first().is_some_and(|at| self.doc.norm(next) == at);
                if own(entity) && entity.kind != ActorKind::Country && inside {
                    let found = mentions.binary_search_by_key(&(next + 1), |x| x.first).ok().map(|i| &mentions[i]);
                    if let Some(there) = found.filter(|x| x.kind == ActorKind::Country) {
                        self.entities[m.entity].country = there.country;
                    }
                }
            }
        }
        let all: usize = votes.values().sum();
        // A union of states is nobody's home.
        votes.retain(|&country, _| {
            !crate::lexicon::check::UNIONS.contains(&self.lexicon.countries[country as usize].iso.as_str())
        });
        let Some((&home, &count)) = votes.iter().max_by_key(|&(&country, &count)| (count, country)) else { return };
        // Where case marks names fewer of them are overlooked, so that a weaker majority proves less.
        let clear = if case { count >= HOME_VOTES && count * 5 >= all * 3 } else { count >= 2 && count * 5 >= all * 2 };
        if !clear {
            return;
        }
        // Of two that are named nearly as often the one that comes first is whose paper it is.
        let rival = |country: u16| votes.get(&country).is_some_and(|&n| !case && n * 10 >= count * 8);
        let home = mentions.iter().filter_map(|m| m.country).find(|&c| c == home || rival(c)).unwrap_or(home);
        for entity in &mut self.entities {
            let international = entity.person.is_some_and(|person| {
                let term = self.date.and_then(|date| term_at(self.lexicon, person, date));
                term.or_else(|| any_term(self.lexicon, person, None)).is_some_and(|term| term.country.is_empty())
            });
            let official = match entity.kind {
                ActorKind::Person if case => entity.title.as_ref().is_some_and(|(_, title)| {
                    matches!(self.lexicon.titles[*title as usize].class, TitleClass::Official | TitleClass::Military)
                }),
                ActorKind::Country => false,
                _ => entity.actor,
            };
            if official && own(entity) && (case || !international) {
                entity.country = Some(home);
            }
        }
    }
}

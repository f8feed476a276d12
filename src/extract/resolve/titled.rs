//! Persons mentioned by an office alone, or by another word for somebody named before.

use super::*;

/// Words of a title phrase that are not the nationality: "الوزير الألماني" has one.
pub(super) fn title_words(phrase: &str, m: &Mention, _lexicon: &Lexicon) -> usize {
    phrase.split(' ').count() - usize::from(m.country.is_some() && phrase.contains(' '))
}

impl<'a> Resolver<'a> {
    /// "الوزير", "وزير الخارجية الألماني", "المسؤول": the last person whose title fits; else an unnamed office-holder.
    pub(super) fn titled(&mut self, m: &Mention, i: usize) -> usize {
        let trade = m.first == m.last && m.non_actor && m.definite && !self.lexicon.spec.grammar.has_case;
        // "المعلم": a trade alone that is the surname of somebody named in the article.
        if let Some(e) = trade.then(|| self.bearer(&self.stem(m.first), true)).flatten() {
            return e;
        }
        let (first, last) = m.title.map_or((m.first, m.last), |(a, b, _)| (a, b.max(m.last)));
        let name = self.shared_name(m);
        let phrase = match &name {
            Some(name) => {
                let article = self.lexicon.spec.clitics.article.as_str();
                let bare = |w: &str| w.strip_prefix(article).filter(|s| s.len() >= 4).unwrap_or(w).to_owned();
                crate::text::fold::fold(name).split(' ').map(bare).collect::<Vec<_>>().join(" ")
            }
            None => self.fold_title(first, last),
        };
        let head = phrase.split(' ').next().unwrap_or("");
        let tail = phrase.split(' ').next_back().unwrap_or("");
        let adjective_first = self.lexicon.spec.grammar.adjective_first;
        let words = phrase.split(' ').count();
        let definite = m.definite || words > 1 || m.country.is_some();
        // "A spokesman" is somebody new.
        let indefinite = adjective_first && !m.definite && self.doc.flags(m.first) & flag::DETERMINER != 0;
        if (definite || adjective_first) && !indefinite {
            let plain = title_words(&phrase, m, self.lexicon);
            let sent = matches!(self.office(m), "AMBASSADOR" | "ENVOY");
            let found = self
                .reachable()
                .filter(|&e| {
                    let entity = &self.entities[e];
                    if entity.kind != ActorKind::Person || entity.titles.is_empty() {
                        return false;
                    }
                    let countries = match (entity.country, m.country) {
                        (Some(a), Some(b)) => a == b,
                        (None, Some(_)) => {
                            words <= 2 || !adjective_first && entity.titles.iter().any(|t| t.starts_with(&phrase))
                        }
                        _ => true,
                    };
                    countries
                        && entity.titles.iter().any(|t| {
                            // Whatever else they share, titles that are one begin or end alike.
                            if !(t.starts_with(head) || adjective_first && t.ends_with(tail)) {
                                return false;
                            }
                            if *t == phrase
                                || t.strip_prefix(phrase.as_str()).is_some_and(|rest| rest.starts_with(' '))
                                // "The minister" is the end of "the Iraqi minister", but what stands before an Arabic title is another
                                // office: "نائب الوزير".
                                || adjective_first
                                    && t.strip_suffix(phrase.as_str()).is_some_and(|rest| rest.ends_with(' '))
                            {
                                return true;
                            }
                            if adjective_first {
                                t.split(' ').next_back() == Some(tail) && plain <= 1
                            } else {
                                // "المبعوث الخاص" after "مبعوث الأمم المتحدة الخاص إلى سوريا".
                                let short = m.definite && words <= 3 && {
                                    let of: Vec<&str> = t.split(' ').collect();
                                    phrase.split(' ').all(|w| of.contains(&w))
                                };
                                // "المبعوث الأممي إلى اليمن" after "مبعوث الأمين العام إلى اليمن".
                                let posted = words > 2 && sent && t.split(' ').next_back() == Some(tail);
                                t.split(' ').next() == Some(head) && (plain <= 1 || short || posted)
                            }
                        })
                })
                .min_by_key(|&e| {
                    // An office of several words as it stands before one that goes on in a nationality; then the nearest
                    // before; failing that the nearest after.
                    let exact = adjective_first
                        || words < 2
                        || m.country.is_some()
                        || self.entities[e].titles.contains(&phrase);
                    let seen = self.entities[e].last_seen;
                    (!exact, if seen < i { i - seen } else { 1_000_000 + seen.min(1_000_000) })
                });
            if let Some(e) = found {
                // An office told in many words is its holder's before he is named as well.
                let near = self.entities[e].last_seen < i
                    || words > 3 && !adjective_first
                    || self.entities[e].titles.contains(&phrase)
                    || m.first < self.doc.body;
                if near {
                    return e;
                }
            }
        }
        // "المسؤول العراقي", "الدبلوماسي": another word for somebody of that country who was just named.
        let epithet = self.lexicon.spec.words.get("epithets").is_some_and(|list| list.iter().any(|word| word == head));
        // A headline has such a word without article for the one whom the article names first.
        if epithet && m.first < self.doc.body && m.country.is_some() && words <= 3 {
            let named =
                |e: &Entity| e.kind == ActorKind::Person && e.actor && e.words.len() > 1 && !e.titles.is_empty();
            let found = self.reachable().find(|&e| named(&self.entities[e]) && self.entities[e].country == m.country);
            if let Some(e) = found {
                return e;
            }
        }
        if epithet && m.definite && words <= 3 && i > 0 {
            let found = self
                .reachable()
                .filter(|&e| {
                    let entity = &self.entities[e];
                    entity.kind == ActorKind::Person
                        && entity.actor
                        && entity.words.len() > 1
                        && entity.last_seen < i
                        && i - entity.last_seen <= EPITHET_REACH
                        && (m.country.is_none() || entity.country == m.country)
                })
                .max_by_key(|&e| self.entities[e].last_seen);
            if let Some(e) = found.filter(|_| m.country.is_some() || words == 1) {
                return e;
            }
        }
        // Looked for once a phrase: later ones find what the first one did.
        if self.lexicon.spec.grammar.has_case && !indefinite && !self.by_phrase.contains_key(&key('T', &phrase)) {
            let key = format!("H{phrase}{:?}", m.country);
            if let Some(&e) = self.by_phrase.get(&key) {
                return e;
            }
            if let Some(e) = self.holder(m) {
                self.by_phrase.insert(key, e);
                return e;
            }
        }
        let e = self.keyed(m, i, key('T', &phrase));
        if let Some(name) = &name {
            self.entities[e].rename(name.clone());
        }
        let title_text = name.unwrap_or_else(|| self.text(first, last).to_owned());
        let index = m.title.map(|t| t.2);
        let gender = self.gender(m);
        let entity = &mut self.entities[e];
        entity.gender |= gender;
        entity.kind = ActorKind::Person;
        if let Some(index) = index {
            entity.title.get_or_insert((title_text, index));
        }
        if !entity.titles.contains(&phrase) {
            entity.titles.push(phrase);
        }
        e
    }

    /// The one person named in the article who is known to have held the office that stands alone here: for languages
    /// that mark names by case.
    pub(super) fn holder(&self, m: &Mention) -> Option<usize> {
        let title = &self.lexicon.titles[m.title?.2 as usize];
        let office = &title.office;
        if !EXCLUSIVE.contains(&office.as_str()) {
            return None;
        }
        // "Le chef de la diplomatie espagnole": another title for the office that the article has named.
        let same = |e: &Entity| {
            e.country.is_some()
                && e.country == m.country
                && e.words.len() > 1
                && e.title.as_ref().is_some_and(|(_, index)| self.lexicon.titles[*index as usize].office == *office)
        };
        let held = |e: &Entity| {
            let country = m.country.or(title.country).map(|c| self.lexicon.countries[c as usize].iso.as_str());
            e.person.is_some_and(|person| {
                self.lexicon.terms.get(&self.lexicon.people[person as usize].id).is_some_and(|terms| {
                    terms.iter().any(|t| {
                        t.office == *office
                            && country.is_none_or(|c| t.country == c)
                            && self.date.is_none_or(|d| t.from <= d && d <= t.to)
                    })
                })
            })
        };
        let mut fitting = self.reachable().filter(|&e| held(&self.entities[e]) || same(&self.entities[e]));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

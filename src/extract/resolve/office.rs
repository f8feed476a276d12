//! Offices told without their holder, and counterparts, found among the persons whom the article names.
//!
//! One person at a time is a country's foreign minister, however the office is worded: "وزير خارجية الولايات المتحدة" and
//! "الوزير الأميركي" are he whom another sentence calls "نظيره الأميركي جون كيري".

use super::*;

/// The office of ministers whose ministry is not told.
const MINISTER: &str = "MINISTER";

/// How many mentions back in the sentence the one may be whose counterpart somebody is called.
const PEER_REACH: usize = 6;

impl<'a> Resolver<'a> {
    /// Gives counterparts the office of those whose counterparts they are, and marks who held an office once.
    pub(super) fn settle_peers(&mut self, mentions: &[Mention]) {
        let list = |name: &str| self.lexicon.spec.words.get(name).map_or(&[][..], Vec::as_slice);
        let (counterparts, former) = (list("counterparts"), list("former"));
        let mut either = Filter::default();
        counterparts.iter().chain(former).for_each(|word| either.add(ends(word)));
        for (i, m) in mentions.iter().enumerate() {
            if m.kind != ActorKind::Person || m.entity == usize::MAX || m.pronoun || m.plural {
                continue;
            }
            let name = m.name.unwrap_or((usize::MAX, 0));
            // "الرئيس السابق": what follows a phrase may still be of it.
            for p in (m.first..=m.last + 1).filter(|&p| (p < name.0 || p > name.1) && self.doc.kind(p) == Kind::Word) {
                let word = self.stem(p);
                if !either.may_hold(ends(&word)) {
                    continue;
                }
                if p <= m.last && m.title.is_none() && counterparts.iter().any(|listed| *listed == word) {
                    let peer = self.peer(mentions, i);
                    let entity = &mut self.entities[m.entity];
                    entity.peer = peer.or(entity.peer);
                    entity.abroad = true;
                }
                self.entities[m.entity].former |= former.iter().any(|listed| *listed == word);
            }
        }
    }

    /// The office of the one whose counterpart a mention speaks of: the nearest office-holder before it in its sentence.
    fn peer(&self, mentions: &[Mention], i: usize) -> Option<&'a str> {
        let m = &mentions[i];
        let sentence = self.doc.sentence_of[m.first];
        let before = mentions[i.saturating_sub(PEER_REACH)..i].iter().rev();
        let mut holders = before
            .take_while(|x| self.doc.sentence_of[x.first] == sentence)
            .filter(|x| x.kind == ActorKind::Person && x.entity != usize::MAX && x.entity != m.entity)
            .map(|x| &self.entities[x.entity])
            .filter(|e| e.country.is_none() || e.country != m.country);
        holders.find_map(|e| self.office_of(e).filter(|office| EXCLUSIVE.contains(office)))
    }

    /// The office that an actor holds, by his title, as a counterpart, or by what the lexicon knows.
    fn office_of(&self, entity: &Entity<'a>) -> Option<&'a str> {
        let title = entity.title.as_ref().map(|(_, title)| self.lexicon.titles[*title as usize].office.as_str());
        let known = || {
            let (person, date) = (entity.person?, self.date?);
            term_at(self.lexicon, person, date).map(|term| term.office.as_str())
        };
        title.filter(|office| !office.is_empty()).or(entity.peer).or_else(known)
    }

    /// Makes one of an office told without its holder and the one person of the article who holds it.
    pub(super) fn unite_offices(&mut self, mentions: &mut [Mention]) {
        let mut united: Vec<(usize, usize)> = Vec::new();
        for e in self.reachable() {
            if let Some(holder) = self.holder_named(e) {
                united.push((e, holder));
            }
        }
        for &(e, holder) in &united {
            if self.entities[holder].title.is_none() {
                self.entities[holder].title = self.entities[e].title.take();
            }
        }
        if united.is_empty() {
            return;
        }
        for m in mentions {
            if let Some(&(_, holder)) = united.iter().find(|(e, _)| *e == m.entity) {
                m.entity = holder;
            }
        }
    }

    /// The one person whom the article names and who holds the office that stands for nobody named.
    fn holder_named(&self, e: usize) -> Option<usize> {
        let entity = &self.entities[e];
        let unnamed = entity.kind == ActorKind::Person && entity.words.is_empty() && entity.person.is_none();
        if !unnamed || entity.former || entity.several {
            return None;
        }
        let country = entity.country?;
        let office = self.office_of(entity)?;
        let short = office == MINISTER && entity.short;
        if !short && !EXCLUSIVE.contains(&office) {
            return None;
        }
        let known = self.known_in(office, country);
        let fits = |&e: &usize| {
            let other = &self.entities[e];
            other.kind == ActorKind::Person
                && !other.words.is_empty()
                && !other.former
                && other.country == Some(country)
                && self.is_holder(other, office, short, known)
                && self.is_of_one_class(entity, other)
        };
        let mut holders = self.reachable().filter(fits);
        let first = holders.next()?;
        let Some(second) = holders.next() else { return Some(first) };
        // Of several he whom the lexicon knows for the holder.
        let mut all = [first, second].into_iter().chain(holders);
        known.and_then(|person| all.find(|&e| self.entities[e].person == Some(person)))
    }

    /// Whether an actor holds an office; a minister is told in short by whatever ministry he has.
    fn is_holder(&self, entity: &Entity<'a>, office: &str, short: bool, known: Option<u32>) -> bool {
        let holds = |held: &str| held == office || short && held.ends_with(MINISTER) && !held.starts_with("DEPUTY");
        let title = entity.title.as_ref().map(|(_, title)| self.lexicon.titles[*title as usize].office.as_str());
        if title.filter(|held| !held.is_empty()).or(entity.peer).is_some_and(holds) {
            // Another may be known to have held it on that day.
            let Some(known) = known else { return true };
            return entity.person.map_or_else(|| self.may_be(entity, known), |person| person == known);
        }
        let term = |person| self.date.and_then(|date| term_at(self.lexicon, person, date));
        entity.person.and_then(term).is_some_and(|term| holds(&term.office))
    }

    /// Who is known to hold an office at the article's date.
    fn known_in(&self, office: &str, country: u16) -> Option<u32> {
        self.surnames.in_office(office, &self.lexicon.countries[country as usize].iso, self.date?)
    }

    /// Whether somebody unknown may be he whom the lexicon knows for the holder: their names begin or end alike. A king goes
    /// by his first name.
    fn may_be(&self, entity: &Entity<'a>, person: u32) -> bool {
        let known = self.lexicon.fold(&self.lexicon.people[person as usize].name);
        let alike = |a: Option<&Cow<'_, str>>, b: &str| a.is_some_and(|a| self.alike(a, b));
        let royal =
            entity.title.as_ref().is_some_and(|(_, t)| self.lexicon.titles[*t as usize].class == TitleClass::Royal);
        alike(entity.words.first(), first_word(&known)) || !royal && alike(entity.words.last(), last_word(&known))
    }

    /// A king is no president, though both are heads of state.
    fn is_of_one_class(&self, a: &Entity<'a>, b: &Entity<'a>) -> bool {
        let class = |e: &Entity<'a>| e.title.as_ref().map(|(_, title)| self.lexicon.titles[*title as usize].class);
        match (class(a), class(b)) {
            (Some(a), Some(b)) => a == b || a == TitleClass::Honorific || b == TitleClass::Honorific,
            _ => true,
        }
    }
}

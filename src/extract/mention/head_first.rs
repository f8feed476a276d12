//! Noun phrases of languages that put the head first (Arabic): "وزير الخارجية الروسي سيرغي لافروف".
//!
//! The first actor word is the head; nationality, complements, name and further titles follow it.

use super::{MAX_PHRASE, Mention, Parser};
use crate::event::ActorKind;
use crate::extract::doc::Match;
use crate::lexicon::{Form, Meaning, TitleClass, clitic, flag};
use crate::text::Kind;

impl Parser<'_> {
    /// "زيارة دبلوماسية إلى", "المساعي الدبلوماسية": a feminine title that is an adjective as well, where neither a name
    /// nor a nationality follows.
    fn qualifies(&self, p: usize) -> bool {
        let doc = self.doc;
        let ending = self.lexicon.spec.grammar.feminine_ending.as_str();
        !self.lexicon.spec.grammar.has_case
            && !ending.is_empty()
            && doc.norm(p).ends_with(ending)
            && doc.flags(p) & flag::ADJECTIVE != 0
            && doc.flags(p + 1) & (flag::GIVEN | flag::PERSON | flag::DEMONYM | flag::SURNAME) == 0
    }

    /// Languages that put the head before its complements and the name last (Arabic, French).
    pub(super) fn head_first(&self, start: usize) -> Option<Mention> {
        let doc = self.doc;
        let mut m = Mention::new(start, ActorKind::Person);
        m.clitics = doc.words[start].clitics();
        let mut p = start;
        let mut honorific = false;
        let mut royal = false;
        let mut titled_class: Option<TitleClass> = None;
        // A determiner is part of the phrase in languages that write it apart.
        if self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(p)) && self.in_phrase(start, p + 1) {
            m.definite = true;
            p += 1;
        }
        loop {
            if !self.in_phrase(start, p) {
                break;
            }
            if p > start
                && doc.has_conjunction(p)
                && !doc.matches_at(p).iter().any(|x| x.clitics & clitic::CONJUNCTION == 0)
            {
                break;
            }
            let person =
                self.best(p, flag::PERSON).filter(|x| x.len >= 2 && (p == start || x.clitics & !clitic::ARTICLE == 0));
            let title = self.best(p, flag::TITLE).filter(|x| !self.rank_as_name(x)).filter(|x| {
                (p == start || x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0)
                    && x.clitics & clitic::SUFFIX == 0
                    && !self.circumstantial(p)
                    && !(p == start && x.len == 1 && self.qualifies(p))
            });
            // "استقبل الرئيس المصري | وزير الدفاع الكويتي".
            let other = |x: &Match| m.title.is_some() && self.another_actor(start, p, x.last(), &m);
            let title = title.filter(|x| !other(x));
            let org = self.best(p, flag::ORG).filter(|x| p == start || x.clitics & clitic::CONJUNCTION == 0);
            let country = self.best(p, flag::COUNTRY);
            let len = |x: &Option<Match>| x.map_or(0, |x| x.len);
            // "طالبان": a body's own name, though it could be two who are no actors.
            let nobody = |x: &Match| {
                let Meaning::Title { title, .. } = x.meaning else { return false };
                self.lexicon.titles[title as usize].class == TitleClass::NonActor
            };
            let own = org.filter(|x| x.clitics & clitic::ARTICLE == 0);
            let title = title.filter(|x| p > start || len(&own) < x.len || !nobody(x));
            if let Some(x) = person {
                if len(&org) <= x.len && len(&title) <= x.len {
                    if let Meaning::Person { person } = x.meaning {
                        m.person = Some(person);
                    }
                    // "الملك سلمان", "العماد طلاس": the list of people may have a name with its title; the name begins after.
                    let titled = title.or_else(|| self.best(p, flag::HONORIFIC)).filter(|t| t.len < x.len);
                    let first = titled.map_or(p, |t| t.last() + 1);
                    if let Some(Meaning::Title { title, .. }) = titled.map(|t| t.meaning) {
                        m.title.get_or_insert((p, first - 1, title));
                        let class = self.lexicon.titles[title as usize].class;
                        m.actor |= !matches!(class, TitleClass::NonActor | TitleClass::Honorific);
                    }
                    m.name = Some((first, self.extend_name(first, x.last())));
                    let another = m.person.and_then(|person| self.another_bearer(first, x.last(), person));
                    if let Some(end) = another {
                        (m.person, m.name) = (None, Some((first, end)));
                    }
                    p = m.name.map_or(p, |n| n.1) + 1;
                    m.kind = ActorKind::Person;
                    break;
                }
            }
            if let Some(x) = title {
                if x.len >= len(&org).max(len(&country)) {
                    let Meaning::Title { title, plural } = x.meaning else { break };
                    let class = self.lexicon.titles[title as usize].class;
                    if m.title.is_none() {
                        m.title = Some((p, x.last(), title));
                        m.definite |= x.clitics & clitic::ARTICLE != 0
                            || !self.lexicon.spec.grammar.has_case && doc.has_article(p);
                        titled_class = Some(class);
                        m.plural = plural && !self.single_reading(p);
                    }
                    royal |= class == TitleClass::Royal;
                    m.non_actor |= class == TitleClass::NonActor && m.title.is_some_and(|t| t.2 == title);
                    m.actor |= class != TitleClass::NonActor;
                    p = self.complements(start, x.last() + 1, &mut m);
                    if let Some((first, _, index)) = m.title {
                        m.title = Some((first, p - 1, index));
                    }
                    continue;
                }
            }
            if self.doc.flags(p) & flag::HONORIFIC != 0 || self.best(p, flag::HONORIFIC).is_some() {
                if let Some(x) = self.best(p, flag::HONORIFIC) {
                    let takes = p == start || x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0;
                    if takes && len(&org) <= x.len {
                        honorific = true;
                        p = x.last() + 1;
                        // "فخامة المصري فلان": a nationality, unless it is the surname.
                        let next = self.demonyms(start, p, &mut Mention::new(p, ActorKind::Person));
                        if next > p && self.doc.flags(next) & (flag::GIVEN | flag::PERSON | flag::TITLE) != 0 {
                            p = self.demonyms(start, p, &mut m);
                        }
                        // "د. حسين": the point of the abbreviation.
                        if doc.kind(p) == Kind::Stop && !doc.tokens.all[p].spaced && self.is_word(p + 1) {
                            p += 1;
                        }
                        continue;
                    }
                }
            }
            let empty = m.title.is_none() && !honorific;
            if empty
                && self
                    .best(p, flag::MEDIA)
                    .is_some_and(|x| x.len >= len(&org).max(len(&country)).max(1) && x.len >= len(&title))
            {
                return None;
            }
            if let Some(x) = org {
                if empty && x.len >= len(&country) {
                    let Meaning::Organisation { organisation } = x.meaning else { break };
                    let entry = &self.lexicon.organisations[organisation as usize];
                    m.kind = ActorKind::Organization;
                    m.organisation = Some(organisation);
                    m.country = self.lexicon.country_index.get(&entry.country).copied();
                    m.actor = true;
                    m.definite = true;
                    m.last = x.last();
                    m.last = self.demonyms(start, m.last + 1, &mut m) - 1;
                    return Some(m);
                }
            }
            if let Some(x) = country {
                if empty {
                    let Meaning::Country { country, form } = x.meaning else { break };
                    m.name_country(country, form, x.last());
                    // "المملكة الأردنية": a country's name goes on in its adjective.
                    return Some(m);
                }
            }
            if empty {
                if let Some(place) = self.named_place(p).filter(|_| p == start) {
                    return Some(place);
                }
                // "روسيا وحلفاؤها": somebody's own people are a party of their own only beside him.
                let owned = |x: &Match| x.clitics & clitic::SUFFIX != 0;
                let group = self.best(p, flag::GROUP).filter(|x| {
                    (!owned(x) || self.beside && x.clitics & clitic::CONJUNCTION != 0)
                        && !(p == start && self.circumstantial(p))
                });
                let one_word = group.is_none_or(|x| x.len == 1);
                let head = doc.flags(p) & flag::ORG_HEAD != 0 || self.national_head(p);
                if head && doc.words[p].clitics() & clitic::SUFFIX == 0 && one_word {
                    if let Some(found) = self.body(start, p, m.clone()) {
                        return Some(found);
                    }
                }
                if let Some(x) = group {
                    return self.group(start, x, m);
                }
                if let Some(x) = self.best(p, flag::DEMONYM) {
                    return self.people(start, x, m);
                }
                if let Some(x) = self.best(p, flag::PRONOUN) {
                    if let Meaning::Pronoun { plural } = x.meaning {
                        m.pronoun = true;
                        m.plural = plural;
                        m.last = x.last();
                        return Some(m);
                    }
                }
                if let Some(x) = self.best(p, flag::PLACE).filter(|x| x.len > 1 || !self.name_goes_on(p)) {
                    if let Meaning::Place { place } = x.meaning {
                        m.kind = ActorKind::Country;
                        m.place = Some(place);
                        m.country = self.lexicon.country_index.get(&self.lexicon.places[place as usize].iso).copied();
                        m.last = x.last();
                        return Some(m);
                    }
                }
            }
            // "خاطب الرئيس الشعب": behind a head with its article a common noun is no name.
            let common = m.title.is_some_and(|(head, _, _)| head + 1 == p && doc.has_article(head))
                && doc.has_article(p)
                && self.common_noun(p)
                && doc.flags(p) & (flag::GIVEN | flag::SURNAME | flag::HONORIFIC) == 0;
            // "صباح الجمعة": a time of day that is a name as well.
            let daytime =
                doc.flags(p) & flag::TIME_WORD != 0 && doc.flags(p + 1) & (flag::WEEKDAY | flag::TIME_WORD) != 0;
            // "دعا الرئيس الحوثيين إلى": a body or people behind a title is another actor.
            let other = m.title.is_some()
                && doc.has_article(p)
                && self.best(p, flag::ORG | flag::GROUP).is_some()
                && doc.flags(p) & (flag::GIVEN | flag::SURNAME | flag::HONORIFIC | flag::PERSON) == 0;
            // "وزير الدفاع الجمعة": nor is a day.
            let day = !empty && doc.flags(p) & flag::WEEKDAY != 0 && doc.has_article(p);
            if let Some(end) = self.read_name(p, !empty || honorific).filter(|_| !common && !other && !daytime && !day)
            {
                // "الديوان الملكي الهاشمي الدكتور فلان": a name cannot stand between a title and an honorific.
                if end == p && m.title.is_some() && doc.has_article(p) && self.in_phrase(start, p + 1) {
                    let next = doc.flags(p + 1);
                    let named = next & flag::HONORIFIC != 0 && next & (flag::GIVEN | flag::SURNAME) == 0
                        || self.best(p + 1, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0);
                    if named {
                        p += 1;
                        continue;
                    }
                }
                m.name = Some((p, end));
                p = end + 1;
            }
            break;
        }
        if m.title.is_none() && m.name.is_none() {
            return None;
        }
        if m.name.is_none() && !m.plural && !self.lexicon.spec.grammar.has_case {
            if let Some(whole) = self.offices(start, p, &m) {
                return Some(whole);
            }
        }
        // "المقرر" is a rapporteur only with something more to say so.
        if m.name.is_none() && p == start + 1 && doc.flags(start) & flag::MODALITY != 0 {
            return None;
        }
        if honorific && m.title.is_none() && m.name.is_none() {
            return None;
        }
        m.last = p - 1;
        if !self.lexicon.spec.grammar.has_case && m.country.is_none() {
            m.country = m.title.and_then(|(_, _, title)| self.lexicon.titles[title as usize].country);
        }
        if m.plural && m.name.is_none() {
            m.kind = ActorKind::Group;
            // "الوزيران": the two who were named before.
            m.both = m.last == start && self.doc.flags(start) & flag::BOTH_SIDES != 0;
        }
        // A title that follows a bare or royal name goes with it: "الأمير محمد ... ولي العهد".
        if m.name.is_some() && (m.title.is_none() || royal || titled_class == Some(TitleClass::Honorific)) {
            self.trailing_titles(start, &mut m);
        }
        self.apposition(start, &mut m);
        Some(m)
    }

    /// "رئيسا تركيا وألمانيا", "الجانبان السعودي والأردني": what follows the conjunction shares the noun before the first
    /// country and is an actor of its own.
    pub(super) fn sharers(&self, index: usize, out: &mut Vec<Mention>) {
        let m = &out[index];
        if self.lexicon.spec.grammar.has_case || m.name.is_some() || m.country.is_none() {
            return;
        }
        // The first country ends the phrase.
        let own = flag::COUNTRY | flag::DEMONYM;
        let Some(x) = (m.first + 1..=m.last).find_map(|p| self.best(p, own).filter(|x| x.last() == m.last)) else {
            return;
        };
        let (first, noun) = (m.first, x.start as usize - 1);
        let persons =
            matches!(self.best(first, flag::GROUP).map(|g| g.meaning), Some(Meaning::Group { person: true, .. }));
        // "رئيسا": longer than the title itself, and with a genitive it can only be the dual.
        let dual = m.title.is_some_and(|(head, _, index)| {
            let title = &self.lexicon.titles[index as usize].title;
            let word = self.lexicon.fold(title.split(' ').next().unwrap_or(""));
            let norm = self.doc.norm(head);
            m.plural || !norm.ends_with(&word) && norm.contains(&word)
        });
        if !m.both && !dual && (m.title.is_some() || !persons) {
            return;
        }
        let (kind, title, actor) = (m.kind, m.title.map(|t| t.2), m.actor);
        let mut found: Vec<Mention> = Vec::new();
        let mut p = m.last + 1;
        loop {
            let comma = self.doc.kind(p) == Kind::Comma;
            let q = p + usize::from(comma);
            if !self.in_phrase(first, q) {
                break;
            }
            let Some(y) = self.best(q, own).filter(|y| {
                let kinds = matches!(
                    (x.meaning, y.meaning),
                    (Meaning::Country { .. }, Meaning::Country { .. })
                        | (Meaning::Demonym { people: false, .. }, Meaning::Demonym { people: false, .. })
                );
                kinds && comma != (y.clitics & clitic::CONJUNCTION != 0) && y.clitics & clitic::PREPOSITION == 0
            }) else {
                break;
            };
            let (Meaning::Country { country, .. } | Meaning::Demonym { country, .. }) = y.meaning else { break };
            let mut one = Mention::new(q, kind);
            one.last = y.last();
            one.title = title.map(|t| (q, one.last, t));
            one.country = Some(country);
            one.actor = actor;
            one.definite = true;
            one.clitics = y.clitics | clitic::CONJUNCTION;
            one.shared = Some((first, noun));
            found.push(one);
            p = y.last() + 1;
        }
        // A list by commas needs its "and".
        if found.last().is_none_or(|y| self.doc.kind(y.first - 1) == Kind::Comma) {
            return;
        }
        let m = &mut out[index];
        m.shared = Some((first, noun));
        m.both = false;
        if title.is_some() {
            m.plural = false;
            m.kind = ActorKind::Person;
            found.iter_mut().for_each(|y| y.kind = ActorKind::Person);
        }
        out.append(&mut found);
    }

    /// "مشيرا إلى": a participle of saying in its accusative is no office, though a marshal is written alike.
    fn circumstantial(&self, p: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let (norm, ending) = (self.doc.norm(p), grammar.accusative_ending.as_str());
        // "، مضيفة أن": behind a comma the other endings go on with the verb as well.
        let chained = p > 0
            && self.doc.kind(p - 1) == Kind::Comma
            && grammar.chained_endings.iter().any(|e| norm.ends_with(e.as_str()));
        let accusative = !ending.is_empty() && norm.ends_with(ending);
        // "سياسيا": in what respect, and nobody.
        if accusative && self.doc.flags(p) & flag::ADVERB != 0 {
            return true;
        }
        (accusative || chained)
            && self
                .doc
                .matches_at(p)
                .iter()
                .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Participle, .. }))
    }

    /// "القضاء الإيراني": a noun that is a body of state only behind its article and with its nationality.
    pub(super) fn national_head(&self, p: usize) -> bool {
        let (doc, clitics) = (self.doc, &self.lexicon.spec.clitics);
        let head = |form: &str| self.listed("national_heads", form);
        doc.has_article(p)
            && self.is_word(p + 1)
            && doc.has_article(p + 1)
            && doc.flags(p + 1) & flag::DEMONYM != 0
            && clitics.after_conjunction(doc.norm(p)).any(|(_, rest)| head(rest))
    }

    /// A word that could be inflected for two or many but is followed by a name of its own is one person.
    fn single_reading(&self, p: usize) -> bool {
        self.doc.matches_at(p).iter().any(|x| matches!(x.meaning, Meaning::Title { plural: false, .. }))
    }

    pub(super) fn demonyms(&self, start: usize, from: usize, m: &mut Mention) -> usize {
        let mut p = from;
        while self.in_phrase(start, p) {
            let Some(x) =
                self.best(p, flag::DEMONYM).filter(|x| x.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0)
            else {
                break;
            };
            let Meaning::Demonym { country, .. } = x.meaning else { break };
            m.country.get_or_insert(country);
            p = x.last() + 1;
        }
        p
    }

    fn group(&self, start: usize, x: Match, mut m: Mention) -> Option<Mention> {
        let Meaning::Group { actor, person, plural } = x.meaning else { return None };
        let grammar = &self.lexicon.spec.grammar;
        let form = self.doc.norm(start);
        let ends = |ending: &String| !ending.is_empty() && form.ends_with(ending.as_str());
        // "وزراء", "مسؤولون": several persons, where they are named by what they are.
        let several = person
            && !grammar.has_case
            && !self.names_one(start, x.last() + 1)
            && (plural || x.len == 1 && (grammar.plural_verbs.iter().any(ends) || ends(&grammar.oblique_plural)));
        m.kind = if person { ActorKind::Person } else { ActorKind::Group };
        m.actor = actor;
        m.non_actor = !actor;
        m.both = self.doc.flags(start) & flag::BOTH_SIDES != 0;
        m.plural = !person || several;
        m.definite = x.clitics & clitic::ARTICLE != 0;
        let was_person = person && !several;
        m.kind = ActorKind::Group;
        if x.clitics & clitic::SUFFIX != 0 {
            m.last = x.last();
            return (m.plural && actor).then_some(m);
        }
        let p = self.complements(start, x.last() + 1, &mut m);
        if was_person {
            m.kind = ActorKind::Person;
        }
        m.last = p - 1;
        // "المسؤول الأمريكي جون سميث": the noun serves as a title.
        if was_person {
            if let Some(x) = self.best(p, flag::PERSON).filter(|x| x.len >= 2 && x.clitics == 0) {
                if let Meaning::Person { person } = x.meaning {
                    m.person = Some(person);
                }
                m.name = Some((p, self.extend_name(p, x.last())));
                m.last = m.name.map_or(p, |n| n.1);
                m.both = false;
            } else if let Some(end) = self.read_name(p, true) {
                // One unknown word after a common noun is more likely an adjective than a name.
                let known = (flag::GIVEN | flag::SURNAME | flag::NAME_PART) & self.doc.flags(p) != 0;
                // "استنكر الوزراء العنف المستمر": a known noun with its article is another part of the clause.
                let common = self.doc.has_article(p) && self.common_noun(p);
                // "نظيره التركي فلان الفلاني": an adjective with its article makes the noun definite as well.
                let definite = m.definite
                    || x.clitics & clitic::SUFFIX != 0
                    || p > start + 1 && self.doc.flags(p - 1) & flag::DEMONYM != 0 && self.doc.has_article(p - 1);
                if known || end > p && definite && !common {
                    m.name = Some((p, end));
                    m.last = end;
                    m.both = false;
                }
            }
        }
        Some(m)
    }

    /// "نظرائه العماني فلان والكويتي فلان": after several persons a nationality and a name tell the first of them.
    fn names_one(&self, start: usize, p: usize) -> bool {
        let demonym = self.best(p, flag::DEMONYM).filter(|x| {
            self.in_phrase(start, p)
                && self.doc.has_article(p)
                && x.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                && matches!(x.meaning, Meaning::Demonym { people: false, .. })
        });
        demonym.is_some_and(|x| {
            let next = x.last() + 1;
            self.best(next, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0)
                || self.doc.flags(next) & (flag::GIVEN | flag::SURNAME) != 0
                    && self.read_name(next, true).is_some_and(|end| end > next)
        })
    }

    /// "وزارة الخارجية العراقية": an organisation known by its head noun.
    fn body(&self, start: usize, head: usize, mut m: Mention) -> Option<Mention> {
        // "مؤتمر صحافي": an occasion and no body.
        if !self.lexicon.spec.grammar.has_case && self.best(head, flag::SETTING).is_some_and(|x| x.len > 1) {
            return None;
        }
        m.kind = ActorKind::Organization;
        m.definite = self.doc.has_article(head);
        // "شرطة هرتفوردشاير": a word that no list holds, right behind its head, is whose it is.
        let own = !self.lexicon.spec.grammar.has_case
            && !m.definite
            && self.in_phrase(start, head + 1)
            && self.doc.words[head + 1].count == 0
            && self.doc.words[head + 1].shape == 0
            && self.doc.norm(head + 1).chars().count() > 3;
        let bare = head + 1 + usize::from(own);
        let p = self.complements(start, bare, &mut m);
        m.last = p - 1;
        // The head alone without article or complement is a common noun.
        if p == bare && !m.definite && !own {
            return None;
        }
        m.definite = true;
        m.actor = true;
        m.kind = ActorKind::Organization;
        Some(m)
    }

    fn people(&self, start: usize, x: Match, mut m: Mention) -> Option<Mention> {
        let Meaning::Demonym { country, people } = x.meaning else { return None };
        let after_head = start > 0 && self.doc.flags(start - 1) & (flag::NOUN | flag::ADJECTIVE | flag::DEMONYM) != 0;
        if after_head && !people {
            return None;
        }
        m.kind = ActorKind::Group;
        m.country = Some(country);
        m.plural = true;
        // "إماراتية": one person of a nationality, or a company's short name, is no actor.
        m.actor = self.lexicon.spec.grammar.has_case
            || people
            || self
                .doc
                .matches_at(m.first)
                .iter()
                .any(|y| y.len == x.len && matches!(y.meaning, Meaning::Demonym { people: true, .. }));
        m.last = x.last();
        // "نظيريه الروسي فلان والسعودي فلان": a nationality that a name follows is one person's.
        let joined = x.clitics & clitic::CONJUNCTION != 0 && self.doc.has_article(start);
        if joined && !people && !self.lexicon.spec.grammar.has_case {
            let next = m.last + 1;
            let person = self.best(next, flag::PERSON).filter(|x| x.len >= 2 && x.clitics == 0);
            let end = person.map(|x| self.extend_name(next, x.last())).or_else(|| {
                let named = self.doc.flags(next) & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
                // "والسعودي الفلاني": a surname alone, behind the name of another.
                let surname = self.doc.flags(next) & flag::SURNAME != 0
                    && start > 0
                    && self.doc.flags(start - 1) & (flag::GIVEN | flag::SURNAME | flag::NAME_PART | flag::PERSON) != 0;
                let read = self.read_name(next, false).filter(|&end| named && end > next);
                read.or_else(|| (surname && self.doc.words[next].clitics() & clitic::CONJUNCTION == 0).then_some(next))
            });
            if let Some(end) = end {
                if let Some(Meaning::Person { person }) = person.map(|x| x.meaning) {
                    m.person = Some(person);
                }
                m.kind = ActorKind::Person;
                m.plural = false;
                m.name = Some((next, end));
                m.last = end;
            }
        }
        Some(m)
    }

    /// Whether a word is a known noun and not likely to be said of the noun before it.
    pub(super) fn common_noun(&self, p: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let (norm, flags) = (self.doc.norm(p), self.doc.flags(p));
        // "المفاوضين النوويين": lists of nouns hold adjectives of relation as well.
        let inflected =
            grammar.chained_endings.iter().any(|e| norm.strip_suffix(e.as_str()).is_some_and(|n| self.relation(n)));
        flags & flag::NOUN != 0 && flags & flag::ADJECTIVE == 0 && !self.relation(norm) && !inflected
    }

    fn trailing_titles(&self, start: usize, m: &mut Mention) {
        let mut p = m.last + 1;
        while self.in_phrase(start, p) {
            let Some(x) = self
                .best(p, flag::TITLE)
                .filter(|x| x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::SUFFIX) == 0)
            else {
                break;
            };
            let Meaning::Title { title, .. } = x.meaning else { break };
            // "استقبل الملك سلمان | وزير الخارجية الأميركي".
            if self.of_another_country(x.last(), m) {
                break;
            }
            let class = self.lexicon.titles[title as usize].class;
            // What belongs to an office is read as such: "باسم" is a name as well.
            let before = m.title;
            m.title.get_or_insert((p, x.last(), title));
            let next = self.complements(start, x.last() + 1, m);
            // The title must end the phrase: a name after it belongs to another person. "إن" is spelt like one.
            let named =
                self.doc.flags(next) & (flag::GIVEN | flag::PERSON) != 0 && self.doc.flags(next) & flag::THAT == 0;
            if named && self.read_name(next, true).is_some() {
                m.title = before;
                break;
            }
            m.actor |= class != TitleClass::NonActor;
            m.non_actor |= class == TitleClass::NonActor;
            if before.is_none() {
                m.title = Some((p, next - 1, title));
            } else {
                m.also.push((p, next - 1));
            }
            if !self.lexicon.spec.grammar.has_case {
                m.country = m.country.or(self.lexicon.titles[title as usize].country);
            }
            m.last = next - 1;
            p = next;
            // "فلان رئيس المجموعة ورئيس الجبهة": a further office after his name, unless it has a name of its own.
            if let Some(x) = self.further_title(start, p) {
                let next = self.complements(start, x.last() + 1, m);
                let named = self.best(next, flag::PERSON | flag::HONORIFIC).is_some()
                    || self.in_phrase(start, next)
                        && self.doc.flags(next) & (flag::GIVEN | flag::SURNAME) != 0
                        && self.read_name(next, true).is_some();
                if !named {
                    m.last = next - 1;
                    p = next;
                }
            }
        }
    }

    /// "عضو المكتب السياسي ومسؤول العلاقات فلان": two offices and one name are one person, unless the first office is one
    /// whose holder needs no name.
    fn offices(&self, start: usize, p: usize, m: &Mention) -> Option<Mention> {
        let (_, _, title) = m.title?;
        let known = ["HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "FOREIGN_MINISTER", "CROWN_PRINCE"];
        let office = &self.lexicon.titles[title as usize];
        if m.definite || known.contains(&office.office.as_str()) || office.class == TitleClass::Royal {
            return None;
        }
        // A conjunction written apart is a token of its own.
        let apart = self.is_word(p) && self.lexicon.spec.grammar.and.iter().any(|w| w == self.doc.norm(p));
        let q = p + usize::from(apart);
        if !apart {
            self.further_title(start, p)?;
        } else {
            self.best(q, flag::TITLE).filter(|x| x.clitics & clitic::ARTICLE == 0 && self.in_phrase(start, q))?;
        }
        let other = self.head_first(q)?;
        let agree = other.country.is_none() || m.country.is_none() || other.country == m.country;
        if other.name.is_none() || other.title.is_none() || !agree || other.last - start > MAX_PHRASE {
            return None;
        }
        let mut whole = other;
        whole.first = start;
        whole.clitics = m.clitics;
        whole.country = whole.country.or(m.country);
        whole.actor |= m.actor;
        whole.non_actor &= m.non_actor || !m.actor;
        whole.title = m.title;
        Some(whole)
    }

    /// A title with the conjunction attached, of one person and without article.
    fn further_title(&self, start: usize, p: usize) -> Option<Match> {
        if !self.in_phrase(start, p) {
            return None;
        }
        self.best(p, flag::TITLE).filter(|x| {
            x.clitics & clitic::CONJUNCTION != 0
                && x.clitics & (clitic::PREPOSITION | clitic::SUFFIX | clitic::ARTICLE) == 0
                && matches!(x.meaning, Meaning::Title { plural: false, .. })
                && (x.len > 1 || self.in_phrase(start, x.last() + 1))
        })
    }

    /// "ألكسندر براماتارسكي، وزير الحالات الطارئة" and "المتحدث باسم ...، أحمد ملا طلال".
    fn apposition(&self, start: usize, m: &mut Mention) {
        let doc = self.doc;
        let comma = m.last + 1;
        if doc.kind(comma) != Kind::Comma || !self.in_phrase(start, comma + 1) || m.kind != ActorKind::Person {
            return;
        }
        let p = comma + 1;
        if m.name.is_some() && m.title.is_none() {
            let determiner = self.lexicon.spec.grammar.definite_article.iter().any(|a| a == doc.norm(p)) as usize;
            // "فلان، وهو نائب في البرلمان،": the same told in a clause of its own.
            let spec = &self.lexicon.spec;
            let pronouns = spec.words.get("pronouns").map_or(&[][..], Vec::as_slice);
            let clause = !spec.grammar.has_case
                && spec
                    .clitics
                    .after_conjunction(doc.norm(p))
                    .any(|(joined, rest)| joined && pronouns.iter().any(|pronoun| pronoun == rest));
            let p = p + usize::from(clause);
            if !self.in_phrase(start, p) {
                return;
            }
            let Some(x) = self
                .best(p + determiner, flag::TITLE)
                .filter(|x| x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION | clitic::SUFFIX) == 0)
            else {
                self.one_among(start, p, m);
                return;
            };
            let Meaning::Title { title, plural: false } = x.meaning else { return };
            m.title = Some((p, x.last(), title));
            let next = self.complements(start, x.last() + 1, m);
            let named =
                self.doc.flags(next) & (flag::GIVEN | flag::PERSON) != 0 && self.doc.flags(next) & flag::THAT == 0;
            if named && self.read_name(next, true).is_some() {
                m.title = None;
                return;
            }
            let class = self.lexicon.titles[title as usize].class;
            m.actor |= class != TitleClass::NonActor;
            m.non_actor |= class == TitleClass::NonActor;
            m.title = Some((p, next - 1, title));
            m.last = next - 1;
            self.where_he_serves(m);
        } else if m.name.is_none() && m.title.is_some() && !m.plural {
            let name = self.best(p, flag::PERSON).filter(|x| x.clitics == 0).map(|x| (x.last(), Some(x.meaning)));
            let found = name.or_else(|| {
                let known = doc.flags(p) & (flag::GIVEN | flag::NAME_PART) != 0 && doc.words[p].clitics() == 0;
                self.read_name(p, true)
                    .filter(|&end| end > p && (known || doc.tokens.all[p].capital))
                    .map(|end| (end, None))
            });
            if let Some((end, meaning)) = found {
                if let Some(Meaning::Person { person }) = meaning {
                    m.person = Some(person);
                }
                m.name = Some((p, end));
                m.last = end;
            }
        }
    }

    /// "سامي العنسي، أحد كبار قادة المقاومة": whose people act in diplomacy acts in it himself.
    fn one_among(&self, start: usize, p: usize, m: &mut Mention) {
        let mut first = p;
        while first < p + 3 && self.in_phrase(start, first) && self.stands_in("one_among", first) {
            first += 1;
        }
        if first == p || !self.in_phrase(start, first) {
            return;
        }
        let people = self.best(first, flag::GROUP).filter(|x| {
            x.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
                && matches!(x.meaning, Meaning::Group { actor: true, person: true, .. })
        });
        if let Some(people) = people {
            m.actor = true;
            m.last = self.complements(start, people.last() + 1, m) - 1;
        }
    }
}

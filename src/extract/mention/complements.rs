//! What follows the head of a phrase that begins with it: nationality, country, body and prepositional phrases that say
//! whose or what it is.

use super::{Mention, Parser};
use crate::event::ActorKind;
use crate::lexicon::{CountryForm, Form, Marker, Meaning, TitleClass, clitic, flag};
use crate::text::Kind;

impl Parser<'_> {
    /// Reads on after a head: nationality, adjectives, what the office or body is for. Returns the token after.
    pub(super) fn complements(&self, start: usize, from: usize, m: &mut Mention) -> usize {
        let doc = self.doc;
        let mut p = from;
        let case = self.lexicon.spec.grammar.has_case;
        // Once the chain of nouns has reached a definite one it is closed: a further bare noun is not part of it.
        let mut closed = doc.has_article(from - 1);
        // "المتحدث باسم دي ميستورا فلان": a name that another one follows is of him for whom the other speaks.
        if !case && from > start && self.lexicon.spec.grammar.on_behalf_of.iter().any(|w| w == doc.norm(from - 1)) {
            let known = self.best(from, flag::PERSON).filter(|x| x.len >= 2).map(|x| x.last() + 1);
            let part = doc.flags(from) & flag::NAME_PART != 0;
            let next = known.unwrap_or(from + 1 + usize::from(part));
            let own = doc.words[from].clitics() == 0
                && doc.flags(from) & (flag::ORG | flag::ORG_HEAD | flag::TITLE | flag::NOUN | flag::COUNTRY) == 0;
            let named = self.in_phrase(start, next + 1)
                && doc.flags(next) & flag::GIVEN != 0
                && doc.words[next].clitics() == 0
                && doc.flags(next + 1) & (flag::SPEECH | flag::THAT | flag::PREPOSITION) == 0;
            if named && (known.is_some() || own) {
                p = next;
            }
        }
        // "زعيم حزب الشعوب": the last word of a listed title is the first of a body's own name.
        if let Some(x) = self.best(from - 1, flag::ORG).filter(|x| !case && p == from && x.last() >= from) {
            if let Meaning::Organisation { organisation } = x.meaning {
                let iso = &self.lexicon.organisations[organisation as usize].country;
                m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
            }
            p = x.last() + 1;
            closed = true;
        }
        if let Some(next) = self.principal(start, from, m).filter(|_| !case && p == from) {
            p = next;
            closed = true;
        }
        loop {
            // "حركة «الجهاد الإسلامي»": a name between quotation marks.
            if let Some(quotation) = doc.opening(p).filter(|_| doc.kind(p) == Kind::Quote && p > start) {
                let short = quotation.closed && quotation.last - quotation.first < 5;
                let head = doc.flags(p - 1) & flag::ORG_HEAD != 0 && !doc.has_article(p - 1);
                let body = self.best(p + 1, flag::ORG).filter(|x| x.last() == quotation.last);
                if short && (head || body.is_some()) && self.doc.tokens.all[p].field == self.doc.tokens.all[start].field
                {
                    if let Some(Meaning::Organisation { organisation }) = body.map(|x| x.meaning) {
                        let iso = &self.lexicon.organisations[organisation as usize].country;
                        m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
                    }
                    p = quotation.last + 2;
                    closed = true;
                    continue;
                }
            }
            // "مسؤول المكتب (بزعامة فلان) الدكتور فلان": what stands between brackets before the name.
            if let Some(next) = self.past_brackets(start, p, m) {
                p = next;
                continue;
            }
            if !self.in_phrase(start, p) {
                break;
            }
            let flags = doc.flags(p);
            let conjunction = doc.has_conjunction(p);
            // "مسؤول العلاقات فيها الدكتور فلان": a pronoun of the body named before, with the name to come.
            if !case && flags & flag::RESUMPTIVE != 0 && self.named_by_title(start, p + 1, m) {
                p += 1;
                continue;
            }
            // "الدول الست الكبرى": a number with its article counts the group.
            if !case && m.kind == ActorKind::Group && doc.has_article(p - 1) && self.stands_in("group_numbers", p) {
                p += 1;
                continue;
            }
            if p > from {
                closed |= doc.has_article(p - 1) || doc.flags(p - 1) & (flag::COUNTRY | flag::ORG) != 0;
            }
            if let Some(next) = self.called_after(start, p, m) {
                // What is called after a ruler belongs to the state, and who heads it holds an office.
                let class = |t: u32| self.lexicon.titles[t as usize].class;
                if m.title.is_some_and(|t| class(t.2) != TitleClass::NonActor) {
                    (m.non_actor, m.actor) = (false, true);
                }
                closed = true;
                p = next;
                continue;
            }
            if let Some(next) = self.whose_rule(start, p, m).filter(|_| p == from && !closed) {
                return next;
            }
            if self.best(p, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics & clitic::PREPOSITION == 0) {
                break;
            }
            if flags & (flag::THAT | flag::RELATIVE | flag::SUBORDINATOR | flag::NEGATION) != 0
                && flags & flag::NOUN == 0
                && flags & flag::PREPOSITION == 0
            {
                break;
            }
            if let Some(x) = self.best(p, flag::DEMONYM).filter(|x| {
                // "إريتريا" is the country where no accusative can stand; "تركي بن سعد" is a name.
                let named =
                    flags & flag::COUNTRY != 0
                        || doc.flags(p + 1) & flag::NAME_PART != 0 && flags & flag::GIVEN != 0
                        // "وزير الصحة تركي الفلاني": said of a definite noun it would have the article.
                        || flags & flag::GIVEN != 0 && m.title.is_some() && doc.has_article(p - 1) && self.surname_follows(p);
                x.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 && (case || doc.has_article(p) || !named)
            }) {
                // "مسؤولون أفغان": an indefinite group with the noun for those of a country.
                let (people, country) = match x.meaning {
                    Meaning::Demonym { country, people } => (people, country),
                    _ => (true, 0),
                };
                let several = m.kind == ActorKind::Group || m.plural;
                let of_them = !case && several && !m.definite && !doc.has_article(p);
                if !people || p == from && of_them {
                    // "وزارة المالية": what the ministry is for, though it could be a nationality.
                    let purpose = !case
                        && p == from
                        && self.stands_in("no_nationality", p)
                        && self.stands_in("portfolios", p - 1);
                    if !purpose {
                        m.country.get_or_insert(country);
                    }
                    p = x.last() + 1;
                    continue;
                }
            }
            let longest = doc.matches_at(p).first().map_or(0, |x| x.len);
            // "السلطات التركية تنظيم داعش": behind its adjective a phrase takes no further owner.
            let over = !case
                && p > from
                && (doc.flags(p - 1) & flag::DEMONYM != 0
                    || doc.flags(p - 1) & flag::ADJECTIVE != 0 && doc.has_article(p - 1) && !doc.has_article(p));
            // "دعا الرئيس اليمني الحوثيين": a body with its article is the next actor.
            if over && p > from && doc.has_article(p) && self.best(p, flag::ORG).is_some_and(|x| x.len == longest) {
                break;
            }
            if let Some(x) = self.best(p, flag::ORG).filter(|x| x.len == longest && !conjunction && !over) {
                if let Meaning::Organisation { organisation } = x.meaning {
                    let iso = &self.lexicon.organisations[organisation as usize].country;
                    if m.country.is_none() {
                        m.country = self.lexicon.country_index.get(iso).copied();
                    }
                    p = x.last() + 1;
                    continue;
                }
            }
            if let Some(x) = self
                .best(p, flag::COUNTRY)
                .filter(|x| x.len == longest && !conjunction && (case || x.clitics & clitic::PREPOSITION == 0))
            {
                // "زار الرئيس المصري السودان": a chain that is closed has no further genitive.
                let nationality = p > from && doc.flags(p - 1) & flag::DEMONYM != 0;
                // "العاصمة العمانية مسقط": but a capital may name what its country's adjective describes.
                let named = matches!(x.meaning, Meaning::Country { country, form: CountryForm::Capital }
                    if m.country == Some(country) && m.title.is_none());
                if !case && (closed || nationality) && !named && x.clitics & clitic::PREPOSITION == 0 {
                    break;
                }
                if let Meaning::Country { country, .. } = x.meaning {
                    // After its nationality, a country is where the envoy is sent, not whose he is.
                    m.country.get_or_insert(country);
                    p = x.last() + 1;
                    continue;
                }
            }
            // "رئيس بلدية نابولي فلان": an office without its article is of the town behind it.
            if let Some(x) = self.best(p, flag::PLACE).filter(|x| {
                !case
                    && !closed
                    && (p == from
                        || x.len > 1
                        || self.lexicon.spec.grammar.place_heads.iter().any(|w| w == doc.norm(p - 1)))
                    && x.len == longest
                    && x.clitics == 0
                    && m.title.is_some()
                    && m.name.is_none()
            }) {
                if !self.name_goes_on(p) {
                    self.of_place(&x, m);
                    closed = true;
                    p = x.last() + 1;
                    continue;
                }
            }
            if let Some(next) = self.described_until_name(start, p, m).filter(|_| !case && !conjunction) {
                p = next;
                continue;
            }
            if conjunction {
                // "وزير الصحة والسكان": a further noun with its article; a name or a new title ends the phrase.
                let goes_on = doc.has_article(p)
                    && (flags & flag::DEMONYM == 0 || doc.flags(p - 1) & flag::DEMONYM == 0)
                    && flags & (flag::NOUN | flag::ADJECTIVE | flag::DEMONYM) != 0
                    && flags & (flag::TITLE | flag::SPEECH | flag::COUNTRY) == 0
                    && (flags & flag::GROUP == 0
                        || flags & flag::NON_ACTOR != 0 && doc.flags(p - 1) & flag::NOUN != 0
                        // "وزراء الدفاع والخارجية": of several the second may be a ministry.
                        || m.plural && flags & flag::ORG_HEAD != 0 && flags & flag::ADJECTIVE != 0)
                    && m.title.is_some();
                // "مصادر سياسية ودبلوماسية": a further adjective of a group that has one.
                let described = !case
                    && m.kind == ActorKind::Group
                    && m.title.is_none()
                    && p > from
                    && flags & flag::ADJECTIVE != 0
                    && doc.flags(p - 1) & flag::ADJECTIVE != 0
                    && doc.has_article(p) == doc.has_article(p - 1)
                    && (flags | doc.flags(p - 1)) & flag::DEMONYM == 0
                    && (flags & flag::TITLE == 0 || self.agrees_in_feminine(p))
                    && flags & (flag::SPEECH | flag::COUNTRY | flag::GIVEN | flag::VERB | flag::GROUP) == 0;
                if goes_on || described {
                    p += 1;
                    continue;
                }
                break;
            }
            if flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT) != 0
                && !doc.has_article(p)
                && flags & flag::ADJECTIVE == 0
            {
                let verb = doc.matches_at(p).iter().any(|x| {
                    matches!(x.meaning, Meaning::Trigger { form, .. } | Meaning::Light { form, .. } if form != crate::lexicon::Form::Noun)
                });
                if verb {
                    break;
                }
            }
            if let Some(x) =
                self.best(p, flag::TITLE).filter(|x| x.clitics & clitic::SUFFIX == 0 && !self.rank_as_name(x))
            {
                // "نائب وزير", "مستشار الرئيس": a title in a title; a name must still follow.
                if x.clitics & clitic::CONJUNCTION != 0 {
                    break;
                }
                // "صرح مسؤول للصحافيين": to whom he spoke.
                if !case && x.clitics & clitic::PREPOSITION != 0 && x.flags & flag::NON_ACTOR != 0 {
                    break;
                }
                // "التقى الوزير بالملحق الثقافي": whom he met.
                let under = &self.lexicon.spec.clitics;
                let which = under.prepositions.get((x.clitics >> clitic::WHICH) as usize);
                let of = which.is_some_and(|w| under.article_swallowed_by.contains(w));
                if !case && x.clitics & clitic::PREPOSITION != 0 && !of {
                    break;
                }
                if !case && x.clitics & !clitic::ARTICLE == 0 && self.another_actor(start, p, x.last(), m) {
                    break;
                }
                if let Meaning::Title { title, .. } = x.meaning {
                    // "وزير الإدارة المحلية رئيس لجنة الإغاثة": a further office begins a chain of its own.
                    closed &= case || doc.has_article(x.last());
                    let entry = &self.lexicon.titles[title as usize];
                    // "محامي الرئيس", "أهالي المحافظة": whose lawyer he is makes him no actor.
                    let owned = !case && m.non_actor && !closed;
                    m.actor |= entry.class != TitleClass::NonActor && !owned;
                    // "سفير خادم الحرمين الشريفين": the office of one country alone says whose he is.
                    m.country = m.country.or(entry.country.filter(|_| !case));
                }
                p = x.last() + 1;
                continue;
            }
            if flags & flag::HONORIFIC != 0 || flags & flag::SAYING != 0 {
                break;
            }
            // "المتحدث الرسمي باسمها فلان": for whom, told by a pronoun.
            if !case && m.title.is_some() && self.on_whose_behalf(p) {
                p += 1;
                closed = true;
                continue;
            }
            // "الناطق الرسمي باسم الحكومة": the words for whom one speaks, though they could be a name.
            if self.on_behalf(start, p, m) {
                closed = false;
                p += 1;
                continue;
            }
            if flags & flag::PREPOSITION != 0 || doc.words[p].clitics() & clitic::PREPOSITION != 0 {
                if let Some(next) = self.prepositional(start, p, m) {
                    // "اللجنة السياسية لحزب العمل": behind the preposition another chain of nouns begins.
                    closed &= case;
                    p = next;
                    continue;
                }
                break;
            }
            // "قائد مقاتلي العشائر": who commands them is no private person.
            let commands = m.title.is_some_and(|t| self.lexicon.titles[t.2 as usize].class == TitleClass::Military);
            if flags & flag::NON_ACTOR != 0
                && flags & flag::NOUN != 0
                && (case || !commands && !self.stands_in("settlements", p))
            {
                m.non_actor = true;
                m.actor = false;
            }
            // "دعت بعض الأطراف الحكومة": behind a definite group a body with its article is another actor.
            if !case
                && m.kind == ActorKind::Group
                && p == from
                && closed
                && m.title.is_none()
                && flags & flag::ORG_HEAD != 0
            {
                break;
            }
            if flags & flag::ORG_HEAD != 0 && (!closed || doc.has_article(p)) {
                // "كتلة سائرون": the body's own name, unknown, before the person's.
                let own = self.in_phrase(start, p + 2)
                    && !doc.has_article(p)
                    && doc.words[p + 1].count == 0
                    && doc.words[p + 1].shape == 0
                    && doc.flags(p + 2) & (flag::GIVEN | flag::PERSON) != 0;
                p += 1 + usize::from(own);
                continue;
            }
            let name_like = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
            // After a definite noun an adjective without article is said of it and no part of the phrase.
            // "مصادر أمنية": an adjective of bodies, though a woman may be called so.
            let plain = self.feminine_relation(p)
                || m.kind == ActorKind::Group
                    && p == from
                    && !doc.has_article(p)
                    && flags & flag::NOUN == 0
                    && !doc.norm(p).ends_with(self.lexicon.spec.grammar.feminine_ending.as_str())
                    && doc.flags(p + 1) & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) == 0;
            let called = name_like && !(!case && m.title.is_none() && m.name.is_none() && plain);
            // "الوزير التونسي الصادق الفلاني": a given name with its article.
            let given =
                !case && flags & flag::GIVEN != 0 && doc.flags(p - 1) & flag::DEMONYM != 0 && self.surname_follows(p);
            if flags & flag::ADJECTIVE != 0 && !given && (!called && (!closed || case) || doc.has_article(p)) {
                p = self.charge(start, p, m).unwrap_or(p + 1);
                continue;
            }
            if flags & (flag::WEEKDAY | flag::TIME_WORD | flag::ADVERB) != 0 {
                break;
            }
            if case && self.lexicon.spec.grammar.of.iter().any(|of| of == doc.norm(p)) && self.is_word(p + 1) {
                p += 1;
                continue;
            }
            // "هيئة سلامة السكك": a noun in its chain, though somebody may be called so.
            let chained = !case
                && name_like
                && !doc.has_article(p)
                && doc.flags(p - 1) & flag::ORG_HEAD != 0
                && self.in_phrase(start, p + 1)
                && doc.has_article(p + 1)
                && self.common_noun(p + 1)
                && doc.flags(p + 1) & (flag::SURNAME | flag::GIVEN) == 0;
            let name_like = name_like && !chained;
            let noun =
                flags & flag::NOUN != 0 && (!name_like || doc.has_article(p) && flags & flag::TOPIC != 0 && !case);
            // "مصادر محلية هجوم الحوثيين": behind the adjective of an indefinite group another part of the clause begins.
            let described = !case
                && m.kind == ActorKind::Group
                && m.title.is_none()
                && p > from
                && (doc.flags(p - 1) & flag::ADJECTIVE != 0 && doc.flags(p - 1) & flag::NOUN == 0
                    || doc.flags(p - 1) & flag::DEMONYM != 0
                    || self.feminine_relation(p - 1))
                && !doc.has_article(p - 1)
                && !doc.has_article(p);
            if described {
                break;
            }
            if noun && (!closed || case) {
                p += 1;
                continue;
            }
            if !case
                && doc.has_article(p)
                && flags & (flag::GIVEN | flag::SURNAME | flag::VERB | flag::PARTICLE) == 0
                && p == from
                && !(closed && self.common_noun(p))
            {
                // An unknown definite noun right after its head says what the office is for; but behind a definite head
                // a known one is another part of the clause: "استنكر الوزراء العنف", "خاطب الرئيس الشعب".
                p += 1;
                continue;
            }
            break;
        }
        p
    }

    /// "أشاد الأمين العام بالدور": whether the verb right before a phrase asks for the preposition that is attached at `p`.
    fn verb_takes(&self, start: usize, p: usize) -> bool {
        let which = (self.doc.words[p].clitics() >> clitic::WHICH) as usize;
        let Some(word) = self.lexicon.spec.clitics.prepositions.get(which) else { return false };
        let Some(verb) = start.checked_sub(1) else { return false };
        self.doc.matches_at(verb).iter().any(|x| match x.meaning {
            Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                let slots = &self.lexicon.triggers[trigger as usize].slots;
                slots.iter().any(|s| matches!(&s.marker, Marker::Preposition(w) if w == word))
            }
            _ => false,
        })
    }

    /// "مدير جامعة الملك فلان", "مركز الأمير فلان للحوار": the name of whom an institution is called after is no name of who
    /// heads it. Returns the token behind it.
    fn called_after(&self, start: usize, p: usize, m: &Mention) -> Option<usize> {
        let doc = self.doc;
        let named = doc.begins(p) & flag::PERSON != 0 || doc.begins(p) & flag::TITLE != 0 && doc.has_article(p);
        if !named || p <= start || m.name.is_some() || !self.listed_with_clitic("institutions", p - 1) {
            return None;
        }
        if let Some(x) = self.best(p, flag::PERSON).filter(|x| x.len >= 2 && x.clitics & clitic::PREPOSITION == 0) {
            return Some(self.extend_name(p, x.last()) + 1);
        }
        let x = self.best(p, flag::TITLE).filter(|_| doc.has_article(p))?;
        let Meaning::Title { title, .. } = x.meaning else { return None };
        let royal = self.lexicon.titles[title as usize].class == TitleClass::Royal;
        self.read_name(x.last() + 1, true).filter(|_| royal).map(|end| end + 1)
    }

    /// "حكومة فلان الفلاني", "نظام الفلاني": whose a government or force is. Returns the token behind the name.
    fn whose_rule(&self, start: usize, p: usize, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        if doc.begins(p) & (flag::PERSON | flag::GIVEN | flag::SURNAME) == 0 {
            return None;
        }
        let bare = m.title.is_none() && m.name.is_none() && doc.norm(p - 1) == doc.norm(start);
        let known = bare && self.listed_with_clitic("named_after", p - 1);
        if !known || doc.flags(p) & (flag::COUNTRY | flag::ORG | flag::DEMONYM | flag::TITLE) != 0 {
            return None;
        }
        if let Some(x) = self.best(p, flag::PERSON).filter(|x| x.clitics == 0) {
            return Some(self.extend_name(p, x.last()) + 1);
        }
        let given = doc.flags(p) & flag::GIVEN != 0 && doc.words[p].clitics() == 0 && doc.flags(p) & flag::NOUN == 0;
        self.read_name(p, false).filter(|&end| given && end > p).map(|end| end + 1).or_else(|| {
            // "قوات صالح": a surname by itself.
            let verbal = flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT | flag::VERB | flag::PREPOSITION;
            let alone = doc.flags(p) & flag::SURNAME != 0
                && doc.flags(p) & (verbal | flag::GROUP | flag::ADVERB) == 0
                && doc.words[p].clitics() == 0
                && !doc.has_article(p);
            alone.then_some(p + 1)
        })
    }

    /// "دبلوماسية": a feminine adjective of relation, though it could be a noun.
    fn feminine_relation(&self, p: usize) -> bool {
        let ending = self.lexicon.spec.grammar.feminine_ending.as_str();
        self.doc.flags(p) & flag::ADJECTIVE != 0
            && self.doc.flags(p) & flag::ORG_HEAD == 0
            && self.doc.norm(p).strip_suffix(ending).is_some_and(|stem| !ending.is_empty() && self.relation(stem))
    }

    /// "سياسية ودبلوماسية": two adjectives in the feminine are said of one noun, though the second could be an office.
    fn agrees_in_feminine(&self, p: usize) -> bool {
        let ending = self.lexicon.spec.grammar.feminine_ending.as_str();
        !ending.is_empty() && self.doc.norm(p).ends_with(ending) && self.doc.norm(p - 1).ends_with(ending)
    }

    /// "السفير لدى إيطاليا ومالطا الدكتور فلان": further countries, where the name of who is posted there follows.
    fn posted_on(&self, start: usize, from: usize) -> usize {
        let mut p = from;
        while self.in_phrase(start, p) && self.doc.has_conjunction(p) {
            let Some(x) = self.best(p, flag::COUNTRY) else { break };
            p = x.last() + 1;
        }
        let named = self.name_begins(start, p) || self.best(p, flag::HONORIFIC).is_some();
        if named { p } else { from }
    }

    /// Whether a noun without its article stands at `p` and none with one closes its chain.
    fn indefinite_chain(&self, start: usize, p: usize) -> bool {
        let doc = self.doc;
        let bare = |p: usize| {
            self.in_phrase(start, p)
                && doc.flags(p) & flag::NOUN != 0
                && doc.flags(p) & (flag::GIVEN | flag::ORG_HEAD | flag::COUNTRY | flag::ORG) == 0
                && !doc.has_article(p)
        };
        bare(p) && !(self.in_phrase(start, p + 1) && doc.has_article(p + 1))
    }

    /// Whether `p` is a word for whom one speaks with a pronoun attached.
    fn on_whose_behalf(&self, p: usize) -> bool {
        let norm = self.doc.norm(p);
        self.lexicon.spec.grammar.on_behalf_of.iter().any(|word| {
            norm.strip_prefix(word.as_str())
                .is_some_and(|rest| self.lexicon.spec.clitics.suffixes.iter().any(|suffix| suffix.form == rest))
        })
    }

    /// Whether `p` says for whom the holder of the title before it speaks, and a body, country or office follows.
    fn on_behalf(&self, start: usize, p: usize, m: &Mention) -> bool {
        let doc = self.doc;
        !self.lexicon.spec.grammar.has_case
            && doc.flags(p) & flag::PREPOSITION == 0
            && m.title.is_some_and(|(first, _, _)| first < p && m.name.is_none_or(|(_, name)| name < first))
            && self.lexicon.spec.grammar.on_behalf_of.iter().any(|w| w == doc.norm(p))
            && (self.in_phrase(start, p + 1)
                && doc.words[p + 1].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
                && (doc.has_article(p + 1) && doc.flags(p + 1) & (flag::GIVEN | flag::SURNAME) == 0
                    || doc.flags(p + 1)
                        & (flag::ORG | flag::ORG_HEAD | flag::COUNTRY | flag::TITLE | flag::GROUP | flag::HONORIFIC)
                        != 0
                    || self.best(p + 1, flag::ORG | flag::COUNTRY | flag::TITLE).is_some())
                || doc.opening(p + 1).is_some_and(|q| q.closed && q.last - q.first < 5))
    }

    /// "للشؤون السياسية", "عن كتلة ...", "في الأمم المتحدة", "باسم ...": what may be read on to after a preposition.
    fn prepositional(&self, start: usize, p: usize, m: &mut Mention) -> Option<usize> {
        let doc = self.doc;
        let attached = doc.words[p].clitics() & clitic::PREPOSITION != 0 && doc.flags(p) & flag::PREPOSITION == 0;
        let object = if attached { p } else { p + 1 };
        if !self.in_phrase(start, object) {
            return None;
        }
        let people = matches!(
            self.best(object, flag::GROUP | flag::TITLE).map(|x| x.meaning),
            Some(Meaning::Group { person: true, .. } | Meaning::Title { .. })
        );
        // "قال الوزير لإذاعة ...": to whom he spoke.
        let to = || {
            let which = (doc.words[p].clitics() >> clitic::WHICH) as usize;
            let word = self.lexicon.spec.clitics.prepositions.get(which);
            word.is_some_and(|word| self.lexicon.spec.grammar.to.contains(word))
        };
        if attached && doc.flags(object) & flag::MEDIA != 0 && to() {
            return None;
        }
        if doc.flags(object) & flag::NON_ACTOR != 0
            && doc.flags(object) & flag::NOUN != 0
            && m.name.is_none()
            && (!people || self.lexicon.spec.grammar.has_case)
            && !self.stands_in("settlements", object)
        {
            m.non_actor = true;
            m.actor = false;
            return Some(object + 1);
        }
        let norm = doc.norm(p);
        let of = self.lexicon.spec.grammar.of.iter().any(|w| w == norm);
        let flags = doc.flags(object);
        // "عدد من المسؤولين": the group is what follows.
        // Who is definite already is not one of several: "حذر الأطراف من مواجهة".
        let several = self.lexicon.spec.grammar.has_case || !m.definite || flags & flag::NOUN == 0;
        if of && m.kind == ActorKind::Group && several {
            if flags
                & (flag::GROUP | flag::TITLE | flag::ORG | flag::ORG_HEAD | flag::DEMONYM | flag::COUNTRY | flag::NOUN)
                != 0
            {
                if let Some(x) = self.best(object, flag::GROUP) {
                    if let Meaning::Group { actor, .. } = x.meaning {
                        m.actor = actor;
                        m.non_actor = !actor;
                    }
                }
                m.actor |= flags & (flag::TITLE | flag::ORG | flag::ORG_HEAD) != 0;
                if let Some(Meaning::Organisation { organisation }) = self.best(object, flag::ORG).map(|x| x.meaning) {
                    let iso = &self.lexicon.organisations[organisation as usize].country;
                    m.country = m.country.or(self.lexicon.country_index.get(iso).copied());
                }
                return Some(
                    object + self.best(object, flag::GROUP | flag::TITLE | flag::ORG).map_or(1, |x| x.len as usize),
                );
            }
            return None;
        }
        // "النائب الأول لرئيس الوزراء", "المبعوث الخاص للأمين العام": an office under another.
        let qualified = p >= 2
            && doc.has_article(p - 1)
            && doc.has_article(p - 2)
            && doc.flags(p - 1) & (flag::ADJECTIVE | flag::NOUN) != 0;
        if attached && m.title.is_some() && qualified {
            if let Some(x) = self.best(object, flag::TITLE) {
                return Some(x.last() + 1);
            }
        }
        // "السكرتيرة الصحفية لفلان": whose the office is.
        let described = m.title.is_some_and(|(head, _, _)| head + 1 < p && doc.has_article(head))
            && doc.has_article(p - 1)
            && doc.flags(p - 1) & (flag::ADJECTIVE | flag::TITLE) != 0;
        if attached && m.name.is_none() && described {
            if let Some(x) = self.best(object, flag::PERSON) {
                return Some(x.last() + 1);
            }
            if doc.words[object].always(clitic::PREPOSITION) && flags & (flag::GIVEN | flag::SURNAME) != 0 {
                return Some(object + 1);
            }
        }
        // "رئيس الحكومة الإقليمية في العراق فلان": what stands between a title and its name belongs to the title.
        if !attached && m.title.is_some() && m.name.is_none() {
            if let Some(x) = self.best(object, flag::COUNTRY | flag::PLACE) {
                let next = x.last() + 1;
                let named = self.name_begins(start, next)
                    || self.in_phrase(start, next)
                        && doc.words[next].count == 0
                        && doc.words[next].shape == 0
                        && doc.flags(next + 1) & (flag::GIVEN | flag::SURNAME) != 0;
                if named {
                    // Where an envoy is sent is not whose he is.
                    let posted = m.title.is_some_and(|(_, _, title)| {
                        matches!(self.lexicon.titles[title as usize].office.as_str(), "AMBASSADOR" | "ENVOY")
                    });
                    let at = self.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(p));
                    // A capital only says where the office is: "مسؤول المكتب في لندن فلان".
                    let capital = matches!(x.meaning, Meaning::Country { form: CountryForm::Capital, .. });
                    if let (Meaning::Country { country, .. }, false, true) = (x.meaning, posted || capital, at) {
                        m.country.get_or_insert(country);
                    }
                    return Some(next);
                }
            }
        }
        if let Some(next) = self.before_name(start, object, attached, m) {
            return Some(next);
        }
        if let Some(next) = self.serves_at(start, p, m) {
            return Some(next);
        }
        if let Some(next) = self.constituency(start, p, m) {
            return Some(next);
        }
        // "في مؤتمر صحافي", "عن تنظيم تظاهرة": letters of a body that tell where it was said or what is done.
        let own_body = self.best(object, flag::ORG | flag::COUNTRY).is_some();
        let occasion = !own_body
            && (doc.longest(object, flag::SETTING).is_some()
                || flags & (flag::MEETING | flag::VISIT) != 0 && !doc.has_article(object)
                || flags & flag::MATTER != 0 && !doc.has_article(object) && self.indefinite_chain(start, object + 1));
        // "وزير التعليم بمكتبه": with a pronoun it is his, and no body.
        let own_room = attached && doc.words[object].clitics() & clitic::SUFFIX != 0;
        let into_body = own_body || flags & (flag::ORG | flag::ORG_HEAD | flag::COUNTRY) != 0 && !occasion && !own_room;
        // "في بغداد", "إلى سوريا" go with an office only where it is one that is held there or sent there: an ambassador, an
        // envoy. After other titles they say where the event took place.
        let country_only = self.best(object, flag::ORG).is_none()
            && flags & flag::ORG_HEAD == 0
            && self.best(object, flag::COUNTRY).is_some();
        let posted = m.title.is_some_and(|(_, _, title)| {
            matches!(self.lexicon.titles[title as usize].office.as_str(), "AMBASSADOR" | "ENVOY")
        });
        let adjective = doc.flags(p - 1) & flag::ADJECTIVE != 0;
        let grammar = &self.lexicon.spec.grammar;
        let one_of = |words: &[String]| words.iter().any(|word| word == norm);
        let case_language = self.lexicon.spec.grammar.has_case;
        let goes = match norm {
            _ if one_of(&grammar.posted_to) => country_only && posted && adjective,
            // "المسؤولون في دمشق" are of there; "الوفد في دمشق" only met there.
            _ if one_of(&grammar.held_at) => {
                let people = matches!(
                    self.best(start, flag::GROUP).map(|x| x.meaning),
                    Some(Meaning::Group { person: true, .. })
                );
                // "نظيره الأردني في عمان": who is said to be somebody's is met there.
                let described = p > start + 1 && doc.flags(p - 1) & flag::DEMONYM != 0 && doc.has_article(p - 1);
                let own = doc.words[start].clitics() & clitic::SUFFIX != 0 || described && !doc.has_article(start);
                // "خادم الحرمين في قصر السلام", "المجلس في فندق فخم": a building is where somebody is met, unless it is an
                // office of another: "المستشار في مكتب وزير الدفاع".
                !country_only && (doc.flags(object) & flag::VENUE == 0 || doc.flags(object + 1) & flag::TITLE != 0)
                    || posted
                    || m.kind == ActorKind::Group
                        && (case_language || !own && p - start <= 2 && (people || !m.definite))
            }
            _ if one_of(&grammar.part_of) => m.kind == ActorKind::Group || !country_only,
            _ if one_of(&grammar.on_behalf_of) => true,
            // "زيارة ولي العهد للأردن": a crown is of its own country.
            _ if country_only
                && m.title.is_some_and(|t| self.lexicon.titles[t.2 as usize].class == TitleClass::Royal) =>
            {
                false
            }
            _ => attached && (!country_only || m.name.is_none() && m.title.is_some_and(|t| t.1 + 1 >= p)),
        };
        if into_body && goes {
            if let Some(x) = self.best(object, flag::ORG | flag::COUNTRY) {
                match x.meaning {
                    // Where an ambassador is posted is not whose he is.
                    Meaning::Country { .. } if posted => return Some(self.posted_on(start, x.last() + 1)),
                    Meaning::Country { country, .. } => {
                        m.country.get_or_insert(country);
                    }
                    Meaning::Organisation { organisation } => {
                        let iso = &self.lexicon.organisations[organisation as usize].country;
                        if m.country.is_none() {
                            m.country = self.lexicon.country_index.get(iso).copied();
                        }
                    }
                    _ => {}
                }
                return Some(x.last() + 1);
            }
            // "عن كتلة سائرون": the body's own name, unless a person's begins.
            let next = object + 1;
            let own = self.in_phrase(start, next)
                && doc.flags(next) & (flag::GIVEN | flag::NAME_PART | flag::PARTICLE | flag::VERB | flag::DEMONYM) == 0
                && (!doc.has_article(next) || self.named_by_title(start, next + 1, m))
                && doc.words[next].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0;
            return Some(object + 1 + usize::from(own));
        }
        // "لشؤون الشرق الأوسط": a chain that ends in a definite noun or a name.
        if attached && m.title.is_some() && flags & flag::AFFAIRS != 0 && self.in_phrase(start, object + 1) {
            if let Some(x) = self.best(object + 1, flag::PLACE | flag::ORG | flag::COUNTRY) {
                return Some(x.last() + 1);
            }
            let definite = |p: usize| self.in_phrase(start, p) && doc.has_article(p);
            return Some(object + if definite(object + 1) { 2 } else { 2 + usize::from(definite(object + 2)) });
        }
        // "للشؤون السياسية": ل with a definite common noun says what the office is for. "نوه الرئيس بالدور": another
        // preposition is the verb's.
        if attached
            && (case_language || to())
            && m.title.is_some()
            && flags & flag::HOME == 0
            && (to()
                || self.name_begins(start, object + 1)
                || !self.verb_takes(start, p) && doc.flags(object + 1) & flag::TITLE == 0)
            && flags & flag::NOUN != 0
            && (flags & (flag::GROUP | flag::TITLE) == 0 || self.lexicon.spec.grammar.has_case)
            && doc.words[object].clitics() & clitic::ARTICLE != 0
            && flags & (flag::SPEECH | flag::MEETING | flag::VISIT) == 0
        {
            return Some(object + 1);
        }
        None
    }
}

//! Mentions of actors: noun phrases that name a person, a country, a body or a group.

mod articled;
mod before_name;
mod complements;
mod head_first;
mod head_last;
mod name;
mod quantity;

use crate::event::ActorKind;
use crate::extract::doc::{Doc, Match};
use crate::lexicon::{CountryForm, Lexicon, Meaning, clitic, flag};
use crate::text::Kind;

/// A noun phrase for an actor.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Tokens `first..=last`.
    pub first: usize,
    pub last: usize,
    pub kind: ActorKind,
    /// The name's tokens, for persons that have one.
    pub name: Option<(usize, usize)>,
    /// The title's tokens and its table index, for persons that have one.
    pub title: Option<(usize, usize, u32)>,
    pub person: Option<u32>,
    pub organisation: Option<u32>,
    /// Index into the lexicon's countries.
    pub country: Option<u16>,
    /// Index into the lexicon's places, where the mention can only be a place.
    pub place: Option<u32>,
    /// A capital or seat stands for the country.
    pub form: Option<CountryForm>,
    /// A title or noun says that it can act in diplomacy.
    pub actor: bool,
    /// A title or noun says that it cannot.
    pub non_actor: bool,
    pub plural: bool,
    /// Stands for two parties known from before.
    pub both: bool,
    /// Definite: names one that is known.
    pub definite: bool,
    pub pronoun: bool,
    /// Attached to its first token.
    pub clitics: u16,
    /// Modifies another noun ("EU talks"): an owner perhaps, but no subject.
    pub modifier: bool,
    /// Further titles' tokens, after the name.
    pub also: Vec<(usize, usize)>,
    /// One of several who share their noun ("رئيسا تركيا وألمانيا"): the noun's tokens, before the country of this one.
    pub shared: Option<(usize, usize)>,
    /// Set by resolution.
    pub entity: usize,
}

impl Mention {
    /// A phrase for two parties known from before: "the two sides".
    pub(super) fn both(first: usize, last: usize) -> Self {
        Self { both: true, plural: true, actor: true, last, ..Self::new(first, ActorKind::Group) }
    }

    /// A mention of one token, of which nothing is known yet but its kind.
    /// Makes it that of a country, up to `last`.
    fn name_country(&mut self, country: u16, form: CountryForm, last: usize) {
        self.kind = ActorKind::Country;
        self.country = Some(country);
        self.form = Some(form);
        self.actor = true;
        self.definite = true;
        self.last = last;
    }

    pub(super) fn new(first: usize, kind: ActorKind) -> Self {
        Self {
            first,
            last: first,
            kind,
            name: None,
            title: None,
            person: None,
            organisation: None,
            country: None,
            place: None,
            form: None,
            actor: false,
            non_actor: false,
            plural: false,
            both: false,
            definite: false,
            pronoun: false,
            clitics: 0,
            modifier: false,
            also: Vec::new(),
            shared: None,
            entity: usize::MAX,
        }
    }
}

const NP_START: u64 = flag::COUNTRY
    | flag::DEMONYM
    | flag::ORG
    | flag::PERSON
    | flag::TITLE
    | flag::HONORIFIC
    | flag::GROUP
    | flag::GIVEN
    | flag::SURNAME
    | flag::NAME_PART
    | flag::ORG_HEAD
    | flag::PRONOUN
    | flag::PLACE
    | flag::DETERMINER
    | flag::STARTS;

/// How many tokens a phrase can have: newspapers pile up titles, but not without end.
const MAX_PHRASE: usize = 48;
/// How many words a name can have.
const MAX_NAME: usize = 7;

/// Finds the mentions of the whole article, in order, none inside another.
pub fn mentions(doc: &Doc, lexicon: &Lexicon, out: &mut Vec<Mention>) {
    out.clear();
    let case = lexicon.spec.grammar.has_case;
    // Where names have no capitals and nothing stands before the head, each phrase begins with a listed word or phrase.
    let listed = !case && lexicon.spec.grammar.definite_article.is_empty();
    // About one token in eight begins one.
    out.reserve(doc.len() / 6);
    let mut i = 0;
    while i < doc.len() {
        let parser = Parser { doc, lexicon, beside: out.last().is_some_and(|m| m.last + 1 == i) };
        let national = || listed && parser.is_word(i) && parser.national_head(i);
        if listed && doc.begins(i) & NP_START & !flag::STARTS == 0 && !national() {
            i += 1;
            continue;
        }
        if doc.kind(i) != Kind::Word
            || doc.flags(i) & NP_START == 0 && !(case && doc.tokens.all[i].capital) && !national()
        {
            i += 1;
            continue;
        }
        if !case && (parser.attributive(i) || parser.verbal(i)) {
            i += 1;
            continue;
        }
        if lexicon.spec.grammar.adjective_first {
            let (found, next) = parser.head_last(i);
            out.extend(found);
            i = next;
            continue;
        }
        if case {
            let (found, next) = parser.articled(i);
            out.extend(found);
            i = next;
            continue;
        }
        let found = parser.head_first(i);
        match found {
            Some(mut mention) => {
                let index = out.len();
                parser.quantified(&mut mention, out.last().map_or(0, |m| m.last + 1));
                out.push(mention);
                parser.sharers(index, out);
                i = out[out.len() - 1].last + 1;
            }
            None => i += 1,
        }
    }
}

struct Parser<'a> {
    doc: &'a Doc,
    lexicon: &'a Lexicon,
    /// A mention ends right before the phrase.
    beside: bool,
}

impl Parser<'_> {
    fn is_word(&self, p: usize) -> bool {
        self.doc.kind(p) == Kind::Word
    }

    /// "طالب الرئيس ...": letters that could be a noun for people are a verb where a definite noun or a name follows.
    fn verbal(&self, p: usize) -> bool {
        let doc = self.doc;
        let flags = doc.flags(p);
        let next = p + 1;
        let verb = |m: &Match| {
            m.len == 1
                && matches!(
                    m.meaning,
                    Meaning::Trigger { form: crate::lexicon::Form::Past, .. }
                        | Meaning::Light { form: crate::lexicon::Form::Past, .. }
                )
        };
        flags & (flag::TITLE | flag::GROUP) != 0
            && flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT) != 0
            && !doc.has_article(p)
            && self.best(p, flag::TITLE | flag::GROUP | flag::ORG | flag::PERSON).is_none_or(|x| x.len == 1)
            && doc.matches_at(p).iter().any(verb)
            && self.is_word(next)
            && (doc.has_article(next)
                || doc.flags(next)
                    & (flag::TITLE | flag::COUNTRY | flag::PERSON | flag::ORG | flag::ORG_HEAD | flag::HONORIFIC)
                    != 0)
    }

    /// "السياسة الخارجية", "حقوق سياسية": an adjective of the noun before it, though it could be a title or a body.
    fn attributive(&self, p: usize) -> bool {
        let doc = self.doc;
        if p == 0 || !self.is_word(p - 1) || doc.tokens.all[p - 1].field != doc.tokens.all[p].field {
            return false;
        }
        let before = doc.flags(p - 1);
        let names = flag::COUNTRY | flag::PERSON | flag::GIVEN | flag::DEMONYM;
        doc.flags(p) & flag::ADJECTIVE != 0
            && doc.flags(p) & (flag::TITLE | flag::GROUP | flag::ORG_HEAD) != 0
            && doc.flags(p) & names == 0
            && before & flag::NOUN != 0
            && before & (flag::PREPOSITION | flag::SPEECH | flag::MEETING | flag::VISIT | flag::VERB | names) == 0
            && doc.has_article(p) == doc.has_article(p - 1)
            && doc.words[p].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            && self.best(p, flag::TITLE | flag::ORG | flag::PERSON).is_none_or(|x| x.len == 1)
    }

    fn in_phrase(&self, start: usize, p: usize) -> bool {
        p < self.doc.len()
            && p - start < MAX_PHRASE
            && self.is_word(p)
            && self.doc.tokens.all[p].field == self.doc.tokens.all[start].field
    }

    fn best(&self, p: usize, flags: u64) -> Option<Match> {
        self.doc.longest(p, flags).copied()
    }
}

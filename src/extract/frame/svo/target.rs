//! Whom a statement praises, blames or comforts, where its verb has him as its object or only names what he did.

use super::VERBAL;
use crate::event::{Act, ActorKind, EventType, Role};
use crate::extract::doc::Sentence;
use crate::extract::frame::{Draft, Engine, Hit};
use crate::lexicon::{Form, Marker, Meaning, Trigger, flag};
use crate::text::Kind;

/// How many tokens of an object are read for whose deed it is.
const DEED: usize = 16;

impl Engine<'_, '_> {
    /// "Praised Peru and Chile for their help": those whom the object names, and where behind them begins what for.
    pub(super) fn object_of_deed(
        &self,
        draft: &mut Draft,
        trigger: &Trigger,
        sentence: Sentence,
        p: usize,
    ) -> Option<usize> {
        let target = self.starting(p).map(|t| self.owned_mention(t).unwrap_or(t))?;
        let both = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        let m = &self.mentions[target];
        let victim = self.doc.tokens.all[m.last].possessive && self.suffered(m.last + 1);
        if !both
            || m.non_actor && !self.honours_people(draft, target)
            || m.place.is_some()
            || victim && self.lexicon.spec.grammar.adjective_first
        {
            return None;
        }
        self.push_actor(draft, Role::Target, target, None);
        if !self.lexicon.spec.grammar.adjective_first || m.pronoun || self.doc.tokens.all[m.last].possessive {
            return None;
        }
        let known = draft.actors.len();
        self.coordinate(draft, Role::Target, target, sentence);
        let last = draft.actors[known.min(draft.actors.len())..].iter().map(|a| self.mentions[a.mention].last).max();
        let next = self.past_abbreviation(last.unwrap_or(m.last) + 1, sentence);
        let why = next < sentence.last && self.at[next] == usize::MAX && self.governs(trigger, next);
        why.then_some(next + 1)
    }

    /// "Thanked the people of Chad": a people may be thanked or praised as well as its government.
    pub(super) fn honours_people(&self, draft: &Draft, target: usize) -> bool {
        let m = &self.mentions[target];
        let people = m.kind == ActorKind::Group && m.country.is_some() && m.definite;
        people && draft.act == Act::Support && self.lexicon.spec.grammar.adjective_first
    }

    /// "Urged residents to leave", "warned shopkeepers": a group that acts in nothing may be asked, warned, told or accused;
    /// but reporters only hear it.
    pub(super) fn appealed_to(&self, target: usize) -> bool {
        let m = &self.mentions[target];
        let group = m.kind == ActorKind::Group && m.plural && m.place.is_none();
        let outlet = (m.first..=m.last).any(|p| self.doc.flags(p) & flag::MEDIA != 0 || self.listed("journalists", p));
        group && !outlet && self.lexicon.spec.grammar.adjective_first
    }

    /// "Said in a letter to Congress", "told in a speech to the assembly": who hears or reads the words.
    pub(super) fn addressed_in(&self, draft: &mut Draft, sentence: Sentence, from: usize) {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        if !grammar.adjective_first || draft.actors.iter().any(|a| a.role == Role::Target) {
            return;
        }
        let inside = |q: &usize| matches!(doc.kind(*q), Kind::Word | Kind::Number) && doc.flags(*q) & flag::THAT == 0;
        let setting = (from..sentence.last.min(from + 8)).take_while(inside).find(|&q| {
            self.at[q] == usize::MAX
                && doc.flags(q) & flag::SETTING != 0
                && grammar.to.first().is_some_and(|to| to == doc.norm(q + 1))
        });
        let Some(noun) = setting else { return };
        let opened = (from..noun).any(|q| grammar.at.iter().any(|w| w == doc.norm(q)));
        let Some(heard) = self.starting(noun + 2).filter(|_| opened) else { return };
        let m = &self.mentions[heard];
        let outlet = doc.longest(m.first, flag::MEDIA).is_some() || m.non_actor || m.pronoun || m.place.is_some();
        if !outlet && !m.modifier && self.eligible(heard) {
            self.push_actor(draft, Role::Target, heard, None);
        }
    }

    /// "Underlined Britain's commitment to helping the Government of Chad": for whom the support is that an object names.
    pub(super) fn supported(&self, draft: &Draft, first: usize, last: usize) -> Option<usize> {
        let doc = self.doc;
        if !matches!(draft.act, Act::State | Act::Promise) || draft.actors.iter().any(|a| a.role == Role::Target) {
            return None;
        }
        let helps = |q: usize| {
            doc.matches_at(q).iter().any(|x| {
                matches!(x.meaning, Meaning::SpeechNoun { act: Act::Support | Act::Promise, .. }) && x.len == 1
            })
        };
        let noun = (first..last.min(first + 6)).find(|&q| self.at[q] == usize::MAX && helps(q))?;
        // "Noted Norway's support for Chad", by somebody else: it is none of the speaker's.
        let home = self.resolver.entities[draft.actors.first()?.entity].country;
        let foreign = |q: usize| {
            let owner = self.starting(q).map(|m| &self.mentions[m]).filter(|m| !m.pronoun);
            let nation = doc.matches_at(q).iter().find_map(|x| match x.meaning {
                Meaning::Demonym { country, .. } => Some(country),
                _ => None,
            });
            nation.is_some_and(|c| home != Some(c)) || owner.is_some_and(|m| m.country.is_some() && m.country != home)
        };
        if (first..noun).any(foreign) {
            return None;
        }
        let to = noun + 1;
        if !self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(to)) {
            return None;
        }
        let gerund = self.starting(to + 1).is_none() && self.at[to + 1] == usize::MAX && doc.kind(to + 1) == Kind::Word;
        let target = self.starting(to + 1 + usize::from(gerund))?;
        let m = &self.mentions[target];
        let named = !m.pronoun && !m.modifier && m.place.is_none() && !doc.tokens.all[m.last].possessive;
        (named && self.eligible(target)).then_some(target)
    }

    /// "The Blue Party (BP)": past the abbreviation in brackets at `p`.
    pub(in crate::extract::frame) fn past_abbreviation(&self, p: usize, sentence: Sentence) -> usize {
        let short = self.lexicon.spec.grammar.adjective_first
            && self.doc.kind(p) == Kind::Open
            && p + 2 <= sentence.last
            && self.doc.kind(p + 2) == Kind::Close;
        if short { p + 3 } else { p }
    }

    /// "Their counterparts, Ann Vale and Tom Hale": names behind a comma say who the plural is, so that it is nobody else.
    pub(in crate::extract::frame) fn named_apposition(&self, draft: &mut Draft, plural: usize) {
        let m = &self.mentions[plural];
        let comma = m.last + 1;
        let group = m.plural && m.name.is_none() && matches!(m.kind, ActorKind::Person | ActorKind::Group);
        if !group || !self.lexicon.spec.grammar.adjective_first || self.doc.kind(comma) != Kind::Comma {
            return;
        }
        let Some(from) = draft.actors.iter().position(|a| a.mention == plural) else { return };
        let named = |i: usize| {
            let n = &self.mentions[i];
            n.name.is_some() && n.kind == ActorKind::Person && !n.plural && n.title.is_none()
        };
        let behind = &draft.actors[from + 1..];
        let first = behind.first().is_some_and(|a| self.mentions[a.mention].first == comma + 1);
        if first && behind.len() == 2 && behind.iter().all(|a| named(a.mention)) {
            draft.actors.remove(from);
        }
    }

    /// "To the families and to the government": whether the word at `p` repeats the preposition of the first of a list.
    pub(in crate::extract::frame) fn repeats_preposition(&self, first: usize, p: usize) -> bool {
        self.lexicon.spec.grammar.adjective_first
            && self.doc.kind(p) == Kind::Word
            && self.at[p] == usize::MAX
            && self.preposition(first).is_some_and(|word| word == self.doc.norm(p))
            && self.starting(p + 1).is_some()
    }

    /// "Welcomed the decision of the president", "condemned the raid by the rebels": whose deed it is. A weak verb may do
    /// something itself, as in "supported the retaking by the army", so that the doer does not prove it.
    pub(super) fn praised(&self, draft: &Draft, first: usize, last: usize, strong: bool) -> Option<usize> {
        let accuses = draft.act == Act::Accuse && self.lexicon.spec.grammar.adjective_first;
        if draft.act != Act::Support && !accuses || draft.actors.iter().any(|a| a.role == Role::Target) {
            return None;
        }
        self.owner_in(first, last, accuses).or_else(|| if strong { self.doer(first, last, accuses) } else { None })
    }

    /// Whose deed an object is by a possessive or by "of".
    fn owner_in(&self, first: usize, last: usize, accuses: bool) -> Option<usize> {
        let doc = self.doc;
        let mut p = first;
        let mut matter = false;
        while p <= last.min(first + 10) {
            if self.at[p] != usize::MAX {
                let owner = self.starting(p)?;
                let m = &self.mentions[owner];
                let of = p > first && self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p - 1));
                let owns =
                    doc.tokens.all[m.last].possessive && p <= first + 1 && !(accuses && self.suffered(m.last + 1));
                let doer = accuses && self.did(owner);
                let whose = of && matter && !accuses || owns || doer;
                let actor = m.place.is_none() && !m.pronoun && (!m.modifier || !of) && self.eligible(owner);
                return (whose && actor).then_some(owner);
            }
            let flags = doc.flags(p);
            let of = self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(p));
            if doc.kind(p) != Kind::Word
                || !of
                    && flags & (flag::NOUN | flag::ADJECTIVE | flag::DETERMINER | flag::ADVERB | flag::SPEECH_NOUN) == 0
                || flags & (flag::RELATIVE | flag::CONJUNCTION) != 0
            {
                return None;
            }
            matter |= flags & (flag::MATTER | flag::MEETING | flag::VISIT) != 0;
            p += 1;
        }
        None
    }

    /// "The Hezbollah attack", "the Israeli air raid", where "the Chad attack" says where it was: whether a body or nation modifies the noun of a deed.
    fn did(&self, owner: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[owner];
        let nation = doc.flags(m.last) & flag::DEMONYM != 0 || doc.tokens.all[m.last].capitals;
        if !m.modifier || !(m.organisation.is_some() || nation) {
            return false;
        }
        let noun = m.last + 1 + usize::from(doc.flags(m.last + 1) & flag::ADJECTIVE != 0);
        self.listed("deeds", m.last + 1) || self.listed("deeds", noun)
    }

    /// "The president's murder": a noun from `p` on that names what its owner suffers and does not do.
    fn suffered(&self, p: usize) -> bool {
        let Some(suffered) = self.lexicon.spec.words.get("suffered") else { return false };
        (p..p + 4)
            .take_while(|&q| self.doc.kind(q) == Kind::Word && self.doc.flags(q) & flag::PREPOSITION == 0)
            .any(|q| suffered.iter().any(|w| w == self.doc.norm(q)))
    }

    /// "The raid on the town by the rebels", "the accord reached by the parties": who did what the object names. Between
    /// the two only a place or victim stands, so that "the hostages held by the rebels" is nobody's deed.
    fn doer(&self, first: usize, last: usize, accuses: bool) -> Option<usize> {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first {
            return None;
        }
        let mut named = false;
        let mut governed = false;
        for p in first..=last.min(first + DEED) {
            if doc.kind(p) != Kind::Word {
                return None;
            }
            if self.at[p] != usize::MAX {
                continue;
            }
            let flags = doc.flags(p);
            if named && self.is_by(p) {
                let done = self.finite(p - 1)
                    && doc.flags(p - 1) & flag::NOUN == 0
                    && !doc
                        .matches_at(p - 1)
                        .iter()
                        .any(|x| matches!(x.meaning, Meaning::Trigger { form: Form::Present, .. }));
                let owner = self.starting(p + 1)?;
                let m = &self.mentions[owner];
                let actor = m.place.is_none() && !m.pronoun && !m.modifier && self.eligible(owner);
                return (actor && !(done && governed)).then_some(owner);
            }
            if flags & (flag::RELATIVE | flag::THAT | flag::CONJUNCTION | flag::INFINITIVE) != 0 {
                return None;
            }
            if flags & flag::PREPOSITION != 0 {
                governed = true;
                if !accuses || self.lexicon.spec.grammar.to.iter().any(|w| w == doc.norm(p)) {
                    return None;
                }
            }
            named |= flags & (flag::DETERMINER | flag::ADJECTIVE) == 0;
        }
        None
    }

    /// "The minister said that Chad had agreed and urged Mali to": the subject of a verb joined to a report is the speaker
    /// of the report, not the subject of the clause that it reports; the report's words end before the verb.
    pub(super) fn joined_speaker(&self, index: usize, verb: usize, group: usize, subject: usize) -> Option<usize> {
        let doc = self.doc;
        let and = group.checked_sub(1)?;
        let joined = self.at[and] == usize::MAX
            && doc.flags(and) & flag::CONJUNCTION != 0
            && (self.after_comma(and) || doc.kind(and.saturating_sub(1)) == Kind::Dash);
        if !joined || !self.lexicon.spec.grammar.adjective_first {
            return None;
        }
        let first = self.mentions[subject].first;
        let report = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind == EventType::Statement
                && d.triggers[0].0 < first
                && doc.quoted[d.triggers[0].0] == doc.quoted[verb]
                && d.content.iter().any(|&(a, b)| a <= first && first <= b && b < verb)
        })?;
        report.actors.first().filter(|a| a.role == Role::Speaker).map(|a| a.mention)
    }

    /// "And expressed its condolences": whether a verb that only carries a noun of speech goes on with the sentence at `p`.
    pub(super) fn joins_light(&self, p: usize) -> bool {
        let doc = self.doc;
        let light = doc.matches_at(p).iter().find(|x| match x.meaning {
            Meaning::Light { light, form: Form::Past | Form::Present } => {
                self.lexicon.lights[light as usize].kind == Some(EventType::Statement)
            }
            _ => false,
        });
        let Some(light) = light.filter(|_| self.lexicon.spec.grammar.adjective_first) else { return false };
        let attribute = flag::DETERMINER | flag::OBLIQUE | flag::ADJECTIVE | flag::ADVERB;
        let noun = (light.last() + 1..light.last() + 5)
            .find(|&q| doc.flags(q) & attribute == 0 || doc.flags(q) & flag::SPEECH_NOUN != 0);
        noun.is_some_and(|q| doc.kind(q) == Kind::Word && doc.flags(q) & flag::SPEECH_NOUN != 0)
    }

    /// "Concluded a three-day visit": a verb that carries the noun of a meeting or visit says nothing.
    pub(super) fn carries_event(&self, hit: Hit) -> bool {
        let doc = self.doc;
        let light = doc.matches_at(hit.first).iter().any(|x| match x.meaning {
            Meaning::Light { light, .. } => self.lexicon.lights[light as usize].kind != Some(EventType::Statement),
            _ => false,
        });
        let attribute = flag::DETERMINER | flag::OBLIQUE | flag::ADJECTIVE;
        light
            && self.lexicon.spec.grammar.adjective_first
            && (hit.last + 1..hit.last + 7)
                .take_while(|&q| matches!(doc.kind(q), Kind::Word | Kind::Number) && self.at[q] == usize::MAX)
                .find(|&q| {
                    doc.kind(q) == Kind::Word
                        && doc.flags(q) & attribute == 0
                        && !doc.tokens.all[q].hyphen
                        && doc.flags(q) & (flag::MEETING | flag::VISIT | flag::PREPOSITION | flag::THAT | VERBAL) != 0
                })
                .is_some_and(|q| doc.flags(q) & (flag::MEETING | flag::VISIT) != 0 && doc.flags(q) & flag::NOUN != 0)
    }

    /// Whether whom a noun of speech goes to may be people who act in nothing: one condoles with families.
    pub(in crate::extract::frame) fn comforts(&self, draft: &Draft, target: usize) -> bool {
        draft.act == Act::Support
            && self.lexicon.spec.grammar.adjective_first
            && self.mentions[target].kind != ActorKind::Country
            && self.preposition(target).is_some_and(|w| self.lexicon.spec.grammar.to.iter().any(|to| to == w))
    }

    /// "Flew to Oslo for talks with": the modality of the journey on which the parties of a meeting confer.
    pub(in crate::extract::frame) fn journey(&self, draft: &Draft, index: usize, first: usize) -> Option<&Draft> {
        let party = draft.actors.last()?.entity;
        self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind == EventType::Visit
                && d.triggers[0].0 < first
                && d.actors.iter().any(|a| a.role == Role::Visitor && a.entity == party)
        })
    }
}

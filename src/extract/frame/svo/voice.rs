//! Texts in the first person: who "we" is in a statement that a state or body issues, what somebody does with the words
//! that he begins with ("We urge all sides to"), and words of comfort that go out to somebody.

use crate::event::{Act, ActorKind, EventType, Role};
use crate::extract::doc::Sentence;
use crate::extract::frame::{Draft, Engine, Hit};
use crate::extract::rule::Subject;
use crate::lexicon::{Form, LightRole, Marker, Meaning, Perfect, Strength, Trigger, flag};
use crate::text::Kind;

/// How many sentences a text goes on in the voice of the body that spoke last.
const VOICE: usize = 12;
/// In how many of its first sentences a text says whose it is.
const OPENING: usize = 12;

impl Engine<'_, '_> {
    /// A word for the author of the words: "we", "I".
    pub(super) fn own_voice(&self, p: usize) -> bool {
        self.listed("own_voice", p)
    }

    /// "Our condolences": what is the author's own.
    pub(super) fn own_possession(&self, p: usize) -> bool {
        self.listed("own_possession", p)
    }

    fn is_body(&self, mention: usize) -> bool {
        matches!(self.mentions[mention].kind, ActorKind::Country | ActorKind::Organization)
    }

    /// Whom "we" at `p` means outside quotations: the state or body that has spoken so far, or the one that the text is
    /// issued by. Inside what somebody says it is his, and names nobody new.
    pub(super) fn own_speaker(&self, p: usize) -> Option<usize> {
        let doc = self.doc;
        if doc.quoted[p] != 0 || self.told_by_somebody(p) {
            return None;
        }
        let here = doc.sentence_of[p] as usize;
        let spoke = self.drafts.iter().rev().find_map(|d| {
            let first = d.actors.first()?;
            let near = d.sentence < here && here - d.sentence <= VOICE;
            (d.kind == EventType::Statement && near && first.role == Role::Speaker).then_some(first.mention)
        });
        self.author.or(spoke.filter(|&speaker| self.is_body(speaker)))
    }

    /// "We met the envoys", in what somebody has been told to say: he and his own. His country, where the sentence before
    /// speaks of it, else himself.
    pub(in crate::extract::frame) fn own_party(&self, pronoun: usize) -> Option<(usize, Option<(usize, usize)>)> {
        let doc = self.doc;
        let m = &self.mentions[pronoun];
        if !m.pronoun || !self.own_voice(m.first) {
            return None;
        }
        let speaker = self.drafts.iter().rev().take(VOICE).find_map(|d| {
            let told = d.kind == EventType::Statement && d.content.iter().any(|&(a, b)| a <= m.first && m.first <= b);
            d.actors.first().filter(|_| told).map(|a| a.mention)
        })?;
        let country = self.resolver.entities[self.mentions[speaker].entity].country;
        let before = (doc.sentence_of[m.first] as usize).checked_sub(1).and_then(|s| self.leading(doc.sentences[s]));
        let home = before.filter(|&b| {
            country.is_some() && self.mentions[b].kind == ActorKind::Country && self.mentions[b].country == country
        });
        let found = home.unwrap_or(speaker);
        self.eligible(found).then_some((found, Some((m.first, m.last))))
    }

    /// Whether a statement told before holds the word among the words of its speaker.
    fn told_by_somebody(&self, p: usize) -> bool {
        self.drafts
            .iter()
            .rev()
            .take(VOICE)
            .any(|d| d.kind == EventType::Statement && d.content.iter().any(|&(a, b)| a <= p && p <= b))
    }

    /// Finds whose text this is: the state or body that opens one of its first sentences with an act of speech in the
    /// present ("The United States condemns"), also after "as we have said,". A text that opens with "we" and names
    /// nobody is that of "we".
    pub(in crate::extract::frame) fn find_author(&mut self) {
        let doc = self.doc;
        if !self.lexicon.spec.grammar.adjective_first || doc.body >= doc.len() {
            return;
        }
        let voices = |p: usize| (self.own_voice(p) || self.own_possession(p)) && doc.quoted[p] == 0;
        if !(doc.body..doc.len()).any(voices) {
            return;
        }
        let split = doc.sentences.partition_point(|s| s.first < doc.body);
        // "Statement by Defence Minister Lena Holm": a headline says whose text it is.
        let by = |p: usize| {
            let grammar = &self.lexicon.spec.grammar;
            doc.flags(p) & flag::SETTING != 0 && grammar.by.iter().chain(&grammar.from).any(|w| w == doc.norm(p + 1))
        };
        let signed = (0..doc.body)
            .find(|&p| by(p))
            .and_then(|p| self.starting(p + 2))
            .filter(|&m| self.eligible(m) && (self.mentions[m].name.is_some() || self.is_body(m)));
        if signed.is_some() {
            self.author = signed;
            return;
        }
        let opening = || doc.sentences[split..].iter().take(OPENING).chain(doc.sentences[..split].iter());
        let author = opening().copied().find_map(|s| {
            let head = self.leading(s).or_else(|| {
                let comma = (s.first..s.last.min(s.first + 16)).find(|&p| doc.kind(p) == Kind::Comma)?;
                let said = (s.first..comma).any(voices);
                self.starting(comma + 1).filter(|_| said)
            })?;
            let m = &self.mentions[head];
            let next = m.last + 1;
            let declares = self.performs(self.past_manner(next)).is_some() || voices(s.first) || voices(s.first + 1);
            let fits =
                self.is_body(head) && self.eligible(head) && !m.modifier && !m.plural && doc.quoted[m.first] == 0;
            (fits && declares).then_some(head)
        });
        let first = doc.sentences.get(split).copied();
        let opens = first.is_some_and(|s| voices(s.first) && self.performs(self.past_manner(s.first + 1)).is_some());
        self.author = author;
        if author.is_none() && opens {
            self.name_author();
        }
    }

    /// Makes the pronoun of a text that names no author an actor of its own.
    fn name_author(&mut self) {
        let doc = self.doc;
        // "I" and "we" are two.
        let mut entities = [None; 2];
        for index in 0..self.mentions.len() {
            let first = self.mentions[index].first;
            if !self.mentions[index].pronoun || doc.quoted[first] != 0 || !self.own_voice(first) {
                continue;
            }
            let m = &mut self.mentions[index];
            let several = m.plural;
            m.pronoun = false;
            m.kind = if several { ActorKind::Organization } else { ActorKind::Person };
            m.actor = true;
            m.definite = true;
            let e = *entities[usize::from(several)].get_or_insert_with(|| self.resolver.add(m, index));
            m.entity = e;
            self.author.get_or_insert(index);
        }
    }

    /// Past adverbs between a subject and its verb.
    fn past_manner(&self, from: usize) -> usize {
        let doc = self.doc;
        let mut p = from;
        while p < from + 3 && doc.kind(p) == Kind::Word && self.at[p] == usize::MAX {
            let flags = doc.flags(p);
            if flags & flag::SPEECH != 0 || flags & flag::ADVERB == 0 {
                break;
            }
            p += 1;
        }
        p
    }

    /// A verb in the present at `p` with which one does what it says: "condemn", "urge", "welcome". Its last token too.
    fn performs(&self, p: usize) -> Option<(&Trigger, usize, u32)> {
        self.doc
            .matches_at(p)
            .iter()
            .filter_map(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Present } => {
                    let t = &self.lexicon.triggers[trigger as usize];
                    let acts = t.kind == EventType::Statement && t.strength == Strength::Strong && t.act != Act::State;
                    acts.then_some((t, x.last(), trigger))
                }
                _ => None,
            })
            .max_by_key(|found| found.1)
    }

    /// "I condemn the raid," he said: who says so with a plain verb condemns.
    pub(in crate::extract::frame) fn performed(&self, draft: &mut Draft, sentence: Sentence) {
        let doc = self.doc;
        let Some(&(first, last)) = draft.content.iter().min() else { return };
        if draft.act != Act::State || !self.own_voice(first) {
            return;
        }
        let verb = self.past_manner(first + 1);
        let Some((trigger, end, _)) = self.performs(verb).filter(|f| f.1 < last) else { return };
        if !matches!(doc.kind(end + 1), Kind::Word | Kind::Number | Kind::Quote) {
            return;
        }
        draft.act = trigger.act;
        draft.cameo = trigger.cameo;
        draft.triggers.push((verb, end));
        let object = trigger.slots.iter().any(|s| s.marker == Marker::Object && s.actor);
        let inside = Sentence { last: last.max(sentence.last), ..sentence };
        if let Some(target) = self.starting(end + 1).filter(|_| object) {
            let m = &self.mentions[target];
            let named = !m.pronoun && !m.non_actor && m.place.is_none() && !m.modifier;
            if named && !doc.tokens.all[m.last].possessive {
                self.push_actor(draft, Role::Target, target, None);
                self.coordinate(draft, Role::Target, target, inside);
            }
        }
        // "I welcome the agreement between Oman and Chad": whose deed it is.
        let own = doc.sentence(verb).last.min(last);
        if let Some(target) = self.praised(draft, end + 1, own, true) {
            self.push_actor(draft, Role::Target, target, None);
            self.coordinate(draft, Role::Target, target, inside);
        }
    }

    /// "Addressing the assembly, the minister said": whom the opening of the sentence says that he spoke to.
    pub(super) fn addressing(&self, draft: &mut Draft, sentence: Sentence, verb: usize) {
        let doc = self.doc;
        let first = sentence.first + usize::from(doc.kind(sentence.first) == Kind::Quote);
        let Some(heard) = doc.phrase_at(first, "addressing", self.lexicon).and_then(|l| self.starting(first + l))
        else {
            return;
        };
        let m = &self.mentions[heard];
        let comma = (m.last + 1..verb).take(8).any(|q| doc.kind(q) == Kind::Comma);
        let outlet = doc.longest(m.first, flag::MEDIA).is_some() || m.non_actor || m.pronoun || m.place.is_some();
        if comma && !outlet && self.eligible(heard) {
            self.push_actor(draft, Role::Target, heard, None);
        }
    }

    /// "Our condolences go out to Chad", "our thoughts are with": a noun of speech that is its own subject.
    pub(in crate::extract::frame) fn goes_out(
        &mut self,
        index: usize,
        sentence: Sentence,
        noun: usize,
    ) -> Option<usize> {
        let doc = self.doc;
        let (act, cameo, noun_last) = doc.matches_at(noun).iter().find_map(|x| match x.meaning {
            Meaning::SpeechNoun { act, cameo } => Some((act, cameo, x.last())),
            _ => None,
        })?;
        let owner = self.before_attributes(sentence, noun.max(sentence.first + 1));
        let (speaker, from) = if self.own_possession(owner) {
            (self.own_speaker(owner)?, Some((owner, owner)))
        } else {
            let m = self.ending(owner).filter(|_| doc.tokens.all[owner].possessive)?;
            self.usable(m, sentence)?
        };
        // "Thoughts and prayers": nouns joined to the first one.
        let mut p = noun_last + 1;
        while p < sentence.last
            && p < noun_last + 8
            && doc.kind(p) == Kind::Word
            && doc.matches_at(p).iter().all(|x| !self.carries_noun(x.meaning))
            && doc.flags(p)
                & (flag::CONJUNCTION | flag::NOUN | flag::SPEECH_NOUN | flag::ADJECTIVE | flag::ADVERB | flag::OBLIQUE)
                != 0
        {
            p += 1;
        }
        let verb = doc.matches_at(p).iter().filter(|x| self.carries_noun(x.meaning)).max_by_key(|x| x.len)?;
        let to = verb.last() + 1;
        let number = self.rules.iter().position(|r| r.event == EventType::Statement && r.subject == Subject::Light)?;
        let hit = Hit { first: noun, last: verb.last(), trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Statement, number, hit, index, self.rules[number].confidence);
        draft.triggers = vec![(noun, noun_last), (verb.start as usize, verb.last())];
        draft.act = act;
        draft.cameo = cameo;
        self.push_actor(&mut draft, Role::Speaker, speaker, from);
        if draft.actors.is_empty() {
            return None;
        }
        if let Some(target) = self.starting(to).filter(|&t| !self.mentions[t].pronoun) {
            self.push_actor(&mut draft, Role::Target, target, None);
            self.coordinate(&mut draft, Role::Target, target, sentence);
        }
        let first = if from.is_some() { owner } else { self.mentions[speaker].first };
        let end = self.content_end(first, sentence);
        draft.content.push((first, end));
        self.accept(draft);
        Some(verb.last())
    }

    /// A light verb whose subject is the noun that it tells of: "go out to".
    fn carries_noun(&self, meaning: Meaning) -> bool {
        let Meaning::Light { light, form: Form::Past | Form::Present } = meaning else { return false };
        let light = &self.lexicon.lights[light as usize];
        light.role == LightRole::Event && light.kind == Some(EventType::Statement)
    }

    /// "They discussed the truce" behind a meeting or report of two: the pronoun stands for both, where no group is named
    /// that it could mean.
    pub(in crate::extract::frame) fn mark_pairs(&mut self, index: usize, sentence: Sentence) {
        let doc = self.doc;
        let Some(pair) = self.leading(sentence) else { return };
        let m = &self.mentions[pair];
        // "The leaders agreed": a plural without a country of its own.
        let leaders = !m.pronoun
            && m.plural
            && m.definite
            && m.kind == ActorKind::Group
            && m.country.is_none()
            && (m.last == m.first + 1 || m.last == m.first + 2 && doc.flags(m.first + 1) & flag::DETERMINER != 0)
            && doc.flags(m.last) & flag::TITLE != 0;
        let they = m.pronoun && m.plural && doc.flags(m.first) & flag::OBLIQUE == 0 && !self.own_voice(m.first);
        if !they && !leaders {
            return;
        }
        let parties = |d: &Draft| d.actors.iter().filter(|a| matches!(a.role, Role::Party | Role::Speaker)).count();
        let several = self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence + 1 >= index)
            .any(|d| d.sentence + 1 == index && d.kind == EventType::Meeting && parties(d) == 2);
        if several && (leaders || self.antecedent(pair, sentence).is_none()) {
            let m = &mut self.mentions[pair];
            m.pronoun = false;
            m.both = true;
            m.actor = true;
        }
    }

    /// "His spokesman said": an unnamed office is of the country of whose it is.
    pub(in crate::extract::frame) fn owners_country(&mut self, draft: &Draft) {
        let sentence = self.doc.sentences[draft.sentence];
        for actor in &draft.actors {
            let m = &self.mentions[actor.mention];
            let owned = m.country.is_none() && m.name.is_none() && m.organisation.is_none() && m.first > sentence.first;
            let Some(owner) = m.first.checked_sub(1).and_then(|p| self.ending(p)).filter(|_| owned) else { continue };
            if !self.mentions[owner].pronoun || self.doc.flags(self.mentions[owner].first) & flag::OBLIQUE == 0 {
                continue;
            }
            let Some(whose) = self.resolve_pronoun(owner, sentence) else { continue };
            let country = self.resolver.entities[self.mentions[whose].entity].country;
            if country.is_some() && self.mentions[whose].entity != actor.entity {
                self.resolver.entities[actor.entity].country = country;
            }
        }
    }

    /// The body behind a document that a relative clause goes on with: "adopted Resolution 2249, which condemned".
    pub(super) fn issuer_before(&self, sentence: Sentence, relative: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = relative.checked_sub(1)?;
        while p > sentence.first && matches!(doc.kind(p), Kind::Comma | Kind::Number) {
            p -= 1;
        }
        let document = p > sentence.first && doc.flags(p) & flag::SETTING != 0;
        if !document {
            return None;
        }
        self.issuer(sentence, p).or_else(|| self.last_subject(sentence, p, 1)).filter(|&m| self.eligible(m))
    }

    /// "The blast, for which the group has claimed responsibility": the words before the relative clause are what its
    /// verb is about, as far as a report of the sentence has told them.
    pub(super) fn relative_matter(&self, index: usize, trigger: &Trigger, subject: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let relative = self.mentions[subject].first.checked_sub(1)?;
        let preposition = relative.checked_sub(1)?;
        let governed = self.at[relative] == usize::MAX
            && doc.flags(relative) & flag::RELATIVE != 0
            && doc.kind(preposition) == Kind::Word
            && trigger
                .slots
                .iter()
                .any(|s| s.content && matches!(&s.marker, Marker::Preposition(w) if w == doc.norm(preposition)));
        if !governed {
            return None;
        }
        let told = self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.sentence + 8 >= index)
            .filter(|d| d.kind == EventType::Statement)
            .flat_map(|d| &d.content)
            .filter(|&&(a, b)| a < preposition && preposition <= b)
            .map(|c| c.0)
            .max()?;
        let sentence = doc.sentence(preposition);
        let mut first = told.max(sentence.first);
        // In the words of a speaker the matter is the object of his own verb.
        if told < sentence.first || self.own_voice(first) {
            let verb = (first..preposition).find(|&p| self.performs(p).is_some())?;
            first = self.performs(verb)?.1 + 1;
        }
        let last = self.trim(first, preposition - 1);
        (first <= last).then_some((first, last))
    }

    /// A trigger that is an adjective behind "be".
    pub(super) fn adjectival(&self, trigger: &Trigger) -> bool {
        trigger.perfect == Perfect::Be && !self.lexicon.spec.grammar.compound_past
    }

    /// Whether the text is a statement of this speaker: it is his in the first person, or its headline calls it one.
    pub(super) fn declares(&self, speaker: usize) -> bool {
        let entity = self.mentions[speaker].entity;
        self.author.is_some_and(|a| self.mentions[a].entity == entity)
            || (self.is_body(speaker) || self.mentions[speaker].kind == ActorKind::Group)
                && (0..self.doc.body).any(|p| self.doc.flags(p) & flag::SETTING != 0)
    }
}

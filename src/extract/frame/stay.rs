//! Headlines that tell a visit without a verb: somebody is in a capital that is not his own.

use super::*;

impl Engine<'_, '_> {
    /// "وزير الخارجية الهولندي في بغداد لبحث التعاون": a headline that says where somebody is.
    pub(super) fn stay(&mut self, index: usize, sentence: Sentence) {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case || sentence.first >= doc.body {
            return;
        }
        let Some(number) = self.rules.iter().position(|r| r.subject == Subject::Located) else { return };
        let Some(first) = (sentence.first..=sentence.last).find(|&p| doc.kind(p) == Kind::Word) else { return };
        let Some(visitor) = self.starting(first).filter(|&m| self.eligible(m)) else { return };
        let m = &self.mentions[visitor];
        let official = m.kind == ActorKind::Person && (m.name.is_some() || m.title.is_some());
        if !official && m.kind != ActorKind::Group || m.entity == usize::MAX {
            return;
        }
        let hit = Hit { first: m.last + 1, last: m.last + 1, trigger: 0, form: Form::Noun, clitics: 0 };
        let mut draft = self.blank(EventType::Visit, number, hit, index, self.rules[number].confidence);
        draft.cameo = 42;
        self.push_actor(&mut draft, Role::Visitor, visitor, None);
        self.coordinate(&mut draft, Role::Visitor, visitor, sentence);
        let at = self.actors_end(&draft, m.last, sentence) + 1;
        let Some(place) = self.starting(at + 1) else { return };
        let p = &self.mentions[place];
        if self.at[at] != usize::MAX
            || !grammar.at.iter().any(|w| w == doc.norm(at))
            || p.kind != ActorKind::Country
            || p.clitics & (clitic::CONJUNCTION | clitic::PREPOSITION) != 0
            || !self.abroad(visitor, p.country)
        {
            return;
        }
        let (place_last, next) = (p.last, p.last + 1);
        if !self.only_says_where(next, sentence) {
            return;
        }
        draft.triggers = vec![(at, place_last)];
        self.push_host(&mut draft, Role::Host, place, sentence);
        if draft.place.is_none() && !draft.actors.iter().any(|a| a.role == Role::Host) {
            return;
        }
        let hit = Hit { first: at, last: place_last, ..hit };
        draft.told = false;
        // "غدا في باريس": only what follows says that it is still to come.
        (draft.modality, draft.told) = self.modality_of(hit, sentence, None);
        if !draft.told {
            draft.modality = Modality::Ongoing;
        }
        if let Some(matter) = (next..=sentence.last.min(next + 4)).find_map(|p| self.journey_aim(p)) {
            draft.content.extend(self.matter(matter, sentence));
        }
        self.when_and_where(&mut draft, sentence, hit, at);
        self.accept(draft);
    }

    /// Whether somebody is known to be of another country, or of none.
    fn abroad(&self, visitor: usize, country: Option<u16>) -> bool {
        let entity = &self.resolver.entities[self.mentions[visitor].entity];
        country.is_some() && entity.country != country && (entity.country.is_some() || entity.world)
    }

    /// Whether a headline says nothing after the place but when and to what end.
    fn only_says_where(&self, next: usize, sentence: Sentence) -> bool {
        let doc = self.doc;
        if next > sentence.last || matches!(doc.kind(next), Kind::Stop | Kind::Break | Kind::Comma) {
            return true;
        }
        let timed = flag::TIME_WORD | flag::WEEKDAY | flag::MONTH;
        doc.kind(next) == Kind::Word
            && (self.journey_aim(next).is_some()
                || doc.longest(next, timed).is_some()
                || self.lexicon.spec.grammar.eve.iter().any(|w| w == doc.norm(next)))
    }
}

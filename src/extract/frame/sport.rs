//! News of sport: its teams "meet" and its players "travel" in the words of diplomacy.

use super::*;

/// A sentence with this many words of sport tells of sport.
const IN_SENTENCE: u16 = 2;

/// An article does with this many, and one in so many tokens.
const IN_ARTICLE: usize = 4;
const ONE_IN: usize = 45;

impl Engine<'_, '_> {
    /// Counts the words of sport, sentence by sentence, before anything is read.
    pub(super) fn count_sport(&mut self) {
        let doc = self.doc;
        self.sport = vec![0; doc.sentences.len()];
        let mut all = 0;
        for (sentence, count) in doc.sentences.iter().zip(&mut self.sport) {
            let mut next = sentence.first;
            for p in sentence.first..=sentence.last {
                let here = doc.matches_at(p).iter().filter(|x| x.meaning == Meaning::Sport).map(Match::last).max();
                if let Some(last) = here.filter(|_| p >= next) {
                    *count = count.saturating_add(1);
                    next = last + 1;
                }
            }
            all += usize::from(*count);
        }
        self.sporting = all >= IN_ARTICLE && all * ONE_IN >= doc.len();
    }

    /// Whether a meeting or visit is one of sportspeople: told in the words of sport, and not by states and holders of
    /// political offices alone. Two states by themselves are two teams there.
    pub(super) fn of_sport(&self, draft: &Draft) -> bool {
        if draft.kind == EventType::Statement {
            return false;
        }
        let here = self.sport.get(draft.sentence).copied().unwrap_or(0);
        if here < IN_SENTENCE && !self.sporting {
            return false;
        }
        let official = |a: &Actor| {
            let entity = &self.resolver.entities[a.entity];
            // One word ("president", "secretary") is what clubs call theirs as well.
            let titled = entity.title.as_ref().is_some_and(|(words, index)| {
                let title = &self.lexicon.titles[*index as usize];
                !title.office.is_empty()
                    && (title.class == TitleClass::Royal || title.class == TitleClass::Official && words.contains(' '))
            });
            entity.kind == ActorKind::Person && (entity.person.is_some() || titled)
        };
        let state = |a: &Actor| self.resolver.entities[a.entity].kind == ActorKind::Country;
        !(draft.actors.iter().any(official) && draft.actors.iter().all(|a| official(a) || state(a)))
    }
}

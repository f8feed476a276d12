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
        // Longer phrases stand before shorter ones of their first token, which tell nothing more.
        let (mut sentence, mut next) = (usize::MAX, 0);
        for x in doc.matches.iter().filter(|x| x.meaning == Meaning::Sport) {
            let own = doc.sentence_of[x.start as usize] as usize;
            if own != sentence {
                (sentence, next) = (own, 0);
            }
            if x.start as usize >= next {
                self.sport[own] = self.sport[own].saturating_add(1);
                next = x.last() + 1;
            }
        }
        let all: usize = self.sport.iter().map(|&count| usize::from(count)).sum();
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

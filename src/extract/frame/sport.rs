//! News of sport: its teams "meet" and its players "travel" in the words of diplomacy.

use super::*;

/// A sentence with this many words of sport tells of sport.
const IN_SENTENCE: u16 = 2;

/// An article does with this many, and one in so many tokens.
const IN_ARTICLE: usize = 4;
const ONE_IN: usize = 45;

/// A short article does with fewer that stand closer.
const IN_SHORT: usize = 3;
const DENSE: usize = 25;

impl Engine<'_, '_> {
    /// Counts the words of sport, sentence by sentence, before anything is read.
    pub(super) fn count_sport(&mut self) {
        let doc = self.doc;
        self.sport = vec![0; doc.sentences.len()];
        // Longer phrases stand before shorter ones of their first token, which tell nothing more.
        let (mut sentence, mut next) = (usize::MAX, 0);
        for x in doc.matches.iter().filter(|x| matches!(x.meaning, Meaning::Sport)) {
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
        self.dense = all >= IN_SHORT && all * DENSE >= doc.len();
    }

    /// Whether a meeting or visit is one of sportspeople: told in the words of sport, and not by states and holders of
    /// political offices alone. Two states by themselves are two teams there.
    pub(super) fn of_sport(&self, draft: &Draft) -> bool {
        if draft.kind == EventType::Statement {
            return self.said_of_sport(draft);
        }
        let here = self.sport.get(draft.sentence).copied().unwrap_or(0);
        if here < IN_SENTENCE && !self.sporting {
            return false;
        }
        let official = |a: &Actor| {
            let entity = &self.resolver.entities[a.entity];
            entity.kind == ActorKind::Person
                && (entity.person.is_some()
                    || self.political_office(a, &[TitleClass::Royal, TitleClass::Official]).is_some())
        };
        let state = |a: &Actor| self.resolver.entities[a.entity].kind == ActorKind::Country;
        !(draft.actors.iter().any(official) && draft.actors.iter().all(|a| official(a) || state(a)))
    }

    /// The office of somebody whose title is of one of these classes. One word ("president", "secretary") is what clubs call
    /// theirs as well.
    fn political_office(&self, actor: &Actor, classes: &[TitleClass]) -> Option<&str> {
        let (words, index) = self.resolver.entities[actor.entity].title.as_ref()?;
        let title = &self.lexicon.titles[*index as usize];
        let said = title.class == TitleClass::Royal || words.contains(' ');
        (said && classes.contains(&title.class)).then_some(title.office.as_str()).filter(|office| !office.is_empty())
    }

    /// Whether a statement in news of sport is that of a club, player, federation or its spokesman: a state speaks there, and
    /// the holder of a political office.
    fn said_of_sport(&self, draft: &Draft) -> bool {
        let here = self.sport.get(draft.sentence).copied().unwrap_or(0);
        let sporting = self.sporting || self.dense;
        if self.lexicon.spec.grammar.has_case || here < IN_SENTENCE && !sporting {
            return false;
        }
        let Some(speaker) = draft.actors.first() else { return false };
        let entity = &self.resolver.entities[speaker.entity];
        // Where only the sentence tells of sport a body or group may be any.
        let office = || self.political_office(speaker, &[TitleClass::Official]).is_some_and(|o| o != "SPOKESPERSON");
        match entity.kind {
            ActorKind::Country => false,
            ActorKind::Person => sporting && !office(),
            ActorKind::Organization => {
                let article = self.lexicon.spec.clitics.article.as_str();
                let head = self.doc.norm(self.mentions[speaker.mention].first);
                let bare = head.strip_prefix(article).unwrap_or(head);
                let clubs = self.lexicon.spec.words.get("clubs");
                sporting && clubs.is_some_and(|list| list.iter().any(|w| w == bare))
            }
            ActorKind::Group => sporting,
        }
    }
}

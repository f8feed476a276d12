//! Whether an event happened, by what stands around it: the journey that it is the purpose of, its date, a duration.

use super::*;
use crate::extract::time::Direction;

impl Engine<'_, '_> {
    /// Corrects the modality of a meeting or journey whose own words leave it open; in languages where the future is no
    /// form. `anchor` is where its verb begins.
    pub(super) fn weigh_circumstances(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, anchor: usize) {
        if self.lexicon.spec.grammar.has_case || hit.first < self.doc.body {
            return;
        }
        if let Some(modality) = self.as_purpose(draft, sentence, hit) {
            draft.modality = modality;
            draft.told = true;
            return;
        }
        let by_form = hit.form == Form::Present && hit.clitics & clitic::FUTURE == 0;
        if by_form && draft.modality == Modality::Planned {
            if self.first_of_all(sentence, hit.first).is_some() {
                // Where the journey itself is told the words only repeat it.
                draft.modality = Modality::Occurred;
                draft.told = false;
            } else if self.since_behind(sentence, hit.last) {
                draft.modality = Modality::Ongoing;
            }
        }
        self.settle_by_date(draft, hit, anchor);
    }

    /// "توجه إلى بيروت لإجراء مشاورات", "متوجها إلى باريس للقاء نظيره": what a journey is made for comes after it.
    fn as_purpose(&self, draft: &Draft, sentence: Sentence, hit: Hit) -> Option<Modality> {
        let doc = self.doc;
        let bound = |p: usize| self.has_dative(p) && self.at[p] == usize::MAX;
        if draft.kind != EventType::Meeting || hit.form != Form::Noun || draft.modality == Modality::Negated {
            return None;
        }
        // Its own preposition, or that of the noun which takes it: "لإجراء مشاورات", "لمواصلة مشاوراته".
        let aim = |p: usize| doc.matches_at(p).iter().any(|x| x.flags & AIM == AIM);
        let head = if bound(hit.first) {
            hit.first
        } else {
            hit.first.checked_sub(1).filter(|&p| p > sentence.first && bound(p) && aim(p))?
        };
        let journey = self.drafts.iter().rev().take_while(|d| d.sentence == draft.sentence).find(|d| {
            d.kind == EventType::Visit
                && !d.anaphoric
                && d.triggers[0].0 < head
                && d.actors.iter().any(|a| a.role == Role::Visitor && draft.actors.iter().any(|b| b.entity == a.entity))
        })?;
        // Nothing else is told between them.
        let from = journey.triggers[0].1 + 1;
        let other = (from..head).any(|p| self.tells(p) || doc.kind(p) == Kind::Semicolon || self.starts_report(p));
        if other || journey.manner == "host" || journey.manner == "return" {
            return None;
        }
        Some(if journey.modality == Modality::Occurred { Modality::Planned } else { journey.modality })
            .filter(|&m| m != Modality::Ongoing)
    }

    /// "أول وزير يزور العاصمة منذ عقد": what somebody is the first or last to do he has done.
    /// Returns where the words that say so begin.
    pub(super) fn first_of_all(&self, sentence: Sentence, verb: usize) -> Option<usize> {
        let doc = self.doc;
        let future = |p: usize| doc.words[p].clitics() & clitic::FUTURE != 0;
        let rank = (sentence.first..verb)
            .rev()
            .take(9)
            .take_while(|&p| doc.kind(p) == Kind::Word && !self.tells(p))
            .find(|&p| self.listed("rankings", p))?;
        (!(rank.saturating_sub(3).max(sentence.first)..rank).any(future)).then_some(rank)
    }

    /// "الوزير، أول مسؤول يزور", "الوزير الذي كان أول من يزور": who is told to be the first, right before it.
    pub(super) fn first_of_whom(&self, sentence: Sentence, verb: usize) -> Option<usize> {
        let doc = self.doc;
        let mut p = self.first_of_all(sentence, verb)?.checked_sub(1)?;
        let between = flag::PRONOUN | flag::AUXILIARY | flag::RELATIVE;
        let mut steps = 0;
        while p > sentence.first
            && steps < 3
            && self.at[p] == usize::MAX
            && (doc.kind(p) == Kind::Comma || doc.flags(p) & between != 0)
        {
            p -= 1;
            steps += 1;
        }
        let found = self.ending(p).filter(|_| steps > 0)?;
        let m = &self.mentions[found];
        (m.kind == ActorKind::Person && !m.plural && self.eligible(found)).then_some(found)
    }

    /// "يتفاوضان منذ أسابيع": what somebody does since then is going on.
    pub(super) fn since_behind(&self, sentence: Sentence, verb: usize) -> bool {
        let doc = self.doc;
        (verb + 1..=(verb + 14).min(sentence.last))
            .take_while(|&p| {
                !matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Comma | Kind::Semicolon | Kind::Colon)
            })
            .take_while(|&p| !self.tells(p))
            .any(|p| self.at[p] == usize::MAX && self.listed("since", p))
    }

    /// "خلال زيارته الأسبوع الماضي", "لقاء يعقد غدا": where only the words around say so, the date knows better.
    fn settle_by_date(&self, draft: &mut Draft, hit: Hit, anchor: usize) {
        let Some(time) = &draft.time else { return };
        let since = time.first > 0 && self.listed("since", time.first - 1);
        let open = match hit.form {
            Form::Noun => anchor == hit.first,
            Form::Present => hit.clitics & clitic::FUTURE == 0,
            _ => false,
        };
        if !open || since {
            return;
        }
        // "الزيارة التي كانت مقررة أمس": its own adjective says that it was a plan.
        let own = |modality: Modality| {
            (hit.last + 1..(hit.last + 10).min(self.doc.len())).any(|p| {
                self.doc
                    .matches_at(p)
                    .iter()
                    .any(|x| matches!(x.meaning, Meaning::Modality { modality: m, after: true } if m == modality))
            })
        };
        match (side(&time.kind), draft.modality) {
            (Some(Direction::Last), Modality::Planned) if !own(Modality::Planned) => {
                draft.modality = Modality::Occurred;
                draft.told = true;
            }
            (Some(Direction::Next), Modality::Occurred | Modality::Ongoing)
                if hit.form == Form::Noun && !(draft.told && draft.modality == Modality::Occurred) =>
            {
                draft.modality = Modality::Planned;
                draft.told = true;
            }
            _ => {}
        }
    }
}

/// On which side of the day of writing an expression lies, where its own words say so.
fn side(reading: &Reading) -> Option<Direction> {
    match reading {
        Reading::Offset(days) => match days {
            ..0 => Some(Direction::Last),
            0 => None,
            _ => Some(Direction::Next),
        },
        Reading::Weekday { offset: Some(days), .. } => side(&Reading::Offset(*days)),
        Reading::Weekday { direction, .. } | Reading::Date { direction, .. } | Reading::Lunar { direction, .. } => {
            direction.filter(|d| *d != Direction::This)
        }
        Reading::Unit { direction, .. } | Reading::DayOfMonth { direction, .. } | Reading::OfYear { direction, .. } => {
            Some(*direction).filter(|d| *d != Direction::This)
        }
        Reading::Ago { .. } => Some(Direction::Last),
        Reading::Part { of, .. } => side(of),
        // "اليوم وغدا" is not over.
        Reading::Between(bounds) => side(&bounds.1),
        Reading::Year(_) => None,
    }
}

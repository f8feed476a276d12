//! Which offset may be committed: pure bookkeeping for one partition during one assignment.
//!
//! The rule is kept by a list, not by arithmetic, because offsets have gaps (compaction, transaction markers): the
//! position is the offset of the first record in order of arrival that is not finished, or one past the last finished
//! record when none is open.

use std::collections::VecDeque;

/// The place of a record in its partition's order of arrival, counted from 0 within one assignment.
pub type Sequence = u64;

struct Slot<T> {
    offset: i64,
    /// `None` once the record is finished.
    open: Option<T>,
}

/// The records of one partition from arrival until they are finished, with a state `T` for each open one.
pub struct OffsetTracker<T> {
    /// The sequence number of the first slot. Every record before it is finished.
    base: Sequence,
    /// The first slot is always open.
    slots: VecDeque<Slot<T>>,
    open: usize,
    /// One past the last record of the finished prefix; `None` until there is one.
    after_prefix: Option<i64>,
    /// The offset of the first record that was discarded: unfinished for good.
    discarded: Option<i64>,
}

impl<T> Default for OffsetTracker<T> {
    fn default() -> Self {
        Self { base: 0, slots: VecDeque::new(), open: 0, after_prefix: None, discarded: None }
    }
}

impl<T> OffsetTracker<T> {
    /// Enters a record that has just arrived.
    pub fn admit(&mut self, offset: i64, state: T) -> Sequence {
        self.slots.push_back(Slot { offset, open: Some(state) });
        self.open += 1;
        self.end() - 1
    }

    /// The state and offset of an open record; `None` when it is finished or was never admitted.
    pub fn get_mut(&mut self, sequence: Sequence) -> Option<(i64, &mut T)> {
        let index = usize::try_from(sequence.checked_sub(self.base)?).ok()?;
        let slot = self.slots.get_mut(index)?;
        let offset = slot.offset;
        slot.open.as_mut().map(|state| (offset, state))
    }

    /// Marks a record as finished and hands its state back; `None` when it was not open.
    pub fn finish(&mut self, sequence: Sequence) -> Option<T> {
        let index = usize::try_from(sequence.checked_sub(self.base)?).ok()?;
        let state = self.slots.get_mut(index)?.open.take()?;
        self.open -= 1;
        while let Some(slot) = self.slots.front() {
            if slot.open.is_some() {
                break;
            }
            self.after_prefix = Some(slot.offset + 1);
            self.slots.pop_front();
            self.base += 1;
        }
        Some(state)
    }

    /// Forgets every record from `sequence` on, none of which anybody may have begun to work on. The position then
    /// never moves past the first of them. Hands back the states of those that were open.
    pub fn discard_from(&mut self, sequence: Sequence) -> impl Iterator<Item = T> + use<T> {
        let keep = usize::try_from(sequence.saturating_sub(self.base)).unwrap_or(usize::MAX).min(self.slots.len());
        self.discarded = self.slots.get(keep).map(|slot| slot.offset).or(self.discarded);
        let discarded: Vec<T> = self.slots.drain(keep..).filter_map(|slot| slot.open).collect();
        self.open -= discarded.len();
        discarded.into_iter()
    }

    /// The offset to commit: that of the first unfinished record. `None` as long as nothing is finished, when there is
    /// nothing to say that the group does not know.
    pub fn position(&self) -> Option<i64> {
        let after_prefix = self.after_prefix?;
        Some(self.slots.front().map(|slot| slot.offset).or(self.discarded).unwrap_or(after_prefix))
    }

    /// The offset of the first unfinished record, if there is one.
    pub fn first_unfinished(&self) -> Option<i64> {
        self.slots.front().map(|slot| slot.offset)
    }

    /// The state of the first unfinished record.
    pub fn first(&self) -> Option<&T> {
        self.slots.front().and_then(|slot| slot.open.as_ref())
    }

    /// The sequence number of the first record that is not in the finished prefix.
    pub fn base(&self) -> Sequence {
        self.base
    }

    /// The sequence number that the next record will get.
    pub fn end(&self) -> Sequence {
        self.base + self.slots.len() as u64
    }

    /// How many records are open.
    pub fn open(&self) -> usize {
        self.open
    }

    /// The states of all open records, in order of arrival; the tracker is empty afterwards.
    pub fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        self.discard_from(self.base)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tracker(offsets: &[i64]) -> OffsetTracker<()> {
        let mut tracker = OffsetTracker::default();
        for offset in offsets {
            tracker.admit(*offset, ());
        }
        tracker
    }

    #[test]
    fn nothing_is_committed_before_something_is_finished() {
        assert_eq!(tracker(&[]).position(), None);
        assert_eq!(tracker(&[7, 8]).position(), None);
    }

    #[test]
    fn a_later_success_never_passes_an_unfinished_record() {
        let mut tracker = tracker(&[10, 11, 12]);
        assert!(tracker.finish(2).is_some());
        assert_eq!(tracker.position(), None);
        assert!(tracker.finish(0).is_some());
        assert_eq!(tracker.position(), Some(11));
        assert!(tracker.finish(1).is_some());
        assert_eq!(tracker.position(), Some(13));
    }

    #[test]
    fn gaps_in_offsets_are_stepped_over() {
        let mut tracker = tracker(&[3, 90, 1000]);
        tracker.finish(0);
        assert_eq!(tracker.position(), Some(90));
        tracker.finish(1);
        tracker.finish(2);
        assert_eq!(tracker.position(), Some(1001));
    }

    #[test]
    fn finishing_twice_or_something_unknown_changes_nothing() {
        let mut tracker = tracker(&[1, 2]);
        assert!(tracker.finish(0).is_some());
        assert!(tracker.finish(0).is_none());
        assert!(tracker.finish(9).is_none());
        assert_eq!((tracker.position(), tracker.open()), (Some(2), 1));
    }

    #[test]
    fn discarded_records_hold_the_position_back() {
        let mut tracker = tracker(&[1, 2, 3, 4]);
        tracker.finish(0);
        assert_eq!(tracker.discard_from(2).count(), 2);
        tracker.finish(1);
        assert_eq!((tracker.position(), tracker.open()), (Some(3), 0));
    }

    proptest! {
        /// Against a model that looks at the whole history: whatever the order of finishing and wherever the tail is
        /// cut off, the position is the offset of the first admitted record that is not finished.
        #[test]
        fn the_position_is_the_first_unfinished_record(
            gaps in prop::collection::vec(1i64..5, 1..60),
            order in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..120),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut offset = 100;
            let mut offsets = Vec::new();
            for gap in gaps {
                offset += gap;
                offsets.push(offset);
            }
            let mut tracker = OffsetTracker::default();
            let mut admitted = 0;
            let mut finished = vec![false; offsets.len()];
            for (index, admit) in order {
                if admit && admitted < offsets.len() {
                    prop_assert_eq!(tracker.admit(offsets[admitted], admitted), admitted as u64);
                    admitted += 1;
                } else if admitted > 0 {
                    let at = index.index(admitted);
                    prop_assert_eq!(tracker.finish(at as u64).is_some(), !finished[at]);
                    finished[at] = true;
                }
                let first = (0..admitted).find(|at| !finished[*at]);
                prop_assert_eq!(tracker.first_unfinished(), first.map(|at| offsets[at]));
                let expected = match first {
                    Some(0) => None,
                    Some(at) => Some(offsets[at]),
                    None => admitted.checked_sub(1).map(|last| offsets[last] + 1),
                };
                prop_assert_eq!(tracker.position(), expected);
                prop_assert_eq!(tracker.open(), finished[..admitted].iter().filter(|done| !**done).count());
            }
            // Only what nobody has begun is ever discarded, so the cut lies behind everything that is finished.
            let begun = (0..admitted).rev().find(|at| finished[*at]).map_or(0, |at| at + 1);
            let cut = begun + cut.index(admitted - begun + 1);
            let before = tracker.position();
            let discarded: Vec<usize> = tracker.discard_from(cut as u64).collect();
            prop_assert_eq!(discarded, (cut..admitted).collect::<Vec<_>>());
            for at in 0..cut {
                tracker.finish(at as u64);
            }
            // Everything that was kept is finished now: the first unfinished record is the first that was cut off.
            let last = cut.checked_sub(1).map(|last| offsets[last] + 1);
            prop_assert_eq!(tracker.position(), last.map(|last| if cut < admitted { offsets[cut] } else { last }));
            prop_assert!(tracker.position() >= before);
            prop_assert_eq!(tracker.open(), 0);
        }
    }
}

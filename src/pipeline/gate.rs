//! The budget of records and bytes that the process may hold.
//!
//! The source asks for room before it takes another record; the coordinator gives room back as records are finished.
//! A record is let in while there is any room at all, so that one larger than the whole budget passes too: the budget
//! is exceeded by at most one record per partition, and by the events of the records inside.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::port::Epoch;

/// What is inside at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub records: usize,
    pub bytes: usize,
}

impl Load {
    fn add(&mut self, other: Load) {
        self.records += other.records;
        self.bytes += other.bytes;
    }

    fn subtract(&mut self, other: Load) {
        self.records = self.records.saturating_sub(other.records);
        self.bytes = self.bytes.saturating_sub(other.bytes);
    }

    fn fits(&self, limit: Load) -> bool {
        self.records < limit.records && self.bytes < limit.bytes
    }
}

/// Whether another record may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Yes,
    /// This partition holds its share; the others may go on.
    PartitionFull,
    /// Nothing may be taken from anywhere.
    Full,
}

#[derive(Default)]
struct State {
    total: Load,
    partitions: FxHashMap<Epoch, Load>,
    closed: bool,
}

/// The budget, shared by the source's thread and the coordinator.
pub struct Gate {
    limit: Load,
    state: Mutex<State>,
    room: Condvar,
}

impl Gate {
    pub fn new(max_records: usize, max_bytes: usize) -> Self {
        Self {
            limit: Load { records: max_records.max(1), bytes: max_bytes.max(1) },
            state: Mutex::default(),
            room: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a partition in; with others beside it, it may hold half of the budget, so that one stalled partition
    /// cannot starve the rest.
    pub fn open(&self, epoch: Epoch) {
        self.state().partitions.insert(epoch, Load::default());
    }

    /// Counts a partition out, with all that it still holds.
    pub fn close(&self, epoch: Epoch) {
        let mut state = self.state();
        if let Some(load) = state.partitions.remove(&epoch) {
            state.total.subtract(load);
        }
        self.room.notify_all();
    }

    /// Enters a record of `bytes`, or (records 0) the output of one. Nothing happens when the partition is closed.
    pub fn enter(&self, epoch: Epoch, load: Load) {
        let mut state = self.state();
        if let Some(partition) = state.partitions.get_mut(&epoch) {
            partition.add(load);
            state.total.add(load);
        }
    }

    /// Gives room back. Nothing happens when the partition is closed: closing gave everything back.
    pub fn leave(&self, epoch: Epoch, load: Load) {
        let mut state = self.state();
        if let Some(partition) = state.partitions.get_mut(&epoch) {
            partition.subtract(load);
            state.total.subtract(load);
            // Waiters want the low mark; waking them for every record would cost a context switch each.
            if state.total.fits(self.low(self.limit)) {
                self.room.notify_all();
            }
        }
    }

    /// Wakes every waiter for good.
    pub fn close_all(&self) {
        self.state().closed = true;
        self.room.notify_all();
    }

    /// Whether a record of the partition may be taken now.
    pub fn room(&self, epoch: Epoch) -> Room {
        self.check(&self.state(), epoch, |limit| limit)
    }

    /// Whether the partition has fallen below the low mark of its share and the process below that of the budget.
    pub fn below_low_mark(&self, epoch: Epoch) -> bool {
        self.check(&self.state(), epoch, |limit| self.low(limit)) == Room::Yes
    }

    /// Waits until the low mark is reached, but at most for `patience`, and says whether there is any room then.
    pub fn wait(&self, epoch: Epoch, patience: Duration) -> Room {
        let deadline = Instant::now() + patience;
        let mut state = self.state();
        loop {
            let room = self.check(&state, epoch, |limit| self.low(limit));
            let left = deadline.saturating_duration_since(Instant::now());
            if room == Room::Yes {
                return room;
            }
            if state.closed || left.is_zero() {
                return self.check(&state, epoch, |limit| limit);
            }
            state = self.room.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What the process holds.
    pub fn load(&self) -> Load {
        self.state().total
    }

    fn check(&self, state: &State, epoch: Epoch, mark: impl Fn(Load) -> Load) -> Room {
        if !state.total.fits(mark(self.limit)) {
            return Room::Full;
        }
        let share = match state.partitions.len() {
            0 | 1 => self.limit,
            _ => Load { records: (self.limit.records / 2).max(1), bytes: (self.limit.bytes / 2).max(1) },
        };
        match state.partitions.get(&epoch) {
            Some(load) if !load.fits(mark(share)) => Room::PartitionFull,
            _ => Room::Yes,
        }
    }

    /// Seven eighths: low enough that the source works in bursts, high enough that the workers never run dry.
    fn low(&self, limit: Load) -> Load {
        Load { records: (limit.records - limit.records / 8).max(1), bytes: (limit.bytes - limit.bytes / 8).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(bytes: usize) -> Load {
        Load { records: 1, bytes }
    }

    #[test]
    fn a_record_larger_than_the_budget_is_let_in_alone() {
        let gate = Gate::new(10, 100);
        gate.open(1);
        assert_eq!(gate.room(1), Room::Yes);
        gate.enter(1, one(1000));
        assert_eq!(gate.room(1), Room::Full);
        gate.leave(1, one(1000));
        assert_eq!(gate.room(1), Room::Yes);
    }

    #[test]
    fn a_partition_beside_others_holds_at_most_half() {
        let gate = Gate::new(4, 1 << 20);
        gate.open(1);
        gate.open(2);
        gate.enter(1, one(1));
        assert_eq!(gate.room(1), Room::Yes);
        gate.enter(1, one(1));
        assert_eq!((gate.room(1), gate.room(2)), (Room::PartitionFull, Room::Yes));
        gate.close(2);
        assert_eq!(gate.room(1), Room::Yes);
    }

    #[test]
    fn closing_a_partition_gives_back_all_it_held_and_late_returns_change_nothing() {
        let gate = Gate::new(4, 1 << 20);
        gate.open(1);
        gate.enter(1, one(10));
        gate.enter(1, Load { records: 0, bytes: 5 });
        assert_eq!(gate.load(), Load { records: 1, bytes: 15 });
        gate.close(1);
        gate.leave(1, one(10));
        gate.enter(1, one(10));
        assert_eq!(gate.load(), Load::default());
    }

    #[test]
    fn waiting_ends_when_room_is_given_back() {
        let gate = std::sync::Arc::new(Gate::new(2, 1 << 20));
        gate.open(1);
        gate.enter(1, one(1));
        gate.enter(1, one(1));
        assert_eq!(gate.wait(1, Duration::from_millis(1)), Room::Full);
        assert!(!gate.below_low_mark(1));
        let waiter = {
            let gate = gate.clone();
            std::thread::spawn(move || gate.wait(1, Duration::from_secs(30)))
        };
        gate.leave(1, one(1));
        assert_eq!(waiter.join().ok(), Some(Room::Yes));
    }
}

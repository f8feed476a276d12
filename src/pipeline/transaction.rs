//! Where the coordinator stands with a transactional sink: pure bookkeeping of one transaction after another.
//!
//! ```text
//!   Waiting ──begun──▶ Open ──interval over, or a drain waits──▶ Closing ──all fates known──▶ Waiting
//!      ▲                 │                                           │                          │
//!      │                 └──────────────── abort ────────────────────┘                          │
//!      └──── (Waiting) ◀────────────────────────────────────────────── committed or aborted ────┘
//! ```
//!
//! Articles go into a transaction whole: while it is closing, only those that were begun are sent to their end.

use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::Summary;
use super::port::Epoch;
use super::record::Partition;

/// A transaction is also ended when it holds so many articles, which bounds what is kept until it is committed.
const MAX_ARTICLES: usize = 50_000;

/// After transactions that were given up in a row, nothing is sent for so long, doubled each time.
const FIRST_REST: Duration = Duration::from_millis(100);
const LONGEST_REST: Duration = Duration::from_secs(10);

/// What the sink was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    Begin,
    Commit(Vec<Handed>),
    Abort,
}

/// What a transaction that is being committed says of one assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Handed {
    pub epoch: Epoch,
    pub offset: i64,
    /// How many articles lie between this offset and the one committed before.
    pub articles: u64,
}

#[derive(Debug)]
enum Phase {
    /// Nothing may be sent: the sink has not answered yet.
    Waiting(Awaited),
    Open,
    /// Nothing new may be begun.
    Closing,
}

/// What counts only once the transaction is committed.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Articles are counted here to bound the transaction.
    pub summary: Summary,
    pub produced_bytes: u64,
    /// By class of error.
    pub dead_letters: FxHashMap<&'static str, u64>,
    /// Kafka timestamps of articles with outputs, in milliseconds.
    pub timestamps: Vec<i64>,
}

/// The one transaction that is under way, and what is known from those before it.
pub(super) struct Transaction {
    interval: Duration,
    phase: Phase,
    pub pending: Pending,
    /// When the first article of the open transaction was sent or finished.
    since: Option<Instant>,
    /// When the first article was sent or finished that is in no committed transaction yet.
    uncommitted_since: Option<Instant>,
    /// When the sink was asked for what it has not answered yet.
    asked: Instant,
    aborts_in_a_row: u32,
    rest_until: Option<Instant>,
    /// Articles of which the broker refused an event for its size, with that size: the next time it is not sent.
    oversized: FxHashMap<(Partition, i64), u32>,
}

impl Transaction {
    /// Before the sink has begun the first one.
    pub fn new(interval: Duration, now: Instant) -> Self {
        Self {
            interval,
            phase: Phase::Waiting(Awaited::Begin),
            pending: Pending::default(),
            since: None,
            uncommitted_since: None,
            asked: now,
            aborts_in_a_row: 0,
            rest_until: None,
            oversized: FxHashMap::default(),
        }
    }

    /// Whether an article may be begun.
    pub fn takes_new(&self, now: Instant) -> bool {
        matches!(self.phase, Phase::Open) && self.rest_until.is_none_or(|until| now >= until)
    }

    /// Whether the rest of an article that was begun may be sent.
    pub fn takes_rest(&self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Closing)
    }

    /// To be told when an article was sent or finished.
    pub fn progressed(&mut self, now: Instant) {
        if matches!(self.phase, Phase::Open | Phase::Closing) {
            self.since.get_or_insert(now);
        }
        self.uncommitted_since.get_or_insert(now);
    }

    /// When the coordinator has to look again although nothing is reported.
    pub fn next_look(&self) -> Option<Instant> {
        match self.phase {
            Phase::Open => {
                let end = self.since.map(|since| since + self.interval);
                end.into_iter().chain(self.rest_until).min()
            }
            Phase::Closing | Phase::Waiting(_) => None,
        }
    }

    /// Begins to close the transaction when it is time, or when something `waits` for its end. True while it is
    /// closing.
    pub fn closes(&mut self, now: Instant, waits: bool) -> bool {
        if self.rest_until.is_some_and(|until| now >= until) {
            self.rest_until = None;
        }
        if matches!(self.phase, Phase::Open) {
            let due = self.since.is_some_and(|since| now.saturating_duration_since(since) >= self.interval);
            let full = self.pending.summary.articles >= MAX_ARTICLES as u64;
            if due || full || waits {
                self.phase = Phase::Closing;
            }
        }
        matches!(self.phase, Phase::Closing)
    }

    /// To be called when the sink was asked for something.
    pub fn await_sink(&mut self, awaited: Awaited, now: Instant) {
        self.phase = Phase::Waiting(awaited);
        self.asked = now;
    }

    /// The sink was asked to commit and has not answered.
    pub fn commits(&self, epoch: Epoch) -> bool {
        match &self.phase {
            Phase::Waiting(Awaited::Commit(positions)) => positions.iter().any(|handed| handed.epoch == epoch),
            _ => false,
        }
    }

    /// The sink has answered, and the next transaction is open. Says what it was asked for, and since when the
    /// transaction that is over had been under way.
    pub fn concluded(&mut self, committed: bool, now: Instant) -> (Option<Awaited>, Option<Duration>) {
        let age = self.since.take().map(|since| now.saturating_duration_since(since));
        if committed {
            self.uncommitted_since = None;
            self.aborts_in_a_row = 0;
        }
        match std::mem::replace(&mut self.phase, Phase::Open) {
            Phase::Waiting(awaited) => (Some(awaited), age),
            Phase::Open | Phase::Closing => (None, age),
        }
    }

    /// How long the sink took to answer, until now.
    pub fn asked_for(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.asked)
    }

    /// What was under way is given up: nothing of it counts, and the next one waits a while if this repeats itself.
    pub fn given_up(&mut self, now: Instant) {
        self.pending = Pending::default();
        if self.aborts_in_a_row > 0 {
            let doubled = FIRST_REST.saturating_mul(1 << (self.aborts_in_a_row - 1).min(10));
            self.rest_until = Some(now + doubled.min(LONGEST_REST));
        }
        self.aborts_in_a_row += 1;
    }

    /// For how long something has been waiting to be committed, or the sink to be answered by.
    pub fn stalled_for(&self, now: Instant) -> Duration {
        let waiting = match self.phase {
            Phase::Waiting(_) => Some(self.asked),
            Phase::Open | Phase::Closing => None,
        };
        let oldest = waiting.into_iter().chain(self.uncommitted_since).min();
        oldest.map_or(Duration::ZERO, |oldest| now.saturating_duration_since(oldest))
    }

    /// Remembers that the broker refuses an event of this article for its size.
    pub fn remember_oversized(&mut self, partition: &Partition, offset: i64, bytes: u32) {
        let smallest = self.oversized.entry((partition.clone(), offset)).or_insert(bytes);
        *smallest = bytes.min(*smallest);
    }

    /// The size of the smallest event of the article that the broker has refused.
    pub fn oversized(&self, partition: &Partition, offset: i64) -> Option<u32> {
        if self.oversized.is_empty() {
            return None;
        }
        self.oversized.get(&(partition.clone(), offset)).copied()
    }

    /// Forgets articles before an offset, or all of a partition.
    pub fn forget_oversized(&mut self, partition: &Partition, before: i64) {
        if !self.oversized.is_empty() {
            self.oversized.retain(|(other, offset), _| other != partition || *offset >= before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_millis(100);

    fn open(now: Instant) -> Transaction {
        let mut transaction = Transaction::new(INTERVAL, now);
        assert!(!transaction.takes_new(now) && !transaction.takes_rest());
        assert_eq!(transaction.concluded(false, now).0, Some(Awaited::Begin));
        transaction
    }

    #[test]
    fn it_closes_when_its_interval_is_over_and_counts_from_its_first_article() {
        let start = Instant::now();
        let mut transaction = open(start);
        let later = start + Duration::from_secs(60);
        assert!(!transaction.closes(later, false), "there is nothing in it");
        assert_eq!(transaction.next_look(), None);
        transaction.progressed(later);
        assert_eq!(transaction.next_look(), Some(later + INTERVAL));
        assert!(!transaction.closes(later + INTERVAL / 2, false));
        assert!(transaction.closes(later + INTERVAL, false));
        assert!(!transaction.takes_new(later + INTERVAL));
        assert!(transaction.takes_rest());
    }

    #[test]
    fn a_drain_closes_it_at_once() {
        let now = Instant::now();
        let mut transaction = open(now);
        transaction.progressed(now);
        assert!(transaction.closes(now, true));
    }

    #[test]
    fn nothing_is_sent_while_the_sink_has_not_answered() {
        let now = Instant::now();
        let mut transaction = open(now);
        transaction.progressed(now);
        let handed = Handed { epoch: 7, offset: 3, articles: 1 };
        transaction.await_sink(Awaited::Commit(vec![handed]), now);
        assert!(transaction.commits(7) && !transaction.commits(8));
        assert!(!transaction.takes_new(now) && !transaction.takes_rest());
        let (awaited, age) = transaction.concluded(true, now + INTERVAL);
        assert_eq!((awaited, age), (Some(Awaited::Commit(vec![handed])), Some(INTERVAL)));
        assert!(transaction.takes_new(now));
    }

    #[test]
    fn transactions_given_up_in_a_row_wait_longer_each_time_and_a_commit_ends_that() {
        let now = Instant::now();
        let mut transaction = open(now);
        transaction.given_up(now);
        assert!(transaction.takes_new(now), "the first one is tried again at once");
        for rest in [100, 200, 400] {
            transaction.given_up(now);
            assert!(!transaction.takes_new(now + Duration::from_millis(rest - 1)));
            assert!(transaction.takes_new(now + Duration::from_millis(rest)));
        }
        for _ in 0..30 {
            transaction.given_up(now);
        }
        assert!(transaction.takes_new(now + LONGEST_REST));
        transaction.concluded(true, now);
        transaction.given_up(now + LONGEST_REST);
        assert!(transaction.takes_new(now + LONGEST_REST));
    }

    #[test]
    fn what_is_uncommitted_stays_so_through_aborts() {
        let now = Instant::now();
        let mut transaction = open(now);
        transaction.progressed(now);
        transaction.given_up(now);
        transaction.await_sink(Awaited::Abort, now);
        transaction.concluded(false, now);
        assert_eq!(transaction.stalled_for(now + INTERVAL), INTERVAL);
        transaction.concluded(true, now);
        assert_eq!(transaction.stalled_for(now + INTERVAL), Duration::ZERO);
    }

    #[test]
    fn oversized_events_are_remembered_until_their_article_is_committed() {
        let mut transaction = open(Instant::now());
        let partition = Partition::new("news", 1);
        transaction.remember_oversized(&partition, 5, 900);
        transaction.remember_oversized(&partition, 5, 700);
        assert_eq!(transaction.oversized(&partition, 5), Some(700));
        assert_eq!(transaction.oversized(&partition, 6), None);
        transaction.forget_oversized(&Partition::new("news", 2), 100);
        transaction.forget_oversized(&partition, 5);
        assert_eq!(transaction.oversized(&partition, 5), Some(700));
        transaction.forget_oversized(&partition, 6);
        assert_eq!(transaction.oversized(&partition, 5), None);
    }
}

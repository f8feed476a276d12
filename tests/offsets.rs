//! What may be committed, checked against a model over random histories: gaps in the offsets, articles that finish in any
//! order, acknowledgements that come twice or for an assignment that is over, drains, lost partitions, crashes.
//!
//! 100,000 histories by default; `SAFIR_HISTORIES=1000000 cargo test --release --test offsets` for more.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use safir::pipeline::{OffsetTracker, Sequence};

/// One thing that happens to a partition. Indexes choose among what there is.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The next record of the log arrives at the present owner.
    Read,
    /// Everything made from an article is acknowledged.
    Finish(u8),
    /// The same for the assignment before this one: too late.
    FinishLate(u8),
    /// The owner's position is committed.
    Commit,
    /// The owner gives the partition up in order: what nobody has begun is left, the rest may still be finished.
    Drain { begun: u8, finished: u8 },
    /// The group takes the partition away, or the owner crashes: nothing more is committed for it.
    Lose,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Read),
        6 => any::<u8>().prop_map(Step::Finish),
        1 => any::<u8>().prop_map(Step::FinishLate),
        2 => Just(Step::Commit),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(begun, finished)| Step::Drain { begun, finished }),
        1 => Just(Step::Lose),
    ]
}

/// One assignment as the pipeline has it, and what a simple model knows of it.
#[derive(Default)]
struct Assignment {
    tracker: OffsetTracker<usize>,
    /// Places in the log, in order of arrival.
    admitted: Vec<usize>,
    finished: BTreeSet<usize>,
    /// Admitted articles from here on were discarded.
    cut: Option<usize>,
}

impl Assignment {
    fn read(&mut self, log: &[i64], next: usize) {
        let sequence = self.tracker.admit(log[next], self.admitted.len());
        assert_eq!(sequence, self.admitted.len() as Sequence);
        self.admitted.push(next);
    }

    fn open(&self) -> Vec<usize> {
        let kept = 0..self.cut.unwrap_or(self.admitted.len());
        kept.filter(|at| !self.finished.contains(at)).collect()
    }

    fn finish(&mut self, at: usize) {
        let open = at < self.cut.unwrap_or(self.admitted.len()) && !self.finished.contains(&at);
        assert_eq!(self.tracker.finish(at as Sequence).is_some(), open, "an article is finished once");
        if open {
            self.finished.insert(at);
        }
    }

    /// The offset of the first admitted article that is not finished, by looking at all of them.
    fn expected(&self, log: &[i64]) -> Option<i64> {
        let first = (0..self.admitted.len()).find(|at| !self.finished.contains(at));
        match first {
            Some(0) => None,
            Some(at) => Some(log[self.admitted[at]]),
            None => self.admitted.last().map(|last| log[*last] + 1),
        }
    }

    fn check(&self, log: &[i64]) {
        let open = self.open();
        assert_eq!(self.tracker.position(), self.expected(log));
        assert_eq!(self.tracker.open(), open.len());
        assert_eq!(self.tracker.first_unfinished(), open.first().map(|at| log[self.admitted[*at]]));
        assert_eq!(self.tracker.first().copied(), open.first().copied());
    }
}

struct Group {
    committed: Option<i64>,
    /// How often each record of the log was finished, under whatever assignment.
    done: BTreeMap<i64, usize>,
}

impl Group {
    fn commit(&mut self, log: &[i64], position: Option<i64>) {
        let Some(position) = position else { return };
        assert!(self.committed.is_none_or(|before| before <= position), "a position goes back");
        let passed = log.iter().filter(|offset| **offset < position);
        for offset in passed {
            assert!(self.done.contains_key(offset), "{position} is committed and {offset} is not finished");
        }
        self.committed = Some(position);
    }
}

fn play(gaps: &[u8], steps: &[Step]) {
    let mut end = 0;
    let log: Vec<i64> = gaps
        .iter()
        .map(|gap| {
            // Mostly none, as in a topic that is neither compacted nor written by transactions.
            end += 1 + i64::from(gap.saturating_sub(200));
            end
        })
        .collect();
    let mut group = Group { committed: None, done: BTreeMap::new() };
    let (mut now, mut before) = (Assignment::default(), Assignment::default());
    let mut next = 0;
    let restart = |group: &Group| {
        let from = group.committed.unwrap_or(0);
        (Assignment::default(), log.partition_point(|offset| *offset < from))
    };
    for step in steps {
        match *step {
            Step::Read => {
                if next < log.len() {
                    now.read(&log, next);
                    next += 1;
                }
            }
            Step::Finish(index) => {
                if let Some(at) = usize::from(index).checked_rem(now.admitted.len()) {
                    if !now.finished.contains(&at) {
                        *group.done.entry(log[now.admitted[at]]).or_default() += 1;
                    }
                    now.finish(at);
                }
            }
            Step::FinishLate(index) => {
                // Its epoch is forgotten: the pipeline does not even look at the tracker.
                if let Some(at) = usize::from(index).checked_rem(before.admitted.len()) {
                    let position = now.tracker.position();
                    before.finish(at);
                    assert_eq!(now.tracker.position(), position);
                }
            }
            Step::Commit => group.commit(&log, now.tracker.position()),
            Step::Drain { begun, finished } => {
                // Articles are begun in order, so that what is finished lies before the cut.
                let least = now.finished.last().map_or(0, |last| last + 1);
                let cut = least + usize::from(begun) % (now.admitted.len() - least + 1);
                let left: Vec<usize> = now.tracker.discard_from(cut as Sequence).collect();
                assert_eq!(left, (cut..now.admitted.len()).collect::<Vec<_>>());
                now.cut = Some(cut);
                now.check(&log);
                // The deadline may come before all of the rest is finished.
                for at in now.open().into_iter().filter(|at| !(at + usize::from(finished)).is_multiple_of(3)) {
                    *group.done.entry(log[now.admitted[at]]).or_default() += 1;
                    now.finish(at);
                    now.check(&log);
                }
                group.commit(&log, now.tracker.position());
                before = std::mem::take(&mut now);
                (now, next) = restart(&group);
            }
            Step::Lose => {
                before = std::mem::take(&mut now);
                (now, next) = restart(&group);
            }
        }
        now.check(&log);
        before.check(&log);
    }
    // Whoever owns the partition in the end does the rest.
    while next < log.len() {
        now.read(&log, next);
        next += 1;
    }
    for at in now.open() {
        *group.done.entry(log[now.admitted[at]]).or_default() += 1;
        now.finish(at);
    }
    now.check(&log);
    group.commit(&log, now.tracker.position());
    assert!(log.iter().all(|offset| group.done.contains_key(offset)), "an article was never finished");
    assert!(log.is_empty() || now.admitted.is_empty() || group.committed == log.last().map(|last| last + 1));
}

#[test]
fn no_history_commits_an_unfinished_article_or_leaves_one_undone() {
    let cases = std::env::var("SAFIR_HISTORIES").ok().map_or(100_000, |text| {
        text.parse().unwrap_or_else(|error| panic!("SAFIR_HISTORIES={text:?} is no number: {error}"))
    });
    let histories = (prop::collection::vec(any::<u8>(), 0..40), prop::collection::vec(step(), 0..80));
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&histories, |(gaps, steps)| {
            play(&gaps, &steps);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    println!("{cases} histories");
}

//! Whether the service lives and whether it is ready, told by its parts and read by the HTTP port.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A part that has to give signs of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    Source,
    Coordinator,
}

/// A part is taken for dead when it gave no sign of life for so long. Each gives one every second or so; a commit that
/// waits for a slow broker may take a minute.
const DEAD_AFTER: Duration = Duration::from_secs(90);

/// The state of the service.
#[derive(Debug)]
pub struct Health {
    born: Instant,
    /// Milliseconds since `born` plus one; 0 before the first beat.
    beats: [AtomicU64; 2],
    assigned: AtomicBool,
    producer_connected: AtomicBool,
    draining: AtomicBool,
    stuck: AtomicBool,
    ended: AtomicBool,
}

impl Default for Health {
    fn default() -> Self {
        Self {
            born: Instant::now(),
            beats: Default::default(),
            assigned: AtomicBool::new(false),
            producer_connected: AtomicBool::new(false),
            draining: AtomicBool::new(false),
            stuck: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        }
    }
}

impl Health {
    /// A sign of life.
    pub fn beat(&self, part: Beat) {
        let now = u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
        self.beats[part as usize].store(now + 1, Ordering::Relaxed);
    }

    /// Whether the consumer is a member of its group with an assignment, be it an empty one.
    pub fn set_assigned(&self, assigned: bool) {
        self.assigned.store(assigned, Ordering::Relaxed);
    }

    /// Whether the producer has a connection to a broker.
    pub fn set_producer_connected(&self, connected: bool) {
        self.producer_connected.store(connected, Ordering::Relaxed);
    }

    /// Said once, when shutdown begins.
    pub fn set_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether there is work and no progress.
    pub fn set_stuck(&self, stuck: bool) {
        self.stuck.store(stuck, Ordering::Relaxed);
    }

    /// Said once, when the pipeline has ended for whatever reason.
    pub fn set_ended(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// For how long the part has given no sign of life; `None` before the first.
    pub fn silence(&self, part: Beat) -> Option<Duration> {
        let beat = self.beats[part as usize].load(Ordering::Relaxed);
        (beat > 0).then(|| self.born.elapsed().saturating_sub(Duration::from_millis(beat)))
    }

    /// Why the process should be restarted; empty while it is alive.
    pub fn dead(&self) -> Vec<&'static str> {
        let silent = |part: Beat| self.silence(part).is_some_and(|silence| silence > DEAD_AFTER);
        let reasons = [
            (silent(Beat::Source), "the consumer thread gives no sign of life"),
            (silent(Beat::Coordinator), "the coordinator gives no sign of life"),
            (self.ended.load(Ordering::Relaxed), "the pipeline has ended"),
        ];
        reasons.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect()
    }

    /// Why the service is not ready; empty when it is.
    pub fn unready(&self) -> Vec<&'static str> {
        let not = |flag: &AtomicBool| !flag.load(Ordering::Relaxed);
        let reasons = [
            (not(&self.assigned), "the consumer has no assignment yet"),
            (not(&self.producer_connected), "the producer is not connected"),
            (!not(&self.draining), "draining before shutdown"),
            (!not(&self.stuck), "there is work but no progress"),
        ];
        let mut reasons: Vec<_> = reasons.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect();
        reasons.extend(self.dead());
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_means_assigned_connected_not_draining_and_not_stuck() {
        let health = Health::default();
        assert_eq!(health.unready().len(), 2);
        health.set_assigned(true);
        health.set_producer_connected(true);
        assert!(health.unready().is_empty());
        health.set_stuck(true);
        assert_eq!(health.unready(), ["there is work but no progress"]);
        health.set_stuck(false);
        health.set_draining();
        assert_eq!(health.unready(), ["draining before shutdown"]);
        assert!(health.dead().is_empty());
        health.set_ended();
        assert_eq!(health.dead(), ["the pipeline has ended"]);
    }
}

//! The time in which a write is read back, with one call for each read.

use crate::graph::{Error, Request};
use crate::policy::Policy;
use crate::world::{Clock, Moment};

/// For how long after the writes reads are started, ms.
const ALLOWED_MS: i64 = 45_000;

/// For how long they are started once the person has stopped the save, ms: enough for a replica that lags a little.
const STOPPED_MS: i64 = 10_000;

/// How long to wait for the answer to one of them, ms.
const ANSWER_MS: u32 = 10_000;

/// A read that is sent only once and does not wait long for its answer: another one follows.
pub fn reading(call: Request) -> Request {
    call.once().within(ANSWER_MS)
}

/// When a policy was last changed, ms since 1970, according to a read of it: tells which of two reads is older. No
/// date is older than any date, because the first change adds one.
pub fn changed_at(reading: &Policy) -> Option<i64> {
    reading.modified_at.as_deref().and_then(crate::instant::parse)
}

/// When reading back began, how long it may take, and the wait that Microsoft asked for last.
pub struct Readback {
    began: Moment,
    allowed_ms: i64,
    asked_ms: i64,
}

impl Readback {
    /// Starts now.
    pub fn begin(clock: &impl Clock) -> Self {
        Self { began: Moment::now(clock), allowed_ms: ALLOWED_MS, asked_ms: 0 }
    }

    /// Reduces the time left to that after a stop.
    pub fn shorten(&mut self, clock: &impl Clock) {
        self.allowed_ms = self.allowed_ms.min(self.began.passed_ms(clock) + STOPPED_MS);
    }

    /// The pause before the next read, ms: as planned, or longer if Microsoft asked for it, but never beyond the time
    /// allowed.
    pub fn pause_ms(&mut self, clock: &impl Clock, planned_ms: u32) -> u32 {
        let asked_ms = u32::try_from(std::mem::take(&mut self.asked_ms)).unwrap_or(u32::MAX);
        planned_ms.max(asked_ms).min(u32::try_from(self.left_ms(clock)).unwrap_or_default())
    }

    /// Whether the time allowed is over. If the computer slept, it may be over before anything was read.
    pub fn is_over(&self, clock: &impl Clock) -> bool {
        self.left_ms(clock) <= 0
    }

    fn left_ms(&self, clock: &impl Clock) -> i64 {
        self.allowed_ms - self.began.passed_ms(clock)
    }

    /// Notes a failed read, and how long Microsoft asked to wait.
    pub fn failed(&mut self, clock: &impl Clock, error: &Error) {
        self.asked_ms = error.asks_to_wait_ms(clock.unix_ms());
    }
}

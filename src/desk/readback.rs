//! The time in which a write is read back, one call a reading.

use crate::graph::{Error, Request};
use crate::policy::Policy;
use crate::world::{Clock, Moment};

/// How long after a write readings are begun, ms.
const ALLOWED_MS: i64 = 45_000;

/// How long they are begun once the person has stopped, ms: a replica that lags a little is still waited for.
const STOPPED_MS: i64 = 10_000;

/// How long the answer to one of them is waited for, ms.
const ANSWER_MS: u32 = 10_000;

/// A read sent one time only, whose answer is not waited for long: another one follows.
pub fn reading(call: Request) -> Request {
    call.once().within(ANSWER_MS)
}

/// When a policy was changed last, ms since 1970, as a reading of it says: the order of readings that come from replicas.
/// One without a date comes before all that have one, since a change gives a policy its first.
pub fn changed_at(reading: &Policy) -> Option<i64> {
    reading.modified_at.as_deref().and_then(crate::instant::parse)
}

/// When reading back began, how long it may go on, and how long Microsoft asked to wait since.
pub struct Readback {
    began: Moment,
    allowed_ms: i64,
    asked_ms: i64,
}

impl Readback {
    /// Begins now.
    pub fn begin(clock: &impl Clock) -> Self {
        Self { began: Moment::now(clock), allowed_ms: ALLOWED_MS, asked_ms: 0 }
    }

    /// From now on no longer than after a stop.
    pub fn shorten(&mut self, clock: &impl Clock) {
        self.allowed_ms = self.allowed_ms.min(self.began.passed_ms(clock) + STOPPED_MS);
    }

    /// The pause before the next reading, ms: as planned, or as Microsoft asked, and no longer than what is left of the
    /// time allowed.
    pub fn pause_ms(&mut self, clock: &impl Clock, planned_ms: u32) -> u32 {
        let asked_ms = u32::try_from(std::mem::take(&mut self.asked_ms)).unwrap_or(u32::MAX);
        planned_ms.max(asked_ms).min(u32::try_from(self.left_ms(clock)).unwrap_or_default())
    }

    /// Whether the time allowed is over. After an absence it may be before anything was read.
    pub fn is_over(&self, clock: &impl Clock) -> bool {
        self.left_ms(clock) <= 0
    }

    fn left_ms(&self, clock: &impl Clock) -> i64 {
        self.allowed_ms - self.began.passed_ms(clock)
    }

    /// A reading gave nothing.
    pub fn failed(&mut self, clock: &impl Clock, error: &Error) {
        self.asked_ms = error.asks_to_wait_ms(clock.unix_ms());
    }
}

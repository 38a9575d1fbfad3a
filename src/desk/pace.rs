//! How many calls, or saves, may run at once: fewer at the first sign of throttling, more again after a while without
//! one.

use crate::graph::error::Refusal;
use crate::graph::{Error, retry};

/// Most calls in flight: as many as the client allows.
pub const MOST_AT_ONCE: usize = crate::graph::queue::MOST_IN_FLIGHT;

/// After this many calls without throttling, one more may run.
const CALM: u32 = 4;

/// How many run at once: halved each time Microsoft throttles, restored one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    most: usize,
    at_once: usize,
    calm: u32,
}

impl Steps {
    /// Starts with this many, and never exceeds it.
    pub(super) const fn new(most: usize) -> Self {
        Self { most, at_once: most, calm: 0 }
    }

    /// How many may run now.
    pub(super) const fn at_once(self) -> usize {
        self.at_once
    }

    /// One call came back without throttling.
    pub(super) const fn went_well(&mut self) {
        self.calm += 1;
        if self.calm >= CALM && self.at_once < self.most {
            self.calm = 0;
            self.at_once += 1;
        }
    }

    /// Microsoft is throttling. Returns how many calls run from now on, if that changed.
    pub(super) fn slow_down(&mut self) -> Option<usize> {
        self.calm = 0;
        let fewer = (self.at_once / 2).max(1);
        let news = (fewer < self.at_once).then_some(fewer);
        self.at_once = fewer;
        news
    }
}

/// The pace of a job of many reads, including the waits that Microsoft asks for.
pub(super) struct Pace {
    steps: Steps,
    rest: Option<Box<Refusal>>,
    rests: u32,
    resting: bool,
}

impl Pace {
    pub(super) const fn new() -> Self {
        Self { steps: Steps::new(MOST_AT_ONCE), rest: None, rests: 0, resting: false }
    }

    /// How many calls may be in flight. None is added while waiting for Microsoft.
    pub(super) const fn at_once(&self) -> usize {
        self.steps.at_once()
    }

    /// Whether a wait that Microsoft asked for is in progress.
    pub(super) const fn is_resting(&self) -> bool {
        self.resting
    }

    /// The wait that is due, if any, and how many came right before it.
    pub(super) fn rest(&mut self) -> Option<(Box<Refusal>, u32)> {
        let refusal = self.rest.take()?;
        self.resting = true;
        self.rests += 1;
        Some((refusal, self.rests - 1))
    }

    /// The wait is over.
    pub(super) const fn rested(&mut self) {
        self.resting = false;
    }

    /// A batch came back without a refusal.
    pub(super) const fn went_well(&mut self) {
        self.rests = 0;
        self.steps.went_well();
    }

    /// Half as many calls from now on, after the requested wait. Returns how many, if that changed.
    pub(super) fn slow_down(&mut self, error: &Error) -> Option<usize> {
        if !may_pass(error) {
            return None;
        }
        let news = self.steps.slow_down();
        if !self.resting && self.rest.is_none() {
            self.rest = Some(error.refusal().cloned().map(Box::new).unwrap_or_default());
        }
        news
    }
}

/// Whether asking again later may help.
pub(super) fn may_pass(error: &Error) -> bool {
    match error {
        Error::Refused(refusal) => retry::read_may_repeat(refusal.status),
        Error::NoAnswer { .. } => true,
        Error::Unexpected { .. } | Error::SignIn(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_slows_down_at_once_and_recovers_step_by_step() {
        let mut steps = Steps::new(3);
        steps.went_well();
        assert_eq!(steps.at_once(), 3);
        assert_eq!((steps.slow_down(), steps.slow_down()), (Some(1), None));
        for expected in [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3] {
            steps.went_well();
            assert_eq!(steps.at_once(), expected);
        }
    }
}

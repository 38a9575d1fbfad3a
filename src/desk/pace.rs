//! How many calls may be in flight: fewer at the first sign that Microsoft asks to slow down, more again after a while
//! without one.

use crate::graph::error::Refusal;
use crate::graph::{Error, retry};

/// Most calls in flight: all that the client lets through.
pub const MOST_AT_ONCE: usize = crate::graph::queue::MOST_IN_FLIGHT;

/// After this many batches without a refusal one more call is let in.
const CALM: u32 = 4;

/// The pace of a job of many calls.
pub(super) struct Pace {
    at_once: usize,
    calm: u32,
    rest: Option<Box<Refusal>>,
    rests: u32,
    resting: bool,
}

impl Pace {
    pub(super) const fn new() -> Self {
        Self { at_once: MOST_AT_ONCE, calm: 0, rest: None, rests: 0, resting: false }
    }

    /// How many calls may be in flight. While Microsoft is waited for, none is added.
    pub(super) const fn at_once(&self) -> usize {
        self.at_once
    }

    /// Whether Microsoft is being waited for.
    pub(super) const fn is_resting(&self) -> bool {
        self.resting
    }

    /// The wait that is due, if there is one, and how many came right before it.
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
        self.calm += 1;
        if self.calm >= CALM && self.at_once < MOST_AT_ONCE {
            self.calm = 0;
            self.at_once += 1;
        }
    }

    /// Half as many calls from now on, after the wait that was asked for. Gives how many, where that is news.
    pub(super) fn slow_down(&mut self, error: &Error) -> Option<usize> {
        if !may_pass(error) {
            return None;
        }
        self.calm = 0;
        let fewer = (self.at_once / 2).max(1);
        let news = (fewer < self.at_once).then_some(fewer);
        self.at_once = fewer;
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

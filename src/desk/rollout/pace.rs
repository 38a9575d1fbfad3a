//! How many saves run at once.

/// Saves that run at once to begin with. Each makes a call at a time, so that as many calls are in flight.
pub const MOST_AT_ONCE: usize = 3;

/// After so many saves without being asked to slow down, one more runs.
const CALM: u32 = 4;

/// The pace: halved at each word to slow down, restored one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    at_once: usize,
    calm: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { at_once: MOST_AT_ONCE, calm: 0 }
    }
}

impl Pace {
    /// Saves that may run now.
    pub const fn at_once(self) -> usize {
        self.at_once
    }

    /// Whether fewer run than at first.
    pub const fn is_slow(self) -> bool {
        self.at_once < MOST_AT_ONCE
    }

    /// Microsoft asked to slow down.
    pub fn slow_down(&mut self) {
        self.at_once = (self.at_once / 2).max(1);
        self.calm = 0;
    }

    /// A save ended without that.
    pub fn went_well(&mut self) {
        self.calm += 1;
        if self.calm >= CALM && self.is_slow() {
            self.calm = 0;
            self.at_once += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_slows_down_at_once_and_recovers_step_by_step() {
        let mut pace = Pace::default();
        pace.went_well();
        assert_eq!((pace.at_once(), pace.is_slow()), (3, false));
        pace.slow_down();
        pace.slow_down();
        assert_eq!((pace.at_once(), pace.is_slow()), (1, true));
        for expected in [1, 1, 1, 2, 2, 2, 2, 3, 3] {
            pace.went_well();
            assert_eq!(pace.at_once(), expected);
        }
    }
}

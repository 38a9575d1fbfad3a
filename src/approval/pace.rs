//! How often the inbox is read automatically.

/// While the page is visible, ms.
const VISIBLE_MS: u32 = 45_000;

/// While it is hidden and alerts for new requests are on, ms. Browsers wake hidden pages once a minute.
const HIDDEN_MS: u32 = 120_000;

/// If the browser is set to save data, ms.
const SAVING_MS: u32 = 180_000;

/// The longest pause, however often Microsoft throttles, ms.
const LONGEST_MS: u32 = 600_000;

/// The longest pause if Microsoft names its length, ms.
const LONGEST_ASKED_MS: u32 = 3_600_000;

/// What the length of a pause depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The page is hidden.
    pub hidden: bool,
    /// The browser is set to save data.
    pub saves_data: bool,
    /// How many readings in a row were throttled.
    pub throttled: u32,
    /// How long Microsoft asked to wait from now on, ms; `None` if it did not, or that time is over.
    pub asked_ms: Option<u32>,
}

impl Pace {
    /// The pause before the next reading, ms: first as long as Microsoft asked, else the usual one; doubled for each
    /// further throttled reading in a row.
    pub fn pause_ms(self) -> u32 {
        let usual = match (self.saves_data, self.hidden) {
            (true, _) => SAVING_MS,
            (false, true) => HIDDEN_MS,
            (false, false) => VISIBLE_MS,
        };
        let (first, doubled) = match self.asked_ms {
            Some(asked) => (asked.min(LONGEST_ASKED_MS), self.throttled.saturating_sub(1)),
            None => (usual, self.throttled),
        };
        first.saturating_mul(1 << doubled.min(31)).min(LONGEST_MS.max(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throttling_doubles_the_pause_up_to_its_end() {
        let pauses = [0, 1, 2, 3, 4, 40, u32::MAX].map(|throttled| Pace { throttled, ..Pace::default() }.pause_ms());
        assert_eq!(pauses, [45_000, 90_000, 180_000, 360_000, 600_000, 600_000, 600_000]);
    }

    #[test]
    fn the_wait_that_was_asked_for_is_kept() {
        let pause = |asked, throttled| Pace { throttled, asked_ms: Some(asked), ..Pace::default() }.pause_ms();
        assert_eq!([1, 2, 3, 40].map(|throttled| pause(5_000, throttled)), [5_000, 10_000, 20_000, 600_000]);
        assert_eq!([pause(900_000, 1), pause(900_000, 3), pause(u32::MAX, 1)], [900_000, 900_000, 3_600_000]);
    }

    #[test]
    fn saving_data_and_hiding_slow_it_down() {
        let pause = |hidden, saves_data| Pace { hidden, saves_data, ..Pace::default() }.pause_ms();
        assert_eq!(
            [pause(false, false), pause(true, false), pause(false, true), pause(true, true)],
            [45_000, 120_000, 180_000, 180_000]
        );
    }
}

//! How often the inbox is read by itself.

/// While the page is visible, ms.
const VISIBLE_MS: u32 = 45_000;

/// While it is hidden and the person asked to be told of new requests, ms. Browsers wake hidden pages once a minute.
const HIDDEN_MS: u32 = 120_000;

/// Where the person asked their browser to save data, ms.
const SAVING_MS: u32 = 180_000;

/// Longest pause, however often Microsoft asks to slow down, ms.
const LONGEST_MS: u32 = 600_000;

/// What the pause depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The page cannot be seen.
    pub hidden: bool,
    /// The person asked their browser to save data.
    pub saves_data: bool,
    /// How many readings in a row were throttled.
    pub throttled: u32,
}

impl Pace {
    /// The pause before the next reading, ms: doubled for every reading in a row that was throttled.
    pub fn pause_ms(self) -> u32 {
        let usual = match (self.saves_data, self.hidden) {
            (true, _) => SAVING_MS,
            (false, true) => HIDDEN_MS,
            (false, false) => VISIBLE_MS,
        };
        1_u32
            .checked_shl(self.throttled.min(31))
            .map_or(LONGEST_MS, |times| usual.saturating_mul(times))
            .min(LONGEST_MS)
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
    fn saving_data_and_hiding_slow_it_down() {
        let pause = |hidden, saves_data| Pace { hidden, saves_data, throttled: 0 }.pause_ms();
        assert_eq!(
            [pause(false, false), pause(true, false), pause(false, true), pause(true, true)],
            [45_000, 120_000, 180_000, 180_000]
        );
    }
}

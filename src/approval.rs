//! Requests that wait for approval, and decisions on them.

mod ending;
pub mod evidence;
mod filter;
pub mod history;
pub mod kept;
mod listing;
mod pace;
mod request;
mod selection;
mod stage;
mod standing;
mod target;
mod whose;

pub use ending::Ending;
pub use evidence::Evidence;
pub use filter::{Facets, Filter, Sort};
pub use listing::{Listing, Row};
pub use pace::Pace;
pub use request::{Length, Request, Ticket, inbox_order};
pub use selection::Selection;
pub use stage::{Decision, Review, Stage, open_stage, review_of};
pub use standing::{Standing, standing};
pub use target::{DirectoryScope, Kind, Target};
pub use whose::{Sending, Whose, whose};

/// How long an approver has, from the request's creation: fixed by Microsoft (graph.md G26).
pub const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;

/// How far this computer's clock is ahead of Microsoft's, ms, judged by the age of a token that just arrived; negative
/// if it is behind, 0 if it is right or nearly. Microsoft backdates tokens by up to five minutes: of the possible times
/// left to decide, the shortest counts.
pub const fn clock_ahead_ms(token_age_ms: i64) -> i64 {
    const MINUTE_MS: i64 = 60_000;
    if token_age_ms < -2 * MINUTE_MS || token_age_ms > 7 * MINUTE_MS {
        token_age_ms.saturating_sub(5 * MINUTE_MS)
    } else {
        0
    }
}

/// The same some time after the token arrived. `moved_ms`: by how much more than the monotonic clock this computer's
/// clock has moved since. If it was set back, it is ahead by that much less. If it seems to have been set forward, the
/// computer may have slept, and its clock may have been set right meanwhile: the shorter time left counts.
pub fn clock_ahead_now_ms(token_age_ms: i64, moved_ms: i64) -> i64 {
    const SLEPT_MS: i64 = 2 * 60_000;
    let ahead_ms = clock_ahead_ms(token_age_ms.saturating_add(moved_ms.min(0)));
    if moved_ms > SLEPT_MS { ahead_ms.min(0) } else { ahead_ms }
}

/// How much of the time to decide is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Four hours or more.
    Calm,
    /// Less than four hours, but at least one.
    Soon,
    /// Less than an hour.
    LastHour,
    /// No time is left.
    Over,
}

impl Urgency {
    /// The urgency of a remaining time, in ms.
    pub const fn of(left_ms: i64) -> Self {
        const HOUR_MS: i64 = 60 * 60 * 1000;
        match left_ms {
            ..=0 => Self::Over,
            ms if ms < HOUR_MS => Self::LastHour,
            ms if ms < 4 * HOUR_MS => Self::Soon,
            _ => Self::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_wrong_leaves_the_lesser_time() {
        let ahead = |minutes: i64| clock_ahead_ms(minutes * 60_000) / 60_000;
        assert_eq!([-3, -2, 0, 5, 7, 8, 40].map(ahead), [-8, 0, 0, 0, 0, 3, 35]);
    }

    #[test]
    fn a_clock_that_was_set_or_slept_leaves_the_lesser_time() {
        let ahead = |minutes: i64, moved: i64| clock_ahead_now_ms(minutes * 60_000, moved * 60_000) / 60_000;
        assert_eq!([-40, -30, 0, 1].map(|moved| ahead(40, moved)), [0, 5, 35, 35]);
        // Eight hours of sleep, with the clock set right on waking or not.
        assert_eq!([ahead(40, 480), ahead(40, 440), ahead(-40, 480)], [0, 0, -45]);
    }
}

//! Requests that wait for approval, and the decision on them.

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

/// How long an approver has, from the request's creation: fixed by Microsoft (graph.md G26).
pub const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;

/// How far this computer's clock is ahead of Microsoft's, ms, by the age of a token that just came; negative where it is
/// behind, 0 where it may be right. Microsoft dates a token up to five minutes back: of the times that may be left to
/// decide, the least counts.
pub const fn clock_ahead_ms(token_age_ms: i64) -> i64 {
    const MINUTE_MS: i64 = 60_000;
    if token_age_ms < -2 * MINUTE_MS || token_age_ms > 7 * MINUTE_MS {
        token_age_ms.saturating_sub(5 * MINUTE_MS)
    } else {
        0
    }
}

/// How much of the time to decide is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Four hours or more.
    Calm,
    /// Less than four hours.
    Soon,
    /// Less than an hour.
    LastHour,
    /// None.
    Over,
}

impl Urgency {
    /// Of a remaining time in ms.
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
}

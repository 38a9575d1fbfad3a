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

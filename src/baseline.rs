//! Baselines that come with the product, and which policy meets which of their lines.
//!
//! Pure. What a line demands is in [`demand`], whom it is about in [`scope`], the lists in [`shipped`]; [`judge`] holds a
//! policy against them. What is not known is never called met.

pub mod demand;
pub mod finding;
pub mod fix;
pub mod judge;
pub mod report;
pub mod scope;
pub mod shipped;
pub mod view;

pub use demand::Demand;
pub use finding::{Finding, Totals};
pub use fix::{Inputs, Need, fix};
pub use judge::{Outcome, Unknown, Verdict, judge};
pub use report::findings;
pub use scope::{AppliesTo, Held};
pub use shipped::{ALL, find};
pub use view::{By, Show, View};

/// How binding a line is, in its source's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// "SHALL".
    Shall,
    /// "SHOULD".
    Should,
    /// One of the source's examples.
    Example,
}

/// A line of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id, as the source has it where it has one.
    pub id: &'static str,
    /// How binding it is.
    pub strength: Strength,
    /// Whom it is about.
    pub scope: AppliesTo,
    /// What it demands.
    pub demand: Demand,
}

/// A baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Its name in addresses.
    pub key: &'static str,
    /// Its lines.
    pub lines: &'static [Line],
    /// Ids of its lines that are not about policies, and so are not judged here.
    pub not_judged: &'static [&'static str],
}

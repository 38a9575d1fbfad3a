//! The baselines that come with the product, and which policy meets which of their lines.
//!
//! Pure. [`demand`] is what a line requires, [`scope`] which policies it applies to, [`shipped`] the lists; [`judge`]
//! checks a policy against them. What is not known is never reported as met.

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

/// How binding a line is, in the words of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// "SHALL".
    Shall,
    /// "SHOULD".
    Should,
    /// One of the source's examples.
    Example,
}

/// One line of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its ID, taken from the source if the source has one.
    pub id: &'static str,
    /// How binding it is.
    pub strength: Strength,
    /// Which policies it applies to.
    pub scope: AppliesTo,
    /// What it requires.
    pub demand: Demand,
}

/// A baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Its key, used in addresses.
    pub key: &'static str,
    /// Its lines.
    pub lines: &'static [Line],
    /// IDs of the lines that are not about policies and so are not checked here.
    pub not_judged: &'static [&'static str],
}

impl Baseline {
    /// Whether it depends on the Entra roles that groups hold which policies its lines apply to.
    pub fn needs_held_roles(&self) -> bool {
        self.lines.iter().any(|line| line.scope.reaches_groups())
    }
}

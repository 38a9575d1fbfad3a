//! How one policy compares to one line, and how many findings have which outcome.

use super::Line;
use super::judge::{Outcome, Verdict};

/// One policy against one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The line it was checked against.
    pub line: Line,
    /// The row of the policy, by its position in the table.
    pub row: usize,
    /// The verdict.
    pub verdict: Verdict,
}

impl AsRef<Self> for Finding {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// The number of findings by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Met.
    pub met: usize,
    /// Not met.
    pub not_met: usize,
    /// Not known.
    pub not_known: usize,
    /// Not applicable.
    pub not_applicable: usize,
}

impl Totals {
    /// Counts the findings.
    pub fn of(findings: impl IntoIterator<Item: AsRef<Finding>>) -> Self {
        let mut totals = Self::default();
        for finding in findings {
            match finding.as_ref().verdict.outcome() {
                Outcome::Met => totals.met += 1,
                Outcome::NotMet => totals.not_met += 1,
                Outcome::NotKnown => totals.not_known += 1,
                Outcome::NotApplicable => totals.not_applicable += 1,
            }
        }
        totals
    }

    /// Whether no line applies to any policy.
    pub const fn is_about_nobody(&self) -> bool {
        self.met + self.not_met + self.not_known == 0
    }

    /// How many have this outcome.
    pub const fn count(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Met => self.met,
            Outcome::NotMet => self.not_met,
            Outcome::NotKnown => self.not_known,
            Outcome::NotApplicable => self.not_applicable,
        }
    }
}

//! How the report is looked at. All of it stands in the address.

use super::judge::Outcome;
use crate::matrix::Class;

/// What the findings are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum By {
    /// By line.
    #[default]
    Line,
    /// By policy.
    Policy,
}

/// Which findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Show {
    /// All that a line is about, or may be about.
    #[default]
    Applicable,
    /// Those that came out like this.
    Only(Outcome),
}

impl Show {
    /// Whether an outcome is shown.
    pub fn admits(self, outcome: Outcome) -> bool {
        match self {
            Self::Applicable => outcome != Outcome::NotApplicable,
            Self::Only(only) => only == outcome,
        }
    }
}

/// The view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// The baseline, by its key; empty for the first.
    pub baseline: String,
    /// Which findings.
    pub show: Show,
    /// Of which class; `None` for all.
    pub class: Option<Class>,
    /// Words of a name or of a line's id; empty for all.
    pub text: String,
    /// Grouped by what.
    pub by: By,
}

impl View {
    /// The report as it opens.
    pub const NEW: Self =
        Self { baseline: String::new(), show: Show::Applicable, class: None, text: String::new(), by: By::Line };
}

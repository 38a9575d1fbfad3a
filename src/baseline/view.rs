//! How the report is shown. All of it is in the address.

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
    /// All findings of lines that apply, or may apply.
    #[default]
    Applicable,
    /// Only findings with this outcome.
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

/// What the report shows, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// The baseline, by its key; empty for the first one.
    pub baseline: String,
    /// Which findings are shown.
    pub show: Show,
    /// Only policies of this class; `None` for all.
    pub class: Option<Class>,
    /// Words of a name or of a line's ID; empty for all.
    pub text: String,
    /// What the findings are grouped by.
    pub by: By,
}

impl View {
    /// The report as it opens.
    pub const NEW: Self =
        Self { baseline: String::new(), show: Show::Applicable, class: None, text: String::new(), by: By::Line };
}

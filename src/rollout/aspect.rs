//! The filters of a plan for many policies.

/// A filter of the plan's policies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// Every policy.
    #[default]
    All,
    /// There is something to look at besides the changes.
    Findings,
    /// A setting becomes weaker.
    Weakens,
    /// The policy is weaker while it is being saved.
    Gap,
    /// Saving it brings a group into PIM.
    Onboards,
    /// A finding prevents the change.
    Blocked,
    /// The person took it out.
    Excluded,
}

impl Aspect {
    /// Every filter, as offered.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Findings, Self::Weakens, Self::Gap, Self::Onboards, Self::Blocked, Self::Excluded];

    /// Its name, used in addresses; empty for all.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Findings => "findings",
            Self::Weakens => "weakened",
            Self::Gap => "open-for-a-moment",
            Self::Onboards => "onboarded",
            Self::Blocked => "stopped",
            Self::Excluded => "taken-out",
        }
    }
}

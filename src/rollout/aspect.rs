//! What a person looks for in a plan of many policies.

/// What a person looks for in a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// Every policy.
    #[default]
    All,
    /// There is something to look at besides the changes.
    Findings,
    /// Something becomes weaker.
    Weakens,
    /// The save passes through a weaker policy.
    Gap,
    /// Saving it brings a group into PIM.
    Onboards,
    /// Something found stops it.
    Blocked,
    /// The person took it out.
    Excluded,
}

impl Aspect {
    /// All, in the order of a choice.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Findings, Self::Weakens, Self::Gap, Self::Onboards, Self::Blocked, Self::Excluded];

    /// Its name in addresses; empty for all.
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

//! Holds a policy against a line.

use super::demand::Meets;
use super::scope::{Applies, Held};
use super::{Baseline, Line};
use crate::guid::Guid;
use crate::matrix::{Row, Standing};
use crate::policy::{Setting, Sheet};

/// How a policy stands to a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It meets it.
    Met,
    /// It does not; these settings are why.
    NotMet(Vec<Setting>),
    /// The line is not about it.
    NotApplicable,
    /// Nobody can say from here.
    NotKnown(Unknown),
}

/// A verdict without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Not met.
    NotMet,
    /// Not known.
    NotKnown,
    /// Met.
    Met,
    /// Not applicable.
    NotApplicable,
}

impl Outcome {
    /// All, what needs attention first.
    pub const ALL: [Self; 4] = [Self::NotMet, Self::NotKnown, Self::Met, Self::NotApplicable];

    /// Its name in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotMet => "not-met",
            Self::NotKnown => "not-known",
            Self::Met => "met",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// Finds one by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str().eq_ignore_ascii_case(name))
    }
}

impl Verdict {
    /// The verdict without its reasons.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Met => Outcome::Met,
            Self::NotMet(_) => Outcome::NotMet,
            Self::NotApplicable => Outcome::NotApplicable,
            Self::NotKnown(_) => Outcome::NotKnown,
        }
    }
}

/// Why a verdict is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// The policy is being read.
    Waiting,
    /// The person stopped the reading before its turn.
    NotRead,
    /// Microsoft returned no policy.
    NoPolicy,
    /// Microsoft returned more than one policy.
    Several,
    /// The policy could not be read.
    Failed,
    /// This setting could not be read.
    Setting(Setting),
    /// Whether the group can hold Entra roles could not be read.
    Holder,
    /// Which Entra roles the group holds is being read.
    RolesWaiting,
    /// The permission to read which Entra roles the group holds is not granted.
    RolesNotGranted,
    /// Which Entra roles the group holds could not be read.
    RolesFailed,
}

/// Holds a row's policy against a line. `held` tells the Entra roles of a group that can hold some.
pub fn judge(line: &Line, row: &Row, held: &dyn Fn(&Guid) -> Held) -> Verdict {
    let about = match line.scope.is_about(row, held) {
        Applies::No => return Verdict::NotApplicable,
        Applies::Yes => None,
        Applies::HolderUnread => Some(Unknown::Holder),
        Applies::RolesWaiting => Some(Unknown::RolesWaiting),
        Applies::RolesNotGranted => Some(Unknown::RolesNotGranted),
        Applies::RolesFailed => Some(Unknown::RolesFailed),
    };
    if let Some(unknown) = about {
        return Verdict::NotKnown(unknown);
    }
    let unknown = match &row.standing {
        Standing::Read(sheet) => {
            return match line.demand.of(sheet) {
                Meets::Met => Verdict::Met,
                Meets::NotMet(settings) => Verdict::NotMet(settings),
                Meets::Unread(setting) => Verdict::NotKnown(Unknown::Setting(setting)),
            };
        }
        Standing::Waiting => Unknown::Waiting,
        Standing::NotRead => Unknown::NotRead,
        Standing::NoPolicy => Unknown::NoPolicy,
        Standing::Several => Unknown::Several,
        Standing::Failed => Unknown::Failed,
    };
    Verdict::NotKnown(unknown)
}

/// What a baseline asks of a row's policy, as settings; of lines that apply for certain. `None` where none does.
pub fn sheet_for(baseline: &Baseline, row: &Row, held: &dyn Fn(&Guid) -> Held) -> Option<Sheet> {
    let applies = |line: &&Line| line.scope.is_about(row, held) == Applies::Yes;
    // Where lines ask different things of one setting, what is not met counts.
    let (mut asked, mut met) = (Vec::new(), Vec::new());
    for line in baseline.lines.iter().filter(applies) {
        let against = match row.sheet().map(|sheet| line.demand.of(sheet)) {
            Some(Meets::NotMet(settings)) => settings,
            _ => Vec::new(),
        };
        for (setting, value) in line.demand.settings() {
            // What a policy already does better is not held against it, nor what could not be read in a part of the line.
            let own = row.sheet().and_then(|sheet| sheet.value(setting)).cloned();
            if against.contains(&setting) {
                asked.push((setting, value));
            } else {
                met.push((setting, own.unwrap_or(value)));
            }
        }
    }
    asked.append(&mut met);
    (!asked.is_empty()).then(|| Sheet::kept(asked))
}

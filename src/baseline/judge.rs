//! Checks a policy against a line.

use super::demand::Meets;
use super::scope::{Applies, Held};
use super::{Baseline, Line};
use crate::guid::Guid;
use crate::matrix::{Row, Standard, Standing};
use crate::policy::{Setting, Sheet};

/// Whether a policy meets a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It meets it.
    Met,
    /// It does not, because of these settings.
    NotMet(Vec<Setting>),
    /// The line does not apply to it.
    NotApplicable,
    /// It cannot be known from here.
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
    /// Every outcome, what needs attention first.
    pub const ALL: [Self; 4] = [Self::NotMet, Self::NotKnown, Self::Met, Self::NotApplicable];

    /// Its name, used in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotMet => "not-met",
            Self::NotKnown => "not-known",
            Self::Met => "met",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The outcome with this name.
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
    /// The policy is still being read.
    Waiting,
    /// The person stopped reading before its turn.
    NotRead,
    /// Microsoft returned no policy.
    NoPolicy,
    /// Microsoft returned more than one policy.
    Several,
    /// The policy could not be read.
    Failed,
    /// This setting could not be read.
    Setting(Setting),
    /// Whether the group can have Entra roles could not be read.
    Holder,
    /// The Entra roles of the group are being read.
    RolesWaiting,
    /// The permission to read the Entra roles of the group is not granted.
    RolesNotGranted,
    /// The Entra roles of the group could not be read.
    RolesFailed,
    /// The person stopped reading before the Entra roles of the group.
    RolesNotRead,
}

/// Checks a row's policy against a line. `held` returns the Entra roles of a role-assignable group.
pub fn judge(line: &Line, row: &Row, held: &dyn Fn(&Guid) -> Held) -> Verdict {
    let about = match line.scope.is_about(row, held) {
        Applies::No => return Verdict::NotApplicable,
        Applies::Yes => None,
        Applies::HolderUnread => Some(Unknown::Holder),
        Applies::RolesWaiting => Some(Unknown::RolesWaiting),
        Applies::RolesNotGranted => Some(Unknown::RolesNotGranted),
        Applies::RolesFailed => Some(Unknown::RolesFailed),
        Applies::RolesNotRead => Some(Unknown::RolesNotRead),
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

/// What a baseline requires of each policy that lines certainly apply to; of which policies it is not known whether
/// lines apply to them is kept as well.
pub fn standard(baseline: &Baseline, rows: &[Row], held: &dyn Fn(&Guid) -> Held) -> Standard {
    let of_row = |row: &Row| Some((row.subject.clone(), sheet_for(baseline, row, held)?));
    let unknown = |line: &Line, row: &Row| !matches!(line.scope.is_about(row, held), Applies::Yes | Applies::No);
    let is_in_doubt = |row: &&Row| row.sheet().is_some() && baseline.lines.iter().any(|line| unknown(line, row));
    let doubts = rows.iter().filter(is_in_doubt).map(|row| row.subject.clone());
    Standard::for_subjects(rows.iter().filter_map(of_row).collect()).in_doubt(doubts.collect())
}

/// What a baseline requires of a row's policy, as settings, from the lines that certainly apply. `None` if none does.
pub fn sheet_for(baseline: &Baseline, row: &Row, held: &dyn Fn(&Guid) -> Held) -> Option<Sheet> {
    let applies = |line: &&Line| line.scope.is_about(row, held) == Applies::Yes;
    // If lines require different values of one setting, those that are not met win.
    let (mut asked, mut met) = (Vec::new(), Vec::new());
    for line in baseline.lines.iter().filter(applies) {
        let against = match row.sheet().map(|sheet| line.demand.of(sheet)) {
            Some(Meets::NotMet(settings)) => settings,
            _ => Vec::new(),
        };
        for (setting, value) in line.demand.settings() {
            // A policy is not marked for being stricter, nor for a part of the line that could not be read.
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

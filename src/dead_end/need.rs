//! What can be read of the tenant, and which check each of it is for.

use crate::guid::Guid;
use crate::policy::preflight::Missing;
use crate::policy::{ApproverKind, Setting, Sheet, Subject, Value};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Approvers, by ID: at most as many as one call takes.
    Approvers(Vec<Guid>),
    /// The people in a group that approves.
    Members(Guid),
    /// A group's owners.
    Owners(Guid),
    /// Who is eligible, for all policies of one page.
    Eligible(Subject),
    /// The roles a group has.
    Held(Guid),
    /// The roles a group can activate.
    Activatable(Guid),
    /// Authentication contexts.
    Contexts,
    /// Conditional Access policies.
    AccessPolicies,
}

/// What a policy is checked for, if something must be read for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Whether approvers exist.
    Approvers,
    /// Whether approvers can sign in and are not guests.
    Accounts,
    /// Who is in groups of approvers.
    ApproverMembers,
    /// Who is eligible for groups.
    Eligible,
    /// Who is eligible for roles.
    RoleEligible,
    /// Who owns groups.
    Owners,
    /// Authentication contexts.
    Contexts,
    /// Conditional Access policies.
    AccessPolicies,
    /// Which roles groups have or can activate.
    GroupRoles,
    /// What those roles require.
    RolePolicies,
    /// The values of settings that could not be read.
    Settings,
}

impl Check {
    /// The check that this missing fact belongs to.
    pub(super) const fn of(missing: Missing, subject: &Subject) -> Option<Self> {
        Some(match missing {
            Missing::Approvers => Self::Approvers,
            Missing::ApproverMembers => Self::ApproverMembers,
            Missing::Accounts => Self::Accounts,
            Missing::Eligible => match subject {
                Subject::Group { .. } => Self::Eligible,
                Subject::Role { .. } => Self::RoleEligible,
            },
            Missing::Owners => Self::Owners,
            Missing::Contexts => Self::Contexts,
            Missing::AccessPolicies => Self::AccessPolicies,
            Missing::Settings => Self::Settings,
            Missing::EligibleMembers | Missing::Active | Missing::Right => return None,
        })
    }

    /// Its word, used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approvers => "approvers",
            Self::Accounts => "accounts-of-approvers",
            Self::ApproverMembers => "approver-members",
            Self::Eligible => "eligible",
            Self::RoleEligible => "role-eligible",
            Self::Owners => "owners",
            Self::Contexts => "contexts",
            Self::AccessPolicies => "conditional-access",
            Self::GroupRoles => "roles-of-groups",
            Self::RolePolicies => "role-policies",
            Self::Settings => "settings",
        }
    }
}

impl Need {
    /// The check that it is for.
    pub const fn check(&self) -> Check {
        match self {
            Self::Approvers(_) => Check::Approvers,
            Self::Members(_) => Check::ApproverMembers,
            Self::Owners(_) => Check::Owners,
            Self::Eligible(Subject::Role { .. }) => Check::RoleEligible,
            Self::Eligible(_) => Check::Eligible,
            Self::Held(_) | Self::Activatable(_) => Check::GroupRoles,
            Self::Contexts => Check::Contexts,
            Self::AccessPolicies => Check::AccessPolicies,
        }
    }
}

/// The approvers of a sheet that have an ID: people (`false`) and groups (`true`).
pub(super) fn approvers(sheet: &Sheet) -> Vec<(Guid, bool)> {
    let Some(Value::Approvers(list)) = sheet.value(Setting::Approvers) else { return Vec::new() };
    let known = list.iter().filter(|approver| approver.kind != ApproverKind::Other);
    known.filter_map(|approver| Some((approver.id.parse().ok()?, approver.kind == ApproverKind::Group))).collect()
}

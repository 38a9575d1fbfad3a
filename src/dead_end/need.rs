//! What has to be read of the tenant before policies can be judged.

use std::collections::BTreeSet;

use super::grounds::grants;
use super::tenant::TenantFacts;
use crate::guid::Guid;
use crate::matrix::Row;
use crate::policy::preflight::{Missing, standing};
use crate::policy::{ApproverKind, Setting, Sheet, Subject, Value};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Approvers, by id: at most as many as one call takes.
    Approvers(Vec<Guid>),
    /// The people in a group of approvers.
    Members(Guid),
    /// A group's owners.
    Owners(Guid),
    /// Who is eligible, for all policies of one page.
    Eligible(Subject),
    /// The roles a group holds.
    Held(Guid),
    /// The roles a group can activate.
    Activatable(Guid),
    /// Authentication contexts.
    Contexts,
    /// Conditional Access policies.
    AccessPolicies,
}

/// What a policy is checked for, as far as something has to be read for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Whether approvers exist.
    Approvers,
    /// Whether approvers can sign in, and are no guests.
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
    /// Which roles groups hold or can activate.
    GroupRoles,
    /// What those roles demand.
    RolePolicies,
    /// What stands in settings that could not be read.
    Settings,
}

impl Check {
    /// The check that lacks a fact.
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
            Missing::Active | Missing::Right => return None,
        })
    }

    /// Its word in files.
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

/// The approvers of a sheet that have an id: people (`false`) and groups (`true`).
pub(super) fn approvers(sheet: &Sheet) -> Vec<(Guid, bool)> {
    let Some(Value::Approvers(list)) = sheet.value(Setting::Approvers) else { return Vec::new() };
    let known = list.iter().filter(|approver| approver.kind != ApproverKind::Other);
    known.filter_map(|approver| Some((approver.id.parse().ok()?, approver.kind == ApproverKind::Group))).collect()
}

/// What has to be read next: what a check lacks, is not known, and did not fail before. Each thing once, however many
/// policies need it. What is read may show that more is needed: ask again until nothing is. `most` ids stand in one
/// [`Need::Approvers`].
pub fn needs(rows: &[Row], tenant: &TenantFacts, most: usize) -> Vec<Need> {
    let mut people: BTreeSet<Guid> = BTreeSet::new();
    let mut wanted: BTreeSet<Need> = BTreeSet::new();
    for row in rows {
        let Some(sheet) = row.sheet() else { continue };
        for missing in standing(&row.subject, sheet, &tenant.facts(&row.subject, sheet)).missing {
            match missing {
                Missing::Approvers | Missing::ApproverMembers => {
                    for (id, group) in approvers(sheet) {
                        if group && !tenant.has_members(&id) {
                            wanted.insert(Need::Members(id.clone()));
                        }
                        if !tenant.has_approver(&id) {
                            people.insert(id);
                        }
                    }
                }
                Missing::Eligible => {
                    wanted.extend(row.subject.of_page().into_iter().next().map(Need::Eligible));
                }
                Missing::Owners => drop(wanted.insert(Need::Owners(row.id().clone()))),
                Missing::Contexts => drop(wanted.insert(Need::Contexts)),
                Missing::AccessPolicies => drop(wanted.insert(Need::AccessPolicies)),
                // Nothing that could be read would tell.
                Missing::Accounts | Missing::Active | Missing::Right | Missing::Settings => {}
            }
        }
        wanted.extend(grants(row, sheet, tenant).err());
    }
    people.retain(|id| !tenant.is_unread(&Need::Approvers(vec![id.clone()])));
    let people: Vec<Guid> = people.into_iter().collect();
    let people = people.chunks(most).map(|ids| Need::Approvers(ids.to_vec()));
    people.chain(wanted.into_iter().filter(|need| !tenant.is_unread(need))).collect()
}

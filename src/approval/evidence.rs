//! What helps to decide a request, beyond the request itself: what the access grants, what its policy requires, who is
//! asking, and what they asked for before. Each part may be missing, which is shown and is never an error.

mod mark;

pub use mark::Mark;

use super::{DirectoryScope, Ending, Length};
use crate::directory::Role;
use crate::policy::{Approver, Policy, Requirement, RuleId, Setting, Value};

/// How far back earlier requests are read, ms.
pub const PAST_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A part of the evidence, or why it is missing.
pub type Part<T> = Result<T, Unreadable>;

/// Why a part cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// This session was not granted the permission it needs.
    NotGranted,
    /// Microsoft does not show it to this person.
    Refused,
    /// Microsoft does not know it: it was deleted or has no policy.
    NotFound,
    /// It could not be read this time.
    Failed,
    /// The request does not say which object to look up.
    NotTold,
}

/// Everything known about a request beyond the request itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What the access grants.
    pub grants: Part<Grants>,
    /// What the policy of the access requires.
    pub demands: Part<Demands>,
    /// Who is asking.
    pub requester: Part<Requester>,
    /// What they asked for before.
    pub past: Part<Past>,
}

impl Evidence {
    /// Keeps the previous value of each part that could not be read again. Returns whether there was any.
    pub fn fill_from(&mut self, before: &Self) -> bool {
        fn fill<T: Clone>(now: &mut Part<T>, before: &Part<T>) -> bool {
            let fills = matches!((&now, before), (Err(Unreadable::Failed), Ok(_)));
            if fills {
                now.clone_from(before);
            }
            fills
        }
        let filled = [
            fill(&mut self.grants, &before.grants),
            fill(&mut self.demands, &before.demands),
            fill(&mut self.requester, &before.requester),
            fill(&mut self.past, &before.past),
        ];
        filled.contains(&true)
    }
}

/// What the access really grants.
#[derive(Clone, Debug, PartialEq)]
pub enum Grants {
    /// A group.
    Group {
        /// Its description; may be empty.
        description: String,
        /// Whether Entra roles can be assigned to it.
        role_assignable: bool,
        /// The Entra roles assigned to it; empty for a group that cannot have any.
        roles: Part<Vec<HeldRole>>,
        /// The Entra roles it can activate.
        eligible: Part<Vec<HeldRole>>,
    },
    /// An Entra role.
    Role {
        /// Its description; may be empty.
        description: String,
        /// Made by Microsoft.
        built_in: bool,
        /// Marked as privileged; `None` if that cannot be read.
        privileged: Option<bool>,
    },
}

impl Grants {
    /// Whether it is a group that has no Entra role and can activate none: both lists were read and are empty.
    pub fn holds_no_roles(&self) -> bool {
        let none = |roles: &Part<Vec<HeldRole>>| roles.as_ref().is_ok_and(Vec::is_empty);
        matches!(self, Self::Group { roles, eligible, .. } if none(roles) && none(eligible))
    }
}

/// An Entra role that a group has or can activate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// The role.
    pub role: Role,
    /// Where the role applies.
    pub scope: DirectoryScope,
}

/// What a policy requires for an activation. `None` if the rule could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Demands {
    /// The longest activation, ISO 8601.
    pub longest: Option<String>,
    /// MFA or an authentication context.
    pub requirement: Option<Requirement>,
    /// Whether the requester must give a justification.
    pub justification: Option<bool>,
    /// Whether the requester must name a ticket.
    pub ticket: Option<bool>,
    /// Whether the approver must give a justification (`isApproverJustificationRequired`).
    pub approver_justification: Option<bool>,
    /// Who may approve, with names if they can be read. For a role, an empty list means its default approvers: the
    /// active Privileged Role Administrators and Global Administrators.
    pub approvers: Option<Vec<NamedApprover>>,
}

/// An approver, with the name if it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedApprover {
    /// Who.
    pub approver: Approver,
    /// Display name.
    pub name: Option<String>,
}

impl Demands {
    /// Takes the requirements from a policy; [`Demands::name`] adds the names.
    pub fn of(policy: &Policy) -> Self {
        let flag = |setting| policy.read(setting).value.as_ref().and_then(Value::as_flag);
        let duration = policy.read(Setting::ActivationDuration).value;
        let stage = policy.rule(RuleId::ActivationApproval).map(|rule| &rule.raw()["setting"]["approvalStages"][0]);
        Self {
            longest: duration.as_ref().and_then(Value::as_duration).filter(|text| !text.is_empty()).map(str::to_owned),
            requirement: match policy.read(Setting::ActivationRequirement).value {
                Some(Value::Requirement(requirement)) => Some(requirement),
                _ => None,
            },
            justification: flag(Setting::ActivationJustification),
            ticket: flag(Setting::ActivationTicket),
            approver_justification: stage.and_then(|stage| stage["isApproverJustificationRequired"].as_bool()),
            approvers: match policy.read(Setting::Approvers).value {
                Some(Value::Approvers(list)) => {
                    Some(list.into_iter().map(|approver| NamedApprover { approver, name: None }).collect())
                }
                _ => None,
            },
        }
    }

    /// Fills in the known names.
    pub fn name(&mut self, name: impl Fn(&Approver) -> Option<String>) {
        for approver in self.approvers.iter_mut().flatten() {
            approver.name = name(&approver.approver);
        }
    }
}

/// The person who is asking. `None` and empty if Microsoft does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requester {
    /// Job title.
    pub job_title: String,
    /// Department.
    pub department: String,
    /// A guest, invited from another organization.
    pub guest: Option<bool>,
    /// The account is disabled.
    pub disabled: Option<bool>,
}

/// Earlier requests of this person for the same access, in the last 30 days, as far as this approver may see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The requests, latest first.
    pub earlier: Vec<Earlier>,
}

/// An earlier request for the same access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its ID.
    pub id: String,
    /// How it ended.
    pub ending: Ending,
    /// The length that was asked for.
    pub length: Length,
    /// When it was made, ms since 1970.
    pub created_unix_ms: i64,
}

impl Past {
    /// How many of them were approved.
    pub fn approved(&self) -> usize {
        self.earlier.iter().filter(|one| one.ending.was_approved()).count()
    }

    /// The latest one that was denied.
    pub fn denied(&self) -> Option<&Earlier> {
        self.earlier.iter().find(|one| one.ending == Ending::Denied)
    }
}

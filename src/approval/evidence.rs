//! What helps to decide a request, beyond the request itself: what the access grants, what its policy demands, who asks,
//! and what they asked for before. Each part may be missing; that is told, and is never an error.

mod mark;

pub use mark::Mark;

use super::{DirectoryScope, Ending, Length};
use crate::directory::Role;
use crate::policy::{Approver, Policy, Requirement, RuleId, Setting, Value};

/// How far back earlier requests are looked at, ms.
pub const PAST_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A part of the evidence, or why there is none.
pub type Part<T> = Result<T, Unreadable>;

/// Why a part cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The permission it takes was not granted to this session.
    NotGranted,
    /// Microsoft does not show it to this person.
    Refused,
    /// Microsoft knows nothing of it: deleted, or without a policy.
    NotFound,
    /// It could not be read this time.
    Failed,
    /// The request does not say what to look for.
    NotTold,
}

/// All that is known about a request beside itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What the access grants.
    pub grants: Part<Grants>,
    /// What the policy of the access demands.
    pub demands: Part<Demands>,
    /// Who asks.
    pub requester: Part<Requester>,
    /// What they asked for before.
    pub past: Part<Past>,
}

impl Evidence {
    /// Puts what was known before in the place of what failed to be read again. Gives whether it did.
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
        /// The Entra roles it holds; none for a group that cannot hold any.
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
        /// Marked as privileged; `None` where that is not readable.
        privileged: Option<bool>,
    },
}

/// An Entra role that a group holds or can activate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: DirectoryScope,
}

/// What a policy demands of an activation. `None` where its rule could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Demands {
    /// The longest activation, ISO 8601.
    pub longest: Option<String>,
    /// MFA or an authentication context.
    pub requirement: Option<Requirement>,
    /// Whether the requester must say why.
    pub justification: Option<bool>,
    /// Whether the requester must name a ticket.
    pub ticket: Option<bool>,
    /// Whether the approver must say why (`isApproverJustificationRequired`).
    pub approver_justification: Option<bool>,
    /// Who may approve, with names where they are readable. For a role an empty list means Microsoft's default: the
    /// Privileged Role and Global Administrators.
    pub approvers: Option<Vec<NamedApprover>>,
}

/// An approver and the name, if it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedApprover {
    /// Who.
    pub approver: Approver,
    /// Display name.
    pub name: Option<String>,
}

impl Demands {
    /// Read from a policy; names are filled in by [`Demands::name`].
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

    /// Fills in the names that are known.
    pub fn name(&mut self, name: impl Fn(&Approver) -> Option<String>) {
        for approver in self.approvers.iter_mut().flatten() {
            approver.name = name(&approver.approver);
        }
    }
}

/// Who asks. `None` and empty where Microsoft does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requester {
    /// Job title.
    pub job_title: String,
    /// Department.
    pub department: String,
    /// Invited from another organization.
    pub guest: Option<bool>,
    /// Cannot sign in.
    pub disabled: Option<bool>,
}

/// What the requester asked for before: the same access, in the last 30 days, as far as this approver may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Earlier requests, latest first.
    pub earlier: Vec<Earlier>,
}

/// An earlier request for the same access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its id.
    pub id: String,
    /// How it ended.
    pub ending: Ending,
    /// For how long it was asked.
    pub length: Length,
    /// When it was made, ms since 1970.
    pub created_unix_ms: i64,
}

impl Past {
    /// How many were approved.
    pub fn approved(&self) -> usize {
        self.earlier.iter().filter(|one| one.ending.was_approved()).count()
    }

    /// The latest that was denied.
    pub fn denied(&self) -> Option<&Earlier> {
        self.earlier.iter().find(|one| one.ending == Ending::Denied)
    }
}

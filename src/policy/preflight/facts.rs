//! What was read along with a policy. `None` means that it could not be read, or was not requested.

use std::collections::BTreeMap;

/// A person or group, as far as the directory says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Object ID, lower case.
    pub id: String,
    /// Display name; the ID if there is none.
    pub name: String,
    /// Invited from another organization.
    pub guest: bool,
    /// Cannot sign in.
    pub disabled: bool,
    /// Whether it can sign in is not revealed to the signed-in person.
    pub hidden: bool,
}

/// An approver, looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// A person.
    Person(Who),
    /// A group, with its members if they could be read.
    Group(Who, Option<Vec<Who>>),
    /// The directory does not know it.
    Gone,
}

/// An assignment in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who has the assignment.
    pub who: Who,
    /// It is a group that has it.
    pub group: bool,
    /// Since when, ms since 1970.
    pub since_unix_ms: Option<i64>,
    /// Until when; `None` for permanent.
    pub until_unix_ms: Option<i64>,
    /// It comes from an activation, so the activation rule decides its end.
    pub activated: bool,
}

/// A Conditional Access policy, as far as it concerns authentication contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Whether it is on; report-only counts as off.
    pub enabled: bool,
    /// The contexts it targets.
    pub contexts: Vec<String>,
    /// Whether it includes all users; `None` if that was not returned. Whom it excludes is not looked at.
    pub for_all: Option<bool>,
}

/// What is known of authentication contexts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contexts {
    /// All of them, each with whether it is published.
    pub known: Option<Vec<(String, bool)>>,
    /// The policies that target them.
    pub policies: Option<Vec<AccessPolicy>>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The approvers by ID, lower case; `None` if they could not be looked up.
    pub approvers: Option<BTreeMap<String, Member>>,
    /// Who is eligible.
    pub eligible: Option<Vec<Holding>>,
    /// Who is active.
    pub active: Option<Vec<Holding>>,
    /// The group's owners; a role has none.
    pub owners: Option<Vec<Who>>,
    /// Authentication contexts.
    pub contexts: Contexts,
    /// Whether the person can probably change the policy.
    pub may_write: Option<bool>,
    /// Whether the save brings the group into PIM.
    pub onboards: Option<bool>,
    /// Why something is not among the facts, if known.
    pub unread: BTreeMap<Missing, Why>,
}

impl Facts {
    /// Records that something could not be read. Of several reasons, the one that a person can do most about counts.
    pub fn lacks(&mut self, missing: Missing, why: Why) {
        let known = self.unread.entry(missing).or_insert(why);
        *known = why.min(*known);
    }
}

/// Why something is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The required permission was not granted to this session.
    NotGranted,
    /// Microsoft does not show it to this person.
    Refused,
    /// It could not be read this time.
    Failed,
    /// It was not requested.
    NotAsked,
    /// It was returned, but is not understood.
    NotUnderstood,
}

impl Why {
    /// All reasons, the one that a person can do most about first.
    pub const ALL: [Self; 5] = [Self::NotGranted, Self::Refused, Self::Failed, Self::NotAsked, Self::NotUnderstood];
}

/// What could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The approvers.
    Approvers,
    /// The members of a group of approvers.
    ApproverMembers,
    /// Whether approvers can sign in: basic profiles do not say.
    Accounts,
    /// Who is eligible.
    Eligible,
    /// Who is eligible through a group.
    EligibleMembers,
    /// Who is active.
    Active,
    /// The group's owners.
    Owners,
    /// Authentication contexts.
    Contexts,
    /// Conditional Access policies.
    AccessPolicies,
    /// The person's right to change the policy.
    Right,
    /// Settings of the policy itself: it contains something not understood, or a rule was not returned.
    Settings,
}

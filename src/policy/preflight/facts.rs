//! What was read beside a policy. `None` means that it could not be read, or was not asked for.

use std::collections::BTreeMap;

/// A person or group, as far as the directory tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Object id, lower case.
    pub id: String,
    /// Display name; the id where there is none.
    pub name: String,
    /// Invited from another organization.
    pub guest: bool,
    /// Cannot sign in.
    pub disabled: bool,
    /// Whether it can sign in is not shown to the person who asks.
    pub hidden: bool,
}

/// An approver, looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// A person.
    Person(Who),
    /// A group, with its members where they could be read.
    Group(Who, Option<Vec<Who>>),
    /// The directory does not know it.
    Gone,
}

/// An assignment in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who holds it.
    pub who: Who,
    /// Since when, ms since 1970.
    pub since_unix_ms: Option<i64>,
    /// Until when; `None` for ever.
    pub until_unix_ms: Option<i64>,
    /// It comes from an activation, and so ends by the rule of activations.
    pub activated: bool,
}

/// A Conditional Access policy, as far as it concerns authentication contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// It is on; report-only is off here.
    pub enabled: bool,
    /// The contexts it targets.
    pub contexts: Vec<String>,
}

/// What is known of authentication contexts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contexts {
    /// All, with whether each is published.
    pub known: Option<Vec<(String, bool)>>,
    /// The policies that target them.
    pub policies: Option<Vec<AccessPolicy>>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The approvers by id, lower case; `None` when they could not be looked up.
    pub approvers: Option<BTreeMap<String, Member>>,
    /// Who is eligible.
    pub eligible: Option<Vec<Holding>>,
    /// Who is active.
    pub active: Option<Vec<Holding>>,
    /// The group's owners; a role has none.
    pub owners: Option<Vec<Who>>,
    /// Authentication contexts.
    pub contexts: Contexts,
    /// Whether the person can probably write.
    pub may_write: Option<bool>,
    /// Whether the save brings the group into PIM.
    pub onboards: Option<bool>,
    /// Why something is not among the facts, where that is known.
    pub unread: BTreeMap<Missing, Why>,
}

impl Facts {
    /// Something could not be read. Of several reasons the one counts that a person can do most about.
    pub fn lacks(&mut self, missing: Missing, why: Why) {
        let known = self.unread.entry(missing).or_insert(why);
        *known = why.min(*known);
    }
}

/// Why something is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The permission it takes was not granted to this session.
    NotGranted,
    /// Microsoft does not show it to this person.
    Refused,
    /// It could not be read this time.
    Failed,
    /// It was not asked for.
    NotAsked,
    /// It came, and is not understood.
    NotUnderstood,
}

impl Why {
    /// All, the one that a person can do most about first.
    pub const ALL: [Self; 5] = [Self::NotGranted, Self::Refused, Self::Failed, Self::NotAsked, Self::NotUnderstood];
}

/// What could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The approvers.
    Approvers,
    /// The members of a group of approvers.
    ApproverMembers,
    /// Whether approvers can sign in: basic profiles do not tell.
    Accounts,
    /// Who is eligible.
    Eligible,
    /// Who is active.
    Active,
    /// The group's owners.
    Owners,
    /// Authentication contexts.
    Contexts,
    /// Conditional Access policies.
    AccessPolicies,
    /// The person's right to write.
    Right,
    /// Settings of the policy itself: it holds what is not understood, or a rule of it did not come.
    Settings,
}

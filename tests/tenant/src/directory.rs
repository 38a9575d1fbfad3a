//! People, groups and authentication contexts: what the directory holds and PIM only refers to.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Which access to a group a policy or a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Being a member.
    Member,
    /// Being an owner.
    Owner,
}

impl Access {
    /// Both, in the order in which the service lists them.
    pub const ALL: [Self; 2] = [Self::Owner, Self::Member];

    /// `member` or `owner`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// Reads `member` or `owner`, any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.as_str().eq_ignore_ascii_case(text))
    }
}

/// A directory role that matters to PIM for Groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// May do everything.
    GlobalAdministrator,
    /// Manages role-assignable groups.
    PrivilegedRoleAdministrator,
    /// Manages the other groups.
    GroupsAdministrator,
    /// Manages the other groups.
    IdentityGovernanceAdministrator,
    /// Reads everything in the directory.
    GlobalReader,
}

impl Role {
    /// The name the admin centre shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "Global Administrator",
            Self::PrivilegedRoleAdministrator => "Privileged Role Administrator",
            Self::GroupsAdministrator => "Groups Administrator",
            Self::IdentityGovernanceAdministrator => "Identity Governance Administrator",
            Self::GlobalReader => "Global Reader",
        }
    }

    /// The role's template id, the same in every tenant.
    pub const fn template(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "62e90394-69f5-4237-9190-012177145e10",
            Self::PrivilegedRoleAdministrator => "e8611ab8-c189-46e8-94e1-60213ab1f814",
            Self::GroupsAdministrator => "fdd7a751-b60b-444a-984c-02652fe8fa1c",
            Self::IdentityGovernanceAdministrator => "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e",
            Self::GlobalReader => "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
        }
    }
}

/// A person in the directory.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Object id.
    pub id: String,
    /// The short name tests and the sign-in page use; empty for people one cannot sign in as.
    pub sign_in: String,
    /// Display name.
    pub name: String,
    /// User principal name.
    pub upn: String,
    /// Mail address.
    pub mail: String,
    /// Job title.
    pub job: String,
    /// Invited from another organisation.
    pub guest: bool,
    /// Whether the account can sign in.
    pub enabled: bool,
    /// Directory roles.
    pub roles: Vec<Role>,
}

/// A group in the directory.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Object id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Whether directory roles can be given to the group.
    pub role_assignable: bool,
    /// Membership rule of a dynamic group.
    pub membership_rule: Option<String>,
    /// Synchronised from on-premises.
    pub synced: bool,
    /// A Microsoft 365 group.
    pub unified: bool,
    /// When it was created, milliseconds since 1970.
    pub created_ms: i64,
    /// Object ids of active owners.
    pub owners: Vec<String>,
    /// Object ids of active members.
    pub members: Vec<String>,
    /// Object ids of people eligible to become owners.
    pub eligible_owners: Vec<String>,
    /// Object ids of people eligible to become members.
    pub eligible_members: Vec<String>,
}

impl Group {
    /// Whether PIM can manage the group: dynamic and synchronised ones are not supported.
    pub const fn can_be_in_pim(&self) -> bool {
        self.membership_rule.is_none() && !self.synced
    }
}

/// An authentication context of Conditional Access.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) available: bool,
}

/// Everything in the directory, with an index by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    pub(crate) people: Vec<Person>,
    pub(crate) groups: Vec<Group>,
    pub(crate) contexts: Vec<Context>,
    people_by_id: HashMap<String, usize>,
    groups_by_id: HashMap<String, usize>,
}

impl Directory {
    pub(crate) fn new(people: Vec<Person>, groups: Vec<Group>, contexts: Vec<Context>) -> Self {
        let people_by_id = people.iter().enumerate().map(|(at, person)| (person.id.clone(), at)).collect();
        let groups_by_id = groups.iter().enumerate().map(|(at, group)| (group.id.clone(), at)).collect();
        Self { people, groups, contexts, people_by_id, groups_by_id }
    }

    /// A person by object id, any case.
    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(*self.people_by_id.get(&id.to_ascii_lowercase())?)
    }

    /// A group by object id, any case.
    pub(crate) fn group(&self, id: &str) -> Option<&Group> {
        self.groups.get(*self.groups_by_id.get(&id.to_ascii_lowercase())?)
    }

    /// A person by short name, user principal name or object id.
    pub(crate) fn find(&self, who: &str) -> Option<&Person> {
        self.person(who).or_else(|| {
            let known = |p: &&Person| p.upn.eq_ignore_ascii_case(who) || (!who.is_empty() && p.sign_in == who);
            self.people.iter().find(known)
        })
    }
}

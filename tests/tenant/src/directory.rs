//! People, groups, roles and authentication contexts: what is in the directory and PIM only refers to.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Which access to a group a policy or a request is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Being a member.
    #[default]
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

    /// Parses `member` or `owner`, any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.as_str().eq_ignore_ascii_case(text))
    }
}

/// A directory role that decides what people may do in PIM.
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
    /// Manages people and the other groups.
    UserAdministrator,
    /// Writes basic directory information; manages the other groups.
    DirectoryWriters,
    /// Reads everything in the directory.
    GlobalReader,
    /// Manages security settings; reads PIM for roles.
    SecurityAdministrator,
    /// Reads PIM for roles.
    SecurityOperator,
    /// Reads PIM for roles.
    SecurityReader,
    /// Manages Conditional Access.
    ConditionalAccessAdministrator,
    /// Reads basic directory information, roles included.
    DirectoryReaders,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 12] = [
        Self::GlobalAdministrator,
        Self::PrivilegedRoleAdministrator,
        Self::GroupsAdministrator,
        Self::IdentityGovernanceAdministrator,
        Self::UserAdministrator,
        Self::DirectoryWriters,
        Self::GlobalReader,
        Self::SecurityAdministrator,
        Self::SecurityOperator,
        Self::SecurityReader,
        Self::ConditionalAccessAdministrator,
        Self::DirectoryReaders,
    ];

    /// The name in the admin center.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "Global Administrator",
            Self::PrivilegedRoleAdministrator => "Privileged Role Administrator",
            Self::GroupsAdministrator => "Groups Administrator",
            Self::IdentityGovernanceAdministrator => "Identity Governance Administrator",
            Self::UserAdministrator => "User Administrator",
            Self::DirectoryWriters => "Directory Writers",
            Self::GlobalReader => "Global Reader",
            Self::SecurityAdministrator => "Security Administrator",
            Self::SecurityOperator => "Security Operator",
            Self::SecurityReader => "Security Reader",
            Self::ConditionalAccessAdministrator => "Conditional Access Administrator",
            Self::DirectoryReaders => "Directory Readers",
        }
    }

    /// The role's template ID, the same in every tenant.
    pub const fn template(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "62e90394-69f5-4237-9190-012177145e10",
            Self::PrivilegedRoleAdministrator => "e8611ab8-c189-46e8-94e1-60213ab1f814",
            Self::GroupsAdministrator => "fdd7a751-b60b-444a-984c-02652fe8fa1c",
            Self::IdentityGovernanceAdministrator => "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e",
            Self::UserAdministrator => "fe930be7-5e62-47db-91af-98c3a49a38b1",
            Self::DirectoryWriters => "9360feb5-f418-4baa-8175-e2a00bac4301",
            Self::GlobalReader => "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
            Self::SecurityAdministrator => "194ae4cb-b126-40b2-bd5b-6091b380977d",
            Self::SecurityOperator => "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
            Self::SecurityReader => "5d6b6bb7-de71-4623-b4af-96380a352509",
            Self::ConditionalAccessAdministrator => "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
            Self::DirectoryReaders => "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
        }
    }
}

/// A person in the directory.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Object ID.
    pub id: String,
    /// The short name used by tests and the sign-in page; empty for people who cannot sign in.
    pub sign_in: String,
    /// Display name.
    pub name: String,
    /// User principal name.
    pub upn: String,
    /// Email address.
    pub mail: String,
    /// Job title.
    pub job: String,
    /// Department.
    pub department: String,
    /// Invited from another organization.
    pub guest: bool,
    /// Whether the account can sign in.
    pub enabled: bool,
    /// Directory roles.
    pub roles: Vec<Role>,
}

/// A group in the directory.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Object ID.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Whether directory roles can be assigned to the group.
    pub role_assignable: bool,
    /// Membership rule of a dynamic group.
    pub membership_rule: Option<String>,
    /// Synchronized from on-premises.
    pub synced: bool,
    /// A Microsoft 365 group.
    pub unified: bool,
    /// When it was created, milliseconds since 1970.
    pub created_ms: i64,
    /// Object IDs of active owners.
    pub owners: Vec<String>,
    /// Object IDs of active members.
    pub members: Vec<String>,
    /// Object IDs of groups that are members.
    pub nested: Vec<String>,
    /// Object IDs of people eligible to become owners.
    pub eligible_owners: Vec<String>,
    /// Object IDs of people eligible to become members.
    pub eligible_members: Vec<String>,
}

impl Group {
    /// Whether PIM can manage the group: dynamic and synchronized ones are not supported.
    pub const fn can_be_in_pim(&self) -> bool {
        self.membership_rule.is_none() && !self.synced
    }
}

/// A role definition: one of Microsoft's or one of the company's own.
#[derive(Clone, Debug)]
pub struct RoleDefinition {
    /// The ID; for built-in roles the template ID, the same in every tenant.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Made by Microsoft.
    pub built_in: bool,
    /// Whether it can be assigned.
    pub enabled: bool,
    /// Marked as privileged.
    pub privileged: bool,
    /// The resource actions it allows; only for the company's own roles.
    pub(crate) actions: &'static [&'static str],
}

/// An administrative unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
}

/// An authentication context of Conditional Access.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) available: bool,
}

/// A Conditional Access policy, in short.
#[derive(Clone, Debug)]
pub(crate) struct AccessRule {
    pub(crate) name: &'static str,
    /// `enabled`, `disabled`, `enabledForReportingButNotEnforced`.
    pub(crate) state: &'static str,
    /// The authentication contexts it applies to; none means all applications.
    pub(crate) contexts: &'static [&'static str],
    /// What it requires.
    pub(crate) controls: &'static [&'static str],
}

/// Everything in the directory, with an index by ID.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    pub(crate) people: Vec<Person>,
    pub(crate) groups: Vec<Group>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) access_rules: Vec<AccessRule>,
    pub(crate) roles: Vec<RoleDefinition>,
    pub(crate) units: Vec<Unit>,
    people_by_id: HashMap<String, usize>,
    groups_by_id: HashMap<String, usize>,
}

impl Directory {
    /// A directory with people and groups only.
    pub(crate) fn new(people: Vec<Person>, groups: Vec<Group>) -> Self {
        let people_by_id = people.iter().enumerate().map(|(at, person)| (person.id.clone(), at)).collect();
        let groups_by_id = groups.iter().enumerate().map(|(at, group)| (group.id.clone(), at)).collect();
        Self { people, groups, people_by_id, groups_by_id, ..Self::default() }
    }

    /// A role definition by ID, in any case.
    pub(crate) fn role(&self, id: &str) -> Option<&RoleDefinition> {
        self.roles.iter().find(|role| role.id.eq_ignore_ascii_case(id))
    }

    /// An administrative unit by object ID.
    pub(crate) fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id.eq_ignore_ascii_case(id))
    }

    /// A person by object ID, in any case.
    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(*self.people_by_id.get(&id.to_ascii_lowercase())?)
    }

    /// A group by object ID, in any case.
    pub(crate) fn group(&self, id: &str) -> Option<&Group> {
        self.groups.get(*self.groups_by_id.get(&id.to_ascii_lowercase())?)
    }

    /// A person by short name, user principal name or object ID.
    pub(crate) fn find(&self, who: &str) -> Option<&Person> {
        self.person(who).or_else(|| {
            let known = |p: &&Person| p.upn.eq_ignore_ascii_case(who) || (!who.is_empty() && p.sign_in == who);
            self.people.iter().find(known)
        })
    }
}

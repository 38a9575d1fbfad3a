//! People, groups and roles of the directory, as far as the product shows them.

mod role;

use crate::guid::Guid;

pub use role::{Role, RoleFilter};

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    /// Object ID.
    pub id: Guid,
    /// Display name; empty if the directory has none.
    pub name: String,
    /// Description; empty if there is none.
    pub description: String,
    /// Whether Entra roles can be assigned to it.
    pub role_assignable: bool,
    /// Whether a rule decides its members. Such a group cannot be in PIM.
    pub dynamic: bool,
    /// Whether it comes from on-premises. Such a group cannot be in PIM.
    pub synced: bool,
}

impl Group {
    /// Why PIM cannot manage it, if it cannot (graph.md G21).
    pub const fn not_for_pim(&self) -> Option<NotForPim> {
        if self.dynamic {
            Some(NotForPim::Dynamic)
        } else if self.synced {
            Some(NotForPim::Synced)
        } else {
            None
        }
    }
}

/// Why PIM cannot manage a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotForPim {
    /// Its members follow a rule.
    Dynamic,
    /// It is synchronized from on-premises.
    Synced,
}

/// What a policy is about, as the directory describes it: the group or the role of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A group.
    Group(Group),
    /// An Entra role.
    Role(Role),
}

impl Holder {
    /// Display name; empty when unknown.
    pub fn name(&self) -> &str {
        match self {
            Self::Group(group) => &group.name,
            Self::Role(role) => &role.name,
        }
    }

    /// Description; empty when there is none.
    pub fn description(&self) -> &str {
        match self {
            Self::Group(group) => &group.description,
            Self::Role(role) => &role.description,
        }
    }

    /// Why PIM cannot manage it, if it cannot.
    pub const fn not_for_pim(&self) -> Option<NotForPim> {
        match self {
            Self::Group(group) => group.not_for_pim(),
            Self::Role(_) => None,
        }
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Object ID.
    pub id: Guid,
    /// Display name; empty when unknown.
    pub name: String,
    /// User principal name; empty when unknown.
    pub username: String,
    /// Invited from another organization.
    pub guest: bool,
    /// Cannot sign in.
    pub disabled: bool,
}

/// Anything that has a name in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectoryObject {
    /// A person.
    Person(Person),
    /// A group.
    Group(Group),
}

impl DirectoryObject {
    /// Object ID.
    pub const fn id(&self) -> &Guid {
        match self {
            Self::Person(person) => &person.id,
            Self::Group(group) => &group.id,
        }
    }

    /// Display name; empty when unknown.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Group(group) => &group.name,
        }
    }
}

/// A published or unpublished Conditional Access authentication context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticationContext {
    /// `c1` … `c99`.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Description; may be empty.
    pub description: String,
    /// Whether it is published for use.
    pub available: bool,
}

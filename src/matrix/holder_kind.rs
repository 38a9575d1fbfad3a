//! Groups or Entra roles: what is listed and read together.

use super::Class;
use crate::guid::Guid;
use crate::policy::{Access, Subject};

/// What is read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HolderKind {
    /// Groups, with the policies of their members and owners.
    Groups,
    /// Entra roles.
    Roles,
}

impl HolderKind {
    /// Both, in the order of the table.
    pub const ALL: [Self; 2] = [Self::Groups, Self::Roles];

    /// The kind whose policies are of this class.
    pub const fn of(class: Class) -> Self {
        match class {
            Class::Members | Class::Owners => Self::Groups,
            Class::Roles => Self::Roles,
        }
    }

    /// The class of which each group or role has one policy.
    pub const fn counted(self) -> Class {
        match self {
            Self::Groups => Class::Members,
            Self::Roles => Class::Roles,
        }
    }

    /// The subject of that class.
    pub const fn subject(self, id: Guid) -> Subject {
        match self {
            Self::Groups => Subject::Group { group: id, access: Access::Member },
            Self::Roles => Subject::Role { template: id },
        }
    }
}

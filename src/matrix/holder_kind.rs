//! Groups or Entra roles: the two kinds that are listed and read separately.

use super::Class;
use crate::guid::Guid;
use crate::policy::{Access, Subject};

/// A kind of objects that are listed and read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HolderKind {
    /// Groups, with the policies of their members and owners.
    Groups,
    /// Entra roles.
    Roles,
}

impl HolderKind {
    /// Both, in table order.
    pub const ALL: [Self; 2] = [Self::Groups, Self::Roles];

    /// The kind that policies of this class belong to.
    pub const fn of(class: Class) -> Self {
        match class {
            Class::Members | Class::Owners => Self::Groups,
            Class::Roles => Self::Roles,
        }
    }

    /// The class that has one policy for each group or role, for counting them.
    pub const fn counted(self) -> Class {
        match self {
            Self::Groups => Class::Members,
            Self::Roles => Class::Roles,
        }
    }

    /// The subject of that class for this group or role.
    pub const fn subject(self, id: Guid) -> Subject {
        match self {
            Self::Groups => Subject::Group { group: id, access: Access::Member },
            Self::Roles => Subject::Role { template: id },
        }
    }
}

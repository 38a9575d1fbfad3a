//! What a request asks for: a group, or an Entra role.

use std::fmt;
use std::str::FromStr;

use crate::directory::{Group, Role};
use crate::guid::Guid;
use crate::policy::{Access, Subject};

/// Which of PIM's two services a request belongs to. Each has its own calls and permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// PIM for Groups.
    Group,
    /// Microsoft Entra roles.
    Role,
}

impl Kind {
    /// Both, groups first.
    pub const ALL: [Self; 2] = [Self::Group, Self::Role];

    /// The word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Role => "role",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Access to a group.
    Group {
        /// The group's ID, if Graph sent it.
        id: Option<Guid>,
        /// The group, if Graph sent it along.
        group: Option<Group>,
        /// As member or owner; `Err` contains an unknown word verbatim.
        access: Result<Access, String>,
    },
    /// An Entra role.
    Role {
        /// The role definition's ID, if Graph sent it.
        id: Option<Guid>,
        /// The role, if Graph sent it along.
        role: Option<Role>,
        /// Where the role applies.
        scope: DirectoryScope,
        /// The name of that administrative unit or object, if Graph sent it along.
        place: Option<String>,
    },
}

impl Target {
    /// Which kind of target.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Group { .. } => Kind::Group,
            Self::Role { .. } => Kind::Role,
        }
    }

    /// The ID of the group or role definition, from whichever field Graph filled in.
    pub fn id(&self) -> Option<&Guid> {
        match self {
            Self::Group { id, group, .. } => id.as_ref().or(group.as_ref().map(|known| &known.id)),
            Self::Role { id, role, .. } => id.as_ref().or(role.as_ref().map(|known| &known.id)),
        }
    }

    /// The display name, if Graph sent one.
    pub fn name(&self) -> Option<&str> {
        let name = match self {
            Self::Group { group, .. } => &group.as_ref()?.name,
            Self::Role { role, .. } => &role.as_ref()?.name,
        };
        Some(name.as_str()).filter(|name| !name.trim().is_empty())
    }

    /// Whose policy governs it, if enough is known. The ID of a built-in role's definition is its template's.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Group { access, .. } => {
                Some(Subject::Group { group: self.id()?.clone(), access: *access.as_ref().ok()? })
            }
            Self::Role { role, .. } => {
                let template = role.as_ref().map_or_else(|| self.id(), |role| Some(&role.template_id));
                Some(Subject::Role { template: template?.clone() })
            }
        }
    }

    /// Whether both ask for the same: the same group as the same member or owner, or the same role in the same scope. A
    /// target with an unknown ID is the same as nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        let same_id = self.id().is_some() && self.id() == other.id();
        same_id
            && match (self, other) {
                (Self::Group { access: left, .. }, Self::Group { access: right, .. }) => left == right,
                (Self::Role { scope: left, .. }, Self::Role { scope: right, .. }) => left == right,
                _ => false,
            }
    }
}

/// Where a role applies (`directoryScopeId`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DirectoryScope {
    /// The whole tenant.
    Tenant,
    /// One administrative unit.
    Unit(Guid),
    /// Another object, such as an app registration; verbatim, empty if Graph does not say.
    Other(String),
}

impl DirectoryScope {
    /// Reads `directoryScopeId`: `/`, `/administrativeUnits/{id}`, `/{id}`.
    pub fn from_id(text: &str) -> Self {
        let unit = || {
            let (place, id) = text.strip_prefix('/')?.split_once('/')?;
            id.parse().ok().filter(|_| place.eq_ignore_ascii_case("administrativeUnits"))
        };
        if text == "/" { Self::Tenant } else { unit().map_or_else(|| Self::Other(text.to_owned()), Self::Unit) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";

    #[test]
    fn scopes_are_read_as_graph_writes_them() {
        assert_eq!(DirectoryScope::from_id("/"), DirectoryScope::Tenant);
        let unit = DirectoryScope::Unit(ID.parse().unwrap());
        assert_eq!(DirectoryScope::from_id(&format!("/AdministrativeUnits/{}", ID.to_uppercase())), unit);
        for odd in ["", &format!("/{ID}"), "/administrativeUnits/x", "//", "/a/b/c"] {
            assert_eq!(DirectoryScope::from_id(odd), DirectoryScope::Other(odd.to_owned()));
        }
    }

    #[test]
    fn the_same_access_is_told_from_a_similar_one() {
        let group = |id: Option<&str>, access| Target::Group {
            id: id.map(|id| id.parse().unwrap()),
            group: None,
            access: Ok(access),
        };
        let role = |scope| Target::Role { id: Some(ID.parse().unwrap()), role: None, scope, place: None };
        assert!(group(Some(ID), Access::Member).is_same(&group(Some(ID), Access::Member)));
        assert!(!group(Some(ID), Access::Member).is_same(&group(Some(ID), Access::Owner)));
        assert!(!group(None, Access::Member).is_same(&group(None, Access::Member)));
        assert!(!group(Some(ID), Access::Member).is_same(&role(DirectoryScope::Tenant)));
        assert!(!role(DirectoryScope::Tenant).is_same(&role(DirectoryScope::Unit(ID.parse().unwrap()))));
    }
}

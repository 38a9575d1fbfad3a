//! What a policy is for.

use crate::TENANT_ID;
use crate::directory::Access;

/// One access to a group, or one directory role: each has one policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// Membership or ownership of a group.
    Group {
        /// The group's object ID.
        group: String,
        access: Access,
    },
    /// A directory role, by the ID of its definition.
    Role(String),
}

/// Graph's name for the scope of a policy. Policies of roles can be found under two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeType {
    Group,
    DirectoryRole,
    Directory,
}

impl ScopeType {
    /// The name in Graph.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "Group",
            Self::DirectoryRole => "DirectoryRole",
            Self::Directory => "Directory",
        }
    }

    /// Parses a name, in any case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Group, Self::DirectoryRole, Self::Directory]
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(text))
    }
}

impl Subject {
    /// One access to a group.
    pub(crate) fn group(group: &str, access: Access) -> Self {
        Self::Group { group: group.into(), access }
    }

    /// `member`, `owner`, or the role definition's ID.
    pub(crate) fn role_definition(&self) -> &str {
        match self {
            Self::Group { access, .. } => access.as_str(),
            Self::Role(role) => role,
        }
    }

    /// The group's ID, or `/` for the whole directory.
    pub(crate) fn scope(&self) -> &str {
        match self {
            Self::Group { group, .. } => group,
            Self::Role(_) => "/",
        }
    }

    /// The scope as used in policy IDs: the group's ID, or the tenant's.
    pub(crate) fn scope_in_id(&self) -> &str {
        match self {
            Self::Group { group, .. } => group,
            Self::Role(_) => TENANT_ID,
        }
    }
}

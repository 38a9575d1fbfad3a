//! What a policy is for.

use crate::TENANT_ID;
use crate::directory::Access;

/// One access to a group, or one directory role: each has one policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// Being a member or owner of a group.
    Group {
        /// The group's object id.
        group: String,
        access: Access,
    },
    /// A directory role, by the id of its definition.
    Role(String),
}

/// How Graph calls the scope of a policy. Policies of roles are found under two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeType {
    Group,
    DirectoryRole,
    Directory,
}

impl ScopeType {
    /// The name on the wire.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "Group",
            Self::DirectoryRole => "DirectoryRole",
            Self::Directory => "Directory",
        }
    }

    /// Reads a name, any case.
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

    /// `member`, `owner`, or the role definition's id.
    pub(crate) fn role_definition(&self) -> &str {
        match self {
            Self::Group { access, .. } => access.as_str(),
            Self::Role(role) => role,
        }
    }

    /// The group's id, or `/` for the whole directory.
    pub(crate) fn scope(&self) -> &str {
        match self {
            Self::Group { group, .. } => group,
            Self::Role(_) => "/",
        }
    }

    /// What stands for the scope in the ids of policies: the group's id, or the tenant's.
    pub(crate) fn scope_in_id(&self) -> &str {
        match self {
            Self::Group { group, .. } => group,
            Self::Role(_) => TENANT_ID,
        }
    }
}

//! The subject of a policy: a group, for its members or its owners, or an Entra role.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::guid::Guid;

/// The relationship to the group that a policy governs (Graph's `accessId` and, for groups, `roleDefinitionId`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Members of the group.
    Member,
    /// Owners of the group.
    Owner,
}

impl Access {
    /// Both, in the order the admin center shows them.
    pub const ALL: [Self; 2] = [Self::Member, Self::Owner];

    /// `member` or `owner`, as in Graph and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Access {
    type Err = ();

    /// Parses `member` or `owner` in any case (documented payloads mix casings, graph.md G15).
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|access| access.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// What a policy applies to. The stable key of everything: drafts, addresses, receipts. In files it is its path, as in
/// addresses: `groups/{id}/member` or `roles/{templateId}`.
///
/// Everything that differs between kinds of subject is a method here, or a table of scopes, rights or words that starts
/// from one; the rest of the program does not ask for the kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// A group's members or owners.
    Group {
        /// The group.
        group: Guid,
        /// Its members or its owners.
        access: Access,
    },
    /// An Entra role, in the whole directory.
    Role {
        /// The role's template ID; for a custom role its own ID.
        template: Guid,
    },
}

/// The text names no subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("names neither a group's members or owners nor a role")]
pub struct NotASubject;

/// Graph's `scopeType` of a role's policy, the usual first.
pub const ROLE_SCOPE_TYPES: [&str; 2] = ["DirectoryRole", "Directory"];

impl Subject {
    /// The subjects whose policies are shown on one page, in the admin center's order: a group's members and owners, or
    /// a role alone.
    pub fn of_page(&self) -> Vec<Self> {
        match self {
            Self::Group { group, .. } => {
                Access::ALL.into_iter().map(|access| Self::Group { group: group.clone(), access }).collect()
            }
            Self::Role { .. } => vec![self.clone()],
        }
    }

    /// Whether both are shown on the same page.
    pub fn shares_page_with(&self, other: &Self) -> bool {
        self.of_page() == other.of_page()
    }

    /// Members or owners; `None` for a role, which has no such choice.
    pub const fn access(&self) -> Option<Access> {
        match self {
            Self::Group { access, .. } => Some(*access),
            Self::Role { .. } => None,
        }
    }

    /// The object ID of the group, or the template ID of the role.
    pub const fn id(&self) -> &Guid {
        match self {
            Self::Group { group, .. } => group,
            Self::Role { template } => template,
        }
    }

    /// Graph's `scopeId`: the group, or `/` for the whole directory.
    pub fn scope_id(&self) -> &str {
        match self {
            Self::Group { group, .. } => group.as_str(),
            Self::Role { .. } => "/",
        }
    }

    /// Graph's `scopeType`s, the usual one first; if it returns nothing, the next is tried (graph.md G18).
    pub const fn scope_types(&self) -> &'static [&'static str] {
        match self {
            Self::Group { .. } => &["Group"],
            Self::Role { .. } => &ROLE_SCOPE_TYPES,
        }
    }

    /// Graph's `roleDefinitionId`: `member`, `owner`, or the role's template ID.
    pub fn definition(&self) -> &str {
        match self {
            Self::Group { access, .. } => access.as_str(),
            Self::Role { template } => template.as_str(),
        }
    }

    /// Whether someone approves if no approver is selected: for a role, its default approvers. A group has none
    /// (graph.md G19).
    pub const fn has_default_approvers(&self) -> bool {
        matches!(self, Self::Role { .. })
    }

    /// Whether the first change of the policy brings the subject into PIM for good. Roles are always in PIM.
    pub const fn can_be_outside_pim(&self) -> bool {
        matches!(self, Self::Group { .. })
    }

    /// The name under which a tab stores the subject's draft. A group's is the one from before there were roles.
    pub fn draft_key(&self) -> String {
        match self {
            Self::Group { group, access } => [group.as_str(), access.as_str()].join("."),
            Self::Role { template } => ["role", template.as_str()].join("."),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group { group, access } => write!(f, "groups/{group}/{access}"),
            Self::Role { template } => write!(f, "roles/{template}"),
        }
    }
}

impl FromStr for Subject {
    type Err = NotASubject;

    fn from_str(text: &str) -> Result<Self, NotASubject> {
        let parts: Vec<&str> = text.split('/').collect();
        let id = |text: &str| text.parse::<Guid>().map_err(|_| NotASubject);
        match parts.as_slice() {
            ["groups", group, access] => {
                Ok(Self::Group { group: id(group)?, access: access.parse().map_err(|()| NotASubject)? })
            }
            ["roles", template] => Ok(Self::Role { template: id(template)? }),
            _ => Err(NotASubject),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<Self, NotASubject> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";

    #[test]
    fn subjects_are_found_again_by_their_path_and_share_nothing() {
        let id: Guid = ID.parse().unwrap();
        let role = Subject::Role { template: id.clone() };
        let mut all = Subject::Group { group: id, access: Access::Owner }.of_page();
        all.push(role.clone());
        for subject in &all {
            assert_eq!(subject.to_string().parse(), Ok(subject.clone()));
            let kept = serde_json::to_string(subject).unwrap();
            assert_eq!(serde_json::from_str::<Subject>(&kept).unwrap(), *subject);
            assert_eq!(all.iter().filter(|other| other.draft_key() == subject.draft_key()).count(), 1);
        }
        assert!(all[0].shares_page_with(&all[1]) && !all[0].shares_page_with(&role));
        for text in ["", "groups", "groups/x/member", &format!("groups/{ID}"), &format!("roles/{ID}/member")] {
            assert_eq!(text.parse::<Subject>(), Err(NotASubject), "{text}");
        }
    }
}

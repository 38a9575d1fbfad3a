//! Whose policy: a group, for its members or its owners.

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
    /// Both, in the order the admin centre shows them.
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

    /// Reads `member` or `owner` in any case (documented payloads mix casings, quirk 16).
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|access| access.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// What a policy belongs to. The stable key of everything: drafts, addresses, receipts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// The group.
    pub group: Guid,
    /// Its members or its owners.
    pub access: Access,
}

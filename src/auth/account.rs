//! Who is signed in.

use serde::{Deserialize, Serialize};

use crate::guid::Guid;

/// The two ids that tell one person in one tenant from everyone else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The person's object id.
    pub oid: Guid,
    /// The tenant's id.
    pub tid: Guid,
}

impl Identity {
    /// What the names of all that is kept for this person begin with.
    pub fn owner(&self) -> String {
        [self.tid.as_str(), self.oid.as_str()].join(".")
    }
}

/// The signed-in person, as the ID token names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The person's object id.
    pub oid: Guid,
    /// The tenant's id.
    pub tid: Guid,
    /// The display name; the user name where there is none.
    pub name: String,
    /// The user name (UPN), to show; not an identifier.
    pub username: String,
    /// The opaque `login_hint` claim, where the app registration emits it.
    pub login_hint: Option<String>,
}

impl Account {
    /// The person's and the tenant's id.
    pub fn identity(&self) -> Identity {
        Identity { oid: self.oid.clone(), tid: self.tid.clone() }
    }

    /// What names this person to the sign-in service: the `login_hint` claim before the user name.
    pub fn hint(&self) -> &str {
        self.login_hint.as_deref().unwrap_or(&self.username)
    }
}

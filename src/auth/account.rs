//! Who is signed in.

use serde::{Deserialize, Serialize};

use crate::guid::Guid;

/// The two IDs that identify one person in one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The person's object ID.
    pub oid: Guid,
    /// The tenant's ID.
    pub tid: Guid,
}

impl Identity {
    /// The prefix of all storage keys for this person.
    pub fn owner(&self) -> String {
        [self.tid.as_str(), self.oid.as_str()].join(".")
    }
}

/// The signed-in person, as the ID token names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The person's object ID.
    pub oid: Guid,
    /// The tenant's ID.
    pub tid: Guid,
    /// The display name; the user name if there is none.
    pub name: String,
    /// The user name (UPN), to show; not an identifier.
    pub username: String,
    /// The opaque `login_hint` claim, if the app registration emits it.
    pub login_hint: Option<String>,
}

impl Account {
    /// The IDs of the person and the tenant.
    pub fn identity(&self) -> Identity {
        Identity { oid: self.oid.clone(), tid: self.tid.clone() }
    }

    /// What the tab remembers to sign this person in again silently; [`returning`] reads it.
    pub fn to_return(&self) -> String {
        [self.identity().owner().as_str(), self.hint()].join(" ")
    }

    /// How the sign-in service is told who this is: the `login_hint` claim, else the user name.
    pub fn hint(&self) -> &str {
        self.login_hint.as_deref().unwrap_or(&self.username)
    }
}

/// Who is to come back, and their login hint. An earlier version stored only the hint.
pub fn returning(text: &str) -> (Option<Identity>, &str) {
    let split = || {
        let (owner, hint) = text.split_once(' ')?;
        let (tid, oid) = owner.split_once('.')?;
        Some((Identity { oid: oid.parse().ok()?, tid: tid.parse().ok()? }, hint))
    };
    split().map_or((None, text), |(who, hint)| (Some(who), hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_returns_is_read_with_and_without_ids() {
        let account = Account {
            oid: "5a1e0000-0000-4000-8000-00000000000a".parse().unwrap(),
            tid: "5a1e0000-0000-4000-8000-000000000001".parse().unwrap(),
            name: "Ana".to_owned(),
            username: "ana@contoso.example".to_owned(),
            login_hint: None,
        };
        let text = account.to_return();
        assert_eq!(returning(&text), (Some(account.identity()), "ana@contoso.example"));
        for odd in ["", "ana@contoso.example", "O.opaque", "a.b c", " "] {
            assert_eq!(returning(odd), (None, odd));
        }
    }
}

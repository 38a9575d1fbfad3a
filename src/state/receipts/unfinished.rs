//! Whether this browser keeps a save or a change of many policies whose end is not known: a look at what is stored,
//! without the code that reads it.

use crate::auth::account::Account;
use crate::browser::storage::{self, Key};
use crate::receipt::keep::may_be_open;

/// Whether there is something to look for.
pub fn is_any(account: &Account) -> bool {
    let owner = owner_of(account);
    let open = |key| storage::all(key).iter().any(|(_, text)| may_be_open(text));
    open(Key::Receipt(&owner)) || open(Key::RolloutRecord(&owner))
}

/// What the names of a person's receipts and records begin with.
pub fn owner_of(account: &Account) -> String {
    [account.tid.as_str(), ".", account.oid.as_str(), "."].concat()
}

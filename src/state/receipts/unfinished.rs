//! Whether this browser has a save or a change of many policies with an unknown outcome: checks what is stored, without
//! the code that parses it.

use crate::auth::account::Account;
use crate::browser::storage::{self, Key};
use crate::receipt::keep::may_be_open;

/// Whether there is anything to look for.
pub fn is_any(account: &Account) -> bool {
    let owner = owner_of(account);
    let open = |key| storage::all(key).iter().any(|(_, text)| may_be_open(text));
    open(Key::Receipt(&owner)) || open(Key::RolloutRecord(&owner))
}

/// The prefix of the keys of a person's receipts and records.
pub fn owner_of(account: &Account) -> String {
    [account.tid.as_str(), ".", account.oid.as_str(), "."].concat()
}

//! Unsaved edits kept in the tab, so that a reload or a sign-in in between brings them back. Ids and values only.

use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::desk::editing;
use crate::policy::{Draft, Subject};
use crate::world::Clock;

/// The key names tenant, person and subject: nobody else is offered a draft.
fn key(account: &Account, subject: &Subject) -> String {
    [account.tid.as_str(), account.oid.as_str(), &subject.draft_key()].join(".")
}

/// The draft of a subject; empty when there is none, it is too old, or cannot be read.
pub fn load(account: &Account, subject: &Subject) -> Draft {
    let key = key(account, subject);
    storage::read(Key::Draft(&key)).map_or_else(Draft::default, |text| editing::restored(&text, BrowserWorld.unix_ms()))
}

/// Keeps a draft; an empty one is forgotten. Where the browser stores nothing, the draft lives as long as the page.
pub fn keep(account: &Account, subject: &Subject, draft: &Draft) {
    let key = key(account, subject);
    match editing::kept(draft, BrowserWorld.unix_ms()) {
        Some(text) => {
            storage::write(Key::Draft(&key), &text);
        }
        None => storage::remove(Key::Draft(&key)),
    }
}

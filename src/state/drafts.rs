//! Unsaved edits kept in the tab, so that a reload or a sign-in in between brings them back. Ids and values only.

use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::desk::editing;
use crate::guid::Guid;
use crate::policy::{Draft, Subject};
use crate::world::Clock;

/// The key names tenant, person and subject: nobody else is offered a draft.
fn key(account: &Account, subject: &Subject) -> String {
    [account.tid.as_str(), account.oid.as_str(), &subject.draft_key()].join(".")
}

/// The draft of a subject, with the receipt it takes back, if it does; empty when there is none, it is too old, or cannot
/// be read.
pub fn load(account: &Account, subject: &Subject) -> (Draft, Option<Guid>) {
    let key = key(account, subject);
    let text = storage::read(Key::Draft(&key)).unwrap_or_default();
    editing::restored(&text, BrowserWorld.unix_ms())
}

/// Keeps a draft; an empty one is forgotten. Gives whether the browser keeps it: where it stores nothing, the draft lives
/// as long as the page.
pub fn keep(account: &Account, subject: &Subject, draft: &Draft, undoes: Option<Guid>) -> bool {
    let key = key(account, subject);
    if let Some(text) = editing::kept(draft, undoes, BrowserWorld.unix_ms()) {
        return storage::write(Key::Draft(&key), &text);
    }
    storage::remove(Key::Draft(&key));
    draft.is_empty()
}

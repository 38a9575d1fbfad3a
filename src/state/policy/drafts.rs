//! Unsaved edits stored in the tab, so that a reload or a sign-in in between brings them back. IDs and values only.

use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::desk::editing;
use crate::guid::Guid;
use crate::policy::{Draft, Subject};
use crate::state::on_screen::{self, Place};
use crate::world::Clock;

/// The key contains tenant, person and subject: nobody else is offered a draft.
fn key(account: &Account, subject: &Subject) -> String {
    own(account, &subject.draft_key())
}

fn own(account: &Account, rest: &str) -> String {
    [account.tid.as_str(), account.oid.as_str(), rest].join(".")
}

/// Where the draft of a subject is stored.
pub fn place(account: &Account, subject: &Subject) -> Place {
    Place::Draft(key(account, subject))
}

/// Deletes the person's drafts that are too old to be offered, of any subject that is not on screen.
fn forget_old(account: &Account, now_unix_ms: i64) {
    on_screen::renew();
    for (rest, text) in storage::all(Key::Draft(&own(account, ""))) {
        if !editing::is_younger(&text, editing::LIFE_MS, now_unix_ms) {
            storage::remove(Key::Draft(&own(account, &rest)));
        }
    }
}

/// The draft of a subject, with the receipt it undoes, if any; empty if there is none, it is too old, or it cannot be
/// parsed.
pub fn load(account: &Account, subject: &Subject) -> (Draft, Option<Guid>) {
    let now = BrowserWorld.unix_ms();
    forget_old(account, now);
    let text = storage::read(Key::Draft(&key(account, subject))).unwrap_or_default();
    editing::restored(&text, now)
}

/// Stores a draft, or deletes it if empty. Returns whether the browser stored it: if not, the draft lives as long as
/// the page.
pub fn keep(account: &Account, subject: &Subject, draft: &Draft, undoes: Option<Guid>) -> bool {
    let key = key(account, subject);
    if let Some(text) = editing::kept(draft, undoes, BrowserWorld.unix_ms()) {
        return storage::write(Key::Draft(&key), &text);
    }
    storage::remove(Key::Draft(&key));
    draft.is_empty()
}

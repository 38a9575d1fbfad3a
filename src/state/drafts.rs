//! Unsaved edits kept in the tab, so that a reload or a sign-in in between brings them back. Ids and values only.

use serde::{Deserialize, Serialize};

use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::policy::{Draft, Subject};
use crate::world::Clock;

/// A draft older than this is not offered again, ms.
const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Kept {
    at_unix_ms: i64,
    draft: Draft,
}

/// The key names tenant, person and subject: nobody else is offered a draft.
fn key(account: &Account, subject: &Subject) -> String {
    [account.tid.as_str(), account.oid.as_str(), &subject.draft_key()].join(".")
}

/// The draft of a subject; empty when there is none, it is too old, or cannot be read.
pub fn load(account: &Account, subject: &Subject) -> Draft {
    let key = key(account, subject);
    let kept: Option<Kept> = storage::read(Key::Draft(&key)).and_then(|text| serde_json::from_str(&text).ok());
    match kept {
        Some(kept) if BrowserWorld.unix_ms() - kept.at_unix_ms < LIFE_MS => kept.draft,
        _ => Draft::default(),
    }
}

/// Keeps a draft; an empty one is forgotten. Where the browser stores nothing, the draft lives as long as the page.
pub fn keep(account: &Account, subject: &Subject, draft: &Draft) {
    let key = key(account, subject);
    if draft.is_empty() {
        storage::remove(Key::Draft(&key));
    } else if let Ok(text) = serde_json::to_string(&Kept { at_unix_ms: BrowserWorld.unix_ms(), draft: draft.clone() }) {
        storage::write(Key::Draft(&key), &text);
    }
}

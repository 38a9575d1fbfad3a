//! Unsaved edits kept in the tab, so that a reload or a sign-in in between brings them back. Ids and values only.

use serde::{Deserialize, Serialize};

use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::guid::Guid;
use crate::policy::{Draft, Subject};
use crate::world::Clock;

/// A draft older than this is not offered again, ms.
const LIFE_MS: i64 = 12 * 60 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Kept {
    at_unix_ms: i64,
    draft: Draft,
    /// The receipt whose change the draft takes back.
    #[serde(default)]
    undoes: Option<Guid>,
}

/// The key names tenant, person and subject: nobody else is offered a draft.
fn key(account: &Account, subject: &Subject) -> String {
    [account.tid.as_str(), account.oid.as_str(), &subject.draft_key()].join(".")
}

/// The draft of a subject, with the receipt it takes back, if it does; empty when there is none, it is too old, or cannot
/// be read.
pub fn load(account: &Account, subject: &Subject) -> (Draft, Option<Guid>) {
    let key = key(account, subject);
    let kept: Option<Kept> = storage::read(Key::Draft(&key)).and_then(|text| serde_json::from_str(&text).ok());
    match kept {
        Some(kept) if BrowserWorld.unix_ms() - kept.at_unix_ms < LIFE_MS => (kept.draft, kept.undoes),
        _ => (Draft::default(), None),
    }
}

/// Keeps a draft; an empty one is forgotten. Gives whether the browser keeps it: where it stores nothing, the draft lives
/// as long as the page.
pub fn keep(account: &Account, subject: &Subject, draft: &Draft, undoes: Option<Guid>) -> bool {
    let key = key(account, subject);
    if draft.is_empty() {
        storage::remove(Key::Draft(&key));
        return true;
    }
    let kept = Kept { at_unix_ms: BrowserWorld.unix_ms(), draft: draft.clone(), undoes };
    serde_json::to_string(&kept).is_ok_and(|text| storage::write(Key::Draft(&key), &text))
}

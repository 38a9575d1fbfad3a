//! The words for a decision while they are typed, kept in the tab: a reload or a sign-in in between brings them back.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::approval::Decision;
use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::state::unkept::Unkept;
use crate::world::Clock;

/// Words older than this are not offered again, ms: nobody can decide the request any more.
pub const LIFE_MS: i64 = crate::approval::WINDOW_MS;

#[derive(Serialize, Deserialize)]
struct Kept {
    at_unix_ms: i64,
    deny: bool,
    text: String,
}

/// What one person types about one request.
#[derive(Clone, Copy)]
pub struct Justification {
    key: StoredValue<String>,
    unkept: Unkept,
    /// The words.
    pub text: RwSignal<String>,
    /// Which decision they are for: the one that Ctrl+Enter sends.
    pub aim: RwSignal<Decision>,
    /// The words came back from an earlier visit of this tab.
    pub restored: RwSignal<bool>,
}

impl Justification {
    /// Opens what this tab kept. `aim` is what the person came for; without it the kept one counts.
    pub fn open(account: &Account, request_id: &str, aim: Option<Decision>) -> Self {
        // The key names tenant, person and request: nobody else is offered the words.
        let key = [account.tid.as_str(), account.oid.as_str(), request_id].join(".");
        let kept: Option<Kept> = storage::read(Key::Justification(&key))
            .and_then(|text| serde_json::from_str(&text).ok())
            .filter(|kept: &Kept| BrowserWorld.unix_ms() - kept.at_unix_ms < LIFE_MS);
        let before = kept.as_ref().map(|kept| if kept.deny { Decision::Deny } else { Decision::Approve });
        Self {
            key: StoredValue::new(key),
            unkept: Unkept::current(),
            restored: RwSignal::new(kept.is_some()),
            text: RwSignal::new(kept.map(|kept| kept.text).unwrap_or_default()),
            aim: RwSignal::new(aim.or(before).unwrap_or(Decision::Approve)),
        }
    }

    /// The person typed.
    pub fn set(self, text: String) {
        self.text.set(text);
        self.keep();
    }

    /// The person turned to the other decision.
    pub fn turn_to(self, decision: Decision) {
        self.aim.set(decision);
        self.keep();
    }

    fn keep(self) {
        let key = self.key.get_value();
        let (text, deny) = (self.text.get_untracked(), self.aim.get_untracked() == Decision::Deny);
        if text.is_empty() {
            storage::remove(Key::Justification(&key));
            self.unkept.note_typed(&key, true);
        } else if let Ok(kept) = serde_json::to_string(&Kept { at_unix_ms: BrowserWorld.unix_ms(), deny, text }) {
            self.unkept.note_typed(&key, storage::write(Key::Justification(&key), &kept));
        }
    }
}

/// Forgets the words kept for a request: they were applied.
pub fn forget(account: &Account, request_id: &str) {
    let key = [account.tid.as_str(), account.oid.as_str(), request_id].join(".");
    storage::remove(Key::Justification(&key));
}

//! The justification while it is typed, kept in the tab: it survives a reload or a sign-in, together with the fact that
//! a decision was sent whose outcome was not read.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::approval::Decision;
use crate::approval::kept::{KeptDecision, LIFE_MS, Sent};
use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::desk::editing::is_younger;
use crate::state::frame::unkept::Unkept;
use crate::state::on_screen::{self, Place};
use crate::world::Clock;

/// What one person types about one request.
#[derive(Clone, Copy)]
pub struct Justification {
    key: StoredValue<String>,
    unkept: Unkept,
    /// The text.
    pub text: RwSignal<String>,
    /// Which decision it is for: the one that Ctrl+Enter sends.
    pub aim: RwSignal<Decision>,
    /// The text was restored from an earlier visit in this tab.
    pub restored: RwSignal<bool>,
    /// A decision was sent on that visit, and its outcome was not read.
    pub sent: Option<Sent>,
}

impl Justification {
    /// Restores what this tab kept. `aim` is the decision the person came for; without it, the kept one is used.
    pub fn open(account: &Account, request_id: &str, aim: Option<Decision>) -> Self {
        forget_old(account);
        let key = key_of(account, request_id);
        let kept = read(&key);
        let place = Place::Justification(key.clone());
        on_screen::show(place.clone());
        on_cleanup(move || on_screen::gone(&place));
        let before = kept.as_ref().map(KeptDecision::aim);
        Self {
            key: StoredValue::new(key),
            unkept: Unkept::current(),
            restored: RwSignal::new(kept.is_some()),
            sent: kept.as_ref().and_then(|kept| kept.sent),
            text: RwSignal::new(kept.map(|kept| kept.text).unwrap_or_default()),
            aim: RwSignal::new(aim.or(before).unwrap_or(Decision::Approve)),
        }
    }

    /// The person changed the text.
    pub fn set(self, text: String) {
        self.text.set(text);
        self.keep();
    }

    /// The person discards the text.
    pub fn discard(self) {
        self.restored.set(false);
        self.set(String::new());
    }

    /// The person chose the other decision.
    pub fn turn_to(self, decision: Decision) {
        self.aim.set(decision);
        self.keep();
    }

    fn keep(self) {
        let key = self.key.get_value();
        let kept = read(&key).unwrap_or_default().typed(self.aim.get_untracked(), self.text.get_untracked());
        self.unkept.note_typed(&key, write(&key, &kept));
    }
}

/// Notes which decision on a request was sent without its outcome being read, and returns what was noted before.
/// `None`: there is none.
pub fn note_sent(account: &Account, request_id: &str, sent: Option<Sent>) -> Option<Sent> {
    let key = key_of(account, request_id);
    let mut kept = read(&key).unwrap_or_default();
    let before = std::mem::replace(&mut kept.sent, sent);
    write(&key, &kept);
    before
}

/// The decisions that this tab keeps as sent without their outcomes being read, by request.
pub fn all_sent(account: &Account) -> BTreeMap<String, Sent> {
    let now = BrowserWorld.unix_ms();
    let kept = storage::all(Key::Justification(&key_of(account, ""))).into_iter();
    kept.filter_map(|(request, text)| Some((request, KeptDecision::read(&text, now)?.sent?))).collect()
}

/// Keeps the text that a decision on a request was sent with, where nothing else was typed for the request.
pub fn keep_sent(account: &Account, request_id: &str, decision: Decision, text: &str) {
    let key = key_of(account, request_id);
    let kept = read(&key).unwrap_or_default();
    write(&key, &kept.sent_with(decision, text));
}

/// Deletes what is kept for a request: the text was used.
pub fn forget(account: &Account, request_id: &str) {
    storage::remove(Key::Justification(&key_of(account, request_id)));
}

/// The key contains tenant, person and request, so that nobody else is offered the text.
fn key_of(account: &Account, request_id: &str) -> String {
    [account.tid.as_str(), account.oid.as_str(), request_id].join(".")
}

/// Deletes text for any request that is too old to be offered and not on screen.
fn forget_old(account: &Account) {
    on_screen::renew();
    let own = key_of(account, "");
    let now = BrowserWorld.unix_ms();
    for (rest, text) in storage::all(Key::Justification(&own)) {
        if !is_younger(&text, LIFE_MS, now) {
            storage::remove(Key::Justification(&[own.as_str(), &rest].concat()));
        }
    }
}

fn read(key: &str) -> Option<KeptDecision> {
    KeptDecision::read(&storage::read(Key::Justification(key))?, BrowserWorld.unix_ms())
}

/// Returns whether the tab stored it, or there is nothing to store.
fn write(key: &str, kept: &KeptDecision) -> bool {
    let text = kept.write(BrowserWorld.unix_ms());
    if text.is_none() {
        storage::remove(Key::Justification(key));
    }
    text.is_none_or(|text| storage::write(Key::Justification(key), &text))
}

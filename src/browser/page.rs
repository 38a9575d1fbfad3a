//! The page's address.

use std::cell::Cell;

use js_sys::{Date, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::window;
use crate::auth::answer::Answer;
use crate::config::PageAddress;

/// How long typing may continue before the address follows, in milliseconds. Safari allows 100 address changes in 30 s.
const SETTLE_MS: i32 = 250;

thread_local! {
    static WAITING: Cell<Option<Waiting>> = const { Cell::new(None) };
}

/// An address that waits for a pause in typing.
struct Waiting {
    timer: i32,
    /// The mark of the history entry that it was asked for.
    entry: Option<f64>,
    hash: String,
}

impl Waiting {
    /// Replaces the address, unless another entry has come: the browser changes it before the program hears of it, and
    /// marks it.
    fn write(&self) {
        if self.entry.is_some() && mark() == self.entry {
            replace(&self.hash);
        }
    }
}

/// The address when the page started.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrival {
    /// `location.hash`.
    pub fragment: String,
    /// `location.search`.
    pub query: String,
}

/// Reads the address and takes an authorization answer out of it, unless the start script did: no code may stay in the
/// address bar or the history.
pub fn arrive() -> Arrival {
    let location = window().location();
    let fragment = early_fragment().unwrap_or_else(|| location.hash().unwrap_or_default());
    let arrival = Arrival { fragment, query: location.search().unwrap_or_default() };
    if Answer::read(&arrival.fragment, &arrival.query).is_some() {
        let path = location.pathname().unwrap_or_default();
        let query = if Answer::stands_in_query(&arrival.query) { "" } else { &arrival.query };
        let fragment = if arrival.fragment.starts_with("#/") { &arrival.fragment } else { "" };
        replace(&format!("{path}{query}{fragment}"));
    }
    arrival
}

/// The fragment that the start script took out of the address; it can be read once.
fn early_fragment() -> Option<String> {
    let name = JsValue::from_str("__pimDeskFragment");
    let fragment = Reflect::get(&window(), &name).ok()?.as_string()?;
    let _ = Reflect::delete_property(&window(), &name);
    Some(fragment)
}

/// The address of the page itself.
pub fn address() -> PageAddress {
    let location = window().location();
    PageAddress { origin: location.origin().unwrap_or_default(), path: location.pathname().unwrap_or_default() }
}

/// The full address of the view on screen, as for a bookmark, including what was just typed. It never carries a code or
/// a token.
pub fn link() -> String {
    write_waiting();
    window().location().href().unwrap_or_default()
}

/// Opens the browser's print dialog. If there is none, nothing happens.
pub fn print() {
    let _ = window().print();
}

/// The fragment, with its `#`; empty if there is none.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to an address inside the app: `#/…`. Makes a history entry and an event. An address that still waits for a
/// pause in typing is written first, so that the back button leads to it.
pub fn set_hash(hash: &str) {
    write_waiting();
    let _ = window().location().set_hash(hash);
}

/// The mark of the history entry on screen: when it was first looked at, in milliseconds since 1970. `None` before that.
pub(super) fn mark() -> Option<f64> {
    window().history().and_then(|history| history.state()).ok()?.as_f64()
}

/// Whether the address is a new entry of the history, not one gone back to; marks it.
pub fn is_new_entry() -> bool {
    let is_new = mark().is_none();
    if is_new {
        replace(&hash());
    }
    is_new
}

/// Replaces the current address with another one inside the app: no history entry, no event.
pub fn replace_hash(hash: &str) {
    forget_waiting();
    replace(hash);
}

/// Like [`replace_hash`], after a pause in which no other address comes: for what follows typing.
pub fn replace_hash_soon(wanted: String) {
    forget_waiting();
    let later = Closure::once_into_js(|| {
        if let Some(waiting) = WAITING.take() {
            waiting.write();
        }
    });
    let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(later.unchecked_ref(), SETTLE_MS);
    WAITING.set(timer.ok().map(|timer| Waiting { timer, entry: mark(), hash: wanted }));
}

/// Drops the address that waits for a pause in typing, because the person went elsewhere.
pub fn forget_waiting() {
    let _ = take_waiting();
}

fn take_waiting() -> Option<Waiting> {
    let waiting = WAITING.take()?;
    window().clear_timeout_with_handle(waiting.timer);
    Some(waiting)
}

fn write_waiting() {
    if let Some(waiting) = take_waiting() {
        waiting.write();
    }
}

/// Reloads the page.
pub fn reload() {
    let _ = window().location().reload();
}

/// Leaves for another address.
pub(super) fn leave(url: &str) {
    let _ = window().location().assign(url);
}

/// Replaces the history entry's address and marks it, if it is new. Browsers may refuse (Safari: too many in a row);
/// then the address stays as it is, which does no harm.
fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let mark = mark().unwrap_or_else(Date::now);
        let _ = history.replace_state_with_url(&JsValue::from_f64(mark), "", Some(address));
    }
}

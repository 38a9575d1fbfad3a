//! The page's address.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::window;
use crate::auth::answer::Answer;
use crate::config::PageAddress;

/// How long typing may go on before the address follows, in milliseconds. Safari allows 100 changes in 30 s.
const SETTLE_MS: i32 = 250;

thread_local! {
    static WAITING: Cell<Option<(i32, String)>> = const { Cell::new(None) };
}

/// What stood in the address bar when the page started.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrival {
    /// `location.hash`.
    pub fragment: String,
    /// `location.search`.
    pub query: String,
}

/// Reads the address and takes an authorization answer out of it, where the start script has not: no code is to stay in
/// the address bar or the history.
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

/// What the start script took out of the address; nobody else is to find it there.
fn early_fragment() -> Option<String> {
    let name = JsValue::from_str("__pimDeskFragment");
    let fragment = Reflect::get(&window(), &name).ok()?.as_string()?;
    let _ = Reflect::delete_property(&window(), &name);
    Some(fragment)
}

/// Where the page lies.
pub fn address() -> PageAddress {
    let location = window().location();
    PageAddress { origin: location.origin().unwrap_or_default(), path: location.pathname().unwrap_or_default() }
}

/// The whole address of the view on screen: what a bookmark holds. It never carries a code or a token. What was just
/// typed is in it.
pub fn link() -> String {
    write_waiting();
    window().location().href().unwrap_or_default()
}

/// Opens the browser's dialog for printing. Where there is none, nothing happens.
pub fn print() {
    let _ = window().print();
}

/// The fragment, with its `#`; empty if there is none.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to an address inside the app: `#/…`. Makes a history entry and an event. An address that still waits for a pause
/// in typing is written first, so that the way back leads to it.
pub fn set_hash(hash: &str) {
    write_waiting();
    let _ = window().location().set_hash(hash);
}

/// Whether the address came as a new entry of the history, and not by a way back: each that was looked at is marked.
pub fn is_new_entry() -> bool {
    let is_new = window().history().and_then(|history| history.state()).is_ok_and(|mark| mark.is_null());
    if is_new {
        replace(&hash());
    }
    is_new
}

/// Puts an address inside the app in place of the present one: no history entry, no event.
pub fn replace_hash(hash: &str) {
    forget_waiting();
    replace(hash);
}

/// The same, after a pause in which no other comes: for what follows typing.
pub fn replace_hash_soon(hash: String) {
    forget_waiting();
    let later = Closure::once_into_js(|| {
        if let Some((_, hash)) = WAITING.take() {
            replace(&hash);
        }
    });
    let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(later.unchecked_ref(), SETTLE_MS);
    WAITING.set(timer.ok().map(|timer| (timer, hash)));
}

/// Gives up what waits for a pause in typing, because the person went elsewhere; gives the address it was.
pub fn forget_waiting() -> Option<String> {
    let (timer, hash) = WAITING.take()?;
    window().clear_timeout_with_handle(timer);
    Some(hash)
}

fn write_waiting() {
    if let Some(waiting) = forget_waiting() {
        replace(&waiting);
    }
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Leaves for another address.
pub(super) fn leave(url: &str) {
    let _ = window().location().assign(url);
}

/// Marks the entry of the history as one that was looked at. Browsers may refuse (Safari: too many in a row); then the
/// address stays as it is, which harms nothing.
fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::TRUE, "", Some(address));
    }
}

//! The browser: the only folder that names `web_sys`, except for elements in `view/part`. Thin wrappers; the core makes
//! the decisions.

pub mod broadcast;
pub mod clipboard;
pub mod clock;
pub mod document;
pub mod download;
pub mod event;
pub mod file;
pub mod focus;
pub mod http;
pub mod keys;
pub mod locale;
pub mod locks;
pub mod notify;
pub mod page;
pub mod pointer;
pub mod scroll;
pub mod sign_in;
pub mod sound;
pub mod stopped;
pub mod storage;
pub mod task;
pub mod theme;
pub mod unload;

use wasm_bindgen::throw_str;
use web_sys::Window;

/// The real network, clock and generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserWorld;

/// The window. A page without one cannot run.
fn window() -> Window {
    web_sys::window().unwrap_or_else(|| throw_str("PIM Desk runs only in a window"))
}

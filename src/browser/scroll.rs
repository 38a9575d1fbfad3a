//! Where the page was scrolled to at each entry of the tab's history.
//!
//! The browser restores this on the way back itself, but only once and no further than the page reaches at that moment:
//! a view that is being built, or read, is shorter than it was.

use std::cell::RefCell;

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

use super::event::listen;
use super::{page, window};

/// How long a view may take to reach its old length, in milliseconds. After that the person has begun to read.
const PATIENCE_MS: f64 = 10_000.0;

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

/// What is remembered while the page lives.
#[derive(Default)]
struct Places {
    /// The mark of the entry whose view is on screen: on the way back the browser changes the entry, and the place,
    /// before the program hears of it.
    entry: Option<f64>,
    /// Marks of entries, and how far down the page was at each, in CSS pixels.
    known: Vec<(Option<f64>, f64)>,
    /// How far down the page is to be once it is long enough, and until when that is worth it.
    wanted: Option<(f64, f64)>,
    /// Tells when the page gets longer.
    observer: Option<ResizeObserver>,
}

/// Starts to remember, with the entry on screen.
pub fn remember() {
    listen(window(), "scroll", |_| note()).forever();
    listen(window(), "pointerdown", |_| let_be()).forever();
    listen(window(), "wheel", |_| let_be()).forever();
    let grown = Closure::<dyn FnMut()>::new(reach).into_js_value();
    let observer = ResizeObserver::new(grown.unchecked_ref()).ok();
    PLACES.with_borrow_mut(|places| {
        places.observer = observer;
        places.entry = page::mark();
    });
}

/// Another entry is on screen. One that is come back to is brought to where it was when it was left, as soon as it is
/// long enough.
pub fn follow() {
    let mark = page::mark();
    let known = PLACES.with_borrow_mut(|places| {
        places.entry = mark;
        let known = places.known.iter().find(|(entry, _)| *entry == mark).map(|(_, place)| *place);
        places.wanted = known.map(|place| (place, Date::now() + PATIENCE_MS));
        known
    });
    if known.is_none() {
        // Perhaps nobody scrolls there: another tab of the same policy stays where the page is.
        return note();
    }
    let Some(body) = window().document().and_then(|document| document.body()) else { return };
    PLACES.with_borrow(|places| {
        if let Some(observer) = &places.observer {
            // Calls back before the next frame is drawn, and whenever the page has another length.
            observer.unobserve(&body);
            observer.observe(&body);
        }
    });
}

/// Another entry has come, but the view on screen stays: the place is that entry's from now on.
pub fn stay() {
    PLACES.with_borrow_mut(|places| {
        places.entry = page::mark();
        places.wanted = None;
    });
    note();
}

/// Whether another entry has come of which the program has not heard.
pub fn is_behind() -> bool {
    PLACES.with_borrow(|places| places.entry != page::mark())
}

/// Shows the page from its head.
pub fn show_top() {
    let_be();
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Leaves the page where it is: whoever does something with it has found the place.
pub(super) fn let_be() {
    PLACES.with_borrow_mut(|places| places.wanted = None);
}

/// Remembers where the page is now.
fn note() {
    let (mark, Ok(place)) = (page::mark(), window().scroll_y()) else { return };
    PLACES.with_borrow_mut(|places| {
        let is_restoring = places.wanted.is_some_and(|(_, until)| Date::now() < until);
        if is_restoring || mark.is_none() || mark != places.entry {
            return;
        }
        match places.known.iter_mut().find(|(entry, _)| *entry == mark) {
            Some((_, known)) => *known = place,
            None => places.known.push((mark, place)),
        }
    });
}

/// The page has another length: goes where it is to be, or as near as can be.
fn reach() {
    let wanted = PLACES.with_borrow(|places| places.wanted);
    let Some((place, until)) = wanted else { return };
    scroll_to(place);
    let is_there = window().scroll_y().is_ok_and(|now| now >= place - 1.0);
    if is_there || Date::now() > until {
        let_be();
    }
}

fn scroll_to(place: f64) {
    let across = window().scroll_x().unwrap_or_default();
    window().scroll_to_with_x_and_y(across, place);
}

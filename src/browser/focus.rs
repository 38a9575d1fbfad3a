//! Where the focus goes when its element disappears: browsers move it to the start of the page; here the element's
//! neighbor takes it.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent};

use super::event::listen;
use super::{BrowserWorld, page, window};
use crate::world::Clock;

/// What can have the focus.
const FOCUSABLE: &str = "a[href], button:not([tabindex='-1']), input, select, textarea, summary, [tabindex='0']";

/// What a click acts on.
const PRESSED: &str = "a[href], button, input, select, textarea, summary, label, [tabindex]";

/// The page's heading, for when nothing nearby is left.
const HEADING: &str = "main h1";

/// The pauses before each look after something was pressed, ms. Nothing reports when an element goes: most go soon; one
/// that waits for an answer or for a long list to be drawn goes later, and a button that stops long work goes when the
/// work has ended.
const PAUSES_MS: [u32; 7] = [30, 90, 200, 400, 800, 1_000, 2_000];

/// The pause before each later look, ms.
const LATER_MS: u32 = 4_000;

/// The keys that activate something.
const PRESSING: [&str; 3] = ["Enter", " ", "Escape"];

/// One step on the way from an element up to the page.
struct Step {
    parent: Element,
    next: Option<Element>,
    before: Option<Element>,
}

/// Where the focus was.
struct Place {
    element: Element,
    way: Vec<Step>,
    dialog: Option<Element>,
    page: String,
}

thread_local! {
    /// The latest place, and the latest outside a dialog.
    static PLACES: RefCell<[Option<Place>; 2]> = const { RefCell::new([None, None]) };

    /// How often something was pressed: only the latest press is followed up.
    static PRESSES: Cell<u32> = const { Cell::new(0) };
}

/// Starts looking after the focus, for as long as the page lives.
pub fn hold() {
    let Some(document) = window().document() else { return };
    listen(document.clone(), "focusin", |event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(element) = element {
            remember(&element);
        }
    })
    .forever();
    listen(document.clone(), "click", |event| {
        let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if at.is_some_and(|at| at.closest(PRESSED).is_ok_and(|found| found.is_none())) {
            // A click on empty space, for example to select text, leaves the place.
            PLACES.with_borrow_mut(|[latest, _]| *latest = None);
        }
        look_soon();
    })
    .forever();
    listen(document, "keyup", |event| {
        let presses = |event: &KeyboardEvent| PRESSING.contains(&event.key().as_str());
        if event.dyn_ref().is_some_and(presses) {
            look_soon();
        }
    })
    .forever();
}

fn remember(element: &Element) {
    let dialog = element.closest("dialog").ok().flatten();
    let place = || Place { way: way(element), element: element.clone(), dialog: dialog.clone(), page: page_now() };
    PLACES.with_borrow_mut(|[latest, outside]| {
        *latest = Some(place());
        if dialog.is_none() {
            *outside = Some(place());
        }
    });
}

fn way(element: &Element) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = element.clone();
    while let Some(parent) = at.parent_element() {
        steps.push(Step {
            next: at.next_element_sibling(),
            before: at.previous_element_sibling(),
            parent: parent.clone(),
        });
        if parent.tag_name() == "MAIN" {
            break;
        }
        at = parent;
    }
    steps
}

/// The address without the filters a page keeps in it: those may be written at any moment after they were set.
fn page_now() -> String {
    let mut hash = page::hash();
    hash.truncate(hash.find('?').unwrap_or(hash.len()));
    hash
}

fn look_soon() {
    let press = PRESSES.get().wrapping_add(1);
    PRESSES.set(press);
    wasm_bindgen_futures::spawn_local(async move {
        for pause in PAUSES_MS.into_iter().chain(std::iter::repeat(LATER_MS)) {
            BrowserWorld.sleep(pause).await;
            if PRESSES.get() != press {
                break;
            }
            look();
        }
    });
}

/// Restores a lost focus.
fn look() {
    let Some(document) = window().document() else { return };
    let fallen = match document.active_element() {
        None => true,
        Some(active) => document.body().is_some_and(|body| *body == active),
    };
    if !fallen {
        return;
    }
    let found = PLACES.with_borrow(|[latest, outside]| {
        // Another page moves the focus itself.
        if latest.as_ref().is_none_or(|place| shows(&place.element) || place.page != page_now()) {
            return None;
        }
        let beside = latest.as_ref().and_then(beside).or_else(|| outside.as_ref().and_then(beside));
        beside.or_else(|| document.query_selector(HEADING).ok().flatten().and_then(seen))
    });
    let Some(element) = found else { return };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only for an element that has left the document; the next look finds another.
    let _ = element.focus_with_options(&options);
}

/// The element itself, or the one after or before it, at the nearest level where something is left.
fn beside(place: &Place) -> Option<HtmlElement> {
    if let Some(element) = seen(place.element.clone()) {
        return Some(element);
    }
    if place.dialog.as_ref().is_some_and(|dialog| !dialog.has_attribute("open")) {
        return None;
    }
    place.way.iter().filter(|step| step.parent.is_connected()).find_map(|step| {
        let of = |one: &Option<Element>| one.as_ref().filter(|one| one.is_connected()).and_then(first);
        of(&step.next).or_else(|| of(&step.before)).or_else(|| first(&step.parent))
    })
}

/// The element itself or the first thing in it that can have the focus.
fn first(element: &Element) -> Option<HtmlElement> {
    let own = element.matches(FOCUSABLE).unwrap_or(false).then(|| element.clone()).and_then(seen);
    own.or_else(|| element.query_selector(FOCUSABLE).ok().flatten().and_then(seen))
}

fn shows(element: &Element) -> bool {
    seen(element.clone()).is_some()
}

fn seen(element: Element) -> Option<HtmlElement> {
    let element = element.dyn_into::<HtmlElement>().ok()?;
    (element.is_connected() && element.offset_width() > 0).then_some(element)
}

//! The document: its title and its focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::window;

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// Moves the focus to the element with this ID; `scroll` says whether the page may move with it. Returns whether there
/// is such an element.
pub fn focus(id: &str, scroll: bool) -> bool {
    let element = window().document().and_then(|document| document.get_element_by_id(id));
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return false };
    let options = FocusOptions::new();
    options.set_prevent_scroll(!scroll);
    element.focus_with_options(&options).is_ok()
}

/// What has the focus; the body if nothing has.
pub fn focused() -> Option<Element> {
    window().document()?.active_element()
}

/// Whether something has taken the focus since `before` had it.
pub fn has_taken_focus(before: Option<&Element>) -> bool {
    focused().is_some_and(|now| now.tag_name() != "BODY" && Some(&now) != before)
}

/// The commit that the page was built from and its date, if known to the build.
pub fn build() -> Option<String> {
    window().document()?.document_element()?.get_attribute("data-build")
}

/// Scrolls the element with this ID into view, moving as little as possible.
pub fn reveal(id: &str) {
    if let Some(element) = window().document().and_then(|document| document.get_element_by_id(id)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Moves the focus to the first text box inside the element with this ID, and selects its text.
pub fn focus_in(id: &str) {
    let element = window().document().and_then(|document| document.get_element_by_id(id));
    let input = element.and_then(|element| element.query_selector("input").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        let _ = input.focus();
        input.select();
    }
}

/// Moves the focus to the first invalid control inside the element with this ID, else to its first control.
pub fn focus_wrong(id: &str) {
    let element = window().document().and_then(|document| document.get_element_by_id(id));
    let first = |selector| element.as_ref()?.query_selector(selector).ok().flatten();
    let found = first("[aria-invalid='true']").or_else(|| first("input, select, textarea, button"));
    if let Some(control) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // Fails only for an element that has left the document.
        let _ = control.focus();
    }
}

/// Moves the focus to the page's search box and selects its text. Returns whether there is one.
pub fn focus_search() -> bool {
    let input =
        window().document().and_then(|document| document.query_selector("main input[type=search]").ok().flatten());
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return false };
    input.select();
    input.focus().is_ok()
}

/// Whether there is an element with this ID.
pub fn exists(id: &str) -> bool {
    window().document().is_some_and(|document| document.get_element_by_id(id).is_some())
}

/// The element the app is mounted into.
pub fn app_root() -> Option<HtmlElement> {
    window().document()?.get_element_by_id("app")?.dyn_into().ok()
}

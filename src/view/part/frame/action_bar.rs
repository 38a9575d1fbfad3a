//! The bar at the bottom of the page while something is unsaved.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{HtmlElement, ResizeObserver};
use leptos::{html, prelude::*};

/// The property of the page's root with the height of the bar: what takes the focus must be above it.
const HEIGHT: &str = "--bar";

/// What is unsaved, and the buttons to review or discard it.
#[component]
pub fn ActionBar(
    /// Name of the region: "Unsaved changes".
    #[prop(into)]
    label: String,
    /// "3 changes, 1 weakens security".
    #[prop(into)]
    text: Signal<String>,
    /// The text is short and changes with every key press: it takes one line if there is room.
    #[prop(optional)]
    counts: bool,
    /// Buttons, the primary one last.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(bar) = element.get() {
            tell_height(bar);
        }
    });
    view! {
        <section class="action-bar" aria-label=label node_ref=element>
            <div class=if counts { "action-text short" } else { "action-text" }><p>{text}</p></div>
            <div class="actions">{children()}</div>
        </section>
    }
    .into_any()
}

/// Updates the height while the bar is shown.
fn tell_height(bar: HtmlElement) {
    let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let (seen, page) = (bar.clone(), root.clone());
    let measure = Closure::<dyn FnMut()>::new(move || {
        let _ = page.style().set_property(HEIGHT, &format!("{}px", seen.offset_height()));
    });
    let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
    observer.observe(&bar);
    let kept = StoredValue::new_local((observer, root, measure));
    on_cleanup(move || {
        kept.with_value(|(observer, root, _)| {
            observer.disconnect();
            let _ = root.style().remove_property(HEIGHT);
        });
    });
}

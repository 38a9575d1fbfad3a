//! Something folded away until it is asked for.

use leptos::{ev, prelude::*};

/// A native disclosure. What is in it is built when it is first opened, and stays.
#[component]
pub fn Disclosure(
    /// The words that open it.
    #[prop(into)]
    summary: Signal<String>,
    /// Content.
    children: ChildrenFn,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    let content = move || asked.get().then(|| children());
    view! {
        <details class="disclosure" on:toggle=move |_: ev::Event| asked.set(true)>
            <summary>{summary}</summary>
            <div class="disclosure-body">{content}</div>
        </details>
    }
    .into_any()
}

//! Content that is folded until opened.

use leptos::{ev, prelude::*};

/// A native disclosure. Its content is built when it is first opened, and stays.
#[component]
pub fn Disclosure(
    /// The text that opens it.
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

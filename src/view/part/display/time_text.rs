//! A moment as text.

use leptos::prelude::*;

use crate::view::part::Tone;

/// A moment: text for the person, the exact time for machines and on hover.
#[component]
pub fn TimeText(
    /// ISO 8601, UTC.
    #[prop(into)]
    iso: Signal<String>,
    /// What is shown: "10:43", "12 min ago".
    #[prop(into)]
    text: Signal<String>,
    /// Shown on hover: the exact time, in the zone that the page uses.
    #[prop(optional, into)]
    exact: Signal<String>,
    /// Color, for a time that runs out.
    #[prop(optional, into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    let class = move || ["time ", tone.get().class()].concat();
    view! { <time class=class datetime=iso title=exact>{text}</time> }.into_any()
}

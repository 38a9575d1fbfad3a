//! What goes on paper, however the printing is asked for: all rows, and what makes them evidence.

use leptos::prelude::*;

use crate::browser::{BrowserWorld, event, locale};
use crate::state::desk::Desk;
use crate::text;
use crate::world::Clock;

/// Calls back with `true` before the browser prints and with `false` after it, while the view is there.
pub fn while_printing(callback: impl Fn(bool) + Clone + 'static) {
    let listening = StoredValue::new_local(Some(event::on_printing(callback)));
    on_cleanup(move || {
        listening.try_update_value(Option::take);
    });
}

/// Which tenant, who, when, and whether it is all: on paper only.
#[component]
pub fn PrintedAbout(
    /// What the filters leave; empty where they leave all.
    #[prop(into)]
    only: Signal<String>,
) -> impl IntoView {
    let account = Desk::current().account();
    let at = RwSignal::new(BrowserWorld.unix_ms());
    while_printing(move |on| {
        if on {
            at.set(BrowserWorld.unix_ms());
        }
    });
    let words = move || text::paper::printed(account.tid.as_str(), &account.name, &locale::date_time(at.get()));
    view! {
        <p class="print-only">{words}</p>
        <p class="print-only">{move || only.with(|only| text::paper::filtered(only))}</p>
    }
    .into_any()
}

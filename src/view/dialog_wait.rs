//! A wait that Microsoft asked for, shown in a dialog, because the page's notices are behind it.

use leptos::prelude::*;

use crate::browser::locale;
use crate::graph::client::Waiting;
use crate::state::desk::Desk;
use crate::text;
use crate::view::part::{Button, Notice, Tone};

/// The notice; `on_press` ends the wait.
pub fn wait_notice(waiting: Waiting, on_press: Callback<()>) -> AnyView {
    let title = if waiting.throttled { text::page::SLOWED_DOWN } else { text::page::NO_ANSWER_YET };
    let until = locale::time_to_the_second(waiting.until_unix_ms);
    view! {
        <Notice tone=Tone::Info title actions=move || view! {
            <Button on_press>{text::policy::review::RETRY_NOW}</Button>
        }>
            {text::page::continues_at(&until)}
        </Notice>
    }
    .into_any()
}

/// The wait of calls that no job watches itself.
#[component]
pub fn DialogWait() -> impl IntoView {
    let desk = Desk::current();
    move || desk.waiting().map(|waiting| wait_notice(waiting, Callback::new(move |()| desk.client().hurry())))
}

//! What this browser asks for at each sign-in because the person wanted it, and how to stop that.

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::state::extras::ExtrasState;
use crate::text;
use crate::view::part::{Button, ButtonKind};

/// A line for each extra that the person chose; nothing if there is none.
#[component]
pub fn Wishes() -> impl IntoView {
    let wanted = ExtrasState::current();
    let line = move |extra: Extra| {
        view! {
            <p class="help">
                {text::help::wish(extra)} " "
                <Button kind=ButtonKind::Quiet on_press=move |()| wanted.forget(extra)>
                    {text::help::stop_asking(extra)}
                </Button>
            </p>
        }
    };
    move || Extra::ALL.into_iter().filter(|extra| wanted.is_own(*extra)).map(line).collect_view()
}

//! A row of a template's page for picking one of several and doing something with it.

use leptos::prelude::*;

use crate::view::part::{Button, Choice, Select, SettingRow};

/// The row. Nothing is picked at first, nor after the action; `act` receives what was picked.
pub fn pick_row(
    label: &'static str,
    choices: Signal<Vec<Choice>>,
    nothing_picked: &'static str,
    button: &'static str,
    act: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let blocked = Signal::derive(move || chosen.with(String::is_empty).then(|| nothing_picked.to_owned()));
    let press = Callback::new(move |()| {
        act(chosen.get_untracked());
        chosen.set(String::new());
    });
    view! {
        <SettingRow label>
            <div class="template-add">
                <Select choices value=chosen on_change=move |word: String| chosen.set(word) />
                <Button disabled_reason=blocked on_press=press>
                    {button}
                </Button>
            </div>
        </SettingRow>
    }
    .into_any()
}

//! What became of the source since the person chose from it.

use leptos::prelude::*;

use crate::state::directory::names::Names;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{Notice, Tone, UserText};

/// Names the settings that have another value now, and a template that is gone.
#[component]
pub fn Shifts() -> impl IntoView {
    let (state, names) = (RolloutState::current(), Names::current());
    let shifts = Memo::new(move |_| state.shifts());
    let gone = Memo::new(move |_| state.is_template_gone());
    let changed = move || {
        let lines = shifts.get().into_iter().map(|shift| {
            let words = Signal::derive(move || text::rollout::shift::line(&shift, &names.known()));
            view! {
                <li>
                    <UserText text=words />
                </li>
            }
        });
        let lines = lines.collect_view();
        (!lines.is_empty()).then(|| {
            view! {
                <Notice
                    tone=Tone::Warn
                    title=text::rollout::shift::TITLE
                    on_dismiss=Callback::new(move |()| state.note_shifts())
                >
                    <ul>{lines}</ul>
                </Notice>
            }
        })
    };
    view! {
        {changed}
        <Show when=move || gone.get()>
            <Notice tone=Tone::Warn title=text::rollout::shift::GONE>
                <p>{text::rollout::shift::GONE_HELP}</p>
            </Notice>
        </Show>
    }
    .into_any()
}

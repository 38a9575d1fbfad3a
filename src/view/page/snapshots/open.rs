//! Opening a file: selected in a field, or dropped anywhere on the page.

use leptos::prelude::*;

use crate::browser::file::{chosen, on_drop};
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::text;
use crate::view::part::{Button, Notice, Tone};

/// The field, and what is wrong with the file, if anything.
#[component]
pub fn OpenPart(
    /// The page's snapshots.
    state: SnapshotState,
) -> impl IntoView {
    let hangs = RwSignal::new(false);
    let over = move |on: bool| {
        if hangs.try_get_untracked() == Some(!on) {
            hangs.set(on);
        }
    };
    let listening = StoredValue::new_local(Some(on_drop(move |files| state.give(files), over)));
    on_cleanup(move || {
        listening.try_update_value(Option::take);
    });
    let outcome = move || {
        state.file.with(|file| match file {
            OpenFile::Reading(_) => view! { <p role="status">{text::snapshots::READING}</p> }.into_any(),
            OpenFile::Damaged(name, faults) => {
                let faults: Vec<AnyView> = faults
                    .iter()
                    .map(|fault| view! { <li class="user-text">{text::snapshots::fault(fault)}</li> }.into_any())
                    .collect();
                let name = name.clone();
                let actions =
                    move || view! { <Button on_press=move |()| state.close()>{text::snapshots::CLOSE}</Button> };
                view! {
                    <Notice tone=Tone::Danger title=text::snapshots::DAMAGED urgent=true actions>
                        <p class="user-text">{name}</p>
                        <ul class="snapshot-faults">{faults}</ul>
                    </Notice>
                }
                .into_any()
            }
            _ => ().into_any(),
        })
    };
    view! {
        <section class="snapshot-part" class:over=hangs aria-labelledby="snapshot-open">
            <h2 id="snapshot-open">{text::snapshots::OPEN}</h2>
            <p class="help">{text::snapshots::OPEN_HELP}</p>
            <label class="label" for="snapshot-file">{text::snapshots::FILE}</label>
            <input
                class="file-field"
                type="file"
                id="snapshot-file"
                accept=".json,.jsonc,.csv,.txt"
                on:change=move |event| state.give(chosen(&event))
            />
            {move || hangs.get().then(|| view! { <p role="status">{text::snapshots::DROP}</p> })}
            {move || state.several.get().then(|| view! {
                <Notice
                    tone=Tone::Warn
                    title=text::snapshots::SEVERAL
                    on_dismiss=Callback::new(move |()| state.several.set(false))
                />
            })}
            {outcome}
        </section>
    }
    .into_any()
}

//! A button that lets the person choose a file.

use leptos::{ev, prelude::*};

use crate::view::part::control::field::unique_id;

/// A native file field that looks like a button: the field lies over it, so that keys, focus and drops are the browser's.
#[component]
pub fn FileButton(
    /// The words, and the field's name.
    label: &'static str,
    /// What is offered: `.json,application/json`.
    accept: &'static str,
    /// A file was chosen.
    #[prop(into)]
    on_change: Callback<ev::Event>,
) -> impl IntoView {
    let id = unique_id("file");
    view! {
        <span class="file-button">
            <label class="button" for=id.clone()>
                <span>{label}</span>
            </label>
            <input type="file" id=id accept=accept on:change=move |event| on_change.run(event) />
        </span>
    }
    .into_any()
}

//! A button to select a file.

use leptos::{ev, prelude::*};

use crate::view::part::control::field::unique_id;

/// A native file field that looks like a button: the field lies over it, so that the browser handles keys, focus and
/// drops.
#[component]
pub fn FileButton(
    /// The text, and the field's name.
    label: &'static str,
    /// The accepted files: `.json,application/json`.
    accept: &'static str,
    /// A file was selected.
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

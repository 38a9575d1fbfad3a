//! The notice that the browser does not store what it should. It is in the main part because it must work at any time.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::state::frame::unkept::Unkept;
use crate::text;
use crate::view::part::{Notice, Tone};

/// Shown until the person has seen it or everything is stored after all.
#[component]
pub fn UnkeptNotice() -> impl IntoView {
    let Unkept { ids, seen, typed, typed_seen } = Unkept::current();
    let number = Memo::new(move |_| ids.with(BTreeSet::len));
    let is_told = move || number.get() > 0 && !seen.get();
    view! {
        <Show when=is_told>
            <Notice
                tone=Tone::Warn
                title=Signal::derive(move || text::receipt::not_kept(number.get()))
                on_dismiss=Callback::new(move |()| seen.set(true))
            >
                {text::receipt::NOT_KEPT_HELP}
            </Notice>
        </Show>
        <Show when=move || typed.with(|typed| !typed.is_empty()) && !typed_seen.get()>
            <Notice
                tone=Tone::Warn
                title=text::page::TYPED_NOT_KEPT
                on_dismiss=Callback::new(move |()| typed_seen.set(true))
            >
                {text::page::TYPED_NOT_KEPT_HELP}
            </Notice>
        </Show>
    }
    .into_any()
}

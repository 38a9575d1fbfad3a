//! What cannot be taken back any more, because its receipts are gone: named before anybody presses Undo.

use leptos::prelude::*;

use crate::rollout::record::{Entry, Record};
use crate::rollout::undo;
use crate::state::receipts::Receipts;
use crate::text;
use crate::view::part::{Notice, Tone, UserText};

/// Names them, if there are any.
#[component]
pub fn Gone(
    /// The rollout.
    record: Record,
) -> impl IntoView {
    let receipts = Receipts::current();
    let gone = Memo::new(move |_| receipts.list.with(|kept| names(&undo::not_kept(&record, kept, None))));
    move || {
        let gone = gone.get();
        if gone.is_empty() {
            return ().into_any();
        }
        let title = text::rollout::receipt::gone(gone.len());
        let lines = gone.into_iter().map(|name| view! { <li><UserText text=name /></li> }).collect_view();
        view! {
            <Notice tone=Tone::Warn title>
                <p>{text::rollout::receipt::GONE_HELP}</p>
                <ul>{lines}</ul>
            </Notice>
        }
        .into_any()
    }
}

fn names(entries: &[&Entry]) -> Vec<String> {
    entries.iter().map(|entry| text::rollout::receipt::name(entry)).collect()
}

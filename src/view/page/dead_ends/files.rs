//! What is shown, for files, the clipboard and paper.

use leptos::prelude::*;

use crate::dead_end::DeadEnd;
use crate::dead_end::judge::Unchecked;
use crate::dead_end::listing::Query;
use crate::instant;
use crate::state::dead_ends::DeadEndsState;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::text::report::About;
use crate::view::file::{Kind, offer};
use crate::view::part::Button;
use crate::view::printing::{about, print_whole, while_printing};

/// The buttons.
#[component]
pub fn Files(
    /// Indexes of what is shown.
    shown: Memo<Vec<usize>>,
    /// The filter in the address.
    query: Memo<Query>,
    /// All rows are in the document, while printing.
    whole: RwSignal<bool>,
) -> impl IntoView {
    let written = move |write: Write| written(shown, query, write);
    let save_csv = move |()| {
        offer("pim-desk-dead-ends.csv", Kind::Csv, &written(text::dead_ends::as_csv));
    };
    let save_json = move |()| {
        offer("pim-desk-dead-ends.json", Kind::Json, &written(text::dead_ends::as_json));
    };
    let copy = move |()| {
        CopyText::current().copy(&written(text::dead_ends::as_text), text::dead_ends::COPIED);
    };
    // However printing is started, all rows are printed.
    while_printing(move |on| whole.set(on));
    view! {
        <Button on_press=save_csv>{text::dead_ends::SAVE_CSV}</Button>
        <Button on_press=save_json>{text::dead_ends::SAVE_JSON}</Button>
        <Button on_press=copy>{text::dead_ends::COPY}</Button>
        <Button on_press=move |()| print_whole(whole)>{text::dead_ends::PRINT}</Button>
    }
    .into_any()
}

type Write = fn(&[DeadEnd], &[Unchecked], &About, &str) -> String;

/// What is shown, as text made by `write`.
fn written(shown: Memo<Vec<usize>>, query: Memo<Query>, write: Write) -> String {
    let state = DeadEndsState::current();
    untrack(|| {
        let facts_at = state.facts_unix_ms.get().map(instant::to_rfc3339).unwrap_or_default();
        let about = about(query.with(text::dead_ends::only), state.read_unix_ms(), state.gaps());
        state.report.with(|report| {
            let Some(report) = report else { return String::new() };
            let ends: Vec<DeadEnd> =
                shown.with(|shown| shown.iter().filter_map(|at| report.ends.get(*at).cloned()).collect());
            write(&ends, &report.unchecked, &about, &facts_at)
        })
    })
}

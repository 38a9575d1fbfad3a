//! What is shown, as files, on the clipboard and on paper.

use leptos::prelude::*;
use serde_json::json;

use crate::browser::{BrowserWorld, download, page};
use crate::csv;
use crate::dead_end::DeadEnd;
use crate::dead_end::listing::Query;
use crate::instant;
use crate::state::clip::CopyText;
use crate::state::dead_ends::DeadEndsState;
use crate::state::desk::Desk;
use crate::state::notice::Notices;
use crate::text;
use crate::view::part::Button;
use crate::world::Clock;

/// The buttons.
#[component]
pub fn Files(
    /// Places of what is shown.
    shown: Memo<Vec<usize>>,
    /// What is in the address.
    query: Memo<Query>,
    /// All of it stands in the document: while it is printed.
    whole: RwSignal<bool>,
) -> impl IntoView {
    let state = DeadEndsState::current();
    let ends = move || -> Vec<DeadEnd> {
        state.report.with_untracked(|report| {
            let ends = report.as_ref().map_or(&[][..], |report| &report.ends);
            shown.with_untracked(|shown| shown.iter().filter_map(|at| ends.get(*at).cloned()).collect())
        })
    };
    let save_csv = move |()| {
        let told = about(query);
        let table = csv::table_about(&told, &text::dead_ends::FILE_COLUMNS, ends().iter().map(text::dead_ends::row));
        offer("pim-desk-dead-ends.csv", "text/csv;charset=utf-8", &table);
    };
    let save_json = move |()| {
        let lines: Vec<_> = ends().iter().map(entry).collect();
        let unchecked: Vec<String> = state.report.with_untracked(|report| {
            report.iter().flat_map(|report| report.unchecked.iter().map(text::dead_ends::unchecked)).collect()
        });
        let told: serde_json::Map<_, _> =
            about(query).into_iter().map(|(name, fact)| (name.to_owned(), fact.into())).collect();
        let file = json!({ "about": told, "deadEnds": lines, "notChecked": unchecked });
        offer("pim-desk-dead-ends.json", "application/json", &format!("{file:#}\n"));
    };
    let copy = move |()| {
        let lines: Vec<String> = ends().iter().map(text::dead_ends::line).collect();
        CopyText::current().copy(&lines.join("\n"), text::dead_ends::COPIED);
    };
    let after = window_event_listener(leptos::ev::afterprint, move |_| whole.set(false));
    on_cleanup(move || after.remove());
    let print = move |()| {
        whole.set(true);
        request_animation_frame(page::print);
    };
    view! {
        <Button on_press=save_csv>{text::dead_ends::SAVE_CSV}</Button>
        <Button on_press=save_json>{text::dead_ends::SAVE_JSON}</Button>
        <Button on_press=copy>{text::dead_ends::COPY}</Button>
        <Button on_press=print>{text::dead_ends::PRINT}</Button>
    }
    .into_any()
}

/// Whose they are, who saves them, when, and whether these are all.
fn about(query: Memo<Query>) -> Vec<(&'static str, String)> {
    let account = Desk::current().account();
    let only = query.with_untracked(text::dead_ends::only);
    text::dead_ends::about(account.tid.as_str(), &account.name, &instant::to_rfc3339(BrowserWorld.unix_ms()), only)
}

fn entry(end: &DeadEnd) -> serde_json::Value {
    let cells = text::dead_ends::row(end);
    let fields = text::dead_ends::FILE_COLUMNS.into_iter().zip(cells);
    fields.map(|(name, cell)| (name.to_owned(), cell.into())).collect::<serde_json::Map<_, _>>().into()
}

fn offer(name: &str, kind: &str, file: &str) {
    if !download::save_text(name, kind, file) {
        Notices::current().tell(text::receipt::FILE_REFUSED.to_owned());
    }
}

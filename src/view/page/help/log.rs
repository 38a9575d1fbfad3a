//! The last calls to Microsoft Graph, for support.

use leptos::prelude::*;

use crate::browser::{document, locale};
use crate::graph::journal::Entry;
use crate::instant;
use crate::state::desk::Desk;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, DataTable, Glyph, IdText, TableCell, TableRow, TimeText, Tone};

/// Calls shown at first.
const FIRST: usize = 25;

/// The log as it was when the page opened; a button updates it.
#[component]
pub fn SessionLog() -> impl IntoView {
    let desk = Desk::current();
    let entries = RwSignal::new(latest_first(desk));
    let all = RwSignal::new(false);
    let copy = move |()| {
        let version = text::help::version(document::build().as_deref());
        let text = entries.with_untracked(|entries| text::help::log(&version, entries));
        CopyText::current().copy(&text, text::help::LOG_COPIED);
    };
    let columns = text::help::LOG_COLUMNS.to_vec();
    let rows = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        entries.with(|entries| entries.iter().take(most).cloned().map(row).collect_view())
    };
    view! {
        <section>
            <div class="list-head">
                <h2>{text::help::LOG}</h2>
                <div class="actions">
                    <Button glyph=Glyph::Refresh on_press=move |()| entries.set(latest_first(desk))>
                        {text::help::REFRESH_LOG}
                    </Button>
                    <Button glyph=Glyph::Copy on_press=copy>
                        {text::help::COPY_LOG}
                    </Button>
                </div>
            </div>
            <p>{text::help::LOG_TEXT}</p>
            <Show
                when=move || entries.with(|entries| !entries.is_empty())
                fallback=|| view! { <p class="help">{text::help::LOG_EMPTY}</p> }
            >
                <div class="log" tabindex="0" role="region" aria-label=text::help::LOG>
                    <DataTable caption=text::help::LOG columns=columns.clone()>
                        {rows}
                    </DataTable>
                </div>
            </Show>
            <Show when=move || { !all.get() && entries.with(Vec::len) > FIRST }>
                <p class="list-foot">
                    <Button on_press=move |()| all.set(true)>{text::help::SHOW_ALL}</Button>
                </p>
            </Show>
        </section>
    }
    .into_any()
}

fn latest_first(desk: Desk) -> Vec<Entry> {
    let mut entries = desk.client().journal();
    entries.reverse();
    entries
}

fn row(entry: Entry) -> AnyView {
    let [_, time, status, took, ids] = text::help::LOG_COLUMNS;
    let tone = if (200..400).contains(&entry.status) { Tone::Neutral } else { Tone::Danger };
    view! {
        <TableRow>
            <TableCell heads_row=true>
                <code translate="no">{entry.call}</code>
            </TableCell>
            <TableCell label=time>
                <TimeText
                    iso=instant::to_rfc3339(entry.at_unix_ms)
                    text=locale::time_to_the_second(entry.at_unix_ms)
                    exact=locale::date_time_and_utc(entry.at_unix_ms)
                />
            </TableCell>
            <TableCell label=status>
                <span class=["log-status ", tone.class()].concat()>{text::help::status(entry.status)}</span>
            </TableCell>
            <TableCell label=took>{text::help::took(entry.took_ms)}</TableCell>
            <TableCell label=ids>
                <span class="log-ids">
                    <IdText text=entry.request_id.unwrap_or_default() />
                    <IdText text=entry.client_request_id />
                </span>
            </TableCell>
        </TableRow>
    }
    .into_any()
}

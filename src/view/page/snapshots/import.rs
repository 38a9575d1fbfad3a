//! Settings that another tool wrote: what they mean here, and the way to bring them in.

use leptos::prelude::*;

use super::trouble;
use crate::snapshot::import::resolve::Resolved;
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::text;
use crate::view::part::{Button, ButtonKind, DataTable, EmptyState, TableCell, TableRow, UserText};

/// The open import.
#[component]
pub fn ImportPart(
    /// The page's snapshots.
    state: SnapshotState,
    /// The file's name.
    name: String,
) -> impl IntoView {
    let matched = move || {
        state.resolved.with(|resolved| match resolved {
            None => view! { <p role="status">{text::snapshots::LOOKING_UP}</p> }.into_any(),
            Some(Err(error)) => trouble(error.clone(), Some(Callback::new(move |()| state.look_up()))),
            Some(Ok(resolved)) => found(state, resolved),
        })
    };
    let left = move || {
        state.file.with(|file| match file {
            OpenFile::Import(_, import) => {
                let lines = import.left.iter().map(|(place, left)| text::snapshots::left(place, left)).collect();
                list(text::snapshots::NOT_TAKEN, lines)
            }
            _ => None,
        })
    };
    view! {
        <section class="snapshot-open" aria-labelledby="snapshot-import">
            <h2 id="snapshot-import">{text::snapshots::IMPORT}</h2>
            <p><UserText text=name /></p>
            <div class="actions">
                <Button on_press=move |()| state.close()>{text::snapshots::CLOSE}</Button>
            </div>
            {matched}
            {left}
        </section>
    }
    .into_any()
}

fn list(title: &'static str, lines: Vec<String>) -> Option<AnyView> {
    let items: Vec<AnyView> =
        lines.into_iter().map(|line| view! { <li class="user-text">{line}</li> }.into_any()).collect();
    (!items.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="snapshot-faults">{items}</ul>
        }
        .into_any()
    })
}

fn found(state: SnapshotState, resolved: &Resolved) -> AnyView {
    let left = resolved.left.iter().map(|(place, called, why)| text::snapshots::unmatched(place, called, why));
    let left = list(text::snapshots::NOT_MATCHED, left.collect());
    if resolved.items.is_empty() {
        return view! {
            <EmptyState text=text::snapshots::NOTHING_MATCHED />
            {left}
        }
        .into_any();
    }
    let rows: Vec<AnyView> = resolved
        .items
        .iter()
        .map(|item| {
            let name = text::subject::policy_of(&item.target.subject, &item.target.name);
            let settings: Vec<String> =
                item.wanted.iter().map(|(setting, _)| text::setting::full_label(*setting)).collect();
            view! {
                <TableRow>
                    <TableCell heads_row=true><UserText text=name /></TableCell>
                    <TableCell label=text::snapshots::IMPORT_COLUMNS[1]>
                        {text::snapshots::import_settings(settings.len())}": "{settings.join("; ")}
                    </TableCell>
                </TableRow>
            }
            .into_any()
        })
        .collect();
    let number = resolved.items.len();
    view! {
        <DataTable caption=text::snapshots::IMPORT columns=text::snapshots::IMPORT_COLUMNS.to_vec()>{rows}</DataTable>
        <div class="actions">
            <Button kind=ButtonKind::Primary on_press=move |()| state.bring_in()>
                {text::snapshots::bring_in(number)}
            </Button>
        </div>
        {left}
    }
    .into_any()
}

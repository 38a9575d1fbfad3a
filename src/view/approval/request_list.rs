//! A list of requests.

use leptos::prelude::*;

use crate::approval::Row;
use crate::text;
use crate::view::approval::queue::Queue;
use crate::view::approval::request_row::RequestRow;
use crate::view::part::DataTable;
use crate::view::portions::{PORTION, PortionBar};

/// The rows as a table, or as cards on narrow screens.
#[component]
pub fn RequestList(
    /// The name of the list.
    caption: &'static str,
    /// The rows.
    rows: Signal<Vec<Row>>,
    /// They are the person's own requests.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let columns =
        vec!["", text::approval::REQUESTER, text::approval::ACCESS, text::approval::REASON, text::approval::WAITS, ""];
    view! {
        <div class="requests waiting">
            <DataTable caption columns>
                <For
                    each=move || rows.get()
                    key=|row| row.request.id.clone()
                    children=move |row| view! { <RequestRow request=row.request own /> }
                />
            </DataTable>
        </div>
    }
    .into_any()
}

/// Shows the previous or next page of the list; nothing if there is only one.
#[component]
pub fn Portions() -> impl IntoView {
    let queue = Queue::current();
    let count = Memo::new(move |_| queue.ids.with(Vec::len));
    let turn = move |on: bool| {
        let to = queue.portion.get_untracked().saturating_add_signed(if on { 1 } else { -1 });
        let first = queue.ids.with_untracked(|ids| ids.get(to * PORTION).cloned());
        if let Some(first) = first {
            queue.go_to(&first);
        }
    };
    view! {
        <PortionBar from=Signal::derive(move || queue.portion.get() * PORTION) count on_turn=turn />
    }
    .into_any()
}

//! A list of requests.

use leptos::prelude::*;

use super::row::RequestRow;
use crate::approval::Row;
use crate::text;
use crate::view::part::{Button, DataTable};

/// How many rows are put on the page at once: hundreds of waiting requests must not make it slow.
const STEP: usize = 50;

/// The rows as a table, or as cards on narrow screens.
#[component]
pub fn RequestList(
    /// Names the list.
    caption: &'static str,
    /// The rows.
    rows: Memo<Vec<Row>>,
    /// They are the person's own.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let limit = RwSignal::new(STEP);
    let shown = Memo::new(move |_| rows.with(|rows| rows.iter().take(limit.get()).cloned().collect::<Vec<_>>()));
    let hidden = Memo::new(move |_| rows.with(Vec::len).saturating_sub(limit.get()));
    let columns =
        vec![text::approval::REQUESTER, text::approval::ACCESS, text::approval::REASON, text::approval::WAITS, ""];
    let row = move |row: Row| {
        let id = row.request.id.clone();
        let gone =
            Signal::derive(move || rows.with(|rows| rows.iter().any(|other| other.gone && other.request.id == id)));
        view! { <RequestRow request=row.request gone own /> }
    };
    view! {
        <div class="requests">
            <DataTable caption columns>
                <For each=move || shown.get() key=|row| row.request.id.clone() children=row />
            </DataTable>
            <Show when=move || { hidden.get() > 0 }>
                <Button on_press=move |()| limit.update(|limit| *limit += STEP)>
                    {move || text::approval::show_more(hidden.get())}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}

//! A list of requests.

use leptos::prelude::*;

use super::queue::{PORTION, Queue};
use super::row::RequestRow;
use crate::approval::Row;
use crate::text;
use crate::view::part::{Button, DataTable};

/// The rows as a table, or as cards on narrow screens.
#[component]
pub fn RequestList(
    /// Names the list.
    caption: &'static str,
    /// The rows.
    rows: Signal<Vec<Row>>,
    /// They are the person's own.
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

/// Turns to the portions before and after; nothing where one is enough.
#[component]
pub fn Portions() -> impl IntoView {
    let queue = Queue::current();
    let count = Memo::new(move |_| queue.ids.with(Vec::len));
    let turn = move |step: isize| {
        let to = queue.portion.get_untracked().saturating_add_signed(step);
        let first = queue.ids.with_untracked(|ids| ids.get(to * PORTION).cloned());
        if let Some(first) = first {
            queue.go_to(&first);
        }
    };
    let from = move || queue.portion.get() * PORTION;
    let at_start = Signal::derive(move || (from() == 0).then(|| text::inbox::FIRST_PORTION.to_owned()));
    let at_end =
        Signal::derive(move || (from() + PORTION >= count.get()).then(|| text::inbox::LAST_PORTION.to_owned()));
    view! {
        <Show when=move || { count.get() > PORTION }>
            <nav class="portions" aria-label=text::inbox::PORTIONS>
                <Button disabled_reason=at_start on_press=move |()| turn(-1)>{text::inbox::BACK}</Button>
                <span role="status">
                    {move || text::inbox::portion(from() + 1, (from() + PORTION).min(count.get()), count.get())}
                </span>
                <Button disabled_reason=at_end on_press=move |()| turn(1)>{text::inbox::ON}</Button>
            </nav>
        </Show>
    }
    .into_any()
}

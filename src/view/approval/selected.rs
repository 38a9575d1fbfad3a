//! Selecting many at once, and the bar with what can be done with them.

use leptos::prelude::*;

use super::queue::Queue;
use crate::state::inbox::InboxState;
use crate::text;
use crate::view::part::Checkbox;

/// How much of the list is shown, and the box that selects all of it.
#[component]
pub fn SelectAll() -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let all = Memo::new(move |_| inbox.listing.with(|listing| listing.rows().len()));
    let free = Memo::new(move |_| queue.selectable.with(Vec::len));
    let every = Memo::new(move |_| {
        queue.selectable.with(|free| inbox.selection.with(|selection| free.iter().all(|id| selection.contains(id))))
    });
    let switch = move |on| {
        let free = queue.selectable.get_untracked();
        inbox.selection.update(|selection| if on { selection.add(free) } else { selection.remove(&free) });
    };
    let shown = move || {
        let own = queue.own_count();
        text::inbox::shown(queue.ids.with(Vec::len) + own, all.get())
    };
    view! {
        <div class="select-line">
            <Show when=move || { free.get() > 0 }>
                <Checkbox
                    checked=every
                    on_change=switch
                    label=Signal::derive(move || text::inbox::select_all(free.get()))
                />
            </Show>
            <span class="list-note" role="status">{shown}</span>
        </div>
    }
    .into_any()
}

//! A list of groups under a heading, some rows at a time.

use leptos::prelude::*;

use super::row::{GroupRow, Place};
use crate::browser::document;
use crate::directory::Group;
use crate::text;
use crate::view::part::Button;

/// Rows shown at first, and added by each "Show more".
const STEP: usize = 50;

/// The part of a list that is still in the directory.
#[derive(Clone, Copy)]
pub struct More {
    /// Whether there is more.
    pub there: Signal<bool>,
    /// More is being read.
    pub reading: Signal<bool>,
    /// Reads more.
    pub read: Callback<()>,
}

/// The heading of a list, with how much of it is on screen.
#[component]
pub fn ListHead(
    /// Which list.
    place: Place,
    /// The heading's text.
    #[prop(into)]
    title: Signal<String>,
    /// The count, or what is in progress; may be empty.
    #[prop(optional, into)]
    note: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="list-head">
            <h2 id=place.head_id() tabindex="-1">
                {title}
            </h2>
            <span class="list-note">{note}</span>
        </div>
    }
    .into_any()
}

/// The rows, and a button for more of them.
#[component]
pub fn GroupList(
    /// Which list.
    place: Place,
    /// The heading's text.
    #[prop(into)]
    title: Signal<String>,
    /// The groups that were read.
    #[prop(into)]
    groups: Signal<Vec<Group>>,
    /// How many there are in all, if known.
    #[prop(into)]
    total: Signal<Option<usize>>,
    /// More of them in the directory.
    #[prop(optional)]
    more: Option<More>,
) -> impl IntoView {
    let wanted = RwSignal::new(STEP);
    let here = move || groups.with(Vec::len);
    let rows = move || here().min(wanted.get());
    let there = move || more.is_some_and(|more| more.there.get());
    let reading = Signal::derive(move || more.is_some_and(|more| more.reading.get()));
    let note = Signal::derive(move || match rows() {
        0 => text::group::none(there()).to_owned(),
        rows => text::group::shown(rows, total.get()),
    });
    // The position of the first of the rows to come: it takes the focus, because the button moves away or disappears.
    let came = StoredValue::new(None::<usize>);
    let press = move |()| {
        came.set_value(Some(untrack(rows)));
        wanted.update(|wanted| *wanted += STEP);
        if untrack(here) < wanted.get_untracked()
            && let Some(more) = more
        {
            more.read.run(());
        }
    };
    Effect::new(move |_| {
        let rows = rows();
        let Some(at) = came.get_value().filter(|at| *at < rows) else { return };
        came.set_value(None);
        let first = groups.with_untracked(|groups| groups.get(at).map(|group| place.link_id(&group.id)));
        if let Some(first) = first {
            request_animation_frame(move || {
                document::focus(&first, false);
            });
        }
    });
    let shown = move || groups.with(|groups| groups.iter().take(wanted.get()).cloned().collect::<Vec<_>>());
    view! {
        <section class="group-list" aria-labelledby=place.head_id()>
            <ListHead place title note />
            <ul>
                <For each=shown key=|group| group.clone() let(group)>
                    <GroupRow group place />
                </For>
            </ul>
            <Show when=move || { here() > rows() || there() }>
                <p class="list-foot">
                    <Button busy=reading on_press=press>
                        {text::group::SHOW_MORE}
                    </Button>
                </p>
            </Show>
        </section>
    }
    .into_any()
}

//! The groups at hand: pinned and recently opened ones.

use leptos::prelude::*;

use super::list::ListHead;
use super::row::{GroupRow, Place, UnnamedRow};
use crate::guid::Guid;
use crate::state::directory::finder::Finder;
use crate::state::directory::shelf::Shelf;
use crate::text;

/// How many recently opened groups are shown.
const RECENT: usize = 6;

/// Both lists; each is omitted while it is empty.
#[component]
pub fn AtHand() -> impl IntoView {
    let shelf = Shelf::current();
    let finder = Finder::current();
    finder.look_up(&[shelf.pinned.get_untracked(), shelf.recent.get_untracked()].concat());
    let recent = Signal::derive(move || {
        shelf.recent.with(|ids| ids.iter().filter(|id| !shelf.is_pinned(id)).take(RECENT).cloned().collect::<Vec<_>>())
    });
    view! {
        <Few place=Place::Pinned title=text::group::PINNED ids=shelf.pinned />
        <Few place=Place::Recent title=text::group::RECENT ids=recent />
    }
    .into_any()
}

#[component]
fn Few(
    /// Which list.
    place: Place,
    /// The heading.
    title: &'static str,
    /// The groups.
    #[prop(into)]
    ids: Signal<Vec<Guid>>,
) -> impl IntoView {
    let finder = Finder::current();
    let row = move |id: Guid| {
        let known = {
            let id = id.clone();
            Memo::new(move |_| finder.named(&id))
        };
        move || match known.get() {
            Some(Some(group)) => view! { <GroupRow group place /> }.into_any(),
            unknown => view! { <UnnamedRow group=id.clone() place unreadable=unknown.is_some() /> }.into_any(),
        }
    };
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <section class="group-list" aria-labelledby=place.head_id()>
                <ListHead place title />
                <ul>
                    <For each=move || ids.get() key=Guid::clone children=row />
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

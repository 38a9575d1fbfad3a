//! The bar about the selected rows.

use leptos::prelude::*;

use super::shown::Shown;
use crate::matrix::{Reference, View};
use crate::policy::Subject;
use crate::rollout::Target;
use crate::route::{Comparing, Route, Source};
use crate::snapshot::file::Naming;
use crate::state::nav::Nav;
use crate::state::notice::Notices;
use crate::state::rollout::{Offered, RolloutState, values_of};
use crate::state::snapshots::SnapshotState;
use crate::state::templates::TemplatesState;
use crate::text;
use crate::view::part::{ActionBar, Button, ButtonKind};

/// What is selected and what can be done with it.
#[component]
pub fn SelectedBar(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let (nav, rollout, selection) = (Nav::current(), RolloutState::current(), shown.browsing.selection);
    let templates = TemplatesState::current();
    let number = Memo::new(move |_| selection.with(crate::approval::Selection::len));
    let words = Signal::derive(move || {
        let seen = selection.with(|selection| shown.keys().iter().filter(|key| selection.contains(key)).count());
        text::matrix::selected(number.get(), number.get().saturating_sub(seen))
    });
    let copy = move |()| {
        let reference = shown.view.with_untracked(|view| view.reference.clone());
        let offered = match reference {
            Reference::Policy(subject) => Some(Offered::Policy(subject)),
            Reference::Template(key) => {
                untrack(|| templates.get(&key)).map(|template| Offered::Values(values_of(&template)))
            }
            _ => None,
        };
        rollout.add_to_copy(untrack(|| targets(shown)), offered);
    };
    let hold = move |()| {
        if let Some(Target { subject, .. }) = untrack(|| targets(shown)).into_iter().next() {
            shown.refine(|view| View { reference: Reference::Policy(subject), ..view });
        }
    };
    let (snapshots, notices) = (SnapshotState::current(), Notices::current());
    let take = move |()| {
        let only: Vec<Subject> = untrack(|| targets(shown)).into_iter().map(|one| one.subject).collect();
        if !snapshots.take(Vec::new(), only, Naming { holders: true, people: false }) {
            notices.refuse(text::snapshots::BUSY);
        }
        nav.go(&Route::SNAPSHOTS);
    };
    let compare = move |()| {
        let mut both = untrack(|| targets(shown)).into_iter().map(|one| Source::Policy(one.subject));
        if let (Some(left), Some(right)) = (both.next(), both.next()) {
            shown.browsing.opened.set_value(left.subject().cloned());
            nav.go(&Route::Compare(Comparing { left: Some(left), right: Some(right), ..Comparing::default() }));
        }
    };
    view! {
        <div class="bar-slot">
            <Show when=move || { number.get() > 0 }>
                <ActionBar label=text::matrix::SELECTED text=words>
                    <Button kind=ButtonKind::Quiet on_press=move |()| selection.update(crate::approval::Selection::clear)>
                        {text::matrix::UNSELECT}
                    </Button>
                    <Show when=move || number.get() == 1>
                        <Button on_press=hold>{text::matrix::AS_REFERENCE}</Button>
                    </Show>
                    <Show when=move || number.get() == 2>
                        <Button on_press=compare>{text::matrix::COMPARE}</Button>
                    </Show>
                    <Button on_press=take>{text::matrix::TAKE}</Button>
                    <Button kind=ButtonKind::Primary on_press=copy>
                        {move || {
                            let number = number.get();
                            if rollout.is_open() { text::matrix::add_to_copy(number) } else { text::matrix::copy_to(number) }
                        }}
                    </Button>
                </ActionBar>
            </Show>
        </div>
    }
    .into_any()
}

/// The selected policies, in the order in which they were read.
fn targets(shown: Shown) -> Vec<Target> {
    shown.browsing.selection.with(|selection| {
        shown.table().rows.with(|rows| {
            let selected = rows.iter().filter(|row| selection.contains(&row.subject.to_string()));
            selected.map(|row| Target { subject: row.subject.clone(), name: row.name().to_owned() }).collect()
        })
    })
}

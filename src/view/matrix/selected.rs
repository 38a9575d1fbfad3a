//! The bar about the selected rows.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::shown::Shown;
use crate::approval::Selection;
use crate::matrix::{Class, Reference, View};
use crate::policy::Subject;
use crate::rollout::Target;
use crate::rollout::choice::source_of;
use crate::route::{Comparing, Route, Source};
use crate::snapshot::file::Naming;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::matrix::{MatrixState, ReadingProgress, ReadingStage};
use crate::state::rollout::{Offered, RolloutState, values_of};
use crate::state::snapshots::SnapshotState;
use crate::state::templates::TemplatesState;
use crate::text;
use crate::view::part::{ActionBar, Button, ButtonKind};

/// How much is selected and what can be done with it.
#[component]
pub fn SelectedBar(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let (nav, rollout, selection) = (Nav::current(), RolloutState::current(), shown.browsing.selection);
    let templates = TemplatesState::current();
    let notices = Notices::current();
    let all = Memo::new(move |_| selection.with(Selection::len));
    // Only rows in the table are acted on: while it is read again, that can be less than was selected.
    let found = Memo::new(move |_| if all.get() == 0 { 0 } else { targets(shown).len() });
    let missing = Memo::new(move |_| all.get().saturating_sub(found.get()));
    let waits = Memo::new(move |_| missing.get() > 0 && (found.get() == 0 || is_listing(shown.table())));
    let reason = Signal::derive(move || waits.get().then(|| text::matrix::SELECTED_MISSING.to_owned()));
    let number = Memo::new(move |_| if waits.get() { all.get() } else { found.get() });
    let words = Signal::derive(move || {
        let seen = selection.with(|selection| shown.keys().iter().filter(|key| selection.contains(key)).count());
        text::matrix::selected(found.get(), found.get().saturating_sub(seen), missing.get())
    });
    Effect::new(move |_| {
        if missing.get() > 0 {
            let gone = drop_gone(shown);
            if gone > 0 {
                notices.tell(text::matrix::selected_gone(gone));
            }
        }
    });
    let copy = move |()| {
        let reference = shown.view.with_untracked(|view| view.reference.clone());
        let offered = match reference {
            Reference::Policy(chosen) => {
                let page: Vec<(Class, Subject)> = untrack(|| read_page(shown, &chosen));
                Some(Offered::Policy(source_of(&chosen, &page, &untrack(|| targets(shown)))))
            }
            Reference::Template(key) => {
                untrack(|| templates.get(&key)).map(|template| Offered::Values(values_of(&key, &template)))
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
    let snapshots = SnapshotState::current();
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
            <Show when=move || { all.get() > 0 }>
                <ActionBar label=text::matrix::SELECTED text=words>
                    <Button kind=ButtonKind::Quiet on_press=move |()| selection.update(Selection::clear)>
                        {text::matrix::UNSELECT}
                    </Button>
                    <Show when=move || number.get() == 1>
                        <Button disabled_reason=reason on_press=hold>{text::matrix::AS_REFERENCE}</Button>
                    </Show>
                    <Show when=move || number.get() == 2>
                        <Button disabled_reason=reason on_press=compare>{text::matrix::COMPARE}</Button>
                    </Show>
                    <Button disabled_reason=reason on_press=take>{text::matrix::TAKE}</Button>
                    <Button kind=ButtonKind::Primary disabled_reason=reason on_press=copy>
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

/// The policies on the page of a subject that were read; views follow the table.
fn read_page(shown: Shown, subject: &Subject) -> Vec<(Class, Subject)> {
    let is_read = |subject: &Subject| shown.with_subject(subject, |row| row.sheet().is_some()) == Some(true);
    subject.of_page().into_iter().filter(is_read).map(|subject| (Class::of(&subject), subject)).collect()
}

/// Whether groups or roles are being listed; views follow it.
fn is_listing(table: MatrixState) -> bool {
    [table.groups, table.roles]
        .iter()
        .any(|part| part.with(|part| part.stage == ReadingStage::Running && !part.is_listed()))
}

/// Removes from the selection what is no longer in a completely read table; returns how many. Views follow the table.
fn drop_gone(shown: Shown) -> usize {
    let table = shown.table();
    let is_whole =
        |part: RwSignal<ReadingProgress>| part.with(|part| part.stage != ReadingStage::NotBegun && !part.is_cut_off());
    let (groups, roles) = (is_whole(table.groups), is_whole(table.roles));
    let there: BTreeSet<String> = targets(shown).into_iter().map(|one| one.subject.to_string()).collect();
    let is_kept = |key: &str| {
        let whole = if key.starts_with("roles/") { roles } else { groups };
        !whole || there.contains(key)
    };
    let selection = shown.browsing.selection;
    // Written only if something is removed: the caller follows the selection and would be called by each write.
    let gone = selection.with_untracked(|selection| selection.clone().keep(is_kept));
    if gone > 0 {
        selection.update(|selection| {
            selection.keep(is_kept);
        });
    }
    gone
}

//! Which columns are shown, and how many stay in place.

use leptos::prelude::*;

use super::shown::Shown;
use crate::matrix::view::MOST_FROZEN;
use crate::matrix::{Column, View};
use crate::policy::Tab;
use crate::text;
use crate::text::matrix::filter;
use crate::view::part::{Button, ButtonKind, Checkbox, Choice, Dialog, Select};

/// The dialog of all columns.
#[component]
pub fn ColumnsDialog(
    /// The table.
    shown: Shown,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let footer = move || {
        view! {
            <Button on_press=move |()| {
                shown.refine(|view| View { hidden: Vec::new(), mails: true, ..view });
            }>{filter::SHOW_ALL_COLUMNS}</Button>
            <Button kind=ButtonKind::Primary on_press=move |()| open.set(false)>
                {text::matrix::DONE}
            </Button>
        }
    };
    let frozen = (0..=MOST_FROZEN).map(|n| Choice::new(n.to_string(), filter::frozen(n))).collect::<Vec<_>>();
    view! {
        <Dialog
            open
            title=Signal::stored(filter::COLUMNS.to_owned())
            on_close=Callback::new(move |()| open.set(false))
            wide=true
            footer
        >
            <label class="matrix-choice">
                <span>{filter::FROZEN}</span>
                <Select
                    label=filter::FROZEN
                    choices=Signal::stored(frozen.clone())
                    value=Signal::derive(move || shown.view.with(|view| view.frozen).to_string())
                    on_change=move |value: String| {
                        shown.refine(|view| View { frozen: value.parse().unwrap_or_default(), ..view });
                    }
                />
            </label>
            <div class="matrix-columns">{Tab::ALL.into_iter().map(|tab| of_tab(shown, tab)).collect_view()}</div>
        </Dialog>
    }
    .into_any()
}

fn of_tab(shown: Shown, tab: Tab) -> AnyView {
    let boxes = Column::all()
        .into_iter()
        .filter(|column| column.tab() == tab)
        .map(|column| {
            view! {
                <Checkbox
                    checked=Signal::derive(move || shown.columns.with(|columns| columns.contains(&column)))
                    on_change=move |on| shown.refine(|view| with_column(view, column, on))
                    label=text::matrix::full_head(column)
                />
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{text::policy::setting::tab(tab)}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// Showing the first email column does not show the others.
fn with_column(mut view: View, column: Column, on: bool) -> View {
    if on && column.tab() == Tab::Notification && !view.mails {
        view.mails = true;
        view.hidden.extend(Column::all().into_iter().filter(|other| other.tab() == Tab::Notification));
    }
    view.hidden.retain(|other| *other != column);
    if !on {
        view.hidden.push(column);
    }
    view
}

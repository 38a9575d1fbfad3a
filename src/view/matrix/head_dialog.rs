//! The menu of a column: order, filter, hide, keep in place.

use leptos::prelude::*;

use super::head_filter::{column_filter, deviating};
use super::shown::Shown;
use crate::matrix::Column;
use crate::matrix::view::{MOST_FROZEN, Sort, SortBy, View};
use crate::text;
use crate::text::matrix::filter;
use crate::view::part::{Button, ButtonKind, Dialog, RadioGroup, RadioOption, UserText};

const UP: &str = "up";
const DOWN: &str = "down";

/// The menu; `shown.head` opens it.
#[component]
pub fn HeadDialog(
    /// The table.
    shown: Shown,
) -> impl IntoView {
    let close = move || shown.head.set(None);
    let title = Signal::derive(move || match shown.head.get() {
        None | Some(SortBy::Name) => text::matrix::NAME.to_owned(),
        Some(SortBy::Deviations) => text::matrix::DEVIATIONS.to_owned(),
        Some(SortBy::Column(column)) => text::matrix::full_head(column),
    });
    let footer = move || {
        view! { <Button kind=ButtonKind::Primary on_press=move |()| close()>{text::matrix::DONE}</Button> }
    };
    view! {
        <Dialog
            open=Signal::derive(move || shown.head.with(Option::is_some))
            title
            on_close=Callback::new(move |()| close())
            footer
        >
            {move || {
                let by = shown.head.get_untracked()?;
                let column = if let SortBy::Column(column) = by { Some(column) } else { None };
                let against = move || column.map(|column| shown.held_against(column)).filter(|words| !words.is_empty());
                Some(view! {
                    {move || against().map(|words| view! { <p class="help"><UserText text=words /></p> })}
                    {order(shown, by)}
                    {column.map(|column| column_filter(shown, column))}
                    {(by == SortBy::Deviations).then(|| deviating(shown))}
                    {column.map(|column| places(shown, column))}
                })
            }}
        </Dialog>
    }
    .into_any()
}

fn option(value: &str, label: String) -> RadioOption {
    RadioOption { value: value.to_owned(), label, help: String::new() }
}

fn order(shown: Shown, by: SortBy) -> AnyView {
    let value = Signal::derive(move || {
        let sort = shown.view.with(|view| view.sort);
        (if sort.by != by {
            ""
        } else if sort.descending {
            DOWN
        } else {
            UP
        })
        .to_owned()
    });
    let (up, down) = if by == SortBy::Deviations { (filter::MOST, filter::FEWEST) } else { (filter::UP, filter::DOWN) };
    let last = if by == SortBy::Name { "" } else { filter::UNREAD_LAST };
    let mut options = vec![option(UP, up.to_owned()), option(DOWN, down.to_owned())];
    if by != SortBy::Name {
        options.insert(0, option("", filter::UNSORTED.to_owned()));
    }
    let change = move |value: String| {
        let sort = if value.is_empty() { Sort::default() } else { Sort { by, descending: value == DOWN } };
        shown.refine(|view| View { sort, ..view });
    };
    view! {
        <RadioGroup legend=filter::SORT options value on_change=change />
        {(!last.is_empty()).then(|| view! { <p class="help">{last}</p> })}
    }
    .into_any()
}

fn places(shown: Shown, column: Column) -> AnyView {
    let hide = move |()| {
        shown.head.set(None);
        shown.refine(|mut view| {
            view.hidden.push(column);
            view
        });
    };
    let at = move || shown.columns.with(|columns| columns.iter().position(|other| *other == column));
    let frozen = Memo::new(move |_| {
        let here = at().and_then(|at| u8::try_from(at + 1).ok());
        here.is_some() && here == shown.view.with(|view| Some(view.frozen))
    });
    let too_far = Signal::derive(move || {
        let far = at().is_some_and(|at| at >= usize::from(MOST_FROZEN));
        far.then(|| filter::too_far(MOST_FROZEN))
    });
    let freeze = move |()| {
        let up_to = untrack(at).and_then(|at| u8::try_from(at + 1).ok()).unwrap_or_default();
        let frozen = if frozen.get_untracked() { 0 } else { up_to };
        shown.refine(|view| View { frozen, ..view });
    };
    view! {
        <div class="actions">
            <Button on_press=freeze disabled_reason=too_far>{move || if frozen.get() { filter::UNFREEZE } else { filter::FREEZE }}</Button>
            <Button on_press=hide>{filter::HIDE}</Button>
        </div>
    }
    .into_any()
}

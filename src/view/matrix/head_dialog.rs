//! The menu of a column: order, filter, hide, keep in place.

use leptos::prelude::*;

use super::shown::Shown;
use crate::matrix::view::{MOST_FROZEN, Sort, SortBy, View, Wanted};
use crate::matrix::{Column, Deviation, deviation};
use crate::order::sort_by;
use crate::text;
use crate::text::matrix::{cell, filter};
use crate::view::part::{Button, ButtonKind, Dialog, RadioGroup, RadioOption};

/// Most values that can be picked; the most frequent ones.
const VALUES: usize = 30;

const UP: &str = "up";
const DOWN: &str = "down";
/// Before a value, so that no value is taken for another choice.
const EQUALS: &str = "=";
const DEVIATES: &str = "deviates";
const WEAKER: &str = "weaker";

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
                Some(view! {
                    {order(shown, by)}
                    {column.map(|column| wanted(shown, column))}
                    {column.map(|column| places(shown, column))}
                })
            }}
        </Dialog>
    }
    .into_any()
}

fn option(value: &str, label: String, help: &str) -> RadioOption {
    RadioOption { value: value.to_owned(), label, help: help.to_owned() }
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
    let mut options = vec![option(UP, up.to_owned(), ""), option(DOWN, down.to_owned(), last)];
    if by != SortBy::Name {
        options.insert(0, option("", filter::UNSORTED.to_owned(), ""));
    }
    let change = move |value: String| {
        let sort = if value.is_empty() { Sort::default() } else { Sort { by, descending: value == DOWN } };
        shown.refine(|view| View { sort, ..view });
    };
    view! { <RadioGroup legend=filter::SORT options value on_change=change /> }.into_any()
}

fn wanted(shown: Shown, column: Column) -> AnyView {
    let value = Signal::derive(move || {
        shown.view.with(|view| match view.wanted_of(column) {
            None => String::new(),
            Some(Wanted::Deviation) => DEVIATES.to_owned(),
            Some(Wanted::Weaker) => WEAKER.to_owned(),
            Some(Wanted::Words(words)) => [EQUALS, words].concat(),
        })
    });
    let options = untrack(|| options(shown, column));
    let change = move |value: String| {
        let wanted = match (value.as_str(), value.strip_prefix(EQUALS)) {
            (_, Some(words)) => Some(Wanted::Words(words.to_owned())),
            (DEVIATES, _) => Some(Wanted::Deviation),
            (WEAKER, _) => Some(Wanted::Weaker),
            _ => None,
        };
        shown.refine(|view| view.with_wanted(column, wanted));
    };
    view! { <RadioGroup legend=filter::SHOW_ONLY options value on_change=change /> }.into_any()
}

/// Every value of the column with how many rows have it, the most frequent first.
fn options(shown: Shown, column: Column) -> Vec<RadioOption> {
    let (mut counts, mut deviating, mut weaker): (Vec<(String, usize)>, usize, usize) = (Vec::new(), 0, 0);
    shown.standard.with(|standard| {
        shown.each_of_shown_classes(|row| {
            let Some(sheet) = row.sheet() else { return };
            let words = cell::short(column, sheet);
            match counts.iter_mut().find(|(known, _)| *known == words) {
                Some((_, count)) => *count += 1,
                None => counts.push((words, 1)),
            }
            let found = standard.of(&row.subject).map(|against| deviation(column, sheet, against));
            deviating += usize::from(found.is_some_and(Deviation::differs));
            weaker += usize::from(found == Some(Deviation::Weaker));
        });
    });
    sort_by(&mut counts, |left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    // The value that is filtered by stays among them even where no row has it any more.
    if let Some(Wanted::Words(words)) = shown.view.with(|view| view.wanted_of(column).cloned()) {
        let at = counts.iter().position(|(known, _)| *known == words);
        let chosen = at.map_or((words, 0), |at| counts.remove(at));
        counts.insert(0, chosen);
    }
    let mut all = vec![
        option("", filter::ANY.to_owned(), ""),
        option(DEVIATES, filter::choice(filter::A_DEVIATION, deviating), ""),
        option(WEAKER, filter::choice(filter::A_WEAKER, weaker), ""),
    ];
    let values = counts.into_iter().take(VALUES);
    all.extend(values.map(|(words, count)| option(&[EQUALS, &words].concat(), filter::choice(&words, count), "")));
    all
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

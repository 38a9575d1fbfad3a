//! The filter of a column, in the menu of its header.

use leptos::prelude::*;

use super::shown::Shown;
use crate::matrix::column_filter::{Compared, Range};
use crate::matrix::measure::{Unit, unit};
use crate::matrix::{Column, ColumnFilter, Deviation, State, View, deviation};
use crate::order::sort_by;
use crate::text::matrix::{cell, filter, table};
use crate::view::part::{Checkbox, Choice, Select, TextField};

/// Most values that can be picked, the most frequent ones. The others are found by searching for words.
const VALUES: usize = 30;

/// Most characters of a number.
const LONGEST_NUMBER: u16 = 8;

/// Most characters of a search text.
const LONGEST: u16 = 120;

/// The values of a column, each with the number of rows.
#[derive(Default)]
struct Counts {
    values: Vec<(String, usize)>,
    compared: [usize; 3],
    unread: usize,
}

impl Counts {
    fn of(shown: Shown, column: Column) -> Self {
        let mut counts = Self::default();
        let names = shown.names();
        shown.standard.with(|standard| {
            shown.each_of_shown_classes(|row| {
                let Some(sheet) = row.sheet() else {
                    counts.unread += 1;
                    return;
                };
                let words = cell::short(column, sheet, &names);
                match counts.values.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, count)) => *count += 1,
                    None => counts.values.push((words, 1)),
                }
                let found = standard.of(&row.subject).map_or(Deviation::NotAsked, |own| deviation(column, sheet, own));
                for (count, compared) in counts.compared.iter_mut().zip(Compared::ALL) {
                    *count += usize::from(compared.finds(found));
                }
            });
        });
        sort_by(&mut counts.values, |left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        counts
    }

    /// The values to choose from. Those in the current filter stay among them even if no row has them any more.
    fn offered(self, chosen: &[String]) -> Vec<(String, usize)> {
        let mut all = self.values;
        let mut first: Vec<(String, usize)> = Vec::new();
        for words in chosen {
            let at = all.iter().position(|(known, _)| known == words);
            first.push(at.map_or_else(|| (words.clone(), 0), |at| all.remove(at)));
        }
        all.truncate(VALUES.saturating_sub(first.len()));
        first.append(&mut all);
        first
    }
}

fn change(shown: Shown, column: Column, change: impl FnOnce(&mut ColumnFilter)) {
    shown.refine(|view| {
        let mut filter = view.filter_of(column).cloned().unwrap_or_default();
        change(&mut filter);
        view.with_filter(column, filter)
    });
}

/// The filter of a column.
pub fn column_filter(shown: Shown, column: Column) -> AnyView {
    let now = Memo::new(move |_| shown.view.with(|view| view.filter_of(column).cloned().unwrap_or_default()));
    let counts = untrack(|| Counts::of(shown, column));
    let (unread, number) = (counts.unread, counts.values.len());
    let compared = compared(shown, column, now, counts.compared);
    let offered = untrack(|| now.with(|now| counts.offered(&now.values)));
    let more = number.saturating_sub(offered.len());
    let values = offered.into_iter().map(|(words, count)| {
        let (label, own) = (filter::choice(&words, count), words.clone());
        let tick = move |on| {
            change(shown, column, |filter| {
                filter.values.retain(|known| *known != words);
                if on {
                    filter.values.push(words.clone());
                }
            });
        };
        let checked = Signal::derive(move || now.with(|now| now.values.contains(&own)));
        view! { <Checkbox checked on_change=tick label=Signal::stored(label) /> }.into_any()
    });
    let values = values.collect_view();
    let set = move |range| change(shown, column, |filter| filter.range = range);
    let lengths = unit(column).map(|unit| lengths(unit, Signal::derive(move || now.with(|now| now.range)), set));
    view! {
        <fieldset class="matrix-filter">
            <legend>{filter::SHOW_ONLY}</legend>
            {compared}
            {lengths}
            {filter::uncounted(column).map(|words| view! { <p class="help">{words}</p> })}
            <TextField
                label=filter::IN_FULL
                value=Signal::derive(move || now.with(|now| now.text.clone()))
                on_input=move |text: String| change(shown, column, |filter| filter.text = text)
                longest=LONGEST
            />
            <div class="matrix-values" role="group" aria-label=filter::ONE_OF>
                <p class="help" aria-hidden="true">{filter::ONE_OF}</p>
                {values}
                {(more > 0).then(|| view! { <p class="help">{filter::more_values(more)}</p> })}
            </div>
            <Checkbox
                checked=Signal::derive(move || now.with(|now| now.unread))
                on_change=move |on| change(shown, column, |filter| filter.unread = on)
                label=Signal::stored(filter::choice(filter::UNREAD, unread))
            />
        </fieldset>
    }
    .into_any()
}

fn compared(shown: Shown, column: Column, now: Memo<ColumnFilter>, counts: [usize; 3]) -> AnyView {
    let mut choices = vec![Choice::new("", filter::ANY)];
    choices.extend(
        Compared::ALL
            .into_iter()
            .zip(counts)
            .map(|(compared, count)| Choice::new(compared.as_str(), filter::choice(filter::compared(compared), count))),
    );
    let value = move || now.with(|now| now.compared.map_or("", Compared::as_str).to_owned());
    let pick = move |name: String| change(shown, column, |filter| filter.compared = Compared::from_name(&name));
    view! {
        <label class="matrix-choice">
            <span>{filter::COMPARED}</span>
            <Select
                label=filter::COMPARED
                choices=Signal::stored(choices)
                value=Signal::derive(value)
                on_change=pick
            />
        </label>
    }
    .into_any()
}

/// From and to. A typed text counts as soon as it is a number.
fn lengths(unit: Unit, now: Signal<Range>, set: impl Fn(Range) + Copy + Send + Sync + 'static) -> AnyView {
    let one = move |label: &'static str, is_from: bool| {
        let value = Memo::new(move |_| {
            let Range { from, to } = now.get();
            (if is_from { from } else { to }).map(|number| unit.written(number)).unwrap_or_default()
        });
        let typed = move |text: String| {
            let number = unit.read(&text);
            if number.is_none() && !text.trim().is_empty() {
                return;
            }
            let range = now.get_untracked();
            set(if is_from { Range { from: number, ..range } } else { Range { to: number, ..range } });
        };
        view! { <TextField label value on_input=typed longest=LONGEST_NUMBER /> }
    };
    view! {
        <div class="matrix-range">
            {one(filter::from(unit), true)} {one(filter::to(unit), false)}
        </div>
    }
    .into_any()
}

/// The filter of the deviations: in how many columns a row must deviate, and how.
pub fn deviating(shown: Shown) -> AnyView {
    let set = move |deviations| shown.refine(|view| View { deviations, ..view });
    let range = lengths(Unit::Pieces, Signal::derive(move || shown.view.with(|view| view.deviations)), set);
    let mut counts = [0_usize; 6];
    untrack(|| {
        shown.each_of_shown_classes(|row| {
            if let Some(at) = State::ALL.iter().position(|state| *state == row.state()) {
                counts[at] += 1;
            }
        });
    });
    let states = State::ALL.into_iter().zip(counts).map(|(state, count)| {
        view! {
            <Checkbox
                checked=Signal::derive(move || shown.view.with(|view| view.states.contains(&state)))
                on_change=move |on| shown.refine(|view| view.with_state(state, on))
                label=Signal::stored(filter::choice(table::state(state), count))
            />
        }
        .into_any()
    });
    view! {
        <fieldset class="matrix-filter">
            <legend>{filter::SHOW_ONLY}</legend>
            {range}
            <div class="matrix-values" role="group" aria-label=filter::STATES>
                {states.collect_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

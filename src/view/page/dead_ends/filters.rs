//! Filters for dead ends; all of them are in the address.

use leptos::prelude::*;

use crate::dead_end::listing::{Query, SortBy};
use crate::dead_end::{Kind, Severity};
use crate::matrix::Class;
use crate::route::Route;
use crate::state::dead_ends::DeadEndsState;
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::part::{Choice, Select, TextField, TextKind};

/// Search, three filters and the order.
#[component]
pub fn Filters(
    /// The filter in the address.
    query: Memo<Query>,
) -> impl IntoView {
    let (nav, state) = (Nav::current(), DeadEndsState::current());
    let change = move |change: &dyn Fn(&mut Query)| nav.refine_by(query, Route::DeadEnds, change);
    let severities = Severity::ALL.map(|one| (one.as_str(), text::dead_ends::severity(one)));
    let classes = Class::ALL.map(|one| (one.as_str(), text::snapshots::class(one)));
    // The kinds that were found, and the one that is filtered by.
    let kinds = Signal::derive(move || {
        let found = state.report.with(|report| {
            let is_there = |kind: &Kind| {
                report.as_ref().is_some_and(|report| report.ends.iter().any(|end| end.kind == *kind))
                    || query.with(|query| query.kind == Some(*kind))
            };
            Kind::ALL.into_iter().filter(is_there).collect::<Vec<_>>()
        });
        Choice::any_of(
            text::dead_ends::ANY_KIND,
            found.into_iter().map(|one| (one.as_str(), text::dead_ends::kind(one))),
        )
    });
    let orders = SortBy::ALL.into_iter().flat_map(|by| [(by, false), (by, true)]);
    let orders =
        orders.map(|(by, descending)| Choice::new(order_word(by, descending), text::dead_ends::order(by, descending)));
    let orders = Signal::stored(orders.collect::<Vec<_>>());
    let choose_order = move |word: String| {
        let by = word.strip_prefix('-').unwrap_or(&word);
        let by = SortBy::ALL.into_iter().find(|known| known.as_str() == by).unwrap_or_default();
        change(&|query| {
            query.sort = by;
            query.descending = word.starts_with('-');
        });
    };
    view! {
        <div class="request-filters" role="search" aria-label=text::dead_ends::SEARCH>
            <div class="request-search">
                <TextField
                    label=text::dead_ends::SEARCH
                    kind=TextKind::Search
                    value=Signal::derive(move || query.with(|query| query.text.clone()))
                    on_input=move |text: String| change(&|query| query.text.clone_from(&text))
                    placeholder=text::dead_ends::SEARCH_HINT
                />
            </div>
            <Select
                label=text::dead_ends::SEVERITY
                choices=Signal::stored(Choice::any_of(text::dead_ends::ANY_SEVERITY, severities))
                value=Signal::derive(move || query.with(|query| query.severity.map_or("", Severity::as_str)).to_owned())
                on_change=move |word: String| {
                    let chosen = Severity::ALL.into_iter().find(|one| one.as_str() == word);
                    change(&|query| query.severity = chosen);
                }
            />
            <Select
                label=text::dead_ends::KIND
                choices=kinds
                value=Signal::derive(move || query.with(|query| query.kind.map_or("", Kind::as_str)).to_owned())
                on_change=move |word: String| {
                    let chosen = Kind::ALL.into_iter().find(|one| one.as_str() == word);
                    change(&|query| query.kind = chosen);
                }
            />
            <Select
                label=text::dead_ends::CLASS
                choices=Signal::stored(Choice::any_of(text::dead_ends::ANY_CLASS, classes))
                value=Signal::derive(move || query.with(|query| query.class.map_or("", Class::as_str)).to_owned())
                on_change=move |word: String| change(&|query| query.class = Class::from_name(&word))
            />
            <Select
                label=text::dead_ends::SORT
                choices=orders
                value=Signal::derive(move || query.with(|query| order_word(query.sort, query.descending)))
                on_change=choose_order
            />
        </div>
    }
    .into_any()
}

fn order_word(by: SortBy, descending: bool) -> String {
    [if descending { "-" } else { "" }, by.as_str()].concat()
}

//! The settings of both sides, by tab.

use leptos::prelude::*;

use crate::policy::Tab;
use crate::policy::compare::{Also, Comparison, Line, Side, Verdict};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Badge, EmptyState, Tone, UserText};

/// A table for each tab that has something to show.
#[component]
pub fn CompareTable(
    /// Both policies.
    comparison: Memo<Comparison>,
    /// Shows all settings, not only those that differ.
    all: Memo<bool>,
    /// The names of the sides.
    names: Signal<[String; 2]>,
) -> impl IntoView {
    let tables = move || {
        let known = Names::current().known();
        // The names first: they read the address, from which the other is derived.
        let (heads, all) = (names.get(), all.get());
        comparison.with(|found| {
            let tables: Vec<AnyView> = Tab::ALL
                .into_iter()
                .filter_map(|tab| {
                    let lines = found.of_tab(tab, all).map(|line| row(line, &heads, &known));
                    let rows: Vec<AnyView> =
                        lines.chain(found.also_of_tab(tab, all).map(|also| also_row(also, &heads))).collect();
                    (!rows.is_empty()).then(|| table(tab, &heads, rows))
                })
                .collect();
            if tables.is_empty() {
                view! { <EmptyState text=text::policy::compare::no_difference(found) /> }.into_any()
            } else {
                view! { <div class="compare-tables">{tables}</div> }.into_any()
            }
        })
    };
    view! { {tables} }.into_any()
}

fn table(tab: Tab, heads: &[String; 2], rows: Vec<AnyView>) -> AnyView {
    let [left, right] = heads.clone();
    view! {
        <section>
            <h2>{text::policy::setting::tab(tab)}</h2>
            <table class="data compare" role="table" aria-label=text::policy::setting::tab(tab)>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{text::policy::compare::SETTING}</th>
                        <th scope="col" role="columnheader"><UserText text=left /></th>
                        <th scope="col" role="columnheader"><UserText text=right /></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(line: &Line, heads: &[String; 2], names: &dyn text::policy::value::Names) -> AnyView {
    let cell = |side: Side, at: usize| {
        let reading = if side == Side::Left { &line.left } else { &line.right };
        let mark = text::policy::compare::mark(line.verdict, side);
        let tone = if mark == text::policy::compare::STRICTER { Tone::Ok } else { Tone::Neutral };
        view! {
            <td role="cell" data-label=heads[at].clone()>
                <span class="compare-value">
                    <UserText text=text::policy::value::reading(reading, names) />
                    {(!mark.is_empty()).then(|| view! { <Badge text=mark tone /> })}
                </span>
            </td>
        }
        .into_any()
    };
    view! {
        <tr role="row" class:same=line.verdict == Verdict::Same>
            <th scope="row" role="rowheader">{text::policy::setting::full_label(line.setting)}</th>
            {cell(Side::Left, 0)}
            {cell(Side::Right, 1)}
        </tr>
    }
    .into_any()
}

/// What is required beyond all settings.
fn also_row(also: &Also, [left_head, right_head]: &[String; 2]) -> AnyView {
    let [label, left, right] = text::policy::compare::also_cells(also);
    let cell = |head: &String, text: String| {
        view! {
            <td role="cell" data-label=head.clone()>
                <span class="compare-value"><UserText text /></span>
            </td>
        }
    };
    view! {
        <tr role="row" class:same=also.is_same()>
            <th scope="row" role="rowheader">{label}</th>
            {cell(left_head, left)}
            {cell(right_head, right)}
        </tr>
    }
    .into_any()
}

//! Tables that become cards on narrow screens.
//!
//! The ARIA roles are set explicitly because cards change `display`, and browsers then drop a table's own roles.

use leptos::prelude::*;

/// A table with a caption for screen readers. Fill it with [`TableRow`]s.
#[component]
pub fn DataTable(
    /// What the rows are.
    #[prop(into)]
    caption: Signal<String>,
    /// Column headers, in order; an empty one is a column of buttons.
    columns: Vec<&'static str>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns
        .into_iter()
        .map(|column| {
            if column.is_empty() {
                view! { <td role="cell"></td> }.into_any()
            } else {
                view! { <th scope="col" role="columnheader">{column}</th> }.into_any()
            }
        })
        .collect_view();
    view! {
        <table class="data" role="table">
            <caption class="unseen">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
    .into_any()
}

/// A row, a card below 900 px.
#[component]
pub fn TableRow(
    /// It is the one that is open next to the table.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// The focus came into it.
    #[prop(optional, into)]
    on_focus: Option<Callback<()>>,
    /// The cells.
    children: Children,
) -> impl IntoView {
    let focused = move |_| {
        if let Some(on_focus) = on_focus {
            on_focus.run(());
        }
    };
    view! {
        <tr role="row" class:current=current on:focusin=focused>
            {children()}
        </tr>
    }
    .into_any()
}

/// A cell. On a card its column's header is shown before it.
#[component]
pub fn TableCell(
    /// The column's header, as in the table; empty for none.
    #[prop(optional)]
    label: &'static str,
    /// Names the row: one cell per row, its first.
    #[prop(optional)]
    heads_row: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    if heads_row {
        view! { <th scope="row" role="rowheader">{children()}</th> }.into_any()
    } else {
        view! { <td role="cell" data-label=label>{children()}</td> }.into_any()
    }
}

//! A table of many rows, of which only those in view are in the document. One cell has the focus: arrow keys move it.
//!
//! A row element is reused for another row of the table when it leaves the view, and only its texts change: scrolling
//! builds nothing. For assistive technology every row and cell has its index.

mod content;
mod dom;
mod keys;
mod print;
mod slot;

use std::time::Duration;

use leptos::{ev, html, prelude::*};

pub use self::content::{GridAct, GridCell, GridColumn, GridHead, GridPlace, GridRow, GridTone, GridWords};
use self::dom::Body;
use self::keys::{Aim, aim, step};

/// The height of a row, in pixels; the same as in `style/page/grid.css`.
const ROW_PX: u32 = 36;

/// How long after the last scrolling everything that was left out is written.
const REST: Duration = Duration::from_millis(150);

/// The table. Keep `place` longer than the table, and it returns there.
#[component]
pub fn Grid(
    /// The texts.
    words: GridWords,
    /// The columns after the names.
    columns: Signal<Vec<GridColumn>>,
    /// How each column is sorted and filtered; the first is that of the names.
    heads: Signal<Vec<GridHead>>,
    /// How many rows there are.
    count: Signal<usize>,
    /// Returns a row; what it reads is tracked.
    row: Callback<usize, Option<GridRow>>,
    /// The facts printed after the caption.
    about: Signal<String>,
    /// All rows are selected.
    all_selected: Signal<bool>,
    /// More is coming.
    busy: Signal<bool>,
    /// Where the person is.
    place: StoredValue<GridPlace>,
    /// Focus that position at once, because the person is returning.
    comes_back: bool,
    /// What the person does.
    on_act: Callback<GridAct>,
) -> impl IntoView {
    let (frame, table) = (NodeRef::<html::Div>::new(), NodeRef::<html::Table>::new());
    let (rows, paper) = (NodeRef::<html::Tbody>::new(), NodeRef::<html::Div>::new());
    let body = StoredValue::new_local(None::<Body>);
    let with_body = move |act: &mut dyn FnMut(&mut Body)| {
        body.try_update_value(|body| {
            if let Some(body) = body {
                act(body);
            }
        });
    };
    // The target is found first and focused afterwards: the event handler runs again.
    let focus_on = move |at: GridPlace| {
        let mut found = None;
        with_body(&mut |body| found = untrack(|| body.bring(at, row)));
        if let Some(found) = found {
            dom::focus(&found);
            with_body(&mut |body| {
                body.reveal_on_page(&found);
                body.reveal_sideways(&found);
            });
        }
    };
    Effect::new(move |before: Option<()>| {
        let (Some(frame), Some(table), Some(rows)) = (frame.get(), table.get(), rows.get()) else { return };
        let (columns, count) = (columns.get(), count.get());
        if body.with_value(Option::is_none) {
            body.set_value(Some(Body::new(frame.into(), table.into(), rows.into(), words.select, place)));
        }
        with_body(&mut |body| body.lay_out(&columns, count, row));
        let is_first = before.is_none();
        if is_first && comes_back {
            // The page's heading takes the focus a frame after it appears.
            request_animation_frame(move || {
                request_animation_frame(move || focus_on(place.get_value()));
            });
        }
    });
    let rest = StoredValue::new(None::<TimeoutHandle>);
    let scrolled = move |event: ev::Event| {
        with_body(&mut |body| untrack(|| body.scrolled(event.time_stamp(), row)));
        rest.update_value(|rest| {
            if let Some(rest) = rest.take() {
                rest.clear();
            }
            *rest = set_timeout_with_handle(move || with_body(&mut |body| untrack(|| body.rested(row))), REST).ok();
        });
    };
    let resized = window_event_listener(ev::resize, move |_| with_body(&mut |body| untrack(|| body.resized(row))));
    let printing = window_event_listener(ev::beforeprint, move |_| {
        if let Some(paper) = paper.get_untracked() {
            untrack(|| {
                print::fill(&paper.into(), [words.caption, &about.get()], words, &columns.get(), count.get(), row);
            });
        }
    });
    let printed = window_event_listener(ev::afterprint, move |_| {
        if let Some(paper) = paper.get_untracked() {
            paper.set_text_content(None);
        }
    });
    on_cleanup(move || {
        resized.remove();
        printing.remove();
        printed.remove();
    });
    let on_click = move |event: ev::MouseEvent| {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key();
        match aim(&event) {
            Some(Aim::Link(row)) if !modified => on_act.run(GridAct::Open { row, by_link: true }),
            Some(Aim::Box(row, selected)) => on_act.run(GridAct::Select { row, selected, range: event.shift_key() }),
            Some(Aim::Cell(row, column)) if column > 1 => on_act.run(GridAct::Cell { row, column: column - 2 }),
            Some(Aim::Head(column)) => on_act.run(GridAct::Head(column.checked_sub(2))),
            _ => {}
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.alt_key() || event.meta_key() {
            return;
        }
        let at = place.get_value();
        let on_box = matches!(aim(&event), Some(Aim::Box(..)));
        let key = event.key();
        match (key.as_str(), at.row) {
            ("Enter", Some(row)) if at.column == 1 => on_act.run(GridAct::Open { row, by_link: false }),
            ("Enter", Some(row)) if at.column > 1 => on_act.run(GridAct::Cell { row, column: at.column - 2 }),
            (" ", Some(at)) if !on_box => {
                let now = untrack(|| row.run(at)).is_some_and(|row| row.selected);
                on_act.run(GridAct::Select { row: at, selected: !now, range: event.shift_key() });
            }
            _ => {
                let mut next = None;
                with_body(&mut |body| next = step(&key, event.ctrl_key(), at, body.window(), body.columns()));
                let Some(next) = next else { return };
                focus_on(next);
            }
        }
        event.prevent_default();
    };
    let on_focus = move |event: ev::FocusEvent| {
        let (row, column) = match aim(&event) {
            Some(Aim::Cell(row, column)) => (Some(row), column),
            Some(Aim::Box(row, _)) => (Some(row), 0),
            Some(Aim::Link(row)) => (Some(row), 1),
            Some(Aim::Head(column)) => (None, column),
            Some(Aim::AllBox) => (None, 0),
            None => return,
        };
        place.update_value(|place| (place.row, place.column) = (row, column));
        with_body(&mut |body| body.mark_place());
    };
    let rowcount = move || (count.get() + 2).to_string();
    let colcount = move || columns.with(|columns| (columns.len() + 2).to_string());
    view! {
        <div class="grid-frame" node_ref=frame on:scroll=scrolled>
            <table
                class="grid"
                role="grid"
                tabindex="-1"
                node_ref=table
                aria-label=words.caption
                aria-rowcount=rowcount
                aria-colcount=colcount
                aria-multiselectable="true"
                aria-busy=move || busy.get().then_some("true")
                on:click=on_click
                on:keydown=on_key
                on:focusin=on_focus
            >
                <thead role="rowgroup">
                    {move || groups(words, &columns.get())}
                    <tr role="row" aria-rowindex="2" class="grid-heads">
                        <th role="columnheader" scope="col" aria-colindex="1" class="stuck pick">
                            <input
                                type="checkbox"
                                tabindex="-1"
                                aria-label=words.select_all
                                prop:checked=all_selected
                                on:change=move |event| on_act.run(GridAct::SelectAll(event_target_checked(&event)))
                            />
                        </th>
                        {head(words.name, 0, heads, "stuck name", String::new())}
                        {move || {
                            let columns = columns.get();
                            let mut held = 0;
                            let each = columns.iter().enumerate().map(|(at, column)| {
                                let left = if column.stuck { dom::held_at(held) } else { String::new() };
                                held += column.width;
                                head(column.label, at + 1, heads, if column.stuck { "stuck held" } else { "" }, left)
                            });
                            each.collect_view()
                        }}
                    </tr>
                </thead>
                <tbody role="rowgroup" node_ref=rows></tbody>
            </table>
        </div>
        <div class="grid-paper" node_ref=paper></div>
    }
    .into_any()
}

/// The group labels above the headers.
fn groups(words: GridWords, columns: &[GridColumn]) -> AnyView {
    let mut runs: Vec<(&'static str, usize)> = vec![(words.first, 2)];
    for column in columns {
        match runs.last_mut() {
            Some((group, number)) if *group == column.group => *number += 1,
            _ => runs.push((column.group, 1)),
        }
    }
    let mut at = 1;
    let cells: Vec<AnyView> = runs
        .into_iter()
        .map(|(group, number)| {
            let from = at;
            at += number;
            view! {
                <th
                    role="columnheader"
                    scope="colgroup"
                    colspan=number.to_string()
                    aria-colspan=number.to_string()
                    aria-colindex=from.to_string()
                    style:grid-column=["span ", &number.to_string()].concat()
                >
                    <span>{group}</span>
                </th>
            }
            .into_any()
        })
        .collect();
    view! { <tr role="row" aria-rowindex="1" class="grid-groups">{cells}</tr> }.into_any()
}

fn head(label: &'static str, at: usize, heads: Signal<Vec<GridHead>>, class: &'static str, left: String) -> AnyView {
    let of = move |read: &dyn Fn(&GridHead) -> String| heads.with(|heads| heads.get(at).map(read).unwrap_or_default());
    let sorted = move || heads.with(|heads| heads.get(at).and_then(|head| head.sorted));
    let arrow = move || sorted().map_or("", |down| if down { "↓" } else { "↑" });
    let filter = move || of(&|head| head.filter.clone());
    view! {
        <th
            role="columnheader"
            scope="col"
            class=class
            style:left=left
            class:filtered=move || !filter().is_empty()
            aria-colindex=(at + 2).to_string()
            aria-sort=move || sorted().map(|down| if down { "descending" } else { "ascending" })
        >
            <button type="button" tabindex="-1" aria-haspopup="dialog">
                <span class="grid-label">{label}</span>
                <span class="grid-arrow" aria-hidden="true">
                    {arrow}
                </span>
                <span class="grid-filter">{filter}</span>
                <span class="grid-against">{move || of(&|head| head.held_against.clone())}</span>
            </button>
        </th>
    }
    .into_any()
}

//! The matching dead ends, one portion at a time, and actions on the selected ones.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use crate::dead_end::listing::Query;
use crate::dead_end::{DeadEnd, Mark, Severity};
use crate::matrix::Class;
use crate::rollout::Target;
use crate::route::Route;
use crate::state::dead_ends::DeadEndsState;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{Badge, Button, Checkbox, DataTable, TableCell, TableRow, Tone, UserText};
use crate::view::portions::{PORTION, PortionBar, first_of, turn};

/// The list with its header and footer.
#[component]
pub fn List(
    /// Indexes in the report, in order.
    shown: Memo<Vec<usize>>,
    /// The filter.
    query: Memo<Query>,
    /// All rows are in the document, not only a portion.
    whole: RwSignal<bool>,
) -> impl IntoView {
    let state = DeadEndsState::current();
    let portion = RwSignal::new(0_usize);
    Effect::new(move |_| {
        query.track();
        portion.set(0);
    });
    let count = Memo::new(move |_| shown.with(Vec::len));
    let from = move || if whole.get() { 0 } else { first_of(portion, count) };
    let most = move || if whole.get() { usize::MAX } else { PORTION };
    let columns = [""].into_iter().chain(text::dead_ends::COLUMNS).collect();
    let rows = move || {
        let (first, most) = (from(), most());
        state.report.with(|report| {
            let ends = report.as_ref().map_or(&[][..], |report| &report.ends);
            shown.with(|shown| {
                let places = shown.iter().skip(first).take(most);
                places.filter_map(|at| ends.get(*at).cloned()).collect::<Vec<_>>()
            })
        })
    };
    // While others come in, a row stays the same element for as long as it says the same.
    let said = |end: &DeadEnd| {
        let causes: Vec<_> = end.causes.iter().map(text::dead_ends::cause).collect();
        (end.mark(), end.name.clone(), causes, text::dead_ends::mend(end))
    };
    let children = move |end: DeadEnd| row(&end, state);
    let summary = move || {
        let (all, judged) =
            state.report.with(|report| report.as_ref().map_or((0, 0), |report| (report.ends.len(), report.judged)));
        text::dead_ends::summary(count.get(), all, judged)
    };
    view! {
        <p class="list-note" role="status">{summary}</p>
        <Selection shown />
        <div class="dead-ends">
            <DataTable caption=text::dead_ends::TABLE columns>
                <For each=rows key=said children />
            </DataTable>
        </div>
        <Show when=move || !whole.get()>
            <PortionBar from=Signal::derive(from) count on_turn=move |on: bool| turn(portion, count, on) />
        </Show>
    }
    .into_any()
}

/// Selects all matching ones, and copies settings to the selected ones.
#[component]
fn Selection(
    /// Indexes of what is shown.
    shown: Memo<Vec<usize>>,
) -> impl IntoView {
    let (state, rollout) = (DeadEndsState::current(), RolloutState::current());
    let marks = move || -> Vec<Mark> {
        state.report.with(|report| {
            let ends = report.as_ref().map_or(&[][..], |report| &report.ends);
            shown.with(|shown| shown.iter().filter_map(|at| ends.get(*at)).map(DeadEnd::mark).collect())
        })
    };
    let all =
        Signal::derive(move || state.selected.with(|selected| marks().iter().all(|mark| selected.contains(mark))));
    // What the filters hide stays as it is.
    let select_all = move |on: bool| {
        let marks: BTreeSet<Mark> = untrack(marks).into_iter().collect();
        state.selected.update(|selected| {
            if on {
                selected.extend(marks);
            } else {
                selected.retain(|mark| !marks.contains(mark));
            }
        });
    };
    let chosen = move || -> Vec<DeadEnd> {
        state.report.with(|report| {
            let ends = report.iter().flat_map(|report| &report.ends);
            state.selected.with(|selected| ends.filter(|end| selected.contains(&end.mark())).cloned().collect())
        })
    };
    let blocked = Signal::derive(move || {
        let chosen = chosen();
        let first = chosen.first()?.kind;
        chosen.iter().any(|end| end.kind != first).then(|| text::dead_ends::ONE_KIND.to_owned())
    });
    let reason = Signal::derive(move || {
        if state.selected.with(BTreeSet::is_empty) {
            Some(text::dead_ends::SELECT_FIRST.to_owned())
        } else {
            blocked.get()
        }
    });
    let copy = move |()| {
        let chosen = untrack(chosen);
        rollout.copy_to(chosen.into_iter().map(|end| Target { subject: end.subject, name: end.name }).collect());
    };
    let number = move || state.selected.with(BTreeSet::len);
    let words = move || {
        let shown = state.selected.with(|selected| marks().iter().filter(|mark| selected.contains(mark)).count());
        Some(number())
            .filter(|number| *number > 0)
            .map(|number| text::dead_ends::selected(number, number.saturating_sub(shown)))
    };
    view! {
        <div class="select-line">
            <Checkbox checked=all on_change=select_all label=Signal::stored(text::dead_ends::SELECT_SHOWN.to_owned()) />
            <span class="list-note" role="status">
                {words}
            </span>
            <Button disabled_reason=reason on_press=copy>{text::dead_ends::COPY_SETTINGS}</Button>
        </div>
    }
    .into_any()
}

fn row(end: &DeadEnd, state: DeadEndsState) -> AnyView {
    let href = Route::Policy { subject: end.subject.clone(), tab: end.tab(), review: false }.to_string();
    let tone = match end.severity {
        Severity::Blocking => Tone::Danger,
        Severity::Weak => Tone::Warn,
        Severity::Note => Tone::Info,
    };
    let mark = StoredValue::new(end.mark());
    let selected = move || mark.with_value(|mark| state.selected.with(|selected| selected.contains(mark)));
    let select = move |event: ev::Event| {
        let on = event_target_checked(&event);
        state.selected.update(|selected| {
            if on {
                selected.insert(mark.get_value());
            } else {
                mark.with_value(|mark| selected.remove(mark));
            }
        });
    };
    let causes = end.causes.iter().map(|cause| view! { <li><UserText text=text::dead_ends::cause(cause) /></li> });
    let causes = causes.collect_view();
    let (name, mend_href, label) = (end.name.clone(), href.clone(), text::dead_ends::select(end));
    let (class, severity) = (text::dead_ends::class(Class::of(&end.subject)), text::dead_ends::severity(end.severity));
    let (kind, why, mend) = (text::dead_ends::title(end), text::dead_ends::why(end), text::dead_ends::mend(end));
    let open = text::dead_ends::open(end);
    view! {
        <TableRow>
            <TableCell>
                <input type="checkbox" aria-label=label prop:checked=selected on:change=select />
            </TableCell>
            <TableCell heads_row=true>
                <a href=href><UserText text=name /></a>
                <p class="help">{class}</p>
            </TableCell>
            <TableCell label=text::dead_ends::COLUMNS[1]>
                <Badge text=severity tone />
            </TableCell>
            <TableCell label=text::dead_ends::COLUMNS[2]>
                <div>
                    <p class="dead-end-kind">{kind}</p>
                    <ul>{causes}</ul>
                </div>
            </TableCell>
            <TableCell label=text::dead_ends::COLUMNS[3]>{why}</TableCell>
            <TableCell label=text::dead_ends::COLUMNS[4]>
                <div>
                    <p>{mend}</p>
                    <a href=mend_href>{open}</a>
                </div>
            </TableCell>
        </TableRow>
    }
    .into_any()
}

//! The tables of the history: figures by group or role, and the entries.

use leptos::prelude::*;

use crate::approval::Ending;
use crate::approval::history::{Measure, PastRequest, Query, measures};
use crate::state::approval::history::HistoryState;
use crate::state::desk::Desk;
use crate::text;
use crate::view::approval::{access_of, request_cells};
use crate::view::moment::moment;
use crate::view::part::{Badge, DataTable, TableCell, TableRow, Tone, UserText};
use crate::view::portions::{PORTION, PortionBar, first_of, turn};
use crate::view::printing::whole_on_paper;

/// The most groups and roles in the figures.
const MOST_MEASURES: usize = 12;

/// How many of each outcome, and the median time to a decision, by group and role.
#[component]
pub fn Measures() -> impl IntoView {
    let history = HistoryState::current();
    let figures =
        Memo::new(move |_| history.read.with(|read| measures(read.as_ref().map_or(&[][..], |read| &read.entries))));
    let columns = vec![
        text::approval::ACCESS,
        text::approval::history::APPROVED,
        text::approval::history::DENIED,
        text::approval::history::LAPSED,
        text::approval::history::MEDIAN,
    ];
    // On paper all of them are printed.
    let whole = whole_on_paper();
    let most = move || if whole.get() { usize::MAX } else { MOST_MEASURES };
    let rows = move || figures.with(|list| list.iter().take(most()).map(measure).collect_view());
    let not_all = move || {
        let all = figures.with(Vec::len);
        (all > most())
            .then(|| view! { <p class="help">{text::approval::history::measures_shown(MOST_MEASURES, all)}</p> })
    };
    view! {
        <details class="details measures">
            <summary>{text::approval::history::MEASURES}</summary>
            <DataTable caption=text::approval::history::MEASURES columns>{rows}</DataTable>
            {not_all}
        </details>
    }
    .into_any()
}

fn measure(figures: &Measure) -> AnyView {
    let access = access_of(&figures.target);
    let (approved, denied, lapsed) = (figures.approved, figures.denied, figures.lapsed);
    let median = text::approval::history::median(figures.median_ms);
    view! {
        <TableRow>
            <TableCell heads_row=true>{access}</TableCell>
            <TableCell label=text::approval::history::APPROVED>{approved}</TableCell>
            <TableCell label=text::approval::history::DENIED>{denied}</TableCell>
            <TableCell label=text::approval::history::LAPSED>{lapsed}</TableCell>
            <TableCell label=text::approval::history::MEDIAN>{median}</TableCell>
        </TableRow>
    }
    .into_any()
}

/// The entries that match, one page of them at a time.
#[component]
pub fn Entries(
    /// Their positions, in order.
    shown: Memo<Vec<usize>>,
    /// The filters they match: other filters begin on the first page.
    query: Memo<Query>,
) -> impl IntoView {
    let history = HistoryState::current();
    let portion = RwSignal::new(0_usize);
    Effect::new(move |_| {
        query.track();
        portion.set(0);
    });
    let count = Memo::new(move |_| shown.with(Vec::len));
    let from = move || first_of(portion, count);
    // On paper all of them are printed.
    let whole = whole_on_paper();
    let columns = vec![
        text::approval::REQUESTER,
        text::approval::ACCESS,
        text::approval::REASON,
        text::approval::history::ENDED,
        text::approval::history::BY,
    ];
    let rows = move || {
        let (from, most) = if whole.get() { (0, usize::MAX) } else { (from(), PORTION) };
        let places = shown.with(|shown| shown.iter().skip(from).take(most).copied().collect::<Vec<_>>());
        history.read.with(|read| {
            let entries = read.as_ref().map_or(&[][..], |read| &read.entries);
            places.iter().filter_map(|at| entries.get(*at)).map(row).collect_view()
        })
    };
    view! {
        <div class="requests history">
            <DataTable caption=text::approval::history::ENTRIES columns>{rows}</DataTable>
        </div>
        <PortionBar from=Signal::derive(from) count on_turn=move |on: bool| turn(portion, count, on) />
    }
    .into_any()
}

fn row(entry: &PastRequest) -> AnyView {
    let request = &entry.request;
    let me = Desk::current().account().oid;
    let tone = match entry.ending {
        Ending::Approved => Tone::Ok,
        Ending::Denied | Ending::Failed => Tone::Danger,
        Ending::Lapsed | Ending::Other(_) => Tone::Warn,
        Ending::Withdrawn | Ending::Waits => Tone::Neutral,
    };
    let at = entry.ended_unix_ms().map(moment);
    let why = entry.reviewed().map(|review| review.justification.clone()).filter(|text| !text.trim().is_empty());
    let ended = text::approval::evidence::ending(&entry.ending);
    let by = text::approval::history::decided_by(entry, &me);
    let took = text::approval::history::took(entry);
    let cells = request_cells(request);
    let reason = if request.justification.trim().is_empty() {
        view! { <span class="help">{text::approval::NO_REASON}</span> }.into_any()
    } else {
        view! { <p class="clip"><UserText text=request.justification.clone() /></p> }.into_any()
    };
    view! {
        <TableRow>
            {cells}
            <TableCell label=text::approval::REASON>{reason}</TableCell>
            <TableCell label=text::approval::history::ENDED>
                <div class="stack">
                    <Badge text=ended tone />
                    {at}
                    {(!took.is_empty()).then(|| view! {
                        <span class="help">{text::approval::history::TOOK} " " {took}</span>
                    })}
                </div>
            </TableCell>
            <TableCell label=text::approval::history::BY>
                <div>
                    <UserText text=by />
                    {why.map(|why| view! { <p class="help clip"><UserText text=why /></p> })}
                </div>
            </TableCell>
        </TableRow>
    }
    .into_any()
}

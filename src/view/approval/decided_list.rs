//! The decisions of this session, which stay on screen with their outcomes.

use leptos::prelude::*;

use crate::browser::locale;
use crate::desk::decide::Outcome;
use crate::state::approval::decisions::Case;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::text;
use crate::view::approval::decision_receipt::CopyReceipt;
use crate::view::approval::request_cells::request_cells;
use crate::view::part::{Badge, DataTable, TableCell, TableRow, Tone};

/// The list; empty before the first decision.
#[component]
pub fn DecidedList() -> impl IntoView {
    let InboxState { decisions, today, .. } = InboxState::current();
    let columns = || vec![text::approval::REQUESTER, text::approval::ACCESS, text::approval::decision::OUTCOME, ""];
    move || {
        today.track();
        let cases = decisions.all();
        (!cases.is_empty()).then(|| {
            view! {
                <section class="requests">
                    <h2>{text::approval::decision::DECIDED_LIST}</h2>
                    <DataTable caption=text::approval::decision::DECIDED_LIST columns=columns()>
                        {cases.into_iter().map(row).collect_view()}
                    </DataTable>
                </section>
            }
        })
    }
}

fn row(case: Case) -> AnyView {
    let me = Desk::current().account().oid;
    let words = case.outcome().map_or_else(
        || text::approval::decision::sending(case.decision).to_owned(),
        |outcome| text::approval::decision::outcome(outcome, case.decision, &me, locale::time_or_date),
    );
    let tone = match case.outcome() {
        Some(Outcome::Decided(_)) => Tone::Ok,
        Some(_) => Tone::Warn,
        None => Tone::Info,
    };
    let ended = case.outcome().is_some();
    let cells = request_cells(&case.request);
    view! {
        <TableRow>
            {cells}
            <TableCell label=text::approval::decision::OUTCOME>
                <span class="outcome-word"><Badge text=words tone /></span>
            </TableCell>
            <TableCell>
                <div class="actions">{ended.then(|| view! { <CopyReceipt case /> })}</div>
            </TableCell>
        </TableRow>
    }
    .into_any()
}

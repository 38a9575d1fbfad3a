//! What a rollout left behind, policy by policy, and the ways on and back.

use leptos::prelude::*;

use crate::browser::{download, locale};
use crate::csv::table;
use crate::instant::to_rfc3339;
use crate::policy::Subject;
use crate::receipt::Receipt;
use crate::rollout::record::{End, Entry, Record};
use crate::rollout::{Target, undo};
use crate::route::Route;
use crate::state::clip::CopyText;
use crate::state::notice::Notices;
use crate::state::receipts::Receipts;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{Badge, Button, ButtonKind, DataTable, TableCell, TableRow, Tone, UserText};

/// The colour of an end.
const fn tone(end: End) -> Tone {
    match end {
        End::Saved => Tone::Ok,
        End::Partly | End::Uncertain => Tone::Warn,
        End::NotSaved => Tone::Danger,
        End::Waiting | End::Running | End::NothingSent(_) => Tone::Neutral,
    }
}

/// The policies.
#[component]
pub fn ReceiptTable(
    /// The rollout.
    record: Record,
) -> impl IntoView {
    let rows: Vec<AnyView> = record.targets.iter().map(|entry| row(&record, entry)).collect();
    view! {
        <DataTable
            caption=Signal::stored(text::rollout::receipt::TABLE.to_owned())
            columns=text::rollout::receipt::COLUMNS.to_vec()
        >
            {rows}
        </DataTable>
    }
    .into_any()
}

fn row(record: &Record, entry: &Entry) -> AnyView {
    let (state, receipts) = (RolloutState::current(), Receipts::current());
    let name = text::rollout::receipt::name(entry);
    let href = Route::policy(entry.subject.clone()).to_string();
    let kept: Vec<Receipt> = entry.receipts.iter().filter_map(|id| untrack(|| receipts.get(id))).collect();
    let links: Vec<AnyView> = kept
        .iter()
        .map(|receipt| {
            let href = Route::Change { id: receipt.id.clone() }.to_string();
            view! { <a href=href>{text::receipt::sum(receipt)}</a> }.into_any()
        })
        .collect();
    let of = name.clone();
    let again = (entry.end.may_try_again() && untrack(|| state.can_retry(&record.id))).then(|| {
        let (id, subject, of) = (record.id.clone(), entry.subject.clone(), of.clone());
        view! {
            <Button on_press=move |()| state.retry(&id, std::slice::from_ref(&subject))>
                {text::rollout::receipt::LOOK_AGAIN}
                <span class="unseen">" " {of}</span>
            </Button>
        }
    });
    let check = (entry.end == End::Uncertain).then(|| kept.last().cloned()).flatten().map(|receipt| {
        view! {
            <Button on_press=move |()| receipts.look_again(receipt.clone())>{text::receipt::LOOK_AGAIN}</Button>
        }
    });
    let back = kept.iter().any(Receipt::can_undo).then(|| {
        let (record, subject) = (record.clone(), entry.subject.clone());
        view! {
            <Button on_press=move |()| take_back(&record, Some(&subject))>
                {text::rollout::receipt::UNDO}
                <span class="unseen">" " {of}</span>
            </Button>
        }
    });
    let end = entry.end;
    view! {
        <TableRow>
            <TableCell label=text::rollout::receipt::COLUMNS[0] heads_row=true>
                <a href=href>
                    <UserText text=name />
                </a>
            </TableCell>
            <TableCell label=text::rollout::receipt::COLUMNS[1]>
                <Badge text=text::rollout::course::end(end) tone=tone(end) />
            </TableCell>
            <TableCell label=text::rollout::receipt::COLUMNS[2]>{links}</TableCell>
            <TableCell>
                <span class="actions">{again} {check} {back}</span>
            </TableCell>
        </TableRow>
    }
    .into_any()
}

/// Proposes the way back of all, or of one.
fn take_back(record: &Record, only: Option<&Subject>) {
    let kept = untrack(|| Receipts::current().list.get());
    let gone = undo::not_kept(record, &kept, only).len();
    let title = text::rollout::receipt::undo_title(&record.title, gone);
    RolloutState::current().propose(undo::proposal(record, &kept, only, title));
}

/// The buttons that concern all policies.
pub fn receipt_actions(record: &Record) -> AnyView {
    let (state, receipts) = (RolloutState::current(), Receipts::current());
    let open: Vec<&Entry> = record.targets.iter().filter(|entry| entry.end.may_try_again()).collect();
    let subjects: Vec<Subject> = open.iter().map(|entry| entry.subject.clone()).collect();
    let others: Vec<Target> =
        open.iter().map(|entry| Target { subject: entry.subject.clone(), name: entry.name.clone() }).collect();
    let number = subjects.len();
    let on = if number == 0 || record.ended_unix_ms.is_none() {
        ().into_any()
    } else if untrack(|| state.can_retry(&record.id)) {
        let id = record.id.clone();
        view! {
            <Button kind=ButtonKind::Primary on_press=move |()| state.retry(&id, &subjects)>
                {text::rollout::receipt::retry(number)}
            </Button>
        }
        .into_any()
    } else {
        view! {
            <Button on_press=move |()| state.copy_to(others.clone())>{text::rollout::receipt::CHOOSE_AGAIN}</Button>
        }
        .into_any()
    };
    let written = |entry: &Entry| {
        entry.receipts.iter().any(|id| untrack(|| receipts.get(id)).is_some_and(|receipt| receipt.can_undo()))
    };
    let back = record.targets.iter().any(written).then(|| {
        let record = record.clone();
        view! { <Button on_press=move |()| take_back(&record, None)>{text::rollout::receipt::UNDO_ALL}</Button> }
    });
    let (report, sheet, file) = (record.clone(), record.clone(), record.clone());
    view! {
        {on}
        {back}
        <Button on_press=move |()| {
            let words = text::rollout::receipt::report(&report, locale::date_time);
            CopyText::current().copy(&words, text::rollout::receipt::COPIED);
        }>{text::rollout::receipt::COPY}</Button>
        <Button on_press=move |()| offer("csv", "text/csv;charset=utf-8", &to_csv(&sheet))>
            {text::rollout::receipt::SAVE_CSV}
        </Button>
        <Button on_press=move |()| offer("json", "application/json", &file.to_json())>
            {text::rollout::receipt::SAVE_JSON}
        </Button>
    }
    .into_any()
}

fn to_csv(record: &Record) -> String {
    let row = |entry: &Entry| {
        vec![
            record.id.to_string(),
            record.title.clone(),
            to_rfc3339(record.started_unix_ms),
            text::rollout::receipt::name(entry),
            entry.subject.to_string(),
            entry.end.as_str().to_owned(),
            entry.receipts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        ]
    };
    table(&text::rollout::receipt::CSV, record.targets.iter().map(row))
}

fn offer(ending: &str, kind: &str, file: &str) {
    if !download::save_text(&["pim-desk-rollout.", ending].concat(), kind, file) {
        Notices::current().tell(text::receipt::FILE_REFUSED.to_owned());
    }
}

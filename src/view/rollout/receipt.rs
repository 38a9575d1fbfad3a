//! The results of a rollout, policy by policy, and the ways on and back.

use leptos::prelude::*;

use crate::browser::{download, locale};
use crate::guid::Guid;
use crate::policy::{Setting, Subject};
use crate::receipt::Receipt;
use crate::rollout::outcome::{TargetOutcome, Which, to_csv, to_json, told, unsaved};
use crate::rollout::record::{End, Record, TargetRecord};
use crate::rollout::{Target, undo};
use crate::route::Route;
use crate::state::frame::clip::CopyText;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::receipts::Receipts;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{
    Badge, Button, ButtonKind, Choice, DataTable, Glyph, Icon, Notice, Select, TableCell, TableRow, Tone, UserText,
};
use crate::view::receipt::LookAgain;

/// The color of a result.
const fn tone(end: End) -> Tone {
    match end {
        End::Saved => Tone::Ok,
        End::Partly | End::Uncertain => Tone::Warn,
        End::NotSaved => Tone::Danger,
        End::Waiting | End::Running | End::NothingSent(_) => Tone::Neutral,
    }
}

/// The policies, and the choice of which are shown.
#[component]
pub fn ReceiptTable(
    /// The rollout.
    record: Record,
    /// Which policies are shown.
    which: Memo<Which>,
) -> impl IntoView {
    let all = told_here(&record);
    let number = |which: Which| all.iter().filter(|told| which.shows(told.entry.end)).count();
    let some: Vec<(Which, usize)> =
        Which::ALL.into_iter().map(|which| (which, number(which))).filter(|(_, number)| *number > 0).collect();
    let place = |which: Which| Which::ALL.iter().position(|known| *known == which).unwrap_or_default().to_string();
    let choice = |(which, number): &(Which, usize)| Choice {
        value: place(*which),
        label: text::rollout::receipt::which(*which, *number),
    };
    let choices: Vec<Choice> = some.iter().map(choice).collect();
    // The choice is kept only while some policy has that result: a retry may have changed that.
    let shown = Memo::new(move |_| {
        let wanted = which.get();
        if some.iter().any(|(known, _)| *known == wanted) { wanted } else { Which::All }
    });
    let id = record.id.clone();
    let choose = move |value: String| {
        let chosen = value.parse().ok().and_then(|at: usize| Which::ALL.get(at).copied());
        Nav::current().refine(Route::RolloutReceipt { id: id.clone(), show: chosen.unwrap_or_default() });
    };
    let weaker = |settings: fn(&TargetOutcome) -> Vec<Setting>, title: fn(usize) -> String, help: &'static str| {
        let number = all.iter().filter(|told| !settings(told).is_empty()).count();
        (number > 0).then(|| view! { <Notice tone=Tone::Danger title=title(number)>{help}</Notice> })
    };
    let open =
        weaker(TargetOutcome::exposed, text::rollout::receipt::left_open, text::rollout::receipt::LEFT_OPEN_HELP);
    let may_be_open = weaker(
        TargetOutcome::may_be_exposed,
        text::rollout::receipt::may_be_open,
        text::rollout::receipt::MAY_BE_OPEN_HELP,
    );
    let rows = move || {
        let which = shown.get();
        all.iter().filter(|told| which.shows(told.entry.end)).map(|told| row(&record, told)).collect_view()
    };
    view! {
        {open}
        {may_be_open}
        <div class="rollout-bar">
            <Select
                label=text::rollout::receipt::SHOW
                choices=Signal::stored(choices)
                value=Signal::derive(move || place(shown.get()))
                on_change=choose
            />
        </div>
        <DataTable
            caption=Signal::stored(text::rollout::receipt::TABLE.to_owned())
            columns=text::rollout::receipt::COLUMNS.to_vec()
        >
            {rows}
        </DataTable>
    }
    .into_any()
}

/// How many rules were saved, and for each other one its result and why.
fn rules(told: &TargetOutcome) -> AnyView {
    let links: Vec<AnyView> = told
        .saves
        .iter()
        .map(|receipt| {
            let href = Route::Change { id: receipt.id.clone() }.to_string();
            view! { <li><a href=href>{text::receipt::sum(receipt)}</a></li> }.into_any()
        })
        .collect();
    let unsaved = unsaved(told).into_iter().map(|rule| {
        let words = text::rollout::receipt::rule(rule);
        view! { <li class="help"><UserText text=words /></li> }
    });
    let why = Some(text::rollout::receipt::beyond_rules(told)).filter(|words| !words.is_empty());
    let unsure = text::rollout::receipt::unsure(&told.entry);
    let weaker = text::rollout::receipt::left_weaker(told).into_iter();
    view! {
        <ul class="rollout-rules">
            {links}
            {unsaved.collect_view()}
            {why.map(|words| view! { <li class="help"><UserText text=words /></li> })}
            {unsure.map(|words| view! { <li class="help">{words}</li> })}
            {weaker.map(|words| view! {
                <li class="tone-danger rollout-finding">
                    <Icon glyph=Glyph::Alert />
                    <span>{words}</span>
                </li>
            }).collect_view()}
        </ul>
    }
    .into_any()
}

fn row(record: &Record, told: &TargetOutcome) -> AnyView {
    let state = RolloutState::current();
    let (entry, kept) = (&told.entry, &told.saves);
    let name = text::rollout::receipt::name(entry);
    let href = Route::policy(entry.subject.clone()).to_string();
    let of = name.clone();
    let again = (entry.end.may_try_again() && untrack(|| state.can_retry(&record.id))).then(|| {
        let (id, subject, of) = (record.id.clone(), entry.subject.clone(), of.clone());
        view! {
            <Button on_press=move |()| state.retry(&id, std::slice::from_ref(&subject))>
                {text::rollout::receipt::RETRY}
                <span class="unseen">" " {of}</span>
            </Button>
        }
    });
    let check = (entry.end == End::Uncertain).then(|| kept.last().cloned()).flatten().map(|receipt| {
        view! { <LookAgain receipt /> }
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
    let (end, outcome) = (entry.end, rules(told));
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
            <TableCell label=text::rollout::receipt::COLUMNS[2]>{outcome}</TableCell>
            <TableCell>
                <span class="actions">{again} {check} {back}</span>
            </TableCell>
        </TableRow>
    }
    .into_any()
}

/// The policies with the receipts that are here now.
fn told_here(record: &Record) -> Vec<TargetOutcome> {
    let kept = untrack(|| Receipts::current().list.get());
    told(record, &|id| kept.iter().find(|receipt| receipt.id == *id).cloned(), &unread_of(record, &kept))
}

/// The stored receipts that cannot be read; looked for only if some of this change are not among the others.
fn unread_of(record: &Record, kept: &[Receipt]) -> Vec<Guid> {
    let is_whole = undo::not_kept(record, kept, None).is_empty();
    if is_whole { Vec::new() } else { untrack(|| Receipts::current().unreadable()) }
}

/// Proposes the undo of all policies, or of one.
fn take_back(record: &Record, only: Option<&Subject>) {
    let kept = untrack(|| Receipts::current().list.get());
    let (unread, gone) = undo::part_unread(undo::not_kept(record, &kept, only), &unread_of(record, &kept));
    let uncertain = undo::uncertain(record, &kept, only).len();
    let held = undo::held(record, &kept, only).len();
    let title = text::rollout::receipt::undo_title(&record.title, [gone.len(), unread.len()], uncertain, held);
    RolloutState::current().propose(undo::proposal(record, &kept, only, title));
}

/// The buttons for all policies.
pub fn receipt_actions(record: &Record) -> AnyView {
    let (state, receipts) = (RolloutState::current(), Receipts::current());
    let open: Vec<&TargetRecord> = record.targets.iter().filter(|entry| entry.end.may_try_again()).collect();
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
    let written = |entry: &TargetRecord| {
        entry.receipts.iter().any(|id| untrack(|| receipts.get(id)).is_some_and(|receipt| receipt.can_undo()))
    };
    let back = record.targets.iter().any(written).then(|| {
        let record = record.clone();
        view! { <Button on_press=move |()| take_back(&record, None)>{text::rollout::receipt::UNDO_ALL}</Button> }
    });
    let all = told_here(record);
    let files = StoredValue::new((record.clone(), all));
    let with = move |make: fn(&Record, &[TargetOutcome]) -> String| files.with_value(|(record, all)| make(record, all));
    view! {
        {on}
        {back}
        <Button on_press=move |()| {
            let words = with(|record, all| text::rollout::receipt::report(record, all, locale::date_time));
            CopyText::current().copy(&words, text::rollout::receipt::COPIED);
        }>{text::rollout::receipt::COPY}</Button>
        <Button on_press=move |()| {
            let sheet = with(|record, all| to_csv(record, all, &text::rollout::receipt::csv_words));
            offer("csv", "text/csv;charset=utf-8", &sheet);
        }>{text::rollout::receipt::SAVE_CSV}</Button>
        <Button on_press=move |()| offer("json", "application/json", &with(to_json))>
            {text::rollout::receipt::SAVE_JSON}
        </Button>
    }
    .into_any()
}

fn offer(ending: &str, kind: &str, file: &str) {
    if !download::save_text(&["pim-desk-rollout.", ending].concat(), kind, file) {
        Notices::current().refuse(text::receipt::FILE_REFUSED);
    }
}

//! The outcome of a change of many policies: `#/rollout/{id}`.

use leptos::prelude::*;

use super::changes::{ForgetDialog, no_change};
use crate::guid::Guid;
use crate::rollout::outcome::Which;
use crate::rollout::record::Record;
use crate::route::Route;
use crate::state::frame::heading::name_view;
use crate::state::frame::nav::Nav;
use crate::state::rollout::records::RolloutRecords;
use crate::text;
use crate::view::part::{Button, Crumb, Fact, FactList, Notice, PageHeader, Tone};
use crate::view::printing::PrintedAbout;
use crate::view::receipt::course;
use crate::view::rollout::{Gone, ReceiptTable, Uncertain, receipt_actions};

/// The page.
#[component]
pub fn RolloutReceiptPage(
    /// The ID of the change of many policies (rollout).
    id: Guid,
) -> impl IntoView {
    let (rollouts, nav) = (RolloutRecords::current(), Nav::current());
    rollouts.put_away(&id);
    let sought = id.clone();
    let record = Memo::new(move |_| rollouts.get(&sought));
    let heading = Signal::derive(move || {
        record.with(|record| record.as_ref().map_or_else(|| text::page::CHANGES.to_owned(), |one| one.title.clone()))
    });
    name_view(heading, heading);
    let crumbs = vec![Crumb::new(text::page::CHANGES, Route::CHANGES.to_string())];
    let asks = RwSignal::new(false);
    let which = Memo::new(move |_| match nav.route.get() {
        Route::RolloutReceipt { show, .. } => show,
        _ => Which::All,
    });
    let unread = id.clone();
    let forget = move |()| {
        rollouts.forget(&id);
        nav.go(&Route::CHANGES);
    };
    let is_known = Memo::new(move |_| record.with(Option::is_some));
    let is_unread = move || rollouts.unreadable().contains(&unread);
    view! {
        <PageHeader title=heading crumbs />
        {move || if is_known.get() {
            view! { <Known record asks which /> }.into_any()
        } else {
            no_change(is_unread(), text::rollout::receipt::UNKNOWN)
        }}
        <ForgetDialog open=asks number=Signal::stored(1) on_forget=Callback::new(forget) />
    }
    .into_any()
}

/// Its parts are redrawn when a result becomes known, except the notices, in which the person may be working.
#[component]
fn Known(
    /// The rollout, as known now.
    record: Memo<Option<Record>>,
    /// The person is asked whether to delete it.
    asks: RwSignal<bool>,
    /// Which policies are shown.
    which: Memo<Which>,
) -> impl IntoView {
    let ended = |record: &Option<Record>| record.as_ref().is_some_and(|one| one.ended_unix_ms.is_some());
    let is_over = Memo::new(move |_| record.with(ended));
    view! {
        <div class="rollout">
            {move || record.get().map(|record| about(&record, which))}
            <Show when=move || is_over.get()>
                <Gone record />
                <Uncertain record />
            </Show>
            {move || record.get().map(|record| policies(record, asks, which))}
        </div>
    }
    .into_any()
}

/// What the rollout was, and its results.
fn about(record: &Record, which: Memo<Which>) -> AnyView {
    let undoes = record.undoes.as_ref().map(|undone| {
        let href = Route::rollout_receipt(undone.clone()).to_string();
        let title =
            untrack(|| RolloutRecords::current().get(undone)).map_or_else(|| undone.to_string(), |one| one.title);
        view! { <p>{text::rollout::receipt::UNDOES} " " <a href=href>{title}</a></p> }
    });
    let left_off = text::rollout::receipt::left_off(record);
    let summary = text::rollout::summary(record);
    let all_saved = record.targets.iter().all(|entry| entry.end.as_str() == "saved" && entry.unsure.is_empty());
    let tone = if all_saved { Tone::Ok } else { Tone::Warn };
    let facts = vec![Fact { name: text::receipt::SAVED_BY.to_owned(), value: record.by.name.clone() }];
    let (started, ended) = (record.started_unix_ms, record.ended_unix_ms);
    let printed = Signal::derive(move || text::rollout::receipt::only(which.get()));
    view! {
        <Notice tone title=summary>
            {left_off}
            {ended.is_none().then_some(text::rollout::receipt::RUNS)}
        </Notice>
        <FactList facts>{course(started, ended)}</FactList>
        <PrintedAbout only=printed />
        {undoes}
    }
    .into_any()
}

/// The buttons to go on or back, and the policies.
fn policies(record: Record, asks: RwSignal<bool>, which: Memo<Which>) -> AnyView {
    view! {
        <p class="actions">
            {receipt_actions(&record)}
            {record.ended_unix_ms.is_some().then(|| view! {
                <Button on_press=move |()| asks.set(true)>{text::rollout::receipt::FORGET}</Button>
            })}
        </p>
        <ReceiptTable record which />
    }
    .into_any()
}

//! One change stored in this browser: `#/changes/{id}`.

use leptos::prelude::*;

use super::changes::{ForgetDialog, no_change, save_json};
use crate::browser::locale;
use crate::guid::Guid;
use crate::receipt::{Receipt, Standing};
use crate::route::{Comparing, Route, Source};
use crate::state::frame::heading::name_view;
use crate::state::frame::nav::Nav;
use crate::state::receipts::Receipts;
use crate::text;
use crate::view::part::{Badge, Button, ButtonLink, Crumb, Fact, FactList, PageHeader, Tone};
use crate::view::printing::PrintedAbout;
use crate::view::receipt::{LookAgain, ReceiptRules, WayBack, course, exposure, outcome, standing_tone};

/// The page.
#[component]
pub fn ChangePage(
    /// The receipt's ID.
    id: Guid,
) -> impl IntoView {
    let (receipts, nav) = (Receipts::current(), Nav::current());
    if untrack(|| receipts.get(&id)).is_some_and(|receipt| receipt.standing() == Standing::Open) {
        receipts.find_interrupted();
    }
    let here = id.clone();
    Effect::new(move |_| {
        if receipts.found.with(|found| found.contains(&here)) {
            receipts.put_away(&here);
        }
    });
    let sought = id.clone();
    let receipt = Memo::new(move |_| receipts.get(&sought));
    let heading = Signal::derive(move || {
        receipt.with(|receipt| receipt.as_ref().map_or_else(|| text::page::CHANGES.to_owned(), text::receipt::title))
    });
    name_view(heading, heading);
    let crumbs = vec![Crumb {
        label: Signal::stored(text::page::CHANGES.to_owned()),
        href: Signal::stored(Route::CHANGES.to_string()),
    }];
    let badges = move || {
        let badge = move || {
            let receipt = receipt.get()?;
            let standing = receipt.standing();
            let cut = receipt.interrupted.then(|| view! { <Badge text=text::receipt::INTERRUPTED tone=Tone::Warn /> });
            Some(view! { <Badge text=text::receipt::ended(&receipt) tone=standing_tone(standing) /> {cut} })
        };
        view! { {badge} }
    };
    let asks = RwSignal::new(false);
    let unread = id.clone();
    let is_unread = move || receipts.unreadable().contains(&unread);
    let forget = move |()| {
        receipts.forget(&id);
        nav.go(&Route::CHANGES);
    };
    view! {
        <PageHeader title=heading crumbs badges />
        {move || match receipt.get() {
            Some(receipt) => view! { <Known receipt receipts asks /> }.into_any(),
            None => no_change(is_unread(), text::receipt::UNKNOWN),
        }}
        <ForgetDialog open=asks number=Signal::stored(1) on_forget=Callback::new(forget) />
    }
    .into_any()
}

#[component]
fn Known(
    /// The change.
    receipt: Receipt,
    /// All receipts.
    receipts: Receipts,
    /// The person has asked to delete it.
    asks: RwSignal<bool>,
) -> impl IntoView {
    let standing = receipt.standing();
    let open = standing == Standing::Open;
    let file = receipt.clone();
    let undoes = receipt.undoes.as_ref().and_then(|id| untrack(|| receipts.get(id)));
    let undoes = undoes.map(|undone| {
        let href = Route::Change { id: undone.id.clone() }.to_string();
        view! { <p>{text::receipt::UNDOES} " " <a href=href>{locale::date_time(undone.started_unix_ms)}</a></p> }
    });
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    let facts = vec![
        fact(text::receipt::RESULT, text::receipt::sum(&receipt)),
        fact(text::receipt::SAVED_BY, receipt.by.name.clone()),
    ];
    let (started, ended) = (receipt.started_unix_ms, receipt.ended_unix_ms);
    let policy = Route::policy(receipt.subject.clone()).to_string();
    let with_now = |kept: Source| {
        let now = Source::Policy(receipt.subject.clone());
        Route::Compare(Comparing::of(Some(kept), Some(now))).to_string()
    };
    let (before, after) = (with_now(Source::Before(receipt.id.clone())), with_now(Source::After(receipt.id.clone())));
    view! {
        <div class="form">
            <FactList facts>{course(started, ended)}</FactList>
            <PrintedAbout only=String::new() />
            {undoes}
            {open.then(|| outcome(&receipt))}
            {(standing == Standing::Uncertain).then(|| view! {
                <div class="actions">
                    <LookAgain receipt=receipt.clone() />
                </div>
            })}
            {exposure(&receipt)}
            <p class="actions">
                <ButtonLink href=policy>{text::receipt::OPEN_POLICY}</ButtonLink>
                <ButtonLink href=before>{text::policy::compare::BEFORE_AND_NOW}</ButtonLink>
                <ButtonLink href=after>{text::policy::compare::AFTER_AND_NOW}</ButtonLink>
                <Button on_press=move |()| save_json(std::slice::from_ref(&file))>{text::receipt::SAVE_JSON}</Button>
                {(!open).then(|| view! {
                    <Button on_press=move |()| asks.set(true)>{text::receipt::FORGET}</Button>
                })}
            </p>
            <div class="actions">
                <WayBack receipt=receipt.clone() />
            </div>
            <ReceiptRules receipt />
        </div>
    }
    .into_any()
}

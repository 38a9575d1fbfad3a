//! The notice of interrupted saves: a closed tab, a crash, a lost machine.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::exposure::told;
use crate::browser::BrowserWorld;
use crate::graph::Error;
use crate::receipt::{Receipt, Standing};
use crate::rollout::record::Record;
use crate::route::Route;
use crate::state::frame::notice::Notices;
use crate::state::frame::tabs::Tabs;
use crate::state::receipts::{Look, Receipts, not_read};
use crate::state::rollout::records::RolloutRecords;
use crate::text;
use crate::view::part::{Button, ButtonLink, Notice, Tone};
use crate::view::sign_in_again::SignInAgain;
use crate::world::Clock;

/// How long after another tab's last save to look for saves that it left open, ms.
const AFTER_END_MS: u32 = 1_000;

/// Looks for them, again whenever other tabs have ended their saves or are gone, and shows each in a notice until the
/// person has seen it. A save that was part of a change of many policies is shown with that.
#[component]
pub fn FoundSaves() -> impl IntoView {
    let (receipts, rollouts) = (Receipts::current(), RolloutRecords::current());
    let tabs = Tabs::current();
    let elsewhere = Memo::new(move |_| tabs.others_save());
    Effect::new(move |before: Option<()>| {
        if elsewhere.get() && before.is_some() {
            return;
        }
        spawn_local(async move {
            // What a tab last stored is visible a little after its last message.
            if before.is_some() {
                BrowserWorld.sleep(AFTER_END_MS).await;
            }
            receipts.find_interrupted();
            rollouts.find_interrupted();
        });
    });
    move || {
        let (found, of_many) = (receipts.found.get(), rollouts.found.get());
        let many = of_many.iter().filter_map(|id| Some(rollout_notice(rollouts, &rollouts.get(id)?))).collect_view();
        let alone = |receipt: &Receipt| !receipt.rollout.as_ref().is_some_and(|id| of_many.contains(id));
        let single = found.iter().filter_map(|id| receipts.get(id)).filter(alone);
        let single = single.map(|receipt| notice(receipts, &receipt)).collect_view();
        view! {
            {many}
            {single}
        }
    }
}

fn rollout_notice(rollouts: RolloutRecords, record: &Record) -> AnyView {
    let href = Route::rollout_receipt(record.id.clone()).to_string();
    let away = record.id.clone();
    let summary = text::rollout::summary(record);
    view! {
        <Notice
            tone=Tone::Warn
            title=text::rollout::receipt::found(record)
            actions=move || view! { <ButtonLink href=href>{text::rollout::receipt::SEE}</ButtonLink> }
            on_dismiss=Callback::new(move |()| rollouts.put_away(&away))
        >
            <p>{summary}"."</p>
        </Notice>
    }
    .into_any()
}

fn notice(receipts: Receipts, receipt: &Receipt) -> AnyView {
    let id = receipt.id.clone();
    let href = Route::Change { id: id.clone() }.to_string();
    let tone = match receipt.standing() {
        Standing::Saved => Tone::Info,
        _ if exposed(receipt).is_empty() => Tone::Warn,
        _ => Tone::Danger,
    };
    let outcome = outcome(receipt);
    let away = id.clone();
    view! {
        <Notice
            tone
            title=text::receipt::found(receipt)
            actions=move || view! { <ButtonLink href=href>{text::receipt::SEE}</ButtonLink> }
            on_dismiss=Callback::new(move |()| receipts.put_away(&away))
        >
            {outcome}
        </Notice>
    }
    .into_any()
}

/// What it left, or may have left, weaker; the button to check again is on its own page.
fn exposed(receipt: &Receipt) -> Vec<(String, &'static str)> {
    told(receipt, text::receipt::FOUND_MAY_BE_EXPOSED_HELP)
}

/// The outcome of a save, as far as it was read; if that failed, why, and the button to try again.
pub fn outcome(receipt: &Receipt) -> AnyView {
    if receipt.standing() != Standing::Open {
        let open = exposed(receipt);
        return view! {
            <p>{text::receipt::found_outcome(receipt)}</p>
            {open.into_iter().map(|(words, help)| view! { <p>{words}". "{help}</p> }).collect_view()}
        }
        .into_any();
    }
    view! { <LookAgain receipt=receipt.clone() /> }.into_any()
}

/// The button to read the outcome of a save again, and what the last look showed, if the receipt does not say.
#[component]
pub fn LookAgain(
    /// The save.
    receipt: Receipt,
) -> impl IntoView {
    let (receipts, notices) = (Receipts::current(), Notices::current());
    let (id, is_open) = (receipt.id.clone(), receipt.standing() == Standing::Open);
    let look = Memo::new(move |_| receipts.looks.with(|looks| looks.get(&id).cloned()));
    let words = move || match look.get() {
        None => is_open.then(|| text::receipt::STILL_RUNS.to_owned()),
        Some(Look::Reading) => is_open.then(|| text::receipt::READING_OUTCOME.to_owned()),
        Some(Look::Seen) => Some(text::receipt::STILL_UNCERTAIN.to_owned()),
        Some(Look::Failed(error)) => Some(not_read(&error)),
        Some(Look::NoPolicy(none)) => Some(text::receipt::not_read(text::policy::save::no_policy(none))),
    };
    let sign_in = move || match look.get() {
        Some(Look::Failed(Error::SignIn(needed))) => Some(view! { <SignInAgain needed=*needed /> }),
        _ => None,
    };
    let busy = Signal::derive(move || look.with(|look| *look == Some(Look::Reading)));
    view! {
        {move || words().map(|words| view! { <p>{words}</p> })}
        {sign_in}
        <Button busy on_press=move |()| receipts.look_again(receipt.clone(), notices)>{text::receipt::LOOK_AGAIN}</Button>
    }
    .into_any()
}

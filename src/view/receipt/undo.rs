//! Undoing a change, and continuing with what was not saved: both lead to the review of the policy.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::save::NotStarted;
use crate::desk::{editing, policies, receipts};
use crate::graph::Error;
use crate::graph::patience::Patience;
use crate::policy::{Draft, Policy, Setting, Tab, Value};
use crate::receipt::undo::Undo;
use crate::receipt::{Receipt, Standing};
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::policy::drafts;
use crate::text;
use crate::view::part::{Button, Notice, Tone, UserText};
use crate::view::problem::AccessTrouble;

/// The result of planning the undo.
#[derive(Clone, PartialEq)]
enum Plan {
    None,
    Reading,
    Failed(Error),
    NoPolicy(policies::NoPolicy),
    /// The policy already has what was not saved.
    NothingLeft,
    /// Reads of the policy kept disagreeing.
    Unsteady,
    /// Someone has changed settings since, or nothing is left to do.
    Held(Box<Undo>, Box<Policy>),
    /// The person's unsaved edits of the same settings would be replaced.
    Replaces(Vec<(Setting, Value)>, Box<Ahead>),
    NoStorage,
}

/// Edits to put on top of the draft.
#[derive(Clone, PartialEq)]
struct Ahead {
    policy: Policy,
    edits: Draft,
    /// Whether they undo the change.
    undoes: bool,
}

/// The buttons, and what must be said before the review opens.
#[component]
pub fn WayBack(
    /// The change.
    receipt: Receipt,
) -> impl IntoView {
    let plan = RwSignal::new(Plan::None);
    let (desk, nav, notices) = (Desk::current(), Nav::current(), Notices::current());
    let receipt = StoredValue::new(receipt);
    let reading = StoredValue::new_local(Patience::default());
    let words = RwSignal::new(text::receipt::READING);
    let busy = Signal::derive(move || plan.with(|plan| *plan == Plan::Reading));
    let start = move |undoes: bool| {
        let patience = Patience::default();
        reading.set_value(patience.clone());
        words.set(text::receipt::READING);
        plan.set(Plan::Reading);
        spawn_local(async move {
            let Some(change) = receipt.try_get_value() else { return };
            let again = || {
                words.try_set(text::receipt::READING_AGAIN);
            };
            let found = ahead(desk, &change, undoes, &patience, &again).await;
            // If the person has moved on, they are not taken away from where they are.
            if patience.is_stopped() || receipt.try_get_value().is_none() {
                return;
            }
            plan.try_set(match found {
                Ok(ahead) => carry_over(desk, nav, &change, ahead, false),
                Err(found) => *found,
            });
        });
    };
    let stop = move |()| {
        reading.with_value(Patience::stop);
        plan.set(Plan::None);
        notices.announce(text::receipt::STOPPED_READING.to_owned());
    };
    on_cleanup(move || {
        reading.try_with_value(Patience::stop);
    });
    let (can_undo, has_rest, notes) = receipt.with_value(|receipt| {
        let rest = matches!(receipt.standing(), Standing::Partly | Standing::NotSaved);
        (receipt.can_undo(), rest, [text::receipt::not_undone(receipt), text::receipt::also_undone(receipt)])
    });
    let go = Callback::new(move |(ahead, replace): (Ahead, bool)| {
        receipt.with_value(|change| plan.set(carry_over(desk, nav, change, ahead, replace)));
    });
    view! {
        {can_undo.then(|| view! {
            <Button busy on_press=move |()| start(true)>{text::receipt::UNDO}</Button>
            {notes.map(|words| words.map(|words| view! { <p class="help">{words}</p> }))}
        })}
        {has_rest.then(|| view! {
            <Button busy on_press=move |()| start(false)>{text::receipt::TAKE_UP}</Button>
        })}
        {move || plan.with(|plan| match plan {
            Plan::None => ().into_any(),
            Plan::Reading => view! {
                <div class="progress">
                    <p class="progress-words" role="status">{words}</p>
                    <Button on_press=stop>{text::receipt::STOP_READING}</Button>
                </div>
            }
            .into_any(),
            Plan::Failed(error) => {
                let doing = receipt.with_value(|change| text::subject::reading(&change.subject));
                view! { <AccessTrouble error=error.clone() doing /> }.into_any()
            }
            Plan::NoPolicy(none) => view! {
                <Notice tone=Tone::Warn title=text::policy::save::no_policy(*none) />
            }.into_any(),
            Plan::Unsteady => view! {
                <Notice tone=Tone::Warn title=text::policy::review::UNSTEADY>{text::receipt::UNSTEADY_HELP}</Notice>
            }
            .into_any(),
            Plan::NothingLeft => view! {
                <Notice tone=Tone::Info title=text::receipt::NOTHING_LEFT>{text::receipt::ALREADY_HELD}</Notice>
            }
            .into_any(),
            Plan::NoStorage => view! { <Notice tone=Tone::Danger title=text::receipt::NO_STORAGE /> }.into_any(),
            Plan::Held(undo, policy) => held(undo, policy, go),
            Plan::Replaces(typed, ahead) => replaces(typed, ahead, go),
        })}
    }
    .into_any()
}

/// Reads the policy and plans the edits, or returns why there are none yet.
async fn ahead(
    desk: Desk,
    change: &Receipt,
    undoes: bool,
    patience: &Patience,
    again: &dyn Fn(),
) -> Result<Ahead, Box<Plan>> {
    let client = desk.client();
    let not_planned = |why| {
        Box::new(match why {
            NotStarted::Error(error) => Plan::Failed(error),
            NotStarted::NoPolicy(none) => Plan::NoPolicy(none),
            NotStarted::Stopped => Plan::None,
            _ => Plan::Unsteady,
        })
    };
    if !undoes {
        let (edits, policy) = receipts::rest(&client, change, patience, again).await.map_err(not_planned)?;
        return if edits.is_empty() { Err(Box::new(Plan::NothingLeft)) } else { Ok(Ahead { policy, edits, undoes }) };
    }
    let (undo, policy) = receipts::way_back(&client, change, patience, again).await.map_err(not_planned)?;
    if undo.changed_since.is_empty() && !undo.draft.is_empty() {
        return Ok(Ahead { policy, edits: undo.draft, undoes });
    }
    Err(Box::new(Plan::Held(Box::new(undo), Box::new(policy))))
}

fn held(undo: &Undo, policy: &Policy, go: Callback<(Ahead, bool)>) -> AnyView {
    if undo.changed_since.is_empty() {
        return view! {
            <Notice tone=Tone::Info title=text::receipt::NOTHING_TO_UNDO>{text::receipt::ALREADY_BACK}</Notice>
        }
        .into_any();
    }
    let lines = undo.changed_since.iter().map(|(setting, value)| line(*setting, value.as_ref())).collect_view();
    let ahead = Ahead { policy: policy.clone(), edits: undo.draft.clone(), undoes: true };
    let review = (!undo.draft.is_empty()).then(|| {
        view! { <Button on_press=move |()| go.run((ahead.clone(), false))>{text::receipt::REVIEW_UNDO}</Button> }
    });
    view! {
        <Notice tone=Tone::Warn title=text::receipt::CHANGED_SINCE actions=move || review>
            <ul>{lines}</ul>
        </Notice>
    }
    .into_any()
}

fn replaces(typed: &[(Setting, Value)], ahead: &Ahead, go: Callback<(Ahead, bool)>) -> AnyView {
    let known = Names::current().known();
    let line = |(setting, value): &(Setting, Value)| {
        let words = text::receipt::you_typed(
            &text::policy::setting::full_label(*setting),
            &text::policy::value::value(value, &known),
        );
        view! { <li><UserText text=words /></li> }
    };
    let lines = typed.iter().map(line).collect_view();
    let ahead = ahead.clone();
    let replace = move || {
        view! { <Button on_press=move |()| go.run((ahead.clone(), true))>{text::receipt::REPLACE}</Button> }
    };
    view! {
        <Notice tone=Tone::Warn title=text::receipt::REPLACES actions=replace>
            <ul>{lines}</ul>
        </Notice>
    }
    .into_any()
}

fn line(setting: Setting, value: Option<&Value>) -> AnyView {
    let known = Names::current().known();
    let now = value.map_or_else(
        || text::policy::review::NOT_READABLE.to_owned(),
        |value| text::policy::value::value(value, &known),
    );
    let words = text::receipt::holds_now(&text::policy::setting::full_label(setting), &now);
    view! { <li><UserText text=words /></li> }.into_any()
}

/// Puts the edits on top of this tab's draft of the policy, if any, and goes to its review. What the person typed into
/// the same settings is replaced only if they agree.
fn carry_over(desk: Desk, nav: Nav, change: &Receipt, ahead: Ahead, replace: bool) -> Plan {
    let account = desk.account();
    let (mut draft, _) = drafts::load(&account, &change.subject);
    let typed = editing::replaced(&draft, &ahead.edits);
    if !typed.is_empty() && !replace {
        return Plan::Replaces(typed, Box::new(ahead));
    }
    for (setting, edit) in ahead.edits.edits() {
        draft.replace(&ahead.policy, setting, edit.mine.clone());
    }
    if !drafts::keep(&account, &change.subject, &draft, ahead.undoes.then(|| change.id.clone())) {
        return Plan::NoStorage;
    }
    let tab = ahead.edits.edits().next().map_or(Tab::Activation, |(setting, _)| setting.tab());
    nav.go(&Route::Policy { subject: change.subject.clone(), tab, review: true });
    Plan::None
}

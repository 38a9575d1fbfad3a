//! Deciding many requests together: the review, the run, the results.

use leptos::{html, prelude::*};

use super::names::names_of;
use crate::approval::{Decision, Request};
use crate::browser::{document, locale};
use crate::desk::bulk::{CannotStart, MOST_APPROVALS, Run, Step, Stopped};
use crate::desk::decide::Outcome;
use crate::route::Route;
use crate::state::approval::bulk::Batch;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::state::frame::online::Online;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::dialog_wait::DialogWait;
use crate::view::part::{
    Button, ButtonKind, Checkbox, Dialog, DialogFocus, Notice, ProgressList, ProgressRow, StepState, TextArea, Tone,
    UserText,
};
use crate::view::problem::ProblemPanel;
use crate::view::sign_in_again::sign_in_of;

/// ID of the element around the second confirmation.
const CONFIRM: &str = "bulk-confirm";

/// The dialog; it opens and closes with a batch.
#[component]
pub fn BulkDialog() -> impl IntoView {
    let inbox = InboxState::current();
    let bulk = inbox.bulk;
    let element = NodeRef::<html::Textarea>::new();
    let (lacking, confirmed) = (RwSignal::new(None::<CannotStart>), RwSignal::new(false));
    let open = Memo::new(move |_| bulk.batch.with(Option::is_some));
    Effect::new(move |_| {
        if !open.get() {
            lacking.set(None);
            confirmed.set(false);
        }
    });
    let started = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().is_some_and(|batch| batch.started)));
    let over = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().is_some_and(|batch| batch.over)));
    let decision =
        Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().map_or(Decision::Approve, |it| it.decision)));
    let count = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().map_or(0, |batch| batch.steps.len())));
    let accesses = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().map_or(0, accesses)));
    let title = Signal::derive(move || {
        if over.get() {
            text::approval::bulk::RESULTS.to_owned()
        } else {
            text::approval::bulk::title(decision.get(), count.get())
        }
    });
    let online = Online::current();
    let blocked = Signal::derive(move || {
        if let Some(offline) = online.why_not() {
            Some(offline)
        } else if decision.get() == Decision::Approve && count.get() > MOST_APPROVALS {
            Some(text::approval::bulk::too_many())
        } else {
            (accesses.get() > 1 && !confirmed.get()).then(|| text::approval::bulk::CONFIRM_FIRST.to_owned())
        }
    });
    // Denying always requires a justification.
    let must_say_why = Memo::new(move |_| {
        let asks = |request: &Request| {
            inbox.evidence.get(&request.id).and_then(|known| known.approver_must_say_why()) == Some(true)
        };
        bulk.batch.with(|batch| batch.iter().flat_map(|batch| &batch.steps).any(|(request, _)| asks(request)))
    });
    let send = move |()| {
        if blocked.with_untracked(Option::is_some) {
            if accesses.get_untracked() > 1 && !confirmed.get_untracked() {
                document::focus_in(CONFIRM);
            }
            return;
        }
        let is_empty = bulk.words(decision.get_untracked()).text.with_untracked(|text| text.trim().is_empty());
        let lacks = is_empty && must_say_why.get_untracked();
        lacking.set(if lacks { Some(CannotStart::NoJustification) } else { bulk.start().err() });
        // Only after the error is linked to the checkbox, so that it is read out with it.
        request_animation_frame(move || {
            if lacking.try_get_untracked().flatten() == Some(CannotStart::NoJustification)
                && let Some(element) = element.try_get_untracked().flatten()
            {
                // Fails only if the element has left the document.
                let _ = element.focus();
            }
        });
    };
    let footer = move || match (started.get(), over.get()) {
        (false, _) => view! {
            <Button on_press=move |()| bulk.close()>{text::approval::bulk::BACK}</Button>
            {move || view! { <Send decision=decision.get() count blocked send=Callback::new(send) /> }}
        }
        .into_any(),
        (true, false) => view! {
            <Button busy=bulk.stopping on_press=move |()| bulk.stop()>
                {move || if bulk.stopping.get() { text::approval::bulk::STOPPING } else { text::approval::bulk::STOP }}
            </Button>
        }
        .into_any(),
        (true, true) => view! { <AfterRun /> }.into_any(),
    };
    view! {
        <Dialog
            open
            title
            on_close=Callback::new(move |()| bulk.close())
            focus=DialogFocus::Marked
            wide=true
            footer
        >
            {move || {
                if started.get() {
                    view! { <RunView /> }.into_any()
                } else {
                    view! { <Review decision=decision.get() accesses must_say_why confirmed lacking element send=Callback::new(send) /> }.into_any()
                }
            }}
        </Dialog>
    }
    .into_any()
}

fn accesses(batch: &Batch) -> usize {
    // Only the number of accesses is used, so any justification will do.
    Run::new(&batch.requests(), batch.decision, "-").map_or(0, |run| run.accesses())
}

#[component]
fn Send(
    /// What is decided.
    decision: Decision,
    /// How many requests.
    count: Memo<usize>,
    /// Why it cannot be sent yet.
    blocked: Signal<Option<String>>,
    /// Sends the decisions.
    send: Callback<()>,
) -> impl IntoView {
    let kind = if decision == Decision::Approve { ButtonKind::Primary } else { ButtonKind::Danger };
    view! {
        <Button kind disabled_reason=blocked on_press=send>
            {move || text::approval::bulk::send(decision, count.get())}
        </Button>
    }
    .into_any()
}

/// The effects, the second confirmation and one justification.
#[component]
fn Review(
    /// What is decided.
    decision: Decision,
    /// How many different groups or roles there are.
    accesses: Memo<usize>,
    /// A policy is known to require the approver's justification.
    must_say_why: Memo<bool>,
    /// The person confirmed that they are different.
    confirmed: RwSignal<bool>,
    /// Why it did not start.
    lacking: RwSignal<Option<CannotStart>>,
    /// The text field.
    element: NodeRef<html::Textarea>,
    /// Sends the decisions.
    send: Callback<()>,
) -> impl IntoView {
    let bulk = InboxState::current().bulk;
    let words = bulk.words(decision);
    let rows = move || {
        let requests = bulk.batch.with(|batch| batch.as_ref().map(Batch::requests).unwrap_or_default());
        requests.into_iter().map(|request| effect(request, decision)).collect_view()
    };
    let typed = move |text: String| {
        lacking.set(None);
        words.set(text);
    };
    let error = Signal::derive(move || lacking.get().map(|why| text::approval::bulk::cannot_start(why, decision)));
    view! {
        <ul class="effects" aria-label=text::approval::bulk::EFFECTS>{rows}</ul>
        <Show when=move || { accesses.get() > 1 }>
            <div id=CONFIRM>
                <Checkbox
                    checked=confirmed
                    on_change=move |on| confirmed.set(on)
                    label=Signal::derive(move || text::approval::bulk::confirm(accesses.get()))
                />
            </div>
        </Show>
        <Show when=move || words.restored.get()>
            <Notice tone=Tone::Info title=text::approval::bulk::RESTORED />
        </Show>
        <TextArea
            label=text::approval::decision::JUSTIFICATION
            help=Signal::derive(move || {
                text::approval::bulk::justification_help(decision, must_say_why.get()).to_owned()
            })
            value=words.text
            on_input=typed
            on_submit=send
            limit=text::approval::decision::JUSTIFICATION_LIMIT
            required=Signal::derive(move || decision == Decision::Deny || must_say_why.get())
            error
            first_focus=true
            element
        />
        <p class="help">{text::approval::decision::NO_UNDO}</p>
    }
    .into_any()
}

/// One line of the review: the decision's effect, the account, and the reason. Names alone may be ambiguous.
fn effect(request: Request, decision: Decision) -> AnyView {
    let names = names_of(&request);
    let line = text::approval::effect(&request, decision, &names, locale::date_time);
    let reason = request.justification.clone();
    view! {
        <li>
            <p><UserText text=line /> " " <span class="help"><UserText text=names.username /></span></p>
            {(!reason.trim().is_empty()).then(|| view! { <p class="help clip-one"><UserText text=reason /></p> })}
        </li>
    }
    .into_any()
}

/// Each request with its state.
#[component]
fn RunView() -> impl IntoView {
    let bulk = InboxState::current().bulk;
    let count = bulk.batch.with_untracked(|batch| batch.as_ref().map_or(0, |batch| batch.steps.len()));
    let decision = bulk.batch.with_untracked(|batch| batch.as_ref().map_or(Decision::Approve, |batch| batch.decision));
    let rows = (0..count).map(|at| view! { <RunRow at decision /> }).collect_view();
    let ended = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().map_or(0, Batch::ended)));
    let over = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref().is_some_and(|batch| batch.over)));
    let stopped = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref()?.stopped.clone()));
    let summary = move || {
        bulk.batch.with(|batch| {
            batch.as_ref().map(|batch| {
                if batch.over {
                    text::approval::bulk::summary(&batch.steps, batch.decision)
                } else {
                    text::approval::bulk::progress(ended.get(), count)
                }
            })
        })
    };
    view! {
        <div class="progress">
            <p class="progress-words" role="status">{summary}</p>
            {move || (!over.get()).then(|| view! {
                <progress
                    max=count.to_string()
                    value=move || ended.get().to_string()
                    aria-label=text::approval::bulk::RESULTS
                ></progress>
            })}
        </div>
        <DialogWait />
        {move || stopped.get().map(|why| why_stopped(&why))}
        <ProgressList label=text::approval::bulk::RESULTS>{rows}</ProgressList>
    }
    .into_any()
}

fn why_stopped(why: &Stopped) -> AnyView {
    let error = match why {
        Stopped::Cancelled => None,
        Stopped::SignIn(error) | Stopped::NoAnswer(error) | Stopped::Throttled(error) => Some(error.clone()),
    };
    view! {
        <Notice tone=Tone::Warn title=text::approval::bulk::stopped(why)>{text::approval::bulk::STOPPED_HELP}</Notice>
        {error.map(|error| view! {
            <ProblemPanel problem=problem(&error, Doing::Deciding)>
                {sign_in_of(&error)}
            </ProblemPanel>
        })}
    }
    .into_any()
}

#[component]
fn RunRow(
    /// Its position in the batch.
    at: usize,
    /// What is decided.
    decision: Decision,
) -> impl IntoView {
    let InboxState { bulk, decisions, today, .. } = InboxState::current();
    let me = StoredValue::new(Desk::current().account().oid);
    let row = Memo::new(move |_| bulk.batch.with(|batch| batch.as_ref()?.steps.get(at).cloned()));
    let label = Signal::derive(move || {
        row.get().map(|(request, _)| text::approval::request_named(&request, &names_of(&request))).unwrap_or_default()
    });
    let state = Signal::derive(move || row.with(|row| row.as_ref().map_or(StepState::Queued, |(_, step)| state(step))));
    let detail = Signal::derive(move || {
        today.track();
        row.with(|row| match row {
            Some((_, Step::Ended(outcome))) => {
                me.with_value(|me| text::approval::decision::outcome(outcome, decision, me, locale::time_or_date))
            }
            Some((_, step)) => text::approval::bulk::step(step, decision, locale::time_to_the_second),
            None => String::new(),
        })
    });
    let more = move || match row.get() {
        Some((request, Step::Ended(Outcome::Refused(error)))) => {
            let case = untrack(|| decisions.get(&request.id));
            let reason = case.and_then(|case| text::approval::decision::refused_for(&error, &case.justification));
            view! {
                {reason.map(|title| view! { <Notice tone=Tone::Warn title /> })}
                <ProblemPanel problem=problem(&error, Doing::Deciding) />
            }
            .into_any()
        }
        Some((request, Step::Ended(outcome))) if !matches!(outcome, Outcome::Decided(_)) => {
            let href = Route::Approval { request: request.id }.to_string();
            view! { <a href=href on:click=move |_| bulk.close()>{text::approval::bulk::OPEN}</a> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { <ProgressRow label state detail>{more}</ProgressRow> }.into_any()
}

const fn state(step: &Step) -> StepState {
    match step {
        Step::Waiting => StepState::Queued,
        Step::Sending => StepState::Sending,
        Step::Paused { .. } => StepState::Paused,
        Step::Ended(Outcome::Decided(_)) => StepState::Verified,
        Step::NotAttempted
        | Step::Ended(Outcome::AlreadyDecided(_) | Outcome::Unnamed(_) | Outcome::NotOpen { .. } | Outcome::NoEffect) => {
            StepState::NotAttempted
        }
        Step::Ended(Outcome::NotVisibleYet) => StepState::NotVisibleYet,
        Step::Ended(Outcome::Unknown(_)) => StepState::Unknown,
        Step::Ended(Outcome::Refused(_)) => StepState::Failed,
    }
}

/// Closes the results, or tries again what certainly had no effect.
#[component]
fn AfterRun() -> impl IntoView {
    let bulk = InboxState::current().bulk;
    let left = Memo::new(move |_| {
        bulk.batch.with(|batch| {
            batch.as_ref().map_or(0, |batch| batch.steps.iter().filter(|(_, step)| step.had_no_effect()).count())
        })
    });
    view! {
        {move || {
            let left = left.get();
            (left > 0).then(|| view! {
                <Button on_press=move |()| bulk.retry()>{text::approval::bulk::retry(left)}</Button>
            })
        }}
        <Button kind=ButtonKind::Primary on_press=move |()| bulk.close()>{text::page::CLOSE}</Button>
    }
    .into_any()
}

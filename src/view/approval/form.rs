//! Approve or deny, with a justification.

use leptos::{html, prelude::*};

use super::names::told;
use crate::approval::{Decision, Request};
use crate::browser::locale;
use crate::desk::decide::Outcome;
use crate::graph::Error;
use crate::state::decisions::Progress;
use crate::state::inbox::InboxState;
use crate::state::justification::Justification;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Button, ButtonKind, Notice, TextArea, Tone, UserText};
use crate::view::problem::ProblemPanel;
use crate::view::sign_in::SignInAgain;

/// The form. Where the person came to decide, or presses a key for it, the focus goes into the words.
#[component]
pub fn DecisionForm(
    /// The request.
    request: Request,
    /// What the person types.
    words: Justification,
) -> impl IntoView {
    let inbox = InboxState::current();
    let decisions = inbox.decisions;
    let request = StoredValue::new(request);
    let names = Memo::new(move |_| request.with_value(told));
    let element = NodeRef::<html::Textarea>::new();
    let focus = move || {
        request_animation_frame(move || {
            if let Some(element) = element.try_get_untracked().flatten() {
                // Fails only for an element that has left the document.
                let _ = element.focus();
            }
        });
    };
    let lacking = RwSignal::new(false);
    let case = Memo::new(move |_| request.with_value(|request| decisions.get(&request.id)));
    let sending = move |decision| {
        Signal::derive(move || {
            case.with(|case| {
                case.as_ref().is_some_and(|case| case.progress == Progress::Sending && case.decision == decision)
            })
        })
    };
    let empty = move || words.text.with_untracked(|text| text.trim().is_empty());
    let must_say_why = Memo::new(move |_| {
        let known = request.with_value(|request| inbox.evidence.get(&request.id));
        known.and_then(|known| known.approver_must_say_why()).unwrap_or_default()
    });
    let send = move |decision| {
        if empty() && (decision == Decision::Deny || must_say_why.get_untracked()) {
            lacking.set(words.aim.get_untracked() == decision);
            words.turn_to(decision);
            focus();
        } else {
            lacking.set(false);
            words.restored.set(false);
            words.turn_to(decision);
            request.with_value(|request| decisions.decide(request, decision, &words.text.get_untracked()));
        }
    };
    let typed = move |text: String| {
        lacking.set(false);
        words.set(text);
    };
    Effect::new(move |_| {
        let aim = inbox.aim.with(|aim| {
            aim.as_ref()
                .filter(|(id, _)| request.with_value(|request| request.id == *id))
                .map(|(_, decision)| *decision)
        });
        if let Some(decision) = aim {
            inbox.aim.set(None);
            words.turn_to(decision);
            focus();
        }
    });
    // Each keeps its place and its element whatever the words are for: the same spot never sends the other decision.
    let deny = view! {
        <Button kind=ButtonKind::Danger busy=sending(Decision::Deny) on_press=move |()| send(Decision::Deny)>
            "Deny " <UserText text=Signal::derive(move || names.get().person) /> "’s request"
        </Button>
    };
    let weight = Memo::new(move |_| match words.aim.get() {
        Decision::Approve => ButtonKind::Primary,
        Decision::Deny => ButtonKind::Plain,
    });
    let approve = move |kind| {
        let becomes = request.with_value(text::approval::becomes);
        let length = request.with_value(|request| text::approval::length(&request.length, locale::date_time));
        let scope = request.with_value(|request| text::approval::directory_scope(&request.target));
        view! {
            <Button kind busy=sending(Decision::Approve) on_press=move |()| send(Decision::Approve)>
                "Approve – " <UserText text=Signal::derive(move || names.get().person) /> " " {becomes} " "
                <UserText text=Signal::derive(move || names.get().target) /> " "
                {scope.map(|scope| view! { <UserText text=scope /> " " })} {length}
            </Button>
        }
    };
    view! {
        <section class="decide" aria-labelledby="decide-title">
            <h2 id="decide-title">{text::decision::DECIDE}</h2>
            <Show when=move || words.restored.get()>
                <Notice tone=Tone::Info title=text::decision::RESTORED />
            </Show>
            {move || case.get().and_then(|case| match case.progress {
                Progress::Ended(Outcome::Refused(error)) => Some(refusal(&error, case.justification.is_empty())),
                _ => None,
            })}
            <TextArea
                label=text::decision::JUSTIFICATION
                help=Signal::derive(move || text::decision::justification_help(words.aim.get(), must_say_why.get()).to_owned())
                value=words.text
                on_input=typed
                on_submit=Callback::new(move |()| send(words.aim.get_untracked()))
                limit=text::decision::JUSTIFICATION_LIMIT
                required=Signal::derive(move || words.aim.get() == Decision::Deny || must_say_why.get())
                error=Signal::derive(move || lacking.get().then(|| text::decision::needs_words(words.aim.get()).to_owned()))
                element
            />
            <p class="help">{text::decision::NO_UNDO}</p>
            <div class="actions">{deny} {move || approve(weight.get())}</div>
        </section>
    }
    .into_any()
}

/// Nothing took effect: why, and what helps.
fn refusal(error: &Error, without_words: bool) -> AnyView {
    if let Error::SignIn(needed) = error {
        let needed = (**needed).clone();
        return view! {
            <Notice tone=Tone::Info title=text::decision::SIGN_IN_TO_DECIDE>
                {text::decision::SIGN_IN_TO_DECIDE_HELP}
            </Notice>
            <ProblemPanel problem=problem(error, Doing::Deciding)>
                <SignInAgain needed />
            </ProblemPanel>
        }
        .into_any();
    }
    let lacks_words = without_words && error.status() == Some(400);
    view! {
        {lacks_words.then(|| view! { <Notice tone=Tone::Warn title=text::decision::APPROVE_NEEDS_WORDS /> })}
        <ProblemPanel problem=problem(error, Doing::Deciding) />
    }
    .into_any()
}

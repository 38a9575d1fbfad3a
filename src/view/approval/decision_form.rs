//! Approve or deny, with a justification.

use leptos::{html, prelude::*};

use crate::approval::{Decision, Request};
use crate::browser::locale;
use crate::desk::decide::Outcome;
use crate::graph::{Error, Refusal};
use crate::state::approval::decisions::DecisionProgress;
use crate::state::approval::inbox::InboxState;
use crate::state::approval::justification::Justification;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::approval::names::names_of;
use crate::view::part::{Button, ButtonKind, Notice, TextArea, Tone, UserText};
use crate::view::problem::ProblemPanel;
use crate::view::sign_in_again::{SignInAgain, SignInForRights};

/// The form. If the person came to decide, or presses a key for it, the text field gets the focus. Text can be typed
/// before the request is read, but is sent only after that.
#[component]
pub fn DecisionForm(
    /// The request: first as the list knew it, then as read.
    request: Memo<Request>,
    /// Why nothing can be sent now, if so.
    not_now: Signal<Option<String>>,
    /// The justification the person types.
    words: Justification,
    /// Reads the request again, and whether it is being read.
    check: (Callback<()>, RwSignal<bool>),
) -> impl IntoView {
    let inbox = InboxState::current();
    let decisions = inbox.decisions;
    let names = Memo::new(move |_| request.with(names_of));
    let element = NodeRef::<html::Textarea>::new();
    let focus = move || {
        request_animation_frame(move || {
            if let Some(element) = element.try_get_untracked().flatten() {
                // Fails only if the element has left the document.
                let _ = element.focus();
                request.with_untracked(|request| inbox.came(&request.id));
            }
        });
    };
    let (lacking, early) = (RwSignal::new(false), RwSignal::new(false));
    let case = Memo::new(move |_| request.with(|request| decisions.get(&request.id)));
    let sending = move |decision| {
        Signal::derive(move || {
            case.with(|case| {
                case.as_ref()
                    .is_some_and(|case| case.progress == DecisionProgress::Sending && case.decision == decision)
            })
        })
    };
    let empty = move || words.text.with_untracked(|text| text.trim().is_empty());
    let must_say_why = Memo::new(move |_| {
        let known = request.with(|request| inbox.evidence.get(&request.id));
        known.and_then(|known| known.approver_must_say_why()).unwrap_or_default()
    });
    let send = move |decision| {
        early.set(not_now.with_untracked(Option::is_some));
        if early.get_untracked() {
            return;
        }
        if empty() && (decision == Decision::Deny || must_say_why.get_untracked()) {
            lacking.set(words.aim.get_untracked() == decision);
            words.turn_to(decision);
            focus();
        } else {
            lacking.set(false);
            words.restored.set(false);
            words.turn_to(decision);
            request.with_untracked(|request| decisions.decide(request, decision, &words.text.get_untracked()));
        }
    };
    let typed = move |text: String| {
        lacking.set(false);
        early.set(false);
        words.set(text);
    };
    let id = request.with_untracked(|request| request.id.clone());
    Effect::new(move |_| {
        if let Some(decision) = inbox.aim_at(&id) {
            words.turn_to(decision);
            focus();
        }
    });
    // Each button keeps its place and element whatever the text is for: the same spot never sends the other decision.
    let [deny_of, of_whom] = text::approval::decision::DENY_OF;
    let deny = view! {
        <Button
            kind=ButtonKind::Danger
            busy=sending(Decision::Deny)
            disabled_reason=not_now
            on_press=move |()| send(Decision::Deny)
        >
            {deny_of} <UserText text=Signal::derive(move || names.get().person) /> {of_whom}
        </Button>
    };
    let weight = Memo::new(move |_| match words.aim.get() {
        Decision::Approve => ButtonKind::Primary,
        Decision::Deny => ButtonKind::Plain,
    });
    let approve = move |kind| {
        let becomes = request.with(text::approval::becomes);
        let length = request.with(|request| text::approval::length(&request.length, locale::date_time));
        let scope = request.with(|request| text::approval::directory_scope(&request.target));
        view! {
            <Button
                kind
                busy=sending(Decision::Approve)
                disabled_reason=not_now
                on_press=move |()| send(Decision::Approve)
            >
                {text::approval::decision::APPROVE_FOR} <UserText text=Signal::derive(move || names.get().person) /> " " {becomes} " "
                <UserText text=Signal::derive(move || names.get().target) /> " "
                {scope.map(|scope| view! { <UserText text=scope /> " " })} {length}
            </Button>
        }
    };
    let error = Signal::derive(move || {
        let lacks = || lacking.get().then(|| text::approval::decision::needs_words(words.aim.get()).to_owned());
        not_now.get().filter(|_| early.get()).or_else(lacks)
    });
    view! {
        <section class="decide" aria-labelledby="decide-title">
            <h2 id="decide-title">{text::approval::decision::DECIDE}</h2>
            {move || case.with(Option::is_none).then(|| before(words, not_now, check))}
            {move || case.get().and_then(|case| match case.progress {
                DecisionProgress::Ended(Outcome::Refused(error)) => {
                    Some(refusal(&error, &case.justification))
                }
                _ => None,
            })}
            <TextArea
                label=text::approval::decision::JUSTIFICATION
                help=Signal::derive(move || {
                    text::approval::decision::justification_help(words.aim.get(), must_say_why.get()).to_owned()
                })
                value=words.text
                on_input=typed
                on_submit=Callback::new(move |()| send(words.aim.get_untracked()))
                limit=text::approval::decision::JUSTIFICATION_LIMIT
                required=Signal::derive(move || words.aim.get() == Decision::Deny || must_say_why.get())
                error
                element
            />
            <p class="help">{text::approval::decision::NO_UNDO}</p>
            <div class="actions">{deny} {move || approve(weight.get())}</div>
        </section>
    }
    .into_any()
}

/// What was restored from an earlier visit: text, or a decision that was sent and may have arrived.
fn before(
    words: Justification,
    not_now: Signal<Option<String>>,
    (check, checking): (Callback<()>, RwSignal<bool>),
) -> AnyView {
    let Some(sent) = words.sent else {
        return view! {
            <Show when=move || words.restored.get()>
                <Notice tone=Tone::Info title=text::approval::decision::RESTORED />
            </Show>
        }
        .into_any();
    };
    let again = move || {
        view! { <Button busy=checking on_press=check>{text::approval::decision::CHECK_AGAIN}</Button> }
    };
    let help = move || match not_now.get() {
        None => Some(text::approval::decision::SENT_BEFORE_HELP),
        Some(why) if why == text::approval::decision::MAY_STILL_SHOW => Some(text::approval::decision::MAY_STILL_SHOW),
        Some(_) => None,
    };
    view! {
        <Notice
            tone=Tone::Warn
            title=text::approval::decision::sent_before(sent.decision(), &locale::date_time(sent.sent_unix_ms))
            actions=again
        >
            {move || help().map(|help| view! { <p>{help}</p> })}
        </Notice>
    }
    .into_any()
}

/// Nothing took effect: why, and what helps.
fn refusal(error: &Error, justification: &str) -> AnyView {
    if let Error::SignIn(needed) = error {
        let needed = (**needed).clone();
        let (title, help) = if needed.sign_in_helps() {
            (text::approval::decision::SIGN_IN_TO_DECIDE, text::approval::decision::SIGN_IN_TO_DECIDE_HELP)
        } else {
            (text::approval::decision::NOT_DECIDED, text::approval::decision::NOT_DECIDED_HELP)
        };
        return view! {
            <Notice tone=Tone::Info title>{help}</Notice>
            <ProblemPanel problem=problem(error, Doing::Deciding)>
                <SignInAgain needed />
            </ProblemPanel>
        }
        .into_any();
    }
    let problem = problem(error, Doing::Deciding);
    let claims = error.refusal().and_then(Refusal::claims);
    let sign_in = problem.sign_in.then(|| view! { <SignInForRights scopes=Doing::Deciding.takes() claims /> });
    view! {
        {text::approval::decision::refused_for(error, justification)
            .map(|title| view! { <Notice tone=Tone::Warn title /> })}
        <ProblemPanel problem>{sign_in}</ProblemPanel>
    }
    .into_any()
}

//! The outcome of a decision. It stays on screen, with a receipt.

use leptos::{html, prelude::*};

use crate::approval::{Decision, Review};
use crate::browser::locale;
use crate::desk::decide::Outcome;
use crate::graph::Error;
use crate::problem::Problem;
use crate::route::{Route, portal};
use crate::state::approval::decisions::Case;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::state::frame::online::Online;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::approval::decision_receipt::CopyReceipt;
use crate::view::approval::kept_words::KeptWords;
use crate::view::approval::names::names_of;
use crate::view::part::{Button, ButtonKind, ButtonLink, Glyph, Notice, Tone, UserText};
use crate::view::problem::ProblemPanel;

/// A decision that has ended; a refused one is shown in the form instead.
#[component]
pub fn OutcomeView(
    /// The decision.
    case: Case,
) -> impl IntoView {
    let inbox = InboxState::current();
    let account = Desk::current().account();
    let outcome = case.outcome().cloned()?;
    let title = {
        let (outcome, decision) = (outcome.clone(), case.decision);
        Signal::derive(move || {
            inbox.today.track();
            text::approval::decision::outcome(&outcome, decision, &account.oid, locale::time_or_date)
        })
    };
    let help = text::approval::decision::outcome_help(&outcome);
    let effect = match (&outcome, case.decision) {
        (Outcome::Decided(_), Decision::Approve) => {
            Some(text::approval::effect(&case.request, Decision::Approve, &names_of(&case.request), locale::date_time))
        }
        _ => None,
    };
    let theirs =
        if let Outcome::AlreadyDecided(review) | Outcome::Unnamed(review) = &outcome { said(review) } else { None };
    let lost = if let Outcome::Unknown(error) = &outcome { Some(lost(error)) } else { None };
    let kept = match &outcome {
        Outcome::AlreadyDecided(_) | Outcome::NotOpen { .. } | Outcome::NoEffect => {
            Some(text::approval::decision::YOUR_WORDS)
        }
        Outcome::Unnamed(_) if theirs.is_none() => Some(text::approval::decision::TYPED_WORDS),
        _ => None,
    };
    let remove = outcome
        .was_approved()
        .then(|| portal::assignments(&Desk::current().session().config().endpoints.portal, &case.request.target));
    let uncertain = matches!(outcome, Outcome::NotVisibleYet | Outcome::Unknown(_));
    let tone = if matches!(outcome, Outcome::Decided(_)) { Tone::Ok } else { Tone::Warn };
    let element = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            // The form that had the focus is gone.
            let _ = element.focus();
        }
    });
    let next = {
        let id = case.request.id.clone();
        move || {
            inbox.next_after(&id).map(|next| {
                let href = Route::Approval { request: next.id.clone() }.to_string();
                let person = names_of(&next).person;
                view! { <ButtonLink href kind=ButtonKind::Primary>{text::approval::decision::NEXT} <UserText text=person /></ButtonLink> }
            })
        }
    };
    Some(
        view! {
            <section class="decide" tabindex="-1" node_ref=element>
                <Notice tone title>
                    {effect.map(|effect| view! { <p><UserText text=effect /></p> })}
                    {theirs}
                    {(!help.is_empty()).then(|| view! { <p>{help}</p> })}
                </Notice>
                {uncertain.then(|| view! { <LookAgain case=case.clone() /> })}
                {lost.map(|problem| view! { <ProblemPanel problem /> })}
                {kept.filter(|_| !case.justification.is_empty()).map(|title| view! {
                    <KeptWords title text=case.justification.clone() />
                })}
                <div class="actions">
                    {(!uncertain).then_some(next)}
                    <CopyReceipt case=case.clone() />
                    {remove.flatten().map(|href| view! {
                        <ButtonLink href external=true>{text::approval::decision::REMOVE_ACCESS}</ButtonLink>
                    })}
                    <ButtonLink href=Route::APPROVALS.to_string()>{text::approval::BACK}</ButtonLink>
                </div>
            </section>
        }
        .into_any(),
    )
}

/// What happened to the answer, without advice: the text above says what to do, and it is not trying again.
fn lost(error: &Error) -> Problem {
    Problem { next_step: String::new(), ..problem(error, Doing::Deciding) }
}

/// The justification of the person who decided.
fn said(review: &Review) -> Option<AnyView> {
    (!review.justification.trim().is_empty())
        .then(|| view! { <blockquote><UserText text=review.justification.clone() /></blockquote> }.into_any())
}

/// Checks again by reading; sends again only after a reading showed the request open, and only if the person says so.
#[component]
fn LookAgain(
    /// The decision.
    case: Case,
) -> impl IntoView {
    let decisions = InboxState::current().decisions;
    let online = Online::current();
    let offline = Signal::derive(move || online.why_not());
    let id = case.request.id.clone();
    let can_send = case.may_send_again();
    let failed = case.check_error.as_ref().map(|error| problem(error, Doing::ReadingApprovals));
    let again = case.clone();
    view! {
        {case.found_open_unix_ms.is_some().then(|| view! { <p role="status">{text::approval::decision::STILL_OPEN}</p> })}
        {failed.map(|problem| view! { <p>{text::approval::decision::CHECK_FAILED}</p> <ProblemPanel problem /> })}
        <div class="actions">
            <Button
                glyph=Glyph::Refresh
                busy=Signal::stored(case.checking)
                on_press=move |()| decisions.check(&id)
            >
                {text::approval::decision::CHECK_AGAIN}
            </Button>
            {can_send.then(|| view! {
                <Button
                    disabled_reason=offline
                    on_press=move |()| decisions.decide(&again.request, again.decision, &again.justification)
                >
                    {text::approval::decision::SEND_AGAIN}
                </Button>
            })}
        </div>
    }
    .into_any()
}

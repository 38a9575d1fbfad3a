//! A request once it is read: what it is, and the decision or why there is none to make.

use leptos::prelude::*;

use super::facts::RequestFacts;
use super::form::DecisionForm;
use super::outcome::OutcomeView;
use crate::approval::{Request, Standing, standing};
use crate::browser::locale;
use crate::desk::approvals::OpenRequest;
use crate::desk::decide::Outcome;
use crate::graph::Error;
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::inbox::InboxState;
use crate::state::justification::Justification;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{ButtonLink, Notice, Tone, UserText};
use crate::view::problem::ProblemPanel;
use crate::view::sign_in::SignInAgain;

/// What was read. `known` is the request as the list knew it, for approvers who may not read it alone.
#[component]
pub fn Opened(
    /// The request's id.
    id: String,
    /// The answer.
    opened: OpenRequest,
    /// The request as known before.
    known: Option<Request>,
    /// What the person types.
    words: Justification,
    /// The person came to decide.
    came_for: bool,
    /// Reads again.
    retry: Callback<()>,
) -> impl IntoView {
    let decisions = InboxState::current().decisions;
    let case = Memo::new(move |_| decisions.get(&id));
    let (read, unreadable) = match opened.request {
        Ok(request) => (Some(request), None),
        Err(error) => (None, Some(error)),
    };
    let request = read.or(known);
    let Some(request) = request else {
        return unknown(unreadable.as_ref(), opened.stages.ok().as_deref(), retry);
    };
    let me = Desk::current().account().oid;
    let found = opened.stages.map(|stages| standing(Some(&request), &stages, &me));
    let ended = Memo::new(move |_| {
        case.with(|case| {
            let outcome = case.as_ref().and_then(|case| case.outcome());
            outcome.is_some_and(|outcome| !matches!(outcome, Outcome::Refused(_)))
        })
    });
    let waits = matches!(found, Ok(Standing::Open | Standing::Own | Standing::Extension));
    let is_open = matches!(found, Ok(Standing::Open));
    let facts = view! {
        <RequestFacts request=request.clone() waiting=Signal::derive(move || waits && !ended.get()) />
    };
    let told = move || match case.get().filter(|_| ended.get()) {
        Some(case) => view! { <OutcomeView case /> }.into_any(),
        None => match &found {
            Err(error) => failed(error, retry),
            Ok(standing) => closed(standing),
        },
    };
    let form =
        move || (is_open && !ended.get()).then(|| view! { <DecisionForm request=request.clone() words came_for /> });
    view! {
        <div class="request">
            {told}
            <div class="request-body">
                <div class="request-known">{facts}</div>
                {form}
            </div>
        </div>
    }
    .into_any()
}

/// The request cannot be read: not there, or not for this person. The approval may still tell how it ended.
fn unknown(error: Option<&Error>, stages: Option<&[crate::approval::Stage]>, retry: Callback<()>) -> AnyView {
    let me = Desk::current().account().oid;
    let told = stages.map(|stages| standing(None, stages, &me)).filter(|found| matches!(found, Standing::Decided(_)));
    match told {
        Some(found) => view! { <div class="request">{closed(&found)}</div> }.into_any(),
        None => error.map(|error| failed(error, retry)).into_any(),
    }
}

fn failed(error: &Error, retry: Callback<()>) -> AnyView {
    let sign_in = if let Error::SignIn(needed) = error { Some((**needed).clone()) } else { None };
    view! {
        <ProblemPanel problem=problem(error, Doing::ReadingApprovals) on_retry=retry>
            {sign_in.map(|needed| view! { <SignInAgain needed /> })}
            <ButtonLink href=Route::APPROVALS.to_string()>{text::approval::BACK}</ButtonLink>
        </ProblemPanel>
    }
    .into_any()
}

fn closed(found: &Standing) -> AnyView {
    let me = Desk::current().account().oid;
    let Some((title, help)) = text::decision::standing(found, &me, locale::date_time) else { return ().into_any() };
    let portal = Desk::current().session().config().endpoints.portal.clone();
    let extension = *found == Standing::Extension;
    let words = if let Standing::Decided(review) = found { review.justification.clone() } else { String::new() };
    view! {
        <Notice
            tone=Tone::Info
            title
            actions=move || {
                view! {
                    <ButtonLink href=Route::APPROVALS.to_string()>{text::approval::BACK}</ButtonLink>
                }
            }
        >
            {(!help.is_empty()).then(|| view! { <p>{help}</p> })}
            {(!words.trim().is_empty()).then(|| view! { <blockquote><UserText text=words /></blockquote> })}
            {extension.then(|| view! {
                <p><ButtonLink href=portal external=true>{text::approval::ADMIN_CENTRE}</ButtonLink></p>
            })}
        </Notice>
    }
    .into_any()
}

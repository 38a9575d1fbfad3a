//! An open request once it is read: its facts, and the decision or why it cannot be made.

use leptos::prelude::*;

use crate::approval::{Kind, Request, Standing, standing};
use crate::browser::{document, locale};
use crate::desk::approvals::OpenRequest;
use crate::desk::decide::Outcome;
use crate::graph::Error;
use crate::route::Route;
use crate::state::approval::inbox::InboxState;
use crate::state::approval::justification::Justification;
use crate::state::desk::Desk;
use crate::state::frame::online::Online;
use crate::state::frame::time::after_paint;
use crate::text;
use crate::text::problem::Doing;
use crate::view::approval::admin_center::AdminCenter;
use crate::view::approval::decision_form::DecisionForm;
use crate::view::approval::decision_outcome::OutcomeView;
use crate::view::approval::kept_words::KeptWords;
use crate::view::approval::request_facts::RequestFacts;
use crate::view::approval::roles::{RolesOff, no_steps};
use crate::view::part::{ButtonLink, Notice, Skeleton, SkeletonShape, Tone, UserText};
use crate::view::problem::AccessTrouble;

/// What is shown in the place of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is not known whether it can be decided.
    Reading,
    /// The form. If the person came to decide, it is shown before the request is read.
    Form,
    /// There is nothing to decide.
    Nothing,
}

/// Shows what is known at once, and what can be done once it is read.
#[component]
pub fn RequestDetail(
    /// The request's ID.
    id: String,
    /// The answer, once there is one.
    answer: Memo<Option<OpenRequest>>,
    /// The request as read, or as the list knew it before.
    shown: Memo<Option<Request>>,
    /// The justification the person types.
    words: Justification,
    /// Whether the last look came late enough to show a decision of an earlier visit, if there was one.
    counts: RwSignal<bool>,
    /// Reads the request again.
    retry: Callback<()>,
    /// The request is being read.
    reading: RwSignal<bool>,
) -> impl IntoView {
    let inbox = InboxState::current();
    let me = StoredValue::new(Desk::current().account().oid);
    let id = StoredValue::new(id);
    let case = Memo::new(move |_| id.with_value(|id| inbox.decisions.get(id)));
    let ended = Memo::new(move |_| {
        case.with(|case| {
            let outcome = case.as_ref().and_then(|case| case.outcome());
            outcome.is_some_and(|outcome| !matches!(outcome, Outcome::Refused(_)))
        })
    });
    let found = Memo::new(move |_| {
        let request = shown.get();
        answer.with(|answer| {
            let stages = answer.as_ref()?.stages.as_ref();
            // An extension has no approval that can be read (graph.md G26).
            let extends = request.as_ref().is_some_and(|request| request.is_extension() && !request.is_settled());
            if stages.is_err() && extends {
                return Some(Ok(Standing::Extension));
            }
            let found = |stages: &Vec<_>| me.with_value(|me| standing(request.as_ref(), stages, me));
            Some(stages.map(found).map_err(Clone::clone))
        })
    });
    // Until it is read, it counts as the list showed it: waiting.
    let waits = Memo::new(move |_| {
        let open =
            found.with(|found| matches!(found, None | Some(Ok(Standing::Open | Standing::Own | Standing::Extension))));
        open && !ended.get()
    });
    let undecidable = Memo::new(move |_| {
        inbox.evidence.no_role_steps.get()
            && shown.with(|request| request.as_ref().map(Request::kind)) == Some(Kind::Role)
    });
    let told = move || match case.get().filter(|_| ended.get()) {
        Some(case) => view! { <OutcomeView case /> }.into_any(),
        None => match found.get() {
            None => ().into_any(),
            Some(Err(_)) if undecidable.get() => no_steps(),
            Some(Err(error)) => failed(&error, retry),
            Some(Ok(standing)) => {
                closed(&standing, shown.with(|request| request.as_ref().map_or(Kind::Group, Request::kind)))
            }
        },
    };
    let painted = after_paint();
    let facts = move || {
        shown.get().map(|request| {
            view! { <div class="request-known"><RequestFacts request waiting=waits painted /></div> }
        })
    };
    let ready = Memo::new(move |_| found.with(|found| matches!(found, Some(Ok(Standing::Open)))));
    let online = Online::current();
    let not_now = Signal::derive(move || {
        let why = found.with(|found| match found {
            None => Some(text::approval::decision::STILL_READING),
            // A decision of this session has its own rule.
            Some(Ok(Standing::Open)) => {
                (!counts.get() && case.with(Option::is_none)).then_some(text::approval::decision::MAY_STILL_SHOW)
            }
            Some(_) => Some(text::approval::decision::NOT_NOW),
        });
        online.why_not().or_else(|| why.map(str::to_owned))
    });
    let came = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || id.with_value(|id| inbox.aim_at(id)).is_some()
    });
    // Text restored together with a decision that was sent was not typed for another one.
    let came_back = StoredValue::new(words.sent.map(|_| words.text.get_untracked()));
    let typed = move || {
        let came_back = |text: &String| came_back.with_value(|before| before.as_ref() == Some(text));
        let is_read = found.with(|found| matches!(found, Some(Ok(_))));
        words.text.with_untracked(|text| !(text.is_empty() || is_read && came_back(text)))
    };
    let place = Memo::new(move |before: Option<&Place>| {
        let waits = |request: &Request| me.with_value(|me| request.waits_for(me));
        match found.with(Option::is_none) {
            _ if ended.get() => Place::Nothing,
            true if came.get() && !undecidable.get() && shown.with(|request| request.as_ref().is_some_and(waits)) => {
                Place::Form
            }
            true => Place::Reading,
            false if shown.with(Option::is_none) => Place::Nothing,
            // Someone is typing into it: neither may the text disappear, nor may the next keys act on the page.
            false if ready.get() || (before == Some(&Place::Form) && typed()) => Place::Form,
            false => Place::Nothing,
        }
    });
    // If there is no form to type into, keys act on the page again.
    Effect::new(move |_| {
        if place.get() == Place::Nothing && id.with_value(|id| inbox.aim_at(id)).is_some() {
            id.with_value(|id| inbox.came(id));
        }
    });
    let own = id.get_value();
    on_cleanup(move || inbox.came(&own));
    let form = move || match (place.get(), shown.get_untracked()) {
        (Place::Form, Some(first)) => {
            let request = Memo::new(move |_| shown.get().unwrap_or_else(|| first.clone()));
            view! { <DecisionForm request not_now words check=(retry, reading) /> }.into_any()
        }
        (Place::Reading, _) => {
            view! { <div class="decide"><Skeleton shape=SkeletonShape::Header rows=2 /></div> }.into_any()
        }
        _ => ().into_any(),
    };
    // It may be the justification of the decision that was read: then it is shown with that.
    let are_applied = move || {
        found.with(|found| match found {
            Some(Ok(Standing::Decided(review))) => me.with_value(|me| {
                let same = words.text.with(|text| text.trim() == review.justification.trim());
                same && review.by_id.as_ref() == Some(me)
            }),
            _ => false,
        })
    };
    let kept = move || {
        let text = words.text.get();
        // Before the place, which is derived from both.
        let (applied, over) = (are_applied(), ended.get());
        (place.get() == Place::Nothing && !over && !text.is_empty() && !applied).then(|| {
            let on_discard = Callback::new(move |()| {
                words.discard();
                document::focus("page-title", false);
            });
            view! { <KeptWords title=text::approval::decision::TYPED_WORDS text on_discard /> }
        })
    };
    let deciding =
        Memo::new(move |_| !ended.get() && found.with(|found| matches!(found, None | Some(Ok(Standing::Open)))));
    let whole = Memo::new(move |_| shown.with(Option::is_some) || answer.with(Option::is_none));
    move || {
        if whole.get() {
            view! { <div class="request">{told} {kept} <div class="request-body" class:deciding=deciding>{facts} {form}</div></div> }.into_any()
        } else {
            view! { {move || answer.get().map(|answer| unknown(&answer, retry))} {kept} }.into_any()
        }
    }
}

/// The request cannot be read: it does not exist, or not for this person. The approval may still show its outcome.
fn unknown(answer: &OpenRequest, retry: Callback<()>) -> AnyView {
    let me = Desk::current().account().oid;
    let stages = answer.stages.as_ref().ok();
    let told = stages.map(|stages| standing(None, stages, &me)).filter(|found| matches!(found, Standing::Decided(_)));
    match told {
        Some(found) => view! { <div class="request">{closed(&found, answer.kind)}</div> }.into_any(),
        None => view! {
            {answer.asks_groups_only.then(|| view! { <RolesOff words=text::approval::inbox::MAY_BE_ROLE beside=true /> })}
            {answer.request.as_ref().err().map(|error| failed(error, retry))}
        }
        .into_any(),
    }
}

fn failed(error: &Error, retry: Callback<()>) -> AnyView {
    view! {
        <AccessTrouble error=error.clone() doing=Doing::ReadingApprovals on_retry=retry>
            <ButtonLink href=Route::APPROVALS.to_string()>{text::approval::BACK}</ButtonLink>
        </AccessTrouble>
    }
    .into_any()
}

fn closed(found: &Standing, kind: Kind) -> AnyView {
    let me = Desk::current().account().oid;
    let Some((title, help)) = text::approval::decision::standing(found, &me, locale::date_time) else {
        return ().into_any();
    };
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
                <p><AdminCenter kind /></p>
            })}
        </Notice>
    }
    .into_any()
}

//! All facts of a request.

use leptos::prelude::*;

use crate::approval::{Kind, Request};
use crate::browser::locale;
use crate::route::Route;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::approval::evidence::{EvidencePanel, Marks};
use crate::view::approval::names::names_of;
use crate::view::approval::ticket::{TicketText, names_ticket};
use crate::view::approval::waiting_time::{Left, Waits};
use crate::view::moment::moment;
use crate::view::part::{Button, ButtonKind, Fact, FactList, Glyph, UserText};

/// Reason, access, times, ticket, IDs.
#[component]
pub fn RequestFacts(
    /// The request.
    request: Request,
    /// It is waiting, so the time left is shown.
    #[prop(into)]
    waiting: Signal<bool>,
    /// The first frame is on screen: the rest may follow.
    painted: ReadSignal<bool>,
) -> impl IntoView {
    let known = StoredValue::new(request.clone());
    let names = Memo::new(move |_| known.with_value(names_of));
    let window = [
        text::approval::length(&request.length, locale::date_time),
        text::approval::start(&request, locale::date_time),
    ]
    .join(", ");
    let policy = request.target.subject().map(|subject| Route::policy(subject).to_string());
    let policy_label = match request.kind() {
        Kind::Group => text::approval::GROUP_POLICY,
        Kind::Role => text::approval::ROLE_POLICY,
    };
    let scope = text::approval::directory_scope(&request.target);
    let asked = request.created_unix_ms.map(moment);
    let ends = request.deadline_unix_ms().is_some();
    let odd = |name, value: &str, usual: &[&str]| {
        let told = !value.is_empty() && !usual.iter().any(|word| word.eq_ignore_ascii_case(value));
        told.then(|| view! { <div><dt>{name}</dt><dd><UserText text=value.to_owned() /></dd></div> })
    };
    view! {
        <Show when=move || waiting.get()><Marks request=known /></Show>
        <Reason text=request.justification.clone() />
        <dl class="request-facts">
            <div>
                <dt>{text::approval::REQUESTER}</dt>
                <dd>
                    <UserText text=Signal::derive(move || names.get().person) />
                    <p class="help"><UserText text=Signal::derive(move || names.get().username) /></p>
                </dd>
            </div>
            <div>
                <dt>{text::approval::ACCESS}</dt>
                <dd>
                    {text::approval::access(&request.target)} " "
                    <UserText text=Signal::derive(move || names.get().target) />
                    {scope.map(|scope| view! { " " <UserText text=scope /> })}
                    {policy.map(|href| view! { <p><a href=href>{policy_label}</a></p> })}
                </dd>
            </div>
            <div><dt>{text::approval::WINDOW}</dt><dd>{window}</dd></div>
            {names_ticket(&request.ticket).then(|| view! {
                <div><dt>{text::approval::TICKET}</dt><dd><TicketText ticket=request.ticket.clone() /></dd></div>
            })}
            <div>
                <dt>{text::approval::ASKED}</dt>
                <dd>
                    {asked}
                    {move || waiting.get().then(|| view! { " – " <Waits request=known.get_value() /> })}
                </dd>
            </div>
            {move || (waiting.get() && ends).then(|| view! {
                <div><dt>{text::approval::LEFT}</dt><dd><Left request=known.get_value() /></dd></div>
            })}
            {odd(text::approval::STATUS, &request.status, &["PendingApproval"])}
            {odd(text::approval::ACTION, &request.action, &["selfActivate"])}
        </dl>
        {move || (painted.get() && waiting.get()).then(|| view! { <EvidencePanel request=known.get_value() /> })}
        {move || painted.get().then(|| view! { <Ids request=known.get_value() /> })}
    }
    .into_any()
}

#[component]
fn Reason(
    /// The requester's words.
    text: String,
) -> impl IntoView {
    if text.trim().is_empty() {
        return view! { <p class="help">{text::approval::NO_REASON}</p> }.into_any();
    }
    let copied = text.clone();
    view! {
        <section class="reason-given">
            <div class="reason-head">
                <h2>{text::approval::REASON}</h2>
                <Button
                    kind=ButtonKind::Quiet
                    glyph=Glyph::Copy
                    on_press=move |()| CopyText::current().copy(&copied, text::approval::REASON_COPIED)
                >
                    {text::approval::COPY_REASON}
                </Button>
            </div>
            <blockquote><UserText text /></blockquote>
        </section>
    }
    .into_any()
}

#[component]
fn Ids(
    /// The request.
    request: Request,
) -> impl IntoView {
    let target = match request.kind() {
        Kind::Group => text::approval::GROUP_ID,
        Kind::Role => text::approval::ROLE_ID,
    };
    let id = |id: Option<&crate::guid::Guid>| id.map(ToString::to_string).unwrap_or_default();
    let facts = [
        (text::approval::REQUEST_ID, request.id.clone()),
        (text::approval::PERSON_ID, id(request.principal_id.as_ref())),
        (target, id(request.target.id())),
    ];
    let all = text::approval::decision::lines(&facts);
    let facts = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| Fact { name: name.to_owned(), value })
        .collect();
    view! {
        <details class="details">
            <summary>{text::approval::IDS}</summary>
            <FactList facts />
            <Button
                kind=ButtonKind::Quiet
                glyph=Glyph::Copy
                on_press=move |()| CopyText::current().copy(&all, text::approval::IDS_COPIED)
            >
                {text::approval::COPY_IDS}
            </Button>
        </details>
    }
    .into_any()
}

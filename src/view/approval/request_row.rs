//! One request in the list.

use leptos::{ev, prelude::*};

use crate::approval::{Decision, Request};
use crate::browser::locale;
use crate::route::Route;
use crate::state::approval::inbox::InboxState;
use crate::state::desk::Desk;
use crate::text;
use crate::view::approval::admin_center::AdminCenter;
use crate::view::approval::evidence::RowMarks;
use crate::view::approval::names::names_of;
use crate::view::approval::queue::Queue;
use crate::view::approval::ticket::{TicketText, names_ticket};
use crate::view::approval::waiting_time::{Left, Waits};
use crate::view::part::{Badge, Button, ButtonKind, TableCell, TableRow, Tone, UserText};

/// A row; a card on narrow screens.
#[component]
pub fn RequestRow(
    /// The request.
    request: Request,
    /// It is the person's own request.
    own: bool,
) -> impl IntoView {
    let queue = Queue::current();
    let id = StoredValue::new(request.id.clone());
    let is = move |which: &Option<String>| id.with_value(|id| which.as_deref() == Some(id));
    let open = Memo::new(move |_| queue.open.with(is));
    let current = Memo::new(move |_| open.get() || queue.current.with(is));
    let gone = Memo::new(move |_| id.with_value(|id| queue.gone.with(|gone| gone.contains(id))));
    let known = StoredValue::new(request.clone());
    let names = Memo::new(move |_| known.with_value(names_of));
    let named = Memo::new(move |_| {
        known.with_value(|request| names.with(|names| text::approval::request_named(request, names)))
    });
    let href = Route::Approval { request: request.id.clone() }.to_string();
    let ticket = request.ticket.clone();
    let access = text::approval::access(&request.target);
    let scope = text::approval::directory_scope(&request.target);
    let (waits, left) = (request.clone(), request.clone());
    let window = [
        text::approval::length(&request.length, locale::date_time),
        text::approval::start(&request, locale::date_time),
    ]
    .join(", ");
    let reason = if request.justification.trim().is_empty() {
        view! { <span class="help">{text::approval::NO_REASON}</span> }.into_any()
    } else {
        view! { <p class="clip"><UserText text=request.justification.clone() /></p> }.into_any()
    };
    view! {
        <TableRow current on_focus=Callback::new(move |()| id.with_value(|id| queue.at(id)))>
            <TableCell>{(!own).then(|| view! { <RowCheck id named /> })}</TableCell>
            <TableCell heads_row=true>
                <a href=href id=id.with_value(|id| Queue::link_id(id)) aria-current=move || open.get().then_some("true")><UserText text=Signal::derive(move || names.get().person) /></a>
                <p class="help"><UserText text=Signal::derive(move || names.get().username) /></p>
            </TableCell>
            <TableCell label=text::approval::ACCESS>
                <div>
                    <p>
                        {access} " " <UserText text=Signal::derive(move || names.get().target) />
                        {scope.map(|scope| view! { " " <UserText text=scope /> })}
                    </p>
                    <RowMarks request=known />
                </div>
            </TableCell>
            <TableCell label=text::approval::REASON>
                <div>
                    {reason}
                    {names_ticket(&ticket).then(|| view! {
                        <p class="help clip-one">{text::approval::TICKET} " " <TicketText ticket /></p>
                    })}
                </div>
            </TableCell>
            <TableCell label=text::approval::WAITS>
                <div class="stack">
                    <p class="help">{window}</p>
                    <Waits request=waits />
                    <Left request=left />
                </div>
            </TableCell>
            <TableCell>
                <RowEnd request named gone own />
            </TableCell>
        </TableRow>
    }
    .into_any()
}

/// Selects the request, if it can be decided.
#[component]
fn RowCheck(
    /// The request's ID.
    id: StoredValue<String>,
    /// Its name among other requests.
    named: Memo<String>,
) -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let free = Memo::new(move |_| id.with_value(|id| queue.selectable.with(|free| free.contains(id))));
    let selected = Memo::new(move |_| id.with_value(|id| inbox.selection.with(|all| all.contains(id))));
    // The click event is used because it says whether Shift was held; the space bar clicks too.
    let clicked = move |event: ev::MouseEvent| {
        let wanted = event_target_checked(&event);
        id.with_value(|id| {
            if event.shift_key() {
                queue.select_range(id, wanted);
            } else {
                inbox.selection.update(|selection| selection.set(id, wanted));
            }
        });
    };
    move || {
        free.get().then(|| {
            view! {
                <input
                    type="checkbox"
                    aria-label=move || named.with(|named| text::approval::inbox::select(named))
                    prop:checked=selected
                    on:click=clicked
                />
            }
        })
    }
}

/// What can be done with it, or why nothing can be.
#[component]
fn RowEnd(
    /// The request.
    request: Request,
    /// Its name among other requests.
    named: Memo<String>,
    /// A later reading no longer contained it.
    gone: Memo<bool>,
    /// It is the person's own request.
    own: bool,
) -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let me = StoredValue::new(Desk::current().account().oid);
    let request = StoredValue::new(request);
    let case = Memo::new(move |_| request.with_value(|request| inbox.decisions.get(&request.id)));
    let open = move |decision| request.with_value(|request| queue.decide(&request.id, decision));
    let button = move |kind, decision| {
        view! {
            <Button kind on_press=move |()| open(decision)>
                {text::approval::decision::button(decision)}
                <span class="unseen">
                    " " {named}
                </span>
            </Button>
        }
    };
    move || {
        if let Some(case) = case.get().filter(|case| !case.is_refused()) {
            inbox.today.track();
            let words = case.outcome().map_or_else(
                || text::approval::decision::sending(case.decision).to_owned(),
                |outcome| {
                    me.with_value(|me| {
                        text::approval::decision::outcome(outcome, case.decision, me, locale::time_or_date)
                    })
                },
            );
            return view! { <span class="row-note">{words}</span> }.into_any();
        }
        if gone.get() {
            return view! { <Badge text=text::approval::GONE /> }.into_any();
        }
        request.with_value(|request| {
            if own {
                view! { <span class="row-note help">{text::approval::OWN_REASON}</span> }.into_any()
            } else if request.is_extension() {
                view! {
                    <div class="extension">
                        <Badge text=text::approval::EXTENSION tone=Tone::Info />
                        <AdminCenter kind=request.kind() quiet=true />
                    </div>
                }
                .into_any()
            } else if let Some(sent) = inbox.decisions.noted(&request.id).filter(|_| request.is_pending()) {
                // It is decided alone: there the form says what to do first.
                inbox.today.track();
                let words =
                    text::approval::decision::sent_before(sent.decision(), &locale::time_or_date(sent.sent_unix_ms));
                let href = Route::Approval { request: request.id.clone() }.to_string();
                view! {
                    <span class="row-note">
                        {words} ". "
                        <a href=href>{text::approval::bulk::OPEN} <span class="unseen">" " {named}</span></a>
                    </span>
                }
                .into_any()
            } else if request.is_pending() {
                view! {
                    <div class="actions">
                        {button(ButtonKind::Danger, Decision::Deny)} {button(ButtonKind::Plain, Decision::Approve)}
                    </div>
                }
                .into_any()
            } else {
                view! { <Badge text=request.status.clone() tone=Tone::Warn /> }.into_any()
            }
        })
    }
}

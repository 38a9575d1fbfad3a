//! One request in the list.

use leptos::prelude::*;

use super::names::told;
use super::ticket::{TicketText, names_ticket};
use super::times::{Left, Waits};
use crate::approval::{Decision, Request};
use crate::browser::locale;
use crate::desk::decide::Outcome;
use crate::route::Route;
use crate::state::decisions::Case;
use crate::state::desk::Desk;
use crate::state::inbox::InboxState;
use crate::state::nav::Nav;
use crate::text;
use crate::text::approval::Told;
use crate::view::part::{Badge, Button, ButtonKind, TableCell, TableRow, Tone, UserText};

/// A row, a card on narrow screens.
#[component]
pub fn RequestRow(
    /// The request.
    request: Request,
    /// Another reading did not hold it any more.
    #[prop(into)]
    gone: Signal<bool>,
    /// It is the person's own.
    own: bool,
) -> impl IntoView {
    let known = StoredValue::new(request.clone());
    let names = Memo::new(move |_| known.with_value(told));
    let href = Route::Approval { request: request.id.clone() }.to_string();
    let ticket = request.ticket.clone();
    let access = text::approval::access(&request.target);
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
        <TableRow>
            <TableCell heads_row=true>
                <a href=href><UserText text=Signal::derive(move || names.get().person) /></a>
                <p class="help"><UserText text=Signal::derive(move || names.get().username) /></p>
            </TableCell>
            <TableCell label=text::approval::ACCESS>
                <div>
                    {access} " "
                    <UserText text=Signal::derive(move || names.get().target) />
                    <p class="help">{window}</p>
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
                    <Waits request=waits />
                    <Left request=left />
                </div>
            </TableCell>
            <TableCell>
                <RowEnd request names gone own />
            </TableCell>
        </TableRow>
    }
    .into_any()
}

/// What can be done with it, or why nothing can.
#[component]
fn RowEnd(
    /// The request.
    request: Request,
    /// Its names.
    names: Memo<Told>,
    /// Another reading did not hold it any more.
    gone: Signal<bool>,
    /// It is the person's own.
    own: bool,
) -> impl IntoView {
    let (inbox, nav) = (InboxState::current(), Nav::current());
    let me = StoredValue::new(Desk::current().account().oid);
    let request = StoredValue::new(request);
    let case = Memo::new(move |_| request.with_value(|request| inbox.decisions.get(&request.id)));
    let open = move |decision| {
        request.with_value(|request| {
            inbox.come_for(&request.id, decision);
            nav.go(&Route::Approval { request: request.id.clone() });
        });
    };
    let button = move |kind, decision| {
        view! {
            <Button kind on_press=move |()| open(decision)>
                {text::decision::button(decision)}
                <span class="unseen">
                    {move || names.with(|names| [" ", &names.person, " → ", &names.target].concat())}
                </span>
            </Button>
        }
    };
    move || {
        let refused = |case: &Case| matches!(case.outcome(), Some(Outcome::Refused(_)));
        if let Some(case) = case.get().filter(|case| !refused(case)) {
            let words = case.outcome().map_or_else(
                || text::decision::sending(case.decision).to_owned(),
                |outcome| me.with_value(|me| text::decision::outcome(outcome, case.decision, me, locale::time_of_day)),
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
                view! { <Badge text=text::approval::EXTENSION tone=Tone::Info /> }.into_any()
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

//! The ticket a requester named.

use leptos::prelude::*;

use crate::approval::Ticket;
use crate::view::part::UserText;

/// Whether there is one to show.
pub fn names_ticket(ticket: &Ticket) -> bool {
    [&ticket.number, &ticket.system].into_iter().any(|text| !text.trim().is_empty())
}

/// Number and system, isolated so that they cannot reverse the text around them, as users write them. Never a link.
#[component]
pub fn TicketText(
    /// The ticket.
    ticket: Ticket,
) -> impl IntoView {
    let Ticket { number, system } = ticket;
    if number.trim().is_empty() || system.trim().is_empty() {
        return view! { <UserText text=[number, system].concat() /> }.into_any();
    }
    view! { <UserText text=number /> " (" <UserText text=system /> ")" }.into_any()
}

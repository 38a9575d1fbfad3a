//! The way to what Graph cannot decide.

use leptos::prelude::*;

use crate::approval::Kind;
use crate::route::portal;
use crate::state::desk::Desk;
use crate::text;
use crate::view::part::{ButtonKind, ButtonLink};

/// Leads to the admin center's page of requests to approve.
#[component]
pub fn AdminCenter(
    /// Which of its two pages.
    kind: Kind,
    /// It stands in a row: no border.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let href = portal::requests(&Desk::current().session().config().endpoints.portal, kind);
    let weight = if quiet { ButtonKind::Quiet } else { ButtonKind::Plain };
    view! { <ButtonLink href kind=weight external=true>{text::approval::ADMIN_CENTRE}</ButtonLink> }.into_any()
}

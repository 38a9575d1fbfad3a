//! The link for what Graph cannot decide.

use leptos::prelude::*;

use crate::approval::Kind;
use crate::route::portal;
use crate::state::desk::Desk;
use crate::text;
use crate::view::part::{ButtonKind, ButtonLink};

/// Link to the admin center's page for approving requests.
#[component]
pub fn AdminCenter(
    /// Which of its two pages to open.
    kind: Kind,
    /// It is in a row, so it has no border.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let href = portal::requests(&Desk::current().session().config().endpoints.portal, kind);
    let weight = if quiet { ButtonKind::Quiet } else { ButtonKind::Plain };
    view! { <ButtonLink href kind=weight external=true>{text::approval::ADMIN_CENTRE}</ButtonLink> }.into_any()
}

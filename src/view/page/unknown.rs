//! An address that leads nowhere.

use leptos::prelude::*;

use crate::route::Route;
use crate::state::frame::heading::name_page;
use crate::text;
use crate::view::part::{ButtonLink, PageHeader, UserText};

/// How much of an address is shown.
const SHOWN: usize = 200;

/// Says so, without calling Graph.
#[component]
pub fn UnknownPage(
    /// The address, without `#`.
    address: String,
) -> impl IntoView {
    let heading = name_page(text::page::UNKNOWN_TITLE);
    let mut shown: String = std::iter::once('#').chain(address.chars()).take(SHOWN).collect();
    if shown.len() <= address.len() {
        shown.push('…');
    }
    view! {
        <PageHeader title=heading />
        <div class="form">
            <p>{text::page::UNKNOWN_TEXT}</p>
            <p class="help">
                <UserText text=shown />
            </p>
            <p class="actions">
                <ButtonLink href=Route::HOME.to_string()>{text::page::TO_GROUPS}</ButtonLink>
                <ButtonLink href=Route::APPROVALS.to_string()>{text::page::TO_APPROVALS}</ButtonLink>
            </p>
        </div>
    }
}

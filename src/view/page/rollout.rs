//! A change for many policies: `#/rollout`.

use leptos::prelude::*;

use crate::state::heading::name_view;
use crate::text;
use crate::view::part::PageHeader;

/// The page.
#[component]
pub fn RolloutPage() -> impl IntoView {
    let title = Signal::stored(text::rollout::TITLE.to_owned());
    name_view(title, title);
    view! {
        <PageHeader title />
    }
    .into_any()
}

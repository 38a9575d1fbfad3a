//! What would not work, over all policies: `#/dead-ends`.

use leptos::prelude::*;

use crate::state::heading::name_view;
use crate::text;
use crate::view::many::ManyTabs;
use crate::view::part::PageHeader;

/// The page.
#[component]
pub fn DeadEndsPage() -> impl IntoView {
    let title = Signal::stored(text::dead_ends::TITLE.to_owned());
    name_view(title, title);
    view! {
        <PageHeader title />
        <ManyTabs />
    }
    .into_any()
}

//! Policies kept in a file, and what changed since: `#/snapshots`.

use leptos::prelude::*;

use crate::state::heading::name_view;
use crate::text;
use crate::view::many::ManyTabs;
use crate::view::part::PageHeader;

/// The page.
#[component]
pub fn SnapshotsPage() -> impl IntoView {
    let title = Signal::stored(text::snapshots::TITLE.to_owned());
    name_view(title, title);
    view! {
        <PageHeader title />
        <ManyTabs />
    }
    .into_any()
}

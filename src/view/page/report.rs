//! Which policy meets which line of a baseline: `#/report`.

use leptos::prelude::*;

use crate::state::heading::name_view;
use crate::text;
use crate::view::many::ManyTabs;
use crate::view::part::PageHeader;

/// The page.
#[component]
pub fn ReportPage() -> impl IntoView {
    let title = Signal::stored(text::report::TITLE.to_owned());
    name_view(title, title);
    view! {
        <PageHeader title />
        <ManyTabs />
    }
    .into_any()
}

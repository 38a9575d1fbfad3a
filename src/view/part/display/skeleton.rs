//! Placeholders in the shape of what is being read.

use leptos::prelude::*;

use crate::view::part::words;

/// What the content will look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkeletonShape {
    /// Setting rows: label and help left, control right.
    Settings,
    /// Table rows.
    Table,
    /// A page title with a line below.
    Header,
}

impl SkeletonShape {
    const fn class(self) -> &'static str {
        match self {
            Self::Settings => "skeleton of-settings",
            Self::Table => "skeleton of-table",
            Self::Header => "skeleton of-header",
        }
    }
}

/// Appears after 150 ms, so that quick answers do not flicker.
#[component]
pub fn Skeleton(
    /// Its shape.
    shape: SkeletonShape,
    /// How many rows.
    #[prop(default = 4)]
    rows: usize,
) -> impl IntoView {
    let rows = (0..rows)
        .map(|_| view! { <div class="skeleton-row"><span></span><span></span><span></span></div> })
        .collect_view();
    view! {
        <div class=shape.class() aria-hidden="true">
            {rows}
        </div>
        <p class="unseen" role="status">{words::LOADING}</p>
    }
    .into_any()
}

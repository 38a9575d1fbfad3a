//! What was picked: its name, what is wrong with it, and the way to pick another.

use leptos::prelude::*;

use crate::view::part::{Button, ButtonKind, Skeleton, SkeletonShape, UserText};

/// Takes the place of the search once something is picked.
#[component]
pub fn Picked(
    /// Its name; `None` while it is being read.
    #[prop(into)]
    name: Signal<Option<String>>,
    /// Where it is shown, if anywhere.
    #[prop(optional_no_strip)]
    href: Option<String>,
    /// Words of the button that brings the search back.
    another: &'static str,
    /// The search is wanted back.
    #[prop(into)]
    on_another: Callback<()>,
    /// What is wrong with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let head = move || match (name.get(), href.clone()) {
        (None, _) => view! { <Skeleton shape=SkeletonShape::Header /> }.into_any(),
        (Some(name), None) => view! {
            <p class="compare-name">
                <UserText text=name />
            </p>
        }
        .into_any(),
        (Some(name), Some(href)) => view! {
            <p class="compare-name">
                <a href=href>
                    <UserText text=name />
                </a>
            </p>
        }
        .into_any(),
    };
    view! {
        {head}
        {children.map(|children| children())}
        <div class="actions">
            <Button kind=ButtonKind::Quiet on_press=on_another>
                {another}
            </Button>
        </div>
    }
    .into_any()
}

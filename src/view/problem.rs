//! A problem on the page: what happened, what to do, and what support asks for.

mod access;
mod list;

use leptos::prelude::*;

pub use self::access::AccessTrouble;
pub use self::list::Trouble;
use crate::problem::Problem;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, ErrorPanel, Fact};

/// The panel. Pass `on_retry` if trying again is possible; the button shows only if the problem allows it too.
#[component]
pub fn ProblemPanel(
    /// The problem.
    problem: Problem,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// More buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let report = problem.report();
    let facts =
        problem.facts.iter().map(|(name, value)| Fact { name: (*name).to_owned(), value: value.clone() }).collect();
    let retry = on_retry.filter(|_| problem.retry);
    view! {
        <ErrorPanel
            title=problem.title
            detail=problem.detail
            next_step=problem.next_step
            facts
            on_copy=Callback::new(move |()| CopyText::current().copy(&report, text::page::DETAILS_COPIED))
        >
            {retry.map(|retry| view! { <Button on_press=retry>{text::page::TRY_AGAIN}</Button> })}
            {children.map(|children| children())}
        </ErrorPanel>
    }
    .into_any()
}

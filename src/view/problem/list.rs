//! A list that could not be read.

use leptos::prelude::*;

use crate::graph::Error;
use crate::problem::Problem;
use crate::view::problem::ProblemPanel;
use crate::view::sign_in_again::sign_in_of;

/// The problem, with what may help: trying again or signing in.
#[component]
pub fn Trouble(
    /// What to show.
    problem: Problem,
    /// The error behind it.
    error: Error,
    /// Reads again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let sign_in = sign_in_of(&error);
    view! { <ProblemPanel problem on_retry>{sign_in}</ProblemPanel> }.into_any()
}

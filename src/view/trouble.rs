//! A list that could not be read.

use leptos::prelude::*;

use crate::graph::Error;
use crate::problem::Problem;
use crate::view::problem::ProblemPanel;
use crate::view::sign_in::SignInAgain;

/// The problem, with what may help: trying again or signing in.
#[component]
pub fn Trouble(
    /// What to tell.
    problem: Problem,
    /// The error behind it.
    error: Error,
    /// Reads again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let needed = if let Error::SignIn(needed) = error { Some(*needed) } else { None };
    view! {
        <ProblemPanel problem on_retry>
            {needed.map(|needed| view! { <SignInAgain needed /> })}
        </ProblemPanel>
    }
    .into_any()
}

//! The button that signs the same person in again, for what a job needs.

use leptos::prelude::*;

use crate::auth::session::SignInNeeded;
use crate::state::session::SessionState;
use crate::text;
use crate::view::part::{Button, ButtonKind};

/// Leaves for the sign-in page and comes back to this address; what was entered is kept.
#[component]
pub fn SignInAgain(
    /// What the sign-in must bring.
    needed: SignInNeeded,
) -> impl IntoView {
    needed.sign_in_helps().then(|| {
        view! {
            <Button
                kind=ButtonKind::Primary
                on_press=Callback::new(move |()| SessionState::current().sign_in_again(&needed))
            >
                {text::page::SIGN_IN_AGAIN}
            </Button>
        }
    })
}

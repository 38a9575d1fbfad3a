//! The buttons that sign the same person in again: for what a job needs, and so that a role counts.

use leptos::prelude::*;

use crate::auth::scope::Scope;
use crate::auth::session::SignInNeeded;
use crate::graph::Error;
use crate::state::desk::Desk;
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
                on_press=Callback::new(move |()| SessionState::current().sign_in_again(needed.clone(), None))
            >
                {text::page::SIGN_IN_AGAIN}
            </Button>
        }
    })
}

/// The way to sign in again, where that is what an error asks for.
pub fn sign_in_of(error: &Error) -> Option<AnyView> {
    let Error::SignIn(needed) = error else { return None };
    Some(view! { <SignInAgain needed=(**needed).clone() /> }.into_any())
}

/// The same where Graph refused: a role that was activated meanwhile counts after it.
#[component]
pub fn SignInForRights(
    /// The permissions of what was refused.
    scopes: &'static [Scope],
) -> impl IntoView {
    let (session, desk) = (SessionState::current(), Desk::current());
    let again = Callback::new(move |()| session.sign_in_again(desk.session().anew(scopes), None));
    view! { <Button on_press=again>{text::page::SIGN_IN_AS_BEFORE}</Button> }
}

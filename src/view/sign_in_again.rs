//! The buttons that sign the same person in again: for permissions a job needs, or so that an activated role takes
//! effect.

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
    /// What the sign-in must provide.
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

/// The button to sign in again, if that is what an error asks for.
pub fn sign_in_of(error: &Error) -> Option<AnyView> {
    match error {
        Error::SignIn(needed) => Some(view! { <SignInAgain needed=(**needed).clone() /> }.into_any()),
        Error::Refused(refusal) if refusal.asks_for_step_up() => {
            Some(view! { <SignInForRights scopes=&[] claims=refusal.claims() /> }.into_any())
        }
        _ => None,
    }
}

/// The same after a refusal by Graph: a role that was activated since then takes effect.
#[component]
pub fn SignInForRights(
    /// The permissions of the refused call.
    scopes: &'static [Scope],
    /// The claims that it asked for (JSON text).
    claims: Option<String>,
) -> impl IntoView {
    let (session, desk) = (SessionState::current(), Desk::current());
    let again = Callback::new(move |()| {
        let anew = desk.session().anew(scopes);
        session.sign_in_again(SignInNeeded { claims: claims.clone().or(anew.claims), ..anew }, None);
    });
    view! { <Button on_press=again>{text::page::SIGN_IN_AS_BEFORE}</Button> }
}

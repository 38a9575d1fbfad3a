//! An error of a policy or a request that depends on who is asking, and in which tenant: it says so, and offers ways to
//! ask differently.

use leptos::prelude::*;

use crate::graph::{Error, Refusal};
use crate::route::portal;
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::state::frame::tenant_name::TenantName;
use crate::text;
use crate::text::problem::{Asked, Doing, asked};
use crate::view::part::{Button, ButtonLink};
use crate::view::problem::ProblemPanel;
use crate::view::shell::account::WaysOut;
use crate::view::sign_in_again::{SignInAgain, SignInForRights};

/// The panel. A refusal leads to the person's roles in PIM and to a sign-in after which they take effect; what was not
/// found when it was opened, to another account.
#[component]
pub fn AccessTrouble(
    /// What Graph answered.
    error: Error,
    /// What the person was doing.
    doing: Doing,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// More buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (desk, ways_out) = (Desk::current(), WaysOut::current());
    let (account, tenant) = (desk.account(), provided::<TenantName>().0.get_untracked());
    let problem = asked(&error, doing, &Asked { username: &account.username, tenant: &tenant });
    let claims = error.refusal().and_then(Refusal::claims);
    let ways = match error {
        Error::SignIn(needed) => view! { <SignInAgain needed=*needed /> }.into_any(),
        error if error.is_forbidden() && problem.sign_in => view! {
            <SignInForRights scopes=doing.takes() claims />
            <ButtonLink href=portal::own_roles(&desk.session().config().endpoints.portal) external=true>
                {text::page::OWN_ROLES}
            </ButtonLink>
        }
        .into_any(),
        _ if problem.sign_in => view! { <SignInForRights scopes=doing.takes() claims /> }.into_any(),
        error if error.status() == Some(404) && !doing.saves() => view! {
            <Button on_press=move |()| ways_out.switch_account()>{text::page::SWITCH_ACCOUNT}</Button>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let children = children.map(|children| children());
    // A button only if there is something to retry.
    match on_retry {
        Some(on_retry) => view! { <ProblemPanel problem on_retry>{ways} {children}</ProblemPanel> }.into_any(),
        None => view! { <ProblemPanel problem>{ways} {children}</ProblemPanel> }.into_any(),
    }
}

//! Nobody is signed in.

use std::rc::Rc;

use leptos::prelude::*;

use crate::auth::explain::{Explanation, Step};
use crate::config::Config;
use crate::state::clip::CopyText;
use crate::state::session::SessionState;
use crate::text;
use crate::view::part::{Button, ButtonKind, ButtonLink, Frame, PageHeader};
use crate::view::problem::ProblemPanel;

/// Offers to sign in, and says why signing in did not work, where it did not.
#[component]
pub fn SignInPage(
    /// The installation.
    config: Rc<Config>,
    /// Why the person is here.
    why: Option<Box<Explanation>>,
) -> impl IntoView {
    let session = SessionState::current();
    crate::browser::document::set_title(text::page::PRODUCT);
    let product = config.title.clone().unwrap_or_else(|| text::page::PRODUCT.to_owned());
    let support = config.support_url.clone();
    let explained = why.map(|why| {
        let extra = step(why.step);
        view! { <ProblemPanel problem=why.problem>{extra}</ProblemPanel> }
    });
    view! {
        <Frame product=product.clone() home="#/">
            <PageHeader title=text::page::SIGN_IN_TITLE />
            {explained}
            <div class="form sign-in">
                <p>{text::page::SIGN_IN_TEXT}</p>
                <p class="help">{text::page::SIGN_IN_SCOPES}</p>
                <p class="actions">
                    <Button kind=ButtonKind::Primary on_press=move |()| session.sign_in(false)>
                        {text::page::SIGN_IN}
                    </Button>
                    <Button on_press=move |()| session.sign_in(true)>{text::page::OTHER_ACCOUNT}</Button>
                    {support.map(|href| view! {
                        <ButtonLink href kind=ButtonKind::Quiet external=true>{text::page::SUPPORT}</ButtonLink>
                    })}
                </p>
            </div>
        </Frame>
    }
}

/// The way out beside the text, where it is more than signing in.
fn step(step: Step) -> Option<AnyView> {
    match step {
        Step::AdminConsent { url, .. } => {
            let copied = url.clone();
            Some(
                view! {
                    <ButtonLink href=url external=true>{text::page::ADMIN_CONSENT}</ButtonLink>
                    <Button on_press=move |()| CopyText::current().copy(&copied, text::page::LINK_COPIED)>
                        {text::page::COPY_FOR_ADMIN}
                    </Button>
                }
                .into_any(),
            )
        }
        Step::RegisterRedirect { uri } => Some(
            view! {
                <Button on_press=move |()| CopyText::current().copy(&uri, text::page::ADDRESS_COPIED)>
                    {text::page::COPY_REDIRECT}
                </Button>
            }
            .into_any(),
        ),
        _ => None,
    }
}

//! The sign-in page, shown while nobody is signed in.

use std::rc::Rc;

use leptos::prelude::*;

use crate::auth::left::Left;
use crate::auth::trouble::{NextStep, SignInTrouble};
use crate::config::Config;
use crate::state::frame::clip::CopyText;
use crate::state::session::SessionState;
use crate::state::session::unsent::Unsent;
use crate::text;
use crate::view::part::{Button, ButtonKind, ButtonLink, Frame, Notice, PageHeader, Tone};
use crate::view::problem::ProblemPanel;

/// Offers to sign in, and says why signing in failed, if it did.
#[component]
pub fn SignInPage(
    /// The installation.
    config: Rc<Config>,
    /// Why the person is on this page.
    why: Option<Box<SignInTrouble>>,
) -> impl IntoView {
    let session = SessionState::current();
    crate::browser::document::set_title(text::page::PRODUCT);
    let product = config.title.clone().unwrap_or_else(|| text::page::PRODUCT.to_owned());
    let support = config.support_url.clone();
    let explained = why.map(|why| {
        let problem = text::sign_in::problem(&why);
        let extra = step(why.step);
        view! { <ProblemPanel problem>{extra}</ProblemPanel> }
    });
    view! {
        <Frame product=product.clone() home="#/">
            <PageHeader title=text::page::SIGN_IN_TITLE />
            {explained}
            {move || session.left.get().map(|(left, unsent)| left_behind(session, &left, unsent))}
            <div class="form sign-in">
                <p>{text::page::SIGN_IN_TEXT}</p>
                <p class="help">{text::page::SIGN_IN_SCOPES}</p>
                <p class="actions">
                    <Show when=move || session.left.with(Option::is_none)>
                        <Button kind=ButtonKind::Primary on_press=move |()| session.sign_in(false)>
                            {text::page::SIGN_IN}
                        </Button>
                        <Button on_press=move |()| session.sign_in(true)>{text::page::SWITCH_ACCOUNT}</Button>
                    </Show>
                    {support.map(|href| view! {
                        <ButtonLink href kind=ButtonKind::Quiet external=true>{text::page::SUPPORT}</ButtonLink>
                    })}
                </p>
            </div>
        </Frame>
    }
}

/// What was typed in this tab and not sent. Until it is discarded, only the account that typed it is offered to sign
/// in.
fn left_behind(session: SessionState, left: &Left, unsent: Unsent) -> AnyView {
    let title = if left.elsewhere { text::page::LEFT_ELSEWHERE } else { text::page::LEFT };
    let username = left.username.as_deref();
    let words = text::page::left(username, unsent.policies, unsent.justifications, unsent.chosen);
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary on_press=move |()| session.sign_in_to_what_is_left()>
                {text::page::SIGN_IN_AS_BEFORE}
            </Button>
            <Button kind=ButtonKind::Danger on_press=move |()| session.discard_what_is_left()>
                {text::page::DISCARD}
            </Button>
        }
    };
    view! { <Notice tone=Tone::Warn title actions>{words}</Notice> }.into_any()
}

/// The way out beside the text, if it is more than signing in.
fn step(step: NextStep) -> Option<AnyView> {
    match step {
        NextStep::AdminConsent { url, .. } => {
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
        NextStep::RegisterRedirect { uri } => Some(
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

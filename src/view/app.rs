//! The whole page: starting, setting up, signing in, or the app.

use leptos::prelude::*;

use super::page::set_up::SetUpPage;
use super::page::sign_in::SignInPage;
use super::shell::{Shell, fetch_ahead};
use crate::browser::page::Arrival;
use crate::browser::{document, event, focus, page, pointer, stopped};
use crate::state::frame::clip::CopyText;
use crate::state::frame::notice::Notices;
use crate::state::frame::time::Now;
use crate::state::session::{Gate, SessionState};
use crate::text;
use crate::view::part::{Announcer, DialogNews, Toasts};

/// Starts the page. An authorization answer leaves the address bar before anything else happens.
pub fn start() {
    stopped::install();
    focus::hold();
    pointer::watch();
    let arrival = page::arrive();
    if let Some(root) = document::app_root() {
        leptos::mount::mount_to(root, move || view! { <App arrival /> }).forget();
    }
}

#[component]
fn App(
    /// The address when the page started.
    arrival: Arrival,
) -> impl IntoView {
    let notices = Notices::new();
    let session = SessionState::start(arrival, fetch_ahead());
    provide_context(notices);
    provide_context(DialogNews(notices.toasts));
    provide_context(CopyText::new(notices));
    provide_context(session);
    provide_context(Now::start());
    let newer = move || {
        notices.offer(text::page::NEWER, text::set_up::RELOAD, Callback::new(|()| page::reload()));
    };
    event::on_newer_version(newer).forever();
    view! {
        {move || match session.gate() {
            Gate::Wait => {
                view! {
                    <main class="boot">
                        <p class="boot-name">{text::page::PRODUCT}</p>
                        <p role="status">{text::page::SIGNING_IN}</p>
                    </main>
                }
                .into_any()
            }
            Gate::SetUp { error, redirect_uri } => view! { <SetUpPage error redirect_uri /> }.into_any(),
            Gate::Out { config, why } => view! { <SignInPage config why /> }.into_any(),
            Gate::In(session) => view! { <Shell session /> }.into_any(),
        }}
        <Toasts
            items=notices.toasts
            on_close=move |key| notices.close(key)
            on_hold=move |held| notices.held.set(held)
        />
        <Announcer news=notices.polite />
    }
}

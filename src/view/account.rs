//! The account in the head of the page, and the question before the session is left while something is being saved.

use leptos::prelude::*;

use crate::browser::theme;
use crate::state::desk::Desk;
use crate::state::nav::Nav;
use crate::state::session::SessionState;
use crate::text;
use crate::view::part::{AccountMenu, Button, ButtonKind, Dialog, DialogFocus, Theme};

/// A way out of the session.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    SignOut,
    SignOutEverywhere,
    SwitchAccount,
}

impl Way {
    fn go(self) {
        let session = SessionState::current();
        match self {
            Self::SignOut => session.sign_out(false),
            Self::SignOutEverywhere => session.sign_out(true),
            Self::SwitchAccount => session.switch_account(),
        }
    }
}

/// The account.
#[component]
pub fn Account(
    /// Who is signed in.
    desk: Desk,
    /// The tenant's name.
    tenant: RwSignal<String>,
    /// The way out that was chosen while something is being saved.
    way_out: RwSignal<Option<WayOut>>,
) -> impl IntoView {
    let nav = Nav::current();
    let account = desk.account();
    let shown = RwSignal::new(theme::chosen().map_or(Theme::System, |name| Theme::from_key(&name)));
    let choose = move |wanted: Theme| {
        theme::choose((wanted != Theme::System).then(|| wanted.key()));
        shown.set(wanted);
    };
    let leave = move |way: Way| {
        if nav.is_saving() {
            way_out.set(Some(WayOut(way)));
        } else {
            way.go();
        }
    };
    view! {
        <AccountMenu
            person=account.name
            sign_in_name=account.username
            tenant
            theme=shown
            on_theme=choose
            on_sign_out=move |()| leave(Way::SignOut)
        >
            <Button kind=ButtonKind::Quiet on_press=move |()| leave(Way::SwitchAccount)>
                {text::page::SWITCH_ACCOUNT}
            </Button>
            <Button kind=ButtonKind::Quiet on_press=move |()| leave(Way::SignOutEverywhere)>
                {text::page::SIGN_OUT_EVERYWHERE}
            </Button>
        </AccountMenu>
    }
    .into_any()
}

/// A way out that waits for the person's word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WayOut(Way);

/// Asked before a session is left in which something is being saved.
#[component]
pub fn WayOutDialog(
    /// The way out that was chosen.
    way_out: RwSignal<Option<WayOut>>,
) -> impl IntoView {
    let waits = RwSignal::new(false);
    let open = Signal::derive(move || way_out.with(Option::is_some));
    // Once it was said, the page leaves as soon as it may.
    let stay = move || {
        if !waits.get_untracked() {
            way_out.set(None);
        }
    };
    let leave = move |()| {
        if let Some(WayOut(way)) = way_out.get_untracked() {
            waits.set(true);
            way.go();
        }
    };
    let stopping = Signal::derive(move || waits.get().then(|| text::page::FINISHING.to_owned()));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Danger busy=waits on_press=leave>{text::page::FINISH_AND_LEAVE}</Button>
            <Button kind=ButtonKind::Primary first_focus=true disabled_reason=stopping on_press=move |()| stay()>
                {text::page::STAY}
            </Button>
        }
    };
    view! {
        <Dialog
            open
            title=Signal::stored(text::page::SAVING_TITLE.to_owned())
            on_close=Callback::new(move |()| stay())
            focus=DialogFocus::Marked
            footer
        >
            <p>{text::page::SAVING_HELP}</p>
            <p class="help" role="status">{stopping}</p>
        </Dialog>
    }
    .into_any()
}

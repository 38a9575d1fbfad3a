//! The account in the page's header, and the questions before the session is left: while something is being saved or
//! decided, and if typed text would be lost.

use leptos::prelude::*;

use crate::browser::theme;
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::state::frame::nav::Nav;
use crate::state::session::SessionState;
use crate::state::session::unsent::Unsent;
use crate::text;
use crate::view::part::{AccountMenu, Button, ButtonKind, Dialog, DialogFocus, Theme};

/// A way of leaving the session.
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
) -> impl IntoView {
    let ways = WaysOut::current();
    let account = desk.account();
    let shown = RwSignal::new(theme::chosen().map_or(Theme::System, |name| Theme::from_key(&name)));
    let choose = move |wanted: Theme| {
        theme::choose((wanted != Theme::System).then(|| wanted.key()));
        shown.set(wanted);
    };
    view! {
        <AccountMenu
            person=account.name
            sign_in_name=account.username
            tenant
            theme=shown
            on_theme=choose
            on_sign_out=move |()| ways.leave(Way::SignOut)
        >
            <Button kind=ButtonKind::Quiet on_press=move |()| ways.switch_account()>
                {text::page::SWITCH_ACCOUNT}
            </Button>
            <Button kind=ButtonKind::Quiet on_press=move |()| ways.leave(Way::SignOutEverywhere)>
                {text::page::SIGN_OUT_EVERYWHERE}
            </Button>
        </AccountMenu>
    }
    .into_any()
}

/// A way of leaving that waits for the person's confirmation.
#[derive(Clone, Copy, PartialEq, Eq)]
struct WayOut(Way, Why);

/// The ways of leaving the session; a context.
#[derive(Clone, Copy)]
pub struct WaysOut {
    desk: Desk,
    nav: Nav,
    /// The way of leaving that waits for the person's confirmation.
    asks: RwSignal<Option<WayOut>>,
}

impl WaysOut {
    /// For one session.
    pub fn new(desk: Desk, nav: Nav) -> Self {
        Self { desk, nav, asks: RwSignal::new(None) }
    }

    /// Those of the page's session.
    pub fn current() -> Self {
        provided()
    }

    /// Leaves to sign in as someone else and come back to this address; asks first if that would lose something.
    pub fn switch_account(self) {
        self.leave(Way::SwitchAccount);
    }

    fn leave(self, way: Way) {
        let losing = Unsent::of(&self.desk.account().identity(), untrack(|| self.nav.unsaved()) > 0);
        let why = if self.nav.is_saving() {
            Why::Saving(losing)
        } else if self.nav.is_deciding() {
            Why::Deciding(losing)
        } else if losing.is_nothing() {
            return way.go();
        } else {
            Why::Losing(losing)
        };
        self.asks.set(Some(WayOut(way, why)));
    }
}

/// Why it waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Something is being saved, and this would be lost.
    Saving(Unsent),
    /// A decision is being sent, and this would be lost.
    Deciding(Unsent),
    /// This would be lost.
    Losing(Unsent),
}

/// Asked before leaving a session in which something is being saved or decided, or was typed and not sent.
#[component]
pub fn WayOutDialog() -> impl IntoView {
    let way_out = WaysOut::current().asks;
    let waits = RwSignal::new(false);
    let open = Signal::derive(move || way_out.with(Option::is_some));
    // The question stays while the dialog closes.
    let why = Memo::new(move |before: Option<&Why>| {
        way_out.get().map(|WayOut(_, why)| why).or(before.copied()).unwrap_or(Why::Losing(Unsent::default()))
    });
    let at_work = Memo::new(move |_| !matches!(why.get(), Why::Losing(_)));
    // Once confirmed, the page leaves as soon as it may.
    let stay = move || {
        if !waits.get_untracked() {
            way_out.set(None);
        }
    };
    let leave = move |()| {
        if let Some(WayOut(way, _)) = way_out.get_untracked() {
            waits.set(true);
            way.go();
        }
    };
    let stopping = Signal::derive(move || (waits.get() && at_work.get()).then(|| text::page::FINISHING.to_owned()));
    let title = move || {
        match why.get() {
            Why::Saving(_) => text::page::SAVING_TITLE,
            Why::Deciding(_) => text::page::DECIDING_TITLE,
            Why::Losing(_) => text::page::LOSING_TITLE,
        }
        .to_owned()
    };
    let work = move || match why.get() {
        Why::Saving(_) => Some(text::page::SAVING_HELP),
        Why::Deciding(_) => Some(text::page::DECIDING_HELP),
        Why::Losing(_) => None,
    };
    let lost = move || {
        let (Why::Saving(lost) | Why::Deciding(lost) | Why::Losing(lost)) = why.get();
        (!lost.is_nothing()).then(|| text::page::losing(lost.policies, lost.justifications, lost.chosen))
    };
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Danger busy=waits on_press=leave>
                {move || if at_work.get() { text::page::FINISH_AND_LEAVE } else { text::page::LEAVE_DISCARD }}
            </Button>
            <Button kind=ButtonKind::Primary first_focus=true disabled_reason=stopping on_press=move |()| stay()>
                {text::page::STAY}
            </Button>
        }
    };
    view! {
        <Dialog
            open
            title=Signal::derive(title)
            on_close=Callback::new(move |()| stay())
            focus=DialogFocus::Marked
            footer
        >
            {move || work().map(|words| view! { <p>{words}</p> })}
            {move || lost().map(|words| view! { <p>{words}</p> })}
            <p class="help" role="status">{stopping}</p>
        </Dialog>
    }
    .into_any()
}

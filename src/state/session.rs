//! Who is signed in, from the page's first moment to its last.

pub mod leaving;
pub mod unsent;

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::leaving::WindUp;
use self::unsent::Unsent;
use super::context::provided;
use crate::auth::account::Identity;
use crate::auth::departure::Ask;
use crate::auth::extras::Extra;
use crate::auth::left::Left;
use crate::auth::session::SignInNeeded;
use crate::auth::trouble::SignInTrouble;
use crate::browser::page::Arrival;
use crate::browser::sign_in::{self, Entered, Session};
use crate::browser::{broadcast, event, page};
use crate::config::{Config, ConfigError};
use crate::state::desk::BrowserSession;
use crate::text;

/// What the page may show.
#[derive(Clone)]
pub enum Gate {
    /// Starting, or returning silently.
    Wait,
    /// The installation is not set up.
    SetUp {
        /// What is wrong with `config.json`.
        error: ConfigError,
        /// The redirect address to register.
        redirect_uri: String,
    },
    /// Nobody is signed in.
    Out {
        /// The installation.
        config: Rc<Config>,
        /// Why, if there is something to explain.
        why: Option<Box<SignInTrouble>>,
    },
    /// Someone is signed in.
    In(Rc<BrowserSession>),
}

/// The gate, and the ways through it. Once someone is in, it never closes while the page lives: signing out reloads the
/// page, so that nothing of the session is left in memory and no running job finds its view gone.
#[derive(Clone, Copy)]
pub struct SessionState {
    gate: RwSignal<Gate, LocalStorage>,
    /// Why leaving for the sign-in page failed, if it did.
    pub trouble: RwSignal<Option<String>>,
    /// What someone typed in this tab and did not send before their session ended, while nobody is signed in.
    pub left: RwSignal<Option<(Left, Unsent)>>,
    winds_up: StoredValue<Option<WindUp>, LocalStorage>,
    /// Who signed out in other tabs while this one was starting.
    gone: StoredValue<Vec<Identity>, LocalStorage>,
}

impl SessionState {
    /// Starts from the address that the page was opened with. `meanwhile` runs while an answer is redeemed.
    pub fn start(arrival: Arrival, meanwhile: impl Future<Output = ()> + 'static) -> Self {
        let state = Self {
            gate: RwSignal::new_local(Gate::Wait),
            trouble: RwSignal::new(None),
            left: RwSignal::new(None),
            winds_up: StoredValue::new_local(None),
            gone: StoredValue::new_local(Vec::new()),
        };
        spawn_local(async move { state.entered(sign_in::enter(arrival, meanwhile).await) });
        if let Some(listening) = broadcast::on_signed_out(move |who| match state.gate.get_untracked() {
            Gate::In(session) if session.account().identity() == who => {
                state.after_winding_up(true, move || leave_as_elsewhere(&session));
            }
            Gate::In(_) => {}
            _ => state.gone.update_value(|gone| gone.push(who)),
        }) {
            listening.forever();
        }
        // A page from the back/forward cache may show data of a session that has ended since.
        event::on_restored(page::reload).forever();
        state
    }

    /// The page's session.
    pub fn current() -> Self {
        provided()
    }

    /// What the page may show; views follow it.
    pub fn gate(self) -> Gate {
        self.gate.get()
    }

    /// Sets how what is being saved is ended before the session is left.
    pub fn winds_up_by(self, wind_up: WindUp) {
        self.winds_up.set_value(Some(wind_up));
    }

    /// Leaves once nothing is being saved any more. `comes_back`: the same person returns.
    fn after_winding_up(self, comes_back: bool, leave: impl FnOnce() + 'static) {
        let ending =
            self.winds_up.try_with_value(|wind_up| wind_up.as_ref().map(|wind_up| wind_up(comes_back))).flatten();
        spawn_local(async move {
            if let Some(ending) = ending {
                ending.await;
            }
            leave();
        });
    }

    fn entered(self, entered: Entered) {
        if let Entered::SignedIn { session, by_hand } = &entered {
            if self.gone.with_value(|gone| gone.contains(&session.account().identity())) {
                leave_as_elsewhere(session);
                return;
            }
            // A silent return may have begun before the person signed out in another tab.
            if *by_hand {
                sign_in::forget_sign_out(session);
            }
        }
        if let Entered::SignedOut { .. } = entered {
            self.left.set(sign_in::left().and_then(|left| {
                let unsent = Unsent::of(&left.who, false);
                if unsent.is_nothing() {
                    sign_in::nothing_left(&left);
                    return None;
                }
                Some((left, unsent))
            }));
        }
        self.gate.set(match entered {
            Entered::SetUp { error, redirect_uri } => Gate::SetUp { error, redirect_uri },
            Entered::SignedOut { config, why } => Gate::Out { config, why },
            Entered::SignedIn { session, .. } => Gate::In(session),
        });
    }

    /// Leaves for the sign-in page for the first time; `another` lets the person choose the account.
    pub fn sign_in(self, another: bool) {
        let Gate::Out { config, why } = self.gate.get_untracked() else { return };
        let ask = if another {
            sign_in::ask_for_another(&config)
        } else {
            Ask::sign_in("#/", &sign_in::wanted(&config)).answering(why.as_deref())
        };
        self.depart(config, ask);
    }

    /// Leaves for the sign-in page to come back as the person whose unsent text this tab keeps.
    pub fn sign_in_to_what_is_left(self) {
        let (Gate::Out { config, why }, Some((left, _))) = (self.gate.get_untracked(), self.left.get_untracked())
        else {
            return;
        };
        let ask = left.ask(&sign_in::wanted(&config)).answering(why.as_deref());
        self.depart(config, ask);
    }

    /// Deletes the unsent text.
    pub fn discard_what_is_left(self) {
        sign_in::forget_left();
        self.left.set(None);
    }

    fn depart(self, config: Rc<Config>, ask: Ask) {
        // The page stays as it is until the browser has left it: the person may stop that.
        if let Err(why) = sign_in::sign_in(&config, ask) {
            self.gate.set(Gate::Out { config, why: Some(why) });
        }
    }

    /// Leaves for the sign-in page with the same person, for what a job needs and what else they want. Drafts come back
    /// afterwards.
    pub fn sign_in_again(self, needed: SignInNeeded, wish: Option<Extra>) {
        let Gate::In(session) = self.gate.get_untracked() else { return };
        self.after_winding_up(true, move || {
            let ask = sign_in::ask_again(&session, needed, wish);
            if let Err(why) = sign_in::sign_in(session.config(), ask) {
                let problem = text::sign_in::problem(&why);
                self.trouble.set(Some([problem.detail.as_str(), " ", &problem.next_step].concat()));
            }
        });
    }

    /// Leaves for the sign-in page to come back as someone else, in this tab only.
    pub fn switch_account(self) {
        let Gate::In(session) = self.gate.get_untracked() else { return };
        self.after_winding_up(false, move || {
            sign_in::close(&session);
            if sign_in::sign_in(session.config(), sign_in::ask_for_another(session.config())).is_err() {
                page::reload();
            }
        });
    }

    /// Signs out in this browser, or of Microsoft as well.
    pub fn sign_out(self, everywhere: bool) {
        let Gate::In(session) = self.gate.get_untracked() else { return };
        self.after_winding_up(false, move || {
            if everywhere {
                sign_in::sign_out_everywhere(&session);
            } else {
                sign_in::sign_out_here(&session);
                page::reload();
            }
        });
    }
}

/// Follows a sign-out of the same person in another tab.
fn leave_as_elsewhere(session: &Session) {
    sign_in::signed_out_elsewhere(session);
    page::reload();
}

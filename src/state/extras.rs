//! What the person wants beyond the default: requested by them, remembered in this browser, and forgotten again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::auth::extras::{Extra, Extras};
use crate::browser::sign_in;
use crate::graph::Error;
use crate::state::desk::Desk;
use crate::state::lasting::lasting;
use crate::state::session::SessionState;

/// The extras on this page.
#[derive(Clone, Copy)]
pub struct ExtrasState {
    desk: Desk,
    wanted: RwSignal<Extras>,
    /// A permission is being requested.
    pub asking: RwSignal<bool>,
    /// Why the last request failed, if signing in would not help either.
    pub error: RwSignal<Option<Error>>,
}

impl ExtrasState {
    /// As stored in this browser.
    fn new() -> Self {
        let desk = Desk::current();
        let wanted = sign_in::wanted(desk.session().config());
        Self { desk, wanted: RwSignal::new(wanted), asking: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// The page's wishes.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    /// Whether this is wanted; views follow it.
    pub fn has(self, extra: Extra) -> bool {
        self.wanted.try_with(|wanted| wanted.has(extra)).unwrap_or_default()
    }

    /// Whether the installation wants it for everybody, so that nobody can turn it off.
    pub fn is_installed(self) -> bool {
        self.desk.session().config().entra_roles
    }

    /// Whether it is the person's own wish, which they can withdraw, also where this tab does without; views follow it.
    pub fn is_own(self, extra: Extra) -> bool {
        self.wanted.track();
        sign_in::is_wish(extra) && !extra.is_of_installation(self.desk.session().config())
    }

    /// The person wants it. If the permission was granted before, it works at once; otherwise this leaves for the
    /// sign-in page. It is remembered only once it was granted.
    pub fn want(self, extra: Extra) {
        if self.asking.try_get_untracked() != Some(false) {
            return;
        }
        self.asking.set(true);
        self.error.set(None);
        let session = SessionState::current();
        spawn_local(async move {
            let got = self.desk.session().bearer(extra.scopes()).await;
            self.asking.try_set(false);
            match got {
                Ok(_) => {
                    self.wanted.try_set(sign_in::prefer(self.desk.session().config(), extra, true));
                }
                Err(needed) if needed.sign_in_helps() => session.sign_in_again(needed, Some(extra)),
                Err(needed) => {
                    self.error.try_set(Some(Error::SignIn(Box::new(needed))));
                }
            }
        });
    }

    /// The person no longer wants it. A permission that was granted stays granted at Microsoft; this browser stops
    /// asking for it and using it.
    pub fn forget(self, extra: Extra) {
        self.wanted.set(sign_in::prefer(self.desk.session().config(), extra, false));
    }
}

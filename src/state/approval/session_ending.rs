//! A session that ends while the inbox is read automatically: new requests would be missed without a word.

use leptos::prelude::*;

use crate::auth::session::SignInNeeded;
use crate::desk::approvals::{Inbox, Missing};
use crate::graph::Error;
use crate::state::approval::alerts::Alerts;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::session::SessionState;
use crate::text;

/// The sign-in needed, if the inbox was read before and cannot be read now without one.
pub fn ended(read: &Inbox) -> Option<&SignInNeeded> {
    read.groups.read_unix_ms?;
    match read.groups.missing.as_ref().and_then(Missing::error)? {
        Error::SignIn(needed) => Some(&**needed).filter(|needed| needed.sign_in_helps()),
        _ => None,
    }
}

/// What the person was told about it, each only once until the inbox is read again.
#[derive(Clone, Copy)]
pub struct SessionEnding {
    session: SessionState,
    notices: Notices,
    nav: Nav,
    /// It has ended, and the alerts have said so.
    alerted: RwSignal<bool>,
    /// The offer shown in the page.
    offer: StoredValue<Option<u32>>,
}

impl SessionEnding {
    /// Starts with nothing told.
    pub fn start() -> Self {
        Self {
            session: SessionState::current(),
            notices: Notices::current(),
            nav: Nav::current(),
            alerted: RwSignal::new(false),
            offer: StoredValue::new(None),
        }
    }

    /// A reading failed for want of a session. If the inbox is on screen, it says so itself.
    pub fn tell(self, needed: SignInNeeded, alerts: Alerts, is_shown: bool) {
        if self.alerted.try_get_untracked() == Some(false) {
            self.alerted.set(true);
            alerts.tell_sign_in(self.nav);
        }
        if is_shown {
            self.close_offer();
        } else if self.offer.try_get_value() == Some(None) {
            let session = self.session;
            let act = Callback::new(move |()| session.sign_in_again(needed.clone(), None));
            let key = self.notices.offer(text::approval::alert::SIGN_IN_HERE, text::page::SIGN_IN_AGAIN, act);
            self.offer.set_value(Some(key));
        }
    }

    /// A reading had a session.
    pub fn put_away(self) {
        if self.alerted.try_get_untracked() == Some(true) {
            self.alerted.try_set(false);
        }
        self.close_offer();
    }

    /// Whether it has ended and the inbox was not read since; views follow it.
    pub fn is_over(self) -> bool {
        self.alerted.get()
    }

    fn close_offer(self) {
        if let Some(key) = self.offer.try_update_value(Option::take).flatten() {
            self.notices.close(key);
        }
    }
}

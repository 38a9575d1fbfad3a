//! A signed-in session: the tokens, in memory only, and their renewal.
//!
//! One access token serves all calls, because they all go to one resource, Graph. It is renewed with the refresh token,
//! by one request at a time however many callers wait. Nothing here redirects: where a person is needed, the caller gets
//! [`SignInNeeded`] and offers it.

mod needed;
mod open;
mod renew;
mod state;

pub use needed::{Reason, SignInNeeded};
pub use open::{OpenFailure, Opened};

use std::cell::RefCell;

use futures_util::lock::Mutex;

use super::account::Account;
use super::authorize::address;
use super::scope::Scope;
use super::secret::Secret;
use crate::config::Config;
use crate::world::World;
use state::{State, union};

/// A token to send to Graph. It must go to [`Config::endpoints`]'s `graph` origin only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer(Secret);

impl Bearer {
    /// The access token, to be sent.
    pub fn token(&self) -> &str {
        self.0.reveal()
    }
}

/// The session of one person in one tab.
pub struct Session<W> {
    world: W,
    config: Config,
    account: Account,
    token_age_ms: Option<i64>,
    state: RefCell<State>,
    /// Held while a token request is under way.
    turn: Mutex<()>,
}

impl<W> std::fmt::Debug for Session<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("account", &self.account).finish_non_exhaustive()
    }
}

impl<W: World> Session<W> {
    /// A token that carries these permissions.
    ///
    /// Gives the one in memory while it has five minutes left, else renews it; asks for `wanted` in addition to what is
    /// granted. Any number of callers at once cause one token request and share its outcome.
    ///
    /// # Errors
    /// [`SignInNeeded`] says why there is none, and what a sign-in would have to ask for.
    pub async fn bearer(&self, wanted: &[Scope]) -> Result<Bearer, SignInNeeded> {
        if let Some(bearer) = self.ready(wanted)? {
            return Ok(bearer);
        }
        let seen = self.state.borrow().flights;
        let _turn = self.turn.lock().await;
        let shared = self.state.borrow().failure_since(seen, wanted);
        if let Some(shared) = shared {
            return Err(shared);
        }
        match self.ready(wanted)? {
            Some(bearer) => Ok(bearer),
            None => self.renew(wanted).await,
        }
    }

    /// How long the token in memory still works, in milliseconds; 0 without one.
    pub fn token_lasts_ms(&self) -> i64 {
        self.state.borrow().lasts_ms(&self.world)
    }

    /// Tells the session that Graph refused this token (401, or a challenge with its claims as JSON text). The next
    /// [`Session::bearer`] gets another one that answers the challenge, or says that a person is needed. A token that was
    /// replaced meanwhile changes nothing.
    pub fn refuse(&self, token: &str, claims: Option<String>) {
        self.state.borrow_mut().refuse(token, claims);
    }

    /// A sign-in that nothing but the person wants, for these permissions too: roles that were activated since the last one
    /// count after it.
    pub fn anew(&self, wanted: &[Scope]) -> SignInNeeded {
        SignInNeeded::new(Reason::Interaction, union(&self.state.borrow().granted, wanted))
    }

    /// Who is signed in.
    pub fn account(&self) -> Account {
        self.account.clone()
    }

    /// The installation.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The network, clock and randomness the session was opened with.
    pub fn world(&self) -> &W {
        &self.world
    }

    /// How old the ID token was by this computer's clock when it came, in milliseconds. Microsoft dates one up to five
    /// minutes back; negative: the clock is behind.
    pub fn token_age_ms(&self) -> Option<i64> {
        self.token_age_ms
    }

    /// Whether the permission is granted, as far as the last token answer tells.
    pub fn granted(&self, scope: Scope) -> bool {
        self.state.borrow().grants(scope)
    }

    /// Whether the session is over: signed out, or the account changed.
    pub fn is_over(&self) -> bool {
        self.state.borrow().ended.is_some()
    }

    /// Forgets every token. What is still under way will not bring one back.
    pub fn sign_out(&self) {
        self.state.borrow_mut().end(Reason::SignedOut);
    }

    /// Where signing out of Microsoft altogether happens, to go to after [`Session::sign_out`]. It comes back to the
    /// page. The hint is the `login_hint` claim only: a user name is not accepted there.
    pub fn sign_out_url(&self) -> String {
        let mut pairs = vec![("post_logout_redirect_uri", self.config.redirect_uri.as_str())];
        if let Some(hint) = &self.account.login_hint {
            pairs.push(("logout_hint", hint));
        }
        address(&self.config, self.account.tid.as_str(), "logout", &pairs)
    }

    fn ready(&self, wanted: &[Scope]) -> Result<Option<Bearer>, SignInNeeded> {
        let state = self.state.borrow();
        match state.ended {
            Some(reason) => Err(SignInNeeded::new(reason, union(&state.granted, wanted))),
            None => Ok(state.fresh(wanted, &self.world)),
        }
    }
}

//! A signed-in session: the tokens, in memory only, and their renewal.
//!
//! One access token serves all calls, because they all go to one resource, Graph. It is renewed with the refresh token,
//! by one request at a time however many callers wait. Nothing here redirects: if a person is needed, the caller gets
//! [`SignInNeeded`] and offers a sign-in.

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

/// A token to send to Graph. It may be sent to the `graph` origin of [`Config::endpoints`] only.
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
    /// Held during a token request.
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
    /// Returns the one in memory if it has five minutes left, else renews it, asking for `wanted` in addition to what
    /// is granted. Concurrent callers cause one token request and share its outcome.
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

    /// Reports that Graph refused this token (401, or a challenge with its claims as JSON text). The next
    /// [`Session::bearer`] returns a new one that answers the challenge, or says that a person is needed. If the token
    /// was already replaced, nothing changes.
    pub fn refuse(&self, token: &str, claims: Option<String>) {
        self.state.borrow_mut().refuse(token, claims);
    }

    /// A sign-in that only the person asks for, with these permissions too: roles activated since the last sign-in then
    /// take effect. It answers a challenge that is open.
    pub fn anew(&self, wanted: &[Scope]) -> SignInNeeded {
        let state = self.state.borrow();
        let claims = state.claims.clone();
        SignInNeeded { claims, ..SignInNeeded::new(Reason::Interaction, union(&state.granted, wanted)) }
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

    /// How old the ID token was by this computer's clock when it came, in milliseconds. Microsoft backdates tokens by
    /// up to five minutes; negative: the local clock is behind.
    pub fn token_age_ms(&self) -> Option<i64> {
        self.token_age_ms
    }

    /// Whether the permission was granted, according to the last token answer.
    pub fn granted(&self, scope: Scope) -> bool {
        self.state.borrow().grants(scope)
    }

    /// Whether the session is over: signed out, or the account changed.
    pub fn is_over(&self) -> bool {
        self.state.borrow().ended.is_some()
    }

    /// Forgets every token. A token request in flight will not bring one back.
    pub fn sign_out(&self) {
        self.state.borrow_mut().end(Reason::SignedOut);
    }

    /// The address that signs out of Microsoft, to open after [`Session::sign_out`]. It returns to the page. The hint
    /// is the `login_hint` claim only; a user name is not accepted there.
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

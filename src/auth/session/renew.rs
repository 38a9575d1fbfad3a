//! Renewing the access token with the refresh token.

use super::state::union;
use super::{Bearer, Reason, Session, SignInNeeded};
use crate::auth::id_token::{self, Expected};
use crate::auth::refused::Refused;
use crate::auth::request_id::request_id;
use crate::auth::scope::Scope;
use crate::auth::secret::Secret;
use crate::auth::token::{self, TokenAnswer, TokenFailure};
use crate::auth::trouble;
use crate::world::{Moment, World};

/// The pause before the one retry after a lost answer, in milliseconds.
const PAUSE_MS: u32 = 100;

impl<W: World> Session<W> {
    /// Renews once; the caller holds `turn`.
    pub(super) async fn renew(&self, wanted: &[Scope]) -> Result<Bearer, SignInNeeded> {
        let outcome = match self.try_renew(wanted).await {
            Ok(bearer) => Ok(bearer),
            Err(needed) => {
                let over = self.state.borrow().ended.is_some();
                let kept = if over { None } else { self.state.borrow_mut().usable(wanted, &self.world) };
                kept.ok_or(needed)
            }
        };
        self.state.borrow_mut().landed(wanted, outcome.as_ref().err());
        outcome
    }

    async fn try_renew(&self, wanted: &[Scope]) -> Result<Bearer, SignInNeeded> {
        let (scopes, claims, refresh, generation) = {
            let state = self.state.borrow();
            let scopes = union(&state.granted, wanted);
            let needed =
                |reason| SignInNeeded { claims: state.claims.clone(), ..SignInNeeded::new(reason, scopes.clone()) };
            if state.only_a_person {
                return Err(needed(Reason::Interaction));
            }
            let wait_ms = state.busy_until_ms.saturating_sub(self.world.monotonic_ms());
            if wait_ms > 0 {
                return Err(SignInNeeded { retry_in_ms: Some(wait_ms), ..needed(Reason::Unavailable) });
            }
            let covered = wanted.iter().all(|scope| state.grants(*scope));
            let Some(refresh) = state.refresh.clone() else {
                return Err(needed(if covered { Reason::Expired } else { Reason::Consent }));
            };
            (scopes, state.claims.clone(), refresh, state.generation)
        };

        let (sent, answer) = self.ask(&refresh, &scopes, claims.as_deref()).await;

        let mut state = self.state.borrow_mut();
        if state.generation != generation {
            return Err(SignInNeeded::new(state.ended.unwrap_or(Reason::SignedOut), scopes));
        }
        let needed = |reason| SignInNeeded { claims: claims.clone(), ..SignInNeeded::new(reason, scopes.clone()) };
        let answer = match answer {
            Ok(answer) => answer,
            Err(TokenFailure::Busy { wait_ms }) => {
                state.busy_until_ms = self.world.monotonic_ms().saturating_add(wait_ms);
                return Err(SignInNeeded { retry_in_ms: Some(wait_ms), ..needed(Reason::Unavailable) });
            }
            Err(TokenFailure::NoAnswer(_) | TokenFailure::Unreadable) => {
                let why = Some(Box::new(trouble::no_answer(&self.config)));
                return Err(SignInNeeded { why, ..needed(Reason::Unavailable) });
            }
            Err(TokenFailure::Refused(refused)) => {
                if refused.grant_is_dead() {
                    state.refresh = None;
                }
                return Err(self.refused(&refused, scopes, claims));
            }
        };
        if !self.same_person(&answer) {
            state.end(Reason::AccountChanged);
            let why = Some(Box::new(trouble::account_changed()));
            return Err(SignInNeeded { why, ..SignInNeeded::new(Reason::AccountChanged, scopes) });
        }
        state.accept(answer, sent, claims);
        state.present(wanted).ok_or_else(|| SignInNeeded::new(Reason::Consent, scopes))
    }

    /// Sends the token request, once more if no answer came: unlike a code, a refresh token may be used again. Returns
    /// when it was sent, too.
    async fn ask(
        &self,
        refresh: &Secret,
        scopes: &[Scope],
        claims: Option<&str>,
    ) -> (Moment, Result<TokenAnswer, TokenFailure>) {
        let mut repeated = false;
        loop {
            let id = request_id(&self.world);
            let tid = self.account.tid.as_str();
            let request = token::refresh_request(&self.config, tid, refresh, scopes, claims, &id);
            let sent = Moment::now(&self.world);
            let answer = token::read(self.world.send(request).await, scopes, self.world.unix_ms());
            if repeated || !matches!(answer, Err(TokenFailure::NoAnswer(_))) || self.is_over() {
                return (sent, answer);
            }
            repeated = true;
            self.world.sleep(PAUSE_MS).await;
        }
    }

    fn refused(&self, refused: &Refused, scopes: Vec<Scope>, claims: Option<String>) -> SignInNeeded {
        let reason = if refused.lacks_consent() {
            Reason::Consent
        } else if refused.grant_is_dead() {
            Reason::Expired
        } else if refused.needs_person() {
            Reason::Interaction
        } else {
            Reason::Refused
        };
        let why = Some(Box::new(trouble::refused(refused, &self.config, &scopes)));
        SignInNeeded { claims: refused.claims.clone().or(claims), why, ..SignInNeeded::new(reason, scopes) }
    }

    /// A renewal must be for the person who signed in. An answer without an ID token does not contradict that.
    fn same_person(&self, answer: &TokenAnswer) -> bool {
        answer.id_token.as_ref().is_none_or(|token| {
            let expected = Expected { config: &self.config, nonce: None, issuer: None, now_ms: None };
            id_token::check(token.reveal(), expected)
                .is_ok_and(|found| found.account.identity() == self.account.identity())
        })
    }
}

//! The state of a session, and the changes to it that need no waiting.

use super::{Bearer, Reason, SignInNeeded};
use crate::auth::scope::Scope;
use crate::auth::secret::Secret;
use crate::auth::token::TokenAnswer;
use crate::world::{Clock, Moment};

/// A token with less left is renewed before use, in milliseconds (MSAL's number).
const OFFSET_MS: i64 = 300_000;
/// How long before its end a token that could not be renewed is no longer used, in milliseconds.
const MARGIN_MS: i64 = 5_000;
/// How long a failed renewal is not retried while the token still works, in milliseconds.
const AGAIN_MS: i64 = 60_000;

struct Access {
    token: Secret,
    since: Moment,
    life_ms: i64,
    /// Its age from which it is renewed before use, in milliseconds.
    renew_at_ms: i64,
}

/// The changing part of a session.
#[derive(Default)]
pub struct State {
    access: Option<Access>,
    /// Renews the access token; kept as long as the tab lives.
    pub refresh: Option<Secret>,
    /// What the last answer granted.
    pub granted: Vec<Scope>,
    /// Counts finished token requests.
    pub flights: u64,
    last_failure: Option<(Vec<Scope>, SignInNeeded)>,
    /// The challenge the next token must answer.
    pub claims: Option<String>,
    /// The challenge the current token was issued for.
    answered: Option<String>,
    /// The current challenge was answered and came again: only a person can help.
    pub only_a_person: bool,
    /// No token request before this time (monotonic clock).
    pub busy_until_ms: i64,
    /// Why the session is over.
    pub ended: Option<Reason>,
    /// Changes when the session ends, so that an answer in flight is dropped.
    pub generation: u64,
}

impl State {
    /// Stores the answer to the token request sent at `since`.
    pub fn accept(&mut self, answer: TokenAnswer, since: Moment, challenge: Option<String>) {
        self.granted = answer.granted;
        let TokenAnswer { life_ms, renew_after_ms, .. } = answer;
        let renew_at_ms = renew_after_ms.unwrap_or(i64::MAX).min(life_ms - OFFSET_MS);
        self.access = Some(Access { token: answer.access, since, life_ms, renew_at_ms });
        if answer.refresh.is_some() {
            self.refresh = answer.refresh;
        }
        self.claims = None;
        self.only_a_person = false;
        self.answered = challenge;
    }

    /// The token, if it carries `wanted` and need not be renewed yet.
    pub fn fresh(&self, wanted: &[Scope], clock: &impl Clock) -> Option<Bearer> {
        let access = self.access.as_ref()?;
        if access.renew_at_ms <= access.since.passed_ms(clock) {
            return None;
        }
        self.present(wanted)
    }

    /// The token, if it carries `wanted` and still works although it could not be renewed. The next renewal is put off, so
    /// that not every caller waits for one that fails.
    pub fn usable(&mut self, wanted: &[Scope], clock: &impl Clock) -> Option<Bearer> {
        let bearer = self.present(wanted)?;
        let access = self.access.as_mut()?;
        let age_ms = access.since.passed_ms(clock);
        let end_ms = access.life_ms - MARGIN_MS;
        if end_ms <= age_ms {
            return None;
        }
        access.renew_at_ms = access.renew_at_ms.max(age_ms.saturating_add(AGAIN_MS)).min(end_ms);
        Some(bearer)
    }

    /// How long the token still works, in milliseconds; 0 without one.
    pub fn lasts_ms(&self, clock: &impl Clock) -> i64 {
        self.access.as_ref().map_or(0, |access| access.life_ms - access.since.passed_ms(clock))
    }

    /// The token, if it carries `wanted`, however old it is.
    pub fn present(&self, wanted: &[Scope]) -> Option<Bearer> {
        let access = self.access.as_ref().filter(|_| wanted.iter().all(|scope| self.grants(*scope)))?;
        Some(Bearer(access.token.clone()))
    }

    /// Whether the last answer granted this.
    pub fn grants(&self, scope: Scope) -> bool {
        self.ended.is_none() && self.granted.iter().any(|granted| granted.covers(scope))
    }

    /// Drops this token, unless another one has taken its place.
    pub fn refuse(&mut self, token: &str, claims: Option<String>) {
        if self.access.as_ref().is_none_or(|access| access.token.reveal() != token) {
            return;
        }
        self.access = None;
        self.only_a_person = claims.is_some() && claims == self.answered;
        self.claims = claims;
    }

    /// Ends the session and forgets every token.
    pub fn end(&mut self, reason: Reason) {
        *self = Self {
            ended: Some(self.ended.unwrap_or(reason)),
            generation: self.generation + 1,
            flights: self.flights + 1,
            granted: std::mem::take(&mut self.granted),
            ..Self::default()
        };
    }

    /// Records how a token request ended, for those who waited for it.
    pub fn landed(&mut self, wanted: &[Scope], failure: Option<&SignInNeeded>) {
        self.flights += 1;
        self.last_failure = failure.map(|failure| (wanted.to_vec(), failure.clone()));
    }

    /// The failure of a request for the same scopes that ended after the first `seen` requests.
    pub fn failure_since(&self, seen: u64, wanted: &[Scope]) -> Option<SignInNeeded> {
        let (asked, failure) = self.last_failure.as_ref()?;
        (self.flights != seen && asked == wanted).then(|| failure.clone())
    }
}

/// The scopes of both, each once.
pub fn union(first: &[Scope], second: &[Scope]) -> Vec<Scope> {
    let mut all = first.to_vec();
    all.extend(second.iter().copied().filter(|scope| !first.contains(scope)));
    all
}

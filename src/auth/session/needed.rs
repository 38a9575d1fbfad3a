//! Why the session has no token to give.

use crate::auth::explain::Explanation;
use crate::auth::scope::Scope;

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person signed out.
    SignedOut,
    /// The session has ended: its time has passed or it was revoked.
    Expired,
    /// A permission has not been granted yet.
    Consent,
    /// Microsoft wants to see the person: MFA, an authentication context, a policy.
    Interaction,
    /// Microsoft answered for another account; the session was closed.
    AccountChanged,
    /// The sign-in service gave no usable answer. Signing in will not help; trying again may.
    Unavailable,
    /// The sign-in service refused for another reason; see the explanation.
    Refused,
}

/// There is no token without a person: offer a sign-in with these scopes and claims.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no token: {reason:?}")]
pub struct SignInNeeded {
    /// Why.
    pub reason: Reason,
    /// What the sign-in has to ask for: what was granted and what is wanted.
    pub scopes: Vec<Scope>,
    /// The challenge to answer (JSON text).
    pub claims: Option<String>,
    /// What to tell the person, where the sign-in service said something.
    pub why: Option<Box<Explanation>>,
    /// For [`Reason::Unavailable`]: milliseconds before trying again makes sense.
    pub retry_in_ms: Option<i64>,
}

impl SignInNeeded {
    /// With nothing but a reason.
    pub fn new(reason: Reason, scopes: Vec<Scope>) -> Self {
        Self { reason, scopes, claims: None, why: None, retry_in_ms: None }
    }

    /// Whether a redirect to the sign-in page can help.
    pub fn sign_in_helps(&self) -> bool {
        self.reason != Reason::Unavailable
    }
}

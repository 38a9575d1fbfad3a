//! Why the session has no token to offer.

use crate::auth::scope::Scope;
use crate::auth::trouble::SignInTrouble;

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person signed out.
    SignedOut,
    /// The session has ended: it expired or was revoked.
    Expired,
    /// A permission has not been granted yet.
    Consent,
    /// Microsoft requires interaction: MFA, an authentication context, a policy.
    Interaction,
    /// Microsoft returned another account; the session was closed.
    AccountChanged,
    /// The sign-in service gave no usable answer. Signing in will not help; trying again may.
    Unavailable,
    /// The sign-in service refused for another reason, given in `why`.
    Refused,
}

/// No token without a person: offer a sign-in with these scopes and claims.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no token: {reason:?}")]
pub struct SignInNeeded {
    /// Why there is no token.
    pub reason: Reason,
    /// What the sign-in must ask for: what was granted and what is wanted.
    pub scopes: Vec<Scope>,
    /// The challenge to answer (JSON text).
    pub claims: Option<String>,
    /// What went wrong, if more than the reason is known.
    pub why: Option<Box<SignInTrouble>>,
    /// For [`Reason::Unavailable`]: how long to wait before trying again, ms.
    pub retry_in_ms: Option<i64>,
}

impl SignInNeeded {
    /// A reason and scopes, with nothing else known.
    pub fn new(reason: Reason, scopes: Vec<Scope>) -> Self {
        Self { reason, scopes, claims: None, why: None, retry_in_ms: None }
    }

    /// Whether a redirect to the sign-in page can help.
    pub fn sign_in_helps(&self) -> bool {
        self.reason != Reason::Unavailable
    }
}

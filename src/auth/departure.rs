//! Leaving for the sign-in page: the address to go to and what to remember meanwhile.

use super::account::Identity;
use super::authorize::{AuthorizeRequest, Prompt};
use super::base64url;
use super::extras::Extras;
use super::pending::{Pending, plausible_route};
use super::pkce::Verifier;
use super::request_id::request_id;
use super::scope::Scope;
use super::trouble::{NextStep, SignInTrouble};
use crate::config::Config;
use crate::world::Entropy;

/// What a sign-in is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The permissions to ask for.
    pub scopes: Vec<Scope>,
    /// Those of them that the session already has.
    pub granted: Vec<Scope>,
    /// What the sign-in page should do.
    pub prompt: Prompt,
    /// Login hint of the person expected to sign in.
    pub login_hint: Option<String>,
    /// The challenge to answer (JSON text).
    pub claims: Option<String>,
    /// The address inside the app to come back to.
    pub route: String,
    /// Who must come back, if a session is being continued; also selects the tenant to go to.
    pub expected: Option<Identity>,
}

impl Ask {
    /// A first sign-in: the permissions every sign-in asks for, and the extras wanted.
    pub fn sign_in(route: &str, wanted: &Extras) -> Self {
        Self {
            scopes: wanted.scopes(),
            granted: Vec::new(),
            prompt: Prompt::AsNeeded,
            login_hint: None,
            claims: None,
            route: route.to_owned(),
            expected: None,
        }
    }

    /// Adds the claims that a refused sign-in asked for.
    #[must_use]
    pub fn answering(self, why: Option<&SignInTrouble>) -> Self {
        match why.map(|why| &why.step) {
            Some(NextStep::SignIn { claims: Some(claims) }) => Self { claims: Some(claims.clone()), ..self },
            _ => self,
        }
    }
}

/// A sign-in about to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The address to go to.
    pub url: String,
    /// What to store in the tab before going; it replaces whatever was stored.
    pub pending: Pending,
}

/// Prepares a sign-in: fresh state, nonce and verifier of 256 random bits each.
pub fn depart(config: &Config, entropy: &impl Entropy, now_ms: i64, ask: Ask) -> Departure {
    let verifier = Verifier::new(entropy.random());
    let pending = Pending {
        state: base64url::encode(&entropy.random()),
        nonce: base64url::encode(&entropy.random()),
        tenant: ask.expected.as_ref().map_or_else(|| config.tenant.to_string(), |who| who.tid.to_string()),
        scopes: ask.scopes,
        granted: ask.granted,
        claims: ask.claims,
        route: plausible_route(&ask.route).to_owned(),
        silent: ask.prompt == Prompt::Silent,
        expected: ask.expected,
        started_ms: now_ms,
        verifier,
    };
    let url = AuthorizeRequest {
        config,
        tenant: &pending.tenant,
        scopes: &pending.scopes,
        state: &pending.state,
        nonce: &pending.nonce,
        challenge: &pending.verifier.challenge(),
        prompt: ask.prompt,
        login_hint: ask.login_hint.as_deref(),
        claims: pending.claims.as_deref(),
        request_id: &request_id(entropy),
    }
    .url();
    Departure { url, pending }
}

//! The state of the sign-in service.

use std::collections::{BTreeSet, HashMap};

use crate::http::Request;
use crate::seed::Seed;

/// An access token for Graph.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Object ID of the person.
    pub(crate) person: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires_ms: i64,
    /// The client declared the capability `cp1`.
    pub(crate) claims_capable: bool,
    /// Authentication contexts met.
    pub(crate) acrs: Vec<String>,
    pub(crate) revoked: bool,
}

/// An authorization code and what it was issued for.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) person: String,
    pub(super) scopes: Vec<String>,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
    pub(super) acrs: Vec<String>,
    pub(super) claims_capable: bool,
    pub(super) issued_ms: i64,
    pub(super) redeemed: bool,
}

/// A refresh token. Its lifetime of 24 hours counts from the first sign-in and is kept on use.
#[derive(Clone, Debug)]
pub(super) struct Refresh {
    pub(super) person: String,
    pub(super) first_ms: i64,
    pub(super) acrs: Vec<String>,
}

/// A browser's session with the sign-in service.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) person: String,
    pub(super) acrs: Vec<String>,
}

/// The whole state of the sign-in service.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    pub(super) codes: HashMap<String, Code>,
    pub(super) refreshes: HashMap<String, Refresh>,
    pub(super) sessions: HashMap<String, Session>,
    tokens: HashMap<String, Token>,
    /// Scopes consented to for everyone, in lower case.
    everybody: BTreeSet<String>,
    /// Person and scope (lower case) that the person consented to.
    personal: BTreeSet<(String, String)>,
    /// Whether a token has everything that was consented to.
    pub(super) grants_all: bool,
}

impl SignIn {
    pub(crate) fn new(seed: &Seed) -> Self {
        Self {
            codes: HashMap::new(),
            refreshes: HashMap::new(),
            sessions: HashMap::new(),
            tokens: HashMap::new(),
            everybody: seed.consented.iter().map(|scope| scope.to_ascii_lowercase()).collect(),
            personal: BTreeSet::new(),
            grants_all: seed.grants_all,
        }
    }

    /// An access token by its text.
    pub(crate) fn token(&self, text: &str) -> Option<&Token> {
        self.tokens.get(text)
    }

    pub(super) fn keep_token(&mut self, text: String, token: Token) {
        self.tokens.insert(text, token);
    }

    /// Revokes the access token in a request.
    pub(crate) fn revoke(&mut self, request: &Request) {
        let sent = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if let Some(token) = sent.and_then(|text| self.tokens.get_mut(text)) {
            token.revoked = true;
        }
    }

    /// Whether the person has consented to a scope, or someone for everyone.
    pub(super) fn has_consent(&self, person: &str, scope: &str) -> bool {
        let scope = scope.to_ascii_lowercase();
        self.everybody.contains(&scope) || self.personal.contains(&(person.to_owned(), scope))
    }

    /// Records consent, for the person or for everyone.
    pub(super) fn consent(&mut self, person: &str, scopes: &[String], for_everybody: bool) {
        for scope in scopes {
            let scope = scope.to_ascii_lowercase();
            if for_everybody {
                self.everybody.insert(scope);
            } else {
                self.personal.insert((person.to_owned(), scope));
            }
        }
    }

    /// The session named in the request's cookie.
    pub(super) fn session(&self, request: &Request) -> Option<(&str, &Session)> {
        let mut cookies = request.header("cookie")?.split(';').map(str::trim);
        let id = cookies.find_map(|cookie| cookie.strip_prefix("ESTSAUTH="))?;
        self.sessions.get_key_value(id).map(|(id, session)| (id.as_str(), session))
    }
}

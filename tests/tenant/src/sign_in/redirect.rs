//! Registered redirect URIs, and the return to the application.

use super::error::OauthError;
use crate::http::{Request, Response};
use crate::seed::Seed;
use crate::tenant::Tenant;
use crate::url::{Form, Url};

/// Whether a redirect URI is registered: exactly as listed, or on this machine, where the port is ignored.
pub(super) fn is_registered(seed: &Seed, uri: &str) -> bool {
    let local = Url::parse(uri).is_some_and(|url| matches!(url.host.as_str(), "localhost" | "127.0.0.1"));
    (local && !uri.contains(['#', '?'])) || seed.redirect_uris.iter().any(|known| known == uri)
}

/// The return: the address, the mode, and the state to pass back.
#[derive(Clone, Debug)]
pub(super) struct Return {
    uri: String,
    in_query: bool,
    state: Option<String>,
}

impl Return {
    /// Parses `redirect_uri`, `response_mode` and `state`; the default mode of the code flow is `query`.
    pub(super) fn read(query: &Form) -> Self {
        Self {
            uri: query.text("redirect_uri").into(),
            in_query: query.get("response_mode") != Some("fragment"),
            state: query.get("state").map(str::to_owned),
        }
    }

    /// Returns with parameters.
    pub(super) fn with(&self, mut parameters: Form) -> Response {
        if let Some(state) = &self.state {
            parameters.0.push(("state".into(), state.clone()));
        }
        let mark = if self.in_query { '?' } else { '#' };
        Response::redirect(&format!("{}{mark}{}", self.uri, parameters.encode()))
    }

    /// Returns with an error.
    pub(super) fn with_error(&self, tenant: &mut Tenant, request: &Request, error: &OauthError, now: i64) -> Response {
        let parameters = error.parameters(tenant, request, now);
        self.with(parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_uris_are_registered_beyond_this_machine() {
        let seed = Seed::default();
        for (uri, known) in [
            ("http://localhost:8080/pim/", true),
            ("http://127.0.0.1:1/", true),
            ("https://pim.example.test/pim/", true),
            ("https://pim.example.test/pim", false),
            ("https://PIM.example.test/pim/", false),
            ("https://localhost.evil.example/", false),
            ("http://localhost@evil.example/", false),
            ("", false),
        ] {
            assert_eq!(is_registered(&seed, uri), known, "{uri}");
        }
    }
}

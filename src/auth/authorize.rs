//! The authorization request: the address people are sent to for signing in.

use super::scope::Scope;
use super::{claims, form};
use crate::cloud::Cloud;
use crate::config::Config;
use crate::percent::encode;

/// What the sign-in page should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Whatever is needed; the sign-in service decides.
    AsNeeded,
    /// Answer at once, show nothing.
    Silent,
    /// Let the person choose an account.
    ChooseAccount,
}

/// One authorization request.
#[derive(Clone, Debug)]
pub struct AuthorizeRequest<'a> {
    /// The installation.
    pub config: &'a Config,
    /// The tenant segment of the address.
    pub tenant: &'a str,
    /// The permissions asked for.
    pub scopes: &'a [Scope],
    /// Ties the answer to this request.
    pub state: &'a str,
    /// Ties the ID token to this request.
    pub nonce: &'a str,
    /// The PKCE challenge (S256).
    pub challenge: &'a str,
    /// What the sign-in page should do.
    pub prompt: Prompt,
    /// Who is expected to sign in. Never sent with [`Prompt::ChooseAccount`] (AADSTS90005).
    pub login_hint: Option<&'a str>,
    /// A claims challenge of Graph or of the sign-in service to answer (JSON text).
    pub claims: Option<&'a str>,
    /// The ID by which support can find this request.
    pub request_id: &'a str,
}

impl AuthorizeRequest<'_> {
    /// The address of the request.
    pub fn url(&self) -> String {
        let client_id = self.config.client_id.to_string();
        let scope = scope_parameter(self.config, self.scopes);
        let claims = claims::request(self.claims);
        let mut pairs = vec![
            ("client_id", client_id.as_str()),
            ("response_type", "code"),
            ("redirect_uri", &self.config.redirect_uri),
            ("response_mode", "fragment"),
            ("scope", &scope),
            ("state", self.state),
            ("nonce", self.nonce),
            ("code_challenge", self.challenge),
            ("code_challenge_method", "S256"),
            ("claims", &claims),
            ("client-request-id", self.request_id),
        ];
        match self.prompt {
            Prompt::AsNeeded => {}
            Prompt::Silent => pairs.push(("prompt", "none")),
            Prompt::ChooseAccount => pairs.push(("prompt", "select_account")),
        }
        if let Some(hint) = self.login_hint.filter(|hint| self.prompt != Prompt::ChooseAccount && !hint.is_empty()) {
            pairs.push(("login_hint", hint));
        }
        address(self.config, self.tenant, "authorize", &pairs)
    }
}

/// An address of the sign-in service: `authorize`, `token` or `logout`, with a query.
pub fn address(config: &Config, tenant: &str, what: &str, pairs: &[(&str, &str)]) -> String {
    let query = form::write(pairs);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}/{}/oauth2/v2.0/{what}{mark}{query}", config.endpoints.login, encode(tenant))
}

/// The `scope` parameter: `openid profile`, `offline_access` (the refresh token lives in memory only) and Graph's.
pub fn scope_parameter(config: &Config, scopes: &[Scope]) -> String {
    let mut text = String::from("openid profile offline_access");
    for scope in scopes {
        text.push(' ');
        text.push_str(&scope_name(config, *scope));
    }
    text
}

/// A permission as this cloud's sign-in service expects it: short in the worldwide cloud (and the demo), a full address
/// in the national ones, where short names are not documented to mean that cloud's Graph.
fn scope_name(config: &Config, scope: Scope) -> String {
    match config.cloud {
        Cloud::Global | Cloud::Demo => scope.name().to_owned(),
        Cloud::UsGovL4 | Cloud::UsGovL5 | Cloud::China => format!("{}/{}", config.endpoints.graph, scope.name()),
    }
}

/// The page where an administrator grants these permissions for the whole tenant.
pub fn admin_consent_url(config: &Config, scopes: &[Scope]) -> String {
    let names: Vec<String> =
        scopes.iter().map(|scope| format!("{}/{}", config.endpoints.graph, scope.name())).collect();
    let client_id = config.client_id.to_string();
    let query =
        form::write(&[("client_id", &client_id), ("scope", &names.join(" ")), ("redirect_uri", &config.redirect_uri)]);
    format!("{}/{}/v2.0/adminconsent?{query}", config.endpoints.login, encode(&config.tenant.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PageAddress;

    fn config(cloud: &str) -> Config {
        let page = PageAddress { origin: "https://pim.example".into(), path: "/".into() };
        let id = "5a1e0000-0000-4000-8000-0000000000d1";
        Config::read(&format!(r#"{{"clientId":"{id}","tenantId":"organizations","cloud":"{cloud}"}}"#), &page).unwrap()
    }

    fn parameters(config: &Config, prompt: Prompt, claims: Option<&str>) -> Vec<(String, String)> {
        let request = AuthorizeRequest {
            config,
            tenant: "organizations",
            scopes: &[Scope::UserRead],
            state: "s",
            nonce: "n",
            challenge: "c",
            prompt,
            login_hint: Some("ana@contoso.example"),
            claims,
            request_id: "r",
        };
        let url = request.url();
        let (head, query) = url.split_once('?').unwrap();
        assert!(head.ends_with("/organizations/oauth2/v2.0/authorize"), "{head}");
        form::read(query)
    }

    fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
        let mut found = pairs.iter().filter(|(key, _)| key == name);
        let first = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} stands once");
        first
    }

    #[test]
    fn carries_all_that_binds_the_answer() {
        let pairs = parameters(&config("global"), Prompt::AsNeeded, Some(r#"{"access_token":{"acrs":1}}"#));
        for (name, expected) in [
            ("response_type", "code"),
            ("response_mode", "fragment"),
            ("state", "s"),
            ("nonce", "n"),
            ("code_challenge_method", "S256"),
            ("redirect_uri", "https://pim.example/"),
            ("scope", "openid profile offline_access User.Read"),
            ("login_hint", "ana@contoso.example"),
            ("claims", r#"{"access_token":{"acrs":1,"xms_cc":{"values":["cp1"]}}}"#),
        ] {
            assert_eq!(value(&pairs, name), Some(expected), "{name}");
        }
        assert_eq!(value(&pairs, "prompt"), None);
    }

    #[test]
    fn no_hint_when_the_account_is_to_be_chosen() {
        let pairs = parameters(&config("global"), Prompt::ChooseAccount, None);
        assert_eq!(value(&pairs, "prompt"), Some("select_account"));
        assert_eq!(value(&pairs, "login_hint"), None);
        assert_eq!(value(&parameters(&config("global"), Prompt::Silent, None), "prompt"), Some("none"));
    }

    #[test]
    fn national_clouds_name_their_graph() {
        let pairs = parameters(&config("china"), Prompt::AsNeeded, None);
        let scope = value(&pairs, "scope").unwrap();
        assert!(scope.ends_with(" https://microsoftgraph.chinacloudapi.cn/User.Read"), "{scope}");
    }

    #[test]
    fn admin_consent_names_the_permissions() {
        let url = admin_consent_url(&config("global"), &[Scope::PolicyWrite]);
        assert!(url.starts_with("https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id="));
        assert!(url.contains("graph.microsoft.com%2FRoleManagementPolicy.ReadWrite.AzureADGroup"));
    }
}

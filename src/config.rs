//! `config.json`, the one file an owner edits: which app registration, which tenant, which cloud.

mod error;
mod field;

pub use error::ConfigError;

use std::fmt;

use serde_json::Value;

use crate::cloud::{Cloud, Endpoints};
use crate::guid::Guid;
use crate::world::{HttpFailure, HttpResponse};

/// The page's location: the browser's `location.origin` and `location.pathname`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAddress {
    /// Scheme, host and port, no trailing slash.
    pub origin: String,
    /// The path, with its leading slash.
    pub path: String,
}

impl PageAddress {
    /// The address to register as redirect URI: the page without query, fragment and `index.html`.
    pub fn redirect_uri(&self) -> String {
        format!("{}{}", self.origin, self.path.strip_suffix("index.html").unwrap_or(&self.path))
    }
}

/// The tenant people sign in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tenant {
    /// One tenant, by its ID.
    Id(Guid),
    /// One tenant, by one of its domain names (lower case).
    Domain(String),
    /// Any organization; the app registration is multi-tenant.
    Organizations,
}

impl fmt::Display for Tenant {
    /// Writes it as a segment of the sign-in service's addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Domain(domain) => f.write_str(domain),
            Self::Organizations => f.write_str("organizations"),
        }
    }
}

/// The contents of `config.json`, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The application (client) ID of the app registration.
    pub client_id: Guid,
    /// The tenant people sign in to.
    pub tenant: Tenant,
    /// The cloud.
    pub cloud: Cloud,
    /// The cloud's origins.
    pub endpoints: Endpoints,
    /// Where the sign-in service sends people back to; on the page's origin.
    pub redirect_uri: String,
    /// A name to show for this installation.
    pub title: Option<String>,
    /// Where people find help (https).
    pub support_url: Option<String>,
    /// Whether every sign-in also asks for the permissions that Entra roles need; if not, each person decides.
    pub entra_roles: bool,
    /// Whether there is a `templates.json` beside `config.json`.
    pub templates: bool,
}

impl Config {
    /// Reads the host's answer for `config.json`.
    pub fn from_answer(answer: Result<HttpResponse, HttpFailure>, page: &PageAddress) -> Result<Self, ConfigError> {
        match answer {
            Err(_) => Err(ConfigError::Unreachable),
            Ok(found) if found.status == 404 || found.status == 403 => Err(ConfigError::Missing),
            Ok(found) if found.status != 200 => Err(ConfigError::Unreachable),
            Ok(found) => Self::read(&found.body, page),
        }
    }

    /// Parses the text of `config.json`. Unknown keys are ignored.
    pub fn read(text: &str, page: &PageAddress) -> Result<Self, ConfigError> {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() {
            return Err(ConfigError::Empty);
        }
        if text.starts_with('<') {
            return Err(ConfigError::Html);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| ConfigError::NotJson { line: error.line() })?;
        let fields = value.as_object().ok_or(ConfigError::NotAnObject)?;

        let client_id = field::required(fields, "clientId")?.parse().map_err(|_| ConfigError::BadClientId)?;
        let tenant = field::tenant(field::required(fields, "tenantId")?)?;
        let cloud_name = field::required(fields, "cloud")?;
        let cloud = Cloud::from_name(cloud_name).ok_or_else(|| ConfigError::UnknownCloud(field::short(cloud_name)))?;
        let redirect_uri = match field::optional(fields, "redirectUri")? {
            Some(uri) => field::redirect(uri, &page.origin)?,
            None => page.redirect_uri(),
        };
        let title = field::optional(fields, "title")?.map(field::short);
        let support_url = field::optional(fields, "supportUrl")?.map(field::support).transpose()?;
        let entra_roles = field::switch(fields, "entraRoles")?;
        let templates = field::switch(fields, "templates")?;
        let endpoints = cloud.endpoints(&page.origin);
        Ok(Self { client_id, tenant, cloud, endpoints, redirect_uri, title, support_url, entra_roles, templates })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> PageAddress {
        PageAddress { origin: "https://pim.example.org".into(), path: "/desk/index.html".into() }
    }

    fn with(extra: &str) -> String {
        format!(
            r#"{{"clientId":"5a1e0000-0000-4000-8000-0000000000d1","tenantId":"contoso.example","cloud":"global"{extra}}}"#
        )
    }

    #[test]
    fn reads_the_usual_file() {
        let config = Config::read(&format!("\u{feff}{}", with(r#","title":" Desk ","new":[1]"#)), &page()).unwrap();
        assert_eq!(config.tenant, Tenant::Domain("contoso.example".into()));
        assert_eq!(config.redirect_uri, "https://pim.example.org/desk/");
        assert_eq!(config.endpoints.graph, "https://graph.microsoft.com");
        assert_eq!(config.title.as_deref(), Some("Desk"));
        assert!(!config.entra_roles, "nobody asks for more without being told to");
        for (extra, expected) in [(r#","entraRoles":true"#, true), (r#","entraRoles":null"#, false)] {
            assert_eq!(Config::read(&with(extra), &page()).unwrap().entra_roles, expected);
        }
        assert!(!config.templates, "a file that is not there is not asked for");
        assert!(Config::read(&with(r#","templates":true"#), &page()).unwrap().templates);
    }

    #[test]
    fn each_fault_has_its_own_error() {
        use ConfigError as E;
        let id = "5a1e0000-0000-4000-8000-0000000000d1";
        let cases: Vec<(String, E)> = vec![
            (String::new(), E::Empty),
            ("<!doctype html><title>x</title>".into(), E::Html),
            ("{\n clientId: 1}".into(), E::NotJson { line: 2 }),
            ("[]".into(), E::NotAnObject),
            ("{}".into(), E::MissingKey("clientId")),
            (r#"{"clientId":7}"#.into(), E::WrongType("clientId")),
            (r#"{"clientId":"<id>"}"#.into(), E::BadClientId),
            (format!(r#"{{"clientId":"{id}"}}"#), E::MissingKey("tenantId")),
            (format!(r#"{{"clientId":"{id}","tenantId":"common"}}"#), E::BadTenant),
            (format!(r#"{{"clientId":"{id}","tenantId":"a/b.c"}}"#), E::BadTenant),
            (
                format!(r#"{{"clientId":"{id}","tenantId":"organizations","cloud":"https://evil"}}"#),
                E::UnknownCloud("https://evil".into()),
            ),
            (with(r#","redirectUri":"https://evil.example/""#), E::ForeignRedirect),
            (with(r#","redirectUri":"https://pim.example.org.evil.example/""#), E::ForeignRedirect),
            (with(r#","redirectUri":"https://pim.example.org/a#b""#), E::BadRedirect),
            (with(r#","redirectUri":true"#), E::WrongType("redirectUri")),
            (with(r#","supportUrl":"javascript:alert(1)""#), E::BadSupportUrl),
            (with(r#","supportUrl":"http://help.example""#), E::BadSupportUrl),
            (with(r#","entraRoles":"true""#), E::NotASwitch("entraRoles")),
            (with(r#","entraRoles":1"#), E::NotASwitch("entraRoles")),
            (with(r#","templates":"templates.json""#), E::NotASwitch("templates")),
        ];
        for (text, expected) in cases {
            assert_eq!(Config::read(&text, &page()), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_missing_file_is_told_from_a_failing_host() {
        let answer = |status| Ok(HttpResponse { status, headers: Vec::new(), body: String::new() });
        assert_eq!(Config::from_answer(answer(404), &page()), Err(ConfigError::Missing));
        assert_eq!(Config::from_answer(answer(500), &page()), Err(ConfigError::Unreachable));
        assert_eq!(Config::from_answer(Err(HttpFailure::TimedOut), &page()), Err(ConfigError::Unreachable));
    }
}

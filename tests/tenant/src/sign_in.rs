//! The sign-in service: authorize, token, logout, discovery.

mod admin_consent;
mod authorize;
mod claims;
mod discovery;
mod error;
mod logout;
mod page;
mod redeem;
mod redirect;
mod scopes;
mod state;
mod style;
mod tokens;

use crate::http::{Request, Response};
use crate::tenant::Tenant;
use crate::url::Url;
use crate::{TENANT_ID, TENANT_NAME};

pub(crate) use state::{SignIn, Token};
pub(crate) use tokens::issue;

/// Whether an address is the sign-in service's: by its host, or by its path if one origin serves everything.
pub(crate) fn owns(url: &Url) -> bool {
    let second = || url.segments().get(1).cloned().unwrap_or_default();
    url.host == "login.microsoftonline.com"
        || (url.host != "graph.microsoft.com" && matches!(second().as_str(), "oauth2" | "v2.0" | "discovery"))
}

/// Answers one request.
pub(crate) fn answer(tenant: &mut Tenant, request: &Request, url: &Url, now: i64) -> Response {
    let segments = url.segments();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (Some(name), rest) = (parts.first(), parts.get(1..).unwrap_or_default()) else {
        return Response::empty(404);
    };
    let post = request.method == "POST";
    match rest {
        ["oauth2", "v2.0", "token"] if request.method == "OPTIONS" => redeem::preflight(request),
        ["oauth2", "v2.0", "token"] if post => redeem::answer(tenant, request, url, name, now),
        ["oauth2", "v2.0", "authorize"] if post || request.method == "GET" => {
            authorize::answer(tenant, request, url, name, now)
        }
        ["oauth2", "v2.0", "logout"] if request.method == "GET" => logout::answer(tenant, request, url),
        ["v2.0", "adminconsent"] if post || request.method == "GET" => {
            admin_consent::answer(tenant, request, url, name, now)
        }
        ["v2.0", ".well-known", "openid-configuration"] => discovery::configuration(url, name),
        ["discovery", "v2.0", "keys"] => discovery::keys(),
        _ => Response::empty(404),
    }
}

/// A refusal by a fault: the token endpoint is throttled or out of order.
pub(crate) fn refuse(tenant: &mut Tenant, request: &Request, status: u16, now: i64) -> Response {
    let error =
        error::OauthError::new("temporarily_unavailable", 90033, "A transient error has occurred. Please try again.");
    redeem::readable(request, error.json(tenant, request, status, now))
}

/// What the tenant segment of a path stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment {
    /// This tenant, by ID or by domain, or any organization.
    Ours,
    /// `common` or `consumers`, which a single-tenant application must not use.
    Common,
    /// Nothing known.
    Unknown,
}

fn segment(name: &str) -> Segment {
    match name.to_ascii_lowercase().as_str() {
        TENANT_ID | "contoso.com" | "contoso.onmicrosoft.com" | "organizations" => Segment::Ours,
        "common" | "consumers" => Segment::Common,
        _ => Segment::Unknown,
    }
}

/// The issuer of ID tokens from this origin.
fn issuer(url: &Url) -> String {
    format!("{}/{TENANT_ID}/v2.0", url.origin)
}

/// The tenant's name, for pages.
const fn company() -> &'static str {
    TENANT_NAME
}

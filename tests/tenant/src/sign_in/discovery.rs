//! The metadata documents of `OpenID` Connect.

use serde_json::json;

use super::{Segment, issuer, segment};
use crate::http::Response;
use crate::url::Url;

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`
pub(super) fn configuration(url: &Url, name: &str) -> Response {
    if segment(name) == Segment::Unknown {
        return Response::empty(400);
    }
    let endpoint = |path: &str| format!("{}/{name}/{path}", url.origin);
    let body = json!({
        "issuer": issuer(url),
        "authorization_endpoint": endpoint("oauth2/v2.0/authorize"),
        "token_endpoint": endpoint("oauth2/v2.0/token"),
        "end_session_endpoint": endpoint("oauth2/v2.0/logout"),
        "jwks_uri": endpoint("discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "tid", "oid"],
        "cloud_instance_name": "microsoftonline.com",
    });
    Response::json(200, &body).with_header("access-control-allow-origin", "*")
}

/// `GET /{tenant}/discovery/v2.0/keys`: no keys, because tokens are not signed.
pub(super) fn keys() -> Response {
    Response::json(200, &json!({ "keys": [] })).with_header("access-control-allow-origin", "*")
}

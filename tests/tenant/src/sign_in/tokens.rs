//! Access tokens, ID tokens and refresh tokens.

use serde_json::{Value, json};

use super::state::{Refresh, Token};
use crate::encoding::{base64url, sha256};
use crate::ids::guid;
use crate::tenant::Tenant;
use crate::{CLIENT_ID, TENANT_ID};

/// How long an access token is valid, in seconds.
pub(super) const ACCESS_SECONDS: i64 = 3600;

/// By how much a token is backdated, so that a client whose clock is behind is not refused.
const BACKDATED_SECONDS: i64 = 300;

/// Issues an access token for a person and stores it.
pub(crate) fn issue(
    tenant: &mut Tenant,
    person: &str,
    scopes: &[String],
    claims_capable: bool,
    acrs: &[String],
    now: i64,
) -> String {
    let mut payload = json!({
        "aud": "00000003-0000-0000-c000-000000000000",
        "iss": format!("https://sts.windows.net/{TENANT_ID}/"),
        "iat": now / 1000 - BACKDATED_SECONDS,
        "nbf": now / 1000 - BACKDATED_SECONDS,
        "exp": now / 1000 + ACCESS_SECONDS,
        "appid": CLIENT_ID,
        "oid": person,
        "tid": TENANT_ID,
        "scp": scopes.join(" "),
        "ver": "1.0",
    });
    if claims_capable {
        payload["xms_cc"] = json!(["cp1"]);
    }
    if !acrs.is_empty() {
        payload["acrs"] = json!(acrs);
    }
    let text = jwt(tenant, &payload);
    let token = Token {
        person: person.to_owned(),
        scopes: scopes.to_vec(),
        expires_ms: now + ACCESS_SECONDS * 1000,
        claims_capable,
        acrs: acrs.to_vec(),
        revoked: false,
    };
    tenant.sign_in.keep_token(text.clone(), token);
    text
}

/// An ID token for the application.
pub(super) fn id_token(tenant: &mut Tenant, person: &str, issuer: &str, nonce: Option<&str>, now: i64) -> String {
    let (name, upn) = tenant.directory.person(person).map(|p| (p.name.clone(), p.upn.clone())).unwrap_or_default();
    let mut payload = json!({
        "aud": CLIENT_ID,
        "iss": issuer,
        "iat": now / 1000 - BACKDATED_SECONDS,
        "nbf": now / 1000 - BACKDATED_SECONDS,
        "exp": now / 1000 + ACCESS_SECONDS,
        "name": name,
        "preferred_username": upn,
        "login_hint": hint(person),
        "oid": person,
        "sub": base64url(&sha256(&format!("{CLIENT_ID}/{person}"))),
        "tid": TENANT_ID,
        "ver": "2.0",
    });
    if let Some(nonce) = nonce {
        payload["nonce"] = nonce.into();
    }
    jwt(tenant, &payload)
}

/// A refresh token; `first_ms` is when the first of its series was issued.
pub(super) fn refresh(tenant: &mut Tenant, person: &str, acrs: &[String], first_ms: i64) -> String {
    let text = format!("1.{}", base64url(&sha256(&tenant.random.guid())));
    let refresh = Refresh { person: person.to_owned(), first_ms, acrs: acrs.to_vec() };
    tenant.sign_in.refreshes.insert(text.clone(), refresh);
    text
}

/// The opaque hint by which a later request identifies the same account.
pub(super) fn hint(person: &str) -> String {
    format!("O.{}", base64url(guid("hint", person).as_bytes()))
}

/// A well-formed JWT. The signature is not real: only the tenant itself reads access tokens, and ID tokens come
/// straight from the token endpoint.
fn jwt(tenant: &mut Tenant, payload: &Value) -> String {
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": "emulated" });
    let signature = sha256(&tenant.random.guid());
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    format!("{}.{}.{}", part(&header), part(payload), base64url(&signature))
}

//! The ID token: who signed in, and whether it was meant for us.
//!
//! The token comes from the token endpoint itself over TLS, so its signature proves nothing more (OIDC Core
//! 3.1.3.7, 6); every claim is checked all the same.

use serde_json::Value;

use super::account::Account;
use super::base64url;
use crate::config::{Config, Tenant};
use crate::guid::Guid;

/// How far the clocks may differ, in milliseconds.
const TOLERANCE_MS: i64 = 5 * 60 * 1000;

/// What the token must contain.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The installation: audience, issuer, tenant.
    pub config: &'a Config,
    /// The nonce of the request when a code is redeemed; a renewal has none.
    pub nonce: Option<&'a str>,
    /// The issuer the authorization answer named (RFC 9207), if any.
    pub issuer: Option<&'a str>,
    /// Now, wall clock, milliseconds since 1970; `None` if the times are not checked, as in a renewal.
    pub now_ms: Option<i64>,
}

/// The contents of a token that passed the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdToken {
    /// The person.
    pub account: Account,
    /// When the service issued it, milliseconds since 1970; compared with the local clock it shows how wrong that clock
    /// is.
    pub issued_ms: Option<i64>,
}

/// What is wrong with the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// Not a token with the claims an account needs.
    #[error("the ID token could not be read")]
    Unreadable,
    /// Meant for another app.
    #[error("the ID token was issued for another application")]
    Audience,
    /// Not issued by the expected sign-in service.
    #[error("the ID token was issued by another service")]
    Issuer,
    /// From a tenant other than the configured one.
    #[error("the ID token is for another tenant")]
    Tenant,
    /// Expired, by the local clock.
    #[error("the ID token has expired")]
    Expired,
    /// Not valid yet, by the local clock.
    #[error("the ID token is not valid yet")]
    NotYet,
    /// Answers another request.
    #[error("the ID token answers another sign-in")]
    Nonce,
}

/// Reads and checks a token.
pub fn check(token: &str, expected: Expected<'_>) -> Result<IdToken, IdTokenError> {
    let claims = claims(token).ok_or(IdTokenError::Unreadable)?;
    let text = |key: &str| claims.get(key).and_then(Value::as_str);
    let time = |key: &str| claims.get(key).and_then(Value::as_i64).map(|seconds| seconds.saturating_mul(1000));

    let audience = match claims.get("aud") {
        Some(Value::Array(list)) if list.len() == 1 => list[0].as_str(),
        other => other.and_then(Value::as_str),
    };
    if !audience.is_some_and(|app| app.eq_ignore_ascii_case(expected.config.client_id.as_str())) {
        return Err(IdTokenError::Audience);
    }
    let tid: Guid = text("tid").and_then(|tid| tid.parse().ok()).ok_or(IdTokenError::Unreadable)?;
    let issuer = text("iss").unwrap_or_default();
    let named_otherwise = expected.issuer.is_some_and(|named| named != issuer);
    if issuer != issuer_of(expected.config, &tid) || named_otherwise {
        return Err(IdTokenError::Issuer);
    }
    if matches!(&expected.config.tenant, Tenant::Id(configured) if *configured != tid) {
        return Err(IdTokenError::Tenant);
    }
    let expires = time("exp").ok_or(IdTokenError::Unreadable)?;
    if expected.now_ms.is_some_and(|now_ms| expires.saturating_add(TOLERANCE_MS) < now_ms) {
        return Err(IdTokenError::Expired);
    }
    let starts = time("nbf").unwrap_or(i64::MIN);
    if expected.now_ms.is_some_and(|now_ms| starts.saturating_sub(TOLERANCE_MS) > now_ms) {
        return Err(IdTokenError::NotYet);
    }
    if expected.nonce.is_some_and(|nonce| text("nonce") != Some(nonce)) {
        return Err(IdTokenError::Nonce);
    }
    let oid: Guid = text("oid").and_then(|oid| oid.parse().ok()).ok_or(IdTokenError::Unreadable)?;
    let username = text("preferred_username").unwrap_or_default().to_owned();
    let name = text("name").filter(|name| !name.trim().is_empty()).unwrap_or(&username).to_owned();
    let login_hint = text("login_hint").filter(|hint| !hint.is_empty()).map(str::to_owned);
    Ok(IdToken { account: Account { oid, tid, name, username, login_hint }, issued_ms: time("iat") })
}

/// The one issuer of a tenant's v2.0 tokens.
pub fn issuer_of(config: &Config, tid: &Guid) -> String {
    format!("{}/{tid}/v2.0", config.endpoints.login)
}

/// Whether the issuer an authorization answer names (RFC 9207) can be ours: that of the configured tenant, or of any
/// tenant if none is configured.
pub fn issuer_is_ours(config: &Config, issuer: &str) -> bool {
    let between = issuer.strip_prefix(config.endpoints.login.as_str()).and_then(|rest| rest.strip_prefix('/'));
    let tid = between.and_then(|rest| rest.strip_suffix("/v2.0")).and_then(|tid| tid.parse::<Guid>().ok());
    tid.is_some_and(|tid| match &config.tenant {
        Tenant::Id(configured) => *configured == tid,
        Tenant::Domain(_) | Tenant::Organizations => true,
    })
}

fn claims(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    // As text: another kind of input would be another copy of the JSON parser.
    let text = String::from_utf8(base64url::decode(payload)?).ok()?;
    let claims: Value = serde_json::from_str(&text).ok()?;
    (parts.next().is_none() && claims.is_object()).then_some(claims)
}

#[cfg(test)]
mod tests;

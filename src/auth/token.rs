//! Token requests and their answers.

use serde_json::Value;

use super::authorize::{address, scope_parameter};
use super::pending::Pending;
use super::refused::Refused;
use super::scope::Scope;
use super::secret::Secret;
use super::{claims, form};
use crate::config::Config;
use crate::instant;
use crate::world::{HttpFailure, HttpRequest, HttpResponse, Method};

/// How long a token answer is waited for, in milliseconds.
const TIMEOUT_MS: u32 = 30_000;
/// How long to wait for a busy service that names no time, and the longest wait, in milliseconds (MSAL's numbers).
const BUSY_MS: i64 = 60_000;
const BUSY_MAX_MS: i64 = 3_600_000;
/// The lifetime of a token whose answer gives none, and the longest accepted, in seconds.
const LIFE_S: i64 = 3600;
const LIFE_MAX_S: i64 = 7 * 24 * 3600;

/// What the token endpoint returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAnswer {
    /// The access token for Graph.
    pub access: Secret,
    /// The permissions it carries, as far as the product knows them.
    pub granted: Vec<Scope>,
    /// Its lifetime from when it was asked for, in milliseconds.
    pub life_ms: i64,
    /// After how long the service wants it renewed, in milliseconds.
    pub renew_after_ms: Option<i64>,
    /// The refresh token to renew it with.
    pub refresh: Option<Secret>,
    /// Who it is for.
    pub id_token: Option<Secret>,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFailure {
    /// The service refused.
    Refused(Box<Refused>),
    /// The service is busy or failing; wait before asking again.
    Busy {
        /// How long, in milliseconds.
        wait_ms: i64,
    },
    /// The answer is not what the protocol allows.
    Unreadable,
    /// No answer.
    NoAnswer(HttpFailure),
}

/// The request that turns a code into tokens. It is never repeated: a code works once (AADSTS54005).
pub fn redeem_request(config: &Config, pending: &Pending, code: &Secret, request_id: &str) -> HttpRequest {
    let more = [
        ("grant_type", "authorization_code"),
        ("code", code.reveal()),
        ("redirect_uri", &config.redirect_uri),
        ("code_verifier", pending.verifier.secret()),
    ];
    request(config, &pending.tenant, &pending.scopes, pending.claims.as_deref(), request_id, &more)
}

/// The request for a new access token with these permissions.
pub fn refresh_request(
    config: &Config,
    tenant: &str,
    refresh: &Secret,
    scopes: &[Scope],
    challenge: Option<&str>,
    request_id: &str,
) -> HttpRequest {
    let more = [("grant_type", "refresh_token"), ("refresh_token", refresh.reveal())];
    request(config, tenant, scopes, challenge, request_id, &more)
}

/// `Content-Type` is the only header, so that the browser sends no preflight.
fn request(
    config: &Config,
    tenant: &str,
    scopes: &[Scope],
    challenge: Option<&str>,
    request_id: &str,
    more: &[(&str, &str)],
) -> HttpRequest {
    let client_id = config.client_id.to_string();
    let scope = scope_parameter(config, scopes);
    let claims = claims::request(challenge);
    let mut pairs = vec![("client_id", client_id.as_str()), ("scope", &scope)];
    pairs.extend_from_slice(more);
    pairs.extend([("claims", claims.as_str()), ("client-request-id", request_id)]);
    HttpRequest {
        method: Method::Post,
        url: address(config, tenant, "token", &[]),
        headers: vec![("Content-Type".into(), "application/x-www-form-urlencoded;charset=utf-8".into())],
        body: Some(form::write(&pairs)),
        timeout_ms: TIMEOUT_MS,
    }
}

/// Parses a token answer that came at `now_unix_ms`. `asked` are the permissions asked for.
pub fn read(
    answer: Result<HttpResponse, HttpFailure>,
    asked: &[Scope],
    now_unix_ms: i64,
) -> Result<TokenAnswer, TokenFailure> {
    let answer = answer.map_err(TokenFailure::NoAnswer)?;
    if answer.status != 200 {
        return Err(refusal(&answer, now_unix_ms));
    }
    tokens(&answer.body, asked).ok_or(TokenFailure::Unreadable)
}

fn refusal(answer: &HttpResponse, now_unix_ms: i64) -> TokenFailure {
    let refused = Refused::from_json(&answer.body);
    let after = answer.header("retry-after");
    let passing = refused.as_ref().is_some_and(Refused::is_passing);
    if answer.status == 429 || answer.status >= 500 || after.is_some() || passing {
        let named = after.and_then(|text| instant::asked_ms(text, now_unix_ms));
        return TokenFailure::Busy { wait_ms: named.unwrap_or(BUSY_MS).clamp(1000, BUSY_MAX_MS) };
    }
    refused.map_or(TokenFailure::Unreadable, |refused| TokenFailure::Refused(Box::new(refused)))
}

fn tokens(body: &str, asked: &[Scope]) -> Option<TokenAnswer> {
    let value: Value = serde_json::from_str(body).ok()?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let seconds_in_ms = |key: &str| {
        let number = value.get(key)?;
        let read = number.as_i64().or_else(|| number.as_str()?.trim().parse().ok())?;
        Some(1000 * read.clamp(0, LIFE_MAX_S))
    };
    if !text("token_type")?.eq_ignore_ascii_case("Bearer") {
        return None;
    }
    Some(TokenAnswer {
        access: Secret::new(text("access_token")?),
        granted: text("scope")
            .map_or_else(|| asked.to_vec(), |names| names.split_whitespace().filter_map(Scope::from_name).collect()),
        life_ms: seconds_in_ms("expires_in").unwrap_or(1000 * LIFE_S),
        renew_after_ms: seconds_in_ms("refresh_in"),
        refresh: text("refresh_token").map(Secret::new),
        id_token: text("id_token").map(Secret::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> HttpResponse {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        HttpResponse { status, headers, body: body.into() }
    }

    #[test]
    fn reads_tokens_and_times() {
        let body = r#"{"token_type":"bearer","access_token":"a","expires_in":"3599","refresh_in":1800,
            "scope":"openid https://graph.microsoft.com/User.Read Other.Scope","refresh_token":"r"}"#;
        let tokens = read(Ok(answer(200, &[], body)), &[Scope::PolicyRead], 0).unwrap();
        assert_eq!((tokens.life_ms, tokens.renew_after_ms), (3_599_000, Some(1_800_000)));
        assert_eq!(tokens.granted, [Scope::UserRead]);
        assert_eq!(format!("{:?}", tokens.refresh), "Some(Secret(…))");
        let silent =
            read(Ok(answer(200, &[], r#"{"token_type":"Bearer","access_token":"a"}"#)), &[Scope::PolicyRead], 0);
        assert_eq!(silent.unwrap().granted, [Scope::PolicyRead]);
    }

    #[test]
    fn refuses_other_answers() {
        for body in
            ["", "<html>", "[]", "{}", r#"{"token_type":"pop","access_token":"a"}"#, r#"{"token_type":"Bearer"}"#]
        {
            assert_eq!(read(Ok(answer(200, &[], body)), &[], 0), Err(TokenFailure::Unreadable), "{body}");
        }
        assert_eq!(read(Ok(answer(400, &[], "<html>")), &[], 0), Err(TokenFailure::Unreadable));
        assert_eq!(read(Err(HttpFailure::Lost), &[], 0), Err(TokenFailure::NoAnswer(HttpFailure::Lost)));
    }

    #[test]
    fn waits_as_long_as_told() {
        for (headers, wait_ms) in [
            (vec![], 60_000),
            (vec![("retry-after", "7")], 7_000),
            (vec![("retry-after", "0")], 1_000),
            (vec![("retry-after", "Thu, 01 Jan 1970 00:03:00 GMT")], 180_000),
            (vec![("retry-after", "99999999999999999999")], 60_000),
            (vec![("retry-after", "9999999999")], 3_600_000),
        ] {
            assert_eq!(read(Ok(answer(429, &headers, "")), &[], 0), Err(TokenFailure::Busy { wait_ms }));
        }
        let passing = r#"{"error":"temporarily_unavailable"}"#;
        assert_eq!(read(Ok(answer(400, &[], passing)), &[], 0), Err(TokenFailure::Busy { wait_ms: 60_000 }));
    }
}

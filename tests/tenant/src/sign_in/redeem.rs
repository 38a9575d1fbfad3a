//! The token endpoint: codes and refresh tokens for access tokens.

use serde_json::json;

use super::claims::Claims;
use super::error::OauthError;
use super::scopes::{Scopes, needs_administrator};
use super::tokens::{self, ACCESS_SECONDS};
use super::{Segment, issuer, segment};
use crate::CLIENT_ID;
use crate::encoding::{base64url, sha256};
use crate::http::{Request, Response};
use crate::seed::ALL_SCOPES;
use crate::tenant::Tenant;
use crate::time::{DAY_MS, HOUR_MS};
use crate::url::{Form, Url};

/// How long a code is valid.
const CODE_MS: i64 = HOUR_MS / 6;

/// What a code or a refresh token authorizes.
struct Grant {
    person: String,
    scopes: Scopes,
    nonce: Option<String>,
    acrs: Vec<String>,
    capable: bool,
    first_ms: i64,
}

/// The answer to a preflight.
pub(super) fn preflight(request: &Request) -> Response {
    let headers = request.header("access-control-request-headers").unwrap_or("content-type");
    readable(request, Response::empty(200))
        .with_header("access-control-allow-methods", "POST, OPTIONS")
        .with_header("access-control-allow-headers", headers)
}

/// Lets a script of the requesting origin read an answer.
pub(super) fn readable(request: &Request, answer: Response) -> Response {
    match request.header("origin") {
        Some(origin) => answer.with_header("access-control-allow-origin", origin).with_header("vary", "Origin"),
        None => answer,
    }
}

/// `POST /{tenant}/oauth2/v2.0/token`
pub(super) fn answer(tenant: &mut Tenant, request: &Request, url: &Url, name: &str, now: i64) -> Response {
    let form = Form::parse(&request.body);
    let answer = match grant(tenant, request, &form, name, now) {
        Ok(grant) => success(tenant, url, &with_consented(tenant, grant), now),
        Err(error) => error.json(tenant, request, if error.number == 7_000_218 { 401 } else { 400 }, now),
    };
    readable(request, answer)
}

fn grant(tenant: &mut Tenant, request: &Request, form: &Form, name: &str, now: i64) -> Result<Grant, OauthError> {
    if segment(name) != Segment::Ours {
        return Err(OauthError::new(
            "invalid_request",
            90002,
            "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
        ));
    }
    if form.text("client_id") != CLIENT_ID {
        return Err(OauthError::new("unauthorized_client", 700_016, "Application was not found in the directory."));
    }
    if form.get("client_secret").is_some() || form.get("client_assertion").is_some() {
        return Err(OauthError::new(
            "invalid_client",
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        ));
    }
    if request.header("origin").is_none() {
        return Err(OauthError::new(
            "invalid_request",
            9_002_327,
            "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
        ));
    }
    let claims = Claims::parse(form.text("claims")).ok_or_else(|| {
        OauthError::new("invalid_request", 9_002_313, "Invalid request. Request is malformed or invalid.")
    })?;
    match form.text("grant_type") {
        "authorization_code" => code(tenant, form, &claims, now),
        "refresh_token" => refresh(tenant, form, &claims, now),
        _ => Err(OauthError::new("unsupported_grant_type", 70003, "The app requested an unsupported grant type.")),
    }
}

/// A code is valid once and for ten minutes, with the verifier and redirect URI it was requested with.
fn code(tenant: &mut Tenant, form: &Form, claims: &Claims, now: i64) -> Result<Grant, OauthError> {
    let verifier = form.text("code_verifier");
    let code = tenant.sign_in.codes.get_mut(form.text("code")).ok_or_else(|| {
        OauthError::new("invalid_grant", 9_002_313, "Invalid request. Request is malformed or invalid.")
    })?;
    if code.redeemed {
        return Err(OauthError::new(
            "invalid_grant",
            54005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        ));
    }
    if now - code.issued_ms > CODE_MS {
        return Err(OauthError::new(
            "invalid_grant",
            70008,
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
        ));
    }
    if code.redirect_uri != form.text("redirect_uri") {
        return Err(OauthError::new(
            "invalid_grant",
            50011,
            "The redirect URI specified in the request does not match the one of the authorization request.",
        ));
    }
    if !(43..=128).contains(&verifier.len()) {
        return Err(OauthError::new(
            "invalid_grant",
            501_491,
            "The size of the Code_Verifier parameter is not between 43 and 128.",
        ));
    }
    if base64url(&sha256(verifier)) != code.challenge {
        return Err(OauthError::new(
            "invalid_grant",
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        ));
    }
    code.redeemed = true;
    let code = code.clone();
    let scopes = Scopes::parse(form.get("scope").unwrap_or(&code.scopes.join(" ")))?;
    consented(tenant, &code.person, &scopes)?;
    Ok(Grant {
        person: code.person,
        scopes,
        nonce: code.nonce,
        acrs: code.acrs,
        capable: code.claims_capable || claims.capable,
        first_ms: now,
    })
}

/// Tokens have only scopes that were consented to.
fn consented(tenant: &Tenant, person: &str, scopes: &Scopes) -> Result<(), OauthError> {
    match scopes.graph.iter().find(|scope| !tenant.sign_in.has_consent(person, scope)) {
        Some(missing) => Err(OauthError::consent(needs_administrator(missing)).coded("invalid_grant")),
        None => Ok(()),
    }
}

/// The same with everything that was ever consented to, if the tenant is configured that way.
fn with_consented(tenant: &Tenant, mut grant: Grant) -> Grant {
    let more = ALL_SCOPES.iter().filter(|scope| tenant.sign_in.has_consent(&grant.person, scope));
    for scope in more.filter(|_| tenant.sign_in.grants_all) {
        if !grant.scopes.graph.iter().any(|own| own == scope) {
            grant.scopes.graph.push((*scope).to_owned());
        }
    }
    grant
}

/// A refresh token of a single-page application is valid for 24 hours from the first one; an old one stays valid after
/// use.
fn refresh(tenant: &mut Tenant, form: &Form, claims: &Claims, now: i64) -> Result<Grant, OauthError> {
    let refresh = tenant.sign_in.refreshes.get(form.text("refresh_token")).cloned().ok_or_else(|| {
        OauthError::new("invalid_grant", 9_002_313, "Invalid request. Request is malformed or invalid.")
    })?;
    if now - refresh.first_ms >= DAY_MS {
        return Err(OauthError::new(
            "invalid_grant",
            700_084,
            "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.",
        ));
    }
    let scopes = Scopes::parse(form.text("scope"))?;
    consented(tenant, &refresh.person, &scopes)?;
    if let Some(context) = claims.acrs.iter().find(|context| !refresh.acrs.contains(context)) {
        return Err(OauthError::step_up(context));
    }
    Ok(Grant {
        person: refresh.person,
        scopes,
        nonce: None,
        acrs: refresh.acrs,
        capable: claims.capable,
        first_ms: refresh.first_ms,
    })
}

fn success(tenant: &mut Tenant, url: &Url, grant: &Grant, now: i64) -> Response {
    let access = tokens::issue(tenant, &grant.person, &grant.scopes.graph, grant.capable, &grant.acrs, now);
    let mut body = json!({
        "token_type": "Bearer",
        "scope": grant.scopes.all().into_iter().filter(|scope| scope != "offline_access").collect::<Vec<_>>().join(" "),
        "expires_in": ACCESS_SECONDS,
        "ext_expires_in": ACCESS_SECONDS,
        "access_token": access,
    });
    if grant.scopes.has("offline_access") {
        body["refresh_token"] = tokens::refresh(tenant, &grant.person, &grant.acrs, grant.first_ms).into();
    }
    if grant.scopes.has("openid") {
        body["id_token"] = tokens::id_token(tenant, &grant.person, &issuer(url), grant.nonce.as_deref(), now).into();
    }
    Response::json(200, &body).with_header("cache-control", "no-store, no-cache").with_header("pragma", "no-cache")
}

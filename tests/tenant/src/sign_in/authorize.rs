//! The authorization endpoint: who signs in, consent, and the code.

use super::claims::Claims;
use super::error::OauthError;
use super::redirect::{Return, is_registered};
use super::scopes::{Scopes, needs_administrator};
use super::state::{Code, Session};
use super::{Segment, page, segment, tokens};
use crate::CLIENT_ID;
use crate::directory::{Person, Role};
use crate::encoding::{base64url, sha256};
use crate::http::{Request, Response};
use crate::tenant::Tenant;
use crate::url::{Form, Url};

/// What the application requests.
struct Asked {
    back: Return,
    scopes: Scopes,
    claims: Claims,
    query: Form,
}

impl Asked {
    fn prompt(&self, wanted: &str) -> bool {
        self.query.text("prompt").split(' ').any(|prompt| prompt == wanted)
    }
}

/// `GET` and `POST /{tenant}/oauth2/v2.0/authorize`; the pages post the person's choices to the same address.
pub(super) fn answer(tenant: &mut Tenant, request: &Request, url: &Url, name: &str, now: i64) -> Response {
    let query = url.query();
    if let Some(error) = unsafe_to_redirect(tenant, &query, name) {
        let text = error.text(tenant, request, now);
        return page::error(&text);
    }
    let back = Return::read(&query);
    let (scopes, claims) = match asked(&query) {
        Ok(asked) => asked,
        Err(error) => return back.with_error(tenant, request, &error, now),
    };
    let asked = Asked { back, scopes, claims, query };
    let form = if request.method == "POST" { Form::parse(&request.body) } else { Form::default() };
    interact(tenant, request, &asked, &form, now)
}

/// What is wrong with the client, tenant or redirect URI; such errors are shown on a page of the service itself.
pub(super) fn unsafe_to_redirect(tenant: &Tenant, query: &Form, name: &str) -> Option<OauthError> {
    let uri = query.text("redirect_uri");
    match segment(name) {
        Segment::Unknown => {
            let message = format!(
                "Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
            );
            Some(OauthError::new("invalid_request", 90002, &message))
        }
        _ if query.text("client_id") != CLIENT_ID => {
            let message = format!(
                "Application with identifier '{}' was not found in the directory 'Contoso'.",
                query.text("client_id")
            );
            Some(OauthError::new("unauthorized_client", 700_016, &message))
        }
        Segment::Common => {
            let message = "Application is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps. Use a tenant-specific endpoint or configure the application to be multi-tenant.";
            Some(OauthError::new("invalid_request", 50194, message))
        }
        Segment::Ours if !is_registered(&tenant.seed, uri) => {
            let message = format!(
                "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application '{CLIENT_ID}'."
            );
            Some(OauthError::new("invalid_request", 50011, &message))
        }
        Segment::Ours => None,
    }
}

fn asked(query: &Form) -> Result<(Scopes, Claims), OauthError> {
    let bad = |number, message| Err(OauthError::new("invalid_request", number, message));
    if query.text("response_type") != "code" {
        return Err(OauthError::new(
            "unsupported_response_type",
            700_054,
            "response_type is not enabled for the application.",
        ));
    }
    if !matches!(query.get("response_mode"), None | Some("fragment" | "query")) {
        return bad(90014, "The value of 'response_mode' is not supported.");
    }
    if query.text("code_challenge").is_empty() {
        return bad(
            9_002_325,
            "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
        );
    }
    if query.text("code_challenge_method") != "S256" {
        return bad(501_471, "The code_challenge_method must be S256.");
    }
    if query.text("code_challenge").len() != 43 {
        return bad(50147, "The size of the Code_Challenge parameter is not valid.");
    }
    if query.text("prompt") == "select_account" && query.get("login_hint").is_some() {
        return bad(
            90005,
            "Unable to complete the request as login_hint and prompt=select_account cannot be used together.",
        );
    }
    let claims = Claims::parse(query.text("claims"));
    let claims =
        claims.ok_or_else(|| OauthError::new("invalid_request", 90014, "The 'claims' parameter is malformed."))?;
    Ok((Scopes::parse(query.text("scope"))?, claims))
}

/// Goes through account, consent and verification; stops at the first that needs the person.
fn interact(tenant: &mut Tenant, request: &Request, asked: &Asked, form: &Form, now: i64) -> Response {
    let quiet = asked.prompt("none");
    let Some((session_id, cookie)) = account(tenant, request, asked, form) else {
        if quiet {
            let message = "A silent sign-in request was sent but no user is signed in.";
            return asked.back.with_error(tenant, request, &OauthError::new("login_required", 50058, message), now);
        }
        return page::choose(&choices(tenant, asked.query.text("login_hint")));
    };
    let session = tenant.sign_in.sessions.get(&session_id).cloned();
    let person = session.as_ref().and_then(|session| tenant.directory.person(&session.person)).cloned();
    let (Some(session), Some(person)) = (session, person) else { return page::signed_out() };
    let step = consent(tenant, request, asked, form, &person, now)
        .or_else(|| verify(tenant, request, asked, form, (&session_id, &person), now));
    let answer = step.unwrap_or_else(|| code(tenant, asked, &session_id, &session.person, now));
    answer.with_header("set-cookie", &format!("ESTSAUTH={cookie}; Path=/; HttpOnly; SameSite=Lax"))
}

/// The session to continue with: the one just chosen, or the one in the cookie if the request allows it.
fn account(tenant: &mut Tenant, request: &Request, asked: &Asked, form: &Form) -> Option<(String, String)> {
    if let Some(id) = begin(tenant, form) {
        return Some((id.clone(), id));
    }
    let goes_on = form.get("consent").is_some() || form.get("verify").is_some();
    if !goes_on && (asked.prompt("select_account") || asked.prompt("login")) {
        return None;
    }
    let (id, session) = tenant.sign_in.session(request)?;
    let hinted = match asked.query.get("login_hint") {
        None => true,
        Some(hint) => {
            hint == tokens::hint(&session.person)
                || tenant.directory.find(hint).is_some_and(|person| person.id == session.person)
        }
    };
    hinted.then(|| (id.to_owned(), id.to_owned()))
}

/// Starts a session for the account chosen on the page.
pub(super) fn begin(tenant: &mut Tenant, form: &Form) -> Option<String> {
    let chosen = tenant.directory.find(form.get("person")?).filter(|person| person.enabled)?;
    let session = Session { person: chosen.id.clone(), acrs: Vec::new() };
    let id = base64url(&sha256(&tenant.random.guid()));
    tenant.sign_in.sessions.insert(id.clone(), session);
    Some(id)
}

/// The accounts to choose from, the hinted one first.
pub(super) fn choices<'t>(tenant: &'t Tenant, hint: &str) -> Vec<&'t Person> {
    let mut people: Vec<&Person> = tenant.directory.people.iter().filter(|person| !person.sign_in.is_empty()).collect();
    people.sort_by_key(|person| !(person.upn.eq_ignore_ascii_case(hint) || tokens::hint(&person.id) == hint));
    people
}

/// Whether a person can consent for everyone.
pub(super) fn may_consent_for_all(person: &Person) -> bool {
    let grants = [Role::GlobalAdministrator, Role::PrivilegedRoleAdministrator];
    person.roles.iter().any(|role| grants.contains(role))
}

/// Asks for consent if it is missing; records it if it was just given.
fn consent(
    tenant: &mut Tenant,
    request: &Request,
    asked: &Asked,
    form: &Form,
    person: &Person,
    now: i64,
) -> Option<Response> {
    let missing: Vec<String> = asked
        .scopes
        .graph
        .iter()
        .filter(|scope| {
            (asked.prompt("consent") && form.get("consent").is_none()) || !tenant.sign_in.has_consent(&person.id, scope)
        })
        .cloned()
        .collect();
    if missing.is_empty() {
        return None;
    }
    let administrator = may_consent_for_all(person);
    let blocked = !administrator && missing.iter().any(|scope| needs_administrator(scope));
    match form.get("consent") {
        Some("accept") if !blocked => {
            tenant.sign_in.consent(&person.id, &missing, administrator && form.get("everybody").is_some());
            None
        }
        Some(_) => {
            let error = if blocked {
                OauthError::consent(true).coded("access_denied")
            } else {
                OauthError::new("access_denied", 65004, "User declined to consent to access the app.")
            };
            Some(asked.back.with_error(tenant, request, &error, now))
        }
        None if asked.prompt("none") => {
            Some(asked.back.with_error(tenant, request, &OauthError::consent(blocked), now))
        }
        None if blocked => Some(page::need_administrator(&missing)),
        None => Some(page::consent(person, &missing, administrator)),
    }
}

/// Asks for a stronger sign-in if the claims require one.
fn verify(
    tenant: &mut Tenant,
    request: &Request,
    asked: &Asked,
    form: &Form,
    (session_id, person): (&str, &Person),
    now: i64,
) -> Option<Response> {
    let session = tenant.sign_in.sessions.get_mut(session_id)?;
    if let Some(done) = form.get("verify").filter(|done| !done.is_empty()) {
        session.acrs.push(done.to_owned());
    }
    let context = asked.claims.acrs.iter().find(|context| !session.acrs.contains(context))?;
    if form.get("verify").is_some() {
        let error = OauthError::new("access_denied", 50097, "The sign-in was cancelled.");
        return Some(asked.back.with_error(tenant, request, &error, now));
    }
    if asked.prompt("none") {
        return Some(asked.back.with_error(tenant, request, &OauthError::step_up(context), now));
    }
    Some(page::verify(person, context))
}

fn code(tenant: &mut Tenant, asked: &Asked, session_id: &str, person: &str, now: i64) -> Response {
    let text = format!("1.{}", base64url(&sha256(&tenant.random.guid())));
    let acrs = tenant.sign_in.sessions.get(session_id).map(|session| session.acrs.clone()).unwrap_or_default();
    let code = Code {
        person: person.to_owned(),
        scopes: asked.scopes.all(),
        redirect_uri: asked.query.text("redirect_uri").to_owned(),
        challenge: asked.query.text("code_challenge").to_owned(),
        nonce: asked.query.get("nonce").map(str::to_owned),
        acrs,
        claims_capable: asked.claims.capable,
        issued_ms: now,
        redeemed: false,
    };
    tenant.sign_in.codes.insert(text.clone(), code);
    let session = crate::ids::guid("session", session_id);
    asked.back.with(Form(vec![("code".into(), text), ("session_state".into(), session)]))
}

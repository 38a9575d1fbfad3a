//! Consent by an administrator for the whole tenant.

use super::authorize::{begin, choices, may_consent_for_all, unsafe_to_redirect};
use super::scopes::Scopes;
use super::{error::OauthError, page};
use crate::TENANT_ID;
use crate::http::{Request, Response};
use crate::tenant::Tenant;
use crate::url::{Form, Url};

/// `GET` and `POST /{tenant}/v2.0/adminconsent`; the answer is in the query, including errors.
pub(super) fn answer(tenant: &mut Tenant, request: &Request, url: &Url, name: &str, now: i64) -> Response {
    let query = url.query();
    if let Some(error) = unsafe_to_redirect(tenant, &query, name) {
        let text = error.text(tenant, request, now);
        return page::error(&text);
    }
    let scopes = match Scopes::parse(query.text("scope")) {
        Ok(scopes) => scopes,
        Err(error) => return back(&query, error.parameters(tenant, request, now)),
    };
    let form = if request.method == "POST" { Form::parse(&request.body) } else { Form::default() };
    let session = begin(tenant, &form).or_else(|| tenant.sign_in.session(request).map(|(id, _)| id.to_owned()));
    let session_person = session.as_ref().and_then(|id| tenant.sign_in.sessions.get(id));
    let person = session_person.and_then(|session| tenant.directory.person(&session.person)).cloned();
    let (Some(id), Some(person)) = (session, person) else { return page::choose(&choices(tenant, "")) };
    let answer = match form.get("consent") {
        Some("decline") => {
            let error = OauthError::new("access_denied", 65004, "User declined to consent to access the app.");
            back(&query, error.parameters(tenant, request, now))
        }
        _ if !may_consent_for_all(&person) => page::need_administrator(&scopes.graph),
        Some("accept") => {
            tenant.sign_in.consent(&person.id, &scopes.graph, true);
            let given = [("tenant", TENANT_ID.to_owned()), ("scope", scopes.graph.join(" "))];
            back(&query, Form(given.map(|(name, value)| (name.to_owned(), value)).to_vec()))
        }
        _ => page::consent(&person, &scopes.graph, false),
    };
    answer.with_header("set-cookie", &format!("ESTSAUTH={id}; Path=/; HttpOnly; SameSite=Lax"))
}

fn back(query: &Form, parameters: Form) -> Response {
    let mut all = vec![("admin_consent".to_owned(), "True".to_owned())];
    all.extend(parameters.0);
    all.extend(query.get("state").map(|state| ("state".to_owned(), state.to_owned())));
    Response::redirect(&format!("{}?{}", query.text("redirect_uri"), Form(all).encode()))
}

//! Ending the browser's session.

use super::{page, redirect};
use crate::http::{Request, Response};
use crate::tenant::Tenant;
use crate::url::Url;

/// `GET /{tenant}/oauth2/v2.0/logout`: returns to a registered address, or shows that the person is signed out.
pub(super) fn answer(tenant: &mut Tenant, request: &Request, url: &Url) -> Response {
    let session = tenant.sign_in.session(request).map(|(id, _)| id.to_owned());
    if let Some(id) = session {
        tenant.sign_in.sessions.remove(&id);
    }
    let query = url.query();
    let answer = match query.get("post_logout_redirect_uri").filter(|uri| redirect::is_registered(&tenant.seed, uri)) {
        Some(uri) => {
            let state = query.get("state").map(|state| format!("?state={}", crate::url::percent_encode(state)));
            Response::redirect(&format!("{uri}{}", state.unwrap_or_default()))
        }
        None => page::signed_out(),
    };
    answer.with_header("set-cookie", "ESTSAUTH=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

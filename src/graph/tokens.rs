//! The session as the Graph client sees it: tokens, and what to do when one is not accepted.

use super::client::Tokens;
use super::error::{Error, Refusal};

use crate::auth::challenge::{claims_in_header, claims_in_message};
use crate::auth::scope::Scope;
use crate::auth::session::Session;
use crate::world::World;

impl<W: World> Tokens for Session<W> {
    async fn token(&self, scopes: &[Scope]) -> Result<String, Error> {
        let bearer = self.bearer(scopes).await.map_err(|needed| Error::SignIn(Box::new(needed)))?;
        Ok(bearer.token().to_owned())
    }

    fn granted(&self, scopes: &[Scope]) -> bool {
        scopes.iter().all(|scope| Self::granted(self, *scope))
    }

    fn lasts_ms(&self) -> i64 {
        self.token_lasts_ms()
    }

    /// A 401 always drops the token; another refusal only if it says which claims a new token needs.
    fn not_accepted(&self, token: &str, refusal: &Refusal) -> bool {
        let claims = claims_asked_for(refusal);
        let drop = refusal.status == 401 || claims.is_some();
        if drop {
            self.refuse(token, claims);
        }
        drop
    }
}

/// The claims that a refusal of Graph asks for (JSON text): in `WWW-Authenticate`, or in the message, where PIM puts
/// them.
fn claims_asked_for(refusal: &Refusal) -> Option<String> {
    let in_header = refusal.challenge.as_deref().and_then(claims_in_header);
    in_header.or_else(|| claims_in_message(&refusal.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::base64url;
    use crate::graph::answer;
    use crate::world::HttpResponse;

    fn asked(header: Option<String>, body: &str) -> Option<String> {
        let headers = header.map(|value| ("www-authenticate".to_owned(), value)).into_iter().collect();
        let response = HttpResponse { status: 401, headers, body: body.to_owned() };
        claims_asked_for(answer::json(&response, "GET /v1.0/x").unwrap_err().refusal().unwrap())
    }

    #[test]
    fn claims_are_found_in_the_header_and_in_the_message() {
        let claims = r#"{"access_token":{"nbf":1}}"#;
        let header =
            format!(r#"Bearer error="insufficient_claims", claims="{}""#, base64url::encode(claims.as_bytes()));
        assert_eq!(asked(Some(header), "").as_deref(), Some(claims));
        let body =
            r#"{"error":{"code":"RoleAssignmentRequestAcrsValidationFailed","message":"&claims=%7B%22a%22%3A1%7D"}}"#;
        assert_eq!(asked(None, body).as_deref(), Some(r#"{"a":1}"#));
        for nothing in ["", "<html>", r#"{"error":7}"#, r#"{"error":{"message":"no"}}"#] {
            assert_eq!(asked(None, nothing), None);
        }
    }
}

//! The session as the Graph client sees it: tokens, and what to do when one is not accepted.

use super::client::Tokens;
use super::error::{Error, Refusal};

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

    /// A 401 always drops the token; PIM's call for a stronger sign-in only if it says which claims a new token needs. To
    /// any other refusal it works for all other calls.
    fn not_accepted(&self, token: &str, refusal: &Refusal) -> bool {
        let claims = refusal.claims();
        let drop = refusal.status == 401 || refusal.names_step_up() && claims.is_some();
        if drop {
            self.refuse(token, claims);
        }
        drop
    }
}

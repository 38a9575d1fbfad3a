//! Opening a session: redeems the code and checks the ID token.

use std::cell::RefCell;

use futures_util::lock::Mutex;

use super::Session;
use super::state::State;
use crate::auth::boot::Redeem;
use crate::auth::id_token::{self, Expected, IdTokenError};
use crate::auth::refused::Refused;
use crate::auth::request_id::request_id;
use crate::auth::token::{self, TokenFailure};
use crate::auth::trouble::{self, SignInTrouble};
use crate::config::Config;
use crate::world::{Moment, World};

/// A newly opened session.
pub struct Opened<W> {
    /// The session, signed in.
    pub session: Session<W>,
    /// Someone other than the person whose session was to be continued came back: nothing of theirs may be shown.
    pub account_changed: bool,
}

/// Why no session was opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenFailure {
    /// The service refused the code.
    #[error("the sign-in service refused: {}", .0.error)]
    Refused(Box<Refused>),
    /// The ID token did not pass.
    #[error(transparent)]
    IdToken(#[from] IdTokenError),
    /// The service is busy or failing. The code may be used up.
    #[error("the sign-in service is busy")]
    Busy {
        /// How long to wait, in milliseconds.
        wait_ms: i64,
    },
    /// No usable answer came. The code may be used up, so only a new sign-in helps.
    #[error("the sign-in service gave no usable answer")]
    NoAnswer,
}

impl OpenFailure {
    /// Whether the refusal may be due to the permissions asked for.
    pub fn lacks_permission(&self) -> bool {
        if let Self::Refused(refused) = self { refused.lacks_permission() } else { false }
    }

    /// What to tell the person.
    pub fn trouble(&self, config: &Config, redeem: &Redeem) -> SignInTrouble {
        match self {
            Self::Refused(refused) => trouble::refused(refused, config, &redeem.pending.scopes),
            Self::IdToken(error) => trouble::id_token(*error),
            Self::Busy { wait_ms } => trouble::busy(*wait_ms),
            Self::NoAnswer => trouble::no_answer(config),
        }
    }
}

impl<W: World> Session<W> {
    /// Redeems the code of a checked answer. Sends one request and never repeats it.
    pub async fn open(world: W, config: &Config, redeem: &Redeem) -> Result<Opened<W>, OpenFailure> {
        let pending = &redeem.pending;
        let request = token::redeem_request(config, pending, &redeem.code, &request_id(&world));
        let sent = Moment::now(&world);
        let answer =
            token::read(world.send(request).await, &pending.scopes, world.unix_ms()).map_err(
                |failure| match failure {
                    TokenFailure::Refused(refused) => OpenFailure::Refused(refused),
                    TokenFailure::Busy { wait_ms } => OpenFailure::Busy { wait_ms },
                    TokenFailure::Unreadable | TokenFailure::NoAnswer(_) => OpenFailure::NoAnswer,
                },
            )?;
        let now_ms = world.unix_ms();
        let issuer = redeem.issuer.as_deref();
        let expected = Expected { config, nonce: Some(&pending.nonce), issuer, now_ms: Some(now_ms) };
        let id_token = answer.id_token.as_ref().ok_or(IdTokenError::Unreadable)?;
        let checked = id_token::check(id_token.reveal(), expected)?;

        let account_changed = pending.expected.as_ref().is_some_and(|who| *who != checked.account.identity());
        let mut state = State::default();
        state.accept(answer, sent, pending.claims.clone());
        let session = Self {
            world,
            config: config.clone(),
            account: checked.account,
            token_age_ms: checked.issued_ms.map(|issued_ms| now_ms.saturating_sub(issued_ms)),
            state: RefCell::new(state),
            turn: Mutex::new(()),
        };
        Ok(Opened { session, account_changed })
    }
}

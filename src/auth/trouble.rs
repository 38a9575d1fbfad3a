//! Why signing in failed, and the way out. The sentences for it are in `text::sign_in`.

mod family;

pub use family::{Family, family};

use super::authorize::admin_consent_url;
use super::id_token::IdTokenError;
use super::refused::Refused;
use super::scope::Scope;
use crate::config::Config;

/// The way out offered beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Sign in again, answering these claims (JSON text) if any.
    SignIn {
        /// The claims to send.
        claims: Option<String>,
    },
    /// Sign in with another account.
    SwitchAccount,
    /// Try the same again later.
    TryAgain,
    /// An administrator grants permissions on a page.
    AdminConsent {
        /// The page, to open or to send to an administrator.
        url: String,
        /// The permissions to grant.
        scopes: Vec<Scope>,
    },
    /// The owner registers this redirect address.
    RegisterRedirect {
        /// The exact redirect address.
        uri: String,
    },
    /// The owner corrects the tenant in `config.json`.
    FixTenant {
        /// The present value.
        tenant: String,
    },
    /// Someone else has to act; nothing can be done here.
    Ask,
    /// A defect of PIM Desk: report it.
    Report,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The sign-in service refused the sign-in.
    Refused(Family, Box<Refused>),
    /// The ID token did not pass its checks.
    IdToken(IdTokenError),
    /// The answer came too late.
    TookTooLong,
    /// The answer came from a service other than the configured one.
    ForeignAnswer,
    /// The sign-in service gave no usable answer.
    NoAnswer {
        /// The service's address.
        login: String,
    },
    /// The sign-in service is busy or failing.
    Busy {
        /// How long to wait, in milliseconds.
        wait_ms: i64,
    },
    /// The browser stores nothing for the page, so no sign-in can come back to it.
    NoStorage,
    /// Someone came back from the admin-consent page, or says so: anyone can write that address.
    BackFromConsent,
    /// Someone other than the person whose session was to be continued came back.
    AccountChanged,
}

/// Why signing in failed, and what to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInTrouble {
    /// What went wrong.
    pub cause: Cause,
    /// The way out to offer.
    pub step: NextStep,
}

/// Explains an error of the sign-in service. `scopes` are the permissions that were asked for.
pub fn refused(refused: &Refused, config: &Config, scopes: &[Scope]) -> SignInTrouble {
    let family = family(refused);
    let step = match family {
        Family::NotSinglePage | Family::RedirectMismatch => {
            NextStep::RegisterRedirect { uri: config.redirect_uri.clone() }
        }
        Family::SingleTenant | Family::WrongCloud => NextStep::FixTenant { tenant: config.tenant.to_string() },
        Family::AppMissing | Family::Consent | Family::Declined => {
            NextStep::AdminConsent { url: admin_consent_url(config, scopes), scopes: scopes.to_vec() }
        }
        Family::WrongAccount | Family::WhichAccount => NextStep::SwitchAccount,
        Family::NotAssigned | Family::Device | Family::Blocked => NextStep::Ask,
        Family::NoSession | Family::MoreProof | Family::Expired | Family::Spent => {
            NextStep::SignIn { claims: refused.claims.clone() }
        }
        Family::Loop | Family::Passing => NextStep::TryAgain,
        Family::OurFault => NextStep::Report,
        Family::Unknown => NextStep::SignIn { claims: refused.claims.clone() },
    };
    SignInTrouble { cause: Cause::Refused(family, Box::new(refused.clone())), step }
}

/// Explains an ID token that did not pass its checks.
pub const fn id_token(error: IdTokenError) -> SignInTrouble {
    let step = match error {
        IdTokenError::Expired | IdTokenError::NotYet => NextStep::SignIn { claims: None },
        IdTokenError::Tenant => NextStep::SwitchAccount,
        _ => NextStep::Report,
    };
    SignInTrouble { cause: Cause::IdToken(error), step }
}

/// Explains that the sign-in service gave no usable answer.
pub fn no_answer(config: &Config) -> SignInTrouble {
    SignInTrouble { cause: Cause::NoAnswer { login: config.endpoints.login.clone() }, step: NextStep::TryAgain }
}

/// Explains that the sign-in service is busy.
pub const fn busy(wait_ms: i64) -> SignInTrouble {
    SignInTrouble { cause: Cause::Busy { wait_ms }, step: NextStep::TryAgain }
}

/// Explains a sign-in whose answer came too late.
pub const fn took_too_long() -> SignInTrouble {
    SignInTrouble { cause: Cause::TookTooLong, step: NextStep::SignIn { claims: None } }
}

/// Explains an answer from a service other than the configured one.
pub const fn foreign_answer() -> SignInTrouble {
    SignInTrouble { cause: Cause::ForeignAnswer, step: NextStep::Report }
}

/// Explains that the browser stores nothing for the page.
pub const fn no_storage() -> SignInTrouble {
    SignInTrouble { cause: Cause::NoStorage, step: NextStep::TryAgain }
}

/// Explains a return from the admin-consent page.
pub const fn back_from_consent() -> SignInTrouble {
    SignInTrouble { cause: Cause::BackFromConsent, step: NextStep::SignIn { claims: None } }
}

/// Explains that a different person came back.
pub const fn account_changed() -> SignInTrouble {
    SignInTrouble { cause: Cause::AccountChanged, step: NextStep::SwitchAccount }
}

#[cfg(test)]
mod tests;

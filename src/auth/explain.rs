//! What a person is told when signing in does not work: what happened, what to do, and the ids support asks for.

mod family;
mod words;

pub use family::{Family, family};

use super::authorize::admin_consent_url;
use super::id_token::IdTokenError;
use super::refused::Refused;
use super::scope::Scope;
use crate::config::Config;

/// The way out that is offered beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sign in again, answering these claims (JSON text) if any.
    SignIn {
        /// What the sign-in must carry.
        claims: Option<String>,
    },
    /// Sign in with another account.
    SwitchAccount,
    /// Try the same again, later.
    TryAgain,
    /// An administrator grants permissions there.
    AdminConsent {
        /// The page to open or to send to an administrator.
        url: String,
        /// What is to be granted.
        scopes: Vec<Scope>,
    },
    /// The owner registers this redirect address.
    RegisterRedirect {
        /// The exact address.
        uri: String,
    },
    /// The owner corrects `config.json` or the app registration.
    FixSetup,
    /// Someone else has to act; nothing can be done here.
    Ask,
    /// A defect of PIM Desk: report it.
    Report,
}

/// The ids support asks for; any may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportIds {
    /// `AADSTS50011`, or the OAuth error.
    pub code: Option<String>,
    /// Microsoft's correlation id.
    pub correlation_id: Option<String>,
    /// When, in Microsoft's words.
    pub timestamp: Option<String>,
    /// Microsoft's own text, cut to 500 characters. To be shown as text only.
    pub said: Option<String>,
}

/// One explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// A heading.
    pub title: &'static str,
    /// What happened.
    pub sentence: String,
    /// What to do.
    pub next: String,
    /// The way out to offer.
    pub step: Step,
    /// For support.
    pub ids: SupportIds,
}

/// Explains an error of the sign-in service. `scopes` are the permissions that were asked for.
pub fn explain(refused: &Refused, config: &Config, scopes: &[Scope]) -> Explanation {
    let family = family(refused);
    let words = words::of(family, config, scopes);
    let step = match family {
        Family::NotSinglePage | Family::RedirectMismatch => Step::RegisterRedirect { uri: config.redirect_uri.clone() },
        Family::SingleTenant | Family::WrongCloud => Step::FixSetup,
        Family::AppMissing | Family::Consent | Family::Declined => {
            Step::AdminConsent { url: admin_consent_url(config, scopes), scopes: scopes.to_vec() }
        }
        Family::WrongAccount => Step::SwitchAccount,
        Family::NotAssigned | Family::Device | Family::Blocked => Step::Ask,
        Family::NoSession | Family::MoreProof | Family::Expired | Family::Spent => {
            Step::SignIn { claims: refused.claims.clone() }
        }
        Family::Loop | Family::Passing => Step::TryAgain,
        Family::OurFault => Step::Report,
        Family::Unknown => Step::SignIn { claims: refused.claims.clone() },
    };
    Explanation { title: words.title, sentence: words.sentence, next: words.next, step, ids: ids(refused) }
}

/// Explains an ID token that did not pass.
pub fn explain_id_token(error: IdTokenError) -> Explanation {
    let (title, next, step) = match error {
        IdTokenError::Expired | IdTokenError::NotYet => (
            "This computer's clock is wrong",
            "Set the clock of this computer to the right time, then sign in again.",
            Step::SignIn { claims: None },
        ),
        IdTokenError::Tenant => {
            ("That account is in another tenant", "Sign in with an account of this tenant.", Step::SwitchAccount)
        }
        _ => (
            "The sign-in answer could not be accepted",
            "Sign in again. If this comes back, report it to the people who run PIM Desk here.",
            Step::Report,
        ),
    };
    plain(title, &format!("Nothing was opened: {error}."), next, step)
}

/// A sign-in whose answer came too late.
pub fn took_too_long() -> Explanation {
    plain(
        "That sign-in took too long",
        "More than ten minutes passed, so the answer is no longer accepted.",
        "Sign in again.",
        Step::SignIn { claims: None },
    )
}

/// An answer of another service than the configured one.
pub fn foreign_answer() -> Explanation {
    plain(
        "The sign-in answer could not be accepted",
        "It names another sign-in service than the one of this installation.",
        "Sign in again. If this comes back, report it to the people who run PIM Desk here.",
        Step::Report,
    )
}

/// The sign-in service gave no usable answer.
pub fn no_answer(config: &Config) -> Explanation {
    plain(
        "The sign-in service could not be reached",
        &format!("This browser got no usable answer from {}.", config.endpoints.login),
        "Check the connection. A content blocker or a proxy may also be in the way. Then sign in again.",
        Step::TryAgain,
    )
}

/// Someone came back from the admin-consent page. The words claim nothing, since anyone can write that address.
pub fn back_from_consent() -> Explanation {
    plain(
        "Back from granting permissions",
        "If an administrator has just granted the permissions, they apply from the next sign-in.",
        "Sign in. It can take Microsoft a minute or two.",
        Step::SignIn { claims: None },
    )
}

/// Another person came back than the one whose session was to be continued.
pub fn account_changed() -> Explanation {
    plain(
        "The account has changed",
        "Microsoft answered for another account than the one that was signed in, so the session was closed.",
        "Sign in again with the account you want to work with.",
        Step::SwitchAccount,
    )
}

fn plain(title: &'static str, sentence: &str, next: &str, step: Step) -> Explanation {
    Explanation { title, sentence: sentence.to_owned(), next: next.to_owned(), step, ids: SupportIds::default() }
}

fn ids(refused: &Refused) -> SupportIds {
    let said: String = refused.description.chars().take(500).collect();
    SupportIds {
        code: Some(refused.code.map_or_else(|| refused.error.clone(), |code| format!("AADSTS{code}"))),
        correlation_id: refused.correlation_id.clone(),
        timestamp: refused.timestamp.clone(),
        said: Some(said).filter(|said| !said.is_empty()),
    }
}

#[cfg(test)]
mod tests;

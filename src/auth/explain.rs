//! What a person is told when signing in does not work: what happened, what to do, and the IDs support asks for.

mod family;
mod words;

pub use family::{Family, family};

use super::authorize::admin_consent_url;
use super::id_token::IdTokenError;
use super::refused::Refused;
use super::scope::Scope;
use crate::config::Config;
use crate::problem::Problem;

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

/// One explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What to tell.
    pub problem: Problem,
    /// The way out to offer.
    pub step: Step,
}

impl Explanation {
    fn new(title: &str, detail: &str, next_step: &str, step: Step) -> Self {
        let retry = step == Step::TryAgain;
        let sign_in = matches!(step, Step::SignIn { .. } | Step::SwitchAccount);
        Self { problem: Problem { retry, sign_in, ..Problem::plain(title, detail, next_step) }, step }
    }
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
    let mut explanation = Explanation::new(words.title, words.sentence, &words.next, step);
    explanation.problem.facts = facts(refused);
    explanation
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
            "Sign in again. If it happens again, report it to the people who run PIM Desk here.",
            Step::Report,
        ),
    };
    Explanation::new(title, &format!("You were not signed in: {error}."), next, step)
}

/// A sign-in whose answer came too late.
pub fn took_too_long() -> Explanation {
    Explanation::new(
        "That sign-in took too long",
        "More than ten minutes passed, so the answer is no longer accepted.",
        "Sign in again.",
        Step::SignIn { claims: None },
    )
}

/// An answer of another service than the configured one.
pub fn foreign_answer() -> Explanation {
    Explanation::new(
        "The sign-in answer could not be accepted",
        "It names a different sign-in service than the one set up here.",
        "Sign in again. If it happens again, report it to the people who run PIM Desk here.",
        Step::Report,
    )
}

/// The sign-in service gave no usable answer.
pub fn no_answer(config: &Config) -> Explanation {
    Explanation::new(
        "The sign-in service could not be reached",
        &format!("This browser got no usable answer from {}.", config.endpoints.login),
        "Check the connection. A content blocker or a proxy may also be in the way. Then sign in again.",
        Step::TryAgain,
    )
}

/// The browser stores nothing for the page, so no sign-in can come back to it.
pub fn no_storage() -> Explanation {
    Explanation::new(
        "This browser stores no data for this page",
        "Signing in leads to Microsoft and back, and the page must remember one thing in between. The browser does not allow that.",
        "Allow this site to store data (cookies and site data), then sign in again. Sign-in data stays in this tab.",
        Step::TryAgain,
    )
}

/// Someone came back from the admin-consent page. The words claim nothing, since anyone can write that address.
pub fn back_from_consent() -> Explanation {
    Explanation::new(
        "Back from granting permissions",
        "If an administrator has just granted the permissions, they apply from the next sign-in.",
        "Sign in. The change can take a minute or two.",
        Step::SignIn { claims: None },
    )
}

/// A different person came back from the one whose session was to be continued.
pub fn account_changed() -> Explanation {
    Explanation::new(
        "The account has changed",
        "Microsoft answered for a different account, so the session was closed.",
        "Sign in again with the account you want to work with.",
        Step::SwitchAccount,
    )
}

/// What support asks for. Microsoft's own text is cut to 500 characters; it may hold anything and is shown as text only.
fn facts(refused: &Refused) -> Vec<(&'static str, String)> {
    let code = refused.code.map_or_else(|| refused.error.clone(), |code| format!("AADSTS{code}"));
    let said: String = refused.description.chars().take(500).collect();
    [
        ("Error", Some(code)),
        ("Correlation ID", refused.correlation_id.clone()),
        ("Time", refused.timestamp.clone()),
        ("Microsoft says", Some(said)),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)))
    .collect()
}

#[cfg(test)]
mod tests;

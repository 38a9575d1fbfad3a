//! One of the two sides of the inbox: whether it could be read, and why not.

use crate::approval::Kind;
use crate::auth::session::Reason;
use crate::graph::Error;

/// What is known of one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Why it was not read this time, if it was not.
    pub missing: Option<Missing>,
    /// Entries that could not be parsed at all.
    pub unreadable: usize,
    /// The side was read, but not its renewals and extensions: those shown are from before.
    pub lacks_renewals: bool,
    /// When its rows were read, ms since 1970; `None` if they never were.
    pub read_unix_ms: Option<i64>,
}

/// Why a side was not read.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// Neither the installation nor the person wants it.
    NotAsked,
    /// It is wanted, but the permission was not granted: a sign-in can ask for it.
    NotGranted,
    /// This cloud does not know the call.
    NotOffered(Error),
    /// Microsoft refused it for this person (403): a directory role is missing.
    Refused(Error),
    /// Microsoft is throttling.
    Throttled(Error),
    /// Anything else: no answer, a fault, no session.
    Failed(Error),
}

impl Missing {
    /// Classifies the error of the side's list. That call is the same for everybody, so an answer that it is malformed
    /// or unknown is about the cloud, not the person.
    pub fn of(kind: Kind, error: Error) -> Self {
        let consent = matches!(&error, Error::SignIn(needed) if needed.reason == Reason::Consent);
        match error.status() {
            _ if consent && kind == Kind::Role => Self::NotGranted,
            _ if error.wants_other_token() => Self::Failed(error),
            Some(403) => Self::Refused(error),
            _ if Self::is_throttling(&error) => Self::Throttled(error),
            Some(400 | 404 | 405 | 501) if kind == Kind::Role => Self::NotOffered(error),
            _ => Self::Failed(error),
        }
    }

    /// Whether Microsoft is throttling.
    pub fn is_throttling(error: &Error) -> bool {
        error.refusal().is_some_and(|refusal| match refusal.status {
            429 => true,
            503 => refusal.retry_after.is_some(),
            _ => false,
        })
    }

    /// The error behind it, if there is one.
    pub const fn error(&self) -> Option<&Error> {
        match self {
            Self::NotAsked | Self::NotGranted => None,
            Self::NotOffered(error) | Self::Refused(error) | Self::Throttled(error) | Self::Failed(error) => {
                Some(error)
            }
        }
    }
}

//! Requests that wait for approval, and the decision on them.

mod filter;
mod listing;
mod pace;
mod selection;
mod standing;

pub use filter::{Facets, Filter, Kind, Sort};
pub use listing::{Listing, Row};
pub use pace::Pace;
pub use selection::Selection;
pub use standing::{Standing, standing};

use crate::directory::{Group, Person};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::policy::Access;

/// How long an approver has, from the request's creation: fixed by Microsoft (requirements E).
pub const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;

/// The statuses after which there is nothing to decide (`endpoints.md` 2.1).
const SETTLED: [&str; 10] = [
    "Canceled",
    "Denied",
    "Expired",
    "Failed",
    "Granted",
    "PendingProvisioning",
    "PendingScheduleCreation",
    "Provisioned",
    "Revoked",
    "ScheduleCreated",
];

/// A request to activate an eligible assignment in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivationRequest {
    /// The request's id, which is also the approval's.
    pub id: String,
    /// Graph's status, verbatim. The only thing that tells the state (quirk 29).
    pub status: String,
    /// What is asked, verbatim (`selfActivate`, …).
    pub action: String,
    /// Who asks.
    pub principal_id: Option<Guid>,
    /// The person, if Graph sent them along.
    pub principal: Option<Person>,
    /// Which group.
    pub group_id: Option<Guid>,
    /// The group, if Graph sent it along.
    pub group: Option<Group>,
    /// As member or owner; `Err` holds an unknown word verbatim.
    pub access: Result<Access, String>,
    /// Why, in the requester's words. Hostile until proven otherwise.
    pub justification: String,
    /// Ticket number and system; empty when not given.
    pub ticket: Ticket,
    /// From when.
    pub start_unix_ms: Option<i64>,
    /// For how long.
    pub length: Length,
    /// When it was made.
    pub created_unix_ms: Option<i64>,
}

/// The ticket a requester named. Information only: nobody checks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    /// Number; may be empty.
    pub number: String,
    /// System; may be empty.
    pub system: String,
}

/// For how long access is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Length {
    /// ISO 8601 text as sent.
    For(String),
    /// Until a moment, ms since 1970.
    Until(i64),
    /// For ever.
    Permanent,
    /// Not told.
    Unknown,
}

impl ActivationRequest {
    /// Whether it waits for a decision.
    pub fn is_pending(&self) -> bool {
        self.status.eq_ignore_ascii_case("PendingApproval")
    }

    /// Whether nobody can decide it any more. A status Microsoft may invent later counts as neither waiting nor settled:
    /// such a request is shown with its status as it is.
    pub fn is_settled(&self) -> bool {
        SETTLED.iter().any(|known| known.eq_ignore_ascii_case(&self.status))
    }

    /// Whether this person made it. Nobody decides their own request (quirk 28).
    pub fn is_from(&self, person: &Guid) -> bool {
        self.principal_id.as_ref().or(self.principal.as_ref().map(|known| &known.id)) == Some(person)
    }

    /// Whether it extends or renews an assignment: Graph cannot decide those (quirk 28).
    pub fn is_extension(&self) -> bool {
        let action = self.action.to_ascii_lowercase();
        action.contains("extend") || action.contains("renew")
    }

    /// Whether it waits for this person, and can be decided here: pending, not their own, and nothing that extends.
    pub fn waits_for(&self, person: &Guid) -> bool {
        self.is_pending() && !self.is_from(person) && !self.is_extension()
    }

    /// When the time to decide ends, ms since 1970.
    pub fn deadline_unix_ms(&self) -> Option<i64> {
        self.created_unix_ms.map(|created| created + WINDOW_MS)
    }
}

/// How much of the time to decide is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Four hours or more.
    Calm,
    /// Less than four hours.
    Soon,
    /// Less than an hour.
    LastHour,
    /// None.
    Over,
}

impl Urgency {
    /// Of a remaining time in ms.
    pub const fn of(left_ms: i64) -> Self {
        const HOUR_MS: i64 = 60 * 60 * 1000;
        match left_ms {
            ..=0 => Self::Over,
            ms if ms < HOUR_MS => Self::LastHour,
            ms if ms < 4 * HOUR_MS => Self::Soon,
            _ => Self::Calm,
        }
    }
}

/// Orders an inbox: least time left first, unknown times last, then by id so that rows never jump.
pub fn inbox_order(requests: &mut Vec<ActivationRequest>) {
    sort_by(requests, |left, right| {
        let key = |request: &ActivationRequest| request.created_unix_ms.unwrap_or(i64::MAX);
        key(left).cmp(&key(right)).then_with(|| left.id.cmp(&right.id))
    });
}

/// The stage of an approval (v1.0 `approvalStage`, beta `approvalStep`). PIM has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The id to decide on.
    pub id: String,
    /// `InProgress`, `Completed`, `Expired`, … verbatim.
    pub status: String,
    /// Whether the signed-in person may decide.
    pub assigned_to_me: bool,
    /// The review, if there is one.
    pub review: Option<Review>,
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// What was decided.
    pub decision: Decision,
    /// Who decided, by display name; empty when Graph does not tell.
    pub by: String,
    /// Object id of who decided, if told.
    pub by_id: Option<Guid>,
    /// When, ms since 1970.
    pub at_unix_ms: Option<i64>,
    /// Why.
    pub justification: String,
}

/// Approve or deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Let the person in.
    Approve,
    /// Refuse.
    Deny,
}

impl Decision {
    /// The verb Graph expects in a PATCH; it answers with the participle (`endpoints.md` 2.3).
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }

    /// Reads `reviewResult`. `None` while nobody has decided.
    pub fn from_result(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "approve" | "approved" => Some(Self::Approve),
            "deny" | "denied" => Some(Self::Deny),
            _ => None,
        }
    }
}

/// The stage to decide: in progress, not reviewed, assigned to the signed-in person. Ids are read, never assumed
/// (quirk 25).
pub fn open_stage(stages: &[Stage]) -> Option<&Stage> {
    stages
        .iter()
        .find(|stage| stage.assigned_to_me && stage.review.is_none() && stage.status.eq_ignore_ascii_case("InProgress"))
}

/// The review of the first decided stage.
pub fn review_of(stages: &[Stage]) -> Option<&Review> {
    stages.iter().find_map(|stage| stage.review.as_ref())
}

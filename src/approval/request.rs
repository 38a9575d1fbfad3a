//! One request: who asks for what, why, for how long.

use super::WINDOW_MS;
use super::target::{Kind, Target};
use crate::directory::Person;
use crate::guid::Guid;
use crate::order::sort_by;

/// The statuses after which there is nothing to decide (graph.md G29).
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

/// A request to activate an eligible assignment in a group or in an Entra role.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The request's id, which is also the approval's.
    pub id: String,
    /// Graph's status, verbatim. The only thing that tells the state (graph.md G27).
    pub status: String,
    /// What is asked, verbatim (`selfActivate`, …).
    pub action: String,
    /// Who asks.
    pub principal_id: Option<Guid>,
    /// The person, if Graph sent them along.
    pub principal: Option<Person>,
    /// To what.
    pub target: Target,
    /// Why, in the requester's words. Hostile until proven otherwise.
    pub justification: String,
    /// Ticket number and system; empty when not given.
    pub ticket: Ticket,
    /// From when.
    pub start_unix_ms: Option<i64>,
    /// For how long.
    pub length: Length,
    /// When it was made, ms since 1970.
    pub created_unix_ms: Option<i64>,
    /// When it ended, ms since 1970. Only means something once the request is settled: Graph fills it in before, with a
    /// moment that lies before the creation (graph.md G27).
    pub completed_unix_ms: Option<i64>,
    /// Whether an approval belongs to it. Assignments by administrators have none.
    pub has_approval: bool,
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

impl Request {
    /// Which of PIM's two services holds it.
    pub const fn kind(&self) -> Kind {
        self.target.kind()
    }

    /// Who asks, from wherever Graph told it.
    pub fn requester(&self) -> Option<&Guid> {
        self.principal_id.as_ref().or(self.principal.as_ref().map(|known| &known.id))
    }

    /// Whether it waits for a decision.
    pub fn is_pending(&self) -> bool {
        self.status.eq_ignore_ascii_case("PendingApproval")
    }

    /// Whether nobody can decide it any more. A status Microsoft may invent later counts as neither waiting nor settled:
    /// such a request is shown with its status as it is.
    pub fn is_settled(&self) -> bool {
        SETTLED.iter().any(|known| known.eq_ignore_ascii_case(&self.status))
    }

    /// Whether this person made it. Nobody decides their own request (graph.md G26).
    pub fn is_from(&self, person: &Guid) -> bool {
        self.requester() == Some(person)
    }

    /// Whether it extends or renews an assignment: Graph cannot decide those (graph.md G26).
    pub fn is_extension(&self) -> bool {
        let action = self.action.to_ascii_lowercase();
        action.contains("extend") || action.contains("renew")
    }

    /// Whether it waits for this person, and can be decided here: pending, not their own, and nothing that extends.
    pub fn waits_for(&self, person: &Guid) -> bool {
        self.is_pending() && !self.is_from(person) && !self.is_extension()
    }

    /// When the time to decide ends, ms since 1970. The 24 hours are those of an approval: nothing is documented to end
    /// the wait of an extension or renewal.
    pub fn deadline_unix_ms(&self) -> Option<i64> {
        self.created_unix_ms.filter(|_| !self.is_extension()).map(|created| created + WINDOW_MS)
    }
}

/// Orders an inbox: least time left first, unknown times after, what cannot be decided here last; then by id so that rows
/// never jump.
pub fn inbox_order(requests: &mut Vec<Request>) {
    sort_by(requests, |left, right| {
        let key = |request: &Request| (request.is_extension(), request.created_unix_ms.unwrap_or(i64::MAX));
        key(left).cmp(&key(right)).then_with(|| left.id.cmp(&right.id))
    });
}

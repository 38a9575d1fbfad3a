//! One request: who asks for what, why, and for how long.

use super::WINDOW_MS;
use super::target::{Kind, Target};
use crate::directory::Person;
use crate::guid::Guid;
use crate::order::sort_by;

/// The statuses in which there is nothing left to decide (graph.md G29).
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
    /// The request's ID, which is also the approval's.
    pub id: String,
    /// Graph's status, verbatim. The only field that gives the state (graph.md G27).
    pub status: String,
    /// What kind of request it is, verbatim (`selfActivate`, …).
    pub action: String,
    /// Who is asking.
    pub principal_id: Option<Guid>,
    /// The person, if Graph sent them along.
    pub principal: Option<Person>,
    /// The group or role asked for.
    pub target: Target,
    /// The reason, in the requester's words. Untrusted text.
    pub justification: String,
    /// Ticket number and system; empty if not given.
    pub ticket: Ticket,
    /// From when, ms since 1970.
    pub start_unix_ms: Option<i64>,
    /// For how long.
    pub length: Length,
    /// When it was made, ms since 1970.
    pub created_unix_ms: Option<i64>,
    /// When it ended, ms since 1970. Meaningless until the request is settled: before that, Graph returns a time before
    /// the creation (graph.md G27).
    pub completed_unix_ms: Option<i64>,
    /// Whether it has an approval. Assignments by administrators have none.
    pub has_approval: bool,
}

/// The ticket a requester named. Information only: nothing verifies it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    /// Number; may be empty.
    pub number: String,
    /// System; may be empty.
    pub system: String,
}

/// How long access is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Length {
    /// ISO 8601 text as sent.
    For(String),
    /// Until a time, ms since 1970.
    Until(i64),
    /// Without an end.
    Permanent,
    /// Not given.
    Unknown,
}

impl Request {
    /// Which of PIM's two services it belongs to.
    pub const fn kind(&self) -> Kind {
        self.target.kind()
    }

    /// Who is asking, from whichever field Graph filled in.
    pub fn requester(&self) -> Option<&Guid> {
        self.principal_id.as_ref().or(self.principal.as_ref().map(|known| &known.id))
    }

    /// Whether it waits for a decision.
    pub fn is_pending(&self) -> bool {
        self.status.eq_ignore_ascii_case("PendingApproval")
    }

    /// Whether nobody can decide it any more. An unknown status counts as neither waiting nor settled: such a request
    /// is shown with its status as it is.
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

    /// Whether it waits for this person and can be decided here: pending, not their own, and not an extension.
    pub fn waits_for(&self, person: &Guid) -> bool {
        self.is_pending() && !self.is_from(person) && !self.is_extension()
    }

    /// When the time to decide ends, ms since 1970. The 24 hours apply to approvals of activations: no limit is
    /// documented for extensions and renewals.
    pub fn deadline_unix_ms(&self) -> Option<i64> {
        self.created_unix_ms.filter(|_| !self.is_extension()).map(|created| created + WINDOW_MS)
    }
}

/// Orders an inbox: least time left first, then unknown times, then what cannot be decided here; ties by ID, so that
/// rows never jump.
pub fn inbox_order(requests: &mut Vec<Request>) {
    sort_by(requests, |left, right| {
        let key = |request: &Request| (request.is_extension(), request.created_unix_ms.unwrap_or(i64::MAX));
        key(left).cmp(&key(right)).then_with(|| left.id.cmp(&right.id))
    });
}

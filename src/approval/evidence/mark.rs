//! What stands out in the evidence.

use super::{Demands, Evidence, Grants};
use crate::approval::{Length, Request};
use crate::policy::IsoDuration;

/// Something an approver should notice before deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The requester's account is disabled.
    Disabled,
    /// The request asks for more time than the policy allows now.
    Longer {
        /// What the policy allows, ISO 8601.
        longest: String,
    },
    /// The access is privileged: the role itself, or a role that the group has or can activate.
    Privileged,
    /// The group has Entra roles or can activate some, none of them known to be privileged.
    HoldsRoles,
    /// An earlier request for the same access was denied.
    DeniedBefore {
        /// When it was made, ms since 1970.
        created_unix_ms: i64,
    },
    /// The requester was invited from another organization.
    Guest,
    /// No request for this access was approved for this person in the last 30 days, as far as this approver can see.
    FirstTime,
}

impl Evidence {
    /// What stands out, most serious first. A part that could not be read gives no mark.
    pub fn marks(&self, request: &Request) -> Vec<Mark> {
        let mut marks = Vec::new();
        let requester = self.requester.as_ref().ok();
        if requester.is_some_and(|person| person.disabled == Some(true)) {
            marks.push(Mark::Disabled);
        }
        if let Some(longest) = self.demands.as_ref().ok().and_then(|demands| exceeded(demands, request)) {
            marks.push(Mark::Longer { longest });
        }
        marks.extend(self.grants.as_ref().ok().and_then(power));
        let past = self.past.as_ref().ok();
        if let Some(denied) = past.and_then(|past| past.denied()) {
            marks.push(Mark::DeniedBefore { created_unix_ms: denied.created_unix_ms });
        }
        if requester.is_some_and(|person| person.guest == Some(true)) {
            marks.push(Mark::Guest);
        }
        if past.is_some_and(|past| past.approved() == 0) {
            marks.push(Mark::FirstTime);
        }
        marks
    }

    /// Whether the policy requires the approver's justification; `None` if that could not be read.
    pub fn approver_must_say_why(&self) -> Option<bool> {
        self.demands.as_ref().ok()?.approver_justification
    }
}

fn power(grants: &Grants) -> Option<Mark> {
    match grants {
        Grants::Role { privileged, .. } => (*privileged == Some(true)).then_some(Mark::Privileged),
        Grants::Group { roles, eligible, .. } => {
            let mut held = roles.iter().chain(eligible).flatten().peekable();
            held.peek()?;
            let privileged = held.any(|held| held.role.privileged == Some(true));
            Some(if privileged { Mark::Privileged } else { Mark::HoldsRoles })
        }
    }
}

/// The longest time allowed, if more is asked for. The policy may have been tightened since the request.
fn exceeded(demands: &Demands, request: &Request) -> Option<String> {
    // An extension is about eligibility or assignment, which have other limits.
    if request.is_extension() {
        return None;
    }
    let longest = demands.longest.as_deref()?;
    let allowed = IsoDuration::parse(longest)?.seconds_total()?;
    let asked = match &request.length {
        Length::For(text) => IsoDuration::parse(text)?.seconds_total()?,
        Length::Until(end) => (end - request.start_unix_ms.or(request.created_unix_ms)?) / 1000,
        Length::Permanent => i64::MAX,
        Length::Unknown => return None,
    };
    (asked > allowed).then(|| longest.to_owned())
}

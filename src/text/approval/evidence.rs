//! Words of the evidence: what the access grants, what its policy requires, who asks, what they asked for before.

use crate::approval::evidence::{Demands, HeldRole, Mark, Past, Requester, Unreadable};
use crate::approval::{DirectoryScope, Ending};
use crate::order::sort_by;
use crate::policy::{ApproverKind, Requirement};

use crate::text::duration::duration;
use crate::text::policy::change::count;

/// Heading of the panel.
pub const TITLE: &str = "Evidence";
/// The evidence is being read.
pub const READING: &str = "Reading what the access grants, what its policy requires and who is asking…";
/// Name of a fact.
pub const GRANTS: &str = "Grants";
/// Name of a fact.
pub const POLICY: &str = "Policy requires";
/// Name of a fact.
pub const APPROVERS: &str = "Approvers";
/// Name of a fact.
pub const PERSON: &str = "About the requester";
/// Name of a fact.
pub const PAST: &str = "Last 30 days";
/// A group that cannot have roles.
pub const NO_ROLES: &str = "No Entra roles: the group is not role-assignable.";
/// A role-assignable group without a role.
pub const HOLDS_NONE: &str = "Role-assignable, but has no Entra roles.";
/// Heading of the roles a group has.
pub const HOLDS: &str = "Entra roles assigned to the group:";
/// Heading of the roles a group can activate.
pub const MAY_ACTIVATE: &str = "Entra roles its members can activate:";
/// The approver must give a justification.
pub const SAY_WHY: &str = "This policy requires approvers to give a justification.";
/// No approvers are selected for a role.
pub const DEFAULT_APPROVERS: &str =
    "None selected: the active Privileged Role Administrators and Global Administrators approve.";
/// No approvers are selected for a group.
pub const NO_APPROVERS: &str = "None selected.";
/// Nothing is known about the person's position.
pub const NO_PLACE: &str = "No job title or department in the directory.";

/// Why a part is missing: an unobtrusive line, never an error.
pub const fn unreadable(why: Unreadable) -> &'static str {
    match why {
        Unreadable::NotGranted => "Not read: your sign-in does not include the permission this needs.",
        Unreadable::Refused => "Not readable with your permissions.",
        Unreadable::NotFound => "Microsoft has no information about this.",
        Unreadable::Failed => "Could not be read this time.",
        Unreadable::NotTold => "The request does not say.",
    }
}

/// A mark in a row, in one or two words.
pub fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Disabled => "account disabled".to_owned(),
        Mark::Longer { longest } => format!("longer than {}", duration(longest)),
        Mark::Privileged => crate::text::role::PRIVILEGED.to_owned(),
        Mark::HoldsRoles => "has Entra roles".to_owned(),
        Mark::DeniedBefore { .. } => "denied before".to_owned(),
        Mark::Guest => "guest".to_owned(),
        Mark::FirstTime => "no approval seen in 30 days".to_owned(),
    }
}

/// A mark as a sentence. `date_time` formats a time for people.
pub fn mark_told(mark: &Mark, date_time: fn(i64) -> String) -> String {
    match mark {
        Mark::Disabled => "The requester's account is disabled: they cannot sign in.".to_owned(),
        Mark::Longer { longest } => {
            format!("The request asks for more time than the policy now allows (at most {}).", duration(longest))
        }
        Mark::Privileged => "This access is privileged.".to_owned(),
        Mark::HoldsRoles => "The group has Entra roles.".to_owned(),
        Mark::DeniedBefore { created_unix_ms } => {
            format!("This person was denied the same access before (requested {}).", date_time(*created_unix_ms))
        }
        Mark::Guest => "The requester is a guest from another organization.".to_owned(),
        Mark::FirstTime => {
            "No request for this access that you can see was approved for this person in the last 30 days.".to_owned()
        }
    }
}

/// A role of a group: "Exchange Administrator (privileged, in an administrative unit)".
pub fn held(held: &HeldRole) -> String {
    let mut notes = Vec::new();
    if held.role.privileged == Some(true) {
        notes.push(crate::text::role::PRIVILEGED.to_owned());
    }
    match &held.scope {
        DirectoryScope::Tenant => {}
        DirectoryScope::Unit(_) => notes.push("in an administrative unit".to_owned()),
        DirectoryScope::Other(_) => notes.push("for one object".to_owned()),
    }
    let name = crate::text::role::name(&held.role);
    if notes.is_empty() { name } else { format!("{name} ({})", notes.join(", ")) }
}

/// What a policy requires for an activation: "at most 8 h · MFA · justification · ticket". What could not be read is
/// left out.
pub fn demands(demands: &Demands) -> String {
    let mut parts = Vec::new();
    if let Some(longest) = &demands.longest {
        parts.push(format!("at most {}", duration(longest)));
    }
    match &demands.requirement {
        Some(Requirement::Mfa) => parts.push("MFA".to_owned()),
        Some(Requirement::Context(context)) => parts.push(format!("authentication context {context}")),
        Some(Requirement::MfaAndContext(context)) => parts.push(format!("MFA and authentication context {context}")),
        Some(Requirement::None) => parts.push("no MFA".to_owned()),
        None => {}
    }
    for (asked, word) in [(demands.justification, "justification"), (demands.ticket, "ticket")] {
        if asked == Some(true) {
            parts.push(word.to_owned());
        }
    }
    parts.join(" · ")
}

/// Who else may approve: names, or IDs if there is no name.
pub fn approvers(demands: &Demands, is_role: bool) -> Option<String> {
    let list = demands.approvers.as_ref()?;
    if list.is_empty() {
        return Some(if is_role { DEFAULT_APPROVERS } else { NO_APPROVERS }.to_owned());
    }
    let named = |one: &crate::approval::evidence::NamedApprover| match (&one.name, one.approver.kind) {
        (Some(name), ApproverKind::Group) => format!("{name} (group)"),
        (Some(name), _) => name.clone(),
        (None, ApproverKind::Other) => "an approver of another type".to_owned(),
        (None, _) => format!("unknown ({})", one.approver.id),
    };
    Some(list.iter().map(named).collect::<Vec<_>>().join(", "))
}

/// Job title and department.
pub fn place(person: &Requester) -> String {
    let told = [&person.job_title, &person.department].into_iter().filter(|text| !text.trim().is_empty());
    let told: Vec<&str> = told.map(String::as_str).collect();
    if told.is_empty() { NO_PLACE.to_owned() } else { told.join(", ") }
}

/// How often the same access was requested: "3 earlier requests: 2 approved, 1 denied".
pub fn past(past: &Past) -> String {
    if past.earlier.is_empty() {
        return "No earlier requests by this person for this access that you can see.".to_owned();
    }
    let mut endings: Vec<&Ending> = past.earlier.iter().map(|one| &one.ending).collect();
    sort_by(&mut endings, Ord::cmp);
    let told: Vec<String> = endings
        .chunk_by(|left, right| left == right)
        .map(|same| match same[0] {
            Ending::Waits => format!("{} still waiting", same.len()),
            ended => format!("{} {}", same.len(), ending(ended)),
        })
        .collect();
    format!("{}: {}", count(past.earlier.len(), "earlier request"), told.join(", "))
}

/// How a request ended.
pub fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Waits => "waiting".to_owned(),
        Ending::Approved => "approved".to_owned(),
        Ending::Denied => "denied".to_owned(),
        Ending::Lapsed => "expired".to_owned(),
        Ending::Withdrawn => "withdrawn".to_owned(),
        Ending::Failed => "failed".to_owned(),
        Ending::Other(status) => format!("“{status}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::Length;
    use crate::approval::evidence::Earlier;

    #[test]
    fn a_first_time_is_told_as_far_as_one_can_see() {
        let told = mark_told(&Mark::FirstTime, |_| String::new());
        assert!(told.contains("that you can see") && mark(&Mark::FirstTime).contains("seen"), "{told}");
    }

    #[test]
    fn demands_are_one_line() {
        let all = Demands {
            longest: Some("PT8H".into()),
            requirement: Some(Requirement::Context("c1".into())),
            justification: Some(true),
            ticket: Some(false),
            approver_justification: None,
            approvers: Some(Vec::new()),
        };
        assert_eq!(demands(&all), "at most 8 h · authentication context c1 · justification");
        assert_eq!(approvers(&all, true).as_deref(), Some(DEFAULT_APPROVERS));
        assert_eq!(approvers(&all, false).as_deref(), Some(NO_APPROVERS));
        let none = Demands { longest: None, requirement: None, justification: None, approvers: None, ..all };
        assert_eq!((demands(&none).as_str(), approvers(&none, true)), ("", None));
        let asked = |ending| Earlier { id: "x".into(), ending, length: Length::Unknown, created_unix_ms: 7 };
        let told = |endings: Vec<Ending>| past(&Past { earlier: endings.into_iter().map(asked).collect() });
        assert_eq!(told(vec![Ending::Waits]), "1 earlier request: 1 still waiting");
        assert_eq!(
            told(vec![Ending::Other("New".into()), Ending::Denied, Ending::Approved, Ending::Denied, Ending::Waits]),
            "5 earlier requests: 1 still waiting, 1 approved, 2 denied, 1 “New”"
        );
        assert_eq!(place(&Requester { department: "Finance".into(), ..Requester::default() }), "Finance");
        assert_eq!(place(&Requester::default()), NO_PLACE);
    }
}

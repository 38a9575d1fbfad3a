//! Errors as text: what happened, what to do.

use super::help::{WHO_OTHER_GROUP, WHO_READS_ROLE, WHO_ROLE, WHO_ROLE_ASSIGNABLE};
use crate::auth::scope::Scope;
use crate::auth::session::{Reason, SignInNeeded};
use crate::graph::error::{Error, Ids, Refusal};
use crate::problem::Problem;
use crate::text::duration::span;

/// What the person was doing, which decides who could help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Looking for groups.
    FindingGroups,
    /// Opening a group or its policy.
    ReadingPolicy,
    /// Saving a group's policy.
    SavingPolicy,
    /// Looking for Entra roles.
    FindingRoles,
    /// Opening an Entra role or its policy.
    ReadingRolePolicy,
    /// Saving an Entra role's policy.
    SavingRolePolicy,
    /// Reading the inbox or a request.
    ReadingApprovals,
    /// Approving or denying.
    Deciding,
    /// Looking up people, contexts and the like.
    LookingUp,
}

impl Doing {
    /// Whether it saves a policy, which was read before: another account would not find more.
    pub const fn saves(self) -> bool {
        matches!(self, Self::SavingPolicy | Self::SavingRolePolicy)
    }

    /// The permissions that it needs; a directory role may be missing as well (graph.md G20).
    pub const fn takes(self) -> &'static [Scope] {
        match self {
            Self::ReadingPolicy => &[Scope::PolicyRead],
            Self::SavingPolicy => &[Scope::PolicyWrite],
            Self::FindingRoles | Self::ReadingRolePolicy => &[Scope::RoleRead],
            Self::SavingRolePolicy => &[Scope::RolePolicyWrite],
            _ => &[],
        }
    }
}

/// Who asked, and where.
pub struct Asked<'a> {
    /// The name the person signs in with.
    pub username: &'a str,
    /// The tenant's name.
    pub tenant: &'a str,
}

/// Like [`problem`]; if the error depends on who asked, it also says who did, where, and with which permissions. If a
/// save finds something missing, that does not depend on the person.
pub fn asked(error: &Error, doing: Doing, by: &Asked) -> Problem {
    let mut problem = problem(error, doing);
    let tenant = super::quoted::one_line(by.tenant);
    match error.status() {
        _ if error.is_forbidden() => {
            let permissions: Vec<_> = doing.takes().iter().map(|scope| scope.name()).collect();
            let facts =
                [("Signed in as", by.username.to_owned()), ("Tenant", tenant), ("Permission", permissions.join(", "))];
            problem.facts.splice(0..0, facts.into_iter().filter(|(_, value)| !value.is_empty()));
        }
        Some(404) if !doing.saves() => {
            problem.detail.push_str(&[" Looked for in ", &tenant, ", signed in as ", by.username, "."].concat());
        }
        _ => {}
    }
    problem
}

/// Describes a Graph error.
pub fn problem(error: &Error, doing: Doing) -> Problem {
    let mut problem = match error {
        Error::SignIn(needed) => sign_in(needed, doing),
        Error::NoAnswer { timed_out, .. } => Problem {
            retry: true,
            ..Problem::plain(
                if *timed_out {
                    "Microsoft Graph did not answer in time"
                } else {
                    "Microsoft Graph could not be reached"
                },
                "Your browser got no answer: the network may be down, or a proxy or an extension may block it.",
                "Check the connection and try again.",
            )
        },
        Error::Unexpected { what, .. } => Problem {
            retry: true,
            ..Problem::plain(
                "Unexpected answer",
                &format!("The answer from Microsoft Graph could not be used: {what}."),
                "Try again.",
            )
        },
        Error::Refused(refusal) => refused(refusal, doing),
    };
    problem.facts.extend(facts(error));
    problem
}

fn sign_in(needed: &SignInNeeded, doing: Doing) -> Problem {
    let (title, detail) = match needed.reason {
        Reason::SignedOut => ("You are signed out", "This tab no longer has a session."),
        Reason::Expired => {
            ("Your session has ended", "Microsoft ends a session after some time, or when it is revoked.")
        }
        Reason::Consent => ("A permission is needed", "Signing in again asks for the permission that this step needs."),
        Reason::Interaction => ("Microsoft asks you to sign in again", "This needs a stronger or more recent sign-in."),
        Reason::AccountChanged => ("Another account answered", "To be safe, this session was closed."),
        Reason::Unavailable if needed.retry_in_ms.is_some() => {
            ("The sign-in service is busy", "It could not issue an access token.")
        }
        Reason::Unavailable => ("The sign-in service did not answer", "No access token could be obtained."),
        Reason::Refused => ("Sign-in was refused", "The sign-in service gave no token."),
    };
    let plain = || Problem::plain(title, detail, "Sign in to continue. What you entered is kept.");
    let mut problem = needed.why.as_ref().map_or_else(plain, |why| super::sign_in::problem(why));
    if !needed.sign_in_helps() {
        problem.next_step = if needed.why.is_some() {
            "Check the connection: a content blocker or a proxy may also be in the way. Then try again.".to_owned()
        } else {
            after(needed.retry_in_ms, "Try again in a moment.")
        };
    }
    if needed.reason == Reason::Consent {
        // Microsoft asks for it when the person signs in; the consent page is linked where that was refused.
        problem = Problem { facts: problem.facts, ..plain() };
        super::role::explain_consent(&mut problem, doing);
    }
    problem.sign_in = needed.sign_in_helps();
    problem.retry = !problem.sign_in;
    problem
}

/// When to try again: the time that Microsoft named, if it is more than a minute, else `soon`.
fn after(wait_ms: Option<i64>, soon: &str) -> String {
    const MINUTE_MS: i64 = 60_000;
    match wait_ms.filter(|wait_ms| *wait_ms > MINUTE_MS) {
        Some(wait_ms) => format!("Try again in {}.", span(wait_ms.saturating_add(MINUTE_MS - 1))),
        None => soon.to_owned(),
    }
}

fn refused(refusal: &Refusal, doing: Doing) -> Problem {
    let retry = |problem| Problem { retry: true, ..problem };
    let seconds = refusal.retry_after.as_deref().and_then(|text| text.trim().parse::<i64>().ok());
    let wait_ms = seconds.map(|seconds| seconds.saturating_mul(1000));
    match (refusal.status, refusal.code.as_str()) {
        (401, _) => Problem {
            retry: true,
            ..Problem::plain("Your sign-in was not accepted", "Microsoft asked for a fresh one.", "Try again.")
        },
        _ if refusal.asks_for_step_up() => Problem {
            retry: true,
            sign_in: true,
            ..Problem::plain(
                "A stronger sign-in is required",
                "A Conditional Access policy protects this action.",
                "Try again. If this comes back, sign in again; what you entered is kept.",
            )
        },
        (403, _) => forbidden(doing),
        (404, _) => not_found(doing),
        (409, _) if doing == Doing::Deciding => Problem::plain(
            "Microsoft reported a conflict",
            "Usually the request was decided at the same moment.",
            "Check to see the result.",
        ),
        (429, _) => retry(Problem::plain(
            "Microsoft is limiting requests",
            "Too many requests were sent from this tenant or this app.",
            &after(wait_ms, "Wait a minute and try again."),
        )),
        (400, "MfaAndAcrsConflict") => Problem::plain(
            "MFA and authentication context exclude each other",
            "The policy requires an authentication context, so Microsoft refused to require MFA as well.",
            "Reload the policy, then choose one of the two under “On activation, require”.",
        ),
        (400, "InvalidPolicy" | "InvalidPolicyRule") => Problem::plain(
            "Microsoft rejected this rule",
            "It does not say why. Common causes: a period that is too long for this tenant, a period in months or \
             years, an approver who no longer exists.",
            "Check the setting named here and save again.",
        ),
        (500.., _) => retry(Problem::plain(
            "Microsoft Graph reported an error",
            "The problem is on Microsoft's side.",
            &after(wait_ms, "Try again in a moment."),
        )),
        _ => Problem::plain(
            "Microsoft Graph refused the request",
            if refusal.message.is_empty() { "No reason was given." } else { &refusal.message },
            "If it happens again, send the details below to your IT support.",
        ),
    }
}

fn forbidden(doing: Doing) -> Problem {
    const READ_ONCE_ACTIVE: &str = "Activate such a role in PIM and sign in again, or ask one of these people.";
    const SAVE_ONCE_ACTIVE: &str = "Activate such a role in PIM, sign in again and save again. Your changes are kept.";
    let of_groups = |lead: &str| {
        [lead, "role-assignable group: ", WHO_ROLE_ASSIGNABLE, "; any other group: ", WHO_OTHER_GROUP, "."].concat()
    };
    let (title, detail, next) = match doing {
        Doing::FindingGroups => (
            "You may not list these groups",
            "Microsoft Graph refused to list them for your account.".to_owned(),
            "Search by name or paste a group's ID; or ask for the Directory Readers role.",
        ),
        Doing::ReadingPolicy => (
            "You may not read this group's policy",
            of_groups("Members of the group (active or eligible) can read it, and so can anyone who can change it – "),
            READ_ONCE_ACTIVE,
        ),
        Doing::SavingPolicy => ("You may not change this policy", of_groups("Who can change it – "), SAVE_ONCE_ACTIVE),
        Doing::FindingRoles | Doing::ReadingRolePolicy => (
            "You may not read the policies of Entra roles",
            ["Who can read them: ", WHO_READS_ROLE, "."].concat(),
            READ_ONCE_ACTIVE,
        ),
        Doing::SavingRolePolicy => {
            ("You may not change this policy", ["Who can change it: ", WHO_ROLE, "."].concat(), SAVE_ONCE_ACTIVE)
        }
        Doing::ReadingApprovals => (
            "You may not read these requests",
            "Microsoft Graph refused to show them to your account.".to_owned(),
            "Ask an administrator whether you are an approver and whether this app has its permissions.",
        ),
        Doing::Deciding => (
            "You may not decide this request",
            "Only an approver can, and nobody can decide their own request.".to_owned(),
            "Nothing was changed. Ask an approver.",
        ),
        Doing::LookingUp => (
            "Not readable with your permissions",
            "Microsoft Graph refused this look-up.".to_owned(),
            "The rest of the page works.",
        ),
    };
    let sign_in = !doing.takes().is_empty();
    Problem { retry: true, sign_in, ..Problem::plain(title, &detail, next) }
}

fn not_found(doing: Doing) -> Problem {
    match doing {
        Doing::ReadingPolicy | Doing::SavingPolicy | Doing::FindingGroups => Problem::plain(
            "This group was not found",
            "It may have been deleted, it may belong to another tenant, or your account cannot see it.",
            "Check the address, or search for the group by name.",
        ),
        Doing::FindingRoles | Doing::ReadingRolePolicy | Doing::SavingRolePolicy => Problem::plain(
            "This role was not found",
            "It may be a custom role that was deleted, or one of another tenant.",
            "Check the address, or search for the role by name.",
        ),
        Doing::ReadingApprovals | Doing::Deciding => Problem::plain(
            "This request was not found",
            "It may have been withdrawn, it may belong to another tenant, or it is not one that you can decide.",
            "Look at the list of requests waiting for you.",
        ),
        Doing::LookingUp => Problem::plain("Not found", "Microsoft Graph found nothing with this ID.", ""),
    }
}

fn facts(error: &Error) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    match error {
        Error::Refused(refusal) => {
            facts.push(("Call", refusal.call.clone()));
            facts.push(("Status", refusal.status.to_string()));
            facts.push(("Code", refusal.code.clone()));
            facts.push(("Message", refusal.message.clone()));
        }
        Error::NoAnswer { call, .. } | Error::Unexpected { call, .. } => facts.push(("Call", call.clone())),
        Error::SignIn(_) => {}
    }
    let Ids { request_id, client_request_id, date } = error.ids();
    for (label, value) in [("Request ID", request_id), ("Client request ID", client_request_id), ("Time", date)] {
        facts.extend(value.map(|value| (label, value)));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_that_microsoft_names_is_told() {
        for (status, retry_after, expected) in [
            (429, None, "Wait a minute and try again."),
            (429, Some("30"), "Wait a minute and try again."),
            (429, Some("600"), "Try again in 10 min."),
            (429, Some("601"), "Try again in 11 min."),
            (429, Some("soon"), "Wait a minute and try again."),
            (429, Some("9223372036854775807"), "Try again in 106751991167 d 7 h."),
            (503, Some("7200"), "Try again in 2 h."),
            (503, None, "Try again in a moment."),
        ] {
            let refusal = Refusal { status, retry_after: retry_after.map(str::to_owned), ..Refusal::default() };
            let told = problem(&Error::Refused(Box::new(refusal)), Doing::ReadingPolicy);
            assert_eq!((told.next_step.as_str(), told.retry), (expected, true), "{status} {retry_after:?}");
        }
    }

    #[test]
    fn a_busy_sign_in_service_is_not_called_silent() {
        let told = |retry_in_ms| {
            let needed = SignInNeeded { retry_in_ms, ..SignInNeeded::new(Reason::Unavailable, Vec::new()) };
            let told = problem(&Error::SignIn(Box::new(needed)), Doing::ReadingPolicy);
            (told.title, told.next_step)
        };
        let words = |title: &str, next: &str| (title.to_owned(), next.to_owned());
        assert_eq!(told(Some(1_800_000)), words("The sign-in service is busy", "Try again in 30 min."));
        assert_eq!(told(Some(7_000)), words("The sign-in service is busy", "Try again in a moment."));
        assert_eq!(told(None), words("The sign-in service did not answer", "Try again in a moment."));
    }

    #[test]
    fn a_refusal_says_who_asked_and_a_missing_thing_where() {
        let by = Asked { username: "ana@contoso.example", tenant: "Con\u{202e}toso" };
        let told =
            |status, doing| asked(&Error::Refused(Box::new(Refusal { status, ..Refusal::default() })), doing, &by);
        for (doing, who, permission) in [
            (Doing::ReadingPolicy, WHO_OTHER_GROUP, "RoleManagementPolicy.Read.AzureADGroup"),
            (Doing::SavingPolicy, WHO_ROLE_ASSIGNABLE, "RoleManagementPolicy.ReadWrite.AzureADGroup"),
            (Doing::ReadingRolePolicy, WHO_READS_ROLE, "RoleManagement.Read.Directory"),
            (Doing::SavingRolePolicy, WHO_ROLE, "RoleManagementPolicy.ReadWrite.Directory"),
        ] {
            let refused = told(403, doing);
            assert!(refused.sign_in && refused.detail.contains(who), "{doing:?}: {}", refused.detail);
            let expected = [("Signed in as", by.username), ("Tenant", "Contoso"), ("Permission", permission)];
            for (label, value) in expected {
                assert!(refused.facts.contains(&(label, value.to_owned())), "{doing:?}: {:?}", refused.facts);
            }
        }
        assert!(!told(403, Doing::Deciding).sign_in, "no role is missing");
        for doing in [Doing::ReadingPolicy, Doing::ReadingRolePolicy, Doing::ReadingApprovals] {
            let missing = told(404, doing).detail;
            assert!(missing.ends_with("Looked for in Contoso, signed in as ana@contoso.example."), "{missing}");
        }
        for doing in [Doing::SavingPolicy, Doing::SavingRolePolicy] {
            assert!(!told(404, doing).detail.contains("Contoso"), "{doing:?}: it was read a moment ago");
        }
        assert!(!told(500, Doing::ReadingPolicy).detail.contains("Contoso"));
    }
}

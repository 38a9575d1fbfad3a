//! What the tenant check found about a change, as text: the problem, and what helps.

use crate::policy::preflight::mail::{Audience, Default, Owners};
use crate::policy::preflight::{Finding, Missing, Preflight, Reason, Why};
use crate::policy::{Setting, Severity, Subject};

use crate::text::{policy::change::count, policy::setting};

/// Findings that block.
pub const BLOCKS: &str = "The tenant check found a problem that prevents saving";
/// Findings that are only warnings.
pub const WARNS: &str = "Worth a second look";
/// Facts are being read.
pub const READING: &str = "Checking approvers, assignments and emails that this change affects…";
/// Why saving is not possible yet.
pub const HOLDS: &str = "Checking this change against the tenant…";
/// The facts were not read in time.
pub const OVERDUE_TITLE: &str = "The tenant check is not complete";
/// What to do about it.
pub const OVERDUE: &str = "Microsoft Graph has not answered yet. You can save without the check, or wait for it.";
/// Signs in for the permissions of the other checks.
pub const ALLOW: &str = "Sign in to check these too";

/// Most names in one sentence.
const NAMES: usize = 5;

/// A finding: what it is, and what helps. `date` formats a day (ms since 1970) for people.
pub fn finding(finding: &Finding, subject: &Subject, date: fn(i64) -> String) -> String {
    match &finding.reason {
        Reason::ApproverGone(id) => format!(
            "The approver {id} is not in the directory, or your account cannot see them. Remove them if they have left."
        ),
        Reason::ApproverDisabled(name) => {
            format!("{name} cannot sign in and so cannot approve. Choose someone else, or enable the account.")
        }
        Reason::ApproverGuest(name) => {
            format!("{name} is a guest from another organization. Make sure that a guest may decide this.")
        }
        Reason::ApproverGroupEmpty(name) => {
            format!(
                "The group {name} has no members, so nobody in it can approve. Add members, or choose another \
                group."
            )
        }
        Reason::NobodyCanApprove if subject.has_default_approvers() => {
            "No approver was found who can approve now. Select others, or none: then the active Privileged Role \
             Administrators and Global Administrators approve."
                .to_owned()
        }
        Reason::NobodyCanApprove if finding.severity == Severity::Warning => {
            "No approver was found who can approve now, so requests may expire. Make sure that someone can approve, \
             or add another approver."
                .to_owned()
        }
        Reason::NobodyCanApprove => {
            "None of the approvers can approve, so every request would expire. Add one who can.".to_owned()
        }
        Reason::OnlyThemselves(people) => format!(
            "At the moment nobody could approve a request from {}: they are the only approver found, and nobody may \
             approve their own request. Add a second approver.",
            names(people)
        ),
        Reason::ContextMissing(claim) => format!(
            "{claim} is not an authentication context in this tenant: activation would fail. Choose another, or \
             create it first."
        ),
        Reason::ContextUnpublished(claim) => {
            format!("{claim} is not published to apps. Publish it under Conditional Access, or choose another.")
        }
        Reason::ContextUntargeted(claim) => format!(
            "No Conditional Access policy targets {claim}: PIM then asks for MFA only. Create a policy for it first."
        ),
        Reason::ContextUnenforced(claim) => format!(
            "Every Conditional Access policy that targets {claim} is off or report-only. Then nothing is required, \
             and PIM does not fall back to MFA. Turn one of them on first."
        ),
        Reason::ContextPartial(claim) => format!(
            "What Conditional Access requires for {claim} applies only to some people: anyone else who activates is not \
             asked for it. Include all users in one of the policies that target it, or make sure that they include \
             everyone who is eligible."
        ),
        Reason::ExistingLonger(list) => {
            let one = |(name, until): &(String, Option<i64>)| match until {
                Some(at) => format!("{name} until {}", date(*at)),
                None => format!("{name} permanently"),
            };
            let some: Vec<String> = list.iter().map(one).collect();
            let names = names(&some);
            if list.len() == 1 {
                format!(
                    "1 assignment lasts longer than this allows: {names}. It stays as it is; extending or renewing it \
                     that long will be refused."
                )
            } else {
                format!(
                    "{} assignments last longer than this allows: {names}. They stay as they are; extending or \
                     renewing them that long will be refused.",
                    list.len()
                )
            }
        }
        Reason::MailReachesNobody => match finding.setting {
            Some(Setting::MailDefaults(mail)) if setting::mail_without_additional(mail).is_some() => {
                "This email would reach nobody. Turn the default recipients on.".to_owned()
            }
            Some(Setting::MailRecipients(_)) => {
                "This email would reach nobody. Add an address, or give the group a permanent owner who can sign in."
                    .to_owned()
            }
            _ => "This email would reach nobody. Add an address, or turn the default recipients on.".to_owned(),
        },
        Reason::TooManyRecipients(number) => {
            format!("{number} recipients: Microsoft allows at most 1,000 per event. Use a distribution list.")
        }
        Reason::LongDay => "Longer than a working day: an activation forgotten in the evening lasts through the \
            night. 8 hours is usual."
            .to_owned(),
        Reason::ShortPeriod => {
            "Less than a week: assignments must be renewed that often. 15 days is the shortest period the admin \
             center offers."
                .to_owned()
        }
        Reason::Onboards(true) => "Saving brings this group into PIM for good.".to_owned(),
        Reason::Onboards(false) => "Saving may bring this group into PIM for good.".to_owned(),
        Reason::NoRight => {
            "Your account does not seem to have a role or ownership that may change this policy, so Microsoft will \
             probably refuse. Activate one first."
                .to_owned()
        }
    }
}

/// What was not checked and why; empty if nothing is missing.
pub fn not_checked(found: &Preflight, subject: &Subject) -> String {
    let sentence = |why: Why| {
        let own = found.missing.iter().filter(|one| found.why(**one) == why);
        let what: Vec<String> = own
            .map(|one| match scopes(*one, subject).filter(|_| why == Why::NotGranted) {
                Some(scopes) => format!("{} ({scopes})", missing(*one)),
                None => missing(*one).to_owned(),
            })
            .collect();
        (!what.is_empty()).then(|| format!("Not checked, because {}: {}.", self::why(why), what.join("; ")))
    };
    Why::ALL.into_iter().filter_map(sentence).collect::<Vec<_>>().join(" ")
}

const fn why(why: Why) -> &'static str {
    match why {
        Why::NotGranted => "it needs a permission that was not granted",
        Why::Refused => "your roles do not allow reading it",
        Why::Failed => "it could not be read this time",
        Why::NotAsked => "it was not read",
        Why::NotUnderstood => "PIM Desk does not understand what Microsoft returned",
    }
}

/// What could not be read.
const fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::Approvers => "whether the approvers exist",
        Missing::Accounts => "whether approvers can sign in",
        Missing::ApproverMembers => "who is in the approver groups",
        Missing::Eligible => "who is eligible, and until when",
        Missing::EligibleMembers => "who is in the eligible groups",
        Missing::Active => "who is active, and until when",
        Missing::Owners => "who owns the group",
        Missing::Contexts => "the tenant's authentication contexts",
        Missing::AccessPolicies => "Conditional Access policies",
        Missing::Right => "whether you may change this policy",
        Missing::Settings => "settings of this policy that cannot be read",
    }
}

/// The permissions that would allow it to be read.
const fn scopes(missing: Missing, subject: &Subject) -> Option<&'static str> {
    Some(match (missing, subject) {
        (Missing::Approvers, _) => "User.ReadBasic.All and GroupMember.Read.All",
        (Missing::Accounts, _) => "User.Read.All, which PIM Desk does not ask for",
        (Missing::ApproverMembers | Missing::Owners, _) => "GroupMember.Read.All",
        (Missing::Eligible | Missing::Active, Subject::Role { .. }) => "RoleManagement.Read.Directory",
        (Missing::Eligible, _) => "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        (Missing::Active, _) => "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        (Missing::Contexts, _) => "AuthenticationContext.Read.All",
        (Missing::AccessPolicies, _) => "Policy.Read.All",
        (Missing::EligibleMembers | Missing::Right | Missing::Settings, _) => return None,
    })
}

/// Who will really get an email.
pub fn audience(audience: &Audience) -> String {
    if audience.unread {
        return "Who gets it cannot be read.".to_owned();
    }
    let mut who: Vec<String> = Vec::new();
    match &audience.defaults {
        Some(Default::Owners(Some(owners))) => who.push(self::owners(*owners)),
        Some(Default::Owners(None)) => who.push("the group's permanent owners".to_owned()),
        Some(Default::Administrators) => {
            who.push("Global, Security and Privileged Role Administrators".to_owned());
        }
        Some(Default::Assignee) => who.push("the person who is assigned".to_owned()),
        Some(Default::Requestor) => who.push("the person who activates".to_owned()),
        Some(Default::Approvers(Some(true))) => who.push("the approvers of the activation".to_owned()),
        Some(Default::Approvers(Some(false))) => who.push("nobody: activation needs no approval".to_owned()),
        Some(Default::Approvers(None)) => who.push("the approvers, if activation needs approval".to_owned()),
        None => {}
    }
    match audience.extra.len() {
        0 => {}
        1 => who.push("1 additional address".to_owned()),
        more => who.push(format!("{more} additional addresses")),
    }
    let who = if who.is_empty() { "nobody".to_owned() } else { who.join(", and ") };
    let critical = match audience.critical_only {
        Some(true) => "; critical emails only",
        Some(false) => "",
        None => "; whether only critical emails are sent, or any at all, cannot be read",
    };
    format!("Goes to {who}{critical}.")
}

fn owners(owners: Owners) -> String {
    match owners {
        Owners { able: 0, disabled: 0, .. } => "nobody by default: the group has no owners".to_owned(),
        Owners { able: 0, .. } => "nobody by default: no owner of the group can sign in".to_owned(),
        Owners { able, hidden: true, .. } => format!("{}, if permanent and able to sign in", count(able, "owner")),
        Owners { able, .. } => format!("{}, if permanent", count(able, "owner")),
    }
}

fn names(list: &[String]) -> String {
    let some = list.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
    if list.len() > NAMES { format!("{some} and {} more", list.len() - NAMES) } else { some }
}

//! Words of the page about what would not work, across all policies: `#/dead-ends`.

mod files;
mod mend;

use crate::dead_end::judge::Unchecked;
use crate::dead_end::listing::Query;
use crate::dead_end::need::Check;
use crate::dead_end::{Cause, DeadEnd, Kind, Severity, SortBy, Why};
use crate::matrix::Class;
use crate::policy::RuleId;
use crate::policy::preflight::Reason;

use super::policy::change::count;
use super::rollout::policies;
use super::{paper, policy::setting};

pub use files::{as_csv, as_json, as_text};
pub use mend::mend;

/// Title of the page.
pub const TITLE: &str = "Dead ends";
/// What the page is.
pub const INTRO: &str = "What does not work in the policies as they are now: nobody who can approve, emails that \
     reach nobody, authentication contexts with little or no effect. Exclusions in Conditional Access policies and \
     the members of eligible groups are not checked.";
/// Reads everything again.
pub const READ_AGAIN: &str = "Read again";
/// Saves what is shown for spreadsheets.
pub const SAVE_CSV: &str = "Save as CSV";
/// Saves what is shown for programs.
pub const SAVE_JSON: &str = "Save as JSON";
/// Copies what is shown as text.
pub const COPY: &str = "Copy as text";
/// Announced after copying.
pub const COPIED: &str = "Dead ends copied";
/// Prints what is shown.
pub const PRINT: &str = "Print";
/// Stops reading.
pub const CANCEL: &str = "Cancel";
/// Accessible name of the search.
pub const SEARCH: &str = "Find dead ends";
/// Example of what to type.
pub const SEARCH_HINT: &str = "Name of a group or role";
/// Names the choice of a severity.
pub const SEVERITY: &str = "Severity";
/// Names the choice of a kind of dead end.
pub const KIND: &str = "Kind";
/// Names the choice of a kind of policies.
pub const CLASS: &str = "Policies";
/// Names the choice of a sort order.
pub const SORT: &str = "Sort by";
/// No filter.
pub const ANY_SEVERITY: &str = "Any severity";
/// No filter.
pub const ANY_KIND: &str = "Any kind";
/// No filter.
pub const ANY_CLASS: &str = "All policies";
/// Nothing matches.
pub const NO_MATCH: &str = "No dead end matches these filters.";
/// Removes the filters.
pub const CLEAR: &str = "Show all";
/// Name of the table.
pub const TABLE: &str = "Dead ends";
/// Headers of the table.
pub const COLUMNS: [&str; 5] = ["Policy", "Severity", "What", "Why it matters", "How to fix it"];
/// Label of the checkbox that selects all.
pub const SELECT_SHOWN: &str = "Select all that match";
/// Opens copying settings to the selected policies.
pub const COPY_SETTINGS: &str = "Copy settings to…";
/// Why copying is not possible: nothing is selected.
pub const SELECT_FIRST: &str = "First select policies with the same kind of dead end.";
/// Why copying is not possible: kinds are mixed.
pub const ONE_KIND: &str = "The selected policies have different kinds of dead ends. Select only one kind.";
/// Not everything could be checked.
pub const UNCHECKED: &str = "Not checked";
/// Signs in for the permissions that the checks need.
pub const ASK: &str = "Sign in to check these too";
/// Tries again what failed.
pub const RETRY: &str = "Try again";
/// The person stopped reading.
pub const STOPPED: &str = "You stopped reading. Policies that were not read are missing from this list.";
/// Entra roles are not part of the report.
pub const ROLES: &str = "Entra roles and their policies: needs RoleManagement.Read.Directory and \
                         RoleManagementPolicy.Read.Directory.";
/// A severity.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "Blocking",
        Severity::Weak => "Weak",
        Severity::Note => "Note",
    }
}

/// A kind of policies.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Members => "Members",
        Class::Owners => "Owners",
        Class::Roles => "Entra role",
    }
}

/// A sort order.
pub fn order(by: SortBy, descending: bool) -> &'static str {
    match (by, descending) {
        (SortBy::Severity, false) => "Most serious first",
        (SortBy::Severity, true) => "Least serious first",
        (SortBy::Name, false) => "By name, A to Z",
        (SortBy::Name, true) => "By name, Z to A",
        (SortBy::Kind, false) => "By kind",
        (SortBy::Kind, true) => "By kind, reversed",
    }
}

/// What the filters show.
pub fn only(query: &Query) -> String {
    let severity = query.severity.map_or("", severity);
    let (kind, class) = (query.kind.map_or("", kind), query.class.map_or("", class));
    paper::only(&[severity, kind, class, &paper::sought(&query.text)])
}

/// A kind of dead end, in a few words.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::NobodyApproves => "Nobody can approve",
        Kind::OnlyThemselves => "Only the requester could approve",
        Kind::Context => "Authentication context has little or no effect",
        Kind::Approvers => "Approvers who cannot or should not approve",
        Kind::Stacked => "Two approvals in a row",
        Kind::Bypassed => "Role approval is bypassed",
        Kind::SilentMails => "Emails reach nobody",
        Kind::CrowdedMails => "Too many recipients",
        Kind::MfaAndContext => "MFA and context together",
        Kind::AlwaysOpen => "Always open",
        Kind::LittleDemanded => "Weak requirements",
    }
}

/// What a dead end is, in a few words.
pub const fn title(end: &DeadEnd) -> &'static str {
    if is_perhaps_nobody(end) { "Perhaps nobody can approve" } else { kind(end.kind) }
}

/// Whether someone may be able to approve who was not found.
const fn is_perhaps_nobody(end: &DeadEnd) -> bool {
    matches!((end.kind, end.severity), (Kind::NobodyApproves, Severity::Weak | Severity::Note))
}

/// Why a dead end matters.
pub const fn why(end: &DeadEnd) -> &'static str {
    match end.kind {
        Kind::NobodyApproves if is_perhaps_nobody(end) => {
            "If nobody can approve, every request expires without a decision and nobody can activate."
        }
        Kind::NobodyApproves => "Every request expires without a decision, so nobody can activate.",
        Kind::OnlyThemselves => {
            "Nobody can approve their own request: without another approver, it expires without a decision."
        }
        Kind::Context => "Activation fails, or requires less than the policy seems to.",
        Kind::Approvers => "Fewer people than the policy names can approve, or the wrong people can.",
        Kind::Stacked => "Members wait for an approval to get into the group, then for another to activate the role.",
        Kind::Bypassed => "Members of the group have the role without the approval that the role requires.",
        Kind::SilentMails => "Nobody is notified.",
        Kind::CrowdedMails => "Microsoft notifies at most 1,000 people of one event.",
        Kind::MfaAndContext => "Microsoft does not support both together, and the admin center cannot set it.",
        Kind::AlwaysOpen => "Anyone who is eligible gets in at any time.",
        Kind::LittleDemanded => "The group can lead to Entra roles, or the role is a privileged one.",
    }
}

/// What was found: one sentence.
pub fn cause(cause: &Cause) -> String {
    match cause {
        Cause::NoApprover => "Approval is required, but no approver is selected.".to_owned(),
        Cause::AllThemselves(people) => {
            format!("Eligible people would be the only approvers of their own requests: {}.", people.join(", "))
        }
        Cause::NoContext => "An authentication context is required, but none is selected.".to_owned(),
        Cause::OnlyNow(people) => format!("Eligible, and at the moment the only approver: {}.", people.join(", ")),
        Cause::Silent(mail, _) => format!("{}: reaches nobody.", mail_name(*mail)),
        Cause::Crowded(mail, number) => format!("{}: {number} recipients.", mail_name(*mail)),
        Cause::Stacked(roles) => format!("The group can activate {}, which needs approval too.", roles.join(", ")),
        Cause::Bypassed(roles) => {
            format!("The group holds {}, which needs approval; the group needs none.", roles.join(", "))
        }
        Cause::MfaAndContext(claim) => format!("MFA and the context {claim} are both required."),
        Cause::AlwaysOpen => {
            "Eligibility may be permanent, and activation requires no approval, no MFA and no authentication context."
                .to_owned()
        }
        Cause::NothingDemanded => "Activation requires no approval, no MFA and no authentication context.".to_owned(),
        Cause::MfaOnly => {
            "Activation requires only MFA, which an earlier sign-in on the same day satisfies.".to_owned()
        }
        Cause::NoneFound => "No approver was found who can approve now.".to_owned(),
        Cause::Found(reason) => found(reason),
    }
}

fn found(reason: &Reason) -> String {
    match reason {
        Reason::ApproverGone(id) => {
            format!("The approver {id} is not in the directory, or your account cannot see them.")
        }
        Reason::ApproverDisabled(name) => format!("{name} cannot sign in."),
        Reason::ApproverGuest(name) => format!("{name} is a guest from another organization."),
        Reason::ApproverGroupEmpty(name) => format!("The group {name} has no members."),
        Reason::NobodyCanApprove => "None of the approvers can approve.".to_owned(),
        Reason::OnlyThemselves(people) => {
            format!("Eligible, and the only approver: {}.", people.join(", "))
        }
        Reason::ContextMissing(claim) => format!("{claim} is not an authentication context in this tenant."),
        Reason::ContextUnpublished(claim) => format!("{claim} is not published to apps."),
        Reason::ContextUntargeted(claim) => {
            format!("No Conditional Access policy targets {claim}: PIM asks for MFA only.")
        }
        Reason::ContextUnenforced(claim) => {
            format!(
                "Every Conditional Access policy that targets {claim} is off or report-only: nothing is required, and PIM \
                 does not fall back to MFA."
            )
        }
        Reason::ContextPartial(claim) => format!(
            "What Conditional Access requires for {claim} applies only to some people: anyone else who activates is not \
             asked for it."
        ),
        // The check of stored policies does not return these.
        Reason::ExistingLonger(_)
        | Reason::MailReachesNobody
        | Reason::TooManyRecipients(_)
        | Reason::LongDay
        | Reason::ShortPeriod
        | Reason::Onboards(_)
        | Reason::NoRight => String::new(),
    }
}

fn mail_name(mail: RuleId) -> String {
    [setting::mail_row(mail), ", ", setting::mail_occasion(mail)].concat()
}

/// Everything that was found, as text.
pub fn what(end: &DeadEnd) -> String {
    end.causes.iter().map(cause).collect::<Vec<_>>().join(" ")
}

/// When the policies were read, and when the facts were.
pub fn read_at(policies: &str, facts: &str) -> String {
    let told = |what: &str, at: &str| (!at.is_empty()).then(|| [what, " read at ", at].concat());
    let told = [told("Policies", policies), told("approvers, owners, contexts and roles", facts)];
    told.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The progress of reading policies.
pub fn reading_policies(read: usize, found: usize, failed: usize) -> String {
    let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
    format!("Reading policies: {read} of {found} groups and roles{failed}")
}

/// The progress of the checks beyond the policies.
pub fn reading_facts(read: usize, found: usize) -> String {
    format!("Checking approvers, owners, contexts and roles: {read} of {found}")
}

/// How many dead ends there are, in how many policies.
pub fn summary(shown: usize, all: usize, judged: usize) -> String {
    let policies = policies(judged);
    let found = count(all, "dead end");
    if shown == all { format!("{found} in {policies}") } else { format!("{shown} of {found} in {policies}") }
}

/// Nothing was found.
pub fn nothing(judged: usize, unchecked: &[Unchecked]) -> String {
    let policies = policies(judged);
    if unchecked.is_empty() {
        return format!("Nothing found in {policies}.");
    }
    let parts: Vec<&str> = unchecked.iter().map(|one| check(one.check)).collect();
    format!("Nothing found in {policies}; not checked: {}.", parts.join("; "))
}

/// Policies that are not in the report.
pub fn unread(number: usize) -> String {
    let are = if number == 1 { "is" } else { "are" };
    format!("{} could not be read and {are} not in this list.", policies(number))
}

/// What was not checked, why, and what it needs.
pub fn unchecked(one: &Unchecked) -> String {
    let why = match one.why {
        Why::NotGranted => needs(one.check).to_owned(),
        Why::Refused => "none of your roles allows you to read it".to_owned(),
        Why::Failed => "it could not be read".to_owned(),
        Why::NotAsked => "reading was stopped before this check".to_owned(),
        Why::NotUnderstood => "PIM Desk does not understand what Microsoft returned".to_owned(),
    };
    format!("{} ({}): {why}.", check(one.check), policies(one.policies))
}

/// What a check is about.
pub const fn check(check: Check) -> &'static str {
    match check {
        Check::Approvers => "whether approvers exist",
        Check::Accounts => "whether approvers can sign in and are not guests",
        Check::ApproverMembers => "who is in the approver groups",
        Check::Eligible => "whether people eligible for a group would be the only approvers of their own requests",
        Check::RoleEligible => "whether people eligible for a role would be the only approvers of their own requests",
        Check::Owners => "whether groups have owners who get emails",
        Check::Contexts => "whether authentication contexts exist and are published",
        Check::AccessPolicies => "whether Conditional Access enforces authentication contexts",
        Check::GroupRoles => "which Entra roles groups hold or can activate",
        Check::RolePolicies => "whether the roles of groups need approval",
        Check::Settings => "settings of policies that cannot be read",
    }
}

const fn needs(check: Check) -> &'static str {
    match check {
        Check::Approvers => "needs User.ReadBasic.All and GroupMember.Read.All",
        Check::Accounts => "needs User.Read.All, which PIM Desk does not ask for",
        Check::ApproverMembers | Check::Owners => "needs GroupMember.Read.All",
        Check::Eligible => "needs PrivilegedEligibilitySchedule.Read.AzureADGroup",
        Check::RoleEligible | Check::GroupRoles => "needs RoleManagement.Read.Directory",
        Check::Contexts => "needs AuthenticationContext.Read.All",
        Check::AccessPolicies => "needs Policy.Read.All",
        Check::RolePolicies => "needs RoleManagementPolicy.Read.Directory",
        // No permission would help.
        Check::Settings => "cannot be read",
    }
}

/// Label of a row's checkbox.
pub fn select(end: &DeadEnd) -> String {
    format!("Select {}, {}: {}", end.name, class(Class::of(&end.subject)), title(end))
}

/// How many are selected, and how many of them are hidden.
pub fn selected(number: usize, hidden: usize) -> String {
    super::matrix::not_shown(format!("{number} selected"), hidden)
}

/// The link to the place where it can be fixed.
pub fn open(end: &DeadEnd) -> String {
    format!("Open {}", setting::tab(end.tab()))
}

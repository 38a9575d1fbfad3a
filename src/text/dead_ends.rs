//! Words of what would not work, over all policies: `#/dead-ends`.

mod files;

use crate::dead_end::judge::Unchecked;
use crate::dead_end::listing::Query;
use crate::dead_end::need::Check;
use crate::dead_end::{Cause, DeadEnd, Kind, Severity, SortBy, Why};
use crate::matrix::Class;
use crate::policy::RuleId;
use crate::policy::preflight::Reason;

use super::change::count;
use super::{paper, setting};

pub use files::{as_csv, as_json, as_text};

/// Title of the page.
pub const TITLE: &str = "Dead ends";
/// What the page is.
pub const INTRO: &str = "What would not work in the policies as they stand: nobody who can approve, mails that reach \
                         nobody, authentication contexts that do nothing. Exclusions in Conditional Access policies are \
                         not checked.";
/// Reads everything again.
pub const READ_AGAIN: &str = "Read again";
/// Saves what is shown for spreadsheets.
pub const SAVE_CSV: &str = "Save as CSV";
/// Saves what is shown for programs.
pub const SAVE_JSON: &str = "Save as JSON";
/// Copies what is shown as text.
pub const COPY: &str = "Copy as text";
/// It is copied.
pub const COPIED: &str = "Copied the dead ends.";
/// Prints what is shown.
pub const PRINT: &str = "Print";
/// Stops the reading.
pub const CANCEL: &str = "Cancel";
/// What the filters are.
pub const SEARCH: &str = "Find dead ends";
/// Example of what to type.
pub const SEARCH_HINT: &str = "Name of a group or role";
/// Names the choice of a severity.
pub const SEVERITY: &str = "Severity";
/// Names the choice of a kind.
pub const KIND: &str = "Kind";
/// Names the choice of a class.
pub const CLASS: &str = "Policies";
/// Names the choice of an order.
pub const SORT: &str = "Order";
/// No filter.
pub const ANY_SEVERITY: &str = "Any severity";
/// No filter.
pub const ANY_KIND: &str = "Any kind";
/// No filter.
pub const ANY_CLASS: &str = "All policies";
/// Nothing matches.
pub const NO_MATCH: &str = "No dead end matches.";
/// Shows all.
pub const CLEAR: &str = "Clear filters";
/// Name of the table.
pub const TABLE: &str = "Dead ends";
/// Heads of the table.
pub const COLUMNS: [&str; 5] = ["Policy", "Severity", "What", "Why it matters", "How to mend it"];
/// The box that selects all.
pub const SELECT_SHOWN: &str = "Select all that match";
/// Opens the copy to several.
pub const COPY_SETTINGS: &str = "Copy settings to…";
/// Why not.
pub const SELECT_FIRST: &str = "Select policies with the same dead end first.";
/// Why not.
pub const ONE_KIND: &str = "The selected policies have different dead ends. Select those of one kind.";
/// Not everything could be checked.
pub const UNCHECKED: &str = "Not checked";
/// Asks for what the checks need.
pub const ASK: &str = "Ask for permissions";
/// Tries again what failed.
pub const RETRY: &str = "Try again";
/// The person stopped the reading.
pub const STOPPED: &str = "The reading was stopped. Policies that were not read are not in this list.";
/// Entra roles are left out.
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

/// A class of policies.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Members => "Members",
        Class::Owners => "Owners",
        Class::Roles => "Entra role",
    }
}

/// An order.
pub fn order(by: SortBy, descending: bool) -> &'static str {
    match (by, descending) {
        (SortBy::Severity, false) => "Worst first",
        (SortBy::Severity, true) => "Worst last",
        (SortBy::Name, false) => "By name, A to Z",
        (SortBy::Name, true) => "By name, Z to A",
        (SortBy::Kind, false) => "By kind",
        (SortBy::Kind, true) => "By kind, reversed",
    }
}

/// What the filters leave.
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
        Kind::Context => "Authentication context does nothing",
        Kind::Approvers => "Approvers who cannot or should not approve",
        Kind::Stacked => "Two approvals in a row",
        Kind::Bypassed => "Approval of a role bypassed",
        Kind::SilentMails => "Mails reach nobody",
        Kind::CrowdedMails => "Too many recipients",
        Kind::MfaAndContext => "MFA and context at once",
        Kind::AlwaysOpen => "Open for ever",
        Kind::LittleDemanded => "Little demanded",
    }
}

/// Why a kind matters.
pub const fn why(kind: Kind) -> &'static str {
    match kind {
        Kind::NobodyApproves => "Every request waits until it lapses: nobody gets in.",
        Kind::OnlyThemselves => "Nobody may approve an own request: it waits until it lapses.",
        Kind::Context => "Activating fails, or asks for less than the policy seems to demand.",
        Kind::Approvers => "Fewer people can approve than the policy names, or others than it should.",
        Kind::Stacked => "Members wait for an approval to get into the group, then for another to activate the role.",
        Kind::Bypassed => "Members of the group have the role without the approval that the role demands.",
        Kind::SilentMails => "Nobody hears of it.",
        Kind::CrowdedMails => "Microsoft sends one event to 1,000 people at most.",
        Kind::MfaAndContext => "Microsoft does not support both together, and the admin center cannot set it.",
        Kind::AlwaysOpen => "Anyone who is eligible gets in at any time with a single click.",
        Kind::LittleDemanded => "It leads to Entra roles, or is a privileged one.",
    }
}

/// How a dead end is mended.
pub fn mend(end: &DeadEnd) -> &'static str {
    match end.kind {
        Kind::NobodyApproves if end.subject.has_default_approvers() => {
            "Choose approvers who can, or none: then the role's administrators approve."
        }
        Kind::NobodyApproves => "Add an approver who can sign in, better two.",
        Kind::OnlyThemselves => "Add a second approver.",
        Kind::Context => "Choose a context that is published and that a Conditional Access policy that is on targets.",
        Kind::Approvers => "Remove them, or choose others.",
        Kind::Stacked => "Demand approval once: for the group or for the role.",
        Kind::Bypassed => "Require approval for the group, or make it eligible for the role instead.",
        Kind::SilentMails => "Turn the default recipients on, add an address, or give the group an owner.",
        Kind::CrowdedMails => "Use a distribution list.",
        Kind::MfaAndContext => "Choose one of them.",
        Kind::AlwaysOpen => "Require MFA, a context or approval, or let eligibility expire.",
        Kind::LittleDemanded => "Require an authentication context, or approval.",
    }
}

/// What was found: one sentence.
pub fn cause(cause: &Cause) -> String {
    match cause {
        Cause::NoApprover => "Approval is required, and no approver is chosen.".to_owned(),
        Cause::AllThemselves(people) => {
            format!("Whoever is eligible would have only themselves to approve: {}.", people.join(", "))
        }
        Cause::NoContext => "A context is required, and none is chosen.".to_owned(),
        Cause::Silent(mail) => format!("{}: reaches nobody.", mail_name(*mail)),
        Cause::Crowded(mail, number) => format!("{}: {number} recipients.", mail_name(*mail)),
        Cause::Stacked(roles) => format!("The group can activate {}, which needs approval too.", roles.join(", ")),
        Cause::Bypassed(roles) => {
            format!("The group holds {}, which needs approval; the group needs none.", roles.join(", "))
        }
        Cause::MfaAndContext(claim) => format!("MFA and the context {claim} are both required."),
        Cause::AlwaysOpen => {
            "Eligible without end; activating needs no approval, no MFA and no authentication context.".to_owned()
        }
        Cause::NothingDemanded => "Activating needs no MFA and no authentication context.".to_owned(),
        Cause::MfaOnly => "Activating needs MFA only, which an earlier sign-in of the same day satisfies.".to_owned(),
        Cause::Found(reason) => found(reason),
    }
}

fn found(reason: &Reason) -> String {
    match reason {
        Reason::ApproverGone(id) => format!("The approver {id} is not in the directory."),
        Reason::ApproverDisabled(name) => format!("{name} cannot sign in."),
        Reason::ApproverGuest(name) => format!("{name} is a guest of another organization."),
        Reason::ApproverGroupEmpty(name) => format!("The group {name} has no members."),
        Reason::NobodyCanApprove => "None of the approvers can approve.".to_owned(),
        Reason::OnlyThemselves(people) => {
            format!("Eligible, and the only approver: {}.", people.join(", "))
        }
        Reason::ContextMissing(claim) => format!("{claim} is no authentication context of this tenant."),
        Reason::ContextUnpublished(claim) => format!("{claim} is not published to apps."),
        Reason::ContextUntargeted(claim) => {
            format!("No Conditional Access policy targets {claim}: PIM asks for MFA only.")
        }
        Reason::ContextUnenforced(claim) => {
            format!(
                "Every Conditional Access policy that targets {claim} is off or report-only: nothing is asked for it, and \
                 PIM does not fall back to MFA."
            )
        }
        // A policy as it stands is not judged for these.
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

/// What was found, all of it.
pub fn what(end: &DeadEnd) -> String {
    end.causes.iter().map(cause).collect::<Vec<_>>().join(" ")
}

/// How old what the report stands on is: the policies, and what was read beside them.
pub fn read_at(policies: &str, facts: &str) -> String {
    let told = |what: &str, at: &str| (!at.is_empty()).then(|| [what, " read at ", at].concat());
    let told = [told("Policies", policies), told("approvers, owners, contexts and roles", facts)];
    told.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// How far the reading of policies is.
pub fn reading_policies(read: usize, found: usize, failed: usize) -> String {
    let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
    format!("Reading policies: {read} of {found} groups and roles{failed}")
}

/// How far the reading beside the policies is.
pub fn reading_facts(read: usize, found: usize) -> String {
    format!("Checking approvers, owners, contexts and roles: {read} of {found}")
}

/// What the report holds.
pub fn summary(shown: usize, all: usize, judged: usize) -> String {
    let policies = if judged == 1 { "1 policy".to_owned() } else { format!("{judged} policies") };
    let found = count(all, "dead end");
    if shown == all { format!("{found} in {policies}") } else { format!("{shown} of {found} in {policies}") }
}

/// Nothing was found.
pub fn nothing(judged: usize, unchecked: &[Unchecked]) -> String {
    let policies = if judged == 1 { "1 policy".to_owned() } else { format!("{judged} policies") };
    if unchecked.is_empty() {
        return format!("Nothing found in {policies}.");
    }
    let parts: Vec<&str> = unchecked.iter().map(|one| check(one.check)).collect();
    format!("Nothing found in {policies}; not checked: {}.", parts.join("; "))
}

/// Policies that are not in the report.
pub fn unread(policies: usize) -> String {
    let many = if policies == 1 { "1 policy".to_owned() } else { format!("{policies} policies") };
    format!("{many} could not be read and are not in this list.")
}

/// What was not checked, why, and what it takes.
pub fn unchecked(one: &Unchecked) -> String {
    let why = match one.why {
        Why::NotGranted => needs(one.check).to_owned(),
        Why::Refused => "Microsoft does not show it to you; it takes a role that may read it".to_owned(),
        Why::Failed => "it could not be read".to_owned(),
        Why::NotAsked => "the reading was stopped before".to_owned(),
        Why::NotUnderstood => "PIM Desk does not understand what Microsoft returned".to_owned(),
    };
    let policies = if one.policies == 1 { "1 policy".to_owned() } else { format!("{} policies", one.policies) };
    format!("{} ({policies}): {why}.", check(one.check))
}

/// What a check looks at.
pub const fn check(check: Check) -> &'static str {
    match check {
        Check::Approvers => "whether approvers exist",
        Check::Accounts => "whether approvers can sign in, and are no guests",
        Check::ApproverMembers => "who is in groups of approvers",
        Check::Eligible => "whether whoever is eligible for a group would have only themselves to approve",
        Check::RoleEligible => "whether whoever is eligible for a role would have only themselves to approve",
        Check::Owners => "whether groups have owners who get mails",
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
        // No permission would tell.
        Check::Settings => "cannot be read",
    }
}

/// Name of the box of one row.
pub fn select(end: &DeadEnd) -> String {
    format!("Select {}, {}: {}", end.name, class(Class::of(&end.subject)), kind(end.kind))
}

/// How many are selected.
pub fn selected(number: usize) -> String {
    format!("{number} selected")
}

/// Words of the link to the place where it is mended.
pub fn open(end: &DeadEnd) -> String {
    format!("Open {}", setting::tab(end.tab()))
}

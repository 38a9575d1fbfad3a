//! Finds the dead ends of many policies.

use std::collections::BTreeMap;

use super::grounds::{grants, own};
use super::need::Check;
use super::tenant::{TenantFacts, Why};
use super::{Cause, DeadEnd, Kind, Severity, Silence};
use crate::guid::Guid;
use crate::matrix::Row;
use crate::policy::preflight::mail::Owners;
use crate::policy::preflight::{Facts, Finding, Reason, standing};
use crate::policy::{ApproverKind, Requirement, RuleId, Setting, Sheet, Subject, Value};

/// Something that was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The check that was left out.
    pub check: Check,
    /// Why it was.
    pub why: Why,
    /// For how many policies.
    pub policies: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The dead ends, ordered by policy.
    pub ends: Vec<DeadEnd>,
    /// What was not checked.
    pub unchecked: Vec<Unchecked>,
    /// How many policies were checked.
    pub judged: usize,
    /// How many could not be: they were not read, or there is no policy or more than one.
    pub unread: usize,
}

/// Checks the policies in the rows. `roles_why` says why policies of roles are missing, if they are.
pub fn judge(rows: &[Row], tenant: &TenantFacts, roles_why: Why) -> Report {
    let demanding = role_approvals(rows);
    let mut report = Report::default();
    let mut unchecked: BTreeMap<Check, usize> = BTreeMap::new();
    for row in rows {
        let Some(sheet) = row.sheet() else {
            report.unread += 1;
            continue;
        };
        report.judged += 1;
        let facts = tenant.facts(&row.subject, sheet);
        let mut found = own(row, sheet);
        let checked = standing(&row.subject, sheet, &facts);
        let seen = Seen::of(row, sheet, &facts, &checked.findings);
        found.extend(checked.findings.into_iter().filter_map(|finding| of_finding(finding, sheet, &seen)));
        let mut lacks: Vec<Check> =
            checked.missing.iter().filter_map(|missing| Check::of(*missing, &row.subject)).collect();
        // Only this check looks at whether eligibility ends.
        if sheet.flag(Setting::EligiblePermanent).is_none() && !lacks.contains(&Check::Settings) {
            lacks.push(Check::Settings);
        }
        match grants(row, sheet, tenant) {
            Err(need) => lacks.push(need.check()),
            Ok(roles) => {
                if roles.iter().any(|role| !demanding.contains_key(&role.template)) {
                    lacks.push(Check::RolePolicies);
                }
                let mut names: Vec<String> = Vec::new();
                for role in roles.iter().filter(|role| demanding.get(&role.template) == Some(&true)) {
                    if !names.contains(&role.name) {
                        names.push(role.name.clone());
                    }
                }
                if !names.is_empty() {
                    found.push(if sheet.flag(Setting::ApprovalRequired) == Some(true) {
                        (Kind::Stacked, Severity::Weak, Setting::ApprovalRequired, Cause::Stacked(names))
                    } else {
                        (Kind::Bypassed, Severity::Weak, Setting::ApprovalRequired, Cause::Bypassed(names))
                    });
                }
            }
        }
        for check in lacks {
            *unchecked.entry(check).or_default() += 1;
        }
        gather(row, found, &mut report.ends);
    }
    let why = |check| match check {
        Check::RolePolicies => roles_why,
        // An answer came, but without what a basic profile lacks.
        Check::Accounts => Why::NotGranted,
        Check::Settings => Why::NotUnderstood,
        _ => tenant.why(check),
    };
    report.unchecked =
        unchecked.into_iter().map(|(check, policies)| Unchecked { check, why: why(check), policies }).collect();
    report
}

/// Whether each role's own activation requires approval, for the roles whose policy was read.
fn role_approvals(rows: &[Row]) -> BTreeMap<Guid, bool> {
    let of_role = |row: &Row| match &row.subject {
        Subject::Role { template } => Some((template.clone(), row.sheet()?.flag(Setting::ApprovalRequired)?)),
        Subject::Group { .. } => None,
    };
    rows.iter().filter_map(of_role).collect()
}

/// What findings are weighed by.
struct Seen {
    /// How many are eligible, if known.
    eligible: Option<usize>,
    /// None of the approvers can sign in.
    all_disabled: bool,
    /// The approvers are people, and all were found. One that was not returned may only be hidden from this account,
    /// and a group may get members: eligible ones, who activate.
    all_found: bool,
    /// The policy is of a group that has no permanent owner.
    ownerless: bool,
}

impl Seen {
    fn of(row: &Row, sheet: &Sheet, facts: &Facts, findings: &[Finding]) -> Self {
        let list = match sheet.value(Setting::Approvers) {
            Some(Value::Approvers(list)) => list.as_slice(),
            _ => &[],
        };
        let disabled = findings.iter().filter(|finding| matches!(finding.reason, Reason::ApproverDisabled(_))).count();
        let gone = findings.iter().any(|finding| matches!(finding.reason, Reason::ApproverGone(_)));
        Self {
            eligible: facts.eligible.as_ref().map(Vec::len),
            all_disabled: list.len() == disabled,
            all_found: !gone && list.iter().all(|approver| approver.kind == ApproverKind::User),
            ownerless: row.subject.can_be_outside_pim()
                && facts.owners.as_ref().is_some_and(|owners| Owners::of(owners).able == 0),
        }
    }
}

/// What a finding means for a policy as it is.
fn of_finding(finding: Finding, sheet: &Sheet, seen: &Seen) -> Option<(Kind, Severity, Setting, Cause)> {
    let setting = finding.setting?;
    let (kind, severity) = match &finding.reason {
        Reason::NobodyCanApprove if seen.all_disabled => (Kind::NobodyApproves, Severity::Blocking),
        Reason::NobodyCanApprove => return Some((Kind::NobodyApproves, Severity::Weak, setting, Cause::NoneFound)),
        Reason::ApproverGone(_) | Reason::ApproverDisabled(_) | Reason::ApproverGroupEmpty(_) => {
            (Kind::Approvers, Severity::Weak)
        }
        Reason::ApproverGuest(_) => (Kind::Approvers, Severity::Note),
        Reason::OnlyThemselves(people) if !seen.all_found => {
            return Some((Kind::OnlyThemselves, Severity::Weak, setting, Cause::OnlyNow(people.clone())));
        }
        Reason::OnlyThemselves(people) if seen.eligible == Some(people.len()) => {
            let cause = Cause::AllThemselves(people.clone());
            return Some((Kind::OnlyThemselves, Severity::Blocking, setting, cause));
        }
        Reason::OnlyThemselves(_) => (Kind::OnlyThemselves, Severity::Weak),
        Reason::ContextMissing(claim) if claim.is_empty() => {
            return Some((Kind::Context, Severity::Blocking, setting, Cause::NoContext));
        }
        Reason::ContextMissing(_) => (Kind::Context, Severity::Blocking),
        Reason::ContextUntargeted(_) | Reason::ContextUnenforced(_) if no_claim(sheet) => return None,
        Reason::ContextUnpublished(_)
        | Reason::ContextUntargeted(_)
        | Reason::ContextUnenforced(_)
        | Reason::ContextPartial(_) => (Kind::Context, Severity::Weak),
        Reason::MailReachesNobody => {
            let (Setting::MailDefaults(mail) | Setting::MailRecipients(mail)) = setting else { return None };
            // Whoever assigns or activates knows of it without an email.
            let severity = if is_to_the_person(mail) { Severity::Note } else { Severity::Weak };
            return Some((Kind::SilentMails, severity, setting, Cause::Silent(mail, silence(mail, sheet, seen))));
        }
        Reason::TooManyRecipients(number) => {
            let Setting::MailRecipients(mail) = setting else { return None };
            return Some((Kind::CrowdedMails, Severity::Weak, setting, Cause::Crowded(mail, *number)));
        }
        Reason::ExistingLonger(_) | Reason::LongDay | Reason::ShortPeriod | Reason::Onboards(_) | Reason::NoRight => {
            return None;
        }
    };
    Some((kind, severity, setting, Cause::Found(finding.reason)))
}

/// Why an email reaches nobody.
fn silence(mail: RuleId, sheet: &Sheet, seen: &Seen) -> Silence {
    let is_for_owners = !is_to_the_person(mail) && mail != RuleId::ActivationApprover;
    match (sheet.flag(Setting::MailDefaults(mail)), seen.ownerless && is_for_owners) {
        (Some(true), _) => Silence::NoOwner,
        (_, true) => Silence::OffAndNoOwner,
        _ => Silence::Off,
    }
}

/// Whether an email tells a person what they did themselves, or what was done for them.
const fn is_to_the_person(mail: RuleId) -> bool {
    matches!(mail, RuleId::EligibleAssignee | RuleId::ActiveAssignee | RuleId::ActivationRequestor)
}

/// Whether an authentication context is required and none is selected.
fn no_claim(sheet: &Sheet) -> bool {
    match sheet.value(Setting::ActivationRequirement) {
        Some(Value::Requirement(Requirement::Context(claim) | Requirement::MfaAndContext(claim))) => claim.is_empty(),
        _ => false,
    }
}

/// One dead end for each kind, with all its causes. If nobody can approve, approvers who cannot are a cause of that,
/// not a dead end of their own.
fn gather(row: &Row, found: Vec<(Kind, Severity, Setting, Cause)>, ends: &mut Vec<DeadEnd>) {
    let first = ends.len();
    let nobody = found.iter().any(|(kind, ..)| *kind == Kind::NobodyApproves);
    for (kind, severity, setting, cause) in found {
        let kind = if nobody && kind == Kind::Approvers { Kind::NobodyApproves } else { kind };
        let own = ends.iter_mut().skip(first).find(|end| end.kind == kind);
        if let Some(end) = own {
            end.severity = end.severity.min(severity);
            end.causes.push(cause);
        } else {
            let (subject, name) = (row.subject.clone(), row.name().to_owned());
            ends.push(DeadEnd { subject, name, kind, severity, setting, causes: vec![cause] });
        }
    }
}

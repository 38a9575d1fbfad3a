//! What the checks of a change do not cover: a policy beside those of the roles its group leads to, and requirements
//! that are too weak for what is granted.

use super::need::Need;
use super::tenant::{Grant, TenantFacts};
use super::{Cause, Kind, Severity};
use crate::directory::Holder;
use crate::matrix::Row;
use crate::policy::{Access, Requirement, Setting, Sheet, Subject, Value};

/// The roles whose own approval matters for this policy's approval; empty if there cannot be any. `Err` says what must
/// be read to know.
///
/// Members of a group that has a role have it as soon as they are members: the role's own approval never happens.
/// Members of a group that is eligible for a role activate it afterwards, so its approval comes on top.
pub(super) fn grants<'a>(row: &Row, sheet: &Sheet, tenant: &'a TenantFacts) -> Result<&'a [Grant], Need> {
    let Subject::Group { group, access: Access::Member } = &row.subject else { return Ok(&[]) };
    if matches!(row.holder.as_deref(), Some(Holder::Group(group)) if !group.role_assignable) {
        return Ok(&[]);
    }
    match sheet.flag(Setting::ApprovalRequired) {
        Some(true) => tenant.activatable(group).ok_or_else(|| Need::Activatable(group.clone())),
        Some(false) => tenant.held(group).ok_or_else(|| Need::Held(group.clone())),
        None => Ok(&[]),
    }
}

/// What can be seen in the policy alone.
pub(super) fn own(row: &Row, sheet: &Sheet) -> Vec<(Kind, Severity, Setting, Cause)> {
    let mut found = Vec::new();
    let requirement = match sheet.value(Setting::ActivationRequirement) {
        Some(Value::Requirement(requirement)) => Some(requirement),
        _ => None,
    };
    let approval = sheet.flag(Setting::ApprovalRequired);
    // Of several approval stages only the first is read: others may have approvers.
    let is_whole = sheet.reading(Setting::Approvers).is_some_and(|reading| reading.read_only.is_none());
    let nobody_chosen =
        is_whole && matches!(sheet.value(Setting::Approvers), Some(Value::Approvers(list)) if list.is_empty());
    if approval == Some(true) && nobody_chosen && !row.subject.has_default_approvers() {
        found.push((Kind::NobodyApproves, Severity::Blocking, Setting::Approvers, Cause::NoApprover));
    }
    let mut demand = |kind, severity, cause| found.push((kind, severity, Setting::ActivationRequirement, cause));
    match requirement {
        Some(Requirement::MfaAndContext(claim)) => {
            demand(Kind::MfaAndContext, Severity::Weak, Cause::MfaAndContext(claim.clone()));
        }
        Some(Requirement::None) if approval == Some(false) && grants_much(row) => {
            demand(Kind::LittleDemanded, Severity::Note, Cause::NothingDemanded);
        }
        Some(Requirement::Mfa) if approval == Some(false) && is_role_assignable(row) => {
            demand(Kind::LittleDemanded, Severity::Note, Cause::MfaOnly);
        }
        _ => {}
    }
    let for_ever = sheet.flag(Setting::EligiblePermanent) == Some(true);
    if for_ever && approval == Some(false) && requirement == Some(&Requirement::None) {
        demand(Kind::AlwaysOpen, Severity::Weak, Cause::AlwaysOpen);
    }
    found
}

fn is_role_assignable(row: &Row) -> bool {
    matches!(row.holder.as_deref(), Some(Holder::Group(group)) if group.role_assignable)
}

fn grants_much(row: &Row) -> bool {
    match row.holder.as_deref() {
        Some(Holder::Group(group)) => group.role_assignable,
        Some(Holder::Role(role)) => role.privileged == Some(true),
        None => false,
    }
}

//! Whether anyone could approve.

use std::collections::BTreeSet;

use super::facts::{Facts, Member, Missing, Who};
use super::{Finding, Judged, Preflight, Reason};
use crate::policy::{Approver, ApproverKind, Setting, Value};

/// Who could approve, as far as is known.
#[derive(Default)]
struct Able {
    people: BTreeSet<String>,
    /// Others may be able to: an unknown kind, a group whose members could not be read.
    perhaps_more: bool,
    /// For some of them it is unknown whether they can sign in.
    hidden: bool,
}

/// Checks the approvers of a policy that requires approval.
pub(super) fn judge(judged: Judged<'_>, facts: &Facts, found: &mut Preflight) {
    let required = judged.flag(Setting::ApprovalRequired);
    if required == Some(false) {
        return;
    }
    let (Some(true), Some(Value::Approvers(list))) = (required, (judged.value)(Setting::Approvers)) else {
        return found.lacks(Missing::Settings);
    };
    if list.is_empty() {
        // The field itself says so if nobody approves then; a role has default approvers.
        return;
    }
    let Some(known) = &facts.approvers else { return found.lacks(Missing::Approvers) };
    let setting = Setting::Approvers;
    let mut able = Able::default();
    for approver in &list {
        let member = match approver.kind {
            ApproverKind::Other => None,
            _ => Some(known.get(&approver.id).unwrap_or(&Member::Gone)),
        };
        match member {
            None => able.perhaps_more = true,
            Some(Member::Gone) => {
                found.findings.push(Finding::warning(setting, Reason::ApproverGone(approver.id.clone())));
            }
            Some(Member::Person(who)) => person(who, &mut able, found),
            Some(Member::Group(_, None)) => {
                able.perhaps_more = true;
                found.lacks(Missing::ApproverMembers);
            }
            Some(Member::Group(group, Some(members))) => {
                if members.is_empty() {
                    found.findings.push(Finding::warning(setting, Reason::ApproverGroupEmpty(group.name.clone())));
                }
                able.hidden |= members.iter().any(|who| who.hidden);
                able.people.extend(members.iter().filter(|who| !who.disabled).map(|who| who.id.clone()));
            }
        }
    }
    if able.hidden {
        found.lacks(Missing::Accounts);
    }
    if able.people.is_empty() && !able.perhaps_more {
        // An approver that was not returned may exist, and a group may get members: eligible ones, who activate.
        let is_out = |approver: &Approver| matches!(known.get(&approver.id), Some(Member::Person(who)) if who.disabled);
        let certain = list.iter().all(is_out) && !judged.subject.has_default_approvers();
        let finding = if certain { Finding::blocking } else { Finding::warning };
        found.findings.push(finding(setting, Reason::NobodyCanApprove));
    } else if !able.perhaps_more {
        only_themselves(&able, facts, found);
    }
}

fn person(who: &Who, able: &mut Able, found: &mut Preflight) {
    if who.disabled {
        found.findings.push(Finding::warning(Setting::Approvers, Reason::ApproverDisabled(who.name.clone())));
        return;
    }
    if who.guest {
        found.findings.push(Finding::warning(Setting::Approvers, Reason::ApproverGuest(who.name.clone())));
    }
    able.hidden |= who.hidden;
    able.people.insert(who.id.clone());
}

/// Nobody can approve their own request: someone eligible who is the only possible approver would wait forever.
fn only_themselves(able: &Able, facts: &Facts, found: &mut Preflight) {
    if able.people.len() > 1 {
        return;
    }
    let Some(eligible) = &facts.eligible else { return found.lacks(Missing::Eligible) };
    if eligible.iter().any(|holding| holding.group) {
        found.lacks(Missing::EligibleMembers);
    }
    let alone = |who: &Who| able.people.contains(&who.id);
    let stuck: Vec<String> =
        eligible.iter().filter(|holding| alone(&holding.who)).map(|holding| holding.who.name.clone()).collect();
    if !stuck.is_empty() {
        found.findings.push(Finding::warning(Setting::Approvers, Reason::OnlyThemselves(stuck)));
    }
}

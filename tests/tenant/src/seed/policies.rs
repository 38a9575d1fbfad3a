//! The groups in PIM and the settings made by their administrators.

use serde_json::{Value, json};

use super::Seed;
use super::groups::{Kind, NAMED};
use crate::directory::{Access, Directory, Group};
use crate::ids::guid;
use crate::pim::rules::{APPROVAL, CONTEXT, ENABLEMENT};
use crate::pim::{Pim, Subject};
use crate::time::DAY_MS;

/// The group whose policy for members has odd approvers.
const ODD: &str = "Data Warehouse Readers – Personal Data";

/// Puts the named PIM groups into PIM, and as many generated ones as the seed asks for, and gives each a policy of its
/// own.
pub(super) fn onboard(pim: &mut Pim, seed: &Seed, directory: &Directory) {
    let named = directory.groups.iter().zip(NAMED);
    let named: Vec<&Group> =
        named.filter(|(_, (_, kind, _))| matches!(kind, Kind::Pim | Kind::PimRole)).map(|(group, _)| group).collect();
    let more = seed.groups_in_pim.saturating_sub(named.len());
    let generated = directory.groups.iter().skip(NAMED.len()).take(more);
    for (at, group) in named.iter().copied().chain(generated).enumerate() {
        pim.onboard(&group.id);
        for access in Access::ALL {
            let subject = Subject::group(&group.id, access);
            let mut policy = pim.policy(&subject);
            for (rule, patch) in settings(at, access, group, directory) {
                policy.overlay(rule, &patch);
            }
            let days = i64::try_from(at).unwrap_or_default() * 11 + 2;
            policy.modified = (at % 4 != 3).then(|| (seed.now_ms - days * DAY_MS, "Ana Brandão".to_owned()));
            pim.store(subject, policy);
        }
    }
}

/// The rules that differ from the default in the `at`th group.
fn settings(at: usize, access: Access, group: &Group, directory: &Directory) -> Vec<(&'static str, Value)> {
    let member = access == Access::Member;
    let mut changed = Vec::new();
    let hours = ["PT4H", "PT8H", "PT1H", "PT10H", "PT2H", "PT1H45M", "PT30M", "P1D"];
    let cycle = at + usize::from(!member);
    changed.push(("Expiration_EndUser_Assignment", json!({ "maximumDuration": hours.get(cycle % hours.len()) })));
    if cycle % 3 == 1 {
        changed.push((CONTEXT, json!({ "isEnabled": true, "claimValue": "c1" })));
        changed.push((ENABLEMENT, json!({ "enabledRules": ["Justification", "Ticketing"] })));
    } else if cycle.is_multiple_of(3) {
        changed.push((ENABLEMENT, json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] })));
    }
    if member && group.name == ODD {
        changed.push((APPROVAL, requiring(&odd_approvers(directory))));
    } else if member || cycle.is_multiple_of(2) {
        changed.push((APPROVAL, approval(directory, true, group.role_assignable)));
    }
    if cycle % 4 == 2 {
        changed.push(("Expiration_Admin_Eligibility", json!({ "isExpirationRequired": false })));
        changed.push(("Expiration_Admin_Assignment", json!({ "maximumDuration": "P30D" })));
    }
    if cycle.is_multiple_of(5) {
        changed.push((
            "Notification_Admin_EndUser_Assignment",
            json!({ "notificationRecipients": ["soc@contoso.com"], "notificationLevel": "Critical" }),
        ));
    }
    changed
}

/// Approval by Dana and by the group of Tier-0 approvers, by one of them, or with no approver set.
pub(super) fn approval(directory: &Directory, dana: bool, team: bool) -> Value {
    let mut approvers = Vec::new();
    if let Some(dana) = directory.find("dana").filter(|_| dana) {
        approvers.push(json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": dana.id, "description": null }));
    }
    if let Some(team) = directory.groups.iter().find(|g| g.name == "Tier-0 Approvers").filter(|_| team) {
        approvers.push(json!({
            "@odata.type": "#microsoft.graph.groupMembers", "groupId": team.id, "description": "Tier-0 approvers",
        }));
    }
    requiring(&approvers)
}

/// Four approvers who cannot or should not approve: a disabled person, one who was deleted, a guest, an empty group.
fn odd_approvers(directory: &Directory) -> Vec<Value> {
    let user = |id: &str| json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id, "description": null });
    let disabled = directory.people.iter().find(|person| !person.enabled && !person.guest);
    let guest = directory.people.iter().find(|person| person.guest && person.enabled);
    let mut approvers: Vec<Value> = disabled.into_iter().chain(guest).map(|person| user(&person.id)).collect();
    approvers.push(user(&guid("person", "deleted")));
    if let Some(empty) = directory.groups.iter().find(|group| group.name == "Orphaned Project Aurora") {
        approvers.push(json!({
            "@odata.type": "#microsoft.graph.groupMembers", "groupId": empty.id, "description": empty.name,
        }));
    }
    approvers
}

/// Approval by these approvers.
fn requiring(approvers: &[Value]) -> Value {
    json!({ "setting": {
        "isApprovalRequired": true,
        "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true,
        "approvalMode": "SingleStage",
        "approvalStages": [{
            "approvalStageTimeOutInDays": 1,
            "isApproverJustificationRequired": true,
            "escalationTimeInMinutes": 0,
            "isEscalationEnabled": false,
            "primaryApprovers": approvers,
            "escalationApprovers": [],
        }],
    } })
}

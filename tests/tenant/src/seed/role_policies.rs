//! The settings made by administrators for directory roles; roles that are not named here have the default.

use serde_json::{Value, json};

use super::Seed;
use super::policies::approval;
use crate::directory::{Directory, RoleDefinition};
use crate::pim::rules::{APPROVAL, CONTEXT, ENABLEMENT};
use crate::pim::{Pim, Subject};
use crate::time::DAY_MS;

const ACTIVATION: &str = "Expiration_EndUser_Assignment";
const ELIGIBILITY: &str = "Expiration_Admin_Eligibility";
const ASSIGNMENT: &str = "Expiration_Admin_Assignment";
const ALERT: &str = "Notification_Admin_EndUser_Assignment";

/// Roles, not marked as privileged, whose activation Dana or the Tier-0 approvers approve.
const APPROVED: [&str; 3] = ["Reports Reader", "Contoso Application Support", "Exchange Administrator"];
/// Roles that require approval with no approver set: the built-in administrators approve.
const UNNAMED: [&str; 2] = ["Groups Administrator", "Privileged Role Administrator"];

/// Gives roles policies of their own.
pub(super) fn policies(pim: &mut Pim, seed: &Seed, directory: &Directory) {
    for (at, role) in directory.roles.iter().enumerate() {
        let changed = settings(at, role, directory);
        if changed.is_empty() {
            continue;
        }
        let subject = Subject::Role(role.id.clone());
        let mut policy = pim.policy(&subject);
        for (rule, patch) in changed {
            policy.overlay(rule, &patch);
        }
        let days = i64::try_from(at).unwrap_or_default() * 3 + 1;
        policy.modified = Some((seed.now_ms - days * DAY_MS, "Ana Brandão".to_owned()));
        pim.store(subject, policy);
    }
}

fn settings(at: usize, role: &RoleDefinition, directory: &Directory) -> Vec<(&'static str, Value)> {
    let name = role.name.as_str();
    if name == "Global Administrator" {
        return strict(directory);
    }
    let mut changed = Vec::new();
    if name == "Hybrid Identity Administrator" {
        // Dana alone is eligible, and alone approves: she cannot approve herself.
        changed.push((APPROVAL, approval(directory, true, false)));
    } else if UNNAMED.contains(&name) {
        changed.push((APPROVAL, approval(directory, false, false)));
    } else if APPROVED.contains(&name) || (role.privileged && at.is_multiple_of(2)) || name.starts_with("Privileged") {
        changed.push((APPROVAL, approval(directory, true, role.privileged)));
    }
    if role.privileged {
        let hours = ["PT2H", "PT4H", "PT8H", "PT1H30M"];
        changed.push((ACTIVATION, json!({ "maximumDuration": hours.get(at % hours.len()) })));
        if at.is_multiple_of(3) {
            changed.push((ENABLEMENT, json!({ "enabledRules": ["Justification", "Ticketing"] })));
            changed.push((
                CONTEXT,
                json!({ "isEnabled": true, "claimValue": if at.is_multiple_of(2) { "c3" } else { "c2" } }),
            ));
        }
        if at % 4 == 1 {
            changed.push((ELIGIBILITY, json!({ "isExpirationRequired": true, "maximumDuration": "P365D" })));
            changed.push((ASSIGNMENT, json!({ "isExpirationRequired": true, "maximumDuration": "P30D" })));
        }
    }
    changed
}

/// One hour, a strong sign-in, a ticket, approval, nothing permanent, and everything is reported.
fn strict(directory: &Directory) -> Vec<(&'static str, Value)> {
    vec![
        (ACTIVATION, json!({ "maximumDuration": "PT1H" })),
        (ENABLEMENT, json!({ "enabledRules": ["Justification", "Ticketing"] })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": "c1" })),
        (APPROVAL, approval(directory, true, true)),
        (ELIGIBILITY, json!({ "isExpirationRequired": true, "maximumDuration": "P180D" })),
        (ASSIGNMENT, json!({ "isExpirationRequired": true, "maximumDuration": "P15D" })),
        ("Enablement_Admin_Assignment", json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] })),
        (ALERT, json!({ "notificationRecipients": ["soc@contoso.com"] })),
    ]
}

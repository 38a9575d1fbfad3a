//! The 17 rules of a group's fresh policy, as Microsoft documents the defaults, and policies made from them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use pim_desk::policy::{Access, Policy, Rule, RuleId, Subject, rule::RuleKind};
use serde_json::{Value as Json, json};

/// The rules in the order of the mapping guide.
pub fn rules() -> Vec<Json> {
    RuleId::ALL.into_iter().map(rule).collect()
}

fn rule(id: RuleId) -> Json {
    let name = id.as_str();
    let mut ends = name.rsplit('_');
    let (level, caller) = (ends.next().unwrap(), ends.next().unwrap());
    let kind = match id.kind() {
        RuleKind::Expiration => "Expiration",
        RuleKind::Enablement => "Enablement",
        RuleKind::AuthenticationContext => "AuthenticationContext",
        RuleKind::Approval => "Approval",
        RuleKind::Notification => "Notification",
    };
    let mut rule = match id.kind() {
        RuleKind::Expiration => {
            let longest = match id {
                RuleId::ActivationExpiration => "PT8H",
                RuleId::EligibleExpiration => "P365D",
                _ => "P180D",
            };
            json!({"isExpirationRequired": true, "maximumDuration": longest})
        }
        RuleKind::Enablement if id == RuleId::EligibleEnablement => json!({"enabledRules": []}),
        RuleKind::Enablement => json!({"enabledRules": ["Justification"]}),
        RuleKind::AuthenticationContext => json!({"isEnabled": false, "claimValue": ""}),
        RuleKind::Approval => json!({"setting": {
            "isApprovalRequired": false, "isApprovalRequiredForExtension": false,
            "isRequestorJustificationRequired": true, "approvalMode": "SingleStage",
            "approvalStages": [{
                "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "escalationTimeInMinutes": 0,
                "isEscalationEnabled": false, "primaryApprovers": [], "escalationApprovers": [],
            }],
        }}),
        RuleKind::Notification => json!({
            "notificationType": "Email", "recipientType": name.split('_').nth(1).unwrap(), "notificationLevel": "All",
            "isDefaultRecipientsEnabled": true, "notificationRecipients": [],
        }),
    };
    rule["@odata.type"] = json!(format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule"));
    rule["id"] = json!(name);
    rule["target"] = json!({
        "caller": caller, "operations": ["All"], "level": level, "inheritableSettings": [], "enforcedSettings": [],
    });
    rule
}

/// A member policy of these rules.
pub fn policy_of(rules: Vec<Json>) -> Policy {
    Policy {
        id: "Group_1".into(),
        subject: Subject::Group {
            group: "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap(),
            access: Access::Member,
        },
        rules: rules.into_iter().map(Rule::new).collect(),
        modified_at: None,
        modified_by: None,
    }
}

/// The fresh policy.
pub fn policy() -> Policy {
    policy_of(rules())
}

/// The fresh policy with one rule changed.
pub fn with_rule(id: &str, change: impl Fn(&mut Json)) -> Policy {
    let mut list = rules();
    list.iter_mut().filter(|rule| rule["id"] == id).for_each(change);
    policy_of(list)
}

//! The 17 predefined rules and their defaults (graph.md G19).

use serde_json::{Value, json};

use crate::directory::Access;

/// The rule that requires an authentication context on activation.
pub(crate) const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
/// The rule that requires MFA, justification and ticket on activation.
pub(crate) const ENABLEMENT: &str = "Enablement_EndUser_Assignment";
/// The rule that requires approval on activation.
pub(crate) const APPROVAL: &str = "Approval_EndUser_Assignment";

/// The 17 IDs in the order of the documentation's samples.
pub(crate) const IDS: [&str; 17] = [
    "Expiration_Admin_Eligibility",
    "Enablement_Admin_Eligibility",
    "Notification_Admin_Admin_Eligibility",
    "Notification_Requestor_Admin_Eligibility",
    "Notification_Approver_Admin_Eligibility",
    "Expiration_Admin_Assignment",
    "Enablement_Admin_Assignment",
    "Notification_Admin_Admin_Assignment",
    "Notification_Requestor_Admin_Assignment",
    "Notification_Approver_Admin_Assignment",
    "Expiration_EndUser_Assignment",
    ENABLEMENT,
    APPROVAL,
    CONTEXT,
    "Notification_Admin_EndUser_Assignment",
    "Notification_Requestor_EndUser_Assignment",
    "Notification_Approver_EndUser_Assignment",
];

/// The parts of a rule's ID: `{Kind}_[{Recipient}_]{caller}_{level}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming<'a> {
    /// `Expiration`, `Enablement`, `Notification`, `Approval`, `AuthenticationContext`.
    pub(crate) kind: &'a str,
    /// `Admin`, `Requestor`, `Approver`; only for notifications.
    pub(crate) recipient: Option<&'a str>,
    /// `Admin` or `EndUser`.
    pub(crate) caller: &'a str,
    /// `Eligibility` or `Assignment`.
    pub(crate) level: &'a str,
}

impl<'a> Naming<'a> {
    /// Parses a rule ID; `None` if it has another form.
    pub(crate) fn of(id: &'a str) -> Option<Self> {
        let parts: Vec<&str> = id.split('_').collect();
        match parts.as_slice() {
            [kind, recipient, caller, level] => Some(Self { kind, recipient: Some(recipient), caller, level }),
            [kind, caller, level] => Some(Self { kind, recipient: None, caller, level }),
            _ => None,
        }
    }

    /// The `OData` type of the rule.
    pub(crate) fn odata_type(self) -> String {
        format!("#microsoft.graph.unifiedRoleManagementPolicy{}Rule", self.kind)
    }
}

/// The rules of a group that nobody has changed. The two policies differ in the casing of `operations` (graph.md G15).
pub(crate) fn standard(access: Access) -> Vec<Value> {
    let operations = match access {
        Access::Owner => "All",
        Access::Member => "all",
    };
    IDS.iter().filter_map(|id| Naming::of(id).map(|naming| rule(id, naming, operations))).collect()
}

/// The rules of a role that nobody has changed: permanent assignments are allowed, activation requires MFA.
pub(crate) fn for_role() -> Vec<Value> {
    let mut rules = standard(Access::Member);
    for rule in &mut rules {
        match rule["id"].as_str() {
            Some("Expiration_Admin_Eligibility" | "Expiration_Admin_Assignment") => {
                rule["isExpirationRequired"] = false.into();
            }
            Some(ENABLEMENT) => rule["enabledRules"] = json!(["MultiFactorAuthentication", "Justification"]),
            Some(CONTEXT) => rule["claimValue"] = Value::Null,
            _ => {}
        }
    }
    rules
}

fn rule(id: &str, naming: Naming<'_>, operations: &str) -> Value {
    let mut rule = match naming.kind {
        "Expiration" => json!({ "isExpirationRequired": true, "maximumDuration": match (naming.caller, naming.level) {
            ("EndUser", _) => "PT8H",
            (_, "Eligibility") => "P365D",
            _ => "P180D",
        } }),
        "Enablement" => {
            json!({ "enabledRules": if naming.level == "Eligibility" { json!([]) } else { json!(["Justification"]) } })
        }
        "Approval" => json!({ "setting": {
            "isApprovalRequired": false,
            "isApprovalRequiredForExtension": false,
            "isRequestorJustificationRequired": true,
            "approvalMode": "SingleStage",
            "approvalStages": [{
                "approvalStageTimeOutInDays": 1,
                "isApproverJustificationRequired": true,
                "escalationTimeInMinutes": 0,
                "isEscalationEnabled": false,
                "primaryApprovers": [],
                "escalationApprovers": [],
            }],
        } }),
        "AuthenticationContext" => {
            json!({ "isEnabled": false, "claimValue": if operations == "All" { json!(null) } else { json!("") } })
        }
        _ => json!({
            "notificationType": "Email",
            "recipientType": naming.recipient,
            "notificationLevel": "All",
            "isDefaultRecipientsEnabled": true,
            "notificationRecipients": [],
        }),
    };
    rule["@odata.type"] = naming.odata_type().into();
    rule["id"] = id.into();
    rule["target"] = json!({
        "caller": naming.caller,
        "operations": [operations],
        "level": naming.level,
        "inheritableSettings": [],
        "enforcedSettings": [],
    });
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_policy_has_the_documented_defaults() {
        let rules = standard(Access::Owner);
        assert_eq!(rules.len(), 17);
        let find = |id: &str| rules.iter().find(|rule| rule["id"] == id).unwrap();
        assert_eq!(find("Expiration_EndUser_Assignment")["maximumDuration"], "PT8H");
        assert_eq!(find("Expiration_Admin_Assignment")["maximumDuration"], "P180D");
        assert_eq!(find("Notification_Approver_EndUser_Assignment")["recipientType"], "Approver");
        assert_eq!(find(CONTEXT)["target"]["caller"], "EndUser");
        let of_role = for_role();
        assert_eq!(of_role.len(), 17);
        let changed = of_role.iter().filter(|rule| !standard(Access::Member).contains(rule)).count();
        assert_eq!(changed, 4);
    }
}

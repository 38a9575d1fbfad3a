//! Writes one changed setting into the raw JSON of its rule and touches nothing else.

use serde_json::{Value as Json, json};

use super::approver::Approver;
use super::reading::{JUSTIFICATION, MFA, TICKETING};
use super::rule::RuleId;
use super::setting::Setting;
use super::value::{Requirement, Value};

/// Writes `value` into `rule` (the rule `id` that `setting` lives in). A value of the wrong kind changes nothing.
pub fn overlay(rule: &mut Json, id: RuleId, setting: Setting, value: &Value) {
    match (setting, value) {
        (Setting::ActivationDuration | Setting::EligibleExpiry | Setting::ActiveExpiry, Value::Duration(text)) => {
            // No period is `null`; Graph rejects an empty text.
            rule["maximumDuration"] = if text.is_empty() { Json::Null } else { json!(text) };
        }
        (Setting::EligiblePermanent | Setting::ActivePermanent, Value::Flag(permanent)) => {
            rule["isExpirationRequired"] = json!(!permanent);
        }
        (
            Setting::ActivationJustification | Setting::ActiveJustification | Setting::EligibleJustification,
            Value::Flag(on),
        ) => demand(rule, JUSTIFICATION, *on),
        (Setting::ActivationTicket, Value::Flag(on)) => demand(rule, TICKETING, *on),
        (Setting::ActiveMfa | Setting::EligibleMfa, Value::Flag(on)) => demand(rule, MFA, *on),
        (Setting::ActivationRequirement, Value::Requirement(wanted)) => require(rule, id, wanted),
        (Setting::ApprovalRequired, Value::Flag(on)) => require_approval(rule, *on),
        (Setting::Approvers, Value::Approvers(list)) => set_approvers(rule, list),
        (Setting::MailDefaults(_), Value::Flag(on)) => rule["isDefaultRecipientsEnabled"] = json!(on),
        (Setting::MailRecipients(_), Value::Recipients(list)) => set_recipients(rule, list),
        (Setting::MailCritical(_), Value::Flag(critical)) => {
            rule["notificationLevel"] = json!(if *critical { "Critical" } else { "All" });
        }
        _ => {}
    }
}

/// Adds or removes one entry of `enabledRules`; all other entries stay in place.
fn demand(rule: &mut Json, name: &str, on: bool) {
    if !rule["enabledRules"].is_array() {
        rule["enabledRules"] = json!([]);
    }
    if let Some(list) = rule["enabledRules"].as_array_mut() {
        let listed = list.iter().any(|item| item.as_str() == Some(name));
        if on && !listed {
            list.push(json!(name));
        } else if !on {
            list.retain(|item| item.as_str() != Some(name));
        }
    }
}

fn require(rule: &mut Json, id: RuleId, wanted: &Requirement) {
    let (mfa, context) = match wanted {
        Requirement::None => (false, None),
        Requirement::Mfa => (true, None),
        Requirement::Context(claim) => (false, Some(claim)),
        Requirement::MfaAndContext(claim) => (true, Some(claim)),
    };
    if id == RuleId::ActivationEnablement {
        if super::reading::demands(rule, MFA) != Some(mfa) {
            demand(rule, MFA, mfa);
        }
    } else if let Some(claim) = context {
        rule["isEnabled"] = json!(true);
        rule["claimValue"] = json!(claim);
    } else if rule["isEnabled"].as_bool() == Some(true) {
        // Off is `isEnabled: false` with an empty claim in Microsoft's samples (graph.md G10).
        rule["isEnabled"] = json!(false);
        rule["claimValue"] = json!("");
    }
}

fn require_approval(rule: &mut Json, on: bool) {
    if !rule["setting"].is_object() {
        rule["setting"] = json!({"@odata.type": "microsoft.graph.approvalSettings"});
    }
    rule["setting"]["isApprovalRequired"] = json!(on);
    let mode = rule["setting"]["approvalMode"].as_str();
    if on && mode.is_none_or(|mode| mode.eq_ignore_ascii_case("NoApproval")) {
        rule["setting"]["approvalMode"] = json!("SingleStage");
    }
    ensure_stage(rule);
}

/// Graph rejects an approval rule without a stage, also one that requires none; this is the stage of a new policy (24
/// hours, one stage).
fn ensure_stage(rule: &mut Json) {
    let empty = rule["setting"]["approvalStages"].as_array().is_none_or(Vec::is_empty);
    if empty {
        rule["setting"]["approvalStages"] = json!([{
            "approvalStageTimeOutInDays": 1,
            "isApproverJustificationRequired": true,
            "escalationTimeInMinutes": 0,
            "isEscalationEnabled": false,
            "primaryApprovers": [],
            "escalationApprovers": [],
        }]);
    }
}

/// Keeps the entries that stay exactly as they were, removes the others, appends the new.
fn set_approvers(rule: &mut Json, wanted: &[Approver]) {
    if !rule["setting"].is_object() {
        rule["setting"] = json!({"@odata.type": "microsoft.graph.approvalSettings"});
    }
    ensure_stage(rule);
    // A stage of another shape is not understood, and is left as it is.
    let Some(stage) = rule.pointer_mut("/setting/approvalStages/0").and_then(Json::as_object_mut) else { return };
    let before = stage.get("primaryApprovers").and_then(Json::as_array).cloned().unwrap_or_default();
    let mut after: Vec<Json> = before.into_iter().filter(|raw| wanted.contains(&Approver::read(raw))).collect();
    for approver in wanted {
        if !after.iter().any(|raw| Approver::read(raw) == *approver) {
            after.push(approver.to_entry());
        }
    }
    stage.insert("primaryApprovers".to_owned(), Json::Array(after));
}

/// Keeps remaining addresses in place and as written, appends the new, never sends an empty one.
fn set_recipients(rule: &mut Json, wanted: &[String]) {
    let before = rule["notificationRecipients"].as_array().cloned().unwrap_or_default();
    let same = |raw: &Json, mail: &str| raw.as_str().is_some_and(|text| text.eq_ignore_ascii_case(mail));
    let mut after: Vec<Json> =
        before.into_iter().filter(|raw| !raw.is_string() || wanted.iter().any(|mail| same(raw, mail))).collect();
    for mail in wanted.iter().filter(|mail| !mail.is_empty()) {
        if !after.iter().any(|raw| same(raw, mail)) {
            after.push(json!(mail));
        }
    }
    rule["notificationRecipients"] = Json::Array(after);
}

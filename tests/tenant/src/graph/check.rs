//! What PIM checks before it stores a rule, and what it accepts.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::ids::is_guid;
use crate::pim::rules::{CONTEXT, ENABLEMENT, Naming};
use crate::pim::{Policy, Subject};
use crate::time::duration_minutes;

/// The longest activation, in minutes.
const ACTIVATION_MOST: i64 = 24 * 60;
const REASONS: [&str; 3] = ["MultiFactorAuthentication", "Justification", "Ticketing"];

/// The rule to store (v1.0 shape) if `body` is sent for the rule `stored` of a policy.
pub(super) fn merged(policy: &Policy, subject: &Subject, stored: &Value, body: &Value) -> Result<Value, Refusal> {
    let id = stored["id"].as_str().unwrap_or("");
    let (Some(sent), Some(naming)) = (body.as_object(), Naming::of(id)) else {
        return Err(Refusal::bad_request("A rule is expected in the request body."));
    };
    let kind = sent.get("@odata.type").and_then(Value::as_str).ok_or_else(|| {
        Refusal::bad_request("Cannot create an abstract class: microsoft.graph.unifiedRoleManagementPolicyRule.")
    })?;
    if kind.trim_start_matches('#') != stored["@odata.type"].as_str().unwrap_or("").trim_start_matches('#') {
        return Err(Refusal::new(500, "", "An error has occurred.")); // graph.md G5
    }
    if sent.get("id").is_some_and(|own| own.as_str().is_none_or(|own| !own.eq_ignore_ascii_case(id))) {
        return Err(Refusal::invalid_rule(id));
    }
    if naming.kind == "Notification" && policy.wrecked_by.as_ref().is_some_and(|wrecked| wrecked != id) {
        return Err(Refusal::invalid_rule(id)); // graph.md G4
    }
    known_properties(stored, sent, naming)?;
    let mut rule = stored.clone();
    for (name, value) in sent {
        rule[name.as_str()] = value.clone();
    }
    rule["@odata.type"] = stored["@odata.type"].clone();
    rule["id"] = stored["id"].clone();
    if sent.contains_key("target") {
        target(id, &rule["target"], naming)?;
    } else {
        return Err(Refusal::invalid_policy());
    }
    match naming.kind {
        "Expiration" => expiration(&rule, naming)?,
        "Enablement" => enablement(policy, &rule, id)?,
        "AuthenticationContext" => context(&rule)?,
        "Notification" => notification(&rule, naming, id)?,
        "Approval" => approval(&mut rule, matches!(subject, Subject::Role(_)))?,
        _ => return Err(Refusal::invalid_rule(id)),
    }
    Ok(rule)
}

/// Whether a target is present but incomplete; storing such a rule breaks the policy (graph.md G4).
pub(super) fn is_bare(target: &Value) -> bool {
    target.as_object().is_some_and(|target| target.keys().all(|name| name.starts_with('@')))
}

/// Rejects properties that the type does not have; what the service itself returned is accepted back.
fn known_properties(stored: &Value, sent: &Map<String, Value>, naming: Naming<'_>) -> Result<(), Refusal> {
    let own: &[&str] = match naming.kind {
        "Expiration" => &["isExpirationRequired", "maximumDuration"],
        "Enablement" => &["enabledRules"],
        "AuthenticationContext" => &["isEnabled", "claimValue"],
        "Approval" => &["setting"],
        _ => &[
            "notificationType",
            "recipientType",
            "notificationLevel",
            "isDefaultRecipientsEnabled",
            "notificationRecipients",
        ],
    };
    let known = |name: &str| {
        name.starts_with('@') || matches!(name, "id" | "target") || own.contains(&name) || stored.get(name).is_some()
    };
    match sent.keys().find(|name| !known(name)) {
        None => Ok(()),
        Some(name) => Err(Refusal::bad_request(format!(
            "The property '{name}' does not exist on type '{}'. Make sure to only use property names that are defined by the type.",
            naming.odata_type().trim_start_matches('#')
        ))),
    }
}

fn target(id: &str, target: &Value, naming: Naming<'_>) -> Result<(), Refusal> {
    if is_bare(target) && naming.kind == "Notification" {
        return Ok(());
    }
    let is = |name: &str, wanted: &str| target[name].as_str().is_some_and(|own| own.eq_ignore_ascii_case(wanted));
    let operations =
        target["operations"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_string));
    if is("caller", naming.caller) && is("level", naming.level) && operations {
        Ok(())
    } else {
        Err(Refusal::invalid_rule(id))
    }
}

fn expiration(rule: &Value, naming: Naming<'_>) -> Result<(), Refusal> {
    let required = rule["isExpirationRequired"].as_bool().ok_or_else(Refusal::invalid_policy)?;
    let minutes = match &rule["maximumDuration"] {
        Value::Null if !required => return Ok(()),
        Value::String(text) => duration_minutes(text).ok_or_else(Refusal::invalid_policy)?,
        _ => return Err(Refusal::invalid_policy()),
    };
    let in_range = if naming.caller == "EndUser" { (5..=ACTIVATION_MOST).contains(&minutes) } else { minutes >= 5 };
    if in_range || (!required && minutes == 0) { Ok(()) } else { Err(Refusal::invalid_policy()) }
}

fn enablement(policy: &Policy, rule: &Value, id: &str) -> Result<(), Refusal> {
    let reasons = rule["enabledRules"].as_array().ok_or_else(Refusal::invalid_policy)?;
    if !reasons.iter().all(|reason| reason.as_str().is_some_and(|reason| REASONS.contains(&reason))) {
        return Err(Refusal::invalid_policy());
    }
    let mfa = reasons.iter().any(|reason| reason == "MultiFactorAuthentication");
    if id == ENABLEMENT && mfa && policy.context_enabled() {
        // graph.md G8: only this direction is checked
        return Err(Refusal::new(
            400,
            "MfaAndAcrsConflict",
            "The Mfa and Acrs policy settings cannot be enabled simultaneously.",
        ));
    }
    Ok(())
}

/// Any claim value is accepted if there is one (graph.md G9, G10).
fn context(rule: &Value) -> Result<(), Refusal> {
    let claim = rule["claimValue"].as_str().unwrap_or("");
    match rule["isEnabled"].as_bool() {
        Some(true) if claim.is_empty() => Err(Refusal::invalid_policy()),
        Some(_) => Ok(()),
        None => Err(Refusal::invalid_policy()),
    }
}

fn notification(rule: &Value, naming: Naming<'_>, id: &str) -> Result<(), Refusal> {
    let recipients = rule["notificationRecipients"].as_array().ok_or_else(Refusal::invalid_policy)?;
    let good = rule["notificationType"] == "Email"
        && matches!(rule["notificationLevel"].as_str(), Some("None" | "Critical" | "All"))
        && rule["isDefaultRecipientsEnabled"].is_boolean()
        && recipients.iter().all(|one| one.as_str().is_some_and(|mail| mail.contains('@')));
    if rule["recipientType"].as_str() != naming.recipient {
        return Err(Refusal::invalid_rule(id));
    }
    if good { Ok(()) } else { Err(Refusal::invalid_policy()) }
}

/// Approvers need IDs; escalation approvers are accepted and not stored (graph.md G13). For a role no approver is
/// required.
fn approval(rule: &mut Value, of_role: bool) -> Result<(), Refusal> {
    let required = rule["setting"]["isApprovalRequired"].as_bool().ok_or_else(Refusal::invalid_policy)?;
    let stages = rule.pointer_mut("/setting/approvalStages").and_then(Value::as_array_mut);
    let stages = stages
        .ok_or_else(|| Refusal::new(400, "InvalidPolicy", "Value cannot be null. (Parameter 'approvalStages')"))?;
    let mut approvers = 0;
    for stage in stages.iter_mut() {
        for approver in stage["primaryApprovers"].as_array_mut().ok_or_else(Refusal::invalid_policy)? {
            name_by_type(approver)?;
            approvers += 1;
        }
        stage["escalationApprovers"] = json!([]);
    }
    if stages.len() != 1 || (required && approvers == 0 && !of_role) || rule["setting"]["approvalMode"] != "SingleStage"
    {
        return Err(Refusal::invalid_policy());
    }
    Ok(())
}

/// Checks one approver and stores its ID under the v1.0 name; `id`, as in beta, is accepted too (graph.md G11).
fn name_by_type(approver: &mut Value) -> Result<(), Refusal> {
    let own = match approver["@odata.type"].as_str().unwrap_or("").trim_start_matches('#') {
        "microsoft.graph.singleUser" => "userId",
        "microsoft.graph.groupMembers" => "groupId",
        "" => return Err(Refusal::bad_request("Cannot create an abstract class: microsoft.graph.subjectSet.")),
        _ => return Ok(()),
    };
    let id = approver.get(own).or_else(|| approver.get("id")).and_then(Value::as_str).unwrap_or("").to_owned();
    if !is_guid(&id) {
        // graph.md G12
        return Err(Refusal::new(
            500,
            "InternalServerError",
            "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).",
        ));
    }
    if let Some(approver) = approver.as_object_mut() {
        approver.remove("id");
        approver.remove("isBackup");
        approver.insert(own.to_owned(), Value::String(id));
    }
    Ok(())
}

/// Whether a rule ID is that of the context rule, which a policy-level write applies before the others are checked.
pub(super) fn is_context(id: &str) -> bool {
    id.eq_ignore_ascii_case(CONTEXT)
}

//! What somebody else changed beside a draft, told from two readings.

use crate::sample::rules::{policy, with_rule};
use pim_desk::desk::editing::meanwhile;
use pim_desk::policy::{Draft, Setting, Value};
use serde_json::json;

#[test]
fn what_somebody_else_changed_beside_the_draft_is_named_unless_the_reading_is_older() {
    let mut draft = Draft::default();
    draft.set(&policy(), Setting::ActivationTicket, Value::Flag(true));
    let mut now = with_rule("Enablement_EndUser_Assignment", |rule| {
        rule["enabledRules"] = json!(["MultiFactorAuthentication", "Justification", "Ticketing"]);
    });
    assert_eq!(meanwhile(&draft, &policy(), &policy()), Some(Vec::new()));
    assert_eq!(
        meanwhile(&draft, &policy(), &now),
        Some(vec![Setting::ActivationRequirement]),
        "not what the draft says"
    );
    let mut seen = policy();
    (seen.modified_at, now.modified_at) = (Some("2026-11-22T10:00:01Z".into()), Some("2026-11-22T10:00:00Z".into()));
    assert_eq!(meanwhile(&draft, &seen, &now), None);
    seen.modified_at = None;
    assert_eq!(meanwhile(&draft, &seen, &now).map(|settings| settings.len()), Some(1));
    let unreadable = with_rule("Enablement_EndUser_Assignment", |rule| rule["enabledRules"] = json!("odd"));
    assert!(
        meanwhile(&draft, &policy(), &unreadable).is_some_and(|list| list.contains(&Setting::ActivationRequirement))
    );
}

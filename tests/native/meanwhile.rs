//! What someone else has changed outside a draft, found from two reads.

use crate::sample::rules::{policy, with_rule};
use pim_desk::desk::editing::{meanwhile, others};
use pim_desk::policy::{Draft, Setting, Value, Weakening};
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

#[test]
fn what_somebody_else_changed_is_told_with_both_values_and_judged() {
    let seen = with_rule("Approval_EndUser_Assignment", |rule| rule["setting"]["isApprovalRequired"] = json!(true));
    let mut now = with_rule("Expiration_EndUser_Assignment", |rule| rule["maximumDuration"] = json!("PT1H"));
    now.modified_by = Some("Olga Petrenko".into());
    now.modified_at = Some("2026-11-28T20:12:00Z".into());
    let settings = meanwhile(&Draft::default(), &seen, &now).unwrap_or_default();
    let told = others(&settings, &seen, &now);
    let lines: Vec<_> = told.changes.iter().map(|change| (change.setting, &change.after, change.weakens)).collect();
    let (shorter, off) = (Value::Duration("PT1H".into()), Value::Flag(false));
    assert_eq!(
        lines,
        [(Setting::ActivationDuration, &shorter, None), (Setting::ApprovalRequired, &off, Some(Weakening::NoApproval)),]
    );
    assert_eq!(told.changes.first().map(|change| &change.before), Some(&Value::Duration("PT8H".into())));
    assert_eq!((told.by.as_deref(), told.at_unix_ms), (Some("Olga Petrenko"), Some(1_795_896_720_000)));
}

#[test]
fn what_can_no_longer_be_read_is_named() {
    let odd = with_rule("Enablement_EndUser_Assignment", |rule| rule["enabledRules"] = json!("odd"));
    let settings = meanwhile(&Draft::default(), &policy(), &odd).unwrap_or_default();
    let told = others(&settings, &policy(), &odd);
    assert!(told.changes.is_empty() && told.unreadable == settings && !settings.is_empty(), "{told:?}");
    assert_eq!((told.by, told.at_unix_ms), (None, None));
}

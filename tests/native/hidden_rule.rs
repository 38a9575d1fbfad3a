//! What the admin center does not show and Microsoft Graph stores: requirements on eligible assignment, and entries of
//! `enabledRules` that belong to no setting.

use crate::sample::nobody::Nobody;
use crate::sample::rules::with_rule;
use pim_desk::policy::compare::compare;
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Draft, Policy, RuleId, Setting, Sheet, Value, Weakening, changes, reading};
use pim_desk::text::policy::compare::{as_csv, as_text, sum};
use pim_desk::text::policy::plain_words::whole;
use pim_desk::text::policy::setting;
use serde_json::{Value as Json, json};

/// The rule that the admin center does not show: its two requirements are set, its other entries stay.
#[test]
fn demands_on_eligible_assignment_are_edited_beside_what_nobody_knows() {
    let start = with_rule("Enablement_Admin_Eligibility", |rule| {
        rule["enabledRules"] = json!(["Ticketing", "FutureDemand", "Justification"]);
    });
    let flag = |setting| start.read(setting).value;
    assert_eq!(flag(Setting::EligibleMfa), Some(Value::Flag(false)));
    assert_eq!(flag(Setting::EligibleJustification), Some(Value::Flag(true)));
    let wanted = [(Setting::EligibleMfa, Value::Flag(true)), (Setting::EligibleJustification, Value::Flag(false))];
    let writes = plan(&start, &wanted);
    assert_eq!((writes.len(), writes[0].rule, writes[0].weakens), (1, RuleId::EligibleEnablement, true));
    assert_eq!(writes[0].body["enabledRules"], json!(["Ticketing", "FutureDemand", "MultiFactorAuthentication"]));
    let mut draft = Draft::default();
    for (setting, value) in wanted {
        draft.set(&start, setting, value);
    }
    let weakens: Vec<Option<Weakening>> = changes(&start, &draft).into_iter().map(|change| change.weakens).collect();
    assert_eq!(weakens, [None, Some(Weakening::NoJustificationOnEligible)]);
    assert_eq!(Setting::from_key("eligible.mfa"), Some(Setting::EligibleMfa));
}

fn requiring(rule: &str, entries: &Json) -> Policy {
    with_rule(rule, |rule| rule["enabledRules"] = entries.clone())
}

#[test]
fn entries_without_a_setting_are_read_once_each_at_the_last_setting_of_their_rule() {
    let known = json!(["MultiFactorAuthentication", "Justification", "Ticketing"]);
    for (rule, last, others) in [
        ("Enablement_EndUser_Assignment", Setting::ActivationTicket, json!([])),
        ("Enablement_Admin_Assignment", Setting::ActiveJustification, json!(["Ticketing"])),
        ("Enablement_Admin_Eligibility", Setting::EligibleJustification, json!(["Ticketing"])),
    ] {
        let found = requiring(rule, &known);
        assert_eq!(json!(reading::also_required(&found, last)), others, "{rule}");
        let told: Vec<Setting> =
            Setting::all().filter(|setting| !reading::also_required(&found, *setting).is_empty()).collect();
        assert_eq!(told.len(), others.as_array().map_or(0, Vec::len), "{rule}: {told:?}");
    }
    for (entries, others) in [
        (json!(["New", "new", "New", null, "", 7]), json!(["New", "7"])),
        (json!(["Justification", "justification"]), json!([])),
        // Not read as the setting, so it must not stay unsaid.
        (json!(["justification"]), json!(["justification"])),
        (json!(null), json!([])),
        (json!({"odd": true}), json!([])),
    ] {
        let found = requiring("Enablement_Admin_Assignment", &entries);
        assert_eq!(json!(reading::also_required(&found, Setting::ActiveJustification)), others, "{entries}");
    }
    let line = setting::also_required(&["Ticketing".to_owned(), "New\u{202e}".to_owned()]);
    assert_eq!(line.as_deref(), Some("Also required; cannot be edited here: Ticketing, New"));
    assert_eq!(setting::also_required(&[]), None);
}

#[test]
fn entries_without_a_setting_stand_in_plain_words() {
    let words = |rule, entries| {
        let policy = requiring(rule, &entries);
        whole(&policy.subject, "Tier-0", &Sheet::of(&policy), &Nobody, false)
    };
    let text = words("Enablement_Admin_Assignment", json!(["Justification", "Ticketing"]));
    assert!(text.contains("; creating an active assignment also requires “Ticketing”"), "{text}");
    let text = words("Enablement_Admin_Eligibility", json!(["Ticketing", "New"]));
    assert!(text.contains("; creating an eligible assignment also requires “Ticketing” and “New”."), "{text}");
    let text = words("Enablement_EndUser_Assignment", json!(["New"]));
    assert!(text.contains("; activation also requires “New”"), "{text}");
    assert!(!words("Enablement_EndUser_Assignment", json!(["Ticketing"])).contains("also requires"));
}

#[test]
fn policies_that_differ_in_entries_without_a_setting_are_not_called_alike() {
    let of = |entries| Sheet::of(&requiring("Enablement_Admin_Assignment", &entries));
    let (left, right) = (of(json!(["Justification"])), of(json!(["Justification", "Ticketing"])));
    let found = compare(&left, &right);
    assert_eq!(sum(&found), "None of 41 settings differs; other requirements that differ: 1.");
    let sides = ["A".to_owned(), "B".to_owned()];
    let text = as_text(&found, &sides, false, &Nobody);
    assert!(
        text.contains("Also required on active assignment (read-only): nothing else | Ticketing (differs)"),
        "{text}"
    );
    assert_eq!(as_csv(&found, &sides, false, &Nobody).lines().count(), 1 + 1);
    let same = compare(&right, &right);
    assert_eq!((same.also.len(), sum(&same).as_str()), (1, "None of 41 settings differs."));
    assert!(as_csv(&same, &sides, true, &Nobody).contains("Ticketing"));
    let kept = Sheet::kept([(Setting::ActiveMfa, Value::Flag(true))]);
    assert_eq!(compare(&kept, &right).also, []);
}

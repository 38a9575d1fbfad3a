//! The requirements on eligible assignment: the admin center does not show them, Microsoft Graph stores them.

use crate::sample::rules::with_rule;
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Draft, RuleId, Setting, Value, Weakening, changes};
use serde_json::json;

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

//! What counts as weaker.

use crate::sample::rules::{policy, with_rule};
use pim_desk::policy::plan::plan;
use pim_desk::policy::{
    Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Value, Weakening, changes,
};
use serde_json::json;

fn weakens(policy: &Policy, list: &[(Setting, Value)]) -> Vec<Weakening> {
    let mut draft = Draft::default();
    for (setting, value) in list {
        draft.set(policy, *setting, value.clone());
    }
    changes(&policy.subject, &draft).into_iter().filter_map(|change| change.weakens).collect()
}

fn flag(setting: Setting, on: bool) -> (Setting, Value) {
    (setting, Value::Flag(on))
}

fn length(setting: Setting, text: &str) -> (Setting, Value) {
    (setting, Value::Duration(text.into()))
}

#[test]
fn weakening_is_named() {
    let all: [((Setting, Value), &[Weakening]); 6] = [
        (length(Setting::ActivationDuration, "PT9H"), &[Weakening::LongerActivation]),
        (length(Setting::ActivationDuration, "PT7H"), &[]),
        (flag(Setting::ActivationJustification, false), &[Weakening::NoJustification]),
        (flag(Setting::EligiblePermanent, true), &[Weakening::Permanent]),
        (flag(Setting::MailDefaults(RuleId::ActivationAlert), false), &[Weakening::FewerMails]),
        ((Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa)), &[]),
    ];
    for (edit, marks) in all {
        assert_eq!(weakens(&policy(), &[edit]), marks);
    }
}

// Somebody else may turn the switch about before the save, and keep the rest: what has no effect now has one then.
#[test]
fn what_has_no_effect_yet_is_judged_all_the_same() {
    let user = |id: &str| Approver { kind: ApproverKind::User, id: id.into() };
    let (dana, erik) = (user("00000000-0000-0000-0000-00000000da4a"), user("00000000-0000-0000-0000-0000000e417c"));
    let unasked = with_rule("Approval_EndUser_Assignment", |rule| {
        let dana = json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": dana.id });
        rule["setting"]["isApprovalRequired"] = json!(false);
        rule["setting"]["approvalStages"] = json!([{ "primaryApprovers": [dana] }]);
    });
    let more = (Setting::Approvers, Value::Approvers(vec![dana.clone(), erik]));
    assert_eq!(weakens(&unasked, &[flag(Setting::ApprovalRequired, true), more]), [Weakening::MoreApprovers]);
    for (rule, permanent, period) in [
        ("Expiration_Admin_Eligibility", Setting::EligiblePermanent, Setting::EligibleExpiry),
        ("Expiration_Admin_Assignment", Setting::ActivePermanent, Setting::ActiveExpiry),
    ] {
        let for_ever = with_rule(rule, |rule| {
            rule["isExpirationRequired"] = json!(false);
            rule["maximumDuration"] = json!("P30D");
        });
        let bounded = [flag(permanent, false), length(period, "P90D")];
        assert_eq!(weakens(&for_ever, &bounded), [Weakening::LongerAssignment]);
    }
}

#[test]
fn an_end_where_none_was_stored_is_stricter() {
    for period in [json!(null), json!("PT0S")] {
        let for_ever = with_rule(RuleId::EligibleExpiration.as_str(), |rule| {
            rule["isExpirationRequired"] = json!(false);
            rule["maximumDuration"] = period.clone();
        });
        assert_eq!(weakens(&for_ever, &[flag(Setting::EligiblePermanent, false)]), []);
        assert_eq!(weakens(&for_ever, &[length(Setting::EligibleExpiry, "P400D")]), []);
        let no_reason = flag(Setting::ActiveJustification, false);
        let order = plan(&for_ever, &[no_reason, flag(Setting::EligiblePermanent, false)]);
        assert_eq!(order.iter().map(|write| write.weakens).collect::<Vec<_>>(), [false, true]);
        // What cannot be read may have been shorter.
        let odd = with_rule(RuleId::EligibleExpiration.as_str(), |rule| rule["maximumDuration"] = json!("soon"));
        assert_eq!(weakens(&odd, &[length(Setting::EligibleExpiry, "P15D")]), [Weakening::LongerAssignment]);
    }
}

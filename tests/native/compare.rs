//! Two policies side by side: which settings differ, and which side is stricter.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::sample::nobody::Nobody;
use crate::sample::rules;
use pim_desk::policy::compare::{Comparison, Side, Verdict, compare};
use pim_desk::policy::{Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Sheet, Value};
use pim_desk::text::policy::compare::{as_csv, as_text, no_difference, sum};
use proptest::prelude::*;
use serde_json::json;

fn edited(policy: &Policy, edits: &[(Setting, Value)]) -> Sheet {
    let mut draft = Draft::default();
    for (setting, value) in edits {
        draft.set(policy, *setting, value.clone());
    }
    Sheet::drafted(policy, &draft)
}

fn verdict(found: &Comparison, setting: Setting) -> Verdict {
    found.lines.iter().find(|line| line.setting == setting).unwrap().verdict
}

fn against_fresh(setting: Setting, value: Value) -> Verdict {
    let policy = rules::policy();
    verdict(&compare(&Sheet::of(&policy), &edited(&policy, &[(setting, value)])), setting)
}

#[test]
fn the_stricter_side_is_marked() {
    let duration = |text: &str| Value::Duration(text.into());
    for (setting, value, side) in [
        (Setting::ActivationDuration, duration("PT2H"), Some(Side::Right)),
        (Setting::ActivationDuration, duration("PT10H"), Some(Side::Left)),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa), Some(Side::Right)),
        (Setting::ActivationJustification, Value::Flag(false), Some(Side::Left)),
        (Setting::ActivationTicket, Value::Flag(true), Some(Side::Right)),
        (Setting::EligiblePermanent, Value::Flag(true), Some(Side::Left)),
        (Setting::EligibleExpiry, duration("P30D"), Some(Side::Right)),
        (Setting::MailDefaults(RuleId::ActivationAlert), Value::Flag(false), Some(Side::Left)),
    ] {
        assert_eq!(against_fresh(setting, value.clone()), Verdict::Differs(side), "{setting} {value:?}");
    }
    assert_eq!(against_fresh(Setting::ActivationDuration, duration("PT480M")), Verdict::Same);
}

#[test]
fn no_side_is_stricter_where_that_cannot_be_told() {
    let dana = |id: &str| Value::Approvers(vec![Approver { kind: ApproverKind::User, id: id.into() }]);
    let policy = rules::policy();
    let (one, two) = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");
    let on = (Setting::ApprovalRequired, Value::Flag(true));
    let left = edited(&policy, &[on.clone(), (Setting::Approvers, dana(one))]);
    let right = edited(&policy, &[on, (Setting::Approvers, dana(two))]);
    assert_eq!(verdict(&compare(&left, &right), Setting::Approvers), Verdict::Differs(None));
    // What a context demands is decided by Conditional Access: it may be less than MFA.
    let demand = |wanted| Sheet::kept([(Setting::ActivationRequirement, Value::Requirement(wanted))]);
    let mfa = demand(Requirement::Mfa);
    for context in [Requirement::Context("c1".into()), Requirement::MfaAndContext("c1".into())] {
        for (left, right) in [(&mfa, &demand(context.clone())), (&demand(context.clone()), &mfa)] {
            assert_eq!(verdict(&compare(left, right), Setting::ActivationRequirement), Verdict::Differs(None));
        }
        let none = demand(Requirement::None);
        let found = compare(&none, &demand(context));
        assert_eq!(verdict(&found, Setting::ActivationRequirement), Verdict::Differs(Some(Side::Right)));
    }
    // A period has no effect if assignments may be permanent.
    let forever =
        [(Setting::EligiblePermanent, Value::Flag(true)), (Setting::EligibleExpiry, Value::Duration("P30D".into()))];
    let found = compare(&Sheet::of(&policy), &edited(&policy, &forever));
    assert_eq!(verdict(&found, Setting::EligibleExpiry), Verdict::Differs(None));
    assert_eq!(verdict(&found, Setting::EligiblePermanent), Verdict::Differs(Some(Side::Left)));
}

#[test]
fn a_period_without_a_length_is_neither_stricter_nor_weaker() {
    let hours = |text: &str| Sheet::kept([(Setting::ActivationDuration, Value::Duration(text.into()))]);
    let of = |left: &str, right: &str| verdict(&compare(&hours(left), &hours(right)), Setting::ActivationDuration);
    for odd in ["", "8", "PT0S", "-PT1H"] {
        assert_eq!((of("PT8H", odd), of(odd, "PT8H")), (Verdict::Differs(None), Verdict::Differs(None)), "{odd}");
    }
    assert_eq!(of("P1Y", "P180D"), Verdict::Differs(Some(Side::Right)), "years have a length");
    assert_eq!(of("P1M", "P180D"), Verdict::Differs(Some(Side::Left)), "months have a length");
}

#[test]
fn what_cannot_be_read_is_never_called_the_same() {
    let broken = rules::with_rule("Expiration_EndUser_Assignment", |rule| rule["maximumDuration"] = json!(8));
    let stages = rules::with_rule("Approval_EndUser_Assignment", |rule| {
        let stage = rule["setting"]["approvalStages"][0].clone();
        rule["setting"]["approvalStages"] = json!([stage, {"primaryApprovers": [{"odd": 1}]}]);
    });
    for (policy, setting) in [(&broken, Setting::ActivationDuration), (&stages, Setting::Approvers)] {
        let sheet = Sheet::of(policy);
        for other in [&sheet, &Sheet::of(&rules::policy())] {
            assert_eq!(verdict(&compare(&sheet, other), setting), Verdict::Unknown);
        }
    }
}

#[test]
fn a_sheet_that_kept_some_settings_is_compared_in_those() {
    let kept = Sheet::kept([(Setting::ActivationDuration, Value::Duration("PT2H".into()))]);
    let found = compare(&kept, &Sheet::of(&rules::policy()));
    assert_eq!((found.lines.len(), found.left_out, found.differing()), (1, 40, 1));
    assert_eq!(sum(&found), "1 of 1 setting differs; left is stricter in 1; on one side only: 40.");
    let policy = rules::policy();
    let (setting, whole) = (Setting::ActivationDuration, Sheet::of(&policy));
    let kept = Sheet::kept([(setting, policy.read(setting).value.unwrap())]);
    let words = no_difference(&compare(&kept, &whole));
    assert_eq!(words, "No differences in the settings that both sides have.");
    let words = no_difference(&compare(&whole, &whole));
    assert_eq!(words, "No differences: both policies have the same settings.");
}

#[test]
fn copies_hold_what_is_shown_and_run_nothing() {
    let policy = rules::policy();
    let right = edited(
        &policy,
        &[
            (Setting::ActivationDuration, Value::Duration("PT2H".into())),
            (Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(vec!["=cmd()@contoso.com".into()])),
        ],
    );
    let found = compare(&Sheet::of(&policy), &right);
    let sides = ["Tier-0\nOperators".to_owned(), "@Right".to_owned()];
    assert_eq!(
        as_text(&found, &sides, false, &Nobody),
        "Tier-0 Operators | @Right\n\
         2 of 41 settings differ; right is stricter in 2.\n\n\
         Activation\n\
         Activation maximum duration (hours): 8 h | 2 h (right is stricter)\n\n\
         Notification\n\
         Activation, Role activation alert: Additional recipients: none | =cmd()@contoso.com (right is stricter)\n"
    );
    let csv = as_csv(&found, &sides, false, &Nobody);
    assert_eq!(csv.lines().count(), 4, "{csv}");
    assert!(csv.contains("\"'=cmd()@contoso.com\"") && csv.contains("\"'@Right\""), "{csv}");
    assert_eq!(as_csv(&found, &sides, true, &Nobody).lines().count(), 2 + 41);
}

fn any_value(setting: Setting) -> BoxedStrategy<Value> {
    let duration = prop::sample::select(vec!["PT1H", "PT8H", "P1D", "P30D", "P365D", "P1Y", "odd", ""]);
    match setting {
        Setting::ActivationDuration | Setting::EligibleExpiry | Setting::ActiveExpiry => {
            duration.prop_map(|text| Value::Duration(text.into())).boxed()
        }
        Setting::ActivationRequirement => prop_oneof![
            Just(Requirement::None),
            Just(Requirement::Mfa),
            "c[1-3]".prop_map(Requirement::Context),
            "c[1-3]".prop_map(Requirement::MfaAndContext)
        ]
        .prop_map(Value::Requirement)
        .boxed(),
        Setting::Approvers => prop::collection::vec("[a-c]", 0..3)
            .prop_map(|ids| {
                Value::Approvers(ids.into_iter().map(|id| Approver { kind: ApproverKind::User, id }).collect())
            })
            .boxed(),
        Setting::MailRecipients(_) => prop::collection::vec("[a-c]@x.org", 0..3).prop_map(Value::Recipients).boxed(),
        _ => any::<bool>().prop_map(Value::Flag).boxed(),
    }
}

fn any_sheet() -> impl Strategy<Value = Sheet> {
    Setting::all()
        .map(|setting| any_value(setting).prop_map(move |value| (setting, value)))
        .collect::<Vec<_>>()
        .prop_map(Sheet::kept)
}

proptest! {
    /// Swapping the sides swaps the verdict, and nothing else.
    #[test]
    fn the_two_sides_are_alike(left in any_sheet(), right in any_sheet()) {
        let (there, back) = (compare(&left, &right), compare(&right, &left));
        for (line, mirrored) in there.lines.iter().zip(&back.lines) {
            let expected = match line.verdict {
                Verdict::Differs(Some(Side::Left)) => Verdict::Differs(Some(Side::Right)),
                Verdict::Differs(Some(Side::Right)) => Verdict::Differs(Some(Side::Left)),
                other => other,
            };
            prop_assert_eq!(mirrored.verdict, expected);
        }
        prop_assert_eq!(compare(&left, &left).differing(), 0);
    }
}

//! What counts as weaker.

use crate::sample::rolling::{author, guid};
use crate::sample::rules::{policy, with_rule};
use pim_desk::policy::plan::plan;
use pim_desk::policy::preflight::Facts;
use pim_desk::policy::{
    Approver, ApproverKind, Draft, Policy, Requirement, Rule, RuleId, Setting, Subject, Value, Weakening, carry,
    changes,
};
use pim_desk::receipt::{Changed, Receipt, VERSION};
use pim_desk::rollout::plan::{Around, effect};
use pim_desk::rollout::{Item, Target};
use pim_desk::text;
use serde_json::json;

fn weakens(policy: &Policy, list: &[(Setting, Value)]) -> Vec<Weakening> {
    let mut draft = Draft::default();
    for (setting, value) in list {
        draft.set(policy, *setting, value.clone());
    }
    told(policy, &draft)
}

fn told(policy: &Policy, draft: &Draft) -> Vec<Weakening> {
    changes(policy, draft).into_iter().filter_map(|change| change.weakens).collect()
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

/// Microsoft sends requests to approvers only, whatever addresses are stored with them.
#[test]
fn fewer_addresses_that_get_no_email_are_not_fewer_people() {
    let of = |mail: RuleId| {
        let stored = with_rule(mail.as_str(), |rule| rule["notificationRecipients"] = json!(["soc@contoso.com"]));
        let none = [(Setting::MailRecipients(mail), Value::Recipients(Vec::new()))];
        (weakens(&stored, &none), plan(&stored, &none)[0].weakens)
    };
    assert_eq!(of(RuleId::ActivationAlert), (vec![Weakening::FewerMails], true));
    assert_eq!(of(RuleId::ActivationApprover), (Vec::new(), false));
}

#[test]
fn approvers_who_take_the_place_of_others_are_not_said_to_be_more() {
    let of = |kind, at: u8| Approver { kind, id: format!("00000000-0000-0000-0000-0000000000{at:02}") };
    let people = |list: &[u8]| list.iter().map(|at| of(ApproverKind::User, *at)).collect::<Vec<_>>();
    let team = of(ApproverKind::Group, 50);
    let (more, others) = (&[Weakening::MoreApprovers][..], &[Weakening::OtherApprovers][..]);
    for (before, after, told) in [
        (people(&[1]), people(&[2]), others),
        (people(&[1, 2]), people(&[2, 3]), others),
        (people(&[1, 2]), people(&[3]), others),
        (people(&[1]), people(&[2, 3]), more),
        (people(&[1]), people(&[1, 2]), more),
        (people(&[1]), vec![of(ApproverKind::User, 1), team.clone()], more),
        (people(&[1]), vec![team.clone()], others),
        (vec![team], people(&[2, 3]), others),
        (people(&[1, 2]), people(&[1]), &[]),
    ] {
        let stored = with_rule("Approval_EndUser_Assignment", |rule| {
            let entry = |approver: &Approver| match approver.kind {
                ApproverKind::User => json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": approver.id }),
                _ => json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": approver.id }),
            };
            let list: Vec<_> = before.iter().map(entry).collect();
            rule["setting"]["isApprovalRequired"] = json!(true);
            rule["setting"]["approvalStages"] = json!([{ "primaryApprovers": list }]);
        });
        let wanted = [(Setting::Approvers, Value::Approvers(after))];
        assert_eq!(weakens(&stored, &wanted), told, "{before:?} {wanted:?}");
        assert_eq!(plan(&stored, &wanted)[0].weakens, !told.is_empty());
    }
    let words = text::policy::change::weakening;
    assert_eq!(words(Weakening::OtherApprovers), "someone else can let people in");
    assert_eq!(words(Weakening::MoreApprovers), "more people can let someone in");
}

#[test]
fn an_email_to_approvers_that_nobody_got_is_not_missed() {
    let mail = RuleId::ActivationApprover;
    let off = flag(Setting::MailDefaults(mail), false);
    let approval = |required: bool| {
        with_rule("Approval_EndUser_Assignment", |rule| rule["setting"]["isApprovalRequired"] = json!(required))
    };
    let turned = |required| flag(Setting::ApprovalRequired, required);
    let fewer = Weakening::FewerMails;
    assert_eq!(weakens(&approval(false), std::slice::from_ref(&off)), []);
    assert_eq!(weakens(&approval(false), &[flag(Setting::MailCritical(mail), true)]), []);
    assert_eq!(weakens(&approval(true), std::slice::from_ref(&off)), [fewer]);
    assert_eq!(weakens(&approval(false), &[turned(true), off.clone()]), [fewer]);
    assert_eq!(weakens(&approval(true), &[turned(false), off.clone()]), [Weakening::NoApproval, fewer]);
    assert_eq!(weakens(&approval(false), &[flag(Setting::MailDefaults(RuleId::ActivationAlert), false)]), [fewer]);
    // Someone else turned approval on after the draft began.
    let mut draft = Draft::default();
    draft.set(&approval(false), off.0, off.1);
    assert_eq!(told(&approval(true), &draft), [fewer]);
}

/// Without a selection a role's administrators approve; whoever is selected approves instead of them. In a group nobody
/// could approve before. Review, order of writes and receipt say the same.
#[test]
fn approvers_instead_of_the_default_ones_weaken_only_where_those_approved() {
    let asked = |required: bool, subject: &Subject| {
        let policy = with_rule("Approval_EndUser_Assignment", |rule| {
            rule["setting"]["isApprovalRequired"] = json!(required);
            rule["setting"]["approvalStages"][0]["primaryApprovers"] = json!([]);
        });
        Policy { subject: subject.clone(), ..policy }
    };
    let group = policy().subject;
    let role = Subject::Role { template: group.id().clone() };
    let dana = Approver { kind: ApproverKind::User, id: "11111111-1111-4111-8111-111111111111".into() };
    let named = (Setting::Approvers, Value::Approvers(vec![dana]));
    let alone = vec![named.clone()];
    let turned_on = vec![flag(Setting::ApprovalRequired, true), named.clone()];
    let turned_off = vec![flag(Setting::ApprovalRequired, false), named];
    let instead = Weakening::SelectedApprovers;
    for (policy, wanted, told) in [
        (asked(true, &role), &alone, &[instead][..]),
        (asked(true, &role), &turned_off, &[Weakening::NoApproval, instead]),
        (asked(false, &role), &alone, &[]),
        (asked(false, &role), &turned_on, &[]),
        (asked(true, &group), &alone, &[]),
        (asked(false, &group), &turned_on, &[]),
    ] {
        assert_eq!(weakens(&policy, wanted), told, "{wanted:?}");
        let order: Vec<bool> = plan(&policy, wanted).iter().map(|write| write.weakens).collect();
        assert_eq!(order, [!told.is_empty()], "{wanted:?}");
        assert_eq!(judged(&policy, wanted), told, "{wanted:?}");
    }
    // Someone else turned approval on after the draft began: the administrators approve by now.
    let mut draft = Draft::default();
    for (setting, value) in turned_on {
        draft.set(&asked(false, &role), setting, value);
    }
    assert_eq!(told(&asked(true, &role), &draft), [instead]);
    assert_eq!(told(&asked(false, &role), &draft), []);
    assert!(text::policy::change::weakening(instead).starts_with("the selected approvers approve instead of"));
}

/// A policy whose setting has no effect because of a switch; an edit that changes both; the same policy after someone
/// else has flipped the switch; and how the edit weakens then.
struct Idle {
    policy: Policy,
    wanted: [(Setting, Value); 2],
    turned: Policy,
    how: Weakening,
}

fn idle() -> [Idle; 3] {
    let user = |id: &str| Approver { kind: ApproverKind::User, id: id.into() };
    let (dana, erik) = (user("00000000-0000-0000-0000-00000000da4a"), user("00000000-0000-0000-0000-0000000e417c"));
    let approval = |required: bool| {
        with_rule("Approval_EndUser_Assignment", |rule| {
            let dana = json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": dana.id });
            rule["setting"]["isApprovalRequired"] = json!(required);
            rule["setting"]["approvalStages"] = json!([{ "primaryApprovers": [dana] }]);
        })
    };
    let period = |rule: &str, permanent: Setting, period: Setting| {
        let bounded = |required: bool| {
            with_rule(rule, |rule| {
                rule["isExpirationRequired"] = json!(required);
                rule["maximumDuration"] = json!("P30D");
            })
        };
        Idle {
            policy: bounded(false),
            wanted: [flag(permanent, false), length(period, "P90D")],
            turned: bounded(true),
            how: Weakening::LongerAssignment,
        }
    };
    [
        Idle {
            policy: approval(false),
            wanted: [
                flag(Setting::ApprovalRequired, true),
                (Setting::Approvers, Value::Approvers(vec![dana.clone(), erik])),
            ],
            turned: approval(true),
            how: Weakening::MoreApprovers,
        },
        period("Expiration_Admin_Eligibility", Setting::EligiblePermanent, Setting::EligibleExpiry),
        period("Expiration_Admin_Assignment", Setting::ActivePermanent, Setting::ActiveExpiry),
    ]
}

#[test]
fn what_gets_an_effect_only_now_weakens_nothing() {
    for Idle { policy, wanted, .. } in idle() {
        assert_eq!(weakens(&policy, &wanted), []);
        let order: Vec<bool> = plan(&policy, &wanted).iter().map(|write| write.weakens).collect();
        assert_eq!(order, [true], "the order of writes judges each setting by itself");
        let target = Target { subject: policy.subject.clone(), name: String::new() };
        let item = Item { target, wanted: wanted.to_vec(), only_from: Vec::new() };
        let around = Around { facts: &Facts::default(), without: &[] };
        let planned = effect(&item, &policy, around);
        assert!(planned.changes.len() == 2 && !planned.weakens(), "{planned:?}");
        let mut source = policy.clone();
        for write in plan(&policy, &wanted) {
            source.rules.retain(|rule| rule.known_id() != Some(write.rule));
            source.rules.push(Rule::new(write.body));
        }
        let copied = carry(&source, &policy, &Draft::default()).carried;
        assert!(copied.len() == 2 && copied.iter().all(|one| one.change.weakens.is_none()), "{copied:?}");
    }
}

// Someone else may flip the switch before the save, and keep the rest: what had no effect then has one.
#[test]
fn where_someone_else_turned_the_switch_it_is_judged() {
    for Idle { policy, wanted, turned, how } in idle() {
        let mut draft = Draft::default();
        for (setting, value) in wanted {
            draft.set(&policy, setting, value);
        }
        assert_eq!(told(&turned, &draft), [how]);
    }
}

#[test]
fn without_an_effect_before_and_after_it_is_judged() {
    for Idle { policy, wanted: [_, alone], how, .. } in idle() {
        assert_eq!(weakens(&policy, &[alone]), [how]);
    }
}

#[test]
fn a_receipt_judges_as_the_review_did() {
    for Idle { policy, wanted, how, .. } in idle() {
        assert_eq!(judged(&policy, &wanted), []);
        assert_eq!(judged(&policy, &wanted[1..]), [how]);
    }
}

/// What the receipt of a save of these values says.
fn judged(policy: &Policy, wanted: &[(Setting, Value)]) -> Vec<Weakening> {
    let changed = |(setting, after): &(Setting, Value)| {
        let before = policy.read(*setting).value?;
        Some(Changed { setting: *setting, before, after: after.clone() })
    };
    let receipt = receipt(policy, wanted.iter().filter_map(changed).collect());
    receipt.changes.iter().filter_map(|changed| receipt.judged(changed).weakens).collect()
}

fn receipt(policy: &Policy, changes: Vec<Changed>) -> Receipt {
    Receipt {
        version: VERSION,
        id: guid(7),
        by: author(),
        subject: policy.subject.clone(),
        subject_name: String::new(),
        started_unix_ms: 0,
        updated_unix_ms: 0,
        ended_unix_ms: Some(0),
        interrupted: false,
        undoes: None,
        rollout: None,
        changes,
        rules: Vec::new(),
        before_modified_at: None,
        approval_before: None,
        before: policy.rules.iter().map(Rule::raw).cloned().collect(),
        surplus: pim_desk::surplus::Surplus::default(),
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
        // A value that cannot be read may have been shorter.
        let odd = with_rule(RuleId::EligibleExpiration.as_str(), |rule| rule["maximumDuration"] = json!("soon"));
        assert_eq!(weakens(&odd, &[length(Setting::EligibleExpiry, "P15D")]), [Weakening::LongerAssignment]);
    }
}

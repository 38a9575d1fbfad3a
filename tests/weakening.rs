//! What counts as weaker, and what does not.

#![expect(clippy::unwrap_used, reason = "a test")]

mod sample {
    pub mod rules;
}

use pim_desk::policy::gap::{is_weaker, with};
use pim_desk::policy::plan::plan;
use pim_desk::policy::{
    Approver, ApproverKind, Change, Draft, Policy, Requirement, RuleId, Setting, Value, Weakening, changes,
};
use pim_desk::receipt::{Author, Changed, Receipt, VERSION};
use sample::rules::{policy, with_rule};
use serde_json::{Value as Json, json};

fn draft(policy: &Policy, list: &[(Setting, Value)]) -> Draft {
    let mut draft = Draft::default();
    for (setting, value) in list {
        draft.set(policy, *setting, value.clone());
    }
    draft
}

/// How these edits weaken a policy: as the page marks them, and whether a write of them goes with those that weaken.
fn weakens(policy: &Policy, list: &[(Setting, Value)]) -> (Vec<Weakening>, bool) {
    let draft = draft(policy, list);
    let marks = changes(&policy.subject, &draft).into_iter().filter_map(|change| change.weakens).collect();
    let wanted: Vec<_> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    (marks, plan(policy, &wanted).iter().any(|write| write.weakens))
}

fn flag(setting: Setting, on: bool) -> (Setting, Value) {
    (setting, Value::Flag(on))
}

fn length(setting: Setting, text: &str) -> (Setting, Value) {
    (setting, Value::Duration(text.into()))
}

fn approvers(ids: &[&str]) -> (Setting, Value) {
    let user = |id: &&str| Approver { kind: ApproverKind::User, id: (*id).into() };
    (Setting::Approvers, Value::Approvers(ids.iter().map(user).collect()))
}

const DANA: &str = "00000000-0000-0000-0000-00000000da4a";
const ERIK: &str = "00000000-0000-0000-0000-0000000e417c";

/// Dana is stored as the approver, and has to approve or has not.
fn with_approver(required: bool) -> Policy {
    with_rule("Approval_EndUser_Assignment", |rule| {
        rule["setting"]["isApprovalRequired"] = json!(required);
        rule["setting"]["approvalStages"] = json!([{
            "approvalStageTimeOutInDays": 1,
            "isApproverJustificationRequired": true,
            "primaryApprovers": [{ "@odata.type": "#microsoft.graph.singleUser", "userId": DANA }],
            "escalationApprovers": [],
        }]);
    })
}

/// The stored period of eligible assignments, and whether they may be permanent.
fn with_period(permanent: bool, period: &Json) -> Policy {
    with_rule("Expiration_Admin_Eligibility", |rule| {
        rule["isExpirationRequired"] = json!(!permanent);
        rule["maximumDuration"] = period.clone();
    })
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
        assert_eq!(weakens(&policy(), &[edit]), (marks.to_vec(), !marks.is_empty()));
    }
}

#[test]
fn approvers_of_whom_nobody_had_to_approve_cannot_be_more() {
    let more = approvers(&[DANA, ERIK]);
    assert_eq!(weakens(&with_approver(true), std::slice::from_ref(&more)), (vec![Weakening::MoreApprovers], true));
    let asked = [flag(Setting::ApprovalRequired, true), more.clone()];
    assert_eq!(weakens(&with_approver(false), &asked), (vec![], false));
    // Off and with others in its place: what weakens is that nobody approves.
    let off = [flag(Setting::ApprovalRequired, false), more];
    assert_eq!(weakens(&with_approver(true), &off).0[0], Weakening::NoApproval);
}

#[test]
fn a_period_is_no_longer_than_for_ever() {
    let bounded = [flag(Setting::EligiblePermanent, false), length(Setting::EligibleExpiry, "P365D")];
    for stored in [json!("P30D"), json!("PT0S"), json!("P1Y"), json!("soon")] {
        assert_eq!(weakens(&with_period(true, &stored), &bounded), (vec![], false));
    }
    let longer = [length(Setting::EligibleExpiry, "P365D")];
    assert_eq!(weakens(&with_period(false, &json!("P30D")), &longer), (vec![Weakening::LongerAssignment], true));
}

#[test]
fn a_whole_policy_is_judged_alike() {
    let (permanent, bounded) = (with_period(true, &json!("P30D")), with_period(false, &json!("P365D")));
    assert!(is_weaker(&permanent, &bounded) && !is_weaker(&bounded, &permanent));
    let off = with_approver(false);
    let on = with(&off, &plan(&off, &[flag(Setting::ApprovalRequired, true), approvers(&[ERIK])]));
    assert!(is_weaker(&off, &on) && !is_weaker(&on, &off));
}

fn receipt(policy: &Policy, changes: &[Change]) -> Receipt {
    let changed = |Change { setting, before, after, .. }: &Change| Changed {
        setting: *setting,
        before: before.clone(),
        after: after.clone(),
    };
    Receipt {
        version: VERSION,
        id: DANA.parse().unwrap(),
        by: Author { tenant: DANA.parse().unwrap(), id: DANA.parse().unwrap(), name: String::new() },
        subject: policy.subject.clone(),
        subject_name: String::new(),
        started_unix_ms: 0,
        updated_unix_ms: 0,
        ended_unix_ms: None,
        interrupted: false,
        undoes: None,
        rollout: None,
        changes: changes.iter().map(changed).collect(),
        rules: Vec::new(),
        before: Vec::new(),
    }
}

#[test]
fn a_receipt_judges_as_the_review_did() {
    for (before, list) in [
        (with_approver(false), vec![flag(Setting::ApprovalRequired, true), approvers(&[DANA, ERIK])]),
        (with_approver(true), vec![approvers(&[DANA, ERIK])]),
        (
            with_period(true, &json!("P30D")),
            vec![flag(Setting::EligiblePermanent, false), length(Setting::EligibleExpiry, "P1Y")],
        ),
        (with_period(false, &json!("P30D")), vec![length(Setting::EligibleExpiry, "P365D")]),
    ] {
        let reviewed = changes(&before.subject, &draft(&before, &list));
        let kept = receipt(&before, &reviewed);
        assert_eq!(kept.changes.iter().map(|changed| kept.judged(changed)).collect::<Vec<_>>(), reviewed);
    }
}

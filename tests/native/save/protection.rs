//! MFA and context are stored in two rules: whatever fails between them is reported rule by rule and can be undone.

use crate::sample::browser::Browser;
use crate::sample::saving::{GROUP, at_write, draft, finished, read, reads, run, states, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::editing;
use pim_desk::desk::save::{NotStarted, Outcome, RuleState, look_again, save};
use pim_desk::policy::check::Cause;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Value, check};
use pim_desk_tenant::{Access as TenantAccess, Effect, Fault, Seed};
use serde_json::json;

fn context() -> (Setting, Value) {
    (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())))
}

fn refused() -> Effect {
    Effect::Replace {
        status: 400,
        content_type: "application/json".into(),
        body: r#"{"error":{"code":"InvalidPolicy","message":"The policy is invalid."}}"#.into(),
    }
}

#[test]
fn a_refused_context_leaves_the_removed_mfa_verified_and_undo_brings_it_back() {
    let browser = Browser::new(&Seed::default());
    let fault = at_write("AuthenticationContext", 1, refused());
    let done = finished(run(&browser, &[context()], vec![fault]));
    assert_eq!(done.rules[0].rule, RuleId::ActivationEnablement);
    assert_eq!(done.rules[0].state, RuleState::Verified, "MFA is off, and that is what the receipt says");
    assert!(matches!(done.rules[1].state, RuleState::Failed(_)), "{:?}", done.rules[1].state);
    let undo = done.undo();
    assert_eq!(undo.len(), 1);
    let client = browser.client("ana");
    let again = finished(block_on(save(&client, &subject(&browser, GROUP), &undo, &|_| ())));
    assert!(again.is_complete());
    let now = read(&client, &subject(&browser, GROUP)).read(Setting::ActivationRequirement).value;
    assert_eq!(now, Some(Value::Requirement(Requirement::Mfa)));
}

#[test]
fn a_lost_mail_never_stands_between_mfa_and_context() {
    for recipients in [vec!["soc@contoso.com".to_owned()], Vec::new()] {
        let browser = Browser::new(&Seed::default());
        let mail = if recipients.is_empty() {
            (Setting::MailDefaults(RuleId::ActivationRequestor), Value::Flag(false))
        } else {
            (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(recipients))
        };
        let fault = at_write("Notification_Requestor_EndUser", 1, Effect::DropBefore);
        let done = finished(run(&browser, &[context(), mail], vec![fault]));
        let end = |rule: RuleId| &done.rules.iter().find(|one| one.rule == rule).unwrap().state;
        assert_eq!(end(RuleId::ActivationRequestor), &RuleState::Unknown);
        assert_eq!(end(RuleId::ActivationEnablement), end(RuleId::ActivationContext), "{:?}", states(&done));
        let now = read(&browser.client("ana"), &subject(&browser, GROUP)).read(Setting::ActivationRequirement).value;
        assert_ne!(now, Some(Value::Requirement(Requirement::None)), "still protected");
    }
}

#[test]
fn what_becomes_visible_later_is_verified_by_looking_again() {
    let browser = Browser::new(&Seed::default());
    let edit = (Setting::ActivationDuration, Value::Duration("PT1H".into()));
    let done = finished(run(&browser, &[edit], vec![at_write("/rules/", 1, Effect::Lag { ms: 90_000 })]));
    assert_eq!((done.uncertain(), &done.rules[0].state), (1, &RuleState::NotVisibleYet));
    browser.pass(120_000);
    let seen = block_on(look_again(&browser.client("ana"), done)).unwrap();
    assert_eq!((seen.uncertain(), &seen.rules[0].state), (0, &RuleState::Verified));
    assert_eq!(seen.undo().len(), 1);
}

#[test]
fn one_reading_that_agrees_verifies_nothing() {
    let browser = Browser::new(&Seed::default());
    let edit = (Setting::ActivationDuration, Value::Duration("PT1H".into()));
    let done = finished(run(&browser, &[edit], vec![at_write("/rules/", 1, Effect::Lag { ms: 90_000 })]));
    assert_eq!(done.rules[0].state, RuleState::NotVisibleYet);
    browser.pass(120_000);
    // Replicas answer in turn: the first read shows the new value, the second the old one.
    let old = Effect::EditBefore {
        group: GROUP.into(),
        access: TenantAccess::Member,
        rule: RuleId::ActivationExpiration.as_str().into(),
        patch: json!({"maximumDuration": "PT8H"}),
        by: "olga".into(),
    };
    let fault =
        Fault { method: Some("GET".into()), path: "roleDefinitionId".into(), skip: 1, times: Some(1), effect: old };
    let client = browser.client("ana");
    browser.play(vec![fault]);
    let seen = block_on(look_again(&client, done.clone())).unwrap();
    assert_eq!((reads(&browser), &seen.rules[0].state), (2, &RuleState::NotVisibleYet));
    assert!(writes(&browser).is_empty());
    // A failed read says nothing.
    let lost =
        Fault { method: None, path: "roleDefinitionId".into(), skip: 0, times: None, effect: Effect::DropBefore };
    let client = browser.client("ana");
    browser.play(vec![lost]);
    assert!(matches!(block_on(look_again(&client, done)), Err(NotStarted::Error(_))));
}

#[test]
fn approval_is_not_switched_on_when_someone_else_took_the_last_approver_away() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let subject = subject(&browser, GROUP);
    let mut off = Draft::default();
    off.set(&read(&client, &subject), Setting::ApprovalRequired, Value::Flag(false));
    assert!(finished(block_on(save(&client, &subject, &off, &|_| ()))).is_complete());

    let draft = draft(&read(&client, &subject), &[(Setting::ApprovalRequired, Value::Flag(true))]);
    let mut rule = browser.tenant().rule(GROUP, "member", "Approval_EndUser_Assignment").unwrap();
    rule["setting"]["approvalStages"][0]["primaryApprovers"] = json!([]);
    let effect = Effect::EditBefore {
        group: GROUP.into(),
        access: TenantAccess::Member,
        rule: "Approval_EndUser_Assignment".into(),
        patch: json!({"setting": rule["setting"]}),
        by: "olga".into(),
    };
    let fault = Fault { method: Some("GET".into()), path: "roleDefinitionId".into(), skip: 0, times: Some(1), effect };
    browser.play(vec![fault]);
    let outcome = block_on(save(&client, &subject, &draft, &|_| ()));
    let Outcome::NotStarted(NotStarted::Invalid { issues, .. }) = &outcome else { panic!("nobody could approve") };
    assert_eq!(issues[0].cause, Cause::NoApprover);
    assert!(writes(&browser).is_empty());
    // From then on the page shows the same, for the policy that now lacks the approver.
    let mut left = draft.clone();
    let shown = editing::after(&outcome, &mut left).cloned();
    assert_eq!(shown.as_ref().and_then(|now| now.read(Setting::Approvers).value), Some(Value::Approvers(Vec::new())));
    assert_eq!((shown.map(|now| check(&now, &left, None)), left == draft), (Some(issues.clone()), true));
}

/// Found by the model.
#[test]
fn undo_leaves_alone_what_someone_else_changed_since() {
    let browser = Browser::new(&Seed::default());
    let edits = [
        (Setting::ActivationDuration, Value::Duration("PT1H".into())),
        (Setting::ActiveExpiry, Value::Duration("P15D".into())),
    ];
    let done = finished(run(&browser, &edits, Vec::new()));
    let rule = RuleId::ActiveExpiration.as_str();
    let now_ms = browser.now_ms();
    browser.tenant_mut().edit_rule(GROUP, "member", rule, json!({"maximumDuration": "P7D"}), "olga", now_ms);
    let now = read(&browser.client("ana"), &subject(&browser, GROUP));
    let seen = done.seen_again(&now.clone(), now);
    let undone: Vec<Setting> = seen.undo().edits().map(|(setting, _)| setting).collect();
    assert_eq!(undone, [Setting::ActivationDuration]);
}

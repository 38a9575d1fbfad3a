//! What a policy already has, however odd, blocks no edit of the rest.

use crate::sample::rules::with_rule;
use pim_desk::desk::editing;
use pim_desk::policy::check::Cause;
use pim_desk::policy::merge::merge;
use pim_desk::policy::plan::{body_of, plan};
use pim_desk::policy::{
    Approver, ApproverKind, Draft, Policy, ReadOnly, RuleId, Setting, Severity, Sheet, Value, check,
};
use pim_desk::text::matrix::cell::Nameless;
use pim_desk::text::policy::plain_words::paragraphs;
use pim_desk::text::policy::value::reading;
use serde_json::json;

fn mails(list: &[&str]) -> Value {
    Value::Recipients(list.iter().map(ToString::to_string).collect())
}

#[test]
fn an_odd_address_that_is_stored_bars_no_other() {
    let mail = RuleId::ActivationRequestor;
    let stored = with_rule(mail.as_str(), |rule| rule["notificationRecipients"] = json!(["ops@intranet"]));
    let found = |list: &[&str]| {
        let mut draft = Draft::default();
        draft.set(&stored, Setting::MailRecipients(mail), mails(list));
        let issues = check(&stored, &draft, None);
        issues.into_iter().map(|issue| (issue.severity, issue.cause)).collect::<Vec<_>>()
    };
    let odd = |severity, text: &str| (severity, Cause::InvalidAddress(text.into()));
    assert_eq!(found(&["Ops@intranet", "soc@contoso.com"]), [odd(Severity::Warning, "Ops@intranet")]);
    assert_eq!(
        found(&["ops@intranet", "soc@intranet"]),
        [odd(Severity::Warning, "ops@intranet"), odd(Severity::Error, "soc@intranet")]
    );
}

fn user(id: &str) -> Approver {
    Approver { kind: ApproverKind::User, id: id.into() }
}

fn with_approvers(entries: &[&str]) -> Policy {
    with_rule(RuleId::ActivationApproval.as_str(), |rule| {
        let entry = |id: &&str| json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id });
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = entries.iter().map(entry).collect();
    })
}

#[test]
fn what_someone_else_added_is_still_asked_about_after_another_edit() {
    let picked = |people: &[&str]| Value::Approvers(people.iter().map(|id| user(id)).collect());
    let mut draft = Draft::default();
    draft.set(&with_approvers(&["dana"]), Setting::Approvers, picked(&["dana", "erik"]));
    let now = with_approvers(&["dana", "priya"]);
    draft.set(&now, Setting::Approvers, picked(&["dana", "erik", "finn"]));
    let conflicts = merge(&draft, &now).conflicts;
    assert_eq!((&conflicts[0].base, &conflicts[0].mine), (&picked(&["dana"]), &picked(&["dana", "erik", "finn"])));
    // A person who saw it and decides continues from there.
    editing::decide(&now, &mut draft, Setting::Approvers, picked(&["dana", "finn"]), true);
    assert!(merge(&draft, &now).conflicts.is_empty());
    draft.set(&now, Setting::Approvers, picked(&["priya", "dana"]));
    assert!(draft.is_empty(), "what the policy holds is no edit");
}

#[test]
fn a_period_that_came_with_an_end_goes_with_it() {
    let none = with_rule(RuleId::EligibleExpiration.as_str(), |rule| {
        rule["isExpirationRequired"] = json!(false);
        rule["maximumDuration"] = json!(null);
    });
    let (permanent, expiry) = (Setting::EligiblePermanent, Setting::EligibleExpiry);
    let off = || {
        let mut draft = Draft::default();
        draft.set(&none, permanent, Value::Flag(false));
        assert_eq!(draft.len(), 2);
        draft
    };
    let mut again = off();
    again.set(&none, permanent, Value::Flag(true));
    assert!(again.is_empty());
    let mut reset = off();
    reset.reset(permanent);
    assert!(reset.is_empty());
    // What the person picked is their own.
    let mut picked = off();
    picked.set(&none, expiry, Value::Duration("P30D".into()));
    picked.set(&none, permanent, Value::Flag(true));
    assert_eq!(picked.edits().map(|(setting, _)| setting).collect::<Vec<_>>(), [expiry]);
    let stored = with_rule(RuleId::EligibleExpiration.as_str(), |rule| rule["maximumDuration"] = json!("P90D"));
    let mut longer = Draft::default();
    longer.set(&stored, expiry, Value::Duration("P365D".into()));
    longer.set(&stored, permanent, Value::Flag(true));
    assert!(longer.edit(expiry).is_some());
}

#[test]
fn a_rule_with_two_approval_stages_is_not_written() {
    let two = with_rule(RuleId::ActivationApproval.as_str(), |rule| {
        let stage = rule["setting"]["approvalStages"][0].clone();
        rule["setting"]["approvalStages"] = json!([stage, stage]);
    });
    let mut draft = Draft::default();
    for (setting, value) in
        [(Setting::ApprovalRequired, Value::Flag(true)), (Setting::Approvers, Value::Approvers(vec![user("dana")]))]
    {
        let reading = two.read(setting);
        assert_eq!((reading.read_only, reading.value.is_some()), (Some(ReadOnly::SeveralStages), true), "{setting}");
        draft.set(&two, setting, value);
    }
    assert!(draft.is_empty());
}

#[test]
fn approval_and_approvers_are_not_understood_where_their_setting_is_no_object() {
    for setting in [json!(false), json!("text"), json!([])] {
        let odd = with_rule(RuleId::ActivationApproval.as_str(), |rule| rule["setting"] = setting.clone());
        for setting in [Setting::ApprovalRequired, Setting::Approvers] {
            assert_eq!(odd.read(setting).read_only, Some(ReadOnly::NotUnderstood), "{setting}");
        }
    }
}

#[test]
fn a_stage_that_is_not_understood_stays_as_it_is() {
    for stage in [json!("text"), json!(7), json!([]), json!(null)] {
        let odd = with_rule(RuleId::ActivationApproval.as_str(), |rule| {
            rule["setting"]["approvalStages"] = json!([stage.clone()]);
        });
        assert_eq!(odd.read(Setting::Approvers).read_only, Some(ReadOnly::NotUnderstood));
        // Someone else may have made it so after the save was planned.
        let raw = odd.rule(RuleId::ActivationApproval).unwrap().raw();
        let wanted = [(Setting::Approvers, Value::Approvers(vec![user("dana")]))];
        assert_eq!(body_of(raw, RuleId::ActivationApproval, &wanted).0, *raw);
    }
}

#[test]
fn what_is_stored_twice_is_read_once_and_stays_on_the_wire() {
    let mail = RuleId::ActivationRequestor;
    let mut stored = with_approvers(&["dana", "DANA", "erik"]);
    let own =
        with_rule(mail.as_str(), |rule| rule["notificationRecipients"] = json!(["a@x.org", "A@x.org", "b@x.org"]));
    stored.rules.retain(|rule| rule.known_id() != Some(mail));
    stored.rules.extend(own.rule(mail).cloned());
    let once = Value::Approvers(vec![user("dana"), user("erik")]);
    assert_eq!(stored.read(Setting::Approvers).value, Some(once));
    assert_eq!(stored.read(Setting::MailRecipients(mail)).value, Some(mails(&["a@x.org", "b@x.org"])));
    // Another setting of the same rule.
    let sent = |setting, value| plan(&stored, &[(setting, value)]).remove(0).body;
    let approval = sent(Setting::ApprovalRequired, Value::Flag(true));
    let people = "/setting/approvalStages/0/primaryApprovers";
    let before = stored.rule(RuleId::ActivationApproval).unwrap().raw();
    assert_eq!(approval.pointer(people), before.pointer(people));
    let defaults = sent(Setting::MailDefaults(mail), Value::Flag(false));
    assert_eq!(defaults["notificationRecipients"], json!(["a@x.org", "A@x.org", "b@x.org"]));
    // An address that is removed is gone completely.
    let rest = sent(Setting::MailRecipients(mail), mails(&["b@x.org"]));
    assert_eq!(rest["notificationRecipients"], json!(["b@x.org"]));
}

#[test]
fn what_is_not_understood_is_said_to_be_in_its_rule_only() {
    let mail = RuleId::ActivationRequestor;
    let odd = with_rule(mail.as_str(), |rule| rule["notificationLevel"] = json!("None"));
    let words = reading(&odd.read(Setting::MailCritical(mail)), &Nameless);
    assert!(!words.contains("shown as it is"), "{words}");
    assert!(words.contains("Graph rule"), "{words}");
}

#[test]
fn a_longest_activation_that_is_not_required_is_never_told_as_a_limit() {
    let (id, setting) = (RuleId::ActivationExpiration, Setting::ActivationDuration);
    let eight = Value::Duration("PT8H".into());
    for (flag, value) in
        [(json!(false), None), (json!("no"), None), (json!(null), Some(eight.clone())), (json!(true), Some(eight))]
    {
        let stored = with_rule(id.as_str(), |rule| {
            rule["isExpirationRequired"] = flag.clone();
            rule["maximumDuration"] = json!("PT8H");
        });
        let read = stored.read(setting);
        assert_eq!(
            (read.value.is_none(), read.read_only),
            (value.is_none(), value.is_none().then_some(ReadOnly::NotUnderstood))
        );
        assert_eq!(read.value, value);
        let said = paragraphs(&stored.subject, &Sheet::of(&stored), &Nameless).remove(0).1;
        assert_eq!(said.contains("up to 8 hours"), value.is_some(), "{said}");
    }
}

#[test]
fn approval_is_turned_off_and_on_with_a_stage_however_the_rule_is_stored() {
    for (mode, stages) in [("SingleStage", json!(null)), ("singleStage", json!([])), ("noApproval", json!(null))] {
        for on in [false, true] {
            let policy = with_rule(RuleId::ActivationApproval.as_str(), |rule| {
                rule["setting"] = json!({ "isApprovalRequired": !on, "approvalMode": mode, "approvalStages": stages });
            });
            let wanted = [(Setting::ApprovalRequired, Value::Flag(on))];
            let body = plan(&policy, &wanted).pop().map(|write| write.body).unwrap_or_default();
            assert_eq!(body["setting"]["isApprovalRequired"], on);
            assert_eq!(body["setting"]["approvalStages"][0]["primaryApprovers"], json!([]), "{mode} {stages}");
            let expected = if on && mode == "noApproval" { "SingleStage" } else { mode };
            assert_eq!(body["setting"]["approvalMode"], expected, "{mode} {on}");
        }
    }
}

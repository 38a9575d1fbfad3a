//! The policy core: what an edit changes on the wire, in which order, and what counts as weaker.
#![expect(clippy::unwrap_used, reason = "a test")]

mod entries;
mod stored;

use crate::sample::rules::{policy, policy_of, rules, with_rule};
use pim_desk::desk::editing::replaced;
use pim_desk::policy::check::Cause;
use pim_desk::policy::merge::merge;
use pim_desk::policy::plan::{RuleWrite, plan};
use pim_desk::policy::{Approver, ApproverKind, Draft, Requirement, RuleId, Setting, Severity, Value, check};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn set(list: &[(Setting, Value)]) -> Draft {
    let mut draft = Draft::default();
    for (setting, value) in list {
        draft.set(&policy(), *setting, value.clone());
    }
    draft
}

fn requirement(wanted: Requirement) -> (Setting, Value) {
    (Setting::ActivationRequirement, Value::Requirement(wanted))
}

fn order(writes: &[RuleWrite]) -> Vec<RuleId> {
    writes.iter().map(|write| write.rule).collect()
}

#[test]
fn every_setting_of_a_fresh_group_policy_is_readable() {
    for setting in Setting::all() {
        let reading = policy().read(setting);
        assert!(reading.editable().is_some(), "{setting}: {reading:?}");
    }
    assert!(policy().other_rules().is_empty());
}

/// The nine transitions of {none, MFA, context}: which rules are sent, in which order, with which bodies (graph.md G8).
#[test]
fn all_transitions_of_the_requirement_keep_the_safe_order() {
    let context = || Requirement::Context("c1".into());
    let (enablement, acrs) = (RuleId::ActivationEnablement, RuleId::ActivationContext);
    let table = [
        (Requirement::None, Requirement::None, vec![]),
        (Requirement::None, Requirement::Mfa, vec![enablement]),
        (Requirement::None, context(), vec![acrs]),
        (Requirement::Mfa, Requirement::None, vec![enablement]),
        (Requirement::Mfa, Requirement::Mfa, vec![]),
        (Requirement::Mfa, context(), vec![enablement, acrs]),
        (context(), Requirement::None, vec![acrs]),
        (context(), Requirement::Mfa, vec![acrs, enablement]),
        (context(), context(), vec![]),
    ];
    for (from, to, expected) in table {
        let start = policy_holding(&from);
        let writes = plan(&start, &[requirement(to.clone())]);
        assert_eq!(order(&writes), expected, "{from:?} -> {to:?}");
        let mut end = rules();
        for rule in &mut end {
            *rule = start.raw_rules().find(|raw| raw["id"] == rule["id"]).unwrap().clone();
            if let Some(write) = writes.iter().find(|write| rule["id"] == write.rule.as_str()) {
                *rule = write.body.clone();
            }
        }
        assert_eq!(policy_of(end).read(Setting::ActivationRequirement).value, Some(Value::Requirement(to)));
    }
}

fn policy_holding(requirement: &Requirement) -> pim_desk::policy::Policy {
    let mut list = rules();
    for rule in &mut list {
        match (rule["id"].as_str().unwrap(), requirement) {
            ("Enablement_EndUser_Assignment", Requirement::Mfa) => {
                rule["enabledRules"] = json!(["Justification", "MultiFactorAuthentication"]);
            }
            ("AuthenticationContext_EndUser_Assignment", Requirement::Context(claim)) => {
                rule["isEnabled"] = json!(true);
                rule["claimValue"] = json!(claim);
            }
            _ => {}
        }
    }
    policy_of(list)
}

#[test]
fn strengthening_goes_before_weakening_mails_included() {
    let wanted = [
        (Setting::MailCritical(RuleId::ActivationAlert), Value::Flag(true)),
        (Setting::ActivationDuration, Value::Duration("PT4H".into())),
        (Setting::ApprovalRequired, Value::Flag(true)),
        (Setting::Approvers, Value::Approvers(vec![user("a")])),
        requirement(Requirement::Context("c1".into())),
    ];
    let expected =
        [RuleId::ActivationApproval, RuleId::ActivationExpiration, RuleId::ActivationContext, RuleId::ActivationAlert];
    assert_eq!(order(&plan(&policy(), &wanted)), expected);
}

fn user(id: &str) -> Approver {
    Approver { kind: ApproverKind::User, id: id.to_owned() }
}

#[test]
fn removed_and_added_approvers_leave_the_others_as_they_were() {
    let entry = json!({"@odata.type": "#microsoft.graph.singleUser", "userId": "kept", "description": "x", "new": 1});
    let manager = json!({"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1});
    let gone = json!({"@odata.type": "#microsoft.graph.singleUser", "userId": "gone"});
    let start = with_rule("Approval_EndUser_Assignment", |rule| {
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = json!([entry, gone, manager]);
        rule["setting"]["approvalStages"][0]["future"] = json!({"x": [1]});
    });
    let Some(Value::Approvers(mut list)) = start.read(Setting::Approvers).value else { panic!() };
    list.remove(1);
    list.push(Approver { kind: ApproverKind::Group, id: "new".into() });
    let writes = plan(&start, &[(Setting::Approvers, Value::Approvers(list))]);
    let stage = &writes[0].body["setting"]["approvalStages"][0];
    let added = json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": "new"});
    assert_eq!(stage["primaryApprovers"], json!([entry, manager, added]));
    assert_eq!(stage["future"], json!({"x": [1]}));
}

#[test]
fn approval_without_a_stage_gets_one() {
    for odd in [json!(null), json!({"isApprovalRequired": false, "approvalMode": "NoApproval", "approvalStages": []})] {
        let start = with_rule("Approval_EndUser_Assignment", |rule| rule["setting"] = odd.clone());
        let wanted =
            [(Setting::ApprovalRequired, Value::Flag(true)), (Setting::Approvers, Value::Approvers(vec![user("a")]))];
        let body = &plan(&start, &wanted)[0].body;
        assert_eq!(body["setting"]["isApprovalRequired"], true);
        assert_eq!(body["setting"]["approvalMode"], "SingleStage");
        assert_eq!(body["setting"]["approvalStages"][0]["primaryApprovers"][0]["userId"], "a");
    }
}

#[test]
fn turning_expiry_on_picks_a_period_where_none_is_stored() {
    let start = with_rule("Expiration_Admin_Eligibility", |rule| {
        rule["isExpirationRequired"] = json!(false);
        rule["maximumDuration"] = json!(null);
    });
    let mut draft = Draft::default();
    draft.set(&start, Setting::EligiblePermanent, Value::Flag(false));
    assert_eq!(draft.value(&start, Setting::EligibleExpiry), Some(Value::Duration("P365D".into())));
    let wanted: Vec<_> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    let body = &plan(&start, &wanted)[0].body;
    assert_eq!((&body["isExpirationRequired"], &body["maximumDuration"]), (&json!(true), &json!("P365D")));
}

#[test]
fn odd_rules_are_locked_or_listed_and_never_panic() {
    let odd: [fn(&mut Json); 6] = [
        |rule| rule["enabledRules"] = json!("x"),
        |rule| rule["@odata.type"] = json!("#microsoft.graph.unifiedRoleManagementPolicyCustomExtensionRule"),
        |rule| rule["maximumDuration"] = json!(8),
        |rule| rule["setting"] = json!("x"),
        |rule| rule["setting"] = json!({"approvalStages": ["x"]}),
        |rule| rule["notificationRecipients"] = json!({"a": 1}),
    ];
    for change in odd {
        for rule in rules() {
            let start = with_rule(rule["id"].as_str().unwrap(), change);
            let everything: Vec<_> = Setting::all()
                .filter_map(|setting| start.read(setting).editable().cloned().map(|value| (setting, flipped(value))))
                .collect();
            let _ = plan(&start, &everything);
        }
    }
    let mut twice = rules();
    twice.push(twice[0].clone());
    twice.push(json!({"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyCustomExtensionRule", "id": "CustomExtension_PreApproval_EndUser_Assignment"}));
    twice.push(json!(null));
    assert_eq!(policy_of(twice).other_rules().len(), 4);
}

#[test]
fn issues_name_field_and_cause() {
    let found = |list: &[(Setting, Value)]| {
        let contexts = ["c1".to_owned()];
        let issues = check(&policy(), &set(list), Some(&contexts));
        issues.into_iter().map(|issue| (issue.setting, issue.severity, issue.cause)).collect::<Vec<_>>()
    };
    let approval = (Setting::ApprovalRequired, Value::Flag(true));
    assert_eq!(found(std::slice::from_ref(&approval)), [(Setting::Approvers, Severity::Error, Cause::NoApprover)]);
    assert_eq!(
        found(&[approval, (Setting::Approvers, Value::Approvers(vec![user("a")]))]),
        [(Setting::Approvers, Severity::Warning, Cause::OneApprover)]
    );
    for (text, cause) in [
        ("PT0S", Cause::EmptyDuration),
        ("soon", Cause::UnreadableDuration("soon".into())),
        ("PT15M", Cause::ShortActivation),
        ("PT25H", Cause::LongActivation),
        ("PT24H1S", Cause::LongActivation),
        ("PT45M", Cause::OffGrid),
        ("PT1H0M30S", Cause::OffGrid),
        ("P1M", Cause::CalendarDuration),
    ] {
        let issues = found(&[(Setting::ActivationDuration, Value::Duration(text.into()))]);
        assert_eq!(issues[0].2, cause, "{text}");
    }
    for text in ["PT30M", "PT90M", "P1D"] {
        assert_eq!(found(&[(Setting::ActivationDuration, Value::Duration(text.into()))]), [], "{text}");
    }
    assert_eq!(found(&[requirement(Requirement::Context(String::new()))])[0].2, Cause::NoContext);
    assert_eq!(found(&[requirement(Requirement::Context("c7".into()))])[0].2, Cause::UnknownContext("c7".into()));
    for claim in ["c1 ", "C1", "x", "c0", "c100", "context 1"] {
        let issue = (Setting::ActivationRequirement, Severity::Error, Cause::NotAContext(claim.into()));
        let wanted = [requirement(Requirement::Context(claim.into()))];
        assert_eq!(found(&wanted), std::slice::from_ref(&issue), "{claim:?}");
        let unread = check(&policy(), &set(&wanted), None);
        assert_eq!(unread.first().map(|found| &found.cause), Some(&issue.2), "{claim:?}, contexts not readable");
    }
    let mails = |list: &[&str]| Value::Recipients(list.iter().map(ToString::to_string).collect());
    let row = Setting::MailRecipients(RuleId::ActivationAlert);
    assert_eq!(found(&[(row, mails(&["soc@contoso.com"]))]), []);
    assert_eq!(found(&[(row, mails(&["soc"]))])[0].2, Cause::InvalidAddress("soc".into()));
    let off = Setting::MailDefaults(RuleId::ActivationAlert);
    assert_eq!(found(&[(off, Value::Flag(false))])[0].2, Cause::NobodyNotified);
    // Microsoft sends this one to approvers only, whatever addresses are stored with it.
    let stored = with_rule("Notification_Approver_EndUser_Assignment", |rule| {
        rule["notificationRecipients"] = json!(["soc@contoso.com"]);
    });
    let mut silent = Draft::default();
    silent.set(&stored, Setting::MailDefaults(RuleId::ActivationApprover), Value::Flag(false));
    let causes: Vec<Cause> = check(&stored, &silent, None).into_iter().map(|issue| issue.cause).collect();
    assert_eq!(causes, [Cause::NobodyNotified]);
}

#[test]
fn merging_tells_disjoint_from_overlapping() {
    let draft = set(&[
        (Setting::ActivationDuration, Value::Duration("PT4H".into())),
        (Setting::ActivationTicket, Value::Flag(true)),
        (Setting::ActiveMfa, Value::Flag(true)),
    ]);
    let mut theirs = rules();
    for rule in &mut theirs {
        match rule["id"].as_str().unwrap() {
            "Expiration_EndUser_Assignment" => rule["maximumDuration"] = json!("PT2H"),
            "Enablement_Admin_Assignment" => rule["enabledRules"] = json!(["MultiFactorAuthentication"]),
            _ => {}
        }
    }
    let theirs = policy_of(theirs);
    let merged = merge(&draft, &theirs);
    assert_eq!(merged.write, [(Setting::ActivationTicket, Value::Flag(true))]);
    assert_eq!(merged.already, [Setting::ActiveMfa]);
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].theirs, Some(Value::Duration("PT2H".into())));
}

/// Found by the model: nobody had given the edit up.
#[test]
fn an_edit_that_can_no_longer_be_made_stays_in_the_draft() {
    let critical = Setting::MailCritical(RuleId::ActivationAlert);
    let mut draft = set(&[(critical, Value::Flag(true))]);
    let locked = with_rule("Notification_Admin_EndUser_Assignment", |rule| rule["notificationLevel"] = json!("None"));
    draft.settle(&locked);
    assert_eq!(draft.len(), 1);
    assert_eq!(merge(&draft, &locked).conflicts[0].theirs, None);
}

#[test]
fn edits_that_would_replace_what_was_typed_are_named() {
    let hours = |text: &str| (Setting::ActivationDuration, Value::Duration(text.into()));
    let ticket = (Setting::ActivationTicket, Value::Flag(true));
    let typed = set(&[hours("PT5H"), ticket.clone()]);
    assert_eq!(replaced(&typed, &set(&[hours("PT2H"), ticket.clone()])), [hours("PT5H")]);
    assert_eq!(replaced(&typed, &set(&[hours("PT300M"), ticket])), [], "the same, otherwise written");
    assert_eq!(replaced(&typed, &set(&[(Setting::ActivationJustification, Value::Flag(false))])), []);
}

#[test]
fn a_draft_survives_storage() {
    let draft = set(&[
        (Setting::ActivationDuration, Value::Duration("PT4H".into())),
        (Setting::Approvers, Value::Approvers(vec![user("a")])),
        requirement(Requirement::Context("c1".into())),
        (Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(vec!["a@b.c".into()])),
    ]);
    let text = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    assert!(serde_json::from_str::<Draft>(r#"{"what.ever":{"base":{"flag":true},"mine":{"flag":false}}}"#).is_err());
}

/// Some value other than the given one.
fn flipped(value: Value) -> Value {
    match value {
        Value::Flag(on) => Value::Flag(!on),
        Value::Duration(text) if text == "PT3H" => Value::Duration("PT5H".into()),
        Value::Duration(_) => Value::Duration("PT3H".into()),
        Value::Requirement(Requirement::Mfa) => Value::Requirement(Requirement::None),
        Value::Requirement(_) => Value::Requirement(Requirement::Mfa),
        Value::Approvers(mut list) => {
            list.push(user("0000"));
            Value::Approvers(list)
        }
        Value::Recipients(mut list) => {
            list.push("new@contoso.com".into());
            Value::Recipients(list)
        }
    }
}

/// Unknown JSON, for any level of a rule.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(|on| json!(on)),
        any::<i32>().prop_map(|number| json!(number)),
        "\\PC{0,8}".prop_map(|text| json!(text)),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|list| json!(list)),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    /// Edit one field: the body equals the rule as read with that field changed, unknown properties at every level kept.
    #[test]
    fn one_edit_changes_one_field_on_the_wire(at in 0usize..41, extra in any_json(), name in "x[a-z]{1,8}") {
        let setting = Setting::all().nth(at).unwrap();
        let mut list = rules();
        for rule in &mut list {
            rule[&name] = extra.clone();
            rule["target"][&name] = extra.clone();
            if rule["setting"].is_object() {
                rule["setting"][&name] = extra.clone();
                rule["setting"]["approvalStages"][0][&name] = extra.clone();
            }
            if let Some(demands) = rule["enabledRules"].as_array_mut() {
                demands.push(json!("FutureDemand"));
            }
        }
        let start = policy_of(list.clone());
        let wanted = flipped(start.read(setting).value.unwrap());
        let writes = plan(&start, &[(setting, wanted.clone())]);
        prop_assert_eq!(writes.len(), 1);
        let write = &writes[0];
        let before = list.iter().find(|rule| rule["id"] == write.rule.as_str()).unwrap();
        let mut expected = before.clone();
        let field = match setting {
            Setting::ActivationDuration | Setting::EligibleExpiry | Setting::ActiveExpiry => "/maximumDuration",
            Setting::EligiblePermanent | Setting::ActivePermanent => "/isExpirationRequired",
            Setting::ActivationRequirement | Setting::ActivationJustification | Setting::ActivationTicket
            | Setting::ActiveMfa | Setting::ActiveJustification | Setting::EligibleMfa
            | Setting::EligibleJustification => "/enabledRules",
            Setting::ApprovalRequired => "/setting/isApprovalRequired",
            Setting::Approvers => "/setting/approvalStages/0/primaryApprovers",
            Setting::MailDefaults(_) => "/isDefaultRecipientsEnabled",
            Setting::MailRecipients(_) => "/notificationRecipients",
            Setting::MailCritical(_) => "/notificationLevel",
        };
        prop_assert_ne!(expected.pointer(field), write.body.pointer(field));
        *expected.pointer_mut(field).unwrap() = write.body.pointer(field).unwrap().clone();
        prop_assert_eq!(&write.body, &expected);
        // and the field itself reads as wanted, foreign entries included
        let after = list.iter().map(|rule| if rule["id"] == write.rule.as_str() { write.body.clone() } else { rule.clone() });
        prop_assert!(policy_of(after.collect()).read(setting).value.unwrap().means(&wanted));
        if field == "/enabledRules" {
            prop_assert!(write.body["enabledRules"].as_array().unwrap().contains(&json!("FutureDemand")));
        }
    }

    /// A draft that goes back to the stored value is empty and writes nothing, whatever the stored text looks like.
    #[test]
    fn going_back_is_no_change(text in "(P[0-9]{1,3}D|PT[0-9]{1,2}H|PT[0-9]{1,4}M|\\PC{0,6})") {
        let start = with_rule("Expiration_EndUser_Assignment", |rule| rule["maximumDuration"] = json!(text));
        let mut draft = Draft::default();
        draft.set(&start, Setting::ActivationDuration, Value::Duration("PT77M".into()));
        draft.set(&start, Setting::ActivationDuration, Value::Duration(text.clone()));
        prop_assert!(draft.is_empty());
    }
}

//! Drift: a change that no setting shows is reported next to a change that one shows, and a different spelling of the
//! same is no change.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::sample::nobody::Nobody;
use crate::sample::rules;
use crate::sample::snapshots::{about, snapshot};
use pim_desk::matrix::{Class, HolderKind};
use pim_desk::policy::{RuleId, Setting};
use pim_desk::snapshot::drift::{Changed, Now};
use pim_desk::snapshot::{Drift, Severity, Snapshot, Why, drift};
use pim_desk::text::snapshots::{as_csv, as_json, as_text, sum, unread};
use serde_json::{Value as Json, json};

const APPROVAL: &str = "Approval_EndUser_Assignment";
const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
const DEMANDS: &str = "Enablement_EndUser_Assignment";
const DURATION: &str = "Expiration_EndUser_Assignment";

/// What is reported if a rule becomes another one: settings, and `None` for the rule itself.
fn told(id: &str, (before, after): (Json, Json)) -> Vec<Option<Setting>> {
    let policy = |changed: &Json| {
        rules::with_rule(id, |rule| {
            let fields = changed.as_object().unwrap().clone();
            rule.as_object_mut().unwrap().extend(fields);
        })
    };
    let before = snapshot(policy(&before));
    let after = policy(&after);
    let mut now = Now::default();
    now.read(after.subject.id().clone(), vec![after]);
    let found = drift(&before, &now);
    assert!(found.unread.is_empty());
    let findings = found.drifted.iter().flat_map(|one| &one.findings);
    let told = findings.map(|finding| match &finding.changed {
        Changed::Setting(line) => Some(line.setting),
        Changed::Rule(change) => {
            assert_eq!((change.id.as_str(), finding.severity), (id, Severity::Medium));
            None
        }
    });
    told.collect()
}

fn user(name: &str) -> Json {
    json!({"@odata.type": "#microsoft.graph.singleUser", "userId": name, "description": name})
}

/// An approval rule with one stage.
fn approval(required: bool, approvers: &[&str], more: &Json) -> Json {
    let mut stage = json!({
        "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false, "escalationApprovers": [],
        "primaryApprovers": approvers.iter().map(|name| user(name)).collect::<Vec<_>>(),
    });
    stage.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"setting": {"isApprovalRequired": required, "approvalMode": "SingleStage", "approvalStages": [stage]}})
}

#[test]
fn what_no_setting_shows_is_told_beside_a_setting_of_the_same_rule() {
    let plain = || approval(true, &["a", "b"], &json!({}));
    let demands = |list: Json| json!({ "enabledRules": list });
    let mut renamed = approval(true, &["a", "c"], &json!({}));
    renamed["setting"]["approvalStages"][0]["primaryApprovers"][0]["isBackup"] = json!(true);
    let table = [
        (
            APPROVAL,
            (plain(), approval(true, &["a", "c"], &json!({"isApproverJustificationRequired": false}))),
            Setting::Approvers,
        ),
        (APPROVAL, (plain(), approval(true, &["a"], &json!({"escalationApprovers": [user("d")]}))), Setting::Approvers),
        (APPROVAL, (plain(), renamed), Setting::Approvers),
        (
            APPROVAL,
            (plain(), approval(false, &["a", "b"], &json!({"approvalStageTimeOutInDays": 7}))),
            Setting::ApprovalRequired,
        ),
        (
            DEMANDS,
            (demands(json!(["MultiFactorAuthentication", "Tomorrow"])), demands(json!([]))),
            Setting::ActivationRequirement,
        ),
        (
            DEMANDS,
            (demands(json!([])), demands(json!(["Justification", "Tomorrow"]))),
            Setting::ActivationJustification,
        ),
        (
            DURATION,
            (json!({"maximumDuration": "PT8H"}), json!({"maximumDuration": "PT9H", "futureProperty": 7})),
            Setting::ActivationDuration,
        ),
    ];
    for (id, rules, setting) in table {
        assert_eq!(told(id, rules.clone()), [Some(setting), None], "{rules:?}");
    }
    let off = |claim: &str| json!({"isEnabled": false, "claimValue": claim});
    assert_eq!(told(CONTEXT, (off(""), off("c1"))), [None]);
    let unbounded = json!({"maximumDuration": "PT9H", "isExpirationRequired": false});
    assert_eq!(told(DURATION, (json!({"maximumDuration": "PT8H"}), unbounded)), [None]);
}

#[test]
fn a_change_that_a_setting_tells_is_not_told_twice() {
    let demands = |list: Json| json!({ "enabledRules": list });
    let context = |on: bool, claim: &str| json!({"isEnabled": on, "claimValue": claim});
    let mut mode = approval(false, &[], &json!({}));
    mode["setting"]["approvalMode"] = json!("NoApproval");
    let mut none = mode.clone();
    none["setting"]["approvalStages"] = json!([]);
    let table: [(&str, (Json, Json), &[Setting]); 11] = [
        (
            APPROVAL,
            (approval(true, &["a", "b", "c"], &json!({})), approval(true, &["d", "b", "a"], &json!({}))),
            &[Setting::Approvers],
        ),
        (APPROVAL, (mode, approval(true, &["a"], &json!({}))), &[Setting::ApprovalRequired, Setting::Approvers]),
        (APPROVAL, (none, approval(true, &["a"], &json!({}))), &[Setting::ApprovalRequired, Setting::Approvers]),
        (APPROVAL, (approval(true, &["a", "b"], &json!({})), approval(true, &["b", "a"], &json!({}))), &[]),
        (CONTEXT, (context(false, ""), context(true, "c1")), &[Setting::ActivationRequirement]),
        (CONTEXT, (context(true, "c1"), context(false, "c1")), &[Setting::ActivationRequirement]),
        (CONTEXT, (context(true, "c1"), context(true, "c2")), &[Setting::ActivationRequirement]),
        (
            DEMANDS,
            (demands(json!(["Justification", "Tomorrow"])), demands(json!(["Tomorrow", "Ticketing", "Justification"]))),
            &[Setting::ActivationTicket],
        ),
        (
            DEMANDS,
            (demands(json!(["Ticketing", "Justification"])), demands(json!(["Justification", "Ticketing"]))),
            &[],
        ),
        (DEMANDS, (demands(json!([])), demands(Json::Null)), &[]),
        (
            RuleId::EligibleAlert.as_str(),
            (json!({"notificationRecipients": ["a@x.com", "b@x.com"]}), json!({"notificationRecipients": ["B@x.com"]})),
            &[Setting::MailRecipients(RuleId::EligibleAlert)],
        ),
    ];
    for (id, rules, settings) in table {
        let expected: Vec<Option<Setting>> = settings.iter().copied().map(Some).collect();
        assert_eq!(told(id, rules.clone()), expected, "{rules:?}");
    }
}

#[test]
fn stages_have_an_order() {
    let stages = |names: [&str; 2]| -> Json {
        let of = |name| approval(true, &[name], &json!({}))["setting"]["approvalStages"][0].clone();
        json!({"setting": {"isApprovalRequired": true, "approvalStages": [of("a"), of(names[0]), of(names[1])]}})
    };
    assert_eq!(told(APPROVAL, (stages(["b", "c"]), stages(["c", "b"]))), [None]);
}

/// The JSON form, after checking that the others say `told`.
fn written(before: &Snapshot, found: &Drift, told: &str) -> Json {
    let about = about();
    assert!(as_text(before, found, &[], &Nobody, &about).contains(told));
    assert!(as_csv(before, found, &[], &Nobody, &about).contains(told));
    serde_json::from_str(&as_json(before, found, &[], &about)).unwrap()
}

#[test]
fn what_was_found_later_and_not_read_is_told_in_every_form() {
    let (same, later) = (rules::policy(), "99999999-9999-4999-8999-999999999999");
    let before = Snapshot { whole: vec![Class::Members, Class::Owners], ..snapshot(same.clone()) };
    let mut now = Now { listed: vec![Class::Members, Class::Owners], ..Now::default() };
    now.read(same.subject.id().clone(), vec![same.clone()]);
    now.miss(HolderKind::Groups, later.parse().unwrap());
    now.names.insert(later.parse().unwrap(), "Later".into());
    let found = drift(&before, &now);
    let told = "Nothing changed in what was read: 1 policy as it was. 2 policies not in the snapshot found but not \
        read; new ones may be among them.";
    assert_eq!((sum(&found).as_str(), found.unread.len(), found.drifted.len()), (told, 0, 0));
    let subjects = [format!("groups/{later}/member"), format!("groups/{later}/owner")];
    assert_eq!(written(&before, &found, told)["foundNotRead"], json!(subjects));
    let named = ["members", "owners"].map(|of| format!("Later ({of}): not in the snapshot, may be new"));
    assert_eq!(unread(&before, &found), named);
    // Neither what the snapshot tells about, nor what it was not to include.
    now.miss(HolderKind::Roles, "88888888-8888-4888-8888-888888888888".parse().unwrap());
    let not_read = vec![(subjects[1].parse().unwrap(), Why::Failed)];
    let gap = Snapshot { complete: false, not_read, ..before.clone() };
    let only_members = drift(&gap, &now).maybe_new;
    assert_eq!(only_members, [(subjects[0].parse().unwrap(), "Later".to_owned())]);
    assert_eq!(drift(&Snapshot { whole: Vec::new(), ..before }, &now).maybe_new, []);
    now.miss(HolderKind::Groups, same.subject.id().clone());
    let whole = Snapshot { whole: vec![Class::Members], ..snapshot(same.clone()) };
    assert_eq!(drift(&whole, &now).unread, [same.subject]);
}

#[test]
fn of_policies_that_were_not_read_nothing_is_said_to_be_unchanged() {
    let (same, other) = (rules::policy(), "99999999-9999-4999-8999-999999999999".parse().unwrap());
    let mut unread = same.clone();
    unread.subject = HolderKind::Groups.subject(other);
    let before = snapshot(same.clone());
    let with = |policy| Snapshot { policies: vec![snapshot(policy).policies.remove(0)], ..before.clone() };
    let both = Snapshot {
        policies: vec![before.policies[0].clone(), with(unread.clone()).policies.remove(0)],
        ..before.clone()
    };
    let mut now = Now::default();
    now.read(same.subject.id().clone(), vec![same]);
    let found = drift(&both, &now);
    assert_eq!((found.unchanged, found.unread.len()), (1, 1));
    let told = "Nothing changed in what was read: 1 policy as it was. 1 policy not read this time.";
    assert_eq!(sum(&found), told);
    written(&both, &found, told);
    let only = with(unread);
    let none = drift(&only, &now);
    let told = "Nothing could be compared. 1 policy not read this time.";
    assert_eq!((none.unchanged, sum(&none).as_str()), (0, told));
    written(&only, &none, told);
}

#[test]
fn a_list_that_was_not_read_to_its_end_is_told_in_every_form() {
    let same = rules::policy();
    let before = Snapshot { whole: vec![Class::Members, Class::Roles], ..snapshot(same.clone()) };
    let mut now = Now { listed: vec![Class::Members], ..Now::default() };
    now.read(same.subject.id().clone(), vec![same]);
    let cut = drift(&before, &now);
    assert_eq!((cut.unchanged, cut.unlisted.as_slice()), (1, &[Class::Roles][..]));
    let told = "Nothing changed in what was read: 1 policy as it was. The list of Entra roles was not read to its end; \
        new policies may be missing.";
    let file = written(&before, &cut, told);
    assert_eq!(file["listIncomplete"], true);
    now.listed.push(Class::Roles);
    assert_eq!(drift(&before, &now).unlisted, []);
}

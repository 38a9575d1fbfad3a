//! The description of an approver, in which Graph may write a name: it is in the file only with the other names of its
//! kind, and without it nothing else is different, neither when comparing nor when restoring or exporting.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::sample::rules;
use crate::sample::snapshots::snapshot;
use pim_desk::cloud::Cloud;
use pim_desk::export::{Export, Form};
use pim_desk::policy::{Policy, RuleId};
use pim_desk::snapshot::drift::Now;
use pim_desk::snapshot::file::Naming;
use pim_desk::snapshot::restore::{items, way_back};
use pim_desk::snapshot::{Drift, Opened, Snapshot, drift, open, to_file};
use serde_json::{Value as Json, json};

const APPROVAL: &str = "Approval_EndUser_Assignment";
const DANA: &str = "11111111-1111-4111-8111-111111111111";
const TEAM: &str = "22222222-2222-4222-8222-222222222222";

fn user(description: &Json) -> Json {
    json!({"@odata.type": "#microsoft.graph.singleUser", "userId": DANA, "description": description, "isBackup": true})
}

fn team() -> Json {
    json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": TEAM, "description": "Night shift"})
}

fn with_approvers(primary: &[Json], escalation: &[Json], days: u32) -> Policy {
    rules::with_rule(APPROVAL, |rule| {
        rule["setting"] = json!({
            "isApprovalRequired": true, "approvalMode": "SingleStage",
            "approvalStages": [{
                "approvalStageTimeOutInDays": days, "isApproverJustificationRequired": true,
                "escalationTimeInMinutes": 0, "isEscalationEnabled": false,
                "primaryApprovers": primary, "escalationApprovers": escalation, "description": "stays",
            }],
        });
    })
}

fn now_of(policy: &Policy) -> Now {
    let mut now = Now::default();
    now.read(policy.subject.id().clone(), vec![policy.clone()]);
    now
}

fn reopened(snapshot: &Snapshot) -> Snapshot {
    let Ok(Opened::Snapshot(read)) = open(to_file(snapshot).as_bytes()) else { panic!("not read again") };
    read
}

fn changes(found: &Drift) -> usize {
    found.drifted.iter().map(|one| one.findings.len()).sum()
}

#[test]
fn a_name_in_a_description_is_in_the_file_only_if_names_of_its_kind_are() {
    let dana = json!("Dana Whitfield");
    let all = snapshot(with_approvers(&[user(&dana), team()], &[user(&dana)], 1));
    for (holders, people) in [(true, false), (false, true), (false, false), (true, true)] {
        let text = to_file(&all.clone().named(Naming { holders, people }));
        assert_eq!(text.contains("Dana Whitfield"), people, "{text}");
        assert_eq!(text.contains("Night shift"), holders, "{text}");
        for stays in [DANA, TEAM, "stays", "\"isBackup\":true"] {
            assert!(text.contains(stays), "{stays}: {text}");
        }
        assert!(!text.contains("\"description\":null"), "left out, not emptied");
    }
    let odd = json!({"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1, "description": "odd"});
    let other =
        snapshot(with_approvers(std::slice::from_ref(&odd), &[], 1)).named(Naming { holders: false, people: false });
    let kept = other.policies[0].policy.rule(RuleId::ActivationApproval).unwrap().raw().clone();
    assert_eq!(kept.pointer("/setting/approvalStages/0/primaryApprovers/0"), Some(&odd), "its text is what it is");
}

#[test]
fn without_it_nothing_is_different_and_everything_else_still_is() {
    let dana = json!("Dana Whitfield");
    let policy = with_approvers(&[user(&dana), team()], &[user(&dana)], 1);
    let bare = reopened(&snapshot(policy.clone()).named(Naming { holders: false, people: false }));
    assert_ne!(bare.policies[0].policy.rules, policy.rules);
    let same = drift(&bare, &now_of(&policy));
    assert_eq!((same.drifted.len(), same.unchanged), (0, 1), "{:?}", same.drifted);
    let turned = with_approvers(&[team(), user(&Json::Null)], &[user(&dana)], 1);
    assert_eq!(drift(&bare, &now_of(&turned)).unchanged, 1);

    let later = with_approvers(&[user(&dana), team()], &[user(&dana)], 3);
    assert_eq!(changes(&drift(&bare, &now_of(&later))), 1, "another part of the rule");
    let mut no_backup = user(&dana);
    no_backup["isBackup"] = json!(false);
    let changed = with_approvers(&[no_backup, team()], &[user(&dana)], 1);
    assert_eq!(changes(&drift(&bare, &now_of(&changed))), 1, "another part of the entry");
    let fewer = with_approvers(&[team()], &[user(&dana)], 1);
    assert_eq!(changes(&drift(&bare, &now_of(&fewer))), 1, "an approver less");
    // Where both have one, another text is a change as before.
    let full = snapshot(policy);
    let renamed = with_approvers(&[user(&json!("Dana W.")), team()], &[user(&dana)], 1);
    assert_eq!(changes(&drift(&full, &now_of(&renamed))), 1);
}

#[test]
fn going_back_and_exports_send_no_emptied_description() {
    let dana = json!("Dana Whitfield");
    let policy = with_approvers(&[user(&dana), team()], &[], 1);
    let bare = reopened(&snapshot(policy).named(Naming { holders: false, people: false }));
    let onto = with_approvers(&[team()], &[], 1);
    let now = now_of(&onto);
    let found = drift(&bare, &now);
    let way = way_back(&bare, &now, &found);
    let back = items(&bare, &found, &way, &|_| true);
    let writes = pim_desk::policy::plan::plan(&onto, &back[0].wanted);
    assert_eq!(writes.len(), 1);
    let entries = writes[0].body.pointer("/setting/approvalStages/0/primaryApprovers").unwrap();
    let added = json!({"@odata.type": "#microsoft.graph.singleUser", "userId": DANA});
    assert_eq!(*entries, json!([team(), added]), "the one who stays is sent as it is there");

    let kept = &bare.policies[0].policy;
    let export = Export::whole(kept, "Tier-0", Cloud::Global, &bare.tenant);
    for form in [Form::Http, Form::PowerShell, Form::Python, Form::Json] {
        let text = export.text(form);
        assert!(text.contains(DANA) && !text.contains("Dana Whitfield") && !text.contains("Night shift"), "{text}");
        assert_eq!(text.matches("description").count(), text.matches("stays").count(), "{text}");
    }
}

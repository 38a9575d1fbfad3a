//! The files saved as evidence or for other tools, by golden files: report, snapshot, changes, settings. A table of
//! settings reads back as the same settings. `UPDATE_GOLDEN=1 cargo test --test native file_forms` rewrites the golden
//! files; review what changed in them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::sample::nobody::Nobody;
use crate::sample::rules;
use pim_desk::baseline::report::findings;
use pim_desk::baseline::scope::GLOBAL_ADMINISTRATOR;
use pim_desk::baseline::{ALL, Held};
use pim_desk::dead_end::judge::Unchecked;
use pim_desk::dead_end::{self, Cause, Check, DeadEnd, Kind};
use pim_desk::directory::{Group, Holder, Role};
use pim_desk::matrix::{Class, Row, Standing};
use pim_desk::policy::{
    Access, Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Sheet, Subject, Value,
};
use pim_desk::snapshot::drift::Now;
use pim_desk::snapshot::import::Left;
use pim_desk::snapshot::import::resolve::{Known, resolve};
use pim_desk::snapshot::{Drift, Import, Opened, Snapshot, SnapshotPolicy, Why, drift, open, settings_table};
use pim_desk::text::dead_ends;
use pim_desk::text::paper::Gaps;
use pim_desk::text::report::{self, About};
use pim_desk::text::snapshots::{People, as_csv, as_json, as_table, as_text};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const TENANT: &str = "5a1e0000-0000-4000-8000-000000000001";
const ONE: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";
const DANA: &str = "33333333-3333-4333-8333-333333333333";

fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/forms/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == text, "{name} is not as it was");
}

fn about() -> About {
    About {
        tenant: TENANT.parse().unwrap(),
        by: "Ana Brandão".into(),
        at: "2026-11-27T12:00:00Z".into(),
        only: String::new(),
        read_at: "2026-11-27T09:30:00Z".into(),
        gaps: Gaps { unread: 2, cut_off: true, no_roles: true, unclear: 1, ..Gaps::default() },
    }
}

fn group(id: &str, access: Access) -> Subject {
    Subject::Group { group: id.parse().unwrap(), access }
}

fn changed(subject: Subject, edits: &[(Setting, Value)]) -> Policy {
    let policy = Policy { subject, ..rules::policy() };
    let mut draft = Draft::default();
    for (setting, value) in edits {
        draft.set(&policy, *setting, value.clone());
    }
    let wanted: Vec<(Setting, Value)> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    let mut policy = policy;
    for write in pim_desk::policy::plan::plan(&policy.clone(), &wanted) {
        let at = policy.rules.iter().position(|rule| rule.known_id() == Some(write.rule)).unwrap();
        policy.rules[at] = pim_desk::policy::Rule::new(write.body);
    }
    policy
}

fn strict() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT1H".into())),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c3".into()))),
        (Setting::ActivationTicket, Value::Flag(true)),
        (Setting::ApprovalRequired, Value::Flag(true)),
        (Setting::Approvers, Value::Approvers(vec![Approver { kind: ApproverKind::User, id: DANA.into() }])),
        (Setting::ActivePermanent, Value::Flag(true)),
        (Setting::ActiveMfa, Value::Flag(true)),
        (
            Setting::MailRecipients(RuleId::ActivationAlert),
            Value::Recipients(vec!["+soc@contoso.com".into(), "b@contoso.com".into()]),
        ),
        (Setting::MailCritical(RuleId::ActiveAlert), Value::Flag(true)),
        (Setting::MailDefaults(RuleId::EligibleApprover), Value::Flag(false)),
    ]
}

/// A group's members and owners, and a role; names that a spreadsheet would run as formulas.
fn snapshot(policies: Vec<Policy>) -> Snapshot {
    let name = |policy: &Policy| match policy.subject {
        Subject::Role { .. } => "Global Administrator".to_owned(),
        Subject::Group { .. } => "=HYPERLINK(\"https://evil\"), Tier-0".to_owned(),
    };
    Snapshot {
        tenant: TENANT.parse().unwrap(),
        taken_at: "2026-11-27T10:00:00Z".into(),
        taken_by: Some("Ana Brandão".into()),
        whole: vec![Class::Members, Class::Owners],
        complete: true,
        not_read: Vec::new(),
        people: BTreeMap::new(),
        policies: policies.into_iter().map(|policy| SnapshotPolicy { name: name(&policy), policy }).collect(),
    }
}

fn three() -> Snapshot {
    let role = Subject::Role { template: GLOBAL_ADMINISTRATOR.parse().unwrap() };
    let mut member = changed(group(ONE, Access::Member), &[]);
    member.modified_at = Some("2026-11-20T08:00:00Z".into());
    member.modified_by = Some("Olga".into());
    snapshot(vec![member, changed(group(ONE, Access::Owner), &strict()), changed(role, &strict())])
}

#[test]
fn a_report_says_whose_of_when_and_from_which_source() {
    let role = Role {
        id: GLOBAL_ADMINISTRATOR.parse().unwrap(),
        template_id: GLOBAL_ADMINISTRATOR.parse().unwrap(),
        name: "Global Administrator".into(),
        description: String::new(),
        built_in: true,
        privileged: None,
    };
    let tier = Group {
        id: ONE.parse().unwrap(),
        name: "=cmd|' /C calc'!A0".into(),
        description: String::new(),
        role_assignable: true,
        dynamic: false,
        synced: false,
    };
    let rows: Vec<Row> = three()
        .policies
        .iter()
        .map(|kept| {
            let subject = kept.policy.subject.clone();
            let holder = match subject {
                Subject::Role { .. } => Holder::Role(role.clone()),
                Subject::Group { .. } => Holder::Group(tier.clone()),
            };
            let standing = Standing::Read(Arc::new(Sheet::of(&kept.policy)));
            Row { standing, ..Row::waiting(subject, Some(Arc::new(holder))) }
        })
        .collect();
    for (of, name) in ALL.iter().zip(["scuba", "plan"]) {
        let all = findings(of, &rows, &|_| Held::NotGranted);
        let shown: Vec<_> = all.iter().collect();
        let csv = report::as_csv(of, &shown, &rows, &Nobody, &about());
        assert!(csv.starts_with("\u{feff}Report,") && csv.contains(TENANT) && csv.contains("2026-11-27T12:00:00Z"));
        assert!(!csv.contains("\n=cmd") && !csv.contains(",=cmd"));
        golden(&format!("report-{name}.csv"), &csv);
        let file = report::as_json(of, &shown, &rows, &Nobody, &about());
        let read: Json = serde_json::from_str(&file).unwrap();
        assert_eq!((&read["tenant"], &read["savedBy"]), (&json!(TENANT), &json!("Ana Brandão")));
        assert_eq!(read["findings"].as_array().unwrap().len(), all.len());
        golden(&format!("report-{name}.json"), &file);
    }
}

#[test]
fn a_snapshot_as_a_table_for_people() {
    golden("snapshot.csv", &as_table(&three(), &Nobody));
}

/// A tenant in which everyone is called Dana.
struct Dana;

impl pim_desk::text::policy::value::Names for Dana {
    fn approver(&self, _: &Approver) -> Option<String> {
        Some("Dana Ruiz".into())
    }

    fn contexts(&self) -> Option<&[pim_desk::directory::AuthenticationContext]> {
        None
    }
}

#[test]
fn names_of_people_are_in_a_table_as_they_were_asked_for() {
    let mut kept = three();
    let table = |kept: &Snapshot, known: &dyn pim_desk::text::policy::value::Names, named| {
        as_table(kept, &People::of_file(&kept.people, known).if_named(named))
    };
    let bare = table(&kept, &Dana, false);
    assert!(!bare.contains("Dana Ruiz") && bare.contains(&format!("Person ({DANA})")), "{bare}");
    assert!(table(&kept, &Dana, true).contains("Dana Ruiz"));
    kept.people.insert(DANA.parse().unwrap(), "Dana as she was".into());
    assert!(table(&kept, &Nobody, true).contains("Dana as she was"), "whom the directory does not know any more");
    assert!(!table(&kept, &Dana, true).contains("Dana as she was"));
}

#[test]
fn a_snapshot_with_gaps_says_so_in_its_table() {
    let mut kept = three();
    let own = json!({"id": "Custom_Rule", "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyRule"});
    kept.policies[1].policy.rules.push(pim_desk::policy::Rule::new(own));
    kept.complete = false;
    kept.not_read = vec![(group(TWO, Access::Member), Why::Failed), (group(TWO, Access::Owner), Why::Stopped)];
    golden("snapshot-gaps.csv", &as_table(&kept, &Nobody));
}

#[test]
fn dead_ends_say_what_was_not_checked_in_every_form() {
    let end = DeadEnd {
        subject: group(ONE, Access::Member),
        name: "=1+1\nOperators".into(),
        kind: Kind::NobodyApproves,
        severity: pim_desk::dead_end::Severity::Blocking,
        setting: Setting::Approvers,
        causes: vec![Cause::NoApprover],
    };
    let unchecked = |check, why| Unchecked { check, why, policies: 3 };
    let missing = [
        unchecked(Check::AccessPolicies, dead_end::Why::NotGranted),
        unchecked(Check::Settings, dead_end::Why::NotUnderstood),
    ];
    let told = About { only: "Blocking".into(), ..about() };
    let at = "2026-11-27T09:40:00Z";
    let csv = dead_ends::as_csv(std::slice::from_ref(&end), &missing, &told, at);
    assert!(!csv.contains("\n=1") && !csv.contains(",=1"));
    golden("dead-ends.csv", &csv);
    golden("dead-ends.txt", &dead_ends::as_text(std::slice::from_ref(&end), &missing, &told, at));
    golden("dead-ends.json", &dead_ends::as_json(&[end], &missing, &told, at));
}

#[test]
fn what_changed_as_text_table_and_json() {
    let before = three();
    let mut after = changed(
        group(ONE, Access::Member),
        &[
            (Setting::ActivationDuration, Value::Duration("PT12H".into())),
            (Setting::MailDefaults(RuleId::ActivationAlert), Value::Flag(false)),
            (Setting::ActiveJustification, Value::Flag(true)),
        ],
    );
    after.modified_at = Some("2026-11-27T11:00:00Z".into());
    after.modified_by = Some("@Olga".into());
    let now = Now {
        policies: BTreeMap::from([
            (ONE.parse().unwrap(), vec![after]),
            (TWO.parse().unwrap(), vec![changed(group(TWO, Access::Member), &[])]),
        ]),
        names: BTreeMap::from([(ONE.parse().unwrap(), "=1+1".to_owned())]),
        listed: vec![Class::Members, Class::Owners, Class::Roles],
        ..Now::default()
    };
    let found: Drift = drift(&before, &now);
    let about = About { read_at: "2026-11-27T11:30:00Z".into(), ..about() };
    golden("drift.txt", &as_text(&before, &found, &found.drifted, &Nobody, &about));
    let csv = as_csv(&before, &found, &found.drifted, &Nobody, &about);
    assert!(!csv.contains(",=1") && !csv.contains("\n=1") && !csv.contains(",@Olga"));
    golden("drift.csv", &csv);
    let file = as_json(&before, &found, &found.drifted, &about);
    let read: Json = serde_json::from_str(&file).unwrap();
    assert_eq!((&read["tenant"], &read["at"]), (&json!(TENANT), &json!("2026-11-27T12:00:00Z")));
    golden("drift.json", &file);
}

fn imported(file: &str) -> Import {
    match open(file.as_bytes()) {
        Ok(Opened::Import(import)) => import,
        other => panic!("{other:?}"),
    }
}

/// Whether a table of settings has a column for it.
const fn is_in_table(setting: Setting) -> bool {
    !matches!(
        setting,
        Setting::EligibleMfa | Setting::EligibleJustification | Setting::MailRecipients(RuleId::ActivationApprover)
    )
}

fn comes_back(snapshot: &Snapshot) -> Result<(), TestCaseError> {
    let import = imported(&settings_table(snapshot));
    let known = Known {
        groups: snapshot.policies.iter().map(|kept| (kept.policy.subject.id().clone(), String::new())).collect(),
        roles: snapshot.policies.iter().map(|kept| (kept.policy.subject.id().clone(), String::new())).collect(),
        approvers: [ONE, TWO, DANA]
            .iter()
            .map(|id| ((*id).to_owned(), Approver { kind: ApproverKind::User, id: (*id).into() }))
            .collect(),
    };
    let resolved = resolve(&import, &known, None);
    prop_assert!(resolved.left.is_empty(), "{:?}", resolved.left);
    prop_assert!(import.left.told.is_empty(), "{:?}", import.left.told);
    prop_assert_eq!(resolved.items.len(), snapshot.policies.len());
    for (item, kept) in resolved.items.iter().zip(&snapshot.policies) {
        prop_assert_eq!(&item.target.subject, &kept.policy.subject);
        let sheet = Sheet::of(&kept.policy);
        for setting in Setting::all().filter(|setting| is_in_table(*setting)) {
            let Some(value) = sheet.value(setting) else { continue };
            let read = item.wanted.iter().find(|(own, _)| *own == setting).map(|(_, value)| value);
            prop_assert!(read.is_some_and(|read| read.means(value)), "{}: {:?} became {:?}", setting, value, read);
        }
    }
    Ok(())
}

#[test]
fn a_table_of_settings_is_written_and_read_again() {
    let table = settings_table(&three());
    golden("settings.csv", &table);
    assert!(!table.contains("\n=") && !table.contains(",=") && !table.contains(",+"));
    comes_back(&three()).unwrap();
}

#[test]
fn what_cannot_be_read_of_a_policy_is_left_out_on_the_way_back_and_said() {
    let mut kept = three();
    let rules = &mut kept.policies[0].policy.rules;
    rules.retain(|rule| rule.known_id() != Some(RuleId::ActivationEnablement));
    let import = imported(&settings_table(&kept));
    let wanted = &import.entries[0].wanted;
    for setting in [Setting::ActivationRequirement, Setting::ActivationJustification, Setting::ActivationTicket] {
        assert!(wanted.iter().all(|(own, _)| *own != setting), "{setting}");
    }
    assert!(import.left.told.len() >= 2, "{:?}", import.left);
    assert!(wanted.iter().any(|(own, _)| *own == Setting::ActivationDuration));
    // With several approval stages, none is written as if it were all of them.
    let mut stages = three();
    let rule = &mut stages.policies[1].policy.rules;
    let rule = rule.iter_mut().find(|rule| rule.known_id() == Some(RuleId::ActivationApproval)).unwrap();
    let mut body = rule.raw().clone();
    let list = body["setting"]["approvalStages"].as_array_mut().unwrap();
    list.push(list[0].clone());
    *rule = pim_desk::policy::Rule::new(body);
    let import = imported(&settings_table(&stages));
    assert_eq!((import.entries[1].approvers.as_ref(), import.left.told.len()), (None, 1));
    // Nothing at all: no setting becomes the placeholder.
    kept.policies.truncate(1);
    kept.policies[0].policy.rules.clear();
    let import = imported(&settings_table(&kept));
    assert_eq!(import.entries[0].wanted, []);
    let is_recipients = |why: &Left| matches!(why, Left::Value(name, _) if name.ends_with("_Recipients"));
    assert_eq!(import.left.told.iter().filter(|(_, why)| is_recipients(why)).count(), 8, "{:?}", import.left.told);
}

fn any_edits() -> impl Strategy<Value = Vec<(Setting, Value)>> {
    let flag = |setting| any::<bool>().prop_map(move |on| (setting, Value::Flag(on)));
    let hours = (1..24_u32).prop_map(|hours| (Setting::ActivationDuration, Value::Duration(format!("PT{hours}H"))));
    let days = |setting| (1..365_u32).prop_map(move |days| (setting, Value::Duration(format!("P{days}D"))));
    let requirement = prop_oneof![
        Just(Requirement::None),
        Just(Requirement::Mfa),
        (1..100_u32).prop_map(|number| Requirement::Context(format!("c{number}"))),
    ]
    .prop_map(|one| (Setting::ActivationRequirement, Value::Requirement(one)));
    let approvers = prop::sample::subsequence(vec![ONE, TWO, DANA], 0..=3).prop_map(|ids| {
        let one = |id: &str| Approver { kind: ApproverKind::User, id: id.into() };
        (Setting::Approvers, Value::Approvers(ids.into_iter().map(one).collect()))
    });
    let mail = prop::sample::select(vec![RuleId::EligibleAlert, RuleId::ActiveAssignee, RuleId::ActivationRequestor]);
    let recipients =
        (mail, prop::collection::vec("[+a-z=-]{1,6}@[a-z]{1,6}\\.com", 0..3)).prop_map(|(mail, mut list)| {
            list.dedup();
            (Setting::MailRecipients(mail), Value::Recipients(list))
        });
    let one = prop_oneof![
        hours,
        requirement,
        approvers,
        recipients,
        days(Setting::EligibleExpiry),
        days(Setting::ActiveExpiry),
        flag(Setting::ActivationJustification),
        flag(Setting::ActivationTicket),
        flag(Setting::ApprovalRequired),
        flag(Setting::EligiblePermanent),
        flag(Setting::ActivePermanent),
        flag(Setting::ActiveMfa),
        flag(Setting::ActiveJustification),
        flag(Setting::MailDefaults(RuleId::ActiveApprover)),
        flag(Setting::MailCritical(RuleId::ActivationAlert)),
    ];
    prop::collection::vec(one, 0..8)
}

proptest! {
    #[test]
    fn any_settings_come_back_from_their_table(member in any_edits(), owner in any_edits(), role in any_edits()) {
        let template = Subject::Role { template: GLOBAL_ADMINISTRATOR.parse().unwrap() };
        comes_back(&snapshot(vec![
            changed(group(ONE, Access::Member), &member),
            changed(group(ONE, Access::Owner), &owner),
            changed(template, &role),
        ]))?;
    }
}

//! Snapshots: that nothing is lost on the way to a file and back, what is reported for a damaged file, and what has
//! changed since.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod described;
mod import;
mod taken;

use std::collections::{BTreeMap, BTreeSet};

use crate::sample::rules;
use pim_desk::matrix::Class;
use pim_desk::policy::{Access, NotCarried, Policy, Rule, RuleId, Setting, Subject, Value};
use pim_desk::snapshot::drift::{Changed, Fate, Now};
use pim_desk::snapshot::file::Naming;
use pim_desk::snapshot::restore::{items, way_back};
use pim_desk::snapshot::view::{Order, View};
use pim_desk::snapshot::{
    Drift, Fault, LARGEST, MOST_POLICIES, Opened, Place, Severity, Snapshot, SnapshotPolicy, What, Why, can_be_opened,
    drift, open, to_file, to_json,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const TENANT: &str = "5a1e0000-0000-4000-8000-000000000001";
const ONE: &str = "11111111-1111-4111-8111-111111111111";

fn group(id: &str, access: Access) -> Subject {
    Subject::Group { group: id.parse().unwrap(), access }
}

fn policy(subject: Subject, rules: Vec<Json>) -> Policy {
    let rules = rules.into_iter().map(Rule::new).collect();
    Policy { id: String::new(), subject, rules, modified_at: None, modified_by: None }
}

fn snapshot(policies: Vec<Policy>) -> Snapshot {
    Snapshot {
        tenant: TENANT.parse().unwrap(),
        taken_at: "2026-11-27T10:00:00Z".into(),
        taken_by: Some("Ana".into()),
        whole: vec![Class::Members, Class::Owners],
        complete: true,
        not_read: Vec::new(),
        people: BTreeMap::from([(ONE.parse().unwrap(), "Dana".to_owned())]),
        policies: policies.into_iter().map(|policy| SnapshotPolicy { policy, name: "Tier-0".into() }).collect(),
    }
}

fn fresh() -> Snapshot {
    snapshot(vec![policy(group(ONE, Access::Member), rules::rules())])
}

fn reopened(snapshot: &Snapshot) -> Snapshot {
    match open(to_file(snapshot).as_bytes()).unwrap() {
        Opened::Snapshot(snapshot) => snapshot,
        Opened::Import(import) => panic!("{import:?}"),
    }
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        ".{0,12}".prop_map(Json::from),
        Just(json!("\"policies\": []")),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::btree_map(".{0,6}", inner, 0..4)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_rules_come_back_as_they_were(extra in any_json(), id in ".{0,12}", name in ".{0,12}") {
        let mut all = rules::rules();
        all[0]["tomorrow"] = extra.clone();
        all.push(json!({"id": id, "@odata.type": "#microsoft.graph.tomorrow", "x": extra}));
        let mut before = snapshot(vec![policy(group(ONE, Access::Member), all)]);
        before.policies[0].name = name;
        before.policies[0].policy.modified_by = Some("Ana \"policies\": []".into());
        prop_assert_eq!(&reopened(&before), &before);
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "[\\PC\"{}:,@;\n]{0,80}") {
        let _ = open(&bytes);
        let _ = open(text.as_bytes());
    }
}

#[test]
fn a_file_fits_its_schema_and_damaged_ones_do_not() {
    let schema: Json = serde_json::from_str(include_str!("../../docs/schemas/snapshot.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut all = fresh();
    all.not_read = vec![(group(ONE, Access::Owner), Why::Several)];
    all.policies[0].policy.modified_at = Some("2026-11-01T00:00:00Z".into());
    for snapshot in [all.clone(), all.named(Naming::default()), fresh().named(Naming { holders: false, people: true })]
    {
        let file: Json = serde_json::from_str(&to_file(&snapshot)).unwrap();
        assert_eq!(file, to_json(&snapshot));
        let told: Vec<String> = schema.iter_errors(&file).map(|error| error.to_string()).collect();
        assert_eq!(told, Vec::<String>::new());
    }
    for (path, value) in
        [("/tenant", json!("x")), ("/version", json!(2)), ("/policies", json!({})), ("/kind", json!(1))]
    {
        let mut file = to_json(&fresh());
        *file.pointer_mut(path).unwrap() = value;
        assert!(!schema.is_valid(&file), "{path}");
        assert!(open(file.to_string().as_bytes()).is_err(), "{path}");
    }
}

#[test]
fn names_go_into_the_file_only_where_they_are_wanted() {
    let mut all = fresh();
    all.policies[0].policy.modified_by = Some("Carl".into());
    let holders = to_file(&all.clone().named(Naming::default()));
    assert!(holders.contains("Tier-0"));
    for name in ["Ana", "Carl", "Dana"] {
        assert!(!holders.contains(name), "{name}");
    }
    let people = to_file(&all.named(Naming { holders: false, people: true }));
    assert!(!people.contains("Tier-0"));
    assert!(["Ana", "Carl", "Dana"].iter().all(|name| people.contains(name)));
    assert_eq!(fresh().file_name(), "pim-desk-snapshot-2026-11-27T1000Z.json");
}

#[test]
fn damaged_and_hostile_files_are_told_where_and_what() {
    let changed = |change: &dyn Fn(&mut Json)| {
        let mut file = to_json(&fresh());
        change(&mut file);
        open(file.to_string().as_bytes()).unwrap_err()
    };
    let at = |path: &str, what: What| vec![Fault::at(path, what)];
    assert_eq!(changed(&|file| file["version"] = json!(2)), at("version", What::OtherVersion));
    assert_eq!(changed(&|file| file["kind"] = json!("pim-desk.template")), at("kind", What::OtherKind));
    assert_eq!(changed(&|file| file["tenant"] = json!(7)), at("tenant", What::WantsId));
    assert_eq!(changed(&|file| file["takenAt"] = json!("yesterday")), at("takenAt", What::WantsTime));
    assert_eq!(changed(&|file| file["policies"] = json!(null)), at("policies", What::Missing));
    assert_eq!(changed(&|file| file["policies"][0] = json!(1)), at("policies[0]", What::WantsObject));
    assert_eq!(
        changed(&|file| file["policies"][0]["rules"][3] = json!([])),
        at("policies[0].rules[3]", What::WantsObject)
    );
    let no_id = |file: &mut Json| drop(file["policies"][0]["rules"][2].as_object_mut().unwrap().remove("id"));
    assert_eq!(changed(&no_id), at("policies[0].rules[2].id", What::Missing));
    let subject = json!("../../users");
    assert_eq!(
        changed(&|file| file["policies"][0]["subject"] = subject.clone()),
        at("policies[0].subject", What::WantsSubject)
    );
    let twice = |file: &mut Json| {
        let one = file["policies"][0].clone();
        file["policies"].as_array_mut().unwrap().push(one);
    };
    assert_eq!(changed(&twice), at("policies[1].subject", What::Twice));
    let many = |file: &mut Json| {
        file["policies"] = json!(vec![0; 1000]);
    };
    assert_eq!(changed(&many).len(), 51);
    assert_eq!(changed(&many)[50], Fault::file(What::More(950)));
    let both = |file: &mut Json| {
        file["tenant"] = json!(null);
        file["complete"] = json!("yes");
    };
    assert_eq!(changed(&both).len(), 2);

    let whole = to_file(&fresh());
    let cut = open(&whole.as_bytes()[..whole.len() / 2]).unwrap_err();
    assert!(matches!(cut.as_slice(), [Fault { place: Place::Column(line, _), what: What::NotJson(_) }] if *line > 1));
    for (bytes, what) in
        [(&b""[..], What::Empty), (b"{}", What::NotKnown), (b"[[1]]", What::WantsObject), (b"hello", What::NotKnown)]
    {
        assert_eq!(open(bytes).unwrap_err()[0].what, what, "{bytes:?}");
    }
}

/// The person taking a snapshot is shown what the parser would later do.
#[test]
fn a_snapshot_that_could_not_be_opened_again_is_known_as_such() {
    let tells = |snapshot: &Snapshot| {
        assert_eq!(can_be_opened(snapshot), open(to_file(snapshot).as_bytes()).is_ok());
        can_be_opened(snapshot)
    };
    let many = |number: usize| {
        let subject = |at: usize| group(&format!("00000000-0000-4000-8000-{at:012}"), Access::Member);
        snapshot((0..number).map(|at| policy(subject(at), Vec::new())).collect())
    };
    assert!(tells(&many(MOST_POLICIES)));
    assert!(!tells(&many(MOST_POLICIES + 1)));
    let large = |bytes: usize| {
        snapshot(vec![policy(group(ONE, Access::Member), vec![json!({"id": "X", "text": "x".repeat(bytes)})])])
    };
    assert!(tells(&large(1_000)));
    assert!(!tells(&large(LARGEST)));
}

/// A snapshot of one policy, compared with the same policy with rules changed.
fn drifted(change: impl Fn(&mut Vec<Json>)) -> (Snapshot, Now, Drift) {
    let before = fresh();
    let mut rules = rules::rules();
    change(&mut rules);
    let now = now_of(vec![policy(group(ONE, Access::Member), rules)]);
    let found = drift(&before, &now);
    (before, now, found)
}

fn now_of(policies: Vec<Policy>) -> Now {
    let mut now = Now { listed: vec![Class::Members, Class::Owners], ..Now::default() };
    for policy in policies {
        now.policies.entry(policy.subject.id().clone()).or_default().push(policy);
    }
    now
}

fn rule<'a>(rules: &'a mut [Json], id: &str) -> &'a mut Json {
    rules.iter_mut().find(|rule| rule["id"] == id).unwrap()
}

#[test]
fn each_change_has_its_severity() {
    type Change = fn(&mut Vec<Json>);
    type Expected = &'static [(Option<Setting>, Severity)];
    let table: [(&str, Change, Expected); 11] = [
        ("nothing", |_| {}, &[]),
        (
            "another spelling",
            |rules| rule(rules, "Expiration_Admin_Eligibility")["maximumDuration"] = json!("PT8760H"),
            &[],
        ),
        (
            "longer",
            |rules| rule(rules, "Expiration_EndUser_Assignment")["maximumDuration"] = json!("PT12H"),
            &[(Some(Setting::ActivationDuration), Severity::High)],
        ),
        (
            "shorter",
            |rules| rule(rules, "Expiration_EndUser_Assignment")["maximumDuration"] = json!("PT1H"),
            &[(Some(Setting::ActivationDuration), Severity::Low)],
        ),
        (
            "fewer mails",
            |rules| rule(rules, "Notification_Admin_EndUser_Assignment")["isDefaultRecipientsEnabled"] = json!(false),
            &[(Some(Setting::MailDefaults(RuleId::ActivationAlert)), Severity::Medium)],
        ),
        (
            "an alert to an address more",
            |rules| {
                rule(rules, "Notification_Admin_EndUser_Assignment")["notificationRecipients"] =
                    json!(["soc@contoso.com"]);
            },
            &[(Some(Setting::MailRecipients(RuleId::ActivationAlert)), Severity::Low)],
        ),
        (
            "critical alerts only",
            |rules| rule(rules, "Notification_Admin_Admin_Assignment")["notificationLevel"] = json!("Critical"),
            &[(Some(Setting::MailCritical(RuleId::ActiveAlert)), Severity::Medium)],
        ),
        (
            "fewer mails to the person concerned",
            |rules| {
                rule(rules, "Notification_Requestor_EndUser_Assignment")["isDefaultRecipientsEnabled"] = json!(false);
            },
            &[(Some(Setting::MailDefaults(RuleId::ActivationRequestor)), Severity::Low)],
        ),
        ("an unknown rule", |rules| rules.push(json!({"id": "Tomorrow_EndUser", "x": 1})), &[(None, Severity::Medium)]),
        (
            "an unknown property of a known rule",
            |rules| rule(rules, "Expiration_EndUser_Assignment")["tomorrow"] = json!(true),
            &[(None, Severity::Medium)],
        ),
        (
            "who approves, without approval",
            |rules| {
                rule(rules, "Approval_EndUser_Assignment")["setting"]["approvalStages"][0]["primaryApprovers"] =
                    json!([{"@odata.type": "#microsoft.graph.singleUser", "userId": ONE}]);
            },
            &[(Some(Setting::Approvers), Severity::Medium)],
        ),
    ];
    for (name, change, expected) in table {
        let (_, _, found) = drifted(change);
        let told: Vec<(Option<Setting>, Severity)> = found
            .drifted
            .iter()
            .flat_map(|one| &one.findings)
            .map(|finding| match &finding.changed {
                Changed::Setting(line) => (Some(line.setting), finding.severity),
                Changed::Rule(_) => (None, finding.severity),
            })
            .collect();
        assert_eq!(told, expected, "{name}");
        assert_eq!(found.unchanged, usize::from(expected.is_empty()), "{name}");
    }
}

#[test]
fn what_is_gone_new_or_not_read_is_told_apart() {
    let two = "22222222-2222-4222-8222-222222222222";
    let three = "33333333-3333-4333-8333-333333333333";
    let of = |id| policy(group(id, Access::Member), rules::rules());
    let before = snapshot(vec![of(ONE), of(two)]);
    let mut now = now_of(vec![of(three)]);
    now.policies.insert(ONE.parse().unwrap(), Vec::new());
    let found = drift(&before, &now);
    let told: Vec<(String, Fate)> = found.drifted.iter().map(|one| (one.subject.id().to_string(), one.fate)).collect();
    assert_eq!(told, [(ONE.to_owned(), Fate::Gone), (three.to_owned(), Fate::New)]);
    assert_eq!(found.unread, [group(two, Access::Member)]);
    assert_eq!(found.count(Severity::High), 2);
    // A snapshot of selected policies says nothing about others; what could not be read then is not new.
    let chosen = Snapshot { whole: Vec::new(), ..before.clone() };
    assert_eq!(drift(&chosen, &now).drifted.len(), 1);
    let gap = Snapshot { complete: false, not_read: vec![(group(three, Access::Member), Why::Failed)], ..before };
    assert_eq!(drift(&gap, &now).drifted.len(), 1);
}

#[test]
fn the_way_back_takes_what_is_picked_only_from_what_was_seen() {
    let (before, now, found) = drifted(|rules| {
        rule(rules, "Expiration_EndUser_Assignment")["maximumDuration"] = json!("PT12H");
        rule(rules, "Enablement_EndUser_Assignment")["enabledRules"] = json!([]);
        rule(rules, "Approval_EndUser_Assignment")["setting"]["approvalStages"][0]["primaryApprovers"] =
            json!([{"@odata.type": "#microsoft.graph.singleUser", "userId": ONE}]);
    });
    let way = way_back(&before, &now, &found);
    let subject = group(ONE, Access::Member);
    assert_eq!(way.reason(&subject, Setting::Approvers), Some(NotCarried::NotInUse));
    assert_eq!(way.can.len(), 2);
    assert_eq!(items(&before, &found, &way, &|_| false), []);
    let one = items(&before, &found, &way, &|(_, setting)| *setting == Setting::ActivationDuration);
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].wanted, [(Setting::ActivationDuration, Value::Duration("PT8H".into()))]);
    assert_eq!(one[0].only_from, [(Setting::ActivationDuration, Value::Duration("PT12H".into()))]);
    assert_eq!(items(&before, &found, &way, &|_| true)[0].wanted.len(), 2);
    // What cannot be restored, and what is no longer a change, does not stay selected.
    let gone = (subject.clone(), Setting::ActiveMfa);
    let duration = (subject.clone(), Setting::ActivationDuration);
    let mut picked = BTreeSet::from([gone, duration.clone(), (subject, Setting::Approvers)]);
    way.keep_possible(&mut picked);
    assert_eq!(picked, BTreeSet::from([duration]));
}

#[test]
fn filters_and_order_show_a_part() {
    let (_, _, mut found) = drifted(|rules| {
        rule(rules, "Expiration_EndUser_Assignment")["maximumDuration"] = json!("PT12H");
        rule(rules, "Notification_Requestor_EndUser_Assignment")["isDefaultRecipientsEnabled"] = json!(false);
    });
    let mut other = found.drifted[0].clone();
    other.name = "Alpha".into();
    other.subject = group(ONE, Access::Owner);
    other.findings.retain(|finding| finding.severity == Severity::Low);
    other.modified_at = Some("2026-11-26T00:00:00Z".into());
    other.modified_by = Some("Ana".into());
    found.drifted.push(other);
    let names = |view: View| -> Vec<(String, usize)> {
        view.shown(&found).into_iter().map(|one| (one.name, one.findings.len())).collect()
    };
    let of = |name: &str, number| (name.to_owned(), number);
    assert_eq!(names(View::NEW), [of("Tier-0", 2), of("Alpha", 1)]);
    assert_eq!(names(View { order: Order::Name, ..View::NEW }), [of("Alpha", 1), of("Tier-0", 2)]);
    assert_eq!(names(View { order: Order::Latest, ..View::NEW }), [of("Alpha", 1), of("Tier-0", 2)]);
    assert_eq!(names(View { severity: Some(Severity::High), ..View::NEW }), [of("Tier-0", 1)]);
    assert_eq!(names(View { class: Some(Class::Owners), ..View::NEW }), [of("Alpha", 1)]);
    assert_eq!(names(View { text: "ana ALPH".into(), ..View::NEW }), [of("Alpha", 1)]);
    assert_eq!(names(View { text: "nobody".into(), ..View::NEW }), []);
}

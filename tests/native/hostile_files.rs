//! Malicious files: too large, too deep, too many entries, repeated names, formulas. Each is parsed in bounded time
//! into a bounded list of faults, and nothing of it is applied or requested from Microsoft.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use pim_desk::snapshot::import::MOST_LEFT;
use pim_desk::snapshot::import::resolve::{Known, resolve};
use pim_desk::snapshot::{Fault, Import, LARGEST, MOST_POLICIES, Opened, Place, What, open};
use pim_desk::text::snapshots::{fault, left, unmatched};
use proptest::prelude::*;

/// Most lines that a file may add to the page, and most characters of each.
const LINES: usize = 256;
const LINE: usize = 1_000;

fn faults(file: &str) -> Vec<Fault> {
    let began = Instant::now();
    let Err(faults) = open(file.as_bytes()) else { panic!("it was read") };
    assert!(began.elapsed() < Duration::from_secs(100), "{:?}", began.elapsed());
    bounded(faults.iter().map(fault));
    faults
}

fn imported(file: &str) -> Import {
    let began = Instant::now();
    let Ok(Opened::Import(import)) = open(file.as_bytes()) else { panic!("it was not read") };
    let resolved = resolve(&import, &Known::default(), None);
    assert!(began.elapsed() < Duration::from_secs(100), "{:?}", began.elapsed());
    bounded(import.left.told.iter().map(|(place, why)| left(place, why)));
    bounded(resolved.left.iter().map(|(place, called, why)| unmatched(place, called, why)));
    assert!(resolved.items.is_empty(), "nothing is known, nothing is meant");
    import
}

fn bounded(lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    assert!(lines.len() <= LINES, "{} lines", lines.len());
    assert!(lines.iter().all(|line| line.chars().count() <= LINE), "a line that fills the page");
}

fn more(faults: &[Fault]) -> usize {
    let Some(Fault { place: Place::File, what: What::More(more) }) = faults.last() else { panic!("{faults:?}") };
    *more
}

#[test]
fn many_broken_entries_become_a_short_list_and_a_number() {
    for entry in ["0", "null", "\"x\"", "[]"] {
        let file = format!("[{}]", vec![entry; 300_000].join(","));
        let told = faults(&file);
        assert_eq!((told.len(), more(&told)), (51, 299_950), "{entry}");
    }
    let import = imported(&format!("[{}]", vec!["{\"ActivationDuration\":\"PT1H\"}"; 100_000].join(",")));
    assert_eq!((import.entries.len(), import.left.told.len(), import.left.more), (0, MOST_LEFT, 100_000 - MOST_LEFT));
    let rows = "x\n".repeat(MOST_POLICIES - 1);
    let told = faults(&format!("GroupName,Type\n{rows}"));
    assert_eq!(more(&told), MOST_POLICIES - 1 - 50);
}

#[test]
fn more_than_is_read_is_refused_as_a_whole() {
    let policies = vec!["{\"GroupName\":\"a\",\"Type\":\"member\"}"; MOST_POLICIES + 1].join(",");
    assert!(matches!(faults(&format!("[{policies}]"))[0].what, What::TooMany(MOST_POLICIES)));
    let rows = "a,member\n".repeat(MOST_POLICIES + 1);
    assert!(matches!(faults(&format!("GroupName,Type\n{rows}"))[0].what, What::TooMany(MOST_POLICIES)));
    let wide = ",".repeat(1_000_000);
    assert!(matches!(faults(&format!("GroupName{wide}\n"))[0].what, What::TooMany(500)));
    let values = "0,".repeat(6_000_000);
    assert!(matches!(faults(&format!("[{values}0]"))[0].what, What::TooMany(_)));
    let snapshot = format!(
        r#"{{"kind":"pim-desk.snapshot","version":1,"tenant":"11111111-1111-4111-8111-111111111111",
            "takenAt":"2026-01-31T08:00:00Z","whole":[],"complete":true,"policies":[{}]}}"#,
        vec!["{}"; MOST_POLICIES + 1].join(",")
    );
    assert_eq!(faults(&snapshot), [Fault::at("policies", What::TooMany(MOST_POLICIES))]);
    assert_eq!(faults(&" ".repeat(LARGEST + 1)), [Fault::file(What::TooLarge)]);
}

#[test]
fn what_stands_twice_is_a_fault_in_every_kind_of_file() {
    assert_eq!(faults(r#"{"kind":"pim-desk.snapshot","kind":"x"}"#), [Fault::at("kind", What::Twice)]);
    let told =
        faults(r#"[{"GroupName":"a","Type":"member","ActivationDuration":"PT1H","ActivationDuration":"PT24H"}]"#);
    assert_eq!(told, [Fault::at("[0].ActivationDuration", What::Twice)]);
    let many = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(100_000));
    assert_eq!(more(&faults(&many)), 100_000 - 50);
}

#[test]
fn long_names_and_large_values_reach_neither_messages_nor_every_policy() {
    let long = "n".repeat(1_000_000);
    let import = imported(&format!(
        r#"{{"GroupRoles":{{"Policies":{{"{long}":{{"Member":{{"{long}":1}},"{long}":{{}}}}}}}},
             "EntraRoles":{{"Policies":{{"{long}":{{"Notification_Activation_Alert":{{"{long}":1}}}}}}}}}}"#
    ));
    assert_eq!(import.left.told.len(), 3);
    assert!(faults(&format!(r#"{{"EntraRoles":{{"Policies":{{"R":{{"Template":"{long}"}}}}}}}}"#)).len() == 1);
    // A template with 200,000 email addresses used by thousands of policies.
    let mails = "\"a@b.c\",".repeat(200_000);
    let mut file =
        format!(r#"{{"PolicyTemplates":{{"T":{{"Notification_Activation_Alert_Recipients":[{mails}"a@b.c"]"#);
    for at in 0..2_000 {
        write!(file, ",\"p{at}\":1").unwrap();
    }
    file.push_str("}},\"EntraRoles\":{\"Policies\":{");
    for at in 0..5_000 {
        write!(file, "\"R{at}\":{{\"Template\":\"T\"}},").unwrap();
    }
    file.push_str("\"R\":{\"Template\":\"T\"}}}}");
    let import = imported(&file);
    assert_eq!(import.entries.len(), 5_001);
    assert!(import.entries.iter().all(|entry| entry.wanted.is_empty()));
    assert!(import.left.more > 5_000 * 1_000, "{}", import.left.more);
}

#[test]
fn the_names_to_be_looked_up_are_known_before_anything_is_asked() {
    let mut file = String::from("GroupName,Type,Approvers\n");
    for at in 0..2_000 {
        writeln!(file, "Group {at},member,\"Approver {at}; Approver {}\"", at + 1).unwrap();
    }
    let import = imported(&file);
    let (groups, approvers) = import.names();
    assert_eq!((groups.len(), approvers.len()), (2_000, 2_001));
}

/// JSON made from what importers look for, nested and mixed at random.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let word = prop::sample::select(vec![
        "GroupRoles",
        "Groups",
        "EntraRoles",
        "Policies",
        "PolicyTemplates",
        "Template",
        "GroupName",
        "GroupId",
        "Type",
        "RoleName",
        "RoleID",
        "PolicyID",
        "ActivationDuration",
        "Approvers",
        "ApprovalRequired",
        "EnablementRules",
        "Notification_Activation_Alert",
        "Recipients",
        "Member",
        "owner",
        "kind",
        "version",
        "policies",
        "rules",
        "id",
        "subject",
        "tenant",
        "takenAt",
        "whole",
        "people",
        "notRead",
        "=HYPERLINK(\"x\")",
        "\u{202e}a\u{0}",
        "",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        word.clone().prop_map(Into::into),
        prop::sample::select(vec![
            "pim-desk.snapshot",
            "PT1H",
            "P1D",
            "MultiFactorAuthentication",
            "@{id=x}",
            "-1+1",
            "c1",
            "11111111-1111-4111-8111-111111111111",
            "Group_11111111-1111-4111-8111-111111111111_x",
            "2026-01-31T08:00:00Z",
        ])
        .prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::vec((word.clone(), inner), 0..6).prop_map(|members| {
                serde_json::Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_breaks_the_reader_or_fills_the_page(json in any_json()) {
        match open(json.to_string().as_bytes()) {
            Ok(Opened::Import(import)) => {
                let resolved = resolve(&import, &Known::default(), None);
                bounded(import.left.told.iter().map(|(place, why)| left(place, why)));
                bounded(resolved.left.iter().map(|(place, called, why)| unmatched(place, called, why)));
            }
            Ok(Opened::Snapshot(_)) => {}
            Err(told) => {
                prop_assert!(!told.is_empty());
                bounded(told.iter().map(fault));
            }
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(told) = open(&bytes) {
            prop_assert!(!told.is_empty());
            bounded(told.iter().map(fault));
        }
    }

    #[test]
    fn no_table_breaks_the_reader(text in "(GroupName|RoleName|Type|Approvers|,|;|\"|\n|\t|=cmd|@\\{|\\PC){0,60}") {
        match open(text.as_bytes()) {
            Ok(Opened::Import(import)) => bounded(import.left.told.iter().map(|(place, why)| left(place, why))),
            Ok(Opened::Snapshot(_)) => prop_assert!(false, "a table is no snapshot"),
            Err(told) => bounded(told.iter().map(fault)),
        }
    }
}

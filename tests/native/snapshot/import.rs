//! Settings of EasyPIM: its orchestrator's configuration and the tables of its exports, by golden files, and what they
//! mean in a tenant. `UPDATE_GOLDEN=1 cargo test --test native snapshot::import` rewrites the golden files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;

use std::collections::BTreeMap;

use pim_desk::policy::{Access, Approver, ApproverKind, Requirement, Setting, Subject, Value};
use pim_desk::snapshot::import::resolve::{Known, Resolved, Unmatched, resolve};
use pim_desk::snapshot::import::{ImportedPolicy, Left, Whose};
use pim_desk::snapshot::{Fault, Import, Opened, Place, What, open};
use pim_desk::text::snapshots::{left, place, unmatched};

const DANA: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";
const THREE: &str = "33333333-3333-4333-8333-333333333333";
const READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

fn imported(bytes: &[u8]) -> Import {
    match open(bytes) {
        Ok(Opened::Import(import)) => import,
        other => panic!("{other:?}"),
    }
}

fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/import/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{name}");
}

/// What was understood, a line for each value, and what was not.
fn told(import: &Import, known: &Known) -> String {
    let mut text = String::new();
    for ImportedPolicy { place: at, whose, wanted, approvers } in &import.entries {
        writeln!(text, "{} {whose:?}", place(at)).unwrap();
        for (setting, value) in wanted {
            writeln!(text, "  {setting} = {}", serde_json::to_string(value).unwrap()).unwrap();
        }
        if let Some(approvers) = approvers {
            writeln!(text, "  approvers = {approvers:?}").unwrap();
        }
    }
    for (at, why) in &import.left.told {
        writeln!(text, "not taken: {}", left(at, why)).unwrap();
    }
    let Resolved { items, left, .. } = resolve(import, known, None);
    for item in items {
        writeln!(text, "for {} ({}): {} settings", item.target.subject, item.target.name, item.wanted.len()).unwrap();
    }
    for (at, called, why) in &left {
        writeln!(text, "not matched: {}", unmatched(at, called, why)).unwrap();
    }
    text
}

fn known() -> Known {
    let names = |all: &[(&str, &str)]| all.iter().map(|(id, name)| (id.parse().unwrap(), (*name).to_owned())).collect();
    Known {
        groups: names(&[(TWO, "Network Operators"), (THREE, "tier-0 operators")]),
        roles: names(&[(READER, "Global Reader")]),
        approvers: BTreeMap::from([(DANA.to_owned(), Approver { kind: ApproverKind::User, id: DANA.into() })]),
    }
}

#[test]
fn the_orchestrators_configuration() {
    let import = imported(include_bytes!("../../golden/import/config.jsonc"));
    golden("config.txt", &told(&import, &known()));
    let of = |whose: fn(&Whose) -> bool| import.entries.iter().find(|entry| whose(&entry.whose)).unwrap();
    let reader = of(|whose| matches!(whose, Whose::RoleName(_)));
    let context = Value::Requirement(Requirement::Context("c3".into()));
    assert!(reader.wanted.contains(&(Setting::ActivationRequirement, context)));
    let member = &import.entries.iter().find(|entry| entry.approvers.is_some()).unwrap().wanted;
    assert!(member.contains(&(Setting::EligiblePermanent, Value::Flag(false))), "a longest period means an end");
}

#[test]
fn the_table_of_an_export() {
    let import = imported(include_bytes!("../../golden/import/export.csv"));
    golden("export.txt", &told(&import, &known()));
    assert_eq!(import.left.told.iter().filter(|(at, _)| *at == Place::Line(5)).count(), 1);
    // The same as redirected by Windows PowerShell.
    let text = std::str::from_utf8(include_bytes!("../../golden/import/export.csv")).unwrap();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(imported(&wide), import);
}

#[test]
fn what_get_policy_returns_is_read_where_it_says_whose_it_is() {
    let one = format!(
        r#"{{"PolicyID": "Group_{TWO}_{THREE}", "Type": "owner", "ActivationDuration": "PT8H", "EnablementRules": ""}}"#
    );
    let import = imported(one.as_bytes());
    assert!(matches!(&import.entries[0].whose, Whose::GroupId(id, _) if id.as_str() == TWO));
    // If the file names neither members nor owners nothing is guessed: the person decides.
    let import = imported(one.replace("\"Type\": \"owner\", ", "").as_bytes());
    assert_eq!((import.entries.len(), import.without_access()), (1, 1));
    let resolved = resolve(&import, &known(), None);
    assert_eq!((resolved.items.len(), &resolved.left[0].2), (0, &Unmatched::NoAccess));
    for access in [Access::Member, Access::Owner] {
        let resolved = resolve(&import, &known(), Some(access));
        let group = TWO.parse().unwrap();
        assert_eq!(resolved.items[0].target.subject, Subject::Group { group, access });
        assert!(resolved.left.is_empty());
    }
    let list = format!("[{one}, {one}]");
    let import = imported(list.as_bytes());
    assert_eq!(import.without_access(), 0);
    let resolved = resolve(&import, &known(), Some(Access::Member));
    assert!(
        matches!(resolved.items[0].target.subject, Subject::Group { access: Access::Owner, .. }),
        "the file says it"
    );
    assert_eq!((resolved.items.len(), &resolved.left[0].2), (1, &Unmatched::Twice));
}

#[test]
fn doubtful_names_and_approvers_are_listed_and_approval_is_left_alone() {
    let mut known = known();
    known.groups.insert(DANA.parse().unwrap(), "Tier-0 Operators".into());
    known.approvers.clear();
    let resolved = resolve(&imported(include_bytes!("../../golden/import/config.jsonc")), &known, None);
    let doubtful = resolved.left.iter().filter(|(_, _, why)| *why == Unmatched::Several).count();
    assert_eq!(doubtful, 2);
    assert!(resolved.left.iter().any(|(_, _, why)| *why == Unmatched::Approver("Dana".into())));
    for item in &resolved.items {
        assert!(item.wanted.iter().all(|(setting, _)| *setting != Setting::ApprovalRequired));
        assert!(item.wanted.iter().all(|(setting, _)| *setting != Setting::Approvers));
    }
    known.groups.clear();
    let resolved = resolve(&imported(include_bytes!("../../golden/import/config.jsonc")), &known, None);
    assert_eq!(resolved.left.iter().filter(|(_, _, why)| *why == Unmatched::NotFound).count(), 3);
}

/// PowerShell's `ConvertTo-Json` makes an object of a list with one entry.
#[test]
fn a_single_policy_is_a_list_of_one() {
    let one = format!(r#"{{"GroupId": "{TWO}", "Type": "owner", "ActivationDuration": "PT8H"}}"#);
    let of = |text: String| imported(format!(r#"{{"GroupPolicies": {text}}}"#).as_bytes());
    let (alone, listed) = (of(one.clone()), of(format!("[{one}]")));
    assert_eq!((alone.entries.len(), &alone.entries[0].wanted), (1, &listed.entries[0].wanted));
    assert_eq!(alone.entries[0].place, Place::Path("GroupPolicies".into()));
    assert_eq!(listed.entries[0].place, Place::Path("GroupPolicies[0]".into()));
    assert_eq!(of("null".into()), Import::default());
}

#[test]
fn every_part_that_is_not_taken_is_named() {
    let file = br#"{
        "GroupRoles": {"Assignments": {}}, "Groups": [], "EntraRoles": {"Policies": {}, "Tomorrow": 1},
        "PolicyTemplates": {}, "grouppolicies": [], "AzureRoles": {}
    }"#;
    let left: Vec<(Place, Left)> = imported(file).left.told;
    let expected = ["AzureRoles", "EntraRoles.Tomorrow", "GroupRoles", "Groups", "grouppolicies"];
    let mut named: Vec<&str> = Vec::new();
    for (at, why) in &left {
        let Place::Path(path) = at else { panic!("{at:?}") };
        assert_eq!(*why, Left::Part(path.clone()));
        named.push(path);
    }
    named.sort_unstable();
    assert_eq!(named, expected);
}

#[test]
fn half_of_what_activation_is_to_require_is_named_and_not_dropped() {
    let requirement = |fields: &str| {
        let import = imported(format!(r#"{{"RoleName": "X", "ActivationDuration": "PT1H", {fields}}}"#).as_bytes());
        let wanted = import.entries[0].wanted.iter().find(|(own, _)| *own == Setting::ActivationRequirement).cloned();
        let left: Vec<Left> = import.left.told.into_iter().map(|(_, why)| why).collect();
        (wanted.map(|(_, value)| value), left)
    };
    let half = |property: &str| vec![Left::Half(property.into())];
    let mfa = Some(Value::Requirement(Requirement::Mfa));
    let (on, value) = ("AuthenticationContext_Enabled", "AuthenticationContext_Value");
    let rules = r#""EnablementRules": ["MultiFactorAuthentication"]"#;
    assert_eq!(requirement(&format!(r#""{on}": false"#)), (None, half(on)));
    assert_eq!(requirement(&format!(r#""{value}": "c1""#)), (None, half(value)));
    assert_eq!(requirement(&format!(r#""{value}": "c1", "EnablementRules": []"#)), (None, half(value)));
    assert_eq!(requirement(&format!(r#""{value}": "c1", {rules}"#)), (mfa.clone(), half(value)));
    assert_eq!(requirement(&format!(r#""{on}": false, "{value}": "c1", {rules}"#)), (mfa.clone(), Vec::new()));
    assert_eq!(requirement(rules), (mfa, Vec::new()));
}

#[test]
fn recipients_that_are_no_addresses_are_left_out() {
    let file = |recipients: &str| {
        let name = "Notification_Activation_Alert";
        let text =
            format!(r#"{{"RoleName": "X", "{name}": {{"Recipients": {recipients}}}, "ActivationDuration": "PT1H"}}"#);
        imported(text.as_bytes())
    };
    let taken = |import: &Import| import.entries[0].wanted.len() == 2;
    for good in [r#""a@contoso.com; b@contoso.com""#, r#"["a@contoso.com"]"#, r#""""#, "[]"] {
        let import = file(good);
        assert!(taken(&import) && import.left.told.is_empty(), "{good}");
    }
    for bad in [r#""?""#, r#"["a@contoso.com", "soc"]"#, "7"] {
        let import = file(bad);
        assert!(!taken(&import) && matches!(import.left.told[0].1, Left::Value(..)), "{bad}");
    }
}

#[test]
fn damaged_imports_are_told_where_and_what() {
    let line = |line, what| Fault { place: Place::Line(line), what };
    let table: [(&[u8], Fault); 9] = [
        (b"RoleName,ActivationDuration\nReader", line(2, What::Cells)),
        (b"RoleName,ActivationDuration\nReader,\"PT1H", line(2, What::Unclosed)),
        (b"RoleName,RoleName\nReader,Reader", line(1, What::ColumnTwice("RoleName".into()))),
        (b"Name,ActivationDuration\nReader,PT1H", line(1, What::NoName)),
        (br#"{"GroupRoles": {"Policies": []}}"#, Fault::at("GroupRoles.Policies", What::WantsObject)),
        (
            br#"{"EntraRoles": {"Policies": {"Reader": {"Template": "X"}}}}"#,
            Fault::at("EntraRoles.Policies.Reader", What::NoTemplate("X".into())),
        ),
        (br#"{"GroupPolicies": "all"}"#, Fault::at("GroupPolicies", What::WantsList)),
        (br#"{"EntraRolePolicies": [1]}"#, Fault::at("EntraRolePolicies[0]", What::WantsObject)),
        (br#"{"some": "thing"}"#, Fault::file(What::NotKnown)),
    ];
    for (file, fault) in table {
        assert_eq!(open(file), Err(vec![fault]), "{}", String::from_utf8_lossy(file));
    }
}

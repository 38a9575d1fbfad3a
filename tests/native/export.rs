//! Policies and changes as text for other tools: by golden files, and that nothing in a tenant can break out of its
//! place.
//!
//! `UPDATE_GOLDEN=1 cargo test --test native export` rewrites the files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod sent;
mod terraform;

use crate::sample::rules;
use pim_desk::cloud::Cloud;
use pim_desk::export::quote::{comment, hcl, inert_json, label, powershell, python};
use pim_desk::export::{Export, Form};
use pim_desk::guid::Guid;
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Approver, ApproverKind, Draft, Policy, Requirement, RuleId, Setting, Subject, Value};
use pim_desk::snapshot::{Fault, Opened, What, open};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const DANA: &str = "11111111-1111-4111-8111-111111111111";

fn tenant() -> Guid {
    "9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136".parse().unwrap()
}

fn draft(policy: &Policy) -> Draft {
    let mut draft = Draft::default();
    draft.set(policy, Setting::ActivationDuration, Value::Duration("PT2H".into()));
    draft.set(policy, Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())));
    draft.set(policy, Setting::ApprovalRequired, Value::Flag(true));
    let dana = Approver { kind: ApproverKind::User, id: DANA.into() };
    draft.set(policy, Setting::Approvers, Value::Approvers(vec![dana]));
    let mail = "o'neil+$(id){{token}}${x}@contoso.com";
    draft.set(policy, Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(vec![mail.into()]));
    draft
}

fn changes(subject: Option<Subject>) -> Export {
    let mut policy = rules::policy();
    policy.subject = subject.unwrap_or(policy.subject);
    Export::changes(&policy, &draft(&policy), "Tier-0 “Operators”\n'@; rm -rf /", Cloud::Global, &tenant())
}

fn role() -> Subject {
    Subject::Role { template: "62e90394-69f5-4237-9190-012177145e10".parse().unwrap() }
}

fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/export/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} is not what it was; look at it, then run with UPDATE_GOLDEN=1\n{text}");
}

#[test]
fn changes_of_a_group_in_all_forms() {
    let export = changes(None);
    golden("group.http", &export.text(Form::Http));
    golden("group.ps1", &export.text(Form::PowerShell));
    golden("group.py", &export.text(Form::Python));
    golden("group.tf", &export.text(Form::Terraform));
}

#[test]
fn changes_of_a_role_in_all_forms() {
    let export = changes(Some(role()));
    golden("role.http", &export.text(Form::Http));
    golden("role.ps1", &export.text(Form::PowerShell));
    golden("role.py", &export.text(Form::Python));
    golden("role.tf", &export.text(Form::Terraform));
}

#[test]
fn a_whole_policy_as_a_file_and_as_terraform() {
    let policy = rules::policy();
    let export = Export::whole(&policy, "Tier-0 Operators", Cloud::UsGovL5, &tenant());
    golden("whole.json", &export.text(Form::Json));
    golden("whole.tf", &export.text(Form::Terraform));
    assert!(export.text(Form::PowerShell).contains("-Environment USGovDoD"));
    assert!(export.text(Form::Http).contains("GET https://dod-graph.microsoft.us/v1.0/"));
}

#[test]
fn the_file_of_a_policy_is_opened_as_a_snapshot_of_it() {
    let taken_at = "2026-11-27T10:00:00Z".to_owned();
    for subject in [rules::policy().subject, role()] {
        let policy = Policy { subject: subject.clone(), ..rules::policy() };
        let export = Export::whole(&policy, "Tier-0", Cloud::Global, &tenant());
        let file = export.clone().taken(taken_at.clone()).text(Form::Json);
        let Ok(Opened::Snapshot(opened)) = open(file.as_bytes()) else { panic!("{subject}: not read") };
        assert_eq!((opened.tenant, opened.taken_at, opened.whole.len()), (tenant(), taken_at.clone(), 0));
        assert_eq!((opened.policies.len(), &opened.policies[0].policy.rules), (1, &policy.rules));
        assert_eq!(opened.policies[0].policy.subject, subject);
        // It must contain its tenant.
        let faults = open(export.text(Form::Json).as_bytes()).unwrap_err();
        assert_eq!(faults[0], Fault::at("tenant", What::Missing));
    }
}

/// A guest administrator's sign-in goes to the tenant at home unless told otherwise, and every tenant has the same
/// roles.
#[test]
fn every_script_names_its_tenant_and_the_one_that_signs_in_goes_there() {
    use pim_desk::export::many::text as write;
    let sign_in = ["-TenantId '", tenant().as_str(), "'"].concat();
    let line = ["# Tenant ", tenant().as_str()].concat();
    for export in [changes(None), changes(Some(role()))] {
        for form in Form::SENDING {
            for text in [export.text(form), write(std::slice::from_ref(&export), form, &[])] {
                assert!(text.lines().any(|own| own.starts_with(&line)), "{form:?}: {text}");
                assert_eq!(text.contains(&sign_in), form == Form::PowerShell, "{form:?}: {text}");
            }
        }
    }
}

/// Three policies, two of them of groups with one name.
fn several() -> Vec<Export> {
    let whole = |subject: &str, name: &str| {
        let mut policy = rules::policy();
        policy.subject = subject.parse().unwrap();
        policy.rules.truncate(4);
        Export::whole(&policy, name, Cloud::Global, &tenant())
    };
    vec![
        whole("groups/11111111-1111-4111-8111-111111111111/member", "Tier-0\n'@; Operators"),
        whole("groups/22222222-2222-4222-8222-222222222222/member", "Tier-0 Operators"),
        whole("roles/62e90394-69f5-4237-9190-012177145e10", "Global Administrator"),
    ]
}

#[test]
fn several_policies_in_one_text() {
    use pim_desk::export::many::text as write;
    let text = |all: &[Export], form| write(all, form, &[]);
    let facts = [("Snapshot of", "2026-11-27T10:00:00Z".to_owned()), ("Taken by", "Ana\nRemove-Item *".to_owned())];
    let all = several();
    golden("many.http", &write(&all, Form::Http, &facts));
    golden("many.ps1", &write(&all, Form::PowerShell, &facts));
    golden("many.tf", &write(&all, Form::Terraform, &facts));
    // Each sends what it would send alone, in the same order.
    let bodies_of =
        |texts: &[String], find: fn(&str) -> Vec<Json>| texts.iter().flat_map(|text| find(text)).collect::<Vec<_>>();
    let alone = |form| all.iter().map(|export| export.text(form)).collect::<Vec<_>>();
    let shell = |text: &str| bodies(text, "@'", "'@");
    assert_eq!(shell(&text(&all, Form::PowerShell)), bodies_of(&alone(Form::PowerShell), shell));
    // One header for all, a separate name for each call and each resource.
    assert_eq!(text(&all, Form::PowerShell).matches("Connect-MgGraph").count(), 1);
    let terraform = text(&all, Form::Terraform);
    let mut names: Vec<&str> = terraform.lines().filter(|line| line.starts_with("resource ")).collect();
    let number = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), number);
}

/// The bodies in a text, between a line that ends with `open` and one that begins with `close`.
fn bodies(text: &str, open: &str, close: &str) -> Vec<Json> {
    let mut found = Vec::new();
    let mut body: Option<String> = None;
    for line in text.lines() {
        match &mut body {
            Some(lines) if line.starts_with(close) => {
                found.push(serde_json::from_str(lines).unwrap());
                body = None;
            }
            Some(lines) => lines.extend([line, "\n"]),
            None if line.ends_with(open) => body = Some(String::new()),
            None => {}
        }
    }
    found
}

fn http_bodies(text: &str) -> Vec<Json> {
    let parts = text.split("\n### ").skip(2);
    parts.map(|part| serde_json::from_str(part.split_once("\n\n").unwrap().1).unwrap()).collect()
}

#[test]
fn every_script_sends_what_the_page_would_send_in_its_order() {
    let policy = rules::policy();
    let draft = draft(&policy);
    let wanted: Vec<(Setting, Value)> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
    let planned: Vec<Json> = plan(&policy, &wanted).into_iter().map(|write| write.body).collect();
    assert!(planned.len() >= 4);
    for subject in [None, Some(role())] {
        let export = changes(subject.clone());
        assert_eq!(http_bodies(&export.text(Form::Http)), planned);
        assert_eq!(bodies(&export.text(Form::PowerShell), "@'", "'@"), planned);
        assert_eq!(bodies(&export.text(Form::Python), "r'''", "''')"), planned);
        if subject.is_some() {
            assert_eq!(bodies(&export.text(Form::Terraform), "<<JSON", "JSON"), planned);
        }
    }
}

#[test]
fn no_text_holds_a_token_or_the_id_of_the_policy() {
    for export in [changes(None), changes(Some(role())), Export::whole(&rules::policy(), "X", Cloud::Global, &tenant())]
    {
        for form in Form::ALL {
            let text = export.text(form);
            assert!(!text.contains("Group_1") && !text.contains("POLICY-ID") && !text.contains("eyJ"), "{form:?}");
            assert!(form == Form::Json || form == Form::Terraform || text.contains("roleManagementPolicyAssignments"));
        }
    }
}

#[test]
fn an_unknown_rule_is_in_the_file_and_is_never_sent() {
    let mut list = rules::rules();
    list.push(json!({"@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyCustomExtensionRule", "id": "CustomExtension_X"}));
    let export = Export::whole(&rules::policy_of(list), "X", Cloud::Global, &tenant());
    assert!(export.text(Form::Json).contains("CustomExtension_X"));
    for form in Form::SENDING {
        assert!(!export.text(form).contains("CustomExtension_X"), "{form:?}");
    }
    assert_eq!(export.calls.len(), 17);
}

/// A context that is off is sent before MFA is turned on, one that is on is sent after everything else.
#[test]
fn a_whole_policy_is_sent_in_an_order_that_fits_any_policy() {
    for (on, place) in [(false, 0), (true, 16)] {
        let policy = rules::with_rule("AuthenticationContext_EndUser_Assignment", |rule| rule["isEnabled"] = json!(on));
        let export = Export::whole(&policy, "X", Cloud::Global, &tenant());
        assert_eq!(export.calls[place].rule, RuleId::ActivationContext);
    }
}

#[test]
fn terraform_says_that_it_has_no_demands_on_eligible_assignment() {
    let policy = rules::policy();
    let mut draft = Draft::default();
    draft.set(&policy, Setting::EligibleMfa, Value::Flag(true));
    let export = Export::changes(&policy, &draft, "X", Cloud::Global, &tenant());
    let text = export.text(Form::Terraform);
    assert!(text.contains("no arguments for MFA and justification on eligible assignment"), "{text}");
    assert!(!text.contains("eligible_assignment_rules"), "{text}");
    assert!(export.text(Form::Http).contains("/rules/Enablement_Admin_Eligibility"));
}

#[test]
fn terraform_says_what_its_provider_does_not_take() {
    let policy = rules::with_rule("Expiration_EndUser_Assignment", |rule| rule["maximumDuration"] = json!("PT1H45M"));
    let text = Export::whole(&policy, "X", Cloud::Global, &tenant()).text(Form::Terraform);
    assert!(text.contains("# maximum_duration: the provider does not accept PT1H45M, so it is left out."), "{text}");
    let arguments = |text: &str| -> Vec<String> {
        let words = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        words.filter(|line| line.starts_with("maximum_duration =")).collect()
    };
    assert_eq!(arguments(&text), Vec::<String>::new());
    let day = rules::with_rule("Expiration_EndUser_Assignment", |rule| rule["maximumDuration"] = json!("PT24H"));
    let text = Export::whole(&day, "X", Cloud::Global, &tenant()).text(Form::Terraform);
    assert_eq!(arguments(&text), ["maximum_duration = \"P1D\""]);
}

/// Parses what a quoted string of Terraform or Python means; `None` if it ends early or does not end.
fn unquoted(text: &str, doubled: &[&str]) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut meant = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some(twice) = doubled.iter().find(|twice| rest.starts_with(**twice)) {
            meant.push_str(&twice[1..]);
            rest = &rest[twice.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '"' => return None,
            '\\' => {
                let kind = rest.chars().next()?;
                rest = &rest[1..];
                if kind == 'U' {
                    meant.push(char::from_u32(u32::from_str_radix(rest.get(..8)?, 16).ok()?)?);
                    rest = &rest[8..];
                } else {
                    meant.push(kind);
                }
            }
            _ if !c.is_ascii_graphic() && c != ' ' => return None,
            _ => meant.push(c),
        }
    }
    Some(meant)
}

const NASTY: &str = "(\\PC|['’\"\\\\$%{}`\n\r\u{0}\u{2028}]|\\$\\{|%\\{|\\{\\{|'@|'''){0,24}";

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        NASTY.prop_map(Json::from)
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(NASTY, inner, 0..4).prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn inert_json_means_the_same_and_ends_nothing(value in any_json()) {
        let text = inert_json(&value);
        prop_assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), value);
        for mark in ["'", "`", "${", "%{", "{{", "}}", "$"] {
            prop_assert!(!text.contains(mark), "{} in {}", mark, text);
        }
        prop_assert!(text.chars().all(|c| c == '\n' || (' '..='~').contains(&c)));
        // Only JSON begins a line: no terminator of a here-string or heredoc, no separator of HTTP calls.
        for line in text.lines().map(str::trim_start) {
            let head = line.chars().next().unwrap_or('}');
            prop_assert!("{}[]\"-tfn0123456789".contains(head), "{}", line);
        }
    }

    #[test]
    fn quoted_strings_are_read_back(text in NASTY) {
        prop_assert_eq!(unquoted(&hcl(&text), &["$${", "%%{"]), Some(text.clone()));
        prop_assert_eq!(unquoted(&python(&text), &[]), Some(text.clone()));
        let shell = powershell(&text);
        let inner = &shell[1..shell.len() - 1];
        let mut rest = inner.chars();
        let mut meant = String::new();
        while let Some(c) = rest.next() {
            if matches!(c, '\'' | '‘' | '’' | '‚' | '‛') {
                prop_assert_eq!(rest.next(), Some(c));
            }
            meant.push(c);
        }
        prop_assert_eq!(meant, text);
    }

    #[test]
    fn comments_and_labels_keep_to_their_line(text in NASTY) {
        let line = comment(&text);
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        prop_assert!(!line.contains("{{") && !line.chars().any(breaks), "broken");
        let label = label(&text);
        prop_assert!(label.starts_with(|c: char| c.is_ascii_lowercase()));
        prop_assert!(label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    }

    #[test]
    fn any_name_and_any_address_leave_the_scripts_whole(name in NASTY, mail in NASTY) {
        let policy = rules::policy();
        let mut draft = Draft::default();
        draft.set(&policy, Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(vec![mail]));
        let wanted: Vec<_> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
        let planned: Vec<Json> = plan(&policy, &wanted).into_iter().map(|write| write.body).collect();
        let export = Export::changes(&policy, &draft, &name, Cloud::Global, &tenant());
        prop_assert_eq!(http_bodies(&export.text(Form::Http)), planned.clone());
        prop_assert_eq!(bodies(&export.text(Form::PowerShell), "@'", "'@"), planned.clone());
        prop_assert_eq!(bodies(&export.text(Form::Python), "r'''", "''')"), planned);
        let lines = |export: &Export, form| export.text(form).lines().count();
        let plain = Export::changes(&policy, &draft, "X", Cloud::Global, &tenant());
        for form in Form::SENDING {
            prop_assert_eq!(lines(&export, form), lines(&plain, form));
        }
    }
}

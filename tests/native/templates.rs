//! Templates as files: against their schema, there and back, and invalid files.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use pim_desk::matrix::Class;
use pim_desk::policy::{Approver, ApproverKind, Requirement, RuleId, Setting, Value};
use pim_desk::template::file::{Problem, What, read, read_unfinished, write};
use pim_desk::template::{Hosted, Template, first_value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";

fn schema() -> jsonschema::Validator {
    let text = include_str!("../../docs/schemas/templates.schema.json");
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

fn full() -> Template {
    let mut template = Template::new("tier-0".into(), "Tier 0: “strict”".into());
    template.description = "For the groups\nthat matter".into();
    template.class = Some(Class::Members);
    for setting in Setting::all() {
        template.set(setting, first_value(setting));
    }
    template.set(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c7".into())));
    template.set(Setting::ApprovalRequired, Value::Flag(true));
    let approver = |kind| Approver { kind, id: ID.into() };
    let approvers = vec![approver(ApproverKind::User), approver(ApproverKind::Group)];
    template.set(Setting::Approvers, Value::Approvers(approvers));
    let mail = Setting::MailRecipients(RuleId::ActivationAlert);
    template.set(mail, Value::Recipients(vec!["soc@contoso.com".into()]));
    template
}

#[test]
fn what_is_written_fits_the_schema_and_is_read_again() {
    let mut partial = Template::new("partial".into(), "Partial".into());
    partial.set(Setting::ActivationDuration, Value::Duration("PT1H".into()));
    let all = vec![full(), partial, Template::new("empty".into(), "Empty".into())];
    let text = write(&all);
    let schema = schema();
    let json: Json = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    assert_eq!(read(&text), Ok(all));
    assert!(!text.contains("token"));
}

#[test]
fn the_schema_names_every_setting_and_no_other() {
    let json: Json = serde_json::from_str(include_str!("../../docs/schemas/templates.schema.json")).unwrap();
    let named = json["$defs"]["settings"]["properties"].as_object().unwrap();
    let mut named: Vec<String> = named.keys().cloned().collect();
    let mut all: Vec<String> = Setting::all().map(Setting::key).collect();
    named.sort();
    all.sort();
    assert_eq!(named, all);
}

fn file(templates: &Json) -> Json {
    json!({"format": "pim-desk/templates", "version": 1, "templates": templates})
}

fn problems(text: &str) -> Vec<(String, What)> {
    let problems: Vec<Problem> = read(text).unwrap_err();
    problems.into_iter().map(|problem| (problem.path, problem.what)).collect()
}

#[test]
fn damaged_and_hostile_files_are_told_by_path_and_nothing_is_taken() {
    let schema = schema();
    let one = |settings: Json| file(&json!([{"key": "a", "name": "A", "settings": settings}]));
    let cases: Vec<(Json, &str)> = vec![
        (json!([]), ""),
        (json!({"format": "other", "version": 1, "templates": []}), "format"),
        (json!({"format": "pim-desk/templates", "version": 2, "templates": []}), "version"),
        (json!({"format": "pim-desk/templates", "version": "1", "templates": []}), "version"),
        (json!({"format": "pim-desk/templates", "version": 1}), "templates"),
        (json!({"format": "pim-desk/templates", "version": 1, "templates": {}}), "templates"),
        (json!({"format": "pim-desk/templates", "version": 1, "templates": [], "token": "x"}), "token"),
        (file(&json!([1])), "templates[0]"),
        (file(&json!([{"name": "A", "settings": {}}])), "templates[0].key"),
        (file(&json!([{"key": "A b", "name": "A", "settings": {}}])), "templates[0].key"),
        (file(&json!([{"key": "team.a", "name": "A", "settings": {}}])), "templates[0].key"),
        (file(&json!([{"key": "a", "name": "", "settings": {}}])), "templates[0].name"),
        (file(&json!([{"key": "a", "name": "a\u{1b}[2J", "settings": {}}])), "templates[0].name"),
        (file(&json!([{"key": "a", "name": "x".repeat(121), "settings": {}}])), "templates[0].name"),
        (file(&json!([{"key": "a", "name": "A", "for": "guests", "settings": {}}])), "templates[0].for"),
        (file(&json!([{"key": "a", "name": "A"}])), "templates[0].settings"),
        (one(json!({"activation.colour": true})), "templates[0].settings[\"activation.colour\"]"),
        (one(json!({"activation.duration": 8})), "templates[0].settings[\"activation.duration\"]"),
        (one(json!({"activation.ticket": "yes"})), "templates[0].settings[\"activation.ticket\"]"),
        (
            one(json!({"activation.requirement": {"context": "c100"}})),
            "templates[0].settings[\"activation.requirement\"]",
        ),
        (
            one(json!({"activation.approvers": [{"kind": "user", "id": "me"}]})),
            "templates[0].settings[\"activation.approvers\"][0].id",
        ),
        (
            one(json!({"Notification_Admin_EndUser_Assignment.recipients": ["nobody"]})),
            "templates[0].settings[\"Notification_Admin_EndUser_Assignment.recipients\"][0]",
        ),
    ];
    for (json, path) in cases {
        let told = problems(&json.to_string());
        assert_eq!(told.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), [path], "{json}");
        assert!(!schema.is_valid(&json), "the schema lets through: {json}");
    }
}

#[test]
fn what_a_schema_cannot_say_is_found_too() {
    let twice = file(&json!([{"key": "a", "name": "A", "settings": {}}, {"key": "a", "name": "B", "settings": {}}]));
    assert_eq!(problems(&twice.to_string()), [("templates[1].key".into(), What::Twice)]);
    let text = r#"{"format": "pim-desk/templates", "version": 1, "templates": [], "templates": []}"#;
    assert_eq!(problems(text), [("templates".into(), What::Twice)]);
    let nobody = json!({"activation.approval": true, "activation.approvers": []});
    let nobody = |class: &str| file(&json!([{"key": "a", "name": "A", "for": class, "settings": nobody}])).to_string();
    assert_eq!(problems(&nobody("members"))[0].0, "templates[0].settings[\"activation.approvers\"]");
    assert!(read(&nobody("roles")).is_ok(), "roles have default approvers");
    let calendar = file(&json!([{"key": "a", "name": "A", "settings": {"eligible.expiry": "P1Y"}}])).to_string();
    assert!(matches!(problems(&calendar)[0].1, What::Issue(_)));

    let large = " ".repeat(1 << 20) + "{}";
    assert_eq!(problems(&large), [(String::new(), What::TooLarge)]);
    assert!(matches!(&problems("{\n  \"a\": tru}")[0].1, What::NotJson(words) if words.contains("line 2")));
    assert!(matches!(&problems(&"[".repeat(1000))[0].1, What::NotJson(_)));
    let many: Vec<Json> = (0..200).map(|_| json!(1)).collect();
    let told = problems(&file(&Json::from(many)).to_string());
    assert_eq!((told.len(), &told[50].1), (51, &What::More(150)));
    assert_eq!(
        problems(&file(&Json::from(vec![json!(1); 501])).to_string()),
        [("templates".into(), What::TooLong(500))]
    );
}

/// An unfinished one, with whatever was typed.
fn unfinished(typed: &str) -> Template {
    let mut template = full();
    template.set(Setting::ActivationDuration, Value::Duration(typed.into()));
    template.set(Setting::EligibleExpiry, Value::Duration("P1Y".into()));
    template.set(Setting::ActivationRequirement, Value::Requirement(Requirement::Context(typed.into())));
    let twice = Approver { kind: ApproverKind::User, id: typed.into() };
    template.set(Setting::Approvers, Value::Approvers(vec![twice.clone(), twice]));
    let mail = Setting::MailRecipients(RuleId::ActivationAlert);
    template.set(mail, Value::Recipients(vec![typed.into(), typed.into()]));
    template
}

#[test]
fn what_is_exported_unfinished_is_imported_and_never_hosted() {
    let mut nobody = Template::new("nobody".into(), "Nobody approves".into());
    nobody.set(Setting::ApprovalRequired, Value::Flag(true));
    nobody.set(Setting::Approvers, Value::Approvers(Vec::new()));
    for one in [unfinished(""), nobody] {
        assert!(!one.unusable().is_empty());
        let all = vec![Template::new("empty".into(), "Empty".into()), one];
        let text = write(&all);
        assert_eq!(read_unfinished(&text), Ok(all));
        assert!(read(&text).is_err());
        let response = pim_desk::world::HttpResponse { status: 200, headers: Vec::new(), body: text };
        assert!(matches!(Hosted::from_answer(Ok(response)), Hosted::Wrong(_)));
    }
    let settings = json!({"activation.ticket": "yes", "activation.duration": 8, "activation.approvers": [1]});
    let wrong = file(&json!([{"key": "a", "name": "A", "settings": settings}])).to_string();
    assert_eq!(read_unfinished(&wrong).unwrap_err().len(), 3, "another kind of value is none");
}

proptest! {
    #[test]
    fn whatever_is_typed_in_a_template_survives_its_file(typed in "\\PC{0,40}") {
        let all = vec![unfinished(&typed)];
        prop_assert_eq!(read_unfinished(&write(&all)), Ok(all));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}|[\\[\\]{}\",:a0-9 ]{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn cutting_a_file_off_anywhere_is_noticed(at in 0usize..2000) {
        let text = write(&[full()]);
        let at = at.min(text.trim_end().len() - 1);
        if text.is_char_boundary(at) {
            prop_assert!(read(&text[..at]).is_err());
        }
    }
}

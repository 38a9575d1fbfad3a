//! Microsoft's documented answers, parsed by the product's own code. The method and URL in the folder's `index.md` say
//! what a file is. `GRAPH_EXAMPLES` names another folder.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pim_desk::approval::Kind;
use pim_desk::desk::policies::of_subject;
use pim_desk::graph::batch;
use pim_desk::graph::error::refusal;
use pim_desk::graph::{Request, decode};
use pim_desk::guid::Guid;
use pim_desk::policy::{Access, Policy, Rule, RuleId, Setting, Subject};
use serde_json::Value as Json;

/// One documented exchange.
struct Example {
    file: String,
    call: String,
    body: Json,
}

fn folder() -> PathBuf {
    std::env::var_os("GRAPH_EXAMPLES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/graph/examples"), PathBuf::from)
}

/// The responses in the folder with their calls; none, with a printed line, if there is no folder.
fn examples() -> Vec<Example> {
    let folder = folder();
    let Ok(index) = std::fs::read_to_string(folder.join("index.md")) else {
        println!("skipped: no examples in {} (set GRAPH_EXAMPLES)", folder.display());
        return Vec::new();
    };
    let rows = index.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    let calls: BTreeMap<String, String> = rows.filter(|(file, _)| file.ends_with(".response.json")).collect();
    calls
        .into_iter()
        .map(|(file, call)| {
            let text = std::fs::read_to_string(folder.join(&file)).unwrap();
            let body = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
            Example { file, call, body }
        })
        .collect()
}

fn list(body: &Json) -> Vec<Json> {
    body["value"].as_array().cloned().unwrap_or_else(|| vec![body.clone()])
}

fn with_id(entries: &[Json]) -> usize {
    entries.iter().filter(|entry| entry["id"].as_str().is_some_and(|id| id.parse::<Guid>().is_ok())).count()
}

/// What the product reads from an example; `None` if the product does not use it.
fn read(example: &Example) -> Option<()> {
    let path = example.call.split('?').next().unwrap_or_default();
    let path = path.rsplit_once("/v1.0").or_else(|| path.rsplit_once("/beta")).map_or(path, |(_, path)| path);
    let entries = list(&example.body);
    let name = &example.file;
    if name.starts_with("error-") {
        let refused = refusal(429, &example.body, "GET");
        assert!(!refused.code.is_empty() && refused.ids.request_id.is_some(), "{name}");
    } else if path.ends_with("/$batch") {
        let count = example.body["responses"].as_array().unwrap().len();
        let part = Request::get("/x".into(), &[]);
        // Microsoft's sample counts from 1, the product from 0: the first part has no answer, the others do.
        let answers = batch::answers(&vec![part; count], example.body.clone());
        assert!(answers[0].is_err() && answers[1..].iter().any(Result::is_ok), "{name}");
    } else if path.contains("roleManagementPolicyAssignments") {
        read_assignments(name, &entries);
    } else if path.ends_with("/rules") || path.contains("/rules/") {
        for rule in &entries {
            read_rule(name, rule);
        }
    } else if path.contains("/roleManagementPolicies") {
        entries.iter().flat_map(|policy| policy["rules"].as_array().cloned().unwrap_or_default()).for_each(|rule| {
            assert!(RuleId::parse(rule["id"].as_str().unwrap()).is_some(), "{name}");
        });
    } else if path.to_lowercase().contains("assignmentschedulerequests") {
        let kind = if path.contains("/roleManagement/") { Kind::Role } else { Kind::Group };
        let (read, _) = decode::requests(kind, &entries);
        let expected = entries.iter().filter(|entry| entry["id"].is_string()).count();
        assert_eq!(read.len(), expected, "{name}");
        assert!(read.iter().all(|request| !request.status.is_empty() || example.call.contains("$select")), "{name}");
    } else if path.contains("Approvals") {
        let stages = decode::stages(&example.body);
        let one = decode::stage(&example.body);
        assert!(
            stages.is_ok_and(|stages| !stages.is_empty()) || one.is_some() || path.contains("filterByCurrentUser"),
            "{name}"
        );
    } else if path.contains("authenticationContextClassReferences") {
        assert_eq!(entries.iter().filter_map(decode::context).count(), entries.len(), "{name}");
    } else if path.contains("getByIds") || path.ends_with("MemberOf") {
        let known = entries.iter().filter(|entry| {
            matches!(entry["@odata.type"].as_str(), Some("#microsoft.graph.user" | "#microsoft.graph.group"))
        });
        assert_eq!(
            entries.iter().filter_map(decode::entry).count(),
            with_id(&known.cloned().collect::<Vec<_>>()),
            "{name}"
        );
    } else if path.ends_with("/groups")
        || path.starts_with("/groups/") && !path.contains("embers") && !path.contains("owners")
    {
        assert_eq!(entries.iter().filter_map(decode::group).count(), with_id(&entries), "{name}");
    } else if path.ends_with("/users") || path.contains("embers") || path.contains("owners") {
        assert_eq!(entries.iter().filter_map(decode::person).count(), with_id(&entries), "{name}");
    } else if path.contains("privilegedAccess/group/resources") {
        assert_eq!(with_id(&entries), entries.len(), "{name}");
    } else {
        return None;
    }
    Some(())
}

fn read_assignments(name: &str, entries: &[Json]) {
    for assignment in entries {
        let Some(rules) = assignment["policy"]["rules"].as_array() else { continue };
        for rule in rules {
            read_rule(name, rule);
        }
        if assignment["scopeType"] == "Group" {
            let group: Guid = assignment["scopeId"].as_str().unwrap().parse().unwrap();
            let access: Access = assignment["roleDefinitionId"].as_str().unwrap().parse().unwrap();
            let subject = Subject::Group { group, access };
            let policies = decode::policies(&subject, entries.to_vec());
            let policy = of_subject(&policies, &subject).unwrap();
            for setting in Setting::all() {
                assert!(policy.read(setting).editable().is_some(), "{name}: {setting}");
            }
        }
    }
}

/// A documented rule is one of the 17, has the type of its ID, and its settings can be read.
fn read_rule(name: &str, rule: &Json) {
    let id = RuleId::parse(rule["id"].as_str().unwrap()).unwrap_or_else(|| panic!("{name}: {rule}"));
    let policy = Policy {
        id: String::new(),
        subject: Subject::Group {
            group: "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap(),
            access: Access::Member,
        },
        rules: vec![Rule::new(rule.clone())],
        modified_at: None,
        modified_by: None,
    };
    assert!(policy.rule(id).is_some(), "{name}: {id:?}");
    for setting in Setting::all().filter(|setting| setting.rules() == (id, None)) {
        assert!(policy.read(setting).value.is_some(), "{name}: {setting}");
    }
}

#[test]
fn examples_that_the_product_reads_are_understood() {
    let all = examples();
    let read_files: Vec<&str> = all.iter().filter(|example| read(example).is_some()).map(|e| e.file.as_str()).collect();
    println!("{} of {} documented responses are of the product's business", read_files.len(), all.len());
    assert!(all.is_empty() || read_files.len() > 30, "{read_files:?}");
}

//! Parses a snapshot's file. Every fault is reported, not only the first; with any fault, there is no snapshot.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::fault::{Fault, Faults, What, clip};
use super::{KIND, MOST_POLICIES, Snapshot, SnapshotPolicy, VERSION, Why, is_opened};
use crate::instant;
use crate::matrix::Class;
use crate::order::sort_by;
use crate::policy::{Policy, Rule, Subject};

/// Collects faults while values are read.
#[derive(Default)]
struct Reader {
    faults: Faults,
}

impl Reader {
    fn fault(&mut self, path: &str, what: What) {
        self.faults.push(Fault::at(path, what));
    }

    fn wanted<T>(&mut self, path: &str, value: &Json, what: What, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = value.as_str().and_then(read);
        if found.is_none() {
            self.fault(path, if value.is_null() { What::Missing } else { what });
        }
        found
    }

    /// Optional text; `null` counts as missing.
    fn text_if_there(&mut self, path: &str, value: &Json) -> Option<String> {
        if value.is_null() {
            return None;
        }
        self.wanted(path, value, What::WantsText, |text| Some(text.to_owned()))
    }

    fn list<'a>(&mut self, path: &str, value: &'a Json) -> &'a [Json] {
        if let Json::Array(list) = value {
            if is_opened(0, list.len()) {
                return list;
            }
            self.fault(path, What::TooMany(MOST_POLICIES));
            return &[];
        }
        self.fault(path, if value.is_null() { What::Missing } else { What::WantsList });
        &[]
    }
}

fn path(list: &str, at: usize, name: &str) -> String {
    [list, "[", &at.to_string(), "]", name].concat()
}

pub(super) fn snapshot(file: &Json) -> Result<Snapshot, Vec<Fault>> {
    // A newer version may use the same words differently.
    if file["version"].as_u64() != Some(VERSION) {
        return Err(vec![Fault::at("version", What::OtherVersion)]);
    }
    let mut reader = Reader::default();
    let tenant = reader.wanted("tenant", &file["tenant"], What::WantsId, |text| text.parse().ok());
    let taken_at = reader.wanted("takenAt", &file["takenAt"], What::WantsTime, moment);
    let taken_by = reader.text_if_there("takenBy", &file["takenBy"]);
    let mut whole = Vec::new();
    for (at, entry) in reader.list("whole", &file["whole"]).iter().enumerate() {
        let what = What::WantsWord("members, owners, roles");
        whole.extend(reader.wanted(&path("whole", at, ""), entry, what, Class::from_name));
    }
    let complete = file["complete"].as_bool();
    if complete.is_none() {
        reader.fault("complete", What::WantsFlag);
    }
    let not_read = not_read(&mut reader, &file["notRead"]);
    let people = people(&mut reader, &file["people"]);
    let policies = policies(&mut reader, &file["policies"]);
    reader.faults.none()?;
    match (tenant, taken_at, complete) {
        (Some(tenant), Some(taken_at), Some(complete)) => {
            Ok(Snapshot { tenant, taken_at, taken_by, whole, complete, not_read, people, policies })
        }
        // Each of these would have been reported.
        _ => Err(vec![Fault::file(What::Missing)]),
    }
}

/// A file of one policy, as written by its page (`export::file`), as a snapshot of this policy alone; `None` for
/// another file.
pub(super) fn one_policy(file: &Json) -> Option<Json> {
    let rules = file["policy"].get("rules")?;
    let [scope_type, scope, definition] = ["scopeType", "scopeId", "roleDefinitionId"].map(|name| file[name].as_str());
    let subject = match scope_type? {
        "Group" => ["groups/", scope?, "/", definition?].concat(),
        _ => ["roles/", definition?].concat(),
    };
    Some(json!({
        "kind": KIND,
        "version": VERSION,
        "tenant": file["tenant"],
        "takenAt": file["takenAt"],
        "whole": [],
        "complete": true,
        "policies": [{ "subject": subject, "rules": rules }],
    }))
}

fn moment(text: &str) -> Option<String> {
    instant::parse(text).map(|_| text.to_owned())
}

fn not_read(reader: &mut Reader, list: &Json) -> Vec<(Subject, Why)> {
    let mut found = Vec::new();
    if list.is_null() {
        return found;
    }
    for (at, entry) in reader.list("notRead", list).iter().enumerate() {
        let subject = subject(reader, &path("notRead", at, ".subject"), &entry["subject"]);
        let what = What::WantsWord("failed, stopped, noPolicy, several");
        let word = |text: &str| Why::ALL.into_iter().find(|why| why.as_str() == text);
        let why = reader.wanted(&path("notRead", at, ".why"), &entry["why"], what, word);
        found.extend(subject.zip(why));
    }
    found
}

fn people(reader: &mut Reader, people: &Json) -> BTreeMap<crate::guid::Guid, String> {
    let mut found = BTreeMap::new();
    match people {
        Json::Null => {}
        Json::Object(people) => {
            for (id, name) in people {
                let own = ["people.", &clip(id)].concat();
                match (id.parse(), name.as_str()) {
                    (Ok(id), Some(name)) => {
                        found.insert(id, name.to_owned());
                    }
                    (Err(_), _) => reader.fault(&own, What::WantsId),
                    (Ok(_), None) => reader.fault(&own, What::WantsText),
                }
            }
        }
        _ => reader.fault("people", What::WantsObject),
    }
    found
}

fn subject(reader: &mut Reader, path: &str, value: &Json) -> Option<Subject> {
    reader.wanted(path, value, What::WantsSubject, |text| text.parse().ok())
}

fn policies(reader: &mut Reader, list: &Json) -> Vec<SnapshotPolicy> {
    let mut found = Vec::new();
    let mut seen: BTreeSet<Subject> = BTreeSet::new();
    for (at, entry) in reader.list("policies", list).iter().enumerate() {
        let own = |name: &str| path("policies", at, name);
        if !entry.is_object() {
            reader.fault(&own(""), What::WantsObject);
            continue;
        }
        let subject = subject(reader, &own(".subject"), &entry["subject"]);
        if let Some(subject) = &subject
            && !seen.insert(subject.clone())
        {
            reader.fault(&own(".subject"), What::Twice);
        }
        let name = reader.text_if_there(&own(".name"), &entry["name"]).unwrap_or_default();
        let modified_at = match &entry["modifiedAt"] {
            Json::Null => None,
            value => reader.wanted(&own(".modifiedAt"), value, What::WantsTime, moment),
        };
        let modified_by = reader.text_if_there(&own(".modifiedBy"), &entry["modifiedBy"]);
        let list = own(".rules");
        let raw = reader.list(&list, &entry["rules"]);
        for (rule, raw) in raw.iter().enumerate() {
            match raw {
                Json::Object(fields) if fields.get("id").is_some_and(Json::is_string) => {}
                Json::Object(fields) => {
                    let what = if fields.contains_key("id") { What::WantsText } else { What::Missing };
                    reader.fault(&path(&list, rule, ".id"), what);
                }
                _ => reader.fault(&path(&list, rule, ""), What::WantsObject),
            }
        }
        let rules = raw.iter().cloned().map(Rule::new).collect();
        if let Some(subject) = subject {
            found.push(SnapshotPolicy {
                policy: Policy { id: String::new(), subject, rules, modified_at, modified_by },
                name,
            });
        }
    }
    sort_by(&mut found, |left, right| left.policy.subject.cmp(&right.policy.subject));
    found
}

//! `directoryObjects/getByIds`: names for IDs.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::odata::select;
use super::refusal::Refusal;
use super::{groups, ok, people, shape};
use crate::ids::is_guid;
use crate::tenant::Tenant;

/// The most IDs in one call.
const MOST: usize = 1000;

/// `POST /directoryObjects/getByIds`; unknown IDs are left out; what the caller may not read is a stub (graph.md G34).
pub(super) fn get_by_ids(tenant: &Tenant, call: &Call<'_>) -> Reply {
    let (reads_people, reads_groups) = (call.has_scope(&people::SCOPES), call.has_scope(&groups::SCOPES));
    if !reads_people && !reads_groups {
        return Err(Refusal::no_directory_right());
    }
    let bad = |message: &str| Refusal::new(400, "Request_BadRequest", message);
    let ids = call.body["ids"].as_array().ok_or_else(|| bad("The ids collection is required."))?;
    if ids.is_empty() || ids.len() > MOST {
        return Err(bad("The number of ids must be between 1 and 1000."));
    }
    let types: Vec<&str> = call.body["types"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let wants =
        |kind: &str| types.is_empty() || types.iter().any(|t| t.eq_ignore_ascii_case(kind) || *t == "directoryObject");
    let mut found = Vec::new();
    for id in ids {
        let id = id.as_str().filter(|id| is_guid(id)).ok_or_else(|| bad("Invalid GUID in the ids collection."))?;
        if let Some(person) = tenant.directory.person(id).filter(|_| wants("user")) {
            let object = if !reads_people {
                shape::typed(json!({ "id": person.id }), "user")
            } else if call.query.get("$select").is_some() {
                shape::seen_person(person, call)
            } else {
                select(shape::seen_person(person, call), Some(shape::PERSON_DEFAULT), &[])
            };
            found.push(object);
        } else if let Some(group) = tenant.directory.group(id).filter(|_| wants("group")) {
            let object = if reads_groups { shape::group(group) } else { json!({ "id": group.id }) };
            found.push(shape::typed(object, "group"));
        }
    }
    let found: Vec<Value> = found.into_iter().map(|object| select(object, call.query.get("$select"), &[])).collect();
    ok(json!({ "@odata.context": call.context("directoryObjects"), "value": found }))
}

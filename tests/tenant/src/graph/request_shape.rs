//! The JSON of a request.

use serde_json::{Value, json};

use super::call::Call;
use super::odata::{Expand, find};
use super::{role_definitions, shape};
use crate::pim::{AccessRequest, Target};
use crate::tenant::Tenant;
use crate::time::timestamp;

/// The request with what was to be expanded. While it waits, `completedDateTime` is set and is before `createdDateTime`
/// (graph.md G27).
pub(super) fn body(tenant: &Tenant, call: &Call<'_>, request: &AccessRequest, expand: &[Expand]) -> Value {
    let completed = request.ended_ms(call.now).unwrap_or(request.created_ms - 220);
    let ticket = request.ticket.as_ref();
    let case = |name: &str| if request.pascal_case { pascal(name) } else { name.to_owned() };
    let mut body = json!({
        "id": request.id,
        "status": request.status(call.now),
        "createdDateTime": timestamp(request.created_ms),
        "completedDateTime": timestamp(completed),
        "approvalId": request.has_approval().then_some(&request.id),
        "customData": null,
        "createdBy": { "user": { "displayName": null, "id": request.principal } },
        "action": case(&request.action),
        "isValidationOnly": false,
        "justification": request.justification,
        "scheduleInfo": {
            "startDateTime": request.start_ms.map(timestamp),
            "recurrence": null,
            "expiration": { "type": case("afterDuration"), "endDateTime": null, "duration": request.duration },
        },
        "ticketInfo": { "ticketNumber": ticket.map(|(number, _)| number), "ticketSystem": ticket.map(|(_, system)| system) },
        "principalId": request.principal,
    });
    match &request.target {
        Target::Group { group, access } => {
            body["accessId"] = access.as_str().into();
            body["groupId"] = group.as_str().into();
            body["targetScheduleId"] = format!("{group}_{}_{}", access.as_str(), request.id).into();
            if let (Some(item), Some(group)) = (find(expand, "group"), tenant.directory.group(group)) {
                body["group"] = item.project(shape::group(group));
            }
        }
        Target::Role { role, unit } => for_role(tenant, call, &mut body, (role, unit.as_deref()), expand),
    }
    if let (Some(item), Some(person)) = (find(expand, "principal"), tenant.directory.person(&request.principal)) {
        body["principal"] = item.project(shape::seen_person(person, call));
    }
    for (name, value) in &request.patch {
        body[name.as_str()] = value.clone();
    }
    body
}

fn for_role(tenant: &Tenant, call: &Call<'_>, body: &mut Value, (role, unit): (&str, Option<&str>), expand: &[Expand]) {
    body["createdBy"]["application"] = Value::Null;
    body["createdBy"]["device"] = Value::Null;
    body["roleDefinitionId"] = role.into();
    body["directoryScopeId"] = unit.map_or("/".into(), |unit| format!("/administrativeUnits/{unit}").into());
    body["appScopeId"] = Value::Null;
    body["targetScheduleId"] = body["id"].clone();
    if let (Some(item), Some(role)) = (find(expand, "roledefinition"), tenant.directory.role(role)) {
        body["roleDefinition"] = item.project(role_definitions::body(role, call.beta));
    }
    if let Some(item) = find(expand, "directoryscope") {
        let unit = unit.and_then(|unit| tenant.directory.unit(unit));
        body["directoryScope"] = unit.map_or(Value::Null, |unit| item.project(shape::unit(unit)));
    }
}

/// `selfActivate` as `SelfActivate`.
fn pascal(name: &str) -> String {
    let (first, rest) = name.split_at_checked(1).unwrap_or((name, ""));
    format!("{}{rest}", first.to_ascii_uppercase())
}

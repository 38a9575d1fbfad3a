//! Malformed requests, for both kinds: a page must handle them without losing the good ones.

use serde_json::{Value, json};

use super::Seed;
use super::requests::dana;
use crate::directory::{Access, Directory};
use crate::ids::guid;
use crate::pim::{AccessRequest, Approver, Pim, Target};
use crate::time::HOUR_MS;

/// Adds them; all wait for Dana.
pub(super) fn requests(pim: &mut Pim, seed: &Seed, directory: &Directory) {
    let people: Vec<&str> = directory.people.iter().filter(|p| p.sign_in.is_empty()).map(|p| p.id.as_str()).collect();
    let group = directory.groups.first().map(|group| group.id.clone()).unwrap_or_default();
    let role = directory.roles.first().map(|role| role.id.clone()).unwrap_or_default();
    let long = format!("\u{202e}<img src=x onerror=alert(1)>\u{202c} {}", "word ".repeat(400));
    let patches = [
        json!({ "principalId": null, "principal": null }),
        json!({ "status": "PendingMoonrise" }),
        json!({ "action": "selfLevitate" }),
        json!({ "completedDateTime": "0001-01-01T00:00:00Z", "createdDateTime": "0001-01-01T00:00:00Z" }),
        json!({ "scheduleInfo": null }),
        json!({ "scheduleInfo": { "startDateTime": "soon", "expiration": { "type": null, "duration": "P1Y2M" } } }),
        json!({ "justification": long.chars().take(2000).collect::<String>() }),
        json!({ "createdDateTime": null, "ticketInfo": null, "createdBy": null }),
        json!({ "id": null }),
    ];
    for (at, patch) in patches.into_iter().enumerate() {
        for (kind, target) in [
            ("group", Target::Group { group: group.clone(), access: Access::Member }),
            ("role", Target::Role { role: role.clone(), unit: None }),
        ] {
            let principal = people.get(at % people.len().max(1)).copied().unwrap_or_default().to_owned();
            add(pim, seed, directory, &format!("bad-{kind}-{at}"), target, principal, &patch);
        }
    }
    let nobody = || guid("person", "deleted");
    let gone = Target::Group { group: guid("group", "deleted"), access: Access::Owner };
    add(pim, seed, directory, "bad-group-gone", gone, nobody(), &Value::Null);
    let gone = Target::Role { role: guid("role-definition", "deleted"), unit: Some(guid("unit", "deleted")) };
    add(pim, seed, directory, "bad-role-gone", gone, nobody(), &Value::Null);
}

fn add(
    pim: &mut Pim,
    seed: &Seed,
    directory: &Directory,
    name: &str,
    target: Target,
    principal: String,
    patch: &Value,
) {
    pim.requests.push(AccessRequest {
        approvers: vec![Approver::User(dana(directory))],
        patch: patch.as_object().cloned().unwrap_or_default(),
        ..AccessRequest::new(name, target, principal, seed.now_ms - HOUR_MS)
    });
}

//! Control requests of browser tests to the tenant, bypassing the product. Answered only with `--control`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::App;
use crate::arrival::Arrival;
use crate::directory::Access;
use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::seed::Seed;
use crate::tenant::Exchange;
use crate::url::Form;

/// Another administrator's change.
#[derive(Deserialize)]
struct Edit {
    /// A group, or a role under the name `role`.
    #[serde(alias = "role")]
    group: String,
    #[serde(default)]
    access: Access,
    rule: String,
    patch: Value,
    by: String,
}

/// Another approver's decision.
#[derive(Deserialize)]
struct Decide {
    request: String,
    by: String,
    approve: bool,
    #[serde(default)]
    justification: String,
}

/// Advancing the clock.
#[derive(Deserialize)]
struct Advance {
    ms: i64,
}

/// Answers `/_tenant/{path}`.
pub(super) fn answer(app: &mut App, request: &Request, path: &str, query: &Form) -> Response {
    let answer = match (request.method.as_str(), path) {
        ("OPTIONS", _) => Ok(Value::Null),
        ("GET", "log") => Ok(app.tenant.log().iter().map(exchange).collect()),
        ("POST", "clear-log") => {
            app.tenant.clear_log();
            Ok(Value::Null)
        }
        ("POST", "faults") => read::<Vec<Fault>>(request).map(|faults| {
            app.tenant.set_faults(faults);
            Value::Null
        }),
        ("POST", "reset") => seed(app, request).map(|seed| {
            app.reset(seed);
            Value::Null
        }),
        ("POST", "advance") => read::<Advance>(request).map(|advance| {
            app.offset_ms = app.offset_ms.saturating_add(advance.ms);
            json!({ "nowMs": app.now() })
        }),
        ("POST", "edit-rule") => read::<Edit>(request).map(|edit| {
            let now = app.now();
            app.tenant.edit_rule(&edit.group, edit.access.as_str(), &edit.rule, edit.patch, &edit.by, now);
            Value::Null
        }),
        ("POST", "decide") => read::<Decide>(request).map(|decide| {
            let now = app.now();
            let justification = &decide.justification;
            json!({ "taken": app.tenant.decide(&decide.request, &decide.by, decide.approve, justification, now) })
        }),
        ("POST", "add-request") => read::<Arrival>(request).and_then(|arrival| {
            let now = app.now();
            app.tenant.add_request(&arrival, now).map(|id| json!({ "id": id }))
        }),
        ("GET", "rule") => {
            let subject = if query.get("role").is_some() { query.text("role") } else { query.text("group") };
            Ok(json!(app.tenant.rule(subject, query.text("access"), query.text("rule"))))
        }
        ("GET", "group") => Ok(app.tenant.group(query.text("group")).map_or(
            Value::Null,
            |group| json!({ "id": group.id, "displayName": group.name, "inPim": app.tenant.is_onboarded(&group.id) }),
        )),
        ("GET", "requests") => Ok(requests(app)),
        _ => return Response::empty(404),
    };
    let response = match answer {
        Ok(Value::Null) => Response::empty(204),
        Ok(body) => Response::json(200, &body),
        Err(message) => Response::json(400, &json!({ "error": message })),
    };
    response
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-allow-methods", "GET, POST")
        .with_header("access-control-allow-headers", "content-type")
        .with_header("cache-control", "no-store")
}

fn read<'a, T: Deserialize<'a>>(request: &'a Request) -> Result<T, String> {
    serde_json::from_str(&request.body).map_err(|error| error.to_string())
}

/// The seed to start over with: the one the server was started with, changed by the properties of the body.
fn seed(app: &App, request: &Request) -> Result<Seed, String> {
    let mut seed = json!(app.seed);
    if !request.body.is_empty() {
        let changes: serde_json::Map<String, Value> = read(request)?;
        for (name, value) in changes {
            seed[name.as_str()] = value;
        }
    }
    serde_json::from_value(seed).map_err(|error| error.to_string())
}

/// One exchange of the log, as a flat object.
fn exchange(exchange: &Exchange) -> Value {
    let (request, outcome) = (&exchange.request, &exchange.outcome);
    json!({
        "atMs": exchange.at_ms,
        "method": request.method,
        "url": request.url,
        "headers": request.headers,
        "body": request.body,
        "status": outcome.status,
        "answer": outcome.body,
        "applied": outcome.applied,
    })
}

fn requests(app: &App) -> Value {
    let now = app.now();
    let all = app.tenant.request_ids().into_iter();
    let one = |id: String| {
        let kind = if app.tenant.request_role(&id).is_some() { "role" } else { "group" };
        json!({ "status": app.tenant.request_status(&id, now), "kind": kind, "id": id })
    };
    all.map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tenant;

    fn app() -> App {
        let seed = Seed::default();
        App { tenant: Tenant::new(&seed), seed, offset_ms: 0 }
    }

    #[test]
    fn plays_the_other_administrator() {
        let mut app = app();
        let body = json!({ "group": "Network Operators", "access": "member", "rule": "Expiration_EndUser_Assignment",
            "patch": { "maximumDuration": "PT9H" }, "by": "olga" });
        let request = Request::new("POST", "").with_json(&body);
        assert_eq!(answer(&mut app, &request, "edit-rule", &Form::default()).status, 204);
        let query = Form::parse("group=Network+Operators&access=member&rule=Expiration_EndUser_Assignment");
        assert!(answer(&mut app, &Request::new("GET", ""), "rule", &query).body.contains("PT9H"));
        let body = json!({ "role": "Global Reader", "rule": "Expiration_EndUser_Assignment",
            "patch": { "maximumDuration": "PT7H" }, "by": "ana" });
        let edit = Request::new("POST", "").with_json(&body);
        assert_eq!(answer(&mut app, &edit, "edit-rule", &Form::default()).status, 204);
        let of_role = Form::parse("role=Global+Reader&rule=Expiration_EndUser_Assignment");
        assert!(answer(&mut app, &Request::new("GET", ""), "rule", &of_role).body.contains("PT7H"));
        let arrival = Request::new("POST", "").with_json(&json!({ "role": "Reports Reader", "principal": "otto" }));
        assert_eq!(answer(&mut app, &arrival, "add-request", &Form::default()).status, 200);
        let all = answer(&mut app, &Request::new("GET", ""), "requests", &Form::default()).body;
        assert!(all.contains(r#""kind":"role""#) && all.contains(r#""kind":"group""#));
        let reset = Request::new("POST", "").with_json(&json!({ "groups": 60, "consented": [] }));
        assert_eq!(answer(&mut app, &reset, "reset", &Form::default()).status, 204);
        assert_eq!(app.tenant.groups().len(), 60);
        assert!(!answer(&mut app, &Request::new("GET", ""), "rule", &query).body.contains("PT9H"));
        let bad = Request::new("POST", "").with_json(&json!({ "no": 1 }));
        assert_eq!(answer(&mut app, &bad, "faults", &Form::default()).status, 400);
        let now = Request::new("POST", "").with_json(&json!({ "ms": 60_000 }));
        assert_eq!(answer(&mut app, &now, "advance", &Form::default()).status, 200);
        assert_eq!(app.offset_ms, 60_000);
    }
}

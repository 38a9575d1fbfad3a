//! `$batch`: up to 20 calls in one, answered in any order.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::call::{Answer, Call, Reply};
use super::refusal::Refusal;
use crate::http::{Outcome, Request, Response};
use crate::tenant::Tenant;

/// The most calls in one batch.
const MOST: usize = 20;

/// `POST /$batch`: as slow as its slowest part.
pub(super) fn run(tenant: &mut Tenant, call: &Call<'_>) -> Reply {
    let bad = |message: &str| Refusal::bad_request(format!("Invalid batch payload format: {message}"));
    let parts = call.body["requests"].as_array().ok_or_else(|| bad("requests is missing."))?;
    if parts.is_empty() || parts.len() > MOST {
        return Err(bad("Number of batch request steps must be between 1 and 20."));
    }
    let mut seen = HashSet::new();
    for part in parts {
        let id = part["id"].as_str().ok_or_else(|| bad("id is missing."))?;
        if !seen.insert(id) || !part["method"].is_string() || !part["url"].is_string() {
            return Err(bad("ids must be unique, method and url are required."));
        }
    }
    let mut statuses: BTreeMap<&str, u16> = BTreeMap::new();
    let mut responses = Vec::new();
    let mut delay_ms = 0;
    for part in parts {
        let id = part["id"].as_str().unwrap_or("");
        let failed =
            |name: &Value| name.as_str().is_none_or(|name| statuses.get(name).is_none_or(|status| *status >= 400));
        let blocked = part["dependsOn"].as_array().is_some_and(|needed| needed.iter().any(failed));
        let response = if blocked { failed_dependency() } else { one(tenant, call, part) };
        statuses.insert(id, response.status);
        delay_ms = delay_ms.max(response.delay_ms);
        responses.push(body(id, &response));
    }
    tenant.random.shuffle(&mut responses);
    Ok(Answer { status: 200, body: Some(json!({ "responses": responses })), delay_ms })
}

fn one(tenant: &mut Tenant, call: &Call<'_>, part: &Value) -> Response {
    let method = part["method"].as_str().unwrap_or("").to_ascii_uppercase();
    let path = part["url"].as_str().unwrap_or("").trim_start_matches('/');
    let mut request = Request::new(&method, &format!("{}/{path}", call.root));
    for name in ["authorization", "client-request-id", "origin"] {
        if let Some(value) = call.request.header(name) {
            request = request.with_header(name, value);
        }
    }
    for (name, value) in part["headers"].as_object().into_iter().flatten() {
        request = request.with_header(name, value.as_str().unwrap_or(""));
    }
    if let Some(body) = part.get("body") {
        request.body = body.to_string();
    }
    if path.starts_with("$batch") {
        return super::wire::refused(
            tenant,
            &request,
            Refusal::bad_request("A batch cannot contain a batch."),
            call.now,
        );
    }
    match tenant.exchange(&request, call.now) {
        Outcome::Answer(answer) => answer,
        Outcome::Dropped { .. } => super::wire::refused(tenant, &request, Refusal::for_now(504), call.now),
    }
}

fn failed_dependency() -> Response {
    let message = "The dependent request failed.";
    Response::json(424, &json!({ "error": { "code": "FailedDependency", "message": message } }))
}

/// One answer in the batch; headers of the outer connection are left out.
fn body(id: &str, response: &Response) -> Value {
    let inner = |name: &str| !name.starts_with("access-control-") && name != "client-request-id";
    let headers: Map<String, Value> = response
        .headers
        .iter()
        .filter(|(name, _)| inner(name))
        .map(|(name, value)| (title_case(name), Value::String(value.clone())))
        .collect();
    let mut answer = json!({ "id": id, "status": response.status, "headers": headers });
    if !response.body.is_empty() {
        answer["body"] = serde_json::from_str(&response.body).unwrap_or_else(|_| Value::String(response.body.clone()));
    }
    answer
}

/// `retry-after` as `Retry-After`; `request-id` stays as it is.
fn title_case(name: &str) -> String {
    if name == "request-id" {
        return name.to_owned();
    }
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    words.collect::<Vec<_>>().join("-")
}

//! The headers and envelopes of Graph's answers.

use serde_json::{Value, json};

use super::call::Answer;
use super::refusal::Refusal;
use crate::http::{Request, Response};
use crate::tenant::Tenant;
use crate::time::bare;

const JSON: &str = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// The answer to a preflight: any origin, the requested method and headers.
pub(super) fn preflight(request: &Request) -> Response {
    Response::empty(200)
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-allow-methods", "GET,POST,PATCH,PUT,DELETE,OPTIONS")
        .with_header("access-control-allow-headers", request.header("access-control-request-headers").unwrap_or("*"))
        .with_header("access-control-max-age", "600")
}

/// Lets scripts of any origin read the answer and the headers that Graph exposes.
pub(crate) fn with_cors(tenant: &Tenant, answer: Response) -> Response {
    answer
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-expose-headers", &tenant.seed.exposed_headers.join(", "))
}

/// The answer to a successful call.
pub(super) fn answered(tenant: &mut Tenant, request: &Request, answer: Answer) -> Response {
    let id = tenant.random.guid();
    let mut response = match answer.body {
        Some(body) => {
            let response = Response { body: body.to_string(), ..Response::empty(answer.status) };
            let kind = if response.body.parse::<usize>().is_ok() { "text/plain" } else { JSON };
            response.with_header("content-type", kind).with_header("odata-version", "4.0")
        }
        None => Response::empty(answer.status),
    };
    response.delay_ms = answer.delay_ms;
    ids(tenant, request, response, &id)
}

/// The answer to a refused call, in Graph's envelope.
pub(super) fn refused(tenant: &mut Tenant, request: &Request, refusal: Refusal, now: i64) -> Response {
    let id = tenant.random.guid();
    let client = request.header("client-request-id").unwrap_or(&id);
    let mut envelope: Value = json!({ "error": {
        "code": refusal.code,
        "message": refusal.message,
        "innerError": { "date": bare(now), "request-id": id, "client-request-id": client },
    } });
    if refusal.status == 429 {
        envelope["error"]["innerError"]["code"] = json!("429");
    }
    let mut response = Response::json(refusal.status, &envelope);
    if let Some(challenge) = refusal.challenge {
        response = response.with_header("www-authenticate", &challenge);
    }
    ids(tenant, request, response, &id)
}

fn ids(tenant: &Tenant, request: &Request, response: Response, id: &str) -> Response {
    let client = request.header("client-request-id").unwrap_or(id);
    let response = response
        .with_header("cache-control", "no-cache")
        .with_header("request-id", id)
        .with_header("client-request-id", client);
    with_cors(tenant, response)
}

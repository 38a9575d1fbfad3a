//! From an HTTP answer to JSON or an error.

use serde_json::Value as Json;

use super::error::{Error, Ids, refusal};
use crate::world::HttpResponse;

/// The JSON of a success (`null` for an empty body), or the error.
pub fn json(response: &HttpResponse, call: &str) -> Result<Json, Error> {
    let header = |name| response.header(name).map(str::to_owned);
    let ids = || Ids { request_id: header("request-id"), client_request_id: header("client-request-id"), date: None };
    let parsed = if response.body.trim().is_empty() { Ok(Json::Null) } else { response.body.parse() };
    if (200..300).contains(&response.status) {
        parsed.map_err(|error| Error::Unexpected {
            call: call.to_owned(),
            what: describe(&response.body, &error),
            ids: ids(),
        })
    } else {
        let refused = refusal(response.status, &parsed.unwrap_or(Json::Null), call).with_headers(response);
        Err(Error::Refused(Box::new(refused)))
    }
}

/// The list in `value`; empty if there is none.
pub fn entries(body: &Json) -> &[Json] {
    body["value"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The list in `value`, or an error that says it is missing.
pub fn list<'a>(body: &'a Json, call: &str) -> Result<&'a [Json], Error> {
    body["value"].as_array().map(Vec::as_slice).ok_or_else(|| Error::Unexpected {
        call: call.to_owned(),
        what: "the answer contains no list".to_owned(),
        ids: Ids::default(),
    })
}

/// The list in `value`, moved out of the answer.
pub fn take_list(mut body: Json, call: &str) -> Result<Vec<Json>, Error> {
    list(&body, call)?;
    match body.get_mut("value").map(Json::take) {
        Some(Json::Array(list)) => Ok(list),
        _ => Ok(Vec::new()),
    }
}

fn describe(body: &str, error: &serde_json::Error) -> String {
    let start = body.trim_start();
    if start.starts_with('<') {
        "a web page came back instead of data (perhaps from a proxy or a sign-in portal)".to_owned()
    } else if error.is_eof() {
        "the answer ended early".to_owned()
    } else {
        format!("the answer is not JSON ({error})")
    }
}

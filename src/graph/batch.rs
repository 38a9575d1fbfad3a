//! Several reads in one call (`$batch`, at most 20 parts, answers in any order, a status per part).

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::error::{Error, Ids, Refusal, refusal};
use super::request::{Request, Version};
use crate::world::Method;

/// Most parts allowed in one batch.
pub const PARTS: usize = 20;

/// One call with up to [`PARTS`] reads of one API version. It needs the permissions of all parts.
pub fn batch(parts: &[Request], version: Version) -> Json {
    let requests: Vec<Json> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            debug_assert!(part.version == version && part.method != Method::Patch);
            let mut request = json!({"id": at.to_string(), "method": part.method.as_str(), "url": part.path});
            if part.eventual {
                request["headers"]["ConsistencyLevel"] = json!("eventual");
            }
            if let Some(body) = &part.body {
                request["headers"]["Content-Type"] = json!("application/json");
                request["body"] = body.clone();
            }
            request
        })
        .collect();
    json!({ "requests": requests })
}

/// The answers in the order of the parts. A part without an answer is [`Error::Unexpected`].
pub fn answers(parts: &[Request], mut body: Json) -> Vec<Result<Json, Error>> {
    let mut responses: BTreeMap<String, Json> = BTreeMap::new();
    if let Some(Json::Array(list)) = body.get_mut("responses").map(Json::take) {
        responses.extend(list.into_iter().filter_map(|response| Some((response["id"].as_str()?.to_owned(), response))));
    }
    parts.iter().enumerate().map(|(at, part)| answer(part, responses.remove(&at.to_string()))).collect()
}

fn answer(part: &Request, response: Option<Json>) -> Result<Json, Error> {
    let call = super::request::call_of(part);
    let Some(mut response) = response else {
        let what = "the batch has no answer for this part".to_owned();
        return Err(Error::Unexpected { call, what, ids: Ids::default() });
    };
    let status = response["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
    let body = response.get_mut("body").map(Json::take).unwrap_or_default();
    if (200..300).contains(&status) {
        return Ok(body);
    }
    let header = |name: &str| {
        let (_, value) = response["headers"].as_object()?.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let refused = Refusal {
        retry_after: header("Retry-After"),
        challenge: header("WWW-Authenticate"),
        ..refusal(status, &body, &call)
    };
    Err(Error::Refused(Box::new(refused)))
}

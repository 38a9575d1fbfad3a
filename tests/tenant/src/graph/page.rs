//! Collections: query options, pages and their links.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::filter::Filter;
use super::odata::{Expand, select};
use super::ok;
use super::refusal::Refusal;
use super::search::Search;
use crate::encoding::{base64url, from_base64url};
use crate::url::Form;

/// Items on a page unless `$top` says otherwise.
const PAGE: usize = 100;
/// The largest `$top`.
const MOST: usize = 999;

/// Answers a directory collection with `$filter`, `$search`, `$orderby`, `$count`, `$top`, `$select`.
pub(super) fn directory(call: &Call<'_>, set: &str, mut items: Vec<Value>) -> Reply {
    let advanced = call.eventual() && call.counts();
    if let Some(text) = call.query.get("$filter") {
        let filter =
            Filter::parse(text).ok_or_else(|| Refusal::new(400, "Request_BadRequest", "Invalid filter clause."))?;
        if filter.uses_contains() || (filter.is_advanced() && !advanced) {
            return Err(Refusal::unsupported_query("Unsupported Query."));
        }
        if call.query.get("$orderby").is_some() && !advanced {
            return Err(Refusal::unsupported_query("Sorting not supported for current query."));
        }
        items.retain(|item| filter.holds(item));
    }
    if let Some(text) = call.query.get("$search") {
        if !call.eventual() {
            return Err(Refusal::unsupported_query(
                "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
            ));
        }
        let search = Search::parse(text).ok_or_else(|| {
            Refusal::new(
                400,
                "Request_BadRequest",
                format!("Syntax error: character ':' is not valid at position 0 in '{text}'."),
            )
        })?;
        items.retain(|item| search.finds(item));
    }
    if let Some(order) = call.query.get("$orderby") {
        let (property, descending) = order.split_once(' ').map_or((order, false), |(p, d)| (p, d.trim() == "desc"));
        items.sort_by_key(|item| item[property].as_str().unwrap_or("").to_lowercase());
        if descending {
            items.reverse();
        }
    }
    let count = (call.counts() && call.eventual()).then_some(items.len());
    page(call, set, items, count)
}

/// Answers a collection of PIM: `$filter` and `$select` over what the handler found.
pub(super) fn filtered(call: &Call<'_>, set: &str, mut items: Vec<Value>) -> Reply {
    if let Some(text) = call.query.get("$filter") {
        let filter =
            Filter::parse(text).ok_or_else(|| Refusal::nested(400, "InvalidFilter", "The filter is invalid."))?;
        items.retain(|item| filter.holds(item));
    }
    page(call, set, items, None)
}

/// Rejects a `$filter` that is not made of comparisons with these properties, as documented.
pub(super) fn known_filter(call: &Call<'_>, properties: &[&str]) -> Result<(), Refusal> {
    let invalid = || Refusal::nested(400, "InvalidFilter", "The filter is invalid.");
    match call.query.get("$filter") {
        None => Ok(()),
        Some(text) => {
            let filter = Filter::parse(text).ok_or_else(invalid)?;
            if filter.compares_only(properties) { Ok(()) } else { Err(invalid()) }
        }
    }
}

/// Cuts a page from a collection and links to the next.
pub(super) fn page(call: &Call<'_>, set: &str, items: Vec<Value>, count: Option<usize>) -> Reply {
    let size = match call.query.get("$top") {
        None => PAGE,
        Some(text) => match text.parse() {
            Ok(size @ 1..=MOST) => size,
            _ => {
                return Err(Refusal::new(
                    400,
                    "Request_BadRequest",
                    format!("Invalid page size specified: '{text}'. Must be between 1 and 999 inclusive."),
                ));
            }
        },
    };
    let from = match call.query.get("$skiptoken") {
        None => 0,
        Some(token) => from_base64url(token)
            .and_then(|text| text.strip_prefix("from:")?.parse::<usize>().ok())
            .ok_or_else(|| {
                Refusal::new(
                    400,
                    "Directory_ExpiredPageToken",
                    "The specified page token value has expired and can no longer be included in your request.",
                )
            })?,
    };
    let total = items.len();
    let expanded = Expand::parse(call.query.get("$expand"));
    let wanted = call.query.get("$select");
    let shown: Vec<Value> =
        items.into_iter().skip(from).take(size).map(|item| select(item, wanted, &expanded)).collect();
    let mut body = json!({ "@odata.context": call.context(set), "value": shown });
    if let Some(count) = count.filter(|_| from == 0) {
        body["@odata.count"] = count.into();
    }
    let next = from.saturating_add(size);
    if next < total {
        let mut query = Form(call.query.0.iter().filter(|(name, _)| name != "$skiptoken").cloned().collect());
        query.0.push(("$skiptoken".into(), base64url(format!("from:{next}").as_bytes())));
        let path: Vec<String> = call.path.iter().map(|part| crate::url::percent_encode(part)).collect();
        body["@odata.nextLink"] = format!("{}/{}?{}", call.root, path.join("/"), query.encode()).into();
    }
    ok(body)
}

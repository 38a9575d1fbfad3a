//! The network: `fetch` without cookies, redirects, cache or referrer.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::{BrowserWorld, window};
use crate::world::{HttpFailure, HttpRequest, HttpResponse, Method, Transport};

impl Transport for BrowserWorld {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        fetch(&request, RequestCredentials::Omit).await.map_err(|error| failure(&error))
    }
}

/// Reads a file that lies beside the page, past every cache. Cookies of the page's own host go with it, because some
/// hosts ask for them.
pub async fn read_own(url: String, timeout_ms: u32) -> Result<HttpResponse, HttpFailure> {
    let request = HttpRequest { method: Method::Get, url, headers: Vec::new(), body: None, timeout_ms };
    fetch(&request, RequestCredentials::SameOrigin).await.map_err(|error| failure(&error))
}

async fn fetch(request: &HttpRequest, credentials: RequestCredentials) -> Result<HttpResponse, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.append(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers(&headers);
    init.set_credentials(credentials);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(request.timeout_ms)));
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    let response = JsFuture::from(window().fetch_with_str_and_init(&request.url, &init)).await?;
    let response: Response = response.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(HttpResponse {
        status: response.status(),
        headers: readable(&response.headers()),
        body: body.as_string().unwrap_or_default(),
    })
}

/// The headers the browser lets the page read; their names come in lower case.
fn readable(headers: &Headers) -> Vec<(String, String)> {
    headers
        .entries()
        .into_iter()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let pair: Array = entry.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

fn failure(error: &JsValue) -> HttpFailure {
    let name = Reflect::get(error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some("TimeoutError") { HttpFailure::TimedOut } else { HttpFailure::Lost }
}

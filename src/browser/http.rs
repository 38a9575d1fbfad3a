//! The network: `fetch` without cookies, redirects, cache or referrer; only files beside the page get cookies.

use gloo_net::Error;
use gloo_net::http::{Method as Verb, RequestBuilder, Response};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::{BrowserWorld, pointer};
use crate::world::{HttpFailure, HttpRequest, HttpResponse, Method, Transport};

impl Transport for BrowserWorld {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        let answer = fetch(request, RequestCredentials::Omit).await.map_err(|error| failure(&error));
        pointer::released().await;
        answer
    }
}

/// Reads the `config.json` beside the page, bypassing every cache. Cookies of the page's own host are sent along,
/// because some hosts require them. The start script has already asked, so that the answer is here when the program is;
/// if that failed, it is fetched again.
pub async fn read_config(url: String, timeout_ms: u32) -> Result<HttpResponse, HttpFailure> {
    if let Some(answer) = early_config().await {
        return Ok(answer);
    }
    let request = HttpRequest { method: Method::Get, url, headers: Vec::new(), body: None, timeout_ms };
    fetch(request, RequestCredentials::SameOrigin).await.map_err(|error| failure(&error))
}

/// Reads another file that the team hosts beside the page, bypassing every cache.
pub async fn read_beside(name: &str, timeout_ms: u32) -> Result<HttpResponse, HttpFailure> {
    let address = super::page::address();
    let folder = address.path.rfind('/').map_or("/", |at| &address.path[..=at]);
    let url = [address.origin.as_str(), folder, name].concat();
    let request = HttpRequest { method: Method::Get, url, headers: Vec::new(), body: None, timeout_ms };
    fetch(request, RequestCredentials::SameOrigin).await.map_err(|error| failure(&error))
}

/// The answer the start script got.
async fn early_config() -> Option<HttpResponse> {
    let asked =
        Reflect::get(&super::window(), &JsValue::from_str("__pimDeskConfig")).ok()?.dyn_into::<Promise>().ok()?;
    let answer = JsFuture::from(asked).await.ok()?.dyn_into::<web_sys::Response>().ok()?;
    read(answer.into()).await.ok()
}

async fn fetch(request: HttpRequest, credentials: RequestCredentials) -> Result<HttpResponse, Error> {
    let verb = match request.method {
        Method::Get => Verb::GET,
        Method::Post => Verb::POST,
        Method::Patch => Verb::PATCH,
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(verb)
        .credentials(credentials)
        .redirect(RequestRedirect::Error)
        .cache(cache(&request))
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(request.timeout_ms)));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let ready = match request.body {
        Some(body) => builder.body(body)?,
        None => builder.build()?,
    };
    read(ready.send().await?).await
}

/// Reads bypass every cache. Writes are never answered from one; with a bypass Chromium would also drop its cached
/// preflight and repeat it before every call to Graph, which doubles the time of each.
fn cache(request: &HttpRequest) -> RequestCache {
    let asks_leave = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    if request.method != Method::Get && asks_leave { RequestCache::Default } else { RequestCache::NoStore }
}

async fn read(response: Response) -> Result<HttpResponse, Error> {
    // The browser returns the names in lower case, and only those that the service lets the page read.
    let headers = response.headers().entries().collect();
    Ok(HttpResponse { status: response.status(), headers, body: response.text().await? })
}

fn failure(error: &Error) -> HttpFailure {
    match error {
        Error::JsError(error) if error.name == "TimeoutError" => HttpFailure::TimedOut,
        _ => HttpFailure::Lost,
    }
}

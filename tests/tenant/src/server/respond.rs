//! One request: to the tenant, to its control, or to a file.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};

use super::options::Options;
use super::{App, control, files};
use crate::http::{Outcome, Request, Response};
use crate::tenant::Tenant;
use crate::url::Url;

/// The largest request body, in bytes.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Answers a request; an error ends the connection without an answer.
pub(super) async fn respond(
    request: hyper::Request<Incoming>,
    app: Arc<Mutex<App>>,
    options: Arc<Options>,
) -> Result<hyper::Response<Full<Bytes>>, Failure> {
    let request = read(request, options.tls).await?;
    let Some(url) = Url::parse(&request.url) else { return write(Response::empty(400)) };
    if let Some(path) = url.path.strip_prefix("/_tenant/").filter(|_| options.control) {
        let mut app = app.lock().unwrap_or_else(PoisonError::into_inner);
        return write(control::answer(&mut app, &request, path, &url.query()));
    }
    if !Tenant::owns(&request.url) {
        return files::answer(&options, &request, &url).map_or_else(write, Ok);
    }
    let outcome = {
        let mut app = app.lock().unwrap_or_else(PoisonError::into_inner);
        let now = app.now();
        app.tenant.handle(&request, now)
    };
    match outcome {
        Outcome::Dropped { .. } => Err("dropped by a fault".into()),
        Outcome::Answer(answer) => {
            tokio::time::sleep(Duration::from_millis(answer.delay_ms)).await;
            write(answer)
        }
    }
}

async fn read(request: hyper::Request<Incoming>, tls: bool) -> Result<Request, Failure> {
    let (head, body) = request.into_parts();
    let host = head.uri.authority().map(|authority| authority.as_str().to_owned());
    let named = || head.headers.get("host").and_then(|host| host.to_str().ok()).map(str::to_owned);
    let host = host.or_else(named).unwrap_or_else(|| "localhost".into());
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let body = Limited::new(body, BODY_LIMIT).collect().await?.to_bytes();
    Ok(Request {
        method: head.method.as_str().to_owned(),
        url: format!("{}://{host}{path}", if tls { "https" } else { "http" }),
        headers: headers.collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn write(answer: Response) -> Result<hyper::Response<Full<Bytes>>, Failure> {
    let mut response = hyper::Response::builder().status(answer.status).body(Full::from(answer.body))?;
    for (name, value) in answer.headers {
        response.headers_mut().append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    Ok(response)
}

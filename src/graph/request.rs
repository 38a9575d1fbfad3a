//! One Graph call as a value.

use serde_json::Value as Json;

use crate::auth::scope::Scope;
use crate::world::Method;

/// Which version of the API. A batch cannot mix them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The supported API.
    V1,
    /// Preview calls that v1.0 lacks.
    Beta,
}

impl Version {
    /// The path segment.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
        }
    }
}

/// A call, independent of cloud, token and retry.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The API version.
    pub version: Version,
    /// Path and query after the version, percent-encoded, starting with `/`.
    pub path: String,
    /// The JSON body, if any.
    pub body: Option<Json>,
    /// Whether `ConsistencyLevel: eventual` is sent (advanced queries; repeated on every page).
    pub eventual: bool,
    /// Whether it is sent only once, even if Microsoft says that it was not applied: for decisions, and when nothing
    /// may wait for it.
    pub once: bool,
    /// How long to wait for its answer, ms, if not the default.
    pub within_ms: Option<u32>,
    /// The permissions the token must carry.
    pub scopes: &'static [Scope],
}

impl Request {
    const fn new(method: Method, path: String, body: Option<Json>, scopes: &'static [Scope]) -> Self {
        Self { method, version: Version::V1, path, body, eventual: false, once: false, within_ms: None, scopes }
    }

    /// A v1.0 read.
    pub const fn get(path: String, scopes: &'static [Scope]) -> Self {
        Self::new(Method::Get, path, None, scopes)
    }

    /// A v1.0 POST.
    pub const fn post(path: String, body: Json, scopes: &'static [Scope]) -> Self {
        Self::new(Method::Post, path, Some(body), scopes)
    }

    /// A v1.0 PATCH.
    pub const fn patch(path: String, body: Json, scopes: &'static [Scope]) -> Self {
        Self::new(Method::Patch, path, Some(body), scopes)
    }

    /// The same call on beta.
    #[must_use]
    pub fn beta(self) -> Self {
        Self { version: Version::Beta, ..self }
    }

    /// The same call as an advanced query.
    #[must_use]
    pub fn eventually(self) -> Self {
        Self { eventual: true, ..self }
    }

    /// The same call, sent only once.
    #[must_use]
    pub fn once(self) -> Self {
        Self { once: true, ..self }
    }

    /// The same call, with a limit on the wait for its answer, ms.
    #[must_use]
    pub fn within(self, ms: u32) -> Self {
        Self { within_ms: Some(ms), ..self }
    }

    /// Whether it changes something. `POST` is used for reads only (`$batch`, `getByIds`).
    pub fn is_write(&self) -> bool {
        self.method == Method::Patch
    }
}

/// Method and path of a call without its query: safe to show and to log.
pub fn call_of(request: &Request) -> String {
    let path = request.path.split('?').next().unwrap_or_default();
    format!("{} /{}{path}", request.method.as_str(), request.version.as_str())
}

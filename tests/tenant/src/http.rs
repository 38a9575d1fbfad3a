//! Requests and answers as plain values.

use serde_json::Value;

/// One HTTP request as it reaches the tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, `PATCH`, `OPTIONS`, …
    pub method: String,
    /// Absolute address, percent-encoded.
    pub url: String,
    /// Header names (any case) and values.
    pub headers: Vec<(String, String)>,
    /// The body as text; empty if there is none.
    pub body: String,
}

impl Request {
    /// A request with no body and no header.
    pub fn new(method: &str, url: &str) -> Self {
        Self { method: method.into(), url: url.into(), ..Self::default() }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same request with a JSON body.
    #[must_use]
    pub fn with_json(mut self, body: &Value) -> Self {
        self.body = body.to_string();
        self.with_header("Content-Type", "application/json")
    }

    /// The same request with an access token.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        self.with_header("Authorization", &format!("Bearer {token}"))
    }

    /// The value of a header, by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// One HTTP answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body as text; empty if there is none.
    pub body: String,
    /// Milliseconds to wait before the answer is sent.
    pub delay_ms: u64,
}

impl Response {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// An answer with a JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, body: body.to_string(), ..Self::default() }.with_header("content-type", "application/json")
    }

    /// An answer with an HTML page.
    pub fn html(status: u16, body: String) -> Self {
        Self { status, body, ..Self::default() }
            .with_header("content-type", "text/html; charset=utf-8")
            .with_header("cache-control", "no-store")
    }

    /// A redirect for a navigation.
    pub fn redirect(location: &str) -> Self {
        Self::empty(302).with_header("location", location).with_header("cache-control", "no-store")
    }

    /// The same answer with one more header; the name in lower case.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer.
    Answer(Response),
    /// The connection ended without an answer.
    Dropped {
        /// Whether the request took effect before the connection ended.
        applied: bool,
    },
}

impl Outcome {
    /// The answer, if there is one.
    pub fn answer(self) -> Option<Response> {
        match self {
            Self::Answer(response) => Some(response),
            Self::Dropped { .. } => None,
        }
    }
}

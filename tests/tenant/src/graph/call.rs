//! One call to Graph, parsed and authenticated.

use serde_json::Value;

use super::refusal::Refusal;
use crate::http::Request;
use crate::sign_in::Token;
use crate::url::{Form, Url};

/// A call to Graph.
pub(super) struct Call<'a> {
    /// Whether the path begins with `beta`.
    pub(super) beta: bool,
    /// The method in upper case.
    pub(super) method: &'a str,
    /// The decoded path after the version.
    pub(super) path: Vec<String>,
    /// The query.
    pub(super) query: Form,
    /// The body; `null` if there is none.
    pub(super) body: Value,
    /// The request as it arrived.
    pub(super) request: &'a Request,
    /// Who is calling and what they may do.
    pub(super) token: Token,
    /// Milliseconds since 1970.
    pub(super) now: i64,
    /// `https://graph.microsoft.com/v1.0`
    pub(super) root: String,
}

/// A successful call.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Option<Value>,
    /// Milliseconds to wait before the answer is sent.
    pub(super) delay_ms: u64,
}

/// The result of a handler.
pub(super) type Reply = Result<Answer, Refusal>;

impl<'a> Call<'a> {
    /// Parses a request; the body of a write must be JSON.
    pub(super) fn read(request: &'a Request, url: &Url, token: Token, now: i64) -> Result<Self, Refusal> {
        let mut path = url.segments();
        let version = if path.is_empty() { String::new() } else { path.remove(0) };
        if version != "v1.0" && version != "beta" {
            return Err(Refusal::bad_request(format!("Invalid version: {version}")));
        }
        let body = if matches!(request.method.as_str(), "POST" | "PATCH") && !request.body.is_empty() {
            let kind = request.header("content-type").unwrap_or("");
            if !kind.to_ascii_lowercase().starts_with("application/json") {
                return Err(Refusal::bad_request(
                    "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
                ));
            }
            serde_json::from_str(&request.body)
                .map_err(|_| Refusal::bad_request("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."))?
        } else {
            Value::Null
        };
        let query = Form::parse(&url.raw_query);
        let names = ["filter", "select", "expand", "search", "count", "top", "orderby", "skiptoken"];
        let query = Form(
            query
                .0
                .into_iter()
                .map(|(name, value)| {
                    let bare = name.to_ascii_lowercase();
                    if names.contains(&bare.as_str()) { (format!("${bare}"), value) } else { (bare, value) }
                })
                .collect(),
        );
        let root = format!("{}/{version}", url.origin);
        Ok(Self { beta: version == "beta", method: &request.method, path, query, body, request, token, now, root })
    }

    /// A part of the path in its original case; empty if there are fewer.
    pub(super) fn part(&self, at: usize) -> &str {
        self.path.get(at).map_or("", String::as_str)
    }

    /// The object ID of the caller.
    pub(super) fn me(&self) -> &str {
        &self.token.person
    }

    /// Whether the token has one of these scopes.
    pub(super) fn has_scope(&self, scopes: &[&str]) -> bool {
        self.token.scopes.iter().any(|own| scopes.iter().any(|scope| scope.eq_ignore_ascii_case(own)))
    }

    /// Refuses a directory call without one of these scopes.
    pub(super) fn need_directory_scope(&self, scopes: &[&str]) -> Result<(), Refusal> {
        if self.has_scope(scopes) { Ok(()) } else { Err(Refusal::no_directory_right()) }
    }

    /// Refuses a PIM call without one of these scopes.
    pub(super) fn need_pim_scope(&self, scopes: &[&str]) -> Result<(), Refusal> {
        if self.has_scope(scopes) { Ok(()) } else { Err(Refusal::no_pim_scope(scopes)) }
    }

    /// Whether the client accepts eventual consistency, which advanced queries need.
    pub(super) fn eventual(&self) -> bool {
        self.request.header("consistencylevel").is_some_and(|level| level.eq_ignore_ascii_case("eventual"))
    }

    /// Whether `$count=true` was requested.
    pub(super) fn counts(&self) -> bool {
        self.query.get("$count").is_some_and(|count| count.eq_ignore_ascii_case("true"))
    }

    /// `@odata.context` for a set.
    pub(super) fn context(&self, set: &str) -> String {
        format!("{}/$metadata#{set}", self.root)
    }
}

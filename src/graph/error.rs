//! What can go wrong with a Graph call.

use serde_json::Value as Json;

use super::retry;
use crate::auth::challenge::{claims_in_header, claims_in_message};
use crate::auth::session::SignInNeeded;
use crate::world::HttpResponse;

/// The IDs Microsoft support asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    /// Microsoft's ID of the request, if an answer came back.
    pub request_id: Option<String>,
    /// Our ID of the request.
    pub client_request_id: Option<String>,
    /// Server time of the answer, as Microsoft wrote it; if missing, when the request was sent.
    pub date: Option<String>,
}

/// Graph answered with an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// `error.code`; may be empty.
    pub code: String,
    /// `error.message`: for people, never for logic.
    pub message: String,
    /// The IDs for support.
    pub ids: Ids,
    /// The `Retry-After` header, if the browser may read it. A date is converted to seconds when the answer arrives.
    pub retry_after: Option<String>,
    /// The `WWW-Authenticate` header as sent, if the browser may read it.
    pub challenge: Option<String>,
    /// Which call was refused: method and path without the query.
    pub call: String,
}

/// Why a call gave no usable answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Graph answered with an error.
    #[error("{} {}: {}", .0.status, .0.code, .0.message)]
    Refused(Box<Refusal>),
    /// No answer: offline, blocked, or the connection broke. Whether a write took effect is unknown.
    #[error("no answer from Microsoft Graph ({call})")]
    NoAnswer {
        /// Which call: method and path without the query.
        call: String,
        /// Our ID of the request.
        ids: Ids,
        /// Whether the time allowed ran out.
        timed_out: bool,
    },
    /// An answer that is not what Graph sends: HTML, truncated JSON, a missing list.
    #[error("unexpected answer ({call}): {what}")]
    Unexpected {
        /// Which call: method and path without the query.
        call: String,
        /// What was wrong with it.
        what: String,
        /// The IDs for support.
        ids: Ids,
    },
    /// No token without the person.
    #[error(transparent)]
    SignIn(Box<SignInNeeded>),
}

impl Error {
    /// The refusal, if Graph answered.
    pub fn refusal(&self) -> Option<&Refusal> {
        if let Self::Refused(refusal) = self { Some(refusal) } else { None }
    }

    /// The status, if Graph answered with an error.
    pub fn status(&self) -> Option<u16> {
        self.refusal().map(|refusal| refusal.status)
    }

    /// Whether another token helps: a 401 asks for one, other refusals if they ask for a stronger sign-in.
    pub fn wants_other_token(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.status == 401 || refusal.asks_for_step_up())
    }

    /// Whether the person lacks a right: a 403 that no stronger sign-in helps against.
    pub fn is_forbidden(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.status == 403 && !refusal.asks_for_step_up())
    }

    /// Whether a write with this error may have taken effect, which only reading shows.
    pub fn is_unsettled(&self) -> bool {
        match self {
            Self::NoAnswer { .. } | Self::Unexpected { .. } => true,
            Self::Refused(refusal) => refusal.status >= 500 || refusal.status == 408,
            Self::SignIn(_) => false,
        }
    }

    /// How long Microsoft asks to wait before the next call, ms; 0 if it does not.
    pub fn asks_to_wait_ms(&self, now_unix_ms: i64) -> i64 {
        let asked = self.refusal().and_then(|refusal| refusal.retry_after.as_deref());
        asked.and_then(|text| retry::asked_ms(text, now_unix_ms)).unwrap_or_default()
    }

    /// Adds our ID of the request and when it was sent if the answer has neither, and converts a wait until a date to
    /// seconds from `now_unix_ms`.
    #[must_use]
    pub fn completed(mut self, client_request_id: &str, sent_unix_ms: i64, now_unix_ms: i64) -> Self {
        let ids = match &mut self {
            Self::Refused(refusal) => {
                let date = refusal.retry_after.as_deref().filter(|text| text.trim().parse::<i64>().is_err());
                if let Some(wait_ms) = date.and_then(|date| retry::asked_ms(date, now_unix_ms)) {
                    refusal.retry_after = Some((wait_ms.saturating_add(999) / 1000).to_string());
                }
                &mut refusal.ids
            }
            Self::NoAnswer { ids, .. } | Self::Unexpected { ids, .. } => ids,
            Self::SignIn(_) => return self,
        };
        ids.client_request_id.get_or_insert_with(|| client_request_id.to_owned());
        ids.date.get_or_insert_with(|| crate::instant::to_rfc3339(sent_unix_ms));
        self
    }

    /// The IDs for support.
    pub fn ids(&self) -> Ids {
        match self {
            Self::Refused(refusal) => refusal.ids.clone(),
            Self::NoAnswer { ids, .. } | Self::Unexpected { ids, .. } => ids.clone(),
            Self::SignIn(_) => Ids::default(),
        }
    }
}

/// Parses the error envelope (graph.md G37), spelled `innerError` or `innererror`. A missing or foreign body results in
/// a refusal with an empty code.
pub fn refusal(status: u16, body: &Json, call: &str) -> Refusal {
    let error = &body["error"];
    let inner = if error["innerError"].is_object() { &error["innerError"] } else { &error["innererror"] };
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let some = |value: &Json| value.as_str().filter(|t| !t.is_empty()).map(str::to_owned);
    let (code, message) = unwrapped(text(&error["code"]), text(&error["message"]));
    Refusal {
        status,
        code,
        message,
        ids: Ids {
            request_id: some(&inner["request-id"]),
            client_request_id: some(&inner["client-request-id"]),
            date: some(&inner["date"]),
        },
        retry_after: None,
        challenge: None,
        call: call.to_owned(),
    }
}

/// The services behind Graph send some errors as code `UnknownError` with the real code and message as JSON inside the
/// message; those are extracted.
fn unwrapped(code: String, message: String) -> (String, String) {
    let inner: Json = serde_json::from_str(&message).unwrap_or_default();
    match (inner["errorCode"].as_str(), inner["message"].as_str()) {
        (Some(real), told) if !real.is_empty() => (real.to_owned(), told.unwrap_or_default().to_owned()),
        _ => (code, message),
    }
}

impl Refusal {
    /// Whether Graph asks for a stronger sign-in, with PIM's code or with a claims challenge.
    pub fn asks_for_step_up(&self) -> bool {
        let challenged = || self.challenge.as_deref().and_then(claims_in_header).is_some();
        self.names_step_up() || matches!(self.status, 400 | 403) && challenged()
    }

    /// Whether PIM asks for a stronger sign-in, which it does with status 400 and its own code (graph.md G32).
    pub fn names_step_up(&self) -> bool {
        const STEP_UP: &str = "RoleAssignmentRequestAcrsValidationFailed";
        matches!(self.status, 400 | 403) && (self.code.contains(STEP_UP) || self.message.contains(STEP_UP))
    }

    /// The claims it asks for (JSON text): in `WWW-Authenticate`, or in the message, where PIM puts them.
    pub fn claims(&self) -> Option<String> {
        let in_header = self.challenge.as_deref().and_then(claims_in_header);
        in_header.or_else(|| claims_in_message(&self.message))
    }

    /// Adds what the headers contain.
    #[must_use]
    pub fn with_headers(mut self, response: &HttpResponse) -> Self {
        let header = |name| response.header(name).map(str::to_owned);
        self.ids.request_id = header("request-id").or(self.ids.request_id);
        self.ids.client_request_id = header("client-request-id").or(self.ids.client_request_id);
        self.retry_after = header("retry-after");
        self.challenge = header("www-authenticate");
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::base64url;
    use crate::graph::answer;
    use serde_json::json;

    #[test]
    fn a_wrapped_error_is_told_by_its_own_name() {
        let read = |code: &str, message: &str| {
            let refusal = refusal(400, &json!({"error": {"code": code, "message": message}}), "GET /v1.0/x");
            (refusal.code, refusal.message)
        };
        let plain = |code: &str, message: &str| (code.to_owned(), message.to_owned());
        let wrapped = r#"{"errorCode":"MfaAndAcrsConflict","message":"Not both.","instanceAnnotations":[]}"#;
        assert_eq!(read("UnknownError", wrapped), plain("MfaAndAcrsConflict", "Not both."));
        for message in ["", "{", "[]", "null", "\"x\"", r#"{"errorCode":""}"#, r#"{"errorCode":7}"#, "plain words"] {
            assert_eq!(read("InvalidPolicy", message), plain("InvalidPolicy", message));
        }
    }

    fn asked(header: Option<String>, body: &str) -> Option<String> {
        let headers = header.map(|value| ("www-authenticate".to_owned(), value)).into_iter().collect();
        let response = HttpResponse { status: 401, headers, body: body.to_owned() };
        answer::json(&response, "GET /v1.0/x").unwrap_err().refusal().unwrap().claims()
    }

    #[test]
    fn claims_are_found_in_the_header_and_in_the_message() {
        let claims = r#"{"access_token":{"nbf":1}}"#;
        let header =
            format!(r#"Bearer error="insufficient_claims", claims="{}""#, base64url::encode(claims.as_bytes()));
        assert_eq!(asked(Some(header), "").as_deref(), Some(claims));
        let body =
            r#"{"error":{"code":"RoleAssignmentRequestAcrsValidationFailed","message":"&claims=%7B%22a%22%3A1%7D"}}"#;
        assert_eq!(asked(None, body).as_deref(), Some(r#"{"a":1}"#));
        for nothing in ["", "<html>", r#"{"error":7}"#, r#"{"error":{"message":"no"}}"#] {
            assert_eq!(asked(None, nothing), None);
        }
    }
}

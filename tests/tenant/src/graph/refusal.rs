//! Errors in Graph's own words.

use serde_json::json;

use crate::encoding::base64;
use crate::sign_in::Token;

/// A refused call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    /// The value of `WWW-Authenticate`.
    pub(super) challenge: Option<String>,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), challenge: None }
    }

    /// 400 of Graph itself.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// 400 of the directory: a query it does not support.
    pub(super) fn unsupported_query(message: &str) -> Self {
        Self::new(400, "Request_UnsupportedQuery", message)
    }

    /// 404 of the directory.
    pub(super) fn no_such_object(id: &str) -> Self {
        let message =
            format!("Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
        Self::new(404, "Request_ResourceNotFound", message)
    }

    /// 403 of the directory.
    pub(super) fn no_directory_right() -> Self {
        Self::new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    }

    /// An error of the PIM service behind Graph: its own code and message are JSON inside the message
    /// (kayasax/EasyPIM#37, microsoft-graph-docs#20060).
    pub(super) fn nested(status: u16, code: &str, message: &str) -> Self {
        let inner = json!({ "errorCode": code, "message": message, "instanceAnnotations": [] });
        Self::new(status, "UnknownError", inner.to_string())
    }

    /// 403 of PIM: the token lacks the scope.
    pub(super) fn no_pim_scope(scopes: &[&str]) -> Self {
        let message = format!("Authorization failed due to missing permission scope {}.", scopes.join(","));
        Self::nested(403, "PermissionScopeNotGranted", &message)
    }

    /// 403 of PIM: the person may not.
    pub(super) fn no_pim_right() -> Self {
        Self::new(403, "UnauthorizedAccessException", "Attempted to perform an unauthorized operation.")
    }

    /// 400 of PIM: the policy would be invalid; does not say why (graph.md G6).
    pub(super) fn invalid_policy() -> Self {
        Self::new(400, "InvalidPolicy", "The policy is invalid.")
    }

    /// 400 of PIM: one rule is invalid.
    pub(super) fn invalid_rule(id: &str) -> Self {
        Self::new(400, "InvalidPolicyRule", format!("The policy rule id {id} is invalid."))
    }

    /// 401: the token is not accepted.
    pub(super) fn token(message: &str) -> Self {
        let challenge = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
            client_id=\"00000003-0000-0000-c000-000000000000\"";
        Self { challenge: Some(challenge.into()), ..Self::new(401, "InvalidAuthenticationToken", message) }
    }

    /// 401: the token was revoked; a client that declared `cp1` gets a claims challenge.
    pub(super) fn revoked(token: &Token, now: i64) -> Self {
        let mut refusal = Self::token(
            "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
        );
        if token.claims_capable {
            let after = (now / 1000).to_string();
            let claims = json!({ "access_token": { "nbf": { "essential": true, "value": after } } });
            let claims = base64(claims.to_string().as_bytes());
            refusal.challenge = refusal
                .challenge
                .map(|challenge| format!("{challenge}, error=\"insufficient_claims\", claims=\"{claims}\""));
        }
        refusal
    }

    /// Throttled or out of order.
    pub(super) fn for_now(status: u16) -> Self {
        let (code, message) = match status {
            429 => ("TooManyRequests", "Please retry again later."),
            502 => ("BadGateway", "The server received an invalid response from an upstream server."),
            503 => ("ServiceUnavailable", "The service is unavailable."),
            504 => ("GatewayTimeout", "The server didn't respond in time."),
            500 => ("InternalServerError", "An error has occurred."),
            _ => ("UnknownError", ""),
        };
        Self::new(status, code, message)
    }
}

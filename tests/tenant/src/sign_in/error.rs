//! Errors of the sign-in service, as JSON, in a redirect, or on a page.

use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::tenant::Tenant;
use crate::time::spaced;
use crate::url::Form;

/// An error with its OAuth code and its AADSTS number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OauthError {
    pub(super) error: &'static str,
    pub(super) number: u32,
    message: String,
    suberror: Option<&'static str>,
    claims: Option<String>,
}

impl OauthError {
    pub(super) fn new(error: &'static str, number: u32, message: &str) -> Self {
        Self { error, number, message: message.into(), suberror: None, claims: None }
    }

    /// The same with another OAuth code.
    pub(super) const fn coded(mut self, error: &'static str) -> Self {
        self.error = error;
        self
    }

    /// The same with a suberror.
    pub(super) fn with_suberror(mut self, suberror: &'static str) -> Self {
        self.suberror = Some(suberror);
        self
    }

    /// The same with claims to request.
    pub(super) fn with_claims(mut self, claims: String) -> Self {
        self.claims = Some(claims);
        self
    }

    /// Consent is missing: an administrator's, or the person's own.
    pub(super) fn consent(administrator: bool) -> Self {
        if administrator {
            let message = "The user or administrator has not consented to use the application. Administrator consent is required. Send an interactive authorization request for this user and resource.";
            return Self::new("consent_required", 90094, message).with_suberror("consent_required");
        }
        let message = "The user or administrator has not consented to use the application with ID. Send an interactive authorization request for this user and resource.";
        Self::new("consent_required", 65001, message).with_suberror("consent_required")
    }

    /// A stronger sign-in is required; the claims say which.
    pub(super) fn step_up(context: &str) -> Self {
        let message = "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.";
        let claims = json!({ "access_token": { "acrs": { "essential": true, "value": context } } });
        Self::new("interaction_required", 50076, message).with_suberror("basic_action").with_claims(claims.to_string())
    }

    /// The description with the IDs that support asks for.
    fn description(&self, trace: &str, correlation: &str, now: i64) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {}",
            self.number,
            self.message,
            spaced(now)
        )
    }

    /// As the token endpoint's answer.
    pub(super) fn json(&self, tenant: &mut Tenant, request: &Request, status: u16, now: i64) -> Response {
        let (trace, correlation) = ids(tenant, request);
        let mut body: Value = json!({
            "error": self.error,
            "error_description": self.description(&trace, &correlation, now),
            "error_codes": [self.number],
            "timestamp": spaced(now),
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.number),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = suberror.into();
        }
        if let Some(claims) = &self.claims {
            body["claims"] = claims.as_str().into();
        }
        Response::json(status, &body).with_header("cache-control", "no-store, no-cache")
    }

    /// As parameters of a redirect.
    pub(super) fn parameters(&self, tenant: &mut Tenant, request: &Request, now: i64) -> Form {
        let (trace, correlation) = ids(tenant, request);
        let mut pairs = vec![
            ("error".to_owned(), self.error.to_owned()),
            ("error_description".to_owned(), self.description(&trace, &correlation, now)),
            ("error_uri".to_owned(), format!("https://login.microsoftonline.com/error?code={}", self.number)),
        ];
        if let Some(suberror) = self.suberror {
            pairs.push(("error_subcode".to_owned(), suberror.to_owned()));
        }
        if let Some(claims) = &self.claims {
            pairs.push(("claims".to_owned(), claims.clone()));
        }
        Form(pairs)
    }

    /// As text for a page, for errors that must not be redirected.
    pub(super) fn text(&self, tenant: &mut Tenant, request: &Request, now: i64) -> String {
        let (trace, correlation) = ids(tenant, request);
        self.description(&trace, &correlation, now)
    }
}

fn ids(tenant: &mut Tenant, request: &Request) -> (String, String) {
    let correlation = request.header("client-request-id").map(str::to_owned);
    (tenant.random.guid(), correlation.unwrap_or_else(|| tenant.random.guid()))
}

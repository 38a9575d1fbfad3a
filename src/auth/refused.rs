//! An error of the sign-in service, as it comes in a fragment or a token answer.

use serde_json::Value;

/// The error the sign-in service returned. Decisions use `error`, `suberror` and `claims` only; the AADSTS number in
/// `code` only selects explanations, because Microsoft may change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// The OAuth error, such as `interaction_required`.
    pub error: String,
    /// Microsoft's more specific error, such as `consent_required`.
    pub suberror: Option<String>,
    /// Microsoft's text, for people; may contain anything.
    pub description: String,
    /// The AADSTS number.
    pub code: Option<u32>,
    /// The claims to request in the next sign-in (JSON text).
    pub claims: Option<String>,
    /// The ID to quote to Microsoft's support.
    pub correlation_id: Option<String>,
    /// When it happened, in the service's own format.
    pub timestamp: Option<String>,
}

impl Refused {
    /// Parses the JSON body of a token answer; `None` if it is not an OAuth error.
    pub fn from_json(body: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(body).ok()?;
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let description = text("error_description").unwrap_or_default();
        let listed = value.get("error_codes").and_then(|codes| codes.get(0)).and_then(Value::as_u64);
        Some(Self {
            error: text("error")?,
            suberror: text("suberror").filter(|text| !text.is_empty()),
            code: listed.and_then(|code| u32::try_from(code).ok()).or_else(|| aadsts(&description)),
            claims: text("claims"),
            correlation_id: text("correlation_id"),
            timestamp: text("timestamp"),
            description,
        })
    }

    /// Parses the parameters of an authorization answer; `None` if they contain no error.
    pub fn from_parameters(pairs: &[(String, String)]) -> Option<Self> {
        let text = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        let description = text("error_description").unwrap_or_default();
        Some(Self {
            error: text("error").filter(|error| !error.is_empty())?,
            suberror: text("error_subcode").or_else(|| text("suberror")),
            code: aadsts(&description),
            claims: text("claims"),
            correlation_id: after(&description, "Correlation ID:"),
            timestamp: after(&description, "Timestamp:"),
            description,
        })
    }

    /// Whether consent is missing.
    pub fn lacks_consent(&self) -> bool {
        self.is("consent_required")
    }

    /// Whether the refusal may be due to the permissions asked for: no consent, no such permission, or the person or
    /// their administrator said no.
    pub fn lacks_permission(&self) -> bool {
        const WORDS: [&str; 4] = ["access_denied", "invalid_scope", "invalid_client", "unauthorized_client"];
        self.lacks_consent() || WORDS.iter().any(|word| self.is(word))
    }

    /// Whether a person can fix it at the sign-in page.
    ///
    /// The list is the one MSAL uses, without its text search in the description.
    pub fn needs_person(&self) -> bool {
        const WORDS: [&str; 11] = [
            "interaction_required",
            "login_required",
            "consent_required",
            "account_selection_required",
            "interrupted_user",
            "ui_not_allowed",
            "bad_token",
            "message_only",
            "additional_action",
            "basic_action",
            "user_password_expired",
        ];
        WORDS.iter().any(|word| self.is(word))
    }

    /// Whether the grant (code or refresh token) itself was used up, expired or revoked.
    pub fn grant_is_dead(&self) -> bool {
        self.error == "invalid_grant" && (!self.needs_person() || self.is("bad_token"))
    }

    /// Whether trying again later may help.
    pub fn is_passing(&self) -> bool {
        matches!(self.error.as_str(), "temporarily_unavailable" | "server_error")
    }

    fn is(&self, word: &str) -> bool {
        self.error == word || self.suberror.as_deref() == Some(word)
    }
}

/// The number in "AADSTS65001: …".
fn aadsts(description: &str) -> Option<u32> {
    let rest = description.split_once("AADSTS")?.1;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// The value behind a label in Microsoft's description: `Correlation ID: …`, up to the next label.
fn after(description: &str, label: &str) -> Option<String> {
    let rest = description.split_once(label)?.1.trim_start();
    let end =
        ["Trace ID:", "Correlation ID:", "Timestamp:", "\r", "\n"].iter().filter_map(|stop| rest.find(stop)).min();
    let value: String = rest[..end.unwrap_or(rest.len())].trim().chars().take(64).collect();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_token_error() {
        let body = r#"{"error":"invalid_grant","suberror":"consent_required","error_codes":[65001],"claims":"{}",
            "error_description":"AADSTS65001: x","correlation_id":"c","timestamp":"2026-11-22 10:00:00Z"}"#;
        let refused = Refused::from_json(body).unwrap();
        assert_eq!((refused.code, refused.correlation_id.as_deref()), (Some(65001), Some("c")));
        assert!(refused.lacks_consent() && refused.needs_person() && !refused.grant_is_dead());
        for odd in ["", "[]", "{}", r#"{"error":5}"#, "<html>"] {
            assert_eq!(Refused::from_json(odd), None, "{odd}");
        }
    }

    #[test]
    fn reads_an_answer_in_the_fragment() {
        let text = "AADSTS50058: no session. Trace ID: t Correlation ID: 1-2 Timestamp: 2026-11-22 10:00:00Z";
        let pairs = [("error".into(), "login_required".into()), ("error_description".into(), text.into())];
        let refused = Refused::from_parameters(&pairs).unwrap();
        assert_eq!(refused.code, Some(50058));
        assert_eq!(refused.correlation_id.as_deref(), Some("1-2"));
        assert_eq!(refused.timestamp.as_deref(), Some("2026-11-22 10:00:00Z"));
    }

    #[test]
    fn a_dead_grant_is_told_from_a_question() {
        let with = |error: &str, suberror: Option<&str>| Refused {
            error: error.into(),
            suberror: suberror.map(str::to_owned),
            ..Refused::default()
        };
        assert!(with("invalid_grant", None).grant_is_dead());
        assert!(with("invalid_grant", Some("bad_token")).grant_is_dead());
        assert!(!with("invalid_grant", Some("basic_action")).grant_is_dead());
        assert!(!with("interaction_required", None).grant_is_dead());
    }

    #[test]
    fn numbers_beyond_range_are_ignored() {
        assert_eq!(aadsts("AADSTS99999999999999: x"), None);
        assert_eq!(aadsts("AADSTS"), None);
    }
}

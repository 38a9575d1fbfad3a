//! The `claims` parameter: client capabilities and authentication contexts.

use serde_json::Value;

/// The contents of the `claims` parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// The client declares `cp1`: it can handle claims challenges.
    pub(super) capable: bool,
    /// Authentication contexts that the access token must have.
    pub(super) acrs: Vec<String>,
}

impl Claims {
    /// Parses the parameter; `None` if it is present and is not a JSON object.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let value: Value = serde_json::from_str(text).ok().filter(Value::is_object)?;
        let token = &value["access_token"];
        let listed = |claim: &Value| -> Vec<String> {
            let many = claim["values"].as_array().into_iter().flatten();
            many.chain(std::iter::once(&claim["value"])).filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Some(Self {
            capable: listed(&token["xms_cc"]).iter().any(|value| value.eq_ignore_ascii_case("cp1")),
            acrs: listed(&token["acrs"]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_capability_and_context() {
        let text = r#"{"access_token":{"xms_cc":{"values":["CP1"]},"acrs":{"essential":true,"value":"c1"}}}"#;
        assert_eq!(Claims::parse(text), Some(Claims { capable: true, acrs: vec!["c1".into()] }));
        assert_eq!(Claims::parse(""), Some(Claims::default()));
        assert_eq!(Claims::parse("[1]"), None);
    }
}

//! Challenges: what a service requires before it accepts a call (RFC 7235, and PIM's own form).

use serde_json::Value;

use super::{base64url, form};

/// One challenge of a `WWW-Authenticate` header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme as written, such as `Bearer`.
    pub scheme: String,
    /// Parameter names (lower case) and values, in order.
    pub parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The first value of a parameter, by its lower-case name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Parses a `WWW-Authenticate` value, also several joined ones. What cannot be parsed is left out.
pub fn parse(header: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (word, after) = token(rest);
        if word.is_empty() {
            let Some(next) = rest.find(',') else { return found };
            rest = &rest[next..];
            continue;
        }
        let at_sign = after.trim_start_matches([' ', '\t']);
        match (at_sign.strip_prefix('='), found.last_mut()) {
            (Some(value), Some(challenge)) => {
                let (value, after) = parameter_value(value.trim_start_matches([' ', '\t']));
                challenge.parameters.push((word.to_ascii_lowercase(), value));
                rest = after;
            }
            (Some(value), None) => rest = value,
            (None, _) => {
                found.push(Challenge { scheme: word.to_owned(), parameters: Vec::new() });
                rest = skip_token68(after);
            }
        }
    }
}

/// The claims a `WWW-Authenticate` header asks for (JSON text), if it is a claims challenge: a Bearer challenge with
/// `error="insufficient_claims"` and `claims` in base64 or base64url.
pub fn claims_in_header(header: &str) -> Option<String> {
    parse(header)
        .iter()
        .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("Bearer"))
        .filter(|challenge| challenge.parameter("error") == Some("insufficient_claims"))
        .find_map(|challenge| {
            let decoded = base64url::decode(challenge.parameter("claims")?)?;
            object(String::from_utf8(decoded).ok()?)
        })
}

/// The claims (JSON text) that PIM asks for in the message of a 400 `RoleAssignmentRequestAcrsValidationFailed`:
/// `&claims=%7B…%7D`, percent-encoded (azure-powershell issue 25421).
pub fn claims_in_message(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("claims=")?;
    let end = rest.find(|c: char| c == '&' || c == '"' || c.is_whitespace()).unwrap_or(rest.len());
    object(form::decode(&rest[..end]))
}

fn object(text: String) -> Option<String> {
    let value: Value = serde_json::from_str(&text).ok()?;
    value.is_object().then_some(text)
}

/// The token (RFC 7230) at the start, and the rest.
fn token(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"!#$%&'*+-.^_`|~".contains(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// A parameter's value: a quoted string, or everything up to the next comma or space (unquoted base64 contains `=` and
/// `/`).
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// Skips the token68 that may follow a scheme (`Negotiate oYG…==`), so that it is not taken for a parameter.
fn skip_token68(after: &str) -> &str {
    let text = after.trim_start_matches([' ', '\t']);
    let end = text.find([',', ' ', '\t', '"']).unwrap_or(text.len());
    let bare = text[..end].trim_end_matches('=');
    let ends_here = text[end..].trim_start_matches([' ', '\t']).is_empty() || text[end..].starts_with(',');
    let is_token68 = !bare.is_empty() && !bare.contains('=') && !text[end..].starts_with('"') && ends_here;
    if is_token68 { &text[end..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true, "value":"1605"}}}"#;

    #[test]
    fn reads_a_claims_challenge_in_any_order() {
        let b64 = base64url::encode(CLAIMS.as_bytes());
        let padded = format!("{b64}{}", "=".repeat((4 - b64.len() % 4) % 4));
        for header in [
            format!(r#"Bearer realm="", error="insufficient_claims", claims="{b64}""#),
            format!(r#"Bearer claims="{padded}", authorization_uri="https://x/?a=b,c", error="insufficient_claims""#),
            format!(r#"Negotiate oYG5=, Basic realm="a\"b", bearer error=insufficient_claims, Claims={padded}"#),
            format!(r#"Bearer realm="x", Bearer error="insufficient_claims" , claims = "{b64}""#),
        ] {
            assert_eq!(claims_in_header(&header).as_deref(), Some(CLAIMS), "{header}");
        }
    }

    #[test]
    fn other_challenges_ask_for_no_claims() {
        let b64 = base64url::encode(CLAIMS.as_bytes());
        for header in [
            String::new(),
            "Bearer".into(),
            format!(r#"Bearer error="invalid_token", claims="{b64}""#),
            format!(r#"PoP error="insufficient_claims", claims="{b64}""#),
            r#"Bearer error="insufficient_claims", claims="!!""#.into(),
            r#"Bearer error="insufficient_claims", claims="W10""#.into(),
        ] {
            assert_eq!(claims_in_header(&header), None, "{header}");
        }
    }

    #[test]
    fn keeps_challenges_apart() {
        let found = parse(r#"Negotiate, Basic YWJj==, Digest a="1,2" , b=3"#);
        let schemes: Vec<&str> = found.iter().map(|challenge| challenge.scheme.as_str()).collect();
        assert_eq!(schemes, ["Negotiate", "Basic", "Digest"]);
        assert_eq!(found[2].parameter("a"), Some("1,2"));
        assert_eq!(found[2].parameter("b"), Some("3"));
    }

    #[test]
    fn reads_pims_own_way() {
        let message = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";
        let expected = r#"{"access_token":{"acrs":{"essential":true, "value":"c1"}}}"#;
        assert_eq!(claims_in_message(message).as_deref(), Some(expected));
        for other in ["", "claims=", "claims=%7B", "The policy is invalid"] {
            assert_eq!(claims_in_message(other), None);
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = (parse(&text), claims_in_header(&text), claims_in_message(&text));
        }

        #[test]
        fn ends_on_header_like_text(text in "[A-Za-z=\", \\\\]{0,40}") {
            let _ = parse(&text);
        }
    }
}

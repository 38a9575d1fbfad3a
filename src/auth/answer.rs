//! The authorization answer, as found in the page's address when the sign-in page sends a person back.

use super::form;
use super::refused::Refused;
use super::secret::Secret;

/// What came back. None of it may be trusted before its `state` is known to be ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The answer to an authorization request.
    Reply {
        /// Which sign-in this answers.
        state: String,
        /// The issuer (RFC 9207), if given.
        issuer: Option<String>,
        /// A code, or why there is none.
        outcome: Outcome,
    },
    /// The return from the admin-consent page. It proves nothing: anyone can write it.
    AdminConsent,
    /// Looks like an answer, but not to anything this flow asks for: tokens in the address, a parameter given twice, no
    /// state.
    Foreign,
}

/// The result in a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The code to redeem.
    Code(Secret),
    /// The error the service returned instead.
    Refused(Refused),
}

/// The parameters that mark an address as an answer.
const MARKS: [&str; 7] = ["code", "error", "access_token", "id_token", "token", "state", "admin_consent"];

impl Answer {
    /// Reads the page's fragment (with `#`) and query (with `?`), either may be empty; `None` if there is no answer.
    ///
    /// A fragment that begins with `#/` is an address inside the app. A query counts only as the return from admin
    /// consent; any other answer in a query is foreign, because this flow asks for fragments.
    pub fn read(fragment: &str, query: &str) -> Option<Self> {
        let in_query = form::read(query.strip_prefix('?').unwrap_or(query));
        let bare = fragment.strip_prefix('#').unwrap_or(fragment);
        let in_fragment = if bare.starts_with('/') { Vec::new() } else { form::read(bare) };
        if has_mark(&in_query) {
            let consent = in_query.iter().any(|(name, _)| name == "admin_consent") && !has_mark(&in_fragment);
            return Some(if consent { Self::AdminConsent } else { Self::Foreign });
        }
        has_mark(&in_fragment).then(|| Self::from_parameters(&in_fragment))
    }

    /// Whether the page's query must be removed from the address bar.
    pub fn stands_in_query(query: &str) -> bool {
        has_mark(&form::read(query.strip_prefix('?').unwrap_or(query)))
    }

    fn from_parameters(pairs: &[(String, String)]) -> Self {
        let once = |key: &str| {
            let mut found = pairs.iter().filter(|(name, value)| name == key && !value.is_empty());
            let first = found.next().map(|(_, value)| value.clone());
            if found.next().is_some() { None } else { first }
        };
        let has = |key: &str| pairs.iter().any(|(name, _)| name == key);
        let twice = |key: &str| pairs.iter().filter(|(name, _)| name == key).count() > 1;
        let tokens = ["access_token", "id_token", "token"].into_iter().any(has);
        let Some(state) = once("state").filter(|_| !tokens && !["code", "error", "iss"].into_iter().any(twice)) else {
            return Self::Foreign;
        };
        let outcome = match (once("code"), Refused::from_parameters(pairs)) {
            (Some(code), None) => Outcome::Code(Secret::new(code)),
            (None, Some(refused)) => Outcome::Refused(refused),
            _ => return Self::Foreign,
        };
        Self::Reply { state, issuer: once("iss"), outcome }
    }
}

fn has_mark(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(name, _)| MARKS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_the_app_are_no_answers() {
        for fragment in ["", "#", "#/", "#/groups?code=x&state=y", "#top", "/groups"] {
            assert_eq!(Answer::read(fragment, ""), None, "{fragment}");
        }
        assert_eq!(Answer::read("#/groups", "?utm=1"), None);
    }

    #[test]
    fn reads_code_and_error() {
        let code = Outcome::Code(Secret::new("a/b"));
        let reply = Answer::Reply { state: "s".into(), issuer: None, outcome: code };
        assert_eq!(Answer::read("#code=a%2Fb&state=s&session_state=x", ""), Some(reply));
        let Some(Answer::Reply { outcome: Outcome::Refused(refused), .. }) =
            Answer::read("#error=access_denied&error_description=%3Cscript%3E&state=s", "")
        else {
            panic!("a refusal")
        };
        assert_eq!(refused.description, "<script>");
    }

    #[test]
    fn what_this_flow_never_asks_for_is_foreign() {
        for fragment in [
            "#access_token=x&state=s",
            "#code=a&id_token=x&state=s",
            "#code=a",
            "#code=a&code=b&state=s",
            "#code=a&state=s&state=t",
            "#code=a&error=b&state=s",
            "#state=s",
            "#error=&state=s",
        ] {
            assert_eq!(Answer::read(fragment, ""), Some(Answer::Foreign), "{fragment}");
        }
        assert_eq!(Answer::read("#code=a&state=s", "?code=b&state=s"), Some(Answer::Foreign));
        assert_eq!(Answer::read("#/groups", "?code=b&state=s"), Some(Answer::Foreign));
    }

    #[test]
    fn admin_consent_comes_in_the_query() {
        assert_eq!(Answer::read("", "?admin_consent=True&tenant=t&state=s"), Some(Answer::AdminConsent));
        assert!(Answer::stands_in_query("?admin_consent=True") && !Answer::stands_in_query("?utm=1"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(fragment: String, query: String) {
            let _ = Answer::read(&fragment, &query);
        }
    }
}

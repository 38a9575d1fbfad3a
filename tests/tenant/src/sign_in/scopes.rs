//! Scope strings, and which scopes need an administrator's consent.

use super::error::OauthError;
use crate::seed::ALL_SCOPES;

/// The scopes of `OpenID` Connect, which need no consent here.
const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];
/// The Graph scopes that people may consent to for themselves.
const PERSONAL: [&str; 2] = ["User.Read", "User.ReadBasic.All"];

/// Requested scopes, separated by resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scopes {
    /// Scopes of `OpenID` Connect, as requested.
    pub(super) openid: Vec<String>,
    /// Graph scopes by their plain names.
    pub(super) graph: Vec<String>,
}

impl Scopes {
    /// Parses a scope string. Graph scopes may have the resource as a prefix; a second resource is rejected.
    pub(super) fn parse(text: &str) -> Result<Self, OauthError> {
        let mut scopes = Self::default();
        for item in text.split_whitespace() {
            if OPENID.iter().any(|known| known.eq_ignore_ascii_case(item)) {
                scopes.openid.push(item.to_ascii_lowercase());
                continue;
            }
            let plain = match item.rsplit_once('/') {
                None => item,
                Some(("https://graph.microsoft.com" | "00000003-0000-0000-c000-000000000000", plain)) => plain,
                Some(_) => {
                    let message = "The provided request must include a 'scope' input parameter. The provided scopes are of more than one resource.";
                    return Err(OauthError::new("invalid_scope", 70011, message));
                }
            };
            match ALL_SCOPES.iter().find(|known| known.eq_ignore_ascii_case(plain)) {
                Some(known) if !scopes.graph.iter().any(|own| own == known) => scopes.graph.push((*known).to_owned()),
                Some(_) => {}
                None => {
                    let message = format!(
                        "The application asked for scope '{plain}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'."
                    );
                    return Err(OauthError::new("invalid_client", 650_053, &message));
                }
            }
        }
        if scopes.openid.is_empty() && scopes.graph.is_empty() {
            return Err(OauthError::new(
                "invalid_request",
                900_144,
                "The request body must contain the following parameter: 'scope'.",
            ));
        }
        Ok(scopes)
    }

    /// Whether a scope of `OpenID` Connect was requested.
    pub(super) fn has(&self, openid: &str) -> bool {
        self.openid.iter().any(|own| own == openid)
    }

    /// All scopes as one list.
    pub(super) fn all(&self) -> Vec<String> {
        self.openid.iter().chain(&self.graph).cloned().collect()
    }
}

/// Whether only an administrator can consent to a scope.
pub(super) fn needs_administrator(scope: &str) -> bool {
    !PERSONAL.iter().any(|own| own.eq_ignore_ascii_case(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_scopes_with_and_without_resource() {
        let scopes =
            Scopes::parse("openid profile https://graph.microsoft.com/user.read User.Read GroupMember.Read.All")
                .unwrap();
        assert_eq!(scopes.graph, ["User.Read", "GroupMember.Read.All"]);
        assert!(scopes.has("openid") && !scopes.has("offline_access"));
        assert_eq!(Scopes::parse("https://vault.azure.net/x").unwrap_err().number, 70011);
        assert_eq!(Scopes::parse("Mail.Send").unwrap_err().number, 650_053);
        assert_eq!(Scopes::parse(" ").unwrap_err().number, 900_144);
    }
}

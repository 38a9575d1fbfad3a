//! What the tab remembers while a person is away at the sign-in page.

use serde::{Deserialize, Serialize};

use super::account::Identity;
use super::extras::{Extra, Extras};
use super::pkce::Verifier;
use super::scope::Scope;
use crate::percent::LONGEST_ADDRESS;

/// How long an answer is accepted, in milliseconds: as long as a code is valid.
const LIFE_MS: i64 = 10 * 60 * 1000;
/// How far the wall clock may go back in that time, in milliseconds.
const BACK_MS: i64 = 60 * 1000;

/// One sign-in in progress. Kept in the tab's session storage, used once, never contains a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What the answer must carry.
    pub state: String,
    /// What the ID token must carry.
    pub nonce: String,
    /// The PKCE secret.
    pub verifier: Verifier,
    /// The tenant segment the request went to; the code is redeemed there too (AADSTS700005).
    pub tenant: String,
    /// The permissions asked for.
    pub scopes: Vec<Scope>,
    /// Those of them that the session had before.
    #[serde(default)]
    pub granted: Vec<Scope>,
    /// The challenge that was answered (JSON text).
    pub claims: Option<String>,
    /// The address inside the app to come back to: `#/groups`.
    pub route: String,
    /// Whether the sign-in page was to show nothing (`prompt=none`).
    pub silent: bool,
    /// Who must come back, if a session is being continued.
    pub expected: Option<Identity>,
    /// When the person left, wall clock, milliseconds since 1970.
    pub started_ms: i64,
}

impl Pending {
    /// The text to store.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads stored text; `None` if it is not ours.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The extras asked for that the session was not granted before.
    pub fn new_extras(&self) -> Extras {
        Extras::asked_in(&self.scopes).without(&Extras::asked_in(&self.granted))
    }

    /// The extras that the answer settles: those asked for the first time, and those in `stored`, which the person
    /// already wants. Every token carries all that was ever consented to; being granted that way does not make an extra
    /// wanted.
    pub fn extras_to_settle<'a>(&self, stored: &'a Extras) -> impl Iterator<Item = Extra> + use<'a> {
        let new = self.new_extras();
        let asked = Extras::asked_in(&self.scopes);
        Extra::ALL.into_iter().filter(move |extra| new.has(*extra) || asked.has(*extra) && stored.has(*extra))
    }

    /// Whether the answer comes too late (after 10 minutes), or a changed clock makes that impossible to tell.
    pub fn is_stale(&self, now_ms: i64) -> bool {
        let age = now_ms.saturating_sub(self.started_ms);
        !(-BACK_MS..=LIFE_MS).contains(&age)
    }
}

/// The address if it can be one inside the app, else the start page: `#/`.
///
/// Only the shape is checked here; `route` decides what it names. It is never used as anything but a fragment.
pub fn plausible_route(text: &str) -> &str {
    let fits = text.starts_with("#/") && text.len() <= LONGEST_ADDRESS + 1 && !text.chars().any(char::is_control);
    if fits { text } else { "#/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        Pending {
            state: "s".into(),
            nonce: "n".into(),
            verifier: Verifier::new([7; 32]),
            tenant: "organizations".into(),
            scopes: vec![Scope::PolicyWrite],
            granted: vec![Scope::PolicyRead],
            claims: None,
            route: "#/groups".into(),
            silent: false,
            expected: None,
            started_ms: 1_000_000,
        }
    }

    #[test]
    fn comes_back_from_storage() {
        assert_eq!(Pending::from_text(&pending().to_text()), Some(pending()));
        for odd in ["", "null", "{}", r#"{"state":1}"#] {
            assert_eq!(Pending::from_text(odd), None, "{odd}");
        }
    }

    #[test]
    fn one_stored_by_an_earlier_version_is_read() {
        let text = pending().to_text().replace(r#""granted":["RoleManagementPolicy.Read.AzureADGroup"],"#, "");
        assert!(!text.contains("granted"), "{text}");
        assert_eq!(Pending::from_text(&text), Some(Pending { granted: Vec::new(), ..pending() }));
    }

    #[test]
    fn what_a_token_carries_anyway_is_not_settled() {
        let both = Extras::default().with(Extra::RoleRequests, true).with(Extra::RolePolicies, true);
        let (none, policies) = (Extras::default(), Extras::default().with(Extra::RolePolicies, true));
        let settled = |granted: &Extras, stored: &Extras| {
            let pending = Pending { scopes: both.scopes(), granted: granted.scopes(), ..pending() };
            pending.extras_to_settle(stored).fold(none.clone(), |all, extra| all.with(extra, true))
        };
        assert_eq!(settled(&none, &none), both, "asked for the first time");
        assert_eq!(settled(&both, &none), none, "granted long ago, and not wanted");
        assert_eq!(settled(&both, &policies), policies);
    }

    #[test]
    fn lives_ten_minutes() {
        let pending = pending();
        assert!(!pending.is_stale(1_000_000 + 599_000));
        assert!(pending.is_stale(1_000_000 + 601_000));
        assert!(!pending.is_stale(1_000_000 - 30_000));
        assert!(pending.is_stale(0), "a clock set back by a quarter of an hour");
    }

    #[test]
    fn only_addresses_inside_the_app_come_back() {
        assert_eq!(plausible_route("#/groups?q=a"), "#/groups?q=a");
        let long = format!("#/{}", "a".repeat(8_192));
        for hostile in ["//evil", "javascript:alert(1)", "\\\\evil", "#evil", "", "#/a\nb", "https://evil/#/", &long] {
            assert_eq!(plausible_route(hostile), "#/", "{hostile}");
        }
    }

    #[test]
    fn a_long_address_that_the_app_reads_comes_back() {
        for length in [3_000, 5_000, 8_191] {
            let address = format!("#/{}", "a".repeat(length));
            assert_eq!(plausible_route(&address), address, "{length}");
        }
    }
}

//! What a tab remembers of a person who is no longer signed in there while something they typed was not sent.

use serde::{Deserialize, Serialize};

use super::account::{Account, Identity, returning};
use super::departure::Ask;
use super::extras::Extras;

/// Whose unsent text the tab keeps. Never a token; stored in the tab's session storage beside what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The only account that may see it.
    pub who: Identity,
    /// Identifies the account to the sign-in service, if known.
    pub hint: Option<String>,
    /// The user name, to show, if known.
    pub username: Option<String>,
    /// The person signed out in another tab, which did not ask about the text in this one.
    pub elsewhere: bool,
}

impl Left {
    /// The person signed out in another tab.
    pub fn elsewhere(account: &Account) -> Self {
        Self {
            who: account.identity(),
            hint: Some(account.hint().to_owned()),
            username: Some(account.username.clone()),
            elsewhere: true,
        }
    }

    /// The person signed out in another tab while this one did not run. `remembered` is what it has to return with;
    /// `signed_out` tells whether someone signed out in this browser and has not signed in since.
    pub fn meanwhile(remembered: &str, signed_out: impl FnOnce(&Identity) -> bool) -> Option<Self> {
        let left = Self::remembered(remembered).filter(|left| signed_out(&left.who))?;
        Some(Self { elsewhere: true, ..left })
    }

    /// Who is missing in a tab in which nobody is signed in: the one it stores (`stored`), or the one it could not
    /// return as (`remembered`).
    pub fn missing(stored: Option<&str>, remembered: Option<&str>) -> Option<Self> {
        stored.and_then(Self::from_text).or_else(|| Self::remembered(remembered?))
    }

    /// The person did not come back: they were refused, or someone else came.
    pub fn not_back(who: Identity, hint: Option<String>) -> Self {
        Self { who, hint, username: None, elsewhere: false }
    }

    fn remembered(text: &str) -> Option<Self> {
        let (who, hint) = returning(text);
        Some(Self::not_back(who?, Some(hint.to_owned())))
    }

    /// The sign-in that brings the person back; nobody else is let in.
    pub fn ask(&self, wanted: &Extras) -> Ask {
        Ask { login_hint: self.hint.clone(), expected: Some(self.who.clone()), ..Ask::sign_in("#/", wanted) }
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads stored text; `None` if it is not ours.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> Identity {
        Identity {
            oid: "5a1e0000-0000-4000-8000-00000000000a".parse().unwrap(),
            tid: "5a1e0000-0000-4000-8000-000000000001".parse().unwrap(),
        }
    }

    #[test]
    fn who_signed_out_meanwhile_is_asked_for_by_their_ids() {
        let who = ana();
        let remembered = [who.owner().as_str(), "ana@contoso.example"].concat();
        assert_eq!(Left::meanwhile(&remembered, |_| true), None, "no IDs to be read");
        let remembered = [who.owner().as_str(), " ana@contoso.example"].concat();
        assert_eq!(Left::meanwhile(&remembered, |_| false), None);
        let left = Left::meanwhile(&remembered, |asked| *asked == who).unwrap();
        assert!(left.elsewhere && left.who == who);
        assert_eq!(left.hint.as_deref(), Some("ana@contoso.example"));
    }

    #[test]
    fn who_could_not_return_is_missing_too() {
        let who = ana();
        let remembered = [who.owner().as_str(), " ana@contoso.example"].concat();
        let refused = Left::missing(None, Some(&remembered)).unwrap();
        assert_eq!(refused, Left::not_back(who, Some("ana@contoso.example".into())));
        let ask = refused.ask(&Extras::default());
        assert_eq!((ask.expected.as_ref(), ask.login_hint), (Some(&refused.who), refused.hint.clone()));

        let stored = Left { elsewhere: true, ..refused.clone() };
        assert_eq!(Left::missing(Some(&stored.to_text()), Some(&remembered)), Some(stored), "the stored one counts");
        assert_eq!(Left::missing(Some("odd"), Some(&remembered)), Some(refused));
        for nobody in [None, Some("ana@contoso.example")] {
            assert_eq!(Left::missing(None, nobody), None);
        }
    }
}

//! What a tab remembers of a person who is no longer signed in there while something they typed was not sent.

use serde::{Deserialize, Serialize};

use super::account::{Account, Identity};
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

    /// Someone other than the person who left for the sign-in page came back from it.
    pub fn another_came(who: Identity, hint: Option<String>) -> Self {
        Self { who, hint, username: None, elsewhere: false }
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

//! What a person typed and has not sent, which this tab keeps and a sign-out deletes.

use crate::approval::kept;
use crate::auth::account::Identity;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::desk::editing;
use crate::rollout::choice::{self, may_name_targets};
use crate::world::Clock;

/// How much of it there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Policies with unsaved changes.
    pub policies: usize,
    /// Justifications typed for requests that are not decided.
    pub justifications: usize,
    /// Whether policies are selected for a change of many.
    pub chosen: bool,
}

impl Unsent {
    /// What the tab keeps of this person. `editing`: a policy on screen has unsaved changes, stored or not.
    pub fn of(who: &Identity, editing: bool) -> Self {
        let own = who.owner();
        let all = [&own, "."].concat();
        let now = BrowserWorld.unix_ms();
        let live = |key, life_ms, counts: fn(&str) -> bool| {
            storage::all(key).iter().filter(|(_, text)| counts(text) && editing::is_younger(text, life_ms, now)).count()
        };
        Self {
            policies: live(Key::Draft(&all), editing::LIFE_MS, |_| true).max(usize::from(editing)),
            justifications: live(Key::Justification(&all), kept::LIFE_MS, kept::holds_words),
            chosen: storage::read(Key::Rollout(&own))
                .is_some_and(|text| may_name_targets(&text) && editing::is_younger(&text, choice::LIFE_MS, now)),
        }
    }

    /// Whether nothing would be lost.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

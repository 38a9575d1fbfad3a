//! What a person typed and has not sent, which this tab keeps and a sign-out forgets.

use crate::auth::account::Account;
use crate::browser::BrowserWorld;
use crate::browser::storage::{self, Key};
use crate::desk::editing;
use crate::rollout::choice::may_name_targets;
use crate::world::Clock;

/// How much of it there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Policies with unsaved changes.
    pub policies: usize,
    /// Justifications of requests that are not decided.
    pub justifications: usize,
    /// Whether policies are chosen for a change of many.
    pub chosen: bool,
}

impl Unsent {
    /// What the tab keeps of this person. `editing`: a policy on screen has unsaved changes, whether kept or not.
    pub fn of(account: &Account, editing: bool) -> Self {
        let own = [account.tid.as_str(), account.oid.as_str()].join(".");
        let all = [&own, "."].concat();
        let now = BrowserWorld.unix_ms();
        let drafts = storage::all(Key::Draft(&all));
        let live = drafts.iter().filter(|(_, text)| editing::may_be_restored(text, now)).count();
        Self {
            policies: live.max(usize::from(editing)),
            justifications: storage::all(Key::Justification(&all)).len(),
            chosen: storage::read(Key::Rollout(&own)).is_some_and(|text| may_name_targets(&text)),
        }
    }

    /// Whether nothing would be lost.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

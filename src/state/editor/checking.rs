//! What a draft would meet in the tenant: read when the review opens, judged anew with every edit.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Editor;
use crate::auth::wanted::Extra;
use crate::desk::preflight::{self, Known, OPTIONAL};
use crate::policy::preflight::mail::{Audience, audience};
use crate::policy::{Draft, RuleId};
use crate::state::wanted::WantedState;

impl Editor {
    /// Reads the facts for the draft as it is now. A reading that another has overtaken is dropped. `onboards` tells
    /// whether the save brings the group into PIM: surely, perhaps (`Some(false)`), or not.
    pub fn check_tenant(self, onboards: Option<bool>) {
        let onboards = match onboards {
            Some(true) => Some(true),
            Some(false) => None,
            None => Some(false),
        };
        let known = Known { write: self.write.get_value(), onboards };
        let (client, policy) = (self.around().desk.client(), self.policy.get_untracked());
        let draft = self.draft.get_untracked();
        if draft.is_empty() {
            return;
        }
        self.facts.set(None);
        spawn_local(async move {
            let facts = preflight::read(&client, &policy, &draft, known).await;
            if self.draft.try_with_untracked(|now: &Draft| *now == draft) == Some(true) {
                self.facts.try_set(Some(facts));
            }
        });
    }

    /// Who will really get a mail as the draft has it; views follow it.
    pub fn audience(self, mail: RuleId) -> Audience {
        let facts = self.facts.get().unwrap_or_default();
        self.policy.with(|policy| self.draft.with(|draft| audience(policy, draft, mail, &facts)))
    }

    /// Whether a permission that is not granted would allow more checks.
    pub fn could_allow(self) -> bool {
        !self.around().desk.client().granted(&OPTIONAL)
    }

    /// Asks for that permission on the person's word; the draft comes back after the sign-in.
    pub fn allow_checks(self) {
        WantedState::current().want(Extra::Checks);
    }
}

//! The draft stored in this tab. Writing to storage is slow, and there is no time for it between a key press and its
//! paint: an edit is stored a moment later, or when the policy or the page goes away before that.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Editor, Saving};
use crate::browser::event;
use crate::desk::rights::WriteRight;
use crate::desk::save::steady;
use crate::guid::Guid;
use crate::policy::preflight::mail::Owners;
use crate::policy::{Draft, Policy};
use crate::state::on_screen;
use crate::state::policy::drafts;

/// How long after everything was updated the draft is stored.
const SOON: Duration = Duration::from_millis(50);

/// What belongs to the draft: data for its receipt, and when it is stored.
#[derive(Clone, Debug)]
pub(super) struct Keeping {
    /// The policy's name, as shown.
    pub(super) name: String,
    /// The receipt that the draft undoes, if any.
    pub(super) undoes: Option<Guid>,
    /// The draft was edited since it was last stored.
    pub(super) due: bool,
    /// Counts the saves.
    pub(super) saves: u32,
    /// The save has the lock of its page; until then it waits and does nothing.
    pub(super) has_page: bool,
}

impl Editor {
    /// Updates the policy's name, whether the person can probably change it, and the group's owners.
    pub fn learn(self, name: String, write: WriteRight, owners: Option<Owners>) {
        self.keeping.update_value(|keeping| keeping.name = name);
        self.around.update_value(|around| around.write = write);
        self.owners().set(owners);
    }

    /// Drops from a stored draft what the policy already has, once a second read confirms it: the one that the page
    /// opened with may come from a replica that lags behind what was saved before the edits were made. If the reads
    /// disagree, the save will find out.
    pub(super) fn settle_kept(self) {
        let is_held = move |policy: &Policy| self.edits_now(|draft| draft.is_held(policy)) == Some(true);
        if !self.policy.with_untracked(is_held) {
            return;
        }
        let (client, subject, first) = (self.around().desk.client(), self.subject(), self.policy.get_untracked());
        let saves = self.saves();
        spawn_local(async move {
            let Ok((policy, _)) = steady(&client, &subject, first).await else { return };
            // What was read before a save, even one that has been dismissed, is no longer what the policy has.
            if self.saving.try_with_untracked(|saving| *saving == Saving::No) != Some(true) || self.saves() != saves {
                return;
            }
            let held = is_held(&policy);
            if held {
                self.change(|draft| draft.settle(&policy));
            }
            self.policy.set(policy);
            if held {
                self.outdated();
                self.keep();
                self.look_on();
            }
        });
    }

    /// How many saves have started.
    pub(super) fn saves(self) -> u32 {
        self.keeping.try_with_value(|keeping| keeping.saves).unwrap_or_default()
    }

    /// A draft in which nothing undoes a change any more is no longer linked to its receipt.
    pub(super) fn forget_undone(self) {
        let Some(Some(id)) = self.keeping.try_with_value(|keeping| keeping.undoes.clone()) else { return };
        let is_another = self.around().receipts.list.try_with_untracked(|list| {
            let undone = list.iter().find(|receipt| receipt.id == id);
            undone.is_some_and(|undone| self.edits_now(|draft| undone.is_taken_back_by(draft)) == Some(false))
        });
        if is_another == Some(true) {
            self.keeping.update_value(|keeping| keeping.undoes = None);
        }
    }

    /// Makes sure everything is stored when the policy or the page goes away or is hidden, and does not grow old while
    /// the policy is on screen.
    pub(super) fn keep_at_the_end(self) {
        // A hidden page's timers may stop, and it may be discarded without further notice.
        let hidden = event::on_visibility_change(move |_| self.keep_if_due());
        let listening = StoredValue::new_local((event::on_leaving(move || self.keep_if_due()), hidden));
        let place = drafts::place(&self.around().desk.account(), &self.subject());
        on_screen::show(place.clone());
        on_cleanup(move || {
            self.keep_if_due();
            on_screen::gone(&place);
            listening.dispose();
        });
    }

    /// Marks the draft to be stored, at the latest when the policy or the page goes.
    pub(super) fn keep_later(self) {
        self.keeping.try_update_value(|keeping| keeping.due = true);
    }

    /// Stores the draft a moment from now, if it must be stored.
    pub(super) fn keep_soon(self) {
        set_timeout(move || self.keep_if_due(), SOON);
    }

    fn keep_if_due(self) {
        if self.keeping.try_with_value(|keeping| keeping.due) == Some(true) {
            self.keep();
        }
    }

    /// Stores the draft at once.
    pub(super) fn keep(self) {
        let Some(empty) = self.edits_now(Draft::is_empty) else { return };
        self.forget_undone();
        let taken = self.keeping.try_update_value(|keeping| {
            keeping.due = false;
            keeping.undoes.take_if(|_| empty);
            keeping.undoes.clone()
        });
        let (account, subject) = (self.around().desk.account(), self.subject());
        if let Some(kept) = self.edits_now(|draft| drafts::keep(&account, &subject, draft, taken.flatten())) {
            self.around().unkept.note_typed(&subject.draft_key(), kept);
        }
    }
}

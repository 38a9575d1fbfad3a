//! Names pasted as approvers: looked up one after another, wherever on the page the person goes in the meantime.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::exact_name::{self, Exactly};
use crate::directory::DirectoryObject;
use crate::policy::check::pasted_entries;
use crate::policy::{Approver, ApproverKind};
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::frame::notice::Notices;
use crate::text;

/// Adds an approver.
pub type Add = Arc<dyn Fn(Approver) + Send + Sync>;

/// What was pasted and is not yet added.
#[derive(Clone, Copy)]
pub struct PastedApprovers {
    desk: Desk,
    names: Names,
    notices: Notices,
    /// Still to be looked up; the first one is in progress.
    queue: RwSignal<Vec<String>>,
    /// Those that match nobody or several, and those that could not be looked up.
    left_out: RwSignal<(Vec<String>, Vec<String>)>,
}

impl Default for PastedApprovers {
    fn default() -> Self {
        Self::new()
    }
}

impl PastedApprovers {
    /// Nothing pasted yet.
    pub fn new() -> Self {
        Self {
            desk: Desk::current(),
            names: Names::current(),
            notices: Notices::current(),
            queue: RwSignal::default(),
            left_out: RwSignal::default(),
        }
    }

    /// Looks up what was pasted. Each entry must match exactly one person or group; one that does not is reported,
    /// never guessed.
    pub fn take(self, raw: &str, add: Add) {
        let wanted: Vec<String> = pasted_entries(raw).map(str::to_owned).collect();
        if wanted.is_empty() {
            return;
        }
        let is_idle = self.queue.with_untracked(Vec::is_empty);
        if is_idle {
            self.forget_left_out();
        }
        self.queue.update(|queue| queue.extend(wanted));
        self.notices.announce(text::policy::setting::looking_up(self.queue.with_untracked(Vec::len)));
        if is_idle {
            spawn_local(self.look_up(add));
        }
    }

    async fn look_up(self, add: Add) {
        while let Some(text) = self.queue.try_with_untracked(|queue| queue.first().cloned()).flatten() {
            let found = exact_name::one(&self.desk.client(), &text).await;
            if self.queue.try_with_untracked(|queue| queue.first() == Some(&text)) != Some(true) {
                // It was dropped in the meantime.
                continue;
            }
            match found {
                Ok(Exactly::One(one)) => {
                    let kind =
                        if matches!(one, DirectoryObject::Group(_)) { ApproverKind::Group } else { ApproverKind::User };
                    let id = one.id().to_string();
                    self.names.learn([one]);
                    add(Approver { kind, id });
                }
                Ok(_) => self.left_out.update(|(unmatched, _)| unmatched.push(text)),
                Err(_) => self.left_out.update(|(_, failed)| failed.push(text)),
            }
            self.queue.try_update(|queue| queue.remove(0));
        }
        if let Some(words) = self.left_out.try_with_untracked(words).filter(|words| !words.is_empty()) {
            self.notices.announce(words);
        }
    }

    /// How many are still to be looked up; views follow it.
    pub fn pending(self) -> usize {
        self.queue.with(Vec::len)
    }

    /// Those that were not added, as text; views follow it.
    pub fn left_out(self) -> String {
        self.left_out.with(words)
    }

    /// Drops what is not added.
    pub fn forget(self) {
        self.queue.set(Vec::new());
        self.forget_left_out();
    }

    /// What was not added no longer needs to be shown.
    pub fn forget_left_out(self) {
        self.left_out.set((Vec::new(), Vec::new()));
    }

    /// Someone was picked by hand: if only one name was not added, it is taken to be that.
    pub fn note_picked(self) {
        if self.left_out.with_untracked(|(unmatched, failed)| unmatched.len() + failed.len() == 1) {
            self.forget_left_out();
        }
    }
}

fn words((unmatched, failed): &(Vec<String>, Vec<String>)) -> String {
    text::policy::setting::approvers_left_out(unmatched, failed)
}

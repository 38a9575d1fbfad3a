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
    /// Still to be looked up, each with the whole entry if its name may be two; the first one is in progress.
    queue: RwSignal<Vec<(String, Option<String>)>>,
    /// Those whose name may be two, and of which the address was looked up.
    by_address: RwSignal<Vec<String>>,
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
            by_address: RwSignal::default(),
            left_out: RwSignal::default(),
        }
    }

    /// Looks up what was pasted. Each entry must match exactly one person or group; one that does not is reported,
    /// never guessed.
    pub fn take(self, raw: &str, add: Add) {
        let wanted: Vec<_> = pasted_entries(raw).map(|pasted| (pasted.entry.to_owned(), pasted.doubtful())).collect();
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
        while let Some(entry) = self.queue.try_with_untracked(|queue| queue.first().cloned()).flatten() {
            let found = exact_name::one(&self.desk.client(), &entry.0).await;
            if self.queue.try_with_untracked(|queue| queue.first() == Some(&entry)) != Some(true) {
                // It was dropped in the meantime.
                continue;
            }
            let (text, doubtful) = entry;
            match found {
                Ok(Exactly::One(one)) => {
                    let is_their_name = |whole: &String| whole.starts_with(&[one.name(), " <"].concat());
                    self.by_address.update(|list| list.extend(doubtful.filter(|whole| !is_their_name(whole))));
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
        let told =
            [self.left_out.try_with_untracked(words), self.by_address.try_with_untracked(|list| by_address(list))];
        let told: Vec<String> = told.into_iter().flatten().filter(|words| !words.is_empty()).collect();
        if !told.is_empty() {
            self.notices.announce(told.join(" "));
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

    /// Those of which only the address was looked up, as text; views follow it.
    pub fn by_address(self) -> String {
        self.by_address.with(|list| by_address(list))
    }

    /// Drops what is not added.
    pub fn forget(self) {
        self.queue.set(Vec::new());
        self.forget_left_out();
    }

    /// What was not added no longer needs to be shown.
    pub fn forget_left_out(self) {
        self.left_out.set((Vec::new(), Vec::new()));
        self.by_address.set(Vec::new());
    }

    /// Someone was picked by hand: if only one name was not added, it is taken to be that.
    pub fn note_picked(self) {
        if self.left_out.with_untracked(|(unmatched, failed)| unmatched.len() + failed.len() == 1) {
            self.left_out.set((Vec::new(), Vec::new()));
        }
    }
}

fn by_address(entries: &[String]) -> String {
    text::policy::setting::approvers_by_address(entries)
}

fn words((unmatched, failed): &(Vec<String>, Vec<String>)) -> String {
    text::policy::setting::approvers_left_out(unmatched, failed)
}

//! The unsaved edits, and who follows them when. A person who types looks at two things: the field, and the count of
//! changes. These follow at once, and are painted first; what is wrong with the edits, what they weaken and what stood there
//! follows once that is done.

use std::time::Duration;

use leptos::prelude::*;

use super::Editor;
use crate::policy::{Draft, Subject, changes};

/// How long after the frame with the count the rest follows: the browser has handed that frame on then.
const AFTER_FRAME: Duration = Duration::from_millis(10);

/// What the edits come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Settings that they change.
    pub changes: usize,
    /// Those of them that weaken the policy.
    pub weakening: usize,
}

/// The unsaved edits of a policy on screen.
#[derive(Clone, Copy)]
pub(super) struct Edits {
    draft: RwSignal<Draft>,
    tally: Memo<Tally>,
    /// Tells what follows later.
    told: Trigger,
    /// It is behind.
    behind: StoredValue<bool>,
}

impl Edits {
    pub(super) fn new(subject: Subject, draft: Draft) -> Self {
        let draft = RwSignal::new(draft);
        let tally = move |_: Option<&Tally>| {
            let all = draft.with(|draft| changes(&subject, draft));
            Tally { changes: all.len(), weakening: all.iter().filter(|change| change.weakens.is_some()).count() }
        };
        Self { draft, tally: Memo::new(tally), told: Trigger::new(), behind: StoredValue::new(false) }
    }

    /// Reads them; what reads follows at once.
    pub(super) fn with<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with(read)
    }

    /// Reads them; what reads follows later.
    pub(super) fn with_later<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.told.track();
        self.draft.with_untracked(read)
    }

    /// Gives whether it was behind.
    fn tell_if_behind(self) -> bool {
        let behind = self.behind.try_update_value(std::mem::take) == Some(true);
        if behind {
            self.told.notify();
        }
        behind
    }
}

impl Editor {
    /// Reads the unsaved edits, for what may be a moment behind them; views follow it.
    pub fn edits<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.edits.with_value(|edits| edits.with_later(read))
    }

    /// What the unsaved edits come to; views follow it at once.
    pub fn tally(self) -> Tally {
        self.edits.with_value(|edits| edits.tally.get())
    }

    /// How many settings differ from what Microsoft holds; views follow it at once.
    pub fn unsaved(self) -> usize {
        self.tally().changes
    }

    /// The edits as they are now; does not track. `None` if the page is gone.
    pub(super) fn edits_now<T>(self, read: impl FnOnce(&Draft) -> T) -> Option<T> {
        self.edits.try_get_value()?.draft.try_with_untracked(read)
    }

    /// Changes the edits as a person types.
    pub(super) fn type_in(self, change: impl FnOnce(&mut Draft)) {
        let edits = self.edits.get_value();
        edits.draft.update(change);
        if edits.behind.try_update_value(|behind| std::mem::replace(behind, true)) == Some(false) {
            // Where it was brought up meanwhile, something looks at the tenant already.
            let follow = move || {
                if edits.tell_if_behind() {
                    self.look_soon();
                }
            };
            request_animation_frame(move || set_timeout(follow, AFTER_FRAME));
        }
    }

    /// Changes the edits; everything follows at once. `None` if the page is gone.
    pub(super) fn change<T>(self, change: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        let edits = self.edits.try_get_value()?;
        let changed = edits.draft.try_update(change)?;
        edits.told.notify();
        Some(changed)
    }

    /// Brings what is behind up to now: it is about to be looked at.
    pub(super) fn catch_up(self) {
        self.edits.with_value(|edits| edits.tell_if_behind());
    }
}

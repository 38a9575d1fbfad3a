//! The unsaved edits, and who is notified when. A person who types looks at two things: the field, and the count of
//! changes. These are updated at once, and painted first; what is wrong with the edits, what they weaken and the values
//! before follow once that is done.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;

use super::Editor;
use super::checking::Ground;
use crate::browser::unload;
use crate::policy::{Draft, Policy, Setting, Value, changes};

/// How long after a key press the rest is updated: most devices have painted field and count by then. Requesting the
/// next frame instead costs a slow device a millisecond of that frame.
const AFTER_KEY: Duration = Duration::from_millis(40);

/// Counts of the edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Settings that differ from the policy's values.
    pub changes: usize,
    /// Those of them that weaken the policy.
    pub weakening: usize,
}

/// The unsaved edits of a policy on screen.
#[derive(Clone, Copy)]
pub(super) struct Edits {
    draft: StoredValue<Draft>,
    /// Notified when the edit of that setting changes; for the settings that are followed.
    each: StoredValue<BTreeMap<Setting, ArcTrigger>>,
    /// Notified when any edit changes.
    any: Trigger,
    tally: Memo<Tally>,
    /// Notifies what is updated later.
    told: Trigger,
    /// What is updated later has not been notified yet.
    behind: StoredValue<bool>,
}

impl Edits {
    pub(super) fn new(ground: Ground, draft: Draft) -> Self {
        let (draft, any) = (StoredValue::new(draft), Trigger::new());
        let tally = move |_: Option<&Tally>| {
            any.track();
            let all = ground.with(|policy| draft.with_value(|draft| changes(policy, draft)));
            Tally { changes: all.len(), weakening: all.iter().filter(|change| change.weakens.is_some()).count() }
        };
        Self {
            draft,
            each: StoredValue::default(),
            any,
            tally: Memo::new(tally),
            told: Trigger::new(),
            behind: StoredValue::new(false),
        }
    }

    /// The value of a setting on top of the policy's; the caller is updated at once, and for that setting only.
    pub(super) fn value(self, policy: &Policy, setting: Setting) -> Option<Value> {
        self.each.try_update_value(|each| each.entry(setting).or_default().track());
        self.draft.with_value(|draft| draft.value(policy, setting))
    }

    /// Reads them; the caller is updated later.
    pub(super) fn with_later<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.told.track();
        self.draft.with_value(read)
    }

    /// Changes them and notifies what is updated at once. `None` if the page is gone.
    fn change<T>(self, change: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        let (result, others) = self.draft.try_update_value(|draft| {
            let before = draft.clone();
            let result = change(draft);
            let others = self.each.try_with_value(|each| {
                let is_other = |(setting, _): &(&Setting, &ArcTrigger)| before.edit(**setting) != draft.edit(**setting);
                each.iter().filter(is_other).map(|(_, trigger)| trigger.clone()).collect::<Vec<_>>()
            });
            (result, others.unwrap_or_default())
        })?;
        others.iter().for_each(Notify::notify);
        self.any.notify();
        Some(result)
    }

    /// Notifies what is behind; returns whether it was.
    fn tell_if_behind(self) -> bool {
        let behind = self.behind.try_update_value(std::mem::take) == Some(true);
        if behind {
            self.told.notify();
        }
        behind
    }
}

impl Editor {
    /// Reads the unsaved edits, for what may be a moment behind; views follow it.
    pub fn edits<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.edits.with_value(|edits| edits.with_later(read))
    }

    /// The counts of the unsaved edits; views follow them at once.
    pub fn tally(self) -> Tally {
        self.edits.with_value(|edits| edits.tally.get())
    }

    /// How many settings differ from what Microsoft has; views follow it at once.
    pub fn unsaved(self) -> usize {
        self.tally().changes
    }

    /// The edits as they are now; does not track. `None` if the page is gone.
    pub(super) fn edits_now<T>(self, read: impl FnOnce(&Draft) -> T) -> Option<T> {
        self.edits.try_get_value()?.draft.try_with_value(read)
    }

    /// Changes the edits as a person types. They are stored a moment after the later updates.
    pub(super) fn type_in(self, change: impl FnOnce(&mut Draft)) {
        let edits = self.edits.get_value();
        edits.change(change);
        self.keep_later();
        if edits.draft.with_value(|draft| !draft.is_empty()) {
            // The later update may undo this; a page closed before that must ask.
            unload::guard(true);
        }
        if edits.behind.try_update_value(|behind| std::mem::replace(behind, true)) == Some(false) {
            // If it was brought up to date in the meantime, the tenant is already being checked.
            let follow = move || {
                if edits.tell_if_behind() {
                    self.look_soon();
                }
                self.keep_soon();
            };
            set_timeout(follow, AFTER_KEY);
        }
    }

    /// Changes the edits; everything is updated at once. `None` if the page is gone.
    pub(super) fn change<T>(self, change: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        let edits = self.edits.try_get_value()?;
        let changed = edits.change(change)?;
        edits.told.notify();
        Some(changed)
    }

    /// Brings what is behind up to date, because it is about to be looked at.
    pub(super) fn catch_up(self) {
        self.edits.with_value(|edits| edits.tell_if_behind());
    }
}

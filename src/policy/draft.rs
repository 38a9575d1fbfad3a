//! What a person changed and has not saved: only the changed settings, each with its original value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Policy;
use super::duration::IsoDuration;
use super::setting::Setting;
use super::value::Value;

/// One changed setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The value when the person first changed it; it stays while they keep editing.
    pub base: Value,
    /// The value the person wants.
    pub mine: Value,
}

/// Unsaved edits of one policy. Contains IDs, no names and no tokens, so it may be kept in the browser's session
/// storage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft {
    edits: BTreeMap<Setting, Edit>,
}

impl Draft {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// How many settings are changed.
    pub fn len(&self) -> usize {
        self.edits.len()
    }

    /// The edit of a setting, if it is changed.
    pub fn edit(&self, setting: Setting) -> Option<&Edit> {
        self.edits.get(&setting)
    }

    /// All edits in the admin center's order of settings.
    pub fn edits(&self) -> impl Iterator<Item = (Setting, &Edit)> {
        self.edits.iter().map(|(setting, edit)| (*setting, edit))
    }

    /// The value on screen: the edit's, else the policy's.
    pub fn value(&self, policy: &Policy, setting: Setting) -> Option<Value> {
        self.edits.get(&setting).map(|edit| edit.mine.clone()).or_else(|| policy.read(setting).value)
    }

    /// Changes a setting. Going back to the policy's own value removes the edit; a setting that cannot be changed is
    /// left alone. An edit keeps its original value, so that the save sees what someone else changed since. Turning
    /// "permanent" off when no usable period is stored also sets Microsoft's default period, because Graph rejects an
    /// expiry without one (graph.md G7); turning it on again removes that.
    pub fn set(&mut self, policy: &Policy, setting: Setting, mine: Value) {
        let reading = policy.read(setting);
        let Some(stored) = reading.editable() else { return };
        let permanent = mine.as_flag();
        if stored.means(&mine) {
            self.edits.remove(&setting);
        } else if let Some(edit) = self.edits.get_mut(&setting) {
            edit.mine = mine;
        } else {
            self.edits.insert(setting, Edit { base: stored.clone(), mine });
        }
        let Some((expiry, default)) = default_period(setting) else { return };
        if permanent == Some(true) {
            self.give_up(expiry, &default);
        } else if !self.value(policy, expiry).is_some_and(|value| usable_period(&value)) {
            self.set(policy, expiry, default);
        }
    }

    /// Removes a period that was only added when "permanent" was turned off.
    fn give_up(&mut self, expiry: Setting, default: &Value) {
        if self.edit(expiry).is_some_and(|edit| !usable_period(&edit.base) && edit.mine.means(default)) {
            self.edits.remove(&expiry);
        }
    }

    /// Changes a setting, starting from what the policy has now, whatever the person typed before.
    pub fn replace(&mut self, policy: &Policy, setting: Setting, mine: Value) {
        self.reset(setting);
        self.set(policy, setting, mine);
    }

    /// Starts an edit from another value: what a save left of it that succeeded only in part.
    pub fn start_from(&mut self, setting: Setting, base: Value) {
        if let Some(edit) = self.edits.get_mut(&setting) {
            edit.base = base;
        }
    }

    /// Removes one edit, and what was added with it.
    pub fn reset(&mut self, setting: Setting) {
        let ended = self.edits.remove(&setting).is_some_and(|edit| edit.mine == Value::Flag(false));
        if let Some((expiry, default)) = default_period(setting).filter(|_| ended) {
            self.give_up(expiry, &default);
        }
    }

    /// Removes all edits.
    pub fn clear(&mut self) {
        self.edits.clear();
    }

    /// Puts the draft on top of a newer read: edits the policy already has are removed; the others keep their `base`,
    /// so that the save sees what someone else has changed. An edit that can no longer be made stays too: nobody gave
    /// it up, and the save asks about it.
    pub fn settle(&mut self, policy: &Policy) {
        self.settle_where(policy, |_| true);
    }

    /// Like [`settle`](Self::settle), for some settings only.
    pub fn settle_where(&mut self, policy: &Policy, which: impl Fn(Setting) -> bool) {
        self.edits.retain(|setting, edit| !(which(*setting) && is_held(policy, *setting, edit)));
    }

    /// Whether a read of the policy already has some of the edits.
    pub fn is_held(&self, policy: &Policy) -> bool {
        self.edits().any(|(setting, edit)| is_held(policy, setting, edit))
    }
}

fn is_held(policy: &Policy, setting: Setting, edit: &Edit) -> bool {
    policy.read(setting).editable().is_some_and(|theirs| theirs.means(&edit.mine))
}

/// The period that Microsoft sets by default when a setting no longer allows permanent assignments.
fn default_period(setting: Setting) -> Option<(Setting, Value)> {
    let (expiry, days) = match setting {
        Setting::EligiblePermanent => (Setting::EligibleExpiry, 365),
        Setting::ActivePermanent => (Setting::ActiveExpiry, 180),
        _ => return None,
    };
    Some((expiry, Value::Duration(IsoDuration::from_days(days).to_iso())))
}

fn usable_period(value: &Value) -> bool {
    value
        .as_duration()
        .and_then(IsoDuration::parse)
        .and_then(|duration| duration.seconds_total())
        .is_some_and(|seconds| seconds > 0)
}

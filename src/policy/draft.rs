//! What a person changed and has not saved: only the touched settings, each with the value it had.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Policy;
use super::duration::IsoDuration;
use super::setting::Setting;
use super::value::Value;

/// One touched setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The value when the person first touched it; it stays while they go on editing.
    pub base: Value,
    /// The value the person wants.
    pub mine: Value,
}

/// Unsaved edits of one policy. Holds ids, no names and no tokens, so it may be kept in the browser's session storage.
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

    /// The edit of a setting, if it is touched.
    pub fn edit(&self, setting: Setting) -> Option<&Edit> {
        self.edits.get(&setting)
    }

    /// All edits in the admin centre's order of settings.
    pub fn edits(&self) -> impl Iterator<Item = (Setting, &Edit)> {
        self.edits.iter().map(|(setting, edit)| (*setting, edit))
    }

    /// The value on screen: mine, else the policy's.
    pub fn value(&self, policy: &Policy, setting: Setting) -> Option<Value> {
        self.edits.get(&setting).map(|edit| edit.mine.clone()).or_else(|| policy.read(setting).value)
    }

    /// Changes a setting. Going back to the policy's own value forgets the edit; a setting that cannot be changed is
    /// left alone. An edit goes on from where it began, so that the save sees what someone else changed since. Turning "permanent" off where no usable period is stored also picks Microsoft's default period,
    /// because Graph refuses an expiry without one (quirk 7).
    pub fn set(&mut self, policy: &Policy, setting: Setting, mine: Value) {
        let reading = policy.read(setting);
        let Some(stored) = reading.editable() else { return };
        let turned_off = mine == Value::Flag(false);
        if stored.means(&mine) {
            self.edits.remove(&setting);
        } else if let Some(edit) = self.edits.get_mut(&setting) {
            edit.mine = mine;
        } else {
            self.edits.insert(setting, Edit { base: stored.clone(), mine });
        }
        let period = match setting {
            Setting::EligiblePermanent => Some((Setting::EligibleExpiry, 365)),
            Setting::ActivePermanent => Some((Setting::ActiveExpiry, 180)),
            _ => None,
        };
        if let Some((expiry, days)) = period
            && turned_off
            && !self.value(policy, expiry).is_some_and(|value| usable_period(&value))
        {
            self.set(policy, expiry, Value::Duration(IsoDuration::from_days(days).to_iso()));
        }
    }

    /// Changes a setting from what the policy holds now, whatever the person typed before.
    pub fn replace(&mut self, policy: &Policy, setting: Setting, mine: Value) {
        self.reset(setting);
        self.set(policy, setting, mine);
    }

    /// An edit starts from another value: what a save of it left, where that got through in part.
    pub fn start_from(&mut self, setting: Setting, base: Value) {
        if let Some(edit) = self.edits.get_mut(&setting) {
            edit.base = base;
        }
    }

    /// Forgets one edit.
    pub fn reset(&mut self, setting: Setting) {
        self.edits.remove(&setting);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.edits.clear();
    }

    /// The draft on top of a newer reading: edits the policy already holds drop out; the others keep their `base`, so
    /// that the save sees what someone else changed meanwhile. An edit that can no longer be made stays too: nobody gave
    /// it up, and the save asks about it.
    pub fn settle(&mut self, policy: &Policy) {
        self.edits.retain(|setting, edit| !is_held(policy, *setting, edit));
    }

    /// Whether a reading of the policy holds some of the edits already.
    pub fn is_held(&self, policy: &Policy) -> bool {
        self.edits().any(|(setting, edit)| is_held(policy, setting, edit))
    }
}

fn is_held(policy: &Policy, setting: Setting, edit: &Edit) -> bool {
    policy.read(setting).editable().is_some_and(|theirs| theirs.means(&edit.mine))
}

fn usable_period(value: &Value) -> bool {
    value
        .as_duration()
        .and_then(IsoDuration::parse)
        .and_then(|duration| duration.seconds_total())
        .is_some_and(|seconds| seconds > 0)
}

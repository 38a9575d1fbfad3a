//! Three-way merge of a draft with what someone else has changed: Graph has no `ETag` here.

use super::Policy;
use super::draft::Draft;
use super::setting::Setting;
use super::value::Value;

/// A setting that both sides changed, to different values.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The setting.
    pub setting: Setting,
    /// What it was when the person started.
    pub base: Value,
    /// What the person wants.
    pub mine: Value,
    /// What the policy has now; `None` if it can no longer be read or changed.
    pub theirs: Option<Value>,
}

/// The outcome of a merge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merge {
    /// Settings to write: the policy still has what the person started from.
    pub write: Vec<(Setting, Value)>,
    /// Settings that already have what the person wants.
    pub already: Vec<Setting>,
    /// Settings for the person to decide.
    pub conflicts: Vec<Conflict>,
}

/// Compares a draft with the policy as it is now.
pub fn merge(draft: &Draft, theirs: &Policy) -> Merge {
    let mut merged = Merge::default();
    for (setting, edit) in draft.edits() {
        let reading = theirs.read(setting);
        match reading.editable() {
            Some(now) if now.means(&edit.mine) => merged.already.push(setting),
            Some(now) if now.means(&edit.base) => merged.write.push((setting, edit.mine.clone())),
            now => merged.conflicts.push(Conflict {
                setting,
                base: edit.base.clone(),
                mine: edit.mine.clone(),
                theirs: now.cloned(),
            }),
        }
    }
    merged
}

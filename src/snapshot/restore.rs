//! Going back to a snapshot: what can be restored, what cannot and why, and the proposal for a change of many policies.

use std::collections::BTreeSet;

use super::Snapshot;
use super::drift::{Changed, Drift, Now};
use crate::policy::{Draft, NotCarried, Setting, Subject, carry};
use crate::rollout::{Item, Target};

/// A setting that a person may restore.
pub type Pick = (Subject, Setting);

/// What can be restored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WayBack {
    /// Settings that can be restored, in the order of the drift.
    pub can: Vec<Pick>,
    /// Settings that cannot, and why.
    pub cannot: Vec<(Subject, Setting, NotCarried)>,
}

impl WayBack {
    /// Why a setting cannot be restored; `None` if it can.
    pub fn reason(&self, subject: &Subject, setting: Setting) -> Option<NotCarried> {
        let hit = self.cannot.iter().find(|(own, other, _)| own == subject && *other == setting);
        hit.map(|(_, _, why)| *why)
    }

    /// Removes from the picked settings those that cannot be restored or are already.
    pub fn keep_possible(&self, picked: &mut BTreeSet<Pick>) {
        let can: BTreeSet<&Pick> = self.can.iter().collect();
        picked.retain(|pick| can.contains(pick));
    }
}

/// What can be restored from a drift. Rules that belong to no setting are never written.
pub fn way_back(snapshot: &Snapshot, now: &Now, drift: &Drift) -> WayBack {
    let mut way = WayBack::default();
    for drifted in &drift.drifted {
        let (Some(kept), Some(onto)) = (snapshot.of(&drifted.subject), now.policy(&drifted.subject)) else { continue };
        let carried = carry(&kept.policy, onto, &Draft::default());
        for finding in &drifted.findings {
            let Changed::Setting(line) = &finding.changed else { continue };
            match carried.left.iter().find(|(setting, _)| *setting == line.setting) {
                Some((setting, why)) => way.cannot.push((drifted.subject.clone(), *setting, *why)),
                None => way.can.push((drifted.subject.clone(), line.setting)),
            }
        }
    }
    way
}

/// The items that restore the picked settings. Each may be changed only from the value seen now.
pub fn items(snapshot: &Snapshot, drift: &Drift, way: &WayBack, picked: &dyn Fn(&Pick) -> bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for drifted in &drift.drifted {
        let (mut wanted, mut only_from) = (Vec::new(), Vec::new());
        for finding in &drifted.findings {
            let Changed::Setting(line) = &finding.changed else { continue };
            let pick = (drifted.subject.clone(), line.setting);
            if way.reason(&pick.0, pick.1).is_some() || snapshot.of(&pick.0).is_none() || !picked(&pick) {
                continue;
            }
            if let (Some(before), Some(seen)) = (&line.left.value, &line.right.value) {
                wanted.push((line.setting, before.clone()));
                only_from.push((line.setting, seen.clone()));
            }
        }
        if !wanted.is_empty() {
            let target = Target { subject: drifted.subject.clone(), name: drifted.name.clone() };
            items.push(Item { target, wanted, only_from });
        }
    }
    items
}

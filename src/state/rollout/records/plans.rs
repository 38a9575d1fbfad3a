//! The plan of a rollout, stored beside its record for another try.

use leptos::prelude::*;

use super::RolloutRecords;
use crate::browser::storage::{self, Key};
use crate::guid::Guid;
use crate::rollout::Proposal;
use crate::rollout::kept::KeptPlan;
use crate::rollout::record::{End, Record, Why};
use crate::rollout::taken_out::TakenOut;

impl RolloutRecords {
    /// Stores what is about to be sent. If some policies of a rollout are tried again, the plan of the others stays. If
    /// the browser stores nothing, it lasts as long as the page.
    pub fn keep_plan(self, id: &Guid, proposal: &Proposal, taken_out: &TakenOut) {
        let plan = match self.plan(id) {
            Some(known) => known.followed_by(proposal, taken_out),
            None => KeptPlan::of(proposal, taken_out),
        };
        if let Some(key) = self.key(id) {
            storage::write(Key::RolloutPlan(&key), &plan.to_json());
        }
        self.plans.try_update_value(|plans| {
            plans.retain(|(known, _)| known != id);
            plans.push((id.clone(), plan));
        });
    }

    /// The plan of a rollout, if it is known here.
    pub fn plan(self, id: &Guid) -> Option<KeptPlan> {
        let here = self
            .plans
            .try_with_value(|plans| plans.iter().find(|(known, _)| known == id).map(|(_, plan)| plan.clone()));
        here.flatten().or_else(|| KeptPlan::from_json(&storage::read(Key::RolloutPlan(&self.key(id)?))?))
    }

    /// Deletes the plan of a rollout that has nothing left to try again.
    pub(super) fn drop_plan_of(self, record: &Record) {
        let is_done =
            |end: End| matches!(end, End::Saved | End::NothingSent(Why::Already | Why::LeftAlone | Why::Uncertain));
        if record.targets.iter().all(|entry| is_done(entry.end)) {
            self.drop_plan(&record.id);
        }
    }

    pub(super) fn drop_plan(self, id: &Guid) {
        if let Some(key) = self.key(id) {
            storage::remove(Key::RolloutPlan(&key));
        }
        self.plans.try_update_value(|plans| plans.retain(|(known, _)| known != id));
    }
}

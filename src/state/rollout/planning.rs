//! The plan: read afresh, looked at, single policies and settings taken out.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Phase, RolloutState, Source};
use crate::desk::rollout::{Row, look};
use crate::graph::patience::Patience;
use crate::policy::{Setting, Subject, Value};
use crate::rollout::{Item, Proposal, choice};
use crate::text;

impl RolloutState {
    /// What is proposed as it is chosen now; `None` while something is missing.
    pub fn put_together(self) -> Option<Proposal> {
        if let Some(proposal) = self.proposal.get_untracked() {
            return Some(proposal);
        }
        let (read, values) = (self.read.get_untracked(), self.values.get_untracked());
        let name = match (values, read) {
            (Some(values), _) => values.title,
            (None, Some(Source { name, policy: Ok(Ok(_)) })) => name,
            _ => return None,
        };
        let (picked, targets) = (self.picked.get_untracked(), self.targets.get_untracked());
        let source = self.source.get_untracked();
        let items = choice::items(untrack(|| self.offers()), source.as_ref(), &picked, &targets);
        let settings = items.first().map_or(0, |item| item.wanted.len());
        Some(Proposal { title: text::rollout::copy_title(settings, &name), items, undoes: None })
    }

    /// Reads everything and shows the plan.
    pub fn plan(self) {
        self.plan_without(&[], &[]);
    }

    /// The same, with what the person had taken out before.
    pub(super) fn plan_without(self, excluded: &[Subject], without: &[(Subject, Setting)]) {
        let Some(proposal) = self.put_together().filter(|proposal| !proposal.items.is_empty()) else { return };
        let patience = Patience::default();
        self.patience.set_value(patience.clone());
        self.rows.set(Vec::new());
        self.refused.set(None);
        self.reading.set((0, proposal.items.len()));
        self.phase.set(Phase::Reading);
        self.keep();
        let (excluded, without) = (excluded.to_vec(), without.to_vec());
        let (client, me) = (self.around().desk.client(), self.around().desk.account().oid);
        spawn_local(async move {
            let tell = |done, of| {
                if !patience.is_stopped() {
                    self.reading.try_set((done, of));
                }
            };
            let seen = look(&client, proposal.items, &me, &patience, &tell).await;
            if patience.is_stopped() {
                return;
            }
            let rows: Vec<Row> = seen
                .into_iter()
                .map(|seen| {
                    let subject = seen.item.target.subject.clone();
                    let own = without.iter().filter(|(known, _)| *known == subject).map(|(_, setting)| *setting);
                    let own = own.collect();
                    Row::new(Arc::new(seen), own, excluded.contains(&subject))
                })
                .collect();
            self.look_up_names(&rows);
            self.around().notices.announce(text::rollout::plan_ready(&crate::desk::rollout::totals(&rows)));
            self.rows.try_set(rows);
            self.phase.try_set(Phase::Planned);
            self.keep();
        });
    }

    /// Reads everything again; what the person took out stays out.
    pub fn read_plan_again(self) {
        let choice = self.choice();
        self.plan_without(&choice.excluded, &choice.without);
    }

    fn look_up_names(self, rows: &[Row]) {
        self.around().names.look_up_approvers(rows.iter().filter_map(|row| row.seen.policy.as_ref().ok()));
        let wanted = rows.iter().flat_map(|row| &row.seen.item.wanted);
        let approvers = wanted.filter_map(|(_, value)| match value {
            Value::Approvers(list) => Some(list),
            _ => None,
        });
        self.around().names.look_up(approvers.flatten().filter_map(|approver| approver.id.parse().ok()));
    }

    /// Goes back to choosing. A proposal from elsewhere has nothing to choose: it is given up.
    pub fn choose_again(self) {
        self.patience.with_value(Patience::stop);
        self.rows.set(Vec::new());
        self.refused.set(None);
        self.phase.set(Phase::Choosing);
        self.keep();
    }

    /// Takes a policy out of the plan, or back in.
    pub fn exclude(self, subject: &Subject, out: bool) {
        self.change_row(subject, |row| row.excluded = out);
    }

    /// Takes a setting of a policy out of the plan, or back in.
    pub fn leave_out(self, subject: &Subject, setting: Setting, out: bool) {
        self.change_row(subject, |row| row.turn(setting, out));
    }

    fn change_row(self, subject: &Subject, change: impl FnOnce(&mut Row)) {
        self.rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.subject() == subject) {
                change(row);
            }
        });
        self.keep();
    }

    /// The items of the plan that this list of policies names, for another try.
    pub(super) fn items_of(proposal: &Proposal, subjects: &[Subject]) -> Vec<Item> {
        proposal.items.iter().filter(|item| subjects.contains(&item.target.subject)).cloned().collect()
    }
}

//! The plan: read, shown, and policies and settings taken out of it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Content, Phase, RolloutState, Source};
use crate::desk::rollout::{PlannedPolicy, look, look_from, rows_of};
use crate::graph::patience::Patience;
use crate::policy::{Policy, Setting, Subject, Value};
use crate::rollout::{Item, Proposal, choice};
use crate::text;

impl RolloutState {
    /// The proposal for what is chosen now; `None` if something is missing.
    pub fn put_together(self) -> Option<Proposal> {
        let (name, items) = match (self.content.get_untracked(), self.read.get_untracked()) {
            (Content::Proposal(proposal), _) => return Some(proposal),
            (Content::Values(values), _) => {
                let items = values.items(&self.picked.get_untracked(), &self.targets.get_untracked());
                (values.title, items)
            }
            (Content::Policy(_), Some(Source { name, policy: Ok(Ok(policy)) })) => (name, self.items_from(&policy)),
            _ => return None,
        };
        let settings = items.first().map_or(0, |item| item.wanted.len());
        let title = text::rollout::copy_title(settings, &name);
        (settings > 0).then_some(Proposal { title, items, undoes: None, left_out: Vec::new() })
    }

    /// What the ticked settings of a source are to be on the targets; empty if it offers none of them.
    fn items_from(self, source: &Policy) -> Vec<Item> {
        let (picked, targets) = (self.picked.get_untracked(), self.targets.get_untracked());
        let mut items = choice::items(choice::offers(source), Some(&source.subject), &picked, &targets);
        items.retain(|item| !item.wanted.is_empty());
        items
    }

    /// Reads everything, a policy that is the source first, and shows the plan; what the person took out of an earlier
    /// plan stays out.
    pub fn plan(self) {
        self.renew_values();
        self.plan_from(self.content.with_untracked(|content| content.source().cloned()));
    }

    /// The same with the source as it was read just now.
    pub(super) fn plan_as_read(self) {
        self.plan_from(None);
    }

    /// Makes the plan, from `source` as it is now if one is given.
    fn plan_from(self, source: Option<Subject>) {
        let Some(proposal) = self.put_together().filter(|proposal| !proposal.items.is_empty()) else {
            // Of a plan on screen nothing is left.
            if self.phase.get_untracked() == Phase::Planned {
                self.choose_again();
            }
            return;
        };
        // A look-up that still runs would add targets that are not in this plan.
        self.stop_pasting();
        self.begin_reading();
        let patience = Patience::default();
        self.patience.set_value(patience.clone());
        self.rows.set(Vec::new());
        self.refused.set(None);
        self.reading.set((0, proposal.items.len()));
        self.phase.set(Phase::Reading);
        self.keep();
        let (client, me) = (self.around().desk.client(), self.around().desk.account().oid);
        spawn_local(async move {
            let tell = |done, of| {
                if !patience.is_stopped() {
                    self.reading.try_set((done, of));
                }
            };
            let seen = match source {
                None => look(&client, proposal.items, &me, &patience, &tell).await,
                Some(source) => {
                    let items = |policy: &Policy| self.items_from(policy);
                    let read = look_from(&client, &source, items, &me, &patience, &tell).await;
                    if patience.is_stopped() {
                        return;
                    }
                    let mut all = Vec::new();
                    self.take_source(
                        None,
                        read.map(|read| {
                            read.map(|(policy, seen)| {
                                all = seen;
                                policy
                            })
                        }),
                    );
                    all
                }
            };
            if patience.is_stopped() {
                return;
            }
            // No plan is made from what the source had before; the page says what became of it.
            if seen.is_empty() {
                return self.choose_again();
            }
            let Some(taken_out) = self.taken_out.try_get_value() else { return };
            let rows = rows_of(seen, &taken_out);
            self.look_up_names(&rows);
            self.around().notices.announce(text::rollout::plan_ready(&crate::desk::rollout::totals(&rows)));
            self.rows.try_set(rows);
            self.phase.try_set(Phase::Planned);
            self.keep();
            self.note_nothing_to_send().await;
        });
    }

    fn look_up_names(self, rows: &[PlannedPolicy]) {
        self.around().names.look_up_approvers(rows.iter().filter_map(|row| row.seen.policy.as_ref().ok()));
        let wanted = rows.iter().flat_map(|row| &row.seen.item.wanted);
        let approvers = wanted.filter_map(|(_, value)| match value {
            Value::Approvers(list) => Some(list),
            _ => None,
        });
        self.around().names.look_up(approvers.flatten().filter_map(|approver| approver.id.parse().ok()));
    }

    /// Returns to choosing. A proposal made elsewhere has nothing to choose, so it is discarded.
    pub fn choose_again(self) {
        self.patience.with_value(Patience::stop);
        self.rows.set(Vec::new());
        self.refused.set(None);
        self.phase.set(Phase::Choosing);
        self.keep();
    }

    /// Takes policies out of the plan, or puts them back in.
    pub fn exclude(self, subjects: &[Subject], out: bool) {
        self.taken_out.update_value(|known| subjects.iter().for_each(|subject| known.exclude(subject, out)));
        self.rows.update(|rows| {
            for row in rows.iter_mut().filter(|row| subjects.contains(row.subject())) {
                row.excluded = out;
            }
        });
        self.keep();
    }

    /// Takes a setting of a policy out of the plan, or puts it back in.
    pub fn leave_out(self, subject: &Subject, setting: Setting, out: bool) {
        self.taken_out.update_value(|known| known.leave_out(subject, setting, out));
        self.rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.subject() == subject) {
                row.turn(setting, out);
            }
        });
        self.keep();
    }
}

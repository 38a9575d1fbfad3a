//! A save that ran: what is known about it, what is left of it, and the way back.

use std::collections::BTreeSet;

use super::{RuleProgress, RuleState};
use crate::desk::readback::changed_at;
use crate::graph::Error;
use crate::policy::exposure::{weaker_than_both, written_where};
use crate::policy::plan::{differing, holds};
use crate::policy::{Draft, Policy, Setting, Value};

/// A save that ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// All rules, in the order of sending.
    pub rules: Vec<RuleProgress>,
    /// The policy as it was before the first write.
    pub before: Policy,
    /// The policy as it was read last.
    pub policy: Policy,
    /// Settings that already had the wanted value.
    pub already: Vec<Setting>,
    /// What was to be written.
    pub wanted: Vec<(Setting, Value)>,
}

impl Finished {
    /// The settings with a rule that was written and read back.
    pub fn verified(&self) -> impl Iterator<Item = Setting> {
        let verified = self.rules.iter().filter(|rule| rule.state == RuleState::Verified);
        verified.flat_map(|rule| rule.settings.iter().copied())
    }

    /// Whether anything is known to have been written.
    pub fn has_written(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.state, RuleState::Verified | RuleState::NotVisibleYet))
    }

    /// How many settings have an unknown outcome: accepted or lost, and not read back.
    pub fn uncertain(&self) -> usize {
        let open = self.rules.iter().filter(|rule| is_uncertain(&rule.state));
        // A setting stored in two rules counts once.
        open.flat_map(|rule| &rule.settings).collect::<BTreeSet<_>>().len()
    }

    /// Whether it is unknown if one of the rules of a setting was saved: undoing leaves it out until that is known.
    pub fn is_undecided(&self, setting: Setting) -> bool {
        self.rules.iter().any(|rule| is_uncertain(&rule.state) && rule.settings.contains(&setting))
    }

    /// Whether something was read back that can be undone now.
    pub fn can_undo(&self) -> bool {
        self.verified().any(|setting| !self.is_undecided(setting))
    }

    /// How many edits of a draft this save certainly left unsaved, in whole or in part. What may still appear counts
    /// as neither saved nor unsaved: it is read again, not sent again.
    pub fn left_of(&self, draft: &Draft) -> usize {
        let left = |setting: Setting| {
            let own = || self.rules.iter().filter(move |rule| rule.settings.contains(&setting));
            !own().any(|rule| is_uncertain(&rule.state)) || own().any(|rule| is_unsaved(&rule.state))
        };
        draft.edits().filter(|(setting, _)| left(*setting)).count()
    }

    /// The same save after two more reads: uncertain rules that both show become verified. A read older than the last
    /// one says nothing.
    #[must_use]
    pub fn seen_again(mut self, first: &Policy, policy: Policy) -> Self {
        let is_next = changed_at(first) >= changed_at(&self.policy);
        let last = if is_next { first.clone() } else { self.policy };
        if changed_at(&policy) < changed_at(&last) {
            return Self { policy: last, ..self };
        }
        for rule in &mut self.rules {
            let shows = |policy| holds(policy, rule.rule, &rule.settings, &self.wanted);
            if is_uncertain(&rule.state) && is_next && shows(first) && shows(&policy) {
                rule.state = RuleState::Verified;
            }
        }
        Self { policy, ..self }
    }

    /// Whether the last read is certainly newer than the read the save started from. If not, it may come from a
    /// replica that lags behind even that.
    fn is_newer(&self) -> bool {
        changed_at(&self.policy) > changed_at(&self.before)
    }

    /// Whether every rule of a setting was read back.
    fn is_read_back(&self, setting: Setting) -> bool {
        let mut own = self.rules.iter().filter(|rule| rule.settings.contains(&setting)).peekable();
        own.peek().is_some() && own.all(|rule| rule.state == RuleState::Verified)
    }

    /// Removes from a draft the edits that the policy contains, if the save read them back or found them there
    /// already, or if the last read is certainly newer.
    pub fn settle(&self, draft: &mut Draft) {
        draft.settle_where(&self.policy, |setting| {
            self.is_newer() || self.already.contains(&setting) || self.is_read_back(setting)
        });
    }

    /// The settings in which the policy is now weaker than before and weaker than wanted, because the save was only
    /// partly applied. Based on the last read and, if that may be old, also on what was read back.
    pub fn exposed(&self) -> Vec<Setting> {
        self.exposed_after(&[])
    }

    /// The settings for which that may also be so: what was accepted does not show yet, or an answer was lost.
    pub fn may_be_exposed(&self) -> Vec<Setting> {
        let mut found = self.exposed_after(&[RuleState::NotVisibleYet]);
        found.extend(self.exposed_after(&[RuleState::NotVisibleYet, RuleState::Unknown]));
        let certain = self.exposed();
        Setting::all().filter(|setting| found.contains(setting) && !certain.contains(setting)).collect()
    }

    /// The settings that are exposed if the rules in these states were applied.
    fn exposed_after(&self, applied: &[RuleState]) -> Vec<Setting> {
        let exposed_in = |now: &Policy| self.exposed_in(&self.written(now, |rule| applied.contains(&rule.state)));
        let mut found = exposed_in(&self.policy);
        if !self.is_newer() {
            found.extend(exposed_in(&self.written(&self.before, |rule| rule.state == RuleState::Verified)));
        }
        Setting::all().filter(|setting| found.contains(setting)).collect()
    }

    fn exposed_in(&self, now: &Policy) -> Vec<Setting> {
        weaker_than_both(&self.before, now, &self.written(&self.before, |_| true))
    }

    /// The policy with some rules of this save written.
    fn written(&self, policy: &Policy, which: impl Fn(&RuleProgress) -> bool) -> Policy {
        let is_written = |id| self.rules.iter().any(|rule| rule.rule == id && which(rule));
        written_where(policy, &self.wanted, &is_written)
    }

    /// Why the first rule failed, if one did.
    pub fn failure(&self) -> Option<&Error> {
        self.rules.iter().find_map(|rule| if let RuleState::Failed(error) = &rule.state { Some(error) } else { None })
    }

    /// Whether everything wanted is in the policy.
    pub fn is_complete(&self) -> bool {
        self.rules.iter().all(|rule| rule.state == RuleState::Verified) && self.differing().is_empty()
    }

    /// The settings that the last read shows with another value although they were read back, with that value.
    pub fn differing(&self) -> Vec<(Setting, Option<Value>)> {
        differing(&self.policy, &self.wanted, &|setting| self.is_read_back(setting))
    }

    /// The draft that returns the verified settings to their previous values, except those that someone has changed
    /// since, and those of which another rule may still appear.
    pub fn undo(&self) -> Draft {
        let mut draft = Draft::default();
        for (setting, _) in self.left().into_iter().filter(|(setting, _)| !self.is_undecided(*setting)) {
            if let Some(before) = self.before.read(setting).value {
                draft.set(&self.policy, setting, before);
            }
        }
        draft
    }

    /// Makes edits of which this save wrote only one of two rules start from what it left, so that the person's own
    /// half does not count as someone else's change.
    pub fn go_on(&self, draft: &mut Draft) {
        for (setting, left) in self.left() {
            draft.start_from(setting, left);
        }
    }

    /// The settings of which at least one rule was read back, with the value that left, except those that someone has
    /// changed since.
    fn left(&self) -> Vec<(Setting, Value)> {
        let left = self.written(&self.before, |rule| rule.state == RuleState::Verified);
        let holds =
            |(setting, left): &(Setting, Value)| self.policy.read(*setting).value.is_some_and(|now| now.means(left));
        self.verified().filter_map(|setting| Some((setting, left.read(setting).value?))).filter(holds).collect()
    }
}

const fn is_uncertain(state: &RuleState) -> bool {
    matches!(state, RuleState::NotVisibleYet | RuleState::Unknown)
}

const fn is_unsaved(state: &RuleState) -> bool {
    matches!(state, RuleState::Failed(_) | RuleState::NotAttempted | RuleState::Overtaken)
}

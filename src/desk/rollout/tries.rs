//! The saves of one policy: if a pause ends one half-way, another follows and continues from there.

use super::host::PolicyProgress;
use crate::desk::editing;
use crate::desk::save::{Finished, Outcome, RuleState};
use crate::policy::{Draft, Policy};

/// What the next save must do, and what those before it did.
#[derive(Clone, Default)]
pub(super) struct Try {
    pub(super) draft: Draft,
    /// The policy as last read by the previous save.
    pub(super) seen: Option<Box<Policy>>,
    /// What the previous saves wrote; `None` if nothing.
    wrote: Option<Box<Finished>>,
}

impl Try {
    /// The state before the first save.
    pub(super) fn first(draft: &Draft) -> Self {
        Self { draft: draft.clone(), ..Self::default() }
    }

    /// Takes in the outcome of a save; returns the policy's progress. `again`: another save follows and continues from
    /// what this one left.
    pub(super) fn ended(&mut self, outcome: Outcome, again: bool) -> PolicyProgress {
        if again && let Some(policy) = editing::after(&outcome, &mut self.draft) {
            self.seen = Some(Box::new(policy.clone()));
        }
        let last = match (self.wrote.take(), outcome) {
            (Some(wrote), Outcome::Finished(finished)) => Outcome::Finished(together(*wrote, finished)),
            (Some(wrote), last) if !again => return PolicyProgress::Left(wrote, Box::new(last)),
            (wrote, last) => {
                self.wrote = wrote;
                last
            }
        };
        match last {
            last if !again => PolicyProgress::Ended(Box::new(last)),
            Outcome::Finished(finished) if finished.has_written() => {
                let wrote = self.wrote.insert(Box::new(finished));
                PolicyProgress::Paused(wrote.clone())
            }
            _ => self.wrote.clone().map_or(PolicyProgress::Waiting, PolicyProgress::Paused),
        }
    }

    /// No further save follows.
    pub(super) fn closed(self) -> PolicyProgress {
        self.wrote.map_or(PolicyProgress::NotBegun, |wrote| PolicyProgress::Ended(Box::new(Outcome::Finished(*wrote))))
    }
}

/// Two saves of one policy as one: each rule as its last save left it, the policy as it was before both.
fn together(earlier: Finished, later: Finished) -> Finished {
    let carries = |rule| later.rules.iter().any(|one| one.rule == rule);
    // What was not saved and is not in the later save was no longer needed.
    let mut rules: Vec<_> =
        earlier.rules.into_iter().filter(|rule| rule.state == RuleState::Verified && !carries(rule.rule)).collect();
    let mut wanted = earlier.wanted;
    wanted.retain(|(setting, _)| !later.wanted.iter().any(|(known, _)| known == setting));
    rules.extend(later.rules);
    wanted.extend(later.wanted);
    Finished { rules, before: earlier.before, policy: later.policy, already: later.already, wanted }
}

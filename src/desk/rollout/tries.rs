//! The saves of one policy: one that a pause ends half-way is followed by another, which goes on from what it left.

use super::host::PolicyProgress;
use crate::desk::editing;
use crate::desk::save::{Finished, Outcome, RuleState};
use crate::policy::{Draft, Policy};

/// What the next save is to do, and what came of those before.
#[derive(Clone, Default)]
pub(super) struct Try {
    pub(super) draft: Draft,
    /// The policy as the save before read it last.
    pub(super) seen: Option<Box<Policy>>,
    /// What those before wrote; `None` where that is nothing.
    wrote: Option<Box<Finished>>,
}

impl Try {
    /// Before the first save.
    pub(super) fn first(draft: &Draft) -> Self {
        Self { draft: draft.clone(), ..Self::default() }
    }

    /// Takes in how a save ended, and gives how far the policy is then. `again`: another save follows, which goes on from
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

    /// No other save follows.
    pub(super) fn closed(self) -> PolicyProgress {
        self.wrote.map_or(PolicyProgress::NotBegun, |wrote| PolicyProgress::Ended(Box::new(Outcome::Finished(*wrote))))
    }
}

/// Two saves of one policy as one: each rule as the last that carried it left it, from the policy as it was before both.
fn together(earlier: Finished, later: Finished) -> Finished {
    let carries = |rule| later.rules.iter().any(|one| one.rule == rule);
    // What the later one did not carry and was not saved had become superfluous.
    let mut rules: Vec<_> =
        earlier.rules.into_iter().filter(|rule| rule.state == RuleState::Verified && !carries(rule.rule)).collect();
    let mut wanted = earlier.wanted;
    wanted.retain(|(setting, _)| !later.wanted.iter().any(|(known, _)| known == setting));
    rules.extend(later.rules);
    wanted.extend(later.wanted);
    Finished { rules, before: earlier.before, policy: later.policy, already: later.already, wanted }
}

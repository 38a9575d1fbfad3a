//! Saves a draft: read again, merge, write rule by rule in the safe order, read back (docs/decisions/0004).
//!
//! Nothing is reported as saved unless it was read back, and no write is sent twice unless Microsoft said that the
//! first was not applied.

mod run;

use std::collections::BTreeSet;

use crate::graph::error::Ids;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens, endpoint};
use crate::policy::exposure::{weaker_than_both, written};
use crate::policy::merge::{Conflict, merge};
use crate::policy::plan::{RuleWrite, body_of, holds, plan};
use crate::policy::{Draft, Issue, Policy, Rule, RuleId, Setting, Severity, Subject, Value, check};
use crate::world::{Moment, World};

use super::policies::{self, NoPolicy};
use super::readback::changed_at;
use super::settle;
pub(super) use run::Run;
pub use settle::{look_again, steady};

/// The state of one rule of a save.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleState {
    /// Waiting for its turn.
    Queued,
    /// Being sent.
    Sending,
    /// Microsoft accepted it; it is not read back yet.
    Accepted,
    /// No usable answer came; it was not read back yet.
    Lost,
    /// Read back: two successive reads show it.
    Verified,
    /// Accepted, but the policy did not show it within the time allowed.
    NotVisibleYet,
    /// No answer came, and the policy does not show it. It may still appear.
    Unknown,
    /// Microsoft refused it, or it was not sent because the token or the read that it needed failed.
    Failed(Error),
    /// Not sent: an earlier rule stopped the rest, or the person stopped the save.
    NotAttempted,
    /// Not sent: while the save waited, someone else changed what this rule would have changed.
    Overtaken,
}

/// One rule of a save.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleProgress {
    /// The rule.
    pub rule: RuleId,
    /// The settings it writes.
    pub settings: Vec<Setting>,
    /// Its state.
    pub state: RuleState,
    /// When it got its state, ms since 1970; `None` while it is queued or being sent.
    pub at_unix_ms: Option<i64>,
    /// The IDs of its write, once it was sent.
    pub ids: Ids,
}

/// The result of a save.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The save ran, or there was nothing to write; each rule has its own outcome.
    Finished(Finished),
    /// Someone changed the same settings in the meantime. Nothing was sent.
    Conflicts {
        /// The settings to decide on.
        conflicts: Vec<Conflict>,
        /// The policy as it is now.
        theirs: Policy,
    },
    /// The save could not start. Nothing was sent.
    NotStarted(NotStarted),
}

/// Why a save did not start.
#[derive(Clone, Debug, PartialEq)]
pub enum NotStarted {
    /// Reading failed, or the person must sign in.
    Error(Error),
    /// There is no single policy to write to.
    NoPolicy(NoPolicy),
    /// Combined with what someone else changed, the draft would leave the policy in a state that cannot be saved.
    Invalid {
        /// What is wrong.
        issues: Vec<Issue>,
        /// The policy as it is now.
        theirs: Box<Policy>,
    },
    /// Another tab or window of this browser is saving a policy of the same group or role.
    SavedElsewhere,
    /// Reads of the policy kept disagreeing.
    Unsteady,
    /// The person stopped it while it was still being read.
    Stopped,
}

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

    /// Removes from a draft the edits that the policy contains, if the save read them back or found them there
    /// already, or if the last read is certainly newer.
    pub fn settle(&self, draft: &mut Draft) {
        let is_saved = |setting: Setting| {
            let mut own = self.rules.iter().filter(|rule| rule.settings.contains(&setting)).peekable();
            own.peek().is_some() && own.all(|rule| rule.state == RuleState::Verified)
        };
        draft.settle_where(&self.policy, |setting| {
            self.is_newer() || self.already.contains(&setting) || is_saved(setting)
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
        let write = |rule: &RuleProgress| {
            let body = body_of(policy.rule(rule.rule)?.raw(), rule.rule, &self.wanted).0;
            Some(RuleWrite { rule: rule.rule, body, settings: Vec::new(), weakens: false })
        };
        let writes: Vec<RuleWrite> = self.rules.iter().filter(|rule| which(rule)).filter_map(write).collect();
        written(policy, &writes)
    }

    /// Why the first rule failed, if one did.
    pub fn failure(&self) -> Option<&Error> {
        self.rules.iter().find_map(|rule| if let RuleState::Failed(error) = &rule.state { Some(error) } else { None })
    }

    /// Whether everything wanted is in the policy.
    pub fn is_complete(&self) -> bool {
        self.rules.iter().all(|rule| rule.state == RuleState::Verified)
    }

    /// The draft that returns the verified settings to their previous values, except those that someone has changed
    /// since.
    pub fn undo(&self) -> Draft {
        let mut draft = Draft::default();
        for (setting, _) in self.left() {
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
        let mut left = self.before.clone();
        for rule in &mut left.rules {
            let id = rule.known_id();
            let saved = self.rules.iter().any(|one| one.state == RuleState::Verified && Some(one.rule) == id);
            if let Some(id) = id.filter(|_| saved) {
                *rule = Rule::new(body_of(rule.raw(), id, &self.wanted).0);
            }
        }
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

/// What is about to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The policy as it was read just before.
    pub before: Policy,
    /// The settings to write, with their new values.
    pub wanted: Vec<(Setting, Value)>,
    /// The rules, in the order of sending.
    pub rules: Vec<RuleProgress>,
}

/// A recent read of the policy, which a save may start from.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The policy.
    pub policy: Policy,
    /// When it was requested.
    pub asked_at: Moment,
}

/// A save does not start from a read older than this, ms, but reads again first.
pub const START_MS: i64 = 10_000;

/// A step of a save.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// Reported once, before the first write; not if there is nothing to write.
    Planned(&'a Planned),
    /// The state of a rule changed: all rules as they are now.
    Rules(&'a [RuleProgress]),
}

/// Called at every step: for the progress on screen, and for the receipt.
pub type OnStep<'a> = &'a dyn Fn(Step<'_>);

/// Runs a save that nobody watches.
pub async fn save<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    draft: &Draft,
    on_step: OnStep<'_>,
) -> Outcome {
    save_watched(client, subject, draft, None, None, on_step, &Patience::default()).await
}

/// Runs a save that a person can stop between two writes, and whose waits they see. It starts from the given read if
/// that is recent, else it reads first. `seen` is the policy as the page last read it: a first read that differs from
/// it or from what the person started from, or is older, may come from a lagging replica and is not enough.
pub async fn save_watched<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    draft: &Draft,
    start: Option<Start>,
    seen: Option<&Policy>,
    on_step: OnStep<'_>,
    patience: &Patience,
) -> Outcome {
    if let Err(error) = client.ready(endpoint::policy_write(subject)).await {
        return Outcome::NotStarted(NotStarted::Error(error));
    }
    let now = Moment::now(client.world());
    let fresh = |start: &Start| start.policy.subject == *subject && start.asked_at.age_ms(client.world()) <= START_MS;
    let (mut before, mut asked_at) = match start.filter(fresh) {
        Some(start) => (start.policy, start.asked_at),
        None => match policies::read_watched(client, subject, patience).await {
            Ok(Ok(policy)) => (policy, now),
            Ok(Err(none)) => return Outcome::NotStarted(NotStarted::NoPolicy(none)),
            Err(error) => return Outcome::NotStarted(NotStarted::Error(error)),
        },
    };
    let mut merged = merge(draft, &before);
    let is_odd = !merged.already.is_empty() || !merged.conflicts.is_empty();
    let is_other = |seen: &Policy| !agree(draft, seen, &before) || changed_at(&before) < changed_at(seen);
    if is_odd || seen.is_some_and(is_other) {
        (before, asked_at) = match settle::steady_since(client, subject, before, seen, patience).await {
            Ok(steady) => steady,
            Err(why) => return Outcome::NotStarted(why),
        };
        merged = merge(draft, &before);
    }
    if !merged.conflicts.is_empty() {
        return Outcome::Conflicts { conflicts: merged.conflicts, theirs: before };
    }
    let issues: Vec<Issue> =
        check(&before, draft, None).into_iter().filter(|i| i.severity == Severity::Error).collect();
    if !issues.is_empty() {
        return Outcome::NotStarted(NotStarted::Invalid { issues, theirs: Box::new(before) });
    }
    let writes = plan(&before, &merged.write);
    let mut run = Run::new(client, &before, &writes, on_step, patience);
    if !writes.is_empty() {
        let planned = Planned { before: before.clone(), wanted: merged.write.clone(), rules: run.rules.clone() };
        on_step(Step::Planned(&planned));
    }
    run.write_all(&before, asked_at, &writes, &merged.write).await;
    let read_last = settle::settle(&mut run, &before, &merged.write).await;
    let policy = read_last.unwrap_or_else(|| before.clone());
    let (rules, already, wanted) = (run.rules, merged.already, merged.write);
    Outcome::Finished(Finished { rules, before, policy, already, wanted })
}

/// Whether two reads agree on all rules that a draft touches.
fn agree(draft: &Draft, one: &Policy, other: &Policy) -> bool {
    let rules = draft.edits().map(|(setting, _)| setting.rules()).flat_map(|(first, second)| [Some(first), second]);
    rules.flatten().all(|rule| one.rule(rule) == other.rule(rule))
}

/// The settings to write, with the values they should have afterwards.
pub(super) type Wanted = [(Setting, Value)];

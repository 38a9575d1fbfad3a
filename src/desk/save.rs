//! Saves a draft: read again, merge, write rule by rule in the safe order, read back (docs/decisions/0004).
//!
//! Nothing is reported as saved unless it was read back, and no write is sent twice unless Microsoft said that the
//! first was not applied.

mod finished;
mod run;

use crate::graph::error::Ids;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens, endpoint};
use crate::policy::merge::{Conflict, merge};
use crate::policy::plan::plan;
use crate::policy::{Change, Draft, Issue, Policy, Requirement, RuleId, Setting, Severity, Subject, Value, check};
use crate::world::{Moment, World};

use super::policies::{self, NoPolicy};
use super::readback::changed_at;
use super::settle;
pub use finished::Finished;
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
    /// Not sent: while the save waited, someone else changed what this rule would have changed, in this rule or in the
    /// other one of the same setting, or what it needs.
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
    let start = Start { policy: before, asked_at };
    run.write_all(&start, draft, &writes, &merged.write).await;
    let before = start.policy;
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

/// Whether the first of two rules that swap MFA and a context is being sent, or was and may have been applied, and the
/// second is not: that one follows even if the person stops the save now. `sent` are the changes that are saved.
pub fn has_begun_swap(rules: &[RuleProgress], sent: &[Change]) -> bool {
    let need = |value: &Value| match value {
        Value::Requirement(Requirement::Mfa) => Some(RuleId::ActivationEnablement),
        Value::Requirement(Requirement::Context(_)) => Some(RuleId::ActivationContext),
        _ => None,
    };
    let is_swap = |change: &Change| {
        change.setting == Setting::ActivationRequirement
            && need(&change.before).zip(need(&change.after)).is_some_and(|(before, after)| before != after)
    };
    let mut halves = rules.iter().filter(|rule| rule.settings.contains(&Setting::ActivationRequirement));
    let (Some(first), Some(second)) = (halves.next(), halves.next()) else { return false };
    let has_begun = matches!(first.state, RuleState::Sending | RuleState::Accepted | RuleState::Lost);
    has_begun && second.state == RuleState::Queued && sent.iter().any(is_swap)
}

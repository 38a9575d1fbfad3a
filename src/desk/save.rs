//! Saves a draft: read again, merge, write rule by rule in the safe order, read back (decision 7).
//!
//! Nothing is reported as saved that was not read back, and no write is sent twice unless Microsoft said that the first
//! one was not applied.

use crate::graph::{Client, Error, Tokens, endpoint};
use crate::policy::merge::{Conflict, merge};
use crate::policy::plan::{RuleWrite, holds, plan};
use crate::policy::{Draft, Issue, Policy, RuleId, Setting, Severity, Subject, Value, check};
use crate::world::World;

use super::policies::{self, NoPolicy};
use super::settle;

/// Where one rule of a save stands.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleState {
    /// Waits for its turn.
    Queued,
    /// On its way.
    Sending,
    /// Microsoft accepted it; it is not read back yet.
    Accepted,
    /// No usable answer came; reading will tell.
    Lost,
    /// Read back, twice in a row: the policy holds it.
    Verified,
    /// Accepted, but the policy did not show it in the time allowed.
    NotVisibleYet,
    /// No answer came, and the policy does not show it. It may still appear.
    Unknown,
    /// Microsoft refused it.
    Failed(Error),
    /// Not sent, because an earlier rule failed.
    NotAttempted,
}

/// One rule of a save.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleProgress {
    /// The rule.
    pub rule: RuleId,
    /// The settings it carries.
    pub settings: Vec<Setting>,
    /// Where it stands.
    pub state: RuleState,
    /// When it reached an end state, ms since 1970.
    pub at_unix_ms: Option<i64>,
}

/// How a save ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Writes were sent (or none was needed); each rule tells its own end.
    Finished(Finished),
    /// Someone changed the same settings meanwhile. Nothing was sent.
    Conflicts {
        /// The settings to decide.
        conflicts: Vec<Conflict>,
        /// The policy as it is now.
        theirs: Policy,
    },
    /// The policy could not be read, or there is none. Nothing was sent.
    NotStarted(NotStarted),
}

/// Why a save did not start.
#[derive(Clone, Debug, PartialEq)]
pub enum NotStarted {
    /// Reading failed, or the person must sign in.
    Error(Error),
    /// There is no single policy to write to.
    NoPolicy(NoPolicy),
    /// With what someone else changed meanwhile, the draft would leave the policy in a state that cannot be saved.
    Invalid(Vec<Issue>),
}

/// A save that ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Every rule, in the order of sending.
    pub rules: Vec<RuleProgress>,
    /// The policy as it was before the first write.
    pub before: Policy,
    /// The policy as it was read last.
    pub policy: Policy,
    /// Settings that already held the wanted value.
    pub already: Vec<Setting>,
    /// What was to be written.
    pub wanted: Vec<(Setting, Value)>,
}

impl Finished {
    /// The settings that were written and read back.
    pub fn verified(&self) -> impl Iterator<Item = Setting> {
        let verified = self.rules.iter().filter(|rule| rule.state == RuleState::Verified);
        verified.flat_map(|rule| rule.settings.iter().copied())
    }

    /// Whether anything was written, as far as is known.
    pub fn has_written(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.state, RuleState::Verified | RuleState::NotVisibleYet))
    }

    /// The settings whose end is not known: accepted or lost, and not read back.
    pub fn uncertain(&self) -> usize {
        let open = self.rules.iter().filter(|rule| is_uncertain(&rule.state));
        open.map(|rule| rule.settings.len()).sum()
    }

    /// The same save after another reading: rules that the policy shows now count as verified.
    #[must_use]
    pub fn seen_again(mut self, policy: Policy) -> Self {
        for rule in &mut self.rules {
            if is_uncertain(&rule.state) && holds(&policy, rule.rule, &rule.settings, &self.wanted) {
                rule.state = RuleState::Verified;
            }
        }
        Self { policy, ..self }
    }

    /// Whether everything wanted is in the policy.
    pub fn is_complete(&self) -> bool {
        self.rules.iter().all(|rule| rule.state == RuleState::Verified)
    }

    /// The draft that takes the verified settings back to what they were.
    pub fn undo(&self) -> Draft {
        let mut draft = Draft::default();
        for setting in self.verified() {
            if let Some(before) = self.before.read(setting).value {
                draft.set(&self.policy, setting, before);
            }
        }
        draft
    }
}

const fn is_uncertain(state: &RuleState) -> bool {
    matches!(state, RuleState::NotVisibleYet | RuleState::Unknown)
}

/// Told after every step, for the progress on screen.
pub type OnProgress<'a> = &'a dyn Fn(&[RuleProgress]);

/// Runs the save.
pub async fn save<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    draft: &Draft,
    on_progress: OnProgress<'_>,
) -> Outcome {
    if let Err(error) = client.ready(endpoint::policy_write(subject)).await {
        return Outcome::NotStarted(NotStarted::Error(error));
    }
    let before = match policies::read(client, subject).await {
        Ok(Ok(policy)) => policy,
        Ok(Err(none)) => return Outcome::NotStarted(NotStarted::NoPolicy(none)),
        Err(error) => return Outcome::NotStarted(NotStarted::Error(error)),
    };
    let merged = merge(draft, &before);
    if !merged.conflicts.is_empty() {
        return Outcome::Conflicts { conflicts: merged.conflicts, theirs: before };
    }
    let errors: Vec<Issue> =
        check(&before, draft, None).into_iter().filter(|i| i.severity == Severity::Error).collect();
    if !errors.is_empty() {
        return Outcome::NotStarted(NotStarted::Invalid(errors));
    }
    let writes = plan(&before, &merged.write);
    let mut run = Run::new(client, &writes, on_progress);
    run.write_all(&before, &writes).await;
    let read_last = settle::settle(&mut run, subject, &merged.write).await;
    let policy = read_last.unwrap_or_else(|| before.clone());
    let (rules, already, wanted) = (run.rules, merged.already, merged.write);
    Outcome::Finished(Finished { rules, before, policy, already, wanted })
}

/// A save under way.
pub(super) struct Run<'a, W, T> {
    pub(super) client: &'a Client<W, T>,
    pub(super) rules: Vec<RuleProgress>,
    on_progress: OnProgress<'a>,
}

impl<'a, W: World, T: Tokens> Run<'a, W, T> {
    fn new(client: &'a Client<W, T>, writes: &[RuleWrite], on_progress: OnProgress<'a>) -> Self {
        let queued = |write: &RuleWrite| RuleProgress {
            rule: write.rule,
            settings: write.settings.clone(),
            state: RuleState::Queued,
            at_unix_ms: None,
        };
        Self { client, rules: writes.iter().map(queued).collect(), on_progress }
    }

    /// Moves one rule on and tells.
    pub(super) fn set(&mut self, at: usize, state: RuleState) {
        if let Some(rule) = self.rules.get_mut(at) {
            if !matches!(state, RuleState::Queued | RuleState::Sending) {
                rule.at_unix_ms = Some(self.client.world().unix_ms());
            }
            rule.state = state;
        }
        (self.on_progress)(&self.rules);
    }

    /// Sends the rules one at a time. A failure of a rule that protects activation or assignment stops the rest; a
    /// failed mail does not (R-V3). After a lost answer nothing more is sent: the order of what follows would be unsafe.
    async fn write_all(&mut self, before: &Policy, writes: &[RuleWrite]) {
        let mut policy_id = before.id.clone();
        let mut resolved_again = false;
        let mut stopped = false;
        for (at, write) in writes.iter().enumerate() {
            if stopped {
                self.set(at, RuleState::NotAttempted);
                continue;
            }
            self.set(at, RuleState::Sending);
            let mut answer = self.patch(&before.subject, &policy_id, write).await;
            // A group's first write changes the ids of its policies (quirk 1). 404 means that nothing was applied, so
            // this one repetition, to the id that holds now, is safe.
            if answer.as_ref().err().and_then(Error::status) == Some(404) && !resolved_again {
                resolved_again = true;
                if let Ok(Ok(policy)) = policies::read(self.client, &before.subject).await
                    && policy.id != policy_id
                {
                    policy_id = policy.id;
                    answer = self.patch(&before.subject, &policy_id, write).await;
                }
            }
            match answer {
                Ok(()) => self.set(at, RuleState::Accepted),
                Err(error) if error.is_unsettled() => {
                    stopped = true;
                    self.set(at, RuleState::Lost);
                }
                Err(error) => {
                    let locked_out = matches!(error, Error::SignIn(_)) || matches!(error.status(), Some(401 | 403));
                    stopped = write.stops_on_failure() || locked_out;
                    self.set(at, RuleState::Failed(error));
                }
            }
        }
    }

    async fn patch(&self, subject: &Subject, policy_id: &str, write: &RuleWrite) -> Result<(), Error> {
        // Any 2xx counts as accepted; the body is ignored (quirk 15).
        let call = endpoint::patch_rule(subject, policy_id, write.rule.as_str(), write.body.clone());
        match self.client.send(&call).await {
            Ok(_) | Err(Error::Unexpected { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// What each setting should read once saved.
pub(super) type Wanted = [(Setting, Value)];

//! The writes of a save, one after another.

use serde_json::Value as Json;

use super::{OnStep, RuleProgress, RuleState, Start, Step, Wanted};
use crate::auth::session::{Reason, SignInNeeded};
use crate::desk::readback::changed_at;
use crate::desk::{policies, settle};
use crate::graph::client::call_of;
use crate::graph::error::Ids;
use crate::graph::patience::Patience;
use crate::graph::queue::Leave;
use crate::graph::{Client, Error, Tokens, endpoint, retry};
use crate::policy::exposure::{weaker_than_both, written};
use crate::policy::plan::{RuleWrite, body_of, holds};
use crate::policy::{Draft, Issue, Policy, RuleId, Setting, Severity, Value, check};
use crate::world::{Moment, World};

/// No write is based on a read older than this, ms: someone else may have changed the same rule since.
const FRESH_MS: i64 = 20_000;

/// Waits before each try of a read that is due, ms: together long enough for most replicas to catch up.
const AGAIN_MS: [u32; 5] = [0, 700, 1_500, 3_000, 5_000];

/// How often a policy's ID is looked up after a write to an ID that no longer exists.
const LOOKS: usize = 3;

/// With less left on its token, ms, the first of two writes that leave the policy open in between is not sent.
const PAIR_MS: i64 = 120_000;

/// Whether the policy is weaker than both before and after, given what was accepted so far and this write.
fn is_exposed(before: &Policy, writes: &[RuleWrite], rules: &[RuleProgress], with_also: Option<usize>) -> bool {
    let accepted = writes.iter().zip(rules).enumerate();
    let accepted = accepted.filter(|(at, (_, rule))| rule.state == RuleState::Accepted || Some(*at) == with_also);
    let accepted: Vec<RuleWrite> = accepted.map(|(_, (write, _))| write.clone()).collect();
    !accepted.is_empty() && !weaker_than_both(before, &written(before, &accepted), &written(before, writes)).is_empty()
}

/// A save in progress.
pub(in crate::desk) struct Run<'a, W, T> {
    pub(in crate::desk) client: &'a Client<W, T>,
    pub(in crate::desk) rules: Vec<RuleProgress>,
    on_step: OnStep<'a>,
    pub(in crate::desk) patience: &'a Patience,
    /// The date of the newest read.
    newest: Option<i64>,
}

/// What the writes are based on.
struct Ground<'a> {
    before: &'a Policy,
    wanted: &'a Wanted,
    draft: &'a Draft,
    /// The policy as last read, if it was read again since the start.
    now: Option<Policy>,
    /// When the last read was requested; `None` if another one is due, however recent it was.
    read_at: Option<Moment>,
}

impl Ground<'_> {
    fn policy_id(&self) -> &str {
        self.now.as_ref().map_or(&self.before.id, |now| &now.id)
    }

    /// The rule's body, based on the last read. `None` if someone else changed what this write is about: whether to
    /// overwrite that is for the person to decide.
    fn body(&self, write: &RuleWrite, rules: &[RuleProgress]) -> Option<Json> {
        let Some(now) = &self.now else { return Some(write.body.clone()) };
        let rule = now.rule(write.rule).filter(|_| self.is_as_left(now, write.rule, rules))?;
        Some(body_of(rule.raw(), write.rule, self.wanted).0)
    }

    /// Whether the last read shows everything that this write is about as wanted.
    fn shows(&self, write: &RuleWrite) -> bool {
        self.now.as_ref().is_some_and(|now| holds(now, write.rule, &write.settings, self.wanted))
    }

    /// Whether the settings stored in a rule read as they did before the save, apart from what the save wrote itself;
    /// and whether they may still be saved. A setting stored in two rules counts with both.
    fn is_as_left(&self, now: &Policy, rule: RuleId, rules: &[RuleProgress]) -> bool {
        let is_of_rule = |setting: Setting| setting.rules().0 == rule || setting.rules().1 == Some(rule);
        let is_written = |id: RuleId| {
            let sent = |one: &RuleProgress| matches!(one.state, RuleState::Accepted | RuleState::Lost);
            rules.iter().any(|one| one.rule == id && sent(one))
        };
        let stands = |(setting, value): &(Setting, Value)| {
            let (first, second) = setting.rules();
            let Some(before) = self.before.read(*setting).value else { return false };
            let of_before = [(*setting, before)];
            let is_left = |id: RuleId| {
                let as_wanted = || holds(now, id, &[*setting], &[(*setting, value.clone())]);
                holds(now, id, &[*setting], &of_before) || is_written(id) && as_wanted()
            };
            now.read(*setting).editable().is_some() && is_left(first) && second.is_none_or(is_left)
        };
        let is_wrong = |issue: &Issue| issue.severity == Severity::Error && is_of_rule(issue.setting);
        self.wanted.iter().filter(|(setting, _)| is_of_rule(*setting)).all(stands)
            && !check(now, self.draft, None).iter().any(is_wrong)
    }
}

/// The result of one write.
enum Sent {
    Accepted,
    Refused(Error),
    /// Not sent, because the token or the read that it needed failed.
    Withheld(Error),
    /// Not sent: someone else changed what it would have changed, or what that needs.
    Overtaken,
    /// Not sent: the person stopped the save.
    Stopped,
}

impl<'a, W: World, T: Tokens> Run<'a, W, T> {
    pub(super) fn new(
        client: &'a Client<W, T>,
        before: &Policy,
        writes: &[RuleWrite],
        on_step: OnStep<'a>,
        patience: &'a Patience,
    ) -> Self {
        let queued = |write: &RuleWrite| RuleProgress {
            rule: write.rule,
            settings: write.settings.clone(),
            state: RuleState::Queued,
            at_unix_ms: None,
            ids: Ids::default(),
        };
        let rules = writes.iter().map(queued).collect();
        Self { client, rules, on_step, patience, newest: changed_at(before) }
    }

    /// Takes note of a read. `false` if an earlier one was newer: this one comes from a replica that lags.
    pub(in crate::desk) fn is_next(&mut self, reading: &Policy) -> bool {
        let at = changed_at(reading);
        let is_next = at >= self.newest;
        self.newest = self.newest.max(at);
        is_next
    }

    /// Changes the state of one rule and reports it.
    pub(in crate::desk) fn set(&mut self, at: usize, state: RuleState) {
        if let Some(rule) = self.rules.get_mut(at) {
            if !matches!(state, RuleState::Queued | RuleState::Sending) {
                rule.at_unix_ms = Some(self.client.world().unix_ms());
            }
            rule.state = state;
        }
        (self.on_step)(Step::Rules(&self.rules));
    }

    /// Sends the rules one at a time. A failed rule that protects activation or assignment stops the rest; a failed
    /// email rule stops only what weakens protection. A lost answer stops everything, since the order of the rest
    /// would be unsafe. So do a needed sign-in, a missing right, throttling that outlasts all waits, a failed read,
    /// and someone else's change of the rule. Between two writes that leave the policy weaker than both before and
    /// after, a stop takes effect only once the second is sent. If the answer to the first is lost, reading at once
    /// tells whether it was applied; if so, the second is sent too.
    pub(super) async fn write_all(&mut self, start: &Start, draft: &Draft, writes: &[RuleWrite], wanted: &Wanted) {
        let before = &start.policy;
        let mut ground = Ground { before, wanted, draft, now: None, read_at: Some(start.asked_at) };
        let (mut stopped, mut one_failed, mut is_open) = (false, false, false);
        for (at, write) in writes.iter().enumerate() {
            let closes = std::mem::take(&mut is_open);
            self.patience.bind(closes || !stopped && is_exposed(before, writes, &self.rules, None));
            if !stopped {
                self.patience.released().await;
                stopped = self.patience.is_stopped();
            }
            if !closes && (stopped || (one_failed && write.needs_the_others())) {
                self.set(at, RuleState::NotAttempted);
                continue;
            }
            self.set(at, RuleState::Sending);
            let opens = is_exposed(before, writes, &self.rules, Some(at));
            match self.write(at, write, &mut ground, opens).await {
                Sent::Accepted => self.set(at, RuleState::Accepted),
                Sent::Stopped => {
                    stopped = true;
                    self.set(at, RuleState::NotAttempted);
                }
                Sent::Overtaken => {
                    stopped = true;
                    self.set(at, RuleState::Overtaken);
                }
                Sent::Withheld(error) => {
                    stopped = true;
                    self.set(at, RuleState::Failed(error));
                }
                Sent::Refused(error) if error.is_unsettled() => {
                    stopped = true;
                    self.set(at, RuleState::Lost);
                    let arrived = if opens { settle::arrived(self, before, at, wanted).await } else { None };
                    if let Some((now, asked_at)) = arrived {
                        is_open = true;
                        (ground.now, ground.read_at) = (Some(now), Some(asked_at));
                    }
                }
                Sent::Refused(error) => {
                    one_failed = true;
                    let pauses = matches!(error, Error::SignIn(_))
                        || error.wants_other_token()
                        || matches!(error.status(), Some(403 | 429));
                    stopped = write.stops_on_failure() || pauses;
                    self.set(at, RuleState::Failed(error));
                }
            }
        }
        self.patience.bind(false);
    }

    /// Sends one rule. It is sent again only if Microsoft said that it was not applied: after a wait it asked for, or
    /// to an ID not tried yet, because policy IDs change with a group's first write and may change with others
    /// (graph.md G1). If a read before that shows what was wanted, it was applied all the same, or need not be sent any
    /// more: reading back decides.
    async fn write(&mut self, at: usize, write: &RuleWrite, ground: &mut Ground<'_>, opens: bool) -> Sent {
        let mut waits = 0;
        let mut refused: Option<Error> = None;
        let mut gone: Vec<String> = Vec::new();
        loop {
            let place = match self.place(ground, opens).await {
                Ok(place) => place,
                Err(not_sent) => {
                    return match (not_sent, refused) {
                        (Sent::Stopped, Some(error)) => Sent::Refused(error),
                        (not_sent, _) => not_sent,
                    };
                }
            };
            if refused.is_some() && ground.shows(write) {
                return Sent::Accepted;
            }
            let Some(body) = ground.body(write, &self.rules) else { return Sent::Overtaken };
            // Any 2xx without a body or with JSON counts as accepted (graph.md G14). Anything else, such as a proxy's
            // page, may not come from Microsoft at all.
            let id = ground.policy_id().to_owned();
            let call = endpoint::patch_rule(&ground.before.subject, &id, write.rule.as_str(), body);
            let answer = self.client.send_from(place, &call.clone().once()).await;
            if let Some(rule) = self.rules.get_mut(at) {
                rule.ids = self.client.last_ids(&call_of(&call));
            }
            let Err(error) = answer else { return Sent::Accepted };
            if error.status() == Some(404) && gone.len() + 1 < retry::ATTEMPTS as usize {
                gone.push(id);
                if !self.finds_another(ground, &gone).await {
                    return Sent::Refused(error);
                }
                refused = Some(error);
                continue;
            }
            let may_repeat = error
                .refusal()
                .filter(|refusal| retry::write_may_repeat(refusal.status, refusal.retry_after.is_some()));
            let Some(refusal) = may_repeat.filter(|_| waits + 1 < retry::ATTEMPTS) else { return Sent::Refused(error) };
            if !self.client.wait_as_told(refusal, waits, self.patience).await {
                return Sent::Refused(error);
            }
            // However short the wait was, someone else may have changed the rule.
            ground.read_at = None;
            refused = Some(error);
            waits += 1;
        }
    }

    /// Looks up the policy's ID until it is none of those that no longer exist; the list may lag behind.
    async fn finds_another(&mut self, ground: &mut Ground<'_>, gone: &[String]) -> bool {
        for wait_ms in AGAIN_MS.into_iter().take(LOOKS) {
            self.patience.wait(self.client.world().sleep(wait_ms)).await;
            if self.patience.is_stopped() || self.read_again(ground).await.is_err() {
                return false;
            }
            if !gone.iter().any(|id| id == ground.policy_id()) {
                return true;
            }
        }
        false
    }

    /// A place among the calls in flight for a write that is ready to go. Other calls may occupy all places for long;
    /// meanwhile the read ages, and the person may stop the save. No place is kept while the save is paused.
    async fn place(&mut self, ground: &mut Ground<'_>, opens: bool) -> Result<Leave<'a>, Sent> {
        loop {
            while !self.is_ready(ground, opens).await? {
                self.patience.released().await;
            }
            if let Some(place) = self.client.free_place() {
                return Ok(place);
            }
            let place = self.client.place().await;
            if self.is_ready(ground, opens).await? {
                return Ok(place);
            }
        }
    }

    /// Checks right before a write: there is a token, which lasts long enough if the policy is open afterwards; the
    /// last read is recent; and the person has not stopped the save, perhaps during a wait or while token or policy
    /// were fetched. `false` while the save is paused: after a long pause the read may be too old again.
    async fn is_ready(&mut self, ground: &mut Ground<'_>, opens: bool) -> Result<bool, Sent> {
        // A stop may have ended a pause: it must not wait for a token, nor be reported as a refused one.
        if self.patience.is_stopped() {
            return Err(Sent::Stopped);
        }
        // Before the age of the read is checked, because renewing a token may take a while.
        let scopes = endpoint::policy_write(&ground.before.subject);
        self.client.ready(scopes).await.map_err(Sent::Withheld)?;
        if opens && self.client.token_lasts_ms() < PAIR_MS {
            let needed = SignInNeeded::new(Reason::Unavailable, scopes.to_vec());
            return Err(Sent::Withheld(Error::SignIn(Box::new(needed))));
        }
        if ground.read_at.is_none_or(|read_at| read_at.age_ms(self.client.world()) > FRESH_MS) {
            self.read_again(ground).await?;
        }
        if self.patience.is_stopped() {
            return Err(Sent::Stopped);
        }
        Ok(!self.patience.is_held())
    }

    /// Reads the policy again, for this rule and the next ones, until it is there and not older than before.
    async fn read_again(&mut self, ground: &mut Ground<'_>) -> Result<(), Sent> {
        let subject = &ground.before.subject;
        let mut what = "";
        for wait_ms in AGAIN_MS {
            self.patience.wait(self.client.world().sleep(wait_ms)).await;
            if self.patience.is_stopped() {
                return Err(Sent::Stopped);
            }
            let asked_at = Moment::now(self.client.world());
            match policies::read_watched(self.client, subject, self.patience).await {
                Ok(Ok(now)) if self.is_next(&now) => {
                    (ground.now, ground.read_at) = (Some(now), Some(asked_at));
                    return Ok(());
                }
                Err(_) if self.patience.is_stopped() => return Err(Sent::Stopped),
                Err(error) => return Err(Sent::Withheld(error)),
                Ok(Ok(_)) => what = "it answered with what was there before",
                Ok(Err(_)) => what = "it did not give exactly one policy",
            }
        }
        let call = call_of(&endpoint::policy(subject, ""));
        let ids = self.client.last_ids(&call);
        Err(Sent::Withheld(Error::Unexpected { call, what: what.to_owned(), ids }))
    }
}

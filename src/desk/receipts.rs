//! A save's receipt: opened before the first write, updated step by step and, if the save was interrupted, completed
//! later from what the policy has.

use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Tokens};
use crate::guid::Guid;
use crate::policy::plan::{body_of, differing, holds};
use crate::policy::{Draft, Policy, Rule, Setting, Value};
use crate::receipt::undo::Undo;
use crate::receipt::{Author, Changed, Receipt, Refused, RuleEnd, RuleRecord, VERSION};
use crate::surplus::Surplus;
use crate::world::World;

use super::policies::{self, NoPolicy};
use super::readback::changed_at;
use super::save::{Finished, NotStarted, Planned, RuleProgress, RuleState};
use super::settle::{read_unless_stopped, steady_since};

/// What a receipt contains besides the save itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// A new ID.
    pub id: Guid,
    /// Who is saving.
    pub by: Author,
    /// The subject's display name.
    pub subject_name: String,
    /// The receipt whose change this save undoes.
    pub undoes: Option<Guid>,
    /// The change of many policies (rollout) it is part of.
    pub rollout: Option<Guid>,
}

/// Opens a receipt, to be stored before the first write.
pub fn open(opening: Opening, planned: &Planned, now_unix_ms: i64) -> Receipt {
    let Planned { before, wanted, rules } = planned;
    let change = |(setting, after): &(Setting, Value)| {
        let before = before.read(*setting).value?;
        Some(Changed { setting: *setting, before, after: after.clone() })
    };
    let concerned = |rule: &&Rule| {
        let with = |setting: Setting, id| setting.rules().0 == id || setting.rules().1 == Some(id);
        rule.known_id().is_some_and(|id| wanted.iter().any(|(setting, _)| with(*setting, id)))
    };
    let mut receipt = Receipt {
        version: VERSION,
        id: opening.id,
        by: opening.by,
        subject: before.subject.clone(),
        subject_name: opening.subject_name,
        started_unix_ms: now_unix_ms,
        updated_unix_ms: now_unix_ms,
        ended_unix_ms: None,
        interrupted: false,
        undoes: opening.undoes,
        rollout: opening.rollout,
        changes: wanted.iter().filter_map(change).collect(),
        rules: Vec::new(),
        before: before.rules.iter().filter(concerned).map(|rule| rule.raw().clone()).collect(),
        before_modified_at: before.modified_at.clone(),
        approval_before: before.read(Setting::ApprovalRequired).value.and_then(|value| value.as_flag()),
        surplus: Surplus::default(),
    };
    follow(&mut receipt, rules, now_unix_ms);
    receipt
}

/// Records a step of the save.
pub fn follow(receipt: &mut Receipt, rules: &[RuleProgress], now_unix_ms: i64) {
    receipt.rules = rules.iter().map(record).collect();
    receipt.updated_unix_ms = now_unix_ms;
}

/// Records the outcome of the save, or of a later look at it. A rule that was read back does not count as saved if one
/// of its settings has another value all the same.
pub fn close(receipt: &mut Receipt, finished: &Finished, now_unix_ms: i64) {
    follow(receipt, &finished.rules, now_unix_ms);
    record_apart(receipt, &finished.differing());
    receipt.ended_unix_ms = receipt.ended_unix_ms.or(Some(now_unix_ms));
}

/// Records which settings have another value although their rules were read back.
fn record_apart(receipt: &mut Receipt, differing: &[(Setting, Option<Value>)]) {
    let differs = |setting: &Setting| differing.iter().any(|(other, _)| other == setting);
    receipt.rules = std::mem::take(&mut receipt.rules).into_iter().flat_map(|rule| split(rule, differs)).collect();
}

/// A rule as it is recorded: if only some of its settings have another value, these are an entry of their own.
fn split(rule: RuleRecord, differs: impl Fn(&Setting) -> bool) -> impl Iterator<Item = RuleRecord> {
    let (other, own): (Vec<Setting>, Vec<Setting>) = rule.settings.iter().partition(|setting| differs(setting));
    let changed = RuleRecord { settings: other, end: RuleEnd::ChangedSince, ..rule.clone() };
    let is_whole = changed.settings.is_empty();
    let kept = RuleRecord { settings: own, ..rule };
    let kept = (is_whole || !kept.settings.is_empty()).then_some(kept);
    kept.into_iter().chain((!is_whole).then_some(changed))
}

/// What is stored of an error.
pub fn refused(error: &Error) -> Refused {
    match error {
        Error::Refused(refusal) => {
            Refused { status: refusal.status, code: refusal.code.clone(), message: refusal.message.clone() }
        }
        other => Refused { status: 0, code: String::new(), message: other.to_string() },
    }
}

fn record(rule: &RuleProgress) -> RuleRecord {
    let refused = if let RuleState::Failed(error) = &rule.state { Some(refused(error)) } else { None };
    RuleRecord {
        rule: rule.rule.as_str().to_owned(),
        settings: rule.settings.clone(),
        end: end_of(&rule.state),
        at_unix_ms: rule.at_unix_ms,
        request_id: rule.ids.request_id.clone(),
        client_request_id: rule.ids.client_request_id.clone(),
        refused,
    }
}

const fn end_of(state: &RuleState) -> RuleEnd {
    match state {
        RuleState::Queued => RuleEnd::Queued,
        RuleState::Sending => RuleEnd::Sending,
        RuleState::Accepted => RuleEnd::Accepted,
        RuleState::Lost => RuleEnd::Lost,
        RuleState::Verified => RuleEnd::Verified,
        RuleState::NotVisibleYet => RuleEnd::NotVisibleYet,
        RuleState::Unknown => RuleEnd::Unknown,
        RuleState::Failed(_) => RuleEnd::Failed,
        RuleState::NotAttempted => RuleEnd::NotAttempted,
        RuleState::Overtaken => RuleEnd::ChangedSince,
    }
}

/// Reads the policy and plans the undo of a save. Writes nothing. If a setting has another value than the save left,
/// the first read may come from a replica that lags, and is not enough. Reads older than the start of the save are
/// skipped. `patience` ends the reading; `again` is called if more than one read is needed.
pub async fn way_back<W: World, T: Tokens>(
    client: &Client<W, T>,
    receipt: &Receipt,
    patience: &Patience,
    again: &dyn Fn(),
) -> Result<(Undo, Policy), NotStarted> {
    let mut policy = read_unless_stopped(client, &receipt.subject, patience).await?;
    let mut undo = receipt.undo(&policy);
    let before = receipt.policy_before();
    let is_old = changed_at(&policy) < changed_at(&before);
    if is_old || !undo.already.is_empty() || !undo.changed_since.is_empty() {
        again();
        (policy, _) = steady_since(client, &receipt.subject, policy, Some(&before), patience).await?;
        undo = receipt.undo(&policy);
    }
    Ok((undo, policy))
}

/// Reads the policy until two reads in a row agree, and plans what a save left unsaved. Writes nothing. `patience` and
/// `again` as for [`way_back`].
pub async fn rest<W: World, T: Tokens>(
    client: &Client<W, T>,
    receipt: &Receipt,
    patience: &Patience,
    again: &dyn Fn(),
) -> Result<(Draft, Policy), NotStarted> {
    let first = read_unless_stopped(client, &receipt.subject, patience).await?;
    again();
    let (policy, _) = steady_since(client, &receipt.subject, first, Some(&receipt.policy_before()), patience).await?;
    Ok((receipt.rest(&policy), policy))
}

/// Waits before each read of an outcome, ms.
const WAITS_MS: [u32; 6] = [0, 500, 1_000, 2_000, 4_000, 8_000];

/// How long after the last step a write that does not show counts as not saved, ms. Some minutes have been reported.
const GIVEN_UP_MS: i64 = 10 * 60 * 1000;

/// What one read shows of one rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Wanted,
    Before,
    Other,
}

/// What successive reads show of one rule.
#[derive(Clone, Copy, Default)]
struct Look {
    last: Option<Shows>,
    times: usize,
    agreed: Option<Shows>,
}

impl Look {
    /// Adds a read; `needed` successive ones must agree.
    fn and(self, shows: Shows, needed: usize) -> Self {
        let times = if self.last == Some(shows) { self.times + 1 } else { 1 };
        Self { last: Some(shows), times, agreed: self.agreed.or((times >= needed).then_some(shows)) }
    }
}

/// Reads the outcome of a save that was interrupted or left something unknown. Writes nothing. Two successive reads
/// must agree on a rule, because replicas may answer in turn; if no two do, its outcome stays open. A read older than
/// an earlier one is skipped, and what older reads agreed on gives way to a newer one. If the dates do not prove that
/// reads are newer than the start of the save, all must show a write that is not known to be accepted. As after a save
/// that was not interrupted, a setting does not count as saved if the last read shows it with another value.
pub async fn read_outcome<W: World, T: Tokens>(
    client: &Client<W, T>,
    receipt: &Receipt,
) -> Result<Result<Receipt, NoPolicy>, Error> {
    let wanted = receipt.wanted();
    let mut looks = vec![Look::default(); receipt.rules.len()];
    let started_from = changed_at(&receipt.policy_before());
    let (mut newest, mut last) = (started_from, None);
    for wait_ms in WAITS_MS {
        if wait_ms > 0 {
            client.world().sleep(wait_ms).await;
        }
        let policy = match policies::read(client, &receipt.subject).await? {
            Ok(policy) => policy,
            Err(none) => return Ok(Err(none)),
        };
        let at = changed_at(&policy);
        if at < newest {
            continue;
        }
        if at > newest {
            // What older reads agreed on may have changed since.
            for known in &mut looks {
                known.agreed = None;
            }
        }
        newest = at;
        for (rule, known) in receipt.rules.iter().zip(&mut looks) {
            let shows = look(&policy, receipt, rule, &wanted);
            let is_lost = matches!(rule.end, RuleEnd::Queued | RuleEnd::Sending | RuleEnd::Lost | RuleEnd::Unknown);
            let doubted = is_lost && shows == Shows::Wanted && at == started_from;
            *known = known.and(shows, if doubted { WAITS_MS.len() } else { 2 });
        }
        last = Some(policy);
        if looks.iter().all(|look| look.agreed.is_some()) {
            break;
        }
    }
    let mut told = told_by(receipt, &looks, client.world().unix_ms());
    if let Some(policy) = last {
        let is_read_back = |setting| is_to_judge(receipt, &looks, setting) && told.is_all_verified(setting);
        let differing = differing(&policy, &wanted, &is_read_back);
        record_apart(&mut told, &differing);
    }
    Ok(Ok(told))
}

/// Whether the last read tells if a setting was saved as a whole: not what was known before, nor if the setting's last
/// rule reads as before the save, since that may be an old answer.
fn is_to_judge(receipt: &Receipt, looks: &[Look], setting: Setting) -> bool {
    let own = || receipt.rules.iter().zip(looks).filter(|(rule, _)| rule.settings.contains(&setting));
    let is_known = receipt.ended_unix_ms.is_some() && !own().any(|(rule, _)| rule.end.is_open());
    !is_known && own().next_back().is_some_and(|(_, look)| look.last != Some(Shows::Before))
}

fn look(policy: &Policy, receipt: &Receipt, record: &RuleRecord, wanted: &[(Setting, Value)]) -> Shows {
    let Some(id) = record.id() else { return Shows::Other };
    if holds(policy, id, &record.settings, wanted) {
        return Shows::Wanted;
    }
    let of_record = |changed: &&Changed| record.settings.contains(&changed.setting);
    let before: Vec<(Setting, Value)> =
        receipt.changes.iter().filter(of_record).map(|changed| (changed.setting, changed.before.clone())).collect();
    let unchanged = policy.rule(id).map(Rule::raw).is_some_and(|raw| body_of(raw, id, &before).0 == *raw);
    if unchanged || holds(policy, id, &record.settings, &before) { Shows::Before } else { Shows::Other }
}

/// The receipt with what the reads agree on. What was known for certain stays.
fn told_by(receipt: &Receipt, looks: &[Look], now_unix_ms: i64) -> Receipt {
    let mut receipt = receipt.clone();
    let given_up = now_unix_ms - receipt.updated_unix_ms > GIVEN_UP_MS;
    for (rule, look) in receipt.rules.iter_mut().zip(looks) {
        let end = match (rule.end, look.agreed) {
            (RuleEnd::Queued, Some(Shows::Before) | None) => RuleEnd::NotAttempted,
            // According to the receipt it was never sent. But a crash may have left an older version behind, and the
            // plan had read the other value a moment before the save.
            (RuleEnd::Queued, Some(Shows::Wanted)) => RuleEnd::Held,
            (RuleEnd::Queued, Some(Shows::Other)) => RuleEnd::ChangedSince,
            (end, Some(Shows::Wanted)) if end.is_open() => RuleEnd::Verified,
            (end, Some(Shows::Other)) if end.is_open() => RuleEnd::ChangedSince,
            (end, Some(Shows::Before)) if end.is_open() && given_up => RuleEnd::NotSaved,
            (RuleEnd::Sending | RuleEnd::Lost, Some(Shows::Before) | None) => RuleEnd::Unknown,
            (RuleEnd::Accepted, Some(Shows::Before) | None) => RuleEnd::NotVisibleYet,
            (end, _) => end,
        };
        if end != rule.end {
            rule.end = end;
            rule.at_unix_ms = Some(now_unix_ms);
        }
    }
    if receipt.ended_unix_ms.is_none() {
        receipt.interrupted = true;
        receipt.ended_unix_ms = Some(now_unix_ms);
    }
    receipt
}

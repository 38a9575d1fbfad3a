//! Reads a policy back after a save until the outcome of every rule is known, or the time allowed is over.

use super::policies;
use super::readback::{Readback, changed_at};
use super::save::{Finished, NotStarted, RuleProgress, RuleState, Run, Wanted};
use crate::graph::patience::Patience;
use crate::graph::{Client, Tokens};
use crate::policy::plan::holds;
use crate::policy::{Policy, Rule, Subject};
use crate::world::{Moment, World};

/// Waits before each read, ms: the first is short, the last ends with the time allowed.
const WAITS_MS: [u32; 8] = [300, 700, 1_000, 2_000, 4_000, 8_000, 14_000, 15_000];

/// Replicas may return old and new values in turn, so one read that shows the wanted value is not enough.
const AGREEING_READINGS: u32 = 2;

/// Between two reads that must agree, ms.
const BETWEEN_MS: u32 = 700;

/// For how long reads must show a write whose answer was lost if their dates do not prove that they are newer than
/// the start of the save, ms: a replica that lags may show an older value that equals the wanted one.
const UNDATED_MS: u32 = 10_000;

/// The successive reads that agree on a rule: how many, and when the first was requested.
type Agreed = Option<(u32, Moment)>;

/// Adds a read; `None` if it does not agree.
fn and(agreed: Agreed, agrees: bool, asked_at: Moment) -> Agreed {
    agrees.then(|| agreed.map_or((1, asked_at), |(count, first)| (count + 1, first)))
}

/// Whether they are enough. `told`: the write is known to be applied, or the read is newer than the save's start.
fn is_enough(agreed: Agreed, told: bool, world: &impl World) -> bool {
    agreed.is_some_and(|(count, first)| {
        count >= AGREEING_READINGS && (told || first.passed_ms(world) >= i64::from(UNDATED_MS))
    })
}

/// How many reads that are older than an earlier one are soon repeated, at no cost. Further ones use up a try.
const OLD_READINGS: u32 = 4;

/// The waits before successive reads.
struct Waits<'a> {
    planned: &'a [u32],
    /// How many old reads may still be repeated.
    spare: u32,
    /// The last read was old and is repeated.
    repeats: bool,
}

impl<'a> Waits<'a> {
    const fn new(planned: &'a [u32]) -> Self {
        Self { planned, spare: OLD_READINGS, repeats: false }
    }

    /// Notes that the last read was older than an earlier one: it says nothing.
    const fn was_old(&mut self) {
        self.repeats = self.spare > 0;
        self.spare = self.spare.saturating_sub(1);
    }

    /// The next wait, ms. `None` after the last read.
    fn next(&mut self) -> Option<u32> {
        if std::mem::take(&mut self.repeats) {
            return Some(BETWEEN_MS);
        }
        let (next, later) = self.planned.split_first()?;
        self.planned = later;
        Some(*next)
    }
}

/// Reads until two successive reads show each rule that was accepted or whose answer was lost. A read that is older
/// than an earlier one says nothing and is skipped. A stop shortens the time allowed; once that is over, only as many
/// reads follow as must agree. Returns the last read that was not skipped.
pub(super) async fn settle<W: World, T: Tokens>(
    run: &mut Run<'_, W, T>,
    before: &Policy,
    wanted: &Wanted,
) -> Option<Policy> {
    let mut agreed: Vec<Agreed> = vec![None; run.rules.len()];
    let mut last = None;
    let world = run.client.world();
    let mut time = Readback::begin(world);
    let (mut closing, mut stopped) = (0, false);
    let mut waits = Waits::new(&WAITS_MS);
    while run.rules.iter().any(is_open) {
        let repeats = waits.repeats;
        if closing == AGREEING_READINGS && !repeats {
            break;
        }
        let Some(wait_ms) = waits.next() else { break };
        let pause = world.sleep(if closing > 0 || repeats { BETWEEN_MS } else { time.pause_ms(world, wait_ms) });
        // A stop ends only the pause it interrupts; later pauses are not shortened.
        if stopped {
            pause.await;
        } else {
            run.patience.wait(pause).await;
        }
        if !stopped && run.patience.is_stopped() {
            stopped = true;
            time.shorten(world);
            let [_, later @ ..] = &WAITS_MS;
            waits.planned = later;
        }
        closing += u32::from(time.is_over(world) && !repeats);
        let asked_at = Moment::now(world);
        let policy = match policies::read_back(run.client, &before.subject).await {
            Ok(Ok(policy)) => policy,
            Ok(Err(_)) => continue,
            Err(error) => {
                time.failed(world, &error);
                continue;
            }
        };
        if !run.is_next(&policy) {
            waits.was_old();
            continue;
        }
        let is_newer = changed_at(&policy) > changed_at(before);
        for (at, agreed) in agreed.iter_mut().enumerate() {
            let Some(rule) = run.rules.get(at).filter(|rule| is_open(rule)) else { continue };
            *agreed = and(*agreed, holds(&policy, rule.rule, &rule.settings, wanted), asked_at);
            if is_enough(*agreed, is_newer || rule.state == RuleState::Accepted, world) {
                run.set(at, RuleState::Verified);
            }
        }
        last = Some(policy);
    }
    for at in 0..run.rules.len() {
        match run.rules.get(at).map(|rule| &rule.state) {
            Some(RuleState::Accepted) => run.set(at, RuleState::NotVisibleYet),
            Some(RuleState::Lost) => run.set(at, RuleState::Unknown),
            _ => {}
        }
    }
    last
}

/// For how long to read whether a lost write was applied, before what follows is given up, ms.
const ARRIVES_MS: i64 = 20_000;

/// Reads for some seconds to see whether a write whose answer was lost was applied. Returns the read that proves it,
/// and when it was requested.
pub(super) async fn arrived<W: World, T: Tokens>(
    run: &mut Run<'_, W, T>,
    before: &Policy,
    at: usize,
    wanted: &Wanted,
) -> Option<(Policy, Moment)> {
    let world = run.client.world();
    let (began, mut agreed) = (Moment::now(world), None);
    let mut waits = Waits::new(&WAITS_MS);
    while let Some(wait_ms) = waits.next() {
        let left_ms = ARRIVES_MS - began.passed_ms(world);
        if run.patience.is_stopped() || left_ms < i64::from(wait_ms) {
            break;
        }
        run.patience.wait(world.sleep(wait_ms)).await;
        let asked_at = Moment::now(world);
        let Ok(Ok(policy)) = policies::read_back(run.client, &before.subject).await else { continue };
        if !run.is_next(&policy) {
            waits.was_old();
            continue;
        }
        let rule = run.rules.get(at)?;
        agreed = and(agreed, holds(&policy, rule.rule, &rule.settings, wanted), asked_at);
        if is_enough(agreed, changed_at(&policy) > changed_at(before), world) {
            return Some((policy, asked_at));
        }
    }
    None
}

/// The waits before further reads after a first one.
const STEADY_MS: [u32; 4] = [BETWEEN_MS; 4];

/// Continues after a first read that cannot be relied on, until two successive reads agree. Returns the last, and
/// when it was requested.
pub async fn steady<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    first: Policy,
) -> Result<(Policy, Moment), NotStarted> {
    steady_since(client, subject, first, None, &Patience::default()).await
}

/// The same if the policy was read earlier: reads older than that one are skipped. `patience` ends it between two reads.
pub(super) async fn steady_since<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    first: Policy,
    seen: Option<&Policy>,
    patience: &Patience,
) -> Result<(Policy, Moment), NotStarted> {
    let (mut newest, mut last) = (changed_at(&first).max(seen.and_then(changed_at)), first);
    let mut waits = Waits::new(&STEADY_MS);
    if changed_at(&last) < newest {
        waits.was_old();
    }
    while let Some(wait_ms) = waits.next() {
        patience.wait(client.world().sleep(wait_ms)).await;
        let asked_at = Moment::now(client.world());
        let policy = read_unless_stopped(client, subject, patience).await?;
        if changed_at(&policy) < newest {
            waits.was_old();
            continue;
        }
        newest = changed_at(&policy);
        // The order in which Microsoft lists the rules may differ.
        let known = |rule: &Rule| last.rules.contains(rule);
        let agrees = policy.rules.len() == last.rules.len() && policy.rules.iter().all(known);
        if agrees && changed_at(&last) == newest {
            return Ok((policy, asked_at));
        }
        last = policy;
    }
    Err(NotStarted::Unsteady)
}

/// One read, unless the person has stopped, before or meanwhile.
pub(super) async fn read_unless_stopped<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    patience: &Patience,
) -> Result<Policy, NotStarted> {
    let unless_stopped = || if patience.is_stopped() { Err(NotStarted::Stopped) } else { Ok(()) };
    unless_stopped()?;
    let read = policies::read_watched(client, subject, patience).await;
    unless_stopped()?;
    read.map_err(NotStarted::Error)?.map_err(NotStarted::NoPolicy)
}

/// Reads twice more after a save whose outcome is unknown; a read that is older than an earlier one is repeated a few
/// times. Returns why if it could not be read. Writes nothing.
pub async fn look_again<W: World, T: Tokens>(
    client: &Client<W, T>,
    finished: Finished,
) -> Result<Finished, NotStarted> {
    let mut spare = OLD_READINGS;
    let first = read_next(client, &finished.policy, &mut spare).await?;
    let is_undated = changed_at(&first) <= changed_at(&finished.before);
    let is_doubted = |rule: &RuleProgress| {
        rule.state == RuleState::Unknown && holds(&first, rule.rule, &rule.settings, &finished.wanted)
    };
    let doubted = is_undated && finished.rules.iter().any(is_doubted);
    client.world().sleep(if doubted { UNDATED_MS } else { BETWEEN_MS }).await;
    let second = read_next(client, &first, &mut spare).await?;
    Ok(finished.seen_again(&first, second))
}

/// The next read that is not older than `after`, or any read once no old ones may be repeated.
async fn read_next<W: World, T: Tokens>(
    client: &Client<W, T>,
    after: &Policy,
    spare: &mut u32,
) -> Result<Policy, NotStarted> {
    loop {
        let policy = read(client, &after.subject).await?;
        if *spare == 0 || changed_at(&policy) >= changed_at(after) {
            return Ok(policy);
        }
        *spare -= 1;
        client.world().sleep(BETWEEN_MS).await;
    }
}

async fn read<W: World, T: Tokens>(client: &Client<W, T>, subject: &Subject) -> Result<Policy, NotStarted> {
    policies::read(client, subject).await.map_err(NotStarted::Error)?.map_err(NotStarted::NoPolicy)
}

const fn is_open(rule: &RuleProgress) -> bool {
    matches!(rule.state, RuleState::Accepted | RuleState::Lost)
}

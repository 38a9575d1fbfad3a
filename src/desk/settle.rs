//! Reads a policy back after a save until every rule's end is known, or the time allowed is over.

use super::policies;
use super::readback::{Readback, changed_at};
use super::save::{Finished, NotStarted, RuleProgress, RuleState, Run, Wanted};
use crate::graph::{Client, Tokens};
use crate::policy::plan::holds;
use crate::policy::{Policy, Rule, Subject};
use crate::world::{Moment, World};

/// Waits before each reading, ms: the first comes soon, the last at the end of the time allowed.
const WAITS_MS: [u32; 8] = [300, 700, 1_000, 2_000, 4_000, 8_000, 14_000, 15_000];

/// Replicas may answer in turn with old and new values, so one agreeing reading is not enough.
const AGREEING_READINGS: u32 = 2;

/// Between two readings that are to agree, ms.
const BETWEEN_MS: u32 = 700;

/// How long the readings of a write whose answer was lost must agree where their dates do not tell that they are newer than
/// the one the save started from, ms: what was wanted may be what a replica that lags still holds.
const UNDATED_MS: u32 = 10_000;

/// The readings in a row that agreed on a rule: how many, and when the first was asked for.
type Agreed = Option<(u32, Moment)>;

/// One more reading; `None` where it does not agree.
fn and(agreed: Agreed, agrees: bool, asked_at: Moment) -> Agreed {
    agrees.then(|| agreed.map_or((1, asked_at), |(count, first)| (count + 1, first)))
}

/// Whether they are enough. `told` where the write is known to be applied, or the reading to be newer than the save's start.
fn is_enough(agreed: Agreed, told: bool, world: &impl World) -> bool {
    agreed.is_some_and(|(count, first)| {
        count >= AGREEING_READINGS && (told || first.passed_ms(world) >= i64::from(UNDATED_MS))
    })
}

/// How many readings that are older than one before them are repeated soon, as if they had not been. Those beyond count.
const OLD_READINGS: u32 = 4;

/// The waits before the readings of a row.
struct Waits<'a> {
    planned: &'a [u32],
    /// How many old readings may still be repeated.
    spare: u32,
    /// The last one was old, and is repeated.
    repeats: bool,
}

impl<'a> Waits<'a> {
    const fn new(planned: &'a [u32]) -> Self {
        Self { planned, spare: OLD_READINGS, repeats: false }
    }

    /// The last reading was older than one before it: it tells nothing.
    const fn was_old(&mut self) {
        self.repeats = self.spare > 0;
        self.spare = self.spare.saturating_sub(1);
    }

    /// The next wait, ms. `None` where there was the last reading.
    fn next(&mut self) -> Option<u32> {
        if std::mem::take(&mut self.repeats) {
            return Some(BETWEEN_MS);
        }
        let (next, later) = self.planned.split_first()?;
        self.planned = later;
        Some(*next)
    }
}

/// Reads until every accepted or lost rule agreed in two readings in a row. One that is older than what was read before
/// tells nothing: it is left out of the row. A stop shortens the time allowed; once it is over, only as many readings follow
/// as agreeing takes. Returns the last reading.
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
        // A stop ends one pause; those that follow are taken whole.
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

/// How long is read whether a lost write was applied, before what follows is given up, ms.
const ARRIVES_MS: i64 = 20_000;

/// Reads for some seconds whether a write whose answer was lost was applied all the same. Gives the reading that proves it,
/// and when it was asked for.
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

/// The waits before the further readings after a first one.
const STEADY_MS: [u32; 4] = [BETWEEN_MS; 4];

/// Reads on after a first reading that is not enough to go by, until two in a row agree. Gives the last, and when it was
/// asked for.
pub async fn steady<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    first: Policy,
) -> Result<(Policy, Moment), NotStarted> {
    steady_since(client, subject, first, None).await
}

/// The same where another one was seen before: what is older tells nothing, and is left out.
pub(super) async fn steady_since<W: World, T: Tokens>(
    client: &Client<W, T>,
    subject: &Subject,
    first: Policy,
    seen: Option<&Policy>,
) -> Result<(Policy, Moment), NotStarted> {
    let (mut newest, mut last) = (changed_at(&first).max(seen.and_then(changed_at)), first);
    let mut waits = Waits::new(&STEADY_MS);
    if changed_at(&last) < newest {
        waits.was_old();
    }
    while let Some(wait_ms) = waits.next() {
        client.world().sleep(wait_ms).await;
        let asked_at = Moment::now(client.world());
        let policy = read(client, subject).await?;
        if changed_at(&policy) < newest {
            waits.was_old();
            continue;
        }
        newest = changed_at(&policy);
        // In whichever order Microsoft lists them.
        let known = |rule: &Rule| last.rules.contains(rule);
        let agrees = policy.rules.len() == last.rules.len() && policy.rules.iter().all(known);
        if agrees && changed_at(&last) == newest {
            return Ok((policy, asked_at));
        }
        last = policy;
    }
    Err(NotStarted::Unsteady)
}

/// Reads once more after a save whose end is not known, until two in a row are not older than what was read before; or gives
/// why it could not be read. Writes nothing.
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

/// The next reading that is not older than another one, while old ones may be repeated.
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

//! One step of a walk. Every step can be taken in every situation, if only without effect, so that a walk that fails
//! can be shortened by leaving steps out.

use super::fault::{self, Kind};
use super::knob::Knob;
use super::random::Random;

/// The tabs of the person.
pub const TABS: usize = 2;

#[derive(Clone, Debug)]
pub enum Step {
    /// The person turns the `knob`th knob to the `to`th choice.
    Turn { tab: usize, knob: usize, to: u64 },
    /// The person turns many knobs at once.
    TurnMany { tab: usize, count: usize, to: u64 },
    /// The person resets one edit.
    Reset { tab: usize, at: usize },
    /// The person discards all edits.
    Discard { tab: usize },
    /// The person opens the review, which reads the policy; a save soon afterwards may start from that read.
    Review { tab: usize },
    /// The person saves. The save continues in later steps.
    Save { tab: usize },
    /// A save continues by this many moments.
    Go { tab: usize, moments: usize },
    /// A save continues to its end.
    Finish { tab: usize },
    /// The person stops a save for good, or ends its current wait.
    Stop { tab: usize, for_good: bool },
    /// The page is reloaded, even in the middle of a save.
    Reload { tab: usize },
    /// The person reads again after a save whose outcome is unknown.
    LookAgain { tab: usize },
    /// The person decides all conflicts.
    Decide { tab: usize, mine: bool },
    /// The person loads the undo of a save.
    Undo { tab: usize },
    /// The person signs in again.
    SignIn { tab: usize },
    /// Another administrator changes something, now or just before a request.
    Other { what: Other, when: When },
    /// A fault is set up for a request.
    Fault { when: When, kind: Kind },
    /// Time passes.
    Pass { ms: i64 },
    /// Something unusual appears in the policy.
    Oddity { seed: u64 },
}

/// What another administrator changes.
#[derive(Clone, Copy, Debug)]
pub enum Other {
    /// Any knob.
    Any { knob: usize, to: u64 },
    /// A knob that a tab edits, to any value.
    Overlap { tab: usize, at: usize, to: u64 },
    /// A knob that a tab edits, to the value that the tab wants.
    Same { tab: usize, at: usize },
    /// Another knob in a rule of a knob that a tab edits.
    Beside { tab: usize, at: usize, to: u64 },
}

#[derive(Clone, Copy, Debug)]
pub enum When {
    Now,
    /// Just before a read or a write, after `skip` others.
    Before {
        write: bool,
        skip: usize,
    },
}

pub fn steps(random: &mut Random) -> Vec<Step> {
    let count = 3 + random.below(14);
    let mut steps: Vec<Step> = Vec::new();
    // Most walks use one tab only.
    let two = random.once_in(3);
    for _ in 0..count {
        let tab = if two { random.below(TABS) } else { 0 };
        steps.push(step(random, tab));
    }
    if random.once_in(4) {
        there_and_back(random, &mut steps);
    }
    if random.once_in(2) {
        steps.push(Step::Review { tab: 0 });
    }
    steps.push(Step::Save { tab: 0 });
    steps
}

/// A save that not every replica shows at once, and its undo, during which something fails.
fn there_and_back(random: &mut Random, steps: &mut Vec<Step>) {
    let (tab, to, at_write) = (0, random.next(), |skip| When::Before { write: true, skip });
    let turned = if random.once_in(2) { Step::Turn { tab, knob: 1, to } } else { Step::TurnMany { tab, count: 3, to } };
    steps.extend([Step::Finish { tab }, Step::Discard { tab }, turned]);
    steps.push(Step::Fault { when: at_write(0), kind: fault::turns(random) });
    steps.extend([Step::Save { tab }, Step::Finish { tab }, Step::Undo { tab }]);
    steps.push(Step::Fault { when: at_write(random.below(3)), kind: fault::any(random) });
}

fn step(random: &mut Random, tab: usize) -> Step {
    let (knob, to, at) = (random.below(Knob::all().len()), random.next(), random.below(8));
    // Half of the turns are of knobs that protect activation and assignment.
    let knob = if random.once_in(2) { knob % 14 } else { knob };
    match random.below(45) {
        0..=6 => Step::Turn { tab, knob, to },
        // The order of writes matters most for MFA and context.
        7 | 8 => Step::Turn { tab, knob: 1, to },
        9..=11 => Step::TurnMany { tab, count: 2 + random.below(6), to },
        12 => Step::Reset { tab, at },
        13 => Step::Discard { tab },
        14..=18 => Step::Save { tab },
        19..=21 => Step::Go { tab, moments: 1 + random.below(16) },
        22 => Step::Finish { tab },
        23 => Step::Reload { tab },
        24 => Step::LookAgain { tab },
        25 | 26 => Step::Decide { tab, mine: random.once_in(2) },
        27 => Step::Undo { tab },
        28 => Step::SignIn { tab },
        29..=32 => {
            let what = match random.below(4) {
                0 => Other::Any { knob, to },
                1 => Other::Overlap { tab, at, to },
                2 => Other::Same { tab, at },
                _ => Other::Beside { tab, at, to },
            };
            Step::Other { what, when: when(random) }
        }
        33..=37 => Step::Fault {
            when: When::Before { write: !random.once_in(4), skip: random.below(4) },
            kind: fault::any(random),
        },
        38 | 39 => Step::Stop { tab, for_good: random.once_in(3) },
        40 => Step::Pass { ms: *random.pick(&[1_000, 9_999, 10_001, 30_000, 600_000, 3_700_000, 50_000_000]) },
        41..=43 => Step::Review { tab },
        _ => Step::Oddity { seed: to },
    }
}

fn when(random: &mut Random) -> When {
    if random.once_in(2) { When::Now } else { When::Before { write: random.once_in(2), skip: random.below(4) } }
}

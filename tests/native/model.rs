//! Saving in every circumstance, compared with a model: seeded random walks of a person with two tabs, another
//! administrator and a service that fails. What must hold is in `model/audit.rs`, which knows the rules of the
//! protocol but nothing of the program.
//!
//! `PIM_MODEL_WALKS=100000` runs more walks, `PIM_MODEL_SEED=17` repeats one walk and prints it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

pub mod audit;
pub mod drive;
pub mod fault;
pub mod knob;
pub mod random;
pub mod shrink;
pub mod start;
pub mod step;
pub mod strength;
pub mod tab;
pub mod truth;
pub mod walk;
pub mod wire;
pub mod world;

use std::sync::atomic::{AtomicBool, Ordering};

use shrink::{broken, shrink};
use step::{Step, steps};

/// The number of walks in an ordinary test run.
const WALKS: u64 = 10_000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn steps_of(seed: u64) -> Vec<Step> {
    steps(&mut random::Random::new(!seed))
}

fn report(seed: u64, steps: &[Step], words: &str) -> String {
    let lines: Vec<String> = steps.iter().map(|step| format!("    {step:?}")).collect();
    format!("PIM_MODEL_SEED={seed}\n{}\n{words}", lines.join("\n"))
}

#[test]
fn no_walk_breaks_what_must_hold() {
    if let Some(seed) = setting("PIM_MODEL_SEED") {
        let steps = steps_of(seed);
        println!("{}", report(seed, &steps, ""));
        if let Some(words) = broken(seed, &steps) {
            let (steps, words) = shrink(seed, steps, words);
            panic!("{}", report(seed, &steps, &words));
        }
        return;
    }
    let walks = setting("PIM_MODEL_WALKS").unwrap_or(WALKS);
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let failed = AtomicBool::new(false);
    let found: Vec<String> = std::thread::scope(|scope| {
        let failed = &failed;
        let walkers: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    let mut seeds = (first..walks).step_by(usize::try_from(threads).unwrap());
                    let (seed, words) = seeds.find_map(|seed| {
                        let words = if failed.load(Ordering::Relaxed) { None } else { broken(seed, &steps_of(seed)) };
                        words.map(|words| (seed, words))
                    })?;
                    failed.store(true, Ordering::Relaxed);
                    let (steps, words) = shrink(seed, steps_of(seed), words);
                    Some(report(seed, &steps, &words))
                })
            })
            .collect();
        walkers.into_iter().filter_map(|walker| walker.join().unwrap()).collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

//! Shortens a walk that fails, as long as it still fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::step::Step;
use super::walk::walk;

/// What this walk breaks; a panic counts.
pub fn broken(seed: u64, steps: &[Step]) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| walk(seed, steps))) {
        Ok(walked) => walked.err(),
        Err(_) => Some("it panicked".into()),
    }
}

/// Leaves out as many steps as possible: first half of them at a time, in the end one by one.
pub fn shrink(seed: u64, mut steps: Vec<Step>, mut words: String) -> (Vec<Step>, String) {
    let mut size = steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        let mut shorter = false;
        while at < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(at..(at + size).min(steps.len()));
            if let Some(still) = broken(seed, &fewer) {
                (steps, words, shorter) = (fewer, still, true);
            } else {
                at += size;
            }
        }
        if !(shorter && size == 1) {
            size /= 2;
        }
    }
    (steps, words)
}

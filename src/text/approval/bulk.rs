//! Words for deciding many requests together.

use crate::approval::{Decision, Request};
use crate::desk::bulk::{CannotStart, MOST_APPROVALS, Step, Stopped};
use crate::desk::decide::Outcome;

use crate::text::policy::change::count;

/// Name of the list of effects.
pub const EFFECTS: &str = "What will happen";
/// Name of the list of results.
pub const RESULTS: &str = "Results";
/// Closes the review.
pub const BACK: &str = "Back to the list";
/// Stops the run.
pub const STOP: &str = "Stop after this request";
/// It is about to stop.
pub const STOPPING: &str = "Stopping after this request…";
/// Text typed before is offered again, though the requests may be others.
pub const RESTORED: &str = "This is the text you typed before. Check that it fits these requests.";
/// The second confirmation is missing.
pub const CONFIRM_FIRST: &str = "Select the box above the justification first.";
/// Stopping undoes nothing.
pub const STOPPED_HELP: &str = "Decisions already made stay as they are. Nothing more was sent.";
/// Link to one request.
pub const OPEN: &str = "Open";

/// Title of the review.
pub fn title(decision: Decision, requests: usize) -> String {
    format!("{} {}?", verb(decision), count(requests, "request"))
}

/// The button that sends.
pub fn send(decision: Decision, requests: usize) -> String {
    format!("{} {}", verb(decision), count(requests, "request"))
}

const fn verb(decision: Decision) -> &'static str {
    crate::text::approval::decision::button(decision)
}

/// The second confirmation: the selection is for more than one group or role.
pub fn confirm(accesses: usize) -> String {
    format!("These requests are for {accesses} different groups or roles. I have reviewed each one.")
}

/// Why so many cannot be approved at once.
pub fn too_many() -> String {
    format!("At most {MOST_APPROVALS} requests can be approved at once. Select fewer.")
}

/// Why the run does not start.
pub fn cannot_start(why: CannotStart, decision: Decision) -> String {
    match why {
        CannotStart::Nothing => "None of these requests can be decided any more.".to_owned(),
        CannotStart::TooMany => too_many(),
        CannotStart::NoJustification => crate::text::approval::decision::needs_words(decision).to_owned(),
    }
}

/// What the justification is for.
pub const fn justification_help(decision: Decision, required: bool) -> &'static str {
    match decision {
        Decision::Approve if required => "Required by a policy. Sent with every request.",
        Decision::Approve => "Sent with every request. Recommended: most policies require it.",
        Decision::Deny => "Required. Sent with every request.",
    }
}

/// The progress of the run: "3 of 12".
pub fn progress(ended: usize, all: usize) -> String {
    format!("{ended} of {all}")
}

/// The state of a step that has not ended.
pub fn step(step: &Step, decision: Decision, time: fn(i64) -> String) -> String {
    match step {
        Step::Waiting => "queued".to_owned(),
        Step::Sending => crate::text::approval::decision::sending(decision).to_owned(),
        Step::Paused { until_unix_ms } => {
            format!("Microsoft is limiting requests; continues at {}", time(*until_unix_ms))
        }
        Step::NotAttempted => "not sent".to_owned(),
        Step::Ended(_) => String::new(),
    }
}

/// The results of the run, in one sentence: "10 approved, 1 no longer open, 1 not sent".
pub fn summary(steps: &[(Request, Step)], decision: Decision) -> String {
    let mut counts = [0_usize; 5];
    for (_, step) in steps {
        let at = match step {
            Step::Ended(Outcome::Decided(_)) => 0,
            Step::Ended(
                Outcome::AlreadyDecided(_) | Outcome::Unnamed(_) | Outcome::NotOpen { .. } | Outcome::NoEffect,
            ) => 1,
            Step::Ended(Outcome::NotVisibleYet | Outcome::Unknown(_)) => 2,
            Step::Ended(Outcome::Refused(_)) => 3,
            Step::Waiting | Step::Sending | Step::Paused { .. } | Step::NotAttempted => 4,
        };
        counts[at] += 1;
    }
    let words =
        [crate::text::approval::decision::done(decision), "no longer open", "not certain", "failed", "not sent"];
    let told: Vec<String> = counts
        .iter()
        .zip(words)
        .filter(|(count, _)| **count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    told.join(", ")
}

/// Why the run stopped early.
pub const fn stopped(why: &Stopped) -> &'static str {
    match why {
        Stopped::Cancelled => "You stopped here",
        Stopped::SignIn(_) => "You need to sign in before the rest can be sent",
        Stopped::NoAnswer(_) => "Microsoft could not be reached",
        Stopped::Throttled(_) => "Microsoft is limiting requests: try the rest later",
    }
}

/// Tries again what was not applied.
pub fn retry(left: usize) -> String {
    match left {
        1 => "Try 1 request again".to_owned(),
        _ => format!("Try {left} requests again"),
    }
}

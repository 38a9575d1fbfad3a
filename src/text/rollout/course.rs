//! The progress of a change of many policies, as text.

use crate::desk::rollout::{Halt, PolicyProgress};
use crate::desk::save::{Finished, NotStarted, Outcome, RuleProgress, RuleState};
use crate::graph::Error;
use crate::rollout::record::{End, Record, Why};

/// It is running.
pub const RUNNING: &str = "Changing the policies";
/// Pauses it.
pub const PAUSE: &str = "Pause";
/// Continues it.
pub const RESUME: &str = "Continue";
/// Ends it.
pub const CANCEL: &str = "Cancel the rest";
/// It is ending.
pub const CANCELLING: &str = "Saves in progress are finished and checked; no more are started.";
/// Why a link does not leave the page.
pub const STAYS: &str = "This page stays open until the change has ended. To leave sooner, cancel the rest.";
/// It is paused.
pub const PAUSED: &str = "Paused";
/// What pausing means.
pub const PAUSED_HELP: &str = "Saves in progress are finished and checked. No more are started until you continue.";
/// What happens to the rest while the person must sign in.
pub const SIGN_IN_HELP: &str = "The rest is kept, and planned again after you sign in.";
/// The outcomes of several saves in a row are unknown.
const UNCERTAIN: &str = "The results of several policies in a row are not known";
/// What to do about that.
pub const UNCERTAIN_HELP: &str = "Microsoft gave no usable answer, or does not show yet what it accepted. Wait a little before you continue. \
     Nothing uncertain is sent again; it can be checked from the result.";
/// The browser has a connection again.
pub const NETWORK_BACK: &str = "The network is back. Continue when you want.";
/// Fewer saves run at once.
pub const SLOWED: &str = "Microsoft is limiting requests: fewer policies are changed at once.";
/// Label of the list.
pub const RESULTS: &str = "Policies";

/// What to do about a half-saved change that leaves something open.
pub const EXPOSED_HELP: &str = "Only half of this change was saved. Retry or undo it from the result.";
/// What to do if it is not known whether something is left open.
pub const MAY_BE_EXPOSED_HELP: &str = "Perhaps only half of this change was saved. Check it from the result until \
     that is known, then retry or undo it there.";

/// What to do about something left open while it is paused.
pub const PAUSED_EXPOSED_HELP: &str =
    "Only half of this change was saved before the pause. Continue sends the rest; if you cancel, it stays like that.";

/// The rules, as far as they are known.
pub fn known_rules(progress: &PolicyProgress) -> &[RuleProgress] {
    match progress {
        PolicyProgress::Running(rules) => rules,
        other => left(other).map_or(&[], |finished| &finished.rules),
    }
}

/// What the saves of a policy wrote, if none is running.
pub fn left(progress: &PolicyProgress) -> Option<&Finished> {
    match progress {
        PolicyProgress::Paused(finished) | PolicyProgress::Left(finished, _) => Some(finished),
        PolicyProgress::Ended(outcome) => match outcome.as_ref() {
            Outcome::Finished(finished) => Some(finished),
            _ => None,
        },
        PolicyProgress::Waiting | PolicyProgress::Running(_) | PolicyProgress::NotBegun => None,
    }
}

/// Label of a policy's details: "3 of 5 rules verified", or the settings if the rules are not known yet.
pub fn rules(progress: &PolicyProgress) -> String {
    let rules = known_rules(progress);
    if rules.is_empty() {
        return "Settings".to_owned();
    }
    let verified = rules.iter().filter(|rule| rule.state == RuleState::Verified).count();
    format!("{verified} of {} verified", super::super::policy::change::count(rules.len(), "rule"))
}

/// How many are done.
pub fn progress(ended: usize, all: usize) -> String {
    format!("{ended} of {all} done")
}

/// About how long it still takes.
pub fn time_left(seconds: i64) -> String {
    match seconds {
        ..=5 => "A few seconds left".to_owned(),
        6..=90 => format!("About {seconds} s left"),
        _ => format!("About {} min left", (seconds + 30) / 60),
    }
}

/// Policies that are half saved while it is paused, weaker than before and than wanted.
pub fn half_way(number: usize) -> String {
    match number {
        1 => "1 policy is half saved: weaker than it was and than you wanted".to_owned(),
        some => format!("{some} policies are half saved: weaker than they were and than you wanted"),
    }
}

/// Whether more of a policy may have been changed than was read back.
pub fn is_uncertain(progress: &PolicyProgress) -> bool {
    left(progress).is_some_and(|finished| finished.uncertain() > 0)
}

/// How many policies may have been changed although their results are not known, while it is paused.
pub fn may_be_there(number: usize) -> String {
    match number {
        1 => "The result of 1 policy is not known: its change may have been made.".to_owned(),
        some => format!("The results of {some} policies are not known: their changes may have been made."),
    }
}

/// Why it is paused.
pub const fn halted(halt: &Halt) -> &'static str {
    match halt {
        Halt::Uncertain => UNCERTAIN,
        Halt::ByPerson => PAUSED,
        Halt::SignIn(Error::Refused(_)) => "Microsoft asks for a fresh or stronger sign-in",
        Halt::SignIn(_) => "You need to sign in before the rest is sent",
        Halt::Throttled(_) => "Microsoft is limiting requests: try the rest later",
        Halt::NoAnswer(_) => "Microsoft could not be reached",
    }
}

/// How one policy ended; empty before that, if its state is enough.
pub fn state(progress: &PolicyProgress) -> String {
    match progress {
        PolicyProgress::Waiting | PolicyProgress::Running(_) => String::new(),
        PolicyProgress::Paused(finished) => super::super::policy::save::of_rules(&finished.rules),
        PolicyProgress::NotBegun => end(End::NothingSent(Why::NotBegun)).to_owned(),
        PolicyProgress::Ended(outcome) | PolicyProgress::Left(_, outcome) => match outcome.as_ref() {
            Outcome::Conflicts { .. } => end(End::NothingSent(Why::Conflict)).to_owned(),
            Outcome::NotStarted(NotStarted::SavedElsewhere) => end(End::NothingSent(Why::SavedElsewhere)).to_owned(),
            other => match progress {
                // Something had been written before.
                PolicyProgress::Left(wrote, _) => super::super::policy::save::of_rules(&wrote.rules),
                _ => super::super::policy::save::outcome(other),
            },
        },
    }
}

/// How one policy ended.
pub const fn end(end: End) -> &'static str {
    match end {
        End::Waiting => "waiting",
        End::Running => "not known yet",
        End::Saved => "saved",
        End::Partly => "partly saved",
        End::NotSaved => "not saved",
        End::Uncertain => "uncertain",
        End::NothingSent(why) => match why {
            Why::NotBegun => "not started",
            Why::Already => "nothing to change",
            Why::Conflict => "not sent: someone changed it since the plan",
            Why::NoPolicy => "not sent: no policy, or more than one",
            Why::Invalid => "not sent: it would no longer be valid",
            Why::SavedElsewhere => "not sent: another tab was saving it",
            Why::NotRead => "not sent: it could not be read",
            Why::Blocked => "not sent: stopped by a finding",
            Why::LeftAlone => "not sent: changed by someone since",
            Why::Uncertain => "not sent: it is not known whether it was changed",
        },
    }
}

/// The outcome, in one sentence: "10 saved, 1 not saved, 1 not sent".
pub fn summary(record: &Record) -> String {
    let counts = [
        (record.count(|end| end == End::Saved), "saved"),
        (record.count(|end| end == End::Partly), "partly saved"),
        (record.count(|end| end == End::NotSaved), "not saved"),
        (record.count(|end| end == End::Uncertain), "uncertain"),
        (record.count(|end| end == End::NothingSent(Why::Already)), "with nothing to change"),
        (record.count(|end| end == End::NothingSent(Why::NotBegun)), "not started"),
        (
            record.count(|end| matches!(end, End::NothingSent(why) if !matches!(why, Why::Already | Why::NotBegun))),
            "not sent",
        ),
        (record.count(|end| !end.is_over()), "open"),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
    told.join(", ")
}

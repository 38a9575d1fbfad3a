//! The plan of a change of many policies, as text.

use crate::desk::rollout::{Fate, PlannedPolicy, Unreadable};
use crate::rollout::aspect::Aspect;
use crate::rollout::plan::{LeftOut, Totals};

use super::super::policy::change::count;
use super::policies;

/// Heading of the plan.
pub const TITLE: &str = "The plan";
/// The plan is being made.
pub const READING: &str = "Reading the policies and checking the changes…";
/// Stops that.
pub const STOP_READING: &str = "Cancel";
/// Label of the choice of policies to show.
pub const SHOW: &str = "Show";
/// No policy matches that choice.
pub const NONE_SO: &str = "No policy in the plan matches any more. Choose All to see the rest.";
/// Goes back to choosing.
pub const CHANGE_CHOICE: &str = "Change the selection";
/// Makes the plan again.
pub const READ_AGAIN: &str = "Read again";
/// Discards a proposal.
pub const DISCARD: &str = "Discard";
/// Label of the checkbox that includes a policy.
pub const INCLUDE: &str = "Change this policy";
/// The policy already has these values.
pub const NOTHING: &str = "Nothing would change.";
/// Between two writes the policy is weaker.
pub const GAP: &str = "Between two writes, activation asks for neither MFA nor an authentication context.";
/// Mark of a policy that is weaker between two writes.
pub const GAP_MARK: &str = "briefly weaker";
/// Mark of a policy whose group is brought into PIM.
pub const ONBOARDS_MARK: &str = "into PIM for good";
/// Mark of a policy that becomes weaker.
pub const WEAKENS: &str = "▲ weakens";
/// Reading was stopped before this policy.
pub const NOT_READ: &str = "It was not read.";
/// Heading of settings that are left out.
pub const LEFT: &str = "Left out";
/// Leaves a setting out.
pub const LEAVE_OUT: &str = "Leave out";
/// Puts it back in.
pub const PUT_BACK: &str = "Put back";
/// Why it is left out: the person's choice.
pub const BY_PERSON: &str = "You left it out.";
/// Why it is left out: someone has changed it since.
pub const CHANGED_SINCE: &str = "Someone has changed it since; left as it is.";
/// Why nothing can be sent.
pub const NOTHING_TO_SEND: &str = "This plan would not change any policy.";
/// Title of the confirmation.
pub const CONFIRM_TITLE: &str = "Before you change them";
/// Closes the confirmation.
pub const BACK: &str = "Back to the plan";
/// That undoing stays possible.
pub const UNDO_LATER: &str = "Each save leaves a receipt, so you can later undo all policies or single ones.";

/// A choice of policies to show, with how many there are.
pub fn aspect(aspect: Aspect, number: usize) -> String {
    let words = match aspect {
        Aspect::All => "All",
        Aspect::Findings => "With findings",
        Aspect::Weakens => "▲ Weakened",
        Aspect::Gap => "Briefly weaker",
        Aspect::Onboards => "Brought into PIM",
        Aspect::Blocked => "Stopped by a finding",
        Aspect::Excluded => "Taken out",
    };
    format!("{words} ({number})")
}

/// Leaves the shown policies out.
pub fn leave_out_these(number: usize) -> String {
    if number == 1 { "Leave this policy out".to_owned() } else { format!("Leave these {number} policies out") }
}

/// Puts the shown policies back in.
pub fn put_these_back(number: usize) -> String {
    if number == 1 { "Put this policy back".to_owned() } else { format!("Put these {number} policies back") }
}

/// What too little room means.
pub const ROOM_HELP: &str = "Receipts that do not fit are lost when this page closes, and the change pauses when no \
     room is left. Change fewer policies at a time, or save older changes as a file and forget them, under Changes.";

/// There is too little room for the receipts.
pub fn room(fit: usize, of: usize) -> String {
    format!("This browser has room for the receipts of about {fit} of these {}", policies(of))
}

/// Announced when the plan is complete.
pub fn plan_ready(totals: &Totals) -> String {
    format!("The plan is ready. {}", sum(totals))
}

/// The plan in a sentence or two.
pub fn sum(totals: &Totals) -> String {
    let mut words = match totals.policies {
        0 => "Nothing would be changed.".to_owned(),
        some => format!("{} would be changed, {} in all.", policies(some), count(totals.settings, "setting")),
    };
    let more: Vec<String> = [
        (totals.weakened, "▲ weakened"),
        (totals.gaps, "briefly weaker between two writes"),
        (totals.onboarded, "brought into PIM for good"),
        (totals.nothing_to_do, "with nothing to change"),
        (totals.blocked, "stopped by a finding"),
        (totals.unreadable, "without a policy that could be read"),
        (totals.excluded, "taken out by you"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{number} {what}"))
    .collect();
    if !more.is_empty() {
        words.push(' ');
        words.push_str(&more.join(", "));
        words.push('.');
    }
    words
}

/// The button that sends.
pub fn send(policies_changed: usize, undoes: bool) -> String {
    format!("{} {}", if undoes { "Undo in" } else { "Change" }, policies(policies_changed))
}

/// One policy in a line: "3 changes, 2 the same, 1 left out".
pub fn line(row: &PlannedPolicy) -> String {
    let effect = &row.effect;
    let mut parts = vec![count(effect.changes.len(), "change")];
    if !effect.same.is_empty() {
        parts.push(format!("{} the same", effect.same.len()));
    }
    if !effect.left.is_empty() {
        parts.push(format!("{} left out", effect.left.len()));
    }
    let findings = effect.preflight.findings.len() + effect.issues.len() + usize::from(effect.gap);
    if findings > 0 {
        parts.push(count(findings, "finding"));
    }
    parts.join(", ")
}

/// Why a policy is not changed, if so.
pub fn fate(row: &PlannedPolicy) -> Option<&'static str> {
    Some(match (row.fate(), &row.seen.policy) {
        (Fate::Change, _) => return None,
        (Fate::NothingToDo, _) => "nothing to change",
        (Fate::Blocked, _) => "stopped by a finding",
        (Fate::Excluded, _) => "taken out",
        (Fate::Unreadable, Err(Unreadable::NoPolicy(_))) => "no policy",
        (Fate::Unreadable, _) => "not read",
    })
}

/// Why a setting is left out.
pub const fn why(why: &LeftOut) -> &'static str {
    match why {
        LeftOut::NotCarried(why) => super::super::policy::carry::why(*why),
        LeftOut::ChangedSince(_) => CHANGED_SINCE,
        LeftOut::ByPerson => BY_PERSON,
    }
}

/// What must be confirmed, each with another sentence, which may be empty.
pub fn confirm(totals: &Totals) -> Vec<(String, &'static str)> {
    let mut lines = Vec::new();
    if totals.weakened > 0 {
        lines.push((format!("▲ {} in some setting", weaker(totals.weakened)), "Look for ▲ in the plan."));
    }
    if totals.gaps > 0 {
        lines.push((
            format!(
                "In {} activation asks for neither MFA nor an authentication context between two writes",
                policies(totals.gaps)
            ),
            "Once the first is sent, the second follows before Pause or Cancel takes effect. If Microsoft refuses it, the \
             policy stays that way, and the result says so.",
        ));
    }
    if totals.onboarded > 0 {
        let title = match totals.onboarded {
            1 => "1 group will be brought into PIM for good".to_owned(),
            more => format!("{more} policies belong to groups that will be brought into PIM for good"),
        };
        lines.push((title, ""));
    }
    lines
}

fn weaker(number: usize) -> String {
    if number == 1 { "1 policy becomes weaker".to_owned() } else { format!("{number} policies become weaker") }
}

/// The progress of making the plan.
pub fn read(done: usize, of: usize) -> String {
    format!("{done} of {of}")
}

//! The review before a save, and the receipt after it, as text.

use crate::auth::session::Reason;
use crate::desk::save::{RuleProgress, has_begun_swap};
use crate::policy::{Change, Setting};
use crate::text::policy::change::count;

/// Title of the dialog of conflicts.
pub const CONFLICTS_TITLE: &str = "The same settings were changed meanwhile";
/// Goes back to the review from an ended save.
pub const BACK_TO_REVIEW: &str = "Back to review";
/// Why the dialog cannot be closed now.
pub const WAIT: &str = "Wait until the save has ended.";
/// Why saving is not possible: nothing changed.
pub const NOTHING_TO_SAVE: &str = "Nothing is changed.";
/// Why saving is not possible: errors.
pub const HAS_ERRORS: &str = "Some values cannot be saved. They are marked at their fields.";
/// Settings outside the draft have changed; the same person may have changed them.
pub const MEANWHILE: &str = "This policy has changed since the page was opened";
/// Some of what was pasted is not among the approvers.
pub const LEFT_OUT: &str = "Some pasted approvers were not added";
/// All were added, but it is not certain that the names before their addresses are theirs.
pub const CHECK_PASTED: &str = "Check the pasted approvers";
/// Closes the review.
pub const KEEP_EDITING: &str = "Keep editing";
/// Saving brings the group into PIM.
pub const ONBOARDS_TITLE: &str = "Saving brings this group into PIM for good";
/// Whether the group is in PIM could not be read.
pub const MAY_ONBOARD_TITLE: &str = "Saving may bring this group into PIM for good";
/// What bringing a group into PIM means.
pub const ONBOARDS: &str =
    "The first change to its policy brings a group into PIM. Microsoft offers no way to undo that.";
/// What a change does not affect.
pub const NOT_RETROACTIVE: &str = "Nothing changes for people who are active now, nor for assignments already made.";
/// Read out between before and after, not displayed.
pub const BECOMES: &str = "becomes";
/// No write happened.
pub const NOTHING_SENT: &str = "Nothing was sent";
/// What to do about conflicts.
pub const CONFLICTS_HELP: &str =
    "These settings have changed since you started. Decide each one, then review and save again.";
/// A value that can no longer be read.
pub const NOT_READABLE: &str = "(can no longer be read or changed)";
/// The policy is read again before the first write.
pub const READING_FIRST: &str = "Reading the policy again, to see whether it has changed…";
/// Name of the list of rules.
pub const PROGRESS: &str = "Rules being saved";
/// A rule was accepted, or its answer lost, and reading does not show it.
pub const UNCERTAIN: &str = "Microsoft can take a few minutes to show a change. It was not sent again; open the \
     policy later to see its values.";
/// Continues with what was not saved.
pub const REVIEW_THE_REST: &str = "Review what is left";
/// Loads the edits that undo it.
pub const UNDO: &str = "Undo…";
/// Reads the values again.
pub const LOOK_AGAIN: &str = "Check again";
/// The draft no longer fits what was changed meanwhile.
pub const INVALID: &str = "The policy has changed, so your changes can no longer be saved";
/// Ends a wait, and sends now.
pub const RETRY_NOW: &str = "Try now";
/// Stops a save.
const STOP: &str = "Stop after this rule";
/// Stops a save that has begun to swap MFA and a context.
const STOP_AFTER_BOTH: &str = "Stop after both halves";
/// The save is stopping.
const STOPPING: &str = "Stopping: the current rule is finished and checked; nothing more is sent.";
/// The save is stopping, once the swap of MFA and a context is whole.
const STOPPING_AFTER_BOTH: &str = "Stopping: once this half of the change is saved, the other half is sent too, so that \
     the policy is not left open. Then nothing more is sent.";
/// For a moment the policy is weaker than before and after.
pub const GAP_TITLE: &str = "For a moment activation needs neither MFA nor an authentication context";
/// Why that is so.
pub const GAP: &str = "Microsoft refuses MFA while an authentication context is on, so one is turned off before the \
     other is turned on. If the second write fails, the policy stays that way until you save again or undo; the \
     result says so.";
/// What to do about a half-saved change that leaves something open.
pub const EXPOSED_HELP: &str =
    "Only half of this change was saved. Save the rest, or undo what was saved; both are offered below.";
/// What to do if it is not known whether something is or stays open.
pub const MAY_BE_EXPOSED_HELP: &str =
    "Perhaps only half of this change was saved. Check again until it is known, then save the rest or undo.";
/// Another tab is saving.
pub const SAVED_ELSEWHERE: &str = "Another tab of this browser is saving to the same group or role";
/// What to do about it.
pub const SAVED_ELSEWHERE_HELP: &str = "Nothing was sent from here. Wait until that save has ended, then save again.";
/// The save was stopped before its turn came.
pub const STOPPED_WAITING: &str = "Stopped. Nothing was sent.";
/// What another tab saved is shown.
pub const SAVED_IN_ANOTHER_TAB: &str = "Another tab saved this policy; it is shown as it is now.";
/// Reads of the policy disagree.
pub const UNSTEADY: &str = "Microsoft gives different answers about this policy";
/// What to do about it.
pub const UNSTEADY_HELP: &str = "Nothing was sent. A change made a moment ago has not reached all of Microsoft's \
     servers yet. Save again in a minute.";
/// Copies a report of the save.
pub const COPY_REPORT: &str = "Copy report";
/// Announced after copying.
pub const REPORT_COPIED: &str = "Report copied";

/// The button that stops a running save, and what is said once it was pressed.
pub fn stop(rules: &[RuleProgress], sent: &[Change]) -> (&'static str, &'static str) {
    if has_begun_swap(rules, sent) { (STOP_AFTER_BOTH, STOPPING_AFTER_BOTH) } else { (STOP, STOPPING) }
}

/// Why a save did not start: Microsoft requires the person to sign in, or its sign-in service did not answer; and what
/// to do.
pub const fn sign_in_to_save(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::Consent => (
            "One more step before saving",
            "Saving needs a permission to write. Nothing was sent yet, and your changes are kept.",
        ),
        Reason::Unavailable => (NOTHING_SENT, "Your changes are kept. Save again once the sign-in service answers."),
        Reason::SignedOut | Reason::Expired | Reason::Interaction | Reason::AccountChanged | Reason::Refused => {
            ("Sign in again to save", "Nothing was sent yet, and your changes are kept.")
        }
    }
}

/// The dialog's title: "Review 3 changes to Tier-0 Operators (members)".
pub fn title(changes: usize, subject: &str) -> String {
    format!("Review {} to {subject}", count(changes, "change"))
}

/// The dialog's title during and after the save.
pub fn saving_title(subject: &str) -> String {
    format!("Save to {subject}")
}

/// How many settings the save leaves as they are.
pub fn untouched(settings: usize) -> String {
    match settings {
        1 => "1 other setting stays as it is.".to_owned(),
        more => format!("{more} other settings stay as they are."),
    }
}

/// The button that saves.
pub fn save(changes: usize, onboards: bool) -> String {
    let changes = count(changes, "change");
    if onboards { format!("Save {changes} and bring into PIM") } else { format!("Save {changes}") }
}

/// What is left after a save that did not write everything.
pub fn still_unsaved(changes: usize) -> String {
    format!(
        " {} not saved; nothing you entered is lost.",
        if changes == 1 { "1 change is".to_owned() } else { format!("{changes} changes are") }
    )
}

/// Who last changed the policy, and when, if that is known.
pub fn changed_by(name: &str, at: Option<&str>) -> String {
    let when = at.map(|at| [", ", at].concat()).unwrap_or_default();
    ["The policy was last changed by ", name, &when, "."].concat()
}

/// Settings that are weaker now than before and than wanted.
pub fn exposed(settings: &str) -> String {
    format!("Now weaker than before and weaker than you wanted: {settings}")
}

/// Settings that may be weaker.
pub fn may_be_exposed(settings: &str) -> String {
    format!("Perhaps now weaker than before and weaker than you wanted: {settings}")
}

/// The heading of a conflict.
pub fn conflict(setting: &str, base: &str) -> String {
    format!("{setting} (was {base})")
}

/// Label of the folded rules that a save writes.
pub const RULES_AS_JSON: &str = "Rules as JSON";

/// Keeps what the person entered.
pub fn keep_mine(value: &str) -> String {
    format!("Keep mine: {value}")
}

/// Takes what the other person set.
pub fn take_theirs(value: &str) -> String {
    format!("Take theirs: {value}")
}

/// Heading of what was changed outside the draft.
pub const KEPT: &str = "Kept as it is now:";

/// A setting that was changed outside the draft, and has no readable value before or now.
pub fn not_readable(setting: Setting) -> String {
    [&crate::text::policy::setting::full_label(setting), ": one of the two values cannot be read"].concat()
}

//! Words of a decision: the form, its outcome, the receipt, and why it cannot be made.

use crate::approval::{Decision, Review, Standing};
use crate::desk::decide::Outcome;
use crate::graph::Error;
use crate::guid::Guid;

use crate::text::approval::{EXTENSION_HELP, OWN_REASON};
use crate::text::quoted::one_line;

/// Name of the list of decisions.
pub const DECIDED_LIST: &str = "Decided in this session";
/// Column header.
pub const OUTCOME: &str = "Outcome";
/// Button in the list.
pub const APPROVE: &str = "Approve";
/// Button in the list.
pub const DENY: &str = "Deny";
/// Heading of the form.
pub const DECIDE: &str = "Your decision";
/// Label of the text for either decision.
pub const JUSTIFICATION: &str = "Justification";
/// Why a denial cannot be sent yet.
pub const DENY_NEEDS_WORDS: &str = "Enter a justification to deny.";
/// Why a decision cannot be sent yet.
pub const STILL_READING: &str = "The request is still loading. Nothing can be sent yet.";
/// Why a decision cannot be sent.
pub const NOT_NOW: &str = "This request cannot be decided now, so nothing is sent.";
/// Probably why an approval without a justification was refused.
pub const APPROVE_NEEDS_WORDS: &str =
    "The policy probably requires approvers to give a justification. Enter one and send again.";
/// Probably why a decision with a long justification was refused.
pub const TOO_LONG: &str = "The justification is probably too long: the admin center takes at most 500 characters. Shorten \
     it and send again.";
/// Shown before anything is sent.
pub const NO_UNDO: &str = "A decision is final and cannot be undone.";
/// Typed text was restored.
pub const RESTORED: &str = "Your text was restored. Nothing was sent.";
/// What to do about a decision that was sent before and whose outcome was not read.
pub const SENT_BEFORE_HELP: &str =
    "Microsoft shows no decision yet; it may still appear. Check again before you decide. Checking sends nothing.";
/// Why nothing can be sent yet after a decision of before: the last look was too early.
pub const MAY_STILL_SHOW: &str =
    "What you sent may still appear. Check again a minute after you sent it; until then nothing more can be sent.";
/// A later look found no decision.
pub const STILL_OPEN: &str = "Microsoft still shows no decision.";
/// A later look failed.
pub const CHECK_FAILED: &str = "The check failed";
/// Reads again; never sends.
pub const CHECK_AGAIN: &str = "Check again";
/// Sends the same decision once more.
pub const SEND_AGAIN: &str = "Send again";
/// Copies the receipt.
pub const COPY_RECEIPT: &str = "Copy receipt";
/// Announced after copying.
pub const RECEIPT_COPIED: &str = "Receipt copied";
/// Heading of a justification that was not applied.
pub const YOUR_WORDS: &str = "Your justification (not used)";
/// Heading of a justification that was typed and has no form any more.
pub const TYPED_WORDS: &str = "Your justification (kept in this tab)";
/// Link to the page where the access can be removed again.
pub const REMOVE_ACCESS: &str = "Remove access in the admin center";
/// Copies the justification.
pub const COPY_WORDS: &str = "Copy justification";
/// Announced after copying.
pub const WORDS_COPIED: &str = "Justification copied";
/// A permission is missing for the decision.
pub const SIGN_IN_TO_DECIDE: &str = "Sign in again to decide";
/// What happens when signing in.
pub const SIGN_IN_TO_DECIDE_HELP: &str =
    "Nothing was decided. You will come back to this request, and your text is kept.";
/// There is no token, and a sign-in would not help.
pub const NOT_DECIDED: &str = "Nothing was decided";
/// What to do about it.
pub const NOT_DECIDED_HELP: &str = "The sign-in service did not answer. Try again; your text is kept.";
/// The length that a justification is counted against, in characters: the admin center's limit.
pub const JUSTIFICATION_LIMIT: usize = 500;

/// Shown before and after the name on the button that denies.
pub const DENY_OF: [&str; 2] = ["Deny ", "'s request"];
/// Shown before the effect on the button that approves.
pub const APPROVE_FOR: &str = "Approve – ";
/// Shown before the name of the requester of the next request to decide.
pub const NEXT: &str = "Next: ";

/// The button of a decision.
pub const fn button(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => APPROVE,
        Decision::Deny => DENY,
    }
}

/// The decision as a participle.
pub const fn done(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "approved",
        Decision::Deny => "denied",
    }
}

/// A decision was sent on an earlier visit, and its outcome was not read.
pub fn sent_before(decision: Decision, at: &str) -> String {
    let what = match decision {
        Decision::Approve => "an approval",
        Decision::Deny => "a denial",
    };
    format!("You sent {what} at {at}; the result is not known")
}

/// Shown while it is being sent.
pub const fn sending(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "Approving…",
        Decision::Deny => "Denying…",
    }
}

/// Why a decision cannot be sent without a justification.
pub const fn needs_words(aim: Decision) -> &'static str {
    match aim {
        Decision::Approve => "The policy requires a justification.",
        Decision::Deny => DENY_NEEDS_WORDS,
    }
}

/// What the justification is for, and what Ctrl+Enter does.
pub const fn justification_help(aim: Decision, required: bool) -> &'static str {
    match aim {
        Decision::Approve if required => "Required by the policy. Ctrl+Enter approves.",
        Decision::Approve => {
            "Recommended for approving (most policies require it), required for denying. Ctrl+Enter approves."
        }
        Decision::Deny => "Required. Ctrl+Enter denies.",
    }
}

/// The likely reason why a decision was refused, judged by the length of its justification; `None` if the refusal has
/// another reason: nothing was sent yet, the request expired, or Microsoft wants the person to sign in again.
pub fn refused_for(error: &Error, justification: &str) -> Option<&'static str> {
    const TOO_MANY: usize = JUSTIFICATION_LIMIT + 1;
    let of_words = error.refusal().is_some_and(|refusal| {
        refusal.status == 400 && refusal.call.starts_with("PATCH ") && refusal.code != "ApprovalExpired"
    });
    match justification.chars().count() {
        _ if !of_words || error.wants_other_token() => None,
        0 => Some(APPROVE_NEEDS_WORDS),
        TOO_MANY.. => Some(TOO_LONG),
        _ => None,
    }
}

/// Who decided and when: "Already approved by Dana at 10:41".
pub fn already(review: &Review, me: &Guid, time: fn(i64) -> String) -> String {
    let by = match (&review.by_id, one_line(&review.by).as_str()) {
        (Some(id), _) if id == me => " by you".to_owned(),
        (Some(id), "") => format!(" by {id}"),
        (None, "") => String::new(),
        (_, name) => format!(" by {name}"),
    };
    let at = review.at_unix_ms.map(|at| format!(" at {}", time(at))).unwrap_or_default();
    format!("Already {}{by}{at}", done(review.decision))
}

/// The outcome of a decision, in one sentence. `time` formats when, with the date if it was not
/// today.
pub fn outcome(outcome: &Outcome, decision: Decision, me: &Guid, time: fn(i64) -> String) -> String {
    match outcome {
        Outcome::Decided(review) => {
            let word = if review.decision == Decision::Approve { "Approved" } else { "Denied" };
            review.at_unix_ms.map_or_else(|| word.to_owned(), |at| format!("{word} at {}", time(at)))
        }
        Outcome::AlreadyDecided(review) if review.by_id.as_ref() == Some(me) => already(review, me, time),
        Outcome::AlreadyDecided(review) => {
            format!("{} – your decision was not applied", already(review, me, time))
        }
        Outcome::Unnamed(review) => {
            format!("{} – by your decision or by another approver's", already(review, me, time))
        }
        Outcome::NotOpen { .. } => "This request is no longer waiting for you – nothing was sent".to_owned(),
        Outcome::NoEffect => {
            "This request is no longer waiting for you – your decision had no visible effect".to_owned()
        }
        Outcome::NotVisibleYet => {
            format!("Microsoft accepted it, but does not show it as {} yet", done(decision))
        }
        Outcome::Unknown(error) if error.status() == Some(409) => {
            "Microsoft reported a conflict – it is not known whether your decision or another one was recorded"
                .to_owned()
        }
        Outcome::Unknown(error) if error.status().is_some() => {
            "Microsoft answered with an error – it is not known whether your decision was recorded".to_owned()
        }
        Outcome::Unknown(Error::Unexpected { .. }) => {
            "The answer did not come from Microsoft Graph – it is not known whether your decision was recorded"
                .to_owned()
        }
        Outcome::Unknown(_) => "No answer came back – it is not known whether your decision was recorded".to_owned(),
        Outcome::Refused(_) => NOT_DECIDED.to_owned(),
    }
}

/// What the person can do after an outcome.
pub const fn outcome_help(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::NotVisibleYet => "It usually appears within a minute. Checking again sends nothing.",
        Outcome::Unknown(_) => {
            "Microsoft shows no decision yet; it may still appear within a minute. Check again after that, before you send \
             anything. Checking sends nothing."
        }
        Outcome::Unnamed(_) => {
            "Microsoft does not say whose decision it was. The result is the one you wanted: nothing more needs to be sent. \
             Entra's audit log names the approver."
        }
        Outcome::NotOpen { .. } | Outcome::NoEffect => "It was withdrawn, it expired, or it is not yours to decide.",
        _ => "",
    }
}

/// Why an open request cannot be decided: title and help. `None` if it can.
pub fn standing(standing: &Standing, me: &Guid, date_time: fn(i64) -> String) -> Option<(String, String)> {
    let plain = |title: &str, help: &str| Some((title.to_owned(), help.to_owned()));
    match standing {
        Standing::Open => None,
        Standing::Own => plain(OWN_REASON, "Another approver must decide it."),
        Standing::Extension => plain("This asks to extend or renew an assignment", EXTENSION_HELP),
        Standing::Decided(review) => Some((already(review, me, date_time), String::new())),
        Standing::Lapsed => {
            plain("Nobody decided within 24 hours", "The request has expired. The requester can ask again.")
        }
        Standing::Ended(status)
            if status.eq_ignore_ascii_case("Canceled") || status.eq_ignore_ascii_case("Revoked") =>
        {
            plain("The requester withdrew this request", "There is nothing to decide.")
        }
        Standing::Ended(status) if status.eq_ignore_ascii_case("Denied") => plain("Already denied", ""),
        Standing::Ended(status) if status.eq_ignore_ascii_case("Failed") => {
            plain("This request has failed", "Microsoft does not say why. The requester can ask again.")
        }
        Standing::Ended(status) => Some((
            "This request has ended".to_owned(),
            format!("Its status is “{status}”. There is nothing to decide."),
        )),
        Standing::NotYours(status) if status.is_empty() => {
            plain("This request is not waiting for you", "Microsoft shows no approval step for you.")
        }
        Standing::NotYours(status) => Some((
            "This request is not waiting for you".to_owned(),
            format!("You are not one of its approvers, or it is not your turn (step status: “{status}”)."),
        )),
    }
}

/// Labels of the receipt.
const RECEIPT: [&str; 12] = [
    "Decision",
    "Outcome",
    "Effect if approved",
    "Requester",
    JUSTIFICATION,
    "Signed in as",
    "Time",
    "PIM request ID",
    "Call",
    "Status",
    "Request ID",
    "Client request ID",
];

/// The receipt as text, from its values in the order of its labels.
pub fn receipt(values: [String; RECEIPT.len()]) -> String {
    lines(&RECEIPT.into_iter().zip(values).collect::<Vec<_>>())
}

/// Lines of label and value; a label without a value is left out.
pub fn lines(facts: &[(&'static str, String)]) -> String {
    let told = facts.iter().filter(|(_, value)| !value.is_empty());
    told.flat_map(|(name, value)| [name, ": ", value, "\n"]).collect()
}

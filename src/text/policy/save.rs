//! The progress of a save, as text.

use crate::desk::policies::NoPolicy;
use crate::desk::save::{Finished, Outcome, RuleProgress, RuleState};
use crate::graph::Error;
use crate::policy::plan::plan;
use crate::policy::{RuleId, Setting, Value};
use crate::text::policy::value::Names;

/// A rule's state in a word or two.
pub const fn state(state: &RuleState) -> &'static str {
    match state {
        RuleState::Queued => "queued",
        RuleState::Sending => "sending",
        RuleState::Accepted => "accepted, reading back",
        RuleState::Lost => "answer lost, reading back",
        RuleState::Verified => "verified",
        RuleState::NotVisibleYet => "accepted by Microsoft, not visible yet",
        RuleState::Unknown => "not known: the answer was lost",
        RuleState::Failed(_) => "failed",
        RuleState::NotAttempted => "not attempted",
        RuleState::Overtaken => "not sent: it was changed meanwhile",
    }
}

/// What a rule is about, in the words of the admin center's tabs.
pub fn rule_name(rule: RuleId) -> String {
    match rule {
        RuleId::ActivationExpiration => "Activation: duration".to_owned(),
        RuleId::ActivationEnablement => "Activation: MFA, justification, ticket".to_owned(),
        RuleId::ActivationContext => "Activation: authentication context".to_owned(),
        RuleId::ActivationApproval => "Activation: approval".to_owned(),
        RuleId::EligibleExpiration => "Eligible assignment: expiry".to_owned(),
        RuleId::EligibleEnablement => "Eligible assignment: MFA, justification".to_owned(),
        RuleId::ActiveExpiration => "Active assignment: expiry".to_owned(),
        RuleId::ActiveEnablement => "Active assignment: MFA, justification".to_owned(),
        mail => format!(
            "{}: {}",
            crate::text::policy::setting::mail_occasion(mail),
            crate::text::policy::setting::mail_row(mail)
        ),
    }
}

/// Why there is no policy to show or change.
pub const fn no_policy(reason: NoPolicy) -> &'static str {
    match reason {
        NoPolicy::NotReturned => {
            "Microsoft returned no policy. If the group or role was just created, try again in a few minutes. Some \
             roles cannot be managed by PIM and have none."
        }
        NoPolicy::Several => {
            "Microsoft returned more than one policy. To avoid changing the wrong one, PIM Desk changes none of \
             them. Use the Microsoft Entra admin center."
        }
    }
}

/// The outcome of a save, for screen readers and the top of the receipt.
pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Finished(finished) if finished.rules.is_empty() => {
            "Nothing had to be written: the policy already has these values.".to_owned()
        }
        Outcome::Finished(finished) => {
            let differing: Vec<Setting> = finished.differing().into_iter().map(|(setting, _)| setting).collect();
            let mut words = of_rules(&finished.rules);
            if !differing.is_empty() {
                words.push_str(" Yet the policy does not have what you wanted, because it was changed meanwhile: ");
                words.push_str(&crate::text::policy::setting::labels(&differing));
                words.push('.');
            }
            words
        }
        Outcome::Conflicts { conflicts, .. } => {
            let which = match conflicts.len() {
                1 => "one of these settings has".to_owned(),
                more => format!("{more} of these settings have"),
            };
            format!("Nothing was saved: {which} changed since you started.")
        }
        Outcome::NotStarted(_) => "Nothing was saved.".to_owned(),
    }
}

/// What to do about a half-saved change that leaves something open. Only what was read back in all its rules can be saved
/// or undone at once.
pub fn exposed_help(finished: &Finished) -> &'static str {
    let exposed = finished.exposed();
    if finished.can_undo() && !exposed.into_iter().any(|setting| finished.is_undecided(setting)) {
        super::review::EXPOSED_HELP
    } else {
        super::review::MAY_BE_EXPOSED_HELP
    }
}

/// What an undo leaves out, because another rule of the same setting may still appear; `None` if it leaves nothing out.
pub fn not_undone(finished: &Finished) -> Option<String> {
    let mut half: Vec<Setting> = finished.verified().filter(|setting| finished.is_undecided(*setting)).collect();
    half.dedup();
    (!half.is_empty()).then(|| crate::text::receipt::undo_leaves_out(&super::setting::labels(&half)))
}

/// What a setting has after a save instead of what was wanted; `None` if it can no longer be read.
pub fn reads_now(setting: Setting, now: Option<&Value>, names: &dyn Names) -> String {
    let words = now.map_or_else(|| super::review::NOT_READABLE.to_owned(), |now| super::value::value(now, names));
    [&crate::text::policy::setting::full_label(setting), ": now ", &words].concat()
}

/// How many rules have which outcome: "2 of 3 rules verified, 1 failed."
pub fn of_rules(rules: &[RuleProgress]) -> String {
    let count = |wanted: fn(&RuleState) -> bool| rules.iter().filter(|rule| wanted(&rule.state)).count();
    let verified = count(|state| matches!(state, RuleState::Verified));
    let waiting = count(|state| matches!(state, RuleState::NotVisibleYet));
    let unknown = count(|state| matches!(state, RuleState::Unknown));
    let failed = count(|state| matches!(state, RuleState::Failed(_)));
    let left = count(|state| matches!(state, RuleState::NotAttempted));
    let overtaken = count(|state| matches!(state, RuleState::Overtaken));
    let mut parts =
        vec![format!("{} of {} verified", verified, crate::text::policy::change::count(rules.len(), "rule"))];
    for (number, words) in [
        (waiting, "not visible yet"),
        (unknown, "with a lost answer"),
        (failed, "failed"),
        (overtaken, "changed meanwhile"),
        (left, "not attempted"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    format!("{}.", parts.join(", "))
}

/// Which settings Microsoft refused, and what that means for the others; `None` if it refused nothing.
pub fn refused(finished: &Finished) -> Option<String> {
    let refused = |rule: &&RuleProgress| matches!(&rule.state, RuleState::Failed(Error::Refused(_)));
    let labels = |rule: &RuleProgress| {
        let settings: Vec<String> =
            rule.settings.iter().map(|setting| crate::text::policy::setting::full_label(*setting)).collect();
        format!("{} ({})", settings.join(", "), rule.rule.as_str())
    };
    let culprits: Vec<String> = finished.rules.iter().filter(refused).map(labels).collect();
    if culprits.is_empty() {
        return None;
    }
    let planned = plan(&finished.before, &finished.wanted);
    let needs_the_others =
        |rule: &RuleProgress| planned.iter().any(|write| write.rule == rule.rule && write.needs_the_others());
    let left: Vec<&RuleProgress> = finished.rules.iter().filter(|rule| rule.state == RuleState::NotAttempted).collect();
    let others: Vec<&RuleProgress> = finished.rules.iter().filter(|rule| !refused(rule)).collect();
    let rest = if !left.is_empty() && left.iter().all(|rule| needs_the_others(rule)) {
        " Verified rules stay saved. Rules not attempted would have weakened the policy, or depend on a refused one."
    } else if !left.is_empty() {
        " Verified rules stay saved. The save stopped before the others."
    } else if !others.is_empty() && others.iter().all(|rule| was_sent(&rule.state)) {
        " Everything else does not depend on it and was sent."
    } else {
        ""
    };
    Some(["Refused: ", &culprits.join("; "), ".", rest].concat())
}

const fn was_sent(state: &RuleState) -> bool {
    matches!(
        state,
        RuleState::Accepted | RuleState::Lost | RuleState::Verified | RuleState::NotVisibleYet | RuleState::Unknown
    )
}

/// The receipt as text to keep: what was written to which policy, rule by rule, with the IDs support asks for.
/// `date_time` formats a moment (ms since 1970) for people.
pub fn report(finished: &Finished, date_time: fn(i64) -> String) -> String {
    let mut text = format!("PIM policy of {}\n", crate::text::subject::by_id(&finished.before.subject));
    for rule in &finished.rules {
        let settings: Vec<String> =
            rule.settings.iter().map(|setting| crate::text::policy::setting::full_label(*setting)).collect();
        let at = rule.at_unix_ms.map(date_time).unwrap_or_default();
        text.push_str(
            &[rule.rule.as_str(), ": ", state(&rule.state), " ", &at, " (", &settings.join("; "), ")\n"].concat(),
        );
        if let RuleState::Failed(error) = &rule.state {
            text.push_str(
                &crate::text::problem::problem(error, crate::text::subject::saving(&finished.before.subject)).report(),
            );
        }
    }
    text.push_str(&outcome(&Outcome::Finished(finished.clone())));
    text
}

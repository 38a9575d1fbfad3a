//! A decision that meets another one while Graph does not say who decided: only what is known is told.

use crate::sample::approver::{Case, WORDS, decided};
use futures_executor::block_on;
use pim_desk::approval::{Decision, Kind};
use pim_desk::desk::decide::{Checked, Outcome, check};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault};

fn fault(method: &str, path: &str, skip: u32, effect: Effect) -> Fault {
    Fault { method: Some(method.to_owned()), path: path.to_owned(), skip, times: None, effect }
}

fn answer(body: &str) -> Effect {
    Effect::Replace { status: 200, content_type: "application/json".to_owned(), body: body.to_owned() }
}

fn conflict() -> Effect {
    Effect::Refuse { status: 409, retry_after: None }
}

/// After the decision, the stages show a review by nobody.
fn nameless(result: &str, words: &str) -> Fault {
    let stage = format!(
        r#"{{"value":[{{"id":"s","status":"Completed","assignedToMe":true,"reviewResult":"{result}",
        "reviewedDateTime":"2026-11-22T10:00:00Z","justification":"{words}","reviewedBy":null}}]}}"#
    );
    fault("GET", "Approvals/", 1, answer(&stage))
}

/// After the decision, the stages show none, and the request has this status.
fn closed(status: &str) -> [Fault; 2] {
    let stages = r#"{"value":[{"id":"s","status":"Completed","assignedToMe":true,"reviewResult":"NotReviewed"}]}"#;
    let request = format!(r#"{{"id":"r","status":"{status}","action":"selfActivate"}}"#);
    [fault("GET", "Approvals/", 1, answer(stages)), fault("GET", "ScheduleRequests/", 0, answer(&request))]
}

fn told(outcome: &Outcome, case: &Case) -> String {
    text::approval::decision::outcome(outcome, Decision::Approve, &case.me, |_| "10:41".to_owned())
}

fn after(write: Effect, faults: impl IntoIterator<Item = Fault>, kind: Kind) -> (Outcome, Case) {
    let case = Case::with_roles("dana");
    let id = case.first(kind);
    let mut all = vec![fault("PATCH", "Approvals/", 0, write)];
    all.extend(faults);
    case.browser.play(all);
    let outcome = case.decide(kind, &id, Decision::Approve);
    assert_eq!(case.writes(), 1, "nothing is sent twice");
    (outcome, case)
}

#[test]
fn a_conflict_with_the_same_result_by_nobody_may_be_the_decision_itself() {
    for kind in Kind::ALL {
        for words in [WORDS, ""] {
            let (outcome, case) = after(conflict(), [nameless("Approved", words)], kind);
            assert!(
                matches!(&outcome, Outcome::Unnamed(review) if review.decision == Decision::Approve),
                "{outcome:?}"
            );
            let told = told(&outcome, &case);
            assert_eq!(told, "Already approved at 10:41 – by your decision or by another approver's");
        }
    }
}

#[test]
fn a_conflict_with_another_result_or_other_words_is_somebody_elses() {
    for (result, words) in [("Denied", WORDS), ("Denied", ""), ("Approved", "Fine with me")] {
        let (outcome, case) = after(conflict(), [nameless(result, words)], Kind::Group);
        assert!(matches!(outcome, Outcome::AlreadyDecided(_)), "{result} {words}: {outcome:?}");
        assert!(told(&outcome, &case).ends_with("your decision was not applied"));
    }
}

#[test]
fn a_lost_answer_without_a_name_counts_as_ones_own_only_by_its_words() {
    for (words, ours) in [(WORDS, true), ("", false)] {
        let (outcome, _) = after(Effect::DropAfter, [nameless("Approved", words)], Kind::Group);
        assert_eq!(matches!(outcome, Outcome::Decided(_)), ours, "{outcome:?}");
        assert_eq!(matches!(outcome, Outcome::Unnamed(_)), !ours, "{outcome:?}");
    }
}

#[test]
fn what_was_accepted_and_is_shown_without_name_and_words_is_ones_own() {
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    case.browser.play(vec![nameless("Approved", "")]);
    decided(&case.decide(Kind::Group, &id, Decision::Approve));
}

#[test]
fn a_conflict_without_a_review_is_settled_by_the_state_of_the_request() {
    for kind in Kind::ALL {
        let (outcome, case) = after(conflict(), closed("Provisioned"), kind);
        assert!(matches!(outcome, Outcome::Unnamed(_)), "{outcome:?}");
        assert_eq!(told(&outcome, &case), "Already approved – by your decision or by another approver's");

        let (outcome, case) = after(conflict(), closed("Denied"), kind);
        assert_eq!(told(&outcome, &case), "Already denied – your decision was not applied");

        for status in ["Canceled", "Failed"] {
            let (outcome, _) = after(conflict(), closed(status), kind);
            assert_eq!(outcome, Outcome::NoEffect, "{status}");
        }
        for status in ["PendingApproval", "PendingMoonrise"] {
            let (outcome, _) = after(conflict(), closed(status), kind);
            assert!(matches!(outcome, Outcome::Unknown(_)), "{status}: {outcome:?}");
        }
    }
}

#[test]
fn a_later_look_at_a_stage_that_is_closed_reads_the_state_of_the_request_too() {
    for (status, result) in [("Provisioned", Some(true)), ("Denied", Some(false)), ("Canceled", None)] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        case.fault(&Effect::DropBefore);
        assert!(matches!(case.decide(Kind::Group, &id, Decision::Approve), Outcome::Unknown(_)));
        let now = closed(status).map(|fault| Fault { skip: 0, ..fault });
        case.browser.play(now.to_vec());
        let found = block_on(check(&case.client, Kind::Group, &id, Decision::Approve, WORDS, &case.me));
        let Checked::Settled(outcome) = found else { panic!("{found:?}") };
        let expected = match result {
            Some(true) => matches!(outcome, Outcome::Unnamed(_)),
            Some(false) => matches!(outcome, Outcome::AlreadyDecided(_)),
            None => outcome == Outcome::NoEffect,
        };
        assert!(expected, "{status}: {outcome:?}");
    }
}

//! The justification on the receipt of a decision: the one on record, if it is this person's, else the one typed now.

use crate::sample::approver::{Case, WORDS};
use pim_desk::approval::{Decision, Kind, Review};
use pim_desk::desk::decide::Outcome;
use pim_desk::text::approval::decision::receipt;
use pim_desk::world::Clock;
use pim_desk_tenant::Effect;

/// The receipt's line about the justification; empty if it has none.
fn line(case: &Case, outcome: &Outcome) -> String {
    let mut values: [String; 12] = Default::default();
    outcome.on_record(&case.me).unwrap_or(WORDS).clone_into(&mut values[4]);
    let text = receipt(values);
    assert!(text.is_empty() || text.starts_with("Justification: "), "{text}");
    text.trim_start_matches("Justification: ").trim_end().to_owned()
}

#[test]
fn what_was_sent_now_is_on_record() {
    for kind in Kind::ALL {
        let case = Case::with_roles("dana");
        let outcome = case.decide(kind, &case.first(kind), Decision::Approve);
        assert_eq!((outcome.on_record(&case.me), line(&case, &outcome).as_str()), (Some(WORDS), WORDS));
    }
}

#[test]
fn an_earlier_decision_of_ones_own_is_told_in_its_own_words() {
    for (kind, words) in
        [(Kind::Group, "Typed in another tab"), (Kind::Role, "Typed in another tab"), (Kind::Group, "")]
    {
        let case = Case::with_roles("dana");
        let (id, now) = (case.first(kind), case.browser.unix_ms());
        assert!(case.browser.tenant_mut().decide(&id, "dana", true, words, now));
        let outcome = case.decide(kind, &id, Decision::Approve);
        assert!(matches!(outcome, Outcome::AlreadyDecided(_)), "{outcome:?}");
        assert_eq!((line(&case, &outcome).as_str(), case.writes()), (words, 0), "not what was typed now");
    }
}

#[test]
fn the_words_of_others_and_of_what_is_not_on_record_are_not_one_s_own() {
    let case = Case::of("dana");
    let (id, now) = (case.first(Kind::Group), case.browser.unix_ms());
    assert!(case.browser.tenant_mut().decide(&id, "ana", true, "I was quicker", now));
    let outcome = case.decide(Kind::Group, &id, Decision::Approve);
    assert_eq!((outcome.on_record(&case.me), line(&case, &outcome).as_str()), (None, WORDS));
    let case = Case::of("dana");
    case.fault(&Effect::DropBefore);
    let outcome = case.decide(Kind::Group, &case.first(Kind::Group), Decision::Deny);
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert_eq!((outcome.on_record(&case.me), line(&case, &outcome).as_str()), (None, WORDS));
}

#[test]
fn if_graph_does_not_return_the_words_those_sent_are_told() {
    let case = Case::of("dana");
    let review = |by_id| Review {
        decision: Decision::Approve,
        by: String::new(),
        by_id,
        at_unix_ms: None,
        justification: " ".into(),
    };
    let mine = Outcome::Decided(review(Some(case.me.clone())));
    assert_eq!(line(&case, &mine), WORDS);
    // Without an ID nobody knows whose decision it was.
    assert_eq!(Outcome::AlreadyDecided(review(None)).on_record(&case.me), None);
}

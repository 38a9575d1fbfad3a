//! Input that stays on screen for longer than the tab would offer it again.

use crate::sample::rules::policy;
use pim_desk::approval::Decision;
use pim_desk::approval::kept::{self, KeptDecision};
use pim_desk::desk::editing::{self, is_younger, seen_at};
use pim_desk::policy::{Draft, Setting, Value};
use pim_desk::rollout::choice::{self, Choice};

const HOUR_MS: i64 = 60 * 60 * 1000;

/// The evening on which it was typed, and the next morning but one, when the page is left to sign in again.
const EVENING: i64 = 1_790_000_000_000;
const MORNING: i64 = EVENING + 39 * HOUR_MS;

fn draft() -> Draft {
    let mut draft = Draft::default();
    draft.replace(&policy(), Setting::ActivationJustification, Value::Flag(false));
    draft.replace(&policy(), Setting::ActivationTicket, Value::Flag(true));
    assert_eq!(draft.len(), 2);
    draft
}

#[test]
fn a_draft_is_as_old_as_it_is_off_the_screen() {
    let text = editing::kept(&draft(), None, EVENING).unwrap();
    assert!(editing::restored(&text, MORNING).0.is_empty());
    let seen = seen_at(&text, MORNING).unwrap();
    assert_eq!(editing::restored(&seen, MORNING + HOUR_MS), (draft(), None));
    assert!(editing::restored(&seen, MORNING + editing::LIFE_MS).0.is_empty());
    assert_eq!(seen_at(&seen, EVENING).as_ref(), Some(&text), "only the time differs");
}

#[test]
fn so_is_what_was_typed_for_a_decision() {
    let words = r#"{"at_unix_ms":7}"#.to_owned();
    let text = KeptDecision::default().typed(Decision::Deny, words.clone()).write(EVENING).unwrap();
    assert_eq!(KeptDecision::read(&text, MORNING), None);
    let seen = seen_at(&text, MORNING).unwrap();
    assert!(!is_younger(&text, kept::LIFE_MS, MORNING) && is_younger(&seen, kept::LIFE_MS, MORNING));
    assert_eq!(KeptDecision::read(&seen, MORNING).unwrap().text, words);
}

#[test]
fn so_is_what_is_chosen_for_many_policies() {
    let choice = Choice { pasting: "Helpdesk".to_owned(), ..Choice::default() };
    let text = choice.kept(EVENING).unwrap();
    assert!(is_younger(&text, choice::LIFE_MS, EVENING + HOUR_MS), "a sign-out asks about it");
    assert_eq!(Choice::restored(&text, MORNING), Choice::default());
    assert_eq!(Choice::restored(&seen_at(&text, MORNING).unwrap(), MORNING), choice);
    let earlier = text.replace("at_unix_ms", "atUnixMs");
    assert_eq!(Choice::restored(&earlier, EVENING), choice, "an earlier version wrote this");
}

#[test]
fn what_has_no_time_gets_none() {
    for text in ["", "{}", "null", r#"{"draft":{},"at_unix_ms":5}"#] {
        assert_eq!(seen_at(text, MORNING), None, "{text}");
    }
}

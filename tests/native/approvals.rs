//! Reading and deciding requests, against the emulated tenant in process.

mod bulk;
mod conflict;
mod evidence;
mod history;
mod odd;
mod race;
mod recorded;
mod roles;

use std::cell::RefCell;
use std::rc::Rc;

use crate::sample::approver::{Case, WORDS, decided};
use crate::sample::browser::config;
use futures_executor::block_on;
use pim_desk::approval::{Decision, Kind, Listing, Standing, Urgency, standing};
use pim_desk::desk::approvals::{Missing, inbox, open};
use pim_desk::desk::decide::{Checked, Outcome, check, decide};
use pim_desk::graph::Client;
use pim_desk::graph::client::Waiting;
use pim_desk::text;
use pim_desk::world::Clock;
use pim_desk_tenant::{Effect, Fault};

#[test]
fn the_inbox_is_read_least_time_left_first() {
    let case = Case::of("dana");
    let read = block_on(inbox(&case.client, false, None));
    assert_eq!((read.requests.len(), read.unreadable()), (10, 0));
    assert!(read.requests.is_sorted_by_key(|request| (request.is_extension(), request.deadline_unix_ms())));
    assert_eq!(read.requests.iter().filter(|request| request.is_from(&case.me)).count(), 1);
    assert!(read.requests.iter().all(|request| request.is_pending() != request.is_extension()));
    assert!(read.requests.iter().all(|request| !request.is_settled()));
    let left = read.requests[0].deadline_unix_ms().unwrap() - read.read_unix_ms;
    assert_eq!(Urgency::of(left), Urgency::LastHour);
}

#[test]
fn a_decision_is_sent_once_and_read_back() {
    for decision in [Decision::Approve, Decision::Deny] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        let outcome = case.decide(Kind::Group, &id, decision);
        let review = decided(&outcome);
        assert_eq!((review.decision, review.by_id.as_ref()), (decision, Some(&case.me)));
        assert_eq!(case.writes(), 1);
        assert!(!block_on(inbox(&case.client, false, None)).requests.iter().any(|request| request.id == id));
        let opened = block_on(open(&case.client, None, &id));
        let found = standing(opened.request.ok().as_ref(), &opened.stages.unwrap(), &case.me);
        assert!(matches!(found, Standing::Decided(_)), "{found:?}");
    }
}

#[test]
fn somebody_who_was_first_is_named() {
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    // Before the stage is read, nothing is sent.
    let now = case.browser.unix_ms();
    let taken = case.browser.tenant_mut().decide(&id, "ana", true, "I was quicker", now);
    assert!(taken);
    match case.decide(Kind::Group, &id, Decision::Deny) {
        Outcome::AlreadyDecided(review) => {
            assert_eq!((review.decision, review.justification.as_str()), (Decision::Approve, "I was quicker"));
            assert!(!review.by.is_empty() && review.at_unix_ms.is_some());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(case.writes(), 0);

    // Between reading and writing: 409, even if both decided the same.
    for decision in [Decision::Approve, Decision::Deny] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        let effect = Effect::DecideBefore {
            request: id.clone(),
            by: "ana".to_owned(),
            approve: decision == Decision::Approve,
            justification: "Me too".to_owned(),
        };
        case.fault(&effect);
        let outcome = case.decide(Kind::Group, &id, Decision::Approve);
        assert!(matches!(&outcome, Outcome::AlreadyDecided(review) if review.decision == decision), "{outcome:?}");
        assert_eq!(case.writes(), 1);
    }
}

#[test]
fn a_request_that_the_browser_repeated_is_still_one_decision() {
    for (words, ours) in [("Agreed in the change meeting", true), ("Typed in another tab", false)] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        case.fault(&Effect::DecideBefore {
            request: id.clone(),
            by: "dana".to_owned(),
            approve: true,
            justification: words.to_owned(),
        });
        let outcome = case.decide(Kind::Group, &id, Decision::Approve);
        assert_eq!(matches!(outcome, Outcome::Decided(_)), ours, "{outcome:?}");
    }
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    case.fault(&Effect::DropAfter);
    assert_eq!(decided(&case.decide(Kind::Group, &id, Decision::Deny)).decision, Decision::Deny);
    assert_eq!(case.writes(), 1);

    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    case.fault(&Effect::DropBefore);
    assert!(matches!(case.decide(Kind::Group, &id, Decision::Deny), Outcome::Unknown(_)));
    assert_eq!(case.writes(), 1, "a lost decision is not sent again by itself");
    let look =
        || block_on(check(&case.client, Kind::Group, &id, Decision::Deny, "Agreed in the change meeting", &case.me));
    assert_eq!(look(), Checked::StillOpen);
    assert_eq!(case.writes(), 1, "checking only reads");
    decided(&case.decide(Kind::Group, &id, Decision::Deny));
    assert!(matches!(look(), Checked::Settled(Outcome::Decided(_))));
}

#[test]
fn a_lost_answer_waits_as_long_as_an_accepted_one_before_it_is_sent_again() {
    for effect in [Effect::DropBefore, Effect::NeverStored] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        case.fault(&effect);
        let sent = case.browser.unix_ms();
        let outcome = case.decide(Kind::Group, &id, Decision::Deny);
        assert!(matches!(outcome, Outcome::Unknown(_) | Outcome::NotVisibleYet), "{outcome:?}");
        assert!(!outcome.may_send_again(sent, None), "nobody looked");
        assert!(!outcome.may_send_again(sent, Some(case.browser.unix_ms())), "it may still appear");
        assert!(!outcome.may_send_again(sent, Some(sent + 59_999)));
        assert!(outcome.may_send_again(sent, Some(sent + 60_000)));
    }
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    let outcome = case.decide(Kind::Group, &id, Decision::Deny);
    assert!(decided(&outcome).decision == Decision::Deny && !outcome.was_approved());
    assert!(!outcome.may_send_again(0, Some(case.browser.unix_ms())), "it is decided");
}

#[test]
fn a_web_page_in_answer_to_a_decision_proves_nothing() {
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    let effect = Effect::Replace { status: 200, content_type: "text/html".to_owned(), body: "<p>".to_owned() };
    let (method, path) = (Some("PATCH".to_owned()), "stages".to_owned());
    case.browser.play(vec![Fault { method, path, skip: 0, times: Some(1), effect }]);
    let outcome = case.decide(Kind::Group, &id, Decision::Approve);
    assert!(matches!(outcome, Outcome::Unknown(_)));
    let told = text::approval::decision::outcome(&outcome, Decision::Approve, &case.me, |_| String::new());
    assert!(told.starts_with("The answer did not come from Microsoft Graph"), "{told}");
    assert_eq!(case.writes(), 1);
}

#[test]
fn what_cannot_be_read_back_is_told_as_not_visible_yet_after_45_seconds() {
    for (effect, took_ms, tried) in [
        (Effect::Refuse { status: 429, retry_after: Some("60".to_owned()) }, 45_000, 2),
        (Effect::DropBefore, 45_000, 18),
        (Effect::Refuse { status: 403, retry_after: None }, 5_000, 4),
    ] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        let path = "stages".to_owned();
        // The stage is read before; then nothing can be read.
        case.browser.play(vec![Fault { method: Some("GET".to_owned()), path, skip: 1, times: None, effect }]);
        let began = case.browser.unix_ms();
        assert_eq!(case.decide(Kind::Group, &id, Decision::Approve), Outcome::NotVisibleYet);
        let reads = case.browser.sent().iter().filter(|exchange| exchange.request.method == "GET").count();
        assert_eq!((case.browser.unix_ms() - began, reads, case.writes()), (took_ms, 1 + tried, 1));
    }
}

#[test]
fn a_wait_that_microsoft_asks_for_while_a_decision_is_read_back_is_shown() {
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (told, clock) = (heard.clone(), case.browser.clone());
    let on_wait = Rc::new(move |now: Option<Waiting>| {
        told.borrow_mut().push(now.map(|waiting| (waiting.until_unix_ms - clock.unix_ms(), waiting.throttled)));
    });
    let session = Rc::new(case.browser.sign_in("dana"));
    let client = Client::new(case.browser.clone(), session, config().endpoints.graph, on_wait);
    let effect = Effect::Refuse { status: 429, retry_after: Some("20".to_owned()) };
    let (method, path) = (Some("GET".to_owned()), "stages".to_owned());
    case.browser.play(vec![Fault { method, path, skip: 1, times: Some(1), effect }]);
    decided(&block_on(decide(&client, Kind::Group, &id, Decision::Deny, WORDS, &case.me)));
    assert_eq!(*heard.borrow(), [Some((20_000, true)), None]);
}

#[test]
fn a_decision_is_read_back_after_a_connection_that_was_down_for_a_while() {
    let case = Case::of("dana");
    let id = case.first(Kind::Group);
    let (method, path) = (Some("GET".to_owned()), "stages".to_owned());
    case.browser.play(vec![Fault { method, path, skip: 1, times: Some(5), effect: Effect::DropBefore }]);
    let began = case.browser.unix_ms();
    let outcome = case.decide(Kind::Group, &id, Decision::Approve);
    decided(&outcome);
    assert!(outcome.was_approved());
    assert_eq!((case.browser.unix_ms() - began, case.writes()), (11_000, 1));
}

#[test]
fn a_decision_of_ones_own_that_appears_late_is_ones_own() {
    for kind in Kind::ALL {
        for (words, approve, ours) in
            [(WORDS, true, true), (WORDS, false, false), ("Typed in another tab", true, false)]
        {
            let case = Case::with_roles("dana");
            let id = case.first(kind);
            case.fault(&Effect::DropBefore);
            assert!(matches!(case.decide(kind, &id, Decision::Approve), Outcome::Unknown(_)));
            let now = case.browser.unix_ms();
            assert!(case.browser.tenant_mut().decide(&id, "dana", approve, words, now));
            let outcome = case.decide(kind, &id, Decision::Approve);
            assert_eq!(matches!(outcome, Outcome::Decided(_)), ours, "{outcome:?}");
            let told = text::approval::decision::outcome(&outcome, Decision::Approve, &case.me, |_| "10:41".to_owned());
            assert!(!told.contains("your decision was not applied"), "{told}");
            assert_eq!(case.writes(), 1, "the second look found it, and nothing was sent");
        }
    }
}

#[test]
fn a_request_that_ends_after_a_decision_was_sent_is_not_told_as_nothing_sent() {
    for kind in Kind::ALL {
        let case = Case::with_roles("dana");
        let id = case.first(kind);
        case.fault(&Effect::DropBefore);
        assert!(matches!(case.decide(kind, &id, Decision::Approve), Outcome::Unknown(_)));
        case.browser.pass(25 * 60 * 60 * 1000);
        let client = case.browser.client_with_roles("dana");
        let Checked::Settled(outcome) = block_on(check(&client, kind, &id, Decision::Approve, WORDS, &case.me)) else {
            panic!("{kind:?}");
        };
        assert_eq!(outcome, Outcome::NoEffect);
        // It is the same if it was to be sent once more.
        let again = block_on(decide(&client, kind, &id, Decision::Approve, WORDS, &case.me));
        assert!(matches!(again, Outcome::NotOpen { .. }), "{again:?}");
        assert_eq!(again.after_another(), Outcome::NoEffect);
        let told = text::approval::decision::outcome(&outcome, Decision::Approve, &case.me, |_| "10:41".to_owned());
        assert!(told.ends_with("your decision had no visible effect"), "{told}");
    }
}

#[test]
fn what_cannot_be_decided_is_not_sent() {
    let case = Case::of("dana");
    let read = block_on(inbox(&case.client, false, None));
    let own = read.requests.iter().find(|request| request.is_from(&case.me)).unwrap();
    assert!(matches!(case.decide(Kind::Group, &own.id, Decision::Approve), Outcome::NotOpen { .. }));
    let opened = block_on(open(&case.client, None, &own.id));
    assert_eq!(standing(opened.request.ok().as_ref(), &opened.stages.unwrap(), &case.me), Standing::Own);

    let id = case.first(Kind::Group);
    case.browser.pass(25 * 60 * 60 * 1000);
    let client = case.browser.client("dana");
    let opened = block_on(open(&client, None, &id));
    assert_eq!(standing(opened.request.ok().as_ref(), &opened.stages.unwrap(), &case.me), Standing::Lapsed);
    let outcome = block_on(decide(&client, Kind::Group, &id, Decision::Approve, "late", &case.me));
    assert!(matches!(&outcome, Outcome::NotOpen { status } if status == "Expired"), "{outcome:?}");
    assert_eq!(case.writes(), 0);
}

#[test]
fn foreign_and_unknown_ids_explain_themselves() {
    let id = Case::of("dana").first(Kind::Group);
    let outsider = Case::of("otto");
    for id in [id.as_str(), "7e526275-97a8-4dc6-932a-4db521cccf96", "not an id/../x?y"] {
        let opened = block_on(open(&outsider.client, None, id));
        assert!(opened.request.is_err() && opened.stages.is_err(), "{id}");
        assert!(matches!(outsider.decide(Kind::Group, id, Decision::Approve), Outcome::Refused(_)), "{id}");
    }
    assert_eq!(outsider.writes(), 0);
}

#[test]
fn rows_keep_their_place_until_the_list_is_built_anew() {
    let read = block_on(inbox(&Case::of("dana").client, false, None)).requests;
    let mut listing = Listing::default();
    listing.follow(&read[..4]);
    assert_eq!(listing, Listing::of(&read[..4]), "an empty list takes all at once");

    let later: Vec<_> =
        read.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, request)| request.clone()).collect();
    listing.follow(&later);
    let ids: Vec<_> = listing.rows().iter().map(|row| row.request.id.as_str()).collect();
    assert_eq!(ids, read[..4].iter().map(|request| request.id.as_str()).collect::<Vec<_>>());
    assert_eq!(listing.rows().iter().map(|row| row.gone).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!(listing.held_back(), &read[4..]);

    listing.follow(&read);
    assert!(listing.rows().iter().all(|row| !row.gone), "a row that comes back is as before");
}

#[test]
fn a_throttled_decision_waits_for_the_person() {
    for status in [429, 503] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        case.fault(&Effect::Refuse { status, retry_after: Some("1".into()) });
        assert!(!matches!(case.decide(Kind::Group, &id, Decision::Approve), Outcome::Decided(_)), "{status}");
        assert_eq!(case.writes(), 1, "no decision is sent twice by itself");
    }
}

#[test]
fn one_side_that_cannot_be_read_does_not_hide_the_other() {
    let case = Case::of("dana");
    let alone = block_on(inbox(&case.client, false, None));
    assert_eq!((alone.roles.missing.as_ref(), alone.roles.read_unix_ms), (Some(&Missing::NotAsked), None));
    assert!(alone.groups.missing.is_none() && alone.requests.len() == 10);

    case.browser.play(Vec::new());
    let without = block_on(inbox(&case.client, true, Some(&alone)));
    assert_eq!(without.roles.missing, Some(Missing::NotGranted), "what was not granted is not tried");
    assert_eq!(without.requests, alone.requests);
    assert!(alone.is_whole(), "nothing else is wanted");
    assert!(!without.is_whole(), "a wanted side is missing");
    assert_eq!(case.browser.sent().len(), 2, "what waits, and the renewals");

    // The rows of a side that fails are those of its last successful read, and are shown as that old.
    case.browser.pass(60_000);
    let refuse = Effect::Refuse { status: 403, retry_after: None };
    let path = "/group/assignmentScheduleRequests/".to_owned();
    case.browser.play(vec![Fault { method: None, path, skip: 0, times: None, effect: refuse }]);
    let failed = block_on(inbox(&case.client, true, Some(&without)));
    assert!(matches!(failed.groups.missing, Some(Missing::Refused(_))));
    assert_eq!(failed.requests, alone.requests);
    assert!(!failed.is_whole());
    assert_eq!(failed.groups.read_unix_ms, alone.groups.read_unix_ms);
    assert_eq!(failed.checked_unix_ms(), alone.groups.read_unix_ms, "a reading that failed does not count");
    assert!(block_on(inbox(&case.client, false, None)).is_blank());

    // Of the two sides the older one counts.
    let case = Case::with_roles("dana");
    let whole = case.inbox();
    assert_eq!(whole.checked_unix_ms(), Some(whole.read_unix_ms));
    case.browser.pass(60_000);
    let path = "roleAssignmentScheduleRequests".to_owned();
    let effect = Effect::Refuse { status: 403, retry_after: None };
    case.browser.play(vec![Fault { method: None, path, skip: 0, times: None, effect }]);
    let half = block_on(inbox(&case.client, true, Some(&whole)));
    assert!(half.groups.read_unix_ms > whole.groups.read_unix_ms);
    assert_eq!(half.checked_unix_ms(), Some(whole.read_unix_ms));
}

//! Deciding many requests at once: order, cancelling, throttling, the end of a session, against the emulated tenant.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::{Cell, RefCell};

use crate::sample;
use crate::sample::approver::{Case, WORDS};
use futures_executor::block_on;
use pim_desk::approval::{Decision, Kind, Request};
use pim_desk::desk::bulk::{CannotStart, Finished, MOST_APPROVALS, Run, Step, Stopped};
use pim_desk::desk::decide::Outcome;
use pim_desk::text::problem::{Doing, problem};
use pim_desk_tenant::{Effect, Fault, Seed};

fn some(case: &Case, count: usize) -> Vec<Request> {
    let mut all = case.waiting(Kind::Group);
    all.extend(case.waiting(Kind::Role));
    all.truncate(count);
    assert_eq!(all.len(), count);
    all
}

fn run(case: &Case, requests: &[Request], decision: Decision) -> Finished {
    let run = Run::new(requests, decision, WORDS).unwrap();
    block_on(run.start(&case.client, &case.me, &|| false, &|_, _| ()))
}

fn decided(step: &Step) -> bool {
    matches!(step, Step::Ended(Outcome::Decided(_)))
}

fn at_write(skip: u32, times: u32, effect: Effect) -> Fault {
    Fault { method: Some("PATCH".into()), path: "Approvals/".into(), skip, times: Some(times), effect }
}

fn refuse(status: u16, retry_after: Option<&str>) -> Effect {
    Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) }
}

/// The request IDs in the order in which their decisions were sent.
fn sent(case: &Case) -> Vec<String> {
    let writes = case.browser.sent().into_iter().filter(|exchange| exchange.request.method == "PATCH");
    writes
        .map(|exchange| {
            let (_, rest) = exchange.request.url.split_once("Approvals/").unwrap();
            rest.split('/').next().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn a_selection_is_checked_before_anything_is_sent() {
    let case = Case::seeded("dana", &Seed { requests: 60, ..Seed::default() }, true);
    let all = case.waiting(Kind::Group);
    assert!(all.len() > MOST_APPROVALS + 1);
    let check = |count: usize, decision, words: &str| Run::new(&all[..count], decision, words).err();
    assert_eq!(check(0, Decision::Approve, WORDS), Some(CannotStart::Nothing));
    assert_eq!(check(MOST_APPROVALS, Decision::Approve, ""), None);
    assert_eq!(check(MOST_APPROVALS + 1, Decision::Approve, WORDS), Some(CannotStart::TooMany));
    assert_eq!(check(MOST_APPROVALS + 1, Decision::Deny, WORDS), None);
    assert_eq!(check(1, Decision::Deny, " \n"), Some(CannotStart::NoJustification));

    let twice = [all[0].clone(), all[1].clone(), all[0].clone()];
    let run = Run::new(&twice, Decision::Approve, WORDS).unwrap();
    assert_eq!(run.requests(), &all[..2], "each request once");
    let same = all.iter().filter(|request| request.target.is_same(&all[0].target)).cloned().collect::<Vec<_>>();
    assert_eq!(Run::new(&same, Decision::Deny, WORDS).unwrap().accesses(), 1);
    assert!(Run::new(&all[..9], Decision::Approve, WORDS).unwrap().accesses() > 1);
}

#[test]
fn each_is_sent_once_in_order_and_told_step_by_step() {
    for decision in [Decision::Approve, Decision::Deny] {
        let case = Case::with_roles("dana");
        let requests = some(&case, 10);
        case.browser.play(Vec::new());
        let told = RefCell::new(Vec::new());
        let run = Run::new(&requests, decision, WORDS).unwrap();
        let tell = |at: usize, step: &Step| told.borrow_mut().push((at, decided(step)));
        let finished = block_on(run.start(&case.client, &case.me, &|| false, &tell));
        assert!(finished.stopped.is_none() && finished.steps.iter().all(|(_, step)| decided(step)));
        assert_eq!(sent(&case), requests.iter().map(|request| request.id.clone()).collect::<Vec<_>>());
        let expected: Vec<_> = (0..10).flat_map(|at| [(at, false), (at, true)]).collect();
        assert_eq!(*told.borrow(), expected);
        assert!(finished.left().is_empty() && finished.unsettled().is_empty());
        for request in &requests {
            assert_eq!(case.decided(&request.id), Some(decision == Decision::Approve));
        }
    }
}

#[test]
fn the_person_can_stop_between_two() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 6);
    case.browser.play(Vec::new());
    let done = Cell::new(0);
    let run = Run::new(&requests, Decision::Approve, WORDS).unwrap();
    let tell = |_, step: &Step| done.set(done.get() + u32::from(decided(step)));
    let finished = block_on(run.start(&case.client, &case.me, &|| done.get() == 2, &tell));
    assert_eq!((sent(&case).len(), finished.stopped.as_ref()), (2, Some(&Stopped::Cancelled)));
    assert!(finished.steps[2..].iter().all(|(_, step)| *step == Step::NotAttempted));
    assert_eq!(finished.left(), requests[2..]);

    // What was left becomes a new run, started by the person.
    assert!(self::run(&case, &finished.left(), Decision::Approve).steps.iter().all(|(_, step)| decided(step)));
    assert_eq!(sent(&case).len(), 6);
}

#[test]
fn throttling_in_the_middle_pauses_and_goes_on() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 5);
    case.browser.play(vec![at_write(2, 2, refuse(429, Some("7")))]);
    let (paused, begun) = (RefCell::new(Vec::new()), case.browser.now_ms());
    let tell = |at, step: &Step| {
        if let Step::Paused { until_unix_ms } = step {
            paused.borrow_mut().push((at, until_unix_ms - case.browser.now_ms()));
        }
    };
    let run = Run::new(&requests, Decision::Approve, WORDS).unwrap();
    let finished = block_on(run.start(&case.client, &case.me, &|| false, &tell));
    assert!(finished.stopped.is_none() && finished.steps.iter().all(|(_, step)| decided(step)), "{finished:?}");
    assert_eq!(*paused.borrow(), [(2, 7_000), (2, 7_000)], "the wait that Microsoft named is told");
    assert!(case.browser.now_ms() - begun >= 14_000);
    assert_eq!(sent(&case).len(), 7, "five decisions and two that were certainly not applied");
}

#[test]
fn a_503_that_names_a_time_pauses_as_a_429_does() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 1);
    let path = "Approvals/".to_owned();
    let effect = refuse(503, Some("30"));
    case.browser.play(vec![Fault { method: Some("GET".to_owned()), path, skip: 0, times: Some(1), effect }]);
    let paused = Cell::new(0);
    let tell = |_, step: &Step| paused.set(paused.get() + u32::from(matches!(step, Step::Paused { .. })));
    let run = Run::new(&requests, Decision::Approve, WORDS).unwrap();
    let finished = block_on(run.start(&case.client, &case.me, &|| false, &tell));
    assert!(decided(&finished.steps[0].1) && finished.stopped.is_none(), "{finished:?}");
    assert_eq!((paused.get(), sent(&case).len()), (1, 1));
}

#[test]
fn a_pause_can_be_stopped_and_a_long_one_is_not_taken() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 3);
    case.browser.play(vec![at_write(1, 1, refuse(429, Some("30")))]);
    let pausing = Cell::new(false);
    let tell = |_, step: &Step| pausing.set(matches!(step, Step::Paused { .. }));
    let run = Run::new(&requests, Decision::Approve, WORDS).unwrap();
    let finished = block_on(run.start(&case.client, &case.me, &|| pausing.get(), &tell));
    assert_eq!((finished.stopped.as_ref(), sent(&case).len()), (Some(&Stopped::Cancelled), 2));
    assert_eq!(finished.left(), requests[1..]);

    for (times, retry_after) in [(1, "9999"), (9, "1")] {
        let case = Case::with_roles("dana");
        let requests = some(&case, 3);
        case.browser.play(vec![at_write(1, times, refuse(429, Some(retry_after)))]);
        let finished = self::run(&case, &requests, Decision::Approve);
        assert!(matches!(finished.stopped, Some(Stopped::Throttled(_))), "{finished:?}");
        assert_eq!(finished.left(), requests[1..]);
        assert_eq!(case.decided(&requests[1].id), None);
    }
}

#[test]
fn a_session_that_ends_in_the_middle_stops_and_nothing_is_sent_again() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 5);
    case.browser.play(vec![at_write(2, 1, Effect::StepUp { context: "c1".into() })]);
    let finished = run(&case, &requests, Decision::Deny);
    assert!(matches!(finished.stopped, Some(Stopped::SignIn(_))), "{finished:?}");
    let decided_ones = finished.steps.iter().filter(|(_, step)| decided(step)).count();
    assert_eq!((decided_ones, sent(&case).len()), (2, 3), "the third was refused, the rest not attempted");
    assert_eq!(finished.left(), requests[2..]);
    assert!(requests[2..].iter().all(|request| case.decided(&request.id).is_none()));

    // Signed out while the run pauses: the next request finds no session.
    let browser = sample::browser::Browser::new(&Seed::default());
    let session = std::rc::Rc::new(browser.sign_in("dana"));
    let graph = sample::browser::config().endpoints.graph;
    let client = pim_desk::graph::Client::new(browser.clone(), session.clone(), graph, std::rc::Rc::new(|_| ()));
    let me = browser.tenant().person("dana").unwrap().id.parse().unwrap();
    let read = block_on(pim_desk::desk::approvals::inbox(&client, false, None)).requests;
    let requests: Vec<_> = read.into_iter().filter(|request| request.waits_for(&me)).take(4).collect();
    browser.play(Vec::new());
    let tell = |at, step: &Step| {
        if at == 1 && decided(step) {
            session.sign_out();
        }
    };
    let run = Run::new(&requests, Decision::Approve, WORDS).unwrap();
    let finished = block_on(run.start(&client, &me, &|| false, &tell));
    assert!(matches!(finished.stopped, Some(Stopped::SignIn(_))), "{finished:?}");
    assert_eq!(finished.left(), requests[2..]);
}

#[test]
fn one_that_fails_does_not_stop_the_others() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 6);
    let taken = Effect::DecideBefore {
        request: requests[0].id.clone(),
        by: "ana".into(),
        approve: false,
        justification: "No".into(),
    };
    case.browser.play(vec![
        at_write(0, 1, taken),
        at_write(1, 1, refuse(403, None)),
        at_write(2, 1, Effect::DropBefore),
        at_write(3, 1, Effect::DropAfter),
    ]);
    let finished = run(&case, &requests, Decision::Approve);
    assert!(finished.stopped.is_none());
    let outcomes: Vec<&Outcome> = finished
        .steps
        .iter()
        .map(|(_, step)| if let Step::Ended(outcome) = step { outcome } else { panic!("{step:?}") })
        .collect();
    assert!(
        matches!(
            outcomes.as_slice(),
            [
                Outcome::AlreadyDecided(_),
                Outcome::Refused(_),
                Outcome::Unknown(_),
                Outcome::Decided(_),
                Outcome::Decided(_),
                Outcome::Decided(_)
            ]
        ),
        "{outcomes:?}"
    );
    assert_eq!(finished.left(), [requests[1].clone()], "the lost one has to be read first");
    assert_eq!(finished.unsettled(), [requests[1].id.clone(), requests[2].id.clone()]);
    assert_eq!(sent(&case).len(), 6);
}

#[test]
fn a_run_is_settled_only_once_every_decision_was_read_back() {
    for effect in [Effect::DropBefore, Effect::Lag { ms: 60_000 }] {
        let case = Case::with_roles("dana");
        let requests = some(&case, 2);
        case.browser.play(vec![at_write(1, 1, effect)]);
        let finished = run(&case, &requests, Decision::Deny);
        let step = &finished.steps[1].1;
        assert!(matches!(step, Step::Ended(Outcome::Unknown(_) | Outcome::NotVisibleYet)), "{step:?}");
        assert!(finished.left().is_empty());
        assert_eq!(finished.unsettled(), [requests[1].id.clone()], "its words may be needed once more");
    }
}

#[test]
fn a_sign_in_service_out_of_reach_is_no_answer_and_no_sign_in() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 3);
    case.browser.pass(3 * 60 * 60 * 1000);
    case.browser.play(vec![Fault {
        method: None,
        path: "/token".into(),
        skip: 0,
        times: None,
        effect: Effect::DropBefore,
    }]);
    let finished = run(&case, &requests, Decision::Deny);
    let Some(Stopped::NoAnswer(error)) = &finished.stopped else { panic!("{finished:?}") };
    assert_eq!((sent(&case).len(), finished.left().len()), (0, 3));
    let told = problem(error, Doing::Deciding);
    assert!(told.retry && !told.sign_in && !told.next_step.to_lowercase().contains("sign in"), "{told:?}");
}

#[test]
fn without_a_network_a_run_stops_at_once() {
    let case = Case::with_roles("dana");
    let requests = some(&case, 4);
    case.browser.play(vec![Fault {
        method: Some("GET".into()),
        path: "Approvals/".into(),
        skip: 2,
        times: None,
        effect: Effect::DropBefore,
    }]);
    let finished = run(&case, &requests, Decision::Approve);
    assert!(matches!(finished.stopped, Some(Stopped::NoAnswer(_))), "{finished:?}");
    assert_eq!((sent(&case).len(), finished.left().len()), (1, 3));
}

#[test]
fn slowed_down_before_the_stage_is_read_the_run_pauses_and_hears_a_stop() {
    let slow = |times| Fault {
        method: Some("GET".into()),
        path: "Approvals/".into(),
        skip: 0,
        times: Some(times),
        effect: refuse(429, Some("60")),
    };
    let case = Case::of("dana");
    let requests = some(&case, 1);
    case.browser.play(vec![slow(1)]);
    let paused = Cell::new(0);
    let tell = |_, step: &Step| paused.set(paused.get() + u32::from(matches!(step, Step::Paused { .. })));
    let run = Run::new(&requests, Decision::Deny, WORDS).unwrap();
    let finished = block_on(run.start(&case.client, &case.me, &|| false, &tell));
    assert!(decided(&finished.steps[0].1) && finished.stopped.is_none(), "{finished:?}");
    assert_eq!((paused.get(), sent(&case).len()), (1, 1));

    let case = Case::of("dana");
    let requests = some(&case, 1);
    case.browser.play(vec![slow(9)]);
    let paused = Cell::new(false);
    let tell = |_, step: &Step| paused.set(paused.get() || matches!(step, Step::Paused { .. }));
    let began = case.browser.now_ms();
    let run = Run::new(&requests, Decision::Deny, WORDS).unwrap();
    let finished = block_on(run.start(&case.client, &case.me, &|| paused.get(), &tell));
    assert_eq!(finished.stopped, Some(Stopped::Cancelled));
    assert_eq!((case.browser.sent().len(), finished.steps[0].1.clone()), (1, Step::NotAttempted));
    assert!(case.browser.now_ms() - began < 2_000, "a stop is heard at once");
}

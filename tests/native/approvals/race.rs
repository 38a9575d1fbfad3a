//! Two approvers at the same request at the same time: a thousand orders of events, with faults, over the code that
//! decides. No decision is lost, none is sent twice, and each is reported truthfully.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::rc::Rc;

use crate::sample::browser::{Browser, config};
use crate::sample::turns::{Dice, Turns, race};
use futures_executor::block_on;
use pim_desk::approval::{Decision, Kind, review_of};
use pim_desk::auth::extras::Extras;
use pim_desk::auth::session::Session;
use pim_desk::desk::approvals::stages;
use pim_desk::desk::decide::{Checked, Outcome, check, decide};
use pim_desk::graph::Client;
use pim_desk::guid::Guid;
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

const RUNS: u64 = 1_000;

/// One of the two.
struct Approver {
    turns: Turns,
    client: Client<Turns, Session<Browser>>,
    me: Guid,
    words: &'static str,
}

impl Approver {
    fn new(browser: &Browser, who: &str, words: &'static str) -> Self {
        let wanted = Extras::from_text("role-requests");
        let session = Rc::new(browser.sign_in_wanting(who, &wanted));
        let turns = Turns::new(browser);
        let client = Client::new(turns.clone(), session, config().endpoints.graph, Rc::new(|_| ()));
        let me = browser.tenant().person(who).unwrap().id.parse().unwrap();
        Self { turns, client, me, words }
    }
}

/// What goes wrong in a run, and whether it may leave the outcome of a decision open.
fn fault(dice: &mut Dice) -> Option<(Fault, bool)> {
    let refuse =
        |status, retry_after: Option<&str>| Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) };
    let (method, effect, open) = match dice.below(10) {
        0 => ("PATCH", Effect::DropBefore, true),
        1 => ("PATCH", Effect::DropAfter, false),
        2 => ("PATCH", Effect::Lag { ms: 2_000 }, false),
        3 => ("PATCH", Effect::Lag { ms: 60_000 }, true),
        4 => ("PATCH", refuse(500, None), true),
        5 => ("PATCH", refuse(429, Some("3")), false),
        6 => ("GET", refuse(503, Some("2")), false),
        7 => ("GET", Effect::DropBefore, false),
        _ => return None,
    };
    let mut below = |bound| u32::try_from(dice.below(bound)).unwrap();
    let (skip, times) = (below(2), Some(1 + below(2)));
    Some((Fault { method: Some(method.to_owned()), path: "Approvals/".to_owned(), skip, times, effect }, open))
}

#[test]
fn a_thousand_races_end_in_one_decision_each_and_everybody_is_told_the_truth() {
    let mut seen = [0_u32; 6];
    let (mut browser, mut approvers, mut reader) = begin();
    for seed in 1..=RUNS {
        if seed % 50 == 0 {
            (browser, approvers, reader) = begin();
        }
        let mut dice = Dice::new(seed);
        let kind = if dice.below(2) == 0 { Kind::Group } else { Kind::Role };
        let id = ask(&browser, kind);
        let fault = fault(&mut dice);
        browser.play(fault.iter().map(|(fault, _)| fault.clone()).collect());
        let mut choose = || if dice.below(2) == 0 { Decision::Approve } else { Decision::Deny };
        let decisions = [choose(), choose()];
        let [one, other] = &approvers;
        let job = |who: usize| {
            let approver = &approvers[who];
            decide(&approver.client, kind, &id, decisions[who], approver.words, &approver.me)
        };
        let (first, second) = race(&browser, &mut dice, (&one.turns, job(0)), (&other.turns, job(1)));

        let sent: Vec<_> = browser.sent().into_iter().filter(|exchange| exchange.request.method == "PATCH").collect();
        browser.play(Vec::new());
        browser.pass(61_000);
        let truth = review_of(&block_on(stages(&reader, kind, &id)).unwrap()).cloned();
        let outcomes = [first, second];
        for (who, outcome) in outcomes.iter().enumerate() {
            let approver = &approvers[who];
            let told = format!("run {seed}, {kind:?}, {fault:?}, {who}: {outcome:?}, but {truth:?}");
            let mine = truth.as_ref().filter(|review| review.by_id.as_ref() == Some(&approver.me));
            let writes = sent.iter().filter(|exchange| exchange.request.body.contains(approver.words)).count();
            assert!(writes <= 1, "sent {writes} times: {told}");
            assert!(mine.is_none() || writes == 1, "{told}");
            match outcome {
                Outcome::Decided(review) => {
                    assert_eq!(mine, Some(review), "{told}");
                    assert_eq!(
                        (review.decision, review.justification.as_str()),
                        (decisions[who], approver.words),
                        "{told}"
                    );
                }
                Outcome::AlreadyDecided(review) => {
                    assert!(mine.is_none() && truth.as_ref() == Some(review), "{told}");
                }
                Outcome::Refused(_) | Outcome::NotOpen { .. } | Outcome::NoEffect => assert!(mine.is_none(), "{told}"),
                Outcome::Unnamed(_) => panic!("the tenant always names who decided: {told}"),
                Outcome::Unknown(_) | Outcome::NotVisibleYet => {
                    assert!(fault.as_ref().is_some_and(|(_, open)| *open), "{told}");
                    // A later look finds the truth, and sends nothing.
                    let job = check(&approver.client, kind, &id, decisions[who], approver.words, &approver.me);
                    let (checked, ()) = race(&browser, &mut dice, (&approver.turns, job), (&one.turns, async {}));
                    match (&truth, checked) {
                        (Some(_), Checked::Settled(Outcome::Decided(review))) => {
                            assert_eq!(mine, Some(&review), "{told}");
                        }
                        (Some(_), Checked::Settled(Outcome::AlreadyDecided(_))) => assert!(mine.is_none(), "{told}"),
                        (None, Checked::StillOpen) => {}
                        (_, checked) => panic!("{told}, and a later look: {checked:?}"),
                    }
                }
            }
            seen[place(outcome)] += 1;
        }
        // A decision that was not stopped got through: only a fault can leave a request undecided.
        assert!(truth.is_some() || fault.is_some(), "run {seed}: lost without a fault");
        if fault.is_none() {
            let won = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Decided(_))).count();
            assert_eq!(won, 1, "run {seed}: {outcomes:?}");
        }
    }
    // The dice covered what the test is about.
    let [decided, already, refused, unknown, unseen, _] = seen;
    assert!(decided > 500 && already > 300 && refused > 20 && unknown > 20 && unseen > 20, "{seen:?}");
}

const fn place(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Decided(_) => 0,
        Outcome::AlreadyDecided(_) | Outcome::Unnamed(_) => 1,
        Outcome::Refused(_) => 2,
        Outcome::Unknown(_) => 3,
        Outcome::NotVisibleYet => 4,
        Outcome::NotOpen { .. } | Outcome::NoEffect => 5,
    }
}

fn begin() -> (Browser, [Approver; 2], Client<Browser, Session<Browser>>) {
    let browser = Browser::new(&Seed { requests: 0, ..Seed::default() });
    let approvers = [Approver::new(&browser, "dana", "Words of Dana"), Approver::new(&browser, "ana", "Words of Ana")];
    // One of them reads the tenant's state, once everything has settled.
    let reader = browser.client_with_roles("ana");
    (browser, approvers, reader)
}

/// A new request that both may decide.
fn ask(browser: &Browser, kind: Kind) -> String {
    let mut arrival = json!({"principal": "olga", "approvers": ["dana", "ana"]});
    match kind {
        Kind::Group => arrival["group"] = json!("Network Operators"),
        Kind::Role => arrival["role"] = json!("Global Administrator"),
    }
    let now = browser.now_ms();
    browser.tenant_mut().add_request(&serde_json::from_value(arrival).unwrap(), now).unwrap()
}

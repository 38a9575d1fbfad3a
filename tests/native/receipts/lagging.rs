//! The outcome of a receipt and its undo while replicas lag: answers that a later one, or the receipt, proves old do
//! not count.

use std::cell::Cell;

use pim_desk::desk::save::NotStarted;

use super::*;

/// The answer to a read of the policy as it is now.
pub(super) fn answer(browser: &Browser) -> String {
    read(&browser.client("ana"), &subject(browser, GROUP));
    browser.sent().last().map(|one| one.outcome.body.clone()).unwrap_or_default()
}

/// The first reads get these answers.
pub(super) fn replayed(bodies: &[&String]) -> Vec<Fault> {
    let fault = |(skip, body): (u32, &&String)| Fault {
        method: Some("GET".into()),
        path: "roleDefinitionId".into(),
        skip,
        times: Some(1),
        effect: Effect::Replace { status: 200, content_type: "application/json".into(), body: (*body).clone() },
    };
    (0..).zip(bodies).map(fault).collect()
}

fn olga_sets_hours(browser: &Browser, length: &str) {
    browser.pass(60_000);
    let (rule, now) = (RuleId::ActivationExpiration.as_str(), browser.now_ms());
    browser.tenant_mut().edit_rule(GROUP, "member", rule, json!({"maximumDuration": length}), "olga", now);
    browser.pass(60_000);
}

#[test]
fn an_answer_from_before_what_a_save_started_from_blames_nobody() {
    let browser = Browser::new(&Seed::default());
    let old = answer(&browser);
    olga_sets_hours(&browser, "PT5H");
    let (receipt, _) = kept_save(&browser, &[hours("PT2H")], Vec::new());
    let client = browser.client("ana");
    browser.play(replayed(&[&old, &old]));
    let (undo, now) = block_on(receipts::way_back(&client, &receipt, &Patience::default(), &|| ())).unwrap();
    assert_eq!((undo.draft.len(), undo.changed_since.len(), reads(&browser)), (1, 0, 4));
    assert_eq!(now.read(Setting::ActivationDuration).value, Some(hours("PT2H").1));
}

/// A save that Microsoft refused, and the answer of a replica at which someone else has set what it wanted; since then
/// they have set it to something else.
fn refused_then_set_by_olga() -> (Browser, Receipt, String) {
    let browser = Browser::new(&Seed::default());
    let refused = Effect::Refuse { status: 403, retry_after: None };
    let (receipt, _) = kept_save(&browser, &[hours("PT2H")], vec![at_write("/rules/", 1, refused)]);
    assert_eq!(receipt.standing(), Standing::NotSaved);
    olga_sets_hours(&browser, "PT2H");
    let old = answer(&browser);
    olga_sets_hours(&browser, "PT5H");
    (browser, receipt, old)
}

#[test]
fn what_was_not_saved_is_not_held_because_one_old_answer_says_so() {
    let (browser, receipt, old) = refused_then_set_by_olga();
    let client = browser.client("ana");
    for (bodies, readings) in [(&[&old][..], 3), (&[], 2), (&[&old, &old][..], 2)] {
        browser.play(replayed(bodies));
        let times = Cell::new(0);
        let again = || times.set(times.get() + 1);
        let (rest, now) = block_on(receipts::rest(&client, &receipt, &Patience::default(), &again)).unwrap();
        assert_eq!((reads(&browser), times.get()), (readings, 1));
        let is_held = bodies.len() == 2;
        assert_eq!(rest.len(), usize::from(!is_held));
        assert_eq!(now.read(Setting::ActivationDuration).value, Some(hours(if is_held { "PT2H" } else { "PT5H" }).1));
    }
}

#[test]
fn a_way_back_and_a_rest_that_are_being_read_are_stopped_at_once() {
    let (browser, receipt, old) = refused_then_set_by_olga();
    for takes_up in [true, false] {
        for at in 1..4 {
            let (world, client) = slow_client(&browser, "ana", 80);
            browser.play(replayed(&[&old, &old.replace("PT2H", "PT3H"), &old, &old]));
            let patience = Patience::default();
            let rest = async {
                if takes_up {
                    return receipts::rest(&client, &receipt, &patience, &|| ()).await.err();
                }
                let mut saved = receipt.clone();
                saved.rules[0].end = RuleEnd::Verified;
                saved.changes[0].after = hours("PT4H").1;
                receipts::way_back(&client, &saved, &patience, &|| ()).await.err()
            };
            let mut rest = pin!(rest);
            let mut stopped_at = None;
            let why = loop {
                if let Poll::Ready(why) = rest.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                    break why;
                }
                if reads(&browser) == at && stopped_at.is_none() {
                    patience.stop();
                    stopped_at = Some(browser.now_ms());
                }
                world.pass(20);
            };
            assert_eq!(why, Some(NotStarted::Stopped), "take up: {takes_up}, reading {at}");
            assert_eq!(reads(&browser), at);
            assert!(browser.now_ms() - stopped_at.unwrap() <= 100);
        }
    }
}

/// Of two rules the first was applied at once and the second later; the replica that answers catches up in steps.
#[test]
fn what_old_answers_agreed_on_gives_way_to_a_newer_one() {
    let browser = Browser::new(&Seed::default());
    let none = answer(&browser);
    let two = [hours("PT2H"), (Setting::ActiveExpiry, Value::Duration("P15D".into()))];
    let (mut receipt, done) = kept_save(&browser, &two, vec![at_write("Expiration_Admin", 1, Effect::NeverStored)]);
    assert_eq!((&done.rules[0].state, &done.rules[1].state), (&RuleState::Verified, &RuleState::NotVisibleYet));
    let one = answer(&browser);
    browser.pass(60_000);
    let (_, rest) = kept_save(&browser, &two[1..], Vec::new());
    assert!(rest.is_complete());
    receipt.ended_unix_ms = None;
    for rule in &mut receipt.rules {
        rule.end = RuleEnd::Accepted;
    }
    browser.pass(11 * 60_000);
    let client = browser.client("ana");
    browser.play(replayed(&[&none, &one]));
    let found = block_on(receipts::read_outcome(&client, &receipt)).unwrap().unwrap();
    let ends: Vec<_> = found.rules.iter().map(|rule| rule.end).collect();
    assert_eq!(ends, [RuleEnd::Verified, RuleEnd::Verified]);
}

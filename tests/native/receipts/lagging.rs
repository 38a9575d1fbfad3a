//! The outcome of a receipt and its undo while replicas lag: answers that a later one, or the receipt, proves old do
//! not count.

use super::*;

/// The answer to a read of the policy as it is now.
fn answer(browser: &Browser) -> String {
    read(&browser.client("ana"), &subject(browser, GROUP));
    browser.sent().last().map(|one| one.outcome.body.clone()).unwrap_or_default()
}

/// The first reads get these answers.
fn replayed(bodies: &[&String]) -> Vec<Fault> {
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
    let (undo, now) = block_on(receipts::way_back(&client, &receipt)).unwrap();
    assert_eq!((undo.draft.len(), undo.changed_since.len(), reads(&browser)), (1, 0, 4));
    assert_eq!(now.read(Setting::ActivationDuration).value, Some(hours("PT2H").1));
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

//! The nine changes of what an activation requires, with every fault at each of their writes: the tenant then has
//! what it had or what was wanted, or less than both, and that is reported; saving again completes the change.
#![expect(clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, finished, read, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{Finished, RuleState, save};
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};

const REQUIREMENT: Setting = Setting::ActivationRequirement;

fn all() -> [Requirement; 3] {
    [Requirement::None, Requirement::Mfa, Requirement::Context("c1".into())]
}

fn held(client: &Desk, browser: &Browser) -> Requirement {
    match read(client, &subject(browser, GROUP)).read(REQUIREMENT).value {
        Some(Value::Requirement(held)) => held,
        other => panic!("{other:?}"),
    }
}

/// Saves what an activation requires; sends nothing if the policy has it already.
fn require(client: &Desk, browser: &Browser, wanted: &Requirement) -> Option<Finished> {
    let subject = subject(browser, GROUP);
    let mut draft = Draft::default();
    draft.set(&read(client, &subject), REQUIREMENT, Value::Requirement(wanted.clone()));
    (!draft.is_empty()).then(|| finished(block_on(save(client, &subject, &draft, &|_| ()))))
}

/// A tenant whose policy requires this.
fn tenant(start: &Requirement) -> (Browser, Desk) {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    assert!(require(&client, &browser, start).is_none_or(|done| done.is_complete()));
    (browser, client)
}

fn faults() -> Vec<(&'static str, Effect, Option<u32>)> {
    let refuse =
        |status, retry_after: Option<&str>| Effect::Refuse { status, retry_after: retry_after.map(Into::into) };
    vec![
        ("refused", refuse(400, None), Some(1)),
        ("no right", refuse(403, None), Some(1)),
        ("conflict", refuse(409, None), Some(1)),
        ("fault", refuse(500, None), Some(1)),
        ("slow down once", refuse(429, Some("7")), Some(1)),
        ("slow down for ever", refuse(429, None), None),
        ("lost before", Effect::DropBefore, Some(1)),
        ("lost after", Effect::DropAfter, Some(1)),
        ("never stored", Effect::NeverStored, Some(1)),
        ("new ids", Effect::RotateIds, Some(1)),
        ("session revoked", Effect::RevokeToken, Some(1)),
    ]
}

#[test]
fn a_fault_at_any_write_of_any_change_leaves_a_policy_that_is_told_of_and_can_be_mended() {
    let mut cases = 0;
    for (from, to) in all().into_iter().flat_map(|from| all().map(|to| (from.clone(), to))) {
        let (browser, client) = tenant(&from);
        let start = read(&client, &subject(&browser, GROUP));
        let planned = plan(&start, &[(REQUIREMENT, Value::Requirement(to.clone()))]);
        for hit in planned.iter().map(|write| write.rule) {
            for (name, effect, times) in faults() {
                cases += 1;
                fails_at(hit, (&from, &to), (name, effect, times), planned.len());
            }
        }
    }
    // One write between nothing and MFA; one or two between nothing and a context; two between MFA and a context.
    assert!(cases >= 8 * faults().len(), "{cases}");
}

fn fails_at(hit: RuleId, (from, to): (&Requirement, &Requirement), fault: (&str, Effect, Option<u32>), planned: usize) {
    let (name, effect, times) = fault;
    let at = format!("{from:?} -> {to:?}, {name} at {}", hit.as_str());
    let (browser, client) = tenant(from);
    let path = format!("/rules/{}", hit.as_str());
    browser.play(vec![Fault { method: Some("PATCH".into()), path, skip: 0, times, effect }]);
    let done = require(&client, &browser, to).expect(&at);
    assert_eq!(done.rules.len(), planned, "{at}");
    let sent = writes(&browser).len();
    assert!(sent <= planned + 4, "{at}: {sent} writes");

    browser.play(Vec::new());
    let now = held(&browser.client("ana"), &browser);
    let gap = now == Requirement::None && *from != Requirement::None && *to != Requirement::None;
    // What was accepted but not stored leaves both in force: stricter, and not reported as verified.
    let both = name == "never stored" && matches!(now, Requirement::MfaAndContext(_));
    assert!(now == *from || now == *to || gap || both, "{at}: {now:?}");
    assert_eq!(done.exposed(), if gap { vec![REQUIREMENT] } else { Vec::new() }, "{at}");
    let verified = done.rules.iter().all(|rule| rule.state == RuleState::Verified);
    assert!(!verified || now == *to, "{at}: verified, yet {now:?}");

    let again = browser.client("ana");
    assert!(require(&again, &browser, to).is_none_or(|done| done.is_complete()), "{at}");
    assert_eq!(held(&again, &browser), *to, "{at}");
}

//! The twelve changes of what an activation requires, with every fault at each of their writes: the tenant then has
//! what it had or what was wanted, or less than both, and that is reported; saving again completes the change.
#![expect(clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, finished, read, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{Finished, RuleState, save};
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

const REQUIREMENT: Setting = Setting::ActivationRequirement;

fn all() -> [Requirement; 3] {
    [Requirement::None, Requirement::Mfa, Requirement::Context("c1".into())]
}

/// What an activation may require before: also the mix that Microsoft stores and nobody can choose.
fn starts() -> [Requirement; 4] {
    let [none, mfa, context] = all();
    [none, mfa, context, Requirement::MfaAndContext("c1".into())]
}

/// What may be changed together with it: more is asked for, less, or both.
fn others() -> [Vec<(Setting, Value)>; 4] {
    let reason = |on| (Setting::ActivationJustification, Value::Flag(on));
    let ticket = |on| (Setting::ActivationTicket, Value::Flag(on));
    [Vec::new(), vec![ticket(true)], vec![reason(false)], vec![reason(false), ticket(true)]]
}

fn held(client: &Desk, browser: &Browser) -> Requirement {
    match read(client, &subject(browser, GROUP)).read(REQUIREMENT).value {
        Some(Value::Requirement(held)) => held,
        other => panic!("{other:?}"),
    }
}

fn edits(to: &Requirement, others: &[(Setting, Value)]) -> Vec<(Setting, Value)> {
    let mut edits = others.to_vec();
    edits.push((REQUIREMENT, Value::Requirement(to.clone())));
    edits
}

/// Saves these values; sends nothing if the policy has them already.
fn require(client: &Desk, browser: &Browser, wanted: &[(Setting, Value)]) -> Option<Finished> {
    let subject = subject(browser, GROUP);
    let (now, mut draft) = (read(client, &subject), Draft::default());
    for (setting, value) in wanted {
        draft.set(&now, *setting, value.clone());
    }
    (!draft.is_empty()).then(|| finished(block_on(save(client, &subject, &draft, &|_| ()))))
}

/// A tenant whose policy requires this, and a justification.
fn tenant(start: &Requirement) -> (Browser, Desk) {
    let browser = Browser::new(&Seed::default());
    let (mfa, claim) = match start {
        Requirement::None => (false, ""),
        Requirement::Mfa => (true, ""),
        Requirement::Context(claim) => (false, claim.as_str()),
        Requirement::MfaAndContext(claim) => (true, claim.as_str()),
    };
    let demands = if mfa { json!(["MultiFactorAuthentication", "Justification"]) } else { json!(["Justification"]) };
    for (rule, patch) in [
        (RuleId::ActivationEnablement, json!({ "enabledRules": demands })),
        (RuleId::ActivationContext, json!({ "isEnabled": !claim.is_empty(), "claimValue": claim })),
    ] {
        browser.tenant_mut().edit_rule(GROUP, "member", rule.as_str(), patch, "olga", 0);
    }
    let client = browser.client("ana");
    assert_eq!(held(&client, &browser), *start);
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
    for (from, to) in starts().into_iter().flat_map(|from| all().map(|to| (from.clone(), to))) {
        for beside in others() {
            let (browser, client) = tenant(&from);
            let start = read(&client, &subject(&browser, GROUP));
            let planned = plan(&start, &edits(&to, &beside));
            let arrived = require(&client, &browser, &edits(&to, &beside));
            assert!(arrived.is_none_or(|done| done.is_complete()), "{from:?} -> {to:?}, {beside:?}");
            // Each fault at each rule with nothing else changed; with more changed, what stops a save at each rule.
            let some = faults().into_iter().filter(|fault| beside.is_empty() || fault.0 == "refused");
            for fault in some {
                for hit in planned.iter().map(|write| write.rule) {
                    cases += 1;
                    fails_at(hit, (&from, &to, &beside), fault.clone(), planned.len());
                }
            }
        }
    }
    // One write between nothing and MFA; one or two between nothing and a context; two between MFA and a context; one
    // from both to one of the two, two to nothing.
    assert!(cases >= 12 * faults().len(), "{cases}");
}

// Both are stored, which Microsoft no longer accepts in one of the two orders: the context goes first.
#[test]
fn a_stored_mix_becomes_mfa_together_with_other_changes_of_its_rule() {
    let [context, enablement] = [RuleId::ActivationContext, RuleId::ActivationEnablement].map(RuleId::as_str);
    for beside in others() {
        let (browser, client) = tenant(&Requirement::MfaAndContext("c1".into()));
        browser.play(Vec::new());
        let done = require(&client, &browser, &edits(&Requirement::Mfa, &beside)).expect("something to write");
        assert!(done.is_complete() && done.exposed().is_empty(), "{beside:?}");
        let sent: Vec<String> = writes(&browser).into_iter().map(|(rule, _)| rule).collect();
        let expected = if beside.is_empty() { vec![context] } else { vec![context, enablement] };
        assert_eq!(sent, expected, "{beside:?}");
        assert_eq!(held(&client, &browser), Requirement::Mfa);
    }
}

fn fails_at(
    hit: RuleId,
    (from, to, beside): (&Requirement, &Requirement, &[(Setting, Value)]),
    fault: (&str, Effect, Option<u32>),
    planned: usize,
) {
    let (name, effect, times) = fault;
    let at = format!("{from:?} -> {to:?}, {beside:?}, {name} at {}", hit.as_str());
    let (browser, client) = tenant(from);
    let path = format!("/rules/{}", hit.as_str());
    browser.play(vec![Fault { method: Some("PATCH".into()), path, skip: 0, times, effect }]);
    let done = require(&client, &browser, &edits(to, beside)).expect(&at);
    assert_eq!(done.rules.len(), planned, "{at}");
    let sent = writes(&browser).len();
    assert!(sent <= planned + 4, "{at}: {sent} writes");

    browser.play(Vec::new());
    let now = held(&browser.client("ana"), &browser);
    let gap = now == Requirement::None && *from != Requirement::None && *to != Requirement::None;
    let is_mix = |one: &Requirement| matches!(one, Requirement::MfaAndContext(_));
    // What was accepted but not stored leaves both in force: stricter, and not reported as verified.
    let both = name == "never stored" && is_mix(&now);
    // From both to nothing there is one of the two in between.
    let half = is_mix(from) && *to == Requirement::None;
    assert!(now == *from || now == *to || gap || both || half, "{at}: {now:?}");
    assert_eq!(done.exposed(), if gap { vec![REQUIREMENT] } else { Vec::new() }, "{at}");
    let verified = done.rules.iter().all(|rule| rule.state == RuleState::Verified);
    assert!(!verified || now == *to, "{at}: verified, yet {now:?}");

    let again = browser.client("ana");
    assert!(require(&again, &browser, &edits(to, beside)).is_none_or(|done| done.is_complete()), "{at}");
    assert_eq!(held(&again, &browser), *to, "{at}");
}

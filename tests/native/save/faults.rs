//! Every fault of the tenant during a save that changes all 17 rules, hitting each rule in turn: what the tenant has,
//! each rule's state and the summary must be as a small model of the protocol predicts.

use crate::sample::browser::Browser;
use crate::sample::saving::{GROUP, draft, finished, one_edit_per_rule, read, subject, tenant_holds, writes};
use futures_executor::block_on;
use pim_desk::desk::save::{Finished, Outcome, RuleState, save};
use pim_desk::policy::plan::{RuleWrite, plan};
use pim_desk::policy::{RuleId, Setting, Value};
use pim_desk::text;
use pim_desk_tenant::{Effect, Fault, Seed};

/// The outcome that a fault has for the rule it hits, according to the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Verified,
    NotVisibleYet,
    Unknown,
    Failed,
    NotAttempted,
}

fn end_of(state: &RuleState) -> End {
    match state {
        RuleState::Verified => End::Verified,
        RuleState::NotVisibleYet => End::NotVisibleYet,
        RuleState::Unknown => End::Unknown,
        RuleState::Failed(_) => End::Failed,
        RuleState::NotAttempted => End::NotAttempted,
        other => unreachable!("{other:?} is no end"),
    }
}

/// Whether the next rule is sent after one with this outcome.
fn goes_on(end: End, hit: &RuleWrite, pauses: bool, next: &RuleWrite) -> bool {
    let mail = |write: &RuleWrite| !write.stops_on_failure();
    match end {
        End::Verified | End::NotVisibleYet => true,
        End::Failed if mail(hit) && !pauses => !next.weakens,
        _ => false,
    }
}

struct Case {
    name: &'static str,
    effect: Effect,
    times: Option<u32>,
    end: End,
    /// Whether it needs the person or waiting, and so stops email rules too.
    pauses: bool,
    /// Whether nothing can be read either until the person has signed in again.
    blind: bool,
}

fn refused(status: u16, code: &str) -> Effect {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"No."}}}}"#);
    Effect::Replace { status, content_type: "application/json".into(), body }
}

const STEP_UP: &str = "step-up";

fn cases() -> Vec<Case> {
    let slow =
        |status, retry_after: Option<&str>| Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) };
    let case = |name, effect, times, end, pauses| Case { name, effect, times, end, pauses, blind: name == STEP_UP };
    vec![
        case("refused", refused(400, "InvalidPolicy"), Some(1), End::Failed, false),
        case("refused without a name", refused(400, ""), Some(1), End::Failed, false),
        case("conflict", refused(409, "Conflict"), Some(1), End::Failed, false),
        case("no right", refused(403, "Authorization_RequestDenied"), Some(1), End::Failed, true),
        case("lost before", Effect::DropBefore, Some(1), End::Unknown, false),
        case("lost after", Effect::DropAfter, Some(1), End::Verified, false),
        case("fault", slow(500, None), Some(1), End::Unknown, false),
        case("time-out", slow(504, Some("1")), Some(1), End::Unknown, false),
        case("slow down once", slow(429, Some("7")), Some(1), End::Verified, false),
        case("slow down, a while", slow(429, Some("40")), Some(1), End::Verified, false),
        case("slow down for ever", slow(429, None), None, End::Failed, true),
        case("come back later", slow(503, Some("2")), Some(2), End::Verified, false),
        case("never stored", Effect::NeverStored, Some(1), End::NotVisibleYet, false),
        case(
            "a proxy's page",
            Effect::Replace { status: 200, content_type: "text/html".into(), body: "<p>".into() },
            Some(1),
            End::Unknown,
            false,
        ),
        case("new ids", Effect::RotateIds, Some(1), End::Verified, false),
        case("session revoked", Effect::RevokeToken, Some(1), End::Failed, true),
        case(STEP_UP, Effect::StepUp { context: "c3".into() }, Some(1), End::Failed, true),
    ]
}

/// The model: the rules before the one that is hit are verified (not visible if nothing can be read), that one ends
/// as the fault says, the others by the rules of stopping. A lost answer stops all, even if reading shows that the
/// write was applied; then only the second write of a swap is still sent.
fn model(case: &Case, writes: &[RuleWrite], hit: usize) -> Vec<End> {
    let lost = matches!(case.effect, Effect::DropAfter | Effect::DropBefore);
    let open = writes[hit].rule == RuleId::ActivationEnablement && case.end == End::Verified;
    let after = |next: &RuleWrite| {
        let closes = open && next.rule == RuleId::ActivationContext;
        let on = closes || !lost && goes_on(case.end, &writes[hit], case.pauses, next);
        if on { End::Verified } else { End::NotAttempted }
    };
    let end = |(at, write): (usize, &RuleWrite)| match at.cmp(&hit) {
        std::cmp::Ordering::Less if case.blind => End::NotVisibleYet,
        std::cmp::Ordering::Less => End::Verified,
        std::cmp::Ordering::Equal => case.end,
        std::cmp::Ordering::Greater => after(write),
    };
    writes.iter().enumerate().map(end).collect()
}

/// The summary, counted from the model.
fn sum(ends: &[End]) -> String {
    let count = |wanted: End| ends.iter().filter(|end| **end == wanted).count();
    let mut text = format!("{} of {} rules verified", count(End::Verified), ends.len());
    for (end, words) in [
        (End::NotVisibleYet, "not visible yet"),
        (End::Unknown, "with a lost answer"),
        (End::Failed, "failed"),
        (End::NotAttempted, "not attempted"),
    ] {
        if count(end) > 0 {
            text = format!("{text}, {} {words}", count(end));
        }
    }
    text + "."
}

fn planned() -> (Vec<(Setting, Value)>, Vec<RuleWrite>) {
    let browser = Browser::new(&Seed::default());
    let start = read(&browser.client("ana"), &subject(&browser, GROUP));
    let edits = one_edit_per_rule(&start);
    let writes = plan(&start, &edits);
    assert_eq!(writes.len(), 17);
    assert!(writes.iter().any(|write| write.weakens) && writes.iter().any(|write| !write.weakens));
    (edits, writes)
}

fn saved(edits: &[(Setting, Value)], rule: RuleId, case: &Case) -> (Browser, Finished) {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&client, &subject), edits);
    let path = format!("/rules/{}", rule.as_str());
    browser.play(vec![Fault {
        method: Some("PATCH".into()),
        path,
        skip: 0,
        times: case.times,
        effect: case.effect.clone(),
    }]);
    let done = finished(block_on(save(&client, &subject, &draft, &|_| ())));
    (browser, done)
}

#[test]
fn every_fault_at_every_rule_ends_as_the_model_says() {
    let (edits, writes_planned) = planned();
    for case in cases() {
        for hit in 0..writes_planned.len() {
            let rule = writes_planned[hit].rule;
            let (browser, done) = saved(&edits, rule, &case);
            let expected = model(&case, &writes_planned, hit);
            let at = format!("{} at {}", case.name, rule.as_str());
            let ends: Vec<End> = done.rules.iter().map(|rule| end_of(&rule.state)).collect();
            assert_eq!(ends, expected, "{at}");
            assert_eq!(text::policy::save::outcome(&Outcome::Finished(done.clone())), sum(&expected), "{at}");
            for (place, (one, end)) in done.rules.iter().zip(&expected).enumerate() {
                let holds = tenant_holds(&browser, one.rule, &edits);
                assert_eq!(holds, *end == End::Verified || (case.blind && place < hit), "{at}: {}", one.rule.as_str());
            }
            // Each rule is sent once, and again only if Microsoft said that it was not applied.
            for one in &done.rules {
                let sent = writes(&browser).iter().filter(|(sent, _)| sent == one.rule.as_str()).count();
                let allowed = match &case.effect {
                    Effect::Refuse { status: 429 | 503, .. } => 4,
                    Effect::RotateIds => 2,
                    _ => 1,
                };
                assert!(sent <= allowed, "{at}: {} sent {sent} times", one.rule.as_str());
            }
        }
    }
}

#[test]
fn a_save_that_ends_half_way_between_mfa_and_context_says_what_is_open() {
    let (edits, writes_planned) = planned();
    for case in cases() {
        for write in &writes_planned {
            if case.blind {
                continue;
            }
            let (_, done) = saved(&edits, write.rule, &case);
            let between = done.rules.iter().find(|rule| rule.rule == RuleId::ActivationEnablement);
            let off = between.is_some_and(|rule| rule.state == RuleState::Verified);
            let on = done.rules.iter().find(|rule| rule.rule == RuleId::ActivationContext);
            let on = on.is_some_and(|rule| rule.state == RuleState::Verified);
            let expected = if off && !on { vec![Setting::ActivationRequirement] } else { Vec::new() };
            assert_eq!(done.exposed(), expected, "{} at {}", case.name, write.rule.as_str());
        }
    }
}

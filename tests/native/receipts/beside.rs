//! What someone else changed beside a save that was cut short, in the other rule of the same setting: it is told as
//! after a save that was not.

use super::kept::outcome;
use super::lagging::{answer, replayed};
use super::*;

const REQUIREMENT: Setting = Setting::ActivationRequirement;

fn need(requirement: Requirement) -> (Setting, Value) {
    (REQUIREMENT, Value::Requirement(requirement))
}

fn context() -> (Setting, Value) {
    need(Requirement::Context("c1".into()))
}

fn edit(browser: &Browser, rule: RuleId, patch: serde_json::Value) {
    browser.pass(60_000);
    let now_ms = browser.now_ms();
    browser.tenant_mut().edit_rule(GROUP, "member", rule.as_str(), patch, "olga", now_ms);
}

fn demand(browser: &Browser, demands: &[&str]) {
    edit(browser, RuleId::ActivationEnablement, json!({ "enabledRules": demands }));
}

fn turn_mfa_on(browser: &Browser) {
    demand(browser, &["MultiFactorAuthentication", "Justification"]);
}

/// A tenant whose policy requires only a justification.
fn plain() -> Browser {
    let browser = Browser::new(&Seed::default());
    demand(&browser, &["Justification"]);
    browser.pass(60_000);
    browser
}

/// What is stored of a save whose tab was closed as soon as its last rule had this state.
fn cut_short(browser: &Browser, edits: &[(Setting, Value)], at: RuleEnd) -> Receipt {
    let subject = subject(browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), edits);
    let client = yielding_client(browser, "ana");
    browser.play(Vec::new());
    let kept: RefCell<Option<Receipt>> = RefCell::default();
    let on_step = |step: Step<'_>| keep(&kept, step, browser);
    let mut saving = pin!(save(&client, &subject, &draft, &on_step));
    let is_there = || kept.borrow().as_ref().is_some_and(|receipt| receipt.rules.last().unwrap().end == at);
    while saving.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        if is_there() && !writes(browser).is_empty() {
            break;
        }
    }
    assert!(is_there());
    kept.take().unwrap()
}

fn ends(receipt: &Receipt) -> Vec<(RuleEnd, &[Setting])> {
    receipt.rules.iter().map(|entry| (entry.end, entry.settings.as_slice())).collect()
}

#[test]
fn a_context_beside_which_someone_turned_mfa_on_is_not_called_saved_after_the_tab_was_closed() {
    for at in [RuleEnd::Sending, RuleEnd::Accepted, RuleEnd::Verified] {
        let browser = plain();
        let receipt = cut_short(&browser, &[context()], at);
        turn_mfa_on(&browser);
        for form in [&receipt, &receipt.in_doubt()] {
            let found = outcome(&browser, form);
            assert_eq!(ends(&found), [(RuleEnd::ChangedSince, &[REQUIREMENT][..])], "{at:?}");
            assert_eq!((found.standing(), ended(&found)), (Standing::NotSaved, "changed since"));
            assert_eq!(sum(&found), "0 of 1 rule saved, 1 changed since");
            assert!(!found.can_undo());
        }
    }
}

#[test]
fn of_a_rule_only_the_setting_that_someone_changed_counts_as_changed() {
    let browser = plain();
    let ticket = Setting::ActivationTicket;
    let edits = [need(Requirement::Mfa), (ticket, Value::Flag(true))];
    let receipt = cut_short(&browser, &edits, RuleEnd::Accepted);
    edit(&browser, RuleId::ActivationContext, json!({ "isEnabled": true, "claimValue": "c1" }));
    let found = outcome(&browser, &receipt);
    assert_eq!(ends(&found), [(RuleEnd::Verified, &[ticket][..]), (RuleEnd::ChangedSince, &[REQUIREMENT][..])]);
    assert_eq!(found.standing(), Standing::Partly);
    assert_eq!(sum(&found), "0 of 1 rule saved, 1 changed since");
    let undo = found.undo(&read(&browser.client("ana"), &found.subject));
    assert_eq!(undo.draft.edits().map(|(setting, _)| setting).collect::<Vec<_>>(), [ticket]);
}

#[test]
fn a_half_that_someone_took_back_is_told_though_both_were_read_back() {
    let browser = Browser::new(&Seed::default());
    let receipt = cut_short(&browser, &[context()], RuleEnd::Verified);
    assert_eq!(receipt.rules.len(), 2);
    turn_mfa_on(&browser);
    let found = outcome(&browser, &receipt);
    assert!(found.rules.iter().all(|entry| entry.end == RuleEnd::ChangedSince), "{:?}", found.rules);
}

#[test]
fn what_was_told_as_saved_stays_so_when_the_rest_is_looked_at_later() {
    let browser = plain();
    let never = vec![at_write("Expiration_EndUser", 1, Effect::NeverStored)];
    let (receipt, _) = kept_save(&browser, &[context(), hours("PT2H")], never);
    turn_mfa_on(&browser);
    browser.pass(11 * 60 * 1000);
    let found = outcome(&browser, &receipt);
    let hours = [Setting::ActivationDuration];
    assert_eq!(ends(&found), [(RuleEnd::NotSaved, &hours[..]), (RuleEnd::Verified, &[REQUIREMENT][..])]);
}

#[test]
fn an_answer_from_before_the_save_takes_back_nothing_that_was_read_back() {
    let browser = Browser::new(&Seed::default());
    let old = answer(&browser);
    let receipt = cut_short(&browser, &[context(), hours("PT2H")], RuleEnd::Verified);
    assert_eq!(receipt.rules.len(), 3);
    browser.play(replayed(&[&old; 6]));
    let found = outcome(&browser, &receipt);
    assert!(found.rules.iter().all(|entry| entry.end == RuleEnd::Verified), "{:?}", found.rules);
}

//! What an activation requires is stored in two rules. If only one of them was saved, the rest starts from there: the
//! person's own half does not count as someone else's change.

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::saving::{Desk, GROUP, at_write, draft, finished, opening, read, run, subject, writes};
use futures_executor::block_on;
use pim_desk::desk::editing;
use pim_desk::desk::receipts;
use pim_desk::desk::save::{Outcome, RuleState, Step, save};
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Value};
use pim_desk_tenant::{Effect, Seed};
use serde_json::json;

const REQUIREMENT: Setting = Setting::ActivationRequirement;

fn context() -> (Setting, Value) {
    (REQUIREMENT, Value::Requirement(Requirement::Context("c1".into())))
}

fn refused() -> Effect {
    Effect::Refuse { status: 400, retry_after: None }
}

/// A save from MFA to a context whose second write is refused; returns what is left of the draft.
fn half_saved(browser: &Browser) -> (Desk, Draft) {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let mut draft = draft(&read(&client, &subject), &[context()]);
    browser.play(vec![at_write("AuthenticationContext", 1, refused())]);
    let outcome = block_on(save(&client, &subject, &draft, &|_| ()));
    let shown = editing::after(&outcome, &mut draft).cloned();
    let half = shown.and_then(|policy| policy.read(REQUIREMENT).value);
    assert_eq!(half, Some(Value::Requirement(Requirement::None)));
    (client, draft)
}

#[test]
fn what_is_left_of_a_change_in_two_rules_is_saved_from_where_it_stands() {
    let browser = Browser::new(&Seed::default());
    let (client, rest) = half_saved(&browser);
    assert_eq!(rest.edit(REQUIREMENT).map(|edit| &edit.base), Some(&Value::Requirement(Requirement::None)));
    let (kept, _) = editing::restored(&editing::kept(&rest, None, 0).unwrap_or_default(), 1);
    assert_eq!(kept, rest, "also after a reload");
    browser.play(Vec::new());
    let done = finished(block_on(save(&client, &subject(&browser, GROUP), &rest, &|_| ())));
    assert!(done.is_complete());
    assert_eq!(
        writes(&browser).iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(),
        [RuleId::ActivationContext.as_str()]
    );
    assert_eq!(read(&client, &subject(&browser, GROUP)).read(REQUIREMENT).value, Some(context().1));
}

// The tab was closed between the two writes: the draft it kept does not know of the first, but the receipt does.
#[test]
fn a_kept_draft_goes_on_from_what_a_save_that_was_cut_short_left() {
    let browser = Browser::new(&Seed::default());
    let (client, _) = half_saved(&browser);
    let subject = subject(&browser, GROUP);
    let mut kept = Draft::default();
    let mfa = json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] });
    browser.tenant_mut().edit_rule(GROUP, "member", RuleId::ActivationEnablement.as_str(), mfa.clone(), "ana", 0);
    kept.set(&read(&client, &subject), REQUIREMENT, context().1);
    browser.play(vec![at_write("AuthenticationContext", 1, refused())]);
    let (receipt, now_ms) = (RefCell::new(None), browser.now_ms());
    let on_step = |step: Step<'_>| match step {
        Step::Planned(planned) => *receipt.borrow_mut() = Some(receipts::open(opening(&subject), planned, now_ms)),
        Step::Rules(rules) => receipt.borrow_mut().iter_mut().for_each(|one| receipts::follow(one, rules, now_ms)),
    };
    block_on(save(&client, &subject, &kept, &on_step));
    browser.play(Vec::new());
    let conflict = block_on(save(&client, &subject, &kept, &|_| ()));
    assert!(matches!(conflict, Outcome::Conflicts { .. }), "{conflict:?}");
    let Some(receipt) = receipt.take() else { panic!("no receipt") };
    editing::go_on_from(&receipt, &read(&client, &subject), &mut kept);
    assert!(finished(block_on(save(&client, &subject, &kept, &|_| ()))).is_complete());
    assert_eq!(read(&client, &subject).read(REQUIREMENT).value, Some(context().1));

    // Someone restored MFA: the edit now starts from that, whatever the receipt says.
    for (rule, patch) in
        [(RuleId::ActivationContext, json!({ "isEnabled": false })), (RuleId::ActivationEnablement, mfa)]
    {
        browser.tenant_mut().edit_rule(GROUP, "member", rule.as_str(), patch, "olga", 0);
    }
    let now = read(&client, &subject);
    let mut again = draft(&now, &[context()]);
    editing::go_on_from(&receipt, &now, &mut again);
    assert!(finished(block_on(save(&client, &subject, &again, &|_| ()))).is_complete());
}

#[test]
fn what_someone_else_put_in_its_place_is_still_asked_about() {
    let browser = Browser::new(&Seed::default());
    let (client, rest) = half_saved(&browser);
    let mfa = json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] });
    browser.tenant_mut().edit_rule(GROUP, "member", RuleId::ActivationEnablement.as_str(), mfa, "olga", 0);
    browser.play(Vec::new());
    let Outcome::Conflicts { conflicts, .. } = block_on(save(&client, &subject(&browser, GROUP), &rest, &|_| ()))
    else {
        panic!("overwritten")
    };
    assert_eq!(conflicts[0].theirs, Some(Value::Requirement(Requirement::Mfa)));
    assert!(writes(&browser).is_empty());
}

// The rule with MFA also carries a change that weakens, and waits for everything that replaces it: then the context
// waits too, or both would be on, which Microsoft does not support.
#[test]
fn neither_half_goes_without_the_other_when_another_rule_was_refused() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let no_reason = (Setting::ActivationJustification, Value::Flag(false));
    let mail =
        (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(vec!["soc@contoso.com".into()]));
    let edits = [context(), no_reason, mail];
    let planned = plan(&read(&client, &subject(&browser, GROUP)), &edits);
    let order: Vec<RuleId> = planned.iter().map(|write| write.rule).collect();
    assert_eq!(order, [RuleId::ActivationRequestor, RuleId::ActivationEnablement, RuleId::ActivationContext]);
    let done = finished(run(&browser, &edits, vec![at_write("Notification_Requestor_EndUser", 1, refused())]));
    assert_eq!(done.rules[1].state, RuleState::NotAttempted);
    assert_eq!(done.rules[2].state, RuleState::NotAttempted);
    assert_eq!(writes(&browser).len(), 1);
}

/// What is left unsaved if only the last read shows the first of two writes, and the second is refused.
fn left_after(edits: &[(Setting, Value)], first: &str, second: &str) -> (usize, usize) {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let subject = subject(&browser, GROUP);
    let mut draft = draft(&read(&client, &subject), edits);
    browser.play(vec![at_write(first, 1, Effect::Lag { ms: 40_000 }), at_write(second, 1, refused())]);
    let outcome = block_on(save(&client, &subject, &draft, &|_| ()));
    editing::after(&outcome, &mut draft);
    let done = finished(outcome);
    (done.uncertain(), done.left_of(&draft))
}

#[test]
fn what_was_refused_is_left_even_where_another_half_may_still_appear() {
    assert_eq!(left_after(&[context()], "Enablement_EndUser", "AuthenticationContext"), (1, 1));
    let duration = (Setting::ActivationDuration, Value::Duration("PT1H".into()));
    let mail =
        (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(vec!["soc@contoso.com".into()]));
    assert_eq!(left_after(&[duration, mail], "Expiration_EndUser", "Notification_Requestor_EndUser"), (1, 1));
}

#[test]
fn a_setting_in_two_rules_is_counted_once() {
    let browser = Browser::new(&Seed::default());
    let done = finished(run(&browser, &[context()], vec![at_write("/rules/", 2, Effect::Lag { ms: 90_000 })]));
    assert_eq!((done.rules.len(), done.uncertain()), (2, 1));
}

#[test]
fn a_period_that_was_none_is_none_again_after_an_undo() {
    let browser = Browser::new(&Seed::default());
    let (rule, client) = (RuleId::EligibleExpiration.as_str(), browser.client("ana"));
    let none = json!({ "isExpirationRequired": false, "maximumDuration": null });
    browser.tenant_mut().edit_rule(GROUP, "member", rule, none, "olga", 0);
    let subject = subject(&browser, GROUP);
    let mut bounded = Draft::default();
    bounded.set(&read(&client, &subject), Setting::EligiblePermanent, Value::Flag(false));
    assert_eq!(bounded.len(), 2, "a period comes with it");
    let done = finished(block_on(save(&client, &subject, &bounded, &|_| ())));
    assert!(done.is_complete());
    let undone = finished(block_on(save(&client, &subject, &done.undo(), &|_| ())));
    assert!(undone.is_complete(), "{:?}", undone.rules);
    let stored = browser.tenant().rule(GROUP, "member", rule).unwrap_or_default();
    assert_eq!((&stored["isExpirationRequired"], &stored["maximumDuration"]), (&json!(false), &json!(null)));
}

//! What someone else changes beside the rules of a save: in the other rule of the same setting, or in what a change
//! needs. It is neither overwritten nor hidden behind a rule that was read back.

use crate::sample::browser::Browser;
use crate::sample::saving::{
    Desk, GROUP, at_write, draft, finished, opening, read, reads, states, stored, subject, writes,
};
use futures_executor::block_on;
use pim_desk::desk::receipts;
use pim_desk::desk::save::{Finished, Outcome, Planned, RuleState, Start, save, save_watched};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Draft, Requirement, RuleId, Setting, Value};
use pim_desk::receipt::{Receipt, RuleEnd, Standing};
use pim_desk::text;
use pim_desk::world::Moment;
use pim_desk_tenant::{Access, Effect, Fault, Seed};
use serde_json::{Value as Json, json};

const REQUIREMENT: Setting = Setting::ActivationRequirement;
const MFA: [&str; 2] = ["MultiFactorAuthentication", "Justification"];

fn context() -> (Setting, Value) {
    (REQUIREMENT, Value::Requirement(Requirement::Context("c1".into())))
}

fn both() -> Value {
    Value::Requirement(Requirement::MfaAndContext("c1".into()))
}

fn edit(browser: &Browser, rule: RuleId, patch: Json, by: &str) {
    let now_ms = browser.now_ms();
    browser.tenant_mut().edit_rule(GROUP, "member", rule.as_str(), patch, by, now_ms);
}

/// A tenant whose policy requires only a justification.
fn plain() -> (Browser, Desk) {
    let browser = Browser::new(&Seed::default());
    edit(&browser, RuleId::ActivationEnablement, json!({ "enabledRules": ["Justification"] }), "ana");
    browser.pass(60_000);
    let client = browser.client("ana");
    (browser, client)
}

/// Someone else changes a rule just before the policy is read again, after a first write that has to wait.
fn slowed(rule: RuleId, write: RuleId, patch: Json) -> Vec<Fault> {
    let effect = Effect::EditBefore {
        group: GROUP.into(),
        access: Access::Member,
        rule: rule.as_str().into(),
        patch,
        by: "olga".into(),
    };
    let path = "roleDefinitionId".to_owned();
    vec![
        at_write(write.as_str(), 1, Effect::Refuse { status: 429, retry_after: Some("7".into()) }),
        Fault { method: Some("GET".into()), path, skip: 1, times: Some(1), effect },
    ]
}

fn run(browser: &Browser, client: &Desk, edits: &[(Setting, Value)], faults: Vec<Fault>) -> Finished {
    let subject = subject(browser, GROUP);
    let draft = draft(&read(client, &subject), edits);
    browser.play(faults);
    finished(block_on(save(client, &subject, &draft, &|_| ())))
}

fn receipt(done: &Finished) -> Receipt {
    let planned = Planned { before: done.before.clone(), wanted: done.wanted.clone(), rules: done.rules.clone() };
    let mut receipt = receipts::open(opening(&done.before.subject), &planned, 1);
    receipts::close(&mut receipt, done, 2);
    receipt
}

// The review has read "nothing"; within ten seconds someone else turns MFA on, which does not stop a context.
#[test]
fn a_context_beside_which_someone_turned_mfa_on_is_not_called_saved() {
    let (browser, client) = plain();
    let subject = subject(&browser, GROUP);
    let policy = read(&client, &subject);
    let mut draft = draft(&policy, &[context()]);
    let start = Start { policy, asked_at: Moment::now(&browser) };
    edit(&browser, RuleId::ActivationEnablement, json!({ "enabledRules": MFA }), "olga");
    browser.play(Vec::new());
    let patience = Patience::default();
    let outcome = block_on(save_watched(&client, &subject, &draft, Some(start), None, &|_| (), &patience));
    let done = finished(outcome.clone());
    assert_eq!((writes(&browser).len(), reads(&browser)), (1, 2));
    assert_eq!(done.rules[0].state, RuleState::Verified, "the rule itself is as it was sent");
    assert_eq!(done.differing(), [(REQUIREMENT, Some(both()))]);
    assert!(!done.is_complete());
    let words = text::policy::save::outcome(&outcome);
    assert!(words.contains("it was changed meanwhile: On activation, require"), "{words}");
    let receipt = receipt(&done);
    assert_eq!((receipt.standing(), text::receipt::ended(&receipt)), (Standing::NotSaved, "changed since"));
    // The edit stays, and the next save asks.
    pim_desk::desk::editing::after(&outcome, &mut draft);
    assert_eq!(done.left_of(&draft), 1);
    let outcome = block_on(save(&client, &subject, &draft, &|_| ()));
    let Outcome::Conflicts { conflicts, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(conflicts[0].theirs, Some(both()));
}

// The ticket is in the same rule as MFA: it was saved, and can be undone, though the requirement reads otherwise now.
#[test]
fn of_a_rule_only_the_setting_that_someone_changed_counts_as_changed() {
    let (browser, client) = plain();
    let effect = Effect::EditBefore {
        group: GROUP.into(),
        access: Access::Member,
        rule: RuleId::ActivationContext.as_str().into(),
        patch: json!({ "isEnabled": true, "claimValue": "c1" }),
        by: "olga".into(),
    };
    let path = "roleDefinitionId".to_owned();
    let beside = Fault { method: Some("GET".into()), path, skip: 1, times: Some(1), effect };
    let mfa = (REQUIREMENT, Value::Requirement(Requirement::Mfa));
    let done = run(&browser, &client, &[mfa, (Setting::ActivationTicket, Value::Flag(true))], vec![beside]);
    assert_eq!(done.differing(), [(REQUIREMENT, Some(both()))]);
    let receipt = receipt(&done);
    let ends: Vec<_> = receipt.rules.iter().map(|entry| (entry.end, entry.settings.as_slice())).collect();
    let (ticket, requirement) = ([Setting::ActivationTicket], [REQUIREMENT]);
    assert_eq!(ends, [(RuleEnd::Verified, &ticket[..]), (RuleEnd::ChangedSince, &requirement[..])]);
    assert_eq!(receipt.standing(), Standing::Partly);
    assert_eq!(text::receipt::sum(&receipt), "0 of 1 rule saved, 1 changed since");
    let undo = receipt.undo(&done.policy);
    assert_eq!(undo.draft.edits().map(|(setting, _)| setting).collect::<Vec<_>>(), ticket);
}

#[test]
fn a_context_is_not_turned_on_once_a_read_in_between_shows_mfa() {
    let (browser, client) = plain();
    let faults = slowed(RuleId::ActivationEnablement, RuleId::ActivationContext, json!({ "enabledRules": MFA }));
    let done = run(&browser, &client, &[context()], faults);
    assert_eq!(states(&done), [(RuleId::ActivationContext, RuleState::Overtaken)]);
    assert_eq!(writes(&browser).len(), 1);
    assert_eq!(stored(&browser, RuleId::ActivationContext)["isEnabled"], false);
}

// The rule is written for the ticket; MFA is in it too, and someone else has just turned it on.
#[test]
fn a_rule_written_for_another_setting_does_not_take_back_mfa() {
    let (browser, client) = plain();
    let faults = slowed(RuleId::ActivationEnablement, RuleId::ActivationEnablement, json!({ "enabledRules": MFA }));
    let done = run(&browser, &client, &[context(), (Setting::ActivationTicket, Value::Flag(true))], faults);
    assert_eq!(done.rules[0].state, RuleState::Overtaken, "{:?}", states(&done));
    assert_eq!(writes(&browser).len(), 1);
    assert_eq!(stored(&browser, RuleId::ActivationEnablement)["enabledRules"], json!(MFA));
}

#[test]
fn the_second_half_of_a_swap_is_sent_though_a_read_in_between_shows_the_first() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    for wanted in [context(), (REQUIREMENT, Value::Requirement(Requirement::Mfa))] {
        let second = if wanted == context() { RuleId::ActivationContext } else { RuleId::ActivationEnablement };
        let slow = Effect::Refuse { status: 429, retry_after: Some("7".into()) };
        let done = run(&browser, &client, &[wanted], vec![at_write(second.as_str(), 1, slow)]);
        assert!(done.is_complete(), "{:?}", states(&done));
        assert_eq!(writes(&browser).len(), 3);
    }
}

#[test]
fn approval_is_not_turned_on_once_a_read_in_between_shows_no_approver() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let off = [(Setting::ApprovalRequired, Value::Flag(false))];
    assert!(run(&browser, &client, &off, Vec::new()).is_complete());
    let mut setting = stored(&browser, RuleId::ActivationApproval)["setting"].clone();
    setting["approvalStages"][0]["primaryApprovers"] = json!([]);
    let faults = slowed(RuleId::ActivationApproval, RuleId::ActivationApproval, json!({ "setting": setting }));
    let done = run(&browser, &client, &[(Setting::ApprovalRequired, Value::Flag(true))], faults);
    assert_eq!(states(&done), [(RuleId::ActivationApproval, RuleState::Overtaken)]);
    assert_eq!(writes(&browser).len(), 1);
}

#[test]
fn what_someone_else_changed_after_it_was_read_back_is_told_too() {
    let (browser, client) = plain();
    let done = run(&browser, &client, &[context()], Vec::new());
    assert!(done.is_complete() && done.differing().is_empty());
    edit(&browser, RuleId::ActivationEnablement, json!({ "enabledRules": MFA }), "olga");
    let now = read(&client, &done.before.subject);
    let seen = done.seen_again(&now.clone(), now);
    assert_eq!(seen.differing().first().expect("it differs").1, Some(both()));
    let draft = Draft::default();
    assert_eq!((seen.undo(), seen.is_complete()), (draft, false));
}

// Something between the page and Microsoft answered 503 though the write had been applied.
#[test]
fn what_a_refused_write_has_stored_all_the_same_is_not_put_down_to_someone_else() {
    for (status, by) in [(503, "ana"), (429, "olga")] {
        let (browser, client) = plain();
        let rule = RuleId::ActivationExpiration;
        let mut faults = slowed(rule, rule, json!({ "maximumDuration": "PT3H" }));
        faults[0] = at_write(rule.as_str(), 1, Effect::Refuse { status, retry_after: Some("7".into()) });
        if let Effect::EditBefore { by: editor, .. } = &mut faults[1].effect {
            by.clone_into(editor);
        }
        let mail = (Setting::MailCritical(RuleId::ActivationRequestor), Value::Flag(true));
        let edits = [(Setting::ActivationDuration, Value::Duration("PT3H".into())), mail];
        let done = run(&browser, &client, &edits, faults);
        assert!(done.is_complete(), "{:?}", states(&done));
        let sent: Vec<String> = writes(&browser).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(sent, [rule.as_str(), RuleId::ActivationRequestor.as_str()], "{status}");
    }
}

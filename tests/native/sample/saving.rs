//! What tests of saving share: who saves, the outcome, what was sent.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use futures_executor::block_on;
use pim_desk::auth::session::Session;
use pim_desk::desk::policies;
use pim_desk::desk::receipts::Opening;
use pim_desk::desk::save::{Finished, Outcome, RuleState, save};
use pim_desk::graph::Client;
use pim_desk::policy::plan::body_of;
use pim_desk::policy::setting::MAILS;
use pim_desk::policy::{Access, Draft, Policy, Requirement, RuleId, Setting, Subject, Value};
use pim_desk::receipt::Author;
use pim_desk_tenant::{Effect, Fault};
use serde_json::Value as Json;

use super::browser::Browser;

pub type Desk = Client<Browser, Session<Browser>>;

pub const GROUP: &str = "Tier-0 Operators";

pub fn subject(browser: &Browser, group: &str) -> Subject {
    let id = browser.tenant().group(group).unwrap().id.clone();
    Subject::Group { group: id.parse().unwrap(), access: Access::Member }
}

/// What a receipt of Ana's save begins with.
pub fn opening(subject: &Subject) -> Opening {
    let id = subject.id();
    let by = Author { tenant: id.clone(), id: id.clone(), name: "Ana".into() };
    Opening { id: id.clone(), by, subject_name: GROUP.into(), undoes: None, rollout: None }
}

pub fn read(client: &Desk, subject: &Subject) -> Policy {
    block_on(policies::read(client, subject)).unwrap().unwrap()
}

pub fn draft(policy: &Policy, edits: &[(Setting, Value)]) -> Draft {
    let mut draft = Draft::default();
    for (setting, value) in edits {
        draft.set(policy, *setting, value.clone());
    }
    assert_eq!(draft.len(), edits.len());
    draft
}

/// Signs Ana in, plays the faults, saves; returns the outcome.
pub fn run(browser: &Browser, edits: &[(Setting, Value)], faults: Vec<Fault>) -> Outcome {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let draft = draft(&read(&client, &subject), edits);
    browser.play(faults);
    block_on(save(&client, &subject, &draft, &|_| ()))
}

pub fn finished(outcome: Outcome) -> Finished {
    match outcome {
        Outcome::Finished(finished) => finished,
        other => panic!("{other:?}"),
    }
}

pub fn states(finished: &Finished) -> Vec<(RuleId, RuleState)> {
    finished.rules.iter().map(|rule| (rule.rule, rule.state.clone())).collect()
}

pub fn writes(browser: &Browser) -> Vec<(String, Json)> {
    let sent = browser.sent();
    let patches = sent.iter().filter(|exchange| exchange.request.method == "PATCH");
    patches
        .map(|exchange| {
            let rule = exchange.request.url.rsplit('/').next().unwrap().to_owned();
            (rule, serde_json::from_str(&exchange.request.body).unwrap())
        })
        .collect()
}

pub fn reads(browser: &Browser) -> usize {
    browser.sent().iter().filter(|exchange| exchange.request.method == "GET").count()
}

pub fn stored(browser: &Browser, rule: RuleId) -> Json {
    browser.tenant().rule(GROUP, "member", rule.as_str()).unwrap()
}

pub fn at_write(path: &str, times: u32, effect: Effect) -> Fault {
    Fault { method: Some("PATCH".into()), path: path.into(), skip: 0, times: Some(times), effect }
}

/// One edit in each of the 17 rules: some strengthen, some weaken, and one changes from MFA to a context.
pub fn one_edit_per_rule(policy: &Policy) -> Vec<(Setting, Value)> {
    let flipped = |setting: Setting| Value::Flag(!policy.read(setting).value.unwrap().as_flag().unwrap());
    let other = |setting: Setting, first: &str, second: &str| {
        let first = Value::Duration(first.into());
        let same = policy.read(setting).value.unwrap().means(&first);
        if same { Value::Duration(second.into()) } else { first }
    };
    let mut edits: Vec<(Setting, Value)> = [
        (Setting::ActivationDuration, other(Setting::ActivationDuration, "PT1H", "PT2H")),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into()))),
        (Setting::ApprovalRequired, flipped(Setting::ApprovalRequired)),
        (Setting::EligibleExpiry, other(Setting::EligibleExpiry, "P15D", "P30D")),
        (Setting::ActiveExpiry, other(Setting::ActiveExpiry, "P15D", "P30D")),
        (Setting::ActiveMfa, flipped(Setting::ActiveMfa)),
        (Setting::EligibleMfa, flipped(Setting::EligibleMfa)),
    ]
    .into();
    edits.extend(MAILS.map(|mail| (Setting::MailCritical(mail), flipped(Setting::MailCritical(mail)))));
    edits
}

/// Whether the tenant has what a save wanted of a rule, according to its store.
pub fn tenant_holds(browser: &Browser, rule: RuleId, wanted: &[(Setting, Value)]) -> bool {
    let raw = stored(browser, rule);
    body_of(&raw, rule, wanted).0 == raw
}

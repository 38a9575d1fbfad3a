//! Receipts: stored before the first write, correct after a closed tab, undone only if nobody has changed the policy
//! since.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod beside;
mod kept;
mod lagging;
mod weaker;

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::sample;
use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::saving::{
    GROUP, at_write, draft, finished, one_edit_per_rule, read, reads, stored, subject, tenant_holds, writes,
};
use crate::sample::yielding::yielding_client;
use futures_executor::block_on;
use pim_desk::desk::receipts::{self, Opening};
use pim_desk::desk::save::{Finished, RuleState, Step, save};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::plan::plan;
use pim_desk::policy::{Change, Requirement, RuleId, Setting, Value};
use pim_desk::receipt::csv::to_csv;
use pim_desk::receipt::keep::{may_be_open, room_for};
use pim_desk::receipt::listing::{Filter, Since};
use pim_desk::receipt::{Author, Receipt, RuleEnd, Standing, to_file};
use pim_desk::rollout::record::Record;
use pim_desk::text::receipt::{ended, found_outcome, sum};
use pim_desk::world::Clock;
use pim_desk_tenant::{Effect, Fault, Seed};
use serde_json::json;

fn guid(number: u32) -> Guid {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

fn opening() -> Opening {
    let by = Author { tenant: guid(1), id: guid(2), name: "Ana Brandão".into() };
    Opening { id: guid(3), by, subject_name: "Tier-0 Operators (members)".into(), undoes: None, rollout: None }
}

/// Saves, and stores the receipt at every step as the page does.
fn kept_save(browser: &Browser, edits: &[(Setting, Value)], faults: Vec<Fault>) -> (Receipt, Finished) {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let draft = draft(&read(&client, &subject), edits);
    browser.play(faults);
    let kept: RefCell<Option<Receipt>> = RefCell::default();
    let done = finished(block_on(save(&client, &subject, &draft, &|step| keep(&kept, step, browser))));
    let mut receipt = kept.take().unwrap();
    receipts::close(&mut receipt, &done, browser.unix_ms());
    (Receipt::from_json(&receipt.to_json()).unwrap(), done)
}

fn keep(kept: &RefCell<Option<Receipt>>, step: Step<'_>, browser: &Browser) {
    match step {
        Step::Planned(planned) => {
            assert!(writes(browser).is_empty(), "the receipt comes before the first write");
            *kept.borrow_mut() = Some(receipts::open(opening(), planned, browser.unix_ms()));
        }
        Step::Rules(rules) => {
            if let Some(receipt) = kept.borrow_mut().as_mut() {
                receipts::follow(receipt, rules, browser.unix_ms());
            }
        }
    }
}

fn hours(text: &str) -> (Setting, Value) {
    (Setting::ActivationDuration, Value::Duration(text.into()))
}

fn three() -> Vec<(Setting, Value)> {
    let mail = Setting::MailRecipients(RuleId::ActivationRequestor);
    vec![
        hours("PT2H"),
        (Setting::ActiveExpiry, Value::Duration("P15D".into())),
        (mail, Value::Recipients(vec!["soc@contoso.com".into()])),
    ]
}

#[test]
fn a_receipt_tells_who_what_and_how_it_ended_and_holds_no_token() {
    let browser = Browser::new(&Seed::default());
    let (receipt, done) = kept_save(&browser, &three(), Vec::new());
    assert_eq!((receipt.standing(), receipt.changes.len(), receipt.rules.len()), (Standing::Saved, 3, 3));
    assert_eq!(receipt.wanted(), done.wanted);
    assert_eq!(receipt.before.len(), 3);
    let sent = browser.sent();
    let ids: Vec<_> = sent.iter().filter(|exchange| exchange.request.method == "PATCH").collect();
    assert_eq!(ids.len(), 3);
    for (record, exchange) in receipt.rules.iter().zip(ids) {
        let header = exchange.request.headers.iter().find(|(name, _)| name == "client-request-id").unwrap();
        assert_eq!(record.client_request_id.as_ref(), Some(&header.1));
        assert!(record.request_id.is_some());
    }
    for secret in ["eyJ", "Bearer", "access_token", "refresh"] {
        assert!(!to_file(std::slice::from_ref(&receipt)).contains(secret), "{secret}");
    }
    let later = receipt.to_json().replace("\"version\":1", "\"version\":2");
    assert_eq!(Receipt::from_json(&later), None, "a later form is left alone");
}

#[test]
fn a_save_cut_short_anywhere_is_found_again_with_its_true_outcome() {
    let start = Browser::new(&Seed::default());
    let edits = one_edit_per_rule(&read(&start.client("ana"), &subject(&start, GROUP)));
    let mut seen = [0_u32; 4];
    for steps in 1.. {
        let browser = Browser::new(&Seed::default());
        let client = yielding_client(&browser, "ana");
        let subject = subject(&browser, GROUP);
        let draft = draft(&read(&browser.client("ana"), &subject), &edits);
        browser.play(Vec::new());
        let kept: RefCell<Option<Receipt>> = RefCell::default();
        let on_step = |step: Step<'_>| keep(&kept, step, &browser);
        let ended = {
            let mut saving = pin!(save(&client, &subject, &draft, &on_step));
            let mut context = Context::from_waker(Waker::noop());
            (0..steps).any(|_| matches!(saving.as_mut().poll(&mut context), Poll::Ready(_)))
        };
        // The tab is gone. What it stored is all that is left.
        let Some(receipt) = kept.take() else {
            assert!(writes(&browser).is_empty(), "nothing is sent before the receipt is kept");
            continue;
        };
        let receipt = Receipt::from_json(&receipt.to_json()).unwrap();
        assert_eq!(receipt.standing(), Standing::Open);
        let sent = writes(&browser).len();
        browser.pass(11 * 60 * 1000);
        let found = block_on(receipts::read_outcome(&browser.client("ana"), &receipt)).unwrap().unwrap();
        assert!(found.interrupted && found.ended_unix_ms.is_some());
        for record in &found.rules {
            let holds = tenant_holds(&browser, record.id().unwrap(), &edits);
            assert_eq!(holds, record.end == RuleEnd::Verified, "{steps}: {record:?}");
            assert!(!record.end.is_open(), "{record:?}");
        }
        assert_eq!(found.rules.iter().filter(|record| record.end == RuleEnd::Verified).count(), sent.min(17));
        let at = match found.standing() {
            Standing::NotSaved => 0,
            Standing::Partly => 1,
            Standing::Saved => 2,
            _ => 3,
        };
        seen[at] += 1;
        if ended {
            break;
        }
    }
    assert!(seen[..3].iter().all(|count| *count > 0) && seen[3] == 0, "{seen:?}");
}

#[test]
fn what_may_have_been_cut_short_is_told_without_reading_it() {
    let browser = Browser::new(&Seed::default());
    let (mut receipt, _) = kept_save(&browser, &three(), Vec::new());
    // Text written by a person is not taken for a field.
    receipt.subject_name = r#"Named "endedUnixMs":null"#.into();
    assert!(!may_be_open(&receipt.to_json()));
    receipt.ended_unix_ms = None;
    receipt.subject_name = r#"Named "endedUnixMs":1"#.into();
    assert!(may_be_open(&receipt.to_json()));

    let mut record = Record::begin(guid(4), "Copy".into(), receipt.by.clone(), None, 0);
    assert!(may_be_open(&record.to_json()));
    record.cut_short(1);
    assert!(!may_be_open(&record.to_json()));
    // An unknown format may be anything.
    assert!(may_be_open("{}"));
}

#[test]
fn a_write_that_does_not_show_yet_stays_open_until_it_can_be_given_up() {
    let browser = Browser::new(&Seed::default());
    let (receipt, _) = kept_save(&browser, &three(), vec![at_write("Expiration_EndUser", 1, Effect::DropBefore)]);
    assert_eq!((receipt.standing(), receipt.rules[0].end), (Standing::Uncertain, RuleEnd::Unknown));
    let client = browser.client("ana");
    let soon = block_on(receipts::read_outcome(&client, &receipt)).unwrap().unwrap();
    assert_eq!(soon.standing(), Standing::Uncertain);
    browser.pass(11 * 60 * 1000);
    let late = block_on(receipts::read_outcome(&client, &soon)).unwrap().unwrap();
    assert_eq!((late.standing(), late.rules[0].end), (Standing::NotSaved, RuleEnd::NotSaved));
    assert!(!late.interrupted, "it had ended");
    let now = read(&client, &receipt.subject);
    assert_eq!(late.rest(&now).len(), 3, "and can be taken up again");
}

/// A save interrupted while its only rule was being sent; then replicas that take turns answering with these values.
/// Returns the receipt with the outcome read.
fn read_from_replicas(turns: [&str; 6], waited_ms: i64) -> Receipt {
    let browser = Browser::new(&Seed::default());
    let subject = subject(&browser, GROUP);
    let draft = draft(&read(&browser.client("ana"), &subject), &[hours("PT2H")]);
    let kept: RefCell<Option<Receipt>> = RefCell::default();
    {
        let client = yielding_client(&browser, "ana");
        browser.play(Vec::new());
        let on_step = |step: Step<'_>| keep(&kept, step, &browser);
        let mut saving = pin!(save(&client, &subject, &draft, &on_step));
        let mut context = Context::from_waker(Waker::noop());
        while writes(&browser).is_empty() {
            assert!(saving.as_mut().poll(&mut context).is_pending());
        }
    }
    let receipt = kept.take().unwrap();
    assert_eq!(receipt.rules[0].end, RuleEnd::Sending);
    browser.pass(waited_ms);
    let (world, client) = slow_client(&browser, "ana", 20);
    let mut reading = pin!(receipts::read_outcome(&client, &receipt));
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100_000 {
        let patch = json!({"maximumDuration": turns[reads(&browser).min(5)]});
        let rule = RuleId::ActivationExpiration.as_str();
        browser.tenant_mut().edit_rule(GROUP, "member", rule, patch, "olga", browser.unix_ms());
        if let Poll::Ready(found) = reading.as_mut().poll(&mut context) {
            return found.unwrap().unwrap();
        }
        world.pass(10);
    }
    unreachable!("it ends")
}

#[test]
fn an_outcome_that_no_two_readings_agree_on_stays_open() {
    for waited_ms in [0, 11 * 60 * 1000] {
        let found = read_from_replicas(["PT2H", "PT8H", "PT2H", "PT8H", "PT2H", "PT8H"], waited_ms);
        assert_eq!((found.rules[0].end, found.standing()), (RuleEnd::Unknown, Standing::Uncertain));
        let found = read_from_replicas(["PT8H", "PT2H", "PT8H", "PT2H", "PT8H", "PT2H"], waited_ms);
        assert_eq!((found.rules[0].end, found.standing()), (RuleEnd::Unknown, Standing::Uncertain));
        let found = read_from_replicas(["PT8H", "PT2H", "PT8H", "PT2H", "PT2H", "PT8H"], waited_ms);
        assert_eq!((found.rules[0].end, found.standing()), (RuleEnd::Verified, Standing::Saved));
        assert!(!found.can_undo() || found.interrupted);
    }
}

#[test]
fn what_someone_else_wrote_over_a_cut_short_save_is_theirs() {
    let browser = Browser::new(&Seed::default());
    let (mut receipt, _) = kept_save(&browser, &three(), Vec::new());
    receipt.ended_unix_ms = None;
    receipt.rules[0].end = RuleEnd::Sending;
    let now_ms = browser.now_ms();
    browser.tenant_mut().edit_rule(
        GROUP,
        "member",
        RuleId::ActivationExpiration.as_str(),
        json!({"maximumDuration": "PT3H"}),
        "olga",
        now_ms,
    );
    let found = block_on(receipts::read_outcome(&browser.client("ana"), &receipt)).unwrap().unwrap();
    assert_eq!(found.rules[0].end, RuleEnd::ChangedSince);
    assert_eq!((found.standing(), ended(&found)), (Standing::Partly, "partly saved"));
    // If that was the whole save, it is unknown whether the policy is as it was.
    for before in [RuleEnd::Sending, RuleEnd::Queued] {
        receipt.rules.truncate(1);
        receipt.rules[0].end = before;
        let found = block_on(receipts::read_outcome(&browser.client("ana"), &receipt)).unwrap().unwrap();
        assert_eq!(found.rules[0].end, RuleEnd::ChangedSince);
        assert!(found_outcome(&found).contains("no longer possible to tell"), "{}", found_outcome(&found));
        assert_eq!((ended(&found), sum(&found).as_str()), ("changed since", "0 of 1 rule saved, 1 changed since"));
    }
}

#[test]
fn undo_takes_back_what_nobody_changed_since_and_names_the_rest() {
    let browser = Browser::new(&Seed::default());
    let before = stored(&browser, RuleId::ActiveExpiration);
    let (receipt, _) = kept_save(&browser, &three(), Vec::new());
    let olga = json!({"maximumDuration": "PT3H"});
    browser.tenant_mut().edit_rule(GROUP, "member", "Expiration_EndUser_Assignment", olga, "olga", 0);
    let client = browser.client("ana");
    let undo = receipt.undo(&read(&client, &receipt.subject));
    assert_eq!(undo.draft.len(), 2);
    assert_eq!(undo.changed_since, [(Setting::ActivationDuration, Some(Value::Duration("PT3H".into())))]);
    assert!(finished(block_on(save(&client, &receipt.subject, &undo.draft, &|_| ()))).is_complete());
    assert_eq!(stored(&browser, RuleId::ActiveExpiration)["maximumDuration"], before["maximumDuration"]);
    assert_eq!(stored(&browser, RuleId::ActivationExpiration)["maximumDuration"], "PT3H");
    let again = receipt.undo(&read(&client, &receipt.subject));
    assert_eq!((again.draft.len(), again.already.len()), (0, 2), "a second time there is nothing to do");
}

#[test]
fn undo_knows_what_half_a_change_left() {
    let browser = Browser::new(&Seed::default());
    let context = (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())));
    let body = r#"{"error":{"code":"InvalidPolicy","message":"The policy is invalid."}}"#.into();
    let no = Effect::Replace { status: 400, content_type: "application/json".into(), body };
    let (receipt, _) = kept_save(&browser, &[context], vec![at_write("AuthenticationContext", 1, no)]);
    assert_eq!(receipt.standing(), Standing::Partly);
    assert_eq!(receipt.rules[1].refused.as_ref().unwrap().code, "InvalidPolicy");
    let client = browser.client("ana");
    let undo = receipt.undo(&read(&client, &receipt.subject));
    assert_eq!((undo.draft.len(), undo.changed_since.len()), (1, 0));
    assert_eq!(receipt.short().before.len(), 2, "what a half leaves is known from before only");
    assert_eq!(receipt.short().undo(&read(&client, &receipt.subject)), undo);
    assert!(finished(block_on(save(&client, &receipt.subject, &undo.draft, &|_| ()))).is_complete());
    let now = read(&client, &receipt.subject).read(Setting::ActivationRequirement).value;
    assert_eq!(now, Some(Value::Requirement(Requirement::Mfa)));
}

#[test]
fn a_receipt_of_any_plan_is_the_policy_before_and_after() {
    let start = sample::rules::policy();
    let edits = one_edit_per_rule(&start);
    let rules = plan(&start, &edits);
    assert!(rules.len() > 14);
    let progress = rules.iter().map(|write| pim_desk::desk::save::RuleProgress {
        rule: write.rule,
        settings: write.settings.clone(),
        state: RuleState::Verified,
        at_unix_ms: None,
        ids: pim_desk::graph::error::Ids::default(),
    });
    let planned =
        pim_desk::desk::save::Planned { before: start.clone(), wanted: edits.clone(), rules: progress.collect() };
    let receipt = receipts::open(opening(), &planned, 0);
    for (setting, value) in &edits {
        assert_eq!(receipt.policy_before().read(*setting), start.read(*setting));
        assert!(receipt.policy_after().read(*setting).value.unwrap().means(value), "{setting}");
    }
    let short = receipt.short();
    assert!(short.before.is_empty() && short.to_json().len() < receipt.to_json().len() * 2 / 3);
    let (long_way, short_way) = (receipt.way_back(), short.way_back());
    assert_eq!(long_way.len(), edits.len());
    for (long, short) in long_way.iter().zip(&short_way) {
        assert!(long.0 == short.0 && long.1 == short.1 && long.2.means(&short.2), "{long:?} {short:?}");
    }
    assert_eq!(long_way.len(), short_way.len());
}

#[test]
fn the_list_is_searched_and_saved_to_a_file_without_formulas() {
    let browser = Browser::new(&Seed::default());
    let (mut receipt, _) = kept_save(&browser, &three(), Vec::new());
    let now = receipt.started_unix_ms + 2 * 86_400_000;
    let shows = |filter: Filter| filter.shows(&receipt, "", now);
    assert!(shows(Filter::default()) && shows(Filter { text: "TIER ana".into(), ..Filter::default() }));
    assert!(!shows(Filter { text: "helpdesk".into(), ..Filter::default() }));
    assert!(!shows(Filter { since: Since::Day, ..Filter::default() }));
    assert!(shows(Filter { since: Since::Week, standing: Some(Standing::Saved), ..Filter::default() }));
    assert!(!shows(Filter { standing: Some(Standing::Partly), ..Filter::default() }));
    receipt.subject_name = "=HYPERLINK(\"https://evil\")".into();
    let file = to_csv(&[receipt], &|changed| [changed.setting.key(), "@before".into(), "+after".into()]);
    assert_eq!(file.lines().count(), 4);
    assert!(file.contains("\"'=HYPERLINK(\"\"https://evil\"\")\"") && file.contains("\"'@before\",\"'+after\""));
}

#[test]
fn the_room_of_a_receipt_is_estimated_before_it_is_written() {
    let browser = Browser::new(&Seed::default());
    let policy = read(&browser.client("ana"), &subject(&browser, GROUP));
    for edits in [three(), one_edit_per_rule(&policy), vec![hours("PT2H")]] {
        let browser = Browser::new(&Seed::default());
        let change = |(setting, after): &(Setting, Value)| {
            Change::new(&policy.subject, *setting, policy.read(*setting).value.unwrap(), after.clone())
        };
        let estimated = room_for(&edits.iter().map(change).collect::<Vec<_>>());
        let (receipt, _) = kept_save(&browser, &edits, Vec::new());
        let takes = receipt.short().to_json().len();
        assert!(takes <= estimated && estimated < takes * 3 / 2, "{takes} of {estimated}");
    }
}

#[test]
fn the_way_back_is_not_planned_by_an_answer_from_before_the_save() {
    // The policy has the value from before the save, or an even older one.
    for first in [None, Some("PT3H")] {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        read(&client, &subject(&browser, GROUP));
        let body = browser.sent().last().map(|one| one.outcome.body.clone()).unwrap();
        if let Some(first) = first {
            kept_save(&browser, &[hours(first)], Vec::new());
        }
        let (receipt, _) = kept_save(&browser, &[hours("PT2H")], Vec::new());
        let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body };
        let (method, path) = (Some("GET".into()), "roleDefinitionId".into());
        browser.play(vec![Fault { method, path, skip: 0, times: Some(1), effect }]);
        let (undo, now) = block_on(receipts::way_back(&client, &receipt, &Patience::default(), &|| ())).unwrap();
        assert_eq!((undo.draft.len(), undo.already.len(), undo.changed_since.len()), (1, 0, 0));
        assert_eq!(now.read(Setting::ActivationDuration).value, Some(hours("PT2H").1));
    }
}

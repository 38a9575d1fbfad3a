//! What a newer version stored in this browser and this one does not understand: it is still there after this version
//! has written the same thing again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use crate::sample::rolling::{Page, guid, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::receipts::read_outcome;
use pim_desk::desk::rollout::{look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Approver, ApproverKind, RuleId, Setting, Subject, Value};
use pim_desk::receipt::{Receipt, RuleEnd, to_file};
use pim_desk::rollout::kept::KeptPlan;
use pim_desk::rollout::record::Record;
use pim_desk::rollout::taken_out::TakenOut;
use pim_desk::rollout::{Item, Proposal, Target, Unsure};
use pim_desk::template::{Template, add, first_value};
use pim_desk_tenant::{Effect, Fault};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn approvers(number: u32) -> Value {
    let one = |(kind, at)| Approver { kind, id: guid(at).to_string() };
    Value::Approvers([(ApproverKind::User, number), (ApproverKind::Group, number + 1)].map(one).to_vec())
}

fn wanted() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::ApprovalRequired, Value::Flag(true)),
        (Setting::Approvers, approvers(3)),
    ]
}

/// What a change of two policies stores: its record, its plan, and its receipts, the first with a refusal.
struct Stored {
    record: String,
    plan: String,
    receipts: Vec<String>,
}

fn changed() -> Stored {
    let browser = tenant(4);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(2).map(members).collect();
    let client = browser.client("ana");
    let items: Vec<Item> = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let seen = block_on(look(&client, items.clone(), &guid(2), &Patience::default(), &|_, _| ()));
    browser.play(vec![Fault {
        method: Some("PATCH".into()),
        path: RuleId::ActivationExpiration.as_str().into(),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 403, retry_after: None },
    }]);
    let page = Page::default();
    let record = block_on(run(&client, &works(&seen), record(), &page.control, &page));
    let unsure = Unsure { target: items[1].target.clone(), settings: vec![Setting::ActiveMfa] };
    let only_from = vec![(Setting::Approvers, approvers(7))];
    let items = vec![Item { only_from, ..items[0].clone() }, items[1].clone()];
    let proposal = Proposal { title: "Undo".into(), items, undoes: Some(guid(8)), left_out: vec![unsure] };
    let mut taken_out = TakenOut::default();
    taken_out.leave_out(&subjects[0], Setting::ActiveMfa, true);
    let receipts = page.all_receipts();
    assert!(receipts.iter().any(|receipt| receipt.rules.iter().any(|rule| rule.refused.is_some())));
    Stored {
        record: record.to_json(),
        plan: KeptPlan::of(&proposal, &taken_out).to_json(),
        receipts: receipts.iter().map(Receipt::to_json).collect(),
    }
}

static STORED: LazyLock<Stored> = LazyLock::new(changed);

/// A property that no version knows, in each of these objects of a text.
fn with_surplus(text: &str, places: &[String]) -> String {
    let mut json: Json = serde_json::from_str(text).unwrap();
    for (at, place) in places.iter().enumerate() {
        let object = json.pointer_mut(place).unwrap().as_object_mut().unwrap();
        let value = [json!(at), json!(null), json!({"id": [at]}), json!(["x"])][at % 4].clone();
        object.insert(format!("newer-{at}-"), value);
    }
    json.to_string()
}

/// The objects of a text that may have further properties: with one, the text can still be read. Otherwise it is left
/// as it is.
fn places(text: &str, reads: fn(&str) -> bool) -> Vec<String> {
    fn walk(json: &Json, place: &str, found: &mut Vec<String>) {
        match json {
            Json::Object(object) => {
                found.push(place.to_owned());
                object.iter().for_each(|(name, value)| walk(value, &format!("{place}/{name}"), found));
            }
            Json::Array(list) => {
                (0..).zip(list).for_each(|(at, item): (usize, _)| walk(item, &format!("{place}/{at}"), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::from_str(text).unwrap(), "", &mut found);
    found.retain(|place| reads(&with_surplus(text, std::slice::from_ref(place))));
    found
}

/// Writes a text again with surplus in any of the places, and checks that all of it is there: at its place if nothing
/// else has changed.
fn comes_back(text: &str, places: &[String], rewrite: &dyn Fn(&str) -> String, is_same: bool) {
    let newer = with_surplus(text, places);
    let written = rewrite(&newer);
    for (at, place) in places.iter().enumerate() {
        assert!(written.contains(&format!("\"newer-{at}-\"")), "{place} is lost: {written}");
    }
    if is_same {
        let parse = |text: &str| serde_json::from_str::<Json>(text).unwrap();
        assert_eq!(parse(&written), parse(&newer));
    }
}

fn some_of(all: Vec<String>) -> impl Strategy<Value = Vec<String>> {
    let number = all.len();
    assert!(number > 0);
    proptest::sample::subsequence(all, 1..=number)
}

fn without(mut places: Vec<String>, parts: &[&str]) -> Vec<String> {
    places.retain(|place| !parts.iter().any(|part| place.contains(part)));
    places
}

fn of_receipt(at: usize) -> Vec<String> {
    let places = places(&STORED.receipts[at], |text| Receipt::from_json(text).is_some());
    assert!(places.iter().any(|place| place.contains("/after/approvers/")), "{places:?}");
    assert!(places.contains(&String::new()) && places.contains(&"/by".to_owned()));
    places
}

fn of_record() -> Vec<String> {
    let places = places(&STORED.record, |text| Record::from_json(text).is_some());
    assert!(places.contains(&"/targets/1".to_owned()) && places.contains(&"/by".to_owned()));
    places
}

fn of_plan() -> Vec<String> {
    let places = places(&STORED.plan, |text| KeptPlan::from_json(text).is_some());
    for place in ["", "/proposal", "/proposal/items/0", "/takenOut", "/proposal/items/0/onlyFrom/0/1/approvers/0"] {
        assert!(places.contains(&place.to_owned()), "{place} of {places:?}");
    }
    places
}

fn template() -> String {
    let mut template = Template::new("a".into(), "A".into());
    Setting::all().for_each(|setting| template.set(setting, first_value(setting)));
    template.set(Setting::Approvers, approvers(3));
    template.kept()
}

fn of_template() -> Vec<String> {
    let places = places(&template(), |text| Template::from_kept(text).is_some());
    assert_eq!(places.len(), 3, "{places:?}");
    places
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_only_written_again_comes_back(
        (first, second) in (some_of(of_receipt(0)), some_of(of_receipt(1))),
        (record, plan, own) in (some_of(of_record()), some_of(of_plan()), some_of(of_template())),
    ) {
        let receipt = |text: &str| Receipt::from_json(text).unwrap().to_json();
        comes_back(&STORED.receipts[0], &first, &receipt, true);
        comes_back(&STORED.receipts[1], &second, &receipt, true);
        comes_back(&STORED.record, &record, &|text| Record::from_json(text).unwrap().to_json(), true);
        comes_back(&STORED.plan, &plan, &|text| KeptPlan::from_json(text).unwrap().to_json(), true);
        comes_back(&template(), &own, &|text| Template::from_kept(text).unwrap().kept(), true);
    }

    #[test]
    fn what_is_changed_keeps_what_is_not_understood(
        receipt in some_of(without(of_receipt(0), &["/before/", "/refused"])),
        (record, plan, own) in (some_of(of_record()), some_of(of_plan()), some_of(of_template())),
    ) {
        let shorter = |text: &str| Receipt::from_json(text).unwrap().in_doubt().short().to_json();
        comes_back(&STORED.receipts[0], &receipt, &shorter, false);
        let interrupted = |text: &str| {
            let mut record = Record::from_json(text).unwrap();
            let kept: Vec<Receipt> = STORED.receipts.iter().filter_map(|text| Receipt::from_json(text)).collect();
            let again = Target { subject: record.targets[0].subject.clone(), name: String::new() };
            record.queue([&again]);
            record.claim(&kept);
            record.cut_short(9);
            record.lose(&|_| false);
            record.with_receipts(&|id| kept.iter().find(|one| one.id == *id).cloned()).to_json()
        };
        comes_back(&STORED.record, &record, &interrupted, false);
        let again = |text: &str| {
            let plan = KeptPlan::from_json(text).unwrap();
            let known = Record::from_json(&STORED.record).unwrap();
            let (proposal, taken_out) = plan.again(&[known.targets[0].subject.clone()]);
            plan.followed_by(&proposal, &taken_out).to_json()
        };
        comes_back(&STORED.plan, &plan, &again, false);
        let edited = |text: &str| {
            let mut template = Template::from_kept(text).unwrap();
            template.name = "B".into();
            template.set(Setting::ActivationTicket, Value::Flag(true));
            template.unset(Setting::ActivationDuration);
            template.kept()
        };
        comes_back(&template(), &own, &edited, false);
    }
}

#[test]
fn an_outcome_that_is_read_later_and_a_file_keep_it() {
    let browser = tenant(4);
    let text = &STORED.receipts[0];
    let places = of_receipt(0);
    let newer = Receipt::from_json(&with_surplus(text, &places)).unwrap();
    let mut open = Receipt { ended_unix_ms: None, ..newer.clone() };
    open.rules.iter_mut().for_each(|rule| rule.end = RuleEnd::Sending);
    let found = block_on(read_outcome(&browser.client("ana"), &open)).unwrap().unwrap();
    assert!(found.interrupted && found.rules != open.rules);
    for text in [found.to_json(), to_file(&[found])] {
        for (at, place) in places.iter().enumerate() {
            assert!(text.contains(&format!("\"newer-{at}-\"")), "{place}");
        }
    }
}

#[test]
fn a_template_from_a_newer_version_is_imported_once_and_never_for_other_policies() {
    let newer = Template::from_kept(&with_surplus(&template(), &of_template())).unwrap();
    let mut list = vec![newer];
    let taken = add(&mut list, vec![Template::from_kept(&template()).unwrap()], &[]);
    assert_eq!((taken.same, taken.added, list.len()), (1, 0, 1));
    let guests = template().replace("\"class\":\"all\"", "\"class\":\"guests\"");
    assert_ne!(guests, template());
    assert_eq!(Template::from_kept(&guests), None, "meant for others than all: it is left as it is");
}

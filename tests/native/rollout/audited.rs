//! What someone finds who exports changes and reads the files without the page: nothing shown is missing, nothing is
//! called certain that is not, and no name adds lines of its own.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::rolling::{Page, guid, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::rollout::{look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{Requirement, RuleId, Setting, Subject, Value};
use pim_desk::receipt::listing::{Filter, Line, Since};
use pim_desk::receipt::{Receipt, RuleEnd, Standing, csv};
use pim_desk::rollout::listed::{found, shown};
use pim_desk::rollout::outcome::{to_csv, to_json, told};
use pim_desk::rollout::record::{End, Record};
use pim_desk::text::receipt::ended;
use pim_desk::text::rollout::receipt::{csv_words, left_weaker, report};
use pim_desk_tenant::{Effect, Fault};
use serde_json::{Value as Json, json};

/// A change of three policies that replaces MFA by a context; the second is refused the context.
fn changed() -> (Record, Vec<Receipt>) {
    let browser = tenant(18);
    let client = browser.client("ana");
    let wanted = [(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into())))];
    let all: Vec<Subject> = in_pim(&browser).iter().map(members).collect();
    let items = all.iter().map(|subject| item(subject.clone(), &wanted)).collect();
    let seen = block_on(look(&client, items, &guid(2), &Patience::default(), &|_, _| ()));
    let mfa = Some(Value::Requirement(Requirement::Mfa));
    let has_mfa = |seen: &&pim_desk::desk::rollout::Seen| {
        seen.policy.as_ref().unwrap().read(Setting::ActivationRequirement).value == mfa
    };
    let seen: Vec<_> = seen.iter().filter(has_mfa).take(3).cloned().collect();
    browser.play(vec![Fault {
        method: Some("PATCH".into()),
        path: format!("{}*{}", seen[1].item.target.subject.id(), RuleId::ActivationContext.as_str()),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 400, retry_after: None },
    }]);
    let page = Page::default();
    let record = block_on(run(&client, &works(&seen), record(), &page.control, &page));
    let ends: Vec<End> = record.targets.iter().map(|entry| entry.end).collect();
    assert_eq!(ends, [End::Saved, End::Partly, End::Saved]);
    let mut receipts = page.all_receipts();
    for receipt in &mut receipts {
        receipt.rollout = Some(record.id.clone());
    }
    (record, receipts)
}

#[test]
fn a_change_of_many_that_is_found_by_its_title_brings_its_saves_into_list_and_file() {
    let (record, receipts) = changed();
    let record = Record { title: "Quarterly hardening".into(), ..record };
    let records = [record.clone()];
    let now = record.started_unix_ms + 1;
    let filter = |text: &str, standing| Filter { text: text.into(), since: Since::Ever, standing };
    for text in ["quarterly", "hardening ana"] {
        let filter = filter(text, None);
        assert_eq!(found(&filter, &receipts, &records, now).len(), 3, "{text}");
        let lines = shown(&filter, &receipts, &records, now);
        assert_eq!((lines.len(), &lines[0]), (4, &Line::Rollout(record.id.clone())), "{text}");
    }
    let partly = filter("quarterly", Some(Standing::Partly));
    assert_eq!(found(&partly, &receipts, &records, now).len(), 1);
    assert_eq!(shown(&partly, &receipts, &records, now).len(), 2);
    assert!(found(&filter("yearly", None), &receipts, &records, now).is_empty());
    // Both words of one save: of its title and of its policy.
    let both = ["quarterly ", receipts[0].subject.id().as_str()].concat();
    assert_eq!(found(&filter(&both, None), &receipts, &records, now), [&receipts[0]]);
    // Without its record a save is found by its own words, as before.
    assert!(found(&filter("quarterly", None), &receipts, &[], now).is_empty());
}

#[test]
fn what_was_left_weaker_is_not_certain_if_the_last_try_is_not_here() {
    let (mut record, receipts) = changed();
    let find = |id: &Guid| receipts.iter().find(|receipt| receipt.id == *id).cloned();
    let weaker = [Setting::ActivationRequirement];
    let whole = told(&record, &find, &[]).swap_remove(1);
    assert_eq!((whole.exposed(), whole.may_be_exposed()), (weaker.to_vec(), Vec::new()));
    // Another try saved the rest; its receipt was forgotten, or a newer version wrote it.
    record.targets[1].receipts.push(guid(99));
    record.targets[1].end = End::Saved;
    for unread in [&[][..], &[guid(99)]] {
        let all = told(&record, &find, unread);
        assert_eq!((all[1].exposed(), all[1].may_be_exposed()), (Vec::new(), weaker.to_vec()));
        assert!(left_weaker(&all[1])[0].starts_with("Perhaps left weaker"));
        let file: Json = serde_json::from_str(&to_json(&record, &all)).unwrap();
        assert_eq!(file["targets"][1]["leftWeaker"], json!([]));
        assert!(!report(&record, &all, |at| at.to_string()).contains("Left weaker"));
    }
    // If only the first one is gone, what the last one left is known.
    record.targets[1].receipts.rotate_right(1);
    assert_eq!(told(&record, &find, &[])[1].exposed(), weaker);
}

#[test]
fn a_file_does_not_call_saved_what_someone_else_may_have_written() {
    let (_, receipts) = changed();
    let file = |receipt: &Receipt| {
        let words = |changed: &pim_desk::receipt::Changed| [changed.setting.key(), String::new(), String::new()];
        csv::to_csv(std::slice::from_ref(receipt), &words).lines().nth(1).unwrap().to_owned()
    };
    let outcome = |receipt: &Receipt| file(receipt).split(',').nth(3).unwrap().to_owned();
    let whole = receipts.iter().find(|one| one.standing() == Standing::Saved).unwrap();
    assert_eq!((outcome(whole).as_str(), ended(whole)), ("saved", "saved"));
    for (end, name, words) in [
        (RuleEnd::Held, "held", "held now"),
        (RuleEnd::ChangedSince, "changed-since", "changed since"),
        (RuleEnd::NotSaved, "not-saved", "not saved"),
    ] {
        let mut receipt = whole.clone();
        receipt.rules.iter_mut().for_each(|rule| rule.end = end);
        assert_eq!((outcome(&receipt).as_str(), ended(&receipt)), (name, words));
    }
}

#[test]
fn no_name_and_no_message_adds_a_line_to_the_report() {
    let (mut record, mut receipts) = changed();
    let evil = "Fine\r\nNo such group (members): saved\u{2028}\u{202e}x";
    let lines = |record: &Record, receipts: &[Receipt]| {
        let all = told(record, &|id| receipts.iter().find(|receipt| receipt.id == *id).cloned(), &[]);
        let text = report(record, &all, |at| at.to_string());
        let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}');
        assert!(!text.contains('\u{202e}'));
        assert!(!text.lines().any(|line| line.starts_with("No such group")), "{text}");
        text.split(breaks).count()
    };
    let plain = lines(&record, &receipts);
    record.title = evil.into();
    record.by.name = evil.into();
    record.targets[0].name = evil.into();
    let refused = receipts.iter_mut().flat_map(|one| &mut one.rules).filter_map(|rule| rule.refused.as_mut());
    refused.for_each(|refused| (refused.code, refused.message) = (evil.into(), evil.into()));
    assert_eq!(lines(&record, &receipts), plain);
    // A file keeps them as they are, each in its cell.
    let all = told(&record, &|id| receipts.iter().find(|receipt| receipt.id == *id).cloned(), &[]);
    assert!(to_csv(&record, &all, &csv_words).contains(evil));
}

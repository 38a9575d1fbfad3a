//! What is said of policies whose receipts this version cannot read, because a newer one wrote them, and of those whose
//! receipts are gone.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use crate::sample::rolling::{Page, guid, in_pim, item, members, record, tenant, wanted, works};
use futures_executor::block_on;
use pim_desk::desk::rollout::{look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::Subject;
use pim_desk::receipt::Receipt;
use pim_desk::receipt::keep::unreadable;
use pim_desk::rollout::outcome::{to_csv, to_json, told};
use pim_desk::rollout::record::{End, Record};
use pim_desk::rollout::undo;
use pim_desk::text::receipt::{UNREADABLE, unreadable as how_many};
use pim_desk::text::rollout::receipt::{GONE_HELP, UNREAD_HELP, csv_words, gone, reason, report, undo_title, unread};
use serde_json::{Value as Json, json};

/// A change of four policies: the receipt of the second was written by a newer version, that of the third is gone.
fn changed() -> (Record, Vec<Receipt>, Vec<Guid>, Vec<Subject>) {
    let browser = tenant(14);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(4).map(members).collect();
    let client = browser.client("ana");
    let items = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let works = works(&block_on(look(&client, items, &guid(2), &Patience::default(), &|_, _| ())));
    let page = Page::default();
    let done = block_on(run(&client, &works, record(), &page.control, &page));
    let own = |at: usize| done.entry(&subjects[at]).unwrap().receipts[0].clone();
    let newer = |receipt: &Receipt| receipt.to_json().replacen("\"version\":1", "\"version\":2", 1);
    let stored = page.all_receipts().into_iter().filter(|receipt| receipt.id != own(2)).map(|receipt| {
        let text = if receipt.id == own(1) { newer(&receipt) } else { receipt.to_json() };
        (receipt.id.to_string(), text)
    });
    let stored: Vec<(String, String)> = stored.collect();
    let kept: Vec<Receipt> = stored.iter().filter_map(|(_, text)| Receipt::from_json(text)).collect();
    let known: BTreeSet<&str> = kept.iter().map(|receipt| receipt.id.as_str()).collect();
    let left = unreadable(&stored, &known, |text| Receipt::from_json(text).is_some());
    assert_eq!((kept.len(), left.as_slice()), (2, &[own(1)][..]));
    (done, kept, left, subjects)
}

#[test]
fn a_receipt_that_a_newer_version_wrote_is_not_called_gone() {
    let (done, kept, left, subjects) = changed();
    let (unread_ones, gone_ones) = undo::part_unread(undo::not_kept(&done, &kept, None), &left);
    let names = |entries: &[&pim_desk::rollout::record::TargetRecord]| -> Vec<Subject> {
        entries.iter().map(|entry| entry.subject.clone()).collect()
    };
    assert_eq!((names(&unread_ones), names(&gone_ones)), (vec![subjects[1].clone()], vec![subjects[2].clone()]));
    assert_eq!(unread(1), "The receipts of 1 policy could not be read");
    assert_ne!(unread(2), gone(2));
    for words in [UNREAD_HELP, UNREADABLE, &how_many(1), &how_many(2)] {
        assert!(words.contains("newer version of PIM Desk") && words.contains("left as "), "{words}");
        assert!(words.contains("Reload to get the newest version"), "{words}");
    }
    assert!(GONE_HELP.contains("no longer kept") && !UNREAD_HELP.contains("no longer kept"));
    assert_eq!(
        undo_title("Copy", [1, 2], 0, 0),
        "Undo: Copy (without 1 policy, whose receipts are gone, and without 2 policies, whose receipts could not be read)"
    );
}

#[test]
fn the_files_say_why_a_policy_has_no_rules() {
    let (mut done, kept, left, subjects) = changed();
    let find = |id: &Guid| kept.iter().find(|receipt| receipt.id == *id).cloned();
    let of_newer = "its receipt could not be read, perhaps because a newer version of PIM Desk wrote it";
    let of_gone = "its receipt is no longer kept";
    for end in [End::Saved, End::Uncertain] {
        done.entry_mut(&subjects[1]).unwrap().end = end;
        done.entry_mut(&subjects[2]).unwrap().end = end;
        let all = told(&done, &find, &left);
        let reasons: Vec<String> = all.iter().map(reason).collect();
        assert_eq!(reasons, ["", of_newer, of_gone, ""], "{end:?}");
        let sheet = to_csv(&done, &all, &csv_words);
        let line = |subject: &Subject| sheet.lines().find(|line| line.contains(&subject.to_string())).unwrap();
        assert!(line(&subjects[1]).contains(of_newer) && line(&subjects[2]).contains(of_gone), "{sheet}");
        assert!(report(&done, &all, |at| at.to_string()).contains(of_newer));
        let file: Json = serde_json::from_str(&to_json(&done, &all)).unwrap();
        let missing: Vec<&Json> = file["targets"].as_array().unwrap().iter().map(|one| &one["missing"]).collect();
        let receipt = |at: usize| json!(done.entry(&subjects[at]).unwrap().receipts);
        let null = Json::Null;
        assert_eq!(missing, [&null, &receipt(1), &receipt(2), &null]);
    }
    // What could not be recorded at all has no receipt to miss.
    let entry = done.entry_mut(&subjects[2]).unwrap();
    entry.receipts.clear();
    let all = told(&done, &find, &left);
    assert_eq!(reason(&all[2]), "this browser could not record what was sent");
}

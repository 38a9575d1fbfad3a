//! What is reported for a receipt of which only an older version is stored: storage was full, or the computer crashed
//! before it wrote the latest.

use super::*;
use pim_desk::receipt::keep::unreadable;
use pim_desk::text::receipt::{also_undone, not_undone, unreadable as words_of};
use std::collections::BTreeSet;

/// Saves, and returns every version of the receipt that the page would have stored.
fn forms(browser: &Browser, edits: &[(Setting, Value)], faults: Vec<Fault>) -> Vec<Receipt> {
    let client = browser.client("ana");
    let subject = subject(browser, GROUP);
    let draft = draft(&read(&client, &subject), edits);
    browser.play(faults);
    let (kept, forms) = (RefCell::default(), RefCell::new(Vec::new()));
    let on_step = |step: Step<'_>| {
        keep(&kept, step, browser);
        forms.borrow_mut().extend(kept.borrow().clone());
    };
    let done = finished(block_on(save(&client, &subject, &draft, &on_step)));
    let mut last = kept.take().unwrap();
    receipts::close(&mut last, &done, browser.unix_ms());
    let mut forms = forms.take();
    forms.push(last);
    forms
}

pub(super) fn outcome(browser: &Browser, receipt: &Receipt) -> Receipt {
    let receipt = Receipt::from_json(&receipt.to_json()).unwrap();
    let found = block_on(receipts::read_outcome(&browser.client("ana"), &receipt)).unwrap().unwrap();
    Receipt::from_json(&found.to_json()).unwrap()
}

#[test]
fn what_an_older_form_calls_unsent_is_not_called_another_person_s() {
    let browser = Browser::new(&Seed::default());
    let forms = forms(&browser, &three(), Vec::new());
    let found = outcome(&browser, &forms[0]);
    assert!(found.rules.iter().all(|rule| rule.end == RuleEnd::Held), "{:?}", found.rules);
    assert_eq!((found.standing(), ended(&found)), (Standing::Saved, "held now"));
    assert_eq!(found_outcome(&found), "The policy has all of it. It is not known whether this save wrote it.");
    assert_eq!(sum(&found), "0 of 3 rules saved, 3 held now");
    assert!(found.can_undo());
    let words = also_undone(&found).unwrap();
    assert!(words.starts_with("Undo also takes back what this save is not known to have written: "), "{words}");
    assert_eq!((words.matches(';').count(), not_undone(&found)), (2, None), "{words}");
    let now = read(&browser.client("ana"), &found.subject);
    assert_eq!((found.undo(&now).draft.len(), found.rest(&now).len()), (3, 0));
    assert_eq!(found.short().undo(&now), found.undo(&now));
}

#[test]
fn there_is_room_for_the_form_in_doubt_and_reading_tells_what_was_saved() {
    let refused = Effect::Refuse { status: 403, retry_after: None };
    let lost = at_write("Expiration_Admin_Assignment", 1, Effect::DropAfter);
    let fails = at_write("Notification_Requestor", 1, refused);
    for faults in [Vec::new(), vec![lost], vec![fails]] {
        let browser = Browser::new(&Seed::default());
        let forms = forms(&browser, &three(), faults);
        let room = forms[0].to_json().len();
        for form in &forms {
            let doubt = form.in_doubt();
            assert!(doubt.to_json().len() <= room, "{} of {room}: {doubt:?}", doubt.to_json().len());
            assert_eq!(doubt.standing(), Standing::Open);
        }
        let last = forms.last().unwrap();
        let found = outcome(&browser, &last.in_doubt());
        for (found, true_end) in found.rules.iter().zip(&last.rules) {
            assert_eq!(found.end, true_end.end, "{found:?}");
        }
        assert_eq!(found.can_undo(), last.can_undo());
    }
}

#[test]
fn the_way_back_of_one_save_names_what_it_leaves_out() {
    let browser = Browser::new(&Seed::default());
    let lost = vec![at_write("Notification_Requestor", 1, Effect::DropBefore)];
    let (receipt, _) = kept_save(&browser, &three(), lost);
    assert!(receipt.can_undo());
    let words = not_undone(&receipt).unwrap();
    assert!(words.starts_with("Undo leaves out what is not known to be saved: "), "{words}");
    assert_eq!(words.matches(';').count(), 0, "the one rule only: {words}");
    let (whole, _) = kept_save(&Browser::new(&Seed::default()), &three(), Vec::new());
    assert_eq!((not_undone(&whole), also_undone(&whole)), (None, None));
}

#[test]
fn a_draft_that_leads_nothing_back_takes_no_change_back() {
    let browser = Browser::new(&Seed::default());
    let (receipt, _) = kept_save(&browser, &three(), Vec::new());
    let now = read(&browser.client("ana"), &receipt.subject);
    let mut edits = receipt.undo(&now).draft;
    let ticket = now.read(Setting::ActivationTicket).value == Some(Value::Flag(false));
    edits.set(&now, Setting::ActivationTicket, Value::Flag(ticket));
    assert!(receipt.is_taken_back_by(&edits));
    for changed in &receipt.changes {
        edits.reset(changed.setting);
    }
    assert!(!edits.is_empty() && !receipt.is_taken_back_by(&edits));
    let other = draft(&now, &[hours("PT6H")]);
    assert!(!receipt.is_taken_back_by(&other), "another value of the same setting");
}

#[test]
fn what_a_newer_version_wrote_is_told_and_left_as_it_is() {
    let (receipt, _) = kept_save(&Browser::new(&Seed::default()), &three(), Vec::new());
    let text = receipt.to_json();
    let forms = [
        text.clone(),
        text.replacen("\"verified\"", "\"seenTwice\"", 1),
        text.replacen("\"version\":1", "\"version\":2", 1),
        "{".to_owned(),
    ];
    assert!(forms[1..].iter().all(|form| *form != text));
    let stored: Vec<(String, String)> =
        (0_u32..).zip(forms).map(|(at, form)| (guid(20 + at).to_string(), form)).collect();
    let reads = |text: &str| Receipt::from_json(text).is_some();
    let own = guid(20);
    for known in [BTreeSet::new(), BTreeSet::from([own.as_str()])] {
        assert_eq!(unreadable(&stored, &known, reads), [guid(21), guid(22), guid(23)]);
    }
    let by = Author { tenant: guid(1), id: guid(2), name: "Ana Brandão".into() };
    let record = Record::begin(guid(7), "Copy".into(), by, None, 0).to_json();
    let target = r#""targets":[{"subject":"groups/62e90394-69f5-4237-9190-012177145e10/owner","name":"","end":END}]"#;
    let with = |end| record.replace("\"targets\":[]", &target.replace("END", end));
    let ends = ["\"saved\"", "{\"nothingSent\":\"uncertain\"}", "{\"nothingSent\":\"other\"}", "\"other\""];
    let stored: Vec<(String, String)> =
        (30_u32..).zip(ends).map(|(at, end)| (guid(at).to_string(), with(end))).collect();
    let found = unreadable(&stored, &BTreeSet::new(), |text| Record::from_json(text).is_some());
    assert_eq!(found, [guid(32), guid(33)]);
    assert!(words_of(1).starts_with("1 change in this browser could not be read"));
}

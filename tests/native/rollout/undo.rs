//! Retrying what failed, and undoing all or one policy: only from what the change left, setting by setting, through a
//! plan like any other.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::rolling::{Page, RULES, in_pim, item, members, record, tenant, wanted, works};
use futures_executor::block_on;
use pim_desk::desk::rollout::{Fate, PlannedPolicy, Seen, look, note, rows_of, run, totals};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{RuleId, Setting, Subject, Value};
use pim_desk::receipt::Receipt;
use pim_desk::rollout::aspect::Aspect;
use pim_desk::rollout::choice::Choice;
use pim_desk::rollout::kept::KeptProposal;
use pim_desk::rollout::outcome::{to_csv, to_json, told};
use pim_desk::rollout::plan::LeftOut;
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk::rollout::taken_out::TakenOut;
use pim_desk::rollout::{Item, Proposal, undo};
use pim_desk_tenant::{Access as TenantAccess, Effect, Fault};
use serde_json::{Value as Json, json};

fn looked(browser: &Browser, items: Vec<Item>) -> Vec<Seen> {
    let me: Guid = "00000000-0000-4000-8000-000000000002".parse().unwrap();
    block_on(look(&browser.client("ana"), items, &me, &Patience::default(), &|_, _| ()))
}

/// Plans and runs; returns the page with what it stores.
fn ran(browser: &Browser, page: &Page, items: Vec<Item>, record: Record, faults: Vec<Fault>) -> Record {
    let works = works(&looked(browser, items));
    let client = browser.client("ana");
    browser.play(faults);
    block_on(run(&client, &works, record, &page.control, page))
}

fn values(browser: &Browser, subject: &Subject) -> Vec<Json> {
    let tenant = browser.tenant();
    let rule = |rule: &RuleId| tenant.rule(subject.id().as_str(), "member", rule.as_str()).unwrap();
    RULES.iter().map(rule).collect()
}

fn edit(browser: &Browser, subject: &Subject, rule: RuleId, patch: &Json) {
    let now = browser.now_ms();
    let id = subject.id().to_string();
    browser.tenant_mut().edit_rule(&id, "member", rule.as_str(), patch, "olga", now);
}

fn subjects(browser: &Browser) -> Vec<Subject> {
    in_pim(browser).iter().take(6).map(members).collect()
}

fn items(subjects: &[Subject]) -> Vec<Item> {
    subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect()
}

fn back(record: &Record, page: &Page, only: Option<&Subject>) -> Proposal {
    undo::proposal(record, &page.all_receipts(), only, "Undo".into())
}

#[test]
fn what_somebody_changed_since_is_in_the_record_of_the_undo_and_is_not_tried_again() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    for rule in RULES {
        let patch = match rule {
            RuleId::ActivationRequestor => json!({"notificationRecipients": ["olga@contoso.com"]}),
            RuleId::ActiveExpiration => json!({"maximumDuration": "P9D"}),
            _ => json!({"maximumDuration": "PT7H"}),
        };
        edit(&browser, &subjects[1], rule, &patch);
    }
    let proposal = back(&done, &page, None);
    let rows = rows_of(looked(&browser, proposal.items), &TakenOut::default());
    let mut told = Record { undoes: Some(done.id), ..record() };
    note(&mut told, &rows);
    assert_eq!(told.targets.len(), 6);
    let entry = told.entry(&subjects[1]).unwrap();
    assert_eq!((entry.end, entry.about.len()), (End::NothingSent(Why::LeftAlone), 3));
    assert!(!entry.end.may_try_again());
    assert_eq!(told.count(|end| end == End::Waiting), 5);
}

#[test]
fn all_of_it_is_taken_back_and_the_receipts_say_so() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let before: Vec<Vec<Json>> = subjects.iter().map(|subject| values(&browser, subject)).collect();
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    let proposal = back(&done, &page, None);
    assert_eq!((proposal.items.len(), proposal.undoes.as_ref()), (6, Some(&done.id)));
    let kept = Choice { proposal: Some(KeptProposal::of(&proposal)), planned: true, ..Choice::default() };
    let text = kept.kept(1_000).unwrap();
    assert!(!text.contains("Operators"), "ids and values only");
    let restored = Choice::restored(&text, 2_000).proposal.unwrap().proposal();
    assert_eq!(restored.items.len(), 6);
    assert_eq!(restored.items[0].only_from, proposal.items[0].only_from);
    let undone = ran(&browser, &Page::default(), restored.items, record(), Vec::new());
    assert!(undone.targets.iter().all(|entry| entry.end == End::Saved));
    for (subject, before) in subjects.iter().zip(before) {
        assert_eq!(values(&browser, subject), before);
    }
}

#[test]
fn one_is_taken_back_alone() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let before = values(&browser, &subjects[2]);
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    let after: Vec<Vec<Json>> = subjects.iter().map(|subject| values(&browser, subject)).collect();
    let proposal = back(&done, &page, Some(&subjects[2]));
    assert_eq!(proposal.items.len(), 1);
    ran(&browser, &Page::default(), proposal.items, record(), Vec::new());
    for (at, (subject, after)) in subjects.iter().zip(after).enumerate() {
        assert_eq!(values(&browser, subject), if at == 2 { before.clone() } else { after });
    }
}

#[test]
fn what_someone_changed_since_is_left_alone_by_setting() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let before = values(&browser, &subjects[1]);
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    edit(&browser, &subjects[1], RuleId::ActivationExpiration, &json!({"maximumDuration": "PT7H"}));
    let seen = looked(&browser, back(&done, &page, None).items);
    let row = PlannedPolicy::new(std::sync::Arc::new(seen[1].clone()), Vec::new(), false);
    let held = Some(Value::Duration("PT7H".into()));
    assert_eq!(row.effect.left, [(Setting::ActivationDuration, LeftOut::ChangedSince(held))]);
    assert_eq!(row.fate(), Fate::Change);
    ran(&browser, &Page::default(), back(&done, &page, None).items, record(), Vec::new());
    let now = values(&browser, &subjects[1]);
    assert_eq!(now[0]["maximumDuration"], "PT7H");
    assert_eq!(now[1..], before[1..]);
}

#[test]
fn a_change_between_the_plan_of_an_undo_and_its_save_is_a_conflict() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    let effect = Effect::EditBefore {
        group: subjects[3].id().to_string(),
        access: TenantAccess::Member,
        rule: RuleId::ActiveExpiration.as_str().into(),
        patch: json!({"maximumDuration": "P9D"}),
        by: "olga".into(),
    };
    let meanwhile =
        Fault { method: Some("GET".into()), path: subjects[3].id().to_string(), skip: 0, times: Some(1), effect };
    let undone = ran(&browser, &Page::default(), back(&done, &page, None).items, record(), vec![meanwhile]);
    assert_eq!(undone.entry(&subjects[3]).unwrap().end, End::NothingSent(Why::Conflict));
    assert_eq!(undone.count(|end| end == End::Saved), 5);
    assert_eq!(values(&browser, &subjects[3])[1]["maximumDuration"], "P9D");
}

#[test]
fn what_failed_is_planned_again_under_the_same_record_and_undone_from_its_first_state() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let before = values(&browser, &subjects[4]);
    let refuse = Fault {
        method: Some("PATCH".into()),
        path: format!("{}*Notification_Requestor_EndUser_Assignment", subjects[4].id()),
        skip: 0,
        times: Some(1),
        effect: Effect::Refuse { status: 403, retry_after: None },
    };
    let first = ran(&browser, &page, items(&subjects), record(), vec![refuse]);
    let entry = first.entry(&subjects[4]).unwrap().clone();
    assert_eq!((entry.end, entry.receipts.len()), (End::Partly, 1), "{first:?}");
    let failed: Vec<Subject> =
        first.targets.iter().filter(|entry| entry.end.may_try_again()).map(|entry| entry.subject.clone()).collect();
    assert_eq!(failed, [subjects[4].clone()]);
    let seen = looked(&browser, items(&failed));
    let row = PlannedPolicy::new(std::sync::Arc::new(seen[0].clone()), Vec::new(), false);
    assert!(row.effect.same.contains(&Setting::ActiveExpiry), "what was saved is not sent again");
    let second = ran(&browser, &page, items(&failed), first.clone(), Vec::new());
    assert_eq!(second.id, first.id);
    assert_eq!(second.targets.len(), 6);
    let entry = second.entry(&subjects[4]).unwrap();
    assert_eq!((entry.end, entry.receipts.len()), (End::Saved, 2));
    ran(&browser, &Page::default(), back(&second, &page, Some(&subjects[4])).items, record(), Vec::new());
    assert_eq!(values(&browser, &subjects[4]), before);
}

#[test]
fn old_receipts_without_a_rollout_are_still_read() {
    let browser = tenant(14);
    let page = Page::default();
    ran(&browser, &page, items(&subjects(&browser)[..1]), record(), Vec::new());
    let receipt = page.all_receipts().pop().unwrap();
    assert!(receipt.rollout.is_some());
    let mut json: Json = serde_json::from_str(&receipt.to_json()).unwrap();
    json.as_object_mut().unwrap().remove("rollout");
    assert_eq!(Receipt::from_json(&json.to_string()).unwrap().rollout, None);
    let later = page.record().to_json().replace("\"version\":1", "\"version\":2");
    assert_eq!(Record::from_json(&later), None, "a later form is left alone");
    for secret in ["eyJ", "Bearer", "access_token", "refresh"] {
        assert!(!page.record().to_json().contains(secret));
    }
}

#[test]
fn several_policies_are_taken_out_at_once_by_what_they_have_in_common() {
    let browser = tenant(14);
    let glass = browser.tenant().group("Break-glass custodians").unwrap().id.parse().unwrap();
    let mut all = subjects(&browser);
    all.push(pim_desk::policy::Subject::Group { group: glass, access: pim_desk::policy::Access::Member });
    let mut wanted = items(&all);
    // The first gets no email to a foreign address, so that there are no findings.
    wanted[0].wanted.truncate(1);
    let mut rows = rows_of(looked(&browser, wanted), &TakenOut::default());
    // Some become weaker: they are the ones to leave out.
    let weaker = Aspect::Weakens.subjects(&rows, false);
    let with_findings = Aspect::Findings.subjects(&rows, false);
    assert!(with_findings.contains(&all[6]) && with_findings.len() < 7 && !weaker.is_empty(), "{weaker:?}");
    assert_eq!(Aspect::Onboards.subjects(&rows, false), all[6..]);
    assert_eq!(Aspect::All.subjects(&rows, false).len(), 7);
    let mut out = TakenOut::default();
    for subject in &with_findings {
        out.exclude(subject, true);
    }
    rows = rows_of(rows.into_iter().map(|row| (*row.seen).clone()).collect(), &out);
    assert_eq!(totals(&rows).excluded, with_findings.len());
    assert_eq!(Aspect::Excluded.subjects(&rows, true), with_findings);
    assert!(Aspect::Findings.subjects(&rows, false).is_empty());
    assert!(
        Aspect::ALL.iter().all(|aspect| aspect.subjects(&rows, true).iter().all(|one| with_findings.contains(one)))
    );
}

#[test]
fn a_plan_counts_what_would_become_of_each() {
    let browser = tenant(14);
    let subjects = subjects(&browser);
    let mut rows: Vec<PlannedPolicy> = looked(&browser, items(&subjects))
        .into_iter()
        .map(|seen| PlannedPolicy::new(std::sync::Arc::new(seen), Vec::new(), false))
        .collect();
    let all = totals(&rows);
    assert_eq!((all.policies, all.settings), (6, 18));
    rows[0].excluded = true;
    rows[1].turn(Setting::ActivationDuration, true);
    let some = totals(&rows);
    assert_eq!((some.policies, some.settings, some.excluded), (5, 14, 1));
    for setting in [Setting::ActiveExpiry, Setting::MailRecipients(RuleId::ActivationRequestor)] {
        rows[1].turn(setting, true);
    }
    assert_eq!((rows[1].fate(), rows[1].effect.left.len()), (Fate::NothingToDo, 3));
    rows[1].turn(Setting::ActiveExpiry, false);
    assert_eq!(rows[1].fate(), Fate::Change);
}

#[test]
fn what_is_uncertain_is_named_where_all_is_taken_back() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let never = |subject: &Subject, rule: &str| Fault {
        method: Some("PATCH".into()),
        path: format!("{}*{rule}", subject.id()),
        skip: 0,
        times: Some(1),
        effect: Effect::NeverStored,
    };
    // For one nothing is known, for another one rule is saved.
    let faults = vec![never(&subjects[1], "Expiration"), never(&subjects[4], "Notification_Requestor")];
    let first = |items: Vec<Item>| -> Vec<Item> {
        let only = |mut item: Item| {
            if item.target.subject == subjects[1] {
                item.wanted.truncate(1);
            }
            item
        };
        items.into_iter().map(only).collect()
    };
    let done = ran(&browser, &page, first(items(&subjects)), record(), faults);
    let kept = page.all_receipts();
    let named = |only| -> Vec<Subject> {
        undo::uncertain(&done, &kept, only).iter().map(|entry| entry.subject.clone()).collect()
    };
    assert_eq!(named(None), [subjects[1].clone(), subjects[4].clone()]);
    assert!(named(Some(&subjects[0])).is_empty());
    let looks = done.targets.iter().map(|entry| undo::to_look_at(entry, &kept).len()).sum::<usize>();
    assert_eq!(looks, 2);
    let proposal = back(&done, &page, None);
    assert_eq!(proposal.items.len(), 5);
    let mail = Setting::MailRecipients(RuleId::ActivationRequestor);
    let left_out: Vec<(&Subject, &[Setting])> =
        proposal.left_out.iter().map(|one| (&one.target.subject, one.settings.as_slice())).collect();
    assert_eq!(left_out, [(&subjects[1], &[Setting::ActivationDuration][..]), (&subjects[4], &[mail][..])]);
    assert!(undo::proposal(&done, &kept, Some(&subjects[0]), "Undo".into()).left_out.is_empty());
    // It is in the record of the undo, also after a reload.
    let kept = serde_json::to_string(&KeptProposal::of(&proposal)).unwrap();
    let mut restored = serde_json::from_str::<KeptProposal>(&kept).unwrap().proposal();
    assert!(restored.left_out.iter().all(|one| one.target.name.is_empty()), "no names are kept");
    undo::name_left_out(&mut restored, &done);
    assert_eq!(restored.left_out, proposal.left_out);
    assert!(restored.left_out.iter().all(|one| !one.target.name.is_empty()));
    let mut undone = Record { undoes: Some(done.id.clone()), ..record() };
    note(&mut undone, &rows_of(looked(&browser, restored.items.clone()), &TakenOut::default()));
    undone.leave_out(&restored.left_out);
    let entry = undone.entry(&subjects[1]).unwrap();
    assert_eq!(entry.end, End::NothingSent(Why::Uncertain));
    assert!(!entry.end.may_try_again());
    assert_eq!((entry.name.is_empty(), entry.about.as_slice()), (false, &[Setting::ActivationDuration][..]));
    // If a part is undone, the rest is named: on screen, in the report and in both files.
    assert_eq!(Record::from_json(&undone.to_json()), Some(undone.clone()));
    let back_page = Page::default();
    let back = ran(&browser, &back_page, restored.items, undone, Vec::new());
    let saves = back_page.all_receipts();
    let all = told(&back, &|id| saves.iter().find(|one| one.id == *id).cloned(), &[]);
    let part = all.iter().find(|one| one.entry.subject == subjects[4]).unwrap();
    let words = "not undone, because it is not known whether it was saved: ";
    let words = [words, &pim_desk::text::policy::setting::labels(&[mail])].concat();
    assert_eq!(pim_desk::text::rollout::receipt::unsure(&part.entry), Some(words.clone()));
    assert_eq!(all.iter().filter(|one| !one.entry.unsure.is_empty()).count(), 1);
    assert_eq!(pim_desk::text::rollout::receipt::reason(part), words);
    assert!(to_csv(&back, &all, &pim_desk::text::rollout::receipt::csv_words).contains(&words));
    let file: Json = serde_json::from_str(&to_json(&back, &all)).unwrap();
    let unsure: Vec<&Json> = file["targets"].as_array().unwrap().iter().map(|one| &one["unsure"]).collect();
    assert_eq!(unsure.iter().filter(|one| !one.is_null()).count(), 1);
    let title = |gone, uncertain| pim_desk::text::rollout::receipt::undo_title("Copy", [gone, 0], uncertain, 0);
    assert_eq!(title(0, 0), "Undo: Copy");
    assert_eq!(title(0, 2), "Undo: Copy (without what is uncertain in 2 policies)");
    assert_eq!(
        title(1, 2),
        "Undo: Copy (without 1 policy, whose receipts are gone, and without what is uncertain in 2 policies)"
    );
}

#[test]
fn what_the_change_may_not_have_written_is_counted_where_it_is_taken_back() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    let mut kept = page.all_receipts();
    assert!(undo::held(&done, &kept, None).is_empty());
    let of_second = kept.iter_mut().find(|receipt| receipt.subject == subjects[1]).unwrap();
    of_second.rules[0].end = pim_desk::receipt::RuleEnd::Held;
    let named: Vec<&Subject> = undo::held(&done, &kept, None).iter().map(|entry| &entry.subject).collect();
    assert_eq!(named, [&subjects[1]]);
    assert!(undo::held(&done, &kept, Some(&subjects[0])).is_empty());
    let title = pim_desk::text::rollout::receipt::undo_title("Copy", [0, 0], 0, named.len());
    assert_eq!(title, "Undo: Copy (with what this change is not known to have written in 1 policy)");
}

#[test]
fn what_cannot_be_taken_back_any_more_is_named_and_the_rest_still_can() {
    let browser = tenant(14);
    let (page, subjects) = (Page::default(), subjects(&browser));
    let before: Vec<Vec<Json>> = subjects.iter().map(|subject| values(&browser, subject)).collect();
    let done = ran(&browser, &page, items(&subjects), record(), Vec::new());
    let gone = [&subjects[1], &subjects[4]];
    let kept: Vec<Receipt> =
        page.all_receipts().iter().filter(|receipt| !gone.contains(&&receipt.subject)).map(Receipt::short).collect();
    assert_eq!(kept.len(), 4);
    let named: Vec<&Subject> = undo::not_kept(&done, &kept, None).iter().map(|entry| &entry.subject).collect();
    assert_eq!(named, gone);
    assert_eq!(undo::not_kept(&done, &kept, Some(&subjects[1])).len(), 1);
    assert!(undo::not_kept(&done, &kept, Some(&subjects[0])).is_empty());
    assert!(undo::not_kept(&done, &page.all_receipts(), None).is_empty());
    let proposal = undo::proposal(&done, &kept, None, "Undo".into());
    assert_eq!(proposal.items.len(), 4);
    let undone = ran(&browser, &Page::default(), proposal.items, record(), Vec::new());
    assert!(undone.targets.iter().all(|entry| entry.end == End::Saved));
    for (subject, before) in subjects.iter().zip(before) {
        assert_eq!(values(&browser, subject) == before, !gone.contains(&subject), "{subject}");
    }
}

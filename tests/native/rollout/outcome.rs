//! What the page and files of a change of many policies say about each policy: its outcome, rule by rule, why, and what
//! was left weaker.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, in_pim, item, members, record, tenant, works};
use futures_executor::block_on;
use pim_desk::desk::rollout::{look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::{Requirement, RuleId, Setting, Subject, Value};
use pim_desk::receipt::RuleEnd;
use pim_desk::rollout::outcome::{TargetOutcome, Which, to_csv, to_json, told};
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk::text;
use pim_desk_tenant::{Access as TenantAccess, Effect, Fault};
use serde_json::{Value as Json, json};

struct Done {
    browser: Browser,
    subjects: Vec<Subject>,
    record: Record,
    page: Page,
}

fn wanted() -> Vec<(Setting, Value)> {
    vec![
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into()))),
    ]
}

/// Five policies that required MFA: one is saved, one is refused its context, one was changed by someone else, one
/// cannot be read, one is being saved elsewhere.
fn done() -> Done {
    let browser = tenant(18);
    let me: Guid = "00000000-0000-4000-8000-000000000002".parse().unwrap();
    let all: Vec<Subject> = in_pim(&browser).iter().map(members).collect();
    let items = all.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let seen = block_on(look(&browser.client("ana"), items, &me, &Patience::default(), &|_, _| ()));
    let mfa = Some(Value::Requirement(Requirement::Mfa));
    let demands_mfa = |at: &usize| seen[*at].policy.as_ref().unwrap().read(Setting::ActivationRequirement).value == mfa;
    let places: Vec<usize> = (0..seen.len()).filter(demands_mfa).take(5).collect();
    let seen: Vec<_> = places.iter().map(|at| seen[*at].clone()).collect();
    let subjects: Vec<Subject> = seen.iter().map(|seen| seen.item.target.subject.clone()).collect();
    let works = works(&seen);
    assert_eq!(works.len(), 5);
    let id = |at: usize| subjects[at].id().to_string();
    let denied = r#"{"error":{"code":"InvalidPolicy","message":"=The policy is invalid."}}"#;
    let refuse = Effect::Replace { status: 400, content_type: "application/json".into(), body: denied.into() };
    let edit = Effect::EditBefore {
        group: id(2),
        access: TenantAccess::Member,
        rule: RuleId::ActivationExpiration.as_str().into(),
        patch: json!({"maximumDuration": "PT7H"}),
        by: "olga".into(),
    };
    let fault = |method: &str, path: String, effect| Fault {
        method: Some(method.into()),
        path,
        skip: 0,
        times: Some(1),
        effect,
    };
    let faults = vec![
        fault("PATCH", format!("{}*AuthenticationContext", id(1)), refuse),
        fault("GET", id(2), edit),
        fault("GET", id(3), Effect::Refuse { status: 403, retry_after: None }),
    ];
    let page = Page { elsewhere: vec![subjects[4].clone()], ..Page::default() };
    let (world, client) = slow_client(&browser, "ana", 20);
    browser.play(faults);
    let record = world.run(run(&client, &works, record(), &page.control, &page));
    Done { browser, subjects, record, page }
}

fn all(done: &Done) -> Vec<TargetOutcome> {
    told(&done.record, &|id| done.page.receipts.borrow().get(id).cloned(), &[])
}

#[test]
fn each_policy_tells_its_rules_and_why_it_was_not_saved() {
    let done = done();
    let all = all(&done);
    let ends: Vec<End> = all.iter().map(|told| told.entry.end).collect();
    assert_eq!(
        ends,
        [
            End::Saved,
            End::Partly,
            End::NothingSent(Why::Conflict),
            End::NothingSent(Why::NotRead),
            End::NothingSent(Why::SavedElsewhere)
        ]
    );
    let reasons: Vec<String> = all.iter().map(text::rollout::receipt::reason).collect();
    assert_eq!(reasons[0], "");
    assert!(
        reasons[1]
            .starts_with("Activation: authentication context: refused (400 InvalidPolicy, =The policy is invalid.)"),
        "{}",
        reasons[1]
    );
    assert_eq!(reasons[2], text::policy::setting::full_label(Setting::ActivationDuration));
    assert!(reasons[3].starts_with("403"), "{}", reasons[3]);
    assert_eq!(reasons[4], "");
    assert_eq!(all[1].exposed(), [Setting::ActivationRequirement]);
    assert!(all.iter().enumerate().all(|(at, told)| at == 1 || told.exposed().is_empty()));
    // The tenant agrees: MFA is off, and no context is on.
    let rule =
        |rule: RuleId| done.browser.tenant().rule(done.subjects[1].id().as_str(), "member", rule.as_str()).unwrap();
    assert_ne!(rule(RuleId::ActivationContext)["isEnabled"], json!(true));
    let report = text::rollout::receipt::report(&done.record, &all, |at| at.to_string());
    assert!(report.contains("Left weaker than before and weaker than you wanted"), "{report}");
    assert!(report.contains("refused (400 InvalidPolicy"), "{report}");
}

#[test]
fn the_table_has_a_line_for_each_rule_and_no_cell_that_runs() {
    let done = done();
    let all = all(&done);
    let csv = to_csv(&done.record, &all, &text::rollout::receipt::csv_words);
    let lines: Vec<&str> = csv.trim_end().lines().collect();
    let rules: usize = all.iter().map(|told| told.rules().len().max(1)).sum();
    assert_eq!(lines.len(), 1 + rules, "{csv}");
    assert!(
        lines[0].ends_with("left weaker,may be left weaker,receipts,rule,rule outcome,status,code,message,request id")
    );
    let of = |at: usize| {
        let subject = done.subjects[at].to_string();
        lines.iter().filter(move |line| line.contains(&subject)).copied().collect::<Vec<_>>()
    };
    assert_eq!((of(0).len(), of(1).len(), of(2).len(), of(3).len(), of(4).len()), (3, 3, 1, 1, 1));
    assert!(of(0).iter().all(|line| line.contains(",verified,")));
    let refused = of(1).into_iter().find(|line| line.contains("AuthenticationContext")).unwrap();
    assert!(refused.contains("failed,400,InvalidPolicy,\"'=The policy is invalid.\""), "{refused}");
    assert!(of(2)[0].contains("changed-meanwhile") && of(3)[0].contains(",403,"), "{csv}");
}

#[test]
fn the_file_holds_the_record_with_its_rules() {
    let done = done();
    let file: Json = serde_json::from_str(&to_json(&done.record, &all(&done))).unwrap();
    assert_eq!((&file["kind"], &file["version"]), (&json!("pim-desk.rollout"), &json!(1)));
    let target = &file["targets"][1];
    assert_eq!(target["leftWeaker"].as_array().unwrap().len(), 1);
    assert_eq!(target["mayBeLeftWeaker"], json!([]), "what is certain is told once");
    let ends: Vec<&str> =
        target["rules"].as_array().unwrap().iter().map(|rule| rule["end"].as_str().unwrap()).collect();
    assert!(ends.contains(&"verified") && ends.contains(&"failed"), "{ends:?}");
    assert_eq!(file["targets"][3]["refused"]["status"], 403);
    for secret in ["eyJ", "Bearer", "access_token"] {
        assert!(!file.to_string().contains(secret));
    }
}

#[test]
fn a_rule_is_told_once_as_its_last_save_left_it() {
    let done = done();
    let mut one = all(&done).swap_remove(1);
    let mut second = one.saves[0].clone();
    second.rules.retain(|rule| rule.end == RuleEnd::Failed);
    for rule in &mut second.rules {
        (rule.end, rule.refused) = (RuleEnd::Verified, None);
    }
    one.saves.push(second);
    let ends: Vec<RuleEnd> = one.rules().iter().map(|rule| rule.end).collect();
    assert!(!ends.contains(&RuleEnd::Failed) && ends.len() == 3, "{ends:?}");
}

#[test]
fn policies_are_looked_at_by_how_they_ended() {
    let done = done();
    let all = all(&done);
    let places = |which: Which| {
        let shown = all.iter().enumerate().filter(|(_, told)| which.shows(told.entry.end));
        shown.map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(places(Which::All), [0, 1, 2, 3, 4]);
    assert_eq!(places(Which::Others), [1, 2, 3, 4]);
    assert_eq!(places(Which::Ended(End::Saved)), [0]);
    assert_eq!(places(Which::Ended(End::Partly)), [1]);
    assert_eq!(places(Which::Ended(End::NothingSent(Why::Conflict))), [2, 3, 4]);
    assert!(places(Which::Ended(End::NothingSent(Why::NotBegun))).is_empty());
    // Each outcome except those still open is in exactly one choice besides the first two.
    for told in &all {
        let by = Which::ALL.iter().skip(2).filter(|which| which.shows(told.entry.end)).count();
        assert_eq!(by, 1, "{:?}", told.entry.end);
    }
}

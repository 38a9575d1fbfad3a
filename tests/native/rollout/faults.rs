//! Every fault of the tenant during a copy to 50 policies, at the first, a middle and the last write: what the page
//! remembers is what the tenant has, nothing is sent twice, and one failing policy stops no other.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use crate::sample::rolling::{Page, RULES, in_pim, item, members, record, tenant, wanted, works};
use futures_executor::block_on;
use pim_desk::desk::rollout::{Halt, RunNews, Work, look, run};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::policy::plan::body_of;
use pim_desk::policy::{Access, Subject};
use pim_desk::receipt::{Receipt, RuleEnd};
use pim_desk::rollout::record::{End, Record, Why};
use pim_desk_tenant::{Access as TenantAccess, Effect, Fault};
use serde_json::{Value as Json, json};

const POLICIES: usize = 50;

fn me() -> Guid {
    "00000000-0000-4000-8000-000000000002".parse().unwrap()
}

struct Ground {
    browser: Browser,
    subjects: Vec<Subject>,
    works: Vec<Work>,
    before: Vec<Vec<Json>>,
}

/// A tenant with the plan made; nothing sent yet.
fn ground(policies: usize) -> Ground {
    let browser = tenant(policies.max(12) + 2);
    let subjects: Vec<Subject> = in_pim(&browser).iter().take(policies).map(members).collect();
    let items = subjects.iter().map(|subject| item(subject.clone(), &wanted())).collect();
    let seen = block_on(look(&browser.client("ana"), items, &me(), &Patience::default(), &|_, _| ()));
    let works = works(&seen);
    assert_eq!(works.len(), policies);
    let before = subjects.iter().map(|subject| stored(&browser, subject)).collect();
    Ground { browser, subjects, works, before }
}

fn stored(browser: &Browser, subject: &Subject) -> Vec<Json> {
    let access = subject.access().unwrap_or(Access::Member).as_str();
    let tenant = browser.tenant();
    RULES.iter().map(|rule| tenant.rule(subject.id().as_str(), access, rule.as_str()).unwrap()).collect()
}

fn holds_wanted(raw: &Json, at: usize) -> bool {
    body_of(raw, RULES[at], &wanted()).0 == *raw
}

/// What was sent, by policy and rule: how often, and how often it took effect.
fn patches(browser: &Browser, subject: &Subject) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for exchange in browser.sent() {
        if exchange.request.method == "PATCH" && exchange.request.url.contains(subject.id().as_str()) {
            *counts.entry(exchange.request.url.rsplit('/').next().unwrap().to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

/// What must be true after any change of many policies: each policy against its record and its receipts.
fn audit(what: &str, ground: &Ground, page: &Page, others: &[&Subject]) {
    let record = page.record();
    assert!(record.ended_unix_ms.is_some(), "{what}");
    for (subject, before) in ground.subjects.iter().zip(&ground.before) {
        let (entry, now) = (record.entry(subject).unwrap().clone(), stored(&ground.browser, subject));
        let changed: Vec<bool> = now.iter().zip(before).map(|(now, before)| now != before).collect();
        let told = format!("{what}: {subject} {entry:?} {changed:?}");
        let receipts = page.receipts_of(subject);
        assert!(entry.end.is_over(), "{told}");
        match entry.end {
            End::NothingSent(_) => {
                assert!(receipts.is_empty() && patches(&ground.browser, subject).is_empty(), "{told}");
            }
            End::Saved => assert!((0..3).all(|at| holds_wanted(&now[at], at)), "{told}"),
            _ => {}
        }
        for receipt in &receipts {
            assert!(receipt.ended_unix_ms.is_some(), "{told}");
            for rule in &receipt.rules {
                let at = RULES.iter().position(|known| known.as_str() == rule.rule).unwrap();
                assert!(!matches!(rule.end, RuleEnd::Sending | RuleEnd::Accepted | RuleEnd::Lost), "{told}");
                match rule.end {
                    // Read back means that it is there, unless someone else changed it afterwards.
                    RuleEnd::Verified => assert!(holds_wanted(&now[at], at) || others.contains(&subject), "{told}"),
                    RuleEnd::NotAttempted | RuleEnd::Queued => {
                        let later = receipts.iter().any(|other| other.id != receipt.id);
                        assert!(!changed[at] || later || others.contains(&subject), "{told}");
                    }
                    _ => {}
                }
            }
        }
        if entry.end == End::NotSaved && !others.contains(&subject) {
            assert!(changed.iter().all(|changed| !changed), "{told}");
        }
    }
}

fn fault(skip: usize, effect: Effect) -> Fault {
    Fault {
        method: Some("PATCH".into()),
        path: "/rules/".into(),
        skip: u32::try_from(skip).unwrap(),
        times: Some(1),
        effect,
    }
}

/// Listens to the news of a run; [`goes_on`] continues after every pause.
type Hears = Box<dyn FnMut(&pim_desk::desk::rollout::Control, &RunNews<'_>)>;

fn goes_on() -> Hears {
    Box::new(|control, news| {
        if matches!(news, RunNews::Halted(_)) {
            control.resume();
        }
    })
}

fn effects() -> Vec<(&'static str, Effect)> {
    let refuse =
        |status, retry_after: Option<&str>| Effect::Refuse { status, retry_after: retry_after.map(Into::into) };
    vec![
        ("late", Effect::Latency { ms: 900 }),
        ("400", refuse(400, None)),
        ("403", refuse(403, None)),
        ("404", refuse(404, None)),
        ("429 with a time", refuse(429, Some("3"))),
        ("429 without", refuse(429, None)),
        ("429 for two hours", refuse(429, Some("7200"))),
        ("500", refuse(500, None)),
        ("503 with a time", refuse(503, Some("2"))),
        ("504", refuse(504, None)),
        (
            "a proxy's page",
            Effect::Replace { status: 502, content_type: "text/html".into(), body: "<html>no</html>".into() },
        ),
        ("dropped before", Effect::DropBefore),
        ("dropped after", Effect::DropAfter),
        ("lag", Effect::Lag { ms: 2_500 }),
        ("never stored", Effect::NeverStored),
        ("rotated ids", Effect::RotateIds),
        ("revoked token", Effect::RevokeToken),
    ]
}

#[test]
fn every_fault_at_the_first_write_leaves_the_record_true() {
    every_fault_at(0);
}

#[test]
fn every_fault_at_a_middle_write_leaves_the_record_true() {
    every_fault_at(POLICIES * 3 / 2);
}

#[test]
fn every_fault_at_the_last_write_leaves_the_record_true() {
    every_fault_at(POLICIES * 3 - 1);
}

fn every_fault_at(place: usize) {
    for (what, effect) in effects() {
        let ground = ground(POLICIES);
        let (world, client) = slow_client(&ground.browser, "ana", 20);
        ground.browser.play(vec![fault(place, effect.clone())]);
        let page = Page::default();
        *page.on_news.borrow_mut() = Some(goes_on());
        world.run(run(&client, &ground.works, record(), &page.control, &page));
        audit(what, &ground, &page, &[]);
        let saved = page.record().count(|end| end == End::Saved);
        assert!(saved >= POLICIES - 1, "{what}: one failing policy stops no other: {saved}");
        // Sent again only if Microsoft said that it was not applied.
        let may_repeat = ["429", "503", "404", "rotated", "revoked"].iter().any(|start| what.starts_with(start));
        for subject in &ground.subjects {
            let most = patches(&ground.browser, subject).into_values().max().unwrap_or_default();
            assert!(most == 1 || most == 2 && may_repeat, "{what}: sent {most} times");
        }
    }
}

#[test]
fn a_change_by_someone_else_is_a_conflict_of_that_policy_alone() {
    let ground = ground(POLICIES);
    let victim = ground.subjects[POLICIES / 2].clone();
    let effect = Effect::EditBefore {
        group: victim.id().to_string(),
        access: TenantAccess::Member,
        rule: RULES[0].as_str().into(),
        patch: json!({"maximumDuration": "PT7H"}),
        by: "olga".into(),
    };
    let edit = Fault { method: Some("GET".into()), path: victim.id().to_string(), skip: 0, times: Some(1), effect };
    let (world, client) = slow_client(&ground.browser, "ana", 20);
    ground.browser.play(vec![edit]);
    let page = Page::default();
    world.run(run(&client, &ground.works, record(), &page.control, &page));
    audit("someone else", &ground, &page, &[&victim]);
    let ended = page.record();
    assert_eq!(ended.entry(&victim).unwrap().end, End::NothingSent(Why::Conflict));
    assert_eq!(ended.count(|end| end == End::Saved), POLICIES - 1);
    assert_eq!(stored(&ground.browser, &victim)[0]["maximumDuration"], "PT7H");
}

#[test]
fn throttling_slows_down_and_nothing_is_lost() {
    let ground = ground(20);
    let mut refuse = fault(5, Effect::Refuse { status: 429, retry_after: Some("5".into()) });
    refuse.times = Some(2);
    let (world, client) = slow_client(&ground.browser, "ana", 50);
    ground.browser.play(vec![refuse]);
    let page = Page::default();
    world.run(run(&client, &ground.works, record(), &page.control, &page));
    audit("throttled", &ground, &page, &[]);
    assert!(page.paces.borrow().contains(&1), "{:?}", page.paces.borrow());
    assert_eq!(page.paces.borrow().last(), Some(&3), "and recovers: {:?}", page.paces.borrow());
    assert_eq!(page.record().count(|end| end == End::Saved), 20);
}

#[test]
fn what_concerns_the_session_pauses_all_until_the_person_says_so() {
    let offline = Fault { method: None, path: "graph".into(), skip: 0, times: None, effect: Effect::DropBefore };
    let throttled = Effect::Refuse { status: 429, retry_after: Some("7200".into()) };
    for (what, fault) in [
        ("offline", Fault { path: "/v1.0/".into(), skip: 20, ..offline }),
        ("throttled", Fault { skip: 7, times: None, ..fault(0, throttled) }),
    ] {
        let ground = ground(12);
        let (world, client) = slow_client(&ground.browser, "ana", 20);
        ground.browser.play(vec![fault]);
        let page = Page::default();
        let (browser, halts) = (ground.browser.clone(), Rc::new(Cell::new(0_u32)));
        let told = halts.clone();
        *page.on_news.borrow_mut() = Some(Box::new(move |control, news| {
            if let RunNews::Halted(halt) = news {
                assert!(!matches!(halt, Halt::ByPerson));
                told.set(told.get() + 1);
                if told.get() >= 3 {
                    browser.tenant_mut().set_faults(Vec::new());
                }
                control.resume();
            }
        }));
        world.run(run(&client, &ground.works, record(), &page.control, &page));
        assert!(halts.get() >= 1, "{what}");
        audit(what, &ground, &page, &[]);
        let uncertain = page.record().count(|end| end == End::Uncertain);
        assert_eq!(page.record().count(|end| end == End::Saved) + uncertain, 12, "{what}: {:?}", page.record());
        assert!(uncertain <= 3, "{what}: only what was on its way");
    }
}

#[test]
fn a_person_pauses_continues_and_cancels_between_writes() {
    let ground = ground(12);
    let (world, client) = slow_client(&ground.browser, "ana", 50);
    ground.browser.play(Vec::new());
    let page = Page::default();
    let sent = || ground.browser.sent().iter().filter(|exchange| exchange.request.method == "PATCH").count();
    let mut running = pin!(run(&client, &ground.works, record(), &page.control, &page));
    let mut step = |rounds: usize| {
        for _ in 0..rounds {
            world.pass(10);
            if running.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                return true;
            }
        }
        false
    };
    while sent() < 4 {
        assert!(!step(1));
    }
    page.control.pause();
    assert!(matches!(page.control.halted(), Some(Halt::ByPerson)));
    // Writes in flight end; none begins, however long the person is away.
    assert!(!step(20));
    let during = sent();
    assert!(!step(6_000) && sent() == during, "{during} then {}", sent());
    page.control.resume();
    while sent() < during + 6 {
        assert!(!step(1));
    }
    page.control.cancel();
    let then = sent();
    assert!(step(2_000), "it ends once what was on its way is read back");
    assert_eq!(sent(), then);
    audit("cancelled", &ground, &page, &[]);
    let ended = page.record();
    assert!(ended.count(|end| end == End::NothingSent(Why::NotBegun)) > 0, "{ended:?}");
    assert!(ended.count(|end| end == End::Saved) > 0, "{ended:?}");
}

/// What the page does with what it finds at the next start.
fn found_again(ground: &Ground, page: &Page) -> Record {
    let client = ground.browser.client("ana");
    let open: Vec<Receipt> =
        page.receipts.borrow().values().filter(|receipt| receipt.ended_unix_ms.is_none()).cloned().collect();
    for receipt in open {
        let told = block_on(pim_desk::desk::receipts::read_outcome(&client, &receipt)).unwrap().unwrap();
        page.receipts.borrow_mut().insert(told.id.clone(), told);
    }
    let mut record = page.record();
    record.cut_short(ground.browser.now_ms());
    record.with_receipts(&|id| page.receipts.borrow().get(id).cloned())
}

#[test]
fn a_tab_closed_anywhere_leaves_told_what_was_saved_and_what_was_never_begun() {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut ended = false;
    for steps in (1..9).chain((9..2_000).step_by(41)) {
        let ground = ground(POLICIES);
        let (world, client) = slow_client(&ground.browser, "ana", 20);
        ground.browser.play(Vec::new());
        let page = Page::default();
        {
            let mut running = pin!(run(&client, &ground.works, record(), &page.control, &page));
            let mut context = Context::from_waker(Waker::noop());
            for _ in 0..steps {
                if running.as_mut().poll(&mut context).is_ready() {
                    break;
                }
                world.pass(20);
            }
        }
        if page.record().ended_unix_ms.is_some() {
            ended = true;
            break;
        }
        ground.browser.pass(700_000);
        let told = found_again(&ground, &page);
        assert!(told.interrupted);
        for subject in &ground.subjects {
            let (entry, now) = (told.entry(subject).unwrap(), stored(&ground.browser, subject));
            let saved = (0..3).filter(|at| holds_wanted(&now[*at], *at)).count();
            let what = format!("{steps}: {entry:?} {saved}");
            *seen.entry(entry.end.as_str()).or_default() += 1;
            match entry.end {
                End::Saved => assert_eq!(saved, 3, "{what}"),
                End::NotSaved | End::NothingSent(Why::NotBegun) => {
                    assert_eq!(
                        now,
                        ground.before[ground.subjects.iter().position(|one| one == subject).unwrap()],
                        "{what}"
                    );
                }
                End::Partly => assert!((1..3).contains(&saved), "{what}"),
                other => panic!("{what} {other:?}"),
            }
        }
    }
    assert!(ended, "it was closed at every stage of the rollout");
    for end in ["saved", "partly", "not-begun"] {
        assert!(seen.get(end).is_some_and(|count| *count > 0), "{end}: {seen:?}");
    }
}

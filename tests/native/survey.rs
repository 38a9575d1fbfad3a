//! Reading the policies of many groups and of all roles, against the emulated tenant with calls that take 80 ms.

mod again;

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use futures_util::future::join;
use pim_desk::desk::groups;
use pim_desk::desk::survey::rows::MatrixRows;
use pim_desk::desk::survey::{End, MOST_AT_ONCE, News, Scope, survey};
use pim_desk::graph::patience::Patience;
use pim_desk::matrix::{Row, Standing};
use pim_desk::world::Clock;
use pim_desk_tenant::{Effect, Fault, Seed};

struct Ran {
    end: End,
    rows: Vec<Row>,
    took_ms: i64,
    first_ms: i64,
    calls: usize,
    pages: usize,
    most_in_flight: usize,
    slowed: bool,
    errors: usize,
    listed: bool,
}

/// A tenant with this many groups in PIM; 28 of the named ones are not.
fn tenant(groups: usize) -> Browser {
    Browser::new(&Seed { groups: groups + 28, groups_in_pim: groups, ..Seed::default() })
}

fn fault(path: &str, skip: u32, times: u32, effect: Effect) -> Fault {
    Fault { method: None, path: path.into(), skip, times: Some(times), effect }
}

fn ran(browser: &Browser, person: &str, scope: &Scope, faults: Vec<Fault>, stop_after: Option<usize>) -> Ran {
    let (world, client) = slow_client(browser, person, 80);
    browser.play(faults);
    let state = RefCell::new((MatrixRows::default(), Vec::<Row>::new(), 0_usize, None::<i64>, false, 0_usize, false));
    let (patience, began) = (Patience::default(), browser.now_ms());
    let tell = |news: News| {
        let mut state = state.borrow_mut();
        let (table, rows, read, first, slowed, errors, listed) = &mut *state;
        *read += usize::from(matches!(news, News::Policies(..)));
        let told = table.take_in(rows, scope.kind(), news);
        *slowed |= told.slowed;
        *listed |= told.listed;
        *errors += usize::from(told.error.is_some()) + usize::from(told.trouble.is_some());
        if first.is_none() && rows.iter().any(|row| row.sheet().is_some() && row.holder.is_some()) {
            *first = Some(browser.now_ms());
        }
        if stop_after.is_some_and(|most| *read >= most) {
            patience.stop();
        }
    };
    let end = world.run(survey(&client, scope, &patience, &tell));
    let (table, mut rows, _, first, slowed, errors, listed) = state.into_inner();
    table.end(&mut rows, scope.kind());
    let sent = browser.sent();
    Ran {
        end,
        rows,
        took_ms: browser.now_ms() - began,
        first_ms: first.unwrap_or(i64::MAX) - began,
        calls: sent.len(),
        pages: sent.iter().filter(|exchange| exchange.request.body.contains("group/resources")).count(),
        most_in_flight: world.most_in_flight(),
        slowed,
        errors,
        listed,
    }
}

fn full(rows: &[Row]) -> bool {
    rows.iter().all(|row| row.sheet().is_some() && row.holder.is_some())
}

#[test]
fn a_hundred_groups_take_one_page_one_call_for_names_and_five_batches() {
    let browser = tenant(100);
    let ran = ran(&browser, "ana", &Scope::GroupsInPim, Vec::new(), None);
    assert_eq!((ran.end, ran.rows.len(), ran.pages), (End::Complete, 200, 1));
    assert!(full(&ran.rows) && ran.listed && ran.errors == 0);
    assert_eq!(ran.calls, 7);
    assert!(ran.first_ms <= 160, "first rows after {} ms", ran.first_ms);
}

#[test]
fn calls_overlap_and_never_more_than_six_are_in_flight() {
    for (groups, most_ms) in [(100, 400), (500, 1_000), (1_000, 1_500)] {
        let browser = tenant(groups);
        let ran = ran(&browser, "ana", &Scope::GroupsInPim, Vec::new(), None);
        assert!(full(&ran.rows) && ran.rows.len() == 2 * groups, "{groups}");
        assert!(ran.most_in_flight <= MOST_AT_ONCE, "{} in flight", ran.most_in_flight);
        assert!(ran.calls <= ran.pages + groups.div_ceil(20) + 5, "{groups}: {} calls, {} pages", ran.calls, ran.pages);
        assert!(ran.took_ms <= most_ms, "{groups}: {} ms", ran.took_ms);
    }
}

#[test]
fn a_person_s_own_call_takes_its_turn_beside_a_long_reading() {
    let browser = tenant(1_000);
    let (world, client) = slow_client(&browser, "ana", 80);
    let (patience, began) = (Patience::default(), browser.now_ms());
    let own = async {
        world.sleep(500).await;
        let asked = browser.now_ms();
        groups::find(&client, "Tier-0").await.unwrap();
        (asked - began, browser.now_ms() - asked)
    };
    let (end, (asked_ms, waited_ms)) = world.run(join(survey(&client, &Scope::GroupsInPim, &patience, &|_| {}), own));
    assert_eq!(end, End::Complete);
    assert!(world.most_in_flight() <= MOST_AT_ONCE, "{} in flight", world.most_in_flight());
    assert!(asked_ms >= 500 && browser.now_ms() - began > asked_ms + waited_ms, "the reading was still under way");
    assert!(waited_ms <= 2 * 80, "{waited_ms} ms");
}

#[test]
fn all_roles_come_page_by_page() {
    let browser = tenant(40);
    let ran = ran(&browser, "ana", &Scope::Roles, Vec::new(), None);
    assert!(ran.rows.len() > 120 && full(&ran.rows), "{}", ran.rows.len());
    assert!(ran.listed && ran.calls <= 6, "{} calls", ran.calls);
}

#[test]
fn throttling_slows_the_survey_down_and_nothing_is_missing() {
    let refuse = |status| Effect::Refuse { status, retry_after: Some("3".into()) };
    for (what, faults) in [
        ("parts of a batch", vec![fault("roleManagementPolicyAssignments", 25, 30, refuse(429))]),
        ("whole batches", vec![fault("/v1.0/$batch", 2, 3, refuse(429))]),
        ("the list", vec![fault("/group/resources", 1, 1, refuse(503))]),
        ("lost answers", vec![fault("/v1.0/$batch", 1, 2, Effect::DropBefore)]),
    ] {
        let browser = tenant(300);
        let ran = ran(&browser, "ana", &Scope::GroupsInPim, faults, None);
        assert!(ran.slowed, "{what}");
        assert!(full(&ran.rows) && ran.errors == 0 && ran.listed, "{what}: {} errors", ran.errors);
        assert!(ran.took_ms > 1_000, "{what}: it waited");
        // Throttled parts are requested together again, not one by one.
        assert!(ran.calls <= ran.pages + 25, "{what}: {} calls", ran.calls);
    }
}

#[test]
fn what_stays_refused_is_told_row_by_row_and_can_be_read_again() {
    let browser = tenant(100);
    let bad = browser.tenant().groups()[85].id.clone();
    let faults = vec![fault(&format!("scopeId eq '{bad}'"), 0, 99, Effect::Refuse { status: 500, retry_after: None })];
    let first = ran(&browser, "ana", &Scope::GroupsInPim, faults, None);
    let failed: Vec<&Row> = first.rows.iter().filter(|row| row.standing == Standing::Failed).collect();
    assert_eq!(failed.len(), 2, "members and owners of the one group");
    assert_eq!((failed[0].id().as_str(), first.errors), (bad.as_str(), 1));
    let again = ran(&browser, "ana", &Scope::Groups(vec![failed[0].id().clone()]), Vec::new(), None);
    assert!(again.rows.is_empty(), "rows come with the table that held them");
    assert_eq!((again.calls, again.errors), (2, 0));
}

#[test]
fn a_long_wait_is_not_taken_without_asking() {
    let browser = tenant(100);
    let refuse = Effect::Refuse { status: 429, retry_after: Some("600".into()) };
    let ran = ran(&browser, "ana", &Scope::GroupsInPim, vec![fault("/v1.0/$batch", 0, 99, refuse)], None);
    assert!(ran.errors > 0 && ran.rows.iter().all(|row| row.standing != Standing::Waiting));
    assert!(ran.took_ms < 60_000, "{} ms", ran.took_ms);
}

#[test]
fn stopping_keeps_what_is_read() {
    let browser = tenant(500);
    let ran = ran(&browser, "ana", &Scope::GroupsInPim, Vec::new(), Some(60));
    assert_eq!(ran.end, End::Stopped);
    let read = ran.rows.iter().filter(|row| row.sheet().is_some()).count();
    assert!(read >= 120 && read < ran.rows.len(), "{read} of {}", ran.rows.len());
    assert!(ran.rows.iter().any(|row| row.standing == Standing::NotRead));
}

#[test]
fn without_the_right_every_row_or_the_list_says_so() {
    let browser = tenant(60);
    let ran = ran(&browser, "otto", &Scope::GroupsInPim, Vec::new(), None);
    assert!(ran.errors > 0 && ran.rows.iter().all(|row| row.sheet().is_none()));
}

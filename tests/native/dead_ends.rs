//! What would not work, across all policies: each kind by example and counter-example, and reading the facts for it
//! from the emulated tenant with calls that take 80 ms.

mod approvers;
mod kinds;

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::latency::{Latency, slow_client_wanting};
use pim_desk::auth::session::Session;
use pim_desk::dead_end::need::Check;
use pim_desk::dead_end::{DeadEnd, Kind, Report, Severity, TenantFacts, Why, judge, needs};
use pim_desk::desk::dead_ends::{FactsProgress, read};
use pim_desk::desk::survey::rows::MatrixRows;
use pim_desk::desk::survey::{MOST_AT_ONCE, News, Scope, survey};
use pim_desk::graph::Client;
use pim_desk::graph::patience::Patience;
use pim_desk::matrix::Row;
use pim_desk::policy::{Access, Subject};
use pim_desk_tenant::{Effect, Fault, Seed};

struct Ran {
    report: Report,
    rows: Vec<Row>,
    calls: Vec<String>,
    took_ms: i64,
    most_in_flight: usize,
    progress: FactsProgress,
}

impl Ran {
    /// What was found for one policy of a group.
    fn of(&self, group: &str, access: Access) -> Vec<(Kind, Severity)> {
        let is = |subject: &Subject| subject.access() == Some(access);
        let own = self.report.ends.iter().filter(|end| end.name == group && is(&end.subject));
        own.map(|end| (end.kind, end.severity)).collect()
    }

    /// What was not checked, except what a basic profile never contains.
    fn unchecked(&self) -> Vec<(Check, Why)> {
        unchecked(&self.report)
    }
}

fn unchecked(report: &Report) -> Vec<(Check, Why)> {
    let told = report.unchecked.iter().filter(|one| one.check != Check::Accounts);
    told.map(|one| (one.check, one.why)).collect()
}

type Desk = (Latency, Client<Latency, Session<Browser>>);

fn rows(desk: &Desk, roles: bool) -> Vec<Row> {
    let state = RefCell::new((MatrixRows::default(), Vec::<Row>::new()));
    for scope in [Scope::GroupsInPim, Scope::Roles].into_iter().take(if roles { 2 } else { 1 }) {
        let tell = |news: News| {
            let mut state = state.borrow_mut();
            let (table, rows) = &mut *state;
            table.take_in(rows, scope.kind(), news);
        };
        desk.0.run(survey(&desk.1, &scope, &Patience::default(), &tell));
    }
    state.into_inner().1
}

fn ran(browser: &Browser, person: &str, wanting: &str, faults: Vec<Fault>, stop_after: Option<usize>) -> Ran {
    let desk = slow_client_wanting(browser, person, 80, wanting);
    let rows = rows(&desk, wanting.contains("role-policies"));
    let began = browser.now_ms();
    browser.play(faults);
    let (tenant, patience, last) = (RefCell::default(), Patience::default(), RefCell::new(FactsProgress::default()));
    let tell = |progress: FactsProgress| {
        if stop_after.is_some_and(|most| progress.read >= most) {
            patience.stop();
        }
        *last.borrow_mut() = progress;
    };
    desk.0.run(read(&desk.1, &rows, &tenant, &patience, &tell));
    let calls = browser.sent().into_iter().map(|exchange| exchange.request.body).collect();
    let tenant: TenantFacts = tenant.into_inner();
    assert!(patience.is_stopped() || needs(&rows, &tenant, 1000).is_empty(), "nothing is left to read");
    Ran {
        report: judge(&rows, &tenant, Why::NotGranted),
        rows,
        calls,
        took_ms: browser.now_ms() - began,
        most_in_flight: desk.0.most_in_flight(),
        progress: last.into_inner(),
    }
}

fn tenant(groups: usize) -> Browser {
    Browser::new(&Seed { groups: groups + 28, groups_in_pim: groups, ..Seed::default() })
}

const ALL: &str = "role-policies,checks";

fn fault(path: &str, times: u32, status: u16, retry_after: Option<&str>) -> Fault {
    let effect = Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) };
    Fault { method: None, path: path.into(), skip: 0, times: Some(times), effect }
}

#[test]
fn the_tenant_holds_dead_ends_of_many_kinds_and_everything_is_checked() {
    let ran = ran(&Browser::new(&Seed::default()), "ana", ALL, Vec::new(), None);
    assert_eq!(ran.unchecked(), []);
    // Whether someone can sign in is not part of a basic profile: the report says so, and nobody counts as able or
    // unable because of it.
    let hidden = ran.report.unchecked[0];
    assert_eq!((hidden.check, hidden.why), (Check::Accounts, Why::NotGranted));
    assert_eq!((ran.report.judged, ran.report.unread), (ran.rows.len(), 0));
    // The guest is the only one of the odd approvers who can approve.
    let odd = ran.of("Data Warehouse Readers – Personal Data", Access::Member);
    assert!(odd.contains(&(Kind::Approvers, Severity::Weak)), "{odd:?}");
    // Tier-0 is eligible for Global Administrator, which needs approval too.
    let tier0 = ran.of("Tier-0 Operators", Access::Member);
    assert!(tier0.contains(&(Kind::Stacked, Severity::Weak)), "{tier0:?}");
    assert!(!ran.of("Tier-0 Operators", Access::Owner).iter().any(|(kind, _)| *kind == Kind::Stacked));
    let dana = ran.report.ends.iter().find(|end| end.name == "Hybrid Identity Administrator").unwrap();
    assert_eq!((dana.kind, dana.severity), (Kind::OnlyThemselves, Severity::Blocking));
    assert!(ran.progress.read == ran.progress.found && ran.progress.read > 20, "{:?}", ran.progress);
}

#[test]
fn a_hundred_groups_take_few_calls_and_never_more_than_six_at_a_time() {
    let ran = ran(&tenant(100), "ana", ALL, Vec::new(), None);
    let parts: usize = ran.calls.iter().map(|body| body.matches("\"url\"").count()).sum();
    assert!(parts >= 100, "owners of each group: {parts}");
    assert!(ran.calls.len() <= parts.div_ceil(20) + 4, "{} calls for {parts} reads", ran.calls.len());
    assert!(ran.most_in_flight <= MOST_AT_ONCE && ran.took_ms <= 600, "{} ms", ran.took_ms);
    println!("100 groups and all roles: {} calls, {parts} reads, {} ms", ran.calls.len(), ran.took_ms);
    let ids = ran.calls.iter().filter(|body| body.contains("getByIds")).count();
    assert_eq!(ids, 1, "all approvers in one call");
}

#[test]
fn what_was_not_granted_is_not_asked_for_and_named_once() {
    let browser = Browser::new(&Seed::default());
    let plain = ran(&browser, "ana", "", Vec::new(), None);
    assert_eq!(
        plain.unchecked(),
        [
            (Check::Eligible, Why::NotGranted),
            (Check::AccessPolicies, Why::NotGranted),
            (Check::GroupRoles, Why::NotGranted)
        ]
    );
    let asked = plain.calls.concat();
    assert!(!asked.contains("conditionalAccess/policies") && !asked.contains("roleAssignments"));
    assert!(!asked.contains("eligibilityScheduleInstances"));
    assert!(
        !plain.report.ends.iter().any(|end| matches!(end.kind, Kind::Stacked | Kind::Bypassed | Kind::OnlyThemselves))
    );
    let checks = ran(&browser, "ana", "checks", Vec::new(), None);
    assert_eq!(checks.unchecked(), [(Check::GroupRoles, Why::NotGranted)]);
}

#[test]
fn what_microsoft_refuses_is_neither_fine_nor_a_fault() {
    for (path, check) in [
        ("conditionalAccess/policies", Check::AccessPolicies),
        ("authenticationContextClassReferences", Check::Contexts),
        ("/owners", Check::Owners),
        ("getByIds", Check::Approvers),
        ("roleEligibilityScheduleInstances?$filter=principalId", Check::GroupRoles),
    ] {
        let ran = ran(&Browser::new(&Seed::default()), "ana", ALL, vec![fault(path, 99, 403, None)], None);
        assert_eq!(ran.unchecked(), [(check, Why::Refused)], "{path}");
        let claims = |end: &DeadEnd| match check {
            Check::AccessPolicies => end.kind == Kind::Context,
            Check::Contexts => end.kind == Kind::Context && end.severity == Severity::Blocking,
            Check::Approvers => matches!(end.kind, Kind::Approvers | Kind::NobodyApproves | Kind::OnlyThemselves),
            Check::GroupRoles => matches!(end.kind, Kind::Stacked | Kind::Bypassed),
            _ => matches!(end.kind, Kind::SilentMails | Kind::CrowdedMails),
        };
        assert!(!ran.report.ends.iter().any(claims), "{path}");
    }
}

#[test]
fn throttling_slows_the_reading_down_and_nothing_is_missing() {
    for (what, faults) in [
        ("parts of a batch", vec![fault("/owners", 30, 429, Some("3"))]),
        ("whole batches", vec![fault("/v1.0/$batch", 3, 429, Some("3"))]),
        ("passing faults", vec![fault("getByIds", 1, 503, None)]),
    ] {
        let calm = ran(&tenant(100), "ana", ALL, Vec::new(), None);
        let ran = ran(&tenant(100), "ana", ALL, faults, None);
        assert!(ran.progress.slowed, "{what}");
        assert_eq!(ran.report, calm.report, "{what}");
        assert!(ran.calls.len() <= calm.calls.len() + 8, "{what}: {} calls", ran.calls.len());
    }
}

#[test]
fn a_lasting_fault_is_told_and_can_be_tried_again() {
    let browser = Browser::new(&Seed::default());
    let desk = slow_client_wanting(&browser, "ana", 80, ALL);
    let rows = rows(&desk, true);
    browser.play(vec![fault("/owners", 99, 500, None)]);
    let tenant = RefCell::new(TenantFacts::default());
    desk.0.run(read(&desk.1, &rows, &tenant, &Patience::default(), &|_| ()));
    let report = judge(&rows, &tenant.borrow(), Why::NotGranted);
    assert_eq!(unchecked(&report), [(Check::Owners, Why::Failed)]);
    browser.play(Vec::new());
    tenant.borrow_mut().retry();
    browser.tenant_mut().clear_log();
    desk.0.run(read(&desk.1, &rows, &tenant, &Patience::default(), &|_| ()));
    assert_eq!(unchecked(&judge(&rows, &tenant.borrow(), Why::NotGranted)), []);
    assert_eq!(browser.sent().len(), 1, "only what was missing is read again");
}

#[test]
fn a_long_wait_and_a_stop_leave_the_rest_unchecked() {
    let long = ran(&tenant(100), "ana", ALL, vec![fault("/v1.0/$batch", 99, 429, Some("600"))], None);
    assert!(long.took_ms < 60_000 && !long.report.unchecked.is_empty());
    assert!(long.unchecked().iter().all(|(_, why)| *why == Why::Failed), "{:?}", long.unchecked());
    let stopped = ran(&tenant(300), "ana", ALL, Vec::new(), Some(40));
    assert!(stopped.report.unchecked.iter().any(|one| one.why == Why::NotAsked), "{:?}", stopped.unchecked());
    assert!(stopped.progress.read < 300);
}

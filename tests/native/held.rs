//! Which Entra roles groups hold, read from the emulated tenant.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use pim_desk::baseline::Held;
use pim_desk::desk::held_roles::{HeldNews, read};
use pim_desk::graph::Error;
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk_tenant::{Effect, Fault, Seed};

/// What is found for all groups of a tenant, in order, and how many calls that took.
fn told(browser: &Browser, roles: bool, faults: Vec<Fault>) -> (Vec<HeldNews>, usize, usize) {
    let (world, client) = slow_client(browser, "ana", 80);
    let groups: Vec<Guid> = browser.tenant().groups().iter().map(|group| group.id.parse().unwrap()).collect();
    let heard = RefCell::new(Vec::new());
    let tell = |told| heard.borrow_mut().extend::<Vec<HeldNews>>(told);
    let patience = Patience::default();
    if roles {
        browser.play(faults);
        world.run(read(&client, &groups, &patience, &tell));
    } else {
        let client = browser.client("ana");
        browser.play(faults);
        futures_executor::block_on(read(&client, &groups, &patience, &tell));
    }
    let mut heard = heard.into_inner();
    heard.sort_by_key(|one| groups.iter().position(|group| *group == one.group));
    assert_eq!(heard.iter().map(|one| one.group.clone()).collect::<Vec<_>>(), groups, "each group is told once");
    (heard, browser.sent().len(), world.most_in_flight())
}

#[test]
fn groups_are_read_in_batches_of_twenty_and_their_roles_are_known() {
    let browser = Browser::new(&Seed { groups: 130, ..Seed::default() });
    let (heard, calls, most) = told(&browser, true, Vec::new());
    assert_eq!((calls, most), (heard.len().div_ceil(20), 3));
    assert!(heard.iter().all(|one| matches!(one.held, Held::Known(_)) && one.error.is_none()));
    let holds = |one: &&HeldNews| matches!(&one.held, Held::Known(roles) if !roles.is_empty());
    assert!(heard.iter().filter(holds).count() > 0, "the tenant has groups that hold roles");
}

#[test]
fn without_the_permission_nothing_is_sent() {
    let browser = Browser::new(&Seed::default());
    let (heard, calls, _) = told(&browser, false, Vec::new());
    assert_eq!(calls, 0);
    assert!(heard.iter().all(|one| one.held == Held::NotGranted));
}

#[test]
fn what_fails_is_told_as_not_read_and_the_rest_stands() {
    let browser = Browser::new(&Seed::default());
    let refuse = Effect::Refuse { status: 403, retry_after: None };
    let fault = |path: &str, skip, times| Fault {
        method: None,
        path: path.into(),
        skip,
        times: Some(times),
        effect: refuse.clone(),
    };
    let why = |heard: &[HeldNews]| -> Vec<Option<u16>> {
        let failed = heard.iter().filter(|one| one.held == Held::Failed);
        failed.map(|one| one.error.as_ref().and_then(Error::status)).collect()
    };
    let (heard, _, _) = told(&browser, true, vec![fault("roleAssignments", 3, 2)]);
    assert_eq!(why(&heard), [Some(403); 2]);
    let (heard, _, _) = told(&browser, true, vec![fault("/v1.0/$batch", 0, 1)]);
    assert_eq!(why(&heard), [Some(403); 20]);
}

#[test]
fn a_stop_is_heard_at_once_and_nothing_more_is_sent() {
    let browser = Browser::new(&Seed { groups: 130, ..Seed::default() });
    let (world, client) = slow_client(&browser, "ana", 80);
    let groups: Vec<Guid> = browser.tenant().groups().iter().map(|group| group.id.parse().unwrap()).collect();
    let effect = Effect::Refuse { status: 429, retry_after: Some("30".into()) };
    let fault =
        |skip| Fault { method: None, path: "/v1.0/$batch".into(), skip, times: Some(9), effect: effect.clone() };
    browser.play(vec![fault(1)]);
    let (patience, heard, began) = (Patience::default(), RefCell::new(Vec::new()), browser.now_ms());
    let tell = |told: Vec<HeldNews>| {
        heard.borrow_mut().extend(told);
        patience.stop();
    };
    world.run(read(&client, &groups, &patience, &tell));
    assert!(browser.now_ms() - began < 1_000, "not after the wait of thirty seconds");
    assert!(browser.sent().len() <= 4, "{} sent", browser.sent().len());
    let heard = heard.into_inner();
    assert_eq!(heard.len(), groups.len(), "each group is told");
    assert_eq!(heard.iter().filter(|one| one.held == Held::NotRead && one.error.is_none()).count(), groups.len() - 20);
}

//! Which Entra roles groups hold, read from the emulated tenant.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use pim_desk::baseline::Held;
use pim_desk::desk::held_roles::read;
use pim_desk::guid::Guid;
use pim_desk_tenant::{Effect, Fault, Seed};

/// What is found for all groups of a tenant, in order, and how many calls that took.
fn told(browser: &Browser, roles: bool, faults: Vec<Fault>) -> (Vec<(Guid, Held)>, usize, usize) {
    let (world, client) = slow_client(browser, "ana", 80);
    let groups: Vec<Guid> = browser.tenant().groups().iter().map(|group| group.id.parse().unwrap()).collect();
    let heard = RefCell::new(Vec::new());
    let tell = |told| heard.borrow_mut().extend::<Vec<(Guid, Held)>>(told);
    if roles {
        browser.play(faults);
        world.run(read(&client, &groups, &tell));
    } else {
        let client = browser.client("ana");
        browser.play(faults);
        futures_executor::block_on(read(&client, &groups, &tell));
    }
    let mut heard = heard.into_inner();
    heard.sort_by_key(|(id, _)| groups.iter().position(|group| group == id));
    assert_eq!(heard.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), groups, "each group is told once");
    (heard, browser.sent().len(), world.most_in_flight())
}

#[test]
fn groups_are_read_in_batches_of_twenty_and_their_roles_are_known() {
    let browser = Browser::new(&Seed { groups: 130, ..Seed::default() });
    let (heard, calls, most) = told(&browser, true, Vec::new());
    assert_eq!((calls, most), (heard.len().div_ceil(20), 3));
    assert!(heard.iter().all(|(_, held)| matches!(held, Held::Known(_))));
    let holds = |(_, held): &&(Guid, Held)| matches!(held, Held::Known(roles) if !roles.is_empty());
    assert!(heard.iter().filter(holds).count() > 0, "the tenant has groups that hold roles");
}

#[test]
fn without_the_permission_nothing_is_sent() {
    let browser = Browser::new(&Seed::default());
    let (heard, calls, _) = told(&browser, false, Vec::new());
    assert_eq!(calls, 0);
    assert!(heard.iter().all(|(_, held)| *held == Held::NotGranted));
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
    let (heard, _, _) = told(&browser, true, vec![fault("roleAssignments", 3, 2)]);
    assert_eq!(heard.iter().filter(|(_, held)| *held == Held::Failed).count(), 2);
    let (heard, _, _) = told(&browser, true, vec![fault("/v1.0/$batch", 0, 1)]);
    assert_eq!(heard.iter().filter(|(_, held)| *held == Held::Failed).count(), 20);
}

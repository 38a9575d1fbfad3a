//! Finding groups, against the emulated tenant in process.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use crate::sample::browser::Browser;
use futures_executor::block_on;
use pim_desk::desk::directory::search;
use pim_desk::desk::exact_name::groups;
use pim_desk::desk::groups::{GroupPage, Hits, by_ids, find, in_pim, matches, page};
use pim_desk::directory::Group;
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk_tenant::{Effect, Fault, Seed};

const MISSING: &str = "00000000-0000-4000-8000-00000000dead";

fn names(groups: &[Group]) -> Vec<&str> {
    groups.iter().map(|group| group.name.as_str()).collect()
}

fn group(name: &str, digit: char) -> Group {
    Group {
        id: format!("{digit}e526275-97a8-4dc6-932a-4db521cccf96").parse().unwrap(),
        name: name.to_owned(),
        description: String::new(),
        role_assignable: false,
        dynamic: false,
        synced: false,
    }
}

#[test]
fn a_large_directory_is_read_page_by_page() {
    let browser = Browser::new(&Seed { groups: 10_000, ..Seed::default() });
    let client = browser.client("ana");
    let mut all = block_on(find(&client, " ")).unwrap();
    assert_eq!((all.groups.len(), browser.sent().len()), (50, 1));
    assert!(all.total.unwrap() > 9_000);
    let next = all.next.clone().unwrap();
    all.extend(block_on(page(&client, &next)).unwrap());
    assert_eq!((all.groups.len(), browser.sent().len()), (100, 2));
    assert!(all.total.unwrap() > 9_000, "the count of the first page stays");
    assert!(all.groups.is_sorted_by_key(|group| group.name.to_lowercase()));
    let ids: BTreeSet<&Guid> = all.groups.iter().map(|group| &group.id).collect();
    assert_eq!(ids.len(), 100);
}

#[test]
fn the_groups_in_pim_take_two_calls() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let list = block_on(in_pim(&client)).unwrap();
    assert_eq!((list.groups.len(), list.unreadable, browser.sent().len()), (12, 0, 2));
    assert!(names(&list.groups).contains(&"Tier-0 Operators"));
    assert!(list.groups.iter().all(|group| browser.tenant().is_onboarded(group.id.as_str())));
}

#[test]
fn a_refused_list_of_pim_is_an_error_and_the_search_goes_on() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let effect = Effect::Replace { status: 404, content_type: "text/plain".into(), body: String::new() };
    browser.play(vec![Fault { method: None, path: "/group/resources".into(), skip: 0, times: None, effect }]);
    assert_eq!(block_on(in_pim(&client)).unwrap_err().status(), Some(404));
    assert!(!block_on(find(&client, "tier")).unwrap().groups.is_empty());
}

#[test]
fn names_and_ids_find_a_group() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("rhea");
    let found = block_on(find(&client, "tier-0 oper")).unwrap();
    assert_eq!(names(&found.groups), ["Tier-0 Operators"]);
    let id = found.groups[0].id.clone();
    let pasted = format!(" {{{}}} ", id.as_str().to_uppercase());
    assert_eq!(names(&block_on(find(&client, &pasted)).unwrap().groups), ["Tier-0 Operators"]);
    assert_eq!(block_on(find(&client, MISSING)).unwrap().groups, []);
    for odd in ["\"", "\\", "a\"b", "' or 1 eq 1", "%", "<img src=x>", "\u{202e}", "&$top=1"] {
        assert!(block_on(find(&client, odd)).is_ok(), "{odd}");
    }
    let kept = block_on(by_ids(&client, &[MISSING.parse().unwrap(), id])).unwrap();
    assert_eq!(names(&kept), ["Tier-0 Operators"]);
    assert_eq!(block_on(by_ids(&client, &[])).unwrap(), []);
}

#[test]
fn a_first_page_may_hold_only_groups_in_pim_and_the_next_one_another() {
    let browser = Browser::new(&Seed { groups: 540, groups_in_pim: 512, ..Seed::default() });
    let client = browser.client("ana");
    let known = block_on(in_pim(&client)).unwrap().groups;
    let mut found = block_on(find(&client, "data")).unwrap();
    assert_eq!(names(&Hits::of("data", &known, &found.groups).others), [""; 0]);
    found.extend(block_on(page(&client, &found.next.clone().unwrap())).unwrap());
    let others = Hits::of("data", &known, &found.groups).others;
    assert_eq!(names(&others), ["Sales Data Analysts", "Vendor Master Data Editors"]);
}

#[test]
fn a_microsoft_365_group_is_found_though_it_is_no_security_group() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    assert_eq!(names(&block_on(find(&client, "borealis")).unwrap().groups), ["Project Borealis"]);
    let mut all = block_on(find(&client, "")).unwrap();
    while let Some(next) = all.next.clone() {
        all.extend(block_on(page(&client, &next)).unwrap());
    }
    assert!(names(&all.groups).contains(&"Project Borealis"));
    let named = block_on(groups(&client, &["project borealis"], &Patience::default(), &|_| ())).unwrap().unwrap();
    assert_eq!(names(&named[0]), ["Project Borealis"]);
    // Only security groups are offered as approvers.
    assert_eq!(block_on(search(&client, "borealis")).unwrap().entries, []);
}

#[test]
fn a_search_for_approvers_does_without_groups_only_if_they_may_not_be_read() {
    for (status, told) in [(403, None), (400, Some(400)), (404, Some(404)), (500, Some(500))] {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        let effect = Effect::Replace { status, content_type: "application/json".into(), body: "{}".into() };
        browser.play(vec![Fault { method: None, path: "v1.0/groups".into(), skip: 0, times: None, effect }]);
        match block_on(search(&client, "dana")) {
            Ok(hits) => assert!(told.is_none() && !hits.entries.is_empty(), "{status}: {hits:?}"),
            Err(error) => assert_eq!(error.status(), told, "{status}"),
        }
    }
}

#[test]
fn a_search_for_approvers_tells_that_there_are_more_than_it_shows() {
    let browser = Browser::new(&Seed { people: 400, ..Seed::default() });
    let client = browser.client("ana");
    let count = |text: &str| {
        let hits = block_on(search(&client, text)).unwrap();
        (hits.entries.len(), hits.more)
    };
    let (shown, more) = count("a");
    assert!((8..=16).contains(&shown) && more, "{shown}");
    assert_eq!(count("tier-0"), (2, false));
}

#[test]
fn a_page_that_comes_again_adds_nothing_and_ends_the_list() {
    let browser = Browser::new(&Seed { groups: 200, ..Seed::default() });
    let client = browser.client("ana");
    let mut all = block_on(find(&client, "")).unwrap();
    let again = all.clone();
    all.extend(again.clone());
    assert_eq!((all.groups.len(), all.next), (again.groups.len(), None));
}

#[test]
fn hits_show_the_groups_in_pim_first_and_none_twice() {
    let in_pim = [group("Tier-0 Operators", '1'), group("Frontier", '2'), group("Payroll", '3')];
    let found = [group("Tier-0 Approvers", '4'), group("Tier-0 Operators", '1')];
    let hits = Hits::of("TIER", &in_pim, &found);
    assert_eq!(names(&hits.in_pim), ["Tier-0 Operators", "Frontier"]);
    assert_eq!(names(&hits.others), ["Tier-0 Approvers"]);
    assert_eq!((hits.len(), hits.only()), (3, None));
    let one = Hits::of("payroll", &in_pim, &[]);
    assert_eq!(one.only().map(|group| group.name.as_str()), Some("Payroll"));
    assert!(Hits::of("x", &in_pim, &[]).is_empty());
    // The directory has more ways to match; what it found is never lost.
    assert_eq!(names(&Hits::of("ops", &in_pim, &in_pim[..1]).in_pim), ["Tier-0 Operators"]);
}

#[test]
fn matching_looks_at_every_word_or_at_the_id() {
    let straße = group("Straßen  Ops", 'a');
    assert!(matches(&straße, "ops STRASSEN") || matches(&straße, "ops straßen"));
    assert!(!matches(&straße, "ops roads"));
    assert!(matches(&straße, &straße.id.as_str().to_uppercase()));
    assert!(!matches(&straße, MISSING));
}

#[test]
fn an_empty_page_with_a_next_one_goes_on() {
    let browser = Browser::new(&Seed { groups: 200, ..Seed::default() });
    let client = browser.client("ana");
    let mut all = block_on(find(&client, "")).unwrap();
    let mut other = all.next.clone().unwrap();
    other.path.push_str("&odd");
    all.extend(GroupPage { next: Some(other.clone()), ..GroupPage::default() });
    assert_eq!((all.groups.len(), all.next), (50, Some(other)));
}

//! The outcome of the requests of the last 30 days, against the emulated tenant.

use std::cell::{Cell, RefCell};

use crate::sample::approver::Case;
use futures_executor::block_on;
use pim_desk::approval::evidence::Unreadable;
use pim_desk::approval::history::{Order, PastRequest, Query, REACH_MS, Who, measures};
use pim_desk::approval::{Ending, Kind};
use pim_desk::desk::approvals::Missing;
use pim_desk::desk::history::{History, Stopped, history};
use pim_desk::directory::Person;
use pim_desk::guid::Guid;
use pim_desk::text;
use pim_desk::text::approval::RequestNames;
use pim_desk::text::paper::Gaps;
use pim_desk::text::report::About;
use pim_desk_tenant::{Effect, Fault, Seed};

fn read(case: &Case, groups: &[Guid]) -> History {
    block_on(history(&case.client, true, groups, &|| false, &|_, _| ()))
}

fn names(entry: &PastRequest) -> [String; 3] {
    let person = entry.request.principal.as_ref();
    let of_person = |read: fn(&Person) -> &String| person.map(|person| read(person).clone()).unwrap_or_default();
    let target = entry.request.target.name().unwrap_or_default().to_owned();
    [of_person(|person| &person.name), target, of_person(|person| &person.username)]
}

#[test]
fn both_kinds_are_read_with_reviewer_time_and_words() {
    let case = Case::with_roles("dana");
    case.browser.play(Vec::new());
    let found = read(&case, &[]);
    assert!(found.missing.is_empty() && found.stopped.is_none() && found.unreadable == 0 && found.is_whole());
    let now = found.read_unix_ms;
    assert!(found.entries.iter().all(|entry| {
        let created = entry.request.created_unix_ms.unwrap();
        entry.ending != Ending::Waits && now - created <= REACH_MS
    }));
    let of = |kind| found.entries.iter().filter(|entry| entry.request.kind() == kind).count();
    assert_eq!(of(Kind::Group), 7, "eight, and one is too old");
    assert!(of(Kind::Role) > 2);
    let mine: Vec<_> = found.entries.iter().filter(|entry| entry.is_by(&case.me)).collect();
    let review = mine.iter().find_map(|entry| entry.reviewed()).unwrap();
    assert!(!review.justification.is_empty() && !review.by.is_empty());
    assert!(mine.iter().all(|entry| entry.waited_ms() == Some(20 * 60_000)));
    let lapsed: Vec<_> = found.entries.iter().filter(|entry| entry.ending == Ending::Lapsed).collect();
    assert!(lapsed.len() >= 3 && lapsed.iter().all(|entry| entry.review == Ok(None) && entry.waited_ms().is_none()));
    // Two lists and one batch of reviews per kind.
    assert_eq!(case.browser.sent().len(), 4);
}

#[test]
fn reviews_are_read_twenty_at_a_time_with_progress_and_can_be_stopped() {
    let case = Case::seeded("dana", &Seed { requests: 90, ..Seed::default() }, true);
    let now = case.browser.now_ms();
    for request in case.waiting(Kind::Group) {
        case.browser.tenant_mut().decide(&request.id, "ana", true, "ok", now);
    }
    case.browser.play(Vec::new());
    let told = RefCell::new(Vec::new());
    let tell = |done, all| told.borrow_mut().push((done, all));
    let found = block_on(history(&case.client, true, &[], &|| false, &tell));
    let all = found.entries.len();
    assert!(all > 45, "{all}");
    let told = told.into_inner();
    assert_eq!((told.first(), told.last()), (Some(&(0, all)), Some(&(all, all))));
    assert!(told.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 20));

    let steps = Cell::new(0);
    let tell = |_, _| steps.set(steps.get() + 1);
    let stopped = block_on(history(&case.client, true, &[], &|| steps.get() > 1, &tell));
    assert_eq!(stopped.stopped, Some(Stopped::Cancelled));
    assert_eq!(stopped.entries.len(), all, "what was found stays, without the reviews that were not read");
    let unread = stopped.entries.iter().filter(|entry| entry.review == Err(Unreadable::Failed)).count();
    assert_eq!(unread, all - 20);
    assert!(
        stopped.entries.iter().all(|entry| entry.ending == Ending::Approved || entry.request.status != "Provisioned")
    );

    // A failed batch ends the read; nothing that was read is lost.
    let effect = Effect::Refuse { status: 403, retry_after: None };
    case.browser.play(vec![Fault { method: None, path: "/$batch".into(), skip: 1, times: None, effect }]);
    let failed = read(&case, &[]);
    assert!(matches!(failed.stopped, Some(Stopped::Failed(_))) && failed.entries.len() == all);
}

#[test]
fn a_list_that_breaks_off_shows_what_was_read_of_it() {
    let case = Case::seeded("dana", &Seed { requests: 240, ..Seed::default() }, true);
    let now = case.browser.now_ms();
    for request in case.waiting(Kind::Group) {
        case.browser.tenant_mut().decide(&request.id, "ana", true, "ok", now);
    }
    case.browser.play(Vec::new());
    let whole = read(&case, &[]);
    let of = |read: &History, kind| read.entries.iter().filter(|entry| entry.request.kind() == kind).count();
    let path = "/privilegedAccess/group/assignmentScheduleRequests/filterByCurrentUser";
    let sent = case.browser.sent();
    let first = sent.iter().find(|exchange| exchange.request.url.contains(path)).unwrap();
    let mut first: serde_json::Value = serde_json::from_str(&first.outcome.body).unwrap();
    assert!(first["@odata.nextLink"].is_string());
    first["@odata.nextLink"] = "https://graph.microsoft.com.evil.example/v1.0/more".into();
    let elsewhere = Effect::Replace { status: 200, content_type: "application/json".into(), body: first.to_string() };
    for (path, effect) in [
        ("$skiptoken", Effect::Refuse { status: 500, retry_after: None }),
        ("$skiptoken", Effect::DropBefore),
        (path, elsewhere),
    ] {
        case.browser.play(vec![Fault {
            method: None,
            path: path.into(),
            skip: 0,
            times: None,
            effect: effect.clone(),
        }]);
        let found = read(&case, &[]);
        assert!(matches!(found.stopped, Some(Stopped::Failed(_))) && !found.is_whole(), "{effect:?}");
        assert!(found.missing.is_empty(), "{effect:?}: {:?}", found.missing);
        let (some, all) = (of(&found, Kind::Group), of(&whole, Kind::Group));
        assert!(some > 0 && some < all, "{effect:?}: {some} of {all}");
        assert!(found.entries.iter().all(|entry| entry.review.is_ok()), "what was found is read to its end");
    }
}

#[test]
fn a_group_is_read_for_those_who_may_and_told_to_be_closed_to_others() {
    let case = Case::with_roles("olga");
    let id = |group: &str| case.browser.tenant().group(group).unwrap().id.parse::<Guid>().unwrap();
    let (own, other) = (id("Tier-0 Operators"), id("Key Vault Administrators"));
    let found = read(&case, &[own, other.clone()]);
    assert_eq!(found.closed_groups, [other]);
    assert!(!found.entries.is_empty());
    assert!(found.entries.iter().all(|entry| entry.request.target.name() == Some("Tier-0 Operators")));
    assert!(found.entries.iter().any(|entry| entry.reviewed().is_some()));

    let case = Case::of("dana");
    let found = read(&case, &[]);
    assert_eq!(found.missing, [(Kind::Role, Missing::NotGranted)]);
    assert!(!found.entries.is_empty());
}

#[test]
fn a_group_whose_reading_failed_is_not_called_closed_and_hides_no_review() {
    for effect in [
        Effect::DropBefore,
        Effect::Refuse { status: 429, retry_after: Some("9999".into()) },
        Effect::Refuse { status: 500, retry_after: None },
    ] {
        let case = Case::with_roles("olga");
        let id = |group: &str| case.browser.tenant().group(group).unwrap().id.parse::<Guid>().unwrap();
        let (own, other) = (id("Tier-0 Operators"), id("Network Operators"));
        let path = format!("groupId eq '{other}'");
        case.browser.play(vec![Fault { method: None, path, skip: 0, times: None, effect: effect.clone() }]);
        let found = read(&case, &[own, other]);
        assert!(matches!(found.stopped, Some(Stopped::Failed(_))), "{effect:?}: {found:?}");
        assert!(found.closed_groups.is_empty() && !found.is_whole());
        assert!(found.entries.iter().any(|entry| entry.reviewed().is_some()), "what was found is read to its end");
    }
}

#[test]
fn a_reading_that_is_given_up_asks_no_further_group() {
    let case = Case::with_roles("olga");
    let id = |group: &str| case.browser.tenant().group(group).unwrap().id.parse::<Guid>().unwrap();
    let groups = [id("Tier-0 Operators"), id("Network Operators"), id("Incident Responders")];
    case.browser.play(Vec::new());
    let asked = || {
        let sent = case.browser.sent();
        groups.iter().filter(|group| sent.iter().any(|call| call.request.url.contains(group.as_str()))).count()
    };
    let found = block_on(history(&case.client, true, &groups, &|| asked() > 0, &|_, _| ()));
    assert_eq!((asked(), found.stopped), (1, Some(Stopped::Cancelled)));
    assert!(!found.entries.is_empty() && found.entries.iter().all(|entry| entry.review == Err(Unreadable::Failed)));
    assert!(found.missing.is_empty() && found.closed_groups.is_empty());
}

#[test]
fn entries_are_found_ordered_and_measured() {
    let case = Case::with_roles("dana");
    let entries = read(&case, &[]).entries;
    let show = |query: &Query| query.arrange(&entries, &case.me, &names);
    assert_eq!(show(&Query::default()).len(), entries.len());
    let only = |change: &dyn Fn(&mut Query)| {
        let mut query = Query::default();
        change(&mut query);
        show(&query).into_iter().map(|at| &entries[at]).collect::<Vec<_>>()
    };
    assert!(only(&|query| query.kind = Some(Kind::Role)).iter().all(|entry| entry.request.kind() == Kind::Role));
    let denied = only(&|query| query.ending = Some(Ending::Denied));
    assert!(!denied.is_empty() && denied.iter().all(|entry| entry.ending == Ending::Denied));
    assert!(only(&|query| query.who = Who::Me).iter().all(|entry| entry.is_by(&case.me)));
    assert!(only(&|query| query.who = Who::Nobody).iter().all(|entry| entry.reviewed().is_none()));
    let found = only(&|query| query.text = "TEST tenant".into());
    assert_eq!(found.len(), 1, "words of the reviewer are found too");
    let holds = |words: &str| only(&|query| query.text = words.into()).len();
    let one = &entries[0].request;
    let signs_in_as = names(&entries[0])[2].to_uppercase();
    assert!(!signs_in_as.is_empty() && holds(&signs_in_as) > 0, "the sign-in name");
    assert_eq!(holds(&one.id), 1, "the request's id");
    let system = entries.iter().map(|entry| &entry.request.ticket.system).find(|system| !system.is_empty()).unwrap();
    assert!(holds(system) > 0, "the ticket's system");
    let latest = only(&|query| query.order = Order::Latest);
    assert!(latest.is_sorted_by_key(|entry| std::cmp::Reverse(entry.ended_unix_ms())));
    let by_access = only(&|query| query.order = Order::Access);
    assert!(by_access.is_sorted_by_key(|entry| names(entry)[1].to_lowercase()));

    let figures = measures(&entries);
    let tier0 = figures.iter().find(|one| one.target.name() == Some("Tier-0 Operators")).unwrap();
    assert_eq!((tier0.approved, tier0.denied, tier0.lapsed, tier0.median_ms), (2, 1, 0, Some(20 * 60_000)));
    let lapsed = figures.iter().find(|one| one.target.name() == Some("Incident Responders")).unwrap();
    assert_eq!((lapsed.lapsed, lapsed.median_ms), (1, None));
}

#[test]
fn the_file_names_who_decided_and_what_it_lacks() {
    let case = Case::with_roles("dana");
    let mut found = read(&case, &[]);
    let about = About {
        tenant: case.me.clone(),
        by: "Dana Ruiz".into(),
        at: "2026-11-27T12:00:00Z".into(),
        only: String::new(),
        read_at: "2026-11-27T09:30:00Z".into(),
        gaps: Gaps::default(),
    };
    let shown: Vec<usize> = (0..found.entries.len()).collect();
    let file = |found: &History| {
        text::approval::history::as_csv(
            found,
            &shown,
            &|entry| {
                let [person, target, username] = names(entry);
                RequestNames { person, username, target }
            },
            &about,
        )
    };
    let whole = file(&found);
    let mine = found.entries.iter().find(|entry| entry.is_by(&case.me)).and_then(PastRequest::reviewed).unwrap();
    assert!(whole.contains(&format!(",{},", mine.by)) && !whole.contains(",You,"));
    assert!(whole.contains("Read at,2026-11-27T09:30:00Z\r\n\r\nRequest ID,"), "nothing is missing: {whole}");

    found.missing = vec![(Kind::Role, Missing::NotAsked)];
    found.stopped = Some(Stopped::Cancelled);
    found.closed_groups = vec![case.me.clone()];
    found.unreadable = 2;
    let gaps = file(&found);
    for name in ["\r\nNot read,", "\r\nIncomplete,", "\r\nNot readable,", "\r\nNot understood,"] {
        assert!(gaps.contains(name), "{name}: {gaps}");
    }
}

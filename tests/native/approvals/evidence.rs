//! What helps to decide requests: which calls read it, what is shown, and what stands out.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::approver::Case;
use futures_executor::block_on;
use pim_desk::approval::evidence::{Demands, Earlier, Evidence, Grants, Mark, Past, Requester, Unreadable};
use pim_desk::approval::{Ending, Kind, Length, Request};
use pim_desk::desk::evidence::Evidences;
use pim_desk_tenant::{Effect, Fault, Seed};

fn of<'a>(requests: &'a [Request], name: &str) -> &'a Request {
    requests.iter().find(|request| request.target.name() == Some(name)).unwrap()
}

fn gathered(case: &Case, requests: &[Request]) -> Evidences {
    case.browser.play(Vec::new());
    let evidences = Evidences::default();
    block_on(evidences.gather(&case.client, requests));
    evidences
}

#[test]
fn a_page_of_requests_takes_one_batch_a_version_and_polls_repeat_nothing() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    assert!(requests.len() > 12);
    let evidences = gathered(&case, &requests[..6]);
    let calls = || {
        let sent = case.browser.sent();
        let count = |part: &str| sent.iter().filter(|exchange| exchange.request.url.contains(part)).count();
        (count("/v1.0/$batch"), count("/beta/$batch"), sent.len())
    };
    // In addition to the batches: one list of earlier requests per kind, and the names of approvers.
    let (v1, beta, all) = calls();
    assert!(v1 <= 2 && beta == 1 && all <= v1 + beta + 3, "{:?}", calls());
    assert!(requests[..6].iter().all(|request| evidences.get(request).is_some()));
    assert!(evidences.get(&requests[7]).is_none());

    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, &requests[..6]));
    assert_eq!(calls().2, 0, "what is known is not read again");
    evidences.forget();
    block_on(evidences.gather(&case.client, &requests[..1]));
    assert!(calls().2 > 0);
}

#[test]
fn what_was_read_a_while_ago_is_read_anew_and_shown_until_then() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let (tier0, network) = (of(&requests, "Tier-0 Operators"), of(&requests, "Network Operators"));
    let evidences = gathered(&case, std::slice::from_ref(tier0));
    let longest = || evidences.get(tier0).unwrap().demands.unwrap().longest.unwrap();
    let before = longest();
    let now = case.browser.now_ms();
    let patch = serde_json::json!({ "maximumDuration": "PT45M" });
    let rule = "Expiration_EndUser_Assignment";
    case.browser.tenant_mut().edit_rule("Tier-0 Operators", "member", rule, patch, "ana", now);

    // Another row joins: by then the first row's data is old, though its own is newer.
    case.browser.pass(4 * 60_000);
    block_on(evidences.gather(&case.client, std::slice::from_ref(network)));
    case.browser.pass(2 * 60_000);
    assert_eq!(longest(), before, "shown until the new is there");
    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, &[tier0.clone(), network.clone()]));
    assert!(!case.browser.sent().is_empty());
    assert_eq!(longest(), "PT45M");

    // A later row shares what was read, and does not count as newer than that.
    case.browser.pass(4 * 60_000);
    block_on(evidences.gather(&case.client, &requests));
    case.browser.pass(2 * 60_000);
    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, &requests));
    assert!(!case.browser.sent().is_empty());
}

#[test]
fn what_fails_to_be_read_anew_stands_as_it_was() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let tier0 = std::slice::from_ref(of(&requests, "Tier-0 Operators"));
    let evidences = gathered(&case, tier0);
    let before = evidences.get(&tier0[0]).unwrap();
    assert!(before.demands.is_ok() && before.past.is_ok());
    let refuse = |path: &str| Fault {
        method: None,
        path: path.into(),
        skip: 0,
        times: None,
        effect: Effect::Refuse { status: 503, retry_after: None },
    };
    case.browser.pass(6 * 60_000);
    case.browser.play(vec![refuse("roleManagementPolic"), refuse("filterByCurrentUser")]);
    block_on(evidences.gather(&case.client, tier0));
    assert!(!case.browser.sent().is_empty());
    assert_eq!(evidences.get(&tier0[0]).unwrap(), before);
    // It is tried again, but not at once.
    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, tier0));
    assert!(case.browser.sent().is_empty());
    case.browser.pass(61_000);
    block_on(evidences.gather(&case.client, tier0));
    assert!(!case.browser.sent().is_empty());
    // What could be read is not requested again.
    case.browser.pass(61_000);
    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, tier0));
    assert!(case.browser.sent().is_empty());
}

#[test]
fn what_the_access_grants_is_told() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let evidences = gathered(&case, &requests);
    let get = |name| evidences.get(of(&requests, name)).unwrap();

    let Ok(Grants::Role { privileged, built_in, description }) = get("Global Administrator").grants else { panic!() };
    assert!(privileged == Some(true) && built_in && !description.is_empty());
    let Ok(Grants::Role { privileged, .. }) = get("Reports Reader").grants else { panic!() };
    assert_eq!(privileged, Some(false));
    let Ok(Grants::Role { built_in, .. }) = get("Contoso Application Support").grants else { panic!() };
    assert!(!built_in);

    let tier0 = get("Tier-0 Operators");
    let Ok(Grants::Group { role_assignable: true, roles: Ok(roles), eligible, .. }) = &tier0.grants else { panic!() };
    let names: Vec<&str> = roles.iter().map(|held| held.role.name.as_str()).collect();
    assert_eq!(names, ["Hybrid Identity Administrator", "Privileged Authentication Administrator"]);
    assert_eq!(*eligible, Err(Unreadable::Refused), "what may not be read is told, and hides nothing else");
    assert!(tier0.marks(of(&requests, "Tier-0 Operators")).contains(&Mark::Privileged));
}

#[test]
fn a_group_is_said_to_hold_no_roles_only_if_both_lists_were_read() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let tier0 = gathered(&case, &requests).get(of(&requests, "Tier-0 Operators")).unwrap();
    let Ok(Grants::Group { roles: Ok(some), description, .. }) = tier0.grants else { panic!() };
    let none = |roles, eligible| {
        Grants::Group { description: description.clone(), role_assignable: true, roles, eligible }.holds_no_roles()
    };
    assert!(none(Ok(Vec::new()), Ok(Vec::new())));
    for unread in [Unreadable::Refused, Unreadable::NotGranted, Unreadable::Failed] {
        assert!(!none(Ok(Vec::new()), Err(unread)), "those it can activate are not known");
        assert!(!none(Err(unread), Ok(Vec::new())));
    }
    assert!(!none(Ok(some.clone()), Ok(Vec::new())) && !none(Ok(Vec::new()), Ok(some)));
}

#[test]
fn the_policy_and_the_past_are_told_where_they_are_readable() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let evidences = gathered(&case, &requests);

    let tier0 = evidences.get(of(&requests, "Tier-0 Operators")).unwrap();
    let demands = tier0.demands.unwrap();
    assert!(demands.longest.is_some() && demands.approver_justification.is_some(), "{demands:?}");
    let approvers = demands.approvers.unwrap();
    assert!(!approvers.is_empty() && approvers.iter().all(|one| one.name.is_some()), "{approvers:?}");

    // Global Administrator was approved once and denied once before.
    let global = of(&requests, "Global Administrator");
    let past = evidences.get(global).unwrap().past.unwrap();
    let endings: Vec<&Ending> = past.earlier.iter().map(|earlier| &earlier.ending).collect();
    assert_eq!(endings, [&Ending::Approved, &Ending::Denied]);
    assert!(evidences.get(global).unwrap().marks(global).iter().any(|mark| matches!(mark, Mark::DeniedBefore { .. })));
    let first = of(&requests, "Reports Reader");
    assert!(evidences.get(first).unwrap().marks(first).contains(&Mark::FirstTime));
}

#[test]
fn the_past_of_a_request_that_came_after_it_was_read_is_read_anew() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let tier0 = of(&requests, "Tier-0 Operators");
    let evidences = gathered(&case, &requests[..6]);
    let now = case.browser.now_ms();
    assert!(case.browser.tenant_mut().decide(&tier0.id, "dana", false, "Not now", now));
    case.browser.pass(60_000);
    let asked = serde_json::json!({
        "principal": tier0.requester().unwrap().as_str(), "group": "Tier-0 Operators", "access": "member",
    });
    let now = case.browser.now_ms();
    let id = case.browser.tenant_mut().add_request(&serde_json::from_value(asked).unwrap(), now).unwrap();
    let requests = case.inbox().requests;
    let again = requests.iter().find(|request| request.id == id).unwrap();
    block_on(evidences.gather(&case.client, &requests[..6]));
    block_on(evidences.gather(&case.client, std::slice::from_ref(again)));
    let known = evidences.get(again).unwrap();
    assert_eq!(known.past.as_ref().unwrap().denied().map(|denied| &denied.id), Some(&tier0.id));
    assert!(known.marks(again).iter().any(|mark| matches!(mark, Mark::DeniedBefore { .. })));
    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, std::slice::from_ref(again)));
    assert_eq!(case.browser.sent().len(), 0);
}

#[test]
fn a_cloud_without_approvals_of_roles_is_noticed_before_one_is_opened() {
    let with = |status, times| {
        let case = Case::with_roles("dana");
        let requests = case.inbox().requests;
        let effect = Effect::Refuse { status, retry_after: None };
        case.browser.play(vec![Fault { method: None, path: "roleAssignmentApprovals".into(), skip: 0, times, effect }]);
        let evidences = Evidences::default();
        block_on(evidences.gather(&case.client, &requests));
        assert!(requests.iter().all(|request| evidences.get(request).is_some()), "it hides nothing");
        evidences.lacks_role_steps()
    };
    for status in [400, 404, 405, 501] {
        assert!(with(status, None), "{status}");
    }
    // A single missing one, a refusal or a fault say nothing about the cloud.
    assert!(!with(404, Some(1)) && !with(403, None) && !with(500, None));
    let healthy = Case::with_roles("dana");
    let requests = healthy.inbox().requests;
    assert!(!gathered(&healthy, &requests).lacks_role_steps());
}

#[test]
fn nothing_that_cannot_be_read_is_an_error() {
    // Without the permissions, nothing is requested that would be refused.
    let case = Case::of("dana");
    let requests = case.waiting(Kind::Group);
    let evidences = gathered(&case, &requests);
    assert!(case.browser.sent().iter().all(|exchange| !exchange.request.body.contains("roleManagement/directory")));
    let tier0 = evidences.get(of(&requests, "Tier-0 Operators")).unwrap();
    let Ok(Grants::Group { roles, .. }) = tier0.grants else { panic!() };
    assert_eq!(roles, Err(Unreadable::NotGranted));

    // With every call failing, and later with all of them working again.
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let effect = Effect::DropBefore;
    case.browser.play(vec![Fault { method: None, path: "/".into(), skip: 0, times: None, effect }]);
    let evidences = Evidences::default();
    block_on(evidences.gather(&case.client, &requests[..3]));
    let failed = evidences.get(&requests[0]).unwrap();
    assert_eq!((failed.demands.err(), failed.past.err()), (Some(Unreadable::Failed), Some(Unreadable::Failed)));
    case.browser.play(Vec::new());
    block_on(evidences.gather(&case.client, &requests[..3]));
    assert_eq!(case.browser.sent().len(), 0, "not tried again at every poll");
    case.browser.pass(61_000);
    block_on(evidences.gather(&case.client, &requests[..3]));
    assert!(evidences.get(&requests[0]).unwrap().past.is_ok());
}

#[test]
fn odd_requests_have_what_can_be_had() {
    let case = Case::seeded("dana", &Seed { bad_requests: true, ..Seed::default() }, true);
    let requests = case.inbox().requests;
    let evidences = gathered(&case, &requests);
    for request in &requests {
        let evidence = evidences.get(request).unwrap();
        let _ = evidence.marks(request);
        assert_eq!(evidence.requester == Err(Unreadable::NotTold), request.requester().is_none(), "{request:?}");
    }
    assert!(requests.iter().any(|request| evidences.get(request).unwrap().grants == Err(Unreadable::NotFound)));
}

#[test]
fn what_stands_out_is_judged_by_what_is_known() {
    let case = Case::of("dana");
    let mut request = case.waiting(Kind::Group).remove(0);
    request.length = Length::For("PT8H".into());
    let demands = |longest: &str| Demands {
        longest: Some(longest.to_owned()),
        requirement: None,
        justification: None,
        ticket: None,
        approver_justification: Some(true),
        approvers: None,
    };
    let person = Requester { guest: Some(true), disabled: Some(true), ..Requester::default() };
    let denied = Earlier { id: "x".into(), ending: Ending::Denied, length: Length::Unknown, created_unix_ms: 7 };
    let unread = Evidence {
        grants: Err(Unreadable::Refused),
        demands: Err(Unreadable::Refused),
        requester: Err(Unreadable::Refused),
        past: Err(Unreadable::Refused),
    };
    assert_eq!((unread.marks(&request), unread.approver_must_say_why()), (Vec::new(), None));
    let told = Evidence {
        demands: Ok(demands("PT4H")),
        requester: Ok(person),
        past: Ok(Past { earlier: vec![denied] }),
        ..unread
    };
    let longer = Mark::Longer { longest: "PT4H".into() };
    assert_eq!(
        told.marks(&request),
        [Mark::Disabled, longer.clone(), Mark::DeniedBefore { created_unix_ms: 7 }, Mark::Guest, Mark::FirstTime]
    );
    assert_eq!(told.approver_must_say_why(), Some(true));
    let start = request.created_unix_ms.unwrap();
    for (length, longest, exceeds) in [
        (Length::For("PT4H".into()), "PT4H", false),
        (Length::For("PT241M".into()), "PT4H", true),
        (Length::For("P1D".into()), "PT24H", false),
        (Length::For("a while".into()), "PT4H", false),
        (Length::For("P1M".into()), "PT4H", false),
        (Length::Until(start + 5 * 3_600_000), "PT4H", true),
        (Length::Until(start - 5), "PT4H", false),
        (Length::Permanent, "PT4H", true),
        (Length::Unknown, "PT4H", false),
        (Length::For("PT8H".into()), "often", false),
    ] {
        request.start_unix_ms = None;
        request.length = length;
        let evidence = Evidence { demands: Ok(demands(longest)), ..told.clone() };
        let marks = evidence.marks(&request);
        assert_eq!(marks.iter().any(|mark| matches!(mark, Mark::Longer { .. })), exceeds, "{:?}", request.length);
    }
}

#[test]
fn an_answer_without_a_list_of_roles_does_not_say_that_there_are_none() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let tier0 = std::slice::from_ref(of(&requests, "Tier-0 Operators"));
    let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: "{}".into() };
    case.browser.play(vec![Fault { method: None, path: "roleAssignments?".into(), skip: 0, times: None, effect }]);
    let evidences = Evidences::default();
    let roles = || match evidences.get(&tier0[0]).unwrap().grants {
        Ok(Grants::Group { roles, .. }) => roles,
        other => panic!("{other:?}"),
    };
    block_on(evidences.gather(&case.client, tier0));
    assert_eq!(roles(), Err(Unreadable::Failed));
    case.browser.play(Vec::new());
    evidences.forget();
    block_on(evidences.gather(&case.client, tier0));
    assert!(!roles().unwrap().is_empty());
}

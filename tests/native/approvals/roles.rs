//! Requests for Entra roles together with those for groups, against the emulated tenant in process.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::approver::{Case, WORDS, decided};
use futures_executor::block_on;
use pim_desk::approval::{Decision, DirectoryScope, Kind, Request, Standing, Target, standing};
use pim_desk::desk::approvals::{Missing, inbox, open};
use pim_desk::desk::decide::{Checked, Outcome, check, decide};
use pim_desk::text::approval::{RequestNames, directory_scope, effect, request_named};
use pim_desk_tenant::{Effect, Fault, Seed};

fn named<'a>(requests: &'a [Request], role: &str) -> &'a Request {
    requests.iter().find(|request| request.target.name() == Some(role)).unwrap()
}

#[test]
fn both_kinds_stand_in_one_list_least_time_left_first() {
    let case = Case::with_roles("dana");
    let read = case.inbox();
    assert_eq!((read.groups.missing.as_ref(), read.roles.missing.as_ref(), read.unreadable()), (None, None, 0));
    let of = |kind| read.requests.iter().filter(|request| request.kind() == kind).count();
    assert_eq!((of(Kind::Group), of(Kind::Role)), (10, 8));
    assert!(read.requests.is_sorted_by_key(|request| (request.is_extension(), request.deadline_unix_ms())));
    assert!(read.requests.iter().any(|request| request.kind() == Kind::Role && request.is_from(&case.me)));

    let unit = named(&read.requests, "User Administrator");
    assert!(matches!(&unit.target, Target::Role { scope: DirectoryScope::Unit(_), .. }), "{:?}", unit.target);
    let words = directory_scope(&unit.target).unwrap();
    assert_eq!(words, "in the administrative unit Lisbon office");
    let told = RequestNames { person: "Ana".into(), username: String::new(), target: "User Administrator".into() };
    let does = |decision| effect(unit, decision, &told, |_| String::new());
    let gets = "gets the role User Administrator in the administrative unit Lisbon office";
    assert!(does(Decision::Approve).starts_with(&format!("Ana {gets}")));
    assert!(does(Decision::Deny).starts_with(&format!("Ana does not {}", gets.replacen("gets", "get", 1))));
    let whole = "Role User Administrator in the administrative unit Lisbon office";
    assert_eq!(request_named(unit, &told), format!("Ana → {whole}"));
    let global = named(&read.requests, "Global Administrator");
    let Target::Role { role: Some(role), scope: DirectoryScope::Tenant, .. } = &global.target else { panic!() };
    assert_eq!((role.template_id.as_str(), role.built_in), ("62e90394-69f5-4237-9190-012177145e10", true));
    assert!(named(&read.requests, "Security Administrator").is_extension());
    let sent = case.browser.sent();
    assert_eq!(sent.len(), 4, "what waits, and the renewals, of each side");
}

#[test]
fn renewals_are_listed_last_to_read_only_and_hide_nothing_when_they_cannot_be_read() {
    let case = Case::with_roles("dana");
    let read = case.inbox();
    let waits_for_an_administrator = |request: &&Request| request.status == "PendingAdminDecision";
    for kind in Kind::ALL {
        let of_kind = || read.requests.iter().filter(|request| request.kind() == kind);
        let renewal = of_kind().find(waits_for_an_administrator).unwrap();
        assert!(of_kind().next_back().unwrap().is_extension(), "below all that can be decided");
        assert!(renewal.is_extension() && !renewal.waits_for(&case.me) && renewal.deadline_unix_ms().is_none());
        let opened = block_on(open(&case.client, Some(kind), &renewal.id));
        assert!(opened.stages.is_err(), "an administrator decides it, not an approval");
        let found = standing(opened.request.ok().as_ref(), &opened.stages.unwrap_or_default(), &case.me);
        assert_eq!(found, Standing::Extension);
        assert!(!matches!(case.decide(kind, &renewal.id, Decision::Approve), Outcome::Decided(_)));
    }
    assert_eq!((case.writes(), read.lacks_renewals()), (0, false));

    let effect = Effect::Refuse { status: 400, retry_after: None };
    let path = "PendingAdminDecision".to_owned();
    case.browser.play(vec![Fault { method: None, path, skip: 0, times: None, effect }]);
    let again = block_on(inbox(&case.client, true, Some(&read)));
    assert!(again.lacks_renewals() && again.groups.missing.is_none() && again.roles.missing.is_none());
    assert_eq!(again.requests, read.requests, "those of before stay");
    let first = case.inbox();
    assert_eq!(first.requests.iter().filter(waits_for_an_administrator).count(), 0);
    assert!(first.requests.len() + 2 == read.requests.len() && first.lacks_renewals());
}

#[test]
fn a_place_without_a_readable_name_is_told_by_its_id() {
    let seed = Seed { bad_requests: true, ..Seed::default() };
    let read = Case::seeded("dana", &seed, true).inbox().requests;
    let unnamed = |request: &&Request| {
        matches!(&request.target, Target::Role { scope: DirectoryScope::Unit(id), place: None, .. }
            if directory_scope(&request.target).unwrap().ends_with(id.as_str()))
    };
    assert!(read.iter().any(|request| unnamed(&request)));
}

#[test]
fn a_role_is_decided_once_and_read_back() {
    for decision in [Decision::Approve, Decision::Deny] {
        let case = Case::with_roles("dana");
        let id = case.first(Kind::Role);
        let outcome = case.decide(Kind::Role, &id, decision);
        let review = decided(&outcome);
        assert_eq!((review.decision, review.by_id.as_ref()), (decision, Some(&case.me)));
        assert_eq!((case.writes(), case.decided(&id)), (1, Some(decision == Decision::Approve)));
        assert!(case.inbox().requests.iter().all(|request| request.id != id));
    }
}

#[test]
fn a_lost_answer_and_a_colleague_are_told_for_roles_too() {
    let case = Case::with_roles("dana");
    let id = case.first(Kind::Role);
    case.fault(&Effect::DropAfter);
    decided(&case.decide(Kind::Role, &id, Decision::Approve));
    assert_eq!(case.writes(), 1);

    let case = Case::with_roles("dana");
    let id = case.first(Kind::Role);
    case.fault(&Effect::DropBefore);
    assert!(matches!(case.decide(Kind::Role, &id, Decision::Approve), Outcome::Unknown(_)));
    let look = block_on(check(&case.client, Kind::Role, &id, Decision::Approve, WORDS, &case.me));
    assert_eq!((look, case.writes()), (Checked::StillOpen, 1));

    let case = Case::with_roles("dana");
    let id = case.first(Kind::Role);
    let (by, justification) = ("ana".to_owned(), "Quicker".to_owned());
    case.fault(&Effect::DecideBefore { request: id.clone(), by, approve: false, justification });
    let outcome = case.decide(Kind::Role, &id, Decision::Approve);
    assert!(matches!(&outcome, Outcome::AlreadyDecided(review) if review.decision == Decision::Deny), "{outcome:?}");
}

#[test]
fn what_cannot_be_decided_says_why() {
    let case = Case::with_roles("dana");
    let read = case.inbox().requests;
    let stands = |id: &str| {
        let opened = block_on(open(&case.client, None, id));
        assert_eq!(opened.kind, Kind::Role, "found without being told the kind");
        standing(opened.request.ok().as_ref(), &opened.stages.unwrap_or_default(), &case.me)
    };
    assert_eq!(stands(&named(&read, "Privileged Authentication Administrator").id), Standing::Own);
    assert_eq!(stands(&named(&read, "Security Administrator").id), Standing::Extension);
    assert_eq!(stands(&named(&read, "Reports Reader").id), Standing::Open);
    for role in ["Privileged Authentication Administrator", "Security Administrator"] {
        let outcome = case.decide(Kind::Role, &named(&read, role).id, Decision::Approve);
        assert!(matches!(outcome, Outcome::NotOpen { .. } | Outcome::Refused(_)), "{outcome:?}");
    }
    assert_eq!(case.writes(), 0);
}

#[test]
fn without_the_permission_roles_are_not_asked_for_and_groups_work() {
    let case = Case::of("dana");
    assert_eq!(case.inbox().roles.missing, Some(Missing::NotGranted));
    let opened = block_on(open(&case.client, None, "7e526275-97a8-4dc6-932a-4db521cccf96"));
    assert!(opened.kind == Kind::Group && opened.request.is_err());
    assert!(case.browser.sent().iter().all(|exchange| !exchange.request.url.contains("roleManagement")));

    // Nobody consented: the sign-in returns a session without it, and the rest of the page works.
    let consented = pim_desk::auth::scope::Scope::SIGN_IN.map(|scope| scope.name().to_owned()).to_vec();
    let case = Case::seeded("dana", &Seed { consented, ..Seed::default() }, false);
    let outcome = block_on(decide(&case.client, Kind::Role, "x", Decision::Approve, WORDS, &case.me));
    assert!(matches!(outcome, Outcome::Refused(pim_desk::graph::Error::SignIn(_))), "{outcome:?}");
    assert!(case.inbox().groups.missing.is_none());
}

#[test]
fn a_side_says_why_it_is_missing_and_keeps_what_it_had() {
    for (status, retry_after, expected) in [
        (403, None, "refused"),
        (429, Some("99999"), "throttled"),
        (503, Some("99999"), "throttled"),
        (404, None, "not offered"),
        (400, None, "not offered"),
        (401, None, "failed"),
    ] {
        let case = Case::with_roles("dana");
        let before = case.inbox();
        let effect = Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) };
        let path = "roleAssignmentScheduleRequests".to_owned();
        case.browser.play(vec![Fault { method: None, path, skip: 0, times: None, effect }]);
        let read = block_on(inbox(&case.client, true, Some(&before)));
        let told = match read.roles.missing.as_ref().unwrap() {
            Missing::Refused(_) => "refused",
            Missing::Throttled(_) => "throttled",
            Missing::NotOffered(_) => "not offered",
            Missing::Failed(_) => "failed",
            other => panic!("{other:?}"),
        };
        assert_eq!(told, expected, "{status}");
        assert_eq!((read.requests, read.groups.missing), (before.requests, None), "{status}");
        // No longer wanted, so its rows disappear.
        let without = block_on(inbox(&case.client, false, Some(&read_again(&case))));
        assert!(without.requests.iter().all(|request| request.kind() == Kind::Group));
    }
}

#[test]
fn a_list_that_makes_one_wait_holds_back_nothing_that_is_there() {
    let roles = "roleAssignmentScheduleRequests";
    for (status, retry_after, path) in [
        (429, Some("50"), roles),
        (503, Some("55"), roles),
        (503, Some("55"), "PendingAdminDecision"),
        (500, None, roles),
    ] {
        let case = Case::with_roles("dana");
        let effect = Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) };
        case.browser.play(vec![Fault { method: None, path: path.to_owned(), skip: 0, times: None, effect }]);
        let before = case.browser.now_ms();
        let read = case.inbox();
        assert!(case.browser.now_ms() - before < 5_000, "{status} {path}: {} ms", case.browser.now_ms() - before);
        assert!(read.requests.iter().any(|request| request.kind() == Kind::Group && request.waits_for(&case.me)));
        match retry_after {
            Some(_) if path == roles => assert!(matches!(read.roles.missing, Some(Missing::Throttled(_))), "{read:?}"),
            Some(_) => assert!(read.roles.missing.is_none() && read.lacks_renewals(), "{read:?}"),
            None => assert!(matches!(read.roles.missing, Some(Missing::Failed(_))), "{read:?}"),
        }
    }
    // A fault that passes at once is not reported at all.
    for effect in [Effect::DropBefore, Effect::Refuse { status: 503, retry_after: Some("1".to_owned()) }] {
        let case = Case::with_roles("dana");
        case.browser.play(vec![Fault { method: None, path: roles.to_owned(), skip: 0, times: Some(1), effect }]);
        assert!(case.inbox().is_whole());
    }
}

#[test]
fn the_longest_wait_that_any_list_asks_for_comes_with_the_reading() {
    let refuse = |status, path: &str, retry_after: Option<&str>| Fault {
        method: None,
        path: path.to_owned(),
        skip: 0,
        times: None,
        effect: Effect::Refuse { status, retry_after: retry_after.map(str::to_owned) },
    };
    let (roles, renewals) = ("roleAssignmentScheduleRequests", "PendingAdminDecision");
    for (faults, asked_ms) in [
        (vec![], None),
        (vec![refuse(429, roles, Some("5"))], Some(5_000)),
        (vec![refuse(429, renewals, Some("55"))], Some(55_000)),
        (vec![refuse(503, renewals, Some("7")), refuse(429, roles, Some("50"))], Some(50_000)),
        (vec![refuse(429, roles, Some("99999"))], Some(99_999_000)),
        (vec![refuse(429, renewals, Some("soon"))], Some(0)),
        (vec![refuse(503, roles, None)], None),
        (vec![refuse(403, roles, None)], None),
    ] {
        let case = Case::with_roles("dana");
        case.browser.play(faults.clone());
        let read = case.inbox();
        assert_eq!(read.throttled_until_unix_ms.map(|until| until - read.read_unix_ms), asked_ms, "{faults:?}");
    }
}

fn read_again(case: &Case) -> pim_desk::desk::approvals::Inbox {
    case.browser.play(Vec::new());
    case.inbox()
}

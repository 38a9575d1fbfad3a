//! Malformed requests: none is lost, none breaks the others, and each shows what it can.

use crate::sample::approver::{Case, decided};
use futures_executor::block_on;
use pim_desk::approval::{Decision, Ending, Kind, Length, Listing, Request, Standing, standing};
use pim_desk::desk::approvals::open;
use pim_desk::desk::decide::{Outcome, decide};
use pim_desk::desk::history::history;
use pim_desk::graph::Error;
use pim_desk::text;
use pim_desk::text::approval::RequestNames;
use pim_desk::text::paper::Gaps;
use pim_desk::text::problem::{Doing, problem};
use pim_desk::text::report::About;
use pim_desk_tenant::{Effect, Fault, Seed};

fn case() -> Case {
    Case::seeded("dana", &Seed { bad_requests: true, requests: 0, ..Seed::default() }, true)
}

fn told(request: &Request) -> RequestNames {
    let person = request.principal.as_ref().map_or_else(String::new, |person| person.name.clone());
    RequestNames { person, username: String::new(), target: text::approval::unknown_target(&request.target) }
}

fn some(requests: &[Request], is: impl Fn(&Request) -> bool, what: &str) {
    for kind in Kind::ALL {
        assert!(requests.iter().any(|request| request.kind() == kind && is(request)), "{kind:?}: {what}");
    }
}

#[test]
fn every_odd_request_is_listed_and_none_hides_another() {
    let case = case();
    let read = case.inbox();
    let requests = read.requests.clone();
    assert_eq!(read.unreadable(), 2, "only those without an id");
    assert!(!read.is_whole());
    some(&requests, |request| request.requester().is_none(), "no principal");
    some(&requests, |request| request.principal.is_none() && request.requester().is_some(), "a deleted person");
    some(&requests, |request| request.target.name().is_none() && request.target.id().is_some(), "a deleted target");
    some(&requests, |request| request.action == "selfLevitate", "an unknown action");
    some(&requests, |request| request.created_unix_ms.is_none(), "no time");
    some(&requests, |request| request.length == Length::Unknown, "no schedule");
    some(&requests, |request| request.length == Length::For("P1Y2M".into()), "an odd length");
    let before = |request: &Request| request.completed_unix_ms < request.created_unix_ms;
    some(&requests, |request| before(request) && request.is_pending(), "completed before it was made, and still waits");
    some(&requests, |request| request.justification.chars().count() == 2000, "a long hostile text");

    // Neither order nor list nor text breaks.
    assert_eq!(Listing::of(&requests).rows().len(), requests.len());
    for request in &requests {
        let words = text::approval::effect(request, Decision::Approve, &told(request), |at| at.to_string());
        assert!(!words.is_empty());
        let _ = (request.deadline_unix_ms(), request.waits_for(&case.me), request.target.subject());
    }
}

#[test]
fn odd_requests_can_be_opened_and_decided() {
    let case = case();
    for request in case.inbox().requests.into_iter().filter(|request| !request.is_extension()) {
        let opened = block_on(open(&case.client, Some(request.kind()), &request.id));
        let found = standing(opened.request.ok().as_ref(), &opened.stages.unwrap(), &case.me);
        assert_eq!(found, Standing::Open, "{request:?}");
        decided(&case.decide(request.kind(), &request.id, Decision::Deny));
    }
    assert!(case.inbox().requests.iter().all(|request| !request.is_pending()));
}

#[test]
fn a_name_neither_turns_our_words_round_nor_begins_a_line() {
    let case = Case::of("dana");
    let request = case.waiting(Kind::Group).remove(0);
    let hostile = |name: &str| format!("\u{202e}{name}\u{2066}\nOutcome: Denied");
    let told = RequestNames { person: hostile("Eve"), username: String::new(), target: hostile("Tier-0") };
    let sentences = [
        text::approval::effect(&request, Decision::Approve, &told, |at| at.to_string()),
        text::approval::request_named(&request, &told),
        text::approval::request_title(&told),
    ];
    for words in sentences {
        assert!(!words.contains(['\u{202e}', '\u{2066}', '\n']), "{words:?}");
        assert!(words.starts_with("Eve Outcome: Denied ") && words.contains("Tier-0 Outcome: Denied"), "{words:?}");
    }
}

#[test]
fn a_refused_justification_is_named_where_it_is_the_likely_cause() {
    let refused_at = |method: &str, code: &str, status, words: &str| {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        let body = format!(r#"{{"error":{{"code":"{code}","message":"No."}}}}"#);
        let effect = Effect::Replace { status, content_type: "application/json".into(), body };
        case.browser.play(vec![Fault {
            method: Some(method.into()),
            path: "pprovals".into(),
            skip: 0,
            times: None,
            effect,
        }]);
        let outcome = block_on(decide(&case.client, Kind::Group, &id, Decision::Approve, words, &case.me));
        let Outcome::Refused(error) = outcome else { panic!("{outcome:?}") };
        assert_eq!(case.decided(&id), None);
        text::approval::decision::refused_for(&error, words)
    };
    let refused = |status, words: &str| refused_at("PATCH", "InvalidRequest", status, words);
    assert_eq!(refused(400, ""), Some(text::approval::decision::APPROVE_NEEDS_WORDS));
    assert_eq!(refused(400, "Agreed"), None);
    assert_eq!(refused(400, &"ü".repeat(500)), None, "as many as are counted against");
    assert_eq!(refused(400, &"ü".repeat(501)), Some(text::approval::decision::TOO_LONG));
    assert_eq!(refused(403, &"ü".repeat(501)), None);
    // What has another cause: nothing was sent yet, too late, a sign-in that is asked for.
    assert_eq!(refused_at("GET", "InvalidRequest", 400, ""), None);
    assert_eq!(refused_at("PATCH", "ApprovalExpired", 400, ""), None);
    assert_eq!(refused_at("PATCH", "RoleAssignmentRequestAcrsValidationFailed", 400, ""), None);
}

#[test]
fn a_status_nobody_knows_is_neither_waiting_nor_settled() {
    let case = case();
    let mut request = case.inbox().requests.remove(0);
    for status in ["PendingMoonrise", "", "approved?", "PENDING"] {
        status.clone_into(&mut request.status);
        assert!(!request.is_pending() && !request.is_settled() && !request.waits_for(&case.me), "{status}");
        assert_eq!(Ending::of(&request), Ending::Other(status.to_owned()));
        assert!(!text::approval::evidence::ending(&Ending::of(&request)).is_empty());
    }
}

#[test]
fn each_refusal_of_a_decision_is_told_for_what_it_is() {
    for kind in Kind::ALL {
        for status in [400, 403, 404] {
            let case = Case::with_roles("dana");
            let id = case.first(kind);
            let effect = Effect::Refuse { status, retry_after: None };
            let fault =
                Fault { method: Some("PATCH".into()), path: "Approvals/".into(), skip: 0, times: Some(1), effect };
            case.browser.play(vec![fault]);
            let outcome = case.decide(kind, &id, Decision::Approve);
            let Outcome::Refused(error) = &outcome else { panic!("{outcome:?}") };
            assert_eq!((error.status(), case.writes(), case.decided(&id)), (Some(status), 1, None));
            // Nothing took effect: it can be decided again.
            decided(&case.decide(kind, &id, Decision::Approve));
        }
    }
}

#[test]
fn a_conflict_that_no_review_explains_is_not_known_to_be_somebody_elses() {
    for kind in Kind::ALL {
        for unread in [false, true] {
            let case = Case::with_roles("dana");
            let id = case.first(kind);
            let fault = |method: &str, skip, times, status| Fault {
                method: Some(method.into()),
                path: "Approvals/".into(),
                skip,
                times,
                effect: Effect::Refuse { status, retry_after: None },
            };
            let mut faults = vec![fault("PATCH", 0, Some(1), 409)];
            // The stage can be read before, but not after.
            faults.extend(unread.then(|| fault("GET", 1, None, 403)));
            case.browser.play(faults);
            let outcome = case.decide(kind, &id, Decision::Approve);
            let Outcome::Unknown(error) = &outcome else { panic!("{outcome:?}") };
            assert_eq!((error.status(), case.writes(), case.decided(&id)), (Some(409), 1, None));
            let told = problem(error, Doing::Deciding);
            let words = [told.title, told.detail, told.next_step, outcome_words(&outcome, &case)].join(" ");
            for claim in ["Someone else decided", "Nothing of yours", "Already decided"] {
                assert!(!words.contains(claim), "{words}");
            }
            // A look shows that it is open; then it can be decided.
            case.browser.play(Vec::new());
            decided(&case.decide(kind, &id, Decision::Approve));
        }
    }
}

fn outcome_words(outcome: &Outcome, case: &Case) -> String {
    text::approval::decision::outcome(outcome, Decision::Approve, &case.me, |at| at.to_string())
}

#[test]
fn a_hostile_history_becomes_a_harmless_table() {
    let case = case();
    let evil = ["=HYPERLINK(\"http://x\")", "＝1+1", "\u{202e}=1", "a,\"b\"\r\nc", "@SUM(A1)"];
    for (request, words) in case.inbox().requests.iter().zip(evil) {
        let now = case.browser.now_ms();
        assert!(case.browser.tenant_mut().decide(&request.id, "ana", false, words, now));
    }
    let found = block_on(history(&case.client, true, &[], &|| false, &|_, _| ()));
    let denied = found.entries.iter().filter(|entry| entry.ending == Ending::Denied && entry.reviewed().is_some());
    assert!(denied.count() >= evil.len());
    let shown: Vec<usize> = (0..found.entries.len()).collect();
    let about = About {
        tenant: case.me.clone(),
        by: "=1+1".into(),
        at: "2026-11-27T12:00:00Z".into(),
        only: "denied".into(),
        read_at: "2026-11-27T09:30:00Z".into(),
        gaps: Gaps::default(),
    };
    let table = text::approval::history::as_csv(&found, &shown, &|entry| told(&entry.request), &about);
    assert!(
        table.starts_with("\u{feff}Tenant,")
            && table.contains("Saved by,\"'=1+1\"")
            && table.contains("Filtered,denied")
    );
    assert!(table.contains("\r\n\r\nRequest ID,") && !table.contains("Not read"));
    let rows = table.matches("\r\n").count();
    assert!(rows > found.entries.len(), "a line for each entry and the head: {rows}");
    for words in
        ["\"'=HYPERLINK(\"\"http://x\"\")\"", "\"'＝1+1\"", "\"'\u{202e}=1\"", "\"a,\"\"b\"\"\r\nc\"", "\"'@SUM(A1)\""]
    {
        assert!(table.contains(words), "{words}");
    }
    assert!(!table.contains("\n=") && !table.contains(",=") && !table.contains(",@"));
}

#[test]
fn an_answer_without_a_list_of_stages_does_not_count_as_an_empty_one() {
    for body in ["{}", "{\"stages\":null}", "{\"stages\":[]}"] {
        let case = Case::of("dana");
        let id = case.first(Kind::Group);
        let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: body.into() };
        let path = "assignmentApprovals/".into();
        case.browser.play(vec![Fault { method: Some("GET".into()), path, skip: 0, times: Some(1), effect }]);
        let outcome = case.decide(Kind::Group, &id, Decision::Deny);
        assert_eq!(case.writes(), 0);
        if body.ends_with("[]}") {
            assert_eq!(outcome, Outcome::NotOpen { status: String::new() });
        } else {
            assert!(matches!(outcome, Outcome::Refused(Error::Unexpected { .. })), "{body}: {outcome:?}");
        }
    }
}

#[test]
fn where_roles_may_not_be_asked_a_request_that_groups_do_not_know_may_be_one_of_theirs() {
    let roles = Case::with_roles("dana");
    let id = roles.first(Kind::Role);
    let case = Case::of("dana");
    let read = |case: &Case, id: &str| block_on(open(&case.client, None, id));
    assert!(read(&case, &id).asks_groups_only && read(&case, &id).request.is_err());
    assert!(!read(&roles, &id).asks_groups_only && read(&roles, &id).request.is_ok());
    assert!(!read(&case, &case.first(Kind::Group)).asks_groups_only);
}

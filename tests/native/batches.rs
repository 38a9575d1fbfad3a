//! What a batch does when its parts are throttled, or when the token is no longer accepted.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::sample::approver::Case;
use crate::sample::browser::Browser;
use futures_executor::block_on;
use pim_desk::auth::scope::Scope;
use pim_desk::desk::evidence::Evidences;
use pim_desk::desk::policies;
use pim_desk::graph::{Error, Request, Version, endpoint};
use pim_desk::guid::Guid;
use pim_desk::policy::{Access, Subject};
use pim_desk_tenant::{Effect, Fault, Seed};

const ASSIGNMENTS: &str = "roleManagementPolicyAssignments";
const HOUR_MS: i64 = 3_600_000;

fn fault(path: &str, times: Option<u32>, effect: Effect) -> Fault {
    Fault { method: None, path: path.into(), skip: 0, times, effect }
}

fn slow(retry_after: &str) -> Effect {
    Effect::Refuse { status: 429, retry_after: Some(retry_after.into()) }
}

fn token_requests(browser: &Browser) -> usize {
    browser.tenant().log().iter().filter(|exchange| exchange.request.url.ends_with("/token")).count()
}

fn group(browser: &Browser, name: &str) -> Guid {
    browser.tenant().group(name).unwrap().id.parse().unwrap()
}

fn person(browser: &Browser, name: &str) -> Guid {
    browser.tenant().person(name).unwrap().id.parse().unwrap()
}

fn reads(browser: &Browser, how_many: usize) -> Vec<Request> {
    let tenant = browser.tenant();
    tenant.groups().iter().take(how_many).map(|group| endpoint::group(&group.id.parse().unwrap())).collect()
}

#[test]
fn a_token_that_is_revoked_amid_a_batch_is_replaced_and_the_rest_asked_again() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let (group, me) = (group(&browser, "Tier-0 Operators"), person(&browser, "ana"));
    browser.play(vec![fault(ASSIGNMENTS, Some(1), Effect::RevokeToken)]);
    let subject = Subject::Group { group, access: Access::Member };
    let opened = block_on(policies::open(&client, &subject, &me));
    assert!(opened.holder.is_ok(), "{:?}", opened.holder);
    assert_eq!(opened.policies.unwrap().len(), 2);
    assert_eq!(token_requests(&browser), 1);
}

#[test]
fn one_batch_sent_one_time_is_asked_again_for_its_token_alone() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let parts = reads(&browser, 20);
    browser.play(vec![fault("/v1.0/groups/", Some(1), Effect::RevokeToken)]);
    let answers = block_on(client.batch_once(&parts, Version::V1)).unwrap();
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!((browser.sent().len(), token_requests(&browser)), (2, 1));

    browser.play(vec![fault("/v1.0/groups/", Some(1), slow("1"))]);
    let answers = block_on(client.batch_once(&parts, Version::V1)).unwrap();
    assert_eq!(answers.iter().filter(|answer| answer.is_err()).count(), 1);
    assert_eq!(browser.sent().len(), 1);
}

#[test]
fn a_token_that_is_never_accepted_is_replaced_once() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let refused = Effect::Replace { status: 401, content_type: "application/json".into(), body: "{}".into() };
    browser.play(vec![fault("/v1.0/groups/", None, refused)]);
    let answers = block_on(client.batch(&reads(&browser, 3), Version::V1)).unwrap();
    assert!(answers.iter().all(|answer| answer.as_ref().is_err_and(|error| error.status() == Some(401))));
    assert_eq!((browser.sent().len(), token_requests(&browser)), (2, 1));
}

#[test]
fn parts_that_need_the_person_say_so_and_the_others_stand() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let mut parts = reads(&browser, 2);
    parts.push(endpoint::my_roles());
    browser.play(vec![
        fault("/me/", Some(1), Effect::RevokeToken),
        fault(
            "/token",
            None,
            Effect::Replace {
                status: 400,
                content_type: "application/json".into(),
                body: r#"{"error":"interaction_required"}"#.into(),
            },
        ),
    ]);
    let answers = block_on(client.batch(&parts, Version::V1)).unwrap();
    assert!(answers[0].is_ok() && answers[1].is_ok());
    assert!(matches!(answers[2], Err(Error::SignIn(_))), "{:?}", answers[2]);
}

#[test]
fn evidence_survives_a_revoked_token() {
    let case = Case::with_roles("dana");
    let requests = case.inbox().requests;
    let gathered = |faults| {
        case.browser.play(faults);
        let evidences = Evidences::default();
        block_on(evidences.gather(&case.client, &requests[..6]));
        requests[..6].iter().map(|request| evidences.get(request).unwrap()).collect::<Vec<_>>()
    };
    let undisturbed = gathered(Vec::new());
    assert_eq!(gathered(vec![fault("/v1.0/users/", Some(1), Effect::RevokeToken)]), undisturbed);
    assert_eq!(token_requests(&case.browser), 1);
}

#[test]
fn after_the_computer_slept_the_token_is_renewed_before_it_is_sent() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    browser.sleep_over(2 * HOUR_MS);
    block_on(client.send(&endpoint::my_roles())).unwrap();
    assert!(browser.sent().iter().all(|exchange| exchange.outcome.status == Some(200)));
    assert_eq!(token_requests(&browser), 1);
    block_on(client.ready(&[Scope::PolicyRead])).unwrap();
    assert_eq!(token_requests(&browser), 1);
}

#[test]
fn parts_that_are_throttled_together_wait_together() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let (parts, began) = (reads(&browser, 20), browser.now_ms());
    browser.play(vec![fault("/v1.0/groups/", Some(20), slow("10"))]);
    let answers = block_on(client.batch(&parts, Version::V1)).unwrap();
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let (took_ms, calls) = (browser.now_ms() - began, browser.sent().len());
    assert!((10_000..=15_000).contains(&took_ms), "{took_ms} ms");
    assert_eq!(calls, 2);
}

#[test]
fn a_read_is_sent_four_times_at_most_in_whatever_way_it_is_refused() {
    for path in ["/v1.0/groups/", "/v1.0/$batch"] {
        let browser = Browser::new(&Seed::default());
        let client = browser.client("ana");
        browser.play(vec![fault(path, None, slow("2"))]);
        let answers = block_on(client.batch(&reads(&browser, 3), Version::V1));
        assert!(answers.is_err() || answers.unwrap().iter().all(Result::is_err));
        assert_eq!(browser.sent().len(), 4, "{path}");
    }
}

#[test]
fn a_part_that_is_to_wait_too_long_keeps_no_other_waiting() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let (parts, began) = (reads(&browser, 3), browser.now_ms());
    browser.play(vec![
        fault(&parts[1].path, None, slow("600")),
        fault(&parts[0].path, Some(1), slow("3")),
        fault(&parts[2].path, Some(1), slow("7")),
    ]);
    let answers = block_on(client.batch(&parts, Version::V1)).unwrap();
    assert!(answers[0].is_ok() && answers[2].is_ok(), "{answers:?}");
    assert_eq!(answers[1].as_ref().unwrap_err().refusal().unwrap().retry_after.as_deref(), Some("600"));
    assert!(browser.now_ms() - began <= 10_000);
}

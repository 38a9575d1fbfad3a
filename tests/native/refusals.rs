//! What is shown for an answer that says little itself.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;

use crate::sample::browser::Browser;
use futures_executor::block_on;
use pim_desk::approval::Kind;
use pim_desk::desk::survey::{self, Board, News, Scope};
use pim_desk::desk::{approvals, directory, groups, policies};
use pim_desk::graph::Error;
use pim_desk::graph::journal::Entry;
use pim_desk::graph::patience::Patience;
use pim_desk::policy::{Access, Subject};
use pim_desk::problem::Problem;
use pim_desk::text::problem::{Doing, problem};
use pim_desk_tenant::{Effect, Fault, Seed};

/// What is shown if opening a group's policy ends this way.
fn told(path: &str, effect: Effect) -> Problem {
    let browser = Browser::new(&Seed::default());
    let group = browser.tenant().group("Tier-0 Operators").unwrap().id.parse().unwrap();
    let me = browser.tenant().person("ana").unwrap().id.parse().unwrap();
    browser.play(vec![Fault { method: None, path: path.into(), skip: 0, times: None, effect }]);
    let subject = Subject::Group { group, access: Access::Member };
    let opened = block_on(policies::open(&browser.client("ana"), &subject, &me));
    problem(&opened.policies.unwrap_err(), Doing::ReadingPolicy)
}

#[test]
fn an_answer_without_ids_is_told_with_ours_and_the_time() {
    let page = |status, body: &str| Effect::Replace { status, content_type: "text/html".into(), body: body.to_owned() };
    for (path, effect) in [
        ("$batch", page(200, "<!doctype html><title>Portal</title>")),
        ("$batch", page(502, "")),
        ("roleManagementPolicyAssignments", page(502, "")),
    ] {
        let facts = told(path, effect).facts;
        for label in ["Client request ID", "Time"] {
            assert!(facts.iter().any(|(name, value)| *name == label && !value.is_empty()), "{path} {label}: {facts:?}");
        }
    }
}

#[test]
fn an_answer_without_a_list_is_told_with_ours_and_the_time() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: "{}".into() };
    browser.play(vec![Fault { method: None, path: "/groups".into(), skip: 0, times: None, effect }]);
    let error = block_on(groups::find(&client, "")).unwrap_err();
    assert!(matches!(error, Error::Unexpected { .. }), "{error:?}");
    assert!(error.ids().client_request_id.is_some() && error.ids().date.is_some(), "{error:?}");
}

#[test]
fn what_is_wrong_with_an_answer_is_told_with_the_ids_of_its_call() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client_with_roles("dana");
    let answered = |path: &str, body: &str| {
        let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body: body.into() };
        browser.play(vec![Fault { method: None, path: path.into(), skip: 0, times: None, effect }]);
    };
    let mut errors = Vec::new();
    answered("authenticationContext", r#"{"value":[],"@odata.nextLink":"https://elsewhere.example/v1.0/more"}"#);
    errors.push(block_on(directory::authentication_contexts(&client)).unwrap_err());
    answered("pprovals/", "{}");
    errors.push(block_on(approvals::stages(&client, Kind::Group, "x")).unwrap_err());
    errors.push(block_on(approvals::stages_soon(&client, Kind::Role, "x")).unwrap_err());
    for (body, what) in [("{}", "no list"), (r#"{"value":[],"@odata.nextLink":"https://elsewhere.example/"}"#, "early")]
    {
        answered("roleManagementPolicyAssignments", body);
        let failed = RefCell::new(None);
        let mut board = Board::new(&Scope::Roles);
        block_on(survey::go_on(&client, &mut board, &Patience::default(), &|news| {
            if let News::ListFailed(error) = news {
                failed.replace(Some(error));
            }
        }));
        let error = failed.take().unwrap();
        assert!(error.to_string().contains(what), "{error}");
        errors.push(error);
    }
    for error in errors {
        let Error::Unexpected { call, ids, .. } = &error else { panic!("{error:?}") };
        let is_its =
            |entry: &Entry| entry.call == *call && ids.client_request_id.as_ref() == Some(&entry.client_request_id);
        assert!(client.journal().iter().any(is_its), "{error:?}");
        assert!(ids.date.is_some(), "{error:?}");
    }
}

#[test]
fn a_wait_until_a_date_is_told_in_minutes() {
    let far = Effect::Refuse { status: 429, retry_after: Some("Fri, 01 Jan 2100 00:00:00 GMT".into()) };
    for path in ["$batch", "roleManagementPolicyAssignments"] {
        let next_step = told(path, far.clone()).next_step;
        assert!(next_step.starts_with("Try again in ") && next_step.contains(" d"), "{path}: {next_step}");
    }
}

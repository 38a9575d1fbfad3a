//! Signing in to the emulated tenant, in process: from the sign-in page to a renewed token.

use crate::sample::browser::{Browser, config};
use futures_executor::block_on;
use pim_desk::approval::Kind;
use pim_desk::auth::account::Account;
use pim_desk::auth::authorize::Prompt;
use pim_desk::auth::boot::Boot;
use pim_desk::auth::departure::{Ask, depart};
use pim_desk::auth::extras::Extras;
use pim_desk::auth::left::Left;
use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::{OpenFailure, Reason};
use pim_desk::desk::approvals::Missing;
use pim_desk::desk::rollout::Halt;
use pim_desk::graph::error::Refusal;
use pim_desk::graph::request::Version;
use pim_desk::graph::{Error, endpoint};
use pim_desk::text;
use pim_desk::text::problem::Doing;
use pim_desk::world::Clock;
use pim_desk_tenant::{Effect, Fault, Seed, TENANT_ID};

fn silent(account: &Account) -> Ask {
    Ask {
        prompt: Prompt::Silent,
        login_hint: Some(account.hint().to_owned()),
        ..Ask::sign_in("#/approvals", &Extras::default())
    }
}

#[test]
fn a_person_signs_in_and_comes_back_silently_after_a_reload() {
    let browser = Browser::new(&Seed::default());
    let session = browser.sign_in("ana");
    assert_eq!(session.account().tid.as_str(), TENANT_ID);
    assert!(session.account().login_hint.is_some());
    block_on(session.bearer(&[Scope::PolicyRead])).unwrap();

    let redeem = browser.redeem(silent(&session.account()), None);
    assert_eq!(redeem.pending.route, "#/approvals");
    let again = browser.open(&redeem).map_err(|failure| format!("{failure:?}")).unwrap().session;
    assert_eq!(again.account(), session.account());
}

#[test]
fn a_clock_that_is_right_is_not_called_wrong() {
    let browser = Browser::new(&Seed::default());
    let age_ms = browser.sign_in("ana").token_age_ms().unwrap();
    assert!(age_ms >= 300_000, "{age_ms}: Microsoft dates tokens back");
    assert_eq!(pim_desk::text::help::clock(age_ms), None);
}

#[test]
fn nobody_signed_in_is_told_silently() {
    let browser = Browser::new(&Seed::default());
    let ask = Ask { prompt: Prompt::Silent, ..Ask::sign_in("#/groups", &Extras::default()) };
    let departure = depart(&config(), &browser, browser.unix_ms(), ask);
    let decision = browser.start(&browser.visit(&departure, None), &departure);
    assert_eq!(decision.boot, Boot::ShowSignIn { why: None });
    assert_eq!((decision.route.as_str(), decision.forget_hint), ("#/groups", true));
}

#[test]
fn a_code_works_once_and_for_ten_minutes() {
    let browser = Browser::new(&Seed::default());
    let redeem = browser.redeem(Ask::sign_in("#/", &Extras::default()), Some("dana"));
    assert!(browser.open(&redeem).is_ok());
    let Some(OpenFailure::Refused(refused)) = browser.open(&redeem).err() else { panic!("refused") };
    assert_eq!(refused.code, Some(54005));

    let redeem = browser.redeem(Ask::sign_in("#/", &Extras::default()), Some("dana"));
    browser.pass(11 * 60 * 1000);
    let failure = browser.open(&redeem).err().unwrap();
    assert_eq!(text::sign_in::problem(&failure.trouble(&config(), &redeem)).title, "The session has ended");
}

#[test]
fn another_verifier_opens_nothing() {
    let browser = Browser::new(&Seed::default());
    let mut redeem = browser.redeem(Ask::sign_in("#/", &Extras::default()), Some("ana"));
    redeem.pending.verifier = depart(&config(), &browser, 0, Ask::sign_in("#/", &Extras::default())).pending.verifier;
    let Some(OpenFailure::Refused(refused)) = browser.open(&redeem).err() else { panic!("refused") };
    assert_eq!(refused.code, Some(501_481));
}

#[test]
fn tokens_are_renewed_for_a_day_and_not_longer() {
    let browser = Browser::new(&Seed::default());
    let session = browser.sign_in("ana");
    let first = block_on(session.bearer(&[])).unwrap();
    browser.pass(2 * 3_600_000);
    let second = block_on(session.bearer(&[])).unwrap();
    assert_ne!(first, second);
    browser.pass(23 * 3_600_000);
    assert_eq!(block_on(session.bearer(&[])).unwrap_err().reason, Reason::Expired);
}

#[test]
fn a_permission_not_granted_yet_needs_the_person() {
    let consented = Scope::SIGN_IN.map(|scope| scope.name().to_owned()).to_vec();
    let browser = Browser::new(&Seed { consented, ..Seed::default() });
    let session = browser.sign_in("ana");
    assert!(!session.granted(Scope::PolicyWrite));
    let needed = block_on(session.bearer(&[Scope::PolicyWrite])).unwrap_err();
    assert_eq!(needed.reason, Reason::Consent);
    assert!(needed.scopes.contains(&Scope::PolicyWrite) && needed.scopes.contains(&Scope::PolicyRead));
    assert!(needed.why.is_some());
    // The link to the consent page is on the sign-in page alone.
    let refused = Error::SignIn(Box::new(needed));
    for (doing, title) in [
        (Doing::Deciding, "A permission is needed"),
        (Doing::ReadingRolePolicy, "Entra roles need one more permission"),
        (Doing::SavingRolePolicy, "Saving needs one more permission"),
    ] {
        let told = text::problem::problem(&refused, doing);
        assert_eq!(told.title, title);
        assert!(told.sign_in && told.next_step.starts_with("Sign in to "), "{}", told.next_step);
        assert!(told.facts.iter().any(|(label, code)| *label == "Error" && code == "AADSTS90094"), "{:?}", told.facts);
    }
    assert!(block_on(session.bearer(&[Scope::PolicyRead])).is_ok());
}

#[test]
fn a_step_up_needs_the_person_with_the_claims() {
    let browser = Browser::new(&Seed::default());
    let session = browser.sign_in("ana");
    let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
    session.refuse(block_on(session.bearer(&[])).unwrap().token(), Some(claims.to_owned()));
    assert_eq!(session.anew(&[]).claims.as_deref(), Some(claims), "also if the person signs in before");
    let needed = block_on(session.bearer(&[])).unwrap_err();
    assert_eq!(needed.reason, Reason::Interaction);
    assert!(needed.claims.unwrap().contains("\"c1\""));
}

#[test]
fn a_step_up_that_graph_asks_for_is_told_with_two_ways_out() {
    let code = "RoleAssignmentRequestAcrsValidationFailed".to_owned();
    // {"access_token":{}}
    let challenge = r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ==""#.to_owned();
    let by = text::problem::Asked { username: "ana@contoso.example", tenant: "Contoso" };
    for status in [400, 403] {
        let named = Refusal { status, code: code.clone(), ..Refusal::default() };
        let challenged = Refusal { status, challenge: Some(challenge.clone()), ..Refusal::default() };
        for refusal in [named, challenged] {
            let refused = Error::Refused(Box::new(refusal));
            assert!(refused.wants_other_token() && !refused.is_forbidden());
            for doing in [Doing::Deciding, Doing::SavingPolicy, Doing::ReadingRolePolicy, Doing::FindingGroups] {
                let told = text::problem::asked(&refused, doing, &by);
                assert_eq!(told.title, "A stronger sign-in is required");
                assert!(told.retry && told.sign_in);
                assert!(told.next_step.starts_with("Try again. If this comes back, sign in again"), "{told:?}");
                assert!(told.facts.iter().all(|(label, _)| *label != "Permission"), "{told:?}");
            }
            assert!(!text::group::no_list_of_pim(&refused).detail.contains("not granted"));
            let side = Missing::of(Kind::Role, refused.clone());
            assert!(matches!(side, Missing::Failed(_)), "neither a role nor the service is missing: {side:?}");
            assert!(matches!(Halt::by(&refused), Some(Halt::SignIn(_))), "it would meet every policy");
        }
    }
    let forbidden = Error::Refused(Box::new(Refusal { status: 403, ..Refusal::default() }));
    assert!(forbidden.is_forbidden() && !forbidden.wants_other_token());
}

#[test]
fn a_challenge_with_403_tells_its_claims_and_leaves_the_token_to_other_calls() {
    let browser = Browser::new(&Seed::default());
    let client = browser.client("ana");
    // {"access_token":{"acrs":{"essential":true,"value":"c1"}}}
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";
    let challenge = format!(r#"Bearer error=\"insufficient_claims\", claims=\"{claims}\""#);
    let part = format!(r#"{{"id":"0","status":403,"headers":{{"WWW-Authenticate":"{challenge}"}},"body":{{}}}}"#);
    let body = format!(r#"{{"responses":[{part}]}}"#);
    let effect = Effect::Replace { status: 200, content_type: "application/json".into(), body };
    browser.play(vec![Fault { method: None, path: "$batch".into(), skip: 0, times: None, effect }]);
    let answers = block_on(client.batch(&[endpoint::authentication_contexts()], Version::V1)).unwrap();
    let [Err(Error::Refused(refusal))] = answers.as_slice() else { panic!("{answers:?}") };
    assert!(refusal.asks_for_step_up());
    assert!(refusal.claims().unwrap().contains("\"c1\""), "{refusal:?}");
    assert!(client.token_lasts_ms() > 0);
}

#[test]
fn what_is_left_in_a_tab_is_for_the_same_person_alone() {
    let browser = Browser::new(&Seed::default());
    let session = browser.sign_in("ana");
    let left = Left::elsewhere(&session.account());
    session.sign_out();
    let text = left.to_text();
    assert_eq!(Left::from_text(&text), Some(left.clone()));
    let ask = || Left::from_text(&text).unwrap().ask(&Extras::default());
    let back = browser.open(&browser.redeem(ask(), Some("ana"))).map_err(|failure| format!("{failure:?}")).unwrap();
    assert!(!back.account_changed);
    assert_eq!(back.session.account().identity(), left.who);

    let other = browser.open(&browser.redeem(ask(), Some("dana"))).map_err(|failure| format!("{failure:?}")).unwrap();
    assert!(other.account_changed, "somebody else is not let in");
    for odd in ["", "null", "{}"] {
        assert_eq!(Left::from_text(odd), None, "{odd}");
    }
}

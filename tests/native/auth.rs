//! The session against a scripted sign-in service and a virtual clock: what is sent, and how often.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod busy;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures_executor::block_on;
use futures_util::future::join_all;
use pim_desk::auth::boot::{Boot, Redeem, Start, decide};
use pim_desk::auth::departure::{Ask, depart};
use pim_desk::auth::extras::Extras;
use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::{OpenFailure, Reason, Session};
use pim_desk::auth::trouble::NextStep;
use pim_desk::auth::{base64url, form};
use pim_desk::config::{Config, PageAddress};
use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};
use serde_json::{Value, json};

const CLIENT: &str = "5a1e0000-0000-4000-8000-0000000000d1";
const TENANT: &str = "5a1e0000-0000-4000-8000-000000000001";
const ANA: &str = "5a1e0000-0000-4000-8000-00000000000a";
const START_MS: i64 = 1_800_000_000_000;

type Answer = Result<HttpResponse, HttpFailure>;

#[derive(Default)]
struct Script {
    answers: RefCell<VecDeque<Answer>>,
    sent: RefCell<Vec<HttpRequest>>,
    now_ms: Cell<i64>,
    drawn: Cell<u8>,
    /// Run while the next request is in flight.
    meanwhile: RefCell<Option<Box<dyn FnOnce()>>>,
}

#[derive(Clone, Default)]
struct Fake(Rc<Script>);

impl Transport for Fake {
    async fn send(&self, request: HttpRequest) -> Answer {
        self.0.sent.borrow_mut().push(request);
        let mut waited = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut waited, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        let meanwhile = self.0.meanwhile.borrow_mut().take();
        if let Some(meanwhile) = meanwhile {
            meanwhile();
        }
        self.0.answers.borrow_mut().pop_front().expect("an answer in the script")
    }
}

impl Clock for Fake {
    fn unix_ms(&self) -> i64 {
        START_MS + self.0.now_ms.get()
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.now_ms.get()
    }

    async fn sleep(&self, ms: u32) {
        self.pass(i64::from(ms));
    }
}

impl Entropy for Fake {
    fn random(&self) -> [u8; 32] {
        self.0.drawn.set(self.0.drawn.get() + 1);
        [self.0.drawn.get(); 32]
    }
}

impl Fake {
    fn pass(&self, ms: i64) {
        self.0.now_ms.set(self.0.now_ms.get() + ms);
    }

    fn answers(&self, answer: Answer) {
        self.0.answers.borrow_mut().push_back(answer);
    }

    fn gives(&self, body: &Value) {
        self.answers(Ok(HttpResponse { status: 200, headers: Vec::new(), body: body.to_string() }));
    }

    fn refuses(&self, error: &str, mut more: Value) {
        more["error"] = json!(error);
        self.answers(Ok(HttpResponse { status: 400, headers: Vec::new(), body: more.to_string() }));
    }

    fn requests(&self) -> usize {
        self.0.sent.borrow().len()
    }

    fn body(&self, at: usize) -> Vec<(String, String)> {
        form::read(self.0.sent.borrow()[at].body.as_deref().unwrap_or_default())
    }
}

fn field<'a>(body: &'a [(String, String)], name: &str) -> &'a str {
    body.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn config() -> Config {
    let page = PageAddress { origin: "https://pim.example".into(), path: "/".into() };
    Config::read(&format!(r#"{{"clientId":"{CLIENT}","tenantId":"{TENANT}","cloud":"global"}}"#), &page).unwrap()
}

fn redeem(fake: &Fake, ask: Ask) -> Redeem {
    let pending = depart(&config(), fake, fake.unix_ms(), ask).pending;
    let fragment = format!("#code=the-code&state={}", pending.state);
    let text = pending.to_text();
    let start = Start {
        fragment: &fragment,
        query: "",
        pending: Some(&text),
        guard: None,
        login_hint: None,
        wanted: &Extras::default(),
        now_ms: fake.unix_ms(),
    };
    let Boot::Redeem(redeem) = decide(&config(), fake, start).boot else { panic!("a redemption") };
    *redeem
}

fn id_token(oid: &str, nonce: &str) -> String {
    let seconds = START_MS / 1000;
    let claims = json!({
        "aud": CLIENT, "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "tid": TENANT, "oid": oid,
        "exp": seconds + 3600, "nbf": seconds, "iat": seconds - 60, "nonce": nonce, "name": "Ana",
        "preferred_username": "ana@contoso.example", "login_hint": "opaque"
    });
    format!("e30.{}.x", base64url::encode(claims.to_string().as_bytes()))
}

fn tokens(access: &str, scopes: &[Scope]) -> Value {
    let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
    json!({
        "token_type": "Bearer", "access_token": access, "expires_in": 3600, "scope": names.join(" "),
        "refresh_token": format!("refresh-of-{access}")
    })
}

fn signed_in(fake: &Fake) -> Session<Fake> {
    let redeem = redeem(fake, Ask::sign_in("#/groups", &Extras::default()));
    let mut answer = tokens("first", &Scope::SIGN_IN);
    answer["id_token"] = json!(id_token(ANA, &redeem.pending.nonce));
    fake.gives(&answer);
    block_on(Session::open(fake.clone(), &config(), &redeem)).unwrap().session
}

fn bearer(session: &Session<Fake>, scopes: &[Scope]) -> String {
    block_on(session.bearer(scopes)).unwrap().token().to_owned()
}

fn reason(session: &Session<Fake>, scopes: &[Scope]) -> Reason {
    block_on(session.bearer(scopes)).unwrap_err().reason
}

#[test]
fn redeems_with_the_verifier_and_one_plain_header() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    let body = fake.body(0);
    assert_eq!(field(&body, "grant_type"), "authorization_code");
    assert_eq!(field(&body, "code"), "the-code");
    assert_eq!(field(&body, "code_verifier"), base64url::encode(&[1; 32]));
    assert_eq!(field(&body, "redirect_uri"), "https://pim.example/");
    assert!(field(&body, "claims").contains("cp1"));
    let sent = fake.0.sent.borrow()[0].clone();
    assert_eq!(sent.url, format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"));
    assert_eq!(sent.headers.len(), 1, "more headers would need a preflight");
    assert_eq!(bearer(&session, &[Scope::PolicyRead]), "first");
    assert_eq!(session.account().hint(), "opaque");
    assert_eq!(session.token_age_ms(), Some(60_000));
    assert!(
        session
            .sign_out_url()
            .ends_with("/logout?post_logout_redirect_uri=https%3A%2F%2Fpim.example%2F&logout_hint=opaque")
    );
    assert!(!format!("{session:?} {:?}", block_on(session.bearer(&[]))).contains("first"));
}

#[test]
fn a_lost_redemption_is_not_repeated() {
    let fake = Fake::default();
    let redeem = redeem(&fake, Ask::sign_in("#/", &Extras::default()));
    fake.answers(Err(HttpFailure::Lost));
    let failure = block_on(Session::open(fake.clone(), &config(), &redeem)).err().unwrap();
    assert_eq!((failure, fake.requests()), (OpenFailure::NoAnswer, 1));
}

#[test]
fn a_code_of_another_sign_in_opens_nothing() {
    let fake = Fake::default();
    let redeem = redeem(&fake, Ask::sign_in("#/", &Extras::default()));
    let mut answer = tokens("first", &Scope::SIGN_IN);
    answer["id_token"] = json!(id_token(ANA, "another nonce"));
    fake.gives(&answer);
    let failure = block_on(Session::open(fake.clone(), &config(), &redeem)).err().unwrap();
    assert!(matches!(failure, OpenFailure::IdToken(_)));
    assert_eq!(failure.trouble(&config(), &redeem).step, NextStep::Report);
}

#[test]
fn parallel_callers_cause_one_request() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    fake.pass(3_600_000 - 299_999);
    fake.gives(&tokens("second", &Scope::SIGN_IN));
    let all = block_on(join_all((0..20).map(|_| session.bearer(&[Scope::PolicyRead]))));
    assert!(all.iter().all(|found| found.as_ref().unwrap().token() == "second"));
    assert_eq!(fake.requests(), 2);
    let body = fake.body(1);
    assert_eq!((field(&body, "grant_type"), field(&body, "refresh_token")), ("refresh_token", "refresh-of-first"));
}

#[test]
fn parallel_callers_share_a_failure() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    fake.refuses("invalid_grant", json!({ "suberror": "consent_required", "error_codes": [65001] }));
    let all = block_on(join_all((0..20).map(|_| session.bearer(&[Scope::PolicyWrite]))));
    assert!(all.iter().all(|found| found.as_ref().unwrap_err().reason == Reason::Consent));
    assert_eq!(fake.requests(), 2);
    assert_eq!(bearer(&session, &[Scope::PolicyRead]), "first", "reading goes on");
}

#[test]
fn parallel_refusals_cause_one_renewal() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    let old = bearer(&session, &[]);
    fake.gives(&tokens("second", &Scope::SIGN_IN));
    for _ in 0..5 {
        session.refuse(&old, None);
        assert_eq!(bearer(&session, &[]), "second");
    }
    assert_eq!(fake.requests(), 2);
}

#[test]
fn more_permissions_are_asked_for_silently_first() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    assert!(!session.granted(Scope::PolicyWrite));
    let mut all = Scope::SIGN_IN.to_vec();
    all.push(Scope::PolicyWrite);
    fake.gives(&tokens("second", &all));
    assert_eq!(bearer(&session, &[Scope::PolicyWrite]), "second");
    assert!(field(&fake.body(1), "scope").contains("User.Read ") && session.granted(Scope::PolicyWrite));
    fake.gives(&tokens("third", &all));
    assert_eq!(reason(&session, &[Scope::AssignmentScheduleWrite]), Reason::Consent, "granted less than asked");
}

#[test]
fn a_challenge_is_answered_once_and_then_needs_a_person() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    let claims = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#.to_owned();
    session.refuse(&bearer(&session, &[]), Some(claims.clone()));
    fake.gives(&tokens("second", &Scope::SIGN_IN));
    let second = bearer(&session, &[]);
    let sent: Value = serde_json::from_str(field(&fake.body(1), "claims")).unwrap();
    assert_eq!(sent["access_token"]["nbf"]["value"], "1");
    assert_eq!(sent["access_token"]["xms_cc"]["values"][0], "cp1");

    session.refuse(&second, Some(claims.clone()));
    let needed = block_on(session.bearer(&[])).unwrap_err();
    assert_eq!((needed.reason, needed.claims), (Reason::Interaction, Some(claims)));
    assert_eq!(fake.requests(), 2);
}

#[test]
fn a_refusal_passes_its_claims_on() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    session.refuse(&bearer(&session, &[]), None);
    fake.refuses("interaction_required", json!({ "suberror": "basic_action", "claims": "{\"a\":1}" }));
    let needed = block_on(session.bearer(&[])).unwrap_err();
    assert_eq!((needed.reason, needed.claims.as_deref()), (Reason::Interaction, Some("{\"a\":1}")));
}

#[test]
fn a_lost_renewal_is_repeated_once() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    fake.pass(3_700_000);
    fake.answers(Err(HttpFailure::Lost));
    fake.gives(&tokens("second", &Scope::SIGN_IN));
    assert_eq!((bearer(&session, &[]).as_str(), fake.requests()), ("second", 3));
}

#[test]
fn a_token_that_still_works_is_used_by_all_while_its_renewal_fails() {
    let lost = |fake: &Fake| {
        fake.answers(Err(HttpFailure::Lost));
        fake.answers(Err(HttpFailure::TimedOut));
    };
    let refused = |fake: &Fake| fake.refuses("interaction_required", json!({ "suberror": "basic_action" }));
    for (fails, requests) in [(&lost as &dyn Fn(&Fake), 3), (&refused, 2)] {
        let fake = Fake::default();
        let session = signed_in(&fake);
        fake.pass(3_400_000);
        fails(&fake);
        let all = block_on(join_all((0..20).map(|_| session.bearer(&[Scope::PolicyRead]))));
        assert!(all.iter().all(|found| found.as_ref().unwrap().token() == "first"));
        assert_eq!((bearer(&session, &[]).as_str(), fake.requests()), ("first", requests));
        fake.pass(60_000);
        fake.gives(&tokens("second", &Scope::SIGN_IN));
        assert_eq!((bearer(&session, &[]).as_str(), fake.requests()), ("second", requests + 1), "tried again");
    }
}

#[test]
fn a_dead_refresh_token_is_not_sent_again() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    fake.pass(86_400_000);
    fake.refuses("invalid_grant", json!({ "error_codes": [700_084] }));
    let needed = block_on(session.bearer(&[])).unwrap_err();
    let told = pim_desk::text::sign_in::problem(&needed.why.unwrap());
    assert_eq!((needed.reason, told.title.as_str()), (Reason::Expired, "The session has ended"));
    assert_eq!((reason(&session, &[]), fake.requests()), (Reason::Expired, 2));
}

#[test]
fn another_account_closes_the_session() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    fake.pass(4_000_000);
    let mut answer = tokens("second", &Scope::SIGN_IN);
    answer["id_token"] = json!(id_token("5a1e0000-0000-4000-8000-00000000000b", ""));
    fake.gives(&answer);
    assert_eq!(reason(&session, &[]), Reason::AccountChanged);
    assert_eq!((reason(&session, &[]), fake.requests()), (Reason::AccountChanged, 2));
    assert!(!session.granted(Scope::PolicyRead));
}

#[test]
fn a_continued_session_knows_a_swapped_account() {
    let fake = Fake::default();
    let who = signed_in(&fake).account().identity();
    let redeem = redeem(&fake, Ask { expected: Some(who), ..Ask::sign_in("#/groups", &Extras::default()) });
    let mut answer = tokens("x", &Scope::SIGN_IN);
    answer["id_token"] = json!(id_token("5a1e0000-0000-4000-8000-00000000000b", &redeem.pending.nonce));
    fake.gives(&answer);
    assert!(block_on(Session::open(fake.clone(), &config(), &redeem)).unwrap().account_changed);
}

#[test]
fn an_answer_that_comes_after_signing_out_is_dropped() {
    let fake = Fake::default();
    let session = Rc::new(signed_in(&fake));
    fake.pass(4_000_000);
    fake.gives(&tokens("second", &Scope::SIGN_IN));
    let leaving = Rc::clone(&session);
    *fake.0.meanwhile.borrow_mut() = Some(Box::new(move || leaving.sign_out()));
    assert_eq!(reason(&session, &[]), Reason::SignedOut);
    assert_eq!((reason(&session, &[]), fake.requests()), (Reason::SignedOut, 2));
    assert!(session.is_over());
}

#[test]
fn an_early_renewal_that_fails_is_put_off() {
    let fake = Fake::default();
    let session = signed_in(&fake);
    session.refuse(&bearer(&session, &[]), None);
    let mut answer = tokens("second", &Scope::SIGN_IN);
    answer["refresh_in"] = json!(600);
    fake.gives(&answer);
    assert_eq!(bearer(&session, &[]), "second");
    fake.pass(600_000);
    fake.answers(Ok(HttpResponse { status: 503, headers: Vec::new(), body: String::new() }));
    assert_eq!(bearer(&session, &[]), "second");
    assert_eq!(bearer(&session, &[]), "second");
    assert_eq!(fake.requests(), 3);
}

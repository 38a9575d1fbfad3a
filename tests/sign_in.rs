//! Signing in to the emulated tenant, in process: the whole way from the sign-in page to a renewed token.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_executor::block_on;
use pim_desk::auth::account::Account;
use pim_desk::auth::authorize::Prompt;
use pim_desk::auth::boot::{Boot, Decision, Redeem, Start, decide};
use pim_desk::auth::departure::{Ask, Departure, depart};
use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::{OpenFailure, Opened, Reason, Session};
use pim_desk::config::{Config, PageAddress};
use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};
use pim_desk_tenant::{CLIENT_ID, Outcome, Request, Seed, TENANT_ID, Tenant};

const ORIGIN: &str = "https://pim.example.test";

/// A browser with one tab: the tenant behind it, a clock, a cookie.
#[derive(Clone)]
struct Browser(Rc<Inner>);

struct Inner {
    tenant: RefCell<Tenant>,
    now_ms: Cell<i64>,
    drawn: Cell<u8>,
    cookie: RefCell<Option<String>>,
}

impl Browser {
    fn new(seed: &Seed) -> Self {
        Self(Rc::new(Inner {
            tenant: RefCell::new(Tenant::new(seed)),
            now_ms: Cell::new(seed.now_ms),
            drawn: Cell::new(0),
            cookie: RefCell::new(None),
        }))
    }

    fn pass(&self, ms: i64) {
        self.0.now_ms.set(self.0.now_ms.get() + ms);
    }

    fn ask(&self, request: &Request) -> Result<HttpResponse, HttpFailure> {
        match self.0.tenant.borrow_mut().handle(request, self.0.now_ms.get()) {
            Outcome::Answer(answer) => {
                Ok(HttpResponse { status: answer.status, headers: answer.headers, body: answer.body })
            }
            Outcome::Dropped { .. } => Err(HttpFailure::Lost),
        }
    }

    /// Goes to the sign-in page as a person: chooses an account where asked. Gives the fragment that comes back.
    fn visit(&self, departure: &Departure, person: Option<&str>) -> String {
        let mut request = Request::new(if person.is_some() { "POST" } else { "GET" }, &departure.url);
        if let Some(person) = person {
            request.body = format!("person={person}");
            request = request.with_header("Content-Type", "application/x-www-form-urlencoded");
        }
        if let Some(cookie) = self.0.cookie.borrow().as_deref() {
            request = request.with_header("Cookie", cookie);
        }
        let answer = self.ask(&request).unwrap();
        if let Some(cookie) = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()) {
            *self.0.cookie.borrow_mut() = Some(cookie.to_owned());
        }
        let Some(back) = answer.header("location") else { panic!("no way back: {} {}", answer.status, answer.body) };
        format!("#{}", back.split_once('#').unwrap().1)
    }

    fn start(&self, fragment: &str, departure: &Departure) -> Decision {
        let text = departure.pending.to_text();
        let start = Start {
            fragment,
            query: "",
            pending: Some(&text),
            guard: None,
            login_hint: None,
            now_ms: self.0.now_ms.get(),
        };
        decide(&config(), self, start)
    }

    fn redeem(&self, ask: Ask, person: Option<&str>) -> Redeem {
        let departure = depart(&config(), self, self.0.now_ms.get(), ask);
        match self.start(&self.visit(&departure, person), &departure).boot {
            Boot::Redeem(redeem) => *redeem,
            other => panic!("a redemption, not {other:?}"),
        }
    }

    fn open(&self, redeem: &Redeem) -> Result<Opened<Self>, OpenFailure> {
        block_on(Session::open(self.clone(), &config(), redeem))
    }

    fn sign_in(&self, person: &str) -> Session<Self> {
        let redeem = self.redeem(Ask::sign_in("#/groups"), Some(person));
        self.open(&redeem).map_err(|failure| format!("{failure:?}")).unwrap().session
    }
}

impl Transport for Browser {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        let mut asked = Request::new(request.method.as_str(), &request.url).with_header("Origin", ORIGIN);
        asked.headers.extend(request.headers);
        asked.body = request.body.unwrap_or_default();
        self.ask(&asked)
    }
}

impl Clock for Browser {
    fn unix_ms(&self) -> i64 {
        self.0.now_ms.get()
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.now_ms.get()
    }

    async fn sleep(&self, ms: u32) {
        self.pass(i64::from(ms));
    }
}

impl Entropy for Browser {
    fn random(&self) -> [u8; 32] {
        self.0.drawn.set(self.0.drawn.get() + 1);
        [self.0.drawn.get(); 32]
    }
}

fn config() -> Config {
    let page = PageAddress { origin: ORIGIN.into(), path: "/pim/".into() };
    let text = format!(r#"{{"clientId":"{CLIENT_ID}","tenantId":"{TENANT_ID}","cloud":"global"}}"#);
    Config::read(&text, &page).unwrap()
}

fn silent(account: &Account) -> Ask {
    Ask { prompt: Prompt::Silent, login_hint: Some(account.hint().to_owned()), ..Ask::sign_in("#/approvals") }
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
fn nobody_signed_in_is_told_silently() {
    let browser = Browser::new(&Seed::default());
    let ask = Ask { prompt: Prompt::Silent, ..Ask::sign_in("#/groups") };
    let departure = depart(&config(), &browser, browser.unix_ms(), ask);
    let decision = browser.start(&browser.visit(&departure, None), &departure);
    assert_eq!(decision.boot, Boot::ShowSignIn { why: None });
    assert_eq!((decision.route.as_str(), decision.forget_hint), ("#/groups", true));
}

#[test]
fn a_code_works_once_and_for_ten_minutes() {
    let browser = Browser::new(&Seed::default());
    let redeem = browser.redeem(Ask::sign_in("#/"), Some("dana"));
    assert!(browser.open(&redeem).is_ok());
    let Some(OpenFailure::Refused(refused)) = browser.open(&redeem).err() else { panic!("refused") };
    assert_eq!(refused.code, Some(54005));

    let redeem = browser.redeem(Ask::sign_in("#/"), Some("dana"));
    browser.pass(11 * 60 * 1000);
    let failure = browser.open(&redeem).err().unwrap();
    assert_eq!(failure.explain(&config(), &redeem).problem.title, "The session has ended");
}

#[test]
fn another_verifier_opens_nothing() {
    let browser = Browser::new(&Seed::default());
    let mut redeem = browser.redeem(Ask::sign_in("#/"), Some("ana"));
    redeem.pending.verifier = depart(&config(), &browser, 0, Ask::sign_in("#/")).pending.verifier;
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
    assert!(block_on(session.bearer(&[Scope::PolicyRead])).is_ok());
}

#[test]
fn a_step_up_needs_the_person_with_the_claims() {
    let browser = Browser::new(&Seed::default());
    let session = browser.sign_in("ana");
    let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
    session.refuse(block_on(session.bearer(&[])).unwrap().token(), Some(claims.to_owned()));
    let needed = block_on(session.bearer(&[])).unwrap_err();
    assert_eq!(needed.reason, Reason::Interaction);
    assert!(needed.claims.unwrap().contains("\"c1\""));
}

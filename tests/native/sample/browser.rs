//! A browser with one tab in front of the emulated tenant, in process: no network, a virtual clock.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Rc;

use futures_executor::block_on;
use pim_desk::auth::boot::{Boot, Decision, Redeem, Start, decide};
use pim_desk::auth::departure::{Ask, Departure, depart};
use pim_desk::auth::extras::Extras;
use pim_desk::auth::session::{OpenFailure, Opened, Session};
use pim_desk::config::{Config, PageAddress};
use pim_desk::graph::Client;
use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};
use pim_desk_tenant::{CLIENT_ID, Exchange, Fault, Outcome, Request, Seed, TENANT_ID, Tenant};

const ORIGIN: &str = "https://pim.example.test";

/// A browser with one tab: the tenant behind it, a clock, a cookie.
#[derive(Clone)]
pub struct Browser(Rc<Inner>);

struct Inner {
    tenant: RefCell<Tenant>,
    now_ms: Cell<i64>,
    /// How much of that time the computer slept.
    slept_ms: Cell<i64>,
    drawn: Cell<u64>,
    cookie: RefCell<Option<String>>,
}

impl Browser {
    pub fn new(seed: &Seed) -> Self {
        Self(Rc::new(Inner {
            tenant: RefCell::new(Tenant::new(seed)),
            now_ms: Cell::new(seed.now_ms),
            slept_ms: Cell::new(0),
            drawn: Cell::new(0),
            cookie: RefCell::new(None),
        }))
    }

    pub fn now_ms(&self) -> i64 {
        self.0.now_ms.get()
    }

    pub fn pass(&self, ms: i64) {
        self.0.now_ms.set(self.0.now_ms.get() + ms);
    }

    /// The computer sleeps: the monotonic clock of some systems stops.
    pub fn sleep_over(&self, ms: i64) {
        self.pass(ms);
        self.0.slept_ms.set(self.0.slept_ms.get() + ms);
    }

    fn ask(&self, request: &Request) -> Result<HttpResponse, HttpFailure> {
        match self.0.tenant.borrow_mut().handle(request, self.0.now_ms.get()) {
            Outcome::Answer(answer) => {
                Ok(HttpResponse { status: answer.status, headers: answer.headers, body: answer.body })
            }
            Outcome::Dropped { .. } => Err(HttpFailure::Lost),
        }
    }

    /// Goes to the sign-in page as a person: chooses an account if asked. Returns the fragment that comes back.
    pub fn visit(&self, departure: &Departure, person: Option<&str>) -> String {
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

    pub fn start(&self, fragment: &str, departure: &Departure) -> Decision {
        let text = departure.pending.to_text();
        let start = Start {
            fragment,
            query: "",
            pending: Some(&text),
            guard: None,
            login_hint: departure.pending.silent.then_some("ana"),
            wanted: &Extras::default(),
            now_ms: self.0.now_ms.get(),
        };
        decide(&config(), self, start)
    }

    pub fn redeem(&self, ask: Ask, person: Option<&str>) -> Redeem {
        let departure = depart(&config(), self, self.0.now_ms.get(), ask);
        match self.start(&self.visit(&departure, person), &departure).boot {
            Boot::Redeem(redeem) => *redeem,
            other => panic!("a redemption, not {other:?}"),
        }
    }

    pub fn open(&self, redeem: &Redeem) -> Result<Opened<Self>, OpenFailure> {
        block_on(Session::open(self.clone(), &config(), redeem))
    }

    /// The tenant, to look at.
    pub fn tenant(&self) -> Ref<'_, Tenant> {
        self.0.tenant.borrow()
    }

    /// The tenant, to be changed.
    pub fn tenant_mut(&self) -> RefMut<'_, Tenant> {
        self.0.tenant.borrow_mut()
    }

    /// Faults from now on, and an empty log.
    pub fn play(&self, faults: Vec<Fault>) {
        self.tenant_mut().set_faults(faults);
        self.tenant_mut().clear_log();
    }

    /// What was sent to Graph since the log was cleared: method and path with query, undecoded.
    pub fn sent(&self) -> Vec<Exchange> {
        let tenant = self.tenant();
        tenant.log().iter().filter(|exchange| exchange.request.url.starts_with("https://graph.")).cloned().collect()
    }

    /// A Graph client for a person who just signed in.
    pub fn client(&self, person: &str) -> Client<Self, Session<Self>> {
        self.client_wanting(person, &Extras::default())
    }

    /// The same for a person who also wants the permissions for Entra roles.
    pub fn client_with_roles(&self, person: &str) -> Client<Self, Session<Self>> {
        self.client_wanting(person, &Extras::from_text("role-requests,role-policies"))
    }

    /// The same for a person who also wants the permissions for all checks.
    pub fn client_with_checks(&self, person: &str) -> Client<Self, Session<Self>> {
        self.client_wanting(person, &Extras::from_text("checks"))
    }

    fn client_wanting(&self, person: &str, wanted: &Extras) -> Client<Self, Session<Self>> {
        let session = Rc::new(self.sign_in_wanting(person, wanted));
        let client = Client::new(self.clone(), session, config().endpoints.graph, Rc::new(|_| ()));
        self.tenant_mut().clear_log();
        client
    }

    /// Signs a person in.
    pub fn sign_in(&self, person: &str) -> Session<Self> {
        self.sign_in_wanting(person, &Extras::default())
    }

    /// Signs in a person who wants extras.
    pub fn sign_in_wanting(&self, person: &str, wanted: &Extras) -> Session<Self> {
        let redeem = self.redeem(Ask::sign_in("#/groups", wanted), Some(person));
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
        self.0.now_ms.get() - self.0.slept_ms.get()
    }

    async fn sleep(&self, ms: u32) {
        self.pass(i64::from(ms));
    }
}

impl Entropy for Browser {
    fn random(&self) -> [u8; 32] {
        self.0.drawn.set(self.0.drawn.get().wrapping_add(1));
        let drawn = self.0.drawn.get().to_le_bytes();
        let mut bytes = [drawn[0]; 32];
        bytes[1..8].copy_from_slice(&drawn[1..]);
        bytes
    }
}

pub fn config() -> Config {
    let page = PageAddress { origin: ORIGIN.into(), path: "/pim/".into() };
    let text = format!(r#"{{"clientId":"{CLIENT_ID}","tenantId":"{TENANT_ID}","cloud":"global"}}"#);
    Config::read(&text, &page).unwrap()
}

//! The world of one tab: the tenant in process, a clock that all tabs share, and a moment before and after every
//! request in which anything else may happen.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use pim_desk::auth::scope::Scope;
use pim_desk::auth::session::{Reason, SignInNeeded};
use pim_desk::graph::{Error, Refusal, Tokens};
use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};
use pim_desk_tenant::{Access, Effect, Fault, Outcome, Request, Seed, Tenant};
use serde_json::Value as Json;

use super::drive::by_id;
use super::fault::{Armed, Played};
use super::truth::{Truth, Who};
use super::wire::{Asked, Event, Seen, date_in, rules_in};

const SCOPES: [&str; 2] = ["RoleManagementPolicy.Read.AzureADGroup", "RoleManagementPolicy.ReadWrite.AzureADGroup"];

/// What all tabs share.
pub struct Scene {
    pub tenant: RefCell<Tenant>,
    pub truth: RefCell<Truth>,
    pub armed: RefCell<Vec<Armed>>,
    pub group: String,
    pub access: Access,
    now_ms: Cell<i64>,
    /// Until when reads may show an older state.
    lags_until: Cell<i64>,
}

impl Scene {
    pub fn new(group: &str, access: Access) -> Rc<Self> {
        thread_local! {
            static FRESH: (Tenant, i64) = {
                let seed = Seed { people: 5, requests: 0, ..Seed::default() };
                (Tenant::new(&seed), seed.now_ms)
            };
        }
        let (tenant, now_ms) = FRESH.with(Clone::clone);
        let rules = tenant.rules(group, access.as_str());
        Rc::new(Self {
            truth: RefCell::new(Truth::new(by_id(rules))),
            tenant: RefCell::new(tenant),
            armed: RefCell::default(),
            group: group.to_owned(),
            access,
            now_ms: Cell::new(now_ms),
            lags_until: Cell::new(0),
        })
    }

    pub fn now_ms(&self) -> i64 {
        self.now_ms.get()
    }

    pub fn pass(&self, ms: i64) {
        self.now_ms.set(self.now_ms.get() + ms);
    }

    pub fn lags(&self) -> bool {
        self.now_ms.get() < self.lags_until.get()
    }

    /// A rule as the tenant has it now.
    pub fn rule(&self, id: &str) -> Option<Json> {
        self.tenant.borrow().rule(&self.group, self.access.as_str(), id)
    }

    /// Another administrator changes a rule. No two changes happen at the same time.
    pub fn other_edits(&self, id: &str, patch: &Json) {
        self.pass(1);
        let (group, access, now) = (&self.group, self.access.as_str(), self.now_ms());
        self.tenant.borrow_mut().edit_rule(group, access, id, patch, "olga", now);
        self.note(Who::Other, id);
    }

    fn note(&self, who: Who, id: &str) -> Option<Json> {
        let rule = self.rule(id)?;
        self.truth.borrow_mut().note(who, id, rule.clone()).then_some(rule)
    }

    /// Handles one request, together with the faults that hit it.
    fn handle(&self, who: Who, request: &Request) -> (Outcome, Event) {
        let asked = asked(request);
        let write = matches!(asked, Asked::Write { .. });
        let Played { effects, edits, lag_ms } = super::fault::play(&mut self.armed.borrow_mut(), write);
        let faulty = !effects.is_empty();
        for (rule, patch) in &edits {
            self.other_edits(rule, patch);
        }
        let faults = effects.into_iter().map(any_request).collect();
        let outcome = {
            self.pass(i64::from(write));
            let mut tenant = self.tenant.borrow_mut();
            tenant.set_faults(faults);
            let outcome = tenant.handle(request, self.now_ms());
            tenant.set_faults(Vec::new());
            tenant.clear_log();
            outcome
        };
        if let Some(ms) = lag_ms {
            self.lags_until.set(self.lags_until.get().max(self.now_ms() + ms));
        }
        let stored = if let Asked::Write { rule, .. } = &asked { self.note(who, rule) } else { None };
        let at = self.truth.borrow_mut().tick();
        (outcome, Event { at, asked, seen: Seen::Nothing, shown: None, dated: None, stored, faulty })
    }

    /// Checks that the tenant and the model have the same rules.
    pub fn check_truth(&self) -> Result<(), String> {
        let held = by_id(self.tenant.borrow().rules(&self.group, self.access.as_str()));
        let truth = self.truth.borrow();
        let odd: Vec<&String> =
            held.iter().filter(|(id, rule)| truth.now().get(*id) != Some(rule)).map(|r| r.0).collect();
        if odd.is_empty() { Ok(()) } else { Err(format!("rules changed that nobody wrote: {odd:?}")) }
    }
}

fn any_request(effect: Effect) -> Fault {
    Fault { method: None, path: String::new(), skip: 0, times: None, effect }
}

fn asked(request: &Request) -> Asked {
    let parts: Vec<&str> = request.url.split('/').collect();
    match (request.method.as_str(), parts.as_slice()) {
        ("PATCH", [.., policy, "rules", rule]) => Asked::Write {
            policy: (*policy).to_owned(),
            rule: (*rule).to_owned(),
            body: serde_json::from_str(&request.body).unwrap(),
        },
        ("GET", _) => Asked::Read,
        other => panic!("a save does not ask for this: {other:?}"),
    }
}

/// One tab's world.
#[derive(Clone)]
pub struct World {
    pub scene: Rc<Scene>,
    pub who: Who,
    pub wire: Rc<RefCell<Vec<Event>>>,
    wakes_at: Rc<Cell<i64>>,
}

impl World {
    pub fn new(scene: &Rc<Scene>, who: Who) -> Self {
        Self { scene: scene.clone(), who, wire: Rc::default(), wakes_at: Rc::default() }
    }

    /// Lets the time pass until a sleeper wakes, then runs a future until it waits again.
    pub fn turn<T>(&self, future: Pin<&mut (dyn Future<Output = T> + '_)>) -> Option<T> {
        let ahead = self.wakes_at.get() - self.scene.now_ms();
        self.scene.pass(ahead.max(0));
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    /// Runs a future to its end.
    pub fn finish<T>(&self, mut future: Pin<Box<dyn Future<Output = T> + '_>>) -> T {
        loop {
            if let Some(value) = self.turn(future.as_mut()) {
                return value;
            }
        }
    }
}

/// A moment in which something else may happen.
async fn moment() {
    let mut over = false;
    poll_fn(|_| if std::mem::replace(&mut over, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

impl Transport for World {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        let mut sent =
            Request::new(request.method.as_str(), &request.url).with_header("Origin", "https://pim.example.test");
        sent.headers.extend(request.headers);
        sent.body = request.body.unwrap_or_default();
        let request_is_read = sent.method == "GET";
        moment().await;
        let (outcome, event) = self.scene.handle(self.who, &sent);
        let place = self.wire.borrow().len();
        self.wire.borrow_mut().push(event);
        moment().await;
        let seen = |seen| self.wire.borrow_mut()[place].seen = seen;
        match outcome {
            Outcome::Answer(answer) => {
                self.sleep(u32::try_from(answer.delay_ms).unwrap()).await;
                let retry_after = answer.header("retry-after").is_some();
                let readable = answer.body.is_empty() || serde_json::from_str::<Json>(&answer.body).is_ok();
                seen(Seen::Answer { status: answer.status, retry_after, readable });
                if request_is_read && answer.status == 200 {
                    let event = &mut self.wire.borrow_mut()[place];
                    (event.shown, event.dated) = (rules_in(&answer.body).map(Rc::new), date_in(&answer.body));
                }
                Ok(HttpResponse { status: answer.status, headers: answer.headers, body: answer.body })
            }
            Outcome::Dropped { .. } => {
                seen(Seen::Lost);
                Err(HttpFailure::Lost)
            }
        }
    }
}

impl Clock for World {
    fn unix_ms(&self) -> i64 {
        self.scene.now_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        self.scene.now_ms()
    }

    async fn sleep(&self, ms: u32) {
        if ms > 0 {
            let until = self.scene.now_ms() + i64::from(ms);
            self.wakes_at.set(until);
            poll_fn(|_| if self.scene.now_ms() >= until { Poll::Ready(()) } else { Poll::Pending }).await;
        }
    }
}

impl Entropy for World {
    fn random(&self) -> [u8; 32] {
        [u8::try_from(self.scene.now_ms() % 251).unwrap(); 32]
    }
}

/// The person's sign-in.
pub struct Pass {
    scene: Rc<Scene>,
    token: RefCell<Option<String>>,
    /// Whether tokens are renewed without the person.
    renews: bool,
}

impl Pass {
    pub fn new(scene: &Rc<Scene>, renews: bool) -> Self {
        let pass = Self { scene: scene.clone(), token: RefCell::default(), renews };
        pass.sign_in();
        pass
    }

    pub fn sign_in(&self) {
        let now = self.scene.now_ms();
        *self.token.borrow_mut() = Some(self.scene.tenant.borrow_mut().issue_token("ana", &SCOPES, now));
    }

    pub fn is_there(&self) -> bool {
        self.token.borrow().is_some()
    }
}

impl Tokens for Pass {
    async fn token(&self, scopes: &[Scope]) -> Result<String, Error> {
        let token = self.token.borrow().clone();
        token.ok_or_else(|| Error::SignIn(Box::new(SignInNeeded::new(Reason::Expired, scopes.to_vec()))))
    }

    fn granted(&self, _: &[Scope]) -> bool {
        true
    }

    fn not_accepted(&self, _: &str, refusal: &Refusal) -> bool {
        *self.token.borrow_mut() = None;
        // Only the person can meet a challenge of PIM; an expired token is renewed.
        if self.renews && refusal.status == 401 {
            self.sign_in();
        }
        true
    }
}

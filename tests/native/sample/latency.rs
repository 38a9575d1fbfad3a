//! A world in which every call takes a while, on a virtual clock: several calls can be in flight, and a test sees how
//! many there were and how long everything took.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use pim_desk::auth::extras::Extras;
use pim_desk::auth::session::Session;
use pim_desk::graph::Client;
use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};

use super::browser::{Browser, config};

/// The tenant behind a slow connection.
#[derive(Clone)]
pub struct Latency(Rc<Inner>);

struct Inner {
    browser: Browser,
    call_ms: i64,
    asleep: RefCell<Vec<(i64, Waker)>>,
    in_flight: Cell<usize>,
    most_in_flight: Cell<usize>,
}

/// A client for a person who just signed in, and its world.
pub fn slow_client(browser: &Browser, person: &str, call_ms: i64) -> (Latency, Client<Latency, Session<Browser>>) {
    slow_client_wanting(browser, person, call_ms, "role-policies,checks")
}

/// The same for a person who wants these extras.
pub fn slow_client_wanting(
    browser: &Browser,
    person: &str,
    call_ms: i64,
    wanting: &str,
) -> (Latency, Client<Latency, Session<Browser>>) {
    let session = Rc::new(browser.sign_in_wanting(person, &Extras::from_text(wanting)));
    let world = Latency(Rc::new(Inner {
        browser: browser.clone(),
        call_ms,
        asleep: RefCell::default(),
        in_flight: Cell::new(0),
        most_in_flight: Cell::new(0),
    }));
    let client = Client::new(world.clone(), session, config().endpoints.graph, Rc::new(|_| ()));
    browser.tenant_mut().clear_log();
    (world, client)
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Latency {
    /// Most calls in flight at the same time.
    pub fn most_in_flight(&self) -> usize {
        self.0.most_in_flight.get()
    }

    /// Runs a job to its end; the clock moves whenever everything waits.
    pub fn run<T>(&self, job: impl Future<Output = T>) -> T {
        let mut job = Box::pin(job);
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        let waker = Waker::from(flag.clone());
        loop {
            while flag.0.swap(false, Ordering::SeqCst) {
                if let Poll::Ready(value) = job.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return value;
                }
            }
            let next = self.0.asleep.borrow().iter().map(|(until, _)| *until).min().unwrap();
            let now = self.0.browser.now_ms();
            self.pass((next - now).max(0));
        }
    }

    /// Advances time and wakes what waited for it, for a test that polls by itself.
    pub fn pass(&self, ms: i64) {
        self.0.browser.pass(ms);
        let now = self.0.browser.now_ms();
        let (due, rest) = self.0.asleep.borrow_mut().drain(..).partition(|(until, _)| *until <= now);
        *self.0.asleep.borrow_mut() = rest;
        let due: Vec<(i64, Waker)> = due;
        for (_, waker) in due {
            waker.wake();
        }
    }

    async fn until(&self, then: i64) {
        poll_fn(|context| {
            if self.0.browser.now_ms() >= then {
                return Poll::Ready(());
            }
            self.0.asleep.borrow_mut().push((then, context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

impl Transport for Latency {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        self.0.in_flight.set(self.0.in_flight.get() + 1);
        self.0.most_in_flight.set(self.0.most_in_flight.get().max(self.0.in_flight.get()));
        let answer = self.0.browser.send(request).await;
        self.until(self.0.browser.now_ms() + self.0.call_ms).await;
        self.0.in_flight.set(self.0.in_flight.get() - 1);
        answer
    }
}

impl Clock for Latency {
    fn unix_ms(&self) -> i64 {
        self.0.browser.unix_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.browser.monotonic_ms()
    }

    async fn sleep(&self, ms: u32) {
        self.until(self.0.browser.now_ms() + i64::from(ms)).await;
    }
}

impl Entropy for Latency {
    fn random(&self) -> [u8; 32] {
        self.0.browser.random()
    }
}

//! A world that yields before and after each call, so that a test can let several clients take turns in any order.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};

use super::browser::Browser;

/// The tenant seen by one of several clients.
#[derive(Clone)]
pub struct Turns {
    browser: Browser,
    /// Until when it sleeps, ms since 1970.
    until: Rc<Cell<i64>>,
}

impl Turns {
    pub fn new(browser: &Browser) -> Self {
        Self { browser: browser.clone(), until: Rc::new(Cell::new(0)) }
    }
}

async fn give_way() {
    let mut waited = false;
    poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

impl Transport for Turns {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        give_way().await;
        let answer = self.browser.send(request).await;
        give_way().await;
        answer
    }
}

impl Clock for Turns {
    fn unix_ms(&self) -> i64 {
        self.browser.unix_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        self.browser.monotonic_ms()
    }

    async fn sleep(&self, ms: u32) {
        self.until.set(self.unix_ms() + i64::from(ms));
        poll_fn(|_| if self.unix_ms() >= self.until.get() { Poll::Ready(()) } else { Poll::Pending }).await;
    }
}

impl Entropy for Turns {
    fn random(&self) -> [u8; 32] {
        self.browser.random()
    }
}

/// A small generator (xorshift): the same seed gives the same turns.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Lets two jobs take turns at random until both are done. When both sleep, the clock moves on.
pub fn race<A, B>(
    browser: &Browser,
    dice: &mut Dice,
    first: (&Turns, impl Future<Output = A>),
    second: (&Turns, impl Future<Output = B>),
) -> (A, B) {
    let (mut one, mut other) = (Box::pin(first.1), Box::pin(second.1));
    let (mut left, mut right) = (None, None);
    loop {
        let now = browser.unix_ms();
        let awake = |turns: &Turns| turns.until.get() <= now;
        let ready = [left.is_none() && awake(first.0), right.is_none() && awake(second.0)];
        match ready {
            [false, false] if left.is_some() && right.is_some() => return (left.unwrap(), right.unwrap()),
            [false, false] => {
                let sleepers = [(left.is_none(), first.0), (right.is_none(), second.0)];
                let next = sleepers.iter().filter(|(open, _)| *open).map(|(_, turns)| turns.until.get()).min().unwrap();
                browser.pass(next - now);
            }
            [first, second] if first && (!second || dice.below(2) == 0) => poll(&mut one, &mut left),
            _ => poll(&mut other, &mut right),
        }
    }
}

fn poll<T, F: Future<Output = T>>(job: &mut Pin<Box<F>>, result: &mut Option<T>) {
    if let Poll::Ready(value) = job.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        *result = Some(value);
    }
}

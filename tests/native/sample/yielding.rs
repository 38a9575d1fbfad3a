//! A client that yields before each answer or end of a wait is delivered: a test can end it at any of these points.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use pim_desk::auth::session::Session;
use pim_desk::graph::Client;
use pim_desk::world::{Clock, Entropy, HttpFailure, HttpRequest, HttpResponse, Transport};

use super::browser::{Browser, config};

/// The browser's world, which yields once before and once after each call.
pub struct Yielding(Browser);

/// A client for a person who just signed in.
pub fn yielding_client(browser: &Browser, person: &str) -> Client<Yielding, Session<Browser>> {
    let session = Rc::new(browser.sign_in(person));
    Client::new(Yielding(browser.clone()), session, config().endpoints.graph, Rc::new(|_| ()))
}

async fn once() {
    let mut yielded = false;
    poll_fn(|context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Transport for Yielding {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        once().await;
        let answer = self.0.send(request).await;
        once().await;
        answer
    }
}

impl Clock for Yielding {
    fn unix_ms(&self) -> i64 {
        self.0.unix_ms()
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.monotonic_ms()
    }

    async fn sleep(&self, ms: u32) {
        once().await;
        self.0.sleep(ms).await;
    }
}

impl Entropy for Yielding {
    fn random(&self) -> [u8; 32] {
        self.0.random()
    }
}

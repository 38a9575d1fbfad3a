//! Work that runs in the background.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Waker};

use wasm_bindgen_futures::spawn_local;

/// Runs a future. It is polled once right away, so that a request it sends is in flight while the caller goes on
/// drawing.
pub fn begin(future: impl Future<Output = ()> + 'static) {
    let mut future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    // This first poll wakes nobody; spawning it polls again, with a real waker.
    let mut context = Context::from_waker(Waker::noop());
    if future.as_mut().poll(&mut context).is_pending() {
        spawn_local(future);
    }
}

//! Work that goes on beside the page.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Waker};

use wasm_bindgen_futures::spawn_local;

/// Runs a future. Its first step is done at once, so that a request which it sends is under way while the caller goes on
/// to draw.
pub fn begin(future: impl Future<Output = ()> + 'static) {
    let mut future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    // Nobody is woken by this first look; running it looks again, and is.
    let mut context = Context::from_waker(Waker::noop());
    if future.as_mut().poll(&mut context).is_pending() {
        spawn_local(future);
    }
}

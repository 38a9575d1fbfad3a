//! A person watching a call that has to wait: they see until when, and may have it sent at once or cancelled.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::waiting::OnWait;

/// Shared between a job and its view. Without a person ([`Default`]) a job waits as long as it may on its own.
#[derive(Clone, Default)]
pub struct Patience(Rc<Inner>);

#[derive(Default)]
struct Inner {
    on_wait: Option<OnWait>,
    stopped: Cell<bool>,
    /// How often the person asked to send now.
    hurries: Cell<u64>,
    held: Cell<bool>,
    bound: Cell<bool>,
    /// What is waiting now, each with its number.
    waiting: RefCell<Vec<(u64, Waker)>>,
    /// The number of the next wait.
    next: Cell<u64>,
}

/// One wait in the list of waits that the person can end; removed when the wait is over or dropped.
struct WaitSlot<'a> {
    inner: &'a Inner,
    number: u64,
}

impl<'a> WaitSlot<'a> {
    fn take(inner: &'a Inner) -> Self {
        let number = inner.next.get();
        inner.next.set(number + 1);
        Self { inner, number }
    }

    fn wakes(&self, waker: &Waker) {
        self.give_up();
        self.inner.waiting.borrow_mut().push((self.number, waker.clone()));
    }

    #[inline(never)]
    fn give_up(&self) {
        let mut waiting = self.inner.waiting.borrow_mut();
        if let Some(at) = waiting.iter().position(|(number, _)| *number == self.number) {
            waiting.swap_remove(at);
        }
    }
}

impl Drop for WaitSlot<'_> {
    fn drop(&mut self) {
        self.give_up();
    }
}

impl Patience {
    /// With a person, who sees the waits instead of the page showing them.
    pub fn watched(on_wait: OnWait) -> Self {
        Self(Rc::new(Inner { on_wait: Some(on_wait), ..Inner::default() }))
    }

    /// Nothing more will be sent. Calls in flight are not cancelled; a wait ends at once.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        self.wake();
    }

    /// Whether nothing more will be sent.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.get() && !self.0.bound.get()
    }

    /// While `on`, what was begun is finished first: a stop or a pause takes effect only afterwards.
    pub fn bind(&self, on: bool) {
        self.0.bound.set(on);
    }

    /// Whether sending is paused.
    pub fn is_held(&self) -> bool {
        self.0.held.get() && !self.0.bound.get()
    }

    /// Ends the current waits, and sends what is waiting.
    pub fn hurry(&self) {
        self.0.hurries.set(self.0.hurries.get() + 1);
        self.wake();
    }

    /// Pauses sending; calls in flight continue.
    pub fn hold(&self) {
        self.0.held.set(true);
    }

    /// Continues after [`hold`](Self::hold).
    pub fn release(&self) {
        self.0.held.set(false);
        self.wake();
    }

    /// Waits while the person pauses the job; returns at once if it is to stop.
    pub async fn released(&self) {
        let place = WaitSlot::take(&self.0);
        std::future::poll_fn(|context| {
            if self.is_stopped() || !self.is_held() {
                return Poll::Ready(());
            }
            place.wakes(context.waker());
            Poll::Pending
        })
        .await;
    }

    fn wake(&self) {
        self.0.waiting.take().into_iter().for_each(|(_, waker)| waker.wake());
    }

    /// Receives the waits, if someone watches them.
    pub(super) fn on_wait(&self) -> Option<&OnWait> {
        self.0.on_wait.as_ref()
    }

    /// Waits until `sleep` has ended, or the person ends the wait.
    pub async fn wait(&self, sleep: impl Future<Output = ()>) {
        let hurries = self.0.hurries.get();
        let (mut sleep, place) = (pin!(sleep), WaitSlot::take(&self.0));
        std::future::poll_fn(|context| {
            if self.is_stopped() || self.0.hurries.get() != hurries || sleep.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            place.wakes(context.waker());
            Poll::Pending
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::{Context, Wake};

    #[test]
    fn a_held_job_waits_until_it_is_released_or_stopped() {
        let mut context = Context::from_waker(Waker::noop());
        let told: [fn(&Patience); 2] = [Patience::release, Patience::stop];
        for tell in told {
            let patience = Patience::default();
            assert!(pin!(patience.released()).poll(&mut context).is_ready());
            patience.hold();
            let mut wait = pin!(patience.released());
            assert!(wait.as_mut().poll(&mut context).is_pending());
            tell(&patience);
            assert!(wait.as_mut().poll(&mut context).is_ready());
        }
    }

    #[test]
    fn what_was_begun_comes_to_its_end_before_a_stop_counts() {
        let mut context = Context::from_waker(Waker::noop());
        let patience = Patience::default();
        patience.bind(true);
        patience.hold();
        patience.stop();
        assert!(!patience.is_stopped() && !patience.is_held());
        assert!(pin!(patience.released()).poll(&mut context).is_ready());
        assert!(pin!(patience.wait(pending())).poll(&mut context).is_pending());
        patience.bind(false);
        assert!(patience.is_stopped() && patience.is_held());
    }

    #[test]
    fn the_person_ends_a_wait_and_a_stop_stays() {
        let patience = Patience::watched(Rc::new(|_| ()));
        let mut context = Context::from_waker(Waker::noop());
        let told: [fn(&Patience); 2] = [Patience::hurry, Patience::stop];
        for tell in told {
            let mut wait = pin!(patience.wait(pending()));
            assert!(wait.as_mut().poll(&mut context).is_pending());
            tell(&patience);
            assert!(wait.as_mut().poll(&mut context).is_ready());
        }
        assert!(patience.is_stopped());
        assert!(pin!(patience.wait(pending())).poll(&mut context).is_ready(), "nothing waits any more");
    }

    #[test]
    fn whoever_waits_at_the_same_time_is_woken() {
        struct Counts(AtomicU32);
        impl Wake for Counts {
            fn wake(self: Arc<Self>) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
        let patience = Patience::default();
        let woken = [(); 2].map(|()| Arc::new(Counts(AtomicU32::new(0))));
        let mut waits = [(); 2].map(|()| Box::pin(patience.wait(pending())));
        for (wait, counts) in waits.iter_mut().zip(&woken) {
            let waker = Waker::from(counts.clone());
            assert!(wait.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
        patience.stop();
        assert_eq!(woken.map(|counts| counts.0.load(Ordering::Relaxed)), [1, 1]);
    }
}

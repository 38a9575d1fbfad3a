//! The waits of calls that nobody watches individually: the page shows them together, and a person ends them together.

use std::cell::{Cell, RefCell};
use std::future::Future;

use super::patience::Patience;
use super::waiting::{OnWait, Waiting};

/// The waits that are open now.
pub(super) struct Waits {
    on_wait: OnWait,
    patience: Patience,
    begun: Cell<u64>,
    open: RefCell<Vec<(u64, Waiting)>>,
}

impl Waits {
    /// Calls `on_wait` with the one that ends last, and with `None` when none is left.
    pub(super) fn new(on_wait: OnWait) -> Self {
        Self { on_wait, patience: Patience::default(), begun: Cell::default(), open: RefCell::default() }
    }

    /// Begins one. It ends when the returned value is dropped, also if its job is dropped.
    pub(super) fn begin(&self, waiting: Waiting) -> Wait<'_> {
        let id = self.begun.get() + 1;
        self.begun.set(id);
        self.open.borrow_mut().push((id, waiting));
        self.tell();
        Wait { waits: self, id }
    }

    /// Ends all open waits: what is waiting is sent.
    pub(super) fn hurry(&self) {
        self.patience.hurry();
    }

    fn tell(&self) {
        let last = self.open.borrow().iter().map(|(_, waiting)| *waiting).max_by_key(|waiting| waiting.until_unix_ms);
        (self.on_wait)(last);
    }
}

/// One open wait.
pub(super) struct Wait<'a> {
    waits: &'a Waits,
    id: u64,
}

impl Wait<'_> {
    /// Returns when `sleep` is over, or all are hurried.
    pub(super) async fn over(&self, sleep: impl Future<Output = ()>) {
        self.waits.patience.wait(sleep).await;
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        self.waits.open.borrow_mut().retain(|(id, _)| *id != self.id);
        self.waits.tell();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use std::pin::pin;
    use std::rc::Rc;
    use std::task::{Context, Waker};

    const fn until(until_unix_ms: i64) -> Waiting {
        Waiting { until_unix_ms, throttled: true }
    }

    #[test]
    fn the_last_end_is_told_until_the_last_wait_is_gone() {
        let told = Rc::new(RefCell::new(Vec::new()));
        let heard = told.clone();
        let waits = Waits::new(Rc::new(move |now| heard.borrow_mut().push(now)));
        let (long, short) = (waits.begin(until(9)), waits.begin(until(5)));
        drop(long);
        drop(short);
        assert_eq!(*told.borrow(), [Some(until(9)), Some(until(9)), Some(until(5)), None]);
    }

    #[test]
    fn all_are_hurried_at_once_and_later_ones_wait() {
        let waits = Waits::new(Rc::new(|_| ()));
        let mut context = Context::from_waker(Waker::noop());
        let (one, other) = (waits.begin(until(9)), waits.begin(until(5)));
        let (mut first, mut second) = (pin!(one.over(pending())), pin!(other.over(pending())));
        assert!(first.as_mut().poll(&mut context).is_pending() && second.as_mut().poll(&mut context).is_pending());
        waits.hurry();
        assert!(first.poll(&mut context).is_ready());
        let later = waits.begin(until(7));
        assert!(pin!(later.over(pending())).poll(&mut context).is_pending());
        assert!(second.poll(&mut context).is_ready(), "another wait that begins does not take it back");
    }
}

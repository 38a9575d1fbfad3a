//! How many calls of one client may be in flight. Calls over the limit wait and go in the order in which they came: a
//! long survey gives the person's own call a place as soon as one of its calls is answered.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Most calls in flight: as many as browsers traditionally open to one host, and few enough not to be throttled for it.
pub const MOST_IN_FLIGHT: usize = 6;

/// The calls that wait.
#[derive(Debug, Default)]
pub struct Queue {
    in_flight: Cell<usize>,
    waiting: RefCell<VecDeque<Rc<Turn>>>,
}

#[derive(Debug, Default)]
struct Turn {
    called: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

/// A call's permit to be in flight; the next call goes when it is dropped.
#[derive(Debug)]
pub struct Leave<'a> {
    queue: &'a Queue,
    /// Its turn in the queue, unless it was called at once.
    ticket: Option<Rc<Turn>>,
}

impl Queue {
    /// A place, if one is free.
    pub fn free(&self) -> Option<Leave<'_>> {
        let in_flight = self.in_flight.get();
        (in_flight < MOST_IN_FLIGHT).then(|| {
            self.in_flight.set(in_flight + 1);
            Leave { queue: self, ticket: None }
        })
    }

    /// Waits until there is a place.
    pub async fn leave(&self) -> Leave<'_> {
        if let Some(leave) = self.free() {
            return leave;
        }
        let ticket = Rc::new(Turn::default());
        self.waiting.borrow_mut().push_back(ticket.clone());
        // A caller that stops waiting drops this, and with it the place in the queue.
        let leave = Leave { queue: self, ticket: Some(ticket.clone()) };
        poll_fn(|context| {
            if ticket.called.get() {
                return Poll::Ready(());
            }
            ticket.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
        leave
    }

    /// Whether a call is in flight.
    pub fn is_busy(&self) -> bool {
        self.in_flight.get() > 0
    }

    /// A place is free: gives it to the first in the queue, if any.
    fn pass_on(&self) {
        let next = self.waiting.borrow_mut().pop_front();
        match next {
            Some(next) => {
                next.called.set(true);
                if let Some(waker) = next.waker.take() {
                    waker.wake();
                }
            }
            None => self.in_flight.set(self.in_flight.get() - 1),
        }
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        match &self.ticket {
            Some(ticket) if !ticket.called.get() => {
                self.queue.waiting.borrow_mut().retain(|known| !Rc::ptr_eq(known, ticket));
            }
            _ => self.queue.pass_on(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_executor::block_on;
    use futures_util::FutureExt;

    #[test]
    fn the_seventh_call_waits_and_goes_in_its_order() {
        let queue = Queue::default();
        assert!(!queue.is_busy());
        let mut flying: Vec<Leave<'_>> = (0..MOST_IN_FLIGHT).map(|_| block_on(queue.leave())).collect();
        assert!(queue.is_busy());
        let (mut seventh, mut eighth) = (Box::pin(queue.leave()), Box::pin(queue.leave()));
        assert!(seventh.as_mut().now_or_never().is_none() && eighth.as_mut().now_or_never().is_none());
        flying.pop();
        assert!(eighth.as_mut().now_or_never().is_none(), "not before the seventh");
        let seventh = seventh.as_mut().now_or_never().expect("there is a place");
        // A call that comes now does not overtake the eighth.
        let mut ninth = Box::pin(queue.leave());
        assert!(ninth.as_mut().now_or_never().is_none());
        drop(seventh);
        assert!(ninth.as_mut().now_or_never().is_none());
        assert!(eighth.as_mut().now_or_never().is_some());
    }

    #[test]
    fn who_gives_up_waiting_leaves_the_place_to_the_next() {
        let queue = Queue::default();
        let mut flying: Vec<Leave<'_>> = (0..MOST_IN_FLIGHT).map(|_| block_on(queue.leave())).collect();
        let (mut first, mut second, mut third) =
            (Box::pin(queue.leave()), Box::pin(queue.leave()), Box::pin(queue.leave()));
        for waits in [&mut first, &mut second, &mut third] {
            assert!(waits.as_mut().now_or_never().is_none());
        }
        // Dropped while waiting, and dropped after being called but before going.
        drop(first);
        flying.pop();
        drop(second);
        assert!(third.as_mut().now_or_never().is_some());
        drop(flying);
        assert_eq!(queue.in_flight.get(), 0);
    }
}

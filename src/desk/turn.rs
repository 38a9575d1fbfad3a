//! The turn of a save at its page: only one save at a time writes to a group or role, in all tabs of this browser.

use std::future::Future;

use crate::graph::patience::Patience;
use crate::world::Clock;

/// A page of policies, as a save of one tab sees it.
pub trait Page {
    /// Its lock, released when dropped.
    type Lock;

    /// Whether a look of this tab at the outcome of another save holds its lock; that soon ends.
    fn is_looked_at(&self) -> bool;

    /// Takes its lock, without waiting for it; `None` if another tab holds it.
    fn take(&self) -> impl Future<Output = Option<Self::Lock>>;

    /// Whether another tab says that it is saving there. One that holds the lock and does not say so only looks at an
    /// outcome.
    fn is_saved_elsewhere(&self) -> bool;
}

/// The end of the wait for a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Turn<L> {
    /// The lock; `None` if another tab keeps it.
    pub lock: Option<L>,
    /// It took a while, so what was read before may be outdated.
    pub waited: bool,
}

/// Waits for the lock of a page. `None` if the person stopped the wait.
pub async fn take_turn<P: Page>(page: &P, clock: &impl Clock, patience: &Patience) -> Option<Turn<P::Lock>> {
    let mut turn = PageTurn::default();
    loop {
        while page.is_looked_at() && !patience.is_stopped() {
            turn.note_wait();
            patience.wait(clock.sleep(ASK_AGAIN_MS)).await;
        }
        if patience.is_stopped() {
            return None;
        }
        let lock = page.take().await;
        // A stop may have come meanwhile.
        if patience.is_stopped() {
            return None;
        }
        if lock.is_some() || !turn.asks_again(page.is_saved_elsewhere()) {
            return Some(Turn { lock, waited: turn.waited });
        }
        patience.wait(clock.sleep(ASK_AGAIN_MS)).await;
    }
}

/// How often a save asks again for a page it did not get: together longer than a look at an unknown outcome takes.
const MOST_ASKED: u32 = 125;

/// The pause before it asks again, ms.
pub const ASK_AGAIN_MS: u32 = 200;

/// A save that waits for its page: while a look at the outcome of another save holds the lock, and then for its turn
/// among saves that waited for the same look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PageTurn {
    asked: u32,
    waited: bool,
}

impl PageTurn {
    /// It had to wait for a look of its own tab.
    const fn note_wait(&mut self) {
        self.waited = true;
    }

    /// Whether it asks again for a page that is locked. `saves`: another tab says that it is saving there. A save that
    /// meets that at once gives up; one that had begun to wait takes its turn after it.
    const fn asks_again(&mut self, saves: bool) -> bool {
        if self.asked >= MOST_ASKED || saves && !self.waited {
            return false;
        }
        self.asked += 1;
        self.waited = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_saves_that_wait_for_a_look_the_second_goes_after_the_first() {
        let mut turn = PageTurn::default();
        assert!(!turn.asks_again(true) && !turn.waited, "a save that runs already is told at once");
        assert!(turn.asks_again(false) && turn.waited, "a look is soon over");
        assert!(turn.asks_again(true), "the other one was first");
        let times = (0..1_000).take_while(|_| turn.asks_again(true)).count();
        assert_eq!(times + 2, MOST_ASKED as usize, "not for ever");
        let mut own = PageTurn::default();
        own.note_wait();
        assert!(own.asks_again(true), "a look of its own tab counts too");
    }
}

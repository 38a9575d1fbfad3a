//! The person's hand on a rollout: pause, go on, cancel, each between two writes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;

use crate::graph::Error;
use crate::graph::patience::Patience;

/// Why a rollout stands still until the person says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// The person paused it.
    ByPerson,
    /// Microsoft wants to see the person first.
    SignIn(Error),
    /// Microsoft asked to wait longer than a rollout waits by itself.
    Throttled(Error),
    /// Microsoft could not be reached.
    NoAnswer(Error),
    /// Of several policies in a row it is not known how their saves ended.
    Uncertain,
}

impl Halt {
    /// The pause that an error of a call asks for, where it is not of the one policy but of the session or the network.
    pub fn by(error: &Error) -> Option<Self> {
        match (error, error.status()) {
            // No sign-in helps: the sign-in service is throttled or out of reach.
            (Error::SignIn(needed), _) if !needed.sign_in_helps() => Some(match needed.retry_in_ms {
                Some(_) => Self::Throttled(error.clone()),
                None => Self::NoAnswer(error.clone()),
            }),
            (Error::SignIn(_), _) | (_, Some(401)) => Some(Self::SignIn(error.clone())),
            (_, Some(429)) => Some(Self::Throttled(error.clone())),
            (Error::NoAnswer { .. }, _) => Some(Self::NoAnswer(error.clone())),
            _ => None,
        }
    }
}

/// Shared between a rollout and the view of it.
#[derive(Clone, Default)]
pub struct Control(Rc<Inner>);

#[derive(Default)]
struct Inner {
    halted: RefCell<Option<Halt>>,
    cancelled: Cell<bool>,
    changed: Cell<bool>,
    at_work: RefCell<Vec<(usize, Patience)>>,
    waker: RefCell<Option<Waker>>,
}

impl Control {
    /// Nothing more is sent until [`resume`](Self::resume).
    pub fn pause(&self) {
        self.halt(Halt::ByPerson);
    }

    pub(super) fn halt(&self, why: Halt) {
        self.0.halted.borrow_mut().get_or_insert(why);
        self.each(Patience::hold);
    }

    /// Goes on.
    pub fn resume(&self) {
        self.0.halted.borrow_mut().take();
        self.each(Patience::release);
    }

    /// Ends it: what is on its way is read back, nothing more is sent.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        self.each(Patience::stop);
    }

    /// Ends the present waits: what waits is sent now.
    pub fn hurry(&self) {
        self.each(Patience::hurry);
    }

    /// Why it stands still, if it does.
    pub fn halted(&self) -> Option<Halt> {
        self.0.halted.borrow().clone()
    }

    /// Whether the person ended it.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.get()
    }

    pub(super) fn begins(&self, at: usize, patience: Patience) {
        self.0.at_work.borrow_mut().push((at, patience));
    }

    pub(super) fn ends(&self, at: usize) {
        self.0.at_work.borrow_mut().retain(|(known, _)| *known != at);
    }

    /// Something changed that may let another save begin.
    pub(super) fn stir(&self) {
        self.0.changed.set(true);
        if let Some(waker) = self.0.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    /// Whether something changed since this was asked last; if not, `waker` is woken once it does.
    pub(super) fn changed(&self, waker: &Waker) -> bool {
        *self.0.waker.borrow_mut() = Some(waker.clone());
        self.0.changed.replace(false)
    }

    fn each(&self, tell: fn(&Patience)) {
        // Told from a copy: a wait that ends may end its save, which leaves the list.
        let at_work: Vec<Patience> = self.0.at_work.borrow().iter().map(|(_, patience)| patience.clone()).collect();
        at_work.iter().for_each(tell);
        self.stir();
    }
}

//! The person's control of a rollout: pause, resume, cancel, each between two writes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;

use crate::graph::Error;
use crate::graph::patience::Patience;

/// Why a rollout is paused until the person says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// The person paused it.
    ByPerson,
    /// Microsoft requires the person to sign in.
    SignIn(Error),
    /// Microsoft asked to wait longer than a rollout waits without asking.
    Throttled(Error),
    /// Microsoft could not be reached.
    NoAnswer(Error),
    /// The results of several saves in a row are unknown.
    Uncertain,
}

impl Halt {
    /// The pause that an error of a call requires, if it is about the session or the network and not about one policy.
    pub fn by(error: &Error) -> Option<Self> {
        match (error, error.status()) {
            // No sign-in helps: the sign-in service is throttled or cannot be reached.
            (Error::SignIn(needed), _) if !needed.sign_in_helps() => Some(match needed.retry_in_ms {
                Some(_) => Self::Throttled(error.clone()),
                None => Self::NoAnswer(error.clone()),
            }),
            (Error::SignIn(_), _) => Some(Self::SignIn(error.clone())),
            _ if error.wants_other_token() => Some(Self::SignIn(error.clone())),
            (_, Some(429)) => Some(Self::Throttled(error.clone())),
            (Error::NoAnswer { .. }, _) => Some(Self::NoAnswer(error.clone())),
            _ => None,
        }
    }
}

/// Shared between a rollout and its view.
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
    /// Sends nothing more until [`resume`](Self::resume).
    pub fn pause(&self) {
        self.halt(Halt::ByPerson);
    }

    pub(super) fn halt(&self, why: Halt) {
        self.0.halted.borrow_mut().get_or_insert(why);
        self.each(Patience::hold);
    }

    /// Ends the pause.
    pub fn resume(&self) {
        self.0.halted.borrow_mut().take();
        self.each(Patience::release);
    }

    /// Ends the rollout: what is on its way is read back, nothing more is sent.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        self.each(Patience::stop);
    }

    /// Ends the present waits: what waits is sent now.
    pub fn hurry(&self) {
        self.each(Patience::hurry);
    }

    /// Why it is paused, if it is.
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

    /// Something changed that may let another save start.
    pub(super) fn stir(&self) {
        self.0.changed.set(true);
        if let Some(waker) = self.0.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    /// Whether something changed since this was last asked; if not, `waker` is woken once it does.
    pub(super) fn changed(&self, waker: &Waker) -> bool {
        *self.0.waker.borrow_mut() = Some(waker.clone());
        self.0.changed.replace(false)
    }

    fn each(&self, tell: fn(&Patience)) {
        // Uses a copy: a wait that ends may end its save, which then leaves the list.
        let at_work: Vec<Patience> = self.0.at_work.borrow().iter().map(|(_, patience)| patience.clone()).collect();
        at_work.iter().for_each(tell);
        self.stir();
    }
}

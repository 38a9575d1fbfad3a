//! Decides many requests with one justification: one after another, each with [`decide_soon`].
//!
//! Only what was certainly not applied may be sent again: for a decision that is a 429, which Microsoft returns before
//! it looks at the request; before a decision, any answer that asks to wait. The run then pauses for as long as
//! Microsoft says, reports that, and reads the stage again before it sends. An ended session or a network failure stops
//! the run: the rest was not attempted, and only the person can continue it.

use super::approvals::Missing;
use super::decide::{Outcome, decide_soon};
use crate::approval::{Decision, Request};
use crate::graph::{Client, Error, Tokens, retry};
use crate::guid::Guid;
use crate::world::World;

/// Most requests approved in one run. What is denied can be requested again, so denying has no limit.
pub const MOST_APPROVALS: usize = 20;

/// How often a pause checks whether the person has stopped the run, ms.
const LOOK_MS: u32 = 500;

/// Why a run does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotStart {
    /// Nothing was selected.
    Nothing,
    /// More than [`MOST_APPROVALS`] approvals.
    TooMany,
    /// A denial needs a justification.
    NoJustification,
}

/// The progress of one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Its turn has not come yet.
    Waiting,
    /// Being sent.
    Sending,
    /// Microsoft is throttling; it was not applied and will be sent again.
    Paused {
        /// Until when, ms since 1970.
        until_unix_ms: i64,
    },
    /// It ended with this outcome.
    Ended(Outcome),
    /// The run stopped before its turn: nothing was sent.
    NotAttempted,
}

impl Step {
    /// Whether it certainly had no effect: it may be taken up again. A decision whose outcome is unknown may not; it
    /// must be read first.
    pub const fn had_no_effect(&self) -> bool {
        matches!(self, Self::NotAttempted | Self::Ended(Outcome::Refused(_)))
    }
}

/// Why a run stopped before its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// The person stopped it.
    Cancelled,
    /// Microsoft requires the person to sign in first.
    SignIn(Error),
    /// Microsoft could not be reached.
    NoAnswer(Error),
    /// Microsoft asked for a longer wait than a run takes by itself.
    Throttled(Error),
}

/// A finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// How each request ended, in the order they were given.
    pub steps: Vec<(Request, Step)>,
    /// Why it stopped early, if it did.
    pub stopped: Option<Stopped>,
}

impl Finished {
    /// The IDs of the requests whose result is not known: the typed justification may be needed once more. Of an
    /// accepted decision it is known only once it was read back.
    pub fn unsettled(&self) -> Vec<String> {
        let is_known = |step: &Step| matches!(step, Step::Ended(outcome) if outcome.is_known());
        self.steps.iter().filter(|(_, step)| !is_known(step)).map(|(request, _)| request.id.clone()).collect()
    }

    /// The requests that a new run may take up.
    pub fn left(&self) -> Vec<Request> {
        self.steps.iter().filter(|(_, step)| step.had_no_effect()).map(|(request, _)| request.clone()).collect()
    }
}

/// What will be decided: made from a selection, checked, each request once.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    requests: Vec<Request>,
    decision: Decision,
    justification: String,
}

impl Run {
    /// Checks a selection.
    pub fn new(requests: &[Request], decision: Decision, justification: &str) -> Result<Self, CannotStart> {
        let mut chosen: Vec<Request> = Vec::with_capacity(requests.len());
        for request in requests {
            if !chosen.iter().any(|other| other.id == request.id && other.kind() == request.kind()) {
                chosen.push(request.clone());
            }
        }
        let justification = justification.trim().to_owned();
        match decision {
            _ if chosen.is_empty() => Err(CannotStart::Nothing),
            Decision::Approve if chosen.len() > MOST_APPROVALS => Err(CannotStart::TooMany),
            Decision::Deny if justification.is_empty() => Err(CannotStart::NoJustification),
            _ => Ok(Self { requests: chosen, decision, justification }),
        }
    }

    /// The requests, in order.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// What is decided.
    pub const fn decision(&self) -> Decision {
        self.decision
    }

    /// How many different groups or roles it grants access to; more than one requires a second confirmation.
    pub fn accesses(&self) -> usize {
        let mut different: Vec<&Request> = Vec::new();
        for request in &self.requests {
            if !different.iter().any(|other| other.target.is_same(&request.target)) {
                different.push(request);
            }
        }
        different.len()
    }

    /// Decides one after another. `cancelled` is checked between requests and during pauses; `tell` is called with
    /// every step and the index of its request.
    pub async fn start<W: World, T: Tokens>(
        self,
        client: &Client<W, T>,
        me: &Guid,
        cancelled: &dyn Fn() -> bool,
        tell: &dyn Fn(usize, &Step),
    ) -> Finished {
        let mut steps: Vec<Step> = vec![Step::Waiting; self.requests.len()];
        let mut stopped = None;
        for (at, step) in steps.iter_mut().enumerate() {
            if stopped.is_none() && cancelled() {
                stopped = Some(Stopped::Cancelled);
            }
            if stopped.is_some() {
                *step = Step::NotAttempted;
            } else {
                (*step, stopped) = self.one(client, me, at, cancelled, tell).await;
            }
            tell(at, step);
        }
        Finished { steps: self.requests.into_iter().zip(steps).collect(), stopped }
    }

    async fn one<W: World, T: Tokens>(
        &self,
        client: &Client<W, T>,
        me: &Guid,
        at: usize,
        cancelled: &dyn Fn() -> bool,
        tell: &dyn Fn(usize, &Step),
    ) -> (Step, Option<Stopped>) {
        let Some(request) = self.requests.get(at) else { return (Step::NotAttempted, None) };
        let mut attempt = 0;
        loop {
            tell(at, &Step::Sending);
            let outcome = decide_soon(client, request, self.decision, &self.justification, me).await;
            attempt += 1;
            let Outcome::Refused(error) = &outcome else { return (Step::Ended(outcome), None) };
            match error {
                Error::SignIn(needed) if needed.sign_in_helps() => {
                    return (Step::NotAttempted, Some(Stopped::SignIn(error.clone())));
                }
                Error::SignIn(_) | Error::NoAnswer { .. } => {
                    return (Step::NotAttempted, Some(Stopped::NoAnswer(error.clone())));
                }
                _ if !Missing::is_throttling(error) => return (Step::Ended(outcome), None),
                _ => {}
            }
            let throttled = Some(Stopped::Throttled(error.clone()));
            let retry_after = error.refusal().and_then(|refusal| refusal.retry_after.as_deref());
            let now = client.world().unix_ms();
            let wait = retry::wait_ms(retry_after, attempt - 1, client.world().random()[0], now);
            let Some(wait) = wait.filter(|_| attempt < retry::ATTEMPTS) else {
                return (Step::NotAttempted, throttled);
            };
            tell(at, &Step::Paused { until_unix_ms: now + i64::from(wait) });
            let mut left = wait;
            while left > 0 {
                if cancelled() {
                    return (Step::NotAttempted, Some(Stopped::Cancelled));
                }
                let slice = left.min(LOOK_MS);
                client.world().sleep(slice).await;
                left -= slice;
            }
            if cancelled() {
                return (Step::NotAttempted, Some(Stopped::Cancelled));
            }
        }
    }
}

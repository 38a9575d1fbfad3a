//! Any number of reads in overlapping batches, at the pace that Microsoft allows.

use std::collections::VecDeque;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;
use serde_json::Value as Json;

use super::pace::{Pace, may_pass};
use crate::graph::error::Refusal;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, Version, batch, retry};
use crate::world::World;

/// A read, by its index in the list of requested reads.
struct Part {
    at: usize,
    request: Request,
    tries: u32,
}

/// The result of one job.
enum Done {
    Read(Vec<Part>, Result<Vec<Result<Json, Error>>, Error>),
    /// The wait is over; contains the refusal if the wait would be too long to take without asking.
    Rested(Option<Box<Refusal>>),
}

/// Receives the answer of a read, by its index; returns the call that continues it.
type Tell<'a> = &'a dyn Fn(usize, &Request, Result<Json, Error>) -> Option<Request>;

/// Reads them all; they must be of one API version. `tell` receives each answer with the read's index and returns the
/// call for the next page, if there is one. `slowed` is called when fewer calls run. `patience` ends it: answers of
/// calls in flight still come.
pub(in crate::desk) async fn read_all<W: World, T: Tokens>(
    client: &Client<W, T>,
    requests: Vec<Request>,
    patience: &Patience,
    tell: Tell<'_>,
    slowed: &dyn Fn(),
) {
    let part = |(at, request)| Part { at, request, tries: 0 };
    let mut queue: VecDeque<Part> = requests.into_iter().enumerate().map(part).collect();
    let mut pace = Pace::new();
    let mut running: FuturesUnordered<LocalBoxFuture<'_, Done>> = FuturesUnordered::new();
    loop {
        while !patience.is_stopped() && !pace.is_resting() && running.len() < pace.at_once() {
            if let Some((refusal, before)) = pace.rest() {
                running.push(Box::pin(async move {
                    let goes_on = client.wait_as_told(&refusal, before, patience).await;
                    Done::Rested((!goes_on).then_some(refusal))
                }));
                break;
            }
            if queue.is_empty() {
                break;
            }
            let most = queue.len().min(batch::PARTS);
            let parts: Vec<Part> = queue.drain(..most).collect();
            running.push(Box::pin(async move {
                let requests: Vec<Request> = parts.iter().map(|part| part.request.clone()).collect();
                let answers =
                    client.batch_once(&requests, requests.first().map_or(Version::V1, |first| first.version)).await;
                Done::Read(parts, answers)
            }));
        }
        let Some(done) = running.next().await else { break };
        let (parts, answers) = match done {
            Done::Rested(refusal) => {
                pace.rested();
                if let Some(refusal) = refusal {
                    for part in queue.drain(..) {
                        tell(part.at, &part.request, Err(Error::Refused(refusal.clone())));
                    }
                }
                continue;
            }
            Done::Read(parts, Ok(answers)) => (parts, answers),
            Done::Read(parts, Err(error)) => {
                let answers = parts.iter().map(|_| Err(error.clone())).collect();
                (parts, answers)
            }
        };
        match answers.iter().find_map(|answer| answer.as_ref().err().filter(|error| may_pass(error))) {
            Some(error) if pace.slow_down(error).is_some() => slowed(),
            Some(_) => {}
            None => pace.went_well(),
        }
        for (mut part, answer) in parts.into_iter().zip(answers) {
            part.tries += 1;
            match answer {
                Err(error) if may_pass(&error) && part.tries < retry::ATTEMPTS => queue.push_back(part),
                answer => {
                    if let Some(request) = tell(part.at, &part.request, answer) {
                        queue.push_back(Part { at: part.at, request, tries: 0 });
                    }
                }
            }
        }
    }
}

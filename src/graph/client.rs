//! Runs Graph calls: token, IDs, waiting, retries, pages and batches. A read may be repeated; a write only if it was
//! certainly not applied (docs/decisions/0004).

mod lists;

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use serde_json::Value as Json;

use super::answer;
use super::batch;
use super::error::{Error, Ids, Refusal};
use super::journal::{self, Journal};
use super::patience::Patience;
use super::queue::{Leave, Queue};
pub use super::request::call_of;
use super::request::{Request, Version};
use super::retry;
pub use super::waiting::{OnWait, Waiting};
use super::waits::Waits;
use crate::auth::request_id::request_id;
use crate::auth::scope::Scope;
use crate::order::sort_by;
use crate::world::{HttpFailure, HttpRequest, HttpResponse, World};

const READ_TIMEOUT_MS: u32 = 30_000;
const WRITE_TIMEOUT_MS: u32 = 60_000;

/// Where access tokens come from.
pub trait Tokens {
    /// A token with these scopes, renewed if necessary.
    fn token(&self, scopes: &[Scope]) -> impl Future<Output = Result<String, Error>>;

    /// Whether these permissions are granted, as far as is known without asking.
    fn granted(&self, scopes: &[Scope]) -> bool;

    /// Graph did not accept this token (401, or a step-up demand). Returns whether the token was dropped, so that
    /// asking again returns another one or says that the person must sign in.
    fn not_accepted(&self, token: &str, refusal: &Refusal) -> bool;

    /// How long the current token still works, ms, as far as is known.
    fn lasts_ms(&self) -> i64 {
        i64::MAX
    }
}

/// One operation, which may take several calls.
#[derive(Default)]
struct Operation<'a> {
    calls: u32,
    /// The place reserved for its first call.
    place: Option<Leave<'a>>,
    /// The token of the last call.
    token: String,
    /// Our ID of the last call.
    client_request_id: String,
    /// When the last call was sent, ms since 1970.
    sent_unix_ms: i64,
}

/// A client for one signed-in person.
pub struct Client<W, T> {
    world: W,
    tokens: Rc<T>,
    graph_origin: String,
    journal: RefCell<Journal>,
    queue: Queue,
    waits: Waits,
}

impl<W: World, T: Tokens> Client<W, T> {
    /// A client that talks to `graph_origin` (no trailing slash) only.
    pub fn new(world: W, tokens: Rc<T>, graph_origin: String, on_wait: OnWait) -> Self {
        Self {
            world,
            tokens,
            graph_origin,
            journal: RefCell::default(),
            queue: Queue::default(),
            waits: Waits::new(on_wait),
        }
    }

    /// The world the client runs in.
    pub fn world(&self) -> &W {
        &self.world
    }

    /// Whether a call is in flight.
    pub fn is_busy(&self) -> bool {
        self.queue.is_busy()
    }

    /// Sends the waiting calls now, except those that a job watches itself.
    pub fn hurry(&self) {
        self.waits.hurry();
    }

    /// The last calls, oldest first.
    pub fn journal(&self) -> Vec<journal::Entry> {
        self.journal.borrow().entries().cloned().collect()
    }

    /// Makes sure that a token with these scopes is available, before anything is written.
    pub async fn ready(&self, scopes: &[Scope]) -> Result<(), Error> {
        self.tokens.token(scopes).await.map(|_| ())
    }

    /// The IDs of the last call with this method and path, as [`call_of`] writes them, whatever the answer was.
    pub fn last_ids(&self, call: &str) -> Ids {
        let journal = self.journal.borrow();
        let last = journal.entries().filter(|entry| entry.call == call).last();
        last.map_or_else(Ids::default, |entry| Ids {
            request_id: entry.request_id.clone(),
            client_request_id: Some(entry.client_request_id.clone()),
            date: Some(crate::instant::to_rfc3339(entry.at_unix_ms)),
        })
    }

    /// Adds to what was found wrong with the answer to a call, itself not part of a batch, which call that was and its
    /// IDs.
    pub fn with_last_ids(&self, request: &Request, error: Error) -> Error {
        let Error::Unexpected { what, .. } = error else { return error };
        let call = call_of(request);
        Error::Unexpected { ids: self.last_ids(&call), call, what }
    }

    /// Whether these permissions are granted, as far as is known without asking.
    pub fn granted(&self, scopes: &[Scope]) -> bool {
        self.tokens.granted(scopes)
    }

    /// Runs one call and returns its JSON.
    pub async fn send(&self, request: &Request) -> Result<Json, Error> {
        self.run(request, request.scopes, &mut Operation::default()).await
    }

    /// A place among the calls in flight, if one is free.
    pub fn free_place(&self) -> Option<Leave<'_>> {
        self.queue.free()
    }

    /// Waits for a place among the calls in flight.
    pub async fn place(&self) -> Leave<'_> {
        self.queue.leave().await
    }

    /// Runs one call in a place already obtained.
    pub async fn send_from(&self, place: Leave<'_>, request: &Request) -> Result<Json, Error> {
        self.run(request, request.scopes, &mut Operation { place: Some(place), ..Operation::default() }).await
    }

    /// How long the current token still works, ms, as far as is known.
    pub fn token_lasts_ms(&self) -> i64 {
        self.tokens.lasts_ms()
    }

    /// Waits as a refusal asks, before a job sends its call again; `false` if the wait is too long to take without
    /// asking, or if the person cancelled it.
    pub async fn wait_as_told(&self, refusal: &Refusal, attempt: u32, patience: &Patience) -> bool {
        self.wait(refusal.retry_after.as_deref(), attempt, refusal.status == 429, patience).await
    }

    /// Waits as Microsoft asked a job that plans its reads itself. The page shows the wait, and the person may end it.
    pub async fn wait_shown(&self, wait_ms: u32) {
        let until_unix_ms = self.world.unix_ms() + i64::from(wait_ms);
        let open = self.waits.begin(Waiting { until_unix_ms, throttled: true });
        open.over(self.world.sleep(wait_ms)).await;
    }

    async fn run(&self, request: &Request, scopes: &[Scope], course: &mut Operation<'_>) -> Result<Json, Error> {
        let mut renewed = false;
        loop {
            course.token = self.tokens.token(scopes).await?;
            let outcome = self.attempt(request, course).await;
            course.calls += 1;
            let attempt = course.calls;
            let response = match outcome {
                Ok(response) => response,
                Err(error) if request.is_write() || request.once || attempt >= retry::ATTEMPTS => return Err(error),
                Err(_) => {
                    self.wait(None, attempt - 1, false, &Patience::default()).await;
                    continue;
                }
            };
            let retry_after = response.header("retry-after");
            let answer = answer::json(&response, &call_of(request)).map_err(|error| self.completed(error, course));
            if self.wants_other_token(&answer, course) {
                if request.is_write() {
                    // Not applied, but a write is never repeated without the person knowing: report what is needed to
                    // continue.
                    self.tokens.token(scopes).await?;
                } else if !renewed {
                    renewed = true;
                    continue;
                }
            }
            let may_repeat = if request.is_write() {
                retry::write_may_repeat(response.status, retry_after.is_some())
            } else {
                retry::read_may_repeat(response.status)
            };
            if !(may_repeat
                && !request.once
                && attempt < retry::ATTEMPTS
                && self.wait(retry_after, attempt - 1, response.status == 429, &Patience::default()).await)
            {
                return answer;
            }
        }
    }

    /// Adds the IDs and times of the call that the answer did not contain.
    fn completed(&self, error: Error, course: &Operation<'_>) -> Error {
        error.completed(&course.client_request_id, course.sent_unix_ms, self.world.unix_ms())
    }

    /// Whether the token was not accepted and has been dropped.
    fn wants_other_token(&self, answer: &Result<Json, Error>, course: &Operation<'_>) -> bool {
        let refused = answer.as_ref().err().filter(|error| error.wants_other_token());
        refused.and_then(Error::refusal).is_some_and(|refusal| self.tokens.not_accepted(&course.token, refusal))
    }

    /// Sends once, as soon as there is a place among the calls in flight, and records it in the journal.
    async fn attempt(&self, request: &Request, course: &mut Operation<'_>) -> Result<HttpResponse, Error> {
        let client_request_id = request_id(&self.world);
        let mut headers = vec![
            ("Authorization".to_owned(), format!("Bearer {}", course.token)),
            ("client-request-id".to_owned(), client_request_id.clone()),
            ("Accept".to_owned(), "application/json".to_owned()),
        ];
        if request.eventual {
            headers.push(("ConsistencyLevel".to_owned(), "eventual".to_owned()));
        }
        if request.body.is_some() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        let usual_ms = if request.is_write() { WRITE_TIMEOUT_MS } else { READ_TIMEOUT_MS };
        let http = HttpRequest {
            method: request.method,
            url: format!("{}/{}{}", self.graph_origin, request.version.as_str(), request.path),
            headers,
            body: request.body.as_ref().map(Json::to_string),
            timeout_ms: request.within_ms.unwrap_or(usual_ms),
        };
        let leave = match course.place.take() {
            Some(place) => place,
            None => self.queue.leave().await,
        };
        let (at_unix_ms, started) = (self.world.unix_ms(), self.world.monotonic_ms());
        (course.client_request_id, course.sent_unix_ms) = (client_request_id.clone(), at_unix_ms);
        let outcome = self.world.send(http).await;
        drop(leave);
        let call = call_of(request);
        self.journal.borrow_mut().add(journal::Entry {
            at_unix_ms,
            call: call.clone(),
            status: outcome.as_ref().map_or(0, |response| response.status),
            took_ms: self.world.monotonic_ms() - started,
            request_id: outcome.as_ref().ok().and_then(|response| response.header("request-id").map(str::to_owned)),
            client_request_id: client_request_id.clone(),
        });
        outcome.map_err(|failure| Error::NoAnswer {
            call,
            ids: Ids {
                client_request_id: Some(client_request_id),
                date: Some(crate::instant::to_rfc3339(at_unix_ms)),
                ..Ids::default()
            },
            timed_out: failure == HttpFailure::TimedOut,
        })
    }

    /// Waits before the next attempt; `false` if the wait is too long to take without asking, or if the person
    /// cancelled it.
    async fn wait(&self, retry_after: Option<&str>, attempt: u32, throttled: bool, patience: &Patience) -> bool {
        let now = self.world.unix_ms();
        let watched = patience.on_wait().map(|on_wait| Waits::new(on_wait.clone()));
        let (waits, longest) = match &watched {
            Some(watched) => (watched, retry::LONGEST_WATCHED_WAIT_MS),
            None => (&self.waits, retry::LONGEST_WAIT_MS),
        };
        let wait = retry::wait_within(longest, retry_after, attempt, self.world.random()[0], now);
        let Some(wait_ms) = wait.filter(|_| !patience.is_stopped()) else { return false };
        let open = waits.begin(Waiting { until_unix_ms: now + i64::from(wait_ms), throttled });
        patience.wait(open.over(self.world.sleep(wait_ms))).await;
        drop(open);
        !patience.is_stopped()
    }

    /// Several reads of one API version in as few calls as possible; one answer per read, in order. Parts that were
    /// throttled or had a transient fault are requested again together, after the longest of their waits.
    pub async fn batch(&self, parts: &[Request], version: Version) -> Result<Vec<Result<Json, Error>>, Error> {
        let mut results = Vec::with_capacity(parts.len());
        for chunk in parts.chunks(batch::PARTS) {
            results.extend(self.run_batch(chunk, version, false).await?);
        }
        Ok(results)
    }

    /// One batch of at most [`PARTS`](batch::PARTS) reads, sent once. Throttled parts and transient faults are returned
    /// as they are: the caller decides when to ask again. Only parts whose token was not accepted are requested again.
    pub async fn batch_once(&self, parts: &[Request], version: Version) -> Result<Vec<Result<Json, Error>>, Error> {
        self.run_batch(parts, version, true).await
    }

    async fn run_batch(
        &self,
        parts: &[Request],
        version: Version,
        once: bool,
    ) -> Result<Vec<Result<Json, Error>>, Error> {
        let mut course = Operation::default();
        let mut answers = self.ask_batch(parts, version, once, &mut course).await?;
        let mut renewed = false;
        loop {
            let mut again = Vec::new();
            if !renewed {
                renewed = true;
                let refused = |(_, answer): &(usize, &Result<Json, Error>)| self.wants_other_token(answer, &course);
                again.extend(answers.iter().enumerate().filter(refused).map(|(at, _)| at));
            }
            if again.is_empty() && !once && course.calls < retry::ATTEMPTS {
                again = self.after_the_longest_wait(&answers, course.calls - 1).await;
            }
            if again.is_empty() {
                return Ok(answers);
            }
            let asked: Vec<Request> = again.iter().map(|at| parts[*at].clone()).collect();
            let told = self.ask_batch(&asked, version, once, &mut course).await;
            let told = told.unwrap_or_else(|error| again.iter().map(|_| Err(error.clone())).collect());
            for (at, answer) in again.into_iter().zip(told) {
                answers[at] = answer;
            }
        }
    }

    /// Waits once for all parts that may be requested again. Returns their indexes; none if the wait was cancelled.
    /// Parts whose wait would be too long do not delay the others.
    async fn after_the_longest_wait(&self, answers: &[Result<Json, Error>], attempt: u32) -> Vec<usize> {
        let (now, jitter) = (self.world.unix_ms(), self.world.random()[0]);
        let mut longest: Option<(u32, &Refusal)> = None;
        let mut places = Vec::new();
        for (at, answer) in answers.iter().enumerate() {
            let refusal = answer.as_ref().err().and_then(Error::refusal);
            let Some(refusal) = refusal.filter(|refusal| retry::read_may_repeat(refusal.status)) else { continue };
            let Some(wait) = retry::wait_ms(refusal.retry_after.as_deref(), attempt, jitter, now) else { continue };
            places.push(at);
            if longest.is_none_or(|(most, _)| wait > most) {
                longest = Some((wait, refusal));
            }
        }
        let Some((_, refusal)) = longest else { return Vec::new() };
        let goes_on = self.wait_as_told(refusal, attempt, &Patience::default()).await;
        if goes_on { places } else { Vec::new() }
    }

    async fn ask_batch(
        &self,
        parts: &[Request],
        version: Version,
        once: bool,
        course: &mut Operation<'_>,
    ) -> Result<Vec<Result<Json, Error>>, Error> {
        let mut scopes: Vec<Scope> = parts.iter().flat_map(|part| part.scopes.iter().copied()).collect();
        sort_by(&mut scopes, Ord::cmp);
        scopes.dedup();
        let call = Request { version, once, ..Request::post("/$batch".to_owned(), batch::batch(parts, version), &[]) };
        let answers = batch::answers(parts, self.run(&call, &scopes, course).await?);
        Ok(answers.into_iter().map(|answer| answer.map_err(|error| self.completed(error, course))).collect())
    }
}

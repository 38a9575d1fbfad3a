//! Lists, which come in pages.

use serde_json::Value as Json;

use super::super::pages::{Trail, broken_off};
use super::super::request::{Request, Version, call_of};
use super::super::{Error, answer, odata};
use super::{Client, Tokens};
use crate::world::World;

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The entries as sent.
    pub entries: Vec<Json>,
    /// The call that reads the next page, if there is one; an error if it may not be followed.
    pub next: Result<Option<Request>, Error>,
    /// How many there are in all, if the first page says.
    pub total: Option<u64>,
}

impl<W: World, T: Tokens> Client<W, T> {
    /// One page of a list.
    pub async fn page(&self, request: &Request) -> Result<Page, Error> {
        let body = self.send(request).await?;
        let told = |error| self.with_last_ids(request, error);
        let entries = answer::list(&body, &call_of(request)).map_err(told)?.to_vec();
        let total = body["@odata.count"].as_u64();
        Ok(Page { entries, next: self.next(request, &body).map_err(told), total })
    }

    /// The call behind a next link; headers are repeated (graph.md G36).
    ///
    /// # Errors
    /// The link does not lead to the Graph host: the list has more entries, but cannot be followed.
    pub fn next(&self, request: &Request, body: &Json) -> Result<Option<Request>, Error> {
        let link = &body["@odata.nextLink"];
        if link.is_null() {
            return Ok(None);
        }
        let link = link.as_str().filter(|link| odata::may_follow(link, &self.graph_origin));
        let rest = link.and_then(|link| link.strip_prefix(self.graph_origin.as_str())).unwrap_or_default();
        let (version, path) = match rest.strip_prefix("/beta") {
            Some(path) => (Version::Beta, path),
            None => (Version::V1, rest.strip_prefix("/v1.0").ok_or_else(|| broken_off(request))?),
        };
        Ok(Some(Request { version, path: path.to_owned(), ..request.clone() }))
    }

    /// All entries of a list. A list that cannot be followed to its end is an error: missing entries would look as if
    /// they did not exist.
    pub async fn whole(&self, request: &Request) -> Result<Vec<Json>, Error> {
        let (entries, cut) = self.begun(request).await?;
        cut.map_or(Ok(entries), Err)
    }

    /// The entries of a list as far as it could be read, each once, and why it could not be read to its end, if so.
    ///
    /// # Errors
    /// Not one entry was read.
    pub async fn begun(&self, request: &Request) -> Result<(Vec<Json>, Option<Error>), Error> {
        let (mut entries, mut trail, mut next) = (Vec::new(), Trail::default(), request.clone());
        let cut = loop {
            let mut page = match self.page(&next).await {
                Ok(page) => page,
                Err(error) => break error,
            };
            trail.drop_known(&mut page.entries);
            entries.append(&mut page.entries);
            let read = next;
            next = match trail.follow(&read, page.next) {
                Ok(Some(next)) => next,
                Ok(None) => return Ok((entries, None)),
                Err(cut) => break self.with_last_ids(&read, cut),
            };
        };
        if entries.is_empty() { Err(cut) } else { Ok((entries, Some(cut))) }
    }
}

//! Lists that come in pages: what a list holds is known once its end is, or once more of it would tell nothing more.

use serde_json::Value as Json;

use super::Part;
use crate::graph::client::{PAGES, call_of};
use crate::graph::error::Ids;
use crate::graph::{Client, Error, Request, Tokens, decode};
use crate::world::World;

/// One answer, page after page.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    body: Json,
    turned: usize,
    /// A group of approvers: two who can approve are enough to know.
    people: bool,
    /// What came of it; `None` until it has come to its end.
    pub(super) answer: Option<Result<Json, Error>>,
}

impl Pages {
    /// Before the first page.
    pub(super) fn of(part: &Part) -> Self {
        Self { people: matches!(part, Part::Members(_)), ..Self::default() }
    }

    /// Takes in a page; gives the call that reads on. A list that breaks off is an error.
    pub(super) fn take<W: World, T: Tokens>(
        &mut self,
        client: &Client<W, T>,
        request: &Request,
        answered: Result<Json, Error>,
    ) -> Option<Request> {
        let mut page = match answered {
            Ok(page) => page,
            Err(error) => {
                self.answer = Some(Err(error));
                return None;
            }
        };
        self.turned += 1;
        let (goes_on, next) = (!page["@odata.nextLink"].is_null(), client.next(request, &page));
        match (list_of(&mut self.body), list_of(&mut page)) {
            (Some(list), Some(more)) => list.append(more),
            _ => self.body = page,
        }
        if !goes_on || (self.people && able(&self.body) > 1) {
            self.answer = Some(Ok(std::mem::take(&mut self.body)));
            return None;
        }
        let next = next.filter(|next| self.turned < PAGES && next.path != request.path);
        if next.is_none() {
            let (call, what) = (call_of(request), "the list breaks off".to_owned());
            self.answer = Some(Err(Error::Unexpected { call, what, ids: Ids::default() }));
        }
        next
    }
}

/// The list in a page; none where something else came in its place.
fn list_of(page: &mut Json) -> Option<&mut Vec<Json>> {
    page.get_mut("value").and_then(Json::as_array_mut)
}

/// How many of these people can sign in.
fn able(body: &Json) -> usize {
    let list = body["value"].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(decode::who).filter(|who| !who.disabled).take(2).count()
}

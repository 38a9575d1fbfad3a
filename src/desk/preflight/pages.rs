//! Lists that come in pages: a list is known once it is read to its end, or once more of it would add nothing.

use serde_json::Value as Json;

use super::Part;
use crate::graph::pages::Trail;
use crate::graph::{Client, Error, Request, Tokens, answer, decode};
use crate::world::World;

/// One answer, page after page.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    body: Json,
    trail: Trail,
    /// A group of approvers: two who can approve are enough to know.
    people: bool,
    /// The result; `None` until the end is reached.
    pub(super) answer: Option<Result<Json, Error>>,
}

impl Pages {
    /// Before the first page.
    pub(super) fn of(part: &Part) -> Self {
        Self { people: matches!(part, Part::Members(_)), ..Self::default() }
    }

    /// Adds a page; returns the call that reads the next one. A list that breaks off is an error.
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
        let next = self.trail.follow(request, client.next(request, &page));
        if let Some(list) = list_of(&mut page) {
            self.trail.drop_known(list);
        }
        match (list_of(&mut self.body), list_of(&mut page)) {
            (Some(list), Some(more)) => list.append(more),
            _ => self.body = page,
        }
        match next {
            Ok(Some(next)) if !(self.people && able(&self.body) > 1) => return Some(next),
            Err(cut) if !(self.people && able(&self.body) > 1) => self.answer = Some(Err(cut)),
            _ => self.answer = Some(Ok(std::mem::take(&mut self.body))),
        }
        None
    }
}

/// The list in a page; `None` if there is something else in its place.
fn list_of(page: &mut Json) -> Option<&mut Vec<Json>> {
    page.get_mut("value").and_then(Json::as_array_mut)
}

/// How many of these people can sign in.
fn able(body: &Json) -> usize {
    answer::entries(body).iter().filter_map(decode::who).filter(|who| !who.disabled).take(2).count()
}

//! The list on screen: it follows what is read without moving anything under the reader's hand.

use super::Request;

/// A request in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The request as last read.
    pub request: Request,
    /// The last reading did not hold it any more: decided, withdrawn or lapsed. It keeps its place until the list is
    /// built anew.
    pub gone: bool,
}

/// The rows on screen and the requests that came after them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    rows: Vec<Row>,
    held_back: Vec<Request>,
}

impl Listing {
    /// A new list of all that was read, in that order.
    pub fn of(read: &[Request]) -> Self {
        let rows = read.iter().map(|request| Row { request: request.clone(), gone: false }).collect();
        Self { rows, held_back: Vec::new() }
    }

    /// Takes in another reading: every row keeps its place, new requests are held back. An empty list has nothing that
    /// could move and takes them at once.
    pub fn follow(&mut self, read: &[Request]) {
        if self.rows.is_empty() {
            *self = Self::of(read);
            return;
        }
        for row in &mut self.rows {
            let found = read.iter().find(|request| request.id == row.request.id);
            row.gone = found.is_none();
            if let Some(request) = found {
                row.request = request.clone();
            }
        }
        let is_new = |request: &&Request| !self.rows.iter().any(|row| row.request.id == request.id);
        self.held_back = read.iter().filter(is_new).cloned().collect();
    }

    /// The rows, in their order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The requests that came since, in order of their time left.
    pub fn held_back(&self) -> &[Request] {
        &self.held_back
    }
}

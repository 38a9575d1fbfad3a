//! The list on screen: it follows what is read without moving rows under the pointer.

use super::Request;

/// A request in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The request as last read.
    pub request: Request,
    /// The last reading no longer contained it: decided, withdrawn or expired. It keeps its place until the list is
    /// rebuilt.
    pub gone: bool,
}

/// The rows on screen and the requests that came after the list was built.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    rows: Vec<Row>,
    held_back: Vec<Request>,
}

impl Listing {
    /// A new list of everything that was read, in that order.
    pub fn of(read: &[Request]) -> Self {
        let rows = read.iter().map(|request| Row { request: request.clone(), gone: false }).collect();
        Self { rows, held_back: Vec::new() }
    }

    /// Takes in another reading: every row keeps its place, new requests are held back. An empty list has no rows to
    /// move and takes them at once.
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

    /// The rows in display order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Requests that came since the list was built, least time left first.
    pub fn held_back(&self) -> &[Request] {
        &self.held_back
    }
}

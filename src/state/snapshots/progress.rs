//! How far a reading for a snapshot is.

use crate::desk::gather::Gathered;
use crate::graph::Error;

/// How far a reading is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadProgress {
    /// It goes on.
    pub running: bool,
    /// Groups and roles that were found.
    pub found: usize,
    /// Those that are read, whatever came of it.
    pub read: usize,
    /// Those of them that could not be read.
    pub failed: usize,
    /// Microsoft asked to slow down.
    pub slowed: bool,
    /// The first thing that went wrong.
    pub error: Option<Error>,
}

impl ReadProgress {
    /// Tells how far it is by what was gathered.
    pub(super) fn tell(&mut self, gathered: &Gathered) {
        self.found = gathered.found();
        self.read = gathered.read();
        self.failed = gathered.failed.len();
        self.slowed = gathered.slowed;
        if self.error.is_none() {
            self.error = gathered.troubles.first().or(gathered.failed.values().next()).cloned();
        }
    }
}

//! The progress of a reading for a snapshot.

use crate::desk::gather::Gathered;
use crate::graph::Error;

/// The progress of a reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GatherProgress {
    /// It is running.
    pub running: bool,
    /// How many groups and roles were found.
    pub found: usize,
    /// How many were read, with or without success.
    pub read: usize,
    /// How many of those could not be read.
    pub failed: usize,
    /// Microsoft is throttling.
    pub slowed: bool,
    /// The first error.
    pub error: Option<Error>,
}

impl GatherProgress {
    /// Updates it from what was gathered.
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

//! What a person selected in the report, kept while the app runs: a finding is opened and the person comes back.

use leptos::prelude::*;

use super::lasting::lasting;
use crate::policy::Subject;

/// A selected finding: the subject, and the line's ID.
pub type Chosen = (Subject, &'static str);

/// The selected findings.
#[derive(Clone, Copy)]
pub struct ReportState {
    /// In the order in which they were selected.
    pub chosen: RwSignal<Vec<Chosen>>,
}

impl ReportState {
    fn new() -> Self {
        Self { chosen: RwSignal::default() }
    }

    /// The page's one.
    pub fn current() -> Self {
        lasting(Self::new)
    }
}

//! A change for many policies on its way: what was chosen for it, from whichever page, until it is proposed.

use leptos::prelude::*;

use super::nav::Nav;
use crate::policy::{Setting, Subject, Value};
use crate::rollout::{Proposal, Target};
use crate::route::Route;

/// Settings with their values that are to be copied, and what they are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// What they are called: "Template “Tier 0”".
    pub title: String,
    /// The settings with their values.
    pub values: Vec<(Setting, Value)>,
}

/// What is chosen for a rollout.
#[derive(Clone, Copy)]
pub struct RolloutState {
    nav: Nav,
    /// The policy whose settings are to be copied, if it is chosen.
    pub source: RwSignal<Option<Subject>>,
    /// Settings with their values that are to be copied: a template's.
    pub values: RwSignal<Option<Values>>,
    /// The policies that are to be changed, as far as they are chosen.
    pub targets: RwSignal<Vec<Target>>,
    /// What is proposed; `None` while it is being put together.
    pub proposal: RwSignal<Option<Proposal>>,
}

impl RolloutState {
    /// Nothing is chosen yet.
    pub fn new(nav: Nav) -> Self {
        Self {
            nav,
            source: RwSignal::default(),
            values: RwSignal::default(),
            targets: RwSignal::default(),
            proposal: RwSignal::default(),
        }
    }

    /// The page's rollout.
    pub fn current() -> Self {
        expect_context()
    }

    /// Copies the settings of a policy to others that are still to be chosen.
    pub fn copy_from(self, source: Subject) {
        self.begin(Some(source), Vec::new(), None);
    }

    /// Copies these values to policies that are still to be chosen.
    pub fn copy_template(self, values: Vec<(Setting, Value)>, title: String) {
        self.begin(None, Vec::new(), None);
        self.values.set(Some(Values { title, values }));
    }

    /// Copies settings, whose source is still to be chosen, to these policies.
    pub fn copy_to(self, targets: Vec<Target>) {
        self.begin(None, targets, None);
    }

    /// Proposes a change that is complete: the fix of a report, the way back to a snapshot, an undo.
    pub fn propose(self, proposal: Proposal) {
        self.begin(None, Vec::new(), Some(proposal));
    }

    fn begin(self, source: Option<Subject>, targets: Vec<Target>, proposal: Option<Proposal>) {
        self.source.set(source);
        self.values.set(None);
        self.targets.set(targets);
        self.proposal.set(proposal);
        self.nav.go(&Route::Rollout);
    }
}

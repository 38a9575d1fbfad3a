//! The names of the approvers in a snapshot.

use std::collections::BTreeMap;

use super::super::policy::value::Names;
use crate::directory::AuthenticationContext;
use crate::guid::Guid;
use crate::policy::Approver;

/// Names for what is written and shown of a snapshot.
pub struct People<'a> {
    kept: &'a BTreeMap<Guid, String>,
    known: &'a dyn Names,
    named: bool,
}

impl<'a> People<'a> {
    /// Current names, else those in the snapshot's file.
    pub fn of_file(kept: &'a BTreeMap<Guid, String>, known: &'a dyn Names) -> Self {
        Self { kept, known, named: true }
    }

    /// The same names; none unless names of people were asked for.
    #[must_use]
    pub fn if_named(self, named: bool) -> Self {
        Self { named, ..self }
    }
}

impl Names for People<'_> {
    fn approver(&self, approver: &Approver) -> Option<String> {
        if !self.named {
            return None;
        }
        let kept = || self.kept.get(&approver.id.parse().ok()?).cloned();
        self.known.approver(approver).or_else(kept)
    }

    fn is_unknown(&self, approver: &Approver) -> bool {
        self.named && self.known.is_unknown(approver)
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        self.known.contexts()
    }
}

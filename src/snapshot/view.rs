//! How the changes are shown: filtered and sorted.

use super::drift::{Drift, Drifted, Fate, Finding, Severity};
use crate::matrix::Class;
use crate::order::sort_by;

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The most serious first, then the most changes.
    #[default]
    Severity,
    /// By name.
    Name,
    /// The latest change first.
    Latest,
}

impl Order {
    /// All of them, in display order.
    pub const ALL: [Self; 3] = [Self::Severity, Self::Name, Self::Latest];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Name => "name",
            Self::Latest => "latest",
        }
    }

    /// Finds one by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str().eq_ignore_ascii_case(name))
    }
}

/// The filter and the order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// Changes of this severity only.
    pub severity: Option<Severity>,
    /// Policies of this kind only.
    pub class: Option<Class>,
    /// Words that must all be in the name, in any case, or in the name of who last changed it.
    pub text: String,
    /// The order.
    pub order: Order,
}

impl View {
    /// The initial view of the page.
    pub const NEW: Self = Self { severity: None, class: None, text: String::new(), order: Order::Severity };

    /// Whether a finding is shown.
    pub fn admits(&self, finding: &Finding) -> bool {
        self.severity.is_none_or(|severity| severity == finding.severity)
    }

    /// The subjects that are shown, with their findings that are, in order.
    pub fn shown(&self, drift: &Drift) -> Vec<Drifted> {
        let mut shown: Vec<Drifted> = drift.drifted.iter().filter_map(|drifted| self.part(drifted)).collect();
        sort_by(&mut shown, |left, right| {
            let name = |drifted: &Drifted| drifted.name.to_lowercase();
            let by_name = name(left).cmp(&name(right)).then_with(|| left.subject.cmp(&right.subject));
            match self.order {
                Order::Severity => right
                    .severity()
                    .cmp(&left.severity())
                    .then_with(|| right.findings.len().cmp(&left.findings.len()))
                    .then(by_name),
                Order::Name => by_name,
                Order::Latest => right.modified_at.cmp(&left.modified_at).then(by_name),
            }
        });
        shown
    }

    fn part(&self, drifted: &Drifted) -> Option<Drifted> {
        let of_class = self.class.is_none_or(|class| class == Class::of(&drifted.subject));
        let by = drifted.modified_by.as_deref().unwrap_or_default();
        let words = [&drifted.name, " ", by, " ", drifted.subject.id().as_str()].concat().to_lowercase();
        if !of_class || !self.text.to_lowercase().split_whitespace().all(|word| words.contains(word)) {
            return None;
        }
        let findings: Vec<Finding> = drifted.findings.iter().filter(|finding| self.admits(finding)).cloned().collect();
        let told = match drifted.fate {
            Fate::Changed => !findings.is_empty(),
            Fate::Gone | Fate::New => self.severity.is_none_or(|severity| severity == Severity::High),
        };
        told.then(|| Drifted { findings, ..drifted.clone() })
    }
}

//! Which dead ends are shown, and in which order. All of it is in the address.

use super::{DeadEnd, Kind, Severity};
use crate::guid::Guid;
use crate::matrix::Class;
use crate::order::sort_by;

/// What dead ends are ordered by. Ties are ordered by severity, then by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Most serious first.
    #[default]
    Severity,
    /// The name of the group or role.
    Name,
    /// The kind of dead end.
    Kind,
}

impl SortBy {
    /// Every order, as offered.
    pub const ALL: [Self; 3] = [Self::Severity, Self::Name, Self::Kind];

    /// Its word, used in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Name => "name",
            Self::Kind => "kind",
        }
    }
}

/// Which dead ends are shown, and their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// Words of the name, or an ID; empty for all.
    pub text: String,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only policies of this class.
    pub class: Option<Class>,
    /// The order.
    pub sort: SortBy,
    /// In reverse order.
    pub descending: bool,
}

impl Query {
    /// Everything, most serious first.
    pub const ALL: Self = Self {
        text: String::new(),
        severity: None,
        kind: None,
        class: None,
        sort: SortBy::Severity,
        descending: false,
    };

    /// The same without any filter.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        Self { sort: self.sort, descending: self.descending, ..Self::ALL }
    }

    fn shows(&self, end: &DeadEnd) -> bool {
        self.severity.is_none_or(|severity| severity == end.severity)
            && self.kind.is_none_or(|kind| kind == end.kind)
            && self.class.is_none_or(|class| class == Class::of(&end.subject))
            && self.finds(end)
    }

    fn finds(&self, end: &DeadEnd) -> bool {
        if let Ok(id) = self.text.trim().parse::<Guid>() {
            return *end.subject.id() == id;
        }
        let name = end.name.to_lowercase();
        self.text.to_lowercase().split_whitespace().all(|word| name.contains(word))
    }
}

/// The positions of the dead ends that are shown, in order.
pub fn listing(ends: &[DeadEnd], query: &Query) -> Vec<usize> {
    let mut shown: Vec<(String, usize)> = ends
        .iter()
        .enumerate()
        .filter(|(_, end)| query.shows(end))
        .map(|(at, end)| (end.name.to_lowercase(), at))
        .collect();
    sort_by(&mut shown, |(left_name, left), (right_name, right)| {
        let (one, other) = (&ends[*left], &ends[*right]);
        let wanted = match query.sort {
            SortBy::Severity => one.severity.cmp(&other.severity),
            SortBy::Name => left_name.cmp(right_name),
            SortBy::Kind => one.kind.cmp(&other.kind),
        };
        let wanted = if query.descending { wanted.reverse() } else { wanted };
        wanted
            .then_with(|| one.severity.cmp(&other.severity))
            .then_with(|| left_name.cmp(right_name))
            .then_with(|| one.subject.cmp(&other.subject))
            .then_with(|| one.kind.cmp(&other.kind))
    });
    shown.into_iter().map(|(_, at)| at).collect()
}

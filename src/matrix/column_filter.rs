//! What a column must show for a row to be listed.

use super::deviation::Deviation;

/// How a cell must stand to the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compared {
    /// Something else.
    Deviating,
    /// Something weaker.
    Weaker,
    /// Something stricter.
    Stricter,
}

impl Compared {
    /// All, in the order of a choice.
    pub const ALL: [Self; 3] = [Self::Deviating, Self::Weaker, Self::Stricter];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deviating => "deviating",
            Self::Weaker => "weaker",
            Self::Stricter => "stricter",
        }
    }

    /// Finds one by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether a cell stands so.
    pub const fn finds(self, found: Deviation) -> bool {
        match self {
            Self::Deviating => found.differs(),
            Self::Weaker => matches!(found, Deviation::Weaker),
            Self::Stricter => matches!(found, Deviation::Stricter),
        }
    }
}

/// From and to, both included; open where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    /// At least.
    pub from: Option<i64>,
    /// At most.
    pub to: Option<i64>,
}

impl Range {
    /// Any number.
    pub const ANY: Self = Self { from: None, to: None };

    /// Whether it leaves nothing out.
    pub fn is_any(self) -> bool {
        self == Self::ANY
    }

    /// Whether a number lies in it. What has no number lies in the open range only.
    pub fn holds(self, number: Option<i64>) -> bool {
        match number {
            Some(number) => self.from.is_none_or(|from| number >= from) && self.to.is_none_or(|to| number <= to),
            None => self.is_any(),
        }
    }
}

/// What a column must show: everything that is said here. Rows that are not read show nothing, and are listed where they
/// are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColumnFilter {
    /// One of these words, as the cell shows them; any where there are none.
    pub values: Vec<String>,
    /// How it must stand to the reference.
    pub compared: Option<Compared>,
    /// Words that the value in full holds.
    pub text: String,
    /// The length in seconds, or how many people or addresses there are.
    pub range: Range,
    /// Rows that are not read are listed, too.
    pub unread: bool,
}

impl ColumnFilter {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it asks something of the value.
    pub fn asks(&self) -> bool {
        !(self.values.is_empty() && self.compared.is_none() && self.text.trim().is_empty() && self.range.is_any())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_ends() {
        let range = Range { from: Some(2), to: Some(4) };
        assert_eq!([1, 2, 4, 5].map(|number| range.holds(Some(number))), [false, true, true, false]);
        assert!(!range.holds(None) && Range::ANY.holds(None));
        assert!(Range { from: Some(2), to: None }.holds(Some(900)));
    }
}

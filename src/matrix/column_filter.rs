//! What a column must show for a row to be listed.

use super::deviation::Deviation;

/// How a cell must compare to the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compared {
    /// Different in any way, or perhaps: it cannot be compared.
    Deviating,
    /// Weaker.
    Weaker,
    /// Stricter.
    Stricter,
}

impl Compared {
    /// Every value, as offered.
    pub const ALL: [Self; 3] = [Self::Deviating, Self::Weaker, Self::Stricter];

    /// Its name, used in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deviating => "deviating",
            Self::Weaker => "weaker",
            Self::Stricter => "stricter",
        }
    }

    /// The value with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// Whether a cell with this deviation matches.
    pub const fn finds(self, found: Deviation) -> bool {
        match self {
            Self::Deviating => found.differs() || matches!(found, Deviation::Unknown),
            Self::Weaker => matches!(found, Deviation::Weaker),
            Self::Stricter => matches!(found, Deviation::Stricter),
        }
    }
}

/// A range from and to, both included; an end that is not given is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    /// The least value.
    pub from: Option<i64>,
    /// The greatest value.
    pub to: Option<i64>,
}

impl Range {
    /// The range that contains every number.
    pub const ANY: Self = Self { from: None, to: None };

    /// Whether it leaves nothing out.
    pub fn is_any(self) -> bool {
        self == Self::ANY
    }

    /// Whether a number is in it. A missing number is only in the range that is open at both ends.
    pub fn holds(self, number: Option<i64>) -> bool {
        match number {
            Some(number) => self.from.is_none_or(|from| number >= from) && self.to.is_none_or(|to| number <= to),
            None => self.is_any(),
        }
    }

    /// Whether any of the numbers from the least to the most is in it.
    pub fn meets(self, (least, most): (i64, i64)) -> bool {
        self.from.is_none_or(|from| most >= from) && self.to.is_none_or(|to| least <= to)
    }
}

/// What a column must show, all of it together. Rows that are not read show nothing, and are listed if `unread` is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColumnFilter {
    /// One of these texts, as the cell shows them; any if empty.
    pub values: Vec<String>,
    /// How it must compare to the reference.
    pub compared: Option<Compared>,
    /// Words that the full value must contain.
    pub text: String,
    /// The length in seconds, or the number of people or addresses.
    pub range: Range,
    /// Rows that are not read are listed too.
    pub unread: bool,
}

impl ColumnFilter {
    /// Whether it sets no condition at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it sets a condition for the value.
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
        let numbers = [(0, 1), (1, 2), (4, 9), (5, 9), (0, 9)];
        assert_eq!(numbers.map(|numbers| range.meets(numbers)), [false, true, true, false, true]);
    }
}

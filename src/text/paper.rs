//! Words that make a printed page, or a file, evidence: the tenant, by whom, when, and whether it is complete.

use super::rollout::policies;
use crate::matrix::{Row, Standing};

/// The tenant, who printed it and when, and on a separate line its address.
pub fn printed(tenant: &str, by: &str, at: &str, address: &str) -> String {
    ["Tenant ", tenant, ". Printed by ", by, ", ", at, ".\nAddress: ", address].concat()
}

/// What the filters show, in their own words; empty if they show everything.
pub fn only(filters: &[&str]) -> String {
    let set: Vec<&str> = filters.iter().copied().filter(|words| !words.trim().is_empty()).collect();
    set.join("; ")
}

/// That it is filtered.
pub fn filtered(only: &str) -> String {
    if only.is_empty() { String::new() } else { ["Filtered: ", only, "."].concat() }
}

/// What is missing from what is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Policies that were found but not read.
    pub unread: usize,
    /// Policies that nothing can be said about, because Microsoft returned none, or several.
    pub unclear: usize,
    /// A list was not read to its end: there may be more.
    pub cut_off: bool,
    /// Entra roles were not read.
    pub no_roles: bool,
    /// Policies of which it is not known whether lines of the baseline apply to them.
    pub in_doubt: usize,
}

impl Gaps {
    /// What is missing of these rows.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        rows.fold(Self::default(), |gaps, row| Self {
            unread: gaps.unread + usize::from(row.is_unread()),
            unclear: gaps.unclear + usize::from(matches!(row.standing, Standing::NoPolicy | Standing::Several)),
            ..gaps
        })
    }

    /// As name and value; empty if nothing is missing.
    pub fn facts(self) -> Vec<(&'static str, String)> {
        let cut_off = "There may be more groups or roles than were found.".to_owned();
        [
            (self.unread > 0, ("Not read", policies(self.unread))),
            (self.unclear > 0, ("No policy, or several", policies(self.unclear))),
            (self.cut_off, ("List incomplete", cut_off)),
            (self.no_roles, ("Entra roles", "not read".to_owned())),
            (self.in_doubt > 0, ("Not known whether lines of the baseline apply", policies(self.in_doubt))),
        ]
        .into_iter()
        .filter_map(|(is_missing, fact)| is_missing.then_some(fact))
        .collect()
    }
}

/// A search text, as a filter.
pub fn sought(words: &str) -> String {
    if words.trim().is_empty() { String::new() } else { ["“", words.trim(), "”"].concat() }
}

#[cfg(test)]
mod tests {
    use super::{filtered, only, printed, sought};

    #[test]
    fn paper_says_whose_it_is_and_where_it_stands() {
        let words = printed("5a1e", "Ana", "1 May, 10:00", "https://pim.example/#/groups?q=tier");
        assert_eq!(words, "Tenant 5a1e. Printed by Ana, 1 May, 10:00.\nAddress: https://pim.example/#/groups?q=tier");
    }

    #[test]
    fn filters_that_are_set_are_named() {
        assert_eq!(filtered(&only(&["", "not met", &sought(" "), &sought("zebra ")])), "Filtered: not met; “zebra”.");
        assert_eq!(filtered(&only(&["", &sought("")])), "");
    }
}

//! Words that make a page on paper, or a file, evidence: whose, by whom, when, and whether it is all.

/// Whose it is, who printed it and when, in a line.
pub fn printed(tenant: &str, by: &str, at: &str) -> String {
    ["Tenant ", tenant, ". Printed by ", by, ", ", at, "."].concat()
}

/// What the filters leave, as they say it; empty where they leave all.
pub fn only(filters: &[&str]) -> String {
    let set: Vec<&str> = filters.iter().copied().filter(|words| !words.trim().is_empty()).collect();
    set.join("; ")
}

/// That it is not all.
pub fn filtered(only: &str) -> String {
    if only.is_empty() { String::new() } else { ["Filtered: ", only, "."].concat() }
}

/// Words that somebody searched for, as a filter.
pub fn sought(words: &str) -> String {
    if words.trim().is_empty() { String::new() } else { ["“", words.trim(), "”"].concat() }
}

#[cfg(test)]
mod tests {
    use super::{filtered, only, sought};

    #[test]
    fn filters_that_are_set_are_named() {
        assert_eq!(filtered(&only(&["", "not met", &sought(" "), &sought("zebra ")])), "Filtered: not met; “zebra”.");
        assert_eq!(filtered(&only(&["", &sought("")])), "");
    }
}

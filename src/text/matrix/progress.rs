//! The progress of the survey, and its failures.

use crate::matrix::Class;

/// Stops reading; what was read stays.
pub const CANCEL: &str = "Cancel";
/// Microsoft is limiting requests.
pub const SLOWED: &str = "Microsoft is limiting requests; reading continues more slowly.";
/// Reads everything again.
pub const AGAIN: &str = "Read again";
/// Continues reading after Cancel.
pub const GO_ON: &str = "Read the rest";
/// Reads everything that failed once more.
pub const RETRY_ALL: &str = "Try all again";
/// Reads one once more.
pub const RETRY: &str = "Try again";
/// Opens the list of failures.
pub const FAILURES: &str = "Show which and why";
/// Name of the progress bar.
pub const READING: &str = "Reading policies";
/// The list is being read.
pub const LISTING: &str = "Finding groups…";

/// A row that waits.
pub const WAITING: &str = "reading…";
/// A row that failed.
pub const FAILED: &str = "failed";
/// A row that was not read before the survey was stopped.
pub const NOT_READ: &str = "not read";
/// A row without a policy.
pub const NO_POLICY: &str = "no policy";
/// A row with more than one policy.
pub const SEVERAL: &str = "several policies";

/// Why a row is empty after Cancel.
pub const NOT_READ_HELP: &str = "Reading was stopped before this row.";
/// Reads one row.
pub const READ_THIS: &str = "Read this policy";

/// Why a row has no policy to show.
pub const fn explained(class: Class) -> &'static str {
    match class {
        Class::Roles => "Microsoft returned no policy, or several, for this role. Open it to see more.",
        Class::Members | Class::Owners => {
            "Microsoft returned no policy, or several, for this group. It may have been deleted. Open it to see more."
        }
    }
}

/// Of how many groups the Entra roles are being read.
pub fn roles_waiting(groups: usize) -> String {
    ["Reading the Entra roles of ", &super::count(groups, "group"), "…"].concat()
}

/// Of how many groups the Entra roles could not be read.
pub fn roles_failed(groups: usize) -> String {
    ["The Entra roles of ", &super::count(groups, "group"), " could not be read"].concat()
}

/// Of how many groups they were not read, because reading was stopped.
pub fn roles_left(groups: usize) -> String {
    ["The Entra roles of ", &super::count(groups, "group"), " were not read, because reading was stopped"].concat()
}

/// Counts while it reads: "37 of 120, 2 failed".
pub fn counts(read: usize, found: usize, failed: usize, listed: bool) -> String {
    let rest = if listed { "" } else { " found so far" };
    let mut words = [read.to_string().as_str(), " of ", &found.to_string(), rest].concat();
    if failed > 0 {
        words.push_str(&[", ", &failed.to_string(), " failed"].concat());
    }
    words
}

/// How much time is left.
pub fn left(ms: i64) -> String {
    let seconds = (ms + 999) / 1000;
    let time = if seconds < 60 { [&seconds.to_string(), " s"].concat() } else { crate::text::duration::span(ms) };
    ["About ", &time, " left"].concat()
}

/// When it was read.
pub fn read_at(at: &str) -> String {
    ["Read at ", at].concat()
}

/// The person stopped the survey.
pub fn stopped(read: usize, found: usize, listed: bool) -> String {
    let rest = if listed { "" } else { " found so far" };
    ["Stopped: ", &read.to_string(), " of ", &found.to_string(), " groups and roles", rest, " were read."].concat()
}

/// Some could not be read.
pub fn failed(failed: usize, found: usize) -> String {
    [&failed.to_string(), " of ", &found.to_string(), " could not be read"].concat()
}

/// More failures than are listed.
pub fn more(count: usize) -> String {
    ["and ", &count.to_string(), " more"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_how_far_it_is() {
        assert_eq!(counts(37, 120, 2, true), "37 of 120, 2 failed");
        assert_eq!(counts(0, 20, 0, false), "0 of 20 found so far");
        assert_eq!(left(3_200), "About 4 s left");
        assert_eq!(left(125_000), "About 2 min left");
    }
}

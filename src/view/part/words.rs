//! The words that parts themselves need. Everything that names a setting, a group or a person comes from the caller.

/// Name of the skip link.
pub const SKIP: &str = "Skip to content";
/// Name of the main navigation landmark.
pub const MAIN_NAVIGATION: &str = "Main";
/// Name of the breadcrumb landmark.
pub const BREADCRUMB: &str = "Breadcrumb";
/// Name of the region of short-lived notices.
pub const NOTICES: &str = "Notices";
/// Announced while content is being read.
pub const LOADING: &str = "Loading…";
/// Label of a button that closes what it is in.
pub const CLOSE: &str = "Close";
/// Label of a button that dismisses a notice.
pub const DISMISS: &str = "Dismiss";
/// Label of a button that stops long work.
pub const CANCEL: &str = "Cancel";
/// Label of a button that copies details for support.
pub const COPY_DETAILS: &str = "Copy details";
/// Label of a disclosure with IDs and times.
pub const DETAILS: &str = "Details";
/// Mark of a setting that differs from what is stored.
pub const CHANGED: &str = "changed";
/// Label of the button that shows what Graph stores for a setting.
pub const SHOW_RULE: &str = "Show Graph rule";
/// Unit of the hours input.
pub const HOURS: &str = "h";
/// Accessible name of the hours input.
pub const HOURS_NAME: &str = "hours";
/// Unit of the minutes input.
pub const MINUTES: &str = "min";
/// Accessible name of the minutes input.
pub const MINUTES_NAME: &str = "minutes";
/// Label of a button that adds the typed entry.
pub const ADD: &str = "Add";
/// Shown while people are being searched.
pub const SEARCHING: &str = "Searching…";
/// Shown when a search finds nothing.
pub const NO_MATCH: &str = "No match";
/// Name of the account button's menu.
pub const ACCOUNT: &str = "Account";
/// Legend of the theme choice.
pub const THEME: &str = "Theme";
/// Theme that follows the operating system.
pub const THEME_SYSTEM: &str = "System";
/// Light theme.
pub const THEME_LIGHT: &str = "Light";
/// Dark theme.
pub const THEME_DARK: &str = "Dark";
/// Label of the button that signs out.
pub const SIGN_OUT: &str = "Sign out";

/// Label of the button that removes an entry from a list.
pub fn remove(what: &str) -> String {
    ["Remove ", what].concat()
}

/// Label of the button that resets a setting to the stored value.
pub fn reset(what: &str) -> String {
    ["Reset ", what].concat()
}

/// The stored value beside a changed one.
pub fn was(old: &str) -> String {
    ["was ", old].concat()
}

/// Number of search results, for the announcement.
pub fn results(count: usize) -> String {
    if count == 1 { "1 result".to_owned() } else { [&count.to_string(), " results"].concat() }
}

/// The same if more match than are shown.
pub fn first_results(count: usize) -> String {
    ["First ", &results(count), "; type more to narrow the list"].concat()
}

/// Progress of long work as counts.
pub fn counts(done: usize, total: usize, failed: usize) -> String {
    let mut words = [&done.to_string(), " of ", &total.to_string()].concat();
    if failed > 0 {
        words.push_str(", ");
        words.push_str(&failed.to_string());
        words.push_str(" failed");
    }
    words
}

/// Length of a text against its limit.
pub fn length(used: usize, limit: usize) -> String {
    [&used.to_string(), " of ", &limit.to_string(), " characters"].concat()
}

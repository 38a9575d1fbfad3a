//! Copying settings from another policy, as text.

use crate::policy::NotCarried;

use crate::text::policy::change::count;

/// Opens the dialog.
pub const OPEN: &str = "Copy settings from…";
/// What copying does.
pub const HELP: &str =
    "The settings you select become unsaved changes here. Nothing is saved until you have reviewed them.";
/// Name of the search for a source.
pub const SOURCE: &str = "Find a group or role to copy from";
/// Goes back to the search.
pub const ANOTHER: &str = "Choose another source";
/// Selects everything.
pub const ALL: &str = "Select all";
/// Selects nothing.
pub const NONE: &str = "Select none";
/// The person's own edit would be replaced.
pub const REPLACES: &str = "replaces your unsaved change";
/// Why copying is not possible: nothing is selected.
pub const NOTHING_PICKED: &str = "Select at least one setting.";
/// Why copying is not possible yet.
pub const CHOOSE_FIRST: &str = "First choose what to copy from.";
/// Both policies have the same settings.
pub const NOTHING_DIFFERS: &str = "Nothing to copy: the settings that both have are already the same.";
/// Closes the dialog.
pub const CANCEL: &str = "Cancel";
/// Rules that belong to no setting.
pub const OTHER_RULES: &str = "Rules that this page does not know";

/// The dialog's title.
pub fn title(subject: &str) -> String {
    format!("Copy settings to {subject}")
}

/// Where the settings come from.
pub fn from(name: &str) -> String {
    format!("From {name}")
}

/// The button that copies them.
pub fn take(picked: usize) -> String {
    if picked == 0 { "Copy settings".to_owned() } else { format!("Copy {}", count(picked, "setting")) }
}

/// Announced after copying.
pub fn taken(picked: usize, name: &str) -> String {
    format!("{} copied from {name}. Review and save to apply.", count(picked, "setting"))
}

/// How many are already the same.
pub fn same(number: usize) -> String {
    match number {
        1 => "1 setting is already the same.".to_owned(),
        more => format!("{more} settings are already the same."),
    }
}

/// Heading of what is not copied.
pub fn left(number: usize) -> String {
    format!("{} not copied", count(number, "setting"))
}

/// Why a setting is not copied.
pub const fn why(why: NotCarried) -> &'static str {
    match why {
        NotCarried::Unreadable(_) => "Its value there cannot be read reliably.",
        NotCarried::Locked(_) => "Cannot be changed here.",
        NotCarried::NotInUse => "Has no effect there.",
        NotCarried::DefaultApprovers => "The role uses its default approvers. A group has none: select approvers here.",
        NotCarried::MfaAndContext => {
            "Requires MFA and an authentication context together, which Microsoft does not support."
        }
        NotCarried::CalendarPeriod => "A period in years or months, which Microsoft does not accept.",
        NotCarried::NoRecipients => "Only approvers receive this email.",
    }
}

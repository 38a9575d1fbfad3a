//! Copying settings from another policy, in words.

use crate::policy::NotCarried;

use super::change::count;

/// Opens the dialog.
pub const OPEN: &str = "Copy settings from…";
/// What copying does.
pub const HELP: &str = "What you pick becomes unsaved changes here. Nothing is saved before you have reviewed it.";
/// Name of the search for a source.
pub const SOURCE: &str = "Find whose settings to copy";
/// Goes back to the search.
pub const ANOTHER: &str = "Choose another";
/// Ticks everything.
pub const ALL: &str = "Tick all";
/// Ticks nothing.
pub const NONE: &str = "Tick none";
/// The person's own edit would go.
pub const REPLACES: &str = "replaces your unsaved change";
/// Why nothing can be taken.
pub const NOTHING_PICKED: &str = "Tick at least one setting.";
/// Why nothing can be taken yet.
pub const CHOOSE_FIRST: &str = "Choose whose settings to copy first.";
/// Both policies agree.
pub const NOTHING_DIFFERS: &str = "Nothing to copy: all settings that both have are the same.";
/// Leaves the dialog.
pub const CANCEL: &str = "Cancel";
/// Rules that no setting speaks of.
pub const OTHER_RULES: &str = "Rules that this page does not know";

/// The dialog's name.
pub fn title(subject: &str) -> String {
    format!("Copy settings to {subject}")
}

/// Where the settings come from.
pub fn from(name: &str) -> String {
    format!("From {name}")
}

/// The button that takes them.
pub fn take(picked: usize) -> String {
    if picked == 0 { "Copy settings".to_owned() } else { format!("Copy {}", count(picked, "setting")) }
}

/// Told afterwards.
pub fn taken(picked: usize, name: &str) -> String {
    format!("{} copied from {name}. Review and save to apply.", count(picked, "setting"))
}

/// How many are the same already.
pub fn same(number: usize) -> String {
    match number {
        1 => "1 setting is the same already.".to_owned(),
        more => format!("{more} settings are the same already."),
    }
}

/// Head of what is not copied.
pub fn left(number: usize) -> String {
    format!("{} not copied", count(number, "setting"))
}

/// Why a setting is not copied.
pub const fn why(why: NotCarried) -> &'static str {
    match why {
        NotCarried::Unreadable(_) => "Cannot be read there for certain.",
        NotCarried::Locked(_) => "Cannot be changed here.",
        NotCarried::NotInUse => "Has no effect there.",
        NotCarried::DefaultApprovers => {
            "The role leaves approval to its administrators. A group needs approvers of its own: pick them here."
        }
        NotCarried::MfaAndContext => "MFA and a context at once, which Microsoft does not support.",
        NotCarried::CalendarPeriod => "A period in years or months, which Microsoft refuses to store.",
        NotCarried::NoRecipients => "Only the approvers receive this mail.",
    }
}

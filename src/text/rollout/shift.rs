//! What is different in a source since a person chose from it, as text.

use crate::rollout::shift::Shift;
use crate::text::policy::setting::full_label;
use crate::text::policy::value::{Names, value};

/// The source has changed.
pub const TITLE: &str = "The source has changed since you chose from it";
/// The template was deleted.
pub const GONE: &str = "The template is no longer stored in this browser";
/// What is copied then.
pub const GONE_HELP: &str = "What is copied are its settings as they were when they were last taken from it.";

/// One setting: "Activation maximum duration (hours): now 1 h, before 8 h".
pub fn line(shift: &Shift, names: &dyn Names) -> String {
    let what = match (&shift.before, &shift.now, shift.picked) {
        (Some(before), Some(now), _) => ["now ", &value(now, names), ", before ", &value(before, names)].concat(),
        (None, Some(now), true) => ["now ", &value(now, names), ", before not available to copy"].concat(),
        (None, Some(_), false) => "now available to copy, not selected".to_owned(),
        (_, None, _) => "no longer available to copy, left out".to_owned(),
    };
    [&full_label(shift.setting), ": ", &what].concat()
}

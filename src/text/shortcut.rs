//! Words for single-key shortcuts.

use crate::shortcut::{Action, KEYS};

/// Title of the dialog that lists them.
pub const TITLE: &str = "Keyboard shortcuts";
/// The list of keys could not be loaded.
pub const NOT_LOADED: &str = "The list of keys could not be loaded";
/// Turns them on and off.
pub const SWITCH: &str = "Single-key shortcuts";
/// What turning them off means.
pub const SWITCH_HELP: &str = "For this browser. They do nothing while you type. Turn them off if speech input or another tool presses keys for \
     you.";
/// Opens the dialog.
pub const SHOW: &str = "Keyboard shortcuts";

/// What an action does.
pub const fn does(action: Action) -> &'static str {
    match action {
        Action::Next => "Next request",
        Action::Previous => "Previous request",
        Action::Open => "Open the request",
        Action::Select => "Select or deselect the request",
        Action::SelectRange => "Select everything from the last selected request to this one",
        Action::Approve => "Open the request to approve it; nothing is sent yet",
        Action::Deny => "Open the request to deny it; nothing is sent yet",
        Action::Search => "Search the list",
        Action::Refresh => "Check for requests now",
        Action::Help => "Show these shortcuts",
        Action::Back => "Close the request, or clear the selection",
        Action::ToApprovals => "Go to approvals",
        Action::ToGroups => "Go to groups",
    }
}

/// The keys as they are printed on keyboards: `Shift+x`, `g, then a`.
pub fn keys(keys: &str) -> String {
    match keys {
        "Escape" => "Esc".to_owned(),
        "o" => "Enter or o".to_owned(),
        _ if keys.len() == 1 && keys.starts_with(|key: char| key.is_ascii_uppercase()) => {
            format!("Shift+{}", keys.to_ascii_lowercase())
        }
        _ => keys.replace(' ', ", then "),
    }
}

/// The keys and their actions, in order.
pub fn table() -> Vec<(String, &'static str)> {
    let mut rows: Vec<(String, &'static str)> = KEYS.iter().map(|(action, told)| (keys(told), does(*action))).collect();
    rows.push(("Ctrl+Enter, ⌘+Enter".to_owned(), "Send the decision from its text box"));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_pressed() {
        let written: Vec<String> = table().into_iter().map(|(keys, _)| keys).collect();
        assert_eq!(
            written,
            [
                "j",
                "k",
                "Enter or o",
                "x",
                "Shift+x",
                "a",
                "d",
                "/",
                "r",
                "?",
                "Esc",
                "g, then a",
                "g, then g",
                "Ctrl+Enter, ⌘+Enter"
            ]
        );
    }
}

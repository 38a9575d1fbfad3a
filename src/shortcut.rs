//! Single keys for people who decide a lot: which key does what, and when keys are ignored.

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Moves to the next row.
    Next,
    /// Moves to the previous row.
    Previous,
    /// Opens the row.
    Open,
    /// Selects or deselects the row.
    Select,
    /// Selects or deselects all rows since the last one.
    SelectRange,
    /// Opens the row to approve; on a request, switches to approving.
    Approve,
    /// Opens the row to deny; on a request, switches to denying.
    Deny,
    /// Moves to the search box.
    Search,
    /// Reads the page's data again.
    Refresh,
    /// Shows the keys.
    Help,
    /// Leaves a request or drops a selection.
    Back,
    /// Goes to the approvals.
    ToApprovals,
    /// Goes to the groups.
    ToGroups,
}

/// Every action with the keys that do it, as people write them.
pub const KEYS: [(Action, &str); 13] = [
    (Action::Next, "j"),
    (Action::Previous, "k"),
    (Action::Open, "o"),
    (Action::Select, "x"),
    (Action::SelectRange, "X"),
    (Action::Approve, "a"),
    (Action::Deny, "d"),
    (Action::Search, "/"),
    (Action::Refresh, "r"),
    (Action::Help, "?"),
    (Action::Back, "Escape"),
    (Action::ToApprovals, "g a"),
    (Action::ToGroups, "g g"),
];

/// The first key of the two-key shortcuts.
const GO: &str = "g";

/// How long the second key of a two-key shortcut may take, ms.
const PAIR_MS: i64 = 1_500;

/// A key that was pressed, and where.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what the browser tells of a key")]
pub struct Press<'a> {
    /// The browser's name of the key: `j`, `?`, `Escape`.
    pub key: &'a str,
    /// Shift is held.
    pub shift: bool,
    /// Ctrl, Alt or the system key is held, as for the browser's own shortcuts.
    pub modified: bool,
    /// The key is held down and repeats.
    pub repeats: bool,
    /// The focus is in a field for typing or choosing a value, or an input method is composing.
    pub in_field: bool,
    /// The focus is on something that Enter activates.
    pub on_control: bool,
    /// A dialog or a menu is open.
    pub in_dialog: bool,
}

/// Takes keys one by one, because of the two-key shortcuts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys {
    go_at_ms: Option<i64>,
}

impl Keys {
    /// What a key does, pressed at a moment (ms on a monotonic clock). Nothing while text is typed, a dialog is open or
    /// a modifier is held. Only moving repeats while a key is held down.
    pub fn press(&mut self, press: Press<'_>, now_ms: i64) -> Option<Action> {
        let pair = self.go_at_ms.take().is_some_and(|at| now_ms - at <= PAIR_MS);
        if press.in_field || press.in_dialog || press.modified {
            return None;
        }
        let letter = press.key.to_ascii_lowercase();
        if letter == GO && !pair && !press.shift && !press.repeats {
            self.go_at_ms = Some(now_ms);
            return None;
        }
        let action = if pair { of_pair(&letter) } else { of_key(&letter, press) }?;
        (!press.repeats || matches!(action, Action::Next | Action::Previous)).then_some(action)
    }
}

fn of_pair(second: &str) -> Option<Action> {
    match second {
        "a" => Some(Action::ToApprovals),
        "g" => Some(Action::ToGroups),
        _ => None,
    }
}

fn of_key(key: &str, press: Press<'_>) -> Option<Action> {
    // Some layouts need Shift for these two.
    match key {
        "/" => return Some(Action::Search),
        "?" => return Some(Action::Help),
        "x" if press.shift => return Some(Action::SelectRange),
        _ if press.shift => return None,
        _ => {}
    }
    match key {
        "j" => Some(Action::Next),
        "k" => Some(Action::Previous),
        "o" => Some(Action::Open),
        "enter" if !press.on_control => Some(Action::Open),
        "x" => Some(Action::Select),
        "a" => Some(Action::Approve),
        "d" => Some(Action::Deny),
        "r" => Some(Action::Refresh),
        "escape" => Some(Action::Back),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press { key, shift: key == "X" || key == "?", ..Press::default() }
    }

    #[test]
    fn every_key_that_is_told_does_what_is_told() {
        for (action, told) in KEYS {
            let mut keys = Keys::default();
            let done = told.split(' ').map(|key| keys.press(press(key), 0)).last().flatten();
            assert_eq!(done, Some(action), "{told}");
        }
        assert_eq!(Keys::default().press(press("Enter"), 0), Some(Action::Open));
    }

    #[test]
    fn keys_are_left_alone_where_they_mean_something_else() {
        let plain = press("a");
        for elsewhere in [
            Press { in_field: true, ..plain },
            Press { in_dialog: true, ..plain },
            Press { modified: true, ..plain },
            Press { shift: true, ..plain },
            Press { repeats: true, ..plain },
            Press { on_control: true, ..press("Enter") },
            press("Tab"),
            press(" "),
            press("é"),
            press(""),
        ] {
            assert_eq!(Keys::default().press(elsewhere, 0), None, "{elsewhere:?}");
        }
        assert_eq!(Keys::default().press(Press { repeats: true, ..press("j") }, 0), Some(Action::Next));
    }

    #[test]
    fn a_pair_is_two_keys_in_a_row_and_in_time() {
        let mut keys = Keys::default();
        assert_eq!(keys.press(press("g"), 0), None);
        assert_eq!(keys.press(press("a"), 1_500), Some(Action::ToApprovals));
        assert_eq!(keys.press(press("a"), 1_600), Some(Action::Approve), "the pair is over");
        assert_eq!(keys.press(press("g"), 2_000), None);
        assert_eq!(keys.press(press("g"), 3_600), None, "too late: it begins anew");
        assert_eq!(keys.press(press("g"), 3_700), Some(Action::ToGroups));
        assert_eq!(keys.press(press("g"), 4_000), None);
        assert_eq!(keys.press(press("j"), 4_100), None, "no pair, and no single key either");
        assert_eq!(keys.press(press("g"), 5_000), None);
        assert_eq!(keys.press(Press { in_field: true, ..press("g") }, 5_100), None);
        assert_eq!(keys.press(press("a"), 5_200), Some(Action::Approve), "typing ends a pair");
    }
}

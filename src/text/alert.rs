//! Words of the ways new requests are told.

/// Head of the settings.
pub const TITLE: &str = "Settings of this inbox";
/// A setting.
pub const DESKTOP: &str = "Desktop notification of new requests";
/// What it does.
pub const DESKTOP_HELP: &str = "While this window is in the background. It names nobody. Your browser asks you first.";
/// The browser has none.
pub const DESKTOP_MISSING: &str = "This browser has no desktop notifications.";
/// The person or their organization refused.
pub const DESKTOP_REFUSED: &str = "This browser does not allow notifications for this page. You can change that in the browser's settings for this page.";
/// A setting.
pub const SOUND: &str = "Sound for new requests";
/// How the settings are kept, and what they need.
pub const HELP: &str = "For this browser, and only while PIM Desk is open in a tab. With one of them on, the inbox is also read in the \
     background, about every two minutes.";

/// The notification that nothing is told any more.
pub const SIGN_IN: &str = "Sign in again to hear of new requests";
/// The same in the page.
pub const SIGN_IN_HERE: &str = "Requests are not read any more until you sign in again.";

/// The notification: how many, never who.
pub fn arrived(count: usize) -> String {
    if count == 1 { "1 new request waits for you".to_owned() } else { format!("{count} new requests wait for you") }
}

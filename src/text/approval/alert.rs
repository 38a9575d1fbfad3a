//! Words that announce new requests.

/// Heading of the settings.
pub const TITLE: &str = "Inbox settings";
/// Label of a setting.
pub const DESKTOP: &str = "Desktop notifications for new requests";
/// What the setting does.
pub const DESKTOP_HELP: &str =
    "Shown while this window is in the background, without names. Your browser asks for permission first.";
/// The browser does not support notifications.
pub const DESKTOP_MISSING: &str = "This browser does not support desktop notifications.";
/// The person or their organization refused.
pub const DESKTOP_REFUSED: &str =
    "Your browser does not allow notifications from this site. You can change this in its site settings.";
/// Label of a setting.
pub const SOUND: &str = "Sound for new requests";
/// Where the settings apply, and what they need.
pub const HELP: &str = "For this browser, while PIM Desk is open in a tab. With either on, the inbox is also checked in the background, \
     about every two minutes.";

/// The notification that new requests are no longer announced.
pub const SIGN_IN: &str = "Sign in again to see new requests";
/// The same, in the page.
pub const SIGN_IN_HERE: &str = "The inbox is not updated until you sign in again.";

/// The notification: how many requests, never from whom.
pub fn arrived(count: usize) -> String {
    if count == 1 {
        "1 new request is waiting for you".to_owned()
    } else {
        format!("{count} new requests are waiting for you")
    }
}

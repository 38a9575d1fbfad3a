//! The set-up page, in words.

/// Title.
pub const TITLE: &str = "Set up PIM Desk";
/// Head of the notice.
pub const NOT_READY: &str = "This installation is not ready yet";
/// Step one.
pub const REGISTER: &str = "Register the app in Microsoft Entra";
/// How.
pub const REGISTER_HELP: &str = "In the Microsoft Entra admin center, open App registrations and register an app for your tenant. Under \
     Authentication, add the platform “Single-page application” with exactly this redirect URI:";
/// Why exactly.
pub const REGISTER_EXACT: &str =
    "Upper and lower case and the final slash matter. The platform must be “Single-page application”, not “Web”.";
/// Step two.
pub const PERMISSIONS: &str = "Add its permissions";
/// How.
pub const PERMISSIONS_HELP: &str = "Under API permissions, add these delegated permissions of Microsoft Graph and grant admin consent. They only read:";
/// The permissions that write.
pub const WRITE_PERMISSIONS_HELP: &str =
    "To change policies of groups and to decide requests. Leave them out, and the page is read-only for groups:";
/// The permissions of optional checks.
pub const CHECK_PERMISSIONS_HELP: &str = "Optional, for more checks in reviews and under Dead ends:";
/// The permissions that only some installations need.
pub const ROLE_PERMISSIONS_HELP: &str =
    "Only if people will work with Entra roles here (\"entraRoles\": true, or their own choice):";
/// Step three.
pub const FILE: &str = "Put config.json beside index.html";
/// How.
pub const FILE_HELP: &str = "With the registration's Application (client) ID and your Directory (tenant) ID:";
/// The file.
pub const EXAMPLE: &str = "{\n  \"clientId\": \"00000000-0000-0000-0000-000000000000\",\n  \"tenantId\": \"00000000-0000-0000-0000-000000000000\",\n  \"cloud\": \"global\"\n}";
/// It is on the clipboard.
pub const FILE_COPIED: &str = "Example copied";
/// Copies it.
pub const COPY_FILE: &str = "Copy example";
/// Starts again.
pub const RELOAD: &str = "Reload";

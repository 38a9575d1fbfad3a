//! Words of the set-up page.

use crate::config::ConfigError;

/// Title of the page.
pub const TITLE: &str = "Set up PIM Desk";
/// Heading of the notice.
pub const NOT_READY: &str = "This installation is not ready yet";
/// Heading of step one.
pub const REGISTER: &str = "Register the app in Microsoft Entra";
/// How to do step one.
pub const REGISTER_HELP: &str = "In the Microsoft Entra admin center, open App registrations and register an app for your tenant. Under \
     Authentication, add the platform “Single-page application” with exactly this redirect URI:";
/// Why the address must match exactly.
pub const REGISTER_EXACT: &str =
    "Upper and lower case and the final slash matter. The platform must be “Single-page application”, not “Web”.";
/// Heading of step two.
pub const PERMISSIONS: &str = "Add its permissions";
/// How to do step two.
pub const PERMISSIONS_HELP: &str = "Under API permissions, add these delegated permissions of Microsoft Graph and grant admin consent. They only read:";
/// The permissions that write.
pub const WRITE_PERMISSIONS_HELP: &str =
    "To change policies of groups and to decide requests. Leave them out, and the page is read-only for groups:";
/// The permissions of optional checks.
pub const CHECK_PERMISSIONS_HELP: &str = "Optional, for more checks in reviews and under Dead ends:";
/// The permissions that only some installations need.
pub const ROLE_PERMISSIONS_HELP: &str =
    "Only if people will work with Entra roles here (\"entraRoles\": true, or their own choice):";
/// Heading of step three.
pub const FILE: &str = "Put config.json beside index.html";
/// How to do step three.
pub const FILE_HELP: &str = "With the registration's Application (client) ID and your Directory (tenant) ID:";
/// An example of the file.
pub const EXAMPLE: &str = "{\n  \"clientId\": \"00000000-0000-0000-0000-000000000000\",\n  \"tenantId\": \"00000000-0000-0000-0000-000000000000\",\n  \"cloud\": \"global\"\n}";
/// Announced after copying.
pub const FILE_COPIED: &str = "Example copied";
/// Copies the example.
pub const COPY_FILE: &str = "Copy example";
/// Reloads the page.
pub const RELOAD: &str = "Reload";

/// What is wrong with `config.json`, so that its owner can act on it.
pub fn fault(error: &ConfigError) -> String {
    let at;
    let (before, named, after) = match error {
        ConfigError::Missing => (
            "There is no config.json beside index.html on this host. Copy config.example.json to config.json and fill it in.",
            "",
            "",
        ),
        ConfigError::Unreachable => (
            "config.json could not be read: the host did not answer as expected. Check the connection and reload.",
            "",
            "",
        ),
        ConfigError::Empty => ("config.json is empty. Copy config.example.json and fill it in.", "", ""),
        ConfigError::Html => (
            "The host answered with a web page instead of config.json. The file is missing, and the host sends its start page for unknown addresses. Put config.json beside index.html.",
            "",
            "",
        ),
        ConfigError::NotJson { line } => {
            at = line.to_string();
            (
                "config.json is not valid JSON: look at line ",
                at.as_str(),
                ". Keys and texts need double quotes, with no comma after the last entry.",
            )
        }
        ConfigError::NotAnObject => (
            "config.json must contain one object: { \"clientId\": …, \"tenantId\": …, \"cloud\": \"global\" }.",
            "",
            "",
        ),
        ConfigError::MissingKey(key) => ("config.json has no \"", *key, "\"."),
        ConfigError::WrongType(key) => ("In config.json, \"", *key, "\" must be text in double quotes."),
        ConfigError::NotASwitch(key) => ("In config.json, \"", *key, "\" must be true or false, without quotes."),
        ConfigError::BadClientId => {
            ("In config.json, \"clientId\" must be the app registration's Application (client) ID, a GUID.", "", "")
        }
        ConfigError::BadTenant => (
            "In config.json, \"tenantId\" must be the Directory (tenant) ID, one of the tenant's domain names, or \"organizations\".",
            "",
            "",
        ),
        ConfigError::UnknownCloud(name) => {
            ("In config.json, \"cloud\" is \"", name.as_str(), "\". Use global, usGovL4, usGovL5, china or demo.")
        }
        ConfigError::ForeignRedirect => {
            ("In config.json, \"redirectUri\" must begin with this page's own scheme, host and port.", "", "")
        }
        ConfigError::BadRedirect => (
            "In config.json, \"redirectUri\" must be at most 256 characters, without query, fragment or spaces.",
            "",
            "",
        ),
        ConfigError::BadSupportUrl => ("In config.json, \"supportUrl\" must be an https:// address.", "", ""),
    };
    [before, named, after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_line_key_and_cloud() {
        for (error, words) in [
            (ConfigError::NotJson { line: 3 }, "config.json is not valid JSON: look at line 3. Keys and texts need"),
            (ConfigError::NotAnObject, "config.json must contain one object: { \"clientId\": …, \"tenantId\": …, "),
            (ConfigError::MissingKey("tenantId"), "config.json has no \"tenantId\"."),
            (ConfigError::NotASwitch("entraRoles"), "In config.json, \"entraRoles\" must be true or false, without"),
            (ConfigError::UnknownCloud("mars".into()), "In config.json, \"cloud\" is \"mars\". Use global, usGovL4"),
        ] {
            let told = fault(&error);
            assert!(told.starts_with(words) && told.ends_with('.'), "{told}");
        }
    }
}

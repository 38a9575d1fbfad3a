//! What can be wrong with `config.json`, each with a sentence its owner can act on.

/// Why `config.json` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The host has no such file.
    #[error(
        "There is no config.json beside index.html on this host. Copy config.example.json to config.json and fill it in."
    )]
    Missing,
    /// The host gave no usable answer.
    #[error("config.json could not be read: the host did not answer as expected. Check the connection and reload.")]
    Unreachable,
    /// The file is empty.
    #[error("config.json is empty. Copy config.example.json and fill it in.")]
    Empty,
    /// The host answers unknown paths with a page.
    #[error(
        "The host answered with a web page instead of config.json. The file is missing, and the host sends its start page for unknown addresses. Put config.json beside index.html."
    )]
    Html,
    /// The text is not JSON.
    #[error(
        "config.json is not valid JSON: look at line {line}. Keys and texts need double quotes, with no comma after the last entry."
    )]
    NotJson {
        /// The line (from 1) where reading stopped.
        line: usize,
    },
    /// The JSON is not an object.
    #[error("config.json must contain one object: {{ \"clientId\": …, \"tenantId\": …, \"cloud\": \"global\" }}.")]
    NotAnObject,
    /// A required key is not there.
    #[error("config.json has no \"{0}\".")]
    MissingKey(&'static str),
    /// A value is not a text.
    #[error("In config.json, \"{0}\" must be text in double quotes.")]
    WrongType(&'static str),
    /// A value is neither `true` nor `false`.
    #[error("In config.json, \"{0}\" must be true or false, without quotes.")]
    NotASwitch(&'static str),
    /// The client id is not a GUID.
    #[error("In config.json, \"clientId\" must be the app registration's Application (client) ID, a GUID.")]
    BadClientId,
    /// The tenant is neither a GUID, a domain name nor `organizations`.
    #[error(
        "In config.json, \"tenantId\" must be the Directory (tenant) ID, one of the tenant's domain names, or \"organizations\"."
    )]
    BadTenant,
    /// No such cloud.
    #[error("In config.json, \"cloud\" is \"{0}\". Use global, usGovL4, usGovL5, china or demo.")]
    UnknownCloud(String),
    /// The redirect address lies on another origin.
    #[error("In config.json, \"redirectUri\" must begin with this page's own scheme, host and port.")]
    ForeignRedirect,
    /// The redirect address is not one Microsoft Entra accepts.
    #[error("In config.json, \"redirectUri\" must be at most 256 characters, without query, fragment or spaces.")]
    BadRedirect,
    /// The support address is not an https address.
    #[error("In config.json, \"supportUrl\" must be an https:// address.")]
    BadSupportUrl,
}

//! What can be wrong with `config.json`. The sentences for it are in `text::set_up`.

/// Why `config.json` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// The host has no such file.
    Missing,
    /// The host gave no usable answer.
    Unreachable,
    /// The file is empty.
    Empty,
    /// The host answered with an HTML page, as it does for unknown paths.
    Html,
    /// The text is not JSON.
    NotJson {
        /// The line, counted from 1, where parsing stopped.
        line: usize,
    },
    /// The JSON is not an object.
    NotAnObject,
    /// A required key is missing.
    MissingKey(&'static str),
    /// A value is not a string.
    WrongType(&'static str),
    /// A value is neither `true` nor `false`.
    NotASwitch(&'static str),
    /// The client ID is not a GUID.
    BadClientId,
    /// The tenant is neither a GUID, a domain name nor `organizations`.
    BadTenant,
    /// There is no cloud of this name.
    UnknownCloud(String),
    /// The redirect address is on another origin.
    ForeignRedirect,
    /// Microsoft Entra does not accept such a redirect address.
    BadRedirect,
    /// The support address is not an https address.
    BadSupportUrl,
}

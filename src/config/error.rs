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
    /// The host answers unknown paths with a page.
    Html,
    /// The text is not JSON.
    NotJson {
        /// The line (from 1) where reading stopped.
        line: usize,
    },
    /// The JSON is not an object.
    NotAnObject,
    /// A required key is not there.
    MissingKey(&'static str),
    /// A value is not a text.
    WrongType(&'static str),
    /// A value is neither `true` nor `false`.
    NotASwitch(&'static str),
    /// The client id is not a GUID.
    BadClientId,
    /// The tenant is neither a GUID, a domain name nor `organizations`.
    BadTenant,
    /// No such cloud.
    UnknownCloud(String),
    /// The redirect address lies on another origin.
    ForeignRedirect,
    /// The redirect address is not one Microsoft Entra accepts.
    BadRedirect,
    /// The support address is not an https address.
    BadSupportUrl,
}

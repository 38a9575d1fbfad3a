//! A GUID as Microsoft Entra writes object, tenant and client IDs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A GUID in canonical form: 36 characters, lower case, hyphens, no braces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Guid(String);

/// The text is not a GUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a GUID (expected 8-4-4-4-12 hexadecimal digits)")]
pub struct NotAGuid;

impl Guid {
    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Guid {
    type Err = NotAGuid;

    /// Parses a GUID as people paste it: any case, surrounding spaces and braces allowed.
    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        let trimmed = text.trim();
        let bare = trimmed.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(trimmed);
        let well_formed = bare.len() == 36
            && bare.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if well_formed { Ok(Self(bare.to_ascii_lowercase())) } else { Err(NotAGuid) }
    }
}

impl TryFrom<String> for Guid {
    type Error = NotAGuid;

    fn try_from(text: String) -> Result<Self, NotAGuid> {
        text.parse()
    }
}

impl From<Guid> for String {
    fn from(guid: Guid) -> Self {
        guid.0
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_paste() {
        let canonical = "7e526275-97a8-4dc6-932a-4db521cccf96";
        for text in [canonical, " 7E526275-97A8-4DC6-932A-4DB521CCCF96\n", "{7e526275-97a8-4dc6-932a-4db521cccf96}"] {
            assert_eq!(text.parse::<Guid>().unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in
            ["", "7e526275", "7e526275-97a8-4dc6-932a-4db521cccf9g", "7e526275-97a8-4dc6-932a-4db521cccf966", "ä"]
        {
            assert_eq!(text.parse::<Guid>(), Err(NotAGuid));
        }
    }
}

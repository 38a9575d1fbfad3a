//! Offering the person a file to save.

use crate::browser::download;
use crate::state::frame::notice::Notices;
use crate::text;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A table.
    Csv,
    /// JSON.
    Json,
    /// Any other text.
    Text,
}

impl Kind {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
            Self::Text => "text/plain;charset=utf-8",
        }
    }
}

/// Offers a file, and says so if the browser does not accept it; returns whether it did.
pub fn offer(name: &str, kind: Kind, content: &str) -> bool {
    let taken = download::save_text(name, kind.media_type(), content);
    if !taken {
        Notices::current().refuse(text::receipt::FILE_REFUSED);
    }
    taken
}

//! Copying to the clipboard, with a notice of the result.

use leptos::task::spawn_local;

use crate::browser::clipboard;
use crate::state::context::provided;
use crate::state::frame::notice::Notices;
use crate::text;

/// Copies and reports the result.
#[derive(Clone, Copy)]
pub struct CopyText {
    notices: Notices,
}

impl CopyText {
    /// A clipboard that reports to these notices.
    pub const fn new(notices: Notices) -> Self {
        Self { notices }
    }

    /// The page's clipboard.
    pub fn current() -> Self {
        provided()
    }

    /// Copies a text; announces `done` on success.
    pub fn copy(self, text: &str, done: &'static str) {
        let copied = text.to_owned();
        spawn_local(async move {
            if clipboard::copy(&copied).await {
                self.notices.tell(done.to_owned());
            } else {
                self.notices.refuse(text::page::COPY_FAILED);
            }
        });
    }
}

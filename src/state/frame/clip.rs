//! Copying to the clipboard, with a word about how it went.

use leptos::task::spawn_local;

use crate::browser::clipboard;
use crate::state::context::provided;
use crate::state::frame::notice::Notices;
use crate::text;

/// Copies and tells.
#[derive(Clone, Copy)]
pub struct CopyText {
    notices: Notices,
}

impl CopyText {
    /// For the views below.
    pub const fn new(notices: Notices) -> Self {
        Self { notices }
    }

    /// The page's clipboard.
    pub fn current() -> Self {
        provided()
    }

    /// Copies a text; `done` is said when it got there.
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

//! Parts that only display: badges, icons, times, texts, progress.

pub mod badge;
pub mod disclosure;
pub mod dotted;
pub mod empty_state;
pub mod error_panel;
pub mod icon;
pub mod progress;
pub mod skeleton;
pub mod time_text;
pub mod user_text;

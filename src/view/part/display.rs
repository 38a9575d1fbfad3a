//! What only shows: badges, icons, times, texts, how far something is.

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

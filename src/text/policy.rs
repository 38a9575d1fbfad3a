//! Words of a policy: its settings and values, changes and review, saving, copies, files.

pub mod carry;
pub mod change;
pub mod compare;
pub mod export;
pub mod issue;
pub mod plain_words;
pub mod preflight;
pub mod review;
pub mod save;
pub mod setting;
pub mod value;

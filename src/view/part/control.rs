//! Controls: what a person presses, types into and chooses from.

pub mod button;
pub mod checkbox;
pub mod chips;
pub mod duration_field;
pub mod field;
pub mod file_button;
pub mod picker;
pub mod radio_group;
pub mod recipients;
pub mod select;
pub mod text_field;

//! One policy: its editor and drafts, two beside each other, approvers that were pasted.

pub mod compare;
pub mod drafts;
pub mod editor;
pub mod pasted_approvers;

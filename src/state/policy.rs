//! One policy: its editor and drafts, two side by side, pasted approvers.

pub mod compare;
pub mod drafts;
pub mod editor;
pub mod pasted_approvers;

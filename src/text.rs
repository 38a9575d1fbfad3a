//! Every sentence the product shows. The labels of settings are the admin centre's own, so that people find here what
//! Microsoft's pages tell them to look for.

pub mod alert;
pub mod approval;
pub mod bulk;
pub mod carry;
pub mod change;
pub mod compare;
pub mod dead_ends;
pub mod decision;
pub mod duration;
pub mod evidence;
pub mod export;
pub mod group;
pub mod help;
pub mod history;
pub mod inbox;
pub mod issue;
pub mod matrix;
pub mod page;
pub mod policy_words;
pub mod preflight;
pub mod problem;
pub mod quoted;
pub mod receipt;
pub mod report;
pub mod review;
pub mod role;
pub mod rollout;
pub mod save;
pub mod set_up;
pub mod setting;
pub mod shortcut;
pub mod snapshots;
pub mod subject;
pub mod templates;
pub mod value;

//! A policy on screen: the three tabs, the raw rules, the review before a save and its receipt.

mod activation;
mod approvers;
mod assignment;
mod change_line;
mod conflicts;
mod copy;
mod export_dialog;
mod export_text;
mod findings;
mod notification;
mod other_rules;
mod plain_words;
mod print_sheet;
mod receipt;
mod requirement;
mod review;
mod row;
mod rule_dialog;
mod rule_row;
mod save_template;

pub use activation::ActivationTab;
pub use approvers::{AddApprover, approver_chip};
pub use assignment::{AssignmentTab, PERIODS};
pub use change_line::{ChangeLine, ChangeValues};
pub use copy::CopyDialog;
pub use notification::NotificationTab;
pub use other_rules::OtherRules;
pub use plain_words::PlainWords;
pub use print_sheet::{PrintSheets, Printing};
pub use requirement::{ContextPicker, RequirementRadios};
pub use review::ReviewDialog;
pub use row::PolicyView;
pub use rule_dialog::RuleDialog;
pub use rule_row::{exposed, rule_row};
pub use save_template::SaveTemplateDialog;

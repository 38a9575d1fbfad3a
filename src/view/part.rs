//! Generic parts: they know events and signals, but neither our state nor Microsoft Graph.
//!
//! Conventions: a `disabled_reason` of `Some` keeps a control focusable, tells the reason to everyone and blocks its
//! effect; controls inside a [`SettingRow`] take label, help and error from it; words a part needs for itself are in
//! [`words`].

mod action_bar;
mod announcer;
mod badge;
mod button;
mod checkbox;
mod chips;
mod dialog;
mod disclosure;
mod dotted;
mod duration_field;
mod empty_state;
mod error_panel;
mod field;
mod file_button;
mod frame;
mod grid;
mod icon;
mod nav;
mod notice;
mod page_header;
mod picker;
mod progress;
mod radio_group;
mod recipients;
mod select;
mod setting_row;
mod skeleton;
mod table;
mod tabs;
mod text_field;
mod time_text;
mod toasts;
mod user_text;
pub mod words;

pub use action_bar::ActionBar;
pub use announcer::Announcer;
pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, ButtonLink, IconButton};
pub use checkbox::Checkbox;
pub use chips::{Chip, Chips};
pub use dialog::{Dialog, DialogFocus, DialogNews};
pub use disclosure::Disclosure;
pub use dotted::Dotted;
pub use duration_field::DurationField;
pub use empty_state::EmptyState;
pub use error_panel::{ErrorPanel, Fact, FactList};
pub use field::Field;
pub use file_button::FileButton;
pub use frame::{AccountMenu, Frame, Theme};
pub use grid::{Grid, GridAct, GridCell, GridColumn, GridHead, GridPlace, GridRow, GridTone, GridWords};
pub use icon::{Glyph, Icon};
pub use nav::{NavItem, Rail};
pub use notice::Notice;
pub use page_header::{Crumb, PageHeader};
pub use picker::{Picker, PickerItem, PickerResults};
pub use progress::{ProgressList, ProgressRow, StepState};
pub use radio_group::{RadioGroup, RadioOption};
pub use recipients::Recipients;
pub use select::{Choice, Select};
pub use setting_row::{SettingGroup, SettingRow};
pub use skeleton::{Skeleton, SkeletonShape};
pub use table::{DataTable, TableCell, TableRow};
pub use tabs::{LinkTabs, TabLink, TabsLook};
pub use text_field::{TextArea, TextField, TextKind};
pub use time_text::TimeText;
pub use toasts::{Toast, Toasts};
pub use user_text::{IdText, UserText};

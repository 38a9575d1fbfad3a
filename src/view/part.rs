//! Generic parts: they know events and signals, but neither our state nor Microsoft Graph.
//!
//! Conventions: a `disabled_reason` of `Some` keeps a control focusable, shows the reason to everyone and blocks its
//! effect; controls inside a [`SettingRow`] take label, help and error from it; words a part itself needs are in
//! [`words`].

mod control;
mod dialog;
mod display;
mod frame;
mod grid;
mod setting_row;
mod table;
mod tabs;
pub mod words;

pub use control::button::{Button, ButtonKind, ButtonLink, IconButton};
pub use control::checkbox::Checkbox;
pub use control::chips::{Chip, Chips};
pub use control::duration_field::DurationField;
pub use control::field::Field;
pub use control::file_button::FileButton;
pub use control::picker::{Picker, PickerItem, PickerResults};
pub use control::radio_group::{RadioGroup, RadioOption};
pub use control::recipients::Recipients;
pub use control::select::{Choice, Select};
pub use control::text_field::{TextArea, TextField, TextKind};
pub use dialog::{Dialog, DialogFocus, DialogNews};
pub use display::badge::{Badge, Tone};
pub use display::disclosure::Disclosure;
pub use display::dotted::Dotted;
pub use display::empty_state::EmptyState;
pub use display::error_panel::{ErrorPanel, Fact, FactList};
pub use display::icon::{Glyph, Icon};
pub use display::progress::{ProgressList, ProgressRow, StepState};
pub use display::skeleton::{Skeleton, SkeletonShape};
pub use display::time_text::TimeText;
pub use display::user_text::{IdText, UserText};
pub use frame::action_bar::ActionBar;
pub use frame::announcer::Announcer;
pub use frame::notice::Notice;
pub use frame::page_header::{Crumb, PageHeader};
pub use frame::rail::{NavItem, Rail};
pub use frame::toasts::{Toast, Toasts};
pub use frame::{AccountMenu, Frame, Theme};
pub use grid::{Grid, GridAct, GridCell, GridColumn, GridHead, GridPlace, GridRow, GridTone, GridWords};
pub use setting_row::{SettingGroup, SettingRow};
pub use table::{DataTable, TableCell, TableRow};
pub use tabs::{LinkTabs, TabLink, TabsLook};

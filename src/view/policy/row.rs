//! The row of one setting: label, help, changes, errors, the raw rule; the control is passed in.

use leptos::prelude::*;

use crate::policy::reading::also_required;
use crate::policy::{Setting, Value};
use crate::state::context::provided;
use crate::state::directory::names::Names;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::view::part::{Checkbox, SettingRow};

/// The policy being shown, for the rows below.
#[derive(Clone, Copy)]
pub struct PolicyView {
    /// The policy's editor.
    pub editor: Editor,
    /// Why nothing may be changed now; the rows then show values as text.
    pub read_only: Signal<bool>,
    /// The name of the group or role; empty if it could not be read.
    pub holder: Signal<String>,
    /// Shows the rule of a setting.
    pub show_rule: Callback<Setting>,
}

impl PolicyView {
    /// The view that the row is in.
    pub fn current() -> Self {
        provided()
    }

    /// The value as text, including the unsaved edit, if it cannot be edited; views follow it.
    pub fn as_text(self, setting: Setting) -> Option<String> {
        let reading = self.editor.policy.with(|policy| policy.read(setting));
        let as_text = reading.read_only.is_some() || (reading.value.is_some() && self.read_only.get());
        if !as_text {
            return None;
        }
        let names = Names::current().known();
        let edited = self.editor.value(setting).filter(|_| reading.read_only.is_none());
        Some(edited.map_or_else(
            || text::policy::value::reading(&reading, &names),
            |value| text::policy::value::value(&value, &names),
        ))
    }
}

/// The ID of a setting's row, or of its cell in the row of an email.
pub fn row_id(setting: Setting) -> String {
    ["setting-", &setting.key()].concat()
}

/// A setting's row around its control.
#[component]
pub fn Row(
    /// Which setting.
    setting: Setting,
    /// The control is several inputs.
    #[prop(optional)]
    group: bool,
    /// Depends on the row above.
    #[prop(optional)]
    nested: bool,
    /// Why the control is disabled.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The control.
    children: ChildrenFn,
) -> impl IntoView {
    let view = PolicyView::current();
    let editor = view.editor;
    let names = Names::current();
    let was = Memo::new(move |_| {
        editor.edits(|draft| draft.edit(setting).map(|edit| text::policy::value::value(&edit.base, &names.known())))
    });
    let weakens = Memo::new(move |_| {
        editor.changes.with(|changes| {
            let change = changes.iter().find(|change| change.setting == setting)?;
            change.weakens.map(text::policy::change::weakens)
        })
    });
    let error = Memo::new(move |_| editor.error_of(setting));
    let also = Memo::new(move |_| editor.policy.with(|policy| also_required(policy, setting)));
    let remark = Memo::new(move |_| {
        let lines = [editor.warning_of(setting), also.with(|also| text::policy::setting::also_required(also))];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    });
    let read_only = Memo::new(move |_| view.as_text(setting));
    view! {
        <SettingRow
            id=row_id(setting)
            label=text::policy::setting::label(setting)
            group
            nested
            help=text::subject::help(&editor.subject(), setting)
            was
            on_reset=Callback::new(move |()| editor.reset(setting))
            error
            weakens
            remark
            disabled_reason
            read_only
            on_rule=Callback::new(move |()| view.show_rule.run(setting))
            children
        />
    }
    .into_any()
}

/// A setting that is on or off.
#[component]
pub fn FlagRow(
    /// Which setting.
    setting: Setting,
) -> impl IntoView {
    let editor = PolicyView::current().editor;
    let checked = Memo::new(move |_| editor.value(setting).and_then(|value| value.as_flag()) == Some(true));
    view! {
        <Row setting>
            <Checkbox checked on_change=move |on: bool| editor.set(setting, Value::Flag(on)) />
        </Row>
    }
    .into_any()
}

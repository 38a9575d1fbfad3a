//! The tab "Notification": nine emails in three groups.

use leptos::{context::Provider, prelude::*};

use super::addresses::Addresses;
use super::row::{PolicyView, row_id};
use crate::policy::{RuleId, Setting, Value};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Checkbox, Field, Glyph, Icon, IconButton, SettingGroup};

/// Who is notified of what.
#[component]
pub fn NotificationTab() -> impl IntoView {
    text::policy::setting::mail_groups()
        .into_iter()
        .map(|(title, mails)| {
            view! {
                <SettingGroup title>
                    {mails.into_iter().map(|mail| view! { <MailRow mail /> }).collect_view()}
                </SettingGroup>
            }
        })
        .collect_view()
        .into_any()
}

/// One email: default recipients, additional recipients, critical only.
#[component]
fn MailRow(
    /// Its rule.
    mail: RuleId,
) -> impl IntoView {
    let view = PolicyView::current();
    let editor = view.editor;
    let [defaults, recipients, critical] =
        [Setting::MailDefaults(mail), Setting::MailRecipients(mail), Setting::MailCritical(mail)];
    let touched =
        move || editor.edits(|draft| [defaults, recipients, critical].into_iter().any(|s| draft.edit(s).is_some()));
    let reset = move || {
        for setting in [defaults, recipients, critical] {
            editor.reset(setting);
        }
    };
    let row = text::policy::setting::mail_row(mail);
    let title_id = StoredValue::new(["mail-", mail.as_str()].concat());
    let default_label =
        format!("{} ({})", text::policy::setting::label(defaults), text::policy::setting::mail_default_recipient(mail));
    view! {
        <div class="mail" class:changed=touched role="group" aria-labelledby=title_id.get_value()>
            <div class="mail-name">
                <span class="label" id=title_id.get_value()>
                    {row}
                </span>
                <span class="help">{move || text::policy::preflight::audience(&editor.audience(mail))}</span>
            </div>
            <div class="mail-cell" id=row_id(defaults)>
                <Cell setting=defaults>
                    <Flag setting=defaults label=default_label.clone() />
                </Cell>
            </div>
            <div class="mail-cell" id=row_id(recipients)>
                <Cell setting=recipients>
                    {match text::policy::setting::mail_without_additional(mail) {
                        Some(words) => view! { <WithoutAdditional mail words /> }.into_any(),
                        None => view! { <AdditionalRecipients mail /> }.into_any(),
                    }}
                </Cell>
            </div>
            <div class="mail-cell" id=row_id(critical)>
                <Cell setting=critical>
                    <Flag setting=critical label=text::policy::setting::label(critical).to_owned() />
                </Cell>
            </div>
            <div class="setting-side">
                <Show when=touched>
                    <span class="changed-mark">{text::policy::setting::CHANGED}</span>
                    <IconButton
                        glyph=Glyph::Undo
                        label=text::policy::setting::reset_mail(row)
                        on_press=Callback::new(move |()| reset())
                    />
                </Show>
                <IconButton
                    glyph=Glyph::Braces
                    label=text::policy::setting::show_rule(row)
                    on_press=Callback::new(move |()| view.show_rule.run(defaults))
                />
            </div>
        </div>
    }
    .into_any()
}

/// One cell: the control or the value as text, then errors, warnings and weakenings.
#[component]
fn Cell(
    /// Which setting.
    setting: Setting,
    /// The control.
    children: ChildrenFn,
) -> impl IntoView {
    let view = PolicyView::current();
    let editor = view.editor;
    let children = StoredValue::new(children);
    let read_only = Memo::new(move |_| view.as_text(setting));
    let error = Memo::new(move |_| editor.error_of(setting));
    let warning = Memo::new(move |_| editor.warning_of(setting));
    let weakens = Memo::new(move |_| {
        editor.changes.with(|changes| {
            let change = changes.iter().find(|change| change.setting == setting)?;
            change.weakens.map(text::policy::change::weakens)
        })
    });
    let field = Field::new(Signal::derive(move || error.with(Option::is_some)));
    let line = |class: &'static str, id: String, text: Memo<Option<String>>| {
        let words = move || text.get().map(|text| view! { <Icon glyph=Glyph::Alert /><span>{text}</span> });
        view! { <p class=class id=id>{words}</p> }
    };
    let control = move || match read_only.get() {
        Some(text) => view! {
            <span class="mail-caption">{text::policy::setting::label(setting)}</span>
            <span class="value user-text">{text}</span>
        }
        .into_any(),
        None => children.with_value(|children| children()).into_any(),
    };
    view! {
        <Provider value=field>{control}</Provider>
        {line("error-line", field.error_id(), error)}
        {line("remark-line", field.help_id(), warning)}
        {line("warn-line", field.reason_id(), weakens)}
    }
    .into_any()
}

#[component]
fn Flag(
    /// Which setting.
    setting: Setting,
    /// The text after the box.
    label: String,
) -> impl IntoView {
    let editor = PolicyView::current().editor;
    let checked = Memo::new(move |_| editor.value(setting).and_then(|value| value.as_flag()) == Some(true));
    view! { <Checkbox checked label on_change=move |on: bool| editor.set(setting, Value::Flag(on)) /> }.into_any()
}

/// Microsoft's text if no additional address is accepted; addresses that are stored anyway are shown.
#[component]
fn WithoutAdditional(
    /// The email.
    mail: RuleId,
    /// Microsoft's text.
    words: &'static str,
) -> impl IntoView {
    let editor = PolicyView::current().editor;
    let stored = move || {
        let value = editor.value(Setting::MailRecipients(mail))?;
        (value != Value::Recipients(Vec::new())).then(|| text::policy::value::value(&value, &Names::current().known()))
    };
    view! {
        <p class="help">{words}</p>
        {move || stored().map(|stored| view! { <span class="value user-text">{stored}</span> })}
    }
    .into_any()
}

#[component]
fn AdditionalRecipients(
    /// The email.
    mail: RuleId,
) -> impl IntoView {
    let editor = PolicyView::current().editor;
    let setting = Setting::MailRecipients(mail);
    let list = Memo::new(move |_| match editor.value(setting) {
        Some(Value::Recipients(list)) => list,
        _ => Vec::new(),
    });
    view! {
        <Addresses
            label=text::policy::setting::label(setting)
            list
            on_set=move |list| editor.set(setting, Value::Recipients(list))
        />
    }
    .into_any()
}

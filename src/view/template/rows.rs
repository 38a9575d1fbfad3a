//! The settings of a template, each in a row with its errors, and the choice of another one.

use leptos::prelude::*;

use super::controls::Control;
use super::pick::pick_row;
use crate::policy::{Issue, Setting, Severity, Value};
use crate::state::directory::names::Names;
use crate::state::templates::TemplatesState;
use crate::template::{Template, first_value};
use crate::text;
use crate::view::part::{Choice, EmptyState, Glyph, IconButton, SettingRow};

/// The rows. Those of a team's template are read-only.
#[component]
pub fn SettingRows(
    /// Its key, if it can be changed.
    key: Option<StoredValue<String>>,
    /// The template as it is now.
    template: Memo<Option<Template>>,
) -> impl IntoView {
    let names = Names::current();
    let settings = Memo::new(move |_| {
        template.with(|template| {
            template.iter().flat_map(|one| one.values.iter().map(|(setting, _)| *setting)).collect::<Vec<_>>()
        })
    });
    let issues = Memo::new(move |_| {
        let known = names.contexts().map(|all| {
            all.iter().filter(|context| context.available).map(|context| context.id.clone()).collect::<Vec<_>>()
        });
        template.with(|template| template.as_ref().map(|one| one.issues(known.as_deref())).unwrap_or_default())
    });
    let row = move |setting: Setting| view! { <ValueRow key setting template issues /> };
    view! {
        <div class="settings template-settings">
            <For each=move || settings.get() key=|setting| *setting children=row />
        </div>
        <Show when=move || settings.with(Vec::is_empty)>
            <EmptyState text=text::templates::NOTHING_YET />
        </Show>
    }
    .into_any()
}

/// One setting.
#[component]
fn ValueRow(
    /// The template's key, if it can be changed.
    key: Option<StoredValue<String>>,
    /// Which setting.
    setting: Setting,
    /// The template.
    template: Memo<Option<Template>>,
    /// Its errors and warnings.
    issues: Memo<Vec<Issue>>,
) -> impl IntoView {
    let names = Names::current();
    let templates = TemplatesState::current();
    let value = Memo::new(move |_| template.with(|one| one.as_ref().and_then(|one| one.value(setting).cloned())));
    let told = move |severity: Severity| {
        Memo::new(move |_| {
            issues.with(|issues| {
                let found = issues.iter().find(|issue| issue.setting == setting && issue.severity == severity);
                found.map(text::policy::issue::issue)
            })
        })
    };
    let read_only = Memo::new(move |_| {
        let value = value.get().filter(|_| key.is_none())?;
        Some(text::policy::value::value(&value, &names.known()))
    });
    let set = move |value: Value| {
        if let Some(key) = key {
            key.with_value(|key| templates.change(key, |one| one.set(setting, value)));
        }
    };
    let unset = move |()| {
        if let Some(key) = key {
            key.with_value(|key| templates.change(key, |one| one.unset(setting)));
        }
    };
    let label = text::policy::setting::full_label(setting);
    let group = !matches!(value.get_untracked(), Some(Value::Flag(_)))
        && !matches!(setting, Setting::EligibleExpiry | Setting::ActiveExpiry);
    view! {
        <div class="template-row">
            <SettingRow
                label=label.clone()
                group
                error=told(Severity::Error)
                remark=told(Severity::Warning)
                read_only
            >
                <Control setting value on_set=Callback::new(set) />
            </SettingRow>
            {key.is_some().then(|| view! {
                <IconButton glyph=Glyph::Close label=text::templates::remove(&label) on_press=Callback::new(unset) />
            })}
        </div>
    }
    .into_any()
}

/// The choice of a setting to add.
#[component]
pub fn AddSetting(
    /// The template's key.
    key: StoredValue<String>,
    /// The template.
    template: Memo<Option<Template>>,
) -> impl IntoView {
    let templates = TemplatesState::current();
    let choices = Signal::derive(move || {
        let mut list = vec![Choice { value: String::new(), label: text::templates::CHOOSE.to_owned() }];
        template.with(|template| {
            let free = |setting: &Setting| template.as_ref().is_some_and(|one| one.value(*setting).is_none());
            list.extend(
                Setting::all()
                    .filter(free)
                    .map(|setting| Choice { value: setting.key(), label: text::policy::setting::full_label(setting) }),
            );
        });
        list
    });
    let add = move |picked: String| {
        if let Some(setting) = Setting::from_key(&picked) {
            key.with_value(|key| templates.change(key, |one| one.set(setting, first_value(setting))));
        }
    };
    let (label, nothing, button) = (text::templates::ADD_SETTING, text::templates::CHOOSE_FIRST, text::templates::ADD);
    pick_row(label, choices, nothing, button, add)
}

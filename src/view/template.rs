//! A template on screen: its name, what it is for, and its settings, each in a row.

mod controls;
mod layer;
mod pick;
mod rows;

use leptos::prelude::*;

use crate::matrix::Class;
use crate::state::templates::TemplatesState;
use crate::template::{LONGEST_DESCRIPTION, LONGEST_NAME, Template, clean};
use crate::text;
use crate::view::part::{Choice, Select, SettingRow, TextArea, TextField};

pub use controls::ApproverList;
pub use layer::LayOver;
pub use rows::{AddSetting, SettingRows};

/// Name, description and the kind of policies. Each change is stored at once, except an empty name.
#[component]
pub fn TemplateHead(
    /// Its key.
    key: StoredValue<String>,
    /// As it was when the page opened.
    template: Template,
) -> impl IntoView {
    let templates = TemplatesState::current();
    let name = RwSignal::new(template.name.clone());
    let description = RwSignal::new(template.description);
    let class = RwSignal::new(template.class);
    let change = move |edit: &dyn Fn(&mut Template)| key.with_value(|key| templates.change(key, |one| edit(one)));
    let missing = Signal::derive(move || {
        name.with(|name| name.trim().is_empty()).then(|| text::templates::NAME_MISSING.to_owned())
    });
    let classes = [None].into_iter().chain(Class::ALL.map(Some));
    let choices: Vec<Choice> = classes
        .map(|class| Choice {
            value: class.map_or("", Class::as_str).to_owned(),
            label: text::templates::class(class).to_owned(),
        })
        .collect();
    view! {
        <div class="settings template-settings">
        <SettingRow label=text::templates::NAME error=missing>
            <TextField
                value=name
                on_input=move |typed: String| {
                    let typed = clean(&typed, LONGEST_NAME);
                    name.set(typed.clone());
                    let typed = typed.trim();
                    if !typed.is_empty() {
                        change(&|one| typed.clone_into(&mut one.name));
                    }
                }
            />
        </SettingRow>
        <SettingRow label=text::templates::FOR help=text::templates::FOR_HELP>
            <Select
                choices=Signal::stored(choices.clone())
                value=Signal::derive(move || class.get().map_or("", Class::as_str).to_owned())
                on_change=move |word: String| {
                    class.set(Class::from_name(&word));
                    change(&|one| one.class = Class::from_name(&word));
                }
            />
        </SettingRow>
        <div class="template-description">
            <TextArea
                label=text::templates::DESCRIPTION
                value=description
                limit=LONGEST_DESCRIPTION
                on_input=move |typed: String| {
                    let typed = clean(&typed, LONGEST_DESCRIPTION);
                    description.set(typed.clone());
                    change(&|one| one.description.clone_from(&typed));
                }
            />
        </div>
        </div>
    }
    .into_any()
}

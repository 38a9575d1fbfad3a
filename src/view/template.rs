//! A template on screen: its name, what it is for, and its settings, each in a row.

mod controls;
mod layer;
mod pick;
mod rows;

use leptos::prelude::*;

use crate::matrix::Class;
use crate::state::templates::TemplatesState;
use crate::template::{LONGEST_DESCRIPTION, LONGEST_NAME, Template, clean_whole};
use crate::text;
use crate::view::part::{Choice, Select, SettingRow, TextArea, TextField};

pub use controls::ApproverList;
pub use layer::LayOver;
pub use rows::{AddSetting, SettingRows};

/// Name, description and the kind of policies. Each change is stored at once, except an empty name and a text that is
/// too long.
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
    let name_error = Signal::derive(move || {
        name.with(|name| match clean_whole(name.trim(), LONGEST_NAME) {
            Some(name) if name.is_empty() => Some(text::templates::NAME_MISSING.to_owned()),
            Some(_) => None,
            None => Some(text::templates::too_long(LONGEST_NAME)),
        })
    });
    let description_error = Signal::derive(move || {
        let fits = description.with(|text| clean_whole(text, LONGEST_DESCRIPTION).is_some());
        (!fits).then(|| text::templates::too_long(LONGEST_DESCRIPTION))
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
        <SettingRow label=text::templates::NAME error=name_error>
            <TextField
                value=name
                on_input=move |typed: String| {
                    if let Some(fit) = clean_whole(typed.trim(), LONGEST_NAME).filter(|fit| !fit.is_empty()) {
                        change(&|one| one.name.clone_from(&fit));
                    }
                    name.set(typed);
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
                error=description_error
                on_input=move |typed: String| {
                    if let Some(fit) = clean_whole(&typed, LONGEST_DESCRIPTION) {
                        change(&|one| one.description.clone_from(&fit));
                    }
                    description.set(typed);
                }
            />
        </div>
        </div>
    }
    .into_any()
}

//! One template: `#/templates/{key}`.

use leptos::prelude::*;

use super::templates::{NotKept, team_state};
use crate::guid::Guid;
use crate::matrix::{Reference, View};
use crate::policy::Value;
use crate::route::Route;
use crate::state::directory::names::Names;
use crate::state::frame::heading::name_view;
use crate::state::frame::nav::Nav;
use crate::state::rollout::{RolloutState, values_of};
use crate::state::templates::TemplatesState;
use crate::template::{Origin, Template, file, place};
use crate::text;
use crate::view::file::{Kind, offer};
use crate::view::part::{Badge, Button, ButtonLink, Crumb, EmptyState, Notice, PageHeader, Tone};
use crate::view::template::{AddSetting, LayOver, SettingRows, TemplateHead};

/// The page.
#[component]
pub fn TemplatePage(
    /// The template's key in the address.
    key: String,
) -> impl IntoView {
    let templates = TemplatesState::current();
    let origin = place(&key).0;
    let key = StoredValue::new(key);
    let template = Memo::new(move |_| key.with_value(|key| templates.get(key)));
    let heading = Signal::derive(move || template.get().map_or(text::templates::TITLE.to_owned(), |one| one.name));
    name_view(heading, heading);
    let names = Names::current();
    Effect::new(move |_| names.look_up(template.get().iter().flat_map(approvers)));
    names.look_up_approvers([]);
    let crumbs = vec![Crumb::new(text::templates::TITLE, Route::Templates.to_string())];
    let there = Memo::new(move |_| template.with(Option::is_some));
    let actions = move || {
        view! {
            <Show when=move || there.get()>
                <Actions key template origin />
            </Show>
        }
    };
    let badges =
        move || (origin == Origin::Team).then(|| view! { <Badge text=text::templates::TEAM tone=Tone::Info /> });
    let content = move || {
        if !there.get() {
            return missing(templates, origin);
        }
        match origin {
            Origin::Own => view! { <Own key template /> }.into_any(),
            Origin::Team => view! {
                <Notice tone=Tone::Info title=text::templates::READ_ONLY />
                <p class="help user-text">{move || template.get().map(|one| one.description)}</p>
                <div class="form">
                    <SettingRows key=None template />
                </div>
            }
            .into_any(),
        }
    };
    view! {
        <PageHeader title=heading crumbs badges actions />
        <NotKept templates />
        {content}
    }
    .into_any()
}

fn approvers(template: &Template) -> Vec<Guid> {
    let lists = template.values.iter().filter_map(|(_, value)| match value {
        Value::Approvers(list) => Some(list),
        _ => None,
    });
    lists.flatten().filter_map(|approver| approver.id.parse().ok()).collect()
}

fn missing(templates: TemplatesState, origin: Origin) -> AnyView {
    view! {
        {(origin == Origin::Team).then(|| team_state(templates))}
        <EmptyState text=text::templates::UNKNOWN>
            <ButtonLink href=Signal::stored(Route::Templates.to_string())>{text::templates::SHOW_ALL}</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// A template stored in this browser.
#[component]
fn Own(
    /// Its key.
    key: StoredValue<String>,
    /// The template.
    template: Memo<Option<Template>>,
) -> impl IntoView {
    let opened = template.get_untracked();
    view! {
        <p class="help">{text::templates::KEPT}</p>
        <div class="form">
            {opened.map(|template| view! { <TemplateHead key template /> })}
            <section class="template-values">
                <h2>{text::templates::COLUMNS[2]}</h2>
                <div class="settings template-settings">
                    <AddSetting key template />
                    <LayOver key />
                </div>
                <SettingRows key=Some(key) template />
            </section>
        </div>
    }
    .into_any()
}

/// What can be done with it.
#[component]
fn Actions(
    /// The template's key in the address.
    key: StoredValue<String>,
    /// The template.
    template: Memo<Option<Template>>,
    /// Where it comes from.
    origin: Origin,
) -> impl IntoView {
    let (templates, nav) = (TemplatesState::current(), Nav::current());
    let unusable = Signal::derive(move || {
        template.with(|one| {
            let one = one.as_ref()?;
            let reason = if one.values.is_empty() {
                text::templates::NO_SETTINGS
            } else if one.unusable().is_empty() {
                return None;
            } else {
                text::templates::NOT_USABLE
            };
            Some(reason.to_owned())
        })
    });
    let with = move |act: &dyn Fn(Template)| {
        if let Some(template) = template.get_untracked() {
            act(template);
        }
    };
    let copy_to = move |()| {
        with(&|one| RolloutState::current().copy_values(key.with_value(|key| values_of(key, &one))));
    };
    let reference = move |()| {
        let reference = Reference::Template(key.get_value());
        nav.go(&Route::Matrix(View { reference, ..View::NEW }));
    };
    let duplicate = move |()| {
        with(&|one| {
            let name = text::templates::copy_of(&one.name);
            let key = templates.create(Template { name, ..one });
            nav.go(&Route::Template { key });
        });
    };
    let export = move |()| {
        with(&|one| {
            offer(&text::templates::file_of(&one), Kind::Json, &file::write(std::slice::from_ref(&one)));
        });
    };
    let delete = move |()| {
        with(&|one| templates.remove(one));
        nav.go(&Route::Templates);
    };
    view! {
        <Button disabled_reason=unusable on_press=copy_to>{text::templates::COPY_TO}</Button>
        <Button disabled_reason=unusable on_press=reference>{text::templates::AS_REFERENCE}</Button>
        <Button on_press=duplicate>{text::templates::DUPLICATE}</Button>
        <Button on_press=export>{text::templates::EXPORT}</Button>
        {(origin == Origin::Own).then(|| view! { <Button on_press=delete>{text::templates::DELETE}</Button> })}
    }
    .into_any()
}

//! "Save as template…": which of the policy's settings, under which name.

use leptos::{context::Provider, prelude::*};

use crate::matrix::Class;
use crate::policy::{Setting, Tab, Value};
use crate::route::Route;
use crate::state::directory::names::Names;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::policy::editor::Editor;
use crate::state::templates::TemplatesState;
use crate::template::{LONGEST_NAME, Template, can_hold, clean, clean_whole};
use crate::text;
use crate::view::part::{Button, ButtonKind, Checkbox, Dialog, DialogFocus, Field, TextField};

/// The settings on screen that a template can contain.
fn offered(editor: Editor) -> Vec<(Setting, Value)> {
    let value = |setting| {
        let readable = editor.policy.with(|policy| policy.read(setting).editable().is_some());
        let value = editor.value(setting).filter(|value| readable && can_hold(value))?;
        Some((setting, value))
    };
    Setting::all().filter_map(value).collect()
}

/// The dialog.
#[component]
pub fn SaveTemplateDialog(
    /// The policy.
    editor: Editor,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The policy's name.
    subject: Signal<String>,
) -> impl IntoView {
    let (templates, notices) = (TemplatesState::current(), Notices::current());
    let (name, picked) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Setting>::new()));
    let settings = Memo::new(move |_| if open.get() { offered(editor) } else { Vec::new() });
    Effect::new(move |_| {
        if open.get() {
            name.set(subject.with_untracked(|subject| clean(subject, LONGEST_NAME)));
            picked.set(settings.with_untracked(|all| all.iter().map(|(setting, _)| *setting).collect()));
        }
    });
    let fit = move || name.with(|name| clean_whole(name.trim(), LONGEST_NAME));
    let too_long = Signal::derive(move || fit().is_none());
    let field = Field::new(too_long);
    let blocked = Signal::derive(move || {
        let reason = if too_long.get() {
            text::templates::SHORTER_NAME
        } else if name.with(|name| name.trim().is_empty()) {
            text::templates::NAME_FIRST
        } else if picked.with(Vec::is_empty) {
            text::templates::NOTHING_PICKED
        } else {
            return None;
        };
        Some(reason.to_owned())
    });
    let save = move |()| {
        let Some(called) = untrack(fit) else { return };
        let mut template = Template::new(String::new(), called);
        template.class = Some(Class::of(&editor.subject()));
        let taken = picked.get_untracked();
        template.values = settings.get_untracked().into_iter().filter(|(setting, _)| taken.contains(setting)).collect();
        let words = text::templates::made(&template.name);
        let key = templates.create(template);
        open.set(false);
        notices.tell(words);
        Nav::current().go(&Route::Template { key });
    };
    let save = StoredValue::new(save);
    view! {
        <Dialog
            open
            title=text::templates::SAVE_AS.trim_end_matches('…').to_owned()
            on_close=Callback::new(move |()| open.set(false))
            wide=true
            focus=DialogFocus::Marked
            footer=move || {
                view! {
                    <Button on_press=move |()| open.set(false)>{text::templates::CANCEL}</Button>
                    <Button
                        kind=ButtonKind::Primary
                        disabled_reason=blocked
                        on_press=move |()| save.with_value(|save| save(()))
                    >
                        {move || text::templates::save(picked.with(Vec::len))}
                    </Button>
                }
            }
        >
            <div class="text-field">
                <label class="label" for=field.control_id()>
                    {text::templates::NAME}
                </label>
                <Provider value=field>
                    <TextField value=name on_input=move |typed: String| name.set(typed) first_focus=true />
                </Provider>
                <p class="error-line" id=field.error_id()>
                    {move || too_long.get().then(|| text::templates::shorten(LONGEST_NAME))}
                </p>
                <p class="reason-line" id=field.reason_id()></p>
            </div>
            <Ticks settings picked />
            <p class="help" id=field.help_id()>
                {text::templates::SAVE_HELP}
            </p>
        </Dialog>
    }
    .into_any()
}

/// A checkbox for each setting, tab by tab.
#[component]
fn Ticks(
    /// The settings.
    settings: Memo<Vec<(Setting, Value)>>,
    /// The selected settings.
    picked: RwSignal<Vec<Setting>>,
) -> impl IntoView {
    let all = move |()| picked.set(settings.with_untracked(|all| all.iter().map(|(setting, _)| *setting).collect()));
    let tick = move |setting: Setting, value: &Value| {
        let words = text::policy::value::value(value, &Names::current().known());
        let label = [&text::policy::setting::full_label(setting), ": ", &words].concat();
        view! {
            <Checkbox
                checked=Signal::derive(move || picked.with(|list| list.contains(&setting)))
                label
                on_change=move |on: bool| {
                    picked.update(|list| {
                        list.retain(|other| *other != setting);
                        if on {
                            list.push(setting);
                        }
                    });
                }
            />
        }
        .into_any()
    };
    let tab = move |tab: Tab| {
        settings.with(|all| {
            let ticks: Vec<AnyView> = all
                .iter()
                .filter(|(setting, _)| setting.tab() == tab)
                .map(|(setting, value)| tick(*setting, value))
                .collect();
            view! {
                <fieldset class="template-ticks">
                    <legend class="label">{text::policy::setting::tab(tab)}</legend>
                    {ticks}
                </fieldset>
            }
            .into_any()
        })
    };
    view! {
        <div class="copy-ticks" role="group" aria-label=text::templates::WHICH>
            <Button on_press=all>{text::templates::ALL}</Button>
            <Button on_press=move |()| picked.set(Vec::new())>{text::templates::NONE}</Button>
        </div>
        {move || Tab::ALL.into_iter().map(tab).collect_view()}
    }
    .into_any()
}

//! One setting, one row: label and help on the left, control on the right, a mark for changes at the edge.

use leptos::{context::Provider, prelude::*};

use super::{Field, Glyph, Icon, IconButton, words};

/// A heading over setting rows.
#[component]
pub fn SettingGroup(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A sentence below it; may be empty.
    #[prop(optional, into)]
    help: String,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="setting-group">
            <h2>{title}</h2>
            {(!help.is_empty()).then(|| view! { <p class="help">{help}</p> })}
            {children()}
        </section>
    }
    .into_any()
}

/// A setting. The control inside takes its name, help, error and reason from here.
#[component]
pub fn SettingRow(
    /// The admin center's label; the accessible name of the control.
    #[prop(into)]
    label: Signal<String>,
    /// The row's ID, if something links to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The control is several inputs (duration, radios, chips), so the label names the group.
    #[prop(optional)]
    group: bool,
    /// Indented under a row that it depends on.
    #[prop(optional)]
    nested: bool,
    /// A sentence below the label; may be empty.
    #[prop(optional, into)]
    help: Signal<String>,
    /// The stored value as text while the draft differs from it.
    #[prop(optional, into)]
    was: Signal<Option<String>>,
    /// Resets to the stored value.
    #[prop(optional, into)]
    on_reset: Option<Callback<()>>,
    /// Why the value cannot be saved.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What the change weakens, as text.
    #[prop(optional, into)]
    weakens: Signal<Option<String>>,
    /// A remark that blocks nothing.
    #[prop(optional, into)]
    remark: Signal<Option<String>>,
    /// Why the control is disabled; shown, because the control is described by it.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The value as text in place of the control, for a person without the right to change it.
    #[prop(optional, into)]
    read_only: Signal<Option<String>>,
    /// Shows the stored rule.
    #[prop(optional, into)]
    on_rule: Option<Callback<()>>,
    /// The control.
    children: ChildrenFn,
) -> impl IntoView {
    let field = Field::of_row(Signal::derive(move || error.with(Option::is_some)));
    let changed = move || was.with(Option::is_some);
    let label_view = if group {
        view! { <span class="label" id=field.label_id()>{label}</span> }.into_any()
    } else {
        view! { <label class="label" id=field.label_id() for=field.control_id()>{label}</label> }.into_any()
    };
    let is_read_only = Memo::new(move |_| read_only.with(Option::is_some));
    let children = StoredValue::new(children);
    let control = move || {
        if is_read_only.get() {
            view! { <span class="value user-text">{read_only}</span> }.into_any()
        } else {
            children.with_value(|children| children()).into_any()
        }
    };
    view! {
        <div class="setting" id=id class:nested=nested class:changed=changed>
            <div class="setting-name">
                {label_view} <p class="help" id=field.help_id()>
                    {help}
                </p>
            </div>
            <div
                class="setting-control"
                role=group.then_some("group")
                aria-labelledby=group.then(|| field.label_id())
                aria-describedby=group.then(|| field.described_by())
            >
                <Provider value=field>{control}</Provider>
                <p class="reason-line" id=field.reason_id()>
                    {disabled_reason}
                </p>
                {line("error-line", field.error_id(), Glyph::Alert, error)}
                {line("warn-line", field.weakens_id(), Glyph::Alert, weakens)}
                {line("remark-line", field.remark_id(), Glyph::Info, remark)}
            </div>
            <div class="setting-side">
                {move || was.get().map(|old| changed_mark(&old))}
                {on_reset.map(|on_reset| view! {
                    <Show when=changed>
                        <IconButton
                            glyph=Glyph::Undo
                            label=Signal::derive(move || words::reset(&label.get()))
                            on_press=on_reset
                        />
                    </Show>
                })}
                {on_rule.map(|on_rule| view! {
                    <IconButton
                        glyph=Glyph::Braces
                        label=Signal::derive(move || [words::SHOW_RULE, ": ", &label.get()].concat())
                        on_press=on_rule
                    />
                })}
            </div>
        </div>
    }
    .into_any()
}

fn changed_mark(old: &str) -> AnyView {
    view! {
        <p class="changed-note">
            <span class="changed-mark">{words::CHANGED}</span>
            " "
            <span class="was user-text">{words::was(old)}</span>
        </p>
    }
    .into_any()
}

/// A line that is always there, so that the control can be described by it; without text it takes no space.
fn line(class: &'static str, id: String, glyph: Glyph, text: Signal<Option<String>>) -> AnyView {
    let words = move || text.get().map(|text| view! { <Icon glyph /><span>{text}</span> });
    view! { <p class=class id=id>{words}</p> }.into_any()
}

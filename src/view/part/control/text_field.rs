//! Single-line and multi-line text.

use leptos::{ev, html, prelude::*};

use crate::view::part::{Field, Glyph, Icon, words};

/// What is typed; decides the on-screen keyboard and the clear button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Anything.
    #[default]
    Plain,
    /// A search: magnifier, clear button, Esc clears. Its label is for screen readers only; its length is limited to
    /// fit an address.
    Search,
}

/// Most characters of a search, to fit an address.
const LONGEST_SEARCH: u16 = 120;

/// A single line. In a setting row leave `label` out.
#[component]
pub fn TextField(
    /// Text above it, its accessible name.
    #[prop(optional, into)]
    label: String,
    /// What is typed.
    #[prop(optional)]
    kind: TextKind,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed; the whole new text.
    #[prop(into)]
    on_input: Callback<String>,
    /// Enter was pressed.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
    /// An example of what to type; never the only label.
    #[prop(optional, into)]
    placeholder: String,
    /// Most characters that can be typed or pasted.
    #[prop(optional)]
    longest: Option<u16>,
    /// Takes the focus when the dialog it is in opens.
    #[prop(optional)]
    first_focus: bool,
) -> impl IntoView {
    let own = !label.is_empty();
    let field = if own { Field::new(Signal::default()) } else { Field::current() };
    let search = kind == TextKind::Search;
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter"
            && !event.is_composing()
            && let Some(on_enter) = on_enter
        {
            event.prevent_default();
            on_enter.run(());
        } else if event.key() == "Escape" && search && !value.with_untracked(String::is_empty) {
            event.prevent_default();
            on_input.run(String::new());
        }
    };
    view! {
        <div class="text-field">
            {own
                .then(|| view! { <label class="label" class:unseen=search for=field.control_id()>{label}</label> })}
            <div class=if search { "search-box" } else { "text-box" }>
                {search.then(|| view! { <Icon glyph=Glyph::Search /> })}
                <input
                    type=if search { "search" } else { "text" }
                    id=field.control_id()
                    prop:value=value
                    placeholder=placeholder
                    maxlength=longest.or(search.then_some(LONGEST_SEARCH))
                    autocomplete="off"
                    spellcheck="false"
                    autofocus=first_focus
                    aria-invalid=move || field.invalid()
                    aria-describedby=(!own).then(|| field.described_by())
                    on:input=move |event| on_input.run(event_target_value(&event))
                    on:keydown=on_key
                />
            </div>
        </div>
    }
    .into_any()
}

/// Several lines with a counter and an error below.
#[component]
pub fn TextArea(
    /// Text above it, its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// A sentence below it; may be empty.
    #[prop(optional, into)]
    help: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed; the whole new text.
    #[prop(into)]
    on_input: Callback<String>,
    /// Ctrl+Enter or Cmd+Enter was pressed.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    /// Most characters that the service accepts; the counter shows near the limit. Longer text is not cut.
    #[prop(default = usize::MAX)]
    limit: usize,
    /// Must be filled in.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Why the text cannot be sent.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Takes the focus when the dialog it is in opens.
    #[prop(optional)]
    first_focus: bool,
    /// The element, to focus it later.
    #[prop(optional)]
    element: NodeRef<html::Textarea>,
) -> impl IntoView {
    let field = Field::new(Signal::derive(move || error.with(Option::is_some)));
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter"
            && (event.ctrl_key() || event.meta_key())
            && let Some(on_submit) = on_submit
        {
            event.prevent_default();
            on_submit.run(());
        }
    };
    let counter = move || {
        let used = value.with(|value| value.chars().count());
        (used > limit / 10 * 8).then(|| words::length(used, limit))
    };
    view! {
        <div class="text-field">
            <label class="label" for=field.control_id()>
                {label}
            </label>
            <textarea
                node_ref=element
                id=field.control_id()
                rows="3"
                prop:value=value
                autofocus=first_focus
                aria-required=move || required.get().then_some("true")
                aria-invalid=move || field.invalid()
                aria-describedby=field.described_by()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=on_key
            ></textarea>
            <p class="help" id=field.help_id()>
                {help}
            </p>
            <p class="help" id=field.reason_id()>
                {counter}
            </p>
            <p class="error-line" id=field.error_id()>
                {error}
            </p>
        </div>
    }
    .into_any()
}

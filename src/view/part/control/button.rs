//! Buttons that say why they cannot be pressed.

use leptos::{ev, prelude::*};

use crate::view::part::{Glyph, Icon, control::field::unique_id};

/// Weight of a button. A view has at most one primary button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The next step.
    Primary,
    /// One action among others.
    #[default]
    Plain,
    /// Denies or destroys.
    Danger,
    /// Less prominent: no border.
    Quiet,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button with text. While `busy` it ignores presses and is marked as busy.
#[component]
pub fn Button(
    /// How prominent it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the text.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// Why it cannot be pressed now; it stays focusable and shows the reason.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The work it started is still running.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Takes the focus when the dialog it is in opens.
    #[prop(optional)]
    first_focus: bool,
    /// Runs on a press, unless blocked.
    #[prop(into)]
    on_press: Callback<()>,
    /// The text: verb first, the object named.
    children: Children,
) -> impl IntoView {
    let content = view! {
        {glyph.map(|glyph| view! { <Icon glyph /> })}
        <span>{children()}</span>
    };
    pressable(kind.class(), None, disabled_reason, busy, first_focus, on_press, content.into_any())
}

/// A square button with only an icon; `label` is its accessible name and tooltip.
#[component]
pub fn IconButton(
    /// The icon.
    glyph: Glyph,
    /// Accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Runs on a press, unless blocked.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let content = view! { <Icon glyph /> }.into_any();
    pressable("button quiet square", Some(label), disabled_reason, Signal::default(), false, on_press, content)
}

/// A link that looks like a button, for steps that have an address.
#[component]
pub fn ButtonLink(
    /// Address.
    #[prop(into)]
    href: Signal<String>,
    /// How prominent it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// Leads to another site: opens a new tab and shows an icon for it.
    #[prop(optional)]
    external: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class=kind.class()
            href=href
            target=external.then_some("_blank")
            rel=external.then_some("noopener noreferrer")
        >
            <span>{children()}</span>
            {external.then(|| view! { <Icon glyph=Glyph::External /> })}
        </a>
    }
    .into_any()
}

fn pressable(
    class: &'static str,
    label: Option<Signal<String>>,
    disabled_reason: Signal<Option<String>>,
    busy: Signal<bool>,
    first_focus: bool,
    on_press: Callback<()>,
    content: AnyView,
) -> AnyView {
    let id = unique_id("b");
    let described = id.clone();
    let blocked = move || disabled_reason.with(Option::is_some) || busy.get();
    let press = move |event: ev::MouseEvent| {
        event.prevent_default();
        if !untrack(blocked) {
            on_press.run(());
        }
    };
    view! {
        <span class="button-box">
            <button
                type="button"
                class=class
                title=label
                aria-label=label
                aria-disabled=move || blocked().then_some("true")
                aria-busy=move || busy.get().then_some("true")
                aria-describedby=move || disabled_reason.with(Option::is_some).then(|| described.clone())
                autofocus=first_focus
                on:click=press
            >
                {content}
            </button>
            <span class="reason" id=id>
                {disabled_reason}
            </span>
        </span>
    }
    .into_any()
}

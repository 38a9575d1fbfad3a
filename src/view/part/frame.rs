//! The frame around every page: skip link, rail, account, main landmark.

pub mod action_bar;
pub mod announcer;
pub mod notice;
pub mod page_header;
pub mod rail;
pub mod toasts;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{EventTarget, HtmlElement};
use leptos::{ev, html, prelude::*};

use super::{Button, ButtonKind, Glyph, Icon, NavItem, RadioGroup, RadioOption, Rail, UserText, words};

/// The page's color theme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follows the operating system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Word used in storage and, except for `system`, as `data-theme` on the root element.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this key; anything unknown follows the system.
    pub fn from_key(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Everything around a page.
#[component]
pub fn Frame(
    /// Name of the product, at the top of the rail, linked to the start page.
    #[prop(into)]
    product: String,
    /// Where the product's name leads.
    #[prop(into)]
    home: Signal<String>,
    /// Places in the rail; none while signed out.
    #[prop(optional)]
    nav: Vec<NavItem>,
    /// An [`AccountMenu`] at the bottom of the rail.
    #[prop(optional, into)]
    account: ViewFnOnce,
    /// Notices about the whole page (offline, session ended), above the content.
    #[prop(optional, into)]
    notices: ViewFnOnce,
    /// The page.
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    // The address is the route: following the link would leave the page, so only the focus moves.
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            // Fails only for an element that has left the document.
            let _ = main.focus();
        }
    };
    let nav = (!nav.is_empty()).then(|| view! { <Rail items=nav /> });
    view! {
        <a class="skip" href="#main" on:click=skip>
            {words::SKIP}
        </a>
        <div class="frame">
            <header class="rail">
                <a class="product" href=home>
                    {product}
                </a>
                {nav}
                {account.run()}
            </header>
            <div class="column">
                <main id="main" tabindex="-1" node_ref=main>
                    <div class="page-notices">{notices.run()}</div>
                    {children()}
                </main>
            </div>
        </div>
    }
    .into_any()
}

/// Who is signed in where; opens a menu with theme and sign-out.
#[component]
pub fn AccountMenu(
    /// The person's name.
    #[prop(into)]
    person: Signal<String>,
    /// The person's user principal name.
    #[prop(into)]
    sign_in_name: Signal<String>,
    /// The tenant's name, or its ID while the name is unknown.
    #[prop(into)]
    tenant: Signal<String>,
    /// The theme in use.
    #[prop(into)]
    theme: Signal<Theme>,
    /// The person chose another theme.
    #[prop(into)]
    on_theme: Callback<Theme>,
    /// Signs out.
    #[prop(into)]
    on_sign_out: Callback<()>,
    /// More buttons: switch account, sign out everywhere.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let option = |theme: Theme, label: &str| RadioOption {
        value: theme.key().to_owned(),
        label: label.to_owned(),
        help: String::new(),
    };
    let themes = vec![
        option(Theme::System, words::THEME_SYSTEM),
        option(Theme::Light, words::THEME_LIGHT),
        option(Theme::Dark, words::THEME_DARK),
    ];
    let name = Signal::derive(move || [words::ACCOUNT, ": ", &person.get()].concat());
    // The browser closes it on Escape and on a click outside, but not when the focus moves on: then it would cover what
    // has the focus.
    let close_left = move |event: ev::FocusEvent| {
        let as_element = |target: Option<EventTarget>| target.and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let (Some(to), Some(menu)) = (as_element(event.related_target()), as_element(event.current_target()))
            && to.closest(".account").is_ok_and(|inside| inside.is_none())
        {
            // Fails only if it is already closed.
            let _ = menu.hide_popover();
        }
    };
    view! {
        <div class="account">
            <button type="button" class="account-button" popovertarget="account-menu" aria-label=name>
                <Icon glyph=Glyph::Person />
                <span class="account-names">
                    <span class="account-tenant">
                        <UserText text=tenant />
                    </span>
                    <UserText text=person />
                </span>
            </button>
            <div id="account-menu" popover class="account-menu" on:focusout=close_left>
                <p class="account-person">
                    <UserText text=person />
                </p>
                <p class="help">
                    <UserText text=sign_in_name />
                </p>
                <p class="help">
                    <UserText text=tenant />
                </p>
                <RadioGroup
                    legend=words::THEME
                    options=themes
                    value=Signal::derive(move || theme.get().key().to_owned())
                    on_change=move |key: String| on_theme.run(Theme::from_key(&key))
                    inline=true
                />
                <div class="account-actions">
                    {children.map(|children| children())}
                    <Button kind=ButtonKind::Quiet glyph=Glyph::SignOut on_press=on_sign_out>
                        {words::SIGN_OUT}
                    </Button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
